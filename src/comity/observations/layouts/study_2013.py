"""The layout of the statistical annex of the Global Study on Homicide 2013: a line of rates and one of counts for each
territory, years as columns, marks that footnotes below the table explain."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from comity.evidence.errors import BadInput, Fault
from comity.evidence.places import column_letters
from comity.evidence.wording import gettext as _
from comity.evidence.workbooks.workbook import Sheet, Value, cell_text
from comity.observations.finishing import finish
from comity.observations.grids.chosen_sheets import choose_sheets
from comity.observations.grids.fields import judge_blank
from comity.observations.grids.grid import Grid, grids_of, outside_of
from comity.observations.grids.headings import Headings, best_headings, find_headings
from comity.observations.grids.other_columns import judge_regions
from comity.observations.grids.sheets import known_sheets, sheets_of
from comity.observations.numbers import Number
from comity.observations.observation import BREAK, NOT_SIGNIFICANT, PER_100000, Observation
from comity.observations.reading import Description, Reading
from comity.observations.rows.areas import AreaFinder
from comity.observations.rows.row import RowFault, keep_row, stated
from comity.observations.rows.values import read_value
from comity.observations.titles_and_notes import say_beside

HEADINGS = {
    "region": ("Region",),
    "subregion": ("Sub-region", "Subregion"),
    "territory": ("Country/territory", "Country"),
    "source": ("Source",),
    "indicator": ("Indicator",),
}
_INDICATORS = {"rate": ("homicide-rate", PER_100000), "count": ("homicide-count", "victims")}
_MARKED = re.compile(r"(?P<text>.*?)(?<!\s)\s*+(?P<marks>[*+#]+)")
"""“12.5 *”."""
_FOOTNOTE = re.compile(r"(?P<mark>[x*+#])\s+(?P<text>.+)", re.DOTALL)
"""“* Not comparable with other years”."""
_UPDATED = re.compile(r"updated on (\d{1,2} [A-Z][a-z]+ \d{4})")
"""“updated on 6 October 2014”."""
_NOT_COMPARABLE = re.compile(r"cannot be compared|not comparable|break in")
_OWN_WORDS = re.compile(r"country-territory|rate|count", re.IGNORECASE)
"""The name of the study's own sheet, and what stands alone in a line without figures."""
_OWN_TITLES = re.compile(r"intentional homicide (?:count and rate|is defined)", re.IGNORECASE)
"""“Intentional homicide count and rate per 100,000 population”."""
_YEAR = re.compile(r"(?:19|20)\d\d")


class Study2013:
    """Workbooks laid out as the annex of the study."""

    name = "Global Study on Homicide 2013"

    def recognises(self, name: str, data: bytes) -> bool:
        """Whether the file is a workbook with a sheet of the study's headings and a row of years."""
        return any(map(_is_study, known_sheets(name, data)))

    def read(self, name: str, data: bytes, areas: AreaFinder, subject: str) -> Reading:
        """Read the one sheet of this layout; each cell of a year that holds something is a row."""
        of_study = {sheet.name: sheet for sheet in sheets_of(name, data) if _is_study(sheet)}
        grids, findings = choose_sheets(
            grids_of(name, data, HEADINGS, areas), lambda grid: grid.sheet in of_study, merged=True
        )
        if len(grids) != 1:
            shown = ", ".join(grid.sheet for grid in grids)
            raise BadInput(Fault(name, "", shown, _("one sheet with the headings of the study; split the file")))
        reader = _Reader(name, of_study[grids[0].sheet], areas)
        reader.reading.outside = outside_of([reader.headed(grids[0])], _OWN_WORDS, reader.explains)
        reader.judge_rows(grids[0])
        found = reader.read()
        found.findings += findings
        return found


def _is_study(sheet: Sheet) -> bool:
    headings = best_headings(sheet.rows, HEADINGS)
    return "indicator" in headings.columns and len(headings.columns) >= 3 and len(_years(sheet, headings)) >= 3


def _years(sheet: Sheet, headings: Headings) -> dict[int, str]:
    """The year of each column, from the row of the headings or, where “Year” spans them, from the one below."""
    for row in sheet.rows[headings.row : headings.row + 2]:
        found = {
            column: cell_text(cell)
            for column, cell in enumerate(row)
            if column > headings.columns.get("indicator", -1) and _YEAR.fullmatch(cell_text(cell))
        }
        if found:
            return found
    return {}


