"""The log: a line of JSON for each request and each failure, on stderr or in the file that `COMITY_LOG` names.

It holds no personal data: of a request the route and not the address, never who asked or what for; of a failure its
type and where in the code it came from, never its words or the values at hand.
"""

import json
import logging
import logging.handlers
import os
import re
import secrets
from contextvars import ContextVar
from datetime import UTC, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from comity.evidence.errors import ComityError, WorkspaceError
from comity.evidence.files.traceback_places import frames_of
from comity.evidence.workspaces import workspace

REQUEST: ContextVar[str] = ContextVar("request", default="")
"""The id of the request at hand, which each line of the log about it bears."""
LINES = "comity"
"""The logger of what the log holds; its records may bear `told`, further keys of their line."""

_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")


def request_id(given: str | None) -> str:
    """The id that a request came with, where it is a harmless short token; else one of our own."""
    return given if given and _ID.fullmatch(given) else secrets.token_hex(8)


def failure(error: BaseException) -> dict[str, Any]:
    """A failure as the log keeps it: its type, where it came from, outermost first, and what it came of."""
    told: dict[str, Any] = {"type": _name(type(error)), "at": frames_of(error)}
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return {**told, "after": failure(before)} if before else told


def _name(kind: type) -> str:
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


class JsonLines(logging.Formatter):
    """A record as a line of JSON: moment, level, what happened, the request's id, then the keys of its own."""

    def format(self, record: logging.LogRecord) -> str:
        """Give the line."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
        }
        if REQUEST.get():
            line["request"] = REQUEST.get()
        line |= getattr(record, "told", {})
        if record.exc_info and record.exc_info[1]:
            line["failure"] = failure(record.exc_info[1])
        return json.dumps(line, ensure_ascii=True)


def _opened(path: Path) -> TextIOWrapper:
    """A file to add lines to, which others than its owner and group cannot read."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640), "a", encoding="utf-8")


class LogFile(logging.handlers.WatchedFileHandler):
    """A file of lines that may be rotated beneath us; a log that cannot be written breaks nothing that it tells of."""

    def _open(self) -> TextIOWrapper:
        return _opened(Path(self.baseFilename))

    def handleError(self, record: logging.LogRecord) -> None:
        """Leave what cannot be written unsaid."""


def tell_failure(event: str, error: BaseException) -> None:
    """Tell in the log of something that failed, which nobody had asked for."""
    logging.getLogger(LINES).error(event, exc_info=error)


def write_failure(error: BaseException, reference: str) -> Path | None:
    """Write a command's failure to the log's file, or to `failures.log` of the workspace; None where that cannot be."""
    told = {"request": reference, "failure": failure(error)}
    record = logging.makeLogRecord({"levelname": "ERROR", "msg": "command", "told": told})
    try:
        path = file_of_log() or workspace.home() / "failures.log"
        with _opened(path) as stream:
            stream.write(JsonLines().format(record) + "\n")
    except (OSError, ComityError):
        return None
    return path


def file_of_log() -> Path | None:
    """The file that `COMITY_LOG` names; raises WorkspaceError where nothing can be written there."""
    if not (named := os.environ.get("COMITY_LOG")):
        return None
    path = Path(named).absolute()
    try:
        _opened(path).close()
    except OSError as error:
        raise WorkspaceError(f"COMITY_LOG: {path}: {error.strerror}") from None
    return path


def configuration() -> dict[str, Any]:
    """What `logging` is told: our lines alone. Django's own would name addresses, and a request's line says as much."""
    path = file_of_log()
    handler = (
        {"class": "comity.site.serving.log.LogFile", "filename": str(path)}
        if path
        else {"class": "logging.StreamHandler"}
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": "comity.site.serving.log.JsonLines"}},
        "handlers": {"log": {**handler, "formatter": "lines"}, "nowhere": {"class": "logging.NullHandler"}},
        "loggers": {
            LINES: {"handlers": ["log"], "level": "INFO", "propagate": False},
            "django": {"handlers": ["nowhere"], "level": "ERROR", "propagate": False},
        },
    }
