"""How an error ends a command: with which exit status, and in which sentences."""

import json
import os
import secrets
import traceback
from contextlib import suppress
from pathlib import Path

from comity.cli.terminal.printing import first_lines


def ending(error: Exception) -> tuple[int, list[str]]:
    """Exit status and lines for an error: what a person can mend is said, any other is a failure of the program."""
    return _of_input(error) or _of_workspace(error) or _of_program(error)


def _of_input(error: Exception) -> tuple[int, list[str]] | None:
    from comity.evidence.errors import BadInput

    if not isinstance(error, BadInput):
        return None
    return 2, first_lines([str(fault) for fault in error.faults], "mend these first")


def _of_workspace(error: Exception) -> tuple[int, list[str]] | None:
    """What the operator can mend: files, the disk, the database, settings."""
    import duckdb
    from django.core.exceptions import ImproperlyConfigured

    from comity.evidence.errors import ComityError
    from comity.evidence.workspaces import workspace
    from comity.site.database import cannot_be_used

    if isinstance(error, ComityError):
        return 1, first_lines(str(error).splitlines(), "mend these first")
    if isinstance(error, OSError) and error.strerror:
        named = error.filename if isinstance(error.filename, str | Path) else ""
        ours = not named or Path(named).is_relative_to(workspace.home())
        return (1 if ours else 2), [f"{named or 'The workspace'}: {error.strerror}"]
    if isinstance(error, ImproperlyConfigured) or cannot_be_used(error):
        return 1, [f"The database of the workspace {workspace.home()} cannot be used: {_first_line(error)}."]
    if isinstance(error, duckdb.IOException | duckdb.OutOfMemoryException):
        return 1, [f"The files of the workspace {workspace.home()} cannot be used: {_first_line(error)}."]
    return None


def _first_line(error: Exception) -> str:
    return (_sentence(error).splitlines() or [type(error).__name__])[0].rstrip(".")


def _sentence(error: Exception) -> str:
    """What an error says; of one of DuckDB that comes as JSON, the sentence in it."""
    text = str(error)
    with suppress(ValueError, LookupError, TypeError):
        return str(json.loads(text[text.index("{") :])["exception_message"])
    return text


def _of_program(error: Exception) -> tuple[int, list[str]]:
    """A failure that we did not foresee: where it is written down, so that it can be reported and mended."""
    from comity.site.serving import log

    if os.environ.get("COMITY_DEBUG") == "1":
        return 1, [line for part in traceback.format_exception(error) for line in part.splitlines()]
    failed = f"The program failed ({type(error).__name__})."
    reference = secrets.token_hex(8)
    if (path := log.write_failure(error, reference)) is None:
        return 1, [failed, "Run the command again with COMITY_DEBUG=1 to see where, and report what it then says."]
    where = f"Please report the line of {path} that says “{reference}”: it tells where, and nothing of your data."
    return 1, [failed, where, "With COMITY_DEBUG=1 the command tells all of it here."]
