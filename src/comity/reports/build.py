"""Building a report: everything computed from what is held, written aside, and put in its place whole."""

import json
import os
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from comity.evidence import store as evidence
from comity.evidence.chain import keys
from comity.evidence.dates import read_date
from comity.evidence.errors import BadInput, Fault
from comity.evidence.files.size_limit import bytes_of
from comity.evidence.files.texts import decode
from comity.evidence.workspaces import own_files, workspace
from comity.reports import changes, html, pandoc, store
from comity.reports.changes import Change
from comity.reports.composing.compose import compose
from comity.reports.document import Document
from comity.reports.rendering import as_text, in_language, render
from comity.reports.source.markdown import Markdown
from comity.reports.source.report_source import Source, read_source

SHIPPED = Path(__file__).parent / "sources" / "A-68-implementation.md"
MOST_BYTES = 2**20
"""Of a source; the one that ships has a thirtieth."""
OURS = (
    "report.html",
    "report.docx",
    "report.pdf",
    "report.md",
    "figures.json",
    "inputs.json",
    "paragraphs.json",
    "report.json",
    "changes.json",
)
KIND = "comity report"
LAST, REMEMBERED = ".last", ("figures.json", "inputs.json", "report.json")
"""The folder, among the reports, of what is kept of the last one that was built, and its files."""
_ABOUT = {"as_at": str, "source": str, "public_url": str, "head": dict, "versions": dict, "files": dict}
_HEAD = {"number": int, "hash": str, "signature": str, "public_key": str}
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Build:
    """A report that was built: where, of which day, as known on which, its files by hash, and what changed.

    `on` is None where it speaks for each treaty of the day through which its list is complete.
    """

    directory: Path
    on: date | None
    as_at: date
    digest: str
    figures: int
    inputs: int
    files: Mapping[str, str]
    changes: tuple[Change, ...]


def build(
    directory: Path,
    *,
    on: date | None = None,
    as_at: date | None = None,
    source: Path = SHIPPED,
    actor: str = "comity",
    progress: Progress = lambda _step: None,
) -> Build:
    """Build the report of a source into a folder; without a day each treaty as at the one through which it is complete.

    Raises BadInput for a source with faults, or a folder that holds anything but an earlier report. Nothing half-built
    is ever seen: the folder is replaced whole, or left as it was. The audit chain holds the digests of the files.
    """
    _own(directory)
    as_at = as_at or evidence.now().date()
    text = _text_of(source)
    progress(_("computing the figures"))
    signed = evidence.signed_head(apart_from=store.ACT)
    document = composed(read_source(text, source.name), on, as_at, signed)
    progress(_("writing HTML, DOCX and PDF"))
    files = render(document, settings.PUBLIC_URL)
    files["report.md"] = text.encode()
    after = {"on": on.isoformat() if on else None, "as_at": as_at.isoformat(), **_evidence_of(files)}
    before = _earlier(directory, source.name)
    differences = changes.compare(before, after) if before else []
    files["changes.json"] = as_text([change.as_json() for change in differences])
    files["report.json"] = as_text(_described(document, files, signed))
    hashes = {name: sha256(data).hexdigest() for name, data in files.items()}
    subject = {"source": source.name, "on": after["on"], "as_at": after["as_at"], "files": hashes}
    with workspace.alone("report"):  # of two builds into one folder the one that is recorded last is put there last
        _put(directory, files, lambda: store.record(actor, subject, _folder_of(directory)))
    _remember(files)
    digest = sha256("".join(hashes[name] for name in ("report.html", "report.docx", "report.pdf")).encode()).hexdigest()
    return Build(directory, on, as_at, digest, len(after["figures"]), len(after["inputs"]), hashes, tuple(differences))


def try_to_read(source: Path) -> None:
    """Read a source as a build does, for who bounds what that may take: a build works for minutes on what it may be.

    Raises BadInput as a build does.
    """
    report_source = read_source(_text_of(source), source.name)
    if faults := Markdown(report_source).read():
        raise BadInput(faults)


