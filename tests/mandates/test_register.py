"""The register of 67/189, and the loader of registers."""

import csv
import re
from pathlib import Path

import pytest

from comity.evidence.errors import BadInput
from comity.mandates.formats import register as module
from comity.mandates.formats.register import Register, read_register
from comity.mandates.resolution import Strength

TABLES = Path(module.__file__).parents[1] / "tables"

SMALL = """\
symbol: A/RES/99/1
title: On lighthouses
organ: General Assembly
adopted: 2044-12-20
session: 99
counts: {preambular: 1, operative: 1, footnotes: 0}
themes: [lighthouses]
preambular:
- number: 1
  asks:
  - {verb: Recalling, lemma: recall, strength: declaratory, asked: "that lamps were lit"}
operative:
- number: 1
  asks:
  - {verb: Requests, lemma: request, strength: strong, addressees: [Secretary-General], asked: "to light them"}
  - {verb: urges, lemma: urge, strength: strong, addressees: [Member States, all States], asked: "to look"}
  themes: [lighthouses]
"""


@pytest.fixture(scope="module")
def register() -> Register:
    path = TABLES / "A-RES-67-189.yaml"
    return read_register(path.read_text(encoding="utf-8"), path.name)


def test_register_has_every_paragraph_of_the_resolution(register: Register) -> None:
    assert [paragraph.number for paragraph in register.operative] == list(range(1, 42))
    assert [paragraph.number for paragraph in register.preambular] == list(range(1, 32))
    assert [note.mark for note in register.footnotes] == [str(mark) for mark in range(1, 14)]
    assert register.operative[20].id == "A/RES/67/189#op21"
    assert register.preambular[2].id == "A/RES/67/189#pp3"


def test_every_verb_is_of_the_known_list_with_its_strength(register: Register) -> None:
    with (TABLES / "verbs.csv").open(encoding="utf-8", newline="") as file:
        known = {(row["form"], row["lemma"], row["strength"]) for row in csv.DictReader(file)}
    for paragraph in register.paragraphs:
        assert paragraph.asks, paragraph.id
        for ask in paragraph.asks:
            assert (paragraph.kind, ask.verb.lemma, ask.verb.strength.value) in known, paragraph.id


def test_paragraphs_that_request_address_someone(register: Register) -> None:
    for paragraph in register.operative:
        for ask in paragraph.asks:
            assert bool(ask.addressees) == (ask.verb.strength is not Strength.DECLARATORY), paragraph.id


def test_facts_of_single_paragraphs(register: Register) -> None:
    reporting, status = register.operative[39:]
    assert reporting.deadline == "session 68"
    assert reporting.asks[0].addressees == ("Secretary-General",)
    assert [reference.target for reference in status.references] == ["A/RES/67/189#op40", "UNTOC", "TIP", "SOM", "FP"]
    assert register.operative[10].conditions == ("within existing resources", "within its mandate")
    assert [ask.verb.lemma for ask in register.operative[4].asks] == ["underline", "urge", "encourage"]
    assert register.operative[23].references[1].target == "UNTOC#art14.2"


def test_every_operative_paragraph_has_figures_or_says_what_is_awaited_and_where(register: Register) -> None:
    for paragraph in register.operative:
        assert paragraph.figures or paragraph.awaits, paragraph.id
        assert bool(paragraph.figures) == bool(paragraph.says), paragraph.id
        assert bool(paragraph.rooms) == bool(paragraph.awaits), paragraph.id


def test_line_reads_as_one_sentence() -> None:
    paragraph = read_register(SMALL, "small.yaml").operative[0]
    assert paragraph.line == (
        "Requests the Secretary-General to light them; urges Member States and all States to look"
    )
    assert paragraph.at == 13


