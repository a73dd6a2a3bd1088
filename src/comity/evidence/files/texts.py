"""Bytes as text, and a text's lines: one rule for every reader and every place.

A line ends where an editor and `grep -n` say that it ends: at a line feed, with or without a carriage return before it.
U+2028, form feed, vertical tab and the like stand within a line. A text without any line feed ends its lines at
carriage returns, as old Macintosh programs wrote them.
"""

import codecs
import re

from comity.evidence.errors import BadInput, Fault
from comity.evidence.wording import gettext as _

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LOOKED_AT = 4096
_LETTERS = "[À-ÖØ-öø-ÿŠšŽžŒœŸ]"
_IMPLAUSIBLE = re.compile(
    f"{_LETTERS}{{3,}}"  # Cyrillic, Greek, Arabic: whole words of such letters
    r"|[^\W\d_][“”„‚†‡•€‰‹›™¡¢£¤¥¦§©¬®¯±²³´µ¶¸¹¼½¾¿×÷][^\W\d_]"  # letters of another code page
    r"|[\x00-\x08\x0e-\x1f\x7f\x80-\x9f]"
)
"""What text in a language of Western Europe does not hold, and text of another code page read as Windows-1252 does."""


def lines_of(text: str) -> list[str]:
    """The lines of a text, without what ends them."""
    parts = text.split(_end(text))
    lines = parts if parts[-1] else parts[:-1]
    return [line.removesuffix("\r") for line in lines]


def raw_lines(text: str) -> list[str]:
    """The lines of a text with what ends them: joined, they are the text again."""
    end = _end(text)
    parts = text.split(end)
    return [*(part + end for part in parts[:-1]), *([parts[-1]] if parts[-1] else [])]


def _end(text: str) -> str:
    return "\n" if "\n" in text else "\r"


def encoding_of(data: bytes, *, western: bool = False) -> str:
    """The encoding of a text: UTF-8, -16 or -32 by its mark, UTF-16 without one by its null bytes, else UTF-8.

    With `western`, Windows-1252 where the bytes are no UTF-8 and read so they look like a language of Western Europe.
    """
    name = next((name for mark, name in _MARKS if data.startswith(mark)), None) or _unmarked(data)
    return "cp1252" if western and name == "utf-8" and _is_western(data) else name


def _is_western(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return False
    try:
        return not _IMPLAUSIBLE.search(data.decode("cp1252"))
    except UnicodeDecodeError:
        return False


def _unmarked(data: bytes) -> str:
    start = data[:_LOOKED_AT]
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if 4 * odd > len(start) and not even:
        return "utf-16-le"
    return "utf-16-be" if 4 * even > len(start) and not odd else "utf-8"


def decode(data: bytes, file: str, *, western: bool = False) -> str:
    """The text of a file in Unicode, with or without marks before it; with `western` also one in Windows-1252.

    Raises BadInput that names the line of what is no such text, or holds a null character.
    """
    name = encoding_of(data, western=western)
    try:
        text = _without_marks(data.decode(name))
    except UnicodeDecodeError as error:
        line = _line_at(data.decode(name, "replace"), len(data[: error.start].decode(name, "replace")))
        shown = data[error.start : error.start + 8].hex(" ")
        raise BadInput(Fault(file, str(line), shown, _("text in %s") % name.upper())) from None
    if "\0" in text:
        line = _line_at(text, text.index("\0"))
        raise BadInput(Fault(file, str(line), "\\0", _("text without null characters")))
    return text


def _without_marks(text: str) -> str:
    """A text without the byte-order marks before its first character; programs that join files leave several."""
    before = len(text) - len(text.lstrip("\ufeff \t\r\n"))
    return text[:before].replace("\ufeff", "") + text[before:]


def _line_at(text: str, index: int) -> int:
    """The number of the line in which a character stands."""
    return text.count(_end(text), 0, index) + 1


def start_of(data: bytes, size: int) -> str:
    """The first bytes of a file as text, for recognising it: what cannot be read is replaced. Never raises."""
    start = data[:size]
    name = encoding_of(start)
    text = start.decode(name, "replace")
    if name == "utf-8" and "\ufffd" in text.rstrip("\ufffd"):
        text = start.decode("cp1252", "replace")
    return _without_marks(text)
