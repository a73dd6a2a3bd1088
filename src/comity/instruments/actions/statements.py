"""What origins state of one action, ordered by publication, and what follows from all of it.

A statement says something of the columns alone that its origin has. The later one stands, column by column; so what
follows does not depend on the order in which origins are brought in.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from comity.instruments.actions.action import ActionType

DAYS = ("date", "not_before", "not_after")
"""The columns that say when: an origin that says one of them says all three."""
DETAILS = ("effective", "article", "text", "notification", "note", "confidence", "basis", "source")
"""The columns of an action that an origin may lack, or leave blank."""


@dataclass(frozen=True)
class Statement:
    """What an origin says of an action, by column; `order` tells apart those of one day: the last brought in stands."""

    published: date
    order: float
    said: Mapping[str, Any]
    origin: Any = None
    place: str = ""


def said_of(values: Mapping[str, Any], columns: Iterable[str], kind: ActionType) -> dict[str, Any]:
    """What an origin with these columns says by a row's values.

    A declaration without its text does not say that it had none.
    """
    said = {name: values[name] for name in (*DAYS, *DETAILS) if name in DAYS or name in columns}
    if not happens_once(kind) and not said.get("text"):
        said.pop("text", None)
    return said


def happens_once(kind: ActionType) -> bool:
    """Whether an action of the kind can happen once at a time: a signature, a consent to be bound, a withdrawal."""
    return kind.signs or kind.binds or kind is ActionType.WITHDRAWAL


def stand(statements: Iterable[Statement]) -> dict[str, Any]:
    """The values that stand, by column; a column of which nothing is said is left out.

    A later window in which the day lies that stands leaves it standing: it says no more of it.
    """
    standing: dict[str, Any] = {}
    for one in sorted(statements, key=lambda one: (one.published, one.order)):
        said = {name: value for name, value in one.said.items() if name not in DAYS or not holds(one.said, standing)}
        standing |= said
    return standing


def holds(window: Mapping[str, Any], dated: Mapping[str, Any]) -> bool:
    """Whether one says a window, and the other a day that lies in it."""
    day, first, last = dated.get("date"), window.get("not_before"), window.get("not_after")
    return day is not None and first is not None and first <= day and (last is None or day <= last)


def first_otherwise(statements: Iterable[Statement], than: Statement) -> Statement | None:
    """The first statement later than one that says otherwise of something that the one says; None where none does."""
    later = (one for one in statements if (one.published, one.order) > (than.published, than.order))
    otherwise = (one for one in later if any(_differs(one, than, name) for name in than.said))
    return min(otherwise, key=lambda one: (one.published, one.order), default=None)


def _differs(one: Statement, than: Statement, name: str) -> bool:
    if name in DAYS and holds(one.said, than.said):
        return False
    return bool(one.said.get(name, than.said[name]) != than.said[name])
