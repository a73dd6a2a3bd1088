"""The days that stand above the headings of a table, of which one tells when it was published."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from comity.evidence.wording import gettext as _
from comity.evidence.workbook import Value
from comity.statistics.layouts.grids import Grid
from comity.statistics.reading import Reading
from comity.statistics.written_days import day_of

_SAID = re.compile(
    r"(?:(?:last |latest )?(?:update[ds]?|published|publication|release[ds]?|date|as of)(?: (?:date|on|at))?"
    r"|(?:derni[èe]re )?mise [àa] jour|(?:date de )?publi(?:cation|[ée]e?)(?: le)?"
    r"|(?:[úu]ltima )?actualizaci[óo]n|(?:fecha de )?publica(?:ci[óo]n|do)(?: el)?"
    r"|(?:дата )?(?:обновлени[ея]|публикаци[ия])|обновлено|опубликовано"
    r"|(?:آخر )?تحديث|تاريخ النشر|更新(?:日期|于)?|发布(?:日期|于)?)"
    r"\s*[:：]?\s*",
    re.IGNORECASE,
)
"""What may stand before a day of publication. A day of access or extraction is none."""
_LIKE_A_DAY = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")


def day_above(grids: Sequence[Grid]) -> date | None:
    """The latest day that stands above the headings of tables, alone or behind a word such as “Updated”."""
    return max((day for grid in grids for _place, _text, day in _days(grid) if day), default=None)


def says_day(text: str) -> bool:
    """Whether a text above the headings is a day, alone or behind a word such as “Updated”, or looks like one."""
    shown, day = _day(text)
    return day is not None or _LIKE_A_DAY.fullmatch(shown) is not None


def notice_days(reading: Reading, grids: Sequence[Grid]) -> None:
    """Say where several days stand above the headings, of which the latest is taken, and where one is no day."""
    told = [found for grid in grids for found in _days(grid)]
    for place, text, day in told:
        if day is None:
            notice_doubtful_day(reading, place, text)
    days = {day: (place, text) for place, text, day in reversed(told) if day}
    if len(days) > 1:
        place, text = days[max(days)]
        message = _(
            "%(place)s: “%(value)s” is taken for the day of publication, the latest of those above the headings"
        )
        expected = _("one day above the headings, or --published")
        reading.found("several-days", "warning", place, text, expected, message % {"place": place, "value": text})


def notice_doubtful_day(reading: Reading, place: str, text: str) -> None:
    """Say that a text seems to be a day and is none in one reading."""
    message = _("%(place)s: “%(value)s” is no day in one reading and is not taken for the day of publication") % {
        "place": place,
        "value": text,
    }
    reading.found("doubtful-day", "warning", place, text, _("a day such as 2025-07-01"), message)


def _days(grid: Grid) -> Iterator[tuple[str, str, date | None]]:
    """Place, text and day of what is a day above the headings; None for what only looks like one."""
    for number, cells in grid.above:
        for column, cell in enumerate(cells):
            text, day = _day(cell)
            if day or _LIKE_A_DAY.fullmatch(text):
                yield grid.place(number, column), text, day


def _day(cell: Value) -> tuple[str, date | None]:
    if isinstance(cell, date):
        day = cell.date() if isinstance(cell, datetime) else cell
        return day.isoformat(), day
    if not isinstance(cell, str):
        return "", None
    said = _SAID.match(cell.strip())
    text = cell.strip()[said.end() if said else 0 :]
    return text, day_of(text)
