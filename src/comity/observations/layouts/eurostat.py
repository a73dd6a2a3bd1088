"""The layouts of Eurostat's tables on crime: the wide TSV of both its services, and long CSV (SDMX-CSV 1.0 and 2.0).

A wide table holds the codes of all dimensions in its first column and a year in each other; which dimensions, and in
which order, its heading says. Programs that part cells at commas too give each dimension a column of its own. A value
may bear letters that flag it, and a mark of confidentiality: `66.5 bd`, `: @C`.
"""

import csv
import operator
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import NamedTuple

from comity.areas.gazetteer import Kind
from comity.classifications import iccs
from comity.evidence.errors import BadInput, Fault
from comity.evidence.wording import gettext as _
from comity.evidence.workbooks.workbook import Value, cell_text
from comity.observations import indicators_published
from comity.observations.finishing import finish
from comity.observations.grids.grid import (
    Fields,
    Grid,
    choose_sheets,
    grids_of,
    known_grids,
    notice_other_columns,
    outside_of,
)
from comity.observations.layouts.sdmx_csv import (
    EUROSTAT,
    Label,
    Meaning,
    code,
    day_of,
    headings_of_codes,
    is_annual,
    is_sdmx_csv,
    judge_labels,
    labels,
    labels_beside,
    labels_of_headings,
    structures_of,
)
from comity.observations.numbers import UNDECIDED, Marks, Number, marks_of, read_year
from comity.observations.observation import (
    BREAK,
    CANNOT_EXIST,
    CONFIDENTIAL,
    CONFIDENTIALITIES,
    DIFFERS,
    ESTIMATED,
    FREE,
    FREE_MARKS,
    IMPUTED,
    LOW_RELIABILITY,
    MISSING,
    NOT_APPLICABLE,
    NOT_SIGNIFICANT,
    PER_100000,
    PROVISIONAL,
    SUPPRESSED,
    TOTAL,
    UNKNOWN,
    Observation,
    slug,
)
from comity.observations.reading import Description, Reading
from comity.observations.rows.areas import AreaFinder
from comity.observations.rows.row import RowFault, keep_row, notice_unknown_word, stated
from comity.observations.rows.values import read_value
from comity.observations.words.ages import code_of_age
from comity.observations.words.categories import code_of

TABLES = Path(__file__).parents[1] / "tables"
_WIDE = re.compile(r"(?P<dimensions>[a-z]\w*(?:,[a-z]\w*)*)\\(?:TIME_PERIOD|time)", re.IGNORECASE)
_DIMENSION = re.compile(r"[a-z][a-z0-9_]*")

# The columns of long tables that are no dimensions.
_YEAR, _VALUE, _FLAGS, _CONFIDENTIALITY = "TIME_PERIOD", "OBS_VALUE", "OBS_FLAG", "CONF_STATUS"
_UPDATED, _ACTION = "LAST UPDATE", "ACTION"
_STRUCTURE = ("DATAFLOW", "STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME")
_BESIDE = (_FLAGS, _CONFIDENTIALITY, _UPDATED, _ACTION, *_STRUCTURE)
"""Columns of which no row is told what it is of."""
_COLUMNS = (_YEAR, _VALUE, *_BESIDE)

_COUNTS, _RATES = "NR", "P_HTHAB"
_UNITS = {
    _COUNTS: re.compile(r"number|nombre|anzahl", re.IGNORECASE),
    _RATES: re.compile(
        r"per (?:hundred thousand|100[ ,.]?000) inhabitants|pour cent mille habitants"
        r"|je hunderttausend einwohner",
        re.IGNORECASE,
    ),
}
"""Labels of units."""
_CELL = re.compile(r"(?P<value>:|[^\s:@a-zA-Z]*+)\s*+(?P<flags>[a-z]*+)\s*+(?:@\s*+(?P<confidentiality>[A-Z]))?")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?P<mark>[.,])\d{3}")
"""A number that is a thousand times as large where its mark parts thousands."""
_MISSING = frozenset({"nan", "na"})
"""How R and pandas mark what is missing; no flags of Eurostat read so together."""
_NO_VALUE = frozenset({"", ":"}) | _MISSING

