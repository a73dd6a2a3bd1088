"""A deadline lies after the adoption: sessions that had been held and days that had gone by are none."""

from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from comity.mandates.asking.held_sessions import SESSIONS, Adoption
from comity.mandates.reading.reader import read

CRIME = "Commission on Crime Prevention and Criminal Justice"
PARTIES = "Conference of the Parties to the United Nations Convention against Transnational Organized Crime"
HEAD = f"67/7. Lamps\n\nThe General Assembly,\n\nRecalling the {PARTIES} and the {CRIME},\n\n1. Notes lamps;\n\n"
END = "\n\n60th plenary meeting\n20 December 2012\n"


def due(paragraph: str) -> str:
    return read(f"{HEAD}2. {paragraph}.{END}", "x.txt").operative[1].deadline


@pytest.mark.parametrize(
    ("paragraph", "session"),
    [
        ("Requests the Board to report to the General Assembly at its sixty-eighth session", "session 68"),
        ("Requests the Board to report to it at its sixty-seventh and sixty-eighth sessions", "session 68"),
        ("Requests the Board to build on what the General Assembly said at its sixty-sixth session", ""),
        ("Requests the Board to act on what was said of it at its sixty-seventh session", ""),
        ("Requests the Board to report at the second part of its resumed sixty-seventh session", "session 67"),
        ("Decides to hold a meeting before the end of its sixty-seventh session", "session 67"),
        ("Requests the Board to submit a report to be considered at its sixty-eighth session", "session 68"),
    ],
)
def test_sessions_of_the_assembly_are_told_by_the_resolutions_own(paragraph: str, session: str) -> None:
    assert due(paragraph) == session


@pytest.mark.parametrize(
    ("paragraph", "session"),
    [
        (f"Requests the {CRIME} to look at lamps at its twenty-second session", "session 22"),
        ("Requests the Board to go on as the Commission asked of it at its twenty-first session", ""),
        ("Requests the Board to report to the Commission at its reconvened twenty-first session", "session 21"),
        ("Invites the Conference of the Parties to look at lamps at its seventh session", "session 7"),
        ("Invites the Conference to go on with the group that it set up at its fourth session", ""),
        (
            "Urges States to heed the guidance that the Conference gave at its sixth session and to report by 2014",
            "2014",
        ),
        ("Requests the Human Rights Council to look at lamps at its twenty-first session", ""),
        ("Requests the Human Rights Council to look at lamps at its twenty-second session", "session 22"),
        (
            "Requests the Keepers’ Committee to meet at its fifth session, to be held in Vienna in October 2013",
            "session 5",
        ),
        ("Requests the Keepers’ Committee to heed what it heard at its fourth session, held in Vienna in August", ""),
        ("Requests the Keepers’ Committee to heed what it heard at its fourth session, in 2003", ""),
        ("Requests the Keepers’ Committee to meet at its fourth session", "session 4"),
        (
            "Requests the Conference of the Parties to the United Nations Framework Convention on "
            "Climate Change to look "
            "at lamps at its nineteenth session",
            "session 19",
        ),
    ],
)
def test_sessions_of_other_bodies_are_told_by_the_table(paragraph: str, session: str) -> None:
    assert due(paragraph) == session


@pytest.mark.parametrize(
    ("paragraph", "day"),
    [
        ("Urges States to reach the target by 2010", ""),
        ("Urges States to reach the target by 2012", "2012"),
        ("Urges States to reach the target by 2015", "2015"),
        ("Urges States to report by 30 June 2012 and again by 30 June 2013", "2013-06-30"),
    ],
)
def test_days_before_the_adoption_are_no_deadlines(paragraph: str, day: str) -> None:
    assert due(paragraph) == day


def test_without_a_day_or_session_every_deadline_may_be_to_come() -> None:
    text = (
        "The Board of Keepers,\n\nNoting lamps,\n\n1. Requests the Office to report at its second "
        "session and by 1990.\n"
    )
    assert read(text, "x.txt").operative[0].deadline == "session 2; 1990"


@given(st.integers(1, 100), st.dates())
def test_a_session_is_held_for_good(session: int, day) -> None:
    """What had been held on one day has been held on every later one."""
    text = f"the {CRIME} at its session"
    span = (len(text) - len("at its session"), len(text))
    later = Adoption(day.replace(year=min(day.year + 1, 9999), day=1))
    if Adoption(day).is_held(session, "", text, span):
        assert later.is_held(session, "", text, span) or later.day < day


def test_each_row_of_the_table_says_when_its_sessions_close() -> None:
    rows = yaml.safe_load(SESSIONS.read_text(encoding="utf-8"))
    for row in rows:
        assert set(row) in ({"body", "words", "yearly"}, {"body", "words", "closed"})
        closed = list(row.get("closed", {}).values())
        assert closed == sorted(closed)


def test_the_day_of_adoption_is_no_deadline_and_the_next_one_is() -> None:
    adoption = Adoption(day=date(2012, 12, 20))
    due = ("20 December 2012", "21 December 2012", "2011", "2012")
    assert [adoption.is_before(one) for one in due] == [True, False, True, False]


def test_a_session_fifteen_or_more_before_the_organs_own_is_of_another_body() -> None:
    adoption = Adoption(day=date(2012, 12, 20), session=67, organ="General Assembly")
    assert [adoption.is_held(one, "", "at its session", (3, 14)) for one in (51, 52, 53)] == [False, False, True]


def test_a_session_that_closes_in_the_month_of_adoption_is_not_known_to_be_over() -> None:
    """The twenty-second session of the Commission on Crime Prevention and Criminal Justice closed in May 2013."""
    for day, is_held in ((date(2013, 5, 31), False), (date(2013, 6, 1), True)):
        adoption = Adoption(day=day, session=67)
        text = f"the {CRIME} at its twenty-second session"
        assert adoption.is_held(22, "", text, (len(CRIME) + 8, len(text))) is is_held
