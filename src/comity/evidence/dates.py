"""The two dates that a reader may choose, in an address or a command: the date spoken of, and that of knowledge."""

import re
from collections.abc import Mapping
from datetime import date

from django.utils.dateformat import format as format_date
from django.utils.translation import pgettext

from comity.evidence.errors import BadInput, Fault
from comity.evidence.wording import gettext as _

_YEAR = re.compile(r"[0-9]{4}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def read_date(text: str, where: str, field: str) -> date:
    """A date as `YYYY-MM-DD`, or a year, which means its last day. Raises BadInput that names where and the field."""
    day = day_of(f"{text}-12-31" if _YEAR.fullmatch(text) else text)
    if day is None:
        raise BadInput(Fault(where, field, text, _("a date as YYYY-MM-DD, or a year")))
    return day


def read_day(text: str, where: str, field: str) -> date:
    """A date as `YYYY-MM-DD` and nothing else. Raises BadInput that names where and the field."""
    day = day_of(text)
    if day is None:
        raise BadInput(Fault(where, field, text, _("a date as YYYY-MM-DD")))
    return day


def exact_day(text: str) -> date:
    """A day written as YYYY-MM-DD that exists in the calendar; raises ValueError for any other text."""
    if (day := day_of(text)) is None:
        raise ValueError(text)
    return day


def day_of(text: str) -> date | None:
    """A day written as YYYY-MM-DD that exists in the calendar, else None."""
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def asked_date(fields: Mapping[str, str], field: str, otherwise: date) -> date:
    """The date that a field of a page's address holds; `otherwise` where it is blank. Raises BadInput."""
    text = fields.get(field, "").strip()
    return read_date(text, _("address of the page"), field) if text else otherwise


def in_words(day: date) -> str:
    """A date in the words of the reader's language: 20 December 2012."""
    return format_date(day, _form(day))


_MONTH = re.compile(r"(?<!\\)[FE]")
"""The letter of a month in a form of a date, `j F Y` or `j E Y`; not one behind a backslash: `j \\d\\e F`."""


def in_short(day: date) -> str:
    """A date in the reader's language with its month cut short where the language does so: 20 déc. 2012.

    English documents of the United Nations cut months short in a way of their own: see `reports.formats.short_day`.
    """
    return format_date(day, _MONTH.sub("N", _form(day))).lower()  # Django has some of them with a capital: 20 Дек. 2012


def _form(day: date) -> str:
    """The form of a date; some languages have another for the first of a month: 1er décembre 2012."""
    if day.day == 1:
        return pgettext("form of the first day of a month, in Django's letters", "j F Y")
    return pgettext("form of a date, in Django's letters", "j F Y")
