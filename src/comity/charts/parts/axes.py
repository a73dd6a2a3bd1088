"""Axes of counts and measures, which start at zero, and of time; and the rule where a register ends."""

from collections.abc import Sequence
from datetime import date
from math import ceil, floor, log10

from comity.charts.parts.marks import Spec, rules_at, texts_at
from comity.charts.theme import SMALL_SIZE, colour


def nice_step(largest: float, steps: int, *, whole: bool = True) -> float:
    """The distance of ticks, at most `steps` to `largest`: 1, 2, 2.5 or 5 times a power of ten, whole for counts."""
    if largest <= 0:
        return 1.0
    raw = largest / steps
    power = 10 ** floor(log10(raw))
    distances = (factor * power for factor in (1, 2, 2.5, 5, 10))
    return next((step for step in distances if step >= raw * 0.999 and (not whole or step % 1 == 0)), 1.0)


def value_axis(largest: float, height: float, *, whole: bool = True) -> tuple[float, list[float]]:
    """Top of a scale from zero and its ticks, `whole` for counts."""
    step = nice_step(largest, max(2, round(height / 55)), whole=whole)
    count = max(1, ceil(largest / step - 1e-9))
    return round(count * step, 9), [round(step * index, 9) for index in range(count + 1)]


def decimals_of(ticks: Sequence[float]) -> int:
    """How many decimals ticks need, so that none is printed as another number than it is."""
    return next((places for places in range(6) if all(abs(round(t, places) - t) < 1e-9 for t in ticks)), 6)


def _year_ticks(begin: date, end: date, width: float) -> list[int]:
    """Years that get a tick: every one, second, fifth, tenth or twentieth, as the width allows."""
    first, last = begin.year + (begin > date(begin.year, 1, 1)), end.year
    room = max(2, floor(width / 52))
    step = next((step for step in (1, 2, 5, 10, 20, 50) if (last - first) / step + 1 <= room), 100)
    return [year for year in range(first, last + 1) if year % step == 0] or [last]


def time_axis(begin: date, end: date, width: float) -> Spec:
    """The channel of time between two days, ticks on the first of January."""
    return {
        "field": "on",
        "type": "temporal",
        "scale": {"type": "utc", "domain": [begin.isoformat(), end.isoformat()], "nice": False, "range": [0, width]},
        "axis": _axis_of_years([f"{year}-01-01" for year in _year_ticks(begin, end, width)], "utcyear(datum.value)"),
    }


def year_axis(first: int, last: int, width: float, inset: float = 8) -> Spec:
    """The channel of whole years, `inset` pixels from both sides, ticks at round years."""
    ticks = _year_ticks(date(first, 1, 1), date(last, 1, 1), width)
    return {
        "field": "year",
        "type": "quantitative",
        "scale": {"domain": year_domain(first, last), "nice": False, "zero": False, "range": [inset, width - inset]},
        "axis": _axis_of_years(ticks, "datum.value"),
    }


def _axis_of_years(ticks: Sequence[int | str], year: str) -> Spec:
    """Years below a line; `year` says where a label finds its own."""
    return {
        "values": list(ticks),
        "labelExpr": f"format({year}, 'd')",
        "grid": False,
        "ticks": True,
        "tickColor": colour("outline"),
        "tickSize": 4,
        "domain": True,
        "domainColor": colour("outline"),
        "labelFlush": False,
    }


def year_domain(first: int, last: int) -> list[int]:
    """The years that an axis holds: more than one, so that a single year stands in the middle."""
    return [first, last] if last > first else [first - 1, first + 1]


def place_of_year(year: float, first: int, last: int, width: float, inset: float = 8) -> float:
    """Pixels from the left of a year on an axis of whole years."""
    low, high = year_domain(first, last)
    return inset + (year - low) / (high - low) * (width - 2 * inset)


def measure_axis(field: str, ticks: Sequence[float], height: float) -> Spec:
    """The vertical channel of a measure, from zero over the ticks given."""
    return {
        "field": field,
        "type": "quantitative",
        "scale": {"domain": [0, ticks[-1]], "nice": False, "zero": True, "range": [height, 0]},
        "axis": {"values": list(ticks), "format": f",.{decimals_of(ticks)}f", "grid": True},
    }


def unit_label(unit: str, left: float, top: float) -> Spec:
    """What the vertical axis counts, above it."""
    return texts_at([{"x": -left, "y": top, "text": unit}], align="left", color=colour("ink-soft"))


def complete_rule(at: float, height: float, label: str, width: float) -> list[Spec]:
    """The broken rule where a register ends, with the words beside it."""
    left = at > width / 2
    words = {"x": at if left else at + 5, "y": -10, "text": label}
    shade = colour("warning")
    return [
        rules_at([{"x": at, "x2": at, "y": -4, "y2": height}], color=shade, strokeDash=[3, 3]),
        texts_at([words], align="right" if left else "left", color=shade, fontSize=SMALL_SIZE),
    ]
