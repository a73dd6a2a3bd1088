"""Estimates from what is known: which observations, populations, groups and successions they are made of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from comity.analysis.estimates.arithmetic import Estimate, estimate
from comity.analysis.estimates.basis import PART_OF, SCHEMES
from comity.analysis.estimates.methods import Estimated, Rules, declared
from comity.areas.gazetteer import WORLD, Gazetteer, Membership, Succession
from comity.areas.labels import group_label
from comity.evidence.dates import read_date
from comity.evidence.figures import figure_id
from comity.evidence.wording import gettext as _
from comity.evidence.wording import language
from comity.observations.denominators import Populations, is_year
from comity.observations.observation import TOTAL
from comity.statistics.figures import whole_number
from comity.statistics.populations import populations
from comity.statistics.releases.known import Known
from comity.statistics.releases.query import Released, Selection

_YEARS_TRIED = 10
"""How many years back the latest one with a figure for the world is looked for."""


@dataclass(frozen=True)
class Material:
    """What the estimates of one year are made of; the populations source by source, in the order of asking."""

    observations: tuple[Released, ...]
    populations: tuple[tuple[Released, ...], ...]
    memberships: tuple[Membership, ...]
    successions: tuple[Succession, ...]


def estimates(
    knowing: Callable[[date], Known],
    what: str,
    *,
    method: str = "",
    on: str = "",
    as_at: date | None = None,
    today: date,
) -> list[Estimate]:
    """The estimates for the world and all regions in a year, by a method, as known on a day.

    Without `on` the method's own year is meant, else the latest with a figure for the world. Without `as_at` a method
    that has a vintage of its own speaks from it: `knowing` gives what is known on its day. Raises UnknownName for what
    cannot be estimated, or no such method.
    """
    rules = asked_method(method, as_at)
    known = knowing(knowledge(rules, as_at or today))
    measures = declared().measures(what)
    found = [each for measure in measures for each in _of_measure(known, measure, rules, on or rules.on)]
    return sorted(found, key=lambda each: (each.area, each.indicator))


def _of_measure(known: Known, what: Estimated, rules: Rules, on: str) -> Sequence[Estimate]:
    """The estimates of one measure for a year, or for the latest that has a figure for the world."""
    if on:
        return of_year(known, what, rules, year_of(on))
    years = {found.observation.period for found in _observations(known, what)}
    tried = sorted(filter(is_year, years), reverse=True)[:_YEARS_TRIED]
    for year in tried:
        made = of_year(known, what, rules, year)
        if any(each.area == WORLD and each.value is not None for each in made):
            return made
    return of_year(known, what, rules, tried[0]) if tried else []


def of_year(known: Known, what: Estimated, rules: Rules, on: str) -> Sequence[Estimate]:
    """The estimates of one measure for the world and all regions in a year."""
    return _of_year(known, what, rules, on, language())


@lru_cache(maxsize=32)
def _of_year(known: Known, what: Estimated, rules: Rules, on: str, _language: str) -> Sequence[Estimate]:
    of = material(known, what, rules, on)
    return estimate(
        what,
        rules,
        on,
        (found.observation for found in of.observations),
        [Populations(found.observation for found in source) for source in of.populations],
        of.memberships,
        of.successions,
    )


@lru_cache(maxsize=8)
def material(known: Known, what: Estimated, rules: Rules, on: str) -> Material:
    """What the estimates of a year are made of."""
    return Material(
        _observations(known, what), _people(known, rules, on), _memberships(known.names), known.names.successions()
    )


@lru_cache(maxsize=8)
def _memberships(names: Gazetteer) -> tuple[Membership, ...]:
    """The memberships of countries in the groups that estimates need, in an order that no database decides."""
    counted = countries(names)
    of = [each for each in names.memberships() if each.area in counted]
    of.sort(key=lambda each: (each.area, each.valid_from or date.min))
    return tuple(each for scheme in (*SCHEMES, PART_OF) for each in of if each.scheme == scheme)


def of_m49(made: Sequence[Estimate]) -> list[Estimate]:
    """The estimates for the world and the regions of M49, without those for the groups of the United Nations."""
    return [each for each in made if each.area.isdecimal()]


def countries(names: Gazetteer) -> frozenset[str]:
    """The codes of States and areas that estimates count, without regions and organizations.

    More than the gazetteer's COUNTRIES: a State that is gone counts in the years in which it reported.
    """
    return frozenset(code for code, area in names.areas.items() if area.kind not in ("region", "organization"))


def _people(known: Known, rules: Rules, on: str) -> tuple[tuple[Released, ...], ...]:
    """The populations around a year, by source; none for a method that takes them from counts and rates."""
    if rules.arithmetic != "filled":
        return ()
    around = [str(int(on) + step * rules.interpolate_within) for step in (-1, 1)] if on else []
    return tuple(map(tuple, populations(known, countries(known.names), around)))


@lru_cache(maxsize=8)
def _observations(known: Known, what: Estimated) -> tuple[Released, ...]:
    """The counts and rates: each area's series whole, from the first of the data sets that has the area."""
    selection = Selection(
        indicators=(what.count, what.rate),
        iccs=(what.iccs,),
        sexes=(TOTAL,),
        ages=(TOTAL,),
        citizenships=(TOTAL,),
        breakdowns=(TOTAL,),
    )
    speaking = {*known.datasets}
    taken: set[str] = set()
    chosen: list[Released] = []
    for dataset in what.datasets:
        if dataset in speaking:
            rows = known.find(selection, dataset)
            chosen += [found for found in rows if found.observation.area not in taken]
            taken |= {found.observation.area for found in rows}
    return tuple(chosen)


def asked_method(name: str, as_at: date | None) -> Rules:
    """The method that is meant: with a day of knowledge after its own vintage, the one that speaks from that day.

    So its address is another, and says so: a method's own figures keep theirs whenever they are asked for.
    """
    rules = declared().method(name)
    if as_at is None or rules.as_at is None or as_at <= rules.as_at:
        return rules
    return declared().method(f"{rules.name.partition(':')[0]}:{as_at.isoformat()}")


def knowledge(rules: Rules, as_at: date) -> date:
    """The state of knowledge that a method speaks from: never later than its own vintage."""
    return min(as_at, rules.as_at) if rules.as_at else as_at


def year_of(on: str) -> str:
    """The year of a period or day; raises BadInput for any other text."""
    return on if is_year(on) else str(read_date(on, _("command line"), "on").year)


def address(of: Estimate) -> str:
    """The address of an estimate's figure: `estimate.homicide-rate.001.2012.study-2013`."""
    return figure_id("estimate", {"indicator": of.indicator, "area": of.area, "on": of.on, "method": of.method})


def record(of: Estimate, names: Gazetteer, language: str = "en") -> dict[str, Any]:
    """An estimate in the shape of `comity estimate --format json`."""
    area = names.areas.get(of.area)
    return {
        "area": of.area,
        "iso3": area.iso3 if area else None,
        "name": names.label(of.area, language) if area else str(group_label(of.area)),
        "indicator": of.indicator,
        "on": of.on,
        "value": of.value,
        "printed": of.printed,
        "unit": of.unit,
        "count": whole_number(of.count),
        "population": whole_number(of.population),
        "observed_share": of.observed_share,
        "low": of.low,
        "high": of.high,
        "method": of.method,
        "figure": address(of),
        "provenance": of.provenance,
        "flags": list(of.flags),
        "reason": of.reason,
    }
