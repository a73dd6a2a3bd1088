"""Bringing in actions: dry run, additions, corrections that are known from their day, the table that ships."""

from datetime import date
from pathlib import Path

import pytest

from comity import instruments
from comity.areas.gazetteer import Gazetteer
from comity.evidence.errors import BadInput
from comity.evidence.figures import figure
from comity.evidence.importing import carry_out, plan_import
from comity.evidence.models import Origin
from comity.evidence.store import Source, events, stands
from comity.instruments import store
from comity.instruments.models import ActionRecord

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]
TABLES = Path(instruments.__file__).parent / "tables"
TODAY = date(2026, 11, 23)
D = date(2012, 12, 20)
HEAD = "instrument,participant,participant_name,action,date\n"
IRAN = (
    "# publisher: United Nations Treaty Collection\n# published: 2017-07-12\n# complete-through: 2017-07-11\n"
    + HEAD
    + "UNTOC,364,Iran (Islamic Republic of),acceptance,2017-07-11\nUNTOC,IRN,,signature,2000-12-12\n"
)


def parties(on, as_at=TODAY, instrument="UNTOC"):
    return store.status(instrument, on, as_at).parties


def test_a_dry_run_says_what_it_would_add_and_stores_nothing(plan_of):
    before = len(list(events()))
    plan = plan_of(IRAN).as_json()
    assert {key: plan[key] for key in ("kind", "rows", "observations", "rejected", "adds", "changes", "unchanged")} == {
        "kind": "treaty actions",
        "rows": 2,
        "observations": 2,
        "rejected": 0,
        "adds": 1,
        "changes": 0,
        "unchanged": 1,
    }
    assert plan["details"]["adds"] == ["Iran (Islamic Republic of): acceptance of UNTOC, 2017-07-11"]
    assert len(list(events())) == before
    assert not ActionRecord.objects.filter(participant="364", action="acceptance", instrument="UNTOC").exists()


def test_what_is_brought_in_counts_from_its_day(bring_in):
    days = (date(2017, 7, 10), date(2017, 7, 11))
    before = [parties(day) for day in days]
    known = parties(date(2020, 1, 1), as_at=date(2017, 7, 10))
    bring_in(IRAN)
    assert [parties(day) for day in days] == [before[0], before[1] + 1]
    assert parties(date(2020, 1, 1), as_at=date(2017, 7, 10)) == known


def test_the_register_is_complete_through_what_its_origins_say_of_each_instrument(bring_in):
    bring_in(IRAN)
    register = store.register(TODAY)
    assert register.complete_through("UNTOC") == date(2024, 5, 4)
    assert register.complete_through("TIP") == date(2014, 7, 10)
    assert register.complete_through("SC61-P72") == date(2015, 3, 1)
    assert register.complete_through("TOKYO") is None
    [_oldest, new, _later] = register.complete["UNTOC"]
    assert (new.place, new.text, stands(new)) == ("3", "# complete-through: 2017-07-11", new.text)


def test_comments_describe_the_origin(bring_in):
    bring_in(IRAN)
    origin = Origin.objects.get(file="new.csv")
    assert (origin.publisher, origin.published, origin.complete_through) == (
        "United Nations Treaty Collection",
        date(2017, 7, 12),
        date(2017, 7, 11),
    )


def test_the_same_bytes_again_change_nothing(bring_in):
    bring_in(IRAN)
    before = len(list(events()))
    plan = bring_in(IRAN)
    assert (plan.rows, plan.unchanged, plan.adds, plan.changes) == (2, 2, [], [])
    assert len(list(events())) == before


def test_a_correction_is_known_from_the_day_its_source_was_published(bring_in):
    plan = bring_in("# published: 2016-05-01\n" + HEAD + "UNTOC,384,Côte d'Ivoire,ratification,2012-12-21\n")
    assert plan.changes == [
        "Côte d'Ivoire: ratification of UNTOC, 2012-12-21 (date: 2012-10-25 → 2012-12-21)",
    ]
    assert parties(D, as_at=date(2016, 4, 30)) == 173
    assert parties(D, as_at=date(2016, 5, 1)) == 172
    assert parties(date(2012, 12, 21), as_at=TODAY) == 173


