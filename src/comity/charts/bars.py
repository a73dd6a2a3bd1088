"""Rows of bars: divided by kind, or side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from comity.charts.languages import Language
from comity.charts.parts.layout import LINE, NARROW, text_width, wrapped
from comity.charts.parts.put_together import (
    EDGE,
    Bar,
    Kind,
    Margins,
    Spec,
    described,
    key_layers,
    layer,
    listed,
    pixels,
    rectangles,
    specification,
    start_side,
    texts_at,
)
from comity.charts.theme import SMALL_SIZE, colour


@dataclass(frozen=True, slots=True)
class _Rows:
    """How rows of bars stand: label column (0 where labels stand above), room of the bars, end column, mirrored."""

    width: float
    column: float
    end: float
    mirrored: bool

    @property
    def room(self) -> float:
        return self.width - self.column - self.end - (10 if self.column else 0)

    def along(self, share: float) -> float:
        """Pixels from the left edge of a place `share` of the way along the bars."""
        origin = self.column + (10 if self.column else 0)
        forward = origin + share * self.room
        return self.width - forward if self.mirrored else forward

    @property
    def key_left(self) -> float:
        """Left edge of a key that begins where the bars begin."""
        return 0.0 if self.mirrored else min(self.along(0), self.along(1))

    @property
    def key_room(self) -> float:
        """Pixels that a key may take: from where the bars begin to the end of the chart."""
        return max(self.along(0), self.along(1)) if self.mirrored else self.width - self.key_left

    @property
    def label_x(self) -> float:
        """Where a label is anchored: next to the bars beside them, at the side of reading above them."""
        if self.column:
            return self.width - self.column if self.mirrored else self.column
        return self.width if self.mirrored else 0.0

    @property
    def label_align(self) -> str:
        if self.column:
            return "left" if self.mirrored else "right"
        return "right" if self.mirrored else "left"


def _label_column(labels: Sequence[str], width: float) -> float:
    """Pixels for the labels of rows beside their bars: as wide as the widest, at most three tenths of the chart."""
    return min(width * 0.3, max(map(text_width, labels), default=0) + 2)


ON_DARK = frozenset({"party", "series-1", "series-2", "series-3", "series-4", "series-5", "series-6"})
"""Tokens whose fill is far from the paper, so that text on them is written in the paper's colour."""


def stacked_share_bars(
    bars: Sequence[Bar], kinds: Sequence[Kind], *, title: str, language: Language, width: float, total_label: str = ""
) -> Spec:
    """One bar a row, as long as all others, divided by kind; counts stand in the parts and the total at the end.

    Parts follow the order of `kinds`, from the side where reading begins. Raises ValueError where there is no bar.
    """
    if not bars:
        raise ValueError("a chart of bars needs at least one bar")
    narrow = width < NARROW
    width -= 2 * EDGE
    totals = [sum(bar.values.get(kind.key, 0) for kind in kinds) for bar in bars]
    ends = [language.number(total) for total in totals]
    head = max(text_width(total_label, SMALL_SIZE), max(map(text_width, ends))) + 8
    rows = _Rows(width, 0 if narrow else _label_column([bar.label for bar in bars], width), head, language.mirrored)
    thickness, pitch = (20.0, 48.0) if narrow else (24.0, 38.0)
    key, top = key_layers(kinds, width=rows.key_room, language=language, top=0, left=rows.key_left)
    top += LINE if total_label and not narrow else (LINE if narrow else 4)
    middles = [
        top + (pitch - thickness if narrow else 4) + thickness / 2 + pitch * number for number in range(len(bars))
    ]
    if narrow:
        middles = [middle - 12 for middle in middles]
    layers = [*key, *_row_labels(bars, rows, middles, thickness)]
    for kind, pieces in _parts(bars, kinds, totals, rows, middles, thickness):
        edge = {"stroke": colour("paper"), "strokeWidth": 1.5}
        layers.append(rectangles(pieces, kind.token, **edge))
        written = [
            {"x": (piece["x"] + piece["x2"]) / 2, "y": (piece["y"] + piece["y2"]) / 2, "text": text}
            for piece in pieces
            if piece["x2"] - piece["x"] >= text_width(text := language.number(piece["value"])) + 3
        ]
        layers.append(texts_at(written, align="center", color=colour("paper" if kind.token in ON_DARK else "ink")))
    beyond = 8 if not language.mirrored else -8
    layers.append(
        texts_at(
            [{"x": rows.along(1) + beyond, "y": y, "text": text} for y, text in zip(middles, ends, strict=True)],
            align=start_side(language),
            fontWeight="bold",
        )
    )
    if total_label:
        layers.append(
            texts_at(
                [{"x": rows.along(1) + beyond, "y": middles[0] - thickness / 2 - 10, "text": total_label}],
                align=start_side(language),
                color=colour("ink-soft"),
                fontSize=SMALL_SIZE,
            )
        )
    description = described(
        title,
        [
            f"{bar.label} ({language.number(total)}) – "
            + listed((kind.label, language.number(bar.values.get(kind.key, 0))) for kind in kinds)
            for bar, total in zip(bars, totals, strict=True)
        ],
    )
    return specification(
        layers,
        title=title,
        description=description,
        language=language,
        inner=(width, middles[-1] + thickness / 2 + 6),
        margins=Margins(EDGE, EDGE, 2, 2),
    )


