"""What a database can keep: one rule for every text and number that an importer is about to store, on any database.

SQLite keeps a text that is longer than its column; PostgreSQL refuses it by an error of its own. Names, titles and
codes stand in pictures and documents too, which hold no control characters: what draws would end the process.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import models
from django.db.backends.base.operations import BaseDatabaseOperations
from django.utils.translation import gettext as _

from comity.evidence.errors import Fault
from comity.evidence.files.control_characters import UNPRINTABLE, is_unicode

_RANGES = BaseDatabaseOperations.integer_field_ranges


def unkeepable(model: type[models.Model], values: Mapping[str, Any], file: str, place: str) -> Iterator[Fault]:
    """What of some values, by the names of a model's columns, its records cannot keep."""
    for name, value in values.items():
        if (expected := _expected(model._meta.get_field(name), value)) is not None:
            where = f"{place.partition(':')[0]}:{name}" if place else name
            yield Fault(file, where, str(value).encode("utf-8", "backslashreplace").decode(), expected)


def _expected(field: Any, value: Any) -> str | None:
    if isinstance(value, str):
        expected = _expected_text(value, getattr(field, "max_length", None))
        unprintable = isinstance(field, models.CharField) and UNPRINTABLE.search(value)
        return expected or (_("text without control characters") if unprintable else None)
    if isinstance(value, dict | list | tuple) and (text := _unwritable(value)) is not None:
        return _expected_text(text, None)
    if isinstance(value, int) and (limits := _RANGES.get(field.get_internal_type())):
        return None if limits[0] <= value <= limits[1] else _("a whole number from %d to %d") % limits
    return None


def _expected_text(text: str, longest: int | None) -> str | None:
    if longest is not None and len(text) > longest:
        return _("text of at most %d characters") % longest
    if not is_unicode(text):
        return _("text of Unicode characters")
    return _("text without null characters") if "\0" in text else None


def _unwritable(value: Any) -> str | None:
    """The first text within lists and mappings that no database can keep."""
    if isinstance(value, str):
        return value if "\0" in value or not is_unicode(value) else None
    within = [*value.keys(), *value.values()] if isinstance(value, dict) else value
    parts = within if isinstance(within, list | tuple) else ()
    return next((text for part in parts if (text := _unwritable(part)) is not None), None)
