import itertools
import json
from datetime import date
from typing import Any

import pytest
from chart_examples import boxes, channel, rows, statistics_charts, texts

from comity.charts import specifications as charts
from comity.charts.languages import language
from comity.charts.specifications import Bar, Kind, Line, Trend
from comity.charts.theme import SMALL_SIZE, tokens

KINDS = [
    Kind("party", "Party", "party"),
    Kind("signatory", "Signatory only", "signatory"),
    Kind("not", "Not party", "not-party"),
]
GROUPS = [
    Bar("African States", {"party": 48, "signatory": 3, "not": 3}),
    Bar("Eastern European States", {"party": 22, "signatory": 1}),
]
LINES = [
    Line(
        "Organized Crime Convention",
        [(date(2001, 3, 2), 1), (date(2003, 7, 1), 40), (date(2012, 12, 20), 173)],
        "UNTOC",
    ),
    Line("Firearms Protocol", [(date(2002, 5, 1), 2), (date(2012, 12, 20), 98)], "FP"),
]


def drawn_charts(code: str = "en", width: float = 720) -> dict[str, dict[str, Any]]:
    """One of every kind of chart."""
    words = language(code)
    return {
        "lines": charts.cumulative_lines(
            LINES,
            title="Parties over time",
            unit="Parties",
            language=words,
            width=width,
            begin=date(2000, 1, 1),
            until=date(2026, 1, 1),
            complete_through=date(2014, 7, 10),
            complete_label="complete to 10 July 2014",
        ),
        "shares": charts.stacked_share_bars(
            GROUPS, KINDS, title="By group", language=words, width=width, total_label="States"
        ),
        "columns": charts.columns(
            {2001: 6, 2002: 22, 2004: 38},
            title="A year",
            unit="Consents",
            language=words,
            width=width,
            incomplete={2005: "complete to 10 July 2005"},
        ),
        "map": charts.choropleth(
            {"004": "party", "364": "signatory", "520": "not", "EU": "party"},
            KINDS,
            title="A map",
            no_data_label="No record held",
            language=words,
            width=width,
        ),
        **statistics_charts(code, width),
    }


def sizes(node: Any) -> list[float]:
    if isinstance(node, dict):
        own = [value for key, value in node.items() if key in ("fontSize", "labelFontSize")]
        return own + [size for value in node.values() for size in sizes(value)]
    return [size for value in node for size in sizes(value)] if isinstance(node, list | tuple) else []


@pytest.mark.parametrize("name", drawn_charts())
@pytest.mark.parametrize("width", [360, 720, 1280])
def test_a_chart_is_exactly_as_wide_as_asked(name: str, width: int) -> None:
    spec = drawn_charts(width=width)[name]
    assert spec["width"] + spec["padding"]["left"] + spec["padding"]["right"] == pytest.approx(width, abs=2)


@pytest.mark.parametrize("name", drawn_charts())
@pytest.mark.parametrize("width", [360, 1280])
def test_no_text_of_a_chart_is_smaller_than_eleven_pixels(name: str, width: int) -> None:
    assert min(sizes(drawn_charts(width=width)[name])) >= SMALL_SIZE == 11


@pytest.mark.parametrize("name", drawn_charts())
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("code", ["en", "ar"])
def test_no_text_of_a_chart_is_cut_or_covered_by_another(name: str, width: int, code: str) -> None:
    spec = drawn_charts(code, width)[name]
    margins, found = spec["padding"], boxes(spec)
    wide, high = (
        spec["width"] + margins["left"] + margins["right"],
        spec["height"] + margins["top"] + margins["bottom"],
    )
    assert found
    assert not [box for box in found if box.left < -1 or box.right > wide + 1 or box.top < -1 or box.bottom > high + 1]
    assert not [(one.text, other.text) for one, other in itertools.combinations(found, 2) if one.covers(other)]


@pytest.mark.parametrize("name", drawn_charts())
def test_a_chart_is_plain_data_and_the_same_each_time(name: str) -> None:
    assert json.dumps(drawn_charts()[name]) == json.dumps(drawn_charts()[name])


def test_columns_start_at_zero_with_whole_ticks() -> None:
    bars = [layer for layer in drawn_charts()["columns"]["layer"] if layer["mark"]["type"] == "bar"]
    assert bars
    for bar in bars:
        scale, axis = bar["encoding"]["y"]["scale"], bar["encoding"]["y"]["axis"]
        assert scale["domain"][0] == 0 and scale["zero"] is True and axis["values"][0] == 0


