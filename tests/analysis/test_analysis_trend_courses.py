"""Turns and shifts of series by hand, and what is said of published series that are known well."""

import math

import numpy as np
import pytest
from django.utils import translation
from scipy import stats

from comity.analysis.trends.courses import courses, partial_s
from comity.analysis.trends.sentences import a_year, number, per_cent
from comity.analysis.trends.serial_correlation import noise_correlation
from comity.analysis.trends.series_trends import Trend, trend_table, trends
from comity.evidence.languages import CODES, ENGLISH, language_of

NAN = np.nan
# Rates of intentional homicide, 1990 to 2017, as the Global Study on Homicide 2019 gave them.
BRAZIL = [19.6, 18.5, 16.8, 17.8, 18.7, 20.9, 21.6, 22.2, 22.6, 22.8, 23.7, 24.7, 25.3, 25.7, 24, 23.3, 23.9, 23.4]
BRAZIL += [23.8, 22.8, 22, 24.2, 26.5, 26.8, 28.6, 28.4, 29.7, 30.5]
JAMAICA = [22.4, 23.2, 25.6, 26.4, 27.5, 30.7, 36.1, 40.1, 32.9, 32.4, 33.4, 42.5, 38.8, 35.9, 53.9, 61, 48.5, 57.1]
JAMAICA += [58, 60, 51.4, 40, 38.7, 42.1, 35.1, 42.1, 47, 57]
UNITED_STATES = [9.3, 9.7, 9.2, 9.4, 8.9, 8.1, 7.3, 6.7, 6.2, 5.6, 5.5, 6.7, 5.6, 5.7, 5.5, 5.7, 5.8, 5.7, 5.4, 5, 4.8]
UNITED_STATES += [4.7, 4.7, 4.5, 4.5, 5, 5.4, 5.3]
SOUTH_AFRICA = [NAN, NAN, NAN, NAN, 63, 63.9, 59.4, 56.1, 56.6, 50.2, 47.6, 46.1, 45.8, 41.6, 39, 38, 38.7, 36.9, 35.9]
SOUTH_AFRICA += [32.9, 30.8, 29.8, 30.6, 31.7, 32.6, 33.8, 34, 35.9]
KENYA = [*[NAN] * 14, 3.4, 3.0, 3.0, 2.9, 3.1, 4.7, 4.7, 5.3, 5.4, 5.5, 5.0, 4.8, 4.9, 5.0]
BELARUS = [5, 4.5, 5.8, 7.4, 8.1, 9.5, 9.6, 10.1, 10.3, 9.9, 10.2, 9.8, 10.1, 9.1, 8.4, 8.6, 7.7, 6.7, 5.7, 5, 4.2, 3.9]
BELARUS += [3.6, 3.5, 3.6, NAN, NAN, NAN]
EL_SALVADOR = [NAN, NAN, NAN, NAN, 138.4, 142.2, 119.7, 114.8, 96.6, 66, 60.5, 60.8, 47.7, 56.2, 64.9, 64.4, 64.8, 57.5]
EL_SALVADOR += [52, 71.4, 64.7, 70.6, 41.7, 40.2, 62.4, 105.4, 83.1, 61.8]
STUDY = {
    "Brazil": BRAZIL,
    "Jamaica": JAMAICA,
    "United States": UNITED_STATES,
    "South Africa": SOUTH_AFRICA,
    "Kenya": KENYA,
    "Belarus": BELARUS,
    "El Salvador": EL_SALVADOR,
}


@pytest.fixture(scope="module")
def study() -> dict[str, Trend]:
    """The trends of some States, each taken by itself."""
    return dict(zip(STUDY, trends(list(STUDY.values()), range(1990, 2018), adjustment="none"), strict=True))


@pytest.mark.parametrize(
    ("state", "verdict", "told"),
    [
        (
            "Brazil",
            "increase",
            "rose from 19.6 to 30.5 (+10.9; +56\xa0%). It was lowest in 1992 (16.8). Sen\u2019s slope",
        ),
        ("Jamaica", "increase", "rose from 22.4 to 57.0 (+34.6; +154\xa0%)"),
        ("United States", "decrease", "It was highest in 1991 (9.7) and lowest in 2014 (4.5)."),
        ("South Africa", "decrease", "Verdict: decrease, with a turn: it fell until about 2011 and has risen since."),
        ("Kenya", "level shift", "the median was 3.0 before 2009 and 5.0 from then on"),
        ("El Salvador", "level shift", "the median was 119.7 before 1999 and 62.4 from then on"),
        ("Belarus", "turned", "it rose until about 1998 and fell after"),
    ],
)
def test_what_is_said_of_series_that_changed_greatly(
    study: dict[str, Trend], state: str, verdict: str, told: str
) -> None:
    assert study[state].verdict.value == verdict
    assert told in study[state].sentence


