"""What stands above the enacting formula: the masthead, the title, and what says that a text is a draft."""

import re

from django.utils.translation import gettext as _

from comity.evidence.errors import BadInput, Fault
from comity.mandates.reading.export.joined_lines import join_lines
from comity.mandates.reading.export.lines import Line
from comity.mandates.reading.export.other_languages import seems_other_language
from comity.mandates.reading.export.page_noise import is_noise
from comity.mandates.reading.head.masthead import (
    announced_until,
    is_of_a_late_block,
    leads_on,
    read_masthead_line,
    stated_symbol,
)
from comity.mandates.reading.head.symbols import (
    LETTERS,
    NUMBERED_TITLE,
    ORGAN_STEMS,
    OwnSymbol,
    heads_a_title,
    number_of,
)
from comity.mandates.reading.line_kinds import CLOSING, DECISION, FORMULA
from comity.mandates.reading.segments import Segments
from comity.mandates.reading.told_apart.lettered_parts import Part
from comity.mandates.vocabulary.days import MONTH
from comity.mandates.vocabulary.verbs import OPERATIVE, PREAMBULAR, opening_verb

# “Vienna, 22–26 April 2013”, “New York, 30 May to 2 June 2013”.
_PLACE_AND_DAYS = re.compile(
    rf"^[A-Z][\w.’' -]+, (?:\d{{1,2}}(?: {MONTH})?(?: ?[-–—] ?| (?:and|to) ))?\d{{1,2}} {MONTH} \d{{4}}$"
)


