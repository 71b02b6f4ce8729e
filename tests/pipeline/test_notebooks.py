"""Notebook jobs: each in a kernel of its own, clean, and named when it fails; nothing of it is left."""

import json
import os
import sys
import time
from pathlib import Path

import nbformat
import psutil
import pytest

from hotich.errors import NotebookFailed, WrongUsage
from hotich.page.spec import PageSpec
from hotich.pipeline import kernels, notebooks
from hotich.pipeline.kernels import engine
from hotich.pipeline.notebooks import Job


class Silent:
    """Wants to know nothing."""

    def expect(self, steps):
        pass

    def started(self, name):
        pass

    def finished(self, name):
        pass


def notebook(folder, name, *cells, tag="parameters"):
    made = nbformat.v4.new_notebook()
    parameters = nbformat.v4.new_code_cell('month = ""', id="parameters", metadata={"tags": [tag]})
    made.cells = [parameters, *(nbformat.v4.new_code_cell(source, id=f"cell-{n}") for n, source in enumerate(cells, 1))]
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    path = folder / f"{name}.ipynb"
    nbformat.write(made, path)
    return path


@pytest.fixture(scope="module", params=["forked", pytest.param("ordinary", marks=pytest.mark.slow)])
def kind(request, tmp_path_factory):
    """Both ways a kernel can start."""
    before = os.environ.get(kernels.SWITCH)
    os.environ[kernels.SWITCH] = request.param
    with kernels.running(tmp_path_factory.mktemp("home")):
        yield request.param
    os.environ.pop(kernels.SWITCH)
    if before is not None:
        os.environ[kernels.SWITCH] = before


def run(tmp_path, *named, timeout=60, parameters=None):
    jobs = [
        Job(
            PageSpec(name, "vi", "", False, "report", ()),
            notebook(tmp_path, name, *cells),
            tmp_path / "out" / f"{name}.ipynb",
            parameters or {"month": "2024-10"},
            timeout,
        )
        for name, cells in named
    ]
    return notebooks.run(jobs, notebooks.execute, Silent())


def printed(tmp_path, name, cell=-1):
    outputs = nbformat.read(tmp_path / "out" / f"{name}.ipynb", as_version=4).cells[cell].outputs
    return "".join(output.text for output in outputs)


def test_the_environment_is_fixed_and_nearly_empty(kind, tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_OF_THE_USER", "1")
    assert run(tmp_path, ("env", ["import json, os; print(json.dumps(dict(os.environ)))"])) == []
    found = json.loads(printed(tmp_path, "env"))
    assert "SECRET_OF_THE_USER" not in found
    assert (found["TZ"], found["LC_ALL"], found["PYTHONHASHSEED"]) == ("UTC", "C.UTF-8", "0")
    assert found["HOME"] != str(Path.home())


def test_two_notebooks_never_share_state(kind, tmp_path):
    first = "import builtins, math; builtins.left_behind = math.left_behind = 1; print('set')"
    second = "import builtins, math; print(hasattr(builtins, 'left_behind'), hasattr(math, 'left_behind'))"
    assert run(tmp_path, ("first", [first])) == []
    assert run(tmp_path, ("second", [second])) == []
    assert printed(tmp_path, "second") == "False False\n"


def test_a_module_beside_the_notebook_is_not_imported(kind, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "colorsys.py").write_text("stolen = True")
    assert run(tmp_path, ("safe", ["import colorsys; print(hasattr(colorsys, 'stolen'))"])) == []
    assert printed(tmp_path, "safe") == "False\n"


def test_a_notebook_that_raises_is_named_with_cell_and_error_and_stops_no_other(kind, tmp_path):
    failures = run(tmp_path, ("bad", ["x = 1", "x / 0"]), ("good", ["print(month)"]))
    assert len(failures) == 1
    for words in ("bad", "ZeroDivisionError", "division by zero"):
        assert words in failures[0].message("en")
    assert failures[0].exit_code == 4
    assert printed(tmp_path, "good") == "2024-10\n"
    assert not (tmp_path / "out" / "bad.ipynb").exists()


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("import sys; sys.exit(3)", "SystemExit"),
        ("input()", "StdinNotImplementedError"),
        ("[0] * 10**15", "MemoryError"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
    ],
)
def test_a_cell_that_ends_asks_or_takes_too_much_is_named(kind, tmp_path, source, said):
    (failure,) = run(tmp_path, ("bad", [source]))
    assert failure.exit_code == 4
    assert "cell-1" in failure.message("vi")
    assert said in failure.message("en")
    assert not (tmp_path / "out" / "bad.ipynb").exists()


