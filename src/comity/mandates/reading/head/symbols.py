"""The number of a resolution, the organ that it is of, and the symbol that both make."""

import re

from django.utils.translation import gettext as _

from comity.evidence.errors import BadInput, Fault
from comity.mandates.reading.export.lines import Line
from comity.mandates.reading.head.masthead import is_beside, says_decision
from comity.mandates.reading.line_kinds import DECISION
from comity.mandates.reading.segments import Segments

# “The General Assembly,” makes “67/189” “A/RES/67/189”; longer names before those that they hold.
ORGAN_STEMS = (
    ("Security Council", "S/RES/"),
    ("Economic and Social Council", "E/RES/"),
    ("Human Rights Council", "A/HRC/RES/"),
    ("Commission on Crime Prevention and Criminal Justice", "E/CN.15/RES/"),
    ("Commission on Narcotic Drugs", "E/CN.7/RES/"),
    ("Conference of the States Parties to the United Nations Convention against Corruption", "CAC/COSP/RES/"),
    (
        "Conference of the Parties to the United Nations Convention against Transnational Organized Crime",
        "CTOC/COP/RES/",
    ),
    ("General Assembly", "A/RES/"),
)
# “67/189. Strengthening”, “Resolution 1373 (2001)”, “ECOSOC Resolution 2012/12”, “48/75 A to C: …”.
NUMBERED_TITLE = re.compile(
    rf"^(?:(?:(?P<organ>ECOSOC|{'|'.join(name for name, _stem in ORGAN_STEMS)}) )?"
    r"(?:[Rr]esolution|RESOLUTION|Decision) )?"
    r"(?P<number>(?:S-|ES-)?\d{1,4}/\d{1,4}(?: "
    r"?[A-Z](?: ?(?:-|–|,|and|to) ?[A-Z])*(?= ?(?:\.|$)))?"
    r"|\d{1,4} ?\((?:[IVXLC]+(?:-[A-Z]+)?|\d{4})\))(?P<stop>\.| ?(?:[:–—]|-(?= )))? ?(?P<title>.*)$"
)
# “A/RES/2012/12”: only the Council numbers by years.
_OF_A_YEAR = re.compile(r"A/(?:RES|DEC)/(?:19|20)\d\d/")
# “48/75 A”, “48/75 A–C”, “48/75 A and B”.
LETTERS = re.compile(r" ?[A-Z](?: ?(?:-|–|,|and|to) ?[A-Z])*$")


def heads_a_title(match: re.Match[str]) -> bool:
    """Whether a number stands before a title, and not in a phrase that names a resolution ("66/181 of 2011")."""
    title = match["title"]
    return match["stop"] == "." or not title or title[0].isupper() or title[0] in "“\"‘'(["


def stem_of(organ: str) -> str:
    """What the symbols of an organ's resolutions begin with, empty for one that is not known."""
    return next((stem for name, stem in ORGAN_STEMS if organ and name.lower() in organ.lower()), "")


def number_of(text: str) -> str:
    """A resolution's number as symbols write it: 48/75, 48/75 A, 1373(2001)."""
    number = text.replace(" ", "")
    return re.sub(r"(?<=\d)(?=[A-Z])", " ", number) if "/" in number else number


class OwnSymbol:
    """The symbol of a text, by the number and organ of its title, its masthead, and the organ that speaks in it."""

    def __init__(self, out: Segments, file: str, lines: list[Line], number: str, organ: str):
        self.out, self.file, self.lines = out, file, lines
        self.number, self.organ = number, organ

    def read(self, formula: int) -> str:
        """The symbol that the head gives; raises BadInput where it names two, or one of another organ."""
        stated = self.out.masthead.symbols
        numbered = self._symbol_of_number(formula)
        first = stated[0] if stated else numbered or self.out.masthead.limited
        named = dict.fromkeys(LETTERS.sub("", symbol) for symbol in (*stated, numbered) if symbol)
        if len(named) > 1 and not is_beside(first):
            found = _("%(symbols)s in the head of one text") % {"symbols": ", ".join(named)}
            raise BadInput(Fault(self.file, str(self.lines[formula].number), found, _("one symbol of the resolution")))
        self._refuse_another_organ(first, formula)
        return first if is_beside(first) or not numbered else numbered

    def _symbol_of_number(self, formula: int) -> str:
        """The symbol that the number of the title makes with the organ that the head names, or else that speaks."""
        if not self.number:
            return ""
        stated = self.out.masthead.symbol
        if stated and stated.endswith(f"/{self.number}"):
            return stated
        stem = stem_of(self._speaking())
        decides = any(says_decision(line.text) for line in self.lines[:formula])
        if decides or any(DECISION.match(line.text) for line in self.lines):
            stem = stem.replace("/RES/", "/DEC/")
        return f"{stem}{self.number}"

    def _speaking(self) -> str:
        """The organ that speaks: its name in the formula, or what the masthead has for a short one ("The Council")."""
        masthead = self.out.masthead
        # “The Council,”: a name of one word, for which the masthead has the whole.
        return masthead.organ if len(self.out.organ) < 12 and masthead.organ else self.out.organ

    def _refuse_another_organ(self, symbol: str, formula: int) -> None:
        """Refuse a symbol of one organ, or what names one above the formula of another.

        The name stands before the number or in the masthead; and a number of a year is none of the General Assembly's.
        """
        line = self.lines[formula]
        speaking = stem_of(self._speaking())
        of_symbol = next((stem for _name, stem in ORGAN_STEMS if symbol.startswith(stem)), "")
        named = {stem_of(self.organ), stem_of(self.out.masthead.organ), of_symbol} - {""}
        of_a_year = _OF_A_YEAR.match(symbol) is not None
        if speaking and (of_a_year or named - {speaking}):
            found = _("%(symbol)s above “%(formula)s”") % {"symbol": symbol, "formula": line.text[:60]}
            expected = _("a resolution of one organ: the symbol, and a formula of the organ whose symbol it is")
            raise BadInput(Fault(self.file, str(line.number), found, expected))
