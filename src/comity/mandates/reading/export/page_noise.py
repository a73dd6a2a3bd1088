"""What an export leaves of pages: numbers, rules, job numbers, heads of the official volumes, running heads."""

import re
from dataclasses import replace

from comity.mandates.reading.export.lines import Line
from comity.mandates.vocabulary.ordinals import ORDINAL

# “2/18”, “13-12345 (E)”, “*1312345*”, “Page 3 of 18”, “– 3 –”, “____”: see the parts.
_NOISE = re.compile(
    r"""
    (?:\[DU\d+\])?\s*(?:<<ODS[^<>]*>>[^<>]*)+ | \[DU\d+\]        # marks of the document system
    | <!--.*--> | <[/\w][^<>]{0,60}>                              # page marks of a converter
    | [-_–—=*.·•~\s]{3,}                                          # rules and rows of dots
    | [-–—]?\s?\d{1,3}\s?[-–—]? | [Pp]age\s\d{1,4}(?:\s?(?:of|/)\s?\d{1,4})? | \d{1,4}\s?\|\s?[Pp]\s?a\s?g\s?e
    | (?:\d\d-\d{5}\*{0,2}\s?(?:\([A-Z]\)\s?)?)?\d{1,2}/\d{1,2}(?:\s?\d\d-\d{5}\*{0,2})?        # 2/18 23-26015
    | \d\d-\d{5}\s?\*{0,2}\s?(?:\([A-Z]\))?(?:\s?\d{6})?(?:\s?\*\d{7}\*)?
    | \*?\s?\d{7}\s?\*(?:\s?Please\srecycle\W*)? | (?:\*\d{7}\*)?\s?Please\srecycle\W*
    | \d{1,4}\s\d\d-\d{5}\*{0,2} | \d\d-\d{5}\*{0,2}\s\d{1,4} | \(E\)(?:\s\d{6})?(?:\s\*\d{7}\*)?
    """,
    re.VERBOSE,
)


def is_noise(text: str) -> bool:
    """Whether a line is what an export leaves of pages: numbers, rules, job numbers, marks of the document system."""
    # Marks of the document system, the longest noise, are shorter: “<<ODS JOB NO>>N1248921E<<ODS …”.
    return not text or (len(text) < 400 and _NOISE.fullmatch(text) is not None)


# The head of a page in the official volumes, with or without the page's number: which resolutions it holds.
_VOLUME_HEAD = re.compile(
    r"(?:\d{1,4} )?(?:[IVX]{1,5}\b\.? ?(?:[-–—] ?)?)?(?-i:(?=[A-Z]))"
    r"(?:(?:resolutions|decisions|resolutions and decisions) adopted "
    r"(?:on the reports? of (?:the )?(?:[\w-]+ ){1,6}committees?(?: \((?:[\w-]+ ){1,6}committee\))?"
    r"|without reference to a main committee)"
    rf"|general assembly ?[-–—] ?(?:{ORDINAL} (?:(?:emergency )?special )?session))(?: \d{{1,4}})?",
    re.IGNORECASE,
)
# “218”, “General Assembly”, “— Forty-sixth”, “Session”: no head runs over more lines.
_MOST_LINES_OF_A_HEAD = 4


def without_volume_heads(lines: list[Line]) -> list[Line]:
    """The lines with the words taken off those that are page heads of the official volumes, which are then noise.

    A head may run over several lines: its roman number, and more of its words.
    """
    heads: set[int] = set()
    for start in range(len(lines)):
        words = ""
        for end, line in enumerate(lines[start : start + _MOST_LINES_OF_A_HEAD], start=start + 1):
            words = f"{words} {line.text}".lstrip()
            if _VOLUME_HEAD.fullmatch(words):
                heads.update(range(start, end))
    return [replace(line, text="") if index in heads else line for index, line in enumerate(lines)]


# “<!-- page 3 -->”.
_PAGE_MARK = re.compile(r"<!--\s*[Pp]age\b.*-->")
# “218 General Assembly—Forty-sixth Session”, “Resolutions adopted 219”.
_RUNNING = re.compile(r"\d{1,4}\s.{4,140}|.{4,200}\s\d{1,4}")


def is_page_mark(line: Line) -> bool:
    """Whether a line is the mark that a converter put where a page begins."""
    return _PAGE_MARK.fullmatch(line.text) is not None


def is_running_head(text: str) -> bool:
    """Whether a line that follows a page mark is a head with its page number ("218 General Assembly—Forty-sixth…")."""
    return _RUNNING.fullmatch(text) is not None and not re.search(r"[,;.:]$", text)
