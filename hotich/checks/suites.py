"""The rule book: suites of Great Expectations as plain JSON, read strictly before anything is run."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from hotich.checks import arguments, registry
from hotich.errors import WrongUsage
from hotich.language import LANGUAGES, unseen
from hotich.month import printable
from hotich.storage import paths, regular

NAMES: Final = ("counts", "series", "published", "waivers")
"""In the order in which they are run: the waivers last, for only then is it known which of them were used."""
RECORDS: Final = "records"
"""The suite about record lists: no month's report runs it, `make tally` does."""
SEVERITIES: Final = ("critical", "warning", "info")
"""The gravest first."""
TEXTS: Final = ("title", "why", "do", "finding")
VARIANTS: Final = ("finding_swapped", "finding_offices", "finding_left_out")
"""Other sentences of a finding, for the case that its name says; a rule may have them."""
LIKELY: Final = "likely"
"""What usually lies behind a finding of the rule; a rule whose sentence tells the cause itself has none."""
_KEYS: Final = {"type", "kwargs", "severity", "meta"}
_ID: Final = re.compile("[A-Za-z][A-Za-z0-9_-]{0,15}")
"""What an id may be: it stands in messages, in waivers.csv and on the page."""


@dataclass(frozen=True)
class Rule:
    """One expectation: its stable id, its GX type and arguments, and its texts by name and language."""

    id: str
    suite: str
    type: str
    kwargs: dict[str, object]
    severity: str
    texts: dict[str, dict[str, str]] = field(repr=False)

    def text(self, name: str, language: str) -> str:
        """Return a text of the rule by its name: one of TEXTS, or of VARIANTS where the rule has it."""
        return self.texts[name][language]

    def likely(self, language: str) -> str:
        """Return what usually lies behind a finding; empty where the rule does not say."""
        return self.texts.get(LIKELY, {}).get(language, "")

    @property
    def kind(self) -> registry.Kind:
        """What it looks at and how it finds its rows."""
        return registry.kinds()[self.type]


@dataclass(frozen=True)
class Suite:
    """A suite in the order of its file."""

    name: str
    rules: tuple[Rule, ...]


def load(folder: Path = paths.EXPECTATIONS) -> tuple[Suite, ...]:
    """Return all suites. Raises WrongUsage naming file, rule and field for anything that is not exactly a rule."""
    for stray in sorted(path.name for path in folder.glob("*.json") if path.stem not in (*NAMES, RECORDS)):
        raise WrongUsage("suite.stray", file=stray, allowed=", ".join(f"{name}.json" for name in NAMES))
    suites = tuple(_suite(folder, name) for name in NAMES)
    _require_different([rule for suite in suites for rule in suite.rules])
    return suites


def records(folder: Path = paths.EXPECTATIONS) -> Suite:
    """Return the suite about record lists. Raises WrongUsage as `load` does, also for an id that another suite has."""
    suite = _suite(folder, RECORDS)
    _require_different([rule for each in (*load(folder), suite) for rule in each.rules])
    return suite


def _require_different(found: list[Rule]) -> None:
    """Raise WrongUsage for an id twice, or a rule under two ids, of which Great Expectations may run one."""
    ids: set[str] = set()
    tested: dict[str, str] = {}
    for rule in found:
        same = {name: value for name, value in rule.kwargs.items() if name != "rule"}
        test = json.dumps([rule.suite, rule.type, same], sort_keys=True)
        if rule.id in ids:
            raise WrongUsage("suite.twice", file=f"{rule.suite}.json", rule=rule.id)
        if test in tested:
            raise WrongUsage("suite.same", file=f"{rule.suite}.json", rule=rule.id, other=tested[test])
        ids.add(rule.id)
        tested[test] = rule.id