def grouped_bars(
    bars: Sequence[Bar], kinds: Sequence[Kind], *, title: str, unit: str, language: Language, width: float
) -> Spec:
    """For each label a bar of every kind, from a common zero, each with its value at its end.

    Raises ValueError where there is no bar.
    """
    if not bars:
        raise ValueError("a chart of bars needs at least one bar")
    narrow = width < NARROW
    width -= 2 * EDGE
    largest = max((bar.values.get(kind.key, 0) for bar in bars for kind in kinds), default=0) or 1
    end = text_width(language.number(largest)) + 8
    rows = _Rows(width, 0 if narrow else _label_column([bar.label for bar in bars], width), end, language.mirrored)
    thickness = 16.0
    group = thickness * len(kinds) + 2 * (len(kinds) - 1)
    pitch = group + (30 if narrow else 16)
    key, top = (
        key_layers(kinds, width=rows.key_room, language=language, top=LINE, left=rows.key_left)
        if len(kinds) > 1
        else ([], LINE + 6)
    )
    top += LINE if len(kinds) > 1 else 0
    first = top + group / 2 + (22 if narrow else 4)
    middles = [first + pitch * number for number in range(len(bars))]
    unit_x = rows.along(0) if not narrow else rows.label_x
    layers = [
        *key,
        texts_at([{"x": unit_x, "y": 8, "text": unit}], align=start_side(language), color=colour("ink-soft")),
        *_row_labels(bars, rows, middles, group),
    ]
    for number, kind in enumerate(kinds):
        offset = -group / 2 + thickness / 2 + number * (thickness + 2)
        pieces = [
            _piece(rows, 0, bar.values.get(kind.key, 0) / largest, middle + offset, thickness, bar.values[kind.key])
            for bar, middle in zip(bars, middles, strict=True)
            if kind.key in bar.values
        ]
        layers.append(rectangles(pieces, kind.token))
        beyond = -5 if language.mirrored else 5
        layers.append(
            texts_at(
                [
                    {
                        "x": (piece["x"] if language.mirrored else piece["x2"]) + beyond,
                        "y": (piece["y"] + piece["y2"]) / 2,
                        "text": language.number(piece["value"]),
                    }
                    for piece in pieces
                ],
                align=start_side(language),
            )
        )
    layers.append(
        layer(
            [{"x": rows.along(0), "y": middles[0] - group / 2 - 3, "y2": middles[-1] + group / 2 + 3}],
            {"type": "rule", "color": colour("outline")},
            x=pixels("x"),
            y=pixels("y"),
            y2={"field": "y2"},
        )
    )
    description = described(
        title,
        [
            unit,
            *(
                f"{bar.label} – "
                + listed(
                    (kind.label, language.number(bar.values[kind.key])) for kind in kinds if kind.key in bar.values
                )
                for bar in bars
            ),
        ],
    )
    return specification(
        layers,
        title=title,
        description=description,
        language=language,
        inner=(width, middles[-1] + group / 2 + 6),
        margins=Margins(EDGE, EDGE, 2, 2),
    )


def _row_labels(bars: Sequence[Bar], rows: _Rows, middles: Sequence[float], thickness: float) -> list[Spec]:
    """Labels beside the bars, in several lines where they are long, or above them in a narrow chart."""
    texts = []
    for bar, middle in zip(bars, middles, strict=True):
        if not rows.column:
            texts.append({"x": rows.label_x, "y": middle - thickness / 2 - 9, "text": bar.label})
            continue
        lines = wrapped(bar.label, rows.column)
        first = middle - (len(lines) - 1) * 7.5
        texts += [{"x": rows.label_x, "y": first + 15 * number, "text": line} for number, line in enumerate(lines)]
    return [texts_at(texts, align=rows.label_align)]


def _piece(rows: _Rows, start: float, end: float, middle: float, thickness: float, value: int) -> dict[str, Any]:
    low, high = sorted((rows.along(start), rows.along(end)))
    return {"x": low, "x2": high, "y": middle - thickness / 2, "y2": middle + thickness / 2, "value": value}


def _parts(
    bars: Sequence[Bar],
    kinds: Sequence[Kind],
    totals: Sequence[int],
    rows: _Rows,
    middles: Sequence[float],
    thickness: float,
) -> list[tuple[Kind, list[dict[str, Any]]]]:
    """For each kind its part of every bar that has one."""
    parts: list[tuple[Kind, list[dict[str, Any]]]] = [(kind, []) for kind in kinds]
    for bar, total, middle in zip(bars, totals, middles, strict=True):
        passed = 0
        for kind, pieces in parts:
            if value := bar.values.get(kind.key, 0):
                pieces.append(_piece(rows, passed / total, (passed + value) / total, middle, thickness, value))
                passed += value
    return parts
