"""Of whom a verb asks: the names after it, without what restricts or interrupts them, and what is asked of them."""

import re

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
# The noun that shows that a phrase names someone: “the intergovernmental expert group”, “all relevant stakeholders”.
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
# “invites States, inter alia, to report”, “urges all States not to extradite”: where what is asked begins.
_INFINITIVE = re.compile(
    r",? (?:(?:also|further|inter alia|once again|in particular),? )?(?P<negated>not )?to "
    rf"(?!{_NO_INFINITIVE}|[A-Z\d“\"])[a-z-]+"
)
# “, as appropriate to their contexts”, “, within existing resources”: stands between commas and names nobody.
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
# “States that have not yet done so”: a clause that says which of them are meant.
RELATIVE = re.compile(r",? \b(?:that|which|who|whose|whom|where)\b")
# “States in a position to do so”, “Governments hosting offices”: what restricts a name without a clause.
_POSTMODIFIER = re.compile(
    r" (?:individually|in a position|not (?:yet|already)|having|participating|working|operating"
    r"|concerned|involved|engaged|dealing|responsible|interested|wishing|willing|hosting|making"
    r"|presenting|administering|facing|with a|within|"
    r"in (?:their|its|the context|accordance|close|cooperation|collaboration"
    r"|coordination|consultation|particular|this|line|order|all|partnership|his|her)\b|upon"
    r"|under|at (?:all|the|its|their)|through|on (?:a|an|the basis)|as|when|where|by)\b"
)
# “that the Board should meet”, “that the Office be given”: where the subject of the clause ends.
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
# “Member States, the Secretariat and the regional commissions”; “crime prevention and …” is one name.
_SPLIT = re.compile(r", and |, as well as | as well as |, or |, |(?<!crime prevention)(?<!Economic) and | or ")
# “the efforts of Member States”, “the work by the Office”: speaks of someone and asks nobody.
_OF_SOMEONE = re.compile(
    r"(?:[a-z]+ )?(?:efforts|work|initiatives|progress|contributions?|participation|cooperation|measures|reports?"
    r"|recommendations?|activities) (?:of|by|to)\b"
)
# “both the Office”, “upon its members”: what stands before a name and is no part of it.
_ARTICLES = re.compile(r"^(?:both )?(?:upon |on |to )?(?:the |its )?", re.IGNORECASE)
# “recommends to the Assembly the approval of the draft”, “for consideration by the Council”.
_ADOPTION = r"(?:adoption|approval|consideration|endorsement)"
# “the following draft resolution”, “the draft decision”, “the following text”.
DRAFTS = r"(?:draft|following (?:resolution|decision|text))"
# "Recommends to A the adoption of the following draft", "recommends to A, for adoption, …", "… for adoption by A".
RECOMMENDED_TO = re.compile(
    rf"to (?P<whom>(?:the |its )?[A-Z][^;:]{{2,160}}?),? (?P<asked>(?:the [a-z]+ of"
    rf"|for (?:its |their )?{_ADOPTION}\b|the following|the draft"
    r"|that (?:it|they|the [A-Z]\w+)\b)[^;]*)",
    re.DOTALL,
)
# “recommends the following draft for adoption by the General Assembly:”.
_FOR_ADOPTION_BY = re.compile(
    rf"^(?=[^;]{{0,240}}\b{DRAFTS}\b)[^;]{{0,240}}?\bfor (?:possible |final )?{_ADOPTION} by "
    r"(?P<whom>(?:the |its )?[A-Z][^,;:]*?)(?: (?:of )?(?:the|a) (?:following|draft)\b|[,;:.]|$)"
)
# "Decides to recommend to A the adoption of the following draft", "transmits to A the following draft".
PASSED_ON = re.compile(r" *(?:to (?:recommend|submit|transmit|forward|propose) )?(?=to (?:the |its )?[A-Z])")


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
    recommended = RECOMMENDED_TO.match(text) if text.startswith("to ") else None
    if recommended is not None:
        return names_in(recommended["whom"]), recommended["asked"]
    adopting = _FOR_ADOPTION_BY.search(text) if " by the " in text and "for " in text else None
    if adopting is not None:
        return names_in(adopting["whom"]), text
    if text.startswith("that "):
        return names_in(text[5 : _end_of_subject(text)]), text
    infinitive = _infinitive(text)
    if infinitive is None:
        before_points = re.sub(r"(?:,? inter alia)?,? ?(?:to)?:$", "", text.rstrip())
        return (names_in(before_points), "") if before_points != text.rstrip() else ((), text)
    names = names_in(text[: infinitive.start()])
    asked = text[infinitive.start() :].lstrip(" ,")
    return (names, asked.removeprefix("to ")) if names else ((), text)


def _end_of_subject(text: str) -> int:
    """Where the subject of a clause with "that" ends: before its verb, a comma, a colon or a quotation."""
    clause, organ = _THAT_CLAUSE.search(text, 5), _ORGAN_ACTS.search(text, 5)
    return min(clause.start() if clause else len(text), organ.end() if organ else len(text))


def _infinitive(text: str) -> re.Match[str] | None:
    """The "to …" that says what is asked, past those inside a restrictive clause ("States in a position to do so")."""
    # The longest list of addressees with their clauses is shorter: “States, in particular those that …, to”.
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


def names_in(text: str) -> tuple[str, ...]:
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
# “States that have ratified it and submitted reports”: from “and” on it is still the restriction.
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
        if _ADVERBIAL.match(part) is None and RELATIVE.match(" " + part) is None:
            kept.append(part)
    return ", ".join(kept)


def _cut_restriction(name: str) -> str:
    relative = RELATIVE.search(name)
    name = name[: relative.start()] if relative else name
    name = re.sub(r" to (?:those|these|such|the said) .*", "", name)
    modifier = _POSTMODIFIER.search(name)
    name = name[: modifier.start()] if modifier else name
    return _ARTICLES.sub("", name.strip(" ,")).strip(" ,").removesuffix(" and")
