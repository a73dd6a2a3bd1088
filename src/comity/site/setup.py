"""Making a workspace ready: database, reference tables, keys. Says what it does; a ready workspace is left alone."""

import hashlib
import json
import secrets
from collections.abc import Callable
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from comity import __version__
from comity.evidence import workspace
from comity.evidence.importing import load_reference_tables, reference_tables

Say = Callable[[str], None]


def _state() -> str:
    """A fingerprint of what set-up brings into a workspace: this version, its migrations, its reference tables."""
    package = Path(__file__).resolve().parent.parent
    parts = [__version__, *sorted(path.name for path in package.glob("*/migrations/*.py"))]
    parts += [hashlib.sha256(path.read_bytes()).hexdigest() for path, _file in reference_tables()]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _stamp() -> Path:
    return workspace.home() / "workspace.json"


def _rows(rows: int | None) -> str:
    return _("held already") if rows is None else _("%(rows)d rows") % {"rows": rows}


def is_ready() -> bool:
    """Whether the workspace holds what this version brings, by the stamp that set-up leaves."""
    try:
        stamp = json.loads(_stamp().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(stamp.get("state") == _state() and stamp.get("database") == str(connection.settings_dict["NAME"]))


def was_made() -> bool:
    """Whether the workspace was ever set up, by this version or another."""
    return _stamp().exists()


def prepare(say: Say) -> None:
    """Make the workspace ready: keys, database, reference tables; each step is said before it is taken."""
    workspace.home().mkdir(parents=True, exist_ok=True)
    secret = workspace.home() / "keys" / "secret"
    if not secret.exists():
        say(_("Making the workspace's own secret key in %(path)s") % {"path": secret})
        workspace.write_whole(secret, secrets.token_urlsafe(48).encode())
        secret.chmod(0o600)
    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if waiting:
        name = connection.settings_dict["NAME"]
        say(_("Preparing the database %(name)s (%(count)d steps)") % {"name": name, "count": waiting})
        call_command("migrate", verbosity=0, interactive=False)
    say(_("Loading the reference tables"))
    load_reference_tables(lambda file, rows: say(f"  {file}: " + _rows(rows)))
    stamp = {"state": _state(), "database": str(connection.settings_dict["NAME"]), "version": __version__}
    workspace.write_whole(_stamp(), json.dumps(stamp, indent=1).encode())
