"""The rule about record lists, of which a suite has one for each kind of violation."""

from hotich.checks import records
from hotich.checks.expectations.rows import TableExpectation


class ExpectCasesToBeInOrder(TableExpectation):
    """No case of a record list has the violation of that kind: known, readable, listed once, scanned."""

    looks_at = "cases"
    condition = records.none_of_kind
    kind: records.Kind
