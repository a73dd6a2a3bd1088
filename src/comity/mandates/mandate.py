"""A mandate: a paragraph as pages and report speak of it, from register, reading and what people confirmed.

Three layers lie on one another. What the register says stands above what a rule inferred from the official text, and
what a person confirmed or corrected above both; each field says which of them it shows.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from comity.mandates.disagreements import Described, Disagreement
from comity.mandates.formats.register import line_of
from comity.mandates.resolution import Ask, Asking, Reference, Strength, Verb, printed_number

FIELDS = ("line", "asks", "actors", "conditions", "deadline", "recurrent", "references", "themes")
"""What a person can confirm or correct of a paragraph."""

REGISTER, INFERRED, CONFIRMED, CORRECTED = "register", "inferred", "confirmed", "corrected"


@dataclass(frozen=True)
class Details:
    """What is known of a paragraph beside its text: who is asked for what, under which conditions, until when."""

    asks: tuple[Ask, ...] = ()
    actors: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    deadline: str = ""
    recurrent: bool = False
    references: tuple[Reference, ...] = ()
    themes: tuple[str, ...] = ()
    line: str = ""


@dataclass(frozen=True)
class Evidence:
    """What a paragraph asks to be shown: patterns of figures and what they tell; what is not held, which rooms are to
    hold it, and by which commands or pages it is brought."""

    figures: tuple[str, ...] = ()
    says: str = ""
    rooms: tuple[str, ...] = ()
    awaits: str = ""
    brings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Standing:
    """Where something stands: the origin's hash, the file's name and the place in it."""

    origin: str
    file: str
    place: str


@dataclass(frozen=True)
class Confirmation:
    """What a person said of one field: the value, and whether it confirms or corrects what stood there."""

    field: str
    value: Any
    verdict: str
    by: str
    at: datetime


@dataclass(frozen=True)
class MandateParagraph(Asking):
    """A paragraph with all that is held of it.

    `line` describes it in our own words, empty where neither register nor person does. `marks` says for each field
    whether it is the register's, inferred, confirmed or corrected. `official_text` is None unless a user imported it.
    """

    id: str
    symbol: str
    kind: str
    number: int
    line: str
    asks: tuple[Ask, ...]
    actors: tuple[str, ...]
    conditions: tuple[str, ...]
    deadline: str
    recurrent: bool
    references: tuple[Reference, ...]
    themes: tuple[str, ...]
    evidence: Evidence
    official_text: str | None
    register_origin: Standing | None
    text_origin: Standing | None
    marks: Mapping[str, str]
    confirmations: tuple[Confirmation, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()

    @property
    def printed(self) -> str:
        """Its number as it is printed: "1", and "1 bis" for a paragraph put in later."""
        place = self.id.partition("#")[2].lstrip("op")
        return printed_number(self.number, place.removeprefix(str(self.number)))

    @property
    def strength(self) -> Strength:
        """The strength of the strongest verb."""
        order = (Strength.STRONG, Strength.MEDIUM, Strength.DECLARATORY)
        return min((verb.strength for verb in self.verbs), key=order.index, default=Strength.DECLARATORY)


@dataclass(frozen=True)
class MandateDocument:
    """A resolution that is held: by its register, by its imported text, or by both."""

    symbol: str
    title: str
    organ: str
    adopted: date | None
    session: int | None
    agenda_item: str
    meeting: str
    report: str
    preambular: int
    operative: int
    footnotes: tuple[tuple[str, str], ...]
    registered: bool
    text_held: bool
    register_origin: Standing | None
    text_origin: Standing | None
    disagreements: tuple[Disagreement, ...] = field(default=())


def details_as_json(paragraph: Described) -> dict[str, Any]:
    """A paragraph's details, of the register or of a reading, in JSON's own types."""
    names = [name for name in FIELDS if name != "line" and hasattr(paragraph, name)]
    return {name: value_as_json(getattr(paragraph, name)) for name in names}


def value_as_json(value: Any) -> Any:
    """The value of one field in JSON's own types."""
    if isinstance(value, tuple):
        return [value_as_json(item) for item in value]
    if isinstance(value, Ask):
        verb = {"verb": value.verb.phrase, "lemma": value.verb.lemma, "strength": value.verb.strength.value}
        return {**verb, "addressees": list(value.addressees), "asked": value.asked}
    if isinstance(value, Reference):
        return {"kind": value.kind, "text": value.text, "target": value.target}
    return value


def details_from_json(values: Mapping[str, Any]) -> Details:
    """The details that `details_as_json` gave. Raises ValueError, KeyError or TypeError for anything else."""
    return Details(**{name: READERS[name](value) for name, value in values.items()})


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(_("a text"))
    return value.strip()


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(_("true or false"))
    return value


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise ValueError(_("a list of texts"))
    return tuple(_text(item) for item in value)


def _asks(value: Any) -> tuple[Ask, ...]:
    expected = _("a list of verbs, each with verb, lemma, strength, addressees and asked")
    if not isinstance(value, list | tuple):
        raise ValueError(expected)
    try:
        return tuple(
            Ask(
                Verb(_text(item["verb"]), _text(item["lemma"]), Strength(item["strength"])),
                _texts(item["addressees"]),
                _text(item["asked"]),
            )
            for item in value
        )
    except (KeyError, TypeError, ValueError):
        raise ValueError(expected) from None


def _references(value: Any) -> tuple[Reference, ...]:
    expected = _("a list of references, each with kind, text and target")
    if not isinstance(value, list | tuple):
        raise ValueError(expected)
    try:
        return tuple(Reference(_text(item["kind"]), _text(item["text"]), _text(item["target"])) for item in value)
    except (KeyError, TypeError, ValueError):
        raise ValueError(expected) from None


READERS: Mapping[str, Callable[[Any], Any]] = {
    "line": _text,
    "asks": _asks,
    "actors": _texts,
    "conditions": _texts,
    "deadline": _text,
    "recurrent": _truth,
    "references": _references,
    "themes": _texts,
}


def settle(
    registered: Details | None, inferred: Details | None, confirmations: Sequence[Confirmation]
) -> tuple[Details, dict[str, str]]:
    """Lay the three layers on one another: the details that stand, and for each field the mark of its layer.

    The actors are inferred also where a register stands, since registers do not list them. A line is composed from
    the asks wherever the paragraph is registered and nobody wrote another.
    """
    said = {confirmation.field: confirmation for confirmation in confirmations}
    values: dict[str, Any] = {}
    marks: dict[str, str] = {}
    for name in FIELDS:
        layer = inferred if registered is None or (name == "actors" and inferred is not None) else registered
        values[name] = getattr(layer or Details(), name)
        marks[name] = REGISTER if layer is registered and registered is not None else INFERRED
        if name in said:
            values[name] = READERS[name](said[name].value)
            marks[name] = said[name].verdict
    if registered is not None and "line" not in said:
        values["line"] = line_of(values["asks"])
    return Details(**values), marks
