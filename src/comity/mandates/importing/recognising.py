"""What a file seems to be: a register, the text of a resolution, a draft, or a resolution that is not read."""

import re

from django.utils.translation import gettext as _

from comity.evidence.errors import BadInput, Fault
from comity.evidence.files.texts import encoding_of, lines_of, start_of
from comity.mandates.formats.treaty_text import recognise_treaty
from comity.mandates.reading.export.lines import split_lines
from comity.mandates.reading.export.other_languages import seems_other_language
from comity.mandates.reading.head.masthead import is_beside, is_limited, says_draft
from comity.mandates.reading.line_kinds import FORMULA
from comity.mandates.resolution import Resolution

# The line of an organ alone: “The General Assembly,”, “The Commission on Narcotic Drugs,”.
_ENACTS = re.compile(
    r"^[^\S\n]*+The (?:(?:General Assembly|Security Council|Economic and Social Council),?"
    r"|(?:Human Rights Council|(?:Commission|Conference)\b[^,;.:\n]{0,140}),)[^\S\n]*+$",
    re.M,
)
# “Resolution adopted by the General Assembly”, “67/189. Strengthening the programme”.
_HEADED = re.compile(r"^[^\w\n]*+Resolution adopted by the |^[^\w\n]*+\d{1,3}/\d{1,4}\.\s+\S", re.M)
# The first operative paragraph, as texts number it: “1. Requests …”, “(1) Requests …”, “OP1: Requests …”.
_NUMBERED = re.compile(r"^[^\S\n]*+(?:(?:1|I)[.)]|\(1\)|OP ?1\b[.:)]?)\s+\S", re.M)
_LOOKED_AT = 65_536
"""Bytes from which a file that no importer knows is guessed: a head, an enacting formula and some paragraphs."""
_REGISTER_KEYS = re.compile(r"^(symbol|operative):", re.M)


def _glance(data: bytes) -> str:
    """A file's text for recognising it, in whatever encoding it seems to be in, by its lines; never raises."""
    return "\n".join(lines_of(data.decode(encoding_of(data), "replace").removeprefix("\ufeff")))


def is_register(data: bytes) -> bool:
    """Whether a text has the keys symbol and operative at the beginning of lines."""
    return {match[1] for match in _REGISTER_KEYS.finditer(_glance(data))} == {"symbol", "operative"}


def is_treaty(data: bytes) -> bool:
    """Whether a text has a known treaty's title for a heading, and headings of articles."""
    return recognise_treaty(_glance(data)) is not None


def is_resolution(data: bytes) -> bool:
    """Whether a text has a masthead or an enacting formula, and with it numbered paragraphs or the other."""
    text = _glance(data)
    if _REGISTER_KEYS.search(text) or recognise_treaty(text):
        return False
    marks = [bool(pattern.search(text)) for pattern in (_ENACTS, _HEADED, _NUMBERED)]
    return (marks[0] or marks[1]) and sum(marks) >= 2


def seems_to_be(_name: str, data: bytes) -> tuple[str, str] | None:
    """What a text seems to be that no importer knows: a draft, or a resolution in a language that is not read."""
    return _seems_draft(data) or seems_other_language(start_of(data, _LOOKED_AT))


def _seems_draft(data: bytes) -> tuple[str, str] | None:
    """What a draft is, by its symbol or by a line that says so above an enacting formula, and what to give instead."""
    texts = [line.text for line in split_lines(start_of(data, _LOOKED_AT))]
    enacts = (index for index, text in enumerate(texts) if (match := FORMULA.match(text)) and match["comma"])
    head = texts[: next(enacts, 0)]
    said = next((text for text in head if is_limited(text)), "") or next((t for t in head if says_draft(t)), "")
    if not said:
        return None
    expected = _(
        "the text as it was adopted, with the symbol of the resolution, as “A/RES/67/189”: a draft asks nothing until "
        "it is adopted; `comity resolution read` reads one without storing it"
    )
    return _("a draft (%(said)s)") % {"said": said}, expected


def refuse_what_is_not_adopted(reading: Resolution, data: bytes, file: str) -> None:
    """Raises BadInput for a draft, a decision, a corrigendum, and a text whose symbol is not known, by what it is."""
    symbol = reading.symbol
    expected = _("the symbol of the resolution, as “A/RES/67/189” or as the number before its title")
    if not symbol or is_limited(symbol):
        what, expected = _seems_draft(data) or (symbol or reading.title, expected)
    elif "/DEC/" in symbol:
        what = _("a decision (%(symbol)s)") % {"symbol": symbol}
        expected = _("a resolution: decisions are not stored; `comity resolution read` reads one without storing it")
    elif is_beside(symbol):
        what = _("a corrigendum or addendum (%(symbol)s)") % {"symbol": symbol}
        expected = _("the whole text as it stands with it, under the symbol of the resolution itself")
    elif "/RES/" in symbol:
        return
    else:
        what = symbol
        expected = _(
            "the symbol of the resolution on a line of its own: what those of its organ begin with is not known"
        )
    raise BadInput(Fault(file, "", what, expected))
