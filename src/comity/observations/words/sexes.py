"""The words of a sex: of a cell that names it, and of titles and notes that say of a row that it is of one.

`without_sex` gives a plain text in which `REMOVED` stands for what names what a row is of, the same text where it
names nothing of the kind or the row is of the whole, and None where it names another part.
"""

from collections.abc import Collection
from functools import lru_cache

from comity.observations.observation import TOTAL
from comity.observations.words.plain_text import REMOVED, pattern, plain
from comity.observations.words.totals import code_of_whole

_SEXES_IN_A_CELL = {
    "male": "M", "males": "M", "men": "M", "female": "F", "females": "F", "women": "F", "other": "O",
    "hombre": "M", "hombres": "M", "masculino": "M", "mujer": "F", "mujeres": "F", "femenino": "F",
    "feminino": "F", "mulher": "F", "mulheres": "F", "homem": "M", "homens": "M", "weiblich": "F", "männlich": "M",
    "homme": "M", "hommes": "M", "masculin": "M", "femme": "F", "femmes": "F", "féminin": "F",
    "мужской": "M", "мужчины": "M", "женский": "F", "женщины": "F", "ذكر": "M", "ذكور": "M", "أنثى": "F", "إناث": "F",
    "男": "M", "女": "F",
}  # fmt: skip
"""Words that are all of a cell, each with its code."""


@lru_cache(maxsize=256)
def code_of_sex(text: str) -> str | None:
    """The code of CL_SEX for a published word: `M`, `F`, `O`, `_T`, `_U`, `_Z`; None for any other word."""
    return code_of_whole(text) or _SEXES_IN_A_CELL.get(text.strip().casefold())


def sexes_by_letter(letters: Collection[str]) -> dict[str, str]:
    """The codes of CL_SEX of the letters that stand together in a column of sexes.

    `M` is a man beside `F`, `W`, `K` or `V` and a woman beside `H`; alone it may be either, and is left out.
    """
    women = next((letter for letter in "FWKVЖ" if letter in letters), "")
    codes = {"T": TOTAL, "B": TOTAL}
    if women:
        codes[women] = "F"
    if "H" in letters:
        codes["H"] = "M"
        return codes if women else {**codes, "M": "F"}
    return {**codes, "M": "M", "М": "M"} if women else codes


# Words within a title or a note, where a word of a cell may also stand in another case, number or gender.
WOMEN = (
    r"wom[ae]n|females?|mujer(?:es)?|femmes?|frauen|mulher(?:es)?|femenin[oa]s?|feminin[oa]s?|feminine?s?|weiblich\w*"
    r"|donne|kobiet[ay]?|kvinn(?:or|a)|wives|esposas|fem\.|женщин\w*|женск\w*|жен\.|[وبل]?(?:ال|ل)?(?:إناث|أنثى|نساء)|المرأة"
)
MEN = (
    r"m[ae]n|males?|hombres?|var(?:ón|ones)|hommes?|männern?|homens?|masculin[oa]s?|masculine?s?|m[äa]nnlich\w*|uomini"
    r"|mężczy[zź]n\w*|män|husbands|masc\.|мужчин\w*|мужск\w*|муж\.|[وبل]?(?:ال|ل)?(?:ذكور|ذكر|رجال)"
)
WOMEN_IN_CHINESE, MEN_IN_CHINESE = "女[性人子]|妇女", "男[性人子]"
GIRLS = r"girls?|filles|niñas|chicas|meninas|raparigas|mädchen|девоч\w*|девуш\w*|(?:ال)?(?:فتيات|بنات)"
BOYS = r"boys?|garçons|chicos|meninos|rapazes|jungen|мальчик\w*|юнош\w*|(?:ال)?(?:فتيان|أولاد)"
GIRLS_IN_CHINESE, BOYS_IN_CHINESE = "女[童孩]", "男[童孩]"
_SEXES = {
    code: pattern(rf"\b(?:{words})(?!\w)|{in_chinese}|(?P<child>\b(?:{child})\b|{child_in_chinese})")
    for code, words, in_chinese, child, child_in_chinese in (
        ("F", WOMEN, WOMEN_IN_CHINESE, GIRLS, GIRLS_IN_CHINESE),
        ("M", MEN, MEN_IN_CHINESE, BOYS, BOYS_IN_CHINESE),
    )
}
_AND_CHILDREN = r"(?:(?: ?(?:and|et|y|e|и|/|&|和) ?|\s?و)(?:the |les |las |os )?)"
_ALL_OF_A_SEX = pattern(
    rf"(?:\b(?P<women>{WOMEN})|(?P<women_in_chinese>{WOMEN_IN_CHINESE})){_AND_CHILDREN}(?:(?:{GIRLS})(?!\w)|{GIRLS_IN_CHINESE})"
    rf"|(?:\b(?P<men>{MEN})|(?P<men_in_chinese>{MEN_IN_CHINESE})){_AND_CHILDREN}(?:(?:{BOYS})(?!\w)|{BOYS_IN_CHINESE})",
)
"""“women and girls”, “men and boys”."""


def all_of_a_sex(text: str) -> str:
    """A plain text in which “women and girls” are women, and “men and boys” are men: all of a sex, and no age."""
    return _ALL_OF_A_SEX.sub(lambda found: next(filter(None, found.groupdict().values())), plain(text))


def without_sex(text: str, sex: str) -> str | None:
    """Take the words of a sex, given as of CL_SEX, from a text, which may also be its letter alone.

    Where the text names children of that sex, it names children yet.
    """
    text = plain(text)
    if sex == TOTAL:
        return text
    letter = text.strip()
    alone = letter if letter in _SEXES else code_of_sex(letter)
    if alone in _SEXES:
        return REMOVED if alone == sex else None
    named = {code for code, words in _SEXES.items() if words.search(text)}
    if not named:
        return text
    return _SEXES[sex].sub(lambda found: "children" if found["child"] else REMOVED, text) if named == {sex} else None
