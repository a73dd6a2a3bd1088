"""Pages of the explorer: observations by whatever tells them apart, their vintages, and both as files."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from comity.areas.gazetteer import Gazetteer
from comity.areas.labels import tongue
from comity.areas.names.alphabetical_order import sort_key
from comity.areas.store import gazetteer
from comity.evidence.errors import BadInput, UnknownName, WorkspaceError
from comity.evidence.figures import parse_figure_id
from comity.evidence.store import now
from comity.observations.observation import KEY, Observation
from comity.statistics import headlines, labels, store
from comity.statistics.exports import downloads
from comity.statistics.exports.downloads import ROWS_AT_ONCE, Download
from comity.statistics.figures import address, parse_detail, record
from comity.statistics.pages import explorer_address
from comity.statistics.pages.data_sets import Rows, as_json, asked_as_at, citation, paged, vintage_of, vintages_of
from comity.statistics.pages.explorer_address import Asked
from comity.statistics.pages.rows import area_names, change, figure_address, is_overtaken, key_words, stated
from comity.statistics.releases import damage
from comity.statistics.releases import query as querying
from comity.statistics.releases.files import Release
from comity.statistics.releases.holdings import Holdings
from comity.statistics.releases.query import ORDERS, Released, Selection
from comity.statistics.releases.question import values_held
from comity.statistics.releases.revisions import Revision


def observations_page(request: HttpRequest) -> HttpResponse:
    """The explorer: observations by data set, State, indicator, offence, sex, age, period and status, page by page."""
    names = gazetteer()
    asked = explorer_address.read(request.GET.dict(), store.published(), names, now().date())
    context: dict[str, Any] = {
        "asked": asked,
        "as_at": asked.as_at,
        "choices": _choices(asked),
        "areas": area_names(asked.known, names),
        "offences": [(code, labels.iccs_label(code)) for code in values_held(asked.known, "iccs")],
        "more": any(asked.texts[name] for name in ("age", "citizenship", "breakdown", "status", "vintages", "as_at")),
        "selected": any(asked.texts[name] for name in explorer_address.FIELDS if name not in ("as_at", "order")),
    }
    if asked.faults:
        return render(request, "statistics/observations.html", context, status=400)
    page = paged(request, Rows(querying.count(asked.releases, asked.selection), _fetched(asked)))
    is_headline = headlines.judge(store.known_on(asked.as_at), _of_page(page))
    if request.GET.get("format") == "json":
        return as_json(_page_record(asked, page, names, is_headline))
    rows = [{**_row(found, names, asked), "headline": is_headline(found)} for found in page]
    context |= {
        "page": page,
        "rows": rows,
        "legend": [(code, labels.status_label(code)) for code in sorted({row["status"] for row in rows} - {""})],
        "sources": vintages_of(Holdings(tuple({found.release.id: found.release for found in page}.values()))),
        "forms": _forms(request, page.paginator.count),
        "rule": headlines.in_words(),
        "address": request.build_absolute_uri(f"{request.path}?{_lasting(request, asked)}"),
    }
    return render(request, "statistics/observations.html", context)


def _fetched(asked: Asked) -> Any:
    def fetch(limit: int, offset: int) -> Iterator[Released]:
        return querying.select(asked.releases, asked.selection, order=asked.order, limit=limit, offset=offset)

    return fetch


def _of_page(page: Page[Any]) -> Selection:
    """The series that stand on a page: of all that are held it would take long to say which data set speaks."""
    rows = [found.observation for found in page]
    return Selection(
        areas=tuple(sorted({one.area for one in rows})), indicators=tuple(sorted({one.indicator for one in rows}))
    )


def _lasting(request: HttpRequest, asked: Asked) -> str:
    """The query of the present address without blank fields and with its date of knowledge, so that it can be cited."""
    fields = {name: text for name, text in asked.texts.items() if text}
    return urlencode({**fields, "as_at": asked.as_at.isoformat()})


def _forms(request: HttpRequest, count: int) -> list[tuple[str, str]]:
    """The forms of download with their addresses; no workbook of more rows than one is made for."""
    fields = request.GET.copy()
    fields.pop("page", None)
    query = f"?{fields.urlencode()}" if fields else ""
    names = {"csv": "CSV", "xlsx": "Excel", "parquet": "Parquet", "json": "JSON"}
    return [
        (name, reverse("observations-download", args=[form]) + query)
        for form, name in names.items()
        if form != "xlsx" or count <= ROWS_AT_ONCE
    ]


def _choices(asked: Asked) -> dict[str, list[tuple[str, str]]]:
    """The values of each field that is a list, with their words, in the order of these."""
    published = store.published()
    titles = {release.dataset: release.title for release in published}
    words = {
        "indicator": labels.indicator_label,
        "sex": labels.sex_label,
        "age": labels.age_label,
        "breakdown": labels.breakdown_label,
        "status": labels.status_label,
    }
    offered = {
        name: _in_order((code, label(code)) for code in values_held(asked.known, name)) for name, label in words.items()
    }
    return {
        "dataset": _in_order(titles.items()),
        **offered,
        "order": list(
            zip(ORDERS, (_("State or area"), _("year, latest first"), _("value, highest first")), strict=True)
        ),
    }


def _in_order(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(pairs, key=lambda pair: sort_key(pair[1], tongue()))


def _row(released: Released, names: Gazetteer, asked: Asked) -> dict[str, Any]:
    one, release = released.observation, released.release
    as_at = release.published if asked.all_vintages else asked.as_at if asked.texts["as_at"] else None
    return {
        **key_words(one, names),
        **(stated(one, release) or {}),
        "figure": "" if is_overtaken(release, asked.known) else figure_address(released, as_at),
        "release": release,
        "history": reverse("history", args=[_key(released)]),
    }


def _key(released: Released) -> str:
    """What an observation's figure bears behind the name of the method."""
    return address(released).partition(".")[2]


