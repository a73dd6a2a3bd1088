"""Observations as files for others: CSV, Parquet and Excel, whole, with what a reader must know to use and cite them.

The same observations give the same bytes: no clock enters, and the day of knowledge stands for the day of making.
"""

import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

import duckdb

from comity.areas.gazetteer import Gazetteer
from comity.evidence.errors import BadInput, Fault
from comity.evidence.files import formula_signs
from comity.evidence.files.formula_signs import inert_line
from comity.evidence.wording import gettext as _
from comity.evidence.workspaces.patience import stoppable
from comity.observations.observation import RECORD, TOTAL
from comity.statistics.exports.workbook import LONGEST_CELL, Layout, Note
from comity.statistics.releases import query
from comity.statistics.releases.files import Release
from comity.statistics.releases.query import ORDERS, Selection

NUMBERS = frozenset({"value"})
"""Columns that are no texts."""
_PIECE = 1 << 20
EDITION = 3
"""Raised when the files change that are made of the same observations, so that those kept from before are not given."""
SORTED_AT_ONCE = 100_000
"""Observations that are sorted at once."""


class Form(StrEnum):
    """The forms of an export, each the ending of its file's name."""

    CSV = "csv"
    PARQUET = "parquet"
    XLSX = "xlsx"


MEDIA_TYPES = {
    Form.CSV: "text/csv; charset=utf-8",
    Form.PARQUET: "application/vnd.apache.parquet",
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def form_of(name: str) -> Form:
    """The form that a file's name asks for by its ending; raises BadInput for any other."""
    try:
        return Form(Path(name).suffix.lower().removeprefix("."))
    except ValueError:
        endings = ", ".join(f".{form}" for form in Form)
        expected = _("a name that ends in one of %(endings)s") % {"endings": endings}
        raise BadInput(Fault(name, "", name, expected)) from None


def export(
    selection: Selection,
    releases: Iterable[Release],
    names: Gazetteer,
    form: Form,
    stream: BinaryIO,
    *,
    as_at: date,
    with_notes: bool = True,
    limit: int | None = None,
    headlines: Sequence[str] = (),
) -> int:
    """Write the observations that a selection asks of some releases; gives their number.

    Nothing is cut but by `limit`: rows beyond a sheet of Excel go on the next, and a text that no cell holds raises
    BadInput. A CSV for a program that reads it from a pipe goes without notes. `headlines` says which data sets give
    the headline series; see `statistics.headlines.lines`.
    """
    vintages = _speaking(tuple(releases), selection)
    noted = notes(selection, vintages, names, as_at, limit, headlines) if with_notes else []
    with _laid_out(selection, vintages, names, limit) as laid_out:
        if form is Form.XLSX:
            layout = Layout(RECORD, NUMBERS, as_at)
            return layout.write(laid_out.rows(layout), noted, stream, laid_out.folder)
        if form is Form.PARQUET:
            made, count = laid_out.parquet(noted)
            _pass_on(made, stream)
            return count
        stream.write(_front(noted))
        total = 0
        for made, count in laid_out.csv():
            _pass_on(made, stream)
            total += count
    return total


def export_json(
    selection: Selection,
    releases: Iterable[Release],
    names: Gazetteer,
    stream: BinaryIO,
    *,
    as_at: date,
    headlines: Sequence[str] = (),
) -> int:
    """Write the observations as one JSON object: the day, the releases, the observations a line each, and their number,
    by which a reader knows that nothing is missing; gives it."""
    asked = tuple(releases)
    head = {"as_at": as_at.isoformat(), "releases": [one.id for one in asked], "headline_series": list(headlines)}
    stream.write((json.dumps(head, ensure_ascii=False)[:-1] + ', "observations": [').encode())
    total = 0
    with _laid_out(selection, _speaking(asked, selection), names) as laid_out:
        for made in laid_out.json():
            with made.open("rb") as lines:
                for line in lines:
                    stream.write((b",\n" if total else b"\n") + line.rstrip(b"\n"))
                    total += 1
    stream.write(f'\n], "count": {total}}}\n'.encode())
    return total


def _pass_on(made: Path, stream: BinaryIO) -> None:
    with made.open("rb") as data:
        shutil.copyfileobj(data, stream, _PIECE)


def _speaking(releases: Sequence[Release], selection: Selection) -> tuple[Release, ...]:
    """The releases that state any of the observations; all of those asked where none does."""
    if not releases:
        return ()
    where, values = selection.where()
    sql = f"SELECT DISTINCT release FROM {query.source_sql(releases)} WHERE {where} ORDER BY 1"  # noqa: S608
    return tuple(releases[number] for (number,) in query.run(sql, values)) or tuple(releases)


def notes(
    selection: Selection,
    releases: Sequence[Release],
    names: Gazetteer,
    as_at: date,
    limit: int | None = None,
    headlines: Sequence[str] = (),
) -> list[Note]:
    """What stands in the file with the observations: what was asked of which releases, meanings, and how to cite."""
    statuses = tuple(f"{code}: {meaning}" for code, meaning in statuses_in_words().items())
    columns = tuple(f"{column}: {meaning}" for column, meaning in columns_in_words().items())
    return [
        Note(_("Title"), tuple(dict.fromkeys(release.title for release in releases)) or (_("No release"),)),
        Note(_("Selection"), (in_words(selection, names, limit),)),
        *_audience(releases),
        Note(_("State of knowledge"), (as_at.isoformat(),)),
        *([Note(_("Headline series"), tuple(headlines))] if headlines else []),
        Note(_("Releases"), tuple(map(_described, releases))),
        Note(_("How to cite"), tuple(_citation(release, as_at) for release in releases)),
        Note(_("Columns"), columns),
        Note(_("Observation status (SDMX CL_OBS_STATUS)"), statuses),
        Note(_("Designations"), (disclaimer(),)),
    ]


def _audience(releases: Sequence[Release]) -> list[Note]:
    """Whom the file may be shown, where it is made for operators."""
    if not any(release.in_full for release in releases):
        return []
    said = _("operators: what is confidential or withheld is among the observations, and is not for publication")
    return [Note(_("Audience"), (said,))]


def in_words(selection: Selection, names: Gazetteer, limit: int | None = None) -> str:
    """What a selection asks for, in words."""
    parts = {
        _("areas"): [f"{names.label(code)} ({code})" for code in selection.areas],
        _("indicators"): selection.indicators,
        _("ICCS"): selection.iccs,
        _("sex"): selection.sexes,
        _("age"): selection.ages,
        _("citizenship"): selection.citizenships,
        _("breakdown"): selection.breakdowns,
        _("status"): selection.statuses,
        _("period"): [f"{selection.first}–{selection.last}"] if selection.first or selection.last else [],
    }
    said = [f"{what}: {', '.join(values)}" for what, values in parts.items() if values] or [_("all observations")]
    if limit is not None:
        said.append(_("no more than the first %(limit)d") % {"limit": limit})
    return "; ".join(said)


def _described(release: Release) -> str:
    said = {
        _("title"): release.title,
        _("publisher"): release.publisher or _("not stated"),
        _("published"): release.published.isoformat(),
        _("licence"): release.licence or _("not stated"),
        _("file"): release.file,
        _("SHA-256 of the release"): release.digest,
        _("SHA-256 of the file"): release.origin,
        _("note"): release.note,
    }
    return f"{release.id}; " + "; ".join(f"{what}: {value}" for what, value in said.items() if value)


def _citation(release: Release, as_at: date) -> str:
    return _(
        "%(publisher)s, “%(title)s”, published %(published)s; release %(release)s as known on %(as_at)s, "
        "SHA-256 %(digest)s."
    ) % {
        "publisher": release.publisher or _("Publisher not stated"),
        "title": release.title,
        "published": release.published.isoformat(),
        "release": release.id,
        "as_at": as_at.isoformat(),
        "digest": release.digest,
    }


def disclaimer() -> str:
    """What the names of areas do not say."""
    return _(
        "The names of States and areas are those of the lists in use, and their order, grouping or presence takes no "
        "position on status, authorities, frontiers or boundaries. Figures are as their sources report them."
    )


def columns_in_words() -> dict[str, str]:
    """What stands in each column of an observation."""
    return {
        "area": _("code of the State or area: M49, or our own where M49 has none"),
        "iso3": _("ISO 3166-1 code of three letters; blank where there is none"),
        "name": _("English short name of the State or area"),
        "indicator": _("what is measured"),
        "iccs": _("code of the International Classification of Crime for Statistical Purposes; blank where none fits"),
        "sex": _("sex: F, M; _T the total, _U unknown, _Z not applicable"),
        "age": _("age group; _T the total, _U unknown, _Z not applicable"),
        "citizenship": _("citizenship; _T the total, _U unknown, _Z not applicable"),
        "breakdown": _("any further dimension, as dimension:category; _T the total"),
        "period": _("year of the observation"),
        "value": _("the value; blank where none is published, and the status says why"),
        "unit": _("unit of the value"),
        "status": _("status of the observation, by the list below"),
        "confidentiality": _("confidentiality (SDMX CL_CONF_STATUS): F free, C confidential, N not for publication"),
        "text": _("what stands in the file, letter for letter"),
        "source": _("national or other source that the file names"),
        "note": _("what the file says of the observation"),
        "release": _("release that states it"),
        "file": _("file that the release was read from"),
        "place": _("place in the file"),
        "figure": _("address of the observation as a figure"),
    }


def statuses_in_words() -> dict[str, str]:
    """The observation statuses (SDMX CL_OBS_STATUS 2.2), in our words."""
    return {
        "A": _("normal"),
        "B": _("break in the series"),
        "D": _("definition differs"),
        "E": _("estimated"),
        "F": _("forecast"),
        "G": _("experimental"),
        "H": _("no value because of a holiday or weekend"),
        "I": _("imputed"),
        "J": _("derogation"),
        "K": _("included in another category"),
        "L": _("missing: exists and was not collected"),
        "M": _("missing: cannot exist"),
        "N": _("not significant"),
        "O": _("missing, for a reason not stated"),
        "P": _("provisional"),
        "Q": _("missing: suppressed"),
        "S": _("affected by a strike or other special event"),
        "U": _("low reliability"),
        "V": _("not validated"),
        "W": _("includes another category"),
    }


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


# `segment` and `detail` spell out an address as `figures.address` does.
_MACROS = (
    "CREATE MACRO segment(x) AS replace(replace(replace(url_encode(x), '%3A', ':'), '%2C', ','), '.', '%2E')",
    "CREATE MACRO detail(iccs, sex, age, citizenship, breakdown, again) AS regexp_replace(concat_ws('~', "
    f"if(iccs = '', '-', iccs), sex, age, citizenship, breakdown), '(~{TOTAL})+$', '') "
    "|| if(again = 0, '', '~' || again)",
    # Most texts begin with a letter or digit of ASCII, of which no expression needs to be asked.
    "CREATE MACRO inert(x) AS if(NOT (x = '' OR substr(x, 1, 1) BETWEEN 'A' AND 'z' OR substr(x, 1, 1) BETWEEN '0' "
    f"AND '9') AND regexp_matches(x, {_literal('^' + formula_signs.STARTS)}) "
    f"AND NOT regexp_full_match(x, {_literal(formula_signs.NUMBER)}), {_literal(formula_signs.MARK)} || x, x)",
    "CREATE MACRO plain(x) AS if(x = trunc(x) AND abs(x) < 9007199254740992, x::BIGINT::VARCHAR, x::VARCHAR)",
)

_COLUMNS = {
    "iso3": "named.iso3",
    "name": "named.name",
    "release": "vintages.id",
    "file": "vintages.file",
    "figure": "concat_ws('.', 'observation', segment(vintages.dataset), segment(indicator), segment(area), "
    "segment(period), segment(detail(iccs, sex, age, citizenship, breakdown, repeat)))",
}

_ORDER = ORDERS["area"].replace("release", "vintage")


@dataclass(frozen=True)
class _LaidOut:
    """The observations of a selection under the columns of an export, in a database of their own.

    They come in chunks of areas, since sorting all of them at once would need memory for all.
    """

    connection: duckdb.DuckDBPyConnection
    folder: Path
    releases: Sequence[Release]
    selection: Selection
    chunks: Sequence[tuple[tuple[str, ...], int | None]]

    def rows(self, layout: Layout) -> Iterator[str]:
        """The rows as those of a workbook, streamed. Raises BadInput for a text that no cell holds."""
        row = layout.row_sql()
        for areas, limit in self.chunks:
            asked = False
            cursor = self.connection.execute(*self._sql([row], areas, limit))
            while rows := [row for (row,) in cursor.fetchmany(5_000)]:
                if not asked and max(map(len, rows)) > LONGEST_CELL:
                    asked = True  # of all rows of these areas at once
                    self._require_cells(areas, limit)
                yield from rows

    def _require_cells(self, areas: tuple[str, ...], limit: int | None) -> None:
        sql, values = self._sql(RECORD, areas, limit)
        texts = [name for name in RECORD if name not in NUMBERS]
        longest = f"greatest({', '.join(f'length({name})' for name in texts)})"
        longer = f"SELECT * FROM ({sql}) WHERE {longest} > {LONGEST_CELL} LIMIT 1"  # noqa: S608
        for row in self.connection.cursor().execute(longer, values).fetchall():
            column, cell = max(zip(texts, (row[RECORD.index(name)] for name in texts), strict=True), key=_length)
            expected = _("a text of at most %(count)d characters, which a cell holds; CSV and Parquet hold longer ones")
            raise BadInput(Fault(row[-1], column, cell, expected % {"count": LONGEST_CELL}))

    def csv(self) -> Iterator[tuple[Path, int]]:
        """The rows as CSV (RFC 4180, UTF-8, LF) without headings, no text of them a formula: files that follow one
        another, each with its number of rows."""
        cells = [f"plain({name})" if name == "value" else f"nullif(inert({name}), '')" for name in RECORD]
        for areas, limit in self.chunks:
            yield self._copy(*self._sql(cells, areas, limit), "rows.csv", "FORMAT csv, HEADER false, NULLSTR ''")

    def json(self) -> Iterator[Path]:
        """The rows as JSON objects, a line each, in files that follow one another."""
        cells = ["plain(value)::JSON AS value" if name == "value" else name for name in RECORD]
        for areas, limit in self.chunks:
            yield self._copy(*self._sql(cells, areas, limit), "rows.json", "FORMAT json")[0]

    def parquet(self, noted: Iterable[Note]) -> tuple[Path, int]:
        """The rows as Parquet and their number; the notes are its key-value metadata, each a JSON list of lines."""
        metadata = ", ".join(f"{_literal(note.heading)}: {_literal(_as_json(note))}" for note in noted)
        options = f"FORMAT parquet, COMPRESSION zstd, KV_METADATA {{{metadata}}}"
        parts = [
            self._copy(*self._sql(RECORD, areas, limit), f"part-{number}.parquet", "FORMAT parquet")[0]
            for number, (areas, limit) in enumerate(self.chunks)
        ]
        if not parts:
            empty = ", ".join(f"NULL::{'DOUBLE' if name == 'value' else 'VARCHAR'} AS {name}" for name in RECORD)
            return self._copy(f"SELECT {empty} WHERE false", [], "rows.parquet", options)
        files = ", ".join(_literal(str(part)) for part in parts)
        return self._copy(f"SELECT * FROM read_parquet([{files}])", [], "rows.parquet", options)  # noqa: S608

    def _copy(self, sql: str, values: list[str], file: str, options: str) -> tuple[Path, int]:
        path = self.folder / file
        copied = self.connection.execute(f"COPY ({sql}) TO {_literal(str(path))} ({options})", values).fetchone()
        return path, int(copied[0]) if copied else 0

    def _sql(self, cells: Iterable[str], areas: tuple[str, ...], limit: int | None) -> tuple[str, list[str]]:
        where, values = replace(self.selection, areas=areas).where()
        columns = ", ".join(f"{_COLUMNS.get(name, name)} AS {name}" for name in RECORD)
        asked = f"SELECT * FROM {query.source_sql(self.releases)} WHERE {where}"  # noqa: S608
        joined = "asked JOIN named USING (area) JOIN vintages USING (release)"
        bound = "" if limit is None else f" LIMIT {int(limit)}"
        return (
            f"WITH asked AS ({asked}), laid_out AS (SELECT {columns}, repeat, release AS vintage FROM {joined}) "  # noqa: S608
            f"SELECT {', '.join(cells)} FROM laid_out ORDER BY {_ORDER}{bound}"
        ), values


def _in_chunks(areas: Iterable[tuple[str, int]], limit: int | None) -> list[tuple[tuple[str, ...], int | None]]:
    """Areas by their number of observations in chunks to sort at once, the last cut where there is a limit."""
    chunks: list[tuple[tuple[str, ...], int | None]] = []
    chunk: list[str] = []
    size = total = 0
    for area, number in areas:
        if chunk and size + number > SORTED_AT_ONCE:
            chunks.append((tuple(chunk), None))
            chunk, size = [], 0
        chunk.append(area)
        size, total = size + number, total + number
        if limit is not None and total >= limit:
            return [*chunks, (tuple(chunk), size - (total - limit))]
    return [*chunks, (tuple(chunk), None)] if chunk else chunks


@contextmanager
def _laid_out(
    selection: Selection, releases: Sequence[Release], names: Gazetteer, limit: int | None = None
) -> Iterator[_LaidOut]:
    areas = query.choices(releases, selection, "area")
    named = [(code, known.iso3 if (known := names.areas.get(code)) else None, names.label(code)) for code, _n in areas]
    vintages = [(number, one.id, one.file, one.dataset) for number, one in enumerate(releases)]
    with ExitStack() as opened:
        opened.enter_context(query.readable())
        folder = opened.enter_context(tempfile.TemporaryDirectory(prefix="comity-export-"))
        # What sorting cannot hold spills into the folder, and one thread writes the same bytes each time.
        connection = opened.enter_context(duckdb.connect(config={"threads": 1, "temp_directory": folder}))
        connection.execute("SET memory_limit = '384MB'")
        stoppable(connection.interrupt)
        for macro in _MACROS:
            connection.execute(macro)
        connection.execute("CREATE TABLE named(area VARCHAR, iso3 VARCHAR, name VARCHAR)")
        connection.execute("CREATE TABLE vintages(release INTEGER, id VARCHAR, file VARCHAR, dataset VARCHAR)")
        for row in named:
            connection.execute("INSERT INTO named VALUES (?, ?, ?)", row)
        for vintage in vintages:
            connection.execute("INSERT INTO vintages VALUES (?, ?, ?, ?)", vintage)
        yield _LaidOut(connection, Path(folder), releases, selection, _in_chunks(areas, limit))


def _front(noted: Iterable[Note]) -> bytes:
    """How a CSV begins: the notes, each line behind a `#`, then the headings."""
    lines = [inert_line(f"# {note.heading}: {' '.join(line.split())}") for note in noted for line in note.lines]
    return "\n".join([*lines, ",".join(RECORD), ""]).encode()


def _as_json(note: Note) -> str:
    return json.dumps(note.lines, ensure_ascii=False)


def _length(cell: tuple[str, str | None]) -> int:
    return len(cell[1] or "")
