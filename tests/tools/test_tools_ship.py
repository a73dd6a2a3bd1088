"""The tables that ship: what they hold, and that importing the published files afterwards changes nothing in them."""

from functools import lru_cache
from pathlib import Path

import pytest
import yaml
from examples.layouts import finder, read_published

from comity.evidence.importing import carry_out, plan_import, read_source
from comity.evidence.languages import CODES
from comity.evidence.store import Source
from comity.observations import indicators_observed
from comity.observations.observation import Observation
from comity.observations.reading import Reading
from comity.statistics import importing, store
from comity.tools import ship


@lru_cache(maxsize=8)
def _shipped(table: str) -> Reading:
    return ship.read_file(ship.TABLES / table, finder())


@lru_cache(maxsize=8)
def test_all_tables_that_are_made_are_registered_small_and_of_a_named_source() -> None:
    by_hand = ["population-wpp-2017.csv", "homicide-supplement.csv"]
    assert list(importing.SHIPPED) == [*(one.table for one in ship.SHIPPED), *by_hand]
    paths = [ship.TABLES / name for name in importing.SHIPPED]
    assert sum(path.stat().st_size for path in paths) < 1_200_000
    for path in paths:
        source = yaml.safe_load(path.with_suffix(".source.yaml").read_text(encoding="utf-8"))
        assert {"title", "publisher", "published", "licence", "gaps", "verified"} <= source.keys()


def _world(leaving_out: str) -> tuple[float, float]:
    """Victims and rate by the latest count of each territory that has a rate; its population is count by rate."""
    told = {
        (one.area, one.period, one.indicator): one.value
        for one in _shipped("homicide-2013-study.csv").observations
        if one.status not in leaving_out
    }
    latest: dict[str, tuple[float, float]] = {}
    for area, period, _indicator in sorted(told):
        count, rate = (told.get((area, period, f"homicide-{measure}")) for measure in ("count", "rate"))
        if count is not None and rate is not None:
            latest[area] = count, count / rate * 100_000 if rate else 0
    victims, people = (sum(column) for column in zip(*latest.values(), strict=True))
    return victims, round(victims / people * 100_000, 2)


def test_the_world_figure_of_the_2013_study_can_be_made_from_what_ships() -> None:
    assert _world("") == (436_556, 6.19)
    # Without the figures that a mark calls a break, Turkey's last is that of 2008, 2,320 and not 1,866.
    assert _world("B") == (437_010, 6.2)


def test_marks_and_values_that_are_not_given_ship_too() -> None:
    found = {(one.area, one.indicator, one.period): one for one in _shipped("homicide-2013-study.csv").observations}
    assert found["608", "homicide-count", "2009"].status == "B"
    assert (found["798", "homicide-count", "2012"].value, found["798", "homicide-count", "2012"].status) == (None, "N")
    assert sum(one.status == "N" for one in found.values()) == 6


def test_populations_ship_of_countries_only() -> None:
    areas = {one.area for one in _shipped("population.csv").observations}
    assert "001" not in areas
    assert len(areas) == 217


@pytest.mark.parametrize("made", ship.SHIPPED, ids=lambda one: one.table)
def test_importing_the_published_file_afterwards_changes_nothing_and_only_adds(
    shared: Path, made: ship.Shipped
) -> None:
    real = read_published(shared / made.file)
    table = _shipped(made.table)

    def told(reading: Reading) -> dict[tuple[object, ...], tuple[object, ...]]:
        return {one[:10]: (one.value, one.status, one.source) for one in reading.observations}

    assert table.description.dataset == real.description.dataset
    assert told(table).items() <= told(real).items()


@pytest.mark.parametrize("made", ship.SHIPPED, ids=lambda one: one.table)
def test_the_tables_are_made_anew_byte_for_byte(shared: Path, made: ship.Shipped) -> None:
    text = ship.table_text(made, read_published(shared / made.file))
    assert text == (ship.TABLES / made.table).read_text(encoding="utf-8")


def test_every_indicator_that_ships_has_a_unit_and_a_name_in_six_languages() -> None:
    shipped: set[Observation] = {one for name in importing.SHIPPED for one in _shipped(name).observations}
    for indicator, unit in {(one.indicator, one.unit) for one in shipped}:
        assert indicators_observed.unit(indicator) == unit
        names = {indicators_observed.title(indicator, language) for language in CODES}
        assert indicator not in names
        assert len(names) >= 5


def test_every_published_indicator_has_its_base_among_the_observed() -> None:
    from comity.observations.indicators_published import _indicators

    known = indicators_observed.observed_indicators()
    for meaning in _indicators().values():
        assert known[meaning.base].unit == meaning.unit


def test_a_name_says_the_measure() -> None:
    assert indicators_observed.title("homicide-rate") == "Victims of intentional homicide, per 100,000 population"
    assert indicators_observed.title("homicide-count", "fr") == "Victimes d’homicides intentionnels"
    assert indicators_observed.title("persons-held-percent", "es") == "Personas recluidas, en porcentaje"
    assert indicators_observed.title("population") == "Population"
    assert indicators_observed.title("rainfall-count") == "rainfall-count"


@pytest.mark.django_db
def test_the_importer_finds_no_change_in_the_published_file_after_the_table(
    shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Through the database: the table as `comity up` loads it, then the published workbook as a user imports it."""
    monkeypatch.setattr(importing, "gazetteer", ship.gazetteer_of_tables)
    monkeypatch.setattr(store, "gazetteer", ship.gazetteer_of_tables)
    made = ship.SHIPPED[0]
    path = ship.TABLES / made.table
    file = f"statistics/tables/{made.table}"
    importer, plan, source = plan_import(file, path.read_bytes(), read_source(path, file))
    carry_out(importer, plan, source, path.read_bytes(), actor="test")
    assert (plan.rows, plan.added, plan.rejected) == (3210, 3210, 0)
    published = shared / made.file
    _importer, again, _source = plan_import(
        published.name, published.read_bytes(), Source(published.name, published.name)
    )
    assert (again.added, again.changed, again.gone, again.unchanged) == (0, 0, 0, 3210)
    assert again.as_json()["revises"] == "homicide@2014-10-06"
