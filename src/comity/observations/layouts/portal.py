"""The layout of UNODC's data portal: title rows, then thirteen columns from `Iso3_code` to `Source`; a workbook, or a
text saved from one."""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from comity.evidence.errors import BadInput, Fault
from comity.evidence.wording import gettext as _
from comity.evidence.workbooks.workbook import Value, cell_text
from comity.observations import indicators_published
from comity.observations.finishing import finish
from comity.observations.grids.cells import text_of
from comity.observations.grids.chosen_sheets import choose_sheets
from comity.observations.grids.days_above import day_above, notice_days, says_day
from comity.observations.grids.fields import FieldsOfGrid, fields_in, fields_of, notice_other_columns
from comity.observations.grids.grid import Grid, grids_of, known_grids, outside_of
from comity.observations.layouts.regional_estimates import is_estimates, read_estimates
from comity.observations.numbers import LAST_YEAR, marks_of
from comity.observations.observation import (
    CODE,
    ESTIMATED,
    FOREIGN,
    FREE,
    NATIONAL,
    PER_100000,
    PERCENT,
    TOTAL,
    Observation,
    slug,
)
from comity.observations.publishers.unodc_portal import OWN_WORDS, publisher_above
from comity.observations.reading import Description, Reading
from comity.observations.rows.areas import AreaFinder, area_of_row
from comity.observations.rows.row import RowFault, notice_unknown_word
from comity.observations.rows.values import read_period, read_value
from comity.observations.shipped_tables import rows_of
from comity.observations.words.ages import code_of_age
from comity.observations.words.categories import code_of, code_of_category
from comity.observations.words.citizenship import CODES_OF_WORDS
from comity.observations.words.said_of_rows import says_estimate
from comity.observations.words.sexes import code_of_sex, sexes_by_letter
from comity.observations.words.totals import is_total
from comity.observations.words.units import unit_of

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
"""So many of the thirteen headings tell a table of the portal; the others may lack or be written otherwise."""

_DATE_FOR_AGE = re.compile(r"\d{1,2}-[A-Za-z]{3}|[A-Za-z]{3}-\d{2}|\d{4}-\d\d-\d\d.*")
"""What spreadsheet programs make of 10-14: 14-Oct, Oct-14."""
_PERCENT = re.compile(r"(?:percent(?:age)?|per cent|%|share)(?: of .+)?")
"""“Percentage of prisoners”, “%”."""

# The dimensions whose categories are offences. Elsewhere the same words mean something else: “sexual exploitation” as
# a form of trafficking is no offence of its own.
_OF_OFFENCES = {"type-of-offence", "type-of-offences", "type-of-criminal-acts", "selected-crime"}
_SAME = {"mechanisms": "mechanism"}
"""Dimensions that bear another name in other published tables."""
_CITIZENSHIPS = {
    **CODES_OF_WORDS,
    "national-citizens": NATIONAL,
    "own-country": NATIONAL,
    "foreign-citizens": FOREIGN,
    "abroad": FOREIGN,
}


class Portal:
    """Tables of the data portal."""

    name = "UNODC data portal"

    def recognises(self, name: str, data: bytes) -> bool:
        """Whether the file is a text table, or a workbook with a sheet, that holds most of the portal's headings."""
        return any(map(_is_portal, known_grids(name, data, HEADINGS)))

    def read(self, name: str, data: bytes, areas: AreaFinder, subject: str) -> Reading:
        """Read the sheets of the portal's layout; a row without a year or area that exists is left out, named.

        What the rows are about tells the data set. Raises BadInput where they are of several data sets, or of none that
        is known and `subject` gives no code for it.
        """
        chosen, findings = choose_sheets(grids_of(name, data, HEADINGS, areas), _is_read)
        grids = [grid for grid in chosen if _is_portal(grid)]
        dataset = data_set_of(grids, subject)
        reading = Reading(
            name, _description(dataset, chosen), findings=findings, outside=outside_of(chosen, OWN_WORDS, says_day)
        )
        notice_days(reading, chosen)
        for grid in chosen:
            if _is_portal(grid):
                _Reader(grid, reading, areas).read()
            else:
                read_estimates(grid, reading, areas)
        return finish(reading)


