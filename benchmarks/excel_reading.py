"""Reading workbooks: our time, guard included, beside openpyxl's, by `python -m benchmarks.excel_reading`."""

import io
import os
import re
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.timing import median_of

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "crime"
LARGEST = SHARED / "cts-prisons-and-prisoners.2023-05-11.xlsx"
ROWS, COLUMNS = 65_800, 13


def reading_a_large_workbook() -> float:
    """The largest published workbook, 65,800 rows by 13 columns, where it lies beside the checkout; else a made one."""
    from comity.evidence.workbooks.workbook import read_workbook

    data = LARGEST.read_bytes() if LARGEST.exists() else _made()
    return median_of(5, lambda: read_workbook(data, "workbook.xlsx"))


def _made() -> bytes:
    """A workbook of the shape of the largest published one: eleven columns of few texts, two of numbers."""
    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for row in range(ROWS):
            sheet.write_row(row, 0, [f"text {(row + column) % 90}" for column in range(COLUMNS - 2)])
            sheet.write_row(row, COLUMNS - 2, [2000 + row % 24, row / 7])
    return stream.getvalue()


def _read_by_openpyxl(data: bytes) -> int:
    """Load in openpyxl's default mode and take every value, as a reader of all cells must; gives how many there are."""
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        book = openpyxl.load_workbook(io.BytesIO(data))
    sheets = book.worksheets
    return sum(value is not None for sheet in sheets for row in sheet.iter_rows(values_only=True) for value in row)


def _without_drawings(data: bytes) -> bytes:
    """The same workbook without its sheets' relations to drawings."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as copy:
        for entry in archive.infolist():
            content = archive.read(entry)
            if entry.filename.endswith(".xml.rels"):
                content = re.sub(rb'<Relationship [^>]*relationships/drawing"[^>]*>', b"", content)
            copy.writestr(entry, content)
    return stream.getvalue()


BENCHMARKS: list[tuple[str, Callable[[], float], float]] = [
    ("a workbook of 855,400 cells, guard included", reading_a_large_workbook, 1.5),
]


def main() -> None:
    """Print for each published workbook our time, openpyxl's, and how many times faster ours is."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comity.site.settings")
    django.setup()
    from comity.evidence.workbooks.workbook import read_workbook

    files = {path.name: path.read_bytes() for path in sorted(SHARED.glob("*.xlsx"))} or {"made.xlsx": _made()}
    for name, data in files.items():
        said, theirs = "", data
        try:
            _read_by_openpyxl(data)
        except KeyError:
            theirs = _without_drawings(data)
            said = " (openpyxl cannot read it as it is, a drawing is missing: timed on a copy without)"
        cells = sum(len(sheet.rows) * sheet.width for sheet in read_workbook(data, name).sheets)
        ours = median_of(5, lambda data=data, name=name: read_workbook(data, name))
        peer = median_of(3, lambda theirs=theirs: _read_by_openpyxl(theirs))
        print(
            f"{name}, {cells:,} cells: {ours * 1000:,.1f} ms, openpyxl {peer * 1000:,.1f} ms, "
            f"{peer / ours:.1f} times as fast{said}",
            flush=True,
        )


if __name__ == "__main__":
    main()
