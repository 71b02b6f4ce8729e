"""Made-up releases that are whole in every way, without running anything, and ways to tamper with them."""

import json

from hotich.data import releases
from hotich.month import exact
from hotich.release import manifest, signing, verify
from hotich.release.files import digest
from hotich.storage.paths import MANIFEST, SIGNATURE, Folders

MONTHS = ("2024-08", "2024-09", "2024-10")
CONTENT = {"all": "1" * 64, "package": "2" * 64}
NOTICES = ("notices/138.vi.html", "notices/138.docx", "notebooks/notices/138.vi.ipynb")


def seal(at, month, private=None, files=(), **changed):
    """A made-up release that is whole in every way, added to the chain; files and fields may be set otherwise."""
    chain = releases.chain(at, examples=False)
    last = chain[-1] if chain else None
    about = releases.latest(chain, exact(month))
    number = last.number + 1 if last else 1
    folder = at.releases(examples=False) / f"{number:04d}-{month}"
    inputs = {f"counts/{month}.csv": digest(at.data / "counts" / f"{month}.csv")}
    inputs |= {f"releases/{last.name}/{MANIFEST}": last.head} if last else {}
    for name in (*verify.REQUIRED, *NOTICES):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(dict(files).get(name, f"{name} of {month}".encode()))
    (folder / "provenance.json").write_text(json.dumps({"inputs": inputs, "content": CONTENT}))
    fields = {
        "format": manifest.FORMAT,
        "number": number,
        "month": month,
        "counts_revision": 0,
        "origin": "reported",
        "supersedes": about.name if about else "",
        "reason": "corrected" if about else "",
        "previous": last.head if last else "",
        "commit": "0" * 40,
        "data_commit": "0" * 40,
        "sealed": f"2025-01-{number:02d}T00:00:00Z",
        "signer": signing.fingerprint(private) if private else "",
        "python": "3.13.1",
        "machine": "Linux x86_64",
        "content": "1" * 64,
        "package": "2" * 64,
        "lock": "3" * 64,
        "notebooks": {},
        "suites": {},
        "setup": {".ci/setup": "4" * 64},
        "inputs": inputs,
        "outputs": {name: digest(folder / name) for name in (*verify.REQUIRED, *NOTICES)},
        **changed,
    }
    (folder / MANIFEST).write_bytes(manifest.encode(fields))
    if private:
        signing.sign(folder / MANIFEST, private)
    return folder


def office(folder):
    places = Folders(folder / "data", folder / "reports")
    (places.data / "counts").mkdir(parents=True)
    (places.data / "office.toml").write_text("")
    for month in MONTHS:
        (places.data / "counts" / f"{month}.csv").write_text(f"counts of {month}")
    return places


def look(at, **words):
    return verify.verify(data=str(at.data), reports=str(at.reports), **words)


def found(at, **words):
    """Each finding as `file problem`."""
    return [f"{'/'.join(p for p in (f.release, f.file) if p)} {f.problem}" for f in look(at, **words).findings]


def folder(at, number):
    return releases.chain(at, examples=False)[number - 1].folder


def edit(path, old, new):
    text = path.read_bytes()
    assert old in text
    path.write_bytes(text.replace(old, new, 1))


def rewrite(at, number, **changed):
    """Write a manifest anew with other fields, as somebody would who knows how."""
    path = folder(at, number) / MANIFEST
    path.write_bytes(manifest.encode({**json.loads(path.read_bytes()), **changed}))


def rebuild(at, private=None):
    """Make the whole chain anew around what now lies in its folders."""
    for number in range(1, len(releases.chain(at, examples=False)) + 1):
        each = folder(at, number)
        fields = json.loads((each / MANIFEST).read_bytes())
        before = releases.chain(at, examples=False)[number - 2] if number > 1 else None
        inputs = {name: value for name, value in fields["inputs"].items() if not name.startswith("releases/")}
        inputs |= {f"releases/{before.name}/{MANIFEST}": before.head} if before else {}
        (each / "provenance.json").write_text(json.dumps({"inputs": inputs, "content": CONTENT}))
        outputs = {name: digest(each / name) for name in fields["outputs"]}
        signer = signing.fingerprint(private) if private else fields["signer"]
        rewrite(at, number, inputs=inputs, outputs=outputs, previous=before.head if before else "", signer=signer)
        if private:
            (each / SIGNATURE).unlink(missing_ok=True)
            signing.sign(each / MANIFEST, private)
