"""Estimates from what is known: which observations, populations, groups and successions they are made of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from comity.analysis.estimates.arithmetic import Estimate, Reckoning
from comity.analysis.estimates.basis import PART_OF, SCHEMES, Basis, Geography, populations_of
from comity.analysis.estimates.methods import Estimated, Rules, StandIn, declared
from comity.analysis.estimates.published import difference, published
from comity.areas.gazetteer import WORLD, Gazetteer, Membership, Succession
from comity.areas.labels import group_label
from comity.evidence.dates import read_date
from comity.evidence.errors import BadInput, Fault
from comity.evidence.figures import figure_id
from comity.evidence.wording import gettext as _
from comity.evidence.wording import language
from comity.observations.denominators import POPULATION, is_year
from comity.observations.observation import ESTIMATED, TOTAL
from comity.statistics.figures import whole_number
from comity.statistics.populations import populations
from comity.statistics.releases.known import Known
from comity.statistics.releases.query import Released, Selection

_YEARS_TRIED = 10
"""How many years back the latest one with a figure for the world is looked for."""
MOST_YEARS = 200


@dataclass(frozen=True)
class Material:
    """What estimates are made of; the populations source by source, in the order of asking."""

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
    areas: Sequence[str] = (),
    as_at: date | None = None,
    today: date,
) -> list[Estimate]:
    """The estimates for the world and all regions in a year, or for some areas, by a method, as known on a day.

    `on` is a year, or the first and the last of several (`1990:2017`); without it the method's own year is meant, else
    the latest with a figure for the world. `areas` are codes of regions, States or areas. Without `as_at` a method that
    has a vintage of its own speaks from it: `knowing` gives what is known on its day. Raises UnknownName for what
    cannot be estimated, or no such method or area; BadInput for what is no year.
    """
    rules = asked_method(method, as_at)
    known = knowing(knowledge(rules, as_at or today))
    measures = declared().measures(what)
    found = [
        each
        for of in measures
        for year in _years(known, of, rules, on)
        for each in _some(known, of, rules, year, areas)
    ]
    return sorted(found, key=lambda each: (each.area, each.on, each.indicator))


def _years(known: Known, what: Estimated, rules: Rules, on: str) -> list[str]:
    """The years that are asked for: those named, the method's own, or the latest that has a figure for the world."""
    first, colon, last = (on or rules.on).partition(":")
    if colon:
        begun, ended = int(year_of(first)), int(year_of(last))
        if not 0 <= ended - begun <= MOST_YEARS:
            expected = _("a first and a last year at most %(most)d apart") % {"most": MOST_YEARS}
            raise BadInput(Fault(_("command line"), "on", on, expected))
        return [str(year) for year in range(begun, ended + 1)]
    if first:
        return [year_of(first)]
    years = {found.observation.period for found in _observations(known, what, rules)}
    tried = sorted(filter(is_year, years), reverse=True)[:_YEARS_TRIED]
    found = (year for year in tried if reckoning(known, what, rules, year).of(WORLD).value is not None)
    latest = next(found, tried[0] if tried else "")
    return [latest] if latest else []


def _some(known: Known, what: Estimated, rules: Rules, on: str, areas: Sequence[str]) -> Sequence[Estimate]:
    made = reckoning(known, what, rules, on)
    return [made.of(area) for area in areas] if areas else made.all()


def of_year(known: Known, what: Estimated, rules: Rules, on: str) -> Sequence[Estimate]:
    """The estimates of one measure for the world and all regions in a year."""
    return reckoning(known, what, rules, on).all()


def reckoning(known: Known, what: Estimated, rules: Rules, on: str) -> Reckoning:
    """The estimates of one measure in a year, for whatever area they are asked for."""
    return _reckoning(known, what, rules, on, language())


@lru_cache(maxsize=64)
def _reckoning(known: Known, what: Estimated, rules: Rules, on: str, _language: str) -> Reckoning:
    of = material(known, what, rules)
    geography = Geography(of.memberships, of.successions, on)
    return Reckoning(_basis(known, what, rules).at(geography), rules, on)


