"""The cells of a workbook's sheet measured mark-up by mark-up, where they are not written as programs write them.

calamine reads what it can of such a sheet and says nothing of the rest. So what it would take in part, or one of two
that contradict each other, is refused with its cell.
"""

import re
from array import array
from collections.abc import Callable, Iterable
from typing import Any
from xml.etree.ElementTree import TreeBuilder
from xml.parsers import expat

import numpy as np
from django.utils.translation import gettext as _

from comity.evidence.errors import BadInput
from comity.evidence.files.binary64 import unkept
from comity.evidence.places import column_letters
from comity.evidence.workbooks import limits
from comity.evidence.workbooks.sheet_measures import LONGEST_STYLE, NUMBER, OF_NUMBERS, Measured, parts_of
from comity.evidence.workbooks.shown_texts import SPREADSHEET, Cut, Unkept, joined_text, plain_value, unescaped

Refuse = Callable[[str, str, str], BadInput]
"""Makes a refusal of a cell, or of no certain one for the empty text: what stands there, and what was expected."""

_DIGITS = re.compile(r"\d+", re.ASCII)
_REFERENCE_IN_TAG = re.compile(rb"<(?:[^\s<>/:!?]*:)?(?:row|c)\s[^<&]*&[^<]{0,40}")
_IN_ITSELF = ("inlineStr", "is")
"""The types of cells whose text stands in them as `<is>`."""


def measure_markup(chunks: Iterable[bytes], percent: Any, refuse: Refuse) -> Measured:
    """Measure a sheet, also where cells and rows carry no reference and count on from the one before.

    `chunks` are the sheet's bytes, each cut before a `<`; `percent` says of each style if it shows a percentage.
    """
    reading = _Reading(frozenset(np.flatnonzero(percent).tolist()), refuse)
    measured = reading.measured
    try:
        for chunk in chunks:
            # calamine takes the attributes of rows and cells letter for letter.
            if b"&" in chunk and (found := _REFERENCE_IN_TAG.search(chunk)):
                raise refuse("", found[0][:60].decode("utf-8", "replace"), _reference())
            reading.read(chunk)
            if measured.rows * measured.columns > limits.MOST_CELLS or len(measured.merged) > limits.MOST_MERGED:
                return measured  # it is refused as too large
        reading.parser.Parse(b"", True)
    except expat.ExpatError:
        raise refuse("", _("a sheet that cannot be read to its end"), _("well-formed XML in UTF-8")) from None
    reading.each_once()
    return measured


def _reference() -> str:
    return _("a cell or row with its reference, as in C14")


def _name(cell: tuple[int, int]) -> str:
    return f"{column_letters(cell[1])}{cell[0] + 1}"


