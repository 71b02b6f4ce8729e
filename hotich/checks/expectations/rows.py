"""The two shapes of our rules: a row judged by its own columns, and a table in which a rule chooses or compares rows.

A rule is a class: its docstring says what it demands, its fields are its arguments with their bounds, and its
`condition` is a plain function that finds the failing rows. Great Expectations registers a class when it is made.
"""

import inspect
from collections.abc import Callable
from typing import Any, ClassVar, Literal

import pandas as pd
from great_expectations.core.metric_domain_types import MetricDomainTypes
from great_expectations.execution_engine import PandasExecutionEngine
from great_expectations.expectations.expectation import BatchExpectation, MulticolumnMapExpectation
from great_expectations.expectations.metrics.map_metric_provider import MulticolumnMapMetricProvider
from great_expectations.expectations.metrics.map_metric_provider.multicolumn_condition_partial import (
    multicolumn_condition_partial,
)
from great_expectations.expectations.metrics.metric_provider import metric_value
from great_expectations.expectations.metrics.table_metric_provider import TableMetricProvider

from hotich.checks.one_month import Failing


class RowExpectation(MulticolumnMapExpectation):
    """Every row is judged by the columns of `column_list`; a map metric of Great Expectations finds those that fail.

    `rule` is the rule's id: Great Expectations would make one of two expectations with equal arguments.
    """

    rule: str
    ignore_row_if: Literal["never", "any_value_is_missing"] = "never"
    looks_at: ClassVar[str]
    condition: ClassVar[Callable[..., Failing]]
    cause: ClassVar[bool] = False
    explains: ClassVar[bool] = False

    def __init_subclass__(cls, **kwargs: Any) -> None:  # noqa: ANN401 - pydantic's own
        """Make the map metric of the rule's condition."""
        super().__init_subclass__(**kwargs)
        cls.success_keys = ("mostly", *arguments(cls))
        cls.map_metric = _map_metric(cls)


class TableExpectation(BatchExpectation):
    """The condition itself chooses which rows it looks at, often by an argument, or compares them with each other.

    A map metric would have every row of the table count as looked at. The result is told as that of a map is: rows that
    the rule does not look at are `missing`. The index of every failing row costs nothing here, and is always listed.
    """

    rule: str
    looks_at: ClassVar[str]
    condition: ClassVar[Callable[..., Failing]]
    cause: ClassVar[bool] = False
    explains: ClassVar[bool] = False

    def __init_subclass__(cls, **kwargs: Any) -> None:  # noqa: ANN401 - pydantic's own
        """Make the table metric of the rule's condition."""
        super().__init_subclass__(**kwargs)
        cls.success_keys = arguments(cls)
        cls.metric_dependencies = (_table_metric(cls),)

    @classmethod
    def is_abstract(cls) -> bool:
        """Keep this class itself out of the registry, as Great Expectations does with its own without a metric."""
        return not cls.metric_dependencies

    def _validate(
        self,
        metrics: dict[str, Any],
        runtime_configuration: dict[str, Any] | None = None,
        execution_engine: object = None,
    ) -> dict[str, Any]:
        rows, failing = metrics[self.metric_dependencies[0]]
        result = {
            "element_count": rows,
            "missing_count": rows - len(failing),
            "unexpected_count": int(failing.sum()),
            "unexpected_index_list": failing.index[failing].tolist(),
        }
        return {"success": not result["unexpected_index_list"], "result": result}


def arguments(rule: type[RowExpectation | TableExpectation]) -> tuple[str, ...]:
    """Return the arguments of the rule's condition, which are fields of the rule, without the table."""
    return tuple(inspect.signature(rule.condition).parameters)[1:]


def _map_metric(rule: type[RowExpectation]) -> str:
    """Register the condition as a map metric and return the metric's name."""

    class Provider(MulticolumnMapMetricProvider):
        condition_metric_name = f"multicolumn_values.{rule.__name__}"
        condition_value_keys = arguments(rule)

        @multicolumn_condition_partial(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator] # GX's own
        def _pandas(cls, column_list: pd.DataFrame, **kwargs: Any) -> Failing:  # noqa: ANN401
            return ~rule.condition(column_list, **{name: kwargs[name] for name in arguments(rule)})

    return Provider.condition_metric_name


def _table_metric(rule: type[TableExpectation]) -> str:
    """Register the condition as a table metric and return its name; its value: (rows of the table, the condition's)."""

    class Provider(TableMetricProvider):
        metric_name = f"table.{rule.__name__}"
        value_keys = arguments(rule)

        @metric_value(engine=PandasExecutionEngine)
        def _pandas(
            cls,
            execution_engine: PandasExecutionEngine,
            metric_domain_kwargs: dict[str, Any],
            metric_value_kwargs: dict[str, Any],
            **others: Any,  # noqa: ANN401
        ) -> tuple[int, Failing]:
            table, _, _ = execution_engine.get_compute_domain(metric_domain_kwargs, MetricDomainTypes.TABLE)
            return len(table), rule.condition(table, **{name: metric_value_kwargs[name] for name in arguments(rule)})

    return Provider.metric_name
