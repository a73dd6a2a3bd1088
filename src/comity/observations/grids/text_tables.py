"""Comma- or tab-separated tables: recognised by their headings, read whole, with the place of each cell."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from comity.evidence.errors import BadInput, Fault
from comity.evidence.files.text_tables import BrokenRow, Row, Table, parse_table, table_of
from comity.evidence.files.texts import decode, lines_of, raw_lines, start_of
from comity.evidence.wording import gettext as _
from comity.observations.grids.columns import Column, judge_columns
from comity.observations.grids.other_columns import (
    REGION_FIELDS,
    Unheaded,
    unheaded_columns,
)
from comity.observations.observation import slug
from comity.observations.reading import OutsideText, Reading
from comity.observations.rows.areas import AreaFinder
from comity.observations.words.plain_text import says_something

_START = 65_536
"""Bytes of a text by which it is recognised; a row of headings is shorter."""
_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)
_NOTE = re.compile(
    r"(?:notes?|notas?|sources?|fuentes?|remarks?|remarques?|примечани[ея]|источник|注|ملاحظة)\s*[:：]?", re.IGNORECASE
)
"""“Note:”, “Source”, which say nothing by themselves."""
_SPAN = re.compile(r"\d+ ?(?:[-–] ?\d+|\+)")
"""What may be ages: 15-29, 18+."""


@dataclass(frozen=True)
class TextTable:
    """A text table: the lines of comment above the headings, each with its number, the headings and the rows."""

    file: str
    comments: tuple[tuple[int, str], ...]
    heading_line: int
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    usual: str
    """The decimal mark that tables whose cells are parted like these usually have."""
    outside: tuple[OutsideText, ...] = ()
    """Titles, comments and remarks: what stands in no row."""
    unheaded: tuple[Unheaded, ...] = ()
    """The columns without a heading."""

    def columns(self, headings: Iterable[str]) -> Iterator[tuple[str, str]]:
        """The cells of some columns, each with its place."""
        wanted = list(headings)
        return ((f"{row.line}:{heading}", row.cells[heading]) for row in self.rows for heading in wanted)


def start_of_table(data: bytes) -> Table | None:
    """The first rows of what may be a text table; None for what is no such table. Never raises.

    They end before a row that cannot be read: whoever reads the table whole then says which it is.
    """
    text = start_of(data, _START)
    before, null, _after = text.partition("\0")
    if null or len(data) > _START:
        text = before[: before.rfind("\n") + 1]
    try:
        table = parse_table(text)
    except BrokenRow as broken:
        table = parse_table("".join(raw_lines(text)[: broken.line - 1]))
    return replace(table, records=[]) if table.too_wide() else table


def headings_of(data: bytes) -> list[str]:
    """The headings of what may be a text table, by the start of its bytes; none for what is no such table."""
    table = start_of_table(data)
    return table.headings if table else []


def read_whole(name: str, data: bytes, *, western: bool = False) -> Table:
    """Read a text table whole, with `western` also one in Windows-1252.

    Raises BadInput for text that is not Unicode or holds a null character, a quote that is never closed, no headings,
    or rows with more cells than headings.
    """
    text = decode(data, name, western=western)
    table = table_of(name, text)
    at = str(table.heading_line)
    if not table.headings:
        raise BadInput(Fault(name, at, "", _("a row of headings")))
    expected = _("%d cells in a row") % len(table.headings)
    if cut := _cut(text, table):
        raise BadInput(Fault(name, *cut, _("a last row as whole as the others; the file seems to be cut off")))
    if swallowed := next(_swallowed(table), None):
        expected = _("a quotation mark that is closed on its line; it takes in the rows below")
        raise BadInput(Fault(name, *swallowed, expected))
    faults = [
        Fault(name, str(line), table.delimiter.join(beyond), expected)
        for line, cells in table.records
        if any(map(str.strip, beyond := cells[len(table.headings) :]))
    ]
    if faults:
        raise BadInput(faults)
    return table


def repeated(headings: Sequence[str]) -> Iterator[str]:
    """The headings that stand in an earlier column already, each time that they do."""
    seen: set[str] = set()
    for heading in filter(None, headings):
        if heading in seen:
            yield heading
        seen.add(heading)


def _cut(text: str, table: Table) -> tuple[str, str] | None:
    """Line and text of a last row that ends in the middle, as a file does that was not sent whole.

    One cell with a line end behind it may be a remark below the table.
    """
    if len(table.records) < 2:
        return None
    *others, (line, cells) = table.records
    whole = min(len(one) for _line, one in others)
    remark = len(cells) == 1 and text.endswith(("\n", "\r"))
    return (str(line), table.delimiter.join(cells)) if len(cells) < whole and not remark else None


def _swallowed(table: Table) -> Iterator[tuple[str, str]]:
    """Line and text of the cells that hold whole rows, as a stray quotation mark makes them."""
    width = len(table.headings)
    for line, cells in table.records if width > 2 else ():
        for cell in cells:
            if "\n" in cell and any(part.count(table.delimiter) >= width - 2 for part in lines_of(cell)[1:]):
                yield str(line), cell


def read_text_table(
    name: str,
    data: bytes,
    areas: AreaFinder | None = None,
    *,
    western: bool = False,
    needed: Collection[str] = (),
) -> TextTable:
    """Read a text table whole, its cells by heading; with `areas` the rows that are remarks stand apart.

    Raises BadInput as `read_whole`, for a heading twice, and for a row that ends before the cells of `needed` headings:
    programs leave off the marks of blank cells at a row's end, but no such cell is blank in silence.
    """
    table = read_whole(name, data, western=western)
    at = str(table.heading_line)
    faults = [
        Fault(name, f"{at}:{heading}", heading, _("one column of each heading")) for heading in repeated(table.headings)
    ]
    least = max((table.headings.index(heading) + 1 for heading in needed if heading in table.headings), default=0)
    expected = _("%d cells in a row") % len(table.headings)
    faults += [
        Fault(name, str(line), table.delimiter.join(cells), expected)
        for line, cells in table.records
        if len(cells) < least
    ]
    if faults:
        raise BadInput(faults)
    comments = tuple((line.line, line.cells[0]) for line in table.comments)
    outside = [OutsideText("title", str(line), text) for line, text in comments]
    outside += [
        OutsideText("title", str(line.line), cell.strip())
        for line in table.above
        for cell in line.cells
        if says_something(cell)
    ]
    rows, records = [], []
    for row, record in zip(table.rows, table.records, strict=True):
        texts = list(row.cells.values())
        remarks = remarks_in(texts, areas) if areas and len(table.headings) > 2 else []
        if not remarks:
            rows.append(row)
            records.append(record)
        for column in remarks:
            outside.append(OutsideText("remark", f"{row.line}:{list(row.cells)[column]}", texts[column].strip()))
    unheaded = unheaded_columns(table.headings, [cells for _line, cells in records])
    outside += [
        OutsideText("remark", str(records[index][0]), text) for one in unheaded for text, index in one.words.items()
    ]
    return TextTable(
        name,
        comments,
        table.heading_line,
        tuple(table.headings),
        tuple(rows),
        usual_mark(table.delimiter),
        tuple(outside),
        tuple(unheaded),
    )


def remarks_in(texts: Sequence[str], areas: AreaFinder) -> list[int]:
    """The columns of the texts of a row that are remarks; none for a row of the table, though it may lack the rest.

    Remarks are one text, two beside each other, or one text in several cells. Numbers are none, but for one at the
    beginning of a row, nor is what names an area. A word such as “Note:” before a remark says nothing.
    """
    filled = [column for column, text in enumerate(texts) if text.strip()]
    if len(filled) == 2 and _NOTE.fullmatch(texts[filled[0]].strip()):
        filled = filled[1:]
    said = [texts[column].strip() for column in filled]
    beside = len(filled) == 2 and filled[1] - filled[0] == 1
    if not beside and len({*said}) > 1:
        return []
    in_words = all(any(map(str.isalpha, text)) or _SPAN.fullmatch(text) for text in said)
    number_before = filled == [0] and any(map(str.isalnum, said[0]))
    return filled if (in_words or number_before) and not any(map(areas.is_place, said)) else []


def usual_mark(delimiter: str) -> str:
    """The decimal mark of tables whose cells are parted by this: a comma beside semicolons, else a point."""
    return "," if delimiter == ";" else "."


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


def notice_other_columns(
    reading: Reading,
    table: TextTable,
    columns: Mapping[str, str],
    areas: AreaFinder,
    known: Collection[str] = (),
) -> None:
    """Notice every column that is neither of a field nor a year; see `judge_columns`."""

    def column_of(heading: str) -> Column:
        cells = [row.cells[heading] for row in table.rows]
        place = f"{table.heading_line}:{heading}"
        return Column(place, heading, cells, lambda index: f"{table.rows[index].line}:{heading}")

    judge_columns(
        reading,
        list(map(column_of, other_headings(table, columns))),
        ((str(table.heading_line), one.cells) for one in table.unheaded),
        ([row.cells[heading] for row in table.rows] for heading in columns.values()),
        areas,
        known,
        ([row.cells[year] for row in table.rows] for year in years_of(table.headings)),
        regions=[column_of(columns[field]) for field in REGION_FIELDS if field in columns],
    )
