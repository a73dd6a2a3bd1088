"""Tables made from figures: a figure that is a table, and the rows of one by name."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from comity.evidence.errors import BadInput, Fault
from comity.evidence.figures import Figure, Table
from comity.reports.composing.small_print import Inlines, caption_of, notes_under, nothing_held
from comity.reports.document import Document
from comity.reports.formats import is_day
from comity.reports.source.elements import Element, division, paragraph, shares, table, text
from comity.reports.source.references import BlockReference, nearest


def of_figure(document: Document, reference: BlockReference) -> list[Element]:
    """A figure that is a table, each of its cells leading to its own inputs.

    Options: `rows` says what rows are (area, group, instrument, year) and `first` heads their column; `columns` are
    the columns in order, two joined by a plus in one cell; `heads` their headings, parted by bars; `formats` how the
    values of a column are printed (`count:rounded`); `widths` shares of the line. Of a figure without rows the table
    says that nothing is held.
    """
    whole = document.figure(reference.target, reference.line)
    if not isinstance(whole.value, Table):
        raise BadInput(Fault(document.source.file, str(reference.line), whole.id, _("a figure that is a table")))
    columns = _columns(document, reference, whole.value)
    formats = _formats(document, reference, whole.value)
    kind = reference.options.get("rows", "")
    heads = [reference.options.get("first", ""), *reference.options.get("heads", "").split("|")]
    titles = [heads[0], *(_heading(heads, index + 1, column) for index, column in enumerate(columns))]
    rows = [
        (
            f"{whole.id}--{key}",
            [text(document.names.row(kind, key)), *_cells(document, whole, key, columns, formats, reference.line)],
        )
        for key in document.names.ordered(kind, whole.value.rows)
    ] or [_no_row(whole, len(columns))]
    numeric = [index + 1 for index, column in enumerate(columns) if _is_numeric(whole.value, column[0])]
    made = table([text(title.strip()) for title in titles], rows, _widths(reference, len(titles)), numeric)
    caption = caption_of(document, reference, "")
    parts = [division([paragraph(caption)], classes=["caption"]), made, *notes_under(document, [whole], reference)]
    classes = ["tabular", *reference.options.get("class", "").split()]
    return [division(parts, "", classes, name=reference.options.get("name", ""))]


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
    whole: Figure,
    row: str,
    columns: Sequence[Sequence[str]],
    formats: Mapping[str, list[str]],
    line: int,
) -> list[Inlines]:
    cells = []
    for column in columns:
        inlines: Inlines = []
        for part in column:
            value = whole.value.cell(row, part)
            if value is not None and value != "":
                chosen = formats.get(part) or (["short-date"] if is_day(value) else [])
                inlines += [
                    *([{"t": "Str", "c": "\u00a0"}] if inlines else []),
                    document.print_value(whole, f"{row}.{part}", value, chosen, line),
                ]
        cells.append(inlines or text("–"))
    return cells


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
            ]
        rows.append((f"{whole.id}--{group}", [text("; ".join(map(document.names.group, group.split("; ")))), inlines]))
    heads = [reference.options.get("first", ""), reference.options.get("heads", "")]
    caption = caption_of(document, reference, "")
    rows = rows or [_no_row(whole, 1)]
    made = table([text(head) for head in heads], rows, _widths(reference, 2))
    parts = [division([paragraph(caption)], classes=["caption"]), made, *notes_under(document, [whole], reference)]
    return [division(parts, "", ["tabular"], name=reference.options.get("name", ""))]
