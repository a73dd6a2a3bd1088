"""What says that figures are of a part: of the people, of the places, of the acts or of the year.

Published tables say it in a cell, in a title above the headings or in the name of a sheet. Figures of a part that are
read without it would stand as the total.
"""

import re
from functools import lru_cache

from comity.statistics import published_terms as terms
from comity.statistics.written_days import months_named

_OF_A_SEX = (
    r"wom[ae]n|m[ae]n|females?|males?|girls|boys|mujer(?:es)?|hombres?|femmes?|hommes?|frauen|männer|mulher(?:es)?|homens?"
    r"|femeninos?|femininos?|féminine?s?|masculinos?|masculine?s?|weiblich|männlich|donne|uomini|kobiet[ay]?|kvinnor"
    r"|женщин\w*|мужчин\w*|женск\w*|мужск\w*|ال(?:إناث|نساء|ذكور|رجال)|إناث|نساء|ذكور|رجال"
)
_OF_AN_AGE = (
    r"children|juveniles?|minors|elderly|aged|under[ -]\d+s?|enfants|mineurs|niñ[oa]s|menores|несовершеннолетн\w*|أطفال"
    r"|الأطفال|youths?|young|infanticides?|infanticidios?|jeunes?|jóvenes|jovens|jugendliche\w*|молод[её]ж\w*|подростк\w*|الشباب"
)
_OF_A_PLACE = (
    r"urban|rural|capital cit(?:y|ies)|largest cit(?:y|ies)|urbaine?s?|urban[oa]s?|rurale?s?|hauptstadt"
    r"|städtisch\w*|ländlich\w*|городск\w*|сельск\w*|столиц\w*|(?:ال)?(?:حضري|ريفي)ة?|metropolit\w*|métropol\w*"
    r"|großstädt\w*|столичн\w*|capita(?:is|les)"
    r"|\d+ (?:of|out of|de|sur|из) (?:the |les |las? |os |los )?\d+ "
    r"(?:states|provinces|regions|districts|cities|municipalities|departments|counties|prefectures|estados|provincias"
    r"|regiones|départements|régions|regiões)"
)
_FIREARMS = (
    r"firearms?|armas? de fuego|armes? [àa] feu|armas? de fogo|schusswaffen?|огнестрельн\w*|أسلحة نارية|الأسلحة النارية"
)
_ATTEMPTS = r"attempt(?:s|ed)|tentatives?|tentativas?|versuchte?n?|покушени\w*|محاولات?|الشروع"
_FOREIGNERS = r"foreign(?:ers?)?|extranjer[oa]s?|étrang[eè]re?s?|estrangeir[oa]s?|ausländ\w*|иностран\w*|الأجانب"
_NATIONALS = r"nationals|national citizens"
_IN_FAMILIES = (
    r"femicides?|feminicidios?|féminicides?|intimate partners?|conjuga(?:l|ux|les)|domestic violence|family violence"
    r"|violence domestique|violencia doméstica"
)
_DOMESTIC = r"domestic homicides?"
_GANGS = r"gang-related|gangs?|pandillas?"
_MIGRANTS = r"migrants?"
_IN_PRISONS = r"homicides? in prisons?|prison deaths"
_SUSPECTS = r"suspects?|suspected|sospechos[oa]s|suspectés?|подозреваем\w*|المشتبه بهم"
_CONVICTED = r"convicted|convictions?|condenad[oa]s|condamné[es]*|осужд[её]нн\w*|المدانين"
_OF_A_KIND = (
    f"{_FIREARMS}|{_ATTEMPTS}|{_FOREIGNERS}|{_NATIONALS}|{_IN_FAMILIES}|{_GANGS}|{_MIGRANTS}"
    r"|indigenous|indígenas?|tourists?|journalists?|lgbt\w*|terrorism-related"
)
_OF_OFFENDERS = f"{_SUSPECTS}|{_CONVICTED}|cleared cases"
_CHINESE = (
    r"女性|女人|妇女|男性|男人|儿童|未成年|未遂|枪支|城市|城镇|农村|外国人|初步|千人|万人|上半年|下半年"
    r"|季度|青年|嫌疑人|被定罪"
)
_SHARED = f"{_OF_A_SEX}|{_OF_AN_AGE}|{_OF_A_PLACE}|{_OF_A_KIND}"
_ONLY = (
    r"only|solely|exclusively|sólo|solo|solamente|[úu]nicamente|uniquement|seulement|exclusivement|exclusivamente|nur"
    r"|ausschließlich|lediglich|apenas|somente|soltanto|только|лишь|исключительно|فقط"
)
"""Words by which a text says that it is of nothing else."""
_ONLY_IN_CHINESE = r"[仅僅]|只(?:有|包括|含|限)"
_AGES = (
    r"(?<![\d./-])[1-9]\d?\s*(?:\+|(?:-|–|to)\s*\d{1,2}(?![\d./-]))"
    r"|\b[1-9]\d?(?: years?| ans| años| anos| jahre| лет)? (?:and|or|et|y|o|ou|e|und|и)"
    r" (?:over|older|above|under|younger|plus|más|mais|älter|старше)\b"
)
_OF_QUARTERS = (
    r"(?:first|second) half|h[12] \d{4}|\d{4}[ -]?[hqs][1-4]|[hqs][1-4] \d{4}|quarter|q[1-4]"
    r"|(?:first |last )?(?:\d|three|six|nine|ten|eleven) months|halbjahr|النصف (?:الأول|الثاني)"
)
_PARTLY = (
    r"partial coverage|cover(?:s|age)?(?: of|:)? \d{1,2}(?:\.\d+)? ?%|government-controlled|mainland"
    r"|не по всей территории"
)
"""Words by which a note says that it is not of all of the State."""
_OF_TERMS = r"semestres?|trimestres?|полугоди\w*|квартал\w*"
_PROVISIONAL = (
    r"provisional(?:es)?|preliminary|provisoires?|préliminaires?|preliminares?|vorläufig\w*|предварительн\w*|أولية"
)
_NOT_FINAL = (
    r"hundreds|thousands?|millions?|per (?:1[ ,]?000|million)|milliers|miles|tausend|тыс(?:яч\w*)?|بالآلاف|000s|sample"
    rf"|{_PROVISIONAL}|{_OF_TERMS}"
)
"""Words of what is no final figure of a whole year in the unit that it seems to be in."""
_NOT_OBSERVED = (
    r"estimates|projections?|projected|imputed|forecasts?|nowcasts?|estimaciones|proyecciones|estimations|schätzungen"
    r"|projektionen|estimativas|projeções|оценки|прогноз\w*|تقديرات|إسقاطات"
)
_OF_STATUS = re.compile(rf"\b(?:{_NOT_OBSERVED}|{_PROVISIONAL})\b|初步", re.IGNORECASE)
_SCALED = re.compile(
    r"['’]000s?\b|\(000s?\)|(?:\bx|×|\*|\bmultiplied by)\s?1[ ,.]?000\b|单位[:：]?\s?[千万]|\bin thousands\b|بالآلاف",
    re.IGNORECASE,
)
"""A thousand in figures, as what values are to be multiplied by."""

