"""The layouts of the CSV files of World Population Prospects, from the revision of 2012 to that of 2024.

Populations on 1 July, in thousands: by sex, by sex and age, or among the demographic indicators. One variant is read,
medium, which is also how these files name the years that are estimated.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain

from comity.areas.gazetteer import COUNTRIES
from comity.evidence.errors import BadInput, Fault
from comity.evidence.wording import gettext as _
from comity.evidence.workbooks.workbook import Value, cell_text
from comity.observations.finishing import finish
from comity.observations.grids.chosen_sheets import choose_sheets
from comity.observations.grids.fields import (
    Fields,
    FieldsOfGrid,
    fields_in,
    fields_of,
    judge_blank,
    notice_other_columns,
)
from comity.observations.grids.grid import Grid, grids_of, known_grids, outside_of
from comity.observations.numbers import marks_of, read_number
from comity.observations.observation import TOTAL, Observation, slug
from comity.observations.possible_populations import named_otherwise
from comity.observations.publishers.population_prospects import (
    ANY_REVISION,
    LICENCE,
    PUBLISHER,
    Estimated,
    area_of,
    population,
)
from comity.observations.reading import Description, Reading
from comity.observations.rows.areas import AreaFinder
from comity.observations.rows.row import RowFault, keep_row, notice_unknown_word
from comity.observations.rows.values import read_period
from comity.observations.titles_and_notes import say_beside
from comity.observations.words import qualifiers
from comity.observations.words.ages import code_of_age

HEADINGS = {
    "loc": ("LocID",),
    "location": ("Location",),
    "variant_id": ("VarID",),
    "variant": ("Variant",),
    "time": ("Time",),
    "middle": ("MidPeriod",),
    "sex_id": ("SexID",),
    "sex": ("Sex",),
    "age": ("AgeGrp",),
    "age_start": ("AgeGrpStart",),
    "age_span": ("AgeGrpSpan",),
    "male": ("PopMale", "TPopulationMale1July"),
    "female": ("PopFemale", "TPopulationFemale1July"),
    "total": ("PopTotal", "TPopulation1July"),
    "value": ("Value",),
}
OF_LOCATIONS = frozenset(
    map(
        slug,
        (
            "SortOrder",
            "Notes",
            "ISO3_code",
            "ISO2_code",
            "SDMX_code",
            "LocTypeID",
            "LocTypeName",
            "ParentID",
        ),
    )
)
"""Headings that say more of the location or its place in the file, and hold no figures."""
_KIND_OF_LOCATION = slug("LocTypeName")
_KINDS_OF_LOCATIONS = frozenset(
    {
        *("", "country-area", "country", "state", "territory", "world", "region", "geographic-region", "sdg-region"),
        *("sdg-subregion", "subregion", "development-group", "income-group", "special-other", "label-separator"),
    }
)
"""Kinds of locations that are no part of a State."""
_CODES_OF_LOCATIONS = frozenset(map(slug, ("ISO3_code", "ISO2_code", "SDMX_code")))
_BESIDE = ("variant_id", "variant", "middle", "sex_id")
"""Fields of which no row is told what it is of."""
_AGES = ("age", "age_start", "age_span")
"""Fields of which one is not read where the others tell the ages: spreadsheet programs make dates of them."""
_OF_LONG_TABLES = ("sex_id", "sex", "value")
"""Fields that are read only where each row gives one population."""

MEDIUM = "2"
_MEDIUM = frozenset({"medium", "medium-variant"})
_READ = _MEDIUM | {"estimates"}
_SEXES = {"male": "M", "female": "F", "both": TOTAL, "both-sexes": TOTAL, "total": TOTAL}
_SEX_CODES = {"1": "M", "2": "F", "3": TOTAL}
_MEASURES = {"male": "M", "female": "F", "total": TOTAL}
_OPEN = -1
_NUMBER = re.compile(r"[\d.,]*")
_NEAR_THE_MIDDLE = 0.01
"""Years by which the day of 1 July may be from the middle of the year."""


_ALWAYS = frozenset({"loc", "location", "variant_id", "variant", "time", "middle"})
_REVISIONS: Mapping[frozenset[str], Estimated] = {
    _ALWAYS | {"male", "female", "total"}: Estimated(2010, 2015),
    _ALWAYS | {"sex_id", "sex", "age", "age_start", "age_span", "value"}: Estimated(2010, 2015),
    _ALWAYS | {"age", "age_start", "age_span", "male", "female", "total"}: Estimated(2015, 2020),
    _ALWAYS | {"male", "female", "total", slug("PopDensity")}: Estimated(2020, 2020),
}
"""What the revisions of 2012 to 2017, 2012 and 2015, 2017 and 2019, and 2019 head their columns."""


class WorldPopulationProspects:
    """Text tables of World Population Prospects, as the Population Division publishes them."""

    name = "World Population Prospects, populations"

    def recognises(self, name: str, data: bytes) -> bool:
        """Whether the headings are a location's number, a time and populations."""
        return any(map(_is_of_wpp, known_grids(name, data, HEADINGS)))

    def read(self, name: str, data: bytes, areas: AreaFinder, subject: str) -> Reading:
        """Read the medium variant; values are persons, and `text` is the figure in thousands as it stands.

        Values of other variants and of groups without an M49 code are left out, each with a finding. Raises BadInput
        for populations on another day than 1 July, and where the file's name says that the values are no populations.
        """
        grids, findings = choose_sheets(grids_of(name, data, HEADINGS, areas), _is_of_wpp)
        tables = [_Table(grid) for grid in grids]
        for table in tables:
            table.check_day()
        dataset, title = _data_set({kind for table in tables for kind in table.kinds()})
        description = Description(dataset=dataset, title=title, publisher=PUBLISHER, licence=LICENCE, projects=True)
        reading = Reading(name, description, findings=[*findings], outside=outside_of(grids))
        for table in tables:
            table.read(reading, areas)
        if faults := named_otherwise(name, reading.observations):
            raise BadInput(faults)
        return finish(reading)


