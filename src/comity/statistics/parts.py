"""What says that figures are of a part: of the people, of the places, of the acts or of the year.

Published tables say it in a cell, in a title above the headings or in the name of a sheet. Figures of a part that are
read without it would stand as the total.
"""

import re
from functools import lru_cache

from comity.statistics import published_terms as terms
from comity.statistics import written_people as people
from comity.statistics.written_days import months_named
from comity.statistics.written_parts_of_year import names_part_of_year

_OF_A_SEX = "|".join((people.WOMEN, people.MEN, people.GIRLS, people.BOYS))
_OF_AN_AGE = rf"{people.AGES}|under[ -]\d+s?"
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
    f"{_FIREARMS}|{_ATTEMPTS}|{people.FOREIGNERS}|{people.NATIONALS}|{_IN_FAMILIES}|{_GANGS}|{_MIGRANTS}"
    r"|indigenous|indígenas?|tourists?|journalists?|lgbt\w*|terrorism-related"
)
_OF_OFFENDERS = f"{_SUSPECTS}|{_CONVICTED}|cleared cases"
_CHINESE = "|".join(
    (
        *(people.WOMEN_IN_CHINESE, people.MEN_IN_CHINESE, people.AGES_IN_CHINESE, people.FOREIGNERS_IN_CHINESE),
        *("女童", "男童", "未遂", "枪支", "城市", "城镇", "农村", "初步", "千人", "万人", "季度", "嫌疑人", "被定罪"),
    )
)
_SHARED = f"{_OF_A_SEX}|{_OF_AN_AGE}|{_OF_A_PLACE}|{_OF_A_KIND}"
_ONLY = (
    r"only|solely|exclusively|sólo|solo|solamente|[úu]nicamente|uniquement|seulement|exclusivement|exclusivamente|nur"
    r"|ausschließlich|lediglich|apenas|somente|soltanto|только|лишь|исключительно|فقط"
)
"""Words by which a text says that it is of nothing else."""
_ONLY_IN_CHINESE = r"[仅僅]|只(?:有|包括|含|限)"
_OF_QUARTERS = r"quarter|q[1-4]|(?:first |last )?(?:\d|three|six|nine|ten|eleven) months|halbjahr"
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
_NUMBERED = re.compile(rf"\b(?:{_OF_QUARTERS})\b", re.IGNORECASE)
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
        (rf"\b(?:{people.WOMEN})\b|女性?|妇女", rf"\b(?:{people.MEN})\b|男性?"),
        (rf"\b(?:{people.ADULTS})\b", rf"\b(?:{people.CHILDREN})\b"),
        (r"\b(?:urban[oa]?s?|urbaine?s?|городск\w*)\b|城市|城镇", r"\b(?:rural(?:es)?|rurale?s?|сельск\w*)\b|农村"),
    )
)
"""Parts that make a whole where a text names both."""
_OF_THE_FILE = re.compile(
    r"\b(?:releases?|updated?|editions?|versions?|sessions?|meetings?|pages?|pp?\.|chapters?|tables?|annex(?:es)?|rows"
    r"|downloaded|extracted|accessed|published|revised|issued|as of)\b",
    re.IGNORECASE,
)
"""Words of a title beside which numbers, quarters and months are of the file and not of what the rows are of."""
_CLAUSE = r"(?:(?! (?:but|sino|mais|aber|но|-) |只)[^,;.:()–—，；。：（）])*"
"""What belongs to what is said before it, up to a mark or a word by which a text says something else."""
_WITHIN = (
    r"(?:(?:and|or|as well as|y|e|et|ou|und|и) )?(?:the |all |both |las? |los |les )?"
    rf"(?:{_OF_A_SEX}|{_OF_AN_AGE}|{_OF_A_PLACE}|foreign(?:ers)?|nationals)\b"
    r"(?: areas| zones?| residents| victims| zonas)?"
)
_AGENCY = (
    r"(?:ministry|minist(?:er|è)re|minist[ée]rio|ministero|ministerium|dep[ae]rtamento|d[ée]partement|department|institut[eo]?"
    r"|secretar(?:iat|[íi]a)|council|commission|agency|bureau|office|directorate|министерств\w*|وزارة)"
)
_OF = r"(?:for|of|on|des|del|de la|de las|de los|de|das?|dos?|della|à la|für|по делам|لشؤون)"
_WHO = rf"(?:{_OF_A_SEX}|{_OF_AN_AGE}|gender|famil(?:y|ies))\b"
_CAPITAL = r"(?-i:[A-ZÀ-Þ][\w'’]+)"
"""A word with a capital letter, as names are written."""
_BODY = (
    r"(?-i:Affairs|Office|Board|Bureau|Department|Institute|Agency|Council|Commission|Authority|Ministry|Minister|Observatory"
    r"|Service|Trade|Development)\b"
)
_NOT_SAID_OF_ROWS = re.compile(
    r"https?://\S+|\bwww\.\S+|\S+@\S+"
    r"|\bun[- ]women\b"
    # The name of an agency: “Ministry for Women, Children and Youth”, “Foreign and Commonwealth Office”.
    rf"|\b{_AGENCY} {_OF}\s?(?:the )?{_WHO}(?:,? ?(?:and |et |y |e |и )?{_WHO})*"
    rf"|\b(?:{_AGENCY} {_OF}\s?)?(?:affaires étrangères|neg[óo]cios estrangeiros|иностранных дел)\b"
    rf"|\b{_AGENCY} {_OF}\s?(?:the )?{_CAPITAL}(?:(?:, {_CAPITAL})*,? (?:and|et|y|e|und|&) {_CAPITAL})?"
    r"|\b(?:foreign|youth|children['’]?s?|wom[ae]n['’]?s?|juvenile|urban|rural)"
    rf"(?:,? (?:(?:and|&) )?{_CAPITAL}){{0,3}}? {_BODY}(?! (?:of|for)\b)"
    r"|\b(?:wom[ae]n|men|children|youth)['’]?s? (?:ministry|affairs|office|bureau|department|institute)\b"
    r"|\bforeign (?:affairs|office)\b"
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
    r"|\bobservatorio de la violencia contra la mujer\b"
    r"|\b(?:metropolitan|capital city) (?:police|university|area police)\b|\bpol[íi]c[íi]a metropolitana\b"
    r"|\bisle of man\b|\byouth and sports\b|\btobacco, firearms and explosives\b"
    rf"|\b(?:not|no longer) limited to {_CLAUSE}"
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
_KINDS = tuple(
    re.compile(rf"\b(?:{words})\b{in_chinese}", re.IGNORECASE)
    for words, in_chinese in (
        (rf"{_FIREARMS}|handguns?", "|枪支"),
        (_ATTEMPTS, "|未遂"),
        (people.FOREIGNERS, f"|{people.FOREIGNERS_IN_CHINESE}"),
        (people.NATIONALS, ""),
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
_OF_NOTHING_ELSE = re.compile(rf"\b(?:{_ONLY})\b|{_ONLY_IN_CHINESE}", re.IGNORECASE)
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
    text = said_of_rows(title)
    if is_of_one_sex(text) or _IN_TITLES.search(text):
        return True
    if _OF_THE_FILE.search(title):
        return False
    return _NUMBERED.search(text) is not None or people.names_ages(text) or _names_a_time(text)


def _names_a_time(text: str) -> bool:
    """Whether a text names a half, a quarter or several months of a year."""
    return names_part_of_year(text) or months_named(text) > 1


def tells_of_a_part(note: str) -> bool:
    """Whether a note has a word by which it may say that its row is of a part; the parts of a whole together do not."""
    text = said_of_rows(note)
    return is_of_one_sex_in_words(text) or _IN_NOTES.search(text) is not None or _numbers_a_part(note, text)


def restricts(note: str) -> bool:
    """Whether a note says that its own row is of a part: of people, places, acts or months.

    That a figure is provisional or an estimate is said by its status.
    """
    text = said_of_rows(note)
    return is_of_one_sex_in_words(text) or _OF_ROWS.search(text) is not None or _numbers_a_part(note, text)


def _numbers_a_part(note: str, text: str) -> bool:
    """Whether a note gives ages or a time within a year, and says no word of the file that it is in."""
    return not _OF_THE_FILE.search(note) and (people.names_ages(text, surely=True) or _names_a_time(text))


def names_a_subdivision(text: str) -> bool:
    """Whether a cell that should name a region names a kind of place within a State, or people of some places."""
    return _SUBDIVISIONS.search(text) is not None or is_part(text)


def is_not_final(title: str) -> bool:
    """Whether all that a title qualifies is how sure the figures are, which their statuses may say too."""
    text = said_of_rows(title)
    return qualifies(title) and not qualifies(_OF_STATUS.sub(" ", text))


def without_kinds_of(text: str, said: str) -> str:
    """A text without the words of those kinds of parts that another names too, such as firearms."""
    for kind in _KINDS:
        if kind.search(said):
            text = kind.sub("", text)
    return text


def without_only(text: str) -> str:
    """A text without the words by which it says that it is of nothing else."""
    return _OF_NOTHING_ELSE.sub("", text)


@lru_cache(maxsize=4096)
def said_of_rows(text: str) -> str:
    """What a text may say of rows: without agencies, addresses, what is missing, and the parts of a whole together."""
    kept = _LEFT_OUT.sub(lambda found: _NO_PART.sub("", found[0]), text)
    return _without_wholes(_NOT_ONLY.sub("", _NOT_SAID_OF_ROWS.sub("", kept))).strip()


def _without_wholes(text: str) -> str:
    text = people.without_all_citizens(people.all_of_a_sex(text))
    for one, other in _TOGETHER:
        if one.search(text) and other.search(text):
            text = other.sub("", one.sub("", text))
    return text
