"""The largest corridors as arcs over the map of the world."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from comity.charts.cartography import world as world_map
from comity.charts.cartography.centroids import centroids
from comity.charts.cartography.choropleth import map_note, world_layers
from comity.charts.flows import Corridor, added, corridor_words, describe_flows
from comity.charts.languages import Language
from comity.charts.parts.description import described
from comity.charts.parts.frame import EDGE, Margins, note_lines, specification
from comity.charts.parts.layout import NARROW, text_width, wrapped
from comity.charts.parts.marks import Spec, layer, paths_at, pixels, start_side, texts_at
from comity.charts.theme import SMALL_SIZE, colour

Place = tuple[float, float]
INK = "series-2"
THINNEST = 0.7
"""Pixels of the thinnest arc; smaller values are drawn as wide as this, that they can be seen."""
BADGE, ENTRY, ENTRY_ROW = 7.5, 300.0, 15.0


@dataclass(frozen=True, slots=True)
class Arc:
    """A corridor on the map: begin, the corner that bends it, end, and width, in pixels."""

    corridor: Corridor
    begin: Place
    bend: Place
    end: Place
    width: float

    def at(self, share: float) -> Place:
        """The place a share of the way along."""
        one, two, three = (1 - share) ** 2, 2 * share * (1 - share), share**2
        x, y = (one * a + two * b + three * c for a, b, c in zip(self.begin, self.bend, self.end, strict=True))
        return x, y


def placed(code: str, frame: world_map.Frame) -> Place:
    """The place of an area's centroid on a map, in pixels. Raises KeyError for an area that no map shows."""
    longitude, latitude = centroids()[code]
    turned = (longitude + world_map.ROTATION + 180) % 360 - 180
    x, y = world_map.equal_earth(turned, latitude)
    return frame.shift_x + x * frame.scale, frame.shift_y - y * frame.scale


def arcs(corridors: Sequence[Corridor], frame: world_map.Frame, widest: float) -> list[Arc]:
    """An arc for each corridor, bent to the left of its way so that two opposite flows do not cover each other.

    Widths are values times a constant, the largest `widest` pixels, none below `THINNEST`.
    """
    largest = max(corridor.value for corridor in corridors)
    found = []
    for corridor in corridors:
        begin, end = placed(corridor.origin, frame), placed(corridor.destination, frame)
        across, down = end[0] - begin[0], end[1] - begin[1]
        length = math.hypot(across, down) or 1.0
        lift = max(0.28 * length, min(14.0, length))
        bend = (begin[0] + end[0]) / 2 + down / length * lift, (begin[1] + end[1]) / 2 - across / length * lift
        found.append(Arc(corridor, begin, bend, end, max(THINNEST, corridor.value / largest * widest)))
    return found


def flow_map(
    corridors: Sequence[Corridor],
    names: Mapping[str, str],
    *,
    title: str,
    unit: str,
    language: Language,
    width: float,
    largest: int = 15,
    decimals: int = 0,
    note: str | None = None,
) -> Spec:
    """The `largest` corridors as arcs between areas, as wide as their values, numbered and listed with them below.

    Codes are M49; `names` by code. A corridor from or to what no map shows, or within one area, is not drawn and
    counted among the others, whose sum is stated. A narrow map shows at most eight. `note` is the notice on boundaries
    (by default `map_note()`). Raises ValueError where no corridor can be drawn.
    """
    known = centroids()
    drawable = [
        corridor
        for corridor in sorted(added(corridors), key=lambda corridor: -corridor.value)
        if corridor.origin in known and corridor.destination in known and corridor.origin != corridor.destination
    ]
    if not drawable:
        raise ValueError("a map of flows needs at least one corridor between two areas of the map")
    narrow = width < NARROW
    width -= 2 * EDGE
    shown = drawable[: min(largest, 8) if narrow else largest]
    frame = world_map.frame(width)
    ways = arcs(shown, frame, 5.0 if narrow else 9.0)
    unit_layers, taken = note_lines(unit, top=frame.height + 6, left=0, width=width, language=language)
    entries, bottom = _entries(shown, names, frame.height + taken + 12, width, language, decimals)
    rest = _rest(corridors, shown, language, decimals)
    rest_layers, rest_pixels = note_lines(rest, top=bottom + 2, left=0, width=width, language=language)
    bottom += rest_pixels + 8
    notice = map_note() if note is None else note
    noted, note_pixels = note_lines(notice, top=bottom, left=0, width=width, language=language)
    layers = [
        *world_layers({}, {}, frame, width, rest="rule"),
        *_drawn(ways),
        *_badges(ways),
        *unit_layers,
        *entries,
        *rest_layers,
        *noted,
    ]
    words = describe_flows(corridors, names, unit=unit, language=language, decimals=decimals)
    return specification(
        layers,
        title=title,
        description=described(title, [words, rest]),
        language=language,
        inner=(width, bottom + note_pixels + 2),
        margins=Margins(EDGE, EDGE, 0, 0),
    )


