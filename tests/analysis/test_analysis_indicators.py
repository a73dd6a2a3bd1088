"""Indicators by their formulas, and each reason for which there is no value."""

from datetime import date

import pytest
from examples.indicators import found, people, person
from examples.statistics import observation
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from comity.analysis.indicators.declared import declared, read_indicators
from comity.analysis.indicators.figures import IndicatorValue, compute, indicator_figure
from comity.analysis.indicators.formulas import Outcome, printed, split_in
from comity.areas.gazetteer import Succession
from comity.evidence.errors import BadInput, UnknownName
from comity.observations.observation import PER_100000, PERCENT, Observation

RATE = declared()["homicide-rate"]
SUDAN = (
    Succession("736", "728", date(2011, 7, 9), "separation", False, ""),
    Succession("736", "729", date(2011, 7, 9), "continuation", False, ""),
)


def rate(one: Observation, *populations: Observation) -> Outcome:
    """The one outcome of the homicide rate."""
    (value,) = compute(RATE, found(one), people(*populations))
    return value.outcome


def test_rate_is_count_by_population_of_the_same_year() -> None:
    outcome = rate(observation(value=50108.0), person(value=198_656_019.0), person(period="2011", value=1.0))
    assert outcome.value == 50108 / 198_656_019 * 100_000
    assert (outcome.printed, outcome.count, outcome.population) == ("25.2", 50108, 198_656_019)
    assert (outcome.flags, outcome.status, outcome.reason) == ((), "A", "")


def test_bounds_of_a_rate_are_the_exact_poisson_ones() -> None:
    outcome = rate(observation(value=7.0), person(value=250_000.0))
    assert outcome.low == pytest.approx(stats.chi2.ppf(0.025, 14) / 2 / 2.5, rel=1e-9)
    assert outcome.high == pytest.approx(stats.chi2.ppf(0.975, 16) / 2 / 2.5, rel=1e-9)


def test_the_denominator_is_named_with_release_and_year() -> None:
    (value,) = compute(RATE, found(observation()), people(person()))
    assert value.denominator == "Made by hand: population (population@2026-03-31), 2012"
    assert [one.release.dataset for one in value.inputs] == ["homicide", "population"]


REASONS = [
    ("denominator-missing", observation(), [person("250")]),
    ("denominator-of-another-year", observation(), [person(period="2008")]),
    ("denominator-of-another-year", observation(), [person(period="2009"), person(period="2015")]),
    ("zero-population", observation(), [person(value=0.0)]),
    ("negative", observation(value=-1.0), [person()]),
    ("above-ceiling", observation(value=2e6), [person()]),
    ("masked", observation(value=None, status="Q", text="<5"), [person()]),
    ("no-value", observation(value=None, status="O"), [person()]),
    ("no-value", observation(value=None, status="M", text="na"), [person()]),
    ("denominator-of-another-year", observation(period="2012-Q1"), [person()]),
    ("two-values", observation(), [person(value=1e6), person(value=2e6)]),
]


@pytest.mark.parametrize(("kind", "count", "populations"), REASONS)
def test_where_there_is_no_value_a_sentence_says_why(
    kind: str, count: Observation, populations: list[Observation]
) -> None:
    outcome = rate(count, *populations)
    assert (outcome.value, outcome.printed, outcome.reason_kind) == (None, "", kind)
    assert outcome.reason.endswith(".")
    assert outcome.inputs[0].indicator == "homicide-count"


def test_a_masked_count_bounds_the_rate() -> None:
    outcome = rate(observation(value=None, status="Q", text="<5"), person(value=200_000.0))
    assert (outcome.value, outcome.low, outcome.high) == (None, 0.0, 2.0)


def test_of_two_values_for_one_key_none_is_chosen() -> None:
    one, other = observation(value=5.0, repeat=1), observation(value=6.0, repeat=2)
    (value,) = compute(RATE, found(one, other), people(person()))
    assert (value.outcome.value, value.outcome.reason_kind) == (None, "two-values")
    assert len(value.inputs) == 2


