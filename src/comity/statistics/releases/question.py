"""What people ask of the releases, in their own words, as the releases and codes that are meant.

Commands, notebooks and pages ask through here, so that a name means the same everywhere and is refused in the same
words.
"""

import difflib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, partial
from typing import Any, TypeVar

from comity.areas.gazetteer import Gazetteer
from comity.evidence.errors import BadInput, Fault, UnknownName
from comity.evidence.wording import gettext as _
from comity.observations.observation import STATUSES
from comity.statistics.releases import query
from comity.statistics.releases.files import Release
from comity.statistics.releases.holdings import Holdings
from comity.statistics.releases.query import Released, Selection

T = TypeVar("T")

# 2012
_YEAR = re.compile(r"[0-9]{4}")
# 0101 and 04*; 02019A, as tables divide the residual categories further.
_ICCS = re.compile(r"[0-9]{2,6}[0-9A-Z]{0,4}\*?")
# Fields of `Wanted` whose words are values that releases hold, with their columns.
_HELD = {"indicators": "indicator", "sexes": "sex", "ages": "age", "breakdowns": "breakdown"}


@dataclass(frozen=True)
class Wanted:
    """What is asked for, as people write it; a blank field asks for all.

    The years are those from `first` to `last`, or those of a `period`: `2012`, `2010:2012` or `2010:`.
    """

    areas: Sequence[str] = ()
    indicators: Sequence[str] = ()
    iccs: Sequence[str] = ()
    sexes: Sequence[str] = ()
    ages: Sequence[str] = ()
    citizenships: Sequence[str] = ()
    breakdowns: Sequence[str] = ()
    statuses: Sequence[str] = ()
    period: str = ""
    first: str = ""
    last: str = ""


class Reader:
    """Reads the words of a question, field by field; what is not understood becomes an error, and asks for nothing.

    `where` says to a person where the words stand: the command line, where it is blank.
    """

    def __init__(self, where: str = "") -> None:
        self.where = where or _("command line")
        self.errors: list[BadInput] = []

    def read(self, field: str, reading: Callable[[str], T], text: str, otherwise: T) -> T:
        """What a text means by a reading of it; `otherwise` where it is blank or not understood."""
        if not text:
            return otherwise
        try:
            return reading(text)
        except UnknownName as error:
            self.errors.append(UnknownName(error.value, error.what, error.candidates, self.where, field))
        except BadInput as error:
            self.errors.append(BadInput([replace(fault, file=self.where, place=field) for fault in error.faults]))
        return otherwise

    def each(self, field: str, reading: Callable[[str], str], texts: Iterable[str]) -> tuple[str, ...]:
        """What several texts mean, each once, in their order."""
        meant = (self.read(field, reading, text, "") for text in texts)
        return tuple(dict.fromkeys(filter(None, meant)))

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What was not understood."""
        return tuple(fault for error in self.errors for fault in error.faults)

    def require_all_understood(self) -> None:
        """Raise BadInput with all that was not understood; UnknownName where it is one name."""
        if len(self.errors) == 1:
            raise self.errors[0]
        if self.errors:
            raise BadInput(self.faults)


@dataclass(frozen=True)
class Question:
    """The releases that are asked, and for which of their observations."""

    releases: tuple[Release, ...]
    selection: Selection
    as_at: date


def ask(
    holdings: Holdings,
    names: Gazetteer,
    wanted: Wanted,
    *,
    as_at: date,
    dataset: str | None = None,
    all_vintages: bool = False,
    where: str = "",
) -> Question:
    """The question that people's words mean, put to the releases known on a day.

    `dataset` is the code of a data set or the id of one release. Raises BadInput for whatever nothing bears the name
    of, with the nearest that is held; `where` says to a reader where the words stand (the command line, if blank).
    """
    releases = releases_asked(holdings, dataset, as_at, all_vintages)
    vintages = releases_asked(holdings, dataset, date.max, all_vintages=True)
    return Question(tuple(releases), selection(vintages, names, wanted, where), as_at)


def selection(releases: Sequence[Release], names: Gazetteer, wanted: Wanted, where: str = "") -> Selection:
    """The selection that people's words mean among releases; raises BadInput as `ask` does."""
    reader = Reader(where)
    asked = read_selection(reader, releases, names, wanted)
    reader.require_all_understood()
    return asked


def read_selection(reader: Reader, releases: Sequence[Release], names: Gazetteer, wanted: Wanted) -> Selection:
    """The selection that people's words mean among releases, as far as the reader understands them."""
    known = tuple(releases)
    held: dict[str, Any] = {
        field: reader.each(column, partial(_held, known, column), getattr(wanted, field))
        for field, column in _HELD.items()
    }
    first, last = reader.read("period", _period, wanted.period, ("", ""))
    first = reader.read("first", read_year, wanted.first, first)
    last = reader.read("last", partial(_year_after, first), wanted.last, last)
    return Selection(
        areas=reader.each("area", lambda text: names.resolve(text).code, wanted.areas),
        iccs=reader.each("iccs", _iccs, wanted.iccs),
        citizenships=reader.each("citizenship", partial(_citizenship, known, names), wanted.citizenships),
        statuses=reader.each("status", _status, wanted.statuses),
        first=first,
        last=last,
        **held,
    )


