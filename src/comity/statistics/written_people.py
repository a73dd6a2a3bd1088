"""Sexes, ages and citizenship as people write them in titles and notes: whether they are those that a row is of.

The `without_` functions give a text without the words that name what a row is of, the text as it is where it names
nothing of the kind or the row is of the whole, and None where it names another part than the row's.
"""

import re
from collections.abc import Collection, Iterable
from typing import NamedTuple

from comity.statistics import published_terms as terms
from comity.statistics.observation import NOT_APPLICABLE, TOTAL, UNKNOWN

WOMEN = (
    r"wom[ae]n|females?|mujer(?:es)?|femmes?|frauen|mulher(?:es)?|femenin[oa]s?|feminin[oa]s?|féminine?s?"
    r"|weiblich\w*|donne|kobiet[ay]?|kvinnor|женщин\w*|женск\w*|و?ال(?:إناث|نساء)|و?(?:إناث|نساء)"
)
MEN = (
    r"m[ae]n|males?|hombres?|hommes?|männer|homens?|masculin[oa]s?|masculine?s?|männlich\w*|uomini|мужчин\w*"
    r"|мужск\w*|و?ال(?:ذكور|رجال)|و?(?:ذكور|رجال)"
)
WOMEN_IN_CHINESE, MEN_IN_CHINESE = "女[性人]|妇女", "男[性人]"
GIRLS = r"girls?|filles|niñas|meninas|девоч\w*|(?:ال)?فتيات|女童"
BOYS = r"boys?|garçons|meninos|мальчик\w*|(?:ال)?فتيان|男童"
FOREIGNERS = (
    r"foreign(?:ers?)?(?: (?:citizens|nationals))?|non[ -]?(?:nationals?|citizens?|nationaux)|extranjer[oa]s?"
    r"|no nacionales|étrang[eè]re?s?|estrangeir[oa]s?|ausländ\w*|иностран\w*(?: граждан\w*)?|неграждан\w*"
    r"|(?:ال)?أجانب|غير المواطنين"
)
FOREIGNERS_IN_CHINESE = "外国人|外国公民|外籍|非公民"
_CITIZEN = (
    r"citizens|citoyen(?:ne)?s|ciudadan[oa]s|cidadãos|staatsangehörige\w*|staatsbürger\w*|граждан\w*"
    r"|(?:ال)?مواطن(?:ين|ون)"
)
NATIONALS = rf"nationals|national citizens|^(?:{_CITIZEN})$|^公民$"
"""Words of those who are no foreigners. Beside other words “citizens” may be any people."""
CHILDREN = (
    r"children|juveniles?|minors|enfants|mineurs|niños|menores|crianças|несовершеннолетн\w*|(?:ال)?أطفال"
    r"|infanticides?|infanticidios?"
)
ADULTS = r"adult[eoa]?s?|erwachsene\w*|взросл\w*|(?:ال)?بالغ(?:ين|ون)"
_YOUTH = r"youths?|young|jeunes?|jóvenes|jovens|jugendliche\w*|молод[её]ж\w*|подростк\w*|(?:ال)?شباب"
AGES = rf"{CHILDREN}|{_YOUTH}|{ADULTS}|elderly|aged"
AGES_IN_CHINESE = "儿童|未?成年|青年"

_N = r"(?<![A-Za-z\d.,/-])([1-9]\d?)"
_END = r"(?![\w./]|,\d)"
_YEARS = (
    r"(?:[ -]?(?:years?(?: old| of age)?|yrs?|ans|años|anos|jahren?|лет|года?|سنوات|سنة|عام(?:ا|ًا)?)(?!\w)|\s?周?岁)"
)
_AGED = r"(?:aged?|edad|idade|âgée?s?(?: de)?|im alter(?: von)?|в возрасте|أعمار|年龄)"
_AND = r"(?:\s?(?:and|or|et|ou|y|o|e|und|oder|и|или|&) )"
_MORE = r"(?:over|older|above|more|plus|upwards?|más|mayores|mais|älter|mehr|darüber|старше|более)(?!\w)"
_LESS = r"(?:under|younger|below|less|menos|menores|moins|jünger|weniger|darunter|младше|моложе|менее)(?!\w)"
_ABOVE = (
    r"(?:over|above|older than|more than|at least|plus de|au moins|más de|mayores de|al menos|mais de|maiores de|ab"
    r"|über|mindestens|старше|не моложе|от|с|فوق|أكثر من) "
)
_BELOW = (
    r"(?:under|below|younger than|less than|up to|at most|moins de|jusqu['’]à|menos de|menores? de|hasta|até|unter"
    r"|bis(?: zu)?|höchstens|младше|моложе|до|не старше|دون|أقل من|تحت)[ -]"
)
_DASH = r"\s?(?:-|–|—|to)\s?"
_TO = rf"(?:{_DASH}|\s?(?:~|a|à|bis|до|إلى|至|到)\s?)"
_OTHER = r"(\d{1,2})"
_BETWEEN = r"(?:between|entre|zwischen|from|de|von|от|с|من)"
_WHO = rf"(?:^|\b(?:persons|people|victims|those|population|personas|personnes|{WOMEN}|{MEN}),? )"


