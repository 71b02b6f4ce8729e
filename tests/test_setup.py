"""What surrounds the program cannot change which packages it runs with, nor slip commands into make."""

import os
import shutil
import subprocess

import pytest

from hotich.storage.paths import PROJECT

RECORDS = """#!/bin/sh
case "$1" in
  -c) exit 0 ;;
  *) env > "{record}"; exit 9 ;;
esac
"""


def make(*words, **environment):
    clean = {
        name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "CONDA_PREFIX")
    }
    command = ["make", "--dry-run", *words]
    return subprocess.run(command, cwd=PROJECT, env=clean | environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("version", ["3.79.1", "3.80", "3.81"])
def test_a_make_that_would_run_what_a_parameter_says_is_refused_before_it_reads_one(version, tmp_path):
    refused = make(f"MAKE_VERSION={version}", f"MONTH=$(shell touch {tmp_path}/ran)", "report")
    assert refused.returncode == 2
    assert f"make {version} quá cũ" in refused.stderr
    assert "then type gmake" in refused.stderr
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    "value",
    ["$(shell touch ran)", "10; touch ran", "`touch ran`", "$$(touch ran)", "'; touch ran'", "Thu $5 phí", "a\nb"],
)
@pytest.mark.parametrize("parameter", ["MONTH", "REASON", "DATA", "HEAD"])
def test_a_parameter_of_make_reaches_the_program_as_it_was_typed_and_is_never_run(parameter, value, tmp_path):
    words = ["make", "-f", PROJECT / "Makefile", f"--eval=show:;@printenv {parameter}", "show", f"{parameter}={value}"]
    clean = {
        name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "CONDA_PREFIX")
    }
    shown = subprocess.run(words, cwd=tmp_path, env=clean, capture_output=True, text=True, check=True)
    assert shown.stdout == f"{value}\n"
    assert list(tmp_path.iterdir()) == []


def test_a_conda_environment_of_another_checkout_is_not_used(tmp_path):
    (tmp_path / "bin").mkdir()
    shutil.copy("/bin/true", tmp_path / "bin" / "hotich")
    interpreter = tmp_path / "bin" / "python"
    interpreter.write_text("#!/bin/sh\necho /another/checkout\n")
    interpreter.chmod(0o755)
    done = make("validate", CONDA_PREFIX=str(tmp_path))
    assert ".venv/bin/hotich validate" in done.stdout
    assert "belongs to /another/checkout, not to this folder" in done.stdout


def test_a_conda_environment_of_this_checkout_is_used(tmp_path):
    (tmp_path / "bin").mkdir()
    shutil.copy("/bin/true", tmp_path / "bin" / "hotich")
    interpreter = tmp_path / "bin" / "python"
    interpreter.write_text(f"#!/bin/sh\necho {PROJECT}\n")
    interpreter.chmod(0o755)
    assert f"{tmp_path}/bin/hotich validate" in make("validate", CONDA_PREFIX=str(tmp_path)).stdout


def set_up(folder, name="python3", **environment):
    """Run `.ci/setup` with an interpreter that only records the environment it is called in."""
    shutil.copytree(PROJECT / ".ci", folder / "project" / ".ci")
    tools, record = folder / "tools", folder / "record"
    tools.mkdir()
    for tool in ("bash", "dirname", "rm", "env", "sh"):
        (tools / tool).symlink_to(shutil.which(tool))
    interpreter = tools / name
    interpreter.write_text(RECORDS.format(record=record))
    interpreter.chmod(0o755)
    command = [tools / "bash", folder / "project" / ".ci" / "setup"]
    done = subprocess.run(command, env={"PATH": str(tools), **environment}, capture_output=True, text=True, check=False)
    seen = record.read_text() if record.exists() else ""
    return done, dict(line.split("=", 1) for line in seen.splitlines() if "=" in line)


