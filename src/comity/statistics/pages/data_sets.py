"""Pages of what States report: data sets, their releases and revisions, and the explorer of observations."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from comity.areas.addresses import address_code
from comity.areas.gazetteer import Gazetteer
from comity.areas.labels import tongue
from comity.areas.names.alphabetical_order import sort_key
from comity.areas.store import gazetteer
from comity.charts.page_drawing import Drawing
from comity.evidence.dates import asked_date
from comity.evidence.errors import UnknownName
from comity.evidence.figures import Figure, figure
from comity.evidence.findings import SEVERITIES, Finding, most_useful_first
from comity.evidence.models import Origin
from comity.evidence.store import faults, now
from comity.statistics import headlines, labels, store
from comity.statistics.catalogue import RECENT, Contents, together
from comity.statistics.catalogue_facts import contents_of
from comity.statistics.exports.downloads import ROWS_OF_A_WORKBOOK
from comity.statistics.pages import pictures
from comity.statistics.pages.rows import area_names, change, is_overtaken, key_words, place_address, stated
from comity.statistics.releases import vintages, visibility
from comity.statistics.releases.files import Release
from comity.statistics.releases.holdings import Holdings
from comity.statistics.releases.query import Selection
from comity.statistics.releases.question import values_held
from comity.statistics.releases.revisions import Revision
from comity.statistics.releases.vintages import KINDS, Difference

ON_A_PAGE = 50


def asked_as_at(request: HttpRequest) -> date:
    """The date of knowledge that a page's address asks for; today where it asks for none."""
    return asked_date(request.GET, "as_at", now().date())


def as_json(values: Mapping[str, Any]) -> JsonResponse:
    """A page's table as data, with what it leaves out as damaged."""
    left_out = {"faults": found} if (found := faults()) else {}
    return JsonResponse({**values, **left_out}, json_dumps_params={"ensure_ascii": False})


@dataclass(frozen=True)
class Vintage:
    """A release beside the one it revises, and what it changed there; None where it is the first."""

    release: Release
    before: Release | None
    origin: Origin
    spoke: tuple[Release, ...] = ()
    """What spoke for the data set before the release came."""
    speaks: tuple[Release, ...] = ()
    """What spoke once it had come."""

    @property
    def publisher(self) -> str:
        """Who published it: as the file says, else as is known of its origin."""
        return self.release.publisher or self.origin.publisher

    @property
    def licence(self) -> str:
        """The terms of use, as the file states them or as they are known of its origin; blank where neither does."""
        return self.release.licence or self.origin.licence

    @property
    def difference(self) -> Difference | None:
        """What the release did with the observations of the one before."""
        return vintages.difference(self.spoke, self.speaks) if self.before else None

    @property
    def severities(self) -> list[tuple[str, int]]:
        """How many findings of each severity the release has, the gravest first."""
        found = Counter[str](finding.severity for finding in findings_of(self.release))
        return [(severity, found[severity]) for severity in SEVERITIES if found[severity]]


def findings_of(release: Release) -> tuple[Finding, ...]:
    """What was found when a release was read, as far as its reader may know."""
    return visibility.findings_of(release) if release.findings else ()


def vintages_of(releases: Holdings) -> list[Vintage]:
    """Releases by data set, oldest first, each with the one of its data set before it."""
    origins = Origin.objects.in_bulk([one.origin for one in releases])
    latest: dict[str, Release] = {}
    found = []
    for one in releases:
        before = latest.get(one.dataset)
        spoke = releases.state_of(before) if before else ()
        found.append(Vintage(one, before, origins[one.origin], spoke, releases.state_of(one)))
        latest[one.dataset] = one
    return found


def data_sets_page(request: HttpRequest) -> HttpResponse:
    """All data sets: which release speaks, what it covers, how completely and how late, what it changed."""
    as_at = asked_as_at(request)
    table = figure("data-sets", as_at=as_at)
    published = store.published()
    speaking = {release.id for release in published.as_at(as_at)}
    latest = {one.release.dataset: one for one in vintages_of(published) if one.release.id in speaking}
    rows: list[dict[str, Any]] = [
        {"vintage": one, "cells": dict(zip(table.value.columns, table.value.rows[dataset], strict=True))}
        for dataset, one in latest.items()
    ]
    if request.GET.get("format") == "json":
        sets = [{"dataset": row["vintage"].release.dataset, **row["cells"]} for row in rows]
        return as_json({"as_at": as_at.isoformat(), "data_sets": sets})
    totals = [
        (_("Data sets"), figure("data-sets-held", as_at=as_at)),
        (_("Observations"), figure("observations-held", as_at=as_at)),
        (_("Member States with data"), figure("states-with-data", as_at=as_at)),
    ]
    context = {"as_at": as_at, "table": table, "rows": rows, "totals": totals, "recent": RECENT}
    return render(request, "statistics/data_sets.html", context)


