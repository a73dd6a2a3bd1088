"""What SDMX-CSV files of all agencies share: the structure that a file names, and codes with labels beside them.

Which words the dimensions have, and what is counted, is the agency's own: a layout reads the files of one agency, and
those of any other are refused by name.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from comity.evidence.errors import BadInput, Fault
from comity.evidence.wording import gettext as _
from comity.evidence.workbook import Value, cell_text
from comity.statistics.layouts.grids import Grid, known_grids
from comity.statistics.numbers import MARK_OF_R
from comity.statistics.outside import Outside
from comity.statistics.reading import AreaFinder, Reading

HEADINGS = {
    "structure": ("DATAFLOW", "STRUCTURE_ID"),
    "year": ("TIME_PERIOD",),
    "value": ("OBS_VALUE",),
}
EUROSTAT, THE_GOALS = "ESTAT", "IAEG-SDGs"
"""The agencies whose files layouts of their own read, or refuse with more to say."""

_STRUCTURE = re.compile(r"(?P<agency>[^:\s]+):(?P<id>[^(:\s]+)(?:\((?P<version>[^)]*)\))?(?:\s*:.*)?")
_DAY = re.compile(r"(?:(\d{2})/(\d{2})/(\d{2}|\d{4})|(\d{4})-(\d{2})-(\d{2}))(?:[ T]\d{2}:\d{2}(?::\d{2})?.*)?")


class Structure(NamedTuple):
    """The structure that rows belong to, as a file names it: `ESTAT:CRIM_OFF_CAT(1.0)`. What is not named is blank."""

    agency: str
    id: str


def code(cell: Value) -> str:
    """The code in a cell that may bear a label behind it: `A` for “A: Annual”; blank for R's mark of a missing one."""
    return _code(cell) if isinstance(cell, str) else cell_text(cell)


@lru_cache(maxsize=4096)
def _code(text: str) -> str:
    bare = text.split(":", 1)[0].strip()
    return "" if text.strip() == MARK_OF_R else bare


def labels(grid: Grid, columns: Iterable[int]) -> Iterator[tuple[str, str]]:
    """The labels that stand behind codes in some columns, each with its place."""
    for column in columns:
        for place, cell in grid.column(column):
            if isinstance(cell, str) and (label := cell.partition(":")[2].strip()):
                yield place, label


def labels_of_headings(grid: Grid) -> list[Outside]:
    """The labels that stand behind the codes of headings; what they say is said of all rows."""
    return [
        Outside("title", grid.place(grid.heading_row, column), label, told=True)
        for column, heading in enumerate(grid.headings)
        if (label := heading.partition(":")[2].strip())
    ]


def headings_of_codes(grid: Grid) -> list[str]:
    """The headings without the labels that may stand behind them: `FREQ` for “FREQ: Frequency”."""
    return [heading.split(":", 1)[0].strip() for heading in grid.headings]


def is_sdmx_csv(grid: Grid) -> bool:
    """Whether the headings are those that every SDMX-CSV file has."""
    given = {heading.upper() for heading in headings_of_codes(grid)}
    return all(given.intersection(words) for words in HEADINGS.values())


def structures_of(grid: Grid) -> dict[Structure, str]:
    """The structures that the rows name, each with the place that it is met at first."""
    texts: dict[str, str] = {}
    for column, heading in enumerate(headings_of_codes(grid)):
        if heading.upper() in HEADINGS["structure"]:
            for place, cell in grid.column(column):
                texts.setdefault(cell_text(cell).strip(), place)
    found: dict[Structure, str] = {}
    for text, place in texts.items():
        found.setdefault(_structure(text), place)
    return found


def _structure(text: str) -> Structure:
    match = _STRUCTURE.fullmatch(text)
    return Structure(match["agency"], match["id"]) if match else Structure("", text)


def day_of(text: str) -> date | None:
    """The day of an update, as `22/05/26 11:00:00` (day, month, year) or `2026-05-22T11:00:00`; None for any other."""
    match = _DAY.fullmatch(text.strip())
    if match is None:
        return None
    day, month, short, *iso = match.groups()
    year = iso[0] or (short if len(short) == 4 else f"20{short}")
    try:
        return date(int(year), int(iso[1] or month), int(iso[2] or day))
    except ValueError:
        return None


class OtherAgency:
    """SDMX-CSV files of agencies and structures that no layout reads: known, so that the refusal names them."""

    name = "SDMX-CSV"

    def recognises(self, name: str, data: bytes) -> bool:
        """Whether the file is SDMX-CSV of an agency that has no layout of its own."""
        grids = [grid for grid in known_grids(name, data, HEADINGS) if is_sdmx_csv(grid)]
        agencies = {structure.agency for grid in grids for structure in structures_of(grid)}
        return bool(grids) and not agencies & {EUROSTAT, THE_GOALS}

    def read(self, name: str, data: bytes, areas: AreaFinder, subject: str) -> Reading:
        """Refuse the file, naming its structure."""
        raise BadInput(refusals(known_grids(name, data, HEADINGS)))


def refusals(grids: Sequence[Grid]) -> list[Fault]:
    """One fault for each structure that is not read, with what can be done."""
    expected = _(
        "SDMX-CSV of Eurostat's tables on crime (ESTAT:CRIM_…) or of the SDG Global Database (IAEG-SDGs:DF_SDG_GLH);"
        " the structure of this one is not known: write it as a table of our own layout"
    )
    found = [
        Fault(grid.file, place, ":".join(filter(None, structure)), expected)
        for grid in grids
        for structure, place in structures_of(grid).items()
    ]
    return found or [Fault(grids[0].file, "", ", ".join(grids[0].headings), expected)]
