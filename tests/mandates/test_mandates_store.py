"""Resolutions and paragraphs as stored: register, official text, and what people confirm."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction
from django.utils import translation

from comity import mandates
from comity.evidence import figures
from comity.evidence.errors import BadInput, UnknownName
from comity.evidence.importing import carry_out, plan_import, read_source
from comity.evidence.store import Source
from comity.mandates import store
from comity.mandates.importing import resolutions
from comity.mandates.mandate import value_as_json
from comity.mandates.models import ConfirmationRecord, ParagraphRecord

pytestmark = pytest.mark.django_db

SYMBOL = "A/RES/67/189"
TODAY = date(2100, 1, 1)
TABLE = Path(mandates.__file__).parent / "tables" / "A-RES-67-189.yaml"

LIGHTHOUSES = """\
Resolution adopted by the General Assembly on 20 December 2012
[on the report of the Third Committee (A/67/999)]
67/999.\tKeeping the lighthouses lit


\tThe General Assembly,
\tRecalling its resolution 66/998 of 19 December 2011 on lamps,
\t1.\tRequests the Secretary-General to continue to keep the lamps lit, within existing resources;
\t2.\tUrges Member States to contribute oil to the keepers;
\t3.\tNotes with appreciation the work of the keepers.

60th plenary meeting
20 December 2012
"""


REGISTER = """\
symbol: A/RES/67/999
title: Keeping the lighthouses lit
organ: General Assembly
adopted: 2012-12-20
session: 67
counts: {preambular: 1, operative: 2, footnotes: 0}
preambular:
- number: 1
  asks:
  - {verb: Recalling, lemma: recall, strength: declaratory, asked: "its words on lamps"}
  references: [resolution A/RES/66/998]
operative:
- number: 1
  asks:
  - {verb: Requests, lemma: request, strength: strong, addressees: [Secretary-General], asked: "to mind the lamps"}
  recurrent: true
- number: 2
  asks:
  - {verb: Urges, lemma: urge, strength: strong, addressees: [Member States], asked: "to give oil"}
