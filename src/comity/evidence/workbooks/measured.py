"""The cells of a workbook's sheet measured by whole arrays of bytes, where they are written as programs write them.

What is measured so is read by calamine as it stands: each cell with its reference as first attribute, in its row and
once, in the order of rows and columns, its value alone and last in it, plain digits where it is the number of a shared
text. A piece of a sheet that is otherwise, or could be, is left to `workbook_markup`.
"""

import re
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from comity.evidence.files.doubles import SURELY_KEPT, unkept
from comity.evidence.places import LAST_COLUMN, LAST_ROW, column_index, column_letters
from comity.evidence.workbooks.shown_texts import ESCAPED, SPREADSHEET
from comity.evidence.workbooks.workbook import LONGEST_TEXT, PLACES_NAMED

MOST_CELLS = 5_000_000
"""Cells of the rectangles about the used cells of all sheets, blanks among them: what is read within 1 GiB."""
MOST_MERGED = 100_000
"""Merged ranges of a sheet."""
MOST_TEXTS = 500_000
"""Texts of cells' own that are kept beside what calamine reads, as many as cells may share."""
OF_NUMBERS = ("", "n")
"""The types of cells that hold numbers."""


@dataclass(slots=True)
class Measured:
    """What is counted in a sheet as its pieces pass. Rows and columns count from 0, ranges hold both their ends."""

    rows: int = 0
    columns: int = 0
    last: str = ""
    formulas: int = 0
    formula_places: list[str] = field(default_factory=list)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    percents: list[tuple[Any, Any]] = field(default_factory=list)
    percent_cells: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: Any = field(default_factory=lambda: np.zeros(LAST_COLUMN, bool))
    columns_told: int = 0
    may_be_long: bool = False

    def reach(self, row: int, column: int) -> None:
        """Stretch the rectangle from A1 to a cell by its row and column from 0."""
        if row >= self.rows or column >= self.columns:
            self.rows, self.columns = max(self.rows, row + 1), max(self.columns, column + 1)
            self.last = f"{column_letters(column)}{row + 1}"

    def show_percent(self, rows: Any, columns: Any) -> None:
        """Note cells whose style shows a percentage, as long as there are not more than may be read."""
        if len(rows) and self.percent_cells <= MOST_CELLS:
            self.percents.append((rows.astype(np.uint32), columns.astype(np.uint16)))
            self.percent_cells += len(rows)

    def name_formula(self, place: str) -> None:
        """Count a formula, and name its cell if it is one of the first."""
        self.formulas += 1
        if len(self.formula_places) < PLACES_NAMED:
            self.formula_places.append(place)

    def merge(self, reference: str) -> None:
        """Note a merged range, as `A1:C3`; anything else is none."""
        if found := _RANGE.fullmatch(reference):
            left, top, right, bottom = found.groups()
            self.merged.append((int(top) - 1, column_index(left), int(bottom) - 1, column_index(right)))

    def hide_row(self, row: int) -> None:
        """Note a hidden row by its number from 0."""
        if 0 <= row < LAST_ROW:
            self.hidden_rows.add(row)

    def hide_columns(self, said: dict[str, str]) -> None:
        """Note the columns of a `<col>` that says of them that they are hidden; more than there can be are counted."""
        self.columns_told += 1
        if self.columns_told > LAST_COLUMN or said.get("hidden") not in ("1", "true"):
            return
        first, last = said.get("min", ""), said.get("max", "")
        if NUMBER.fullmatch(first) and NUMBER.fullmatch(last):
            self.hidden_columns[int(first) - 1 : int(last)] = True


NUMBER = re.compile(r"[1-9]\d{0,6}", re.ASCII)
_RANGE = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})", re.ASCII)
_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})", re.ASCII)


def parts_of(reference: str) -> tuple[int, int]:
    """Row and column from 0 of a cell's reference; raises ValueError where it is none."""
    match = _CELL.fullmatch(reference)
    if match is None:
        raise ValueError(reference)
    return int(match[2]) - 1, column_index(match[1])


# ---- a piece of a sheet ----