@lru_cache(maxsize=8)
def _basis(known: Known, what: Estimated, rules: Rules) -> Basis:
    """What the estimates of all years rest on, in the geography of one of them."""
    of = material(known, what, rules)
    people = populations_of(rules, *([found.observation for found in source] for source in of.populations))
    geography = Geography(of.memberships, of.successions, rules.on or "2000")
    return Basis(what, (found.observation for found in of.observations), people, geography, rules)


@lru_cache(maxsize=8)
def material(known: Known, what: Estimated, rules: Rules) -> Material:
    """What the estimates of all years are made of."""
    observations = _observations(known, what, rules)
    return Material(
        observations, _people(known, rules, observations), _memberships(known.names), known.names.successions()
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


def _people(known: Known, rules: Rules, observations: Sequence[Released]) -> tuple[tuple[Released, ...], ...]:
    """The populations of the years of observations, by source; none for a method that takes them from counts."""
    if not rules.fills:
        return ()
    if rules.population:
        if not _holds(known, rules.population):
            return ()
        return (tuple(known.find(Selection(indicators=(POPULATION,)), rules.population)),)
    years = sorted(filter(is_year, {found.observation.period for found in observations}))
    return tuple(map(tuple, populations(known, countries(known.names), years[:1] + years[-1:])))


def _holds(known: Known, dataset: str) -> bool:
    return dataset in known.datasets


@lru_cache(maxsize=8)
def _observations(known: Known, what: Estimated, rules: Rules) -> tuple[Released, ...]:
    """The counts and rates: each area's series whole, from the first of the data sets that has the area.

    What stands in for a State without any has the status E, whatever its origin gives it.
    """
    selection = Selection(
        indicators=(what.count, what.rate),
        iccs=(what.iccs,),
        sexes=(TOTAL,),
        ages=(TOTAL,),
        citizenships=(TOTAL,),
        breakdowns=(TOTAL,),
    )
    taken: set[str] = set()
    chosen: list[Released] = []
    for dataset in what.datasets:
        if _holds(known, dataset):
            rows = known.find(selection, dataset)
            chosen += [found for found in rows if found.observation.area not in taken]
            taken |= {found.observation.area for found in rows if found.observation.value is not None}
    for stand_in in rules.stand_ins:
        rows = [found for found in _standing_in(known, selection, stand_in) if found.observation.area not in taken]
        chosen += [replace(one, observation=one.observation._replace(status=ESTIMATED)) for one in rows]
        taken |= {found.observation.area for found in rows}
    return tuple(chosen)


def _standing_in(known: Known, selection: Selection, stand_in: StandIn) -> list[Released]:
    """The observations of a data set, or of one release of it that is known, that stand in for States without any."""
    released = {name for release in known.releases for name in (release.id, *release.aliases)}
    if stand_in.dataset not in released and not _holds(known, stand_in.dataset):
        return []
    within = {one.area for one in _memberships(known.names) if one.value == stand_in.region}
    return [
        found
        for found in known.find(selection, stand_in.dataset)
        if (not stand_in.source or found.observation.source == stand_in.source)
        and (not stand_in.region or found.observation.area in within)
        and found.observation.value is not None
    ]


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


def reason_of(of: Estimate, names: Gazetteer, language: str = "en") -> str:
    """Why an estimate has no value, with the parts that have none by their names."""
    if not of.withheld or of.reason_kind != "part-withheld":
        return of.reason
    parts = ", ".join(names.label(part, language) for part in of.withheld)
    return _("No total is given where a part has none: there is no figure for %(parts)s.") % {"parts": parts}


def record(of: Estimate, names: Gazetteer, language: str = "en") -> dict[str, Any]:
    """An estimate in the shape of `comity estimate --format json`."""
    area, told = names.areas.get(of.area), published(of)
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
        "estimated": list(of.estimated),
        "flags": list(of.flags),
        "reason_kind": of.reason_kind,
        "reason": reason_of(of, names, language),
        "bounds_held": declared().bounds.held if of.is_filled else None,
        "published": told.value if told else None,
        "published_source": told.source if told else "",
        "published_note": difference(of),
    }
