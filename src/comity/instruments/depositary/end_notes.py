"""End notes, and the one thing that is taken from them: when a withdrawal was notified, and when it took effect.

A bracket says that an act is no longer in force, and only an end note since when. A note is heeded where the row itself
names its number; of its sentences those that name the participant, or where no other row names the note, all. A day is
taken only where it is the first that follows the act and nothing else could be meant. Everything else that notes say is
kept as text and turned into nothing.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from comity.instruments.depositary.dates import WORDS, day_of_match
from comity.instruments.depositary.status_page import Act, EndNote, StatusPage

_ENDING = re.compile(r"withdr[ae]w|denounc|denunciat|terminat|cease[sd]? to be", re.IGNORECASE)
_OF_SOMETHING_ELSE = re.compile(
    r"(?:withdr[ae]w\w*|withdrawal)(?: of)?(?: \w+){0,4} "
    r"(?:reservation|declaration|objection|territorial|signature|statement)|partial(?:ly)? withdr",
    re.IGNORECASE,
)
_EFFECT = re.compile(
    r"(?:(?:with|taking|take[sn]?|took|having|has|have) effect|effective)(?: for(?: [\w()'’-]+){1,9}?)?,?"
    r"(?: (?:as )?(?:from|on|of|since))?(?: the)? " + WORDS,
    re.IGNORECASE,
)
_NOTIFIED = re.compile(r"\b(?:on|received on|of|dated) " + WORDS, re.IGNORECASE)
_RECEIVED = re.compile(r"\breceived (?:by the Secretary-General )?on " + WORDS, re.IGNORECASE)
_FOLLOWS = re.compile(r"(?:The|This|That|Its|Such|In accordance|Pursuant|Accordingly)\b")
_SENTENCE = re.compile(r"(?<=[.;)])\s+(?=[A-Z“\"(])|\n+")


def with_withdrawals(page: StatusPage) -> None:
    """Write into the bracketed acts of a page when they ended, where their notes say so and leave no doubt."""
    texts = {note.number: note.text for note in page.notes}
    naming: dict[str, set[str]] = {}
    for act in page.acts:
        for number in act.notes:
            naming.setdefault(number, set()).add(act.participant_name)
    ends = {name: _end(name, texts, naming, acts) for name, acts in _bracketed(page.acts).items()}
    page.acts = [_ended(act, *ends[act.participant_name]) if act.bracketed else act for act in page.acts]


def _ended(act: Act, withdrawn: date | None, ended: date | None) -> Act:
    return replace(act, withdrawn=withdrawn, ended=ended)


def _bracketed(acts: Sequence[Act]) -> Mapping[str, list[Act]]:
    found: dict[str, list[Act]] = {}
    for act in acts:
        if act.bracketed:
            found.setdefault(act.participant_name, []).append(act)
    return found


def _end(
    name: str, texts: Mapping[str, str], naming: Mapping[str, set[str]], acts: Sequence[Act]
) -> tuple[date | None, date | None]:
    """When the withdrawal of a participant was notified and took effect, each None where no note surely says so."""
    begun = max(act.date for act in acts)
    numbers = dict.fromkeys(number for act in acts for number in act.notes)
    for number in numbers:
        sentences = _of_withdrawal(texts.get(number, ""), name, alone=naming[number] == {name})
        found = [end for sentence in sentences if (end := _days(sentence, begun)) != (None, None)]
        if found:
            # A participant that came back and left again is told of in order: the first end is that of the first act.
            withdrawn, ended = found[0]
            follows = found[1] if ended is None and len(found) > 1 else (None, None)
            return withdrawn, ended or (follows[1] if follows[0] is None else None)
    return None, None


def _of_withdrawal(text: str, name: str, *, alone: bool) -> list[str]:
    """The sentences of a note that tell of the withdrawal of a participant."""
    short = name.partition("(")[0].strip()
    told: list[str] = []
    before = False
    for sentence in _SENTENCE.split(text):
        own = short in sentence or (alone and " Government of " not in sentence)
        # “The action shall take effect for X on …” speaks of the withdrawal that the sentence before tells of.
        says = _ENDING.search(sentence) or (before and _FOLLOWS.match(sentence) and _EFFECT.search(sentence))
        before = bool(says and own) and not _OF_SOMETHING_ELSE.search(sentence)
        if before:
            told.append(sentence)
    return told


def _days(sentence: str, begun: date) -> tuple[date | None, date | None]:
    effects = {day for found in _EFFECT.finditer(sentence) if (day := day_of_match(found))}
    ended = next(iter(effects)) if len(effects) == 1 else None
    rest = _EFFECT.sub(" ", sentence.partition("Refer to")[0])
    # Of a communication dated one day and received on another, the day of deposit is that of receipt.
    days = list(_RECEIVED.finditer(rest)) or list(_NOTIFIED.finditer(rest))
    said = [day for found in days if (day := day_of_match(found)) and day > begun]
    withdrawn = said[0] if said and (ended is None or said[0] <= ended) else None
    if ended is not None and ended <= begun:
        return None, None
    return withdrawn, ended


def note(number: str, text: str) -> EndNote:
    """An end note by its number, which the text repeats at its beginning."""
    return EndNote(number, text.removeprefix(number).strip() if number else text)
