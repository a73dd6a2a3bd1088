"""What others made lies unchanged in the repository, with its licence beside it."""

import hashlib
import json
from pathlib import Path

import pytest

import comity

PACKAGE = Path(comity.__file__).parent
FOLDERS = [PACKAGE / "site/static/vendor", PACKAGE / "charts/fonts", PACKAGE / "charts/maps"]


def listed(folder: Path) -> list[dict[str, str]]:
    return json.loads((folder / "MANIFEST.json").read_text(encoding="utf-8"))["files"]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_vendored_file_has_the_hash_of_its_manifest(folder: Path) -> None:
    for entry in listed(folder):
        assert hashlib.sha256((folder / entry["file"]).read_bytes()).hexdigest() == entry["sha256"], entry["file"]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_vendored_file_names_package_version_purpose_and_a_licence_that_lies_beside_it(folder: Path) -> None:
    for entry in listed(folder):
        assert entry["package"] and entry["version"] and entry["licence"] and entry["purpose"]
        assert (folder / entry["licence_file"]).stat().st_size > 500


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_no_vendored_file_is_missing_from_the_manifest(folder: Path) -> None:
    found = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.suffix in (".woff2", ".ttf", ".otf", ".json", ".js", ".css") and path.name != "MANIFEST.json"
    }
    assert found == {entry["file"] for entry in listed(folder)}


def test_web_fonts_stay_below_700_kilobytes() -> None:
    fonts = (PACKAGE / "site/static/vendor/fonts").glob("*.woff2")
    assert sum(font.stat().st_size for font in fonts) < 700_000


def test_font_faces_point_to_files_that_exist() -> None:
    folder = PACKAGE / "charts/static/charts"
    named = [part.split('"')[0] for part in (folder / "fonts.css").read_text(encoding="utf-8").split('url("')[1:]]
    site = PACKAGE / "site/static"
    assert len(named) == 11
    assert all((site / "charts" / name).resolve().is_file() for name in named)
