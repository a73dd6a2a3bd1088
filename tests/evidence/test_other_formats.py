"""A file that cannot be read is told for what it is, by its content, with what to do."""

import gzip
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workbooks import compound, packed, sheet_xml, workbook

from comity.evidence.files.refused_formats import names_in_zip, other_format
from comity.evidence.workbooks.workbook import is_workbook

XLS = "an Excel 97–2003 workbook (.xls); save it as .xlsx"
TYPES = {"[Content_Types].xml": "<Types/>"}
OPEN = "application/vnd.oasis.opendocument."


def kind_of(name: str, data: bytes) -> str | None:
    """What a file is and what to do with it, in one line; None where nothing is known of it."""
    other = other_format(name, data)
    return f"{other.what}; {other.remedy}" if other else None


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (compound("Workbook"), XLS),
        (compound("\x05SummaryInformation", "Book"), XLS),
        (compound("a", "b", "c", "d", "e", "Workbook", before=3), XLS),
        (compound("Workbook", deeper=("WordDocument",)), XLS),
        (b"\t\x08\x08\0\0\x05", "a workbook of Excel before 1997 (.xls); save it as .xlsx"),
        (
            compound("EncryptionInfo", "EncryptedPackage"),
            "a workbook locked with a password; save it without one as .xlsx",
        ),
        (
            packed({"mimetype": OPEN + "spreadsheet", "content.xml": ""}),
            "an OpenDocument spreadsheet (.ods); save it as",
        ),
        (packed({"mimetype": OPEN + "text", "content.xml": ""}), "an OpenDocument text (.odt); save its table as"),
        (packed({"content.xml": "", "mimetype": OPEN + "spreadsheet"}), "an OpenDocument file"),
        (packed(TYPES | {"xl/workbook.bin": ""}), "a binary Excel workbook (.xlsb); save it as .xlsx"),
        (packed(TYPES | {"word/document.xml": ""}), "a Word document (.docx); save its table as .xlsx"),
        (packed(TYPES | {"ppt/presentation.xml": ""}), "a PowerPoint presentation (.pptx)"),
        (compound("WordDocument", deeper=("Workbook",)), "a Word 97–2003 document (.doc)"),
        (compound("PowerPoint Document"), "a PowerPoint 97–2003 presentation (.ppt)"),
        (compound("__properties_version1.0"), "an Office 97–2003 file"),
        (b"%PDF-1.4\n", "a PDF document"),
        (b"{\\rtf1", "a Rich Text document"),
        (b"\x89PNG\r\n\x1a\n", "an image (PNG)"),
        (b"\xff\xd8\xff\xe0", "an image (JPEG)"),
        (b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0", "an image (BMP)"),
        (gzip.compress(b"a,b", mtime=0), "a file packed by gzip; unpack it"),
        (b"PAR1\x15\x04", "a data file of Parquet; save its table as .csv or .xlsx"),
        (b"SQLite format 3\0", "a data file of SQLite"),
        (packed({"a.csv": "", "b.csv": ""}), "a zip archive; unpack it: it holds a.csv, b.csv"),
        (packed({f"{letter}.csv": "" for letter in "abcde"}), "it holds a.csv, b.csv, c.csv and 2 more"),
        (packed({"Index/Document.iwa": ""}), "an Apple Numbers, Pages or Keynote file; export it as .xlsx"),
        (packed({}), "a zip archive; unpack it"),
    ],
)
def test_kinds_are_known_by_their_content(data: bytes, kind: str) -> None:
    for name in ("a", "a.csv", "a.xlsx", "a.xls", "A.ODS"):
        assert str(kind_of(name, data)).startswith(kind) or kind in str(kind_of(name, data))


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"<html><table>", "a web page (HTML)"),
        (b"\xef\xbb\xbf \n<TABLE border=1>", "a web page (HTML)"),
        (b'<?xml version="1.0"?><!-- a --> <!-- b --><!DOCTYPE html>', "a web page (HTML)"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n", "a web archive (MHTML)"),
        (b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>', "an Excel 2003 workbook in XML"),
    ],
)
def test_pages_that_are_named_as_old_workbooks(start: bytes, kind: str) -> None:
    said = str(kind_of("a.xls", start))
    assert said.startswith(kind)
    assert said.endswith("; save it as .xlsx")
    assert str(kind_of("a", start)).startswith(kind)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"Country,Value\nAFG,1\n",
        b"BMI,value\n",
        b"PAR1,value\n",
        b"PK,value\n",
        b"<akomaNtoso/>",
        "Land;Größe\n".encode("latin-1"),
        "a,b\n".encode("utf-16"),
        "a,b\n".encode("utf-16-le"),
        "a,b\n".encode("utf-32"),
        b"\xff\xfe" + "<html>".encode("utf-16-le"),
        workbook(sheet_xml("")),
        workbook(sheet_xml(""))[:-300],
    ],
)
def test_texts_and_workbooks_are_left_to_their_readers(data: bytes) -> None:
    for name in ("a", "a.csv", "a.xls", "a.ods", "a.xlsx"):
        assert kind_of(name, data) is None


