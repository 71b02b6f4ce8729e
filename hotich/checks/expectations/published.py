"""The rule about figures that others have printed."""

from hotich.checks import published_figures
from hotich.checks.expectations.rows import TableExpectation


class ExpectPrintedToBeAsExpected(TableExpectation):
    """Printed figures of one kind equal what they should: sums their parts, percentages their counts, and so on."""

    looks_at = "statements"
    condition = published_figures.as_expected
    kind: published_figures.Kind
