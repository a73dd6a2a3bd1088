"""Making a workspace ready: database, reference tables, keys. Says what it does; a ready workspace is left alone."""

import hashlib
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from comity import __version__
from comity.evidence.errors import WorkspaceError
from comity.evidence.importing import load_reference_tables, reference_tables
from comity.evidence.store import begin_signing
from comity.evidence.workspaces import binding, workspace
from comity.evidence.workspaces.acts import set_up_alone
from comity.statistics.store import repair_current

Say = Callable[[str], None]


def _state() -> str:
    """A fingerprint of what set-up brings into a workspace: this version, its migrations, its reference tables."""
    package = Path(__file__).resolve().parent.parent
    parts = [__version__, *sorted(path.name for path in package.glob("*/migrations/*.py"))]
    parts += [hashlib.sha256(path.read_bytes()).hexdigest() for path, _file in reference_tables()]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _rows(rows: int | None) -> str:
    return _("held already") if rows is None else _("%(rows)d rows") % {"rows": rows}


def is_ready() -> bool:
    """Whether the workspace holds what this version brings, by what set-up writes last."""
    return bool(workspace.description().get("state") == _state())


def was_made() -> bool:
    """Whether the workspace was ever set up, by this version or another."""
    return "state" in workspace.description()


def has_database() -> bool:
    """Whether there is a database to ask: a server's, or a file."""
    return connection.vendor != "sqlite" or (workspace.home() / "comity.sqlite3").exists()


def require(*, any_version: bool = False) -> None:
    """See that the workspace was set up, by this version unless any will do, in the database that is connected.

    Raises WorkspaceError that says what to do where not. What notebooks read is put right where a commit outran it.
    """
    if not was_made():
        raise WorkspaceError(
            _("There is no workspace in %(home)s; `comity up --no-serve` makes one") % {"home": workspace.home()}
        )
    if any_version:
        binding.check()
        return
    if binding.is_left_unfinished():
        with suppress(OSError), set_up_alone():
            binding.finish()
    binding.check()
    if not is_ready():
        raise WorkspaceError(of_another_version())
    repair_current()


def of_another_version() -> str:
    """That the workspace is not yet this version's: its tables and their guards may be others than a check expects."""
    words = _("The workspace %(home)s was set up by another version; `comity up --no-serve` brings it to this one")
    return words % {"home": workspace.home()}


def prepare(say: Say, *, adopt: bool = False) -> None:
    """Make the workspace ready: keys, database, reference tables; each step is said before it is taken.

    Of several that set up at once each finds what the one before it made. Raises WorkspaceError where the connected
    database belongs to another workspace or is older than this one; with `adopt` it becomes this one's own.
    """
    with set_up_alone():
        if not adopt:
            binding.finish()
            binding.admit()
        _make_secret(say)
        _migrate(say)
        if adopt:
            say(_("Taking the connected database for the workspace's own"))
            binding.adopt("comity up --adopt")
        binding.bind()
        begin_signing("comity up")
        say(_("Loading the reference tables"))
        load_reference_tables(lambda file, rows: say(f"  {file}: " + _rows(rows)))
        workspace.describe(state=_state(), version=__version__)


def _make_secret(say: Say) -> None:
    workspace.home().mkdir(parents=True, exist_ok=True)
    secret = workspace.home() / "keys" / "secret"
    if not secret.exists():
        say(_("Making the workspace's own secret key in %(path)s") % {"path": secret})
        workspace.write_whole(secret, secrets.token_urlsafe(48).encode(), private=True)


def _migrate(say: Say) -> None:
    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if waiting:
        name = connection.settings_dict["NAME"]
        say(_("Preparing the database %(name)s (%(count)d steps)") % {"name": name, "count": waiting})
        call_command("migrate", verbosity=0, interactive=False)
