"""The layouts in which populations are republished: the World Bank's totals, and World Population Prospects by age.

What the World Bank and the Population Division publish themselves is read by modules of their own.
"""

import re
from collections.abc import Sequence
from itertools import chain

from comity.evidence.errors import BadInput, Fault
from comity.evidence.wording import gettext as _
from comity.evidence.workbooks.workbook import Value, cell_text
from comity.observations.finishing import finish
from comity.observations.grids.grid import (
    Fields,
    Grid,
    choose_sheets,
    fields_in,
    fields_of,
    grids_of,
    judge_blank,
    known_grids,
    notice_other_columns,
    outside_of,
)
from comity.observations.layouts import wpp
from comity.observations.layouts.world_bank import LICENCE, OF_COUNTRIES, OWN_WORDS, PUBLISHER, country
from comity.observations.numbers import marks_of, read_year
from comity.observations.observation import Observation, slug
from comity.observations.possible_populations import impossible_populations, named_otherwise
from comity.observations.reading import Description, Reading
from comity.observations.rows.areas import AreaFinder
from comity.observations.rows.row import RowFault, keep_row, stated
from comity.observations.rows.values import read_value
from comity.observations.words.ages import code_of_age

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

AGES = {"code": ("country_code",), "name": ("name",), "age": ("age",)}
_YEAR = re.compile(r"(?:19|20|21)\d\d")
_SEXES = {"female": "F", "females": "F", "women": "F", "male": "M", "males": "M", "men": "M"}


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
    area = country(reading, areas, wpp.AREAS.get(code, code), name, place("code"))
    year = fields.cell(cells, "year")
    try:
        period = read_year(year)
    except ValueError as error:
        raise RowFault("impossible-year", place("year"), cell_text(year), str(error)) from None
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


class PopulationByAge:
    """Tables of one sex by five-year age group, in thousands, years as columns."""

    name = "World Population Prospects, population by age"

    def recognises(self, name: str, data: bytes) -> bool:
        """Whether the headings are a country's code and name, an age and years."""
        return any(map(_is_by_age, known_grids(name, data, AGES)))

    def read(self, name: str, data: bytes, areas: AreaFinder, subject: str) -> Reading:
        """Read the table; values are persons, and `text` is the figure in thousands as it stands.

        Raises BadInput where neither `subject` nor the file's name says of which sex it is, and where the name says
        that the values are no populations.
        """
        sex = _sex(subject) or _sex(name.rsplit("/", 1)[-1])
        if not sex:
            raise BadInput(Fault(name, "", subject, _("“female” or “male” in the file's name or as --subject")))
        grids, findings = choose_sheets(grids_of(name, data, AGES, areas), _is_by_age)
        word = {"F": "female", "M": "male"}[sex]
        description = Description(
            dataset=f"population-by-age-{word}",
            title=f"World Population Prospects: {word} population by five-year age group",
            publisher=wpp.PUBLISHER,
            licence=wpp.LICENCE,
            projects=True,
        )
        reading = Reading(name, description, findings=[*findings], outside=outside_of(grids))
        if not _sex(subject):
            _note_sex(reading, word)
        for grid in grids:
            _read_ages(reading, areas, grid, sex)
        if faults := named_otherwise(name, reading.observations):
            raise BadInput(faults)
        return finish(reading)


def _is_by_age(grid: Grid) -> bool:
    found = fields_in(grid.headings, AGES)
    return found.columns.keys() == AGES.keys() and any(map(_YEAR.fullmatch, found.others.values()))


def _sex(text: str) -> str:
    """The one sex that a text names, or blank."""
    found = {_SEXES[word] for word in re.findall(r"[a-z]+", text.casefold()) if word in _SEXES}
    return found.pop() if len(found) == 1 else ""


def _note_sex(reading: Reading, word: str) -> None:
    """Nothing in these tables names the sex: that a name was believed is said."""
    message = _("%(file)s: “%(sex)s” is taken from the file's name; nothing in it says so") % {
        "file": reading.file,
        "sex": word,
    }
    reading.add_finding("subject-by-name", "warning", "", reading.file, _("the sex as --subject"), message)


def _read_ages(reading: Reading, areas: AreaFinder, grid: Grid, sex: str) -> None:
    fields = fields_of(grid, AGES, tuple(AGES))
    years = {column: heading for column, heading in fields.others.items() if _YEAR.fullmatch(heading)}
    notice_other_columns(reading, grid, fields.without_columns(years), areas, years=years)
    reading.marks = marks_of(chain.from_iterable(map(grid.column, years)), grid.usual)
    for number, cells in grid.rows:
        filled = [column for column in years if column < len(cells) and cell_text(cells[column]).strip()]
        if not filled:
            judge_blank(reading, areas, grid, number, cells, *_of_row(fields, cells))
        for column in filled:
            keep_row(reading, lambda: _age_group(reading, areas, grid, fields, number, cells, column, sex))  # noqa: B023


def _of_row(fields: Fields, cells: Sequence[Value]) -> tuple[list[Value], list[Value]]:
    """The cells of a row's area, and its age, blank where it is none."""
    age = fields.text(cells, "age")
    return [fields.cell(cells, name) for name in ("code", "name")], [age if code_of_age(age) else ""]


def _age_group(
    reading: Reading,
    areas: AreaFinder,
    grid: Grid,
    fields: Fields,
    number: int,
    cells: Sequence[Value],
    column: int,
    sex: str,
) -> Observation:
    def place(field: str) -> str:
        return grid.place(number, fields.columns[field])

    area = wpp.area_of(reading, areas, fields.text(cells, "code"), fields.text(cells, "name"), place("code"))
    text = fields.text(cells, "age")
    age = code_of_age(text)
    if age is None:
        raise RowFault("unknown-age", place("age"), text, _("an age group such as 5-9 or 100+"))
    at, year = grid.place(number, column), grid.headings[column]
    found = wpp.persons(reading, cells[column], at)
    return stated(
        area=area,
        indicator="population",
        sex=sex,
        age=age,
        unit="persons",
        period=year,
        number=found,
        text=cell_text(cells[column]),
        place=at,
        status=wpp.status(reading, found, year, at, wpp.ANY_REVISION),
    )
