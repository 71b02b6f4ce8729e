"""A small office publishes, changes its program, and audits: the real commands in a checkout of their own."""

import hashlib
import json
import re
import shutil
import subprocess
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from checkouts import Checkout, code_copy
from conftest import AREAS, OFFICE, REGISTERS, cells
from signing_keys import allow, key

from hotich.release import environment, evidence
from hotich.storage.paths import PROJECT

slow = pytest.mark.slow
"""What needs two releases, or a month made several times more."""


def begun(base):
    """A checkout with the small office, committed, of which nothing is released."""
    made = code_copy(base / "dự án", base / "environment")
    subprocess.run(["git", "init", "-q", made.root], check=True)
    (made.root / "data").mkdir()
    for name, text in (("office.toml", OFFICE), ("areas.csv", AREAS), ("registers.csv", REGISTERS)):
        (made.root / "data" / name).write_text(text, encoding="utf-8")
    made.office.write("2024-09", cells())
    made.office.write("2024-10", cells(30))
    (made.root / ".gitignore").write_text("__pycache__/\n/reports/\n")
    made.commit()
    return made


def publish(made, month):
    done = made.hotich("publish", month)
    assert done.returncode == 0, done.stderr


def change(made):
    """Let the package be another than the one that has released."""
    with (made.root / "hotich" / "__init__.py").open("a") as package:
        package.write("# changed after the first release\n")


@pytest.fixture(scope="module")
def one(tmp_path_factory):
    """October released."""
    made = begun(tmp_path_factory.mktemp("Sở Tư pháp"))
    publish(made, "10")
    return made


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    """September released, then a line of the package changed and committed, then October released."""
    made = begun(tmp_path_factory.mktemp("Sở Tư pháp"))
    publish(made, "9")
    change(made)
    made.commit()
    publish(made, "10")
    return made


@pytest.fixture
def copy(one, tmp_path):
    """A copy without git of the checkout with one release, to be tampered with."""
    return copied(one, tmp_path / "copy")


@pytest.fixture
def copy_of_two(two, tmp_path):
    """A copy without git of the checkout with two releases, to be tampered with."""
    return copied(two, tmp_path / "copy")


def copied(made, root):
    shutil.copytree(made.root, root, ignore=shutil.ignore_patterns(".git", "certificates"))
    return Checkout(root, environment._overlay(root, root.parent / "environment"))


