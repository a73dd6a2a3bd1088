"""Marks, one layer of a chart each: rows of data, what is drawn for each of them, and the channels that place it."""

from collections.abc import Mapping, Sequence
from typing import Any

from comity.charts.languages import Language
from comity.charts.theme import TEXT_SIZE, colour

Spec = dict[str, Any]


def layer(rows: Sequence[Mapping[str, Any]], mark: Spec, **encoding: Spec) -> Spec:
    """One mark drawn for each row."""
    return {"data": {"values": [dict(row) for row in rows]}, "mark": mark, "encoding": encoding}


def pixels(field: str) -> Spec:
    """A channel that is a place in pixels, not a value on a scale."""
    return {"field": field, "type": "quantitative", "scale": None, "axis": None}


def texts(rows: Sequence[Mapping[str, Any]], *, x: Spec, y: Spec, **mark: Any) -> Spec:
    """The `text` of each row, placed by channels; channels may also be those that move it, such as a value's end."""
    style = {"type": "text", "baseline": "middle", "fontSize": TEXT_SIZE, "color": colour("ink"), **mark}
    return layer(rows, style, x=x, y=y, text={"field": "text"})


def texts_at(rows: Sequence[Mapping[str, Any]], **mark: Any) -> Spec:
    """Texts at places in pixels: rows with x, y and text."""
    return texts(rows, x=pixels("x"), y=pixels("y"), **mark)


def paths_at(rows: Sequence[Mapping[str, Any]], **mark: Any) -> Spec:
    """Shapes whose outlines are given in pixels: rows with `path` in the words of SVG; what else they hold is kept.

    A symbol of area 4 is drawn in the units of its path, so that the path's own places are the drawing's.
    """
    style = {"type": "point", "size": 4, "opacity": 1, **mark}
    placed = [{"x": 0, "y": 0, **row} for row in rows]
    shape = {"field": "path", "type": "nominal", "scale": None, "legend": None}
    return layer(placed, style, x=pixels("x"), y=pixels("y"), shape=shape)


def rules_at(rows: Sequence[Mapping[str, Any]], **mark: Any) -> Spec:
    """Straight strokes between x, y and x2, y2 in pixels; what else the rows hold is kept."""
    style = {"type": "rule", "color": colour("outline"), **mark}
    return layer(rows, style, x=pixels("x"), y=pixels("y"), x2={"field": "x2"}, y2={"field": "y2"})


def rectangles_at(rows: Sequence[Mapping[str, Any]], token: str, **mark: Any) -> Spec:
    """Rectangles of one colour between x and x2, y and y2 in pixels; a `value` is kept for who reads the data."""
    style = {"type": "rect", "color": colour(token), **mark}
    return layer(rows, style, x=pixels("x"), x2={"field": "x2"}, y=pixels("y"), y2={"field": "y2"})


def start_side(language: Language) -> str:
    """The side where reading begins: the anchor of a text that begins there."""
    return "right" if language.mirrored else "left"


def end_side(language: Language) -> str:
    """The side where reading ends: the anchor of a text that ends there, before what it names."""
    return "left" if language.mirrored else "right"
