import subprocess
import sys

import pytest
from conftest import HOTICH

from hotich.errors import ExitCode

LOADED = "sorted({m.partition('.')[0] for m in sys.modules} & {'dask', 'distributed'})"
BLOCKED = "import sys; sys.modules['dask'] = sys.modules['distributed'] = None"


def python(*lines):
    """Run lines of Python in a process of their own; return what they print."""
    done = subprocess.run([sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_report_without_a_cluster_needs_nothing_of_dask_and_loads_nothing_of_it(office):
    office.in_one_language()
    words = ["report", "10", "--data", str(office.at.data), "--reports", str(office.at.reports)]
    python(BLOCKED, "from hotich.cli import commands", f"commands.app({words!r}, standalone_mode=False)")
    assert (office.at.draft("2024-10") / "report.vi.html").is_file()
    assert (
        python(
            "import sys",
            "from hotich.cli import commands, clusters",
            "from hotich.pipeline import areas, build, cluster, tasks, watch",
            "with clusters.joined('') as nobody: assert nobody is None",
            "tasks.load_checks()",
            "import papermill, hotich.pipeline.kernels.preload",
            f"print({LOADED})",
        )
        == "[]"
    )


def test_a_cluster_without_the_library_is_told_with_what_to_do():
    words = ["hotich", "report", "10", "--cluster", "local:2"]
    command = f"{BLOCKED}; sys.argv = {words!r}; from hotich.cli import commands; commands.main()"
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True)
    assert done.returncode == ExitCode.CANNOT_NOW
    assert "extra `cluster`" in done.stderr
    assert "phần bổ sung `cluster`" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["report", "notices"])
@pytest.mark.parametrize("areas", [[], ["--areas", "all"]])
def test_what_names_no_cluster_is_said_before_anything_is_begun(office, command, areas):
    words = [HOTICH, command, "10", "--data", office.at.data, "--reports", office.at.reports, *areas]
    done = subprocess.run([*words, "--cluster", "http://scheduler:8787"], capture_output=True, text=True)
    assert done.returncode == ExitCode.WRONG_USAGE
    assert "CLUSTER=http://scheduler:8787" in done.stderr
    assert not office.at.reports.exists()
