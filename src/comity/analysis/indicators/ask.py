"""Indicators from what is known: the observations of numerator and denominator, and the rows that are given of them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from comity.analysis.indicators.declared import Indicator, declared
from comity.analysis.indicators.figures import IndicatorValue, compute
from comity.analysis.indicators.keys import Key
from comity.areas.gazetteer import Gazetteer
from comity.evidence.figures import figure_id
from comity.observations.denominators import is_year
from comity.observations.observation import TOTAL
from comity.statistics.figures import Detail, whole_number
from comity.statistics.populations import populations
from comity.statistics.releases.known import Known
from comity.statistics.releases.query import Released


def indicator_values(
    known: Known,
    code: str,
    *,
    areas: Sequence[str] = (),
    first: str = "",
    last: str = "",
    dataset: str | None = None,
    as_published: bool = True,
) -> list[IndicatorValue]:
    """The values of an indicator for areas (all, if none are named) and years.

    One for each data set that holds it; which of them is the headline one, `headlines` knows. Without `as_published`
    rates are computed also where the data set publishes them itself. Raises UnknownName.
    """
    indicator = declared()[code]
    rows = _numerators(known, indicator, tuple(areas), dataset)
    if not as_published:
        rows = [found for found in rows if not _is_published(indicator, found)]
    if first or last:
        rows = [found for found in rows if (first or "0") <= found.observation.period <= (last or "9999")]
    return compute(indicator, rows, _people(known, indicator, rows), known.names.successions())


def _numerators(known: Known, indicator: Indicator, areas: tuple[str, ...], dataset: str | None) -> list[Released]:
    """The observations of numerator and denominator, and the rate as published, save populations."""
    asked = [*indicator.selections(), *([indicator.denominator.selection()] if indicator.denominator else [])]
    wanted = [replace(selection, areas=areas) for selection in asked]
    return list(dict.fromkeys(found for selection in wanted for found in known.find(selection, dataset)))


def _is_published(indicator: Indicator, found: Released) -> bool:
    return bool(indicator.published and indicator.published.takes(found.observation))


def _people(known: Known, indicator: Indicator, rows: Sequence[Released]) -> list[Released]:
    if not indicator.needs_population:
        return []
    areas = {found.observation.area for found in rows}
    years = {found.observation.period for found in rows}
    term = indicator.numerator
    parted = indicator.kind == "standardized" or (term.sex, term.age) != (TOTAL, TOTAL)
    return [found for source in populations(known, areas, years, by_sex_or_age=parted) for found in source]


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