@pytest.mark.parametrize("length", [8, 34, 76, 511, 512, 600, 1_050])
def test_an_old_workbook_that_is_cut_short_is_known_by_its_name(length: int) -> None:
    data = compound("Workbook")[:length]
    assert kind_of("old.xls", data) == XLS
    assert ".xls" in str(kind_of("old", data))
    assert ".doc" in str(kind_of("old.doc", data))


def test_a_locked_document_is_told_from_a_locked_workbook() -> None:
    assert kind_of("a.docx", compound("EncryptedPackage")) == "a document locked with a password; save it without one"


def test_a_directory_that_leads_round_in_circles_comes_to_an_end() -> None:
    data = bytearray(compound("a", "b", "c", "d", "Workbook"))
    data[512 + 4 : 512 + 8] = (1).to_bytes(4, "little")
    assert "Office 97–2003" in str(kind_of("a", bytes(data)))


def test_what_looks_like_a_workbook_is_one_by_its_own_parts() -> None:
    inner = workbook(sheet_xml(""))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("word/document.xml", "<a/>")
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/embeddings/table.xlsx", inner)
    assert b"xl/workbook.xml" in stream.getvalue()
    assert not is_workbook(stream.getvalue())
    assert "(.docx)" in str(kind_of("a.xlsx", stream.getvalue()))
    folder = packed({"copy/[Content_Types].xml": "", "copy/xl/workbook.xml": "", "note [Content_Types].xml xl/": ""})
    assert not is_workbook(folder)
    assert "it holds copy/[Content_Types].xml" in str(kind_of("a.xlsx", folder))
    assert not is_workbook(packed(TYPES | {"xl/workbook.bin": ""}))
    assert is_workbook(inner)
    assert is_workbook(inner[:-60])
    assert is_workbook(packed(TYPES | {"xl\\workbook.xml": ""}))


def test_names_of_parts() -> None:
    listed = {"a.csv": "x" * 1_000, "Größe/é.csv": "", "東京.csv": ""}
    data = packed(dict(listed))
    assert names_in_zip(data) == list(listed)
    assert names_in_zip(b"before" + data) == list(listed)
    assert names_in_zip(data[:-10]) == list(listed)
    assert names_in_zip(b"PK\x03\x04") == []


def test_names_of_parts_in_an_archive_of_the_large_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 10)
    data = packed({"a.csv": "", "b.csv": ""})
    assert b"PK\x06\x07" in data
    assert names_in_zip(data) == ["a.csv", "b.csv"]


STARTS = [
    compound("Workbook", "WordDocument")[:1_300],
    compound()[:512],
    packed({"a.csv": "x", "mimetype": ""}),
    packed({"mimetype": OPEN + "text", "content.xml": ""})[:120],
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"PK\x01\x02",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"\x1f\x8b\x08",
    b"PAR1",
    b"BM",
    b"RIFF",
    b"%PDF-",
    b"<?xml ",
    b"<!--" * 9,
    b"MIME-Version:",
]


@given(
    st.sampled_from(STARTS), st.lists(st.tuples(st.integers(0, 2_000), st.binary(max_size=6)), max_size=6), st.binary()
)
def test_any_bytes_after_any_beginning(start: bytes, changes: list[tuple[int, bytes]], rest: bytes) -> None:
    data = bytearray(start + rest)
    for at, new in changes:
        place = 4 + at % len(data)
        data[place : place + len(new)] = new
    for name in ("a", "a.xls", ".", ""):
        found = kind_of(name, bytes(data))
        assert found is None or found
    is_workbook(bytes(data))


@given(st.binary(max_size=400))
def test_any_bytes(data: bytes) -> None:
    other = other_format("a.xls", data)
    assert other is None or (other.what and other.remedy)


@pytest.mark.shared
def test_the_old_workbook_that_was_handed_in(shared: Path) -> None:
    path = shared / "hard-cases" / "old-excel.xls"
    assert kind_of(path.name, path.read_bytes()) == XLS
