"""Halves and quarters of a year as people write them in titles and notes: whether they are those of a period."""

import re

from comity.observations.words.days import in_numbers, months_in, span_of_months, without_months
from comity.observations.words.plain_text import REMOVED, pattern, plain

_BEHIND_DIGIT = r"(?:st|nd|rd|th|do|ro|to|re|er|ere|nde?|e|eme|\.?[oa°]|-?(?:й|я|е|ое|ый|ий|ой|го|м))?\.?"
_ORDINALS = {
    "1": r"first|i(?:er|re)?|prim(?:er|eir)?[oa]?|premi(?:er|ère)|erste[snr]?|перв\w+|(?:ال)?أول(?:ى)?|一",
    "2": r"second[eoa]?|ii|segund[oa]|deuxième|zweite[snr]?|втор\w+|(?:ال)?ثاني(?:ة)?|二",
    "3": r"third|iii|tercer[oa]?|terceir[oa]|troisième|terz[oa]|dritte[snr]?|трет\w+|(?:ال)?ثالث(?:ة)?|三",
    "4": r"fourth|iv|cuart[oa]|quart[oa]|quatrième|vierte[snr]?|четв[её]рт\w+|(?:ال)?رابع(?:ة)?|四",
}
_ORDINAL = "|".join(rf"{number}{_BEHIND_DIGIT}|(?:{words})\.?" for number, words in _ORDINALS.items())
_NUMBERS = tuple((pattern(rf"{number}.*|(?:{words})\.?"), number) for number, words in _ORDINALS.items())
_KINDS = {
    "S": r"half(?:[ -]years?)?|halves|semest(?:er|re)s?|sem\b\.?|п/г|halbjahre?s?|jahreshälfte|hj\.?|moitie|mitad"
    r"|metade|полугоди\w*|половин\w*|(?:ال)?نصف",
    "Q": r"quarters?|trimest(?:er|re)s?|trim\b\.?|кв\b\.?|quartale?s?|vierteljahre?s?|квартал\w*|(?:ال)?ربع",
}
_KIND = "|".join(_KINDS.values())
_WORDS_OF_KINDS = {kind: pattern(words) for kind, words in _KINDS.items()}
_SIX, _THREE = "six|6|seis|sechs|шесть|ستة|الستة", "three|3|trois|tres|drei|три|ثلاثة|الثلاثة"
_MONTHS = r"months|mois|meses|monate|месяц(?:а|ев)|أشهر|الأشهر"
_FIRST_MONTHS = (
    rf"(?:first|premiers|primeros|primeiros|ersten|первые|(?P<last>last)) (?:(?P<six>{_SIX})|{_THREE}) (?:{_MONTHS})"
    rf"|(?:(?P<six_before>{_SIX})|(?:{_THREE})) (?:premiers|primeros|primeiros|ersten|первых) (?:{_MONTHS})"
)
_WRITTEN = pattern(
    rf"(?<!\w)(?P<ordinal>{_ORDINAL})[ -]?(?P<kind>{_KIND})(?!\w)"
    rf"|\b(?P<kind_before>{_KIND})[ -]?(?P<ordinal_behind>{_ORDINAL})(?!\w)"
    rf"|\b(?P<months>{_FIRST_MONTHS})(?!\w)"
    r"|(?P<upper>上)半年|(?P<lower>下)半年|第?(?P<of_quarter>[一二三四1-4])季度?"
)
"""“second half”, “II semestre”, “first six months”, “上半年”."""
_IN_LETTERS = pattern(
    r"(?<![^\W\d])\d{4}[ -]?(?P<letter>HY?|[SQT])(?P<number>[1-4])(?!\w)"
    r"|(?<!\w)(?P<letter_before>HY?|[SQT])(?P<number_behind>[1-4])[ /-]?\d{4}(?!\d)"
    r"|(?<![\w.,])(?P<number_before>[1-4])(?P<letter_behind>HY?|[SQT])[ /-]?(?:\d{4}|\d{2})(?!\d)"
    r"|(?<!\w)(?P<letter_alone>[HSQ])[ .]?(?P<number_alone>[1-4])(?!\w)"
)
"""2012 Q1, H1/2012, 1T12."""
_TO = r"(?:-|–|to|and|or|through|,|/|&|bis|au|et|al?|y|e|und|до|по|и|至|到|إلى|و)"
_SPANNING = pattern(
    rf"(?:(?:(?<!\w)|第)(?:{_ORDINAL}) ?{_TO} ?(?:the )?"
    r"|(?:until|through|up to|by|end of|jusqu\S*|hasta|bis|до|по|截至|前|حتى)(?: (?:the |au |el |end of (?:the )?)?)?)$"
)
"""What stands before a quarter where a text is of more than that one: “first to third quarter”, “until the third”."""
_ON = pattern(rf"^ ?{_TO} ?(?:{_ORDINAL})(?!\w)")
"""What stands behind one then: “quarters 1 to 3”."""
_LETTERS = {"S": "S", "H": "S", "Q": "Q", "T": "Q"}
_EACH = pattern(rf"\b(?:by|per|each|every|par|chaque|por|cada|pro|je|nach|по) (?P<kind>{_KIND})\b")
"""“by quarter”, “par trimestre”."""
_OF_PERIOD = re.compile(r"(?P<year>\d{4})-(?P<part>[SQ][1-4])?.*")
_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_BY_MONTHS = {(1, 6): "S1", (7, 12): "S2", (1, 3): "Q1", (4, 6): "Q2", (7, 9): "Q3", (10, 12): "Q4"}
_MONTH, _OF_YEAR = r"0?[1-9]|1[0-2]", r"(?:19|20)\d\d"
_IN_NUMBERS = pattern(
    rf"(?<!\d){_OF_YEAR}[-/](?P<first_a>{_MONTH}) ?{_TO} ?{_OF_YEAR}[-/](?P<last_a>{_MONTH})(?![\d/-])"
    rf"|(?<!\d)(?P<first_b>{_MONTH})/{_OF_YEAR} ?{_TO} ?(?P<last_b>{_MONTH})/{_OF_YEAR}(?!\d)"
    rf"|(?<!\d)(?P<first_d>{_MONTH}) ?- ?(?P<last_d>{_MONTH})/{_OF_YEAR}(?!\d)"
    rf"|(?<!\d)\d\d?\.(?P<first_c>{_MONTH})\.(?:{_OF_YEAR})? ?{_TO} ?\d\d?\.(?P<last_c>{_MONTH})\.(?:{_OF_YEAR})?(?!\d)"
)
"""2012-01 to 2012-06, 01.01.2012-30.06.2012."""
_DAY_OF_MONTH = re.compile(r"(?<!\d)\d{1,2}(?:st|nd|rd|th|er|º)?[-. ]+(?:de |of )?[^\W\d_]+|[^\W\d_]+\.? \d{1,2}(?!\d)")
"""A day of some month, which is also what spreadsheet programs make of ages from 5 to 9: 9-May."""
_ENDS_A_YEAR = pattern(r"\b(?:(?:fiscal )?year (?:ending|ended|to|from)|(?:12|twelve) months)\b")
"""“year ending June”: its month is no part of a year."""
_SEVERAL = ""
"""What a text names that is more than one half or quarter."""


