from typing import Any

import pytest
from chart_examples import RATES, statistics_charts, texts
from hypothesis import given
from hypothesis import strategies as st

from comity.charts import specifications as charts
from comity.charts.cartography.rates import class_labels, class_of, quantile_limits
from comity.charts.languages import language
from comity.charts.theme import tokens

VALUES = st.lists(st.floats(0, 200), min_size=1, max_size=60)


def fills(spec: dict[str, Any]) -> dict[str, str]:
    shapes = next(layer for layer in spec["layer"] if layer["data"].get("format"))
    areas = shapes["data"]["values"]["objects"]["areas"]["geometries"]
    return {area["id"]: area["properties"]["fill"] for area in areas}


def test_quantiles_put_as_many_areas_in_each_class() -> None:
    limits = quantile_limits(list(range(1, 101)), 0)
    assert limits == [21, 41, 60, 80]
    counts = [sum(class_of(value, limits, 0) == number for value in range(1, 101)) for number in range(5)]
    assert all(19 <= count <= 21 for count in counts)


@given(VALUES)
def test_every_value_lies_within_what_the_key_prints_for_its_class(values: list[float]) -> None:
    limits = quantile_limits(values)
    labels = class_labels(values, limits, language("en"))
    assert len(labels) == len(limits) + 1 <= 5
    for value in values:
        low, _, high = labels[class_of(value, limits)].partition("–")
        assert float(low) <= round(value, 1) <= float(high or low)


@given(VALUES)
def test_printed_classes_do_not_overlap(values: list[float]) -> None:
    labels = class_labels(values, quantile_limits(values), language("en"))
    ends = [float(part) for label in labels for part in (label.split("–") * 2)[:2]]
    assert ends == sorted(ends)
    assert all(ends[2 * n + 1] < ends[2 * n + 2] for n in range(len(labels) - 1))


def test_given_limits_are_the_first_values_of_the_next_classes() -> None:
    assert [class_of(value, [1, 5, 10]) for value in (0.94, 0.96, 4.9, 5.0, 30)] == [0, 1, 1, 2, 3]
    assert class_labels([2, 8], [1, 5, 10], language("en")) == ["0.0–0.9", "1.0–4.9", "5.0–9.9", "10.0 or more"]
    assert class_labels([0.4, 31.25], [1, 5, 10], language("fr"))[-1] == "10,0–31,2"


def test_the_key_counts_the_areas_of_each_class_and_what_has_no_data_is_hatched() -> None:
    spec = charts.rates_map(
        RATES, title="T", unit="U", no_data_label="No data", language=language("en"), width=720, limits=[1, 5, 20]
    )
    assert [text for text in texts(spec) if "(" in text and "–" in text] == [
        "0.2–0.9 (3)",
        "1.0–4.9 (2)",
        "5.0–19.9 (1)",
        "20.0–57.0 (3)",
    ]
    found = fills(spec)
    assert found["076"] == tokens()["class-5"].light and found["392"] == tokens()["class-1"].light
    assert found["356"] == tokens()["no-data"].light and "No data" in texts(spec)


def test_a_map_of_rates_bears_the_notice() -> None:
    assert "imply no endorsement or acceptance by the United Nations" in " ".join(texts(statistics_charts()["rates"]))


def test_an_area_without_a_rate_never_takes_that_of_another() -> None:
    spec = statistics_charts()["rates"]
    assert "156" in RATES and "344" not in RATES
    assert fills(spec)["344"] != fills(spec)["156"]


def test_the_description_tells_how_many_areas_the_middle_and_the_ends() -> None:
    words = statistics_charts()["rates"]["description"]
    assert "areas: 9." in words and "median: 1.8." in words and "France" not in words and "Jamaica: 57.0" in words


@pytest.mark.parametrize("limits", [[5, 1], [1, 1], [1, 2, 3, 4, 5]])
def test_limits_that_do_not_rise_or_are_too_many_are_refused(limits: list[float]) -> None:
    with pytest.raises(ValueError, match="rise"):
        charts.rates_map(RATES, title="", unit="", no_data_label="", language=language("en"), width=720, limits=limits)


@pytest.mark.parametrize("values", [{}, {"076": float("inf")}])
def test_a_map_without_values_or_with_one_that_is_no_number_is_refused(values: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"at least one|finite"):
        charts.rates_map(values, title="", unit="", no_data_label="", language=language("en"), width=720)
