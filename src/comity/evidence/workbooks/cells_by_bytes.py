"""The cells of a workbook's sheet measured by whole arrays of bytes, where they are written as programs write them.

What is measured so is read by calamine as it stands: each cell with its reference as first attribute, in its row and
once, in the order of rows and columns, its value alone and last in it, plain digits where it is the number of a shared
text. A piece of a sheet that is otherwise, or could be, is left to `markup`.
"""

import re
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from comity.evidence.workbooks import limits
from comity.evidence.workbooks.byte_arrays import MASKS, Letter, Piece
from comity.evidence.workbooks.sheet_measures import LONGEST_STYLE, Measured, parts_of
from comity.evidence.workbooks.shown_texts import SPREADSHEET
from comity.evidence.workbooks.values_by_bytes import values_are_plain

_ERROR_CELL = re.compile(rb"t=[\"']e[\"'][^<>]*>(?:<f[^<>]*>[^<]*</f>|<f[^<>]*/>)?<v[^<>]*>([^<]*)<")
_MERGED = re.compile(rb"<mergeCell\s[^<>]*?\bref\s*=\s*[\"']([A-Z0-9:]{1,22})[\"']")
_HIDDEN_ROW = re.compile(rb"<row(?=\s)(?: r=\"(\d{1,7})\")?[^<>]*?\shidden\s*=\s*[\"'](?:1|true)[\"']")
_NAMESPACE = re.compile(rb"[\s\"']xmlns\s*=")


def measure_plain(chunk: bytes, percent: Any, measured: Measured, so_far: "SoFar") -> bool:
    """Measure the cells of a piece by arrays; False where one is written otherwise than programs write it."""
    piece = Piece(chunk)
    cells = piece.cells
    if not piece.is_plain() or not _within_data(piece, measured, so_far):
        return False
    rows = _rows(piece)
    # calamine believes the last of several r attributes: none but the first of each cell and row may be there.
    if rows is None or piece.count(Letter.R) != len(cells) + len(rows.at) or not values_are_plain(piece):
        return False
    if len(cells):
        longest = int(np.max(cells[1:] - cells[:-1], initial=len(chunk) - int(cells[-1])))
        measured.may_be_long |= longest > limits.LONGEST_TEXT
        places = _references(piece, rows, so_far)
        if places is None or not _percent_cells(piece, *places, percent, measured):
            return False
        measured.reach(int(places[0].max()), int(places[1].max()))
    if len(rows.at):
        so_far.row = int(rows.numbers[-1])
    return _measure_rest(piece, measured)


def _measure_rest(piece: Piece, measured: Measured) -> bool:
    """Note what else is told of rows, columns and cells; False where that is not written as programs do."""
    chunk, letters, cells = piece.chunk, piece.letters, piece.cells
    of_n = piece.equals[(piece.name_ends == Letter.N) | (piece.name_ends <= Letter.SPACE)]
    if len(of_n) and b"hidden" in chunk and not _hidden_rows(chunk, measured):
        return False
    formulas = piece.tags[piece.formula_at]
    for at in formulas[: limits.PLACES_NAMED - len(measured.formula_places)]:
        measured.formula_places.append(_reference_at(chunk, _cell_before(cells, at)))
    measured.formulas += len(formulas)
    of_errors = piece.types[piece.type_letters == Letter.E]
    for at in _first_in_tags(letters, cells, of_errors).tolist() if len(of_errors) else ():
        found = _ERROR_CELL.match(chunk, at)
        if found is None:
            return False
        place = parts_of(_reference_at(chunk, _cell_before(cells, at)))
        measured.errors[place] = found[1].decode("utf-8", "replace")
    if len(measured.merged) <= limits.MOST_MERGED and Letter.M in piece.first:
        for reference in _MERGED.findall(chunk):
            measured.merge(reference.decode())
    return True


def _hidden_rows(chunk: bytes, measured: Measured) -> bool:
    numbers = _HIDDEN_ROW.findall(chunk)
    if b"" in numbers:
        return False
    for number in numbers:
        measured.hide_row(int(number) - 1)
    return True


def _cell_before(cells: Any, at: int) -> int:
    return int(cells[max(0, int(np.searchsorted(cells, at)) - 1)]) if len(cells) else -1


def _reference_at(chunk: bytes, cell: int) -> str:
    start = cell + 6
    return chunk[start : chunk.find(b'"', start)].decode("ascii", "replace") if cell >= 0 else ""


def _first_in_tags(letters: Any, cells: Any, found: Any) -> Any:
    """Of some places, the first within the tag of each cell; what stands in a cell's text is none of its attributes."""
    if not len(cells):
        return found[:0]
    owner = np.searchsorted(cells, found) - 1
    closed = np.append(np.flatnonzero(letters == Letter.GREATER), len(letters))
    within = (owner >= 0) & (found < closed[np.searchsorted(closed, cells[owner])])
    _owners, first = np.unique(owner[within], return_index=True)
    return found[within][first]


