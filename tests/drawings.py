"""The figures behind a chart on a page, so that tests can read back what was drawn."""

import pytest
from matplotlib.axes import Axes

from hotich.measures import Measures
from hotich.views import charts
from hotich.views.charts import figure


def drawn(chart: str, m: Measures) -> list[Axes]:
    """Return the axes that `charts.<chart>(m)` draws on, as they are saved: of each drawing, screen before phone."""
    axes: list[Axes] = []
    save = figure._saved

    def record(whole):
        axes.extend(whole.axes)
        return save(whole)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(figure, "_saved", record)
        assert getattr(charts, chart)(m).html
    return axes


def texts(ax: Axes) -> list[str]:
    """Return all words of a drawing, in the order in which they were drawn."""
    return [words.get_text() for words in ax.texts]
