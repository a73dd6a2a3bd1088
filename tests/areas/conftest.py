"""The shipped tables, read once without a database, and the means to change and import them."""

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from comity.areas import importing
from comity.areas.gazetteer import Area, Gazetteer, Membership, Name, Succession
from comity.evidence.importing import Plan, carry_out, plan_import
from comity.evidence.models import Origin
from comity.evidence.store import Source

TABLES = Path(importing.__file__).parent / "tables"


def _rows(table: str) -> list[dict[str, object]]:
    def typed(key: str, value: str) -> object:
        if key in {"exists_from", "exists_to", "valid_from", "valid_to", "date"}:
            return date.fromisoformat(value) if value else None
        if key == "verified":
            return value == "1"
        return (value or None) if key in {"iso2", "iso3"} else value

    with (TABLES / table).open(encoding="utf-8", newline="") as stream:
        return [{key: typed(key, value) for key, value in row.items()} for row in csv.DictReader(stream)]


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """The gazetteer of the tables that ship."""
    return Gazetteer(
        [Area(**row) for row in _rows("areas.csv")],  # type: ignore[arg-type]
        [Name(**row) for row in _rows("names.csv")],  # type: ignore[arg-type]
        [Membership(**row) for row in _rows("memberships.csv")],  # type: ignore[arg-type]
        [Succession(**row) for row in _rows("succession.csv")],  # type: ignore[arg-type]
    )


@pytest.fixture(scope="session")
def table_bytes() -> Callable[[str], bytes]:
    """The bytes of a table that ships, by its name."""
    return lambda table: (TABLES / table).read_bytes()


@pytest.fixture
def bring_in(db: None, table_bytes: Callable[[str], bytes]) -> Callable[..., Plan]:
    """Import a table as `comity up` does, with other bytes or another day of publication where given."""

    def import_table(table: str, data: bytes | None = None, published: date | None = date(2026, 11, 23)) -> Plan:
        content = table_bytes(table) if data is None else data
        source = Source(file=f"areas/{table}", title=table, kind=Origin.Kind.TABLE, published=published)
        importer, plan, described = plan_import(f"areas/{table}", content, source)
        carry_out(importer, plan, described, content, actor="test")
        return plan

    return import_table
