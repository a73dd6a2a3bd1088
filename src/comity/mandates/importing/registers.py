"""How the register of a resolution comes in: what its file would change, and the change itself."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from comity.evidence import registers
from comity.evidence.errors import BadInput, Fault
from comity.evidence.files.texts import decode
from comity.evidence.importing import Plan
from comity.evidence.models import Origin
from comity.evidence.store import Source, fingerprint, now
from comity.mandates.disagreements import document_facts
from comity.mandates.formats.register import Register, read_register
from comity.mandates.importing.plans import apply_steps, describe_paragraphs, difference_of, document_entry, subjects_of
from comity.mandates.importing.recognising import is_register
from comity.mandates.mandate import details_as_json
from comity.mandates.models import DocumentRecord, Layer, ParagraphRecord
from comity.mandates.store import read_back


class RegisterImporter:
    """The register of a resolution in our own words, as YAML."""

    kind = "resolution register"

    def recognises(self, name: str, data: bytes) -> bool:
        """Whether the text has the keys symbol and operative at the beginning of lines."""
        return is_register(data)

    def plan(self, data: bytes, source: Source) -> Plan:
        """Compare the register's paragraphs with those that stand."""
        register = read_register(decode(data, source.file), source.file)
        if register.adopted > now().date():
            expected = _("a day that is not in the future")
            raise BadInput(Fault(source.file, "adopted", register.adopted.isoformat(), expected))
        documents = [_registered_document(register, fingerprint(data))]
        entries = [_registered_paragraph(register, paragraph) for paragraph in register.paragraphs]
        plan = Plan(source.file, self.kind, rows=len(entries))
        plan.steps = [
            difference_of(DocumentRecord, ("symbol", "layer"), documents),
            difference_of(ParagraphRecord, ("paragraph", "layer"), entries),
        ]
        describe_paragraphs(plan, register.symbol)
        return plan

    def apply(self, plan: Plan, origin: Origin) -> None:
        """Store the register."""
        apply_steps(plan, origin)

    def read_back(self, plan: Plan) -> Iterator[tuple[str, str]]:
        """Read what was stored as pages do."""
        return read_back(subjects_of(plan, "symbol"))


def _registered_document(register: Register, file: str) -> registers.Entry:
    body = {
        "file": file,
        "organ": register.organ,
        "facts": document_facts(register),
        "counts": register.counts,
        "footnotes": [{"mark": note.mark, "text": note.cites} for note in register.footnotes],
    }
    return document_entry(register, Layer.REGISTER, body, register.adopted)


def _registered_paragraph(register: Register, paragraph: Any) -> registers.Entry:
    evidence = {
        "figures": list(paragraph.figures),
        "says": paragraph.says,
        "rooms": list(paragraph.rooms),
        "awaits": paragraph.awaits,
        "brings": list(paragraph.brings),
    }
    values = {
        "symbol": register.symbol,
        "paragraph": paragraph.id,
        "layer": Layer.REGISTER.value,
        "kind": paragraph.kind,
        "number": paragraph.number,
        "line": paragraph.line,
        "details": details_as_json(paragraph),
        "evidence": evidence,
    }
    return registers.Entry(values, str(paragraph.at), register.adopted, paragraph.id)
