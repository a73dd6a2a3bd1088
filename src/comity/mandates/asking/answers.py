"""What answers a paragraph: the figures that name it, one by one where they can be told, else the ways to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from comity.evidence.errors import BadInput
from comity.evidence.figures import Figure, Lead, Table, asked_by, figure, leads_to, methods
from comity.mandates.asking.figure_patterns import FigurePattern, definite


@dataclass(frozen=True)
class Answers:
    """The figures of a paragraph on a day.

    `counts` are numbers by method and instrument; `single` are values that stand for themselves, in the order of the
    patterns; `tables` the ids of tables and dates, by method; `links` the pages that list more of them.
    """

    counts: Mapping[tuple[str, str], Figure]
    single: Sequence[Figure]
    tables: Sequence[tuple[str, str, str]]
    links: Sequence[Lead]

    @property
    def columns(self) -> list[str]:
        """The methods of the counts."""
        return list(dict.fromkeys(name for name, _subject in self.counts))

    @property
    def subjects(self) -> list[str]:
        """The instruments of the counts."""
        return list(dict.fromkeys(subject for _name, subject in self.counts))


def answers(paragraph: str, patterns: Sequence[str], codes: Sequence[str], on: date, as_at: date) -> Answers:
    """What answers a paragraph on a day, as known on another: each figure names the paragraph itself.

    `codes` are the instruments whose actions are held, in the order of the register.
    """
    asked = definite(patterns, methods(), codes, on)
    counts: dict[tuple[str, str], Figure] = {}
    single: list[Figure] = []
    tables: list[tuple[str, str, str]] = []
    for name, subject, identifier in asked:
        if methods()[name].result is Table or methods()[name].unit == "date":
            tables.append((name, subject, identifier))
        elif subject:
            counts[name, subject] = figure(identifier, as_at=as_at)
        else:
            single.append(figure(identifier, as_at=as_at))
    links: dict[str, Lead] = {}
    for name in dict.fromkeys(name for pattern in map(FigurePattern.parse, patterns) for name in pattern.methods):
        for lead in leads_to(name, on=on, as_at=as_at):
            if paragraph not in asked_by(lead.figure):
                continue
            if lead.address:
                links.setdefault(lead.address, lead)
            elif methods()[name].result is Table:
                tables.append((name, "", lead.figure))
            else:
                single += _held(lead.figure, as_at)
    return Answers(counts, single, tables, list(links.values()))


def _held(identifier: str, as_at: date) -> list[Figure]:
    """A figure that something is held of, alone in a list; none where nothing is."""
    try:
        return [figure(identifier, as_at=as_at)]
    except BadInput:
        return []