class _Form(NamedTuple):
    """A way to write ages, with one number or two: whether it is open at an end, and whether it may mean else too."""

    pattern: re.Pattern[str]
    open_above: bool = False
    open_below: bool = False
    may_be_else: bool = False


def _form(*patterns: str, above: bool = False, below: bool = False, may_be_else: bool = False) -> _Form:
    return _Form(re.compile("|".join(patterns), re.IGNORECASE), above, below, may_be_else)


_FORMS = (
    _form(
        rf"(?:{_AGED} )?{_BETWEEN} {_N}{_YEARS}?(?:{_TO}|{_AND}){_OTHER}{_YEARS}",
        rf"{_AGED} (?:{_BETWEEN} )?{_N}{_YEARS}?(?:{_TO}|{_AND}){_OTHER}{_YEARS}?{_END}",
        rf"{_N}{_YEARS}?{_TO}{_OTHER}{_YEARS}",
    ),
    _form(rf"{_N}{_DASH}{_OTHER}(?![\w./-])", may_be_else=True),
    _form(
        rf"(?:{_AGED} )?{_N}{_YEARS}?{_AND}{_MORE}",
        rf"{_N}{_YEARS}(?:\s?\+|,? {_MORE}|\s?(?:及|或)?以上|\s?(?:فأكثر|فما فوق))",
        rf"{_AGED} (?:{_ABOVE}{_N}{_YEARS}?{_END}|{_N}\s?\+)",
        rf"(?<!\w){_ABOVE}{_N}{_YEARS}|{_WHO}{_ABOVE}{_N}$",
        above=True,
    ),
    _form(rf"{_N}\s?\+", above=True, may_be_else=True),
    _form(
        rf"(?:{_AGED} )?{_N}{_YEARS}?{_AND}{_LESS}",
        rf"{_N}\s?周?岁(?:及|或)?以下|未满\s?([1-9]\d?)\s?周?岁",
        rf"{_AGED} {_BELOW}([1-9]\d?){_YEARS}?{_END}",
        rf"(?<!\w){_BELOW}([1-9]\d?){_YEARS}|{_WHO}{_BELOW}([1-9]\d?)$",
        r"\bunder[ -]([1-9]\d?)s?\b",
        below=True,
    ),
    _form(rf"{_AGED} {_N}{_YEARS}?{_END}", rf"{_N}[ -]?years? old"),
)
"""Forms of ages, in the order in which they are looked for; what one has found is no more there for the next."""
_OLDEST = 999
_Span = tuple[int, int]
_WORDS_OF_AGES = tuple(
    (re.compile(words, re.IGNORECASE), span)
    for words, span in (
        (rf"\b(?:{CHILDREN})\b|儿童|未成年", (0, 17)),
        (rf"\b(?:{_YOUTH})\b|青年", (10, 35)),
        (rf"\b(?:{ADULTS})\b|(?<!未)成年", (15, _OLDEST)),
        (r"\belderly\b", (50, _OLDEST)),
    )
)
"""Ages in words and the widest span that they may mean: States draw the lines at other ages."""
_LEFT_OF_AGES = re.compile(rf"\b(?:{_AGED}|{_YEARS}(?<!\d))\b", re.IGNORECASE)
_CODE_OF_AGE = re.compile(r"Y(?P<first>\d+)(?:T(?P<last>\d+))?|Y_LT(?P<below>\d+)|Y_GE(?P<least>\d+)")

