"""The quotation marks around a draft and its paragraphs."""

import re
from collections.abc import Sequence

from comity.mandates.reading.export.lines import Line

LEADING = re.compile(r"^[\"“«»„‘]\s*")
FINAL = re.compile(r"(?<!\s)\s*+[\"“”»’](?P<after>[.;,]?(?: ?\d{1,3}|[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\[\d{1,3}\])?)$")
ALONE = re.compile(r"[\"”»’][.;,]?")
CLOSERS = {'"': '"', "“": "”", "«": "»", "„": "“", "‘": "’"}


def unquoted(text: str) -> str:
    return LEADING.sub("", text)


def open_mark_of(lines: Sequence[Line]) -> str:
    """The quotation mark that opens the first of some lines that has one and does not close there."""
    for line in lines:
        match = LEADING.match(line.text)
        if match is not None and not FINAL.search(line.text[match.end() :]):
            return match.group().strip()
    return ""
