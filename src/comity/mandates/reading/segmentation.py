"""Puts the lines of an export together to the parts of a resolution: masthead, title, paragraphs, annexes, closing."""

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from comity.evidence.errors import BadInput, Fault
from comity.mandates.reading.body.body import Body
from comity.mandates.reading.checks.completeness import MOST_FAULTS, Completeness
from comity.mandates.reading.checks.days import doubts_of_days, doubts_of_masthead_session, doubts_of_session
from comity.mandates.reading.export.ends import ended
from comity.mandates.reading.export.lines import Line, pages_of, split_lines
from comity.mandates.reading.export.page_noise import without_volume_heads
from comity.mandates.reading.head.head import Head
from comity.mandates.reading.head.symbols import NUMBERED_TITLE, number_of
from comity.mandates.reading.line_kinds import ANNEX, CLOSING, FORMULA, FULL_STOP
from comity.mandates.reading.segments import Segments
from comity.mandates.reading.told_apart.footnotes import find_notes
from comity.mandates.reading.told_apart.lettered_parts import Part, enacts_below, parts_of
from comity.mandates.reading.told_apart.quoted_drafts import DraftLines, cut_drafts, is_quoted_paragraph
from comity.mandates.reading.told_apart.running_heads import set_page_noise_apart
from comity.mandates.resolution import Draft, StatedDay

# “recommends the draft resolution contained in the annex”.
_ANNEXED_DRAFT = re.compile(r"\bdrafts?\b.{0,200}\bannex|\bannex.{0,200}\bdrafts?\b", re.IGNORECASE)
# Of the longer lines so many break off in a sentence where an export keeps the lines of the page.
_WRAPPED_SHARE = 0.35


def segment(text: str, file: str) -> list[Segments]:
    """What a text holds: one resolution, or one for each part of a resolution in parts.

    Raises BadInput where it is no resolution or is cut short.
    """
    lines = without_volume_heads(split_lines(text))
    if not any(line.text for line in lines):
        raise BadInput(Fault(file, "", _("nothing"), _("the text of a resolution")))
    return [_Segmentation(part, file).run() for part in parts_of(lines)]


