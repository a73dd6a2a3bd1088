"""The quality of what is held of a State: four dimensions, the numbers behind them, and counts of States by level."""

import json
from datetime import date
from pathlib import Path

import pytest
from examples.quality import NAMES, release, series
from examples.statistics import observation

from comity.statistics.quality import profile, summary
from comity.statistics.quality.profiles import Timeliness
from comity.statistics.releases.files import Release

AS_AT = date(2020, 12, 31)


def made(folder: Path) -> Release:
    """Ten years of France, of which Brazil has five and a slip of units."""
    france = series({year: 1000 + year for year in range(2009, 2019)}, area="250", note="completed and attempted")
    brazil = series({2009: 50000, 2010: 51000, 2011: 52, 2012: 53000, 2014: 54000}, area="076", source="")
    return release(folder, *france, *brazil, published="2019-07-08")


def test_completeness_counts_the_years_that_any_area_has(tmp_path: Path) -> None:
    (brazil,) = profile([made(tmp_path)], "076", AS_AT, NAMES)
    found = brazil.completeness
    assert (found.first, found.last, found.share, found.level) == (2009, 2018, 0.5, "partial")
    assert found.years == (2009, 2010, 2011, 2012, 2014)
    assert found.missing == (2013, 2015, 2016, 2017, 2018)
    assert (found.series, found.series_used, found.cells_asked) == (1, 1, "not stated")


def test_the_expected_span_can_be_stated(tmp_path: Path) -> None:
    (brazil,) = profile([made(tmp_path)], "076", AS_AT, NAMES, span=(2009, 2012))
    assert (brazil.completeness.share, brazil.completeness.level) == (1.0, "complete")


def test_timeliness_counts_months_from_the_end_of_the_last_year(tmp_path: Path) -> None:
    (france,) = profile([made(tmp_path)], "250", date(2020, 12, 31), NAMES)
    assert france.timeliness.last_period == "2018"
    assert france.timeliness.last_place == "Sheet!L10"
    assert (france.timeliness.months_to_publication, france.timeliness.months_to_as_at) == (6, 23)
    assert france.timeliness.level == "current"
    (later,) = profile([made(tmp_path)], "250", date(2021, 2, 1), NAMES)
    assert (later.timeliness.months_to_as_at, later.timeliness.level) == (25, "late")


@pytest.mark.parametrize(
    ("months", "level"), [(0, "current"), (24, "current"), (25, "late"), (48, "late"), (49, "old")]
)
def test_a_series_of_exactly_two_years_is_current_and_of_exactly_four_is_late(months: int, level: str) -> None:
    assert Timeliness("2018", date(2019, 7, 8), 6, months, "Sheet!L10").level == level


def test_the_day_on_which_a_series_is_two_or_four_years_old_is_the_last_before_the_next_level(tmp_path: Path) -> None:
    held = [made(tmp_path)]
    days = (date(2021, 1, 31), date(2021, 2, 1), date(2023, 1, 31), date(2023, 2, 1))
    levels = [profile(held, "250", day, NAMES)[0].timeliness.level for day in days]
    assert levels == ["current", "late", "late", "old"]


def test_consistency_counts_findings_by_severity_and_names_them(tmp_path: Path) -> None:
    (brazil,) = profile([made(tmp_path)], "076", AS_AT, NAMES)
    found = brazil.consistency
    assert (found.observations, found.errors, found.warnings, found.notes) == (5, 1, 0, 0)
    assert (found.per_100, found.level) == (20.0, "many")
    assert [(one.period, one.finding.rule) for one in brazil.findings] == [("2011", "unit-slip")]


def test_what_the_origin_does_not_state_is_not_stated(tmp_path: Path) -> None:
    brazil, france = profile([made(tmp_path)], None, AS_AT, NAMES)
    assert (brazil.name, brazil.comparability.definitions) == ("Brazil", ("not stated",))
    assert (brazil.comparability.sources, brazil.comparability.level) == (("not stated",), "not stated")
    assert france.comparability.definitions == ("completed and attempted",)
    assert (france.comparability.sources, france.comparability.level) == (("CTS",), "no change known")


def test_breaks_and_changes_of_source_are_told_under_comparability_alone(tmp_path: Path) -> None:
    rows = [
        observation(period="2010", value=100, source="WHO"),
        observation(period="2011", value=101, source="WHO", status="B"),
        observation(period="2012", value=102, source="CTS"),
    ]
    (one,) = profile([release(tmp_path, *rows)], "076", AS_AT, NAMES)
    assert (one.comparability.breaks, one.comparability.source_changes) == (("2011",), ("2012",))
    assert one.comparability.level == "changes known"
    assert (one.consistency.notes, one.consistency.level) == (0, "nothing found")
    assert len(one.findings) == 2


def test_what_was_not_published_yet_is_not_judged(tmp_path: Path) -> None:
    assert profile([made(tmp_path)], "076", date(2019, 7, 7), NAMES) == []
    earlier = release(tmp_path, observation(value=100), published="2014-10-06")
    (then,) = profile([made(tmp_path), earlier], "076", date(2018, 1, 1), NAMES)
    assert then.release == "made@2014-10-06"


def test_the_summary_counts_areas_by_level_and_puts_them_in_no_order(tmp_path: Path) -> None:
    (one,) = summary(profile([made(tmp_path)], None, AS_AT, NAMES))
    assert one == {
        "dataset": "made",
        "indicator": "homicide-count",
        "areas": 2,
        "completeness": {"complete": 1, "partial": 1},
        "timeliness": {"current": 1, "old": 1},
        "consistency": {"many": 1, "nothing found": 1},
        "comparability": {"no change known": 1, "not stated": 1},
    }


def test_a_profile_is_json(tmp_path: Path) -> None:
    (brazil,) = profile([made(tmp_path)], "076", AS_AT, NAMES, indicator="homicide-count")
    record = json.loads(json.dumps(brazil.as_json()))
    assert record["completeness"]["level"] == "partial"
    assert record["timeliness"]["published"] == "2019-07-08"
    assert [one["place"] for one in record["findings"]] == ["Sheet!L13"]
    assert profile([made(tmp_path)], "076", AS_AT, NAMES, indicator="victims-count") == []
