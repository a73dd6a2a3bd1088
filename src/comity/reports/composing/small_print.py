"""The caption and the small print of tables and pictures: who published the values, and how complete they are."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _

from comity.evidence.figures import Figure, Table
from comity.reports import store
from comity.reports.days import treaties
from comity.reports.document import Document
from comity.reports.formats import day
from comity.reports.source.elements import Element, division, emphasis, paragraph, span, strong, text
from comity.reports.source.references import BlockReference

Inlines = list[Element]


def nothing_held() -> str:
    """What stands in the place of rows or a picture where a figure has none."""
    return _("No data are held.")


def caption_of(document: Document, reference: BlockReference, number: str) -> Inlines:
    words = document.words(reference.options.get("caption", ""), reference.line, spoken_of(document, reference))
    return [*([strong(text(number)), {"t": "Space"}] if number else []), *text(words)]


def notes_under(document: Document, figures: Sequence[Figure], reference: BlockReference) -> list[Element]:
    """The small print: who published the values, through which day the register is complete, where to find them all."""
    lines: list[Element] = []
    if note := reference.options.get("note"):
        lines.append(
            division(
                [paragraph(text(document.words(note, reference.line, spoken_of(document, reference))))],
                classes=["note"],
            )
        )
    return [*lines, division([paragraph(small_print(document, figures, reference.line))], classes=["note"])]


def small_print(document: Document, figures: Sequence[Figure], line: int) -> Inlines:
    """Publishers, completeness, and the way to the values and origins of one figure or several."""
    origins = dict.fromkeys(fact.origin for whole in figures for fact in whole.inputs)
    publishers = dict.fromkeys(store.origin(sha256).publisher.split(",")[0] for sha256 in origins)
    inlines = [*emphasis_of(_("Source:")), {"t": "Space"}, *text("; ".join(name for name in publishers if name))]
    inlines += _complete(document, treaties_of(figures), line)
    inlines.append({"t": "Str", "c": "."})
    if len(figures) == 1:
        words = _("Values and origins")
        inlines += [{"t": "Space"}, span(text(words), classes=["source"], figure=figures[0].id), *text(".")]
    elif figures and all(isinstance(whole.value, Table) for whole in figures):
        inlines += text(" " + _("Values and origins") + ": ")
        for number, whole in enumerate(figures):
            codes = treaties(whole.id)
            named = ", ".join(map(document.names.instrument, codes)) if codes else day(day_of(whole) or document.as_at)
            inlines += [*(text("; ") if number else []), span(text(named), classes=["source"], figure=whole.id)]
        inlines += text(".")
    return inlines


def day_of(whole: Figure) -> date | None:
    """The day of which a figure speaks: the last of its dates."""
    return next((value for value in reversed(list(whole.arguments.values())) if isinstance(value, date)), None)


def emphasis_of(words: str) -> Inlines:
    """Stressed plain words."""
    return [emphasis(text(words))]


def _complete(document: Document, codes: Sequence[str], line: int) -> Inlines:
    """Through which day the register is complete, treaty by treaty where the days differ."""
    apart: dict[str, list[str]] = {}
    for code in codes:
        target = f"register-complete-through.{code}"
        apart.setdefault(str(document.figure(target, line).value or ""), []).append(code)
    inlines: Inlines = []
    for some in apart.values():
        inlines += text(", " if inlines else "; " + _("register complete through") + " ")
        inlines.append(document.print(f"register-complete-through.{some[0]}", ["date"], line))
        if len(apart) > 1:
            inlines += text(" (" + ", ".join(map(document.names.instrument, some)) + ")")
    return inlines


def treaties_of(figures: Iterable[Figure]) -> list[str]:
    """The treaties of which figures speak, each once."""
    return list(dict.fromkeys(code for whole in figures for code in treaties(whole.id)))


def spoken_of(document: Document, reference: BlockReference) -> list[str] | None:
    """The treaties of which a block speaks; None where its figure names none, so that the day is the whole report's."""
    return treaties(reference.target) or None
