"""Each test of the room has a folder of releases of its own, as it has rows of its own in the database."""

import shutil
from collections.abc import Iterator

import pytest

from comity.evidence.workspaces import workspace


@pytest.fixture(autouse=True)
def releases_of_its_own() -> Iterator[None]:
    """What a test leaves among the releases is removed after it."""
    yield
    shutil.rmtree(workspace.home() / "releases", ignore_errors=True)
