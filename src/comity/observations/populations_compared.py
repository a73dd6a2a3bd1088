"""Whether values can be total populations: by their size alone, and beside the populations that are held.

Nothing in a table of `Country Code, Year, Value` says what its values are. A gross domestic product that is taken for a
population makes every rate of a country nothing, in silence: so the values themselves are asked.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from statistics import median
from typing import NamedTuple

from comity.evidence.errors import Fault
from comity.evidence.wording import gettext as _
from comity.observations.denominators import POPULATION, ages
from comity.observations.observation import TOTAL, Observation
from comity.observations.possible_populations import SHOWN, how_many_more, is_total_population
from comity.observations.reading import Reading

FACTOR = 2.0
"""How many times the held population another one of the same area and year may be, or the held one it.

What the World Bank held in 2026 and the Prospects of 2017 and 2019 differ by a factor of 1.68 at most (Saudi Arabia in
1960, since reckoned back from a census), and in nine of ten area-years by less than a tenth. No revision and no
definition of an area doubles it; a table in thousands, of one age group, of households or of money does.
"""

APART = 0.25
"""One value may be revised by more; most of a table are not. Of the shipped totals and those of World Population
Prospects nine in ten agree within a tenth."""
NEAREST = 10
"""Years within which another year's population stands in, with a factor larger by a quarter.

That of Kuwait was 153 thousand in 1950 and 311 thousand in 1960, the first year that is held.
"""
_A_FEW = 2
"""Years within which a population grows by less than a tenth, but for wars and work in the Gulf."""
_SEX_AT_LEAST = 10
"""Women are a quarter of the population of Qatar, and nowhere fewer."""

_AGE_FROM = 0.0005
"""Of a population, those of one sex who are born in one year and are younger than forty are more.

In World Population Prospects they are 0.0017 at least (men born about 1945 in Cabo Verde, women in Kuwait of 1950).
"""
_YOUNG = 40
_WHOLE_TO = 80
"""Years of age up to which the ages must be given without a gap for their sum to be the population."""
_ONE_SEX = 0.35, 0.65
_WHERE_MEN_WORK = 0.2, 0.9
_OF_MEN = frozenset({"048", "414", "512", "634", "682", "784"})
"""Bahrain, Kuwait, Oman, Qatar, Saudi Arabia and the United Arab Emirates: men come there for work, women less."""
_HUNDRED = 95, 105
_THOUSAND = 1000
"""Layouts that take thousands make a percentage of 5 to 5,000 persons."""

BESIDE = 0.02
_PART, _PART_OF_FEW = 0.05, 0.1
_MORE = 0.15
"""Where all totals of a table lie below those held by more than the first, and half of them by more than the second
(the third, where they are of fewer than three areas), the table is of a part of the people. Where all lie above and
half of them by more than the fourth, it is of another thing: a part is common, and more than all is not.

