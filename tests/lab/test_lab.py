"""How JupyterLab is started: on the notebooks, with our settings, beside whatever the user has set."""

import json
import os

import pytest

from hotich import lab
from hotich.storage.paths import NOTEBOOKS, Folders


@pytest.mark.parametrize(("user", "allowed"), [(0, True), (1000, False)])
def test_lab_opens_for_root_too_and_for_others_as_ever(monkeypatch, user, allowed):
    monkeypatch.setattr(os, "getuid", lambda: user)
    assert f"--ServerApp.allow_root={allowed}" in lab.command([])


def test_lab_opens_the_folder_of_notebooks_and_hands_on_what_is_jupyters_own():
    words = lab.command(["--port=9000", "other.ipynb"])
    assert words[1] == "lab"
    assert f"--ServerApp.root_dir={NOTEBOOKS}" in words
    assert words[-2:] == ["--port=9000", "other.ipynb"]
    elsewhere = lab.command(["--ServerApp.root_dir=/srv"])
    assert [word for word in elsewhere if "root_dir" in word] == ["--ServerApp.root_dir=/srv"]


def test_every_file_that_lab_is_pointed_to_is_there():
    given = dict(word.removeprefix("--").split("=", 1) for word in lab.command([]) if "=" in word)
    served = json.loads(given["ServerApp.tornado_settings"])["static_custom_path"]
    sheet = lab.HERE / "custom" / "custom.css"
    faces = [part.split('"')[0] for part in sheet.read_text(encoding="utf-8").split('url("')[1:]]
    assert len(faces) == 2
    for name in (sheet.name, *faces):
        assert any((folder / name).is_file() for folder in map(type(sheet), served))
    overrides = lab.HERE / "settings" / "overrides.json"
    assert json.loads(overrides.read_text())
    assert str(overrides.parent) == given["LabServerApp.app_settings_dir"]
    extension = lab.HERE / "share" / "labextensions" / "hotich-desk"
    built = json.loads((extension / "package.json").read_text())["jupyterlab"]["_build"]
    assert (extension / built["load"]).is_file()


def test_kernels_of_lab_read_the_folders_that_were_given_and_the_users_own_jupyter_path_stays(monkeypatch, tmp_path):
    monkeypatch.setenv("JUPYTER_PATH", "/home/me/jupyter")
    environment = lab.environment(Folders(tmp_path / "data", tmp_path / "reports"))
    assert environment["HOTICH_DATA"] == str(tmp_path / "data")
    assert environment["HOTICH_REPORTS"] == str(tmp_path / "reports")
    assert environment["JUPYTER_PATH"] == f"{lab.HERE / 'share'}{os.pathsep}/home/me/jupyter"
    monkeypatch.delenv("JUPYTER_PATH")
    assert lab.environment(Folders(tmp_path, tmp_path))["JUPYTER_PATH"] == str(lab.HERE / "share")