_IN_CELLS = re.compile(
    rf"\b(?:{_SHARED}|{_OF_OFFENDERS}|{_ONLY}|girl|boy|completed|capital|intimate)\b|{_CHINESE}|{_ONLY_IN_CHINESE}",
    re.IGNORECASE,
)
_IN_TITLES = re.compile(
    rf"\b(?:{_SHARED}|{_OF_OFFENDERS}|{_ONLY}|capitals|{_NOT_FINAL}|{_NOT_OBSERVED}|{_DOMESTIC}|{_IN_PRISONS}"
    r"|cities|towns|^city$|^capital$|^ciudad(?:es)?$|^villes?$"
    r"|(?:province|city|municipality|district|canton|prefecture|county|provincia|municipio|ciudad|cidade|ville)"
    r" (?:of|de|du) |(?<!plurinational )(?<!vatican city )state of "
    r"(?!the |palestine|kuwait|qatar|israel|libya|eritrea|crime)"
    r"|selected (?:areas|cities|provinces|regions|states))"
    rf"(?:\b|(?<= ))|{_CHINESE}|{_ONLY_IN_CHINESE}|{_SCALED.pattern}",
    re.IGNORECASE,
)
_NUMBERED = re.compile(rf"\b(?:{_OF_QUARTERS})\b|{_AGES}", re.IGNORECASE)
_IN_NOTES = re.compile(
    rf"\b(?:{_SHARED}|{_ONLY}|{_NOT_FINAL}|{_OF_QUARTERS})\b|{_CHINESE}|{_ONLY_IN_CHINESE}|{_SCALED.pattern}",
    re.IGNORECASE,
)
_OF_ROWS = re.compile(
    rf"\b(?:{_SHARED}|{_ONLY}|{_OF_QUARTERS}|{_PARTLY})(?:\b|(?<=%))|{_CHINESE}|{_ONLY_IN_CHINESE}|{_SCALED.pattern}",
    re.IGNORECASE,
)
_SUBDIVISIONS = re.compile(
    r"\b(?:provinc\w*|municip\w*|districts?|distritos?|department|departamento|département|count(?:y|ies)|cit(?:y|ies)"
    r"|ciudad\w*|villes?|cidades?|towns?|cantons?|prefectures?|governorates?|oblast\w*|област\w*|район\w*|город\w*"
    r"|bundesl[aä]nd\w*|محافظة|مدينة)\b|[省市县区]$",
    re.IGNORECASE,
)
_TOGETHER = tuple(
    (re.compile(one, re.IGNORECASE), re.compile(other, re.IGNORECASE))
    for one, other in (
        (
            r"\b(?:females?|wom[ae]n|mujer(?:es)?|femmes?|frauen|mulher(?:es)?|женщин\w*|ال(?:إناث|نساء)|إناث|نساء)\b|女性?",
            r"\b(?:males?|m[ae]n|hombres?|hommes?|männer|homens?|мужчин\w*|و?ال(?:ذكور|رجال)|و?ذكور|و?رجال)\b|男性?",
        ),
        (r"\badults?\b", r"\b(?:juveniles?|children|minors)\b"),
        (r"\b(?:urban[oa]?s?|urbaine?s?|городск\w*)\b|城市|城镇", r"\b(?:rural(?:es)?|rurale?s?|сельск\w*)\b|农村"),
        (r"\bnational(?:s| citizens)\b", r"\bforeign(?:ers?| citizens)\b"),
    )
)
"""Parts that make a whole where a text names both."""
_OF_THE_FILE = re.compile(
    r"\b(?:releases?|updated?|editions?|versions?|sessions?|meetings?|pages?|pp?\.|chapters?|tables?|annex(?:es)?|rows"
    r"|downloaded|extracted|accessed|published|revised|issued|as of)\b",
    re.IGNORECASE,
)
"""Words of a title beside which numbers, quarters and months are of the file and not of what the rows are of."""
_CLAUSE = r"[^,;.)，；。）]*"
_WITHIN = (
    r"(?:(?:and|or|as well as|y|e|et|ou|und|и) )?(?:the |all |both |las? |los |les )?"
    rf"(?:{_OF_A_SEX}|{_OF_AN_AGE}|{_OF_A_PLACE}|foreign(?:ers)?|nationals)\b"
    r"(?: areas| zones?| residents| victims| zonas)?"
)
_NOT_SAID_OF_ROWS = re.compile(
    r"https?://\S+|\bwww\.\S+|\S+@\S+"
    r"|\bun[- ]women\b"
    # The name of an agency: “Ministry for Women, Children and Youth”.
    r"|\b(?:ministry|minist(?:er|è)re|ministerio|minist[ée]rio|department|institute|instituto|secretar(?:iat|[íi]a)|council"
    r"|commission|agency|bureau|министерств\w*|وزارة) (?:for|of|on|des|de la|de las|de|à la|по делам|لشؤون)?\s*"
    rf"(?:the )?(?:(?:,? ?(?:and |et |y |e |и )?)(?:{_OF_A_SEX}|{_OF_AN_AGE}|gender|famil(?:y|ies))\b)+"
    # What is not there, and what a whole is said to hold or to be made of.
    r"|\b(?:(?:not|un)[ -]?available|not applicable|no data|missing|no disponibles?|non disponibles?|pas disponibles?"
    rf"|nicht verfügbar|нет данных|не доступн\w*|غير متاح\w*)\b{_CLAUSE}"
    rf"|(?:\bof which\b|\bdont\b|\bde l[oa]s cuales\b|\bdavon\b|из них|منها|其中){_CLAUSE}"
    r"|\b(?<!not )(?<!no )(?:incl(?:ud\w*|\.)|y compris|incluy\w*|inclusive|einschließlich|(?<!не )включая|بما في ذلك)"
    rf"(?: {_WITHIN})+"
    r"|(?<!不)包括(?:女性|男性|妇女|儿童|农村|城市|城镇|外国人)"
    r"|\b(?:incl(?:ud\w*|\.)|incluy\w*|y compris) (?:los |las |les |the )?(?:attempts|tentatives|tentativas)\b"
    r"|\by compris les zones rurales\b|\bintentional(?: homicides?)? only\b"
    r"|\b(?:since|from|until|depuis|desde) \d{4} only\b|\bper 100[ ,.]?000 \w+\b"
    # Where else to look, and what is not shown.
    rf"|\bsee (?:also )?(?:the )?(?:rates )?(?:per 100[ ,.]?000 )?{_CLAUSE}|\bcite as\b.*"
    rf"|\b(?:is|are) (?:not|no) {_CLAUSE}"
    rf"|\b(?:rates?|figures|data) (?:for|on|of) (?:{_OF_A_SEX}|{_OF_AN_AGE}) (?:is|are) not {_CLAUSE}"
    r"|\b(?:wom[ae]n|men|children|youth)['’]?s? (?:ministry|affairs|office|bureau|department|institute)\b"
    r"|\bobservatorio de la violencia contra la mujer\b"
    r"|\b(?:metropolitan|capital city) (?:police|university|area police)\b|\bpol[íi]c[íi]a metropolitana\b"
    r"|\bforeign (?:affairs|ministry|minister|office)\b|\bisle of man\b|\byouth and sports\b"
    r"|\burban (?:institute|observatory)\b|\bglobal urban observatory\b|\btobacco, firearms and explosives\b"
    r"|\b(?:not|no longer) limited to [^,;.]*"
    # Rates are per hundred thousand.
    r"|\b(?:per|pour|por|na) (?:a |one )?(?:hundred|100|cent|cien|cem) (?:thousand|mill?e?)\b|на (?:сто|100) тыс\w*",
    re.IGNORECASE,
)
"""What a text says that is of no rows: addresses, agencies, what is missing, what the whole holds."""
_NOT_ONLY = re.compile(
    r"\b(?:not|read|use|purposes?|information|reference|available|annual|completed|official|final)[ -]only\b"
    r"|\bonly (?:available|annual|completed|official|final)\b",
    re.IGNORECASE,
)
_LEFT_OUT = re.compile(
    r"(?:\b(?:exclud\w*|excl\.|not includ\w*|do(?:es)? not include|without|hors|sans|sauf|excl(?:u[ts]?|uant)"
    r"|no incluy\w*|excluy\w*|sin|ohne|не включа\w+)\b|باستثناء|不包括|不含)"
    rf"{_CLAUSE}|除[^，；。]*外",
    re.IGNORECASE,
)
_NO_PART = re.compile(
    r"\b(?:attempt(?:s|ed)?|tentatives?|tentativas?|conatos?|versuch\w*|покушени\w*|محاولات?|الشروع|manslaughter|negligen\w*"
    r"|(?:non|un)-?intentional|culpos\w*|involontaires?|fahrlässig\w*|traffic|suicides?)\b|未遂|过失",
    re.IGNORECASE,
)
"""Acts that are no part of what is counted in the first place. Whatever else is left out leaves a part."""
_SAID_IN = {
    "sex": re.compile(rf"\b(?:{_OF_A_SEX})\b|[女男]性|妇女", re.IGNORECASE),
    "age": re.compile(rf"\b(?:{_OF_AN_AGE}|boys|girls)\b|{_AGES}", re.IGNORECASE),
}
_WOMEN, _MEN = _TOGETHER[0]
_KINDS = tuple(
    re.compile(rf"\b(?:{words})\b{in_chinese}", re.IGNORECASE)
    for words, in_chinese in (
        (rf"{_FIREARMS}|handguns?", "|枪支"),
        (_ATTEMPTS, "|未遂"),
        (_FOREIGNERS, "|外国人"),
        (_NATIONALS, ""),
        (f"{_IN_FAMILIES}|{_DOMESTIC}", ""),
        (_GANGS, ""),
        (_MIGRANTS, ""),
        (_IN_PRISONS, ""),
        (_SUSPECTS, "|嫌疑人"),
        (_CONVICTED, "|被定罪"),
        (
            r"urban|urbaine?s?|urban[oa]s?|городск\w*|(?:ال)?حضري?ة?|capital cit(?:y|ies)|largest cit(?:y|ies)|capitals"
            r"|cities|city|metropolit\w*",
            "|城市|城镇",
        ),
        (r"rurale?s?|ländlich\w*|сельск\w*|(?:ال)?ريفي?ة?", "|农村"),
    )
)
"""Kinds of parts that a row may name too, each in all its words."""
_IN_THE_YEAR = re.compile(rf"\b(?:{_OF_QUARTERS}|{_OF_TERMS})\b|上半年|下半年|季度", re.IGNORECASE)
_ORDINALS = re.compile(
    r"\b(?:[hqs](?=[1-4]))?(first|second|third|fourth|[1-4])(?= ?(?:half|quarter|st|nd|rd|th|\b))", re.I
)
_PLACE_IN_THE_YEAR = {"first": "1", "second": "2", "third": "3", "fourth": "4"}
_OF_NOTHING_ELSE = re.compile(rf"\b(?:{_ONLY})\b|{_ONLY_IN_CHINESE}", re.IGNORECASE)
_OLDER = re.compile(r"\d\s*\+|\b(?:over|older|above|plus|más|mais|älter|старше)\b", re.IGNORECASE)
_YOUNGER = re.compile(r"\b(?:under|younger|below|menores de|moins de|unter|младше)\b", re.IGNORECASE)
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
    """Whether a title, a sheet's name or a remark says that the rows are of a part, or are no final figures.

    The parts of a whole together do not, nor does what is left out where it is none of the whole (attempts), and
    neither do the numbers of a file's own pages, editions and days.
    """
    text = _said_of_rows(title)
    if is_of_one_sex(text) or _IN_TITLES.search(text):
        return True
    return (not _OF_THE_FILE.search(title) and _NUMBERED.search(text) is not None) or _names_months(title)


