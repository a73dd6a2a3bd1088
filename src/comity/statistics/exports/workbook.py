"""Observations as a workbook: xlsxwriter lays the sheets out, and the database spells out the rows that stand in them.

Written cell by cell, rows take four times as long, and a reader waits meanwhile.
"""

import io
import math
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO

from comity.evidence.places import LAST_ROW, column_letters
from comity.evidence.wording import gettext as _

LONGEST_CELL = 32_767
"""Characters that a cell of a sheet holds."""

_WIDTH = 9
_WIDTHS = {
    "name": 24,
    "indicator": 24,
    "citizenship": 12,
    "breakdown": 24,
    "value": 12,
    "unit": 24,
    "confidentiality": 14,
    "text": 12,
    "source": 24,
    "note": 24,
    "release": 24,
    "file": 40,
    "place": 16,
    "figure": 48,
}
"""Characters that a column of the workbook shows, where they are not `_WIDTH`."""
_NOTE_WIDTH = 100
_LINE = 15
"""Points of a line of text."""
_QUICK = 2
"""Of zlib's levels: the rows alike as they are, higher ones make a tenth less of them in three times the time."""
_LARGE = 2**31 - 2**27
"""Bytes of a sheet from which on its entry needs larger numbers, which not every program reads."""
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
"""What XML cannot hold or reads as something else; a cell holds it as `_xHHHH_` (ECMA-376-1, 22.4.2.4)."""
_CONTROL_BYTES = bytes(code for code in range(0x20) if code not in b"\t\n")
_NO_CHARACTERS = "\ufffe".encode()[:2]
"""How U+FFFE and U+FFFF begin, and few others."""
_NUMBER = '<"'
"""Stands in a row for its number, until it is known; no text of a cell holds it, where `<` is spelled out."""
_FIRST_ROW = re.compile(rb'<row r="2".*?</row>', re.DOTALL)
_STYLE = re.compile(rb'<c r="([A-Z]+)2"( s="\d+")?')
_EXTENT = re.compile(rb'<dimension ref="[^"]*"/>')


