"""Intervals as strokes with a cap at both ends."""

from collections.abc import Callable, Mapping, Sequence
from math import inf
from typing import Any

from comity.charts.parts.marks import Spec, layer
from comity.charts.theme import colour


def whiskers(
    rows: Sequence[Mapping[str, Any]],
    measure: Callable[[str], Spec],
    across: Spec,
    token: str,
    *,
    upright: bool = False,
    width: float = 1.4,
    caps: float = 8,
    end: float = inf,
) -> list[Spec]:
    """From `low` to `high` of each row, over the channel of its measure and the one across it.

    A stroke stops at the `end` of the scale, without a cap where its interval goes on. `caps` are so many pixels long.
    """
    if not rows:
        return []
    main, side = ("y", "x") if upright else ("x", "y")
    spans = [{**row, "reach": min(row["high"], end)} for row in rows]
    bounds = [{**row, "bound": row[bound]} for row in rows for bound in ("low", "high") if row[bound] <= end]
    stroke = {"type": "rule", "color": colour(token), "strokeWidth": width}
    cap = {"type": "tick", "orient": "horizontal" if upright else "vertical", "size": caps, "thickness": width}
    return [
        layer(spans, stroke, **{main: measure("low"), f"{main}2": {"field": "reach"}, side: across}),
        layer(bounds, {**cap, "color": colour(token), "opacity": 1}, **{main: measure("bound"), side: across}),
    ]
