"""Trends of the series in the releases that are held, and the facts of their figures."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from comity.analysis.estimates.facts import succession_facts
from comity.analysis.trends import figures as pure
from comity.analysis.trends.ask import family_of, successions_of, trends_held
from comity.analysis.trends.figures import Family, SeriesTrend
from comity.areas.gazetteer import Succession
from comity.areas.store import gazetteer
from comity.evidence.errors import UnknownName
from comity.evidence.figures import Fact, supplies
from comity.evidence.wording import gettext as _
from comity.observations.observation import Observation
from comity.statistics import store
from comity.statistics.figures import whole_fact


def trends_of(
    indicator: str,
    *,
    areas: Sequence[str] = (),
    dataset: str | None = None,
    iccs: str = "",
    first: str = "",
    last: str = "",
    as_at: date,
) -> list[SeriesTrend]:
    """The trend of each series of an indicator, of areas (all, if none are named) and years, as known on a day.

    The series of a data set are one family, over which p is adjusted; each data set that has the indicator makes one.
    Raises UnknownName for an indicator or data set that nothing is held of.
    """
    return trends_held(
        store.published(),
        gazetteer(as_at),
        indicator,
        areas=areas,
        dataset=dataset,
        iccs=iccs,
        first=first,
        last=last,
        as_at=as_at,
    )


def _facts(family: Family, as_at: date) -> list[Fact[Any]]:
    names = gazetteer(as_at)
    found = family_of(store.published(), names, family, as_at)
    if not found:
        raise UnknownName(f"{family.dataset}, {family.series}", _("series with observations"))
    successions = successions_of(family, names)
    values: list[Observation | Succession] = [*(one.observation for one in found), *successions]
    rows = pure.row_names(pure.observed(values, family.indicator))
    facts = [replace(whole_fact(one, names), about=pure.row_of(rows, one.observation)) for one in found]
    if any(one.observation.indicator == family.indicator for one in found):
        return facts
    return [*facts, *(fact for fact in succession_facts(as_at, names) if fact.value in successions)]


@supplies("trends")
def _family_inputs(*, as_at: date, dataset: str, series: str, first: str, last: str) -> Sequence[Fact[Any]]:
    return _facts(pure.parse_family(dataset, series, first, last), as_at)


@supplies("trend")
def _series_inputs(
    *, as_at: date, dataset: str, indicator: str, area: str, period: str, detail: str
) -> Sequence[Fact[Any]]:
    return _facts(pure.family_of_one(dataset, indicator, area, period, detail), as_at)