def _rest(corridors: Sequence[Corridor], shown: Sequence[Corridor], language: Language, decimals: int) -> str:
    """What the map does not draw, in words; nothing where it draws all."""
    count = len(added(corridors)) - len(shown)
    if not count:
        return ""
    value = sum(corridor.value for corridor in corridors) - sum(corridor.value for corridor in shown)
    return _("Not drawn: %(count)s other corridors, together %(value)s.") % {
        "count": language.number(count),
        "value": language.number(value, decimals),
    }


def _drawn(ways: Sequence[Arc]) -> list[Spec]:
    """The arcs, the widest below, each with a ring where it begins and a head where it ends."""
    rows, heads, starts = [], [], []
    for arc in sorted(ways, key=lambda arc: -arc.width):
        size = 4.0 + arc.width
        across, down = arc.end[0] - arc.bend[0], arc.end[1] - arc.bend[1]
        length = math.hypot(across, down) or 1.0
        ux, uy = across / length, down / length
        neck = arc.end[0] - ux * size, arc.end[1] - uy * size
        rows.append(
            {
                "path": f"M{_pair(arc.begin)}Q{_pair(arc.bend)},{_pair(neck)}",
                "stroke": arc.width,
                "origin": arc.corridor.origin,
                "destination": arc.corridor.destination,
                "value": arc.corridor.value,
            }
        )
        half = size * 0.62
        sides = ((neck[0] - uy * half, neck[1] + ux * half), (neck[0] + uy * half, neck[1] - ux * half))
        heads.append({"path": f"M{_pair(arc.end)}L{_pair(sides[0])}L{_pair(sides[1])}Z"})
        starts.append({"x": arc.begin[0], "y": arc.begin[1]})
    strokes = paths_at(rows, filled=False, fill=None, stroke=colour(INK), strokeOpacity=0.62)
    strokes["encoding"]["strokeWidth"] = {"field": "stroke", "type": "quantitative", "scale": None, "legend": None}
    ring = {"type": "point", "shape": "circle", "size": 20, "opacity": 1, "fill": colour("paper")}
    return [
        strokes,
        paths_at(heads, fill=colour(INK), stroke=None),
        layer(starts, {**ring, "stroke": colour(INK), "strokeWidth": 1.2}, x=pixels("x"), y=pixels("y")),
    ]


def _pair(place: Place) -> str:
    return f"{round(place[0], 1):g},{round(place[1], 1):g}"


def badge_places(ways: Sequence[Arc]) -> list[Place]:
    """Where the number of each arc stands: on it, as near its middle as leaves the numbers before it free."""
    taken: list[Place] = []
    for arc in ways:
        choices = [arc.at(0.5 + side * step / 20) for step in range(9) for side in (1, -1)]
        free = next((c for c in choices if all(math.dist(c, other) >= 2 * BADGE + 1 for other in taken)), None)
        farthest = max(choices, key=lambda c: min((math.dist(c, other) for other in taken), default=0.0))
        taken.append(free or farthest)
    return taken


def _badges(ways: Sequence[Arc]) -> list[Spec]:
    places = badge_places(ways)
    return _discs([{"x": x, "y": y, "text": str(number)} for number, (x, y) in enumerate(places, start=1)])


def _discs(rows: Sequence[dict[str, Any]]) -> list[Spec]:
    """Numbers on discs."""
    disc = {"type": "point", "shape": "circle", "size": math.pi * BADGE**2, "opacity": 1}
    style = {"fill": colour("paper"), "stroke": colour(INK), "strokeWidth": 1}
    return [
        layer(rows, {**disc, **style}, x=pixels("x"), y=pixels("y")),
        texts_at(rows, align="center", color=colour(INK), fontSize=SMALL_SIZE, fontWeight="bold"),
    ]


def _entries(
    shown: Sequence[Corridor],
    names: Mapping[str, str],
    top: float,
    width: float,
    language: Language,
    decimals: int,
) -> tuple[list[Spec], float]:
    """The list below the map, in as many columns as there is room for: number, corridor, value; and where it ends."""
    columns = max(1, int(width // ENTRY))
    deep = math.ceil(len(shown) / columns)
    room = (width - 24 * (columns - 1)) / columns
    values = [language.number(corridor.value, decimals) for corridor in shown]
    words_room = room - 2 * BADGE - 14 - max(text_width(value, bold=True) for value in values)
    lines = [wrapped(corridor_words(corridor, names), words_room) for corridor in shown]
    discs, words, numbers, bottom = [], [], [], top

    across = partial(language.across, width=width)

    for column in range(columns):
        y = top
        for index in range(column * deep, min((column + 1) * deep, len(shown))):
            left = column * (room + 24)
            first = y + ENTRY_ROW / 2 + 2
            discs.append({"x": across(left + BADGE + 1), "y": first, "text": str(index + 1)})
            words += [
                {"x": across(left + 2 * BADGE + 7), "y": first + ENTRY_ROW * number, "text": text}
                for number, text in enumerate(lines[index])
            ]
            numbers.append({"x": across(left + room), "y": first, "text": values[index]})
            y += ENTRY_ROW * len(lines[index]) + 4
        bottom = max(bottom, y)
    end_side = "left" if language.mirrored else "right"
    layers = [
        *_discs(discs),
        texts_at(words, align=start_side(language)),
        texts_at(numbers, align=end_side, fontWeight="bold"),
    ]
    return layers, bottom
