"""Where a slip would go unnoticed in what keeps values apart: one empty series, sources that differ later, blanks."""

import pytest
from examples.indicators import found
from examples.statistics import observation

from comity.analysis.comparability import compare_series


@pytest.mark.parametrize("empty", [0, 1])
def test_one_series_without_observations_is_enough_to_refuse(empty: int) -> None:
    pair = [found(observation()), found(observation())]
    pair[empty] = []
    with pytest.raises(ValueError, match="without observations"):
        compare_series(*pair)


def test_sources_that_differ_after_the_first_year_are_all_named() -> None:
    one = found(observation(period="2011", source="CTS"), observation(period="2012", source="CTS"))
    other = found(observation(period="2011", source="CTS"), observation(period="2012", source="National police"))
    assert compare_series(one, other).sentences == ("The sources differ: CTS; CTS / National police.",)
    assert compare_series(other, one).sentences == ("The sources differ: CTS / National police; CTS.",)


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [("0101", "", "ICCS 0101 and –"), ("", "0101", "ICCS – and 0101"), ("01", "02", "01 and 02")],
)
def test_an_offence_without_a_code_is_a_dash(one: str, other: str, said: str) -> None:
    (sentence,) = compare_series(found(observation(iccs=one)), found(observation(iccs=other))).sentences
    assert said in sentence


@pytest.mark.parametrize("differs", [0, 1])
def test_the_period_whose_definition_differs_is_named(differs: int) -> None:
    pair = [observation(period="2011"), observation(period="2012")]
    pair[differs] = pair[differs]._replace(status="D")
    (sentence,) = compare_series(found(pair[0]), found(pair[1])).sentences
    assert f"the value of {2011 + differs} differs" in sentence
