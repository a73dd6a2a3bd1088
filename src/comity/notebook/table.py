"""A table as notebooks are given it: rows as dictionaries, and one Arrow table from which all data frames are made."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comity.areas.gazetteer import Gazetteer
from comity.evidence.errors import ComityError
from comity.evidence.wording import gettext as _
from comity.notebook import arrow_tables
from comity.statistics.exports import writers
from comity.statistics.releases import query
from comity.statistics.releases.question import Question

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

SHOWN_ROWS = 20
"""Rows that a notebook shows of a table."""


@dataclass(frozen=True)
class Table:
    """Rows under named columns, in the names and order of the command's own output. Nothing is cut.

    Rows are fetched anew each time they are asked for; a published release never changes.
    """

    columns: tuple[str, ...]
    fetch: Callable[[], Iterator[tuple[Any, ...]]]
    title: str = ""
    question: Question | None = None
    names: Gazetteer | None = None
    audience: str = "public"
    """Whom it may be shown: `operators`, where confidential rows were asked for."""

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (dict(zip(self.columns, row, strict=True)) for row in self.fetch())

    def __len__(self) -> int:
        if self.question is not None:
            return query.count(self.question.releases, self.question.selection)
        return sum(1 for _row in self.fetch())

    def rows(self) -> list[dict[str, Any]]:
        """The rows as dictionaries; needs no further package."""
        return list(self)

    def arrow(self) -> "pyarrow.Table":
        """The rows as a table of Arrow: numbers as float64, counts as int64, truths as such, all else as text."""
        if self.question is not None and self.names is not None:
            return arrow_tables.of_observations(self.question, self.names)
        return arrow_tables.of_rows(self.columns, self.fetch())

    def pandas(self) -> "pandas.DataFrame":
        """The rows as a data frame of pandas; a missing number is NaN."""
        return arrow_tables.in_pandas(self.arrow())

    def polars(self) -> "polars.DataFrame":
        """The rows as a data frame of polars."""
        return arrow_tables.in_polars(self.arrow())

    def export(self, path: str | os.PathLike[str]) -> int:
        """Write observations to FILE.csv, FILE.parquet or FILE.xlsx with notes and citation; gives their number."""
        if self.question is None or self.names is None:
            raise ComityError(_("observations alone are exported, as comity.query gives them"))
        target = Path(path)
        form = writers.form_of(target.name)
        asked = self.question
        with target.open("wb") as stream:
            return writers.export(asked.selection, asked.releases, self.names, form, stream, as_at=asked.as_at)

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{escape(name)}</th>" for name in self.columns)
        rows = ["".join(f"<td>{_shown(cell)}</td>" for cell in row) for row in islice(self.fetch(), SHOWN_ROWS)]
        body = "".join(f"<tr>{row}</tr>" for row in rows)
        more = len(self) - len(rows)
        below = f"<p>{escape(_('… and %(count)d more rows') % {'count': more})}</p>" if more > 0 else ""
        said = "; ".join(filter(None, (self.title, self._for_whom())))
        caption = f"<caption>{escape(said)}</caption>" if said else ""
        return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{below}"

    def _for_whom(self) -> str:
        return _("for operators, not for publication") if self.audience != "public" else ""

    def __repr__(self) -> str:
        marked = f"; {self.audience}" if self.audience != "public" else ""
        return f"<comity.Table: {len(self)} rows; {', '.join(self.columns)}{marked}>"


def _shown(cell: object) -> str:
    return "" if cell is None else escape(str(cell))