@dataclass(frozen=True)
class _Territory:
    """What the two lines of a territory share; `breaks` are the years that a footnote calls not comparable."""

    area: str | None
    expected: str
    name: str
    place: str
    source: str
    note: str
    breaks: frozenset[str]


class _Reader:
    """Reads the sheet from top to bottom; a territory's name stands in the first of its lines."""

    def __init__(self, name: str, sheet: Sheet, areas: AreaFinder):
        self.sheet, self.areas = sheet, areas
        self.headings = find_headings(name, sheet, HEADINGS, ("territory", "source", "indicator"))
        self.years = _years(sheet, self.headings)
        if len({*self.years.values()}) < len(self.years):
            at = f"{sheet.name}!{column_letters(min(self.years))}{self.headings.row + 1}"
            raise BadInput(Fault(name, at, ", ".join(self.years.values()), _("one column for each year")))
        self.regions: dict[int, str] = {}
        self.sources: dict[int, str] = {}
        self.footnotes = _footnotes(sheet, self.headings)
        self.reading = Reading(name, _description(name, self.footnotes))

    def headed(self, grid: Grid) -> Grid:
        """The grid with sources and years headed: “Source” spans several columns, years may stand in the row below."""
        width = max(len(grid.headings), *(column + 1 for column in self.years))
        headings = [*grid.headings, *[""] * (width - len(grid.headings))]
        source = self.headings.columns["source"]
        for column in range(source, self.headings.columns["indicator"]):
            headings[column] = headings[source]
        return replace(grid, headings=tuple(self.years.get(at, heading) for at, heading in enumerate(headings)))

    def judge_rows(self, grid: Grid) -> None:
        """Judge what rows say beside their figures, and rows without one that are not of a rate or a count."""
        for number, cells in grid.rows:
            self.keep_notes(grid, number, cells)
            blank = all(cells[column] == "" for column in self.years if column < len(cells))
            indicator = cell_text(self.headings.cell(cells, "indicator")).strip().casefold()
            own = [self.headings.cell(cells, field) for field in ("region", "subregion", "territory")]
            if blank and (any(own) or indicator not in _INDICATORS):
                judge_blank(self.reading, self.areas, grid, number, cells, own, [indicator])

    def keep_notes(self, grid: Grid, number: int, cells: Sequence[Value]) -> None:
        """Keep what the regions and the sources of a row say of a part.

        A region may stand in the first of its rows alone, and a source in the first line of its territory.
        """
        columns = self.headings.columns
        regions = [columns[field] for field in ("region", "subregion") if field in columns]
        for at in regions:
            self.regions[at] = cell_text(cells[at]).strip() or self.regions.get(at, "")
        sources = range(columns["source"], columns["indicator"])
        if cell_text(self.headings.cell(cells, "territory")).strip():
            self.sources = {}
        self.sources |= {at: text for at in sources if (text := cell_text(cells[at]).strip())}
        regions_here, sources_here = (
            [(grid.place(number, at), text) for at, text in found.items() if text]
            for found in (self.regions, self.sources)
        )
        judge_regions(self.reading, regions_here, self.areas)
        say_beside(self.reading, sources_here)

    def read(self) -> Reading:
        territory: _Territory | None = None
        for index in range(self.headings.row + 1, len(self.sheet.rows)):
            cells = self.sheet.rows[index]
            if self.is_years(cells):
                continue
            if cell_text(self.headings.cell(cells, "territory")).strip():
                territory = self.territory(index, cells)
            for column, year in self.years.items():
                if cells[column] != "":
                    keep_row(self.reading, lambda: self.observation(index, column, year, territory))  # noqa: B023
        return finish(self.reading)

    def explains(self, text: str) -> bool:
        """Whether a text is the study's own title, or one of its footnotes, which stand in the notes of their rows."""
        return _OWN_TITLES.match(text) is not None or _FOOTNOTE.fullmatch(text) is not None

    def is_years(self, cells: Sequence[Value]) -> bool:
        return all(cell_text(cells[column]) == year for column, year in self.years.items())

    def territory(self, index: int, cells: Sequence[Value]) -> _Territory:
        text = cell_text(self.headings.cell(cells, "territory")).strip()
        marked = _MARKED.fullmatch(text)
        name, marks = (marked["text"], marked["marks"]) if marked else (text, "")
        area, expected = self.areas.named(name)
        notes = [self.footnotes[mark] for mark in dict.fromkeys(marks) if mark in self.footnotes]
        breaks = frozenset(year for note in notes if (year := _break_year(note)))
        place = self.headings.place(self.sheet.name, index, "territory")
        return _Territory(area, expected, text, place, self.source(cells), " ".join(notes), breaks)

    def source(self, cells: Sequence[Value]) -> str:
        """The kind of source and its name, which stand in the columns from “Source” to “Indicator”."""
        first, last = self.headings.columns["source"], self.headings.columns["indicator"]
        parts = cells[first : max(last, first + 1)]
        return ": ".join(text for cell in parts if (text := cell_text(cell).strip()))

    def observation(self, index: int, column: int, year: str, territory: _Territory | None) -> Observation:
        cells = self.sheet.rows[index]
        word = cell_text(self.headings.cell(cells, "indicator")).strip()
        if word.casefold() not in _INDICATORS:
            at = self.headings.place(self.sheet.name, index, "indicator")
            raise RowFault("unknown-indicator", at, word, _("“Rate” or “Count”"))
        indicator, unit = _INDICATORS[word.casefold()]
        if territory is None or territory.area is None:
            at = territory.place if territory else self.headings.place(self.sheet.name, index, "territory")
            expected = territory.expected if territory else _("the name of a territory")
            raise RowFault("unknown-area", at, territory.name if territory else "", expected)
        place = f"{self.sheet.name}!{column_letters(column)}{index + 1}"
        number, marks = self.value(cells[column], place, indicator)
        notes = [self.footnotes[mark] for mark in marks if mark in self.footnotes]
        return stated(
            area=territory.area,
            indicator=indicator,
            iccs="0101",
            unit=unit,
            period=year,
            number=number,
            status=BREAK if year in territory.breaks else "",
            text=cell_text(cells[column]),
            source=territory.source,
            note=" ".join(filter(None, [territory.note, *notes])),
            place=place,
        )

    def value(self, cell: Value, place: str, indicator: str) -> tuple[Number, str]:
        """The number in a cell, and the marks that hang on it.

        `x` stands for an estimated count under 2 in a small population. The figure exists and nothing confidential is
        withheld, so that `Q` (suppressed) would be wrong; it is left out because it is too small to mean anything,
        which is `N`, not significant.
        """
        text = cell_text(cell).strip()
        if text == "x" and "x" in self.footnotes:
            return Number(None, NOT_SIGNIFICANT), "x"
        marked = _MARKED.fullmatch(text)
        if marked is None:
            return read_value(self.reading, cell, place, indicator), ""
        number = read_value(self.reading, marked["text"], place, indicator)
        return Number(number.value, BREAK if number.value is not None else number.status), marked["marks"]


