"""Verifying what a report says of a resolution's paragraphs: records, origins, and the words of its documents."""

import json
import shutil
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction
from workspaces import unguard

from comity.evidence import importing
from comity.evidence.models import Origin
from comity.evidence.store import Source
from comity.evidence.workspaces import workspace
from comity.mandates import store as mandates
from comity.mandates.models import ParagraphRecord
from comity.reports.build import build
from comity.reports.checks.paragraphs_in_words import paragraph_around, paragraph_of
from comity.reports.checks.printed_words import parted, words_in_html
from comity.reports.checks.verify import verify

ON, AS_AT = date(2014, 7, 10), date(2020, 1, 1)
REGISTER = next(file for _path, file in importing.reference_tables() if file.endswith("A-RES-67-189.yaml"))
SOURCE = """---
title: A small report
symbol: A/68/…
organization: United Nations
organ: General Assembly
distribution: General
original: English
language: en-GB
session: Sixty-eighth session
---

# Status

On {{@on|date}} the Convention had {{parties.UNTOC.@on}} parties.

# Paragraphs

{{evidence A/RES/67/189}}
"""

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("register")]


@pytest.fixture(scope="module")
def first_with_paragraphs(register, tmp_path_factory):
    folder = tmp_path_factory.mktemp("paragraphs")
    (folder / "small.md").write_text(SOURCE, encoding="utf-8")
    return build(folder / "out", on=ON, as_at=AS_AT, source=folder / "small.md").directory


@pytest.fixture
def directory(first_with_paragraphs, tmp_path):
    return shutil.copytree(first_with_paragraphs, tmp_path / "out")


def records(directory: Path) -> list[dict]:
    return json.loads((directory / "paragraphs.json").read_text("utf-8"))


def fortieth() -> ParagraphRecord:
    return ParagraphRecord.objects.standing().get(paragraph="A/RES/67/189#op40", layer="register")


def where() -> str:
    return f"{REGISTER}, {fortieth().place}"


def test_a_report_records_each_paragraph_that_it_shows_with_its_place(directory):
    assert verify(directory) == []
    shown = records(directory)
    assert [one["id"] for one in shown] == [f"A/RES/67/189#op{number}" for number in range(1, 42)]
    one = shown[39]
    assert (one["deadline"], one["asks"][0]["addressees"]) == ("session 68", ["Secretary-General"])
    assert one["file"] == REGISTER and one["place"].isdigit()
    assert one["line"] in (directory / "report.html").read_text("utf-8")


@pytest.mark.once
@pytest.mark.parametrize(
    ("field", "value"),
    [("deadline", "session 69"), ("line", "Asks nothing"), ("themes", []), ("recurrent", None)],
)
def test_a_record_edited_in_the_folder_is_named_with_field_file_and_place(directory, field, value):
    shown = records(directory)
    before, shown[39][field] = shown[39][field], value
    (directory / "paragraphs.json").write_text(json.dumps(shown), "utf-8")
    (difference,) = verify(directory)
    assert (difference.file, difference.place) == ("paragraphs.json", f"A/RES/67/189#op40, {field}")
    assert difference.input == where()
    assert difference.expected in (before, json.dumps(before))


@pytest.mark.once
def test_a_record_taken_out_of_the_folder_is_named(directory):
    (directory / "paragraphs.json").write_text(json.dumps(records(directory)[:39] + records(directory)[40:]), "utf-8")
    (difference,) = verify(directory)
    assert (difference.place, difference.found, difference.input) == ("A/RES/67/189#op40", "nothing", where())


@pytest.mark.once
def test_a_sentence_edited_in_the_page_is_named_with_its_paragraph(directory):
    page = directory / "report.html"
    line = records(directory)[39]["line"]
    page.write_text(page.read_text("utf-8").replace(line, line.replace("report", "keep silent", 1), 1), "utf-8")
    (difference,) = verify(directory)
    assert difference.file == "report.html" and difference.place.endswith(", A/RES/67/189#op40")
    assert "keep silent" in difference.found and "report" in difference.expected
    assert difference.input == where()


