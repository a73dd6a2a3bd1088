"""Tables of estimates: regions side by side, the States and areas that an estimate rests on, and regions by year."""

from collections.abc import Iterable, Sequence

from comity.analysis.estimates.arithmetic import Estimate
from comity.analysis.estimates.basis import Geography
from comity.analysis.estimates.figures import estimates_of
from comity.analysis.estimates.filling import Cell
from comity.areas.gazetteer import WORLD, Membership, Succession
from comity.evidence.figures import Table, method
from comity.evidence.wording import gettext_noop
from comity.observations.observation import Observation

REGIONS = (WORLD, "002", "019", "142", "150", "009")
"""The world and the regions of M49."""
LEFT_OUT = ("rate-only", "no-data", "no-population")
Value = Observation | Membership | Succession


@method(
    "estimates-by-region",
    version=2,
    label=gettext_noop("Estimates by region"),
    phrase=gettext_noop("%(indicator)s by region, %(on)s, by %(method)s"),
    unit=gettext_noop("as the indicator states"),
)
def estimates_by_region(values: Sequence[Value], *, indicator: str, on: str, method: str) -> Table:
    """Estimates for the world and the regions of M49 in a year, by a named method.

    `value` is that of the indicator and `count` the sum of counts under it, neither of them rounded; `low` and `high`
    are bounds of the value, and say what the method says by them. `observed`, in per cent, is the share of the
    population, as far as it counts, of States and areas with an observation at most so many years away as the method
    says (`study-2013`: of the year itself). `areas` is the number
    of States and areas that count, `left_out` of those that do not, as nothing of theirs can be used. Where there is no
    estimate, `reason` says why. The methods are those of the figures `estimate`.
    """
    found = {one.area: one for one in estimates_of(values, indicator, on, method)}
    columns = ("value", "count", "low", "high", "observed", "areas", "left_out", "reason")
    return Table(columns, {region: _region(found.get(region)) for region in REGIONS})


def _region(one: Estimate | None) -> tuple[object, ...]:
    if one is None:
        return (None,) * 8
    left_out = sum(cell.provenance in LEFT_OUT for cell in one.cells)
    share = None if one.observed_share is None else 100 * one.observed_share
    areas = len(one.cells) - left_out
    return (one.value, one.count, one.low, one.high, share, areas, left_out, one.reason)


@method(
    "estimates-by-area",
    version=2,
    label=gettext_noop("Estimates by State or area"),
    phrase=gettext_noop("%(indicator)s by State and area, %(on)s, by %(method)s"),
    unit=gettext_noop("as the indicator states"),
)
def estimates_by_area(values: Sequence[Value], *, indicator: str, on: str, method: str) -> Table:
    """What stands for each State and area in the estimate for the world, by a named method.

    `rate` is per 100,000 and not rounded, `count` the number that it adds, `year` the year or years they come from,
    and `provenance` how they were come by: observed in the year; interpolated, carried or averaged from its own; an
    estimate that stands in; or imputed from its neighbours. Where parts of a State report apart, the State's rate is
    that of all its parts together. States and areas without a rate are absent.
    """
    found = next((one for one in estimates_of(values, indicator, on, method) if one.area == WORLD), None)
    part_of = Geography(*_grounds(values), on).part_of
    cells: dict[str, list[Cell]] = {}
    for cell in found.cells if found else ():
        if cell.rate is not None and cell.provenance != "no-population":
            cells.setdefault(part_of.get(cell.area, cell.area), []).append(cell)
    return Table(("rate", "count", "year", "provenance"), {area: _area(cells[area]) for area in sorted(cells)})


def _area(cells: Sequence[Cell]) -> tuple[object, ...]:
    years = ", ".join(sorted({year for cell in cells for year in cell.years}))
    provenance = ", ".join(sorted({cell.provenance for cell in cells}))
    if len(cells) == 1:
        only = cells[0]
        return (only.rate, None if only.provenance == "rate-only" else only.victims, years, provenance)
    people, victims = sum(cell.population or 0.0 for cell in cells), sum(cell.victims for cell in cells)
    return (100_000 * victims / people if people else None, victims, years, provenance)


@method(
    "estimates-over-time",
    version=2,
    label=gettext_noop("Estimates over time by region"),
    phrase=gettext_noop("%(indicator)s over time by region, %(first)s to %(last)s, by %(method)s"),
    unit=gettext_noop("as the indicator states"),
)
def estimates_over_time(
    values: Sequence[Value], *, indicator: str, areas: str, first: int, last: int, method: str
) -> Table:
    """Estimates for regions, year by year, by a named method: each year by itself, by the state of knowledge.

    Each region has three columns: its value, not rounded, and under its code with `-low` and `-high` its bounds. A
    year for which the method gives no figure is blank. The methods are those of the figures `estimate`.
    """
    codes = areas.split(",")
    columns = tuple(f"{code}{bound}" for code in codes for bound in ("", "-low", "-high"))
    rows = {}
    for year in map(str, range(first, last + 1)):
        found = {one.area: one for one in estimates_of(values, indicator, year, method, codes)}
        known = [found.get(code) for code in codes]
        rows[year] = tuple(cell for one in known for cell in ((one.value, one.low, one.high) if one else (None,) * 3))
    return Table(columns, rows)


def _grounds(values: Iterable[Value]) -> tuple[list[Membership], list[Succession]]:
    held = list(values)
    return [one for one in held if isinstance(one, Membership)], [one for one in held if isinstance(one, Succession)]
