"""The layout of UNODC's data portal: title rows, then thirteen columns from `Iso3_code` to `Source`."""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from comity.evidence.errors import BadInput, Fault
from comity.evidence.places import column_letters
from comity.evidence.wording import gettext as _
from comity.evidence.workbook import Sheet, Value, cell_text
from comity.statistics import published_terms as terms
from comity.statistics.layouts.headings import Headings, best_headings, find_headings
from comity.statistics.layouts.sheets import is_refused, known_sheets, sheets_of
from comity.statistics.numbers import read_year
from comity.statistics.observation import FREE, PER_100000, PERCENT, TOTAL, Observation, slug
from comity.statistics.reading import (
    AreaFinder,
    Description,
    Reading,
    RowFault,
    dated_by_name,
    notice_extra_column,
    notice_unknown_word,
    read_value,
)

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
_RECOGNISED_BY = 8

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

# The dimensions whose categories are offences. Elsewhere the same words mean something else: “sexual exploitation” as
# a form of trafficking is no offence of its own.
_OF_OFFENCES = {"type-of-offence", "type-of-offences", "type-of-criminal-acts", "selected-crime"}
_CITIZENSHIPS = {
    "national-citizens": "NAT",
    "nationals": "NAT",
    "own-country": "NAT",
    "foreign-citizens": "FOR",
    "foreigners": "FOR",
    "abroad": "FOR",
}


class Portal:
    """Workbooks of the data portal."""

    name = "UNODC data portal"

    def recognises(self, name: str, data: bytes) -> bool:
        """Whether the file is a workbook with a sheet that holds most of the portal's headings.

        A workbook that the guard refuses is taken too, so that reading it says why.
        """
        return is_refused(name, data) or any(map(_is_portal, known_sheets(name, data)))

    def read(self, name: str, data: bytes, areas: AreaFinder, subject: str) -> Reading:
        """Read the one sheet of the portal's layout; a row without a year or area that exists is left out, named."""
        sheets = [sheet for sheet in sheets_of(name, data) if _is_portal(sheet)]
        if len(sheets) != 1:
            shown = ", ".join(sheet.name for sheet in sheets)
            raise BadInput(Fault(name, "", shown, _("one sheet with the headings of the data portal; split the file")))
        return _Reader(name, sheets[0], areas).read()


def _is_portal(sheet: Sheet) -> bool:
    return len(best_headings(sheet.rows, HEADINGS).columns) >= _RECOGNISED_BY


class _Word(NamedTuple):
    """The code of a word, and whether its meaning is held."""

    code: str
    known: bool = True


class _Subject(NamedTuple):
    """What thousands of rows are about, with the words (by field) whose meaning is not held."""

    indicator: str
    unit: str
    iccs: str
    citizenship: str
    breakdown: str
    unknown: tuple[tuple[str, str], ...]


