"""Puts the lines of an export together to the parts of a resolution: masthead, title, paragraphs, annexes, closing."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from comity.evidence.errors import BadInput, Fault
from comity.mandates.annexes import AnnexReader
from comity.mandates.footnotes import NoteLines, find_notes, numbers_of_marks
from comity.mandates.lines import (
    DATE,
    Line,
    Masthead,
    is_noise,
    is_page_mark,
    is_running_head,
    parse_date,
    read_masthead_line,
    split_lines,
)
from comity.mandates.paragraphs import POINT, Builder, ended
from comity.mandates.resolution import Annex, Paragraph, Residue
from comity.mandates.verbs import OPERATIVE, PREAMBULAR, opening_verb

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

_FORMULA = re.compile(
    r"^(?P<formula>(?:The|THE) (?P<organ>General Assembly|Security Council|(?:Economic "
    r"and Social|Human Rights|Trusteeship) Council"
    r"|(?:Commission|Conference|Congress|Committee|Council|Assembly|Board)\b[^,;.:]{0,140}|[A-Z ]{4,60}))"
    r"(?P<comma>,?)(?P<mark>\d{1,2})?(?: (?P<rest>.+))?$"
)
_NUMBERED_TITLE = re.compile(
    r"^(?:Resolution |RESOLUTION |Decision )?(?P<number>(?:S-|ES-)?\d{1,4}/\d{1,4}(?: "
    r"?[A-Z](?= ?(?:\.|$)))?|\d{1,4} ?\((?:[IVXLC]+(?:-[A-Z]+)?|\d{4})\))\.? ?(?P<title>.*)$"
)
_DECISION = re.compile(
    r"^At its (?P<meeting>\d+\w{2} (?:\([a-z]+\) )?(?:plenary )?meeting), on "
    r"(?P<day>\d{1,2} \w+ \d{4}), the (?P<organ>General Assembly|Economic and Social Council"
    r"|Council|Assembly)\b"
)
_CLOSING = re.compile(
    r"^(?P<meeting>\d{1,5}(?:st|nd|rd|th) (?:\([a-z]+\) )?(?:plenary |closed |\(closed\) "
    r")?meeting)[,.]?(?: (?P<day>\d{1,2} \w+ \d{4}))?\.?$",
    re.IGNORECASE,
)
_ANNEX = re.compile(
    r"^(?P<word>Annex|ANNEX|Appendix|APPENDIX|Enclosure)(?: (?P<number>[IVX]{1,5}"
    r"|\d{1,2}|[A-Z]))?(?:[.:]? ?\*?| ?[-–—:.] ?(?P<title>[A-Z“].*))$"
)
_NUMBER = re.compile(r"^(?P<number>\d{1,3}) ?(?P<stop>[.)])? ?(?P<rest>.*)$")
_PART = re.compile(r"^(?:Part |PART )?(?P<part>[B-Z]|II|III|IV)\.?$")
_ANNEXED = re.compile(r"\b(?:annex(?:ed)? to|contained in the annex to|appended to) (?:the present|this) resolution\b")
_FULL_STOP = re.compile(r"[.?!][”\"’')\]]*(?: ?\d{1,3}/?(?:, ?\d{1,3}/?)*| ?[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\[\d{1,3}\])?\*?$")
_MOST_FAULTS = 5
_MOST_NUMBERED = 1000
_WRAPPED_SHARE = 0.35


@dataclass
class Segments:
    """The parts of a resolution, with texts as they stand: marks of footnotes are still glued to their words."""

    symbol: str = ""
    title: str = ""
    formula: str = ""
    organ: str = ""
    meeting: str = ""
    masthead: Masthead = field(default_factory=Masthead)
    masthead_lines: list[Residue] = field(default_factory=list)
    preambular: list[Paragraph] = field(default_factory=list)
    operative: list[Paragraph] = field(default_factory=list)
    annexes: list[Annex] = field(default_factory=list)
    notes: NoteLines = field(default_factory=NoteLines)
    closing: list[str] = field(default_factory=list)
    residue: list[Residue] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    ledger: dict[int, str] = field(default_factory=dict)


def segment(text: str, file: str) -> Segments:
    """The parts that a text has; raises BadInput where it is no resolution or is cut short."""
    lines = split_lines(text)
    if not any(line.text for line in lines):
        raise BadInput(Fault(file, "", _("nothing"), _("the text of a resolution")))
    return _Segmentation(lines, file).run()


def _plain_letters(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()


class _Segmentation:
    """One reading of one text; each step marks the lines it takes in the ledger."""

    def __init__(self, lines: list[Line], file: str):
        self.lines = lines
        self.file = file
        self.out = Segments()
        self.wrapped = False

    def run(self) -> Segments:
        formula = self._find_formula()
        title = self._read_title(formula)
        self._read_heading_block(formula, title)
        body = self._cut_next_part(self._cut_next_resolution(self.lines[formula:]))
        self._set_symbol()
        self._set_noise_apart(body)
        content = [line for line in body if line.number not in self.out.ledger or line is body[0]]
        self.wrapped = _is_wrapped(content)
        self._set_notes_apart(body)
        self._read_body([line for line in body if line.number not in self.out.ledger or line is body[0]])
        self._complete_masthead()
        return self.out

    def _take(self, line: Line, role: str) -> None:
        self.out.ledger.setdefault(line.number, role)

    def _set_apart(self, line: Line) -> None:
        if line.number not in self.out.ledger:
            self.out.ledger[line.number] = "residue"
            self.out.residue.append(Residue(line.number, line.raw.strip()))

    # Title and masthead

    def _find_formula(self) -> int:
        for index, line in enumerate(self.lines):
            match = _FORMULA.match(line.text)
            if match is not None and self._opens(match, index):
                self.out.organ = match["organ"]
                return index
            decision = _DECISION.match(line.text)
            if decision is not None:
                self.out.organ = decision["organ"]
                return index
        first = next(line for line in self.lines if line.text)
        raise BadInput(
            Fault(
                self.file,
                str(first.number),
                first.text,
                _("a resolution, with a line that enacts it, as “The General Assembly,”"),
            )
        )

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

    def _read_title(self, formula: int) -> int:
        """The index of the line where the title begins, or of the formula where there is no title."""
        for index in range(formula - 1, max(-1, formula - 14), -1):
            match = _NUMBERED_TITLE.match(self.lines[index].text)
            if match is None or (
                is_noise(self.lines[index].text) and "/" in match["number"] and len(match["number"]) < 5
            ):
                continue
            self._number = match["number"].replace(" (", "(").replace(" ", "")
            parts = [match["title"]]
            for line in self.lines[index + 1 : formula]:
                role = "title"
                if is_noise(line.text) or self._is_masthead(line):
                    continue
                parts.append(line.text)
                self._take(line, role)
            self._take(self.lines[index], "title")
            self.out.title = " ".join(part for part in parts if part).strip()
            return index
        self._number = ""
        return formula

    def _is_masthead(self, line: Line) -> bool:
        if line.number in self.out.ledger:
            return True
        if not read_masthead_line(line.text, self.out.masthead):
            return False
        self._keep_in_masthead(line)
        return True

    def _keep_in_masthead(self, line: Line) -> None:
        if line.number not in self.out.ledger:
            self.out.ledger[line.number] = "masthead"
            self.out.masthead_lines.append(Residue(line.number, line.raw.strip()))

    def _read_heading_block(self, formula: int, title: int) -> None:
        """Everything before the title; where the title has no number, it is the last text before the formula."""
        in_brackets = False
        after_agenda = False
        unknown: list[Line] = []
        for line in self.lines[:formula]:
            if line.number in self.out.ledger:
                continue
            opens_bracket = line.text.startswith("[") and not is_noise(line.text)
            if in_brackets or opens_bracket:
                self._read_report(line.text)
                self._keep_in_masthead(line)
                in_brackets = "]" not in line.text
                continue
            star = re.match(r"^\*{1,3} ?[A-Z]", line.text)
            if star is not None:
                continue
            if is_noise(line.text):
                self._set_apart(line)
            elif self._is_masthead(line):
                after_agenda = "genda item" in line.text
            elif after_agenda:
                self._keep_in_masthead(line)
            else:
                unknown.append(line)
        if title == formula and unknown:
            taken = self._title_without_number(unknown, formula)
            unknown = [line for line in unknown if line not in taken]
        for line in unknown:
            self._set_apart(line)

    def _title_without_number(self, unknown: list[Line], formula: int) -> list[Line]:
        number = self.lines[formula].number
        taken: list[Line] = []
        for line in reversed(unknown):
            if len(taken) == 4 or number - line.number > 8:
                break
            taken.insert(0, line)
            number = line.number
        for line in taken:
            self._take(line, "title")
        self.out.title = " ".join(line.text for line in taken)
        return taken

    def _read_report(self, text: str) -> None:
        match = re.search(r"\((?P<report>[A-Z]+/[^,)\]]+)", text)
        if match is not None and not self.out.masthead.report:
            self.out.masthead.report = match["report"].strip()

    def _set_symbol(self) -> None:
        """The symbol by the title's number and the organ that speaks; the masthead's where the title has no number."""
        masthead = self.out.masthead
        for line in self.lines:
            if (
                line.number not in self.out.ledger
                and "RES/" in line.text
                and self._says_more(line.text)
                and len(line.text) < 200
            ):
                probe = Masthead()
                read_masthead_line(line.text, probe)
                masthead.symbol = masthead.symbol or probe.symbol
        if self._number:
            organ = masthead.organ if len(self.out.organ) < 12 and masthead.organ else self.out.organ
            stem = next((stem for name, stem in ORGAN_STEMS if name.lower() in organ.lower()), "")
            self.out.symbol = f"{stem}{self._number}"
            if _DECISION.match(self.lines[0].text) or any(_DECISION.match(line.text) for line in self.lines):
                self.out.symbol = self.out.symbol.replace("/RES/", "/DEC/")
        else:
            self.out.symbol = masthead.symbol

    # What is not text

    def _cut_next_resolution(self, body: list[Line]) -> list[Line]:
        """Sets another resolution that the file holds after this one apart, whole."""
        for index, line in enumerate(body[1:], start=1):
            match = _NUMBERED_TITLE.match(line.text)
            if (
                match is None
                or not re.match(r"[A-Z“]|$", match["title"])
                or match["number"].replace(" ", "") == self._number
                or not ("/" in match["number"] or "(" in match["number"])
            ):
                continue
            if not _enacts_below(body[index + 1 : index + 6]):
                continue
            for other in body[index:]:
                self._set_apart(other)
            self.out.notices.append(
                _("The file holds another resolution, %(number)s, from line %(line)s on; it is set apart.")
                % {"number": match["number"], "line": line.number}
            )
            return body[:index]
        return body

    def _cut_next_part(self, body: list[Line]) -> list[Line]:
        """Sets the parts after the first of a resolution in parts A, B … apart: each has paragraphs from 1 on."""
        for index, line in enumerate(body[1:], start=1):
            if _CLOSING.match(line.text):
                return body
            part = _PART.match(line.text)
            if part is None or not _enacts_below(body[index + 1 : index + 8]):
                continue
            closing = [i for i, other in enumerate(body) if _CLOSING.match(other.text)]
            after = closing[-1] if closing else len(body)
            for other in body[index:after]:
                self._set_apart(other)
            self.out.notices.append(
                _("The resolution has parts; from part %(part)s in line %(line)s on it is set apart, not read.")
                % {"part": part["part"], "line": line.number}
            )
            return body[:index] + body[after:]
        return body

    def _set_noise_apart(self, body: list[Line]) -> None:
        title = _plain_letters(self.out.title)
        symbol = self.out.symbol
        heads: set[int] = set()
        for index, line in enumerate(body[1:], start=1):
            previous = body[index - 1]
            if is_noise(line.text) or (is_page_mark(previous) and is_running_head(line.text)):
                self._set_apart(line)
            elif symbol and _is_head_with_symbol(line.text, symbol, title):
                heads.add(index)
        for index in heads:
            for beside in (
                *_title_beside(body, index, 1, symbol, title),
                *_title_beside(body, index, -1, symbol, title),
            ):
                self._set_apart(body[beside])
            left = _plain_letters(_without_symbol(body[index].text, symbol))
            if (left and left in title) or not self._says_more(body[index].text):
                self._set_apart(body[index])
        for index, line in enumerate(body[1:], start=1):
            after_noise = self.out.ledger.get(body[index - 1].number) == "residue"
            is_title = _plain_letters(line.text) == title and line.text[0].isupper() and not ended(line.text)
            if after_noise and is_title and line.number not in self.out.ledger:
                self._set_apart(line)

    def _says_more(self, text: str) -> bool:
        """Whether a line with the symbol belongs to an identification block that an export put at the end."""
        return re.search(r"Distr|General Assembly|United Nations(?! )", text) is not None

    def _set_notes_apart(self, body: list[Line]) -> None:
        closing = next((i for i, line in enumerate(body) if _CLOSING.match(line.text)), len(body))
        structure = {i for i, line in enumerate(body) if _CLOSING.match(line.text) or _ANNEX.match(line.text)}
        before = [line for line in self.lines if line.number < body[0].number and line.number not in self.out.ledger]
        open_lines = before + body
        shift = len(before)
        self.out.notes = find_notes(open_lines, closing + shift, self.wrapped, {i + shift for i in structure})
        for line in open_lines:
            role = self.out.notes.roles.get(line.number)
            if role:
                self.out.ledger.setdefault(line.number, role)
        for line in before:
            self._set_apart(line)

    # The text

    def _read_body(self, lines: list[Line]) -> None:
        body = _Body(self, lines)
        body.read()
        self.out.preambular = [
            builder.paragraph(f"{self.out.symbol}#pp{n}", n) for n, builder in enumerate(body.preambular, start=1)
        ]
        self.out.operative = [
            builder.paragraph(f"{self.out.symbol}#op{builder.number}", builder.number) for builder in body.operative
        ]
        self._refuse_what_is_cut(body)

    def _refuse_what_is_cut(self, body: "_Body") -> None:
        faults = body.faults[:_MOST_FAULTS]
        last_line = self.lines[-1]
        if not body.operative:
            faults.append(
                Fault(
                    self.file,
                    str(last_line.number),
                    last_line.text[-80:],
                    _("operative paragraphs before the end of the text"),
                )
            )
        else:
            faults.extend(self._faults_of_end(body))
        faults.extend(self._faults_of_annex(body))
        faults.extend(self._faults_of_notes(body))
        if faults:
            raise BadInput(faults)

    def _faults_of_end(self, body: "_Body") -> Iterator[Fault]:
        """A last paragraph that goes on: nothing follows it, or only the closing line, and it does not end."""
        last = body.operative[-1]
        text = last.end_text()
        if _FULL_STOP.search(text) is not None:
            return
        if body.closed and not ended(text):
            self.out.notices.append(_("The last operative paragraph does not end with a full stop."))
            return
        expected = _(
            "the end of paragraph %(number)s with a full stop, or the paragraphs after it: the text is cut short"
        )
        yield Fault(self.file, str(last.last_line), text[-80:], expected % {"number": last.number})

    def _faults_of_annex(self, body: "_Body") -> Iterator[Fault]:
        """A last annex that breaks off: its last block does not end, while those of its kind before it do."""
        if not self.out.annexes:
            if any(_ANNEXED.search(builder.whole_text()) for builder in body.operative):
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

    def _faults_of_notes(self, body: "_Body") -> Iterator[Fault]:
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
        for text in self.out.closing:
            masthead.adopted = masthead.adopted or parse_date(text)
        if masthead.session is None and self.out.symbol.startswith(("A/RES/", "A/DEC/")):
            first = self.out.symbol.split("/")[2]
            masthead.session = int(first) if first.isdigit() else None
        self.out.residue.sort(key=lambda item: item.line)
        self.out.masthead_lines.sort(key=lambda item: item.line)


def _is_wrapped(content: list[Line]) -> bool:
    """Whether paragraphs run over several lines, as in page-wise exports: then many lines break off in a sentence."""
    long = [line.text for line in content if len(line.text) >= 40]
    if len(long) < 4:
        return any(not ended(text) for text in long)
    return sum(not ended(text) for text in long) > _WRAPPED_SHARE * len(long)


def _enacts_below(following: list[Line]) -> bool:
    """Whether an enacting formula stands below a title, with nothing but more of the title between."""
    for line in following:
        formula = _FORMULA.match(line.text)
        if formula is not None:
            return not formula["rest"]
        if len(line.text) > 300 or _NUMBER.match(line.text):
            return False
    return False


def _without_symbol(text: str, symbol: str) -> str:
    """What a running head has beside the symbol, page and job numbers."""
    return re.sub(r"\b\d{1,3}/\d{1,3}\b|\b\d\d-\d{5}\b", "", text.replace(" (", "(").replace(symbol, " "))


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


class _Body:
    """The lines from the enacting formula on, read in order; knows what is open and what must come next."""

    def __init__(self, segmentation: _Segmentation, lines: list[Line]):
        self.segmentation = segmentation
        self.out = segmentation.out
        self.wrapped = segmentation.wrapped
        self.lines = lines
        self.width = _width_of(lines)
        self.usual_indent = _usual_indent(lines)
        self.preambular: list[Builder] = []
        self.operative: list[Builder] = []
        self.faults: list[Fault] = []
        self.headings: list[str] = []
        self.closed = False
        self.annex: AnnexReader | None = None
        self.numbers = [(index, number) for index, line in enumerate(lines) if (number := _operative_number(line.text))]
        opening = [lines[index].after_blank for index, _number in self.numbers]
        self.parted = self.wrapped and sum(opening) * 10 > len(opening) * 9
        self.numbered = any(number == 1 for _index, number in self.numbers)

    def read(self) -> None:
        self._read_formula()
        index = 1
        while index < len(self.lines):
            index = self._read_line(index)
        if self.annex is not None:
            self.out.annexes.append(self.annex.finish())

    def _read_formula(self) -> None:
        line = self.lines[0]
        self.segmentation._take(line, "formula")
        decision = _DECISION.match(line.text)
        if decision is not None:
            self.out.masthead.adopted = self.out.masthead.adopted or parse_date(decision["day"])
            self.out.meeting = decision["meeting"]
            self._open_operative(1, line.text, line)
            self.numbered = False
            return
        match = _FORMULA.match(line.text)
        if match is None:
            return
        self.out.formula = match["formula"] + match["comma"]
        rest = match["rest"]
        if rest and match["comma"] and opening_verb(rest, PREAMBULAR) is not None:
            self.preambular.append(Builder(1, line.number, [rest], last_line=line.number))
        elif rest:
            self._open_operative(1, rest, line)
            self.out.notices.append(_("The operative paragraph has no number."))

    @property
    def current(self) -> Builder | None:
        if self.operative:
            return self.operative[-1]
        return self.preambular[-1] if self.preambular else None

    def _previous_ended(self) -> bool:
        current = self.current
        return current is None or bool(self.headings) or ended(current.end_text())

    def _read_line(self, index: int) -> int:
        """Read the line at an index and give the index of the next."""
        line = self.lines[index]
        closing = _CLOSING.match(line.text)
        if closing is not None and self.operative and self.annex is None and not self.closed:
            return self._close(index, closing)
        if self._begins_annex(line):
            self._open_annex(line)
        elif self.annex is not None:
            self._read_in_annex(line, index)
        elif self.closed:
            self._after_closing(line)
        elif not self._read_paragraph_line(line, index):
            self._set_apart_or_continue(line)
        return index + 1

    def _close(self, index: int, closing: re.Match[str]) -> int:
        line = self.lines[index]
        self.closed = True
        self.out.meeting = self.out.meeting or re.sub(r"[,.]$", "", closing["meeting"])
        self.out.closing.append(line.text)
        self.segmentation._take(line, "closing")
        following = self.lines[index + 1] if index + 1 < len(self.lines) else None
        if following is not None and DATE.fullmatch(following.text.rstrip(".")):
            self.out.closing.append(following.text)
            self.segmentation._take(following, "closing")
            return index + 2
        return index + 1

    def _after_closing(self, line: Line) -> None:
        if read_masthead_line(line.text, self.out.masthead):
            self.segmentation._keep_in_masthead(line)
        else:
            self.segmentation._set_apart(line)

    # Paragraphs

    def _read_paragraph_line(self, line: Line, index: int) -> bool:
        """Whether a line begins or goes on with something of the text itself, and was taken."""
        return (
            self._read_number(line)
            or self._read_point(line)
            or self._read_heading(line, index)
            or self._read_unnumbered(line, index)
        )

    def _due_number(self) -> int:
        return self.operative[-1].number + 1 if self.operative else 1

    def _read_number(self, line: Line) -> bool:
        match = _NUMBER.match(line.text)
        if match is None:
            return False
        number, rest = int(match["number"]), match["rest"]
        verb = opening_verb(rest, OPERATIVE) if rest[:1].isupper() else None
        if match["stop"] is None and (verb is None or not self._previous_ended()):
            return False
        if rest and not (rest[0].isupper() or rest[0] in '“"('):
            return False
        fits = verb is not None or not self.wrapped or self._previous_ended()
        if number == self._due_number() and fits:
            self._open_operative(number, rest, line)
            return True
        if verb is not None and match["stop"] and self._previous_ended() and number != self._due_number():
            self._fault_of_number(number, rest, line)
            self._open_operative(number, rest, line)
            return True
        return False

    def _fault_of_number(self, number: int, rest: str, line: Line) -> None:
        self.faults.append(
            Fault(
                self.segmentation.file,
                str(line.number),
                f"{number}. {rest[:60]}",
                _("operative paragraph %(number)s: the paragraphs before are not complete")
                % {"number": self._due_number()},
            )
        )

    def _open_operative(self, number: int, text: str, line: Line) -> None:
        self.operative.append(
            Builder(number, line.number, [text] if text else [], "\n".join(self.headings), last_line=line.number)
        )
        self.headings = []
        self.segmentation._take(line, "operative")

    def _read_point(self, line: Line) -> bool:
        match = POINT.match(line.text)
        current = self.current
        if match is None or current is None:
            return False
        if self.wrapped and not (self._previous_ended() or re.search(r"\b(?:and|or)$|^$", current.end_text())):
            return False
        begins_a_list = match["mark"].strip("()") in {"a", "i", "A", "1"} or not match["mark"].strip("()").isalnum()
        if self.wrapped and not current.points and not begins_a_list and not self._previous_ended():
            return False
        if current.tail and not current.takes_back_tail(match["mark"]):
            return False
        current.open_point(match["mark"], match["rest"] or "", line.number)
        self.segmentation._take(line, self._role())
        return True

    def _role(self) -> str:
        return "operative" if self.operative else "preambular"

    def _read_heading(self, line: Line, index: int) -> bool:
        """A heading: lines without a stop, between a paragraph that has ended and the next number."""
        current = self.current
        if self.headings and not ended(line.text) and self._number_follows(index):
            continues = (
                self._fills_a_line(self.lines[index - 1], line)
                or re.search(r"\b(?:the|of|and|for|on|in|to|a|with|or|by|from)$", self.headings[-1]) is not None
                or line.text[0].islower()
                or line.text[0] in "("
                or re.fullmatch(r"[IVX]{1,6}\.?|[A-Z]\.", self.headings[-1]) is not None
            )
            if continues:
                self.headings[-1] = f"{self.headings[-1]} {line.text}"
            else:
                self.headings.append(line.text)
            self.segmentation._take(line, "heading")
            return True
        if current is None or not ended(current.end_text()) or not _looks_like_heading(line.text):
            return False
        if not self._number_follows(index):
            return False
        if not self.operative and _opens_preambular(line.text):
            return False
        self.headings.append(line.text)
        self.segmentation._take(line, "heading")
        return True

    def _fills_a_line(self, line: Line, following: Line) -> bool:
        """Whether a wrapped line has no room for the first word of the next, which therefore goes on with it."""
        room = self.width - len(line.text)
        return self.wrapped and not following.after_blank and room <= len(following.text.split()[0])

    def _number_follows(self, index: int) -> bool:
        """Whether only lines that may be headings stand between a line and the next operative number."""
        for line in self.lines[index + 1 : index + 9]:
            match = _NUMBER.match(line.text)
            if (
                match is not None
                and int(match["number"]) == self._due_number()
                and (match["stop"] or opening_verb(match["rest"], OPERATIVE))
            ):
                return True
            if ended(line.text) or len(line.text) > 250:
                return False
        return False

    def _read_unnumbered(self, line: Line, index: int) -> bool:
        """A preambular paragraph, an operative one without number, a paragraph's tail, or a line that goes on."""
        current = self.current
        capital = line.text[0].isupper() or line.text[0] in '“"'
        ended_before = self._previous_ended()
        if capital and ended_before and self._opens_unnumbered_operative(line, index):
            self._open_operative(self._due_number(), line.text, line)
            self.out.notices.append(
                _("The operative paragraph in line %(line)s has no number.") % {"line": line.number}
            )
            return True
        if not self.operative:
            return self._read_preambular(line, current, capital, ended_before)
        if current is None:
            return False
        starts_tail = (
            current.points
            and not current.tail
            and ended(current.end_text())
            and (not self.wrapped or current.end_text().endswith((";", ".")))
            and (line.after_blank or not self.parted)
        )
        if starts_tail:
            current.tail.append(line.text)
            current.last_line = line.number
        else:
            current.add(line.text, line.number)
        self.segmentation._take(line, "operative")
        return True

    def _opens_unnumbered_operative(self, line: Line, index: int) -> bool:
        if opening_verb(line.text, OPERATIVE) is None or (
            self.current is not None and self.current.path and not self.current.end_text().endswith((";", "."))
        ):
            return False
        if not self.numbered:
            return True
        return self._is_followed_by_number_after_next(index)

    def _is_followed_by_number_after_next(self, index: int) -> bool:
        """Whether the next numbered paragraph leaves a gap that a paragraph without number fills."""
        following = bisect_right(self.numbers, (index, _MOST_NUMBERED))
        return following < len(self.numbers) and self.numbers[following][1] == self._due_number() + 1

    def _is_parted(self, line: Line, current: Builder) -> bool:
        """Whether a blank line parts a line from the paragraph before, not only the end of a page."""
        if not line.after_blank:
            return False
        ledger = self.segmentation.out.ledger
        crosses_a_page = any(
            ledger.get(n) in {"residue", "footnote"} for n in range(current.last_line + 1, line.number)
        )
        return not crosses_a_page or _indent(line.raw) > self.usual_indent

    def _read_preambular(self, line: Line, current: Builder | None, capital: bool, ended_before: bool) -> bool:
        goes_on_after_colon = self.wrapped and not line.after_blank and current is not None and current.ends_in_colon()
        opener = capital and not goes_on_after_colon and _opens_preambular(line.text)
        begins = (
            current is None
            or (ended_before and opener)
            or (capital and ended_before and (not self.wrapped or self._is_parted(line, current)))
        )
        if not begins and opener and not self.wrapped and current is not None and not current.path:
            begins = True
        if begins:
            self.preambular.append(
                Builder(
                    len(self.preambular) + 1, line.number, [line.text], "\n".join(self.headings), last_line=line.number
                )
            )
            self.headings = []
        elif current is not None:
            current.add(line.text, line.number)
        self.segmentation._take(line, "preambular")
        return True

    def _set_apart_or_continue(self, line: Line) -> None:
        self.segmentation._set_apart(line)

    # Annexes

    def _begins_annex(self, line: Line) -> bool:
        match = _ANNEX.match(line.text)
        if match is None or not self.operative:
            return False
        if self.closed or self.annex is not None:
            return self.annex is None or line.after_blank or self.annex.may_end()
        return _FULL_STOP.search(self.operative[-1].end_text()) is not None

    def _open_annex(self, line: Line) -> None:
        if self.annex is not None:
            self.out.annexes.append(self.annex.finish())
        self.closed = True
        match = _ANNEX.match(line.text)
        number = match["number"] or "" if match else ""
        title = match["title"] or "" if match else ""
        self.annex = AnnexReader(number, title, line.number, self.wrapped)
        self.segmentation._take(line, "annex")

    def _read_in_annex(self, line: Line, index: int) -> None:
        if self.annex is None:
            return
        following = self.lines[index + 1].text if index + 1 < len(self.lines) else ""
        only_masthead_left = (
            re.search(r"/RES/|Distr\.|genda item \d|^United Nations", line.text) is not None and len(line.text) < 160
        )
        if (only_masthead_left or (self._masthead_begun and DATE.match(line.text))) and read_masthead_line(
            line.text, self.out.masthead
        ):
            self.segmentation._keep_in_masthead(line)
            self._masthead_begun = True
            return
        self.annex.read(line, following)
        self.segmentation._take(line, "annex")

    _masthead_begun = False


def _width_of(lines: list[Line]) -> int:
    """The characters that the lines of a wrapped text have at most, but for the few longest."""
    lengths = sorted(len(line.text) for line in lines)
    return lengths[len(lengths) * 49 // 50] if lengths else 0


def _indent(raw: str) -> int:
    return len(raw) - len(raw.lstrip())


def _usual_indent(lines: list[Line]) -> int:
    """The indent that most lines have: of those that go on, where paragraphs run over several lines."""
    indents = sorted(_indent(line.raw) for line in lines)
    return indents[len(indents) // 2] if indents else 0


def _operative_number(text: str) -> int:
    """The number of a line that begins an operative paragraph, or stands alone before one; 0 for any other line."""
    match = _NUMBER.match(text)
    if match is None or not match["stop"] or (match["rest"] and opening_verb(match["rest"], OPERATIVE) is None):
        return 0
    return int(match["number"])


def _looks_like_heading(text: str) -> bool:
    if len(text) > 300 or (ended(text) and not re.fullmatch(r"(?:[IVX]{1,6}|[A-Z])\.", text)):
        return False
    return text[0].isupper() or text[0] in '“"‘('


def _opens_preambular(text: str) -> bool:
    return opening_verb(text, PREAMBULAR) is not None
