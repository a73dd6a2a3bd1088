"""Numbers as published tables write them, with the marks that hang on them.

Zero, masked, break, not applicable, unknown and missing are six different things: each has its own outcome here, and
what is none of them is refused and never guessed at.
"""

import math
import re
from collections.abc import Iterable
from typing import NamedTuple

from comity.evidence.files.binary64 import unkept
from comity.evidence.wording import gettext as _
from comity.evidence.workbooks.workbook import Percent, cell_text
from comity.observations.observation import BREAK, CANNOT_EXIST, MISSING, NORMAL, NOT_COLLECTED, SUPPRESSED
from comity.observations.words.plain_text import in_our_digits

_SPACES = dict.fromkeys(map(ord, "\u00a0\u202f\u2009\u2007"), " ")
# Marks that only ever part thousands; a comma or a point may also be the decimal mark.
_THOUSANDS = re.compile(r"(?P<whole>[+-]?\d{1,3}(?:(?P<mark>['’ ٬])\d{3})(?:(?P=mark)\d{3})*)(?P<rest>[.,٫]\d+)?")
_PLAIN = re.compile(r"[+-]?\d+(?:٫\d+)?(?:[eE][+-]?\d{1,3})?")
"""`17.` is none: it is what is left of 17.1 where a file was cut."""
_DECIMAL = {
    ".": re.compile(r"[+-]?\d*\.\d+(?:[eE][+-]?\d{1,3})?"),
    ",": re.compile(r"[+-]?\d+,\d+(?:[eE][+-]?\d{1,3})?"),
}
_GROUPED = {
    ".": re.compile(r"[+-]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?"),
    ",": re.compile(r"[+-]?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?"),
}
"""Numbers with thousands in full groups, by their decimal mark."""

_MASKED = re.compile(r"(<|≤|&lt;)\s*\d+")
"""<5, ≤5."""
_MARKED = re.compile(r"(?P<number>.*\d)\s*(?P<mark>\*+)")
"""2366*."""
_PERCENT = re.compile(r"(?P<number>.*\d)\s*%")
"""12.5 %."""
_WORDS = {
    MISSING: {
        "",
        "-",
        "–",
        "—",
        ".",
        "..",
        "...",
        "…",
        ":",
        "null",
        "nan",
        "not available",
        "missing",
        "no data",
        "#n/a",
    },
    CANNOT_EXIST: {"na", "n/a", "n.a.", "not applicable", "non applicable", "no aplica", "не применимо", "不适用"},
    NOT_COLLECTED: {"unknown", "not known", "unk", "inconnu", "desconocido", "неизвестно", "未知"},
}
_MEANINGS = {word: status for status, words in _WORDS.items() for word in words}
MARK_OF_R = "NA"
"""R, and what is exported from it, writes a missing value so; people write “na” for what does not apply."""
_MARKS_OF_PROGRAMS = frozenset({MARK_OF_R, "N/A"})
"""Programs mark a missing value in capitals, `N/A` as `#N/A`: not available, as often as not applicable."""


_RAISED = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")
"""Raised digits, which mark a note behind a number."""


class Number(NamedTuple):
    """A published value: the number, or None, and the status that says what it is.

    `adapted` is true where the text was not in the plain form 1234.5 and had to be read as one, `percent` where the
    cell shows a percentage: 12.5 for “12.5%”.
    """

    value: float | None
    status: str
    adapted: bool = False
    percent: bool = False


class Marks(NamedTuple):
    """What a column shows of its decimal mark, a point or a comma.

    `decimal` is the mark that its cells show, blank where none does; `shown` the place of the first such cell, `other`
    of the first that shows the other mark. `usual` is the mark of tables whose cells are parted like these: a comma
    where they are parted by semicolons.
    """

    decimal: str = ""
    shown: str = ""
    other: str = ""
    usual: str = "."


UNDECIDED = Marks()

LAST_YEAR = 2199
"""Projections of population end in 2100; what is beyond this is no year."""


def marks_of(cells: Iterable[tuple[str, object]], usual: str = ".") -> Marks:
    """The decimal mark of a column, decided from all its cells, each given with its place.

    `0,673` shows a decimal comma and `1,234.5` a point; `1,234` may be either, and shows nothing. Where cells show
    both, the mark that more of them show is the column's.
    """
    counts = {".": 0, ",": 0}
    first: dict[str, str] = {}
    for place, cell in cells:
        if isinstance(cell, str) and ("," in cell or "." in cell):
            found = _readings(_bare(cell).rstrip("%* "))
            if len(found) == 1:
                (mark,) = found
                counts[mark] += 1
                first.setdefault(mark, place)
    if not first:
        return Marks(usual=usual)
    decimal = max(first, key=lambda mark: counts[mark])
    other = next((place for mark, place in first.items() if mark != decimal), "")
    return Marks(decimal, first[decimal], other, usual)


def _readings(text: str) -> dict[str, str]:
    """A text with a comma or point as a plain number, by each decimal mark that it can have."""
    found = {}
    for mark, group in ((".", ","), (",", ".")):
        if _DECIMAL[mark].fullmatch(text):
            found[mark] = text.replace(mark, ".")
        elif _GROUPED[mark].fullmatch(text):
            found[mark] = text.replace(group, "").replace(mark, ".")
    return found


