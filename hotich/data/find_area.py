"""Which area a user means: by its code, or by its name with or without accents and its kind."""

import unicodedata
from collections.abc import Callable, Iterable
from typing import Final

from hotich.data import areas, names, office
from hotich.data.areas import Area, AreasOn
from hotich.errors import WrongUsage
from hotich.language import LANGUAGES, say
from hotich.month import Month, printable
from hotich.storage.paths import Folders

_SUGGESTED: Final = 10


def meant(written: str, among: Iterable[Area]) -> str:
    """Return the code of the area with this code, or of the only one with this name; else the text as it is.

    Raises WrongUsage for a name that several have, with their codes.
    """
    every, asked = list(among), unicodedata.normalize("NFC", " ".join(written.split()))
    if any(area.code == asked for area in every):
        return asked
    for words in (_full, _bare):
        for folded in (str.casefold, names.without_marks):
            if found := {area.code: area for area in every if folded(asked) in _each(folded, words(area))}:
                return _only(written, list(found.values()))
    return written


def _only(written: str, found: list[Area]) -> str:
    if len(found) == 1:
        return found[0].code
    told = [f"{area.name_vi} ({area.code})" for area in found[:_SUGGESTED]] + ["…"] * (len(found) > _SUGGESTED)
    raise WrongUsage("areas.alike", value=printable(written.strip()), count=len(found), areas=", ".join(told))


def near(written: str, among: Iterable[Area]) -> str:
    """Return the areas whose code or name is most similar, only for messages: `Xã Đất Mũi (32248), …`."""
    words = {f"{area.name_vi} ({area.code})": (area.code, *_full(area), *_bare(area)) for area in among}
    return names.nearest(written, words, _SUGGESTED)


def reportable(areas_on: AreasOn, root: str) -> list[Area]:
    """Return the root and the areas below it that a report can be about: those that have communes."""
    above = (area for area in areas_on.by_code.values() if area.level not in ("commune", "office"))
    return [area for area in above if areas_on.within(area.code, root) and areas_on.communes(area.code)]


def notifiable(areas_on: AreasOn, root: str) -> list[Area]:
    """Return the areas that a notice can be for: those directly below the office's own, and those above the communes.

    In a country these are its provinces and their districts.
    """
    return [each for area in reportable(areas_on, root) for each in areas_on.receivers(area.code, root)]


def of_report(written: str, month: Month, folders: Folders) -> str:
    """Return the code of the area whose report of a month a user means; see `meant`."""
    return meant(written, reportable(*_on(month, folders)))


def of_notice(written: str, month: Month, folders: Folders) -> str:
    """Return the code of the area whose notice of a month a user means; see `meant`."""
    return meant(written, notifiable(*_on(month, folders)))


def sender(receiver: str, month: Month, folders: Folders) -> str:
    """Return the code of the area in whose draft a receiver's notice lies; empty for the office's own.

    It is that of the area above it: a province's notice lies with the country's, a district's with its province's.
    """
    areas_on, root = _on(month, folders)
    above = areas_on[receiver].parent if receiver in areas_on else ""
    told = above in areas_on and any(each.code == receiver for each in areas_on.receivers(above, root))
    return above if told and above != root else ""


def several(written: str, month: Month, folders: Folders, *, with_receivers: bool) -> list[Area]:
    """Return the areas that a user means by a level, by `all`, or by codes and names with commas between them.

    They are areas that a report can be about or, `with_receivers`, that have areas below them which get notices. They
    come from the top down. Raises WrongUsage for one that is none, naming what is allowed.
    """
    areas_on, root = _on(month, folders)
    every = [area for area in reportable(areas_on, root) if not with_receivers or areas_on.receivers(area.code, root)]
    every.sort(key=lambda area: areas.LEVELS.index(area.level))
    if level := _level(written):
        chosen = [area for area in every if level in ("all", area.level)]
    else:
        codes = [meant(part, every) for part in written.split(",") if part.strip()]
        chosen = [area for area in every if area.code in codes]
        if strange := next((code for code in codes if code not in {area.code for area in every}), ""):
            raise _unknown(strange, every)
    if not chosen:
        raise _unknown(written, every)
    return chosen


def _level(written: str) -> str:
    """Return the level that a word means, `all` for all of them; empty for what is none."""
    asked = names.without_marks(" ".join(written.casefold().split()))
    for level in ("all", "province", "district"):
        words = ",".join(say(language, f"terminal.areas.words.{level}") for language in LANGUAGES).split(",")
        if asked in {names.without_marks(word.strip().casefold()) for word in words}:
            return level
    return ""


def _unknown(written: str, every: list[Area]) -> WrongUsage:
    levels = {area.level for area in every}
    allowed = {
        language: ", ".join(
            say(language, f"terminal.areas.words.{level}").partition(",")[0]
            for level in ("all", "province", "district")
            if level == "all" or level in levels
        )
        for language in LANGUAGES
    }
    return WrongUsage("areas.no_several", value=printable(written.strip()), levels=allowed, near=near(written, every))


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
    """Return its name without its kind, where that is another: Đất Mũi of Xã Đất Mũi."""
    return (area.without_kind,) if area.without_kind != area.name_vi else ()
