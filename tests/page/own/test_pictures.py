"""Pictures come from beside the notebook, and only their pixels go onto the page."""

import base64
import io

import pytest
from PIL import Image

from hotich.errors import InputRefused
from hotich.language import LANGUAGES
from hotich.page.own import pictures


def saved(kind="PNG", size=(40, 30), **given):
    buffer = io.BytesIO()
    Image.new("RGB", size, "red").save(buffer, kind, **given)
    return buffer.getvalue()


@pytest.fixture
def folder(tmp_path):
    """A folder of notebooks with pictures, and a picture outside of it."""
    (tmp_path / "outside.png").write_bytes(saved())
    inside = tmp_path / "notebooks"
    (inside / "below").mkdir(parents=True)
    for name in ("map.png", "below/map.png"):
        (inside / name).write_bytes(saved())
    return inside


def shown(address, folder, attachments=None):
    start, _, content = pictures.inlined(address, attachments or {}, folder, "words").partition(",")
    return start, Image.open(io.BytesIO(base64.b64decode(content)))


def refused(address, folder, attachments=None):
    with pytest.raises(InputRefused) as caught:
        pictures.inlined(address, attachments or {}, folder, "words")
    for language in LANGUAGES:
        assert "words" in caught.value.message(language)
        assert address in caught.value.message(language)
    return caught.value.key


def test_a_file_beside_the_notebook_or_below_it_is_shown(folder):
    for address in ("map.png", "./map.png", "below/map.png"):
        start, picture = shown(address, folder)
        assert start == "data:image/png;base64"
        assert picture.size == (40, 30)


def test_an_attachment_is_shown(folder):
    content = base64.b64encode(saved("JPEG")).decode()
    start, _ = shown("attachment:map.jpg", folder, {"map.jpg": {"image/jpeg": content}})
    assert start == "data:image/jpeg;base64"


def test_what_a_camera_adds_is_gone_and_the_picture_stands_upright(folder):
    exif = Image.Exif()
    exif[0x0112] = 6  # turned
    exif[0x010E] = "SECRET"
    exif.get_ifd(0x8825)[2] = (21.0, 42.0, 0.0)  # where it was taken
    (folder / "photo.jpg").write_bytes(saved("JPEG", exif=exif, comment=b"SECRET"))
    assert b"SECRET" in (folder / "photo.jpg").read_bytes()
    _, picture = shown("photo.jpg", folder)
    assert picture.size == (30, 40)
    assert not picture.getexif()
    content = base64.b64decode(pictures.inlined("photo.jpg", {}, folder, "words").partition(",")[2])
    assert b"SECRET" not in content
    assert b"Exif" not in content


def test_texts_in_a_png_are_gone(folder):
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("Author", "SECRET")
    (folder / "text.png").write_bytes(saved(pnginfo=info))
    content = base64.b64decode(pictures.inlined("text.png", {}, folder, "words").partition(",")[2])
    assert b"SECRET" not in content


def test_a_large_picture_is_made_smaller(folder):
    (folder / "wide.png").write_bytes(saved(size=(4_000, 100)))
    assert shown("wide.png", folder)[1].size == (1_440, 36)


def test_the_same_picture_gives_the_same_bytes(folder):
    assert pictures.inlined("map.png", {}, folder, "a") == pictures.inlined("map.png", {}, folder, "b")


@pytest.mark.parametrize(
    "address",
    [
        "nix.png",
        "../outside.png",
        "below/../../outside.png",
        "/etc/passwd",
        "file:///etc/passwd",
        "https://example.org/map.png",
        "data:image/png;base64,aaaa",
        "below",
        "",
        "a" * 5_000,
        "attachment:nix.png",
        "attachment:",
    ],
)
def test_a_picture_that_is_not_there_or_lies_elsewhere_is_refused(folder, address):
    assert refused(address, folder) == "own.no_picture"


def test_a_link_to_a_file_outside_is_refused(folder):
    (folder / "link.png").symlink_to(folder.parent / "outside.png")
    assert refused("link.png", folder) == "own.no_picture"


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        saved("GIF"),
        saved("WEBP"),
        saved()[:60],
        b"x",
        saved("JPEG")[:200],
    ],
    ids=["svg", "gif", "webp", "cut off", "nothing", "cut off jpeg"],
)
def test_what_is_no_png_or_jpeg_is_refused(folder, content):
    (folder / "strange.png").write_bytes(content)
    assert refused("strange.png", folder) == "own.other_picture"


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_read(folder):
    (folder / "bomb.png").write_bytes(saved(size=(8_000, 7_000)))
    assert refused("bomb.png", folder) == "own.large_picture"


def test_a_picture_that_stays_too_large_is_refused(folder):
    noise = Image.effect_noise((1_200, 1_200), 100)
    noise.save(folder / "noise.png")
    assert refused("noise.png", folder) == "own.large_picture"


@pytest.mark.parametrize("attached", [{}, {"image/svg+xml": "aaaa"}, {"image/png": "%%%"}, {"image/png": None}])
def test_an_attachment_that_is_none_is_refused(folder, attached):
    assert refused("attachment:map.png", folder, {"map.png": attached}) in ("own.no_picture", "own.other_picture")
