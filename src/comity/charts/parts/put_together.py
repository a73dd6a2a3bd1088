"""Parts that charts are put together from: texts and rectangles at places, keys, and the specification round them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from comity.charts.languages import Language
from comity.charts.parts.layout import SWATCH, key_height, key_places, wrapped
from comity.charts.theme import SMALL_SIZE, TEXT_SIZE, colour, configuration

Spec = dict[str, Any]


SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"


EDGE = 2
"""Pixels left free at the sides, so that no stroke and no letter is cut."""
NOTE_LINE = 15.0
"""Pixels from one line of a note to the next."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A class of areas, parts or acts: the key that data use, the label that readers see, the colour token."""

    key: str
    label: str
    token: str


@dataclass(frozen=True)
class Bar:
    """A bar or a group of bars: its label and a value for each kind that it has."""

    label: str
    values: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Margins:
    left: float
    right: float
    top: float
    bottom: float


def specification(
    layers: Sequence[Spec],
    *,
    title: str,
    description: str,
    language: Language,
    inner: tuple[float, float],
    margins: Margins,
) -> Spec:
    """A whole specification of layers; `inner` is width and height of what the margins enclose."""
    return {
        "$schema": SCHEMA,
        "description": description,
        "usermeta": {"title": title, "language": language.code, "direction": language.direction},
        "width": round(inner[0]),
        "height": round(inner[1]),
        "autosize": "none",
        "padding": {
            "left": round(margins.left),
            "right": round(margins.right),
            "top": round(margins.top),
            "bottom": round(margins.bottom),
        },
        "layer": list(layers),
        "config": configuration(language.separators()),
    }


def described(title: str, parts: Iterable[str]) -> str:
    """Title and parts as one description: each a sentence."""
    return " ".join(f"{text.rstrip('.')}." for text in (title, *parts) if text)


def listed(pairs: Iterable[tuple[str, str]]) -> str:
    """Pairs of label and value as a list for a description."""
    return "; ".join(f"{label}: {value}" for label, value in pairs)


def pixels(field: str) -> Spec:
    """A channel that is a place in pixels, not a value on a scale."""
    return {"field": field, "type": "quantitative", "scale": None, "axis": None}


def layer(rows: Sequence[Mapping[str, Any]], mark: Spec, **encoding: Spec) -> Spec:
    """One mark drawn for each row."""
    return {"data": {"values": [dict(row) for row in rows]}, "mark": mark, "encoding": encoding}


def texts_at(rows: Sequence[Mapping[str, Any]], **mark: Any) -> Spec:
    """Texts at places in pixels: rows with x, y and text."""
    style = {"type": "text", "baseline": "middle", "fontSize": TEXT_SIZE, "color": colour("ink"), **mark}
    return layer(rows, style, x=pixels("x"), y=pixels("y"), text={"field": "text"})


def paths_at(rows: Sequence[Mapping[str, Any]], **mark: Any) -> Spec:
    """Shapes whose outlines are given in pixels: rows with `path` in the words of SVG; what else they hold is kept.

    A symbol of area 4 is drawn in the units of its path, so that the path's own places are the drawing's.
    """
    style = {"type": "point", "size": 4, "opacity": 1, **mark}
    placed = [{"x": 0, "y": 0, **row} for row in rows]
    return layer(
        placed,
        style,
        x=pixels("x"),
        y=pixels("y"),
        shape={"field": "path", "type": "nominal", "scale": None, "legend": None},
    )


def rules_at(rows: Sequence[Mapping[str, Any]], **mark: Any) -> Spec:
    """Straight strokes between x, y and x2, y2 in pixels; what else the rows hold is kept."""
    style = {"type": "rule", "color": colour("outline"), **mark}
    return layer(rows, style, x=pixels("x"), y=pixels("y"), x2={"field": "x2"}, y2={"field": "y2"})


def note_lines(text: str, *, top: float, left: float, width: float, language: Language) -> tuple[list[Spec], float]:
    """A note in as many lines as it needs from `top` on, at the side where reading begins; and the pixels it takes."""
    if not text:
        return [], 0.0
    lines = wrapped(text, width - 4, SMALL_SIZE)
    x = left + width if language.mirrored else left
    rows = [{"x": x, "y": top + NOTE_LINE / 2 + NOTE_LINE * number, "text": line} for number, line in enumerate(lines)]
    layers = [texts_at(rows, align=start_side(language), color=colour("ink-soft"), fontSize=SMALL_SIZE)]
    return layers, NOTE_LINE * len(lines)


def rectangles(rows: Sequence[Mapping[str, Any]], token: str, **mark: Any) -> Spec:
    """Rectangles of one colour between x and x2, y and y2 in pixels; a `value` is kept for who reads the data."""
    style = {"type": "rect", "color": colour(token), **mark}
    return layer(rows, style, x=pixels("x"), x2={"field": "x2"}, y=pixels("y"), y2={"field": "y2"})


def start_side(language: Language) -> str:
    """The text anchor of the side where reading begins."""
    return "right" if language.mirrored else "left"


def key_layers(
    kinds: Sequence[Kind], *, width: float, language: Language, top: float, left: float = 0
) -> tuple[list[Spec], float]:
    """Layers of a key from `left` on, `width` wide, whose first row begins at `top`; and the pixels that it takes."""
    places = key_places([kind.label for kind in kinds], width, language.mirrored)
    layers: list[Spec] = []
    for kind, place in zip(kinds, places, strict=True):
        x, y, half = left + place.x, top + place.y, SWATCH / 2
        swatch = {"x": x, "x2": x + SWATCH, "y": y - half, "y2": y + half}
        layers.append(rectangles([swatch], kind.token, stroke=colour("outline"), strokeWidth=0.5))
    rows = [
        {"x": left + place.text_x, "y": top + place.y, "text": kind.label}
        for kind, place in zip(kinds, places, strict=True)
    ]
    layers.append(texts_at(rows, align=start_side(language)))
    return layers, key_height(places)
