"""The words of ages: of a cell that names them, and of titles and notes that say of a row that it is of some.

`without_ages` gives a plain text in which `REMOVED` stands for what names what a row is of, the same text where it
names nothing of the kind or the row is of the whole, and None where it names another part.
"""

import re
from collections.abc import Callable, Collection, Sequence
from functools import lru_cache
from typing import NamedTuple

from comity.observations.observation import TOTAL
from comity.observations.words.plain_text import REMOVED, pattern, plain
from comity.observations.words.sexes import MEN, WOMEN
from comity.observations.words.totals import code_of_whole

_INFANTS = r"infanticides?|infanticidios?|infants|bébés"
_ALL_CHILDREN = (
    r"child (?:victims?|homicides?|deaths?|population)|children|juveniles?"
    r"|minors|minor(?! (?:revis|differ|chang|correct|assault|offen|injur|discrep|updat|adjust|edit)\w*)"
    r"|enfants?|mineur(?:e)?s|niños|niñez|menores|crianças|kinder|minderjährige\w*|дет(?:и|ей)"
    r"|несовершеннолетн\w*|[وبل]?(?:ال|ل)?(?:أطفال|أحداث|قاصر(?:ين|ون))"
)
CHILDREN = rf"{_ALL_CHILDREN}|{_INFANTS}"
ADULTS = (
    r"adult[eoa]?s?|majeur(?:e)?s|mayores de edad|maiores de idade|erwachsene\w*|volljährige\w*|взросл\w*"
    r"|совершеннолетн\w*|(?:ال)?بالغ(?:ين|ون)"
)
_YOUTH = (
    r"youths?|young|adolescents?|teen(?:ager)?s|jeunes?|jóvenes|adolescentes?|jovens|jugendliche\w*|молод[её]ж\w*"
    r"|подростк\w*|(?:ال)?شباب"
)
_THE_OLD = (
    r"elderly|seniors|pensioners|the aged|older (?:adults|persons|people|victims)|personnes âgées|ancian[oa]s"
    r"|adultos mayores|personas mayores|idosos|anziani|senioren|пожил\w*|كبار السن|(?:ال)?مسن(?:ين|ون)"
)
AGES = rf"{CHILDREN}|{_YOUTH}|{ADULTS}|{_THE_OLD}|aged"
AGES_IN_CHINESE = "儿童|未?成年|青年|老年"

_N = r"(?<![A-Za-z\d.,/-])(0|[1-9]\d?)"
_FROM_ONE = r"(?<![A-Za-z\d.,/-])([1-9]\d?)"
_END = r"(?![\w./]|,\d)"
_YEARS = (
    r"(?:[ -]?(?:years?(?: old| of age)?|yrs?|ans|años|anos|jahren?|jährige?n?|лет|года?|سنوات|سنة|عام(?:ا|ًا)?)(?!\w)"
    r"|\s?周?岁)"
)
_AGED = (
    r"(?<!\w)(?:aged?(?: groups?)?|ages|the ages? of|(?:grupos? de )?edad(?:es)?|idade|(?:tranche d['’])?âgée?s?"
    r"(?: de)?|im alter(?: von)?|alter(?=:? \d+ ?[-–])|(?:в )?возраст\w*|أعمار|العمر|年龄):?"
)
_AND = r"(?:\s?(?:and|or|et|ou|y|o|e|und|oder|и|или|و|&) ?)"
_MORE = r"(?:over|older|above|more|plus|upwards?|más|mayores|mais|älter|mehr|darüber|старше|более)(?!\w)"
_LESS = r"(?:under|younger|below|less|menos|menores|moins|jünger|weniger|darunter|младше|моложе|менее)(?!\w)"
_ABOVE = (
    r"(?:(?:over|above|older than|more than|at least|plus de|au moins|à partir de|más de|mayores de|al menos|mais de"
    r"|maiores de|ab|über|mindestens|старше|не моложе|от|с|فوق|أكثر من) |[>≥]=? ?)"
)
_BELOW = (
    r"(?:(?:under|below|younger than|less than|up to|at most|moins de|jusqu['’]à|menos de|menores? de|hasta|até|unter"
    r"|bis(?: zu)?|höchstens|младше|моложе|до|не старше|не достигшие|دون|أقل من|تحت(?: سن)?)[ -](?:the age of )?"
    r"|[<≤]=? ?)"
)
_DASH = r"\s?(?:-|–|—|to)\s?"
_TO = rf"(?:{_DASH}|-? ?(?:~|through|a|à|bis|до|إلى|至|到) ?)"
_OTHER = r"(\d{1,2})"
_HYPHEN, _OLDER = r"\s?[-–—]\s?", r"(\d\d|[49])"
"""Of a bare interval that is ages: its last number ends a group of ages as they are usually formed."""
_OF_DATE = (
    r" (?:(?:de )?[^\W\d]+\.? (?:de )?(?:19|20)\d\d"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b)"
)
_BETWEEN = r"(?:between|entre|zwischen|from|de|von|от|с|من|بين)"
_PEOPLE = rf"\b(?:persons|people|victims|those|age groups?|population|personas|personnes|{WOMEN}|{MEN}),? "
_OF_PEOPLE = rf"(?:^|{_PEOPLE})"


