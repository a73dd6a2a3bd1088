"""Makes the statistical tables that ship, from the published files: `python -m comity.tools.ship FOLDER`.

FOLDER holds `crime/` and `population/` with the files as they were published. Each is read by its own layout, and what
is selected of it is written in our own, so that the data sets and keys are those that importing the file gives:
importing it later changes nothing and only adds. The same files give the same tables, byte for byte.

Sentences of the sources, their footnotes among them, stay out of the tables: figures, marks and sources come over.
"""

import csv
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from comity import statistics
from comity.areas import gazetteer as areas
from comity.areas.gazetteer import WORLD, Area, Gazetteer, Membership, Name, Succession
from comity.evidence.errors import BadInput, Fault
from comity.evidence.wording import gettext as _
from comity.observations.layouts import layouts
from comity.observations.layouts.own import write_wide
from comity.observations.observation import TOTAL, Observation
from comity.observations.reading import Description, Reading
from comity.observations.rows.areas import AreaFinder

TABLES = Path(statistics.__file__).parent / "tables"
_DAYS = ("exists_from", "exists_to", "valid_from", "valid_to", "date")


@dataclass(frozen=True)
class Shipped:
    """A table that ships: its name, the published file that it is made from, and which observations of it are taken."""

    table: str
    file: str
    title: str
    takes: Callable[[Observation], bool]


def _any(_one: Observation) -> bool:
    return True


def _by_sex(one: Observation) -> bool:
    """Counts of victims, and of male and female ones; and the rate of all, by which the study's population is known."""
    wanted = one.indicator == "homicide-count" or (one.indicator == "homicide-rate" and one.sex == TOTAL)
    return wanted and one.age == one.breakdown == TOTAL


def _counts(one: Observation) -> bool:
    return one.indicator == "recorded-offences-count"


def _countries(one: Observation) -> bool:
    return one.area != WORLD


def _prisons(one: Observation) -> bool:
    """Persons held, in all, by sex and by status; those unsentenced; and the places there are."""
    if one.indicator == "persons-held-count":
        held = one.breakdown in (TOTAL, "status:sentenced", "status:unsentenced")
        return held and not one.iccs and one.age == one.citizenship == TOTAL
    return one.indicator in ("persons-held-unsentenced-count", "prison-capacity-count") and (
        one.sex == one.age == one.breakdown == TOTAL and not one.iccs
    )


SHIPPED = (
    Shipped(
        "homicide-2013-study.csv",
        "crime/global-study-on-homicide.2013.xlsx",
        "Victims of intentional homicide and rates, 2000-2012, as the Global Study on Homicide 2013 gave them",
        _any,
    ),
    Shipped(
        "homicide-2019-study.csv",
        "crime/global-study-on-homicide-countries.2019.csv",
        "Victims of intentional homicide by sex and rates, 1990-2017, as the Global Study on Homicide 2019 gave them",
        _by_sex,
    ),
    Shipped(
        "population.csv",
        "population/totals-world-bank.2026-03.csv",
        "Total population of countries and areas, 1960-2024, as the World Bank gives it",
        _countries,
    ),
    Shipped("robbery.csv", "crime/robbery.2019.xlsx", "Recorded robberies, as UNODC gave them in 2019", _counts),
    Shipped(
        "serious-assault.csv",
        "crime/serious-assault.2019.xlsx",
        "Recorded serious assaults, as UNODC gave them in 2019",
        _counts,
    ),
    Shipped(
        "prisons.csv",
        "crime/cts-prisons-and-prisoners.2023-05-11.xlsx",
        "Persons held in prison and prison capacity, as UNODC's data portal gave them on 11 May 2023",
        _prisons,
    ),
)


def gazetteer_of_tables(folder: Path | None = None) -> Gazetteer:
    """The gazetteer of the reference tables as they lie in the package, without a database."""
    tables = folder or Path(areas.__file__).parent / "tables"
    return Gazetteer(
        (Area(**row) for row in _rows(tables / "areas.csv")),
        (Name(**row) for row in _rows(tables / "names.csv")),
        (Membership(**row) for row in _rows(tables / "memberships.csv")),
        (Succession(**row) for row in _rows(tables / "succession.csv")),
    )


def _rows(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="") as table:
        return [{name: _typed(name, cell) for name, cell in row.items()} for row in csv.DictReader(table)]


def _typed(name: str, cell: str) -> Any:
    if name in _DAYS:
        return date.fromisoformat(cell) if cell else None
    if name == "verified":
        return cell == "1"
    return (cell or None) if name in ("iso2", "iso3") else cell


def read_file(path: Path, finder: AreaFinder, subject: str = "") -> Reading:
    """Read a published file by the layout that recognises it. Raises BadInput, also where none does."""
    data = path.read_bytes()
    for layout in layouts():
        if layout.recognises(path.name, data):
            return layout.read(path.name, data, finder, subject)
    raise BadInput(Fault(path.name, "", "", _("a file in a layout that is known")))


def table_text(shipped: Shipped, reading: Reading) -> str:
    """The table that ships, from a reading of its file."""
    taken = [one._replace(note="") for one in reading.observations if shipped.takes(one)]
    return write_wide(Description(reading.description.dataset, shipped.title), taken)


def main(folder: Path, tables: Path = TABLES) -> None:
    """Write the tables that ship."""
    finder = AreaFinder(gazetteer_of_tables())
    for shipped in SHIPPED:
        reading = read_file(folder / shipped.file, finder)
        (tables / shipped.table).write_text(table_text(shipped, reading), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("python -m comity.tools.ship FOLDER")
    try:
        main(Path(sys.argv[1]))
    except (BadInput, OSError) as error:
        sys.exit(str(error))