class Head:
    """The head of a text while its lines are taken: `number` and `organ` are those that stand before its title."""

    def __init__(self, out: Segments, file: str, part: Part, lines: list[Line]):
        self.out, self.file, self.part, self.lines = out, file, part, lines
        self._places = {line.number: place for place, line in enumerate(lines)}
        self._is_draft = False
        self.number = ""
        self.organ = ""

    def read(self) -> int:
        """Take the lines of the head; gives the index of the enacting formula. Raises BadInput where there is none."""
        formula = self._find_formula()
        for line in self.part.formulas:
            self.out.take(line, "formula")
        self._read_part_title(formula)
        title = self._read_title(formula)
        self._read_heading_block(formula, title)
        return formula

    def _find_formula(self) -> int:
        for index, line in enumerate(self.lines):
            match = FORMULA.match(line.text)
            if match is not None and self._opens(match, index):
                self.out.organ = match["organ"]
                return index
            decision = DECISION.match(line.text)
            if decision is not None:
                self.out.organ = decision["organ"]
                return index
        first = next(line for line in self.lines if line.text)
        expected = _("a resolution, with a line that enacts it, as “The General Assembly,”")
        what, expected = seems_other_language("\n".join(line.text for line in self.lines)) or (first.text, expected)
        raise BadInput(Fault(self.file, str(first.number), what, expected))

    def _opens(self, match: re.Match[str], index: int) -> bool:
        """Whether a line that names an organ enacts: a comma, or paragraphs or an operative verb after it."""
        rest = match["rest"] or ""
        if rest:
            begins = opening_verb(rest, PREAMBULAR if match["comma"] else OPERATIVE) or opening_verb(rest, OPERATIVE)
            # “The General Assembly, recalling …” goes on in small letters; a longer name may be the subject of a
            # sentence.
            return begins is not None and (rest[0].isupper() or not match["comma"] or len(match["organ"]) < 30)
        if match["comma"]:
            return True
        following = [line.text for line in self.lines[index + 1 : index + 3]]
        return any(opening_verb(text, PREAMBULAR) and text[0].isupper() for text in following)

    def _read_part_title(self, formula: int) -> None:
        """The letter of a part and its own title, which stand below the title that the parts share."""
        opening = self.part.opening
        if opening is None:
            return
        self.out.part = opening.part
        first, *below = self.lines[len(self.part.head) : formula]
        self.out.take(first, "title")
        title = [opening.title]
        for line in below:
            if is_noise(line.text) or self._is_masthead(line):
                continue
            title.append(line.text if line.text != opening.part else "")
            self.out.take(line, "title")
        self.out.part_title = join_lines([words for words in title if words])

    def _read_title(self, formula: int) -> int:
        """The index of the line where the title begins, or of the formula where there is no title."""
        # A title of five lines, with the agenda item and the page's noise between, stands within so many above its
        # formula.
        for index in range(formula - 1, max(-1, formula - 14), -1):
            match = NUMBERED_TITLE.match(self.lines[index].text)
            if (
                self.lines[index].number in self.out.ledger
                or match is None
                or not heads_a_title(match)
                or (match["stop"] != "." and leads_on(self.lines[index - 1] if index else None, self.lines[index]))
                or (is_noise(self.lines[index].text) and "/" in match["number"] and len(match["number"]) < 5)
            ):
                continue
            self.number = number_of(match["number"])
            self.organ = {"ECOSOC": "Economic and Social Council"}.get(match["organ"] or "", match["organ"] or "")
            parts = [match["title"]]
            for line in self.lines[index + 1 : formula]:
                role = "title"
                if is_noise(line.text) or self._is_masthead(line):
                    continue
                parts.append(line.text)
                self.out.take(line, role)
            self.out.take(self.lines[index], "title")
            self.out.title = join_lines([part for part in parts if part])
            return index
        opening = self.part.opening
        if opening is not None and opening.number:
            self.out.title, self.out.part_title = self.out.part_title, ""
            return len(self.part.head)
        return formula

    def _is_masthead(self, line: Line) -> bool:
        if line.number in self.out.ledger:
            return True
        if not read_masthead_line(line, self.out.masthead, self._above(line)):
            return False
        self.out.keep_in_masthead(line)
        return True

    def _above(self, line: Line) -> Line | None:
        """The line right above another in the file, None above the first."""
        place = self._places[line.number]
        return self.lines[place - 1] if place else None

    def _read_heading_block(self, formula: int, title: int) -> None:
        """Everything before the title; where the title has no number, it is the last text before the formula."""
        in_brackets = False
        after_agenda = False
        unknown: list[Line] = []
        announced = announced_until(self.lines[:formula]) if title == formula else 0
        for index, line in enumerate(self.lines[:formula]):
            if line.number in self.out.ledger:
                continue
            after_agenda = after_agenda and index != announced
            opens_bracket = line.text.startswith("[") and not is_noise(line.text)
            if in_brackets or opens_bracket:
                self._read_report(line.text)
                self.out.keep_in_masthead(line)
                in_brackets = "]" not in line.text
                continue
            star = re.match(r"^\*{1,3} ?[A-Z]", line.text)
            if star is not None:
                continue
            if is_noise(line.text):
                self.out.set_apart(line)
            elif self._is_masthead(line):
                after_agenda = "genda item" in line.text
            elif after_agenda or index < announced:
                self.out.keep_in_masthead(line)
            else:
                unknown.append(line)
        if title == formula and unknown:
            taken = self._title_without_number(unknown, formula)
            unknown = [line for line in unknown if line not in taken]
        if announced or (self.out.masthead.limited and not self.number):
            self._name_draft(self.lines[announced - 1] if announced else None)
        elif self.number:
            self._find_numbered_draft(formula)
        for line in unknown:
            if self.out.masthead.limited:
                self.out.keep_in_masthead(line)
            else:
                self.out.set_apart(line)

    def _find_numbered_draft(self, formula: int) -> None:
        """A draft with the number that it is to have: said so in the head above its formula, or by its symbol alone."""
        closed = [index for index, line in enumerate(self.lines[:formula]) if CLOSING.match(line.text)]
        head = self.lines[closed[-1] + 1 if closed else 0 : formula]
        announced = announced_until(head)
        masthead = self.out.masthead
        if announced or (masthead.limited and not masthead.symbols and masthead.adopted is None):
            self._name_draft(head[announced - 1] if announced else None)

    def _name_draft(self, line: Line | None) -> None:
        """Say that the text is a draft, by a line or by its symbol: what it asks is asked when an organ adopts it."""
        self._is_draft = True
        if line is None:
            notice = _("The text is a draft by its symbol, %(symbol)s; it asks nothing until it is adopted.")
            self.out.notices.append(notice % {"symbol": self.out.masthead.limited})
            return
        notice = _("The text is a draft by line %(line)s (“%(found)s”); it asks nothing until it is adopted.")
        self.out.notices.append(notice % {"line": line.number, "found": line.text[-80:]})

    def _title_without_number(self, unknown: list[Line], formula: int) -> list[Line]:
        head = self.part.head
        number = head[-1].number + 1 if head else self.lines[formula].number
        taken: list[Line] = []
        for line in reversed(unknown):
            if len(taken) == 4 or number - line.number > 8 or _stands_above_a_title(line.text):
                break
            taken.insert(0, line)
            number = line.number
        for line in taken:
            self.out.take(line, "title")
        self.out.title = join_lines([line.text for line in taken])
        return taken

    def _read_report(self, text: str) -> None:
        match = re.search(r"\((?P<report>[A-Z]+/[^,)\]]+)", text)
        if match is not None and not self.out.masthead.report:
            self.out.masthead.report = match["report"].strip()

    def set_symbol(self, formula: int) -> None:
        """The symbol by the title's number and the organ that speaks; the masthead's where the title has no number.

        Raises BadInput where the head names two of them. A draft has the symbol of its document and no other.
        """
        masthead = self.out.masthead
        for line in self.lines[formula:] if not masthead.symbols else ():
            if line.number not in self.out.ledger and "RES/" in line.text and is_of_a_late_block(line.text):
                masthead.symbols += [symbol for symbol in [stated_symbol(line, self._above(line))] if symbol]
                break
        if not self.number and self.part.opening is not None:
            self.number = self.part.opening.number
        self.out.symbol = (
            masthead.limited
            if self._is_draft
            else OwnSymbol(self.out, self.file, self.lines, self.number, self.organ).read(formula)
        )
        if self.out.part and self.out.symbol:
            self.out.symbol = f"{LETTERS.sub('', self.out.symbol)} {self.out.part}"


def _stands_above_a_title(text: str) -> bool:
    """Whether a line belongs to the head of a document and to no title: place and days, an organ, a recommendation."""
    return (
        _PLACE_AND_DAYS.match(text) is not None
        or text.endswith(":")
        or any(text == name for name, _stem in ORGAN_STEMS)
    )
