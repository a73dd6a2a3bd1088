"""Tables come in whole or not at all; a changed table supersedes, and both states of knowledge stay readable."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from comity.areas.models import AreaRecord, MembershipRecord, NameRecord
from comity.areas.store import gazetteer, members_figure, membership_facts
from comity.evidence import importing
from comity.evidence.errors import BadInput
from comity.evidence.figures import figure
from comity.evidence.importing import Plan
from comity.evidence.models import AuditEvent
from comity.evidence.store import stands

BringIn = Callable[..., Plan]
TableBytes = Callable[[str], bytes]
AREAS = b"code,iso2,iso3,kind,exists_from,exists_to,verified,note\n"
NAMES = b"area,language,form,name,valid_from,valid_to,verified,note\n"
MEMBERSHIPS = b"area,scheme,value,valid_from,valid_to,verified,note\n"
SUCCESSIONS = b"predecessor,successor,date,relation,verified,note\n"
TODAY = date(2026, 11, 24)


def test_the_shipped_tables_come_in_and_change_nothing_the_second_time(bring_in: BringIn) -> None:
    for table in ("areas.csv", "names.csv", "memberships.csv", "succession.csv"):
        first = bring_in(table)
        assert len(first.adds) == first.rows > 0
        assert first.findings == []
    events = AuditEvent.objects.count()
    again = bring_in("areas.csv")
    assert (len(again.adds), again.changes, again.removed, again.unchanged) == (0, [], [], again.rows)
    assert AuditEvent.objects.count() == events


def test_the_figure_of_members_leads_to_rows_of_the_table(bring_in: BringIn) -> None:
    for table in ("areas.csv", "names.csv", "memberships.csv"):
        bring_in(table)
    made = members_figure(date(2012, 12, 20), as_at=TODAY)
    assert (made.id, made.value, made.unit) == ("members.2012-12-20", 193, "Member States")
    assert made.digest == figure("members.2012-12-20", as_at=TODAY).digest
    sudan = next(fact for fact in made.inputs if fact.about == "728")
    assert (sudan.text, sudan.label, sudan.file) == ("2011-07-14", "South Sudan", "areas/memberships.csv")
    assert all(stands(fact) == fact.text for fact in made.inputs[:5])
    assert figure("members.2011-07-13", as_at=TODAY).value == 192
    assert figure("members.2012-12-20", as_at=date(2010, 1, 1)).value == 192
    groups = membership_facts(TODAY, "regional-group")
    assert stands(groups[0]) == groups[0].text


def test_the_tables_are_known_as_at_earlier_years(bring_in: BringIn) -> None:
    for table in ("areas.csv", "names.csv", "memberships.csv", "succession.csv"):
        bring_in(table)
    then = gazetteer(as_at=date(2012, 12, 31))
    assert then.resolve("Türkiye").code == "792"
    assert len(then.members(date(2012, 12, 20))) == 193


def test_a_changed_row_replaces_and_a_vanished_one_is_closed(bring_in: BringIn) -> None:
    rows = b"004,AF,AFG,state,,,1,\n008,AL,ALB,state,,,1,\n"
    bring_in("areas.csv", AREAS + rows, published=date(2020, 1, 1))
    plan = bring_in("areas.csv", AREAS + b"004,AF,AFG,state,,,1,corrected\n", published=date(2024, 5, 1))
    assert (len(plan.adds), len(plan.changes), len(plan.removed), plan.unchanged) == (0, 1, 1, 0)
    assert "note: – → corrected" in plan.changes[0]
    assert plan.removed == ["008 ALB"]

    old = AreaRecord.objects.get(code="004", note="")
    new = AreaRecord.objects.get(code="004", note="corrected")
    assert old.replaced_by == new
    assert old.closed_from == new.known_from == date(2024, 5, 1)
    assert "areas/areas.csv" in old.closed_because
    before, after = gazetteer(as_at=date(2024, 4, 30)), gazetteer(as_at=date(2024, 5, 1))
    assert (before["004"].note, after["004"].note) == ("", "corrected")
    assert ("008" in before.areas, "008" in after.areas) == (True, False)


def test_a_changed_table_is_seen_at_once(bring_in: BringIn) -> None:
    bring_in("areas.csv", AREAS + b"004,AF,AFG,state,,,1,\n", published=date(2020, 1, 1))
    assert "008" not in gazetteer().areas
    bring_in("areas.csv", AREAS + b"004,AF,AFG,state,,,1,\n008,AL,ALB,state,,,1,\n", published=date(2020, 1, 1))
    assert "008" in gazetteer().areas


def test_a_row_that_comes_back_is_known_again_only_from_when_it_was_closed(bring_in: BringIn) -> None:
    both, one = b"004,AF,AFG,state,,,1,\n008,AL,ALB,state,,,1,\n", b"004,AF,AFG,state,,,1,\n"
    bring_in("areas.csv", AREAS + both, published=date(2020, 1, 1))
    bring_in("areas.csv", AREAS + one, published=date(2022, 1, 1))
    bring_in("areas.csv", AREAS + both + b"012,DZ,DZA,state,,,1,\n", published=date(2024, 1, 1))
    known = AreaRecord.objects.filter(code="008").order_by("pk").values_list("known_from", flat=True)
    assert list(known) == [date(1945, 10, 24), date(2022, 1, 1)]
    assert AreaRecord.objects.as_at(date(2021, 1, 1)).filter(code="008").count() == 1


def test_a_table_published_before_what_it_corrects_leaves_one_fact_at_each_day(bring_in: BringIn) -> None:
    for note, published in (("a", date(2020, 1, 1)), ("b", date(2024, 1, 1)), ("c", date(2022, 1, 1))):
        bring_in("areas.csv", AREAS + f"004,AF,AFG,state,,,1,{note}\n".encode(), published=published)
    for day in (date(2019, 1, 1), date(2023, 1, 1), date(2024, 1, 1), TODAY):
        assert AreaRecord.objects.as_at(day).count() == 1


def test_without_a_day_of_publication_a_correction_is_known_from_today(bring_in: BringIn) -> None:
    bring_in("areas.csv", AREAS + b"004,AF,AFG,state,,,1,\n")
    bring_in("areas.csv", AREAS + b"004,AF,AFG,state,,,1,corrected\n", published=None)
    new = AreaRecord.objects.get(note="corrected")
    assert new.known_from == max(new.recorded_at.date(), date(1945, 10, 24))
    assert new.replaces.closed_from == new.known_from


def test_nothing_of_a_stored_row_can_be_changed_or_deleted(bring_in: BringIn) -> None:
    bring_in("areas.csv", AREAS + b"004,AF,AFG,state,,,1,\n")
    for act in (lambda: AreaRecord.objects.update(note="x"), lambda: AreaRecord.objects.all().delete()):
        with pytest.raises(DatabaseError, match="nothing"), transaction.atomic():
            act()


def test_comments_and_a_byte_order_mark_may_stand_before_the_headings(bring_in: BringIn) -> None:
    plan = bring_in("areas.csv", b"\xef\xbb\xbf# our list\n" + AREAS + b"004,AF,AFG,state,,,1,\n")
    assert plan.adds == ["004 AFG"]
    assert AreaRecord.objects.get().place == "3:code"


def test_rows_of_another_file_are_left_alone_by_the_shipped_table(bring_in: BringIn) -> None:
    bring_in("areas.csv", AREAS + b"004,AF,AFG,state,,,1,\n")
    data = AREAS + b"XAA,,,statistical,,,0,ours\n"
    importer, plan, source = importing.plan_import("mine.csv", data)
    assert plan.removed == []
    importing.carry_out(importer, plan, source, data, actor="test")
    assert bring_in("areas.csv", AREAS + b"004,AF,AFG,state,,,1,x\n").removed == []
    assert set(gazetteer().areas) == {"004", "XAA"}


@pytest.mark.parametrize(
    ("table", "data", "place", "rule"),
    [
        ("areas.csv", AREAS + b"04,AF,AFG,state,,,1,\n", "2:code", "form"),
        ("areas.csv", AREAS + b"004,Af,AFG,state,,,1,\n", "2:iso2", "form"),
        ("areas.csv", AREAS + b"004,AF,AFG,country,,,1,\n", "2:kind", "vocabulary"),
        ("areas.csv", AREAS + b"004,AF,AFG,state,1919-02-30,,1,\n", "2:exists_from", "day"),
        ("areas.csv", AREAS + b"004,AF,AFG,state,19190819,,1,\n", "2:exists_from", "day"),
        ("areas.csv", AREAS + b"200,CS,CSK,former,1993-01-01,1993-01-01,1,\n", "2:exists_to", "spell"),
        ("areas.csv", AREAS + b"004,AF,AFG,state,,,yes,\n", "2:verified", "vocabulary"),
        ("areas.csv", AREAS + b"004,AF,AFG,state,,,1,\n004,AF,AFG,state,,,1,\n", "3:code", "repeated"),
        ("names.csv", NAMES + b"004,en,short,Afghanistan,,,1,\n999,en,short,Nowhere,,,1,\n", "3:area", "unknown-area"),
        ("names.csv", NAMES + b"004,de,short,Afghanistan,,,1,\n", "2:language", "vocabulary"),
        ("names.csv", NAMES + b"004,en,short, ,,,1,\n", "2:name", "form"),
        ("memberships.csv", MEMBERSHIPS + b"004,regional-group,asia,,,1,\n", "2:value", "vocabulary"),
        ("memberships.csv", MEMBERSHIPS + b"004,m49-region,142,,,1,\n", "2:value", "unknown-area"),
        ("memberships.csv", MEMBERSHIPS + b"004,club,member,,,1,\n", "2:scheme", "vocabulary"),
        ("succession.csv", SUCCESSIONS + b"004,008,,merger,1,\n", "2:date", "form"),
        ("succession.csv", SUCCESSIONS + b"004,999,1990-01-01,merger,1,\n", "2:successor", "unknown-area"),
    ],
)
def test_a_bad_row_is_named_by_place_and_nothing_is_stored(
    bring_in: BringIn, table: str, data: bytes, place: str, rule: str
) -> None:
    if table != "areas.csv":
        bring_in("areas.csv", AREAS + b"004,AF,AFG,state,,,1,\n008,AL,ALB,state,,,1,\n")
    events = AuditEvent.objects.count()
    importer, plan, source = importing.plan_import(table, data)
    assert (plan.findings[0].place, plan.findings[0].rule) == (place, rule)
    assert plan.rejected == 1
    with pytest.raises(BadInput, match=f"{table}, {place}"):
        importing.carry_out(importer, plan, source, data, actor="test")
    assert AuditEvent.objects.count() == events
    assert not NameRecord.objects.exists()
    assert not MembershipRecord.objects.exists()


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (AREAS + b"004,AF,AFG,state,,,1,caf\xe9\n", "areas.csv, 2"),
        (AREAS + b'004,AF,AFG,state,,,1,"never closed\n', "areas.csv"),
        (AREAS + b"004,AF,AFG,state,,,1,,more\n", "areas.csv, 2"),
        (AREAS + b"004,AF,AFG,state,,,1,\0\n", "areas.csv, 2"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_line(db: None, data: bytes, place: str) -> None:
    with pytest.raises(BadInput, match=place):
        importing.plan_import("areas.csv", data)


def test_every_bad_row_is_named_at_once(db: None) -> None:
    data = AREAS + b"04,AF,AFG,state,,,1,\n008,AL,ALB,state,,,2,\n012,DZ,DZA,state,,,1,\n"
    _importer, plan, _source = importing.plan_import("areas.csv", data)
    assert [finding.place for finding in plan.findings] == ["2:code", "3:verified"]
    assert (plan.rows, plan.rejected) == (3, 2)


def test_other_headings_are_not_taken_for_a_table_of_areas(db: None) -> None:
    with pytest.raises(BadInput):
        importing.plan_import("areas.csv", b"code,name\n004,Afghanistan\n")


@pytest.mark.parametrize("table", ["areas", "names", "memberships", "succession"])
def test_each_shipped_table_names_its_source(table_bytes: TableBytes, table: str) -> None:
    described = table_bytes(f"{table}.source.yaml").decode()
    for key in ("title:", "publisher:", "published:", "licence:", "verified:", "note:"):
        assert key in described


def test_days_between_two_on_which_something_was_learned_share_a_gazetteer(
    bring_in: Callable[..., Plan], table_bytes: Callable[[str], bytes]
) -> None:
    for table in ("areas.csv", "names.csv", "memberships.csv"):
        bring_in(table, published=date(2014, 1, 1))
    without = b"".join(line for line in table_bytes("memberships.csv").splitlines(True) if b"076,un-member" not in line)
    bring_in("memberships.csv", without, published=date(2020, 1, 1))
    before, last, after = (gazetteer(day) for day in (date(2015, 1, 1), date(2019, 12, 31), date(2020, 1, 1)))
    assert before is last
    assert last.is_member("076") and not after.is_member("076")
    assert gazetteer(date(2024, 1, 1)) is after