def _page_record(
    asked: Asked, page: Page[Any], names: Gazetteer, is_headline: Callable[[Released], bool]
) -> dict[str, Any]:
    return {
        "as_at": asked.as_at.isoformat(),
        "count": page.paginator.count,
        "page": page.number,
        "pages": page.paginator.num_pages,
        "observations": [{**record(found, names), "headline": is_headline(found)} for found in page],
    }


def history_page(request: HttpRequest, key: str) -> HttpResponse:
    """An observation in every release of its data set: value, status, place, and what each changed."""
    as_at = asked_as_at(request)
    _method, arguments, _cell = parse_figure_id(f"observation.{key}")
    given = {name: str(value) for name, value in arguments.items()}
    detail = parse_detail(given["detail"])
    known = store.asked_releases(given["dataset"], as_at, all_vintages=True)
    selection = Selection(
        areas=(given["area"],),
        indicators=(given["indicator"],),
        first=given["period"],
        last=given["period"],
        **detail.selection(),
    )
    found = [one for one in querying.select(known, selection) if one.observation.repeat == detail.repeat]
    if not found:
        raise UnknownName(f"observation.{key}", _("an observation that was known on %s") % as_at.isoformat())
    names = gazetteer(as_at)
    rows = _history(known, {one.release.id: one for one in found})
    if request.GET.get("format") == "json":
        return as_json({"as_at": as_at.isoformat(), "vintages": [record(one, names) for one in found]})
    last = found[-1]
    context = {
        "as_at": as_at,
        "rows": rows[::-1],
        "last": last,
        **key_words(last.observation, names),
        "dataset": last.release,
        "figure": _figure_of(last, as_at),
        "citation": citation(request, vintage_of(last.release.dataset, last.release.id), as_at),
    }
    return render(request, "statistics/history.html", context)


def _figure_of(last: Released, as_at: date) -> str:
    """The figure as known on a day; as known when it was stated last, where that stands no longer."""
    asked = Selection(
        areas=(last.observation.area,), indicators=(last.observation.indicator,), first=last.observation.period
    )
    standing = store.find(asked, dataset=last.release.dataset, as_at=as_at)
    stands = any(one.observation[: len(KEY)] == last.observation[: len(KEY)] for one in standing)
    return figure_address(last, as_at if stands else last.release.published)


def _history(known: Sequence[Release], found: Mapping[str, Released]) -> list[dict[str, Any]]:
    """A row for each release, oldest first; one that does not state the observation says so by having no value."""
    rows: list[dict[str, Any]] = []
    before: Observation | None = None
    for release in known:
        one = found[release.id].observation if release.id in found else None
        overtaken = is_overtaken(release, known)
        changed = change(Revision(before, one)) if before and one else {"absolute": "", "relative": ""}
        rows.append({"release": release, "stated": stated(one, release, overtaken=overtaken), **changed})
        before = one or before
    return rows


def release_download(request: HttpRequest, dataset: str, release: str, form: str) -> FileResponse:
    """All observations of a published release, as a file."""
    found = store.published().of(dataset).release(release)
    return _sent(downloads.of_release(found, form, gazetteer()))


def observations_download(request: HttpRequest, form: str) -> FileResponse:
    """The observations that an address of the explorer asks for, all pages of them, as a file.

    Raises BadInput, and WorkspaceError where a damaged data set would be among them.
    """
    names, published = gazetteer(), store.published()
    asked = explorer_address.read(request.GET.dict(), published, names, now().date())
    if asked.faults:
        raise BadInput(asked.faults)
    if published.damaged and not asked.dataset:
        # A page can say what it leaves out; of a file it would be forgotten.
        raise WorkspaceError("\n".join(map(damage.in_words, published.damaged)))
    spoken = headlines.lines(store.known_on(asked.as_at), asked.selection)
    return _sent(
        downloads.made("observations", form, asked.selection, asked.releases, names, asked.as_at, headlines=spoken)
    )


def _sent(file: Download) -> FileResponse:
    response = FileResponse(file.path.open("rb"), content_type=file.media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    response.headers["ETag"] = f'"{file.digest}"'
    return response
