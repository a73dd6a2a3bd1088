"""What a paragraph asks: of whom, to do what, on what conditions, by when, and whether again and again.

All of it is inferred from the wording and stands unconfirmed until a person confirms it.
"""

import re

from comity.mandates.asking.addressees import (
    DIRECTED,
    DRAFTS,
    PASSED_ON,
    RECOMMENDED_TO,
    RELATIVE,
    addressees_of,
    names_in,
)
from comity.mandates.asking.full_names import FullNames
from comity.mandates.asking.past_acts import PAST
from comity.mandates.resolution import Ask, Strength
from comity.mandates.vocabulary.verbs import OpeningVerb

# “, by 30 June,”, “, no later than six weeks before the session,”, “, at its next session,”.
_TIME_AFTER_COMMA = (
    r"(?:by|before|until|prior to|within|in advance|ahead of|in time for|(?:no|not) later than|(?:no|not) more than"
    r"|at (?:the )?latest|at least|(?:not|no) less than|at (?:its|their|the|each|every)|during (?:its|their|the)"
    r"|to (?:its|their)|on or before|not after"
    r"|[a-z\d-]+ (?:\(\d+\) )?(?:day|week|month|year)s? (?:before|prior|after))\b"
)
# “invites States, within ninety days, to comment”: “within ninety days”.
_WHEN = re.compile(rf"(?:^|[ ,])(?P<when>{_TIME_AFTER_COMMA}[^,;:]*)", re.IGNORECASE)
# “requests the Office, in writing and by 1 May, to report”: in a later part only at its beginning or after “and”.
_WHEN_BESIDE = re.compile(rf"(?:^ ?|\band )(?P<when>{_TIME_AFTER_COMMA}[^,;:]*)", re.IGNORECASE)
# “requests, before the end of the year, the Secretary-General to”: the time stands before whom it asks.
_LEADING_WHEN = re.compile(
    rf"^{_TIME_AFTER_COMMA}[^,;:]*, (?=(?:the|its|all|upon|to|that|on|Member|States|[A-Z])\b)", re.IGNORECASE
)


def _when_of(segment: str, asked: str) -> str:
    """What between a verb and what it asks says when, as "within ninety days".

    A time in a clause about someone ("States that have not signed by 2010"), or of what is past, is none; after such a
    clause only what stands last, right before what is asked, is.
    """
    end = segment.rfind(asked) if asked else len(segment)
    parts = re.sub(r",? to *$", "", segment[: max(end, 0)].rstrip(" ,:")).split(",")
    found: list[str] = []
    restricted = False
    for place, part in enumerate(parts):
        match = (_WHEN_BESIDE if place else _WHEN).search(part)
        relative = RELATIVE.search(f" {part}")
        last = place == len(parts) - 1
        if match is not None and not (relative and relative.start() <= match.start()):
            past = PAST.search(part[: match.start()] + " ")
            found += [] if past or (restricted and not last) else [match["when"].strip()]
        restricted = restricted or relative is not None
    return ", ".join(found)


# Letters in which the joint to the next verb stands: “, and in this regard”.
_LONGEST_JOINT = 40
# “… the report, and”, “… the report, in this regard”: what leads on to the next verb.
_TRAILING = re.compile(r"(?:[,;:.]|,? and|,? in (?:this|that) (?:regard|context)|\s)+$")


def asks_of(text: str, verbs: list[OpeningVerb], names: FullNames) -> tuple[Ask, ...]:
    """One ask for each verb of a paragraph: its addressees and what stands up to the next verb."""
    asks = []
    for index, verb in enumerate(verbs):
        end = verbs[index + 1].start if index + 1 < len(verbs) else len(text)
        segment = text[verb.end : end]
        addressees: tuple[str, ...] = ()
        asked = segment
        when = ""
        if verb.verb.lemma in DIRECTED and verb.verb.strength is not Strength.DECLARATORY:
            addressees, asked = addressees_of(_LEADING_WHEN.sub("", segment.lstrip(" ,")))
            when = _when_of(segment, asked)
        elif (passed := PASSED_ON.match(segment)) and re.search(rf"\b{DRAFTS}\b", segment):
            recommended = RECOMMENDED_TO.match(segment, passed.end())
            addressees = names_in(recommended["whom"]) if recommended else ()
        addressees = tuple(dict.fromkeys(names.expand(name) for name in addressees))
        names.learn(segment)
        asks.append(Ask(verb.verb, addressees, _without_joint(asked), when))
    return _with_what_is_shared(asks, names)


def _without_joint(asked: str) -> str:
    """What is asked, without the joint to the next verb that stands at its end."""
    split = max(0, len(asked) - _LONGEST_JOINT)
    return (asked[:split] + _TRAILING.sub("", asked[split:])).strip(" ,:")


def _with_what_is_shared(asks: list[Ask], names: FullNames) -> tuple[Ask, ...]:
    """The asks, where one only names whom it asks and the next says of what ("calls upon A, and invites B, to …")."""
    for index in range(len(asks) - 2, -1, -1):
        ask, following = asks[index], asks[index + 1]
        if (
            ask.verb.lemma not in _ASKING
            or ask.addressees
            or len(ask.asked) > _LONGEST_LIST
            or not following.addressees
        ):
            continue
        addressees = tuple(names.expand(name) for name in names_in(ask.asked) if not ask.asked.startswith("that "))
        if addressees and _ends_with_someone(ask.asked):
            when = ask.when or _when_of(ask.asked, "")
            asks[index] = Ask(ask.verb, addressees, following.asked, when)
    return tuple(asks)


# “calls upon A, and invites B, to cooperate”: verbs that share what the next one asks.
_ASKING = frozenset(["request", "urge", "invite", "encourage", "call upon", "appeal to"])
# Letters of the longest list of names before such a second verb: “States, funds and programmes, and …”.
_LONGEST_LIST = 200
# “calls for support”, “requests participation”: something is asked for, and nobody is named.
_NOBODY_INSIDE = re.compile(r"\b(?:for|giving|efforts|participation|cooperation|support|use|implementation)\b")


def _ends_with_someone(asked: str) -> bool:
    """Whether what stands after a verb is nothing but a list of those it asks."""
    return _NOBODY_INSIDE.search(asked) is None
