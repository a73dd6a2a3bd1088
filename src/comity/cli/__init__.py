"""The `comity` command: parses, calls, prints. No rule of the field stands here.

Exit status: 0 done, 1 a check failed, 2 bad input. Results go to stdout, everything said on the way to stderr.
"""

import io
import os
import sys
from collections.abc import Callable
from typing import Any

import typer

from comity.cli import analysis, evidence, instruments, mandates, reports, setting_up, statistics
from comity.cli.ending import ending
from comity.cli.printing import HarmlessStream, say

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


def main(run: Callable[[], Any] = app) -> None:
    """Run the command; whatever error ends it is a sentence on stderr, never a traceback that nobody asked for."""
    # Whatever umask is given, nothing that is made can be written by everyone.
    os.umask(os.umask(0o077) | 0o002)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    if isinstance(sys.stderr, io.TextIOWrapper):
        sys.stderr = HarmlessStream(sys.stderr.buffer, "utf-8", "backslashreplace", line_buffering=True)
    try:
        run()
    except Exception as error:
        status, said = ending(error)
        for line in said:
            say(line)
        sys.exit(status)
