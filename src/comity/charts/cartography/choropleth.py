"""Classes of areas on a map of the world."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from comity.charts.cartography import world as world_map
from comity.charts.languages import Language
from comity.charts.parts.description import described, listed
from comity.charts.parts.frame import EDGE, Margins, note_lines, specification
from comity.charts.parts.key import Kind, key_of_kinds
from comity.charts.parts.layout import NARROW
from comity.charts.parts.marks import Spec
from comity.charts.theme import colour

NO_DATA = "no-data"


def map_note() -> str:
    """The notice that stands under every map, in our words."""
    return _(
        "Boundaries and names on this map imply no endorsement or acceptance by the United Nations. Broken lines are "
        "boundaries not finally determined or in dispute. References to Kosovo are to be understood in the light of "
        "Security Council resolution 1244 (1999). Sovereignty over the Falkland Islands (Malvinas) is in dispute "
        "between Argentina and the United Kingdom."
    )


def choropleth(
    classes: Mapping[str, str],
    kinds: Sequence[Kind],
    *,
    title: str,
    no_data_label: str,
    language: Language,
    width: float,
    note: str | None = None,
    key_title: str = "",
) -> Spec:
    """A map of the world, each area in the colour of its class; `classes` gives the key of a kind by M49 code.

    Areas without a class are hatched and stand last in the key, above which `key_title` stands. Small States are
    circles. The notice on boundaries (`note`, by default `map_note()`) is part of the picture. Counts of the key count
    all of `classes`, also the few areas that no map shows, such as the European Union. An area whose class is NO_DATA
    is hatched also where the rules of the map would let it take another's. Raises ValueError for a class without a
    kind.
    """
    known = {*(kind.key for kind in kinds), NO_DATA}
    if unknown := sorted(set(classes.values()) - known):
        raise ValueError(f"no kind for the classes {', '.join(unknown)}")
    width -= 2 * EDGE
    counts = {kind.key: sum(key == kind.key for key in classes.values()) for kind in kinds}
    entries = [Kind(k.key, f"{k.label} ({language.number(counts[k.key])})", k.token) for k in kinds]
    if any(world_map.value_of(code, classes) in (None, NO_DATA) for code in world_map.drawn()):
        entries.append(Kind(NO_DATA, no_data_label, NO_DATA))
    frame = world_map.frame(width)
    heads, head_pixels = note_lines(key_title, top=frame.height + 4, left=0, width=width, language=language)
    key_top = frame.height + 4 + head_pixels
    key, key_pixels = key_of_kinds(entries, width=width, language=language, top=key_top)
    notice = map_note() if note is None else note
    noted, note_pixels = note_lines(notice, top=key_top + key_pixels + 3, left=0, width=width, language=language)
    tokens = {kind.key: kind.token for kind in kinds}
    layers = [*world_layers(classes, tokens, frame, width), *heads, *key, *noted]
    description = described(title, [listed((kind.label, language.number(counts[kind.key])) for kind in kinds)])
    return specification(
        layers,
        title=title,
        description=description,
        language=language,
        inner=(width, key_top + key_pixels + 10 + note_pixels),
        margins=Margins(EDGE, EDGE, 0, 0),
    )


def world_layers(
    classes: Mapping[str, str], tokens: Mapping[str, str], frame: world_map.Frame, width: float, rest: str = NO_DATA
) -> list[Spec]:
    """Layers of areas in the token of their class, lines and circles; areas without a class have the token `rest`."""
    narrow = width + 2 * EDGE < NARROW
    world = world_map.drawing(round(min(0.4, 130 / width), 2))
    projection = {
        "type": "equalEarth",
        "rotate": [world_map.ROTATION, 0, 0],
        "scale": round(frame.scale, 3),
        "translate": [round(frame.shift_x, 2), round(frame.shift_y, 2)],
        "precision": 0.7,
    }
    areas = [
        {**area, "properties": {"fill": colour(tokens.get(world_map.value_of(area["id"], classes) or "", rest))}}
        for area in world.topology["objects"]["areas"]["geometries"]
    ]
    fill = {"field": "properties.fill", "type": "nominal", "scale": None}
    layers: list[Spec] = [
        {
            "data": {
                "values": {**world.topology, "objects": {"areas": {"type": "GeometryCollection", "geometries": areas}}},
                "format": {"type": "topojson", "feature": "areas"},
            },
            "projection": projection,
            "mark": {"type": "geoshape", "strokeWidth": 0.4, "strokeJoin": "round"},
            "encoding": {"fill": fill, "stroke": fill},
        }
    ]
    thin = 0.4 if narrow else 0.6
    marks: tuple[tuple[world_map.Line, Spec], ...] = (
        ("coast", {"stroke": colour("outline"), "strokeWidth": thin * 0.8}),
        ("border", {"stroke": colour("paper"), "strokeWidth": thin}),
        ("disputed", {"stroke": colour("paper"), "strokeWidth": thin * 1.6, "strokeDash": [3, 2]}),
    )
    for kind, mark in marks:
        lines = {"type": "MultiLineString", "coordinates": world.lines[kind]}
        layers.append(
            {
                "data": {"values": [{"type": "Feature", "geometry": lines, "properties": {}}]},
                "projection": projection,
                "mark": {"type": "geoshape", "filled": False, "fill": None, **mark},
            }
        )
    return layers + _circles(classes, tokens, projection, 1.8 if narrow else 3.2)


def _circles(classes: Mapping[str, str], tokens: Mapping[str, str], projection: Spec, radius: float) -> list[Spec]:
    """Small areas that have a class, as circles of their class's colour."""
    placed: dict[str, list[dict[str, Any]]] = {}
    for point in world_map.points():
        if token := tokens.get(classes.get(point.code, "")):
            row = {"code": point.code, "longitude": point.longitude, "latitude": point.latitude}
            placed.setdefault(token, []).append(row)
    return [
        {
            "data": {"values": rows},
            "projection": projection,
            "mark": {
                "type": "circle",
                "size": round(3.1416 * radius**2, 1),
                "color": colour(token),
                "opacity": 1,
                "stroke": colour("ink"),
                "strokeWidth": 0.5,
            },
            "encoding": {
                "longitude": {"field": "longitude", "type": "quantitative"},
                "latitude": {"field": "latitude", "type": "quantitative"},
            },
        }
        for token, rows in sorted(placed.items())
    ]