def _is_read(grid: Grid) -> bool:
    """Whether a sheet is of the portal, or of the regional estimates that stand beside it."""
    return _is_portal(grid) or is_estimates(grid)


def _is_portal(grid: Grid) -> bool:
    """Whether most of the portal's headings are there; without dimension and category they are another table's."""
    found = fields_in(grid.headings, HEADINGS).columns.keys()
    return len(found) >= _RECOGNISED_BY and bool({"dimension", "category"} & found)


class DataSet(NamedTuple):
    """A data set of the portal: its code and title."""

    code: str
    title: str


@lru_cache(maxsize=1)
def _data_sets() -> dict[str, frozenset[DataSet]]:
    """The data sets that an indicator occurs in, by its name."""
    found: dict[str, set[DataSet]] = defaultdict(set)
    for row in rows_of("portal_data_sets.csv"):
        found[slug(row["indicator"])].add(DataSet(row["dataset"], row["title"]))
    return {indicator: frozenset(sets) for indicator, sets in found.items()}


def data_set_of(grids: Sequence[Grid], subject: str) -> DataSet:
    """The data set that the indicators of the rows are of.

    An indicator that several data sets share tells nothing where others do; where none does, the rows' sources tell.
    Raises BadInput where the indicators are of several data sets, or of none that is known and `subject` is no code.
    """
    indicators, collections = _said(grids)
    known = {words: _data_sets()[slug(words)] for words in indicators if slug(words) in _data_sets()}
    telling = {next(iter(sets)) for sets in known.values() if len(sets) == 1}
    if not telling and known:
        shared = frozenset.intersection(*known.values())
        telling = {one for one in shared if one.code in collections} or {
            one for one in shared if one.code.startswith("cts-")
        }
    if len(telling) == 1:
        found = telling.pop()
        if subject and CODE.fullmatch(subject) and subject != found.code:
            expected = _("%(code)s, the data set that its indicators are of") % {"code": found.code}
            raise BadInput(Fault(grids[0].file, "--subject", subject, expected))
        return found
    shown = ", ".join(indicators)
    at = next(iter(indicators.values()), "")
    if telling:
        several = ", ".join(sorted(one.code for one in telling))
        expected = _("indicators of one data set; these are of %(several)s: split the file") % {"several": several}
        raise BadInput(Fault(grids[0].file, at, shown, expected))
    if not CODE.fullmatch(subject):
        expected = _("an indicator whose data set is known; --subject with a code says which data set it is")
        raise BadInput(Fault(grids[0].file, at, shown, expected))
    return DataSet(subject, subject.replace("-", " "))


def _said(grids: Sequence[Grid]) -> tuple[dict[str, str], set[str]]:
    """The indicators of all rows, each with the place that it is met at first, and the collections of their sources."""
    indicators: dict[str, str] = {}
    collections: set[str] = set()
    for grid in grids:
        fields = fields_of(grid, HEADINGS, REQUIRED)
        for number, cells in grid.rows:
            words = fields.text(cells, "indicator")
            if words and words not in indicators:
                indicators[words] = grid.place(number, fields.columns["indicator"])
            collections.add(fields.text(cells, "source").split("/")[0].casefold())
    return indicators, collections


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
    estimated: bool
    unknown: tuple[tuple[str, str], ...]


