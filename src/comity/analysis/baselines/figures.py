"""The methods of figures of baselines: one as it was set, the path of one, and all of them."""

from collections.abc import Sequence
from typing import Any

from comity.analysis.baselines.path import Baseline, now, steps
from comity.analysis.indicators.ask import detail as detail_of
from comity.analysis.indicators.declared import declared
from comity.analysis.indicators.figures import IndicatorValue, compute
from comity.areas.gazetteer import Succession
from comity.evidence.figures import Table, method
from comity.evidence.wording import gettext_noop
from comity.observations.denominators import POPULATION
from comity.statistics.figures import whole_number
from comity.statistics.releases.query import Released

PATH = ("value", "change", "index", "reason")
ALL = ("year", "value", "held_now", "last", "last_value", "change", "index", "reason")


@method(
    "baseline",
    version=1,
    label=gettext_noop("Baseline"),
    phrase=gettext_noop("Baseline: %(indicator)s, %(area)s"),
    unit=gettext_noop("as the indicator states"),
)
def baseline_figure(values: Sequence[Any], *, indicator: str, area: str, detail: str) -> float | None:
    """The baseline of an indicator for an area and category: the value that a person fixed, as it was on that day.

    The year, the day of knowledge and the data set are those of the act, which is the first input; the others are the
    observations that the value was computed from then, where they stood in their releases. A later revision does not
    change it. `detail` is the category, as in the figures of indicators. Of what is asked by one address one baseline
    stands; where it is set again the earlier one is closed, and answers as at an earlier day.
    """
    return whole_number(_baselines(values)[0].value)


@method(
    "baseline-path",
    version=1,
    label=gettext_noop("Path from the baseline"),
    phrase=gettext_noop("Path from the baseline: %(indicator)s, %(area)s"),
    unit=gettext_noop("of the indicator"),
)
def baseline_path(values: Sequence[Any], *, indicator: str, area: str, detail: str) -> Table:
    """The year of a baseline and each later one with a value that is held, against the value that was fixed.

    `value` is that of the indicator in the data set of the baseline, at the state of knowledge; `change` is the value
    less the baseline, in the unit of the indicator, and `index` the value with the baseline as 100. Both are left out,
    with a `reason`, beyond a break in the series, of another definition or counting unit, and where the value of the
    baseline's own year was withdrawn. In the year of the baseline a change is a revision since it was set.
    """
    [baseline] = _baselines(values)
    path = steps(_of(baseline, values), baseline)
    cells = {one.period: (whole_number(one.value), whole_number(one.change), one.index, one.reason) for one in path}
    return Table(PATH, cells)


@method(
    "baselines",
    version=1,
    label=gettext_noop("Baselines"),
    phrase=gettext_noop("All baselines, each with the last value that is held"),
    unit=gettext_noop("as the columns say"),
)
def all_baselines(values: Sequence[Any]) -> Table:
    """Every baseline that stands at the state of knowledge, a row each: indicator, area and category.

    `year` and `value` are those that were fixed, `held_now` the value that is held of that year now; `last` is the last
    year with a value, `last_value` that value, `change` how much it differs from the baseline, `index` the value with
    the baseline as 100, and `reason` why there is no change, or what is to be said of it.
    """
    return Table(ALL, {baseline.of.row: _row(baseline, values) for baseline in _baselines(values)})


def _row(baseline: Baseline, values: Sequence[Any]) -> tuple[object, ...]:
    held = _of(baseline, values)
    path = [one for one in steps(held, baseline) if one.value is not None]
    last = path[-1] if path else None
    return (
        baseline.period,
        whole_number(baseline.value),
        whole_number(now(held, baseline).value),
        last.period if last else None,
        whole_number(last.value) if last else None,
        whole_number(last.change) if last else None,
        last.index if last else None,
        last.reason if last else "",
    )


@method(
    "baselines-set",
    version=1,
    label=gettext_noop("Number of baselines"),
    phrase=gettext_noop("Number of baselines"),
    unit=gettext_noop("baselines"),
)
def baselines_set(values: Sequence[Any]) -> int:
    """The number of baselines that stand at the state of knowledge."""
    return len(_baselines(values))


def _baselines(values: Sequence[Any]) -> list[Baseline]:
    return [one for one in values if isinstance(one, Baseline)]


def _of(baseline: Baseline, values: Sequence[Any]) -> list[IndicatorValue]:
    """The values of a baseline's indicator, area, category and data set, computed from the observations given."""
    found = list(dict.fromkeys(one for one in values if isinstance(one, Released)))
    people = [one for one in found if one.observation.indicator.startswith(POPULATION)]
    others = [one for one in found if not one.observation.indicator.startswith(POPULATION)]
    successions = [one for one in values if isinstance(one, Succession)]
    computed = compute(declared()[baseline.of.indicator], others, people, successions)
    return [
        one
        for one in computed
        if (one.dataset, one.outcome.key.area, detail_of(one.outcome.key))
        == (baseline.dataset, baseline.of.area, baseline.of.detail)
    ]
