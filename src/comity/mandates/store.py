"""Resolutions, their paragraphs and treaties' articles, as values for pages and report; and what people confirm."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from comity.evidence import registers
from comity.evidence.errors import BadInput, Fault, UnknownName
from comity.evidence.models import Origin, StoredFact
from comity.evidence.store import Source, head, keep_origin, now, origin_bytes, origin_text, record_event
from comity.evidence.wording import language
from comity.evidence.workspaces.acts import one_act
from comity.mandates.asking.figure_patterns import FigurePattern
from comity.mandates.disagreements import Disagreement, join_document, join_paragraph
from comity.mandates.formats.register import Register, read_register
from comity.mandates.formats.treaty_text import Article, Provision
from comity.mandates.mandate import (
    CONFIRMED,
    CORRECTED,
    FIELDS,
    READERS,
    Confirmation,
    Details,
    Evidence,
    MandateDocument,
    MandateParagraph,
    Standing,
    details_from_json,
    settle,
    value_as_json,
)
from comity.mandates.models import ArticleRecord, ConfirmationRecord, DocumentRecord, Layer, ParagraphRecord, TextRecord
from comity.mandates.reissues import StoredText
from comity.mandates.resolution import Resolution
from comity.mandates.wording import sayings

LANGUAGE = "en"
"""The language of the official texts that the reader knows."""


def documents(as_at: date) -> tuple[MandateDocument, ...]:
    """Every resolution that is held, by symbol, as known on a day."""
    return _documents(as_at, head()[1], language())


def document(symbol: str, as_at: date) -> MandateDocument:
    """A resolution as known on a day. Raises UnknownName where none of that symbol is held."""
    held = documents(as_at)
    for found in held:
        if found.symbol == symbol:
            return found
    raise UnknownName(symbol, _("the symbol of a resolution that is held"), [found.symbol for found in held])


def paragraphs(symbol: str, as_at: date) -> tuple[MandateParagraph, ...]:
    """The paragraphs of a resolution as known on a day, preambular ones first; none where it is not held."""
    return _paragraphs(symbol, as_at, head()[1], language())


def paragraph(identifier: str, as_at: date) -> MandateParagraph:
    """One paragraph by its id. Raises UnknownName where it is not held."""
    symbol = identifier.partition("#")[0]
    for found in paragraphs(symbol, as_at):
        if found.id == identifier:
            return found
    raise UnknownName(identifier, _("the id of a paragraph that is held, such as A/RES/67/189#op3"))


def official(symbol: str, as_at: date) -> Resolution | None:
    """The official text read whole, with points, notes and annexes, from the file that a user imported; or None."""
    record = DocumentRecord.objects.as_at(as_at).filter(symbol=symbol, layer=Layer.TEXT).select_related("origin")
    found = record.first()
    if found is None:
        return None
    in_file = _official(found.origin.sha256, found.origin.file).in_file
    # A file of one resolution is that one also where an earlier version of the reader gave it another symbol.
    return next((reading for reading in in_file if reading.symbol == symbol), in_file[0])


def registered(symbol: str, as_at: date) -> Register | None:
    """The register of a resolution as the file gives it; None where the resolution has none."""
    record = DocumentRecord.objects.as_at(as_at).filter(symbol=symbol, layer=Layer.REGISTER).select_related("origin")
    found = record.first()
    return read_register(origin_text(found.origin.sha256), found.origin.file) if found else None


def stored_text(symbol: str) -> StoredText | None:
    """What stands under a symbol: the official text, else the register; None where neither does."""
    for layer in (Layer.TEXT, Layer.REGISTER):
        found = DocumentRecord.objects.standing().filter(symbol=symbol, layer=layer).select_related("origin").first()
        if found is None:
            continue
        paragraphs = ParagraphRecord.objects.standing().filter(symbol=symbol, layer=layer)
        texts = TextRecord.objects.standing().filter(symbol=symbol, language=LANGUAGE)
        return StoredText(
            file=found.origin.file,
            sha256=found.origin.sha256,
            title=found.title,
            adopted=found.adopted,
            distributed=found.distributed,
            paragraphs=tuple(paragraphs.values_list("paragraph", flat=True)),
            words=dict(texts.values_list("paragraph", "text")) if layer == Layer.TEXT else {},
        )
    return None


@lru_cache(maxsize=8)
def _official(sha256: str, file: str) -> Resolution:
    # The reader compiles its tables of verbs and treaties when first loaded, which a page without it need not wait for.
    from comity.mandates.reading.reader import read_bytes

    return read_bytes(origin_bytes(sha256), file)


def read_back(symbols: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Read resolutions as pages do, whenever they are known; gives place and id of each paragraph before it is read."""
    for symbol in symbols:
        for record in ParagraphRecord.objects.standing().filter(symbol=symbol).order_by("pk"):
            yield record.place, record.paragraph
            sayings(details_from_json(record.details).asks)
            for pattern in record.evidence.get("figures", ()):
                FigurePattern.parse(pattern)
        yield "1", symbol
        document(symbol, date.max)
        paragraphs(symbol, date.max)


