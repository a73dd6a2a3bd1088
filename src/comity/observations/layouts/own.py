"""The layout of our own: a text table with one observation a line, or with years as columns; see
`docs/csv-of-observations.md`. It is strict: one thing that is not understood refuses the file, and all are named."""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from comity.classifications import iccs
from comity.evidence.errors import MOST_FAULTS, BadInput, Fault
from comity.evidence.files.cells import RowCells, into
from comity.evidence.files.text_tables import Row
from comity.evidence.files.texts import encoding_of, lines_of
from comity.evidence.wording import gettext as _
from comity.observations import indicators_observed
from comity.observations.finishing import finish
from comity.observations.grids.text_tables import TextTable, read_text_table, start_of_table, years_of
from comity.observations.numbers import Number, marks_of
from comity.observations.observation import (
    CODE,
    CONFIDENTIALITIES,
    FREE,
    MISSING,
    NORMAL,
    PER_100000,
    SERIES,
    STATUSES,
    TOTAL,
    UNREPEATED,
    WITHOUT_VALUE,
    Observation,
    is_export,
)
from comity.observations.reading import Description, OutsideText, Reading
from comity.observations.rows.areas import AreaFinder
from comity.observations.rows.row import RowFault, stated
from comity.observations.rows.values import read_value

ATTRIBUTES = ("repeat", "confidentiality", "source", "note")
LONG = (*SERIES, "period", "value", "status", *ATTRIBUTES)
REQUIRED = ("area", "indicator")
DESCRIBED = ("dataset", "title", "published", "publisher", "licence", "note")

_DEFAULTS = {
    "sex": TOTAL,
    "age": TOTAL,
    "citizenship": TOTAL,
    "breakdown": TOTAL,
    "confidentiality": FREE,
    "repeat": "0",
}
_COMMENT = re.compile(r"(?P<key>[A-Za-z]++)\s*+:\s*+(?P<value>.*)")
"""“dataset: my-survey”."""
_STARTS = re.compile(r"dataset\s*:", re.IGNORECASE)
_SEEMS_MEANT = re.compile(r"(?:[a-zéíó]+ ){0,2}(?:publi|updat|data[ -]?set|licen[cs])[^:]*:", re.IGNORECASE)
"""A comment that seems to say what one of those that are read would say."""
_SEX = re.compile(r"[MFO]|_[TUZX]")
_AGE = re.compile(r"_[TUZX]|Y(?P<first>\d{1,3})(?:T(?P<last>\d{1,3}))?|Y_(?:LT|GE)\d{1,3}", re.ASCII)
"""Y15T29, Y_GE60, _T."""
_CITIZENSHIP = re.compile(r"_[TUZX]|NAT|FOR|X:\S.*")
"""NAT, FOR, X:3-maliens."""
_BREAKDOWN = re.compile(r"_[TUZX]|[^:\s]+:\S.*")
"""mechanism:firearms."""
_PERIOD = re.compile(r"(?:19|20)\d\d(?:-Q[1-4]|-S[12]|-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?", re.ASCII)
"""2012, 2012-Q3, 2012-S1, 2012-05, 2012-05-31."""
_WITH_STATUS = re.compile(r"(?P<value>.*)(?<=[\s:])(?P<status>[A-Z])", re.DOTALL)
"""“12.5 E”, “: Q”."""
_PER_100000_OF = re.compile(
    r"per 100,000(?! (?:\w+ )*(?:hundreds?|thousands?|millions?)\b)(?: [^\W\d_]+){1,5}", re.IGNORECASE
)
"""What a rate of a part of the people is per: women, men, adults, and no multiple."""
_HOMICIDE, _HOMICIDES = "homicide", "0101"
"""The indicators whose codes begin so count acts of one offence of ICCS."""
_NO_VALUE = ":"
_MOST_REPEATS = 255
"""Of one key: the checks of quality count them in a byte."""


