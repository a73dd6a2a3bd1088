"""What a status page of the depositary does to acts that are held: what it contradicts, confirms, corrects, leaves."""

from dataclasses import replace
from datetime import date

import pytest
from depositary_pages import Page, cell, noted

from comity.instruments.actions.action import ActionType, Confidence, WithdrawalRule
from comity.instruments.actions.merging import RegisteredAction
from comity.instruments.depositary.reading import read_page
from comity.instruments.depositary.stated_actions import latest_receipt, stated_acts, stated_entries
from comity.instruments.depositary.superseding import numbered, set_beside, with_known_kinds

AS_AT = date(2026, 2, 3)


@pytest.fixture
def untoc(treaty):
    """The Organized Crime Convention."""
    return treaty()


def of_page(*rows, notes=(), **more):
    page = Page(rows=rows, signatories=None, parties=None, notes=notes, **more)
    return read_page(page.bytes(), "page.html", date(2026, 11, 23))


def stated(page, instrument):
    return stated_acts(page, instrument, str, frozenset({"European Union"}))


def after(page, instrument, *held):
    """What stands once a page was brought in: action, when, number, and whether it was held just so."""
    own = [
        RegisteredAction(action, 1 + sum(a.type is action.type for a in held[:index]))
        for index, action in enumerate(held)
    ]
    acts = stated(page, instrument)
    beside = set_beside(acts, own, instrument, AS_AT)
    gone = [(item.action.type.value, item.action.when) for item in beside.contradicted]
    standing = [(one.action.type.value, one.action.when, number) for one, number in numbered(acts, own, beside)]
    return standing, gone


def test_what_a_page_shows_too_stands_as_it_was(act, untoc):
    page = of_page(["X", cell(date(2000, 12, 12)), cell(date(2004, 1, 29))])
    held = (act("X", "signature", "2000-12-12"), act("X", "ratification", "2004-01-29", note="seen"))
    standing, gone = after(page, untoc, *held)
    assert (standing, gone) == ([("signature", "2000-12-12", 1), ("ratification", "2004-01-29", 1)], [])
    own = [RegisteredAction(action, 1) for action in held]
    acts = stated(page, untoc)
    assert [one.action for one, _n in numbered(acts, own, set_beside(acts, own, untoc, AS_AT))] == list(held)


def test_another_day_corrects_and_another_kind_takes_the_place(act, untoc):
    page = of_page(["X", cell(None), cell(date(2004, 1, 30), "a")])
    assert after(page, untoc, act("X", "accession", "2004-01-29")) == ([("accession", "2004-01-30", 1)], [])
    assert after(page, untoc, act("X", "ratification", "2004-01-29")) == (
        [("accession", "2004-01-30", 1)],
        [("ratification", "2004-01-29")],
    )


def test_what_a_page_does_not_show_is_overtaken_unless_its_state_is_no_more_or_its_day_comes_later(act, untoc):
    page = of_page(["X", cell(None), cell(date(2004, 1, 30), "a")])
    gone = after(page, untoc, act("Y", "accession", "2004-01-29"), act("Y", "signature", "2001-01-29"))[1]
    assert gone == [("signature", "2001-01-29"), ("accession", "2004-01-29")]
    assert after(page, untoc, act("200", "ratification", "1990-01-29", dissolved=date(1993, 1, 1)))[1] == []
    assert after(page, untoc, act("Y", "accession", "2026-02-04"))[1] == []
    assert after(page, untoc, act("Y", "reservation", "2004-01-29"))[1] == []


def test_a_first_participation_that_ended_before_stays_as_history(act, untoc):
    page = of_page(["X", cell(None), cell(date(2013, 1, 11), "a")])
    held = (
        act("X", "accession", "1976-09-23"),
        act("X", "withdrawal", "2011-06-29", "2012-01-01"),
        act("X", "accession", "2013-01-11"),
    )
    assert after(page, untoc, *held) == ([("accession", "2013-01-11", 2)], [])
    assert after(page, untoc, *held[:2]) == ([("accession", "2013-01-11", 2)], [])


def test_a_withdrawal_that_the_page_shows_no_bracket_for_is_overtaken_unless_it_is_still_to_come(act, untoc):
    page = of_page(["X", cell(None), cell(date(2004, 1, 30), "a")])
    consent = act("X", "accession", "2004-01-30")
    assert after(page, untoc, consent, act("X", "withdrawal", "2020-01-01"))[1] == [("withdrawal", "2020-01-01")]
    assert after(page, untoc, consent, act("X", "withdrawal", "2025-08-20"))[1] == []