class _Segmentation:
    """One reading of one text; each step marks the lines it takes in the ledger."""

    def __init__(self, part: Part, file: str):
        self.part = part
        self.lines = [*part.head, *part.own, *part.tail]
        self.file = file
        self.out = Segments()
        self.wrapped = False

    def run(self) -> Segments:
        head = Head(self.out, self.file, self.part, self.lines)
        formula = head.read()
        body = self._cut_next_resolution(self.lines[formula:], head.number)
        head.set_symbol(formula)
        set_page_noise_apart(self.out, body)
        self.wrapped = _is_wrapped(self._unread(body))
        self._set_notes_apart(body)
        self._read_body([piece for line in self._unread(body) for piece in pages_of(line)])
        self._complete_masthead()
        return self.out

    def _unread(self, body: list[Line]) -> list[Line]:
        """The formula, and the lines below it that nothing has taken yet."""
        return [line for line in body if line.number not in self.out.ledger or line is body[0]]

    def _cut_next_resolution(self, body: list[Line], own: str) -> list[Line]:
        """Sets another resolution that the file holds after this one apart, whole."""
        for index, line in enumerate(body[1:], start=1):
            match = NUMBERED_TITLE.match(line.text)
            if (
                match is None
                or not re.match(r"[A-Z“]|$", match["title"])
                or number_of(match["number"]) == own
                or not ("/" in match["number"] or "(" in match["number"])
            ):
                continue
            if not enacts_below(body[index + 1 : index + 6]):
                continue
            for other in body[index:]:
                self.out.set_apart(other)
            self.out.notices.append(
                _("The file holds another resolution, %(number)s, from line %(line)s on; it is set apart.")
                % {"number": match["number"], "line": line.number}
            )
            return body[:index]
        return body

    def _set_notes_apart(self, body: list[Line]) -> None:
        closing = next((i for i, line in enumerate(body) if CLOSING.match(line.text)), len(body))
        structure = {i for i, line in enumerate(body) if CLOSING.match(line.text) or ANNEX.match(line.text)}
        inside = {line.number for line in body}
        before = [
            line
            for line in self.lines
            if line.number < body[0].number and line.number not in inside and line.number not in self.out.ledger
        ]
        open_lines = before + body
        shift = len(before)
        self.out.notes = find_notes(open_lines, closing + shift, self.wrapped, {i + shift for i in structure})
        for line in open_lines:
            role = self.out.notes.roles.get(line.number)
            if role:
                self.out.ledger.setdefault(line.number, role)
        self.out.notes.notes = [note for note in self.out.notes.notes if self.part.has_note(note)]
        for line in before:
            self.out.set_apart(line)

    def _read_body(self, content: list[Line]) -> None:
        lines, found = cut_drafts(content)
        body = Body(self.out, self.file, lines, wrapped=self.wrapped)
        body.read()
        self.out.preambular = [
            builder.paragraph(f"{self.out.symbol}#pp{n}", n)
            for n, builder in enumerate(body.paragraphs.preambular, start=1)
        ]
        self.out.operative = [
            builder.paragraph(f"{self.out.symbol}#op{builder.printed}", builder.number)
            for builder in body.paragraphs.operative
        ]
        self._read_drafts(found)
        self._name_stray_quotations(lines, found)
        Completeness(self.out, self.file, self.part, self.lines, body).refuse_what_is_cut()

    def _read_drafts(self, found: Iterable[DraftLines], within: Draft | None = None) -> None:
        """Drafts in the order in which they begin, each before those within it."""
        for lines in found:
            draft = self._read_draft(len(self.out.drafts) + 1, lines, within)
            self.out.drafts.append(draft)
            self._read_drafts(lines.drafts, draft)

    def _name_stray_quotations(self, lines: Iterable[Line], found: list[DraftLines]) -> None:
        """Name lines that begin as the quoted paragraphs of a draft do, and stand in none."""
        for line in lines:
            if found and line.number > found[0].line and is_quoted_paragraph(line.text):
                self.out.notices.append(
                    _("Line %(line)s begins as a quoted paragraph of a draft, and was read as the resolution's own.")
                    % {"line": line.number}
                )

    def _read_draft(self, number: int, draft: DraftLines, within: Draft | None) -> Draft:
        """A draft by the same rules as a resolution, with paragraphs that are named apart from the resolution's."""
        inner = Segments(ledger=dict(self.out.ledger))
        body = Body(inner, self.file, list(draft.lines), wrapped=self.wrapped)
        body.read()
        for line in draft.taken:
            if inner.ledger.get(line.number) in {"residue", "masthead", "closing"}:
                self.out.set_apart(line)
            self.out.take(line, "draft")
        formula = FORMULA.match(draft.lines[0].text)
        annexed = draft.annexed and any(annex.number == draft.annex for annex in self.out.annexes)
        self._check_draft(number, draft, body)
        stem = f"{self.out.symbol}#draft{number}."
        return Draft(
            number=number,
            label=draft.label,
            title=draft.title,
            organ=formula["organ"] if formula else "",
            enacting_formula=inner.formula,
            line=draft.line,
            paragraph=self._recommending(draft, within, annexed=annexed),
            annexed=annexed,
            annex=draft.annex if annexed else "",
            preambular=tuple(
                one.paragraph(f"{stem}pp{n}", n) for n, one in enumerate(body.paragraphs.preambular, start=1)
            ),
            operative=tuple(one.paragraph(f"{stem}op{one.printed}", one.number) for one in body.paragraphs.operative),
            annexes=tuple(inner.annexes),
            part=draft.part,
            part_title=draft.part_title,
        )

    def _check_draft(self, number: int, draft: DraftLines, body: Body) -> None:
        """Refuse a draft that is cut short, and say of one whose quotation mark stays open how far it was read."""
        place = {"number": number, "line": draft.line}
        last = draft.lines[-1]
        faults = body.paragraphs.faults[:MOST_FAULTS]
        if not body.paragraphs.operative:
            expected = _("operative paragraphs of draft %(number)s, which begins in line %(line)s") % place
            faults.append(Fault(self.file, str(last.number), last.text[-80:], expected))
        elif last.number == self.lines[-1].number and not FULL_STOP.search(body.paragraphs.operative[-1].end_text()):
            expected = _("the end of draft %(number)s, which begins in line %(line)s: the text is cut short") % place
            faults.append(Fault(self.file, str(last.number), last.text[-80:], expected))
        if faults:
            raise BadInput(faults)
        if not draft.closed:
            place["last"] = last.number
            self.out.notices.append(
                _(
                    "The quotation mark of draft %(number)s in line %(line)s is not closed; "
                    "the draft was read up to line %(last)s."
                )
                % place
            )

    def _recommending(self, draft: DraftLines, within: Draft | None, *, annexed: bool) -> str:
        """The id of the operative paragraph that recommends a draft: the one above it, or that speaks of the annex.

        It is the resolution's, or that of the draft which the draft stands in.
        """
        operative = list(within.operative) if within is not None else self.out.operative
        if annexed:
            speaking = [one.id for one in operative if _ANNEXED_DRAFT.search(one.text)]
            return speaking[0] if speaking else ""
        above = [one.id for one in operative if one.line <= draft.line] or [one.id for one in operative[:1]]
        return above[-1] if above else ""

    def _complete_masthead(self) -> None:
        masthead = self.out.masthead
        self.out.adopted = self._day_of_adoption()
        if masthead.session is None and self.out.symbol.startswith(("A/RES/", "A/DEC/")):
            first = self.out.symbol.split("/")[2]
            masthead.session = int(first) if first.isdigit() else None
        self._check_days()
        self.out.residue.sort(key=lambda item: item.line)
        self.out.masthead_lines.sort(key=lambda item: item.line)

    def _day_of_adoption(self) -> StatedDay | None:
        """The day that the masthead states, which speaks of adoption; the closing line's where the masthead has none.

        Of a part it is the day of its own closing line: parts are adopted on days of their own, of which the masthead
        has one.
        """
        stated, closing = self.out.masthead.adopted, self.out.closed_on
        return closing if self.out.part and self._closes_itself() else stated or closing

    def _closes_itself(self) -> bool:
        """Whether the closing line that states a day stands in the part and not in one after it."""
        closing = self.out.closed_on
        return closing is not None and any(line.number == closing.line for line in self.part.own)

    def _check_days(self) -> None:
        masthead, closing, adopted = self.out.masthead, self.out.closed_on, self.out.adopted
        self.out.days = [stated for stated in (masthead.adopted, masthead.distributed, closing) if stated is not None]
        self.out.doubts = doubts_of_days(self.out.days, adopted, self.file)
        unfit = doubts_of_masthead_session(self.out.symbol, masthead, self.file)
        self.out.doubts += unfit
        said = (self.out.meeting, *(line.text for line in self.out.masthead_lines))
        if not any("resumed" in text.lower() for text in said):
            session = None if unfit else masthead.session
            self.out.doubts += doubts_of_session(self.out.symbol, session, adopted, self.file)
        if self.out.part and closing and adopted and closing.day and adopted.day and closing.day != adopted.day:
            # The closing line is that of a later part, which met on another day.
            self.out.meeting, self.out.closing = "", []


def _is_wrapped(content: list[Line]) -> bool:
    """Whether paragraphs run over several lines, as in page-wise exports: then many lines break off in a sentence."""
    # “Chapter II” and other headings break off anywhere: lines of text alone show how they end.
    long = [line.text for line in content if len(line.text) >= 40]
    if len(long) < 4:
        return any(not ended(text) for text in long)
    return sum(not ended(text) for text in long) > _WRAPPED_SHARE * len(long)
