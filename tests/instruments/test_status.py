"""Status at a date from spells: Bolivia's two, successions, organizations, protocols, and what always holds."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from comity.instruments import status
from comity.instruments.actions.action import Action, ActionType, WithdrawalRule
from comity.instruments.figures import counts

SINGLE_CONVENTION = {
    "code": "SC61",
    "entry_into_force": date(1964, 12, 13),
    "adopted": date(1961, 3, 30),
    "withdrawal_rule": WithdrawalRule.FIRST_JANUARY,
}


def bolivia(act):
    return [
        act("068", "accession", "1976-09-23", instrument="SC61"),
        act("068", "denunciation", "2011-06-29", instrument="SC61"),
        act("068", "accession", "2013-01-11", instrument="SC61"),
    ]


def test_a_withdrawal_and_a_new_accession_make_two_spells(treaty, act):
    first, second = status.spells(bolivia(act), treaty(**SINGLE_CONVENTION))["068"]
    assert (first.consent.date, first.withdrawal.date, first.end_effective) == (
        date(1976, 9, 23),
        date(2011, 6, 29),
        date(2012, 1, 1),
    )
    assert (second.consent.date, second.start_effective, second.end_effective) == (
        date(2013, 1, 11),
        date(2013, 2, 10),
        None,
    )


def test_a_party_that_withdrew_stays_one_until_the_withdrawal_has_effect(treaty, act):
    spells = status.spells(bolivia(act), treaty(**SINGLE_CONVENTION))
    days = [date(2011, 12, 31), date(2012, 1, 1), date(2013, 1, 11), date(2013, 2, 10)]
    assert [len(status.parties(spells, day)) for day in days] == [1, 0, 1, 1]
    assert [len(status.in_force_for(spells, day)) for day in days] == [1, 0, 0, 1]


def test_the_timeline_shows_the_gap_between_two_spells(treaty, act):
    line = status.timeline(None, status.spells(bolivia(act), treaty(**SINGLE_CONVENTION))["068"])
    assert [
        line.at(day).state for day in (date(1970, 1, 1), date(2000, 1, 1), date(2012, 1, 5), date(2013, 1, 20))
    ] == [
        "none",
        "party",
        "withdrawn",
        "party",
    ]
    assert line.at(date(2012, 1, 5)).ended == date(2012, 1, 1)
    assert not line.at(date(2013, 1, 20)).in_force


def test_a_second_consent_without_a_withdrawal_counts_once(treaty, act):
    actions = [act("076", "ratification", "2004-01-29"), act("076", "accession", "2005-01-01")]
    assert [spell.by for spell in status.spells(actions, treaty())["076"]] == [ActionType.RATIFICATION]


def test_a_succession_is_in_force_from_the_succession_and_counted_from_its_deposit(treaty, act):
    spells = status.spells([act("499", "succession", "2006-10-23", "2006-06-03")], treaty())
    assert status.in_force_for(spells, date(2006, 6, 3)) == {"499"}
    assert status.parties(spells, date(2006, 10, 22)) == set()
    assert status.parties(spells, date(2006, 10, 23)) == {"499"}
    assert status.timeline(None, spells["499"]).at(date(2006, 7, 1)) == status.Standing(
        "none", by=ActionType.SUCCESSION, effective=date(2006, 6, 3), in_force=True
    )


def test_a_definitive_signature_makes_a_party_and_no_signatory(treaty, act):
    actions = [act("208", "definitive signature", "2004-01-01")]
    assert status.parties(status.spells(actions, treaty()), date(2004, 1, 1)) == {"208"}
    assert status.signatories(actions, date(2004, 1, 1), status.spells(actions)) == set()


def test_territorial_applications_and_declarations_are_never_counted(treaty, act):
    actions = [
        act("826", "territorial application", "2007-01-01"),
        act("826", "declaration", "2007-01-01"),
        act("826", "notification", "2007-01-01"),
    ]
    assert status.spells(actions, treaty()) == {}
    assert status.signatories(actions, date(2020, 1, 1), status.spells(actions)) == set()


def test_a_signatory_stays_one_after_it_has_become_party(act):
    actions = [act("076", "signature", "2000-12-12"), act("076", "ratification", "2004-01-29")]
    assert status.signatories(actions, date(2012, 12, 20), status.spells(actions)) == {"076"}
    assert status.signatories(actions, date(2000, 12, 11), status.spells(actions)) == set()


def test_who_has_withdrawn_is_no_signatory_any_more(treaty, act):
    actions = [
        act("076", "signature", "2000-12-12"),
        act("076", "ratification", "2004-01-29"),
        act("076", "withdrawal", "2010-03-01"),
        act("604", "signature", "2000-12-14"),
    ]
    spells = status.spells(actions, treaty())
    assert status.signatories(actions, date(2011, 2, 28), spells) == {"076", "604"}
    assert status.signatories(actions, date(2011, 3, 1), spells) == {"604"}
    assert status.signatories_at_most(actions, date(2011, 3, 1), spells) == {"604"}


def test_denouncing_the_convention_ends_participation_in_its_protocol(treaty, act):
    protocol = treaty("TIP", parent="UNTOC", falls_with_parent=True, entry_into_force=date(2003, 12, 25))
    actions = [
        act("076", "ratification", "2004-01-29"),
        act("076", "ratification", "2004-01-29", instrument="TIP"),
        act("076", "withdrawal", "2010-03-01"),
    ]
    spells = status.spells(status.bearing(actions, protocol), protocol)
    assert status.parties(spells, date(2011, 2, 28)) == {"076"}
    assert status.parties(spells, date(2011, 3, 1)) == set()


def test_a_withdrawal_from_the_parent_leaves_other_instruments_alone(treaty, act):
    amending = treaty("SC61-P72", parent="SC61", falls_with_parent=False)
    actions = [act("076", "withdrawal", "2010-03-01", instrument="SC61")]
    assert status.bearing(actions, amending) == []


def test_a_state_that_dissolved_is_neither_party_nor_signatory_from_then_on(treaty, act):
    gone = {"dissolved": date(1993, 1, 1), "instrument": "TD88"}
    actions = [act("200", "signature", "1989-12-07", **gone), act("200", "ratification", "1991-06-04", **gone)]
    spells = status.spells(actions, treaty("TD88", entry_into_force=date(1990, 11, 11), later_days=90))
    assert status.parties(spells, date(1992, 12, 31)) == {"200"}
    assert status.parties(spells, date(1993, 1, 1)) == set()
    assert status.signatories(actions, date(1993, 1, 1), status.spells(actions)) == set()


def test_what_changed_between_two_days_leaves_out_the_first_and_takes_in_the_last(treaty, act):
    actions = [act("384", "signature", "2000-12-15"), act("384", "ratification", "2012-10-25")]
    found = status.changes(actions, treaty(), date(2000, 12, 15), date(2012, 11, 24))
    assert [(change.date, change.what) for change in found] == [
        (date(2012, 10, 25), "joined"),
        (date(2012, 11, 24), "in force"),
    ]


def test_joined_counts_from_after_the_first_day_through_the_last(treaty, act):
    spells = status.spells([act("384", "ratification", "2012-10-25")], treaty())
    assert status.joined(spells, date(2012, 10, 24), date(2012, 10, 25)) == {"384"}
    assert status.joined(spells, date(2012, 10, 25), date(2012, 12, 20)) == set()


DAYS = st.dates(date(2000, 11, 15), date(2020, 12, 31))
KINDS = st.sampled_from(
    [
        ActionType.SIGNATURE,
        ActionType.RATIFICATION,
        ActionType.ACCESSION,
        ActionType.SUCCESSION,
        ActionType.WITHDRAWAL,
        ActionType.DECLARATION,
    ]
)
PARTICIPANTS = st.sampled_from(["076", "250", "384", "EU"])
ACTIONS = st.lists(
    st.builds(
        lambda participant, kind, day: Action("UNTOC", participant, kind, day, organization=participant == "EU"),
        PARTICIPANTS,
        KINDS,
        DAYS,
    ),
    max_size=30,
)


@given(ACTIONS, DAYS)
def test_parties_are_states_and_organizations_together(actions, on):
    parties = counts.parties(actions, instrument="UNTOC", on=on)
    states = counts.states(actions, instrument="UNTOC", on=on)
    joint = status.parties(status.spells(actions), on) & status.organizations(actions)
    assert parties == states + len(joint)


@given(ACTIONS, DAYS, DAYS)
def test_without_withdrawals_nobody_is_lost(actions, one, other):
    kept = [action for action in actions if action.type is not ActionType.WITHDRAWAL]
    spells = status.spells(kept)
    assert status.parties(spells, min(one, other)) <= status.parties(spells, max(one, other))


@given(ACTIONS)
def test_spells_of_a_participant_follow_each_other(actions):
    for own in status.spells(actions).values():
        assert all(spell.withdrawal is not None for spell in own[:-1])
        assert all(before.withdrawal.date <= after.consent.date for before, after in pairwise(own))


@given(ACTIONS, DAYS)
def test_the_order_in_which_actions_come_does_not_matter(actions, on):
    backwards = list(reversed(actions))
    assert status.parties(status.spells(actions), on) == status.parties(status.spells(backwards), on)


@given(ACTIONS, DAYS)
def test_timelines_say_the_same_as_spells_on_every_day(treaty, actions, on):
    convention = treaty()
    spells, signed = status.spells(actions, convention), status.signatures(actions)
    lines = {area: status.timeline(signed.get(area), spells.get(area, ())) for area in {*spells, *signed}}
    for day in (on, on + timedelta(days=30), date(2003, 9, 29)):
        parties = {area for area, line in lines.items() if line.at(day).state == "party"}
        in_force = {area for area, line in lines.items() if line.at(day).in_force}
        assert parties == status.parties(spells, day)
        assert in_force == status.in_force_for(spells, day)
