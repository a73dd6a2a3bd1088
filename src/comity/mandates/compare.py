"""Two resolutions compared paragraph by paragraph: carried over, changed, new, dropped.

Paragraphs are paired by what they say and not by their numbers: words and pairs of words are weighed by how rare they
are in the two texts (TF-IDF), and of all pairs of paragraphs those with the highest cosine are taken first. Where two
are alike, the pair that keeps the order of the texts is taken.
"""

import math
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from comity.mandates.resolution import Paragraph, Point, Resolution

PAIRED_FROM = 0.35
"""The cosine from which two paragraphs are taken for one another."""

CARRIED_FROM = 0.95
"""The share of words in common from which a paragraph counts as carried over."""

_WORD = re.compile(r"\w+(?:[-'’/]\w+)*")
_PIECE = re.compile(r"\w+(?:[-'’/]\w+)*|[^\w\s]")


class Change(StrEnum):
    """What became of a paragraph."""

    CARRIED = "carried over"
    CHANGED = "changed"
    NEW = "new"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Piece:
    """A run of words of a difference: `same`, `added` or `removed`."""

    kind: str
    text: str


@dataclass(frozen=True)
class Pair:
    """A paragraph of the first text and the one of the second that continues it; one of the two may be absent.

    `similarity` is the share of words in common, in order, from 0 to 1. `moved` says that the paragraph stands out of
    the order in which the others were kept.
    """

    change: Change
    kind: str
    before: Paragraph | None
    after: Paragraph | None
    similarity: float
    moved: bool
    difference: tuple[Piece, ...]


@dataclass(frozen=True)
class Comparison:
    """Two resolutions compared: pairs in the order of the second text, dropped paragraphs where they stood."""

    before: Resolution
    after: Resolution
    pairs: tuple[Pair, ...]

    def count(self, change: Change) -> int:
        """How many paragraphs met with a change."""
        return sum(pair.change == change for pair in self.pairs)


def compare(before: Resolution, after: Resolution) -> Comparison:
    """Pair the paragraphs of two resolutions, preambular with preambular and operative with operative ones.

    All that the two files hold is compared: of a resolution in parts every part, and the drafts that one recommends.
    """
    pairs: list[Pair] = []
    for kind in ("preambular", "operative"):
        pairs += _compare_kind(kind, _paragraphs(before, kind), _paragraphs(after, kind))
    return Comparison(before, after, tuple(pairs))


def _paragraphs(resolution: Resolution, kind: str) -> list[Paragraph]:
    """The paragraphs of a kind in all parts, those of drafts after the resolution's own."""
    whole = [one for part in resolution.in_file for one in (part, *part.drafts)]
    return [paragraph for one in whole for paragraph in getattr(one, kind)]


def whole_text(paragraph: Paragraph) -> str:
    """A paragraph with its nested points and what follows them, on one line."""
    return " ".join(part for part in [paragraph.text, *_points(paragraph.points), paragraph.tail] if part)


def _points(points: Iterable[Point]) -> list[str]:
    return [text for point in points for text in (f"{point.mark} {point.text}", *_points(point.points))]


def _compare_kind(kind: str, before: Sequence[Paragraph], after: Sequence[Paragraph]) -> list[Pair]:
    texts = [[whole_text(paragraph) for paragraph in side] for side in (before, after)]
    matched = _match(texts[0], texts[1])
    kept = _in_order(matched)
    pairs = [
        _pair(kind, before[left], after[right], texts[0][left], texts[1][right], moved=(left, right) not in kept)
        for left, right in matched
    ]
    taken = {left for left, _right in matched}, {right for _left, right in matched}
    new = [
        Pair(Change.NEW, kind, None, paragraph, 0.0, False, (Piece("added", texts[1][place]),))
        for place, paragraph in enumerate(after)
        if place not in taken[1]
    ]
    dropped = [
        Pair(Change.DROPPED, kind, paragraph, None, 0.0, False, (Piece("removed", texts[0][place]),))
        for place, paragraph in enumerate(before)
        if place not in taken[0]
    ]
    return _ordered(pairs + new, dropped, before, after)


