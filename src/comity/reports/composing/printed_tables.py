"""Tables made from figures: a figure that is a table, and the rows of one by name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from comity.evidence.errors import BadInput, Fault
from comity.evidence.figures import Figure, Table
from comity.reports.composing.small_print import Inlines, caption_of, day_of, notes_under, nothing_held, spoken_of
from comity.reports.document import Document
from comity.reports.formats import DOUBTS, is_day, is_window, short_day
from comity.reports.source.elements import Element, division, paragraph, shares, table, text
from comity.reports.source.references import BlockReference, nearest

_DOUBT = "doubt"
"""What the columns end with that say what doubt there is of a consent."""


@dataclass(frozen=True)
class _Parts:
    """The figures that a table is made of, each with the rows that it answers for: one, or one for each day."""

    figures: Sequence[tuple[Figure, Sequence[str]]]

    @classmethod
    def of(cls, document: Document, reference: BlockReference) -> "_Parts":
        if reference.options.get("rows") == "instrument":
            return cls(document.parts_by_row(reference.target, reference.line))
        parts = document.parts(reference.target, reference.line)
        for whole in parts:
            if not isinstance(whole.value, Table):
                expected = _("a figure that is a table")
                raise BadInput(Fault(document.source.file, str(reference.line), whole.id, expected))
        return cls([(whole, list(whole.value.rows)) for whole in parts])

    @property
    def value(self) -> Table:
        """The one table that they make."""
        columns = list(dict.fromkeys(column for whole, _rows in self.figures for column in whole.value.columns))
        answered = {row for _whole, own in self.figures for row in own}
        rows = dict.fromkeys(row for whole, _own in self.figures for row in whole.value.rows if row in answered)
        return Table(tuple(columns), {row: tuple(self._cell(row, column) for column in columns) for row in rows})

    def of_cell(self, row: str, column: str) -> Figure | None:
        """The figure that answers for a cell; None where none does."""
        found = (whole for whole, own in self.figures if row in own and column in whole.value.columns)
        return next(found, None)

    def _cell(self, row: str, column: str) -> Any:
        whole = self.of_cell(row, column)
        return None if whole is None else whole.value.cell(row, column)

    def day_of(self, row: str) -> date | None:
        """The day of which a row speaks."""
        return next((day_of(whole) for whole, own in self.figures if row in own), None)


def of_figure(document: Document, reference: BlockReference) -> list[Element]:
    """A figure that is a table, each of its cells leading to its own inputs.

    Options: `rows` says what rows are (area, group, instrument, year) and `first` heads their column; `columns` are
    the columns in order, two joined by a plus in one cell; `heads` their headings, parted by bars; `formats` how the
    values of a column are printed (`count:rounded`); `widths` shares of the line. Of a figure without rows the table
    says that nothing is held. Rows of treaties that speak of several days have a column that says which.
    """
    parts = _Parts.of(document, reference)
    value = parts.value
    columns = _columns(document, reference, value)
    formats = _formats(document, reference, value)
    kind = reference.options.get("rows", "")
    codes = spoken_of(document, reference)
    heads = [reference.options.get("first", ""), *reference.options.get("heads", "").split("|")]
    heads = [document.words(head, reference.line, codes) for head in heads]
    titles = [heads[0], *(_heading(heads, index + 1, column) for index, column in enumerate(columns))]
    days = {row: parts.day_of(row) for row in value.rows} if kind == "instrument" else {}
    is_dated = len(set(days.values())) > 1
    first = parts.figures[0][0]
    rows = [
        (
            f"{first.id}--{key}",
            [
                text(document.names.row(kind, key)),
                *_cells(document, parts, key, columns, formats, reference.line),
                *([text(short_day(days[key]))] if is_dated else []),
            ],
        )
        for key in document.names.ordered(kind, value.rows)
    ] or [_no_row(first, len(columns))]
    numeric = [index + 1 for index, column in enumerate(columns) if _is_numeric(value, column[0])]
    widths = _widths(reference, len(titles))
    if is_dated:
        titles, widths = [*titles, _("As at")], [*(0.85 * width for width in widths), 0.15]
    made = table([text(title.strip()) for title in titles], rows, widths, numeric)
    caption = [division([paragraph(caption_of(document, reference, ""))], classes=["caption"])]
    figures = [whole for whole, _own in parts.figures]
    below = [*_doubts(value, columns), *notes_under(document, figures, reference)]
    classes = ["tabular", *reference.options.get("class", "").split()]
    return [division([*caption, made, *below], "", classes, name=reference.options.get("name", ""))]


def _doubts(value: Table, columns: Sequence[Sequence[str]]) -> list[Element]:
    """What the marks of doubt mean that a table prints."""
    printed = [part for column in columns for part in column if part.endswith(_DOUBT)]
    found = {value.cell(row, part) for row in value.rows for part in printed}
    words = [_(note) for doubt, (_mark, note) in DOUBTS.items() if doubt in found]
    return [division([paragraph(text(" ".join(words)))], classes=["note"])] if words else []


def _heading(heads: Sequence[str], index: int, column: Sequence[str]) -> str:
    given = heads[index].strip() if index < len(heads) else ""
    return given or column[0]


def _columns(document: Document, reference: BlockReference, value: Table) -> list[list[str]]:
    """The columns of a table as printed: each one or more columns of the figure."""
    chosen = [name.strip() for name in reference.options.get("columns", "").split(",") if name.strip()]
    columns = [[part.strip() for part in name.split("+")] for name in chosen] or [[name] for name in value.columns]
    for name in (part for column in columns for part in column):
        if name not in value.columns:
            expected = nearest(_("a column of the figure"), name, value.columns)
            raise BadInput(Fault(document.source.file, str(reference.line), name, expected))
    return columns


def _formats(document: Document, reference: BlockReference, value: Table) -> dict[str, list[str]]:
    """The formats of columns: `count:rounded,observed:percent`."""
    pairs = [part.strip().partition(":") for part in reference.options.get("formats", "").split(",") if part.strip()]
    for column, _colon, name in pairs:
        document.known_formats([name], reference.line)
        if column not in value.columns:
            expected = nearest(_("a column of the figure"), column, value.columns)
            raise BadInput(Fault(document.source.file, str(reference.line), column, expected))
    return {column: [name] for column, _colon, name in pairs}


def _no_row(whole: Figure, columns: int) -> tuple[str, list[Inlines]]:
    return (f"{whole.id}--none", [text(nothing_held()), *(text("–") for _column in range(columns))])


def _widths(reference: BlockReference, count: int) -> list[float]:
    return shares(reference.options.get("widths", ""), count)


def _is_numeric(value: Table, column: str) -> bool:
    index = value.columns.index(column)
    cells = [cells[index] for cells in value.rows.values()]
    values = [cell for cell in cells if cell is not None]
    return bool(values) and all(isinstance(cell, int | float) and not isinstance(cell, bool) for cell in values)


def _cells(
    document: Document,
    parts: _Parts,
    row: str,
    columns: Sequence[Sequence[str]],
    formats: Mapping[str, list[str]],
    line: int,
) -> list[Inlines]:
    shown = {part for column in columns for part in column}
    cells = []
    for column in columns:
        inlines: Inlines = []
        for part in column:
            whole = parts.of_cell(row, part)
            value = None if whole is None else whole.value.cell(row, part)
            if whole is None or value is None or value == "":
                continue
            own = ["doubt"] if part.endswith(_DOUBT) else ["short-date"] if is_day(value) or is_window(value) else []
            most = _most(whole, row, part) if f"{part}_at_most" not in shown else None
            chosen = formats.get(part) or own
            inlines += [{"t": "Str", "c": "\u00a0"}] if inlines else []
            if most is None or most == value:
                inlines += text(_("at least") + " ") if part == "parties" and _is_least(whole, row) else []
                inlines.append(document.print_value(whole, f"{row}.{part}", value, chosen, line))
            else:
                ends = {"low": (whole, f"{row}.{part}", value), "high": (whole, f"{row}.{part}_at_most", most)}
                inlines += document.print_range(ends, chosen, line)
        cells.append(inlines or text("–"))
    return cells


def _is_least(whole: Figure, row: str) -> bool:
    """Whether a row counts a part of what there is, by the figure's own column of its status."""
    return "status" in whole.value.columns and whole.value.cell(row, "status") == "part"