def data_set_page(request: HttpRequest, dataset: str) -> HttpResponse:
    """A data set: its releases and what each changed, how to get and cite it, and which States it covers."""
    as_at = asked_as_at(request)
    known = store.published().of(dataset)
    held = [one for one in vintages_of(known) if one.release.published <= as_at]
    if request.GET.get("format") == "json":
        return as_json({"as_at": as_at.isoformat(), "releases": [_vintage_record(one) for one in held]})
    context: dict[str, Any] = {"as_at": as_at, "dataset": dataset, "title": known.releases[-1].title}
    context |= {"first": known.releases[0].published, "vintages": held[::-1]}
    speaks = known.as_at(as_at).releases
    if speaks:
        speaking = replace(held[-1], speaks=speaks)
        names = gazetteer(as_at)
        contents = together([contents_of(release, names) for release in speaks])
        context |= {
            "speaking": speaking,
            "speaking_ids": {one.id for one in speaks},
            "counts": _counts(figure("data-sets", as_at=as_at), dataset),
            "map": _coverage_map(contents, as_at) if contents.areas else None,
            "coverage": _coverage(contents, names),
            "spoken": _spoken(as_at, dataset),
            "rule": headlines.in_words(),
            "recent": RECENT,
            "citation": citation(request, speaking, as_at),
            "most": ROWS_OF_A_WORKBOOK,
        }
    return render(request, "statistics/data_set.html", context)


def _spoken(as_at: date, dataset: str) -> list[tuple[str, int]]:
    """What the data set gives the headline series of: indicator and category in words, and for how many areas."""
    known = store.known_on(as_at)
    selection = Selection(indicators=values_held(known.releases.of(dataset).as_at(as_at).releases, "indicator"))
    return [
        (" · ".join(filter(None, (labels.indicator_label(one.indicator), labels.iccs_label(one.iccs)))), one.areas)
        for one in headlines.spoken(known, selection)
        if one.dataset == dataset
    ]


def _vintage_record(vintage: Vintage) -> dict[str, Any]:
    difference = vintage.difference
    changes = {kind: getattr(difference, kind) for kind in KINDS} if difference else None
    return {
        "id": vintage.release.id,
        "published": vintage.release.published.isoformat(),
        "publisher": vintage.publisher,
        "partial": not vintage.release.whole,
        "aliases": list(vintage.release.aliases),
        "observations": vintage.release.observations,
        "left_out": vintage.release.rejected,
        "findings": dict(vintage.severities),
        "before": vintage.before.id if vintage.before else None,
        "changes": changes,
        "digest": vintage.release.digest,
    }


def _counts(table: Figure, dataset: str) -> list[dict[str, Any]]:
    """The cells of a data set in the table of data sets, with the words for each."""
    words = {
        "observations": _("observations"),
        "left_out": _("rows left out"),
        "states": _("Member States with data"),
        "areas": _("States and areas in all"),
        "completeness": _("per cent of the last five years covered, all Member States"),
        "lateness": _("years from a State’s last data to publication (median)"),
    }
    return [
        {
            "words": label,
            "row": dataset,
            "column": column,
            "value": table.value.cell(dataset, column),
            "table": table.id,
        }
        for column, label in words.items()
    ]


def _coverage_map(contents: Contents, as_at: date) -> Drawing:
    found = Counter(pictures.kind_of(one) for one in contents.areas)
    title = _("Who is covered, and how recently")
    words = _(
        "%(each)d States and areas have data for each of the last five years that the data set covers, %(some)d for "
        "some of these years, %(earlier)d only for earlier ones."
    ) % {"each": found[pictures.EACH], "some": found[pictures.SOME], "earlier": found[pictures.EARLIER]}
    return pictures.coverage_map(figure("data-sets", as_at=as_at), contents.areas, title, words)


def _coverage(contents: Contents, names: Gazetteer) -> list[dict[str, Any]]:
    rows = [
        {"code": address_code(names, one.area), "name": names.label(one.area, tongue()), "of": one}
        for one in contents.areas
    ]
    return sorted(rows, key=lambda row: sort_key(row["name"], tongue()))


def citation(request: HttpRequest, cited: Vintage, as_at: date) -> dict[str, Any]:
    """What the line holds by which others cite a release."""
    release = cited.release
    lasting = reverse("release", args=[release.dataset, release.id])
    address = request.build_absolute_uri(lasting)
    return {"release": release, "publisher": cited.publisher, "as_at": as_at, "address": address}


def vintage_of(dataset: str, identifier: str) -> Vintage:
    """A published release by its id, with the one before it. Raises UnknownName."""
    known = store.published().of(dataset)
    release = known.release(identifier)
    return next(one for one in vintages_of(known) if one.release.id == release.id)


