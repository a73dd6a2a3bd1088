"""The methods of figures of trends: a family of series, and one of them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from comity.analysis.trends.families import arrays, observed, parse_family, row_names, series_of
from comity.areas.gazetteer import Succession
from comity.evidence.figures import Table, method
from comity.evidence.wording import gettext_noop
from comity.observations.observation import Observation

if TYPE_CHECKING:
    from comity.analysis.trends.series_trends import TrendTable

COLUMNS = ("slope", "low", "high", "p", "p_adjusted", "n", "first", "last", "s", "z", "verdict", "reason")


@method(
    "trends",
    version=1,
    label=gettext_noop("Trends of all series"),
    phrase=gettext_noop("Trends of all series: %(series)s, %(first)s to %(last)s"),
    unit=gettext_noop("of the indicator, a year"),
)
def trends_figure(
    values: Sequence[Observation | Succession], *, dataset: str, series: str, first: str, last: str
) -> Table:
    """The trends of the series of a family, in a period, over the last unbroken segment of each.

    `series` names the indicator, after `~` the ICCS category where it is one, and after `:` the areas where they are
    not all. `slope` is the Theil–Sen change a year, from `low` to `high` at 95 per cent; `s`, `z` and `p` are those of
    Mann–Kendall under the correction of Hamed and Rao. `p_adjusted` is the p that the verdict rests on (the larger of
    that one and the one under correction of first order), adjusted by Benjamini and Hochberg over the family. `n`
    observations lie from the year `first` to `last`. `verdict` is increase, decrease, stable or no verdict, and
    `reason` the ground of it. An indicator that the data set does not publish is computed by its declaration.
    Masked and missing values, and years with several values that differ, take no part.
    """
    return _table(observed(values, parse_family(dataset, series, first, last).indicator))


@method(
    "trend",
    version=1,
    label=gettext_noop("Trend of a series"),
    phrase=gettext_noop("Trend of a series: %(indicator)s, %(area)s, %(period)s"),
    unit=gettext_noop("of the indicator, a year"),
)
def trend_figure(
    values: Sequence[Observation | Succession], *, dataset: str, indicator: str, area: str, period: str, detail: str
) -> Table:
    """The trend of one series in a period, from its own observations alone, over its last unbroken segment.

    The one row is the area. Columns are those of the method `trends`; but no p is adjusted, so that `p_adjusted` is the
    p by which this series would be judged if no other had been looked at.
    """
    return _table(observed(values, indicator))


def _table(given: Sequence[Observation]) -> Table:
    from comity.analysis.trends.series_trends import trend_table

    series, rows = series_of(given), row_names(given)
    values, years, breaks = arrays(series)
    table = trend_table(values, years, breaks=breaks)
    return Table(COLUMNS, {rows[one.area, one.detail]: _row(table, number) for number, one in enumerate(series)})


def _row(table: "TrendTable", number: int) -> tuple[object, ...]:
    from comity.analysis.trends.verdicts import Ground

    ground = Ground(int(table.ground[number]))
    numbers = [_number(getattr(table, name)[number]) for name in COLUMNS[:-2]]
    whole = {"n", "first", "last", "s"}
    cells = [
        int(cell) if name in whole and cell is not None else cell for name, cell in zip(COLUMNS, numbers, strict=False)
    ]
    return (*cells, ground.verdict.value, ground.name.lower().replace("_", "-"))


def _number(value: Any) -> float | None:
    number = float(value)
    return number if number - number == 0 else None
