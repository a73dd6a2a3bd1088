"""The opening verbs of a paragraph, in order, each with its strength, by the table `tables/verbs.csv`."""

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from comity.mandates.resolution import Strength, Verb

TABLE = Path(__file__).parents[1] / "tables" / "verbs.csv"
OPERATIVE, PREAMBULAR = "operative", "preambular"
# Whether a phrase may begin another ask within a paragraph, by the column "within" of the table: "undertakes" may be
# said of others, and "adopts" of a committee unless ", and" stands before it.
ANYWHERE, AFTER_AND, NOT_WITHIN = "yes", "after and", "no"

# What may stand before a verb: "also", "strongly", "in this regard, further".
_ADVERB = (
    r"(?:[a-z]+ly|also|further|furthermore|once (?:again|more)|again|still|likewise"
    r"|hereby|in addition|therefore|accordingly|thus|moreover|nevertheless|nonetheless|meanwhile|too|in turn"
    r"|at the same time|in conclusion)"
)
# “In this regard, requests”, “To that end, invites”.
_LEAD = (
    r"(?:in (?:this|that|the same) (?:regard|respect|context|connection|spirit|sense|vein|light)|to "
    r"(?:this|that) (?:end|effect)|for (?:this|that) (?:purpose|reason|end)|on (?:this|that) (?:occasion|basis)"
    r"|with (?:this|that) (?:in mind|in view|aim)|in particular)"
)
# “In this context, also strongly urges”.
_BEFORE = rf"(?:{_LEAD},? )?(?:{_ADVERB},? ){{0,3}}(?:{_LEAD},? )?"
# What may stand after it and still belongs to it: "also with deep appreciation", "once again".
_AFTER = (
    r"(?:,? (?:also|further|once (?:again|more)|again|in particular)(?=[ ,]))?"
    r"(?: with (?:[a-z-]+ ){0,2}(?:and (?:[a-z-]+ ){1,2})?(?:appreciation|satisfaction"
    r"|concern|interest|regret|alarm|approval|gratitude|dismay|pride|deep|sorrow|sadness|indignation|outrage"
    r"|disappointment|anticipation|pleasure|admiration|apprehension|disquiet|consternation|anxiety|relief|enthusiasm"
    r"|disapproval|distress|shock|hope|favour|thanks|grief))?"
    r"(?: (?:also|further)(?=[ ,]))?"
)
# “calls … upon” finds “calls once again upon”.
_GAP = r"(?: [A-Za-z-]+){0,3}? "


@dataclass(frozen=True)
class OpeningVerb:
    """A verb found in a text, with the span of its phrase there."""

    verb: Verb
    start: int
    end: int
    within: str = ANYWHERE


@dataclass(frozen=True)
class _Phrases:
    """The phrases of one form that begin with one word: one expression, and what each of them means."""

    expression: re.Pattern[str]
    meaning: tuple[tuple[str, Strength, str], ...]


_ADVERBS_BEFORE = re.compile(_BEFORE, re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z-]+")


