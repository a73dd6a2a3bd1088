"""The annex of sources: every figure of the report with its method, and every origin that its inputs come from."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.evidence.figures import Fact, Figure, Table
from comity.reports import store
from comity.reports.composing.small_print import Inlines
from comity.reports.document import Document
from comity.reports.formats import number, value_formats
from comity.reports.source.elements import Element, division, link, paragraph, span, strong, table, text
from comity.reports.source.permitted import LINK
from comity.reports.source.references import BlockReference


def sources_and_origins(document: Document, reference: BlockReference) -> list[Element]:
    """Every figure of the document with its value, method and origin, then every origin with its description."""
    rows = [(f"source-{whole.id}", _source_row(document, reference, whole)) for whole in document.figures.values()]
    headings = [text(_("Figure")), text(_("Value")), text(_("Method")), text(_("Origin of the inputs"))]
    made = table(headings, rows, (0.30, 0.12, 0.36, 0.22))
    return [division([made], "sources", ["tabular", "sources"]), *_origins(document)]


def _source_row(document: Document, reference: BlockReference, whole: Figure) -> list[Inlines]:
    words = document.names.figure(whole)
    name = [link(text(words), f"figure:{whole.id}"), {"t": "LineBreak"}, span(text(whole.id), classes=["identifier"])]
    if isinstance(whole.value, Table):
        value = text(_("table"))
    else:
        value = [document.print_value(whole, "", whole.value, value_formats(whole), reference.line)]
    sentence = " ".join(whole.docstring.split("\n\n")[0].replace("`", "").split())
    version = span(text(_("Version %(number)s.") % {"number": whole.version}), classes=["version"])
    files = {fact.origin: fact for fact in whole.inputs}
    count = len(whole.inputs)
    inputs: Inlines = text(ngettext("%(count)s input", "%(count)s inputs", count) % {"count": number(count)})
    for fact in files.values():
        inputs += [
            {"t": "LineBreak"},
            link(text(short_file(fact)), f"#origin-{fact.origin[:12]}", classes=["identifier"]),
        ]
    return [name, value, [*text(sentence), {"t": "Space"}, version], inputs]


def short_file(fact: Fact[Any]) -> str:
    """An origin's file name and the beginning of its hash, as lists name it."""
    return f"{fact.file.rsplit('/', 1)[-1]} {fact.origin[:12]}"


def _origins(document: Document) -> list[Element]:
    """The origins behind the document's figures: publisher, date, terms, hash, and through when they are complete."""
    hashes = dict.fromkeys(fact.origin for whole in document.figures.values() for fact in whole.inputs)
    items = []
    for origin in map(store.origin, hashes):
        inlines = [strong(text(origin.title)), *text(".")]
        for name, value in (
            (_("Publisher"), origin.publisher),
            (_("Published"), origin.published.isoformat() if origin.published else ""),
            (_("Complete through"), origin.complete_through.isoformat() if origin.complete_through else ""),
            (_("Address"), origin.url),
            (_("Licence"), origin.licence),
            (_("Verified"), _("yes") if origin.verified else _("no")),
            (_("File"), origin.file),
        ):
            if value:
                inlines += [*text(f" {name}: "), *(_address(value) if value == origin.url else text(value)), *text(".")]
        inlines += [*text(" SHA-256: "), span(text(origin.sha256), classes=["identifier"]), *text(".")]
        items.append(division([paragraph(inlines)], f"origin-{origin.sha256[:12]}", ["origin"]))
    return [division(items, "origins", ["origins"])]


def _address(url: str) -> Inlines:
    return [link(text(url), url)] if LINK.fullmatch(url) and not url.startswith("#") else text(url)
