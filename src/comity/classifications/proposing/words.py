"""The words of titles of offences: folded, without what tells nothing, and cut to their stems.

A title does not say its language. A term of the lexicon does, and is cut by the rules of its own language; a word of a
title is cut by those of each language that is written as it is, and meets a term in any of them.
"""

import re
import unicodedata
from functools import lru_cache

from comity.classifications.iccs import TABLES
from comity.evidence.files.text_tables import parse_table

_SNOWBALL = {"en": "english", "es": "spanish", "fr": "french", "pt": "portuguese", "ru": "russian"}
"""The languages whose words Snowball's rules cut; why not Arabic stands in docs/decisions/0023."""
_IN_LATIN_LETTERS = ("en", "es", "fr", "pt")

_REFERENCE = re.compile(
    r"art[íi]?c?u?l?o?s?\.\s*\d*|\b(?:art(?:[íi]culo)?s?|inc|ley(?:es)?|law|act|dfl|dl|n[º°ro]*)\.?\s*(?:n[º°]\s*)?\d[\d.\-/]*"
    r"|\bc\.?\s?p\.?(?:\s?p\.?)?(?=\W|$)|\d+[º°]?",
    re.IGNORECASE,
)
"""A reference to a law: “art. 433 N° 1”, “Ley 20.000”, “C.P.”, “3º”."""
_EXCEPTED = re.compile(r"\((?:no|excluye|excepto|salvo|except|excluding|excl|sauf|hors)\b[^)]*\)", re.IGNORECASE)
"""What a title says that it is not: “Hurto (excluye abigeato)”."""
_ELISION = re.compile(r"\b(?:l|d|qu|n|s|m)[’'](?=\w)", re.IGNORECASE)
"""The article of “l'étalage”, “d’un”."""
# “no” is a negation in Spanish and “in the” in Portuguese; before a participle or adjective it is taken for Spanish.
_NEGATING = frozenset({"sin", "no", "without", "sans", "sem", "без", "بدون"})
_SPANISH_PARTICIPLE = re.compile(r"(?:ad|id|ent|ional|icular)[oa]?s?$")
"""“no habitado”, “no violento”, and not “no trânsito”."""
_WORD = re.compile(r"[^\W\d_]+")
_ARABIC_ARTICLE = re.compile(r"^(?:وال|بال|كال|فال|لل|ال)(?=\w{3})")
"""The article with what is joined to it: “السرقة”, “والسرقة”, “للسرقة”."""
_ARABIC_ENDING = re.compile(r"(?:ات|ين|ون|ه)$")
"""Of the plural, and of the feminine, whose teh marbuta folding makes a heh: “مخدرات”, “سرقة”."""
_PORTUGUESE_PLURAL = re.compile(r"(?<=\w\w)oes$")
"""Folded, “lesões” has lost the accent by which Snowball knows it for the plural of “lesão”."""
_CUT_FROM = 5
"""Letters of an Arabic word that is cut: of a shorter one too little is left."""


def fold(text: str) -> str:
    """A text without case, accents and Arabic marks; the forms of alef, yeh and teh marbuta become one."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter) and letter not in "ـ’'")
    return bare.translate(str.maketrans("أإآىةёй", "اااىهеи")).replace("ى", "ي")


@lru_cache(maxsize=65536)
def stem(word: str, language: str) -> str:
    """A folded word without the endings of number, gender and case, by the rules of a language such as `es`.

    The word as it is where no rules of the language are held.
    """
    if language == "ar":
        bare = _ARABIC_ARTICLE.sub("", word)
        return _ARABIC_ENDING.sub("", bare) if len(bare) >= _CUT_FROM else bare
    if language not in _SNOWBALL:
        return word
    from snowballstemmer import stemmer  # here, since only this aid needs it

    if language == "pt":
        word = _PORTUGUESE_PLURAL.sub("ao", word)
    stem: str = stemmer(_SNOWBALL[language]).stemWord(word)
    return stem


@lru_cache(maxsize=65536)
def stems(word: str) -> tuple[str, ...]:
    """What a folded word of a title is cut to in each of the languages that are written in its letters.

    Its last one tells, since the mark of what is denied stands before the first.
    """
    if "\u0600" <= word[-1] <= "\u06ff":
        languages: tuple[str, ...] = ("ar",)
    elif "\u0400" <= word[-1] <= "\u04ff":
        languages = ("ru",)
    else:
        languages = _IN_LATIN_LETTERS
    return tuple(dict.fromkeys(stem(word, language) for language in languages))


def words(text: str) -> list[str]:
    """The folded words of a title in their order, without references to laws, articles and particles.

    A word after “without” bears the mark of it, so that “sin violencia” does not read as violence. Chinese characters
    stand in one word for each unbroken run.
    """
    bare = _REFERENCE.sub(" ", _EXCEPTED.sub(" ", text))
    told: list[str] = []
    negation = ""
    for word in _WORD.findall(fold(_ELISION.sub(" ", bare))):
        if word in _marked("omitted"):
            negation = word if word in _NEGATING else negation
        else:
            denied = negation and (negation != "no" or _SPANISH_PARTICIPLE.search(word))
            told.append(f"no{word}" if denied else word)
            negation = ""
    return told


@lru_cache(maxsize=1)
def rows_of_terms() -> tuple[dict[str, str], ...]:
    """The rows of the lexicon's table as shipped; read once."""
    return tuple(row.cells for row in parse_table((TABLES / "iccs_terms.csv").read_text(encoding="utf-8")).rows)


@lru_cache(maxsize=2)
def _marked(kind: str) -> frozenset[str]:
    """The folded words of the lexicon that speak of no category: `omitted` tell nothing, `rest` say “other”."""
    return frozenset(fold(row["term"]) for row in rows_of_terms() if row["kind"] == kind)


def names_the_rest(text: str) -> bool:
    """Whether a title begins with “other” in one of the lexicon's languages."""
    opening = _WORD.findall(fold(text))[:2]
    rest = _marked("rest")
    return any(word in rest for word in opening) or text[:2] in rest
