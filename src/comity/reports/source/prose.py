"""The rule that prose speaks of figures only through references: what a writer typed by hand is found and named.

Dates, years, the unit “per 100,000”, and the numbers of paragraphs, resolutions, articles, documents, sessions and the
like are not figures and may stand; so may numbers up to nine in words. Headings, link targets and code are not prose.
"""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from comity.evidence.errors import Fault
from comity.reports.formats import MONTHS
from comity.reports.source.references import FigureReference, Words
from comity.reports.source.report_source import Source

_MONTH = rf"(?:{'|'.join(MONTHS)})"
_YEAR = r"(?:1[5-9]|20)\d\d"
_NUMBER = r"\d+[a-z]?(?:\s*\([a-z0-9]+\))*(?:/\d+)?"
_NUMBERED = (
    "resolutions?|decisions?|paragraphs?|paras?\\.|subparagraphs?|articles?|arts?\\.|sections?|chapters?|chap\\.|annex(?:es)?|"
    "items?|footnotes?|notes?|tables?|figures?|charts?|maps?|rules?|principles?|goals?|targets?|numbers?|nos?\\.|volumes?|"
    "vol\\.|pages?|pp?\\.|parts?|supplements?|registration"
)
_ALLOWED = re.compile(
    "|".join(
        (
            rf"\b\d{{1,2}}(?:\s+(?:and|to|or)\s+\d{{1,2}}|\s*[–-]\s*\d{{1,2}})?\s+{_MONTH}(?:\s+{_YEAR})?",
            rf"\b{_MONTH}\s+{_YEAR}",
            rf"\b{_YEAR}(?:\s*[–/-]\s*(?:{_YEAR}|\d\d))?\b(?![,.]\d)",
            r"\b[A-Z][A-Za-z]*(?:/[A-Za-z0-9.\[\]…-]+)+",
            r"@[a-z-]+:[A-Z][A-Z0-9-]*",
            rf"\b(?:{_NUMBERED})\s+{_NUMBER}(?:(?:,\s*|\s+(?:and|to|or)\s+|,\s+and\s+|\s*[–-]\s*){_NUMBER})*",
            r"\b\d{1,3}/\d{1,3}\b",
            r"\bper 100,000\b(?![,.]\d)",
            r"\b\d+(?:st|nd|rd|th)\s+(?:plenary\s+|regular\s+|special\s+)?(?:session|meeting|congress)",
        )
    ),
    re.IGNORECASE,
)
_NOT_PROSE = re.compile(
    r"`[^`\n]*`|\]\([^)\n]*\)|<[^>\n]*>|\{[^}\n]*\}|\[\^[^\]\n]+\]:?|^#{1,6} .*$|^:{3,}.*$|^\s*\d+[.)]\s", re.MULTILINE
)
_NOTE = re.compile(r"^\[\^([^\]\s]+)\]:", re.MULTILINE)
_NOTE_MARK = re.compile(r"\[\^([^\]\s]+)\](?!:)")
_CAPTION = re.compile(r'\b(?:caption|note)="([^"]*)"')
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_FIGURE = re.compile(
    rf"\d[\d,.]*\d|\d|\b(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|"
    rf"(?:{_TENS})(?:-(?:one|two|three|four|five|six|seven|eight|nine))?|hundreds?|thousands?|millions?|billions?|dozens?)\b(?!-)",
    re.IGNORECASE,
)


def naked_numerals(source: Source) -> list[Fault]:
    """Every number in prose that is no reference and no date, year or number of a document; each with its line."""
    return list(_faults(source))


def undefined_footnotes(source: Source) -> list[Fault]:
    """Every mark of a footnote that the source does not define, with its line."""
    text, lines = _prose(source)
    defined = set(_NOTE.findall(text))
    return [
        Fault(source.file, str(lines[text.count("\n", 0, match.start())]), match[0], _("a footnote that is defined"))
        for match in _NOTE_MARK.finditer(text)
        if match[1] not in defined
    ]


def _faults(source: Source) -> Iterator[Fault]:
    text, lines = _prose(source)
    cleared = _ALLOWED.sub(_blank, _NOT_PROSE.sub(_blank, text))
    for line, caption in _captions(source):
        for match in _FIGURE.finditer(_ALLOWED.sub(_blank, caption)):
            yield Fault(source.file, str(line), match[0], _expected())
    for match in _FIGURE.finditer(cleared):
        line = lines[text.count("\n", 0, match.start())]
        yield Fault(source.file, str(line), text[match.start() : match.end()], _expected())


def _expected() -> str:
    return _("a reference such as {{parties.UNTOC.@on}}: prose speaks of figures only through references")


def _captions(source: Source) -> Iterator[tuple[int, str]]:
    """The captions and notes of blocks, each with the line on which its block begins."""
    for piece in source.pieces:
        for match in _CAPTION.finditer("" if isinstance(piece, FigureReference) else piece.text):
            yield piece.line + piece.text.count("\n", 0, match.start()), match[1]


def _prose(source: Source) -> tuple[str, list[int]]:
    """The words with a mark in place of every reference, and the source's line for every line of it."""
    text = ""
    lines: list[int] = []
    for piece in source.pieces:
        if not lines:
            lines.append(piece.line)
        if isinstance(piece, Words):
            text += piece.text
            lines += range(piece.line + 1, piece.line + 1 + piece.text.count("\n"))
        else:
            text += "¤"
            lines[-1] = piece.line
            if extra := piece.text.count("\n"):
                lines[-1] = piece.line + extra
    return text, lines


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])
