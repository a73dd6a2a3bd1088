"""Dates as a person gives them: a day, or where it is allowed a year."""

from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from comity.evidence.dates import in_short, in_words, read_date, read_day
from comity.evidence.errors import BadInput


@given(st.dates())
def test_a_day_reads_the_same_where_years_are_allowed_and_where_not(day: date) -> None:
    assert read_day(day.isoformat(), "page", "on") == read_date(day.isoformat(), "page", "on") == day


@given(st.integers(1, 9999))
def test_a_year_is_its_last_day_and_no_day(year: int) -> None:
    text = f"{year:04}"
    assert read_date(text, "page", "as_at") == date(year, 12, 31)
    with pytest.raises(BadInput, match=r"expected a date as YYYY-MM-DD$"):
        read_day(text, "page", "published")


@given(st.text(alphabet="0123456789-W:T٣ \n", max_size=12))
def test_any_other_text_is_refused_with_its_place(text: str) -> None:
    for read in (read_date, read_day):
        try:
            day = read(text, "page", "on")
        except BadInput as refused:
            [fault] = refused.faults
            assert (fault.file, fault.place, fault.value) == ("page", "on", text)
        else:
            assert text in (day.isoformat(), f"{day.year:04}")


@pytest.mark.parametrize("text", ["", "0000", "0000-01-01", "2013-02-29", "20121220", "2012-W51-4", "2012-12-20\n"])
def test_what_is_no_date_is_refused(text: str) -> None:
    for read in (read_date, read_day):
        with pytest.raises(BadInput):
            read(text, "page", "on")


@pytest.mark.parametrize(
    ("day", "language", "words"),
    [
        (date(2012, 12, 1), "fr", "1er décembre 2012"),
        (date(2012, 12, 20), "fr", "20 décembre 2012"),
        (date(2012, 12, 1), "es", "1 de diciembre de 2012"),
        (date(2012, 12, 1), "en", "1 December 2012"),
    ],
)
def test_the_first_of_a_month_is_written_as_the_language_does(day: date, language: str, words: str) -> None:
    with translation.override(language):
        assert in_words(day) == words
        assert in_short(day).split()[0] == words.split()[0]
