"""Triggers by which the database itself refuses what nobody may do: change, delete or write over an event or a fact.

A table that has them already is guarded anew, so that a migration can add what an earlier one left open.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import migrations
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Model, UniqueConstraint

from comity.evidence.ledger import CLOSING


def _sqlite(model: type[Model]) -> dict[str, str]:
    """The triggers of a table by name.

    On SQLite what replaces a row deletes it and fires no trigger of deleting: what it would replace must not be there.
    A row also has a number behind its columns, by which another can be made to take its place.
    """
    table, unique, closable = model._meta.db_table, _unique_in(model), _is_closable(model)
    kept, changed, once = (f"{table}: {what}" for what in ("nothing is deleted", "nothing changes", "closed once"))
    same = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in ("rowid", *_fixed(model)))
    there = " OR ".join(_is_there(table, columns) for columns in unique)
    over = " OR ".join(_is_there(table, columns, " AND rowid IS NOT OLD.rowid") for columns in unique)

    def refusing(name: str, act: str, said: str, when: str = "") -> tuple[str, str]:
        text = f'CREATE TRIGGER {table}_{name} BEFORE {act} ON "{table}"{when and f" WHEN {when}"}'
        return f"{table}_{name}", f"{text} BEGIN SELECT RAISE(ABORT, '{said}'); END"

    triggers = [refusing("keep", "DELETE", kept), refusing("over", "INSERT", kept, there)]
    if closable:
        triggers += [
            refusing("fix", "UPDATE", changed, f"{same} OR {over}"),
            refusing("once", "UPDATE", once, "OLD.closed_at IS NOT NULL"),
        ]
    else:
        triggers.append(refusing("fix", "UPDATE", changed))
    return dict(triggers)


def _is_there(table: str, columns: Sequence[str], beside: str = "") -> str:
    """Whether a row has what a new one has in columns in which no two may have the same."""
    same = " AND ".join(f'"{column}" = NEW."{column}"' for column in columns)
    return f'EXISTS (SELECT 1 FROM "{table}" WHERE {same}{beside})'  # noqa: S608 - names of our own tables


def _postgresql(model: type[Model]) -> str:
    """The body of the function that a table's triggers call."""
    table = model._meta.db_table
    same = " OR ".join(f'OLD."{column}" IS DISTINCT FROM NEW."{column}"' for column in _fixed(model))
    once = " OR OLD.closed_at IS NOT NULL" if _is_closable(model) else ""
    return f""" BEGIN
            IF TG_OP IN ('DELETE', 'TRUNCATE') THEN RAISE EXCEPTION '{table}: nothing is deleted'; END IF;
            IF {same}{once} THEN RAISE EXCEPTION '{table}: nothing changes'; END IF;
            RETURN NEW; END """


def _statements(vendor: str, model: type[Model]) -> Iterator[str]:
    table = model._meta.db_table
    if vendor == "sqlite":
        for name in (f"{table}_{what}" for what in ("keep", "over", "fix", "once")):
            yield f"DROP TRIGGER IF EXISTS {name}"
        yield from _sqlite(model).values()
        return
    yield f"CREATE OR REPLACE FUNCTION {table}_guard() RETURNS trigger AS $${_postgresql(model)}$$ LANGUAGE plpgsql"
    run = f"EXECUTE FUNCTION {table}_guard()"
    for name, what in (("guard", "UPDATE OR DELETE"), ("keep", "TRUNCATE")):
        each = "ROW" if name == "guard" else "STATEMENT"
        yield f'DROP TRIGGER IF EXISTS {table}_{name} ON "{table}"'
        yield f'CREATE TRIGGER {table}_{name} BEFORE {what} ON "{table}" FOR EACH {each} {run}'


def _is_closable(model: type[Model]) -> bool:
    return any(field.name == "closed_at" for field in model._meta.local_fields)


def _fixed(model: type[Model]) -> list[str]:
    """The columns that never change, in an order that does not depend on which version made them."""
    mutable = CLOSING if _is_closable(model) else ()
    return sorted(str(field.column) for field in model._meta.local_fields if field.column not in mutable)


