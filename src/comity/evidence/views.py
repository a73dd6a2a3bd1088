"""Pages that lead back: a figure, an origin, a place in an origin, the methods."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from comity.evidence.dates import asked_date
from comity.evidence.errors import UnknownName
from comity.evidence.figures import Table, figure, methods
from comity.evidence.models import Origin
from comity.evidence.places import Place, neighbours, read_table
from comity.evidence.store import now, origin_bytes, origin_text

INPUTS_ON_A_PAGE = 100
LINES_ON_A_PAGE = 200


def _paged(request: HttpRequest, items: Any, on_a_page: int) -> Page[Any]:
    return Paginator(items, on_a_page).get_page(request.GET.get("page"))


def figure_page(request: HttpRequest, identifier: str) -> HttpResponse:
    """A figure with its method, arguments and inputs; `?format=json` gives it as data, `?as_at=` as known on a day."""
    as_at = asked_date(request, "as_at", now().date())
    shown = figure(identifier, as_at=as_at)
    if request.GET.get("format") == "json":
        return JsonResponse({**shown.as_json(), "as_at": as_at.isoformat()}, json_dumps_params={"ensure_ascii": False})
    origins = Origin.objects.filter(pk__in={fact.origin for fact in shown.inputs})
    lasting = f"{reverse('figure', args=[identifier])}?as_at={as_at.isoformat()}"
    context = {
        "figure": shown,
        "address": request.build_absolute_uri(lasting),
        "complete_through": min((one.complete_through for one in origins if one.complete_through), default=None),
        "whole": identifier.partition("#")[0] if "#" in identifier else "",
        "as_at": as_at,
        "is_table": isinstance(shown.value, Table),
        "is_list": isinstance(shown.value, list | tuple),
        "inputs": _paged(request, shown.inputs, INPUTS_ON_A_PAGE),
        "origins": origins,
    }
    return render(request, "evidence/figure.html", context)


def _origin(sha256: str) -> Origin:
    found = Origin.objects.filter(pk=sha256).first()
    if found is None:
        raise UnknownName(sha256, _("the SHA-256 of an origin that is held"))
    return found


def _text(origin: Origin) -> str | None:
    try:
        return origin_text(origin.sha256)
    except UnicodeDecodeError:
        return None


def origin_page(request: HttpRequest, sha256: str) -> HttpResponse:
    """An origin: who published it, under which terms, and its text by numbered lines."""
    origin = _origin(sha256)
    text = _text(origin)
    lines = list(enumerate((text or "").splitlines(), start=1))
    context = {"origin": origin, "is_text": text is not None, "lines": _paged(request, lines, LINES_ON_A_PAGE)}
    return render(request, "evidence/origin.html", context)


def place_page(request: HttpRequest, sha256: str, place: str) -> HttpResponse:
    """A place in an origin: its line, highlighted among its neighbours, and in a table its row by column."""
    origin = _origin(sha256)
    text = _text(origin) or ""
    try:
        where = Place.parse(place)
    except ValueError:
        raise UnknownName(place, _("a place in the origin: a line, or line:column")) from None
    lines = neighbours(text, where.line)
    if where.line not in dict(lines):
        raise UnknownName(place, _("a place in the origin: a line, or line:column"))
    context = {
        "origin": origin,
        "place": where,
        "lines": lines,
        "cells": _cells(text, where),
        "page": (where.line - 1) // LINES_ON_A_PAGE + 1,
    }
    return render(request, "evidence/place.html", context)


def _cells(text: str, where: Place) -> list[tuple[str, str, bool]]:
    """The row of a table at a place: heading, cell, and whether it is the cell meant. Empty for a line of prose."""
    if not where.column:
        return []
    row = next((row for row in read_table(text)[1] if row.line == where.line), None)
    if row is None or where.column not in row.cells:
        raise UnknownName(str(where), _("a place in the origin: a line, or line:column"))
    return [(heading, cell, heading == where.column) for heading, cell in row.cells.items()]


def origin_raw(request: HttpRequest, sha256: str) -> HttpResponse:
    """The kept bytes of an origin, as a file to download."""
    origin = _origin(sha256)
    response = HttpResponse(origin_bytes(sha256), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="{_file_name(origin)}"'
    return response


def _file_name(origin: Origin) -> str:
    """The last part of an origin's file name, with nothing in it that a header cannot carry."""
    last = origin.file.rsplit("/", 1)[-1]
    return "".join(letter if letter.isascii() and (letter.isalnum() or letter in "-_.") else "-" for letter in last)


def methods_page(request: HttpRequest) -> HttpResponse:
    """Every registered method with the docstring of the function that runs."""
    return render(request, "evidence/methods.html", {"methods": methods().values()})
