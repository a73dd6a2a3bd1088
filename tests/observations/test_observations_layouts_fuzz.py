"""Small instances of each layout with cells, columns and bytes changed: refused, or read with rows that add up."""

import io
from typing import Any

import pytest
from examples.layouts import PORTAL_HEADINGS, finder, portal_row, workbook
from hypothesis import given, settings
from hypothesis import strategies as st
from matrices import examples
from test_observations_layouts_own import LONG, WIDE
from test_observations_layouts_series import AGES, OWID, TOTALS
from test_observations_layouts_studies import FOOTNOTES, PHILIPPINES
from test_observations_layouts_studies import WIDE as STUDY_2019

from comity.evidence.errors import BadInput
from comity.observations.layouts import layouts

TEXTS = {
    "own.csv": LONG,
    "wide.csv": WIDE,
    "homicide.2019.csv": STUDY_2019,
    "owid.csv": OWID,
    "totals.csv": TOTALS,
    "female.tsv": AGES,
}
SHEETS: dict[str, list[list[Any]]] = {
    "portal.xlsx": [["UNODC"], ["16/05/2024"], PORTAL_HEADINGS, portal_row(), portal_row(Sex="na", VALUE="<5")],
    "robbery.xlsx": [
        ["region", "sub_region", "country", "year", "count", "rate"],
        ["Africa", None, "Kenya", "2004", 7967, 0.07967],
        ["Africa", None, "Kenya", 2005, 5, None],
    ],
    "study.xlsx": [
        ["Region", "Sub-region", "Country/territory", "Source", None, "Indicator", "Year", None, None],
        [None] * 6 + [2008, 2009, 2010],
        *[list(line) for line in PHILIPPINES],
        *[[note] for note in FOOTNOTES],
    ],
}
_cells = st.sampled_from(
    [
        None,
        "",
        "x",
        "<5",
        "na",
        "Total",
        "2012",
        2012,
        1013,
        -1,
        0.5,
        True,
        "1,234",
        "١٢",
        "Brazil",
        "BRA",
        "Rate",
        "#",
        "+",
    ]
) | st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)


def _read_by_all(name: str, data: bytes) -> None:
    """Whatever recognises the bytes reads them, or refuses them with faults; nothing else happens."""
    for layout in layouts():
        if layout.recognises(name, data):
            try:
                reading = layout.read(name, data, finder(), "")
            except BadInput as refusal:
                assert refusal.faults
                assert all(fault.expected for fault in refusal.faults)
                return
            assert reading.rows == len(reading.observations) + reading.rejected
            assert len({one[:10] for one in reading.observations}) == len(reading.observations)
            return


@pytest.mark.parametrize("name", TEXTS)
@given(changes=st.lists(st.tuples(st.integers(0, 400), st.integers(0, 3), st.binary(max_size=4)), max_size=4))
def test_a_text_table_with_changed_bytes_is_refused_or_adds_up(
    name: str, changes: list[tuple[int, int, bytes]]
) -> None:
    data = TEXTS[name].encode()
    for at, cut, put in changes:
        at %= len(data) + 1
        data = data[:at] + put + data[at + cut :]
    _read_by_all(name, data)


@pytest.mark.parametrize("name", TEXTS)
@given(at=st.integers(0, 200), text=_cells)
def test_a_text_table_with_another_cell_is_refused_or_adds_up(name: str, at: int, text: object) -> None:
    mark = "\t" if name.endswith(".tsv") else ","
    cells = TEXTS[name].split(mark)
    cells[at % len(cells)] = str(text)
    _read_by_all(name, mark.join(cells).encode())


@pytest.mark.parametrize("name", SHEETS)
@settings(max_examples=examples(40))
@given(
    changes=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 13), _cells), min_size=1, max_size=5),
    cut=st.integers(0, 3),
)
def test_a_workbook_with_other_cells_is_refused_or_adds_up(
    name: str, changes: list[tuple[int, int, object]], cut: int
) -> None:
    rows = [list(row) for row in SHEETS[name]][cut if cut < 2 else 0 :]
    for row, column, cell in changes:
        line = rows[row % len(rows)]
        line[column % len(line)] = cell
    _read_by_all(name, workbook(rows, "data"))


@settings(max_examples=examples(30))
@given(st.integers(0, 6000), st.binary(min_size=1, max_size=3))
def test_a_workbook_with_damaged_bytes_is_refused_or_adds_up(at: int, put: bytes) -> None:
    data = io.BytesIO(workbook(SHEETS["portal.xlsx"], "data")).getvalue()
    at %= len(data)
    _read_by_all("portal.xlsx", data[:at] + put + data[at + len(put) :])
