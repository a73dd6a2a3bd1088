"""The layouts of the SDG Global Database: the export of its portal (CSV, or a workbook with the same headings) and
SDMX-CSV of the data flow DF_SDG_GLH. Both have a row for each value, with the code of its series."""

import operator
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import chain

from comity.areas.gazetteer import COUNTRIES, Kind
from comity.evidence.errors import BadInput, Fault
from comity.evidence.wording import gettext as _
from comity.evidence.workbooks.workbook import Value, cell_text
from comity.observations.finishing import finish
from comity.observations.grids.chosen_sheets import choose_sheets
from comity.observations.grids.fields import Fields, FieldsOfGrid, fields_in, fields_of, notice_other_columns
from comity.observations.grids.grid import Grid, grids_of, known_grids, outside_of
from comity.observations.grids.sdmx_csv import (
    THE_GOALS,
    Label,
    Meaning,
    code,
    day_of,
    headings_of_codes,
    is_annual,
    is_sdmx_csv,
    judge_labels,
    labels,
    labels_beside,
    labels_of_headings,
    refusals,
    structures_of,
)
from comity.observations.misspelt_codes import may_be_meant
from comity.observations.numbers import Number, marks_of
from comity.observations.observation import (
    ESTIMATED,
    NORMAL,
    STATUSES,
    TOTAL,
    WITHOUT_VALUE,
    Observation,
    slug,
)
from comity.observations.publishers.sdg_codes import (
    DIMENSIONS,
    GROUPS,
    NATURES_ESTIMATED,
    PLAIN_NATURES,
    SEXES,
    TOTALS,
    UNITS,
    Series,
    age_of,
    is_of_part_of_year,
    known_series,
)
from comity.observations.reading import Description, Reading
from comity.observations.rows.areas import AreaFinder, area_of_row
from comity.observations.rows.row import RowFault, keep_row, stated
from comity.observations.rows.values import read_period, read_value
from comity.observations.titles_and_notes import say_beside
from comity.observations.words.categories import code_of
from comity.observations.words.totals import is_total

_BESIDE = {
    "goal": ("Goal",),
    "target": ("Target",),
    "sdg_indicator": ("Indicator",),
    "description": ("SeriesDescription",),
    "base_period": ("BasePeriod", "BASE_PER"),
    "geo_info": ("GeoInfoUrl", "GEO_INFO_URL"),
    "geo_kind": ("GEO_INFO_TYPE",),
    "structure": ("DATAFLOW", "STRUCTURE_ID"),
    "structure_kind": ("STRUCTURE",),
    "structure_name": ("STRUCTURE_NAME",),
    "action": ("ACTION",),
    "updated": ("DATA_LAST_UPDATE",),
}
"""Fields of which no row is told what it is of, each with its headings."""
# The export's words and those of SDMX; brackets about a heading of the export do not matter.
HEADINGS = {
    "series": ("SeriesCode", "SERIES"),
    "area": ("GeoAreaCode", "REF_AREA"),
    "name": ("GeoAreaName",),
    "year": ("TimePeriod", "TIME_PERIOD"),
    "value": ("Value", "OBS_VALUE"),
    "units": ("Units", "UNIT_MEASURE"),
    "multiplier": ("UNIT_MULT",),
    "sex": ("Sex",),
    "age": ("Age",),
    "nature": ("Nature",),
    "status": ("Observation Status", "OBS_STATUS"),
    "reporting": ("Reporting Type", "REPORTING_TYPE"),
    "frequency": ("FREQ",),
    "source": ("Source", "SOURCE_DETAIL"),
    "note": ("FootNote", "COMMENT_OBS"),
    "series_note": ("COMMENT_TS",),
    "detail": ("Time_Detail", "TIME_DETAIL"),
    "coverage": ("TimeCoverage", "TIME_COVERAGE"),
    "lower": ("LowerBound", "LOWER_BOUND"),
    "upper": ("UpperBound", "UPPER_BOUND"),
    "custom": ("CUST_BREAKDOWN",),
    "custom_label": ("CUST_BREAKDOWN_LB",),
    **_BESIDE,
}
REQUIRED = ("series", "area", "year", "value", "units")
_OFFICIAL = 40
"""Letters that the official text of a goal, target or indicator has at least."""
_CODES = ("series", "area", "sex", "age", "units", "nature", "status", "reporting", "frequency", "multiplier", "custom")
"""Fields of codes, behind which SDMX-CSV writes their labels where one asks for both."""
_REPEATED_UNDER = ("goal", "target", "sdg_indicator")
"""A series that serves several indicators stands under each of them with the same values."""

