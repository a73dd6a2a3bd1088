"""What origins state of one action, ordered by publication, and what follows from all of it.

A statement says something of the columns alone that its origin has. The later one stands, column by column; so what
follows does not depend on the order in which origins are brought in.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from comity.instruments.actions.action import ActionType

DETAILS = ("effective", "article", "text", "notification", "note")
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
    said = {name: values[name] for name in ("date", *DETAILS) if name == "date" or name in columns}
    if not happens_once(kind) and not said.get("text"):
        said.pop("text", None)
    return said


def happens_once(kind: ActionType) -> bool:
    """Whether an action of the kind can happen once at a time: a signature, a consent to be bound, a withdrawal."""
    return kind.signs or kind.binds or kind is ActionType.WITHDRAWAL


def stand(statements: Iterable[Statement]) -> dict[str, Any]:
    """The values that stand, by column; a column of which nothing is said is left out."""
    standing: dict[str, Any] = {}
    for one in sorted(statements, key=lambda one: (one.published, one.order)):
        standing |= one.said
    return standing


def first_otherwise(statements: Iterable[Statement], than: Statement) -> Statement | None:
    """The first statement later than one that says otherwise of something that the one says; None where none does."""
    later = (one for one in statements if (one.published, one.order) > (than.published, than.order))
    otherwise = (one for one in later if any(one.said.get(name, value) != value for name, value in than.said.items()))
    return min(otherwise, key=lambda one: (one.published, one.order), default=None)