def test_change_and_years_stand_in_their_own_fields(study: dict[str, Trend]) -> None:
    brazil, kenya, belarus = study["Brazil"], study["Kenya"], study["Belarus"]
    assert (brazil.change, brazil.change_percent) == pytest.approx((10.9, 100 * 10.9 / 19.6))
    assert (brazil.tau, brazil.turn_year, brazil.shift) == (pytest.approx(267 / 378), None, None)
    assert (kenya.shift_year, kenya.shift_before, kenya.shift_after) == (2009, 3.0, 5.0)
    assert (belarus.turn_year, belarus.highest_year, belarus.shift_year) == (1998, 1998, None)
    assert study["South Africa"].turn_year == 2011


def test_curvature_and_a_step_are_not_taken_for_correlation() -> None:
    noise = np.array([1, -1, 1, 1, -1, -1, 1, -1, 1, -1, -1, 1, -1, 1, 1, -1, 1, -1, -1, 1, 1, -1, 1, -1]) * 0.5
    t = np.arange(24)
    curve, step = 0.1 * (t - 12.0) ** 2, np.where(t < 9, 0.0, 20.0)
    about = noise_correlation(np.array([noise, noise + curve, noise + step]).T)
    assert (about <= 0.2).all()
    walk = np.cumsum(np.random.default_rng(5).standard_normal(24))
    assert noise_correlation(walk[:, None])[0] == 0.5


def test_partial_s_is_that_of_each_part() -> None:
    x = np.random.default_rng(2).integers(0, 5, (9, 4)).astype(float)
    up_to, from_on = partial_s(x)
    for k in range(9):
        for series in range(4):
            early, late = x[: k + 1, series], x[k:, series]
            assert up_to[k, series] == sum(
                np.sign(late_one - one) for i, one in enumerate(early) for late_one in early[i:]
            )
            assert from_on[k, series] == sum(
                np.sign(late_one - one) for i, one in enumerate(late) for late_one in late[i:]
            )


def test_turn_and_shift_are_found_where_they_are() -> None:
    t = np.arange(21)
    wave = np.tile([0.3, -0.2, -0.1], 7)
    tent, step = 10.0 - np.abs(t - 12) + wave, np.where(t < 7, 3.0, 9.0) + wave
    found = courses([tent, step, 20 - tent], 2000 + t, [0.0, 0.0, 0.0])
    assert found.turn_year[[0, 2]].tolist() == [2012, 2012]
    assert found.turn_sign[[0, 2]].tolist() == [1, -1]
    assert found.reversal[0] == pytest.approx(6.5 / 10.5, abs=0.05)
    assert (found.shift_year[1], found.stepwise.tolist()) == (2007, [False, True, False])
    assert (found.before[1], found.after[1]) == (2.9, 8.9)
    assert max(found.turn_p[0], found.turn_p[2], found.shift_p[1]) < 1e-4


def test_series_of_equal_values_and_short_ones_have_no_course() -> None:
    found = courses([[4.0] * 10, [1.0, 2, 3, 4, 5, 6, 7, *[NAN] * 3]], range(10), [0.0, 0.0])
    assert found.shift_p[0] == 1 and not found.stepwise.any()
    assert np.isnan(found.turn_year[1]) and np.isnan(found.shift_p[1])


def test_no_last_digit_depends_on_the_series_beside_it() -> None:
    random = np.random.default_rng(8)
    table = np.round(np.cumsum(random.standard_normal((60, 24)), axis=1) + 50, 1)
    table[random.random(table.shape) < random.random((60, 1)) / 2] = NAN
    together = trend_table(table, range(24), adjustment="none")
    for row, series in enumerate(table):
        alone = trend_table(series[None, :], range(24), adjustment="none")
        for name in vars(together):
            np.testing.assert_array_equal(getattr(together, name)[row], getattr(alone, name)[0], name)


