"""How resolutions, their registers and treaties' texts come in: what each file would change, and the change itself."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from django.utils.translation import gettext as _

from comity.evidence import registers
from comity.evidence.errors import BadInput, Fault
from comity.evidence.files.texts import decode, encoding_of, lines_of, start_of
from comity.evidence.findings import Finding
from comity.evidence.importing import Plan
from comity.evidence.models import Origin, StoredFact
from comity.evidence.store import Source, fingerprint, now
from comity.mandates.articles import read_treaty, recognise_treaty
from comity.mandates.compare import whole_text
from comity.mandates.formats.register import Register, read_register
from comity.mandates.formats.same_text import Held, differences
from comity.mandates.join import Disagreement, document_facts, join
from comity.mandates.mandate import details_as_json
from comity.mandates.models import ArticleRecord, DocumentRecord, Layer, ParagraphRecord, TextRecord
from comity.mandates.reading.heads import is_beside, is_limited, says_draft
from comity.mandates.reading.languages import seems_other_language
from comity.mandates.reading.lines import split_lines
from comity.mandates.resolution import Paragraph, Resolution
from comity.mandates.store import LANGUAGE, held_text, read_articles_back, read_back, registered
from comity.mandates.wording import worded

_FORMULA = re.compile(
    r"^[^\S\n]*+The (?:(?:General Assembly|Security Council|Economic and Social Council),?"
    r"|(?:Human Rights Council|(?:Commission|Conference)\b[^,;.:\n]{0,140}),)[^\S\n]*+$",
    re.M,
)
_MASTHEAD = re.compile(r"^[^\w\n]*+Resolution adopted by the |^[^\w\n]*+\d{1,3}/\d{1,4}\.\s+\S", re.M)
_NUMBERED = re.compile(r"^[^\S\n]*+(?:(?:1|I)[.)]|\(1\)|OP ?1\b[.:)]?)\s+\S", re.M)
_LOOKED_AT = 65_536
_CONTRADICTS = "contradicts-text"
_REGISTER_KEYS = re.compile(r"^(symbol|operative):", re.M)


class RegisterImporter:
    """The register of a resolution in our own words, as YAML."""

    kind = "resolution register"

    def recognises(self, name: str, data: bytes) -> bool:
        """Whether the text has the keys symbol and operative at the beginning of lines."""
        return {match[1] for match in _REGISTER_KEYS.finditer(_glance(data))} == {"symbol", "operative"}

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
            _difference(DocumentRecord, ("symbol", "layer"), documents),
            _difference(ParagraphRecord, ("paragraph", "layer"), entries),
        ]
        _describe(plan, register.symbol)
        return plan

    def apply(self, plan: Plan, origin: Origin) -> None:
        """Store the register."""
        _apply(plan, origin)

    def read_back(self, plan: Plan) -> Iterator[tuple[str, str]]:
        """Read what was stored as pages do."""
        return read_back(_named(plan, "symbol"))


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
        text = _glance(data)
        if _REGISTER_KEYS.search(text) or recognise_treaty(text):
            return False
        marks = [bool(pattern.search(text)) for pattern in (_FORMULA, _MASTHEAD, _NUMBERED)]
        return (marks[0] or marks[1]) and sum(marks) >= 2

    def plan(self, data: bytes, source: Source) -> Plan:
        """Compare the paragraphs as read with those that stand, and with the register where there is one."""
        # The reader compiles its tables when first loaded, which commands that read no resolution need not wait for.
        from comity.mandates.reading.reader import read_bytes

        today = now().date()
        readings = read_bytes(data, source.file, today).in_file
        plan = TextPlan(source.file, self.kind, steps=[], source=_dated(source, readings), readings=readings)
        for reading in readings:
            _refuse_what_is_not_adopted(reading, data, source.file)
            plan.rows += len(reading.preambular) + len(reading.operative)
        if (since := _replaced_by(readings, fingerprint(data))) and not source.extra.get("replaces"):
            plan.unchanged = plan.rows
            plan.findings.append(_held_before(source.file, since))
            return plan
        held = {reading.symbol: held_text(reading.symbol) for reading in readings}
        for reading in readings:
            known_from = reading.distributed or reading.adopted or source.published or today
            plan.steps += _steps(_with_days_of(reading, held[reading.symbol]), fingerprint(data), known_from)
        _describe(plan, ", ".join(reading.symbol for reading in readings))
        plan.findings += _doubts(readings)
        for reading in readings:
            plan.findings += _contradictions(reading, held[reading.symbol], source, fingerprint(data))
            plan.findings += _notices(reading, source.file)
            plan.findings += _drafts(reading, source.file)
            plan.findings += _disagreements(reading, source.file)
        return plan

    def apply(self, plan: Plan, origin: Origin) -> None:
        """Store the text and what was read from it."""
        _apply(plan, origin)

    def read_back(self, plan: TextPlan) -> Iterator[tuple[str, str]]:
        """Read what was stored as pages do, and set the words of the file as they do; it is not read once more."""
        yield from read_back(_named(plan, "symbol"))
        for reading in plan.readings:
            for one in (*reading.preambular, *reading.operative):
                yield str(one.line), one.id
                worded(one)


class TreatyImporter:
    """A treaty's text, article by article."""

    kind = "treaty text"

    def recognises(self, name: str, data: bytes) -> bool:
        """Whether the text has a known treaty's title for a heading, and headings of articles."""
        return recognise_treaty(_glance(data)) is not None

    def plan(self, data: bytes, source: Source) -> Plan:
        """Compare the articles with those that stand."""
        treaty = read_treaty(decode(data, source.file), source.file)
        known_from = source.published or now().date()
        entries = [
            registers.Entry(
                {
                    "instrument": treaty.instrument,
                    "article": article.number,
                    "language": article.language,
                    "title": article.title,
                    "text": article.text,
                },
                str(article.line),
                known_from,
                f"{treaty.instrument}, article {article.number} ({article.language})",
            )
            for article in treaty.articles
        ]
        languages = {article.language for article in treaty.articles}
        standing = ArticleRecord.objects.standing().filter(instrument=treaty.instrument, language__in=languages)
        difference = registers.compare(ArticleRecord, ("instrument", "article", "language"), entries, standing)
        plan = Plan(source.file, self.kind, rows=len(entries), unchanged=difference.unchanged, steps=[difference])
        plan.adds = [entry.label for entry in difference.adds]
        plan.changes = [entry.label for _record, entry in difference.changes]
        plan.removed = [str(record) for record in difference.removed]
        return plan

    def apply(self, plan: Plan, origin: Origin) -> None:
        """Store the articles."""
        _apply(plan, origin)

    def read_back(self, plan: Plan) -> Iterator[tuple[str, str]]:
        """Read what was stored as pages do."""
        return read_articles_back(_named(plan, "instrument"))