_SPACE, _QUOTE, _AMPERSAND, _APOSTROPHE, _POINT, _SLASH, _COLON, _LESS, _EQUALS, _GREATER, _QUESTION, _EXCLAMATION = (
    b" \"&'./:<=>?!"
)
_A, _ZERO, _C, _E, _F, _H, _I, _L, _M, _N, _O, _R, _S, _T, _V = b"A0cefhilmnorstv"
_BEYOND = b" " * 32
"""What is set before and behind a piece so that what is looked up about a mark is there."""
_ERROR_CELL = re.compile(rb"t=[\"']e[\"'][^<>]*>(?:<f[^<>]*>[^<]*</f>|<f[^<>]*/>)?<v[^<>]*>([^<]*)<")
_MERGED = re.compile(rb"<mergeCell\s[^<>]*?\bref\s*=\s*[\"']([A-Z0-9:]{1,22})[\"']")
_HIDDEN_ROW = re.compile(rb"<row(?=\s)(?: r=\"(\d{1,7})\")?[^<>]*?\shidden\s*=\s*[\"'](?:1|true)[\"']")
_SPELLED_OUT = re.compile(ESCAPED.encode())
_NAMESPACE = re.compile(rb"[\s\"']xmlns\s*=")


def _words(letters: Any) -> Any:
    """At each place the eight bytes from there as a number, the first byte the lowest."""
    return np.ndarray((len(letters) - 7,), "<u8", letters.data, 0, (1,))


class _Piece:
    """The places of a piece's tags, each with the letter behind its `<`, and of its attributes, each by its `=`."""

    def __init__(self, chunk: bytes):
        self.chunk = chunk
        letters = np.frombuffer(b"".join((_BEYOND, chunk, _BEYOND)), np.uint8)
        before = len(_BEYOND)
        self.letters = letters[before:]
        self.words = _words(self.letters)
        self.tags = np.flatnonzero(self.letters == _LESS)
        self.first = self.letters[1:][self.tags]
        equals = np.flatnonzero(self.letters == _EQUALS)
        self.name_ends = letters[before - 1 :][equals]
        ahead = letters[before - 2 :][equals]
        self.named = (ahead <= _SPACE) | (ahead == _QUOTE) | (ahead == _APOSTROPHE)
        of_ns = equals[(ahead == _N) & (self.name_ends == _S)]  # `xmlns`, or `spans`, as most rows have it
        self.may_declare = bool(np.any(self.letters[of_ns - 3] == _L) or np.any(self.name_ends <= _SPACE))
        self.equals = equals
        self.types = self.attributes(_T)
        self.type_letters = self.letters[3:][self.types]
        self.cell_at = self.of_name(_C)
        self.cells = self.tags[self.cell_at]
        self.value_at = self.of_name(_V)
        self.formula_at = self.of_name(_F)
        self.inline_at = self.ended(self.beginning(b"is"), 3)
        self.row_at = self.ended(self.beginning(b"row"), 4)  # `<rowBreaks` is another name

    def ended(self, found: Any, length: int) -> Any:
        """Of the numbers of some tags those whose name ends after so many letters, the `<` among them."""
        return found[self.letters[self.tags[found] + length] <= _GREATER]

    def of_name(self, letter: int) -> Any:
        """The numbers of the tags whose name is a letter."""
        found = np.flatnonzero(self.first == letter)
        after = self.letters[2:][self.tags[found]]
        return found[(after <= _SPACE) | (after == _GREATER) | (after == _SLASH)]

    def beginning(self, name: bytes) -> Any:
        """The numbers of the tags whose name begins so, a `/` included."""
        found = np.flatnonzero(self.first == name[0])
        for at, letter in enumerate(name[1:], start=2):
            found = found[self.letters[at:][self.tags[found]] == letter]
        return found

    def attributes(self, letter: int) -> Any:
        """The places of the attributes, in tags and in what looks so, whose name is a letter."""
        return self.equals[(self.name_ends == letter) & self.named] - 1

    def count(self, letter: int) -> int:
        """How many attributes there are, or what looks so, whose name is a letter."""
        return int(np.count_nonzero((self.name_ends == letter) & self.named))

    def is_plain(self) -> bool:
        """Whether there are no comments, sections, instructions, prefixes, nor spaces about the `=` of attributes."""
        instructions = np.count_nonzero(self.first == _QUESTION)
        if instructions > self.chunk.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?xml ") or _EXCLAMATION in self.first:
            return False
        if b":" in self.chunk:
            after = self.letters[1:][np.flatnonzero(self.letters == _COLON)]
            if _PREFIXES_END[after].any() and _PREFIXED.search(self.chunk):
                return False
        quotes = self.letters[2:][self.types]
        if not np.all((quotes == _QUOTE) | (quotes == _APOSTROPHE)):
            return False
        spaced = self.equals[self.name_ends <= _SPACE]
        return not len(spaced) or not self._names_end_with_spaces(spaced)

    def _names_end_with_spaces(self, equals: Any) -> bool:
        """Whether the reference, style or type of a row or cell may have spaces between its name and an `=`."""
        names, before = self.letters[equals - 2], self.letters[equals - 3]
        begun = (before <= _SPACE) | (before == _QUOTE) | (before == _APOSTROPHE)
        return bool(np.any((names <= _SPACE) | (np.isin(names, (_R, _S, _T)) & begun)))


