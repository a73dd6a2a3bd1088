"""Indicators from releases and a gazetteer, wherever these come from, and the rows that commands and notebooks give."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from comity.analysis.estimates.ask import whole_number
from comity.analysis.indicators.declared import Indicator, declared
from comity.analysis.indicators.figures import IndicatorValue, compute
from comity.analysis.indicators.formulas import Key
from comity.areas.gazetteer import Gazetteer
from comity.evidence.figures import figure_id
from comity.observations.denominators import is_year
from comity.observations.observation import TOTAL
from comity.statistics.figures import Detail
from comity.statistics.populations import populations
from comity.statistics.releases import question
from comity.statistics.releases.holdings import Holdings
from comity.statistics.releases.query import Found


def indicator_values(
    held: Holdings,
    names: Gazetteer,
    code: str,
    *,
    of_areas: Sequence[str] = (),
    first: str = "",
    last: str = "",
    dataset: str | None = None,
    as_at: date,
) -> list[IndicatorValue]:
    """The values of an indicator for areas and years, as known on a day; see `indicator_store.indicator_values`."""
    indicator = declared()[code]
    chosen = _numerators(held, indicator, tuple(of_areas), dataset, as_at)
    if first or last:
        chosen = [one for one in chosen if (first or "0") <= one.observation.period <= (last or "9999")]
    people = _populations(held, indicator, chosen, as_at)
    return compute(indicator, chosen, people, names.successions())


def _numerators(
    held: Holdings, indicator: Indicator, of_areas: tuple[str, ...], dataset: str | None, as_at: date
) -> list[Found]:
    """The observations of numerator and denominator, save populations."""
    terms = [indicator.numerator, *([indicator.denominator] if indicator.denominator else [])]
    asked = [replace(term.selection(), areas=of_areas) for term in terms]
    found = (one for selection in asked for one in question.find(held, selection, dataset=dataset, as_at=as_at))
    return list(dict.fromkeys(found))


def _populations(held: Holdings, indicator: Indicator, chosen: Sequence[Found], as_at: date) -> list[Found]:
    if not indicator.needs_population:
        return []
    of_areas = {one.observation.area for one in chosen}
    years = {one.observation.period for one in chosen}
    term = indicator.numerator
    parted = indicator.kind == "standardized" or (term.sex, term.age) != (TOTAL, TOTAL)
    sources = populations(held, of_areas, years, as_at, by_sex_or_age=parted)
    return [one for source in sources for one in source]


def detail(key: Key) -> str:
    """The dimensions of a value as they stand in its address."""
    return str(Detail(key.iccs, key.sex, key.age, key.citizenship, key.breakdown))


def address(value: IndicatorValue) -> str:
    """The address of a value's figure: `indicator.homicide-rate.076.2012.homicide.0101`."""
    key = value.outcome.key
    return figure_id(
        "indicator",
        {
            "indicator": value.indicator.code,
            "area": key.area,
            "period": key.period,
            "dataset": value.dataset,
            "detail": detail(key),
        },
    )


def record(value: IndicatorValue, names: Gazetteer, language: str = "en") -> dict[str, Any]:
    """A value in the shape of `comity indicator --format json`, with what else is known of it."""
    outcome = value.outcome
    area = names.areas.get(outcome.key.area)
    on = date(int(outcome.key.period), 7, 1) if is_year(outcome.key.period) else None
    return {
        "area": outcome.key.area,
        "iso3": area.iso3 if area else None,
        "name": names.label(outcome.key.area, language, on),
        "indicator": value.indicator.code,
        "on": outcome.key.period,
        "value": outcome.value,
        "printed": outcome.printed,
        "unit": value.indicator.unit,
        "count": whole_number(outcome.count),
        "population": whole_number(outcome.population),
        "observed_share": None,
        "low": outcome.low,
        "high": outcome.high,
        "method": "indicator",
        "figure": address(value),
        "iccs": outcome.key.iccs,
        "sex": outcome.key.sex,
        "age": outcome.key.age,
        "citizenship": outcome.key.citizenship,
        "breakdown": outcome.key.breakdown,
        "dataset": value.dataset,
        "denominator": value.denominator,
        "status": outcome.status,
        "flags": list(outcome.flags),
        "reason_kind": outcome.reason_kind,
        "reason": outcome.reason,
    }
