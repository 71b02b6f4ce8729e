"""Pages rest on the inputs that their draft names: what is made while inputs change is not put in place."""

import csv
import shutil

import inline
import pytest

from hotich.data import dataset, provenance
from hotich.errors import CannotNow, Contradicted
from hotich.month import Month
from hotich.pipeline import inputs, reuse
from hotich.storage import paths

OCTOBER = Month(2024, 10)


def contents(folder):
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and not {".kept", ".work"} & {*path.parts})
    return {path.relative_to(folder): path.read_bytes() for path in found}


def changed(office, name):
    path = office.at.data / name
    path.parent.mkdir(exist_ok=True)
    path.write_text((path.read_text() if path.exists() else "") + "\n")


INPUTS = (
    "areas.csv",
    "registers.csv",
    "office.toml",
    "deliveries.csv",
    "counts/2024-10.csv",
    "counts/2024-09.csv",
    "counts/2024-08.csv",
    "comments/2024-10.vi.md",
    "published/2024-10.csv",
    "waivers.csv",
    "notice.docx",
    "areas.geojson",
)


@pytest.mark.parametrize("name", INPUTS)
def test_every_input_that_changes_is_named(office, name):
    with inputs.steady(OCTOBER, office.at) as require_unchanged:
        changed(office, name)
        with pytest.raises(CannotNow, match=name):
            require_unchanged()


def test_an_input_that_changes_while_pages_are_made_leaves_the_last_draft_as_it_was(office, monkeypatch):
    inline.report(office, monkeypatch)
    before = contents(office.at.reports)
    with pytest.raises(CannotNow, match=r"comments/2024-10\.vi\.md"):
        inline.report(office, monkeypatch, during=lambda job: changed(office, "comments/2024-10.vi.md"), force=True)
    assert contents(office.at.reports) == before


def test_nothing_is_reused_of_pages_made_while_an_input_was_changed_and_changed_back(office, monkeypatch):
    areas = office.at.data / "areas.csv"
    right = areas.read_text()

    def rename(job):
        areas.write_text(right.replace("Huyện Một", "Huyện Mốt"))
        areas.write_text(right)

    with pytest.raises(CannotNow, match=r"areas\.csv"):
        inline.report(office, monkeypatch, during=rename)
    assert not office.at.draft(OCTOBER).exists()
    ran = []
    inline.report(office, monkeypatch, during=ran.append)
    assert len(ran) == 6


@pytest.mark.parametrize("failing", ["report.vi", ""])
def test_a_page_that_fails_because_an_input_changed_says_so_however_many_fail(office, monkeypatch, failing):
    def fail(job):
        changed(office, "counts/2024-10.csv")
        if job.name.startswith(failing):
            raise Contradicted("page.fact", page=job.name, fact="x", value="1", known="2")

    with pytest.raises(CannotNow, match=r"counts/2024-10\.csv"):
        inline.report(office, monkeypatch, during=fail)


def test_a_page_that_fails_while_nothing_changed_says_why(office, monkeypatch):
    def fail(job):
        raise Contradicted("page.fact", page=job.name, fact="x", value="1", known="2")

    with pytest.raises(Exception, match=r"measures\.csv"):
        inline.report(office, monkeypatch, during=fail)


def test_rejected_pages_are_not_put_in_place_either(office, monkeypatch):
    path = office.at.data / "counts" / "2024-10.csv"
    rows = list(csv.reader(path.open()))
    rows[1][3] = str(int(rows[1][2]) + 1)
    path.write_text("\n".join(",".join(row) for row in rows) + "\n")
    office.log("2024-10")
    with pytest.raises(CannotNow, match=r"office\.toml"):
        inline.report(office, monkeypatch, during=lambda job: changed(office, "office.toml"))
    assert not office.at.rejected(OCTOBER).exists()
    assert inline.report(office, monkeypatch)[0].rejected


