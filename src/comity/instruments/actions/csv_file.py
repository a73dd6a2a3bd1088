"""Reading a CSV of treaty actions, with every fault named by line and column.

The format is described in docs/csv-of-treaty-actions.md.
"""

import difflib
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Literal

from django.utils.translation import gettext as _

from comity.evidence.dates import day_of
from comity.evidence.errors import BadInput, Fault, UnknownName
from comity.evidence.files.cells import RowCells
from comity.evidence.files.text_tables import Above, Row, Table, table_of
from comity.evidence.files.texts import decode, lines_of, start_of
from comity.evidence.findings import Finding
from comity.instruments.actions.action import MADE_WITH_CONSENT, Action, ActionType, Confidence, Instrument

REQUIRED = ("instrument", "participant", "action", "date")
HEADINGS = (
    "instrument", "participant", "participant_name", "action", "date", "not_before", "not_after",
    "effective", "article", "text", "notification", "note", "confidence", "basis", "source",
)  # fmt: skip
_OTHER_HEADINGS = {"kind": "action", "summary": "text"}
"""What lists of declarations call two of the columns."""
_WORDS = ("text", "note", "source")
_LONGEST = {"participant_name": 200, "article": 80, "notification": 120, "basis": 40}
_DETAILS = ("publisher", "published", "complete-through")
_DETAIL = re.compile(rf"({'|'.join(_DETAILS)})(?:\s++([\w, -]++))?\s*+:\s*+(.*)", re.IGNORECASE)
_STEMS = re.compile(
    r"publi|complet|as (?:at|of)\b|updat|issued|released?\b|actuali[sz]|à jour|^(?:date|fecha|datum|дата|التاريخ|日期)$"
    "|статус на|опублик|обновл|بتاريخ|نشر|发布|截至|更新"
)
_MOST_WORDS = 5
"""What says more words before its colon or its first number is prose, and was not meant for one of the details."""


@dataclass(frozen=True)
class Detail:
    """What a comment line before the headings says of the source, the line's number and the line itself.

    `codes` are the instruments of which alone it says so, as `# complete-through UNTOC, TIP: 2024-05-04` does.
    """

    line: int
    statement: str
    text: str
    day: date | None = None
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReadAction:
    """An action and the line of the file it stands on."""

    line: int
    action: Action


@dataclass
class ReadFile:
    """What a file says: details of its source, the actions read, how many rows it has, and what was noticed."""

    file: str
    headings: tuple[str, ...] = HEADINGS
    rows: int = 0
    details: dict[str, Detail] = field(default_factory=dict)
    complete: dict[str, Detail] = field(default_factory=dict)
    """Through which day it says that it is complete, by the instruments of which alone it says so."""
    actions: list[ReadAction] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def published(self) -> date | None:
        """The day on which the source says it was published."""
        return self.details["published"].day if "published" in self.details else None

    @property
    def complete_through(self) -> date | None:
        """The day through which the source says it is complete for each instrument of which it does not say another."""
        return self.details["complete-through"].day if "complete-through" in self.details else None

    def completeness_of(self, code: str) -> Detail | None:
        """What the source says of the day through which it is complete for an instrument."""
        return self.complete.get(code) or self.details.get("complete-through")

    @property
    def publisher(self) -> str:
        """Who the source says published it."""
        return self.details["publisher"].text if "publisher" in self.details else ""

    def note(self, rule: str, line: int, column: str, value: str, expected: str, severity: str = "error") -> None:
        """Write down a finding about a cell; one of severity "error" rejects its row."""
        place = f"{line}:{column}" if column else str(line)
        self.note_fault(rule, Fault(self.file, place, value, expected), severity)

    def note_fault(self, rule: str, fault: Fault, severity: str = "error") -> None:
        """Write down what is wrong as a finding, as `note` does."""
        rejected = severity == "error"
        level: Literal["error", "warning"] = "error" if rejected else "warning"
        said = (fault.file, fault.place, fault.value, fault.expected, str(fault))
        self.findings.append(Finding(rule, level, *said, rejected))

    @property
    def rejected(self) -> int:
        """How many rows have an error."""
        return len({finding.place.split(":")[0] for finding in self.findings if finding.rejected})


