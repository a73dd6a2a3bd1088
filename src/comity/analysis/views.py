"""The pages of analysis: indicators, trends, flows of detected victims, and emerging issues."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from comity.analysis.address import asked_areas, asked_one_of, asked_year, regions
from comity.analysis.emerging_issues import ask as measured
from comity.analysis.estimates.ask import estimates
from comity.analysis.estimates.ask import record as estimate_record
from comity.analysis.estimates.figures import Estimate
from comity.analysis.estimates.methods import declared as estimation
from comity.analysis.flows import page as flowing
from comity.analysis.flows.ask import flows_of
from comity.analysis.flows.figures import MEASURED, VICTIMS
from comity.analysis.indicators import page as shown
from comity.analysis.indicators.ask import detail, indicator_values
from comity.analysis.indicators.ask import record as value_record
from comity.analysis.indicators.coverage import Coverage, coverage_of
from comity.analysis.indicators.declared import Indicator, declared
from comity.analysis.labels import estimation_method_label
from comity.analysis.trends import page as trending
from comity.analysis.trends.ask import trends_of
from comity.analysis.trends.figures import record as trend_record
from comity.areas.gazetteer import Gazetteer
from comity.areas.labels import tongue
from comity.evidence.errors import BadInput, Fault
from comity.evidence.figures import figure
from comity.evidence.store import now
from comity.statistics import labels, store
from comity.statistics.pages.data_sets import as_json, asked_as_at, vintages_of
from comity.statistics.pages.rows import area_names
from comity.statistics.releases.holdings import Holdings
from comity.statistics.releases.known import Known


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
    of = next((one for one in covered if one.release.dataset == (dataset or one.release.dataset)), None)
    if of is None:
        if request.GET.get("format") == "json":
            return as_json({"as_at": known.as_at.isoformat(), "indicator": code, "values": [], "estimates": []})
        return render(request, "analysis/indicator.html", context)
    return _indicator(request, context, known, of, areas)


def _with_areas(request: HttpRequest, areas: tuple[str, ...], names: Gazetteer) -> str:
    fields = {key: value for key, value in request.GET.items() if key not in ("add", "areas") and value}
    if areas:
        fields["areas"] = ",".join(_short(code, names) for code in areas)
    return f"{request.path}?{urlencode(fields)}#years"


def _short(code: str, names: Gazetteer) -> str:
    return names.areas[code].iso3 or code


def _indicator(
    request: HttpRequest, context: dict[str, Any], known: Known, of: Coverage, areas: tuple[str, ...]
) -> HttpResponse:
    indicator, as_at, names = context["indicator"], known.as_at, known.names
    year = asked_year(request.GET, "on") or of.year
    order = asked_one_of(request.GET, "order", ("name", "value"), "name")
    groups = regions(names, date(int(year), 7, 1)) if year > "0000" else {}
    region = asked_one_of(request.GET, "region", list(groups))
    dataset = of.release.dataset
    found = indicator_values(known, indicator.code, first=year, last=year, dataset=dataset)
    offered = shown.categories(found, names)
    category = asked_one_of(request.GET, "category", [key for key, _words in offered], offered[0][0] if offered else "")
    values = [one for one in found if detail(one.outcome.key) == category]
    within = [one for one in values if not region or one.outcome.key.area in groups[region][1]]
    estimated = _estimates(request, indicator, year)
    if request.GET.get("format") == "json":
        return as_json(
            {
                "as_at": as_at.isoformat(),
                "indicator": indicator.code,
                "values": [value_record(one, names, tongue()) for one in within],
                "estimates": [estimate_record(one, names, tongue()) for one in estimated],
            }
        )
    rows = shown.state_rows(within, names, order)
    years = indicator_values(known, indicator.code, areas=areas, dataset=dataset) if areas else []
    compared, missing = shown.series_of(years, areas, category, names)
    releases = {one.release.id: one.release for value in (*values, *years) for one in value.inputs}
    context |= {
        "of": of,
        "year": year,
        "years": sorted(of.years, reverse=True),
        "order": order,
        "groups": [(key, label) for key, (label, _areas) in groups.items()],
        "region": region,
        "region_label": groups[region][0] if region else "",
        "categories": offered,
        "category": category,
        "category_words": dict(offered).get(category, ""),
        "map": shown.value_map(values, indicator, year, names),
        "rows": rows,
        "few": any(row["low_count"] for row in rows),
        "legend": sorted({(row["status"], row["status_words"]) for row in rows if row["status"]}),
        "by_value": shown.by_value(rows, within, indicator, year) if order == "value" else None,
        "regions": shown.regions(estimated, indicator, names),
        "methods": [(name, estimation_method_label(name)) for name in estimation().methods],
        "method": request.GET.get("method", "") or next(iter(estimation().methods)),
        "compared": compared,
        "missing": missing,
        "chart": shown.series_chart(compared, indicator),
        "without": [(label, _without(request, one, areas, names)) for one, label in context["areas"]],
        "kept": [(key, value) for key, value in request.GET.items() if key not in ("add", "areas") and value],
        "listed": ",".join(_short(one, names) for one in areas),
        "offered": _names_of(of, names),
        "vintages": vintages_of(Holdings(tuple(releases[key] for key in sorted(releases)))),
        "downloads": _downloads(indicator, dataset),
        "address": request.build_absolute_uri(f"{request.path}?{_lasting(request, as_at, year)}"),
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


def _without(request: HttpRequest, area: str, areas: tuple[str, ...], names: Gazetteer) -> str:
    return _with_areas(request, tuple(one for one in areas if one != area), names)


def _names_of(of: Coverage, names: Gazetteer) -> list[str]:
    return area_names((of.release,), names)


def _lasting(request: HttpRequest, as_at: date, year: str) -> str:
    fields = {key: value for key, value in request.GET.items() if value and key != "format"}
    return urlencode({**fields, "on": year, "as_at": as_at.isoformat()})


def _downloads(indicator: Indicator, dataset: str) -> list[tuple[str, str]]:
    """The observations that the numerator takes, as files."""
    term = indicator.numerator
    fields = {"dataset": dataset, "indicator": term.indicator}
    if term.iccs not in ("", "*"):
        fields["iccs"] = term.iccs
    query = urlencode(fields)
    forms = {"csv": "CSV", "xlsx": "Excel", "json": "JSON"}
    return [(words, f"{reverse('observations-download', args=[form])}?{query}") for form, words in forms.items()]


def trends_page(request: HttpRequest) -> HttpResponse:
    """The trends of an indicator's series by State: slope with interval, p, verdict and reason; a region as lines."""
    as_at = asked_as_at(request)
    known = store.known_on(as_at)
    names = known.names
    first, last = asked_year(request.GET, "first"), asked_year(request.GET, "last")
    if first and last and first > last:
        wanted = _("a year not before %(first)s") % {"first": first}
        raise BadInput(Fault(_("address of the page"), "last", last, wanted))
    offered = trending.offered(known.speaking)
    keys = [one.key for one in offered]
    chosen = asked_one_of(request.GET, "series", keys, trending.first_shown(keys)) if keys else ""
    of = next((one for one in offered if one.key == chosen), None)
    context: dict[str, Any] = {"as_at": as_at, "series": offered, "of": of, "first": first, "last": last}
    if of is None:
        return render(request, "analysis/trends.html", context)
    groups = regions(names, as_at)
    region = asked_one_of(request.GET, "region", list(groups))
    verdict = asked_one_of(request.GET, "verdict", trending.VERDICTS)
    found = trends_of(known, of.indicator, dataset=of.dataset, iccs=of.iccs, first=first, last=last)
    within = [one for one in found if not region or one.area in groups[region][1]]
    if request.GET.get("format") == "json":
        return as_json({"as_at": as_at.isoformat(), "trends": [trend_record(one, names, tongue()) for one in within]})
    releases = {found.release.id: found.release for one in within for found in one.observed}
    context |= {
        "unit": labels.unit_label(found[0].unit) if found else "",
        "groups": [(key, label) for key, (label, _areas) in groups.items()],
        "region": region,
        "region_label": groups[region][0] if region else "",
        "verdict": verdict,
        "verdicts": trending.verdicts(within),
        "rows": trending.rows([one for one in within if verdict in ("", one.trend.verdict.value)], names),
        "family": found[0].family if found else "",
        "multiples": trending.multiples(within, of, names) if region else None,
        "vintages": vintages_of(Holdings(tuple(releases[key] for key in sorted(releases)))),
        "address": request.build_absolute_uri(f"{request.path}?{_cited(request, as_at, series=chosen)}"),
    }
    return render(request, "analysis/trends.html", context)


