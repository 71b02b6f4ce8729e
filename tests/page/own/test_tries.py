"""What an analyst tries who knows pandas, Matplotlib and seaborn: it works, or is refused with a line that works.

All cells run once, in one kernel; then each becomes a page of its own, with every gate.
"""

import re

import months
import own_cells
import pytest
from filelock import FileLock

from hotich.errors import HotichError
from hotich.language import LANGUAGES

WORDS = "#| headline: Còn lại theo huyện\n#| alt: Thanh cho từng huyện, dài nhất là Văn Chấn\n"
CAPTION = "#| caption: Theo huyện\n"
BARS = 'fig, ax = plt.subplots()\nax.barh(left.index, left["left"])\n'
SHOWN = {
    "an import and a frame kept": """import numpy as np
import seaborn as sns
import matplotlib.dates as dates
from IPython.display import HTML, Markdown, display
left = m.frame("left", "percent", level="district").droplevel("area").sort_values("left")
history = m.frame("digitised", level="province", months="all").reset_index()
history["day"] = history["month"].dt.to_timestamp()
nothing = left.iloc[:0]""",
    "a figure": f"{WORDS}{BARS}fig",
    "axes as the last value": f"{WORDS}{BARS}ax",
    "bars as the last value": f'{WORDS}fig, ax = plt.subplots()\nax.barh(left.index, left["left"])',
    "show": f"{WORDS}{BARS}plt.show()",
    "nothing said at the end": f"{WORDS}{BARS}ax.set_xlabel('Thông tin');",
    "views.figure": f'{BARS}views.figure(fig, headline="Còn {{fact:left}}", alt="Thanh", source="sổ của phòng")',
    "figures in a loop": """for code in ("KS", "KT"):
    each = m.frame("left", level="district", scope=code).droplevel("area")
    fig, ax = plt.subplots()
    ax.barh(each.index, each["left"])
    display(views.figure(fig, headline=f"Sổ {code}", alt="Thanh cho từng huyện"))""",
    "a bar plot of seaborn": f'{WORDS}ax = sns.barplot(left.reset_index(), x="left", y="name")\n'
    "ax.bar_label(ax.containers[0])",
    "a heat map of seaborn": f"""{WORDS}wide = m.frame("percent", level="district", scope=["KS", "KT"]).reset_index()
sns.heatmap(wide.pivot(index="name", columns="scope", values="percent"), annot=True, fmt=".1f")""",
    "a line plot of seaborn with dates": f'{WORDS}sns.lineplot(history, x="day", y="digitised")',
    "a grid of seaborn": f'{WORDS}sns.catplot(left.reset_index(), x="left", y="name", kind="bar")',
    "seaborn's theme": f'{WORDS}with sns.axes_style("whitegrid"):\n    sns.scatterplot(left, x="left", y="percent")',
    "bars of pandas": f'{WORDS}left.plot.barh(y="left", legend=False);',
    "a line of pandas over months": f'{WORDS}history.plot(x="month", y="digitised");',
    "a line of pandas over days": f'{WORDS}history.plot(x="day", y="digitised");',
    "axes of pandas, one a column": f"{WORDS}left.plot(subplots=True)",
    "a histogram": f'{WORDS}m.frame("percent", level="commune").plot.hist();',
    "dates in short": f"""{WORDS}fig, ax = plt.subplots()
ax.plot(history["day"], history["digitised"])
ax.xaxis.set_major_formatter(dates.ConciseDateFormatter(ax.xaxis.get_major_locator()))
fig""",
    "two axes": f'{WORDS}fig, (one, two) = plt.subplots(1, 2)\none.barh(left.index, left["left"])\n'
    'two.scatter(left["left"], left["percent"])\nfig',
    "twin axes": f'{WORDS}fig, ax = plt.subplots()\nax.plot(history["digitised"])\n'
    'ax.twinx().bar(history.index, history["digitised"] / 1000, alpha=0.2)\nfig',
    "a logarithmic scale": f'{WORDS}fig, ax = plt.subplots()\nax.bar(left.index, left["left"])\n'
    'ax.set_yscale("log")\nfig',
    "powers of ten": f"{WORDS}fig, ax = plt.subplots()\nax.loglog([1, 1e6], [1, 1e6])\nfig",
    "a scale with thousands and a unit": f'{WORDS}{BARS}ax.xaxis.set_major_formatter("{{x:,.0f}} mục")\nfig',
    "a scale in percent": f"""{WORDS}from matplotlib.ticker import PercentFormatter
fig, ax = plt.subplots()
ax.barh(left.index, left["percent"])
ax.xaxis.set_major_formatter(PercentFormatter())
fig""",
    "a scale in thousands": f'{WORDS}{BARS}ax.xaxis.set_major_formatter(lambda v, _: f"{{v / 1000:.0f}} nghìn")\nfig',
    "a colour bar": f'{WORDS}fig, ax = plt.subplots()\ndots = ax.scatter(left["left"], left["percent"], '
    'c=left["percent"])\nfig.colorbar(dots)\nfig',
    "more numbers at an axis": f'{WORDS}{BARS}ax.locator_params(axis="x", nbins=6)\nfig',
    "a small subplot": f"{WORDS}left.plot(subplots=True, figsize=(4, 2));",
    "pyplot's own style": f'{WORDS}with plt.style.context("default"):\n    sns.barplot(left, x="left", y="name")',
    "a mesh": f"{WORDS}fig, ax = plt.subplots()\nax.pcolormesh([[1, 2], [3, 4]])\nfig",
    "dots kept as pixels": f"{WORDS}fig, ax = plt.subplots()\nax.plot([1, 2, 3], rasterized=True)\nfig",
    "a halo": f"""{WORDS}import matplotlib.patheffects as effects
{BARS}ax.text(100, 1, "nhiều nhất", path_effects=[effects.withStroke(linewidth=3, foreground="w")])
fig""",
    "a pie whose shares are facts": f"""{WORDS}parts = m.frame("left", "left_share", level="province",
    scope=["KS", "KH", "KT", "CN", "CMC", "XN", "GH", "CDGH", "LH", "TD"]).droplevel(["area", "name"])
fig, ax = plt.subplots()
ax.pie(parts["left"], labels=parts.index, autopct="%1.1f%%")
fig""",
    "savefig": f'{BARS}fig.savefig("mine.png")\nplt.close(fig)',
    "magic": f"{WORDS}%matplotlib inline\n%config InlineBackend.figure_format = 'retina'\n{BARS}fig",
    "a frame": f'{CAPTION}m.frame("required", "percent", level="district")',
    "a series": f'{CAPTION}left["left"]',
    "a styled frame": f'{CAPTION}left.style.background_gradient().format("{{:,.1f}}")',
    "a styled frame without index": f'{CAPTION}left.reset_index().style.hide(axis="index")',
    "a caption of pandas": 'left.style.set_caption("Theo huyện")',
    "views.table": 'views.table(left, caption="Đã xong {fact:percent}")',
    "columns in two levels": f'{CAPTION}m.frame("left", level="district", scope=["KS", "KT"]).unstack()',
    "missing values": f'{CAPTION}left.where(left["left"] > 5000)',
    "a frame over months": f'{CAPTION}m.frame("digitised", level="province", months="all")',
    "a frame with codes in a column": f'{CAPTION}m.frame("left", level="district").reset_index()',
    "a tidy frame": f'{CAPTION}m.frame("left", level="district", tidy=True)',
    "an empty frame": f"{CAPTION}nothing",
    "facts in a frame": f'{CAPTION}pd.DataFrame({{"Số": [m["left"], m["percent"]]}}, index=["Còn", "Tỷ lệ"])',
    "a fact": 'm["percent"]',
    "markdown with a fact in it": "Markdown(f\"Còn {m['left']} mục, đạt {m['percent']:.1f}%, ngày {m['as_of']}.\")",
    "markdown with a number in it": 'n = m["left"].number\nMarkdown(f"Còn {n:,} mục")',
    "markdown with a name in it": 'Markdown("Còn {fact:KS/left} mục khai sinh, {fact:138/left} ở Trấn Yên")',
    "a table of HTML": 'HTML(f"<table><caption>Bảng</caption><tr><th>Huyện</th><th>Còn</th></tr>'
    "<tr><td>Trấn Yên</td><td>{m['138/left'].number}</td></tr></table>\")",
    "HTML of pandas": f"{CAPTION}HTML(left[['left']].query('left > 99').reset_index().to_html(index=False, border=0))",
    "a derived figure": """x = views.derived(m["left"].number / 30, name="left_a_day", from_=m["left"])
Markdown(f"Còn {x:.1f} mỗi ngày, {{fact:left_a_day}}")""",
    "derived sums": f"""{CAPTION}group = m.frame("left", level="district")["left"].sort_values()[-3:]
total = views.derived(int(group.sum()), name="three_most", from_=[m[f"{{code}}/left"] for code, _ in group.index])
pd.DataFrame({{"Còn lại": [total.number]}}, index=["Ba huyện"])""",
}
REFUSED = {
    "a figure without words": (f"{BARS}fig", r"without headline, alt.*#\| headline: .*#\| alt: "),
    "a frame without caption": ("left", r"#\| caption: "),
    "print": ('print("Còn lại")', r'Markdown\("…"\)'),
    "a text": ('"Còn lại"', r'Markdown\("…"\)'),
    "what a function returns": (f"{WORDS}{BARS}plt.xlim(0, 30000)", "semicolon"),
    "an error's text": ("import sys\nprint('x', file=sys.stderr)", "warnings.filterwarnings"),
    "an altair chart": ('display({"application/vnd.vegalite.v5+json": {}, "text/plain": "x"}, raw=True)', "Matplotlib"),
    "a plotly chart": ('display({"application/vnd.plotly.v1+json": {}, "text/html": "x"}, raw=True)', "Matplotlib"),
    "a widget": ('display({"application/vnd.jupyter.widget-view+json": {}}, raw=True)', "Matplotlib"),
    "pixels": ('from IPython.display import Image\nImage(data=b"\\x89PNG\\r\\n\\x1a\\n0000IHDR00000000")', "SVG"),
    "a formula": ('from IPython.display import Latex\nLatex("$x$")', "markdown"),
    "an SVG of one's own": ('from IPython.display import SVG\nSVG("<svg><text>9</text></svg>")', "Matplotlib figure"),
    "a sum of pandas": (f'{CAPTION}m.frame("left", level="commune").groupby("name").sum()', r"views\.derived\("),
    "a statistic": (f"{CAPTION}left.describe()", r"views\.derived\("),
    "a frame that is too wide": (f'{CAPTION}m.frame(level="district")', "display.max_columns"),
    "shares that Matplotlib reckons": (
        f'{WORDS}fig, ax = plt.subplots()\nax.pie(left["left"], autopct="%1.1f%%")\nfig',
        r"%.*views\.derived\(",
    ),
    "a picture in a drawing": (f"{WORDS}fig, ax = plt.subplots()\nax.imshow([[1, 2], [3, 4]])\nfig", "pcolormesh"),
    "two numbers at an axis": (f"{WORDS}{BARS}ax.set_xticks([0, 20000])\nfig", r"ax\.locator_params\(axis="),
    "bars labelled by hand": (
        f'{WORDS}fig, ax = plt.subplots()\nax.barh([0, 1], [1, 2])\nax.set_yticks([0, 1], ["99,9%", "98%"])\nfig',
        "“99,9%” at an axis",
    ),
    "three bars labelled by hand": (
        f"{WORDS}fig, ax = plt.subplots()\nax.barh([0, 1, 2], [1, 2, 3])\n"
        'ax.set_yticks([0, 1, 2], ["70001", "80001", "90001"])\nfig',
        "“70001” at an axis",
    ),
    "three bars called by numbers": (
        f'{WORDS}fig, ax = plt.subplots()\nax.barh(["70001", "80001", "90001"], [1, 2, 3])\nfig',
        "“70001” at an axis",
    ),
    "a scale that says another number": (
        f'{WORDS}{BARS}ax.set_xticks([0, 10000, 20000], ["0", "50000", "100000"])\nfig',
        "at an axis",
    ),
    "words as outlines": (
        f"""{WORDS}from matplotlib.patches import PathPatch
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D
{BARS}ax.add_patch(PathPatch(TextPath((1, 1), "99%", size=3).transformed(Affine2D().scale(2))))
fig""",
        r"ax\.text\(",
    ),
    "a number as a marker": (f'{WORDS}{BARS}ax.scatter([100], [1], marker="$99$", s=400)\nfig', '"o"'),
    "a halo around a wrong number": (
        f'{WORDS}{BARS}ax.text(9, 1, "99,9%", path_effects=[effects.withStroke(linewidth=3)])\nfig',
        "99,9%",
    ),
    "a formula in a title": (f'{WORDS}{BARS}ax.set_title("$99^2$", parse_math=True)\nfig', "plain text"),
    "a name forged for a text": (f'{WORDS}{BARS}ax.text(9, 1, "98765", gid="xtick_9")\nfig', "the figure 98765 "),
    "a wrong title": (f'{WORDS}{BARS}ax.set_title("Còn 98765 mục")\nfig', "the figure 98765 "),
    "a title in another script": (f'{WORDS}{BARS}ax.set_title("Còn ٩٩ mục")\nfig', "“٩”"),
    "a wrong headline": (f"#| headline: Còn 99,9%\n#| alt: Thanh\n{BARS}fig", "99,9%"),
    "a wrong alternative text": (f"#| headline: Còn lại\n#| alt: Thanh 99,9%\n{BARS}fig", "99,9%"),
    "a wrong source": (f"#| headline: Còn lại\n#| alt: Thanh\n#| source: Báo số 99\n{BARS}fig", "the figure 99 "),
    "a short number that equals something by chance": (
        f'{CAPTION}m.frame(level="commune"); pd.DataFrame({{"Ca": [7, 8]}}, index=["Trấn Yên", "Văn Yên"])',
        "the figure 7 ",
    ),
    "words that nobody sees": (f'{WORDS}{BARS}ax.text(9, 1, "ẩn", fontsize=1)\nfig', "nobody can see"),
    "words as good as transparent": (f'{WORDS}{BARS}ax.text(9, 1, "ẩn", alpha=0)\nfig', "nobody can see"),
    "a figure a million times larger": (
        f'{WORDS}{BARS}ax.bar_label(ax.containers[0], fmt="{{:,.0f}} triệu")\nfig',
        "makes another one of it",
    ),
    "a derived figure under a name that is taken": (
        'views.derived(99.5, name="percent", from_=[m["left"]])',
        "already",
    ),
    "a wrong caption": ("#| caption: Còn 99,9%\nleft", "99,9%"),
    "a wrong caption of pandas": ('left.style.set_caption("Còn 99,9%")', "99,9%"),
    "a wrong cell": (f"{CAPTION}left[['left']] + 1", "3453"),
    "a wrong label": (f'{CAPTION}left.rename(index={{"Yên Bình": "Yên Bình 99,97%"}})', "99,97%"),
    "a wrong column": (f'{CAPTION}left.rename(columns={{"left": "Còn 99,97%"}})', "99,97%"),
    "a script in a styled cell": (f'{CAPTION}left.assign(x="<script>alert()</script>").style', "<script>"),
    "a cell as wide as the world": (f'{CAPTION}left.assign(x="</td><td colspan=99999999>").style', "colspan="),
    "a cell of no height": (f'{CAPTION}left.assign(x="</td><td rowspan=x>").style', "rowspan=x"),
    "a figure derived twice": (
        """display(views.derived(35, name="same", from_=[m["left"]]))
display(views.derived(36, name="same", from_=[m["left"]]))""",
        "another name",
    ),
    "a forged drawing": (
        f"""{WORDS}display({{"image/svg+xml": "<svg xmlns='http://www.w3.org/2000/svg'><foreignObject/></svg>"}},
raw=True, metadata={{"hotich": {{"kind": "figure"}}}})""",
        "a Matplotlib figure",
    ),
    "a forged drawing that runs": (
        f"""{WORDS}display({{"image/svg+xml": "<svg xmlns='http://www.w3.org/2000/svg'><path onclick='x()'/></svg>"}},
raw=True, metadata={{"hotich": {{"kind": "figure"}}}})""",
        "a Matplotlib figure",
    ),
    "html forged as a view": (
        'display({"text/html": "<p data-name>99</p>"}, raw=True, metadata={"hotich": {"kind": "view"}})',
        "p data-name",
    ),
    "html shown as a view": (
        'display(HTML("<p data-name>99</p>"), metadata={"hotich": {"kind": "view"}})',
        "p data-name",
    ),
    "a view made by the cell itself": (
        """from markupsafe import Markup
from hotich.views import markup
markup.Fragment(Markup("<p>") + markup.named("99") + Markup("</p>"))""",
        "span data-name",
    ),
    "a view of ours changed by the cell": (
        """from dataclasses import replace
from hotich.views import narrative
replace(narrative.quality(m), html=narrative.quality(m).html + "99")""",
        "section id",
    ),
    "a forged figure": ('display({views.own.DERIVED: {"name": "x"}}, raw=True)', 'm\\["…"\\]'),
}
FORGED = {
    "a forged fact": 'display({"text/html": "x"}, raw=True, metadata={"hotich": {"kind": "fact", "facts": ["nix"]}})',
    "metadata that is no record": 'display({"text/html": "<p>chữ</p>"}, raw=True, metadata={"hotich": ["x"]})',
    "a fact without a name": 'display({"text/html": "<p>chữ</p>"}, raw=True, metadata={"hotich": {"kind": "fact"}})',
    "names that are numbers": f"""{CAPTION}display({{"text/html": "<table><tr><th>a</th></tr></table>"}}, raw=True,
metadata={{"hotich": {{"kind": "text", "facts": 7, "cells": 5, "marks": [[]]}}}})""",
}