def test_foreign_settings_of_pip_and_uv_do_not_reach_the_set_up_but_the_way_to_the_registry_does(tmp_path):
    foreign = dict.fromkeys(("UV_SYSTEM_PYTHON", "UV_TARGET", "PIP_USER", "PIP_TARGET", "PIP_NO_DEPS"), "1")
    foreign |= {"VIRTUAL_ENV": "/elsewhere", "PYTHONPATH": "/elsewhere", "UV_PRERELEASE": "allow"}
    reach = {"PIP_INDEX_URL": "a", "UV_DEFAULT_INDEX": "b", "PIP_CERT": "c", "HTTPS_PROXY": "d", "UV_CACHE_DIR": "e"}
    _, seen = set_up(tmp_path, **foreign, **reach)
    assert foreign.keys() & seen.keys() == set()
    assert {name: seen.get(name) for name in reach} == reach


def test_a_machine_whose_only_interpreter_is_called_python_is_served(tmp_path):
    done, seen = set_up(tmp_path, name="python")
    assert seen
    assert "máy này không có" not in done.stderr


def test_a_machine_without_python_is_told_what_is_needed(tmp_path):
    done, _ = set_up(tmp_path, name="perl")
    assert done.returncode == 6
    assert "Python 3.11 to 3.14 is needed" in done.stderr


def test_the_environment_is_stamped_only_after_its_command_has_run():
    lines = (PROJECT / ".ci" / "setup").read_text(encoding="utf-8").splitlines()
    assert lines[-1] == "touch .venv/ready"
    assert lines.index(".venv/bin/hotich --help >/dev/null || failed") < len(lines) - 1


def refused(*words, **environment):
    clean = {
        name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "CONDA_PREFIX")
    }
    command = ["make", *words]
    done = subprocess.run(command, cwd=PROJECT, env=clean | environment, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    return done.stderr


@pytest.mark.parametrize(
    ("given", "name", "near"),
    [
        ("AERA=138", "AERA", "AREA"),
        ("month=10", "month", "MONTH"),
        ("FORM:=folder", "FORM", "FROM"),
        ("AS-OF=2024-11-22", "AS-OF", "AS_OF"),
    ],
)
def test_a_misspelt_parameter_of_make_is_refused_with_the_nearest(given, name, near):
    vi, en = f"Không có tham số {name}; gần nhất: {near}.", f"{name} is no parameter; the nearest: {near}."
    assert f"{vi} / {en}\n" in refused("report", "MONTH=2024-10", given, LC_ALL="vi_VN.UTF-8")
    assert f"{en} / {vi}\n" in refused("report", given, LC_ALL="en_US.UTF-8")


def test_a_misspelt_parameter_is_refused_without_an_environment():
    shown = make("report", "AERA=138").stdout
    assert "nearest_parameter" in shown
    assert ".ci/setup" not in shown


@pytest.mark.parametrize(
    "given",
    [
        ["report", "HOTICH_DEBUG=1", "LC_ALL=en_US.UTF-8", "MONTH=10"],
        ["publish", "REASON=a b=c \\ d=e\\\\ f=g", "DATA=a\nb=c\td=e"],
        ["bench-country", "PART=cluster"],
        ["bench", "ROUNDS=1"],
    ],
)
def test_a_value_with_a_sign_of_equality_and_what_other_targets_take_is_no_parameter(given):
    assert "nearest_parameter" not in make(*given).stdout


def test_a_parameter_that_only_other_commands_take_is_refused():
    said = refused("verify", "MONTH=10", LC_ALL="en_US.UTF-8")
    assert "The command verify does not take MONTH." in said
    assert "Lệnh verify không nhận MONTH." in said


def test_of_several_commands_each_takes_what_is_its_own():
    alone, several = (
        make("--print-data-base", *commands, "AREA=138").stdout for commands in (["verify"], ["notices", "verify"])
    )
    measured = make("--print-data-base", "bench-country", "RECORDS=10").stdout  # its own commands are given others
    assert "\nHOTICH_GIVEN := \n" in measured
    assert "\nHOTICH_GIVEN := AREA\n" in alone
    assert "\nHOTICH_GIVEN := \n" in several
