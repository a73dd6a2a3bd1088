"""What keeps two values apart."""

import pytest
from examples.indicators import found
from examples.statistics import observation

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
