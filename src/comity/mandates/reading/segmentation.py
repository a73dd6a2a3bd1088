"""Puts the lines of an export together to the parts of a resolution: masthead, title, paragraphs, annexes, closing."""

import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from comity.evidence.errors import BadInput, Fault
from comity.mandates.asking.verbs import OPERATIVE, PREAMBULAR, opening_verb
from comity.mandates.reading.body import Body
from comity.mandates.reading.dating import doubts_of_days, doubts_of_masthead_session, doubts_of_session
from comity.mandates.reading.drafts import DraftLines, cut_drafts, is_quoted_paragraph
from comity.mandates.reading.footnotes import find_notes, numbers_of_marks
from comity.mandates.reading.heads import (
    announced_until,
    is_beside,
    leads_on,
    read_masthead_line,
    says_decision,
    stated_symbol,
)
from comity.mandates.reading.languages import seems_other_language
from comity.mandates.reading.lines import (
    MONTH,
    Line,
    is_noise,
    is_page_mark,
    is_running_head,
    pages_of,
    split_lines,
    without_volume_heads,
)
from comity.mandates.reading.paragraphs import ended, join_lines
from comity.mandates.reading.parts import Part, enacts_below, parts_of
from comity.mandates.reading.segments import ANNEX, CLOSING, DECISION, FORMULA, FULL_STOP, Segments
from comity.mandates.resolution import Draft, StatedDay

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
_NUMBERED_TITLE = re.compile(
    rf"^(?:(?:(?P<organ>ECOSOC|{'|'.join(name for name, _stem in ORGAN_STEMS)}) )?"
    r"(?:[Rr]esolution|RESOLUTION|Decision) )?"
    r"(?P<number>(?:S-|ES-)?\d{1,4}/\d{1,4}(?: "
    r"?[A-Z](?: ?(?:-|–|,|and|to) ?[A-Z])*(?= ?(?:\.|$)))?"
    r"|\d{1,4} ?\((?:[IVXLC]+(?:-[A-Z]+)?|\d{4})\))(?P<stop>\.| ?(?:[:–—]|-(?= )))? ?(?P<title>.*)$"
)
_OF_A_YEAR = re.compile(r"A/(?:RES|DEC)/(?:19|20)\d\d/")
_OTHER_NUMBER = re.compile(
    r"^(?P<mark>(?:OP|Op|op|No\.|Para\.?|§) ?\d{1,3}[.:)]?|[^\s]{1,8}|[A-Z][a-z]{3,7}ly,) (?P<rest>[A-Z].*)$"
)
_LETTERS = re.compile(r" ?[A-Z](?: ?(?:-|–|,|and|to) ?[A-Z])*$")
_ANNEXED = re.compile(r"\b(?:annex(?:ed)? to|contained in the annex to|appended to) (?:the present|this) resolution\b")
_ANNEXED_DRAFT = re.compile(r"\bdrafts?\b.{0,200}\bannex|\bannex.{0,200}\bdrafts?\b", re.IGNORECASE)
_PLACE_AND_DAYS = re.compile(
    rf"^[A-Z][\w.’' -]+, (?:\d{{1,2}}(?: {MONTH})?(?: ?[-–—] ?| (?:and|to) ))?\d{{1,2}} {MONTH} \d{{4}}$"
)
_MOST_FAULTS = 5
_WRAPPED_SHARE = 0.35


def segment(text: str, file: str) -> list[Segments]:
    """What a text holds: one resolution, or one for each part of a resolution in parts.

    Raises BadInput where it is no resolution or is cut short.
    """
    lines = without_volume_heads(split_lines(text))
    if not any(line.text for line in lines):
        raise BadInput(Fault(file, "", _("nothing"), _("the text of a resolution")))
    return [_Segmentation(part, file).run() for part in parts_of(lines)]


