"""Workbooks are read as they stand, cell by cell."""

import io
import re
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from workbooks import MAIN, cell, packed, parts, row, sheet_xml, workbook

from comity.evidence.places import CellPlace
from comity.evidence.workbooks.workbook import Sheet, cell_name, cell_text, is_workbook, read_workbook


def made(write: object) -> bytes:
    """A workbook as xlsxwriter makes it."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        write(book)  # type: ignore[operator]
    return stream.getvalue()


def test_cells_stand_where_a_spreadsheet_program_shows_them() -> None:
    def write(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Data & more")
        sheet.write("B3", "Country")
        sheet.write("C14", 782)
        sheet.write("D14", 0.04009)

    read = read_workbook(made(write), "f.xlsx")
    sheet = read.sheet("Data & more")
    assert (len(sheet.rows), sheet.width) == (14, 4)
    assert sheet.rows[2] == ["", "Country", "", ""]
    assert read.at(CellPlace.parse("Data & more!C14")) == "782"
    assert read.at(CellPlace.parse("Data & more!D14")) == "0.04009"
    assert read.at(CellPlace.parse("Data & more!A1")) == ""
    for nowhere in ("Data & more!E14", "Data & more!A15", "Data!A1"):
        with pytest.raises(KeyError):
            read.at(CellPlace.parse(nowhere))


def test_kinds_of_values() -> None:
    def write(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        sheet.write_datetime(0, 0, date(2012, 12, 20), book.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write_number(0, 1, 41263 + 9.5 / 24, book.add_format({"num_format": "yyyy-mm-dd hh:mm"}))
        sheet.write_boolean(0, 2, True)
        sheet.write_number(0, 3, 1)
        sheet.write_string(0, 4, "<5")
        sheet.write_rich_string(0, 5, "Côte ", book.add_format({"bold": True}), "d’Ivoire")
        sheet.write_string(0, 6, "  two  spaces ")
        sheet.write_number(0, 7, 1.5, book.add_format({"num_format": "[h]:mm:ss"}))

    (values,) = read_workbook(made(write), "f.xlsx").sheets[0].rows
    assert values[2] is True
    assert [cell_text(value) for value in values[1:]] == [
        "2012-12-20T09:30:00",
        "True",
        "1",
        "<5",
        "Côte d’Ivoire",
        "  two  spaces ",
        "36:00:00",
    ]
    assert cell_text(values[0]).startswith("2012-12-20")


def test_dates_of_workbooks_that_count_from_1904() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "date_1904": True}) as book:
        book.add_worksheet().write_datetime(0, 0, date(2012, 12, 20), book.add_format({"num_format": "yyyy-mm-dd"}))
    assert cell_text(read_workbook(stream.getvalue(), "f").sheets[0].rows[0][0]).startswith("2012-12-20")


def test_hidden_sheets_are_read_and_marked() -> None:
    def write(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("Shown").write(0, 0, "a")
        hidden, deep = book.add_worksheet("Hidden"), book.add_worksheet("Deep")
        hidden.write(0, 0, "b")
        hidden.hide()
        deep.write(0, 0, "c")
        deep.very_hidden()

    sheets = read_workbook(made(write), "f.xlsx").sheets
    assert [(sheet.name, sheet.hidden, sheet.rows[0][0]) for sheet in sheets] == [
        ("Shown", False, "a"),
        ("Hidden", True, "b"),
        ("Deep", True, "c"),
    ]


def test_formulas_are_counted_and_their_saved_values_read() -> None:
    def write(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        sheet.write(0, 0, 2)
        for index in range(7):
            sheet.write_formula(index, 1, "=A1*2", value=4)
        sheet.write_formula("C3", "=1/0", value="#DIV/0!")

    sheet = read_workbook(made(write), "f.xlsx").sheets[0]
    assert (sheet.formulas, sheet.formula_places) == (8, ("B1", "B2", "B3", "C3", "B4"))
    assert sheet.rows[0] == [2.0, 4.0, ""]
    assert sheet.rows[2][2] == "#DIV/0!"


def test_merged_ranges_are_told_and_not_filled() -> None:
    def write(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        sheet.merge_range("B2:C4", "once")
        sheet.write("D5", 1)

    sheet = read_workbook(made(write), "f.xlsx").sheets[0]
    assert sheet.merged == ((1, 1, 3, 2),)
    assert [row[1:3] for row in sheet.rows[1:4]] == [["once", ""], ["", ""], ["", ""]]


@pytest.mark.parametrize(
    "sheet",
    [
        sheet_xml(row(2, cell("B2", 7), cell("D2", 8, ' t="e"').replace(">8<", ">#N/A<"))),
        sheet_xml("<row r='2'><c r='B2'><v>7</v></c><c t='e' r='D2'><v>#N/A</v></c></row>"),
        sheet_xml('<row/><row><c/><c><v>7</v></c><c/><c t="e"><v>#N/A</v></c></row>'),
        sheet_xml('<row r="2"><c r="B2"><v>7</v></c><c/><c t="e"><v>#N/A</v></c></row>'),
        sheet_xml(
            '<row spans="1:4" r="2" ><c s="0" r = "B2"><v>7</v></c><c\nt="e"\nr="D2"><f>NA()</f><v>#N/A</v></c></row>'
        ),
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="2"><x:c r="B2"><x:v>7</x:v></x:c>'
        '<x:c r="D2" t="e"><x:v>#N/A</x:v></x:c></x:row></x:sheetData></x:worksheet>',
        sheet_xml(row(2, cell("B2", 7), cell("D2", "#N/A", ' t="e"')), before='<dimension ref="A1:XFD1048576"/>'),
    ],
    ids=["plain", "apostrophes", "no references", "some references", "spaced", "prefixed", "claims all"],
)
def test_the_same_cells_however_they_are_written(sheet: str) -> None:
    assert read_workbook(workbook(sheet), "f").sheets[0].rows == [[""] * 4, ["", 7.0, "", "#N/A"]]


def test_shared_texts_keep_runs_and_escapes_and_leave_out_readings() -> None:
    strings = (
        f'<sst xmlns="{MAIN}" count="4294967295" uniqueCount="9294967295"><si><t xml:space="preserve"> a </t></si>'
        "<si><r><t>東</t></r><r><t>京</t></r><rPh><t>とう</t></rPh></si><si><t>a_x000D_b &amp; c</t></si><si/></sst>"
    )
    cells = [cell(f"{letter}1", index, ' t="s"') for index, letter in enumerate("ABCD")]
    assert read_workbook(workbook(sheet_xml(row(1, *cells)), strings), "f").sheets[0].rows == [
        [" a ", "東京", "a\rb & c", ""]
    ]


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        ("<r><t>120</t></r><r><rPr><vertAlign val='superscript'/></rPr><t>1</t></r>", "120¹"),
        ("<r><t>1,234.5</t></r><r><rPr><b/><vertAlign val='superscript'/></rPr><t> 12</t></r>", "1,234.5 ¹²"),
        ("<r><rPr><b/></rPr><t>12</t></r><r><t>0</t></r>", "120"),
        ("<r><t>12</t></r><r><rPr><vertAlign val='subscript'/></rPr><t>7</t></r>", "12₇"),
        ("<r><t>Brazil</t></r><r><rPr><vertAlign val='superscript'/></rPr><t>2</t></r>", "Brazil²"),
        ("<r><t>0-9</t></r><r><rPr><vertAlign val='superscript'/></rPr><t>2</t></r>", "0-9²"),
        ("<r><t>155</t></r><r><rPr><vertAlign val='subscript'/></rPr><t>1</t></r>", "155₁"),
        ("<r><t>١٥</t></r><r><rPr><vertAlign val='superscript'/></rPr><t>٢</t></r>", "١٥²"),
        ("<r><t>+155</t></r><r><rPr><vertAlign val='superscript'/></rPr><t>1</t></r>", "+155¹"),
        ("<r><t>12</t></r><r><rPr><vertAlign val='superscript'/></rPr><t>a&amp;b</t></r>", "12a&b"),
    ],
)
def test_digits_that_are_raised_or_lowered_are_none_of_what_they_stand_behind(runs: str, text: str) -> None:
    strings = f'<sst xmlns="{MAIN}"><si>{runs}</si></sst>'
    inline = f"<c r='B1' t='inlineStr'><is>{runs}</is></c><c r='C1'><v>7</v></c>"
    sheet = sheet_xml(row(1, cell("A1", 0, ' t="s"'), inline))
    assert read_workbook(workbook(sheet, strings), "f").sheets[0].rows == [[text, text, 7.0]]
    prefixed = re.sub(r"<(/?)", r"<\1x:", sheet_xml(row(1, inline))).replace("xmlns=", "xmlns:x=")
    prefixed = prefixed.replace("<x:?xml", "<?xml")
    assert read_workbook(workbook(prefixed), "f").sheets[0].rows[0][-2:] == [text, 7.0]


@pytest.mark.parametrize(
    ("said", "uncomputed"),
    [
        ('fullCalcOnLoad="1"', True),
        ('calcCompleted="0"', True),
        ('calcId="191029"', False),
        ('calcCompleted="1"', False),
    ],
)
def test_whether_formulas_were_computed_is_told(said: str, uncomputed: bool) -> None:
    made = parts(sheet_xml(row(1, cell("A1"))))
    made["xl/workbook.xml"] = str(made["xl/workbook.xml"]).replace("</workbook>", f"<calcPr {said}/></workbook>")
    assert read_workbook(packed(made), "f").sheets[0].uncomputed is uncomputed


def test_a_sheet_without_cells_has_no_rows() -> None:
    sheet = read_workbook(workbook(sheet_xml("")), "f").sheets[0]
    assert (sheet.rows, sheet.width, sheet.heading_row) == ([], 0, None)


def test_names_of_cells() -> None:
    assert [cell_name(13, 2), cell_name(0, 25), cell_name(0, 26), cell_name(1_048_575, 16_383)] == [
        "C14",
        "Z1",
        "AA1",
        "XFD1048576",
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (782.0, "782"),
        (0.04009, "0.04009"),
        (5.321309689995353, "5.321309689995353"),
        (-3.0, "-3"),
        (1e22, "1e+22"),
        (float("nan"), "nan"),
        (True, "True"),
        (12, "12"),
        (date(2012, 12, 20), "2012-12-20"),
        (timedelta(hours=-26, seconds=-5), "-26:00:05"),
        ("na", "na"),
        ("", ""),
    ],
)
def test_text_of_a_cell(value: object, text: str) -> None:
    assert cell_text(value) == text  # type: ignore[arg-type]


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_text_of_a_number_gives_the_number_back(value: float) -> None:
    assert float(cell_text(value)) == value


def test_heading_is_the_first_row_that_fills_most_columns() -> None:
    titles = [["UNODC", "mail", "", "", ""], ["2024", "", "", "", ""]]
    table = [["Iso3", "Country", "Sex", "VALUE", ""], ["ARM", "Armenia", "Total", 782.0, ""]]
    assert Sheet("S", [*titles, *table]).heading_row == 2
    assert Sheet("S", titles[1:]).heading_row == 0


def test_what_looks_like_a_workbook() -> None:
    assert is_workbook(workbook(sheet_xml("")))
    assert not is_workbook(b"a,b\n1,2\n")
    assert not is_workbook(b"PK\x03\x04 and no more")


TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=8).filter(lambda text: "_x" not in text)
VALUES = st.one_of(TEXTS, st.integers(-(10**9), 10**9), st.floats(-1e9, 1e9), st.booleans())


@given(st.lists(st.lists(VALUES, min_size=1, max_size=5), min_size=1, max_size=5))
def test_whatever_openpyxl_writes_is_read_again(table: list[list[object]]) -> None:
    book = openpyxl.Workbook()
    for index, values in enumerate(table, start=1):
        for column, value in enumerate(values, start=1):
            written = book.active.cell(index, column, value)
            if isinstance(value, str):
                written.data_type = "s"
    stream = io.BytesIO()
    book.save(stream)
    read = read_workbook(stream.getvalue(), "f").sheets[0].rows
    for index, values in enumerate(table):
        for column, value in enumerate(values):
            if isinstance(value, float):
                value = float(f"{value:.16g}")  # as openpyxl writes it
            if value != "":
                assert read[index][column] == value
                assert isinstance(read[index][column], str) == isinstance(value, str)


COUNTS = {
    "cts-corruption-and-economic-crime.2024-05-16.xlsx": (22_757, 13, 1),
    "cts-prisons-and-prisoners.2023-05-11.xlsx": (65_800, 13, 1),
    "cts-violent-and-sexual-crime.2024-05-16.xlsx": (26_117, 13, 1),
    "global-study-on-homicide.2013.xlsx": (451, 19, 0),
    "glotip.2023-05-30.xlsx": (46_559, 13, 1),
    "iafq-firearms.2022-06-17.xlsx": (11_035, 13, 1),
    "kidnapping.2019.xlsx": (1_330, 6, 0),
    "robbery.2019.xlsx": (1_483, 6, 0),
    "serious-assault.2019.xlsx": (1_438, 6, 0),
}
CELLS = {
    "cts-corruption-and-economic-crime.2024-05-16.xlsx": ("data_cts_corruption_and_economi!L4", "782"),
    "cts-prisons-and-prisoners.2023-05-11.xlsx": ("data_cts_prisons_and_prisoners!B4", "Barbados"),
    "global-study-on-homicide.2013.xlsx": (
        "country-territory!A4",
        "Intentional homicide count and rate per 100,000 population, by country/territory (2000-2012)",
    ),
    "glotip.2023-05-30.xlsx": ("data_glotip_1!L4", "<5"),
    "robbery.2019.xlsx": ("Sheet11!F2", "0.04009"),
    "serious-assault.2019.xlsx": ("Sheet2!F2", "5.321309689995353"),
}


@pytest.mark.parametrize("name", COUNTS)
def test_published_workbooks(shared: Path, name: str) -> None:
    read = read_workbook((shared / "crime" / name).read_bytes(), name)
    (sheet,) = read.sheets
    assert (len(sheet.rows), sheet.width, sheet.formulas) == COUNTS[name]
    if name in CELLS:
        place, text = CELLS[name]
        assert read.at(CellPlace.parse(place)) == text


def test_published_workbook_cell_for_cell_as_openpyxl_reads_it(shared: Path) -> None:
    path = shared / "crime" / "global-study-on-homicide.2013.xlsx"
    theirs = [
        ["" if value is None else value for value in values]
        for values in openpyxl.load_workbook(path, data_only=True).active.iter_rows(values_only=True)
    ]
    ours = read_workbook(path.read_bytes(), path.name).sheets[0]
    assert ours.rows == theirs[: len(ours.rows)]
    assert not any(value for values in theirs[len(ours.rows) :] for value in values)
    assert len(ours.merged) == len(openpyxl.load_workbook(path).active.merged_cells.ranges)


def test_parts_are_found_by_their_relations_and_not_by_their_names() -> None:
    made = parts(sheet_xml(row(1, cell("A1", 5))))
    moved = {name.replace("worksheets/sheet1", "tables/odd name"): content for name, content in made.items()}
    relations = str(moved["xl/_rels/workbook.xml.rels"])
    moved["xl/_rels/workbook.xml.rels"] = relations.replace("worksheets/sheet1.xml", "/xl/tables/odd%20name.xml")
    from workbooks import packed

    assert read_workbook(packed(moved), "f").sheets[0].rows == [[5.0]]
