"""A place leads to what stands there, in any text table."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.evidence.places import Place, neighbours, read_place, read_table

TABLE = """# publisher: nobody
instrument,date,note
UNTOC,2003-09-29,
TIP,2003-12-25,"runs over
two lines"
SOM,2004-01-28,
"""


def test_rows_know_the_line_they_begin_on_past_comments_and_broken_cells() -> None:
    headings, rows = read_table(TABLE)
    assert headings == ["instrument", "date", "note"]
    assert [(row.line, row.cells["instrument"]) for row in rows] == [(3, "UNTOC"), (4, "TIP"), (6, "SOM")]


def test_a_place_leads_to_the_cell_or_the_line() -> None:
    assert read_place(TABLE, "6:date") == "2004-01-28"
    assert read_place(TABLE, "3") == "UNTOC,2003-09-29,"


@pytest.mark.parametrize("place", ["99", "3:nothing", "5:date"])
def test_a_place_where_nothing_stands_is_an_error(place: str) -> None:
    with pytest.raises(KeyError):
        read_place(TABLE, place)


@pytest.mark.parametrize("text", ["", "0", "x", "1:", "-2:date"])
def test_what_is_no_place_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a place"):
        Place.parse(text)


def test_a_cell_too_many_is_kept_under_no_heading() -> None:
    assert read_table("a,b\n1,2,3\n")[1][0].cells == {"a": "1", "b": "2", "": "3"}


def test_a_quote_that_is_never_closed_is_an_error() -> None:
    with pytest.raises(csv.Error):
        read_table('a,b\n1,"2\n')


def test_neighbours_stop_at_the_ends_of_the_text() -> None:
    assert neighbours("a\nb\nc", 1, around=1) == [(1, "a"), (2, "b")]


CELL = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters="\u2028\u2029\x85"))


@given(st.lists(st.lists(CELL.filter(str.strip), min_size=2, max_size=2), min_size=1, max_size=6))
def test_whatever_is_written_is_found_again_at_its_place(cells: list[list[str]]) -> None:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows([["left", "right"], *cells])
    text = stream.getvalue()
    found = [
        (read_place(text, f"{row.line}:left"), read_place(text, f"{row.line}:right")) for row in read_table(text)[1]
    ]
    assert found == [tuple(pair) for pair in cells]