# Form controls have rows with prefixes, without attributes, that are none of the sheet's.
_PREFIXED = re.compile(rb":(?:(?:c|v|f|t|is|sheetData)[\s/>]|(?:row|mergeCell)\s)")
_PREFIXES_END = np.isin(np.arange(256), (_C, _V, _F, _T, _I, _S, _R, _M))


def measure_plain(chunk: bytes, percent: Any, measured: Measured, so_far: "SoFar") -> bool:
    """Measure the cells of a piece by arrays; False where one is written otherwise than programs write it."""
    piece = _Piece(chunk)
    cells = piece.cells
    if not piece.is_plain() or not _within_data(piece, measured, so_far):
        return False
    rows = _rows(piece)
    # calamine believes the last of several r attributes: none but the first of each cell and row may be there.
    if rows is None or piece.count(_R) != len(cells) + len(rows.at) or not _values_are_plain(piece):
        return False
    if len(cells):
        longest = int(np.max(cells[1:] - cells[:-1], initial=len(chunk) - int(cells[-1])))
        measured.may_be_long |= longest > LONGEST_TEXT
        places = _references(piece, rows, so_far)
        if places is None or not _percent_cells(piece, *places, percent, measured):
            return False
        measured.reach(int(places[0].max()), int(places[1].max()))
    if len(rows.at):
        so_far.row = int(rows.numbers[-1])
    return _measure_rest(piece, measured)


def _measure_rest(piece: _Piece, measured: Measured) -> bool:
    """Note what else is told of rows, columns and cells; False where that is not written as programs do."""
    chunk, letters, cells = piece.chunk, piece.letters, piece.cells
    of_n = piece.equals[(piece.name_ends == _N) | (piece.name_ends <= _SPACE)]
    if len(of_n) and b"hidden" in chunk and not _hidden_rows(chunk, measured):
        return False
    formulas = piece.tags[piece.formula_at]
    for at in formulas[: PLACES_NAMED - len(measured.formula_places)]:
        measured.formula_places.append(_reference_at(chunk, _cell_before(cells, at)))
    measured.formulas += len(formulas)
    of_errors = piece.types[piece.type_letters == _E]
    for at in _first_in_tags(letters, cells, of_errors).tolist() if len(of_errors) else ():
        found = _ERROR_CELL.match(chunk, at)
        if found is None:
            return False
        place = parts_of(_reference_at(chunk, _cell_before(cells, at)))
        measured.errors[place] = found[1].decode("utf-8", "replace")
    if len(measured.merged) <= MOST_MERGED and _M in piece.first:
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
    closed = np.append(np.flatnonzero(letters == _GREATER), len(letters))
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


def _within_data(piece: _Piece, measured: Measured, so_far: SoFar) -> bool:
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


def _are_of_cells(piece: _Piece, start: int, end: int) -> bool:
    """Whether between two places there are no elements but rows, cells and what these hold."""
    known = [piece.cell_at, piece.value_at, piece.row_at, piece.formula_at, piece.inline_at]
    known += [piece.of_name(_T)] if len(piece.inline_at) else []
    starts = piece.first != _SLASH
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