class _Reader:
    """Reads one sheet, and remembers what is the same for thousands of its rows."""

    def __init__(self, name: str, sheet: Sheet, areas: AreaFinder):
        self.sheet, self.areas = sheet, areas
        self.headings = find_headings(name, sheet, HEADINGS, REQUIRED)
        self.reading = Reading(name, _description(name, sheet, self.headings))
        self.last_year = (self.reading.description.published or date.max).year
        self.letters = {field: column_letters(column) for field, column in self.headings.columns.items()}
        self.known_areas: dict[tuple[Value, Value], tuple[str, str, str]] = {}
        self.subjects: dict[tuple[Value, ...], _Subject] = {}
        self.sexes: dict[Value, _Word] = {}
        self.ages: dict[Value, _Word] = {}
        self.years: dict[Value, str] = {}

    def read(self) -> Reading:
        for column, heading in self.headings.others.items():
            notice_extra_column(
                self.reading, f"{self.sheet.name}!{column_letters(column)}{self.headings.row + 1}", heading
            )
        self.note_formulas()
        keep = self.reading.observations.append
        for index in range(self.headings.row + 1, len(self.sheet.rows)):
            cells = self.sheet.rows[index]
            if not any(cell != "" for cell in cells):
                continue
            self.reading.rows += 1
            try:
                keep(self.observation(index, cells))
            except RowFault as fault:
                self.reading.reject(fault.rule, fault.place, fault.value, fault.expected)
        return self.reading.finish()

    def place(self, index: int, field: str) -> str:
        return f"{self.sheet.name}!{self.letters[field]}{index + 1}"

    def observation(self, index: int, cells: Sequence[Value]) -> Observation:
        columns = self.headings.columns
        area = self.area(index, cells[columns["code"]], cells[columns["country"]])
        period = self.year(index, cells[columns["year"]])
        subject = self.subject(index, cells)
        cell = cells[columns["value"]]
        place = self.place(index, "value")
        number = read_value(self.reading, cell, place, subject.indicator)
        return Observation(
            area,
            subject.indicator,
            subject.iccs,
            self.term(index, "sex", cells[columns["sex"]], self.sexes, terms.sex),
            self.term(index, "age", cells[columns["age"]], self.ages, terms.age),
            subject.citizenship,
            subject.breakdown,
            subject.unit,
            period,
            0,
            number.value,
            cell_text(cell),
            number.status,
            FREE,
            cell_text(self.headings.cell(cells, "source")).strip(),
            "",
            place,
        )

    def area(self, index: int, code: Value, country: Value) -> str:
        """The area by its code, else by its name; where the two name two areas the code is taken, with a warning."""
        found = self.known_areas.get((code, country))
        if found is None:
            found = self.known_areas[code, country] = self.find_area(
                cell_text(code).strip(), cell_text(country).strip()
            )
        area, named, expected = found
        if not area:
            field = "code" if cell_text(code).strip() else "country"
            shown = cell_text(code).strip() or cell_text(country)
            raise RowFault("unknown-area", self.place(index, field), shown, expected)
        if named and named != area:
            self.notice_disagreement(index, cell_text(code), cell_text(country), area)
        return area

    def find_area(self, code: str, country: str) -> tuple[str, str, str]:
        area, expected = self.areas(code, country)
        named = self.areas(country)[0] if code and country else None
        return area or "", named or "", expected

    def notice_disagreement(self, index: int, code: str, country: str, area: str) -> None:
        shown = f"{code}, {country}"
        message = _(
            "%(place)s: the code and the name of “%(value)s” are of two areas; the code is taken, in %(times)d rows"
        )
        expected = _("the code of %s") % country
        self.reading.notice("code-and-name", "warning", shown, self.place(index, "code"), shown, expected, message)

    def year(self, index: int, cell: Value) -> str:
        period = self.years.get(cell)
        if period is None:
            try:
                period = self.years[cell] = read_year(cell, last=self.last_year)
            except ValueError as error:
                raise RowFault("impossible-year", self.place(index, "year"), cell_text(cell), str(error)) from None
        return period

    def term(
        self, index: int, field: str, cell: Value, known: dict[Value, _Word], meaning: Callable[[str], str | None]
    ) -> str:
        """The code of a word of a dimension; an unknown word keeps its own as a code, and is noticed."""
        word = known.get(cell)
        if word is None:
            text = cell_text(cell).strip()
            code = meaning(text)
            word = known[cell] = _Word(code) if code else _Word(terms.code_of(text).upper(), known=False)
        if not word.known:
            notice_unknown_word(self.reading, field, cell_text(cell), self.place(index, field))
        return word.code

    def subject(self, index: int, cells: Sequence[Value]) -> _Subject:
        columns = self.headings.columns
        key = (
            cells[columns["indicator"]],
            cells[columns["dimension"]],
            cells[columns["category"]],
            cells[columns["unit"]],
            self.headings.cell(cells, "source"),
        )
        found = self.subjects.get(key)
        if found is None:
            found = self.subjects[key] = _subject(self.areas, *(cell_text(cell).strip() for cell in key))
        for field, text in found.unknown:
            notice_unknown_word(self.reading, field, text, self.place(index, field))
        return found

    def note_formulas(self) -> None:
        """A formula among published figures: the value that was saved with it is read, and nothing is computed."""
        if self.sheet.formulas:
            places = ", ".join(f"{self.sheet.name}!{place.rsplit('!', 1)[-1]}" for place in self.sheet.formula_places)
            message = _("%(place)s: %(times)d cells hold formulas; the values saved with them are read") % {
                "place": places,
                "times": self.sheet.formulas,
            }
            expected = _("values, without formulas")
            self.reading.found("formula", "note", places.split(", ", 1)[0], str(self.sheet.formulas), expected, message)


