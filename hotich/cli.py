"""The `hotich` command."""


def main() -> None:
    """Placeholder for the first slice."""
