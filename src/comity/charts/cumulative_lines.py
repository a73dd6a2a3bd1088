"""Counts that add up over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from comity.charts.languages import Language
from comity.charts.parts.axes import complete_rule, measure_axis, time_axis, unit_label, value_axis
from comity.charts.parts.description import described, listed
from comity.charts.parts.end_labels import MARKERS, LineEnd, depth, end_label, end_labels
from comity.charts.parts.frame import Margins, specification
from comity.charts.parts.layout import NARROW, text_width
from comity.charts.parts.marks import Spec, layer
from comity.charts.theme import colour, series


@dataclass(frozen=True)
class Line:
    """A line of a chart: its label, a shorter one for narrow charts, and its values from their dates on.

    `until` is the day on which it ends where it ends before the chart.
    """

    label: str
    points: Sequence[tuple[date, int]]
    short: str = ""
    until: date | None = None


def cumulative_lines(
    lines: Sequence[Line],
    *,
    title: str,
    unit: str,
    language: Language,
    width: float,
    begin: date,
    until: date,
    complete_through: date | None = None,
    complete_label: str = "",
) -> Spec:
    """Counts that add up over time, one stepped line each, labelled with name and last value where it ends.

    `unit` says what the vertical axis counts. The chart ends at `until`, or at `complete_through` where the register
    ends before; that day is then marked with `complete_label`, and nothing is drawn beyond it. Raises ValueError where
    there is no line.
    """
    if not lines:
        raise ValueError("a chart of lines needs at least one line")
    narrow = width < NARROW
    last_day = min(until, complete_through) if complete_through else until
    stops = [min(line.until or last_day, last_day) for line in lines]
    data = [_within(line, begin, stop) for line, stop in zip(lines, stops, strict=True)]
    ends = [rows[-1][1] for rows in data]
    labels = [
        end_label(
            (line.short or line.label) if narrow else line.label,
            language.number(end),
            width * (0.3 if narrow else 0.36),
        )
        for line, end in zip(lines, ends, strict=True)
    ]
    widest = max(text_width(text, bold=True) for label in labels for text in label)
    margins = Margins(36, widest + 18, 40, 26)
    inner = width - margins.left - margins.right
    height = max(260.0 if narrow else min(400.0, width * 0.42), sum(map(depth, labels)))
    top, ticks = value_axis(max(ends), height)
    time, counts = time_axis(begin, last_day, inner), measure_axis("value", ticks, height)
    layers = [mark for index, rows in enumerate(data) for mark in _stepped(rows, index, time, counts)]
    named = [
        LineEnd(
            _across(begin, stop, last_day) * inner, height - end / top * height, label, series(index), stop < last_day
        )
        for index, (end, label, stop) in enumerate(zip(ends, labels, stops, strict=True))
    ]
    layers += [*end_labels(named, inner, height), unit_label(unit, margins.left, -28)]
    if complete_through and complete_through < until:
        layers += complete_rule(inner, height, complete_label, inner)
    at_last = _("At %(date)s") % {"date": last_day.isoformat()} if len({*stops}) == 1 else _("Where each line ends")
    counted = listed((line.label, language.number(end)) for line, end in zip(lines, ends, strict=True))
    return specification(
        layers,
        title=title,
        description=described(title, [unit, f"{at_last}: {counted}"]),
        language=language,
        inner=(inner, height),
        margins=margins,
    )


def _across(begin: date, day: date, end: date) -> float:
    """How far across the chart a day stands, from 0 to 1."""
    return (day - begin).days / max((end - begin).days, 1)


def _within(line: Line, begin: date, last_day: date) -> list[tuple[date, int]]:
    """The values of a line from a day to another, at both of which it has one; before its first it counts none."""
    start = next((value for on, value in reversed(line.points) if on < begin), 0)
    points = [(begin, start), *((on, value) for on, value in line.points if begin <= on <= last_day)]
    return [*points, (last_day, points[-1][1])]


def _stepped(rows: Sequence[tuple[date, int]], index: int, time: Spec, counts: Spec) -> list[Spec]:
    """A line that keeps each value until the next, with a marker of its own shape at every year that has a tick."""
    shade = colour(series(index))
    line = layer(
        [{"on": on.isoformat(), "value": value} for on, value in rows],
        {"type": "line", "interpolate": "step-after", "color": shade, "strokeCap": "butt"},
        x=time,
        y=counts,
    )
    marked = []
    for tick in time["axis"]["values"]:
        value = next((value for on, value in reversed(rows) if on.isoformat() <= tick), 0)
        if value and rows[0][0].isoformat() < tick <= rows[-1][0].isoformat():
            marked.append({"on": tick, "value": value})
    shape, size = MARKERS[index % len(MARKERS)]
    mark = {"type": "point", "shape": shape, "size": size, "filled": True, "opacity": 1, "color": shade}
    return [line, layer(marked, {**mark, "stroke": colour("paper"), "strokeWidth": 1}, x=time, y=counts)]
