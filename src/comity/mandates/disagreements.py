"""The official text joined to the register, paragraph by paragraph: where the two disagree.

Wording is free; only what is structured is compared: numbers, verbs, addressees, conditions, deadline, recurrence and
references.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext as _

from comity.mandates.formats.register import Register
from comity.mandates.resolution import Ask, Reference, Resolution


@dataclass(frozen=True)
class Disagreement:
    """A field in which register and text differ, of a paragraph by its id, or of the document by its symbol."""

    paragraph: str
    field: str
    register: str
    text: str

    @property
    def settled_by(self) -> str:
        """The field of a paragraph by whose confirmation a person settles the matter."""
        return "asks" if self.field in ("verbs", "addressees") else self.field


class Described(Protocol):
    """What is compared of a paragraph, in the register and in a reading alike."""

    @property
    def asks(self) -> tuple[Ask, ...]:
        """The verbs in order, each with those it addresses."""

    @property
    def conditions(self) -> tuple[str, ...]:
        """The conditions, as they are worded."""

    @property
    def deadline(self) -> str:
        """The session or day by which it is asked, or nothing."""

    @property
    def recurrent(self) -> bool:
        """Whether something is to be continued."""

    @property
    def references(self) -> tuple[Reference, ...]:
        """What the paragraph names."""


def join(register: Register, reading: Resolution) -> list[Disagreement]:
    """Every disagreement between a register and the official text as read, in the order of the resolution."""
    found = _document(register, reading)
    for kind in ("preambular", "operative"):
        registered = {paragraph.id: paragraph for paragraph in getattr(register, kind)}
        read = {paragraph.id: paragraph for paragraph in getattr(reading, kind)}
        for identifier in dict.fromkeys([*registered, *read]):
            found += join_paragraph(identifier, registered.get(identifier), read.get(identifier))
    return found


def join_paragraph(identifier: str, registered: Described | None, read: Described | None) -> list[Disagreement]:
    """Where register and reading differ on one paragraph, which either of the two may lack."""
    if registered is None or read is None:
        held, missing = _("present"), _("absent")
        register, text = (missing, held) if registered is None else (held, missing)
        return [Disagreement(identifier, "paragraph", register, text)]
    return [
        Disagreement(identifier, name, _shown(there), _shown(here))
        for name, values in _COMPARED
        if _keys(there := values(registered), name) != _keys(here := values(read), name)
    ]


def join_document(registered: dict[str, str], read: dict[str, str], symbol: str) -> list[Disagreement]:
    """Where the register's facts of the document and those of the masthead differ; what the text lacks is no matter."""
    return [
        Disagreement(symbol, name, registered[name], read[name])
        for name in registered
        if registered[name] and read.get(name) and _plain(registered[name]) != _plain(read[name])
    ]


def _document(register: Register, reading: Resolution) -> list[Disagreement]:
    found = join_document(document_facts(register), document_facts(reading), register.symbol)
    counted = {
        "preambular": len(reading.preambular),
        "operative": len(reading.operative),
        "footnotes": len(reading.footnotes),
    }
    for kind, count in counted.items():
        if count != register.counts[kind]:
            found.append(Disagreement(register.symbol, kind, str(register.counts[kind]), str(count)))
    return found


def document_facts(document: Register | Resolution) -> dict[str, str]:
    """The facts of a masthead, each as text, empty where absent."""
    return {
        "symbol": document.symbol,
        "title": document.whole_title if isinstance(document, Resolution) else document.title,
        "adopted": document.adopted.isoformat() if document.adopted else "",
        "session": str(document.session or ""),
        "agenda_item": document.agenda_item,
        "meeting": document.meeting,
        "report": document.report,
        "distributed": document.distributed.isoformat() if document.distributed else "",
    }


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()


_Values = Sequence[tuple[str, str]]
"""What a field holds, each value with the key by which it is compared and the words in which it is shown."""


def _shown(values: _Values) -> str:
    return ", ".join(dict.fromkeys(words for _key, words in values)) or "–"


def _keys(values: _Values, name: str) -> list[str]:
    """The keys of a field, in their order for verbs, which are asked for one after another, and sorted for the rest."""
    keys = [key for key, _words in values]
    return keys if name == "verbs" else sorted(set(keys))


def _verbs(paragraph: Described) -> _Values:
    return [(ask.verb.lemma.casefold(), ask.verb.lemma) for ask in paragraph.asks]


def _addressees(paragraph: Described) -> _Values:
    return _each(addressee_key, (name for ask in paragraph.asks for name in ask.addressees))


def addressee_key(name: str) -> str:
    """An addressee for comparing: no article, no treaty named after `States parties`, the Office by its full name."""
    plain = _plain(name).removeprefix("the ").replace("states parties", "States parties")
    if plain.startswith("States parties"):
        return "States parties"
    if plain in ("office", "unodc"):
        return "united nations office on drugs and crime"
    return "expert group" if "expert group" in plain else plain


_CONDITIONS = {
    "resources": r"\bresources\b",
    "mandate": r"\bmandates?\b",
    "request": r"\brequest",
    "applicable": r"\bapplicable\b",
    "national law": r"\blaws?\b|\blegislation\b",
    "appropriate": r"\bappropriate\b",
    "necessary": r"\bnecessary\b",
}


def condition_key(condition: str) -> str:
    """The kind of a condition, `within existing resources` and `within available resources` being the same kind."""
    for kind, pattern in _CONDITIONS.items():
        if re.search(pattern, condition, re.IGNORECASE):
            return kind
    return _plain(condition)


def _conditions(paragraph: Described) -> _Values:
    return _each(condition_key, paragraph.conditions)


def _deadline(paragraph: Described) -> _Values:
    return _each(_plain, [paragraph.deadline])


def _recurrent(paragraph: Described) -> _Values:
    return _each(str, [_("to be continued")] if paragraph.recurrent else [])


def _references(paragraph: Described) -> _Values:
    return _each(str, (reference.target for reference in paragraph.references))


def _each(key: Callable[[str], str], values: Iterable[str]) -> _Values:
    return [(key(value), value) for value in values if value]


_COMPARED: tuple[tuple[str, Callable[[Described], _Values]], ...] = (
    ("verbs", _verbs),
    ("addressees", _addressees),
    ("conditions", _conditions),
    ("deadline", _deadline),
    ("recurrent", _recurrent),
    ("references", _references),
)