@pytest.mark.once
def test_a_number_and_a_sentence_edited_in_one_page_are_both_named(directory):
    page = directory / "report.html"
    line = records(directory)[39]["line"]
    edited = page.read_text("utf-8").replace(line, "Nothing at all", 1)
    edited = edited.replace(
        'data-figure="parties.UNTOC.2014-07-10">179', 'data-figure="parties.UNTOC.2014-07-10">197', 1
    )
    page.write_text(edited, "utf-8")
    differences = verify(directory)
    assert {(one.figure, one.input) for one in differences} == {("parties.UNTOC.2014-07-10", ""), ("", where())}


@pytest.mark.once
def test_a_sentence_edited_in_word_is_named_with_its_paragraph(directory):
    path = directory / "report.docx"
    with zipfile.ZipFile(path) as package:
        held = {name: package.read(name) for name in package.namelist()}
    verb = records(directory)[39]["asks"][0]["verb"].encode()
    line = records(directory)[39]["line"].encode()
    assert line in held["word/document.xml"]
    held["word/document.xml"] = held["word/document.xml"].replace(line, line.replace(verb, b"Forbids", 1), 1)
    with zipfile.ZipFile(path, "w") as package:
        for name, data in held.items():
            package.writestr(name, data)
    (difference,) = verify(directory)
    assert (difference.file, difference.input) == ("report.docx", where())
    assert difference.place.startswith("document.xml, paragraph ") and difference.found.startswith("Forbids")


def test_a_record_edited_in_the_database_is_named_against_its_origin(directory):
    with transaction.atomic():
        unguard("mandates_paragraphrecord")
        record = fortieth()
        details = {**record.details, "deadline": "session 99"}
        details["asks"] = [{**details["asks"][0], "asked": "stay silent"}, *details["asks"][1:]]
        ParagraphRecord.objects.filter(pk=record.pk).update(details=details)
        mandates._paragraphs.cache_clear()
        differences = verify(directory)
        expected = where()
        transaction.set_rollback(True)
    mandates._paragraphs.cache_clear()
    from_origin = [one for one in differences if one.file == "database" and one.place.startswith("A/RES/67/189#op40")]
    assert {one.place.partition(", ")[2] for one in from_origin} == {"deadline", "asks"}
    assert {("session 99", "session 68", expected)} <= {(one.found, one.expected, one.input) for one in from_origin}
    documents = {one.file for one in differences if one.input == expected and "A/RES/67/189#op40" in one.place}
    assert documents == {"database", "paragraphs.json", "report.html", "report.docx", "report.pdf"}


def test_a_record_withdrawn_from_the_database_is_named(directory):
    expected = where()
    with transaction.atomic():
        unguard("mandates_paragraphrecord")
        fortieth().delete()
        mandates._paragraphs.cache_clear()
        differences = verify(directory)
        transaction.set_rollback(True)
    mandates._paragraphs.cache_clear()
    named = {(one.file, one.input) for one in differences if one.place == "A/RES/67/189#op40"}
    assert {("database", expected), ("paragraphs.json", expected)} <= named


def test_a_register_that_was_brought_in_since_is_named_field_by_field(directory, tmp_path):
    path = next(path for path, file in importing.reference_tables() if file == REGISTER)
    changed = path.read_text("utf-8").replace("deadline: session 68", "deadline: session 70", 1).encode()
    with transaction.atomic():
        (tmp_path / "small.md").write_text(SOURCE, encoding="utf-8")
        made = build(tmp_path / "late", on=ON, as_at=date(2030, 1, 1), source=tmp_path / "small.md").directory
        importer, plan, source = importing.plan_import("67-189.yaml", changed, Source("67-189.yaml", "Register"))
        importing.carry_out(importer, plan, source, changed, actor="test")
        late, early = verify(made), verify(directory)
        transaction.set_rollback(True)
    mandates._paragraphs.cache_clear()
    (named,) = [one for one in late if one.place == "A/RES/67/189#op40, deadline"]
    assert (named.file, named.found, named.expected) == ("paragraphs.json", "session 68", "session 70")
    assert named.input.startswith("67-189.yaml, ")
    assert early == []  # as known on a day before, nothing changed


