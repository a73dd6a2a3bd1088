"""Indicators computed from observations, with the evidence of each value."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from comity.analysis.indicators.declared import Indicator, declared, dimensions
from comity.analysis.indicators.formulas import PUBLISHED, Outcome, outcome_of
from comity.analysis.indicators.keys import Key
from comity.areas.gazetteer import Succession
from comity.evidence.figures import method
from comity.evidence.wording import gettext as _
from comity.evidence.wording import gettext_noop, spelled
from comity.observations.denominators import LARGEST_GAP, POPULATION, Populations, source_of
from comity.observations.observation import TOTAL, UNKNOWN, Observation
from comity.statistics.figures import parse_detail
from comity.statistics.releases.query import Released


@dataclass(frozen=True)
class IndicatorValue:
    """An outcome with the evidence: the inputs as they were found, and the release that each part came from."""

    indicator: Indicator
    outcome: Outcome
    dataset: str
    denominator: str
    inputs: tuple[Released, ...]


def compute(
    indicator: Indicator,
    observations: Iterable[Released],
    denominators: Iterable[Released] = (),
    successions: Iterable[Succession] = (),
) -> list[IndicatorValue]:
    """The values of an indicator, one for each data set, area, year and category that its numerator is held for.

    The observations are those that speak on a day: a data set may speak from a whole release and parts after it.

    `denominators` are populations; where several sources have the area and year, the first of them is taken, whole.
    In the order of the keys. A State that split in the year has no value, see `split_in`.
    """
    by_data_set: dict[str, list[Released]] = defaultdict(list)
    for found in observations:
        by_data_set[found.release.dataset].append(found)
    of_population: dict[str, list[Released]] = defaultdict(list)
    for found in denominators:
        of_population[source_of(found.release.dataset)].append(found)
    populations = [Populations(one.observation for one in founds) for founds in of_population.values()]
    held = {(one.observation, one.observation.place): one for found in of_population.values() for one in found}
    parts = tuple(successions)
    values = []
    for dataset, founds in by_data_set.items():
        rows = [found.observation for found in founds]
        known = held | {(one.observation, one.observation.place): one for one in founds}
        series = _by_area(rows)
        for key in keys(indicator, rows):
            outcome = outcome_of(indicator, key, series[key.area], populations, parts)
            inputs = tuple(known[one, one.place] for one in outcome.inputs)
            values.append(_value(indicator, outcome, dataset, inputs))
    return values


def _by_area(rows: Iterable[Observation]) -> Mapping[str, Sequence[Observation]]:
    series: dict[str, list[Observation]] = defaultdict(list)
    for one in rows:
        series[one.area].append(one)
    return series


def _value(indicator: Indicator, outcome: Outcome, dataset: str, inputs: tuple[Released, ...]) -> IndicatorValue:
    below = _below(indicator)
    releases = {one.release.id: one.release for one in inputs if below(one.observation)}
    named = "; ".join(f"{release.title} ({release.id})" for release in releases.values())
    if named:
        named += f", {outcome.denominator_period or outcome.key.period}"
    elif PUBLISHED in outcome.flags:
        named = _("the population that the source divides by")
    return IndicatorValue(indicator, outcome, dataset, named, inputs)


def _below(indicator: Indicator) -> Callable[[Observation], bool]:
    """Whether an observation is of the denominator."""
    term = indicator.denominator
    if term is None:
        return lambda one: one.indicator.startswith(POPULATION)
    return lambda one: one.indicator == term.indicator and not indicator.numerator.takes(one)


def keys(indicator: Indicator, observations: Iterable[Observation]) -> list[Key]:
    """What an indicator has values of, by the observations that it takes, in order."""
    found = set()
    for one in observations:
        if indicator.takes(one):
            key = Key(one.area, one.period, *dimensions(one))
            if indicator.kind != "standardized":
                found.add(key)
            elif one.age not in (TOTAL, UNKNOWN):
                found.add(key._replace(age=TOTAL))
    return sorted(found)


@method(
    "indicator",
    version=2,
    label=gettext_noop("Indicator"),
    phrase=gettext_noop("%(indicator)s, %(area)s, %(period)s, as computed"),
    unit=gettext_noop("as the indicator states"),
    states=lambda: {"gap": spelled(LARGEST_GAP)},
)
def indicator_figure(
    values: Sequence[Observation | Succession], *, indicator: str, area: str, period: str, dataset: str, detail: str
) -> float | None:
    """The value of an indicator for an area and year, from the observations of one data set; not rounded.

    A rate that the data set itself publishes beside its count is taken as published, since whoever publishes it divides
    by a population of its own. Other rates are counts divided by the resident population of the same area, year, sex
    and age, times the factor; shares are parts of a whole of the same source and year; the declaration of the indicator
    gives formula and source. There
    is no value where the denominator is missing, is zero or is held for other years only, where the count is negative,
    masked or stated twice with different values, where the result would be above what is possible, and where the State
    split or was joined in the year. Populations are interpolated linearly between years that are at most %(gap)s apart.
    Source: Sustainable Development Goals, metadata of the indicators of goal 16.
    """
    given = parse_detail(detail)
    key = Key(area, period, given.iccs, given.sex, given.age, given.citizenship, given.breakdown)
    successions = [one for one in values if isinstance(one, Succession)]
    rows = [one for one in values if isinstance(one, Observation)]
    people = [one for one in rows if one.indicator.startswith(POPULATION)]
    return outcome_of(declared()[indicator], key, rows, [Populations(people)] if people else [], successions).value
