"""The pages of indicators: all that are declared; of one the values of States, regions, series beside each other."""

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from comity.analysis import pictures
from comity.analysis.address import asked_areas, asked_one_of, asked_year, cited, region_label, regions_offered
from comity.analysis.comparing import Beside, beside
from comity.analysis.estimates.arithmetic import Estimate
from comity.analysis.estimates.arithmetic import printed as printed_estimate
from comity.analysis.estimates.ask import address as estimate_address
from comity.analysis.estimates.ask import estimates, reason_of
from comity.analysis.estimates.methods import declared as estimation
from comity.analysis.estimates.published import difference, published
from comity.analysis.headlines.ask import coverage, estimate_records, headline_values, value_records
from comity.analysis.headlines.page import first_areas, headlines_of, rule_in_words
from comity.analysis.headlines.rule import headline_method
from comity.analysis.indicators.ask import address, detail, indicator_values
from comity.analysis.indicators.coverage import Coverage, coverage_of
from comity.analysis.indicators.declared import Indicator, declared
from comity.analysis.indicators.figures import IndicatorValue
from comity.analysis.indicators.formulas import LOW_COUNT, PUBLISHED
from comity.analysis.labels import bound_label, estimation_method_label, flag_label, printed_label, provenance_label
from comity.areas.addresses import address_code
from comity.areas.gazetteer import WORLD, Gazetteer
from comity.areas.labels import tongue
from comity.areas.names.alphabetical_order import sort_key
from comity.charts.page_drawing import Drawing
from comity.charts.rankings import observed_percent
from comity.charts.specifications import Estimate as Row
from comity.charts.specifications import Reference
from comity.evidence.files.formula_signs import inert, inert_line
from comity.evidence.store import now
from comity.statistics import labels, store
from comity.statistics.pages.data_sets import as_json, asked_as_at, vintages_of
from comity.statistics.pages.rows import area_names
from comity.statistics.releases.holdings import Holdings
from comity.statistics.releases.known import Known

DOWNLOADED = (
    "area",
    "iso3",
    "name",
    "indicator",
    "on",
    "printed",
    "value",
    "unit",
    "headline",
    "low",
    "high",
    "count",
    "population",
    "method",
    "dataset",
    "published_on",
    "published",
    "published_source",
    "as_at",
    "denominator",
    "iccs",
    "sex",
    "age",
    "status",
    "reason",
    "figure",
)
"""The columns of the page's numbers as a file."""
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
        "flags": [flag_label(flag) for flag in outcome.flags if flag != PUBLISHED],
        "published": PUBLISHED in outcome.flags,
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
    """Estimates for the world and regions: a chart, and rows by the kind of region.

    `held` is in how many of 100 trials bounds of this kind held a hidden value; None where nothing was filled in.
    `stand_ins` names the States and areas for which an estimate stands in.
    """

    method: str
    on: str
    is_headline: bool
    held: float | None
    stand_ins: list[str]
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
        estimation_method_label(estimates[0].method),
        estimates[0].on,
        estimates[0].method.partition(":")[0] == headline_method(),
        100 * estimation().bounds.held if any(one.is_filled for one in estimates) else None,
        [names.label(code, tongue()) for code in (by_area[WORLD].estimated if WORLD in by_area else ())],
        _regions_chart([by_area[code] for code in (*large, *small)], by_area.get(WORLD), indicator, names),
        [(words, [_region_row(by_area[code], names) for code in codes]) for words, codes in parts if codes],
    )


def _groups(names: Gazetteer, scheme: str, day: date, among: dict[str, Estimate]) -> list[str]:
    codes = [code for code in names.groups(scheme, day) if code in among]
    return sorted(codes, key=lambda code: sort_key(region_label(code, names), tongue()))


