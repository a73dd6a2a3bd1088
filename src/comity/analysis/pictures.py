"""The charts of the pages of analysis, each drawn for wide and for narrow screens."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from comity.charts.page_drawing import WIDE, Drawing, drawn
from comity.charts.specifications import (
    Corridor,
    Estimate,
    Level,
    Reference,
    Trend,
    bars_with_intervals,
    flow_map,
    flows,
    ranking,
    rates_map,
    small_multiples,
    trend_lines,
)

BESIDE = 780
"""The width of charts of rows and lines, which a whole page would stretch."""


def value_map(
    values: Mapping[str, float], names: Mapping[str, str], *, title: str, unit: str, words: str
) -> Drawing | None:
    """The world by a measure in classes; None where no area has a value."""
    if not values:
        return None
    return drawn(
        title,
        words,
        WIDE,
        lambda width, spoken: rates_map(
            values, title=title, unit=unit, no_data_label=_("no value"), names=names, language=spoken, width=width
        ),
    )


def regions(estimates: Sequence[Estimate], world: Reference | None, *, title: str, unit: str, words: str) -> Drawing:
    """Estimates of regions as bars with intervals."""
    return drawn(
        title,
        words,
        BESIDE,
        lambda width, spoken: bars_with_intervals(
            estimates, title=title, unit=unit, reference=world, language=spoken, width=width
        ),
    )


def by_value(estimates: Sequence[Estimate], *, title: str, unit: str, few: str) -> Drawing:
    """Areas by value with intervals, without numbers of rank."""
    return drawn(
        title,
        "",
        BESIDE,
        lambda width, spoken: ranking(
            estimates, title=title, unit=unit, low_count_note=few, language=spoken, width=width
        ),
    )


def over_years(
    trends: Sequence[Trend], *, title: str, unit: str, words: str, wide: int = WIDE, level: Level | None = None
) -> Drawing:
    """Up to six areas over years, interrupted at gaps and breaks; `level` is what they are held against."""
    return drawn(
        title,
        words,
        wide,
        lambda width, spoken: trend_lines(trends, title=title, unit=unit, language=spoken, width=width, level=level),
    )


def side_by_side(trends: Sequence[Trend], *, title: str, unit: str, words: str) -> Drawing:
    """Many areas as small charts of one scale."""
    return drawn(
        title,
        words,
        WIDE,
        lambda width, spoken: small_multiples(trends, title=title, unit=unit, language=spoken, width=width),
    )


def ribbons(corridors: Sequence[Corridor], names: Mapping[str, str], *, title: str, unit: str, words: str) -> Drawing:
    """Corridors as ribbons from the citizenship of victims to where they were detected."""
    return drawn(
        title,
        words,
        WIDE,
        lambda width, spoken: flows(
            corridors,
            names,
            title=title,
            unit=unit,
            origins_label=_("Citizenship"),
            destinations_label=_("Detected in"),
            others_label=_("others"),
            language=spoken,
            width=width,
        ),
    )


def on_the_map(
    corridors: Sequence[Corridor], names: Mapping[str, str], *, title: str, unit: str, words: str
) -> Drawing:
    """The largest corridors as arcs on a map."""
    return drawn(
        title,
        words,
        WIDE,
        lambda width, spoken: flow_map(corridors, names, title=title, unit=unit, language=spoken, width=width),
    )
