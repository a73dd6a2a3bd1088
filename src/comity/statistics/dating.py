"""When a file was published: by what a person says, by its own words, by its name, and never later than today.

A name is the weakest witness. The year in one is mostly that of an edition, of which the day of publication may be held
(`editions`): one publication has one date, whatever file of it is brought. A span of years in it says what the data are
about, and so does a year that the data go beyond; neither is a day of publication.
"""

import calendar
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from comity.evidence.errors import BadInput, Fault
from comity.evidence.findings import Finding
from comity.evidence.wording import gettext as _
from comity.observations.observation import FORECAST
from comity.observations.reading import Reading
from comity.observations.words.days import calendar_day, in_numbers, months_in
from comity.statistics.editions import Edition, edition

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DAY = re.compile(
    r"(?<!\d)(20\d\d)(?:(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])|(?P<mark>[-_. ])(\d\d?)(?P=mark)(\d\d?))(?!\d)"
)
_DAY_FIRST = re.compile(r"(?<!\d)(\d\d?)(?P<mark>[-_. ])(\d\d?)(?P=mark)(20\d\d)(?!\d)")
_MONTH = re.compile(r"(?<!\d)(20\d\d)[-_. ](\d\d)(?!\d)")
_MONTH_FIRST = re.compile(r"(?<!\d)(\d\d)[-_. ](20\d\d)(?!\d)")
_QUARTER = re.compile(r"(?<!\d)(20\d\d)[-_. ]?Q([1-4])(?!\d)", re.IGNORECASE)
_QUARTER_FIRST = re.compile(r"(?<![a-z])Q([1-4])[-_. ](20\d\d)(?!\d)", re.IGNORECASE)
_QUARTERS = re.compile(r"(?<![a-z])Q([1-4])(?!\d)", re.IGNORECASE)
_OTHER_PARTS = re.compile(r"(?<![a-z])[HST][1-4](?![a-z\d])|(?<![a-z\d])[1-4][QHST](?![a-z])", re.IGNORECASE)
"""Halves, quarters and terms in other forms than `2019Q3`, of which none is read."""
_PARTS_IN_WORDS = re.compile(
    r"(?<![^\W\d_])(?:quarter|trimest\w*|quartal|semest\w*|half|halbjahr|quadrimest\w*|квартал\w*|полугоди\w*)(?![^\W\d_])"
    r"|季度|半年",
    re.IGNORECASE,
)
_OF_ANOTHER_ACT = re.compile(
    r"(?<![a-z])(?:as[-_. ]?(?:of|at)|retrieved|accessed|downloaded|valid|until|extracted|exported|captured|printed"
    r"|consult(?:ed|[ée]e?)|t[ée]l[ée]charg[ée]e?|descargado|consultado|abgerufen|heruntergeladen|g[üu]ltig)(?![a-z])"
    r"|загружено|по состоянию|截至",
    re.IGNORECASE,
)
"""Words in a name beside which a day is of access, or up to which figures hold, and not of publication."""
_IN_YEAR = range(1, 13)

Span = tuple[date, date]
"""The first and the last day of what a date means."""

MOST_LATER = 0.05
"""Share of observations of years after the day of publication beyond which the day is wrong, and not those rows."""


@dataclass(frozen=True)
class Dated:
    """The day on which a file was published, and what there is to say of how it was found."""

    day: date
    findings: tuple[Finding, ...] = ()


def publication(reading: Reading, said: date | None, today: date) -> Dated:
    """The day of publication of a file that was read: as said by a person, else as the file states it, else as its name
    tells it (an edition by its day, where that is held, else a year, quarter or month that is over by its last day),
    else today.

    Raises BadInput where the file states a day that is yet to come, and where a person says a day before the years that
    most of the file is about.
    """
    stated = reading.description.published
    if stated is not None and said is None:
        return Dated(_not_to_come(reading, stated, today))
    if said is not None:
        return Dated(said, _if_otherwise(reading, stated, said))
    named = by_name(reading.file)
    if (known := _edition(reading, named)) is not None and known.published <= today:
        message = _("%(file)s: published on %(day)s, as %(title)s was; --published says it better")
        day, title = known.published, {"title": known.title}
        return Dated(day, (_finding(reading, "dated-by-edition", "note", day, message, title),))
    if named is not None and named[1] <= today and _reaches(reading, *named):
        day = named[1]
        message = _("%(file)s: published on %(day)s by the file's name; --published says it better")
        return Dated(day, (_finding(reading, "dated-by-name", "note", day, message),))
    message = _("%(file)s does not say when it was published; today, %(day)s, is taken")
    return Dated(today, (_finding(reading, "undated", "warning", today, message),))


def _edition(reading: Reading, named: Span | None) -> Edition | None:
    """The edition that a file's name tells by a year alone."""
    if named is None or named != _within(named[0].year, 1, 12) or not _reaches(reading, *named):
        return None
    return edition(reading.description.dataset, named[0].year)


