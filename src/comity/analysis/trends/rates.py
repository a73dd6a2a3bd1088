"""Trends of the rates of States and areas, and how many of them have each verdict."""

from collections import Counter
from collections.abc import Sequence

from comity.analysis.estimates.basis import Basis, Geography, Point
from comity.analysis.estimates.methods import declared
from comity.areas.gazetteer import Membership, Succession
from comity.evidence.figures import Table, method
from comity.evidence.wording import gettext_noop, spelled
from comity.observations.denominators import POPULATION, Populations
from comity.observations.observation import Observation

COLUMNS = ("slope", "low", "high", "p", "p_adjusted", "n", "first", "last", "verdict")
Value = Observation | Membership | Succession


def _stated() -> dict[str, str]:
    from comity.analysis.trends.verdicts import LEAST_FOR_A_VERDICT

    return {"least": spelled(LEAST_FOR_A_VERDICT)}


@method(
    "rate-trends",
    version=1,
    label=gettext_noop("Trends of rates by State or area"),
    phrase=gettext_noop("Trends by State and area: %(indicator)s, %(first)s to %(last)s"),
    unit=gettext_noop("as the columns say"),
    states=_stated,
)
def rate_trends(values: Sequence[Value], *, indicator: str, first: int, last: int) -> Table:
    """The trend of the rate of each State and area over the years from `first` to `last`, as far as it was observed.

    The rate of a year is the count divided by the resident population, or the rate that is published where there is no
    count; where the parts of a State report apart, all of them together. Nothing is filled in. `slope` is the
    Theil-Sen change a year, per 100,000, between `low` and `high`; `p` is that of the Mann-Kendall test under the
    correction of Hamed and Rao, `p_adjusted` that of the verdict, after Benjamini and Hochberg over all of them;
    `n` observations from `first` to `last` make up the last stretch without a break in series. The verdict is
    increase, decrease, stable or no verdict. A verdict needs %(least)s observations.
    """
    from comity.analysis.trends.series_trends import trends

    years = list(range(first, last + 1))
    series = {area: points for area, points in _points(values, indicator, years).items() if any(points)}
    if not series:
        return Table(COLUMNS, {})
    found = trends(
        [[float("nan") if one is None else one.rate for one in points] for points in series.values()],
        years,
        breaks=[[one is not None and one.broken for one in points] for points in series.values()],
    )
    told = [one.as_json() for one in found]
    return Table(COLUMNS, {area: tuple(one[name] for name in COLUMNS) for area, one in zip(series, told, strict=True)})


@method(
    "trend-verdicts",
    version=1,
    label=gettext_noop("States and areas by verdict on their trend"),
    phrase=gettext_noop("States and areas by verdict: %(indicator)s, %(first)s to %(last)s"),
    unit=gettext_noop("States and areas"),
)
def trend_verdicts(values: Sequence[Value], *, indicator: str, first: int, last: int) -> Table:
    """How many States and areas have each verdict on the trend of their rate, and how many have a rate at all.

    The trends are those of the figure `rate-trends`. That a rate has no verdict does not make it stable: stability has
    to be shown as well.
    """
    from comity.analysis.trends.verdicts import Verdict

    found = rate_trends(values, indicator=indicator, first=first, last=last)
    counted = Counter(found.cell(area, "verdict") for area in found.rows)
    rows = {one.value.replace(" ", "-"): (counted[one.value],) for one in Verdict}
    return Table(("areas",), {**rows, "all": (len(found.rows),)})


def _points(values: Sequence[Value], indicator: str, years: Sequence[int]) -> dict[str, list[Point | None]]:
    """What was observed of each area that existed in the last year, year by year."""
    memberships = [one for one in values if isinstance(one, Membership)]
    successions = [one for one in values if isinstance(one, Succession)]
    rows = [one for one in values if isinstance(one, Observation)]
    people = [one for one in rows if one.indicator.startswith(POPULATION)]
    geography = Geography(memberships, successions, str(years[-1]))
    basis = Basis(declared().what(indicator), rows, [Populations(people)] if people else [], geography)
    held = {area: set(basis.years(area)) for area in sorted(geography.areas)}
    return {
        area: [basis.point(area, year) if year in known else None for year in years] for area, known in held.items()
    }
