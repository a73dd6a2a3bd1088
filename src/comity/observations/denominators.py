"""Denominators: the resident population of an area in a year, of a sex and an age, with what it was taken from.

A denominator is always named. Where none is held for the year it is either interpolated between two years that are not
more than five apart, and says so, or there is none and a sentence says why: another year's is never taken in silence.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from comity.evidence.wording import gettext as _
from comity.observations.observation import TOTAL, Observation

POPULATION = "population"
LARGEST_GAP = 5
"""Years between two points of a population between which it is interpolated (WPP gives each fifth year)."""

_BETWEEN = re.compile(r"Y(\d+)T(\d+)")
_FROM = re.compile(r"Y_GE(\d+)")
_BELOW = re.compile(r"Y_LT(\d+)")
_SINGLE = re.compile(r"Y(\d+)")
_OPEN = 1000

Parts = tuple[Observation, ...]
"""The observations of a year that add up to a population."""


def is_year(period: str) -> bool:
    """Whether a period is a calendar year, and not a quarter, a month or a day."""
    return len(period) == 4 and period.isascii() and period.isdecimal()


class Ages(NamedTuple):
    """Ages in full years from the first up to, and without, the last."""

    first: int
    end: int


def ages(code: str) -> Ages | None:
    """The ages that a code of CL_AGE means: `_T`, `Y15T29`, `Y_GE60`, `Y_LT15`, `Y20`; None for any other."""
    if code == TOTAL:
        return Ages(0, _OPEN)
    if match := _BETWEEN.fullmatch(code):
        return Ages(int(match[1]), int(match[2]) + 1)
    if match := _FROM.fullmatch(code):
        return Ages(int(match[1]), _OPEN)
    if match := _BELOW.fullmatch(code):
        return Ages(0, int(match[1]))
    match = _SINGLE.fullmatch(code)
    return Ages(int(match[1]), int(match[1]) + 1) if match else None


@dataclass(frozen=True, slots=True)
class Denominator:
    """A population in persons, not rounded, with the observations that it was taken from.

    `years` are those of the observations: one, or the two between which it was interpolated.
    """

    value: float
    years: tuple[str, ...]
    inputs: tuple[Observation, ...]

    @property
    def interpolated(self) -> bool:
        """Whether it lies between two years that are held."""
        return len(self.years) > 1

    def period(self, year: str) -> str:
        """The year it is of, and how it was come by where it is not held itself, in words."""
        if not self.interpolated:
            return year
        between = {"year": year, "first": self.years[0], "last": self.years[1]}
        return _("%(year)s, interpolated linearly between %(first)s and %(last)s") % between


@dataclass(frozen=True, slots=True)
class Absent:
    """Why there is no denominator: a kind for programs and a sentence for readers."""

    kind: str
    reason: str


def source_of(dataset: str) -> str:
    """The source that a data set of populations belongs to: one that is released by sex is one source."""
    return dataset.removesuffix("-female").removesuffix("-male")


class Populations:
    """Populations by area, from the observations of one source.

    Between two years that are held they are interpolated linearly, or `geometric`, as people who grow at one rate.
    """

    def __init__(self, observations: Iterable[Observation], *, geometric: bool = False):
        self._geometric = geometric
        by_area: dict[tuple[str, str], dict[str, dict[str, Observation]]] = defaultdict(lambda: defaultdict(dict))
        self._twice: set[tuple[str, str, str, str]] = set()
        for one in observations:
            if one.indicator.startswith(POPULATION) and one.value is not None and is_year(one.period):
                known = by_area[one.area, one.sex][one.age].get(one.period)
                if known is not None and known.value != one.value:
                    self._twice.add((one.area, one.sex, one.age, one.period))
                by_area[one.area, one.sex][one.age][one.period] = one
        self._by_area = by_area
        self._known_series: dict[tuple[str, str, str], Mapping[str, Parts]] = {}

    def of(self, area: str, year: str, sex: str = TOTAL, age: str = TOTAL) -> Denominator | Absent:
        """The population of an area in a year, or why there is none.

        Of a sex and age that are not held as such it is the sum of the sexes or of the age groups that make them up.
        """
        series = self._series(area, sex, age)
        if not series:
            return Absent("denominator-missing", _("No population of this sex and age is held for the area."))
        parts = series.get(year)
        found = _sum(parts, year) if parts else (self._between(series, int(year)) if is_year(year) else None)
        if found is None:
            held = {"year": year, "first": min(series), "last": max(series)}
            reason = _("The population is not held for %(year)s, only for other years from %(first)s to %(last)s.")
            return Absent("denominator-of-another-year", reason % held)
        if any((one.area, one.sex, one.age, one.period) in self._twice for one in found.inputs):
            return Absent("two-values", _("The population is stated twice, with different values."))
        if found.value < 0:
            return Absent("negative-population", _("The population is negative."))
        if found.value == 0:
            return Absent("zero-population", _("The population is zero."))
        return found

    def areas(self) -> set[str]:
        """The areas of which a population is held."""
        return {area for area, _sex in self._by_area}

    def _series(self, area: str, sex: str, age: str) -> Mapping[str, Parts]:
        if (area, sex, age) not in self._known_series:
            self._known_series[area, sex, age] = self._added_up(area, sex, age)
        return self._known_series[area, sex, age]

    def _added_up(self, area: str, sex: str, age: str) -> Mapping[str, Parts]:
        parts = self._parts(area, sex, age)
        if not parts and sex == TOTAL:
            male, female = self._parts(area, "M", age), self._parts(area, "F", age)
            parts = [*male, *female] if male and female else []
        years = set.intersection(*(set(part) for part in parts)) if parts else set()
        return {year: tuple(part[year] for part in parts) for year in sorted(years)}

    def _parts(self, area: str, sex: str, age: str) -> Sequence[Mapping[str, Observation]]:
        """The series that add up to a sex and age: the one held as such, or age groups without gap or overlap."""
        by_age = self._by_area.get((area, sex), {})
        wanted = ages(age)
        if age in by_age or wanted is None:
            return [by_age[age]] if age in by_age else []
        groups = {span: series for code, series in by_age.items() if (span := ages(code)) and code != TOTAL}
        return _tiling(groups, wanted)

    def _between(self, series: Mapping[str, Parts], year: int) -> Denominator | None:
        before = max((int(one) for one in series if int(one) < year), default=None)
        after = min((int(one) for one in series if int(one) > year), default=None)
        if before is None or after is None or after - before > LARGEST_GAP:
            return None
        first, last = (_sum(series[str(held)], str(held)) for held in (before, after))
        share = (year - before) / (after - before)
        if self._geometric and first.value > 0 and last.value > 0:
            value = first.value ** (1 - share) * last.value**share
        else:
            value = first.value + share * (last.value - first.value)
        return Denominator(value, (str(before), str(after)), (*first.inputs, *last.inputs))


def _tiling(groups: Mapping[Ages, Mapping[str, Observation]], wanted: Ages) -> Sequence[Mapping[str, Observation]]:
    """The narrowest groups that cover the wanted ages exactly; none where they do not."""
    tiles, reached = [], wanted.first
    while reached < wanted.end:
        following = [span for span in groups if span.first == reached and span.end <= wanted.end]
        if not following:
            return []
        span = min(following, key=lambda one: one.end)
        tiles.append(groups[span])
        reached = span.end
    return tiles


def _persons(observation: Observation) -> float:
    return (observation.value or 0.0) * (1000 if observation.unit.startswith("thousand") else 1)


def _sum(parts: Parts, year: str) -> Denominator:
    return Denominator(sum(map(_persons, parts)), (year,), parts)
