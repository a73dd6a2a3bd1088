"""What a paragraph asks: of whom, to do what, on what conditions, by when, and whether again and again.

All of it is inferred from the wording and stands unconfirmed until a person confirms it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import itemgetter

from comity.mandates.asking.verbs import OpeningVerb
from comity.mandates.reading.lines import MONTH, ORDINAL, parse_date, session_numbers
from comity.mandates.resolution import Ask, Strength

# Lemmas whose verb has someone for its object.
DIRECTED = frozenset(
    [
        "request",
        "urge",
        "invite",
        "encourage",
        "recommend",
        "instruct",
        "direct",
        "advise",
        "exhort",
        "mandate",
        "authorize",
        "entrust",
        "charge",
    ]
) | {
    "call upon",
    "appeal to",
    "call for",
    "demand",
    "remind",
    "reiterate",
    "renew",
    "repeat",
    "solicit",
    "suggest",
    "propose",
}

_HEADS = (
    r"States?|Secretary-General|Secretariat|secretariats?|Office|organi[sz]ations?"
    r"|Organi[sz]ation|Committees?|Commissions?|Commissioner|Council|Assembly|"
    r"Groups?|Force|entities|entity|agency|agencies|Agency|Governments?|governments?"
    r"|institutions?|institutes?|Institutes?|Programmes?|Funds?|funds|programmes|bodies|body"
    r"|parties|Parties|"
    r"donors?|sector|society|Conferences?|conferences|Director|Rapporteurs?"
    r"|Representatives?|Boards?|boards|Bank|community|communities|stakeholders|partners"
    r"|countries|"
    r"Centres?|Departments?|system|mechanisms?|holders|Unit|Tribunals?|Chair(?:man"
    r"|person)?|President|Co-Chair(?:s|persons)?|Bureau|academia|media|Division|Entity|Union"
    r"|Authority|"
    r"authorities|group|groups|committee|committees|commissions|Expert|experts|Experts"
    r"|Coordinator|Administrator|Ombudsman|Envoy|Adviser|Network|networks|industry|"
    r"companies|enterprises|individuals|universities|foundations|leaders|parliaments"
    r"|Advocate|Inspector|head|heads|Initiative|Campaign|Platform|members|Members|"
    r"participants|signatories|Process|process|organs|Forum|forum|them|it|others"
    r"|contributors|actors|Commissioners|facilitators|co-facilitators|delegations|professionals"
    r"|treasury|Corporation|Facility|regions?|youth|people|United Nations(?= *$|,)"
)
_HEAD = re.compile(rf"\b(?:{_HEADS})\b")
# "to" before a noun opens no infinitive: nouns in the plural end in an "s" that few verbs have.
_NO_INFINITIVE = (
    r"(?:the|those|a|an|its|their|all|which|this|these|that|whom|date|each|any|other|it|them|such|both|his|her|some|most"
    r"|life|justice|development|peace|education|health|people|women|children|crime|terrorism|violence|land|food|water"
    r"|developing|international|national|regional|local|human|legal|technical|financial|private|public|civil|social"
    r"|justice|information|humanitarian|persons|[a-z-]*[^su\s]s)\b"
)
_INFINITIVE = re.compile(
    r",? (?:(?:also|further|inter alia|once again|in particular),? )?(?P<negated>not )?to "
    rf"(?!{_NO_INFINITIVE}|[A-Z\d“\"])[a-z-]+"
)
_ADVERBIAL = re.compile(
    r",? ?\b(?:as (?:appropriate|necessary|required|applicable|a matter|soon|well as "
    r"in|requested|part|the|from|of|needed)|in(?! a position)|within|upon|at|where|when|whenever"
    r"|if|subject|with(?! disabilities)|without|through|on(?= a| the basis| their| request| an)"
    r"|by|under|inter alia|including|especially|particularly|"
    r"taking|building|starting|acting|bearing|pursuant|consistent|drawing|noting"
    r"|working|according|based|during|after|before|prior|until|for|having|recognizing|mindful"
    r"|should|so|also|further|together|once|throughout|via|using|making|ensuring|following"
    r"|concerning|regarding|participating)\b"
)
_RELATIVE = re.compile(r",? \b(?:that|which|who|whose|whom|where)\b")
_POSTMODIFIER = re.compile(
    r" (?:in a position|not (?:yet|already)|having|participating|working|operating"
    r"|concerned|involved|engaged|dealing|responsible|interested|wishing|willing|hosting|making"
    r"|presenting|administering|facing|with a|within|"
    r"in (?:their|its|the context|accordance|close|cooperation|collaboration"
    r"|coordination|consultation|particular|this|line|order|all|partnership|his|her)\b|upon"
    r"|under|at (?:all|the|its|their)|through|on (?:a|an|the basis)|as|when|where|by)\b"
)
_THAT_CLAUSE = re.compile(
    r"[,:;“”\"«„‘]| (?:should|shall|will|must|may|can|could|would|be|is|are|has|have|appoint"
    r"|adopt|consider|continue|take|give|make|ensure|provide|submit|use|hold|develop|strengthen"
    r"|convene|include|establish|support|explore|report|undertake|promote|examine|review)\b"
)
# An organ, or States, and right after it a verb in its plain form: "that the Council approve the following".
_ORGAN_ACTS = re.compile(
    r"\b(?:Council|Assembly|Commission|Committee|Conference|Board|Secretary-General|Executive Director|Director-General"
    r"|Office|Institute|Forum|Bureau|President|Chair|Secretariat|States|Governments)(?: [Pp]arties| [Mm]embers)?"
    r"(?:(?: (?:on|of|for|and|to|against|the|in))+ [A-Z][\w-]*(?: [A-Z][\w-]*)*)*(?= (?!(?:of|on|for"
    r"|and|or|to|in|at|with|from|by|the|against|under|as|not|also|parties|members|that|which|who|concerned|within|during"
    r"|represented|participating|established|designated|bodies|entities|whose|when|where|through|upon|including)\b)"
    r"[a-z]{3,}(?<!ing)(?<!ed)\b)"
)
_SPLIT = re.compile(r", and |, as well as | as well as |, or |, |(?<!crime prevention) and | or ")
_OF_SOMEONE = re.compile(
    r"(?:[a-z]+ )?(?:efforts|work|initiatives|progress|contributions?|participation|cooperation|measures) (?:of|by)\b"
)
_ARTICLES = re.compile(r"^(?:both )?(?:upon |on |to )?(?:the |its )?")


@dataclass
class Names:
    """The full names that a resolution has used so far, by the word their short form keeps ("Office")."""

    full: dict[str, str] = field(default_factory=dict)

    def learn(self, text: str) -> None:
        """Take in the proper names of a text."""
        for match in _PROPER_NAME.finditer(text):
            name = match.group()
            if len(name.split()) > 2:
                self.full[match["head"]] = name

    def expand(self, name: str) -> str:
        """A short form ("Office", "Commission") as the full name it stands for, any other name as it is."""
        return self.full.get(name, name)


_NAME_TAIL = r"(?: (?:on|of|for|against) (?:the )?[A-Z][\w-]*(?:(?:,? (?:and |of )?(?:the )?)[A-Z][\w-]*)*)*"
_PROPER_NAME = re.compile(
    r"\b(?:[A-Z][\w-]+ ){0,8}(?P<head>Office|Commission|Institute|Programme|Fund"
    r"|Centre|Entity|Agency|Division|Department|Unit|Tribunal|Authority|Task Force|Working Group"
    r"|Special Rapporteur|Board|Forum)" + _NAME_TAIL
)


_ADOPTION = r"(?:adoption|approval|consideration|endorsement)"
_DRAFTS = r"(?:draft|following (?:resolution|decision|text))"
# "Recommends to A the adoption of the following draft", "recommends to A, for adoption, …", "… for adoption by A".
_RECOMMENDED_TO = re.compile(
    rf"to (?P<whom>(?:the |its )?[A-Z][^;:]{{2,160}}?),? (?P<asked>(?:the [a-z]+ of"
    rf"|for (?:its |their )?{_ADOPTION}\b|the following|the draft"
    r"|that (?:it|they|the [A-Z]\w+)\b)[^;]*)",
    re.DOTALL,
)
_FOR_ADOPTION_BY = re.compile(
    rf"^(?=[^;]{{0,240}}\b{_DRAFTS}\b)[^;]{{0,240}}?\bfor (?:possible |final )?{_ADOPTION} by "
    r"(?P<whom>(?:the |its )?[A-Z][^,;:]*?)(?: (?:of )?(?:the|a) (?:following|draft)\b|[,;:.]|$)"
)
# "Decides to recommend to A the adoption of the following draft", "transmits to A the following draft".
_PASSED_ON = re.compile(r" *(?:to (?:recommend|submit|transmit|forward|propose) )?(?=to (?:the |its )?[A-Z])")


def addressees_of(text: str) -> tuple[tuple[str, ...], str]:
    """Who stands after a verb that asks, and what is asked of them: the text from "to …" or "that …" on."""
    text = text.lstrip(" ,:")
    lead = re.match(
        r"(?:in (?:this|that) (?:regard|respect|context|connection)|as appropriate|once "
        r"again|in particular|inter alia),? |(?:made|contained|expressed|issued|addressed|set (?:out|forth)) in "
        r"[^,;]{1,160}, (?=(?:that|to) )",
        text,
    )
    text = text[lead.end() :] if lead else text
    recommended = _RECOMMENDED_TO.match(text) if text.startswith("to ") else None
    if recommended is not None:
        return _names(recommended["whom"]), recommended["asked"]
    adopting = _FOR_ADOPTION_BY.search(text) if " by the " in text and "for " in text else None
    if adopting is not None:
        return _names(adopting["whom"]), text
    if text.startswith("that "):
        return _names(text[5 : _end_of_subject(text)]), text
    infinitive = _infinitive(text)
    if infinitive is None:
        before_points = re.sub(r"(?:,? inter alia)?,? ?(?:to)?:$", "", text.rstrip())
        return (_names(before_points), "") if before_points != text.rstrip() else ((), text)
    names = _names(text[: infinitive.start()])
    asked = text[infinitive.start() :].lstrip(" ,")
    return (names, asked.removeprefix("to ")) if names else ((), text)


def _end_of_subject(text: str) -> int:
    """Where the subject of a clause with "that" ends: before its verb, a comma, a colon or a quotation."""
    clause, organ = _THAT_CLAUSE.search(text, 5), _ORGAN_ACTS.search(text, 5)
    return min(clause.start() if clause else len(text), organ.end() if organ else len(text))


def _infinitive(text: str) -> re.Match[str] | None:
    """The "to …" that says what is asked, past those inside a restrictive clause ("States in a position to do so")."""
    for match in _INFINITIVE.finditer(text[:1500]):
        before = text[: match.start()]
        if not match.group().startswith(",") and re.search(
            r"\b(?:in a position|a view|able|wish|wishing|willing|invited|referred|yet"
            r"|available|efforts|need|established|designed|competent|according|due|addressed|available"
            r"|mandated|mandate|ability|order|requested|required|so as|asked|called upon)$",
            before,
        ):
            continue
        if re.search(r"\bthat have (?:not )?(?:yet )?(?:agreed|undertaken|committed|decided)$", before):
            continue
        return match
    return None


def _names(text: str) -> tuple[str, ...]:
    """The single names in a phrase, without what restricts or interrupts it."""
    text = re.sub(r" ?\([^)]*\)", "", text).strip(" ,")
    text = _cut_second_restriction(_cut_asides(_LISTED_ASIDE.sub("", text)))
    pieces: list[str] = []
    start = 0
    bounds = [*((m.start(), m.end()) for m in _SPLIT.finditer(text)), (len(text), len(text))]
    pending = ""
    previous_joint = ""
    for end, following in bounds:
        piece, joint = text[start:end], text[end:following]
        start = following
        candidate = f"{pending}{piece}" if pending else piece
        if _is_name(piece):
            pieces.append(candidate)
            pending = ""
        elif pieces and not pending and re.match(r"(?:the )?[A-Z]|[a-z]+ [A-Z]", piece):
            pieces[-1] += previous_joint + piece
        else:
            pending = candidate + joint
        previous_joint = joint
    cleaned = (_cut_restriction(piece) for piece in pieces)
    return tuple(dict.fromkeys(name for name in cleaned if name and _HEAD.search(name) and not _OF_SOMEONE.match(name)))


# What a name includes, up to its last member: "the United Nations system, including its funds and programmes".
_LISTED_ASIDE = re.compile(r",? including (?:its|their) [^;]*")
_SECOND_RESTRICTION = re.compile(
    rf"(?P<first>\b(?:that|which|who)\b.*?),? (?:and|or) (?:[a-z]+ed|have|has|are|is|do|does)\b(?! (?:{_HEADS})\b).*$"
)


def _cut_second_restriction(text: str) -> str:
    """Without the second half of a restrictive clause ("States that have ratified it and submitted reservations")."""
    match = _SECOND_RESTRICTION.search(text)
    return text[: match.end("first")] if match else text


def _is_name(piece: str) -> bool:
    return _HEAD.search(piece) is not None and not re.match(r"(?:the )?Protocols?\b", piece)


def _cut_asides(text: str) -> str:
    """Without what stands between commas and names nobody ("Member States, as appropriate to their contexts")."""
    parts = re.split(r"(?<=[^,]), ", text)
    kept = [parts[0]]
    for part in parts[1:]:
        if _ADVERBIAL.match(part) is None and _RELATIVE.match(" " + part) is None:
            kept.append(part)
    return ", ".join(kept)


def _cut_restriction(name: str) -> str:
    relative = _RELATIVE.search(name)
    name = name[: relative.start()] if relative else name
    name = re.sub(r" to (?:those|these|such|the said) .*", "", name)
    modifier = _POSTMODIFIER.search(name)
    name = name[: modifier.start()] if modifier else name
    return _ARTICLES.sub("", name.strip(" ,")).strip(" ,")


_TIME_AFTER_COMMA = (
    r"(?:by|before|until|prior to|within|in advance|ahead of|in time for|(?:no|not) later than|(?:no|not) more than"
    r"|at (?:the )?latest|at least|(?:not|no) less than|at (?:its|their|the|each|every)|during (?:its|their|the)"
    r"|to (?:its|their)|on or before|not after"
    r"|[a-z\d-]+ (?:\(\d+\) )?(?:day|week|month|year)s? (?:before|prior|after))\b"
)
_WHEN = re.compile(rf"(?:^|[ ,])(?P<when>{_TIME_AFTER_COMMA}[^,;:]*)", re.IGNORECASE)
_WHEN_BESIDE = re.compile(rf"(?:^ ?|\band )(?P<when>{_TIME_AFTER_COMMA}[^,;:]*)", re.IGNORECASE)
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
        relative = _RELATIVE.search(f" {part}")
        last = place == len(parts) - 1
        if match is not None and not (relative and relative.start() <= match.start()):
            past = _PAST.search(part[: match.start()] + " ")
            found += [] if past or (restricted and not last) else [match["when"].strip()]
        restricted = restricted or relative is not None
    return ", ".join(found)


_LONGEST_JOINT = 40
_TRAILING = re.compile(r"(?:[,;:.]|,? and|,? in (?:this|that) (?:regard|context)|\s)+$")


def asks_of(text: str, verbs: list[OpeningVerb], names: Names) -> tuple[Ask, ...]:
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
        elif (passed := _PASSED_ON.match(segment)) and re.search(rf"\b{_DRAFTS}\b", segment):
            recommended = _RECOMMENDED_TO.match(segment, passed.end())
            addressees = _names(recommended["whom"]) if recommended else ()
        addressees = tuple(dict.fromkeys(names.expand(name) for name in addressees))
        names.learn(segment)
        asks.append(Ask(verb.verb, addressees, _without_joint(asked), when))
    return _with_what_is_shared(asks, names)


def _without_joint(asked: str) -> str:
    """What is asked, without the joint to the next verb that stands at its end."""
    split = max(0, len(asked) - _LONGEST_JOINT)
    return (asked[:split] + _TRAILING.sub("", asked[split:])).strip(" ,:")


def _with_what_is_shared(asks: list[Ask], names: Names) -> tuple[Ask, ...]:
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
        addressees = tuple(names.expand(name) for name in _names(ask.asked) if not ask.asked.startswith("that "))
        if addressees and _ends_with_someone(ask.asked):
            when = ask.when or _when_of(ask.asked, "")
            asks[index] = Ask(ask.verb, addressees, following.asked, when)
    return tuple(asks)


_ASKING = frozenset(["request", "urge", "invite", "encourage", "call upon", "appeal to"])
_LONGEST_LIST = 200
_NOBODY_INSIDE = re.compile(r"\b(?:for|giving|efforts|participation|cooperation|support|use|implementation)\b")


def _ends_with_someone(asked: str) -> bool:
    """Whether what stands after a verb is nothing but a list of those it asks."""
    return _NOBODY_INSIDE.search(asked) is None


_ACTOR_AFTER_THAT = re.compile(
    r"\b(?:[Dd]ecides|[Ss]tresses|[Uu]nderlines|[Ee]mphasizes|[Rr]eaffirms"
    r"|[Rr]ecommends|ensure) that (?P<actor>[^,;:“”\"«„]{3,120}?) (?:shall|should|will|must|continues?"
    r"|provides?)\b"
)
_SUPPORTED = re.compile(
    r"\b(?:support|supporting) (?P<actor>(?:the )?[^,;:“”\"«„]{3,120}?) (?:in|to) "
    r"(?:continuing|providing|[a-z]+ing|provide|discharge|carry|fulfil|implement|continue)\b"
)

_HELPED = re.compile(r"\b(?:States|countries|Governments|them|it)\b")


def actors_of(text: str, addressees: tuple[str, ...], names: Names) -> tuple[str, ...]:
    """Who is to act where that is not an addressee: "decides that the Commission shall", "support the Office in …"."""
    found: list[str] = []
    for pattern in (_ACTOR_AFTER_THAT, _SUPPORTED):
        for match in pattern.finditer(text):
            found.extend(names.expand(name) for name in _names(match["actor"]) if not _HELPED.search(name))
    return tuple(dict.fromkeys(name for name in found if name not in addressees))


_WHOSE = (
    r"(?:(?:the|its|their|his|her|respective|existing|available|current|overall"
    r"|approved|United Nations|regular budget|level of|programme budget|of|and|financial|human) "
    r")*"
)
# Letters without which a condition cannot stand: looking for them first spares most of the searches.
_SIGNS = {
    "within existing resources": "resources",
    "within available resources": "resources",
    "within its existing mandate": "mandate",
    "within its mandate": "mandate",
    "within their mandates": "mandate",
    "in accordance with its mandate": "mandate",
    "upon request": "request",
    "as appropriate to national contexts": "appropriate",
    "as appropriate": "appropriate",
    "where appropriate": "appropriate",
    "where applicable": "applicable",
    "where relevant": "relevant",
    "where deemed necessary": "necessary",
    "as necessary": "",
    "where possible": "sible",
    "subject to extrabudgetary resources": "subject",
    "subject to available resources": "subject",
    "from extrabudgetary resources": "ary ",
    "making the best possible use of existing resources": "existing resources",
    "in accordance with national laws": " with ",
    "in accordance with international law": "international",
    "in accordance with United Nations rules": "rules and procedures",
    "on a voluntary basis": "voluntary",
    "without prejudice": "prejudice",
    "by those in a position to do so": "position",
}
_CONDITIONS: tuple[tuple[re.Pattern[str], str, str], ...] = tuple(
    (re.compile(pattern.lower()), name, _SIGNS[name])
    for pattern, name in (
        (rf"\bwithin {_WHOSE}existing (?:[\w-]+ )*?resources\b", "within existing resources"),
        (
            rf"\bwithin {_WHOSE}(?:available|approved|allocated|regular) (?:[\w-]+ )*?resources\b",
            "within available resources",
        ),
        (
            r"\bwithin (?:its|their|his|her) (?:respective )?existing mandates?\b|\bwithin "
            r"existing mandates?\b",
            "within its existing mandate",
        ),
        (r"\bwithin (?:its|his|her|the) (?:overall |respective )?mandate\b", "within its mandate"),
        (
            r"\bwithin (?:their|the) respective mandates\b|\bwithin (?:their )?mandates\b"
            r"|\bwithin their mandate\b",
            "within their mandates",
        ),
        (r"\bin accordance with (?:its|their) (?:respective )?mandates?\b", "in accordance with its mandate"),
        (
            r"\b(?:up)?on (?:their |its |the )?requests?\b(?! (?:of|from|by|for))|\bat "
            r"(?:their|its) request\b|\bto requesting (?:Member )?States\b",
            "upon request",
        ),
        (r"\b(?:up)?on the request of\b|\bat the request of\b", "upon request"),
        (r"\bas appropriate to (?:their|its) national contexts?\b", "as appropriate to national contexts"),
        (r"\bas appropriate\b(?! to (?:their|its) national)", "as appropriate"),
        (r"\bwhere appropriate\b", "where appropriate"),
        (r"\b(?:where|as|if) relevant\b", "where relevant"),
        (r"\bwhere applicable\b|\bas applicable\b|\bif applicable\b", "where applicable"),
        (r"\bwhere they deem it necessary\b|\bwhere deemed necessary\b", "where deemed necessary"),
        (
            r"\bwhere (?:necessary|needed|required)\b|\bas (?:necessary|needed|required)\b"
            r"|\bif (?:necessary|needed|required)\b",
            "as necessary",
        ),
        (
            r"\bwhere (?:possible|feasible)\b|\bif possible\b|\bto the (?:maximum |fullest |greatest )?"
            r"extent possible\b|\bas "
            r"far as possible\b",
            "where possible",
        ),
        (
            r"\bsubject to the availability of (?:[\w-]+ )*?extra-?budgetary (?:resources"
            r"|contributions|funds|funding)\b",
            "subject to extrabudgetary resources",
        ),
        (
            r"\bsubject to the availability of (?:[\w-]+ )*?(?:resources|funds|funding"
            r"|contributions)\b(?<!budgetary resources)",
            "subject to available resources",
        ),
        (
            r"\bfrom extra-?budgetary (?:resources|contributions)\b|\bthrough (?:voluntary"
            r"|extra-?budgetary) contributions\b",
            "from extrabudgetary resources",
        ),
        (
            r"\bmak(?:e|ing) the best possible use of existing resources\b",
            "making the best possible use of existing resources",
        ),
        (
            r"\b(?:in accordance|consistent|in conformity|in line|in compliance) with (?:their "
            r"|its |the )?(?:respective )?(?:national|domestic) (?:laws?|legislation|legal)\b|\bin "
            r"accordance with national\b",
            "in accordance with national laws",
        ),
        (
            r"\b(?:in accordance|consistent|in conformity|in full conformity|in line|in full "
            r"compliance|in compliance) with (?:their obligations under )?(?:applicable )?international "
            r"(?:human rights )?law\b|\b(?:in accordance|consistent|in conformity|in line) with "
            r"(?:their |its )?(?:applicable )?international (?:law )?obligations\b",
            "in accordance with international law",
        ),
        (
            r"\bin accordance with the rules and procedures of the United Nations\b",
            "in accordance with United Nations rules",
        ),
        (r"\bon a voluntary basis\b", "on a voluntary basis"),
        (r"\bwithout prejudice to\b", "without prejudice"),
        (r"\bStates in a position to do so\b|\bin a position to do so\b", "by those in a position to do so"),
    )
)


def conditions_of(text: str) -> tuple[str, ...]:
    """The conditions that a paragraph sets, by their usual names, in the order in which they stand."""
    found = []
    text = text.lower()
    for pattern, name, sign in _CONDITIONS:
        match = pattern.search(text) if sign in text else None
        if match is not None:
            found.append((match.start(), name))
    return tuple(dict.fromkeys(name for _, name in sorted(found)))


_NUMERAL = r"\d{1,3}(?:st|nd|rd|th)"
_SESSION = rf"(?:{ORDINAL}|{_NUMERAL})"
_SESSION_DUE = re.compile(
    rf"\b(?:at|during|before|before the end of|prior to|in advance of|ahead of|in time for|no later than|not later than"
    rf"|by|to|for|of|until) (?:its|the|their|his) (?P<which>(?:resumed |reconvened |the )*{_SESSION}"
    rf"(?:(?:,| and|,? and its|,? and at its) {_SESSION})*)(?: (?:annual|regular|substantive|resumed"
    rf"|reconvened))*(?P<special>(?: emergency)? special)? sessions?\b",
    re.IGNORECASE,
)
# "the convening of the eighth session of the Commission" is no day by which anything is due.
_OF_A_BODY = re.compile(r" of the (?:Conference|Commission|Committee|Council|Working)\b", re.IGNORECASE)
# What is past ends where another thing is asked: "the work requested at its sixty-fifth session and to report".
_ASKS_ANEW = r"and (?:to [a-z]+|(?:report|submit|present|provide|inform|update|brief|transmit|convene)\b)"
_PAST = re.compile(
    r"\b(?:adopted|held|approved|endorsed|agreed|established|decided|considered"
    r"|outcomes?|reached|contained|requested|taken|concluded|convened|results|recommendations"
    r"|begun|made|expressed|voiced|raised|put forward|(?<!be )(?:submitted|presented|issued|transmitted)) "
    rf"(?:(?!{_ASKS_ANEW})[^,;]){{0,160}}$"
)
_BY = (
    r"by|before|until|till|prior to|ahead of|in advance of|(?:no|not) later than(?: on)?|at (?:the )?latest (?:by|on)"
    r"|on or before|not after"
)
_DAY = (
    rf"(?:{MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? (?:19|20)\d\d|\d{{1,2}}\.\d{{1,2}}\.(?:19|20)\d\d"
    rf"|(?:(?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?: of)? )?(?:{MONTH},? )?(?:19|20)\d\d)"
)
_OF_A_MONTH = re.compile(rf"\d (?:of )?{MONTH},? |{MONTH} \d{{1,2}}\D|\d\.")
_OF_A_DAY = re.compile(r"(?<=\d)(?:st|nd|rd|th)?(?: of)?(?= [A-Z])|^the ")
_PART_OF_A_YEAR = r"(?:first|second|third|fourth|last) (?:quarter|half) of (?:19|20)\d\d"
_DAY_DUE = re.compile(
    rf"\b(?:{_BY}) (?:(?:the )?(?:end|close|beginning|start|middle) of (?:the year )?|mid-|early |late )?"
    rf"(?P<day>{_DAY})\b"
    rf"|\bon (?P<latest>{_DAY}),? at (?:the )?latest\b",
    re.IGNORECASE,
)
_PART_DUE = re.compile(
    rf"\b(?:{_BY}|within|during) (?:the )?(?:(?:end|close|beginning|start|middle) of the )?"
    rf"(?P<part>{_PART_OF_A_YEAR})\b",
    re.IGNORECASE,
)


_COUNTS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_COUNTED_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905
_COUNT = (
    r"\d{1,4}|an?|(?:one |a )?hundred(?: and [a-z-]+)?|"
    rf"(?:{'|'.join(_COUNTED_TENS)})(?:[- ](?:{'|'.join(_COUNTS[:9])}))?|{'|'.join(_COUNTS)}"
)
_UNIT = r"(?:day|week|month|year)"
# Working days are another unit, which no rule here turns into days; the other words change nothing.
_KIND = r"(?:calendar|consecutive|full|(?P<working>working|business))"
_COUNTED = rf"(?P<count>{_COUNT})[- ](?:\(\d{{1,4}}\) )?(?:{_KIND} )?(?P<unit>{_UNIT})s?[’']?"
# "ninety days before the seventy-first session", "two weeks after 1 May 2016": a time counted from another one.
_OTHER_ANCHOR = (
    r"(?:the|its|their|each|every|any) (?:[A-Za-z-]+ ){0,4}?(?:sessions?|meetings?|Congress|Conference|elections?"
    r"|expiry|expiration|deadline|date)\b"
)
_TIME_COUNTED = re.compile(
    rf"\b{_COUNTED} (?:(?P<before>before|prior to|in advance of|ahead of)|after|following|from) "
    r"(?:the (?:start|opening|beginning|commencement|convening|holding|date|close|closing|conclusion|end) of )?"
    rf"(?:(?:the|its|their|his|her) (?P<which>(?:resumed |next )*{_SESSION})"
    r"(?: (?:annual|regular|substantive|resumed|reconvened))*(?P<special>(?: emergency)? special)? session\b"
    rf"|(?:the )?(?P<day>{_DAY})\b|(?P<what>(?<=before ){_OTHER_ANCHOR}|(?<=prior to ){_OTHER_ANCHOR}))",
    re.IGNORECASE,
)
_THEREAFTER = re.compile(rf"\b(?:within )?{_COUNTED} (?:thereafter|later|after that date)\b", re.IGNORECASE)
_TIME_DUE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:within|(?:no|not) (?:later|more) than|at (?:the )?latest)"
        r" (?:a (?:maximum )?(?:period|limit) of |a maximum of |at most |the (?:next|following|coming|first) )?"
        rf"(?P<count>{_COUNT})[- ](?:\(\d{{1,4}}\) )?(?:{_KIND} )?(?P<unit>{_UNIT})s?\b"
        r"(?! (?:before|prior|in advance|ahead|thereafter|later|after that date)\b)",
        rf"\b(?:in|within) (?P<count>{_COUNT}) (?:{_KIND} )?(?P<unit>{_UNIT})s?[’'] time\b",
        rf"\bin (?!an? )(?P<count>{_COUNT}) (?:{_KIND} )?(?P<unit>{_UNIT})s?(?=[,;.]|$)",
        rf"\b(?P<count>{_COUNT}) (?:{_KIND} )?(?P<unit>{_UNIT})s? (?:after|from|following) (?:the |its |their )?"
        r"(?:date|day|adoption|entry|receipt|publication|conclusion|close|end|completion|issuance|present|submission)\b",
    )
)


# Without these no time or day can be named: looking for them first spares most of the searches.
_YEAR = re.compile(r"(?:19|20)\d\d")
_COUNTS_TIME = re.compile(r"(?:day|week|month|year)s?\b")

# A number whose hyphen stood at the end of a line, and got a space after it in an export.
_DIVIDED = re.compile(r"(?<=ty)- (?=[a-z])")


def deadline_of(asks: tuple[Ask, ...], below: Iterable[str] = ()) -> str:
    """When what is asked falls due, empty where nothing says it; several are parted by "; ".

    "session 68", "special session 30", a day (ISO), a year, a time from what the paragraph names ("within 90 days"), a
    time before one of these ("90 days before session 71"), or a time after the one named before ("within 1 year
    thereafter"). Only asks that bind or invite have one, and the points `below` such an ask; a session at which
    something was adopted earlier is none.
    """
    due: list[str] = []
    for words in _binding(asks, below):
        due += [each for _place, each in sorted(_found_due(_DIVIDED.sub("-", words)), key=itemgetter(0))]
    return "; ".join(dict.fromkeys(due))


def _found_due(text: str) -> list[tuple[int, str]]:
    """The deadlines that a text names, each with its place; what counts from a day or session is one with it."""
    counts_time, has_year = _COUNTS_TIME.search(text) is not None, _YEAR.search(text) is not None
    found: list[tuple[int, str]] = []
    for match in _TIME_COUNTED.finditer(text) if counts_time else ():
        if not _is_past(text, match):
            side = "before" if match["before"] else "after"
            found += [(match.start(), f"{_time(match)} {side} {anchor}") for anchor in _anchors(match)]
    counted = [match.span() for match in _TIME_COUNTED.finditer(text)] if found else []
    for match in _SESSION_DUE.finditer(text) if "ession" in text else ():
        convened = match.group().lower().startswith("of ") and _OF_A_BODY.match(text, match.end())
        if not (_is_past(text, match) or convened or _is_within(match, counted)):
            found += [(match.start(), session) for session in _sessions(match)]
    for match in _DAY_DUE.finditer(text) if has_year else ():
        if not _is_within(match, counted):
            found += [(match.start(), day) for day in _due_date(match["day"] or match["latest"])]
    for match in _PART_DUE.finditer(text) if has_year else ():
        if not _is_past(text, match):
            found.append((match.start(), match["part"]))
    for match in (match for pattern in _TIME_DUE for match in pattern.finditer(text)) if counts_time else ():
        if not (_is_past(text, match) or _is_within(match, counted)):
            found.append((match.start(), f"within {_time(match)}"))
    if found and counts_time:
        found += [
            (match.start(), f"within {_time(match)} thereafter")
            for match in _THEREAFTER.finditer(text, min(place for place, _each in found))
        ]
    return found


def _anchors(match: re.Match[str]) -> list[str]:
    """What a time is counted from: "session 71", a day, or in the text's words what falls on no day that it names."""
    if match["what"]:
        return [match["what"]]
    if match["day"]:
        return _due_date(match["day"])
    return _sessions(match)


def _is_within(match: re.Match[str], spans: list[tuple[int, int]]) -> bool:
    return any(start < match.end() and match.start() < end for start, end in spans)


def _binding(asks: tuple[Ask, ...], below: Iterable[str]) -> list[str]:
    """What is asked by verbs that bind or invite, with when it is asked, and the points below such a verb."""
    binding = [ask for ask in asks if ask.verb.strength is not Strength.DECLARATORY]
    return [f"{ask.when} {ask.asked}".strip() for ask in binding] + list(below)


def _is_past(text: str, match: re.Match[str]) -> bool:
    return _PAST.search(text[max(0, match.start() - 200) : match.start()]) is not None


def _sessions(match: re.Match[str]) -> list[str]:
    """The sessions of "its eightieth and eighty-first sessions", of "its 80th session", of its special ones."""
    kind = f"{match['special'].strip().lower()} " if match["special"] else ""
    numbers = session_numbers(match["which"]) or [int(number) for number in re.findall(r"\d+", match["which"])]
    return [f"{kind}session {number}" for number in numbers]


def _time(match: re.Match[str]) -> str:
    """A counted time in figures: "90 days", "30 working days"."""
    count, unit = _count(match["count"]), match["unit"].lower()
    kind = f"{match['working'].lower()} " if match["working"] else ""
    return f"{count} {kind}{unit}{'s' if count != 1 else ''}"


def _count(words: str) -> int:
    """A number in figures or words: "ninety", "twenty-four", "one hundred and twenty"."""
    if words.isdigit():
        return int(words)
    total = 0
    for word in re.findall(r"[a-z]+", words.lower()):
        if word == "hundred":
            total = max(total, 1) * 100
        elif word in _COUNTS:
            total += _COUNTS.index(word) + 1
        elif word in _COUNTED_TENS:
            total += (_COUNTED_TENS.index(word) + 2) * 10
    return total or 1


def _due_date(text: str) -> list[str]:
    """A day (ISO), or a month or year as it stands; none where a day is named that does not exist."""
    text = _OF_A_DAY.sub("", text)
    day = parse_date(text)
    if day is not None:
        return [day.isoformat()]
    return [] if _OF_A_MONTH.search(text) else [text]


_RECURRENCE = re.compile(
    r"\bcontinu(?:e|es|ing)\b|\b(?:annually|biennially|triennially|quadrennially|quinquennially|biannually"
    r"|semi-?annually|quarterly|yearly|monthly|regularly|periodically)\b"
    r"|\b(?:annual|biennial|biannual|triennial|quadrennial|quinquennial|regular|periodic|yearly|quarterly)"
    r" (?:reports?|basis|review|update|briefing|collection|meeting|session)s?\b"
    r"|\bevery (?:(?:two|three|four|five|six|ten|second|third|fourth|fifth|other|[2-9]|1\d) )?(?:years?"
    r"|months|sessions?)\b|\b(?:once|twice|once every) (?:a|each|per|two|three) years?\b|\beach year\b"
    r"|\bat (?:each|every)(?: one)? (?:of its |regular |annual )*sessions?\b"
    r"|\bon an? (?:annual|regular|biennial|biannual|triennial|yearly|quarterly|continuing|ongoing|periodic) basis\b",
    re.IGNORECASE,
)


def recurrence_of(asks: tuple[Ask, ...], below: Iterable[str] = ()) -> str:
    """The words that make an ask recur ("continue", "annually", "every two years"), empty where none do.

    `below` are the points below such an ask.
    """
    for text in _binding(asks, below):
        match = _RECURRENCE.search(text)
        if match is not None:
            return match.group().lower()
    return ""
