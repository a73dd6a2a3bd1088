"""The days that stand above the headings of a table, of which one tells when it was published."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from comity.evidence.wording import gettext as _
from comity.evidence.workbooks.workbook import Value
from comity.observations.grids.grid import Grid
from comity.observations.reading import Reading
from comity.observations.words.days import days_of

_SAID = re.compile(
    r"(?:(?:last |latest )?(?:update[ds]?|published|publication|release[ds]?|date)(?: (?:date|on|at))?"
    r"|(?:derni[èe]re )?mise [àa] jour|(?:date de )?publi(?:cation|[ée]e?)(?: le)?"
    r"|(?:[úu]ltima )?actualizaci[óo]n|(?:fecha de )?publica(?:ci[óo]n|do)(?: el)?"
    r"|(?:дата )?(?:обновлени[ея]|публикаци[ия])|обновлено|опубликовано"
    r"|(?:آخر )?تحديث|تاريخ النشر|更新(?:日期|于)?|发布(?:日期|于)?)"
    r"\s*[:：]?\s*",
    re.IGNORECASE,
)
"""What may stand before a day of publication. One of access is none, nor one “as of” which figures hold."""
_AS_THE_PORTAL = re.compile(r"\d\d/\d\d/\d{4}")
"""The data portal writes `16/05/2024` above its headings, day before month, both with two digits."""
_LIKE_A_DAY = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")
"""31/02/2024 looks like a day and is none."""


class _Above(NamedTuple):
    """What is a day above the headings, or looks like one: its place and text, and the days that it may be."""

    place: str
    text: str
    days: list[date]

    @property
    def day(self) -> date | None:
        """The day that is taken: the only one, or as the portal writes days."""
        if len(self.days) == 1 or (self.days and _AS_THE_PORTAL.fullmatch(self.text)):
            return self.days[0]
        return None


def day_above(grids: Sequence[Grid]) -> date | None:
    """The latest day that stands above the headings of tables, alone or behind a word such as “Updated”."""
    return max((one.day for grid in grids for one in _above(grid) if one.day), default=None)


def says_day(text: str) -> bool:
    """Whether a text above the headings is a day, alone or behind a word such as “Updated”, or looks like one."""
    shown, days = _days(text)
    return bool(days) or _LIKE_A_DAY.fullmatch(shown) is not None


def notice_days(reading: Reading, grids: Sequence[Grid]) -> None:
    """Say where several days stand above the headings, of which the latest is taken, and where one may be two or is
    none."""
    told = [one for grid in grids for one in _above(grid)]
    for one in told:
        if one.day is None:
            notice_doubtful_day(reading, one.place, one.text)
        elif len(one.days) > 1:
            _notice_order(reading, one)
    days = {one.day: one for one in reversed(told) if one.day}
    if len(days) > 1:
        last = days[max(days)]
        message = _(
            "%(place)s: “%(value)s” is taken for the day of publication, the latest of those above the headings"
        )
        expected = _("one day above the headings, or --published")
        said = {"place": last.place, "value": last.text}
        reading.add_finding("several-days", "warning", last.place, last.text, expected, message % said)


def notice_doubtful_day(reading: Reading, place: str, text: str) -> None:
    """Say that a text seems to be a day and is none in one reading."""
    message = _("%(place)s: “%(value)s” is no day in one reading and is not taken for the day of publication") % {
        "place": place,
        "value": text,
    }
    reading.add_finding("doubtful-day", "warning", place, text, _("a day such as 2025-07-01"), message)


def _notice_order(reading: Reading, above: _Above) -> None:
    first, second = above.days
    said = {"place": above.place, "value": above.text, "day": first.isoformat(), "other": second.isoformat()}
    message = _(
        "%(place)s: “%(value)s” is read as %(day)s, day before month, as the data portal writes days; month before day "
        "it would be %(other)s"
    )
    reading.add_finding(
        "day-before-month", "note", above.place, above.text, _("a day such as 2025-07-01"), message % said
    )


def _above(grid: Grid) -> Iterator[_Above]:
    """What is a day above the headings, or only looks like one."""
    for number, cells in grid.above:
        for column, cell in enumerate(cells):
            text, days = _days(cell)
            if days or _LIKE_A_DAY.fullmatch(text):
                yield _Above(grid.place(number, column), text, days)


def _days(cell: Value) -> tuple[str, list[date]]:
    if isinstance(cell, date):
        day = cell.date() if isinstance(cell, datetime) else cell
        return day.isoformat(), [day]
    if not isinstance(cell, str):
        return "", []
    said = _SAID.match(cell.strip())
    text = cell.strip()[said.end() if said else 0 :]
    return text, days_of(text)
