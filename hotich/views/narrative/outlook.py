"""Where the work leads, in the same words wherever it is said: on reports, in notices, on the terminal."""

from collections.abc import Iterator

from markupsafe import Markup

from hotich.measures import Measures
from hotich.measures.facts import Fact
from hotich.measures.pace import ABOUT
from hotich.views.figures import render
from hotich.views.narrative.phrases import in_month
from hotich.views.sentences import sentence


def against(ratio: Fact) -> str:
    """Return whether a ratio of paces is `more` than one, `less`, or about the `same`."""
    low, high = ABOUT
    return "more" if ratio.number > high else "less" if ratio.number < low else "same"


def periods(m: Measures) -> Markup:
    """Return of how many periods the recent pace is the mean, in words; of how many it may be, where there is none."""
    return render(m.find("pace_taken") or m.get("pace_periods"), m.language, words=True)


def late(m: Measures) -> bool:
    """Return whether a unit with work left misses the deadline at its own pace."""
    found = m.find("units_late")
    return found is not None and found.number > 0


def leads(m: Measures) -> Iterator[Markup]:
    """Yield where the work leads if every unit goes on at its pace; why that is not said, where it is not."""
    if m.find("units_open") is None:
        if m.find("pace_recent") and m.get("left").value:
            yield sentence(m, "report.outlook.few", periods=render(m.get("outlook_base"), m.language, words=True))
        return
    finish = m.find("finish")
    values: dict[str, object] = {"target": m.get("target"), "endless": m.get("units_endless")}
    values |= {"finish": in_month(m, finish)} if finish else {}
    values |= {"percent": percent} if (percent := m.find("percent_at_target")) else {}
    when = "late" if late(m) else "on_time" if m.find("days_left") else "overdue"
    level = "" if percent or when != "late" else "_small"
    one = "_one" if m.get("units_expected").value == 1 else ""
    yield sentence(m, f"report.outlook.{when}{level}{'' if finish else '_endless'}{one}", **values)


def bounds(m: Measures) -> Iterator[Markup]:
    """Yield between which shares the deadline may find the work, as far as earlier outlooks were off."""
    names = {"least": "percent_at_target_least", "most": "percent_at_target_most"}
    found = {name: fact for name, measure in names.items() if (fact := m.find(measure))}
    if len(found) == len(names) and late(m):
        yield sentence(m, "report.outlook.bounds", **found)
        if (held := m.find("outlook_1_held")) and (made := m.find("outlook_1_made")):
            yield sentence(m, "report.outlook.record", held=held, made=made)


def units(m: Measures) -> Iterator[Markup]:
    """Yield how many of several units with work left finish in time, where not all do."""
    still = m.find("units_open")
    if still and still.number > 1 and late(m):
        in_time = m.get("units_in_time")
        key = "units" if in_time.value else "units_none"
        yield sentence(m, f"report.outlook.{key}", open=still, in_time=in_time)


def scenarios(m: Measures) -> Iterator[Markup]:
    """Yield when most of the rest is done, and when all of it could be if staff moved."""
    still, finish, moved = m.find("units_open"), m.find("finish"), m.find("finish_moved")
    if still is None or still.value == 1 or not late(m):
        return
    if most := m.find("finish_most"):
        yield sentence(m, "report.outlook.most", most=m.get("most_base"), finish=in_month(m, most))
    if moved and (finish is None or str(moved.value) < str(finish.value)):
        yield sentence(m, "report.outlook.moved", finish=in_month(m, moved))
