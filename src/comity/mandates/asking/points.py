"""What a point of a paragraph asks: by a verb of its own, or as one of the acts that the words above it ask for.

"(a) Requests the Board to meet" asks by itself. "(a) To meet", below "Requests the Board:", says what the words above
ask of the Board; so do "(a) Meet" below "to:" and "(a) Meeting" below "by:". "(a) The Board to meet" also names whom.
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from comity.mandates.asking.addressees import DIRECTED, addressees_of
from comity.mandates.asking.asks import asks_of
from comity.mandates.asking.full_names import FullNames
from comity.mandates.resolution import Ask, Point, Verb
from comity.mandates.vocabulary.verbs import opening_verbs

GERUNDS = Path(__file__).parents[1] / "tables" / "gerunds.csv"

# “also”, “not”, “fully”, “where appropriate,”: what stands between “to” and the verb; “comply” is a verb.
_ADVERB = r"(?!(?:comply|apply|reapply|supply|rely|multiply|reply|imply)\b)[a-z]+ly"
_BETWEEN = rf"(?:(?:not|also|further|{_ADVERB}|where (?:appropriate|possible|necessary)|as appropriate),? )*"
# “To also promote”, “Not to extradite”, “Must conduct”.
_INFINITIVE = re.compile(
    rf"(?P<phrase>(?:(?:not )?to|must|shall|should) {_BETWEEN}(?P<verb>[a-z]+(?:-[a-z]+)*))(?= |,|;|\.|:|$)",
    re.IGNORECASE,
)
# “Provide its views”, “Not extradite”; “to provide” below “to:” is one of the form above.
_PLAIN = re.compile(rf"(?P<phrase>{_BETWEEN}(?P<verb>[a-z]+(?:-[a-z]+)*))(?= |,|;|\.|:|$)", re.IGNORECASE)
# “Strengthening”, “actively promoting”.
_GERUND = re.compile(
    rf"(?P<phrase>(?:also |further |{_ADVERB} )?(?P<verb>(?:re-)?[a-z]+ing))(?= |,|;|\.|:|$)", re.IGNORECASE
)
# “requests the Office to:”, “States should:”, “the following tasks:”: after these stands a verb in its plain
# form; after “with respect to:” stands none.
_BEFORE_PLAIN = re.compile(
    r"(?<!respect )(?<!regard )(?<!relation )(?<!attention )(?<!addition )(?<!access )\b(?:to|shall|should"
    r"|will|must|may)(?:,? (?:inter alia|also|further|in particular|notably))?,?:$"
    r"|\bfollowing (?:tasks|functions|steps|actions|activities|measures|responsibilities):$"
)
# “by:”, “including by, inter alia:”, “through:”: after these stands a gerund.
_BEFORE_GERUND = re.compile(
    r"\b(?:by|to|through|including|includ(?:e|es)|of|for|in|on|with a view to|such as)"
    r"(?:(?: the)? following[a-z ]*)?(?:,? (?:inter alia|also|among others|in particular|notably))?,?:$"
)
# Words that open the name of a thing, and no verb: “the Office”, “all States”, “reports”.
_NO_VERB = re.compile(
    r"(?:the|an?|all|any|each|every|other|both|its|their|his|her|this|that|these|those|which|who|whether"
    r"|how|what|where|when|if|as|at|by|for|from|in|of|on|with|within|and|or|one|two|three|no|such|some|more|most|member|states?)$",
    re.IGNORECASE,
)
# “cooperation”, “assistance”, “reports”: nouns, and no verbs in their plain form.
_NOUN = re.compile(r"(?:[^s]s|tion|sion|ness|ity|ance|ence|ism)$")


@lru_cache(maxsize=1)
def _plain_forms() -> dict[str, str]:
    """The plain form of each gerund that points open with: "ensure" of "ensuring"."""
    with GERUNDS.open(encoding="utf-8", newline="") as file:
        return {row["gerund"]: row["verb"] for row in csv.DictReader(file)}


def points_with_asks(
    points: Iterable[Point], above: str, asks: tuple[Ask, ...], form: str, names: FullNames
) -> tuple[Point, ...]:
    """Points with what each asks; `above` are the words that they stand below, `asks` what these ask."""
    found = []
    for point in points:
        own = _asks_of(point.text, above, asks[-1] if asks else None, form, names)
        below = points_with_asks(point.points, point.text or above, own or asks, form, names)
        found.append(replace(point, asks=own, points=below))
    return tuple(found)


def _asks_of(text: str, above: str, governing: Ask | None, form: str, names: FullNames) -> tuple[Ask, ...]:
    own = asks_of(text, opening_verbs(text, form), names)
    if own or governing is None:
        return own
    act = _act(text, above)
    if act is not None:
        return (_one_of(governing, act, governing.addressees, text[act.end() :]),)
    if governing.verb.lemma in DIRECTED and not governing.addressees:
        addressees, asked = addressees_of(text)
        act = _PLAIN.match(asked)
        if addressees and act is not None:
            expanded = tuple(dict.fromkeys(names.expand(name) for name in addressees))
            return (_one_of(governing, act, expanded, asked[act.end() :]),)
    return ()


def _act(text: str, above: str) -> re.Match[str] | None:
    """The verb by which a point names an act that the words above it ask for; None where it names a thing."""
    infinitive = _INFINITIVE.match(text)
    if infinitive is not None and not _NO_VERB.match(infinitive["verb"]):
        return infinitive
    end = above.rstrip(" 0123456789")
    plain = _PLAIN.match(text) if _BEFORE_PLAIN.search(end) else None
    if plain is not None and _may_be_a_verb(plain["verb"].lower()) and (end.endswith("to:") or _is_listed(plain)):
        return plain
    gerund = _GERUND.match(text) if _BEFORE_GERUND.search(end) else None
    return gerund if gerund is not None and gerund["verb"].lower() in _plain_forms() else None


def _may_be_a_verb(word: str) -> bool:
    return not (_NO_VERB.match(word) or _NOUN.search(word) or word in _plain_forms())


def _is_listed(plain: re.Match[str]) -> bool:
    return plain["verb"].lower() in _plain_forms().values()


def _one_of(governing: Ask, act: re.Match[str], addressees: tuple[str, ...], asked: str) -> Ask:
    """One act that a verb above asks for, with that verb's strength."""
    verb = act["verb"].lower()
    lemma = _plain_forms().get(verb, verb) if act.re is _GERUND else verb
    return Ask(Verb(act["phrase"], lemma, governing.verb.strength), addressees, asked.strip(" ,"), governing.when)
