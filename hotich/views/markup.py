"""The HTML pieces that pages are made of. Everything put into them is escaped unless it already is markup."""

import base64
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from markupsafe import Markup, escape

from hotich import formats
from hotich.data.dataset import Dataset
from hotich.language import say
from hotich.month import Month
from hotich.views import in_notebook, saved_table
from hotich.views.saved_table import Cell, Valued, Vintage

_TITLE: Final = re.compile(r' title="[^"]*"')
"""What a figure is: in a column its heading says that once."""
_CHANGING: Final = re.compile(r"-(?:\d{4}-\d{2}|examples|published|draft)")


def _maker() -> str:
    """Return the module that makes a Fragment, whether it calls the class or copies one."""
    frame = sys._getframe(2)
    while frame.f_back and frame.f_globals.get("__name__") in (__name__, "dataclasses", "copy"):
        frame = frame.f_back
    return str(frame.f_globals.get("__name__"))


@dataclass(frozen=True)
class Fragment:
    """A piece of a page, as a notebook cell shows it. A page has its `banner` above all pieces, a notebook here."""

    html: Markup
    banner: str = ""
    by_cell: bool = field(init=False, repr=False, compare=False)
    """Whether a notebook's own code has made it: then it is no view of ours, and the page reads every digit in it."""

    def __post_init__(self) -> None:
        """Take note of who made it."""
        object.__setattr__(self, "by_cell", _maker() == "__main__")

    def _repr_html_(self) -> str:
        return str(in_notebook.dressed(self.html, self.banner))


@dataclass(frozen=True)
class Column:
    """A table column. `text` aligns left; `extra` columns are hidden on phones; `about` says what its figures are.

    `name` is what it is called in the file to be saved; see `saved_table`.
    """

    label: str | Markup
    text: bool = False
    extra: bool = False
    about: str = ""
    name: str = ""

    @property
    def classes(self) -> str:
        """Its CSS classes."""
        return " ".join(name for name, on in (("l", self.text), ("opt", self.extra)) if on)


@dataclass(frozen=True)
class Table:
    """A table with caption, header cells on both axes and, if `file` is given, its numbers as a CSV to save.

    `rows` and `foot` hold the cells as they are shown; the first cell of each row is its header. Rows `apart` stand
    below them and are not saved: they are of another kind. `long` tables may break across printed pages and can be
    sorted and filtered. The `tag` says what its figures are, beside the CSV, `vintage` says it in the CSV.
    With `marked`, the digits in it are no facts: see `marked`.
    """

    caption: str | Markup
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    note: str | Markup = ""
    foot: Sequence[Sequence[Cell]] = ()
    file: str = ""
    vintage: Vintage | None = None
    apart: Sequence[Sequence[Cell]] = ()
    long: bool = False
    tag: str | Markup = ""
    marked: bool = False

    def html(self, language: str) -> Markup:
        """Return the whole table, in a frame that scrolls sideways when it must."""
        head = Markup("").join(
            Markup('<th scope="col"{}{}>{}</th>').format(_class(column.classes), _title(column.about), column.label)
            for column in self.columns
        )
        note = Markup("<span>{}</span>").format(self.note) if self.note else ""
        foot = Markup("<tfoot>{}</tfoot>").format(self._rows(self.foot)) if self.foot else ""
        return Markup(
            '<div class="scroll"{name}{marked}{region}><table{long}><caption>{caption}{note}</caption>'
            "<thead><tr>{head}</tr></thead><tbody>{body}</tbody>{foot}</table></div>{link}"
        ).format(
            name=Markup(' id="table-{}"').format(self.anchor) if self.anchor else "",
            marked=marked(self.marked),
            region=Markup(' role="group" tabindex="0" aria-label="{}"').format(Markup(self.caption).striptags()),
            long=_class("long" if self.long else ""),
            caption=self.caption,
            note=note,
            head=head,
            body=self._rows((*self.rows, *self.apart)),
            foot=foot,
            link=self.link(language),
        )

    @property
    def anchor(self) -> str:
        """What links to it are named by: its file's name without what changes from month to month."""
        return _CHANGING.split(self.file.removesuffix(".csv"))[0]

    def _rows(self, rows: Sequence[Sequence[Cell]]) -> Markup:
        return Markup("").join(Markup("<tr>") + self._cells(cells) + Markup("</tr>") for cells in rows)

    def _cells(self, cells: Sequence[Cell]) -> Markup:
        if len(cells) != len(self.columns):
            caption = Markup(self.caption).striptags()
            raise ValueError(f"“{caption}” has {len(self.columns)} columns and a row of {len(cells)} cells")
        classes = [_class(column.classes) for column in self.columns]
        first = Markup('<th scope="row"{}>{}</th>').format(classes[0], cells[0])
        return first + Markup("").join(
            Markup(f"<td{given}{_value(cell)}>{_TITLE.sub('', escape(cell))}</td>")
            for given, cell in zip(classes[1:], cells[1:], strict=True)
        )

    def link(self, language: str) -> Markup:
        """Return its tag and its numbers as a CSV to save, on one line; no CSV where it has no `file`."""
        link = (
            Markup("")
            if not self.file
            else Markup('<a class="nop" download="{}" href="{}">{}</a>').format(
                self.file, f"data:text/csv;charset=utf-8;base64,{self._csv()}", say(language, "page.download_csv")
            )
        )
        return Markup('<p class="src">{}{}</p>').format(self.tag, link) if self.tag or link else Markup("")

    def _csv(self) -> str:
        if self.vintage is None:
            raise ValueError(f"{self.file} does not say which counts it rests on")
        saved = saved_table.text(self.columns, (*self.rows, *self.foot), self.vintage)
        return base64.b64encode(saved.encode("utf-8-sig")).decode("ascii")


