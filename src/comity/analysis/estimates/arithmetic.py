"""Estimates for regions and the world from what States report, by methods that are declared and have names.

The rules of each method stand in `tables/estimate_methods.yaml`, what they mean in `docs/estimates.md`. A region is a
group of M49 (world, region, subregion, intermediate region) or a regional group of the United Nations.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from comity.analysis.estimates.basis import FILLED_FROM, PART_OF, Basis, Geography
from comity.analysis.estimates.methods import Estimated, Rules
from comity.analysis.intervals import poisson_interval
from comity.areas.gazetteer import WORLD, Membership, Succession
from comity.evidence.rounding import rounded
from comity.evidence.wording import gettext as _
from comity.observations.denominators import Denominator, Populations
from comity.observations.observation import PER_100000, Observation

Provenance = Literal["observed", "interpolated", "carried", "imputed", "rate-only", "no-data", "no-population"]
_COUNTED: tuple[Provenance, ...] = ("observed", "interpolated", "carried", "imputed")


@dataclass(frozen=True, slots=True)
class Cell:
    """One State or area in an estimate: what stands for it, and how that was come by.

    `rate` is per 100,000 and not rounded; `years` are those that it was taken from.
    """

    area: str
    provenance: Provenance
    rate: float | None = None
    count: float | None = None
    population: float | None = None
    years: tuple[str, ...] = ()
    inputs: tuple[Observation, ...] = ()

    @property
    def victims(self) -> float:
        """The count that the cell adds to its region: the one reported, else the rate's."""
        if self.count is not None:
            return self.count
        return (self.rate or 0.0) * (self.population or 0.0) / 100_000


@dataclass(frozen=True)
class Estimate:
    """An estimate for a region and year, or the reason why there is none.

    `value` is not rounded. `count` and `population` are the sums of the cells; `observed_share` is the share of that
    population whose value was observed in the year itself, from 0 to 1. `low` and `high`: see `docs/estimates.md`.
    """

    area: str
    indicator: str
    on: str
    method: str
    unit: str
    value: float | None = None
    count: float | None = None
    population: float | None = None
    observed_share: float | None = None
    low: float | None = None
    high: float | None = None
    flags: tuple[str, ...] = ()
    reason_kind: str = ""
    reason: str = ""
    cells: tuple[Cell, ...] = ()
    inputs: tuple[Observation, ...] = field(default=(), repr=False)

    @property
    def printed(self) -> str:
        """The value as UN documents print it; blank where there is none."""
        return "" if self.value is None else printed(self.value, self.unit)

    @property
    def provenance(self) -> dict[str, int]:
        """How many States and areas each kind of cell has."""
        return dict(Counter(cell.provenance for cell in self.cells))


def printed(value: float, unit: str) -> str:
    """Rates with one decimal; counts to the nearest 1,000, below 10,000 to the nearest 100, below 1,000 whole."""
    if unit == PER_100000:
        return f"{rounded(value, 1):,}"
    digits = 3 if value >= 10_000 else 2 if value >= 1000 else 0
    return f"{int(rounded(value, -digits)):,}"


def standing(basis: Basis) -> set[str]:
    """The areas that stand for themselves in the year, so that no territory is lost or counted twice.

    A State that came to an end stands for its heirs where it has an observation of a year in which it existed and not
    all of them have one; otherwise they stand for themselves, also before they were States, as back series are given
    for them.
    """
    geography = basis.geography
    areas = {area for area in geography.areas if area not in geography.part_of}
    for ended, last in geography.ended.items():
        if ended not in areas:
            continue
        heirs = geography.heirs(ended) & areas
        stands = geography.year <= last and basis.point(ended, geography.year) is not None
        if stands and not all(basis.point(heir, geography.year) for heir in heirs):
            areas -= heirs
        elif heirs or geography.year > last:
            areas.discard(ended)
    return areas


def filled_cells(basis: Basis, rules: Rules) -> dict[str, Cell]:
    """What stands for each area in the year: observed, interpolated, carried, or else filled from its subregion."""
    cells = {area: _reported_cell(basis, area, rules) for area in sorted(standing(basis))}
    reported = {area: cell for area, cell in cells.items() if cell.provenance in _COUNTED}
    for area, cell in cells.items():
        if cell.provenance == "no-data":
            cells[area] = _imputed(basis, cell, reported)
    return cells


