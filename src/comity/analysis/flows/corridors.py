"""Flows between States and areas: corridors, totals by origin and destination, and measures of the network.

A flow leads from an origin to a destination. Of detected victims of trafficking the destination is the area that
detected them and the origin their citizenship, which is not always where they set out from; see `docs/flows.md`.
A masked count (`<5`) is never given a value: it counts with its bounds, 1 to 4, and every sum carries both.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from comity.areas.gazetteer import Gazetteer
from comity.evidence.errors import UnknownName
from comity.evidence.figures import figure_id
from comity.evidence.wording import gettext as _
from comity.observations.numbers import upper_bound
from comity.observations.observation import FOREIGN, NATIONAL, SUPPRESSED, TOTAL, UNKNOWN, Observation

Kind = Literal["corridor", "domestic", "not-stated"]


@dataclass(frozen=True)
class Measured:
    """What flows are made of: an indicator of one data set, total in all dimensions but the origin."""

    what: str
    dataset: str
    indicator: str
    unit: str


VICTIMS = Measured("victims", "glotip", "trafficking-victims-detected-count", "victims")
MEASURED = {VICTIMS.what: VICTIMS}
ASKED = ("victims", "arms")


def no_flows(what: str) -> str:
    """Why nothing is held of what may be asked for, in a sentence; blank where flows can be held."""
    if what in MEASURED:
        return ""
    if what in ASKED:
        return _("No data on arms are held that name both an origin and a destination.")
    raise UnknownName(what, _("what flows are of"), ASKED)


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of counts: between `low` and `high`, and `value` where both are the same; None where any part is masked."""

    low: int
    high: int

    @property
    def value(self) -> int | None:
        """The count, where it is known."""
        return self.low if self.low == self.high else None

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(self.low + other.low, self.high + other.high)


NOTHING = Amount(0, 0)


@dataclass(frozen=True, slots=True)
class Corridor:
    """What flows from an origin to a destination in a period, with the observations that say so.

    `kind` is `domestic` where both are the same area, and `not-stated` where the origin is `_U`: no area that is known.
    """

    origin: str
    destination: str
    amount: Amount
    kind: Kind
    inputs: tuple[Observation, ...]

    @property
    def key(self) -> str:
        """The row of the figure: `origin-destination`."""
        return f"{self.origin}-{self.destination}"


@dataclass(frozen=True, slots=True)
class Node:
    """An area in the network of corridors between different areas.

    `into` and `out` are the sums of what comes in and goes out (strength), `in_degree` and `out_degree` the numbers of
    corridors, `domestic` what stays, `not_stated` what comes in from no stated origin.
    """

    area: str
    out: Amount
    into: Amount
    out_degree: int
    in_degree: int
    domestic: Amount
    not_stated: Amount


@dataclass(frozen=True, slots=True)
class Network:
    """The corridors between different areas as a whole.

    `reciprocity` is the share of corridors whose opposite is one too. `concentration` is the Herfindahl–Hirschman index
    of the corridors, the sum of their squared shares, from 1 ÷ corridors (all alike) to 1 (one alone); masked counts
    enter with the middle of their bounds. None where there is no corridor.
    """

    corridors: int
    origins: int
    destinations: int
    amount: Amount
    domestic: Amount
    not_stated: Amount
    reciprocity: float | None
    concentration: float | None


@dataclass(frozen=True)
class Flows:
    """The flows of a period. `corridors` lead between different areas, the largest first.

    `reason` says in a sentence why there are none.
    """

    what: str
    first: str
    last: str
    unit: str
    corridors: tuple[Corridor, ...] = ()
    domestic: tuple[Corridor, ...] = ()
    not_stated: tuple[Corridor, ...] = ()
    reason: str = ""

    @property
    def period(self) -> str:
        """The year, or first and last year: `2018`, `2016-2018`."""
        return self.first if self.first == self.last else f"{self.first}-{self.last}"

    @property
    def all(self) -> tuple[Corridor, ...]:
        """Corridors, what stays, and what comes from no stated origin."""
        return (*self.corridors, *self.domestic, *self.not_stated)

    @property
    def by_origin(self) -> Mapping[str, Amount]:
        """What goes out of each origin to other areas."""
        return totals(self.corridors, lambda one: one.origin)

    @property
    def by_destination(self) -> Mapping[str, Amount]:
        """What comes into each destination from other areas."""
        return totals(self.corridors, lambda one: one.destination)


def flows(observations: Iterable[Observation], what: str, first: str, last: str) -> Flows:
    """The flows of a period of years, from observations of which each names an origin as its citizenship.

    Raises UnknownName for what no flows are of.
    """
    reason = no_flows(what)
    if reason:
        return Flows(what, first, last, "", reason=reason)
    measured = MEASURED[what]
    parted: dict[tuple[str, str], list[Observation]] = defaultdict(list)
    for one in observations:
        if is_flow(one, measured) and first <= one.period <= last:
            parted[origin_of(one), one.area].append(one)
    found = [_corridor(*ends, rows) for ends, rows in parted.items()]
    found.sort(key=lambda one: (-one.amount.low - one.amount.high, one.key))
    if not found:
        reason = _("No observation of the period names an origin.")
    return Flows(
        what,
        first,
        last,
        measured.unit,
        tuple(one for one in found if one.kind == "corridor"),
        tuple(one for one in found if one.kind == "domestic"),
        tuple(one for one in found if one.kind == "not-stated"),
        reason,
    )


def is_flow(observation: Observation, measured: Measured) -> bool:
    """Whether an observation is a count, or masked one, of what came to an area from one origin in a year."""
    counted = observation.value is not None or (
        observation.status == SUPPRESSED and upper_bound(observation.text) is not None
    )
    return (
        observation.indicator == measured.indicator
        and observation.sex == observation.age == observation.breakdown == TOTAL
        and observation.citizenship != TOTAL
        and counted
    )


