"""What a notebook offers of the views: TAB after their names, and a docstring with an example for `?`."""

import inspect
import sys

import pytest
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell

from hotich.views import charts, leader, narrative, notice, quality, tables

VIEWS = (charts, leader, narrative, notice, quality, tables)
NOT_OF_A_CELL = {"receivers"}


@pytest.fixture
def shell(monkeypatch):
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])  # a shell puts its own there
    shell = InteractiveShell()
    shell.user_ns |= {module.__name__.rpartition(".")[2]: module for module in VIEWS}
    return shell


@pytest.mark.parametrize("module", VIEWS, ids=lambda module: module.__name__)
def test_tab_offers_the_views_of_a_module_and_nothing_else(shell, module):
    name = module.__name__.rpartition(".")[2]
    with provisionalcompleter():
        offered = [each.text for each in shell.Completer.completions(f"{name}.", len(name) + 1)]
    assert offered == sorted(module.__all__)


@pytest.mark.parametrize("module", VIEWS, ids=lambda module: module.__name__)
def test_every_view_says_what_it_shows_with_a_line_to_type(module):
    name, arguments = module.__name__.rpartition(".")[2], "checked, language" if module is quality else "m"
    for view in set(module.__all__) - NOT_OF_A_CELL:
        documented = inspect.getdoc(getattr(module, view))
        assert f"`{name}.{view}({arguments})`" in documented
        assert ", ".join(inspect.signature(getattr(module, view)).parameters) == arguments