def _cited(request: HttpRequest, as_at: date, **fields: str) -> str:
    """The query of the present address with its date of knowledge, so that it can be cited."""
    given = {key: value for key, value in request.GET.items() if value and key != "format"}
    return urlencode({**given, **fields, "as_at": as_at.isoformat()})


def flows_page(request: HttpRequest) -> HttpResponse:
    """Victims of trafficking by citizenship and where they were detected: ribbons, map, corridors, and the network."""
    as_at = asked_as_at(request)
    known = store.known_on(as_at)
    year = asked_year(request.GET, "on")
    what = asked_one_of(request.GET, "what", list(MEASURED), VICTIMS.what)
    found = flows_of(known, what, first=year, last=year)
    if request.GET.get("format") == "json":
        return as_json(flowing.record(found, as_at))
    context: dict[str, Any] = {"as_at": as_at, "found": found, "year": found.period}
    context["years"] = flowing.years(MEASURED[what], known.speaking)
    if found.all:
        used = [one for one in known.speaking if one.dataset == MEASURED[what].dataset]
        context |= {
            **flowing.shown(found, known.names),
            "vintages": vintages_of(Holdings(tuple(used))),
            "address": request.build_absolute_uri(f"{request.path}?{_cited(request, as_at, on=found.period)}"),
        }
    return render(request, "analysis/flows.html", context)


def issues_page(request: HttpRequest) -> HttpResponse:
    """The seven emerging issues as a view over categories: what is measured of each, and what is not."""
    as_at = asked_as_at(request)
    table = figure("emerging-issues", as_at=as_at)
    found = measured.issues(store.known_on(as_at).speaking)
    if request.GET.get("format") == "json":
        return as_json({"as_at": as_at.isoformat(), "issues": [measured.record(one, table.value) for one in found]})
    rows = [
        {"issue": one, "title": measured.issue_label(one), "cells": measured.cells(table.value, one.key)}
        for one in found
    ]
    context = {"as_at": as_at, "table": table, "rows": rows}
    return render(request, "analysis/issues.html", context)
