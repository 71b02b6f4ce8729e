"""Our rules as custom expectations of Great Expectations: one class and one metric for each plain function."""

from typing import Any

from great_expectations.core.metric_domain_types import MetricDomainTypes
from great_expectations.exceptions.exceptions import ExpectationNotFoundError
from great_expectations.execution_engine import PandasExecutionEngine
from great_expectations.expectations.expectation import BatchExpectation
from great_expectations.expectations.metrics.metric_provider import metric_value
from great_expectations.expectations.metrics.table_metric_provider import TableMetricProvider
from great_expectations.expectations.registry import get_expectation_impl

from hotich.checks import registry


def register() -> None:
    """Register every rule that GX does not know yet; it registers a class when the class is made."""
    for name, kind in registry.KINDS.items():
        try:
            get_expectation_impl(name)
        except ExpectationNotFoundError:
            _define(name, kind)


def _define(name: str, kind: registry.Kind) -> None:
    arguments = tuple(sorted(kind.arguments - {"rule"}))
    metric = f"hotich.{name}"

    def compute(
        cls: type,
        execution_engine: PandasExecutionEngine,
        metric_domain_kwargs: dict[str, Any],
        metric_value_kwargs: dict[str, Any],
        metrics: dict[str, Any],
        runtime_configuration: dict[str, Any],
    ) -> tuple[int, int]:
        table, _, _ = execution_engine.get_compute_domain(metric_domain_kwargs, domain_type=MetricDomainTypes.TABLE)
        failing = kind.function(table, **{argument: metric_value_kwargs[argument] for argument in arguments})
        return len(failing), int(failing.sum())

    type(
        f"{_camel(name)}Metric",
        (TableMetricProvider,),
        {
            "metric_name": metric,
            "value_keys": ("rule", *arguments),
            "_pandas": metric_value(engine=PandasExecutionEngine)(compute),
        },
    )

    def validate(
        self: Any,  # noqa: ANN401
        metrics: dict[str, Any],
        runtime_configuration: dict[str, Any] | None = None,
        execution_engine: Any = None,  # noqa: ANN401
    ) -> dict[str, Any]:
        evaluated, failed = metrics[metric]
        return {"success": failed == 0, "result": {"element_count": evaluated, "unexpected_count": failed}}

    annotations = {"rule": str, **{argument: _ARGUMENT_TYPES[argument] for argument in arguments}}
    type(
        _camel(name),
        (BatchExpectation,),
        {
            "__module__": __name__,
            "__annotations__": annotations,
            "metric_dependencies": (metric,),
            "success_keys": ("rule", *arguments),
            "domain_keys": ("batch_id", "table"),
            "_validate": validate,
        },
    )


_ARGUMENT_TYPES: dict[str, Any] = {
    "at_most": float,
    "at_least": int,
    "times": float,
    "spreads": float,
    "months": int,
    "share": float,
    "whole": bool,
    "kind": str,
}


def _camel(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("_"))
