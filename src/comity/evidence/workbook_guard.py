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
from dataclasses import dataclass, field
from typing import IO, Any
from urllib.parse import unquote
from xml.sax.saxutils import escape

import numpy as np
from django.utils.translation import gettext as _
from lxml import etree
from numpy.lib.stride_tricks import sliding_window_view

from comity.evidence.errors import BadInput, Fault
from comity.evidence.other_formats import beginning, is_zip, other_format
from comity.evidence.places import LAST_COLUMN, LAST_ROW, column_index, column_letters
from comity.evidence.workbook import LONGEST_TEXT, PLACES_NAMED, longest_text

MOST_ENTRIES = 4_000
MOST_UNPACKED = 256 * 2**20
"""Bytes of all parts together, as the archive claims them and as they are."""
MOST_WHOLE = 8 * 2**20
"""Bytes of a part that is read as a tree, as the list of sheets or the styles: the tree takes thirty times as many."""
MOST_RATIO = 100
RATIO_COUNTS_FROM = 8 * 2**20
"""A part may unpack to a hundred times its packed size; real sheets come to about ten. Smaller parts may to any."""
MOST_CELLS = 5_000_000
"""Cells of the rectangles about the used cells of all sheets, blanks among them: what is read within 1 GiB."""
MOST_SHEETS = 1_000
MOST_SHARED = 500_000
"""Shared strings, whether cells name them or not."""
MOST_STYLES = 100_000
"""Styles of cells, and formats of numbers; spreadsheet programs have 65,490."""
MOST_MERGED = 100_000
"""Merged ranges of a sheet."""

_PIECE = 2**18
_LONGEST_CELL = 4 * 2**20
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@dataclass(frozen=True, slots=True)
class CheckedSheet:
    """What the guard learned of a sheet. Rows and columns count from 0, ranges hold both their ends.

    `errors` are the cells that show an error value such as `#N/A`, which calamine gives as blank. `percents` are the
    cells whose style shows a percentage, which calamine does not tell: rows and their columns, in several pieces.
    """

    name: str
    hidden: bool
    formulas: int
    formula_places: tuple[str, ...]
    errors: dict[tuple[int, int], str]
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
            sheets.append(measured.sheet(part))
    return CheckedWorkbook(tuple(sheets), {_mark(number): text for number, text in enumerate(shared)})


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
    from_1904 = properties is not None and properties.get("date1904", "") in ("1", "true", "on")
    return _Book(tuple(parts), held.get("sharedStrings", ""), held.get("styles", ""), from_1904)


def _each_once(archive: _Archive, parts: list[_SheetPart]) -> None:
    for count in (Counter(part.name for part in parts), Counter(part.entry for part in parts)):
        if doubled := next((one for one, times in count.items() if times > 1), None):
            raise archive.fault("", doubled, _("each sheet of the workbook once"))


_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def _shared_strings(archive: _Archive, name: str) -> list[str]:
    """The texts that cells name by number: runs of rich text joined, readings of East Asian words left out.

    What is raised beside a number is written so: `120¹`, which is no 1201.
    """
    texts: list[str] = []
    for element in _elements(archive, name, "{*}si"):
        if len(texts) == MOST_SHARED:
            raise archive.fault("", archive.entries[name].filename, _most_texts())
        for reading in list(element.iter("{*}rPh")):
            reading.clear()
        _raise_marks(element)
        text = "".join(part.text or "" for part in element.iter("{*}t"))
        texts.append(_unescaped(text, archive) if "_x" in text else text)
        if len(texts[-1]) > LONGEST_TEXT:
            raise archive.fault("", texts[-1][:80], longest_text())
    return texts


def _most_texts() -> str:
    return _("at most %(count)s shared texts") % {"count": f"{MOST_SHARED:,}"}


def _unescaped(text: str, archive: _Archive) -> str:
    """A text with the characters that are spelled out in it, as `_x000D_`; those above U+FFFF are spelled as pairs."""
    plain = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    try:
        plain = plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    except UnicodeDecodeError:
        raise archive.fault("", text[:80], _("text of Unicode characters")) from None
    if "\0" in plain:
        raise archive.fault("", text[:80], _("text without null characters"))
    return plain


_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_OF_A_NUMBER = re.compile(r"[<>≤≥~\s]*\d[\d\s.,'’]*(?:%\s*)?")
_INLINE = re.compile(rb"<((?:[\w.-]+:)?is)(?=[\s>])(?:[^<]++|<(?!/?(?:[\w.-]+:)?is[\s>]))*+</\1\s*>")


