"""`comity up`: set up, load the reference tables, build the report, serve the site."""

from pathlib import Path
from typing import Annotated

import typer

from comity.cli.import_files import import_files
from comity.cli.terminal.inputs import Port, today
from comity.cli.terminal.printing import Format, say
from comity.cli.terminal.readiness import load_rooms


def up(
    port: Port = 8000,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Set up and build, then stop.")] = False,
    resolution: Annotated[Path | None, typer.Option(help="The official text of a resolution to import.")] = None,
    adopt: Annotated[
        bool,
        typer.Option("--adopt", help="Take the connected database for the workspace's own, though it is not."),
    ] = False,
) -> None:
    """Set up if needed, load the reference tables, build the report, serve the site.

    Example: comity up --port 8080
    """
    load_rooms()
    from comity.evidence.workspaces import workspace
    from comity.evidence.workspaces.acts import set_up_alone
    from comity.reports import build
    from comity.site import setup
    from comity.site.serving import server

    if not no_serve:
        server.require_free(port)
    say(f"Workspace: {workspace.home()}")
    with set_up_alone():
        setup.prepare(say, adopt=adopt)
        if resolution is not None:
            import_files([resolution], Format.TABLE, dry_run=False)
        say("Building the report")
        built = build.build(workspace.folder("reports") / "latest", as_at=today())
    say(f"  {built.directory}: {built.figures} figures, as at {built.as_at.isoformat()}")
    if no_serve:
        return
    say("")
    say(f"Open http://localhost:{port}/ for the site, http://localhost:{port}/report/ for the report. Ctrl+C stops.")
    server.serve(port)