def _is_of_wpp(grid: Grid) -> bool:
    found = fields_in(grid.headings, HEADINGS).columns.keys()
    return {"loc", "time"} <= found and bool(found & {"variant", "variant_id"}) and bool(_columns(found))


def _columns(given: Iterable[str]) -> list[str]:
    """The fields that hold populations: one for each sex, or one beside a column of sexes and one of ages."""
    fields = set(given)
    if by_sex := [field for field in _MEASURES if field in fields]:
        return by_sex
    return ["value"] if {"value", "age", "sex"} <= fields else []


def _data_set(kinds: set[str]) -> tuple[str, str]:
    """Code and title of the data set; none of them is the one by which rates are made where another is held."""
    if kinds == {"single"}:
        return "population-by-single-age-wpp", "World Population Prospects: population by sex and single age"
    if "group" in kinds or "single" in kinds:
        return "population-by-age-wpp", "World Population Prospects: population by sex and age group"
    return "population-wpp", "World Population Prospects: total population and population by sex"


class _Table(FieldsOfGrid):
    """One table of populations."""

    def __init__(self, grid: Grid):
        self.grid = grid
        fields = fields_of(grid, HEADINGS, ("loc", "time"))
        self.columns = _columns(fields.columns)
        self.by_age = bool({"age", "age_start"} & fields.columns.keys())
        self.estimated = _estimated(fields)
        unread = {*(() if "value" in self.columns else _OF_LONG_TABLES), *(() if self.by_age else ("age_span",))}
        self.fields = fields.without(unread, grid)

    def kinds(self) -> set[str]:
        """What the rows are of: all ages, `single` ages or a `group` of ages; an open group may end either."""
        if not self.by_age:
            return {"all"}
        spans = {self.fields.text(cells, "age_span") for _number, cells in self.grid.rows}
        return {"single"} if "1" in spans and spans <= {"1", "-1", ""} else {"group"}

    def check_day(self) -> None:
        """Some files give populations on 1 January: then the middle of the period is the beginning of the year."""
        if "middle" not in self.fields.columns:
            return
        for number, cells in self.grid.rows:
            time, middle = (_number(self.fields.cell(cells, field)) for field in ("time", "middle"))
            shown = self.fields.text(cells, "middle")
            if time is None or (middle is None and _NUMBER.fullmatch(shown)):
                continue
            if middle is None or abs(middle - time - 0.5) > _NEAR_THE_MIDDLE:
                place = self.place(number, "middle")
                expected = _("the middle of the year, such as %s: populations on 1 July") % f"{time + 0.5:g}"
                raise BadInput(Fault(self.grid.file, place, shown, expected))

    def read(self, reading: Reading, areas: AreaFinder) -> None:
        notice_other_columns(
            reading, self.grid, self.fields.with_beside(fields=(*_BESIDE, *_AGES), headings=OF_LOCATIONS), areas
        )
        for column, heading in self.fields.others.items():
            if slug(heading) == _KIND_OF_LOCATION:
                self.judge_kinds(reading, column)
            elif slug(heading) in _CODES_OF_LOCATIONS:
                self.judge_location_codes(reading, areas, column)
        at = [self.fields.columns[field] for field in self.columns]
        reading.marks = marks_of(chain.from_iterable(map(self.grid.column, at)), self.grid.usual)
        for number, cells in self.grid.rows:
            filled = list(self.filled(cells))
            if not filled:
                own = [self.fields.cell(cells, field) for field in ("loc", "location")]
                time = self.fields.text(cells, "time")
                rest = [self.fields.cell(cells, "variant"), time if time.isdecimal() else ""]
                judge_blank(reading, areas, self.grid, number, cells, own, rest)
            for field in filled:
                keep_row(reading, lambda: self.observation(reading, areas, number, cells, field))  # noqa: B023

    def judge_kinds(self, reading: Reading, column: int) -> None:
        """Look through the kinds of locations: what names a part of a State makes its row no total."""
        for place, cell in self.grid.column(column):
            kind = cell_text(cell)
            if qualifiers.names_a_subdivision(kind):
                say_beside(reading, [(place, kind)], bool)
            elif slug(kind) not in _KINDS_OF_LOCATIONS:
                notice_unknown_word(reading, self.grid.headings[column], kind, place)

    def judge_location_codes(self, reading: Reading, areas: AreaFinder, column: int) -> None:
        """Look through codes that other lists give a location: one of another area, or of a part, makes no total."""
        for number, cells in self.grid.rows:
            code = cell_text(cells[column]).strip() if column < len(cells) else ""
            own, name = self.fields.text(cells, "loc"), self.fields.text(cells, "location")
            if code and areas.of_kinds(own, COUNTRIES) and areas.of_row(code, name)[0] is None:
                say_beside(reading, [(self.grid.place(number, column), code)], bool)

    def filled(self, cells: Sequence[Value]) -> Iterator[str]:
        """The fields of a row that hold a population; in a long table each row is one, also where it is blank."""
        return (field for field in self.columns if field == "value" or self.fields.text(cells, field))

    def observation(
        self, reading: Reading, areas: AreaFinder, number: int, cells: Sequence[Value], field: str
    ) -> Observation:
        self.check_codes(number, cells)
        code, name = self.fields.text(cells, "loc"), self.fields.text(cells, "location")
        area = area_of(reading, areas, code, name, self.place(number, "loc"))
        period = self.year(number, cells)
        sex = _MEASURES.get(field) or self.sex(number, cells)
        age = self.age(number, cells) if self.by_age else TOTAL
        cell, place = self.fields.cell(cells, field), self.place(number, field)
        return population(reading, cell, place, area=area, period=period, estimated=self.estimated, sex=sex, age=age)

    def check_codes(self, number: int, cells: Sequence[Value]) -> None:
        """Raises RowFault for another variant than the one that is read, and for a code and a word of two sexes."""
        words, code = self.fields.text(cells, "variant"), self.fields.text(cells, "variant_id")
        if not _is_read(words, code) or (code and not code.isdecimal()):
            place = self.place(number, "variant" if words or "variant_id" not in self.fields.columns else "variant_id")
            raise RowFault("other-variant", place, words or code, _("the medium variant; the others are not read"))
        code, word = self.fields.text(cells, "sex_id"), self.fields.text(cells, "sex")
        if code and _SEX_CODES.get(code) != _SEXES.get(slug(word)):
            expected = _("Male, Female or Both")
            raise RowFault("unknown-sex", self.place(number, "sex_id"), f"{code}, {word}", expected)

    def year(self, number: int, cells: Sequence[Value]) -> str:
        return read_period(self.fields.cell(cells, "time"), self.place(number, "time"))

    def sex(self, number: int, cells: Sequence[Value]) -> str:
        """The sex of a row of a long table, by its word."""
        text = self.fields.text(cells, "sex")
        found = _SEXES.get(slug(text))
        if found is None:
            raise RowFault("unknown-sex", self.place(number, "sex"), text, _("Male, Female or Both"))
        return found

    def age(self, number: int, cells: Sequence[Value]) -> str:
        """The ages of a row, by where they begin and how many they are: spreadsheet programs make dates of `5-9`.

        RowFault where the words of the group are ages too, and other ones.
        """
        words = self.fields.text(cells, "age")
        named = code_of_age(words) if words else None
        start, span = (_number(self.fields.cell(cells, field)) for field in ("age_start", "age_span"))
        found = _ages(start, span) if start is not None and span is not None else named
        # What spreadsheet programs make of ages has numbers too.
        other = named != found if named else bool(words) and not any(map(str.isdecimal, words))
        if found is None or other:
            shown = ", ".join(
                text for text in (words, self.fields.text(cells, "age_start"), self.fields.text(cells, "age_span"))
            )
            place = self.place(number, "age" if "age" in self.fields.columns else "age_start")
            raise RowFault("unknown-age", place, shown, _("one group of ages, such as 5-9 from 5 on with a span of 5"))
        return found