def read_articles_back(instruments: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Read treaties' articles as pages do; gives place and number of each before it is read."""
    for record in ArticleRecord.objects.standing().filter(instrument__in=instruments):
        yield record.place, f"{record.instrument}, {record.article}"
        _read_article(record)


def article(instrument: str, number: str, as_at: date, language: str = LANGUAGE) -> Article | None:
    """The text of a treaty's article, where a user has imported it."""
    found = _article(instrument, number, as_at, language)
    return _read_article(found) if found else None


def provision(target: str, as_at: date, language: str = LANGUAGE) -> tuple[str, Standing] | None:
    """The text that a reference to an article names (`UNTOC#art14.2`) and where it stands; None where none is held."""
    named = Provision.parse(target)
    found = _article(named.instrument, named.article, as_at, language) if named else None
    if named is None or found is None:
        return None
    held = _read_article(found)
    text = held.paragraph(named.paragraph) if named.paragraph else held.text
    return (text, Standing(found.origin.sha256, found.origin.file, found.place)) if text else None


def _article(instrument: str, number: str, as_at: date, language: str) -> ArticleRecord | None:
    held = ArticleRecord.objects.as_at(as_at).select_related("origin")
    found: ArticleRecord | None = held.filter(instrument=instrument, article=number, language=language).first()
    return found


def _read_article(record: ArticleRecord) -> Article:
    return Article(record.article, record.language, record.title, record.text, int(record.place))


def asked_by(figure_id: str) -> tuple[str, ...]:
    """The paragraphs of the standing registers that ask for a figure, in the order of the resolutions."""
    return tuple(
        identifier
        for identifier, patterns in _asking(head()[1])
        if any(pattern.fits(figure_id) for pattern in patterns)
    )


@lru_cache(maxsize=2)
def _asking(_head: str) -> list[tuple[str, list[FigurePattern]]]:
    asking = ParagraphRecord.objects.standing().filter(layer=Layer.REGISTER).values_list("paragraph", "evidence")
    return [
        (identifier, [FigurePattern.parse(text) for text in evidence["figures"]])
        for identifier, evidence in asking
        if evidence.get("figures")
    ]


def confirm(paragraph_id: str, field: str, value: Any, by: str) -> MandateParagraph:
    """Record that a person confirms a field of a paragraph, or corrects it to another value.

    The word is kept apart from the reading and laid over it, so that reading the text again leaves it standing. Raises
    BadInput for a field or value that cannot be, UnknownName for a paragraph that is not held.
    """
    at = now()
    standing = paragraph(paragraph_id, at.date())
    said = _checked(paragraph_id, field, value)
    below, _marks = settle(*_layers(paragraph_id), [])
    verdict = CONFIRMED if said == getattr(below, field) else CORRECTED
    values = {
        "symbol": standing.symbol,
        "paragraph": paragraph_id,
        "field": field,
        "value": value_as_json(said),
        "verdict": verdict,
        "by": by,
    }
    entry = registers.Entry(values, "1", at.date(), f"{paragraph_id}, {field}")
    act = json.dumps({**values, "at": at.isoformat()}, ensure_ascii=False, sort_keys=True)
    source = Source(f"{paragraph_id}, {field}", _("Confirmation by %s") % by, kind=Origin.Kind.ACT)
    with one_act():
        before = ConfirmationRecord.objects.standing().filter(paragraph=paragraph_id, field=field)
        difference = registers.compare(ConfirmationRecord, ("paragraph", "field"), [entry], before)
        if not difference.unchanged:
            registers.apply(difference, keep_origin(act.encode(), source, at=at))
            record_event(by, "confirm", {"paragraph": paragraph_id, "field": field, "verdict": verdict}, at=at)
    return paragraph(paragraph_id, at.date())


def _checked(paragraph_id: str, field: str, value: Any) -> Any:
    if field not in FIELDS:
        raise BadInput(Fault(paragraph_id, field, "", _("one of the fields: %s") % ", ".join(FIELDS)))
    if field == "asks" and value == []:  # a paragraph may hold no verb that is known, but a person corrects to one
        raise BadInput(Fault(paragraph_id, field, "", _("a list of verbs that is not empty")))
    try:
        return READERS[field](value)
    except ValueError as error:
        raise BadInput(Fault(paragraph_id, field, str(value), str(error))) from None


def _layers(paragraph_id: str) -> tuple[Details | None, Details | None]:
    """What register and reading say of a paragraph today."""
    records = ParagraphRecord.objects.standing().filter(paragraph=paragraph_id)
    held = {record.layer: details_from_json(record.details) for record in records}
    return held.get(Layer.REGISTER), held.get(Layer.TEXT)


@lru_cache(maxsize=16)
def _documents(as_at: date, _head: str, _language: str) -> tuple[MandateDocument, ...]:
    records: dict[str, dict[str, DocumentRecord]] = {}
    for record in DocumentRecord.objects.as_at(as_at).select_related("origin"):
        records.setdefault(record.symbol, {})[record.layer] = record
    return tuple(_document(layers, as_at) for layers in records.values())


def _document(layers: dict[str, DocumentRecord], as_at: date) -> MandateDocument:
    registered, read = layers.get(Layer.REGISTER), layers.get(Layer.TEXT)
    shown = registered or layers[Layer.TEXT]
    differing = _differing(registered.body, read.body, shown.symbol) if registered and read else []
    held = paragraphs(shown.symbol, as_at) if registered and read else ()
    return MandateDocument(
        symbol=shown.symbol,
        title=shown.title,
        organ=shown.body["organ"],
        adopted=shown.adopted,
        session=shown.session,
        agenda_item=shown.agenda_item,
        meeting=shown.meeting,
        report=shown.report,
        preambular=shown.body["counts"]["preambular"],
        operative=shown.body["counts"]["operative"],
        footnotes=tuple((note["mark"], note["text"]) for note in shown.body["footnotes"]),
        registered=registered is not None,
        text_held=read is not None,
        register_origin=_standing(registered),
        text_origin=_standing(read),
        disagreements=(*differing, *(one for found in held for one in found.disagreements)),
    )


def _differing(registered: dict[str, Any], read: dict[str, Any], symbol: str) -> list[Disagreement]:
    facts = [
        {**body["facts"], **{kind: str(count) for kind, count in body["counts"].items()}} for body in (registered, read)
    ]
    return join_document(facts[0], facts[1], symbol)


def _standing(record: StoredFact | None) -> Standing | None:
    return Standing(record.origin.sha256, record.origin.file, record.place) if record else None


@lru_cache(maxsize=64)
def _paragraphs(symbol: str, as_at: date, _head: str, _language: str) -> tuple[MandateParagraph, ...]:
    records: dict[str, dict[str, ParagraphRecord]] = {}
    for record in ParagraphRecord.objects.as_at(as_at).filter(symbol=symbol).select_related("origin"):
        records.setdefault(record.paragraph, {})[record.layer] = record
    held = TextRecord.objects.as_at(as_at).filter(symbol=symbol, language=LANGUAGE).select_related("origin")
    texts = {record.paragraph: record for record in held}
    said: dict[str, list[Confirmation]] = {}
    for word in ConfirmationRecord.objects.as_at(as_at).filter(symbol=symbol):
        one = Confirmation(word.field, word.value, word.verdict, word.by, word.recorded_at)
        said.setdefault(word.paragraph, []).append(one)
    joined = len({layer for layers in records.values() for layer in layers}) == len(Layer)
    return tuple(
        _paragraph(layers, texts.get(identifier), said.get(identifier, []), joined=joined)
        for identifier, layers in records.items()
    )


def _paragraph(
    layers: dict[str, ParagraphRecord], text: TextRecord | None, said: Sequence[Confirmation], *, joined: bool
) -> MandateParagraph:
    registered, read = (layers.get(layer) for layer in (Layer.REGISTER, Layer.TEXT))
    shown = registered or layers[Layer.TEXT]
    below = [details_from_json(record.details) if record else None for record in (registered, read)]
    details, marks = settle(below[0], below[1], said)
    settled = {confirmation.field for confirmation in said}
    disagreements = join_paragraph(shown.paragraph, below[0], below[1]) if joined else []
    return MandateParagraph(
        id=shown.paragraph,
        symbol=shown.symbol,
        kind=shown.kind,
        number=shown.number,
        evidence=_evidence(registered),
        official_text=text.text if text else None,
        register_origin=_standing(registered),
        text_origin=_standing(text),
        marks=marks,
        confirmations=tuple(said),
        disagreements=tuple(one for one in disagreements if one.settled_by not in settled),
        **vars(details),
    )


def _evidence(registered: ParagraphRecord | None) -> Evidence:
    if registered is None:
        return Evidence()
    held = registered.evidence
    return Evidence(
        tuple(held["figures"]), held["says"], tuple(held["rooms"]), held["awaits"], tuple(held.get("brings", ()))
    )
