"""The pages of baselines: all that are set, and one indicator of an area with its path since."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from comity.analysis import pictures
from comity.analysis.address import asked_areas, asked_one_of, cited
from comity.analysis.baselines import ask
from comity.analysis.baselines.path import Held, Step, now, remark, steps
from comity.analysis.baselines.store import held_of
from comity.analysis.comparing import line
from comity.analysis.indicators.declared import declared
from comity.analysis.indicators.figures import IndicatorValue
from comity.analysis.labels import printed_label, signed_label
from comity.areas.addresses import address_code
from comity.areas.gazetteer import Gazetteer
from comity.areas.labels import tongue
from comity.areas.names.alphabetical_order import sort_key
from comity.charts.page_drawing import Drawing
from comity.charts.specifications import Level
from comity.evidence.errors import UnknownName
from comity.statistics import labels, store
from comity.statistics.pages.data_sets import as_json, asked_as_at
from comity.statistics.releases.known import Known

WIDTH = 780


def rows(held: Sequence[Held], known: Known) -> list[dict[str, Any]]:
    """A row for each baseline, by the names of areas: what was fixed, the last value since, and what is to be said."""
    found = [_row(one, ask.values_of(known, one), known.names) for one in held]
    return sorted(found, key=lambda row: (row["order"], row["title"], row["of"]))


def _row(one: Held, values: Sequence[IndicatorValue], names: Gazetteer) -> dict[str, Any]:
    baseline, path = one.baseline, steps(values, one.baseline)
    indicator, name = declared()[baseline.of.indicator], names.label(baseline.of.area, tongue())
    last = next((step for step in reversed(path) if step.value is not None), None)
    return {
        "of": baseline.of,
        "held": one,
        "area": name,
        "order": sort_key(name, tongue()),
        "code": address_code(names, baseline.of.area),
        "title": indicator.title(tongue()),
        "unit": labels.unit_label(indicator.unit),
        "category": "; ".join(labels.detail_words(baseline.of.detail, names)),
        "year": baseline.period,
        "printed": printed_label(baseline.printed),
        "figure": ask.address(baseline.of),
        "path_figure": ask.path_address(baseline.of),
        "last": _shown(last, baseline.period, baseline.printed) if last else None,
        "remark": remark(now(values, baseline), baseline),
        "steps": [_shown(step, baseline.period, baseline.printed) for step in path],
    }


def _shown(step: Step, period: str, like: str) -> dict[str, Any]:
    decimals = len(like.replace(",", "").partition(".")[2])
    return {
        "period": step.period,
        "printed": printed_label(step.printed),
        "change": signed_label(step.change, decimals) if step.change is not None else "",
        "index": step.index,
        "reason": step.reason,
        "is_baseline": step.period == period,
    }


def chart(row: dict[str, Any], values: Sequence[IndicatorValue]) -> Drawing | None:
    """All years of what a baseline is of, held against it; None where no value is held."""
    trend, baseline = line(row["area"], values), row["held"].baseline
    if not trend.points:
        return None
    label = _("baseline of %(year)s: %(value)s") % {"year": baseline.period, "value": row["printed"]}
    return pictures.over_years(
        [trend],
        title=f"{row['title']}: {row['area']}",
        unit=row["unit"],
        words=_("The broken rule is the baseline. A line stops at a missing year and at a break in series."),
        wide=WIDTH,
        level=Level(baseline.value, label, int(baseline.period)),
    )


def baselines_page(request: HttpRequest) -> HttpResponse:
    """The baselines that stand, of all indicators and areas or of those asked for, each with its last value."""
    as_at = asked_as_at(request)
    known = store.known_on(as_at)
    code = asked_one_of(request.GET, "indicator", list(declared().indicators))
    areas = asked_areas(request.GET, known.names)
    held = [one for one in held_of(as_at, indicator=code) if not areas or one.baseline.of.area in areas]
    if request.GET.get("format") == "json":
        return as_json({"as_at": as_at.isoformat(), "baselines": _records(held, known)})
    context = {"as_at": as_at, "rows": rows(held, known), "indicators": _offered(as_at), "indicator": code}
    return render(request, "analysis/baselines.html", context)


def _offered(as_at: date) -> list[tuple[str, str]]:
    codes = dict.fromkeys(one.baseline.of.indicator for one in held_of(as_at))
    return [(code, declared()[code].title(tongue())) for code in codes]


def _records(held: Sequence[Held], known: Known) -> list[dict[str, Any]]:
    return [ask.record(one, ask.found_now(known, one), known.names, tongue()) for one in held]


def baseline_page(request: HttpRequest, indicator: str, area: str) -> HttpResponse:
    """The baselines of an indicator and area with the path since, a chart, and where each value stood."""
    as_at = asked_as_at(request)
    known = store.known_on(as_at)
    of, code = declared()[indicator], known.names.resolve(area).code
    held = held_of(as_at, indicator=indicator, area=code)
    if not held:
        raise UnknownName(f"{indicator}, {area}", _("an indicator and area with a baseline"))
    if request.GET.get("format") == "json":
        paths = [row for one in held for row in ask.step_records(one, ask.followed(known, one), known.names, tongue())]
        return as_json({"as_at": as_at.isoformat(), "baselines": _records(held, known), "path": paths})
    shown = rows(held, known)
    for row in shown:
        row["chart"] = chart(row, ask.values_of(known, row["held"]))
    context = {
        "as_at": as_at,
        "indicator": of,
        "title": of.title(tongue()),
        "unit": labels.unit_label(of.unit),
        "area": known.names.label(code, tongue()),
        "code": address_code(known.names, code),
        "rows": shown,
        "address": request.build_absolute_uri(f"{request.path}?{cited(request, as_at)}"),
        "all": reverse("baselines"),
    }
    return render(request, "analysis/baseline.html", context)
