"""The lines of an export: made plain for reading, and told apart from noise; and the days that they state."""

import re
from dataclasses import dataclass, replace

from comity.evidence.files.texts import lines_of
from comity.mandates.reading.export.markup import markup_remover

# Soft hyphens, zero-width characters and direction marks: word processors leave them, no word needs them in English.
_INVISIBLE = dict.fromkeys([0x00AD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F)])
_SPACES = re.compile(r"\s+")
_HYPHENS = str.maketrans("\u2010\u2011", "--")
# Letters that typesetting ties together; an export from a printed page keeps them so.
_LIGATURES = dict(zip(range(0xFB00, 0xFB07), ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True))
_PLAIN = {**_INVISIBLE, **_HYPHENS, **_LIGATURES}
_SOFT_HYPHEN = "\u00ad"
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Line:
    """A line of the input: its number from 1, its text made plain, whether a blank line stands before it.

    A page that begins parts lines as a blank line does; `after_page` says that nothing else may part them.
    """

    number: int
    text: str
    after_blank: bool
    raw: str
    after_page: bool = False

    @property
    def indent(self) -> int:
        """The characters of space before the text; what begins a page is none."""
        raw = self.raw.replace("\f", "")
        return len(raw) - len(raw.lstrip())


def split_lines(text: str) -> list[Line]:
    """The lines that are not blank, numbered as `comity.evidence.places` numbers them; their text is free of markup.

    A soft hyphen stays where it divides a word at the end of a line, so that the word can be made whole.
    """
    lines = []
    blank = True
    page = False
    without_markup = markup_remover(text)
    for number, raw in enumerate(lines_of(text), start=1):
        marked = without_markup(raw)
        plain = _SPACES.sub(" ", _CONTROLS.sub(" ", marked.translate(_PLAIN))).strip()
        page = page or raw.lstrip(" \t").startswith("\f")
        if plain:
            divided = _SOFT_HYPHEN if marked.rstrip().endswith(_SOFT_HYPHEN) else ""
            lines.append(Line(number, plain + divided, blank or page, raw, page))
        elif raw.strip():
            lines.append(Line(number, "", blank or page, raw, page))
        page = page and not plain
        blank = not plain
    return lines


def pages_of(line: Line) -> list[Line]:
    """A line apart at the form feeds within it: a page may begin there, and a paragraph with it."""
    pages = [page for page in line.raw.split("\f") if page.strip()]
    if len(pages) < 2:
        return [line]
    first, *others = (piece for page in pages for piece in split_lines(page))
    pieces = [replace(first, after_blank=line.after_blank, after_page=line.after_page)]
    pieces += [replace(piece, after_page=True) for piece in others]
    return [replace(piece, number=line.number) for piece in pieces]