def test_no_tag_hides_an_error(kind, tmp_path):
    path = notebook(tmp_path, "hidden", "1 / 0")
    made = nbformat.read(path, as_version=4)
    made.cells[1].metadata["tags"] = ["raises-exception", "remove-output"]
    nbformat.write(made, path)
    job = Job(PageSpec("hidden", "vi", "", False, "report", ()), path, tmp_path / "out.ipynb", {"month": "1"}, 60)
    (failure,) = notebooks.run([job], notebooks.execute, Silent())
    assert "ZeroDivisionError" in failure.message("en")
    assert not (tmp_path / "out.ipynb").exists()


def test_a_notebook_that_hangs_is_stopped_and_its_cell_named(kind, tmp_path):
    failures = run(tmp_path, ("slow", ["import time", "time.sleep(600)"]), timeout=2)
    assert isinstance(failures[0], NotebookFailed)
    assert "cell-2" in failures[0].message("en")


@pytest.mark.parametrize(
    "end", ["os.kill(os.getpid(), signal.SIGKILL)", "os.kill(os.getpid(), signal.SIGSEGV)", "os._exit(0)"]
)
def test_a_killed_kernel_is_named(kind, tmp_path, end):
    failures = run(tmp_path, ("dead", [f"import os, signal; {end}", "1"]))
    assert isinstance(failures[0], NotebookFailed)
    assert "dead" in failures[0].message("vi")


def test_a_parameter_that_the_notebook_lacks_is_refused(kind, tmp_path):
    failures = run(tmp_path, ("typo", ["print(month)"]), parameters={"moth": "2024-10"})
    assert isinstance(failures[0], WrongUsage)
    assert "moth" in failures[0].message("en")
    assert "month" in failures[0].message("en")


def test_a_notebook_without_a_cell_of_parameters_is_refused(kind, tmp_path):
    path = notebook(tmp_path, "bare", "1", tag="other")
    job = Job(PageSpec("bare", "vi", "", False, "report", ()), path, tmp_path / "out.ipynb", {"month": "1"}, 60)
    (failure,) = notebooks.run([job], notebooks.execute, Silent())
    assert isinstance(failure, WrongUsage)
    assert "bare" in failure.message("vi")


def test_nothing_that_a_user_has_set_up_for_python_or_jupyter_is_run(tmp_path, monkeypatch):
    home = tmp_path / "home"
    for name in (".ipython/profile_default/startup/00.py", ".ipython/profile_default/ipython_config.py", "start.py"):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text("import builtins; builtins.started = True")
    (home / "share" / "kernels" / "python3").mkdir(parents=True)
    (home / "share" / "kernels" / "python3" / "kernel.json").write_text(
        '{"argv": ["/bin/false"], "language": "python"}'
    )
    own = {"HOME": home, "IPYTHONDIR": home / ".ipython", "PYTHONSTARTUP": home / "start.py"}
    own |= {"JUPYTER_PATH": home / "share", "JUPYTER_CONFIG_DIR": home, "PYTHONPATH": home}
    for name, value in own.items():
        monkeypatch.setenv(name, str(value))
    for switch in ("forked", "ordinary"):
        monkeypatch.setenv(kernels.SWITCH, switch)
        with kernels.running(tmp_path):
            assert run(tmp_path, (switch, ["import builtins; print(hasattr(builtins, 'started'))"])) == []
        assert printed(tmp_path, switch) == "False\n"