class OwnTable:
    """Text tables in the layout of our own."""

    name = "observations as CSV"

    def recognises(self, name: str, data: bytes) -> bool:
        """Whether a comment above the headings names a data set, or the headings are those of observations."""
        table = start_of_table(data)
        if table is None:
            return False
        if any(_STARTS.match(line.cells[0]) for line in table.comments):
            return True
        headings = table.headings
        if is_export(headings):
            return False
        return {*REQUIRED} <= {*headings} and ("period" in headings or bool(years_of(headings)))

    def read(self, name: str, data: bytes, areas: AreaFinder, subject: str) -> Reading:
        """Read the table. Raises BadInput with everything that is wrong in it."""
        _check_encoding(name, data)
        table = read_text_table(name, data, needed=(*REQUIRED, "period", "value"))
        description = _description(table)
        _check_headings(table)
        reading = Reading(
            name,
            description,
            marks=marks_of(table.columns(_value_columns(table)), table.usual),
            outside=_outside(table),
        )
        _notice_comments(reading, table)
        reader = _Reader(table, reading, areas)
        for row in table.rows:
            reader.read_row(row)
            if len(reader.faults) > MOST_FAULTS:
                break
        if reader.faults:
            raise BadInput(reader.faults)
        return finish(reading)


def _check_encoding(name: str, data: bytes) -> None:
    """Raises BadInput with the first line that is no UTF-8, as a spreadsheet program may save one.

    UTF-16 and UTF-32 are read: they bear a mark, or null bytes.
    """
    encoding = encoding_of(data, western=True)
    if encoding not in ("utf-8", "cp1252"):
        return
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        lines = enumerate(lines_of(data.decode("utf-8", "replace")), start=1)
        number = next(number for number, line in lines if "\ufffd" in line)
    else:
        return
    shown = lines_of(data.decode(encoding, "replace"))[number - 1]
    if encoding == "cp1252":
        expected = _("text in UTF-8; the file seems to be in Windows-1252: save it as UTF-8")
    else:
        expected = _("text in UTF-8; the file is in another encoding: save it as UTF-8")
    raise BadInput(Fault(name, str(number), shown, expected))


def _value_columns(table: TextTable) -> list[str]:
    return years_of(table.headings) or ["value"]


def _description(table: TextTable) -> Description:
    """What the comments above the headings say of the file."""
    said: dict[str, str] = {}
    lines: dict[str, int] = {}
    faults = []
    for line, text in table.comments:
        match = _COMMENT.fullmatch(text)
        key = match["key"].lower() if match else ""
        if key in said:
            faults.append(Fault(table.file, str(line), text, _("one line “# %s:”") % key))
        elif match and key in DESCRIBED:
            said[key], lines[key] = match["value"].strip(), line
    if not CODE.fullmatch(said.get("dataset", "")):
        at = str(lines.get("dataset", 1))
        faults.append(
            Fault(table.file, at, said.get("dataset", ""), _("a line “# dataset: homicide” above the headings"))
        )
    published = None
    if "published" in said:
        try:
            published = date.fromisoformat(said["published"])
        except ValueError:
            faults.append(Fault(table.file, str(lines["published"]), said["published"], _("a date as YYYY-MM-DD")))
    if faults:
        raise BadInput(faults)
    return Description(
        dataset=said["dataset"],
        title=said.get("title", said["dataset"]),
        publisher=said.get("publisher", ""),
        published=published,
        licence=said.get("licence", ""),
        note=said.get("note", ""),
    )


def _notice_comments(reading: Reading, table: TextTable) -> None:
    """Say which comments are not read though they seem to say what one of those that are read would say."""
    for line, text in table.comments:
        match = _COMMENT.fullmatch(text)
        if _SEEMS_MEANT.match(text) and not (match and match["key"].lower() in DESCRIBED):
            expected = _("one of %s; the line is not read") % ", ".join(f"# {name}:" for name in DESCRIBED)
            message = str(Fault(table.file, str(line), text, expected))
            reading.add_finding("comment", "warning", str(line), text, expected, message)


def _outside(table: TextTable) -> list[OutsideText]:
    """The comments and titles that may say what the rows are of; who published it when says nothing of it."""
    found = []
    for one in table.outside:
        match = _COMMENT.fullmatch(one.text)
        key = match["key"].lower() if match else ""
        if match is None or key not in DESCRIBED:
            found.append(one._replace(is_read=_SEEMS_MEANT.match(one.text) is not None))
        elif key in ("title", "note", "licence"):
            found.append(OutsideText("title", one.place, match["value"], is_read=True))
    return found


def _check_headings(table: TextTable) -> None:
    """Refuse columns that are not known, and tables that are neither long nor wide."""
    years = years_of(table.headings)
    known = {*SERIES, *ATTRIBUTES, *years} if years else {*LONG}
    at = str(table.heading_line)
    expected = _("one of the columns %s") % ", ".join((*SERIES, *ATTRIBUTES, _("years")) if years else LONG)
    faults = [
        Fault(table.file, f"{at}:{heading}" if heading else at, heading, expected)
        for heading in table.headings
        if heading not in known
    ]
    for needed in REQUIRED if years else (*REQUIRED, "period", "value"):
        if needed not in table.headings:
            faults.append(Fault(table.file, at, ", ".join(table.headings), _("a column headed “%s”") % needed))
    if faults:
        raise BadInput(faults)