_MASKS = np.array([2 ** (8 * length) - 1 for length in range(9)], np.uint64)
"""By a number of bytes, what keeps so many of eight."""


def _rows(piece: _Piece) -> _Rows | None:
    """The rows that begin in a piece; None where one does not state its number first, or not as programs do."""
    at = piece.tags[piece.row_at]
    if np.any((piece.words[at + 2] & _MASKS[6]) != _HEAD_OF_ROW):
        return None
    words = piece.words[at + 8]
    letters = words.view(np.uint8).reshape(-1, 8)
    digits = letters - _ZERO
    lengths = np.argmax(digits > 9, axis=1)
    ends = letters[np.arange(len(at)), lengths]
    if not np.all((lengths > 0) & (ends == _QUOTE) & (letters[:, 0] != _ZERO)):
        return None
    numbers = (digits * _POWERS[lengths]).sum(axis=1, dtype=np.uint32)
    masks = _MASKS[lengths + 1]
    return _Rows(at, numbers, words & masks, masks)


_HEAD_OF_ROW = np.uint64(int.from_bytes(b'ow r="', "little"))
_POWERS = np.array([[10 ** (n - 1 - at) if at < n else 0 for at in range(8)] for n in range(8)], np.uint32)
"""By a number of digits, what each of eight bytes counts for."""


def _references(piece: _Piece, rows: _Rows, so_far: SoFar) -> tuple[Any, Any] | None:
    """Rows and columns from 0 of the cells; None where a reference is none, names another row or goes back.

    The digits of a reference are not read but compared with those of the row that the cell stands in.
    """
    counts = np.diff(np.searchsorted(piece.cells, rows.at), prepend=0, append=len(piece.cells))
    begun = b'%d"' % so_far.row
    words = np.append(np.uint64(int.from_bytes(begun, "little")), rows.words)
    masks = np.append(_MASKS[len(begun)], rows.masks)
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


def _columns(piece: _Piece, rows: Any, masks: Any) -> Any:
    """The columns from 0 of the cells; None where a reference is not of letters and the bytes of its row's number."""
    cells = piece.cells
    heads = piece.words[1:][cells]
    if np.any((heads & _MASKS[5]) != _HEAD_OF_CELL):
        return None
    letters = heads.view(np.uint8).reshape(-1, 8)[:, 5:]
    column = (letters[:, 0] - _A).astype(np.uint32)
    if np.any(column >= 26):
        return None
    behind, more = cells + 7, np.True_
    for at in (1, 2):
        letter = letters[:, at] - _A
        more = more & (letter < 26)
        if not more.any():
            break
        column = np.where(more, (column + 1) * 26 + letter, column)
        behind += more
    return column if np.array_equal(piece.words[behind] & masks, rows) else None


# ---- what cells hold ----

_TIMES = 0x0101010101010101
_ZEROS, _LOW, _HIGH, _TO_TEN = (np.uint64(_TIMES * byte) for byte in (_ZERO, 0x7F, 0x80, 0x80 - 10))
_SEVEN, _BYTE, _LESS_WITHOUT_ZERO = np.uint64(7), np.uint64(0xFF), np.uint64(_LESS ^ _ZERO)


def _are_digits(words: Any) -> Any:
    """Of each eight bytes whether they are one to seven digits and then a `<`."""
    word = words ^ _ZEROS
    others = (((word & _LOW) + _TO_TEN) | word) & _HIGH
    first = (others & (~others + np.uint64(1))) >> _SEVEN  # 1 in the place of the first byte that is no digit
    return (first > 1) & ((word & (first * _BYTE)) == first * _LESS_WITHOUT_ZERO)


