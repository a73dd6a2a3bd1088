"""Triggers by which the database itself refuses what nobody may do: change, delete or write over an event or a fact.

A table that has them already is guarded anew, so that a migration can add what an earlier one left open.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import migrations
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Model, UniqueConstraint

from comity.evidence.chain.ledger import CLOSING
from comity.evidence.workspaces import session


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
        expected: dict[Any, Any] = _sqlite(model) if connection.vendor == "sqlite" else _expected_of_postgresql(model)
        if any(held.get(name) != text for name, text in expected.items()):
            yield table


@dataclass(frozen=True, order=True)
class Stranger:
    """Something in the database's schema that we did not make: its name, and what it is; whether it may do harm."""

    name: str
    what: str
    may_harm: bool = True


def unknown(connection: BaseDatabaseWrapper, models: Iterable[type[Model]]) -> Iterator[Stranger]:
    """What stands in the database's schema and is none of ours: it may act in the place of what is written or read.

    On SQLite that is all but our tables and their indexes, on PostgreSQL all that a name may be resolved to.
    """
    found = _strangers_of_sqlite if connection.vendor == "sqlite" else _strangers_of_postgresql
    yield from sorted(set(found(connection, list(models))))


def loose(connection: BaseDatabaseWrapper) -> Iterator[str]:
    """The settings of the session, with their values, that are not what Comity sets them to; none but on PostgreSQL."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for name in session.expected():
            cursor.execute("SELECT current_setting(%s)", [name])
            if not session.is_as_expected(name, value := cursor.fetchone()[0]):
                yield f"{name} = {value}"


def _our_tables() -> set[str]:
    return {model._meta.db_table for model in apps.get_models(include_auto_created=True)} | {"django_migrations"}


_BEFORE_EACH_CHANGE, _BEFORE_TRUNCATE = 1 + 2 + 8 + 16, 2 + 32
"""`pg_trigger.tgtype`: for each row, before, on DELETE and UPDATE; before, on TRUNCATE (PostgreSQL's `trigger.h`)."""


def _expected_of_postgresql(model: type[Model]) -> dict[tuple[str, str], tuple[Any, ...]]:
    """What `_held_by_postgresql` gives of a table's triggers: that they run always, on all columns, in any case, and
    call a function that does what we wrote and is told nothing of where to look up its names."""
    table = model._meta.db_table
    function = (f"{table}_guard", True, "plpgsql", None, False, False, 0, _postgresql(model))
    return {
        (table, f"{table}_{name}"): (when, "", True, 0, *function)
        for name, when in (("guard", _BEFORE_EACH_CHANGE), ("keep", _BEFORE_TRUNCATE))
    }


def _held_by_sqlite(connection: BaseDatabaseWrapper) -> dict[str, Any]:
    with connection.cursor() as cursor:
        # By its text: what SQLite runs is what that says, whatever stands in the column beside it.
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        return dict(cursor.fetchall())


_TABLES_OF_SQLITE = {
    "sqlite_sequence": "CREATE TABLE sqlite_sequence(name,seq)",
    "sqlite_stat1": "CREATE TABLE sqlite_stat1(tbl,idx,stat)",
    "sqlite_stat4": "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)",
}
"""What SQLite makes by itself: the last numbers, and what ANALYZE counts."""


def _strangers_of_sqlite(connection: BaseDatabaseWrapper, models: Iterable[type[Model]]) -> Iterator[Stranger]:
    """The rows of the schema that are none of ours.

    A row is held against the whole of what it must be: SQLite runs its text, whatever that says, and takes white space,
    comments and any case for the same.
    """
    ours = _our_tables()
    columns = _our_columns()
    triggers = {name: text for model in models for name, text in _sqlite(model).items()}
    indexes, seen = _indexes(connection), set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT type, name, tbl_name, sql FROM sqlite_master")
        rows = cursor.fetchall()
    for kind, name, table, text in rows:
        if (kind, name) in seen:
            yield Stranger(str(name), f"a {kind} that stands twice in the schema")
        elif kind == "index" and table in ours and (text is None or _is_index(name, table, text, columns)):
            if text not in indexes and not (text is None and name.startswith(f"sqlite_autoindex_{table}_")):
                yield Stranger(name, f"an index of {table} that is none of ours", may_harm=False)
        elif kind == "trigger" and name in triggers:
            pass  # whether it is as it was made, `unguarded` says of its table
        elif not (kind == "table" and name == table and _is_table(name, text, ours)):
            yield Stranger(str(name), f"a row of the schema, {kind}, that is none of ours")
        seen.add((kind, name))


def _is_table(name: str, text: str | None, ours: set[str]) -> bool:
    if name in _TABLES_OF_SQLITE:
        return text == _TABLES_OF_SQLITE[name]
    return name in ours and str(text).startswith(f'CREATE TABLE "{name}" (')


_NAME = r'(\w+|"[^"]+"|`[^`]+`|\[[^\]]+\])'
_COLUMN = rf"{_NAME}(?:\s+COLLATE\s+(?:BINARY|NOCASE|RTRIM))?(?:\s+(?:ASC|DESC))?"
_PLAIN_INDEX = re.compile(
    rf"CREATE INDEX {_NAME}\s*ON\s*{_NAME}\s*\(\s*({_COLUMN}(?:\s*,\s*{_COLUMN})*)\s*\)\s*", re.I | re.A
)


def _is_index(name: str, table: str, text: str, columns: Mapping[str, set[str]]) -> bool:
    """Whether a text makes an index of a table: as Django spells it, or of plain columns, however it is spelled."""
    if text.startswith(tuple(f'CREATE {kind} "{name}" ON "{table}" (' for kind in ("INDEX", "UNIQUE INDEX"))):
        return True
    if (found := _PLAIN_INDEX.fullmatch(text)) is None:
        return False
    named = {_bare(column) for column in re.findall(rf"(?:^|,)\s*{_NAME}", found[3])}
    return (_bare(found[1]), _bare(found[2])) == (name.lower(), table) and named <= columns.get(table, set())


def _bare(name: str) -> str:
    """A name of SQLite without what it is quoted by, in small letters: it takes any case for the same."""
    return name.strip('"`[]').lower()


def _our_columns() -> dict[str, set[str]]:
    """The columns of each of our tables."""
    every = apps.get_models(include_auto_created=True)
    return {model._meta.db_table: {str(field.column) for field in model._meta.local_fields} for model in every}


def _indexes(connection: BaseDatabaseWrapper) -> set[str]:
    """The statements that make the indexes of our tables."""
    editor: Any = connection.SchemaEditorClass(connection)  # what it makes them by has no public name
    every = apps.get_models(include_auto_created=True)
    return {str(statement) for model in every for statement in editor._model_indexes_sql(model)}


def _held_by_postgresql(connection: BaseDatabaseWrapper) -> dict[tuple[str, str], Any]:
    """The triggers that run, by table and name: when, on which columns alone, whether in any case, with how many
    arguments, and the function whole: its name, whether it lies beside the table, language, settings, on whose behalf
    it runs, whether it is left out for NULL, its arguments, the body."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, tgname, tgtype, tgattr::text, tgqual IS NULL, tgnargs, proname, "
            "pronamespace = relnamespace, lanname, proconfig, prosecdef, proisstrict, pronargs, prosrc "
            "FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid JOIN pg_class ON pg_class.oid = tgrelid "
            "JOIN pg_language ON pg_language.oid = prolang "
            "WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') "
            # The table that is meant by the name now, itself, and shown to all whole.
            "AND tgrelid = to_regclass(quote_ident(relname)) AND relkind = 'r' AND NOT relrowsecurity "
            "AND current_setting('session_replication_role') = 'origin'"
        )
        return {(table, name): tuple(said) for table, name, *said in cursor.fetchall()}


_FIRST_MADE = 16384
"""The first number that PostgreSQL gives to what it does not bring itself (FirstNormalObjectId of `transam.h`)."""
_RESOLVED = {
    "a function": ("pg_proc", "oid::regprocedure::text", "NOT (proname = ANY(%(functions)s) AND pronargs = 0 AND "
        "pronamespace = (SELECT relnamespace FROM pg_class WHERE oid = to_regclass(left(quote_ident(proname), -6))))"),
    "an operator": ("pg_operator", "oid::regoperator::text", "true"),
    "a cast": ("pg_cast", "format_type(castsource, NULL) || ' AS ' || format_type(casttarget, NULL)", "true"),
    "a collation": ("pg_collation", "oid::regcollation::text", "collnamespace <> 'pg_catalog'::regnamespace"),
    "a conversion": ("pg_conversion", "conname", "true"),
    "an operator class": ("pg_opclass", "opcname", "true"),
    "an operator of a family that is the system's": ("pg_amop", "amopopr::regoperator::text",
        "amopfamily < %(first)s"),
    "a function of a family of operators that is the system's": ("pg_amproc", "amproc::regprocedure::text",
        "amprocfamily < %(first)s"),
    "a type": ("pg_type", "oid::regtype::text", "typtype <> 'c' AND typcategory <> 'A'"),
    "a language": ("pg_language", "lanname", "true"),
    "an event trigger": ("pg_event_trigger", "evtname", "true"),
}  # fmt: skip
"""What a database can be made to mean by the names that a statement uses: catalogue, name, and which of it to look at.
An operator for the very types of a column comes before the system's own, wherever it lies in the path."""
_TAKES = """(ours.given = theirs.given OR (SELECT typtype FROM pg_type WHERE oid = ours.given) = 'p' OR EXISTS (SELECT
    FROM pg_cast WHERE castsource = ours.given AND casttarget = theirs.given AND castcontext = 'i'))"""
_SHADOWING = {
    "a function": f"""SELECT DISTINCT o.oid::regprocedure::text FROM pg_proc o JOIN pg_proc s ON s.proname = o.proname
        WHERE o.oid >= %(first)s AND s.oid < %(first)s AND s.pronamespace = 'pg_catalog'::regnamespace
        AND o.pronamespace::regnamespace::text = ANY(current_schemas(false)::text[])
        AND o.proargtypes <> s.proargtypes AND s.pronargs > 0 AND (o.provariadic <> 0
        OR s.pronargs BETWEEN o.pronargs - o.pronargdefaults AND o.pronargs)
        AND NOT EXISTS (SELECT FROM unnest(o.proargtypes::oid[]) WITH ORDINALITY ours (given, place)
        JOIN unnest(s.proargtypes::oid[]) WITH ORDINALITY theirs (given, place) USING (place)
        WHERE NOT (o.provariadic <> 0 AND place = o.pronargs)
        AND (ours.given >= %(first)s OR NOT {_TAKES}))""",  # noqa: S608 - of our own text
    "an operator": f"""SELECT DISTINCT o.oid::regoperator::text FROM pg_operator o
        JOIN pg_operator s ON s.oprname = o.oprname AND s.oprkind = o.oprkind
        WHERE o.oid >= %(first)s AND s.oid < %(first)s AND s.oprnamespace = 'pg_catalog'::regnamespace
        AND o.oprnamespace::regnamespace::text = ANY(current_schemas(false)::text[])
        AND NOT EXISTS (SELECT FROM (VALUES (1, o.oprleft), (2, o.oprright)) ours (place, given)
        JOIN (VALUES (1, s.oprleft), (2, s.oprright)) theirs (place, given) USING (place)
        WHERE ours.given <> 0 AND (ours.given >= %(first)s OR NOT {_TAKES}))""",  # noqa: S608 - of our own text
    "a cast": """SELECT format_type(castsource, NULL) || ' AS ' || format_type(casttarget, NULL) FROM pg_cast
        WHERE oid >= %(first)s AND castsource < %(first)s AND casttarget < %(first)s""",
    "an event trigger": """SELECT evtname FROM pg_event_trigger JOIN pg_proc ON pg_proc.oid = evtfoid
        JOIN pg_language ON pg_language.oid = prolang WHERE lanname NOT IN ('c', 'internal')""",
}  # fmt: skip
"""What may come before the system's own, whoever made it: `ALTER EXTENSION … ADD` lets anything pass as an extension's.

That is what takes the system's own types and is called as one of the system's that would take them too. A function that
takes just the same never comes first, since the path of schemas begins with the system's. An extension that watches
what is made, and is honest, does it in C.
"""


def _strangers_of_postgresql(connection: BaseDatabaseWrapper, models: Iterable[type[Model]]) -> Iterator[Stranger]:
    """Triggers, rules, and all that names are resolved to, as far as neither we made it nor an extension did."""
    models = list(models)
    triggers = {key for model in models for key in _expected_of_postgresql(model)}
    said: dict[str, Any] = {"functions": [f"{model._meta.db_table}_guard" for model in models], "first": _FIRST_MADE}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, tgname, tgrelid = to_regclass(quote_ident(relname)) FROM pg_trigger "
            "JOIN pg_class ON pg_class.oid = tgrelid WHERE NOT tgisinternal"
        )
        for table, name, is_meant in cursor.fetchall():
            if not is_meant or (table, name) not in triggers:
                yield Stranger(name, f"a trigger of {table} that is none of ours")
        cursor.execute(
            "SELECT rulename, relname FROM pg_rewrite JOIN pg_class ON pg_class.oid = ev_class "
            "WHERE rulename <> '_RETURN' AND relkind = 'r'"
        )
        yield from (Stranger(name, f"a rule of {table} that is none of ours") for name, table in cursor.fetchall())
        cursor.execute(
            "SELECT inhrelid::regclass::text, parent.relname FROM pg_inherits "
            "JOIN pg_class parent ON parent.oid = inhparent JOIN pg_class child ON child.oid = inhrelid "
            "WHERE parent.relname = ANY(%s) OR child.relname = ANY(%s)",
            [tables := sorted(_our_tables()), tables],
        )
        yield from (
            Stranger(name, f"a table whose rows are taken for those of {table}") for name, table in cursor.fetchall()
        )
        for kind, (catalogue, name, which) in _RESOLVED.items():
            cursor.execute(
                f"SELECT {name} FROM {catalogue} WHERE oid >= %(first)s AND {which} AND NOT EXISTS ("  # noqa: S608
                f"SELECT FROM pg_depend WHERE classid = '{catalogue}'::regclass AND objid = {catalogue}.oid "
                "AND deptype = 'e')",
                said,
            )
            yield from (Stranger(found, f"{kind} that is none of ours") for (found,) in cursor.fetchall())
        for kind, statement in _SHADOWING.items():
            cursor.execute(statement, said)
            yield from (Stranger(found, f"{kind} that is none of ours") for (found,) in cursor.fetchall())
