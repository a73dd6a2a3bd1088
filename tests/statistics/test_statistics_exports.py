"""Exports: whole, cited, harmless to spreadsheet programs, and the same bytes each time."""

import csv
import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pyarrow.parquet
import pytest
from django.utils import translation
from examples.releases import release
from examples.statistics import observation
from hypothesis import given, settings
from hypothesis import strategies as st
from matrices import examples

from comity.areas.gazetteer import Area, Gazetteer, Name
from comity.evidence.errors import BadInput, WorkspaceError
from comity.evidence.files.formula_signs import bare, inert
from comity.observations.observation import RECORD, STATUSES
from comity.statistics import figures
from comity.statistics.exports import downloads, workbook, writers
from comity.statistics.exports.writers import Form, export, export_json, form_of
from comity.statistics.releases import query
from comity.statistics.releases.files import Release
from comity.statistics.releases.query import Selection

KNOWN = date(2014, 12, 31)
NAMES = Gazetteer(
    [Area("076", "BR", "BRA", "state", None, None, True, ""), Area("XKX", None, None, "area", None, None, True, "")],
    [Name("076", "en", "short", "Brazil", None, None, True, "")],
    [],
    [],
)
NASTY = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=12)


def exported(one: Release | list[Release], form: Form, selection: Selection | None = None, **more: object) -> bytes:
    """The bytes of an export."""
    stream = io.BytesIO()
    releases = one if isinstance(one, list) else [one]
    export(selection or Selection(), releases, NAMES, form, stream, as_at=KNOWN, **more)  # type: ignore[arg-type]
    return stream.getvalue()


def rows_of(data: bytes) -> list[dict[str, str]]:
    """The rows of a CSV behind its notes."""
    lines = data.decode().splitlines(keepends=True)
    while lines[0].startswith("# "):
        lines.pop(0)
    return list(csv.DictReader(io.StringIO("".join(lines), newline="")))


def test_csv_states_what_the_command_states(tmp_path: Path) -> None:
    one = release(
        tmp_path / "r",
        observation(value=50108.0),
        observation("XKX", value=None, status="Q"),
        observation(period="2011", value=22.45, breakdown="mechanism:firearm, rifle", repeat=2),
        observation(period="2010", sex="F", age="Y15T29", citizenship="NAT", iccs=""),
    )
    found = query.select([one], Selection())
    expected = [
        {name: "" if cell is None else str(cell) for name, cell in zip(RECORD, row, strict=True)}
        for row in figures.records(found, NAMES)
    ]
    assert rows_of(exported(one, Form.CSV)) == expected
    assert {row["name"] for row in expected} == {"Brazil", "XKX"}
    assert {row["iso3"] for row in expected} == {"BRA", ""}


@settings(max_examples=examples(15))
@given(st.lists(st.tuples(NASTY, NASTY, NASTY), min_size=1, max_size=8))
def test_every_text_and_address_comes_back(
    tmp_path_factory: pytest.TempPathFactory, texts: list[tuple[str, ...]]
) -> None:
    observations = [
        observation(
            indicator=f"i{number}{indicator}", breakdown=f"d:{breakdown}", source=source, period=str(1990 + number)
        )
        for number, (indicator, breakdown, source) in enumerate(texts)
    ]
    one = release(tmp_path_factory.mktemp("release") / "r", *observations, dataset="a.b, c")
    rows = list(figures.records(query.select([one], Selection()), NAMES))
    stream = io.BytesIO(exported(one, Form.PARQUET))
    parquet = [tuple(row[name] for name in RECORD) for row in pyarrow.parquet.read_table(stream).to_pylist()]
    assert parquet == rows
    source, place, figure = (RECORD.index(name) for name in ("source", "place", "figure"))
    lines = list(csv.reader(io.StringIO(exported(one, Form.CSV, with_notes=False).decode(), newline="")))[1:]
    for line, row in zip(lines, rows, strict=True):
        assert line[figure] == row[figure]
        assert line[place] == row[place]
        assert line[source] == inert(row[source])
        assert bare(line[source]) == row[source]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+cmd", "'+cmd"),
        ("-", "'-"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("'=1", "''=1"),
        ("=1\n+2", "'=1\n+2"),
        ("＝1+1", "'＝1+1"),
        (" \ufeff=1", "' \ufeff=1"),
        ('"=1"', '\'"=1"'),
        ("-5", "-5"),
        ("+1,234.5", "+1,234.5"),
        ("-1e-5", "-1e-5"),
        ("<5", "<5"),
        ("'quoted'", "'quoted'"),
        ("5-6", "5-6"),
    ],
)
def test_no_text_of_a_csv_is_a_formula_and_numbers_stand(tmp_path: Path, text: str, cell: str) -> None:
    one = release(tmp_path / "r", observation(text=text, source=text))
    (row,) = rows_of(exported(one, Form.CSV))
    assert (row["text"], row["source"]) == (cell, cell)