@pytest.mark.parametrize("code", CODES)
def test_every_language_has_the_sentences(code: str) -> None:
    marks = language_of(code)
    series = [
        BRAZIL,
        KENYA,
        BELARUS,
        SOUTH_AFRICA,
        [-value for value in BRAZIL],
        [NAN] * 27 + [3.0],
        [4.0] * 28,
        [0.0] * 27 + [3.0],
    ]
    with translation.override(marks.site):
        told = [one.sentence for one in trends(series, range(1990, 2018), adjustment="none")]
    assert all("%(" not in sentence and "None" not in sentence for sentence in told)
    assert f"19{marks.decimal}6" in told[0]
    if code != "en":
        words = " ".join(told)
        assert not any(word in words for word in ("Verdict", "value ", "median ", "slope", "lowest"))


def test_numbers_are_written_with_the_marks_of_the_language() -> None:
    french = language_of("fr")
    assert number(-12345.678, 1, french) == "\u221212\u202f345,7"
    assert number(2.675, 2, ENGLISH, signed=True) == "+2.68"
    assert number(-0.01, 1, ENGLISH) == "0.0"
    assert number(None, 1, ENGLISH) == ""
    assert per_cent(0.567, ENGLISH) == "+57\xa0%" and per_cent(-0.004, french) == "\u22120,4\xa0%"


SHORT_OF_200 = [200, 201, 200, 201, 200, 201, 200]


@pytest.mark.parametrize(
    ("values", "is_step"),
    [
        # From 100 to 200: 46 and 56 of the hundred fall between two years that follow each other.
        ([100, 101, 100, 101, 100, 101, 100, 127, 173, *SHORT_OF_200], False),
        ([100, 101, 100, 101, 100, 101, 100, 122, 178, *SHORT_OF_200], True),
        # What a step leaves of the squares is between 80 and 90, and between 75 and 80 per cent of what a curve leaves.
        ([21, 19, 20, 21, 20, 19, 21, 19, 22, 22, 23, 25, 22, 23, 20, 23], False),
        # Of ten years the curve is a cubic, which lies nearer here than the step does.
        ([20, 19, 20, 18, 22, 24, 23, 24, 23, 22], False),
        ([19, 19, 21, 22, 21, 20, 19, 23, 24, 22, 22, 23, 21, 23, 22, 24], True),
    ],
)
def test_a_step_is_half_at_once_and_leaves_less_than_eight_tenths_of_what_a_curve_leaves(
    values: list[int], is_step: bool
) -> None:
    found = courses([values], range(2000, 2000 + len(values)), [0.0])
    assert bool(found.stepwise[0]) is is_step


def test_p_of_a_shift_is_that_of_students_t_with_three_fewer_degrees_than_years() -> None:
    """Means of 11 and 14 of ten values each, 42 the squares about them; 1 + 2n ÷ 5 for the choice."""
    values = [9, 13, 9, 13, 11, 11, 11, 13, 11, 9, 16, 12, 12, 16, 14, 14, 13, 15, 14, 14]
    t = 3 / math.sqrt(42 / 18 * (1 / 10 + 1 / 10))
    found = courses([values], range(2000, 2020), [0.0])
    assert found.shift_year[0] == 2010
    assert found.shift_p[0] == pytest.approx((1 + 20 / 2.5) * 2 * stats.t.sf(t, 17), rel=0.03)


def test_a_change_a_year_shows_two_digits_of_the_wider_bound_and_the_side_of_nought() -> None:
    mauritius, japan, salvador = (0.0, -0.0353, 0.0429), (-0.0125, -0.01667, -0.00833), (-1.6925, -3.76, -0.0333)
    assert [a_year(value, *mauritius) for value in mauritius] == ["0.000", "\u22120.035", "+0.043"]
    assert [a_year(value, *japan) for value in japan] == ["\u22120.013", "\u22120.017", "\u22120.008"]
    assert [a_year(value, *salvador) for value in salvador] == ["\u22121.69", "\u22123.76", "\u22120.03"]
    assert a_year(0.0, 0.0, 0.0, 0.0) == "0" and a_year(None, None, None, None) == ""
    assert a_year(0.0001, 0.0001, -20.0, 25.0) == "0.00"
    with translation.override("fr"):
        assert a_year(-0.0353, *mauritius) == "\u22120,035"
