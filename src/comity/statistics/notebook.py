"""What `import comity` gives in a notebook: published releases as tables, without a database or settings of Django.

It reads what the workspace states in `CURRENT.json` and the Parquet files of its releases, so that it works in any
process, also inside a running event loop.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from html import escape
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from comity.areas.gazetteer import Gazetteer
from comity.evidence import workspace
from comity.evidence.dates import read_date
from comity.evidence.errors import ComityError
from comity.evidence.wording import gettext as _
from comity.statistics import exports, figures, holdings, querying, reference
from comity.statistics import question as questions
from comity.statistics import releases as released
from comity.statistics import revisions as revised
from comity.statistics.holdings import Holdings
from comity.statistics.question import Question, Wanted

if TYPE_CHECKING:
    import pandas  # type: ignore[import-untyped]
    import polars
    import pyarrow  # type: ignore[import-untyped]

T = TypeVar("T")
Home = str | os.PathLike[str] | None
Words = str | Sequence[str] | None
Day = str | date | None

SHOWN_ROWS = 20
"""Rows that a notebook shows of a table."""

_WHERE = "comity.query"


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

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (dict(zip(self.columns, row, strict=True)) for row in self.fetch())

    def __len__(self) -> int:
        if self.question is not None:
            return querying.count(self.question.releases, self.question.selection)
        return sum(1 for _row in self.fetch())

    def rows(self) -> list[dict[str, Any]]:
        """The rows as dictionaries; needs no further package."""
        return list(self)

    def arrow(self) -> "pyarrow.Table":
        """The rows as a table of Arrow: numbers as float64, counts as int64, truths as such, all else as text."""
        pyarrow = _package("pyarrow")
        types = {float: pyarrow.float64(), int: pyarrow.int64(), bool: pyarrow.bool_(), str: pyarrow.string()}
        series = self._series()
        return pyarrow.table({name: pyarrow.array(series[name], types[_kind(name)]) for name in self.columns})

    def pandas(self) -> "pandas.DataFrame":
        """The rows as a data frame of pandas; a missing number is NaN."""
        pandas = _package("pandas")
        series = self._series()
        types = {float: "float64", int: "int64", bool: "bool"}
        return pandas.DataFrame(
            {name: pandas.Series(series[name], dtype=types.get(_kind(name), "string")) for name in self.columns}
        )

    def polars(self) -> "polars.DataFrame":
        """The rows as a data frame of polars."""
        polars = _package("polars")
        types = {float: polars.Float64, int: polars.Int64, bool: polars.Boolean, str: polars.String}
        return polars.DataFrame(self._series(), schema={name: types[_kind(name)] for name in self.columns})

    def export(self, path: str | os.PathLike[str]) -> int:
        """Write observations to FILE.csv, FILE.parquet or FILE.xlsx with notes and citation; gives their number."""
        if self.question is None or self.names is None:
            raise ComityError(_("observations alone are exported, as comity.query gives them"))
        target = Path(path)
        form = exports.form_of(target.name)
        asked = self.question
        with target.open("wb") as stream:
            return exports.export(asked.selection, asked.releases, self.names, form, stream, as_at=asked.as_at)

    def _series(self) -> dict[str, list[Any]]:
        """Each column's values; numbers of one kind, since columns of data frames hold one."""
        series: dict[str, list[Any]] = {name: [] for name in self.columns}
        fields = [(series[name].append, _kind(name) is float) for name in self.columns]
        for row in self.fetch():
            for (append, number), cell in zip(fields, row, strict=True):
                append(float(cell) if number and cell is not None else cell)
        return series

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{escape(name)}</th>" for name in self.columns)
        rows = ["".join(f"<td>{_shown(cell)}</td>" for cell in row) for row in islice(self.fetch(), SHOWN_ROWS)]
        body = "".join(f"<tr>{row}</tr>" for row in rows)
        more = len(self) - len(rows)
        below = f"<p>{escape(_('… and %(count)d more rows') % {'count': more})}</p>" if more > 0 else ""
        caption = f"<caption>{escape(self.title)}</caption>" if self.title else ""
        return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{below}"

    def __repr__(self) -> str:
        return f"<comity.Table: {len(self)} rows; {', '.join(self.columns)}>"


_KINDS: dict[str, type] = {
    **dict.fromkeys(("value", "before", "after", "absolute", "relative"), float),
    **dict.fromkeys(("repeat", "rows", "observations", "rejected", "findings", "releases"), int),
    "held": bool,
}


def _kind(column: str) -> type:
    return _KINDS.get(column, str)


def _shown(cell: object) -> str:
    return "" if cell is None else escape(str(cell))


