"""The register of a resolution in the project's own words: a YAML table that experts read and edit.

Site and report stand on it without the official text, which users import for themselves. The loader refuses a key that
it does not know, and every fault names file, line, key and what was expected.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

import yaml
from django.utils.translation import gettext as _

from comity.evidence.errors import BadInput, Fault
from comity.evidence.files.yaml_mappings import read_mapping, shown
from comity.mandates.asking.figure_patterns import FigurePattern
from comity.mandates.resolution import Ask, Reference, Strength, Verb

T = TypeVar("T")

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
    faults: list[Fault] = []
    table = _Table(read_mapping(text, file, _("a register: keys and values from symbol: to operative:")), file, faults)
    register = _register(table)
    table.finish()
    faults.extend(_counted(register, table))
    if faults:
        raise BadInput(sorted(faults, key=lambda fault: int(fault.place.partition(":")[0] or 0)))
    return register


_SYMBOL = re.compile(r"(?!.*/(?:op|pp)\d+[^/]*$)[A-Za-z0-9](?:[A-Za-z0-9/.() -]*[A-Za-z0-9)])?")
"""A symbol stands in addresses, before the place of a paragraph."""


def _register(table: "_Table") -> Register:
    symbol = table.text("symbol", required=True)
    if symbol and not _SYMBOL.fullmatch(symbol):
        table.refuse("symbol", symbol, _("the symbol of the resolution, such as A/RES/67/189"))
    themes = table.texts("themes")
    counts = table.table("counts")
    read = {
        kind: tuple(_paragraph(row, symbol, kind, themes) for row in table.tables(kind))
        for kind in ("preambular", "operative")
    }
    return Register(
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
        footnotes=tuple(_citation(row) for row in table.tables("footnotes")),
        themes=themes,
        preambular=read["preambular"],
        operative=read["operative"],
    )


def _citation(row: "_Table") -> Citation:
    return Citation(row.text("mark", required=True), row.text("cites", required=True))


def _paragraph(row: "_Table", symbol: str, kind: str, themes: tuple[str, ...]) -> RegisterParagraph:
    number = row.integer("number")
    return RegisterParagraph(
        id=f"{symbol}#{_KINDS[kind]}{number}",
        kind=kind,
        number=number,
        at=row.at,
        asks=tuple(_ask(ask) for ask in row.tables("asks", required=True)),
        conditions=row.texts("conditions"),
        deadline=row.text("deadline"),
        recurrent=row.truth("recurrent"),
        references=row.each("references", _reference, _("a kind and a target, such as “treaty UNTOC”")),
        themes=row.each("themes", _one_of(themes), _("one of the themes that the file lists under themes:")),
        figures=row.each("figures", _figure_pattern, _("a pattern of figures, such as “parties.UNTOC.*”")),
        says=row.text("says"),
        rooms=row.each("rooms", _one_of(ROOMS), _("one of: %(rooms)s") % {"rooms": ", ".join(ROOMS)}),
        awaits=row.text("awaits"),
    )


def _ask(row: "_Table") -> Ask:
    strengths = tuple(strength.value for strength in Strength)
    strength = row.each("strength", _one_of(strengths), _("one of: %(all)s") % {"all": ", ".join(strengths)})
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


def _one_of(allowed: Sequence[str]) -> Callable[[str], str]:
    def check(text: str) -> str:
        if text not in allowed:
            raise ValueError(text)
        return text

    return check


def _counted(register: Register, table: "_Table") -> list[Fault]:
    """Faults where paragraphs or footnotes are not as many as counted, or not numbered from 1 without a gap."""
    listed = {
        "preambular": [paragraph.number for paragraph in register.preambular],
        "operative": [paragraph.number for paragraph in register.operative],
        "footnotes": [int(note.mark) if note.mark.isdigit() else 0 for note in register.footnotes],
    }
    faults = []
    for key, numbers in listed.items():
        if numbers != list(range(1, register.counts[key] + 1)):
            found = ", ".join(map(str, numbers)) or "–"
            expected = _("%(key)s numbered from 1 to %(count)s") % {"key": key, "count": register.counts[key]}
            faults.append(Fault(table.file, table.place(key), found, expected))
    return faults


@dataclass
class _Table:
    """A mapping of the file whose keys are taken one by one; those never taken are refused as unknown."""

    node: yaml.MappingNode
    file: str
    faults: list[Fault]
    nodes: dict[str, yaml.Node] = field(default_factory=dict)
    children: list["_Table"] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for key, value in self.node.value:
            if key.value in self.nodes:
                self._fault(key, str(key.value), str(key.value), _("each key once"))
            self.nodes[str(key.value)] = value

    @property
    def at(self) -> int:
        """The line on which the mapping begins."""
        return self.node.start_mark.line + 1

    def place(self, key: str) -> str:
        """The place of a key, or of the mapping where it has no such key."""
        node = self.nodes.get(key, self.node)
        return f"{node.start_mark.line + 1}:{key}"

    def finish(self) -> None:
        """Record a fault for every key that was never asked for, here and below."""
        for key, _value in self.node.value:
            if key.value not in self.taken:
                known = _("one of the keys: %(keys)s") % {"keys": ", ".join(sorted(self.taken))}
                self._fault(key, str(key.value), str(key.value), known)
        for child in self.children:
            child.finish()

    def text(self, key: str, *, required: bool = False) -> str:
        """A text, empty where the key is absent."""
        node = self._take(key, required)
        if node is None:
            return ""
        if not isinstance(node, yaml.ScalarNode) or (required and not node.value.strip()):
            self._fault(node, key, shown(node), _("a text"))
            return ""
        return str(node.value).strip()

    def integer(self, key: str, *, least: int = 1) -> int:
        """A whole number that must be there; 0 where it is not."""
        found = self.text(key, required=True)
        right = found.isdecimal() and int(found) >= least
        if found and not right:
            self._fault(self.nodes[key], key, found, _("a whole number from %d") % least)
        return int(found) if right else 0

    def day(self, key: str, *, required: bool = False) -> date | None:
        """A date as YYYY-MM-DD, or None."""
        found = self.text(key, required=required)
        if not found:
            return None
        try:
            return date.fromisoformat(found)
        except ValueError:
            self._fault(self.nodes[key], key, found, _("a date as YYYY-MM-DD"))
            return None

    def truth(self, key: str) -> bool:
        """true or false; false where the key is absent."""
        found = self.text(key)
        if found not in ("", "true", "false"):
            self._fault(self.nodes[key], key, found, _("true or false"))
        return found == "true"

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, empty where the key is absent."""
        return self.each(key, str, _("a list of texts"))

    def each(self, key: str, read: Callable[[str], T], expected: str) -> tuple[T, ...]:
        """Every text of a list, or the one text, as `read` gives it; where it raises ValueError, a fault."""
        node = self._take(key)
        items = node.value if isinstance(node, yaml.SequenceNode) else [node] if node is not None else []
        values = []
        for item in items:
            try:
                if not isinstance(item, yaml.ScalarNode) or not item.value:
                    raise ValueError(item)
                values.append(read(item.value))
            except ValueError:
                self._fault(item, key, shown(item), expected)
        return tuple(values)

    def table(self, key: str) -> "_Table":
        """A mapping below a key that must be there; an empty one, and a fault, where it is not."""
        node = self._take(key, required=True)
        if node is not None and not isinstance(node, yaml.MappingNode):
            self._fault(node, key, shown(node), _("keys and values"))
        return self._child(node if isinstance(node, yaml.MappingNode) else self._empty())

    def tables(self, key: str, *, required: bool = False) -> list["_Table"]:
        """The mappings of a list below a key, empty where the key is absent."""
        node = self._take(key, required)
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            self._fault(node, key, shown(node), _("a list"))
            return []
        for item in node.value:
            if not isinstance(item, yaml.MappingNode):
                self._fault(item, key, shown(item), _("keys and values"))
        return [self._child(item) for item in node.value if isinstance(item, yaml.MappingNode)]

    def refuse(self, key: str, value: str, expected: str) -> None:
        """Record a fault of the value of a key that is there."""
        self._fault(self.nodes[key], key, value, expected)

    def _take(self, key: str, required: bool = False) -> yaml.Node | None:
        self.taken.add(key)
        if required and key not in self.nodes:
            self._fault(self.node, key, "", _("the key %(key)s") % {"key": key})
        return self.nodes.get(key)

    def _child(self, node: yaml.MappingNode) -> "_Table":
        child = _Table(node, self.file, self.faults)
        self.children.append(child)
        return child

    def _empty(self) -> yaml.MappingNode:
        return yaml.MappingNode("tag:yaml.org,2002:map", [], self.node.start_mark, self.node.end_mark)

    def _fault(self, node: yaml.Node, key: str, value: str, expected: str) -> None:
        self.faults.append(Fault(self.file, f"{node.start_mark.line + 1}:{key}", value, expected))