def _plain_letters(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()


class _Segmentation:
    """One reading of one text; each step marks the lines it takes in the ledger."""

    def __init__(self, part: Part, file: str):
        self.part = part
        self.lines = [*part.head, *part.own, *part.tail]
        self.file = file
        self._places = {line.number: place for place, line in enumerate(self.lines)}
        self.out = Segments()
        self.wrapped = False
        self._number = ""
        self._organ = ""
        self._is_draft = False

    def run(self) -> Segments:
        formula = self._find_formula()
        for line in self.part.formulas:
            self.out.take(line, "formula")
        self._read_part_title(formula)
        title = self._read_title(formula)
        self._read_heading_block(formula, title)
        body = self._cut_next_resolution(self.lines[formula:])
        self._set_symbol(formula)
        self._set_noise_apart(body)
        content = [line for line in body if line.number not in self.out.ledger or line is body[0]]
        self.wrapped = _is_wrapped(content)
        self._set_notes_apart(body)
        content = [line for line in body if line.number not in self.out.ledger or line is body[0]]
        self._read_body([piece for line in content for piece in pages_of(line)])
        self._complete_masthead()
        return self.out

    # Title and masthead

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
        for index in range(formula - 1, max(-1, formula - 14), -1):
            match = _NUMBERED_TITLE.match(self.lines[index].text)
            if (
                self.lines[index].number in self.out.ledger
                or match is None
                or not _titles(match)
                or (match["stop"] != "." and leads_on(self.lines[index - 1] if index else None, self.lines[index]))
                or (is_noise(self.lines[index].text) and "/" in match["number"] and len(match["number"]) < 5)
            ):
                continue
            self._number = _number_of(match["number"])
            self._organ = {"ECOSOC": "Economic and Social Council"}.get(match["organ"] or "", match["organ"] or "")
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
        if announced or (self.out.masthead.limited and not self._number):
            self._name_draft(self.lines[announced - 1] if announced else None)
        elif self._number:
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

    def _set_symbol(self, formula: int) -> None:
        """The symbol by the title's number and the organ that speaks; the masthead's where the title has no number.

        Raises BadInput where the head names two of them. A draft has the symbol of its document and no other.
        """
        masthead = self.out.masthead
        for line in self.lines[formula:] if not masthead.symbols else ():
            if line.number not in self.out.ledger and "RES/" in line.text and self._says_more(line.text):
                masthead.symbols += [symbol for symbol in [stated_symbol(line, self._above(line))] if symbol]
                break
        if not self._number and self.part.opening is not None:
            self._number = self.part.opening.number
        self.out.symbol = masthead.limited if self._is_draft else self._own_symbol(formula)
        if self.out.part and self.out.symbol:
            self.out.symbol = f"{_LETTERS.sub('', self.out.symbol)} {self.out.part}"

    def _own_symbol(self, formula: int) -> str:
        stated = self.out.masthead.symbols
        numbered = self._symbol_of_number(formula)
        first = stated[0] if stated else numbered or self.out.masthead.limited
        named = dict.fromkeys(_LETTERS.sub("", symbol) for symbol in (*stated, numbered) if symbol)
        if len(named) > 1 and not is_beside(first):
            found = _("%(symbols)s in the head of one text") % {"symbols": ", ".join(named)}
            raise BadInput(Fault(self.file, str(self.lines[formula].number), found, _("one symbol of the resolution")))
        self._refuse_another_organ(first, formula)
        return first if is_beside(first) or not numbered else numbered

    def _symbol_of_number(self, formula: int) -> str:
        """The symbol that the number of the title makes with the organ that the head names, or else that speaks."""
        if not self._number:
            return ""
        stated = self.out.masthead.symbol
        if stated and stated.endswith(f"/{self._number}"):
            return stated
        stem = _stem_of(self._speaking())
        decides = any(says_decision(line.text) for line in self.lines[:formula])
        if decides or any(DECISION.match(line.text) for line in self.lines):
            stem = stem.replace("/RES/", "/DEC/")
        return f"{stem}{self._number}"

    def _speaking(self) -> str:
        """The organ that speaks: its name in the formula, or what the masthead has for a short one ("The Council")."""
        masthead = self.out.masthead
        return masthead.organ if len(self.out.organ) < 12 and masthead.organ else self.out.organ

    def _refuse_another_organ(self, symbol: str, formula: int) -> None:
        """Refuse a symbol of one organ, or what names one above the formula of another.

        The name stands before the number or in the masthead; and a number of a year is none of the General Assembly's.
        """
        line = self.lines[formula]
        speaking = _stem_of(self._speaking())
        of_symbol = next((stem for _name, stem in ORGAN_STEMS if symbol.startswith(stem)), "")
        named = {_stem_of(self._organ), _stem_of(self.out.masthead.organ), of_symbol} - {""}
        of_a_year = _OF_A_YEAR.match(symbol) is not None
        if speaking and (of_a_year or named - {speaking}):
            found = _("%(symbol)s above “%(formula)s”") % {"symbol": symbol, "formula": line.text[:60]}
            expected = _("a resolution of one organ: the symbol, and a formula of the organ whose symbol it is")
            raise BadInput(Fault(self.file, str(line.number), found, expected))

    # What is not text

    def _cut_next_resolution(self, body: list[Line]) -> list[Line]:
        """Sets another resolution that the file holds after this one apart, whole."""
        for index, line in enumerate(body[1:], start=1):
            match = _NUMBERED_TITLE.match(line.text)
            if (
                match is None
                or not re.match(r"[A-Z“]|$", match["title"])
                or _number_of(match["number"]) == self._number
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

    def _set_noise_apart(self, body: list[Line]) -> None:
        title = _plain_letters(self.out.title)
        symbol = self._head_symbol()
        heads: set[int] = set()
        for index, line in enumerate(body[1:], start=1):
            previous = body[index - 1]
            if is_noise(line.text) or (is_page_mark(previous) and is_running_head(line.text)):
                self.out.set_apart(line)
            elif symbol and _is_head_with_symbol(line.text, symbol, title):
                heads.add(index)
        for index in heads:
            for beside in (
                *_title_beside(body, index, 1, symbol, title),
                *_title_beside(body, index, -1, symbol, title),
            ):
                self.out.set_apart(body[beside])
            left = _plain_letters(_without_symbol(body[index].text, symbol))
            if (left and left in title) or not self._says_more(body[index].text):
                self.out.set_apart(body[index])
        for index, line in enumerate(body[1:], start=1):
            after_noise = self.out.ledger.get(body[index - 1].number) == "residue"
            is_title = _plain_letters(line.text) == title and line.text[:1].isupper() and not ended(line.text)
            if after_noise and is_title and line.number not in self.out.ledger:
                self.out.set_apart(line)

    def _head_symbol(self) -> str:
        """The symbol as running heads have it: parts share theirs."""
        return _LETTERS.sub("", self.out.symbol) if self.out.part else self.out.symbol

    def _says_more(self, text: str) -> bool:
        """Whether a line with the symbol belongs to an identification block that an export put at the end."""
        return re.search(r"Distr|General Assembly|United Nations(?! )", text) is not None

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

    # The text

    def _read_body(self, content: list[Line]) -> None:
        lines, found = cut_drafts(content)
        body = Body(self.out, self.file, lines, wrapped=self.wrapped)
        body.read()
        self.out.preambular = [
            builder.paragraph(f"{self.out.symbol}#pp{n}", n) for n, builder in enumerate(body.preambular, start=1)
        ]
        self.out.operative = [
            builder.paragraph(f"{self.out.symbol}#op{builder.printed}", builder.number) for builder in body.operative
        ]
        self._read_drafts(found)
        self._name_stray_quotations(lines, found)
        self._refuse_what_is_cut(body)

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
            preambular=tuple(one.paragraph(f"{stem}pp{n}", n) for n, one in enumerate(body.preambular, start=1)),
            operative=tuple(one.paragraph(f"{stem}op{one.printed}", one.number) for one in body.operative),
            annexes=tuple(inner.annexes),
            part=draft.part,
            part_title=draft.part_title,
        )

    def _check_draft(self, number: int, draft: DraftLines, body: Body) -> None:
        """Refuse a draft that is cut short, and say of one whose quotation mark stays open how far it was read."""
        place = {"number": number, "line": draft.line}
        last = draft.lines[-1]
        faults = body.faults[:_MOST_FAULTS]
        if not body.operative:
            expected = _("operative paragraphs of draft %(number)s, which begins in line %(line)s") % place
            faults.append(Fault(self.file, str(last.number), last.text[-80:], expected))
        elif last.number == self.lines[-1].number and not FULL_STOP.search(body.operative[-1].end_text()):
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

    def _refuse_what_is_cut(self, body: Body) -> None:
        faults = body.faults[:_MOST_FAULTS]
        last_line = self.lines[-1]
        if not body.operative:
            faults.append(self._other_numbering() or self._without_operative(last_line))
        else:
            faults.extend(self._faults_of_end(body))
        faults.extend(self._faults_of_annex(body))
        faults.extend(self._faults_of_notes(body))
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

    def _faults_of_end(self, body: Body) -> Iterator[Fault]:
        """A last paragraph that goes on: nothing follows it, or only the closing line, and it does not end."""
        last = body.operative[-1]
        text = last.end_text()
        if FULL_STOP.search(text) is not None or self._goes_on_in_a_draft(last.printed):
            return
        if (body.closed and not ended(text)) or (self.part.followed and ended(text)):
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

    def _faults_of_annex(self, body: Body) -> Iterator[Fault]:
        """A last annex that breaks off: its last block does not end, while those of its kind before it do."""
        if not self.out.annexes:
            if any(_ANNEXED.search(one.whole_text()) for one in body.operative) and not any(
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

    def _faults_of_notes(self, body: Body) -> Iterator[Fault]:
        """A list of notes that breaks off at the end of the file: the next mark stands in the text and has no note."""
        notes = self.out.notes.notes
        if not notes:
            return
        text_lines = [number for number, role in self.out.ledger.items() if role not in {"residue", "masthead"}]
        if self.out.ledger[max(text_lines)] != "footnote":
            return
        last = notes[-1]
        expected_mark = int(last.mark) + 1
        paragraphs = (builder.whole_text() for builder in (*body.preambular, *body.operative))
        if any(str(expected_mark) in text and expected_mark in numbers_of_marks(text) for text in paragraphs):
            expected = _("the footnotes after %(mark)s, whose marks stand in the text: the text is cut short")
            yield Fault(self.file, str(last.line), last.text[-80:], expected % {"mark": last.mark})

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


def _stands_above_a_title(text: str) -> bool:
    """Whether a line belongs to the head of a document and to no title: place and days, an organ, a recommendation."""
    return (
        _PLACE_AND_DAYS.match(text) is not None
        or text.endswith(":")
        or any(text == name for name, _stem in ORGAN_STEMS)
    )


def _is_wrapped(content: list[Line]) -> bool:
    """Whether paragraphs run over several lines, as in page-wise exports: then many lines break off in a sentence."""
    long = [line.text for line in content if len(line.text) >= 40]
    if len(long) < 4:
        return any(not ended(text) for text in long)
    return sum(not ended(text) for text in long) > _WRAPPED_SHARE * len(long)


def _titles(match: re.Match[str]) -> bool:
    """Whether a number stands before a title, and not in a phrase that names a resolution ("66/181 of 2011")."""
    title = match["title"]
    return match["stop"] == "." or not title or title[0].isupper() or title[0] in "“\"‘'(["


def _stem_of(organ: str) -> str:
    """What the symbols of an organ's resolutions begin with, empty for one that is not known."""
    return next((stem for name, stem in ORGAN_STEMS if organ and name.lower() in organ.lower()), "")


def _number_of(text: str) -> str:
    """A resolution's number as symbols write it: 48/75, 48/75 A, 1373(2001)."""
    number = text.replace(" ", "")
    return re.sub(r"(?<=\d)(?=[A-Z])", " ", number) if "/" in number else number


def _without_symbol(text: str, symbol: str) -> str:
    """What a running head has beside the symbol with the letters of its parts, page and job numbers."""
    letters = r"(?: ?[A-Z](?: ?(?:-|–|,|and|to) ?[A-Z])*(?![A-Za-z]))?"
    text = re.sub(re.escape(symbol) + letters, " ", text.replace(" (", "("))
    return re.sub(r"\b\d{1,3}/\d{1,3}\b|\b\d\d-\d{5}\b", "", text)


def _is_head_with_symbol(text: str, symbol: str, title: str) -> bool:
    """Whether a line is a running head: the resolution's symbol, and beside it nothing or part of its title."""
    if symbol not in text.replace(" (", "(") or len(text) > len(symbol) + len(title) + 60:
        return False
    left = _plain_letters(_without_symbol(text, symbol))
    return left in title or (len(left) < 60 and re.search(r"Distr|General Assembly|United Nations", text) is not None)


def _title_beside(body: list[Line], head: int, step: int, symbol: str, title: str) -> Iterator[int]:
    """The indexes of the lines after (or before) a running head that go on with the title in it, or give it whole."""
    read = _plain_letters(body[head].text.replace(symbol, " ")) if body[head].text != symbol else ""
    read = read if read in title else ""
    index = head + step
    while 0 < index < len(body) and read != title:
        letters = _plain_letters(body[index].text)
        longer = read + letters if step > 0 else letters + read
        begins_it = title.startswith(longer) if step > 0 else title.endswith(longer)
        ends_otherwise = step > 0 and ended(body[index].text) and title.endswith(letters)
        if not letters or ends_otherwise or not (begins_it or (read and longer in title)):
            return
        yield index
        read = longer
        index += step
