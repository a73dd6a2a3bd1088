"""One server for a desk and for production: granian with the site's application."""

import os
import socket

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
    """Serve until stopped."""
    from granian.constants import Interfaces
    from granian.server import Server

    Server(
        "comity.site.wsgi:application",
        address=_address(),
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=4,
        log_enabled=False,
    ).serve()