def cell(name):
    """The cell's name in a notebook."""
    return re.sub(r"[^a-z]+", "-", name.lower())


@pytest.fixture(scope="module")
def cells(tmp_path_factory, worker_id):
    """All cells, executed one after the other, once for all workers."""
    base = tmp_path_factory.getbasetemp()
    shared = (base if worker_id == "master" else base.parent) / "tries"
    shared.mkdir(exist_ok=True)
    tried = {**SHOWN, **{name: source for name, (source, _) in REFUSED.items()}, **FORGED}
    with FileLock(shared / "lock"):
        return own_cells.executed(shared, {cell(name): source for name, source in tried.items()}, timeout=120)


@pytest.mark.parametrize("name", [*SHOWN, *FORGED])
def test_what_works_in_a_notebook_works_on_a_page_in_both_languages(name, cells):
    for language in LANGUAGES:
        html = own_cells.page_of(months.october(language), cells[cell(name)])
        assert "Trang riêng" in html


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_proven_is_refused_with_the_line_to_write(name, cells):
    with pytest.raises(HotichError) as caught:
        own_cells.page_of(months.october(), cells[cell(name)])
    assert cell(name) in caught.value.message("vi")
    assert re.search(REFUSED[name][1], caught.value.message("en"), re.DOTALL), caught.value.message("en")
