"""The caption and the small print of tables and pictures: who published the values, and how complete they are."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from comity.evidence.figures import Figure
from comity.reports import store
from comity.reports.document import Document
from comity.reports.source.elements import Element, division, emphasis, paragraph, span, strong, text
from comity.reports.source.references import BlockReference

Inlines = list[Element]


def nothing_held() -> str:
    """What stands in the place of rows or a picture where a figure has none."""
    return _("No data are held.")


def caption_of(document: Document, reference: BlockReference, number: str) -> Inlines:
    words = document.words(reference.options.get("caption", ""), reference.line)
    return [*([strong(text(number)), {"t": "Space"}] if number else []), *text(words)]


def notes_under(document: Document, figures: Sequence[Figure], reference: BlockReference) -> list[Element]:
    """The small print: who published the values, through which day the register is complete, where to find them all."""
    lines: list[Element] = []
    if note := reference.options.get("note"):
        lines.append(division([paragraph(text(document.words(note, reference.line)))], classes=["note"]))
    return [*lines, division([paragraph(small_print(document, figures, reference.line))], classes=["note"])]


def small_print(document: Document, figures: Sequence[Figure], line: int) -> Inlines:
    """Publishers, completeness, and the way to the values and origins of one figure or several."""
    origins = dict.fromkeys(fact.origin for whole in figures for fact in whole.inputs)
    publishers = dict.fromkeys(store.origin(sha256).publisher.split(",")[0] for sha256 in origins)
    inlines = [*emphasis_of(_("Source:")), {"t": "Space"}, *text("; ".join(name for name in publishers if name))]
    if code := _instrument(figures[0]):
        complete = document.print(f"register-complete-through.{code}", ["date"], line)
        inlines += [*text("; " + _("register complete through") + " "), complete]
    inlines.append({"t": "Str", "c": "."})
    if len(figures) == 1:
        inlines += [
            {"t": "Space"},
            span(text(_("Values and origins")), classes=["source"], figure=figures[0].id),
            *text("."),
        ]
    return inlines


def emphasis_of(words: str) -> Inlines:
    """Stressed plain words."""
    return [emphasis(text(words))]


def _instrument(whole: Figure) -> str:
    """The first instrument that a figure speaks of, empty where it speaks of none."""
    return str(whole.arguments.get("instruments", whole.arguments.get("instrument", ""))).split(",")[0]


def complete_through(document: Document, whole: Figure, line: int) -> date | None:
    code = _instrument(whole)
    if not code:
        return None
    value: date | None = document.figure(f"register-complete-through.{code}", line).value
    return value
