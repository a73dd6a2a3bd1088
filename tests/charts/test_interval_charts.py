from itertools import pairwise
from typing import Any

import pytest
from chart_examples import AREAS, rows, statistics_charts, texts

from comity.charts import specifications as charts
from comity.charts.languages import language
from comity.charts.specifications import Estimate, Reference
from comity.charts.theme import tokens


def ticks(spec: dict[str, Any]) -> dict[float, float]:
    """Place of each tick by its value."""
    return {row["value"]: row["x"] for row in rows(spec, "rule", "value") if row["x"] == row["x2"]}


@pytest.mark.parametrize("code", ["en", "ar"])
def test_dots_stand_at_their_values_over_an_axis_from_zero_highest_first(code: str) -> None:
    spec = statistics_charts(code)["ranking"]
    dots = sorted(rows(spec, "point", "value"), key=lambda row: row["y"])
    assert [row["value"] for row in dots] == [56.3, 30.5, 19.9, 5.8]
    zero = ticks(spec)[0]
    scale = {round((row["x"] - zero) / row["value"], 6) for row in dots}
    assert len(scale) == 1
    assert (scale.pop() < 0) is (code == "ar")


def test_whiskers_reach_from_low_to_high_and_end_in_an_arrow_beyond_the_axis() -> None:
    spec = statistics_charts()["ranking"]
    places, spans = ticks(spec), rows(spec, "rule", "low")
    per_unit = (places[20] - places[0]) / 20
    for row in spans:
        assert row["x"] == pytest.approx(places[0] + row["low"] * per_unit)
        if row["high"] < 60:
            assert row["x2"] == pytest.approx(places[0] + row["high"] * per_unit)
    assert {(row["low"], row["high"]) for row in spans} == {(5.5, 6.2), (55.5, 57.2), (0.3, 110.9)}
    assert max(row["x2"] for row in spans) <= max(places.values()) + 1e-9
    assert len(rows(spec, "point", "path")) == 1 and "An arrow: the interval goes on beyond the axis." in texts(spec)


def test_a_value_that_rests_on_few_cases_is_hollow_and_marked() -> None:
    spec = statistics_charts()["ranking"]
    hollow = [
        row["value"]
        for layer in spec["layer"]
        if layer["mark"].get("fill") == tokens()["paper"].light and layer["mark"]["type"] == "point"
        for row in layer["data"]["values"]
    ]
    assert hollow == [19.9]
    assert texts(spec).count("*") == 1 and "* fewer than 20 victims counted" in texts(spec)


def test_the_reference_stands_at_its_value_with_its_words() -> None:
    spec = statistics_charts()["ranking"]
    places = ticks(spec)
    assert places[6.1] == pytest.approx(places[0] + (places[20] - places[0]) / 20 * 6.1)
    assert "World\u00a06.1" in texts(spec)


@pytest.mark.parametrize("code", ["en", "ar"])
@pytest.mark.parametrize("width", [360, 1280])
def test_bars_of_regions_are_as_long_as_their_values_from_zero(code: str, width: int) -> None:
    spec = statistics_charts(code, width)["regions"]
    bars = rows(spec, "rect", "value")
    assert [row["value"] for row in bars] == [21.5, 2.9, 3.0]
    assert len({round((row["x2"] - row["x"]) / row["value"], 6) for row in bars}) == 1
    assert {row["x2" if code == "ar" else "x"] for row in bars} == {ticks(spec)[0]}


def test_the_observed_share_stands_below_each_region_and_is_never_rounded_up_to_the_whole() -> None:
    spec = statistics_charts()["regions"]
    assert [text for text in texts(spec) if "observed" in text] == [
        "93 per cent observed",
        "62 per cent observed",
        "99 per cent observed",
    ]
    names = {row["text"]: row["y"] for row in rows(spec, "text", "text")}
    assert names["Asia"] < names["62 per cent observed"] < names["Europe"]


def test_rows_of_forty_areas_do_not_overlap() -> None:
    areas = [Estimate(f"Area {number} (of a long and official name)", number) for number in range(40)]
    spec = charts.ranking(areas, title="T", unit="U", language=language("en"), width=360)
    names = sorted(
        row["y"]
        for layer in spec["layer"]
        if layer["mark"].get("align") == "right" and "fontWeight" not in layer["mark"]
        for row in layer["data"]["values"]
    )
    assert len(names) >= 80 and min(later - earlier for earlier, later in pairwise(names)) >= 15


def test_the_description_of_a_ranking_tells_the_ends_the_middle_and_the_reference() -> None:
    areas = [Estimate(f"A{number}", number) for number in range(1, 10)]
    words = charts.describe_estimates(areas, unit="Rate", language=language("en"), reference=Reference(6.1, "World"))
    assert words == (
        "Rate. areas: 9. highest – A9: 9.0; A8: 8.0; A7: 7.0. lowest – A3: 3.0; A2: 2.0; A1: 1.0. median: 5.0. "
        "World: 6.1."
    )
    assert "Asia – 2.9 (2.4–3.8); 62 per cent observed" in statistics_charts()["regions"]["description"]


def test_a_share_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="outside 0 to 1"):
        Estimate("Asia", 2.9, observed_share=62)


def test_values_in_the_column_are_those_given() -> None:
    written = texts(statistics_charts()["ranking"])
    assert all(language("en").number(estimate.value, 1) in written for estimate in AREAS)