def _unique_in(model: type[Model]) -> list[tuple[str, ...]]:
    """The sets of columns in which no two rows may have the same."""
    column_of = {field.name: str(field.column) for field in model._meta.local_fields}
    single = [(column_of[field.name],) for field in model._meta.local_fields if field.unique]
    several = [one for one in model._meta.constraints if isinstance(one, UniqueConstraint)]
    return sorted([*single, *(tuple(column_of[name] for name in one.fields) for one in several)])


def guard(app: str, model: str) -> migrations.RunPython:
    """A migration step that makes a table's rows permanent; closing a fact once stays allowed."""

    def forward(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
        found = apps.get_model(app, model)  # type: ignore[attr-defined]
        for statement in _statements(schema_editor.connection.vendor, found):
            schema_editor.execute(statement)

    return migrations.RunPython(forward, migrations.RunPython.noop)


def unguarded(connection: BaseDatabaseWrapper, models: Iterable[type[Model]]) -> Iterator[str]:
    """The tables of which a trigger is missing, does not run, or is another than the one that guards them."""
    held = _held_by_sqlite(connection) if connection.vendor == "sqlite" else _held_by_postgresql(connection)
    for model in models:
        table = model._meta.db_table
        expected: dict[str, Any] = _sqlite(model) if connection.vendor == "sqlite" else _expected_of_postgresql(model)
        if any(held.get(name) != text for name, text in expected.items()):
            yield table


def unknown(connection: BaseDatabaseWrapper, models: Iterable[type[Model]]) -> Iterator[str]:
    """The triggers of the database, by name, that guard none of the tables; we make no others."""
    if connection.vendor == "sqlite":
        held, ours = set(_held_by_sqlite(connection)), {name for model in models for name in _sqlite(model)}
    else:
        held = set(_held_by_postgresql(connection)) | _others_of_postgresql(connection)
        ours = {name for model in models for name in _expected_of_postgresql(model)}
    yield from sorted(held - ours)


_BEFORE_EACH_CHANGE, _BEFORE_TRUNCATE = 1 + 2 + 8 + 16, 2 + 32
"""`pg_trigger.tgtype`: for each row, before, on DELETE and UPDATE; before, on TRUNCATE (PostgreSQL's `trigger.h`)."""


def _expected_of_postgresql(model: type[Model]) -> dict[str, tuple[Any, ...]]:
    """What `_held_by_postgresql` gives of a table's triggers: that they run always, on all columns, in any case."""
    table = model._meta.db_table
    return {
        f"{table}_{name}": (table, when, "", True, _postgresql(model))
        for name, when in (("guard", _BEFORE_EACH_CHANGE), ("keep", _BEFORE_TRUNCATE))
    }


def _held_by_sqlite(connection: BaseDatabaseWrapper) -> dict[str, Any]:
    with connection.cursor() as cursor:
        # By its text: what SQLite runs is what that says, whatever stands in the column beside it.
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        return {name: sql for name, sql in cursor.fetchall() if _MAKES_TRIGGER.match(sql)}


_MAKES_TRIGGER = re.compile(r"\s*CREATE\s+(?:TEMP(?:ORARY)?\s+)?TRIGGER\b", re.IGNORECASE)


def _held_by_postgresql(connection: BaseDatabaseWrapper) -> dict[str, Any]:
    """The triggers that run, by name: table, when, on which columns alone, whether in any case, the body."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname, relname, tgtype, tgattr::text, tgqual IS NULL, prosrc FROM pg_trigger "
            "JOIN pg_proc ON pg_proc.oid = tgfoid JOIN pg_class ON pg_class.oid = tgrelid "
            "WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') "
            # The table that is meant by the name now, itself, and shown to all whole.
            "AND tgrelid = to_regclass(quote_ident(relname)) AND relkind = 'r' AND NOT relrowsecurity "
            "AND current_setting('session_replication_role') = 'origin'"
        )
        return {name: tuple(said) for name, *said in cursor.fetchall()}


def _others_of_postgresql(connection: BaseDatabaseWrapper) -> set[str]:
    """What else may act in the place of what is written: triggers that are turned off, and rules."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal UNION "
            "SELECT rulename FROM pg_rewrite JOIN pg_class ON pg_class.oid = ev_class "
            "WHERE rulename <> '_RETURN' AND relkind = 'r' UNION SELECT evtname FROM pg_event_trigger"
        )
        return {name for (name,) in cursor.fetchall()}
