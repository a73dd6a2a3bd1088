"""What keeps two values apart, and how values are followed from a baseline."""

import pytest
from examples.indicators import found
from examples.statistics import observation
from hypothesis import given
from hypothesis import strategies as st

from comity.analysis.baselines import follow
from comity.analysis.comparability import compare_periods, compare_series


def series(*values: float | None, first: int = 2008, **more: object) -> list:
    """A series from a year on, a value each year."""
    return found(*(observation(period=str(first + index), value=value, **more) for index, value in enumerate(values)))


def broken_at(period: str, held: list) -> list:
    return [
        one if one.observation.period != period else type(one)(one.observation._replace(status="B"), one.release)
        for one in held
    ]


def test_two_periods_of_an_unbroken_series_may_be_compared() -> None:
    comparison = compare_periods(series(5, 6, 7), "2008", "2010")
    assert (comparison.refused, comparison.marked, comparison.sentences) == (False, False, ())


@pytest.mark.parametrize(
    ("first", "last", "refused"), [("2008", "2009", True), ("2009", "2010", False), ("2010", "2008", True)]
)
def test_a_break_falls_before_its_observation(first: str, last: str, refused: bool) -> None:
    comparison = compare_periods(broken_at("2009", series(5, 6, 7)), first, last)
    assert comparison.refused is refused
    assert (
        comparison.sentences == ("The series breaks before 2009: values before and after it do not measure the same.",)
    ) is refused


def test_a_period_without_an_observation_cannot_be_compared() -> None:
    with pytest.raises(ValueError):
        compare_periods(series(5, 6), "2008", "2015")


@pytest.mark.parametrize(
    ("change", "kind", "refused"),
    [
        ({"indicator": "homicide-in-city-count"}, "indicator", True),
        ({"iccs": "0102"}, "definition", True),
        ({"status": "D"}, "definition", True),
        ({"unit": "offences"}, "unit", True),
        ({"source": "WHO"}, "source", False),
    ],
)
def test_what_does_not_measure_the_same_refuses_and_another_source_marks(
    change: dict[str, object], kind: str, refused: bool
) -> None:
    comparison = compare_series(series(5, 6), series(5, 6, **change))
    assert [one.kind for one in comparison.differences] == [kind]
    assert (comparison.refused, comparison.marked) == (refused, not refused)


def test_another_vintage_and_another_data_set_mark() -> None:
    one = found(observation(), published="2014-10-06")
    later, other = found(observation(), published="2019-12-31"), found(observation(), dataset="other")
    assert [d.kind for d in compare_series(one, later).differences] == ["vintage"]
    assert [d.kind for d in compare_series(one, other).differences] == ["data-set"]
    assert "2014-10-06 and 2019-12-31" in compare_series(one, later).sentences[0]


def test_states_sexes_and_ages_may_be_compared() -> None:
    assert compare_series(series(5), series(6, area="250", sex="F", age="Y15T29")).differences == ()


def test_what_refuses_is_said_first() -> None:
    comparison = compare_series(series(5), series(5, source="WHO", unit="offences"))
    assert [sentence.split(":")[0] for sentence in comparison.sentences] == [
        "The counting units differ",
        "The sources differ",
    ]


def test_values_are_followed_from_the_baseline() -> None:
    baseline = follow(series(4, 5, 3), "2008")
    assert (baseline.value, baseline.reason) == (4, "")
    assert [(step.period, step.change, step.index) for step in baseline.steps] == [
        ("2009", 1, 125.0),
        ("2010", -1, 75.0),
    ]


def test_a_value_beyond_a_break_is_shown_and_not_measured_against_the_baseline() -> None:
    last = follow(broken_at("2010", series(4, 5, 3)), "2008").steps[-1]
    assert (last.value, last.change, last.index) == (3, None, None)
    assert "breaks before 2010" in last.reasons[0]


def test_no_other_year_takes_the_place_of_the_baseline() -> None:
    baseline = follow(series(4, 5, 3), "2007")
    assert (baseline.value, baseline.reason) == (None, "No value is held for the year.")
    assert [(step.value, step.change) for step in baseline.steps] == [(4, None), (5, None), (3, None)]


def test_a_year_stated_with_two_values_is_no_baseline() -> None:
    twice = found(observation(period="2008", value=4.0, repeat=1), observation(period="2008", value=5.0, repeat=2))
    assert follow(twice, "2008").value is None


def test_an_index_on_zero_is_undefined() -> None:
    step = follow(series(0, 5), "2008").steps[0]
    assert (step.change, step.index, step.reasons) == (5, None, ("The baseline is zero.",))


def test_a_year_without_a_value_says_so() -> None:
    assert follow(series(4, None), "2008").steps[0].reasons == ("The origin states no value for the year.",)


@given(st.lists(st.floats(0.5, 1e6), min_size=2, max_size=10))
def test_changes_and_indices_lead_back_to_the_values(values: list[float]) -> None:
    baseline = follow(series(*values), "2008")
    for value, step in zip(values[1:], baseline.steps, strict=True):
        assert step.change == value - values[0]
        assert step.index == pytest.approx(100 * value / values[0])
