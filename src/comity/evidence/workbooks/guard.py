"""What is checked of a workbook's bytes before a reader that trusts them may open it.

calamine takes memory for the whole rectangle about a sheet's cells and for as many shared strings as a file claims to
have; where there is not so much, it ends the process. So the archive is unpacked here, within limits, every sheet's
cells are measured, and what passes is written anew into a small workbook of known parts: calamine opens nothing else.
The file format is ECMA-376 (Office Open XML), parts 1 and 2.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

import numpy as np
from django.utils.translation import gettext as _

from comity.evidence.errors import BadInput, Fault
from comity.evidence.places import LAST_COLUMN, LAST_ROW, column_letters
from comity.evidence.workbooks import limits
from comity.evidence.workbooks.archive import LONGEST_CELL, Archive, pass_through, plain_xml
from comity.evidence.workbooks.cells_by_bytes import SoFar, measure_plain
from comity.evidence.workbooks.cells_by_markup import measure_markup
from comity.evidence.workbooks.package_parts import SheetPart, find_sheets, mark, shared_strings, write_frame
from comity.evidence.workbooks.percent_styles import percent_styles
from comity.evidence.workbooks.sheet_measures import Measured


@dataclass(frozen=True, slots=True)
class CheckedSheet:
    """What the guard learned of a sheet. Rows and columns count from 0, ranges hold both their ends.

    `errors` are the cells that show an error value such as `#N/A`, which calamine gives as blank, `texts` those whose
    own text means another one than calamine gives. `percents` are the cells whose style shows a percentage, which
    calamine does not tell: rows and their columns, in several pieces.
    """

    name: str
    hidden: bool
    formulas: int
    formula_places: tuple[str, ...]
    errors: dict[tuple[int, int], str]
    texts: dict[tuple[int, int], str]
    merged: tuple[tuple[int, int, int, int], ...]
    percents: tuple[tuple[Any, Any], ...]
    hidden_rows: tuple[int, ...]
    hidden_columns: tuple[int, ...]
    may_be_long: bool = True
    """Whether a cell may hold a text of its own that is longer than those of spreadsheet programs."""

    def percent_columns(self) -> Iterator[tuple[int, list[int]]]:
        """Row by row, the columns of the cells whose style shows a percentage; a row may come in several parts."""
        for rows, columns in self.percents:
            starts = np.flatnonzero(np.diff(rows, prepend=np.uint32(LAST_ROW)))
            listed, ends = columns.tolist(), [*starts[1:].tolist(), len(rows)]
            for row, start, end in zip(rows[starts].tolist(), starts.tolist(), ends, strict=True):
                yield row, listed[start:end]


@dataclass(frozen=True, slots=True)
class CheckedWorkbook:
    """Sheets in their order, and the texts that cells of the copy name by their number."""

    sheets: tuple[CheckedSheet, ...]
    shared: dict[str, str]
    uncomputed: bool = False
    """Whether formulas are to be computed once the workbook is opened (`fullCalcOnLoad`, `calcCompleted`)."""


def checked_copy(data: bytes, file: str, target: IO[bytes]) -> CheckedWorkbook:
    """Check a workbook and write what may be read of it to `target`, as a workbook whose sheets are named `1`, `2`, ….

    A shared string stands in the copy as U+0001 and its number, so that a long text that many cells name is held once.
    Raises BadInput, with the file and where there is one the sheet and cell, for what is no workbook, is damaged,
    locked or larger than the limits above.
    """
    archive = Archive(data, file)
    book = find_sheets(archive)
    for name in archive.entries.keys() - {part.entry for part in book.sheets}:
        pass_through(archive, name)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as copy:
        shared = shared_strings(archive, book.shared) if book.shared else []
        write_frame(copy, book, archive, len(shared))
        percent = percent_styles(archive, book.styles)
        sheets = []
        cells = 0
        for number, part in enumerate(book.sheets, start=1):
            with copy.open(f"xl/worksheets/sheet{number}.xml", "w", force_zip64=True) as sink:
                measured = _measure(archive, part, percent, sink)
            cells += measured.rows * measured.columns
            if cells > limits.MOST_CELLS:
                raise _too_large(file, part.name, measured)
            sheets.append(_checked_sheet(part, measured))
    return CheckedWorkbook(tuple(sheets), {mark(number): text for number, text in enumerate(shared)}, book.uncomputed)


def _too_large(file: str, sheet: str, measured: Measured) -> BadInput:
    value = _("%(rows)s rows × %(columns)s columns") % {
        "rows": f"{measured.rows:,}",
        "columns": f"{measured.columns:,}",
    }
    expected = _("at most %(count)s cells, blanks among them; part the workbook, or clear what stands far off") % {
        "count": f"{limits.MOST_CELLS:,}"
    }
    return BadInput(Fault(file, f"{sheet}!{measured.last}", value, expected))


def _checked_sheet(part: SheetPart, measured: Measured) -> CheckedSheet:
    """What the guard says of a sheet; of hidden rows and columns those that its rectangle reaches."""
    return CheckedSheet(
        part.name,
        part.hidden,
        measured.formulas,
        tuple(measured.formula_places),
        measured.errors,
        measured.texts,
        tuple(measured.merged),
        tuple(measured.percents),
        tuple(sorted(row for row in measured.hidden_rows if row < measured.rows)),
        tuple(np.flatnonzero(measured.hidden_columns[: measured.columns]).tolist()),
        measured.may_be_long,
    )


def _measure(archive: Archive, part: SheetPart, percent: Any, sink: IO[bytes]) -> Measured:
    """Copy a sheet and count in it what the guard must know. `percent` says of each style if it shows a percentage.

    Sheets as spreadsheet programs write them, every cell with its reference as first attribute, are measured by whole
    arrays of bytes; any other is gone through once more, mark-up by mark-up.
    """
    measured = _measure_copying(archive, part, percent, sink)
    if measured is None:
        chunks = _by_cells(plain_xml(archive, part.entry, part.name))

        def refuse(cell: str, value: str, expected: str) -> BadInput:
            return archive.fault(f"{part.name}!{cell}" if cell else part.name, value, expected)

        measured = measure_markup(chunks, percent, refuse)
    if len(measured.merged) > limits.MOST_MERGED:
        expected = _("at most %(count)s merged ranges") % {"count": f"{limits.MOST_MERGED:,}"}
        raise archive.fault(part.name, f"{len(measured.merged):,}", expected)
    if measured.columns_told > LAST_COLUMN:
        expected = _("at most %(count)s <col> in a sheet") % {"count": f"{LAST_COLUMN:,}"}
        raise archive.fault(part.name, f"{measured.columns_told:,}", expected)
    if len(measured.texts) > limits.MOST_TEXTS:
        raise archive.fault(part.name, part.name, limits.most_shared_texts())
    if measured.rows > LAST_ROW or measured.columns > LAST_COLUMN:
        last = f"{column_letters(LAST_COLUMN - 1)}{LAST_ROW}"
        raise archive.fault(f"{part.name}!{measured.last}", measured.last, _("a cell up to %(last)s") % {"last": last})
    return measured


_ROOT = re.compile(rb"<([^\s<>/?!]+)")
_LONGEST_END = 200
"""Bytes at the end of a sheet in which the end of its root is looked for."""


def _measure_copying(archive: Archive, part: SheetPart, percent: Any, sink: IO[bytes]) -> Measured | None:
    """What is measured by arrays as the sheet is copied; None where it is written in an unusual way."""
    measured, so_far, plain, headed = Measured(), SoFar(), True, False
    root, last = None, b""
    for chunk in _by_cells(plain_xml(archive, part.entry, part.name)):
        plain = plain and measure_plain(chunk, percent, measured, so_far)
        root, last = root or _ROOT.search(chunk), (last + chunk[-_LONGEST_END:])[-_LONGEST_END:]
        if not headed and b"<sheetData" in chunk:
            # calamine goes through the whole sheet a second time for a list of merged ranges: it finds an empty one.
            chunk, headed = chunk.replace(b"<sheetData", b"<mergeCells/><sheetData", 1), True
        sink.write(chunk)
    ended = root is not None and last.rstrip().endswith(b"</%b>" % root[1])
    return measured if plain and ended and so_far.opened == so_far.closed else None


def _by_cells(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The same bytes, cut before a cell where one begins, so that a cell stands whole in its chunk."""
    held = b""
    for piece in chunks:
        chunk = held + piece
        cut = chunk.rfind(b"<c ")
        if cut >= 0 and len(chunk) - cut < LONGEST_CELL:
            if cut:
                yield chunk[:cut]
            held = chunk[cut:]
        else:
            yield chunk
            held = b""
    yield held
