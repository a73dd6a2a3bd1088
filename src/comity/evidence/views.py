"""Pages that lead back: a figure, an origin, a place in an origin, the methods."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from comity.evidence.audience import Opening, Shown, opening_of
from comity.evidence.dates import asked_date
from comity.evidence.errors import BadInput, NotPublic, UnknownName, WorkspaceError
from comity.evidence.figures import Figure, Table, figure, figure_id, methods
from comity.evidence.models import AuditEvent, Origin
from comity.evidence.places import CellPlace, Place, Text, column_index, column_letters
from comity.evidence.store import faults, now, origin_path, public_origin, public_origins, shown_content
from comity.evidence.workbooks.workbook import Sheet, Workbook, cell_text

INPUTS_ON_A_PAGE = 100
LINES_ON_A_PAGE = 200
ROWS_ON_A_PAGE = 100
COLUMNS_ON_A_PAGE = 50
ROWS_AROUND = 4


def _paged(request: HttpRequest, items: Any, on_a_page: int) -> Page[Any]:
    return Paginator(items, on_a_page).get_page(request.GET.get("page"))


def figure_page(request: HttpRequest, identifier: str) -> HttpResponse:
    """A figure with its method, arguments and inputs; `?format=json` gives it as data, `?as_at=` as known on a day."""
    as_at = asked_date(request.GET, "as_at", now().date())
    shown = figure(identifier, as_at=as_at)
    if request.GET.get("format") == "json":
        left_out = {"faults": found} if (found := faults()) else {}
        record = {**shown.as_json(), "as_at": as_at.isoformat(), **left_out}
        return JsonResponse(record, json_dumps_params={"ensure_ascii": False})
    origins = public_origins(fact.origin for fact in shown.inputs)
    lasting = f"{reverse('figure', args=[shown.id])}?as_at={as_at.isoformat()}"
    context = {
        "figure": shown,
        "address": request.build_absolute_uri(lasting),
        "complete_through": _complete_through(shown, origins, as_at),
        "whole": identifier.partition("#")[0] if "#" in identifier else "",
        "as_at": as_at,
        "is_table": isinstance(shown.value, Table),
        "is_list": isinstance(shown.value, list | tuple),
        "inputs": _paged(request, shown.inputs, INPUTS_ON_A_PAGE),
        "origins": origins,
    }
    return render(request, "evidence/figure.html", context)


def _complete_through(shown: Figure, origins: Iterable[Origin], as_at: date) -> date | None:
    """The day through which what a figure counts is complete: of a treaty as its register says, else of its origins."""
    treaty = shown.arguments.get("instrument")
    if treaty is not None and COMPLETENESS in methods():
        day: date | None = figure(figure_id(COMPLETENESS, {"instrument": treaty}), as_at=as_at).value
        return day
    return min((one.complete_through for one in origins if one.complete_through), default=None)


COMPLETENESS = "register-complete-through"
"""The method by which the register of treaties says through which day it is complete for one."""


def _content(origin: Origin) -> Workbook | Text | None:
    """An origin read apart; None for a file that is neither a text nor a workbook."""
    try:
        return shown_content(origin.sha256)
    except (UnicodeDecodeError, BadInput):
        return None


@cache_control(no_cache=True)
def origin_page(request: HttpRequest, sha256: str) -> HttpResponse:
    """An origin: who published it, under which terms, and its text by numbered lines or its sheets by rows.

    One that is not open as a whole is described, and not shown.
    """
    origin = public_origin(sha256)
    described = {"origin": origin, "redated": _redated(sha256)}
    if opening_of(sha256) is not None:
        return render(request, "evidence/origin.html", {**described, "in_part": True})
    try:
        content = _content(origin)
    except WorkspaceError:
        return render(request, "evidence/origin.html", {**described, "is_damaged": True})
    if isinstance(content, Workbook):
        context: dict[str, Any] = {"origin": origin, "redated": _redated(sha256), **_sheet_context(request, content)}
        return render(request, "evidence/origin.html", context)
    lines = list(enumerate(content.lines, start=1)) if content else []
    context = {
        "origin": origin,
        "redated": _redated(sha256),
        "is_text": content is not None,
        "lines": _paged(request, lines, LINES_ON_A_PAGE),
    }
    return render(request, "evidence/origin.html", context)


def _redated(sha256: str) -> date | None:
    """The day to which an origin's date of publication was corrected last; None where it never was."""
    acts = AuditEvent.objects.filter(act="redate", subject__origin=sha256).order_by("-number")
    day = acts.values_list("subject__published", flat=True).first()
    return date.fromisoformat(day) if day else None


