"""Acts, one at a time: the transaction in which something is done and recorded."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from comity.evidence import workspace
from comity.evidence.store import lock_chain


@contextmanager
def one_act() -> Iterator[None]:
    """A transaction that no other act joins or overtakes, of whatever process; others wait in turn.

    What the act depends on is read within it. The workspace's lock keeps processes waiting however long an act takes,
    where SQLite would give up; the database's keeps apart what runs on several machines.
    """
    with workspace.alone("act"), transaction.atomic():
        lock_chain()
        yield
