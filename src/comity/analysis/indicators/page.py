"""What the page of an indicator shows: values of States in a year, regions, series beside each other."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from comity.analysis import pictures
from comity.analysis.address import region_label
from comity.analysis.comparing import Beside, beside
from comity.analysis.estimates.ask import address as estimate_address
from comity.analysis.estimates.basis import WORLD
from comity.analysis.estimates.figures import Estimate
from comity.analysis.estimates.figures import printed as printed_estimate
from comity.analysis.indicators.ask import address, detail
from comity.analysis.indicators.declared import Indicator
from comity.analysis.indicators.figures import IndicatorValue
from comity.analysis.indicators.formulas import LOW_COUNT
from comity.analysis.labels import bound_label, flag_label, printed_label, provenance_label
from comity.areas.addresses import address_code
from comity.areas.gazetteer import Gazetteer
from comity.areas.labels import tongue
from comity.areas.names.alphabetical_order import sort_key
from comity.charts.page_drawing import Drawing
from comity.charts.specifications import Estimate as Row
from comity.charts.specifications import Reference
from comity.statistics import labels

ROWS_OF_A_CHART = 60
"""How many areas a chart by value shows at most: beyond them it could be read on no screen."""


def categories(values: Sequence[IndicatorValue], names: Gazetteer) -> list[tuple[str, str]]:
    """The categories that an indicator has values of, by code and in words, the one of most areas first."""
    counted = Counter(detail(one.outcome.key) for one in values)
    ordered = sorted(counted, key=lambda code: (-counted[code], code))
    return [(code, "; ".join(labels.detail_words(code, names))) for code in ordered]


def state_rows(values: Sequence[IndicatorValue], names: Gazetteer, order: str) -> list[dict[str, Any]]:
    """A row for each State and area with a value or a reason, by name, or on demand by value; none has a rank."""
    rows = [_state_row(one, names) for one in values]
    if order == "value":
        return sorted(rows, key=lambda row: (row["value"] is None, -(row["value"] or 0.0), row["order"]))
    return sorted(rows, key=lambda row: row["order"])


def _state_row(value: IndicatorValue, names: Gazetteer) -> dict[str, Any]:
    outcome = value.outcome
    name = names.label(outcome.key.area, tongue())
    return {
        "area": outcome.key.area,
        "code": address_code(names, outcome.key.area),
        "name": name,
        "order": sort_key(name, tongue()),
        "value": outcome.value,
        "printed": printed_label(outcome.printed),
        "low": bound_label(outcome.low, outcome.printed),
        "high": bound_label(outcome.high, outcome.printed),
        "count": labels.value_label(outcome.count, ""),
        "low_count": "low-count" in outcome.flags,
        "flags": [flag_label(flag) for flag in outcome.flags],
        "status": outcome.status if outcome.status not in ("A", "") else "",
        "status_words": labels.status_label(outcome.status),
        "reason": outcome.reason,
        "figure": address(value),
    }


def value_map(values: Sequence[IndicatorValue], indicator: Indicator, year: str, names: Gazetteer) -> Any:
    """The world by the values of a year."""
    found = {one.outcome.key.area: one.outcome.value for one in values if one.outcome.value is not None}
    words = _("%(count)s States and areas have a value for %(year)s; hatched are those without one.")
    return pictures.value_map(
        found,
        {code: names.label(code, tongue()) for code in found},
        title=f"{indicator.title(tongue())}, {year}",
        unit=labels.unit_label(indicator.unit),
        words=words % {"count": labels.value_label(len(found), ""), "year": year},
    )


def by_value(rows: Sequence[dict[str, Any]], values: Sequence[IndicatorValue], indicator: Indicator, year: str) -> Any:
    """The chart of areas by value, where they are not too many; None else."""
    outcomes = {one.outcome.key.area: one.outcome for one in values}
    shown = [(row, outcomes[row["area"]]) for row in rows if row["value"] is not None]
    if not 0 < len(shown) <= ROWS_OF_A_CHART:
        return None
    return pictures.by_value(
        [Row(row["name"], row["value"], one.low, one.high, low_count=row["low_count"]) for row, one in shown],
        title=f"{indicator.title(tongue())}, {year}",
        unit=labels.unit_label(indicator.unit),
        few=_("fewer than %(number)d cases") % {"number": LOW_COUNT},
    )


@dataclass(frozen=True)
class Regions:
    """Estimates for the world and regions: a chart, and rows by the kind of region."""

    method: str
    on: str
    chart: Drawing | None
    parts: list[tuple[str, list[dict[str, Any]]]]


def regions(estimates: Sequence[Estimate], indicator: Indicator, names: Gazetteer) -> Regions | None:
    """What is estimated for the world, the regions of M49 and the regional groups; None where nothing is."""
    if not estimates:
        return None
    by_area = {one.area: one for one in estimates}
    day = date(int(estimates[0].on), 7, 1)
    large, small = (_groups(names, scheme, day, by_area) for scheme in ("m49-region", "m49-subregion"))
    groups = _groups(names, "regional-group", day, by_area)
    parts = [
        (_("World"), [WORLD] if WORLD in by_area else []),
        (_("Regions"), large),
        (_("Subregions"), small),
        (_("Regional groups of the United Nations (States alone)"), groups),
    ]
    return Regions(
        estimates[0].method,
        estimates[0].on,
        _regions_chart([by_area[code] for code in (*large, *small)], by_area.get(WORLD), indicator, names),
        [(words, [_region_row(by_area[code], names) for code in codes]) for words, codes in parts if codes],
    )


def _groups(names: Gazetteer, scheme: str, day: date, among: dict[str, Estimate]) -> list[str]:
    codes = [code for code in names.groups(scheme, day) if code in among]
    return sorted(codes, key=lambda code: sort_key(region_label(code, names), tongue()))


def _region_row(made: Estimate, names: Gazetteer) -> dict[str, Any]:
    share = made.observed_share
    return {
        "name": region_label(made.area, names),
        "figure": estimate_address(made),
        "printed": printed_label(made.printed),
        "low": "" if made.low is None else printed_label(printed_estimate(made.low, made.unit)),
        "high": "" if made.high is None else printed_label(printed_estimate(made.high, made.unit)),
        "share": None if share is None else int(100 * share) if share > 0.99 else round(100 * share),
        "cells": [(provenance_label(kind), count) for kind, count in sorted(made.provenance.items())],
        "flags": [flag_label(flag) for flag in made.flags],
        "reason": made.reason,
    }


def _regions_chart(
    rows: Sequence[Estimate], world: Estimate | None, indicator: Indicator, names: Gazetteer
) -> Drawing | None:
    shown = [
        Row(region_label(one.area, names), one.value, one.low, one.high, observed_share=one.observed_share)
        for one in rows
        if one.value is not None
    ]
    if not shown:
        return None
    return pictures.regions(
        shown,
        Reference(world.value, region_label(WORLD, names)) if world and world.value is not None else None,
        title=f"{indicator.title(tongue())}, {rows[0].on}",
        unit=labels.unit_label(indicator.unit),
        words=_("Under each name: the part of the population whose value was observed in the year itself.")
        + " "
        + _("A region without an estimate is left out; the table says why."),
    )


def series_of(
    values: Sequence[IndicatorValue], areas: Sequence[str], category: str, names: Gazetteer
) -> tuple[Beside, list[str]]:
    """The chosen areas beside each other, and the names of those without a value."""
    series: dict[str, list[IndicatorValue]] = {names.label(code, tongue()): [] for code in areas}
    for one in values:
        if detail(one.outcome.key) == category:
            series[names.label(one.outcome.key.area, tongue())].append(one)
    missing = [label for label, own in series.items() if not any(one.outcome.value is not None for one in own)]
    return beside({label: own for label, own in series.items() if label not in missing}), missing


def series_chart(lines: Beside, indicator: Indicator) -> Drawing | None:
    """The lines of the areas that may be drawn in one chart."""
    if not lines.drawn:
        return None
    return pictures.over_years(
        lines.drawn,
        title=indicator.title(tongue()),
        unit=labels.unit_label(indicator.unit),
        words=_("A line stops at a missing year and at a break in series."),
    )