def _names_months(text: str) -> bool:
    """Whether a text names several months of what it speaks of, and not of its own file."""
    return not _OF_THE_FILE.search(text) and months_named(text) > 1


def tells_of_a_part(note: str) -> bool:
    """Whether a note has a word by which it may say that its row is of a part; the parts of a whole together do not."""
    text = _said_of_rows(note)
    return is_of_one_sex_in_words(text) or _IN_NOTES.search(text) is not None or _names_months(note)


def restricts(note: str) -> bool:
    """Whether a note says that its own row is of a part: of people, places, acts or months.

    That a figure is provisional or an estimate is said by its status.
    """
    text = _said_of_rows(note)
    return is_of_one_sex_in_words(text) or _OF_ROWS.search(text) is not None or _names_months(note)


def names_a_subdivision(text: str) -> bool:
    """Whether a cell that should name a region names a kind of place within a State, or people of some places."""
    return _SUBDIVISIONS.search(text) is not None or is_part(text)


def is_not_final(title: str) -> bool:
    """Whether all that a title qualifies is how sure the figures are, which their statuses may say too."""
    text = _said_of_rows(title)
    return qualifies(title) and not qualifies(_OF_STATUS.sub(" ", text))


def said_in(title: str) -> tuple[list[str], str]:
    """The dimensions of sex and age that a title says something of, and the title without those words."""
    text = _said_of_rows(title)
    fields = [field for field, words in _SAID_IN.items() if words.search(text)]
    if is_of_one_sex(text):
        return ["sex"], ""
    rest = text
    for field in fields:
        rest = _SAID_IN[field].sub("", rest)
    return fields, re.sub(rf"\b(?:{_ONLY})\b|{_ONLY_IN_CHINESE}", "", rest, flags=re.IGNORECASE) if fields else rest


