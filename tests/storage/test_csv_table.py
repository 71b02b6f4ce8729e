"""What an office's tables may hold: the text that somebody sees, and nothing that changes how it is seen."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotich.errors import InputRefused
from hotich.language import LANGUAGES
from hotich.storage import csv_table


@pytest.mark.parametrize("code", [0x00, 0x07, 0x1B, 0x7F, 0x85, 0x9B, 0x200E, 0x2028, 0x202E, 0x2066, 0x2069, 0x61C])
def test_a_character_that_changes_what_is_seen_is_refused_with_its_line_and_code(tmp_path, code):
    (tmp_path / "areas.csv").write_text(f"code,name\n1,An\n2,B{chr(code)}ình\n", encoding="utf-8")
    with pytest.raises(InputRefused) as caught:
        csv_table.read(tmp_path / "areas.csv", ("code", "name"))
    for language in LANGUAGES:
        message = caught.value.message(language)
        assert f"U+{code:04X}" in message
        assert message.isprintable()
    assert "line 3" in caught.value.message("en")


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "table.header"),
        (b"code,name,code\n1,An,1\n", "table.header"),
        (b"code;name\n1;An\n", "table.header"),
        (b"code,name\n1,An\n2\n", "table.ragged"),
        (b"code,name\n1,An,\n", "table.ragged"),
        (b'code,name\n1,"An\n2,Binh\n', "table.quotes"),
        ("code,name\n1,Bình\n".encode("latin-1"), "table.encoding"),
        ("code,name\n1,Bình\n".encode("utf-16"), "table.encoding"),
        ("code,name\n1,Bì".encode()[:-1], "table.encoding"),
    ],
)
def test_what_is_not_the_expected_table_is_refused_with_its_file(tmp_path, content, key):
    (tmp_path / "areas.csv").write_bytes(content)
    with pytest.raises(InputRefused) as caught:
        csv_table.read(tmp_path / "areas.csv", ("code", "name"))
    assert caught.value.key == key
    assert all("areas.csv" in caught.value.message(language) for language in LANGUAGES)


def test_decomposed_letters_and_a_mark_of_utf_8_change_nothing(tmp_path):
    text = "code,name\n1,Xã Bản Công\n"
    for name, content in (("a", text), ("b", "\ufeff" + unicodedata.normalize("NFD", text))):
        (tmp_path / f"{name}.csv").write_text(content, encoding="utf-8")
    one, other = (csv_table.read(tmp_path / f"{name}.csv", ("code", "name")) for name in "ab")
    assert one == other


def test_letters_of_every_alphabet_emoji_and_line_ends_in_quotes_are_text(tmp_path):
    text = 'code,name\r\n1,"Xã 漢字 😀 Đắk\nLắk"\r\n'
    (tmp_path / "areas.csv").write_text(text, encoding="utf-8", newline="")
    assert csv_table.read(tmp_path / "areas.csv", ("code", "name"))[0]["name"] == "Xã 漢字 😀 Đắk\nLắk"


CELL = st.text(st.sampled_from('01e5.-NA n"\r\n\xa0é,'), max_size=4)


@pytest.mark.parametrize(
    "rows",
    [
        "01,x\n1,y\n",
        "NA,nan\n,null\n",
        "1e5,0x1\n-0, 1\n",
        '"a,b",c\n"d""e",f\n',
        "a,b\n\nc,d\n",
        "a,b\r\nc,d\r\n",
        "a,b",
        "a,b\n c ,\xa0d\n",
        "",
        ",\n,\n",
        "e\u0301,\u0111\n",
    ],
)
def test_a_plain_table_read_by_pandas_is_what_the_strict_reader_reads(tmp_path, rows):
    path = tmp_path / "t.csv"
    path.write_bytes(f"a,b\n{rows}".encode())
    table = csv_table.read_table(path, ("a", "b")).records
    strict = csv_table.read(path, ("a", "b"))
    assert table["line"].tolist() == [row.line for row in strict]
    assert list(zip(table["a"].tolist(), table["b"].tolist(), strict=True)) == [(row["a"], row["b"]) for row in strict]


@settings(deadline=None)
@given(st.lists(st.tuples(CELL, CELL), max_size=4), st.booleans())
def test_whatever_a_table_holds_both_readers_read_the_same_or_refuse_it(tmp_path_factory, rows, ragged):
    path = tmp_path_factory.getbasetemp() / "whatever.csv"
    path.write_bytes("\n".join(["a,b", *(",".join(row[: 2 - ragged]) for row in rows)]).encode())
    read = []
    for reader in (csv_table.read, csv_table.read_table):
        try:
            found = reader(path, ("a", "b"))
        except InputRefused as refusal:
            read.append(str(refusal))
        else:
            records = found if isinstance(found, list) else found.records.to_dict("records")
            read.append([(row["a"], row["b"]) for row in records])
    assert read[0] == read[1]