def _region_row(made: Estimate, names: Gazetteer) -> dict[str, Any]:
    share, told = made.observed_share, published(made)
    return {
        "name": region_label(made.area, names),
        "figure": estimate_address(made),
        "printed": printed_label(made.printed),
        "low": "" if made.low is None else printed_label(printed_estimate(made.low, made.unit)),
        "high": "" if made.high is None else printed_label(printed_estimate(made.high, made.unit)),
        "share": None if share is None else observed_percent(share),
        "cells": [(provenance_label(kind), count) for kind, count in sorted(made.provenance.items())],
        "flags": [flag_label(flag) for flag in made.flags],
        "reason": reason_of(made, names, tongue()),
        "published": printed_label(printed_estimate(told.value, made.unit)) if told else "",
        "published_source": told.source if told else "",
        "published_note": difference(made),
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
        words=_(
            "Under each name: the part of the population with a value of its own observed within the years that the"
            " method allows."
        )
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


def indicators_page(request: HttpRequest) -> HttpResponse:
    """The declared indicators: what each measures and how, who asks for it, and for how many States data are held."""
    as_at = asked_as_at(request)
    known = store.known_on(as_at)
    rows = [
        {
            "indicator": one,
            "title": one.title(tongue()),
            "unit": labels.unit_label(one.unit),
            "held": coverage_of(known, one),
            "estimated": one.code in estimation().estimated,
        }
        for one in declared().indicators.values()
    ]
    if request.GET.get("format") == "json":
        return as_json({"as_at": as_at.isoformat(), "indicators": [_declaration(row) for row in rows]})
    return render(request, "analysis/indicators.html", {"as_at": as_at, "rows": rows})


def _declaration(row: Mapping[str, Any]) -> dict[str, Any]:
    one: Indicator = row["indicator"]
    return {
        "indicator": one.code,
        "title": row["title"],
        "unit": one.unit,
        "method": one.method,
        "sdg": one.sdg,
        "asked_by": list(one.asked_by),
        "held": [
            {"dataset": held.release.dataset, "areas": held.areas, "first": held.first, "last": held.last}
            for held in row["held"]
        ],
    }


def indicator_page(request: HttpRequest, code: str) -> HttpResponse:
    """An indicator: map, States in a year, regions by a method, States beside each other, and where all comes from."""
    indicator = declared()[code]
    known = store.known_on(asked_as_at(request))
    areas = asked_areas(request.GET, known.names)
    if "add" in request.GET:
        return redirect(_with_areas(request, areas, known.names))
    covered = coverage_of(known, indicator)
    dataset = asked_one_of(request.GET, "dataset", [one.release.dataset for one in covered])
    context: dict[str, Any] = {
        "as_at": known.as_at,
        "indicator": indicator,
        "title": indicator.title(tongue()),
        "unit": labels.unit_label(indicator.unit),
        "held": covered,
        "areas": [(code, known.names.label(code, tongue())) for code in areas],
    }
    of = coverage(known, code) if not dataset else next(one for one in covered if one.release.dataset == dataset)
    if of is None:
        if request.GET.get("format") == "json":
            return as_json({"as_at": known.as_at.isoformat(), "indicator": code, "values": [], "estimates": []})
        return render(request, "analysis/indicator.html", context)
    return _indicator(request, context, known, of, areas, dataset)


def _with_areas(request: HttpRequest, areas: tuple[str, ...], names: Gazetteer) -> str:
    fields = {key: value for key, value in request.GET.items() if key not in ("add", "areas") and value}
    if areas:
        fields["areas"] = ",".join(_short(code, names) for code in areas)
    return f"{request.path}?{urlencode(fields)}#years"


def _short(code: str, names: Gazetteer) -> str:
    return names.areas[code].iso3 or code


def _indicator(
    request: HttpRequest, context: dict[str, Any], known: Known, of: Coverage, areas: tuple[str, ...], dataset: str
) -> HttpResponse:
    indicator, as_at, names = context["indicator"], known.as_at, known.names
    year = asked_year(request.GET, "on") or of.year
    order = asked_one_of(request.GET, "order", ("name", "value"), "name")
    groups = regions_offered(names, date(int(year), 7, 1)) if year > "0000" else {}
    region = asked_one_of(request.GET, "region", list(groups))
    found = _values(known, indicator, dataset, first=year, last=year)
    offered = categories(found, names)
    category = asked_one_of(request.GET, "category", [key for key, _words in offered], offered[0][0] if offered else "")
    values = [one for one in found if detail(one.outcome.key) == category]
    within = [one for one in values if not region or one.outcome.key.area in groups[region][1]]
    asked = as_at if request.GET.get("as_at") else None
    estimated = _estimates(request, indicator, year)
    if request.GET.get("format") == "json":
        return as_json(
            {
                "as_at": as_at.isoformat(),
                "indicator": indicator.code,
                "values": value_records(known, within, tongue()),
                "estimates": estimate_records(estimated, names, as_at, tongue()),
            }
        )
    if request.GET.get("format") == "csv":
        made = [*estimate_records(estimated, names, as_at, tongue()), *value_records(known, within, tongue())]
        return _as_csv(made, indicator.code)
    rows = state_rows(within, names, order)
    years = _values(known, indicator, dataset, areas=areas) if areas else []
    compared, missing = series_of(years, areas, category, names)
    releases = {one.release.id: one.release for value in (*values, *years) for one in value.inputs}
    context |= {
        "of": of,
        "dataset": dataset,
        "is_headline": not dataset,
        "headlines": headlines_of(
            indicator.code, first_areas(indicator.code, areas), names, on=asked_year(request.GET, "on"), as_at=asked
        ),
        "rule": rule_in_words(),
        "year": year,
        "years": sorted(of.years, reverse=True),
        "order": order,
        "groups": [(key, label) for key, (label, _areas) in groups.items()],
        "region": region,
        "region_label": groups[region][0] if region else "",
        "categories": offered,
        "category": category,
        "category_words": dict(offered).get(category, ""),
        "map": value_map(values, indicator, year, names),
        "rows": rows,
        "few": any(row["low_count"] for row in rows),
        "as_published": any(row["published"] for row in rows),
        "legend": sorted({(row["status"], row["status_words"]) for row in rows if row["status"]}),
        "by_value": by_value(rows, within, indicator, year) if order == "value" else None,
        "regions": regions(estimated, indicator, names),
        "methods": [(name, estimation_method_label(name)) for name in estimation().methods],
        "method": request.GET.get("method", "") or headline_method(),
        "compared": compared,
        "missing": missing,
        "chart": series_chart(compared, indicator),
        "without": [(label, _without(request, one, areas, names)) for one, label in context["areas"]],
        "kept": [(key, value) for key, value in request.GET.items() if key not in ("add", "areas") and value],
        "listed": ",".join(_short(one, names) for one in areas),
        "offered": area_names((of.release,), names),
        "vintages": vintages_of(Holdings(tuple(releases[key] for key in sorted(releases)))),
        "downloads": _downloads(indicator, of.release.dataset),
        "address": request.build_absolute_uri(f"{request.path}?{cited(request, as_at, on=year)}"),
    }
    return render(request, "analysis/indicator.html", context)


def _estimates(request: HttpRequest, indicator: Indicator, year: str) -> list[Estimate]:
    """The estimates of a year by the method asked for; a method's own year where none is asked for."""
    if indicator.code not in estimation().estimated:
        return []
    as_at = asked_as_at(request) if request.GET.get("as_at") else None
    rules = estimation().method(request.GET.get("method", ""))
    on = asked_year(request.GET, "on") or rules.on or year
    asked = {"method": request.GET.get("method", ""), "on": on}
    return estimates(store.known_on, indicator.code, **asked, as_at=as_at, today=now().date())


def _values(
    known: Known, indicator: Indicator, dataset: str, *, areas: Sequence[str] = (), first: str = "", last: str = ""
) -> list[IndicatorValue]:
    """The values of a data set, those of the headline series where none is chosen."""
    if not dataset:
        return headline_values(known, indicator.code, areas=areas, first=first, last=last)
    return indicator_values(known, indicator.code, areas=areas, first=first, last=last, dataset=dataset)


def _as_csv(records: Sequence[Mapping[str, Any]], code: str) -> HttpResponse:
    """The page's numbers as a file, those of regions first; the rule by which they are the headline ones stands above.

    No text of it is a formula to a spreadsheet program.
    """
    text = StringIO()
    text.write(f"# {inert_line(rule_in_words())}\n")
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(DOWNLOADED)
    for one in records:
        cells = [one.get(name) for name in DOWNLOADED]
        rows.writerow(["" if cell is None else inert(cell) if isinstance(cell, str) else cell for cell in cells])
    response = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{code}.csv"'
    return response


def _without(request: HttpRequest, area: str, areas: tuple[str, ...], names: Gazetteer) -> str:
    return _with_areas(request, tuple(one for one in areas if one != area), names)


def _downloads(indicator: Indicator, dataset: str) -> list[tuple[str, str]]:
    """The observations that the numerator takes, as files."""
    term = indicator.numerator
    fields = {"dataset": dataset, "indicator": term.indicator}
    if term.iccs not in ("", "*"):
        fields["iccs"] = term.iccs
    query = urlencode(fields)
    forms = {"csv": "CSV", "xlsx": "Excel", "json": "JSON"}
    return [(words, f"{reverse('observations-download', args=[form])}?{query}") for form, words in forms.items()]
