"""The layouts in which the World Bank gives its indicators: the download of one, the bulk of all, DataBank's exports.

In all of them a series is known by its code. It stands beside each country with years as columns, or it is a column
itself (`Population, total [SP.POP.TOTL]`) beside a time.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import NamedTuple

from comity.areas.gazetteer import COUNTRIES
from comity.evidence.errors import BadInput, Fault
from comity.evidence.wording import gettext as _
from comity.evidence.workbooks.workbook import Value, cell_text
from comity.observations.finishing import finish
from comity.observations.grids.chosen_sheets import choose_sheets
from comity.observations.grids.days_above import notice_doubtful_day
from comity.observations.grids.fields import (
    Fields,
    FieldsOfGrid,
    fields_in,
    fields_of,
    judge_blank,
    notice_other_columns,
)
from comity.observations.grids.grid import Grid, grids_of, known_grids, outside_of
from comity.observations.misspelt_codes import may_be_meant
from comity.observations.numbers import marks_of, read_year
from comity.observations.observation import PER_100000, TOTAL, Observation, slug
from comity.observations.possible_populations import named_otherwise
from comity.observations.publishers.world_bank_countries import (
    LICENCE,
    OF_COUNTRIES,
    OWN_WORDS,
    PUBLISHER,
    country,
    is_group,
)
from comity.observations.reading import Description, Reading
from comity.observations.rows.areas import AreaFinder
from comity.observations.rows.row import RowFault, keep_row, stated
from comity.observations.rows.values import read_value
from comity.observations.words import qualifiers
from comity.observations.words.days import calendar_day

HEADINGS = {
    "name": ("Country Name",),
    "code": ("Country Code",),
    "series_name": ("Series Name", "Indicator Name"),
    "series": ("Series Code", "Indicator Code"),
    "time": ("Time", "Year"),
    "time_code": ("Time Code",),
}

MOST_LEFT_OUT = 500_000
"""Values of other series that are left out one by one; the bulk of all series holds eight million."""

_YEAR = re.compile(r"X?(?P<year>(?:19|20|21)\d\d)?[\s.]*\[?(?:YR(?P<code>(?:19|20|21)\d\d))?[\].]?")
"""“2015”, “2015 [YR2015]”, and R's “X2015..YR2015.”."""
_TIME_CODE = re.compile(r"YR(\d{4})")
_CODE = re.compile(r"[A-Z0-9_]+(?:\.[A-Z0-9_]+)+")
"""SP.POP.TOTL."""
_SERIES = re.compile(rf"(?P<name>.*\S)\s*\[(?P<code>{_CODE.pattern})\]")
"""“Population, total [SP.POP.TOTL]”."""
_UPDATED = re.compile(r"last updated(?: date)?\s*+:?\s*+(?P<day>.*)", re.IGNORECASE)
"""“Last Updated: 12/16/2025”."""
_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_POINTS = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
"""Day before month: nobody writes the month first between points."""
_PROJECTIONS = slug("Population estimates and projections")


class Series(NamedTuple):
    """A series that is read: the names that its code goes by, and what an observation of it is of."""

    names: tuple[str, ...]
    family: str
    sex: str


_POPULATION, _HOMICIDE = "population", "homicide"
_KNOWN = {_POPULATION: ("persons",), _HOMICIDE: (PER_100000, "0101")}
"""The codes of unit and offence that all values of a family are of."""
SERIES: Mapping[str, Series] = {
    "SP.POP.TOTL": Series(("Population, total", "Población, total"), _POPULATION, TOTAL),
    "SP.POP.TOTL.FE.IN": Series(("Population, female",), _POPULATION, "F"),
    "SP.POP.TOTL.MA.IN": Series(("Population, male",), _POPULATION, "M"),
    "VC.IHR.PSRC.P5": Series(
        ("Intentional homicides (per 100,000 people)", "Homicidios intencionales (por cada 100.000 habitantes)"),
        _HOMICIDE,
        TOTAL,
    ),
    "VC.IHR.PSRC.FE.P5": Series(("Intentional homicides, female (per 100,000 female)",), _HOMICIDE, "F"),
    "VC.IHR.PSRC.MA.P5": Series(("Intentional homicides, male (per 100,000 male)",), _HOMICIDE, "M"),
}

