"""The `comity` command: parses, calls, prints. No rule of the field stands here.

Exit status: 0 done, 1 a check failed, 2 bad input. Results go to stdout, everything said on the way to stderr.
"""

import io
import os
import sys
from collections.abc import Callable
from typing import Any

import typer

from comity.cli import (
    audit,
    baseline,
    estimate,
    figure,
    flows,
    iccs,
    import_files,
    indicator,
    instrument,
    quality,
    query,
    release,
    report,
    resolution,
    revisions,
    serve,
    status,
    trends,
    up,
)
from comity.cli.terminal.error_messages import ending
from comity.cli.terminal.printing import HarmlessStream, say

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
app.command()(up.up)
app.command()(serve.serve)
app.command()(status.status)
app.command()(figure.figure)
app.command("import")(import_files.import_)
app.command()(query.query)
app.command()(revisions.revisions)
app.command()(quality.quality)
app.command()(estimate.estimate)
app.command()(indicator.indicator)
app.command()(trends.trends)
app.command()(flows.flows)
app.add_typer(baseline.baseline, name="baseline")
app.add_typer(release.release, name="release")
app.add_typer(iccs.iccs, name="iccs")
app.add_typer(instrument.instrument, name="instrument")
app.add_typer(resolution.resolution, name="resolution")
app.add_typer(report.report, name="report")
app.add_typer(audit.audit, name="audit")


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
