"""Releases for tests: a folder of their own for each test of some rooms, and a release that is nowhere recorded."""

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from examples.statistics import reading

from comity.evidence.workspaces import workspace
from comity.observations.observation import Observation
from comity.statistics.releases.files import Release, write_release


@pytest.fixture(autouse=True)
def releases_of_its_own() -> Iterator[None]:
    """What a test leaves among the releases is removed after it."""
    yield
    shutil.rmtree(workspace.home() / "releases", ignore_errors=True)


def release(folder: Path, *observations: Observation, dataset: str = "homicide") -> Release:
    """A release of these observations, written to a folder and nowhere recorded."""
    published = date(2014, 10, 6)
    digest = write_release(folder, reading(*observations, dataset=dataset), published, "0" * 64)
    return Release(
        id=f"{dataset}@2014-10-06",
        dataset=dataset,
        title="Homicide, “victims”",
        publisher="UNODC",
        published=published,
        sequence=1,
        licence="CC BY 4.0",
        note="line one\nline two",
        rows=len(observations),
        observations=len(observations),
        rejected=0,
        findings=0,
        digest=digest,
        origin="0" * 64,
        file="made.csv",
        recorded_at=datetime(2026, 1, 1, tzinfo=UTC),
        withheld=False,
        shipped=False,
        folder=folder,
    )
