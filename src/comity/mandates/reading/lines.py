"""The lines of an export: made plain for reading, and told apart from noise; and the days that they state."""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from comity.evidence.files.texts import lines_of
from comity.mandates.resolution import StatedDay

# Soft hyphens, zero-width characters and direction marks: word processors leave them, no word needs them in English.
_INVISIBLE = dict.fromkeys([0x00AD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F)])
_SPACES = re.compile(r"\s+")
_HYPHENS = str.maketrans("\u2010\u2011", "--")
# Letters that typesetting ties together; an export from a printed page keeps them so.
_LIGATURES = dict(zip(range(0xFB00, 0xFB07), ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True))
_PLAIN = {**_INVISIBLE, **_HYPHENS, **_LIGATURES}
_SOFT_HYPHEN = "\u00ad"
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
MONTH = "(?:" + "|".join(_MONTHS) + ")"
DATE = re.compile(rf"\b(?P<day>\d{{1,2}})\s(?P<month>{MONTH})\s(?P<year>\d{{4}})(?!\d)")


@dataclass(frozen=True)
class Line:
    """A line of the input: its number from 1, its text made plain, whether a blank line stands before it.

    A page that begins parts lines as a blank line does; `after_page` says that nothing else may part them.
    """

    number: int
    text: str
    after_blank: bool
    raw: str
    after_page: bool = False

    @property
    def indent(self) -> int:
        """The characters of space before the text; what begins a page is none."""
        raw = self.raw.replace("\f", "")
        return len(raw) - len(raw.lstrip())


def split_lines(text: str) -> list[Line]:
    """The lines that are not blank, numbered as `comity.evidence.places` numbers them; their text is free of markup.

    A soft hyphen stays where it divides a word at the end of a line, so that the word can be made whole.
    """
    lines = []
    blank = True
    page = False
    without_markup = _markup_remover(text)
    for number, raw in enumerate(lines_of(text), start=1):
        marked = without_markup(raw)
        plain = _SPACES.sub(" ", _CONTROLS.sub(" ", marked.translate(_PLAIN))).strip()
        page = page or raw.lstrip(" \t").startswith("\f")
        if plain:
            divided = _SOFT_HYPHEN if marked.rstrip().endswith(_SOFT_HYPHEN) else ""
            lines.append(Line(number, plain + divided, blank or page, raw, page))
        elif raw.strip():
            lines.append(Line(number, "", blank or page, raw, page))
        page = page and not plain
        blank = not plain
    return lines


def pages_of(line: Line) -> list[Line]:
    """A line apart at the form feeds within it: a page may begin there, and a paragraph with it."""
    pages = [page for page in line.raw.split("\f") if page.strip()]
    if len(pages) < 2:
        return [line]
    first, *others = (piece for page in pages for piece in split_lines(page))
    pieces = [replace(first, after_blank=line.after_blank, after_page=line.after_page)]
    pieces += [replace(piece, after_page=True) for piece in others]
    return [replace(piece, number=line.number) for piece in pieces]


_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_TAGS = (
    "a abbr article b big blockquote body br center cite dd div dl dt em font footer h1 h2 h3 h4 h5 h6 head header hr "
    "html i img li link main meta o:p ol p section small span strong style sub sup table tbody td tfoot th thead tr u "
    "ul"
)
_TAG = re.compile(rf"</?(?:{'|'.join(_TAGS.split())})(?:\s[^<>]*|/)?>|<!DOCTYPE[^<>]*>", re.IGNORECASE)
_BREAK = re.compile(r"</?(?:br|td|th)\b[^<>]*>", re.IGNORECASE)
_RAISED_TAG = re.compile(
    r"(?<!\s)\s*+<sup\b[^<>]*+>\s*+(?:<a\b[^<>]*+>\s*+)?\[?(?P<mark>\d{1,3})\]?\s*+(?:</a>\s*+)?</sup>", re.IGNORECASE
)
_ENTITY = re.compile(r"&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|[A-Za-z]{2,10}\d?);")