def _raise_marks(text: Any) -> bool:
    """Write the digits of raised runs of rich text as raised where they stand behind a number, as marks of notes do.

    Gives whether there were any.
    """
    runs = [(run.find("{*}rPr/{*}vertAlign[@val='superscript']") is not None, run) for run in text.iterfind("{*}r")]
    if not any(is_raised for is_raised, _run in runs):
        return False
    parts = [(is_raised, part) for is_raised, run in runs for part in run.findall("{*}t")]
    if not _OF_A_NUMBER.fullmatch("".join(part.text or "" for is_raised, part in parts if not is_raised)):
        return False
    for is_raised, part in parts:
        if is_raised:
            part.text = (part.text or "").translate(_RAISED)
    return True


def _with_marks_raised(chunk: bytes) -> bytes:
    """The same of the texts that stand in the cells of a piece of a sheet; any other byte stays as it is."""
    return _INLINE.sub(_inline, chunk) if b"superscript" in chunk else chunk


def _inline(match: re.Match[bytes]) -> bytes:
    prefix = match[1].rpartition(b":")[0]
    declared = b' xmlns:%b="x"' % prefix if prefix else b""
    try:
        text = etree.fromstring(match[0].replace(match[1], match[1] + declared, 1), _NOTHING_BEYOND)
    except etree.XMLSyntaxError:
        return match[0]
    if not _raise_marks(text):
        return match[0]
    joined = "".join(part.text or "" for part in text.iter("{*}t"))
    name = match[1]
    of_text = name.removesuffix(b"is") + b"t"
    return b"<%b><%b>%b</%b></%b>" % (name, of_text, escape(joined).encode(), of_text, name)


_NOTHING_BEYOND = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


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


@dataclass(slots=True)
class _Measured:
    """What is counted in a sheet as its pieces pass."""

    rows: int = 0
    columns: int = 0
    last: str = ""
    formulas: int = 0
    formula_places: list[str] = field(default_factory=list)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    percents: list[tuple[Any, Any]] = field(default_factory=list)
    percent_cells: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
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

    def hide_row(self, row: int) -> None:
        """Note a hidden row by its number from 0."""
        if 0 <= row < LAST_ROW:
            self.hidden_rows.add(row)

    def sheet(self, part: _SheetPart) -> CheckedSheet:
        """What the guard says of the sheet; of hidden rows and columns those that its rectangle reaches."""
        return CheckedSheet(
            part.name,
            part.hidden,
            self.formulas,
            tuple(self.formula_places),
            self.errors,
            tuple(self.merged),
            tuple(self.percents),
            tuple(sorted(row for row in self.hidden_rows if row < self.rows)),
            tuple(sorted(column for column in self.hidden_columns if column < self.columns)),
            self.may_be_long,
        )


def _too_large(file: str, sheet: str, measured: _Measured) -> BadInput:
    value = _("%(rows)s rows × %(columns)s columns") % {
        "rows": f"{measured.rows:,}",
        "columns": f"{measured.columns:,}",
    }
    expected = _("at most %(count)s cells, blanks among them; part the workbook, or clear what stands far off") % {
        "count": f"{MOST_CELLS:,}"
    }
    return BadInput(Fault(file, f"{sheet}!{measured.last}", value, expected))


def _measure(archive: _Archive, part: _SheetPart, percent: Any, sink: IO[bytes]) -> _Measured:
    """Copy a sheet and count in it what the guard must know. `percent` says of each style if it shows a percentage.

    Sheets as spreadsheet programs write them, every cell with its reference as first attribute, are measured by whole
    arrays of bytes; any other is gone through once more, mark-up by mark-up.
    """
    measured, plain, headed = _Measured(), True, False
    for chunk in _by_cells(_plain_xml(archive, part.entry, part.name)):
        plain = plain and _measure_plain(chunk, percent, measured)
        if not headed and b"<sheetData" in chunk:
            # calamine goes through the whole sheet a second time for a list of merged ranges: it finds an empty one.
            chunk, headed = chunk.replace(b"<sheetData", b"<mergeCells/><sheetData", 1), True
        sink.write(_with_marks_raised(chunk))
    if not plain:
        measured = _measure_any(archive, part, percent)
        measured.may_be_long = True
    if len(measured.merged) > MOST_MERGED:
        expected = _("at most %(count)s merged ranges") % {"count": f"{MOST_MERGED:,}"}
        raise archive.fault(part.name, f"{len(measured.merged):,}", expected)
    if measured.rows > LAST_ROW or measured.columns > LAST_COLUMN:
        last = f"{column_letters(LAST_COLUMN - 1)}{LAST_ROW}"
        raise archive.fault(f"{part.name}!{measured.last}", measured.last, _("a cell up to %(last)s") % {"last": last})
    return measured


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


