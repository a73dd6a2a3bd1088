"""What SDMX-CSV files of all agencies share: the structure that a file names, and codes with labels beside them.

Which words the dimensions have, and what is counted, is the agency's own: a layout reads the files of one agency, and
those of any other are refused by name.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from comity.evidence.errors import Fault
from comity.evidence.wording import gettext as _
from comity.evidence.workbooks.workbook import Value, cell_text
from comity.observations.grids.grid import Grid
from comity.observations.numbers import MARK_OF_R
from comity.observations.reading import OutsideText, Reading
from comity.observations.titles_and_notes import say_beside
from comity.observations.words import qualifiers
from comity.observations.words.totals import is_total

HEADINGS = {
    "structure": ("DATAFLOW", "STRUCTURE_ID"),
    "year": ("TIME_PERIOD",),
    "value": ("OBS_VALUE",),
}
EUROSTAT, THE_GOALS = "ESTAT", "IAEG-SDGs"
"""The agencies whose files layouts of their own read, or refuse with more to say."""

_STRUCTURE = re.compile(r"(?P<agency>[^:\s]+):(?P<id>[^(:\s]+)(?:\((?P<version>[^)]*)\))?(?:\s*:.*)?")
"""“ESTAT:CRIM_OFF_CAT(1.0)”, also with its name behind a colon."""
_ANNUAL = re.compile(r"annual|yearly|annuel(?:le)?|jährlich|anual|ежегодн\w*|годов\w*|سنوي|年度?", re.IGNORECASE)
_WITHIN_A_YEAR = re.compile(
    r"quarter|month|week|half|dai|semest|trimest|mensuel|mensual|monat|quartal|halbj|месяч|квартал|полугод|شهر|ربع|月|季",
    re.IGNORECASE,
)
"""Labels of frequencies: “Annual”, and “Quarterly”, which is of a part."""
_SAYS_NO_MORE = re.compile(
    r"(?:all|both)(?: sexes| ages?| age (?:ranges|groups)| areas)?(?: or no breakdown(?: by [a-z ]+)?)?"
    r"|no breakdown(?: by [a-z ]+)?|not applicable|units?|normal(?: value)?|global|country data"
    r"|per 100[ ,]?000 (?:population|inhabitants)|percent(?:age)?",
    re.IGNORECASE,
)
"""Labels of wholes, of units that a code alone does not tell, and of what is usual."""
_DAY = re.compile(r"(?:(\d{2})/(\d{2})/(\d{2}|\d{4})|(\d{4})-(\d{2})-(\d{2}))(?:[ T]\d{2}:\d{2}(?::\d{2})?.*)?")
"""“22/05/26 11:00:00”, day before month, or “2026-05-22T11:00:00”."""


class Label(NamedTuple):
    """A label that stands behind or beside a code, with the heading of the code's column."""

    place: str
    heading: str
    code: str
    text: str


Meaning = Callable[[str, str], bool | None]
"""Whether a code and a label mean the same; None where the label is not understood."""


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


def labels(grid: Grid, columns: Mapping[str, int]) -> Iterator[Label]:
    """The labels that stand behind codes in some columns, given by their headings."""
    for heading, column in columns.items():
        for place, cell in grid.column(column):
            if isinstance(cell, str) and (label := cell.partition(":")[2].strip()):
                yield Label(place, heading, code(cell), label)


def labels_beside(grid: Grid, columns: Mapping[int, tuple[int, str]]) -> Iterator[Label]:
    """The labels in columns of their own, by the column of the codes and its heading for each."""
    for column, (coded, heading) in columns.items():
        for number, cells in grid.rows:
            if column < len(cells) and (text := cell_text(cells[column]).strip()):
                yield Label(grid.place(number, column), heading, code(cells[coded]), text)


def judge_labels(reading: Reading, labels_found: Iterable[Label], meanings: Mapping[str, Meaning]) -> None:
    """Look through the labels beside codes, which are not read.

    A row is no total whose label says that it is of a part, or means something else than its code by the `meanings` of
    its heading. What is not understood is noticed, each text once.
    """
    judged: dict[tuple[str, str, str], bool | None] = {}
    for one in labels_found:
        if (key := one[1:]) not in judged:
            judged[key] = _is_of_code(one, meanings)
        if judged[key] is None:
            _notice_label(reading, one)
        elif not judged[key] or qualifiers.restricts(one.text):
            say_beside(reading, [(one.place, one.text)], bool)


def _is_of_code(label: Label, meanings: Mapping[str, Meaning]) -> bool | None:
    """Whether a label is that of its code; None where it is not understood.

    What names a part is understood: whether its row is of that part is seen when all rows are read.
    """
    if qualifiers.restricts(label.text) or label.text == label.code:
        return True
    if label.heading in meanings:
        return meanings[label.heading](label.code, label.text)
    return True if is_total(label.text) or _SAYS_NO_MORE.fullmatch(label.text) else None


def is_annual(_code: str, label: str) -> bool | None:
    """Whether the label of a frequency is that of a year; None where it is no frequency that is known."""
    if _ANNUAL.fullmatch(label):
        return True
    return False if _WITHIN_A_YEAR.search(label) else None


def _notice_label(reading: Reading, label: Label) -> None:
    expected = _("a label that says no more than its code")
    message = _("%(place)s: “%(value)s” stands beside a code in %(times)d rows; nothing is taken from it")
    reading.notice(
        "label", "note", f"{label.heading}:{label.code}:{label.text}", label.place, label.text, expected, message
    )


def labels_of_headings(grid: Grid) -> list[OutsideText]:
    """The labels that stand behind the codes of headings; what they say is said of all rows."""
    return [
        OutsideText("title", grid.place(grid.heading_row, column), label, is_read=True)
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
