"""Footnotes: told from the text in which they stand, and rejoined to the marks that are glued to its words."""

import re
from collections.abc import Container
from dataclasses import dataclass, field

from comity.mandates.reading.export.lines import Line
from comity.mandates.reading.export.page_noise import is_noise
from comity.mandates.resolution import Footnote
from comity.mandates.vocabulary.days import MONTH

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
# “thereto,²”.
_SUPERSCRIPT = "[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}"

# A mark glued to a word ("Corruption2"), to a stop ("thereto,1", "66/181;9"), after a stop and a space where several
# stand ("Questions;4, 8"), in brackets ("thereto[1]") or raised. The number must end there: no symbol, date or unit.
_MARKS = re.compile(
    rf"(?=[\[\d⁰¹²³⁴-⁹])(?:(?P<bracket>\[\d{{1,3}}\])|(?P<raised>{_SUPERSCRIPT}(?:, ?{_SUPERSCRIPT})*)"
    r"|(?<=[^\W\d_][^\W\d_])(?P<word>\d{1,3})(?=$|[\s,;.:)\]”’\"])"
    r"|(?P<stop>(?<=[,;.:)\]”’\"])\d{1,3}(?:, ?\d{1,3})*)(?=$|[\s)\]”\"]|[,;](?:\s|$)))"
)
# The marks of older texts, with a stroke after the number and mostly a space before it ("1995; 1/").
_STROKES = re.compile(
    r"(?:(?<=[^\W_]) |(?<=[,;.:)\]”’\"]) |(?<=[^\W\d_])|(?<=[,;.:)\]”’\"]))"
    r"(?P<stroke>\d{1,3}/(?:,? ?(?:and )?\d{1,3}/)*)(?=$|[\s,;.:)\]”\"])"
)
# “1995; 1/”: looked for first, since few texts have such marks.
_ANY_STROKE = re.compile(r"\d/(?!\w)")
# A text without a digit has no marks.
_ANY_DIGIT = re.compile(r"[\d⁰¹²³⁴⁵⁶⁷⁸⁹]")
# “* Reissued for technical reasons on 4 April 2013.”.
_STAR = re.compile(r"^(?P<mark>\*{1,3})\s?(?P<text>[A-Z(\d“].+)$")
# “2 See A/67/156.”, “[2] See”, “² See”, “2/ See”, “2. See”, “2 www.unodc.org”.
_NOTE = re.compile(
    rf"^(?:(?P<mark>\d{{1,3}})|\[(?P<bracket>\d{{1,3}})\]|(?P<raised>{_SUPERSCRIPT})"
    rf"|(?P<slash>\d{{1,3}})/|(?P<dot>\d{{1,3}})\.(?= ))(?P<gap>\s?)(?P<text>[A-Z“\"‘(\[].*|[a-z]+\.\w.*|https?:.*)$"
)
# “20 December 2012” begins as note 20 would.
_DATE_LINE = re.compile(rf"^\d{{1,2}} {MONTH}\b")
# “See resolution 55/25”, “United Nations, Treaty Series, vol. 2225”, “A/67/156.”: how notes begin.
_CITES = re.compile(
    r"^(?:See\b|Ibid|United Nations,|Resolutions?\b|Official Records|General Assembly"
    r"|[A-Z]{1,5}/|Available|For |As |Available|Report|Adopted|Treaty|League|Economic and Social"
    r"|Security Council|Decision|Formerly|Previously|Including|The )"
)


@dataclass
class NoteLines:
    """Which lines are footnotes, and the notes they make; notes of the masthead have stars for marks.

    `glued` are the numbers that stand in the text as marks do, glued to its words. `unread` are the lines that look
    like notes, by their marks, and stand where none is known to: they are left to the text.
    """

    notes: list[Footnote] = field(default_factory=list)
    starred: list[Footnote] = field(default_factory=list)
    roles: dict[int, str] = field(default_factory=dict)
    glued: frozenset[int] = frozenset()
    unread: dict[int, int] = field(default_factory=dict)