def parts(spec: dict[str, Any]) -> list[tuple[str, str, int]]:
    return [(row["label"], row["kind"], row["value"]) for row in rows(spec, "bar", "kind")]


def test_parts_of_bars_are_their_counts_in_the_order_of_the_kinds_as_shares_of_the_whole() -> None:
    spec = drawn_charts()["shares"]
    assert parts(spec) == [
        ("African States", "party", 48),
        ("African States", "signatory", 3),
        ("African States", "not", 3),
        ("Eastern European States", "party", 22),
        ("Eastern European States", "signatory", 1),
    ]
    x = channel(spec, "bar", "x")
    assert (x["field"], x["stack"]) == ("value", "normalize") and channel(spec, "bar", "order")["field"] == "order"
    colours = channel(spec, "bar", "color")["scale"]
    assert colours == {"domain": [k.key for k in KINDS], "range": [tokens()[k.token].light for k in KINDS]}


def test_bars_stand_in_the_order_given_with_their_totals_behind_them() -> None:
    spec = drawn_charts()["shares"]
    first, second = {row["row"] for row in rows(spec, "bar", "kind")}
    written = {row["row"]: row["text"] for row in rows(spec, "text", "row") if row["text"] in ("54", "23")}
    assert first < second and written == {first: "54", second: "23"}


@pytest.mark.parametrize(("code", "mirrored"), [("en", False), ("ar", True)])
def test_bars_run_in_the_direction_of_writing(code: str, mirrored: bool) -> None:
    begin, end = channel(drawn_charts(code)["shares"], "bar", "x")["scale"]["range"]
    assert (begin > end) is mirrored


def test_a_count_is_written_where_its_part_is_wide_enough() -> None:
    bars = [Bar("A", {"party": 1000, "signatory": 1, "not": 30})]
    spec = charts.stacked_share_bars(bars, KINDS, title="T", language=language("en"), width=720)
    assert [row["text"] for row in rows(spec, "text", "kind")] == ["1,000", "", "30"]


@pytest.mark.parametrize("width", [360, 1280])
def test_a_long_name_makes_its_row_higher_and_covers_no_other(width: int) -> None:
    name = "States of a region whose official name is long enough to be written in four or five lines or even more"
    bars = [Bar(f"{name}, {number}", {"party": 1}) for number in range(3)]
    found = boxes(charts.stacked_share_bars(bars, KINDS, title="T", language=language("en"), width=width))
    assert not [(one, other) for one, other in itertools.combinations(found, 2) if one.covers(other)]


def test_columns_are_the_counts_of_their_years_and_a_year_between_without_one_counts_none() -> None:
    spec = drawn_charts()["columns"]
    given = [(2001, 6), (2002, 22), (2003, 0), (2004, 38), (2005, 0)]
    assert [(row["year"], row["value"]) for row in rows(spec, "bar", "value")] == given
    assert channel(spec, "bar", "x")["scale"]["domain"] == [year for year, _value in given]
    assert {(row["year"], row["text"]) for row in rows(spec, "text", "year")} == {
        (2001, "6"),
        (2002, "22"),
        (2004, "38"),
    }


def test_lines_end_where_the_register_does_and_are_labelled_there() -> None:
    spec = drawn_charts()["lines"]
    steps = [layer for layer in spec["layer"] if layer["mark"].get("interpolate") == "step-after"]
    assert [layer["data"]["values"][-1] for layer in steps] == [
        {"on": "2014-07-10", "value": 173},
        {"on": "2014-07-10", "value": 98},
    ]
    assert steps[0]["encoding"]["x"]["scale"]["domain"] == ["2000-01-01", "2014-07-10"]
    assert "complete to 10 July 2014" in texts(spec)
    assert "Firearms Protocol\u00a098" in texts(spec)


def test_a_narrow_chart_of_lines_uses_the_short_labels() -> None:
    assert "FP\u00a098" in texts(drawn_charts(width=360)["lines"])


