"""What is no honest workbook is refused with a sentence, and never ends the process."""

import io
import math
import os
import re
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from matrices import PROOF, examples
from workbooks import MAIN, cell, compound, packed, parts, row, sheet_xml, styles_xml, workbook

from comity.evidence.errors import BadInput
from comity.evidence.files import budget
from comity.evidence.files.binary64 import unkept
from comity.evidence.places import column_letters
from comity.evidence.workbooks import archive, guard, limits
from comity.evidence.workbooks.limits import LONGEST_TEXT
from comity.evidence.workbooks.workbook import Workbook, cell_text, read_workbook

PLAIN = sheet_xml(row(1, cell("A1")))


def refused(data: bytes) -> str:
    """The sentence with which bytes are refused."""
    with pytest.raises(BadInput) as caught:
        read_workbook(data, "returned.xlsx")
    assert str(caught.value).startswith("returned.xlsx")
    return str(caught.value)


def changed(**contents: str | bytes) -> bytes:
    """A plain workbook with one part more, or another in its place; `__` stands for `/`, `_dot_` for a point."""
    made = parts(PLAIN)
    made.update({name.replace("__", "/").replace("_dot_", "."): content for name, content in contents.items()})
    return packed(made)


def prefixed(sheet: str) -> str:
    """The same sheet with a prefix before the name of each element."""
    return re.sub("(</?)(?=[a-z])", r"\1x:", sheet).replace("xmlns=", "xmlns:x=")


ODS = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}


@pytest.mark.parametrize(
    ("data", "found", "remedy"),
    [
        (b"", "“”", "save it as .xlsx"),
        (b"name,value\n1,2\n", "“name,value”", "save it as .xlsx"),
        (b"\x01\x02\x03\n", "“01 02 03 0A”", "save it as .xlsx"),
        (compound("Workbook"), "“an Excel 97–2003 workbook (.xls)”", "save it as .xlsx"),
        (compound("EncryptedPackage"), "“a workbook locked with a password”", "save it without one as .xlsx"),
        (b"%PDF-1.7", "“a PDF document”", "save its table as .xlsx"),
        (packed({"a.txt": "x"}), "“a zip archive”", "unpack it: it holds a.txt"),
        (packed(ODS), "“an OpenDocument spreadsheet (.ods)”", "save it as .xlsx"),
        (packed({"[Content_Types].xml": "", "xl/workbook.bin": ""}), "(.xlsb)”", "save it as .xlsx"),
        (packed({"[Content_Types].xml": "", "word/document.xml": ""}), "(.docx)”", "save its table as .xlsx"),
    ],
    ids=["nothing", "text", "bytes", "xls", "locked", "pdf", "archive", "ods", "xlsb", "docx"],
)
def test_what_is_no_xlsx_workbook(data: bytes, found: str, remedy: str) -> None:
    said = refused(data)
    assert found in said
    assert remedy in said


@pytest.mark.parametrize("part", ["xl__worksheets__sheet1_dot_xml", "xl__drawings__drawing1_dot_xml"])
@pytest.mark.parametrize("padding", [0, 300_000])
def test_document_types_and_entities_in_any_part(part: str, padding: int) -> None:
    declared = " " * padding + '<!DOCTYPE w [<!ENTITY e "xx">]>' + PLAIN
    assert "without a document type" in refused(changed(**{part: declared}))


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/passwd", "xl/../../evil.xml", "C:/evil.xml", "xl//evil.xml"])
def test_names_that_leave_the_workbook(name: str) -> None:
    assert name in refused(packed({**parts(PLAIN), name: "x"}))


def test_the_same_part_twice() -> None:
    assert "once" in refused(packed({**parts(PLAIN), "XL/worksheets/SHEET1.xml": PLAIN}))


def test_too_many_entries() -> None:
    assert "entries" in refused(packed({**parts(PLAIN), **{f"xl/media/{index}": "" for index in range(5_000)}}))


def test_a_part_that_unpacks_out_of_all_measure() -> None:
    assert "one part in" in refused(changed(xl__media__a_dot_xml=b" " * 20_000_000))