# Of several flags the gravest is the status, in this order, and all are noted: a forecast is no observation; a break
# and another definition part a series, which trends must see; then what makes a value weak, and last what may change.
_STATUSES = {
    "f": "F",
    "b": BREAK,
    "d": DIFFERS,
    "u": LOW_RELIABILITY,
    "n": NOT_SIGNIFICANT,
    "e": ESTIMATED,
    "s": ESTIMATED,
    "i": IMPUTED,
    "p": PROVISIONAL,
}
_WITHOUT_VALUE = {"c": SUPPRESSED, "z": CANNOT_EXIST}
_REVISED = "r"
_CONFIDENTIALITIES = {"P": CONFIDENTIAL}
"""Primary confidentiality is not told apart from other confidentiality; the other marks are those of SDMX."""

_AREAS = {"EL": "GRC", "UK": "GBR", "UKC-L": "GBR_E_W", "UKM": "GBR_S", "UKN": "GBR_NI", "XK": "XKX"}
# The European Union of a day, the euro area and the like. None is taken for the Union as we hold it.
_AGGREGATE = re.compile(r"(?:EU|EA|EEA|EFTA)(?:\d\w*|_\w+)?")
_COUNTRY = re.compile(r"[A-Z]{2}")
_KINDS: tuple[Kind, ...] = ("state", "area", "statistical")

_SEXES = {"T": TOTAL, "M": "M", "F": "F", "UNK": UNKNOWN, "NAP": NOT_APPLICABLE}
_AGES = {"TOTAL": TOTAL, "UNK": UNKNOWN}
_AGE = re.compile(r"Y(?:(?P<first>\d{1,3})-(?P<last>\d{1,3})|_GE\d{1,3}|_LT\d{1,3}|\d{1,3})")
_CITIZENSHIPS = {"TOTAL": TOTAL, "NAT": "NAT", "FOR": "FOR", "UNK": UNKNOWN}
_RELATIONS = {
    "TOTAL": TOTAL,
    "IPTN_FAM": "relationship-to-perpetrator:intimate-partner-or-family-member",
    "IPTN": "relationship-to-perpetrator:intimate-partner",
    "FAM": "relationship-to-perpetrator:family-member",
    "UNK": f"relationship-to-perpetrator:{UNKNOWN}",
}
# What is counted of persons of each legal status. A victim of intentional homicide is what `homicide` counts.
_LEGAL = {
    "PER_VICT": ("victims", "victims"),
    "PER_SUSP": ("persons-formal-contact", "persons"),
    "PER_PRSC": ("persons-prosecuted", "persons"),
    "PER_CNV": ("persons-convicted", "persons"),
}
_HOMICIDE = "0101"
_CAPACITY = "PRIS_OFF_CAP"
_TOTALS = frozenset({"T", "TOTAL"})
_UNIT = re.compile(r"[A-Z][A-Z0-9_]*")
_OFFENCE = re.compile(r"ICCS(?P<code>\d{2,6})")
_OFFENCES = re.compile(r"ICCS\d{2,6}(?:[_-]\d{2,6})+")
_READ = frozenset({"freq", "unit", "geo", "iccs", "sex", "age", "citizen", "pers_cat", "leg_stat", "indic_cr"})


class DataSet(NamedTuple):
    """A data set of Eurostat: its code, title, and what its values count where no dimension says it.

    `told_by` are the dimensions by which a table that does not name its data set is known as this one.
    """

    code: str
    title: str
    told_by: frozenset[str]
    base: str
    unit: str
    iccs: str


@lru_cache(maxsize=1)
def held_data_sets() -> dict[str, DataSet]:
    """The data sets on crime whose values are known, by Eurostat's code."""
    with (TABLES / "eurostat_data_sets.csv").open(encoding="utf-8", newline="") as table:
        return {
            row["dataset"]: DataSet(
                row["dataset"], row["title"], frozenset(row["told_by"].split()), row["base"], row["unit"], row["iccs"]
            )
            for row in csv.DictReader(table)
        }


class Cell(NamedTuple):
    """A value as a table states it: its dimensions, period, text, flags and place.

    `at` gives the place of another column of its row by the heading.
    """

    dimensions: Mapping[str, str]
    at: Callable[[str], str]
    period: str
    text: str
    value: str
    flags: str
    confidentiality: str
    place: str
    deleted: bool = False


