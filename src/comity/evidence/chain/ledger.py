"""The ledger: which rows each act wrote and closed, by their digests, so that the audit chain vouches for every row.

A model whose rows are permanent is a `Recorded` of `evidence.models`: whatever is written of it between `begin` and the
act's event is noted here without the writer's doing, and the event signs the digests. A row that no event wrote, that
is another than the event says, or that is gone, is then seen, whoever changed it and however.

A digest leaves out what a column holds by default, so that a column which a later version adds changes none.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextvars import ContextVar
from typing import Any

from django.db.models import Model

from comity.evidence.errors import WorkspaceError
from comity.evidence.figures import canonical
from comity.evidence.wording import gettext as _

WROTE, CLOSED = "wrote", "closed"
CLOSING = ("closed_at", "closed_from", "closed_because", "replaced_by_id")
_AT_ONCE = 5000

Digests = dict[str, dict[str, dict[str, str]]]
"""The digests of rows by what was done (`WROTE`, `CLOSED`), table and key."""

_noted: ContextVar[dict[tuple[str, type[Model]], set[Any]] | None] = ContextVar("noted", default=None)


def begin() -> None:
    """Begin an act: what was noted and never recorded, since it was rolled back, is no part of it."""
    _noted.set({})


def note(rows: Iterable[Model], *done: str) -> None:
    """Note that the act which is under way wrote rows, or closed them."""
    noted = _noted.get()
    if noted is None:
        _noted.set(noted := {})
    for row in rows:
        for what in done:
            noted.setdefault((what, type(row)), set()).add(row.pk)


def note_all(models: Iterable[type[Model]]) -> None:
    """Note every row that stands: for the event that vouches for what was there before events said what they wrote."""
    for model in models:
        for row in model._base_manager.all().iterator():
            note([row], WROTE, *([CLOSED] if getattr(row, "closed_at", None) else []))


def taken() -> Digests:
    """The digests of what was noted, as it stands in the database now; the next act begins with nothing.

    Raises WorkspaceError where something of it is not there: the database swallowed it.
    """
    noted, found = _noted.get() or {}, Digests()
    _noted.set(None)
    for (what, model), keys in noted.items():
        digests = {str(row["pk"]): digest(model, row, what) for row in rows_of(model, keys)}
        if len(digests) < len(keys):
            said = {"table": model._meta.db_table, "count": len(keys) - len(digests)}
            raise WorkspaceError(_("%(count)d rows that were written into %(table)s are not there") % said)
        found.setdefault(what, {})[model._meta.db_table] = digests
    return found


def rows(model: type[Model]) -> Iterator[Mapping[str, Any]]:
    """Every row of a model by its columns' names, with `pk` beside them."""
    return _values(model, model._base_manager.all())


def rows_of(model: type[Model], keys: Iterable[Any]) -> Iterator[Mapping[str, Any]]:
    """The rows of certain keys, by their columns' names, with `pk` beside them."""
    every = list(keys)
    for start in range(0, len(every), _AT_ONCE):
        yield from _values(model, model._base_manager.filter(pk__in=every[start : start + _AT_ONCE]))


def is_closed(row: Mapping[str, Any]) -> bool:
    """Whether any of what closes a fact is set."""
    return any(row.get(name) not in (None, "") for name in CLOSING)


def digest(model: type[Model], row: Mapping[str, Any], what: str) -> str:
    """The SHA-256 of what an act wrote into a row, or of how it closed it."""
    fields = [field for field in model._meta.concrete_fields if (field.attname in CLOSING) == (what == CLOSED)]
    said = {field.attname: row[field.attname] for field in fields if row[field.attname] != field.get_default()}
    return hashlib.sha256(canonical([model._meta.db_table, str(row["pk"]), said]).encode()).hexdigest()


def _values(model: type[Model], found: Any) -> Iterator[Mapping[str, Any]]:
    names = [field.attname for field in model._meta.concrete_fields]
    key = model._meta.pk.attname
    for values in found.order_by().values_list(*names).iterator():
        row = dict(zip(names, values, strict=True))
        yield {**row, "pk": row[key]}