_SEXES = {
    code: re.compile(rf"\b(?:{words})\b|{in_chinese}|(?P<child>\b(?:{child})\b)", re.IGNORECASE)
    for code, words, in_chinese, child in (("F", WOMEN, WOMEN_IN_CHINESE, GIRLS), ("M", MEN, MEN_IN_CHINESE, BOYS))
}
_AND_CHILDREN = r"(?:(?: ?(?:and|et|y|e|и|/|&|和) ?|\s?و)(?:the |les |las |os )?)"
_ALL_OF_A_SEX = re.compile(
    rf"(?:\b(?P<women>{WOMEN})|(?P<women_in_chinese>{WOMEN_IN_CHINESE})){_AND_CHILDREN}(?:{GIRLS})(?!\w)"
    rf"|(?:\b(?P<men>{MEN})|(?P<men_in_chinese>{MEN_IN_CHINESE})){_AND_CHILDREN}(?:{BOYS})(?!\w)",
    re.IGNORECASE,
)
_OF_HERE, _FROM_ELSEWHERE = (
    r"(?:nationals|(?:national )?citizens)",
    r"(?:foreign(?:ers| citizens| nationals)|non-?(?:nationals|citizens))",
)
_NATIONALS_AND_FOREIGNERS = re.compile(
    rf"\b{_OF_HERE} ?(?:and|or|&|/|,) ?{_FROM_ELSEWHERE}\b|\b{_FROM_ELSEWHERE} ?(?:and|or|&|/|,) ?{_OF_HERE}\b",
    re.IGNORECASE,
)
_CITIZENS = re.compile(
    rf"\b(?P<foreign>{FOREIGNERS})\b|(?P<foreign_in_chinese>{FOREIGNERS_IN_CHINESE})"
    rf"|\b(?:(?:national )?(?:{_CITIZEN})|nationals|nationaux|nacionales)\b|公民|国民",
    re.IGNORECASE,
)
_NATIONAL, _FOREIGN = "NAT", "FOR"


def all_of_a_sex(text: str) -> str:
    """A text in which “women and girls” are women, and “men and boys” are men: all of a sex, and no age."""
    return _ALL_OF_A_SEX.sub(lambda found: next(filter(None, found.groupdict().values())), text)


def without_all_citizens(text: str) -> str:
    """A text without “nationals and foreigners”, who are everyone."""
    return _NATIONALS_AND_FOREIGNERS.sub(" ", text)


def names_ages(text: str, *, surely: bool = False) -> bool:
    """Whether a text gives ages in numbers; `surely` leaves out forms that may mean else, such as 15-29."""
    return any(form.pattern.search(text) for form in _FORMS if not (surely and form.may_be_else))


def without_sex(text: str, sex: str) -> str | None:
    """A text without the words of a sex, given as of CL_SEX; a text may also be its letter alone.

    Where the text names children of that sex, it names children yet.
    """
    if sex == TOTAL:
        return text
    letter = text.strip()
    alone = letter if letter in _SEXES else terms.sex(text)
    if alone in _SEXES:
        return "" if alone == sex else None
    named = {code for code, words in _SEXES.items() if words.search(text)}
    if not named:
        return text
    return _SEXES[sex].sub(lambda found: "children" if found["child"] else " ", text) if named == {sex} else None


def without_ages(text: str, age: str, ages: Collection[str] = ()) -> str | None:
    """A text without the ages in numbers and in words that hold an age, given as of CL_AGE.

    `ages` are those of all rows of which the text is said: where they are several, it may be of all of them together;
    else its ages must be the very ones.
    """
    if age == TOTAL:
        return text
    several = len({*ages}) > 1
    span = _span(age)
    rest, found = _ages_in(text)
    if not all(span in one or (several and _within(span, one)) for one in found):
        return None
    for words, widest in _WORDS_OF_AGES:
        if words.search(rest):
            open_above = widest[1] == _OLDEST and not several
            if not _within(span, [widest]) or (open_above and span[1] != _OLDEST):
                return None
            rest = words.sub(" ", rest)
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
        text = form.pattern.sub(" ", text)
    return text, found


def _span(age: str) -> _Span:
    """The first and the last age of a code of CL_AGE; a span that is within none for a code of no ages."""
    match = _CODE_OF_AGE.fullmatch(age)
    if match is None:
        return (-1, _OLDEST + 1)
    if match["below"]:
        return (0, int(match["below"]) - 1)
    if match["least"]:
        return (int(match["least"]), _OLDEST)
    return (int(match["first"]), int(match["last"] or match["first"]))


def _within(span: _Span, spans: Iterable[_Span]) -> bool:
    return any(first <= span[0] and span[1] <= last for first, last in spans)


def without_citizenship(text: str, citizenship: str, area: str) -> str | None:
    """A text without the words of citizens or of foreigners, for a row of an area.

    `citizenship` is `NAT`, `FOR`, or the code of an area, whose citizens are foreigners in any other.
    """
    if citizenship == TOTAL:
        return text
    found = list(_CITIZENS.finditer(text))
    named = {_FOREIGN if one["foreign"] or one["foreign_in_chinese"] else _NATIONAL for one in found}
    if not named:
        return text
    if citizenship in (UNKNOWN, NOT_APPLICABLE):
        return None
    meant = citizenship if citizenship in (_NATIONAL, _FOREIGN) else _NATIONAL if citizenship == area else _FOREIGN
    return _CITIZENS.sub(" ", text) if named == {meant} else None
