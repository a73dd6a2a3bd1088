"""Counts of parties and signatories that others give at their dates, which the register is checked against.

Nothing is counted from them. One that the register does not give is explained in the table, or a test fails.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

TABLE = Path(__file__).parent / "tables" / "counts_elsewhere.csv"

Counts = Mapping[str, int | None]
"""The counts of `store.Status` by name."""


@dataclass(frozen=True, slots=True)
class CountElsewhere:
    """A count by another source: parties by deposit on a day, signatories where it gives them, and why ours differs."""

    instrument: str
    on: date
    parties: int
    signatories: int | None
    source: str
    note: str
    explanation: str

    def agrees(self, ours: Counts) -> bool:
        """Whether our counts of the day give this one: within their range, where windows leave it open."""
        return _within(self.parties, ours, "parties") and (
            self.signatories is None or _within(self.signatories, ours, "signatories")
        )

    def line(self, ours: Counts) -> str:
        """The line of docs/counts-of-parties.md that sets this count beside ours."""
        theirs = f"{self.parties}" + ("" if self.signatories is None else f"; {self.signatories}")
        held = _range(ours, "parties") + ("" if self.signatories is None else f"; {_range(ours, 'signatories')}")
        said = "agrees" if self.agrees(ours) else "differs"
        return f"| {self.instrument} | {self.on} | {theirs} | {held} | {said} | {self.explanation} | {self.source} |"


def _within(count: int, ours: Counts, name: str) -> bool:
    least, most = ours[name], ours[f"{name}_at_most"]
    return least is not None and most is not None and least <= count <= most


def _range(ours: Counts, name: str) -> str:
    least, most = ours[name], ours[f"{name}_at_most"]
    if least is None:
        return "not held"
    if most is None:
        return f"at least {least}"
    return f"{least}" if least == most else f"{least} to {most}"


def counts_elsewhere() -> tuple[CountElsewhere, ...]:
    """All counts of the table, in its order."""
    with TABLE.open(encoding="utf-8", newline="") as table:
        return tuple(_count_of(row) for row in csv.DictReader(table))


def _count_of(row: Mapping[str, str]) -> CountElsewhere:
    return CountElsewhere(
        instrument=row["instrument"],
        on=date.fromisoformat(row["date"]),
        parties=int(row["parties"]),
        signatories=int(row["signatories"]) if row["signatories"] else None,
        source=row["source"],
        note=row["note"],
        explanation=row["explanation"],
    )