class Eurostat:
    """Tables of Eurostat on crime and criminal justice."""

    name = "Eurostat, crime"

    def recognises(self, name: str, data: bytes) -> bool:
        """Whether the first heading, or the first ones joined, is that of Eurostat's TSV, or the file is its SDMX-CSV.

        A table of Eurostat that is not on crime is taken too, so that reading it says why it is not read.
        """
        return any(map(_is_eurostat, known_grids(name, data, {"": _COLUMNS})))

    def read(self, name: str, data: bytes, areas: AreaFinder, subject: str) -> Reading:
        """Read each row of a long table, or each cell of a wide one that holds something.

        `subject` is Eurostat's code of the data set, such as crim_pris_off, where the table does not tell it. Raises
        BadInput where none tells it, where it is none on crime, and where cells hold labels in place of codes.
        """
        grids, findings = choose_sheets(grids_of(name, data, {"": _COLUMNS}, areas), _is_eurostat)
        if len(grids) != 1:
            shown = ", ".join(grid.sheet for grid in grids)
            raise BadInput(Fault(name, "", shown, _("one table of Eurostat; split the file")))
        table = _Wide(grids[0]) if _is_wide(grids[0]) else _Long(grids[0])
        cells = list(table.cells())
        _check_codes(name, cells)
        dataset = data_set_of(table, subject)
        outside = [*outside_of(grids), *labels_of_headings(grids[0])]
        reading = Reading(name, _description(dataset, table), findings=findings, outside=outside)
        notice_other_columns(reading, grids[0], Fields({}, table.others, table.beside), areas)
        meanings: dict[str, Meaning] = {
            "geo": lambda area, label: areas.is_name_of(label, _AREAS.get(area, area), _KINDS),
            "freq": is_annual,
            "iccs": _is_title_of,
            "unit": _is_unit,
            _YEAR: operator.eq,
        }
        judge_labels(reading, table.labels(), meanings)
        marks = _marks(cells, grids[0].usual)
        for cell in cells:
            reading.marks = marks.get(cell.dimensions.get("unit", ""), UNDECIDED)
            keep_row(reading, lambda: _observation(reading, areas, dataset, cell), free=_is_free(cell))  # noqa: B023
        return finish(reading)


def _is_eurostat(grid: Grid) -> bool:
    if _is_wide(grid):
        return True
    headings = headings_of_codes(grid)
    if is_sdmx_csv(grid):
        return any(one.agency == EUROSTAT for one in structures_of(grid))
    return {"iccs", "unit", "geo", _YEAR, _VALUE} <= set(headings)


def _is_wide(grid: Grid) -> bool:
    return _WIDE.fullmatch(_joined(grid)) is not None


def _joined(grid: Grid) -> str:
    """The heading of all dimensions: the first, or the first ones until the one that ends with the time, joined."""
    last = next((column for column, heading in enumerate(grid.headings) if "\\" in heading), 0)
    return ",".join(grid.headings[: last + 1])


def parts_of(text: str) -> tuple[str, str, str]:
    """Value, flags and mark of confidentiality of a cell such as `66.5 bd` or `: @C`; another text is all value."""
    bare = text.strip()
    match = _CELL.fullmatch(bare) if bare.casefold() not in _MISSING else None
    return (match["value"], match["flags"], match["confidentiality"] or "") if match else (bare, "", "")


