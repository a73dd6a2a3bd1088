import itertools
from typing import Any

import pytest
from chart_examples import JAMAICA, TRINIDAD, channel, rows, statistics_charts, texts
from hypothesis import given
from hypothesis import strategies as st

from comity.charts import specifications as charts
from comity.charts.languages import language
from comity.charts.parts.end_labels import LABEL_LINE
from comity.charts.specifications import Trend, TrendPoint
from comity.charts.trend_lines import status_mark
from comity.charts.trend_points import STATUSES, stretches, year_spans


def drawn(*trends: Trend, **options: Any) -> dict[str, Any]:
    return charts.trend_lines(
        trends, **{"title": "T", "unit": "U", "language": language("en"), "width": 720, **options}
    )


def line_parts(spec: dict[str, Any]) -> list[list[int]]:
    """The years that each piece of line joins."""
    parts: list[list[int]] = []
    for layer in spec["layer"]:
        if layer["mark"]["type"] == "line":
            found: dict[int, list[int]] = {}
            for row in layer["data"]["values"]:
                found.setdefault(row["part"], []).append(row["year"])
            parts += found.values()
    return parts


def test_a_line_never_runs_over_a_missing_year_nor_over_a_break() -> None:
    runs = [[point.year for point in run] for run in stretches(JAMAICA)]
    assert runs == [[2005, 2006, 2007], [2010], [2011, 2012]]
    for part in line_parts(drawn(JAMAICA)):
        assert all(later - earlier == 1 for earlier, later in itertools.pairwise(part))
        assert not (min(part) < 2011 <= max(part))


@given(
    st.sets(st.integers(1990, 2020), min_size=1, max_size=25),
    st.sets(st.integers(1990, 2020), max_size=4),
)
def test_runs_hold_every_point_once_and_no_gap_or_break(years: set[int], breaks: set[int]) -> None:
    trend = Trend("X", [TrendPoint(year, 1) for year in years], breaks=sorted(breaks))
    runs = [[point.year for point in run] for run in stretches(trend)]
    assert [year for run in runs for year in run] == sorted(years)
    for run in runs:
        assert all(later - earlier == 1 for earlier, later in itertools.pairwise(run))
        assert not any(run[0] < year <= run[-1] for year in breaks)


def test_a_break_is_marked_by_a_broken_upright_rule_between_the_years_and_by_words() -> None:
    spec = drawn(JAMAICA)
    rules = [
        (layer["mark"].get("strokeDash"), row["year"], layer["encoding"]["x"])
        for layer in spec["layer"]
        if layer["mark"]["type"] == "rule"
        for row in layer["data"]["values"]
        if row.get("begins") == 2011
    ]
    assert len(rules) == 1
    dash, place, years = rules[0]
    assert dash and place == 2010.5 and years == channel(spec, "line", "x")
    assert "break in series" in texts(spec)
    assert "Jamaica: break in series" in texts(statistics_charts()["trends"])


def test_a_line_to_or_from_what_was_filled_in_is_broken() -> None:
    spec = drawn(TRINIDAD)
    assert all("strokeDash" in layer["mark"] for layer in spec["layer"] if layer["mark"]["type"] == "line")
    assert line_parts(spec) == [[2005, 2006, 2007, 2008]]


def test_every_point_is_drawn_with_the_value_given() -> None:
    given_points = [(p.year, p.value, p.status) for trend in (JAMAICA, TRINIDAD) for p in trend.points]
    found = [
        (row["year"], row["value"], row["status"]) for row in rows(statistics_charts()["trends"], "point", "status")
    ]
    assert sorted(found) == sorted(given_points)


def test_each_status_has_a_mark_of_its_own_and_a_word_in_the_key() -> None:
    marks = [repr(sorted(status_mark(status, "square", 44, "#000000").items(), key=str)) for status in STATUSES]
    assert len(set(marks)) == len(STATUSES)
    assert {"observed", "provisional", "interpolated", "carried forward", "imputed"} <= set(
        texts(statistics_charts()["trends"])
    )


def test_plain_observations_need_no_key() -> None:
    assert "observed" not in texts(drawn(Trend("X", [TrendPoint(2000, 1), TrendPoint(2001, 2)])))


def test_bounds_are_a_band_along_a_line_and_whiskers_where_a_point_stands_alone() -> None:
    spec = drawn(JAMAICA)
    assert [(row["year"], row["low"], row["high"]) for row in rows(spec, "area", "low")] == [
        (2005, 58.2, 63.9),
        (2006, 46.0, 51.3),
        (2011, 37.6, 42.5),
        (2012, 36.5, 41.2),
    ]
    assert [(row["year"], row["high"]) for row in rows(spec, "rule", "low")] == [(2010, 54.2)]
    assert sorted(row["bound"] for row in rows(spec, "tick", "bound")) == [49.0, 54.2]