def releases_asked(releases: Holdings, dataset: str | None, as_at: date, all_vintages: bool) -> Sequence[Release]:
    """The releases that a question is put to: of each data set the latest known on a day, or all that were known.

    `dataset` is the code of a data set or the id of one release; UnknownName is raised for any other.
    """
    if dataset is not None and "@" in dataset:
        return [one for one in (releases.release(dataset),) if one.published <= as_at]
    known = releases if dataset is None else releases.of(dataset)
    return (known.vintages(as_at) if all_vintages else known.as_at(as_at)).releases


def find(releases: Holdings, selection: Selection, *, dataset: str | None, as_at: date) -> list[Released]:
    """The observations of a selection, as known on a day. Raises UnknownName for a data set that there is none of."""
    return list(query.select(releases_asked(releases, dataset, as_at, all_vintages=False), selection))


def areas_asked(names: Gazetteer, texts: Iterable[str], where: str, field: str = "area") -> tuple[str, ...]:
    """The codes of the areas that codes and names in any of the six languages mean; raises UnknownName."""
    reader = Reader(where)
    codes = reader.each(field, lambda text: names.resolve(text).code, texts)
    reader.require_all_understood()
    return codes


def nearest(text: str, choices: Iterable[str], limit: int = 5) -> list[str]:
    """The choices nearest to a text: those that hold it first, then by spelling."""
    known = list(choices)
    holding = [choice for choice in known if text and text.casefold() in choice.casefold()]
    close = difflib.get_close_matches(text.casefold(), known, n=limit, cutoff=0.4)
    return list(dict.fromkeys([*sorted(holding, key=len), *close]))[:limit]


@lru_cache(maxsize=512)
def values_held(releases: tuple[Release, ...], column: str) -> tuple[str, ...]:
    """The values that a column takes in releases, in order, without blank ones; kept, since a release never changes."""
    return tuple(value for value, _number in query.choices(releases, Selection(), column) if value)


def one_of(allowed: Sequence[str], text: str) -> str:
    """A text that must be among some. Raises UnknownName."""
    if text not in allowed:
        raise UnknownName(text, _("one of %(values)s") % {"values": ", ".join(allowed)})
    return text


def read_year(text: str) -> str:
    """A year as four digits. Raises BadInput."""
    if not _YEAR.fullmatch(text):
        raise BadInput(Fault("", "", text, _("a year of four digits")))
    return text


def _year_after(first: str, text: str) -> str:
    if first and read_year(text) < first:
        raise BadInput(Fault("", "", text, _("a year not before %(first)s") % {"first": first}))
    return read_year(text)


def _held(releases: tuple[Release, ...], column: str, text: str) -> str:
    values = values_held(releases, column)
    if text not in values:
        expected = _("a value of “%(column)s” that is held") % {"column": column}
        raise UnknownName(text, expected, nearest(text, values) or values[:5])
    return text


def _citizenship(releases: tuple[Release, ...], names: Gazetteer, text: str) -> str:
    return text if text in values_held(releases, "citizenship") else names.resolve(text).code


def _iccs(code: str) -> str:
    if not _ICCS.fullmatch(code):
        raise BadInput(Fault("", "", code, _("an ICCS code such as 0101, or 04* with all that lies below it")))
    return code


def _status(code: str) -> str:
    if code not in STATUSES:
        expected = _("an observation status, one of %(codes)s") % {"codes": ", ".join(sorted(STATUSES))}
        raise BadInput(Fault("", "", code, expected))
    return code


@dataclass(frozen=True)
class Years:
    """First and last year that are asked for; a blank one is open."""

    first: str
    last: str


def years_asked(on: str, period: str, where: str) -> Years:
    """The years that `on` (one year) or `period` means; raises BadInput for any other text, or where both are given."""
    reader = Reader(where)
    if on and period:
        raise BadInput(Fault(reader.where, "on", on, _("either one year or a period")))
    year = reader.read("on", read_year, on, "")
    first, last = reader.read("period", _period, period, (year, year))
    reader.require_all_understood()
    return Years(first, last)


def _period(text: str) -> tuple[str, str]:
    first, colon, last = text.partition(":")
    last = last if colon else first
    years = [bound for bound in (first, last) if bound]
    if not years or not all(map(_YEAR.fullmatch, years)) or years != sorted(years):
        raise BadInput(Fault("", "", text, _("a year or years, as 2012, 2010:2012, 2010: or :2012")))
    return first, last
