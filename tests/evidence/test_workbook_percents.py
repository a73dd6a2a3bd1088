"""Cells that show percentages are read as such, and hidden rows and columns are told."""

import io
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from workbooks import MAIN, cell, row, sheet_xml, styles_xml, workbook

from comity.evidence.workbooks.percent_styles import shows_percent
from comity.evidence.workbooks.workbook import Percent, Sheet, cell_text, read_workbook


def read(sheet: str, styles: str = "") -> Sheet:
    return read_workbook(workbook(sheet, styles=styles), "f").sheets[0]


def texts(sheet: str, styles: str) -> list[list[str]]:
    return [[cell_text(value) for value in values] for values in read(sheet, styles).rows]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.125, "12.5%"),
        (0.07, "7%"),
        (0.333, "33.3%"),
        (-0.0, "0%"),
        (0.0, "0%"),
        (1.0, "100%"),
        (-0.5, "-50%"),
        (1e-7, "0.00001%"),
        (float("inf"), "inf"),
    ],
)
def test_text_of_a_percentage(value: float, text: str) -> None:
    assert cell_text(Percent(value)) == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_text_of_a_percentage_is_the_number_with_its_point_moved_by_two(value: float) -> None:
    text = cell_text(Percent(value))
    assert text.endswith("%")
    assert Decimal(text[:-1]).as_tuple().sign == (value < 0)
    assert Decimal(text[:-1] + "E-2") == Decimal(repr(value))


@pytest.mark.parametrize(
    "code", ["0%", "0.0%", "#,##0.00 %", "0%;[Red]-0%", "0;-0;0%", '0.0"x"%', "[<1]0.0%;0", r"\a0%"]
)
def test_formats_that_show_percentages(code: str) -> None:
    assert shows_percent(code)


@pytest.mark.parametrize(
    "code", ["General", "0.00", r"0.0\%", '"%"0', '0" per cent %"', "[$%-409]0", "0_%", "0*%", "#,##0,", '0"%', "0\\"]
)
def test_formats_that_show_no_percentages(code: str) -> None:
    assert not shows_percent(code)


FORMATS = '<numFmt numFmtId="164" formatCode="0.0%"/><numFmt numFmtId="165" formatCode="0.0\\%"/>'


@pytest.mark.parametrize(
    ("styles", "shown"),
    [
        (styles_xml(0, 9), "50%"),
        (styles_xml(0, 10), "50%"),
        (styles_xml(0, 164, formats=FORMATS), "50%"),
        (styles_xml(0, 165, formats=FORMATS), "0.5"),
        (styles_xml(0, 2), "0.5"),
        (styles_xml(9), "0.5"),
        ("", "0.5"),
    ],
    ids=["0%", "0.00%", "own", "quoted sign", "none", "no such style", "no styles"],
)
@pytest.mark.parametrize(
    "written",
    [
        '<c r="B2" s="1"><v>0.5</v></c>',
        '<c r="B2" t="n" s="1"><v>0.5</v></c>',
        '<c r="B2" s="1" t="n"><f>A1/2</f><v>0.5</v></c>',
        '<c r="B2" s="1"><f t="shared" ref="B2:B3" si="0">A1/2</f><v>0.5</v></c>',
        "<c r=\"B2\" s='1'><v>0.5</v></c>",
        '<c r="B2"\ts = "1"><v>0.5</v></c>',
        "<c r='B2' s='1'><v>0.5</v></c>",
        '<c/><c s="1"><v>0.5</v></c>',
    ],
)
def test_a_cell_of_its_own_style_however_it_is_written(written: str, styles: str, shown: str) -> None:
    assert texts(sheet_xml(f'<row r="2">{written}</row>'), styles) == [["", ""], ["", shown]]


def test_a_cells_own_style_decides_and_not_its_rows_or_columns() -> None:
    cells = [cell("A1", 0.5), cell("B1", 0.5, ' s="0"'), cell("C1", 0.5, ' s="2"'), cell("D1", 0.5, ' s="12"')]
    styled = f'<row r="1" s="1" customFormat="1">{"".join(cells)}</row>'
    sheet = sheet_xml(styled, before='<cols><col min="1" max="4" width="9" style="1"/></cols>')
    assert texts(sheet, styles_xml(0, 9, 0)) == [["0.5", "0.5", "0.5", "0.5"]]
    assert texts(sheet, styles_xml(9, 9, 0)) == [["50%", "50%", "0.5", "0.5"]]
    assert texts(sheet.replace('"', "'"), styles_xml(9, 9, 0)) == [["50%", "50%", "0.5", "0.5"]]
    assert texts(sheet, styles_xml(*[0] * 12, 9)) == [["0.5", "0.5", "0.5", "50%"]]


