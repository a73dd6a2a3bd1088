"""What a rule notices in an input."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from comity.evidence.errors import Fault, shorten


@dataclass(frozen=True)
class Finding:
    """Something that a rule noticed in an input. An error keeps the file out; a warning lets its row in.

    `rows` is how many rows it speaks of, of which `place` and `value` are those of the first.
    """

    rule: str
    severity: Literal["error", "warning", "note"]
    file: str
    place: str
    value: str
    expected: str
    message: str
    rejected: bool = False
    rows: int = 1

    def __post_init__(self) -> None:
        """Keep no more of a text than tells which it is."""
        shorten(self, "place", "value", "expected", "message")

    def fault(self) -> Fault:
        """The finding as a fault of bad input."""
        return Fault(self.file, self.place, self.value, self.expected)


SEVERITIES = ("error", "warning", "note")
"""From the gravest on."""


def most_useful_first(findings: Iterable[Finding]) -> list[Finding]:
    """Findings with the graver ones first, and of each severity one of each rule before a second one of any.

    A thousand findings of one kind hide none of another. Those alike stay in the order of the file.
    """
    told: Counter[str] = Counter()
    ordered: list[tuple[int, int, int, Finding]] = []
    for one in findings:
        ordered.append((SEVERITIES.index(one.severity), told[one.rule], len(ordered), one))
        told[one.rule] += 1
    return [one for *_order, one in sorted(ordered, key=lambda entry: entry[:3])]
