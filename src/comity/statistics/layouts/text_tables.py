"""Comma- or tab-separated tables: recognised by their headings, read whole, with the place of each cell."""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from comity.evidence.errors import BadInput, Fault
from comity.evidence.places import Row, decode, read_table
from comity.evidence.wording import gettext as _
from comity.statistics.observation import slug

_START = 65_536
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class TextTable:
    """A text table: the lines of comment above the headings, each with its number, the headings and the rows."""

    file: str
    comments: tuple[tuple[int, str], ...]
    headings: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def heading_line(self) -> int:
        """The number of the line in which the headings stand."""
        return len(self.comments) + 1


def headings_of(data: bytes) -> list[str]:
    """The headings of what may be a text table, by the start of its bytes; none for what is no such table."""
    start = data[:_START]
    if b"\0" in start:
        return []
    for line in start.decode("utf-8-sig", "replace").splitlines():
        if line.strip() and not line.startswith("#"):
            delimiter = "\t" if line.count("\t") > line.count(",") else ","
            try:
                return [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), [])]
            except csv.Error:
                return []
    return []


def read_text_table(name: str, data: bytes) -> TextTable:
    """Read a text table whole.

    Raises BadInput for text that is not UTF-8 or holds a null character, a quote that is never closed, no headings,
    two columns of one heading, or rows with more cells than headings.
    """
    if b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        raise BadInput(Fault(name, str(line), "\\0", _("text without null characters")))
    text = decode(data, name)
    comments = _comments(text)
    try:
        headings, rows = read_table(text)
    except csv.Error as error:
        raise BadInput(Fault(name, "", str(error), _("a comma-separated table whose quotes are closed"))) from None
    at = str(len(comments) + 1)
    if not any(headings):
        raise BadInput(Fault(name, at, "", _("a row of headings")))
    faults = [
        Fault(name, f"{at}:{heading}", heading, _("one column of each heading"))
        for index, heading in enumerate(headings)
        if heading and heading in headings[:index]
    ]
    faults += [
        Fault(name, str(row.line), row.cells[""], _("%d cells in a row") % len(headings))
        for row in rows
        if row.cells.get("") and "" not in headings
    ]
    if faults:
        raise BadInput(faults)
    return TextTable(name, comments, tuple(headings), tuple(rows))


def _comments(text: str) -> tuple[tuple[int, str], ...]:
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.lstrip("\ufeff").startswith("#"):
            break
        found.append((number, line.lstrip("\ufeff")[1:].strip()))
    return tuple(found)


def years_of(headings: Sequence[str]) -> list[str]:
    """The headings that are years."""
    return [heading for heading in headings if _YEAR.fullmatch(heading)]


def has_headings(headings: Sequence[str], names: Mapping[str, Sequence[str]]) -> bool:
    """Whether every field of a layout has its column among the headings."""
    given = {slug(heading) for heading in headings}
    return all(any(slug(word) in given for word in words) for words in names.values())


def columns_of(table: TextTable, names: Mapping[str, Sequence[str]], required: Sequence[str]) -> dict[str, str]:
    """The heading of each field, as the table writes it; case, spaces and underscores do not matter.

    Raises BadInput for a required field without a column, and for two columns of one field.
    """
    wanted = {slug(word): field for field, words in names.items() for word in words}
    at = str(table.heading_line)
    found: dict[str, str] = {}
    faults = []
    for heading in table.headings:
        field = wanted.get(slug(heading))
        if field in found:
            faults.append(Fault(table.file, f"{at}:{heading}", heading, _("one column headed “%s”") % names[field][0]))
        elif field is not None:
            found[field] = heading
    faults += [
        Fault(table.file, at, ", ".join(table.headings), _("a column headed “%s”") % names[field][0])
        for field in required
        if field not in found
    ]
    if faults:
        raise BadInput(faults)
    return found


def other_headings(table: TextTable, columns: Mapping[str, str]) -> list[str]:
    """The headings that are neither of a field nor a year."""
    known = {*columns.values(), *years_of(table.headings), ""}
    return [heading for heading in table.headings if heading not in known]
