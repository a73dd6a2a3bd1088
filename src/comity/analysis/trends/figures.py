"""The methods of figures of trends: a family of series, one of them, and how many have each verdict."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from comity.analysis.trends.families import (
    Family,
    Series,
    arrays,
    families,
    family_of_one,
    observed,
    parse_family,
    row_names,
)
from comity.areas.gazetteer import Succession
from comity.evidence.figures import Table, method
from comity.evidence.wording import gettext_noop
from comity.observations.observation import Observation
from comity.statistics.figures import parse_detail

if TYPE_CHECKING:
    from comity.analysis.trends.series_trends import TrendTable

NUMBERS = (
    "slope",
    "low",
    "high",
    "tau",
    "change",
    "change_percent",
    "p",
    "p_adjusted",
    "n",
    "first",
    "last",
    "first_value",
    "last_value",
    "s",
    "z",
    "turn_year",
    "shift_year",
    "shift_before",
    "shift_after",
)
COLUMNS = (*NUMBERS, "verdict", "reason")
WHOLE_NUMBERS = frozenset({"n", "first", "last", "s", "turn_year", "shift_year"})


@method(
    "trends",
    version=3,
    label=gettext_noop("Trends of all series"),
    phrase=gettext_noop("Trends of all series: %(series)s, %(first)s to %(last)s"),
    unit=gettext_noop("of the indicator, a year"),
)
def trends_figure(
    values: Sequence[Observation | Succession], *, dataset: str, series: str, first: str, last: str
) -> Table:
    """The trends of the series of a family, in a period, over the last unbroken segment of each.

    `series` names the indicator, after `~` the ICCS category where it is one, and after `:` the areas that are shown
    where they are not all. The family is all series of the data set in a category, whatever is shown. `slope` is the
    Theil–Sen change a year, from `low` to `high` at 95 per cent; `s`, `z` and `p` are those of Mann–Kendall under the
    correction of Hamed and Rao, `tau` is Kendall's. `change` and `change_percent` lead from `first_value` to
    `last_value`. `p_adjusted` is the p of any change (a trend, a turn or a shift of the level), adjusted by Storey's
    method over the family. `n` observations lie from the year `first` to `last`. `verdict` is increase, decrease, level
    shift, turned, stable or no verdict, and `reason` the ground of it; `turn_year` is the year of a turn, `shift_year`
    the first year of a new level, with the medians before and from then on. An indicator that the data set does not
    publish is computed by its declaration. Masked and missing values, and years with several values that differ, take
    no part.
    """
    family = parse_family(dataset, series, first, last)
    names = row_names(observed(values, family.indicator))
    found = {names[one.area, one.detail]: row for one, row in _rows(values, family).items() if family.shows(one.area)}
    return Table(COLUMNS, dict(sorted(found.items())))


@method(
    "trend",
    version=3,
    label=gettext_noop("Trend of a series"),
    phrase=gettext_noop("Trend of a series: %(indicator)s, %(area)s, %(period)s"),
    unit=gettext_noop("of the indicator, a year"),
)
def trend_figure(
    values: Sequence[Observation | Succession], *, dataset: str, indicator: str, area: str, period: str, detail: str
) -> Table:
    """The trend of one series in a period, over its last unbroken segment, judged among all series of its family.

    The one row is the area. Columns are those of the method `trends`, whose row of the same series it is: a verdict
    rests on p adjusted over the family, and so on the observations of the other series as well.
    """
    family, asked = family_of_one(dataset, indicator, area, period, detail), parse_detail(detail)
    found = {one: row for one, row in _rows(values, family).items() if (one.area, one.detail) == (area, asked)}
    return Table(COLUMNS, {one.area: row for one, row in found.items()})


@method(
    "trend-verdicts",
    version=3,
    label=gettext_noop("Series by verdict on their trend"),
    phrase=gettext_noop("Series by verdict: %(series)s, %(first)s to %(last)s"),
    unit=gettext_noop("series"),
)
def trend_verdicts(
    values: Sequence[Observation | Succession], *, dataset: str, series: str, first: str, last: str
) -> Table:
    """How many series have each verdict on their trend, and how many have an observation at all.

    The trends are those of the figure `trends` with the same arguments. That a series has no verdict does not make it
    stable: stability has to be shown as well.
    """
    from comity.analysis.trends.verdicts import Verdict

    found = trends_figure(values, dataset=dataset, series=series, first=first, last=last)
    counted = Counter(found.cell(row, "verdict") for row in found.rows if found.cell(row, "n"))
    rows = {one.value.replace(" ", "-"): (counted[one.value],) for one in Verdict}
    return Table(("series",), {**rows, "all": (counted.total(),)})


def _rows(values: Sequence[Observation | Succession], of: Family) -> dict[Series, tuple[object, ...]]:
    """The cells of each series of a family."""
    from comity.analysis.trends.series_trends import trend_table

    rows = {}
    for series in families(observed(values, of.indicator)):
        numbers, years, breaks = arrays(series)
        table = trend_table(numbers, years, breaks=breaks)
        rows.update({one: _row(table, at) for at, one in enumerate(series)})
    return rows


def _row(table: "TrendTable", at: int) -> tuple[object, ...]:
    from comity.analysis.trends.verdicts import Ground

    ground = Ground(int(table.ground[at]))
    return (*(_number(name, getattr(table, name)[at]) for name in NUMBERS), ground.verdict.value, ground.word)


def _number(name: str, value: Any) -> float | None:
    number = float(value)
    if number - number != 0:
        return None
    return int(number) if name in WHOLE_NUMBERS else number
