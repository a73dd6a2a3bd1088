"""The mapping aid: ICCS categories that the title of a national offence speaks for, best first, each with its reason.

It proposes and never decides: a correspondence is made by a person who has read the law, the category's definition, its
inclusions and its exclusions; names alone are no evidence. The score orders proposals; it is no probability.

Method. A title is folded (case, accents, Arabic marks) and parted into words without articles and references to laws
(`words`). What speaks for a category:

1. terms of the lexicon (`lexicon`) whose words all stand in the title, whatever their endings, weighed by how rare
   these are among the categories (inverse document frequency), by how close they stand together and how early; a term
   of which the rarest word stands there and others are missing speaks more weakly;
2. the likeness (`likeness`) of the title to the category's own titles, as the cosine of their character trigrams with
   inverse document frequency;
3. where the user has mapped codes already, the likeness to their titles.

Words that speak against a category lower it and all below it. A category lends part of its score to its parents, and a
title that begins with “other” is led to the residual category.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from django.utils.translation import gettext as _

from comity.classifications.iccs import Iccs, load
from comity.classifications.proposing.lexicon import HAN, Hit, lexicon
from comity.classifications.proposing.likeness import Likeness, trigrams, word_features
from comity.classifications.proposing.words import names_the_rest, words
from comity.evidence.errors import BadInput, Fault
from comity.evidence.files.text_tables import table_of
from comity.evidence.files.texts import decode

# What a further hit on the same category adds, as a share of the one before.
FURTHER = 0.3
# What a category lends to the one above it, for each step.
LENT_UPWARD = 0.5
# What a category's own hit gains from hits on those above it.
SUPPORT_FROM_ABOVE = 0.25
# What is left of a category that a term speaks against, and of those below it.
AGAINST = 0.3
# What a category lends to those it is divided into and to those beside it, so that its kin fill the places left.
LENT_DOWNWARD = 0.4
LENT_ASIDE = 0.25
# What is left of a loan that reaches a section: titles are rarely mapped to a section whole.
SECTION = 0.3
# What a title weighs that is a category's own letter for letter, about as much as one rare word; less like it than the
# second, as two titles are that share an article, it says nothing.
LIKENESS = 3.0
LEAST_LIKENESS = 0.1
# What a mapped title weighs that is the very same, as much as a whole term; and how like it must be at least.
NEIGHBOUR = 9.0
LEAST_NEIGHBOUR = 0.3
# So many of the mapped titles that are most like it are looked at.
NEIGHBOURS = 12
# How much more the residual category of a kind is than the kind, where a title begins with “other”: “otros robos”; and
# how much of the best it is where it stands beside that.
RESIDUAL = 1.1
RESIDUAL_BESIDE = 0.8
# What a category of the same kin keeps of its own score beside what is lent to it.
KEPT_OF_KIN = 0.5
# The score at which the printed score is one half.
HALF = 6.0

_LANGUAGES = {
    "ar": "Arabic",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "pt": "Portuguese",
    "ru": "Russian",
    "zh": "Chinese",
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A category that a title speaks for. `score` lies between 0 and 1 and orders; `reason` names what matched."""

    code: str
    score: float
    reason: str


@lru_cache(maxsize=1)
def _titles() -> tuple[tuple[str, ...], Likeness]:
    """The categories' own titles in both languages, and their index."""
    titles = [
        (category.code, title)
        for category in load().categories.values()
        for title in (category.title_en, category.title_es)
        if title
    ]
    return tuple(code for code, _title in titles), Likeness.of([trigrams(title) for _code, title in titles])


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
    neighbours = Likeness.of([word_features(title) for title, _code in mapped])
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
    told = words(title)
    seen: dict[str, list[frozenset[int]]] = defaultdict(list)
    for hit in sorted(hits, key=lambda hit: (-hit.strength, hit.term.iccs, hit.term.text, hit.term.language)):
        covered = seen[hit.term.iccs]
        if any(hit.positions <= positions for positions in covered):
            continue
        share = hit.strength * FURTHER ** len(covered)
        covered.append(hit.positions)
        scores[hit.term.iccs].add(share, partial(_term_reason, hit, told))


def _term_reason(hit: Hit, title_words: Sequence[str]) -> str:
    if HAN.search(hit.term.text):
        matched = hit.term.text
    else:
        matched = " … ".join(title_words[position] for position in sorted(hit.positions))
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
    for number, likeness in index.to(trigrams(title)).items():
        best[codes[number]] = max(best.get(codes[number], 0.0), likeness)
    for code, likeness in best.items():
        if likeness >= LEAST_LIKENESS:
            scores[code].add(LIKENESS * likeness, partial(_title_reason, code))


def _title_reason(code: str) -> str:
    return _("The title is like the category's own, “%s”.") % load().categories[code].title()


def _weigh_neighbours(
    scores: dict[str, _Score], title: str, mapped: Sequence[tuple[str, str]], neighbours: Likeness
) -> None:
    if not mapped:
        return
    ranked = sorted(neighbours.to(word_features(title)).items(), key=lambda item: (-item[1], item[0]))
    seen: set[str] = set()
    for number, likeness in ranked[:NEIGHBOURS]:
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
            above_it = scores[category.code]
            if lent > above_it.value:
                above_it.add(lent - above_it.value, partial(_lent_reason, code, scores[code].reason), lent)


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
                    scores[other.code].value = share * value + KEPT_OF_KIN * own


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
            value = RESIDUAL * scores[best].value if parent == best else RESIDUAL_BESIDE * scores[best].value
            of_the_rest = scores[residual.code]
            if value > of_the_rest.value:
                of_the_rest.add(value - of_the_rest.value, partial(_residual_reason, scores[best].reason), value)


def _residual_reason(reason: Callable[[], str]) -> str:
    return _("“Other” leads to the residual category: %s") % reason()


def as_dicts(titles: Sequence[str], proposals: Sequence[Sequence[Proposal]]) -> list[dict[str, object]]:
    """What the command prints: `{title, proposals: [{code, score, reason}]}` for each title, ready for JSON."""
    return [
        {
            "title": title,
            "proposals": [
                {"code": proposal.code, "score": proposal.score, "reason": proposal.reason} for proposal in row
            ],
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
    columns = named or holding or (list(headings) if len(headings) == 1 else [])
    if len(columns) != 1:
        expected = _("one column with “title” in its heading, or a single column")
        raise BadInput(Fault(file, "1", ",".join(headings), expected))
    return columns[0]
