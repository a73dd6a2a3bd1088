"""Triggers by which the database itself refuses what nobody may do: change or delete an event or a fact."""

from collections.abc import Sequence

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_CLOSING = ("closed_at", "closed_from", "closed_because", "replaced_by_id")


def _sqlite(table: str, mutable: Sequence[str], columns: Sequence[str]) -> list[str]:
    fixed = ", ".join(f'"{column}"' for column in columns if column not in mutable)
    refuse = "BEGIN SELECT RAISE(ABORT, '{}'); END"
    kept, changed = f"{table}: nothing is deleted", f"{table}: nothing changes"
    statements = [
        f'CREATE TRIGGER {table}_keep BEFORE DELETE ON "{table}" ' + refuse.format(kept),
        f'CREATE TRIGGER {table}_fix BEFORE UPDATE OF {fixed} ON "{table}" ' + refuse.format(changed),
    ]
    if mutable:
        statements.append(
            f'CREATE TRIGGER {table}_once BEFORE UPDATE ON "{table}" WHEN OLD.closed_at IS NOT NULL '
            + refuse.format(f"{table}: closed once")
        )
    return statements


def _postgresql(table: str, mutable: Sequence[str], columns: Sequence[str]) -> list[str]:
    same = " OR ".join(f'OLD."{column}" IS DISTINCT FROM NEW."{column}"' for column in columns if column not in mutable)
    once = "OR OLD.closed_at IS NOT NULL" if mutable else ""
    return [
        f"""CREATE FUNCTION {table}_guard() RETURNS trigger AS $$ BEGIN
            IF TG_OP = 'DELETE' THEN RAISE EXCEPTION '{table}: nothing is deleted'; END IF;
            IF {same} {once} THEN RAISE EXCEPTION '{table}: nothing changes'; END IF;
            RETURN NEW; END $$ LANGUAGE plpgsql""",
        f'CREATE TRIGGER {table}_guard BEFORE UPDATE OR DELETE ON "{table}" '
        f"FOR EACH ROW EXECUTE FUNCTION {table}_guard()",
    ]


def guard(app: str, model: str, *, closable: bool) -> migrations.RunPython:
    """A migration step that makes a table's rows permanent; with `closable`, closing a fact once stays allowed."""

    def forward(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
        meta = apps.get_model(app, model)._meta  # type: ignore[attr-defined]
        columns = [field.column for field in meta.local_fields]
        make = _postgresql if schema_editor.connection.vendor == "postgresql" else _sqlite
        for statement in make(meta.db_table, _CLOSING if closable else (), columns):
            schema_editor.execute(statement)

    return migrations.RunPython(forward, migrations.RunPython.noop)