_CODE, _WORDS = re.compile(r"[A-Z][A-Z0-9_]*"), re.compile(r"[A-Z][^:]*[a-z][^:]*")
"""Headings of codes in SDMX-CSV, and those of the labels that it writes behind them where one asks for both."""
_FLOW = "DF_SDG_GLH"
_MONTH = re.compile(r"0?[1-9]|1[0-2]")
"""A detail of time that is one month: 6, 06."""
_STATISTICAL: tuple[Kind, ...] = ("statistical",)

DATA_SET = "sdg"
"""One code for the whole database: its series never share a key, and a download of some of them says nothing of the
others."""


class SdgDatabase:
    """Tables of the SDG Global Database that hold series on crime and justice."""

    name = "SDG Global Database"

    def recognises(self, name: str, data: bytes) -> bool:
        """Whether a table has the headings of the portal's export, or is SDMX-CSV of the agency of the Goals.

        UNODC's own table of these series is taken too, so that reading it says why it is not read.
        """
        return any(map(_is_known, known_grids(name, _without_nulls(data), HEADINGS)))

    def read(self, name: str, data: bytes, areas: AreaFinder, subject: str) -> Reading:
        """Read the rows of series on crime and justice; each row of another series is left out, named.

        Raises BadInput where no row is of a series that is held, naming those that there are.
        """
        grids, findings = choose_sheets(grids_of(name, data, HEADINGS, areas), _is_known)
        _check_layout(grids)
        readers = [_Reader(grid, areas) for grid in grids]
        _check_series(readers)
        outside = [*outside_of(grids), *chain.from_iterable(map(labels_of_headings, filter(is_sdmx_csv, grids)))]
        reading = Reading(name, _description(readers), findings=findings, outside=outside)
        for reader in readers:
            reader.read(reading)
        return finish(reading)


def _without_nulls(data: bytes) -> bytes:
    """A text without the null characters that the database's programming interface puts behind its last line.

    It is only recognised so: read as it stands it is refused, naming the line, since its places could not be looked up.
    """
    return data.rstrip(b"\0") if data.endswith(b"\0") and b"\0" not in data[:64] else data


def _is_known(grid: Grid) -> bool:
    return _is_sdg(grid) or _is_of_unodc(grid)


def _is_sdg(grid: Grid) -> bool:
    fields = fields_in(headings_of_codes(grid), HEADINGS).columns
    if is_sdmx_csv(grid):
        return any(one.agency == THE_GOALS for one in structures_of(grid))
    return {"series", "area", "year", "value"} <= fields.keys() and bool({"goal", "description"} & fields.keys())


def _is_of_unodc(grid: Grid) -> bool:
    """Whether the headings are those of `sdg_dataset.xlsx`, which UNODC's data portal offers."""
    return {"goal", "target", "series", "iso3-code", "dim-comp1", "altseries"} <= {slug(one) for one in grid.headings}


def _check_layout(grids: Sequence[Grid]) -> None:
    """Raises BadInput for UNODC's own table and for other data flows of the agency."""
    for grid in grids:
        if _is_of_unodc(grid):
            expected = _(
                "the export of the SDG Global Database; this seems to be UNODC's own table sdg_dataset, whose words are"
                " not known: download the series from the database"
            )
            shown = ", ".join(grid.headings)
            raise BadInput(Fault(grid.file, grid.place(grid.heading_row, 0), shown, expected))
        if is_sdmx_csv(grid) and any((one.agency, one.id) != (THE_GOALS, _FLOW) for one in structures_of(grid)):
            raise BadInput(refusals([grid]))


def _check_series(readers: Sequence["_Reader"]) -> None:
    named = {series: place for reader in readers for series, place in reader.series_named().items()}
    if named and not named.keys() & known_series().keys():
        expected = _("a series on crime and justice: %(held)s") % {"held": ", ".join(known_series())}
        raise BadInput(Fault(readers[0].grid.file, next(iter(named.values())), ", ".join(named), expected))


