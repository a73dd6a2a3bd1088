"""In which form SQLite must hold what a column of ours holds: it takes anything anywhere.

A date that is blank, or has its month without a zero, is read as none or as the same date and compares as another:
rows would be closed, or known from another day, while each value of theirs seems as it was signed.
"""

import json
from collections.abc import Iterator
from typing import Any

from django.db import connection, models
from django.db.models import Model

from comity.evidence.workspaces import own_files

_DIGITS = "[0-9]" * 6
_OF_TIME = "strftime('%Y-%m-%d %H:%M:%S', {c})"
_FORMS = {
    "DateField": "typeof({c}) = 'text' AND {c} IS date({c})",
    "DateTimeField": (
        f"typeof({{c}}) = 'text' AND substr({{c}}, 1, 19) IS {_OF_TIME} "
        f"AND (length({{c}}) = 19 OR substr({{c}}, 20) GLOB '.{_DIGITS}')"
    ),
    "BooleanField": "typeof({c}) = 'integer' AND {c} IN (0, 1)",
    "FloatField": "typeof({c}) IN ('real', 'integer')",
}
_WHOLE, _TEXT = "typeof({c}) = 'integer'", "typeof({c}) = 'text'"


def deformed(model: type[Model]) -> Iterator[tuple[Any, str]]:
    """Key and column of each value that does not stand in the form in which we write it; none but on SQLite."""
    if connection.vendor != "sqlite":
        return
    table, key = model._meta.db_table, str(model._meta.pk.column)
    for field in model._meta.concrete_fields:
        column = str(field.column)
        if isinstance(field, models.JSONField):
            yield from ((key_of, column) for key_of in _unlike_ours(table, key, field))
            continue
        right = _form(field).format(c=f'"{column}"')
        if field.null:
            right = f'"{column}" IS NULL OR ({right})'
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT "{key}" FROM "{table}" WHERE NOT ({right}) ORDER BY 1')  # noqa: S608 - our own names
            yield from ((found, column) for (found,) in cursor.fetchall())


def _form(field: "models.Field[Any, Any]") -> str:
    kind = field.target_field if isinstance(field, models.ForeignKey) else field
    if isinstance(kind, models.IntegerField):
        return _WHOLE
    return _FORMS.get(kind.get_internal_type(), _TEXT)


def _unlike_ours(table: str, key: str, field: "models.JSONField[Any, Any]") -> Iterator[Any]:
    """The keys of rows whose JSON is spelled otherwise: of a name that stands twice, one reader takes the other."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{key}", "{field.column}" FROM "{table}" WHERE "{field.column}" IS NOT NULL ORDER BY 1')  # noqa: S608
        for found, text in cursor.fetchall():
            try:
                again = json.dumps(own_files.parsed(text), cls=field.encoder)
            except (ValueError, TypeError):
                again = None
            if again != text:
                yield found