def test_no_note_of_a_csv_is_parted_into_formulas(tmp_path: Path) -> None:
    one = replace(release(tmp_path / "r", observation()), title='Homicide,=HYPERLINK("http://a.example")')
    assert "# Title: Homicide,'=HYPERLINK" in exported(one, Form.CSV).decode()


def test_a_workbook_holds_texts_as_texts(tmp_path: Path) -> None:
    one = release(tmp_path / "r", observation(text="=1+1", source="https://example.org", note="007", value=25.5))
    book = openpyxl.load_workbook(io.BytesIO(exported(one, Form.XLSX)))
    headings, row = book["Observations"].iter_rows()
    cells = {heading.value: cell for heading, cell in zip(headings, row, strict=True)}
    assert [cell.value for cell in headings] == list(RECORD)
    assert (cells["text"].value, cells["text"].data_type) == ("=1+1", "s")
    assert cells["source"].hyperlink is None
    assert cells["note"].value == "007"
    assert (cells["area"].value, cells["value"].value) == ("076", 25.5)


def test_a_workbook_goes_on_over_further_sheets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "LAST_ROW", 4)
    one = release(tmp_path / "r", *(observation(period=str(year)) for year in range(2000, 2007)))
    book = openpyxl.load_workbook(io.BytesIO(exported(one, Form.XLSX)))
    assert book.sheetnames == ["Notes", "Observations", "Observations 2", "Observations 3"]
    column = RECORD.index("period") + 1
    periods = [[row[column - 1].value for row in book[name].iter_rows(min_row=2)] for name in book.sheetnames[1:]]
    assert periods == [["2000", "2001", "2002"], ["2003", "2004", "2005"], ["2006"]]
    said = [cell.value for row in book["Notes"].iter_rows() for cell in row if cell.value]
    assert any("7 observations" in line and "Observations 3" in line for line in said)


def test_exactly_full_a_sheet_has_no_empty_one_behind_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "LAST_ROW", 4)
    one = release(tmp_path / "r", *(observation(period=str(year)) for year in range(2000, 2003)))
    assert openpyxl.load_workbook(io.BytesIO(exported(one, Form.XLSX))).sheetnames == ["Notes", "Observations"]


def test_a_text_that_no_cell_holds_is_refused_and_not_cut(tmp_path: Path) -> None:
    one = release(tmp_path / "r", observation(note="x" * 32_768))
    with pytest.raises(BadInput, match="32767 characters"):
        exported(one, Form.XLSX)
    assert rows_of(exported(one, Form.CSV))[0]["note"] == "x" * 32_768


@pytest.mark.parametrize("form", list(Form))
def test_the_same_observations_give_the_same_bytes(tmp_path: Path, form: Form) -> None:
    one = release(tmp_path / "r", *(observation(period=str(year)) for year in range(2000, 2010)))
    assert exported(one, form) == exported(one, form)


@pytest.mark.parametrize("form", list(Form))
def test_each_form_says_what_it_is_and_how_to_cite_it(tmp_path: Path, form: Form) -> None:
    one = release(tmp_path / "r", observation())
    data = exported(one, form, Selection(areas=("076",), first="2010", last="2012"))
    if form is Form.CSV:
        said = data.decode()
    elif form is Form.PARQUET:
        metadata = pyarrow.parquet.read_metadata(io.BytesIO(data)).metadata
        said = "\n".join(line for key, value in metadata.items() if key[:1] != b"A" for line in json.loads(value))
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
        said = "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)
    for expected in (
        "areas: Brazil (076); period: 2010–2012",
        "2014-12-31",
        "homicide@2014-10-06",
        "UNODC, “Homicide, “victims””, published 2014-10-06",
        "licence: CC BY 4.0",
        one.digest,
        "Q: missing: suppressed",
        "place: place in the file",
        "takes no position on status",
    ):
        assert expected in said


def test_notes_name_only_releases_that_speak(tmp_path: Path) -> None:
    speaks = release(tmp_path / "a", observation())
    silent = release(tmp_path / "b", observation("250"), dataset="robbery")
    data = exported([silent, speaks], Form.CSV, Selection(areas=("076",)))
    assert b"robbery" not in data
    assert [row["release"] for row in rows_of(data)] == ["homicide@2014-10-06"]