"""


def bring_in(name: str, text: str, **said: str) -> object:
    importer, plan, source = plan_import(name, text.encode(), Source(name, name, extra=said))
    carry_out(importer, plan, source, text.encode(), actor="tester")
    return plan


@pytest.fixture
def registered() -> None:
    data = TABLE.read_bytes()
    importer, plan, source = plan_import(TABLE.name, data, read_source(TABLE, TABLE.name))
    carry_out(importer, plan, source, data, actor="comity")


def test_register_is_held_as_document_and_paragraphs(registered: None) -> None:
    document = store.document(SYMBOL, TODAY)
    assert (document.session, document.agenda_item, document.adopted) == (67, "103", date(2012, 12, 20))
    assert (document.preambular, document.operative, len(document.footnotes)) == (31, 41, 13)
    assert document.registered and not document.text_held
    held = store.paragraphs(SYMBOL, TODAY)
    assert [paragraph.id for paragraph in held][:2] == [f"{SYMBOL}#pp1", f"{SYMBOL}#pp2"]
    assert held[-1].id == f"{SYMBOL}#op41"
    assert held[-1].official_text is None
    assert set(held[-1].marks.values()) == {"register"}
    assert held[-1].line.startswith("Also requests the Secretary-General to show in that report")


def test_paragraph_knows_the_line_of_the_register_on_which_it_stands(registered: None) -> None:
    origin = store.paragraph(f"{SYMBOL}#op3", TODAY).register_origin
    assert origin is not None
    assert TABLE.read_text(encoding="utf-8").splitlines()[int(origin.place) - 1] == "- number: 3"


def test_nothing_is_known_before_the_resolution_was_adopted(registered: None) -> None:
    assert store.documents(date(2012, 12, 19)) == ()
    assert len(store.paragraphs(SYMBOL, date(2012, 12, 20))) == 72


def test_unknown_symbol_and_paragraph_are_named(registered: None) -> None:
    with pytest.raises(UnknownName, match="A/RES/67/189"):
        store.document("A/RES/1/1", TODAY)
    with pytest.raises(UnknownName):
        store.paragraph(f"{SYMBOL}#op42", TODAY)


def test_count_of_parties_is_asked_for_by_the_paragraphs_on_status(registered: None) -> None:
    asking = figures.asked_by("parties.UNTOC.2012-12-20")
    assert {f"{SYMBOL}#op3", f"{SYMBOL}#op4", f"{SYMBOL}#op40", f"{SYMBOL}#op41"} <= set(asking)
    assert f"{SYMBOL}#op31" in store.asked_by("parties.UNCAC.2012-12-20")
    assert f"{SYMBOL}#op41" not in store.asked_by("parties.UNCAC.2012-12-20")
    assert f"{SYMBOL}#op34" in store.asked_by("counter-terrorism.2012-12-20")
    assert store.asked_by("homicide.001.2012") == ()
    assert store.asked_by("parties.PS71.2012-12-20") == (f"{SYMBOL}#op40",)


def test_same_register_again_changes_nothing_and_another_line_changes_one_paragraph(registered: None) -> None:
    text = TABLE.read_text(encoding="utf-8")
    again = plan_import(TABLE.name, text.encode())[1]
    assert (again.unchanged, again.adds, again.changes, again.removed) == (72, [], [], [])
    edited = plan_import(TABLE.name, text.replace("to let the Office have such data", "to share them").encode())[1]
    assert (edited.unchanged, edited.changes) == (71, [f"{SYMBOL}#op21"])


def test_text_without_a_register_stands_with_inferred_fields() -> None:
    plan = bring_in("lighthouses.txt", LIGHTHOUSES)
    assert len(plan.adds) == 4  # type: ignore[attr-defined]
    first = store.paragraph("A/RES/67/999#op1", TODAY)
    assert first.official_text is not None and first.official_text.startswith("Requests the Secretary-General")
    assert first.addressees == ("Secretary-General",)
    assert first.recurrent
    assert first.marks["asks"] == "inferred"
    assert first.line == ""
    assert first.text_origin is not None and first.text_origin.place == "8"
    assert store.document("A/RES/67/999", TODAY).text_held
    official = store.official("A/RES/67/999", TODAY)
    assert official is not None and len(official.operative) == 3


def test_changed_text_changes_its_paragraph_and_loses_nothing_else() -> None:
    bring_in("lighthouses.txt", LIGHTHOUSES)
    plan = bring_in("lighthouses.txt", LIGHTHOUSES.replace("contribute oil", "contribute gas"), replaces="true")
    assert plan.changes == ["A/RES/67/999#op2"]  # type: ignore[attr-defined]
    assert plan.unchanged == 3  # type: ignore[attr-defined]
    assert "gas" in (store.paragraph("A/RES/67/999#op2", TODAY).official_text or "")
    assert ParagraphRecord.objects.count() >= 4


def test_correction_survives_reading_a_changed_text_again() -> None:
    bring_in("lighthouses.txt", LIGHTHOUSES)
    corrected = store.confirm("A/RES/67/999#op2", "conditions", ["upon request"], "A. Keeper")
    assert corrected.conditions == ("upon request",)
    assert corrected.marks["conditions"] == "corrected"
    bring_in(
        "lighthouses.txt", LIGHTHOUSES.replace("contribute oil", "contribute gas, as appropriate,"), replaces="true"
    )
    again = store.paragraph("A/RES/67/999#op2", TODAY)
    assert again.conditions == ("upon request",)
    assert again.marks["conditions"] == "corrected"
    assert again.confirmations[0].by == "A. Keeper"


def test_confirming_what_stands_marks_it_confirmed() -> None:
    bring_in("lighthouses.txt", LIGHTHOUSES)
    standing = store.paragraph("A/RES/67/999#op1", TODAY)
    confirmed = store.confirm(standing.id, "asks", value_as_json(standing.asks), "A. Keeper")
    assert confirmed.asks == standing.asks
    assert confirmed.marks["asks"] == "confirmed"
    assert confirmed.marks["conditions"] == "inferred"


def test_later_word_replaces_the_earlier_one_and_both_are_kept(registered: None) -> None:
    store.confirm(f"{SYMBOL}#op40", "deadline", "session 69", "A. Keeper")
    latest = store.confirm(f"{SYMBOL}#op40", "deadline", "session 68", "B. Keeper")
    assert latest.deadline == "session 68"
    assert latest.marks["deadline"] == "confirmed"
    assert ConfirmationRecord.objects.count() == 2
    assert ConfirmationRecord.objects.standing().get().by == "B. Keeper"
    store.confirm(f"{SYMBOL}#op40", "deadline", "session 68", "B. Keeper")
    assert ConfirmationRecord.objects.count() == 2


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("number", 3, "one of the fields"),
        ("recurrent", "yes", "true or false"),
        ("conditions", "upon request", "a list of texts"),
        ("asks", [], "a list of verbs"),
        ("asks", [{"verb": "Urges"}], "a list of verbs"),
        ("references", [1], "a list of references"),
    ],
)
def test_impossible_correction_is_refused_and_nothing_stored(
    registered: None, field: str, value: object, expected: str
) -> None:
    with pytest.raises(BadInput, match=expected):
        store.confirm(f"{SYMBOL}#op1", field, value, "A. Keeper")
    assert not ConfirmationRecord.objects.exists()


def test_database_refuses_to_change_or_delete_what_was_said(registered: None) -> None:
    store.confirm(f"{SYMBOL}#op40", "recurrent", True, "A. Keeper")
    with pytest.raises(DatabaseError, match="nothing changes"), transaction.atomic():
        ConfirmationRecord.objects.update(by="Someone Else")
    with pytest.raises(DatabaseError, match="nothing is deleted"), transaction.atomic():
        ConfirmationRecord.objects.all().delete()


@pytest.mark.shared
def test_official_text_joins_the_register(registered: None, shared: Path) -> None:
    data = (shared / "resolutions" / "67-189.txt").read_bytes()
    importer, plan, source = plan_import("67-189.txt", data)
    assert not [finding for finding in plan.findings if finding.rule in ("register-paragraph", "register-operative")]
    carry_out(importer, plan, source, data, actor="tester")
    document = store.document(SYMBOL, TODAY)
    assert document.registered and document.text_held
    third = store.paragraph(f"{SYMBOL}#op3", TODAY)
    assert "has reached 172" in (third.official_text or "")
    assert third.marks["asks"] == "register"
    assert third.line.startswith("Notes with appreciation")
    assert len(plan.findings) == len(document.disagreements)


def test_treaty_text_is_held_by_article() -> None:
    text = "# United Nations Convention against Corruption\n## Article 1\n### Lamps\nLamps shine.\n"
    plan = bring_in("uncac.md", text)
    assert plan.adds == ["UNCAC, article 1 (en)"]  # type: ignore[attr-defined]
    held = store.article("UNCAC", "1", TODAY)
    assert held is not None and (held.title, held.text, held.line) == ("Lamps", "Lamps shine.", 2)
    assert store.article("UNCAC", "2", TODAY) is None
    changed = bring_in("uncac.md", text.replace("shine", "glow"))
    assert changed.changes == ["UNCAC, article 1 (en)"]  # type: ignore[attr-defined]
    held = store.article("UNCAC", "1", TODAY)
    assert held is not None and held.text == "Lamps glow."


def test_reference_to_an_article_resolves_to_its_text_once_that_is_held(registered: None) -> None:
    target = store.paragraph(f"{SYMBOL}#op24", TODAY).references[1].target
    assert store.provision(target, TODAY) is None
    lines = ["# United Nations Convention against Transnational Organized Crime", "## Article 14", "### Lamps"]
    bring_in(
        "untoc.md", "\n".join([*lines, "1. Lamps shine.", "2. Oil burns:", "a) slowly;", "3. Wicks stand."]) + "\n"
    )
    held = store.provision(target, TODAY)
    assert held is not None
    text, stands = held
    assert (text, stands.file, stands.place) == ("2. Oil burns:\na) slowly;", "untoc.md", "2")
    whole = store.provision("UNTOC#art14", TODAY)
    assert whole is not None and whole[0].startswith("1. Lamps shine.")
    assert store.provision("UNTOC#art14.9", TODAY) is None
    assert store.provision("UNCAC#chV", TODAY) is None


def test_disagreement_stands_until_a_person_settles_it() -> None:
    bring_in("register.yaml", REGISTER)
    bring_in("lighthouses.txt", LIGHTHOUSES)
    document = store.document("A/RES/67/999", TODAY)
    said = {(one.paragraph.partition("#")[2], one.field): (one.register, one.text) for one in document.disagreements}
    assert said == {
        ("", "operative"): ("2", "3"),
        ("op1", "conditions"): ("–", "within existing resources"),
        ("op3", "paragraph"): ("absent", "present"),
    }
    assert store.paragraph("A/RES/67/999#op1", TODAY).conditions == ()
    settled = store.confirm("A/RES/67/999#op1", "conditions", ["within existing resources"], "A. Keeper")
    assert settled.disagreements == ()
    assert (settled.conditions, settled.marks["conditions"]) == (("within existing resources",), "corrected")


def test_a_disagreement_is_told_in_the_language_of_who_asks() -> None:
    bring_in("register.yaml", REGISTER)
    bring_in("lighthouses.txt", LIGHTHOUSES)

    def told(language: str) -> set[str]:
        with translation.override(language):
            return {one.register for one in store.document("A/RES/67/999", TODAY).disagreements}

    assert "absent" in told("en")
    assert "absent" not in told("ru")
    assert told("en") == told("en")


def test_import_of_a_text_says_where_the_register_has_it_otherwise() -> None:
    bring_in("register.yaml", REGISTER)
    findings = plan_import("lighthouses.txt", LIGHTHOUSES.encode())[1].findings
    assert [(one.rule, one.severity, one.place) for one in findings] == [
        ("register-operative", "warning", ""),
        ("register-conditions", "note", "8"),
        ("register-paragraph", "warning", "10"),
    ]


SAMPLES = Path(__file__).parent / "samples"


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """The samples are of the years 2091 and 2093, which must have come before they can be brought in."""
    monkeypatch.setattr(resolutions, "now", lambda: datetime(2100, 1, 1, tzinfo=UTC))


def test_each_part_of_a_resolution_is_held_under_its_own_symbol(later: None) -> None:
    plan = bring_in("parts.txt", (SAMPLES / "lamps-in-parts.txt").read_text(encoding="utf-8"))
    assert (plan.rows, len(plan.adds), plan.findings) == (5, 5, [])
    first, second = store.documents(TODAY)
    assert (first.symbol, first.title, first.operative) == ("A/RES/145/90 A", "Lamps and bells: Oil for lamps", 2)
    assert (second.symbol, second.adopted, second.operative) == ("A/RES/145/90 B", date(2091, 4, 2), 1)
    assert [one.id for one in store.paragraphs(second.symbol, TODAY)] == ["A/RES/145/90 B#pp1", "A/RES/145/90 B#op1"]
    official = store.official(second.symbol, TODAY)
    assert official is not None
    assert [note.mark for note in official.footnotes] == ["2"]


def test_parts_brought_in_again_change_nothing(later: None) -> None:
    text = (SAMPLES / "lamps-in-parts.txt").read_text(encoding="utf-8")
    bring_in("parts.txt", text)
    plan = bring_in("parts.txt", text)
    assert (plan.adds, plan.changes, plan.removed, plan.unchanged) == ([], [], [], 5)


def test_a_part_that_cannot_be_read_keeps_the_whole_file_out() -> None:
    text = (SAMPLES / "lamps-in-parts.txt").read_text(encoding="utf-8")
    with pytest.raises(BadInput, match=r"parts\.txt, 30"):
        bring_in("parts.txt", text[: text.index(" to ring the bells")])
    assert store.documents(TODAY) == ()


def test_drafts_are_named_and_are_no_paragraphs_of_the_resolution(later: None) -> None:
    plan = bring_in("drafts.txt", (SAMPLES / "council-drafts.txt").read_text(encoding="utf-8"))
    assert [one.id for one in store.paragraphs("E/RES/2093/8", TODAY)] == [
        "E/RES/2093/8#pp1",
        "E/RES/2093/8#op1",
        "E/RES/2093/8#op2",
    ]
    assert [(one.rule, one.severity, one.place) for one in plan.findings] == [
        ("draft", "note", "13"),
        ("draft", "note", "29"),
        ("draft", "note", "44"),
    ]
    assert "1 preambular and 2 operative" in plan.findings[0].message
    official = store.official("E/RES/2093/8", TODAY)
    assert official is not None
    assert len(official.drafts) == 3