def _ordered(
    standing: list[Pair], dropped: list[Pair], before: Sequence[Paragraph], after: Sequence[Paragraph]
) -> list[Pair]:
    """Pairs in the order of the second text; a dropped paragraph after the one that it followed in the first."""
    first, second = ({paragraph.id: place for place, paragraph in enumerate(side)} for side in (before, after))
    ordered = sorted(standing, key=lambda pair: second[pair.after.id] if pair.after else 0)
    for pair in dropped:
        place = first[pair.before.id] if pair.before else 0
        places = [
            index
            for index, other in enumerate(ordered)
            if other.before is not None and not other.moved and first[other.before.id] < place
        ]
        ordered.insert(max(places) + 1 if places else 0, pair)
    return ordered


def _pair(kind: str, before: Paragraph, after: Paragraph, old: str, new: str, *, moved: bool) -> Pair:
    difference, similarity = word_difference(old, new)
    change = Change.CARRIED if similarity >= CARRIED_FROM else Change.CHANGED
    return Pair(change, kind, before, after, similarity, moved, difference)


def word_difference(old: str, new: str) -> tuple[tuple[Piece, ...], float]:
    """The difference of two texts in words, and the share of words that they have in common, from 0 to 1.

    The stop at a paragraph's end, which only says whether another paragraph follows, is no difference of words.
    """
    left, right = _pieces(old), _pieces(new)
    matcher = SequenceMatcher(None, [text.casefold() for text in left], [text.casefold() for text in right], False)
    pieces: list[Piece] = []
    for operation, start, end, begin, stop in matcher.get_opcodes():
        if operation == "equal":
            pieces.append(Piece("same", _joined(right[begin:stop])))
            continue
        if end > start:
            pieces.append(Piece("removed", _joined(left[start:end])))
        if stop > begin:
            pieces.append(Piece("added", _joined(right[begin:stop])))
    return tuple(pieces), round(matcher.ratio(), 4)


def _pieces(text: str) -> list[str]:
    return _PIECE.findall(text.rstrip(" ;,."))


_CLOSING = frozenset(",;:.)]”’?!")
_OPENING = frozenset("([“‘")


def _joined(pieces: Sequence[str]) -> str:
    text = ""
    for piece in pieces:
        glued = not text or piece in _CLOSING or text[-1] in _OPENING
        text += piece if glued else f" {piece}"
    return text


