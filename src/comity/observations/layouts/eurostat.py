"""The layout of Eurostat's tables on crime, wide (TSV) or long (SDMX-CSV): of which data set a table is."""

import operator
import re
from collections.abc import Iterable

from comity.areas.gazetteer import COUNTRIES
from comity.evidence.errors import BadInput, Fault
from comity.evidence.wording import gettext as _
from comity.observations.finishing import finish
from comity.observations.grids.chosen_sheets import choose_sheets
from comity.observations.grids.fields import Fields, notice_other_columns
from comity.observations.grids.grid import Grid, grids_of, known_grids, outside_of
from comity.observations.grids.sdmx_csv import (
    EUROSTAT,
    Meaning,
    day_of,
    headings_of_codes,
    is_annual,
    is_sdmx_csv,
    judge_labels,
    labels_of_headings,
    structures_of,
)
from comity.observations.numbers import UNDECIDED
from comity.observations.publishers.eurostat_codes import (
    AREAS,
    DataSet,
    is_free_cell,
    is_title_of,
    is_unit,
    known_data_sets,
    marks_by_unit,
    observation_of,
)
from comity.observations.publishers.eurostat_tables import COLUMNS, VALUE, YEAR, Cell, LongTable, WideTable, is_wide
from comity.observations.reading import Description, Reading
from comity.observations.rows.areas import AreaFinder
from comity.observations.rows.row import keep_row

_UNIT = re.compile(r"[A-Z][A-Z0-9_]*")
"""NR and P_HTHAB, where a label would be “Number”."""


class Eurostat:
    """Tables of Eurostat on crime and criminal justice."""

    name = "Eurostat, crime"

    def recognises(self, name: str, data: bytes) -> bool:
        """Whether the first heading, or the first ones joined, is that of Eurostat's TSV, or the file is its SDMX-CSV.

        A table of Eurostat that is not on crime is taken too, so that reading it says why it is not read.
        """
        return any(map(_is_eurostat, known_grids(name, data, {"": COLUMNS})))

    def read(self, name: str, data: bytes, areas: AreaFinder, subject: str) -> Reading:
        """Read each row of a long table, or each cell of a wide one that holds something.

        `subject` is Eurostat's code of the data set, such as crim_pris_off, where the table does not tell it. Raises
        BadInput where none tells it, where it is none on crime, and where cells hold labels in place of codes.
        """
        grids, findings = choose_sheets(grids_of(name, data, {"": COLUMNS}, areas), _is_eurostat)
        if len(grids) != 1:
            shown = ", ".join(grid.sheet for grid in grids)
            raise BadInput(Fault(name, "", shown, _("one table of Eurostat; split the file")))
        table = WideTable(grids[0]) if is_wide(grids[0]) else LongTable(grids[0])
        cells = list(table.cells())
        _check_codes(name, cells)
        dataset = data_set_of(table, subject)
        outside = [*outside_of(grids), *labels_of_headings(grids[0])]
        reading = Reading(name, _description(dataset, table), findings=findings, outside=outside)
        notice_other_columns(reading, grids[0], Fields({}, table.others, table.beside), areas)
        meanings: dict[str, Meaning] = {
            "geo": lambda area, label: areas.is_name_of(label, AREAS.get(area, area), COUNTRIES),
            "freq": is_annual,
            "iccs": is_title_of,
            "unit": is_unit,
            YEAR: operator.eq,
        }
        judge_labels(reading, table.labels(), meanings)
        marks = marks_by_unit(cells, grids[0].usual)
        for cell in cells:
            reading.marks = marks.get(cell.dimensions.get("unit", ""), UNDECIDED)
            keep_row(reading, lambda: observation_of(reading, areas, dataset, cell), free=is_free_cell(cell))  # noqa: B023
        return finish(reading)


def _is_eurostat(grid: Grid) -> bool:
    if is_wide(grid):
        return True
    headings = headings_of_codes(grid)
    if is_sdmx_csv(grid):
        return any(one.agency == EUROSTAT for one in structures_of(grid))
    return {"iccs", "unit", "geo", YEAR, VALUE} <= set(headings)


def _check_codes(file: str, cells: Iterable[Cell]) -> None:
    """Raises BadInput for a table that was saved with labels in place of codes."""
    units = [cell for cell in cells if cell.dimensions.get("unit")]
    if units and not any(_UNIT.fullmatch(cell.dimensions["unit"]) for cell in units):
        first = units[0]
        expected = _("codes such as NR; this table seems to hold labels: download it with codes, or with both")
        raise BadInput(Fault(file, first.at("unit"), first.dimensions["unit"], expected))


def data_set_of(table: "WideTable | LongTable", subject: str) -> DataSet:
    """The data set that a table is of: as it names it, else as `subject` does, else by its dimensions.

    Raises BadInput where it names several, or one that is not held, and where nothing tells it.
    """
    held = ", ".join(known_data_sets())
    named = table.named()
    said = subject.strip().lower().replace("-", "_").removeprefix("eurostat_")
    if len(named) > 1:
        raise BadInput(Fault(table.grid.file, table.at, ", ".join(named), _("rows of one data set; split the file")))
    if named or said:
        told, place = next(iter(named.items())) if named else (said, "--subject")
        if said and told != said:
            expected = _("%s, the data set that its rows name") % told
            raise BadInput(Fault(table.grid.file, "--subject", subject, expected))
        if told not in known_data_sets():
            expected = _("a data set of Eurostat on crime whose values are known: %(held)s") % {"held": held}
            raise BadInput(Fault(table.grid.file, place, told, expected))
        return known_data_sets()[told]
    told_by = frozenset(table.dimensions) - {"freq", "unit", "geo"}
    found = [one for one in known_data_sets().values() if one.told_by == told_by]
    if len(found) == 1:
        return found[0]
    if "iccs" in told_by:
        expected = _(
            "dimensions by which Eurostat's data set is known; say which it is as --subject with its code: %(held)s"
        ) % {"held": held}
    else:
        expected = _(
            "a table of Eurostat on crime, with the dimension iccs; where it is one of %(held)s, say so with that code"
            " as --subject"
        ) % {"held": held}
    raise BadInput(Fault(table.grid.file, table.at, ",".join(table.dimensions), expected))


def _description(dataset: DataSet, table: "WideTable | LongTable") -> Description:
    """A wide table and a long one of one data set are the same data set of ours: their keys are the same."""
    return Description(
        dataset=f"eurostat-{dataset.code.replace('_', '-')}",
        title=f"Eurostat: {dataset.title} ({dataset.code})",
        publisher="Eurostat",
        published=max(filter(None, map(day_of, table.updates())), default=None),
    )
