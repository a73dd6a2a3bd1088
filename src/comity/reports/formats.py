"""How a figure's value is printed in prose, by United Nations editorial style, in the language of the document.

Numbers one to nine stand in words and 10 up in figures where an English sentence asks for words; other languages have
figures there, since their words for numbers bend with what is counted. Numbers and dates are those of the language:
3,563 and "20 December 2012", 3 563 and "20 décembre 2012". Shares are given in per cent with one decimal.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from comity.analysis.estimates.arithmetic import printed as estimate_printed
from comity.analysis.estimates.methods import declared as estimation
from comity.charts.languages import Language, language
from comity.evidence.dates import in_short, in_words
from comity.evidence.figures import Figure, Table
from comity.evidence.languages import ENGLISH
from comity.evidence.rounding import rounded as rounded_number
from comity.evidence.wording import gettext_noop, spelled

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_ISO = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_WINDOW = re.compile(r"^\d{4}-\d{2}-\d{2}/(?:\d{4}-\d{2}-\d{2}|\.\.)$")
_ORDINALS = ["zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"]


def spoken() -> Language:
    """The language in which the document is being written."""
    return language(get_language() or ENGLISH.code)


def _is_english() -> bool:
    return spoken().code == ENGLISH.site


def number(value: Any) -> str:
    """A number in figures: 173, 3,563, 12.5."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(_("a number"))
    return spoken().marked(f"{value:,}" if isinstance(value, int) else f"{rounded_number(value, 1):,}")


def words(value: Any) -> str:
    """One to nine in words, 10 up in figures; all in figures where the language is not English."""
    return spelled(value) if isinstance(value, int) and 0 <= value < 10 and _is_english() else number(value)


def none_or_words(value: Any) -> str:
    """As words, and nought as "none"."""
    return _("none") if value == 0 and not isinstance(value, bool) else words(value)


def capital(value: Any) -> str:
    """With a capital first letter, for the beginning of a sentence."""
    text = value if isinstance(value, str) else words(value)
    return text[:1].upper() + text[1:]


def in_figures(formats: Sequence[str]) -> list[str]:
    """Formats with figures in the place of words, as both ends of a range have them where one is 10 or more."""
    return [name for name in formats if name not in ("words", "none")]


def ordinal(value: Any) -> str:
    """First to ninth in words, 10th up in figures; all in figures where the language is not English."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(_("a whole number"))
    if not _is_english():
        return _("%(number)sth") % {"number": number(value)}
    if value < len(_ORDINALS):
        return _ORDINALS[value]
    ending = "th" if value % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value:,}{ending}"


def is_day(value: Any) -> bool:
    """Whether a value is a date, or the text of one as YYYY-MM-DD."""
    return isinstance(value, date) or (isinstance(value, str) and _ISO.match(value) is not None)


def is_window(value: Any) -> bool:
    """Whether a value is the text of a window in which a day lies, as YYYY-MM-DD/YYYY-MM-DD; `..` for an open end."""
    return isinstance(value, str) and _WINDOW.match(value) is not None


def _window(value: str, printed_day: Callable[[Any], str]) -> str:
    first, _bar, last = value.partition("/")
    if last == "..":
        return _("from %(first)s on") % {"first": printed_day(first)}
    return _("between %(first)s and %(last)s") % {"first": printed_day(first), "last": printed_day(last)}


def _date(value: Any) -> date:
    if not is_day(value):
        raise ValueError(_("a date"))
    return date.fromisoformat(value) if isinstance(value, str) else value


def day(value: Any) -> str:
    """A date as 20 December 2012; a window between two in words."""
    if is_window(value):
        return _window(value, day)
    return in_words(_date(value))


def short_day(value: Any) -> str:
    """A date for a table's cell: 20 Dec. 2012, with May, June and July whole; a window between two in words."""
    if is_window(value):
        return _window(value, short_day)
    on = _date(value)
    if not _is_english():
        return in_short(on)
    name = MONTHS[on.month - 1]
    month = name if len(name) <= 4 else ("Sept." if name == "September" else name[:3] + ".")
    return f"{on.day} {month} {on.year}"


def percent(value: Any) -> str:
    """A number of per cent with one decimal, without the words: 89.6; what is below 100 is never rounded up to it."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(_("a number of per cent"))
    return spoken().marked(f"{99.9 if 99.9 < value < 100 else rounded_number(value, 1)}")


def rounded(value: Any) -> str:
    """An estimated count: to the nearest 1,000, below 10,000 to the nearest 100, below 1,000 whole: 437,000."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(_("a number"))
    return spoken().marked(estimate_printed(value, ""))


def names(value: Any) -> str:
    """A list joined as a sentence does: A, B and C."""
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise ValueError(_("a list"))
    texts = [plain_text(item) for item in value]
    if not texts:
        return _("none")
    if len(texts) == 1:
        return texts[0]
    comma = pgettext("between the entries of a list", ", ")
    return _("%(most)s and %(last)s") % {"most": comma.join(texts[:-1]), "last": texts[-1]}


DOUBTS: dict[str, tuple[str, str]] = {
    "low": ("†", gettext_noop("† Low confidence: the source is not sure of it.")),
    "inferred": ("‡", gettext_noop("‡ Inferred: no source states it.")),
}
"""How a value of which there is doubt is marked, and the note that explains the mark."""


def doubt(value: Any) -> str:
    """The mark of a value of which there is doubt: † of low confidence, ‡ inferred."""
    if value not in DOUBTS:
        raise ValueError(_("a doubt"))
    return DOUBTS[value][0]


FORMATS: dict[str, Callable[[Any], str]] = {
    "number": number,
    "words": words,
    "none": none_or_words,
    "capital": capital,
    "ordinal": ordinal,
    "date": day,
    "short-date": short_day,
    "percent": percent,
    "rounded": rounded,
    "list": names,
    "doubt": doubt,
}


def plain_text(value: Any) -> str:
    """A value without a format asked for: numbers in figures, dates in full, nothing as a dash."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int | float):
        return number(value)
    if is_day(value) or is_window(value):
        return day(value)
    if isinstance(value, Table):
        raise ValueError(_("one cell of the table, as id#row.column"))
    return value if isinstance(value, str) else names(value)


def printed(value: Any, formats: Sequence[str]) -> str:
    """A value as a document prints it, through its formats from left to right; a dash where there is none.

    Raises ValueError: what was expected.
    """
    if not formats or value is None:
        return plain_text(value)
    for name in formats:
        value = FORMATS[name](value)
    return str(value)


def value_formats(whole: Figure) -> list[str]:
    """How a figure's value is printed where nobody asked for a format."""
    if whole.method == "estimate" and estimation().what(str(whole.arguments["indicator"])).measure == "count":
        return ["rounded"]
    return ["percent"] if whole.unit == "per cent" else []
