"""The register of a resolution in the project's own words: a YAML table that experts read and edit.

Site and report stand on it without the official text, which users import for themselves. The loader refuses a key that
it does not know, and every fault names file, line, key and what was expected.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from comity.evidence.files.declarations import Declaration, among, read_declarations
from comity.mandates.asking.figure_patterns import FigurePattern
from comity.mandates.resolution import Ask, Reference, Strength, Verb

ROOMS = ("statistics", "questionnaires", "submissions", "incidents", "reviews", "assistance", "cooperation", "reports")
"""The rooms that may hold a paragraph's evidence once they are built."""

REFERENCE_KINDS = ("resolution", "treaty", "article", "document", "paragraph")
_KINDS = {"preambular": "pp", "operative": "op"}


@dataclass(frozen=True)
class RegisterParagraph:
    """A paragraph as the register describes it; `at` is the line of the file on which it begins."""

    id: str
    kind: str
    number: int
    at: int
    asks: tuple[Ask, ...]
    conditions: tuple[str, ...]
    deadline: str
    recurrent: bool
    references: tuple[Reference, ...]
    themes: tuple[str, ...]
    figures: tuple[str, ...]
    says: str
    rooms: tuple[str, ...]
    awaits: str
    brings: tuple[str, ...]

    @property
    def line(self) -> str:
        """The paragraph in one line of our own words: each verb with those it addresses and what is asked."""
        return line_of(self.asks)


@dataclass(frozen=True)
class Citation:
    """What a footnote of the resolution cites, by its mark."""

    mark: str
    cites: str


@dataclass(frozen=True)
class Register:
    """A resolution as the register describes it. `counts` are those of the official text, by kind."""

    symbol: str
    title: str
    organ: str
    adopted: date
    session: int
    agenda_item: str
    meeting: str
    report: str
    distributed: date | None
    reissued: date | None
    counts: dict[str, int]
    footnotes: tuple[Citation, ...]
    themes: tuple[str, ...]
    preambular: tuple[RegisterParagraph, ...]
    operative: tuple[RegisterParagraph, ...]

    @property
    def paragraphs(self) -> tuple[RegisterParagraph, ...]:
        """All paragraphs, the preambular ones first."""
        return self.preambular + self.operative


def line_of(asks: Sequence[Ask]) -> str:
    """Asks as one line: `Urges Member States to …; requests the Secretary-General to …`."""
    parts = []
    for ask in asks:
        named = _(" and ").join(_with_article(name) for name in ask.addressees)
        parts.append(" ".join(part for part in (ask.verb.phrase, named, ask.asked) if part))
    return "; ".join(parts)


def _with_article(name: str) -> str:
    plural = name.startswith(("all ", "States", "Member States")) or name.endswith("organizations")
    return name if plural else f"the {name}"


def read_register(text: str, file: str) -> Register:
    """Read the register of a resolution from YAML. Raises BadInput with every fault, in the order of the file."""
    expected = _("a register: keys and values from symbol: to operative:")
    return read_declarations(text, file, _register, expected)


_SYMBOL = re.compile(r"(?!.*/(?:op|pp)\d+[^/]*$)[A-Za-z0-9](?:[A-Za-z0-9/.() -]*[A-Za-z0-9)])?")
"""A symbol stands in addresses, before the place of a paragraph."""


def _register(table: Declaration) -> Register:
    symbol = table.text("symbol", required=True)
    if symbol and not _SYMBOL.fullmatch(symbol):
        table.fault("symbol", symbol, _("the symbol of the resolution, such as A/RES/67/189"))
    themes = table.texts("themes")
    counts = table.required_below("counts")
    read = {
        kind: tuple(_paragraph(row, symbol, kind, themes) for row in table.each(kind))
        for kind in ("preambular", "operative")
    }
    register = Register(
        symbol=symbol,
        title=table.text("title", required=True),
        organ=table.text("organ"),
        adopted=table.day("adopted", required=True) or date.min,
        session=table.integer("session"),
        agenda_item=table.text("agenda_item"),
        meeting=table.text("meeting"),
        report=table.text("report"),
        distributed=table.day("distributed"),
        reissued=table.day("reissued"),
        counts={kind: counts.integer(kind, least=0) for kind in ("preambular", "operative", "footnotes")},
        footnotes=tuple(_citation(row) for row in table.each("footnotes")),
        themes=themes,
        preambular=read["preambular"],
        operative=read["operative"],
    )
    _check_counts(register, table)
    return register


def _citation(row: Declaration) -> Citation:
    return Citation(row.text("mark", required=True), row.text("cites", required=True))


def _paragraph(row: Declaration, symbol: str, kind: str, themes: tuple[str, ...]) -> RegisterParagraph:
    number = row.integer("number")
    return RegisterParagraph(
        id=f"{symbol}#{_KINDS[kind]}{number}",
        kind=kind,
        number=number,
        at=row.line,
        asks=tuple(_ask(ask) for ask in row.each("asks", required=True)),
        conditions=row.texts("conditions"),
        deadline=row.text("deadline"),
        recurrent=row.truth("recurrent"),
        references=row.read_each("references", _reference, _("a kind and a target, such as “treaty UNTOC”")),
        themes=row.read_each("themes", among(themes), _("one of the themes that the file lists under themes:")),
        figures=row.read_each("figures", _figure_pattern, _("a pattern of figures, such as “parties.UNTOC.*”")),
        says=row.text("says"),
        rooms=row.read_each("rooms", among(ROOMS), _("one of: %(rooms)s") % {"rooms": ", ".join(ROOMS)}),
        awaits=row.text("awaits"),
        brings=row.texts("brings"),
    )


def _ask(row: Declaration) -> Ask:
    strengths = tuple(strength.value for strength in Strength)
    strength = row.read_each("strength", among(strengths), _("one of: %(all)s") % {"all": ", ".join(strengths)})
    verb = Verb(
        phrase=row.text("verb", required=True),
        lemma=row.text("lemma", required=True),
        strength=Strength(strength[0]) if strength else Strength.DECLARATORY,
    )
    return Ask(verb, row.texts("addressees"), row.text("asked", required=True))


def _reference(text: str) -> Reference:
    kind, _space, target = text.partition(" ")
    if kind not in REFERENCE_KINDS or not target.strip():
        raise ValueError(text)
    return Reference(kind, target.strip(), target.strip())


def _figure_pattern(text: str) -> str:
    FigurePattern.parse(text)
    return text


def _number_of(mark: str) -> int:
    """The number that a note's mark is; 0 for another mark, such as ² or *, and for one that no list reaches."""
    return int(mark) if mark.isascii() and mark.isdigit() and len(mark) <= _LONGEST_MARK else 0


_LONGEST_MARK = 4


def _check_counts(register: Register, table: Declaration) -> None:
    """Record a fault where paragraphs or footnotes are not as many as counted, or not numbered from 1 on."""
    listed = {
        "preambular": [paragraph.number for paragraph in register.preambular],
        "operative": [paragraph.number for paragraph in register.operative],
        "footnotes": [_number_of(note.mark) for note in register.footnotes],
    }
    for key, numbers in listed.items():
        if numbers != list(range(1, register.counts[key] + 1)):
            value = ", ".join(map(str, numbers)) or "–"
            expected = _("%(key)s numbered from 1 to %(count)s") % {"key": key, "count": register.counts[key]}
            table.fault(key, value, expected)
