"""The notice to each area: what it says, how it looks on the page, and the Word file."""

import re
import zipfile
from dataclasses import replace
from html import unescape

import pytest
from conftest import cells
from markupsafe import Markup
from pages import page_names, shown
from word_template import own_template

from hotich import checks, measures
from hotich.data import dataset
from hotich.errors import Contradicted, InputRefused, WrongUsage
from hotich.language import LANGUAGES, say
from hotich.month import Month
from hotich.page import PageSpec, figure_gate, page
from hotich.storage.paths import NOTEBOOKS, PROJECT
from hotich.views import narrative, notice
from hotich.views.notice import content, letter_docx, letter_html, listed
from hotich.views.sentences import sentence

VIEWS = ("letterhead", "result", "changes", "communes", "remaining", "problems", "asked", "close", "annex", "witness")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def of(office, area="11", language="vi", month="2024-10"):
    return measures.read(checks.require(dataset.read(month, office.at)), area, language)


def html(m):
    return "".join(getattr(notice, view)(m)._repr_html_() for view in VIEWS)


def text(m):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html(m))).split())


def said_in_html(m):
    return "".join(each for part in content.parts(m) for each in part.texts)


def said(m, name):
    return " ".join(str(t.striptags()) for part in content.parts(m) if part.name == name for t in part.texts)


def paragraphs(path):
    """All text of a Word file, table cells among it, by python-docx."""
    from docx import Document

    return ["".join(run.text or "" for run in p.iter(f"{W}t")) for p in Document(str(path)).element.body.iter(f"{W}p")]


def written(m, folder, name="notice.docx"):
    letter_docx.write(m, folder / name)
    return folder / name


def rename(office, old, new, file="areas.csv"):
    path = office.at.data / file
    text_before = path.read_text(encoding="utf-8")
    assert old in text_before
    path.write_text(text_before.replace(old, new), encoding="utf-8")


@pytest.fixture
def flat(office):
    """The same office after its districts were abolished: communes lie directly below it."""
    areas = office.at.data / "areas.csv"
    kept = [line for line in areas.read_text(encoding="utf-8").splitlines() if not line.startswith(("11,", "12,"))]
    kept = [line for line in kept if not line.startswith(("11-PTP", "12-PTP", "122"))]
    areas.write_text("\n".join(re.sub(r",1[12],,$", ",1,,", line) for line in kept) + "\n", encoding="utf-8")
    rename(office, "Divorce registers,district_office department", "Divorce registers,department", "registers.csv")
    for month, more in (("2024-09", 0), ("2024-10", 30)):
        office.write(month, {cell: row for cell, row in cells(more).items() if "PTP" not in cell[0]})
    return office


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_of_a_notice_is_a_fact(office, language):
    m = of(office, language=language)
    marked = re.findall(r'<data value="([^"]*)" data-fact="([^"]*)"', html(m))
    assert len(marked) > 40
    for value, key in marked:
        assert m.facts[key].raw == value


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("paper", ["thông báo", "công văn"])
def test_a_notice_has_one_heading_of_the_first_level_whatever_kind_of_paper_it_is(office, language, paper):
    rename(office, 'paper = "thông báo"', f'paper = "{paper}"', "office.toml")
    assert html(of(office, language=language)).count("<h1>") == 1


def test_a_dispatch_bears_its_subject_and_not_its_kind(office):
    rename(office, 'paper = "thông báo"', 'paper = "công văn"', "office.toml")
    shown = text(of(office))
    assert "V/v: Kết quả số hóa sổ hộ tịch của huyện Một" in shown
    assert "THÔNG BÁO" not in shown
    assert "Kính gửi: Ủy ban nhân dân huyện Một" in shown
    assert "- Như trên; - Phòng Tư pháp huyện Một; - UBND các xã thuộc huyện Một." in shown


def test_the_translation_names_its_recipients_in_english(office):
    rename(office, '["Như trên"]', '["Như trên", "Lưu: VT"]\nrecipients_en = ["As above", "Filed"]', "office.toml")
    shown = text(of(office, language="en"))
    assert "- People’s Committee of One District; - Justice Office of One District;" in shown
    assert "- People’s Committees of the communes of One District; - Filed." in shown
    assert "Lưu" not in shown


