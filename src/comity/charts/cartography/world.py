"""The map of the world: shapes of Natural Earth under the rules of our own table.

Natural Earth draws who holds the ground; the United Nations draws otherwise. `tables/map_rules.yaml` says what is
joined, moved, left out and drawn with a broken line, each with its ground. Shapes are never dissolved: those of one
area are filled alike, and the lines are drawn apart from them, each arc once, by what lies on its two sides.
"""

import csv
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, TypeVar

import yaml

from comity.charts.theme import TABLES

MAPS = Path(__file__).parents[1] / "maps"
ROTATION = -11.0
"""Degrees by which the map is turned, so that its edge runs through the Bering Strait and cuts no land."""

T = TypeVar("T")
Arc = list[tuple[float, float]]
Line = Literal["border", "coast", "disputed"]


@dataclass(frozen=True, slots=True)
class Point:
    """A small area that is drawn as a circle: M49 code, longitude and latitude in degrees."""

    code: str
    longitude: float
    latitude: float


@dataclass(frozen=True, slots=True)
class Disputed:
    """Boundaries drawn broken: between two codes, within a box of west, south, east, north where one is given."""

    codes: frozenset[str]
    box: tuple[float, float, float, float] | None


@dataclass(frozen=True)
class World:
    """Arcs by number, polygons (rings of arc numbers) by code, as the rules leave them."""

    arcs: Sequence[Arc]
    polygons: Mapping[str, Sequence[Sequence[Sequence[int]]]]


@cache
def points() -> tuple[Point, ...]:
    """The small areas of `tables/points.csv`."""
    with (TABLES / "points.csv").open(encoding="utf-8", newline="") as stream:
        return tuple(Point(row["code"], float(row["lon"]), float(row["lat"])) for row in csv.DictReader(stream))


@cache
def rules() -> dict[str, Any]:
    """The rules of `tables/map_rules.yaml`."""
    # Not by `read_declarations`: boxes and lines are lists of numbers within each other, which no key reads as texts.
    read: dict[str, Any] = yaml.safe_load((TABLES / "map_rules.yaml").read_text(encoding="utf-8"))
    return read


