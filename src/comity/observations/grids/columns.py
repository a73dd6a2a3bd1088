"""What the columns of a table say that its layout does not read, whether the table is a text or a sheet."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from comity.evidence.workbooks.workbook import Value
from comity.observations.grids.cells import text_of
from comity.observations.grids.other_columns import (
    holds_confidentiality,
    holds_notes,
    judge_regions,
    mark_rows,
    notes_of,
    notice_unread,
)
from comity.observations.reading import Reading
from comity.observations.rows.areas import AreaFinder
from comity.observations.titles_and_notes import say_beside


@dataclass(frozen=True)
class Column:
    """A column: the place of its heading, the heading, its cells, and the place of each by the index of its row."""

    place: str
    heading: str
    cells: Sequence[Value]
    place_of: Callable[[int], str]

    def texts(self) -> Iterator[tuple[str, str]]:
        """The cells that hold something, as texts with their places."""
        for row, cell in enumerate(self.cells):
            if text := text_of(cell):
                yield self.place_of(row), text


def judge_columns(
    reading: Reading,
    others: Sequence[Column],
    unheaded: Iterable[tuple[str, Sequence[str]]],
    read: Iterable[Iterable[Value]],
    areas: AreaFinder,
    known: Collection[str] = (),
    years: Iterable[Iterable[Value]] = (),
    *,
    beside: Sequence[Column] = (),
    regions: Sequence[Column] = (),
) -> None:
    """Notice the columns that are of no field, `others` and those without a heading; see `notice_unread`.

    What notes, marks of confidentiality, regions and the columns `beside` say of single rows is kept for `finish`.
    """
    unread: list[tuple[str, str, Sequence[Value]]] = [
        (column.place, column.heading, column.cells) for column in others if not holds_confidentiality(column.heading)
    ]
    unread += [(place, "", cells) for place, cells in unheaded if any(cells)]
    notice_unread(reading, unread, read, areas, known, years)
    for column in (*(column for column in others if holds_notes(column.heading)), *beside):
        say_beside(reading, notes_of(column.heading, column.texts()))
    for column in others:
        if holds_confidentiality(column.heading):
            mark_rows(reading, column.texts())
    for column in regions:
        judge_regions(reading, column.texts(), areas)
