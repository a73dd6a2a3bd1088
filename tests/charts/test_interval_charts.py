from itertools import combinations, pairwise

import pytest
from chart_examples import AREAS, boxes, channel, rows, statistics_charts, texts
from lxml import etree

from comity.charts import drawing
from comity.charts import specifications as charts
from comity.charts.languages import language
from comity.charts.specifications import Estimate
from comity.charts.theme import tokens


@pytest.mark.parametrize("code", ["en", "ar"])
def test_dots_stand_at_their_values_over_an_axis_from_zero_highest_first(code: str) -> None:
    spec = statistics_charts(code)["ranking"]
    dots = rows(spec, "point", "label")
    assert [(row["row"], row["value"]) for row in dots if "end" not in row] == [
        (0.5, 56.3),
        (1.5, 30.5),
        (2.5, 19.9),
        (3.5, 5.8),
    ]
    scale = channel(spec, "point", "x")["scale"]
    assert scale["domain"] == [0, 60] and (scale["range"][0] > scale["range"][1]) is (code == "ar")
    assert [row["value"] for row in rows(spec, "rule", "text")] == [0, 10, 20, 30, 40, 50, 60]


def test_rows_are_as_high_as_their_names_need_and_follow_one_another() -> None:
    scale = channel(statistics_charts(width=360)["ranking"], "point", "y")["scale"]
    heights = [end - begin for begin, end in pairwise(scale["range"])]
    assert scale["domain"] == [0, 1, 2, 3, 4] and scale["range"][0] == 0
    assert heights == [37, 22, 22, 22]


def test_whiskers_reach_from_low_to_high_and_end_in_an_arrow_beyond_the_axis() -> None:
    spec = statistics_charts()["ranking"]
    spans = [(row["low"], row["reach"], row["high"]) for row in rows(spec, "rule", "low")]
    assert spans == [(55.5, 57.2, 57.2), (0.3, 60, 110.9), (5.5, 6.2, 6.2)]
    assert [row["bound"] for row in rows(spec, "tick", "bound")] == [55.5, 57.2, 0.3, 5.5, 6.2]
    assert [(row["label"], row["end"]) for row in rows(spec, "point", "end")] == [("Montserrat", 60)]
    assert "An arrow: the interval goes on beyond the axis." in texts(spec)


def test_a_value_that_rests_on_few_cases_is_hollow_and_marked() -> None:
    spec = statistics_charts()["ranking"]
    fill = channel(spec, "point", "fill")
    assert fill["condition"] == {"test": "datum.low_count", "value": tokens()["paper"].light}
    assert {row["label"] for row in rows(spec, "point", "low_count") if row["low_count"]} == {"Montserrat"}
    assert texts(spec).count("*") == 1 and "* fewer than 20 victims counted" in texts(spec)


def test_the_reference_stands_at_its_value_with_its_words() -> None:
    spec = statistics_charts()["regions"]
    assert [row for row in rows(spec, "rule", "label") if "low" not in row] == [{"label": "World", "value": 6.1}]
    assert "World\u00a06.1" in texts(spec)


@pytest.mark.parametrize("code", ["en", "ar"])
@pytest.mark.parametrize("width", [360, 1280])
def test_bars_of_regions_are_their_values_from_zero_in_the_order_given(code: str, width: int) -> None:
    spec = statistics_charts(code, width)["regions"]
    bars = [(row["row"], row["label"], row["value"]) for row in rows(spec, "bar", "value")]
    assert bars == [(0.5, "Latin America and the Caribbean", 21.5), (1.5, "Asia", 2.9), (2.5, "Europe", 3.0)]
    x = channel(spec, "bar", "x")
    begin, end = x["scale"]["range"]
    assert (x["field"] == "value" and x["scale"]["domain"] == [0, 25]) or width == 360
    assert x["scale"]["domain"][0] == 0 and (begin > end) is (code == "ar")


def test_bars_are_drawn_as_long_as_their_values() -> None:
    root = etree.fromstring(drawing.draw_svg(statistics_charts()["regions"]).encode())
    shapes = [path.get("d", "") for path in root.iter("{*}path") if path.get("class") == "cf-class-3"]
    lengths = [float(shape.split("h")[1].split("v")[0]) for shape in shapes]
    assert [length / lengths[0] for length in lengths] == pytest.approx([1, 2.9 / 21.5, 3.0 / 21.5], abs=0.001)


def test_the_observed_share_stands_below_each_region_and_is_never_rounded_up_to_the_whole() -> None:
    spec = statistics_charts()["regions"]
    assert [text for text in texts(spec) if "observed" in text] == [
        "93 per cent observed",
        "62 per cent observed",
        "99 per cent observed",
    ]
    names = {box.text: box.top for box in boxes(spec)}
    assert names["Asia"] < names["62 per cent observed"] < names["Europe"]


@pytest.mark.parametrize("width", [360, 1280])
def test_rows_of_forty_areas_do_not_overlap(width: int) -> None:
    areas = [Estimate(f"Area {number} (of a long and official name)", number) for number in range(40)]
    found = boxes(charts.ranking(areas, title="T", unit="U", language=language("en"), width=width))
    assert len(found) > 80
    assert not [(one.text, other.text) for one, other in combinations(found, 2) if one.covers(other)]


def test_the_description_of_a_ranking_tells_the_ends_the_middle_and_the_reference() -> None:
    areas = [Estimate(f"A{number}", number) for number in range(1, 10)]
    words = charts.describe_estimates(areas, unit="Rate", language=language("en"))
    assert words == (
        "Rate. areas: 9. highest – A9: 9.0; A8: 8.0; A7: 7.0. lowest – A3: 3.0; A2: 2.0; A1: 1.0. median: 5.0."
    )
    assert "Asia – 2.9 (2.4–3.8); 62 per cent observed" in statistics_charts()["regions"]["description"]


def test_a_share_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="outside 0 to 1"):
        Estimate("Asia", 2.9, observed_share=62)


def test_values_in_the_column_are_those_given() -> None:
    written = texts(statistics_charts()["ranking"])
    assert all(language("en").number(estimate.value, 1) in written for estimate in AREAS)
