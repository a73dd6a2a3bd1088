"""Bringing in status pages of the depositary: they speak for their treaty, whole, up to their day."""

import re
from datetime import date
from pathlib import Path

import pytest
from depositary_pages import Page, cell, noted
from django.test import Client

from comity import instruments
from comity.evidence.errors import BadInput
from comity.evidence.importing import plan_import
from comity.evidence.models import Origin
from comity.evidence.store import Source, stands
from comity.instruments import store
from comity.instruments.models import ActionRecord, StatementRecord

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]
TODAY = date(2026, 11, 23)
AS_AT = date(2026, 2, 3)


def page_of_the_register(code="UNTOC", *, without=(), more=(), **changed):
    """A page that shows just what the register holds of an instrument, but for some participants."""
    held = store.register(date.max)
    line = held.timelines[code]
    rows, signatories, parties = [], 0, 0
    marks = {"ratification": ""}
    for area in sorted(line):
        standing = line[area].at(AS_AT)
        facts = [fact.value for fact in held.actions[code] if fact.value.participant == area]
        signed = next((one for one in facts if one.type.signs), None)
        bound = next((one for one in reversed(facts) if one.type.binds), None)
        if area in without or not (signed or bound) or (bound and bound.date is None):
            continue
        mark = marks.get(bound.type.value, bound.type.suffix) if bound else ""
        signature = cell(signed.date, signed.type.suffix) if signed else cell(None)
        rows.append([(bound or signed).participant_name, signature, cell(bound.date, mark) if bound else cell(None)])
        signatories, parties = signatories + bool(signed), parties + bool(bound)
        del standing
    rows = [*rows, *more]
    said = {"signatories": str(signatories), "parties": str(parties + len(more)), "rows": rows}
    headings = (
        "Signature, Succession to signature(d)",
        "Ratification, Acceptance(A), Approval(AA), Accession(a), Succession(d), Definitive signature(s)",
    )
    item = held.instruments[code].value
    in_force = f"{item.entry_into_force.day} {item.entry_into_force:%B %Y}"
    of_treaty = {"mtdsg": item.collection_reference, "in_force": in_force}
    return Page(**{**of_treaty, "headings": headings, **said, **changed})


def parties(code, on, as_at=TODAY):
    return store.status(code, on, as_at).as_json()["parties"]


def signatories(code, on, as_at=TODAY):
    return store.status(code, on, as_at).as_json()["signatories"]


def standing(participant, code="UNTOC"):
    records = ActionRecord.objects.standing().filter(instrument=code, participant=participant).order_by("pk")
    return [(record.action, record.number, record.when) for record in records]


def refused(page, source=None):
    with pytest.raises(BadInput) as error:
        _importer, plan, _source = plan_import("page.html", page if isinstance(page, bytes) else page.bytes(), source)
        raise BadInput([finding.fault() for finding in plan.errors])
    return str(error.value)


def test_a_page_is_known_by_its_content_and_its_treaty_by_its_number(plan_of):
    plan = plan_of(page_of_the_register().bytes(), "anything.bin")
    assert (plan.kind, plan.errors) == ("status page of the depositary", [])
    assert (plan.source.publisher, plan.source.published) == ("United Nations Treaty Collection", AS_AT)
    assert plan.source.url == (
        "https://treaties.un.org/Pages/ViewDetails.aspx?src=TREATY&mtdsg_no=XVIII-12&chapter=18&clang=_en"
    )


def test_a_page_that_shows_what_is_held_changes_no_act_and_moves_the_day_of_completeness(bring_in):
    before = parties("HOSTAGES", AS_AT)
    page = page_of_the_register("HOSTAGES")
    plan = bring_in(page.bytes(), "XVIII-5.html")
    assert (plan.adds, plan.changes) == ([], [])
    assert store.status("HOSTAGES", AS_AT, TODAY).complete_through == AS_AT
    assert parties("HOSTAGES", AS_AT) == int(page.parties) == before
    assert StatementRecord.objects.filter(instrument="HOSTAGES").count() == plan.unchanged


def test_each_act_of_a_page_is_found_at_its_place_in_the_page(bring_in):
    note = "On 5 January 2024, the Government of Brazil notified its denunciation with effect from 5 January 2025."
    more = [[noted("Brazil", "2"), cell(None), cell(date(2004, 2, 9), "a", bracketed=True)]]
    page = page_of_the_register(without={"076"}, more=more, notes=[("2", note)])
    page.parties = str(int(page.parties) - 1)
    bring_in(page.bytes())
    facts = [fact for fact in store.register(TODAY).actions["UNTOC"] if fact.value.participant == "076"]
    assert {fact.value.type.value for fact in facts} >= {"accession", "withdrawal"}
    assert {fact.text for fact in facts} == {"9 Feb 2004", "["}
    for fact in facts:
        assert fact.text in " ".join((stands(fact) or "").split())


