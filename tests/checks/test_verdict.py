"""A verdict that survives the command: the same outcomes again, and nothing that is none."""

import json

import pytest

from hotich import checks
from hotich.checks import suites, verdict, waivers
from hotich.data import dataset, results


@pytest.fixture
def judged(office):
    """The small office's October, in which a unit digitised more than it has and another had less than last month."""
    path = office.at.data / "counts" / "2024-10.csv"
    path.write_text(path.read_text().replace("121,KS,400,130", "121,KS,400,430"), encoding="utf-8")
    office.log("2024-10")
    return checks.run(dataset.read("2024-10", office.at))


def rules():
    return [rule for suite in suites.load() for rule in suite.rules]


def test_outcomes_come_back_as_they_were(judged):
    assert judged.stopped
    plain = json.loads(json.dumps(verdict.plain(judged.outcomes, judged.waivers)))
    assert verdict.is_one(plain, rules(), judged.waivers)
    assert verdict.outcomes(plain, rules(), judged.waivers) == judged.outcomes


@pytest.mark.parametrize(
    "damage", [lambda p: p[:-1], lambda p: [], lambda p: {}, lambda p: [*reversed(p)], lambda _: 1]
)
def test_what_is_no_verdict_on_these_rules_is_none(judged, damage):
    assert not verdict.is_one(damage(verdict.plain(judged.outcomes, ())), rules(), ())


def test_a_later_command_does_not_judge_the_same_counts_again_but_others(office, tmp_path, monkeypatch):
    monkeypatch.setenv(results.FOLDER, str(tmp_path / "first"))
    first = checks.run(dataset.read("2024-10", office.at))
    monkeypatch.setenv(results.FOLDER, str(tmp_path / "second"))
    with monkeypatch.context() as later:
        later.setattr(checks.gx, "run", lambda *_: pytest.fail("judged again"))
        assert checks.run(dataset.read("2024-10", office.at)).outcomes == first.outcomes
    path = office.at.data / "counts" / "2024-10.csv"
    path.write_text(path.read_text().replace("121,KS,400,130", "121,KS,400,430"), encoding="utf-8")
    office.log("2024-10")
    assert checks.run(dataset.read("2024-10", office.at)).stopped
    assert waivers.read(first.data, rules()) == ()
