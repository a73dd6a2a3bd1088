"""The head of a text: the symbol that it states of itself, and what says that it is no adopted resolution.

A head names other documents too: what it follows up, the report it rests on, an agenda's documents. A symbol is the
text's own only in the place that identification blocks have for it: a line that holds nothing else, or nothing but what
such a block says, or the line of the title, before it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from comity.mandates.reading.export.lines import Line
from comity.mandates.reading.head.stated_days import stated_day
from comity.mandates.reading.line_kinds import MOST_ANNOUNCING_LINES, SPEAKS_OF_A_DRAFT
from comity.mandates.resolution import StatedDay
from comity.mandates.vocabulary.days import DATE
from comity.mandates.vocabulary.ordinals import ORDINAL, ORDINALS

# “67/189”, “S-30/1”, “48/75 A”, “1373 (2001)”, “3201 (S-VI)”.
_NUMBER = r"(?:(?:S-|ES-)?\d{1,4}/\d{1,4}(?:\s?[A-Z](?![A-Za-z]))?|\d{1,4}\s?\((?:[IVXLC]+(?:-[A-Z]+)?|\d{4})\))"
# “A/RES/67/189”, “E/CN.15/RES/22/7”, “A/RES/67/189/Corr.1*”; no part of a longer path.
_SYMBOL = re.compile(
    rf"(?<![A-Z/\d])(?P<symbol>[A-Z]{{1,4}}(?:/[A-Z]+(?:\.\d{{1,2}})?)*/(?:RES|DEC)/{_NUMBER}"
    r"(?:/(?:Corr|Add|Rev|Amend)\.\d{1,2})*)\*{0,3}(?![/\d])"
)
# “General Assembly” in the head of a page of the document.
_ORGANS = (
    "United Nations|General Assembly|Security Council|(?:Economic and Social|Human Rights|Trusteeship) Council"
    "|Commission on Crime Prevention and Criminal Justice|Commission on Narcotic Drugs|Conference of the [A-Z][^:;.]*"
)
# “Distr.: General”, “Original: English”, “Sixty-seventh session”, “Agenda item 103”, “12-48921”.
_OF_THE_BLOCK = re.compile(
    rf"{_ORGANS}|Distr\b\.?|General\b|Limited\b|Restricted\b|Original\b|English\b|{DATE.pattern}"
    rf"|{ORDINAL} (?:(?:emergency )?special )?session|(?:Document )?[Ss]ymbol\b|Document\b|Doc\b\.?|Resolution\b"
    r"|Agenda items?(?: \d{1,3}(?: ?\([a-z]{1,2}\))*(?:,| and)?)+|\b[Pp]age\b|\b\d{1,3}/\d{1,3}\b|\b\d\d-\d{5}\b"
    r"|\b[AES]\b|\b\d{1,4}\b|\([A-Z]\)|\*\d{7}\*|DISTR\b\.?|GENERAL\b|ORIGINAL\b|ENGLISH\b|UNITED NATIONS",
)
# “A/RES/67/189. Strengthening …”, “A/RES/67/189 – Strengthening …”.
_BEFORE_A_TITLE = re.compile(r"^\*{0,3}\s?(?:[.:]|[-–—])\s?[A-Z“\"]")
# “Follow-up to” above “A/RES/65/230”: the symbol is another document's.
_LEADS_ON = re.compile(
    r"(?:\b(?:[Rr]esolutions?|[Dd]ecisions?|documents?|to|of|in|by|on|with|and|or|see|cf|under|from|for|the|its)\.?|[,:])$"
)


def stated_symbol(line: Line, above: Line | None = None) -> str:
    """The symbol of a resolution or decision that a line states as the text's own, empty where it states none.

    `above` is the line before it, which may lead on to the symbol as to that of another document ("Follow-up to").
    """
    text = line.text
    found = list(_SYMBOL.finditer(text))
    symbols = {_plain(match["symbol"]) for match in found}
    # A whole identification block on one line, as some exports have it, is shorter.
    if len(symbols) != 1 or len(text) > 200 or text[: found[0].start()].endswith(("(", "[")):
        return ""
    begins = found[0].start() == 0 or text[: found[0].start()] == "Resolution "
    if begins and _BEFORE_A_TITLE.match(text[found[0].end() :]):
        return symbols.pop()
    if leads_on(above, line):
        return ""
    left = _OF_THE_BLOCK.sub(" ", _SYMBOL.sub(" ", text))
    return "" if re.search(r"\w", left) else symbols.pop()


def leads_on(above: Line | None, line: Line) -> bool:
    """Whether a line goes on with the one right above it, which ends as a phrase does that names a document."""
    return above is not None and not line.after_blank and _LEADS_ON.search(above.text) is not None


def _plain(symbol: str) -> str:
    """A symbol as others write it: S/RES/1373(2001), A/RES/48/75 B."""
    symbol = re.sub(r"\s", "", symbol)
    return re.sub(r"(?<=\d)(?=[A-Z]$)", " ", symbol)


# “A/RES/67/189/Corr.1”.
_BESIDE_A_SYMBOL = re.compile(r"/(?:Corr|Add|Rev|Amend)\.\d{1,2}")


def is_beside(symbol: str) -> bool:
    """Whether a symbol is that of a document beside a resolution: a corrigendum or an addendum."""
    return _BESIDE_A_SYMBOL.search(symbol) is not None


# “Sixty-seventh session”, “20 December 2012 Sixty-seventh session”, “substantive session of 2012”.
_SESSION_OF_MASTHEAD = re.compile(
    rf"(?:^"
    rf"|(?<=\d{{4}}))(?P<ordinal>{ORDINAL})\s+(?:(?:emergency\s+)?special\s+)?session\b"
    rf"|^(?:substantive\s+)?session of \d{{4}}$",
    re.IGNORECASE,
)
# “Agenda item 103”, “Agenda items: 8 (a) and 103”.
_AGENDA = re.compile(
    r"\bAgenda items?(?:\s*+:\s++|\s++)"
    r"(?P<items>\d{1,3}(?:\s?\([a-z]{1,2}\))*(?:(?:,| and)\s\d{1,3}(?:\s?\([a-z]\))*)*)",
    re.IGNORECASE,
)
# “Resolution adopted by the General Assembly on 20 December 2012”, “Adopted by the Council at its 47th meeting”.
_ADOPTED = re.compile(
    r"\b(?:Resolutions?|Decisions?)\s+adopted\s+(?:by|on|without)\b|\bAdopted by "
    r"the\b.{0,80}\b(?:meeting|Council|Assembly)\b|^adopted (?:on|at) ",
    re.IGNORECASE,
)
# “Distr.: General 27 March 2013”, “Original: English”.
_DISTRIBUTED = re.compile(
    r"\bDistr\.?\s*+:?\s*+(?:General|Limited|Restricted)\b|^(?:Distr\.|General|Original: English)$"
)
# “General Assembly” alone on a line, as the block has it.
_ORGAN = re.compile(
    r"^(?:United Nations|General Assembly|Security Council|Economic and Social Council)$", re.IGNORECASE
)
# The symbol of a document that is to be adopted, alone on its line: "E/CN.15/2014/L.8/Rev.1".
_LIMITED = re.compile(
    r"^(?:United Nations )?(?P<symbol>[A-Z]{1,4}(?:/(?:[A-Z]{1,6}(?:\.\d{1,3})?|(?:S-|ES-)?\d{1,4}))*"
    r"/(?:L|CRP|WP)\.\d{1,4}(?:/(?:Rev|Add|Corr|Amend)\.\d{1,2})*)\*{0,3}$"
)


def is_limited(symbol: str) -> bool:
    """Whether a symbol is that of a document of limited distribution, which holds a draft."""
    return _LIMITED.match(symbol) is not None


@dataclass
class Masthead:
    """What the identification block of a document says, gathered line by line.

    `symbols` are those that it states as the text's own, `limited` that of a document of limited distribution, which
    holds what is yet to be adopted. `session_words` name the session, in `session_line`.
    """

    symbols: list[str] = field(default_factory=list)
    limited: str = ""
    adopted: StatedDay | None = None
    session: int | None = None
    session_words: str = ""
    session_line: int = 0
    agenda_item: str = ""
    report: str = ""
    distributed: StatedDay | None = None
    organ: str = ""
    awaits_day: bool = False

    @property
    def symbol(self) -> str:
        """The first symbol that the block states, empty where it states none."""
        return self.symbols[0] if self.symbols else ""


# “adopted by the Economic and Social Council on”: the organ up to “on”.
_ORGAN_OF_ADOPTION = re.compile(
    r"adopted by the (?P<organ>[A-Z][A-Za-z ]+?)(?= on\b| at\b| without\b|,|$)", re.IGNORECASE
)


def read_masthead_line(line: Line, masthead: Masthead, above: Line | None = None) -> bool:
    """Gather what a line of the identification block says; False where the line is not one.

    `above` is the line before it, where it may lead on to a symbol.
    """
    found = False
    text = line.text
    if _ADOPTED.search(text) is not None:
        found = True
        masthead.adopted = masthead.adopted or stated_day(line, "adoption")
        masthead.awaits_day = masthead.adopted is None
        organ = _ORGAN_OF_ADOPTION.search(text)
        masthead.organ = masthead.organ or (organ["organ"].strip() if organ else "")
    session = _SESSION_OF_MASTHEAD.search(text)
    # “Sixty-seventh session” on a line of the block, and not in a sentence that begins with it.
    if session is not None and len(text) < 140:
        found = True
        if session["ordinal"] and masthead.session is None:
            masthead.session = ORDINALS[session["ordinal"].lower()]
            masthead.session_words, masthead.session_line = session.group(), line.number
    agenda = _AGENDA.search(text)
    if agenda is not None and len(text) < 140:
        found = True
        masthead.agenda_item = masthead.agenda_item or agenda["items"]
    symbol = stated_symbol(line, above)
    if symbol:
        found = True
        if symbol not in masthead.symbols:
            masthead.symbols.append(symbol)
    limited = _LIMITED.match(text)
    if limited is not None:
        found = True
        masthead.limited = masthead.limited or limited["symbol"]
    if _DISTRIBUTED.search(text) is not None or _ORGAN.match(text) is not None:
        found = True
        if "Distr" in text:
            masthead.distributed = masthead.distributed or stated_day(line, "distribution")
    day = DATE.match(text)
    if day is not None and (found or day.end() == len(text)):
        found = True
        if masthead.awaits_day:
            masthead.adopted, masthead.awaits_day = stated_day(line, "adoption"), False
        else:
            masthead.distributed = masthead.distributed or stated_day(line, "distribution")
    return found


# What stands above the title of a draft: who recommends it to whom, its sponsors, or only what it is.
_RECOMMENDS_A_DRAFT = re.compile(
    r"^(?:\d{1,2}\. )?(?:The|THE) .*\b(?:recommend(?:s|ed)?|submits?|transmits?|proposes?)\b"
)
# “Draft resolution II”, “Angola and Benin: revised draft resolution*”.
_DRAFT_LABEL = re.compile(
    r"^(?:(?:.*: )?(?:revised )?draft (?:resolution|decision)s?(?: (?:[IVX]{1,5}|\d{1,2}|[A-Z]))?)"
    r"[.:]?\*{0,3}$",
    re.IGNORECASE,
)
# “Angola and Benin: draft resolution”.
_OF_A_DRAFT = re.compile(r"(?:.{1,150}: )?(?:revised )?draft (?:resolution|decision)\b", re.IGNORECASE)


def announced_until(head: Sequence[Line]) -> int:
    """The index after the last line of a head that announces a draft, 0 where none does: its title stands below.

    Such a line says who recommends the draft to whom and ends in a colon, names its sponsors, or says what it is.
    """
    for index in range(len(head) - 1, -1, -1):
        if _DRAFT_LABEL.match(head[index].text):
            return index + 1
        if not head[index].text.endswith(":"):
            continue
        above = [line.text for line in head[max(0, index - MOST_ANNOUNCING_LINES) : index + 1]]
        begun = [place for place, text in enumerate(above) if _RECOMMENDS_A_DRAFT.match(text)]
        if begun and SPEAKS_OF_A_DRAFT.search(" ".join(above[begun[-1] :])):
            return index + 1
    return 0


def says_draft(text: str) -> bool:
    """Whether a line of a head begins as those do that say of a text that it is a draft."""
    return _OF_A_DRAFT.match(text) is not None


# “Decision 67/532”, “Decisions adopted by the Council”.
_OF_A_DECISION = re.compile(r"^\W*Decisions? (?:adopted by|(?:S-|ES-)?\d{1,4}/\d{1,4}\b)", re.IGNORECASE)


def says_decision(text: str) -> bool:
    """Whether a line of a head says that what it heads is a decision."""
    return _OF_A_DECISION.match(text) is not None


def is_of_a_late_block(text: str) -> bool:
    """Whether a line with the symbol belongs to an identification block that an export put at the end."""
    return re.search(r"Distr|General Assembly|United Nations(?! )", text) is not None