def _text_of(source: Path) -> str:
    """The text of a source; raises BadInput where there is no such file, or it is too large or not UTF-8."""
    return decode(bytes_of(source, most=MOST_BYTES), str(source)).replace("\r\n", "\n")


def composed(source: Source, on: date | None, as_at: date, signed: Mapping[str, Any]) -> Document:
    """The document of a source, with names in its language, the audit chain's head and the key that signs it."""
    complete = store.complete_through(as_at)
    head, signed_by = f"{signed['number']}:{signed['hash']}", keys.key_fingerprint(signed["public_key"])
    with in_language(source):
        names = store.names(source.language.code, on or as_at, as_at)
        return compose(source, on, as_at, head=head, signed_by=signed_by, names=names, complete=complete)


def versions() -> dict[str, str]:
    """The programs that print a report: other versions may print other bytes."""
    programs = {
        name: version(name) for name in ("comity", "typst", "vl-convert-python", "python-docx", "lxml", "Django")
    }
    return {**programs, "pandoc": pandoc.version()}


def body_html(directory: Path, language: str = "en") -> str:
    """The body of a built report for a page of the site: figures lead to their own pages there.

    See `html.site_body` for what differs from the page that stands alone. Raises BadInput where the folder holds none.
    """
    return html.site_body(read_file(directory, "report.html").decode())


def described(directory: Path) -> dict[str, Any]:
    """What a built report says of itself: dates, hashes, versions, and the signed head of the audit chain."""
    read = read_json(directory, "report.json")
    path = str(directory / "report.json")
    if not isinstance(read, dict) or read.get("kind") != KIND:
        shown = str(read.get("kind") if isinstance(read, dict) else read)
        raise BadInput(Fault(path, "", shown, _("a report built by Comity")))
    _require(path, read, _ABOUT)
    _require(path, read["head"], _HEAD)
    for name in ("on", "as_at"):
        if read.get(name, "") is not None or name != "on":  # a report of no one day says null
            read_date(str(read.get(name, "")), path, name)
    return read


def _require(path: str, record: Mapping[str, Any], shape: Mapping[str, type]) -> None:
    for name, kind in shape.items():
        if not isinstance(record.get(name), kind):
            raise BadInput(Fault(path, name, str(record.get(name, "")), _("what the build wrote there")))


def recorded(directory: Path, name: str) -> Any:
    """The figures, inputs or paragraphs that a built report records; raises BadInput where they have another shape."""
    read = read_json(directory, f"{name}.json")
    entries = read if isinstance(read, list) else list(read.values()) if isinstance(read, dict) else None
    expected = dict if name == "inputs" else list
    if entries is None or not isinstance(read, expected) or not all(isinstance(entry, dict) for entry in entries):
        raise BadInput(Fault(str(directory / f"{name}.json"), "", str(read)[:80], _("the %s of a report") % name))
    return read


def read_file(directory: Path, name: str) -> bytes:
    """One file of a built report; raises BadInput where it is missing."""
    path = directory / name
    if not path.is_file():
        raise BadInput(Fault(str(path), "", "", _("a file of a report built by “comity report build”")))
    return path.read_bytes()


def read_json(directory: Path, name: str) -> Any:
    """One JSON file of a built report; raises BadInput that names the line where it is no JSON."""
    try:
        return own_files.parsed(read_file(directory, name).decode())
    except ValueError as error:
        line = str(getattr(error, "lineno", ""))
        raise BadInput(Fault(str(directory / name), line, str(error), _("JSON as the build wrote it"))) from error


def _evidence_of(files: Mapping[str, bytes]) -> dict[str, Any]:
    return {"figures": json.loads(files["figures.json"]), "inputs": json.loads(files["inputs.json"])}


