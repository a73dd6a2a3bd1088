"""What `comity audit verify` checks of reports: the files of each, against those that the act of building it recorded.

Whether its figures are what their sources give, `comity report verify` recomputes.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from comity.evidence import own_files, workspace
from comity.evidence.audit import WARNING, Chain, Fault, file_fault, shown
from comity.evidence.chain import Event
from comity.reports.build import LAST, REMEMBERED
from comity.reports.store import ACT


def check(held: Chain) -> Iterator[Fault]:
    """Every fault of the reports in the workspace's folder."""
    built = held.of_act(ACT)
    folder = workspace.home() / "reports"
    for place in sorted(folder.iterdir()) if folder.is_dir() else ():
        if place.name == LAST:
            yield from _report(place, built, held, REMEMBERED)
        elif place.is_dir() and not place.name.startswith("."):
            yield from _report(place, built, held, ())
        else:
            yield Fault("report", shown(place), "no report; a build that was stopped leaves it too", severity=WARNING)
    for name, event in {str(event.subject.get("folder", "")): event for event in built}.items():
        if name and not (folder / name).is_dir():
            yield Fault("report", shown(folder / name), f"gone: event {event.number} built it", event.number)


def _report(place: Path, built: list[Event], held: Chain, only: tuple[str, ...]) -> Iterator[Fault]:
    """The faults of a report beside the act that built most of what lies there; with `only`, of some of its files."""
    lying = {path.name: _digest(path) for path in place.iterdir()}
    event = max(built, key=lambda event: _shared(event, lying), default=None)
    if event is None or _shared(event, lying) == (0, 0):
        is_of_old = _said_head(place) < held.since
        yield Fault("report", shown(place), "no act built this report", severity=WARNING if is_of_old else "error")
        return
    files = {name: digest for name, digest in _files(event).items() if not only or name in only}
    for name, digest in files.items():
        what = f"{name} as event {event.number} built it"
        if fault := file_fault("report", place / name, digest, what, event.number):
            yield fault
    for name in sorted(lying.keys() - files.keys()):
        yield Fault("report", shown(place / name), f"no file of the report that event {event.number} built")


def _files(event: Event) -> Mapping[str, str]:
    files = event.subject.get("files")
    return files if isinstance(files, dict) else {}


def _shared(event: Event, lying: Mapping[str, str]) -> tuple[int, int]:
    count = sum(lying.get(name) == digest for name, digest in _files(event).items())
    return (count, event.number) if count else (0, 0)


def _digest(path: Path) -> str:
    try:
        return own_files.digest_of(path)
    except OSError:
        return ""


def _said_head(place: Path) -> int:
    """The event that a report says was the last when it was built; beyond all where it does not say."""
    try:
        said: Any = own_files.parsed(own_files.bytes_of(place / "report.json"))["head"]["number"]
        return int(said)
    except (OSError, ValueError, LookupError, TypeError, OverflowError):
        return 2**63