@lru_cache(maxsize=2)
def _phrases(form: str) -> dict[str, _Phrases]:
    """The table's phrases of a form by their first word, longer ones first."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["form"] == form]
    by_word: dict[str, list[dict[str, str]]] = {}
    for row in sorted(rows, key=lambda row: (" " not in row["phrase"], -len(row["phrase"]))):
        by_word.setdefault(row["phrase"].split()[0], []).append(row)
    return {word: _compiled(rows_of_word) for word, rows_of_word in by_word.items()}


def _compiled(rows: list[dict[str, str]]) -> _Phrases:
    core = "|".join(f"({_expression(row['phrase'])})" for row in rows)
    expression = re.compile(rf"(?:{core}){_AFTER}\b(?![-’'])", re.IGNORECASE)
    return _Phrases(expression, tuple((row["lemma"], Strength(row["strength"]), row["within"]) for row in rows))


def _expression(phrase: str) -> str:
    return _GAP.join(re.escape(part.strip()).replace(r"\ ", " ") for part in phrase.split("…"))


def opening_verb(text: str, form: str, start: int = 0) -> OpeningVerb | None:
    """The verb that a paragraph of the form ("operative" or "preambular") opens with, None where none does."""
    before = _ADVERBS_BEFORE.match(text, start)
    position = before.end() if before is not None else start
    word = _WORD.match(text, position)
    phrases = _phrases(form).get(word.group().lower()) if word is not None else None
    match = phrases.expression.match(text, position) if phrases is not None else None
    if phrases is None or match is None or match.lastindex is None:
        return None
    lemma, strength, within = phrases.meaning[match.lastindex - 1]
    phrase = _LEADING.sub("", text[start : match.end()])
    return OpeningVerb(Verb(phrase, lemma, strength), start, match.end(), within)


# “In this regard, ” is no part of the phrase that is shown.
_LEADING = re.compile(rf"^{_LEAD},? ", re.IGNORECASE)


def _later_verb(text: str, form: str, start: int) -> OpeningVerb | None:
    """A verb where a clause begins inside a paragraph: in lower case, as names of things are not."""
    if not text[start : start + 1].islower():
        return None
    verb = opening_verb(text, form, start)
    return verb if verb is not None and verb.verb.phrase == verb.verb.phrase.lower() else None


def opening_verbs(text: str, form: str) -> list[OpeningVerb]:
    """The verbs of a paragraph in order: the one it opens with, and those after a comma or "and" that ask again.

    A later verb counts where a clause begins and what follows it fits the verb, so that nouns ("execution of
    requests") and verbs of others ("a programme that supports") are passed over. Quoted text is passed over too.
    """
    first = opening_verb(text, form)
    if first is None:
        return []
    found = [first]
    asides = [match.span() for match in re.finditer(r"“[^”]{0,2000}”|\"[^\"]{0,2000}\"|\([^()]{0,2000}\)", text)]
    clause = _CLAUSE_OPERATIVE if form == OPERATIVE else _CLAUSE_PREAMBULAR
    position = first.end
    while True:
        start = clause.search(text, position)
        if start is None:
            return found
        verb = _later_verb(text, form, start.end())
        if verb is None or _is_inside(verb.start, asides) or not _fits(text, verb, start.group(), form, found[-1].end):
            position = start.end() if verb is None else verb.start + 1
            continue
        found.append(verb)
        position = verb.end


# “welcomes the report, and requests”, “notes the work and invites”.
_CLAUSE_OPERATIVE = re.compile(r"[,;](?:\d{1,3})? (?:and |but |while |as well as )?|(?<=[a-z\d”\)]) and ")
# “recalling its resolutions and reaffirming”, “guided by the Charter, and recalling”.
_CLAUSE_PREAMBULAR = re.compile(r"[,;](?:\d{1,3})? (?:and |but |while |as well as )?|(?<=ing) and |(?<=ed) and ")


def _is_inside(position: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= position < end for start, end in spans)


# "requests" and "notes" are nouns too: what follows shows which they are.
_AFTER_A_NOUN = re.compile(
    r" (?:for|from|made|received|of|and|or|to|by|transmitted|concerning|regarding|addressed)\b|[.;)]|$"
)
# “notes that”, “notes the efforts”; but not “explanatory notes for teachers”.
_AFTER_NOTES = re.compile(
    r"(?:,|:| (?:the|that|this|these|those|its|their|with|in|also|further|all|any|both"
    r"|how|an?|ongoing|recent|efforts|progress|"
    r"initiatives|developments|[A-Z]))"
)
# “a programme that supports and promotes”: the verb is the programme's.
_OF_ANOTHER = re.compile(r"\b(?:that|which|who|whose|whereby|it|he|she)\b[^,;]{0,60}$")


def _fits(text: str, verb: OpeningVerb, joint: str, form: str, since: int) -> bool:
    """Whether a verb inside a paragraph is the organ's own: what precedes and follows it fits."""
    phrase = verb.verb.phrase
    # “requests for assistance”: a word or two show what a noun is.
    after = text[verb.end : verb.end + 40]
    if verb.within == NOT_WITHIN:
        return False
    if form == PREAMBULAR:
        return True
    if verb.within == AFTER_AND and joint.strip() != ", and":
        return False
    if phrase.endswith("requests") and _AFTER_A_NOUN.match(after) is not None:
        return False
    if phrase.endswith("notes") and not phrase.startswith("takes") and _AFTER_NOTES.match(after) is None:
        return False
    needs_own_subject = joint.strip() == "and" or verb.within == AFTER_AND
    return not (
        needs_own_subject
        and _OF_ANOTHER.search(text[max(since, verb.start - 200) : max(since, verb.start - len(joint))])
    )
