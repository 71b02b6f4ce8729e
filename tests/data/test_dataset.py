"""An office's data folder, damaged anywhere, is read or refused with the name of a file; and which month is meant."""

import csv
import io
import tempfile
from pathlib import Path

import pytest
from conftest import cells, small_office
from hypothesis import given, settings
from hypothesis import strategies as st

from hotich.checks import suites, waivers
from hotich.data import comments, dataset, difficulties, published
from hotich.errors import HotichError, InputRefused, WrongUsage
from hotich.intake import lists
from hotich.intake.deliver import incoming_log
from hotich.language import LANGUAGES, unseen

OPTIONAL = {
    "aliases.csv": "kind,code,alias\narea,111,An\ncolumn,required,Phải làm\nregister,KS,Sổ sinh\n",
    "difficulties.csv": "month,area,kind,note\n2024-10,111,scanner,hỏng\n2024-09,112,storm,\n",
    "waivers.csv": "rule,area,register,months,reason,approved_by,expires\n"
    "S02,111,KS,2024-10,đã kiểm,Nguyễn A,2024-12-31\n",
    "incoming.csv": "month,revision,delivery,file,sha256,areas\n2024-10,0,1,incoming/2024-10/1/a.xlsx,ab,111 112\n",
    "published/2024-10.csv": "as_of,area,scope,measure,value,source,note\n2024-10-22,1,all,percent,79.2,Báo,\n"
    "2024-10-22,11,KS,required,500,Báo,\n",
    "comments/2024-10.vi.md": "## Đánh giá\n\nTốt.\n\n— Người lập, 23/10/2024\n",
    "areas.geojson": '{"features": [{"properties": {"code": "11"}, "geometry": {"type": "Polygon", "coordinates": '
    "[[[104, 21], [105, 21], [105, 22], [104, 21]]]}}]}\n",
}
CELLS = [
    "",
    " ",
    "0",
    "-1",
    "1e3",
    "007",
    "9" * 5000,
    "1" * 19,
    "111",
    "11",
    "1",
    "KS",
    "all",
    "office",
    "commune",
    "2024-10",
]
CELLS += [
    "2024-02-30",
    "20241022",
    "9999-12-31",
    "0001-01-01",
    "2024-10-22",
    "../../x",
    "=1+1",
    "CON",
    "a\nb",
    '"',
    "*",
    "—",
]
CELLS += [
    "Xã An",
    "nan",
    "None",
    "\u202e",
    "\u200b",
    "\x00",
    "\x1b[31m",
    "\ud7ff",
    "😀",
    "١٢",
    "1.5",
    "12,5",
    "x" * 200_000,
]
VALUES = [
    "",
    "1",
    "-1",
    "1.5",
    "true",
    "nan",
    "[]",
    "{}",
    '""',
    '"x"',
    "2024-12-31",
    "07:00:00",
    "0x" + "F" * 5000,
    "9" * 5000,
]
VALUES += ["[" * 2000, '"\\u202E"', "'''", "[[1]]", '"thông báo"', "x"]


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """Every file of the small office by its name, with one of each optional table."""
    data = small_office(tmp_path_factory.mktemp("whole") / "data").at.data
    files = {path.relative_to(data).as_posix(): path.read_bytes() for path in data.rglob("*") if path.is_file()}
    return files | {name: text.encode() for name, text in OPTIONAL.items()}


RULES = [rule for suite in suites.load() for rule in suite.rules]


def cell(draw, content):
    """One cell, of any line, holds something else."""
    rows = list(csv.reader(io.StringIO(content.decode())))
    row = draw(st.sampled_from(rows))
    row[draw(st.integers(0, len(row) - 1))] = draw(st.sampled_from(CELLS) | st.text(max_size=5))
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode(errors="surrogatepass")


def key(draw, content):
    """One line of settings has another name or another value."""
    lines = content.decode().splitlines()
    at = draw(st.integers(0, len(lines) - 1))
    name, equals, value = lines[at].partition(" = ")
    changed = draw(st.sampled_from([name + "x", name.upper(), "[x]", f"{name}.y", "", draw(st.text(max_size=5))]))
    lines[at] = f"{name} = {draw(st.sampled_from(VALUES))}" if draw(st.booleans()) else changed + equals + value
    return "\n".join(lines).encode(errors="surrogatepass")


