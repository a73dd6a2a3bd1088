"""What says that figures are of a part: of the people, of the places, of the acts or of the year.

Published tables say it in a cell, in a title above the headings or in the name of a sheet. Figures of a part that are
read without it would stand as the total.
"""

import re

from comity.statistics import published_terms as terms

_OF_A_SEX = (
    r"wom[ae]n|m[ae]n|females?|males?|girls|boys|mujer(?:es)?|hombres?|femmes?|hommes?|frauen|männer|mulher(?:es)?|homens?"
    r"|femeninos?|femininos?|féminine?s?|masculinos?|masculine?s?|weiblich|männlich|donne|uomini"
)
_OF_AN_AGE = r"children|juveniles?|minors|elderly|aged|under \d+"
_OF_A_PLACE = r"urban|rural|capital cit(?:y|ies)|largest cit(?:y|ies)"
_OF_A_KIND = r"attempt(?:s|ed)|femicides?|firearms?|foreign(?:ers?)?|nationals|national citizens"
_SHARED = f"{_OF_A_SEX}|{_OF_AN_AGE}|{_OF_A_PLACE}|{_OF_A_KIND}"
_AGES = r"(?<![\d./-])\d{1,2}\s*(?:\+|(?:-|–|to)\s*\d{1,2}(?![\d./-]))"

_IN_CELLS = re.compile(rf"\b(?:{_SHARED}|girl|boy|youths?|completed|capital|intimate|only)\b", re.IGNORECASE)
_IN_TITLES = re.compile(
    rf"\b(?:{_SHARED}|capitals|thousands?|millions?|per (?:1[ ,]?000|million)|provisional|sample"
    r"|selected (?:areas|cities|provinces|regions|states)|(?:first|second) half|h[12] \d{4}|quarter|q[1-4]"
    rf"|january (?:to|and)|january\s*[-–])\b|{_AGES}",
    re.IGNORECASE,
)
_TOGETHER = tuple(
    (re.compile(rf"\b(?:{one})\b", re.IGNORECASE), re.compile(rf"\b(?:{other})\b", re.IGNORECASE))
    for one, other in (
        (r"females?|wom[ae]n", r"males?|m[ae]n"),
        (r"adults?", r"juveniles?|children|minors"),
        ("urban", "rural"),
    )
)
"""Parts that make a whole where a text names both."""
_OF_THE_FILE = re.compile(
    r"\b(?:releases?|updated?|editions?|versions?|sessions?|pages?|pp?\.|chapters?|rows|ministry|un[- ]women)",
    re.IGNORECASE,
)
"""Words of a title that tells of the file and its makers, and not of what the rows are of."""
_SAID_IN = {
    "sex": re.compile(rf"\b(?:{_OF_A_SEX})\b", re.IGNORECASE),
    "age": re.compile(rf"\b(?:{_OF_AN_AGE}|boys|girls)\b|{_AGES}", re.IGNORECASE),
}
_SHORT = 40
"""Letters of a cell that is a category, and no sentence."""
_LETTERS = frozenset({"F", "M"})


def is_part(text: str) -> bool:
    """Whether a cell means a part, whatever its column is headed: a sex, an age, a citizenship, a kind of place."""
    word = text.strip()
    of_age = not word.isdecimal() and (terms.age(word) or "").startswith("Y")
    named = len(word) <= _SHORT and _IN_CELLS.search(_without_wholes(word)) is not None
    return is_of_one_sex(word) or of_age or named


def is_of_one_sex(text: str) -> bool:
    """Whether a text is the word or the letter of one sex, and nothing else."""
    word = text.strip()
    return terms.sex(word) in _LETTERS or word in _LETTERS


def qualifies(title: str) -> bool:
    """Whether a title or a sheet's name says that the rows are of a part; the parts of a whole together do not."""
    if _OF_THE_FILE.search(title):
        return False
    return is_of_one_sex(title) or names_parts(_without_wholes(title))


def names_parts(text: str) -> bool:
    """Whether a text has a word by which titles say that rows are of a part."""
    return _IN_TITLES.search(text) is not None


def said_in(title: str) -> tuple[list[str], str]:
    """The dimensions of sex and age that a title says something of, and the title without those words."""
    fields = [field for field, words in _SAID_IN.items() if words.search(title)]
    if is_of_one_sex(title):
        return ["sex"], ""
    rest = title
    for field in fields:
        rest = _SAID_IN[field].sub("", rest)
    return fields, rest


def _without_wholes(text: str) -> str:
    for one, other in _TOGETHER:
        if one.search(text) and other.search(text):
            text = other.sub("", one.sub("", text))
    return text
