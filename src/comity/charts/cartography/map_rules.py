"""The rules of the map as they are declared, for experts to read, in `tables/map_rules.yaml`."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from comity.charts.theme import TABLES
from comity.evidence.files.declarations import Declaration, read_declarations
from comity.evidence.wording import gettext as _

Place = tuple[float, float]
"""Longitude and latitude in degrees."""


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the map between two meridians and two parallels, in degrees."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, place: Place) -> bool:
        """Whether a place lies within, or on the edge."""
        return self.west <= place[0] <= self.east and self.south <= place[1] <= self.north


@dataclass(frozen=True, slots=True)
class Move:
    """Parts of an area that belong to another: those whose middle lies in the box."""

    owner: str
    to: str
    box: Box


@dataclass(frozen=True, slots=True)
class Cut:
    """The part of an area beyond a straight line that belongs to another: the one whose middle lies in the box."""

    owner: str
    to: str
    begin: Place
    end: Place
    box: Box


@dataclass(frozen=True, slots=True)
class Disputed:
    """Boundaries drawn broken: between these codes, within a box where one is given."""

    codes: frozenset[str]
    box: Box | None


@dataclass(frozen=True)
class MapRules:
    """How the map departs from the file of shapes; codes are M49, or ours where M49 has none.

    `names` gives the codes of shapes that bear none by their names, `joins` the area as which another is drawn,
    `falls_back` the area whose colour one takes that has no value of its own; `leaves_out` is not drawn.
    """

    names: Mapping[str, str]
    joins: Mapping[str, str]
    moves: tuple[Move, ...]
    falls_back: Mapping[str, str]
    cuts: tuple[Cut, ...]
    leaves_out: frozenset[str]
    disputed: tuple[Disputed, ...]


@cache
def map_rules() -> MapRules:
    """The rules that ship."""
    table = TABLES / "map_rules.yaml"
    return read_map_rules(table.read_text(encoding="utf-8"), table.name)


def read_map_rules(text: str, file: str) -> MapRules:
    """Read rules of a map; raises BadInput with every fault, each with its line and key."""
    return read_declarations(text, file, _map_rules)


def _map_rules(table: Declaration) -> MapRules:
    return MapRules(
        names=_by_key(table, "names"),
        joins=_by_key(table, "joins"),
        moves=tuple(
            Move(row.text("from", required=True), row.text("to", required=True), _box(row.required_below("box")))
            for row in table.each("moves")
        ),
        falls_back=_by_key(table, "falls_back"),
        cuts=tuple(map(_cut, table.each("cuts"))),
        leaves_out=frozenset(table.texts("leaves_out")),
        disputed=tuple(
            Disputed(frozenset(row.texts("codes")), _box(box) if (box := row.below("box")) else None)
            for row in table.each("disputed")
        ),
    )


def _by_key(table: Declaration, key: str) -> Mapping[str, str]:
    below = table.required_below(key)
    return {name: below.text(name, required=True) for name in below.keys()}  # noqa: SIM118 - no mapping of Python's


def _cut(row: Declaration) -> Cut:
    begin, end = _place(row.required_below("begin")), _place(row.required_below("end"))
    box = _box(row.required_below("box"))
    return Cut(row.text("from", required=True), row.text("to", required=True), begin, end, box)


def _place(below: Declaration) -> Place:
    return _degrees(below, "longitude"), _degrees(below, "latitude")


def _box(below: Declaration) -> Box:
    return Box(*(_degrees(below, key) for key in ("west", "south", "east", "north")))


def _degrees(below: Declaration, key: str) -> float:
    return below.read(key, _finite, 0.0, _("a finite number"), required=True)


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number