def test_a_page_with_an_act_from_before_the_adoption_is_refused_at_its_line(plan_of):
    page = page_of_the_register(without={"076"}, more=[["Brazil", cell(date(1944, 12, 18)), cell(date(2004, 1, 29))]])
    page.signatories = str(int(page.signatories) + 1)
    [finding] = plan_of(page.bytes()).errors
    assert (finding.value, finding.place != "") == ("1944-12-18", True)
    assert finding.expected == "a day from 2000-11-15 on, when UNTOC was adopted"


def test_a_page_that_entered_into_force_on_another_day_is_of_another_treaty():
    words = refused(page_of_the_register("SOM", in_force="24 December 2014"))
    assert "entry into force on 2004-01-28, as the register holds of SOM" in words


def test_the_same_bytes_a_second_time_change_nothing(bring_in, plan_of):
    data = page_of_the_register().bytes()
    bring_in(data)
    again = plan_of(data)
    assert (again.adds, again.changes, again.removed, again.changes_anything) == ([], [], [], False)


def test_a_new_party_is_added_and_another_day_corrected(bring_in):
    page = page_of_the_register(
        without={"408", "392"}, more=[["Japan", cell(date(2000, 12, 12)), cell(date(2017, 7, 12), "A")]]
    )
    page.signatories = str(int(page.signatories) + 1)
    bring_in(page.bytes())
    assert standing("392") == [("signature", 1, "2000-12-12"), ("acceptance", 1, "2017-07-12")]
    assert standing("408") == []


def test_a_bracket_ends_a_participation_within_a_window_or_on_the_day_of_its_note(bring_in):
    note = "On 5 January 2024, the Government of Brazil notified its denunciation with effect from 5 January 2025."
    more = [
        [noted("Brazil", "2"), cell(date(2000, 12, 12), bracketed=True), cell(date(2004, 1, 29), bracketed=True)],
        ["Chile", cell(date(2000, 12, 13), bracketed=True), cell(date(2004, 11, 29), bracketed=True)],
    ]
    signatories_before = signatories("UNTOC", AS_AT)
    page = page_of_the_register(without={"076", "152"}, more=more, notes=[("2", note)])
    page.parties = str(int(page.parties) - 2)
    plan = bring_in(page.bytes())
    assert plan.findings == []
    assert standing("076")[-1] == ("withdrawal", 1, "2024-01-05")
    assert standing("152")[-1] == ("withdrawal", 1, "2004-11-30/2025-02-03")
    assert parties("UNTOC", AS_AT) == int(page.parties)
    assert signatories("UNTOC", AS_AT) == signatories_before - 2 == int(page.signatories)
    assert parties("UNTOC", date(2024, 12, 31)) == int(page.parties) + 1


def test_a_participant_under_two_names_is_refused(plan_of):
    page = page_of_the_register(more=[["Türkiye", cell(None), cell(date(2020, 1, 5), "a")]])
    plan = plan_of(page.bytes())
    [error] = [finding for finding in plan.findings if finding.rule == "participant"]
    assert (error.value, error.severity) == ("Türkiye", "error")
    assert "“Turkey”" in error.expected


def test_what_is_not_understood_is_named_and_closes_no_declaration(bring_in):
    reservation = ("Brazil", "<p align=left><i>Reservation:<br></n></i></p>Not bound by article 35.<br>")
    bring_in(page_of_the_register(declarations=[reservation]).bytes())
    objection = ("Chile", "<p align=right>1 Ju 2004</p>Objects.<br>")
    plan = bring_in(page_of_the_register(objections=[objection], as_at="04-03-2026").bytes(), "later.html")
    [warning] = [finding for finding in plan.findings if finding.rule == "residue"]
    assert (warning.value, warning.severity) == ("1 Ju 2004", "warning")
    assert "reservation" in {action for action, *_more in standing("076")}


def test_what_is_declared_is_held_with_its_text_and_shown(bring_in):
    page = page_of_the_register(
        declarations=[("Brazil", "<p align=left><i>Reservation:<br></n></i></p>Not bound by article 35.<br>")],
        notifications=[("Brazil", "<p align=right>6 August 2005</p>The ministry is the central authority.<br>")],
        territories=[("Brazil", "24 Feb 2014", "An island")],
    )
    bring_in(page.bytes())
    held = ActionRecord.objects.standing().filter(instrument="UNTOC", participant="076")
    found = {one.action: (one.when, one.text) for one in held if one.text}
    assert found == {
        "reservation": ("2004-01-29", "Not bound by article 35."),
        "notification": ("2005-08-06", "The ministry is the central authority."),
        "territorial application": ("2014-02-24", "An island"),
    }