class NoParticipant(UnknownName):
    """A name or code of what can be no participant, or could be none on the day."""


Resolve = Callable[[str, date | None], str]
"""Gives the area code of a code or name of a day; raises UnknownName with the nearest candidates, NoParticipant."""
NameOf = Callable[[str, date], str]
"""Gives the name that an area bore on a day, for a row that holds a code alone."""


def looks_like(data: bytes) -> bool:
    """Whether a file has, among its first lines, headings of a table of actions, even where they stand wrongly."""
    for line in lines_of(start_of(data, 4000).lower())[:20]:
        cells = {cell.strip(' "\ufeff') for cell in re.split("[,;\t]", line)}
        cells |= {_OTHER_HEADINGS[cell] for cell in cells if cell in _OTHER_HEADINGS}
        cells |= {"date"} if "not_before" in cells else set()
        if len(cells & set(REQUIRED)) >= 3:
            return True
    return False


def read_actions(
    file: str,
    data: bytes,
    *,
    instruments: Mapping[str, Instrument],
    resolve: Resolve,
    name_of: NameOf,
    organizations: frozenset[str],
    today: date,
    published: date | None = None,
) -> ReadFile:
    """Read a file of actions: what its comments say, each cell by itself, then repeated rows.

    `published` is the day of publication where a person has said it. Raises BadInput where it is no table of actions at
    all (not UTF-8, a quote never closed, headings missing, unknown or not on the first line after the comments), and
    where its comments say of the source what cannot be. Faults of rows are findings, so that all are seen at once.
    """
    text = decode(data, file)
    table = _table(file, text)
    _check_headings(file, table)
    _refuse_swallowed(file, table, instruments)
    found = ReadFile(file, tuple(table.headings), rows=len(table.rows))
    _read_comments(found, table.comments, lines_of(text), instruments)
    _check_days(found, published, today)
    reader = _Reader(found, instruments, resolve, name_of, organizations, today, published or found.published)
    found.actions = [read for row in table.rows if (read := reader.read(row))]
    _refuse_repeated(found)
    return found


def _refuse_swallowed(file: str, table: Table, instruments: Collection[str]) -> None:
    """Refuse cells that hold whole rows, as a stray quotation mark makes them.

    Only words run over several lines; and a line of them that is a row has an instrument and an action in its cells.
    """
    for line, cells in table.records:
        for heading, cell in zip(table.headings, cells, strict=False):
            below = lines_of(cell)[1:]
            words = heading in _WORDS and not any(_is_row(inside, table.delimiter, instruments) for inside in below)
            if below and not words:
                expected = _("a quotation mark that is closed on its line; it takes in the rows below")
                raise BadInput(Fault(file, str(line), cell, expected))


def _is_row(line: str, delimiter: str, instruments: Collection[str]) -> bool:
    parts = {part.strip(' "') for part in line.split(delimiter)}
    return not parts.isdisjoint(instruments) and any(map(_is_action, parts))


def _is_action(text: str) -> bool:
    try:
        ActionType.parse(text)
    except ValueError:
        return False
    return True


def _read_comments(
    found: ReadFile, comments: Sequence[Above], lines: Sequence[str], instruments: Collection[str]
) -> None:
    """Read what the comments say of the source, and doubt those that seem meant to. Raises BadInput with each fault."""
    faults = []
    for comment in comments:
        text = comment.cells[0].lstrip("# ").rstrip(",;\t ")
        match = _DETAIL.fullmatch(text)
        key = match[1].lower() if match is not None else ""
        if match is not None and (key == "complete-through" or not match[2]):
            codes = tuple(code.strip() for code in (match[2] or "").split(",") if code.strip())
            detail = Detail(comment.line, lines[comment.line - 1], match[3], day_of(match[3]), codes)
            faults += _faults_of(found, key, detail, instruments)
            _take(found, key, detail)
            if key == "publisher" and _DETAIL.search(match[3]):
                found.note("comment", comment.line, "", text, _("each such line by itself"), "warning")
        elif _seems_meant(text):
            expected = _("one of %s; the line is not read") % ", ".join(f"# {name}:" for name in _DETAILS)
            found.note("comment", comment.line, "", text, expected, "warning")
    if faults:
        raise BadInput(faults)