def _decoded(topology: Mapping[str, Any]) -> list[Arc]:
    """The arcs of a quantized topology in degrees."""
    (scale_x, scale_y), (shift_x, shift_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for deltas in topology["arcs"]:
        x = y = 0
        arc = []
        for step_x, step_y in deltas:
            x, y = x + step_x, y + step_y
            arc.append((x * scale_x + shift_x, y * scale_y + shift_y))
        arcs.append(arc)
    return arcs


def _middle(arcs: Sequence[Arc], polygon: Sequence[Sequence[int]]) -> tuple[float, float]:
    """Middle of the box round a polygon's outer ring."""
    corners = [corner for number in polygon[0] for corner in arcs[number if number >= 0 else ~number]]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def _within(place: tuple[float, float], box: Sequence[float]) -> bool:
    west, south, east, north = box
    return west <= place[0] <= east and south <= place[1] <= north


def _code(geometry: Mapping[str, Any], polygon_at: tuple[float, float], table: Mapping[str, Any]) -> str | None:
    """The code under which a polygon of the file is drawn, or None where it is left out."""
    name = geometry["properties"]["name"]
    code = table["names"].get(name, geometry.get("id"))
    for move in table["moves"]:
        if code == move["from"] and _within(polygon_at, move["box"]):
            code = move["to"]
    code = table["joins"].get(code, code)
    return None if code is None or code in table["leaves_out"] else str(code)


def _directed(arcs: Sequence[Arc], number: int) -> Arc:
    """An arc in the direction in which a ring runs through it; `~number` is arc `number` backwards."""
    return arcs[number] if number >= 0 else arcs[~number][::-1]


def _parted(arcs: list[Arc], ring: Sequence[int], place: Sequence[float]) -> list[int]:
    """The ring turned so that it begins at its point nearest to a place; the arc that holds it is split there.

    Only a coast may be split, since an arc between two areas belongs to the other's ring as well.
    """
    _, at, index = min(
        (math.dist(point, place), at, index)
        for at, number in enumerate(ring)
        for index, point in enumerate(_directed(arcs, number)[:-1])
    )
    if index == 0:
        return [*ring[at:], *ring[:at]]
    arc = _directed(arcs, ring[at])
    arcs += [arc[: index + 1], arc[index:]]
    return [len(arcs) - 1, *ring[at + 1 :], *ring[:at], len(arcs) - 2]


def _cut(arcs: list[Arc], polygons: dict[str, list[Sequence[Sequence[int]]]], cut: Mapping[str, Any]) -> None:
    """Give the part of an area beyond a straight line to another: the part whose middle lies in the rule's box."""
    largest = max(polygons[cut["from"]], key=lambda polygon: _extent(arcs, polygon))
    begin, end = cut["along"]
    ring = _parted(arcs, _parted(arcs, largest[0], begin), end)
    starts = [_directed(arcs, number)[0] for number in ring]
    half = min(range(len(ring)), key=lambda at: math.dist(starts[at], begin))
    arcs.append([starts[half], starts[0]])
    line = len(arcs) - 1
    polygons[cut["from"]].remove(largest)
    for part in ([*ring[:half], line], [*ring[half:], ~line]):
        code = cut["to"] if _within(_middle(arcs, [part]), cut["box"]) else cut["from"]
        polygons.setdefault(code, []).append([part])


@cache
def world() -> World:
    """The shapes of the file in `maps/` under the rules; every polygon stands under one code."""
    topology = json.loads((MAPS / "countries-50m.json").read_text(encoding="utf-8"))
    arcs = _decoded(topology)
    polygons: dict[str, list[Sequence[Sequence[int]]]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        parts = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for polygon in parts:
            if code := _code(geometry, _middle(arcs, polygon), rules()):
                polygons.setdefault(code, []).append(polygon)
    for cut in rules()["cuts"]:
        _cut(arcs, polygons, cut)
    return World(arcs, dict(sorted(polygons.items())))


def drawn() -> frozenset[str]:
    """Codes of all areas that the map shows, as shape or as circle."""
    return frozenset(world().polygons) | {point.code for point in points()}


def value_of(code: str, values: Mapping[str, T]) -> T | None:
    """The value of an area, or where it has none that of the area which the rules say it falls back to."""
    if code in values:
        return values[code]
    return values.get(rules()["falls_back"].get(code, ""))


def _sides(shapes: World) -> dict[int, list[str]]:
    """For each arc the codes on its sides: one for a coast, two for a boundary, the same twice inside an area."""
    sides: dict[int, list[str]] = {}
    for code, polygons in shapes.polygons.items():
        for number in (number for polygon in polygons for ring in polygon for number in ring):
            sides.setdefault(number if number >= 0 else ~number, []).append(code)
    return sides


@cache
def _disputed() -> tuple[Disputed, ...]:
    return tuple(
        Disputed(frozenset(entry["codes"]), tuple(entry["box"]) if "box" in entry else None)
        for entry in rules()["disputed"]
    )


def lines_of(codes: Sequence[str], arc: Arc) -> list[tuple[Line, Arc]]:
    """How an arc is drawn, by the codes on its sides; nothing where both are the same area.

    Where a rule of dispute has a box, the arc is cut where it enters and leaves the box.
    """
    if len(codes) == 1:
        return [("coast", arc)]
    between = frozenset(codes)
    if len(between) == 1:
        return []
    entries = [entry for entry in _disputed() if entry.codes <= between]
    pieces: list[tuple[Line, Arc]] = []
    for first, last in pairwise(arc):
        middle = (first[0] + last[0]) / 2, (first[1] + last[1]) / 2
        broken = any(entry.box is None or _within(middle, entry.box) for entry in entries)
        kind: Line = "disputed" if broken else "border"
        if pieces and pieces[-1][0] == kind:
            pieces[-1][1].append(last)
        else:
            pieces.append((kind, [first, last]))
    return pieces


def simplified(arc: Arc, tolerance: float) -> Arc:
    """The arc without the points that lie nearer than `tolerance` degrees to the line they leave; ends are kept.

    The way of Douglas and Peucker, with longitudes shortened as they are at the arc's own latitude. Since both
    neighbours share the arc, no gap opens between them.
    """
    shorten = math.cos(math.radians(min(abs(arc[0][1]), 80.0)))
    keep = {0, len(arc) - 1}
    spans = [(0, len(arc) - 1)]
    while spans:
        first, last = spans.pop()
        farthest, distance = first, 0.0
        ax, ay = arc[first][0] * shorten, arc[first][1]
        dx, dy = arc[last][0] * shorten - ax, arc[last][1] - ay
        length = math.hypot(dx, dy)
        for index in range(first + 1, last):
            px, py = arc[index][0] * shorten - ax, arc[index][1] - ay
            away = abs(px * dy - py * dx) / length if length else math.hypot(px, py)
            if away > distance:
                farthest, distance = index, away
        if distance > tolerance:
            keep.add(farthest)
            spans += [(first, farthest), (farthest, last)]
    return [arc[index] for index in sorted(keep)]


def _extent(arcs: Sequence[Arc], polygon: Sequence[Sequence[int]]) -> float:
    """The longer side of the box round a polygon, in degrees."""
    corners = [corner for number in polygon[0] for corner in arcs[number if number >= 0 else ~number]]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return max(max(xs) - min(xs), max(ys) - min(ys))


def _large_enough(shapes: World, least: float) -> dict[str, list[Sequence[Sequence[int]]]]:
    """Polygons by code without islets smaller than `least` degrees; the largest of each code always stays."""
    kept = {}
    for code, polygons in shapes.polygons.items():
        sizes = [_extent(shapes.arcs, polygon) for polygon in polygons]
        largest = max(sizes)
        kept[code] = [p for p, size in zip(polygons, sizes, strict=True) if size >= least or size == largest]
    return kept


@dataclass(frozen=True)
class Drawing:
    """What a map of one size is drawn from: TopoJSON with the object `areas`, and the coordinates of its lines."""

    topology: dict[str, Any]
    lines: Mapping[Line, Sequence[Arc]]


@lru_cache(maxsize=4)
def drawing(tolerance: float) -> Drawing:
    """The world for a tolerance in degrees; what is smaller does not show."""
    whole = world()
    shapes = World(whole.arcs, _large_enough(whole, tolerance * 2))
    sides = _sides(shapes)
    numbers = {old: new for new, old in enumerate(sorted(sides))}
    arcs = [[(round(x, 3), round(y, 3)) for x, y in simplified(whole.arcs[old], tolerance)] for old in numbers]
    lines: dict[Line, list[Arc]] = {"border": [], "coast": [], "disputed": []}
    for old, new in numbers.items():
        for kind, piece in lines_of(sides[old], arcs[new]):
            lines[kind].append(piece)

    def renumbered(number: int) -> int:
        return numbers[number] if number >= 0 else ~numbers[~number]

    areas = [
        {
            "type": "MultiPolygon",
            "id": code,
            "arcs": [[[renumbered(number) for number in ring] for ring in polygon] for polygon in polygons],
        }
        for code, polygons in shapes.polygons.items()
    ]
    objects = {"areas": {"type": "GeometryCollection", "geometries": areas}}
    return Drawing({"type": "Topology", "arcs": arcs, "objects": objects}, lines)


def equal_earth(longitude: float, latitude: float) -> tuple[float, float]:
    """The Equal Earth projection of a place in degrees, in radii of the sphere, y upwards.

    Source: B. Šavrič, T. Patterson, B. Jenny, The Equal Earth map projection, 2018.
    """
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    power = theta**6
    slope = a1 + 3 * a2 * theta**2 + power * (7 * a3 + 9 * a4 * theta**2)
    x = 2 * math.sqrt(3) * math.radians(longitude) * math.cos(theta) / (3 * slope)
    return x, theta * (a1 + a2 * theta**2 + power * (a3 + a4 * theta**2))


@dataclass(frozen=True, slots=True)
class Frame:
    """How the world fills a width: scale and shift of the projection, and the height that it takes, in pixels."""

    scale: float
    shift_x: float
    shift_y: float
    height: float


SOUTH, NORTH = -56.0, 83.7


def frame(width: float, margin: float = 4) -> Frame:
    """The frame for a width in pixels: all longitudes, from Cape Horn to the north of Greenland."""
    half, _ = equal_earth(180, 0)
    scale = (width - 2 * margin) / (2 * half)
    top, bottom = equal_earth(0, NORTH)[1] * scale, equal_earth(0, SOUTH)[1] * scale
    return Frame(scale, width / 2, margin + top, top - bottom + 2 * margin)
