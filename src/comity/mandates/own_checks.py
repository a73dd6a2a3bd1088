"""What is held of a resolution's paragraphs, against the kept bytes that it came from, read again.

A paragraph's words and what it asks stand in the database as they were brought in. Here they are read from the bytes
of their origins once more: the register's file, the official text, the act by which a person confirmed a field.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from comity.evidence.errors import BadInput, UnknownName, WorkspaceError
from comity.evidence.store import origin_bytes, origin_text
from comity.mandates.formats.register import Register, RegisterParagraph, read_register
from comity.mandates.mandate import details_as_json
from comity.mandates.models import ConfirmationRecord, DocumentRecord, Layer, ParagraphRecord


@dataclass(frozen=True)
class Departure:
    """Where the database says otherwise than an origin: of which paragraph and field, what is held and what stands.

    `file` and `place` are where it stands in the origin, by its hash.
    """

    paragraph: str
    field: str
    origin: str
    file: str
    place: str
    held: str
    stands: str


def departures(symbol: str, as_at: date) -> Iterator[Departure]:
    """Every departure of what a resolution's paragraphs are held to say, as known on a day, from their origins.

    What rules inferred from an official text is computed anew where no register describes the paragraph; a later
    reader may infer more. That an origin's bytes are no longer those that were kept is for who checks the origins.
    """
    records = list(ParagraphRecord.objects.as_at(as_at).filter(symbol=symbol).select_related("origin"))
    registered = {record.paragraph for record in records if record.layer == Layer.REGISTER}
    readings = _Readings()
    for record in records:
        if record.layer == Layer.REGISTER:
            yield from _of_register(record, readings)
        elif record.paragraph not in registered:
            yield from _of_text(record, readings)
    held = DocumentRecord.objects.as_at(as_at).filter(symbol=symbol, layer=Layer.REGISTER).select_related("origin")
    for document in held:
        yield from _missing(document, registered, readings)
    for word in ConfirmationRecord.objects.as_at(as_at).filter(symbol=symbol).select_related("origin"):
        yield from _of_act(word)


def _missing(document: DocumentRecord, registered: set[str], readings: "_Readings") -> Iterator[Departure]:
    """Paragraphs of a resolution's register that are not held."""
    register = readings.register(document)
    for paragraph in () if isinstance(register, str) else register.paragraphs:
        if paragraph.id not in registered:
            sha256, file = document.origin.sha256, document.origin.file
            yield Departure(paragraph.id, "", sha256, file, str(paragraph.at), _("nothing"), paragraph.line)


class _Readings:
    """Origins read again, each once; of bytes that are not those that were kept nothing is read."""

    def __init__(self) -> None:
        self._registers: dict[str, Register | str] = {}
        self._texts: dict[str, dict[str, Any] | str] = {}

    def register(self, record: ParagraphRecord | DocumentRecord) -> Register | str:
        """The register of a record's origin, or why it cannot be read; empty where its bytes are not as kept."""
        sha256 = record.origin.sha256
        if sha256 not in self._registers:
            try:
                self._registers[sha256] = read_register(origin_text(sha256), record.origin.file)
            except BadInput as error:
                self._registers[sha256] = str(error)
            except (WorkspaceError, UnknownName, OSError):
                self._registers[sha256] = ""
        return self._registers[sha256]

    def text(self, record: ParagraphRecord) -> dict[str, Any] | str:
        """The paragraphs of the official text of a record's origin, by id, or why it cannot be read."""
        from comity.mandates.reading.reader import read_bytes

        sha256 = record.origin.sha256
        if sha256 not in self._texts:
            try:
                in_file = read_bytes(origin_bytes(sha256), record.origin.file).in_file
                self._texts[sha256] = {p.id: p for one in in_file for p in (*one.preambular, *one.operative)}
            except BadInput as error:
                self._texts[sha256] = str(error)
            except (WorkspaceError, UnknownName, OSError):
                self._texts[sha256] = ""
        return self._texts[sha256]


def _of_register(record: ParagraphRecord, readings: _Readings) -> Iterator[Departure]:
    register = readings.register(record)
    if isinstance(register, str):
        if register:
            yield _departure(record, "", record.paragraph, register)
        return
    found = next((one for one in register.paragraphs if one.id == record.paragraph), None)
    if found is None:
        yield _departure(record, "", record.paragraph, _("no such paragraph"))
        return
    numbered = {"kind": found.kind, "number": found.number}
    yield from _fields(record, {**numbered, **details_as_json(found), **_evidence_of(found)})


def _evidence_of(found: RegisterParagraph) -> dict[str, Any]:
    names = ("figures", "says", "rooms", "awaits", "brings")
    return {name: _plain(getattr(found, name)) for name in names if hasattr(found, name)}


def _of_text(record: ParagraphRecord, readings: _Readings) -> Iterator[Departure]:
    read = readings.text(record)
    if isinstance(read, str):
        if read:
            yield _departure(record, "", record.paragraph, read)
    elif record.paragraph not in read:
        yield _departure(record, "", record.paragraph, _("no such paragraph"))
    else:
        found = read[record.paragraph]
        yield from _fields(record, {"number": found.number, **details_as_json(found)})


def _fields(record: ParagraphRecord, stands: dict[str, Any]) -> Iterator[Departure]:
    held = {**record.details, **record.evidence, "kind": record.kind, "number": record.number}
    for name, value in stands.items():
        if held.get(name, _plain(())) != value:
            yield _departure(record, name, held.get(name), value)


def _of_act(word: ConfirmationRecord) -> Iterator[Departure]:
    try:
        said = json.loads(origin_bytes(word.origin.sha256))
    except (WorkspaceError, UnknownName, OSError, ValueError):
        return
    for name in ("paragraph", "field", "value", "verdict", "by"):
        if getattr(word, name) != said.get(name):
            held, stands = _shown(getattr(word, name)), _shown(said.get(name))
            yield Departure(word.paragraph, word.field, word.origin_id, word.origin.file, word.place, held, stands)


def _departure(record: ParagraphRecord, field: str, held: Any, stands: Any) -> Departure:
    origin = record.origin
    return Departure(record.paragraph, field, origin.sha256, origin.file, record.place, _shown(held), _shown(stands))


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
