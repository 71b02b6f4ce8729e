"""`make watch`: a month's pages are made again whenever something they rest on is saved.

The processes that have loaded the libraries stay from one time to the next. What Python has loaded already cannot be
exchanged: a change of the package itself raises Restart, and the command starts anew.
"""

import ast
from collections.abc import Generator, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final, Protocol

import watchfiles

from hotich import month
from hotich.data import counts
from hotich.errors import HotichError, InputRefused
from hotich.pipeline import build, pages
from hotich.pipeline.notebooks import Tells
from hotich.pipeline.open_month import MonthResult
from hotich.pipeline.plan import Wanted
from hotich.storage import paths
from hotich.storage.paths import Folders

_FOLDERS: Final = (paths.NOTEBOOKS, paths.EXPECTATIONS, paths.PACKAGE)
_LOADED: Final = frozenset({".py", ".toml", ".js", ".mplstyle"})
"""Files of the package that a running process keeps; style sheets and templates are read for every page."""
_CHECKPOINTS: Final = ".ipynb_checkpoints"
_PASSING: Final = (".", "~$")
_STEP: Final = 50
"""Milliseconds without another change after which a save is taken to be complete."""
_AT_MOST: Final = 400
"""Milliseconds after which it is taken to be complete in any case."""
_PULSE: Final = 100
"""Milliseconds from one look for Ctrl-C to the next."""


class Restart(Exception):
    """The package itself has changed; `changed` names the first file."""

    def __init__(self, changed: Path) -> None:
        super().__init__(str(changed))
        self.changed = changed


class Shows(Protocol):
    """How the work of one time is shown."""

    def __call__(self) -> AbstractContextManager[Tells]:
        """Return a new display of progress."""


def outcomes(
    wanted: str, *, year: str, area: str, data: str, reports: str, shows: Shows
) -> Generator[MonthResult | HotichError, None, None]:
    """Yield the outcome of each run, the first at once: the pages of the month, or the notice to `area` if it is given.

    Raises Restart when the package itself has changed, and HotichError for a month that there is not.
    """
    folders = paths.own(data, reports)
    named = month.resolve(wanted, counts.months(folders), year)
    make = Wanted((), True, area) if area else Wanted(pages.monthly())
    with build.session(folders) as session:
        saved = _saved(folders)
        while True:
            with shows() as tell:
                tell.expect(1 + make.papers)
                # The last good pages stay where anything is wrong, an unreadable file too.
                yield from build.each([named], make, folders, session, force=False, tell=tell)
            while problem := _restarts(next(saved)):
                yield problem


def _restarts(saved: list[Path]) -> HotichError | None:
    """Return why the changed package cannot start again; None if it has not changed. Raises Restart when it can."""
    loaded = [path for path in saved if _is_loaded(path)]
    problem = next((problem for path in loaded if (problem := _broken(path))), None)
    if loaded and not problem:
        raise Restart(loaded[0])
    return problem


def _saved(folders: Folders) -> Iterator[list[Path]]:
    """Yield the files of each save from now on; what is saved while pages are made comes afterwards."""
    changes = watchfiles.watch(
        folders.data, *_FOLDERS, debounce=_AT_MOST, step=_STEP, rust_timeout=_PULSE, yield_on_timeout=True
    )
    next(changes)  # it looks at nothing before it is first asked
    return (named for each in changes if (named := _named(each)))


def _named(changes: set[tuple[watchfiles.Change, str]]) -> list[Path]:
    """Return the files that somebody saved, without what editors, Jupyter and Python put beside them."""
    saved = sorted(Path(name) for _, name in changes)
    return [path for path in saved if not path.name.startswith(_PASSING) and _CHECKPOINTS not in path.parts]


def _is_loaded(path: Path) -> bool:
    """Return whether the file belongs to what a running process has loaded."""
    return path.is_relative_to(paths.PACKAGE) and path.suffix in _LOADED


def _broken(path: Path) -> InputRefused | None:
    """Return why the package could not start with this file, if it is Python that cannot be parsed."""
    if path.suffix != ".py" or not path.is_file():
        return None
    try:
        ast.parse(path.read_bytes())
    except SyntaxError as error:
        return InputRefused("watch.syntax", file=path, line=error.lineno or 0, reason=error.msg)
    return None
