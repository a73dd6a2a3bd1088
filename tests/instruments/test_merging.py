"""What newly read actions mean beside those held."""

from datetime import date

import pytest

from comity.instruments.actions.csv_file import Detail, ReadAction, ReadFile
from comity.instruments.actions.merging import RegisteredAction, merge, refuse_past_completeness


@pytest.fixture(scope="session")
def merging(treaty):
    """Merges actions, from line 2 on, with those held, each the only one of its kind unless numbered."""

    def run(new, held=()):
        found = ReadFile("new.csv", rows=len(new))
        found.actions = [ReadAction(line, action) for line, action in enumerate(new, start=2)]
        known = [item if isinstance(item, RegisteredAction) else RegisteredAction(item, 1) for item in held]
        instruments = {"UNTOC": treaty(), "TIP": treaty("TIP", parent="UNTOC", falls_with_parent=True)}
        return merge(found, known, instruments).numbered, found

    return run


def numbers(merged):
    return [(item.read.line, item.number) for item in merged]


def contradictions(found):
    return [(finding.place, finding.value) for finding in found.findings if finding.rule == "contradiction"]


def test_a_known_action_keeps_its_number(merging, act):
    merged, found = merging([act("076", "ratification", "2004-01-29")], [act("076", "ratification", "2004-01-29")])
    assert numbers(merged) == [(2, 1)]
    assert found.findings == []


def test_another_date_for_a_known_action_corrects_it(merging, act):
    merged, found = merging([act("076", "ratification", "2004-01-30")], [act("076", "ratification", "2004-01-29")])
    assert numbers(merged) == [(2, 1)]
    assert found.findings == []


def test_an_accession_after_a_withdrawal_is_a_second_one(merging, act):
    merged, found = merging(
        [act("068", "withdrawal", "2011-06-29"), act("068", "accession", "2013-01-11")],
        [act("068", "accession", "2005-10-10")],
    )
    assert numbers(merged) == [(2, 1), (3, 2)]
    assert found.findings == []


def test_a_second_spell_is_corrected_and_the_first_left(merging, act):
    held = [
        RegisteredAction(act("068", "accession", "2005-10-10"), 1),
        RegisteredAction(act("068", "withdrawal", "2011-06-29"), 1),
        RegisteredAction(act("068", "accession", "2013-01-11"), 2),
    ]
    merged, found = merging([act("068", "accession", "2013-01-10")], held)
    assert numbers(merged) == [(2, 2)]
    assert found.findings == []


def test_reservations_may_be_many(merging, act):
    held = [act("076", "reservation", "2004-01-29", article="35")]
    new = [act("076", "reservation", "2004-01-29", article="16"), act("076", "reservation", "2006-01-29", article="35")]
    merged, found = merging(new, held)
    assert numbers(merged) == [(2, 2), (3, 3)]
    assert found.findings == []


def test_objections_of_one_day_are_told_apart_by_their_text(merging, act):
    def objects(text):
        return act("643", "objection", "2007-01-01", text=text)

    merged, _found = merging(
        [objects("to that of Belarus"), objects("to that of Somalia")], [objects("to that of Belarus")]
    )
    assert numbers(merged) == [(2, 1), (3, 2)]


def test_territorial_applications_of_one_day_are_told_apart_by_the_areas_that_their_text_names(merging, act):
    def applied(text):
        return act("826", "territorial application", "2007-01-01", text=text)

    held = [RegisteredAction(applied("Bermuda"), 1), RegisteredAction(applied("Gibraltar"), 2)]
    merged, found = merging([applied("Gibraltar"), applied("Anguilla"), applied("Bermuda")], held)
    assert numbers(merged) == [(2, 2), (3, 3), (4, 1)]
    assert found.findings == []
    assert numbers(merging([applied("Bermuda")], [applied("")])[0]) == [(2, 1)]


def test_two_consents_without_a_withdrawal_contradict(merging, act):
    _merged, found = merging([act("076", "accession", "2003-01-01"), act("076", "ratification", "2004-01-29")])
    assert contradictions(found) == [("3:action", "ratification")]
    assert "line 2" in found.findings[0].expected


def test_a_consent_of_another_kind_than_the_one_held_contradicts(merging, act):
    _merged, found = merging([act("076", "accession", "2003-01-01")], [act("076", "ratification", "2004-01-29")])
    assert contradictions(found) == [("2:action", "accession")]
    assert "in the register" in found.findings[0].expected