def test_a_withdrawal_lowers_a_line() -> None:
    line = Line("X", [(date(2001, 1, 5), 2), (date(2002, 1, 5), 1)])
    spec = charts.cumulative_lines(
        [line],
        title="T",
        unit="Parties",
        language=language("en"),
        width=720,
        begin=date(2002, 6, 1),
        until=date(2004, 1, 1),
    )
    step = next(layer for layer in spec["layer"] if layer["mark"].get("interpolate"))
    assert {row["value"] for row in step["data"]["values"]} == {1}


def test_a_year_that_the_register_does_not_cover_whole_is_hatched_and_says_why() -> None:
    spec = drawn_charts()["columns"]
    hatched = [layer for layer in spec["layer"] if layer["mark"].get("color") == tokens()["no-data"].light]
    assert [row["year"] for layer in hatched for row in layer["data"]["values"]] == [2005]
    assert "complete to 10 July 2005" in texts(spec)


@pytest.mark.parametrize(
    ("name", "held"),
    [
        ("lines", ["Organized Crime Convention: 173", "Firearms Protocol: 98", "2014-07-10"]),
        ("shares", ["African States (54)", "Party: 48", "Signatory only: 3", "Eastern European States (23)"]),
        ("columns", ["2001: 6", "2004: 38"]),
        ("map", ["Party: 2", "Signatory only: 1", "Not party: 1"]),
        ("trends", ["Jamaica – 2005: 61.0; 2012: 38.8", "break in series: 2011"]),
        ("ranking", ["Montserrat: 19.9", "median: 25.2", "few cases: 1"]),
        ("regions", ["Europe – 3.0 (2.9–3.1)", "62 per cent observed", "World: 6.1"]),
        ("rates", ["areas: 9", "Jamaica: 57.0", "areas by class"]),
        ("multiples", ["Jamaica, 2012: 38.8"]),
        ("flows", ["from Nigeria to Italy: 9,200", "corridors: 6"]),
        ("flow map", ["Detected victims: 13,970", "Not drawn: 2"]),
    ],
)
@pytest.mark.parametrize("width", [360, 1280])
def test_the_description_holds_the_numbers(name: str, held: list[str], width: int) -> None:
    description = drawn_charts(width=width)[name]["description"]
    assert all(words in description for words in held), description


def test_a_map_bears_the_notice_on_boundaries() -> None:
    words = " ".join(texts(drawn_charts()["map"]))
    assert "imply no endorsement or acceptance by the United Nations" in words
    assert "resolution 1244 (1999)" in words


def test_a_small_state_with_a_class_is_a_circle_in_its_colour() -> None:
    circles = [layer for layer in drawn_charts()["map"]["layer"] if layer["mark"]["type"] == "circle"]
    assert [(layer["mark"]["color"], [row["code"] for row in layer["data"]["values"]]) for layer in circles] == [
        (tokens()["not-party"].light, ["520"])
    ]


def test_a_class_without_a_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="observer"):
        charts.choropleth({"004": "observer"}, KINDS, title="", no_data_label="", language=language("en"), width=720)


STATISTICS = ["trend_lines", "ranking", "bars_with_intervals", "small_multiples", "rates_map", "flows", "flow_map"]


@pytest.mark.parametrize("make", ["cumulative_lines", "stacked_share_bars", "columns", *STATISTICS])
def test_a_chart_of_nothing_is_refused(make: str) -> None:
    common: dict[str, Any] = {"title": "", "language": language("en"), "width": 720}
    span = {"begin": date(2000, 1, 1), "until": date(2001, 1, 1)}
    calls = {
        "cumulative_lines": lambda: charts.cumulative_lines([], unit="", **span, **common),
        "stacked_share_bars": lambda: charts.stacked_share_bars([], KINDS, **common),
        "columns": lambda: charts.columns({}, unit="", **common),
        "trend_lines": lambda: charts.trend_lines([Trend("X", [])], unit="", **common),
        "ranking": lambda: charts.ranking([], unit="", **common),
        "bars_with_intervals": lambda: charts.bars_with_intervals([], unit="", **common),
        "small_multiples": lambda: charts.small_multiples([], unit="", **common),
        "rates_map": lambda: charts.rates_map({}, unit="", no_data_label="", **common),
        "flows": lambda: charts.flows(
            [], {}, unit="", origins_label="", destinations_label="", others_label="", **common
        ),
        "flow_map": lambda: charts.flow_map([], {}, unit="", **common),
    }
    with pytest.raises(ValueError, match="at least one"):
        calls[make]()