@pytest.mark.parametrize("folder", ["PACKAGE", "NOTEBOOKS", "EXPECTATIONS"])
def test_a_change_of_program_notebooks_or_suites_counts_as_well(office, monkeypatch, tmp_path, folder):
    copy = tmp_path / "project"
    copy.mkdir()
    monkeypatch.setattr(paths, "PROJECT", copy)
    for name in ("PACKAGE", "NOTEBOOKS", "EXPECTATIONS"):
        (copy / name).mkdir()
        monkeypatch.setattr(paths, name, copy / name)
    monkeypatch.setattr(paths, "LOCK", shutil.copy(paths.LOCK, copy / "requirements.lock"))
    with inputs.steady(OCTOBER, office.at) as require_unchanged:
        require_unchanged()
        (copy / folder / "new.py").write_text("")
        with pytest.raises(CannotNow, match=f"{folder}/new.py"):
            require_unchanged()


@pytest.mark.parametrize(
    "name", ["counts/2024-11.csv", "comments/2024-09.vi.md", "incoming/a.xlsx", ".change.new/x", "~$areas.csv"]
)
def test_what_the_month_does_not_rest_on_may_change(office, name):
    with inputs.steady(OCTOBER, office.at) as require_unchanged:
        changed(office, name)
        require_unchanged()


def test_everything_that_a_draft_names_as_its_input_is_watched(yen_bai):
    named = {each.file for each in provenance.inputs(dataset.read("2024-10", yen_bai))}
    assert len(named) > 10
    assert named <= inputs._state(OCTOBER, yen_bai).keys()


def test_a_file_that_vanishes_while_it_is_looked_at_is_one_that_is_not_there(office, monkeypatch):
    (office.at.data / "waivers.csv").symlink_to(office.at.data / "nowhere")
    with inputs.steady(OCTOBER, office.at) as require_unchanged:
        (office.at.data / "waivers.csv").unlink()
        require_unchanged()


def test_a_file_of_a_draft_that_somebody_changed_is_made_again(office, monkeypatch):
    inline.report(office, monkeypatch)
    draft, ran = office.at.draft(OCTOBER), []
    before = contents(draft)
    for name in ("report.vi.html", "notebooks/quality.en.ipynb", "measures.csv", "annex.xlsx", "validation.json"):
        (draft / name).write_bytes((draft / name).read_bytes() + b"\n")
    inline.report(office, monkeypatch, during=ran.append)
    assert {job.name for job in ran} == {"report.vi", "quality.en"}
    assert contents(draft) == before


def test_a_page_whose_notebook_is_gone_is_made_again_and_a_stray_file_is_no_part_of_a_draft(office, monkeypatch):
    inline.report(office, monkeypatch)
    draft = office.at.draft(OCTOBER)
    before = contents(draft)
    (draft / "notebooks" / "report.en.ipynb").unlink()
    (draft / "report.fr.html").write_text("nobody made this")
    ran = []
    inline.report(office, monkeypatch, during=ran.append)
    assert [job.name for job in ran] == ["report.en"]
    assert contents(draft) == before


def test_a_draft_whose_own_record_was_changed_is_made_again(office, monkeypatch):
    inline.report(office, monkeypatch)
    draft = office.at.draft(OCTOBER)
    changed(office, "office.toml")
    (draft / "report.vi.html").write_text("wrong")
    now = provenance.record(dataset.read("2024-10", office.at), {"month": "2024-10", "area": ""}, {})
    from hotich.pipeline import prepare_month

    prepare_month._json(draft / "provenance.json", now)
    ran = []
    inline.report(office, monkeypatch, during=ran.append)
    assert len(ran) == 6


@pytest.mark.parametrize("text", ["", "[", "[1, 2]", "{}", "[" * 100_000])
def test_without_a_readable_list_of_hashes_nothing_is_known_to_be_intact(tmp_path, text):
    (tmp_path / "draft").mkdir()
    (tmp_path / "draft" / "report.vi.html").write_text("page")
    (tmp_path / "outputs.json").write_text(text)
    assert reuse.intact(tmp_path / "draft", tmp_path / "outputs.json") == frozenset()
