"""What says that figures are of a part: of the people, of the places, of the acts or of the year.

Published tables say it in a cell, in a title above the headings or in the name of a sheet. Figures of a part that are
read without it would stand as the total.
"""

import re

from comity.statistics import published_terms as terms
from comity.statistics.written_days import months_named

_OF_A_SEX = (
    r"wom[ae]n|m[ae]n|females?|males?|girls|boys|mujer(?:es)?|hombres?|femmes?|hommes?|frauen|männer|mulher(?:es)?|homens?"
    r"|femeninos?|femininos?|féminine?s?|masculinos?|masculine?s?|weiblich|männlich|donne|uomini|kobiet[ay]?|kvinnor"
    r"|женщин\w*|мужчин\w*|женск\w*|мужск\w*|ال(?:إناث|نساء|ذكور|رجال)|إناث|نساء|ذكور|رجال"
)
_OF_AN_AGE = (
    r"children|juveniles?|minors|elderly|aged|under \d+|enfants|mineurs|niñ[oa]s|menores|несовершеннолетн\w*|أطفال"
    r"|الأطفال"
)
_OF_A_PLACE = (
    r"urban|rural|capital cit(?:y|ies)|largest cit(?:y|ies)|urbaine?s?|urban[oa]s?|rurale?s?|hauptstadt"
    r"|städtisch\w*|ländlich\w*|городск\w*|сельск\w*|столиц\w*|حضري?ة?|ريفي?ة?"
)
_OF_A_KIND = (
    r"attempt(?:s|ed)|femicides?|firearms?|foreign(?:ers?)?|nationals|national citizens|tentatives?|tentativas?"
    r"|armas? de fuego|armes? [àa] feu|armas? de fogo|schusswaffen?|versuchte?n?|feminicidios?|féminicides?"
    r"|gang-related|intimate partners?|покушени\w*|огнестрельн\w*|محاولات?|الشروع|أسلحة نارية|الأسلحة النارية"
)
_CHINESE = r"女性|女人|妇女|男性|男人|儿童|未成年|未遂|枪支|城市|城镇|农村|外国人|初步|千人|万人|上半年|下半年|季度"
_SHARED = f"{_OF_A_SEX}|{_OF_AN_AGE}|{_OF_A_PLACE}|{_OF_A_KIND}"
_AGES = r"(?<![\d./-])[1-9]\d?\s*(?:\+|(?:-|–|to)\s*\d{1,2}(?![\d./-]))"
_OF_QUARTERS = r"(?:first|second) half|h[12] \d{4}|quarter|q[1-4]"
_NOT_FINAL = (
    r"thousands?|millions?|per (?:1[ ,]?000|million)|milliers|miles|tausend|тыс(?:яч\w*)?|بالآلاف"
    r"|provisional(?:es)?|preliminary|provisoires?|préliminaires?|preliminares?|vorläufig\w*|предварительн\w*|أولية|sample"
    r"|semestres?|trimestres?|полугоди\w*|квартал\w*"
)
"""Words of what is no final figure of a whole year in the unit that it seems to be in."""