def test_an_edited_register_among_the_origins_is_named(directory):
    origin = Origin.objects.get(file=REGISTER)
    path = workspace.home() / "origins" / origin.sha256
    kept = path.read_bytes()
    try:
        path.write_bytes(kept.replace(b"deadline: session 68", b"deadline: session 70", 1))
        differences = verify(directory)
    finally:
        path.write_bytes(kept)
    assert any(one.file == f"origins/{origin.sha256}" and one.expected == origin.sha256 for one in differences)


def test_a_shipped_register_edited_after_the_import_is_named_with_the_line(directory, tmp_path, monkeypatch):
    tables = []
    for path, file in importing.reference_tables():
        if file == REGISTER:
            copy = tmp_path / path.name
            copy.write_bytes(path.read_bytes().replace(b"deadline: session 68", b"deadline: session 70", 1))
            path = copy
        tables.append((path, file))
    monkeypatch.setattr(importing, "reference_tables", lambda: tables)
    (difference,) = verify(directory)
    assert difference.file == REGISTER and difference.place.isdigit()
    assert ("session 70" in difference.found, "session 68" in difference.expected) == (True, True)


def test_what_a_person_corrected_is_recorded_with_its_mark_and_is_no_departure(tmp_path):
    with transaction.atomic():
        mandates.confirm("A/RES/67/189#op40", "deadline", "session 69", "expert")
        (tmp_path / "small.md").write_text(SOURCE, encoding="utf-8")
        made = build(tmp_path / "out", on=ON, as_at=date(2030, 1, 1), source=tmp_path / "small.md").directory
        differences, one = verify(made), records(made)[39]
        transaction.set_rollback(True)
    mandates._paragraphs.cache_clear()
    assert differences == []
    assert (one["deadline"], one["marks"]["deadline"]) == ("session 69", "corrected")
    assert one["confirmations"] == [{"field": "deadline", "verdict": "corrected", "by": "expert"}]


SHOWN = [
    {"id": "x#op1", "line": "Requests the Board to light all lamps of the river", "evidence": {"awaits": ""}},
    {
        "id": "x#op2",
        "line": "Invites States to ring bells in fog at every hour",
        "evidence": {"awaits": "counts of bells"},
    },
]


def test_words_are_of_the_paragraph_whose_description_they_hold_or_are_part_of():
    assert paragraph_of("2 Invites States to ring bells in fog at every hour", SHOWN) is SHOWN[1]
    assert paragraph_of("Board to light all lamps", SHOWN) is SHOWN[0]
    assert paragraph_of("Awaited: counts of bells", SHOWN) is SHOWN[1]
    assert paragraph_of("bells", SHOWN) is None
    page = [
        "1",
        "Requests",
        "the",
        "Board",
        "to",
        "light",
        "all",
        "lamps",
        "of",
        "the",
        "river",
        "2",
        "Invites",
        "States",
        "to",
        "ring",
        "bells",
    ]
    assert paragraph_around(page, 6, 7, SHOWN) is SHOWN[0]
    assert paragraph_around(page, 6, 7, []) is None


def test_figures_are_no_words_and_every_other_word_is():
    page = "<html><body><p>Of {} parties, <b>{}</b> are new.</p><td>x</td></body></html>"
    shown = '<a data-figure="parties.UNTOC">{}</a>'
    first, second = (
        words_in_html(page.format(shown.format(n), word).encode()) for n, word in ((1, "some"), (2, "all"))
    )
    ((place, found, expected, whole),) = parted(first, second)
    assert (place, found, expected) == ("line 1", "Of ▪ parties, some are new.", "Of ▪ parties, all are new.")
    assert whole == expected