def _subject(areas: AreaFinder, published: str, dimension: str, category: str, unit: str, source: str) -> _Subject:
    """Indicator, unit, ICCS, citizenship and breakdown by the words of a row."""
    unknown = []
    meaning = terms.indicator(source.split("/")[0], published, category)
    if meaning is None:
        unknown.append(("indicator", published))
        meaning = terms.Meaning(terms.code_of(published), "units", "")
    measure, counted, held = _measure(unit, meaning)
    if not held:
        unknown.append(("unit", unit))
    iccs, citizenship, breakdown, held = _within(published, dimension, category, meaning.iccs, areas)
    if not held:
        unknown.append(("category", category))
    return _Subject(f"{meaning.base}-{measure}", counted, iccs, citizenship, breakdown, tuple(unknown))


def _measure(unit: str, meaning: terms.Meaning) -> tuple[str, str, bool]:
    """What is measured (count, rate or percent), in which unit, and whether the word's meaning is held."""
    words = unit.casefold()
    if words in ("counts", "count", "number"):
        return "count", meaning.unit, True
    if words.startswith("rate per 100") and "000" in words:
        return "rate", PER_100000, True
    if words.startswith(("percent", "%", "share")):
        return "percent", PERCENT, True
    return terms.code_of(unit), unit or meaning.unit, False


def _within(published: str, dimension: str, category: str, iccs: str, areas: AreaFinder) -> tuple[str, str, str, bool]:
    """ICCS, citizenship and breakdown by the category of a dimension, and whether the category's meaning is held."""
    within = slug(dimension.casefold().removeprefix("by "))
    if terms.names_its_category(published, category):
        return iccs, TOTAL, TOTAL, True
    if terms.is_total(category):
        # The total that a breakdown states may differ from the total stated for itself, and is kept apart from it.
        return iccs, TOTAL, TOTAL if terms.is_total(dimension) else f"{within}:{TOTAL}", True
    if within in _OF_OFFENCES:
        offence = terms.offence(category)
        if offence is not None:
            return offence[0], TOTAL, offence[1] or TOTAL, True
        return iccs, TOTAL, f"{within}:{terms.category(category)}", within == "type-of-offences"
    if within == "citizenship":
        code, held = _citizenship(category, areas)
        return iccs, code, TOTAL, held
    if within == "country-of-repatriation":
        code, held = _citizenship(category, areas)
        return iccs, TOTAL, f"repatriation:{code}", held
    if terms.is_total(dimension):
        within = "category"
    return iccs, TOTAL, f"{within or 'category'}:{terms.category(category)}", category != ""


def _citizenship(category: str, areas: AreaFinder) -> tuple[str, bool]:
    """The code of a citizenship: `NAT`, `FOR`, an area's; free text that no gazetteer knows stays as `X:3-maliens`."""
    fixed = _CITIZENSHIPS.get(slug(category))
    if fixed:
        return fixed, True
    code = terms.category(category)
    if code.startswith("_"):
        return code, category != ""
    # A number is no citizenship, whatever area has it for a code.
    area = areas(category)[0] if any(letter.isalpha() for letter in category) else None
    return (area, True) if area else (f"X:{code}", False)


def _description(name: str, sheet: Sheet, headings: Headings) -> Description:
    dataset, title = _dataset(name, sheet)
    above = [cell for row in sheet.rows[: headings.row] for cell in row]
    return Description(
        dataset=dataset,
        title=f"UNODC data portal: {title}",
        publisher="United Nations Office on Drugs and Crime",
        published=dated_by_name(name, next(filter(None, map(_stated_date, above)), None)),
    )


def _dataset(name: str, sheet: Sheet) -> tuple[str, str]:
    for start, dataset in _DATASETS.items():
        if sheet.name.casefold().startswith(start):
            return dataset
    words = slug(re.sub(r"\d.*", "", sheet.name if sheet.name.startswith("data_") else name.rsplit(".", 1)[0]))
    return words.removeprefix("data-") or "portal", words.replace("-", " ")


def _stated_date(cell: Value) -> date | None:
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
