"""The words of a report's source as one Markdown text, read into a tree that holds nothing but what is permitted."""

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256

from django.utils.translation import gettext as _

from comity.evidence.errors import Fault
from comity.reports import pandoc
from comity.reports.source import elements
from comity.reports.source.elements import Element
from comity.reports.source.permitted import Refused, refused
from comity.reports.source.references import BlockReference, FigureReference, Words
from comity.reports.source.report_source import Source

_MOST_FAULTS = 10


class Markdown:
    """A text with an empty element in the place of each reference, whose lines know their lines in the source.

    The elements are of a class that nobody can write into a source, since it follows from the source's own words.
    """

    def __init__(self, source: Source) -> None:
        self.file = source.file
        self.mark = "put-" + sha256("".join(piece.text for piece in source.pieces).encode()).hexdigest()[:16]
        self.references: dict[str, FigureReference | BlockReference] = {}
        self.text = ""
        self._lines = [source.pieces[0].line if source.pieces else 1]
        self._blocks: list[Element] = []
        self._trees: dict[tuple[int, int], list[Element]] = {}
        for index, piece in enumerate(source.pieces):
            if isinstance(piece, Words):
                self._add(piece.text.replace("\\{{", "{{"), piece.line, step=1)
                continue
            self.references[str(index)] = piece
            place = f"{{.{self.mark} n={index}}}"
            written = f"\n\n::: {place}\n:::\n\n" if isinstance(piece, BlockReference) else f"[]{place}"
            self._add(written, piece.line, step=0)

    def _add(self, written: str, line: int, *, step: int) -> None:
        self.text += written
        self._lines[-1] = line
        self._lines += [line + number * step for number in range(1, written.count("\n") + 1)]

    def read(self) -> list[Fault]:
        """Read the tree; gives a fault with its line for all that may not stand in it, and for each lost reference."""
        try:
            self._blocks = pandoc.read_markdown(self.text)
            refusals = list(dict.fromkeys(refused(self._blocks, self.mark)))[:_MOST_FAULTS]
            faults = [
                Fault(self.file, str(self._line(_shows(refusal, self.mark))), refusal.shown, refusal.expected)
                for refusal in refusals
            ]
        except pandoc.TooMuch as error:
            return [Fault(self.file, "", "", str(error))]
        return faults or self._lost()

    def _lost(self) -> list[Fault]:
        seen: set[str | None] = set()
        elements.rewrite(self._blocks, lambda element: seen.add(self._key(element)))
        expected = _(
            "a place in which it is printed: it stands in code, in a link’s address or in a note without a mark"
        )
        lost = (piece for key, piece in self.references.items() if key not in seen)
        return [Fault(self.file, str(piece.line), piece.text, expected) for piece in lost]

    def filled(self, put: Mapping[str, list[Element]]) -> list[Element]:
        """The tree with the elements of references in the places that are kept for them."""

        def change(element: Element) -> list[Element] | None:
            key = self._key(element)
            return None if key is None else put[key]

        blocks: list[Element] = elements.rewrite(self._blocks, change)
        return blocks

    def _key(self, element: Element) -> str | None:
        """The reference whose place an element keeps; None for every other element."""
        if element["t"] in ("Span", "Div") and self.mark in element["c"][0][1]:
            return str(dict(element["c"][0][2])["n"])
        return None

    @property
    def anchors(self) -> list[str]:
        """The places in the report to which links of the text lead, each once."""
        return [target[1:] for target in elements.targets(self._blocks) if target.startswith("#")]

    def line_of(self, anchor: str) -> int:
        """The line of the source on which a link leads to a place in the report."""
        return self._line(lambda blocks: f"#{anchor}" in elements.targets(blocks))

    def _line(self, shows: Callable[[list[Element]], bool]) -> int:
        """The line of the source on which stands what `shows` finds in a tree.

        Pandoc does not say where an element stands. It is looked for in sections of the text: the shortest beginning
        that shows it ends with its last line, and the shortest end of that begins with its first.
        """
        lines = self.text.split("\n")
        low, high = 0, len(lines)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if shows(self._tree(lines, 0, middle)) else (middle, high)
        first, after = 0, high
        while after - first > 1:
            middle = (first + after) // 2
            first, after = (middle, after) if shows(self._tree(lines, middle, high)) else (first, middle)
        return self._lines[first]

    def _tree(self, lines: Sequence[str], begins: int, ends: int) -> list[Element]:
        if (begins, ends) not in self._trees:
            self._trees[begins, ends] = pandoc.read_markdown("\n".join(lines[begins:ends]))
        return self._trees[begins, ends]


def _shows(refusal: Refused, mark: str) -> Callable[[list[Element]], bool]:
    return lambda blocks: refusal in refused(blocks, mark)