def test_options_that_treaty_actions_do_not_heed_are_named(bring_in):
    source = Source("new.csv", "New", extra={"replaces": "true", "held": "true", "subject": "treaties"})
    plan = bring_in(IRAN, source=source)
    assert [(finding.rule, finding.severity, finding.value) for finding in plan.findings] == [
        ("option-without-effect", "warning", option) for option in ("--held", "--replaces", "--subject")
    ]
    assert len(plan.adds) == 1


def test_the_date_of_treaty_actions_that_are_held_is_not_corrected_in_silence(bring_in):
    bring_in(IRAN)
    plan = bring_in(IRAN, source=Source("new.csv", "New", published=date(2016, 1, 1)))
    [finding] = plan.findings
    assert (finding.rule, finding.value, plan.unchanged) == ("option-without-effect", "--published 2016-01-01", 2)
    assert "2017-07-12" in finding.expected
    assert bring_in(IRAN, source=Source("new.csv", "New", published=date(2017, 7, 12))).findings == []


def test_a_first_spell_and_its_withdrawal_are_added_before_the_accession_that_is_held(bring_in):
    before = [parties(day, instrument="SC61-AMENDED") for day in (date(2011, 12, 31), date(2012, 1, 1), TODAY)]
    plan = bring_in(
        "instrument,participant,action,date\n"
        "SC61-AMENDED,BOL,accession,1976-09-23\nSC61-AMENDED,BOL,denunciation,2011-06-29\n"
    )
    assert (len(plan.adds), plan.changes) == (2, [])
    days = (date(1976, 9, 22), date(2011, 12, 31), date(2012, 1, 1), date(2013, 1, 11))
    matrices = [store.status_matrix(day, TODAY)["SC61-AMENDED"]["068"].state for day in days]
    assert matrices == ["none", "party", "withdrawn", "party"]
    after = [parties(day, instrument="SC61-AMENDED") for day in (date(2011, 12, 31), date(2012, 1, 1), TODAY)]
    assert after == [before[0] + 1, before[1], before[2]]
    found = figure("in-force-for.SC61-AMENDED.2011-12-31", as_at=TODAY)
    assert [fact.text for fact in found.inputs if fact.about == "068"] == ["1976-09-23", "2011-06-29"]


def test_the_actions_of_a_state_count_for_the_one_that_continues_it(plan_of):
    plan = plan_of(HEAD + "SC61,,Serbia and Montenegro,reservation,2005-01-01\n")
    assert [entry.values["participant"] for entry in plan.steps.actions.adds] == ["688"]


def test_actions_on_an_instrument_without_status_data_give_it_some(bring_in):
    bring_in(HEAD + "TOKYO,076,Brazil,ratification,1970-01-14\n")
    status = store.status("TOKYO", D, TODAY)
    assert (status.parties, status.in_force_for, status.complete_through) == (1, None, None)


@pytest.mark.parametrize(
    ("row", "place"),
    [
        ("UNTOC,999,,ratification,2012-01-01", "3:participant"),
        ("UNTOC,,Ruritania,ratification,2012-01-01", "3:participant_name"),
        ("UNTOC,364,,ratificaton,2012-01-01", "3:action"),
        ("UNTOC,364,,acceptance,2013-02-30", "3:date"),
        ("UNTOC,364,,acceptance,2126-01-01", "3:date"),
        ("UNTOC,384,Côte d'Ivoire,accession,2012-01-01", "3:action"),
        ("UNTOC,364,,withdrawal,2012-01-01", "3:action"),
        ("UNTOC,702,Singapore,signature,2000-12-13", "3"),
    ],
)
def test_one_wrong_row_keeps_the_whole_file_out(bring_in, row, place):
    before = ActionRecord.objects.count()
    with pytest.raises(BadInput) as refused:
        bring_in(HEAD + "UNTOC,702,Singapore,signature,2000-12-13\n" + row + "\n")
    assert [(fault.file, fault.place) for fault in refused.value.faults] == [("new.csv", place)]
    assert ActionRecord.objects.count() == before
    assert not Origin.objects.filter(file="new.csv").exists()


def test_an_unknown_state_is_refused_with_the_nearest_names(plan_of):
    [finding] = plan_of(HEAD + "UNTOC,,Brazill,ratification,2012-01-01\n").errors
    assert "Brazil" in finding.expected