def _take(found: ReadFile, key: str, detail: Detail) -> None:
    for code in detail.codes:
        found.complete.setdefault(code, detail)
    if not detail.codes:
        found.details.setdefault(key, detail)


def _faults_of(found: ReadFile, key: str, detail: Detail, instruments: Collection[str]) -> list[Fault]:
    expected = []
    said = [found.complete.get(code) for code in detail.codes] if detail.codes else [found.details.get(key)]
    for earlier in filter(None, said):
        expected.append(_("each such line once; it stands already on line %d") % earlier.line)
    if key != "publisher" and detail.day is None:
        expected.append(_("a date as YYYY-MM-DD"))
    faults = [Fault(found.file, str(detail.line), detail.text, one) for one in expected]
    unknown = [code for code in detail.codes if code not in instruments]
    codes = _("the code of an instrument in the register: %s") % ", ".join(instruments)
    return faults + [Fault(found.file, str(detail.line), code, codes) for code in unknown]


def _seems_meant(text: str) -> bool:
    """Whether a comment of another form looks as if it were to say what one of the details says."""
    key = re.split(r"[:=\d]", text, maxsplit=1)[0].strip().casefold()
    if not 1 <= len(key.split()) <= _MOST_WORDS:
        return False
    return bool(_STEMS.search(key) or difflib.get_close_matches(key, _DETAILS, 1, 0.8))


def _check_days(found: ReadFile, said: date | None, today: date) -> None:
    """A file is published by today, unless a person says when, and complete through no later day than that.

    Raises BadInput with each fault. Another day than the one that a person says is doubted.
    """
    published = said or found.published
    faults = []
    if said is None and published and published > today:
        expected = _("a day of publication that is not in the future")
        faults.append(_fault_in(found, found.details["published"], expected))
    through = [*found.complete.values(), found.details.get("complete-through")]
    for detail in dict.fromkeys(filter(None, through)):
        if detail.day and detail.day > today:
            faults.append(_fault_in(found, detail, _("a day that is not after today, %s") % today))
        elif detail.day and published and detail.day > published:
            expected = _("a day that is not after the day of publication, %s") % published
            faults.append(_fault_in(found, detail, expected))
    if faults:
        raise BadInput(faults)
    if said and found.published not in (None, said):
        line, text = found.details["published"].line, found.details["published"].text
        found.note("dated-otherwise", line, "", text, _("%s, which was said and is taken") % said, "warning")


def _fault_in(found: ReadFile, detail: Detail, expected: str) -> Fault:
    return Fault(found.file, str(detail.line), detail.text, expected)


def _table(file: str, text: str) -> Table:
    table = table_of(file, text)
    for above in table.above:
        expected = _("nothing above the headings but lines that begin with #")
        raise BadInput(Fault(file, str(above.line), above.cells[0], expected))
    headings = [heading.casefold() for heading in table.headings]
    return replace(table, headings=[_OTHER_HEADINGS.get(heading, heading) for heading in headings])


def columns_of(text: str) -> frozenset[str]:
    """The columns of a text that was read as a file of actions."""
    return frozenset(_table("", text).headings)