def test_styles_that_are_too_large_for_a_tree(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_WHOLE", 2_000)
    assert "xl/styles.xml" in refused(workbook(PLAIN, styles=styles_xml(*range(1_000))))


@pytest.mark.parametrize("styles", ["<styleSheet", "x", '<!-- a --><xf numFmtId="9"/>', "<styleSheet><cellXfs>"])
def test_damaged_styles_are_answered(styles: str) -> None:
    answered(workbook(PLAIN, styles=styles))


def test_parts_that_are_too_large_together_are_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_UNPACKED", 1_000)
    monkeypatch.setattr(archive.Archive, "pieces", lambda *given: pytest.fail("was unpacked"))
    assert "MB unpacked" in refused(changed(xl__a_dot_xml="x" * 5_000))


def test_a_part_that_is_longer_than_it_says() -> None:
    body = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed_body = body.compress(b" " * 3_000_000) + body.flush()
    data = bytearray(changed(xl__media__a_dot_bin=b"\0" * 100))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        entry = archive.getinfo("xl/media/a.bin")
    start = entry.header_offset + 30 + len(entry.filename)
    grown = data[:start] + packed_body + data[start + entry.compress_size :]
    shift = len(packed_body) - entry.compress_size
    struct.pack_into("<I", grown, entry.header_offset + 18, len(packed_body))
    directory = grown.rfind(b"PK\x01\x02")
    struct.pack_into("<I", grown, directory + 20, len(packed_body))
    end = grown.rfind(b"PK\x05\x06")
    struct.pack_into("<I", grown, end + 16, struct.unpack_from("<I", grown, end + 16)[0] + shift)
    assert zipfile.ZipFile(io.BytesIO(bytes(grown))).getinfo("xl/media/a.bin").compress_size == len(packed_body)
    assert "a.bin" in refused(bytes(grown))


def test_one_far_cell_is_named() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Answers")
        sheet.write("A1", "x")
        sheet.write("XFD60000", "far")
    assert "returned.xlsx, Answers!XFD60000: found “60,000 rows × 16,384 columns”" in refused(stream.getvalue())


@pytest.mark.parametrize(
    "rows",
    [
        row(1, cell("A1")) + row(4_000_000_000, "<c><v>1</v></c>"),
        row(1, cell("A1")) + "<row r='900000'><c r='AAA900000'><v>1</v></c></row>",
        row(1, cell("A1"), '<c r="A1" r="XFD900000"><v>1</v></c>'),
        row(1, '<c>r="A1"<v>1</v></c>', '<c r="A1"\tr\n="XFD900000"><v>1</v></c>'),
        row(1, cell("ZZZZZZ1")),
        row(1, cell("XFE1")),
        row(1, cell("A99999999999")),
        row(1, cell("A4294967295"), cell("A1")),
        row(1, cell("A0")),
        row(1, '<c x="<" r="XFD900000"><v>1</v></c>'),
        row(1, cell("A1"), '<!-- --><y:c r="XFD900000"><v>1</v></y:c>'),
        row(900_000, "<c/>" * 10 + "<!-- </row> -->" + "<c/>" * 10),
        row(900_000, "<c/>" * 10 + "<?x </row> ?>" + "<c><v>1</v></c>" * 10),
        "<row>" + "<c><v>1</v></c>" * 20_000 + "</row>",
        row(900_000, "<c><v>1</v></c>" * 100),
    ],
)
def test_far_cells_however_they_are_written(rows: str) -> None:
    assert "returned.xlsx, S" in refused(workbook(sheet_xml(rows)))


def test_cells_that_are_empty_after_a_far_column_of_another_row() -> None:
    assert "S!A1000000" in refused(workbook(sheet_xml(row(1, cell("XFD1")) + row(1_000_000, cell("A1000000")))))


def test_sheets_count_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_CELLS", 10)
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        for name in ("One", "Two"):
            book.add_worksheet(name).write("C2", 1)
    assert "Two!C2" in refused(stream.getvalue())


def test_a_sheet_without_its_part_is_named() -> None:
    made = parts(PLAIN)
    del made["xl/worksheets/sheet1.xml"]
    assert "returned.xlsx, S: found “a sheet without its part”" in refused(packed(made))


@pytest.mark.parametrize("sheet", [PLAIN[:-40], PLAIN.encode("utf-16"), "<worksheet", sheet_xml(row(1, cell("1A")))])
def test_a_damaged_sheet_is_refused(sheet: str | bytes) -> None:
    refused(workbook(sheet))


@pytest.mark.parametrize("strings", [f'<sst xmlns="{MAIN}"><si><t>a</t></si></sst>', "<sst><si><t>a</t>", "x"])
def test_a_text_that_is_not_there_is_refused(strings: str) -> None:
    refused(workbook(sheet_xml(row(1, cell("A1", 5, ' t="s"'))), strings))


def test_a_truncated_workbook_is_refused() -> None:
    data = workbook(PLAIN)
    for length in range(0, len(data), 7):
        refused(data[:length])


def test_measures_agree_however_cells_are_written_and_wherever_pieces_end(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [row(number, *(cell(f"{letter}{number}", "#N/A", ' t="e"') for letter in "ABC")) for number in range(1, 60)]
    plain = sheet_xml("".join(rows) + row(70, '<c r="AB70"><f>1+1</f><v>2</v></c>'))
    expected = read_workbook(workbook(plain), "f").sheets[0]
    assert (len(expected.rows), expected.width, expected.formula_places) == (70, 28, ("AB70",))
    for piece in (1, 2, 7, 64, 1_000):
        monkeypatch.setattr(archive, "_PIECE", max(piece, 8))
        for sheet in (plain, plain.replace('"', "'").replace(f"'{MAIN}'", f'"{MAIN}"')):
            read = read_workbook(workbook(sheet), "f").sheets[0]
            assert (read.rows, read.formulas, read.formula_places) == (expected.rows, 1, ("AB70",))


TWO_TEXTS = f'<sst xmlns="{MAIN}"><si><t>zero</t></si><si><t>one</t></si></sst>'
PIECES = (8, 64, 2**18)


def both_ways(sheet: str) -> tuple[str, str]:
    """A sheet as programs write it, and one that is gone through mark-up by mark-up."""
    return sheet, sheet.replace('"', "'")


@pytest.mark.parametrize(
    ("rows", "place", "found"),
    [
        *(
            (row(2, f'<c r="C2"{kind}><v>{value}</v></c>'), "S!C2", value)
            for kind in ("", ' t="n"', ' t="s"', ' t="b"', ' t="e"', ' s="1" t="n"', ' t="s" s="1"')
            for value in ("5&#48;010", "&#49;", "5<!-- -->1", "<!-- -->51", "<![CDATA[5]]>", "5<?x ?>1")
        ),
        (row(2, '<c r="C2"><v>5<b/>6</v></c>'), "S!C2", "<b>"),
        (row(2, '<c r="C2" t="str"><v>a<![CDATA[5]]></v></c>'), "S!C2", "a<![CDATA[5]]>"),
        *(
            (row(2, cell("B2"), cell("C2", value, kind)), "S!C2", f"“{value}”, expected the number of a shared text")
            for value in ("-1", "1.0", "abc", " 1", "1 ", "+1", "1e0", "0x1", "1_0", "123456789x", "٣")
            for kind in (' t="s"', ' t="s" s="1"')
        ),
        (row(2, '<c r="C2"><v>50010</v><v>9</v></c>'), "S!C2", "“9”, expected one value in a cell"),
        (row(2, '<c r="C2"><f>4+5</f><v>50010</v><v>9</v></c>'), "S!C2", "“9”, expected one value in a cell"),
        (row(2, '<c r="C2"><v>50010</v><f>4+5</f></c>'), "S!C2", "“4+5”, expected one value in a cell"),
        (row(2, '<c r="C2" t="inlineStr"><is><t>x</t></is><v>9</v></c>'), "S!C2", "“9”, expected one value in a cell"),
        (row(2, '<c r="C2" t="inlineStr"><v>9</v></c>'), "S!C2", "“9”, expected the text of a cell in <is>"),
        (row(2, '<c r="C2" t="inlineStr"><f>1</f><v>9</v></c>'), "S!C2", "“9”, expected the text of a cell in <is>"),
        (row(2, cell("C2"), cell("C2", 7)), "S!C2", "“C2”, expected each cell of the sheet once"),
        (row(2, cell("C2"), cell("D2"), cell("C2", 7)), "S!C2", "“C2”, expected each cell of the sheet once"),
        (row(2, cell("C2")) + row(3, cell("C3")) + row(2, cell("C2", 7)), "S!C2", "each cell of the sheet once"),
        (row(2, cell("C2"), cell("D3")) + row(4, cell("A4")), "S!D3", "“D3”, expected a cell of row 2"),
        (row(2, cell("C20")) + row(20, cell("A20")), "S!C20", "“C20”, expected a cell of row 2"),
        *(
            (row(2, f'<c r="C2"{kind}><v>-1</v></c>'), "S!C2", "the number of a shared text")
            for kind in (
                ' t ="s"',
                ' t= "s"',
                ' t\n=\n"s"',
                ' x=">" t="s"',
                " t='s' s='1'",
                ' xmlns:z="z" z:t="n" t="s"',
            )
        ),
        (row(2, '<c r="C2"><f>1<v>2</v></f></c>'), "S!C2", "without references, comments or other mark-up"),
        (row(2, '<c r="C2" t="inlineStr"><is><t>a<is>b</is>c</t></is></c>'), "S!C2", "other mark-up"),
        ("</sheetData><sheetData/><sheetData>" + row(2, cell("C2")), "S", "within one <sheetData>"),
        (row(20, cell("C2")), "S!C2", "“C2”, expected a cell of row 20"),
        (row(2, cell("C2")) + "</sheetData><sheetData>" + row(3, cell("C3")), "S", "within one <sheetData>"),
        (row(2, cell("C2")) + "</sheetData>" + row(3, cell("C3")) + "<sheetData>", "S!C3", "within one <sheetData>"),
    ],
)
def test_what_contradicts_itself_is_refused_with_its_cell(
    monkeypatch: pytest.MonkeyPatch, rows: str, place: str, found: str
) -> None:
    sheet = sheet_xml(row(1, cell("A1"), cell("B1")) + rows + row(1_000, cell("A1000")))
    for written in both_ways(sheet):
        for piece in PIECES:
            monkeypatch.setattr(archive, "_PIECE", piece)
            said = refused(workbook(written, TWO_TEXTS))
            assert f"returned.xlsx, {place}: found" in said
            assert found in said


@pytest.mark.parametrize("sheet", [PLAIN, prefixed(PLAIN)])
def test_a_sheet_that_is_not_ended_is_refused(sheet: str) -> None:
    for written in both_ways(sheet):
        assert read_workbook(workbook(written + "\n"), "w.xlsx").sheets[0].rows == [[1]]
        for end in (written[: written.rindex("</")], re.sub("</(x:)?sheetData>", "", written), written + "<x>"):
            said = refused(workbook(end))
            assert "S: found “a sheet that cannot be read to its end”, expected well-formed XML in UTF-8" in said


def test_a_sheet_that_the_reader_gives_up_is_refused_in_words_of_ours() -> None:
    for odd in ('<c r="A1" t="zzz"><v>1</v></c>', '<c r="A1" t="s"><v>7</v></c>', '<c r="A1" t="n"><v>x</v></c>'):
        assert "S: found “a sheet that cannot be read to its end”" in refused(workbook(sheet_xml(row(1, odd))))
    assert "well-formed XML in UTF-8" in refused(
        workbook(sheet_xml("<row r='1'><c r='A1'><v>\xe4</v></c></row>").encode("latin-1"))
    )


def test_what_is_written_in_many_ways_and_once_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        row(3, cell("B3", 32), cell("A3", 31)),
        '<!-- <c r="A3"><v>9</v></c> --><?x y="1"?>',
        row(1, cell("A1", "a &amp; b&#48;", ' t="str"'), cell("B1", 1, ' t="s"'), cell("C1", "x<!-- -->y", ' t="str"')),
        '<row r="2"><!-- --><c r="A2"><!-- --><v>21</v><!-- --></c><c r="B2" t="s"><v/></c>'
        '<c r="C2" t="s"><v></v></c></row>',
        row(
            4,
            '<c r="A4" t="inlineStr"><is><!-- --><t>ab<![CDATA[c&]]>&amp;&#48;</t><!-- --></is></c>',
            cell("B4", "1.5"),
        ),
        row(5, '<c r="C5"><f>A1 &amp; "=" &amp; 3</f><v>-5e3</v></c>'),
    ]
    expected = [["a & b0", "one", "xy"], [21, "", ""], [31, 32, ""], ["abc&&0", 1.5, ""], ["", "", -5000]]
    for listed in (rows, sorted(rows, key=lambda said: said[8:10])):
        for written in both_ways(sheet_xml("".join(listed), before='<sheetPr a="b"/>')):
            for piece in PIECES:
                monkeypatch.setattr(archive, "_PIECE", piece)
                assert read_workbook(workbook(written, TWO_TEXTS), "w.xlsx").sheets[0].rows == expected


@given(st.lists(st.tuples(st.integers(1, 12), st.lists(st.tuples(st.integers(-1, 9), st.integers(0, 30)), max_size=4))))
def test_cells_are_read_where_they_stand_or_refused(listed: list[tuple[int, list[tuple[int, int]]]]) -> None:
    """Rows with their numbers; their cells by column, one in ten with the number of the row above."""
    places = [(number - (off < 0), column) for number, cells in listed for off, column in cells]
    named = [[f"{column_letters(column)}{number - (off < 0)}" for off, column in cells] for number, cells in listed]
    rows = [row(number, *map(cell, names)) for (number, _cells), names in zip(listed, named, strict=True)]
    held = all(off >= 0 for _number, cells in listed for off, _column in cells) and len(set(places)) == len(places)
    for written in both_ways(sheet_xml("".join(rows))):
        if not held:
            refused(workbook(written))
            continue
        read = read_workbook(workbook(written), "f").sheets[0].rows
        assert {(at + 1, column) for at, cells in enumerate(read) for column, one in enumerate(cells) if one == 1} == {
            *places
        }


def test_percentages_and_hidden_rows_agree_wherever_pieces_end(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [row(number, *(cell(f"{letter}{number}", 0.5, ' s="1"') for letter in "AC")) for number in range(1, 60)]
    plain = sheet_xml(
        "".join(rows).replace('<row r="7">', '<row r="7" hidden="1">'), '<cols><col min="3" max="9"/></cols>'
    )
    plain = plain.replace('max="9"', 'max="9" hidden="1"')
    for piece in (8, 64, 1_000, 2**18):
        monkeypatch.setattr(archive, "_PIECE", piece)
        for sheet in (plain, plain.replace('"', "'")):
            (read,) = read_workbook(workbook(sheet, styles=styles_xml(0, 9)), "f").sheets
            assert {tuple(map(cell_text, values)) for values in read.rows} == {("50%", "", "50%")}
            assert (read.hidden_row_places, read.hidden_column_places) == (("7",), ("C",))


SMALL = workbook(
    sheet_xml(
        row(1, cell("A1", 0, ' t="s"'), cell("B2", "2.5")) + row(3, '<c r="C3"><f>1</f><v>1</v></c>'),
        after='<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>',
    ),
    f'<sst xmlns="{MAIN}" count="1" uniqueCount="1"><si><t>text</t></si></sst>',
)


def answered(data: bytes) -> None:
    """Reading gives a workbook or a sentence, nothing else."""
    try:
        assert isinstance(read_workbook(data, "f"), Workbook)
    except BadInput as error:
        assert str(error).startswith("f")


@given(st.binary(max_size=300), st.booleans())
def test_any_bytes(data: bytes, signed: bool) -> None:
    answered(b"PK\x03\x04" * signed + data)


CHANGES = st.lists(st.tuples(st.integers(0, 10_000), st.binary(min_size=1, max_size=4)), min_size=1, max_size=4)


@given(CHANGES)
def test_any_changes_of_the_archive(changes: list[tuple[int, bytes]]) -> None:
    data = bytearray(SMALL)
    for at, new in changes:
        start = at % len(data)
        data[start : start + len(new)] = new
    answered(bytes(data))


PARTS = parts(
    sheet_xml(
        row(1, cell("A1", 0, ' t="s"'), cell("B1", "2.5", ' s="1"')) + row(3, '<c r="C3"><f>1</f><v>1</v></c>'),
        before='<cols><col min="2" max="2" hidden="1"/></cols>',
    ),
    f'<sst xmlns="{MAIN}" count="1" uniqueCount="1"><si><t>text</t></si></sst>',
    styles_xml(0, 164, formats='<numFmt numFmtId="164" formatCode="0.0%"/>'),
)
SCRAPS = [
    b"<",
    b">",
    b"<c ",
    b' r="',
    b"<row ",
    b"9",
    b"XF",
    b"</row>",
    b"<!--",
    b"-->",
    b"'",
    b'"',
    b"&#1;",
    b"/>",
    b":c ",
    b' s="',
    b" s=1",
    b' hidden="1"',
    b"%",
]


@given(st.sampled_from(sorted(PARTS)), st.lists(st.tuples(st.integers(0, 5_000), st.sampled_from(SCRAPS)), max_size=5))
def test_any_changes_of_a_part(name: str, changes: list[tuple[int, bytes]]) -> None:
    content = bytearray(str(PARTS[name]).encode())
    for at, scrap in changes:
        start = at % (len(content) + 1)
        content[start : start + at % 3] = scrap
    answered(packed({**PARTS, name: bytes(content)}))


SHEET = "xl/worksheets/sheet1.xml"
SCRAPS_OF_CELLS = [
    b"<v>",
    b"</v>",
    b"&#49;",
    b"<v/>",
    b' t="s"',
    b"-",
    b"<f>1</f>",
    b"<!-- -->",
    b'<c r="B1"/>',
    b"<c/>",
]


@given(st.lists(st.tuples(st.integers(0, 5_000), st.sampled_from([*SCRAPS, *SCRAPS_OF_CELLS])), min_size=1, max_size=3))
def test_what_passes_by_arrays_passes_by_its_mark_up(changes: list[tuple[int, bytes]]) -> None:
    content = bytearray(str(PARTS[SHEET]).encode())
    for at, scrap in changes:
        start = at % (len(content) + 1)
        content[start : start + at % 3] = scrap
    try:
        by_arrays = read_workbook(packed({**PARTS, SHEET: bytes(content)}), "f").sheets
    except BadInput:
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(guard, "measure_plain", lambda *given: False)
        try:
            assert read_workbook(packed({**PARTS, SHEET: bytes(content)}), "f").sheets == by_arrays
        except BadInput as error:
            assert "well-formed XML in UTF-8" in str(error)


WITHIN = """
import sys, django
django.setup()
from pathlib import Path
from comity.evidence.errors import BadInput
from comity.evidence.workbooks.workbook import read_workbook
try:
    print(len(read_workbook(Path(sys.argv[1]).read_bytes(), "f").sheets[0].rows))
except BadInput as error:
    print(error)
status = Path("/proc/self/status").read_text().splitlines()
print(next(line.split()[1] for line in status if line.startswith("VmHWM")))
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rows", "columns", "attributes", "answer"),
    [
        (examples(100_000), "AB", ' t="s"', str(examples(100_000))),
        *([(1_000_000, "ABCDEF", "", "1,000,000 rows × 6 columns")] if PROOF else []),
    ],
)
def test_a_sheet_of_very_many_rows_is_read_within_a_gibibyte(
    tmp_path: Path, rows: int, columns: str, attributes: str, answer: str
) -> None:
    path = tmp_path / "large.xlsx"
    strings = f'<sst xmlns="{MAIN}"><si><t>{"long " * 2_000}</t></si></sst>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts("", strings).items():
            if "sheet1" not in name:
                archive.writestr(name, content)
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(f'<worksheet xmlns="{MAIN}"><sheetData>'.encode())
            for number in range(1, rows + 1):
                cells = "".join(f'<c r="{letter}{number}"{attributes}><v>0</v></c>' for letter in columns)
                sheet.write(f'<row r="{number}">{cells}</row>'.encode())
            sheet.write(b"</sheetData></worksheet>")
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "comity.site.settings"}
    command = [sys.executable, "-c", WITHIN, str(path)]
    said = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.splitlines()
    assert answer in said[0]
    assert int(said[1]) < 2**20


# What would take a reader for ever is tried in a child that is ended after more processor time than it can need.


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """A budget of which reading in one go takes a twentieth, and going back at each letter ten times as much."""
    monkeypatch.setenv("COMITY_FILE_SECONDS", "5")


def answered_soon(data: bytes) -> None:
    try:
        budget.within("w.xlsx", lambda: len(read_workbook(data, "w.xlsx").sheets))
    except BadInput as error:
        assert "seconds" not in str(error)


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize(
    "text",
    [
        "<t>" + 't="e"' * 100_000 + "</t>",
        "<r></r>" * 20_000 + "<r><rPr><vertAlign val='superscript'/></rPr><t>1</t></r>" * 20_000,
        "<rPh></rPh>" * 50_000,
    ],
)
def test_a_text_that_looks_like_markup_is_gone_over_once(text: str) -> None:
    answered_soon(workbook(sheet_xml(row(1, f'<c r="A1" t="inlineStr"><is>{text}</is></c>'))))
    answered_soon(workbook(sheet_xml(row(1, cell("A1", 0, ' t="s"'))), f'<sst xmlns="{MAIN}"><si>{text}</si></sst>'))


def test_an_error_is_read_from_the_tag_of_its_cell_alone() -> None:
    cells = '<c r="A1" t="str"><v>t="e"</v></c><c r="B1" t="e"><v>#N/A</v></c><c r="C1" t="str"><v>x t="e"></v></c>'
    [sheet] = read_workbook(workbook(sheet_xml(row(1, cells))), "w.xlsx").sheets
    assert sheet.rows == [['t="e"', "#N/A", 'x t="e">']]


@pytest.mark.usefixtures("soon")
def test_attributes_without_end_are_gone_over_once() -> None:
    for attributes in ("a" * 200_000, "a='" * 70_000, 't="e" ' * 40_000, " " * 200_000):
        sheet = sheet_xml(row(1, f'<c r="A1" {attributes}><v>1</v></c>'), f"<cols><col {attributes}/></cols>")
        answered_soon(workbook(sheet))


@pytest.mark.usefixtures("soon")
def test_a_format_without_end_is_gone_over_once() -> None:
    formats = f'<numFmt numFmtId="170" formatCode="{"[" * 200_000}%"/>'
    answered_soon(workbook(sheet_xml(row(1, cell("A1"))), styles=styles_xml(0, 170, formats=formats)))


def test_texts_are_as_long_as_those_of_spreadsheet_programs() -> None:
    longest = "a" * LONGEST_TEXT
    for text in (longest, longest + "b"):
        strings = f'<sst xmlns="{MAIN}"><si><t>{text}</t></si></sst>'
        for data in (
            workbook(sheet_xml(row(1, cell("A1", 0, ' t="s"'))), strings),
            workbook(sheet_xml(row(1, f'<c r="A1" t="inlineStr"><is><t>{text}</t></is></c>'))),
            workbook(sheet_xml(row(1, f'<c r="A1" t="str"><v>{text}</v></c>', cell("B1")))),
        ):
            if text == longest:
                assert read_workbook(data, "w.xlsx").sheets[0].rows[0][0] == longest
            else:
                assert "at most 32,767 characters in a cell" in refused(data)


def test_more_of_a_thing_than_is_read_is_refused_with_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("MOST_SHARED", "MOST_MERGED", "MOST_STYLES"):
        monkeypatch.setattr(limits, name, 3)
    strings = f'<sst xmlns="{MAIN}">{"<si/>" * 4}</sst>'
    assert "at most 3 shared texts" in refused(workbook(sheet_xml(row(1, cell("A1"))), strings))
    merged = '<mergeCells><mergeCell ref="A1:B2"/>' + '<mergeCell ref="A1:B2"/>' * 3 + "</mergeCells>"
    assert "found “4”, expected at most 3 merged ranges" in refused(
        workbook(sheet_xml(row(1, cell("A1")), after=merged))
    )
    styles = styles_xml(*[0] * 4)
    assert "at most 3 styles" in refused(workbook(sheet_xml(row(1, cell("A1"))), styles=styles))


def test_merged_ranges_are_gone_through_no_further_once_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_MERGED", 3)
    monkeypatch.setattr(archive, "_PIECE", 64)
    merged = "<mergeCells>" + '<mergeCell ref="A1:B2"/>' * 50
    assert "at most 3 merged ranges" in refused(workbook(sheet_xml(row(1, cell("A1")), after=merged)))


def holding(text: str) -> dict[str, bytes]:
    """Workbooks whose cell B2 holds a text in each way that there is, by the place that a refusal names."""
    strings = f'<sst xmlns="{MAIN}"><si><t>x</t></si><si>{text}</si></sst>'
    inline = f'<c r="B2" t="inlineStr"><is>{text}</is></c>'
    return {
        "xl/sharedStrings.xml/si[2]": workbook(sheet_xml(row(2, cell("B2", 1, ' t="s"'))), strings),
        "S!B2": workbook(sheet_xml(row(2, inline))),
    }


def of_letters(letters: str) -> dict[str, bytes]:
    """The same of letters, which may be the value of a formula too."""
    return {**holding(f"<t>{letters}</t>"), "S!B2:": workbook(sheet_xml(row(2, cell("B2", letters, ' t="str"'))))}


@pytest.mark.parametrize("spelled", ["_xD800_", "_xDC00_", "a_xd83d_b", "_x0000_"])
def test_a_text_that_no_database_keeps_is_refused(spelled: str) -> None:
    for place, data in of_letters(spelled).items():
        said = refused(data)
        assert f"{place.rstrip(':')}: found “{spelled}”, expected text " in said
        said.encode()


def text_in(data: bytes) -> object:
    """What stands in B2, which is the last cell of the only sheet."""
    return read_workbook(data, "w.xlsx").sheets[0].rows[-1][-1]


@given(
    st.lists(st.sampled_from(["_x0041_", "_x005F_", "x0031_", "_xD83D_", "_xDE00_", "_x001B_", "_", "a", "_x00e9_"]))
)
def test_letters_that_are_spelled_out_mean_the_same_wherever_the_text_stands(pieces: list[str]) -> None:
    texts = set()
    for data in of_letters("".join(["a", *pieces])).values():
        try:
            texts.add(text_in(data))
        except BadInput as error:
            texts.add(str(error).partition("found")[2])
    assert len(texts) == 1


ALTERNATIVES = '<m:AlternateContent xmlns:m="m"><m:Choice><t>9</t></m:Choice></m:AlternateContent>'
CUT = [
    "<t>1<!-- -->55</t>",
    "<t>1<?x y?>55</t>",
    "<t>1<b/>55</t>",
    "<t>1<b>9</b>55</t>",
    "<r><t>15</t></r><r><t>5<!-- -->9</t></r>",
    "<t><!-- -->155</t>",
    "<t>155</t><extLst><ext><t>9</t></ext></extLst>",
    '<z:t xmlns:z="z">9</z:t><t>155</t>',
    '<t xmlns="z">9</t><t>155</t>',
    f"{ALTERNATIVES}<t>155</t>",
    "1<t>55</t>",
    "<t>15</t>5",
    "<r>1<t>55</t></r>",
    "<r><t>15</t>5</r>",
    "155",
    "<t>15</t><t>5</t>",
    "<t>15</t><r><t>5</t></r>",
    "<r><t>15</t><t>5</t></r>",
    "<r><r><t>15</t></r></r>",
    "<si><t>9</t></si><t>155</t>",
    "<is><t>9</t></is><t>155</t>",
    '<rPh xmlns="z"><t>9</t></rPh><t>155</t>',
]


@pytest.mark.parametrize("text", CUT)
def test_what_would_cut_or_join_a_text_is_refused_with_its_place(text: str) -> None:
    for place, data in holding(text).items():
        said = refused(data)
        assert f"returned.xlsx, {place}: found “" in said
        assert "expected a value without references, comments or other mark-up in it" in said


STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("<t>155</t>", "155"),
        (" <!-- --> <t>155</t>\n<?x y?>", "155"),
        ("<t>1<![CDATA[5]]>&#53;</t>", "155"),
        ("<r><t>15</t></r><r><rPr><b/><sz val='9'/></rPr><t>5</t></r>", "155"),
        ("<r><!-- --><t>15</t></r><!-- --> <r> <t>5</t></r>", "155"),
        ("<t>155</t><rPh sb='0' eb='1'><t>9</t></rPh><phoneticPr fontId='1'/>", "155"),
        ("<r><t>15</t></r><r><rPr><vertAlign val='superscript'/></rPr><t>5</t></r>", "15⁵"),
        ("<r><t>m</t></r><r><rPr><vertAlign val='superscript'/></rPr><t>2</t></r>", "m²"),
    ],
)
def test_texts_of_the_format_are_read_wherever_they_stand(text: str, meant: str) -> None:
    for data in holding(text).values():
        assert text_in(data) == meant
    made = parts(sheet_xml(row(2, cell("B2", 0, ' t="s"'))), f'<sst xmlns="{MAIN}"><si>{text}</si></sst>')
    assert text_in(packed({name: str(part).replace(MAIN, STRICT) for name, part in made.items()})) == meant


@given(
    st.lists(
        st.sampled_from(["<t>", "</t>", "<r>", "</r>", "<rPr>", "</rPr>", "1", "2", " ", "<!-- -->", "<b/>"]),
        max_size=9,
    )
)
def test_a_text_is_all_that_stands_in_it_or_refused(pieces: list[str]) -> None:
    """Whatever marks and digits stand in a text: all its digits are read, in their order, or none."""
    text = "".join(pieces)
    for data in holding(text).values():
        try:
            read = str(text_in(data))
        except BadInput:
            continue
        assert read.strip() == re.sub("<[^>]*>", "", re.sub("<rPr>.*?</rPr>", "", text)).strip()


@pytest.mark.parametrize(
    "cells",
    [
        '<z:c xmlns:z="z" r="B2"><z:v>9</z:v></z:c>',
        '<c xmlns="z" r="B2"><v>9</v></c>',
        '<c r="B2"><v xmlns="z">9</v></c>',
        '<c r="B2"><z:v xmlns:z="z">9</z:v></c>',
        '<c r="B2"><f xmlns="z">9</f><v>9</v></c>',
        '<c r="B2" t="inlineStr"><is xmlns="z"><t>9</t></is></c>',
        '<m:AlternateContent xmlns:m="m"><c r="B2"><v>9</v></c></m:AlternateContent>',
        '<z><c r="B2"><v>9</v></c></z>',
        f'<c r="B2"><v>9</v></c></row><row xmlns="z" xmlns:a="{MAIN}" r="3"><a:c r="A3"><a:v>1</a:v></a:c>',
    ],
)
def test_only_elements_of_the_format_are_cells(monkeypatch: pytest.MonkeyPatch, cells: str) -> None:
    sheet = sheet_xml(row(1, cell("A1")) + row(2, cells))
    for written in both_ways(sheet):
        for piece in PIECES:
            monkeypatch.setattr(archive, "_PIECE", piece)
            said = refused(workbook(written))
            assert "of the spreadsheet format among the cells" in said


@pytest.mark.parametrize(
    "sheet",
    [
        PLAIN.replace(MAIN, "z"),
        PLAIN.replace(f' xmlns="{MAIN}"', ""),
        PLAIN.replace("<sheetData>", "<z><sheetData>").replace("</sheetData>", "</sheetData></z>"),
        prefixed(PLAIN).replace("xmlns:x=", 'xmlns:x="z" xmlns:y='),
    ],
)
def test_a_list_of_cells_that_is_none_of_the_sheet_is_refused(sheet: str) -> None:
    for written in both_ways(sheet):
        refused(workbook(written))


@pytest.mark.parametrize(
    ("strings", "place"),
    [
        ("<z:si><t>9</t></z:si><si><t>1</t></si>", "si[1]"),
        ("<si><t>1</t></si><z:x><si><t>9</t></si></z:x>", "si[2]"),
        ("<si><t>1</t><rPh><si><t>9</t></si></rPh></si>", "si[1]"),
    ],
)
def test_only_texts_of_the_list_have_a_number(strings: str, place: str) -> None:
    listed = f'<sst xmlns="{MAIN}" xmlns:z="z">{strings}</sst>'
    assert f"xl/sharedStrings.xml/{place}: found “<si>”" in refused(workbook(PLAIN, listed))


# ---- numbers ----


@pytest.mark.parametrize(
    "spelled",
    [
        *("9007199254740993", "-9007199254740993", "123456789012345678", "12345678901234567890", "9007199254740993.0"),
        *(
            "1e-999",
            "1E-999",
            "-1e-400",
            "0.00000000000000000000001e-400",
            "1e-99999999999999999999",
            "155." + "0" * 20 + "1",
        ),
        *("1e999", "-1E400", "9" * 400, "NaN", "nan", "INF", "-INF", "Infinity", "154.99999999999999999"),
    ],
)
def test_a_number_that_would_be_stored_as_another_is_refused_as_it_stands(spelled: str) -> None:
    for kind in ("", ' t="n"', ' s="0"', ' s="0" t="n"'):
        for value in (cell("B2", spelled, kind), cell("B2", spelled, kind).replace("<v>", "<f>1</f><v>")):
            for written in both_ways(sheet_xml(row(1, cell("A1")) + row(2, value, cell("C2", 7)))):
                said = refused(workbook(written))
                assert f"S!B2: found “{spelled[:80]}”, expected a " in said
                assert "a finite number" in said or "can be kept as it stands" in said


@pytest.mark.parametrize(
    "spelled",
    [
        *("0.10000000000000001", "9007199254740992", "1E+23", "9.9999999999999992E+22", "1e22"),
        *(
            "0",
            "-0",
            "0.0",
            "0e-999",
            "2.4000000000000001E-4",
            "1e-300",
            "4.9406564584124654E-324",
            "155.00000000000003",
        ),
        *(
            "1.7976931348623157E+308",
            "0.99999999999999989",
            "123456789012345",
            "123456789012345.67",
            "1.50000000000000000",
        ),
    ],
)
def test_numbers_as_programs_write_them_are_read(spelled: str) -> None:
    for written in both_ways(sheet_xml(row(2, cell("B2", spelled), cell("C2", spelled, ' t="str"')))):
        assert read_workbook(workbook(written), "w").sheets[0].rows[-1][1:] == [float(spelled), spelled]


@given(
    st.floats(allow_nan=False, allow_infinity=False).flatmap(
        lambda value: st.sampled_from([repr(value), f"{value:.16e}", f"{value:.17g}".upper(), f"{value:.15g}"])
    )
)
def test_what_programs_write_of_any_double_is_read(spelled: str) -> None:
    """The shortest digits that give it back, or 15 or 17, as spreadsheet programs and statistical ones do."""
    assert unkept(spelled) == ("" if math.isfinite(float(spelled)) else "a finite number")


@given(st.from_regex(r"-?[0-9]{1,20}(\.[0-9]{0,24})?([eE][+-]?[0-9]{1,3})?", fullmatch=True))
def test_numbers_are_judged_alike_by_arrays_and_by_their_mark_up(spelled: str) -> None:
    for written in both_ways(sheet_xml(row(2, cell("B2", spelled)))):
        if unkept(spelled):
            assert f"S!B2: found “{spelled}”" in refused(workbook(written))
        else:
            assert read_workbook(workbook(written), "w").sheets[0].rows[-1][-1] == float(spelled)


@pytest.mark.usefixtures("soon")
def test_very_many_columns_told_of_are_refused_and_cost_nothing() -> None:
    told = '<col min="1" max="16384" hidden="1"/>'
    for count in (16_384, 40_000):
        sheet = sheet_xml(row(1, cell("A1"), cell("C1")), f"<cols>{told * count}</cols>")
        for written in both_ways(sheet):
            answered_soon(workbook(written))
            if count > 16_384:
                assert "at most 16,384 <col> in a sheet" in refused(workbook(written))
            else:
                assert read_workbook(workbook(written), "w").sheets[0].hidden_columns == 2


@pytest.mark.parametrize(("spelled", "text"), [("_xD83D__xDE00_", "😀"), ("a_x000D_b", "a\rb"), ("_x005F_", "_")])
def test_characters_that_are_spelled_out_are_read(spelled: str, text: str) -> None:
    strings = f'<sst xmlns="{MAIN}"><si><t>{spelled}</t></si></sst>'
    assert read_workbook(workbook(sheet_xml(row(1, cell("A1", 0, ' t="s"'))), strings), "w.xlsx").sheets[0].rows == [
        [text]
    ]
