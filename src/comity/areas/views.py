"""The list of States and other participants."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from comity.areas.gazetteer import Area, Gazetteer
from comity.areas.labels import tongue
from comity.areas.names.alphabetical_order import sort_key
from comity.areas.store import gazetteer, members_figure
from comity.evidence.dates import asked_date
from comity.evidence.store import now


def states_page(request: HttpRequest) -> HttpResponse:
    """Member States of the United Nations on a day, and the others that take part in treaties."""
    on = asked_date(request.GET, "on", now().date())
    names = gazetteer()
    members = names.members(on)
    kinds = ("state", "organization")
    others = [area for area in names.areas.values() if area.kind in kinds and area.exists(on) and area not in members]
    former = [area for area in names.areas.values() if area.kind == "former"]
    context = {
        "on": on,
        "figure": members_figure(on, now().date()),
        "members": listed(names, members),
        "others": listed(names, others),
        "former": listed(names, former),
    }
    return render(request, "areas/states.html", context)


def listed(names: Gazetteer, areas: Iterable[Area]) -> list[dict[str, Any]]:
    """Areas with name and address, in the alphabetical order of the reader's language."""
    spoken = tongue()

    def row(area: Area) -> dict[str, Any]:
        label = names.label(area.code, spoken)
        return {"area": area, "name": label, "code": area.iso3 or area.code}

    return sorted((row(area) for area in areas), key=lambda found: sort_key(found["name"], spoken))
