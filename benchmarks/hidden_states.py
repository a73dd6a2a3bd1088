"""How far fillings miss, and how often bounds hold: `python -m benchmarks.hidden_states`, on the tables that ship.

First each observed value is hidden and filled, from values of its own so many years away and from its neighbours; the
deviations of ln(true ÷ filled) are what `bounds` in `estimate_methods.yaml` declares. Then regions whose States nearly
all report lose States, as chance has it: each keeps the years of another State, drawn from all States of the world, so
that gaps are as long and as frequent as they are. The share of trials in which low and high hold the rate that was made
of all States is declared as `held`. Each draw follows from the declared seed.
"""

import math
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from statistics import fmean

from comity.analysis.estimates.arithmetic import Reckoning
from comity.analysis.estimates.basis import Basis, Geography, Point, populations_of
from comity.analysis.estimates.filling import filled_cells
from comity.analysis.estimates.methods import Bounds, declared
from comity.observations.observation import TOTAL, Observation
from comity.observations.rows.areas import AreaFinder
from comity.tools import ship

LEAST_PEOPLE, LEAST_VICTIMS = 1e6, 10
"""Below these chance alone moves rates further than any filling misses."""
LEAST_OBSERVED = 0.9
"""Share of the people observed in a year, of the regions that lose States in the trials."""


@dataclass(frozen=True, eq=False)
class Shipped:
    """The tables that ship, as estimates take them."""

    observations: Mapping[str, Sequence[Observation]]
    people: Sequence[Observation]
    memberships: tuple[object, ...]
    successions: tuple[object, ...]

    def basis(self, year: int, hidden: Mapping[str, set[int]] | None = None, areas: set[str] | None = None) -> Basis:
        """What estimates of a year rest on, without the years that are hidden of some areas, and for areas alone."""
        rules, gone = declared().method("study-2019"), hidden or {}
        rows = [
            one
            for area, held in self.observations.items()
            if areas is None or area in areas
            for one in held
            if area not in gone or int(one.period) not in gone[area]
        ]
        groups = [one for one in self.memberships if areas is None or one.area in areas]  # type: ignore[attr-defined]
        geography = Geography(groups, self.successions, str(year))  # type: ignore[arg-type]
        people = populations_of(rules, self.people)
        return Basis(declared().what("homicide-rate"), rows, people, geography, rules)


@lru_cache(maxsize=1)
def shipped() -> Shipped:
    """The data by country of the study of 2019 and its populations."""
    gazetteer = ship.gazetteer_of_tables()
    finder = AreaFinder(gazetteer)
    held: dict[str, list[Observation]] = defaultdict(list)
    for one in ship.read_file(ship.TABLES / "homicide-2019-study.csv", finder).observations:
        if one.sex == TOTAL and one.value is not None:
            held[one.area].append(one)
    people = ship.read_file(ship.TABLES / "population-wpp-2017.csv", finder).observations
    return Shipped(held, people, tuple(gazetteer.memberships()), gazetteer.successions())


