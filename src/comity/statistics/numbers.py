"""Numbers as published tables write them, with the marks that hang on them.

Zero, masked, break, not applicable, unknown and missing are six different things: each has its own outcome here, and
what is none of them is refused and never guessed at.
"""

import math
import re
import unicodedata
from typing import NamedTuple

from comity.evidence.wording import gettext as _
from comity.statistics.observation import BREAK, CANNOT_EXIST, MISSING, NORMAL, NOT_COLLECTED, SUPPRESSED

_SPACES = dict.fromkeys(map(ord, "\u00a0\u202f\u2009\u2007"), " ")
_GROUPED = re.compile(r"(?P<whole>[+-]?\d{1,3}(?:(?P<mark>[,'’ ٬])\d{3})(?:(?P=mark)\d{3})*)(?P<rest>\.\d+|٫\d+)?")
_PLAIN = re.compile(r"[+-]?(\d+(\.\d*|٫\d+)?|\.\d+)([eE][+-]?\d{1,3})?")
_MASKED = re.compile(r"(<|≤|&lt;)\s*\d+")
_MARKED = re.compile(r"(?P<number>.*\d)\s*(?P<mark>\*+)")
_WORDS = {
    MISSING: {"", "-", "–", "—", ".", "..", "...", "…", ":", "null", "nan", "not available", "missing", "no data"},
    CANNOT_EXIST: {"na", "n/a", "n.a.", "not applicable", "non applicable", "no aplica", "не применимо", "不适用"},
    NOT_COLLECTED: {"unknown", "not known", "unk", "inconnu", "desconocido", "неизвестно", "未知"},
}
_MEANINGS = {word: status for status, words in _WORDS.items() for word in words}


class Number(NamedTuple):
    """A published value: the number, or None, and the status that says what it is.

    `adapted` is true where the text was not in the plain form 1234.5 and had to be read as one.
    """

    value: float | None
    status: str
    adapted: bool = False


def read_number(cell: object) -> Number:
    """Read the cell of a table as a number with its status (SDMX CL_OBS_STATUS).

    - a number, also in Arabic-Indic or other decimal digits, also with thousands marks in full groups of three: `A`;
    - `2366*`, a number with an asterisk: `B`, a break in the series;
    - `<5`: `Q`, suppressed, without a value;
    - `na`: `M`, not applicable; `unknown`: `L`, exists and is not collected; blank, `..` or `-`: `O`, missing.

    A decimal comma ("1,5"), which cannot be told from a slip, raises ValueError, as does any other text; its message
    says what was expected. So do infinities and truth values.
    """
    if isinstance(cell, bool):
        raise ValueError(_("a number"))
    if isinstance(cell, int | float):
        if not math.isfinite(cell):
            raise ValueError(_("a finite number"))
        return Number(float(cell), NORMAL)
    if cell is None:
        return Number(None, MISSING)
    return _read_text(str(cell).translate(_SPACES).strip())


def _read_text(text: str) -> Number:
    meaning = _MEANINGS.get(text.casefold())
    if meaning is not None:
        return Number(None, meaning)
    digits = "".join(_digit(letter) for letter in text)
    if _MASKED.fullmatch(digits):
        return Number(None, SUPPRESSED)
    marked = _MARKED.fullmatch(digits)
    if marked:
        return Number(_float(marked["number"].strip())[0], BREAK)
    value, plain = _float(digits)
    return Number(value, NORMAL, adapted=not plain or digits != text)


def _digit(letter: str) -> str:
    """A decimal digit of any script as its ASCII one; other letters as they are."""
    return str(unicodedata.decimal(letter)) if letter.isdecimal() else letter


def _float(text: str) -> tuple[float, bool]:
    """The number, and whether it stood there without thousands marks."""
    if _PLAIN.fullmatch(text):
        return _finite(text.replace("٫", ".")), True
    grouped = _GROUPED.fullmatch(text)
    if grouped is None:
        raise ValueError(_("a number such as 1234.5, without a decimal comma"))
    bare = grouped["whole"].replace(grouped["mark"], "")
    return _finite(bare + (grouped["rest"] or "").replace("٫", ".")), False


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(_("a finite number"))
    return value


def upper_bound(text: str) -> float | None:
    """The largest whole number that a masked text allows: 4 for `<5`, 5 for `≤5`; None where nothing is masked."""
    digits = "".join(_digit(letter) for letter in text.strip())
    if not _MASKED.fullmatch(digits):
        return None
    bound = float(re.sub(r"\D", "", digits))
    return bound if digits.startswith("≤") else bound - 1


def read_year(cell: object, *, last: int) -> str:
    """A calendar year as `2012`. Raises ValueError, saying what was expected, for what is none from 1900 to `last`.

    Years before 1900 stand in no collection of the programme, whose surveys begin in 1970: `1013` is a slip.
    """
    number = read_number(cell)
    year = number.value
    if year is None or year != int(year) or not 1900 <= year <= last:
        raise ValueError(_("a year from 1900 to %(last)d") % {"last": last})
    return str(int(year))
