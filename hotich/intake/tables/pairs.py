"""Rules for the two counts of one unit and register."""

from hotich.data.counts import NOT_APPLICABLE
from hotich.intake.problems import Problem, problem
from hotich.intake.records import Entry
from hotich.intake.tables.match_names import Names


def fault(pair: Entry, names: Names, is_template: bool) -> Problem | None:
    """Return the problem of a pair of counts, or None; in our template *digitised* may be empty."""
    lists, required, digitised = names.lists, pair.required, pair.digitised
    register = lists.register(pair.register)
    values = {"area": names.label(pair.area), "register": register.name_vi}
    if not lists.applies(pair.area, register):
        if required is not None:
            return problem("count.not_kept", pair.place, required, **values)
        return None if digitised is None else problem("count.not_kept", pair.digitised_place, digitised, **values)
    if required is None:
        return None if digitised is None else problem("count.half", pair.place, "", other=digitised, **values)
    if digitised is None:
        return None if is_template else problem("count.half", pair.digitised_place, "", other=required, **values)
    if digitised > required:
        return problem("count.over", pair.digitised_place, digitised, required=required, cell=pair.place.cell, **values)
    return None


def contradicts(status: str, pair: Entry, keeps: bool) -> bool:
    """Return whether a status other than *reported* contradicts a pair: it must have no counts."""
    return pair.required is not None or pair.digitised is not None or (status == NOT_APPLICABLE and keeps)
