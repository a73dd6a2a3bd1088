"""Rows as one table of Arrow, and the data frames of pandas and polars that are made from it.

None of these packages is needed before its function is called.
"""

from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

from comity.areas.gazetteer import Gazetteer
from comity.evidence.errors import ComityError
from comity.evidence.wording import gettext as _
from comity.observations.observation import RECORD
from comity.statistics import figures
from comity.statistics.releases import query
from comity.statistics.releases.question import Question

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

_TYPES = {
    **dict.fromkeys(("value", "before", "after", "absolute", "relative"), "float64"),
    **dict.fromkeys(("count", "population", "observed_share", "low", "high", "stable_low", "stable_high"), "float64"),
    "bounds_held": "float64",
    **dict.fromkeys(("var", "z", "p", "p_verdict", "p_adjusted", "slope", "intercept", "level"), "float64"),
    **dict.fromkeys(("tau", "correlation", "trend_p", "turn_p", "shift_p", "change", "change_percent"), "float64"),
    **dict.fromkeys(("first_value", "last_value", "highest", "lowest", "highest_year", "lowest_year"), "float64"),
    **dict.fromkeys(("turn_year", "shift_year", "shift_before", "shift_after", "shift"), "float64"),
    **dict.fromkeys(("first", "last", "change_year", "change_p", "average_annual_change"), "float64"),
    **dict.fromkeys(("repeat", "rows", "observations", "rejected", "findings", "releases", "s", "n"), "int64"),
    **dict.fromkeys(("held", "whole", "broken", "headline"), "bool_"),
}
"""The type of Arrow of each column by its name; every other column is text."""


def of_rows(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> "pyarrow.Table":
    """Rows under named columns; raises ComityError where pyarrow is not installed."""
    arrow = _package("pyarrow")
    cells = list(zip(*rows, strict=True)) or [()] * len(columns)
    return arrow.table({name: _column(name, given) for name, given in zip(columns, cells, strict=True)})


def _column(name: str, cells: Sequence[Any]) -> Any:
    arrow, kind = _package("pyarrow"), _TYPES.get(name, "string")
    numbers = cells if kind != "float64" else [None if cell is None else float(cell) for cell in cells]
    return arrow.array(numbers, getattr(arrow, kind)())


def of_observations(question: Question, names: Gazetteer) -> "pyarrow.Table":
    """The observations that a question asks for, as their releases hold them, under the columns of RECORD.

    The releases' files are read into Arrow; only what does not stand in them is added. Gives the rows that
    `figures.records` gives. Raises ComityError where pyarrow is not installed.
    """
    releases = question.releases
    if not releases:
        return of_rows(RECORD, ())
    _package("pyarrow")
    found = query.arrow(releases, question.selection)
    columns = {name: found[name] for name in found.column_names}
    coded = found["area"].combine_chunks().dictionary_encode()
    areas = coded.dictionary.to_pylist()
    columns["iso3"] = _each(coded.indices, [area.iso3 if (area := names.areas.get(code)) else None for code in areas])
    columns["name"] = _each(coded.indices, [names.label(code) for code in areas])
    columns["release"] = _each(found["release"], [release.id for release in releases])
    columns["file"] = _each(found["release"], [release.file for release in releases])
    keys = zip(*(found[name].to_pylist() for name in ("release", *figures.ADDRESSED)), strict=True)
    columns["figure"] = _column("figure", [figures.address_of(releases[number].dataset, *key) for number, *key in keys])
    return found.from_pydict({name: columns[name] for name in RECORD})


def _each(numbers: Any, words: Sequence[str | None]) -> Any:
    """The word of each number."""
    return _column("", words).take(numbers)


def in_pandas(table: "pyarrow.Table") -> "pandas.DataFrame":
    """A table of Arrow as a data frame of pandas, whose texts are of its own type for them."""
    texts = {_package("pyarrow").string(): _package("pandas").StringDtype()}
    frame: pandas.DataFrame = table.to_pandas(types_mapper=texts.get)
    return frame


def in_polars(table: "pyarrow.Table") -> "polars.DataFrame":
    """A table of Arrow as a data frame of polars."""
    frame: polars.DataFrame = _package("polars").from_arrow(table)
    return frame


def _package(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        needed = _("%(package)s is not installed; pip install 'comity[notebook]' brings it") % {"package": name}
        raise ComityError(needed) from None
