"""The texts of a workbook's cells, whether cells share them or hold them: what they are made of, and what they mean.

ECMA-376, part 1: `<si>` and `<is>` (CT_Rst) hold one `<t>` or runs of rich text, and letters that XML does not have are
spelled out (ST_Xstring).
"""

import re
import unicodedata
from typing import Any

from django.utils.translation import gettext as _

SPREADSHEET = frozenset(
    {
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
    }
)
"""The namespaces of the format, transitional and strict."""


class Cut(ValueError):
    """What stands in a text that is no part of it: reading past it would cut or join what people read as one."""

    def __init__(self, value: str):
        super().__init__(value)
        self.value = value[:80]


class Unkept(ValueError):
    """A text that cannot be kept, and what was expected in its place."""

    def __init__(self, expected: str):
        super().__init__(expected)
        self.expected = expected


def plain_value() -> str:
    """What is expected of a value with something in it."""
    return _("a value without references, comments or other mark-up in it")


def joined_text(item: Any) -> tuple[str, bool]:
    """The text of `<si>` or `<is>`, its runs joined, and whether raised or lowered digits in it were written so.

    Readings of East Asian words are left out; `120` with a raised 1 is `120¹`, which is no 1201, and `0-9` with a
    raised 2 `0-9²`. Raises Cut for what the format does not have in a text. Comments between elements are none of it.
    """
    if len(item) == 1 and item[0].tag in _OF["t"] and not len(item[0]) and not _says(item.text, item[0].tail):
        return item[0].text or "", False
    parts: list[tuple[str, str]] = []
    plain = 0
    for child in _within(item):
        if child.tag in _OF["r"]:
            parts.append(_run(child))
        elif child.tag in _OF["t"]:
            plain += 1
            parts.append(("", _letters(child)))
        elif child.tag not in _BESIDE:
            raise Cut(_shown(child))
    if plain and len(parts) > 1:
        raise Cut(parts[1][1] or "<t>")
    plainly = "".join(text for _place, text in parts)
    shifted = "".join(_shifted(text, place) if place else text for place, text in parts)
    return shifted, shifted != plainly


def _shifted(text: str, place: str) -> str:
    """A text with its digits, of whatever script, as raised or lowered ones."""
    digits = _DIGITS[place]
    return "".join(digits[unicodedata.decimal(letter)] if letter.isdecimal() else letter for letter in text)


def _run(run: Any) -> tuple[str, str]:
    """Where a run of rich text stands, raised or lowered or blank for neither, and its text."""
    found: dict[str, Any] = {}
    for child in _within(run):
        name = next((name for name in ("rPr", "t") if child.tag in _OF[name]), None)
        if name is None or name in found:
            raise Cut(_shown(child))
        found[name] = child
    aligned = found["rPr"].find("{*}vertAlign") if "rPr" in found else None
    place = aligned.get("val", "") if aligned is not None else ""
    return place if place in _DIGITS else "", _letters(found["t"]) if "t" in found else ""


def _within(element: Any) -> list[Any]:
    """The elements in one that holds no letters of its own; comments and instructions are left out."""
    if _says(element.text, *(child.tail for child in element)):
        raise Cut(next(text.strip() for text in (element.text, *(one.tail for one in element)) if _says(text)))
    return [child for child in element if isinstance(child.tag, str)]


def _letters(element: Any) -> str:
    """The letters of `<t>`, which holds nothing else."""
    for child in element:
        raise Cut(_shown(child))
    return element.text or ""


def _says(*texts: str | None) -> bool:
    return any(text and not text.isspace() for text in texts)


def _shown(node: Any) -> str:
    if isinstance(node.tag, str):
        return f"<{node.tag.rpartition('}')[2]}>"
    return f"<!--{node.text}-->" if "omment" in getattr(node.tag, "__name__", "") else f"<?{node.text}?>"


_OF = {name: frozenset(f"{{{space}}}{name}" for space in SPREADSHEET) for name in ("t", "r", "rPr", "si", "sst")}
_BESIDE = frozenset(f"{{{space}}}{name}" for space in SPREADSHEET for name in ("rPh", "phoneticPr"))
_DIGITS = {"superscript": "⁰¹²³⁴⁵⁶⁷⁸⁹", "subscript": "₀₁₂₃₄₅₆₇₈₉"}


def is_shared_text(element: Any) -> bool:
    """Whether an element is one of the texts that cells name by number, in its place."""
    within = element.getparent()
    return element.tag in _OF["si"] and within is not None and within.tag in _OF["sst"] and within.getparent() is None


# ---- letters that are spelled out ----

ESCAPED = r"_x([0-9A-Fa-f]{4})_"
_escaped = re.compile(ESCAPED)


def unescaped(text: str) -> str:
    """A text with the characters that are spelled out in it, as `_x000D_`; those above U+FFFF are spelled as pairs.

    Raises Unkept for what is no text of Unicode characters, or holds a null character.
    """
    if "_x" not in text:
        return text
    plain = _escaped.sub(lambda match: chr(int(match[1], 16)), text)
    try:
        plain = plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    except UnicodeDecodeError:
        raise Unkept(_("text of Unicode characters")) from None
    if "\0" in plain:
        raise Unkept(_("text without null characters"))
    return plain
