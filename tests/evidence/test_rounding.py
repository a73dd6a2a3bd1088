"""Rounding for print: halves away from nought, of numbers as they are spelled, on every page and in every document."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.analysis.estimates.arithmetic import printed as printed_estimate
from comity.analysis.indicators.formulas import printed
from comity.evidence.rounding import printed_number, rounded
from comity.reports import formats
from comity.site.templatetags.values import number


@pytest.mark.parametrize(
    ("value", "decimals", "told"),
    [
        (56.25, 1, "56.3"),
        (96.25, 1, "96.3"),
        (2.675, 2, "2.68"),
        (-0.25, 1, "-0.3"),
        (0.5, 0, "1"),
        (436_500, -3, "4.37E+5"),
    ],
)
def test_a_half_goes_away_from_nought(value: float, decimals: int, told: str) -> None:
    assert str(rounded(value, decimals)) == told


@given(st.decimals(-(10**6), 10**6, places=4), st.integers(0, 3))
def test_no_rounding_is_further_than_half_a_step(value: Decimal, decimals: int) -> None:
    assert abs(Fraction(rounded(value, decimals)) - Fraction(value)) <= Fraction(1, 2 * 10**decimals)


@pytest.mark.parametrize("value", [56.25, 96.25, 0.25, 12.35])
def test_a_value_is_printed_alike_by_command_page_and_report(value: float) -> None:
    told = printed(value, "per 100,000 population")
    assert told == printed_estimate(value, "per 100,000 population")
    assert told == formats.number(value) == formats.percent(value)
    assert number(value) == f"<bdi>{told}</bdi>"


@given(st.one_of(st.floats(-1e9, 1e9), st.decimals(-1000, 1000, places=4).map(float)), st.integers(0, 6))
def test_a_printed_number_is_the_rounded_one(value: float, decimals: int) -> None:
    assert printed_number(value, decimals) == f"{rounded(value, decimals):,}"
