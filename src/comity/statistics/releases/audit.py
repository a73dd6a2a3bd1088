"""What `comity audit verify` checks of releases: each folder against its row, and what notebooks read against both."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from comity.evidence.chain.discrepancies import WARNING, Chain, Discrepancy, shown
from comity.evidence.store import head
from comity.evidence.workspaces import own_files, workspace
from comity.statistics import store
from comity.statistics.models import ReleaseRecord
from comity.statistics.releases import files, holdings
from comity.statistics.releases.files import MANIFEST

_IN_BOTH = ("dataset", "title", "publisher", "licence", "note", "rows", "observations", "rejected")


def check(chain: Chain) -> Iterator[Discrepancy]:
    """Every fault of the folder of releases."""
    folder = workspace.home() / "releases"
    records = list(ReleaseRecord.objects.order_by("pk"))
    known = {record.identifier for record in records}
    found = [fault for record in records for fault in _release(folder / record.identifier, record)]
    yield from found
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.is_dir() and path.name not in known:
            yield Discrepancy("release", shown(path), "no act recorded this folder", severity=WARNING)
    yield from _current(folder / holdings.CURRENT, chain, sound=not found)


def _release(folder: Path, record: ReleaseRecord) -> Iterator[Discrepancy]:
    found = list(files.flaws(folder, record.identifier, record.digest))
    for path, what in found:
        yield Discrepancy("release", shown(path), what)
    if any(path in (folder, folder / MANIFEST) for path, _what in found):
        return
    manifest = own_files.parsed(own_files.bytes_of(folder / MANIFEST))
    for path in sorted(folder.iterdir()):
        if path.name not in (MANIFEST, *manifest["files"]):
            yield Discrepancy("release", shown(path), f"no file of {record.identifier}")
    for name in _differing(manifest, record):
        what = f"{name} is not what the manifest of {record.identifier} says"
        yield Discrepancy("release", f"{record._meta.db_table} {record.identifier}", what)


def _differing(manifest: Mapping[str, Any], record: ReleaseRecord) -> Iterator[str]:
    values = {name: getattr(record, name) for name in _IN_BOTH}
    values |= {"published": record.published.isoformat(), "origin": record.origin_id}
    return (name for name, value in values.items() if manifest.get(name) != value)


def _current(path: Path, held: Chain, *, sound: bool) -> Iterator[Discrepancy]:
    """What notebooks read. It may be missing or speak of an earlier event, since the next command writes it anew.

    What it should say is made from the releases, and is known only where these are sound.
    """
    if not path.exists():
        if ReleaseRecord.objects.exists():
            yield Discrepancy("release", shown(path), "missing: notebooks read nothing", severity=WARNING)
        return
    said = _head_of(path)
    if said is None or not holdings.is_current(path.parent, said):
        yield Discrepancy("release", shown(path), "damaged: it is not as it was written")
    elif said == head():
        if sound and own_files.bytes_of(path) != store.state(said):
            yield Discrepancy("release", shown(path), "it says otherwise than the releases and tables that are held")
    elif said in {(event.number, event.hash) for event in held.events}:
        yield Discrepancy("release", shown(path), "it speaks of an earlier event", severity=WARNING)
    else:
        yield Discrepancy("release", shown(path), "it speaks of an event that is not in the chain")


def _head_of(path: Path) -> tuple[int, str] | None:
    """The head of the chain that the first line of the file names."""
    try:
        line = own_files.bytes_of(path).partition(b"\n")[0]
        number, value = own_files.parsed(line.rstrip(b",") + b"}")["head"]
    except (OSError, ValueError, LookupError, TypeError):
        return None
    return (number, value) if isinstance(number, int) and isinstance(value, str) else None