@dataclass(frozen=True)
class Note:
    """Something that a reader of an export must know: a heading and its lines."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Layout:
    """The columns of the sheets, which of them are numbers, and the day that stands for the day of making."""

    columns: Sequence[str]
    numbers: frozenset[str]
    as_at: date

    def row_sql(self) -> str:
        """An expression in SQL: a row of a sheet (ECMA-376-1, 18.3.1.73) from these columns, blank cells left out."""
        styles = _styles(self._book([1], []))
        cells = (self._cell_sql(name, place, styles) for place, name in enumerate(self.columns))
        return " || ".join([f"'<row r=\"{_NUMBER}>'", *cells, "'</row>'"])

    def _cell_sql(self, name: str, place: int, styles: Mapping[str, str]) -> str:
        letters = column_letters(place)
        cell = f'<c r="{letters}{_NUMBER}{styles.get(letters, "")}'
        if name in self.numbers:
            return f"if({name} IS NULL, '', '{cell}><v>' || plain({name}) || '</v></c>')"
        begun = f'{cell} t="inlineStr"><is><t xml:space="preserve">'
        text = f"replace(replace(replace({name}, '&', '&amp;'), '<', '&lt;'), '>', '&gt;')"
        # What looks like a character spelled out is spelled out itself, so that it is read as it stands.
        text = f"if(contains({name}, '_x'), regexp_replace({text}, '(_x[0-9a-fA-F]{{4}}_)', '_x005F\\1', 'g'), {text})"
        return f"if({name} IS NULL OR {name} = '', '', '{begun}' || {text} || '</t></is></c>')"

    def write(self, rows: Iterator[str], noted: Iterable[Note], stream: BinaryIO, folder: Path) -> int:
        """Write a workbook: the notes on its first sheet, then as many sheets of rows as their number needs; gives it.

        The rows are as `row_sql` gives them. They lie in `folder` until it is known how many there are.
        """
        spooled = list(_spooled(rows, folder)) or [(folder / "rows-0.xml", 0)]
        counts = [count for _path, count in spooled]
        laid_out = zipfile.ZipFile(io.BytesIO(self._book(counts, noted)))
        sheets = {f"xl/worksheets/sheet{number + 2}.xml": each for number, each in enumerate(spooled) if each[1]}
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=_QUICK) as made:
            for entry in laid_out.infolist():
                content = laid_out.read(entry)
                if entry.filename not in sheets:
                    made.writestr(entry, content)
                    continue
                path, count = sheets[entry.filename]
                large = path.stat().st_size > _LARGE
                with made.open(entry.filename, "w", force_zip64=large) as sheet, path.open("rb") as data:
                    before, after = self._around(content, count)
                    sheet.write(before)
                    while piece := data.read(1 << 20):
                        sheet.write(piece)
                    sheet.write(after)
        return sum(counts)

    def _around(self, sheet: bytes, count: int) -> tuple[bytes, bytes]:
        """What stands in a sheet before and behind its rows, of which it was laid out with one."""
        extent = f'<dimension ref="A1:{column_letters(len(self.columns) - 1)}{count + 1}"/>'.encode()
        before, after = _FIRST_ROW.split(_EXTENT.sub(extent, sheet, count=1), maxsplit=1)
        return before, after

    def _book(self, counts: Sequence[int], noted: Iterable[Note]) -> bytes:
        """A workbook with notes and a sheet for each of some numbers of rows, of which it holds one for its styles."""
        import xlsxwriter

        made = io.BytesIO()
        with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
            day = datetime.combine(self.as_at, time())
            book.set_properties({"title": _("Observations"), "author": "Comity", "created": day})
            bold = book.add_format({"bold": True, "valign": "top"})
            beside_numbers = book.add_format({"indent": 1})
            front = book.add_worksheet(_("Notes"))
            names = [_("Observations") + (f" {number + 1}" if number else "") for number in range(len(counts))]
            for name, count in zip(names, counts, strict=True):
                self._lay_out(book.add_worksheet(name), count, bold, beside_numbers)
            wrapped = book.add_format({"text_wrap": True, "valign": "top"})
            _write_notes(front, [*noted, _sheets_note(names, sum(counts))], bold, wrapped)
        return made.getvalue()

    def _lay_out(self, sheet: Any, count: int, bold: Any, beside_numbers: Any) -> None:
        """Columns as wide as what usually stands in them, units clear of their numbers, headings that stay in sight."""
        for column, name in enumerate(self.columns):
            sheet.set_column(column, column, _WIDTHS.get(name, _WIDTH), beside_numbers if name == "unit" else None)
            sheet.write_string(0, column, name, bold)
            if count:
                sheet.write_string(1, column, name)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.repeat_rows(0)
        if count:
            sheet.autofilter(0, 0, count, len(self.columns) - 1)


def _styles(book: bytes) -> dict[str, str]:
    """What the cells of each column bear as their style, by the letters of the column."""
    with zipfile.ZipFile(io.BytesIO(book)) as laid_out:
        found = _STYLE.findall(laid_out.read("xl/worksheets/sheet2.xml"))
    return {letters.decode(): style.decode() for letters, style in found}


def _spooled(rows: Iterator[str], folder: Path) -> Iterator[tuple[Path, int]]:
    """The rows of each sheet in a file, numbered, with how many they are."""
    for number, first in enumerate(rows):
        path, last = folder / f"rows-{number}.xml", 1
        with path.open("wb") as sheet:
            for last, row in enumerate(chain([first], islice(rows, LAST_ROW - 2)), start=2):
                sheet.write(_numbered(row, last))
        yield path, last - 1


def _numbered(row: str, number: int) -> bytes:
    spelled = row.replace(_NUMBER, f'{number}"')
    data = spelled.encode()
    # Hardly any row holds such characters, and taking them away by the byte is quicker than searching for them.
    if len(data.translate(None, _CONTROL_BYTES)) == len(data) and _NO_CHARACTERS not in data:
        return data
    return _CONTROLS.sub(lambda found: f"_x{ord(found[0]):04X}_", spelled).encode()


def _sheets_note(sheets: Sequence[str], total: int) -> Note:
    said = (
        _("%(count)d observations on the sheet “%(sheets)s”")
        if len(sheets) == 1
        else _("%(count)d observations, more than one sheet holds; they go on over the sheets “%(sheets)s”")
    )
    return Note(_("Sheets"), (said % {"count": total, "sheets": "”, “".join(sheets)},))


def _write_notes(sheet: Any, noted: Iterable[Note], bold: Any, wrapped: Any) -> None:
    sheet.set_column(0, 0, 46)
    sheet.set_column(1, 1, _NOTE_WIDTH)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    number = 0
    for note in noted:
        sheet.write_string(number, 0, note.heading, bold)
        for line in note.lines:
            # Not every program makes a row as high as its text on opening it.
            sheet.set_row(number, _LINE * max(1, math.ceil(len(line) / _NOTE_WIDTH)))
            sheet.write_string(number, 1, line, wrapped)
            number += 1