def test_the_axis_begins_at_zero_and_holds_the_bounds() -> None:
    for layer in statistics_charts()["trends"]["layer"]:
        y = layer["encoding"].get("y", {})
        if y.get("scale"):
            assert y["scale"]["domain"][0] == 0 and y["scale"]["zero"] is True and y["axis"]["values"][0] == 0
            assert y["scale"]["domain"][1] >= 63.9


@given(
    st.lists(st.floats(0, 100), min_size=1, max_size=6),
    st.sampled_from([360, 720, 1280]),
    st.sampled_from(["en", "ar"]),
)
def test_labels_at_the_ends_of_lines_never_overlap(ends: list[float], width: int, code: str) -> None:
    trends = [
        Trend("Venezuela (Bolivarian Republic of)" if n % 2 else "Peru", [TrendPoint(2000, 1), TrendPoint(2001, end)])
        for n, end in enumerate(ends)
    ]
    spec = drawn(*trends, width=width, language=language(code))
    places = sorted(
        row["y"]
        for layer in spec["layer"]
        if layer["mark"].get("fontWeight") == "bold"
        for row in layer["data"]["values"]
    )
    assert len(places) >= len(ends)
    assert all(later - earlier >= LABEL_LINE - 1e-6 for earlier, later in itertools.pairwise(places))
    assert places[0] > -LABEL_LINE and places[-1] < spec["height"] + LABEL_LINE


def test_a_line_that_ends_early_says_in_which_year() -> None:
    assert "Trinidad and Tobago\u00a041.6 (2008)" in " ".join(texts(statistics_charts(width=1280)["trends"]))


def test_the_description_tells_values_gaps_and_breaks() -> None:
    words = charts.describe_trends([JAMAICA], unit="Rate", language=language("en"))
    assert words == (
        "Rate. Jamaica – 2005: 61.0; 2012: 38.8; no data: 2008–2009; break in series: 2011; "
        "not observed but filled in: 1."
    )


def test_years_are_told_as_single_ones_and_spans() -> None:
    assert year_spans([2001, 2003, 2004, 2005], language("en")) == "2001, 2003–2005"


@pytest.mark.parametrize(
    ("value", "low", "high"), [(-1, None, None), (5, 6, 7), (5, 1, 4), (float("nan"), None, None), (1, -1, 2)]
)
def test_a_value_outside_its_bounds_or_below_zero_is_refused(value: float, low: Any, high: Any) -> None:
    with pytest.raises(ValueError, match="outside its bounds"):
        TrendPoint(2000, value, low, high)


def test_two_points_in_a_year_are_refused() -> None:
    with pytest.raises(ValueError, match="more than one point"):
        Trend("X", [TrendPoint(2000, 1), TrendPoint(2000, 2)])


def test_more_series_than_shapes_are_refused() -> None:
    with pytest.raises(ValueError, match="at most 6"):
        drawn(*[Trend(str(n), [TrendPoint(2000, 1)]) for n in range(7)])


def test_a_level_is_a_broken_rule_from_its_year_on_with_its_label_in_the_key() -> None:
    level = charts.Level(75.0, "baseline of 2006: 75", 2006)
    plain, spec = drawn(JAMAICA), drawn(JAMAICA, level=level)
    assert "baseline of 2006: 75" in texts(spec) and "baseline of 2006: 75" not in texts(plain)
    [rule] = [
        layer
        for layer in spec["layer"]
        if layer["mark"]["type"] == "rule" and layer["data"]["values"] == [{"level": 75.0}]
    ]
    assert rule["mark"]["strokeDash"]
    assert rule["encoding"]["y"] == rule["encoding"]["y2"]
    assert 0 < rule["encoding"]["x"]["value"] < rule["encoding"]["x2"]["value"]
    assert "baseline of 2006: 75: 75" in spec["description"]


def test_a_level_above_all_points_is_within_the_chart() -> None:
    spec = drawn(JAMAICA, level=charts.Level(500.0, "baseline", 2005))
    [rule] = [layer for layer in spec["layer"] if layer["data"]["values"] == [{"level": 500.0}]]
    assert rule["encoding"]["y"]["value"] >= 0


def test_a_level_is_no_negative_number() -> None:
    with pytest.raises(ValueError):
        charts.Level(-1.0, "baseline", 2005)
