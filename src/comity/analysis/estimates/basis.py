"""What estimates rest on: which areas make up a region in a year, and what is observed of each."""

import copy
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise

from comity.analysis.estimates.methods import Estimated, Rules
from comity.areas.gazetteer import WORLD, Membership, Succession, holds
from comity.observations.denominators import POPULATION, Denominator, Populations, is_year
from comity.observations.indicators_observed import is_own_unit
from comity.observations.observation import BREAK, ESTIMATED, TOTAL, Observation

SCHEMES = ("m49-region", "m49-subregion", "m49-intermediate", "regional-group")
PART_OF = "part-of"

FILLED_FROM = ("m49-intermediate", "m49-subregion", "m49-region")
"""Where a gap is filled from: the narrowest group of M49 that has data."""


class Geography:
    """Regions and what belongs to them in a year, parts of States, and States that followed others."""

    def __init__(self, memberships: Iterable[Membership], successions: Iterable[Succession], year: str):
        middle = date(int(year), 7, 1)
        valid = [one for one in memberships if holds(one.valid_from, one.valid_to, middle)]
        groups = {one.value for one in valid if one.scheme in SCHEMES}
        self.year = int(year)
        self.regions: dict[str, set[str]] = defaultdict(set)
        self.part_of: dict[str, str] = {}
        self._by_scheme: dict[tuple[str, str], str] = {}
        for one in valid:
            if one.scheme == PART_OF:
                self.part_of[one.area] = one.value
            elif one.scheme in SCHEMES and one.area not in groups:
                self.regions[one.value].add(one.area)
                self._by_scheme[one.area, one.scheme] = one.value
                if one.scheme == "m49-region":
                    self.regions[WORLD].add(one.area)
        self.areas = set().union(*self.regions.values()) if self.regions else set()
        self._successions = tuple(successions)

    @cached_property
    def parts(self) -> Mapping[str, tuple[str, ...]]:
        """The parts of each State that has some, in order."""
        found: dict[str, list[str]] = defaultdict(list)
        for part, whole in sorted(self.part_of.items()):
            found[whole].append(part)
        return {whole: tuple(parts) for whole, parts in found.items()}

    @cached_property
    def within(self) -> Mapping[str, tuple[str, ...]]:
        """The groups that make up each region and subregion of M49, in order; the regions make up the world."""
        found: dict[str, set[str]] = defaultdict(set)
        for area in self.areas:
            chain = [WORLD, *reversed(self.fills(area))]
            for whole, part in pairwise(chain):
                found[whole].add(part)
        return {whole: tuple(sorted(parts)) for whole, parts in found.items()}

    def fills(self, area: str) -> list[str]:
        """The groups that a gap of an area is filled from, the narrowest first."""
        return [group for scheme in FILLED_FROM if (group := self._by_scheme.get((area, scheme)))]

    @cached_property
    def ended(self) -> Mapping[str, int]:
        """The areas that came to an end, with their last year, those that were parted most often first."""
        last: dict[str, int] = {}
        for one in self._successions:
            if one.relation != "separation":
                year = one.date.year - ((one.date.month, one.date.day) == (1, 1))
                last[one.predecessor] = max(last.get(one.predecessor, 0), year)
        return {code: last[code] for code in sorted(last, key=lambda code: (-len(self.heirs(code)), code))}

    def heirs(self, area: str) -> set[str]:
        """All areas that followed one, in however many steps."""
        found: set[str] = set()
        waiting = [area]
        while waiting:
            code = waiting.pop()
            following = {one.successor for one in self._successions if one.predecessor == code} - found
            found |= following
            waiting += following
        return found

    def parted(self, area: str, after: int, until: int) -> bool:
        """Whether the territory of an area changed after a year and up to and including another."""
        return any(
            after < one.date.year <= until
            and (area == one.predecessor or (area == one.successor and one.relation != "dissolution"))
            for one in self._successions
        )


@dataclass(frozen=True, slots=True)
class Point:
    """What is observed of an area in a year; `modelled` where all that is held is an estimate (status E)."""

    rate: float
    count: float | None
    broken: bool
    modelled: bool
    inputs: tuple[Observation, ...]


