"""Acts and set-up, one at a time: the locks and the transaction in which something is done and recorded."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, connections, transaction

from comity.evidence.chain import ledger
from comity.evidence.workspaces import workspace

_CHAIN = int.from_bytes(b"comity")
"""The number of the database's lock for acts. A lock of its own: a row of the chain would be another one each time."""


def lock_chain() -> None:
    """Let no other act join the chain until the caller's transaction ends; SQLite's transactions hold that from start.

    Call it inside a transaction, before reading what the act depends on.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN])


def check_may_write() -> None:
    """Raises OSError where the workspace was opened to be read alone, before anything is written beside its database:
    since it may only be read, and an administrator could write there but is not meant to, or since its disk is full."""
    if connection.vendor == "sqlite" and connection.settings_dict["OPTIONS"].get("uri"):
        folder = workspace.home()
        why = errno.ENOSPC if folder.stat().st_mode & 0o222 and os.access(folder, os.W_OK) else errno.EROFS
        raise OSError(why, os.strerror(why), str(folder))


def check_has_room() -> None:
    """Raises OSError where the workspace was opened to be read alone since its disk is full: what goes on for long
    would not see what is recorded once there is room again."""
    try:
        check_may_write()
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise


@contextmanager
def set_up_alone() -> Iterator[None]:
    """Within it no other process sets up this workspace or this database; they wait in turn. Within one's own it is
    held already."""
    check_may_write()
    with workspace.alone("set-up"):
        if connection.vendor != "postgresql" or _setting_up.get():
            yield
            return
        token = _setting_up.set(True)
        # On a connection of its own: the other one is let go of wherever a file is read, and its locks with it.
        holding = connection.copy()
        try:
            with holding.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_lock(%s)", [_CHAIN + 1])
            yield
        finally:
            holding.close()
            _setting_up.reset(token)


_setting_up: ContextVar[bool] = ContextVar("setting_up", default=False)
_acting: ContextVar[bool] = ContextVar("acting", default=False)
_afterwards: list[Callable[[], None]] = []


def register_afterwards(follows: Callable[[], None]) -> None:
    """Let a room do something once an act is committed: bring up to date what is kept beside the database."""
    _afterwards.append(follows)


@contextmanager
def one_act() -> Iterator[None]:
    """A transaction that no other act joins or overtakes, of whatever process; others wait in turn.

    What the act depends on is read within it. The workspace's lock keeps processes waiting however long an act takes,
    where SQLite would give up; the database's keeps apart what runs on several machines.
    """
    check_may_write()
    within_transaction, within_another = connection.in_atomic_block, _acting.get()
    token = _acting.set(True)
    try:
        with workspace.alone("act"), transaction.atomic():
            lock_chain()
            if not within_another:
                ledger.begin()  # what was noted by an act that was taken back is no part of this one
            yield
            if not within_transaction:
                # What fails after the commit takes nothing back, and is no word on the act; the next command does it.
                for follows in _afterwards:
                    transaction.on_commit(follows, robust=True)
    finally:
        _acting.reset(token)


def afterwards(follows: Callable[[], None]) -> None:
    """Do something once what was done is committed: at once where no transaction is open."""
    transaction.on_commit(follows)


def let_go_of_the_database() -> None:
    """Close what is open of the database; it opens again when it is next asked."""
    connections.close_all()