_EMPHASIZED = re.compile(
    r"^[^\S\n]*+(?:#{1,6}\s+|\d{1,3}\\?[.)]\s+)?(?P<sign>\*{1,3}|__?)(?=[A-Z\d])[^*_\n]+(?P=sign)(?!\w)", re.MULTILINE
)
_FEWEST_EMPHASIZED = 3
_HEADED = re.compile(r"^#{1,6} \S", re.MULTILINE)
_LINK = re.compile(r"(?<!!)\[(?P<text>[^\[\]\^]+)\]\((?:https?:|/|#)[^()\s]*\)")
_ROW = re.compile(r"^\s*\|(?P<cells>.*)\|\s*$")
_MARKDOWN = (
    (_LINK, r"\g<text>"),
    (_ROW, lambda match: match["cells"].replace("|", " ").strip("-: ")),
    (re.compile(r"^\s*(?:#{1,6}|>|[-+*](?=\s+\((?:[a-z]{1,3}|\d{1,2})\)))\s+"), ""),
    (re.compile(r"\\(?=[^\w\s])"), ""),
    (re.compile(r"(?<![\d*])\*{1,3}+(?=\S)(?!\d{7}\*)|(?<=[^\s*])(?<!\d{7})\*{1,3}+"), ""),
    (re.compile(r"(?<![\w/])__?(?=\w)|(?<=[\w,.;])__?(?![\w/])"), ""),
)
_MARKDOWN_MARK = re.compile(r"(?<!\s)\s*+\[\^(?P<mark>\d{1,3})\](?::(?=\s))?|(?<=\S)\^(?P<raised>\d{1,3})\^")


def _markup_remover(text: str) -> Callable[[str], str]:
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


def parse_date(text: str) -> date | None:
    """The first day that a text names in any form that has one reading, None where none is or it does not exist."""
    match = _first_day(text)
    return _day_of(match) if match is not None else None


_NUMBER_OF_MONTH = {name[:3].lower(): number for number, name in enumerate(_MONTHS, start=1)}
# Words in which only the first three letters stand for sure: "Dec.", "Sept.".
_SHORT_MONTH = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"
_ANY_MONTH = rf"(?P<month>{MONTH}|{_SHORT_MONTH})"
DAY_FORMS = (
    DATE,
    re.compile(DATE.pattern.replace(MONTH, MONTH.upper())),
    re.compile(rf"\b{_ANY_MONTH}\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<year>\d{{4}})(?!\d)"),
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-](?:of\s)?{_ANY_MONTH},?[\s-](?P<year>\d{{4}})(?!\d)"),
    re.compile(r"(?<![\w/-])(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\w/-])"),
    re.compile(
        r"(?<![\w/.])(?P<first>\d{1,2})(?P<mark>[/.])(?P<second>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d\d)(?![\w/])"
    ),
)
"""The forms in which people write days; that of UN documents, “20 December 2012”, stands first."""


def _first_day(text: str) -> re.Match[str] | None:
    return next((found for form in DAY_FORMS if (found := form.search(text))), None)


def _day_of(match: re.Match[str]) -> date | None:
    """The day that one of the forms names; None where it does not exist, or day and month may be either number."""
    said = match.groupdict()
    if "first" in said:
        first, second = int(said["first"]), int(said["second"])
        if first != second and first <= 12 and second <= 12 and said["mark"] == "/":
            return None
        day, month = (first, second) if second <= 12 else (second, first)
    else:
        day, name = int(said["day"]), said["month"]
        month = int(name) if name.isdigit() else _NUMBER_OF_MONTH[name[:3].lower()]
    try:
        return date(int(said["year"]), month, day)
    except ValueError:
        return None


_LIKE_A_DATE = re.compile(
    r"\b[\dOolI]{1,2}(?:st|nd|rd|th)?\.?\s(?:of\s|de\s)?[^\W\d_]{3,12}\.?,?\s(?:de\s)?[\dOolI]{4}\b"
    r"|\b[\dOolI]{1,4}(?P<mark>[/.-])[\dOolI]{1,2}(?P=mark)[\dOolI]{1,4}\b"
)
_ON_SOME_DAY = re.compile(r"\bon (?:the )?(?P<words>(?=[^()\[\]]*(?:19|20)\d\d)[^()\[\],;]{4,40})$")


def stated_day(line: Line, of: str) -> StatedDay | None:
    """The first day that a line states, None where it states none; without a day where it only looks like one.

    People who type a text anew also write “December 17, 2015”, “17th December 2015”, “17 Dec. 2015” and “17/12/2015”.
    """
    match = _first_day(line.text)
    if match is not None:
        return StatedDay(of, match.group(), line.number, _day_of(match))
    like = _LIKE_A_DATE.search(line.text)
    if like is not None:
        return StatedDay(of, like.group(), line.number, None)
    on = _ON_SOME_DAY.search(line.text)
    return StatedDay(of, on["words"], line.number, None) if on is not None else None


_UNITS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
]
_TENS = "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth".split()  # noqa: SIM905
_TENS_STEMS = "twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905


