"""What a status page of the United Nations Treaty Collection says of one treaty, as values.

Source of the words and of what is counted: "Multilateral Treaties Deposited with the Secretary-General" (MTDSG), whose
pages the depositary publishes at treaties.un.org.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from comity.evidence.errors import Fault
from comity.instruments.actions.action import SIGNATURES, ActionType

Day = date  # the classes below have fields of that name
Refuse = Callable[[int, str, str], None]
"""Notes what is wrong on a page: the line on which it stands, what stands there, what was expected."""


class Section(StrEnum):
    """The parts of a page below its table in which participants speak."""

    DECLARATIONS = "declarations and reservations"
    UNDER_ARTICLE = "declarations under an article"
    OBJECTIONS = "objections"
    NOTIFICATIONS = "notifications"


@dataclass(frozen=True)
class Act:
    """A cell of the table of participants: who did what on which day.

    `bracketed` where the page prints it in square brackets: it is no longer in force for this participant. Then `ended`
    is the day on which the withdrawal took effect and `withdrawn` the day on which it was notified, each where an end
    note of this participant states it and no other day.
    """

    line: int
    participant_name: str
    type: ActionType
    date: Day
    bracketed: bool = False
    notes: tuple[str, ...] = ()
    ended: Day | None = None
    withdrawn: Day | None = None


@dataclass(frozen=True)
class Part:
    """What stands under one sub-heading or date within an entry; `kind` in the page's words, empty where it has none.

    A reservation seldom has a date of its own: it was made with the consent to be bound unless it says otherwise.
    """

    kind: str
    date: Day | None
    text: str


@dataclass(frozen=True)
class Entry:
    """What one participant declares, reserves, objects to or notifies in a section of the page."""

    line: int
    section: Section
    participant_name: str
    parts: tuple[Part, ...]
    notes: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """The kinds of its parts in the page's words, each once."""
        return "; ".join(dict.fromkeys(part.kind for part in self.parts if part.kind))

    @property
    def date(self) -> Day | None:
        """The day that its first part bears; None where that one states none."""
        return self.parts[0].date if self.parts else None

    @property
    def text(self) -> str:
        """Its whole text, the sub-headings and dates among it."""
        return "\n".join(filter(None, (line for part in self.parts for line in _lines_of(part))))


def _lines_of(part: Part) -> tuple[str, str]:
    return part.kind, part.text


@dataclass(frozen=True)
class Territory:
    """A row of the table of territorial application: on which day a participant named which territories."""

    line: int
    participant_name: str
    date: Day | None
    text: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class EndNote:
    """An end note, which participants and headings name by its number."""

    number: str
    text: str


@dataclass(frozen=True)
class Residue:
    """Something that stands on the page and that no part of the reader understands."""

    line: int
    where: str
    text: str


@dataclass
class StatusPage:
    """A page as read. `signatories` and `parties` are what the page states; None where it states none.

    `has_signatures` says whether the table has a column of signatures. `titles` are what stands above
    the sections, such as when their texts were made unless they say otherwise. `faults` are what keeps the page out of
    the register: cells that cannot be read, and totals that its rows do not give.
    """

    file: str
    own_lines: bool = True
    """Whether lines are those of the file, and not of a page within a web archive."""
    mtdsg: str = ""
    title: str = ""
    chapter: str = ""
    conclusion: str = ""
    as_at: date | None = None
    entry_into_force: date | None = None
    entry_into_force_text: str = ""
    registration: str = ""
    treaty_series: str = ""
    history: str = ""
    signatories: int | None = None
    parties: int | None = None
    has_signatures: bool = False
    headings: tuple[str, ...] = ()
    participants: int = 0
    titles: dict[Section | str, str] = field(default_factory=dict)
    acts: list[Act] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    territories: list[Territory] = field(default_factory=list)
    notes: list[EndNote] = field(default_factory=list)
    residue: list[Residue] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def refuse(self, line: int, value: str, expected: str) -> None:
        """Note what is wrong on a line of the page, 0 where it is the whole page."""
        self.faults.append(Fault(self.file, str(line) if line and self.own_lines else "", value, expected))

    def of(self, section: Section) -> Sequence[Entry]:
        """The entries of one section, in the order of the page."""
        return [entry for entry in self.entries if entry.section is section]

    @property
    def counted_signatories(self) -> int | None:
        """How many signatures stand without brackets; None where the table has no column of signatures."""
        return sum(one.type in SIGNATURES and not one.bracketed for one in self.acts) if self.has_signatures else None

    @property
    def counted_parties(self) -> int:
        """How many participants have a consent to be bound that stands without brackets."""
        return len({one.participant_name for one in self.acts if one.type.binds and not one.bracketed})