def test_the_nearest_names_are_looked_up_for_a_hundred_and_not_for_a_file_of_names(plan_of, monkeypatch):
    looked_up = []
    nearest = Gazetteer.nearest
    monkeypatch.setattr(Gazetteer, "nearest", lambda *asked: looked_up.append(asked) or nearest(*asked))
    # Aruba is looked up as a State, which it is not, and found as the area that it is.
    rows = "".join(f"UNTOC,,Unheard of {number},ratification,2012-01-01\n" for number in range(150))
    errors = plan_of(HEAD + rows + rows + "UNTOC,ABW,,ratification,2012-01-01\n").errors
    assert (len(errors), len(looked_up)) == (301, 101)
    assert "Aruba" in errors[-1].expected


@pytest.mark.parametrize(
    ("participant", "action", "place", "name"),
    [
        ("ABW,", "territorial application", "2:participant", "Aruba"),
        ("533,", "acceptance", "2:participant", "Aruba"),
        ("HKG,", "territorial application", "2:participant", "Hong Kong"),
        (",Bermuda", "territorial exclusion", "2:participant_name", "Bermuda"),
        ("150,", "accession", "2:participant", "Europe"),
    ],
)
def test_an_area_that_is_no_state_is_refused_as_such(plan_of, participant, action, place, name):
    [finding] = plan_of(HEAD + f"UNTOC,{participant},{action},2013-01-01\n").errors
    assert finding.place == place
    assert name in finding.expected
    assert "is an area and neither" in finding.expected
    assert "nearest" not in finding.expected


@pytest.mark.parametrize(
    ("row", "place", "said"),
    [
        ("UNTOC,528,Aruba,ratification,2007-01-18", "2:participant_name", "Aruba is an area and neither"),
        ("UNTOC,156,Hong Kong,ratification,2007-01-18", "2:participant_name", "is an area and neither"),
        ("UNTOC,530,,accession,2007-01-18", "2:participant", "Netherlands Antilles is an area and neither"),
        ("UNTOC,SSD,,accession,2010-01-18", "2:participant", "South Sudan did not"),
        ("UNTOC,DDR,,ratification,2004-01-18", "2:participant", "German Democratic Republic did not"),
        ("UNTOC,200,,ratification,2004-01-18", "2:participant", "Czechoslovakia did not"),
        ("UNCAC,,Soviet Union,ratification,2006-01-01", "2:participant_name", "did not"),
        ("UNCAC,,Yugoslavia,ratification,2007-01-01", "2:participant_name", "did not"),
    ],
)
def test_what_was_no_state_on_the_day_is_refused_as_such(plan_of, row, place, said):
    [finding] = plan_of(HEAD + row + "\n").errors
    assert (finding.place, said in finding.expected) == (place, True)


@pytest.mark.parametrize("code", ["YU", "YUG", "CS", "891", "Yugoslavia", "688"])
def test_yugoslavia_after_1992_is_continued_by_serbia(plan_of, code):
    plan = plan_of(HEAD + f"UNTOC,{code},,declaration,2001-09-07\n")
    assert [entry.values["participant"] for entry in plan.steps.actions.adds] == ["688"]


def test_a_file_without_a_day_of_publication_counts_as_of_today_and_says_so(plan_of):
    [finding] = plan_of(HEAD + "UNTOC,364,Iran (Islamic Republic of),acceptance,2017-07-11\n").findings
    assert (finding.rule, finding.severity) == ("undated", "warning")
    assert "counts as published today" in finding.expected


def test_a_territorial_application_stands_under_its_state_and_counts_for_nobody(bring_in):
    head = "# published: 2011-01-01\ninstrument,participant,action,date,text\n"
    row = "UNTOC,528,territorial application,2010-01-18,{}\n"
    before = parties(TODAY)
    assert len(bring_in(head + row.format("Aruba")).adds) == 1
    plan = bring_in(head + row.format("Curaçao") + row.format("Aruba"), "more.csv")
    assert (len(plan.adds), plan.changes, plan.unchanged, plan.findings) == (1, [], 1, [])
    assert parties(TODAY) == before


