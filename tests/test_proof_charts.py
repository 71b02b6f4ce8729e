"""Errors in the drawing code do not pass: some of those that `make prove-charts` tries, all of them well formed."""

import subprocess
import sys

import pytest

from hotich.storage.paths import PROJECT
from proof import charts


def test_every_error_is_of_a_line_that_stands_there_once_and_each_chart_has_some():
    errors = charts.errors()
    assert len(errors) >= 60
    assert {error.chart for error in errors} == {
        path.stem.removeprefix("test_")
        for path in charts.TESTS.glob("test_*.py")
        if path.stem
        not in ("test_figure", "test_svg_minify", "test_discrepancies", "test_map_layout", "test_map_shapes")
    }, f"each chart has a test, and errors under its name in {charts.TABLE.name}"


@pytest.mark.slow
def test_errors_in_the_drawing_code_are_caught_and_without_them_the_tests_pass():
    done = subprocess.run(
        [sys.executable, "-m", "proof.charts", "--some", "1"], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    assert done.stdout.endswith("errors: 1, not as they must be: 0\n")
