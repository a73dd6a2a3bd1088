"""Facts of workbooks and of large tables are found in their origin, quickly, and shown on its pages."""

import io
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from django.test import Client
from django.urls import reverse
from workbooks import sheet_xml, workbook

from comity.evidence import store
from comity.evidence.errors import WorkspaceError
from comity.evidence.figures import Fact
from comity.evidence.workspaces import workspace

pytestmark = pytest.mark.django_db

HEADINGS = ["Iso3_code", "Country", "Year", "VALUE", "Source"]


def keep(data: bytes, file: str) -> str:
    return str(store.keep_origin(data, store.Source(file=file, title=file), at=store.now()).pk)


def fact(origin: str, place: str) -> Fact[str]:
    return Fact("", "", "", "", origin, "f", place, store.now(), date(2024, 1, 1))


@pytest.fixture
def book() -> str:
    """An origin: two titles, a heading, 400 rows; a wide sheet with an odd name; a hidden and empty one."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False}) as made:
        data = made.add_worksheet("data")
        data.write(0, 0, "Office")
        data.write_formula(0, 1, "=1+1", value=2)
        data.write_row(2, 0, HEADINGS)
        for index in range(400):
            data.write_row(3 + index, 0, ["ARM", "Armenia & <b>", 2000 + index, index / 8, ""])
        made.add_worksheet("بيانات ! 1").write_row(0, 0, list(range(120)))
        made.add_worksheet("later").hide()
    return keep(stream.getvalue(), "book.xlsx")


def test_control_characters_of_files_are_visible_on_every_page(client: Client) -> None:
    held = "a_x001B_[31mb_x0007_c_x007F_d\u0085e\nf"
    rows = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{held}</t></is></c></row>'
    origins = {
        keep(workbook(sheet_xml(rows)), "a\x1b.xlsx"): "S!A1",
        keep(b"a\x1b[31mb\x07c\x7fd\xc2\x85e\nf", "a.csv"): "1",
    }
    for origin, place in origins.items():
        for address in (reverse("origin", args=[origin]), reverse("place", args=[origin, place])):
            page = client.get(address).content.decode()
            assert not set(page) & {*map(chr, range(32)), *map(chr, range(0x7F, 0xA0))} - {"\n", "\t", "\r"}
            assert r"a\x1b[31mb\x07c\x7fd" in page


def test_facts_stand_in_cells(book: str) -> None:
    assert store.stands(fact(book, "data!D12")) == "1"
    assert store.stands(fact(book, "data!D5")) == "0.125"
    assert store.stands(fact(book, "data!E5")) == ""
    assert store.stands(fact(book, "بيانات ! 1!DP1")) == "119"
    for nowhere in ("data!F5", "data!A404", "Data!A1", "5", "5:VALUE", "data!"):
        assert store.stands(fact(book, nowhere)) is None


def test_an_origin_that_was_changed_after_it_was_read_is_noticed(book: str) -> None:
    assert store.stands(fact(book, "data!D12")) == "1"
    path = workspace.home() / "origins" / book
    kept = path.read_bytes()
    try:
        path.write_bytes(kept[:-1])
        with pytest.raises(WorkspaceError, match="no longer those"):
            store.stands(fact(book, "data!D12"))
        path.unlink()
        with pytest.raises(WorkspaceError, match="missing"):
            store.stands(fact(book, "data!D12"))
    finally:
        path.write_bytes(kept)


def count_readings(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often the bytes of each origin are read from here on."""
    read = Counter[str]()
    bytes_of = store.origin_bytes

    def counted(sha256: str) -> bytes:
        read[sha256] += 1
        return bytes_of(sha256)

    monkeypatch.setattr(store, "origin_bytes", counted)
    return read


def test_thousands_of_facts_of_a_large_table_are_checked_in_one_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    read = count_readings(monkeypatch)
    rows = "\n".join(f"{number}\tname {number}\t{number * 7}" for number in range(2, 17_000))
    origin = keep(f"code\tname\tvalue\n{rows}\n".encode(), "large.tsv")
    assert all(store.stands(fact(origin, f"{line}:value")) == str(line * 7) for line in range(2, 17_000))
    assert read == {origin: 1}


