"""The mapping aid: ICCS categories that the title of a national offence speaks for, best first, each with its reason.

It proposes and never decides: a correspondence is made by a person who has read the law, the category's definition, its
inclusions and its exclusions; names alone are no evidence. The score orders proposals; it is no probability.

Method. A title is folded (case, accents, Arabic marks), parted into words without articles and references to laws, and
each word is cut to its stem. What speaks for a category:

1. terms of the lexicon (`tables/iccs_terms.csv`) whose words all stand in the title, weighed by how rare these are
   among the categories (inverse document frequency), by how close they stand together and how early; a term of which
   the rarest word stands there and others are missing speaks more weakly;
2. the likeness of the title to the category's own titles, as the cosine of their character trigrams with inverse
   document frequency;
3. where the user has mapped codes already, the likeness to their titles.

Words that speak against a category lower it and all below it. A category lends part of its score to its parents, and a
title that begins with “other” is led to the residual category.
"""

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from itertools import pairwise
from typing import Literal

from django.utils.translation import gettext as _

from comity.classifications.iccs import TABLES, Iccs, load
from comity.evidence.errors import BadInput, Fault
from comity.evidence.files.text_tables import parse_table, table_of
from comity.evidence.files.texts import decode

# What a further hit on the same category adds, as a share of the one before.
FURTHER = 0.3
# What a category lends to the one above it, for each step.
LENT_UPWARD = 0.5
# What a category's own hit gains from hits on those above it.
SUPPORT_FROM_ABOVE = 0.25
AGAINST = 0.3
# What a term speaks of whose rarest word stands in the title while others are missing.
IN_PART = 0.7
# What a category lends to those it is divided into and to those beside it, so that its kin fill the places left.
LENT_DOWNWARD = 0.4
LENT_ASIDE = 0.25
# How much more a term speaks that stands first in the title, where the act is named, than one far behind.
HEAD = 1.0
# What is left of a loan that reaches a section: titles are rarely mapped to a section whole.
SECTION = 0.3
LIKENESS = 3.0
NEIGHBOUR = 9.0
LEAST_NEIGHBOUR = 0.3
RESIDUAL = 1.1
NEAR_WORD = 0.8
# The score at which the printed score is one half.
HALF = 6.0

_REFERENCE = re.compile(
    r"art[íi]?c?u?l?o?s?\.\s*\d*|\b(?:art(?:[íi]culo)?s?|inc|ley(?:es)?|law|act|dfl|dl|n[º°ro]*)\.?\s*(?:n[º°]\s*)?\d[\d.\-/]*"
    r"|\bc\.?\s?p\.?(?:\s?p\.?)?(?=\W|$)|\d+[º°]?",
    re.IGNORECASE,
)
_EXCEPTED = re.compile(r"\((?:no|excluye|excepto|salvo|except|excluding|excl|sauf|hors)\b[^)]*\)", re.IGNORECASE)
_ELISION = re.compile(r"\b(?:l|d|qu|n|s|m)[’'](?=\w)", re.IGNORECASE)
# “no” is a negation in Spanish and “in the” in Portuguese; before a participle or adjective it is taken for Spanish.
_NEGATING = frozenset({"sin", "no", "without", "sans", "sem", "без", "بدون"})
_SPANISH_PARTICIPLE = re.compile(r"(?:ad|id|ent|ional|icular)[oa]?s?$")
_WORD = re.compile(r"[^\W\d_]+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_RUSSIAN_ENDING = re.compile(
    r"(?:иями|ями|ами|ого|его|ому|ему|ыми|ими|иях|ией|ием|иям|ах|ях|ов|ев|ей|ой|ый|ий|ая|яя|ое|ее|ые|ие|ую|юю|ом|ем|ам|ям|ию"
    r"|ия|ии|ых|их|[аяоеыиуюьй])$"
)
_ARABIC_OPENING = re.compile(r"^(?:وال|بال|كال|فال|لل|ال)(?=\w{3})")
_LANGUAGES = {
    "ar": "Arabic",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "pt": "Portuguese",
    "ru": "Russian",
    "zh": "Chinese",
}