class _Wide:
    """A table whose first column holds the dimensions, or whose first columns hold one each, and each other a year."""

    def __init__(self, grid: Grid):
        self.grid = grid
        self.at = grid.place(grid.heading_row, 0)
        joined = _joined(grid)
        match = _WIDE.fullmatch(joined)
        self.dimensions = match["dimensions"].lower().split(",") if match else []
        self.width = 1 if joined == grid.headings[0] else len(self.dimensions)
        self.others: dict[int, str] = {}
        self.beside: tuple[int, ...] = ()
        self.years: dict[int, str] = {}
        faults = [
            Fault(grid.file, self.at, joined, _("a dimension “%s”") % needed)
            for needed in ("geo", "unit")
            if needed not in self.dimensions
        ]
        for column, heading in enumerate(grid.headings[self.width :], start=self.width):
            if re.fullmatch(r"\d{4}", heading) and heading not in self.years.values():
                self.years[column] = heading
            elif heading:
                place = grid.place(grid.heading_row, column)
                expected = _("a year as heading, once: only values of whole years are read")
                faults.append(Fault(grid.file, place, heading, expected))
        if faults:
            raise BadInput(faults)

    def named(self) -> dict[str, str]:
        """No wide table names its data set."""
        return {}

    def updates(self) -> list[str]:
        """No wide table says when it was updated."""
        return []

    def labels(self) -> Iterator[Label]:
        """The labels behind the codes of the dimensions that have a column of their own."""
        return labels(self.grid, dict(zip(self.dimensions, range(self.width), strict=False)) if self.width > 1 else {})

    def cells(self) -> Iterator[Cell]:
        for number, cells in self.grid.rows:
            text = ",".join(cell_text(cell) for cell in cells[: self.width])
            codes = [one.strip() for one in text.split(",")]
            same = len(codes) == len(self.dimensions)
            given = dict(zip(self.dimensions, map(code, codes), strict=True)) if same else {"": text}
            at = partial(self._at, number)
            for column, year in self.years.items():
                text = cell_text(cells[column]) if column < len(cells) else ""
                if text.strip():
                    yield Cell(given, at, year, text, *parts_of(text), self.grid.place(number, column))

    def _at(self, number: int, heading: str) -> str:
        """All codes of a row stand in its first cell, unless each has a column of its own."""
        known = self.width > 1 and heading in self.dimensions
        return self.grid.place(number, self.dimensions.index(heading) if known else 0)


class _Long:
    """A table with a row for each value. Headings of dimensions are in lower case; what stands beside them labels them.

    A code may bear its label behind it: `A:Annual`.
    """

    def __init__(self, grid: Grid):
        self.grid = grid
        self.at = grid.place(grid.heading_row, 0) if grid.sheet else str(grid.heading_row)
        self.columns: dict[str, int] = {}
        self.others: dict[int, str] = {}
        headings = headings_of_codes(grid)
        labelled = "STRUCTURE" in headings
        self.labelling: dict[int, tuple[int, str]] = {}
        of_values = []
        faults = []
        for column, heading in enumerate(headings):
            if heading in self.columns:
                place = grid.place(grid.heading_row, column)
                faults.append(Fault(grid.file, place, heading, _("one column of each heading")))
            elif heading in _COLUMNS or _DIMENSION.fullmatch(heading):
                self.columns[heading] = column
            elif heading and not labelled:
                self.others[column] = heading
            elif heading and headings[column - 1] == _VALUE:
                of_values.append(column)
            elif heading:
                self.labelling[column] = column - 1, headings[column - 1]
        self.beside = (*of_values, *(self.columns[name] for name in _BESIDE if name in self.columns))
        self.dimensions = [heading for heading in self.columns if heading not in _COLUMNS]
        faults += [
            Fault(grid.file, self.at, ", ".join(grid.headings), _("a column headed “%s”") % needed)
            for needed in ("geo", "unit", _YEAR, _VALUE)
            if needed not in self.columns
        ]
        if faults:
            raise BadInput(faults)

    def named(self) -> dict[str, str]:
        """The data sets that the rows name, each with the place that it is met at first."""
        found = structures_of(self.grid).items()
        return {structure.id.split("$")[0].lower(): place for structure, place in found if structure.id}

    def updates(self) -> list[str]:
        """When the rows say that they were updated."""
        if _UPDATED not in self.columns:
            return []
        return list(dict.fromkeys(cell_text(cell) for _place, cell in self.grid.column(self.columns[_UPDATED])))

    def labels(self) -> Iterator[Label]:
        """The labels behind the codes of the dimensions, and those that stand in the columns beside them."""
        yield from labels(self.grid, {name: self.columns[name] for name in self.dimensions})
        yield from labels_beside(self.grid, self.labelling)

    def cells(self) -> Iterator[Cell]:
        for number, cells in self.grid.rows:
            given = {name: code(self._cell(cells, name)) for name in self.dimensions}
            text = cell_text(self._cell(cells, _VALUE))
            value, flags, _confidentiality = parts_of(text)
            yield Cell(
                given,
                partial(self._at, number),
                cell_text(self._cell(cells, _YEAR)).strip(),
                text,
                value,
                flags + _flags(self._cell(cells, _FLAGS)),
                code(self._cell(cells, _CONFIDENTIALITY)),
                self.grid.place(number, self.columns[_VALUE]),
                code(self._cell(cells, _ACTION)) == "D",
            )

    def _at(self, number: int, heading: str) -> str:
        return self.grid.place(number, self.columns[heading])

    def _cell(self, cells: Sequence[Value], heading: str) -> Value:
        column = self.columns.get(heading)
        return "" if column is None or column >= len(cells) else cells[column]


