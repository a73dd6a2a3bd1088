"""A resolution as values: what the reader gives, and what page, JSON and Akoma Ntoso are made from."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from comity.evidence.errors import Fault


class Strength(StrEnum):
    """How binding an opening verb is, by the classes of `docs/methods.md`."""

    STRONG = "strong"
    MEDIUM = "medium"
    DECLARATORY = "declaratory"


@dataclass(frozen=True)
class Verb:
    """An opening verb: its phrase as it stands ("Takes note with appreciation"), lemma ("take note"), strength."""

    phrase: str
    lemma: str
    strength: Strength


@dataclass(frozen=True)
class Ask:
    """One verb with its own addressees and what it asks of them; a paragraph has one for each verb, in order.

    `when` are words that say when and stand before what is asked ("by 30 June", of "invites States, by 30 June, to
    comment"); the paragraph's deadline is read from both.
    """

    verb: Verb
    addressees: tuple[str, ...]
    asked: str
    when: str = field(default="", compare=False)


@dataclass(frozen=True)
class Reference:
    """A resolution, treaty, article, document or paragraph that a text names.

    `kind` is resolution, treaty, article, document or paragraph; `target` the record it resolves to (a symbol, an
    instrument code, a paragraph id), empty where none is held.
    """

    kind: str
    text: str
    target: str


@dataclass(frozen=True)
class Footnote:
    """A footnote by its mark; a note of the masthead has a star for its mark and is kept apart."""

    mark: str
    text: str
    line: int


class Asking:
    """What follows from the asks of a paragraph or point alone."""

    asks: tuple[Ask, ...]

    @property
    def verbs(self) -> tuple[Verb, ...]:
        """The opening verbs in order."""
        return tuple(ask.verb for ask in self.asks)

    @property
    def addressees(self) -> tuple[str, ...]:
        """Everyone a verb addresses, each once, in order."""
        return tuple(dict.fromkeys(name for ask in self.asks for name in ask.addressees))


@dataclass(frozen=True)
class Point(Asking):
    """A nested point of a paragraph: its own mark ("(a)"), its text without the mark, and the points below it.

    `asks` are by verbs of its own, or the act that it names of what the words above it ask for.
    """

    mark: str
    text: str
    line: int
    points: tuple["Point", ...] = ()
    notes: tuple[tuple[int, str], ...] = ()
    asks: tuple[Ask, ...] = ()


def printed_number(number: int, suffix: str) -> str:
    """A paragraph's number with what it has beside it: "1", "1 bis", "1a", "1.1"."""
    return f"{number} {suffix}" if len(suffix) > 1 and suffix.isalpha() else f"{number}{suffix}"


@dataclass(frozen=True)
class Paragraph(Asking):
    """A preambular or operative paragraph.

    `number` is its number as printed for operative paragraphs, and its place in order for preambular ones; `suffix` is
    what a number that was put in later has beside it ("bis", "a", ".1"). `text` is free of footnote marks, which stand
    in `notes` as (offset into text, mark). `points` are nested points, `tail` what follows them. `heading` is what
    stands right above the paragraph, one heading a line, empty where nothing does.
    `recurrence` gives the words that make the ask recur. What rules inferred, all fields from `asks` to `recurrence`,
    is unconfirmed until a person confirms it.
    """

    id: str
    number: int
    text: str
    line: int
    notes: tuple[tuple[int, str], ...] = ()
    points: tuple[Point, ...] = ()
    tail: str = ""
    heading: str = ""
    asks: tuple[Ask, ...] = ()
    actors: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    deadline: str = ""
    recurrent: bool = False
    references: tuple[Reference, ...] = ()
    recurrence: str = ""
    tail_notes: tuple[tuple[int, str], ...] = ()
    suffix: str = ""

    @property
    def printed(self) -> str:
        """The number as it is printed, with its suffix."""
        return printed_number(self.number, self.suffix)


@dataclass(frozen=True)
class Annex:
    """An annex: its number (roman or empty), title, and its blocks in order, each with the line it begins on."""

    number: str
    title: str
    line: int
    blocks: tuple["AnnexBlock", ...]


@dataclass(frozen=True)
class AnnexBlock:
    """A block of an annex: kind heading, paragraph or point; its mark ("12.", "(a)") or empty; its nesting from 0."""

    kind: str
    mark: str
    text: str
    level: int
    line: int
    notes: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Draft:
    """A draft that a resolution quotes or annexes and recommends to another organ, with paragraphs of its own.

    `number` counts the drafts of the resolution from 1; `paragraph` is the id of the operative paragraph that
    recommends it; `annexed` says that it stands in an annex, whose number is `annex`. `label` is what stands above its
    title ("Draft resolution I"). Its paragraphs are named by the resolution's symbol, `#draft1.op2`. A draft in parts
    A, B … is one draft for each: `title` and `label` are what they share, `part` and `part_title` are its own. A draft
    that another one quotes is named by the other's paragraph.
    """

    number: int
    label: str
    title: str
    organ: str
    enacting_formula: str
    line: int
    paragraph: str
    annexed: bool
    annex: str
    preambular: tuple[Paragraph, ...]
    operative: tuple[Paragraph, ...]
    annexes: tuple[Annex, ...] = ()
    title_notes: tuple[tuple[int, str], ...] = ()
    part: str = ""
    part_title: str = ""


@dataclass(frozen=True)
class Residue:
    """Export noise set apart and not lost: page headers, job numbers, separators."""

    line: int
    text: str


@dataclass(frozen=True)
class StatedDay:
    """A day that a text states: what of, its words, the line that they stand in; `day` is None where none is such.

    `of` is "adoption" (masthead), "closing" (the closing line) or "distribution".
    """

    of: str
    words: str
    line: int
    day: date | None


@dataclass(frozen=True)
class Resolution:
    """A resolution read whole. `session` is None and `agenda_item` empty where the masthead does not give them.

    A resolution in parts A, B … is one resolution for each: `title` is what they share, `part` and `part_title` are
    its own, and the first has the others in `following`. `drafts` are those that it recommends to another organ.
    `masthead` keeps the lines of the identification block as they stand, `ledger` says for every line that is not
    blank what it was read as, each line once. `days` are those that masthead and closing line state, `doubts` what
    does not fit in them.
    """

    symbol: str
    title: str
    adopted: date | None
    session: int | None
    agenda_item: str
    report: str
    distributed: date | None
    meeting: str
    enacting_formula: str
    preambular: tuple[Paragraph, ...]
    operative: tuple[Paragraph, ...]
    annexes: tuple[Annex, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    masthead_notes: tuple[Footnote, ...] = ()
    closing: tuple[str, ...] = ()
    residue: tuple[Residue, ...] = ()
    notices: tuple[str, ...] = field(default=())
    title_notes: tuple[tuple[int, str], ...] = ()
    masthead: tuple[Residue, ...] = ()
    ledger: tuple[tuple[int, str], ...] = ()
    part: str = ""
    part_title: str = ""
    drafts: tuple[Draft, ...] = ()
    following: tuple["Resolution", ...] = ()
    days: tuple[StatedDay, ...] = ()
    doubts: tuple[Fault, ...] = ()

    @property
    def in_file(self) -> tuple["Resolution", ...]:
        """The resolutions that the file holds: this one, and where it is in parts the parts after it."""
        return (self, *self.following)

    @property
    def whole_title(self) -> str:
        """The title with that of the part, as catalogues write it: "Lamps and bells: bells"."""
        return ": ".join(title for title in (self.title, self.part_title) if title)
