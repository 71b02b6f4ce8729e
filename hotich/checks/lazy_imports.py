"""Stand-ins for slow imports of other packages that nothing here uses: they save every process seconds."""

import importlib
import importlib.util
import sys
from types import ModuleType
from typing import Any, Final

_LATER: Final = ("altair", "scipy.stats")
"""Imported by Great Expectations for a renderer and a test of distributions that no report uses."""
_GRAMMAR: Final = "rfc3987_syntax"
"""A grammar of international addresses that jsonschema checks one format with; it goes without where there is none."""


class _Later(ModuleType):
    """Stands in for a module until something of it is used. Dunder names are refused: kernels look at them all."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the real module holds
        if name.startswith("__"):
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(importlib.import_module(self.__name__), name)


def grammar() -> None:
    """Leave out the grammar alone: for processes that never load Great Expectations."""
    sys.modules.setdefault(_GRAMMAR, None)  # type: ignore[arg-type] # an import of None fails, as if it were absent


def unused() -> None:
    """Leave out what nothing here uses and is not loaded: `_LATER` until its first use, `_GRAMMAR` altogether."""
    grammar()
    for name in _LATER:
        found = None if name in sys.modules else importlib.util.find_spec(name)
        if found:
            module = _Later(name)
            module.__path__ = list(found.submodule_search_locations or ())  # its submodules can be imported as ever
            sys.modules[name] = module