def _most(whole: Figure, row: str, column: str) -> Any:
    """The other end of a count's range where the figure has a column of it, else None."""
    other = f"{column}_at_most"
    return whole.value.cell(row, other) if other in whole.value.columns else None


def of_names(document: Document, reference: BlockReference) -> list[Element]:
    """The rows of a table figure by name, under what one of its columns says: States by their regional group.

    Options: `by` is that column, `rows` says what rows are, `first` and `heads` head the two columns.
    """
    whole = document.figure(reference.target, reference.line)
    by = reference.options.get("by", "")
    if not isinstance(whole.value, Table) or by not in whole.value.columns:
        columns = whole.value.columns if isinstance(whole.value, Table) else ()
        expected = nearest(_("the option “by”, a column of a figure that is a table"), by, columns)
        raise BadInput(Fault(document.source.file, str(reference.line), reference.text, expected))
    kind = reference.options.get("rows", "")
    groups: dict[str, list[str]] = {}
    for key in document.names.ordered(kind, whole.value.rows):
        groups.setdefault(whole.value.cell(key, by) or "none", []).append(key)
    rows = []
    for group in document.names.ordered_groups(groups):
        inlines: Inlines = []
        for key in groups[group]:
            inlines += [
                *(text("; ") if inlines else []),
                document.print_name(whole, f"{key}.{by}", document.names.row(kind, key), reference.line),
                *_possibly(document, whole, key, reference.line),
            ]
        rows.append((f"{whole.id}--{group}", [text("; ".join(map(document.names.group, group.split("; ")))), inlines]))
    heads = [document.words(reference.options.get(name, ""), reference.line) for name in ("first", "heads")]
    caption = caption_of(document, reference, "")
    rows = rows or [_no_row(whole, 1)]
    made = table([text(head) for head in heads], rows, _widths(reference, 2))
    parts = [division([paragraph(caption)], classes=["caption"]), made, *notes_under(document, [whole], reference)]
    return [division(parts, "", ["tabular"], name=reference.options.get("name", ""))]


def _possibly(document: Document, whole: Figure, row: str, line: int) -> Inlines:
    """What is said behind a State of which a window leaves it open whether it is party."""
    column = "possibly"
    window = whole.value.cell(row, column) if column in whole.value.columns else None
    if not window:
        return []
    printed = document.print_value(whole, f"{row}.{column}", window, ["short-date"], line)
    return [*text(" (" + _("possibly party, by a deposit") + " "), printed, *text(")")]