def _described(document: Document, files: Mapping[str, bytes], signed: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "kind": KIND,
        "title": document.source.front["title"],
        "symbol": document.source.front.get("symbol", ""),
        "language": document.source.front["language"],
        "on": document.on.isoformat() if document.on else None,
        "days": {code: document.days.of([code]).isoformat() for code in document.spoken_of},
        "as_at": document.as_at.isoformat(),
        "public_url": settings.PUBLIC_URL,
        "source": document.source.file,
        "head": dict(signed),
        "versions": versions(),
        "files": {name: sha256(data).hexdigest() for name, data in files.items()},
    }


def _folder_of(directory: Path) -> str:
    """The name of a report among those of the workspace; blank for one that lies elsewhere."""
    return directory.name if directory.resolve().parent == workspace.folder("reports").resolve() else ""


def _own(directory: Path) -> None:
    """Refuse a folder with anything in it that a build did not write."""
    if directory.exists() and not directory.is_dir():
        raise BadInput(Fault(str(directory), "", "", _("a folder")))
    names = sorted(path.name for path in directory.iterdir()) if directory.exists() else []
    foreign = [name for name in names if name not in OURS]
    if foreign or (names and "report.json" not in names):
        shown = ", ".join((foreign or names)[:5])
        raise BadInput(
            Fault(str(directory), "", shown, _("an empty folder, or one that holds an earlier report alone"))
        )


def _earlier(directory: Path, source: str) -> dict[str, Any] | None:
    """The report of the same source built before into the folder, or else the last one built in this workspace."""
    for place in (directory, workspace.home() / "reports" / LAST):
        if (place / "report.json").is_file():
            about = described(place)
            if about["source"] != source:
                continue
            record = {name: recorded(place, name) for name in ("figures", "inputs")}
            return {"on": about["on"], "as_at": about["as_at"], **record}
    return None


def _remember(files: Mapping[str, bytes]) -> None:
    for name in REMEMBERED:
        workspace.write_whole(workspace.folder("reports") / LAST / name, files[name])


def _put(directory: Path, files: Mapping[str, bytes], record: Callable[[], None]) -> None:
    """Write all files aside, make them lasting, record them, and put the folder in its place in one step.

    What is stopped behind the record leaves the report aside, where the next build takes it away.
    """
    parent = directory.resolve().parent
    parent.mkdir(parents=True, exist_ok=True)
    _sweep(directory)
    aside = Path(mkdtemp(prefix=f".{directory.name}.", dir=parent))
    try:
        for name, data in files.items():
            with (aside / name).open("wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
        aside.chmod(0o755)
        workspace.sync(aside)
        record()
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    if not (directory.exists() and workspace.exchange(aside, directory)):
        _put_in_two_steps(aside, directory)
    workspace.sync(parent)
    if aside.exists() and aside != directory:
        shutil.rmtree(aside, ignore_errors=True)


def _sweep(directory: Path) -> None:
    """Take away what builds into a folder of the workspace left that were stopped; others than ours lie elsewhere."""
    for left in left_of(directory) if _folder_of(directory) else ():
        shutil.rmtree(left, ignore_errors=True)


def left_of(directory: Path) -> list[Path]:
    """The folders beside a report's in which builds that were stopped left it."""
    name = re.compile(rf"\.{re.escape(directory.name)}\.[a-z0-9_]{{8}}")
    return [path for path in directory.resolve().parent.iterdir() if name.fullmatch(path.name) and path.is_dir()]


def _put_in_two_steps(aside: Path, directory: Path) -> None:
    """Where two folders cannot change places: what is stopped between the steps leaves the earlier one beside."""
    old = Path(mkdtemp(prefix=f".{directory.name}.", dir=directory.resolve().parent))
    if directory.exists():
        directory.rename(old / "old")
    try:
        aside.rename(directory)
    except OSError:
        if (old / "old").exists():
            (old / "old").rename(directory)
        raise
    finally:
        shutil.rmtree(old, ignore_errors=True)