def deviations(tables: Shipped) -> tuple[dict[int, float], float]:
    """Deviations of ln(true ÷ filled): by the years to the nearest value left, and of a rate taken from neighbours."""
    basis, rules = tables.basis(2005), declared().method("study-2019")
    own: dict[int, list[float]] = defaultdict(list)
    for area in sorted(basis.geography.areas):
        points = basis.points(area)
        for year, point in points.items():
            people = basis.population(area, year)
            if not _tells(point, people.value if people else 0):
                continue
            for away in (1, 2, 3, 4, 5, 6, 8, 10, 12, 15):
                left = {near: held.rate for near, held in points.items() if abs(near - year) >= away}
                if left and min(abs(near - year) for near in left) == away:
                    weights = {near: 0.5 ** (abs(near - year) / rules.halved_by) for near in left}
                    filled = sum(weights[near] * rate for near, rate in left.items()) / sum(weights.values())
                    if filled > 0:
                        own[away].append(math.log(point.rate / filled))
    neighbours = []
    for year in range(rules.first, rules.last + 1, 3):
        whole = tables.basis(year)
        cells = filled_cells(whole, rules)
        for area, cell in cells.items():
            if cell.provenance != "observed" or not _tells(whole.point(area, year), cell.population or 0):
                continue
            group = whole.geography.fills(area)[0]
            mates = [
                cells[mate]
                for mate in whole.geography.regions[group]
                if mate != area and mate in cells and cells[mate].provenance in ("observed", "averaged")
            ]
            people = sum(mate.population or 0 for mate in mates)
            if people and cell.rate:
                filled = sum((mate.rate or 0) * (mate.population or 0) for mate in mates) / people
                neighbours.append(math.log(cell.rate / filled))
    return {away: _root_mean_square(found) for away, found in sorted(own.items())}, _root_mean_square(neighbours)


def _tells(point: Point | None, people: float) -> bool:
    return point is not None and people >= LEAST_PEOPLE and (point.count or 0) >= LEAST_VICTIMS


def _root_mean_square(found: Sequence[float]) -> float:
    return math.sqrt(fmean(one * one for one in found))


def trials(tables: Shipped, count: int, bounds: Bounds) -> Iterator[bool]:
    """Whether the bounds held the rate of all States, once for each of so many regions and years that lost States."""
    drawn = random.Random(bounds.seed)  # noqa: S311  # reproducible, and no secret
    rules = declared().method("study-2019")
    candidates = _well_observed(tables)
    years = range(rules.first, rules.last + 1)
    patterns = [{int(one.period) for one in rows} for _area, rows in sorted(tables.observations.items())]
    never = round(len(patterns) * _SHARE_THAT_NEVER_REPORTS / (1 - _SHARE_THAT_NEVER_REPORTS))
    patterns += [set() for _one in range(never)]
    made = 0
    while made < count:
        group, year, areas, truth = drawn.choice(candidates)
        hidden = {area: set(years) - drawn.choice(patterns) for area in sorted(areas)}
        found = Reckoning(tables.basis(year, hidden, areas), rules, str(year), bounds).of(group)
        if found.value is None or found.low is None or found.high is None or found.observed_share == 1:
            continue
        made += 1
        yield found.low <= truth <= found.high


_SHARE_THAT_NEVER_REPORTS = 0.12
"""Of the States and areas with a population in World Population Prospects 2017, those without any observation."""


@lru_cache(maxsize=1)
def _well_observed(tables: Shipped) -> list[tuple[str, int, set[str], float]]:
    """The regions and subregions of M49, with years in which nearly all of their people are observed."""
    rules = replace(declared().method("study-2019"), known_within=0)
    found = []
    for year in range(rules.first, rules.last + 1):
        made = Reckoning(tables.basis(year), rules, str(year))
        for group in sorted({one for area in made.geography.areas for one in made.geography.fills(area)}):
            one = made.of(group)
            if one.value is not None and (one.observed_share or 0) >= LEAST_OBSERVED:
                found.append((group, year, made.geography.regions[group], one.value))
    return found


def held(count: int, bounds: Bounds | None = None) -> float:
    """The share of so many trials in which the bounds held."""
    return fmean(trials(shipped(), count, bounds or declared().bounds))


def main() -> None:
    """Print what is measured beside what is declared."""
    bounds = declared().bounds
    own, neighbours = deviations(shipped())
    for away, spread in own.items():
        print(f"own value {away:2} years away: {spread:.2f}, declared {bounds.spread(away):g}")
    print(f"rate of the neighbours: {neighbours:.2f}, declared {bounds.neighbours:g}")
    print(f"held in {bounds.trials} trials: {held(bounds.trials):.3f}, declared {bounds.held:g}")


if __name__ == "__main__":
    main()