def test_an_area_is_addressed_by_its_official_name_and_keeps_its_own_in_the_lists(office):
    path = office.at.data / "areas.csv"
    head, *lines = path.read_text(encoding="utf-8").splitlines()
    more = [line + (",Huyện Mốt,Mot District" if line.startswith("11,") else ",,") for line in lines]
    path.write_text("\n".join([f"{head},official_vi,official_en", *more]) + "\n", encoding="utf-8")
    m = of(office)
    assert m.area("11").name("vi") == "Huyện Một"
    assert "Đề nghị Ủy ban nhân dân huyện Mốt:" in text(m)
    assert "- UBND huyện Mốt;" in text(m)
    assert "of Mot District," in text(of(office, language="en"))


def test_the_subject_breaks_at_its_comma_and_not_in_a_name(office):
    assert [str(line.striptags()) for line in content.subject_lines(of(office))] == [
        "Kết quả số hóa sổ hộ tịch của huyện Một,",
        "tính đến ngày 22/10/2024",
    ]


def test_the_hash_of_the_release_before_is_no_part_of_the_paper(yen_bai, tmp_path):
    from docx import Document

    yen_bai = replace(yen_bai, reports=PROJECT / "reports")
    m = measures.read(checks.require(dataset.read("2024-10", yen_bai)), "138")
    head = m.checked.data.previous.head
    assert head in notice.witness(m)._repr_html_()
    assert head not in notice.close(m)._repr_html_()
    document = Document(str(written(m, tmp_path)))
    assert head in document.core_properties.comments
    assert not [p.text for s in document.sections for p in s.first_page_footer.paragraphs if head in p.text]


def test_a_word_file_is_named_and_dated_for_what_it_is_and_carries_nothing_of_its_template(office, tmp_path):
    from docx import Document

    path = written(of(office), tmp_path)
    about = Document(str(path)).core_properties
    assert about.title == "Kết quả số hóa sổ hộ tịch của huyện Một, tính đến ngày 22/10/2024"
    assert (about.author, about.modified.date().isoformat()) == ("Sở Tư pháp tỉnh Thử", "2024-10-22")
    with zipfile.ZipFile(path) as docx:
        assert not [name for name in docx.namelist() if "thumbnail" in name or "Effects" in name]
    assert path.stat().st_size < 20_000


def test_what_is_bold_on_the_page_is_bold_in_word(office, tmp_path):
    from docx import Document

    document = Document(str(written(of(office), tmp_path)))
    bold = {run.text for p in document.paragraphs if len(p.runs) > 1 for run in p.runs if run.bold}
    assert {"87,7%", "thứ 1/2"} <= bold
    shown = re.findall(r"<b>(.*?)</b>", said_in_html(of(office)))
    assert bold == {re.sub("<[^>]*>", "", each) for each in shown}


def test_the_annex_is_headed_and_numbered_as_an_annex(office, tmp_path):
    from docx import Document

    document = Document(str(written(of(office), tmp_path)))
    found = [p.text for p in document.paragraphs]
    at = found.index("Phụ lục")
    assert found[at + 1] == "Kết quả số hóa sổ hộ tịch của các xã thuộc huyện Một, tính đến ngày 22/10/2024"
    assert found[at + 2].endswith("của Sở Tư pháp tỉnh Thử)")
    assert document.paragraphs[at + 1].runs[0].font.all_caps
    starts = [s._sectPr.xpath("w:pgNumType/@w:start") for s in document.sections]
    assert starts == [["1"], ["1"]]


def test_an_announcement_is_addressed_to_nobody_above_its_text_and_names_its_receiver_at_the_end(office):
    shown = text(of(office))
    assert "Kính gửi" not in shown
    assert "Như trên" not in shown
    assert "- UBND huyện Một; - Phòng Tư pháp huyện Một; - UBND các xã thuộc huyện Một." in shown


def test_the_result_is_said_with_its_rank_by_hand(office):
    result = said(of(office), "result")
    assert "huyện Một đã số hóa 549 trên tổng số 626 thông tin cần thực hiện, đạt 87,7%" in result
    assert "thứ 1/2 đơn vị cấp huyện (kỳ trước: thứ 1)" in result


