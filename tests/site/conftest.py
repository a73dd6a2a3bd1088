"""One workspace and one server for all tests of the site."""

import contextlib
import http.client
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import Site

SERVE = """
import sys, django
django.setup()
from comity.evidence import workspace
from comity.reports.build import build
from comity.site import server, setup
setup.prepare(print)
build(workspace.folder("reports") / "latest")
server.serve(int(sys.argv[1]))
"""
"""What `comity up` does: all in one process, the report's charts before the server among it."""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """The site as it is served from an empty home once the tables are loaded and the report is built."""
    home, port = Path(tempfile.mkdtemp(prefix="comity-site-")), _free_port()
    environment = {
        **os.environ,
        "COMITY_HOME": str(home),
        "COMITY_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "DJANGO_SETTINGS_MODULE": "comity.site.settings",
    }
    environment.pop("DATABASE_URL", None)
    log = (home / "server.log").open("wb")
    server = subprocess.Popen([sys.executable, "-c", SERVE, str(port)], env=environment, stdout=log, stderr=log)
    served = Site(port, home)
    try:
        for _attempt in range(600):
            if server.poll() is not None:
                pytest.fail(f"the server stopped: {(home / 'server.log').read_text()}")
            with contextlib.suppress(OSError, http.client.HTTPException):
                served.get("/about/")
                break
            time.sleep(0.2)
        yield served
    finally:
        server.terminate()
        server.wait(20)
        log.close()
        shutil.rmtree(home, ignore_errors=True)