class Basis:
    """What estimates rest on: observations by area and year, populations, and the geography of a year.

    `rules` matter where a method has populations of its own: an area that these lack has the population that its own
    count and rate imply, of the nearest year that has both.
    """

    def __init__(
        self,
        what: Estimated,
        observations: Iterable[Observation],
        populations: Sequence[Populations],
        geography: Geography,
        rules: Rules | None = None,
    ):
        self.what, self.geography = what, geography
        self.populations = [(held, held.areas()) for held in populations]
        self.implies = bool(rules and rules.population)
        rows = list(observations)
        self._counts = _single(one for one in rows if _is(one, what.count, what.iccs))
        self._rates = _single(one for one in rows if _is(one, what.rate, what.iccs))
        self._known_populations: dict[tuple[str, int], Denominator | None] = {}
        self._known_points: dict[tuple[str, int], Point | None] = {}
        self._known_series: dict[str, dict[int, Point]] = {}

    def at(self, geography: Geography) -> "Basis":
        """The same observations and populations, for the geography of another year."""
        # Asked for before the copy, which then has it as well.
        _years = self._years_of
        moved = copy.copy(self)
        moved.geography = geography
        if geography.parts != self.geography.parts:
            del moved._years_of
            moved._known_points, moved._known_series = {}, {}
        return moved

    def years(self, area: str) -> list[int]:
        """The years for which an area or all of its parts have an observation, in order."""
        return sorted(self._years_of[area])

    @cached_property
    def _years_of(self) -> Mapping[str, set[int]]:
        found: dict[str, set[int]] = defaultdict(set)
        for area, year in (*self._counts, *self._rates):
            found[area].add(year)
        for whole, parts in self.geography.parts.items():
            found[whole] |= set.intersection(*(found[part] for part in parts))
        return found

    def own_count(self, area: str, year: int) -> Observation | None:
        """The observation of an area's count in a year."""
        return self._counts.get((area, year))

    def count(self, area: str, year: int) -> tuple[Observation, ...]:
        """The observation of an area's count in a year, else those of all its parts; none where one is missing."""
        own = self.own_count(area, year)
        if own is not None:
            return (own,)
        parts = [self._counts.get((part, year)) for part in self.geography.parts.get(area, ())]
        return tuple(one for one in parts if one) if parts and all(parts) else ()

    def rate(self, area: str, year: int) -> Observation | None:
        """The observation of an area's rate in a year."""
        return self._rates.get((area, year))

    def point(self, area: str, year: int) -> Point | None:
        """The rate of an area in a year: its count by the population of that year, else the rate that is published."""
        if (area, year) not in self._known_points:
            self._known_points[area, year] = self._point(area, year)
        return self._known_points[area, year]

    def points(self, area: str) -> dict[int, Point]:
        """What is observed of an area, by year."""
        if area not in self._known_series:
            held = {year: self.point(area, year) for year in self.years(area)}
            self._known_series[area] = {year: point for year, point in held.items() if point is not None}
        return self._known_series[area]

    def _point(self, area: str, year: int) -> Point | None:
        counts, people = self.count(area, year), self.population(area, year)
        if counts and people is not None:
            count = sum(one.value or 0.0 for one in counts)
            broken = any(one.status == BREAK for one in counts)
            modelled = all(one.status == ESTIMATED for one in counts)
            inputs = tuple(dict.fromkeys((*counts, *people.inputs)))
            return Point(count / people.value * 100_000, count, broken, modelled, inputs)
        stated = self.rate(area, year)
        if stated is None or stated.value is None:
            return None
        return Point(stated.value, None, stated.status == BREAK, stated.status == ESTIMATED, (stated,))

    def population(self, area: str, year: int) -> Denominator | None:
        """The population of an area from the first data set that has the area, else that of its heirs together."""
        if (area, year) not in self._known_populations:
            self._known_populations[area, year] = self._population(area, year)
        return self._known_populations[area, year]

    def _population(self, area: str, year: int) -> Denominator | None:
        for held, areas in self.populations:
            if area in areas:
                found = held.of(area, str(year))
                return found if isinstance(found, Denominator) else None
        if self.implies:
            return self._implied(area, year)
        heirs = self.geography.heirs(area) - set(self.geography.ended)
        if area not in self.geography.ended or not heirs:
            return None
        theirs = [self.population(heir, year) for heir in sorted(heirs)]
        known = [one for one in theirs if one is not None]
        if len(known) < len(theirs):
            return None
        return Denominator(
            sum(one.value for one in known),
            known[0].years,
            tuple(one for part in known for one in part.inputs),
        )

    def _implied(self, area: str, year: int) -> Denominator | None:
        """The population by which a count of an area gives its rate, of the nearest year with both, or the earlier."""
        for near in sorted(self.years(area), key=lambda one: (abs(one - year), one)):
            count, rate = self.own_count(area, near), self.rate(area, near)
            if count and rate and count.value and rate.value:
                return Denominator(count.value / rate.value * 100_000, (str(near),), (count, rate))
        return None


def populations_of(rules: Rules, *sources: Iterable[Observation]) -> list[Populations]:
    """The populations of sources, as a method interpolates them; none of a source without any."""
    held = ([one for one in source if one.indicator.startswith(POPULATION)] for source in sources)
    return [Populations(rows, geometric=rules.arithmetic == "own-mean") for rows in held if rows]


def _is(observation: Observation, indicator: str, iccs: str) -> bool:
    wanted = (indicator, iccs, TOTAL, TOTAL, TOTAL, TOTAL)
    of = (
        observation.indicator,
        observation.iccs,
        observation.sex,
        observation.age,
        observation.citizenship,
        observation.breakdown,
    )
    return of == wanted and is_own_unit(indicator, observation.unit)


def _single(observations: Iterable[Observation]) -> dict[tuple[str, int], Observation]:
    """Observations with a value, not negative, by area and year; those stated twice and differently are left out."""
    found: dict[tuple[str, int], Observation] = {}
    twice = set()
    for one in observations:
        if one.value is not None and one.value >= 0 and is_year(one.period):
            key = (one.area, int(one.period))
            if key in found and found[key].value != one.value:
                twice.add(key)
            found.setdefault(key, one)
    return {key: one for key, one in found.items() if key not in twice}
