"""Rules about a month beside those before it."""

from typing import Literal

from great_expectations.compatibility.pydantic import Field

from hotich.checks import across_months
from hotich.checks.expectations.rows import RowExpectation, TableExpectation

_NOW_AND_BEFORE = ["area", "register", "required_number", "digitised_number", "required_before", "digitised_before"]
_BAND = ["required_number", "digitised_number", "digitised_before", "usual", "spread", "own", "months", "behind"]


class ExpectRequiredToBeStable(RowExpectation):
    """Required moves by at most the share `at_most`, or by fewer than `at_least` entries: paper does not grow."""

    looks_at = "cells"
    condition = across_months.required_stable
    column_list: list[str] = Field(_NOW_AND_BEFORE)
    at_most: float = Field(ge=0, le=0.5)
    at_least: int = Field(ge=1, le=1_000_000)


class ExpectRequiredNotToMove(RowExpectation):
    """Required is what it was: small corrections are usual, but they should be seen."""

    looks_at = "cells"
    condition = across_months.required_unmoved
    column_list: list[str] = Field(_NOW_AND_BEFORE)


class ExpectMonthBeforeToBeThere(RowExpectation):
    """The month compared with is the one directly before; else changes are those of several months."""

    looks_at = "month"
    condition = across_months.month_before
    column_list: list[str] = Field(["line", "directly_after"])


class ExpectCompletedToStayCompleted(TableExpectation):
    """A unit that had finished has still finished, if it reported everything: the ranking rests on it."""

    looks_at = "units"
    condition = across_months.stays_completed
    explains = True


class ExpectGrowthWithinTheBand(RowExpectation):
    """A cell grows by at most its usual and `spreads` robust spreads, or by fewer than `at_least` entries.

    While it is judged by its district's band, `share` of what is required may be digitised in any month.
    """

    looks_at = "cells"
    condition = across_months.within_band
    column_list: list[str] = Field(_BAND)
    ignore_row_if: Literal["any_value_is_missing"] = "any_value_is_missing"
    spreads: float = Field(ge=1, le=100)
    share: float = Field(ge=0.05, le=1)
    at_least: int = Field(ge=1, le=1_000_000)


class ExpectGrowthOfUnitsWithinTheBand(ExpectGrowthWithinTheBand):
    """The same of a unit, in all its registers together."""

    looks_at = "units"
    explains = True


class ExpectUnitsToMove(TableExpectation):
    """An unfinished unit enters something within `months` months, or old counts were sent again."""

    looks_at = "units"
    condition = across_months.moves
    months: int = Field(ge=1, le=12)


class ExpectAreasNotToRepeatTheMonth(TableExpectation):
    """Of `at_least` unfinished units or more, not the share `share` have the counts of the month before.

    Asked of all units together where `whole` is true, else of each district: a whole district at rest is a copy.
    """

    looks_at = "districts"
    condition = across_months.not_copied
    whole: bool
    share: float = Field(ge=0.05, le=1)
    at_least: int = Field(ge=1, le=1_000_000)


class ExpectUnitsNotToEqualAnother(RowExpectation):
    """No unit has the counts of another one in every register: one workbook was used twice."""

    looks_at = "units"
    condition = across_months.not_equal_to_another
    column_list: list[str] = Field(["area", "equal_to"])
    cause = True
    explains = True


class ExpectColumnsNotToBeSwapped(RowExpectation):
    """Digitised is not what was required last month, with less required than then: columns changed places."""

    looks_at = "cells"
    condition = across_months.columns_in_order
    column_list: list[str] = Field(_NOW_AND_BEFORE)
    cause = True


class ExpectRegistersNotToBeSwapped(RowExpectation):
    """No registers of a unit have swapped what they require: moved by a line, each is wrong and the total right."""

    looks_at = "units"
    condition = across_months.registers_in_order
    column_list: list[str] = Field(["area", "moved_registers"])
    cause = True
    explains = True


class ExpectNoFactorOfTen(RowExpectation):
    """No count is 10, 100 or 1,000 times what it was, or that part of it, within the share `at_most`.

    It is a zero too many or too few, or a point read as a comma. Fewer than `at_least` entries are left alone.
    """

    looks_at = "cells"
    condition = across_months.no_factor
    column_list: list[str] = Field([*_NOW_AND_BEFORE, "usual", "spread"])
    cause = True
    at_most: float = Field(ge=0, le=0.5)
    at_least: int = Field(ge=1, le=1_000_000)


class ExpectNoSwappedDigits(RowExpectation):
    """No count becomes right by exchanging two neighbouring digits, which changes it by a multiple of 9.

    `spreads`, `share` and `at_least` say what growth is too fast, as in ExpectGrowthWithinTheBand.
    """

    looks_at = "cells"
    condition = across_months.no_swapped_digits
    column_list: list[str] = Field([*_BAND, "required_before"])
    cause = True
    spreads: float = Field(ge=1, le=100)
    share: float = Field(ge=0.05, le=1)
    at_least: int = Field(ge=1, le=1_000_000)


class ExpectMergersToConserveCounts(RowExpectation):
    """A unit that others became requires what they required, by the share `at_most` or fewer than `at_least` entries.

    And it has digitised no less than they had: all their books go to it.
    """

    looks_at = "mergers"
    condition = across_months.conserved
    column_list: list[str] = Field(_NOW_AND_BEFORE)
    at_most: float = Field(ge=0, le=0.5)
    at_least: int = Field(ge=1, le=1_000_000)
