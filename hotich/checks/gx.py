"""Great Expectations itself: a lean import, our expectations registered, a suite run in an ephemeral context.

The lean import leaves out `altair` (one renderer), `scipy.stats` (one kind of expectation) and `rfc3987_syntax` (a
check of web addresses), which nothing here uses. Measured in turn, three times each, it took 0.28 to 0.43 of the plain
import's processor time. Whoever does use the first two gets the real module at that moment.
"""

import importlib
import os
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

from hotich.checks import lazy_imports
from hotich.checks.suites import Rule

if TYPE_CHECKING:
    import pandas as pd

UNSEEN: Final = "not_run"
"""The problem of a rule that Great Expectations has no result for, or more than one."""


@dataclass(frozen=True)
class Ran:
    """What GX says of one rule: whether it holds, how many rows it looked at, how many broke it, or why it could not.

    `rows` are the index labels of the failing rows; there are `failed` of them, or the result is not to be trusted.
    """

    success: bool
    evaluated: int
    failed: int
    problem: str
    rows: tuple[int, ...] = ()


def prepare() -> ModuleType:
    """Import Great Expectations without what it does not need here, and register our own expectations once."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    if "great_expectations" not in sys.modules:
        lazy_imports.unused()
    gx = importlib.import_module("great_expectations")
    from tqdm import tqdm

    importlib.import_module("hotich.checks.expectations")  # registers them
    tqdm.set_lock(threading.RLock())  # its own is shared between processes and outlives a killed kernel
    return gx


def run(rules: Sequence[Rule], table: "pd.DataFrame", parameters: dict[str, Any]) -> dict[str, Ran]:
    """Run rules on the table they look at; a result for each rule id, whatever Great Expectations gave back.

    Map expectations that fail are run a second time, to name their rows: asking at once costs those that pass, too.
    """
    batch = _tables().get_batch({"dataframe": table})
    ran = _validated(batch, rules, parameters, {"result_format": "BASIC"})
    failed = [rule for rule in rules if ran[rule.id].failed and not ran[rule.id].rows]
    return ran | (_validated(batch, failed, parameters, _WITH_ROWS) if failed else {})


_WITH_ROWS: Final = {
    "result_format": "COMPLETE",
    "return_unexpected_index_query": False,
    "exclude_unexpected_values": True,
}


def _validated(
    batch: Any,  # noqa: ANN401 - a batch of GX
    rules: Sequence[Rule],
    parameters: dict[str, Any],
    form: dict[str, Any],
) -> dict[str, Ran]:
    suite = prepare().ExpectationSuite(name="rules", expectations=[_expectation(rule) for rule in rules])
    result = batch.validate(suite, result_format=form, expectation_parameters=parameters)
    return {rule.id: _only([each for each in result.results if _id(each) == rule.id]) for rule in rules}


@cache
def _tables() -> Any:  # noqa: ANN401 - a batch definition of GX
    """Where GX takes a table from; it is told once, since it writes all it has been told out anew each time."""
    gx = prepare()
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    asset = context.data_sources.add_pandas("counts").add_dataframe_asset("table")
    return asset.add_batch_definition_whole_dataframe("whole")


def _id(result: Any) -> str:  # noqa: ANN401 - a result of GX
    return str(result.expectation_config.meta["rule"])


def _only(results: list[Any]) -> Ran:
    """A rule that was dropped on the way, or merged with another, has not passed."""
    return _ran(results[0]) if len(results) == 1 else Ran(False, 0, 0, UNSEEN)


def _expectation(rule: Any) -> Any:  # noqa: ANN401 - classes made by GX
    from great_expectations.expectations.registry import get_expectation_impl

    kind = get_expectation_impl(rule.type)
    return kind(**rule.kwargs, severity=rule.severity, meta={"rule": rule.id})


def _ran(result: Any) -> Ran:  # noqa: ANN401 - a result of GX
    problem = _problem(result.exception_info or {})
    found = result.result or {}
    evaluated = int(found.get("element_count") or 0) - int(found.get("missing_count") or 0)
    failed, rows = int(found.get("unexpected_count") or 0), tuple(found.get("unexpected_index_list") or ())
    return Ran(bool(result.success), evaluated, failed, problem, rows)


def _problem(info: dict[str, Any]) -> str:
    """The exception of a rule that raised; GX tells it in two shapes, and its traceback holds paths."""
    shapes = [info] if "raised_exception" in info else [each for each in info.values() if isinstance(each, dict)]
    raised = [str(each.get("exception_message")) for each in shapes if each.get("raised_exception")]
    return "; ".join(dict.fromkeys(raised))
