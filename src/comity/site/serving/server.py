"""One server for a desk and for production: granian with the site's application."""

import os
import socket
import sys

from django.utils.translation import gettext as _

from comity.evidence.errors import WorkspaceError

CONNECTIONS = 1024
"""Connections that a worker serves at once; further ones wait in the system's queue."""

LATER = 202
"""The status by which pages tell the server, and no reader, that an answer takes long and is to be asked for anew."""


def require_free(port: int) -> None:
    """Refuse a port that something else already listens on, before any work is done."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_address(), port))
        except OSError:
            raise WorkspaceError(
                _("Port %(port)d is taken by another program; choose one with --port (make run PORT=…)")
                % {"port": port}
            ) from None


def _address() -> str:
    return os.environ.get("COMITY_ADDRESS", "127.0.0.1")


def _workers() -> int:
    """`COMITY_WORKERS`, or as many processes as the machine has cores, two at least, so that one may fail."""
    given = os.environ.get("COMITY_WORKERS", "")
    return int(given) if given.isdecimal() and int(given) else min(max(os.cpu_count() or 1, 2), 8)


def serve(port: int) -> None:
    """Serve until stopped, in the place of this process.

    A process anew: a worker that is forked after charts were drawn waits for their threads and never answers.
    """
    command = [sys.executable, "-m", "granian", "--interface", "rsgi", "--host", _address(), "--port", str(port)]
    command += ["--workers", str(_workers()), "--respawn-failed-workers", "--respawn-interval", "1"]
    # Whoever is being answered when the server is told to stop is answered whole, for as long as this.
    command += ["--workers-kill-timeout", "30", "--http1-header-read-timeout", "10000"]
    command += ["--backpressure", str(CONNECTIONS), "--no-log", "comity.site.serving.application:application"]
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(sys.executable, command)  # noqa: S606 - our own interpreter and arguments