def _package(name: str) -> Any:
    from importlib import import_module

    try:
        return import_module(name)
    except ImportError:
        needed = _("%(package)s is not installed; pip install 'comity[notebook]' brings it") % {"package": name}
        raise ComityError(needed) from None


def query(
    dataset: str | None = None,
    *,
    area: Words = None,
    indicator: Words = None,
    iccs: Words = None,
    sex: Words = None,
    age: Words = None,
    citizenship: Words = None,
    breakdown: Words = None,
    status: Words = None,
    period: str | int = "",
    as_at: Day = None,
    all_vintages: bool = False,
    home: Home = None,
) -> Table:
    """Observations of the releases known on a day, each with its release, file, place and figure.

    The words are those of `comity query`; each may be one or several. Without `as_at` all that is published speaks.
    `home` is the workspace's folder, else COMITY_HOME. Raises BadInput for whatever nothing bears the name of, with the
    nearest that is held, and WorkspaceError where there is no workspace.
    """
    held, names = _current(home)
    wanted = Wanted(
        areas=_several(area),
        indicators=_several(indicator),
        iccs=_several(iccs),
        sexes=_several(sex),
        ages=_several(age),
        citizenships=_several(citizenship),
        breakdowns=_several(breakdown),
        statuses=_several(status),
        period=str(period),
    )
    known = _day(as_at, held)
    asked = questions.ask(held, names, wanted, as_at=known, dataset=dataset, all_vintages=all_vintages, where=_WHERE)
    title = _("%(selection)s; as known on %(as_at)s") % {
        "selection": exports.in_words(asked.selection, names),
        "as_at": known.isoformat(),
    }

    def fetch() -> Iterator[tuple[Any, ...]]:
        return figures.records(querying.stream(asked.releases, asked.selection), names)

    return Table(figures.RECORD, fetch, title, asked, names)


def releases(dataset: str | None = None, *, home: Home = None) -> Table:
    """The published releases, as `comity release list` gives them."""
    held = _current(home)[0]
    records = [released.as_record(one) for one in (held if dataset is None else held.of(dataset))]
    return _of_records(RELEASE, records)


def datasets(*, home: Home = None) -> Table:
    """The data sets that have a release, each with the number of its releases and what its latest one is."""
    held = _current(home)[0]
    records = []
    for dataset in held.datasets():
        vintages = list(held.of(dataset))
        records.append({**released.as_record(vintages[-1]), "latest": vintages[-1].id, "releases": len(vintages)})
    return _of_records(DATASET, records)


def revisions(a: str, b: str, *, area: Words = None, indicator: Words = None, home: Home = None) -> Table:
    """What release `b` changes in release `a`, as `comity release diff` gives it."""
    held, names = _current(home)
    before, after = held.release(a), held.release(b)
    wanted = Wanted(areas=_several(area), indicators=_several(indicator))
    asked = questions.selection([before, after], names, wanted, "comity.revisions")
    rows = list(revised.records(revised.between(before, after, asked), before, after, names))
    return Table(revised.RECORD, lambda: iter(rows), f"{a} → {b}")


RELEASE = (
    "id",
    "dataset",
    "title",
    "publisher",
    "published",
    "licence",
    "note",
    "rows",
    "observations",
    "rejected",
    "findings",
    "digest",
    "origin",
    "file",
    "recorded_at",
    "held",
)
DATASET = ("dataset", "title", "publisher", "releases", "latest", "published", "observations")


def _of_records(columns: tuple[str, ...], records: Iterable[dict[str, Any]]) -> Table:
    rows = [tuple(record[name] for name in columns) for record in records]
    return Table(columns, lambda: iter(rows))


def _several(words: Words) -> tuple[str, ...]:
    if words is None:
        return ()
    return (words,) if isinstance(words, str) else tuple(words)


def _day(day: Day, held: Holdings) -> date:
    """The day of knowledge; where none is given, that on which the workspace last learned of a release."""
    if day is None:
        return max((max(one.recorded_at.date(), one.published) for one in held), default=date.max)
    return day if isinstance(day, date) else read_date(day, _WHERE, "as_at")


def _current(home: Home) -> tuple[Holdings, Gazetteer]:
    """What the workspace holds now; read again only where its file was replaced."""
    folder = (workspace.home() if home is None else Path(home).resolve()) / "releases"
    try:
        stamp = (folder / holdings.CURRENT).stat()
    except OSError:
        stamp = None
    return _read(folder, (stamp.st_ino, stamp.st_mtime_ns, stamp.st_size) if stamp else ())


@lru_cache(maxsize=4)
def _read(folder: Path, _stamp: tuple[int, ...]) -> tuple[Holdings, Gazetteer]:
    held, state = holdings.read_current(folder)
    return held, reference.gazetteer_of(state)
