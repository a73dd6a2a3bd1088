"""Pages of resolutions and of their paragraphs, each with what it asks and what is held on it."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from comity.charts.page_drawing import Drawing, drawing_of, is_drawn
from comity.evidence.dates import asked_date
from comity.evidence.errors import BadInput, UnknownName
from comity.evidence.figures import Table, figure, methods, parse_figure_id
from comity.evidence.store import now
from comity.instruments.store import register
from comity.mandates import store
from comity.mandates.asking.answers import answers
from comity.mandates.formats.treaty_text import Provision
from comity.mandates.mandate import MandateParagraph
from comity.mandates.resolution import Reference
from comity.mandates.wording import sayings, worded

MOST_CHARTS = 3


def resolutions_page(request: HttpRequest) -> HttpResponse:
    """The resolutions that are held."""
    as_at = asked_date(request.GET, "as_at", now().date())
    return render(request, "mandates/resolutions.html", {"documents": store.documents(as_at), "as_at": as_at})


def resolution_page(request: HttpRequest, symbol: str) -> HttpResponse:
    """A resolution paragraph by paragraph: what each asks of whom, and whether evidence is held on it."""
    as_at = asked_date(request.GET, "as_at", now().date())
    document = store.document(symbol, as_at)
    paragraphs = [(paragraph, sayings(paragraph.asks)) for paragraph in store.paragraphs(symbol, as_at)]
    context = {
        "document": document,
        "as_at": as_at,
        "preambular": [pair for pair in paragraphs if pair[0].kind == "preambular"],
        "operative": [pair for pair in paragraphs if pair[0].kind == "operative"],
        "readings": _readings(symbol, as_at),
        "answered": sum(1 for paragraph, _said in paragraphs if paragraph.evidence.figures),
    }
    return render(request, "mandates/resolution.html", context)


def paragraph_page(request: HttpRequest, symbol: str, place: str) -> HttpResponse:
    """One paragraph: its words, what was read from them and how surely, its references, and the figures it asks for."""
    as_at = asked_date(request.GET, "as_at", now().date())
    document = store.document(symbol, as_at)
    paragraph = store.paragraph(f"{symbol}#{place}", as_at)
    on = asked_date(request.GET, "on", document.adopted or as_at)
    neighbours = [found.id for found in store.paragraphs(symbol, as_at)]
    at = neighbours.index(paragraph.id)
    context = {
        "document": document,
        "paragraph": paragraph,
        "said": sayings(paragraph.asks),
        "reading": _readings(symbol, as_at).get(paragraph.id),
        "on": on,
        "as_at": as_at,
        "references": [_linked(reference, as_at) for reference in paragraph.references],
        "provisions": _provisions(paragraph, as_at),
        "previous": neighbours[at - 1] if at else None,
        "next": neighbours[at + 1] if at + 1 < len(neighbours) else None,
        **_evidence(paragraph, on, as_at),
    }
    return render(request, "mandates/paragraph.html", context)


def _readings(symbol: str, as_at: date) -> dict[str, dict[str, Any]]:
    """The paragraphs of the official text as read, with verbs, points and notes apart; empty where it is not held."""
    official = store.official(symbol, as_at)
    if official is None:
        return {}
    notes = {note.mark: note for note in official.footnotes}
    return {
        paragraph.id: {
            "worded": worded(paragraph),
            "points": paragraph.points,
            "tail": paragraph.tail,
            "footnotes": [notes[mark] for _offset, mark in paragraph.notes if mark in notes],
        }
        for paragraph in (*official.preambular, *official.operative)
    }


def _provisions(paragraph: MandateParagraph, as_at: date) -> list[dict[str, Any]]:
    """The articles that a paragraph refers to, where their text is held: the text and where it stands."""
    found = ((item, store.provision(item.target, as_at)) for item in paragraph.references if item.kind == "article")
    return [{**_linked(item, as_at), "text": held[0], "stands": held[1]} for item, held in found if held]


def _linked(reference: Reference, as_at: date) -> dict[str, Any]:
    """A reference with what it resolves to, where held: an instrument, an article of it, a resolution, a paragraph."""
    held: dict[str, Any] = {"reference": reference, "instrument": None, "document": None, "paragraph": None}
    held["provision"] = Provision.parse(reference.target) if reference.kind == "article" else None
    try:
        if reference.kind == "treaty":
            held["instrument"] = register(as_at).instrument(reference.target)
        elif held["provision"]:
            held["instrument"] = register(as_at).instrument(held["provision"].instrument)
        elif reference.kind == "resolution":
            held["document"] = store.document(reference.target, as_at)
        elif reference.kind == "paragraph":
            held["paragraph"] = [store.paragraph(reference.target, as_at).id]
    except UnknownName:
        pass
    return held


def _evidence(paragraph: MandateParagraph, on: date, as_at: date) -> dict[str, Any]:
    """The figures that name a paragraph on a day: counts by instrument, values, tables, charts, and where more are."""
    held = register(as_at)
    codes = [code for code, fact in held.instruments.items() if fact.value.status_data]
    found = answers(paragraph.id, paragraph.evidence.figures, codes, on, as_at)
    tables = [table for each in found.tables if (table := _named(*each, as_at))]
    many = {name for name, number in Counter(table.method for table in tables if table.subject).items() if number > 1}
    by_instrument: dict[str, list[Named]] = {}
    for table in tables:
        if table.method in many:
            by_instrument.setdefault(table.method, []).append(table)
    days = [day for code in found.subjects if (day := held.complete_through(code))]
    return {
        "columns": found.columns,
        "rows": [
            (held.instrument(subject), [found.counts.get((name, subject)) for name in found.columns])
            for subject in found.subjects
        ],
        "single": found.single,
        "tables": [table for table in tables if table.method not in many],
        "by_instrument": by_instrument,
        "links": found.links,
        "charts": _charts(tables, as_at),
        "answered": bool(found.counts or found.single or tables or found.links),
        "complete_through": min(days, default=None),
        "several_days": len(set(days)) > 1,
        "today": now().date(),
    }


class Named:
    """A table or date by its id: method, arguments and instruments, and of a date the value, which costs little."""

    def __init__(self, method: str, subject: str, identifier: str, as_at: date) -> None:
        self.method, self.subject, self.id = method, subject, identifier
        self.arguments = parse_figure_id(identifier)[1]
        self.is_table = methods()[method].result is Table
        self.value = None if self.is_table else figure(identifier, as_at=as_at).value


def _named(name: str, subject: str, identifier: str, as_at: date) -> Named | None:
    """A table by its id; None where none is made of a day so far off."""
    try:
        return Named(name, subject, identifier, as_at)
    except BadInput:
        return None


def _charts(tables: Sequence[Named], as_at: date) -> list[Drawing]:
    """The charts of the tables that their rooms draw, one a method, at most MOST_CHARTS."""
    drawn: dict[str, Drawing] = {}
    for table in tables:
        if len(drawn) < MOST_CHARTS and table.method not in drawn and is_drawn(table.method):
            try:
                drawing = drawing_of(figure(table.id, as_at=as_at))
            except BadInput:
                continue
            if drawing is not None:
                drawn[table.method] = drawing
    return list(drawn.values())