def _check_headings(file: str, table: Table) -> None:
    headings, line = table.headings, table.heading_line
    shown = ",".join(headings)
    missing = [name for name in REQUIRED if name not in headings and not (name == "date" and "not_before" in headings)]
    if missing:
        expected = _("the headings %(all)s on this line; missing: %(missing)s") % {
            "all": ",".join(HEADINGS),
            "missing": ", ".join(missing),
        }
        raise BadInput(Fault(file, str(line), shown, expected))
    strange = [name for name in headings if name not in HEADINGS]
    if strange or len(set(headings)) != len(headings):
        expected = _("each heading once, out of: %s") % ", ".join(HEADINGS)
        raise BadInput(Fault(file, str(line), ", ".join(strange) or shown, expected))


@dataclass(frozen=True)
class _Period:
    """The day of an action, or the first and last day of the window in which it was done."""

    day: date | None
    not_before: date | None
    not_after: date | None


@dataclass
class _Reader:
    """Reads rows one by one against the register, and writes what is wrong into the file's findings."""

    found: ReadFile
    instruments: Mapping[str, Instrument]
    resolve: Resolve
    name_of: NameOf
    organizations: frozenset[str]
    today: date
    published: date | None = None

    def read(self, row: Row) -> ReadAction | None:
        """The row's action, or None where something in it is wrong."""
        before = len(self.found.findings)
        cells = RowCells(self.found.file, row, self.found.note_fault)
        if "" in row.cells:
            self.found.note("cells", row.line, "", cells.text(""), _("no cells beyond the last heading"))
        for column, longest in _LONGEST.items():
            cells.at_most(column, longest, "length")
        instrument = self._instrument(cells)
        kind = self._action(cells)
        period = self._period(cells, instrument, kind)
        first, last = (period.day or period.not_before, period.day or period.not_after) if period else (None, None)
        effective = self._effective(cells, kind, first)
        day = last or (self.today if first else None)
        participant = self._participant(cells, day)
        if participant in self.organizations and instrument is not None and not instrument.organizations:
            self._refuse_organization(cells, instrument)
        confidence = Confidence(cells.one_of("confidence", [item.value for item in Confidence]) or "")
        wrong = any(finding.rejected for finding in self.found.findings[before:])
        if wrong or instrument is None or kind is None or period is None or day is None or participant is None:
            return None
        action = Action(
            instrument=instrument.code,
            participant=participant,
            type=kind,
            date=period.day,
            effective=effective,
            participant_name=cells.text("participant_name") or self.name_of(participant, day),
            article=cells.text("article"),
            text=cells.text("text"),
            notification=cells.text("notification"),
            note=cells.text("note"),
            organization=participant in self.organizations,
            not_before=period.not_before,
            not_after=period.not_after,
            confidence=confidence,
            basis=cells.text("basis"),
            source=cells.text("source"),
        )
        return ReadAction(row.line, action)

    def _instrument(self, cells: RowCells) -> Instrument | None:
        instrument = self.instruments.get(cells.text("instrument")) or self._by_other_code.get(cells.text("instrument"))
        if instrument is None:
            expected = _("the code of an instrument in the register: %s") % ", ".join(self.instruments)
            cells.refuse("instrument", expected, "instrument")
        return instrument

    @cached_property
    def _by_other_code(self) -> dict[str, Instrument]:
        return {other: item for item in self.instruments.values() for other in item.other_codes}

    def _action(self, cells: RowCells) -> ActionType | None:
        text = cells.text("action")
        if not text and cells.text("not_before"):
            return ActionType.CONSENT_OF_UNKNOWN_KIND
        try:
            return ActionType.parse(text)
        except ValueError:
            near = ActionType.nearest(text) or [item.value for item in ActionType]
            cells.refuse("action", _("a treaty action, such as: %s") % ", ".join(near), "action")
            return None

    def _period(self, cells: RowCells, instrument: Instrument | None, kind: ActionType | None) -> "_Period | None":
        """The day of a row, or its window; None where neither can be."""
        expected = _("a day of the calendar as YYYY-MM-DD")
        if cells.text("not_before") or cells.text("not_after"):
            return self._window(cells, instrument)
        if not cells.text("date") and instrument is not None and kind in MADE_WITH_CONSENT:
            # A list of declarations gives no day of its own where the declaration was made with the consent.
            return _Period(None, instrument.adopted, None)
        day = cells.day("date", expected, "date")
        if day is None:
            cells.required("date", expected, "date")
        else:
            self._possible(cells, "date", day, instrument)
        return _Period(day, None, None) if day else None

    def _window(self, cells: RowCells, instrument: Instrument | None) -> "_Period | None":
        expected = _("a day of the calendar as YYYY-MM-DD")
        if cells.text("date"):
            cells.refuse("date", _("a day, or a window in its place and not beside it"), "date")
        first = cells.day("not_before", expected, "date")
        if not cells.text("not_before"):
            cells.refuse("not_before", _("the first day of the window that ends with “not_after”"), "date")
        last = cells.day("not_after", expected, "date")
        for column, day in (("not_before", first), ("not_after", last)):
            if day is not None:
                self._possible(cells, column, day, instrument)
        if first and last and last < first:
            cells.refuse("not_after", _("a day that is not before the beginning of the window, %s") % first, "date")
        return _Period(None, first, last) if first else None

    def _possible(self, cells: RowCells, column: str, day: date, instrument: Instrument | None) -> None:
        """Refuse a day before the adoption of the instrument, after today or after the publication of the file."""
        if instrument is not None and day < instrument.adopted:
            cells.refuse(column, instrument.expected_day, "date")
        elif day > self.today:
            cells.refuse(column, _("a day that is not after today, %s") % self.today, "date")
        elif self.published and day > self.published:
            cells.refuse(column, _("a day that is not after the day of publication, %s") % self.published, "date")

    def _effective(self, cells: RowCells, kind: ActionType | None, day: date | None) -> date | None:
        effective = cells.day("effective", _("a day of the calendar as YYYY-MM-DD, or nothing"), "effective")
        if effective and day and effective < day and kind and kind is not ActionType.SUCCESSION:
            expected = _("a day that is not before the date of the action, %s; only a succession reaches back") % day
            cells.refuse("effective", expected, "effective")
        return effective

    def _participant(self, cells: RowCells, day: date | None) -> str | None:
        column = "participant" if cells.text("participant") else "participant_name"
        try:
            participant = self.resolve(cells.text(column), day)
        except UnknownName as error:
            cells.refuse(column, error.faults[0].expected, "participant")
            return None
        if column == "participant" and cells.text("participant_name"):
            self._check_name(cells, participant, day)
        return participant

    def _refuse_organization(self, cells: RowCells, instrument: Instrument) -> None:
        column = "participant" if cells.text("participant") else "participant_name"
        expected = _("a State: no organization can be a participant of %s") % instrument.code
        cells.refuse(column, expected, "participant")

    def _check_name(self, cells: RowCells, participant: str, day: date | None) -> None:
        column, rule = "participant_name", "participant-name"
        name = cells.text(column)
        try:
            # Sources print the name of the day, or that of the State which continues the participant.
            named = {self.resolve(name, day), self.resolve(name, None)}
        except NoParticipant as error:
            cells.refuse(column, error.faults[0].expected, rule)
            return
        except UnknownName as error:
            self.found.note(rule, cells.row.line, column, name, error.faults[0].expected, "warning")
            return
        if participant not in named:
            cells.refuse(column, _("the name of %s, which stands beside it") % participant, rule)


def _refuse_repeated(found: ReadFile) -> None:
    first: dict[tuple[object, ...], int] = {}
    kept = []
    for read in found.actions:
        action = read.action
        key = (action.instrument, action.participant, action.type, action.when, action.article, action.text)
        earlier = first.setdefault(key, read.line)
        if earlier == read.line:
            kept.append(read)
        else:
            value = f"{action.instrument}, {action.participant}, {action.type}, {action.when}"
            found.note("repeated", read.line, "", value, _("each action once; it stands already on line %d") % earlier)
    found.actions = kept
