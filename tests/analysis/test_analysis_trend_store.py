"""Trends of series in releases that are held: what a series is made of, its family, and figures that recompute."""

from datetime import date

import pytest
from examples.indicators import person
from examples.statistics import keep, observation

from comity.analysis.trends.ask import trends_of
from comity.analysis.trends.families import SeriesTrend, series_of
from comity.analysis.trends.verdicts import Verdict
from comity.evidence.errors import UnknownName
from comity.evidence.figures import figure
from comity.observations.observation import PER_100000, Observation
from comity.statistics.store import known_on

pytestmark = pytest.mark.django_db
KNOWN = date(2026, 11, 24)
LEVELS = [20.0, 21.5, 22.0, 23.5, 24.0, 25.5, 27.0, 27.5, 29.0, 30.5]


def rate(area: str, year: int, value: float | None, **more: object) -> Observation:
    number = int(area) * 10000 + year
    return observation(
        area,
        str(year),
        value,
        indicator="homicide-rate",
        unit=PER_100000,
        place=f"{number}:value",
        **more,
    )


def rising(area: str = "076") -> list[Observation]:
    return [rate(area, 2003 + step, level) for step, level in enumerate(LEVELS)]


def level(area: str = "250") -> list[Observation]:
    return [rate(area, 2003 + step, 1.0 + (step * 7 % 10) / 10) for step in range(10)]


def trends(**asked: object) -> dict[str, SeriesTrend]:
    return {one.row: one for one in trends_of(known_on(KNOWN), "homicide-rate", **asked)}  # type: ignore[arg-type]


def test_a_series_has_one_verdict_whatever_is_asked_beside_it() -> None:
    keep("2014-10-06", *rising(), *level())
    found = trends()
    assert (found["076"].trend.verdict, found["250"].trend.verdict) == (Verdict.INCREASE, Verdict.NONE)
    alone = trends(areas=("076",))["076"]
    assert alone == found["076"]
    assert alone.trend.p_adjusted == pytest.approx(2 * alone.trend.p_verdict)
    assert trends(iccs="0101")["076"].trend == alone.trend
    assert alone.family == "trends.homicide.homicide-rate.2003.2012"
    assert alone.figure == "trend.homicide.homicide-rate.076.2003-2012.0101"


def test_a_series_has_one_trend_however_many_releases_speak_of_it() -> None:
    keep("2014-10-06", *rising(), *level())
    keep("2014-10-07", rate("076", 2012, 31.0), replaces=False)
    found = trends_of(known_on(KNOWN), "homicide-rate")
    assert [one.row for one in found] == ["076", "250"]
    assert [one.trend.n for one in found] == [10, 10]


def test_figures_recompute_from_their_addresses_and_name_the_cells_they_rest_on() -> None:
    keep("2014-10-06", *rising(), *level())
    found = trends()["076"]
    table = figure(found.family, as_at=KNOWN)
    assert table.value.cell("076", "slope") == found.trend.slope
    assert table.value.cell("076", "p_adjusted") == found.trend.p_adjusted
    assert len(table.inputs) == 20
    cell = figure(f"{found.family}#{found.row}.slope", as_at=KNOWN)
    assert (cell.value, {fact.about for fact in cell.inputs}, len(cell.inputs)) == (found.trend.slope, {"076"}, 10)
    alone = figure(found.figure, as_at=KNOWN)
    assert alone.value.cell("076", "slope") == found.trend.slope
    for column in ("p_adjusted", "verdict", "reason", "change", "tau", "shift_year"):
        assert alone.value.cell("076", column) == table.value.cell("076", column)
    assert list(alone.value.rows) == ["076"]
    cell = figure(f"{found.figure}#076.verdict", as_at=KNOWN)
    assert (cell.value, [fact.text for fact in cell.inputs]) == ("increase", [f"{value:g}" for value in LEVELS])
    shown = figure("trends.homicide.homicide-rate:076.2003.2012", as_at=KNOWN)
    assert shown.value.rows == {"076": table.value.rows["076"]}


def test_verdicts_are_counted_over_the_series_with_an_observation() -> None:
    keep("2014-10-06", *rising(), *level(), rate("276", 2003, None))
    counts = figure("trend-verdicts.homicide.homicide-rate.2003.2012", as_at=KNOWN).value
    assert {row: counts.cell(row, "series") for row in counts.rows if counts.cell(row, "series")} == {
        "increase": 1,
        "no-verdict": 1,
        "all": 2,
    }


def test_a_table_of_trends_may_be_asked_for_before_a_year_is_held() -> None:
    keep("2014-10-06", rate("076", 1999, 26.0))
    assert figure("trends.homicide.homicide-rate.2003.2012", as_at=KNOWN).value.rows == {}
    assert figure("trend-verdicts.homicide.homicide-rate.2003.2012", as_at=KNOWN).value.cell("all", "series") == 0
    with pytest.raises(UnknownName):
        figure("trends.homicide.homicide-rates.2003.2012", as_at=KNOWN)