def _flags(cell: Value) -> str:
    """The flags of a cell of their own, none where a program has marked it as missing."""
    text = code(cell)
    return "" if text.casefold() in _MISSING else text


def _check_codes(file: str, cells: Iterable[Cell]) -> None:
    """Raises BadInput for a table that was saved with labels in place of codes."""
    units = [cell for cell in cells if cell.dimensions.get("unit")]
    if units and not any(_UNIT.fullmatch(cell.dimensions["unit"]) for cell in units):
        first = units[0]
        expected = _("codes such as NR; this table seems to hold labels: download it with codes, or with both")
        raise BadInput(Fault(file, first.at("unit"), first.dimensions["unit"], expected))


def data_set_of(table: "_Wide | _Long", subject: str) -> DataSet:
    """The data set that a table is of: as it names it, else as `subject` does, else by its dimensions.

    Raises BadInput where it names several, or one that is not held, and where nothing tells it.
    """
    held = ", ".join(held_data_sets())
    named = table.named()
    said = subject.strip().lower().replace("-", "_").removeprefix("eurostat_")
    if len(named) > 1:
        raise BadInput(Fault(table.grid.file, table.at, ", ".join(named), _("rows of one data set; split the file")))
    if named or said:
        told, place = next(iter(named.items())) if named else (said, "--subject")
        if said and told != said:
            expected = _("%s, the data set that its rows name") % told
            raise BadInput(Fault(table.grid.file, "--subject", subject, expected))
        if told not in held_data_sets():
            expected = _("a data set of Eurostat on crime whose values are known: %(held)s") % {"held": held}
            raise BadInput(Fault(table.grid.file, place, told, expected))
        return held_data_sets()[told]
    told_by = frozenset(table.dimensions) - {"freq", "unit", "geo"}
    found = [one for one in held_data_sets().values() if one.told_by == told_by]
    if len(found) == 1:
        return found[0]
    if "iccs" in told_by:
        expected = _(
            "dimensions by which Eurostat's data set is known; say which it is as --subject with its code: %(held)s"
        ) % {"held": held}
    else:
        expected = _(
            "a table of Eurostat on crime, with the dimension iccs; where it is one of %(held)s, say so with that code"
            " as --subject"
        ) % {"held": held}
    raise BadInput(Fault(table.grid.file, table.at, ",".join(table.dimensions), expected))


def _description(dataset: DataSet, table: "_Wide | _Long") -> Description:
    """A wide table and a long one of one data set are the same data set of ours: their keys are the same."""
    return Description(
        dataset=f"eurostat-{dataset.code.replace('_', '-')}",
        title=f"Eurostat: {dataset.title} ({dataset.code})",
        publisher="Eurostat",
        published=max(filter(None, map(day_of, table.updates())), default=None),
    )


def _marks(cells: Sequence[Cell], usual: str) -> dict[str, Marks]:
    """What the values show of the decimal mark, by unit; a single group of three, as `1.788`, shows nothing.

    Where nothing shows it, rates have the point, in which Eurostat writes all its tables, unless the counts beside them
    have points that part thousands.
    """
    found = marks_of(((cell.place, cell.value) for cell in cells), usual)
    groups = [_GROUPED.fullmatch(cell.value) for cell in cells if cell.dimensions.get("unit") == _COUNTS]
    parted = usual == "," and any(group["mark"] == "." for group in groups if group)
    return {_COUNTS: found, _RATES: found if parted else found._replace(usual=".")}


def _number(reading: Reading, cell: Cell, indicator: str) -> Number:
    """The number of a cell. A count is whole: RowFault for `1.788` where the column shows that points are decimal."""
    marks = reading.marks
    group = _GROUPED.fullmatch(cell.value)
    if group and indicator.endswith("-count") and marks.decimal == group["mark"] and not marks.other:
        said = {"mark": marks.decimal, "place": marks.shown}
        expected = _("a whole number; “%(mark)s” is the decimal mark that the column shows at %(place)s") % said
        raise RowFault("not-a-number", cell.place, cell.text, expected)
    return read_value(reading, cell.value, cell.place, indicator)


