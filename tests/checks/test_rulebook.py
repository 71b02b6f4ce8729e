"""The rule book as documents: docs/rules.md and the shipped rules are those of the suites."""

from hotich.checks import edits, rulebook

HINT = "the suites have changed: run `make docs` and commit what it writes"


def rules():
    return [rule for suite in rulebook.whole() for rule in suite.rules]


def test_the_documented_rule_book_is_that_of_the_suites():
    assert rulebook.FILE.read_text(encoding="utf-8") == rulebook.markdown(rulebook.whole()), HINT


def test_the_shipped_rule_book_is_that_of_the_suites():
    assert list(edits.since_shipped(rules())) == [], HINT


def test_the_book_tells_of_every_rule_its_reason_and_advice_in_both_languages():
    text = rulebook.markdown(rulebook.whole())
    for rule in rules():
        for name in ("title", "why", "do"):
            assert all(said in text for said in rule.texts[name].values()), (rule.id, name)
