"""Flows from origins to destinations: ribbons whose widths are their values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import isfinite

from django.utils.translation import gettext as _

from comity.charts.languages import Language
from comity.charts.parts.description import described, listed
from comity.charts.parts.frame import EDGE, Margins, note_lines, specification
from comity.charts.parts.layout import NARROW, stacked, text_width, wrapped
from comity.charts.parts.marks import Spec, paths_at, rectangles_at, rules_at, texts_at
from comity.charts.theme import colour

OTHERS = "others"
"""The code under which origins or destinations outside the largest corridors are taken together."""
NODE, NODE_GAP, LABEL_ROW = 12.0, 8.0, 14.0


@dataclass(frozen=True, slots=True)
class Corridor:
    """What goes from an origin to a destination (M49 codes, or names of one's own): such as persons or seizures.

    Raises ValueError for a value that is not finite or not above zero.
    """

    origin: str
    destination: str
    value: float

    def __post_init__(self) -> None:
        if not isfinite(self.value) or self.value <= 0:
            raise ValueError(f"the flow from {self.origin} to {self.destination} is {self.value}, not above zero")


def largest_corridors(corridors: Sequence[Corridor], count: int) -> list[Corridor]:
    """The `count` largest corridors under their names, all else taken together, so that no part of the whole is lost.

    A place keeps its name where it is the origin (or the destination) of one of the largest; as other places it is
    `OTHERS`. What a place sends or receives is thus all that it sends or receives. Equal corridors stay in the order
    given; corridors of the same two places are added up.
    """
    summed = added(corridors)
    ranked = sorted(summed, key=lambda corridor: -corridor.value)[:count]
    origins, destinations = {c.origin for c in ranked}, {c.destination for c in ranked}
    return added(
        [
            Corridor(
                corridor.origin if corridor.origin in origins else OTHERS,
                corridor.destination if corridor.destination in destinations else OTHERS,
                corridor.value,
            )
            for corridor in summed
        ]
    )


def added(corridors: Sequence[Corridor]) -> list[Corridor]:
    """One corridor for each two places, in the order in which they first come."""
    values: dict[tuple[str, str], float] = {}
    for corridor in corridors:
        pair = corridor.origin, corridor.destination
        values[pair] = values.get(pair, 0) + corridor.value
    return [Corridor(origin, destination, value) for (origin, destination), value in values.items()]


@dataclass(frozen=True, slots=True)
class Node:
    """A place on one side: its code, all that it sends or receives, and the span of heights that it takes."""

    code: str
    value: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Ribbon:
    """A corridor as drawn: the heights of its upper edges at both sides, and its depth, in pixels."""

    corridor: Corridor
    start: float
    end: float
    depth: float


@dataclass(frozen=True)
class Sankey:
    """Nodes of both sides from the largest down, others last, and the ribbons between them."""

    origins: Sequence[Node]
    destinations: Sequence[Node]
    ribbons: Sequence[Ribbon]


def sankey(corridors: Sequence[Corridor], height: float) -> Sankey:
    """Places of nodes and ribbons in a height, one scale for all: depth is value times a constant.

    Ribbons lie within a node in the order of the nodes at their other end, so that none crosses without need. The
    shorter side stands in the middle of the height.
    """
    sent = _totals([(corridor.origin, corridor.value) for corridor in corridors])
    received = _totals([(corridor.destination, corridor.value) for corridor in corridors])
    gaps = NODE_GAP * (max(len(sent), len(received)) - 1)
    scale = (height - gaps) / sum(sent.values())
    origins, destinations = _stacked(sent, scale, height), _stacked(received, scale, height)
    rank_of_origin = {node.code: rank for rank, node in enumerate(origins)}
    rank_of_destination = {node.code: rank for rank, node in enumerate(destinations)}
    ordered = sorted(corridors, key=lambda c: (rank_of_origin[c.origin], rank_of_destination[c.destination]))
    starts = _edges([(c.origin, c.value * scale) for c in ordered], origins)
    arriving = sorted(ordered, key=lambda c: (rank_of_destination[c.destination], rank_of_origin[c.origin]))
    ends = dict(zip(arriving, _edges([(c.destination, c.value * scale) for c in arriving], destinations), strict=True))
    ribbons = [Ribbon(c, start, ends[c], c.value * scale) for c, start in zip(ordered, starts, strict=True)]
    return Sankey(origins, destinations, ribbons)


def _totals(parts: Sequence[tuple[str, float]]) -> dict[str, float]:
    """The sum of each code, from the largest down, others last."""
    sums: dict[str, float] = {}
    for code, value in parts:
        sums[code] = sums.get(code, 0) + value
    return {code: sums[code] for code in sorted(sums, key=lambda code: (code == OTHERS, -sums[code]))}


def _stacked(totals: Mapping[str, float], scale: float, height: float) -> list[Node]:
    """Nodes one below the other about the middle of a height."""
    used = sum(totals.values()) * scale + NODE_GAP * (len(totals) - 1)
    y = (height - used) / 2
    nodes = []
    for code, value in totals.items():
        nodes.append(Node(code, value, y, y + value * scale))
        y += value * scale + NODE_GAP
    return nodes


def _edges(parts: Sequence[tuple[str, float]], nodes: Sequence[Node]) -> list[float]:
    """The upper edge of each part within its node, one after the other."""
    reached = {node.code: node.top for node in nodes}
    edges = []
    for code, depth in parts:
        edges.append(reached[code])
        reached[code] += depth
    return edges


def describe_flows(
    corridors: Sequence[Corridor], names: Mapping[str, str], *, unit: str, language: Language, decimals: int = 0
) -> str:
    """What a chart of flows says, in plain words: the whole, how many corridors, and the five largest."""
    summed = added(corridors)
    ranked = sorted(summed, key=lambda corridor: -corridor.value)[:5]
    whole = sum(corridor.value for corridor in summed)
    sentences = [
        f"{unit}: {language.number(whole, decimals)}",
        f"{_('corridors')}: {language.number(len(summed))}",
        f"{_('largest')} – "
        + listed((corridor_words(corridor, names), language.number(corridor.value, decimals)) for corridor in ranked),
    ]
    return described("", sentences)


def corridor_words(corridor: Corridor, names: Mapping[str, str]) -> str:
    """A corridor in words."""
    return _("from %(origin)s to %(destination)s") % {
        "origin": names.get(corridor.origin, corridor.origin),
        "destination": names.get(corridor.destination, corridor.destination),
    }


def flows(
    corridors: Sequence[Corridor],
    names: Mapping[str, str],
    *,
    title: str,
    unit: str,
    origins_label: str,
    destinations_label: str,
    others_label: str,
    language: Language,
    width: float,
    largest: int = 15,
    decimals: int = 0,
    note: str = "",
) -> Spec:
    """Ribbons from origins to destinations, as deep as their values; the `largest` corridors, all else as others.

    `names` by code; both sides are labelled with name and value, above them stand `origins_label` and
    `destinations_label` with `unit`. Origins stand where reading begins. Raises ValueError where there is no corridor.
    """
    if not corridors:
        raise ValueError("a chart of flows needs at least one corridor")
    narrow = width < NARROW
    width -= 2 * EDGE
    shown = largest_corridors(corridors, largest)
    named = {**names, OTHERS: others_label}
    column = min(width * (0.33 if narrow else 0.3), _widest(shown, named, language, decimals) + 4)
    left, right = column + 8, width - column - 8
    heads = [wrapped(label, left + NODE, bold=True) for label in (origins_label, destinations_label)]
    unit_layers, unit_pixels = note_lines(unit, top=0, left=0, width=width, language=language)
    top = unit_pixels + 15 * max(map(len, heads)) + 10
    rows = [
        [_label(node_code, value, named, language, decimals, column) for node_code, value in side.items()]
        for side in (
            _totals([(c.origin, c.value) for c in shown]),
            _totals([(c.destination, c.value) for c in shown]),
        )
    ]
    needed = max(max(sum(len(lines) * LABEL_ROW + 4 for lines in side), 26.0 * len(side)) for side in rows)
    height = max(300.0 if narrow else 360.0, needed)
    plan = sankey(shown, height)

    across = partial(language.across, width=width)

    layers = [
        *unit_layers,
        *_heads(heads, unit_pixels, (across(left + NODE), across(right - NODE)), language),
        *_ribbons(plan, top, left + NODE, right - NODE, width, language),
        *_nodes(plan, top, (left, right - NODE), width, language),
        *_labels(plan.origins, rows[0], top, height, across(left - 5), across(left), not language.mirrored),
        *_labels(plan.destinations, rows[1], top, height, across(right + 5), across(right), language.mirrored),
    ]
    noted, taken = note_lines(note, top=top + height + 8, left=0, width=width, language=language)
    words = describe_flows(corridors, names, unit=unit, language=language, decimals=decimals)
    return specification(
        [*layers, *noted],
        title=title,
        description=described(title, [words, note]),
        language=language,
        inner=(width, top + height + 10 + taken),
        margins=Margins(EDGE, EDGE, 2, 2),
    )


def _label(
    code: str, value: float, names: Mapping[str, str], language: Language, decimals: int, room: float
) -> list[str]:
    """Name and value of a node, in as many lines as need be."""
    return wrapped(f"{names.get(code, code)}\u00a0{language.number(value, decimals)}", room)


def _widest(corridors: Sequence[Corridor], names: Mapping[str, str], language: Language, decimals: int) -> float:
    """Pixels of the widest label of either side."""
    sides = _totals([(c.origin, c.value) for c in corridors]), _totals([(c.destination, c.value) for c in corridors])
    return max(
        text_width(f"{names.get(code, code)}\u00a0{language.number(value, decimals)}")
        for side in sides
        for code, value in side.items()
    )


def _heads(heads: Sequence[Sequence[str]], top: float, edges: tuple[float, float], language: Language) -> list[Spec]:
    """What the two sides are, above them, up to the inner edges of their nodes."""
    layers = []
    for number, (lines, x) in enumerate(zip(heads, edges, strict=True)):
        at_left = (number == 0) is not language.mirrored
        rows = [{"x": x, "y": top + 9 + 15 * n, "text": line} for n, line in enumerate(lines)]
        layers.append(texts_at(rows, align="right" if at_left else "left", fontWeight="bold"))
    return layers


def _token(code: str, origins: Sequence[Node]) -> str:
    """The first five origins have colours of their own; all others are grey."""
    rank = next(rank for rank, node in enumerate(origins) if node.code == code)
    return f"series-{rank + 1}" if rank < 5 and code != OTHERS else "outline"


def _ribbons(plan: Sankey, top: float, left: float, right: float, width: float, language: Language) -> list[Spec]:
    """Ribbons in the colour of their origin, the deepest first, so that thin ones stay visible."""
    rows: dict[str, list[dict[str, object]]] = {}
    for ribbon in sorted(plan.ribbons, key=lambda ribbon: -ribbon.depth):
        one, other = (width - left, width - right) if language.mirrored else (left, right)
        middle = round((one + other) / 2, 1)
        y, end, depth = round(top + ribbon.start, 2), round(top + ribbon.end, 2), round(ribbon.depth, 2)
        path = (
            f"M{one:g},{y:g}C{middle:g},{y:g},{middle:g},{end:g},{other:g},{end:g}L{other:g},{end + depth:g}"
            f"C{middle:g},{end + depth:g},{middle:g},{y + depth:g},{one:g},{y + depth:g}Z"
        )
        corridor = ribbon.corridor
        row = {"path": path, "origin": corridor.origin, "destination": corridor.destination, "value": corridor.value}
        rows.setdefault(_token(corridor.origin, plan.origins), []).append(row)
    return [
        paths_at(own, fill=colour(token), fillOpacity=0.42, stroke=colour("paper"), strokeWidth=0.5)
        for token, own in rows.items()
    ]


def _nodes(plan: Sankey, top: float, lefts: tuple[float, float], width: float, language: Language) -> list[Spec]:
    """The nodes of both sides, those of origins in the colour of their ribbons."""
    layers = []
    for nodes, x in ((plan.origins, lefts[0]), (plan.destinations, lefts[1])):
        begin = width - x - NODE if language.mirrored else x
        for node in nodes:
            token = _token(node.code, plan.origins) if nodes is plan.origins else "ink-soft"
            row = {"x": begin, "x2": begin + NODE, "y": top + node.top, "y2": top + node.bottom, "value": node.value}
            layers.append(rectangles_at([row], token))
    return layers


def _labels(
    nodes: Sequence[Node],
    labels: Sequence[Sequence[str]],
    top: float,
    height: float,
    x: float,
    edge: float,
    at_left: bool,
) -> list[Spec]:
    """Labels beside their nodes, moved apart where nodes are thin, then with a hairline to their node."""
    depths = [len(lines) * LABEL_ROW + 4 for lines in labels]
    wished = [(node.top + node.bottom) / 2 for node in nodes]
    middles = stacked(wished, depths, height)
    rows, lines = [], []
    for node, words, middle, wish in zip(nodes, labels, middles, wished, strict=True):
        first = top + middle - (len(words) - 1) * LABEL_ROW / 2
        rows += [{"x": x, "y": first + LABEL_ROW * n, "text": text, "code": node.code} for n, text in enumerate(words)]
        if abs(middle - wish) > 1:
            lines.append({"x": x, "y": top + middle, "x2": edge, "y2": top + wish})
    layers = [texts_at(rows, align="right" if at_left else "left")]
    return [*layers, rules_at(lines, strokeWidth=0.8)] if lines else layers