def _match(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of places, each place once, the likest pairs first; equals by how little they leave the texts' order."""
    cosines = _cosines(before, after)
    span = max(len(before), len(after), 1)

    def preference(item: tuple[tuple[int, int], float]) -> tuple[float, float]:
        (left, right), cosine = item
        away = abs(left / max(len(before), 1) - right / max(len(after), 1))
        return -round(cosine, 2), away * span

    taken: tuple[set[int], set[int]] = (set(), set())
    matched = []
    for (left, right), cosine in sorted(cosines.items(), key=preference):
        if cosine >= PAIRED_FROM and left not in taken[0] and right not in taken[1]:
            matched.append((left, right))
            taken[0].add(left)
            taken[1].add(right)
    return matched


def _cosines(before: Sequence[str], after: Sequence[str]) -> dict[tuple[int, int], float]:
    """The cosine of every two texts that share a term, terms weighed by their rarity in both resolutions together."""
    counted = [[Counter(_terms(text)) for text in side] for side in (before, after)]
    documents = len(before) + len(after)
    frequency = Counter(term for side in counted for terms in side for term in terms)
    rarity = {term: math.log((documents + 1) / (count + 0.5)) for term, count in frequency.items()}
    weighed = [[_normal(terms, rarity) for terms in side] for side in counted]
    postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for place, weights in enumerate(weighed[1]):
        for term, weight in weights.items():
            postings[term].append((place, weight))
    cosines: dict[tuple[int, int], float] = {}
    for left, weights in enumerate(weighed[0]):
        row = [0.0] * len(after)
        for term, weight in weights.items():
            for right, other in postings.get(term, ()):
                row[right] += weight * other
        cosines.update({(left, right): value for right, value in enumerate(row) if value > 0})
    return cosines


def _terms(text: str) -> list[str]:
    words = [word.casefold() for word in _WORD.findall(text)]
    return words + [f"{first} {second}" for first, second in pairwise(words)]


def _normal(terms: Counter[str], rarity: dict[str, float]) -> dict[str, float]:
    weights = {term: (1 + math.log(count)) * rarity[term] for term, count in terms.items()}
    length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {term: weight / length for term, weight in weights.items()}


def _in_order(matched: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """The longest set of pairs that keep their order in both texts; the others moved."""
    pairs = sorted(matched)
    ends: list[int] = []
    lengths = []
    for _left, right in pairs:
        place = bisect_left(ends, right)
        ends[place : place + 1] = [right]
        lengths.append(place)
    kept = set()
    wanted = len(ends) - 1
    for pair, length in zip(reversed(pairs), reversed(lengths), strict=True):
        if length == wanted:
            kept.add(pair)
            wanted -= 1
    return kept


def to_json(comparison: Comparison) -> dict[str, Any]:
    """The comparison in the shape of `comity resolution compare --format json`."""
    return {
        "before": _named(comparison.before),
        "after": _named(comparison.after),
        "counts": {change.value: comparison.count(change) for change in Change},
        "paragraphs": [
            {
                "change": pair.change.value,
                "kind": pair.kind,
                "before": pair.before.id if pair.before else None,
                "after": pair.after.id if pair.after else None,
                "similarity": pair.similarity,
                "moved": pair.moved,
                "difference": [{"kind": piece.kind, "text": piece.text} for piece in pair.difference],
            }
            for pair in comparison.pairs
        ],
    }


def _named(resolution: Resolution) -> dict[str, Any]:
    """Symbol and title; of a resolution in parts also the symbols of all parts."""
    named: dict[str, Any] = {"symbol": resolution.symbol, "title": resolution.title}
    return named | {"symbols": [part.symbol for part in resolution.in_file]} if resolution.following else named


def to_text(comparison: Comparison) -> str:
    """The comparison as lines for a terminal: what was removed in [-brackets-], what was added in {+braces+}."""
    counts = ", ".join(f"{_(change.value)} {comparison.count(change)}" for change in Change)
    lines = [f"{_name(comparison.before)} → {_name(comparison.after)}", counts, ""]
    for pair in comparison.pairs:
        moved = f", {_('moved')}" if pair.moved else ""
        share = f" ({pair.similarity:.0%}{moved})" if pair.before and pair.after else ""
        lines.append(f"{_mark(pair.before)} → {_mark(pair.after)}  {_(pair.change.value)}{share}")
        if pair.change is not Change.CARRIED:
            lines.append("    " + " ".join(_BRACKETS[piece.kind] % _short(piece) for piece in pair.difference))
    return "\n".join(lines) + "\n"


_BRACKETS = {"same": "%s", "removed": "[-%s-]", "added": "{+%s+}"}


def _short(piece: Piece) -> str:
    """A run of words; of a long one that is the same, only its ends."""
    words = piece.text.split(" ")
    long = piece.kind == "same" and len(words) > 16
    return " ".join([*words[:6], "…", *words[-6:]]) if long else piece.text


def _name(resolution: Resolution) -> str:
    return ", ".join(part.symbol for part in resolution.in_file if part.symbol) or resolution.title or "–"


def _mark(paragraph: Paragraph | None) -> str:
    """The paragraph within its resolution, with the letter of the part where it is of one: "B op2"."""
    if paragraph is None:
        return "–"
    symbol, _hash, place = paragraph.id.rpartition("#")
    part = re.search(r" (?P<letter>[A-Z]+)$", symbol)
    return f"{part['letter']} {place}" if part else place
