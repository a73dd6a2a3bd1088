"""The site that all tests of the run share."""

import pytest
import workspaces
from browsing import Site


@pytest.fixture(scope="session")
def site(workspace: object) -> Site:
    """The site as it is served from an empty home once the tables are loaded and the report is built."""
    return Site(int(workspaces.SERVED.read_text(encoding="utf-8")), workspaces.SITE, workspaces.RUN / "pages")
