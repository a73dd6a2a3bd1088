import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction
from workspaces import unguard

from comity.evidence import importing
from comity.evidence.errors import BadInput
from comity.evidence.models import Origin
from comity.evidence.places import Text
from comity.evidence.workspaces import workspace
from comity.instruments import store as instruments
from comity.instruments.models import ActionRecord
from comity.reports.build import build
from comity.reports.checks.verify import _stands, verify

ACTIONS = next(file for _path, file in importing.reference_tables() if file.endswith("actions.csv"))
ON, AS_AT = date(2014, 7, 10), date(2020, 1, 1)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("register")]


@pytest.fixture
def directory(built):
    return built.directory


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def test_a_report_as_it_was_built_has_no_difference(directory):
    assert verify(directory) == []


@pytest.mark.once
@pytest.mark.parametrize(
    ("place", "stands"),
    [("2:not_before", "2024-05-05/2025-03-25"), ("3:not_before", "2017-07-12/.."), ("4:date", "2018-01-01")],
)
def test_a_window_is_read_again_from_both_of_its_cells(place: str, stands: str) -> None:
    rows = "date,not_before,not_after\n,2024-05-05,2025-03-25\n,2017-07-12,\n2018-01-01,,\n"
    assert _stands(Text(rows), place) == stands


@pytest.mark.once
def test_a_folder_without_a_report_is_bad_input(tmp_path):
    with pytest.raises(BadInput, match=r"report\.json"):
        verify(tmp_path)


@pytest.mark.once
def test_a_number_edited_in_the_page_is_named(directory):
    edit(
        directory / "report.html",
        'data-figure="parties.UNTOC.2014-07-10">179',
        'data-figure="parties.UNTOC.2014-07-10">197',
    )
    (difference,) = verify(directory)
    assert (difference.file, difference.figure) == ("report.html", "parties.UNTOC.2014-07-10")
    assert (difference.found, difference.expected) == ("197", "179")


@pytest.mark.once
def test_a_word_edited_in_the_page_is_named(directory):
    edit(directory / "report.html", "Member States are outside", "Member States are inside")
    (difference,) = verify(directory)
    assert difference.file == "report.html"
    assert "inside" in difference.found


@pytest.mark.once
def test_a_number_edited_in_word_is_named(directory):
    path = directory / "report.docx"
    with zipfile.ZipFile(path) as package:
        held = {name: package.read(name) for name in package.namelist()}
    held["word/footnotes.xml"] = held["word/footnotes.xml"].replace(b">173<", b">172<")
    with zipfile.ZipFile(path, "w") as package:
        for name, data in held.items():
            package.writestr(name, data)
    (difference,) = verify(directory)
    assert (difference.file, difference.figure) == ("report.docx", "parties.UNTOC.2012-12-20")
    assert (difference.found, difference.expected) == ("172", "173")
    assert "footnotes" in difference.place


@pytest.mark.once
def test_a_pdf_of_other_figures_is_named_by_page_and_figure(directory, small, tmp_path):
    other = tmp_path / "other.md"
    other.write_text(
        small.read_text("utf-8").replace("{{parties.UNTOC.@on}} parties", "{{parties.TIP.@on}} parties"), "utf-8"
    )
    made = build(tmp_path / "other", on=ON, as_at=AS_AT, source=other).directory
    (directory / "report.pdf").write_bytes((made / "report.pdf").read_bytes())
    differences = verify(directory)
    assert {difference.file for difference in differences} == {"report.pdf"}
    assert any(item.figure == "parties.UNTOC.2014-07-10" and item.place == "page 1" for item in differences)


@pytest.mark.once
def test_a_document_that_cannot_be_read_is_named(directory):
    (directory / "report.docx").write_bytes(b"not a package")
    assert [difference.file for difference in verify(directory)] == ["report.docx"]


@pytest.mark.once
def test_a_value_edited_in_the_figures_is_named(directory):
    figures = json.loads((directory / "figures.json").read_text("utf-8"))
    next(figure for figure in figures if figure["id"] == "parties.UNTOC.2014-07-10")["value"] = 180
    (directory / "figures.json").write_text(json.dumps(figures), "utf-8")
    (difference,) = verify(directory)
    assert (difference.file, difference.place, difference.figure) == (
        "figures.json",
        "value",
        "parties.UNTOC.2014-07-10",
    )
    assert (difference.found, difference.expected) == ("180", "179")


