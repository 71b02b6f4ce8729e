"""What the driver of the notebooks needs to know of a month; it unpickles this, so nothing heavy is imported here."""

from dataclasses import dataclass, field

from hotich.month import Month


@dataclass(frozen=True)
class MonthSummary:
    """A month that is ready for its pages, as plain values from a worker.

    `stopped`: no report may be built, for the reasons in `refusal`. Texts are by language. `office` is the code of the
    office's own area, `by` its name, `source` says whose data is shown, `sources` where quoted figures were found.
    `names` may hold digits on pages; `languages` are the office's; `differing` are the inputs that have changed since
    the last draft, None where there is nothing to compare with; `set_aside` says of each part of a country on which no
    report may be built why not; `reported` is the month where it was reported and only those before it are made up.
    """

    stopped: bool
    refusal: dict[str, str]
    rows: int
    rules: dict[str, int]
    synthetic: bool
    as_of: dict[str, str]
    headline: dict[str, str]
    office: str
    by: dict[str, str]
    source: dict[str, str]
    sources: dict[str, tuple[tuple[str, str], ...]]
    names: tuple[str, ...]
    languages: tuple[str, ...]
    receivers: tuple[str, ...]
    differing: frozenset[str] | None
    set_aside: dict[str, dict[str, str]] = field(default_factory=dict)
    reported: Month | None = None
