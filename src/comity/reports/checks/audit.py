"""What `comity audit verify` checks of reports: the files of each, against those that the act of building it recorded.

Whether its figures are what their sources give, `comity report verify` recomputes.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from comity.evidence.chain.discrepancies import ERROR, WARNING, Chain, Discrepancy, file_discrepancy, shown
from comity.evidence.chain.events import Event
from comity.evidence.workspaces import own_files, workspace
from comity.reports.build import LAST, REMEMBERED, left_of
from comity.reports.store import ACT


def check(chain: Chain) -> Iterator[Discrepancy]:
    """Every fault of the reports in the workspace's folder.

    Events before the first signature say of a report what it was too: they are vouched for as they stand.
    """
    built = [event for event in chain.events if event.act == ACT]
    folder = workspace.home() / "reports"
    last = {str(event.subject.get("folder") or ""): event for event in built}
    stopped = {name for name, event in last.items() if name and _is_left(folder / name, event, built)}
    for place in sorted(folder.iterdir()) if folder.is_dir() else ():
        if place.name == LAST:
            yield from _report(place, _likest(built, place), REMEMBERED)
        elif place.name in stopped:
            continue
        elif place.is_dir() and not place.name.startswith("."):
            yield from _report(place, last.get(place.name) or _likest(built, place), ())
        else:
            yield Discrepancy(
                "report", shown(place), "no report; a build that was stopped leaves it too", severity=WARNING
            )
    for name, event in last.items():
        if name in stopped:
            what = f"the report of event {event.number} lies beside it: its build was stopped; build it again"
            yield Discrepancy("report", shown(folder / name), what, event.number, WARNING)
        elif name and not (folder / name).is_dir():
            # A database that was taken may have been another workspace's, with its reports.
            severity = ERROR if event.number >= chain.since else WARNING
            yield Discrepancy(
                "report", shown(folder / name), f"gone: event {event.number} built it", event.number, severity
            )


def _is_left(place: Path, event: Event, built: Sequence[Event]) -> bool:
    """Whether the report that was recorded last was not put in its place: it lies aside whole, and in its place lies
    nothing, or whole what an earlier event put there."""
    if not place.parent.is_dir() or (place.exists() and not place.is_dir()):
        return False
    lying = _digests(place)
    # Versions that did not record the folder may have built there what an event says without one.
    earlier = [one for one in built if one.number < event.number and one.subject.get("folder") in (place.name, None)]
    if lying == _files(event) or (lying and not any(lying == _files(one) for one in earlier)):
        return False
    return any(_digests(left) == _files(event) for left in left_of(place))


def _likest(built: Sequence[Event], place: Path) -> Event | None:
    """The event that built what lies in a folder of which no event says that it was built there: a report that was
    built elsewhere and copied, or before events said where. Where none built just that, the one that built most of it;
    None where none built any of it."""
    lying = _digests(place)
    event = max(built, key=lambda event: _likeness(event, lying), default=None)
    return event if event is not None and _likeness(event, lying)[1] else None


def _report(place: Path, event: Event | None, only: tuple[str, ...]) -> Iterator[Discrepancy]:
    """The faults of a report beside the act that built it; with `only`, of some of its files."""
    if event is None:
        yield Discrepancy("report", shown(place), "no act built this report")
        return
    files = {name: digest for name, digest in _files(event).items() if not only or name in only}
    for name, digest in files.items():
        what = f"{name} as event {event.number} built it"
        if fault := file_discrepancy("report", place / name, digest, what, event.number):
            yield fault
    lying = {path.name for path in place.iterdir()}
    for name in sorted(lying - files.keys()):
        yield Discrepancy("report", shown(place / name), f"no file of the report that event {event.number} built")


def _files(event: Event) -> Mapping[str, str]:
    files = event.subject.get("files")
    return files if isinstance(files, dict) else {}


def _likeness(event: Event, lying: Mapping[str, str]) -> tuple[bool, int, int]:
    """Whether an event built what lies in a folder, how many of its files, and when: what is greater is more like."""
    files = _files(event)
    return files == lying, sum(lying.get(name) == digest for name, digest in files.items()), event.number


def _digests(place: Path) -> dict[str, str]:
    """The files that lie in a folder, by name, with their digests; blank for one that cannot be read."""
    return {path.name: _digest(path) for path in place.iterdir()} if place.is_dir() else {}


def _digest(path: Path) -> str:
    try:
        return own_files.digest_of(path)
    except OSError:
        return ""