_SPACE, _QUOTE, _APOSTROPHE, _SLASH, _COLON, _LESS, _EQUALS, _GREATER = b" \"'/:<=>"
_A, _ZERO, _C, _E, _F, _H, _I, _M, _R, _S, _T = b"A0cefhimrst"
_REFERENCE = 11
"""Three letters, seven digits and the quote after them: the bytes of the longest reference."""
_ERROR_CELL = re.compile(rb"t=[\"']e[\"'][^<>]*>(?:<f[^<>]*>[^<]*</f>|<f[^<>]*/>)?<v[^<>]*>([^<]*)<")
_MERGED = re.compile(
    rb"<(?:[\w.-]+:)?mergeCell\s[^<>]*?\bref\s*=\s*[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})[\"']"
)


_HIDDEN_ROW = re.compile(rb"<row(?=\s)(?: r=\"(\d{1,7})\")?[^<>]*?\shidden\s*=\s*[\"'](?:1|true)[\"']")
_COLUMNS = re.compile(rb"<(?:[\w.-]+:)?col(?=\s)([^<>]*)")


def _measure_plain(chunk: bytes, percent: Any, measured: _Measured) -> bool:
    """Measure the cells of a chunk by arrays; False where one is written otherwise than programs write it."""
    letters = np.frombuffer(chunk + b" " * 32, np.uint8)
    first, second, third = letters[:-2], letters[1:-1], letters[2:]
    opened, is_c, is_r = first == _LESS, second == _C, second == _R
    if _ending(third, np.flatnonzero((first == _COLON) & is_c)).size:
        return False
    beginning_c = np.flatnonzero(opened & is_c)
    cells = _ending(third, beginning_c)
    rows = np.flatnonzero(opened & is_r)
    with_reference = np.all(letters[rows[:, None] + np.arange(2, 8)] == np.frombuffer(b'ow r="', np.uint8), axis=1)
    before = first[np.flatnonzero(is_r & ((third == _EQUALS) | (third <= _SPACE)))]
    references = np.count_nonzero((before <= _SPACE) | (before == _QUOTE) | (before == _APOSTROPHE))
    # calamine believes the last of several r attributes: none but the first of each cell and row may be there.
    if references != len(cells) + np.count_nonzero(with_reference):
        return False
    if len(cells):
        measured.may_be_long |= int(np.diff(cells, append=len(chunk)).max()) > LONGEST_TEXT
        places = _references(letters, cells)
        if places is None or not _percent_cells(letters, cells, *places, percent, measured):
            return False
        measured.reach(int(places[0].max()), int(places[1].max()))
    if len(cells) < len(beginning_c):
        _hidden_columns(chunk, measured)
    if np.any((second == _H) & (third == _I) & (first <= _SPACE)) and not _hidden_rows(chunk, measured):
        return False
    formulas = _ending(third, np.flatnonzero(opened & (second == _F)))
    measured.formulas += len(formulas)
    for at in formulas[: PLACES_NAMED - len(measured.formula_places)]:
        measured.formula_places.append(_reference_at(chunk, _cell_before(cells, at)))
    of_errors = np.flatnonzero((first[:-1] == _T) & (second[:-1] == _EQUALS) & (letters[3:] == _E))
    for at in _first_in_tags(letters, cells, of_errors).tolist() if len(of_errors) else ():
        if found := _ERROR_CELL.match(chunk, at):
            column, row = _parts_of(_reference_at(chunk, _cell_before(cells, at)))
            measured.errors[row, column] = found[1].decode("utf-8", "replace")
    if len(measured.merged) <= MOST_MERGED and np.any(opened & (second == _M)):
        _merged_ranges(chunk, measured)
    return True


def _first_in_tags(letters: Any, cells: Any, found: Any) -> Any:
    """Of some places, the first within the tag of each cell; what stands in a cell's text is none of its attributes."""
    if not len(cells):
        return found[:0]
    owner = np.searchsorted(cells, found) - 1
    closed = np.append(np.flatnonzero(letters == _GREATER), len(letters))
    within = (owner >= 0) & (found < closed[np.searchsorted(closed, cells[owner])])
    _owners, first = np.unique(owner[within], return_index=True)
    return found[within][first]


