"""What must hold between the two counts of one unit and register."""

from hotich.data.counts import NOT_APPLICABLE
from hotich.intake.problems import Problem, problem
from hotich.intake.records import Entry
from hotich.intake.tables.match_names import Names


def fault(pair: Entry, names: Names, ours: bool) -> Problem | None:
    """What is wrong with a pair of counts that may be half empty; in our template an empty *digitised* is allowed."""
    lists, required, digitised = names.lists, pair.required, pair.digitised
    register = next(each for each in lists.registers if each.code == pair.register)
    said = {"area": names.own(pair.area), "register": register.name_vi}
    if not lists.applies(pair.area, register):
        if required is not None:
            return problem("count.not_kept", pair.at, required, **said)
        return None if digitised is None else problem("count.not_kept", pair.digitised_at, digitised, **said)
    if required is None:
        return None if digitised is None else problem("count.half", pair.at, "", other=digitised, **said)
    if digitised is None:
        return None if ours else problem("count.half", pair.digitised_at, "", other=required, **said)
    if digitised > required:
        return problem("count.over", pair.digitised_at, digitised, required=required, cell=pair.at.cell, **said)
    return None


def contradicts(status: str, pair: Entry, keeps: bool) -> bool:
    """Whether a pair's state says something else than its counts: a state other than *reported* has none."""
    return pair.required is not None or pair.digitised is not None or (status == NOT_APPLICABLE and keeps)