# ---- where cells stand ----


@dataclass(slots=True)
class SoFar:
    """What the pieces before told: the number of the row begun, the last cell, and the sheet's list of cells."""

    row: int = 0
    last: tuple[int, int] = (-1, -1)
    opened: bool = False
    closed: bool = False
    head: "_Head" = field(default_factory=lambda: _Head())


class _Head:
    """What stands in a sheet before its list of cells, as its pieces come: mark-up as any other, and little of it."""

    def __init__(self) -> None:
        self.depth, self.own, self.columns = 0, False, list[dict[str, str]]()
        self.parser = expat.ParserCreate("utf-8")
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._start, self._end

    def read(self, piece: bytes) -> bool:
        """Take a piece into account; False where it is no XML."""
        try:
            self.parser.Parse(piece, False)
        except expat.ExpatError:
            return False
        return True

    def _start(self, name: str, said: dict[str, str]) -> None:
        if not self.depth:
            self.own = said.get("xmlns") in SPREADSHEET and ":" not in name
        elif "xmlns" in said:
            self.own = False
        self.own = self.own and not name.endswith(":col")
        if name == "col":
            self.columns.append(said)
        self.depth += 1

    def _end(self, _name: str) -> None:
        self.depth -= 1


def _within_data(piece: Piece, measured: Measured, so_far: SoFar) -> bool:
    """Whether all cells stand between one `<sheetData>` and its end; what stands elsewhere, calamine does not read.

    The list stands in a sheet of the format's namespace, and in it nothing but rows, cells and what these hold.
    """
    chunk, cells = piece.chunk, piece.cells
    named = [at for at in piece.tags[piece.beginning(b"sh")].tolist() if _DATA.match(chunk, at)]
    # Most pieces have no end of the list, which is found out soonest from behind.
    ends = [found.start() for found in _DATA_END.finditer(chunk)] if chunk.rfind(b"</sheetData") >= 0 else []
    start, end = (-1 if so_far.opened else len(chunk)), (-1 if so_far.closed else len(chunk))
    if len(named) + so_far.opened > 1 or len(ends) + so_far.closed > 1:
        return False
    if named and chunk[: chunk.find(b">", named[0])].endswith(b"/"):
        return False
    if not so_far.opened:
        if not so_far.head.read(chunk[: named[0]] if named else chunk):
            return False
        for said in so_far.head.columns:
            measured.hide_columns(said)
        so_far.head.columns.clear()
    if named:
        so_far.opened, start = True, named[0]
        if not so_far.head.own or so_far.head.depth != 1:
            return False
    if ends:
        so_far.closed, end = True, ends[0]
    if len(cells) and not start < int(cells[0]) <= int(cells[-1]) < end:
        return False
    if piece.may_declare and _NAMESPACE.search(chunk, max(start, 0), max(end, 0)):
        return False
    return _are_of_cells(piece, start, end)


_DATA = re.compile(rb"<sheetData[\s/>]")
_DATA_END = re.compile(rb"</sheetData[\s>]")


