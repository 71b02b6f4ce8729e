"""Which month a notebook means: what the command understands, a notebook does too."""

import pytest

from hotich.data import dataset
from hotich.errors import InputRefused, WrongUsage


@pytest.mark.parametrize("wanted", ["2024-10", "10", 10])
def test_a_notebook_takes_a_month_as_the_command_does(office, wanted):
    assert str(dataset.read(wanted, office.at).month) == "2024-10"


def test_a_month_of_one_digit_may_have_a_zero_before_it(office):
    assert {str(dataset.read(wanted, office.at).month) for wanted in ("9", "09", "2024-09")} == {"2024-09"}


@pytest.mark.parametrize("wanted", ["13", "", "10\n", "October", "2024-1O", "../10"])
def test_what_is_no_month_is_refused(office, wanted):
    with pytest.raises(WrongUsage):
        dataset.read(wanted, office.at)


def test_a_month_without_counts_names_those_that_have_some(office):
    with pytest.raises(InputRefused, match="2024-09, 2024-10"):
        dataset.read("11", office.at)