def names_part_of_year(text: str) -> bool:
    """Whether a text names a half, a quarter or several months of a year: “second half”, “II semestre”, “2012 Q1”.

    Letters without a year, such as H1, may name a table of a file: they name a half where they are all of the text.
    From January to December is all of a year, and so is any other span of twelve months.
    """
    text = plain(text)
    if any(not one.groupdict().get("letter_alone") or one[0] == text.strip() for one in _found(text)):
        return True
    months = _months_in(text)
    return len({*months}) > 1 and not (len(months) == 2 and (months[1] - months[0]) % 12 == 11)


def may_name_part_of_year(text: str) -> bool:
    """Whether letters in a text may name a half or quarter beside other words, “Police, H1”, or it has one month.

    A month with a day or a year beside it is a date, and that of a year's end is all of it.
    """
    text = plain(text)
    undated = _DAY_OF_MONTH.sub(" ", in_numbers(text))
    of_a_month = not _ENDS_A_YEAR.search(text) and len({*_months_in(undated)}) == 1
    return of_a_month or bool(_found(text))


def without_part_of_year(text: str, period: str) -> str | None:
    """Take the words of the half or quarter that a period is, such as 2012-S1, from a text.

    Gives the plain text with `REMOVED` in their place; as it is where it names none or the period is a year; None where
    it names another part than the period's, several, or another year. That rows are given by the quarter is said of
    rows of quarters.
    """
    text = plain(text)
    match = _OF_PERIOD.fullmatch(period)
    if match is None:
        return text
    own = match["part"] or "none"
    found = [_code(one) for one in _found(text)]
    months = tuple(dict.fromkeys(_months_in(text)))
    if len(months) > 1:
        found.append(_BY_MONTHS.get((months[0], months[-1]), _SEVERAL) if len(months) == 2 else _SEVERAL)
    if not {*found} <= {own}:
        return None
    years = sorted(_YEARS.findall(text))
    if found and years and not years[0] <= match["year"] <= years[-1]:
        return None
    rest = _IN_LETTERS.sub(REMOVED, _WRITTEN.sub(REMOVED, text))
    rest = without_months(rest, REMOVED) if len(months) > 1 else rest
    return _EACH.sub(lambda each: REMOVED if _kind(each["kind"]) == own[0] else each[0], rest)


def _months_in(text: str) -> list[int]:
    """The months that a text names, or between which it is in numbers: 2012-01 to 2012-06, 01.01.2012-30.06.2012."""
    if (span := _IN_NUMBERS.search(text)) is None:
        return span_of_months(text) or months_in(text)
    return [int(next(filter(None, (span[f"{end}_{form}"] for form in "abcd")))) for end in ("first", "last")]


def _found(text: str) -> list[re.Match[str]]:
    return [*_WRITTEN.finditer(text), *_IN_LETTERS.finditer(_WRITTEN.sub(" ", text))]


def _code(match: re.Match[str]) -> str:
    """The part that words or letters name: S1, S2, Q1 to Q4, or `_SEVERAL`."""
    said = {name: value for name, value in match.groupdict().items() if value}
    if _SPANNING.search(match.string[: match.start()]) or _ON.search(match.string[match.end() :]):
        return _SEVERAL
    if said.get("upper") or said.get("lower"):
        return "S1" if "upper" in said else "S2"
    if quarter := said.get("of_quarter"):
        return f"Q{_number(quarter)}"
    if "months" in said:
        of_six, first = "six" in said or "six_before" in said, "last" not in said
        return ("S1" if first else "S2") if of_six else ("Q1" if first else "Q4")
    if kind := said.get("kind") or said.get("kind_before"):
        return _kind(kind) + _number(said.get("ordinal") or said["ordinal_behind"])
    letter, number = (next(said[name] for name in said if name.startswith(of)) for of in ("letter", "number"))
    return _LETTERS[letter[0].upper()] + number


def _kind(word: str) -> str:
    return next(kind for kind, words in _WORDS_OF_KINDS.items() if words.fullmatch(word))


def _number(ordinal: str) -> str:
    return next(number for words, number in _NUMBERS if words.fullmatch(ordinal))