def _ordinals() -> dict[str, int]:
    known = {word: number for number, word in enumerate(_UNITS, start=1)}
    for tens, word in enumerate(_TENS, start=2):
        known[word] = tens * 10
    for tens, stem in enumerate(_TENS_STEMS, start=2):
        known |= {f"{stem}-{unit}": tens * 10 + number for number, unit in enumerate(_UNITS[:9], start=1)}
    hundreds = {"hundredth": 100, "one hundredth": 100}
    return known | hundreds | {f"one hundred and {word}": 100 + number for word, number in known.items()}


ORDINALS = _ordinals()
ORDINAL = "(?:" + "|".join(sorted(ORDINALS, key=len, reverse=True)) + ")"

_NOISE = re.compile(
    r"""
    (?:\[DU\d+\])?\s*(?:<<ODS[^<>]*>>[^<>]*)+ | \[DU\d+\]        # marks of the document system
    | <!--.*--> | <[/\w][^<>]{0,60}>                              # page marks of a converter
    | [-_–—=*.·•~\s]{3,}                                          # rules and rows of dots
    | [-–—]?\s?\d{1,3}\s?[-–—]? | [Pp]age\s\d{1,4}(?:\s?(?:of|/)\s?\d{1,4})? | \d{1,4}\s?\|\s?[Pp]\s?a\s?g\s?e
    | (?:\d\d-\d{5}\*{0,2}\s?(?:\([A-Z]\)\s?)?)?\d{1,2}/\d{1,2}(?:\s?\d\d-\d{5}\*{0,2})?        # 2/18 23-26015
    | \d\d-\d{5}\s?\*{0,2}\s?(?:\([A-Z]\))?(?:\s?\d{6})?(?:\s?\*\d{7}\*)?
    | \*?\s?\d{7}\s?\*(?:\s?Please\srecycle\W*)? | (?:\*\d{7}\*)?\s?Please\srecycle\W*
    | \d{1,4}\s\d\d-\d{5}\*{0,2} | \d\d-\d{5}\*{0,2}\s\d{1,4} | \(E\)(?:\s\d{6})?(?:\s\*\d{7}\*)?
    """,
    re.VERBOSE,
)


def is_noise(text: str) -> bool:
    """Whether a line is what an export leaves of pages: numbers, rules, job numbers, marks of the document system."""
    return not text or (len(text) < 400 and _NOISE.fullmatch(text) is not None)


# The head of a page in the official volumes, with or without the page's number: which resolutions it holds.
_VOLUME_HEAD = re.compile(
    r"(?:\d{1,4} )?(?:[IVX]{1,5}\b\.? ?(?:[-–—] ?)?)?(?-i:(?=[A-Z]))"
    r"(?:(?:resolutions|decisions|resolutions and decisions) adopted "
    r"(?:on the reports? of (?:the )?(?:[\w-]+ ){1,6}committees?(?: \((?:[\w-]+ ){1,6}committee\))?"
    r"|without reference to a main committee)"
    rf"|general assembly ?[-–—] ?(?:{ORDINAL} (?:(?:emergency )?special )?session))(?: \d{{1,4}})?",
    re.IGNORECASE,
)
_MOST_LINES_OF_A_HEAD = 4


def without_volume_heads(lines: list[Line]) -> list[Line]:
    """The lines with the words taken off those that are page heads of the official volumes, which are then noise.

    A head may run over several lines: its roman number, and more of its words.
    """
    heads: set[int] = set()
    for start in range(len(lines)):
        words = ""
        for end, line in enumerate(lines[start : start + _MOST_LINES_OF_A_HEAD], start=start + 1):
            words = f"{words} {line.text}".lstrip()
            if _VOLUME_HEAD.fullmatch(words):
                heads.update(range(start, end))
    return [replace(line, text="") if index in heads else line for index, line in enumerate(lines)]


_PAGE_MARK = re.compile(r"<!--\s*[Pp]age\b.*-->")
_RUNNING = re.compile(r"\d{1,4}\s.{4,140}|.{4,200}\s\d{1,4}")


def is_page_mark(line: Line) -> bool:
    """Whether a line is the mark that a converter put where a page begins."""
    return _PAGE_MARK.fullmatch(line.text) is not None


def is_running_head(text: str) -> bool:
    """Whether a line that follows a page mark is a head with its page number ("218 General Assembly—Forty-sixth…")."""
    return _RUNNING.fullmatch(text) is not None and not re.search(r"[,;.:]$", text)


def session_numbers(text: str) -> list[int]:
    """The sessions that a text names by ordinals ("its eightieth and eighty-first sessions")."""
    return [ORDINALS[match.lower()] for match in re.findall(rf"\b{ORDINAL}\b", text, re.IGNORECASE)]
