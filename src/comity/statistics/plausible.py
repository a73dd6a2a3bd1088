"""Whether values can be total populations: by their size alone, and beside the populations that are held.

Nothing in a table of `Country Code, Year, Value` says what its values are. A gross domestic product that is taken for a
population makes every rate of a country nothing, in silence: so the values themselves are asked.
"""

from collections.abc import Iterable, Iterator, Mapping
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
    """The faults of total populations that are more than `factor` times the held one, or it more than that times them.

    At most five, with both values; where there are more, a last fault says how many.
    """
    found = [
        (one, known)
        for one, known in _shared(observations, held)
        if max(one.value or 0.0, known) > factor * min(one.value or 0.0, known)
    ]
    faults = [Fault(file, one.place, one.text, _near(one, known, factor)) for one, known in found[:_SHOWN]]
    return faults + _how_many(file, len(found))


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