def _glance(data: bytes) -> str:
    """A file's text for recognising it, in whatever encoding it seems to be in, by its lines; never raises."""
    return "\n".join(lines_of(data.decode(encoding_of(data), "replace").removeprefix("\ufeff")))


def seems_to_be(_name: str, data: bytes) -> tuple[str, str] | None:
    """What a text seems to be that no importer knows: a draft, or a resolution in a language that is not read."""
    return _seems_draft(data) or seems_other_language(start_of(data, _LOOKED_AT))


def _seems_draft(data: bytes) -> tuple[str, str] | None:
    """What a draft is, by its symbol or by a line that says so above an enacting formula, and what to give instead."""
    from comity.mandates.reading.segments import FORMULA

    texts = [line.text for line in split_lines(start_of(data, _LOOKED_AT))]
    enacts = (index for index, text in enumerate(texts) if (match := FORMULA.match(text)) and match["comma"])
    head = texts[: next(enacts, 0)]
    said = next((text for text in head if is_limited(text)), "") or next((t for t in head if says_draft(t)), "")
    if not said:
        return None
    expected = _(
        "the text as it was adopted, with the symbol of the resolution, as “A/RES/67/189”: a draft asks nothing until "
        "it is adopted; `comity resolution read` reads one without storing it"
    )
    return _("a draft (%(said)s)") % {"said": said}, expected


def _refuse_what_is_not_adopted(reading: Resolution, data: bytes, file: str) -> None:
    """Raises BadInput for a draft, a decision, a corrigendum, and a text whose symbol is not known, by what it is."""
    symbol = reading.symbol
    expected = _("the symbol of the resolution, as “A/RES/67/189” or as the number before its title")
    if not symbol or is_limited(symbol):
        what, expected = _seems_draft(data) or (symbol or reading.title, expected)
    elif "/DEC/" in symbol:
        what = _("a decision (%(symbol)s)") % {"symbol": symbol}
        expected = _("a resolution: decisions are not stored; `comity resolution read` reads one without storing it")
    elif is_beside(symbol):
        what = _("a corrigendum or addendum (%(symbol)s)") % {"symbol": symbol}
        expected = _("the whole text as it stands with it, under the symbol of the resolution itself")
    elif "/RES/" in symbol:
        return
    else:
        what = symbol
        expected = _(
            "the symbol of the resolution on a line of its own: what those of its organ begin with is not known"
        )
    raise BadInput(Fault(file, "", what, expected))