def test_what_is_given_in_another_unit_is_no_input() -> None:
    rows = found(observation(value=57.0, unit="thousand victims"), observation(value=50_000.0))
    (value,) = compute(RATE, rows, people(person(value=2e8)))
    assert value.outcome.value == 25
    assert not compute(RATE, rows[:1], people(person(value=2e8)))


def test_a_value_that_is_repeated_alike_counts_once() -> None:
    one, other = observation(value=5.0, repeat=1), observation(value=5.0, repeat=2)
    (value,) = compute(RATE, found(one, other), people(person()))
    assert value.outcome.value == 0.5


def test_two_data_sets_give_two_values() -> None:
    both = [*found(observation(value=5.0)), *found(observation(value=6.0), dataset="other")]
    assert [(value.dataset, value.outcome.value) for value in compute(RATE, both, people(person()))] == [
        ("homicide", pytest.approx(0.5)),
        ("other", pytest.approx(0.6)),
    ]


@pytest.mark.parametrize(
    ("count", "population", "flags"),
    [
        (4.0, 100_000.0, ("low-count",)),
        (5.0, 99_999.0, ("small-population",)),
        (5.0, 100_000.0, ()),
        (0.0, 5_000.0, ("low-count", "small-population")),
    ],
)
def test_small_numbers_are_flagged(count: float, population: float, flags: tuple[str, ...]) -> None:
    assert rate(observation(value=count), person(value=population)).flags == flags


def test_a_break_is_carried_on() -> None:
    outcome = rate(observation(status="B"), person())
    assert (outcome.status, outcome.flags) == ("B", ("break",))


def test_an_estimate_in_the_place_of_a_count_has_no_interval_of_chance_and_is_flagged() -> None:
    outcome = rate(observation(value=64_201.0, status="E"), person(value=195_443_700.0))
    assert outcome.value == pytest.approx(32.8, abs=0.1)
    assert (outcome.low, outcome.high, outcome.status, outcome.flags) == (None, None, "E", ("estimate",))
    (value,) = compute(declared()["homicide-count"], found(observation(value=64_201.0, status="E")), [])
    assert (value.outcome.low, value.outcome.high, value.outcome.flags) == (None, None, ("estimate",))


def test_a_population_between_two_five_year_points_is_interpolated_and_says_so() -> None:
    male = declared()["homicide-rate-male"]
    points = [person(period="2010", value=100_000.0, sex="M"), person(period="2015", value=200_000.0, sex="M")]
    (value,) = compute(male, found(observation(value=14.0, sex="M")), people(*points))
    assert value.outcome.population == 140_000
    assert value.outcome.value == pytest.approx(10.0)
    assert (value.outcome.status, value.outcome.flags) == ("E", ("interpolated-denominator",))
    assert value.denominator.endswith(", 2012, interpolated linearly between 2010 and 2015")


def test_age_groups_of_the_population_add_up_to_the_group_of_the_count() -> None:
    indicator = declared()["homicide-rate-by-age"]
    groups = [person(value=100_000.0, sex="F", age=age) for age in ("Y10T14", "Y15T19", "Y20T24", "Y25T29", "Y30T34")]
    (value,) = compute(indicator, found(observation(value=9.0, sex="F", age="Y15T29")), people(*groups))
    assert (value.outcome.population, value.outcome.value) == (300_000, pytest.approx(3.0))


def test_a_total_that_is_not_held_is_the_sum_of_the_sexes_released_apart() -> None:
    held = [
        *people(person(value=60_000.0, sex="F"), dataset="population-by-age-female"),
        *people(person(value=40_000.0, sex="M"), dataset="population-by-age-male"),
    ]
    (value,) = compute(RATE, found(observation(value=10.0)), held)
    assert value.outcome.value == pytest.approx(10.0)


BANDS = ("Y_LT15", "Y15T29", "Y30T44", "Y45T59", "Y_GE60")


