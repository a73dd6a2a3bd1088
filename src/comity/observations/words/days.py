"""Days as people write them: with months in the words of the languages of the field, in numbers of either order."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Literal

from comity.observations.words.plain_text import in_our_digits

_LANGUAGES = ("en", "fr", "es", "ru", "ar", "pt", "de")
_CONTEXTS: tuple[Literal["format", "stand-alone"], ...] = ("format", "stand-alone")
"""Russian months stand in another case beside a day than alone."""
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|\.)?"
_BETWEEN = r"[\s._,/-]+(?:(?:de|del|of|d['’])[\s._-]*)?"
_CHINESE = re.compile(r"(?P<year>(?:19|20)\d\d)\s*年\s*(?P<month>\d{1,2})\s*月(?:\s*(?P<day>\d{1,2})\s*日)?")
"""2024年5月16日."""
_ISO = re.compile(r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?:[T ].*)?")
"""2024-05-16, 2024/5/16."""
_OF_TWO_ORDERS = re.compile(
    r"(?P<one>\d{1,2})[./-](?P<other>\d{1,2})[./-](?P<year>\d{4})(?:,? \d{1,2}:\d\d(?::\d\d)?)?"
)
"""16/05/2024, which may be either order."""

_SPAN = re.compile(r"(?<!\w)(?P<first>[^\W\d_]+)\.? ?[-–] ?(?P<last>[^\W\d_]+)(?!\w)")
"""ene-jun, janv.-juin."""
_WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    """The months by their names, in English cut short too, in lower case and without accents.

    Elsewhere what is cut short is often a word: “set” is September in Portuguese.
    """
    from babel.dates import get_month_names  # here, since few files need it and it takes a while to load

    names = [get_month_names("wide", context, language) for language in _LANGUAGES for context in _CONTEXTS]
    shortened = [get_month_names("abbreviated", "format", "en"), {9: "sept"}]
    return {_bare(name): number for found in (*names, *shortened) for number, name in found.items()}


def _bare(text: str) -> str:
    apart = unicodedata.normalize("NFD", text.casefold())
    return unicodedata.normalize("NFC", "".join(one for one in apart if not unicodedata.combining(one)))


@lru_cache(maxsize=1)
def _forms() -> tuple[re.Pattern[str], ...]:
    month = rf"(?<![^\W\d_])(?P<month>{'|'.join(sorted(_months(), key=len, reverse=True))})(?![^\W\d_])\.?"
    return (
        re.compile(rf"(?<!\d){_DAY}{_BETWEEN}{month}{_BETWEEN}{_YEAR}"),
        re.compile(rf"{month}{_BETWEEN}{_DAY}{_BETWEEN}{_YEAR}"),
        re.compile(rf"(?<!\d){_YEAR}{_BETWEEN}{month}{_BETWEEN}{_DAY}(?!\d)"),
        re.compile(rf"{month}{_BETWEEN}{_YEAR}"),
        re.compile(rf"(?<!\d){_YEAR}{_BETWEEN}{month}"),
    )


def in_numbers(text: str) -> str:
    """A text in which days and months that are written in words stand as `2024-05-16` and `2024-05`.

    Read are English, French, Spanish, Russian, Arabic, Portuguese and German names of months beside a year, and Chinese
    days. A text that holds none is given as it is.
    """
    if not any(map(str.isdecimal, text)):
        return text
    found = _CHINESE.sub(_numbered(int), in_our_digits(text))
    bare = _bare(found)
    for form in _forms():
        if form.search(bare):
            bare = found = form.sub(_numbered(_months().__getitem__), bare)
    return found


def span_of_months(text: str) -> list[int]:
    """The two months that a text joins by a dash, also cut short: “ene-jun”, “janv.-juin”; empty for none."""
    for found in _SPAN.finditer(_bare(text)):
        first, last = (_shortened().get(found[end]) for end in ("first", "last"))
        if first and last:
            return [first, last]
    return []


@lru_cache(maxsize=1)
def _shortened() -> dict[str, int]:
    """The months by their names, in all languages cut short too; two of them joined are no other words."""
    from babel.dates import get_month_names

    found = [get_month_names("abbreviated", context, language) for language in _LANGUAGES for context in _CONTEXTS]
    return {_bare(name).rstrip("."): number for names in found for number, name in names.items()} | _months()


def months_in(text: str) -> list[int]:
    """The months that stand in a text by their names, in its order."""
    return [_months()[word] for word in _WORD.findall(_bare(text)) if word in _months()]


def without_months(text: str, instead: str) -> str:
    """A text with something else instead of the names of months."""
    return _WORD.sub(lambda found: instead if _bare(found[0]) in _shortened() else found[0], text)


def _numbered(number: Callable[[str], int]) -> Callable[[re.Match[str]], str]:
    def said(match: re.Match[str]) -> str:
        parts = match.groupdict()
        day = f"-{int(parts['day']):02}" if parts.get("day") else ""
        return f"{parts['year']}-{number(parts['month']):02}{day}"

    return said


def days_of(text: str) -> list[date]:
    """The days that a text may be: ISO 8601, in words, in numbers of either order, day before month first.

    Between points the day stands first. None for anything else, and for a day that the calendar does not have.
    """
    words = in_numbers(text.strip())
    if iso := _ISO.fullmatch(words):
        found = [calendar_day(iso["year"], iso["month"], iso["day"])]
    elif match := _OF_TWO_ORDERS.fullmatch(words):
        one, other, year = match["one"], match["other"], match["year"]
        found = [calendar_day(year, other, one), calendar_day(year, one, other)]
        if "." in match[0] and found[0]:
            found.pop()
    else:
        return []
    return list(dict.fromkeys(day for day in found if day))


def calendar_day(year: str, month: str, day: str) -> date | None:
    """The day of three numbers, or None where the calendar has no such day."""
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