@lru_cache(maxsize=256)
def _is_read(variant: str, number: str) -> bool:
    """Whether a variant is the one that is read, by its name and by its number, of which it may lack one."""
    if variant and number.isdecimal() and slug(variant) in _MEDIUM and number != MEDIUM:
        return False
    return slug(variant) in _READ if variant else number == MEDIUM


def _estimated(fields: Fields) -> Estimated:
    """The last year that is estimated, as far as the headings tell the revision.

    Revisions of 2012 to 2024 estimate until 2010, 2015, 2015, 2020, 2021 and 2023. Those of 2022 and 2024 give codes of
    their locations; older ones are known by their headings alone, where none was added or left out.
    """
    others = frozenset(map(slug, fields.others.values()))
    if {slug("ISO3_code"), slug("LocTypeID")} <= others:
        return Estimated(2021, 2023)
    return _REVISIONS.get(frozenset(fields.columns) | others, ANY_REVISION)


@lru_cache(maxsize=4096)
def _number(cell: Value) -> float | None:
    """A year, the middle of one, or an age: these columns repeat few numbers."""
    try:
        return read_number(cell).value
    except ValueError:
        return None


def _ages(start: float, span: float) -> str | None:
    """The code of CL_AGE for ages that begin somewhere and are so many: `Y_LT5`, `Y5T9`, `Y7`, `Y_GE100`."""
    if not (start.is_integer() and span.is_integer() and 0 <= start <= 130):
        return None
    first, many = int(start), int(span)
    if many == _OPEN:
        return f"Y_GE{first}" if first else None
    if many == 1:
        return f"Y{first}"
    if many < 1:
        return None
    return f"Y{first}T{first + many - 1}" if first else f"Y_LT{many}"
