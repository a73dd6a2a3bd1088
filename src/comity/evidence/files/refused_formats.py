"""What a file is that Comity cannot read, and what to do with it: known by its content, whatever it is named.

Only the first bytes and the list of what a container holds are looked at. Formats: [MS-CFB] for files of old Office
programs and for locked ones, APPNOTE of PKWARE for zip archives, and for the others the bytes that begin each.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from comity.evidence.wording import gettext as _

MOST_NAMES = 4_000
"""Names of parts read from a container; no workbook has more."""
NAMES_SHOWN = 3

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BEGINNING = 4_096
_TEXT_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")


@dataclass(frozen=True, slots=True)
class OtherFormat:
    """What a file is, as `a PDF document`, and what its holder can do, as `save it as .xlsx`."""

    what: str
    remedy: str


def other_format(name: str, data: bytes) -> OtherFormat | None:
    """What a file is and what its holder can do; None for text, for an .xlsx workbook, for what is not known.

    Never raises. The name only settles what the content leaves open: an old Office file that is cut short.
    """
    ending = name.rpartition(".")[2].casefold()
    if data.startswith(_TEXT_MARKS):
        return None
    if data.startswith(_OLE):
        return _old_office(ending, data)
    if is_zip(data) or data.startswith((b"PK\x05\x06", b"PK\x07\x08")):
        return _zipped(data)
    return _by_first_bytes(data) or _marked_up(ending, data)


def is_web_text(data: bytes) -> bool:
    """Whether what begins so is a web page or a web archive, which are texts, whatever else can be read of them."""
    start = data[:_BEGINNING]
    return bool(_WEB_PAGE.match(start) or (_WEB_ARCHIVE.match(start) and b"multipart/related" in start))


def beginning(data: bytes) -> str:
    """The first line of what is text, as far as a sentence shows it; of other bytes the first eight."""
    text = data[:40].decode("utf-8", "replace")
    line = (text.splitlines() or [""])[0]
    return line if line.isprintable() and "\ufffd" not in line[:-1] else data[:8].hex(" ").upper()


def _as_xlsx() -> str:
    return _("save it as .xlsx")


def _as_table_or_text() -> str:
    return _("save its table as .xlsx, or its text as .txt in UTF-8")


# ---- what begins with bytes of its own ----


def _by_first_bytes(data: bytes) -> OtherFormat | None:
    if data.startswith((b"\t\x00\x04\x00", b"\t\x02\x06\x00", b"\t\x04\x06\x00", b"\t\x08")):
        return OtherFormat(_("a workbook of Excel before 1997 (.xls)"), _as_xlsx())
    if data.startswith(b"%PDF-"):
        return OtherFormat(_("a PDF document"), _as_table_or_text())
    if data.startswith(b"{\\rtf"):
        return OtherFormat(_("a Rich Text document (.rtf)"), _as_table_or_text())
    if image := _image(data):
        remedy = _("ask for the table or text that it shows, or write it down in a file")
        return OtherFormat(_("an image (%(format)s)") % {"format": image}, remedy)
    if packed := _packed(data):
        return OtherFormat(_("a file packed by %(program)s") % {"program": packed}, _("unpack it"))
    if program := _database(data):
        return OtherFormat(_("a data file of %(program)s") % {"program": program}, _("save its table as .csv or .xlsx"))
    return None


def _image(data: bytes) -> str:
    kinds = {
        "PNG": (b"\x89PNG\r\n\x1a\n",),
        "JPEG": (b"\xff\xd8\xff",),
        "GIF": (b"GIF87a", b"GIF89a"),
        "TIFF": (b"II*\0", b"MM\0*"),
    }
    # Texts may begin with RIFF and BM too: a header of known sizes must follow.
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WebP"
    if data[:2] == b"BM" and data[6:10] == b"\0\0\0\0" and data[14:18] in (b"\x0c\0\0\0", b"\x28\0\0\0", b"\x7c\0\0\0"):
        return "BMP"
    return next((kind for kind, starts in kinds.items() if data.startswith(starts)), "")


def _packed(data: bytes) -> str:
    kinds = {
        "gzip": (b"\x1f\x8b\x08",),
        "bzip2": tuple(b"BZh%d1AY&SY" % level for level in range(1, 10)),
        "xz": (b"\xfd7zXZ\0",),
        "7-Zip": (b"7z\xbc\xaf\x27\x1c",),
        "RAR": (b"Rar!\x1a\x07",),
        "Zstandard": (b"\x28\xb5\x2f\xfd",),
    }
    return next((kind for kind, starts in kinds.items() if data.startswith(starts)), "")


def _database(data: bytes) -> str:
    kinds = {
        "SQLite": (b"SQLite format 3\0",),
        "Parquet": (b"PAR1\x15", b"PAR1\x19", b"PARE"),
        "Arrow": (b"ARROW1\0\0",),
        "SPSS (.sav)": (b"$FL2@(#)", b"$FL3@(#)"),
        "Stata (.dta)": (b"<stata_dta>",),
        "Access": (b"\0\x01\0\0Standard Jet DB\0", b"\0\x01\0\0Standard ACE DB\0"),
    }
    return next((kind for kind, starts in kinds.items() if data.startswith(starts)), "")


# ---- what is text by its bytes and a workbook by its name ----

_LEADING = rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^<>]*\?>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*"
_WEB_PAGE = re.compile(_LEADING + rb"<(?:!doctype\s+html|html|head|meta|body|table)\b", re.IGNORECASE | re.DOTALL)
_EXCEL_XML = re.compile(
    rb"<\?mso-application\s+progid=[\"']Excel\.Sheet[\"']|urn:schemas-microsoft-com:office:spreadsheet"
)
_WORD_XML = re.compile(rb"<\?mso-application\s+progid=[\"']Word\.Document[\"']")
_WEB_ARCHIVE = re.compile(rb"(?:[\w-]+:[^\r\n]*\r?\n)*?MIME-Version:", re.IGNORECASE)


def _marked_up(ending: str, data: bytes) -> OtherFormat | None:
    start = data[:_BEGINNING]
    as_old = ending in ("xls", "xlsx", "xlt")
    if _WEB_PAGE.match(start):
        what = _("a web page (HTML) that is named as a workbook") if as_old else _("a web page (HTML)")
        return OtherFormat(what, _as_xlsx() if as_old else _as_table_or_text())
    if _WEB_ARCHIVE.match(start) and b"multipart/related" in start:
        what = _("a web archive (MHTML) that is named as a workbook") if as_old else _("a web archive (MHTML)")
        return OtherFormat(what, _as_xlsx() if as_old else _as_table_or_text())
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        if _EXCEL_XML.search(start):
            return OtherFormat(_("an Excel 2003 workbook in XML"), _as_xlsx())
        if _WORD_XML.search(start):
            return OtherFormat(_("a Word 2003 document in XML"), _as_table_or_text())
    return None


# ---- the compound files of old Office programs, and of locked workbooks ----


def _old_office(ending: str, data: bytes) -> OtherFormat:
    """A file that begins as an old Office one, by what stands at its top; by the name's ending where that is lost."""
    names = set(_names_at_top(data))
    if names & {"EncryptedPackage", "EncryptionInfo"}:
        if ending.startswith(("doc", "ppt")):
            return OtherFormat(_("a document locked with a password"), _("save it without one"))
        return OtherFormat(_("a workbook locked with a password"), _("save it without one as .xlsx"))
    if names & {"Workbook", "Book", "WORKBOOK", "BOOK"} or (not names and ending in ("xls", "xlt", "xlsx")):
        return OtherFormat(_("an Excel 97–2003 workbook (.xls)"), _as_xlsx())
    if "WordDocument" in names or (not names and ending in ("doc", "dot")):
        return OtherFormat(_("a Word 97–2003 document (.doc)"), _as_table_or_text())
    if "PowerPoint Document" in names or (not names and ending in ("ppt", "pps")):
        return OtherFormat(_("a PowerPoint 97–2003 presentation (.ppt)"), _as_table_or_text())
    return OtherFormat(_("an Office 97–2003 file (such as .xls or .doc)"), _as_table_or_text())


