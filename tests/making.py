"""Makes what the tests of a run share: a workspace with the tables that ship and, where it is wanted, the served site.

Three steps, each a program of its own in the place of the one before, as `comity up` takes them: set up, build the
report, serve. What is made stays in the run's folder; `workspaces.py` waits for it.
"""

import os
import socket
import sys

import workspaces


def make_ready() -> None:
    """Set a workspace up and keep it as it is; then go on to the site where a test wants it."""
    import django

    django.setup()
    from django.db import connection

    from comity.site import setup

    setup.prepare(print)
    workspaces.keep_tables()
    connection.close()
    workspaces.MADE.touch()
    if workspaces.wanted("served"):
        site = workspaces.copy(workspaces.SITE)
        probe = _hold_a_port()
        port = probe.getsockname()[1]
        own = {"COMITY_PUBLIC_URL": f"http://127.0.0.1:{port}", "DJANGO_SETTINGS_MODULE": "comity.site.settings"}
        arguments = [sys.executable, __file__, str(port)]
        os.execve(sys.executable, arguments, {**os.environ, **site.environment, **own})  # noqa: S606 - ourselves


def _hold_a_port() -> socket.socket:
    """A port that nobody else is given while the report is built: bound, not listened on, handed on to the server."""
    probe = socket.socket()
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    probe.bind(("127.0.0.1", 0))
    probe.set_inheritable(True)
    return probe


def serve(port: int) -> None:
    """Build the report and serve the site, in the workspace that the environment names."""
    import django

    django.setup()
    from comity.evidence.workspaces import workspace
    from comity.reports.build import build
    from comity.site.serving import server

    build(workspace.folder("reports") / "latest")
    workspace.write_whole(workspaces.SERVED, str(port).encode())
    server.serve(port)


if len(sys.argv) > 1:
    serve(int(sys.argv[1]))
else:
    make_ready()
