"""The text of a resolution from its enacting formula on, read in order: paragraphs, closing line, vote, annexes."""

import re

from django.utils.translation import gettext as _

from comity.mandates.reading.body.annexes import AnnexReader
from comity.mandates.reading.body.paragraph_builder import Builder
from comity.mandates.reading.body.paragraph_lines import Paragraphs, operative_number
from comity.mandates.reading.export.lines import Line
from comity.mandates.reading.head.masthead import read_masthead_line
from comity.mandates.reading.head.stated_days import stated_day
from comity.mandates.reading.line_kinds import ANNEX, CLOSING, DECISION, FORMULA, FULL_STOP, VOTE
from comity.mandates.reading.segments import Segments
from comity.mandates.vocabulary.days import DATE
from comity.mandates.vocabulary.verbs import PREAMBULAR, opening_verb


class Body:
    """The lines from the enacting formula on, each given to what it is of."""

    def __init__(self, out: Segments, file: str, lines: list[Line], *, wrapped: bool):
        self.out, self.lines, self.wrapped = out, lines, wrapped
        self.paragraphs = Paragraphs(out, file, lines, wrapped=wrapped)
        self.closed = False
        self.voted = False
        self.another = False
        self.masthead_begun = False
        self.annex: AnnexReader | None = None

    def read(self) -> None:
        """Read all lines."""
        self._read_formula()
        index = 1
        while index < len(self.lines):
            index = self._read_line(index)
        self.paragraphs.give_back_headings()
        if self.annex is not None:
            self.out.annexes.append(self.annex.finish())

    def _read_formula(self) -> None:
        line = self.lines[0]
        self.out.take(line, "formula")
        decision = DECISION.match(line.text)
        if decision is not None:
            self.out.masthead.adopted = self.out.masthead.adopted or stated_day(line, "adoption")
            self.out.meeting = decision["meeting"]
            self.paragraphs.open_operative(1, line.text, line)
            self.paragraphs.numbered = False
            return
        match = FORMULA.match(line.text)
        if match is None:
            return
        self.out.formula = match["formula"] + match["comma"]
        rest = match["rest"]
        if rest and match["comma"] and opening_verb(rest, PREAMBULAR) is not None:
            self.paragraphs.preambular.append(Builder(1, line.number, [rest], last_line=line.number))
        elif rest:
            self.paragraphs.open_operative(1, rest, line)
            self.out.notices.append(_("The operative paragraph has no number."))

    def _read_line(self, index: int) -> int:
        """Read the line at an index and give the index of the next."""
        line = self.lines[index]
        closing = CLOSING.match(line.text)
        if closing is not None and self.paragraphs.operative and self.annex is None and not self.closed:
            return self._close(index, closing)
        if self._begins_annex(line):
            self._open_annex(line)
        elif self.annex is not None:
            self._read_in_annex(line, index)
        elif self.closed:
            self._after_closing(line)
        elif self._is_of_the_vote(line) or not self.paragraphs.read(line, index):
            self.out.set_apart(line)
        return index + 1

    def _is_of_the_vote(self, line: Line) -> bool:
        """Whether a line below a paragraph's full stop says how the text was adopted, or goes on with such a line."""
        below = (
            bool(self.paragraphs.operative) and FULL_STOP.search(self.paragraphs.operative[-1].end_text()) is not None
        )
        goes_on = self.voted and operative_number(line.text) != self.paragraphs.due_number()
        self.voted = below and (goes_on or VOTE.match(line.text) is not None)
        return self.voted

    def _close(self, index: int, closing: re.Match[str]) -> int:
        line = self.lines[index]
        self.paragraphs.give_back_headings()
        self.closed = True
        self.out.meeting = self.out.meeting or re.sub(r"[,.]$", "", closing["meeting"])
        self.out.closing.append(line.text)
        self.out.take(line, "closing")
        self.out.closed_on = stated_day(line, "closing")
        following = self.lines[index + 1] if index + 1 < len(self.lines) else None
        if following is not None and DATE.fullmatch(following.text.rstrip(".")):
            self.out.closing.append(following.text)
            self.out.take(following, "closing")
            self.out.closed_on = self.out.closed_on or stated_day(following, "closing")
            return index + 2
        return index + 1

    def _after_closing(self, line: Line) -> None:
        if not self.another and read_masthead_line(line, self.out.masthead):
            self.out.keep_in_masthead(line)
            return
        formula = FORMULA.match(line.text)
        if formula is not None and formula["comma"] and not formula["rest"]:
            self.another = True
            self.out.notices.append(
                _("Another enacting formula in line %(line)s begins a resolution that was not read.")
                % {"line": line.number}
            )
        self.out.set_apart(line)

    def _begins_annex(self, line: Line) -> bool:
        match = ANNEX.match(line.text)
        if match is None or not self.paragraphs.operative:
            return False
        if self.closed or self.annex is not None:
            return self.annex is None or line.after_blank or self.annex.may_end()
        return FULL_STOP.search(self.paragraphs.operative[-1].end_text()) is not None

    def _open_annex(self, line: Line) -> None:
        if self.annex is not None:
            self.out.annexes.append(self.annex.finish())
        self.paragraphs.give_back_headings()
        self.closed = True
        match = ANNEX.match(line.text)
        number = match["number"] or "" if match else ""
        title = match["title"] or "" if match else ""
        self.annex = AnnexReader(number, title, line.number, self.lines, wrapped=self.wrapped)
        self.out.take(line, "annex")

    def _read_in_annex(self, line: Line, index: int) -> None:
        if self.annex is None:
            return
        only_masthead_left = (
            re.search(r"/RES/|Distr\.|genda item \d|^United Nations", line.text) is not None and len(line.text) < 160
        )
        if (only_masthead_left or (self.masthead_begun and DATE.match(line.text))) and read_masthead_line(
            line, self.out.masthead
        ):
            self.out.keep_in_masthead(line)
            self.masthead_begun = True
            return
        self.annex.read(index)
        self.out.take(line, "annex")
