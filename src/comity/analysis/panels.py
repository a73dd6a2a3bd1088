"""What analysis shows on pages of other rooms: the baselines of a State, and what leads a paragraph to its figures."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.analysis import pictures
from comity.analysis.baselines.ask import address as baseline_address
from comity.analysis.baselines.ask import path_address
from comity.analysis.baselines.page import rows
from comity.analysis.baselines.store import held, held_of
from comity.analysis.estimates.ask import address as estimate_address
from comity.analysis.estimates.ask import asked_method, estimates
from comity.analysis.estimates.methods import declared as estimation
from comity.analysis.estimates.tables import REGIONS
from comity.analysis.flows.ask import flows_of
from comity.analysis.indicators.coverage import Coverage, coverage_of
from comity.analysis.indicators.declared import declared
from comity.areas.addresses import address_code
from comity.areas.gazetteer import WORLD
from comity.areas.labels import tongue
from comity.areas.panels import Panel
from comity.areas.store import gazetteer
from comity.charts.page_drawing import Drawing
from comity.charts.specifications import Estimate as Row
from comity.charts.specifications import Reference
from comity.evidence.figures import Figure, Lead, figure_id, leads
from comity.statistics import labels
from comity.statistics.store import known_on

VICTIMS = "victims"
FIRST_YEAR = 2000
"""From which year on trends are shown on a paragraph's page."""


def state_panel(area: str, on: date, as_at: date) -> Panel:
    """The baselines of an area that stand at a state of knowledge, each with the last value that is held."""
    known = known_on(as_at)
    values = {"rows": rows(held_of(as_at, area=area), known), "code": address_code(known.names, area)}
    return Panel("baselines", _("Baselines"), "analysis/panel.html", values)


def _estimated(as_at: date) -> list[tuple[str, Coverage]]:
    """What can be estimated and has data, the rates first, each with what is held of it."""
    known = known_on(as_at)
    codes = sorted(estimation().estimated, key=lambda code: estimation().estimated[code].measure != "rate")
    found = [(code, coverage_of(known, declared()[code])) for code in codes if code in declared().indicators]
    return [(code, covered[0]) for code, covered in found if covered]


def _year(covered: Coverage, on: date) -> str:
    """The year of a day, or where it is not covered as a whole year should be, the last one before it that is."""
    most = max(covered.years.values())
    full = [year for year, areas in covered.years.items() if year <= str(on.year) and 2 * areas >= most]
    return max(full, default=covered.year)


@leads("estimate")
def _to_estimates(name: str, *, on: date, as_at: date) -> Iterator[Lead]:
    """The rates of the world and the regions in the year of the day, and the count of the world."""
    for code, covered in _estimated(as_at):
        made = {one.area: one for one in estimates(known_on, code, on=_year(covered, on), today=as_at)}
        areas = REGIONS if estimation().estimated[code].measure == "rate" else (WORLD,)
        yield from (Lead(estimate_address(made[area])) for area in areas if area in made)


@leads("estimates-by-region", "estimates-by-area", "estimates-over-time")
def _to_tables(name: str, *, on: date, as_at: date) -> Iterator[Lead]:
    method = asked_method("", None).name
    for code, covered in _estimated(as_at):
        year = _year(covered, on)
        span: dict[str, str | int | date] = {
            "areas": ",".join(REGIONS),
            "first": min(FIRST_YEAR, int(year)),
            "last": int(year),
        }
        given: dict[str, str | int | date] = span if name == "estimates-over-time" else {"on": year}
        yield Lead(figure_id(name, {"indicator": code, "method": method, **given}))


@leads("trends", "trend-verdicts", "trend")
def _to_trends(name: str, *, on: date, as_at: date) -> Iterator[Lead]:
    """The page of trends, which has one of each State and series."""
    for code, covered in _estimated(as_at)[:1]:
        of = {"dataset": covered.release.dataset, "first": covered.first, "last": covered.last}
        one = {"indicator": code, "area": "", "period": f"{covered.first}:{covered.last}", "detail": "-"}
        series = {"series": f"{code}~{declared()[code].numerator.iccs}"}
        note = _("the trend of each series, with its verdict, by State and area")
        yield Lead(figure_id(name, {**of, **one, **series}), reverse("trends"), _("Trends"), note)


