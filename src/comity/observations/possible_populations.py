"""Whether values can be total populations: by their unit, their size, and the name of the file that holds them."""

import re
from collections.abc import Iterable
from itertools import islice

from comity.areas.gazetteer import WORLD
from comity.evidence.errors import Fault
from comity.evidence.wording import gettext as _
from comity.observations.denominators import POPULATION
from comity.observations.observation import TOTAL, Observation

LARGEST_STATE = 2e9
"""Persons; the largest State has 1.5 thousand million, and none is projected to have more than 1.7."""
WORLD_FROM, WORLD_TO = 2e9, 12e9
"""Persons in the world: 2.5 thousand million in 1950, and at most 11 until 2100 as projected."""
WORLD_SINCE = "1950"

_ANOTHER_THING = re.compile(
    r"percent(?:age)?|exposure|deaths?|life[-_ .]?tables?|expectancy|births?|urban|rural", re.IGNORECASE
)
"""“deaths-2019.csv”, “urban_population.csv”."""
_OF_SOME_AGES = re.compile(
    r"adults?|working[-_ .]?age"
    r"|(?<!\d)[1-9]\d?(?:\+(?![^\W_])|[-_ ]?plus(?![^\W\d_])|[-_ ]and[-_ ](?:over|older|above))",
    re.IGNORECASE,
)
"""“adults.csv”, “population-15+.csv”."""
SHOWN = 5
"""Faults that are told one by one; a last one says how many more there are."""


def named_otherwise(file: str, observations: Iterable[Observation]) -> list[Fault]:
    """The fault of populations in a file whose name says that it is of something else, or of a part of the people.

    Words of an age contradict totals alone. A name never says what a file is.
    """
    name = file.rsplit("/", 1)[-1]
    found, part = _ANOTHER_THING.search(name), _OF_SOME_AGES.search(name)
    if not found and not part:
        return []
    told = [one for one in observations if one.indicator == POPULATION]
    word = found or (part if any(one.age == TOTAL for one in told) else None)
    if not told or not word:
        return []
    expected = _(
        "a name of a file that does not contradict populations; rename the file if they are those of all people"
    )
    return [Fault(file, "", word[0], expected)]


def other_units(file: str, observations: Iterable[Observation]) -> list[Fault]:
    """The fault of the first population that is not given in persons, the unit in which it is a denominator."""
    other = (one for one in observations if one.indicator == POPULATION and one.unit != "persons")
    return [Fault(file, one.place, one.unit, _("a population in persons")) for one in islice(other, 1)]


def impossible_populations(file: str, observations: Iterable[Observation], *, whole: bool) -> list[Fault]:
    """The faults of total populations that none can be: too large for a State, not those of the world.

    With `whole`, also of those that are no whole numbers: persons are counted, and money is not. At most five, and
    where there are more, a last fault says how many.
    """
    found = [(one, expected) for one in observations if (expected := _possible(one, whole=whole))]
    return [Fault(file, one.place, one.text, expected) for one, expected in found[:SHOWN]] + how_many_more(
        file, len(found)
    )


def _possible(population: Observation, *, whole: bool) -> str:
    """What was expected instead of an impossible total population; blank where it is possible."""
    if population.value is None or not is_total_population(population):
        return ""
    if population.area == WORLD:
        if population.period >= WORLD_SINCE and not WORLD_FROM <= population.value <= WORLD_TO:
            return _("the world's population in persons, from 2 to 12 thousand million")
    elif population.value > LARGEST_STATE:
        return _("a population in persons; no State has more than 2 thousand million")
    if whole and population.value % 1:
        return _("a whole number of persons; nothing in the table says what its values are")
    return ""


def is_total_population(population: Observation) -> bool:
    parts = (population.sex, population.age, population.citizenship, population.breakdown)
    return population.indicator == POPULATION and population.unit == "persons" and all(part == TOTAL for part in parts)


def how_many_more(file: str, number: int) -> list[Fault]:
    if number <= SHOWN:
        return []
    return [Fault(file, "", str(number), _("no value that cannot be; so many are such, and the first are shown"))]