def _dated(source: Source, readings: Sequence[Resolution]) -> Source:
    """The source as published on the day of distribution that its text states: all of an issue is known at once."""
    days = {reading.distributed for reading in readings}
    return replace(source, published=days.pop()) if source.published is None and len(days) == 1 else source


def _with_days_of(reading: Resolution, held: Held | None) -> Resolution:
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


def _contradictions(reading: Resolution, held: Held | None, source: Source, sha256: str) -> list[Finding]:
    """What differs from the text that is held under the symbol, or its register, where it is another text.

    Errors, but warnings where a person said that the file replaces what is held. The same file read again is no other.
    """
    if held is None or held.sha256 == sha256:
        return []
    every = (*reading.preambular, *reading.operative)
    given = Held(
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


def _registered_document(register: Register, file: str) -> registers.Entry:
    body = {
        "file": file,
        "organ": register.organ,
        "facts": document_facts(register),
        "counts": register.counts,
        "footnotes": [{"mark": note.mark, "text": note.cites} for note in register.footnotes],
    }
    return _document_entry(register, Layer.REGISTER, body, register.adopted)


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
    return _document_entry(reading, Layer.TEXT, body, known_from)


def _document_entry(
    document: Register | Resolution, layer: Layer, body: Mapping[str, Any], known_from: date
) -> registers.Entry:
    columns = ("symbol", "title", "adopted", "session", "agenda_item", "meeting", "report", "distributed")
    values = {name: getattr(document, name) for name in columns}
    values["title"] = document_facts(document)["title"]
    return registers.Entry({**values, "layer": layer.value, "body": dict(body)}, "1", known_from, document.symbol)


def _registered_paragraph(register: Register, paragraph: Any) -> registers.Entry:
    evidence = {
        "figures": list(paragraph.figures),
        "says": paragraph.says,
        "rooms": list(paragraph.rooms),
        "awaits": paragraph.awaits,
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
        _difference(DocumentRecord, ("symbol", "layer"), [_read_document(reading, file, known_from)]),
        _difference(
            ParagraphRecord,
            ("paragraph", "layer"),
            [_read_paragraph(reading, kind, paragraph, known_from) for kind, paragraph in paragraphs],
        ),
        _difference(
            TextRecord,
            ("paragraph", "language"),
            [_text(reading, paragraph, known_from) for _kind, paragraph in paragraphs],
        ),
    ]


def _difference(
    model: type[StoredFact], key: Sequence[str], entries: Sequence[registers.Entry]
) -> registers.Difference:
    """The entries against what stands of the same resolution, in the same layer or language."""
    first = entries[0].values
    same = {name: first[name] for name in ("symbol", "layer", "language") if name in first}
    return registers.compare(model, key, entries, model.objects.standing().filter(**same))


def _describe(plan: Plan, symbol: str) -> None:
    """Say for each paragraph once whether it would be added, changed or removed; the document's own facts last."""
    documents = [difference for difference in plan.steps if difference.model is DocumentRecord]
    rest = [difference for difference in plan.steps if difference.model is not DocumentRecord]
    adds = _once(entry.label for difference in rest for entry in difference.adds)
    changed = _once(entry.label for difference in rest for _record, entry in difference.changes)
    plan.adds = adds
    plan.changes = [label for label in changed if label not in adds]
    plan.removed = _once(record.paragraph for difference in rest for record in difference.removed)
    plan.unchanged = plan.rows - len(plan.adds) - len(plan.changes)
    if any(document.changes for document in documents) and not (plan.adds or plan.changes or plan.removed):
        plan.changes.append(_("%(symbol)s (the file, no paragraph)") % {"symbol": symbol})


def _once(labels: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(labels))


def _apply(plan: Plan, origin: Origin) -> None:
    for difference in plan.steps:
        registers.apply(difference, origin)


def _named(plan: Plan, column: str) -> list[str]:
    """The symbols or instruments whose records a plan adds, changes or closes, each once."""
    values = [vars(record)[column] for difference in plan.steps for record in difference.removed]
    for difference in plan.steps:
        entries = [*difference.adds, *(entry for _record, entry in difference.changes)]
        values += [entry.values[column] for entry in entries]
    return _once(values)


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
