"""The key of a chart: what its colours and signs mean."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from comity.charts.languages import Language
from comity.charts.parts.layout import text_width
from comity.charts.parts.marks import Spec, rectangles_at, start_side, texts_at
from comity.charts.theme import colour

SIGN = 12
"""Pixels across the sign of an entry."""
LINE = 20
"""Pixels from one row of a key to the next."""

Sign = Callable[[float, float], Sequence[Spec]]
"""Draws the sign of an entry about its middle, in pixels."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A class of areas, parts or acts: the key that data use, the label that readers see, the colour token."""

    key: str
    label: str
    token: str


@dataclass(frozen=True, slots=True)
class KeyPlace:
    """Where an entry of a key stands: the middle of its sign and the beginning of its words, in pixels."""

    x: float
    y: float
    text_x: float


def key_places(labels: Sequence[str], width: float, mirrored: bool) -> list[KeyPlace]:
    """Places of the entries of a key in rows within `width`, from the side where reading begins."""
    places = []
    begin, row = 0.0, 0
    for label in labels:
        wide = SIGN + 6 + text_width(label)
        if begin and begin + wide > width:
            begin, row = 0.0, row + 1
        x, text_x = begin + SIGN / 2, begin + SIGN + 6
        places.append(
            KeyPlace(width - x if mirrored else x, row * LINE + LINE / 2, width - text_x if mirrored else text_x)
        )
        begin += wide + 18
    return places


def key_height(labels: Sequence[str], width: float) -> float:
    """Pixels that a key takes, with the space below it."""
    places = key_places(labels, width, mirrored=False)
    return places[-1].y + LINE / 2 + 8 if places else 0.0


def key(
    entries: Sequence[tuple[str, Sign]], *, width: float, language: Language, top: float, left: float = 0, **words: Any
) -> tuple[list[Spec], float]:
    """Layers of a key from `left` on, `width` wide, whose first row begins at `top`; and the pixels that it takes.

    `words` are properties of the mark of its words.
    """
    labels = [label for label, _sign in entries]
    places = key_places(labels, width, language.mirrored)
    layers: list[Spec] = []
    for (_label, sign), place in zip(entries, places, strict=True):
        layers += sign(left + place.x, top + place.y)
    rows = [
        {"x": left + place.text_x, "y": top + place.y, "text": label}
        for label, place in zip(labels, places, strict=True)
    ]
    if rows:
        layers.append(texts_at(rows, align=start_side(language), **words))
    return layers, key_height(labels, width)


def key_of_kinds(
    kinds: Sequence[Kind], *, width: float, language: Language, top: float, left: float = 0
) -> tuple[list[Spec], float]:
    """The key of classes that differ in colour: a square each."""
    return key([(kind.label, square(kind.token)) for kind in kinds], width=width, language=language, top=top, left=left)


def square(token: str) -> Sign:
    """A square of a colour with a hairline round it."""

    def drawn(x: float, y: float) -> list[Spec]:
        half = SIGN / 2
        row = {"x": x - half, "x2": x + half, "y": y - half, "y2": y + half}
        return [rectangles_at([row], token, stroke=colour("outline"), strokeWidth=0.5)]

    return drawn
