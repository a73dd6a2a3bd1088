"""The acts by which releases come to be, are published, dated anew and made to replace others, each recorded."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from comity.evidence.errors import Fault
from comity.evidence.models import AuditEvent, Origin
from comity.evidence.store import now, record_event
from comity.evidence.workspaces import workspace
from comity.evidence.workspaces.acts import one_act
from comity.evidence.workspaces.keepable import unkeepable
from comity.observations.reading import Description, Reading
from comity.statistics import store
from comity.statistics.models import ExtentRecord, PublicationRecord, RedatingRecord, ReleaseRecord
from comity.statistics.releases import (
    extents,
    files,
    holdings,
)
from comity.statistics.releases.before_publishing import counted, publication
from comity.statistics.releases.files import Release
from comity.statistics.releases.revisions import Revision

log = logging.getLogger(__name__)
QUARANTINE = "quarantine"
"""What setting folders aside is called in the audit chain."""


def keep_release(
    reading: Reading, published: date, origin: Origin, *, whole: bool, replaces: bool, withhold: bool, actor: str
) -> str:
    """Write a release and record it, inside the caller's transaction under the chain's lock; gives its id.

    What earlier imports left that were stopped before their commit is set aside first.
    """
    _set_aside_what_is_unknown(actor)
    described = reading.description
    sequence = _next_sequence(described.dataset, published)
    identifier = files.release_id(described.dataset, published, sequence)
    digest = files.write_release(store.folder() / identifier, reading, published, origin.sha256)
    at = now()
    record = ReleaseRecord.objects.create(
        identifier=identifier,
        dataset=described.dataset,
        title=described.title,
        publisher=described.publisher,
        published=published,
        sequence=sequence,
        licence=described.licence,
        note=described.note,
        rows=reading.rows,
        observations=len(reading.observations),
        rejected=reading.rejected,
        findings=len(reading.findings),
        digest=digest,
        origin=origin,
        recorded_at=at,
    )
    ExtentRecord.objects.create(release=record, whole=whole, replaces=replaces, recorded_at=at)
    if not withhold:
        PublicationRecord.objects.create(release=record, actor=actor, recorded_at=at)
    _judge_extents(described.dataset)
    return identifier


def _set_aside_what_is_unknown(actor: str) -> None:
    """Move what was never recorded from the releases into the workspace's quarantine, and record that: also of what an
    act moved that was stopped before it was recorded."""
    recorded = ReleaseRecord.objects.values_list("identifier", flat=True)
    aside = workspace.home() / "quarantine" / "releases"
    there = files.quarantine(store.folder(), recorded, aside)
    told = {
        name
        for subject in AuditEvent.objects.filter(act=QUARANTINE).values_list("subject", flat=True)
        for name in subject.get("folders", ())
    }
    if names := [name for name in there if name not in told]:
        log.warning("set aside in %s, since no import recorded it: %r", aside, names)
        record_event(actor, QUARANTINE, {"folders": names}, at=now())


def unkeepable_of(described: Description, file: str) -> Iterator[Fault]:
    """What a file says of its release, and cannot be kept with it."""
    names = ("dataset", "title", "publisher", "licence", "note")
    return unkeepable(ReleaseRecord, {name: getattr(described, name) for name in names}, file, "")


def recorded(identifier: str) -> dict[str, Any]:
    """What an act says of a release in the audit chain, inside the act's transaction. Raises UnknownName."""
    release = store.read_all().release(identifier)
    return {
        "identifier": release.id,
        "digest": release.digest,
        "title": release.title,
        "publisher": release.publisher,
        "held": release.withheld,
    }


def _next_sequence(dataset: str, published: date) -> int:
    """The number of a release among those of its day, those among them that were dated to it once or are now."""
    taken = ReleaseRecord.objects.filter(dataset=dataset, published=published).values_list("sequence", flat=True)
    dated = RedatingRecord.objects.filter(release__dataset=dataset, published=published)
    last: int = max([0, *taken, *dated.values_list("sequence", flat=True)])
    return last + 1


def redate(identifier: str, published: date, actor: str) -> str:
    """Correct the day on which a release was published, inside the caller's transaction; gives the release's new id.

    The old id answers as an alias. What was published before and after it is judged anew. Raises UnknownName.
    """
    release = store.read_all().release(identifier)
    record = ReleaseRecord.objects.get(pk=release.folder.name)
    sequence = _next_sequence(release.dataset, published)
    corrected = files.release_id(release.dataset, published, sequence)
    RedatingRecord.objects.create(
        release=record,
        identifier=corrected,
        published=published,
        sequence=sequence,
        actor=actor,
        recorded_at=now(),
    )
    _judge_extents(release.dataset)
    return corrected


def _judge_extents(dataset: str) -> None:
    """Say of each release of a data set anew whether it is whole, where what came in changes that.

    What is held back is judged by what is published, and decides nothing of it. The chain's head has not moved yet, so
    that nothing kept by it may be asked.
    """
    known = [release for release in store.read_all() if release.dataset == dataset]
    published_ones = [release for release in known if not release.withheld]
    for release in extents.judged(published_ones):
        _say_extent(release, next(one for one in known if one.id == release.id))
    for release in known:
        if release.withheld:
            before = holdings.speaking(one for one in published_ones if one.published <= release.published)
            _say_extent(replace(release, whole=release.replaces or extents.is_whole(before, release)), release)


def _say_extent(judged: Release, known: Release) -> None:
    if judged.whole != known.whole:
        record = ReleaseRecord.objects.get(pk=known.folder.name)
        ExtentRecord.objects.create(release=record, whole=judged.whole, replaces=False, recorded_at=now())


def say_it_replaces(identifier: str) -> None:
    """Let a release that is held retire what it does not hold, inside the caller's transaction. Raises UnknownName."""
    release = store.read_all().release(identifier)
    record = ReleaseRecord.objects.get(pk=release.folder.name)
    ExtentRecord.objects.create(release=record, whole=True, replaces=True, recorded_at=now())
    _judge_extents(release.dataset)


def publish(identifier: str, actor: str) -> Sequence[Revision] | None:
    """Publish a release that is held back, and give what that changes; None where it was published before.

    Its files are checked first, so that nothing is published but what was read, and what it says, as an import is.
    Raises UnknownName, and ContradictsVintage where it says otherwise than a published vintage of the same day.
    """
    release = store.all_releases().release(identifier)
    files.check_release(release)
    first = release.folder.name
    with one_act():
        if PublicationRecord.objects.filter(release_id=first).exists():
            return None
        found = publication(release, store.published_in_full())
        at = now()
        PublicationRecord.objects.create(release_id=first, actor=actor, recorded_at=at)
        _judge_extents(release.dataset)
        record_event(actor, "publish", {"release": release.id, **recorded(release.id), **counted(found)}, at=at)
    return found
