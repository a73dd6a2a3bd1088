"""The charts and maps of a report: which picture shows which figure.

A picture shows the values of figures and nothing else, so that what it shows can be followed like any number.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from comity.areas.gazetteer import WORLD
from comity.charts import drawing
from comity.charts import specifications as charts
from comity.charts.languages import Language, language
from comity.charts.specifications import Bar, Estimate, Kind, Line, Reference, Trend, TrendPoint
from comity.evidence.errors import BadInput, Fault
from comity.evidence.figures import Figure, Table
from comity.evidence.files.control_characters import printable
from comity.instruments.figures.tables import AT_MOST
from comity.reports.composing.naming import Names
from comity.reports.formats import day, short_day
from comity.reports.source.references import BlockReference

WIDE, NARROW = 720, 360
Spec = Mapping[str, Any]


@dataclass(frozen=True)
class Drawing:
    """A chart or map of a document, for wide places and for telephones."""

    name: str
    wide: Spec
    narrow: Spec

    @property
    def alternative(self) -> str:
        """What the picture shows, in words that hold its numbers."""
        return printable(str(self.wide["description"]))

    @cached_property
    def html(self) -> str:
        """Both widths, of which the style sheet shows one."""
        wide, narrow = drawing.draw_svg(self.wide, name="wide"), drawing.draw_svg(self.narrow, name="narrow")
        return f'<div class="chart"><div class="chart-wide">{wide}</div><div class="chart-narrow">{narrow}</div></div>'

    @cached_property
    def svg(self) -> str:
        """The wide picture in the colours of print."""
        return drawing.draw_svg(self.wide, "print")

    @cached_property
    def png(self) -> bytes:
        """The wide picture in the colours of print, for Word."""
        return drawing.draw_png(self.wide)


@dataclass(frozen=True)
class Setting:
    """What every picture of a document is drawn with: words, and the day that was asked for, if one was."""

    title: str
    language: Language
    names: Names
    until: date | None
    options: Mapping[str, str]
    narrow: bool
    ends: Mapping[str, date] = field(default_factory=dict)
    """The last day of each column of a picture through time."""

    @property
    def width(self) -> int:
        """The picture's width in pixels."""
        return NARROW if self.narrow else WIDE


def draw(name: str, parts: Sequence[Figure], reference: BlockReference, setting: Setting, file: str) -> Drawing:
    """The picture of a figure, or of several that answer one question for several treaties.

    Raises BadInput where no picture is known for the method.
    """
    whole = parts[0]
    make = _PICTURES.get(whole.method)
    if make is None or not isinstance(whole.value, Table):
        known = _("a figure that can be drawn, of a method among: %(names)s") % {"names": ", ".join(_PICTURES)}
        raise BadInput(Fault(file, str(reference.line), whole.id, known))
    ends = {code: part.arguments.get("until") for part in parts for code in part.value.columns}
    setting = replace(setting, ends={code: day for code, day in ends.items() if isinstance(day, date)})
    small = replace(setting, narrow=True)
    if len(parts) > 1:
        whole = replace(whole, value=_joined([part.value for part in parts]))
    return Drawing(name, make(whole, setting), make(whole, small))


def _joined(tables: Sequence[Table]) -> Table:
    """The columns of several tables beside one another, with the rows of all."""
    rows = sorted({row for table in tables for row in table.rows})
    blank = [(None,) * len(table.columns) for table in tables]
    return Table(
        tuple(column for table in tables for column in table.columns),
        {
            row: tuple(cell for table, none in zip(tables, blank, strict=True) for cell in table.rows.get(row, none))
            for row in rows
        },
    )


_LINES = "parties-over-time"


def ends_with_the_register(target: str) -> bool:
    """Whether a picture of a figure draws nothing past the day through which a treaty's list is complete."""
    return target.partition(".")[0] == _LINES


def _over_time(whole: Figure, setting: Setting) -> Spec:
    """Parties to each instrument over time, one line each, to the day through which its list is complete."""
    table, ends = whole.value, setting.ends
    codes = [code for code in table.columns if not code.endswith(AT_MOST)]
    last = max(ends.values())
    is_one = len({ends[code] for code in codes}) == 1
    asked = setting.until or last

    def named(name: str, code: str) -> str:
        if is_one:
            return name
        return _("%(treaty)s (%(day)s)") % {"treaty": name, "day": short_day(ends[code]).replace(" ", "\u00a0")}

    lines = [
        Line(
            named(setting.names.instrument(code), code),
            [
                (min(date(int(year), 12, 31), ends[code]), table.cell(year, code))
                for year in table.rows
                if table.cell(year, code) is not None
            ],
            named(code, code),
            ends[code],
        )
        for code in codes
    ]
    return charts.cumulative_lines(
        [line for line in lines if line.points],
        title=setting.title,
        unit=_("Parties"),
        language=setting.language,
        width=setting.width,
        begin=date(int(next(iter(table.rows))), 12, 31),
        until=asked if is_one else last,
        complete_through=last if is_one and last < asked else None,
        complete_label=_("Register complete through this day"),
    )


def _by_group(whole: Figure, setting: Setting) -> Spec:
    """Member States by group, parties and not, as parts of a whole."""
    kinds = [Kind("parties", _("Party"), "party"), Kind("not_party", _("Not yet party"), "not-party")]
    table = whole.value
    bars = [
        Bar(
            setting.names.group(group),
            {"parties": table.cell(group, "parties"), "not_party": table.cell(group, "not_party")},
        )
        for group in setting.names.ordered_groups(table.rows)
    ]
    return charts.stacked_share_bars(
        bars, kinds, title=setting.title, language=setting.language, width=setting.width, total_label=_("Member States")
    )