def test_chunks_of_areas_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    areas = ["076", "004", "250", "XKX"]
    one = release(tmp_path / "r", *(observation(area, str(year)) for area in areas for year in range(2000, 2005)))
    whole = {form: exported(one, form) for form in Form}
    monkeypatch.setattr(writers, "SORTED_AT_ONCE", 6)
    for form in (Form.CSV, Form.XLSX):
        assert exported(one, form) == whole[form]
    tables = [
        pyarrow.parquet.read_table(io.BytesIO(data)) for data in (whole[Form.PARQUET], exported(one, Form.PARQUET))
    ]
    assert tables[0].to_pylist() == tables[1].to_pylist()
    for limit in (1, 5, 6, 11, 20, 99):
        assert rows_of(exported(one, Form.CSV, limit=limit)) == rows_of(whole[Form.CSV])[:limit]


@settings(max_examples=examples(10))
@given(text=NASTY, note=NASTY, value=st.none() | st.floats(allow_nan=False, allow_infinity=False))
def test_json_states_what_the_command_states_and_how_many(
    tmp_path_factory: pytest.TempPathFactory, text: str, note: str, value: float | None
) -> None:
    rows = [observation(text=text, note=note, value=value), observation(area="XKX", period="2011", value=3.0)]
    one = release(tmp_path_factory.mktemp("json") / "r", *rows)
    stream = io.BytesIO()
    assert export_json(Selection(), [one], NAMES, stream, as_at=KNOWN) == 2
    made = json.loads(stream.getvalue())
    stated = [figures.record(found, NAMES) for found in query.stream([one], Selection())]
    assert made == {
        "as_at": "2014-12-31",
        "releases": [one.id],
        "headline_series": [],
        "observations": stated,
        "count": 2,
    }


def test_json_of_nothing_holds_nothing(tmp_path: Path) -> None:
    one, stream = release(tmp_path / "r", observation()), io.BytesIO()
    assert export_json(Selection(areas=("004",)), [one], NAMES, stream, as_at=KNOWN) == 0
    assert json.loads(stream.getvalue())["observations"] == []


@pytest.mark.parametrize("form", list(Form))
def test_nothing_found_is_a_file_without_rows(tmp_path: Path, form: Form) -> None:
    one = release(tmp_path / "r", observation())
    stream = io.BytesIO()
    assert export(Selection(areas=("004",)), [one], NAMES, form, stream, as_at=KNOWN) == 0
    assert export(Selection(), [], NAMES, form, io.BytesIO(), as_at=KNOWN) == 0
    if form is Form.PARQUET:
        assert pyarrow.parquet.read_table(io.BytesIO(stream.getvalue())).column_names == list(RECORD)


def test_a_damaged_release_is_said_in_a_sentence(tmp_path: Path) -> None:
    one = release(tmp_path / "r", observation())
    one.data.write_bytes(b"PAR1 no longer")
    with pytest.raises(WorkspaceError, match="cannot be read"):
        exported(one, Form.CSV)


def test_every_status_and_column_is_explained() -> None:
    assert set(writers.statuses_in_words()) == STATUSES
    assert tuple(writers.columns_in_words()) == RECORD


def test_the_form_is_by_the_name() -> None:
    assert form_of("a.b/Robbery.XLSX") is Form.XLSX
    with pytest.raises(BadInput, match=r"\.csv, \.parquet, \.xlsx"):
        form_of("robbery.ods")


def test_a_kept_file_is_given_only_for_all_that_it_was_made_from(tmp_path: Path) -> None:
    one = release(tmp_path / "one", observation())
    renamed = Gazetteer(NAMES.areas.values(), [Name("076", "en", "short", "Brasil", None, None, True, "")], [], [])

    def digest(
        form: str = "csv",
        about: Release = one,
        names: Gazetteer = NAMES,
        day: date = KNOWN,
        headlines: tuple[str, ...] = (),
    ) -> str:
        return downloads._digest(form, Selection(), [about], names, day, headlines)

    with translation.override("fr"):
        in_french = digest()
    others = [
        digest("json"),
        digest(headlines=("homicide",)),
        digest(names=renamed),
        digest(day=date(2020, 1, 1)),
        *(
            digest(about=replace(one, **{name: "other"}))
            for name in ("id", "digest", "title", "publisher", "licence", "note")
        ),
        digest(about=replace(one, in_full=True)),
        in_french,
    ]
    assert len({digest(), *others}) == 1 + len(others)
    assert digest() == digest()
