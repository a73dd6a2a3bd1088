"""Whether values can be total populations: by their size alone, and beside the populations that are held.

Nothing in a table of `Country Code, Year, Value` says what its values are. A gross domestic product that is taken for a
population makes every rate of a country nothing, in silence: so the values themselves are asked.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from comity.evidence.errors import Fault
from comity.evidence.wording import gettext as _
from comity.statistics.observation import TOTAL, Observation

FACTOR = 2.0
"""How many times the held population another one of the same area and year may be, or the held one it.

What the World Bank held in 2026 and the Prospects of 2017 and 2019 differ by a factor of 1.68 at most (Saudi Arabia in
1960, since reckoned back from a census), and in nine of ten area-years by less than a tenth. No revision and no
definition of an area doubles it; a table in thousands, of one age group, of households or of money does.
"""

LARGEST_STATE = 2e9
"""Persons; the largest State has 1.5 thousand million, and none is projected to have more than 1.7."""
WORLD = "001"
WORLD_FROM, WORLD_TO = 2e9, 12e9
"""Persons in the world: 2.5 thousand million in 1950, and at most 11 until 2100 as projected."""
WORLD_SINCE = "1950"

APART = 0.25
"""One value may be revised by more; most of a table are not. Of the shipped totals and those of World Population
Prospects nine in ten agree within a tenth."""
NEAREST = 10
"""Years within which another year's population stands in; none has doubled in so few but for war and migration."""
_SEX_AT_LEAST = 10
"""Women are a quarter of the population of Qatar, and nowhere fewer."""

WITHIN = 0.1
"""Two sources of one population, or two vintages of a source, mostly differ by less than a tenth."""
_FEW, _MANY, _MOST = 3, 20, 0.9
_SHOWN = 5

Held = Mapping[tuple[str, str], float]
"""Total populations in persons by area and year."""


class Agreement(NamedTuple):
    """How many area-years a table shares with what is held, and in how many the two agree within a tenth."""

    shared: int
    agreeing: int

    @property
    def confirms(self) -> bool:
        """Whether that is enough to believe that the table is of populations.

        All of three shared area-years or more, or at least twenty and nine in ten.
        """
        if self.shared >= _FEW and self.agreeing == self.shared:
            return True
        return self.agreeing >= _MANY and self.agreeing >= _MOST * self.shared


def contradicts_held(
    observations: Iterable[Observation], held: Held, factor: float = FACTOR, *, file: str = ""
) -> list[Fault]:
    """The faults of populations that cannot stand beside those that are held, of the same year or the nearest one.

    A total may be `factor` times the held one, or the held one that of it; the people of one sex are at most so many
    and at least a tenth of the held total, those of an age at most so many. Where most totals lie apart by more than a
    quarter, all of them are at fault: a part, or a sum, taken for the population. At most five faults, with both
    values; where there are more, a last one says how many.
    """
    counted = [(one, known) for one in observations if one.value is not None and (known := _known(one, held))]
    found = [(one, known) for one, known in counted if not _fits(one, one.value or 0.0, known, factor)]
    totals = [(one, known) for one, known in counted if _is_total(one)]
    apart = [(one, known) for one, known in totals if abs((one.value or 0.0) - known) > APART * known]
    if not found and 2 * len(apart) > len(totals):
        found, factor = apart, 1 + APART
    faults = [Fault(file, one.place, one.text, _near(one, known, factor)) for one, known in found[:_SHOWN]]
    return faults + _how_many(file, len(found))


def other_units(file: str, observations: Iterable[Observation]) -> list[Fault]:
    """The fault of the first population that is not given in persons, the unit in which it is a denominator."""
    other = (one for one in observations if one.indicator == "population" and one.unit != "persons")
    return [Fault(file, one.place, one.unit, _("a population in persons")) for one in islice(other, 1)]


def nearest(held: Held, area: str, period: str) -> float | None:
    """The population of an area in a year, or in the nearest of the years about it that is held; None for none."""
    year = int(period[:4])
    for away in range(NEAREST + 1):
        for other in (year - away, year + away):
            if (area, str(other)) in held:
                return held[area, str(other)]
    return None


def _known(one: Observation, held: Held) -> float | None:
    counted = one.indicator == "population" and one.unit == "persons" and one.citizenship == one.breakdown == TOTAL
    return (nearest(held, one.area, one.period) or None) if counted else None


def _fits(one: Observation, value: float, known: float, factor: float) -> bool:
    least = 0.0 if one.age != TOTAL else known / factor if one.sex == TOTAL else known / _SEX_AT_LEAST
    return least <= value <= known * factor


def confirmed_by_held(observations: Iterable[Observation], held: Held) -> Agreement:
    """How far a table of total populations agrees with those that are held."""
    pairs = [(one.value or 0.0, known) for one, known in _shared(observations, held)]
    return Agreement(len(pairs), sum(abs(value - known) <= WITHIN * known for value, known in pairs))


def impossible_populations(file: str, observations: Iterable[Observation], *, whole: bool) -> list[Fault]:
    """The faults of total populations that none can be: too large for a State, not those of the world.

    With `whole`, also of those that are no whole numbers: persons are counted, and money is not. At most five, and
    where there are more, a last fault says how many.
    """
    found = [(one, expected) for one in observations if (expected := _possible(one, whole=whole))]
    return [Fault(file, one.place, one.text, expected) for one, expected in found[:_SHOWN]] + _how_many(
        file, len(found)
    )


def _possible(one: Observation, *, whole: bool) -> str:
    """What was expected instead of an impossible total population; blank where it is possible."""
    if one.value is None or not _is_total(one):
        return ""
    if one.area == WORLD:
        if one.period >= WORLD_SINCE and not WORLD_FROM <= one.value <= WORLD_TO:
            return _("the world's population in persons, from 2 to 12 thousand million")
    elif one.value > LARGEST_STATE:
        return _("a population in persons; no State has more than 2 thousand million")
    if whole and one.value % 1:
        return _("a whole number of persons; nothing in the table says what its values are")
    return ""


def _shared(observations: Iterable[Observation], held: Held) -> Iterator[tuple[Observation, float]]:
    for one in observations:
        known = held.get((one.area, one.period)) if _is_total(one) and one.value is not None else None
        if known is not None and known > 0:
            yield one, known


def _is_total(one: Observation) -> bool:
    parts = (one.sex, one.age, one.citizenship, one.breakdown)
    return one.indicator == "population" and one.unit == "persons" and all(part == TOTAL for part in parts)


def _near(one: Observation, known: float, factor: float) -> str:
    said = {"held": f"{known:.0f}", "area": one.area, "year": one.period, "value": f"{one.value:.0f}", "times": factor}
    return (
        _("about %(held)s persons, as held for %(area)s in %(year)s; %(value)s is beyond %(times)g times that") % said
    )


def _how_many(file: str, number: int) -> list[Fault]:
    if number <= _SHOWN:
        return []
    return [Fault(file, "", str(number), _("no value that cannot be; so many are such, and the first are shown"))]
