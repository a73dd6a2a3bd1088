"""The parts of a resolution as they are put together, and the lines by which they are told apart."""

import re
from dataclasses import dataclass, field

from comity.evidence.errors import Fault
from comity.mandates.reading.footnotes import NoteLines
from comity.mandates.reading.heads import Masthead
from comity.mandates.reading.lines import Line
from comity.mandates.resolution import Annex, Draft, Paragraph, Residue, StatedDay

FORMULA = re.compile(
    r"^(?P<formula>(?:The|THE) (?P<organ>General Assembly|Security Council|(?:Economic "
    r"and Social|Human Rights|Trusteeship) Council"
    r"|(?:Commission|Conference|Congress|Committee|Council|Assembly|Board)\b[^,;.:]{0,140}|[A-Z ]{4,60}))"
    r"(?P<comma>,?)(?P<mark>\d{1,2})?(?: (?P<rest>.+))?$"
)
DECISION = re.compile(
    r"^At its (?P<meeting>\d+\w{2} (?:\([a-z]+\) )?(?:plenary )?meeting), on "
    r"(?P<day>\d{1,2} \w+ \d{4}), the (?P<organ>General Assembly|Economic and Social Council"
    r"|Council|Assembly)\b"
)
CLOSING = re.compile(
    r"^(?P<meeting>\d{1,5}(?:st|nd|rd|th) (?:\([a-z]+\) )?(?:plenary |closed |\(closed\) "
    r")?meeting)[,.]?(?: (?P<day>\d{1,2} \w+ \d{4}))?\.?$",
    re.IGNORECASE,
)
ANNEX = re.compile(
    r"^(?P<word>Annex|ANNEX|Appendix|APPENDIX|Enclosure)(?: (?P<number>[IVX]{1,5}"
    r"|\d{1,2}|[A-Z]))?(?:[.:]? ?\*?| ?[-–—:.] ?(?P<title>[A-Z“].*))$"
)
# What stands below the last paragraph of how it was adopted, and who voted how.
VOTE = re.compile(
    r"^\W?(?:(?:The )?(?:draft )?(?:resolution|decision|text)?,? ?(?:as a whole,? ?)?(?:was )?(?:adopted|carried)\b"
    r"(?= (?:at|by|on|with|without|unanimously)\b)|(?:(?:The|A) )?(?:recorded |roll-call )?vote\b"
    r"|(?:In favour|Against|Abstain(?:ing|ed)|Abstentions?|Absent|Not voting)\b)",
    re.IGNORECASE,
)
NUMBER = re.compile(r"^(?P<number>\d{1,3}) ?(?P<stop>[.)])? ?(?P<rest>.*)$")
SUFFIXES = ("bis", "ter", "quater", "quinquies", "sexies", "septies")
_WORDS = "|".join(SUFFIXES)
# "1 bis.", "1a.", "1.1": a paragraph put in later after another has the other's number and something of its own.
INSERTED = re.compile(
    rf"^(?P<number>\d{{1,3}})(?:[. ]{{0,2}}\(?(?=(?:{_WORDS})\b))?(?P<suffix>{_WORDS}|[a-z]|(?:\.\d{{1,2}}){{1,3}})"
    r"\)?[.)]{0,2} (?P<rest>.*)$",
    re.IGNORECASE,
)
FULL_STOP = re.compile(r"[.?!][”\"’')\]]*(?: ?\d{1,3}/?(?:, ?\d{1,3}/?)*| ?[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\[\d{1,3}\])?\*?$")


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
