"""Rules about one delivery by itself: its lines, its cells, its units."""

from typing import Literal

from great_expectations.compatibility.pydantic import Field

from hotich.checks import one_month
from hotich.checks.expectations.rows import RowExpectation, TableExpectation


class ExpectCellsToBePresent(TableExpectation):
    """Every unit has a line for each register that it keeps: a missing line makes every total too small."""

    looks_at = "cells"
    condition = one_month.cells_present


class ExpectLinesNotToConflict(TableExpectation):
    """No unit and register has two lines that say different things: nobody could know which is right."""

    looks_at = "cells"
    condition = one_month.no_conflict


class ExpectLinesNotToRepeat(TableExpectation):
    """No line stands twice, word for word: it counts once, but something has been pasted twice."""

    looks_at = "cells"
    condition = one_month.no_repeat
    cause = True


class ExpectUnitsToBeValid(TableExpectation):
    """Every line is of a reporting unit that exists on the as-of date; after a merger the old unit does not."""

    looks_at = "cells"
    condition = one_month.units_valid


class ExpectEmptyKindsToBeApart(TableExpectation):
    """A reported cell has both counts and a cell with a status has none: an empty cell is not a zero."""

    looks_at = "cells"
    condition = one_month.empty_kept_apart


class ExpectApplicabilityToBeStated(TableExpectation):
    """`not_applicable` stands exactly where registers.csv says that the unit does not keep the register."""

    looks_at = "cells"
    condition = one_month.applicability


class ExpectEverythingToBeReported(TableExpectation):
    """No register that a unit keeps is marked `not_reported`: totals contain only what was reported."""

    looks_at = "cells"
    condition = one_month.everything_reported


class ExpectUnitsToReport(TableExpectation):
    """Every unit has reported something: with a whole unit missing, its district's totals are too low."""

    looks_at = "units"
    condition = one_month.reports
    explains = True


class ExpectCountsToEnterTheTotals(TableExpectation):
    """Every reported count enters the totals exactly once, or it is missing from the report unseen."""

    looks_at = "cells"
    condition = one_month.in_totals


class ExpectSizeLikeItsPeers(RowExpectation):
    """Required is below `times` the median of the register among like units, or below `at_least` entries.

    A digit too many falsifies a district's percentage. A count that stood there last month was looked at then.
    """

    looks_at = "cells"
    condition = one_month.like_peers
    column_list: list[str] = Field(["required_number", "typical", "required_changed"])
    ignore_row_if: Literal["any_value_is_missing"] = "any_value_is_missing"
    times: float = Field(ge=2, le=1_000)
    at_least: int = Field(ge=1, le=1_000_000)


class ExpectCompletionInEveryRegister(TableExpectation):
    """A unit that has digitised all it reported has reported every register; else it does not count as completed."""

    looks_at = "units"
    condition = one_month.completed_in_all


class ExpectUnitsNotToBeEmpty(TableExpectation):
    """A unit that reported everything has something to digitise: nothing at all is rather a missing report."""

    looks_at = "units"
    condition = one_month.not_empty


class ExpectCountsNotToBeRound(TableExpectation):
    """Of `at_least` counts of ten or more in a unit, not all are multiples of ten: those would be estimates."""

    looks_at = "units"
    condition = one_month.not_round
    at_least: int = Field(ge=1, le=1_000_000)


class ExpectCountsNotToBeAlike(RowExpectation):
    """No number stands in `at_least` registers of a unit: it would have been filled down in a spreadsheet."""

    looks_at = "units"
    condition = one_month.not_alike
    column_list: list[str] = Field(["area", "repeated"])
    at_least: int = Field(ge=1, le=1_000_000)


class ExpectAsOfToBeInsideTheMonth(RowExpectation):
    """The as-of date lies in the month: another one falsifies the pace and the days left."""

    looks_at = "month"
    condition = one_month.as_of_inside
    column_list: list[str] = Field(["line", "as_of_inside"])


class ExpectHashToBeAsLogged(RowExpectation):
    """The counts file is the one that was logged: a file changed since then cannot be published."""

    looks_at = "month"
    condition = one_month.hash_as_logged
    column_list: list[str] = Field(["line", "hash_as_logged"])
