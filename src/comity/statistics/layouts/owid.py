"""The layout of Our World in Data's export of homicide rates: Entity, Code, Year and one column of rates."""

from comity.areas.gazetteer import Kind
from comity.evidence.errors import BadInput, Fault
from comity.evidence.places import Row
from comity.evidence.wording import gettext as _
from comity.statistics.layouts.text_tables import (
    TextTable,
    columns_of,
    has_headings,
    headings_of,
    other_headings,
    read_text_table,
)
from comity.statistics.numbers import read_year
from comity.statistics.observation import PER_100000, Observation, slug
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

HEADINGS = {"entity": ("Entity",), "code": ("Code",), "year": ("Year",)}
_VALUE = "homicide-rate-per-100-000"
_REGION = slug("World region according to OWID")
_OF_THE_UN = " (UN)"
_REGIONS: tuple[Kind, ...] = ("region",)


class OurWorldInData:
    """Text tables of Our World in Data that hold homicide rates."""

    name = "Our World in Data, homicide rate"

    def recognises(self, name: str, data: bytes) -> bool:
        """Whether the headings are Entity, Code, Year and a homicide rate."""
        headings = headings_of(data)
        return has_headings(headings, HEADINGS) and any(slug(heading).startswith(_VALUE) for heading in headings)

    def read(self, name: str, data: bytes, areas: AreaFinder, subject: str) -> Reading:
        """Read the table; a row without a value is a row too, and says that the value is missing."""
        table = read_text_table(name, data)
        columns = columns_of(table, HEADINGS, tuple(HEADINGS))
        columns["value"] = _value_heading(table)
        reading = Reading(name, _description(name))
        for heading in other_headings(table, columns):
            if slug(heading) != _REGION:
                notice_extra_column(reading, f"{table.heading_line}:{heading}", heading)
        for row in table.rows:
            with_row(reading, lambda: _observation(reading, areas, columns, row))  # noqa: B023
        return reading.finish()


def _value_heading(table: TextTable) -> str:
    found = [heading for heading in table.headings if slug(heading).startswith(_VALUE)]
    if len(found) != 1:
        shown = ", ".join(found or table.headings)
        expected = _("one column headed “Homicide rate per 100,000 population”")
        raise BadInput(Fault(table.file, str(table.heading_line), shown, expected))
    return found[0]


def _observation(reading: Reading, areas: AreaFinder, columns: dict[str, str], row: Row) -> Observation:
    area = _area(areas, columns, row)
    last = reading.description.published.year if reading.description.published else 9999
    try:
        period = read_year(row.cells[columns["year"]], last=last)
    except ValueError as error:
        place = f"{row.line}:{columns['year']}"
        raise RowFault("impossible-year", place, row.cells[columns["year"]], str(error)) from None
    place = f"{row.line}:{columns['value']}"
    text = row.cells[columns["value"]]
    return stated(
        area=area,
        indicator="homicide-rate",
        iccs="0101",
        unit=PER_100000,
        period=period,
        number=read_value(reading, text, place, "homicide-rate"),
        text=text,
        place=place,
    )


def _area(areas: AreaFinder, columns: dict[str, str], row: Row) -> str:
    """The area by its code, else by its name; “Micronesia (UN)” is the region of that name and not the State."""
    entity = row.cells[columns["entity"]].strip()
    if entity.endswith(_OF_THE_UN):
        region = areas.of_kinds(entity.removesuffix(_OF_THE_UN), _REGIONS)
        found, expected = region, _("the name of a region of the M49 standard")
    else:
        found, expected = areas(row.cells[columns["code"]], entity)
    if found is None:
        raise RowFault("unknown-area", f"{row.line}:{columns['entity']}", entity, expected)
    return found


def _description(name: str) -> Description:
    return Description(
        dataset="homicide-rate-owid",
        title="Our World in Data: homicide rate per 100,000 population",
        publisher="Our World in Data",
        published=dated_by_name(name, None),
        licence="Creative Commons Attribution 4.0 International (CC BY 4.0)",
    )
