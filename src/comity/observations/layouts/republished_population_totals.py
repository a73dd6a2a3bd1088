"""The layout in which the World Bank's total populations are republished: a row for each country and year.

What the World Bank publishes itself is read by `world_bank`.
"""

from collections.abc import Sequence

from comity.evidence.errors import BadInput, Fault
from comity.evidence.wording import gettext as _
from comity.evidence.workbooks.workbook import Value, cell_text
from comity.observations.finishing import finish
from comity.observations.grids.chosen_sheets import choose_sheets
from comity.observations.grids.fields import Fields, fields_in, fields_of, notice_other_columns
from comity.observations.grids.grid import Grid, grids_of, known_grids, outside_of
from comity.observations.numbers import marks_of
from comity.observations.observation import Observation, slug
from comity.observations.possible_populations import impossible_populations, named_otherwise
from comity.observations.publishers import population_prospects
from comity.observations.publishers.world_bank_countries import LICENCE, OF_COUNTRIES, OWN_WORDS, PUBLISHER, country
from comity.observations.reading import Description, Reading
from comity.observations.rows.areas import AreaFinder
from comity.observations.rows.row import keep_row, stated
from comity.observations.rows.values import read_period, read_value

TOTALS = {
    "name": ("Country Name",),
    "code": ("Country Code",),
    "year": ("Year",),
    "value": ("Value", "Population", "Population, total", "Total population", "SP.POP.TOTL"),
}
_SILENT = "value"
"""A heading of values that does not say what they are."""
_SUBJECTS = frozenset({"population", "total-population", "population-total", "sp-pop-totl"})
# Where one of these stands among the headings, the values are of what it says, row by row.
_MEASURES = frozenset(
    {"indicator", "indicator-name", "indicator-code", "series", "series-name", "series-code", "variable", "measure"}
)


class PopulationTotals:
    """Tables of total populations by country code and year, as the World Bank's are republished."""

    name = "World Bank, population"

    def recognises(self, name: str, data: bytes) -> bool:
        """Whether the headings are a country's name and code, a year and a value."""
        return any(map(_is_of_totals, known_grids(name, data, TOTALS)))

    def read(self, name: str, data: bytes, areas: AreaFinder, subject: str) -> Reading:
        """Read the table; the World Bank's groups of countries are left out, each row named.

        Where the values are headed “Value” and nothing else, the table does not say what they are: it is described so,
        unless `subject` is “population”. Raises BadInput where the values cannot be populations by their size or
        the file's name, or, where the table does not say what they are, by their fractions.
        """
        grids, findings = choose_sheets(grids_of(name, data, TOTALS, areas), _is_of_totals)
        tables = [(grid, fields_of(grid, TOTALS, tuple(TOTALS))) for grid in grids]
        said = _is_said(name, tables, subject)
        description = Description(
            dataset="population",
            title="World Bank: total population",
            publisher=PUBLISHER,
            licence=LICENCE,
            measure_stated=said,
        )
        reading = Reading(name, description, findings=[*findings], outside=outside_of(grids, OWN_WORDS))
        for grid, fields in tables:
            notice_other_columns(reading, grid, fields.with_beside(headings=OF_COUNTRIES), areas, ("persons",))
            reading.marks = marks_of(grid.column(fields.columns["value"]), grid.usual)
            for number, cells in grid.rows:
                keep_row(reading, lambda: _total(reading, areas, grid, fields, number, cells))  # noqa: B023
        named = named_otherwise(name, reading.observations)
        if faults := named or impossible_populations(name, reading.observations, whole=not said):
            raise BadInput(faults)
        return finish(reading)


def _is_of_totals(grid: Grid) -> bool:
    found = fields_in(grid.headings, TOTALS)
    return found.columns.keys() == TOTALS.keys() and not _MEASURES & set(map(slug, found.others.values()))


def _is_said(name: str, tables: Sequence[tuple[Grid, Fields]], subject: str) -> bool:
    """Whether the headings, or a person, say that the values are populations. Raises BadInput for another subject."""
    headed = {slug(grid.headings[fields.columns["value"]]) for grid, fields in tables}
    if _SILENT not in headed:
        return True
    if subject and slug(subject) not in _SUBJECTS:
        raise BadInput(Fault(name, "--subject", subject, _("population as --subject, or a table of another layout")))
    return bool(subject)


def _total(
    reading: Reading, areas: AreaFinder, grid: Grid, fields: Fields, number: int, cells: Sequence[Value]
) -> Observation:
    def place(field: str) -> str:
        return grid.place(number, fields.columns[field])

    code, name = fields.text(cells, "code"), fields.text(cells, "name")
    area = country(reading, areas, population_prospects.AREAS.get(code, code), name, place("code"))
    period = read_period(fields.cell(cells, "year"), place("year"))
    cell = fields.cell(cells, "value")
    return stated(
        area=area,
        indicator="population",
        unit="persons",
        period=period,
        number=read_value(reading, cell, place("value"), "population-count"),
        text=cell_text(cell),
        place=place("value"),
    )
