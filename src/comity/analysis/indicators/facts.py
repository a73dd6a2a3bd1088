"""The facts of indicators: the observations of each value, and the succession that forbids it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from comity.analysis.indicators.ask import indicator_values
from comity.analysis.indicators.formulas import split_in
from comity.analysis.indicators.keys import Key
from comity.areas.store import succession_facts
from comity.evidence.errors import UnknownName
from comity.evidence.figures import Fact, supplies
from comity.evidence.wording import gettext as _
from comity.statistics.figures import parse_detail, whole_fact
from comity.statistics.store import known_on


@supplies("indicator")
def _indicator_inputs(
    *, as_at: date, indicator: str, area: str, period: str, dataset: str, detail: str
) -> Sequence[Fact[Any]]:
    given = parse_detail(detail)
    key = Key(area, period, given.iccs, given.sex, given.age, given.citizenship, given.breakdown)
    known = known_on(as_at)
    values = indicator_values(known, indicator, areas=(area,), dataset=dataset)
    value = next((each for each in values if each.outcome.key == key), None)
    if value is None:
        raise UnknownName(f"{indicator}, {area}, {period}", _("an indicator, area and year with an observation"))
    split = split_in(area, period, known.names.successions())
    return [
        *(whole_fact(found, known.names) for found in value.inputs),
        *(fact for fact in succession_facts(as_at) if fact.value == split),
    ]
