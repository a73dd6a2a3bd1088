"""The zip archive that a workbook is, checked for what a workbook never has and unpacked within limits.

Its XML parts are read as it is unpacked: piece by piece, as a tree where they are small, or element by element.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from comity.evidence.errors import BadInput, Fault
from comity.evidence.files.refused_formats import beginning, is_zip, other_format
from comity.evidence.workbooks import limits

_PIECE = 2**18
LONGEST_CELL = 4 * 2**20
"""Bytes of a cell with its mark-up."""


class Archive:
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
        if len(found) > limits.MOST_ENTRIES:
            raise self.fault(
                "", str(len(found)), _("at most %(count)s entries in the archive") % {"count": limits.MOST_ENTRIES}
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
        if unpacked > limits.MOST_UNPACKED:
            raise self.fault("", _in_megabytes(unpacked), _at_most(limits.MOST_UNPACKED))
        for entry in self.entries.values():
            if entry.file_size > max(limits.RATIO_COUNTS_FROM, limits.MOST_RATIO * entry.compress_size):
                ratio = entry.file_size // max(1, entry.compress_size)
                value = _("%(part)s, packed to one part in %(ratio)s") % {"part": entry.filename, "ratio": ratio}
                raise self.fault("", value, _("at most one part in %(ratio)s") % {"ratio": limits.MOST_RATIO})

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
        if self.entries[name].file_size > limits.MOST_WHOLE:
            raise self.fault("", self.entries[name].filename, _at_most(limits.MOST_WHOLE))
        return b"".join(plain_xml(self, name))


def _in_megabytes(size: int) -> str:
    return _("%(size)s MB unpacked") % {"size": f"{size / 2**20:,.0f}"}


def _at_most(size: int) -> str:
    return _("at most %(size)s MB") % {"size": f"{size // 2**20:,}"}


def plain_xml(archive: Archive, name: str, place: str = "") -> Iterator[bytes]:
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
        if len(held) > LONGEST_CELL:
            raise archive.fault(place, archive.entries[name].filename, _at_most(LONGEST_CELL))
    _no_declaration(archive, name, held, place)
    yield held


_DECLARATION = re.compile(rb"<!(?!--|\[CDATA\[)")


def _no_declaration(archive: Archive, name: str, chunk: bytes, place: str) -> None:
    if b"\0" in chunk or chunk.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise archive.fault(place, archive.entries[name].filename, _("XML in UTF-8"))
    if b"!" in chunk and (declared := _DECLARATION.search(chunk)):
        value = chunk[declared.start() : declared.start() + 40].decode("utf-8", "replace")
        raise archive.fault(place, value, _("XML without a document type or entities"))


def pass_through(archive: Archive, name: str) -> None:
    pieces = plain_xml(archive, name) if name.endswith((".xml", ".rels", ".vml")) else archive.pieces(name)
    for _piece in pieces:
        pass


def parsed(archive: Archive, name: str) -> Any:
    if name not in archive.entries:
        raise archive.fault("", _("no part %(part)s") % {"part": name}, _("an .xlsx workbook; save it as .xlsx"))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(archive.whole(name), parser)
    except (etree.XMLSyntaxError, ValueError):
        raise archive.fault("", archive.entries[name].filename, _("well-formed XML")) from None


def elements(archive: Archive, name: str, *tags: str) -> Iterator[Any]:
    """The elements of some tags in a part, each as it ends; it and those before it are dropped before the next one."""
    source = etree.iterparse(
        _Stream(plain_xml(archive, name)),
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