def by_name(name: str) -> Span | None:
    """What the one date in a file's name means: `2019`, `2019Q3`, `2019-07` or `07-2019`, `2019-07-08` or `25-07-2019`.

    Months may be in words: `13 March 2025`, `enero 2025`. None for no date, for a span (of two years, months or
    quarters, and `2011-12`, which may be of years), for `08-07-2019`, whose month is not told, and for a day that the
    name says to be of another act: `retrieved 2019-07-08`.
    """
    name = in_numbers(name)
    if months_in(name) or any(words.search(name) for words in (_OTHER_PARTS, _PARTS_IN_WORDS, _OF_ANOTHER_ACT)):
        return None
    days = _days(name)
    if days:
        return days.pop() if len(days) == 1 else None
    years = {int(match[0]) for match in _YEAR.finditer(name)}
    if len(years) != 1:
        return None
    (year,) = years
    parts = _quarters(name) | _months(name)
    if not parts:
        return _within(year, 1, 12)
    return parts.pop() if len(parts) == 1 else None


def _days(name: str) -> set[Span | None]:
    """The days in a name, None for one that is not told."""
    found = {_day(match[1], match[2] or match[5], match[3] or match[6]) for match in _DAY.finditer(name)}
    before = _DAY_FIRST.finditer(_DAY.sub("/", name))
    return found | {_day_of_two_orders(match[4], match[1], match[3]) for match in before}


def _day(year: str, month: str, day: str) -> Span | None:
    found = calendar_day(year, month, day)
    return (found, found) if found else None


def _day_of_two_orders(year: str, one: str, other: str) -> Span | None:
    """The day that two numbers before a year mean, in whichever order there is such a day; None where it is in both.

    A single digit tells nothing: `sdg-16-1-2024` is of a target.
    """
    if len(one + other) < 4:
        return None
    found = {day for day in (_day(year, one, other), _day(year, other, one)) if day}
    return found.pop() if len(found) == 1 else None


def _quarters(name: str) -> set[Span | None]:
    """The quarters in a name, None among them where another stands beside them without a year."""
    found = {(int(match[1]), match[2]) for match in _QUARTER.finditer(name)}
    found |= {(int(match[2]), match[1]) for match in _QUARTER_FIRST.finditer(name)}
    beside = set(_QUARTERS.findall(name)) - {quarter for _year, quarter in found}
    spans: set[Span | None] = {_within(year, 3 * int(quarter) - 2, 3 * int(quarter)) for year, quarter in found}
    return spans | ({None} if spans and beside else set())


def _months(name: str) -> set[Span | None]:
    """The months in a name, None for a number behind a year that is none, or that may be the year before or after.

    A number before a year that is no month counts something else: `table-16-2019`.
    """
    found = {_month(int(match[1]), int(match[2]), 1) for match in _MONTH.finditer(name)}
    before = [(int(match[2]), int(match[1])) for match in _MONTH_FIRST.finditer(name)]
    return found | {
        _month(year, number, -1) for year, number in before if number == (year - 1) % 100 or number in _IN_YEAR
    }


def _month(year: int, number: int, towards: int) -> Span | None:
    span = number == (year + towards) % 100
    return _within(year, number, number) if number in _IN_YEAR and not span else None


def _within(year: int, first: int, last: int) -> Span:
    """From the first day of one month to the last day of another."""
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


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
    """Leave out, each with a finding, the observations of years after the publication; a projection keeps them, and so
    does an observation that is marked as a forecast (status F).

    Raises BadInput where those are more than one in twenty, or with `none` where there are any: then the day of
    publication is wrong.
    """
    if reading.description.projects:
        return
    later = [one for one in reading.observations if int(one.period[:4]) > published.year and one.status != FORECAST]
    if later and (none or len(later) > MOST_LATER * len(reading.observations)):
        said = {"day": published.isoformat(), "last": max(one.period for one in later)}
        expected = _("a day of publication that is not before the years that the file is about (up to %(last)s)") % said
        raise BadInput(Fault(reading.file, "", published.isoformat(), expected))
    left_out = set(later)
    reading.observations = [one for one in reading.observations if one not in left_out]
    for one in later:
        expected = _("a year not after the publication of %(day)s") % {"day": published.isoformat()}
        reading.reject("impossible-year", one.place, one.period, expected)


def _finding(
    reading: Reading, rule: str, severity: str, day: date, message: str, words: Mapping[str, str] = MappingProxyType({})
) -> Finding:
    expected = _("a date of publication in the file or as --published")
    said = message % {"file": reading.file, "day": day.isoformat(), **words}
    return Finding(rule, severity, reading.file, "", reading.file, expected, said)  # type: ignore[arg-type]
