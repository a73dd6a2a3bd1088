"""The layout of UNODC's data portal: title rows, then thirteen columns from `Iso3_code` to `Source`."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from comity.evidence.errors import BadInput, Fault
from comity.evidence.workbook import Sheet, cell_text, is_workbook, read_workbook
from comity.statistics import published_terms as terms
from comity.statistics.layouts.headings import Headings, best_headings, find_headings
from comity.statistics.numbers import read_number, read_year
from comity.statistics.observation import FREE, PER_100000, PERCENT, TOTAL, Observation, slug
from comity.statistics.reading import AreaFinder, Description, Reading, RowFault, dated_by_name, with_row

HEADINGS = {
    "code": ("Iso3_code", "ISO3", "Iso3 code"),
    "country": ("Country", "Country/Territory", "Territory"),
    "region": ("Region",),
    "subregion": ("Subregion", "Sub-region"),
    "indicator": ("Indicator",),
    "dimension": ("Dimension",),
    "category": ("Category",),
    "sex": ("Sex",),
    "age": ("Age",),
    "year": ("Year",),
    "unit": ("Unit of measurement", "Unit"),
    "value": ("VALUE", "txtVALUE"),
    "source": ("Source",),
}
REQUIRED = ("code", "country", "indicator", "dimension", "category", "sex", "age", "year", "unit", "value")

# The names of the portal's sheets are cut at 31 letters.
_DATASETS = {
    "data_cts_violent": ("cts-violent-and-sexual-crime", "Violent and sexual crime"),
    "data_cts_corrupt": ("cts-corruption-and-economic-crime", "Corruption and economic crime"),
    "data_cts_prison": ("cts-prisons-and-prisoners", "Prisons and prisoners"),
    "data_cts_intent": ("cts-intentional-homicide", "Intentional homicide"),
    "data_cts_access": ("cts-access-and-functioning-of-justice", "Access and functioning of justice"),
    "data_glotip": ("glotip", "Trafficking in persons"),
    "data_iafq": ("iafq", "Firearms trafficking"),
}
_DATED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


class Portal:
    """Workbooks of the data portal."""

    name = "UNODC data portal"

    def recognises(self, name: str, data: bytes) -> bool:
        """Whether the file is a workbook with a sheet that holds most of the portal's headings."""
        if not is_workbook(data):
            return False
        try:
            return any(_is_portal(sheet) for sheet in read_workbook(data, name).sheets)
        except BadInput:
            return False

    def read(self, name: str, data: bytes, areas: AreaFinder, subject: str) -> Reading:
        """Read the one sheet of the portal's layout; a row without a year or area that exists is left out, named."""
        sheets = [sheet for sheet in read_workbook(data, name).sheets if _is_portal(sheet)]
        if len(sheets) > 1:
            raise BadInput(Fault(name, sheets[1].name, sheets[1].name, _("one sheet of data; split the file")))
        return _Reader(name, sheets[0], areas).read()


def _is_portal(sheet: Sheet) -> bool:
    return len(best_headings(sheet.rows, HEADINGS).columns) >= 8