def test_only_numbers_become_percentages() -> None:
    text = '<c r="A1" s="1" t="inlineStr"><is><t>a s="1" b</t></is></c>'
    others = [cell("B1", 1, ' s="1" t="b"'), cell("C1", "#N/A", ' s="1" t="e"'), '<c r="D1" s="1"/>', cell("E1", 0.5)]
    beyond = row(9, '<c r="Z9" s="1"/>')
    (values, *_blank) = read(sheet_xml(row(1, text, *others) + beyond), styles_xml(0, 9)).rows
    assert [cell_text(value) for value in values[:5]] == ['a s="1" b', "True", "#N/A", "", "0.5"]
    assert not any(isinstance(value, Percent) for value in values)


def test_percentages_as_programs_write_them() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        percent = book.add_format({"num_format": "0.0%;[Red]-0.0%", "bold": True})
        sheet = book.add_worksheet()
        sheet.merge_range("A1:B2", "", percent)
        sheet.write_number("A1", 0.125, percent)
        sheet.write_number("C1", 0.125, book.add_format({"num_format": '0.0"%"'}))
        sheet.write_number("A3", -0.33, percent)
    rows = read_workbook(stream.getvalue(), "f").sheets[0].rows
    assert [cell_text(value) for value in rows[0]] == ["12.5%", "", "0.125"]
    assert (rows[0][0], type(rows[0][0]), cell_text(rows[2][0])) == (0.125, Percent, "-33%")


@given(st.lists(st.tuples(st.floats(-100, 100), st.sampled_from(["General", "0%", "0.00", "0.00%"])), min_size=1))
def test_percentages_that_openpyxl_writes(cells: list[tuple[float, str]]) -> None:
    book = openpyxl.Workbook()
    for index, (value, code) in enumerate(cells, start=1):
        book.active.cell(index, 1, value).number_format = code
    stream = io.BytesIO()
    book.save(stream)
    rows = read_workbook(stream.getvalue(), "f").sheets[0].rows
    assert [isinstance(values[0], Percent) for values in rows] == ["%" in code for _value, code in cells]


def test_hidden_rows_and_columns_are_counted_where_they_hold_something() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for index in range(10):
            sheet.write_row(index, 0, [index, "", index, "", index])
            sheet.set_row(index, None, None, {"hidden": index > 2})
        sheet.set_row(40, None, None, {"hidden": True})
        sheet.set_column("B:C", 9, None, {"hidden": True})
        sheet.set_column("F:XFD", 9, None, {"hidden": True})
    (read,) = read_workbook(stream.getvalue(), "f").sheets
    assert (read.hidden_rows, read.hidden_row_places) == (7, ("4", "5", "6", "7", "8"))
    assert (read.hidden_columns, read.hidden_column_places) == (1, ("C",))


@pytest.mark.parametrize(
    "sheet",
    [
        sheet_xml('<row r="2" spans="1:2" hidden="true" ht="0"><c r="B2"><v>7</v></c></row>'),
        sheet_xml("<row r='2' hidden = '1'><c r='B2'><v>7</v></c></row>"),
        sheet_xml('<row hidden="0"/><row hidden="1"><c/><c><v>7</v></c></row>'),
        sheet_xml('<row r="1" hidden="0"><c r="A1"/></row><row hidden="1" r="2"><c r="B2"><v>7</v></c></row>'),
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="2" hidden="1"><x:c r="B2"><x:v>7</x:v></x:c></x:row>'
        "</x:sheetData></x:worksheet>",
    ],
)
def test_hidden_rows_however_they_are_written(sheet: str) -> None:
    found = read(sheet)
    assert (found.rows, found.hidden_rows, found.hidden_row_places) == ([["", ""], ["", 7.0]], 1, ("2",))
    assert (found.hidden_columns, found.hidden_column_places) == (0, ())


def test_hidden_columns_however_they_are_written() -> None:
    rows = row(1, *(cell(f"{letter}1") for letter in "ABCDEFG"))
    columns = '<cols><col min="2" max="6" hidden="1"/><col hidden="0" max="7" min="7"/></cols>'
    for sheet in (sheet_xml(rows, columns), sheet_xml(rows, columns).replace('"', "'")):
        assert read(sheet).hidden_columns == 5
        assert read(sheet).hidden_column_places == ("B", "C", "D", "E", "F")


@pytest.mark.shared
def test_percentages_of_a_changed_publication(shared: Path) -> None:
    path = shared / "hard-cases" / "percent-format.xlsx"
    sheet = read_workbook(path.read_bytes(), path.name).sheets[0]
    shown = {cell_text(value) for values in sheet.rows for value in values if isinstance(value, Percent)}
    assert shown == {"12.5%", "33%"}
