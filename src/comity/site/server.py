"""One server for a desk and for production: granian with the site's application."""

import os
import socket
import sys

from django.utils.translation import gettext as _

from comity.evidence.errors import WorkspaceError


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


def serve(port: int) -> None:
    """Serve until stopped, in the place of this process.

    A process anew: a worker that is forked after charts were drawn waits for their threads and never answers.
    """
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", _address(), "--port", str(port)]
    command += ["--blocking-threads", "4", "--no-log", "comity.site.wsgi:application"]
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(sys.executable, command)  # noqa: S606 - our own interpreter and arguments