class _Reader:
    """Reads one sheet; remembers what is the same for thousands of rows."""

    def __init__(self, name: str, sheet: Sheet, areas: AreaFinder):
        self.sheet, self.areas = sheet, areas
        self.headings = find_headings(name, sheet, HEADINGS, REQUIRED)
        self.reading = Reading(name, _description(name, sheet, self.headings))
        self.last_year = (self.reading.description.published or date.max).year
        self.unknown: dict[tuple[str, str], tuple[int, int]] = {}
        self.adapted: list[int] = []

    def read(self) -> Reading:
        for index in range(self.headings.row + 1, len(self.sheet.rows)):
            cells = self.sheet.rows[index]
            if any(cell != "" for cell in cells):
                with_row(self.reading, lambda: self.observation(index, cells))  # noqa: B023
        self.note_unknown()
        self.note_adapted()
        self.reading.number_repeats()
        return self.reading

    def text(self, cells: Sequence[Any], field: str) -> str:
        return cell_text(self.headings.cell(cells, field)).strip()

    def place(self, index: int, field: str) -> str:
        return self.headings.place(self.sheet.name, index, field)

    def fault(self, rule: str, index: int, field: str, expected: str) -> RowFault:
        found = cell_text(self.headings.cell(self.sheet.rows[index], field))
        return RowFault(rule, self.place(index, field), found, expected)

    def observation(self, index: int, cells: Sequence[Any]) -> Observation:
        area, expected = self.areas(self.text(cells, "code"), self.text(cells, "country"))
        if area is None:
            raise self.fault("unknown-area", index, "code" if self.text(cells, "code") else "country", expected)
        try:
            period = read_year(self.headings.cell(cells, "year"), last=self.last_year)
        except ValueError as error:
            raise self.fault("impossible-year", index, "year", str(error)) from None
        indicator, unit, iccs, citizenship, breakdown = self.subject(index, cells)
        try:
            number = read_number(self.headings.cell(cells, "value"))
        except ValueError as error:
            raise self.fault("not-a-number", index, "value", str(error)) from None
        if number.value is not None and number.value < 0:
            raise self.fault("negative", index, "value", _("a number that is not negative"))
        if number.adapted:
            self.adapted.append(index)
        return Observation(
            area=area,
            indicator=indicator,
            iccs=iccs,
            sex=self.term(index, cells, "sex", terms.sex),
            age=self.term(index, cells, "age", terms.age),
            citizenship=citizenship,
            breakdown=breakdown,
            unit=unit,
            period=period,
            repeat=0,
            value=number.value,
            text=cell_text(self.headings.cell(cells, "value")),
            status=number.status,
            confidentiality=FREE,
            source=self.text(cells, "source"),
            note="",
            place=self.place(index, "value"),
        )

    def term(self, index: int, cells: Sequence[Any], field: str, meaning: Any) -> str:
        """The code of a word of a dimension; an unknown word keeps its own as a code, and is noted."""
        text = self.text(cells, field)
        code: str | None = meaning(text)
        if code is None:
            self.note(field, text, index)
            return slug(text).upper() or TOTAL
        return code

    def subject(self, index: int, cells: Sequence[Any]) -> tuple[str, str, str, str, str]:
        """Indicator, unit, ICCS, citizenship and breakdown of a row."""
        published, dimension, category = (self.text(cells, field) for field in ("indicator", "dimension", "category"))
        collection = self.text(cells, "source").split("/")[0]
        meaning = terms.indicator(collection, published, category)
        if meaning is None:
            self.note("indicator", published, index)
            meaning = terms.Meaning(slug(published) or "unnamed", "units", "")
        measure, unit = self.measure(index, cells, meaning)
        iccs, citizenship, breakdown = meaning.iccs, TOTAL, TOTAL
        within = slug(dimension.removeprefix("by "))
        if terms.is_total(category) or terms.names_its_category(published, category):
            breakdown = TOTAL if terms.is_total(dimension) or terms.is_total(category) else within
        elif (found := terms.offence(category)) is not None:
            iccs, breakdown = found[0], found[1] or TOTAL
        elif within == "citizenship":
            citizenship = self.citizenship(index, category)
        elif within in ("type-of-offence", "type-of-criminal-acts", "selected-crime"):
            self.note("category", category, index)
            breakdown = f"{within}:{terms.category(category)}"
        elif within == "country-of-repatriation":
            breakdown = f"repatriation:{self.citizenship(index, category)}"
        else:
            breakdown = f"{within if not terms.is_total(dimension) else 'category'}:{terms.category(category)}"
        return f"{meaning.base}-{measure}", unit, iccs, citizenship, breakdown

    def measure(self, index: int, cells: Sequence[Any], meaning: terms.Meaning) -> tuple[str, str]:
        """What is measured (count, rate or percent) and in which unit."""
        unit = self.text(cells, "unit")
        words = unit.casefold()
        if words in ("counts", "count", "number"):
            return "count", meaning.unit
        if words.startswith("rate per 100") and "000" in words:
            return "rate", PER_100000
        if words.startswith(("percent", "%", "share")):
            return "percent", PERCENT
        self.note("unit", unit, index)
        return slug(unit) or "count", unit or meaning.unit

    def citizenship(self, index: int, category: str) -> str:
        word = slug(category)
        fixed = {
            "national-citizens": "NAT",
            "nationals": "NAT",
            "own-country": "NAT",
            "foreign-citizens": "FOR",
            "foreigners": "FOR",
            "abroad": "FOR",
        }.get(word)
        if fixed or terms.category(category).startswith("_"):
            return fixed or terms.category(category)
        area, _expected = self.areas(category)
        if area is None:
            self.note("category", category, index)
            return f"X:{word}"
        return area

    def note(self, field: str, text: str, index: int) -> None:
        first, times = self.unknown.get((field, text), (index, 0))
        self.unknown[field, text] = (first, times + 1)

    def note_unknown(self) -> None:
        for (field, text), (index, times) in self.unknown.items():
            expected = _("a word of this column whose meaning is held")
            message = _("%(place)s: “%(text)s” is not among the words whose meaning is held; kept as it is in %(times)d rows")
            words = {"place": self.place(index, field), "text": text, "times": times}
            self.reading.found("unknown-term", "warning", words["place"], text, expected, message % words)

    def note_adapted(self) -> None:
        if not self.adapted:
            return
        place = self.place(self.adapted[0], "value")
        text = self.text(self.sheet.rows[self.adapted[0]], "value")
        message = _("%(times)d numbers are not in the plain form 1234.5 (the first is “%(text)s” at %(place)s); read as such")
        words = {"times": len(self.adapted), "text": text, "place": place}
        self.reading.found("number-form", "note", place, text, _("a number such as 1234.5"), message % words)


def _description(name: str, sheet: Sheet, headings: Headings) -> Description:
    dataset, title = _dataset(name, sheet)
    above = [cell for row in sheet.rows[: headings.row] for cell in row]
    return Description(
        dataset=dataset,
        title=f"UNODC data portal: {title}",
        publisher="United Nations Office on Drugs and Crime",
        published=dated_by_name(name, next(filter(None, map(_stated_date, above)), None)),
        note="",
    )


def _dataset(name: str, sheet: Sheet) -> tuple[str, str]:
    for start, dataset in _DATASETS.items():
        if sheet.name.casefold().startswith(start):
            return dataset
    words = slug(re.sub(r"\d.*", "", sheet.name if sheet.name.startswith("data_") else name.rsplit(".", 1)[0]))
    return words.removeprefix("data-") or "portal", words.replace("-", " ")


def _stated_date(cell: object) -> date | None:
    """The day that stands above the headings, as the portal writes it: day, month, year."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    match = _DATED.fullmatch(cell.strip()) if isinstance(cell, str) else None
    try:
        return date(int(match[3]), int(match[2]), int(match[1])) if match else None
    except ValueError:
        return None


