"""When a file was published: by what a person says, by its own words, by its name, and never later than today.

A name is the weakest witness. A span of years in it says what the data are about, and so does a year that the data go
beyond; neither is a day of publication.
"""

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from comity.evidence.errors import BadInput, Fault
from comity.evidence.findings import Finding
from comity.evidence.wording import gettext as _
from comity.statistics.reading import Reading

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DAY = re.compile(r"(?<!\d)(20\d\d)(?P<mark>[-_.]?)(0[1-9]|1[0-2])(?P=mark)(0[1-9]|[12]\d|3[01])(?!\d)")
_MONTH = re.compile(r"(?<!\d)(20\d\d)[-_.](\d\d)(?!\d)")


MOST_LATER = 0.05
"""Share of observations of years after the day of publication beyond which the day is wrong, and not those rows."""


@dataclass(frozen=True)
class Dated:
    """The day on which a file was published, and what there is to say of how it was found."""

    day: date
    findings: tuple[Finding, ...] = ()


def publication(reading: Reading, said: date | None, today: date) -> Dated:
    """The day of publication of a file that was read: as said by a person, else as the file states it, else as its name
    tells it (a year or month by its last day), else today.

    Raises BadInput where the file states a day that is yet to come, and where a person says a day before the years that
    most of the file is about.
    """
    stated = reading.description.published
    if stated is not None and said is None:
        return Dated(_not_to_come(reading, stated, today))
    if said is not None:
        return Dated(said, _if_otherwise(reading, stated, said))
    named = by_name(reading.file)
    if named is not None and named[0] <= today and _reaches(reading, *named):
        day = min(named[1], today)
        message = _("%(file)s: published on %(day)s by the file's name; --published says it better")
        return Dated(day, (_finding(reading, "dated-by-name", "note", day, message),))
    message = _("%(file)s does not say when it was published; today, %(day)s, is taken")
    return Dated(today, (_finding(reading, "undated", "warning", today, message),))


def by_name(name: str) -> tuple[date, date] | None:
    """First and last day of what the one date in a file's name means, `2019`, `2019-07` or `2019-07-08`.

    None for no date and for a span: of two years, and of `2011-12`, which may be either.
    """
    days = {match.group(1, 3, 4) for match in _DAY.finditer(name)}
    if len(days) == 1:
        return _day(*days.pop())
    years = {match[0] for match in _YEAR.finditer(name)}
    month = _MONTH.search(name)
    if days or len(years) != 1:
        return None
    year = int(years.pop())
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    number = int(month[2])
    if not 1 <= number <= 12 or number == (year + 1) % 100:
        return None
    return date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1])


def _day(year: str, month: str, day: str) -> tuple[date, date] | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found, found


def _not_to_come(reading: Reading, stated: date, today: date) -> date:
    if stated > today:
        raise BadInput(Fault(reading.file, "", stated.isoformat(), _("a day of publication that is not in the future")))
    return stated


def _if_otherwise(reading: Reading, stated: date | None, said: date) -> tuple[Finding, ...]:
    if stated in (None, said):
        return ()
    message = _("%(file)s states another day of publication than %(day)s, which was said and is taken")
    return (_finding(reading, "dated-otherwise", "warning", said, message),)


def _reaches(reading: Reading, first: date, last: date) -> bool:
    """Whether a file can have been published in a span of days that its name means, unless it projects.

    It states nothing of later years; and where the name has no day, nothing of that year either, which the name is more
    likely to tell than the year of publication: figures of a year are published after its end.
    """
    latest = last.year if first == last else last.year - 1
    return reading.description.projects or all(one <= latest for one in years_of(reading))


def years_of(reading: Reading) -> Iterable[int]:
    """The years that a reading is about."""
    return {int(one.period[:4]) for one in reading.observations}


def leave_out_later(reading: Reading, published: date, *, none: bool = False) -> None:
    """Leave out, each with a finding, the observations of years after the publication; a projection keeps them.

    Raises BadInput where those are more than one in twenty, or with `none` where there are any: then the day of
    publication is wrong.
    """
    if reading.description.projects:
        return
    later = [one for one in reading.observations if int(one.period[:4]) > published.year]
    if later and (none or len(later) > MOST_LATER * len(reading.observations)):
        said = {"day": published.isoformat(), "last": max(one.period for one in later)}
        expected = _("a day of publication that is not before the years that the file is about (up to %(last)s)") % said
        raise BadInput(Fault(reading.file, "", published.isoformat(), expected))
    reading.observations = [one for one in reading.observations if int(one.period[:4]) <= published.year]
    for one in later:
        expected = _("a year not after the publication of %(day)s") % {"day": published.isoformat()}
        reading.reject("impossible-year", one.place, one.period, expected)


def _finding(reading: Reading, rule: str, severity: str, day: date, message: str) -> Finding:
    expected = _("a date of publication in the file or as --published")
    said = message % {"file": reading.file, "day": day.isoformat()}
    return Finding(rule, severity, reading.file, "", reading.file, expected, said)  # type: ignore[arg-type]
