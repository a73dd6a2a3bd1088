"""The quotation marks around a draft and its paragraphs."""

import re
from collections.abc import Sequence

from comity.mandates.reading.export.lines import Line

# ““The General Assembly,”, “«The General Assembly,”.
LEADING = re.compile(r"^[\"“«»„‘]\s*")
# “… of the Convention.”” , “… of the Convention”.12”: the mark goes, the stop and the note stay.
FINAL = re.compile(r"(?<!\s)\s*+[\"“”»’](?P<after>[.;,]?(?: ?\d{1,3}|[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\[\d{1,3}\])?)$")
# “”.” on a line of its own.
ALONE = re.compile(r"[\"”»’][.;,]?")
# By what each mark closes, as editors of several countries set them.
CLOSERS = {'"': '"', "“": "”", "«": "»", "„": "“", "‘": "’"}


def unquoted(text: str) -> str:
    """A line without the quotation mark that opens it."""
    return LEADING.sub("", text)


def open_mark_of(lines: Sequence[Line]) -> str:
    """The quotation mark that opens the first of some lines that has one and does not close there."""
    for line in lines:
        match = LEADING.match(line.text)
        if match is not None and not FINAL.search(line.text[match.end() :]):
            return match.group().strip()
    return ""