def origin_of(observation: Observation) -> str:
    """The origin that an observation names: an area's code, the area itself for its own citizens, else `_U`."""
    named = observation.citizenship
    if named == NATIONAL:
        return observation.area
    return UNKNOWN if named == FOREIGN or named.startswith(("X:", "_")) else named


def _corridor(origin: str, destination: str, rows: Sequence[Observation]) -> Corridor:
    kind: Kind = "not-stated" if origin == UNKNOWN else "domestic" if origin == destination else "corridor"
    stated: dict[tuple[str, str], list[Amount]] = defaultdict(list)
    for one in rows:
        stated[one.period, one.citizenship].append(amount_of(one))
    amount = sum((_either(amounts) for amounts in stated.values()), NOTHING)
    return Corridor(origin, destination, amount, kind, tuple(rows))


def amount_of(observation: Observation) -> Amount:
    """A count with its bounds: a masked one lies between 1 and the largest number that the mask allows."""
    if observation.value is not None:
        return Amount(round(observation.value), round(observation.value))
    return Amount(1, int(upper_bound(observation.text) or 1))


def _either(amounts: Sequence[Amount]) -> Amount:
    """One amount of several that a source states for the same key: of two values neither is chosen."""
    return Amount(min(one.low for one in amounts), max(one.high for one in amounts))


def totals(corridors: Iterable[Corridor], of: Callable[[Corridor], str]) -> dict[str, Amount]:
    """The sums of corridors by what a function gives of each, the largest first."""
    sums: dict[str, Amount] = defaultdict(lambda: NOTHING)
    for one in corridors:
        sums[of(one)] += one.amount
    return dict(sorted(sums.items(), key=lambda item: (-item[1].low - item[1].high, item[0])))


def nodes(of: Flows) -> list[Node]:
    """Each area that something flows to, from or within, in the order of codes."""
    out_degree: dict[str, int] = defaultdict(int)
    in_degree: dict[str, int] = defaultdict(int)
    for one in of.corridors:
        out_degree[one.origin] += 1
        in_degree[one.destination] += 1
    stays = totals(of.domestic, lambda one: one.destination)
    unknown = totals(of.not_stated, lambda one: one.destination)
    out, into = of.by_origin, of.by_destination
    return [
        Node(
            area,
            out.get(area, NOTHING),
            into.get(area, NOTHING),
            out_degree[area],
            in_degree[area],
            stays.get(area, NOTHING),
            unknown.get(area, NOTHING),
        )
        for area in sorted({*out, *into, *stays, *unknown})
    ]


def network(of: Flows) -> Network:
    """The measures of the corridors as a whole."""
    corridors = of.corridors
    ends = {(one.origin, one.destination) for one in corridors}
    sizes = [(one.amount.low + one.amount.high) / 2 for one in corridors]
    size = sum(sizes)
    return Network(
        corridors=len(corridors),
        origins=len({one.origin for one in corridors}),
        destinations=len({one.destination for one in corridors}),
        amount=sum((one.amount for one in corridors), NOTHING),
        domestic=sum((one.amount for one in of.domestic), NOTHING),
        not_stated=sum((one.amount for one in of.not_stated), NOTHING),
        reciprocity=sum((b, a) in ends for a, b in ends) / len(ends) if ends else None,
        concentration=sum((one / size) ** 2 for one in sizes) if size else None,
    )


def bounds(period: str) -> tuple[str, str]:
    """First and last year of `2018` or `2016-2018`; raises UnknownName for any other text."""
    first, _hyphen, last = period.partition("-")
    last = last or first
    if not all(len(year) == 4 and year.isdecimal() for year in (first, last)) or last < first:
        raise UnknownName(period, _("a year or years, as 2018 or 2016-2018"))
    return first, last


def address(of: Flows) -> str:
    """The address of the figure: `flows.victims.2018`; its cells are `flows.victims.2018#076-724.low`."""
    return figure_id("flows", {"what": of.what, "period": of.period})


RECORD = (
    "origin",
    "origin_iso3",
    "origin_name",
    "destination",
    "destination_iso3",
    "destination_name",
    "kind",
    "value",
    "low",
    "high",
    "unit",
    "period",
    "figure",
)


def records(of: Flows, names: Gazetteer, largest: int | None = None, language: str = "en") -> list[dict[str, Any]]:
    """Flows in the shape of `comity flows --format json`: the largest corridors alone, where a number is given.

    Without a number, what stays in an area and what comes from no stated origin follow the corridors.
    """
    shown = of.all if largest is None else of.corridors[:largest]
    whole = address(of) if shown else ""
    rows = [
        corridor_record(one)
        | _named("origin", one.origin, names, language)
        | _named("destination", one.destination, names, language)
        | {
            "unit": of.unit,
            "period": of.period,
            "figure": f"{whole}#{one.key}.{'low' if one.amount.value is None else 'value'}",
        }
        for one in shown
    ]
    return [{name: row[name] for name in RECORD} for row in rows]


def corridor_record(corridor: Corridor) -> dict[str, Any]:
    """A corridor as data: its ends by their codes, its kind, and its value or the bounds of one that is masked."""
    return {
        "origin": corridor.origin,
        "destination": corridor.destination,
        "kind": corridor.kind,
        "value": corridor.amount.value,
        "low": corridor.amount.low,
        "high": corridor.amount.high,
    }


def _named(end: str, code: str, names: Gazetteer, language: str) -> dict[str, str | None]:
    area = names.areas.get(code)
    name = _("not stated") if code == UNKNOWN else names.label(code, language)
    return {f"{end}_iso3": area.iso3 if area else None, f"{end}_name": name}