def read_number(cell: object, marks: Marks = UNDECIDED, *, whole: bool = False) -> Number:
    """Read the cell of a table as a number with its status (SDMX CL_OBS_STATUS).

    - a number, also in Arabic-Indic or other decimal digits, also with thousands marks in full groups of three: `A`;
    - `2366*`, a number with an asterisk: `B`, a break in the series;
    - `<5`: `Q`, suppressed, without a value;
    - `na`, `n/a`: `M`, not applicable; `unknown`: `L`, exists and is not collected;
    - blank, `..`, `-`, and the `NA` and `N/A` of programs: `O`, missing.

    `marks` is what the column shows of its decimal mark, `whole` that it counts and so holds whole numbers. A text that
    can be read in two ways (`1,234` where nothing tells) raises ValueError, as does one that goes against its column,
    and any other text; its message says what was expected. So do infinities and truth values.
    """
    if isinstance(cell, bool):
        raise ValueError(_("a number"))
    if isinstance(cell, Percent):
        return _percentage(cell_text(cell), marks)
    if isinstance(cell, int | float):
        if not math.isfinite(cell):
            raise ValueError(_("a finite number"))
        return Number(float(cell) + 0.0, NORMAL)
    if cell is None:
        return Number(None, MISSING)
    return _read_text(str(cell).translate(_SPACES).strip(), marks, whole)


def _read_text(text: str, marks: Marks, whole: bool) -> Number:
    meaning = MISSING if text in _MARKS_OF_PROGRAMS else _MEANINGS.get(text.casefold())
    if meaning is not None:
        return Number(None, meaning)
    bare = _bare(text)
    if _MASKED.fullmatch(bare):
        return Number(None, SUPPRESSED)
    if _PERCENT.fullmatch(bare):
        return _percentage(bare, marks)
    marked = _MARKED.fullmatch(bare)
    if marked:
        return Number(_float(marked["number"].strip(), marks, whole)[0], BREAK)
    if bare[-1:] in _RAISED:
        raise ValueError(_("a number without a raised mark behind it, which is of a note; say the note beside it"))
    value, plain = _float(bare, marks, whole)
    return Number(value, NORMAL, adapted=not plain or bare != text)


def _percentage(text: str, marks: Marks) -> Number:
    value, _plain = _float(text.removesuffix("%").strip(), marks, whole=False)
    return Number(value, NORMAL, percent=True)


def _bare(text: str) -> str:
    """A text with the decimal digits of any script as ASCII ones, and plain spaces."""
    if text.isascii():
        return text.strip()
    return in_our_digits(text.translate(_SPACES).strip())


def _float(text: str, marks: Marks, whole: bool) -> tuple[float, bool]:
    """The number, and whether it stood there in the plain form."""
    if _PLAIN.fullmatch(text):
        return _finite(text.replace("٫", ".")), True
    parted = _THOUSANDS.fullmatch(text)
    if parted:
        rest = parted["rest"] or ""
        if rest[:1] in (".", ",") and rest[0] != (marks.decimal or "."):
            raise ValueError(_expected(marks))
        return _finite(parted["whole"].replace(parted["mark"], "") + "." + (rest[1:] or "0")), False
    found = _readings(text)
    mark = marks.decimal or "."
    if len(found) == 2 and (not marks.decimal or marks.other):
        mark = _undecided(text, marks, whole)
    if mark not in found:
        raise ValueError(_expected(marks))
    return _finite(found[mark]), mark == "." and "," not in text


def _undecided(text: str, marks: Marks, whole: bool) -> str:
    """The decimal mark of a text with two readings whose column does not tell; ValueError where both are possible.

    A count is a whole number, which leaves one reading of `1,234` where a comma does not usually part decimals.
    """
    unusual = "," if marks.usual == "." else "."
    if not marks.other and whole and unusual in text:
        return marks.usual
    if not marks.other and not whole and marks.usual == "." and unusual not in text:
        return "."
    mark = "," if "," in text else "."
    readings = {"one": text.replace(mark, "."), "two": text.replace(mark, "")}
    raise ValueError(
        _("a number in one reading; this may be %(one)s or %(two)s, and the column does not tell") % readings
    )


def _expected(marks: Marks) -> str:
    if not marks.decimal:
        return _("a number such as 1234.5, without a decimal comma")
    said = {"form": f"1234{marks.decimal}5", "place": marks.shown}
    return _("a number such as %(form)s, with the decimal mark that the column shows at %(place)s") % said


def _finite(text: str) -> float:
    if expected := unkept(text):
        raise ValueError(expected)
    return float(text) + 0.0


def upper_bound(text: str) -> float | None:
    """The largest whole number that a masked text allows: 4 for `<5`, 5 for `≤5`; None where nothing is masked."""
    digits = in_our_digits(text.strip())
    if not _MASKED.fullmatch(digits):
        return None
    bound = float(re.sub(r"\D", "", digits))
    return bound if digits.startswith("≤") else bound - 1


def read_year(cell: object, *, last: int = LAST_YEAR) -> str:
    """A calendar year as `2012`. Raises ValueError, saying what was expected, for what is none from 1900 to `last`.

    Years before 1900 stand in no collection of the programme, whose surveys begin in 1970: `1013` is a slip.
    """
    try:
        number = read_number(cell)
    except ValueError:
        number = Number(None, MISSING)
    year = number.value
    if number.status != NORMAL or number.percent or year is None or year != int(year) or not 1900 <= year <= last:
        raise ValueError(_("a year from 1900 to %(last)d") % {"last": last})
    return str(int(year))