class _Reader:
    """Reads the rows, gathering what is wrong."""

    def __init__(self, table: TextTable, reading: Reading, areas: AreaFinder):
        self.table, self.reading, self.areas = table, reading, areas
        self.years = years_of(table.headings)
        self.faults: list[Fault] = []
        self.seen: dict[tuple[object, ...], str] = {}

    def read_row(self, row: Row) -> None:
        before = len(self.faults)
        read = RowCells(self.table.file, row, into(self.faults), _DEFAULTS)
        cells = {column: read.text(column) for column in LONG}
        cells["area"] = self.area(read)
        cells["iccs"] = self.iccs(read)
        cells["unit"] = self.unit(read)
        self.check(read, cells["iccs"])
        wide = [(year, year, row.cells[year].strip()) for year in self.years if row.cells[year].strip()]
        stated_cells = wide if self.years else [(cells["period"], "value", cells["value"])]
        for period, column, text in stated_cells:
            self.reading.rows += 1
            number = self.value(read, column, text, cells["status"])
            if number is not None and len(self.faults) == before:
                self.keep(row, column, period, number, cells)

    def area(self, cells: RowCells) -> str:
        code, expected = self.areas(cells.text("area"))
        if code is None:
            cells.refuse("area", expected)
        return code or ""

    def iccs(self, cells: RowCells) -> str:
        """The code of an offence, with the zero before it that spreadsheet programs take for nothing."""
        text = cells.text("iccs")
        if not text or text in iccs.load() or f"0{text}" not in iccs.load():
            return text
        message = _(
            "%(times)d codes have lost the zero before them (the first is “%(value)s” at %(place)s); read with it"
        )
        self.reading.notice("zero-lost", "note", "", cells.place("iccs"), text, f"0{text}", message)
        return f"0{text}"

    def unit(self, cells: RowCells) -> str:
        """The unit of a row: the indicator's own, in whatever case it is written, or that of a part of the people."""
        text, indicator = cells.text("unit"), cells.text("indicator")
        own = indicators_observed.unit(indicator)
        of_a_part = own == PER_100000 and _PER_100000_OF.fullmatch(text)
        if not text or _folded(text) == _folded(own):
            return own
        if not of_a_part and not indicators_observed.is_own_unit(indicator, text):
            cells.refuse("unit", own)
        return text

    def check(self, cells: RowCells, code: str) -> None:
        """Check the codes of a row's dimensions and attributes; `code` is that of its offence, as it was read."""
        base, _measure = indicators_observed.parted(cells.text("indicator"))
        of_homicide = base.startswith(_HOMICIDE) and base in indicators_observed.observed_indicators()
        if of_homicide and code and not code.startswith(_HOMICIDES):
            expected = _("%s, the offence that the indicator counts") % _HOMICIDES
            self.faults.append(Fault(cells.file, cells.place("iccs"), code, expected))
        cells.matching("indicator", CODE, _("a code such as homicide-count"))
        if code and code not in iccs.load():
            cells.refuse("iccs", _("a code of ICCS %s") % iccs.VERSION)
        cells.matching("sex", _SEX, _("M, F, O, _T, _U, _Z or _X"))
        if not _is_age(cells.text("age")):
            cells.refuse("age", _("an age such as Y15T29, Y_LT18, Y_GE60, _T or _U"))
        if not self.is_citizenship(cells.text("citizenship")):
            cells.refuse("citizenship", _("NAT, FOR, the code of an area, _T or _U"))
        cells.matching("breakdown", _BREAKDOWN, _("dimension:category, or _T"))
        if cells.text("status") and cells.text("status") not in STATUSES:
            cells.refuse("status", _status_expected())
        if cells.text("confidentiality") not in CONFIDENTIALITIES:
            cells.refuse("confidentiality", ", ".join(sorted(CONFIDENTIALITIES)))
        cells.whole_number("repeat", 0, _MOST_REPEATS, _("a whole number from 0 to %d") % _MOST_REPEATS)
        if not self.years and not _is_period(cells.text("period")):
            cells.refuse("period", _("a period such as 2012, 2012-Q3, 2012-05 or 2012-05-31"))

    def is_citizenship(self, text: str) -> bool:
        return bool(_CITIZENSHIP.fullmatch(text)) or self.areas(text)[0] == text

    def value(self, cells: RowCells, column: str, text: str, status: str) -> Number | None:
        """The number of a cell with its status; None, and a fault, where there is none to be read."""
        beside = _WITH_STATUS.fullmatch(text)
        shown, given = (beside["value"].strip(), beside["status"]) if beside else (text, status)
        if given and given not in STATUSES:
            cells.refuse(column, _status_expected())
            return None
        if beside and status and status != given:
            cells.refuse(column, _("the status %s, which stands in the column “status”") % status)
            return None
        try:
            number = self.number(shown, cells.place(column), cells.text("indicator"))
        except RowFault as fault:
            self.faults.append(Fault(cells.file, cells.place(column), fault.value, fault.expected))
            return None
        if number.value is None and given == NORMAL:
            cells.refuse(column, _("a value, or a status that says why there is none"))
            return None
        if number.value is not None and given in WITHOUT_VALUE:
            cells.refuse(column, _("no value beside the status %s, which says that there is none") % given)
            return None
        return number._replace(status=given or number.status)

    def number(self, text: str, place: str, indicator: str) -> Number:
        if text == _NO_VALUE:
            return Number(None, MISSING)
        if "," in text and self.reading.marks.decimal == ",":
            raise RowFault("not-a-number", place, text, _("a number such as 1234.5, without a decimal comma"))
        return read_value(self.reading, text, place, indicator)

    def keep(self, row: Row, column: str, period: str, number: Number, cells: Mapping[str, str]) -> None:
        place = f"{row.line}:{column}"
        observation = stated(
            **{name: cells[name] for name in SERIES},
            period=period,
            number=number,
            text=row.cells[column],
            source=cells["source"],
            note=cells["note"],
            place=place,
        )._replace(repeat=int(cells["repeat"]), confidentiality=cells["confidentiality"])
        key = observation[: len(UNREPEATED) + 1]
        if key in self.seen:
            expected = _("one value for each key; it stands already at %s") % self.seen[key]
            self.faults.append(Fault(self.table.file, place, row.cells[column], expected))
        self.seen.setdefault(key, place)
        self.reading.observations.append(observation)


