"""The methods of figures of flows: corridors, totals by origin and destination, and the network."""

from collections.abc import Sequence

from comity.analysis.flows.corridors import Amount, Corridor, Node, bounds, flows, network, nodes
from comity.evidence.figures import Table, method
from comity.evidence.wording import gettext_noop
from comity.observations.observation import Observation

FLOW_COLUMNS = ("origin", "destination", "kind", "value", "low", "high")


@method(
    "flows",
    version=1,
    label=gettext_noop("Flows"),
    phrase=gettext_noop("Flows by origin and destination: %(what)s, %(period)s"),
    unit=gettext_noop("victims"),
)
def flows_figure(values: Sequence[Observation], *, what: str, period: str) -> Table:
    """What flows from each origin to each destination in a year, or in first to last year together.

    `what` is `victims`: victims of trafficking in persons whom an area (the destination) detected, by citizenship (the
    origin). A row is `origin-destination`. `kind` is `corridor` between different areas, `domestic` for an area's own
    citizens, `not-stated` where the source names no citizenship that is an area's (`_U`: foreign, unknown, free text).
    A masked count (`<5`) has bounds of 1 and 4 and no value; sums carry `low` and `high`, and `value` where nothing is
    masked. Detected victims are those that authorities found, not all that there are.
    """
    found = flows(values, what, *bounds(period))
    return Table(FLOW_COLUMNS, {one.key: _row(one) for one in found.all})


def _row(corridor: Corridor) -> tuple[object, ...]:
    return (
        corridor.origin,
        corridor.destination,
        corridor.kind,
        corridor.amount.value,
        corridor.amount.low,
        corridor.amount.high,
    )


NODE_COLUMNS = (
    "out_degree",
    "in_degree",
    "out_low",
    "out_high",
    "in_low",
    "in_high",
    "domestic_low",
    "domestic_high",
    "not_stated_low",
    "not_stated_high",
)


@method(
    "flow-totals",
    version=1,
    label=gettext_noop("Flows by State or area"),
    phrase=gettext_noop("Flows by State or area: %(what)s, %(period)s"),
    unit=gettext_noop("as the columns say"),
)
def flow_totals(values: Sequence[Observation], *, what: str, period: str) -> Table:
    """For each area: the numbers of its corridors out and in (degrees), and the sums of them with bounds (strengths).

    `domestic` are the area's own citizens, `not_stated` what it detected without a stated citizenship of an area; both
    stand outside the corridors. `what`, `period` and the bounds are those of the method `flows`.
    """
    found = flows(values, what, *bounds(period))
    rows = {
        one.area: (
            one.out_degree,
            one.in_degree,
            *(bound for amount in _amounts(one) for bound in (amount.low, amount.high)),
        )
        for one in nodes(found)
    }
    return Table(NODE_COLUMNS, rows)


def _amounts(one: Node) -> tuple[Amount, ...]:
    return (one.out, one.into, one.domestic, one.not_stated)


@method(
    "flow-network",
    version=1,
    label=gettext_noop("Flows as a network"),
    phrase=gettext_noop("Flows as a network: %(what)s, %(period)s"),
    unit=gettext_noop("as the columns say"),
)
def flow_network(values: Sequence[Observation], *, what: str, period: str) -> Table:
    """The network of corridors between different areas as a whole, in the one row `all`.

    `corridors`, `origins` and `destinations` are numbers; `low` and `high` bound the sum of all corridors.
    `reciprocity` is the share of corridors whose opposite is one too. `concentration` is the
    Herfindahl–Hirschman index: the sum of the squared shares of the corridors, masked counts at the middle of their
    bounds. `domestic` and `not_stated` stand outside the corridors.
    `what`, `period` and the bounds are those of the method `flows`.
    """
    whole = network(flows(values, what, *bounds(period)))
    columns = {
        "corridors": whole.corridors,
        "origins": whole.origins,
        "destinations": whole.destinations,
        "low": whole.amount.low,
        "high": whole.amount.high,
        "reciprocity": whole.reciprocity,
        "concentration": whole.concentration,
        "domestic_low": whole.domestic.low,
        "domestic_high": whole.domestic.high,
        "not_stated_low": whole.not_stated.low,
        "not_stated_high": whole.not_stated.high,
    }
    return Table(tuple(columns), {"all": tuple(columns.values())})
