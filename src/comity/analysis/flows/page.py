"""The page of flows: ribbons and a map, the largest corridors, totals, and the network as a whole."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from comity.analysis import pictures
from comity.analysis.address import asked_one_of, asked_year, cited
from comity.analysis.flows.ask import flows_of
from comity.analysis.flows.corridors import (
    MEASURED,
    VICTIMS,
    Amount,
    Corridor,
    Flows,
    Measured,
    corridor_record,
    network,
    nodes,
)
from comity.analysis.labels import signed_label
from comity.areas.addresses import address_code
from comity.areas.gazetteer import Gazetteer
from comity.areas.labels import tongue
from comity.charts.specifications import Corridor as Way
from comity.evidence.figures import figure_id
from comity.observations.observation import TOTAL
from comity.statistics import labels, store
from comity.statistics.pages.data_sets import as_json, asked_as_at, vintages_of
from comity.statistics.releases.files import Release
from comity.statistics.releases.holdings import Holdings
from comity.statistics.releases.query import run, source_sql

LARGEST = 40
"""How many corridors and areas the tables list; all of them stand in the figures."""


@lru_cache(maxsize=16)
def years(measured: Measured, releases: tuple[Release, ...]) -> tuple[str, ...]:
    """The years that name an origin, the latest first; kept, since a release never changes."""
    asked = [one for one in releases if one.dataset == measured.dataset]
    if not asked:
        return ()
    rows = run(
        f"SELECT DISTINCT period FROM {source_sql(asked)} WHERE indicator = ? AND citizenship <> ? "  # noqa: S608
        "AND sex = ? AND age = ? AND breakdown = ? ORDER BY 1 DESC",
        [measured.indicator, TOTAL, TOTAL, TOTAL, TOTAL],
    )
    return tuple(period for (period,) in rows)


def shown(flows: Flows, names: Gazetteer) -> dict[str, Any]:
    """Charts and tables of the flows of a period."""
    addresses = {
        name: figure_id(name, {"what": flows.what, "period": flows.period})
        for name in ("flows", "flow-totals", "flow-network")
    }
    ways = [Way(one.origin, one.destination, _middle(one.amount)) for one in flows.corridors]
    words = {code: names.label(code, tongue()) for one in ways for code in (one.origin, one.destination)}
    unit = labels.unit_label(flows.unit)
    title = _("Detected victims of trafficking in persons by citizenship, %(year)s") % {"year": flows.period}
    masked = _(
        "A masked count is drawn at the middle of its bounds. Detected victims are those that authorities found."
    )
    charts: dict[str, Any] = {}
    if ways:
        charts = {
            "ribbons": pictures.ribbons(ways, words, title=title, unit=unit, words=masked),
            "map": pictures.on_the_map(
                ways,
                words,
                title=title,
                unit=unit,
                words=_("Arcs lead from citizenship to detection; they are no routes."),
            ),
        }
    return {
        **charts,
        "addresses": addresses,
        "unit": unit,
        "corridors": [_corridor_row(one, names) for one in flows.corridors[:LARGEST]],
        "corridors_held": len(flows.corridors),
        "areas": _area_rows(flows, names),
        "largest": LARGEST,
        "network": _network_rows(flows),
    }


def _middle(amount: Amount) -> float:
    return (amount.low + amount.high) / 2


def amount_label(amount: Amount) -> str:
    """A sum of counts with its bounds where a part of it is masked."""
    low, high = (labels.value_label(bound, "") for bound in (amount.low, amount.high))
    return low if amount.value is not None else f"{low}–{high}"


def _corridor_row(corridor: Corridor, names: Gazetteer) -> dict[str, Any]:
    return {
        "key": corridor.key,
        "origin": names.label(corridor.origin, tongue()),
        "origin_code": address_code(names, corridor.origin),
        "destination": names.label(corridor.destination, tongue()),
        "destination_code": address_code(names, corridor.destination),
        "amount": amount_label(corridor.amount),
        "column": "low" if corridor.amount.value is None else "value",
    }


def _area_rows(found: Flows, names: Gazetteer) -> list[dict[str, Any]]:
    """The areas with most that comes in or goes out."""
    ordered = sorted(nodes(found), key=lambda one: -(_middle(one.into) + _middle(one.out)))[:LARGEST]
    return [
        {
            "area": one.area,
            "code": address_code(names, one.area),
            "name": names.label(one.area, tongue()),
            "out": amount_label(one.out),
            "into": amount_label(one.into),
            "domestic": amount_label(one.domestic),
            "not_stated": amount_label(one.not_stated),
        }
        for one in ordered
    ]


def _network_rows(found: Flows) -> Sequence[tuple[str, str, str]]:
    """What is said of the network as a whole: words, value, and the column of its figure."""
    whole = network(found)
    counts = [
        (_("corridors between different areas"), labels.value_label(whole.corridors, ""), "corridors"),
        (_("citizenships"), labels.value_label(whole.origins, ""), "origins"),
        (_("States and areas that detected"), labels.value_label(whole.destinations, ""), "destinations"),
        (_("victims in all corridors"), amount_label(whole.amount), "low"),
        (_("own citizens"), amount_label(whole.domestic), "domestic_low"),
        (_("citizenship not stated"), amount_label(whole.not_stated), "not_stated_low"),
    ]
    shares = [
        (_("reciprocity: share of corridors whose opposite is one too"), whole.reciprocity, "reciprocity"),
        (_("concentration of corridors (0 to 1)"), whole.concentration, "concentration"),
    ]
    return [*counts, *((words, signed_label(value, 3).lstrip("+") or "–", column) for words, value, column in shares)]


def record(flows: Flows, as_at: date) -> dict[str, Any]:
    """The flows of a period as data."""
    return {
        "as_at": as_at.isoformat(),
        "what": flows.what,
        "period": flows.period,
        "unit": flows.unit,
        "reason": flows.reason,
        "network": asdict(network(flows)),
        "corridors": [corridor_record(one) for one in flows.all],
    }


def flows_page(request: HttpRequest) -> HttpResponse:
    """Victims of trafficking by citizenship and where they were detected: ribbons, map, corridors, and the network."""
    as_at = asked_as_at(request)
    known = store.known_on(as_at)
    year = asked_year(request.GET, "on")
    what = asked_one_of(request.GET, "what", list(MEASURED), VICTIMS.what)
    found = flows_of(known, what, first=year, last=year)
    if request.GET.get("format") == "json":
        return as_json(record(found, as_at))
    context: dict[str, Any] = {"as_at": as_at, "found": found, "year": found.period}
    context["years"] = years(MEASURED[what], known.speaking)
    if found.all:
        used = [one for one in known.speaking if one.dataset == MEASURED[what].dataset]
        context |= {
            **shown(found, known.names),
            "vintages": vintages_of(Holdings(tuple(used))),
            "address": request.build_absolute_uri(f"{request.path}?{cited(request, as_at, on=found.period)}"),
        }
    return render(request, "analysis/flows.html", context)
