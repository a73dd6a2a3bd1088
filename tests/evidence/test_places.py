"""A place leads to what stands there, in any text table."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.evidence.errors import BadInput
from comity.evidence.files.text_tables import parse_table
from comity.evidence.files.texts import decode
from comity.evidence.places import (
    CellPlace,
    Place,
    Text,
    column_index,
    column_letters,
    parse_place,
)


def read_place(text: str, place: str) -> str:
    """What stands at a place of a text."""
    return Text(text).at(Place.parse(place))


TABLE = """# publisher: nobody
instrument,date,note
UNTOC,2003-09-29,
TIP,2003-12-25,"runs over
two lines"
SOM,2004-01-28,
"""


def test_rows_know_the_line_they_begin_on_past_comments_and_broken_cells() -> None:
    table = parse_table(TABLE)
    headings, rows = table.headings, table.rows
    assert headings == ["instrument", "date", "note"]
    assert [(row.line, row.cells["instrument"]) for row in rows] == [(3, "UNTOC"), (4, "TIP"), (6, "SOM")]


def test_blank_lines_and_repeated_marks_before_a_table_are_no_part_of_it() -> None:
    text = decode(
        "\ufeff\n\ufeff# a, note, of, this\n\n# another\n\ncode,name\n076,Brazil\n".encode("utf-8-sig"), "t.csv"
    )
    table = parse_table(text)
    assert [(one.line, one.cells) for one in table.comments] == [(2, ("a, note, of, this",)), (4, ("another",))]
    assert (table.above, table.heading_line, table.headings) == ((), 6, ["code", "name"])
    assert (read_place(text, "7:name"), read_place(text, "2")) == ("Brazil", "# a, note, of, this")
    assert decode("a\ufeffb".encode(), "t.csv") == "a\ufeffb"


def test_a_place_leads_to_the_cell_or_the_line() -> None:
    assert read_place(TABLE, "6:date") == "2004-01-28"
    assert read_place(TABLE, "3") == "UNTOC,2003-09-29,"


@pytest.mark.parametrize("place", ["99", "3:nothing", "5:date"])
def test_a_place_where_nothing_stands_is_an_error(place: str) -> None:
    with pytest.raises(KeyError):
        read_place(TABLE, place)


@pytest.mark.parametrize("text", ["", "0", "x", "1:", "-2:date", "203\n", "٢"])
def test_what_is_no_place_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a place"):
        Place.parse(text)


def test_a_cell_too_many_is_kept_under_no_heading() -> None:
    assert parse_table("a,b\n1,2,3\n").rows[0].cells == {"a": "1", "b": "2", "": "3"}


def test_a_quote_that_is_never_closed_is_an_error() -> None:
    with pytest.raises(csv.Error):
        parse_table('a,b\n1,"2\n')


def test_neighbours_stop_at_the_ends_of_the_text() -> None:
    assert Text("a\nb\nc").neighbours(1, around=1) == [(1, "a"), (2, "b")]


CELL = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters="\u2028\u2029\x85"))


@given(st.lists(st.lists(CELL.filter(str.strip), min_size=2, max_size=2), min_size=1, max_size=6))
def test_whatever_is_written_is_found_again_at_its_place(cells: list[list[str]]) -> None:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows([["left", "right"], *cells])
    text = stream.getvalue()
    found = [
        (read_place(text, f"{row.line}:left"), read_place(text, f"{row.line}:right")) for row in parse_table(text).rows
    ]
    assert found == [tuple(pair) for pair in cells]


TABS = '# publisher: nobody\ncode\tname, formal\tvalue\n4\tAfghanistan\t1,5\n8\t"runs over\ntwo lines"\t2\textra\n'


def test_a_table_whose_heading_holds_more_tabs_than_commas_is_parted_by_tabs() -> None:
    table = parse_table(TABS)
    headings, rows = table.headings, table.rows
    assert headings == ["code", "name, formal", "value"]
    assert read_place(TABS, "3:value") == "1,5"
    assert read_place(TABS, "3:name, formal") == "Afghanistan"
    assert (rows[1].line, rows[1].cells["name, formal"], rows[1].cells[""]) == (4, "runs over\ntwo lines", "extra")


def test_real_table_parted_by_tabs(shared: Path) -> None:
    text = (shared / "population" / "wpp2019-male-by-age.tsv").read_text()
    lines = text.splitlines()
    table = parse_table(text)
    headings, rows = table.headings, table.rows
    assert len(rows) == len(lines) - 1
    for line in (2, 1_000, len(lines)):
        cells = [cell.strip('"') for cell in lines[line - 1].split("\t")]
        assert [rows[line - 2].cells[heading] for heading in headings[:3]] == cells[:3]


def test_a_text_is_read_apart_once_for_many_places() -> None:
    text = Text("a,b\n" + "\n".join(f"{number},x" for number in range(2, 20_000)))
    assert all(text.at(Place(line, "a")) == str(line) for line in range(2, 20_000))
    assert text.rows is text.rows


def test_letters_of_columns_go_from_a_to_xfd() -> None:
    named = {0: "A", 25: "Z", 26: "AA", 51: "AZ", 52: "BA", 701: "ZZ", 702: "AAA", 16_383: "XFD"}
    assert {index: column_letters(index) for index in named} == named
    assert all(column_index(column_letters(index)) == index for index in range(16_384))


@pytest.mark.parametrize(
    ("text", "sheet", "cell"),
    [
        ("Sheet!C14", "Sheet", "C14"),
        ("data & more!XFD1048576", "data & more", "XFD1048576"),
        ("It's !A1!B2", "It's !A1", "B2"),
        ("203:date!C14", "203:date", "C14"),
        ("بيانات!A1", "بيانات", "A1"),
        ("2013!A1", "2013", "A1"),
    ],
)
def test_a_place_in_a_workbook(text: str, sheet: str, cell: str) -> None:
    place = parse_place(text)
    assert isinstance(place, CellPlace)
    assert (place.sheet, place.cell, str(place)) == (sheet, cell, text)


@pytest.mark.parametrize(
    "text", ["!A1", "S!", "S!1", "S!A", "S!A0", "S!a1", "S!XFE1", "S!A1048577", "S!A01", "S!A1 ", "S A1"]
)
def test_what_is_no_cell_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a place"):
        parse_place(text)


@pytest.mark.parametrize(
    ("data", "line"), [(b"a\rb\rc \x81\nd\n", "1"), (b"a\nb \x81", "2"), (b"a\rb\0", "2"), (b"\x81", "1")]
)
def test_what_is_no_text_is_named_by_the_line_that_an_editor_shows(data: bytes, line: str) -> None:
    with pytest.raises(BadInput) as caught:
        decode(data, "f")
    assert caught.value.faults[0].place == line


def test_a_line_is_read_where_no_cell_is_named() -> None:
    assert parse_place("203:date") == Place(203, "date")
    assert parse_place("203:how much!") == Place(203, "how much!")


SHEETS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1)


@given(SHEETS, st.integers(0, 16_383), st.integers(1, 1_048_576))
def test_a_place_in_a_workbook_is_read_as_it_was_written(sheet: str, column: int, row: int) -> None:
    place = CellPlace(sheet, column_letters(column), row)
    assert parse_place(str(place)) == place


@given(st.integers(1), st.text(st.characters(exclude_categories=("Cs",), exclude_characters="!")))
def test_a_place_in_a_text_is_read_as_it_was_written(line: int, column: str) -> None:
    assert parse_place(str(Place(line, column))) == Place(line, column)


@given(st.text())
def test_any_text_is_a_place_or_refused(text: str) -> None:
    try:
        assert str(parse_place(text)) == text
    except ValueError as error:
        assert "not a place" in str(error)
