"""Markup that a converter left in a text: HTML tags and entities, Markdown’s signs, raised marks."""

import html
import re
from collections.abc import Callable

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# Tags that converters leave; “<DU1>” or “<5 per cent” is none.
_TAGS = (
    "a abbr article b big blockquote body br center cite dd div dl dt em font footer h1 h2 h3 h4 h5 h6 head header hr "
    "html i img li link main meta o:p ol p section small span strong style sub sup table tbody td tfoot th thead tr u "
    "ul"
)
# “<p class=x>”, “</b>”, “<br/>”.
_TAG = re.compile(rf"</?(?:{'|'.join(_TAGS.split())})(?:\s[^<>]*|/)?>|<!DOCTYPE[^<>]*>", re.IGNORECASE)
# “one<br>two” are two words.
_BREAK = re.compile(r"</?(?:br|td|th)\b[^<>]*>", re.IGNORECASE)
# “thereto,<sup><a href=x>[2]</a></sup>”: the mark of a note.
_RAISED_TAG = re.compile(
    r"(?<!\s)\s*+<sup\b[^<>]*+>\s*+(?:<a\b[^<>]*+>\s*+)?\[?(?P<mark>\d{1,3})\]?\s*+(?:</a>\s*+)?</sup>", re.IGNORECASE
)
# “&nbsp;”, “&#8217;”, “&#x2019;”.
_ENTITY = re.compile(r"&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|[A-Za-z]{2,10}\d?);")
# “*Recalling* its resolution”, “1. **Requests** the Office”: how Markdown sets opening verbs.
_EMPHASIZED = re.compile(
    r"^[^\S\n]*+(?:#{1,6}\s+|\d{1,3}\\?[.)]\s+)?(?P<sign>\*{1,3}|__?)(?=[A-Z\d])[^*_\n]+(?P=sign)(?!\w)", re.MULTILINE
)
# Paragraphs set so show that stars are Markdown's; one or two may have stars for notes.
_FEWEST_EMPHASIZED = 3
# “# Resolution”, “## Annex”.
_HEADED = re.compile(r"^#{1,6} \S", re.MULTILINE)
# “[resolution 67/189](https://…)”; “[^1]” is a note's mark.
_LINK = re.compile(r"(?<!!)\[(?P<text>[^\[\]\^]+)\]\((?:https?:|/|#)[^()\s]*\)")
# “| 1. | Requests the Office |”.
_ROW = re.compile(r"^\s*\|(?P<cells>.*)\|\s*$")
# “> Recalling”, “- (a) To assist”, “1\\. Requests”, “**Requests**”, “__Requests__”; “*1234567*” is a job number.
_MARKDOWN = (
    (_LINK, r"\g<text>"),
    (_ROW, lambda match: match["cells"].replace("|", " ").strip("-: ")),
    (re.compile(r"^\s*(?:#{1,6}|>|[-+*](?=\s+\((?:[a-z]{1,3}|\d{1,2})\)))\s+"), ""),
    (re.compile(r"\\(?=[^\w\s])"), ""),
    (re.compile(r"(?<![\d*])\*{1,3}+(?=\S)(?!\d{7}\*)|(?<=[^\s*])(?<!\d{7})\*{1,3}+"), ""),
    (re.compile(r"(?<![\w/])__?(?=\w)|(?<=[\w,.;])__?(?![\w/])"), ""),
)
# “thereto,[^2]”, “[^2]: See”, “thereto,^2^”.
_MARKDOWN_MARK = re.compile(r"(?<!\s)\s*+\[\^(?P<mark>\d{1,3})\](?::(?=\s))?|(?<=\S)\^(?P<raised>\d{1,3})\^")


def markup_remover(text: str) -> Callable[[str], str]:
    """What makes a line free of the markup that a text's converter left: HTML tags and entities, Markdown's signs.

    Marks of footnotes that the markup raises stay raised. Markdown's signs are taken out only where paragraphs are
    emphasized as Markdown does it, since a star is the mark of a note elsewhere.
    """
    tagged = _TAG.search(text) is not None
    entities = _ENTITY.search(text) is not None
    marked = "[^" in text or re.search(r"\^\d{1,3}\^", text) is not None
    emphasized = len(_EMPHASIZED.findall(text)) if "*" in text or "_" in text else 0
    markdown = emphasized >= _FEWEST_EMPHASIZED or (emphasized > 0 and _HEADED.search(text) is not None)

    def without_markup(line: str) -> str:
        if tagged and "<" in line:
            line = _BREAK.sub(" ", line)
            line = _TAG.sub("", _RAISED_TAG.sub(lambda match: match["mark"].translate(_RAISED), line))
        if entities and "&" in line:
            line = html.unescape(line)
        if marked and "^" in line:
            line = _MARKDOWN_MARK.sub(lambda match: (match["mark"] or match["raised"]).translate(_RAISED), line)
        if markdown:
            for sign, plain in _MARKDOWN:
                line = sign.sub(plain, line)
        return line

    return without_markup