def without_kinds_of(text: str, said: str, part_of_year: str = "") -> str:
    """A text without the words of those kinds of parts that another names too: firearms, of the mechanism of firearms.

    `part_of_year` is the number of the half or quarter that the other is of; words of the same go too.
    """
    rest = text
    for kind in _KINDS:
        if kind.search(said):
            rest = kind.sub("", rest)
    if part_of_year and {_PLACE_IN_THE_YEAR.get(one.lower(), one) for one in _ORDINALS.findall(rest)} <= {part_of_year}:
        rest = _IN_THE_YEAR.sub("", rest)
    return _OF_NOTHING_ELSE.sub("", rest) if rest != text else rest


def agrees_in_sex(text: str, sex: str) -> bool:
    """Whether a text names no other sex than the one of a code."""
    said = _said_of_rows(text)
    return not (_MEN if sex == "F" else _WOMEN).search(said) if sex in _LETTERS else False


def agrees_in_age(text: str, age: str) -> bool:
    """Whether the ages that a text gives in numbers are those of a code (Y15T29)."""
    said = _said_of_rows(text)
    numbers = {number for found in re.findall(_AGES, said) for number in re.findall(r"\d+", found)}
    open_above, open_below = _OLDER.search(said), _YOUNGER.search(said)
    if (open_above and "GE" not in age) or (open_below and "LT" not in age and not age.startswith("Y0T")):
        return False
    return age != "_T" and numbers <= set(re.findall(r"\d+", age))


@lru_cache(maxsize=4096)
def _said_of_rows(text: str) -> str:
    kept = _LEFT_OUT.sub(lambda found: _NO_PART.sub("", found[0]), text)
    return _without_wholes(_NOT_ONLY.sub("", _NOT_SAID_OF_ROWS.sub("", kept))).strip()


def _without_wholes(text: str) -> str:
    for one, other in _TOGETHER:
        if one.search(text) and other.search(text):
            text = other.sub("", one.sub("", text))
    return text
