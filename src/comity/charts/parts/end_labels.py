"""Lines that are told apart where they run and named where they end."""

from collections.abc import Sequence
from dataclasses import dataclass

from comity.charts.parts.layout import stacked, wrapped
from comity.charts.parts.marks import Spec, rules_at, texts_at
from comity.charts.theme import colour

LABEL_LINE = 14.0
"""Pixels from one line of a label to the next."""
MARKERS = (("circle", 44), ("square", 44), ("triangle-up", 64), ("diamond", 76), ("triangle-down", 64), ("cross", 60))
"""Shapes that keep lines apart in grey print, one for each series, with the areas that make them look alike in size."""


@dataclass(frozen=True, slots=True)
class LineEnd:
    """Where a line ends, in pixels of its plot; its label in lines, its colour, and whether it ends before the plot."""

    x: float
    y: float
    label: Sequence[str]
    token: str
    early: bool = False


def end_label(name: str, value: str, room: float) -> list[str]:
    """A line's name and last value, in as many lines as the room needs; the value stays with the last word."""
    return wrapped(f"{name}\u00a0{value}", room, bold=True)


def depth(label: Sequence[str]) -> float:
    """Pixels that a label takes with the space to the next."""
    return len(label) * LABEL_LINE + 3


def end_labels(ends: Sequence[LineEnd], width: float, height: float) -> list[Spec]:
    """Labels beside a plot at heights where none covers another, with a hairline from where each line ends.

    Their places are in pixels because no scale can keep labels apart. They fit where their depths sum to `height`.
    """
    shown = sorted(ends, key=lambda end: end.y)
    places = stacked([end.y for end in shown], [depth(end.label) for end in shown], height)
    layers = []
    for end, place in zip(shown, places, strict=True):
        dash = {"strokeDash": [1, 3]} if end.early else {}
        hairline = {"x": end.x, "y": end.y, "x2": width + 11, "y2": place}
        layers.append(rules_at([hairline], strokeWidth=1, color=colour(end.token), **dash))
        first = place - (len(end.label) - 1) * LABEL_LINE / 2
        rows = [
            {"x": width + 14, "y": first + LABEL_LINE * number, "text": text} for number, text in enumerate(end.label)
        ]
        layers.append(texts_at(rows, align="left", color=colour(end.token), fontWeight="bold"))
    return layers