def _by_year(whole: Figure, setting: Setting) -> Spec:
    """Consents deposited in each year, one column each, of the instrument that the option `column` names."""
    table, until = whole.value, whole.arguments["until"]
    column = setting.options.get("column", table.columns[0])
    values = {int(year): table.cell(year, column) for year in table.rows}
    partial = (
        {until.year: _("to %(day)s") % {"day": day(until)}}
        if isinstance(until, date) and until != date(until.year, 12, 31)
        else {}
    )
    return charts.columns(
        values,
        title=setting.title,
        unit=_("Instruments deposited"),
        language=setting.language,
        width=setting.width,
        incomplete=partial,
    )


_DEGREES = (
    ("all", "party"),
    ("some", "series-3"),
    ("convention", "signatory"),
    ("none", "not-party"),
)


def _status_map(whole: Figure, setting: Setting) -> Spec:
    """Each State by how many of the instruments bind it; the first instrument is the parent of the others."""
    table = whole.value
    codes = list(dict.fromkeys(column.rsplit("-", 1)[0] for column in table.columns))
    labels = {
        "all": _("Convention and all its Protocols"),
        "some": _("Convention and some Protocols"),
        "convention": _("Convention alone"),
        "none": _("Not party to the Convention"),
    }
    classes = {area: degree([table.cell(area, f"{code}-state") == "party" for code in codes]) for area in table.rows}
    kinds = [Kind(key, labels[key], token) for key, token in _DEGREES]
    return charts.choropleth(
        classes,
        kinds,
        title=setting.title,
        no_data_label=_("No data"),
        language=setting.language,
        width=setting.width,
    )


def degree(bound: list[bool]) -> str:
    """How far a State is bound, given first the parent treaty and then its protocols: all, some, convention or none."""
    convention, *protocols = bound
    if not convention:
        return "none"
    if all(protocols):
        return "all"
    return "some" if any(protocols) else "convention"


def _by_region(whole: Figure, setting: Setting) -> Spec:
    """Estimates of regions with their bounds and observed shares, held against that of the world."""
    table = whole.value
    estimates = [
        Estimate(
            setting.names.group(region),
            table.cell(region, "value"),
            table.cell(region, "low"),
            table.cell(region, "high"),
            observed_share=min(table.cell(region, "observed") / 100, 1.0),
        )
        for region in table.rows
        if region != WORLD and table.cell(region, "value") is not None
    ]
    world = table.rows.get(WORLD, (None,))[0]
    return charts.bars_with_intervals(
        estimates,
        title=setting.title,
        unit=_unit(whole, setting),
        language=setting.language,
        width=setting.width,
        reference=None if world is None else Reference(world, setting.names.group(WORLD)),
    )


def _by_area(whole: Figure, setting: Setting) -> Spec:
    """The rates of States and areas, in classes."""
    table = whole.value
    rates = {area: table.cell(area, "rate") for area in table.rows if table.cell(area, "rate") is not None}
    return charts.rates_map(
        rates,
        title=setting.title,
        unit=_("Per 100,000 population"),
        no_data_label=_("No data"),
        language=setting.language,
        width=setting.width,
        names=setting.names.areas,
    )


def _trend_lines(whole: Figure, setting: Setting) -> Spec:
    """Estimates of regions year by year with their bounds, one line each."""
    table = whole.value
    series = [column for column in table.columns if not column.endswith(("-low", "-high"))]
    trends = [
        Trend(
            setting.names.group(code),
            [
                TrendPoint(int(year), *(table.cell(year, f"{code}{bound}") for bound in ("", "-low", "-high")))
                for year in table.rows
                if table.cell(year, code) is not None
            ],
        )
        for code in series
    ]
    return charts.trend_lines(
        [trend for trend in trends if trend.points],
        title=setting.title,
        unit=_unit(whole, setting),
        language=setting.language,
        width=setting.width,
    )


def _unit(whole: Figure, setting: Setting) -> str:
    """What the values of an indicator are counted in."""
    return setting.names.indicator(str(whole.arguments["indicator"]))


_DRAWN = {"estimates-by-region": "value", "estimates-by-area": "rate"}
"""The column that a picture draws, where one without any value in it leaves nothing to draw."""


def is_empty(whole: Figure) -> bool:
    """Whether a table has nothing that a picture could show: no row, or no number in what is drawn."""
    table = whole.value
    if not isinstance(table, Table):
        return False
    column = _DRAWN.get(whole.method)
    if column is not None:
        return all(table.cell(row, column) is None for row in table.rows)
    if whole.method == "estimates-over-time":
        return all(cell is None for cells in table.rows.values() for cell in cells)
    return not table.rows


_PICTURES: dict[str, Callable[[Figure, Setting], Spec]] = {
    _LINES: _over_time,
    "parties-by-group": _by_group,
    "parties-by-region": _by_group,
    "consents-by-year": _by_year,
    "status-table": _status_map,
    "estimates-by-region": _by_region,
    "estimates-by-area": _by_area,
    "estimates-over-time": _trend_lines,
}

__all__ = ["Drawing", "Setting", "degree", "draw", "is_empty", "language"]
