"""What a rule notices in an input."""

from dataclasses import dataclass
from typing import Literal

from comity.evidence.errors import Fault, shorten


@dataclass(frozen=True)
class Finding:
    """Something that a rule noticed in an input. An error keeps the file out; a warning lets its row in."""

    rule: str
    severity: Literal["error", "warning", "note"]
    file: str
    place: str
    value: str
    expected: str
    message: str
    rejected: bool = False

    def __post_init__(self) -> None:
        """Keep no more of a text than tells which it is."""
        shorten(self, "place", "value", "expected", "message")

    def fault(self) -> Fault:
        """The finding as a fault of bad input."""
        return Fault(self.file, self.place, self.value, self.expected)
