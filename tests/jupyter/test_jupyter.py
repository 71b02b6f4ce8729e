"""Loading the extension changes what a shell shows, once; only it tells a page what an output is."""

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.display import HTML

from hotich import jupyter
from hotich.jupyter.display import Display


@pytest.fixture
def shell(monkeypatch):
    """A shell with the extension, which publishes into the list `said`."""
    made = InteractiveShell()
    made.said = []
    monkeypatch.setattr(
        made.display_pub, "publish", lambda data, metadata=None, **_: made.said.append((data, metadata or {}))
    )
    jupyter.load_ipython_extension(made)
    return made


def shown(shell, value, **metadata):
    data, about = shell.display_formatter.format(value)
    shell.display_pub.publish(data, {**about, **metadata})
    return shell.said[-1][1]


def test_an_output_is_published_with_what_the_extension_tells_of_it(shell):
    assert shown(shell, HTML("<p>chữ</p>")) == {"hotich": {"kind": "text", "facts": []}}


def test_what_a_cell_tells_itself_is_not_published(shell):
    assert shown(shell, HTML("<p>chữ</p>"), hotich={"kind": "view"})["hotich"]["kind"] == "text"
    shell.display_pub.publish({"text/html": "<p>99</p>"}, {"hotich": {"kind": "view"}, "isolated": True})
    assert shell.said[-1][1] == {"isolated": True}


def test_loading_it_again_changes_nothing(shell):
    formatter, publish = shell.display_formatter, shell.display_pub.publish
    jupyter.load_ipython_extension(shell)
    assert shell.display_formatter is formatter
    assert shell.display_pub.publish is publish
    assert isinstance(formatter, Display)
    assert shown(shell, HTML("<p>chữ</p>"))["hotich"]["kind"] == "text"
