"""Indicators from the releases that are held: rows for commands and pages, and the facts of their figures."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from comity.analysis.estimates.facts import succession_facts
from comity.analysis.indicators import ask
from comity.analysis.indicators.ask import address, detail, record
from comity.analysis.indicators.figures import IndicatorValue
from comity.analysis.indicators.formulas import Key, split_in
from comity.areas import store as areas
from comity.evidence.errors import UnknownName
from comity.evidence.figures import Fact, supplies
from comity.evidence.wording import gettext as _
from comity.statistics import store
from comity.statistics.figures import parse_detail, whole_fact

__all__ = ["address", "detail", "indicator_values", "record"]


def indicator_values(
    code: str,
    *,
    of_areas: Sequence[str] = (),
    first: str = "",
    last: str = "",
    dataset: str | None = None,
    as_at: date,
) -> list[IndicatorValue]:
    """The values of an indicator for areas (all, if none are named) and years, as known on a day.

    One for each data set that holds its numerator: of two sources neither is chosen. Raises UnknownName.
    """
    held, names = store.published(), areas.gazetteer(as_at)
    return ask.indicator_values(
        held, names, code, of_areas=of_areas, first=first, last=last, dataset=dataset, as_at=as_at
    )


@supplies("indicator")
def _indicator_inputs(
    *, as_at: date, indicator: str, area: str, period: str, dataset: str, detail: str
) -> Sequence[Fact[Any]]:
    given = parse_detail(detail)
    key = Key(area, period, given.iccs, given.sex, given.age, given.citizenship, given.breakdown)
    found = indicator_values(indicator, of_areas=(area,), dataset=dataset, as_at=as_at)
    value = next((one for one in found if one.outcome.key == key), None)
    if value is None:
        raise UnknownName(f"{indicator}, {area}, {period}", _("an indicator, area and year with an observation"))
    names = areas.gazetteer(as_at)
    split = split_in(area, period, names.successions())
    return [
        *(whole_fact(one, names) for one in value.inputs),
        *(fact for fact in succession_facts(as_at, names) if fact.value == split),
    ]
