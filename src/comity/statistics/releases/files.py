"""Releases as files: a folder with the observations as sorted Parquet, the findings, and a manifest.

The same reading gives the same bytes: rows are sorted, one thread writes, and no clock, machine or number of the
installation enters. A release is written aside, synced and renamed, so that it is there whole or not at all.
"""

import csv
import hashlib
import io
import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from operator import itemgetter
from pathlib import Path
from typing import Any

import duckdb

from comity.evidence.errors import WorkspaceError
from comity.evidence.findings import Finding
from comity.evidence.workspaces import own_files
from comity.evidence.workspaces.workspace import sync
from comity.observations.observation import COLUMNS, ORDER, Observation
from comity.observations.reading import Reading

DATA, FINDINGS, MANIFEST = "observations.parquet", "findings.json", "manifest.json"
_CONCEALED = "confidential"
"""What a stored finding bears whose row is marked as one that is not free."""
LAYOUT = 1
"""Version of the folder's layout; a later one must still read this."""

ROWS_IN_A_GROUP = 20_480
"""Small row groups, so that one country's series in a million observations is a few pages to read."""

_TYPES = {"value": "DOUBLE", "repeat": "UINTEGER"}
_in_order: Callable[[Observation], Any] = itemgetter(*(COLUMNS.index(name) for name in ORDER))


@dataclass(frozen=True)
class Release:
    """An immutable release of a data set: what it is, where it lies, and the origin that it was read from."""

    id: str
    dataset: str
    title: str
    publisher: str
    published: date
    sequence: int
    licence: str
    note: str
    rows: int
    observations: int
    rejected: int
    findings: int
    digest: str
    origin: str
    file: str
    recorded_at: datetime
    withheld: bool
    shipped: bool
    folder: Path
    whole: bool = True
    """Whether it is a vintage of the whole data set; a partial one adds and revises and retires nothing."""
    replaces: bool = False
    """Whether it was said to retire what it does not hold."""
    aliases: tuple[str, ...] = ()
    """Ids that it bore before its date of publication was corrected; it still answers to them."""
    overtaken_by: tuple[Path, ...] = ()
    """The Parquet files of later partial releases; where these speak too, their keys are no longer its own to state."""

    adds_to: tuple[Path, ...] = ()
    """Of a partial release, the Parquet files of those before it that speak too: a missing value of its own does not
    take the place of a value there."""

    in_full: bool = False
    """Whether it is given with the rows that are not free, as to imports and operators; see `visibility`."""
    wholly_free: bool = False
    """Whether it is known that all of it is free, so that nothing need be left out for the public."""

    @property
    def data(self) -> Path:
        """The Parquet file of the observations."""
        return self.folder / DATA

    def read_findings(self) -> list[Finding]:
        """What the rules found when the file was read, in rows that are not free too: pages ask `visibility`."""
        return [found for found, _concealed in self.read_marked_findings()]

    def read_marked_findings(self) -> list[tuple[Finding, bool]]:
        """The same, each with whether its row was marked as one that is not free."""
        stored = own_files.parsed(own_files.bytes_of(self.folder / FINDINGS))
        return [(Finding(**found), concealed) for found in stored for concealed in (found.pop(_CONCEALED, False),)]


def release_id(dataset: str, published: date, sequence: int) -> str:
    """`homicide@2014-10-06`; with `.2` where the data set has an earlier release of the same date."""
    return f"{dataset}@{published.isoformat()}" + (f".{sequence}" if sequence > 1 else "")


def write_release(folder: Path, reading: Reading, published: date, origin: str) -> str:
    """Write a release's folder whole, and give its digest: the SHA-256 of its manifest, which names its files' own.

    Raises WorkspaceError where something lies there already.
    """
    if folder.exists():
        raise WorkspaceError(f"{folder}: it lies there already, and a release is never written over")
    aside = folder.with_name(f".{folder.name}.{secrets.token_hex(8)}")
    aside.mkdir(parents=True)
    try:
        content = _write_observations(aside / DATA, reading.observations)
        findings = json.dumps(list(map(_marked(reading), reading.findings)), ensure_ascii=False, indent=1)
        (aside / FINDINGS).write_text(findings + "\n", encoding="utf-8")
        manifest = _manifest(aside, reading, published, origin, content)
        (aside / MANIFEST).write_bytes(manifest)
        for path in [*aside.iterdir(), aside]:
            sync(path)
        aside.rename(folder)
        sync(folder.parent)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return hashlib.sha256(manifest).hexdigest()


def _marked(reading: Reading) -> Callable[[Finding], dict[str, Any]]:
    return lambda found: {**asdict(found), **({_CONCEALED: True} if reading.conceals(found) else {})}


