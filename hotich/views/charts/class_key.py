"""The five classes of percentages as a key for maps and bars that are coloured by them."""

from markupsafe import Markup

from hotich.measures import Measures
from hotich.measures.about_the_report import classes
from hotich.views.charts.style import COLOURS
from hotich.views.charts.text import marked

_KINDS = ("lowest", "between", "between", "below", "highest")


def key(m: Measures, *others: Markup) -> Markup:
    """Return the classes, palest first, and after them what else is drawn."""
    items = [Markup('<i style="background:{}"></i>{}').format(colour, name(m, at)) for at, colour in enumerate(COLOURS)]
    spans = Markup(" ").join(Markup("<span>{}</span>").format(item) for item in (*items, *others))
    return Markup('<p class="key"><span>{}</span> {}</p>').format(marked(m, "areas.key"), spans)


def name(m: Measures, at: int) -> Markup:
    """Return the name of a class, by the percentages between which it lies."""
    begins = classes(m.office.threshold)
    low, high = begins[max(at - 1, 0)], begins[min(at, len(begins) - 1)]
    return marked(m, f"areas.class_{_KINDS[at]}", low=m.get(f"class_{low}"), high=m.get(f"class_{high}"))
