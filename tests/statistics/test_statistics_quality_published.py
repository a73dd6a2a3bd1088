"""What the rules find in files as they were published: faults that are known of them, at their cells."""

from datetime import date
from pathlib import Path

import pytest
from examples.layouts import read_published
from examples.quality import write

from comity.statistics.quality import QualityFinding, findings, profile
from comity.statistics.releases.files import Release
from comity.tools.ship import gazetteer_of_tables

pytestmark = pytest.mark.shared

FILES = (
    "crime/cts-prisons-and-prisoners.2023-05-11.xlsx",
    "crime/cts-corruption-and-economic-crime.2024-05-16.xlsx",
    "crime/global-study-on-homicide.2013.xlsx",
    "crime/global-study-on-homicide-countries.2019.csv",
    "population/totals-world-bank.2026-03.csv",
)
NAMES = gazetteer_of_tables()


@pytest.fixture(scope="module")
def published(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Release]:
    """Some published files as releases."""
    folder = tmp_path_factory.mktemp("releases")
    readings = [read_published(shared / name) for name in FILES]
    return [write(folder, one, (one.description.published or date(2019, 7, 8)).isoformat()) for one in readings]


def of(published: list[Release], rule: str, area: str, period: str = "") -> list[QualityFinding]:
    found = findings(published, NAMES, area=area, rules=[rule])
    return [one for one in found if period in ("", one.period)]


def test_a_prison_population_in_thousands_is_a_slip_of_units(published: list[Release]) -> None:
    found = of(published, "unit-slip", "398")
    assert [(one.period, one.detail, one.finding.value) for one in found] == [
        ("2020", "-~F", "2"),
        ("2020", "-~M", "48"),
    ]


def test_thefts_of_vehicles_exceed_all_thefts_in_malaysia(published: list[Release]) -> None:
    (one,) = of(published, "child-exceeds-parent", "458", "2006")
    assert one.finding.value == "82287"
    assert one.finding.expected.startswith("at most 37,128, the count of ICCS 0502 at ")


def test_the_revision_of_brazil_is_told_with_both_values(published: list[Release]) -> None:
    found = of(published, "revised", "076", "2012")
    assert any("revised from 50,108 to 53,054" in one.finding.message for one in found)
    assert all(one.release.startswith("homicide@2019") for one in found)


def test_iraq_stands_beside_its_parts_until_only_they_report(published: list[Release]) -> None:
    beside = {one.period for one in of(published, "parts-beside-state", "368") if one.dataset == "homicide"}
    (gone,) = [one for one in of(published, "coverage-changes", "IRQ_C") if one.dataset == "homicide"]
    assert max(beside) < gone.period


def test_a_rate_by_another_population_names_the_release_that_it_was_held_against(published: list[Release]) -> None:
    found = of(published, "rate-against-count", "498")
    assert found
    assert all("population@" in one.finding.expected for one in found)


def test_the_breaks_of_the_study_of_2013_are_told_when_it_is_the_latest(published: list[Release]) -> None:
    study = next(release for release in published if release.published < date(2015, 1, 1))
    (turkiye,) = profile(published, "792", date(2015, 1, 1), NAMES, indicator="homicide-count")
    assert turkiye.release == study.id
    assert turkiye.comparability.breaks == ("2009", "2010", "2011")
    assert turkiye.comparability.level == "changes known"