def test_the_pages_show_what_is_declared_and_how_to_refresh(bring_in):
    declared = [
        ("Brazil", "<p align=left><i>Reservation:<br></n></i></p>Not bound by <b>article</b> 35 &lt;x&gt;.<br>")
    ]
    bring_in(page_of_the_register(declarations=declared, notes=[("2", "An end note.")]).bytes())
    page = Client().get("/instruments/UNTOC/?on=2012-12-20").content.decode()
    assert 'href="/instruments/UNTOC/declarations/?kind=reservation"' in page
    assert "mtdsg_no=XVIII-12&amp;chapter=18" in page and "comity import XVIII-12.html --dry-run" in page
    shown = Client().get("/instruments/UNTOC/declarations/?kind=reservation").content.decode()
    assert "Not bound by article 35 &lt;x&gt;." in shown and "/states/BRA/" in shown
    assert "Not bound" in Client().get("/instruments/UNTOC/declarations/?area=076").content.decode()
    assert "Not bound" not in Client().get("/instruments/UNTOC/declarations/?area=FRA").content.decode()
    assert Client().get("/instruments/UNTOC/declarations/?kind=wish").status_code == 404
    assert "/instruments/UNTOC/declarations/?area=076" in Client().get("/states/BRA/").content.decode()
    source = re.search(r'href="(/origins/[^"]+)"', shown)
    assert source and Client().get(source[1]).status_code == 200


def test_a_later_page_closes_declarations_that_it_lacks(bring_in):
    declared = [("Brazil", "<p align=left><i>Reservation:<br></n></i></p>Not bound by article 35.<br>")]
    bring_in(page_of_the_register(declarations=declared).bytes())
    plan = bring_in(page_of_the_register(as_at="04-03-2026").bytes())
    assert plan.removed == ["Brazil: reservation of UNTOC, 2004-01-29"]


def test_what_the_page_shows_no_more_stays_known_for_earlier_states_of_knowledge(bring_in):
    before = parties("UNTOC", date(2012, 12, 20))
    plan = bring_in(page_of_the_register(without={"076"}).bytes())
    assert any(line.startswith("Brazil: ratification of UNTOC") for line in plan.removed)
    assert parties("UNTOC", date(2012, 12, 20)) == before - 1
    assert parties("UNTOC", date(2012, 12, 20), date(2026, 2, 2)) == before


def test_totals_that_the_rows_do_not_give_refuse_the_page():
    page = page_of_the_register()
    page.parties = str(int(page.parties) + 1)
    words = refused(page)
    assert f"Parties: {page.parties}" in words and str(int(page.parties) - 1) in words
    assert not Origin.objects.filter(file="page.html").exists()


def test_names_that_nobody_bears_refuse_the_page():
    words = refused(page_of_the_register(more=[["Ruritania", cell(None), cell(date(2005, 1, 1), "a")]]))
    assert "Ruritania" in words


def test_a_page_of_a_treaty_that_the_register_lacks_says_how_to_read_it():
    words = refused(Page(mtdsg="XXVI-6"))
    assert "XXVI-6" in words and "comity instrument read page.html" in words


def test_a_page_from_before_the_day_of_completeness_is_refused():
    words = refused(page_of_the_register(rows=(), signatories="0", parties="0", as_at="01-01-2010"))
    assert "2010-01-01" in words and "complete" in words


def test_a_page_of_another_site_is_answered_as_any_web_page():
    assert "web page" in refused(
        b"<!DOCTYPE html><html><body><table><tr><td>Participant</td></tr></table></body></html>"
    )


def test_an_older_file_does_not_take_the_place_of_what_a_page_confirms(bring_in):
    bring_in(page_of_the_register().bytes())
    text = "# published: 2015-06-01\ninstrument,participant,action,date\nUNTOC,076,ratification,2004-01-30\n"
    bring_in(text)
    assert ("ratification", 1, "2004-01-29") in standing("076")


def test_a_later_state_of_the_table_that_ships_takes_nothing_back_from_a_page(bring_in):
    bring_in(page_of_the_register(without={"076"}, more=[["Brazil", cell(None), cell(date(2004, 2, 29), "a")]]).bytes())
    table = (
        Path(instruments.__file__).parent / "tables" / "actions.csv"
    ).read_text() + "UNCAC,076,,notification,2006-01-01\n"
    plan = bring_in(
        table, "instruments/tables/actions.csv", Source("instruments/tables/actions.csv", "t", kind=Origin.Kind.TABLE)
    )
    assert standing("076") == [("accession", 1, "2004-02-29")]
    assert len(plan.adds) == 1 and plan.removed == []


def test_a_day_that_a_person_says_is_the_day_of_publication(bring_in):
    plan = bring_in(
        page_of_the_register().bytes(), source=Source(file="p.html", title="p.html", published=date(2026, 2, 4))
    )
    assert plan.source.published == date(2026, 2, 4)