class _Reader(FieldsOfGrid):
    """Reads one table, and remembers what is the same for thousands of its rows."""

    def __init__(self, grid: Grid, reading: Reading, areas: AreaFinder):
        self.grid, self.reading, self.areas = grid, reading, areas
        self.fields = fields_of(grid, HEADINGS, REQUIRED)
        self.last_year = reading.description.published.year if reading.description.published else LAST_YEAR
        self.subjects: dict[tuple[Value, ...], _Subject] = {}
        self.sexes: dict[Value, _Word] = {}
        letters = {text_of(cells[self.fields.columns["sex"]]).upper() for _number, cells in grid.rows}
        self.letters = sexes_by_letter({letter for letter in letters if len(letter) == 1})
        self.ages: dict[Value, _Word] = {}
        self.years: dict[Value, str] = {}

    def read(self) -> None:
        notice_other_columns(self.reading, self.grid, self.fields, self.areas)
        self.note_formulas()
        self.reading.marks = marks_of(self.grid.column(self.fields.columns["value"]), self.grid.usual)
        keep = self.reading.observations.append
        for number, cells in self.grid.rows:
            self.reading.rows += 1
            try:
                keep(self.observation(number, cells))
            except RowFault as fault:
                self.reading.reject(fault.rule, fault.place, fault.value, fault.expected)

    def observation(self, index: int, cells: Sequence[Value]) -> Observation:
        columns = self.fields.columns
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
            self.term(index, "sex", cells[columns["sex"]], self.sexes, self.sex),
            self.term(index, "age", cells[columns["age"]], self.ages, code_of_age),
            subject.citizenship,
            subject.breakdown,
            subject.unit,
            period,
            0,
            number.value,
            cell_text(cell),
            ESTIMATED if subject.estimated and number.value is not None else number.status,
            FREE,
            self.fields.text(cells, "source"),
            "",
            place,
        )

    def area(self, index: int, code: Value, country: Value) -> str:
        """The area by its code, else by its name; see `AreaFinder.of_row`."""
        area, expected = area_of_row(
            self.reading, self.areas, text_of(code), text_of(country), self.place(index, "code")
        )
        if not area:
            field = "code" if text_of(code) else "country"
            named = ", ".join(filter(None, (text_of(code), text_of(country)))) or cell_text(country)
            raise RowFault("unknown-area", self.place(index, field), named, expected)
        return area

    def year(self, index: int, cell: Value) -> str:
        period = self.years.get(cell)
        if period is None:
            period = self.years[cell] = read_period(cell, self.place(index, "year"), last=self.last_year)
        return period

    def sex(self, text: str) -> str | None:
        """The code of a word or letter of the column of sexes; a letter means what those beside it let it mean."""
        return code_of_sex(text) or self.letters.get(text.upper())

    def term(
        self, index: int, field: str, cell: Value, known: dict[Value, _Word], meaning: Callable[[str], str | None]
    ) -> str:
        """The code of a word of a dimension; an unknown word keeps its own as a code, and is noticed."""
        word = known.get(cell)
        if word is None:
            text = text_of(cell)
            if field == "age" and (isinstance(cell, date) or _DATE_FOR_AGE.fullmatch(text)):
                expected = _("an age group such as 10-14; a spreadsheet program has made a date of it")
                raise RowFault("unknown-age", self.place(index, field), text, expected)
            code = meaning(text)
            if field == "sex" and not code and len(text) == 1:
                expected = _("a sex in words; “%s” may be either where no other letter stands beside it") % text
                raise RowFault("unknown-sex", self.place(index, field), text, expected)
            word = known[cell] = _Word(code) if code else _Word(code_of(text).upper(), known=False)
        if not word.known:
            notice_unknown_word(self.reading, field, cell_text(cell), self.place(index, field))
        return word.code

    def subject(self, index: int, cells: Sequence[Value]) -> _Subject:
        columns = self.fields.columns
        key = (
            cells[columns["indicator"]],
            cells[columns["dimension"]],
            cells[columns["category"]],
            cells[columns["unit"]],
            self.fields.cell(cells, "source"),
        )
        found = self.subjects.get(key)
        if found is None:
            found = self.subjects[key] = _subject(self.areas, *map(text_of, key))
        for field, text in found.unknown:
            notice_unknown_word(self.reading, field, text, self.place(index, field))
        return found

    def note_formulas(self) -> None:
        """A formula among published figures: the value that was saved with it is read, and nothing is computed."""
        times, names = self.grid.formulas
        if times:
            places = ", ".join(f"{self.grid.sheet}!{place.rsplit('!', 1)[-1]}" for place in names)
            message = _("%(place)s: %(times)d cells hold formulas; the values saved with them are read") % {
                "place": places,
                "times": times,
            }
            expected = _("values, without formulas")
            self.reading.add_finding("formula", "note", places.split(", ", 1)[0], str(times), expected, message)


