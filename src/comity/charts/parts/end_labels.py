"""Lines that are told apart where they run and named where they end."""

from collections.abc import Sequence
from typing import Any

from comity.charts.parts.put_together import Spec, rules_at, texts_at
from comity.charts.theme import colour

LABEL_LINE = 14.0
"""Pixels from one line of a label to the next."""
MARKERS = (("circle", 44), ("square", 44), ("triangle-up", 64), ("diamond", 76), ("triangle-down", 64), ("cross", 60))
"""Shapes that keep lines apart in grey print, one for each series, with the areas that make them look alike in size."""


def block(lines: Sequence[str], x: float, middle: float, ink: str) -> Spec:
    """Lines of text one below the other about a middle."""
    first = middle - (len(lines) - 1) * LABEL_LINE / 2
    rows = [{"x": x, "y": first + LABEL_LINE * number, "text": line} for number, line in enumerate(lines)]
    return texts_at(rows, align="left", color=ink, fontWeight="bold")


def leader(x: float, y: float, label_x: float, label_y: float, token: str, **mark: Any) -> Spec:
    """A hairline from where a line ends to its label."""
    row = {"x": x, "y": y, "x2": label_x, "y2": label_y}
    return rules_at([row], strokeWidth=1, color=colour(token), **mark)