def _values_are_plain(piece: _Piece) -> bool:
    """Whether calamine takes the values of all cells as they are meant.

    It takes of a number what stands before a reference to a character, a comment or an element, of several values and
    formulas the last, for a text by its number the first text of all where that is no number.
    """
    first = piece.first
    value_at = piece.value_at
    # Behind the value its end and the end of its cell: nothing stands in it, and nothing after it.
    if len(value_at) and (value_at[-1] + 2 >= len(first) or not len(piece.cell_at) or value_at[0] < piece.cell_at[0]):
        return False
    if np.any(first[1:][value_at] != _SLASH) or np.any(first[2:][value_at] != _SLASH):
        return False
    if not _inline_is_plain(piece) or not _formulas_are_plain(piece):
        return False
    others = value_at[~_are_digits(piece.words[3:][piece.tags[value_at]])]
    if len(others) and (np.any(_types(piece, others, _TYPE_S)) or not _numbers_are_kept(piece, others)):
        return False
    if b"_" in piece.chunk and _SPELLED_OUT.search(piece.chunk):
        return False
    return b"&" not in piece.chunk or _references_are_plain(piece)


def _numbers_are_kept(piece: _Piece, value_at: Any) -> bool:
    """Whether none of some values is a number that its double does not hold as it is spelled; see `unkept`.

    All that may be so are looked at by themselves: those with letters, as `1E-999`, and long ones that are whole or
    nearly so.
    """
    at = piece.tags[value_at] + len("<v>")
    lengths = piece.tags[1:][value_at] - at
    if np.any(piece.letters[at - 1] != _GREATER):
        return False
    words = [piece.words[step:][at] & _MASKS[np.clip(lengths - step, 0, 8)] for step in (0, 8, 16)]
    doubted = ((words[0] | words[1] | words[2]) & _OF_LETTERS != 0) | (lengths > 24)
    long = np.flatnonzero((lengths > SURELY_KEPT) & ~doubted)
    if len(long):
        first = np.stack((words[0][long], words[1][long]), axis=1).view(np.uint8)
        before = np.argmax(first == _POINT, axis=1)
        behind, next_to_it = (piece.letters[at[long] + before + step] for step in (1, 2))
        near = (behind == next_to_it) & ((behind == _ZERO) | (behind == _ZERO + 9))
        # Whole numbers of up to eleven digits are parted by more than a fraction that begins neither with 00 nor 99.
        doubted[long] = near | (before > 11) | (first[np.arange(len(long)), before] != _POINT)
    doubted[doubted] = ~_are_small(piece, at[doubted], at[doubted] + lengths[doubted])
    listed = zip(value_at[doubted].tolist(), at[doubted].tolist(), lengths[doubted].tolist(), strict=True)
    return not any(
        unkept(piece.chunk[start : start + length].decode("utf-8", "replace")) and _may_be_number(piece, number)
        for number, start, length in listed
    )


def _are_small(piece: _Piece, starts: Any, ends: Any) -> Any:
    """Of some values whether they are as programs write small fractions, `2.4000000000000001E-4`, which are kept."""
    letters = piece.letters
    behind = letters[starts + 1]
    headed = (letters[starts] - _ZERO - 1 < 9) & ((behind == _POINT) | (behind == _EXPONENT))
    by_one = (letters[ends - 3] == _EXPONENT) & (letters[ends - 2] == _MINUS) & (letters[ends - 1] - _ZERO - 2 < 8)
    by_two = (letters[ends - 4] == _EXPONENT) & (letters[ends - 3] == _MINUS) & (letters[ends - 2] - _ZERO - 1 < 9)
    return headed & (by_one | by_two)


_EXPONENT, _MINUS = b"E-"
_OF_LETTERS = np.uint64(_TIMES * 0x40)
_TEXT_CELL = re.compile(rb'<c r="[A-Z]+\d+"(?: s="\d+")? t="(?:str|e)"(?: s="\d+")?>')


def _may_be_number(piece: _Piece, value: int) -> bool:
    """Whether the cell of a value by the number of its tag does not surely hold a text."""
    return _TEXT_CELL.match(piece.chunk, piece.cells[np.searchsorted(piece.cell_at, value) - 1]) is None


def _formulas_are_plain(piece: _Piece) -> bool:
    """Whether behind each formula its end stands, or the next tag where it is empty."""
    formula_at = piece.formula_at
    if len(formula_at) and formula_at[-1] + 1 == len(piece.first):
        return False
    behind = formula_at[piece.first[1:][formula_at] != _SLASH] + 1
    return bool(np.all(piece.letters[piece.tags[behind] - 2] == _SLASH))