def test_the_completed_communes_are_named_and_the_slowest(office):
    communes = said(of(office), "communes")
    assert "Có 1/2 xã hoàn thành 100%: xã Bình. Sở Tư pháp tỉnh Thử biểu dương đơn vị này." in communes
    assert "Phòng Tư pháp huyện Một đã hoàn thành." in communes
    assert "Các đơn vị có tiến độ chậm nhất: xã An (65%)." in communes


def test_parts_are_numbered_without_gaps(flat):
    numbers = [str(part.heading.striptags()).split(".")[0] for part in content.parts(of(flat, "111"))]
    assert numbers == [str(n) for n in range(1, len(numbers) + 1)]


def test_the_first_month_has_nothing_to_compare_with_and_says_so(office):
    assert "kỳ đầu tiên" in said(of(office, month="2024-09"), "changes")


def test_a_passed_deadline_is_said_and_no_pace_is_asked(office):
    rename(office, "2024-12-31", "2024-09-30", "office.toml")
    m = of(office)
    assert "dù hạn 30/09/2024 đã qua" in said(m, "remaining")
    assert "Nâng nhịp" not in said(m, "asked")


def test_who_has_finished_is_not_asked_to_finish(office):
    done = {key: (row[0], row[0], row[2]) for key, row in cells().items()}
    office.write("2024-10", done)
    asked = said(of(office), "asked")
    assert "chưa hoàn thành" not in asked
    assert "đối chiếu dữ liệu đã số hóa với sổ giấy" in asked


def test_a_finding_stands_in_the_notice_of_its_own_district_alone(office):
    office.write("2024-10", cells(30) | {("111", "KS"): ("200", "90", "")})
    assert "Xã An" in said(of(office, "11"), "problems")
    assert "counts/" not in said(of(office, "11"), "problems")  # the receiver does not have the office's files
    assert "báo lại" in said(of(office, "11"), "asked")
    assert "Xã An" not in said(of(office, "12"), "problems")
    assert "báo lại" not in said(of(office, "12"), "asked")


def test_a_commune_that_did_not_report_is_named_and_not_zero(office):
    office.write("2024-10", cells(30) | {("111", r): ("", "", "not_reported") for r in ("KS", "XN")})
    m = of(office)
    assert "1/3 đơn vị chưa báo cáo đủ" in said(m, "problems")
    assert "gửi đủ số liệu" in said(m, "asked")
    row = next(row for row in listed.annex(m).rows if "Xã An" in row[0])
    assert [str(cell) for cell in row[1:]] == ["[x]"] * 6


def test_what_others_printed_is_no_problem_of_a_district(yen_bai):
    m = measures.read(checks.require(dataset.read("2024-10", yen_bai)), "138")
    assert "chưa phát hiện" in said(m, "problems")


def test_a_paper_on_made_up_figures_has_a_blank_letterhead(office):
    real = letter_html.frame(of(office))
    for month, more in (("2024-09", 0), ("2024-10", 30)):
        office.write(month, cells(more), "synthetic")
    m = of(office)
    blank = letter_html.frame(m)
    assert (real.superior, real.body, real.signer) == ("UBND TỈNH THỬ", "SỞ TƯ PHÁP", "GIÁM ĐỐC")
    assert (blank.superior, blank.body, blank.signer) == (letter_html.BLANK,) * 3
    assert "UBND TỈNH THỬ" not in text(m)
    assert "GIÁM ĐỐC" not in text(m)


def test_number_and_date_are_blank_on_every_paper(office):
    frame = letter_html.frame(of(office))
    assert frame.number == "Số: ……/TB-STP"
    assert frame.day == "Thử, ngày …… tháng …… năm ……"


def test_the_level_below_the_office_gets_notices_districts_or_communes(office, flat):
    m = of(flat, "111")
    assert [area.code for area in notice.receivers(m.checked.data.areas, "1")] == ["111", "112", "121"]


