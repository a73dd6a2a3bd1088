"""How a paragraph is set for reading: each verb apart, since verbs are printed in italics, and each mark of a note."""

import re
from collections.abc import Iterable, Sequence

from comity.mandates.formats.register import line_of
from comity.mandates.resolution import Ask, Paragraph


def sayings(asks: Iterable[Ask]) -> list[tuple[str, str]]:
    """Each ask as its opening verb and the rest of its words: ("Urges", " Member States to …")."""
    return [(ask.verb.phrase, line_of([ask]).removeprefix(ask.verb.phrase)) for ask in asks]


def worded(paragraph: Paragraph) -> list[tuple[str, str]]:
    """The words of an official paragraph above its points, in parts: "verb", "note" (the mark alone) or "" for text."""
    return pieces(paragraph.text, [ask.verb.phrase for ask in paragraph.asks], paragraph.notes)


def pieces(text: str, verbs: Iterable[str], notes: Sequence[tuple[int, str]]) -> list[tuple[str, str]]:
    """A text in parts: its verbs, found one after another as whole words, the marks of its notes, and what is between.

    `notes` are marks with their offsets into the text. A verb that is not found is passed over.
    """
    cuts: list[tuple[int, int, str, str]] = [(offset, offset, "note", mark) for offset, mark in notes]
    begin = 0
    for verb in verbs:
        found = re.compile(rf"\b{re.escape(verb)}\b", re.IGNORECASE).search(text, begin)
        if found:
            begin = found.end()
            cuts.append((found.start(), found.end(), "verb", found[0]))
    parts: list[tuple[str, str]] = []
    at = 0
    for start, end, kind, words in sorted(cuts):
        if start >= at:
            parts += [("", text[at:start]), (kind, words)]
            at = end
    parts.append(("", text[at:]))
    return [part for part in parts if part[1]]
