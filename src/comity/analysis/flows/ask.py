"""Flows from what is known: the observations that they are made of, and the years that are meant."""

from comity.analysis.flows.corridors import MEASURED, Flows, flows, is_flow, no_flows
from comity.evidence.wording import gettext as _
from comity.observations.denominators import is_year
from comity.observations.observation import TOTAL
from comity.statistics.releases.known import Known
from comity.statistics.releases.query import Released, Selection


def flows_of(known: Known, what: str, *, first: str = "", last: str = "") -> Flows:
    """The flows of `victims` or `arms` from a first to a last year; the latest year that is held where none is named.

    Where nothing is held, `reason` of what is given says so. Raises UnknownName for what no flows are of.
    """
    if reason := no_flows(what):
        return Flows(what, first, last, "", reason=reason)
    rows = observations(known, what, first=first, last=last)
    years = sorted({found.observation.period for found in rows})
    if not years:
        return Flows(what, first, last, MEASURED[what].unit, reason=_("No observation that names an origin is held."))
    if not (first or last):
        first = years[-1]
    return flows((found.observation for found in rows), what, first or years[0], last or years[-1])


def observations(known: Known, what: str, *, first: str, last: str) -> list[Released]:
    """The observations that flows are made of; none where their data set is not held."""
    measured = MEASURED[what]
    if measured.dataset not in known.datasets:
        return []
    whole = (TOTAL,)
    wanted = Selection(
        indicators=(measured.indicator,), sexes=whole, ages=whole, breakdowns=whole, first=first, last=last
    )
    rows = known.find(wanted, measured.dataset)
    return [found for found in rows if is_year(found.observation.period) and is_flow(found.observation, measured)]