@pytest.mark.once
def test_an_input_edited_in_the_inputs_is_named_with_file_and_place(directory):
    inputs = json.loads((directory / "inputs.json").read_text("utf-8"))
    key, fact = next((key, fact) for key, fact in inputs.items() if fact["label"].startswith("Albania: ratification"))
    fact["value"] = "2001-08-21"
    (directory / "inputs.json").write_text(json.dumps(inputs), "utf-8")
    (difference,) = verify(directory)
    assert difference.place == f"{key}, value"
    assert difference.input == f"{fact['file']}, {fact['place']}"
    assert difference.figure
    assert (difference.found, difference.expected) == ("2001-08-21", "2002-08-21")


def test_an_edited_origin_is_named_with_the_line(directory):
    origin = Origin.objects.get(file=ACTIONS)
    path = workspace.home() / "origins" / origin.sha256
    kept = path.read_bytes()
    try:
        path.write_bytes(
            kept.replace(b"UNTOC,008,Albania,ratification,2002-08-21", b"UNTOC,008,Albania,ratification,2003-08-21")
        )
        differences = verify(directory)
    finally:
        path.write_bytes(kept)
    assert any(item.input == ACTIONS and item.expected == origin.sha256 for item in differences)
    assert any((item.found, item.expected) == ("2003-08-21", "2002-08-21") and item.figure for item in differences)


def test_a_shipped_table_edited_after_the_import_is_named_with_the_line(directory, tmp_path, monkeypatch):
    tables = []
    for path, file in importing.reference_tables():
        if file == ACTIONS:
            copy = tmp_path / path.name
            copy.write_bytes(
                path.read_bytes().replace(b"Albania,signature,2000-12-12", b"Albania,signature,2000-12-13", 1)
            )
            path = copy
        tables.append((path, file))
    monkeypatch.setattr(importing, "reference_tables", lambda: tables)
    (difference,) = verify(directory)
    assert difference.file == ACTIONS
    assert difference.place.isdigit()
    assert "2000-12-13" in difference.found
    assert "2000-12-12" in difference.expected


def test_a_value_edited_in_the_database_is_named(directory):
    with transaction.atomic():
        unguard("instruments_actionrecord")
        record = ActionRecord.objects.get(instrument="UNTOC", participant="008", action="ratification")
        ActionRecord.objects.filter(pk=record.pk).update(date=date(2004, 8, 21))
        instruments._register.cache_clear()
        differences = verify(directory)
        transaction.set_rollback(True)
    instruments._register.cache_clear()
    assert any(
        item.found == "2002-08-21" and item.expected == "2004-08-21" and item.place == record.place
        for item in differences
    )
    assert any(item.file == "figures.json" for item in differences)
    assert any(item.file == "database" and "Albania" in item.found for item in differences)


@pytest.mark.once
def test_an_edited_source_is_named(directory):
    edit(directory / "report.md", "Member States are outside", "Member States are inside")
    assert "report.md" in {difference.file for difference in verify(directory)}


def test_a_head_that_was_never_signed_is_named(directory):
    about = json.loads((directory / "report.json").read_text("utf-8"))
    about["head"]["hash"] = "0" * 63 + "1"
    (directory / "report.json").write_text(json.dumps(about), "utf-8")
    assert {"report.json", "audit chain"} <= {difference.file for difference in verify(directory)}


@pytest.mark.once
def test_an_edited_list_of_changes_is_named(directory):
    (directory / "changes.json").write_text("[1]")
    assert [one.file for one in verify(directory)] == ["changes.json"]


@pytest.mark.once
@pytest.mark.parametrize("name", ["report.json", "figures.json", "inputs.json"])
def test_a_record_of_another_shape_is_bad_input_that_names_it(directory, name):
    for text in ("null", "[1]", '"x"', '{"a": 1}'):
        (directory / name).write_text(text)
        with pytest.raises(BadInput, match=name):
            verify(directory)
