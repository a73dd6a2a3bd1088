"""What is checked of a workbook's bytes before a reader that trusts them may open it.

calamine takes memory for the whole rectangle about a sheet's cells and for as many shared strings as a file claims to
have; where there is not so much, it ends the process. So the archive is unpacked here, within limits, every sheet's
cells are measured, and what passes is written anew into a small workbook of known parts: calamine opens nothing else.
The file format is ECMA-376 (Office Open XML), parts 1 and 2.
"""

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any
from urllib.parse import unquote
from xml.sax.saxutils import escape

import numpy as np
from django.utils.translation import gettext as _
from lxml import etree

from comity.evidence.errors import BadInput, Fault
from comity.evidence.files.other_formats import beginning, is_zip, other_format
from comity.evidence.places import LAST_COLUMN, LAST_ROW, column_letters
from comity.evidence.workbooks.markup import measure_markup
from comity.evidence.workbooks.measured import MOST_CELLS, MOST_MERGED, MOST_TEXTS, Measured, SoFar, measure_plain
from comity.evidence.workbooks.shown_texts import Cut, Unkept, is_shared_text, joined_text, plain_value, unescaped
from comity.evidence.workbooks.workbook import LONGEST_TEXT, longest_text

MOST_ENTRIES = 4_000
MOST_UNPACKED = 256 * 2**20
"""Bytes of all parts together, as the archive claims them and as they are."""
MOST_WHOLE = 8 * 2**20
"""Bytes of a part that is read as a tree, as the list of sheets or the styles: the tree takes thirty times as many."""
MOST_RATIO = 100
RATIO_COUNTS_FROM = 8 * 2**20
"""A part may unpack to a hundred times its packed size; real sheets come to about ten. Smaller parts may to any."""
MOST_SHEETS = 1_000
MOST_SHARED = 500_000
"""Shared strings, whether cells name them or not."""
MOST_STYLES = 100_000
"""Styles of cells, and formats of numbers; spreadsheet programs have 65,490."""

_PIECE = 2**18
_LONGEST_CELL = 4 * 2**20
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


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
    archive = _Archive(data, file)
    book = _find_sheets(archive)
    for name in archive.entries.keys() - {part.entry for part in book.sheets}:
        _pass_through(archive, name)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as copy:
        shared = _shared_strings(archive, book.shared) if book.shared else []
        _write_frame(copy, book, archive, len(shared))
        percent = _percent_styles(archive, book.styles)
        sheets = []
        cells = 0
        for number, part in enumerate(book.sheets, start=1):
            with copy.open(f"xl/worksheets/sheet{number}.xml", "w", force_zip64=True) as sink:
                measured = _measure(archive, part, percent, sink)
            cells += measured.rows * measured.columns
            if cells > MOST_CELLS:
                raise _too_large(file, part.name, measured)
            sheets.append(_checked_sheet(part, measured))
    return CheckedWorkbook(tuple(sheets), {_mark(number): text for number, text in enumerate(shared)}, book.uncomputed)


def _mark(number: int) -> str:
    # U+0001 is no letter of XML 1.0, so that no text of a file's own can be taken for a mark.
    return f"\x01{number}"


# ---- the archive ----


