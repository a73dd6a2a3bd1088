"""Releases made by hand, in a folder and without a database, for the tests on quality."""

import hashlib
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

from examples.statistics import observation, reading

from comity.areas.gazetteer import Area, Gazetteer, Membership, Name
from comity.evidence.findings import Finding
from comity.observations.observation import Observation
from comity.observations.reading import Reading
from comity.statistics.quality import QualityFinding, findings
from comity.statistics.releases.files import Release, release_id, write_release

_STATES = {"076": "Brazil", "250": "France", "826": "United Kingdom"}
_PARTS = {"GBR_E_W": "England and Wales", "GBR_S": "Scotland", "GBR_NI": "Northern Ireland"}

NAMES = Gazetteer(
    [
        *(Area(code, None, None, "state", None, None, True, "") for code in _STATES),
        *(Area(code, None, None, "statistical", None, None, False, "") for code in _PARTS),
    ],
    [Name(code, "en", "short", name, None, None, True, "") for code, name in (_STATES | _PARTS).items()],
    [Membership(code, "part-of", "826", None, None, False, "") for code in _PARTS],
    [],
)

Make = Callable[..., Release]


def write(folder: Path, read: Reading, published: str) -> Release:
    """A reading as a release of a folder."""
    day = date.fromisoformat(published)
    described = read.description
    identifier = release_id(described.dataset, day, 1)
    origin = hashlib.sha256(repr(read).encode()).hexdigest()
    shutil.rmtree(folder / identifier, ignore_errors=True)  # of an example before it
    digest = write_release(folder / identifier, read, day, origin)
    return Release(
        id=identifier,
        dataset=described.dataset,
        title=described.title,
        publisher=described.publisher,
        published=day,
        sequence=1,
        licence="",
        note="",
        rows=read.rows,
        observations=len(read.observations),
        rejected=read.rejected,
        findings=len(read.findings),
        digest=digest,
        origin=origin,
        file=read.file,
        recorded_at=datetime(2026, 1, 1, tzinfo=UTC),
        withheld=False,
        shipped=False,
        folder=folder / identifier,
    )


def release(folder: Path, *observations: Observation, dataset: str = "made", published: str = "2020-06-30") -> Release:
    """A release of observations, each at a place of its own: `Sheet!L1`, `Sheet!L2` and so on."""
    placed = [one._replace(place=f"Sheet!L{row}") for row, one in zip(count(1), observations)]
    return write(folder, reading(*placed, dataset=dataset, file=f"{dataset}.xlsx"), published)


def series(values: dict[int, float | None], **more: object) -> list[Observation]:
    """One series by year."""
    return [observation(period=str(year), value=value, **more) for year, value in values.items()]


def found(rule: str, *releases: Release) -> list[QualityFinding]:
    """What one rule finds."""
    return findings(list(releases), NAMES, rules=[rule])


def only(rule: str, *releases: Release) -> Finding:
    """The one finding of a rule."""
    (one,) = found(rule, *releases)
    return one.finding
