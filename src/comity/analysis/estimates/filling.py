"""What stands for each State or area in a year: its own value, or what a method fills in for it, and from where."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from statistics import fmean, median
from typing import Literal

from comity.analysis.estimates.basis import Basis, Point
from comity.analysis.estimates.methods import Rules
from comity.observations.denominators import Denominator
from comity.observations.observation import Observation

Provenance = Literal[
    "observed",
    "interpolated",
    "carried",
    "averaged",
    "estimated",
    "imputed",
    "rate-only",
    "no-data",
    "no-population",
]
COUNTED: tuple[Provenance, ...] = ("observed", "interpolated", "carried", "averaged", "estimated", "imputed")
OF_ITS_OWN: tuple[Provenance, ...] = ("observed", "interpolated", "carried", "averaged")


@dataclass(frozen=True)
class Cell:
    """One State or area in an estimate: what stands for it, and how that was come by.

    `rate` is per 100,000 and not rounded; `years` are those that it was taken from, of a mean the first and the last.
    `distance` is the years to the nearest observation of its own. `alternatives` are the rates that other admissible
    rules give: for a gap, the nearest value and the straight line; for a neighbour's, the median and the plain mean.
    """

    area: str
    provenance: Provenance
    rate: float | None = None
    count: float | None = None
    population: float | None = None
    years: tuple[str, ...] = ()
    taken: tuple[tuple[Observation, ...], ...] = ()
    distance: int | None = None
    alternatives: tuple[float, float] | None = None
    mates: tuple["Cell", ...] = ()

    @property
    def is_filled(self) -> bool:
        """Whether the value was made from others by a rule, or is a model's estimate."""
        return self.alternatives is not None or self.provenance == "estimated"

    @property
    def victims(self) -> float:
        """The count that the cell adds to its region: the one reported, else the rate's."""
        if self.count is not None:
            return self.count
        return (self.rate or 0.0) * (self.population or 0.0) / 100_000

    @cached_property
    def inputs(self) -> tuple[Observation, ...]:
        """The observations that the cell rests on, those of the neighbours that it was filled from among them."""
        return tuple(dict.fromkeys(chain(*self.taken, *(mate.inputs for mate in self.mates))))


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
    """What stands for each area in the year: its own value, one made of its own, or else its neighbours' rate."""
    cells = {area: _own_cell(basis, area, rules) for area in sorted(standing(basis))}
    reported = {area: cell for area, cell in cells.items() if cell.provenance in COUNTED}
    for area, cell in cells.items():
        if cell.provenance == "no-data":
            cells[area] = _imputed(basis, cell, reported)
    for area, _whole in rules.counted_within:
        if area in cells and cells[area].rate is not None:
            cells[area] = replace(cells[area], count=cells[area].victims, population=0.0)
    return cells


def _own_cell(basis: Basis, area: str, rules: Rules) -> Cell:
    year = basis.geography.year
    people = basis.population(area, year)
    if people is None:
        return Cell(area, "no-population")
    point = basis.point(area, year)
    if point is not None:
        kind: Provenance = "estimated" if point.modelled else "observed"
        taken = (point.inputs, people.inputs)
        return Cell(area, kind, point.rate, point.count, people.value, (str(year),), taken, distance=0)
    points = {near: held for near, held in basis.points(area).items() if rules.speaks_of(near)}
    if rules.arithmetic == "filled":
        points = _of_one_stretch(basis, area, points)
    if not points:
        return Cell(area, "no-data", population=people.value, taken=(people.inputs,))
    return _from_own(area, year, points, rules, people)


def _of_one_stretch(basis: Basis, area: str, points: Mapping[int, Point]) -> dict[int, Point]:
    """The observations between which and the year there is no break in series and no change of territory."""
    year, parted = basis.geography.year, basis.geography.parted
    breaks = [near for near, point in points.items() if point.broken]
    return {
        near: point
        for near, point in points.items()
        if not any(near < one <= year or year < one <= near for one in breaks)
        and not parted(area, min(near, year), max(near, year))
    }


def _from_own(area: str, year: int, points: Mapping[int, Point], rules: Rules, people: Denominator) -> Cell:
    """A missing year from the values of its own that a State has, by the rule of the method for so long a gap."""
    near = min(points, key=lambda one: (abs(one - year), one))
    before, after = (
        max((one for one in points if one < year), default=near),
        min((one for one in points if one > year), default=near),
    )
    between = before < year < after
    share = (year - before) / (after - before) if between else 0.0
    line = points[before].rate + share * (points[after].rate - points[before].rate) if between else points[near].rate
    distance = abs(near - year)
    years = (str(min(points)), str(max(points))) if len(points) > 1 else (str(near),)
    cell = Cell(
        area, "averaged", _mean(points, year, rules), None, people.value, years, (), distance, (points[near].rate, line)
    )
    used = points
    if rules.arithmetic == "filled" and between and distance <= rules.interpolate_within:
        cell = replace(cell, provenance="interpolated", rate=line, years=(str(before), str(after)))
        used = {before: points[before], after: points[after]}
    elif rules.arithmetic == "filled" and not between and distance <= rules.carry_within:
        cell = replace(cell, provenance="carried", rate=points[near].rate, years=(str(near),))
        used = {near: points[near]}
    if all(point.modelled for point in used.values()):
        cell = replace(cell, provenance="estimated")
    # The other rules are read off all values of its own, so that these are among what the bounds rest on.
    return replace(cell, taken=(*(point.inputs for point in points.values()), people.inputs))


def _mean(points: Mapping[int, Point], year: int, rules: Rules) -> float:
    """The mean of the rates, each weighing half as much for every `halved_by` years that it is away."""
    weights = {near: math.exp2(-abs(near - year) / rules.halved_by) for near in points}
    return sum(weights[near] * point.rate for near, point in points.items()) / sum(weights.values())


def _imputed(basis: Basis, cell: Cell, reported: Mapping[str, Cell]) -> Cell:
    """A gap filled with the weighted rate of the narrowest group that has data; its inputs are those of the group."""
    for group in basis.geography.fills(cell.area):
        mates = [reported[area] for area in sorted(basis.geography.regions[group]) if area in reported]
        people = sum(mate.population or 0.0 for mate in mates)
        if people > 0:
            rates = [mate.rate or 0.0 for mate in mates]
            rate = sum(of * (mate.population or 0.0) for of, mate in zip(rates, mates, strict=True)) / people
            others = (median(rates), fmean(rates))
            return replace(cell, provenance="imputed", rate=rate, alternatives=others, mates=tuple(mates))
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
            away = basis.geography.year - year
            kind: Provenance = "observed" if away == 0 else "carried"
            people = count.value / rate.value * 100_000 if rate.value > 0 else 0.0
            return Cell(area, kind, rate.value, count.value, people, (str(year),), ((count, rate),), distance=away)
    return Cell(area, "rate-only", stated.value, years=(stated.period,)) if stated else Cell(area, "no-data")
