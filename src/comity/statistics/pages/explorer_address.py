"""What the address of the explorer asks for: a selection of observations, or sentences on what was not understood."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache, partial
from typing import TypeVar

from comity.areas.gazetteer import Gazetteer
from comity.evidence.dates import read_date
from comity.evidence.errors import BadInput, Fault, UnknownName
from comity.evidence.wording import gettext as _
from comity.observations.observation import STATUSES
from comity.statistics.releases import query
from comity.statistics.releases.files import Release
from comity.statistics.releases.holdings import Holdings
from comity.statistics.releases.query import ORDERS, Selection

T = TypeVar("T")

FIELDS = (
    "dataset",
    "area",
    "indicator",
    "iccs",
    "sex",
    "age",
    "citizenship",
    "breakdown",
    "status",
    "first",
    "last",
    "as_at",
    "vintages",
    "order",
)
"""The fields of the explorer's address that say what is asked for and how it is ordered."""

CHOSEN = ("indicator", "sex", "age", "breakdown")
"""The fields whose value is one that the releases hold, with the column of the same name."""

_YEAR = re.compile(r"[0-9]{4}")
_ICCS = re.compile(r"[0-9]{2,6}[0-9A-Z]{0,4}\*?")


@dataclass(frozen=True)
class Asked:
    """What is asked for, of which releases, in which order; `texts` is what stands in the address, field by field.

    `known` are all published releases of the data set, or of all data sets, whose values the explorer offers.
    """

    selection: Selection
    releases: tuple[Release, ...]
    known: tuple[Release, ...]
    as_at: date
    dataset: str = ""
    all_vintages: bool = False
    order: str = "area"
    texts: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()


def read(fields: Mapping[str, str], published: Holdings, names: Gazetteer, today: date) -> Asked:
    """Read the fields of an address. What is not understood becomes a fault, and selects nothing."""
    texts = {name: fields.get(name, "").strip() for name in FIELDS}
    faults: list[Fault] = []

    def understood(name: str, reader: Callable[[str], T], otherwise: T) -> T:
        try:
            return reader(texts[name]) if texts[name] else otherwise
        except BadInput as error:
            faults.extend(Fault(_place(), name, fault.value, fault.expected) for fault in error.faults)
            return otherwise

    as_at = understood("as_at", lambda text: read_date(text, "", "as_at"), today)
    dataset = understood("dataset", lambda text: published.of(text).datasets()[0], "")
    all_vintages = understood("vintages", lambda text: _one_of(text, ("all",)) == "all", False)
    known = published.of(dataset) if dataset else published
    by_then = tuple(release for release in known if release.published <= as_at)
    vintages = by_then if all_vintages else known.as_at(as_at).releases
    held = {name: understood(name, partial(_held, known.releases, name), "") for name in CHOSEN}
    first, last = understood("first", _year, ""), understood("last", _year, "")
    if first and last and first > last:
        faults.append(Fault(_place(), "last", last, _("a year not before %(first)s") % {"first": first}))
    selection = Selection(
        areas=_several(understood("area", lambda text: names.resolve(text).code, "")),
        indicators=_several(held["indicator"]),
        iccs=_several(understood("iccs", _iccs, "")),
        sexes=_several(held["sex"]),
        ages=_several(held["age"]),
        citizenships=_several(understood("citizenship", partial(_citizenship, known.releases, names), "")),
        breakdowns=_several(held["breakdown"]),
        statuses=_several(understood("status", lambda text: _one_of(text, tuple(sorted(STATUSES))), "")),
        first=first,
        last=last,
    )
    order = understood("order", lambda text: _one_of(text, tuple(ORDERS)), "area")
    return Asked(selection, vintages, known.releases, as_at, dataset, all_vintages, order, texts, tuple(faults))


def _place() -> str:
    return _("address of the page")


def _several(code: str) -> tuple[str, ...]:
    return (code,) if code else ()


def _one_of(text: str, allowed: tuple[str, ...]) -> str:
    if text not in allowed:
        raise UnknownName(text, _("one of %(values)s") % {"values": ", ".join(allowed)})
    return text


def _year(text: str) -> str:
    if not _YEAR.fullmatch(text):
        raise BadInput(Fault("", "", text, _("a year of four digits")))
    return text


def _iccs(text: str) -> str:
    if not _ICCS.fullmatch(text):
        raise BadInput(Fault("", "", text, _("an ICCS code such as 0101, or 02* with all that lies below it")))
    return text


def _held(releases: tuple[Release, ...], column: str, text: str) -> str:
    values = held_values(releases, column)
    if text not in values:
        raise UnknownName(text, _("a value that the releases hold"), values[:5])
    return text


def _citizenship(releases: tuple[Release, ...], names: Gazetteer, text: str) -> str:
    if text in held_values(releases, "citizenship"):
        return text
    return names.resolve(text).code


@lru_cache(maxsize=512)
def held_values(releases: tuple[Release, ...], column: str) -> tuple[str, ...]:
    """The values that a column takes in releases, in order, without blank ones; kept, since a release never changes."""
    return tuple(value for value, _number in query.choices(releases, Selection(), column) if value)
