"""The facts of trends: the observations of a family of series."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from comity.analysis.indicators.declared import declared
from comity.analysis.trends.ask import family_of, successions_of
from comity.analysis.trends.families import Family, family_of_one, observed, parse_family, row_names, row_of
from comity.areas.gazetteer import Succession
from comity.areas.store import succession_facts
from comity.evidence.errors import UnknownName
from comity.evidence.figures import Fact, supplies
from comity.evidence.wording import gettext as _
from comity.observations.observation import Observation
from comity.statistics.figures import whole_fact
from comity.statistics.store import known_on


def _facts(family: Family, as_at: date) -> list[Fact[Any]]:
    known = known_on(as_at)
    rows = family_of(known, family)
    # A report may speak of an indicator before anything is held of it: its table is empty then.
    if not rows and not family.areas and family.indicator in declared().indicators:
        return []
    if not any(family.shows(found.observation.area) for found in rows):
        raise UnknownName(f"{family.dataset}, {family.series}", _("series with observations"))
    successions = successions_of(family, known.names)
    values: list[Observation | Succession] = [*(found.observation for found in rows), *successions]
    named = row_names(observed(values, family.indicator))
    facts = [replace(whole_fact(found, known.names), about=row_of(named, found.observation)) for found in rows]
    if any(found.observation.indicator == family.indicator for found in rows):
        return facts
    return [*facts, *(fact for fact in succession_facts(as_at) if fact.value in successions)]


@supplies("trends", "trend-verdicts")
def _family_inputs(*, as_at: date, dataset: str, series: str, first: str, last: str) -> Sequence[Fact[Any]]:
    return _facts(parse_family(dataset, series, first, last), as_at)


@supplies("trend")
def _series_inputs(
    *, as_at: date, dataset: str, indicator: str, area: str, period: str, detail: str
) -> Sequence[Fact[Any]]:
    return _facts(family_of_one(dataset, indicator, area, period, detail), as_at)
