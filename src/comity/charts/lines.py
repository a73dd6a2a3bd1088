"""Counts that add up over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from comity.charts.languages import Language
from comity.charts.parts.axes import complete_rule, count_axis, time_axis, unit_label, value_axis
from comity.charts.parts.end_labels import LABEL_LINE, MARKERS, block, leader
from comity.charts.parts.layout import NARROW, spread, text_width, wrapped
from comity.charts.parts.put_together import Margins, Spec, described, layer, listed, pixels, specification, texts_at
from comity.charts.theme import SMALL_SIZE, colour, series


@dataclass(frozen=True)
class Line:
    """A line of a chart: its label, a shorter one for narrow charts, and its values from their dates on."""

    label: str
    points: Sequence[tuple[date, int]]
    short: str = ""


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
    reference: tuple[int, str] | None = None,
) -> Spec:
    """Counts that add up over time, one stepped line each, labelled with name and last value where it ends.

    `unit` says what the vertical axis counts. The chart ends at `until`, or at `complete_through` where the register
    ends before; that day is then marked with `complete_label`, and nothing is drawn beyond it. `reference` is a level
    with its label, such as the number of Member States. Raises ValueError where there is no line.
    """
    if not lines:
        raise ValueError("a chart of lines needs at least one line")
    narrow = width < NARROW
    last_day = min(until, complete_through) if complete_through else until
    data = [[(on, value) for on, value in line.points if begin <= on <= last_day] for line in lines]
    before = [next((value for on, value in reversed(line.points) if on < begin), 0) for line in lines]
    ends = [points[-1][1] if points else start for points, start in zip(data, before, strict=True)]
    labels = _end_labels(lines, ends, language, width)
    widest = max(text_width(text, bold=True) for label in labels for text in label)
    margins = Margins(36, widest + 18, 40, 26)
    inner, height = width - margins.left - margins.right, 260.0 if narrow else min(400.0, width * 0.42)
    top, ticks = value_axis(max([*ends, reference[0] if reference else 0]), height)
    time, counts = time_axis(begin, last_day, inner), count_axis("value", top, ticks, height)
    level = [height - end / top * height for end in ends]
    deep = max(len(label) for label in labels) * LABEL_LINE
    label_y = spread(level, deep + 3, deep / 2, height - deep / 2)
    layers = _reference(reference, top, height, language) if reference else []
    for index, (points, start) in enumerate(zip(data, before, strict=True)):
        rows = [(begin, start), *points, (last_day, ends[index])]
        layers += _stepped(rows, index, time, counts)
        layers.append(leader(inner, level[index], inner + 11, label_y[index], series(index)))
        layers.append(block(labels[index], inner + 14, label_y[index], colour(series(index))))
    layers.append(unit_label(unit, margins.left, -28))
    if complete_through and complete_through < until:
        layers += complete_rule(inner, height, complete_label, inner)
    description = described(
        title,
        [
            unit,
            _("At %(date)s") % {"date": last_day.isoformat()}
            + ": "
            + listed((line.label, language.number(end)) for line, end in zip(lines, ends, strict=True)),
        ],
    )
    return specification(
        layers, title=title, description=description, language=language, inner=(inner, height), margins=margins
    )


def _end_labels(lines: Sequence[Line], ends: Sequence[int], language: Language, width: float) -> list[list[str]]:
    """Name and last value of each line, short and in as many lines as need be where the chart is narrow."""
    narrow = width < NARROW
    labels = []
    for line, end in zip(lines, ends, strict=True):
        name = (line.short or line.label) if narrow else line.label
        labels.append(wrapped(f"{name}\u00a0{language.number(end)}", width * (0.3 if narrow else 0.36), bold=True))
    return labels


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
        if value and tick > rows[0][0].isoformat():
            marked.append({"on": tick, "value": value})
    shape, size = MARKERS[index % len(MARKERS)]
    mark = {"type": "point", "shape": shape, "size": size, "filled": True, "opacity": 1, "color": shade}
    return [line, layer(marked, {**mark, "stroke": colour("paper"), "strokeWidth": 1}, x=time, y=counts)]


def _reference(reference: tuple[int, str], top: float, height: float, language: Language) -> list[Spec]:
    """A level across the chart with its label above it."""
    y = height - reference[0] / top * height
    return [
        layer(
            [{"y": y}],
            {"type": "rule", "color": colour("ink-soft"), "strokeDash": [1, 3]},
            y=pixels("y"),
        ),
        texts_at(
            [{"x": 4, "y": y + 10, "text": f"{reference[1]} {language.number(reference[0])}"}],
            align="left",
            color=colour("ink-soft"),
            fontSize=SMALL_SIZE,
        ),
    ]