@cache_control(no_cache=True)
def place_page(request: HttpRequest, sha256: str, place: str) -> HttpResponse:
    """A place in an origin, highlighted among its neighbours, and in a table its row by column.

    Of an origin that is not open as a whole only what is known to be free is shown; a place that is not is none.
    """
    origin = public_origin(sha256)
    content = _content(origin)
    opening = opening_of(sha256)
    try:
        if isinstance(content, Workbook):
            context = _cell_context(content, CellPlace.parse(place), opening)
        elif content is not None:
            context = _line_context(content, Place.parse(place), opening)
        else:
            raise KeyError(place)
    except (KeyError, ValueError, csv.Error):
        raise UnknownName(place, _("a place in the origin: a line, or line:column")) from None
    return render(request, "evidence/place.html", {"origin": origin, "in_part": opening is not None, **context})


def _line_context(text: Text, where: Place, opening: Opening | None) -> dict[str, Any]:
    """A line among its neighbours, and where a column of it is meant, the row: heading, cell, whether it is meant.

    Raises KeyError where nothing stands there that may be shown.
    """
    text.at(where)
    lines = text.neighbours(where.line)
    cells = text.rows[where.line].cells if where.column else {}
    if opening is not None:
        begins = {number: text.row_begins(number) for number, _line in lines}
        shown = Shown(opening, list(set(map(str, begins.values()))))
        lines = [(number, line) for number, line in lines if shown.whole(str(begins[number]))]
        places = [str(Place(where.line, heading)) for heading in cells]
        kept = shown.cells(str(where.line), places)
        cells = {heading: cell for (heading, cell), free in zip(cells.items(), kept, strict=True) if free}
        if where.column not in cells if where.column else where.line not in dict(lines):
            raise KeyError(str(where))
    return {
        "place": where,
        "lines": lines,
        "cells": [(heading, cell, heading == where.column) for heading, cell in cells.items()],
        "page": (where.line - 1) // LINES_ON_A_PAGE + 1,
    }


def _sheet_context(request: HttpRequest, workbook: Workbook) -> dict[str, Any]:
    """A page of a sheet's rows, by row number and column letters; `?sheet=` and `?columns=` choose among several."""
    pages = Paginator(workbook.sheets, 1)
    chosen = pages.get_page(request.GET.get("sheet"))
    sheet = chosen.object_list[0]
    across = Paginator(range(sheet.width), COLUMNS_ON_A_PAGE, allow_empty_first_page=True)
    columns = across.get_page(request.GET.get("columns"))
    rows = _paged(request, range(len(sheet.rows)), ROWS_ON_A_PAGE)
    return {
        "is_workbook": True,
        "sheets": list(enumerate(workbook.sheets, start=1)),
        "sheet": sheet,
        "chosen": chosen.number,
        "across": [
            (one.number, column_letters(one.object_list[0]), column_letters(one.object_list[-1]))
            for one in across
            if one.object_list
        ],
        "columns": columns.number,
        "rows": rows,
        "grid": _grid(sheet, rows.object_list, list(columns.object_list)),
    }


