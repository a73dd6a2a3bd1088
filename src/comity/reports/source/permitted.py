"""What the text of a report may hold: the allow-list of the document tree that pandoc reads from it.

A report's source is text, and none of it is code, in whatever language an output has. Whatever this list does not name
is refused with its line: elements in an output's own language, pictures, attributes, classes other than those that
composing knows, and links that lead anywhere but to the web, to an address of mail, or to a place in the report.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from comity.evidence.files.control_characters import DIRECTIONS
from comity.reports.source.elements import Element, words_of
from comity.reports.source.references import WIDTHS, nearest

MOST_DEEP = 40
MOST_ELEMENTS = 200_000
MOST_CELLS = 20_000
"""Cells of all tables that a source writes out; each takes some 17 KB of memory on its way into the outputs."""

PLAIN = frozenset({"Str", "Space", "SoftBreak", "LineBreak"})
WRAPPING = frozenset({"Emph", "Strong", "Strikeout", "Superscript", "Subscript", "Plain", "Para", "BlockQuote", "Note"})
"""Elements that hold nothing but other elements."""
DIVISIONS: Mapping[str, tuple[str, ...]] = {
    "summary": (),
    "contents": (),
    "tabular": ("name", "caption", "widths"),
}
"""The classes that a division may have, one at a time, each with the options that it may have."""
_LETTER = rf"[^\s<>\"\\^`{{|}}\x00-\x1f{DIRECTIONS}]"
"""What an address is written with: no signs that turn the direction of what is read."""
LINK = re.compile(rf"https?://{_LETTER}+|mailto:(?:(?!%0[ad]){_LETTER})+|#[\w.:-]+", re.IGNORECASE)


@dataclass(frozen=True)
class Refused:
    """Something that stands in a tree and may not: as it is shown, and what was expected in its place."""

    shown: str
    expected: str


def refused(blocks: list[Element], mark: str) -> Iterator[Refused]:
    """Everything in a tree that may not stand there, in order; `mark` is the class of the places of references."""
    yield from _Tree(mark).blocks(blocks, 0, top=True)


class _Tree:
    """A walk through a tree that counts what it passes and knows how deep it is."""

    def __init__(self, mark: str) -> None:
        self.mark = mark
        self.passed = self.cells = 0

    def blocks(self, items: Sequence[Element], depth: int, *, top: bool = False) -> Iterator[Refused]:
        """Faults of blocks; headings and divisions may stand at the top alone, or within a division there."""
        if depth > MOST_DEEP:
            yield Refused("", _("elements in one another at most %d deep") % MOST_DEEP)
            return
        for item in items:
            kind, content = _parts(item)
            if kind == "Header":
                yield from self._header(content, depth, top)
            elif kind == "Div":
                yield from self._division(content, depth, top)
            elif kind == "Table":
                yield from self._table(content, depth)
            elif kind == "CodeBlock":
                yield from _attributes(content[0], content[1])
            elif kind in ("BulletList", "OrderedList"):
                for entry in content if kind == "BulletList" else content[1]:
                    yield from self.blocks(entry, depth + 1)
            elif kind in ("Plain", "Para"):
                yield from self.inlines(content, depth + 1)
            elif kind == "BlockQuote":
                yield from self.blocks(content, depth + 1)
            else:
                yield _unknown(item)
            yield from self._counted()

    def inlines(self, items: Sequence[Element], depth: int) -> Iterator[Refused]:
        """Faults of what stands within a paragraph."""
        if depth > MOST_DEEP:
            yield Refused("", _("elements in one another at most %d deep") % MOST_DEEP)
            return
        for item in items:
            kind, content = _parts(item)
            if kind == "Span":
                yield from self._span(content)
            elif kind == "Link":
                yield from self._link(content, depth)
            elif kind == "Code":
                yield from _attributes(content[0], content[1])
            elif kind == "Quoted":
                yield from self.inlines(content[1], depth + 1)
            elif kind == "Note":
                yield from self.blocks(content, depth + 1)
            elif kind in WRAPPING:
                yield from self.inlines(content, depth + 1)
            elif kind not in PLAIN:
                yield _unknown(item)
            yield from self._counted()

    def _counted(self) -> Iterator[Refused]:
        self.passed += 1
        if self.passed == MOST_ELEMENTS:
            yield Refused("", _("a report of at most %d elements") % MOST_ELEMENTS)

    def _header(self, content: Any, depth: int, top: bool) -> Iterator[Refused]:
        level, (identifier, classes, keys), inlines = content
        if not top:
            yield Refused(words_of(inlines), _("a heading that stands in no other element"))
        if level > 3:
            yield Refused("#" * level + " " + words_of(inlines), _("a heading of one of three levels"))
        for name in [*(name for name in classes if name != "annex"), *(key for key, _value in keys)]:
            yield Refused(name, nearest(_("a class of a heading"), name, ["annex"]))
        if not re.fullmatch(r"[\w.:-]*", identifier):
            yield Refused(identifier, _("an identifier of letters, digits and hyphens"))
        yield from self.inlines(inlines, depth + 1)

    def _division(self, content: Any, depth: int, top: bool) -> Iterator[Refused]:
        (identifier, classes, keys), blocks = content
        if classes == [self.mark]:
            return
        kind = classes[0] if len(classes) == 1 else " ".join(classes)
        if kind not in DIVISIONS:
            yield Refused(kind or identifier, nearest(_("a division of one of the classes"), kind, list(DIVISIONS)))
        elif not top:
            yield Refused(kind, _("a division that stands in no other element but a division"))
        known = DIVISIONS.get(kind, [key for key, _value in keys])
        for name in [key for key, _value in keys if key not in known]:
            yield Refused(name, nearest(_("an option of the division"), name, list(known)))
        options = dict(keys)
        if identifier:
            yield Refused(f"#{identifier}", _("a division without an identifier"))
        if not re.fullmatch(WIDTHS, options.get("widths", "1")):
            yield Refused(options["widths"], _("widths as numbers between commas, such as “40,30,30”"))
        if kind == "tabular" and [block["t"] for block in blocks] != ["Table"]:
            yield Refused(f"{{.{kind}}}", _("one table, and nothing else, in a division of class “tabular”"))
        yield from self.blocks(blocks, depth + 1, top=top)

    def _table(self, content: Any, depth: int) -> Iterator[Refused]:
        attributes, caption, _columns, head, bodies, foot = content
        shown = words_of(head[1]) or words_of(bodies)
        yield from _attributes(attributes, shown)
        if caption != [None, []]:
            yield Refused(words_of(caption[1]), _("a caption as an option of a division of class “tabular”"))
        rows = [*head[1], *foot[1], *(row for body in bodies for row in (*body[2], *body[3]))]
        before, self.cells = self.cells, self.cells + sum(len(row[1]) for row in rows)
        if self.cells > MOST_CELLS >= before:
            yield Refused(shown, _("at most %d cells in the tables of one report") % MOST_CELLS)
        for cells in (row[1] for row in rows):
            for given, _align, down, across, blocks in cells:
                yield from _attributes(given, words_of(blocks))
                if (down, across) != (1, 1) or [block["t"] for block in blocks] not in ([], ["Plain"], ["Para"]):
                    yield Refused(words_of(blocks), _("cells of one row and column, each with words alone"))
                yield from self.blocks(blocks, depth + 1)

    def _span(self, content: Any) -> Iterator[Refused]:
        (identifier, classes, keys), inlines = content
        if classes != [self.mark]:
            names = [*classes, *(key for key, _value in keys), identifier]
            yield Refused(next(filter(None, names), words_of(inlines)), _("words without attributes"))

    def _link(self, content: Any, depth: int) -> Iterator[Refused]:
        (identifier, classes, keys), inlines, (target, title) = content
        if not LINK.fullmatch(target):
            yield Refused(target, _("a link that begins with http://, https:// or mailto:, or with # for a heading"))
        if identifier or keys or title or not set(classes) <= {"uri", "email"}:
            names = [*(key for key, _value in keys), identifier, title, *classes]
            yield Refused(next(filter(None, names)), _("a link without attributes"))
        yield from self.inlines(inlines, depth + 1)


def _attributes(attributes: Any, shown: str) -> Iterator[Refused]:
    identifier, classes, keys = attributes
    if identifier or classes or keys:
        named = [*classes, *(key for key, _value in keys), identifier]
        yield Refused(next(filter(None, named), shown), _("words without attributes"))


def _parts(item: Element) -> tuple[str, Any]:
    return item["t"], item.get("c")


def _unknown(item: Element) -> Refused:
    """An element that is not on the list, by what it holds."""
    kind, content = _parts(item)
    if kind in ("RawInline", "RawBlock"):
        return Refused(
            content[1], _("text: nothing in the language of an output (%(language)s)") % {"language": content[0]}
        )
    if kind == "Image":
        return Refused(content[2][0], _("text: pictures are made by {{chart …}} and {{map …}} alone"))
    expected = _("an element that a report may hold; it may not hold one of the kind %(kind)s")
    return Refused(words_of(content or []) or kind, expected % {"kind": kind})
