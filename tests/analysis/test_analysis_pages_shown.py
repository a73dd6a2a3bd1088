"""What the pages of trends and flows are given to show, without a database: series offered, rows of corridors."""

from datetime import date
from pathlib import Path

import pytest
from examples.quality import NAMES, release, series
from examples.statistics import observation

from comity.analysis.flows.corridors import flows
from comity.analysis.flows.page import record, shown
from comity.analysis.trends.page import offered
from comity.observations.observation import Observation

EIGHT_YEARS: dict[int, float | None] = {year: float(year) for year in range(2005, 2013)}
BRAZIL, FRANCE, KINGDOM = "076", "250", "826"


def keys(folder: Path, *rows: Observation) -> list[str]:
    """The addresses of the series that a release of these observations offers."""
    return [one.key for one in offered((release(folder, *rows),))]


def test_a_series_is_offered_from_eight_years_of_one_area_on(tmp_path: Path) -> None:
    eight = series(EIGHT_YEARS)
    assert keys(tmp_path / "eight", *eight) == ["made.homicide-count.0101"]
    assert keys(tmp_path / "seven", *eight[1:]) == []
    parted = [*eight[1:], observation(FRANCE, "2005", 1.0)]
    assert keys(tmp_path / "parted", *parted) == []
    missing = [*eight[1:], observation(BRAZIL, "2005", None)]
    assert keys(tmp_path / "missing", *missing) == []


@pytest.mark.parametrize(
    "part", [{"citizenship": "FOR"}, {"breakdown": "weapon:firearm"}, {"sex": "F"}, {"age": "Y_LT18"}]
)
def test_a_series_of_a_part_is_not_offered_as_the_series_of_the_state(tmp_path: Path, part: dict[str, str]) -> None:
    assert keys(tmp_path / "part", *series(EIGHT_YEARS, **part)) == []
    beside = [*series(EIGHT_YEARS, **part), *series(EIGHT_YEARS, iccs="0102")]
    assert keys(tmp_path / "beside", *beside) == ["made.homicide-count.0102"]


@pytest.mark.parametrize("column", ["citizenship", "breakdown", "sex", "age"])
def test_a_series_to_which_a_division_does_not_apply_is_offered(tmp_path: Path, column: str) -> None:
    assert keys(tmp_path / "whole", *series(EIGHT_YEARS, **{column: "_Z"})) == ["made.homicide-count.0101"]


def victims(origin: str, destination: str, count: float | None) -> Observation:
    """Detected victims by citizenship; from one to four where there is no count."""
    fields = {"indicator": "trafficking-victims-detected-count", "iccs": "0204", "citizenship": origin}
    masked = {"text": "<5", "status": "Q"} if count is None else {}
    return observation(destination, "2018", count, **fields, **masked)


def test_a_masked_corridor_shows_one_and_four_in_their_places_and_leads_to_the_low_bound() -> None:
    rows = [victims(BRAZIL, FRANCE, None), victims(KINGDOM, FRANCE, 10.0)]
    found = shown(flows(rows, "victims", "2018", "2018"), NAMES)
    corridors = {
        row["key"]: (row["origin"], row["destination"], row["amount"], row["column"]) for row in found["corridors"]
    }
    assert corridors == {
        "826-250": ("United Kingdom", "France", "10", "value"),
        "076-250": ("Brazil", "France", "1–4", "low"),
    }
    areas = {row["name"]: (row["out"], row["into"], row["domestic"], row["not_stated"]) for row in found["areas"]}
    assert areas == {
        "France": ("0", "11–14", "0", "0"),
        "United Kingdom": ("10", "0", "0", "0"),
        "Brazil": ("1–4", "0", "0", "0"),
    }
    assert ("11–14", "low") in [(value, column) for _words, value, column in found["network"]]


def test_a_masked_corridor_has_one_and_four_in_their_places_as_data_too() -> None:
    rows = [victims(BRAZIL, FRANCE, None), victims(KINGDOM, FRANCE, 10.0)]
    found = record(flows(rows, "victims", "2018", "2018"), date(2026, 1, 1))
    corridors = {row["origin"]: (row["value"], row["low"], row["high"]) for row in found["corridors"]}
    assert corridors == {KINGDOM: (10, 10, 10), BRAZIL: (None, 1, 4)}
    assert (found["period"], found["network"]["amount"]) == ("2018", {"low": 11, "high": 14})