def _reported_cell(basis: Basis, area: str, rules: Rules) -> Cell:
    year = basis.geography.year
    people = basis.population(area, year)
    if people is None:
        return Cell(area, "no-population")
    point = basis.point(area, year)
    if point is not None:
        inputs = tuple(dict.fromkeys((*point.inputs, *people.inputs)))
        return Cell(area, "observed", point.rate, point.count, people.value, (str(year),), inputs)
    return _between_or_carried(basis, area, rules, people) or Cell(
        area, "no-data", population=people.value, inputs=people.inputs
    )


def _between_or_carried(basis: Basis, area: str, rules: Rules, people: Denominator) -> Cell | None:
    year = basis.geography.year
    years = [one for one in basis.years(area) if basis.point(area, one) is not None]
    before = max((one for one in years if one < year), default=None)
    after = min((one for one in years if one > year), default=None)
    first = basis.point(area, before) if before is not None else None
    last = basis.point(area, after) if after is not None else None
    if before is not None and basis.geography.parted(area, before, year):
        before = first = None
    if after is not None and last is not None and (last.broken or basis.geography.parted(area, year, after)):
        after = last = None
    if before is not None and after is not None and first is not None and last is not None:
        if after - before > rules.interpolate_within:
            return None
        rate = first.rate + (last.rate - first.rate) * (year - before) / (after - before)
        inputs = tuple(dict.fromkeys((*first.inputs, *last.inputs, *people.inputs)))
        return Cell(area, "interpolated", rate, None, people.value, (str(before), str(after)), inputs)
    for near, point in ((before, first), (after, last)):
        if near is not None and point is not None and abs(year - near) <= rules.carry_within:
            inputs = tuple(dict.fromkeys((*point.inputs, *people.inputs)))
            return Cell(area, "carried", point.rate, None, people.value, (str(near),), inputs)
    return None


def _imputed(basis: Basis, cell: Cell, reported: Mapping[str, Cell]) -> Cell:
    """A gap filled with the weighted rate of the narrowest group that has data; its inputs are those of the group."""
    for group in basis.geography.fills(cell.area):
        mates = [reported[area] for area in sorted(basis.geography.regions[group]) if area in reported]
        people = sum(mate.population or 0.0 for mate in mates)
        if people > 0:
            rate = sum((mate.rate or 0.0) * (mate.population or 0.0) for mate in mates) / people
            inputs = (*cell.inputs, *(one for mate in mates for one in mate.inputs))
            return replace(cell, provenance="imputed", rate=rate, inputs=tuple(dict.fromkeys(inputs)))
    return cell


def latest_cells(basis: Basis) -> dict[str, Cell]:
    """The latest count of each area up to the year that has a rate; its population is count ÷ rate × 100,000.

    Parts of a State count where the State itself has none. An area with rates and no count is left out (`rate-only`),
    as is one with neither (`no-data`).
    """
    geography = basis.geography
    found = {area: _latest(basis, area) for area in sorted(geography.areas | set(geography.part_of))}
    counted = {area for area, cell in found.items() if cell.count is not None}
    left_out = {part for part, whole in geography.part_of.items() if whole in counted or part not in counted}
    for whole, parts in geography.parts.items():
        if whole not in counted and counted & set(parts):
            left_out.add(whole)
    for ended, last in geography.ended.items():
        if ended in found and ended not in left_out:
            heirs = geography.heirs(ended)
            stands = ended in counted and geography.year <= last and not heirs & set(found) <= counted
            left_out |= (heirs & set(found)) if stands else {ended}
    return {area: cell for area, cell in found.items() if area not in left_out}


def _latest(basis: Basis, area: str) -> Cell:
    stated: Observation | None = None
    for year in reversed([one for one in basis.years(area) if one <= basis.geography.year]):
        count, rate = basis.own_count(area, year), basis.rate(area, year)
        stated = stated or rate
        if count is not None and rate is not None and count.value is not None and rate.value is not None:
            kind: Provenance = "observed" if year == basis.geography.year else "carried"
            people = count.value / rate.value * 100_000 if rate.value > 0 else 0.0
            return Cell(area, kind, rate.value, count.value, people, (str(year),), (count, rate))
    return Cell(area, "rate-only", stated.value, years=(stated.period,)) if stated else Cell(area, "no-data")


