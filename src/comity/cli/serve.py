"""`comity serve`: serve the site from the workspace as it is."""

from comity.cli.terminal.inputs import Port
from comity.cli.terminal.printing import say
from comity.cli.terminal.readiness import make_ready


def serve(port: Port = 8000) -> None:
    """Serve the site from the workspace as it is.

    Example: comity serve --port 8080
    """
    make_ready()
    from comity.evidence.workspaces.acts import check_has_room
    from comity.site.serving import server

    check_has_room()
    server.require_free(port)
    say(f"Open http://localhost:{port}/ — Ctrl+C stops.")
    server.serve(port)