def _mark_of(match: re.Match[str]) -> int:
    mark = match["mark"] or match["bracket"] or match["slash"] or match["dot"]
    return int(mark or match["raised"].translate(_SUPERSCRIPTS))


def numbers_of_marks(text: str) -> set[int]:
    """The numbers that stand in a text as footnote marks may: a loose look, without knowing the notes."""
    if _ANY_DIGIT.search(text) is None:
        return set()
    return {number for match in _marks_in(text) for number in _numbers(match, text)}


def _marks_in(text: str) -> list[re.Match[str]]:
    found = list(_MARKS.finditer(text))
    return found + list(_STROKES.finditer(text)) if _ANY_STROKE.search(text) else found


def _numbers(match: re.Match[str], text: str) -> list[int]:
    """The numbers of a mark, none where what precedes shows a decimal, a thousand or a symbol."""
    if match.re is _MARKS and match["stop"] is not None:
        before = text[max(0, match.start() - 30) : match.start()]
        figure = re.search(r"(?P<digits>[\d/]+)[,.]$", before)
        if figure is not None:
            digits = figure["digits"]
            of_a_year_or_symbol = "/" in digits or (len(digits) == 4 and len(match["stop"]) < 3)
            # English parts thousands by commas, three digits each: fewer after a comma are no figure.
            too_short = figure.group().endswith(",") and len(match["stop"]) < 3
            ends_the_text = figure.group().endswith(".") and match.end() == len(text) and "." not in digits
            if not (of_a_year_or_symbol or too_short or ends_the_text):
                return []
        if re.search(r"\b(?:No|no|p|pp|para|paras|art|vol|sect|Nos|Add|Corr|Rev|WG|CN|CONF|Sub|AC|C|L)\.$", before):
            return []
    digits = next(value for value in match.groupdict().values() if value)
    return [int(number) for number in re.findall(r"\d+", digits.translate(_SUPERSCRIPTS))]


# A mark that an export set off by a space ("offenders 218", "thereto, 1 the"). Many other numbers stand so: what is
# before and after shows some of them, and the order of the notes the rest.
_SPACED = re.compile(
    r"(?<=[^\W\d_]|[,;:)\]”’\"\d]) (?P<mark>\d{1,3})(?=$|[\s,;.:)\]”\"])"
    rf"(?! (?:{MONTH}|years?|days?|weeks?|months?|hours?|per|percent|million|billion|thousand|States?|Member|countries"
    r"|[Pp]arties|members?|times|regional|to \d|and \d|or \d)\b)(?!, \d)(?!\.\d)"
)
# “article 14”, “in 2012”, “Goal 16”: a number after these is no mark.
_BEFORE_A_NUMBER = re.compile(
    r"\b(?:[Aa]rticles?|[Pp]aragraphs?|[Cc]hapters?|Goals?|[Tt]argets?|[Aa]nnex(?:es)?|[Ss]ections?|[Pp]arts?|[Ii]tems?"
    rf"|Nos?\.?|[Rr]esolutions?|[Dd]ecisions?|[Vv]ol\.?|[Pp]ages?|[Rr]ules?|[Pp]rinciples?|[Tt]ables?|[Ff]igures?|{MONTH}"
    r"|from|to|and|or|of|in|on|at|by|for|the|than|least|most|over|about|between|until|since|with|within|some|all|first"
    r"|last|next|another|more|every|under|is|are|was|were|a|an|only|each|these|those|its|their|after|before|[Pp]hase"
    r"|[Oo]ption|[Cc]luster|[Aa]ction|[Aa]genda|[Gg]uideline|[Rr]ecommendations?|[Pp]illars?|COVID)$"
)


def _spaced_numbers(text: str) -> set[int]:
    """The numbers that may be marks set off by a space."""
    return {int(match["mark"]) for match in _SPACED.finditer(text) if _may_be_spaced(match, text)}