_NAMES_READ = frozenset(slug(name) for one in SERIES.values() for name in one.names)
_OTHER_SERIES = frozenset({"SP.POP.TOTL.FE.ZS", "SP.POP.TOTL.MA.ZS", "SM.POP.TOTL"})
"""Shares of women and men, and migrants: series of their own, whose codes are near to some that are read."""


class WorldBank:
    """Tables of the World Bank's indicators, as text or on the sheet of a workbook."""

    name = "World Bank, indicators"

    def recognises(self, name: str, data: bytes) -> bool:
        """Whether a country's code stands beside codes of series and of years, in any of the World Bank's layouts."""
        return any(_is_of_indicators(grid) for grid in known_grids(name, data, HEADINGS))

    def read(self, name: str, data: bytes, areas: AreaFinder, subject: str) -> Reading:
        """Read populations and rates of homicide; each value of any other series is left out with a finding.

        The World Bank's groups of countries are left out, each value named. Raises BadInput where no series is one that
        is read, where a series bears a name that its code does not explain, and where the series are of two data sets.
        """
        grids, findings = choose_sheets(grids_of(name, data, HEADINGS, areas), _is_of_indicators)
        tables = [_Table(grid) for grid in grids]
        series = [one for table in tables for one in table.series()]
        description, doubtful = _description(name, tables, series)
        reading = Reading(name, description, findings=[*findings], outside=outside_of(grids, OWN_WORDS))
        for place, text in doubtful:
            notice_doubtful_day(reading, place, text)
        for table in tables:
            table.read(reading, areas)
        if all(one.code in SERIES for one in series) and (faults := named_otherwise(name, reading.observations)):
            raise BadInput(faults)  # beside other series, the name may speak of those
        return finish(reading)


@dataclass(frozen=True)
class _Head:
    """What the heading of a column of values says: the year, or the code and name of a series, or neither."""

    year: str = ""
    series: str = ""
    name: str = ""


class _Met(NamedTuple):
    """A series where it is met first: its code, its name and the place, with the number of its values."""

    code: str
    name: str
    place: str
    values: int


def _is_of_indicators(grid: Grid) -> bool:
    found = fields_in(grid.headings, HEADINGS)
    return "code" in found.columns and bool(_heads(found))


def _heads(fields: Fields) -> dict[int, _Head]:
    """The columns of values: years beside series in rows, series beside times in rows, or one of both in rows."""
    in_rows = {"series", "time"} & _dimensions(fields)
    if in_rows == {"series"}:
        years = {column: _year(heading) for column, heading in fields.others.items()}
        return {column: _Head(year=year) for column, year in years.items() if year}
    if in_rows == {"time"}:
        found = {column: _SERIES.fullmatch(heading) for column, heading in fields.others.items()}
        return {column: _Head(series=one["code"], name=one["name"]) for column, one in found.items() if one}
    if in_rows == {"series", "time"}:
        return {column: _Head() for column, heading in fields.others.items() if slug(heading) == "value"}
    return {}


def _dimensions(fields: Fields) -> set[str]:
    return {"time" if field == "time_code" else field for field in fields.columns}


def _year(heading: str) -> str:
    """The year of a heading `1960`, `1960 [YR1960]` or `YR1960`, or as R writes it, `X1960` and `X1960..YR1960.`.

    Blank for others, and where the two differ.
    """
    match = _YEAR.fullmatch(heading)
    found = {match["year"], match["code"]} - {None} if match else set()
    return str(found.pop()) if len(found) == 1 else ""


