"""What notebooks need of the reference tables beside the releases: how areas are named and grouped."""

from dataclasses import asdict
from datetime import date
from typing import Any

from comity.areas.gazetteer import Area, Gazetteer, Membership, Name, Succession


def snapshot(gazetteer: Gazetteer) -> dict[str, Any]:
    """A gazetteer in JSON's own types."""
    areas = [asdict(area) for area in gazetteer.areas.values()]
    names = [asdict(name) for code in gazetteer.areas for name in gazetteer.names(code)]
    return _plain(
        {
            "areas": areas,
            "names": names,
            "memberships": [asdict(one) for one in gazetteer.memberships()],
            "successions": [asdict(one) for one in gazetteer.successions()],
        }
    )


def gazetteer_of(state: dict[str, Any]) -> Gazetteer:
    """The gazetteer of a snapshot."""
    return Gazetteer(
        (Area(**_dated(one)) for one in state["areas"]),
        (Name(**_dated(one)) for one in state["names"]),
        (Membership(**_dated(one)) for one in state["memberships"]),
        (Succession(**_dated(one)) for one in state["successions"]),
    )


_DATES = {"exists_from", "exists_to", "valid_from", "valid_to", "date"}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _dated(record: dict[str, Any]) -> dict[str, Any]:
    return {
        key: date.fromisoformat(value) if key in _DATES and value is not None else value
        for key, value in record.items()
    }