def test_two_dates_for_one_action_in_a_file_contradict(merging, act):
    _merged, found = merging([act("076", "signature", "2000-12-12"), act("076", "signature", "2000-12-13")])
    assert contradictions(found) == [("3:date", "2000-12-13")]
    _merged, found = merging([act("076", "ratification", "2004-01-29"), act("076", "ratification", "2004-01-30")])
    assert contradictions(found) == [("3:date", "2004-01-30")]


def test_a_withdrawal_of_a_non_party_contradicts(merging, act):
    _merged, found = merging([act("076", "withdrawal", "2003-01-01")], [act("076", "ratification", "2004-01-29")])
    assert contradictions(found) == [("2:action", "withdrawal")]


def test_a_withdrawal_of_a_party_does_not(merging, act):
    merged, found = merging([act("076", "withdrawal", "2005-01-01")], [act("076", "ratification", "2004-01-29")])
    assert (numbers(merged), found.findings) == ([(2, 1)], [])


def test_a_ratification_before_the_participants_own_signature_contradicts(merging, act):
    _merged, found = merging([act("076", "ratification", "2001-01-01")], [act("076", "signature", "2001-01-02")])
    assert contradictions(found) == [("2:date", "2001-01-01")]
    _merged, found = merging([act("076", "signature", "2001-01-02")], [act("076", "ratification", "2001-01-01")])
    assert contradictions(found) == [("2:date", "2001-01-02")]


def test_an_accession_needs_no_signature_and_a_ratification_none_that_is_held(merging, act):
    for kind in ("accession", "ratification"):
        _merged, found = merging([act("076", kind, "2001-01-01")])
        assert found.findings == []


def test_actions_of_others_do_not_matter(merging, act):
    _merged, found = merging([act("076", "accession", "2003-01-01")], [act("250", "ratification", "2002-10-29")])
    assert found.findings == []


def test_a_party_to_a_protocol_that_is_not_party_to_its_parent_is_doubted_and_kept(merging, act):
    new = [act("076", "accession", "2003-01-01", instrument="TIP")]
    merged, found = merging(new)
    assert [(finding.rule, finding.severity, finding.rejected) for finding in found.findings] == [
        ("parent", "warning", False)
    ]
    assert len(merged) == 1
    assert merging(new, [act("076", "ratification", "2003-01-01")])[1].findings == []


def test_an_action_after_the_day_of_completeness_is_refused(merging, act):
    _merged, found = merging([act("004", "accession", "2015-02-19")])
    refuse_past_completeness(found, date(2014, 7, 10))
    [finding] = found.findings
    assert (finding.severity, finding.place, finding.value) == ("error", "2:date", "2015-02-19")
    assert found.rejected == 1


def test_what_is_said_of_one_instrument_alone_stands_before_what_is_said_of_all(merging, act):
    _merged, found = merging([act("004", "accession", "2015-02-19")])
    found.details["complete-through"] = Detail(1, "", "2014-07-10", date(2014, 7, 10))
    found.complete["UNTOC"] = Detail(2, "", "2015-03-01", date(2015, 3, 1), ("UNTOC",))
    refuse_past_completeness(found, None)
    assert found.findings == []


def test_a_row_that_vanishes_from_its_table_does_not_contradict_what_takes_its_place(merging, act):
    held = [RegisteredAction(act("076", "accession", "2004-01-29"), 1, vanishes=True)]
    _merged, found = merging([act("076", "ratification", "2004-01-29")], held)
    assert found.findings == []


def test_what_a_short_file_has_no_column_for_stays_as_it_is_held(treaty, act):
    held = act("499", "succession", "2006-10-23", "2006-06-03", participant_name="Montenegro", note="kept")
    found = ReadFile("new.csv", ("instrument", "participant", "action", "date"), rows=1)
    found.actions = [ReadAction(2, act("499", "succession", "2006-10-24", participant_name="Republic of Montenegro"))]
    [merged] = merge(found, [RegisteredAction(held, 1)], {"UNTOC": treaty()}).numbered
    action = merged.read.action
    assert (action.date, action.effective, action.note) == (date(2006, 10, 24), date(2006, 6, 3), "kept")
    assert action.participant_name == "Montenegro"