@given(st.floats(0.1, 200), st.lists(st.integers(1000, 10**7), min_size=5, max_size=5))
def test_a_standardized_rate_of_equal_rates_is_that_rate(of_each: float, sizes: list[int]) -> None:
    indicator = declared()["homicide-rate-standardized"]
    rows = [
        observation(value=of_each * size / 100_000, sex="M", age=age) for size, age in zip(sizes, BANDS, strict=True)
    ]
    held = [person(value=float(size), sex="M", age=age) for size, age in zip(sizes, BANDS, strict=True)]
    (value,) = compute(indicator, found(*rows), people(*held))
    assert value.outcome.value == pytest.approx(of_each)
    assert value.outcome.low is not None and value.outcome.high is not None
    assert value.outcome.low < of_each < value.outcome.high


def test_a_standardized_rate_weights_by_the_standard_population() -> None:
    indicator = declared()["homicide-rate-standardized"]
    rows = [observation(value=float(10 * number), sex="M", age=age) for number, age in enumerate(BANDS)]
    held = [person(value=100_000.0, sex="M", age=age) for age in BANDS]
    (value,) = compute(indicator, found(*rows), people(*held))
    weights = [26.15, 24.62, 21.35, 15.96, 11.955]
    expected = sum(10 * number * weight for number, weight in enumerate(weights)) / sum(weights)
    assert value.outcome.value == pytest.approx(expected)


def test_a_standardized_rate_needs_all_ages() -> None:
    indicator = declared()["homicide-rate-standardized"]
    rows = [observation(value=1.0, sex="M", age=age) for age in BANDS if age != "Y30T44"]
    (value,) = compute(indicator, found(*rows), people(person(sex="M")))
    assert value.outcome.reason_kind == "ages-incomplete"


def held(indicator: str, value: float, period: str = "2012", **more: object) -> Observation:
    return observation(value=value, period=period, indicator=indicator, iccs="", **more)


def test_a_share_of_a_full_count_has_no_interval_of_a_sample() -> None:
    rows = found(held("persons-held-unsentenced-count", 30.0), held("persons-held-count", 120.0))
    (value,) = compute(declared()["unsentenced-share"], rows)
    assert (value.outcome.value, value.outcome.printed) == (25.0, "25.0")
    assert (value.outcome.low, value.outcome.high) == (None, None)


@pytest.mark.parametrize(
    ("whole", "kind"),
    [
        (held("persons-held-count", 20.0), "above-ceiling"),
        (held("persons-held-count", 0.0), "zero-denominator"),
        (held("persons-held-count", 120.0, period="2011"), "denominator-of-another-year"),
        (held("prison-capacity-count", 120.0), "denominator-missing"),
    ],
)
def test_a_share_needs_a_whole_that_can_be(whole: Observation, kind: str) -> None:
    (value,) = compute(declared()["unsentenced-share"], found(held("persons-held-unsentenced-count", 30.0), whole))
    assert (value.outcome.value, value.outcome.reason_kind) == (None, kind)


def test_prisons_may_hold_more_than_they_have_places_for() -> None:
    rows = found(held("persons-held-count", 150.0), held("prison-capacity-count", 100.0))
    (value,) = compute(declared()["prison-occupancy"], rows)
    assert (value.outcome.value, value.outcome.low) == (150.0, None)


def test_attrition_is_measured_within_each_offence() -> None:
    rows = found(
        observation(value=30.0, indicator="persons-prosecuted-count", iccs="0401"),
        observation(value=120.0, indicator="recorded-offences-count", iccs="0401"),
        observation(value=8.0, indicator="persons-prosecuted-count", iccs="0101"),
    )
    values = compute(declared()["prosecuted-per-recorded"], rows)
    assert [(value.outcome.key.iccs, value.outcome.value, value.outcome.reason_kind) for value in values] == [
        ("0101", None, "denominator-missing"),
        ("0401", 25.0, ""),
    ]


def test_an_indicator_without_data_says_what_it_awaits() -> None:
    indicator = declared()["bribery-prevalence"]
    assert compute(indicator, found(observation())) == []
    assert indicator.awaits.startswith("No data set of this kind is held")


def test_a_state_that_split_in_the_year_has_no_value_and_its_parts_have() -> None:
    rows = found(observation("729", "2011"), observation("728", "2011"), observation("729", "2012"))
    populations = people(*(person(area, year) for area in ("728", "729") for year in ("2011", "2012")))
    kinds = {
        (value.outcome.key.area, value.outcome.key.period): value.outcome.reason_kind
        for value in compute(RATE, rows, populations, SUDAN)
    }
    assert kinds == {("728", "2011"): "", ("729", "2011"): "split", ("729", "2012"): ""}