class _Form(NamedTuple):
    """A way to write ages, with one number or two: whether it is open at an end, and whether it may mean else too."""

    pattern: re.Pattern[str]
    open_above: bool = False
    open_below: bool = False
    may_be_else: bool = False


def _form(*patterns: str, above: bool = False, below: bool = False, may_be_else: bool = False) -> _Form:
    return _Form(pattern("|".join(patterns)), above, below, may_be_else)


_FORMS = (
    _form(
        rf"(?:{_AGED} )?{_BETWEEN} (?:{_AGED} )?{_N}{_YEARS}?(?:{_TO}|{_AND}){_OTHER}{_YEARS}",
        rf"{_AGED} (?:{_BETWEEN} )?{_N}{_YEARS}?(?:{_TO}|{_AND}){_OTHER}{_YEARS}?{_END}",
        rf"{_BETWEEN} {_AGED} {_N}{_AND}{_OTHER}{_END}",
        rf"{_N}{_YEARS}?{_TO}{_OTHER}{_YEARS}|{_N}{_YEARS}?{_AND}{_LESS} {_OTHER}{_YEARS}?{_END}",
        rf"{_PEOPLE}{_N}{_HYPHEN}{_OLDER}{_END}(?! ?%| (?:per|times|of|millions?)\b|{_OF_DATE})"
        rf"|^{_N}(?:{_HYPHEN}| (?:to|a|à|bis|до) ){_OLDER}$|年龄{_OTHER}{_HYPHEN}{_OLDER}"
        rf"|{_N}{_HYPHEN}{_OLDER} (?:age groups?|cohorts?)\b|{_BETWEEN} {_N}{_AND}{_OTHER}$",
        rf"{_PEOPLE}(?:{_BETWEEN} )?{_N}{_TO}{_OTHER}$",
    ),
    _form(rf"{_N}{_DASH}{_OTHER}(?![\w./-])(?!{_OF_DATE})", may_be_else=True),
    _form(
        rf"(?:{_AGED} )?{_N}{_YEARS}?{_AND}{_MORE}",
        rf"{_N}{_YEARS}(?: ?\+|,? {_MORE}| ?(?:及|或)?以上| ?(?:فأكثر|فما فوق))",
        rf"{_N} plus{_END}|{_AGED} (?:{_ABOVE}{_N}{_YEARS}?{_END}|{_N} ?\+)",
        rf"(?<!\w){_ABOVE}{_N}{_YEARS}|{_OF_PEOPLE}{_ABOVE}{_N}s?$",
        above=True,
    ),
    _form(rf"{_FROM_ONE} ?\+", above=True),
    _form(
        rf"(?:{_AGED} )?{_N}{_YEARS}?{_AND}{_LESS}(?! \d)",
        rf"{_N} ?周?岁(?:及|或)?以下|[未不]满 ?([1-9]\d?) ?周?岁",
        rf"{_AGED} {_BELOW}([1-9]\d?){_YEARS}?{_END}",
        rf"(?<!\w){_BELOW}([1-9]\d?){_YEARS}|{_OF_PEOPLE}{_BELOW}([1-9]\d?)s?$",
        r"\bunder[ -](?:the age of )?([1-9]\d?)s?\b|^u-?(1\d|2[0-5])s?$",
        below=True,
    ),
    _form(rf"{_AGED} {_N}{_YEARS}?{_END}", rf"{_N}[ -]?years?[ -]olds?", rf"^{_N}{_YEARS}$"),
)
"""Forms of ages, in the order in which they are looked for; what one has found is no more there for the next."""
_OLDEST = 999
"""An age that nobody has: the end of “60 and over”."""
_Span = tuple[int, int]


def _child(first: int, last: int, several: bool) -> bool:
    return last <= 17 and (several or last >= 11)


def _young(first: int, last: int, several: bool) -> bool:
    return first >= 10 and last <= 35 and (several or last - first >= 3)


def _old(first: int, last: int, several: bool) -> bool:
    return first >= 50 and (several or last == _OLDEST)


def _adult(first: int, last: int, several: bool) -> bool:
    return first >= 15 and (several or (first <= 21 and last == _OLDEST))


_WORDS_OF_AGES: Sequence[tuple[re.Pattern[str], Callable[[int, int, bool], bool]]] = (
    (pattern(rf"\b(?:{_INFANTS})\b"), lambda _first, last, _several: last <= 1),
    (pattern(rf"\b(?:{_ALL_CHILDREN})\b|儿童|未成年"), _child),
    (pattern(rf"\b(?:{_YOUTH})\b|青年"), _young),
    (pattern(rf"\b(?:{_THE_OLD})\b|老年"), _old),
    (pattern(rf"\b(?:{ADULTS})\b|(?<!未)成年"), _adult),
)
"""Ages in words, and whether they may be those of a first and last age: States draw the lines at other ages.

Where the rows are of several ages, each may be any of those; else it is all of them that a State calls so.
"""
_LEFT_OF_AGES = pattern(rf"\b(?:{_AGED})\b")
_CODE_OF_AGE = re.compile(r"Y(?P<first>\d+)(?:T(?P<last>\d+))?|Y_LT(?P<below>\d+)|Y_GE(?P<least>\d+)")
"""Y15T29, Y25, Y_LT18, Y_GE60."""