class _Table(FieldsOfGrid):
    """One table of indicators."""

    def __init__(self, grid: Grid):
        self.grid = grid
        self.fields = fields_of(grid, HEADINGS, ("code",))
        self.heads = _heads(self.fields)

    def values(self, cells: Sequence[Value]) -> Iterator[tuple[int, _Head, Value]]:
        """The values of a row, blank ones left out where a row has several."""
        for column, head in self.heads.items():
            cell = cells[column] if column < len(cells) else ""
            if cell_text(cell).strip() or not (head.year or head.series):
                yield column, head, cell

    def series(self) -> list[_Met]:
        """The series of the table in the order in which they are met, one under two names twice."""
        met: dict[tuple[str, str], _Met] = {}
        for column, head in self.heads.items():
            if head.series:
                met[head.series, head.name] = _Met(head.series, head.name, self.heading_place(column), 0)
        for number, cells in self.grid.rows:
            code, name = self.fields.text(cells, "series"), self.fields.text(cells, "series_name")
            if "series" in self.fields.columns and (code, name) not in met:
                met[code, name] = _Met(code, name, self.place(number, "series"), 0)
            for _column, head, _cell in self.values(cells):
                key = (head.series, head.name) if head.series else (code, name)
                met[key] = met[key]._replace(values=met[key].values + 1)
        return list(met.values())

    def known(self) -> tuple[str, ...]:
        """The codes of unit and offence of the series that are read; none where others stand beside them."""
        families = {SERIES[one.code].family if one.code in SERIES else "" for one in self.series()}
        return _KNOWN.get(families.pop(), ()) if len(families) == 1 else ()

    def heading_place(self, column: int) -> str:
        return self.grid.place(self.grid.heading_row, column)

    def read(self, reading: Reading, areas: AreaFinder) -> None:
        fields = self.fields.without_columns(self.heads).with_beside(headings=OF_COUNTRIES)
        years = [column for column, head in self.heads.items() if head.year]
        notice_other_columns(reading, self.grid, fields, areas, self.known(), years)
        reading.marks = marks_of(chain.from_iterable(map(self.grid.column, self.heads)), self.grid.usual)
        for number, cells in self.grid.rows:
            filled = list(self.values(cells))
            if not filled:
                code, name = self.fields.text(cells, "code"), self.fields.text(cells, "name")
                series = [self.fields.text(cells, field) for field in self.fields.columns if field.startswith("series")]
                if not _CODE.fullmatch(self.fields.text(cells, "series")):
                    series.append("")
                group = all(series) and is_group(code, name, lambda text: areas.of_kinds(text, COUNTRIES))
                own = (code, name) if "name" in self.fields.columns else (code,)
                judge_blank(reading, areas, self.grid, number, () if group else cells, own, series)
            for column, head, cell in filled:
                keep_row(reading, lambda: self.observation(reading, areas, number, cells, column, head, cell))  # noqa: B023

    def observation(
        self,
        reading: Reading,
        areas: AreaFinder,
        number: int,
        cells: Sequence[Value],
        column: int,
        head: _Head,
        cell: Value,
    ) -> Observation:
        place = self.grid.place(number, column)
        series = self.known_series(number, cells, column, head, cell)
        at = self.place(number, "code")
        area = self.area(reading, areas, cells, at)
        is_population = series.family == _POPULATION
        return stated(
            area=area,
            indicator="population" if is_population else "homicide-rate",
            iccs="" if is_population else "0101",
            sex=series.sex,
            unit="persons" if is_population else PER_100000,
            period=head.year or self.year(number, cells),
            number=read_value(reading, cell, place, "population-count" if is_population else "homicide-rate"),
            text=cell_text(cell),
            place=place,
        )

    def known_series(self, number: int, cells: Sequence[Value], column: int, head: _Head, cell: Value) -> Series:
        """The series of a value. RowFault where it is not read, and where no code of a series stands in its place."""
        code = head.series or self.fields.text(cells, "series")
        if code in SERIES:
            return SERIES[code]
        if not _CODE.fullmatch(code):
            place = self.place(number, "series")
            expected = _("the code of a series, such as SP.POP.TOTL; the cells of this row may be one column off")
            raise RowFault("doubtful-series", place, code, expected)
        name = head.name or self.fields.text(cells, "series_name")
        shown, place = f"{code}: {cell_text(cell)}", self.grid.place(number, column)
        if may_be_meant(code, SERIES, _OTHER_SERIES) or slug(name) in _NAMES_READ:
            expected = _("a series that is read: %s; code or name are so near to one that it may be meant")
            raise RowFault("doubtful-series", place, shown, expected % ", ".join(SERIES))
        raise RowFault("unknown-series", place, shown, _read_series())

    def area(self, reading: Reading, areas: AreaFinder, cells: Sequence[Value], place: str) -> str:
        code, name = self.fields.text(cells, "code"), self.fields.text(cells, "name")
        return country(reading, areas, code, name, place)

    def year(self, number: int, cells: Sequence[Value]) -> str:
        """The year of a row; where time and its code are of two years, or one is of a quarter, RowFault."""
        code = self.fields.text(cells, "time_code")
        field = "time" if "time" in self.fields.columns else "time_code"
        place = self.place(number, field)
        cell = self.fields.cell(cells, field)
        coded = _TIME_CODE.fullmatch(code)
        try:
            if code and not coded:
                raise ValueError(_("the code of a year, such as YR2015"))
            period = read_year(coded[1] if coded and field == "time_code" else cell)
        except ValueError as error:
            raise RowFault("impossible-year", place, cell_text(cell) or code, str(error)) from None
        if coded and coded[1] != period:
            raise RowFault("impossible-year", place, f"{period}, {code}", _("a time and its code of one year"))
        return period


