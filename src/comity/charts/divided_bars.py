"""Rows of bars as long as one another, divided by kind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from comity.charts.languages import Language
from comity.charts.parts.description import described, listed
from comity.charts.parts.frame import EDGE, specification
from comity.charts.parts.key import LINE, Kind, key_height, key_of_kinds
from comity.charts.parts.layout import NARROW, text_width
from comity.charts.parts.marks import Spec, layer, start_side, texts, texts_at
from comity.charts.parts.rows import Rows
from comity.charts.theme import SMALL_SIZE, colour

ON_DARK = frozenset({"party", "series-1", "series-2", "series-3", "series-4", "series-5", "series-6"})
"""Tokens whose fill is far from the paper, so that text on them is written in the paper's colour."""


@dataclass(frozen=True)
class Bar:
    """A bar: its label and a count for each kind that it has."""

    label: str
    values: Mapping[str, int]


def stacked_share_bars(
    bars: Sequence[Bar], kinds: Sequence[Kind], *, title: str, language: Language, width: float, total_label: str = ""
) -> Spec:
    """One bar a row, as long as all others, divided by kind; counts stand in the parts and the total at the end.

    Parts follow the order of `kinds`, from the side where reading begins. Raises ValueError where there is no bar.
    """
    if not bars:
        raise ValueError("a chart of bars needs at least one bar")
    totals = [sum(bar.values.get(kind.key, 0) for kind in kinds) for bar in bars]
    ends = [language.number(total) for total in totals]
    rows = _rows(bars, ceil(max(text_width(total_label, SMALL_SIZE), *map(text_width, ends)) + 8), language, width)
    thickness = rows.below or 24.0
    left = -rows.end if language.mirrored else 0.0
    head = LINE + (0 if width < NARROW else -4)
    above = head + key_height([kind.label for kind in kinds], rows.room + rows.end)
    key, _taken = key_of_kinds(kinds, width=rows.room + rows.end, language=language, top=-above, left=left)
    behind = {"x": rows.beyond(rows.room + 8)}
    written = [{"row": rows.middle(number), "text": text} for number, text in enumerate(ends)]
    first = rows.middle(0) * rows.heights[0] - thickness / 2 - 10
    start = start_side(language)
    return specification(
        [
            *key,
            *rows.named(),
            *_parts(bars, kinds, totals, rows, thickness),
            texts(written, x={"value": behind["x"]}, y=rows.across(), align=start, fontWeight="bold"),
            texts_at(
                [{**behind, "y": first, "text": total_label}],
                align=start,
                color=colour("ink-soft"),
                fontSize=SMALL_SIZE,
            ),
        ],
        title=title,
        description=described(
            title,
            [
                f"{bar.label} ({total}) – "
                + listed((kind.label, language.number(bar.values.get(kind.key, 0))) for kind in kinds)
                for bar, total in zip(bars, ends, strict=True)
            ],
        ),
        language=language,
        inner=(rows.room, rows.height),
        margins=rows.margins(above + 2, 2),
    )


def _rows(bars: Sequence[Bar], end: float, language: Language, width: float) -> Rows:
    """Rows with names beside the bars, or above them in a narrow chart."""
    names = [bar.label for bar in bars]
    if width < NARROW:
        return Rows(names, 1, language, width, 0, end, padding=13, gap=0, below=20)
    column = ceil(min((width - 2 * EDGE) * 0.3, max(map(text_width, names)) + 2))
    return Rows(names, 1, language, width, column, end, padding=8, gap=10, least=38)


def _parts(
    bars: Sequence[Bar], kinds: Sequence[Kind], totals: Sequence[int], rows: Rows, thickness: float
) -> list[Spec]:
    """The parts of all bars in the order of the kinds, and the counts in those that are wide enough for them."""
    parts: list[dict[str, Any]] = []
    for number, (bar, total) in enumerate(zip(bars, totals, strict=True)):
        for order, kind in enumerate(kinds):
            if value := bar.values.get(kind.key, 0):
                text = rows.language.number(value)
                fits = value / total * rows.room >= text_width(text) + 3
                part = {"row": rows.middle(number), "label": bar.label, "kind": kind.key, "order": order}
                parts.append({**part, "value": value, "text": text if fits else ""})
    bar_mark = {"type": "bar", "orient": "horizontal", "size": thickness, "stroke": colour("paper"), "strokeWidth": 1.5}
    text_mark = {"type": "text", "baseline": "middle", "align": "center"}
    keys, dark = [kind.key for kind in kinds], [kind.key for kind in kinds if kind.token in ON_DARK]
    fill: Spec = {"field": "kind", "type": "nominal", "legend": None}
    fill["scale"] = {"domain": keys, "range": [colour(kind.token) for kind in kinds]}
    ink = {"condition": {"test": {"field": "kind", "oneOf": dark}, "value": colour("paper")}, "value": colour("ink")}
    along = {**rows.along(), "stack": "normalize"}
    place = {"y": rows.across(), "order": {"field": "order", "type": "quantitative"}}
    return [
        layer(parts, bar_mark, x=along, color=fill, **place),
        layer(
            parts,
            text_mark,
            x={**along, "bandPosition": 0.5},
            color=ink,
            detail={"field": "kind", "type": "nominal"},
            text={"field": "text"},
            **place,
        ),
    ]
