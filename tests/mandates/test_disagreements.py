"""The official text joined to the register."""

from dataclasses import replace
from datetime import date

import pytest

from comity.mandates.disagreements import Disagreement, addressee_key, condition_key, join
from comity.mandates.formats.register import Register, read_register
from comity.mandates.resolution import Ask, Paragraph, Reference, Resolution, Strength, Verb

REGISTER = """\
symbol: A/RES/99/1
title: On lighthouses, and their keepers
adopted: 2044-12-20
session: 99
counts: {preambular: 1, operative: 2, footnotes: 0}
preambular:
- number: 1
  asks:
  - {verb: Recalling, lemma: recall, strength: declaratory, asked: "that lamps were lit"}
operative:
- number: 1
  asks:
  - {verb: Requests, lemma: request, strength: strong, addressees: [Secretary-General], asked: "to light the lamps"}
  conditions: [within existing resources]
  deadline: session 100
  recurrent: true
  references: [treaty UNTOC]
- number: 2
  asks:
  - {verb: Urges, lemma: urge, strength: strong, addressees: [States parties], asked: "to watch"}
"""


@pytest.fixture
def register() -> Register:
    return read_register(REGISTER, "register.yaml")


def asked(phrase: str, lemma: str, *addressees: str) -> Ask:
    return Ask(Verb(phrase, lemma, Strength.STRONG), addressees, "other words for the same thing")


@pytest.fixture
def reading() -> Resolution:
    """A reading that agrees with the register, in other words."""
    lamps = Paragraph(
        "A/RES/99/1#op1",
        1,
        "Requests the Secretary-General to keep the lamps lit",
        9,
        asks=(asked("Requests", "request", "the Secretary-General"),),
        conditions=("within the limits of existing resources",),
        deadline="session 100",
        recurrent=True,
        references=(Reference("treaty", "the Convention", "UNTOC"), Reference("treaty", "another", "")),
    )
    watch = Paragraph("A/RES/99/1#op2", 2, "Urges", 10, asks=(asked("urges", "urge", "States parties to the Treaty"),))
    recalling = Paragraph("A/RES/99/1#pp1", 1, "Recalling", 8, asks=(asked("Recalling", "recall"),))
    return Resolution(
        "A/RES/99/1",
        "On lighthouses and their keepers",
        date(2044, 12, 20),
        99,
        "",
        "",
        None,
        "",
        "The General Assembly,",
        (recalling,),
        (lamps, watch),
    )


def test_other_wording_is_no_disagreement(register: Register, reading: Resolution) -> None:
    assert join(register, reading) == []


@pytest.mark.parametrize(
    ("field", "values", "register_says", "text_says"),
    [
        ("verbs", {"asks": (asked("Urges", "urge", "Secretary-General"),)}, "request", "urge"),
        ("addressees", {"asks": (asked("Requests", "request", "all States"),)}, "Secretary-General", "all States"),
        ("conditions", {"conditions": ()}, "within existing resources", "–"),
        ("deadline", {"deadline": "session 99"}, "session 100", "session 99"),
        ("recurrent", {"recurrent": False}, "to be continued", "–"),
        ("references", {"references": (Reference("treaty", "x", "UNCAC"),)}, "UNTOC", "UNCAC"),
    ],
)
def test_structured_difference_is_named_with_both_sides(
    register: Register, reading: Resolution, field: str, values: dict[str, object], register_says: str, text_says: str
) -> None:
    first, second = reading.operative
    changed = replace(reading, operative=(replace(first, **values), second))  # type: ignore[arg-type]
    assert join(register, changed) == [Disagreement("A/RES/99/1#op1", field, register_says, text_says)]


def test_missing_paragraph_is_named_and_counted(register: Register, reading: Resolution) -> None:
    found = join(register, replace(reading, operative=reading.operative[:1]))
    assert found == [
        Disagreement("A/RES/99/1", "operative", "2", "1"),
        Disagreement("A/RES/99/1#op2", "paragraph", "present", "absent"),
    ]


def test_facts_of_the_masthead_are_compared_where_the_text_has_them(register: Register, reading: Resolution) -> None:
    assert join(register, replace(reading, session=None, adopted=None)) == []
    found = join(register, replace(reading, session=98))
    assert found == [Disagreement("A/RES/99/1", "session", "99", "98")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the Office", "United Nations Office on Drugs and Crime"),
        ("States Parties to the Convention", "States parties"),
        ("the Secretary-General", "Secretary-General"),
        ("open-ended intergovernmental expert group to study cybercrime", "expert group on cybercrime"),
    ],
)
def test_addressees_are_compared_by_whom_they_name(one: str, other: str) -> None:
    assert addressee_key(one) == addressee_key(other)
    assert addressee_key(one) != addressee_key("Member States")


def test_conditions_are_compared_by_kind() -> None:
    assert condition_key("within its existing mandate") == condition_key("within its mandate")
    assert condition_key("upon their request") == condition_key("upon request")
    assert condition_key("as appropriate") != condition_key("where applicable")