def hashes(*folders):
    files = (path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def release(checkout, name):
    return checkout.root / "reports" / "published" / name


def test_a_release_holds_the_files_of_a_draft_and_its_manifest(one):
    names = {
        path.relative_to(release(one, "0001-2024-10")).as_posix()
        for path in release(one, "0001-2024-10").rglob("*")
        if path.is_file()
    }
    fields = json.loads((release(one, "0001-2024-10") / "manifest.json").read_bytes())
    assert names == {*fields["outputs"], "manifest.json"}
    assert {"report.vi.html", "notices/11.docx", "notebooks/notices/12.en.ipynb", "measures.csv"} <= names
    assert fields["previous"] == ""
    assert not (one.root / "reports" / "publishing").exists()


@pytest.mark.parametrize(("language", "draft"), [("vi", "Bản nháp"), ("en", "Draft")])
def test_the_page_of_a_release_says_which_release_it_is_and_not_that_it_is_a_draft(one, language, draft):
    page = re.sub("<[^>]+>", "", (release(one, "0001-2024-10") / f"report.{language}.html").read_text("utf-8"))
    assert "published/0001-2024-10" in page
    assert draft not in page


@slow
def test_notices_carry_the_hash_of_the_release_before(two):
    before = hashlib.sha256((release(two, "0001-2024-09") / "manifest.json").read_bytes()).hexdigest()
    assert json.loads((release(two, "0002-2024-10") / "manifest.json").read_bytes())["previous"] == before
    notices = release(two, "0002-2024-10") / "notices"
    assert before in (notices / "11.vi.html").read_text(encoding="utf-8")
    with zipfile.ZipFile(notices / "11.docx") as word:
        properties = word.read("docProps/core.xml").decode()
    assert before in re.sub("<[^>]+>", "", properties)
    assert "mã băm" not in (release(two, "0001-2024-09") / "notices" / "11.vi.html").read_text(encoding="utf-8")


@slow
def test_both_releases_are_audited_to_the_byte_and_nothing_but_certificates_is_written(two):
    before = hashes(two.root / "data", two.root / "reports" / "published", two.root / "hotich")
    code, audits, said = two.json("audit", "--trust", "--by", "Kiểm toán")
    assert code == 0, said
    assert [(a["verdict"], a["source"], a["interpreter"]) for a in audits] == [
        ("same_bytes", "archive", "overlay"),
        ("same_bytes", "present", "present"),
    ]
    assert "package" in "".join(audits[0]["changed"]) or "hotich" in "".join(audits[0]["changed"])
    assert all(result["result"] == "same_bytes" for audit in audits for result in audit["files"])
    after = hashes(two.root / "data", two.root / "reports" / "published", two.root / "hotich")
    assert {name: value for name, value in after.items() if "__pycache__" not in name} == {
        name: value for name, value in before.items() if "__pycache__" not in name
    }
    pages = [Path(path).read_text(encoding="utf-8") for path in audits[0]["certificates"]]
    assert all("Kiểm toán" in page and audits[0]["commit"] in page for page in pages)


@slow
def test_code_of_an_older_commit_is_not_run_without_consent(two):
    for words in (("audit",), ("audit", "9")):
        refused = two.hotich(*words, TRUST="")
        assert refused.returncode == 6
        assert "TRUST=1" in refused.stderr
        assert "published/0001-2024-09 (" in refused.stderr
        assert "published/0002" not in refused.stderr


def test_a_new_manifest_has_the_hashes_of_what_makes_the_environment(one):
    fields = json.loads((release(one, "0001-2024-10") / "manifest.json").read_bytes())
    assert fields["format"] == "hotich-release/2"
    assert fields["setup"] == {
        name: hashlib.sha256((one.root / name).read_bytes()).hexdigest()
        for name in (".ci/setup", ".ci/uv.txt", "pyproject.toml")
    }


def test_nothing_is_published_twice_and_nothing_uncommitted(one):
    again = one.hotich("publish", "10")
    assert again.returncode == 6
    assert "nothing to publish" in again.stderr
    stray = one.root / "hotich" / "stray.py"
    stray.write_text("")
    refused = one.hotich("publish", "10")
    stray.unlink()
    assert refused.returncode == 6
    assert "hotich/stray.py" in refused.stderr


@slow
def test_a_reason_is_refused_where_nothing_was_released_and_a_broken_manifest_stops_no_other_audit(copy_of_two):
    copy_of_two.office.write("2024-11", cells(40))
    subprocess.run(["git", "init", "-q", copy_of_two.root], check=True)
    copy_of_two.commit()
    refused = copy_of_two.hotich("publish", "11", "--reason", "because")
    assert refused.returncode == 6
    assert "never released" in refused.stderr
    (release(copy_of_two, "0001-2024-09") / "manifest.json").write_text("{")
    code, audits, _ = copy_of_two.json("audit", "--trust")
    assert (code, audits[0]["verdict"], audits[0]["reason"]) == (5, "not_executed", "manifest")
    # The later release carries the hash of the broken one, so its notices are honestly not the same.
    results = {result["file"]: result["result"] for result in audits[1]["files"]}
    assert (results["measures.csv"], results["provenance.json"]) == ("same_bytes", "different")


def test_the_projects_own_environment_is_never_made_anew_for_an_audit(tmp_path, monkeypatch):
    made = []
    monkeypatch.setattr(environment, "unlike", lambda _lock: ["pandas 1, not 2"])
    monkeypatch.setattr(environment, "_new", lambda code: made.append(code) or code)
    assert environment.python(PROJECT, tmp_path, sealed_setup=True)[1] == "new"
    assert made == [tmp_path / "apart"]
    assert {"hotich", "notebooks", "expectations", ".ci", "requirements.lock", "pyproject.toml"} <= {
        path.name for path in made[0].iterdir()
    }


def test_what_has_changed_since_a_release_is_named_where_a_reason_is_missing(copy):
    with (copy.root / "data" / "office.toml").open("a") as saved:
        saved.write("# another line\n")
    subprocess.run(["git", "init", "-q", copy.root], check=True)
    copy.commit()
    refused = copy.hotich("publish", "10")
    assert refused.returncode == 6
    assert "this has changed since: data/office.toml. Say why" in refused.stderr
    assert "MONTH=2024-10 REASON=" in refused.stderr


@slow
def test_only_a_key_that_may_sign_seals_a_release_which_names_what_its_runs_have_read(copy_of_two, tmp_path):
    copy_of_two.office.write("2024-11", cells(40))
    allowed, strange = key(tmp_path), key(tmp_path, "strange")
    allow(copy_of_two.office.at, allowed)
    subprocess.run(["git", "init", "-q", copy_of_two.root], check=True)
    copy_of_two.commit()
    refused = copy_of_two.hotich("publish", "11", HOTICH_SIGNING_KEY=str(strange))
    assert refused.returncode == 6
    assert "SHA256:" in refused.stderr
    assert "allowed_signers" in refused.stderr
    assert not release(copy_of_two, "0003-2024-11").exists()
    read = hashlib.sha256((copy_of_two.root / "data" / "office.toml").read_bytes()).hexdigest()
    with ThreadPoolExecutor() as pool:
        publishing = pool.submit(copy_of_two.hotich, "publish", "11", HOTICH_SIGNING_KEY=str(allowed))
        second = copy_of_two.root / "reports" / "publishing" / "second"
        while not second.exists() and not publishing.done():
            time.sleep(0.05)
        with (copy_of_two.root / "data" / "office.toml").open("a") as saved:
            saved.write("# saved while the month was being published\n")
    assert publishing.result().returncode == 0, publishing.result().stderr
    assert (release(copy_of_two, "0003-2024-11") / "manifest.json.sig").is_file()
    fields = json.loads((release(copy_of_two, "0003-2024-11") / "manifest.json").read_bytes())
    assert fields["inputs"]["office.toml"] == read
    assert copy_of_two.hotich("verify").returncode == 0


def test_nothing_is_published_with_other_libraries_than_the_lock_names(copy):
    copy.office.write("2024-11", cells(40))
    lock = copy.root / "requirements.lock"
    lock.write_text(re.sub(r"(?m)^pandas==[0-9.]+", "pandas==0.1", lock.read_text()))
    subprocess.run(["git", "init", "-q", copy.root], check=True)
    copy.commit()
    refused = copy.hotich("publish", "11")
    assert refused.returncode == 6
    assert "pandas" in refused.stderr
    assert "not 0.1" in refused.stderr


def test_a_reported_month_is_no_example(one):
    refused = one.hotich("publish", "10", "--example")
    assert refused.returncode == 6
    assert "EXAMPLE=1" in refused.stderr


def test_without_git_an_older_release_is_verified_and_the_reason_is_said(copy):
    change(copy)
    code, (audited,), _ = copy.json("audit", "10")
    assert (code, audited["verdict"], audited["reason"], audited["seals"]) == (6, "not_executed", "no_git", [])
    refused = copy.hotich("publish", "10")
    assert refused.returncode == 6
    assert "git" in refused.stderr


def test_an_edited_figure_is_named_with_both_values_and_an_edited_input_explains_a_difference(copy):
    page = release(copy, "0001-2024-10") / "report.en.html"
    html = page.read_text(encoding="utf-8")
    fact = re.search(r'<data value="(\d+)" data-fact="(1/all/digitised)"', html)
    page.write_text(html.replace(fact[0], f'<data value="9999999" data-fact="{fact[2]}"'), encoding="utf-8")
    copy.office.write("2024-10", cells(31))
    code, (audited,), _ = copy.json("audit", "10")
    assert code == 5
    seals = {(finding["file"], finding["problem"]) for finding in audited["seals"]}
    assert {("report.en.html", "changed"), ("data/counts/2024-10.csv", "counts_changed")} <= seals
    assert {each["file"] for each in audited["astray"]} == {"counts/2024-10.csv", "deliveries.csv"}
    results = {result["file"]: result for result in audited["files"]}
    found = [d for d in results["report.en.html"]["differences"] if d["what"] == "1/all/digitised"]
    assert found
    assert "9999999" in found[0]["sealed"]
    cell = results["notebooks/report.en.ipynb"]["differences"][0]
    assert cell["where"]
    assert results["measures.csv"]["result"] == "different"


@slow
def test_a_received_notebook_is_compared_with_the_one_made_again(copy, tmp_path):
    sealed = release(copy, "0001-2024-10") / "notebooks" / "report.vi.ipynb"
    received = tmp_path / "nhận được.ipynb"
    text = sealed.read_text(encoding="utf-8")
    fact = re.search(r'<data value=\\"(\d+)\\" data-fact=\\"1/all/digitised\\"', text)
    received.write_text(text.replace(fact[0], fact[0].replace(fact[1], "7"), 1), encoding="utf-8")
    plain = copy.root / "reports" / "certificates" / "published-0001-2024-10.json"
    plain.parent.mkdir(parents=True, exist_ok=True)
    plain.write_text("the release's own")
    code, (audited,), said = copy.json("audit", "--notebook", str(received))
    assert (code, audited["month"], audited["verdict"]) == (5, "2024-10", "same_bytes")
    found = audited["received"]
    assert (found["file"], found["result"]) == (str(received), "different")
    assert found["differences"][0]["what"] == "1/all/digitised"
    assert "tệp được gửi đến ghi “7" in said
    assert str(plain) not in audited["certificates"]
    assert plain.read_text() == "the release's own"


@slow
def test_a_notebook_that_papermill_or_jupyter_has_executed_is_compared_by_its_figures(copy_of_two, tmp_path):
    sealed = release(copy_of_two, "0002-2024-10") / "notebooks" / "report.en.ipynb"
    notebook = json.loads(sealed.read_text(encoding="utf-8"))
    (parameters,) = (cell for cell in notebook["cells"] if "injected-parameters" in str(cell["metadata"]))
    parameters |= {"id": "4f1c", "source": ["# Parameters\n", 'month = "2024-10"\n', 'language = "en"\n']}
    received = tmp_path / "out.ipynb"
    received.write_text(json.dumps(notebook), encoding="utf-8")
    code, (audited,), said = copy_of_two.json("audit", "--notebook", str(received))
    assert (code, audited["received"]["result"], audited["received"]["part"]) == (0, "same_figures", "elsewhere"), said
    assert "mọi số liệu bằng nhau" in said


def test_a_file_that_is_no_notebook_is_refused(copy, tmp_path):
    (tmp_path / "x.ipynb").write_text("{}")
    assert copy.hotich("audit", "--notebook", str(tmp_path / "x.ipynb")).returncode == 3


@slow
def test_an_evidence_file_is_reproducible_and_is_verified_and_audited_without_git(two, tmp_path):
    first = two.json("evidence", "10")
    again = two.json("evidence", "10")
    assert first[0] == 0, first[2]
    assert first[1]["sha256"] == again[1]["sha256"]
    code, verdict, said = two.json("verify", "--evidence", first[1]["path"])
    assert (code, verdict["excerpt"], verdict["releases"]) == (0, "published/0002-2024-10", 2), said
    with zipfile.ZipFile(first[1]["path"]) as packed:
        packed.extractall(tmp_path)
    (root,) = tmp_path.iterdir()
    assert {"hotich", "notebooks", "expectations", "data", "reports", "Makefile", "README.md"} <= {
        path.name for path in root.iterdir()
    }
    assert set(evidence.FILES) <= {path.relative_to(root).as_posix() for path in root.rglob("*")}
    unpacked = Checkout(root, environment._overlay(root, tmp_path / "environment"))
    code, verdict, said = unpacked.json("verify")
    assert (code, verdict["excerpt"]) == (0, "published/0002-2024-10"), said
    code, (audited,), said = unpacked.json("audit")
    assert (code, audited["verdict"]) == (0, "same_bytes"), said
    (root / "reports" / "published" / "0002-2024-10" / "annex.xlsx").unlink()
    assert unpacked.hotich("verify").returncode == 5