def symbol(text: str) -> Markup:
    """Return a symbol such as [r], which stands on pages and not in the tables that are saved from them."""
    return Markup('<span class="mk">{}</span>').format(text)


def _value(cell: Cell) -> Markup:
    """Return the attribute by which a cell is sorted that shows no figure of its own."""
    return Markup(' data-value="{}"').format(cell.value) if isinstance(cell, Valued) else Markup("")


def _title(words: str) -> Markup:
    return Markup(' title="{}"').format(words) if words else Markup("")


def _class(names: str) -> Markup:
    return Markup(' class="{}"').format(names) if names else Markup("")


def short_hash(sha256: str) -> Markup:
    """Return the beginning of a hash, enough to tell files apart by eye."""
    return Markup("<code>{}…</code>").format(sha256[:12])


def hashes(files: Iterable[tuple[str, str]], language: str) -> Markup:
    """Return files with their whole hashes in a fold, as sha256sum writes them and `sha256sum -c` reads them."""
    lines = "\n".join(f"{sha256}  {file}" for file, sha256 in files)
    return fold(say(language, "page.hashes"), Markup("<pre><code>{}</code></pre>").format(lines))


def fold(summary: str, content: Markup, *, printed: bool = False) -> Markup:
    """Return content that opens on demand (`<details>`); with `printed`, paper shows it too."""
    return Markup("<details{}><summary>{}</summary>{}</details>").format(
        _class("printed" if printed else ""), summary, content
    )


def marked(on: bool = True) -> Markup:
    """Return the attribute of an element whose digits are no facts but of names, checks or files that came in."""
    return Markup(" data-name" if on else "")


def named(text: str) -> Markup:
    """Return a piece of a text whose digits are no facts: see `marked`."""
    return Markup("<span{}>{}</span>").format(marked(), text)


def paragraph(content: str | Markup, classes: str = "", *, mark: bool = False) -> Markup:
    """Return a paragraph; with `mark`, the digits in it are no facts: see `marked`."""
    return Markup("<p{}{}>{}</p>").format(_class(classes), marked(mark), content)


def banner(data: Dataset, language: str) -> Markup:
    """Return what `illustrative` says of a page that rests on these counts."""
    return illustrative(data.synthetic, language, data.reported_after_synthetic)


def illustrative(made_up: bool, language: str, reported: Month | None = None) -> Markup:
    """Return the warning that figures are made up, for the `banner` of what begins a notebook; empty where none are.

    `reported` is the month whose own counts were reported, where only those before it are made up.
    """
    if not made_up:
        return Markup("")
    label, title = (say(language, f"page.synthetic{part}") for part in ("_label", ""))
    return Markup('<aside class="syn" aria-label="{}"><p{}><strong>{}</strong> {}</p></aside>').format(
        label, marked(reported is not None), title, what_is_made_up(language, reported)
    )


def what_is_made_up(language: str, reported: Month | None) -> str:
    """Return the sentence that says which figures are made up: all by month, or what rests on the months before."""
    if reported is None:
        return say(language, "page.synthetic_text")
    return say(language, "page.synthetic_before", month=formats.month(reported, language))


def section(anchor: str, heading: str | Markup, *content: Markup, mark: bool = False) -> Fragment:
    """Return a section of a page under its own heading; the contents list is made from these headings.

    With `mark`, the digits in its heading are no facts: see `marked`.
    """
    return Fragment(
        Markup('<section id="{}"><h2{}>{}</h2>{}</section>').format(
            anchor, marked(mark), heading, Markup("").join(content)
        )
    )
