"""A workspace and its database belong together: what one of them lacks is never taken for gone from the other.

The database says which one it is, and the workspace which one is its own. Another database, or an older state of the
right one, is refused before anything is read from it or done by it; `comity up --adopt` alone takes it.
"""

from typing import Any

from django.utils.translation import gettext as _

from comity.evidence import store
from comity.evidence.chain import anchors, keys
from comity.evidence.errors import WorkspaceError
from comity.evidence.workspaces import workspace
from comity.evidence.workspaces.acts import afterwards, one_act

_ID, _NAME = "database_id", "database"
_ADOPT = "adopt"
_HOLDING = ("releases", "origins")
"""The folders of what a database describes: where they hold anything, an empty database is not their own."""


def is_bound() -> bool:
    """Whether the workspace knows its database."""
    return _ID in workspace.description()


def check_own() -> None:
    """Raises WorkspaceError where the connected database is not the workspace's own.

    A workspace that knows no database yet has none to be held against.
    """
    said = workspace.description()
    if _ID in said and store.identity() != said[_ID]:
        raise _another(said)


def check() -> None:
    """Raises WorkspaceError where the connected database is not the workspace's own, or an older state of it."""
    if not is_bound():
        return
    check_own()
    known = anchors.last()
    if known is not None and not store.is_in_chain(known.number, known.hash):
        raise _older(known)


def admit() -> None:
    """Raises WorkspaceError where the connected database may not become, or is not, that of the workspace.

    An empty one may where the workspace is empty too. Workspaces of versions that did not ask are known by the name of
    their database.
    """
    said = workspace.description()
    if _ID in said:
        check()
    elif _NAME in said:
        if said[_NAME] != store.database_name():
            raise _another(said)
    elif store.has_events() or _holds_anything():
        raise _another(said)


def bind() -> None:
    """Let the workspace know the connected database as its own."""
    workspace.describe(**{_ID: store.make_identity(), _NAME: store.database_name()})


def adopt(actor: str) -> None:
    """Let the workspace take the connected database for its own, whatever it knew before; the chain records it.

    What stands in the database is vouched for as it stands. Anchors and pin are made aside; once the database has
    recorded the act they take the place of those before, which are kept. What is stopped before that leaves all as it
    was, and what is stopped after it is finished by `finish`.
    """
    finish()
    anchors.keep_what_was_there()
    before = workspace.description().get(_ID)
    with workspace.anchors_in(anchors.ADOPTING), one_act():
        database = store.make_identity()
        store.begin_signing(actor, anew=True)
        store.record_event(actor, _ADOPT, {"database": database, "before": before}, at=store.now())
    afterwards(finish)


def is_left_unfinished() -> bool:
    """Whether an adoption was stopped, or is under way."""
    return (workspace.home() / anchors.ADOPTING).exists()


def finish() -> None:
    """Finish an adoption that was stopped after the database recorded it, and put aside what is none of one; done where
    nothing was left is nothing.

    Raises OSError where the workspace may only be read.
    """
    if not is_left_unfinished() or not store.has_events():
        return
    with workspace.alone("act"):  # what another process adopts now is not recorded yet, and no less an adoption
        if _is_of_adoption(anchors.ADOPTING):
            anchors.take_place()
        if _is_of_adoption(workspace.anchors().name):
            bind()
        anchors.keep_what_was_there()


def _is_of_adoption(folder: str) -> bool:
    """Whether the anchors in a folder are those with which the connected database was taken last."""
    with workspace.anchors_in(folder):
        try:
            pin, last = keys.pinned(), anchors.last()
        except PermissionError:
            raise
        except (WorkspaceError, OSError):
            return False
        if pin is None or last is None or not store.is_in_chain(last.number, last.hash):
            return False
        return store.is_begun_by(_ADOPT, pin.since, last.number)


def _holds_anything() -> bool:
    return any(any((workspace.home() / name).glob("*")) for name in _HOLDING)


def _another(said: dict[str, Any]) -> WorkspaceError:
    return WorkspaceError(
        _(
            "The workspace %(home)s does not belong to the database that is connected, %(connected)s: its own is "
            "%(own)s. Nothing is read or changed. Set DATABASE_URL and COMITY_HOME to those that belong together, or "
            "let the workspace take this database by `comity up --adopt`"
        )
        % {"home": workspace.home(), "connected": store.database_name(), "own": said.get(_NAME) or _("another one")}
    )


def _older(known: anchors.Anchor) -> WorkspaceError:
    ends, _hash = store.head()
    return WorkspaceError(
        _(
            "The connected database, %(connected)s, is an older state of that of the workspace %(home)s, or one with "
            "another history: the workspace knows event %(known)d of the audit chain, %(hash)s, which the database, "
            "whose last event is %(ends)d, does not have. Nothing is read or changed. Put the later database back, or "
            "let the workspace take this one by `comity up --adopt`"
        )
        % {
            "connected": store.database_name(),
            "home": workspace.home(),
            "known": known.number,
            "hash": known.hash[:16],
            "ends": ends,
        }
    )