def _suite(folder: Path, name: str) -> Suite:
    file = f"{name}.json"
    try:
        raw = json.loads(regular.read(folder / file), object_pairs_hook=_once, parse_constant=_refuse)
    except OSError as error:
        raise WrongUsage("suite.missing", file=file, reason=error.strerror) from None
    except (ValueError, RecursionError) as error:
        raise WrongUsage("suite.not_json", file=file, reason=printable(str(error))) from None
    if not isinstance(raw, dict) or raw.get("name") != name or not isinstance(raw.get("expectations"), list):
        raise WrongUsage("suite.not_a_suite", file=file, name=name)
    if not raw["expectations"]:
        raise WrongUsage("suite.empty", file=file)
    return Suite(name, tuple(_rule(each, name, at) for at, each in enumerate(raw["expectations"], 1)))


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Return the object. Raises ValueError for a name twice, of which JSON would silently keep the last."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"“{next(name for name in names if names.count(name) > 1)}” ×2")
    return found


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _rule(raw: object, suite: str, at: int) -> Rule:
    file = f"{suite}.json"
    if not isinstance(raw, dict) or set(raw) != _KEYS or not isinstance(raw["meta"], dict):
        raise WrongUsage("suite.keys", file=file, rule=_named(raw, at), field=", ".join(sorted(_KEYS)))
    identity, kind = raw["meta"].get("rule"), raw["type"]
    if not isinstance(identity, str) or not _ID.fullmatch(identity):
        raise WrongUsage("suite.id", file=file, rule=f"#{at}", value=printable(str(identity)))
    if not isinstance(kind, str) or kind not in registry.kinds():
        raise WrongUsage(
            "suite.type", file=file, rule=identity, value=_shown(kind), allowed=", ".join(registry.kinds())
        )
    if raw["severity"] not in SEVERITIES:
        raise WrongUsage("suite.severity", file=file, rule=identity, value=_shown(raw["severity"]))
    _require_arguments(raw["kwargs"], kind, suite, identity)
    texts = dict(_texts(raw["meta"], suite, f"{suite}.{registry.kinds()[kind].table}", identity))
    return Rule(identity, suite, kind, raw["kwargs"], raw["severity"], texts)


def _named(raw: object, at: int) -> str:
    """Return how messages name the rule: by its id where it has one, else its number in the file."""
    meta = raw.get("meta") if isinstance(raw, dict) else None
    return (
        f"#{at} ({printable(meta['rule'])})"
        if isinstance(meta, dict) and isinstance(meta.get("rule"), str)
        else f"#{at}"
    )


def _shown(value: object) -> str:
    """Return how messages show a value: a text as it is, anything else as JSON."""
    return printable(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def _require_arguments(given: object, kind: str, suite: str, rule: str) -> None:
    file, names = f"{suite}.json", registry.kinds()[kind].arguments
    optional = {"mostly": arguments.MOSTLY} if registry.kinds()[kind].builtin else {}
    found = set(given) if isinstance(given, dict) else set()
    wrong = (found - set(optional)) ^ set(names)
    if wrong or not isinstance(given, dict):
        allowed = ", ".join(sorted(names))
        raise WrongUsage(
            "suite.kwargs", file=file, rule=rule, field=printable(", ".join(sorted(wrong))), allowed=allowed
        )
    for name, value in given.items():
        allowed = arguments.problem({**names, **optional}[name], value, suite)
        if not allowed and name == "rule" and value != rule:
            allowed = rule
        if allowed:
            raise WrongUsage("suite.argument", file=file, rule=rule, field=name, value=_shown(value), allowed=allowed)


def _texts(meta: dict[str, object], suite: str, place: str, rule: str) -> Iterator[tuple[str, dict[str, str]]]:
    file = f"{suite}.json"
    for name in sorted(set(meta) - {"rule", *TEXTS, *VARIANTS, LIKELY}):
        raise WrongUsage(
            "suite.stray_text", file=file, rule=rule, field=f"meta.{printable(name)}", allowed=", ".join(TEXTS)
        )
    for name in (*TEXTS, *(other for other in (*VARIANTS, LIKELY) if other in meta)):
        found = meta.get(name)
        if not isinstance(found, dict) or set(found) != set(LANGUAGES) or not all(map(_written, found.values())):
            raise WrongUsage("suite.text", file=file, rule=rule, field=f"meta.{name}")
        for language in LANGUAGES if name.startswith("finding") else ():
            if wrong := printable(arguments.unknown_words(place, name, found[language])):
                allowed = ", ".join(sorted(arguments.words(place, name)))
                field = f"meta.{name}.{language}"
                raise WrongUsage("suite.words", file=file, rule=rule, field=field, value=wrong, allowed=allowed)
        yield name, {language: found[language] for language in LANGUAGES}


def _written(text: object) -> bool:
    return isinstance(text, str) and bool(text.strip()) and not unseen.FOUND.search(text)