_IN_CELLS = re.compile(rf"\b(?:{_SHARED}|girl|boy|youths?|completed|capital|intimate|only)\b|{_CHINESE}", re.IGNORECASE)
_IN_TITLES = re.compile(
    rf"\b(?:{_SHARED}|capitals|{_NOT_FINAL}|domestic homicides?|homicides? in prisons?"
    rf"|selected (?:areas|cities|provinces|regions|states))\b|{_CHINESE}",
    re.IGNORECASE,
)
_NUMBERED = re.compile(rf"\b(?:{_OF_QUARTERS})\b|{_AGES}", re.IGNORECASE)
_IN_NOTES = re.compile(rf"\b(?:{_SHARED}|{_NOT_FINAL}|{_OF_QUARTERS})\b|{_CHINESE}", re.IGNORECASE)
_TOGETHER = tuple(
    (re.compile(one, re.IGNORECASE), re.compile(other, re.IGNORECASE))
    for one, other in (
        (
            r"\b(?:females?|wom[ae]n|mujer(?:es)?|femmes?|frauen|mulher(?:es)?|женщин\w*|ال(?:إناث|نساء)|إناث|نساء)\b|女性?",
            r"\b(?:males?|m[ae]n|hombres?|hommes?|männer|homens?|мужчин\w*|و?ال(?:ذكور|رجال)|و?ذكور|و?رجال)\b|男性?",
        ),
        (r"\badults?\b", r"\b(?:juveniles?|children|minors)\b"),
        (r"\b(?:urban[oa]?s?|urbaine?s?|городск\w*)\b|城市|城镇", r"\b(?:rural(?:es)?|rurale?s?|сельск\w*)\b|农村"),
    )
)
"""Parts that make a whole where a text names both."""
_OF_THE_FILE = re.compile(
    r"\b(?:releases?|updated?|editions?|versions?|sessions?|meetings?|pages?|pp?\.|chapters?|tables?|annex(?:es)?|rows"
    r"|downloaded|extracted|accessed|as of)\b",
    re.IGNORECASE,
)
"""Words of a title beside which numbers, quarters and months are of the file and not of what the rows are of."""
_NOT_SAID_OF_ROWS = re.compile(
    r"\bun[- ]women\b"
    r"|\b(?:exclud\w*|not includ\w*|do(?:es)? not include|without|hors|sans|sauf|no incluye\w*|excluy\w*|sin|ohne)\b"
    r"[^,;.)]*"
    r"|не включая[^,;.)]*|باستثناء[^,;.)]*|不包括[^,;.)，；。）]*",
    re.IGNORECASE,
)
"""The name of an agency, and what a text says that the rows are not of."""
_SAID_IN = {
    "sex": re.compile(rf"\b(?:{_OF_A_SEX})\b|[女男]性|妇女", re.IGNORECASE),
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
    return is_of_one_sex_in_words(text) or text.strip() in _LETTERS


def is_of_one_sex_in_words(text: str) -> bool:
    """Whether a text is the word of one sex, and nothing else."""
    return terms.sex(text) in _LETTERS


def is_whole(text: str) -> bool:
    """Whether a text names the parts of a whole and nothing else, such as “men and women”."""
    rest = _without_wholes(text)
    return rest != text and not re.sub(r"\W|\b(?:and|or|areas?|persons?)\b", "", rest)


def qualifies(title: str) -> bool:
    """Whether a title or a sheet's name says that the rows are of a part; the parts of a whole together do not.

    What a text says that the rows are not of is no part either, and neither are the numbers of a file's own pages,
    editions and days.
    """
    text = _said_of_rows(title)
    if is_of_one_sex(text) or _IN_TITLES.search(text):
        return True
    return not _OF_THE_FILE.search(title) and (_NUMBERED.search(text) is not None or months_named(text) > 1)


def names_parts(text: str) -> bool:
    """Whether a category has a word or number by which titles say that rows are of a part."""
    return _IN_TITLES.search(text) is not None or _NUMBERED.search(text) is not None


def tells_of_a_part(note: str) -> bool:
    """Whether a note has a word by which it may say that its row is of a part; the parts of a whole together do not."""
    text = _said_of_rows(note)
    return _IN_NOTES.search(text) is not None or months_named(text) > 1


def said_in(title: str) -> tuple[list[str], str]:
    """The dimensions of sex and age that a title says something of, and the title without those words."""
    fields = [field for field, words in _SAID_IN.items() if words.search(title)]
    if is_of_one_sex(title):
        return ["sex"], ""
    rest = title
    for field in fields:
        rest = _SAID_IN[field].sub("", rest)
    return fields, rest


def _said_of_rows(text: str) -> str:
    return _without_wholes(_NOT_SAID_OF_ROWS.sub("", text))


def _without_wholes(text: str) -> str:
    for one, other in _TOGETHER:
        if one.search(text) and other.search(text):
            text = other.sub("", one.sub("", text))
    return text
