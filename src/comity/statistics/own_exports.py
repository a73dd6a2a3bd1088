"""Our own exports, come back: a file that `comity query -o` wrote is known again, and changes nothing.

An export states nothing of its own: each of its rows names the release that does. A row that still says what the
release says is held already; one that was edited is refused, since nobody could tell later who said it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from comity.evidence.errors import UnknownName
from comity.evidence.files.formula_signs import bare
from comity.evidence.findings import Finding
from comity.evidence.importing import Plan
from comity.evidence.models import Origin
from comity.evidence.store import Source
from comity.evidence.workbooks.workbook import Value, cell_text
from comity.observations.grids.fields import Fields, fields_of
from comity.observations.grids.grid import Grid, grids_of, known_grids
from comity.observations.numbers import UNDECIDED, Marks, marks_of, read_number
from comity.observations.observation import RECORD, Observation, is_export
from comity.statistics import figures, store
from comity.statistics.releases import query
from comity.statistics.releases.files import Release
from comity.statistics.releases.query import Selection

_HEADINGS = {name: (name,) for name in RECORD}


@dataclass
class ReturnedPlan(Plan):
    """What an export that comes back would do: nothing."""

    stores: bool = False


class ExportImporter:
    """Knows exports of observations as CSV and Excel."""

    kind = "statistics: export of observations"

    def recognises(self, name: str, data: bytes) -> bool:
        """Whether a text table or a sheet has all columns of an export."""
        return any(is_export(grid.headings) for grid in known_grids(name, data, _HEADINGS))

    def plan(self, data: bytes, source: Source) -> ReturnedPlan:
        """Compare each row with what its release states. Raises BadInput where the file cannot be read."""
        plan = ReturnedPlan(source.file, self.kind)
        for grid in grids_of(source.file, data, _HEADINGS):
            if is_export(grid.headings):
                plan.rows += len(grid.rows)
                plan.findings += _differences(grid)
        plan.rejected = len(plan.findings)
        plan.unchanged = plan.rows - plan.rejected
        return plan

    def apply(self, plan: Plan, origin: Origin) -> None:
        """Nothing is ever stored of an export."""
        raise TypeError("an export is held already")


def _differences(grid: Grid) -> Iterator[Finding]:
    fields = fields_of(grid, _HEADINGS, RECORD)
    marks = marks_of(grid.column(fields.columns["value"]), grid.usual)
    known: dict[str, dict[str, Observation] | None] = {}
    for number, cells in grid.rows:
        identifier = fields.text(cells, "release")
        if identifier not in known:
            known[identifier] = _stated(identifier)
        stated = known[identifier]
        if stated is None:
            expected = _("a release that is held; import the file %(file)s itself") % {
                "file": fields.text(cells, "file")
            }
            yield _finding(grid, fields, number, cells, "release", expected)
            continue
        one = stated.get(fields.text(cells, "figure"))
        if one is None:
            expected = _("an observation of %(release)s") % {"release": identifier}
            yield _finding(grid, fields, number, cells, "figure", expected)
        elif (column := _changed(fields, cells, one, marks)) is not None:
            expected = _("%(value)s, as %(release)s states it; what is new comes as a table of its own") % {
                "value": one.text if column == "value" else getattr(one, column),
                "release": identifier,
            }
            yield _finding(grid, fields, number, cells, column, expected)


def _stated(identifier: str) -> dict[str, Observation] | None:
    """The observations of a release by their addresses; None where it is not held."""
    try:
        release: Release = store.all_releases().release(identifier)
    except UnknownName:
        return None
    return {figures.address(found): found.observation for found in query.select([release], Selection())}


_COMPARED = tuple(name for name in RECORD if name not in ("value", "iso3", "name", "release", "file", "figure"))
"""What a row may not say otherwise than its release; the rest follows from these or names the area in words."""


_NUMBERED = ("area", "iccs")
"""Columns of codes that begin with a zero, which spreadsheet programs take for nothing."""


def _changed(fields: Fields, cells: Sequence[Value], observation: Observation, marks: Marks) -> str | None:
    """The column in which a row no longer says what its release states.

    What a spreadsheet program alters by opening a table and saving it is no change: zeros before a code, the decimal
    mark of a number. Nor is the apostrophe that a CSV sets before what such a program would run.
    """
    if _value(fields.cell(cells, "value"), marks) != observation.value:
        return "value"
    for name in _COMPARED:
        said, stated = cell_text(fields.cell(cells, name)).strip(), getattr(observation, name).strip()
        unmarked = bare(said).strip()
        if stated in (said, unmarked) or (name in _NUMBERED and said == stated.lstrip("0")):
            continue
        if name == "text" and observation.value is not None and _value(unmarked, marks) == _value(stated, UNDECIDED):
            continue
        return name
    return None


def _value(cell: Value, marks: Marks) -> float | str | None:
    """The number in a cell; the cell as it stands where it holds none."""
    try:
        return read_number(cell, marks).value
    except ValueError:
        return cell_text(cell)


def _finding(grid: Grid, fields: Fields, number: int, cells: Sequence[Value], column: str, expected: str) -> Finding:
    place = grid.place(number, fields.columns[column])
    value = cell_text(fields.cell(cells, column))
    message = _("%(place)s: found “%(value)s”, expected %(expected)s") % {
        "place": place,
        "value": value,
        "expected": expected,
    }
    return Finding("altered-export", "error", grid.file, place, value, expected, message, rejected=True)
