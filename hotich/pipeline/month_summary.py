"""What the driver of the notebooks is told of a month; it is read there, so nothing heavy is imported here."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Prepared:
    """A month that is ready for its pages, as plain values from another process.

    `stopped`: no report may be built, for the reasons in `refusal`. Texts are by language, titles by page and language,
    `notice_titles` by area and language; `names` may hold digits on pages; `differing` are the inputs that have changed
    since the last draft, None where there is nothing to compare with.
    """

    stopped: bool
    refusal: dict[str, str]
    rows: int
    rules: dict[str, int]
    synthetic: bool
    as_of: dict[str, str]
    headline: dict[str, str]
    titles: dict[str, dict[str, str]]
    names: tuple[str, ...]
    receivers: tuple[str, ...]
    notice_titles: dict[str, dict[str, str]]
    differing: frozenset[str] | None
