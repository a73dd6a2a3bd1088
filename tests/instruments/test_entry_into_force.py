"""Entry into force by the treaty's own rule."""

from datetime import date

from comity.instruments import entry_into_force as force

SMALL = {"trigger_count": 2, "trigger_days": 90, "entry_into_force": date(2003, 4, 1)}


def test_the_nth_deposit_and_its_days_give_the_date(treaty, act):
    actions = [act("250", "ratification", "2002-10-29"), act("076", "accession", "2003-01-01")]
    found = force.entry_into_force(treaty(**SMALL), actions)
    assert (found.computed, found.trigger_deposit, found.trigger_participants) == (
        date(2003, 4, 1),
        date(2003, 1, 1),
        ("076",),
    )
    assert found.agrees is True


def test_a_regional_organization_does_not_bring_a_treaty_into_force(treaty, act):
    actions = [
        act("250", "ratification", "2002-10-29"),
        act("EU", "approval", "2002-11-01", organization=True),
        act("076", "accession", "2003-01-01"),
    ]
    assert force.entry_into_force(treaty(**SMALL), actions).trigger_deposit == date(2003, 1, 1)


def test_signatures_successions_and_second_deposits_do_not_count(treaty, act):
    actions = [
        act("250", "ratification", "2002-10-29"),
        act("499", "succession", "2002-10-30"),
        act("076", "signature", "2002-10-31"),
        act("250", "accession", "2002-11-01"),
    ]
    found = force.entry_into_force(treaty(**SMALL), actions)
    assert (found.computed, found.agrees, found.reason) == (None, None, force.TOO_FEW)


def test_participants_of_the_same_day_are_all_named(treaty, act):
    actions = [act("250", "ratification", "2003-01-01"), act("076", "ratification", "2003-01-01")]
    assert force.entry_into_force(treaty(**SMALL), actions).trigger_participants == ("076", "250")


def test_a_date_that_disagrees_does_not_replace_the_official_one(treaty, act):
    actions = [act("250", "ratification", "2003-01-01"), act("076", "ratification", "2003-01-02")]
    found = force.entry_into_force(treaty(**SMALL), actions)
    assert (found.computed, found.official, found.agrees) == (date(2003, 4, 2), date(2003, 4, 1), False)


def test_nothing_is_computed_where_deposits_are_known_to_be_absent(treaty, act):
    known = treaty(**SMALL, recomputation="dissolved States are absent")
    found = force.entry_into_force(known, [act("250", "ratification", "2003-01-01")])
    assert (found.computed, found.reason) == (None, "dissolved States are absent")


def test_an_instrument_without_status_data_says_so(treaty):
    assert force.entry_into_force(treaty(status_data=False), []).reason == force.NO_ACTIONS
