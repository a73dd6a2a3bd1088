"""The layout in which World Population Prospects are republished by age: one sex, years as columns, in thousands.

What the Population Division publishes itself is read by `wpp`.
"""

import re
from collections.abc import Sequence
from itertools import chain

from comity.evidence.errors import BadInput, Fault
from comity.evidence.wording import gettext as _
from comity.evidence.workbooks.workbook import Value, cell_text
from comity.observations.finishing import finish
from comity.observations.grids.chosen_sheets import choose_sheets
from comity.observations.grids.fields import Fields, fields_in, fields_of, judge_blank, notice_other_columns
from comity.observations.grids.grid import Grid, grids_of, known_grids, outside_of
from comity.observations.numbers import marks_of
from comity.observations.observation import Observation
from comity.observations.possible_populations import named_otherwise
from comity.observations.publishers import population_prospects
from comity.observations.reading import Description, Reading
from comity.observations.rows.areas import AreaFinder
from comity.observations.rows.row import RowFault, keep_row
from comity.observations.words.ages import code_of_age

AGES = {"code": ("country_code",), "name": ("name",), "age": ("age",)}
_YEAR = re.compile(r"(?:19|20|21)\d\d")
_SEXES = {"female": "F", "females": "F", "women": "F", "male": "M", "males": "M", "men": "M"}


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
            publisher=population_prospects.PUBLISHER,
            licence=population_prospects.LICENCE,
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

    area = population_prospects.area_of(
        reading, areas, fields.text(cells, "code"), fields.text(cells, "name"), place("code")
    )
    text = fields.text(cells, "age")
    age = code_of_age(text)
    if age is None:
        raise RowFault("unknown-age", place("age"), text, _("an age group such as 5-9 or 100+"))
    return population_prospects.population(
        reading,
        cells[column],
        grid.place(number, column),
        area=area,
        period=grid.headings[column],
        estimated=population_prospects.ANY_REVISION,
        sex=sex,
        age=age,
    )