Kind = Literal["term", "against"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A category that a title speaks for. `score` lies between 0 and 1 and orders; `reason` names what matched."""

    code: str
    score: float
    reason: str


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


def fold(text: str) -> str:
    """A text without case, accents and Arabic marks; the forms of alef, yeh and teh marbuta become one."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter) and letter not in "ـ’'")
    return bare.translate(str.maketrans("أإآىةёй", "اااىهеи")).replace("ى", "ي")


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A folded word without the endings of number, gender and case that tell no offences apart: a light stemmer."""
    if word[0] >= "\u0600" and word[0] <= "\u06ff":
        bare = _ARABIC_OPENING.sub("", word)
        return re.sub(r"(?:ات|ين|ون|ه)$", "", bare) if len(bare) > 4 else bare
    if "\u0400" <= word[0] <= "\u04ff":
        return _RUSSIAN_ENDING.sub("", word) if len(word) > 4 else word
    return _latin_stem(word)


def _latin_stem(word: str) -> str:
    if len(word) <= 3:
        return word
    for ending, instead in (("coes", "cao"), ("oes", "ao"), ("ies", "y"), ("aux", "al")):
        if word.endswith(ending) and len(word) > 5:
            word = word.removesuffix(ending) + instead
            break
    else:
        if word.endswith("es") and len(word) > 5:
            word = word[:-2]
        elif word.endswith("s") and not word.endswith("ss"):
            word = word[:-1]
    if len(word) > 4 and word[-1] in "aoe":
        word = word[:-1]
    return word[:-1] + "i" if word.endswith("y") else word


def words(text: str) -> list[str]:
    """The folded words of a title in their order, without references to laws, articles and particles.

    A word after “without” bears the mark of it, so that “sin violencia” does not read as violence. Chinese characters
    stand in one word for each unbroken run.
    """
    bare = _REFERENCE.sub(" ", _EXCEPTED.sub(" ", text))
    found: list[str] = []
    negation = ""
    for word in _WORD.findall(fold(_ELISION.sub(" ", bare))):
        if word in _marked("omitted"):
            negation = word if word in _NEGATING else negation
        else:
            denied = negation and (negation != "no" or _SPANISH_PARTICIPLE.search(word))
            found.append(f"no{word}" if denied else word)
            negation = ""
    return found


@lru_cache(maxsize=1)
def _table() -> tuple[dict[str, str], ...]:
    return tuple(row.cells for row in parse_table((TABLES / "iccs_terms.csv").read_text(encoding="utf-8")).rows)


@lru_cache(maxsize=2)
def _marked(kind: str) -> frozenset[str]:
    """The folded words of the lexicon that speak of no category: `omitted` tell nothing, `rest` say “other”."""
    return frozenset(fold(row["term"]) for row in _table() if row["kind"] == kind)


def names_the_rest(text: str) -> bool:
    """Whether a title begins with “other” in one of the lexicon's languages."""
    opening = _WORD.findall(fold(text))[:2]
    rest = _marked("rest")
    return any(word in rest for word in opening) or text[:2] in rest


def _stems_of(term: str) -> tuple[str, ...]:
    """The stems of a term; an opening (`conduc*`) keeps its mark."""
    parts = term.split()
    openings = [fold(part) for part in parts if part.endswith("*")]
    whole = words(" ".join(part for part in parts if not part.endswith("*")))
    return tuple(dict.fromkeys([*openings, *map(stem, whole)]))


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
        rarity = {part: math.log(1 + 320 / len(held)) for part, held in codes.items()}
        by_stem: dict[str, list[Term]] = defaultdict(list)
        by_opening: dict[str, list[str]] = defaultdict(list)
        near: dict[str, list[str]] = defaultdict(list)
        for term in self.terms:
            if term.stems and not _HAN.search(term.text):
                by_stem[max(term.stems, key=lambda part: rarity[part])].append(term)
        for part in rarity:
            if part.endswith("*"):
                by_opening[part[:3]].append(part)
            elif len(part) >= 6:
                near[part[:6]].append(part)
        object.__setattr__(self, "rarity", rarity)
        object.__setattr__(self, "by_stem", dict(by_stem))
        object.__setattr__(self, "by_opening", dict(by_opening))
        object.__setattr__(self, "near", dict(near))
        object.__setattr__(self, "han", tuple(term for term in self.terms if _HAN.search(term.text)))

    def senses(self, word: str) -> dict[str, float]:
        """The parts of terms that a word may stand for, each with how surely: its stem, openings, near stems."""
        own = stem(word)
        found = {part: 1.0 for part in self.by_opening.get(word[:3], ()) if word.startswith(part[:-1])}
        if own in self.rarity:
            found[own] = 1.0
        elif len(own) >= 6:
            for part in self.near.get(own[:6], ()):
                if _near(own, part):
                    found[part] = NEAR_WORD
        return found

    def hits(self, title: str) -> Iterator[Hit]:
        """The terms that stand in a title, and, more weakly, those of which the rarest word does."""
        positions: dict[str, tuple[int, float]] = {}
        found = words(title)
        for position, word in enumerate(found):
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
        held = [part for part in term.stems if part in positions]
        places = [positions[part][0] for part in held]
        rarity = surety * sum(self.rarity[part] * positions[part][1] for part in held)
        first, spread = min(places), max(places) - min(places) + 1 - len(set(places))
        closeness = 1 / (1 + 0.06 * max(0, spread))
        return Hit(term, term.weight * rarity * closeness * (1 + HEAD / (1 + first)), frozenset(places), surety == 1)

    def _han_hits(self, folded: str) -> Iterator[Hit]:
        if not _HAN.search(folded):
            return
        for term in self.han:
            at = folded.find(term.text)
            if at >= 0:
                length = len(term.text)
                yield Hit(
                    term, term.weight * 2.2 * length * (1 + HEAD / (1 + at)), frozenset(range(at, at + length)), True
                )


def _near(one: str, other: str) -> bool:
    """Whether two stems differ in an ending of at most four letters after a shared opening of six or more."""
    shared = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        shared += 1
    return shared >= 6 and shared >= 0.75 * min(len(one), len(other)) and max(len(one), len(other)) - shared <= 4


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
                stems=_stems_of(row["term"]),
                names_rest=names_the_rest(row["term"]),
            )
            for row in _table()
            if row["iccs"]
        )
    )


