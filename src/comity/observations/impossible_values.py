"""Whether values are possible for what they measure: a number of victims is not larger than the people there are.

A unit that is off by a thousand, a rate read as a count, money read as persons: each gives numbers that cannot be, and
is left out at the door with a finding and not found years later in a figure.
"""

from typing import NamedTuple

from comity.evidence.wording import gettext as _
from comity.observations.observation import ESTIMATED, IMPUTED, PER_100000, PERCENT, Observation
from comity.observations.populations_compared import HeldPopulations, nearest
from comity.observations.reading import Reading

_COUNTED_IN_PEOPLE = frozenset({"persons", "victims"})
_SHARES_OF_PEOPLE = ("persons-", "victims-", "homicide-")
"""Indicators whose percentages are shares of a whole; prisons may be occupied by more than a hundred per cent."""
MOST_HOMICIDES = 1_000
"""Victims per 100,000 people in a year. The highest rates of States since 1990 lie below 150."""


class _Bound(NamedTuple):
    largest: float
    expected: str


def leave_out_impossible(reading: Reading, populations: HeldPopulations) -> None:
    """Leave out, each with a finding, the observations whose value cannot be."""
    kept = []
    for one in reading.observations:
        if _is_a_part_of_a_victim(one):
            expected = _("a whole number of victims; a decimal mark may have been taken for that of thousands")
            reading.reject("fraction-of-a-victim", one.place, one.text, expected)
            continue
        bound = _bound(one, populations)
        if bound is None or one.value is None or one.value <= bound.largest:
            kept.append(one)
        else:
            reading.reject("impossible-magnitude", one.place, one.text, bound.expected)
    reading.observations = kept


def _is_a_part_of_a_victim(observation: Observation) -> bool:
    """Whether a count of homicides is no whole number, and no estimate either."""
    counted = (
        observation.indicator == "homicide-count"
        and observation.unit == "victims"
        and observation.status not in (ESTIMATED, IMPUTED)
    )
    return counted and observation.value is not None and not observation.value.is_integer()


def _bound(observation: Observation, populations: HeldPopulations) -> _Bound | None:
    """The largest value that an observation can have, and what was expected; None where nothing is known of it."""
    if observation.unit == PERCENT and observation.indicator.startswith(_SHARES_OF_PEOPLE):
        return _Bound(100, _("a percentage of at most 100"))
    homicide = observation.indicator.startswith("homicide-")
    if observation.unit == PER_100000:
        most = MOST_HOMICIDES if homicide else 100_000
        return _Bound(most, _("a rate of at most %(most)d per 100,000 population") % {"most": most})
    if observation.unit not in _COUNTED_IN_PEOPLE or observation.indicator.startswith("population"):
        return None
    people = nearest(populations, observation.area, observation.period)
    if people is None:
        return None
    largest = people * MOST_HOMICIDES / 100_000 if homicide else people
    said = {"most": f"{largest:.0f}", "people": f"{people:.0f}"}
    return _Bound(largest, _("at most %(most)s in a population of %(people)s") % said)


_FEWEST = 2
"""Percentages of which all lie below one; one alone may be so."""


def notice_shares_of_one(reading: Reading) -> None:
    """Notice percentages of which none is above one: they may be shares of one."""
    found = [one for one in reading.observations if one.unit == PERCENT and one.value is not None]
    plain = [one for one in found if not one.text.rstrip().endswith("%")]
    if not any(one.value for one in plain) or not all((one.value or 0) <= 1 for one in plain):
        return
    if len(plain) >= _FEWEST or len(plain) < len(found):
        message = _("%(place)s: all %(times)d percentages are at most one; they may be shares of one, not per cent") % {
            "place": plain[0].place,
            "times": len(plain),
        }
        expected = _("percentages")
        reading.add_finding("shares-of-one", "warning", plain[0].place, plain[0].text, expected, message)
