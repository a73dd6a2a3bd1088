"""A damaged release: its data set is named and left out, on every page, and nothing else is."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from examples.statistics import BRAZIL, FRANCE, bring_areas, keep, observation

from comity.evidence.errors import WorkspaceError
from comity.evidence.store import now
from comity.evidence.workspaces import workspace
from comity.statistics import store
from comity.statistics.releases.query import Selection

SOUND, DAMAGED = "robbery", "homicide"
PAGES = (
    "/",
    "/data/",
    "/data/robbery/",
    "/data/robbery/robbery@2019-12-31/",
    "/states/FRA/",
    "/observations/",
    "/observations/?dataset=robbery",
    "/indicators/",
    "/indicators/homicide-rate/",
    "/trends/",
    "/flows/",
    "/issues/",
    "/quality/",
    "/quality/FRA/",
    "/report/",
    "/figures/observations-held",
    "/figures/data-sets",
    "/sources/",
)
OF_THE_DAMAGED = (
    "/data/homicide/",
    "/data/homicide/homicide@2014-10-06/",
    "/data/homicide/homicide@2014-10-06/observations.csv",
    "/data/homicide/homicide@2014-10-06/revisions/",
    "/observations/homicide.homicide-count.250.2010.0101/history",
    "/figures/observation.homicide.homicide-count.250.2010.0101",
    "/observations.csv",
    "/observations.json",
    "/observations.parquet",
)
NAMED = "data set homicide is left out"

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(autouse=True)
def releases_of_its_own() -> None:
    """The tests of this module share their releases, which go when the last of them has run."""


@pytest.fixture(scope="module", autouse=True)
def held(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Two vintages of one data set and one of another, for all tests of the module."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        bring_areas()
        keep("2014-10-06", observation(FRANCE, "2010", 665.0), observation(BRAZIL))
        keep("2019-07-08", observation(FRANCE, "2010", 675.0), observation(BRAZIL))
        keep("2019-12-31", observation(FRANCE, "2011", 7.0, indicator="robbery-count", iccs="0401"), dataset=SOUND)
        yield
        transaction.set_rollback(True)
    shutil.rmtree(workspace.home() / "releases", ignore_errors=True)


def cut(folder: Path) -> None:
    """The end of the observations is gone."""
    data = folder / "observations.parquet"
    data.write_bytes(data.read_bytes()[:-50])


def changed(folder: Path) -> None:
    """One byte of the observations is another."""
    data = bytearray((folder / "observations.parquet").read_bytes())
    data[20] ^= 1
    (folder / "observations.parquet").write_bytes(data)


def without_findings(folder: Path) -> None:
    """The findings are no JSON."""
    (folder / "findings.json").write_text("{", encoding="utf-8")


def gone(folder: Path) -> None:
    """The folder is not there."""
    shutil.rmtree(folder)


DAMAGES = (cut, changed, without_findings, gone)


@pytest.fixture
def damage(tmp_path: Path) -> Iterator[Callable[[Callable[[Path], None]], None]]:
    """Damages the release of homicide that speaks; all is whole again after the test."""
    folder = workspace.home() / "releases" / "homicide@2019-07-08"
    shutil.copytree(folder, tmp_path / "whole")
    yield lambda how: how(folder)
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(tmp_path / "whole", folder)


def text_of(address: str, status: int) -> str:
    """What an address answers, whose status is this."""
    answer = Client().get(address)
    assert answer.status_code == status, address
    return b"".join(answer).decode()


@pytest.mark.parametrize("how", DAMAGES)
def test_every_page_names_what_is_damaged_and_shows_the_rest(
    damage: Callable[[Callable[[Path], None]], None], how: Callable[[Path], None]
) -> None:
    damage(how)
    for address in PAGES:
        assert NAMED in text_of(address, 200), address
    assert "665" not in text_of("/states/FRA/", 200)  # no earlier vintage speaks in its place


@pytest.mark.parametrize("how", DAMAGES)
def test_what_cannot_be_given_whole_is_not_given_and_says_why(
    damage: Callable[[Callable[[Path], None]], None], how: Callable[[Path], None]
) -> None:
    damage(how)
    for address in OF_THE_DAMAGED:
        assert NAMED in text_of(address, 503), address


def test_data_say_what_is_left_out_of_them(damage: Callable[[Callable[[Path], None]], None]) -> None:
    damage(cut)
    for address in ("/data/?format=json", "/observations/?format=json", "/figures/observations-held?format=json"):
        (fault,) = json.loads(text_of(address, 200))["faults"]
        assert NAMED in fault
    assert '"count": 1' in text_of("/observations.json?dataset=robbery", 200)


def test_what_is_mended_is_shown_again(damage: Callable[[Callable[[Path], None]], None]) -> None:
    data = workspace.home() / "releases" / "homicide@2019-07-08" / "observations.parquet"
    whole = data.read_bytes()
    damage(cut)
    assert NAMED in text_of("/data/", 200)
    data.write_bytes(whole)
    assert NAMED not in text_of("/data/", 200)
    assert "675" in text_of("/observations.csv", 200)


def test_outside_of_pages_nothing_goes_on_without_what_is_damaged(
    damage: Callable[[Callable[[Path], None]], None],
) -> None:
    damage(cut)
    assert {release.dataset for release in store.published()} == {SOUND, DAMAGED}
    with pytest.raises(WorkspaceError, match="cannot be read"):
        store.find(Selection(), dataset=None, as_at=now().date())
