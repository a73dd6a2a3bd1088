"""What people ask of the releases, in their own words, as the releases and codes that are meant.

Commands, notebooks and pages ask through here, so that a name means the same everywhere.
"""

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from comity.areas.gazetteer import Gazetteer
from comity.evidence.errors import BadInput, Fault, UnknownName
from comity.evidence.wording import gettext as _
from comity.observations.observation import STATUSES
from comity.statistics.releases import query
from comity.statistics.releases.files import Release
from comity.statistics.releases.holdings import Holdings
from comity.statistics.releases.query import Found, Selection

_YEAR = re.compile(r"[0-9]{4}")
_ICCS = re.compile(r"[0-9]{2,6}\*?")


@dataclass(frozen=True)
class Wanted:
    """What is asked for, as people write it; a blank field asks for all. `period` is `2012`, `2010:2012` or `2010:`."""

    areas: Sequence[str] = ()
    indicators: Sequence[str] = ()
    iccs: Sequence[str] = ()
    sexes: Sequence[str] = ()
    ages: Sequence[str] = ()
    citizenships: Sequence[str] = ()
    breakdowns: Sequence[str] = ()
    statuses: Sequence[str] = ()
    period: str = ""


@dataclass(frozen=True)
class Question:
    """The releases that are asked, and for which of their observations."""

    releases: tuple[Release, ...]
    selection: Selection
    as_at: date


def ask(
    held: Holdings,
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
    releases = releases_asked(held, dataset, as_at, all_vintages)
    vintages = releases_asked(held, dataset, date.max, all_vintages=True)
    return Question(tuple(releases), selection(vintages, names, wanted, where), as_at)


def selection(releases: Sequence[Release], names: Gazetteer, wanted: Wanted, where: str = "") -> Selection:
    """The selection that people's words mean among releases; raises BadInput as `ask` does."""
    where = where or _("command line")
    coded: dict[str, Any] = {field: tuple(getattr(wanted, field)) for field in _CHECKED}
    for field, column in _CHECKED.items():
        _require_held(releases, field, column, coded[field], where)
    return Selection(
        areas=areas_asked(names, wanted.areas, where),
        iccs=_iccs(wanted.iccs, where),
        statuses=_statuses(wanted.statuses, where),
        **coded,
        **_period(wanted.period, where),
    )


_CHECKED = {
    "indicators": "indicator",
    "sexes": "sex",
    "ages": "age",
    "citizenships": "citizenship",
    "breakdowns": "breakdown",
}


def releases_asked(held: Holdings, dataset: str | None, as_at: date, all_vintages: bool) -> Sequence[Release]:
    """The releases that a question is put to: of each data set the latest known on a day, or all that were known.

    `dataset` is the code of a data set or the id of one release; UnknownName is raised for any other.
    """
    if dataset is not None and "@" in dataset:
        return [one for one in (held.release(dataset),) if one.published <= as_at]
    known = held if dataset is None else held.of(dataset)
    return (known.vintages(as_at) if all_vintages else known.as_at(as_at)).releases


def find(held: Holdings, selection: Selection, *, dataset: str | None, as_at: date) -> list[Found]:
    """The observations of a selection, as known on a day. Raises UnknownName for a data set that there is none of."""
    return list(query.select(releases_asked(held, dataset, as_at, all_vintages=False), selection))


def areas_asked(names: Gazetteer, texts: Iterable[str], where: str) -> tuple[str, ...]:
    """The codes of the areas that codes and names in any of the six languages mean; raises UnknownName."""
    try:
        return tuple(dict.fromkeys(names.resolve(text).code for text in texts))
    except UnknownName as error:
        raise UnknownName(error.value, error.what, error.candidates, where, "area") from None


def nearest(text: str, choices: Iterable[str], limit: int = 5) -> list[str]:
    """The choices nearest to a text: those that hold it first, then by spelling."""
    known = list(choices)
    holding = [choice for choice in known if text and text.casefold() in choice.casefold()]
    close = difflib.get_close_matches(text.casefold(), known, n=limit, cutoff=0.4)
    return list(dict.fromkeys([*sorted(holding, key=len), *close]))[:limit]


def _require_held(vintages: Sequence[Release], field: str, column: str, asked: tuple[str, ...], where: str) -> None:
    if not asked:
        return
    limited: dict[str, Any] = {field: asked}
    held = {value for value, _count in query.choices(vintages, Selection(**limited), column)}
    for value in asked:
        if value not in held:
            known = [choice for choice, _count in query.choices(vintages, Selection(), column)]
            expected = _("a value of “%(column)s” that is held") % {"column": column}
            raise UnknownName(value, expected, nearest(value, known) or known[:5], where, column)


def _iccs(codes: Sequence[str], where: str) -> tuple[str, ...]:
    for code in codes:
        if not _ICCS.fullmatch(code):
            raise BadInput(
                Fault(where, "iccs", code, _("an ICCS code such as 0101, or 04* with all that lies below it"))
            )
    return tuple(codes)


def _statuses(codes: Sequence[str], where: str) -> tuple[str, ...]:
    for code in codes:
        if code not in STATUSES:
            expected = _("an observation status, one of %(codes)s") % {"codes": ", ".join(sorted(STATUSES))}
            raise BadInput(Fault(where, "status", code, expected))
    return tuple(codes)


@dataclass(frozen=True)
class Years:
    """First and last year that are asked for; a blank one is open."""

    first: str
    last: str


def years_asked(on: str, period: str, where: str) -> Years:
    """The years that `on` (one year) or `period` means; raises BadInput for any other text, or where both are given."""
    if on and period:
        raise BadInput(Fault(where, "on", on, _("either one year or a period")))
    if on and not _YEAR.fullmatch(on):
        raise BadInput(Fault(where, "on", on, _("a year as YYYY")))
    return Years(**{"first": "", "last": "", **_period(on or period, where)})


def _period(text: str, where: str) -> dict[str, Any]:
    if not text:
        return {}
    first, colon, last = text.partition(":")
    last = last if colon else first
    years = [bound for bound in (first, last) if bound]
    if not years or not all(map(_YEAR.fullmatch, years)) or years != sorted(years):
        raise BadInput(Fault(where, "period", text, _("a year or years, as 2012, 2010:2012, 2010: or :2012")))
    return {"first": first, "last": last}
