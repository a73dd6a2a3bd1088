"""Halves and quarters of a year in words, in letters and in Chinese, held against the period of a row."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.observations.words.parts_of_year import names_part_of_year, without_part_of_year
from comity.observations.words.plain_text import REMOVED, plain

WRITTEN = {
    "S1": "first half|1st half|H1 2012|2012-S1|1H2012|1S 2012|HY1 2012|premier semestre|1er semestre|primer semestre"
    "|I semestre|primeiro semestre|1.º semestre|erstes Halbjahr|1. Halbjahr|1. Hj.|первое полугодие|1-е полугодие"
    "|I полугодие|النصف الأول|上半年|first six months|six premiers mois",
    "S2": "second half|second half-year|H2/2012|2012 H2|deuxième semestre|2e semestre|2ème semestre|segundo semestre"
    "|2º semestre|zweites Halbjahr|второе полугодие|النصف الثاني|下半年|semestre 2|half 2|last 6 months",
    "Q1": "first quarter|Q1|2012-Q1|T1 2012|1T2012|1Q12|1er trimestre|primer trimestre|erstes Quartal|первый квартал"
    "|الربع الأول|第一季度|1季度|first three months|trimestre I|I. Quartal|1. Vierteljahr",
    "Q2": "second quarter|2e trimestre|segundo trimestre|zweites Quartal|2-й квартал|الربع الثاني|第二季度|quarter 2",
    "Q3": "third quarter|troisième trimestre|tercer trimestre|terceiro trimestre|drittes Quartal|третий квартал"
    "|الربع الثالث|第三季度",
    "Q4": "fourth quarter|4th quarter|quatrième trimestre|cuarto trimestre|viertes Quartal|четвёртый квартал|IV квартал"
    "|الربع الرابع|第四季度|last three months",
}  # fmt: skip


@pytest.mark.parametrize("part", WRITTEN)
def test_a_part_of_the_year_is_of_its_own_period_alone(part: str) -> None:
    for text in WRITTEN[part].split("|"):
        assert names_part_of_year(text), text
        assert without_part_of_year(text, "2012") == plain(text)
        for other in (*WRITTEN, "05", "05-31"):
            left = without_part_of_year(text, f"2012-{other}")
            assert (left is not None) == (other == part), (text, other)
            assert left is None or left.replace(REMOVED.strip(), "").strip() in ("", "2012"), text


def test_each_quarter_is_said_of_quarters() -> None:
    for text in ("by quarter", "par trimestre", "por trimestre", "по кварталам"):
        assert without_part_of_year(text, "2012-Q3") in (REMOVED, "по кварталам")
        assert without_part_of_year(text, "2012-S1") == text
    assert without_part_of_year("last quarter", "2012-Q3") == "last quarter"
    assert without_part_of_year("first and third quarter", "2012-Q1") is None


@pytest.mark.parametrize("text", ["Table S1 and others", "half of them", "first of all", "sector 4", "2012"])
def test_other_words_name_none(text: str) -> None:
    assert not names_part_of_year(text)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        *(
            (text, "2012-Q3")
            for text in ("first three quarters", "first to third quarter", "1.-3. Quartal", "I-III квартал")
        ),
        *(
            (text, "2012-Q3")
            for text in ("1er au 3e trimestre", "前三季度", "until third quarter", "Q3 2013", "quarters 1 to 3")
        ),
        *((text, "2012-Q1") for text in ("Quarters 1 to 3", "Q1-3 2012", "first and third quarter", "January to June")),
        *(
            (text, "2012-S1")
            for text in ("first and second half", "I-II semestre", "First half of 2013", "July to December")
        ),
        *(
            (text, "2012-S1")
            for text in ("2013年上半年", "January to September", "January, March and June", "nine months")
        ),
    ],
)
def test_more_than_the_period_or_another_year_is_not_the_period(text: str, period: str) -> None:
    left = without_part_of_year(text, period)
    assert left is None or left == text


def test_months_are_the_half_or_quarter_that_they_begin_and_end() -> None:
    for text in (
        "January to June 2012",
        "enero a junio",
        "de janvier à juin",
        "с января по июнь",
        "من يناير إلى يونيو",
    ):
        assert names_part_of_year(text)
        assert REMOVED in (without_part_of_year(text, "2012-S1") or "")
        assert without_part_of_year(text, "2012-S2") is None
    assert REMOVED in (without_part_of_year("October-December", "2012-Q4") or "")


@pytest.mark.parametrize(
    "text",
    [
        *("January to December", "1 July to 30 June", "1er janvier au 31 décembre", "с 1 января по 31 декабря"),
        *("calendar year (1 January – 31 December)", "published in May 2013"),
    ],
)
def test_twelve_months_and_one_are_no_part(text: str) -> None:
    assert not names_part_of_year(text)


@given(st.text(max_size=80), st.sampled_from(["2012-S1", "2012-Q4", "2012-05"]))
def test_any_text_is_taken(text: str, period: str) -> None:
    assert without_part_of_year(text, "2012") == plain(text)
    left = without_part_of_year(text, period)
    assert left is None or left == plain(text) or REMOVED in left
