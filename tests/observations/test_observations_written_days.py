"""Days as people write them, in the languages of the field and in numbers of either order."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.observations.words.days import days_of, in_numbers, months_in, without_months

MAY = date(2024, 5, 16)


@pytest.mark.parametrize(
    "text",
    [
        *("16 May 2024", "May 16, 2024", "16th of May 2024", "16-May-2024", "2024 May 16", "16 MAY 2024"),
        *("16 mai 2024", "16 de mayo de 2024", "16 мая 2024", "16 مايو 2024", "١٦ مايو ٢٠٢٤", "2024年5月16日"),
        *("16 de maio de 2024", "16. Mai 2024", "16/05/2024", "16.05.2024", "05/16/2024", "2024-05-16", "2024-5-16"),
        *("2024-05-16T10:00:00", "2024/05/16", "16/05/2024 10:33"),
    ],
)
def test_a_day_is_read_in_each_form(text: str) -> None:
    assert days_of(text) == [MAY]


@pytest.mark.parametrize("text", ["31/02/2024", "31 February 2024", "soon", "2024", "May 2024", "16 Mayhem 2024", ""])
def test_what_is_no_day_is_none(text: str) -> None:
    assert days_of(text) == []


def test_a_day_in_numbers_that_may_be_two_is_both_but_between_points() -> None:
    assert days_of("05/06/2024") == [date(2024, 6, 5), date(2024, 5, 6)]
    assert days_of("05.06.2024") == [date(2024, 6, 5)]
    assert days_of("05/05/2024") == [date(2024, 5, 5)]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("homicide 13 March 2025.csv", "homicide 2025-03-13.csv"),
        ("enero 2025", "2025-01"),
        ("rates_Sept_2024_final", "rates_2024-09_final"),
        ("май 2024", "2024-05"),
        ("data set 2024", "data set 2024"),
        ("Marseille 2024", "Marseille 2024"),
        ("maybe 2024", "maybe 2024"),
    ],
)
def test_months_in_words_become_numbers_and_other_words_stay(text: str, read: str) -> None:
    assert in_numbers(text) == read


def test_months_stand_in_the_order_of_their_text() -> None:
    texts = ("January to June", "June and Junes and June", "juin", "Monday", "с 1 июля по 30 июня")
    assert [months_in(text) for text in texts] == [[1, 6], [6, 6], [6], [], [7, 6]]
    assert without_months("From March to août 2012", "?") == "From ? to ? 2012"


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_comes_back_from_words(day: date) -> None:
    assert days_of(day.strftime("%d %B %Y")) == days_of(day.isoformat()) == [day]


@given(st.text())
def test_no_text_is_too_strange(text: str) -> None:
    days_of(text)
    in_numbers(text)
