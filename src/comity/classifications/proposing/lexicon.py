"""The lexicon: terms that speak for or against a category, and which of them stand in a title.

Its table is `tables/iccs_terms.csv`; docs/classification.md says how it is taught a term.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from comity.classifications.proposing.words import fold, names_the_rest, rows_of_terms, stem, stems, words

IN_PART = 0.7
"""What a term speaks of whose rarest word stands in the title while others are missing: “tráfico” of “tráfico de
drogas”."""
HEAD = 1.0
"""How much more a term speaks that stands first in the title, where the act is named, than one far behind."""
NEAR_WORD = 0.8
"""How surely a word stands for another one that differs in its ending alone: “falsificador” for “falsificación”."""
CATEGORIES = 320
"""Of the classification, among which a word is rare."""
_APART = 0.06
"""What a term loses for each word between its own: “robo … vehículo”."""
_OF_A_LETTER = 2.2
"""What each character of a Chinese term weighs, about as much as half a rare word: most words have two."""
_OPENING = 6
"""Letters that near words share at least."""
HAN = re.compile(r"[\u3400-\u9fff]")
"""A Chinese character; such terms are looked for without parting words, which nothing parts."""

Kind = Literal["term", "against"]


@dataclass(frozen=True, slots=True)
class Term:
    """A row of the lexicon: words that speak for or against a category. A stem that ends in * is an opening."""

    text: str
    language: str
    iccs: str
    kind: Kind
    weight: float
    stems: tuple[str, ...]
    names_rest: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A term found in a title: how strongly it speaks, where its words stand, and whether all of them do."""

    term: Term
    strength: float
    positions: frozenset[int]
    whole: bool


@dataclass(frozen=True)
class Lexicon:
    """The terms, found by their words; and how rare each word is among the categories."""

    terms: tuple[Term, ...]
    rarity: dict[str, float] = field(init=False, repr=False)
    by_stem: dict[str, list[Term]] = field(init=False, repr=False)
    by_opening: dict[str, list[str]] = field(init=False, repr=False)
    near: dict[str, list[str]] = field(init=False, repr=False)
    han: tuple[Term, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        codes: dict[str, set[str]] = defaultdict(set)
        for term in self.terms:
            for part in term.stems:
                codes[part].add(term.iccs)
        rarity = {part: math.log(1 + CATEGORIES / len(named)) for part, named in codes.items()}
        by_stem: dict[str, list[Term]] = defaultdict(list)
        by_opening: dict[str, list[str]] = defaultdict(list)
        near: dict[str, list[str]] = defaultdict(list)
        for term in self.terms:
            if term.stems and not HAN.search(term.text):
                by_stem[max(term.stems, key=lambda part: rarity[part])].append(term)
        for part in rarity:
            if part.endswith("*"):
                by_opening[part[:3]].append(part)
            elif len(part) >= _OPENING:
                near[part[:_OPENING]].append(part)
        object.__setattr__(self, "rarity", rarity)
        object.__setattr__(self, "by_stem", dict(by_stem))
        object.__setattr__(self, "by_opening", dict(by_opening))
        object.__setattr__(self, "near", dict(near))
        object.__setattr__(self, "han", tuple(term for term in self.terms if HAN.search(term.text)))

    def senses(self, word: str) -> dict[str, float]:
        """The parts of terms that a word may stand for, each with how surely: its stems, openings, near stems."""
        senses = {part: 1.0 for part in self.by_opening.get(word[:3], ()) if word.startswith(part[:-1])}
        own = stems(word)
        known = [part for part in own if part in self.rarity]
        for part in known:
            senses[part] = 1.0
        for part in () if known else own:
            for other in self.near.get(part[:_OPENING], ()) if len(part) >= _OPENING else ():
                if _is_near(part, other):
                    senses[other] = NEAR_WORD
        return senses

    def hits(self, title: str) -> Iterator[Hit]:
        """The terms that stand in a title, and, more weakly, those of which the rarest word does."""
        positions: dict[str, tuple[int, float]] = {}
        for position, word in enumerate(words(title)):
            for part, surety in self.senses(word).items():
                if part not in positions or positions[part][1] < surety:
                    positions[part] = (position, surety)
        for part in positions:
            for term in self.by_stem.get(part, ()):
                if all(other in positions for other in term.stems):
                    yield self._hit(term, positions, 1.0)
                elif term.kind == "term":
                    yield self._hit(term, positions, IN_PART * self._present(term, positions) ** 2)
        yield from self._han_hits(fold(title))

    def _present(self, term: Term, positions: dict[str, tuple[int, float]]) -> float:
        """The share of a term, by the rarity of its words, that stands in a title."""
        present = sum(self.rarity[part] for part in term.stems if part in positions)
        return present / sum(self.rarity[part] for part in term.stems)

    def _hit(self, term: Term, positions: dict[str, tuple[int, float]], surety: float) -> Hit:
        present = [part for part in term.stems if part in positions]
        places = [positions[part][0] for part in present]
        rarity = surety * sum(self.rarity[part] * positions[part][1] for part in present)
        first, spread = min(places), max(places) - min(places) + 1 - len(set(places))
        closeness = 1 / (1 + _APART * max(0, spread))
        return Hit(term, term.weight * rarity * closeness * (1 + HEAD / (1 + first)), frozenset(places), surety == 1)

    def _han_hits(self, folded: str) -> Iterator[Hit]:
        if not HAN.search(folded):
            return
        for term in self.han:
            at = folded.find(term.text)
            if at >= 0:
                strength = term.weight * _OF_A_LETTER * len(term.text) * (1 + HEAD / (1 + at))
                yield Hit(term, strength, frozenset(range(at, at + len(term.text))), True)


def _is_near(stem: str, other: str) -> bool:
    """Whether two stems differ in an ending of at most four letters after a shared opening of six or more."""
    shared = 0
    for letter, beside in zip(stem, other, strict=False):
        if letter != beside:
            break
        shared += 1
    longest, shortest = max(len(stem), len(other)), min(len(stem), len(other))
    return shared >= _OPENING and shared >= 0.75 * shortest and longest - shared <= 4


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon as shipped; read once."""
    return Lexicon(
        tuple(
            Term(
                text=row["term"],
                language=row["language"],
                iccs=row["iccs"],
                kind="against" if row["kind"] == "against" else "term",
                weight=float(row["weight"]),
                stems=_stems_of(row["term"], row["language"]),
                names_rest=names_the_rest(row["term"]),
            )
            for row in rows_of_terms()
            if row["iccs"]
        )
    )


def _stems_of(term: str, language: str) -> tuple[str, ...]:
    """The stems of a term in its language; an opening (`conduc*`) keeps its mark."""
    parts = term.split()
    openings = [fold(part) for part in parts if part.endswith("*")]
    whole = words(" ".join(part for part in parts if not part.endswith("*")))
    return tuple(dict.fromkeys([*openings, *(stem(word, language) for word in whole)]))