@dataclass(frozen=True)
class Likeness:
    """Texts by which others are likened: cosine of features weighed by inverse document frequency."""

    vectors: tuple[dict[str, float], ...]
    postings: dict[str, list[tuple[int, float]]]
    weights: dict[str, float]

    @classmethod
    def of(cls, features: Sequence[Counter[str]]) -> "Likeness":
        """Index the features of some texts."""
        spread = Counter(feature for counted in features for feature in counted)
        weights = {feature: math.log(1 + len(features) / count) for feature, count in spread.items()}
        vectors = tuple(_normalised(counted, weights) for counted in features)
        postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, vector in enumerate(vectors):
            for feature, weight in vector.items():
                postings[feature].append((number, weight))
        return cls(vectors, dict(postings), weights)

    def to(self, features: Counter[str]) -> dict[int, float]:
        """The cosine of each indexed text that shares a feature, by its number."""
        found: dict[int, float] = defaultdict(float)
        for feature, weight in _normalised(features, self.weights).items():
            for number, held in self.postings.get(feature, ()):
                found[number] += weight * held
        return found


def _normalised(counted: Counter[str], weights: dict[str, float]) -> dict[str, float]:
    unseen = max(weights.values(), default=1.0)
    vector = {feature: count * weights.get(feature, unseen) for feature, count in counted.items()}
    length = math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0
    return {feature: weight / length for feature, weight in vector.items()}


def _trigrams(text: str) -> Counter[str]:
    joined = f" {' '.join(stem(word) for word in words(text))} "
    return Counter(joined[at : at + 3] for at in range(len(joined) - 2))


def _word_features(text: str) -> Counter[str]:
    """Stems, pairs of stems, and word openings, so that titles are alike by their words before their letters."""
    stems = [stem(word) for word in words(text)]
    pairs = (f"{first} {second}" for first, second in pairwise(stems))
    return Counter([*stems, *pairs, *(f"{part[:5]}-" for part in stems if len(part) > 5)])


@lru_cache(maxsize=1)
def _titles() -> tuple[tuple[str, ...], Likeness]:
    """The categories' own titles in both languages, and their index."""
    held = [
        (category.code, title)
        for category in load().categories.values()
        for title in (category.title_en, category.title_es)
        if title
    ]
    return tuple(code for code, _title in held), Likeness.of([_trigrams(title) for _code, title in held])