def test_districts_get_notices_while_there_are_any(office):
    data = dataset.read("2024-10", office.at)
    assert [area.code for area in notice.receivers(data.areas, "1")] == ["11", "12"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_commune_directly_below_the_office_gets_a_notice_without_annex(flat, language):
    m = of(flat, "111", language)
    assert notice.annex(m)._repr_html_() == ""
    assert html(m).count("<h1>") == 1
    if language == "vi":
        assert "thứ 2/3 đơn vị cấp xã" in said(m, "result")
        assert "Ủy ban nhân dân xã An" in text(m)


def test_a_commune_below_a_district_has_no_page_of_its_own(office):
    with pytest.raises(WrongUsage):
        of(office, "111")


def test_seen_from_another_area_the_facts_are_the_same(office):
    m = of(office, "11")
    assert html(m.seen_from("12")) == html(of(office, "12"))


def test_names_are_escaped_on_the_page(office):
    rename(office, "Xã An,An Commune", "Xã A & B <b>,A & B <b>")
    assert "Xã A &amp; B &lt;b&gt;" in html(of(office))
    assert "<b>," not in html(of(office))


def test_the_same_notice_twice_gives_the_same_bytes(office, tmp_path):
    m = of(office)
    assert written(m, tmp_path, "one.docx").read_bytes() == written(m, tmp_path, "two.docx").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.docx") as docx:
        assert {entry.date_time for entry in docx.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_word_file_says_what_the_page_says(office, tmp_path):
    m = of(office)
    found = paragraphs(written(m, tmp_path))
    for part in content.parts(m):
        assert str(part.heading.striptags()) in found
        for each in (*part.texts, part.note):
            assert str(Markup(each).striptags()) in found
    assert {"THÔNG BÁO", "UBND TỈNH THỬ", "Xã An", "Cộng (chỉ để theo dõi)", "- UBND huyện Một;"} <= set(found)
    assert not [line for line in found if "{{" in line or "{%" in line]


def test_markup_in_a_name_survives_in_word(office, tmp_path):
    rename(office, "Xã An,An Commune", "Xã A & B <b>,A & B <b>")
    assert "Xã A & B <b>" in paragraphs(written(of(office), tmp_path))


def test_a_word_file_is_vietnamese_whatever_language_was_looked_at(office, tmp_path):
    english, vietnamese = of(office, language="en"), of(office)
    assert written(english, tmp_path, "a").read_bytes() == written(vietnamese, tmp_path, "b").read_bytes()


def test_no_template_can_leave_the_mark_of_made_up_figures_out(office, tmp_path):
    office.write("2024-10", cells(30), "synthetic")
    own_template(office, "{{ subject }}")
    path = written(of(office), tmp_path)
    assert paragraphs(path)[0].startswith("SỐ LIỆU MINH HỌA.")
    with zipfile.ZipFile(path) as docx:
        footers = [docx.read(name).decode() for name in docx.namelist() if "footer" in name]
    assert len(footers) == 3
    assert all("Số liệu minh họa" in footer for footer in footers)


def test_reported_figures_bear_no_mark(office, tmp_path):
    assert not [line for line in paragraphs(written(of(office), tmp_path)) if "MINH HỌA" in line]


def test_an_office_may_bring_its_own_template(office, tmp_path):
    own_template(office, "{{ body }} gửi: {{ result.texts[0] }}")
    assert paragraphs(written(of(office), tmp_path))[0].startswith("SỞ TƯ PHÁP gửi: Tính đến ngày")


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("{{ subjekt }}", "subjekt"),
        ("{{ result.headin }}", "headin"),
        ("{% for part in parts %}{{ part.heading }}", "endfor"),
        ("{{ ''.__class__ }}", "__class__"),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_broken_template_is_refused_naming_file_and_field(office, tmp_path, line, named, language):
    own_template(office, line)
    with pytest.raises(InputRefused) as refused:
        written(of(office), tmp_path)
    message = refused.value.message(language)
    assert named in message
    assert "notice.docx" in message
    assert not (tmp_path / "notice.docx").exists()


def test_a_template_that_is_no_word_file_is_refused(office, tmp_path):
    (office.at.data / letter_docx.TEMPLATE).write_text("not a Word file")
    with pytest.raises(InputRefused, match="notice"):
        written(of(office), tmp_path)


def test_a_dispatch_in_word_bears_its_subject(office, tmp_path):
    rename(office, 'paper = "thông báo"', 'paper = "công văn"', "office.toml")
    found = paragraphs(written(of(office), tmp_path))
    assert "V/v: Kết quả số hóa sổ hộ tịch của huyện Một, tính đến ngày 22/10/2024" in found
    assert "THÔNG BÁO" not in found
    assert {"Kính gửi: Ủy ban nhân dân huyện Một", "- Như trên;"} <= set(found)


def test_an_announcement_in_word_leaves_no_line_for_an_address(office, tmp_path):
    found = paragraphs(written(of(office), tmp_path))
    assert not any("Kính gửi" in line for line in found)
    lead = next(at for at, line in enumerate(found) if line.startswith("Căn cứ số liệu"))
    assert found[lead - 4 : lead] == ["Kết quả số hóa sổ hộ tịch của huyện Một,", "tính đến ngày 22/10/2024", "", ""]


def test_a_commune_has_a_word_file_without_annex(flat, tmp_path):
    found = paragraphs(written(of(flat, "111"), tmp_path))
    assert "Phụ lục" not in found
    assert "THÔNG BÁO" in found


def test_every_area_gets_its_file_from_one_reading(office, tmp_path):
    letter_docx.write_all(Month(2024, 10), office.at, tmp_path / "out", ("11", "12"))
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["11.docx", "12.docx"]
    letter_docx.write(of(office, "12"), tmp_path / "alone.docx")
    assert (tmp_path / "out" / "12.docx").read_bytes() == (tmp_path / "alone.docx").read_bytes()


def executed(m):
    """The notebook as if it had run: its own cells, each with what its view shows."""
    import nbformat

    notebook = nbformat.read(NOTEBOOKS / "notice.ipynb", as_version=4)
    for cell in notebook.cells:
        if cell.id in VIEWS:
            cell.outputs = [shown(getattr(notice, cell.id)(m))]
    return notebook


def as_page(m):
    name = f"notices/{m.root}.{m.language}"
    reported = m.checked.data.reported_after_synthetic
    return page(executed(m), PageSpec(name, m.language, "22/10/2024", m.synthetic, "notice", reported=reported))


def test_the_notebook_shows_every_view_once_and_keeps_no_output():
    import nbformat

    cells = [c for c in nbformat.read(NOTEBOOKS / "notice.ipynb", as_version=4).cells if c.cell_type == "code"]
    assert tuple(c.source for c in cells[3:]) == tuple(f"notice.{view}(m)" for view in VIEWS)
    assert not [c.id for c in cells if c.outputs]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_keeps_every_rule_and_shows_nothing_but_facts(office, language):
    m = of(office, language=language)
    shown = as_page(m)
    figure_gate.check(shown, "notice", m.language, m.facts, page_names(m))
    assert shown == as_page(m)


def test_the_page_is_a_paper_of_a4_without_contents_list(office):
    shown = as_page(of(office))
    assert "@page{size:A4;margin:20mm 18mm 20mm 30mm;" in shown
    assert "@page:first{@top-center{content:none}}" in shown
    assert '<nav class="toc"' not in shown


def test_the_page_says_that_figures_are_made_up_at_its_top_and_on_every_printed_page(office):
    assert '<aside class="syn"' not in as_page(of(office))
    office.write("2024-10", cells(30), "synthetic")
    shown = as_page(of(office))
    assert '<aside class="syn"' in shown
    assert re.search(r'@bottom-center\{content:"[^"]+minh', shown)


@pytest.mark.parametrize(
    ("language", "truth"),
    [("en", "The counts of October 2024 were reported; "), ("vi", "Số liệu tháng 10/2024 do các đơn vị báo cáo; ")],
)
def test_a_reported_month_after_made_up_ones_is_not_called_made_up(office, language, truth):
    office.write("2024-09", cells(), "synthetic")
    m = of(office, language=language)
    shown = as_page(m)
    assert f"</strong> {truth}" in shown
    assert say(language, "page.synthetic_text") not in shown
    figure_gate.check(shown, "notice", m.language, m.facts, page_names(m))
    assert f"</strong> {truth}" in narrative.opening(m).banner


def test_a_paper_in_word_about_a_reported_month_after_made_up_ones_says_which_are_made_up(office, tmp_path):
    office.write("2024-09", cells(), "synthetic")
    mixed = paragraphs(written(of(office), tmp_path))[0]
    office.write("2024-10", cells(30), "synthetic")
    whole = paragraphs(written(of(office), tmp_path))[0]
    assert mixed.startswith("SỐ LIỆU MINH HỌA. Số liệu tháng 10/2024 do các đơn vị báo cáo; ")
    assert whole == f"SỐ LIỆU MINH HỌA. {say('vi', 'page.synthetic_text')}"


def test_a_notice_is_the_same_whatever_was_asked_of_it_before(office):
    m = of(office)
    first = html(m)
    html(replace(m, language="en"))
    assert html(m) == first


def test_a_commune_directly_below_the_office_is_told_its_pace_its_registers_and_its_former_rank(flat):
    m = of(flat, "111")
    assert m.get("pace_recent").value > 0
    assert m.get("pace_needed").value > 0
    assert m.get("required", scope="KS").value == 200
    assert m.get("rank", month=m.previous).value == 2
    assert "mỗi ngày" in said(m, "remaining")


def without(unit, registers, more=30):
    """October's counts of the office without districts, in which a unit has not reported these registers."""
    rows = {cell: row for cell, row in cells(more).items() if "PTP" not in cell[0]}
    return rows | {(unit, register): ("", "", "not_reported") for register in registers}


@pytest.mark.parametrize("registers", [("KS", "XN"), ("XN",)])
def test_a_notice_to_one_commune_that_has_not_reported_counts_no_units(flat, registers):
    flat.write("2024-10", without("111", registers))
    shown = text(of(flat, "111"))
    assert "Xã An chưa báo cáo " + ("số liệu kỳ này." if len(registers) == 2 else "đủ các loại sổ;") in shown
    assert "Gửi ngay số liệu còn thiếu của kỳ này;" in shown
    assert "1/1 đơn vị" not in shown
    assert "Đôn đốc" not in shown
    english = text(of(flat, "111", "en"))
    assert "An Commune has not reported " in english
    assert "send the missing counts of this month without delay;" in english
    assert "1 of 1" not in english
    assert "units that have not reported" not in english


def test_a_commune_with_a_register_missing_has_its_coverage_in_words(flat):
    flat.write("2024-10", without("111", ("XN",)))
    assert "(chưa báo cáo đủ các loại sổ)" in said(of(flat, "111"), "result")
    assert "not every register was reported" in said(of(flat, "111", "en"), "result")


def test_of_one_commune_it_is_not_said_that_it_is_silent_where_it_has_reported(flat):
    m = of(flat, "111")
    for key in ("problems.missing_own", "problems.silent_own", "asked.missing_own"):
        with pytest.raises(Contradicted):
            sentence(m, f"notice.{key}", place="Xã An")


def test_in_word_the_subject_of_a_dispatch_stands_in_the_middle_under_its_number(office, tmp_path):
    from docx import Document

    rename(office, 'paper = "thông báo"', 'paper = "công văn"', "office.toml")
    left = Document(str(written(of(office), tmp_path))).tables[0].cell(0, 0).paragraphs
    assert left[-2].text.startswith("Số: ")
    assert left[-1].text.startswith("V/v: Kết quả số hóa sổ hộ tịch của huyện Một")
    assert left[-1].alignment == left[-2].alignment == 1


@pytest.mark.parametrize(("registers", "findings"), [(("KS", "XN"), 1), (("XN",), 2)])
def test_one_commune_is_told_once_that_counts_are_missing_and_not_to_look_into_them(flat, registers, findings):
    flat.write("2024-10", without("111", registers))
    for language in LANGUAGES:
        m = of(flat, "111", language)
        assert len(next(part for part in content.parts(m) if part.name == "problems").texts) == findings
        assert sentence(m, "notice.asked.problems").striptags() not in said(m, "asked")
