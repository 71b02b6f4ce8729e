"""Every file that a page offers to save, as a statistician meets it: read by pandas, compared with `measures.csv`."""

import base64
import io
import re

import pandas as pd
import pytest

from hotich.data import registers

PAGES = tuple(f"{page}.{language}.html" for page in ("report", "quality") for language in ("vi", "en"))
COMPARED = "compare/examples-0001-2024-09_examples-0002-2024-10.vi.html"
LINK = re.compile(r'download="([^"]+)" href="data:text/csv;charset=utf-8;base64,([^"]+)"')
NO_FIGURES = {"area", "as_of", "commune", "difficulty", "district", "figure", "marks", "month", "origin", "register"}
"""Columns of names and days."""
OTHERS = {"rank_before": ("rank", "all", "2024-09"), "percent_before": ("percent", "all", "2024-09")} | {
    f"percent_{group}": ("percent", group, "2024-10") for group in registers.GROUPS
}
"""Columns that are no measure of the row's own month and register: their measure, register scope and month."""


def saved(page):
    """The files that a page offers, by their names without the mark of made-up figures; codes are read as text."""
    files = {}
    for name, content in LINK.findall(page.read_text(encoding="utf-8")):
        raw = base64.b64decode(content)
        assert raw.startswith(b"\xef\xbb\xbf"), "Excel would misread Vietnamese"
        heads = raw.decode("utf-8-sig").partition("\n")[0].split(",")
        table = pd.read_csv(io.BytesIO(raw), dtype={head: str for head in heads if head.endswith("_code")})
        assert name not in files, name
        files[re.sub("^(minh-hoa|illustrative)-", "", name)] = table
    return files


def measures(folder):
    """The figures of a report, by area, scope, measure and month."""
    table = pd.read_csv(folder / "measures.csv", dtype=str)
    return table.set_index(["area", "scope", "measure", "month"])["value"].to_dict()


def compared(table, known, root="15"):
    """Compare every number of a table about one report, and return how many there were."""
    count = 0
    key = next((name for name in ("commune_code", "district_code", "area_code") if name in table), "")
    for row in table.to_dict("records"):
        place = (row.get(key, root), row.get("register_code", "all"), row.get("month", "2024-10"))
        for name in set(table.columns) - NO_FIGURES - {head for head in table if head.endswith("_code")}:
            measure, scope, month = OTHERS.get(name, (name, place[1], place[2]))
            fact = known.get((place[0], scope, measure, month))
            if pd.isna(row[name]):
                said = name in str(row["marks"]) or name in ("rank", "completed_since", "offices_completed")
                assert said, (row, name)
            elif name.startswith("difficulty_") and fact is None:
                assert row[name] == 0
            elif name in ("completed_since", "finish"):
                assert fact == row[name]
            elif name == "offices_completed" and place[0] != root:
                assert {0, 1} >= {row[name]}
            else:
                assert float(fact) == row[name], (row, name, fact)
                count += 1
    return count


def test_every_number_of_every_table_of_the_report_is_that_of_measures_and_a_number(pages):
    known = measures(pages)
    in_vietnamese, in_english = (saved(pages / name) for name in PAGES[:2])
    assert in_vietnamese.keys() == in_english.keys()
    checked = {}
    for name, table in in_vietnamese.items():
        assert list(table.columns) == list(in_english[name].columns), name
        if "figure" not in table and "difficulty" not in table:
            checked[name] = compared(table, known) + compared(in_english[name], known)
    assert len(checked) >= 9
    assert sum(checked.values()) > 3000
    assert min(checked.values()) > 20, checked


@pytest.mark.parametrize("name", PAGES)
def test_every_saved_row_says_of_what_day_it_is_and_that_its_counts_are_made_up(pages, name):
    files = saved(pages / name)
    assert len(files) >= 4
    for table in files.values():
        assert set(table["origin"]) == {"synthetic"}
        days = pd.to_datetime(table["as_of"], format="%Y-%m-%d")
        months = table.get("month", pd.Series(["2024-10"] * len(table)))
        assert (days.dt.strftime("%Y-%m") == months).all()


@pytest.mark.parametrize("name", PAGES)
def test_columns_of_numbers_hold_nothing_but_numbers(pages, name):
    words = re.compile(
        "_code$|^(marks|origin|as_of|month|completed_since|finish|result|severity|finding|file|do|reason|source)$"
    )
    for file, table in saved(pages / name).items():
        names = {head.removesuffix("_code") for head in table if head.endswith("_code")}
        numbers = [head for head in table if head not in names and not words.search(head)]
        assert numbers, file
        assert [head for head in numbers if not pd.api.types.is_numeric_dtype(table[head])] in ([], ["status"]), file


def test_printed_figures_are_saved_beside_the_computed_ones_with_their_source(pages):
    known, table = measures(pages), saved(pages / PAGES[0])["published-2024-10.csv"]
    for row in table.to_dict("records"):
        area, scope, measure = row["figure_code"].split("/")
        assert float(known[area, scope, f"published_{measure}", "2024-10"]) == row["published"]
        assert float(known[area, scope, f"difference_{measure}", "2024-10"]) == row["difference"]
        besides = known.get((area, scope, f"besides_{measure}", "2024-10"))
        assert float(besides or known[area, scope, measure, "2024-10"]) == row["computed"]
        assert row["source"]
    assert len(table) > 5


def test_the_saved_tables_of_the_site_are_the_two_releases(site_pages):
    first, second = (measures(site_pages / "examples" / name) for name in ("0001-2024-09", "0002-2024-10"))
    units = saved(site_pages / "index.html")["examples.csv"]
    for row in units.to_dict("records"):
        for known, month in ((first, "2024-09"), (second, "2024-10")):
            assert float(known[row["unit_code"], "all", "percent", month]) == row[f"percent_{month}"]
    assert len(units) == 182
    files = saved(site_pages / COMPARED)
    assert len(files) == 3
    for name, table in files.items():
        for row in table.to_dict("records"):
            key = row.get("figure_code") or f"{row.get('commune_code') or row.get('district_code')}/all/percent"
            area, scope, measure = key.split("/")
            now, before = float(second[area, scope, measure, "2024-10"]), float(first[area, scope, measure, "2024-09"])
            assert row.get("percent_second", row.get("second")) == now, name
            assert row.get("percent_first", row.get("first")) == before, name
            change = row.get("percent_change", row.get("difference"))
            assert round(now - before, 4) == change


def test_a_browser_saves_the_file_that_the_page_holds(open_page, pages):
    page = open_page("report.vi.html")
    with page.expect_download() as started:
        page.locator('a[download$="ranking-2024-10.csv"]').click()
    held = saved(pages / "report.vi.html")["ranking-2024-10.csv"]
    got = pd.read_csv(started.value.path(), dtype={"district_code": str})
    assert got.equals(held)