def _manifest(aside: Path, reading: Reading, published: date, origin: str, content: str) -> bytes:
    described = reading.description
    manifest = {
        "layout": LAYOUT,
        "dataset": described.dataset,
        "title": described.title,
        "publisher": described.publisher,
        "published": published.isoformat(),
        "licence": described.licence,
        "note": described.note,
        "origin": origin,
        "file": reading.file,
        "rows": reading.rows,
        "observations": len(reading.observations),
        "rejected": reading.rejected,
        "columns": list(COLUMNS),
        "order": list(ORDER),
        "content": content,
        "files": {name: hashlib.sha256((aside / name).read_bytes()).hexdigest() for name in (DATA, FINDINGS)},
    }
    return (json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _write_observations(path: Path, observations: Iterable[Observation]) -> str:
    """Write the observations in their order, and give the SHA-256 of them as text, which no Parquet writer changes."""
    text = io.StringIO()
    ordered: list[Observation] = sorted(observations, key=_in_order)
    # Of a carriage return inside a text the writer makes a quoted cell only where it ends lines too.
    csv.writer(text, lineterminator="\r\n").writerows(ordered)
    data = text.getvalue().encode()
    rows = path.with_suffix(".csv")
    rows.write_bytes(data)
    types = ", ".join(f"'{name}': '{_TYPES.get(name, 'VARCHAR')}'" for name in COLUMNS)
    shown = ", ".join(name if name in _TYPES else f"coalesce({name}, '') AS {name}" for name in COLUMNS)
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.execute(
            f"COPY (SELECT {shown} FROM read_csv('{_quoted(rows)}', columns={{{types}}}, header=false, "  # noqa: S608
            "auto_detect=false, delim=',', quote='\"', escape='\"', nullstr='', new_line='\\r\\n', "
            f"max_line_size=10000000, parallel=false)) TO '{_quoted(path)}' "
            f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROWS_IN_A_GROUP})"
        )
    rows.unlink()
    return hashlib.sha256(data).hexdigest()


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def check_release(release: Release) -> None:
    """Check a release's files against its manifest and the manifest against what was recorded of it.

    Raises WorkspaceError that names the file that is missing or is no longer what was published.
    """
    for path, what in flaws(release.folder, release.id, release.digest):
        raise WorkspaceError(f"{path}: {what}")


def flaws(folder: Path, identifier: str, digest: str) -> Iterator[tuple[Path, str]]:
    """Each file of a release that is missing, cannot be read or is no longer what was published, and what it is."""
    try:
        manifest = own_files.bytes_of(folder / MANIFEST)
    except OSError as error:
        yield _unreadable(error, folder if not folder.exists() else folder / MANIFEST, identifier)
        return
    if hashlib.sha256(manifest).hexdigest() != digest:
        yield folder / MANIFEST, f"no longer the manifest of {identifier}"
        return
    for name, expected in own_files.parsed(manifest)["files"].items():
        try:
            held = own_files.digest_of(folder / name)
        except OSError as error:
            yield _unreadable(error, folder / name, identifier)
            continue
        if held != expected:
            yield folder / name, f"no longer what {identifier} was published with"


def _unreadable(error: OSError, path: Path, identifier: str) -> tuple[Path, str]:
    return path, f"a file of {identifier} cannot be read: {error.strerror}"


def quarantine(folder: Path, recorded: Iterable[str], aside: Path) -> Sequence[str]:
    """Move what lies among the releases and was never recorded into a folder aside; gives all names there.

    It is what an import left that was stopped before its commit, or what somebody put there: nothing is removed. Call
    it where no other import can run. A link belongs to a rehearsal and is left.
    """
    known = {*recorded}
    found = (path for path in (folder.iterdir() if folder.exists() else ()) if path.is_dir() and not path.is_symlink())
    left = sorted(path for path in found if path.name not in known)
    for path in left:
        aside.mkdir(parents=True, exist_ok=True)
        path.rename(aside / f"{path.name}.{secrets.token_hex(4)}")
    return sorted(map(_in_letters, aside.iterdir())) if aside.is_dir() else []


def _in_letters(path: Path) -> str:
    """The name of a folder that anyone may have made, with bytes that are no text spelled out."""
    return os.fsencode(path.name).decode("utf-8", "backslashreplace")


def as_record(release: Release) -> dict[str, Any]:
    """A release as `comity release list --format json` and the current state for notebooks give it."""
    return {
        "id": release.id,
        "dataset": release.dataset,
        "title": release.title,
        "publisher": release.publisher,
        "published": release.published.isoformat(),
        "licence": release.licence,
        "note": release.note,
        "rows": release.rows,
        "observations": release.observations,
        "rejected": release.rejected,
        "findings": release.findings,
        "digest": release.digest,
        "origin": release.origin,
        "file": release.file,
        "recorded_at": release.recorded_at.isoformat(),
        "held": release.withheld,
        "shipped": release.shipped,
        "whole": release.whole,
        "replaces": release.replaces,
        "aliases": list(release.aliases),
    }


def from_record(record: dict[str, Any], folder: Path, sequence: int) -> Release:
    """A release from its record, whose files lie in `folder`."""
    read = {
        "published": date.fromisoformat(record["published"]),
        "recorded_at": datetime.fromisoformat(record["recorded_at"]),
        "aliases": tuple(record.get("aliases", ())),
    }
    fields = {("withheld" if name == "held" else name): value for name, value in record.items()}
    return Release(**{**fields, **read}, sequence=sequence, folder=folder)


def relation(paths: Sequence[Path]) -> str:
    """The rows of Parquet files as one SQL relation; blank without files."""
    return f"read_parquet([{', '.join(map(_literal, paths))}])" if paths else ""


def _literal(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
