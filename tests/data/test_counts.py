"""Deliveries: the log and the files beside it tell of the same months, or the difference is refused by name."""

import pytest

from hotich.data import counts, dataset
from hotich.errors import InputRefused
from hotich.language import LANGUAGES
from hotich.month import exact


def refused(read):
    with pytest.raises(InputRefused) as caught:
        read()
    assert all(caught.value.message(language).isprintable() for language in LANGUAGES)
    return caught.value


@pytest.fixture
def log(office):
    path = office.at.data / "deliveries.csv"

    def change(old, new):
        assert old in path.read_text()
        path.write_text(path.read_text().replace(old, new, 1))

    return change


@pytest.mark.parametrize("gone", ["2024-09", "2024-10"])
def test_a_month_whose_file_is_gone_is_refused_and_not_left_out(office, gone):
    (office.at.data / "counts" / f"{gone}.csv").unlink()
    found = refused(lambda: dataset.read("2024-10", office.at))
    assert found.key == "deliveries.no_file"
    assert f"{gone}.csv" in found.message("vi")
    assert exact(gone) in counts.months(office.at), "a user may name it, and is told"


def test_a_correction_whose_file_is_gone_does_not_bring_the_old_counts_back(office, log):
    log("2024-10,0,", "2024-10,1,2024-10-22,reported,abc,a reason,test\n2024-10,0,")
    assert "2024-10.r1.csv" in refused(lambda: dataset.read("2024-10", office.at)).message("en")


def test_later_months_are_no_matter_of_an_earlier_report(office):
    (office.at.data / "counts" / "2024-10.csv").unlink()
    assert str(dataset.read("2024-09", office.at).month) == "2024-09"


@pytest.mark.parametrize("unlogged", ["2024-09", "2024-10"])
def test_a_file_without_a_line_in_the_log_is_refused(office, unlogged):
    path = office.at.data / "deliveries.csv"
    path.write_text("".join(li for li in path.read_text().splitlines(keepends=True) if not li.startswith(unlogged)))
    found = refused(lambda: dataset.read("2024-10", office.at))
    assert (found.key, found.values["month"]) == ("deliveries.none", exact(unlogged))


def test_a_log_of_only_its_header_and_none_at_all_are_refused(office):
    path = office.at.data / "deliveries.csv"
    path.write_text(path.read_text().splitlines(keepends=True)[0])
    assert refused(lambda: dataset.read("2024-10", office.at)).key == "deliveries.none"
    path.unlink()
    assert refused(lambda: dataset.read("2024-10", office.at)).key == "table.missing"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2024-09,0", "2024-9,0"),
        ("2024-09,0", "9,0"),
        ("2024-09,0", "2024-09,-1"),
        ("2024-09,0", "2024-09," + "9" * 5000),
        ("2024-09-22", "22/09/2024"),
        ("2024-09-22", "20240922"),
        ("2024-09-22", ""),
        ("reported", "rumoured"),
    ],
)
def test_a_line_that_is_no_delivery_is_refused_with_its_number(office, log, old, new):
    log(old, new)
    found = refused(lambda: dataset.read("2024-10", office.at))
    assert (found.key, found.values["line"]) == ("deliveries.line", 2)


def test_a_delivery_that_stands_twice_is_refused_with_both_lines(office, log):
    log("2024-10,0,", "2024-09,0,2024-09-22,reported,abc,,test\n2024-10,0,")
    found = refused(lambda: dataset.read("2024-10", office.at))
    assert (found.key, found.values["line"], found.values["first"]) == ("deliveries.twice", 3, 2)


@pytest.mark.parametrize(
    ("spoken", "words"),
    [
        ("vi", ("tháng 10/2024", "22/10/2024", "do các đơn vị báo cáo", "lần giao 0")),
        ("en", ("October 2024", "22 October 2024", "reported by the units", "revision 0")),
    ],
)
def test_a_notebook_shows_counts_and_their_delivery_in_a_few_words(office, log, monkeypatch, spoken, words):
    monkeypatch.setattr("__main__.language", spoken, raising=False)
    log(",test", ",<b>test</b>")
    data = dataset.read("10", office.at)
    for shown in (data, data.counts.delivery):
        html = shown._repr_html_()
        assert [each for each in words if each not in html] == []
        assert data.counts.sha256[:12] in html
        assert len(html) < 800
        assert len(repr(shown)) < 300
    assert "data.frame()" in data._repr_html_()
    assert "&lt;b&gt;test" in data.deliveries[0].delivery._repr_html_()
    assert max(len(repr(each)) for each in (data.areas, data.all_areas, data.counts)) < 500
