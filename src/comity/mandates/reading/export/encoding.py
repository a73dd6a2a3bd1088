"""Bytes to text: which encoding a resolution's export is in, and what is refused before any reading."""

import re

from django.utils.translation import gettext as _

from comity.evidence.errors import BadInput, Fault
from comity.evidence.files.texts import encoding_of

_UTF_8_BOM = b"\xef\xbb\xbf"
# What a file of another kind begins with: a PDF, a word processor's file, a picture.
_CONTAINERS = {
    b"%PDF": "PDF",
    b"PK\x03\x04": "DOCX, ODT or ZIP",
    b"\xd0\xcf\x11\xe0": "DOC",
    b"{\\rtf": "RTF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"\x1f\x8b": "GZIP",
}

# What a word processor puts outside ASCII into English, French or Spanish text. A cp1252 text holds only these above
# 0x7F; other bytes there mean another encoding or no text at all.
_CP1252_TEXT = frozenset(
    "\u2018\u2019\u201c\u201d\u2013\u2014\u2026\u2022\u20ac\u00a0\u00a7\u00ab\u00bb\u00b0\u00ad\u00b7"
)

# A text that was UTF-8 and was decoded as cp1252 before it was saved again shows these pairs for quotes and dashes.
_TWICE_ENCODED = re.compile(
    "\u00e2\u20ac[\u0153\u2122\u02dc\u201c\u201d\u00a6\u009d]"
    "|\u00c3[\u00a9\u00a8\u00a0\u00b1\u00b3\u00ad\u00a7]|\u00c2\u00a0"
)
# Bytes that no text has; a few are export damage, more than one in a hundred another kind of file.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_ALLOWED_LOST = 1000  # one character lost in this many is export damage; more is a wrong encoding
_TEXT = "a plain text export of a resolution in UTF-8"


def decode(data: bytes, file: str) -> tuple[str, tuple[str, ...]]:
    """The text that the bytes hold, and notices on how it was read.

    UTF-8 and UTF-16 with or without a byte order mark, and cp1252 where the bytes are plainly that. Raises BadInput
    with the line for anything else: empty, binary, truncated in a character, or wrongly encoded.
    """
    if not data.strip(b" \t\r\n\f\v\x00" + _UTF_8_BOM):
        raise BadInput(Fault(file, "", _("nothing"), _(_TEXT)))
    _refuse_containers(data, file)
    text, notices = _decoded(data, file)
    _refuse_damage(text, file)
    if "\ufffd" in text:
        line = _line_at(text, text.index("\ufffd"))
        notices += (_("Characters were lost before export; the first is missing in line %(line)s.") % {"line": line},)
    return text, notices


def _line_at(text: str, offset: int) -> int:
    """The number of the line in which a character stands."""
    end = "\n" if "\n" in text else "\r"
    return text.count(end, 0, offset) + 1


def _refuse_containers(data: bytes, file: str) -> None:
    for magic, name in _CONTAINERS.items():
        if data.startswith(magic):
            raise BadInput(Fault(file, "1", _("a %(kind)s file") % {"kind": name}, _(_TEXT)))


def _decoded(data: bytes, file: str) -> tuple[str, tuple[str, ...]]:
    encoding = encoding_of(data)
    if encoding.startswith("utf-32"):
        raise BadInput(Fault(file, "1", "UTF-32", _("UTF-8, or UTF-16 with a byte order mark")))
    if encoding.startswith("utf-16"):
        try:
            return data.decode(encoding).removeprefix("\ufeff"), ()
        except UnicodeDecodeError as error:
            before = data[: error.start].decode(encoding, errors="ignore")
            line = _line_at(before, len(before))
            raise BadInput(Fault(file, str(line), _("half a character"), _("UTF-16 text to its end"))) from error
    if b"\x00" in data:
        line = _line_at(data.decode("latin-1"), data.index(b"\x00"))
        raise BadInput(Fault(file, str(line), _("a NUL byte"), _(_TEXT)))
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        return _decoded_as_cp1252(data, file, error)


def _decoded_as_cp1252(data: bytes, file: str, error: UnicodeDecodeError) -> tuple[str, tuple[str, ...]]:
    line = _line_at(data.decode("latin-1"), error.start)
    fault = Fault(file, str(line), f"0x{data[error.start]:02X}", _("UTF-8 text"))
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        raise BadInput(fault) from error
    strange = [character for character in text if ord(character) > 0x7F]
    plain = all(character in _CP1252_TEXT or character.isalpha() for character in strange)
    if not plain or len(strange) * 20 > len(text) or _is_utf_8_but_for_its_end(data):
        raise BadInput(fault) from error
    return text, (_("The text is not UTF-8 and was read as Windows-1252."),)


def _is_utf_8_but_for_its_end(data: bytes) -> bool:
    """Whether the only fault is a last character cut short, as a truncated copy leaves it."""
    try:
        data[: max(0, len(data) - 3)].decode("utf-8")
    except UnicodeDecodeError as error:
        return error.end >= len(data) - 3 and any(byte > 0x7F for byte in data[: error.start])
    return any(byte > 0x7F for byte in data[:-3])


def _refuse_damage(text: str, file: str) -> None:
    twice = _TWICE_ENCODED.search(text)
    if twice is not None:
        line = _line_at(text, twice.start())
        raise BadInput(Fault(file, str(line), twice.group(), _("UTF-8 text that was encoded once, not twice")))
    controls = len(_CONTROL.findall(text))
    if controls * 100 > len(text):
        first = _CONTROL.search(text)
        line = _line_at(text, first.start() if first else 0)
        raise BadInput(Fault(file, str(line), _("control characters"), _(_TEXT)))
    if text.count("\ufffd") * _ALLOWED_LOST > len(text):
        line = _line_at(text, text.index("\ufffd"))
        raise BadInput(Fault(file, str(line), "\ufffd", _("text whose characters were not lost in an earlier export")))
