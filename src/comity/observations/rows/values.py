"""The value of a row: the number in a cell, and what is said of one that may not be what it seems."""

import re
from typing import Any

from comity.evidence.wording import gettext as _
from comity.evidence.workbooks.workbook import cell_text
from comity.observations.numbers import LAST_YEAR, Number, read_number, read_year
from comity.observations.reading import Reading
from comity.observations.rows.row import RowFault

_ROUNDED = re.compile(r"\d[eE]\+?0*[1-9]")
"""A power of ten above one: 2.09E+08, which was 209,469,333."""


def read_value(reading: Reading, cell: Any, place: str, indicator: str) -> Number:
    """The number in a cell, with its status; RowFault for what is none, is negative, or a percentage of something else.

    It is noticed where the number is not in the plain form, and where a count is no whole number: it may be a rate.
    """
    counts = indicator.endswith("-count")
    try:
        number = read_number(cell, reading.marks, whole=counts)
    except ValueError as error:
        raise RowFault("not-a-number", place, cell_text(cell), str(error)) from None
    value = number.value
    if value is None:
        return number
    if value < 0:
        raise RowFault("negative", place, cell_text(cell), _("a number that is not negative"))
    if number.percent and not indicator.endswith("-percent"):
        raise RowFault("percentage", place, cell_text(cell), _("a number that is not shown as a percentage"))
    if number.adapted:
        _notice_form(reading, place, str(cell))
    if isinstance(cell, str) and _ROUNDED.search(cell):
        _notice_rounding(reading, place, cell)
    if counts and not value.is_integer():
        _notice_fraction(reading, place, cell_text(cell), indicator)
    return number


def read_period(cell: Any, place: str, shown: str | None = None, *, last: int = LAST_YEAR) -> str:
    """The calendar year of a row, as `2012`; RowFault for what is none from 1900 to `last`.

    `shown` is what the fault says of the cell, where that is not the whole of its text.
    """
    try:
        return read_year(cell, last=last)
    except ValueError as error:
        raise RowFault("impossible-year", place, cell_text(cell) if shown is None else shown, str(error)) from None


def _notice_form(reading: Reading, place: str, text: str) -> None:
    message = _(
        "%(times)d numbers are not in the plain form 1234.5 (the first is “%(value)s” at %(place)s); read as such"
    )
    reading.notice("number-form", "note", "", place, text, _("a number such as 1234.5"), message)


def _notice_rounding(reading: Reading, place: str, text: str) -> None:
    message = _(
        "%(times)d numbers are in the form that a spreadsheet program shortens numbers to (the first is “%(value)s” at "
        "%(place)s); their last digits are lost"
    )
    reading.notice("rounded-form", "warning", "", place, text, _("a number with all its digits"), message)


def _notice_fraction(reading: Reading, place: str, text: str, indicator: str) -> None:
    message = _("%(times)d counts are no whole numbers (the first is “%(value)s” at %(place)s); they may be rates")
    reading.notice("fractional-count", "warning", indicator, place, text, _("a whole number"), message)
