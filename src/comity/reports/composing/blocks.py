"""The blocks that a report makes from figures, by the word that opens them in a source."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from comity.reports import pictures
from comity.reports.composing import annex_of_sources, paragraph_evidence, printed_tables
from comity.reports.composing.small_print import caption_of, notes_under, nothing_held, spoken_of
from comity.reports.document import Document, roman
from comity.reports.source.elements import Element, division, paragraph, span, text
from comity.reports.source.references import BlockReference


def block(document: Document, reference: BlockReference) -> list[Element]:
    """The elements of a block. Raises BadInput that names the source's line."""
    return _MAKERS[reference.kind](document, reference)


def deferred(reference: BlockReference) -> bool:
    """Whether a block speaks of the whole document, and so is made when everything else is there."""
    return reference.kind in ("evidence", "sources", "head")


def _drawing(document: Document, reference: BlockReference) -> list[Element]:
    """A chart or map, numbered in roman figures as United Nations documents do, with caption and small print."""
    parts = document.parts(reference.target, reference.line, held=pictures.ends_with_the_register(reference.target))
    words = document.words(reference.options.get("caption", ""), reference.line, spoken_of(document, reference))
    document.illustrations += 1
    name, number = f"figure-{document.illustrations}", roman(document.illustrations)
    if known := reference.options.get("name"):
        document.numbered[known] = (_("figure %(number)s") % {"number": number}, name)
    caption = caption_of(document, reference, _("Figure %(number)s") % {"number": number})
    if all(map(pictures.is_empty, parts)):
        return [division([paragraph([*caption, *text(". " + nothing_held())])], name, ["note"])]
    setting = pictures.Setting(
        title=words,
        language=pictures.language(document.source.language.code),
        names=document.names,
        until=document.on,
        options=reference.options,
        narrow=False,
    )
    document.drawings.append(pictures.draw(name, parts, reference, setting, document.source.file))
    below = [division([paragraph(caption)], classes=["caption"]), *notes_under(document, parts, reference)]
    return [division(below, name, ["drawing"], name=name)]


def _head(document: Document, reference: BlockReference) -> list[Element]:
    """The audit chain's head at the time of building, and the key that signs it."""
    values = {
        _("Head of the audit chain when the figures were computed:"): document.head,
        _("Key that signs the audit chain:"): document.signed_by,
    }
    lines = [
        paragraph([*text(words + " "), span(text(value), classes=["identifier"])])
        for words, value in values.items()
        if value
    ]
    return [division(lines, "head", ["head"])]


_MAKERS: dict[str, Callable[[Document, BlockReference], list[Element]]] = {
    "chart": _drawing,
    "map": _drawing,
    "table": printed_tables.of_figure,
    "names": printed_tables.of_names,
    "evidence": paragraph_evidence.evidence_by_paragraph,
    "sources": annex_of_sources.sources_and_origins,
    "head": _head,
}