@pytest.mark.shared
def test_register_is_in_our_own_words(register: Register, shared: Path) -> None:
    official = _words((shared / "resolutions" / "67-189.txt").read_text(encoding="utf-8"))
    runs = {tuple(official[start : start + 8]) for start in range(len(official) - 7)}
    for paragraph in register.paragraphs:
        for text in [*(ask.asked for ask in paragraph.asks), paragraph.says, paragraph.awaits]:
            words = _words(text)
            shared_runs = [words[start : start + 8] for start in range(len(words) - 7)]
            assert not [run for run in shared_runs if tuple(run) in runs], paragraph.id


NAMES = ("Commission on Crime Prevention and Criminal Justice", "Working Group on the Smuggling of Migrants")


def _words(text: str) -> list[str]:
    """Words without footnote marks; the name of a body is one word, since a name can be given in no other words."""
    for name in NAMES:
        text = text.replace(name, "Body")
    return re.findall(r"[a-z0-9]+", re.sub(r"(?<=[a-z,;])\d+\b", "", text.lower()))


@pytest.mark.parametrize(
    ("old", "new", "place", "expected"),
    [
        ("title: On", "titel: On", "2:titel", "one of the keys"),
        ("title: On lighthouses", "title:", "2:title", "a text"),
        ("adopted: 2044-12-20", "adopted: 20 December", "4:adopted", "YYYY-MM-DD"),
        ("strength: strong, addressees: [Secretary", "strength: loud, addressees: [Secretary", "15:strength", "one of"),
        ("  themes: [lighthouses]", "  themes: [seas]", "17:themes", "themes that the file lists"),
        ("session: 99", "session: ninety", "5:session", "a whole number"),
        ("operative: 1,", "operative: 2,", "13:operative", "numbered from 1 to 2"),
        ("  themes: [lighthouses]", "  rooms: [attic]", "17:rooms", "one of: statistics"),
        ("  themes: [lighthouses]", "  figures: ['*.x']", "17:figures", "a pattern of figures"),
        ("  themes: [lighthouses]", "  references: [treatyUNTOC]", "17:references", "a kind and a target"),
        ("  themes: [lighthouses]", "  recurrent: often", "17:recurrent", "true or false"),
        ("organ: General", "title: Twice\norgan: General", "3:title", "each key once"),
    ],
)
def test_bad_register_is_named_with_line_and_key(old: str, new: str, place: str, expected: str) -> None:
    assert old in SMALL
    with pytest.raises(BadInput) as caught:
        read_register(SMALL.replace(old, new, 1), "small.yaml")
    faults = {fault.place: fault for fault in caught.value.faults}
    assert expected in faults[place].expected
    assert faults[place].file == "small.yaml"


@pytest.mark.parametrize("text", ["", "- a\n- b", "symbol: [", "just words", "\x00"])
def test_what_is_no_register_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        read_register(text, "x.yaml")


def test_missing_keys_are_all_named_at_once() -> None:
    with pytest.raises(BadInput) as caught:
        read_register("symbol: A/RES/99/1\n", "x.yaml")
    assert {"1:title", "1:adopted", "1:session", "1:counts"} <= {fault.place for fault in caught.value.faults}


@pytest.mark.parametrize("mark", ["²", "*", "1" * 5000, "１"])
def test_a_mark_that_is_no_number_is_named_and_not_read_as_one(mark: str) -> None:
    notes = f"footnotes:\n- {{mark: '{mark}', text: a lamp}}\n"
    with pytest.raises(BadInput) as refused:
        read_register(SMALL.replace("footnotes: 0", "footnotes: 1") + notes, "register.yaml")
    assert any(fault.place.endswith(":footnotes") for fault in refused.value.faults)


def test_a_day_is_one_as_it_is_written_and_no_week() -> None:
    with pytest.raises(BadInput) as refused:
        read_register(SMALL.replace("2044-12-20", "2044-W51-4"), "register.yaml")
    assert [fault.place.partition(":")[2] for fault in refused.value.faults] == ["adopted"]