class _Reading:
    """A sheet as its mark-up passes: the row and the cell at hand, and where those stand that say nothing of it."""

    def __init__(self, percent: frozenset[int], refuse: Refuse):
        self.percent, self.refuse = percent, refuse
        self.measured = Measured(may_be_long=True)
        self.parser = expat.ParserCreate("utf-8", _APART)
        self.parser.namespace_prefixes = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.CommentHandler, self.parser.ProcessingInstructionHandler = self._comment, self._instruction
        self.parser.StartCdataSectionHandler = self._section
        self.chunk, self.passed, self.merging = b"", 0, True
        self.depth, self.lists, self.in_list = 0, 0, False
        self.row, self.column, self.stated = 0, 0, False
        self.cell: tuple[int, int] | None = None
        self.kind, self.values = "", 0
        self.child, self.child_depth, self.tag_at, self.texts, self.text_at = "", 0, 0, list[str](), 0
        self.notes, self.sections = False, False
        self.text: TreeBuilder | None = None
        self.percents: list[tuple[int, int]] = []
        self.seen = array("q")

    def read(self, chunk: bytes) -> None:
        """Take a piece of the sheet into account, in which each cell stands whole unless it is very long."""
        self.chunk, self.merging = chunk, len(self.measured.merged) <= limits.MOST_MERGED
        self.parser.Parse(chunk, False)
        self.passed += len(chunk)
        if self.percents:
            self.measured.show_percent(*np.array(self.percents).T)
            self.percents.clear()
        if len(self.seen) > limits.MOST_CELLS >= self.measured.rows * self.measured.columns:
            self.each_once()

    def each_once(self) -> None:
        """Refuse a cell that stands in the sheet twice; of two, calamine takes the last."""
        seen = np.sort(np.frombuffer(self.seen, np.int64))
        if len(twice := seen[1:][seen[1:] == seen[:-1]]):
            name = _name(divmod(int(twice[0]), _WIDTH))
            raise self.refuse(name, name, _("each cell of the sheet once"))

    # ---- what expat calls ----

    def _start(self, name: str, said: dict[str, str]) -> None:
        space, local, shown = _parts(name)
        own = space in SPREADSHEET
        self.depth += 1
        if self.text is not None:
            self.text.start(f"{{{space}}}{local}", said)
        elif self.child:
            raise self._refused(f"<{shown}>", plain_value())
        elif self.in_list and not (own and local in _AMONG_CELLS):
            # calamine knows elements by their local names alone, wherever they stand.
            raise self._refused(f"<{shown}>", _own_elements())
        elif self.cell is not None:
            self._start_child(space, local, shown)
        elif local == "sheetData":
            self._start_list(own, shown)
        elif not own:
            return
        elif local == "c":
            self._start_cell(shown, said)
        elif local == "row" and self.in_list:
            self._start_row(shown, said)
        elif local == "col" and not self.lists:
            self.measured.hide_columns(said)
        elif local == "mergeCell" and self.merging:
            self.measured.merge(said.get("ref", ""))

    def _start_list(self, own: bool, shown: str) -> None:
        self.lists, self.in_list = self.lists + 1, True
        if self.lists > 1 or not own or self.depth != _DEPTH_OF_LIST:
            raise self.refuse("", f"<{shown}>", _one_list())

    def _end(self, name: str) -> None:
        space, local, _shown = _parts(name)
        self.depth -= 1
        if self.child:
            if self.text is not None:
                self.text.end(f"{{{space}}}{local}")
            if self.depth == self.child_depth:
                self._end_child()
                self.child, self.text = "", None
        elif local == "c" and self.in_list:
            self.cell = None
            self.column += 1
        elif local == "row" and self.in_list:
            self.row, self.column, self.stated = self.row + 1, 0, False
        elif local == "sheetData":
            self.in_list = False

    def _characters(self, text: str) -> None:
        if self.text is not None:
            self.text.data(text)
        elif self.child:
            if not self.texts:
                self.text_at = self.parser.CurrentByteIndex
            self.texts.append(text)

    def _comment(self, text: str) -> None:
        self.notes = True
        if self.text is not None:
            self.text.comment(text)

    def _instruction(self, target: str, text: str) -> None:
        self.notes = True
        if self.text is not None:
            self.text.pi(target, text)

    def _section(self) -> None:
        self.sections = True

    # ---- rows, cells and what they hold ----

    def _start_row(self, name: str, said: dict[str, str]) -> None:
        number = said.get("r")
        if number is not None:
            if not NUMBER.fullmatch(number):
                raise self.refuse("", f'<{name} r="{number}">'[:60], _reference())
            self.row = int(number) - 1
        self.stated = number is not None
        if said.get("hidden") in ("1", "true"):
            self.measured.hide_row(self.row)

    def _start_cell(self, name: str, said: dict[str, str]) -> None:
        self.cell = cell = self._standing(name, said)
        if not self.in_list:
            raise self._refused(_name(cell), _one_list())
        self.column = cell[1]
        self.kind, self.values = said.get("t", ""), 0
        self.seen.append(cell[0] * _WIDTH + cell[1])
        self.measured.reach(*cell)
        style = said.get("s", "0")
        if self.percent and len(style) < LONGEST_STYLE and _DIGITS.fullmatch(style) and int(style) in self.percent:
            self.percents.append(cell)

    def _standing(self, name: str, said: dict[str, str]) -> tuple[int, int]:
        """Row and column from 0 of a cell."""
        reference = said.get("r")
        if reference is None:
            return self.row, self.column
        try:
            cell = parts_of(reference)
        except ValueError:
            raise self.refuse("", f'<{name} r="{reference}">'[:60], _reference()) from None
        if self.stated and cell[0] != self.row:
            raise self.refuse(reference, reference, _("a cell of row %(row)s") % {"row": self.row + 1})
        return cell

    def _start_child(self, space: str, local: str, shown: str) -> None:
        if local not in ("v", "f", "is"):
            raise self._refused(f"<{shown}>", _one_value())
        self.child, self.tag_at, self.child_depth = local, self.parser.CurrentByteIndex, self.depth - 1
        self.texts.clear()
        self.notes = self.sections = False
        if local == "f" and self.cell is not None:
            self.measured.name_formula(_name(self.cell))
        if local == "is":
            self.text = TreeBuilder(insert_comments=True, insert_pis=True)
            self.text.start(f"{{{space}}}{local}", {})

    def _end_child(self) -> None:
        text = "".join(self.texts)
        if self.values:
            raise self._refused(text, _one_value())
        self.values += self.child != "f"
        if self.child == "v":
            self._check_value(text)
        elif self.text is not None:
            self._check_text(self.text)

    def _check_text(self, text: TreeBuilder) -> None:
        """Note a text that stands in its cell where it is another one than its letters joined, as calamine reads."""
        try:
            joined, raised = joined_text(text.close())
        except Cut as cut:
            raise self._refused(cut.value, plain_value()) from None
        if raised or "_x" in joined:
            self._note_text(joined)

    def _note_text(self, spelled: str) -> None:
        try:
            text = unescaped(spelled)
        except Unkept as fault:
            raise self._refused(spelled[:80], fault.expected) from None
        if self.cell is not None and len(self.measured.texts) <= limits.MOST_TEXTS:
            self.measured.texts[self.cell] = text

    def _check_value(self, text: str) -> None:
        """Refuse a value of which calamine takes a part, or another one's."""
        if self.kind in _IN_ITSELF:
            raise self._refused(text, _("the text of a cell in <is>, as its type says"))
        if self.sections or (self.kind != "str" and (self.notes or self._holds_references(text))):
            raise self._refused(self._as_written(), plain_value())
        if self.kind == "s" and text and not _DIGITS.fullmatch(text):  # a blank one is a blank cell
            raise self._refused(text, _("the number of a shared text, as 14"))
        if self.kind == "e" and text and self.cell is not None:
            self.measured.errors[self.cell] = text
        if self.kind == "str" and "_x" in text:
            self._note_text(text)
        if self.kind in OF_NUMBERS and (expected := unkept(text)):
            raise self._refused(text[:80], expected)

    def _holds_references(self, text: str) -> bool:
        """Whether what stands in the file is longer than the text that it means."""
        return bool(text) and self.parser.CurrentByteIndex - self.text_at != len(text.encode())

    def _as_written(self) -> str:
        """The value at hand with its mark-up, up to its end."""
        raw = self.chunk[max(0, self.tag_at - self.passed) : self.parser.CurrentByteIndex - self.passed]
        return raw.partition(b">")[2].decode("utf-8", "replace")

    def _refused(self, value: str, expected: str) -> BadInput:
        return self.refuse(_name(self.cell) if self.cell else "", value, expected)


_APART = "\x0c"
"""No letter of XML 1.0, so that no namespace holds it."""


def _parts(name: str) -> tuple[str, str, str]:
    """Namespace, local name and the name as it is written."""
    space, local, prefix = ([*name.split(_APART), ""] if _APART in name else ["", name, ""])[:3]
    return space, local, f"{prefix}:{local}" if prefix else local


_AMONG_CELLS = frozenset({"row", "c", "v", "f", "is"})
_DEPTH_OF_LIST = 2
"""The list of rows stands in the sheet itself."""
_WIDTH = 2**15
"""More than the columns that three letters name."""


def _one_value() -> str:
    return _("one value in a cell, after its formula")


def _one_list() -> str:
    return _("all cells of a sheet within one <sheetData>")


def _own_elements() -> str:
    return _("only <row>, <c>, <f>, <v> and <is> of the spreadsheet format among the cells")
