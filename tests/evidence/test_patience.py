"""What takes longer than is given to it is stopped, and said in a sentence; what is in time is not disturbed."""

import threading

import pytest

from comity.evidence.workspaces.patience import TookTooLong, at_most, stoppable
from comity.statistics.releases import query

ENDLESS = "SELECT count(*) FROM range(1000000000000) AS a(x) WHERE x % 7 = 8"


def test_a_question_without_end_is_stopped_and_the_next_is_answered() -> None:
    with at_most(0.05), pytest.raises(TookTooLong, match="ask for less"):
        query.run(ENDLESS)
    assert query.run("SELECT 1") == [(1,)]


def test_a_question_that_begins_when_the_time_is_over_is_stopped_too() -> None:
    over = threading.Event()
    with at_most(0):
        stoppable(over.set)
        assert over.wait(1800)
        with pytest.raises(TookTooLong):
            query.run(ENDLESS)


def test_what_ends_in_time_is_not_disturbed_and_nothing_is_told_afterwards() -> None:
    told: list[str] = []
    with at_most(3600):
        stoppable(lambda: told.append("told"))
        assert query.run("SELECT 1") == [(1,)]
    assert told == []


def test_what_is_worked_on_as_it_is_fetched_is_stopped_too() -> None:
    with at_most(0.1), pytest.raises(TookTooLong):
        query.run("SELECT x, md5(x::VARCHAR) FROM range(100000000) AS a(x)")


def test_one_that_cannot_be_stopped_any_more_does_not_keep_others_from_it() -> None:
    stopped = threading.Event()

    def closed() -> None:
        raise ValueError("closed")

    with at_most(0):
        stoppable(closed)
        stoppable(stopped.set)
        assert stopped.wait(1800)
