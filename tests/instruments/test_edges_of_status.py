"""Where a slip would go unnoticed: the very day of a signature, a withdrawal under no rule, half a rule of force."""

from datetime import date

import pytest

from comity.instruments import entry_into_force as force
from comity.instruments import status


def test_a_participant_is_a_signatory_from_the_very_day_of_its_signature(act):
    line = status.timeline(act("076", "signature", "2000-12-12"), [])
    assert line.at(date(2000, 12, 12)).state == "signatory"
    assert line.at(date(2000, 12, 11)).state == "none"


@pytest.mark.parametrize(("effective", "ends"), [("2012-01-01", date(2012, 1, 1)), ("", date(2011, 6, 29))])
def test_without_a_rule_a_withdrawal_has_effect_when_its_source_says_or_else_on_its_day(act, effective, ends):
    actions = [act("068", "accession", "1976-09-23"), act("068", "denunciation", "2011-06-29", effective)]
    (spell,) = status.spells(actions, None)["068"]
    assert spell.end_effective == ends


def test_a_change_is_listed_as_what_came_about_and_only_joining_by_its_action(act):
    listed = [
        status.Change(date(2004, 1, 29), act("076", by, "2004-01-29"), what).as_json()["action"]
        for what, by in (
            ("signed", "signature"),
            ("joined", "ratification"),
            ("in force", "ratification"),
            ("left", "withdrawal"),
        )
    ]
    assert listed == ["signature", "ratification", "entry into force", "withdrawal"]


@pytest.mark.parametrize("missing", ["trigger_count", "trigger_days"])
def test_half_a_rule_of_entry_into_force_is_no_rule(treaty, act, missing):
    rule = {"trigger_count": 1, "trigger_days": 90, missing: None}
    found = force.entry_into_force(treaty(**rule), [act("076", "ratification", "2004-01-29")])
    assert (found.computed, found.reason) == (None, force.NO_RULE)