def test_no_kernel_outlives_its_notebook(kind, tmp_path):
    assert run(tmp_path, ("pid", ["import os; print(os.getpid())"])) == []
    assert not psutil.pid_exists(int(printed(tmp_path, "pid")))


def test_a_forked_and_an_ordinary_kernel_write_the_same_bytes(tmp_path, monkeypatch):
    written = []
    for switch in ("forked", "ordinary"):
        monkeypatch.setenv(kernels.SWITCH, switch)
        folder = tmp_path / switch
        folder.mkdir()
        with kernels.running(tmp_path):
            assert run(folder, ("same", ["print({'b', 'a', 'c'}, hash('x'))"])) == []
        written.append((folder / "out" / "same.ipynb").read_bytes())
    assert written[0] == written[1]


ENDLESS = {
    "printing": "while True: print('x' * 1000)",
    "showing": "from IPython.display import HTML, display\nwhile True: display(HTML('x' * 1000))",
    "showing anew": "from IPython.display import clear_output\nwhile True: print('x' * 1000); clear_output()",
    "at once": "print('x' * 1_000_000)",
    "in an error": "raise ValueError('x' * 1_000_000)",
}


@pytest.mark.parametrize("how", ENDLESS)
def test_a_cell_that_puts_out_without_end_is_stopped_and_named(kind, tmp_path, monkeypatch, how):
    monkeypatch.setattr(engine, "MOST", 100_000)  # a hundredth, in a hundredth of the time
    failures = run(tmp_path, ("loud", ["1", ENDLESS[how]]))
    assert [failure.key for failure in failures] == ["runner.too_much"], failures
    assert "cell-2" in failures[0].message("en")
    assert failures[0].exit_code == 4


def test_a_cell_may_put_out_much(kind, tmp_path):
    assert run(tmp_path, ("long", ["for _ in range(90): print('x' * 100_000)"])) == []
    assert len(printed(tmp_path, "long")) == 90 * 100_001


STARTED = """
import subprocess, sys, time
from pathlib import Path
started = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session={session})
Path({file!r}).write_text(str(started.pid))
"""


def gone(file, patience=0):
    """Whether the process has ended; a system under load takes a moment to end what was killed."""
    process, until = int(file.read_text()), time.monotonic() + patience
    while psutil.pid_exists(process) and psutil.Process(process).status() != psutil.STATUS_ZOMBIE:
        if time.monotonic() >= until:
            return False
        time.sleep(0.05)
    return True


@pytest.mark.parametrize("end", ["", "\nimport os; os._exit(1)"])
def test_what_a_cell_has_started_ends_with_its_kernel(kind, tmp_path, end):
    run(tmp_path, ("started", [STARTED.format(session=False, file=str(tmp_path / "pid")) + end]))
    assert gone(tmp_path / "pid", patience=10)


def test_what_a_cell_has_started_in_a_session_of_its_own_ends_with_the_command(tmp_path):
    with kernels.running(tmp_path):
        run(tmp_path, ("started", [STARTED.format(session=True, file=str(tmp_path / "pid"))]))
        assert not gone(tmp_path / "pid")
    linux = sys.platform == "linux"  # elsewhere nobody can see where a process comes from
    assert gone(tmp_path / "pid", patience=10 if linux else 0) == linux


@pytest.mark.parametrize(("load", "seconds"), [(0.1, 300), (2.0, 300), (13.0, 1_950)])
def test_a_cell_has_more_time_where_many_others_are_at_work(monkeypatch, load, seconds):
    monkeypatch.setattr(notebooks.kernels, "cores", lambda: 2)
    monkeypatch.setattr(notebooks.os, "getloadavg", lambda: (load, 0.0, 0.0))
    assert notebooks._patience(300) == seconds
