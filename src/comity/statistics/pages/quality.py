"""The quality view: what is known of the quality of the data held, by indicator, and of each State by itself.

States are counted by level and listed by name, and nowhere put in an order of merit.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from comity.areas.addresses import address_code
from comity.areas.gazetteer import Gazetteer
from comity.areas.labels import tongue
from comity.areas.names.alphabetical_order import sort_key
from comity.areas.store import gazetteer
from comity.evidence.errors import UnknownName
from comity.evidence.findings import SEVERITIES
from comity.statistics import labels, quality, store
from comity.statistics.figures import observation_id
from comity.statistics.pages.data_sets import ON_A_PAGE, as_json, asked_as_at
from comity.statistics.quality import QualityFinding, QualityProfile
from comity.statistics.quality.kept_profiles import profiles_of, summary_of
from comity.statistics.quality.profiles import CURRENT, FEW_FINDINGS, LATE
from comity.statistics.releases.files import Release
from comity.statistics.releases.question import values_held


def quality_page(request: HttpRequest) -> HttpResponse:
    """How many States stand at each level of each dimension, by data set and indicator; the rules; all States."""
    as_at = asked_as_at(request)
    known = _known(as_at)
    summary = summary_of(store.published().judged(as_at), as_at)
    if request.GET.get("format") == "json":
        return as_json({"as_at": as_at.isoformat(), "summary": summary})
    names = gazetteer()
    context = {
        "as_at": as_at,
        "sets": _by_data_set(summary, {release.dataset: release for release in known}),
        "dimensions": list(labels.DIMENSIONS.values()),
        "areas": _areas(known, names),
        "rules": [{**rule.as_json(), "grave": labels.severity_label(rule.severity)} for rule in _rules()],
        "bounds": _bounds(),
    }
    return render(request, "statistics/quality.html", context)


def _rules() -> Sequence[quality.Rule]:
    return list(quality.all_rules().values())


def _bounds() -> dict[str, Any]:
    return {"current": CURRENT, "late": LATE, "few": int(FEW_FINDINGS)}


def _known(as_at: date) -> tuple[Release, ...]:
    return tuple(release for release in store.published() if release.published <= as_at)


def _by_data_set(summary: Sequence[dict[str, Any]], releases: dict[str, Release]) -> list[dict[str, Any]]:
    grouped: dict[str, list[dict[str, Any]]] = {}
    for row in summary:
        levels = [(str(words), _levels(row[key])) for key, words in labels.DIMENSIONS.items()]
        words = labels.indicator_label(row["indicator"])
        grouped.setdefault(row["dataset"], []).append({**row, "words": words, "levels": levels})
    return [
        {"release": releases[dataset], "rows": sorted(rows, key=lambda row: sort_key(row["words"], tongue()))}
        for dataset, rows in grouped.items()
    ]


def _levels(counted: dict[str, int]) -> list[tuple[str, int]]:
    return [(labels.level_label(level), counted[level]) for level in labels.LEVELS if level in counted]


def _areas(releases: tuple[Release, ...], names: Gazetteer) -> list[tuple[str, str]]:
    """The States and areas that have data, by name."""
    codes = values_held(releases, "area")
    found = [(address_code(names, code), names.label(code, tongue())) for code in codes]
    return sorted(found, key=lambda pair: sort_key(pair[1], tongue()))


def area_page(request: HttpRequest, code: str) -> HttpResponse:
    """The quality of what is held of a State: by indicator the four dimensions with their numbers, and the findings."""
    as_at = asked_as_at(request)
    names = gazetteer(as_at)
    area = names.resolve(code)
    if code != (area.iso3 or area.code):
        lasting = reverse("quality-of", args=[area.iso3 or area.code])
        return redirect(f"{lasting}?{request.GET.urlencode()}" if request.GET else lasting)
    known = _known(as_at)
    profiles = profiles_of(store.published().judged(as_at), area.code, as_at)
    if request.GET.get("format") == "json":
        return as_json(
            {"as_at": as_at.isoformat(), "profiles": [one.as_json() for one in profiles], "entries": _entries(profiles)}
        )
    asked = {key: request.GET.get(key, "") for key in ("rule", "severity", "series")}
    found = [finding for one in profiles for finding in one.findings]
    entries = quality.grouped(found, store.total_populations())
    rules = {key: one.as_json()["title"] for key, one in quality.all_rules().items()}
    for value, allowed in ((asked["rule"], list(rules)), (asked["severity"], list(SEVERITIES))):
        if value and value not in allowed:
            raise UnknownName(value, _("a rule on quality or a severity"), allowed[:5])
    narrowed = any(asked.values())
    chosen = [one for one in quality.in_order_of_use(entries) if _is_chosen(one, **asked)]
    told: Sequence[Any] = chosen if narrowed else entries
    page = Paginator(told, ON_A_PAGE).get_page(request.GET.get("page"))
    releases = {release.id: release for release in known}
    context = {
        "as_at": as_at,
        "code": code,
        "name": names.label(area.code, tongue()),
        "sets": _profile_rows(profiles, releases),
        "page": page,
        "entries": [] if narrowed else [_entry_row(one, releases[one.release], rules, names) for one in page],
        "findings": [_finding_row(one, releases[one.release], rules, names) for one in page if narrowed],
        "rules": [(key, rules[key]) for key in sorted({one.finding.rule for one in found})],
        **asked,
        "severities": [(key, labels.severity_label(key)) for key in SEVERITIES],
        "bounds": _bounds(),
    }
    return render(request, "statistics/quality_of.html", context)


def _entries(profiles: Sequence[QualityProfile]) -> list[dict[str, Any]]:
    """The findings by indicator, the most useful first, as JSON counts them: in the profiles they stand in full."""
    found = [finding for one in profiles for finding in one.findings]
    told = (entry.as_json() for entry in quality.grouped(found, store.total_populations()))
    return [{key: value for key, value in entry.items() if key != "findings"} for entry in told]


def _is_chosen(one: QualityFinding, rule: str, severity: str, series: str) -> bool:
    """Whether a finding is of a rule, a severity and a series, each as far as it is asked for."""
    return (
        rule in ("", one.finding.rule)
        and severity in ("", one.finding.severity)
        and series in ("", f"{one.dataset}~{one.indicator}")
    )


def _entry_row(
    entry: quality.SeriesFindings, release: Release, rules: dict[str, str], names: Gazetteer
) -> dict[str, Any]:
    return {
        **_finding_row(entry.findings[0], release, rules, names),
        "title_of_set": release.title,
        "series": f"{entry.dataset}~{entry.indicator}",
        "counts": [(labels.severity_label(key), number) for key, number in entry.counts.items() if number],
        "years": spans(sorted({int(period[:4]) for period in entry.periods})),
    }


def _profile_rows(profiles: Sequence[QualityProfile], releases: dict[str, Release]) -> list[dict[str, Any]]:
    grouped: dict[str, list[dict[str, Any]]] = {}
    for one in profiles:
        row = {
            "words": labels.indicator_label(one.indicator),
            "indicator": one.indicator,
            "levels": {key: labels.level_label(level) for key, level in one.levels().items()},
            "percent": 100 * one.completeness.share,
            "missing": spans(one.completeness.missing),
            "place": reverse("place", args=[releases[one.release].origin, one.timeliness.last_place]),
            "changes": sorted({year for years in list(asdict(one.comparability).values())[:4] for year in years}),
            "of": one,
        }
        grouped.setdefault(one.release, []).append(row)
    return [
        {"release": releases[key], "rows": sorted(rows, key=lambda row: sort_key(row["words"], tongue()))}
        for key, rows in grouped.items()
    ]


def spans(years: Sequence[int]) -> str:
    """Years in order, those that follow one another as a span: `2003–2005, 2021`."""
    starts = [year for year in years if year - 1 not in years]
    ends = [year for year in years if year + 1 not in years]
    return ", ".join(str(start) if start == end else f"{start}–{end}" for start, end in zip(starts, ends, strict=True))


def _finding_row(finding: QualityFinding, release: Release, rules: dict[str, str], names: Gazetteer) -> dict[str, Any]:
    found = finding.finding
    identifier = observation_id(finding.dataset, finding.indicator, finding.area, finding.period, finding.detail)
    return {
        "title": rules[found.rule],
        "severity": found.severity,
        "severity_words": labels.severity_label(found.severity),
        "indicator": labels.indicator_label(finding.indicator),
        "detail": labels.detail_words(finding.detail, names),
        "period": finding.period,
        "value": found.value,
        "figure": identifier,
        "place": found.place,
        "place_address": reverse("place", args=[release.origin, found.place]) if found.place else "",
        "message": found.message.removeprefix(f"{found.place}: "),
        "expected": found.expected,
    }