def release_page(request: HttpRequest, dataset: str, release: str) -> HttpResponse:
    """A release: what is known of it, what it changed, and the findings on its file, by rule and severity."""
    vintage = vintage_of(dataset, release)
    all_findings = findings_of(vintage.release)
    rule, severity = request.GET.get("rule", ""), request.GET.get("severity", "")
    rules = sorted({finding.rule for finding in all_findings})
    for value, allowed in ((rule, rules), (severity, SEVERITIES)):
        if value and value not in allowed:
            raise UnknownName(value, _("a rule or a severity of the findings on this release"), list(allowed))
    found = [one for one in all_findings if rule in ("", one.rule) and severity in ("", one.severity)]
    if request.GET.get("format") == "json":
        return as_json({**_vintage_record(vintage), "findings": [vars(one) for one in found]})
    page = Paginator(most_useful_first(found), ON_A_PAGE).get_page(request.GET.get("page"))
    counted = Counter((finding.rule, finding.severity) for finding in all_findings)
    context = {
        "vintage": vintage,
        "later": [one for one in store.published().of(dataset) if one.published > vintage.release.published],
        "page": page,
        "findings": [_finding_row(one, vintage.release) for one in page],
        "rules": rules,
        "rule": rule,
        "severity": severity,
        "severities": [(code, labels.severity_label(code)) for code, _number in vintage.severities],
        "summary": [(code, labels.severity_label(grave), number) for (code, grave), number in counted.most_common()],
        "citation": citation(request, vintage, now().date()),
        "most": ROWS_OF_A_WORKBOOK,
    }
    return render(request, "statistics/release.html", context)


def _finding_row(finding: Finding, release: Release) -> dict[str, Any]:
    message = finding.message.removeprefix(f"{finding.place}: ")
    return {**vars(finding), "message": message, "place_address": place_address(release, finding.place)}


@dataclass(frozen=True)
class Rows:
    """What a paginator cuts pages from: a number of rows, and how to fetch some of them."""

    count_of: int
    fetch: Any

    def __len__(self) -> int:
        return self.count_of

    def __getitem__(self, part: slice) -> list[Any]:
        return list(self.fetch(limit=part.stop - part.start, offset=part.start))


def paged(request: HttpRequest, rows: Rows) -> Page[Any]:
    """The page of rows that an address asks for; the nearest there is, where it asks for none that is."""
    return Paginator(cast(Sequence[Any], rows), ON_A_PAGE).get_page(request.GET.get("page"))


def revisions_page(request: HttpRequest, dataset: str, release: str) -> HttpResponse:
    """What a release changed in the one before it, observation by observation, by how much."""
    vintage = vintage_of(dataset, release)
    names = gazetteer()
    kind, area = request.GET.get("kind", ""), request.GET.get("area", "").strip()
    if kind and kind not in KINDS:
        raise UnknownName(kind, _("one of %(values)s") % {"values": ", ".join(KINDS)})
    code = names.resolve(area).code if area else ""
    before, after = vintage.before, vintage.release
    context: dict[str, Any] = {"vintage": vintage, "kind": kind, "area": area, "kinds": _kinds()}
    if before is None and request.GET.get("format") == "json":
        return as_json({**_vintage_record(vintage), "revisions": []})
    if before is not None:
        # New observations stand in the release itself; what is asked for here is mostly what became of the old ones.
        asked = (kind,) if kind else KINDS[:2]
        difference = vintages.difference(vintage.spoke, vintage.speaks, code)

        def fetch(limit: int, offset: int) -> Iterator[Revision]:
            return vintages.revised(vintage.spoke, vintage.speaks, asked, code, limit=limit, offset=offset)

        page = paged(request, Rows(difference.of(asked), fetch))
        if request.GET.get("format") == "json":
            return as_json(_revisions_record(vintage, page))
        context |= {
            "difference": difference,
            "page": page,
            "rows": [_revision_row(one, before, after, names) for one in page],
            "areas": area_names((before, after), names),
            "citation": citation(request, vintage, now().date()),
        }
    return render(request, "statistics/revisions.html", context)


def _kinds() -> list[tuple[str, str]]:
    return [(kind, labels.kind_label(kind)) for kind in KINDS]


def _revisions_record(vintage: Vintage, page: Page[Any]) -> dict[str, Any]:
    return {
        **_vintage_record(vintage),
        "count": page.paginator.count,
        "page": page.number,
        "pages": page.paginator.num_pages,
        "revisions": [
            {
                "kind": one.kind,
                "before": one.before._asdict() if one.before else None,
                "after": one.after._asdict() if one.after else None,
                "absolute": one.absolute,
                "relative": one.relative,
            }
            for one in page
        ],
    }


def _revision_row(revision: Revision, before: Release, after: Release, names: Gazetteer) -> dict[str, Any]:
    key = revision.key
    earlier, later = revision.before_in or before, revision.after_in or after
    return {
        "kind": labels.kind_label(revision.kind),
        **key_words(key, names),
        "before": stated(revision.before, earlier, overtaken=is_overtaken(earlier, (after,))),
        "after": stated(revision.after, later),
        **change(revision),
    }
