"""Where the registers lie: SQLite in the workspace, or the server that `DATABASE_URL` names."""

import os
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from comity.evidence.errors import WorkspaceError
from comity.evidence.workspaces import session, workspace
from comity.site import read_only_database as read_only

EXPECTED = "postgresql://user:password@host:port/name"
ANSWERS_WITHIN = 10
"""Seconds after which a server that says nothing is given up."""
SQLITE = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
"""FULL, since with WAL a commit outlives a power cut only where the log is synced at each: an act that was said to be
recorded must be. See docs/decisions/0021."""
_OPTIONS = frozenset({"sslmode", "sslrootcert", "sslcert", "sslkey", "channel_binding", "connect_timeout"})
"""What an address may say of the connection beside `host`, in the words of libpq."""


def configuration() -> dict[str, Any]:
    """The database as Django is told of it; raises WorkspaceError for a `DATABASE_URL` that cannot be meant."""
    return _server(url) if (url := os.environ.get("DATABASE_URL")) else _in_workspace()


def _in_workspace() -> dict[str, Any]:
    path = workspace.home() / "comity.sqlite3"
    if path.exists() and (not read_only.may_be_written(path) or read_only.is_without_room(path)):
        return read_only.connection(path)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE},
    }


def _server(url: str) -> dict[str, Any]:
    parts, port = _parts(url)
    options = dict(parse_qsl(parts.query))
    host = parts.hostname or options.get("host", "")
    values = [unquote(text or "") for text in (parts.path.strip("/"), parts.username, parts.password)]
    if parts.scheme not in ("postgresql", "postgres") or not values[0] or "\0" in url + "".join([*values, host]):
        raise WorkspaceError(f"DATABASE_URL: expected {EXPECTED}")
    if unknown := sorted(options.keys() - _OPTIONS - {"host"}):
        raise WorkspaceError(f"DATABASE_URL: {unknown[0]} is none of its options: {', '.join(sorted(_OPTIONS))}, host")
    _require_driver()
    given = {name: value for name, value in options.items() if name != "host"}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": values[0],
        "USER": values[1],
        "PASSWORD": values[2],
        "HOST": host,
        "PORT": port,
        "OPTIONS": {"connect_timeout": ANSWERS_WITHIN, "options": session.options(), **given},
    }


def _require_driver() -> None:
    try:
        import psycopg  # noqa: F401 - Django would say less of its absence
    except ImportError:
        raise WorkspaceError(
            "DATABASE_URL names a PostgreSQL server, whose driver is not installed; "
            "install it by: pip install 'psycopg[binary]'"
        ) from None


def _parts(url: str) -> tuple[SplitResult, str]:
    try:
        parts = urlsplit(url)
        return parts, str(parts.port or "")
    except ValueError:
        raise WorkspaceError(f"DATABASE_URL: expected {EXPECTED}") from None


_NO_SUCH_TABLE = "42P01"
"""What PostgreSQL calls a table that is not there (its manual, appendix A); Django calls it a fault of the program."""


def cannot_be_used(error: BaseException | None) -> bool:
    """Whether an error says that the database cannot be used: gone, closed, damaged, or without our tables."""
    from django.db import DatabaseError, InterfaceError, OperationalError

    if isinstance(error, OperationalError | InterfaceError) or type(error) is DatabaseError:
        return True
    return getattr(error.__cause__, "sqlstate", None) == _NO_SUCH_TABLE if error else False