def _ending(third: Any, found: Any) -> Any:
    """Those of the two-byte beginnings found after which the name ends."""
    after = third[found]
    return found[(after <= _SPACE) | (after == _GREATER) | (after == _SLASH)]


def _references(letters: Any, cells: Any) -> tuple[Any, Any] | None:
    """Rows and columns from 0 of some cells by their references; None where one is no plain reference."""
    window = np.ascontiguousarray(sliding_window_view(letters, 6 + _REFERENCE)[cells].T)
    plain = (window[2] <= _SPACE) & (window[3] == _R) & (window[4] == _EQUALS) & (window[5] == _QUOTE)
    column = np.zeros(len(cells), np.uint32)
    row = np.zeros(len(cells), np.uint32)
    lettering = plain.copy()
    numbering = plain.copy()
    for at, byte in enumerate(window[6:]):
        letter = byte - _A
        digit = byte - _ZERO
        if at < 3:
            lettering &= letter < 26
            column = np.where(lettering, column * 26 + letter + 1, column)
        else:
            lettering[:] = False
        numbered = numbering & ~lettering & (digit < 10)
        row = np.where(numbered, row * 10 + digit, row)
        ended = numbering & ~lettering & ~numbered
        plain &= ~ended | (byte == _QUOTE)
        numbering &= ~ended
        if not numbering.any():
            break
    plain &= ~numbering & (column > 0) & (row > 0)
    return (row - 1, column - 1) if plain.all() else None


_LONGEST_STYLE = 6
"""Five digits and the quote after them: a workbook has at most 65,490 styles."""


def _percent_cells(letters: Any, cells: Any, rows: Any, columns: Any, percent: Any, measured: _Measured) -> bool:
    """Note the cells whose style shows a percentage; False where one names its style otherwise than programs do.

    A cell's own `s` alone decides; without it, the cell has style 0, whatever its row and column have.
    """
    if not len(percent):
        return True
    second, third = letters[1:-1], letters[2:]
    at = np.flatnonzero((second == _S) & ((third == _EQUALS) | (third <= _SPACE)))
    before = letters[at]
    at = at[(before <= _SPACE) | (before == _QUOTE) | (before == _APOSTROPHE)]
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
    window = np.ascontiguousarray(sliding_window_view(letters, 4 + _LONGEST_STYLE)[at].T)
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


def _hidden_rows(chunk: bytes, measured: _Measured) -> bool:
    """Note the hidden rows of a chunk; False where one does not begin with its number."""
    numbers = _HIDDEN_ROW.findall(chunk)
    if b"" in numbers:
        return False
    for number in numbers:
        measured.hide_row(int(number) - 1)
    return True


def _hidden_columns(chunk: bytes, measured: _Measured) -> None:
    for attributes in _COLUMNS.findall(chunk):
        said = dict(_ATTRIBUTE.findall(attributes))
        first, last = said.get(b"min", b""), said.get(b"max", b"")
        if said.get(b"hidden") in (b"1", b"true") and _NUMBER.fullmatch(first) and _NUMBER.fullmatch(last):
            measured.hidden_columns.update(range(int(first) - 1, min(int(last), LAST_COLUMN)))


def _cell_before(cells: Any, at: int) -> int:
    return int(cells[max(0, int(np.searchsorted(cells, at)) - 1)]) if len(cells) else -1


def _reference_at(chunk: bytes, cell: int) -> str:
    start = cell + 6
    return chunk[start : chunk.find(b'"', start)].decode("ascii", "replace") if cell >= 0 else ""


_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})", re.ASCII)


def _parts_of(reference: str) -> tuple[int, int]:
    """Column and row from 0 of a cell's reference; raises ValueError where it is none."""
    match = _CELL.fullmatch(reference)
    if match is None:
        raise ValueError(reference)
    return column_index(match[1]), int(match[2]) - 1


def _merged_ranges(chunk: bytes, measured: _Measured) -> None:
    for left, top, right, bottom in _MERGED.findall(chunk):
        measured.merged.append(
            (int(top) - 1, column_index(left.decode()), int(bottom) - 1, column_index(right.decode()))
        )


# ---- a sheet written in an unusual way ----