@dataclass
class _Score:
    """What speaks for one category while a title is weighed, and the reason that weighs most."""

    value: float = 0.0
    reason: Callable[[], str] = str
    weight: float = 0.0

    def add(self, value: float, reason: Callable[[], str], weight: float | None = None) -> None:
        self.value += value
        if (value if weight is None else weight) > self.weight:
            self.weight, self.reason = value if weight is None else weight, reason


def propose(titles: Iterable[str], *, limit: int = 5, examples: Iterable[tuple[str, str]] = ()) -> list[list[Proposal]]:
    """Proposals for each title, best first, at most `limit`; none for a title of which no word is known.

    `examples` are titles that the user has mapped already, each with its ICCS code, for instance from a correspondence
    table; they are weighed beside the lexicon. Raises UnknownName where an example's code is not in the classification.
    """
    mapped = [(title, load().category(code).code) for title, code in examples]
    neighbours = Likeness.of([_word_features(title) for title, _code in mapped])
    return [_propose(title, limit, mapped, neighbours) for title in titles]


def _propose(title: str, limit: int, mapped: Sequence[tuple[str, str]], neighbours: Likeness) -> list[Proposal]:
    scores: dict[str, _Score] = defaultdict(_Score)
    rest = names_the_rest(title)
    hits = [hit for hit in lexicon().hits(title) if rest or not hit.term.names_rest]
    _weigh_terms(scores, [hit for hit in hits if hit.term.kind == "term"], title)
    _weigh_titles(scores, title)
    _weigh_neighbours(scores, title, mapped, neighbours)
    classification = load()
    against = {hit.term.iccs for hit in hits if hit.term.kind == "against"}
    _weigh_against(scores, against, classification)
    _weigh_tree(scores, classification)
    _weigh_kin(scores, classification)
    if rest:
        _lead_to_residual(scores, classification)
    ranked = sorted(scores.items(), key=lambda item: (-item[1].value, item[0]))
    return [
        Proposal(code, round(score.value / (score.value + HALF), 3), score.reason())
        for code, score in ranked[:limit]
        if score.value > 0
    ]


def _weigh_terms(scores: dict[str, _Score], hits: Sequence[Hit], title: str) -> None:
    found = words(title)
    seen: dict[str, list[frozenset[int]]] = defaultdict(list)
    for hit in sorted(hits, key=lambda hit: (-hit.strength, hit.term.iccs, hit.term.text, hit.term.language)):
        covered = seen[hit.term.iccs]
        if any(hit.positions <= positions for positions in covered):
            continue
        share = hit.strength * FURTHER ** len(covered)
        covered.append(hit.positions)
        scores[hit.term.iccs].add(share, partial(_term_reason, hit, found))


def _term_reason(hit: Hit, found: Sequence[str]) -> str:
    if _HAN.search(hit.term.text):
        matched = hit.term.text
    else:
        matched = " … ".join(found[position] for position in sorted(hit.positions))
    if hit.whole:
        sentence = _("The words “%(words)s” match the term “%(term)s” of the lexicon (%(language)s).")
    else:
        sentence = _("The words “%(words)s” match the term “%(term)s” of the lexicon (%(language)s) in part.")
    return sentence % {
        "words": matched,
        "term": hit.term.text,
        "language": _LANGUAGES[hit.term.language],
    }


def _weigh_titles(scores: dict[str, _Score], title: str) -> None:
    codes, index = _titles()
    best: dict[str, float] = {}
    for number, likeness in index.to(_trigrams(title)).items():
        best[codes[number]] = max(best.get(codes[number], 0.0), likeness)
    for code, likeness in best.items():
        if likeness >= 0.1:
            scores[code].add(LIKENESS * likeness, partial(_title_reason, code))


def _title_reason(code: str) -> str:
    return _("The title is like the category's own, “%s”.") % load().categories[code].title()


def _weigh_neighbours(
    scores: dict[str, _Score], title: str, mapped: Sequence[tuple[str, str]], neighbours: Likeness
) -> None:
    if not mapped:
        return
    ranked = sorted(neighbours.to(_word_features(title)).items(), key=lambda item: (-item[1], item[0]))
    seen: set[str] = set()
    for number, likeness in ranked[:12]:
        text, code = mapped[number]
        if likeness >= LEAST_NEIGHBOUR and code not in seen:
            seen.add(code)
            scores[code].add(NEIGHBOUR * likeness, partial(_neighbour_reason, text))


