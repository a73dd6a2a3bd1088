"""The vocabulary of treaty actions, and the days on which they have effect."""

from datetime import date

import pytest

from comity.instruments.actions.action import CONSENTS, ActionType, WithdrawalRule, months_after


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ratification", ActionType.RATIFICATION),
        ("  Formal   Confirmation ", ActionType.FORMAL_CONFIRMATION),
        ("Denunciation", ActionType.WITHDRAWAL),
        ("interpretative declaration", ActionType.DECLARATION),
    ],
)
def test_an_action_is_read_by_its_name_in_any_case(text, expected):
    assert ActionType.parse(text) is expected


def test_an_unknown_action_is_refused_and_the_nearest_are_named():
    with pytest.raises(ValueError, match="ratificaton"):
        ActionType.parse("ratificaton")
    assert ActionType.nearest("ratificaton")[0] == "ratification"


def test_nine_actions_make_a_party_and_carry_the_marks_of_status_tables():
    assert {action: action.suffix for action in CONSENTS} == {
        ActionType.RATIFICATION: "",
        ActionType.ACCEPTANCE: "A",
        ActionType.APPROVAL: "AA",
        ActionType.ACCESSION: "a",
        ActionType.SUCCESSION: "d",
        ActionType.DEFINITIVE_SIGNATURE: "s",
        ActionType.FORMAL_CONFIRMATION: "c",
        ActionType.CONSENT_TO_BE_BOUND: "P",
        ActionType.CONSENT_OF_UNKNOWN_KIND: "?",
    }
    assert (ActionType.PROVISIONAL_APPLICATION.suffix, ActionType.PROVISIONAL_APPLICATION.binds) == ("n", False)


def test_a_consent_before_entry_into_force_has_effect_with_it(treaty, act):
    assert treaty().effective(act("250", "ratification", "2002-10-29")) == date(2003, 9, 29)


def test_a_later_consent_has_effect_on_the_thirtieth_day_after_deposit(treaty, act):
    assert treaty().effective(act("384", "accession", "2012-10-25")) == date(2012, 11, 24)


def test_a_deposit_shortly_before_entry_into_force_waits_for_it_only(treaty, act):
    assert treaty().effective(act("004", "ratification", "2003-09-24")) == date(2003, 10, 24)


def test_the_effective_date_of_the_source_goes_before_the_rule(treaty, act):
    assert treaty().effective(act("499", "succession", "2006-10-23", "2006-06-03")) == date(2006, 6, 3)


def test_no_effective_date_without_a_rule(treaty, act):
    assert treaty(later_days=None).effective(act("250", "ratification", "2002-10-29")) is None


@pytest.mark.parametrize(
    ("rule", "received", "expected"),
    [
        (WithdrawalRule.ONE_YEAR, date(2012, 2, 29), date(2013, 2, 28)),
        (WithdrawalRule.SIX_MONTHS, date(2012, 8, 31), date(2013, 2, 28)),
        (WithdrawalRule.FIRST_JANUARY, date(2011, 6, 29), date(2012, 1, 1)),
        (WithdrawalRule.FIRST_JANUARY, date(2011, 7, 1), date(2012, 1, 1)),
        (WithdrawalRule.FIRST_JANUARY, date(2011, 7, 2), date(2013, 1, 1)),
    ],
)
def test_a_withdrawal_has_effect_by_the_treatys_own_rule(rule, received, expected):
    assert rule.effective(received) == expected


def test_months_run_over_the_end_of_the_year():
    assert months_after(date(2012, 12, 31), 2) == date(2013, 2, 28)
