"""The page of trends: the series that can be asked for, a row for each State, and lines side by side."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from comity.analysis import pictures
from comity.analysis.address import asked_one_of, asked_year, cited, regions_offered
from comity.analysis.headlines.ask import trend_records
from comity.analysis.headlines.rule import data_sets_of
from comity.analysis.labels import p_label, signed_label
from comity.analysis.trends.ask import trends_of
from comity.analysis.trends.families import SeriesTrend
from comity.analysis.trends.sentences import a_year
from comity.analysis.trends.verdicts import Verdict
from comity.areas.addresses import address_code
from comity.areas.gazetteer import Gazetteer
from comity.areas.labels import tongue
from comity.areas.names.alphabetical_order import sort_key
from comity.charts.page_drawing import Drawing
from comity.charts.specifications import Trend, TrendPoint
from comity.evidence.errors import BadInput, Fault
from comity.evidence.figures import listed
from comity.observations.denominators import POPULATION, is_year
from comity.observations.observation import BREAK
from comity.statistics import labels, store
from comity.statistics.pages.data_sets import as_json, asked_as_at, vintages_of
from comity.statistics.releases.files import Release
from comity.statistics.releases.holdings import Holdings
from comity.statistics.releases.query import IN_WHOLE, run, source_sql
from comity.statistics.releases.question import areas_asked

VERDICTS = tuple(verdict.value for verdict in Verdict)
LEAST_YEARS = 8
"""Series are offered where some area has at least as many years as a verdict needs."""
PANELS = 60
"""How many small charts are drawn at most."""

_FIRST = ("homicide-rate", "0101")


@dataclass(frozen=True)
class Offered:
    """Series that trends can be asked of: an indicator of a data set, in a category of offences where it has one."""

    dataset: str
    indicator: str
    iccs: str
    title: str

    @property
    def key(self) -> str:
        """What stands for it in an address."""
        return ".".join(filter(None, (self.dataset, self.indicator, self.iccs)))

    @property
    def words(self) -> str:
        """Indicator, category and data set for a reader."""
        named = [labels.indicator_label(self.indicator), *([labels.iccs_label(self.iccs)] if self.iccs else [])]
        return " · ".join([*named, self.title])

    @property
    def heading(self) -> str:
        """Indicator and category for a reader."""
        return " · ".join(
            [labels.indicator_label(self.indicator), *([labels.iccs_label(self.iccs)] if self.iccs else [])]
        )


def offered(releases: tuple[Release, ...]) -> list[Offered]:
    """The series that releases hold over enough years, by their words."""
    return sorted(_offered(releases), key=lambda one: sort_key(one.words, tongue()))


@lru_cache(maxsize=16)
def _offered(releases: tuple[Release, ...]) -> tuple[Offered, ...]:
    """Kept, since a release never changes."""
    if not releases:
        return ()
    rows = run(
        "SELECT DISTINCT release, indicator, iccs FROM (SELECT release, indicator, iccs, area "  # noqa: S608
        f"FROM {source_sql(releases)} WHERE value IS NOT NULL AND sex {IN_WHOLE} AND age {IN_WHOLE} "
        f"AND citizenship {IN_WHOLE} AND breakdown {IN_WHOLE} AND NOT starts_with(indicator, ?) "
        "GROUP BY ALL HAVING count(DISTINCT period) >= ?)",
        [POPULATION, LEAST_YEARS],
    )
    return tuple(
        Offered(releases[number].dataset, indicator, iccs, releases[number].title) for number, indicator, iccs in rows
    )


def first_shown(keys: Sequence[str]) -> str:
    """The series that is shown where none is asked for: the rate of homicide as its headline series gives it."""
    indicator, iccs = _FIRST
    wanted = [".".join((dataset, indicator, iccs)) for dataset in data_sets_of(indicator, iccs)]
    return next((key for key in wanted if key in keys), keys[0])


def meant(fields: Mapping[str, str], choices: Sequence[Offered]) -> str:
    """The key of the series that an address means by `indicator` and `dataset`: the one that is shown first among them.

    All are meant where neither is named; blank where none is of that indicator or data set.
    """
    indicator, dataset = (fields.get(field, "").strip() for field in ("indicator", "dataset"))
    keys = [one.key for one in choices if indicator in ("", one.indicator) and dataset in ("", one.dataset)]
    return first_shown(keys) if keys else ""


def asked_area(fields: Mapping[str, str], names: Gazetteer) -> tuple[str, ...]:
    """The areas whose series alone are shown: one by a code or name, or several by codes. Raises UnknownName."""
    text = fields.get("area", "").strip()
    texts = (text,) if text and names.find(text) else listed(text)
    return areas_asked(names, texts, _("address of the page"))


def verdicts(trends: Sequence[SeriesTrend]) -> list[tuple[str, str, int]]:
    """Each verdict with its words and how many series have it."""
    counted = Counter(one.trend.verdict for one in trends)
    return [(verdict.value, verdict.label(), counted[verdict]) for verdict in Verdict]


def rows(trends: Sequence[SeriesTrend], names: Gazetteer) -> list[dict[str, Any]]:
    """A row for each State and area, by name."""
    made = [_row(one, names) for one in trends]
    return sorted(made, key=lambda row: sort_key(row["name"], tongue()))


def _row(one: SeriesTrend, names: Gazetteer) -> dict[str, Any]:
    trend = one.trend
    interval = trend.slope, trend.low, trend.high
    slope, low, high = (a_year(value, *interval) for value in interval)
    return {
        "code": address_code(names, one.area),
        "name": names.label(one.area, tongue()),
        "change": signed_label(trend.change_percent, 0),
        "tau": signed_label(trend.tau),
        "slope": slope,
        "low": low,
        "high": high,
        "p": p_label(trend.p_adjusted),
        "n": trend.n,
        "first": trend.first,
        "last": trend.last,
        "verdict": trend.verdict.label(),
        "decided": trend.verdict is not Verdict.NONE,
        "sentence": trend.sentence,
        "figure": f"{one.figure}#{one.area}.slope",
        "cell": f"{one.family}#{one.row}.verdict",
    }


def multiples(trends: Sequence[SeriesTrend], of: Offered, names: Gazetteer) -> Drawing | None:
    """The series of a region side by side, by name; None where there is none to draw."""
    lines = [_line(one, names) for one in trends]
    shown = sorted((one for one in lines if one.points), key=lambda one: sort_key(one.label, tongue()))[:PANELS]
    if not shown:
        return None
    unit = labels.unit_label(trends[0].unit)
    words = _("All on one scale, from zero. A line stops at a missing year and at a break in series.")
    return pictures.side_by_side(shown, title=of.heading, unit=unit, words=words)


def _line(trend: SeriesTrend, names: Gazetteer) -> Trend:
    stated: dict[int, set[float]] = {}
    for found in trend.observed:
        observation = found.observation
        if is_year(observation.period) and observation.value is not None and observation.value >= 0:
            stated.setdefault(int(observation.period), set()).add(observation.value)
    points = [TrendPoint(year, min(values)) for year, values in sorted(stated.items()) if len(values) == 1]
    breaks = {int(found.observation.period) for found in trend.observed if found.observation.status == BREAK}
    return Trend(names.label(trend.area, tongue()), points, breaks=sorted(breaks))


def trends_page(request: HttpRequest) -> HttpResponse:
    """The trends of an indicator's series by State: slope with interval, p, verdict and reason; a region as lines."""
    as_at = asked_as_at(request)
    known = store.known_on(as_at)
    names = known.names
    first, last = asked_year(request.GET, "first"), asked_year(request.GET, "last")
    if first and last and first > last:
        wanted = _("a year not before %(first)s") % {"first": first}
        raise BadInput(Fault(_("address of the page"), "last", last, wanted))
    choices = offered(known.speaking)
    keys = [one.key for one in choices]
    chosen = asked_one_of(request.GET, "series", keys, meant(request.GET, choices)) if keys else ""
    of = next((one for one in choices if one.key == chosen), None)
    context: dict[str, Any] = {"as_at": as_at, "series": choices, "of": of, "first": first, "last": last}
    if of is None:
        return render(request, "analysis/trends.html", context)
    areas = asked_area(request.GET, names)
    groups = regions_offered(names, as_at)
    region = asked_one_of(request.GET, "region", list(groups))
    verdict = asked_one_of(request.GET, "verdict", VERDICTS)
    found = trends_of(known, of.indicator, dataset=of.dataset, iccs=of.iccs, first=first, last=last)
    in_region = groups[region][1] if region else ()
    within = [one for one in found if (not region or one.area in in_region) and (not areas or one.area in areas)]
    if request.GET.get("format") == "json":
        return as_json({"as_at": as_at.isoformat(), "trends": trend_records(known, within, tongue())})
    releases = {found.release.id: found.release for one in within for found in one.observed}
    context |= {
        "unit": labels.unit_label(found[0].unit) if found else "",
        "groups": [(key, label) for key, (label, _areas) in groups.items()],
        "region": region,
        "region_label": groups[region][0] if region else "",
        "area": ",".join(address_code(names, code) for code in areas),
        "area_labels": [names.label(code, tongue()) for code in areas],
        "verdict": verdict,
        "verdicts": verdicts(within),
        "rows": rows([one for one in within if verdict in ("", one.trend.verdict.value)], names),
        "family": found[0].family if found else "",
        "multiples": multiples(within, of, names) if region or areas else None,
        "vintages": vintages_of(Holdings(tuple(releases[key] for key in sorted(releases)))),
        "address": request.build_absolute_uri(f"{request.path}?{cited(request, as_at, series=chosen)}"),
    }
    return render(request, "analysis/trends.html", context)
