"""The site that all tests of the run share."""

from pathlib import Path

import pytest
import workspaces
from browsing import Site


@pytest.fixture(scope="session")
def site(served: Path) -> Site:
    """The site as it is served from an empty home once the tables are loaded and the report is built."""
    return Site(int(workspaces.SERVED.read_text(encoding="utf-8")), served, workspaces.RUN / "pages")
