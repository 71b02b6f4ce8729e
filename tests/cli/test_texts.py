"""`hotich check-text`: what people see, what machines get, and how it ends."""

import json
import os
import subprocess

import in_process
from conftest import HOTICH

WRONG = "Tỉnh Yên Bái đã số hóa 519.573 thông tin trên tổng số 637.356 thông tin, đạt 85,1%."


def run(folder, *words, given=""):
    line = ["check-text", *words, "--reports", str(folder)]
    return in_process.hotich(*line, environment=dict(os.environ), given=given)


def test_a_contradiction_is_shown_and_ends_with_1(tmp_path):
    (tmp_path / "a.txt").write_text(WRONG, encoding="utf-8")
    command = [HOTICH, "check-text", str(tmp_path / "a.txt"), "--reports", str(tmp_path)]
    said = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert said.returncode == 1
    assert "519.573 trên 637.356 là 81,52%, không phải 85,1%." in said.stderr
    assert (tmp_path / "text" / "a-txt.vi.html").is_file()


def test_standard_input_a_month_and_json(tmp_path):
    said = run(tmp_path, "-", "--month", "10", "--json", given=WRONG)
    record = json.loads(said.stdout)
    assert said.returncode == 1
    assert (record["file"], record["month"], record["synthetic"]) == ("stdin", "2024-10", True)
    assert [each["verdict"] for each in record["figures"]] == ["agrees", "agrees", "contradicts"]
    assert [(each["area"], each["scope"], each["measure"]) for each in record["figures"]] == [
        ("15", "all", "digitised"),
        ("15", "all", "required"),
        ("15", "all", "percent"),
    ]


def test_a_missing_file_a_month_that_is_none_and_no_file_are_told(tmp_path):
    assert run(tmp_path, str(tmp_path / "none.txt")).returncode == 3
    assert run(tmp_path, "-", "--month", "13", given=WRONG).returncode == 2
    said = run(tmp_path)
    assert said.returncode == 2
    assert "make check-text FILE=" in said.stderr
    assert "Traceback" not in said.stderr


def test_the_next_command_checks_the_text_against_the_same_month(tmp_path):
    article = tmp_path / "a.txt"
    article.write_text(WRONG, encoding="utf-8")
    assert f"make check-text FILE={article} MONTH=2024-10" in run(tmp_path, str(article), "--month", "10").stderr
    assert "MONTH=" not in run(tmp_path, str(article)).stderr