@leads("indicator")
def _to_indicators(name: str, *, on: date, as_at: date) -> Iterator[Lead]:
    """The page of each indicator: its values of all States and areas, or what would have to be held for it."""
    known = known_on(as_at)
    for indicator in declared().indicators.values():
        covered = next(iter(coverage_of(known, indicator)), None)
        year, dataset = (_year(covered, on), covered.release.dataset) if covered else ("", "")
        of = {"indicator": indicator.code, "area": "", "period": year, "dataset": dataset, "detail": "-"}
        address = reverse("indicator", args=[indicator.code]) + (f"?on={year}" if year else "")
        note = _extent(covered) if covered else _("no data held")
        yield Lead(figure_id(name, of), address, indicator.title(tongue()), note)


def _extent(covered: Coverage) -> str:
    words = ngettext(
        "%(shown)s State or area, %(first)s–%(last)s", "%(shown)s States and areas, %(first)s–%(last)s", covered.areas
    )
    return words % {"shown": labels.value_label(covered.areas, ""), "first": covered.first, "last": covered.last}


@leads("observation")
def _to_observations(name: str, *, on: date, as_at: date) -> Iterator[Lead]:
    """The explorer of observations."""
    of = {"dataset": "", "indicator": "", "area": "", "period": "", "detail": "-"}
    note = _("each as its source states it, by State, year and category, with its place in the file")
    yield Lead(figure_id(name, of), reverse("observations"), _("Observations"), note)


@leads("flows", "flow-totals", "flow-network")
def _to_flows(name: str, *, on: date, as_at: date) -> Iterator[Lead]:
    """The flows of the last year that is held, and their page."""
    found = flows_of(known_on(as_at), VICTIMS)
    identifier = figure_id(name, {"what": VICTIMS, "period": found.period})
    if found.all:
        yield Lead(identifier)
    note = found.reason or _("detected victims of trafficking in persons, by citizenship and place")
    yield Lead(identifier, reverse("flows"), _("Flows"), note)


@leads("baseline", "baseline-path")
def _to_baselines(name: str, *, on: date, as_at: date) -> Iterable[Lead]:
    """Each baseline that stands, and its path since."""
    address = baseline_address if name == "baseline" else path_address
    yield from (Lead(address(one.baseline.of)) for one in held(as_at))
    note = _("each with the path since, and how to set one")
    yield Lead(
        figure_id(name, {"indicator": "", "area": "", "detail": "-"}), reverse("baselines"), _("Baselines"), note
    )


def regions_drawn(figure: Figure) -> Drawing | None:
    """The figure of estimates by region as a chart, wherever it is shown; None where no region has an estimate."""
    indicator, names = declared()[str(figure.arguments["indicator"])], _names(figure)
    cells = {area: dict(zip(figure.value.columns, row, strict=True)) for area, row in figure.value.rows.items()}
    shown = [
        Row(names[area], one["value"], one["low"], one["high"], observed_share=_share(one["observed"]))
        for area, one in cells.items()
        if area != WORLD and one["value"] is not None
    ]
    if not shown:
        return None
    world = cells[WORLD]["value"]
    drawing = pictures.regions(
        shown,
        Reference(world, names[WORLD]) if world is not None else None,
        title=f"{indicator.title(tongue())}, {figure.arguments['on']}",
        unit=labels.unit_label(indicator.unit),
        words=_(
            "Under each name: the part of the population with a value of its own observed within the years that the"
            " method allows."
        ),
    )
    return replace(drawing, figure=figure)


def _names(figure: Figure) -> dict[str, str]:
    known = gazetteer()
    return {area: known.label(area, tongue()) for area in figure.value.rows}


def _share(percent: float | None) -> float | None:
    return None if percent is None else percent / 100