def test_what_happens_on_new_years_day_divides_no_year() -> None:
    dissolution = Succession("200", "203", date(1993, 1, 1), "dissolution", False, "")
    assert split_in("200", "1993", [dissolution]) is None
    assert split_in("203", "1993", [dissolution]) is None


@given(st.integers(0, 10**6), st.integers(1, 10**9))
def test_the_method_gives_the_same_from_the_values_of_the_inputs_alone(count: int, size: int) -> None:
    (value,) = compute(RATE, found(observation(value=float(count))), people(person(value=float(size))))
    assert recomputed(value) == value.outcome.value


def recomputed(value: IndicatorValue) -> float | None:
    key = value.outcome.key
    inputs = [one.observation for one in value.inputs]
    return indicator_figure(
        inputs, indicator=value.indicator.code, area=key.area, period=key.period, dataset=value.dataset, detail=key.iccs
    )


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [(6.25, PER_100000, "6.3"), (6.0, PER_100000, "6.0"), (1234567.0, "victims", "1,234,567"), (0.05, PERCENT, "0.1")],
)
def test_printed_rounds_half_up(value: float, unit: str, text: str) -> None:
    assert printed(value, unit) == text


def test_the_indicators_of_the_goals_are_declared() -> None:
    goals = {indicator.sdg for indicator in declared().indicators.values()}
    assert {"16.1.1", "16.1.3", "16.2.2", "16.3.1", "16.3.2", "16.4.2", "16.5.1", "11.7.2"} <= goals


def test_each_indicator_has_a_title_in_each_language_and_says_which_are_unreviewed() -> None:
    for indicator in declared().indicators.values():
        assert set(indicator.titles) == {"en", "fr", "es", "ru", "zh", "ar"}
        assert all(indicator.titles.values()), indicator.code
        assert len(set(indicator.titles.values())) == 6, indicator.code
        assert set(indicator.unreviewed) == {"fr", "es", "ru", "zh", "ar"}


def test_an_unknown_indicator_is_answered_with_those_there_are() -> None:
    with pytest.raises(UnknownName, match="homicide-rate"):
        declared()["homicides"]


GOOD = """indicators:
  - code: some-rate
    titles: {en: Some rate}
    kind: rate
    unit: per 100,000 population
    numerator: {indicator: some-count}
    method: m
    source: s
    verified: false
"""


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("kind: rate", "kind: rat", "4:kind"),
        ("kind: rate", "kind: share", "2:denominator"),
        ("    method: m\n", "", "2:method"),
        ("    verified: false", "    verified: false\n    colour: red", "10:colour"),
        ("some-rate", "Some Rate", "2:code"),
        ("{en: Some rate}", "{fr: Un taux}", "3:en"),
        ("unit: per", "factor: -1\n    unit: per", "5:factor"),
        ("{indicator: some-count}", "{iccs: '0101'}", "6:indicator"),
        ("    source: s", "    asked_by: [paragraph 3]\n    source: s", "8:asked_by"),
        ("indicators:", "indicators: [", "2"),
        (GOOD, "[]", "1"),
    ],
)
def test_what_is_wrong_with_a_declaration_is_named_by_line_and_key(old: str, new: str, place: str) -> None:
    assert read_indicators(GOOD, "mine.yaml").indicators
    with pytest.raises(BadInput) as refused:
        read_indicators(GOOD.replace(old, new), "mine.yaml")
    assert refused.value.faults[0].file == "mine.yaml"
    assert place in [fault.place for fault in refused.value.faults]


@given(
    st.text(max_size=200) | st.builds("indicators:\n  - {}: {}\n".format, st.text(max_size=20), st.text(max_size=20))
)
def test_any_text_is_read_or_refused_with_sentences(text: str) -> None:
    try:
        read_indicators(text, "mine.yaml")
    except BadInput as refused:
        assert all(fault.expected for fault in refused.faults)
