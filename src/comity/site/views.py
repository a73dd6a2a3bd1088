"""Pages that show several rooms: the front page, a State, the sources, and what is said when a page fails."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

import comity
from comity.analysis.headlines.page import headlines_of, rule_in_words
from comity.analysis.headlines.panels import state_panel as headlines_panel
from comity.analysis.panels import state_panel as baselines_panel
from comity.areas.gazetteer import WORLD, Area, Gazetteer
from comity.areas.labels import KINDS, RELATIONS, group_label, tongue
from comity.areas.store import gazetteer
from comity.evidence.errors import UnknownName
from comity.evidence.figures import Figure, figure
from comity.evidence.store import head, public_origins
from comity.instruments.panels import state_panel as treaties_panel
from comity.instruments.views import asked_dates
from comity.mandates.panels import state_panel as mandates_panel
from comity.site.middleware import REQUEST_ID
from comity.site.stations import stations
from comity.statistics.panels import state_panel as data_panel

EXAMPLE, EXAMPLE_DAY = "UNTOC", date(2012, 12, 20)
SHOWN = ("homicide-rate", "homicide-count")
"""The indicators of the world that the front page shows."""
PANELS = (headlines_panel, data_panel, baselines_panel, mandates_panel)


def home(request: HttpRequest) -> HttpResponse:
    """The loop with live counts, and one figure followed back to its source."""
    dates = asked_dates(request, (EXAMPLE,))
    example, states = _example(dates.as_at, "parties"), _example(dates.as_at, "states")
    names = gazetteer(dates.as_at)
    asked = dates.as_at if request.GET.get("as_at") else None
    parties, at_most = (_now(f"{name}.{EXAMPLE}.{dates.on}", dates.as_at) for name in ("parties", "parties-at-most"))
    context = {
        "headlines": [row for code in SHOWN for row in headlines_of(code, (WORLD,), names, as_at=asked)],
        "rule": rule_in_words(),
        "parties": parties,
        "at_most": at_most if at_most and parties and at_most.value != parties.value else None,
        "on": dates.on,
        "as_at": dates.as_at,
        "stations": stations(dates.as_at),
        "example": example,
        "states": states,
        "last": max(example.inputs, key=lambda fact: fact.known_from, default=None) if example else None,
    }
    return render(request, "site/home.html", context)


def _example(as_at: date, method: str) -> Figure | None:
    """The parties to the Organized Crime Convention on the day of resolution 67/189; None in an empty register."""
    return _now(f"{method}.{EXAMPLE}.{EXAMPLE_DAY}", as_at)


def _now(identifier: str, as_at: date) -> Figure | None:
    try:
        return figure(identifier, as_at=as_at)
    except UnknownName:
        return None


def sources(request: HttpRequest) -> HttpResponse:
    """All origins, and the head of the audit chain."""
    number, value = head()
    return render(request, "site/sources.html", {"origins": public_origins(), "events": number, "head": value})


def about(request: HttpRequest) -> HttpResponse:
    """What this is, and what it does not do."""
    return render(request, "site/about.html", {"version": comity.__version__})


def state_page(request: HttpRequest, code: str) -> HttpResponse:
    """A State or other participant: who it is, and what every room holds on it, on a day."""
    dates = asked_dates(request)
    names = gazetteer(dates.as_at)
    area = names.resolve(code)
    if code != (area.iso3 or area.code):
        address = reverse("state", args=[area.iso3 or area.code])
        return redirect(f"{address}?{request.GET.urlencode()}" if request.GET else address)
    spoken = tongue()
    context = {
        "on": dates.on,
        "as_at": dates.as_at,
        "is_asked": dates.is_asked,
        "area": area,
        "ended": bool(area.exists_to and area.exists_to <= dates.on),
        "name": names.label(area.code, spoken, on=dates.on),
        "facts": _facts(names, area, spoken, dates.on),
        "names": names.names(area.code),
        "before": [_followed(names, one.predecessor, one, spoken) for one in names.predecessors(area.code)],
        "after": [_followed(names, one.successor, one, spoken) for one in names.successors(area.code)],
        # Without a day each treaty answers for the one through which it is complete.
        "panels": [
            treaties_panel(area.code, dates.on if dates.is_asked else None, dates.as_at),
            *(panel(area.code, dates.on, dates.as_at) for panel in PANELS),
        ],
    }
    return render(request, "site/state.html", context)


def _facts(names: Gazetteer, area: Area, spoken: str, on: date) -> list[tuple[str, Any]]:
    """What the gazetteer says of an area, in words."""
    region = names.group(area.code, "m49-region", on)
    group = names.group(area.code, "regional-group", on)
    return [
        (_("Kind"), KINDS[area.kind]),
        (_("M49 code"), area.code if area.code.isdigit() else None),
        (_("ISO 3166 codes"), ", ".join(filter(None, (area.iso2, area.iso3))) or None),
        (_("Formal name"), names.name(area.code, spoken, "formal", on) or _("not held in this language")),
        (_("Member of the United Nations"), _("yes") if names.is_member(area.code, on) else _("no")),
        (_("Region"), names.label(region, spoken) if region else None),
        (_("Regional group"), group_label(group) if group else None),
    ]


def _followed(names: Gazetteer, code: str, succession: Any, spoken: str) -> dict[str, Any]:
    area = names.areas.get(code)
    return {
        "code": (area.iso3 if area else None) or code,
        "name": names.label(code, spoken),
        "date": succession.date,
        "relation": RELATIONS.get(succession.relation, succession.relation),
        "verified": succession.verified,
    }


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, for requests that Django itself refuses."""
    return render(request, "400.html", status=400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, for addresses that lead nowhere."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, without anything that could fail again; it gives the id under which the log tells of the failure."""
    return render(request, "500.html", {"reference": request.META.get(REQUEST_ID)}, status=500)