def estimate(
    what: Estimated,
    rules: Rules,
    on: str,
    observations: Iterable[Observation],
    populations: Sequence[Populations],
    memberships: Iterable[Membership],
    successions: Iterable[Succession],
    *,
    of: Collection[str] = (),
) -> list[Estimate]:
    """The estimates for the world and every region in one year, or for those of `of` alone, in order of their codes.

    `populations` are asked in their order: an area's come from the first that has the area. The method `latest-count`
    needs none.
    """
    geography = Geography(memberships, successions, on)
    basis = Basis(what, observations, populations, geography)
    cells = filled_cells(basis, rules) if rules.arithmetic == "filled" else latest_cells(basis)
    return [
        _estimate(what, rules, on, region, _of_region(geography, areas, cells), geography)
        for region, areas in sorted(geography.regions.items())
        if not of or region in of
    ]


def evidence(
    made: Estimate, memberships: Iterable[Membership], successions: Iterable[Succession]
) -> tuple[list[Membership], list[Succession]]:
    """The memberships and successions that an estimate depends on, beside its inputs: with these it comes out alike."""
    areas = {cell.area for cell in made.cells} | {one.area for one in made.inputs}
    schemes = {PART_OF, "m49-region"} if made.area == WORLD else {PART_OF}
    if any(cell.provenance == "imputed" for cell in made.cells):
        schemes |= {*FILLED_FROM}
    groups = [
        one
        for one in memberships
        if (one.area in areas and (one.scheme in schemes or one.value == made.area))
        or (one.scheme == PART_OF and one.value in areas)
    ]
    followed = [one for one in successions if one.predecessor in areas or one.successor in areas]
    return groups, followed


def _of_region(geography: Geography, areas: set[str], cells: Mapping[str, Cell]) -> list[Cell]:
    return [cell for area, cell in cells.items() if geography.part_of.get(area, area) in areas]


def _estimate(
    what: Estimated, rules: Rules, on: str, region: str, cells: Sequence[Cell], geography: Geography
) -> Estimate:
    counted = [cell for cell in cells if cell.provenance in _COUNTED]
    observed = [cell for cell in counted if cell.provenance == "observed"]
    people = sum(cell.population or 0.0 for cell in counted)
    seen = sum(cell.population or 0.0 for cell in observed)
    blank = Estimate(
        region,
        what.code,
        on,
        rules.name,
        what.unit,
        cells=tuple(cells),
        inputs=tuple(dict.fromkeys(one for cell in cells for one in cell.inputs)),
        population=people or None,
        observed_share=seen / people if people else None,
    )
    kind, reason = _withheld(rules, cells, observed, people, seen)
    if kind:
        return replace(blank, reason_kind=kind, reason=reason)
    victims = sum(cell.victims for cell in counted)
    low, high = _bounds(rules, victims, people, observed)
    scale = 100_000 / people if what.measure == "rate" else 1.0
    flagged = rules.arithmetic == "filled" and seen / people < rules.flagged_below
    return replace(
        blank,
        value=victims * scale,
        count=victims,
        low=low * scale,
        high=high * scale,
        flags=("low-coverage",) if flagged else (),
    )


def _withheld(
    rules: Rules, cells: Sequence[Cell], observed: Sequence[Cell], people: float, seen: float
) -> tuple[str, str]:
    """Why no figure is published: its kind and sentence, both blank where one is."""
    if not people:
        return "no-data", _("No State or area of the region has an observation that the method can use.")
    if rules.arithmetic != "filled":
        return "", ""
    possible = sum(cell.population is not None for cell in cells)
    least = min(rules.least_reporting, possible)
    if len(observed) < least:
        numbers = {"n": len(observed), "least": least}
        return "few-reporting", _(
            "%(n)d States or areas have an observation of the year, and %(least)d are needed."
        ) % numbers
    if seen < rules.least_share * people:
        shares = {"share": f"{100 * seen / people:.0f}", "least": f"{100 * rules.least_share:.0f}"}
        text = _("Observations of the year cover %(share)s per cent of the population, and %(least)s are needed.")
        return "low-coverage", text % shares
    return "", ""


def _bounds(rules: Rules, victims: float, people: float, observed: Sequence[Cell]) -> tuple[float, float]:
    """Low and high of the count: the exact Poisson bounds, of the lower and the higher of two readings where filled.

    One reading is the estimate itself, the other gives the whole population the rate of those observed in the year.
    """
    readings = [victims]
    seen = sum(cell.population or 0.0 for cell in observed)
    if rules.arithmetic == "filled" and seen > 0:
        readings.append(sum(cell.victims for cell in observed) / seen * people)
    return poisson_interval(min(readings)).low, poisson_interval(max(readings)).high
