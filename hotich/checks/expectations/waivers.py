"""Rules about the waivers themselves."""

from great_expectations.compatibility.pydantic import Field

from hotich.checks import waivers
from hotich.checks.expectations.rows import RowExpectation, TableExpectation


class ExpectWaiversToBeInForce(RowExpectation):
    """A waiver given for the month has not expired: an expired one has no effect any more."""

    looks_at = "lines"
    condition = waivers.all_in_force
    column_list: list[str] = Field(["line", "in_force"])


class ExpectWaiversToBeUsed(TableExpectation):
    """A waiver in force covers at least one failing row: one that covers nothing could hide a later error."""

    looks_at = "lines"
    condition = waivers.all_used