def _cell_context(workbook: Workbook, where: CellPlace, opening: Opening | None) -> dict[str, Any]:
    """A cell among the rows about it under the sheet's heading, and its row by column.

    Raises KeyError where nothing stands there that may be shown.
    """
    workbook.at(where)
    sheet = workbook.sheet(where.sheet)
    row, column = where.row - 1, column_index(where.column)
    heading = sheet.heading_row
    about = range(max(0, row - ROWS_AROUND), min(len(sheet.rows), row + ROWS_AROUND + 1))
    rows = [heading, *about] if heading is not None and heading < about.start else list(about)
    first = column // COLUMNS_ON_A_PAGE * COLUMNS_ON_A_PAGE
    columns = range(first, min(sheet.width, first + COLUMNS_ON_A_PAGE))
    headings = sheet.rows[heading] if heading is not None and heading < row else [""] * sheet.width
    kept = _kept_cells(sheet, rows, heading, opening)
    if not kept[row][column]:
        raise KeyError(str(where))
    return {
        "is_workbook": True,
        "place": where,
        "sheet": sheet,
        "grid": _grid(sheet, [one for one in rows if any(kept[one])], columns, where, kept),
        "cells": [
            (cell_text(headings[index]) or column_letters(index), cell_text(sheet.rows[row][index]), index == column)
            for index in columns
            if kept[row][index]
        ],
        "chosen": next(number for number, one in enumerate(workbook.sheets, start=1) if one is sheet),
        "columns": column // COLUMNS_ON_A_PAGE + 1,
        "page": row // ROWS_ON_A_PAGE + 1,
    }


def _kept_cells(
    sheet: Sheet, rows: Sequence[int], heading: int | None, opening: Opening | None
) -> dict[int, Sequence[bool]]:
    """Of some rows of a sheet whether each cell may be shown; the heading may, where no fact stands in it."""
    names = {row: f"{sheet.name}!{row + 1}" for row in rows}
    shown = Shown(opening, list(names.values()))
    kept: dict[int, Sequence[bool]] = {}
    for row, name in names.items():
        places = [str(CellPlace(sheet.name, column_letters(index), row + 1)) for index in range(sheet.width)]
        is_heading = row == heading and shown.is_heading(name)
        kept[row] = [True] * sheet.width if is_heading else shown.cells(name, places)
    return kept


def _grid(
    sheet: Sheet,
    rows: Iterable[int],
    columns: Sequence[int],
    here: CellPlace | None = None,
    kept: Mapping[int, Sequence[bool]] | None = None,
) -> dict[str, Any]:
    """Part of a sheet for showing: letters of the columns, and each row's number with its cells as place and text.

    Where `kept` is given, it says of each row which of its cells bear their text.
    """
    letters = [column_letters(index) for index in columns]
    return {
        "letters": letters,
        "rows": [
            (
                row + 1,
                [
                    (
                        place := CellPlace(sheet.name, letter, row + 1),
                        cell_text(sheet.rows[row][index]) if kept is None or kept[row][index] else "",
                        place == here,
                    )
                    for letter, index in zip(letters, columns, strict=True)
                ],
                here is not None and here.row == row + 1,
            )
            for row in rows
        ],
    }


def origin_raw(request: HttpRequest, sha256: str) -> FileResponse:
    """The kept bytes of an origin, as a file to download. Raises NotPublic where some of it is not."""
    origin = public_origin(sha256)
    if opening_of(sha256) is not None:
        raise NotPublic(
            _("Some of what stands in this file is confidential, so that it is not given whole; free facts are shown.")
        )
    response = FileResponse(origin_path(sha256).open("rb"), content_type="application/octet-stream")
    response.headers["ETag"] = f'"{sha256}"'
    response.headers["Content-Disposition"] = f'attachment; filename="{_file_name(origin)}"'
    return response


def _file_name(origin: Origin) -> str:
    """The last part of an origin's file name, with nothing in it that a header cannot carry."""
    last = origin.file.rsplit("/", 1)[-1]
    return "".join(letter if letter.isascii() and (letter.isalnum() or letter in "-_.") else "-" for letter in last)


def methods_page(request: HttpRequest) -> HttpResponse:
    """Every registered method with the docstring of the function that runs."""
    return render(request, "evidence/methods.html", {"methods": methods().values()})