def _inline_is_plain(piece: _Piece) -> bool:
    """Whether the cells that say that their text stands in them have it so, in one `<t>`, and nothing after it."""
    first = piece.first
    of_inline = np.searchsorted(piece.tags, piece.types[piece.type_letters == _I])
    if len(of_inline) and (of_inline[-1] == len(first) or np.any((first[of_inline] == _V) | (first[of_inline] == _F))):
        return False
    begun = piece.inline_at
    if not len(begun):
        return True
    # Rich text is more than one `<t>`, of which the end, that of `<is>` and that of the cell come next.
    if begun[-1] + 4 >= len(first) or not np.array_equal(piece.of_name(_T), begun + 1):
        return False
    lengths = (piece.tags[1:][begun + step] - piece.tags[begun + step] for step in (0, 2))
    if any(np.any(length != len("<is>")) for length in lengths):  # as long as `</t>`: no letters stand beside it
        return False
    return all(bool(np.all(first[begun + step] == _SLASH)) for step in (2, 3, 4))


_TYPE_S, _TYPE_STR = b't="s"', b't="str"'


def _types(piece: _Piece, value_at: Any, wanted: bytes) -> Any:
    """Of the cells of some values whether they state a type; those are, too, which seem to state several."""
    cell_at = value_at - 1
    if np.any(piece.first[cell_at] != _C):
        cell_at = piece.cell_at[np.searchsorted(piece.cell_at, value_at) - 1]
    first = np.searchsorted(piece.types, piece.tags[cell_at])
    count = np.searchsorted(piece.types, piece.tags[1:][cell_at]) - first
    words = piece.words[np.append(piece.types, len(piece.chunk))[first]] & _MASKS[len(wanted)]
    quoted, otherwise = (np.uint64(int.from_bytes(one, "little")) for one in (wanted, wanted.replace(b'"', b"'")))
    return (count > 1) | ((count == 1) & ((words == quoted) | (words == otherwise)))


def _references_are_plain(piece: _Piece) -> bool:
    """Whether references to characters stand neither in the tags of rows and cells nor in values other than texts."""
    within = np.unique(np.searchsorted(piece.tags, np.flatnonzero(piece.letters == _AMPERSAND)) - 1)
    if np.isin(within, np.append(piece.cell_at, piece.beginning(b"row"))).any():
        return False
    values = piece.value_at
    return bool(np.all(_types(piece, values[np.isin(values, within)], _TYPE_STR)))


# ---- the styles of cells ----

LONGEST_STYLE = 6
"""Five digits and the quote after them: a workbook has at most 65,490 styles."""


def _percent_cells(piece: _Piece, rows: Any, columns: Any, percent: Any, measured: Measured) -> bool:
    """Note the cells whose style shows a percentage; False where one names its style otherwise than programs do.

    A cell's own `s` alone decides; without it, the cell has style 0, whatever its row and column have.
    """
    if not len(percent):
        return True
    letters, cells = piece.letters, piece.cells
    at = piece.attributes(_S) - 1
    if not percent[0]:
        # Most cells name a style whose number begins otherwise than those of percentages: they are left out early.
        digits = np.flatnonzero(percent)
        while (digits >= 10).any():
            digits = np.where(digits >= 10, digits // 10, digits)
        begins = np.ones(256, bool)
        begins[_ZERO : _ZERO + 10] = False
        begins[_ZERO + digits] = True
        at = at[begins[letters[at + 4]] | (letters[at + 3] != _QUOTE)]
        if not len(at):
            return True
    closed = np.append(np.flatnonzero(letters == _GREATER), len(letters))
    tag_ends = closed[np.searchsorted(closed, cells)]
    owner = np.searchsorted(cells, at) - 1
    within = (owner >= 0) & (at < tag_ends[owner])
    at, owner = at[within], owner[within]
    window = np.ascontiguousarray(sliding_window_view(letters, 4 + LONGEST_STYLE)[at].T)
    plain = (window[2] == _EQUALS) & (window[3] == _QUOTE) & (window[4] - _ZERO < 10)
    number = np.zeros(len(at), np.uint32)
    reading = plain.copy()
    for byte in window[4:]:
        digit = byte - _ZERO
        numbered = reading & (digit < 10)
        plain &= ~reading | numbered | (byte == _QUOTE)
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
