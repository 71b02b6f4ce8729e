"""The catalogue of texts."""

import pytest

from hotich.language import say


def test_a_text_that_is_lacking_is_named_with_the_file_where_it_belongs():
    with pytest.raises(KeyError, match=r"hotich/language/vi/charts\.toml has no text completed\.best"):
        say("vi", "charts.completed.best")
    with pytest.raises(KeyError, match="has no text completed'"):
        say("vi", "charts.completed")