def _observation(reading: Reading, areas: AreaFinder, dataset: DataSet, cell: Cell) -> Observation:
    if cell.deleted:
        raise RowFault("deleted", cell.place, cell.text, _("a row that is not to be deleted"))
    if "" in cell.dimensions:
        expected = _("as many codes as the heading names dimensions, parted by commas")
        raise RowFault("dimensions", cell.at(""), cell.dimensions[""], expected)
    area = _area(areas, cell)
    if (cell.dimensions.get("freq") or "A") != "A":
        raise _fault("not-annual", cell, "freq", _("A, a value of a year"))
    try:
        period = read_year(cell.period)
    except ValueError as error:
        raise RowFault("impossible-year", cell.at(_YEAR), cell.period, str(error)) from None
    offence, parts = _offence(dataset, cell)
    base, counted = _counted(dataset, cell, offence)
    measure = {_COUNTS: "count", _RATES: "rate"}.get(cell.dimensions["unit"])
    if measure is None:
        raise _fault("unknown-unit", cell, "unit", _("NR (number) or P_HTHAB (per hundred thousand inhabitants)"))
    indicator = f"{base}-{measure}"
    missing = cell.value.casefold() in _NO_VALUE
    number = Number(None, MISSING) if missing else _number(reading, cell, indicator)
    status, note = _status(reading, cell, number)
    return stated(
        area=area,
        indicator=indicator,
        iccs=offence,
        sex=_term("sex", cell, _SEXES),
        age=_age(cell),
        citizenship=_term("citizen", cell, _CITIZENSHIPS),
        breakdown="+".join([*parts, *_breakdowns(cell)]) or TOTAL,
        unit=counted if measure == "count" else PER_100000,
        period=period,
        number=number,
        text=cell.text,
        place=cell.place,
        note=note,
        status=status,
    )._replace(confidentiality=_confidentiality(reading, cell))


def _fault(rule: str, cell: Cell, dimension: str, expected: str) -> RowFault:
    return RowFault(rule, cell.at(dimension), cell.dimensions[dimension], expected)


def _area(areas: AreaFinder, cell: Cell) -> str:
    """The area of a code of Eurostat; its aggregates and the parts of countries below the State have none."""
    text = cell.dimensions["geo"]
    if _AGGREGATE.fullmatch(text):
        raise _fault("aggregate", cell, "geo", _("a State or area: the membership of groups differs from year to year"))
    sought = _AREAS.get(text, text)
    known = text in _AREAS or _COUNTRY.fullmatch(text)
    area = areas.of_kinds(sought, _KINDS) if known else None
    if area is None:
        expected = _("the code of a country (DE, EL, UKC-L); no region below it is held")
        raise _fault("unknown-area", cell, "geo", expected)
    return area


def _is_unit(unit: str, label: str) -> bool | None:
    """Whether a label is that of a unit; None where it is of none that is known."""
    found = next((known for known, words in _UNITS.items() if words.fullmatch(label)), None)
    return found == unit if found else None


@lru_cache(maxsize=1024)
def _is_title_of(offence: str, label: str) -> bool | None:
    """Whether a label is the title of a category of offence; None where it is no title that is known."""
    code = offence.removeprefix("ICCS")
    titles = {slug(one.title_en): one.code for one in iccs.load().categories.values()}
    found = titles.get(slug(label)) or (indicators_published.offence(label) or ("",))[0]
    return found == code if found else None


def _offence(dataset: DataSet, cell: Cell) -> tuple[str, list[str]]:
    """The ICCS code, and what the dimension says that is none: joined codes, a range, the total of all offences.

    Of joined codes none stands for the others: they keep a code of their own as a breakdown.
    """
    if "iccs" not in cell.dimensions:
        return dataset.iccs, []
    text = cell.dimensions["iccs"]
    single = _OFFENCE.fullmatch(text)
    if single and single["code"] in iccs.load():
        return single["code"], []
    if _OFFENCES.fullmatch(text) and all(part in iccs.load() for part in re.findall(r"\d+", text)):
        return "", [f"type-of-offence:{text}"]
    if text == "TOTAL":
        # Persons held are counted whatever they did; of recorded offences the total is one of those that are listed.
        return "", [] if dataset.base == "persons-held" else [f"type-of-offence:{TOTAL}"]
    expected = _("a code of the International Classification of Crime such as ICCS0101, or several joined")
    raise _fault("unknown-iccs", cell, "iccs", expected)


