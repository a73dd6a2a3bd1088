"""Workbooks made by hand for the tests, right and wrong ones."""

import io
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
SHEET_RELATION = f'<Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
STRINGS_RELATION = f'<Relationship Id="rId2" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'


def sheet_xml(rows: str, before: str = "", after: str = "") -> str:
    """A sheet part about some rows."""
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def cell(reference: str, value: object = 1, attributes: str = "") -> str:
    """A cell as programs write it."""
    return f'<c r="{reference}"{attributes}><v>{value}</v></c>'


def row(number: int, *cells: str) -> str:
    """A row as programs write it."""
    return f'<row r="{number}">{"".join(cells)}</row>'


def parts(sheet: str | bytes, strings: str = "") -> dict[str, str | bytes]:
    """The parts of a workbook of one sheet named `S`, by their names."""
    relations = SHEET_RELATION + (STRINGS_RELATION if strings else "")
    made: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}">'
        f'<Relationship Id="r" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
        '<sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{relations}</Relationships>',
        "xl/worksheets/sheet1.xml": sheet,
    }
    if strings:
        made["xl/sharedStrings.xml"] = strings
    return made


def packed(made: dict[str, str | bytes]) -> bytes:
    """Parts as an archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in made.items():
            archive.writestr(name, content)
    return stream.getvalue()


def workbook(sheet: str | bytes, strings: str = "") -> bytes:
    """A workbook of one sheet named `S`."""
    return packed(parts(sheet, strings))