def test_a_window_gives_way_to_a_day_and_a_doubt_ends_with_the_page(act, untoc):
    page = of_page(["X", cell(None), cell(date(2014, 12, 1), "a")])
    window = replace(
        act("X", "accession", "2014-12-01"),
        date=None,
        not_before=date(2014, 11, 12),
        not_after=date(2015, 1, 31),
        confidence=Confidence.LOW,
        source="a newspaper",
    )
    own = [RegisteredAction(window, 1)]
    acts = stated(page, untoc)
    [(one, number)] = numbered(acts, own, set_beside(acts, own, untoc, AS_AT))
    assert (number, one.action.when, one.action.not_before, one.action.confidence, one.action.source) == (
        *(1, "2014-12-01", None, Confidence.UNSAID, ""),
    )


def test_a_consent_whose_kind_the_page_leaves_open_is_the_one_that_is_held_of_its_day(act, untoc):
    page = of_page(
        ["X", cell(date(1972, 10, 19)), cell(None)],
        headings=("Participation by virtue of ratification", "Accession(a)"),
    )
    acts = stated(page, untoc)
    held = [RegisteredAction(act("X", "ratification", "1972-10-19"), 1)]
    assert [one.action.type.value for one in acts] == ["consent of unknown kind"]
    assert [one.action.type.value for one in with_known_kinds(acts, held)] == ["ratification"]
    assert with_known_kinds(acts, []) == acts


def test_a_bracket_is_a_withdrawal_of_the_day_that_its_note_says(untoc):
    note = "On 8 November 2022, the Government of X notified its denunciation with effect from 8 November 2023."
    page = of_page([noted("X", "6"), cell(None), cell(date(2004, 1, 30), "a", bracketed=True)], notes=[("6", note)])
    withdrawal = stated(page, untoc)[1].action
    assert (withdrawal.type, withdrawal.date, withdrawal.effective) == (
        *(ActionType.WITHDRAWAL, date(2022, 11, 8), date(2023, 11, 8)),
    )


def test_a_bracket_without_a_day_is_a_withdrawal_within_a_window(act, untoc):
    page = of_page(["X", cell(None), cell(date(2004, 1, 30), "a", bracketed=True)])
    withdrawal = stated(page, untoc)[1].action
    assert (withdrawal.date, withdrawal.not_before, withdrawal.not_after) == (None, date(2004, 1, 31), date(2025, 2, 3))
    assert untoc.withdrawal_effective(withdrawal, withdrawal.latest) == AS_AT
    dated = act("X", "withdrawal", "2010-05-05")
    standing, gone = after(page, untoc, act("X", "accession", "2004-01-30"), dated)
    assert standing[1:] == [("withdrawal", "2010-05-05", 1)] and gone == []


@pytest.mark.parametrize("rule", [None, *WithdrawalRule])
@pytest.mark.parametrize("ended", [date(2026, 2, 3), date(2024, 2, 29), date(2025, 12, 31), date(2026, 1, 1)])
def test_the_latest_receipt_is_the_last_day_that_has_effect_by_then(rule, ended):
    day = latest_receipt(rule, ended)
    if rule is None:
        assert day == ended
    else:
        assert rule.effective(day) <= ended < rule.effective(date.fromordinal(day.toordinal() + 1))


def test_a_declaration_has_the_day_of_its_consent_unless_it_says_otherwise(untoc):
    italic = "<p align=left><i>{}<br></n></i></p>{}<br>"
    page = of_page(
        ["X", cell(date(2000, 12, 12)), cell(date(2004, 1, 29))],
        ["Y", cell(date(2000, 12, 13)), cell(None)],
        declarations=[
            ("X", italic.format("Reservation:", "Not 35.") + italic.format("Upon signature:", "First words.")),
            ("Y", "Words of a signatory."),
            ("Z", "Words of nobody."),
        ],
        objections=[
            (
                "X",
                "<p align=right>6 August 2005</p>" + italic.format("With regard to the reservation made by Y:", "No."),
            )
        ],
        notifications=[("X", italic.format("Declaration:", "The ministry is the authority."))],
        territories=[("X", "24 Feb 2014", "An island")],
    )
    found, undated = stated_entries(page, "UNTOC", str, stated(page, untoc))
    assert [(one.action.type.value, one.action.when, one.action.text) for one in found] == [
        ("reservation", "2004-01-29", "Not 35."),
        ("reservation or declaration", "2000-12-12", "First words."),
        ("reservation or declaration", "2000-12-13", "Words of a signatory."),
        ("objection", "2005-08-06", "No."),
        ("notification", "2004-01-29", "The ministry is the authority."),
        ("territorial application", "2014-02-24", "An island"),
    ]
    assert [(one.participant_name, one.text) for one in undated] == [("Z", "Words of nobody.")]