def test_a_break_falls_before_its_year() -> None:
    keep("2014-10-06", *(one._replace(status="B") if one.period == "2005" else one for one in rising()))
    found = trends()["076"].trend
    assert (found.broken, found.first, found.n) == (True, 2005, 8)
    assert "breaks before 2005" in found.reason


def test_a_masked_value_is_missing() -> None:
    keep(
        "2014-10-06",
        *(one._replace(value=None, text="<5", status="Q") if one.period == "2005" else one for one in rising()),
    )
    found = trends()["076"]
    assert (found.trend.n, len(found.observed)) == (9, 10)


def test_of_several_values_that_differ_none_is_taken_and_the_reason_says_so() -> None:
    twice = [rate("076", 2005, 22.0, repeat=1), rate("076", 2005, 99.0, repeat=2)]
    alike = [rate("076", 2006, 23.5, repeat=1), rate("076", 2006, 23.5, repeat=2)]
    rest = [one for one in rising() if one.period not in ("2005", "2006")]
    keep("2014-10-06", *rest, *twice, *alike)
    found = trends()["076"].trend
    assert found.n == 9
    assert found.reason.endswith("Left out, since several values are stated that differ: 2005.")


def test_years_areas_and_the_day_of_knowledge_limit_the_series() -> None:
    keep("2014-10-06", *rising())
    keep("2019-07-08", *rising(), *level())
    assert set(trends()) == {"076", "250"}
    before = trends_of(known_on(date(2015, 1, 1)), "homicide-rate")
    assert [one.area for one in before] == ["076"]
    bounded = trends(first="2005", last="2010", areas=("250",))["250"]
    assert (bounded.trend.n, bounded.family) == (6, "trends.homicide.homicide-rate.2005.2010")
    assert trends(dataset="homicide@2014-10-06").keys() == {"076"}
    kept = trends(dataset="homicide@2014-10-06")["076"]
    assert figure(kept.family, as_at=KNOWN).value.cell("076", "n") == 10


def test_each_data_set_is_a_family_of_its_own() -> None:
    keep("2014-10-06", *rising())
    keep("2015-01-01", *rising(), *level(), dataset="other")
    found = trends_of(known_on(KNOWN), "homicide-rate")
    assert [(one.dataset, one.area) for one in found] == [("homicide", "076"), ("other", "076"), ("other", "250")]


def test_offences_of_one_indicator_are_series_of_their_own() -> None:
    other = [one._replace(iccs="0102", place=f"{one.place}2") for one in rising()]
    keep("2014-10-06", *rising(), *other, *level())
    found = trends()
    assert set(found) == {"076~0101", "076~0102", "250"}
    family = figure(found["250"].family, as_at=KNOWN)
    assert set(family.value.rows) == set(found)
    cell = figure(f"{found['250'].family}#076~0102.slope", as_at=KNOWN)
    assert len(cell.inputs) == 10 and all(fact.place.endswith("2") for fact in cell.inputs)
    assert set(trends(iccs="0102")) == {"076"}


def test_what_nothing_is_held_of_is_refused_with_the_nearest() -> None:
    keep("2014-10-06", *rising())
    with pytest.raises(UnknownName) as refused:
        trends_of(known_on(KNOWN), "homicide-rates")
    assert refused.value.candidates[0] == "homicide-rate"
    for address in (
        "trends.homicide.homicide-rate:999.2003.2012",
        "trends.homicide.homicide-rate.2012.2003",
        "trend.homicide.homicide-rate.076.2003.0101",
    ):
        with pytest.raises(UnknownName):
            figure(address, as_at=KNOWN)


def test_an_indicator_that_is_not_published_is_computed_and_its_trend_recomputes() -> None:
    counts = [
        observation(
            "076", str(2003 + step), 10 * value, indicator="recorded-offences-count", iccs="0401", place=f"{step}:a"
        )
        for step, value in enumerate(LEVELS)
    ]
    people = [person("076", period=str(year), value=1e5, place=f"{year}:b") for year in range(2003, 2013)]
    keep("2019-01-01", *counts, dataset="robbery")
    keep("2019-01-02", *people, dataset="population")
    (found,) = trends_of(known_on(KNOWN), "robbery-rate")
    assert (found.dataset, found.trend.n, found.trend.first) == ("robbery", 10, 2003)
    assert found.trend.level == pytest.approx(247.5)
    for address in (found.family, found.figure):
        again = figure(address, as_at=KNOWN)
        assert again.value.cell("076", "slope") == found.trend.slope
        assert len(again.inputs) == 20 and {fact.file for fact in again.inputs} == {
            "robbery-2019-01-01.csv",
            "population-2019-01-02.csv",
        }


def test_a_period_that_is_no_year_makes_no_series() -> None:
    (one,) = series_of([rate("076", 2003, 1.0), rate("076", 2003, 2.0)._replace(period="2003-05")])
    assert one.values == {2003: 1.0}


def test_a_method_that_was_withdrawn_says_which_one_answers_in_its_stead() -> None:
    with pytest.raises(UnknownName, match=r"trends\.dataset\.series\.first\.last.*“rate-trends” was withdrawn"):
        figure("rate-trends.homicide-rate.2000.2012", as_at=KNOWN)
