"""The frame of a chart: its margins, the notes below it, and the specification of the whole."""

from collections.abc import Sequence
from dataclasses import dataclass

from comity.charts.languages import Language
from comity.charts.parts.layout import wrapped
from comity.charts.parts.marks import Spec, start_side, texts_at
from comity.charts.theme import SMALL_SIZE, colour, configuration

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
EDGE = 2
"""Pixels left free at the sides, so that no stroke and no letter is cut."""
NOTE_LINE = 15.0
"""Pixels from one line of a note to the next."""


@dataclass(frozen=True, slots=True)
class Margins:
    """Pixels between a chart's plot and its sides, for what stands outside of the plot."""

    left: float = EDGE
    right: float = EDGE
    top: float = 2
    bottom: float = 2


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


def note_lines(text: str, *, top: float, left: float, width: float, language: Language) -> tuple[list[Spec], float]:
    """A note in as many lines as it needs from `top` on, at the side where reading begins; and the pixels it takes."""
    if not text:
        return [], 0.0
    lines = wrapped(text, width - 4, SMALL_SIZE)
    x = left + width if language.mirrored else left
    rows = [{"x": x, "y": top + NOTE_LINE / 2 + NOTE_LINE * number, "text": line} for number, line in enumerate(lines)]
    layers = [texts_at(rows, align=start_side(language), color=colour("ink-soft"), fontSize=SMALL_SIZE)]
    return layers, NOTE_LINE * len(lines)