def _neighbour_reason(text: str) -> str:
    return _("The mapped title “%s” is like it.") % text


def _weigh_against(scores: dict[str, _Score], against: Collection[str], classification: Iccs) -> None:
    for code, score in scores.items():
        if code in against or any(above.code in against for above in classification.ancestors(code)):
            score.value *= AGAINST


def _weigh_tree(scores: dict[str, _Score], classification: Iccs) -> None:
    """Hits above support what lies below; hits below are lent, in part, to what lies above."""
    own = {code: score.value for code, score in scores.items()}
    for code in own:
        above = classification.ancestors(code)
        scores[code].value += SUPPORT_FROM_ABOVE * max((own.get(category.code, 0.0) for category in above), default=0.0)
    for code in sorted(own, key=lambda code: (-own[code], code)):
        for steps, category in enumerate(classification.ancestors(code), start=1):
            lent = own[code] * LENT_UPWARD**steps * (SECTION if category.level == 1 else 1)
            held = scores[category.code]
            if lent > held.value:
                held.add(lent - held.value, partial(_lent_reason, code, scores[code].reason), lent)


def _lent_reason(code: str, reason: Callable[[], str]) -> str:
    return _("It contains %(code)s: %(reason)s") % {"code": code, "reason": reason()}


def _weigh_kin(scores: dict[str, _Score], classification: Iccs) -> None:
    """The two leading categories lend a little to what they are divided into and to what stands beside them."""
    leading = sorted(scores, key=lambda code: (-scores[code].value, code))[:2]
    for code, value in [(code, scores[code].value) for code in leading]:
        category = classification.category(code)
        beside = classification.children(category.parent) if category.level > 2 else ()
        for share, kin in ((LENT_DOWNWARD, classification.children(code)), (LENT_ASIDE, beside)):
            for other in kin:
                if other.code != code and share * value > scores[other.code].value:
                    own = scores[other.code].value
                    scores[other.code].add(share * value, partial(_kin_reason, code, scores[code].reason))
                    scores[other.code].value = share * value + 0.5 * own


def _kin_reason(code: str, reason: Callable[[], str]) -> str:
    return _("It is next of kin to %(code)s: %(reason)s") % {"code": code, "reason": reason()}


def _lead_to_residual(scores: dict[str, _Score], classification: Iccs) -> None:
    """“Other” offences of a kind are the residual category within that kind, where it has one."""
    best = max(scores, key=lambda code: (scores[code].value, code), default=None)
    if best is None:
        return
    category = classification.category(best)
    for parent in (best, category.parent):
        kin = classification.children(parent) if parent else ()
        residual = next((child for child in kin if child.residual), None)
        if residual is not None:
            value = RESIDUAL * scores[best].value if parent == best else 0.8 * scores[best].value
            held = scores[residual.code]
            if value > held.value:
                held.add(value - held.value, partial(_residual_reason, scores[best].reason), value)


def _residual_reason(reason: Callable[[], str]) -> str:
    return _("“Other” leads to the residual category: %s") % reason()


def as_dicts(titles: Sequence[str], proposals: Sequence[Sequence[Proposal]]) -> list[dict[str, object]]:
    """What the command prints: `{title, proposals: [{code, score, reason}]}` for each title, ready for JSON."""
    return [
        {
            "title": title,
            "proposals": [{"code": found.code, "score": found.score, "reason": found.reason} for found in row],
        }
        for title, row in zip(titles, proposals, strict=True)
    ]


def read_titles(data: bytes, file: str) -> list[str]:
    """The titles in a comma-separated table: its column `title`, else the one column with “title” in its heading, else
    its only column.

    Raises BadInput for text that is not UTF-8, a broken table, no such column, or several.
    """
    table = table_of(file, decode(data, file))
    column = _title_column(table.headings, file)
    return [title for row in table.rows if (title := row.cells.get(column, "").strip())]


def _title_column(headings: Sequence[str], file: str) -> str:
    named = [heading for heading in headings if heading.casefold() == "title"]
    holding = [heading for heading in headings if "title" in heading.casefold()]
    found = named or holding or (list(headings) if len(headings) == 1 else [])
    if len(found) != 1:
        expected = _("one column with “title” in its heading, or a single column")
        raise BadInput(Fault(file, "1", ",".join(headings), expected))
    return found[0]
