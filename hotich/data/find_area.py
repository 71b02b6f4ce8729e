"""Which area a user means: by its code, or by its name with or without accents and its kind."""

import unicodedata
from collections.abc import Callable, Iterable
from typing import Final

from hotich.data import areas, names, office
from hotich.data.areas import Area, AreasOn
from hotich.month import Month
from hotich.storage.paths import Folders

_SUGGESTED: Final = 10


def meant(written: str, among: Iterable[Area]) -> str:
    """Return the code of the area with this code, or of the only one with this name; else the text as it is."""
    every, asked = list(among), unicodedata.normalize("NFC", " ".join(written.split()))
    if any(area.code == asked for area in every):
        return asked
    for words in (_full, _bare):
        for folded in (str.casefold, names.without_marks):
            found = {area.code for area in every if folded(asked) in _each(folded, words(area))}
            if len(found) == 1:
                return found.pop()
    return written


def near(written: str, among: Iterable[Area]) -> str:
    """Return the areas whose code or name is most similar, only for messages: `Xã Đất Mũi (32248), …`."""
    words = {f"{area.name_vi} ({area.code})": (area.code, *_full(area), *_bare(area)) for area in among}
    return names.nearest(written, words, _SUGGESTED)


def reportable(areas_on: AreasOn, root: str) -> list[Area]:
    """Return the root and the areas below it that a report can be about."""
    every = areas_on.by_code.values()
    return [area for area in every if area.level not in ("commune", "office") and areas_on.within(area.code, root)]


def notifiable(areas_on: AreasOn, root: str) -> list[Area]:
    """Return the areas that a notice can be for: those directly below the office's own, and those above the communes.

    In a country these are its provinces and their districts.
    """
    deeper = [area for area in reportable(areas_on, root) if area.code != root]
    return list(dict.fromkeys((*areas_on.children(root), *deeper)))


def of_report(written: str, month: Month, folders: Folders) -> str:
    """Return the code of the area whose report of a month a user means; see `meant`."""
    return meant(written, reportable(*_on(month, folders)))


def of_notice(written: str, month: Month, folders: Folders) -> str:
    """Return the code of the area whose notice of a month a user means; see `meant`."""
    return meant(written, notifiable(*_on(month, folders)))


def near_notices(written: str, month: Month, folders: Folders) -> str:
    """Return which areas that get a notice are nearest to what a user wrote."""
    return near(written, notifiable(*_on(month, folders)))


def _on(month: Month, folders: Folders) -> tuple[AreasOn, str]:
    settings = office.read(folders.data)
    return areas.read(folders.data).on(settings.cutoff(month)), settings.root


def _each(folded: Callable[[str], str], words: Iterable[str]) -> set[str]:
    return {folded(unicodedata.normalize("NFC", word)) for word in words}


def _full(area: Area) -> tuple[str, ...]:
    return area.name_vi, area.name_en, area.official("vi")


def _bare(area: Area) -> tuple[str, ...]:
    """Return its name without its kind: Đất Mũi of Xã Đất Mũi."""
    kind = area.name_vi[: len(area.type)]
    return (area.name_vi[len(area.type) :].strip(),) if area.type and kind.casefold() == area.type.casefold() else ()
