"""The `comity` command: parses, calls, prints. No rule of the field stands here.

Exit status: 0 done, 1 a check failed, 2 bad input. Results go to stdout, everything said on the way to stderr.
"""

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import typer

from comity.cli import analysis, evidence, instruments, mandates, reports, setting_up, statistics
from comity.cli.printing import first_lines, say

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
app.add_typer(setting_up.commands)
app.add_typer(instruments.commands)
app.add_typer(evidence.commands)
app.add_typer(statistics.commands)
app.add_typer(analysis.commands)
app.add_typer(statistics.release, name="release")
app.add_typer(statistics.iccs, name="iccs")
app.add_typer(mandates.resolution, name="resolution")
app.add_typer(reports.report, name="report")
app.add_typer(evidence.audit, name="audit")


def _status_and_lines(error: Exception) -> tuple[int, list[str]] | None:
    """How an error that a person can mend ends the command, and the lines said of it; None for any other."""
    from django.db import DatabaseError, InterfaceError, OperationalError

    from comity.evidence import workspace
    from comity.evidence.errors import BadInput, ComityError

    if isinstance(error, BadInput):
        return 2, [str(fault) for fault in error.faults]
    if isinstance(error, ComityError):
        return 1, str(error).splitlines()
    if isinstance(error, OSError) and error.strerror:
        named = error.filename if isinstance(error.filename, str | Path) else ""
        ours = not named or Path(named).is_relative_to(workspace.home())
        return (1 if ours else 2), [f"{named or 'The workspace'}: {error.strerror}"]
    if isinstance(error, OperationalError | InterfaceError) or type(error) is DatabaseError:
        said = str(error).splitlines()[0].rstrip(".")
        return 1, [f"The database of the workspace {workspace.home()} cannot be used: {said}."]
    return None


def main(run: Callable[[], Any] = app) -> None:
    """Run the command; an error that a person can mend is a sentence on stderr, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        run()
    except Exception as error:
        ending = _status_and_lines(error)
        if ending is None:
            raise
        status, said = ending
        for line in first_lines(said, "mend these first"):
            say(line)
        sys.exit(status)
