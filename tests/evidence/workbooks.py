"""Workbooks made by hand for the tests, right and wrong ones."""

import io
import struct
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
SHEET_RELATION = f'<Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
STRINGS_RELATION = f'<Relationship Id="rId2" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
STYLES_RELATION = f'<Relationship Id="rId3" Type="{RELATIONS}/styles" Target="styles.xml"/>'


def sheet_xml(rows: str, before: str = "", after: str = "") -> str:
    """A sheet part about some rows."""
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def cell(reference: str, value: object = 1, attributes: str = "") -> str:
    """A cell as programs write it."""
    return f'<c r="{reference}"{attributes}><v>{value}</v></c>'


def row(number: int, *cells: str) -> str:
    """A row as programs write it."""
    return f'<row r="{number}">{"".join(cells)}</row>'


def styles_xml(*numbers: int, formats: str = "") -> str:
    """A part of styles: the number of the format of each style of cells, and `<numFmt>` for formats of one's own."""
    listed = "".join(f'<xf numFmtId="{number}"/>' for number in numbers)
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'
        f"<cellXfs>{listed}</cellXfs></styleSheet>"
    )


def parts(sheet: str | bytes, strings: str = "", styles: str = "") -> dict[str, str | bytes]:
    """The parts of a workbook of one sheet named `S`, by their names."""
    relations = SHEET_RELATION + (STRINGS_RELATION if strings else "") + (STYLES_RELATION if styles else "")
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
    if styles:
        made["xl/styles.xml"] = styles
    return made


def packed(made: dict[str, str | bytes]) -> bytes:
    """Parts as an archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in made.items():
            archive.writestr(name, content)
    return stream.getvalue()


def workbook(sheet: str | bytes, strings: str = "", styles: str = "") -> bytes:
    """A workbook of one sheet named `S`."""
    return packed(parts(sheet, strings, styles))


def compound(*names: str, deeper: tuple[str, ...] = (), before: int = 0) -> bytes:
    """A compound file as old Office programs write: streams at its top, others in a storage, some sectors before all.

    [MS-CFB]: sectors of 512 bytes, the first holds the table of sectors; the directory follows those before it.
    """
    none = 0xFFFFFFFF

    def entry(name: str, kind: int, right: int = none, child: int = none) -> bytes:
        text = name.encode("utf-16-le")
        header = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text) + 2, kind, 1, none, right, child)
        return header.ljust(128, b"\0")

    top = [*names, "ObjectPool"] if deeper else list(names)
    entries = [entry("Root Entry", 5, child=1 if top else none)]
    for number, name in enumerate(top, start=1):
        storage = name == "ObjectPool"
        right = number + 1 if number < len(top) else none
        entries.append(entry(name, 1 if storage else 2, right, len(top) + 1 if storage else none))
    for number, name in enumerate(deeper, start=len(top) + 1):
        entries.append(entry(name, 2, number + 1 if number < len(top) + len(deeper) else none))
    directory = b"".join(entries).ljust((len(entries) + 3) // 4 * 512, b"\0")
    first = 1 + before
    last = first + len(directory) // 512 - 1
    table = [number + 1 if first <= number < last else none - 1 for number in range(128)]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH6xII", 62, 3, 0xFFFE, 9, 6, 0, 1)
    header += struct.pack("<IIIIIII", first, 0, 4_096, none - 1, 0, none - 1, 0) + struct.pack(
        "<109I", 0, *[none] * 108
    )
    return header + struct.pack("<128I", *table) + b"\0" * 512 * before + directory