def _may_be_spaced(match: re.Match[str], text: str) -> bool:
    return _BEFORE_A_NUMBER.search(text, max(0, match.start() - 20), match.start()) is None


# A note as pages set it at their foot.
_MOST_LINES_OF_A_NOTE = 3


def find_notes(lines: list[Line], closing: int, wrapped: bool, is_structure: Container[int]) -> NoteLines:
    """The footnotes among lines in order: page by page, or together after the closing line (`closing`, its index).

    A line is a note where it begins with the mark that is due, that mark stands glued in the text, and its place fits:
    after the closing, after a rule, a blank line or another note; or where it cites something, as a paragraph of its
    own in a text that is not wrapped, or at the foot of a page. A note runs on to the lines that continue it.
    `is_structure` holds the indexes of lines that no note runs on to: headings of annexes, closing lines.
    """
    readable = [line.text for line in lines if not is_noise(line.text)]
    glued = {number for text in readable for number in numbers_of_marks(text)}
    found = NoteLines(glued=frozenset(glued))
    spaced = {number for text in readable for number in _spaced_numbers(text)} if 1 not in glued else set()
    numbered_text = False
    due: int | None = None
    open_note = False
    first = min(glued, default=1)
    for index, line in enumerate(lines):
        if is_noise(line.text) or index in is_structure:
            open_note = False
            numbered_text = numbered_text or (index > closing and index in is_structure)
            continue
        placed = index > closing or line.after_blank or open_note or (index > 0 and is_noise(lines[index - 1].text))
        # “* Reissued …” of the masthead stands among the first lines, whatever is above it.
        star = _STAR.match(line.text) if placed or index < 12 else None
        if star is not None and _is_star_note(star, index > closing, wrapped):
            found.starred.append(Footnote(star["mark"], star["text"], line.number))
            found.roles[line.number] = "masthead note"
            open_note = False
            continue
        match = _NOTE.match(line.text)
        cites = match is not None and _cites_below_its_mark(match, glued)
        placed = placed or (cites and (not wrapped or _is_at_a_foot(lines, index)))
        if (
            placed
            and match is not None
            and (match["dot"] is None or (index > closing and not numbered_text and _CITES.match(match["text"])))
            and _is_due(match, due, first, glued, index > closing or (due is None and 1 in spaced))
            and _DATE_LINE.match(line.text) is None
        ):
            due = _mark_of(match) + 1
            found.notes.append(Footnote(str(due - 1), match["text"], line.number))
            found.roles[line.number] = "footnote"
            open_note = True
        elif open_note and _runs_on(found.notes[-1], line, wrapped):
            last = found.notes[-1]
            found.notes[-1] = Footnote(last.mark, f"{last.text} {line.text}", last.line)
            found.roles[line.number] = "footnote"
        else:
            open_note = False
            if match is not None and cites:
                found.unread[_mark_of(match)] = line.number
    for note in found.notes:
        found.unread.pop(int(note.mark), None)
    return found


def _cites_below_its_mark(match: re.Match[str], glued: set[int]) -> bool:
    """Whether a line cites something after a number alone that stands in the text as a mark does."""
    alone = match["mark"] is not None and match["gap"] != ""
    return alone and _mark_of(match) in glued and _CITES.match(match["text"]) is not None


def _is_at_a_foot(lines: list[Line], index: int) -> bool:
    """Whether only notes stand from a line on to where its page ends: a page number, a rule, or the next page."""
    since = 0
    for line in lines[index + 1 :]:
        if is_noise(line.text) or line.after_page:
            return True
        begins = _NOTE.match(line.text)
        since = 0 if begins is not None and _CITES.match(begins["text"]) else since + 1
        if since > _MOST_LINES_OF_A_NOTE:
            return False
    return False