_HEAD = re.compile(rb"<(?:[^\s<>/:!?]*:)?(?:row|c)(?=[\s/>])")
_MARKUP = re.compile(
    rb"<(?P<end>/?)(?:[^\s<>/:!?]*:)?(?P<name>row|c|f|v)(?P<attributes>(?:\s+[^\s=<>\"'/]+\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'))*)"
    rb"\s*(?P<empty>/?)>(?P<text>[^<]*)"
)
_ATTRIBUTE = re.compile(rb"(?<![^\s=\"'])([^\s=\"']++)\s*+=\s*[\"']([^\"']*)[\"']")
_NUMBER = re.compile(rb"[1-9]\d{0,6}")


def _measure_any(archive: _Archive, part: _SheetPart, percent: Any) -> _Measured:
    """Measure a sheet by its mark-up, also where cells and rows carry no reference and count on from the one before.

    What could mean one thing here and another to calamine is refused: comments, sections of characters, instructions,
    an attribute twice, a reference that is none.
    """
    measured, at = _Measured(), _Standing(frozenset(np.flatnonzero(percent).tolist()))
    for number, chunk in enumerate(_plain_xml(archive, part.entry, part.name)):
        instructions = chunk.count(b"<?") - (number == 0 and chunk.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?xml"))
        if instructions or b"<!" in chunk:
            raise archive.fault(part.name, archive.entries[part.entry].filename, _("a sheet of cells without comments"))
        marks = list(_MARKUP.finditer(chunk))
        heads = sum(1 for mark in marks if mark["name"] in (b"row", b"c") and not mark["end"])
        if heads != sum(1 for _head in _HEAD.finditer(chunk)):
            raise archive.fault(part.name, archive.entries[part.entry].filename, _("well-formed XML"))
        for mark in marks:
            if not _step(mark, at, measured):
                value = mark[0][:60].decode("utf-8", "replace")
                raise archive.fault(part.name, value, _("a cell or row with its reference, as in C14"))
        if len(measured.merged) <= MOST_MERGED:
            _merged_ranges(chunk, measured)
        _hidden_columns(chunk, measured)
        if at.percents:
            measured.show_percent(*np.array(at.percents).T)
            at.percents.clear()
    return measured


@dataclass(slots=True)
class _Standing:
    """Where the next row and cell stand that say nothing of it, the cell being read, and the percentages of a piece."""

    percent: frozenset[int]
    row: int = 0
    column: int = 0
    cell: tuple[int, int] = (0, 0)
    shows_error: bool = False
    percents: list[tuple[int, int]] = field(default_factory=list)


def _step(mark: re.Match[bytes], at: _Standing, measured: _Measured) -> bool:
    """Take a piece of mark-up into account; False where its reference is none or stands twice."""
    name, closed = mark["name"], bool(mark["end"] or mark["empty"])
    pairs = _ATTRIBUTE.findall(mark["attributes"])
    said = dict(pairs)
    if len(said) != len(pairs):
        return False
    if name == b"row" and not mark["end"] and b"r" in said:
        if not _NUMBER.fullmatch(said[b"r"]):
            return False
        at.row = int(said[b"r"]) - 1
    if name == b"row" and not mark["end"] and said.get(b"hidden") in (b"1", b"true"):
        measured.hide_row(at.row)
    if name == b"row" and closed:
        at.row, at.column = at.row + 1, 0
    if name == b"c":
        return _step_cell(said, bool(mark["end"]), closed, at, measured)
    if name == b"f" and not mark["end"]:
        measured.formulas += 1
        if len(measured.formula_places) < PLACES_NAMED:
            measured.formula_places.append(f"{column_letters(at.cell[1])}{at.cell[0] + 1}")
    if name == b"v" and not closed and at.shows_error:
        measured.errors[at.cell] = mark["text"].decode("utf-8", "replace")
    return True


def _step_cell(said: dict[bytes, bytes], end: bool, closed: bool, at: _Standing, measured: _Measured) -> bool:
    if not end:
        at.cell = (at.row, at.column)
        if b"r" in said:
            try:
                column, row = _parts_of(said[b"r"].decode("ascii", "replace"))
            except ValueError:
                return False
            at.cell, at.column = (row, column), column
        at.shows_error = said.get(b"t") == b"e"
        measured.reach(*at.cell)
        style = said.get(b"s", b"0")
        if at.percent and len(style) < _LONGEST_STYLE and style.isdigit() and int(style) in at.percent:
            at.percents.append(at.cell)
    if closed:
        at.column += 1
    return True