def _description(readers: Sequence["_Reader"]) -> Description:
    return Description(
        dataset=DATA_SET,
        title="SDG Global Database: crime and justice",
        publisher="United Nations Statistics Division",
        published=max((day for reader in readers for day in reader.updates()), default=None),
    )


def _labelling(grid: Grid) -> dict[int, int]:
    """The columns of labels of SDMX-CSV, each by that of the codes before it: “Reference area” behind REF_AREA."""
    return {
        column: column - 1
        for column, heading in enumerate(grid.headings)
        if column and _WORDS.fullmatch(heading) and _CODE.fullmatch(grid.headings[column - 1])
    }


class _Reader(FieldsOfGrid):
    """Reads one table."""

    def __init__(self, grid: Grid, areas: AreaFinder):
        self.grid, self.areas = grid, areas
        self.of_sdmx = is_sdmx_csv(grid)
        self.labelling = _labelling(grid) if self.of_sdmx else {}
        coded = ("" if column in self.labelling else heading for column, heading in enumerate(headings_of_codes(grid)))
        bound = replace(grid, headings=tuple(coded)) if self.of_sdmx else grid
        self.fields: Fields = fields_of(bound, HEADINGS, REQUIRED)
        self.dimensions = {
            column: slug(heading)
            for column, heading in self.fields.others.items()
            if self.of_sdmx or heading.startswith("[") or slug(heading) in DIMENSIONS
        }
        self.series_expected = _("a series on crime and justice that is held")
        self.seen: dict[tuple[Value, ...], tuple[tuple[str, ...], str]] = {}

    def series_named(self) -> dict[str, str]:
        """The series of all rows, each with the place that it is met at first."""
        found: dict[str, str] = {}
        for place, cell in self.grid.column(self.fields.columns["series"]):
            found.setdefault(code(cell), place)
        return found

    def updates(self) -> list[date]:
        """The days of update that the rows state."""
        if "updated" not in self.fields.columns:
            return []
        texts = {cell_text(cell) for _place, cell in self.grid.column(self.fields.columns["updated"])}
        return [day for day in map(day_of, texts) if day]

    def read(self, reading: Reading) -> None:
        beside = [field for field in _BESIDE if field not in _REPEATED_UNDER]
        fields = self.fields.without_columns(self.dimensions).with_beside(fields=beside)
        notice_other_columns(reading, self.grid, fields, self.areas)
        say_beside(reading, self.words_for_codes())
        codes = {field: self.fields.columns[field] for field in _CODES if field in self.fields.columns}
        dimensions = {dimension: column for column, dimension in self.dimensions.items()}
        meanings: dict[str, Meaning] = {
            "area": lambda area, label: self.areas.is_name_of(label, area, COUNTRIES),
            "frequency": is_annual,
            "year": operator.eq,
        }
        named = {column: field for field, column in self.fields.columns.items()} | self.dimensions
        labelling = {column: (coded, named.get(coded, "")) for column, coded in self.labelling.items()}
        found = (labels(self.grid, codes | dimensions), labels_beside(self.grid, labelling), self.labels_of_all())
        judge_labels(reading, chain.from_iterable(found), meanings)
        reading.marks = marks_of(self.grid.column(self.fields.columns["value"]), self.grid.usual)
        for number, cells in self.grid.rows:
            keep_row(reading, lambda: self.observation(reading, number, cells))  # noqa: B023

    def labels_of_all(self) -> Iterator[Label]:
        """The labels of custom breakdowns whose code says that the row is of all."""
        for number, cells in self.grid.rows:
            label = self.fields.text(cells, "custom_label")
            if label and self.code(cells, "custom") in TOTALS:
                yield Label(self.place(number, "custom_label"), "custom", TOTAL, label)

    def words_for_codes(self) -> Iterator[tuple[str, str]]:
        """What stands in place of the codes of a goal, target or indicator and is too short to be its official text."""
        for field in _REPEATED_UNDER:
            for number, cells in self.grid.rows if field in self.fields.columns else ():
                text = self.fields.text(cells, field)
                if len(text) < _OFFICIAL:
                    yield self.place(number, field), text

    def code(self, cells: Sequence[Value], field: str) -> str:
        return code(self.fields.cell(cells, field))

    def observation(self, reading: Reading, number: int, cells: Sequence[Value]) -> Observation:
        series = known_series().get(self.code(cells, "series"))
        if series is None:
            raise self.other_series(number, cells)
        self.check(number, cells, series)
        area = self.area(reading, number, cells)
        period = self.year(number, cells)
        sex, age = self.sex(number, cells), self.age(number, cells)
        found = self.value(reading, number, cells, series)
        self.check_repeated(number, cells)
        return stated(
            area=area,
            indicator=series.indicator,
            iccs=series.iccs,
            sex=sex,
            age=age,
            breakdown=self.breakdown(cells, series),
            unit=series.unit,
            period=period,
            number=found,
            text=cell_text(self.fields.cell(cells, "value")),
            place=self.place(number, "value"),
            source=self.fields.text(cells, "source"),
            note=self.note(cells),
            status=self.status(number, cells, found),
        )

    def other_series(self, number: int, cells: Sequence[Value]) -> RowFault:
        """The fault of a series that is not held; of one that may be meant as one that is, the row is unread."""
        code, words = self.code(cells, "series"), self.fields.text(cells, "description")
        if code and not may_be_meant(code, known_series()) and slug(words) not in self.descriptions:
            return self.fault("unknown-series", number, cells, "series", self.series_expected)
        expected = _("a series on crime and justice that is held; this one is so near to one that it may be meant")
        return self.fault("doubtful-series", number, cells, "series", expected)

    @cached_property
    def descriptions(self) -> frozenset[str]:
        """What stands as description beside the series that are held."""
        rows = (cells for _number, cells in self.grid.rows if self.code(cells, "series") in known_series())
        return frozenset(slug(self.fields.text(cells, "description")) for cells in rows) - {""}

    def check(self, number: int, cells: Sequence[Value], series: Series) -> None:
        """Raises RowFault for a row that is deleted, is not of a whole year, or is in another unit than its series."""
        if self.code(cells, "action") == "D":
            raise self.fault("deleted", number, cells, "action", _("a row that is not to be deleted"))
        if self.code(cells, "frequency") not in ("", "A"):
            raise self.fault("not-annual", number, cells, "frequency", _("A, a value of a year"))
        for field in ("detail", "coverage"):
            text = self.fields.text(cells, field)
            if is_of_part_of_year(text) or (field == "detail" and _MONTH.fullmatch(text)):
                raise self.fault("not-annual", number, cells, field, _("a value of a whole year"))
        units = self.code(cells, "units")
        if UNITS.get(units, units) != series.units:
            expected = _("%(units)s, the unit of the series") % {"units": series.units}
            raise self.fault("unknown-unit", number, cells, "units", expected)

    def area(self, reading: Reading, number: int, cells: Sequence[Value]) -> str:
        """The area by its code, a number of M49 that may lack its zeros, else by the name of a part of a State.

        Where code and name are of two areas the code is taken, and that is noticed.
        """
        text, name = self.code(cells, "area"), self.fields.text(cells, "name")
        of_state = self.areas.of_kinds(name, COUNTRIES) and not self.areas.is_region(name)
        if text.lstrip("0") in GROUPS and not of_state:
            raise self.fault("aggregate", number, cells, "area", _("a State, an area or a region of the M49 standard"))
        area, expected = self.areas(text)
        if area:
            area, expected = area_of_row(reading, self.areas, text, name, self.place(number, "area"))
        elif name:
            area = self.areas.of_kinds(name, _STATISTICAL)
        if area is None:
            raise self.fault("unknown-area", number, cells, "area", expected)
        return area

    def year(self, number: int, cells: Sequence[Value]) -> str:
        year, shown = self.fields.cell(cells, "year"), self.fields.text(cells, "year")
        return read_period(year, self.place(number, "year"), shown)

    def sex(self, number: int, cells: Sequence[Value]) -> str:
        text = self.code(cells, "sex")
        found = SEXES.get(text) if text else TOTAL
        if found is None:
            raise self.fault("unknown-term", number, cells, "sex", ", ".join(SEXES))
        return found

    def age(self, number: int, cells: Sequence[Value]) -> str:
        found = age_of(self.code(cells, "age"))
        if found is None:
            raise self.fault("unknown-term", number, cells, "age", _("an age such as ALLAGE, <18Y, 18+ or Y0T17"))
        return found

    def breakdown(self, cells: Sequence[Value], series: Series) -> str:
        """What the row is a part of: the series' own part, other dimensions, and reporting that is not the global one.

        The code of a custom breakdown differs from one series to another: its label stands for it where there is one.
        """
        found = [] if series.breakdown == TOTAL else [series.breakdown]
        for column, dimension in self.dimensions.items():
            category = code(cells[column]) if column < len(cells) else ""
            if category not in TOTALS and not is_total(category):
                found.append(f"{dimension}:{category if category.startswith('_') else code_of(category)}")
        custom = self.code(cells, "custom")
        if custom not in TOTALS:
            found.append(f"cust-breakdown:{code_of(self.fields.text(cells, 'custom_label') or custom)}")
        reporting = self.code(cells, "reporting")
        if reporting not in ("", "G", "Global"):
            found.append(f"reporting-type:{code_of(reporting)}")
        return "+".join(found) or TOTAL

    def value(self, reading: Reading, number: int, cells: Sequence[Value], series: Series) -> Number:
        """The number, times ten to the power that the row states."""
        cell, place = self.fields.cell(cells, "value"), self.place(number, "value")
        power = self.code(cells, "multiplier") or "0"
        if not re.fullmatch(r"-?\d{1,2}", power):
            raise self.fault("unknown-multiplier", number, cells, "multiplier", _("a power of ten such as 0, 3 or 6"))
        if int(power) == 0:
            return read_value(reading, cell, place, series.indicator)
        # What is in thousands is no whole number, and may be a count all the same.
        found = read_value(reading, cell, place, "")
        if found.value is None:
            return found
        return found._replace(value=float(Decimal(repr(found.value)).scaleb(int(power))))

    def status(self, number: int, cells: Sequence[Value], read_number: Number) -> str:
        """The status: what the row states, unless that is normal; then estimated, where its nature is E or M.

        M is modelled. A value without a number keeps what its own form says, unless the row says why it is missing.
        """
        text = self.code(cells, "status")
        if text and text not in STATUSES:
            raise self.fault("unknown-term", number, cells, "status", _("a code of the SDMX list of statuses"))
        if read_number.value is None:
            return text if text in WITHOUT_VALUE else read_number.status
        if text in WITHOUT_VALUE:
            expected = _("a status that goes with a value; %(status)s says that there is none") % {"status": text}
            raise self.fault("contradictory-status", number, cells, "status", expected)
        if text not in ("", NORMAL):
            return text
        return ESTIMATED if self.code(cells, "nature") in NATURES_ESTIMATED else read_number.status

    def note(self, cells: Sequence[Value]) -> str:
        """What the row says beside its value: footnotes, nature, time covered, and bounds."""
        text = self.fields.text
        said = [text(cells, "note"), text(cells, "series_note")]
        nature, detail = self.code(cells, "nature"), text(cells, "detail")
        if nature not in PLAIN_NATURES:
            said.append(f"Nature: {nature}")
        if detail and detail.removesuffix(".0") != text(cells, "year").removesuffix(".0"):
            said.append(f"Time detail: {detail}")
        said += [
            f"{words}: {text(cells, field)}"
            for field, words in (("coverage", "Time coverage"), ("lower", "Lower bound"), ("upper", "Upper bound"))
            if text(cells, field)
        ]
        return "; ".join(filter(None, said))

    def check_repeated(self, number: int, cells: Sequence[Value]) -> None:
        """Raises RowFault for a row that stands already under another indicator of the Goals with the same content."""
        under = {self.fields.columns[field] for field in _REPEATED_UNDER if field in self.fields.columns}
        key = tuple(cell for column, cell in enumerate(cells) if column not in under)
        indicator = tuple(self.fields.text(cells, field) for field in _REPEATED_UNDER)
        first, place = self.seen.setdefault(key, (indicator, self.place(number, "value")))
        if first != indicator:
            expected = _("one row for each value; it stands already at %(place)s under another indicator") % {
                "place": place
            }
            raise self.fault("repeated", number, cells, "value", expected)
