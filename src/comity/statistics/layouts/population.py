"""The layouts of populations: yearly totals of the World Bank, and five-year ages of World Population Prospects."""

import re

from comity.areas.gazetteer import Kind
from comity.evidence.errors import BadInput, Fault
from comity.evidence.places import Row
from comity.evidence.wording import gettext as _
from comity.statistics import published_terms as terms
from comity.statistics.layouts.text_tables import (
    columns_of,
    has_headings,
    headings_of,
    other_headings,
    read_text_table,
    years_of,
)
from comity.statistics.numbers import read_year
from comity.statistics.observation import Observation
from comity.statistics.reading import (
    AreaFinder,
    Description,
    Reading,
    RowFault,
    dated_by_name,
    notice_extra_column,
    read_value,
    stated,
    with_row,
)

TOTALS = {
    "name": ("Country Name",),
    "code": ("Country Code",),
    "year": ("Year",),
    "value": ("Value", "Population"),
}
AGES = {"code": ("country_code",), "name": ("name",), "age": ("age",)}

# The World Bank's groups bear names of M49 regions and have other members; the world alone is the same.
_COUNTRIES: tuple[Kind, ...] = ("state", "area", "statistical")
_WORLD = {"WLD": "001", "900": "001"}
_SEXES = {"female": "F", "females": "F", "women": "F", "male": "M", "males": "M", "men": "M"}


class PopulationTotals:
    """Text tables of total populations by country code and year, as the World Bank's are republished."""

    name = "World Bank, population"

    def recognises(self, name: str, data: bytes) -> bool:
        """Whether the headings are a country's name and code, a year and a value."""
        return has_headings(headings_of(data), TOTALS)

    def read(self, name: str, data: bytes, areas: AreaFinder, subject: str) -> Reading:
        """Read the table; the World Bank's groups of countries are left out, each row named."""
        table = read_text_table(name, data)
        columns = columns_of(table, TOTALS, tuple(TOTALS))
        description = Description(
            dataset="population",
            title="World Bank: total population",
            publisher="World Bank",
            published=dated_by_name(name, None),
            licence="Creative Commons Attribution 4.0 International (CC BY 4.0)",
        )
        reading = Reading(name, description)
        for heading in other_headings(table, columns):
            notice_extra_column(reading, f"{table.heading_line}:{heading}", heading)
        for row in table.rows:
            with_row(reading, lambda: _total(reading, areas, columns, row))  # noqa: B023
        return reading.finish()


def _total(reading: Reading, areas: AreaFinder, columns: dict[str, str], row: Row) -> Observation:
    code, name = (row.cells[columns[field]].strip() for field in ("code", "name"))
    area = _WORLD.get(code) or areas.of_kinds(code, _COUNTRIES) or areas.of_kinds(name, _COUNTRIES)
    if area is None:
        expected = _("the code of a State or area; groups of the World Bank are no regions of the M49 standard")
        raise RowFault("aggregate", f"{row.line}:{columns['code']}", f"{code}, {name}", expected)
    last = reading.description.published.year if reading.description.published else 9999
    try:
        period = read_year(row.cells[columns["year"]], last=last)
    except ValueError as error:
        place = f"{row.line}:{columns['year']}"
        raise RowFault("impossible-year", place, row.cells[columns["year"]], str(error)) from None
    place = f"{row.line}:{columns['value']}"
    text = row.cells[columns["value"]]
    number = read_value(reading, text, place, "population-count")
    return stated(
        area=area, indicator="population", unit="persons", period=period, number=number, text=text, place=place
    )


class PopulationByAge:
    """Text tables of one sex by five-year age group, in thousands, years as columns."""

    name = "World Population Prospects, population by age"

    def recognises(self, name: str, data: bytes) -> bool:
        """Whether the headings are a country's code and name, an age and years."""
        headings = headings_of(data)
        return has_headings(headings, AGES) and bool(years_of(headings))

    def read(self, name: str, data: bytes, areas: AreaFinder, subject: str) -> Reading:
        """Read the table; values are persons, and `text` is the figure in thousands as it stands.

        Raises BadInput where neither `subject` nor the file's name says of which sex it is.
        """
        sex = _sex(subject) or _sex(name.rsplit("/", 1)[-1])
        if not sex:
            raise BadInput(Fault(name, "", subject, _("“female” or “male” in the file's name or as --subject")))
        table = read_text_table(name, data)
        columns = columns_of(table, AGES, tuple(AGES))
        word = {"F": "female", "M": "male"}[sex]
        description = Description(
            dataset=f"population-by-age-{word}",
            title=f"World Population Prospects: {word} population by five-year age group",
            publisher="United Nations, Department of Economic and Social Affairs, Population Division",
            published=dated_by_name(name, None),
            licence="Creative Commons Attribution 3.0 IGO (CC BY 3.0 IGO)",
        )
        reading = Reading(name, description)
        for heading in other_headings(table, columns):
            notice_extra_column(reading, f"{table.heading_line}:{heading}", heading)
        for row in table.rows:
            for year in years_of(table.headings):
                if row.cells[year].strip():
                    with_row(reading, lambda: _age_group(reading, areas, columns, row, year, sex))  # noqa: B023
        return reading.finish()


def _sex(text: str) -> str:
    """The one sex that a text names, or blank."""
    found = {_SEXES[word] for word in re.findall(r"[a-z]+", text.casefold()) if word in _SEXES}
    return found.pop() if len(found) == 1 else ""


def _age_group(
    reading: Reading,
    areas: AreaFinder,
    columns: dict[str, str],
    row: Row,
    year: str,
    sex: str,
) -> Observation:
    code = row.cells[columns["code"]].strip()
    # Beyond the world's, the codes of this source's regions are its own; M49's are met by their number alone.
    area = _WORLD.get(code) or (areas(code)[0] if code.isdecimal() else None)
    if area is None:
        shown = f"{code}, {row.cells[columns['name']]}"
        expected = _("the M49 code of a State, area or region; groups of the source's own are not held")
        raise RowFault("aggregate", f"{row.line}:{columns['code']}", shown, expected)
    text = row.cells[columns["age"]]
    age = terms.age(text)
    if age is None:
        raise RowFault("unknown-age", f"{row.line}:{columns['age']}", text, _("an age group such as 5-9 or 100+"))
    place = f"{row.line}:{year}"
    thousands = read_value(reading, row.cells[year], place, "population")
    # Rounded to the thousandth of a person: the source gives three decimals, and binary fractions would show.
    value = None if thousands.value is None else round(thousands.value * 1000, 3)
    return stated(
        area=area,
        indicator="population",
        sex=sex,
        age=age,
        unit="persons",
        period=year,
        number=thousands._replace(value=value),
        text=row.cells[year],
        place=place,
    )