def _status_expected() -> str:
    return _("a status of SDMX: one of %s") % ", ".join(sorted(STATUSES))


def _folded(unit: str) -> str:
    """A unit without what does not tell units apart: case, and how thousands and words are parted."""
    return re.sub(r"(?<=\d)[ ,.\u00a0\u202f](?=\d{3})", "", " ".join(unit.casefold().split()))


def _is_age(text: str) -> bool:
    """Whether a text is a code of an age, of which the last year is not before the first."""
    match = _AGE.fullmatch(text)
    return match is not None and (match["last"] is None or int(match["first"]) <= int(match["last"]))


def _is_period(text: str) -> bool:
    if not _PERIOD.fullmatch(text):
        return False
    try:
        return len(text) != 10 or bool(date.fromisoformat(text))
    except ValueError:
        return False


def write_wide(description: Description, observations: Iterable[Observation]) -> str:
    """Observations of years as a table of this layout with years as columns, in the order of their keys.

    Columns in which every row holds the default are left out. Reading the table gives the same observations, except
    that places and texts are those of the table.
    """
    rows: dict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
    leading = (*SERIES, *ATTRIBUTES)
    for one in observations:
        named = one._asdict()
        named["unit"] = "" if one.unit == indicators_observed.unit(one.indicator) else one.unit
        rows[tuple(str(named[column]) for column in leading)][one.period] = _cell(one)
    periods = sorted({period for cells in rows.values() for period in cells})
    shown = [
        index
        for index, column in enumerate(leading)
        if column in REQUIRED or any(key[index] != _DEFAULTS.get(column, "") for key in rows)
    ]
    text = io.StringIO()
    for name in DESCRIBED:
        value = getattr(description, name)
        if value:
            text.write(f"# {name}: {value}\n")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([leading[index] for index in shown] + periods)
    for key in sorted(rows):
        writer.writerow([key[index] for index in shown] + [rows[key].get(period, "") for period in periods])
    return text.getvalue()


def _cell(observation: Observation) -> str:
    if observation.value is None:
        return f"{_NO_VALUE} {observation.status}"
    number = str(int(observation.value)) if observation.value.is_integer() else repr(observation.value)
    return number if observation.status == NORMAL else f"{number} {observation.status}"
