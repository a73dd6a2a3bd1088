"""What notebooks need of the reference tables beside the releases: how areas are named and grouped."""

import hashlib
import json
from dataclasses import fields
from datetime import date
from functools import lru_cache
from typing import Any

from comity.areas.gazetteer import Area, Gazetteer, Membership, Name, Succession


def snapshot(gazetteer: Gazetteer) -> dict[str, Any]:
    """A gazetteer in JSON's own types."""
    areas = gazetteer.areas.values()
    names = [name for code in gazetteer.areas for name in gazetteer.names(code)]
    return {
        "areas": [_plain(area) for area in areas],
        "names": [_plain(name) for name in names],
        "memberships": [_plain(one) for one in gazetteer.memberships()],
        "successions": [_plain(one) for one in gazetteer.successions()],
    }


@lru_cache(maxsize=4)
def digest(gazetteer: Gazetteer) -> str:
    """SHA-256 of all that a gazetteer says."""
    return hashlib.sha256(json.dumps(snapshot(gazetteer), sort_keys=True).encode()).hexdigest()


def gazetteer_of(state: dict[str, Any]) -> Gazetteer:
    """The gazetteer of a snapshot."""
    return Gazetteer(
        (Area(**_dated(one)) for one in state["areas"]),
        (Name(**_dated(one)) for one in state["names"]),
        (Membership(**_dated(one)) for one in state["memberships"]),
        (Succession(**_dated(one)) for one in state["successions"]),
    )


_DATES = {"exists_from", "exists_to", "valid_from", "valid_to", "date"}


def _plain(record: Any) -> dict[str, Any]:
    # By hand: `asdict` copies each value deeply, which took a third of a second of every command.
    values = ((field.name, getattr(record, field.name)) for field in fields(record))
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values}


def _dated(record: dict[str, Any]) -> dict[str, Any]:
    return {
        key: date.fromisoformat(value) if key in _DATES and value is not None else value
        for key, value in record.items()
    }