def _are_of_cells(piece: Piece, start: int, end: int) -> bool:
    """Whether between two places there are no elements but rows, cells and what these hold."""
    known = [piece.cell_at, piece.value_at, piece.row_at, piece.formula_at, piece.inline_at]
    known += [piece.of_name(Letter.T)] if len(piece.inline_at) else []
    starts = piece.first != Letter.SLASH
    if start >= 0 or end < len(piece.chunk):
        first, last = np.searchsorted(piece.tags, (start + 1, max(end, 0)))
        known = [numbers[(numbers >= first) & (numbers < last)] for numbers in known]
        starts = starts[first:last]
    return sum(map(len, known)) == int(np.count_nonzero(starts))


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows of a piece: where they begin, their numbers from 1, and these as bytes with the quote behind, and masks."""

    at: Any
    numbers: Any
    words: Any
    masks: Any


def _rows(piece: Piece) -> _Rows | None:
    """The rows that begin in a piece; None where one does not state its number first, or not as programs do."""
    at = piece.tags[piece.row_at]
    if np.any((piece.words[at + 2] & MASKS[6]) != _HEAD_OF_ROW):
        return None
    words = piece.words[at + 8]
    letters = words.view(np.uint8).reshape(-1, 8)
    digits = letters - Letter.ZERO
    lengths = np.argmax(digits > 9, axis=1)
    ends = letters[np.arange(len(at)), lengths]
    if not np.all((lengths > 0) & (ends == Letter.QUOTE) & (letters[:, 0] != Letter.ZERO)):
        return None
    numbers = (digits * _POWERS[lengths]).sum(axis=1, dtype=np.uint32)
    masks = MASKS[lengths + 1]
    return _Rows(at, numbers, words & masks, masks)


_HEAD_OF_ROW = np.uint64(int.from_bytes(b'ow r="', "little"))
_POWERS = np.array([[10 ** (n - 1 - at) if at < n else 0 for at in range(8)] for n in range(8)], np.uint32)
"""By a number of digits, what each of eight bytes counts for."""


def _references(piece: Piece, rows: _Rows, so_far: SoFar) -> tuple[Any, Any] | None:
    """Rows and columns from 0 of the cells; None where a reference is none, names another row or goes back.

    The digits of a reference are not read but compared with those of the row that the cell stands in.
    """
    counts = np.diff(np.searchsorted(piece.cells, rows.at), prepend=0, append=len(piece.cells))
    begun = b'%d"' % so_far.row
    words = np.append(np.uint64(int.from_bytes(begun, "little")), rows.words)
    masks = np.append(MASKS[len(begun)], rows.masks)
    columns = _columns(piece, np.repeat(words, counts), np.repeat(masks, counts))
    if columns is None:
        return None
    row = np.repeat(np.append(np.uint32(so_far.row), rows.numbers), counts) - np.uint32(1)
    onward = (row[1:] > row[:-1]) | ((row[1:] == row[:-1]) & (columns[1:] > columns[:-1]))
    if so_far.last >= (int(row[0]), int(columns[0])) or not onward.all():
        return None
    so_far.last = (int(row[-1]), int(columns[-1]))
    return row, columns


_HEAD_OF_CELL = np.uint64(int.from_bytes(b'c r="', "little"))


def _columns(piece: Piece, rows: Any, masks: Any) -> Any:
    """The columns from 0 of the cells; None where a reference is not of letters and the bytes of its row's number."""
    cells = piece.cells
    heads = piece.words[1:][cells]
    if np.any((heads & MASKS[5]) != _HEAD_OF_CELL):
        return None
    letters = heads.view(np.uint8).reshape(-1, 8)[:, 5:]
    column = (letters[:, 0] - Letter.A).astype(np.uint32)
    if np.any(column >= 26):
        return None
    behind, more = cells + 7, np.True_
    for at in (1, 2):
        letter = letters[:, at] - Letter.A
        more = more & (letter < 26)
        if not more.any():
            break
        column = np.where(more, (column + 1) * 26 + letter, column)
        behind += more
    return column if np.array_equal(piece.words[behind] & masks, rows) else None


# ---- the styles of cells ----


def _percent_cells(piece: Piece, rows: Any, columns: Any, percent: Any, measured: Measured) -> bool:
    """Note the cells whose style shows a percentage; False where one names its style otherwise than programs do.

    A cell's own `s` alone decides; without it, the cell has style 0, whatever its row and column have.
    """
    if not len(percent):
        return True
    letters, cells = piece.letters, piece.cells
    at = piece.attributes(Letter.S) - 1
    if not percent[0]:
        # Most cells name a style whose number begins otherwise than those of percentages: they are left out early.
        digits = np.flatnonzero(percent)
        while (digits >= 10).any():
            digits = np.where(digits >= 10, digits // 10, digits)
        begins = np.ones(256, bool)
        begins[Letter.ZERO : Letter.ZERO + 10] = False
        begins[Letter.ZERO + digits] = True
        at = at[begins[letters[at + 4]] | (letters[at + 3] != Letter.QUOTE)]
        if not len(at):
            return True
    closed = np.append(np.flatnonzero(letters == Letter.GREATER), len(letters))
    tag_ends = closed[np.searchsorted(closed, cells)]
    owner = np.searchsorted(cells, at) - 1
    within = (owner >= 0) & (at < tag_ends[owner])
    at, owner = at[within], owner[within]
    window = np.ascontiguousarray(sliding_window_view(letters, 4 + LONGEST_STYLE)[at].T)
    plain = (window[2] == Letter.EQUALS) & (window[3] == Letter.QUOTE) & (window[4] - Letter.ZERO < 10)
    number = np.zeros(len(at), np.uint32)
    reading = plain.copy()
    for byte in window[4:]:
        digit = byte - Letter.ZERO
        numbered = reading & (digit < 10)
        plain &= ~reading | numbered | (byte == Letter.QUOTE)
        reading = numbered
        if not reading.any():
            break
        number = np.where(reading, number * 10 + digit, number)
    if not plain.all() or reading.any():
        return False
    styles = np.zeros(len(cells), np.uint32)
    styles[owner] = number
    shown = np.append(percent, False)[np.minimum(styles, len(percent))]
    measured.show_percent(rows[shown], columns[shown])
    return True
