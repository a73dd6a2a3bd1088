"""Counts of participants: each number by hand, from a few deposits and a few Member States."""

from datetime import date

import pytest

from comity.areas.gazetteer import Membership
from comity.instruments.figures import counts

BEFORE, ON = date(2004, 1, 1), date(2005, 1, 1)


@pytest.fixture
def values(treaty, act):
    """Three Member States and a Member to come; two of them parties, as are Niue and a regional organization."""
    members = [("076", None), ("250", None), ("484", None), ("499", date(2006, 6, 28))]
    return [
        treaty(),
        act("076", "signature", "2000-12-12"),
        act("076", "ratification", "2004-01-29"),
        act("250", "signature", "2000-12-12"),
        act("484", "signature", "2000-12-13"),
        act("484", "ratification", "2003-03-04"),
        act("570", "accession", "2004-06-01"),
        act("EU", "approval", "2004-05-21", organization=True),
        *(Membership(area, "un-member", "member", since, None, True, "") for area, since in members),
    ]


def test_parties_are_counted_with_organizations_and_states_without(values):
    assert counts.parties(values, instrument="UNTOC", on=ON) == 4
    assert counts.states(values, instrument="UNTOC", on=ON) == 3


def test_signatories_are_counted_whether_or_not_they_became_parties(values):
    assert counts.signatories(values, instrument="UNTOC", on=ON) == 3


def test_in_force_from_the_thirtieth_day_after_the_deposit(values):
    assert counts.in_force_for(values, instrument="UNTOC", on=date(2004, 2, 27)) == 1
    assert counts.in_force_for(values, instrument="UNTOC", on=date(2004, 2, 28)) == 2


def test_not_party_are_the_members_of_the_day_that_have_not_consented(values):
    assert counts.not_party(values, instrument="UNTOC", on=ON) == 1
    assert counts.not_party(values, instrument="UNTOC", on=date(2007, 1, 1)) == 2


def test_coverage_is_of_members_alone_above_and_below_the_line(values):
    assert counts.coverage(values, instrument="UNTOC", on=ON) == pytest.approx(100 * 2 / 3)
    assert counts.coverage(values, instrument="UNTOC", on=date(2007, 1, 1)) == 50
    assert counts.coverage([], instrument="UNTOC", on=ON) is None


def test_joined_leaves_out_the_first_day_and_takes_in_the_last(values):
    assert counts.joined(values, instrument="UNTOC", since=BEFORE, until=ON) == 3
    assert counts.joined(values, instrument="UNTOC", since=date(2004, 1, 29), until=date(2004, 5, 21)) == 1
    assert counts.joined(values, instrument="UNTOC", since=date(2004, 5, 21), until=date(2004, 5, 31)) == 0