Of three areas of the Prospects of 2019 one choice in a hundred is so beside what the World Bank held in 2026, and of
the areas alone one in forty: a census may revise the whole series of a State.
"""

WITHIN = 0.1
"""Two sources of one population, or two vintages of a source, mostly differ by less than a tenth."""
_FEW, _MANY, _MOST = 3, 20, 0.9
_NEXT_TO, _BELOW = 0.01, 0.6
"""Of the totals of the Prospects of 2019 two in five lie so below what the World Bank held in 2026; of the States alone
one in four has most of its years there, and is believed by --subject."""
_HANDFUL = 5
"""Totals of which no more are there tell too little to be judged together."""
_AREAS_SHIFTED = 5
"""A revision of one State may look like its growth in a year; those of several do not."""
_APART_BY_GROWTH, _FAR_BETTER = 0.003, 4
"""Most populations grow by more in a year than the first; the second is how many times nearer another year must be."""

HeldPopulations = Mapping[tuple[str, str], float]
"""Total populations in persons by area and year."""


class Agreement(NamedTuple):
    """How many area-years a table shares with what is held, and in how many the two agree within a tenth."""

    shared: int
    agreeing: int
    below: int = 0
    """How many of the shared lie below the held ones by more than a hundredth."""

    @property
    def confirms(self) -> bool:
        """Whether that is enough to believe that the table is of populations.

        All of three shared area-years or more, or at least twenty and nine in ten, and not most of them below: those
        in towns are nearly all people in many States.
        """
        if self.shared >= _FEW and self.below > _BELOW * self.shared:
            return False
        if self.shared >= _FEW and self.agreeing == self.shared:
            return True
        return self.agreeing >= _MANY and self.agreeing >= _MOST * self.shared


def contradicts_held(
    observations: Iterable[Observation], populations: HeldPopulations, factor: float = FACTOR, *, file: str = ""
) -> list[Fault]:
    """The faults of populations that cannot stand beside those that are held, of the same year or the nearest one.

    A total may be `factor` times the held one, or the held one that of it; the people of one sex are at most so many
    and at least a tenth of the held total, those of an age at most so many, and of a young age not next to none. Where
    most totals lie apart by more than a quarter, all of them are at fault: a part, or a sum, taken for the population.
    Ages that are all there must add up to such a total, or to half of it, and not to a hundred. Totals that all lie
    on one side of the held ones are of a part of the people, and totals that are those of the year before or after have
    their years one off. At most five faults, with both values; where there are
    more, a last one says how many.
    """
    told = list(observations)
    sums = sums_of_ages(told)
    return (
        _percentages(file, sums, populations)
        or _far_from_held(file, told, populations, factor)
        or _sums_apart(file, sums, populations, factor)
        or _on_one_side(file, [*told, *sums], populations)
        or _of_another_year(file, told, populations)
    )


def _far_from_held(
    file: str, observations: Sequence[Observation], populations: HeldPopulations, factor: float
) -> list[Fault]:
    counted = [(one, known) for one in observations if one.value is not None and (known := _known(one, populations))]
    found = [(one, known) for one, known in counted if not _fits(one, known, _factor(one, populations, factor))]
    totals = [(one, known) for one, known in counted if is_total_population(one)]
    apart = [(one, known) for one, known in totals if abs((one.value or 0.0) - known) > APART * known]
    faults = [
        Fault(file, one.place, one.text, _near(one, known, _factor(one, populations, factor)))
        for one, known in found[:SHOWN]
    ]
    if not found and 2 * len(apart) > len(totals):
        found = apart
        faults = [Fault(file, one.place, one.text, _near(one, known, 1 + APART)) for one, known in found[:SHOWN]]
    return faults + how_many_more(file, len(found))


def sums_of_ages(observations: Iterable[Observation]) -> list[Observation]:
    """The total of each area, year and sex whose ages are given from birth to eighty or more, without a gap.

    Of ages that lie in each other the narrower are added. A total has the place of its youngest age, and no text. Where
    only both sexes are given apart, their total is added.
    """
    given: dict[tuple[str, str, str], dict[int, tuple[int, Observation]]] = {}
    for one in observations:
        span = ages(one.age) if one.age != TOTAL and one.value is not None and _is_counted(one) else None
        if span and span.first < span.end:
            steps = given.setdefault((one.area, one.period, one.sex), {})
            if span.first not in steps or span.end < steps[span.first][0]:
                steps[span.first] = (span.end, one)
    found = {key: total for key, steps in given.items() if (total := _added_up(steps))}
    for (area, period, sex), one in list(found.items()):
        men = found.get((area, period, "M"))
        if sex == "F" and men and (area, period, TOTAL) not in found:
            found[area, period, TOTAL] = one._replace(sex=TOTAL, value=(one.value or 0.0) + (men.value or 0.0))
    return list(found.values())


def _added_up(steps: Mapping[int, tuple[int, Observation]]) -> Observation | None:
    """The sum of ages by where they begin, each with its end; None where there is a gap."""
    at, total = 0, 0.0
    while at in steps:
        at, one = steps[at]
        total += one.value or 0.0
    return steps[0][1]._replace(age=TOTAL, value=total, text="") if at >= _WHOLE_TO else None


def _percentages(file: str, sums: Sequence[Observation], populations: HeldPopulations) -> list[Fault]:
    """The faults of a table nine in ten of whose areas and years add up to a hundred, and to no population held."""
    least, most = _HUNDRED
    found: dict[tuple[str, str], tuple[Observation, float]] = {}
    for one in sums:
        value = one.value or 0.0
        shown = value if value <= most else value / _THOUSAND
        known = nearest(populations, one.area, one.period)
        if least <= shown <= most and not (known and _is_usual(one, known)):
            found.setdefault((one.area, one.period), (one, shown))
    if not found or len(found) < _MOST * len({(one.area, one.period) for one in sums}):
        return []
    expected = _("populations; the ages of %(area)s in %(year)s add up to about 100, as percentages do")
    faults = [
        Fault(file, one.place, f"{shown:g}", expected % {"area": one.area, "year": one.period})
        for one, shown in islice(found.values(), SHOWN)
    ]
    return faults + how_many_more(file, len(found))


def _sums_apart(file: str, sums: Sequence[Observation], populations: HeldPopulations, factor: float) -> list[Fault]:
    """The faults of sums that cannot be those of the people, or of all that are unusual where most are."""
    pairs = [(one, known) for one in sums if (known := nearest(populations, one.area, one.period))]
    found = [(one, known) for one, known in pairs if not _is_possible(one, known, _factor(one, populations, factor))]
    unusual = [(one, known) for one, known in pairs if not _is_usual(one, known)]
    if not found and 2 * len(unusual) > len(pairs):
        found = unusual
    faults = [Fault(file, one.place, f"{one.value:.0f}", _add_up(one, known)) for one, known in found[:SHOWN]]
    return faults + how_many_more(file, len(found))


def _is_possible(population: Observation, known: float, factor: float) -> bool:
    if population.sex == TOTAL:
        return _fits(population, known, factor)
    return known / _SEX_AT_LEAST <= (population.value or 0.0) <= known * (1 + APART)


def _is_usual(population: Observation, known: float) -> bool:
    least, most = _usual(population)
    return least * known <= (population.value or 0.0) <= most * known


def _usual(population: Observation) -> tuple[float, float]:
    """The least and the largest share of the held total that a sum of ages mostly is."""
    if population.sex == TOTAL:
        return 1 - APART, 1 + APART
    return _WHERE_MEN_WORK if population.area in _OF_MEN else _ONE_SEX


def _add_up(population: Observation, known: float) -> str:
    least, most = _usual(population)
    said = {"least": f"{least * known:.0f}", "most": f"{most * known:.0f}", "held": f"{known:.0f}"}
    return _(
        "ages of %(area)s in %(year)s that add up to between %(least)s and %(most)s persons, as the %(held)s that are "
        "held let expect"
    ) % {**said, "area": population.area, "year": population.period}


def _on_one_side(file: str, observations: Iterable[Observation], populations: HeldPopulations) -> list[Fault]:
    """The fault of totals that are all below, or all above, those that are held of the same year or the next to it."""
    totals = (one for one in observations if one.value is not None and is_total_population(one))
    pairs = [(one, known) for one in totals if (known := nearest(populations, one.area, one.period, 1))]
    shares = [(one.value or 0.0) / known - 1 for one, known in pairs]
    below, above = (all(side * share > BESIDE for share in shares) for side in (-1, 1))
    if len(pairs) < _FEW or not (below or above):
        return []
    middle = median(map(abs, shares))
    few = len({one.area for one, _known in pairs}) < _FEW
    if middle <= (_MORE if above else _PART_OF_FEW if few else _PART):
        return []
    one, known = pairs[0]
    said = {
        "times": len(pairs),
        "middle": int(100 * middle),
        "value": f"{one.value:.0f}",
        "held": f"{known:.0f}",
        "area": one.area,
        "year": one.period,
    }
    expected = (
        _(
            "populations of all people; all %(times)d values are below those held, half of them by %(middle)d per cent "
            "or more, such as %(value)s beside %(held)s for %(area)s in %(year)s: they seem to be of a part of the "
            "people, such as adults or those in towns, or of another thing"
        )
        if below
        else _(
            "populations; all %(times)d values are above those held, half of them by %(middle)d per cent or more, such "
            "as %(value)s beside %(held)s for %(area)s in %(year)s: they seem to be of another thing"
        )
    )
    return [Fault(file, one.place, one.text or f"{one.value:.0f}", expected % said)]


def _of_another_year(file: str, observations: Iterable[Observation], populations: HeldPopulations) -> list[Fault]:
    """The fault of totals that fit the held ones of the year before, or after, far better than those of their own."""
    totals = [
        one
        for one in observations
        if one.value and is_total_population(one) and populations.get((one.area, one.period))
    ]
    for step in (-1, 1):
        pairs = [
            (one, known) for one in totals if (known := populations.get((one.area, str(int(one.period[:4]) + step))))
        ]
        if len(pairs) < _MANY or len({one.area for one, _known in pairs}) < _AREAS_SHIFTED:
            continue
        own = median(_apart(one, populations[one.area, one.period]) for one, _known in pairs)
        other = median(_apart(one, known) for one, known in pairs)
        if own > _APART_BY_GROWTH and _FAR_BETTER * other < own:
            one, known = pairs[0]
            said = {
                "times": len(pairs),
                "value": f"{one.value:.0f}",
                "area": one.area,
                "year": one.period,
                "held": f"{known:.0f}",
                "other": int(one.period[:4]) + step,
            }
            expected = _(
                "populations of the years that they stand under; the %(times)d values fit those held of %(other)s and "
                "so on, such as %(held)s for %(area)s, far better than those of %(year)s: the years seem to be one off"
            )
            return [Fault(file, one.place, one.text, expected % said)]
    return []


def _apart(population: Observation, known: float) -> float:
    """By which share a total differs from a held one."""
    return abs((population.value or 0.0) - known) / known


def notice_few_apart(reading: Reading, populations: HeldPopulations) -> None:
    """Warn where a few totals differ from the held ones by more than a tenth, as those of a part of the people would.

    Of more rows, what most of them say is judged; a few may be of a town, of adults, or a revision.
    """
    totals = [one for one in reading.observations if one.value is not None and is_total_population(one)]
    pairs = [(one, known) for one in totals if (known := nearest(populations, one.area, one.period, 1))]
    apart = [(one, known) for one, known in pairs if _apart(one, known) > WITHIN]
    if not apart or len(pairs) > _HANDFUL:
        return
    one, known = apart[0]
    said = {"file": reading.file, "place": one.place, "value": f"{one.value:.0f}", "held": f"{known:.0f}"}
    message = _(
        "%(file)s: %(times)s of %(all)s populations differ from those held by more than a tenth, such as %(value)s "
        "beside %(held)s for %(area)s in %(year)s, at %(place)s; they may be of a part of the people"
    )
    said |= {"times": str(len(apart)), "all": str(len(pairs)), "area": one.area, "year": one.period}
    expected = _("about %(held)s persons") % said
    reading.add_finding("populations-differ", "warning", one.place, one.text, expected, message % said)


def notice_uncompared(reading: Reading, populations: HeldPopulations) -> None:
    """Say how many populations are of areas or years near which none is held, so that nothing was asked of them."""
    counted = (one for one in reading.observations if one.indicator == POPULATION and one.value is not None)
    found = [one for one in counted if nearest(populations, one.area, one.period) is None]
    if not found or not populations:
        return
    said = {"file": reading.file, "times": len(found), "place": found[0].place, "value": found[0].text}
    message = _(
        "%(file)s: %(times)d populations are of areas or years near which none is held, and could be compared with "
        "nothing; the first is “%(value)s” for %(area)s, at %(place)s"
    ) % {**said, "area": found[0].area}
    expected = _("an area and year near which a population is held")
    reading.add_finding("not-compared", "warning", found[0].place, found[0].text, expected, message)


def nearest(populations: HeldPopulations, area: str, period: str, within: int = NEAREST) -> float | None:
    """The population of an area in a year, or in the nearest of the years about it that is held; None for none."""
    year = int(period[:4])
    for away in range(within + 1):
        for other in (year - away, year + away):
            if (area, str(other)) in populations:
                return populations[area, str(other)]
    return None


def _known(population: Observation, populations: HeldPopulations) -> float | None:
    return (nearest(populations, population.area, population.period) or None) if _is_counted(population) else None


def _is_counted(population: Observation) -> bool:
    return (
        population.indicator == POPULATION
        and population.unit == "persons"
        and population.citizenship == population.breakdown == TOTAL
    )


def _factor(population: Observation, populations: HeldPopulations, factor: float) -> float:
    """The factor that a population may be of the held one: larger where that is of another year."""
    return factor if (population.area, population.period) in populations else factor * (1 + APART)


def _fits(population: Observation, known: float, factor: float) -> bool:
    least = (
        _least_of_age(population, known)
        if population.age != TOTAL
        else known / (factor if population.sex == TOTAL else _SEX_AT_LEAST)
    )
    return least <= (population.value or 0.0) <= known * factor


def _least_of_age(population: Observation, known: float) -> float:
    """The least that the people of an age can be beside the held total; 0 for ages of which few may be left."""
    span = ages(population.age)
    if span is None or span.end > _YOUNG:
        return 0.0
    return known * _AGE_FROM * (span.end - span.first) * (2 if population.sex == TOTAL else 1)


def confirmed_by_held(observations: Iterable[Observation], populations: HeldPopulations) -> Agreement:
    """How far a table of total populations agrees with those that are held of its years, or of those next to them."""
    totals = (one for one in observations if one.value is not None and is_total_population(one))
    pairs = [
        (one.value or 0.0, known) for one in totals if (known := nearest(populations, one.area, one.period, _A_FEW))
    ]
    agreeing = sum(abs(value - known) <= WITHIN * known for value, known in pairs)
    return Agreement(len(pairs), agreeing, sum(known - value > _NEXT_TO * known for value, known in pairs))


def _near(population: Observation, known: float, factor: float) -> str:
    if population.age != TOTAL and (population.value or 0.0) < known:
        least = {"least": f"{_least_of_age(population, known):.0f}", "held": f"{known:.0f}"}
        return _(
            "at least %(least)s persons of that age, as %(held)s of all ages are held for %(area)s in %(year)s"
        ) % {**least, "area": population.area, "year": population.period}
    said = {
        "held": f"{known:.0f}",
        "area": population.area,
        "year": population.period,
        "value": f"{population.value:.0f}",
        "times": factor,
    }
    return (
        _(
            "about %(held)s persons, as held for %(area)s in %(year)s or the year next to it; %(value)s differs by "
            "more than a factor of %(times)g"
        )
        % said
    )