def byte(draw, content):
    """One byte is another, is missing, or is one too many."""
    at = draw(st.integers(0, len(content) - 1))
    return content[:at] + draw(st.binary(max_size=2)) + content[at + draw(st.integers(0, 1)) :]


def line(draw, content):
    """One line is missing or stands there twice, or the file ends before it."""
    lines = content.splitlines(keepends=True)
    at = draw(st.integers(0, len(lines) - 1))
    return b"".join(draw(st.sampled_from([lines[:at] + lines[at + 1 :], lines[: at + 1] + lines[at:], lines[:at]])))


def read(at):
    """Read everything that is read of a data folder."""
    data = dataset.read("2024-10", at)
    waivers.read(data, RULES)
    difficulties.read(at, data.month)
    published.printings(at, data.month)
    for language in LANGUAGES:
        comments.read(at, data.month, language)
    lists.read(at.data, data.counts.delivery.as_of)
    incoming_log.read(at)


def read_or_refused(whole, draw):
    """Damage one file of the folder and read it all."""
    name = draw(st.sampled_from(sorted(whole)))
    kinds = [byte, line, key if name.endswith(".toml") else cell if name.endswith(".csv") else byte]
    damaged = draw(st.sampled_from(kinds))(draw, whole[name])
    with tempfile.TemporaryDirectory() as folder:
        at = small_office(Path(folder) / "data").at
        for other, content in (whole | {name: damaged}).items():
            (at.data / other).parent.mkdir(exist_ok=True)
            (at.data / other).write_bytes(content)
        try:
            read(at)
        except HotichError as refusal:
            for language in LANGUAGES:
                message = refusal.message(language)
                assert any(each.rpartition("/")[2] in message for each in whole), message
                assert unseen.visible(message) == message
                assert len(message) < 2000, message


@settings(max_examples=40, derandomize=True, deadline=None)
@given(st.data())
def test_a_folder_that_is_damaged_anywhere_is_read_or_refused_with_the_name_of_a_file(whole, given_data):
    read_or_refused(whole, given_data.draw)


@pytest.mark.slow
@settings(max_examples=400, derandomize=True, deadline=None)
@given(st.data())
def test_a_folder_that_is_damaged_anywhere_in_many_more_ways_is_read_or_refused_so(whole, given_data):
    read_or_refused(whole, given_data.draw)


def test_the_whole_folder_is_read(whole, tmp_path):
    at = small_office(tmp_path / "data").at
    for name, content in whole.items():
        (at.data / name).parent.mkdir(exist_ok=True)
        (at.data / name).write_bytes(content)
    read(at)


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
    with pytest.raises(InputRefused, match="2024-09 đến 2024-10"):
        dataset.read("11", office.at)


def test_counts_as_a_frame_are_integers_by_area_and_register_and_missing_where_none_was_reported(office):
    rows = cells(30) | {("111", "KS"): ("", "", "not_reported"), ("112", "KS"): ("3O0", "300", "")}
    office.write("2024-10", rows)
    frame = dataset.read("2024-10", office.at).frame()
    assert frame.index.names == ["area", "name", "register"]
    assert frame.dtypes.astype(str).to_dict() == {
        "required": "Int64",
        "digitised": "Int64",
        "status": "str",
        "line": "int64",
    }
    assert frame.loc[("121", "Xã Cát", "KS"), ["required", "digitised"]].tolist() == [400, 130]
    assert frame.loc[("111", "Xã An", "KS")].isna().tolist() == [True, True, False, False]
    assert frame.loc[("112", "Xã Bình", "KS")].isna().tolist() == [True, False, False, False]
    assert len(frame) == len(rows)


def test_counts_of_several_months_have_the_month_in_the_index_and_names_in_the_language_asked_for(office):
    data = dataset.read("2024-10", office.at)
    frame = data.frame("all", language="en")
    assert frame.index.names == ["month", "area", "name", "register"]
    assert frame.loc[("2024-09", "112", "Bình Commune", "KS"), "digitised"] == 300
    assert len(data.frame(["9"])) == len(frame) / 2
    with pytest.raises(InputRefused, match="2024-08"):
        data.frame(["2024-08"])