def test_page_of_a_workbook_shows_rows_by_number_and_letter(client: Client, book: str) -> None:
    page = client.get(reverse("origin", args=[book])).content.decode()
    assert "Rows 1 to 100 of 403" in page
    assert "1 cell holds a formula" in page
    assert '<th scope="col">E</th>' in page
    assert '<tr id="R100">' in page
    assert '<tr id="R101">' not in page
    assert "Armenia &amp; &lt;b&gt;" in page
    assert page.count('<span class="mark">hidden</span>') == 1
    assert '<tr id="R403">' in client.get(reverse("origin", args=[book]), {"page": 5}).content.decode()


def test_page_of_another_sheet_and_its_further_columns(client: Client, book: str) -> None:
    page = client.get(reverse("origin", args=[book]), {"sheet": 2, "columns": 3}).content.decode()
    assert "<caption><bdi>بيانات ! 1</bdi></caption>" in page
    assert "CW–DP" in page
    assert '<th scope="col">DP</th>' in page
    assert '<th scope="col">A</th>' not in page
    assert "This sheet is empty" in client.get(reverse("origin", args=[book]), {"sheet": 3}).content.decode()


def test_page_of_a_cell_highlights_it_under_the_heading(client: Client, book: str) -> None:
    page = client.get(reverse("place", args=[book, "data!D12"])).content.decode()
    assert page.count('aria-current="location"') == 2
    assert '<td class="here" aria-current="location"><a href' in page
    assert [number for number in range(1, 404) if f'<tr id="R{number}"' in page] == [3, *range(8, 17)]
    assert '<th scope="row"><bdi>VALUE</bdi></th><td><bdi>1</bdi></td>' in page
    assert f"{reverse('origin', args=[book])}?sheet=1&amp;columns=1&amp;page=1#R12" in page
    assert 'tabindex="0" dir="ltr"' in page


def test_page_of_a_cell_far_across_shows_its_part_of_the_row(client: Client, book: str) -> None:
    page = client.get(reverse("place", args=[book, "بيانات ! 1!DP1"])).content.decode()
    assert '<th scope="row"><bdi>DP</bdi></th><td><bdi>119</bdi></td>' in page
    assert "columns=3" in page


@pytest.mark.parametrize("place", ["data!F5", "nothing!A1", "12", "data!XFE1", "data"])
def test_page_of_a_cell_that_is_not_there(client: Client, book: str, place: str) -> None:
    answer = client.get(reverse("place", args=[book, place]))
    assert answer.status_code == 404
    assert "a place in the origin" in answer.content.decode()


def test_page_of_a_file_that_is_neither_text_nor_workbook(client: Client) -> None:
    for data in (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", workbook(sheet_xml(""))[:-60]):
        origin = keep(data, "f.bin")
        assert "not a text" in client.get(reverse("origin", args=[origin])).content.decode()
        assert client.get(reverse("place", args=[origin, "1"])).status_code == 404


def test_page_of_a_table_with_a_quote_left_open(client: Client) -> None:
    origin = keep(b'a,b\n1,"2\n', "open.csv")
    assert client.get(reverse("place", args=[origin, "2"])).status_code == 200
    assert client.get(reverse("place", args=[origin, "2:a"])).status_code == 404


def test_arabic_page_keeps_the_sheet_from_left_to_right(client: Client, book: str) -> None:
    page = client.get("/ar" + reverse("place", args=[book, "data!D12"])).content.decode()
    assert 'dir="rtl"' in page
    assert '<div class="scroll" role="group" aria-labelledby="cell" tabindex="0" dir="ltr">' in page


def test_pages_of_large_origins_are_made_from_one_reading(
    client: Client, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = count_readings(monkeypatch)
    for file, place in (
        ("population/wpp2019-female-by-age.tsv", "4000:age"),
        ("crime/cts-prisons-and-prisoners.2023-05-11.xlsx", "data_cts_prisons_and_prisoners!L60000"),
    ):
        origin = keep((shared / file).read_bytes(), file)
        for _again in range(3):
            assert client.get(reverse("place", args=[origin, place])).status_code == 200
        assert read[origin] == 1, file
