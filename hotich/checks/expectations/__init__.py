"""Our rules as expectations of Great Expectations, one class each; importing this package registers all of them.

After it, `ExpectationSuite(**json.load(…))` loads every rule of `expectations/*.json`, and the tables of
`hotich.checks.frames(month)` can be validated: docs/rules.md shows it.
"""

from collections.abc import Iterable
from types import ModuleType

from great_expectations.expectations.expectation import Expectation

from hotich.checks import registry
from hotich.checks.expectations import across_months, one_month, published, records, waivers
from hotich.checks.expectations.rows import RowExpectation, TableExpectation, arguments
from hotich.errors import WrongUsage

_BOUNDS = ("type", "minimum", "maximum", "enum")


def looking_at(table: str, expectations: Iterable[Expectation]) -> list[Expectation]:
    """Return the expectations that look at that table: a suite holds rules about several, and a batch is one."""
    return [each for each in expectations if registry.kinds()[each.expectation_type].table == table]


def kinds() -> dict[str, dict[str, object]]:
    """Return what `registry` must know of each class without Great Expectations, in the order of the classes.

    Raises WrongUsage naming a class and its argument that has no bounds.
    """
    modules = (one_month, across_months, published, waivers, records)
    return {rule.expectation_type: _kind(rule) for module in modules for rule in _rules(module)}


def _rules(module: ModuleType) -> list[type[RowExpectation | TableExpectation]]:
    return [each for each in vars(module).values() if getattr(each, "__module__", "") == module.__name__]


def _kind(rule: type[RowExpectation | TableExpectation]) -> dict[str, object]:
    fields = rule.schema()["properties"]
    taken = {name: {key: fields[name][key] for key in _BOUNDS if key in fields[name]} for name in arguments(rule)}
    for name, field in taken.items():
        if not (field.get("type") == "boolean" or "enum" in field or {"minimum", "maximum"} <= set(field)):
            raise WrongUsage("suite.bounds", rule=rule.__name__, field=name)
    condition = f"{rule.condition.__module__}:{rule.condition.__name__}"
    flags = {name: True for name in ("cause", "explains") if getattr(rule, name)}
    return {"table": rule.looks_at, "condition": condition, "arguments": taken, **flags}
