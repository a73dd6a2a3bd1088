"""How the official text of a resolution comes in: what the file would change, and what speaks against it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from django.utils.translation import gettext as _

from comity.evidence import registers
from comity.evidence.errors import Fault
from comity.evidence.findings import Finding
from comity.evidence.importing import Plan
from comity.evidence.models import Origin
from comity.evidence.store import Source, fingerprint, now
from comity.mandates.compare import whole_text
from comity.mandates.disagreements import Disagreement, document_facts, join
from comity.mandates.importing.plans import apply_steps, describe_paragraphs, difference_of, document_entry, subjects_of
from comity.mandates.importing.recognising import is_resolution, refuse_what_is_not_adopted
from comity.mandates.mandate import details_as_json
from comity.mandates.models import DocumentRecord, Layer, ParagraphRecord, TextRecord
from comity.mandates.reissues import StoredText, differences
from comity.mandates.resolution import Paragraph, Resolution
from comity.mandates.store import LANGUAGE, read_back, registered, stored_text
from comity.mandates.wording import worded

_CONTRADICTS = "contradicts-text"


@dataclass
class TextPlan(Plan):
    """What importing the text of a resolution would do."""

    readings: Sequence[Resolution] = ()
    """The resolutions as they were read from the file."""

    @property
    def failed_check(self) -> bool:
        """Whether it is the text that is held which keeps the file out, and not that it cannot be read."""
        return bool(self.errors) and all(finding.rule == _CONTRADICTS for finding in self.errors)


class ResolutionImporter:
    """The official text of a resolution."""

    kind = "resolution"
    heeds = frozenset({"replaces"})

    def recognises(self, name: str, data: bytes) -> bool:
        """Whether the text has a masthead or an enacting formula, and with it numbered paragraphs or the other."""
        return is_resolution(data)

    def plan(self, data: bytes, source: Source) -> Plan:
        """Compare the paragraphs as read with those that stand, and with the register where there is one."""
        # The reader compiles its tables when first loaded, which commands that read no resolution need not wait for.
        from comity.mandates.reading.reader import read_bytes

        today = now().date()
        readings = read_bytes(data, source.file, today).in_file
        plan = TextPlan(source.file, self.kind, steps=[], source=_dated(source, readings), readings=readings)
        for reading in readings:
            refuse_what_is_not_adopted(reading, data, source.file)
            plan.rows += len(reading.preambular) + len(reading.operative)
        if (since := _replaced_by(readings, fingerprint(data))) and not source.extra.get("replaces"):
            plan.unchanged = plan.rows
            plan.findings.append(_held_before(source.file, since))
            return plan
        held = {reading.symbol: stored_text(reading.symbol) for reading in readings}
        for reading in readings:
            known_from = reading.distributed or reading.adopted or source.published or today
            plan.steps += _steps(_with_days_of(reading, held[reading.symbol]), fingerprint(data), known_from)
        describe_paragraphs(plan, ", ".join(reading.symbol for reading in readings))
        plan.findings += _doubts(readings)
        for reading in readings:
            plan.findings += _contradictions(reading, held[reading.symbol], source, fingerprint(data))
            plan.findings += _notices(reading, source.file)
            plan.findings += _drafts(reading, source.file)
            plan.findings += _disagreements(reading, source.file)
        return plan

    def apply(self, plan: Plan, origin: Origin) -> None:
        """Store the text and what was read from it."""
        apply_steps(plan, origin)

    def read_back(self, plan: TextPlan) -> Iterator[tuple[str, str]]:
        """Read what was stored as pages do, and set the words of the file as they do; it is not read once more."""
        yield from read_back(subjects_of(plan, "symbol"))
        for reading in plan.readings:
            for one in (*reading.preambular, *reading.operative):
                yield str(one.line), one.id
                worded(one)


def _dated(source: Source, readings: Sequence[Resolution]) -> Source:
    """The source as published on the day of distribution that its text states: all of an issue is known at once."""
    days = {reading.distributed for reading in readings}
    return replace(source, published=days.pop()) if source.published is None and len(days) == 1 else source


def _with_days_of(reading: Resolution, held: StoredText | None) -> Resolution:
    """A text with the days that are held of it, where it states none itself."""
    if held is None:
        return reading
    adopted, distributed = reading.adopted or held.adopted, reading.distributed or held.distributed
    return replace(reading, adopted=adopted, distributed=distributed)


def _replaced_by(readings: Sequence[Resolution], sha256: str) -> str:
    """The file whose text took the place of these very bytes; empty where they were not held or stand."""
    if not DocumentRecord.objects.filter(origin_id=sha256, layer=Layer.TEXT).exists():
        return ""
    standing = DocumentRecord.objects.standing().filter(
        symbol__in=[reading.symbol for reading in readings], layer=Layer.TEXT
    )
    other = standing.exclude(origin_id=sha256).select_related("origin").first()
    return other.origin.file if other else ""


def _held_before(file: str, since: str) -> Finding:
    expected = _("a text that was not replaced: %(file)s took its place; --replaces puts it back")
    fault = Fault(file, "", file, expected % {"file": since})
    return Finding("held-before", "warning", file, "", file, fault.expected, str(fault))


def _contradictions(reading: Resolution, held: StoredText | None, source: Source, sha256: str) -> list[Finding]:
    """What differs from the text that is held under the symbol, or its register, where it is another text.

    Errors, but warnings where a person said that the file replaces what is held. The same file read again is no other.
    """
    if held is None or held.sha256 == sha256:
        return []
    every = (*reading.preambular, *reading.operative)
    given = StoredText(
        file=source.file,
        sha256=sha256,
        title=document_facts(reading)["title"],
        adopted=reading.adopted,
        distributed=reading.distributed,
        paragraphs=tuple(one.id for one in every),
        words={one.id: whole_text(one) for one in every},
    )
    severity: Literal["error", "warning"] = "warning" if source.extra.get("replaces") else "error"
    faults = differences(held, given, {paragraph.id: paragraph.line for paragraph in every})
    if faults:
        other = _(
            "%(expected)s: this is another text than the %(symbol)s that is held from %(file)s; "
            "--replaces puts it in its place"
        )
        said = {"expected": faults[0].expected, "symbol": reading.symbol, "file": held.file}
        faults[0] = replace(faults[0], expected=other % said)
    return [Finding(_CONTRADICTS, severity, one.file, one.place, one.value, one.expected, str(one)) for one in faults]


def _read_document(reading: Resolution, file: str, known_from: date) -> registers.Entry:
    body = {
        "file": file,
        "organ": reading.enacting_formula.strip(" ,").removeprefix("The "),
        "facts": document_facts(reading),
        "counts": {
            "preambular": len(reading.preambular),
            "operative": len(reading.operative),
            "footnotes": len(reading.footnotes),
        },
        "footnotes": [{"mark": note.mark, "text": note.text} for note in reading.footnotes],
    }
    return document_entry(reading, Layer.TEXT, body, known_from)


def _read_paragraph(reading: Resolution, kind: str, paragraph: Paragraph, known_from: date) -> registers.Entry:
    values = {
        "symbol": reading.symbol,
        "paragraph": paragraph.id,
        "layer": Layer.TEXT.value,
        "kind": kind,
        "number": paragraph.number,
        "details": details_as_json(paragraph),
    }
    return registers.Entry(values, str(paragraph.line), known_from, paragraph.id)


def _text(reading: Resolution, paragraph: Paragraph, known_from: date) -> registers.Entry:
    values = {
        "symbol": reading.symbol,
        "paragraph": paragraph.id,
        "language": LANGUAGE,
        "text": whole_text(paragraph),
    }
    return registers.Entry(values, str(paragraph.line), known_from, paragraph.id)


def _steps(reading: Resolution, file: str, known_from: date) -> list[registers.Difference]:
    """What storing a resolution changes: its document, its paragraphs as read, and their words."""
    paragraphs = [
        *(("preambular", one) for one in reading.preambular),
        *(("operative", one) for one in reading.operative),
    ]
    return [
        difference_of(DocumentRecord, ("symbol", "layer"), [_read_document(reading, file, known_from)]),
        difference_of(
            ParagraphRecord,
            ("paragraph", "layer"),
            [_read_paragraph(reading, kind, paragraph, known_from) for kind, paragraph in paragraphs],
        ),
        difference_of(
            TextRecord,
            ("paragraph", "language"),
            [_text(reading, paragraph, known_from) for _kind, paragraph in paragraphs],
        ),
    ]


def _notices(reading: Resolution, file: str) -> list[Finding]:
    """What the reader noticed of the text as a whole."""
    expected = _("a resolution read without doubt")
    return [Finding("reading", "warning", file, "", notice, expected, notice) for notice in reading.notices]


def _doubts(readings: Iterable[Resolution]) -> list[Finding]:
    """What does not fit in the days that the text states, once where parts share it."""
    doubts = dict.fromkeys(doubt for reading in readings for doubt in reading.doubts)
    return [Finding("day", "warning", one.file, one.place, one.value, one.expected, str(one)) for one in doubts]


def _drafts(reading: Resolution, file: str) -> list[Finding]:
    """A note for each draft: it is kept with the file, and its paragraphs are not the resolution's."""
    expected = _("paragraphs of the resolution itself")
    words = _(
        "%(draft)s, recommended to be adopted by the %(organ)s, has %(preambular)d preambular and %(operative)d "
        "operative paragraphs; they are kept with the file and not stored as paragraphs of %(symbol)s"
    )
    findings = []
    for draft in reading.drafts:
        name = draft.label or _("Draft %(number)d") % {"number": draft.number}
        counts = {"preambular": len(draft.preambular), "operative": len(draft.operative)}
        message = words % {"draft": name, "organ": draft.organ, "symbol": reading.symbol, **counts}
        findings.append(Finding("draft", "note", file, str(draft.line), draft.title or name, expected, message))
    return findings


def _disagreements(reading: Resolution, file: str) -> list[Finding]:
    """Where the register says otherwise: a warning where paragraphs are missing, a note for what rules inferred."""
    register = registered(reading.symbol, now().date())
    if register is None:
        return []
    lines = {paragraph.id: str(paragraph.line) for paragraph in (*reading.preambular, *reading.operative)}
    return [_finding(one, lines.get(one.paragraph, ""), file) for one in join(register, reading)]


def _finding(one: Disagreement, place: str, file: str) -> Finding:
    structural = one.field in ("paragraph", "preambular", "operative", "footnotes", "symbol")
    message = _("%(paragraph)s, %(field)s: the register has %(register)s, the text %(text)s") % vars(one)
    return Finding(
        f"register-{one.field}", "warning" if structural else "note", file, place, one.text, one.register, message
    )
