"""The facts of flows: the observations that name an origin."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from comity.analysis.flows import ask
from comity.analysis.flows.corridors import bounds, no_flows, origin_of
from comity.evidence.errors import UnknownName
from comity.evidence.figures import Fact, supplies
from comity.evidence.wording import gettext as _
from comity.statistics.figures import whole_fact
from comity.statistics.store import known_on


@supplies("flows", "flow-totals", "flow-network")
def _flow_inputs(*, as_at: date, what: str, period: str) -> Sequence[Fact[Any]]:
    first, last = bounds(period)
    reason, known = no_flows(what), known_on(as_at)
    rows = [] if reason else ask.observations(known, what, first=first, last=last)
    if not rows:
        raise UnknownName(f"{what}, {period}", reason or _("a period with observations that name an origin"))
    return [
        replace(whole_fact(found, known.names), about=f"{origin_of(found.observation)}-{found.observation.area}")
        for found in rows
    ]