def _read_series() -> str:
    return _("a series that is read: %s") % ", ".join(SERIES)


def _description(
    file: str, tables: Sequence[_Table], series: Sequence[_Met]
) -> tuple[Description, list[tuple[str, str]]]:
    """What the tables say of themselves, and each day of publication that may be one of two, with its place."""
    known = [one for one in series if one.code in SERIES]
    _check_series(file, series, known)
    families = {SERIES[one.code].family for one in known}
    if len(families) > 1:
        shown = ", ".join(dict.fromkeys(one.code for one in known))
        raise BadInput(
            Fault(file, known[0].place, shown, _("series of one data set, populations or homicides: split the file"))
        )
    dataset, title = _data_set(known, projected=any(map(_projects, tables)))
    days, doubtful = [], []
    for place, day in chain.from_iterable(map(_stated_days, tables)):
        if isinstance(day, date):
            days.append(day)
        else:
            doubtful.append((place, day))
    description = Description(
        dataset=dataset,
        title=title,
        publisher=PUBLISHER,
        published=max(days, default=None),
        licence=LICENCE,
        projects="projections" in dataset,
    )
    return description, doubtful


def _data_set(known: Sequence[_Met], *, projected: bool) -> tuple[str, str]:
    """Code and title of the data set. Only totals are the data set by which all rates are made."""
    if SERIES[known[0].code].family == _HOMICIDE:
        return "homicide-rate-world-bank", "World Bank: intentional homicides per 100,000 people"
    if projected:
        return "population-projections-world-bank", "World Bank: population estimates and projections"
    if any(SERIES[one.code].sex != TOTAL for one in known):
        return "population-by-sex", "World Bank: population by sex"
    return "population", "World Bank: total population"


