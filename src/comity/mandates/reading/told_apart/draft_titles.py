"""What stands above a draft: what announces it, its label and its title."""

import re
from collections.abc import Sequence

from comity.mandates.reading.export.ends import ended
from comity.mandates.reading.export.joined_lines import join_lines
from comity.mandates.reading.export.lines import Line
from comity.mandates.reading.line_kinds import ANNEX, CLOSING, MOST_ANNOUNCING_LINES, SPEAKS_OF_A_DRAFT
from comity.mandates.reading.told_apart.lettered_parts import LETTERED
from comity.mandates.reading.told_apart.quotation_marks import FINAL, unquoted
from comity.mandates.vocabulary.verbs import OPERATIVE, opening_verb

# “Draft resolution II”, “Draft decision for adoption by the Council”, “II”, “A.”.
_LABEL = re.compile(
    r"^(?:draft (?:resolution|decision)s?(?: (?:[IVX]{1,5}|\d{1,2}|[A-Z]))?(?: for adoption by .*)?"
    r"|[IVX]{1,5}|[A-Z]|\d{1,2})[.:]?$",
    re.IGNORECASE,
)
# A title of a draft as pages print it; what runs longer is text.
_MOST_TITLE_LINES = 6


def title_before(kept: Sequence[Line]) -> list[Line]:
    """The lines before a formula that may be the title of its draft: without a stop, below what has ended."""
    title: list[Line] = []
    for line in reversed(kept[1:]):
        text = unquoted(line.text)
        if ended(text) and not _LABEL.match(text):
            return title
        if ANNEX.match(text) or CLOSING.match(text) or (line.text == text and opening_verb(text, OPERATIVE)):
            return title
        title.insert(0, line)
        if len(title) > _MOST_TITLE_LINES:
            return []
    return []


def is_announced(kept: Sequence[Line]) -> bool:
    """Whether what stands before a draft announces it: it speaks of a draft and ends in a colon."""
    if not kept or not re.search(r"[:—–]$", kept[-1].text):
        return False
    words = " ".join(line.text for line in kept[-MOST_ANNOUNCING_LINES:])
    return SPEAKS_OF_A_DRAFT.search(words) is not None


def announcing_indent(kept: Sequence[Line], title: int) -> int:
    """The least indent of the paragraph that announces a draft."""
    paragraph: list[Line] = []
    for line in reversed(kept[: len(kept) - title]):
        paragraph.append(line)
        if line.after_blank or len(paragraph) == MOST_ANNOUNCING_LINES:
            break
    return min((line.indent for line in paragraph), default=0)


def label_and_title(texts: list[str]) -> tuple[str, str, str, str]:
    """What stands above a draft, its title, and where the draft is in parts the letter and title of the first."""
    plain = [FINAL.sub(r"\g<after>", text) for text in texts]
    labels = 0
    while labels < len(plain) and _LABEL.match(plain[labels]):
        labels += 1
    for place in range(labels, len(plain)):
        letter = LETTERED.match(plain[place])
        above = place > labels or (labels > 0 and LETTERED.match(plain[0]) is None)
        if letter is not None and letter["part"] in {"A", "I"} and above:
            below = [letter["title"] or "", *plain[place + 1 :]]
            title = join_lines([words for words in below if words])
            return " ".join(plain[:labels]), join_lines(plain[labels:place]), letter["part"], title
    return " ".join(plain[:labels]), join_lines(plain[labels:]), "", ""