def names_ages(text: str, *, surely: bool = False) -> bool:
    """Whether a text gives ages in numbers; `surely` leaves out a form that may mean else, such as 15-29."""
    text = plain(text).strip(" ,;()")
    return any(map(str.isdecimal, text)) and any(
        form.pattern.search(text) for form in _FORMS if not (surely and form.may_be_else)
    )


def without_ages(text: str, age: str, ages: Collection[str] = ()) -> str | None:
    """Take the ages in numbers and in words that hold an age, given as of CL_AGE, from a text.

    `ages` are those of all rows of which the text is said: where they are several, it may be of all of them together;
    else its ages must be the very ones.
    """
    text = plain(text)
    if age == TOTAL:
        return text
    several = len({*ages}) > 1
    first, last = _span(age)
    rest, found = _ages_in(text)
    for spans in found:
        within = any(low <= first and last <= high for low, high in spans)
        if (first, last) not in spans and not (several and within):
            return None
    for words, fits in _WORDS_OF_AGES:
        if words.search(rest):
            if not fits(first, last, several):
                return None
            rest = words.sub(REMOVED, rest)
    return _LEFT_OF_AGES.sub(" ", rest) if rest != text else text


def _ages_in(text: str) -> tuple[str, list[list[_Span]]]:
    """The rest of a text, and the spans that each of its ages in numbers may mean.

    Over 60 is 60 and more in tables, and 61 and more to the letter.
    """
    found: list[list[_Span]] = []
    for form in _FORMS:
        for match in form.pattern.finditer(text):
            numbers = [int(number) for number in match.groups() if number]
            if form.open_above:
                found.append([(numbers[0] + more, _OLDEST) for more in (0, 1)])
            elif form.open_below:
                found.append([(0, numbers[0] - less) for less in (0, 1)])
            else:
                found.append([(numbers[0], numbers[-1])])
        text = form.pattern.sub(REMOVED, text)
    return text, found


def _span(age: str) -> _Span:
    """The first and the last age of a code of CL_AGE; for a code of no ages, a span that no age is."""
    match = _CODE_OF_AGE.fullmatch(age)
    if match is None:
        return (-1, _OLDEST + 1)
    if match["below"]:
        return (0, int(match["below"]) - 1)
    if match["least"]:
        return (int(match["least"]), _OLDEST)
    return (int(match["first"]), int(match["last"] or match["first"]))


_AGES_IN_A_CELL = {
    "adult": "Y_GE18",
    "adults": "Y_GE18",
    "juvenile": "Y_LT18",
    "juveniles": "Y_LT18",
    "minor": "Y_LT18",
}
_YEARS_IN_A_CELL = r"(?: years?)?"
_BETWEEN_IN_A_CELL = re.compile(rf"(\d{{1,3}})\s*(?:-|–|to)\s*(\d{{1,3}}){_YEARS_IN_A_CELL}")
"""15-29, 15 to 29 years."""
_OR_MORE_IN_A_CELL = re.compile(
    rf"(\d{{1,3}})\s*(?:\+|{_YEARS_IN_A_CELL} ?(?:or|and) (?:more|over|older))|over (\d{{1,3}}){_YEARS_IN_A_CELL}"
)
"""60+, 60 years or older, over 60."""
_UNDER_IN_A_CELL = re.compile(rf"(?:under|below|less than|<)\s*(\d{{1,3}}){_YEARS_IN_A_CELL}")
"""under 18, <18 years."""
_SINGLE_IN_A_CELL = re.compile(rf"(\d{{1,3}}){_YEARS_IN_A_CELL}")
"""25 years."""


@lru_cache(maxsize=256)
def code_of_age(text: str) -> str | None:
    """The code of CL_AGE for published words: `Y15T29`, `Y_GE60`, `Y_LT18`, `Y25`, `_T`, `_U`, `_Z`; None for others.

    “Over 60” stands in the published tables beside “45-59”, and means 60 and more.
    """
    word = text.strip().casefold()
    common = code_of_whole(word) or _AGES_IN_A_CELL.get(word)
    if common:
        return common
    if between := _BETWEEN_IN_A_CELL.fullmatch(word):
        first, last = int(between[1]), int(between[2])
        if last < first:
            return None
        return f"Y_LT{last + 1}" if first == 0 else f"Y{first}T{last}"
    if more := _OR_MORE_IN_A_CELL.fullmatch(word):
        return f"Y_GE{int(more[1] or more[2])}"
    if under := _UNDER_IN_A_CELL.fullmatch(word):
        return f"Y_LT{int(under[1])}"
    single = _SINGLE_IN_A_CELL.fullmatch(word)
    return f"Y{int(single[1])}" if single else None