_NO_STREAM = 0xFFFFFFFF


def _names_at_top(data: bytes) -> Iterator[str]:
    """The names of what stands at the top of a compound file, [MS-CFB] 2.6: what is embedded deeper is left out."""
    entries = list(islice(_directory(data), MOST_NAMES))
    if not entries:
        return
    waiting, seen = [struct.unpack_from("<I", entries[0], 76)[0]], set()
    while waiting:
        number = waiting.pop()
        if number in seen or number >= len(entries):
            continue
        seen.add(number)
        length, left, right = struct.unpack_from("<H2xII", entries[number], 64)
        yield entries[number][: min(max(length - 2, 0), 64)].decode("utf-16-le", "replace")
        waiting += (left, right)


def _directory(data: bytes) -> Iterator[bytes]:
    """The entries of a compound file's directory, 128 bytes each, as far as the file reaches; at most MOST_NAMES."""
    if len(data) < 512:
        return
    power = struct.unpack_from("<H", data, 30)[0]
    size = 1 << power if power in (9, 12) else 512
    sector = struct.unpack_from("<I", data, 48)[0]
    for _step in range(MOST_NAMES * 128 // size):
        held = data[(sector + 1) * size : (sector + 2) * size]
        if len(held) < 128:
            return
        yield from (held[at : at + 128] for at in range(0, len(held) - 127, 128))
        sector = _sector_after(data, sector, size)


def _sector_after(data: bytes, sector: int, size: int) -> int:
    """The next sector of a chain, by the table of sectors, which is found over a chain of its own, [MS-CFB] 2.5."""
    number, at = divmod(sector, size // 4)
    if number < 109:
        table = _word(data, 76 + 4 * number)
    else:
        steps, place = divmod(number - 109, size // 4 - 1)
        listing = _word(data, 68)
        for _step in range(min(steps, MOST_NAMES)):
            listing = _word(data, (listing + 2) * size - 4)
        table = _word(data, (listing + 1) * size + 4 * place)
    return _word(data, (table + 1) * size + 4 * at)


def _word(data: bytes, at: int) -> int:
    return int(struct.unpack_from("<I", data, at)[0]) if at + 4 <= len(data) else _NO_STREAM


# ---- zip archives ----


def is_zip(data: bytes) -> bool:
    """Whether bytes begin as a zip archive does."""
    return data[:4] == b"PK\x03\x04"


def holds_workbook(names: list[str]) -> bool:
    """Whether names of an archive's parts are those of an .xlsx workbook, and of no other Office file."""
    small = [name.replace("\\", "/").casefold() for name in names]
    others = ("word/", "ppt/", "xl/workbook.bin", "mimetype")
    listed = "[content_types].xml" in small and any(name.startswith("xl/") for name in small)
    return listed and not any(name.startswith(others) for name in small)


def _zipped(data: bytes) -> OtherFormat | None:
    names = names_in_zip(data)
    if holds_workbook(names):
        return None
    if "[Content_Types].xml" in names:
        if "xl/workbook.bin" in names:
            return OtherFormat(_("a binary Excel workbook (.xlsb)"), _as_xlsx())
        if any(name.startswith("word/") for name in names):
            return OtherFormat(_("a Word document (.docx)"), _as_table_or_text())
        if any(name.startswith("ppt/") for name in names):
            return OtherFormat(_("a PowerPoint presentation (.pptx)"), _as_table_or_text())
    if {"mimetype", "content.xml"} <= set(names):
        return _open_document(_mimetype(data))
    if any(name.endswith(".iwa") for name in names):
        return OtherFormat(_("an Apple Numbers, Pages or Keynote file"), _("export it as .xlsx"))
    if any(name.startswith(("xl/", "docProps/")) for name in names):
        return OtherFormat(_("a damaged archive"), _("a whole .xlsx workbook; download it again"))
    return OtherFormat(_("a zip archive"), _unpack(names))


def _open_document(mimetype: str) -> OtherFormat:
    kind = mimetype.removeprefix("application/vnd.oasis.opendocument.")
    if kind.startswith("spreadsheet"):
        return OtherFormat(_("an OpenDocument spreadsheet (.ods)"), _as_xlsx())
    if kind.startswith("text"):
        return OtherFormat(_("an OpenDocument text (.odt)"), _as_table_or_text())
    return OtherFormat(_("an OpenDocument file (such as .ods or .odt)"), _as_table_or_text())


def _unpack(names: list[str]) -> str:
    """What to do with an archive, with the names of the first files that it holds."""
    files = [name for name in names if not name.endswith("/") and not name.startswith("__MACOSX/")]
    if not files:
        return _("unpack it")
    shown = ", ".join("".join(filter(str.isprintable, name[:60])) for name in files[:NAMES_SHOWN])
    if len(files) > NAMES_SHOWN:
        return _("unpack it: it holds %(names)s and %(count)s more") % {
            "names": shown,
            "count": len(files) - NAMES_SHOWN,
        }
    return _("unpack it: it holds %(names)s") % {"names": shown}


_LOCAL = re.compile(rb"PK\x03\x04.{2}(.{2}).{18}(.{2}).{2}", re.DOTALL)


def names_in_zip(data: bytes) -> list[str]:
    """The names of an archive's own parts as its directory lists them, at most MOST_NAMES; never raises.

    Where the directory is lost, as in a file cut short, the names stand before the parts themselves.
    """
    listed = list(islice(_listed_names(data), MOST_NAMES))
    return listed or [
        _name(data[found.end() : found.end() + struct.unpack("<H", found[2])[0]], struct.unpack("<H", found[1])[0])
        for found in islice(_LOCAL.finditer(data), MOST_NAMES)
    ]


def _listed_names(data: bytes) -> Iterator[str]:
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557))
    if end < 0 or end + 22 > len(data):
        return
    # The directory stands before its end, also where bytes before the archive shift what the file says of its start.
    at = end - struct.unpack_from("<I", data, end + 12)[0]
    if data[max(0, end - 20) : end][:4] == b"PK\x06\x07" and end >= 76:  # [APPNOTE] 4.3.14, of archives beyond 4 GiB
        at = end - 76 - struct.unpack_from("<Q", data, end - 36)[0]
    while at >= 0 and data[at : at + 4] == b"PK\x01\x02" and at + 46 <= len(data):
        flags, name, extra, comment = struct.unpack_from("<8xH18xHHH", data, at)
        yield _name(data[at + 46 : at + 46 + name], flags)
        at += 46 + name + extra + comment


def _name(data: bytes, flags: int) -> str:
    return data.decode("utf-8" if flags & 0x800 else "cp437", "replace")


def _mimetype(data: bytes) -> str:
    """What an OpenDocument file says that it is: the content of its first part, packed or not; else empty."""
    if not is_zip(data) or len(data) < 30:
        return ""
    method, size, name, extra = struct.unpack_from("<8xH8xI4xHH", data, 0)
    if data[30 : 30 + name] != b"mimetype":
        return ""
    content = data[30 + name + extra : 30 + name + extra + (size or 200)][:200]
    if method == 8:
        try:
            content = zlib.decompressobj(-zlib.MAX_WBITS).decompress(content, 200)
        except zlib.error:
            return ""
    return content.decode("ascii", "replace").strip()
