"""Estimates from releases and a gazetteer, wherever these come from, and the rows that commands and notebooks give.

Commands and pages give the releases and areas of the database, notebooks those of the file `CURRENT.json`.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from typing import Any

from comity.analysis.estimates.basis import PART_OF, SCHEMES, WORLD
from comity.analysis.estimates.figures import Estimate, estimate
from comity.analysis.estimates.methods import Estimated, Rules, declared
from comity.areas.gazetteer import Gazetteer
from comity.areas.labels import group_label
from comity.evidence.dates import read_date
from comity.evidence.figures import figure_id
from comity.evidence.wording import gettext as _
from comity.observations.denominators import Populations, is_year
from comity.observations.observation import TOTAL
from comity.statistics.populations import populations
from comity.statistics.releases import question
from comity.statistics.releases.holdings import Holdings
from comity.statistics.releases.query import Found, Selection

_YEARS_TRIED = 10
"""How many years back the latest one with a figure for the world is looked for."""

Make = Callable[[Estimated, Rules, str, date], Sequence[Estimate]]
"""What makes the estimates of a year from what is known on a day."""


def asked(
    held: Holdings,
    what: str,
    *,
    method: str = "",
    on: str = "",
    as_at: date | None = None,
    today: date,
    make: Make,
) -> list[Estimate]:
    """The estimates that a question means: its method, year and day of knowledge; see `estimate_store.estimates`."""
    rules = asked_method(method, as_at)
    known = knowledge(rules, as_at or today)
    measures = declared().measures(what)
    found = [one for wanted in measures for one in _of_measure(held, wanted, rules, on or rules.on, known, make)]
    return sorted(found, key=lambda one: (one.area, one.indicator))


def _of_measure(held: Holdings, wanted: Estimated, rules: Rules, on: str, known: date, make: Make) -> list[Estimate]:
    """The estimates of one measure for a year, or for the latest that has a figure for the world."""
    if on:
        return list(make(wanted, rules, year_of(on), known))
    years = {found.observation.period for found in observations(held, wanted, known)}
    tried = sorted(filter(is_year, years), reverse=True)[:_YEARS_TRIED]
    for year in tried:
        found = list(make(wanted, rules, year, known))
        if any(one.area == WORLD and one.value is not None for one in found):
            return found
    return list(make(wanted, rules, tried[0], known)) if tried else []


def made_from(held: Holdings, names: Gazetteer) -> Make:
    """What makes estimates of releases and a gazetteer alone. Groups and successions are those the gazetteer holds."""

    def make(what: Estimated, rules: Rules, on: str, known: date) -> Sequence[Estimate]:
        of = countries(names)
        groups = names.memberships()
        return estimate(
            what,
            rules,
            on,
            (found.observation for found in observations(held, what, known)),
            [Populations(found.observation for found in source) for source in people(held, of, rules, on, known)],
            [one for scheme in (*SCHEMES, PART_OF) for one in groups if one.scheme == scheme and one.area in of],
            names.successions(),
        )

    return make


def of_m49(found: Iterable[Estimate]) -> list[Estimate]:
    """The estimates for the world and the regions of M49, without those for the groups of the United Nations."""
    return [one for one in found if one.area.isdecimal()]


def countries(names: Gazetteer) -> frozenset[str]:
    """The codes of States and areas that estimates count, without regions and organizations."""
    return frozenset(code for code, area in names.areas.items() if area.kind not in ("region", "organization"))


def people(
    held: Holdings, of_areas: Collection[str], rules: Rules, on: str, known: date
) -> tuple[tuple[Found, ...], ...]:
    """The populations around a year, by source; none for a method that takes them from counts and rates."""
    if rules.arithmetic != "filled":
        return ()
    around = [str(int(on) + step * rules.interpolate_within) for step in (-1, 1)] if on else []
    return tuple(map(tuple, populations(held, of_areas, around, known)))


def observations(held: Holdings, what: Estimated, known: date) -> tuple[Found, ...]:
    """The counts and rates: each area's series whole, from the first of the data sets that has the area."""
    selection = Selection(
        indicators=(what.count, what.rate),
        iccs=(what.iccs,),
        sexes=(TOTAL,),
        ages=(TOTAL,),
        citizenships=(TOTAL,),
        breakdowns=(TOTAL,),
    )
    speaking = {release.dataset for release in held.as_at(known)}
    taken: set[str] = set()
    found: list[Found] = []
    for dataset in what.datasets:
        if dataset in speaking:
            rows = question.find(held, selection, dataset=dataset, as_at=known)
            found += [one for one in rows if one.observation.area not in taken]
            taken |= {one.observation.area for one in rows}
    return tuple(found)


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


def address(found: Estimate) -> str:
    """The address of an estimate's figure: `estimate.homicide-rate.001.2012.study-2013`."""
    return figure_id(
        "estimate", {"indicator": found.indicator, "area": found.area, "on": found.on, "method": found.method}
    )


def whole_number(value: float | None) -> float | int | None:
    """A number as JSON gives it: without a decimal point where it is whole."""
    return int(value) if value is not None and value.is_integer() else value


def record(found: Estimate, names: Gazetteer, language: str = "en") -> dict[str, Any]:
    """An estimate in the shape of `comity estimate --format json`."""
    area = names.areas.get(found.area)
    return {
        "area": found.area,
        "iso3": area.iso3 if area else None,
        "name": names.label(found.area, language) if area else str(group_label(found.area)),
        "indicator": found.indicator,
        "on": found.on,
        "value": found.value,
        "printed": found.printed,
        "unit": found.unit,
        "count": whole_number(found.count),
        "population": whole_number(found.population),
        "observed_share": found.observed_share,
        "low": found.low,
        "high": found.high,
        "method": found.method,
        "figure": address(found),
        "provenance": found.provenance,
        "flags": list(found.flags),
        "reason": found.reason,
    }