def _counted(dataset: DataSet, cell: Cell, offence: str) -> tuple[str, str]:
    """What is counted, and in which unit."""
    if "leg_stat" in cell.dimensions:
        found = _LEGAL.get(cell.dimensions["leg_stat"])
        if found is None:
            raise _fault("unknown-term", cell, "leg_stat", ", ".join(_LEGAL))
        return ("homicide", "victims") if found[0] == "victims" and offence == _HOMICIDE else found
    if "indic_cr" in cell.dimensions and cell.dimensions["indic_cr"] != _CAPACITY:
        raise _fault("unknown-term", cell, "indic_cr", _("%s, the official capacity of prisons") % _CAPACITY)
    if dataset.base == "homicide" and offence != _HOMICIDE:
        return _LEGAL["PER_VICT"]
    return dataset.base, dataset.unit


def _term(dimension: str, cell: Cell, meanings: Mapping[str, str]) -> str:
    """The code of a word of a dimension; the total where the table has no such dimension."""
    text = cell.dimensions.get(dimension)
    if text is None:
        return TOTAL
    if text not in meanings:
        raise _fault("unknown-term", cell, dimension, ", ".join(meanings))
    return meanings[text]


def _age(cell: Cell) -> str:
    text = cell.dimensions.get("age", "TOTAL")
    found = _AGES.get(text)
    match = _AGE.fullmatch(text)
    if found is None and match:
        found = code_of_age(f"{match['first']}-{match['last']}") if match["first"] else text
    if found is None:
        raise _fault("unknown-term", cell, "age", _("an age such as TOTAL, Y_LT15, Y15-19 or Y_GE65"))
    return found


def _breakdowns(cell: Cell) -> list[str]:
    """The relationship of victims to offenders, and every dimension that no rule knows, with its own code."""
    found = [_term("pers_cat", cell, _RELATIONS)]
    found += [
        f"{name.replace('_', '-')}:{code_of(text)}"
        for name, text in cell.dimensions.items()
        if name not in _READ and text not in _TOTALS
    ]
    return [one for one in found if one != TOTAL]


def _status(reading: Reading, cell: Cell, number: Number) -> tuple[str, str]:
    """The status by the flags, and a note of all flags where the status does not say it all.

    Raises RowFault where a value is flagged as one that does not apply.
    """
    flags = [letter for letter in cell.flags.lower() if letter.isalpha()]
    for letter in flags:
        if letter not in (*_STATUSES, *_WITHOUT_VALUE, _REVISED, "m"):
            notice_unknown_word(reading, _FLAGS, letter, cell.place)
    told = list(flags)
    if number.value is None:
        confidential = "c" in flags or cell.confidentiality not in ("", FREE)
        reason = "c" if confidential else "z" if "z" in flags else ""
        status = _WITHOUT_VALUE.get(reason, number.status)
        told = [letter for letter in flags if letter not in (reason, "m")]
    elif "z" in flags or "m" in flags:
        raise RowFault("contradictory-status", cell.place, cell.text, _("no value, since its flag says there is none"))
    else:
        gravest = next((letter for letter in _STATUSES if letter in flags), "")
        status = _STATUSES.get(gravest, number.status)
        told = [letter for letter in flags if letter not in (gravest, "c")]
    return status, f"Eurostat flags: {', '.join(flags)}" if told else ""


def _is_free(cell: Cell) -> bool:
    return cell.confidentiality in FREE_MARKS and "c" not in cell.flags.lower()


def _confidentiality(reading: Reading, cell: Cell) -> str:
    mark = _CONFIDENTIALITIES.get(cell.confidentiality, cell.confidentiality)
    if mark and mark not in CONFIDENTIALITIES:
        notice_unknown_word(reading, _CONFIDENTIALITY, mark, cell.place)
        mark = CONFIDENTIAL
    return CONFIDENTIAL if "c" in cell.flags.lower() and mark in ("", FREE) else mark or FREE
