"""Keys that sign releases, and the list of those that may."""

import subprocess


def key(folder, name="key"):
    """A new key pair; its private half."""
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
    return folder / name


def allow(at, *keys):
    lines = [f"office {private.with_name(private.name + '.pub').read_text()}" for private in keys]
    at.signers.write_text("".join(lines))