def _subject(areas: AreaFinder, published: str, dimension: str, category: str, unit: str, source: str) -> _Subject:
    """Indicator, unit, ICCS, citizenship and breakdown by the words of a row."""
    unknown = []
    meaning = indicators_published.indicator(source.split("/")[0], published, category)
    if meaning is None:
        unknown.append(("indicator", published))
        meaning = indicators_published.Meaning(code_of(published), "units", "")
    measure, counted, held = _measure(unit, meaning)
    if not held:
        unknown.append(("unit", unit))
    iccs, citizenship, breakdown, held = _within(published, dimension, category, meaning.iccs, areas)
    if not held:
        unknown.append(("category", category))
    estimated = says_estimate(published) or says_estimate(source)
    return _Subject(f"{meaning.base}-{measure}", counted, iccs, citizenship, breakdown, estimated, tuple(unknown))


def _measure(unit: str, meaning: indicators_published.Meaning) -> tuple[str, str, bool]:
    """What is measured (count, rate or percent), in which unit, and whether the word's meaning is held."""
    words = unit.casefold()
    if words in ("counts", "count", "number"):
        return "count", meaning.unit, True
    if unit_of(unit) == PER_100000:
        return "rate", PER_100000, True
    if _PERCENT.fullmatch(words):
        return "percent", PERCENT, True
    code = code_of(unit)
    return f"unit-{code}" if code in ("count", "rate", "percent") else code, unit or meaning.unit, False


def _within(published: str, dimension: str, category: str, iccs: str, areas: AreaFinder) -> tuple[str, str, str, bool]:
    """ICCS, citizenship and breakdown by the category of a dimension, and whether the category's meaning is held."""
    within = slug(dimension.casefold().removeprefix("by "))
    within = _SAME.get(within, within)
    if indicators_published.names_its_category(published, category):
        return iccs, TOTAL, TOTAL, True
    if is_total(category):
        # The total that a breakdown states may differ from the total stated for itself, and is kept apart from it.
        return iccs, TOTAL, TOTAL if is_total(dimension) else f"{within}:{TOTAL}", True
    if within in _OF_OFFENCES:
        offence = indicators_published.offence(category)
        if offence is not None:
            return offence[0], TOTAL, offence[1] or TOTAL, True
        return iccs, TOTAL, f"{within}:{code_of_category(category)}", within == "type-of-offences"
    if within == "citizenship":
        code, held = _citizenship(category, areas)
        return iccs, code, TOTAL, held
    if within == "country-of-repatriation":
        code, held = _citizenship(category, areas)
        return iccs, TOTAL, f"repatriation:{code}", held
    if is_total(dimension):
        within = "category"
    return iccs, TOTAL, f"{within or 'category'}:{code_of_category(category)}", category != ""


def _citizenship(category: str, areas: AreaFinder) -> tuple[str, bool]:
    """The code of a citizenship: `NAT`, `FOR`, an area's; free text that no gazetteer knows stays as `X:3-maliens`."""
    fixed = _CITIZENSHIPS.get(slug(category))
    if fixed:
        return fixed, True
    code = code_of_category(category)
    if code.startswith("_"):
        return code, category != ""
    # A number is no citizenship, whatever area has it for a code.
    area = areas.of_citizenship(category) if any(letter.isalpha() for letter in category) else None
    return (area, True) if area else (f"X:{code}", False)


def _description(dataset: DataSet, grids: Sequence[Grid]) -> Description:
    return Description(
        dataset=dataset.code,
        title=f"UNODC data portal: {dataset.title}",
        publisher=publisher_above(grids),
        published=day_above(grids),
    )