def _footnotes(sheet: Sheet, headings: Headings) -> dict[str, str]:
    """The footnotes by their marks: lines that hold one cell, below the headings."""
    found: dict[str, str] = {}
    for cells in sheet.rows[headings.row + 1 :]:
        texts = [text for cell in cells if (text := cell_text(cell).strip())]
        match = _FOOTNOTE.fullmatch(texts[0]) if len(texts) == 1 else None
        if match:
            found.setdefault(match["mark"], match["text"])
    return found


def _break_year(footnote: str) -> str:
    """The first year that a footnote names, where it says that figures before and after it cannot be compared."""
    year = _YEAR.search(footnote)
    return year[0] if year and _NOT_COMPARABLE.search(footnote) else ""


def _description(name: str, footnotes: Mapping[str, str]) -> Description:
    updated = next(filter(None, map(_updated, footnotes.values())), None)
    return Description(
        dataset="homicide",
        title="Global Study on Homicide 2013: victims and rates by territory",
        publisher="United Nations Office on Drugs and Crime",
        published=updated,
    )


def _updated(footnote: str) -> date | None:
    match = _UPDATED.search(footnote)
    try:
        return datetime.strptime(match[1], "%d %B %Y").date() if match else None  # noqa: DTZ007
    except ValueError:
        return None
