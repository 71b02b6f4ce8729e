"""The analyst's guide shows messages as they are: each is a sentence of the catalogues."""

import re
import tomllib

import pytest

from hotich.storage.paths import PACKAGE, PROJECT

GUIDES = {"vi": "month.md", "en": "month.en.md"}


def sentences(table):
    for value in table.values():
        yield from sentences(value) if isinstance(value, dict) else [value]


def pattern(language):
    """Every sentence of the catalogues, with anything for a placeholder; some are put together from several."""
    texts = []
    for path in (PACKAGE / "language" / language).glob("*.toml"):
        texts += sentences(tomllib.loads(path.read_text(encoding="utf-8")))
    wholes = [
        re.sub(r"\\\{\w+(?::.*?)?\\\}", ".+", re.escape(text.partition("\n")[0])) for text in texts if len(text) > 25
    ]
    return re.compile("|".join(f"(?:{whole})" for whole in wholes))


@pytest.mark.parametrize("language", GUIDES)
def test_every_message_in_the_guide_is_one_that_the_program_says(language):
    guide = (PROJECT / "docs" / "guide" / GUIDES[language]).read_text(encoding="utf-8")
    shown = [line for block in re.findall(r"```text\n(.*?)```", guide, flags=re.DOTALL) for line in block.splitlines()]
    known = pattern(language)
    assert len(shown) == 9
    assert [line for line in shown if not known.search(line)] == []
