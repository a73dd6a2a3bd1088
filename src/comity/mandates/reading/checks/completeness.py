"""Whether a text is whole: paragraphs to their full stop, the last annex and the notes to their end."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from comity.evidence.errors import BadInput, Fault
from comity.mandates.reading.body.body import Body
from comity.mandates.reading.export.ends import ended
from comity.mandates.reading.export.lines import Line
from comity.mandates.reading.line_kinds import FULL_STOP
from comity.mandates.reading.segments import Segments
from comity.mandates.reading.told_apart.footnotes import numbers_of_marks
from comity.mandates.reading.told_apart.lettered_parts import Part
from comity.mandates.vocabulary.verbs import OPERATIVE, opening_verb

# “OP 3. Requests”, “§ 3 Requests”, “No. 3 Requests”: a mark by which no resolution numbers its paragraphs.
_OTHER_NUMBER = re.compile(
    r"^(?P<mark>(?:OP|Op|op|No\.|Para\.?|§) ?\d{1,3}[.:)]?|[^\s]{1,8}|[A-Z][a-z]{3,7}ly,) (?P<rest>[A-Z].*)$"
)
# “adopts the plan annexed to the present resolution”.
_ANNEXED = re.compile(r"\b(?:annex(?:ed)? to|contained in the annex to|appended to) (?:the present|this) resolution\b")
# Whoever mends these reads the text anew: further ones mostly follow from them.
MOST_FAULTS = 5


class Completeness:
    """The checks of one text that was read: `body` is its own text without the drafts in it."""

    def __init__(self, out: Segments, file: str, part: Part, lines: list[Line], body: Body):
        self.out, self.file, self.part, self.lines, self.body = out, file, part, lines, body

    def refuse_what_is_cut(self) -> None:
        """Raises BadInput where a text breaks off, and for paragraphs whose numbers do not go on."""
        faults = self.body.paragraphs.faults[:MOST_FAULTS]
        last_line = self.lines[-1]
        if not self.body.paragraphs.operative:
            faults.append(self._other_numbering() or self._without_operative(last_line))
        else:
            faults.extend(self._faults_of_end())
        faults.extend(self._faults_of_annex())
        faults.extend(self._faults_of_notes())
        if faults:
            raise BadInput(faults)

    def _without_operative(self, last_line: Line) -> Fault:
        expected = _("operative paragraphs before the end of the text")
        return Fault(self.file, str(last_line.number), last_line.text[-80:], expected)

    def _other_numbering(self) -> Fault | None:
        """The first line that opens as an operative paragraph after a mark that no resolution numbers them by."""
        for line in self.lines:
            match = _OTHER_NUMBER.match(line.text)
            if match is not None and opening_verb(match["rest"], OPERATIVE) is not None:
                expected = _("operative paragraphs numbered “1.”, “2.” and so on, and not as “%(mark)s”")
                return Fault(self.file, str(line.number), line.text[:80], expected % {"mark": match["mark"]})
        return None

    def _faults_of_end(self) -> Iterator[Fault]:
        """A last paragraph that goes on: nothing follows it, or only the closing line, and it does not end."""
        last = self.body.paragraphs.operative[-1]
        text = last.end_text()
        if FULL_STOP.search(text) is not None or self._goes_on_in_a_draft(last.printed):
            return
        if (self.body.closed and not ended(text)) or (self.part.followed and ended(text)):
            self.out.notices.append(_("The last operative paragraph does not end with a full stop."))
            return
        expected = _(
            "the end of paragraph %(number)s with a full stop, or the paragraphs after it: the text is cut short"
        )
        yield Fault(self.file, str(last.last_line), text[-80:], expected % {"number": last.number})

    def _goes_on_in_a_draft(self, number: str) -> bool:
        return any(
            draft.paragraph == f"{self.out.symbol}#op{number}" and not draft.annexed for draft in self.out.drafts
        )

    def _faults_of_annex(self) -> Iterator[Fault]:
        """A last annex that breaks off: its last block does not end, while those of its kind before it do."""
        if not self.out.annexes:
            if any(_ANNEXED.search(one.whole_text()) for one in self.body.paragraphs.operative) and not any(
                draft.annexed for draft in self.out.drafts
            ):
                self.out.notices.append(_("The text speaks of an annex to the resolution that the file does not hold."))
            return
        annex = self.out.annexes[-1]
        last_line = max(number for number, role in self.out.ledger.items() if role not in {"residue", "masthead"})
        if self.out.ledger[last_line] != "annex":
            return
        found = next(line.text for line in self.lines if line.number == last_line)[-80:]
        expected = _("the last annex to its end: the text is cut short")
        if not annex.blocks:
            yield Fault(self.file, str(last_line), found, expected)
            return
        last = annex.blocks[-1]
        like = [block for block in annex.blocks[:-1] if block.kind == last.kind]
        unlike_the_others = sum(ended(block.text) for block in like) * 2 > len(like)
        breaks_off = last.kind != "heading" and not ended(last.text) and (unlike_the_others or not like)
        announces = last.text.endswith((":", ",")) or (last.kind == "heading" and last.mark != "")
        if breaks_off or announces:
            yield Fault(self.file, str(last_line), found, expected)
        elif last.kind == "heading":
            self.out.notices.append(_("The last annex ends in a line that does not end: it may be cut short."))

    def _faults_of_notes(self) -> Iterator[Fault]:
        """A list of notes that breaks off at the end of the file: the next mark stands in the text and has no note."""
        notes = self.out.notes.notes
        if not notes:
            return
        text_lines = [number for number, role in self.out.ledger.items() if role not in {"residue", "masthead"}]
        if self.out.ledger[max(text_lines)] != "footnote":
            return
        last = notes[-1]
        expected_mark = int(last.mark) + 1
        paragraphs = (
            builder.whole_text() for builder in (*self.body.paragraphs.preambular, *self.body.paragraphs.operative)
        )
        if any(str(expected_mark) in text and expected_mark in numbers_of_marks(text) for text in paragraphs):
            expected = _("the footnotes after %(mark)s, whose marks stand in the text: the text is cut short")
            yield Fault(self.file, str(last.line), last.text[-80:], expected % {"mark": last.mark})
