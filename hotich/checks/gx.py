"""Great Expectations itself: a lean import, our expectations registered, a suite run in an ephemeral context."""

import importlib
import os
import sys
import threading
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

from hotich.checks.suites import Suite

if TYPE_CHECKING:
    import pandas as pd

_HEAVY: Final = ("altair", "scipy", "scipy.stats")
"""Imported by Great Expectations for a renderer and a test of distributions that no report uses."""


class _Later(ModuleType):
    """Stands in for a module until something of it is used. Dunder names are refused: kernels look at them all."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the real module holds
        if name.startswith("__") or self.__name__ == "scipy":
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        if self.__name__ == "scipy.stats":
            sys.modules.pop("scipy", None)
        return getattr(importlib.import_module(self.__name__), name)


@dataclass(frozen=True)
class Ran:
    """What GX says of one rule: whether it holds, how many elements it saw, how many broke it, or why it could not."""

    success: bool
    evaluated: int
    failed: int
    problem: str


def prepare() -> ModuleType:
    """Import Great Expectations without what it does not need here, and register our own expectations once."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    if "great_expectations" not in sys.modules:
        _stand_in()
    gx = importlib.import_module("great_expectations")
    from tqdm import tqdm

    from hotich.checks import custom

    tqdm.set_lock(threading.RLock())  # its own is shared between processes and outlives a killed kernel
    custom.register()
    return gx


def _stand_in() -> None:
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type] # jsonschema skips what is None
    for name in _HEAVY:
        if name not in sys.modules:
            module = _Later(name)
            module.__path__ = []
            sys.modules[name] = module


def run(suite: Suite, table: "pd.DataFrame", parameters: dict[str, Any]) -> dict[str, Ran]:
    """Run every rule of a suite on its table; results by rule id.

    Raises RuntimeError when GX did not evaluate exactly the rules that the suite lists.
    """
    gx = prepare()
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    asset = context.data_sources.add_pandas(suite.name).add_dataframe_asset(suite.name)
    batch = asset.add_batch_definition_whole_dataframe(suite.name).get_batch({"dataframe": table})
    built = gx.ExpectationSuite(name=suite.name, expectations=[_expectation(rule) for rule in suite.rules])
    result = batch.validate(built, result_format="BASIC", expectation_parameters=parameters)
    ran = {each.expectation_config.meta["rule"]: _ran(each) for each in result.results}
    if set(ran) != {rule.id for rule in suite.rules} or len(result.results) != len(suite.rules):
        raise RuntimeError(f"{suite.name}: {len(result.results)} of {len(suite.rules)} rules were evaluated")
    return ran


def _expectation(rule: Any) -> Any:  # noqa: ANN401 - classes made by GX
    from great_expectations.expectations.registry import get_expectation_impl

    kind = get_expectation_impl(rule.type)
    return kind(**rule.kwargs, severity=rule.severity, meta={"rule": rule.id})


def _ran(result: Any) -> Ran:  # noqa: ANN401 - a result of GX
    problem = _problem(result.exception_info or {})
    found = result.result or {}
    evaluated = int(found.get("element_count") or 0) - int(found.get("missing_count") or 0)
    return Ran(bool(result.success), evaluated, int(found.get("unexpected_count") or 0), problem)


def _problem(info: dict[str, Any]) -> str:
    """The exception of a rule that raised; GX tells it in two shapes, and its traceback holds paths."""
    shapes = [info] if "raised_exception" in info else [each for each in info.values() if isinstance(each, dict)]
    return "; ".join(str(each.get("exception_message")) for each in shapes if each.get("raised_exception"))