def _is_star_note(star: re.Match[str], closed: bool, wrapped: bool) -> bool:
    said = re.match(
        r"(?:Re-?issued|Second re-?issue|Third re-?issue|The present|Previously|In "
        r"accordance|Owing|Also|See|Reproduced|Incorporat|A/|E/|S/|Adopted|This )",
        star["text"],
    )
    return said is not None or (closed and star["mark"] == "*" and not wrapped and star["text"].endswith("."))


def _is_due(match: re.Match[str], due: int | None, first: int, glued: set[int], closed: bool) -> bool:
    mark = _mark_of(match)
    glued_to_its_text = match["gap"] == "" and match["mark"] is not None
    if glued_to_its_text and (due is None or mark != due) and mark != first:
        return False
    if glued_to_its_text and _CITES.match(match["text"]) is None:
        return False
    if mark in glued:
        return (
            mark == due
            or (due is None and mark <= first)
            or (due is not None and due < mark <= due + 3 and not any(n in glued for n in range(due, mark)))
        )
    if due is not None and mark == due:
        return _CITES.match(match["text"]) is not None
    return due is None and mark == 1 and closed and _CITES.match(match["text"]) is not None


def _runs_on(note: Footnote, line: Line, wrapped: bool) -> bool:
    """Whether a line continues a note: no blank line between unless the note is unfinished and the line small."""
    finished = re.search(r"[.!?][”\"')\]]*$", note.text) is not None
    if line.after_blank:
        return not finished and line.text[:1].islower()
    return wrapped or not finished


# Marks that an export may have lost between two.
_MOST_SKIPPED = 2


@dataclass
class Rejoining:
    """Takes marks out of texts in the order of reading; a mark counts where its note exists and its turn has come.

    `spaced` are the notes whose mark is glued to no word of the text, so that it may stand off by a space.
    """

    marks: frozenset[int]
    spaced: frozenset[int] = frozenset()
    reached: int = 0
    used: set[int] = field(default_factory=set)
    orphans: list[int] = field(default_factory=list)

    def rejoin(self, text: str) -> tuple[str, tuple[tuple[int, str], ...]]:
        """A text without its marks, and the marks as (offset into that text, mark)."""
        if _ANY_DIGIT.search(text) is None:
            return text, ()
        pieces: list[str] = []
        notes: list[tuple[int, str]] = []
        position = length = 0
        for match in self._candidates(text):
            if match.re is _SPACED:
                numbers = [int(match["mark"])]
                if not self._is_spaced_mark(numbers[0], text[match.start() - 1]):
                    continue
            else:
                numbers = _numbers(match, text)
            if not numbers or not self._are_marks(numbers):
                if numbers and not self.marks:
                    self.orphans.extend(numbers)
                continue
            piece = text[position : match.start()]
            pieces.append(piece)
            length += len(piece)
            notes.extend((length, str(number)) for number in numbers)
            position = match.end()
        pieces.append(text[position:])
        return "".join(pieces), tuple(notes)

    def _candidates(self, text: str) -> list[re.Match[str]]:
        """What may be marks in a text, in order: those glued to words, and those set off by a space where it may be."""
        found = _marks_in(text)
        if self.spaced:
            found += [match for match in _SPACED.finditer(text) if _may_be_spaced(match, text)]
        return sorted(found, key=lambda match: match.start())

    def _is_spaced_mark(self, number: int, before: str) -> bool:
        """Whether a number set off by a space is the mark due next, or after a stop one before it or near it."""
        if number not in self.spaced:
            return False
        reached = self.reached or min(self.marks, default=1) - 1
        return number == reached + 1 or (number <= reached + _MOST_SKIPPED and before in ",;:")

    def _are_marks(self, numbers: list[int]) -> bool:
        """Whether numbers are marks of notes that exist, none of them far ahead of the last first use."""
        reached = self.reached or min(self.marks, default=1) - 1
        for number in numbers:
            skipped = [mark for mark in self.marks if reached < mark < number]
            if number not in self.marks or len(skipped) > _MOST_SKIPPED:
                return False
            reached = max(reached, number)
        self.reached = reached
        self.used.update(numbers)
        return True
