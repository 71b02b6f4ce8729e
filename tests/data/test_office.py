"""The office's settings, read strictly."""

import pytest

from hotich.data import office as settings
from hotich.errors import InputRefused
from hotich.language import LANGUAGES


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('name_en = "Department', 'name_en = "\\u001b[31mDepartment'),
        ('name_vi = "hạn chung"', 'name_vi = "hạn \\u202egnuhc"'),
        ('recipients = ["Như trên"]', 'recipients = ["Như\\u0007 trên"]'),
        ('source = "test"', 'source = "te\\rst"'),
    ],
)
def test_a_character_that_nobody_sees_is_refused_however_it_is_written(office, before, after):
    path = office.at.data / "office.toml"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")
    with pytest.raises(InputRefused) as refused:
        settings.read(office.at.data)
    assert all("office.toml" in refused.value.message(language) for language in LANGUAGES)
    assert all(refused.value.message(language).isprintable() for language in LANGUAGES)