def test_a_dry_run_counts_rejected_rows(plan_of):
    plan = plan_of(HEAD + "UNTOC,364,,ratificaton,2012-01-01\nUNTOC,364,,acceptance,2017-07-11\n").as_json()
    assert (plan["rows"], plan["observations"], plan["rejected"]) == (2, 1, 1)


def shipped_source(published):
    return Source(
        file="instruments/tables/actions.csv",
        title="Actions",
        kind=Origin.Kind.TABLE,
        published=published,
        verified=False,
    )


def edited(old, new):
    text = (TABLES / "actions.csv").read_text(encoding="utf-8")
    assert text.count(old) == 1
    return text.replace(old, new)


def test_a_changed_table_that_ships_supersedes_and_closes_what_has_gone(bring_in):
    text = edited("UNTOC,384,Côte d'Ivoire,ratification,2012-10-25,,,,,\n", "")
    plan = bring_in(text, "instruments/tables/actions.csv", shipped_source(date(2027, 1, 1)))
    assert plan.removed == ["Côte d'Ivoire: ratification of UNTOC, 2012-10-25"]
    assert (plan.adds, plan.changes) == ([], [])
    assert parties(D, as_at=date(2026, 12, 31)) == 173
    assert parties(D, as_at=date(2027, 1, 1)) == 172


def test_a_table_that_ships_leaves_what_users_added_and_corrected_later(bring_in):
    bring_in(IRAN)
    bring_in("# published: 2016-05-01\n" + HEAD + "UNTOC,384,Côte d'Ivoire,ratification,2012-12-21\n", "corrected.csv")
    text = edited("UNTOC,008,Albania,signature,2000-12-12,", "UNTOC,008,Albania,signature,2000-12-13,")
    plan = bring_in(text, "instruments/tables/actions.csv", shipped_source(date(2015, 3, 14)))
    assert (plan.adds, plan.removed, len(plan.changes)) == ([], [], 1)
    assert parties(D) == 172
    assert parties(date(2017, 7, 11)) == parties(date(2017, 7, 10)) + 2


def test_a_user_file_never_removes(plan_of):
    assert plan_of(IRAN).removed == []


def test_an_instrument_with_a_wrong_cell_is_refused():
    text = (TABLES / "instruments.csv").read_text(encoding="utf-8")
    wrong = text.replace("2003-09-29,40,90", "2003-09-31,forty,90").replace("TIP,Protocol", "TIP,", 1)
    with pytest.raises(BadInput) as refused:
        plan_import("instruments.csv", wrong.encode())
    assert [fault.place for fault in refused.value.faults] == ["2:entry_into_force", "2:trigger_count"]


def test_a_protocol_of_an_instrument_that_is_not_held_is_refused():
    text = (TABLES / "instruments.csv").read_text(encoding="utf-8")
    with pytest.raises(BadInput) as refused:
        plan_import("instruments.csv", text.replace("United Nations,UNTOC,1", "United Nations,UNTOK,1", 1).encode())
    assert [(fault.place, fault.value) for fault in refused.value.faults] == [("3:parent", "UNTOK")]


def test_the_example_of_the_documentation_is_brought_in_as_it_says(bring_in):
    page = (Path(__file__).parents[2] / "docs" / "csv-of-treaty-actions.md").read_text(encoding="utf-8")
    plan = bring_in(page.split("```")[1].lstrip())
    assert (plan.rows, plan.unchanged, plan.findings) == (3, 3, [])


def test_a_ragged_quote_names_the_line_on_which_its_row_begins(plan_of):
    with pytest.raises(BadInput) as refused:
        plan_of(HEAD + 'UNTOC,702,Singapore,signature,2000-12-13\nUNTOC,364,"Japan,acceptance,2017-07-11\n')
    assert refused.value.faults[0].place == "3"


def test_of_two_plans_made_at_once_the_second_is_made_again(shipped):
    data = IRAN.encode()
    first, second = plan_import("new.csv", data), plan_import("new.csv", data)
    for importer, plan, source in (first, second):
        carry_out(importer, plan, source, data, actor="a test")
    assert (second[1].as_json()["adds"], second[1].as_json()["unchanged"]) == (0, 2)
    assert ActionRecord.objects.filter(participant="364", action="acceptance", instrument="UNTOC").count() == 1
