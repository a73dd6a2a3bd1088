"""The parts of a resolution as they are put together, and the lines by which they are told apart."""

from dataclasses import dataclass, field

from comity.evidence.errors import Fault
from comity.mandates.reading.export.lines import Line
from comity.mandates.reading.head.masthead import Masthead
from comity.mandates.reading.told_apart.footnotes import NoteLines
from comity.mandates.resolution import Annex, Draft, Paragraph, Residue, StatedDay


@dataclass
class Segments:
    """The parts of a resolution, with texts as they stand: marks of footnotes are still glued to their words."""

    symbol: str = ""
    title: str = ""
    formula: str = ""
    organ: str = ""
    meeting: str = ""
    masthead: Masthead = field(default_factory=Masthead)
    masthead_lines: list[Residue] = field(default_factory=list)
    preambular: list[Paragraph] = field(default_factory=list)
    operative: list[Paragraph] = field(default_factory=list)
    annexes: list[Annex] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    part: str = ""
    part_title: str = ""
    notes: NoteLines = field(default_factory=NoteLines)
    closing: list[str] = field(default_factory=list)
    closed_on: StatedDay | None = None
    adopted: StatedDay | None = None
    days: list[StatedDay] = field(default_factory=list)
    doubts: list[Fault] = field(default_factory=list)
    residue: list[Residue] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    ledger: dict[int, str] = field(default_factory=dict)

    def take(self, line: Line, role: str) -> None:
        """Mark a line as read in a role, unless it has one."""
        self.ledger.setdefault(line.number, role)

    def set_apart(self, line: Line) -> None:
        """Keep a line as residue, unless it has a role."""
        if line.number not in self.ledger:
            self.ledger[line.number] = "residue"
            self.residue.append(Residue(line.number, line.raw.strip()))

    def keep_in_masthead(self, line: Line) -> None:
        """Keep a line with the masthead, unless it has a role."""
        if line.number not in self.ledger:
            self.ledger[line.number] = "masthead"
            self.masthead_lines.append(Residue(line.number, line.raw.strip()))
