"""The table of evidence: what each operative paragraph of a resolution asks, and the figures that bear on it."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from comity.evidence.figures import Figure, Table, methods
from comity.mandates.asking.figure_patterns import definite
from comity.reports import store
from comity.reports.composing.small_print import Inlines
from comity.reports.days import treaties
from comity.reports.document import Document
from comity.reports.formats import day, value_formats
from comity.reports.source.elements import Element, division, emphasis, span, table, text
from comity.reports.source.references import BlockReference


def evidence_by_paragraph(document: Document, reference: BlockReference) -> list[Element]:
    """Each operative paragraph with what it asks, in our own words, and the figures that bear on it."""
    rows = []
    for paragraph in store.paragraphs(reference.target, document.as_at):
        document.paragraphs[paragraph.id] = paragraph
        bearing = [whole for whole in document.figures.values() if paragraph.id in whole.asked_by]
        bearing = bearing or _of_its_own(document, paragraph.evidence.figures, reference.line)
        answer = _most_telling(document, bearing, reference.line) if bearing else _awaited(paragraph.evidence.awaits)
        rows.append((paragraph.id.rpartition("#")[2], [text(str(paragraph.number)), text(paragraph.line), answer]))
    headings = [
        text(_("Par.")),
        text(_("What it asks")),
        text(
            _("Evidence, as at %(day)s") % {"day": day(document.on)}
            if document.on
            else _("Evidence, each as at its own day")
        ),
    ]
    return [division([table(headings, rows, (0.06, 0.47, 0.47))], "evidence", ["tabular", "evidence"])]


def _of_its_own(document: Document, patterns: Sequence[str], line: int) -> list[Figure]:
    """The values that name a paragraph by themselves, where no other part of the report has a figure that does."""
    asked = definite(patterns, methods(), (), document.days.of(()))
    values = [identifier for name, _subject, identifier in asked if methods()[name].result is not Table]
    return [document.figure(identifier, line) for identifier in values]


_TELLING = ("parties", "states", "in-force-for", "coverage", "joined", "not-party", "counter-terrorism", "status-table")
_MOST = 5


def _most_telling(document: Document, bearing: Sequence[Figure], line: int) -> Inlines:
    """The most telling figures that speak of the report's day, by name and value, at most five."""
    now = [whole for whole in bearing if _is_now(document, whole) and whole.method in _TELLING]
    first = {whole.arguments.get("instrument"): 0 for whole in now}
    ranked = sorted(
        now or bearing, key=lambda whole: (_turn(first, whole), _TELLING.index(whole.method)) if now else (0, 0)
    )
    inlines: Inlines = []
    for whole in ranked[:_MOST]:
        inlines += [{"t": "LineBreak"}] if inlines else []
        name = text(document.names.figure(whole, dated=document.on is None))
        if isinstance(whole.value, Table):
            inlines.append(span(name, classes=["source"], figure=whole.id))
        else:
            value = document.print_count(whole, value_formats(whole), line)
            inlines.append(span([span(name, classes=["what"]), {"t": "Space"}, value], classes=["entry"]))
    return inlines


def _is_now(document: Document, whole: Figure) -> bool:
    return document.days.of(treaties(whole.id)) in whole.arguments.values()


def _turn(seen: dict[Any, int], whole: Figure) -> int:
    """Instruments take turns, so that five figures tell of several treaties and not of one alone."""
    instrument = whole.arguments.get("instrument")
    seen[instrument] += 1
    return seen[instrument]


def _awaited(awaits: str) -> Inlines:
    """The honest line, and what would be shown here."""
    inlines: Inlines = [emphasis(text(_("No evidence held yet.")))]
    return (
        [*inlines, {"t": "Space"}, *text(_("Awaited: %(evidence)s") % {"evidence": awaits[:1].lower() + awaits[1:]})]
        if awaits
        else inlines
    )
