"""Flows from the releases that are held: corridors for commands and pages, and the facts of their figures."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from comity.analysis.flows import figures as pure
from comity.analysis.flows.figures import Flows
from comity.analysis.trends.ask import flow_observations, flows_held
from comity.areas.gazetteer import Gazetteer
from comity.areas.store import gazetteer
from comity.evidence.errors import UnknownName
from comity.evidence.figures import Fact, supplies
from comity.evidence.wording import gettext as _
from comity.statistics import store
from comity.statistics.figures import whole_fact


def flows_of(what: str, *, first: str = "", last: str = "", as_at: date) -> Flows:
    """The flows of `victims` or `arms` from a first to a last year, as known on a day.

    Without years the latest that is held is meant. Where nothing is held, `reason` of what is given says so. Raises
    UnknownName for what no flows are of.
    """
    return flows_held(store.published(), what, first=first, last=last, as_at=as_at)


@supplies("flows")
@supplies("flow-totals")
@supplies("flow-network")
def _flow_inputs(*, as_at: date, what: str, period: str) -> Sequence[Fact[Any]]:
    first, last = pure.bounds(period)
    reason = pure.no_flows(what)
    found = [] if reason else flow_observations(store.published(), what, first=first, last=last, as_at=as_at)
    if not found:
        raise UnknownName(f"{what}, {period}", reason or _("a period with observations that name an origin"))
    names: Gazetteer = gazetteer(as_at)
    return [
        replace(whole_fact(one, names), about=f"{pure.origin_of(one.observation)}-{one.observation.area}")
        for one in found
    ]