def _check_series(file: str, series: Sequence[_Met], known: Sequence[_Met]) -> None:
    others = [one for one in series if one.code not in SERIES]
    if not known:
        shown = ", ".join(dict.fromkeys(one.code for one in others))
        raise BadInput(Fault(file, others[0].place if others else "", shown, _read_series()))
    left_out = sum(one.values for one in others)
    if left_out > MOST_LEFT_OUT:
        expected = _("only the rows of %(series)s; this file holds %(values)d values of other series") % {
            "series": ", ".join(dict.fromkeys(one.code for one in known)),
            "values": left_out,
        }
        raise BadInput(Fault(file, others[0].place, others[0].code, expected))
    # The code says what the series is; words of its name that the code does not explain may change it.
    faults = [
        Fault(file, one.place, one.name, _("“%(name)s”, which %(code)s means") % {"name": names[0], "code": one.code})
        for one in known
        if slug(one.name) not in map(slug, names := SERIES[one.code].names) and not _is_another_name(one)
    ]
    if faults:
        raise BadInput(faults)


_NAMED_SO = {_POPULATION: re.compile(r"\bp[oó]pula[tcç]"), _HOMICIDE: re.compile(r"\bhomic[ií]d")}
_OF_WORK = re.compile(
    r"a[ck]tiv|labou?r|work|employ|trabaj|trabalh|travail|emploi|erwerb|econ[oó]mic|эконом|рабоч|трудосп|занят|劳动|就业"
    r"|عامل|نشط"
)
"""The people who work, or are of an age to: a part of all, whatever the language."""
_OF_A_HUNDRED_THOUSAND = re.compile(r"100[ .,\u00a0\u202f]?000")
"""“por cada 100.000 habitantes”."""


def _is_another_name(met: _Met) -> bool:
    """Whether a name may be that of a total's series in another language: it says the same, and nothing of a part."""
    series, name = SERIES[met.code], met.name.casefold()
    rest = _OF_A_HUNDRED_THOUSAND.sub("", name)
    goes_on = any(slug(name).startswith(f"{slug(known)}-") for known in series.names)
    if series.sex != TOTAL or goes_on or qualifiers.qualifies(rest) or _OF_WORK.search(rest):
        return False
    if not slug(name):
        return not any(map(str.isdecimal, rest))
    said = series.family == _POPULATION or rest != name
    return said and _NAMED_SO[series.family].search(rest) is not None


def _projects(table: _Table) -> bool:
    """Whether the words above or below the table name the database of projections."""
    above = (cell_text(cell) for _number, cells in table.grid.above for cell in cells)
    return any(
        _PROJECTIONS in slug(text) for text in chain(above, (text for _number, _column, text in table.grid.remarks))
    )


def _stated_days(table: _Table) -> Iterator[tuple[str, date | str]]:
    """The days of publication that stand above and below a table, with their places: a text where it may be two days.

    Above the headings a day is written as a spreadsheet program of any country left it; below, it is DataBank's own,
    month before day.
    """
    for number, cells in table.grid.above:
        if len(cells) > 1 and slug(cell_text(cells[0])) == "last-updated-date":
            yield (
                f"{number}" if not table.grid.sheet else table.grid.place(number, 1),
                _day(cells[1], months_first=False),
            )
    for number, column, text in table.grid.remarks:
        if said := _UPDATED.fullmatch(text):
            yield table.grid.place(number, column), _day(said["day"].strip(), months_first=True)


def _day(cell: Value, *, months_first: bool) -> date | str:
    """A day; the text where it is none, or where nothing tells which of its two numbers is the month."""
    if isinstance(cell, date):
        return cell.date() if isinstance(cell, datetime) else cell
    text = cell_text(cell).strip()
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    if pointed := _POINTS.fullmatch(text):
        return calendar_day(pointed[3], pointed[2], pointed[1]) or text
    match = _SLASHES.fullmatch(text)
    if not match:
        return text
    first, second, year = match.groups()
    orders = [(first, second)] if months_first else [(first, second), (second, first)]
    found = {day for month, number in orders if (day := calendar_day(year, month, number))}
    return found.pop() if len(found) == 1 else text