class _Archive:
    """The entries of a zip archive by their names in small letters, checked for what a workbook never has."""

    def __init__(self, data: bytes, file: str):
        self.data, self.file = data, file
        if other := other_format(file, data):
            raise self.fault("", other.what, _("an .xlsx workbook; %(remedy)s") % {"remedy": other.remedy})
        if not is_zip(data):
            raise self.fault("", beginning(data), _("an .xlsx workbook; save it as .xlsx"))
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as opened:
                found = opened.infolist()
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error, OverflowError, EOFError):
            raise self.fault("", _("a damaged archive"), _("a whole .xlsx workbook; download it again")) from None
        if len(found) > MOST_ENTRIES:
            raise self.fault(
                "", str(len(found)), _("at most %(count)s entries in the archive") % {"count": MOST_ENTRIES}
            )
        self.entries: dict[str, zipfile.ZipInfo] = {}
        for entry in found:
            self._admit(entry)
        self._weigh()
        if "mimetype" in self.entries or any(name.endswith(".bin") and "workbook" in name for name in self.entries):
            raise self.fault("", _("another kind of workbook"), _("an .xlsx workbook; save it as .xlsx"))
        if "[content_types].xml" not in self.entries:
            raise self.fault("", _("an archive without [Content_Types].xml"), _("an .xlsx workbook; save it as .xlsx"))

    def fault(self, place: str, value: str, expected: str) -> BadInput:
        return BadInput(Fault(self.file, place, value, expected))

    def _admit(self, entry: zipfile.ZipInfo) -> None:
        name = entry.filename.replace("\\", "/")
        steps = name.removesuffix("/").split("/")
        if name.startswith("/") or ":" in steps[0] or any(step in ("", ".", "..") for step in steps):
            raise self.fault("", entry.filename, _("names of parts that stay within the workbook"))
        if name.casefold() in self.entries:
            raise self.fault("", entry.filename, _("each part of the workbook once"))
        if entry.flag_bits & 1:
            raise self.fault("", entry.filename, _("an .xlsx workbook without a password; save it as .xlsx"))
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise self.fault("", entry.filename, _("parts packed by the deflate method, as spreadsheet programs do"))
        self.entries[name.casefold()] = entry

    def _weigh(self) -> None:
        unpacked = sum(entry.file_size for entry in self.entries.values())
        if unpacked > MOST_UNPACKED:
            raise self.fault("", _in_megabytes(unpacked), _at_most(MOST_UNPACKED))
        for entry in self.entries.values():
            if entry.file_size > max(RATIO_COUNTS_FROM, MOST_RATIO * entry.compress_size):
                ratio = entry.file_size // max(1, entry.compress_size)
                value = _("%(part)s, packed to one part in %(ratio)s") % {"part": entry.filename, "ratio": ratio}
                raise self.fault("", value, _("at most one part in %(ratio)s") % {"ratio": MOST_RATIO})

    def pieces(self, name: str) -> Iterator[bytes]:
        """The bytes of an entry piece by piece; a fault where they are not as long, or not those, that it says."""
        entry = self.entries[name]
        size, crc = 0, 0
        for piece in self._unpacked(entry):
            size, crc = size + len(piece), zlib.crc32(piece, crc)
            if size > entry.file_size:
                break
            yield piece
        if size != entry.file_size or crc != entry.CRC:
            raise self._damaged(entry)

    def _unpacked(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        packed = self._packed(entry)
        if entry.compress_type == zipfile.ZIP_STORED:
            yield from (bytes(packed[start : start + _PIECE]) for start in range(0, len(packed), _PIECE))
            return
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            for start in range(0, len(packed), _PIECE // 8):
                block: Any = packed[start : start + _PIECE // 8]
                while block and not unpacker.eof:
                    if piece := unpacker.decompress(block, _PIECE):
                        yield piece
                    block = unpacker.unconsumed_tail
            while piece := unpacker.decompress(b"", _PIECE):
                yield piece
        except zlib.error:
            raise self._damaged(entry) from None
        if not unpacker.eof:
            raise self._damaged(entry)

    def _packed(self, entry: zipfile.ZipInfo) -> memoryview:
        header = self.data[entry.header_offset : entry.header_offset + 30] if entry.header_offset >= 0 else b""
        if len(header) < 30 or header[:4] != b"PK\x03\x04":
            raise self._damaged(entry)
        start = entry.header_offset + 30 + sum(struct.unpack("<HH", header[26:30]))
        if start + entry.compress_size > len(self.data):
            raise self._damaged(entry)
        return memoryview(self.data)[start : start + entry.compress_size]

    def _damaged(self, entry: zipfile.ZipInfo) -> BadInput:
        return self.fault("", entry.filename, _("a whole .xlsx workbook; download it again"))

    def whole(self, name: str) -> bytes:
        """A small part as a whole, without declarations of its own."""
        if self.entries[name].file_size > MOST_WHOLE:
            raise self.fault("", self.entries[name].filename, _at_most(MOST_WHOLE))
        return b"".join(_plain_xml(self, name))


def _in_megabytes(size: int) -> str:
    return _("%(size)s MB unpacked") % {"size": f"{size / 2**20:,.0f}"}


def _at_most(size: int) -> str:
    return _("at most %(size)s MB") % {"size": f"{size // 2**20:,}"}


def _plain_xml(archive: _Archive, name: str, place: str = "") -> Iterator[bytes]:
    """The bytes of an XML part, cut before a `<`; a fault where it declares a type or entities, or is not in UTF-8."""
    held = b""
    for piece in archive.pieces(name):
        chunk = held + piece
        cut = chunk.rfind(b"<")
        if cut > 0:
            chunk, held = chunk[:cut], chunk[cut:]
            _no_declaration(archive, name, chunk, place)
            yield chunk
        else:
            held = chunk
        if len(held) > _LONGEST_CELL:
            raise archive.fault(place, archive.entries[name].filename, _at_most(_LONGEST_CELL))
    _no_declaration(archive, name, held, place)
    yield held


_DECLARATION = re.compile(rb"<!(?!--|\[CDATA\[)")


def _no_declaration(archive: _Archive, name: str, chunk: bytes, place: str) -> None:
    if b"\0" in chunk or chunk.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise archive.fault(place, archive.entries[name].filename, _("XML in UTF-8"))
    if b"!" in chunk and (declared := _DECLARATION.search(chunk)):
        value = chunk[declared.start() : declared.start() + 40].decode("utf-8", "replace")
        raise archive.fault(place, value, _("XML without a document type or entities"))


def _pass_through(archive: _Archive, name: str) -> None:
    pieces = _plain_xml(archive, name) if name.endswith((".xml", ".rels", ".vml")) else archive.pieces(name)
    for _piece in pieces:
        pass


# ---- the parts of a workbook ----


@dataclass(frozen=True, slots=True)
class _SheetPart:
    name: str
    entry: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class _Book:
    sheets: tuple[_SheetPart, ...]
    shared: str
    styles: str
    from_1904: bool
    uncomputed: bool


def _parsed(archive: _Archive, name: str) -> Any:
    if name not in archive.entries:
        raise archive.fault("", _("no part %(part)s") % {"part": name}, _("an .xlsx workbook; save it as .xlsx"))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(archive.whole(name), parser)
    except (etree.XMLSyntaxError, ValueError):
        raise archive.fault("", archive.entries[name].filename, _("well-formed XML")) from None


def _relations(archive: _Archive, name: str, base: str) -> dict[str, tuple[str, str]]:
    """Kind and target, a name of an entry, of each relationship by its id."""
    found = {}
    for one in _parsed(archive, name).iterfind("{*}Relationship"):
        target = unquote(one.get("Target", ""))
        path = posixpath.normpath(posixpath.join("/", base, target)).lstrip("/").casefold()
        found[one.get("Id", "")] = (one.get("Type", "").rpartition("/")[2], path)
    return found


_TRUE = ("1", "true", "on")


def _find_sheets(archive: _Archive) -> _Book:
    top = _relations(archive, "_rels/.rels", "")
    main = next((path for kind, path in top.values() if kind == "officeDocument"), "")
    folder, _slash, last = main.rpartition("/")
    root = _parsed(archive, main)
    if etree.QName(root).localname != "workbook":
        raise archive.fault("", etree.QName(root).localname, _("an .xlsx workbook; save it as .xlsx"))
    relations = _relations(archive, f"{folder}/_rels/{last}.rels".lstrip("/"), folder)
    parts = []
    for sheet in root.iterfind("{*}sheets/{*}sheet"):
        name = sheet.get("name", "")
        identifier = next((value for key, value in sheet.items() if key.endswith("}id")), "")
        kind, entry = relations.get(identifier, ("worksheet", ""))
        if kind != "worksheet":
            continue
        if entry not in archive.entries:
            raise archive.fault(name, _("a sheet without its part"), _("a whole .xlsx workbook; download it again"))
        parts.append(_SheetPart(name, entry, sheet.get("state", "visible") != "visible"))
    if not 1 <= len(parts) <= MOST_SHEETS:
        raise archive.fault(
            "", _("%(count)s sheets") % {"count": len(parts)}, _("1 to %(most)s sheets") % {"most": MOST_SHEETS}
        )
    _each_once(archive, parts)
    held = {kind: path for kind, path in relations.values() if path in archive.entries}
    properties = root.find("{*}workbookPr")
    from_1904 = properties is not None and properties.get("date1904") in _TRUE
    computing = root.find("{*}calcPr")
    said = computing.attrib if computing is not None else {}
    uncomputed = said.get("fullCalcOnLoad") in _TRUE or said.get("calcCompleted", "1") not in _TRUE
    return _Book(tuple(parts), held.get("sharedStrings", ""), held.get("styles", ""), from_1904, uncomputed)


def _each_once(archive: _Archive, parts: list[_SheetPart]) -> None:
    for count in (Counter(part.name for part in parts), Counter(part.entry for part in parts)):
        if doubled := next((one for one, times in count.items() if times > 1), None):
            raise archive.fault("", doubled, _("each sheet of the workbook once"))


def _shared_strings(archive: _Archive, name: str) -> list[str]:
    """The texts that cells name by number, as `joined_text` reads them."""
    part = archive.entries[name].filename
    texts: list[str] = []
    for element in _elements(archive, name, "{*}si"):
        if len(texts) == MOST_SHARED:
            raise archive.fault("", part, _most_texts())
        place = f"{part}/si[{len(texts) + 1}]"
        if not is_shared_text(element):
            raise archive.fault(place, f"<{etree.QName(element).localname}>", plain_value())
        try:
            text = unescaped(joined_text(element)[0])
        except Cut as cut:
            raise archive.fault(place, cut.found, plain_value()) from None
        except Unkept as unkept:
            raise archive.fault(place, joined_text(element)[0][:80], unkept.expected) from None
        if len(text) > LONGEST_TEXT:
            raise archive.fault(place, text[:80], longest_text())
        texts.append(text)
    return texts


def _most_texts() -> str:
    return _("at most %(count)s shared texts") % {"count": f"{MOST_SHARED:,}"}


def _elements(archive: _Archive, name: str, *tags: str) -> Iterator[Any]:
    """The elements of some tags in a part, each as it ends; it and those before it are dropped before the next one."""
    source = etree.iterparse(
        _Stream(_plain_xml(archive, name)),
        events=("end",),
        tag=tags,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    try:
        for _event, element in source:
            yield element
            element.clear()
            while (within := element.getparent()) is not None and element.getprevious() is not None:
                del within[0]
    except (etree.XMLSyntaxError, ValueError):
        raise archive.fault("", archive.entries[name].filename, _("well-formed XML")) from None


class _Stream(io.RawIOBase):
    """Pieces of bytes as a file to read."""

    def __init__(self, pieces: Iterator[bytes]):
        self.pieces, self.held = pieces, b""

    def read(self, size: int = -1) -> bytes:
        while len(self.held) < size and (piece := next(self.pieces, b"")):
            self.held += piece
        given, self.held = self.held[:size], self.held[size:]
        return given


def _write_frame(copy: zipfile.ZipFile, book: _Book, archive: _Archive, shared: int) -> None:
    """All parts of the copy but its sheets."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    package = "http://schemas.openxmlformats.org/package/2006"
    numbers = range(1, len(book.sheets) + 1)

    def relations(*targets: tuple[str, str, str]) -> str:
        lines = (f'<Relationship Id="{key}" Type="{_RELATIONS}/{kind}" Target="{to}"/>' for key, kind, to in targets)
        return f'<Relationships xmlns="{package}/relationships">{"".join(lines)}</Relationships>'

    parts = [(f"s{number}", "worksheet", f"worksheets/sheet{number}.xml") for number in numbers]
    parts.append(("strings", "sharedStrings", "sharedStrings.xml"))
    if book.styles:
        parts.append(("styles", "styles", "styles.xml"))
        copy.writestr("xl/styles.xml", archive.whole(book.styles))
    sheets = "".join(f'<sheet name="{number}" sheetId="{number}" r:id="s{number}"/>' for number in numbers)
    copy.writestr("[Content_Types].xml", f'<Types xmlns="{package}/content-types"/>')
    copy.writestr("_rels/.rels", relations(("book", "officeDocument", "xl/workbook.xml")))
    copy.writestr("xl/_rels/workbook.xml.rels", relations(*parts))
    copy.writestr(
        "xl/workbook.xml",
        f'<workbook xmlns="{main}" xmlns:r="{_RELATIONS}"><workbookPr date1904="{int(book.from_1904)}"/>'
        f"<sheets>{sheets}</sheets></workbook>",
    )
    texts = "".join(f"<si><t>{escape(_mark(number))}</t></si>" for number in range(shared))
    copy.writestr("xl/sharedStrings.xml", f'<sst xmlns="{main}">{texts}</sst>')


# ---- the styles ----

_PERCENT_FORMATS = {"9": "0%", "10": "0.00%"}
"""The formats of percentages that are built in, by their numbers."""
_LONGEST_FORMAT = 1_000
"""Letters of a format that are looked at; spreadsheet programs write at most 255."""
_SHOWN_AS_WRITTEN = re.compile(r'\\.|"[^"]*(?:"|$)|\[[^\]]*\]|[_*].', re.DOTALL)
"""What of a number format stands for itself or for no sign: escapes, quoted text, brackets, widths and fillings."""


def shows_percent(code: str) -> bool:
    """Whether a number format shows a hundred times the number, in any of its sections."""
    return "%" in code and "%" in _SHOWN_AS_WRITTEN.sub("", code)


def _percent_styles(archive: _Archive, name: str) -> Any:
    """For each style of cells by its number whether it shows a percentage; an empty array where none does."""
    codes, numbers = dict(_PERCENT_FORMATS), []
    for element in _elements(archive, name, "{*}numFmt", "{*}xf") if name else ():
        within = element.getparent()
        if etree.QName(element).localname == "numFmt":
            codes[element.get("numFmtId", "")] = element.get("formatCode", "")[:_LONGEST_FORMAT]
        elif within is not None and etree.QName(within).localname == "cellXfs":
            numbers.append(element.get("numFmtId", "0"))
        if max(len(codes), len(numbers)) > MOST_STYLES:
            expected = _("at most %(count)s styles") % {"count": f"{MOST_STYLES:,}"}
            raise archive.fault("", archive.entries[name].filename, expected)
    shown = {number for number, code in codes.items() if shows_percent(code)}
    styles = np.array([number in shown for number in numbers], bool)
    return styles if styles.any() else styles[:0]


# ---- the cells of a sheet ----


def _too_large(file: str, sheet: str, measured: Measured) -> BadInput:
    value = _("%(rows)s rows × %(columns)s columns") % {
        "rows": f"{measured.rows:,}",
        "columns": f"{measured.columns:,}",
    }
    expected = _("at most %(count)s cells, blanks among them; part the workbook, or clear what stands far off") % {
        "count": f"{MOST_CELLS:,}"
    }
    return BadInput(Fault(file, f"{sheet}!{measured.last}", value, expected))


def _checked_sheet(part: _SheetPart, measured: Measured) -> CheckedSheet:
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


def _measure(archive: _Archive, part: _SheetPart, percent: Any, sink: IO[bytes]) -> Measured:
    """Copy a sheet and count in it what the guard must know. `percent` says of each style if it shows a percentage.

    Sheets as spreadsheet programs write them, every cell with its reference as first attribute, are measured by whole
    arrays of bytes; any other is gone through once more, mark-up by mark-up.
    """
    measured = _measure_copying(archive, part, percent, sink)
    if measured is None:
        chunks = _by_cells(_plain_xml(archive, part.entry, part.name))

        def refuse(cell: str, value: str, expected: str) -> BadInput:
            return archive.fault(f"{part.name}!{cell}" if cell else part.name, value, expected)

        measured = measure_markup(chunks, percent, refuse)
    if len(measured.merged) > MOST_MERGED:
        expected = _("at most %(count)s merged ranges") % {"count": f"{MOST_MERGED:,}"}
        raise archive.fault(part.name, f"{len(measured.merged):,}", expected)
    if measured.columns_told > LAST_COLUMN:
        expected = _("at most %(count)s <col> in a sheet") % {"count": f"{LAST_COLUMN:,}"}
        raise archive.fault(part.name, f"{measured.columns_told:,}", expected)
    if len(measured.texts) > MOST_TEXTS:
        raise archive.fault(part.name, part.name, _most_texts())
    if measured.rows > LAST_ROW or measured.columns > LAST_COLUMN:
        last = f"{column_letters(LAST_COLUMN - 1)}{LAST_ROW}"
        raise archive.fault(f"{part.name}!{measured.last}", measured.last, _("a cell up to %(last)s") % {"last": last})
    return measured


_ROOT = re.compile(rb"<([^\s<>/?!]+)")
_LONGEST_END = 200
"""Bytes at the end of a sheet in which the end of its root is looked for."""


def _measure_copying(archive: _Archive, part: _SheetPart, percent: Any, sink: IO[bytes]) -> Measured | None:
    """What is measured by arrays as the sheet is copied; None where it is written in an unusual way."""
    measured, so_far, plain, headed = Measured(), SoFar(), True, False
    root, last = None, b""
    for chunk in _by_cells(_plain_xml(archive, part.entry, part.name)):
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
        if cut >= 0 and len(chunk) - cut < _LONGEST_CELL:
            if cut:
                yield chunk[:cut]
            held = chunk[cut:]
        else:
            yield chunk
            held = b""
    yield held
