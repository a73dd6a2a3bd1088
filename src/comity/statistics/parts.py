"""What says that figures are of a part: of the people, of the places, of the acts or of the year.

Published tables say it in a cell, in a title above the headings or in the name of a sheet. Figures of a part that are
read without it would stand as the total.
"""

import re
from functools import lru_cache

from comity.statistics import published_terms as terms
from comity.statistics import written_people as people
from comity.statistics.plain_words import REMOVED, pattern, plain
from comity.statistics.written_parts_of_year import names_part_of_year

_OF_A_SEX = "|".join((people.WOMEN, people.MEN, people.GIRLS, people.BOYS))
_OF_AN_AGE = rf"{people.AGES}|under[ -]\d+s?"
_URBAN = r"urban|urbaine?s?|urban[oa]s?|st[äa]dtisch\w*|городск\w*|(?:ال)?حضري?ة?"
_RURAL = r"rurale?s?|l[äa]ndlich\w*|сельск\w*|(?:ال)?ريفي?ة?"
_CITIES = (
    r"capital cit(?:y|ies)|largest cit(?:y|ies)|hauptstadt|großstädt\w*|столиц\w*|столичн\w*|metropolit\w*|métropol\w*"
    r"|capita(?:is|les)"
)
_DIVISIONS = (
    r"(?:states|provinces|regions|districts|cities|municipalities|departments|counties|prefectures|estados|provincias"
    r"|regiones|départements|régions|regiões)"
)
_OF_A_PLACE = rf"{_URBAN}|{_RURAL}|{_CITIES}|\d+ (?:of|out of|de|sur|из) (?:the |les |las? |os |los )?\d+ {_DIVISIONS}"
_FIREARMS = (
    r"firearms?|armas? de fuego|armes? [àa] feu|armas? de fogo|schusswaffen?|огнестрельн\w*|أسلحة نارية|الأسلحة النارية"
)
_ATTEMPTS = r"attempt(?:s|ed)|tentatives?|tentativas?|versuchte?n?|покушени\w*|محاولات?|الشروع"
_HANDGUNS = r"handguns?|pistolas?|pistolets?"
_FEMICIDES = r"femicides?|feminicidios?|féminicides?"
_BY_PARTNERS = r"intimate partners?|conjuga(?:l|ux|les)"
_IN_FAMILIES = r"domestic violence|family violence|violence domestique|violencia doméstica"
_DOMESTIC = r"domestic homicides?"
_GANGS = r"gang-related|gangs?|pandillas?"
_MIGRANTS = (
    r"(?:im)?migrants?|refugees?|asylum[ -]seekers?|stateless persons|(?:in)?migrantes|refugiados|refugies|migranten"
    r"|flüchtlinge?|мигрант\w*|беженц\w*|(?:ال)?(?:مهاجر|لاجئ|وافد)(?:ين|ون)"
)
_IN_PRISONS = r"homicides? in prisons?|prison deaths"
_SUSPECTS = r"suspects?|suspected|sospechos[oa]s|suspectés?|подозреваем\w*|المشتبه بهم"
_CONVICTED = r"convicted|convictions?|condenad[oa]s|condamné[es]*|осужд[её]нн\w*|المدانين"
_OF_A_KIND = (
    f"{_FIREARMS}|{_ATTEMPTS}|{people.FOREIGNERS}|{people.NATIONALS}|{_FEMICIDES}|{_BY_PARTNERS}|{_IN_FAMILIES}|{_GANGS}"
    rf"|{_HANDGUNS}|{_MIGRANTS}|indigenous|indígenas?|tourists?|journalists?|lgbt\w*|terrorism-related"
)
_OF_OFFENDERS = f"{_SUSPECTS}|{_CONVICTED}|cleared cases"
_ACTS_AND_PLACES_IN_CHINESE = (
    "未遂|枪支|城市|城镇|农村|初步|千人|万人|首?季度?|嫌疑人|被定罪|[1一]月?[-至到][3-9三六九]月|前[三六九]个月"
)
_CHINESE = "|".join(
    (
        *(people.WOMEN_IN_CHINESE, people.MEN_IN_CHINESE, people.GIRLS_IN_CHINESE, people.BOYS_IN_CHINESE),
        *(people.AGES_IN_CHINESE, people.FOREIGNERS_IN_CHINESE, people.NATIONALS_IN_CHINESE),
        _ACTS_AND_PLACES_IN_CHINESE,
    )
)
_SHARED = f"{_OF_A_SEX}|{_OF_AN_AGE}|{_OF_A_PLACE}|{_OF_A_KIND}"
_ONLY = (
    r"only|solely|exclusively|sólo|solo|solamente|[úu]nicamente|uniquement|seulement|exclusivement|exclusivamente|nur"
    r"|ausschließlich|lediglich|apenas|somente|soltanto|только|лишь|исключительно|فقط"
)
"""Words by which a text says that it is of nothing else."""
_ONLY_IN_CHINESE = r"[仅僅]|只(?:有|包括|含|限)"
_OF_QUARTERS = (
    r"quarters?|q[1-4]|half[ -]years?|half of the year|ytd|year[- ]to[- ]date|halbjahr"
    r"|(?:first |last |за )?(?:\d|10|11|three|six|nine|ten|eleven|trois"
    r"|neuf|tres|seis|nueve|nove|drei|sechs|neun) (?:premiers |primeros |primeiros |ersten )?"
    r"(?:months|mois|meses|monate|месяц(?:а|ев)|أشهر)|الأشهر (?:الثلاثة|الستة|التسعة)"
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
_SCALES = (
    r"hundreds|thousands?|millions?|per (?:1[ ,.]?000|10[ ,.]?000|million)|milliers|en miles|em milhares|tausend"
    r"|тыс(?:яч\w*)?|بالآلاف|بالألف|000s"
)
_NOT_FINAL = rf"{_SCALES}|miles|sample|{_PROVISIONAL}|{_OF_TERMS}"
"""Words of what is no final figure of a whole year in the unit that it seems to be in."""
_NOT_OBSERVED = (
    r"estimates|projections?|projected|imputed|forecasts?|nowcasts?|estimaciones|proyecciones|estimations|schätzungen"
    r"|projektionen|estimativas|projeções|оценки|прогноз\w*|تقديرات|إسقاطات"
)
_OF_STATUS = pattern(rf"\b(?:{_NOT_OBSERVED}|{_PROVISIONAL})\b|初步")
_SCALED = pattern(
    r"['’‘]000s?\b|\(000s?\)|\bin (?:1[ ,.]?)?000s?\b|^\(?1[ ,.]?000\)?$|\(1[ ,.]?000\)|\bunits?: ?1[ ,.]?000\b"
    r"|(?:\bx|×|\*|\bmultiplied by) ?1[ ,.]?000\b|单位[:：]? ?[千万]|\bin thousands\b|بالآلاف"
)
"""A thousand in figures, as what values are to be multiplied by."""

_IN_CELLS = pattern(
    rf"\b(?:{_SHARED}|{_OF_OFFENDERS}|{_ONLY}|girl|boy|completed|capital|intimate)\b|{_CHINESE}|{_ONLY_IN_CHINESE}"
)
_IN_TITLES = pattern(
    rf"\b(?:{_SHARED}|{_OF_OFFENDERS}|{_ONLY}|capitals|{_NOT_FINAL}|{_NOT_OBSERVED}|{_DOMESTIC}|{_IN_PRISONS}"
    r"|cities|towns|^city$|^capital$|^ciudad(?:es)?$|^villes?$"
    r"|(?:province|city|municipality|district|canton|prefecture|county|provincia|municipio|ciudad|cidade|ville)"
    r" (?:of|de|du) |(?<!plurinational )(?<!vatican city )state of "
    r"(?!the |palestine|kuwait|qatar|israel|libya|eritrea|crime)"
    r"|selected (?:areas|cities|provinces|regions|states))"
    rf"(?:\b|(?<= ))|{_CHINESE}|{_ONLY_IN_CHINESE}|{_SCALED.pattern}"
)
_NUMBERED = pattern(rf"\b(?:{_OF_QUARTERS})\b")
_IN_NOTES = pattern(rf"\b(?:{_SHARED}|{_ONLY}|{_NOT_FINAL})\b|{_CHINESE}|{_ONLY_IN_CHINESE}|{_SCALED.pattern}")
_OF_ROWS = pattern(
    rf"\b(?:{_SHARED}|{_ONLY}|{_SCALES}|{_PARTLY})(?:\b|(?<=%))|{_CHINESE}|{_ONLY_IN_CHINESE}|{_SCALED.pattern}"
)
_SUBDIVISIONS = pattern(
    r"\b(?:provinc\w*|municip\w*|districts?|distritos?|department|departamento|département|count(?:y|ies)|cit(?:y|ies)"
    r"|ciudad\w*|villes?|cidades?|towns?|cantons?|prefectures?|governorates?|oblast\w*|област\w*|район\w*|город\w*"
    r"|bundesl[aä]nd\w*|محافظة|مدينة)\b|[省市县区]$"
)
_ARTICLE = r"(?:the |les |las? |los |die |os |as |des |of |de |both )?"
_JOINED = (
    r"(?: (?:victims|offenders|persons|people|areas|zones?|zonas?))?"
    r"(?: ?[/&+|、和与及] ?|(?<! )-(?! )| (?:and|or|and/or|as well as|plus|y|o|como|e|ou|et|que|und|oder|и|или|و) "
    rf"| (?=و)|(?<=[男女])){_ARTICLE}"
)
_IN_A_LIST = ", ?(?:the |las |los |les |die )?"
_TOGETHER = tuple(
    pattern(
        rf"(?<!\w)(?:(?:{one}){_JOINED}(?:{other})|(?:{other}){_JOINED}(?:{one})"
        rf"|(?:(?:{one}){_IN_A_LIST}(?:{other})|(?:{other}){_IN_A_LIST}(?:{one}))"
        r"(?= *(?:$|[,;:.)]| (?:and|y|et|und|e|и) )))"
        rf"(?!\w)(?:,? (?:and|y|et|und|e|и) {_ARTICLE}(?:{people.CHILDREN})(?!\w))?"
    )
    for one, other in (
        (rf"{people.WOMEN}|{people.WOMEN_IN_CHINESE}|女", rf"{people.MEN}|{people.MEN_IN_CHINESE}|男"),
        (people.ADULTS, people.CHILDREN),
        (f"{_URBAN}|城市|城镇", f"{_RURAL}|农村"),
    )
)
"""Parts that make a whole where they stand joined, and the text denies neither."""
_OF_THE_FILE = pattern(
    r"^\W*(?:(?:the |this )?(?:data|figures|statistics|response|questionnaire|report|file|table|list)s? )?"
    r"(?:was |were |is |are |last |first |next )*(?:released?|updated?|downloaded|extracted|accessed|published"
    r"|publication|revised|issued|received|submitted|transmitted|as of|date of|(?:edition|version)s? of)\b"
    r"(?! (?:figures|data|statistics|tables?|cases|offences|homicides|victims)\b)"
    r"(?!.* (?:for|by|figures|cases|offences|homicides|victims)\b)"
    r"|^.{0,20}\b(?:release|edition|version|update) *$"
)
"""Clauses whose numbers, quarters and months are of the file, and not of what the rows are of."""
_NUMBERED_PIECES = pattern(
    r"\b(?:pages?|pp?\.|chapters?|tables?|annex(?:es)?|rows|versions?|editions?|sessions?|meetings?)(?: no\.?)? ?"
    r"\d+(?: ?(?:-|–|to|and|,) ?\d+)*(?!\w)"
)
"""Pages, tables and other pieces of a file with their numbers."""
_BETWEEN_CLAUSES = re.compile(r"[,;()，；（）。]|(?<=[^\W\d_]{4})\.(?= |$)|(?<!\d) [-–—] (?!\d)")
_CLAUSE = (
    r"(?:(?!\b(?:but|except|only|save|outside|beyond|hence|here|sino|salvo|excepto|mais|sauf|seulement|aber|nur|но|кроме"
    r"|только)\b| - |只|仅)(?:[^,;.:()–—，；。：（）]|(?<=\d)[,.](?=\d)))*"
)
"""What belongs to what is said before it, up to a mark or a word by which a text says something else."""
_WITHIN = (
    r"(?:(?:and|or|as well as|y|e|et|ou|und|и) )?(?:the |all |both |las? |los |les )?"
    rf"(?:{_OF_A_SEX}|{_OF_AN_AGE}|{_OF_A_PLACE}|{people.FOREIGNERS}|nationals)\b"
    r"(?: areas| zones?| residents| victims| zonas)?"
)
_AGENCY = (
    r"(?:ministry|minist(?:er|è)re|minist[ée]rio|ministero|(?:bundes)?ministerium|department|institut[eo]?|council|commission"
    r"|commissioner|agency|bureau|office|directorate|secretar(?:iat|[íi]a)|министерств\w*|комитет\w*)"
    r"(?: (?:nacional|national|federal|general|estatal))?"
)
_OF = r"(?:for|of|on|des|del|de la|de las|de los|de|das?|dos?|della|à la|für|по делам)"
_WHO = rf"(?:{_OF_A_SEX}|{_OF_AN_AGE}|gender|famil\w+|jugend)\b"
_CAPITAL = r"(?-i:[A-ZÄÖÜА-Я][\w'’]+)(?!\w)"
"""A word with a capital letter, as names are written."""
_THE = r"(?:de la |de l['’]|des |the )?"
_AND = r"(?:and|et|y|e|und|и|&)"
_NO_AGENCY = r"(?! (?:victims?|homicides?|prisoners?|suspects?|deaths?|detainees|areas|cases|only)\b)"
_BODY = (
    r"(?-i:Affairs|Office|Board|Bureau|Department|Institute|Agency|Council|Commission|Commissioner|Authority|Ministry|Minister"
    r"|Observatory|Service|Trade|Development)\b"
)
_NOT_SAID_OF_ROWS = pattern(
    r"https?://\S+|\bwww\.\S+|\S+@\S+"
    r"|\bun[- ]women\b"
    # The name of an agency: “Ministry for Women, Children and Youth”, “Foreign and Commonwealth Office”.
    rf"|\b{_AGENCY} {_OF} ?(?:the |la |las |der )?(?:promotion (?:de la |des |of ))?"
    rf"{_WHO}(?:(?:, {_THE}{_WHO})*,? {_AND} {_THE}(?:{_WHO}|{_CAPITAL}))?{_NO_AGENCY}"
    rf"|\b(?:{_AGENCY} {_OF} ?)?(?:affaires étrangères|neg[óo]cios estrangeiros|иностранных дел)\b"
    rf"|\b{_AGENCY} {_OF} ?(?:the )?{_CAPITAL}(?:(?:, {_CAPITAL})*,? {_AND} {_CAPITAL})?{_NO_AGENCY}"
    r"|\b(?:foreign|youth|children['’]?s?|wom[ae]n['’]?s?|juvenile|urban|rural)"
    rf"(?:,? (?:(?:and|&) )?{_CAPITAL}){{0,3}}? {_BODY}(?! (?:of|for|areas|cases)\b)"
    r"|\b(?:wom[ae]n|men|children|youth)['’]?s? (?:ministry|affairs|office|bureau|department|institute)\b"
    rf"(?! (?:of|for)\b)|\bforeign (?:affairs|office)\b|وزارة (?:شؤون )?(?:{_WHO})(?: و\w+)*"
    r"|全国妇女联合会|妇联|共青团(?:中央)?(?:青年部)?|\bcity of \w+ police\b"
    # What is not there, and what a whole is said to hold or to be made of.
    r"|\b(?:(?:not|un)[ -]?available|not applicable|no data|missing|no disponibles?|non disponibles?|pas disponibles?"
    rf"|nicht verfügbar|нет данных|не доступн\w*|غير متاح\w*)\b{_CLAUSE}"
    rf"|(?:\bof which\b|\bdont\b|\bde l[oa]s cuales\b|\bdavon\b|из них|منها|其中){_CLAUSE}"
    r"|\b(?<!not )(?<!no )(?<!to )(?<!se )(?:incl(?:ud\w*|\.)|y compris|incluy\w*|inclusive|einschließlich"
    r"|(?<!не )включая|بما في ذلك)"
    rf"(?: {_WITHIN})+"
    r"|(?<!不)包括(?:女性|男性|妇女|儿童|农村|城市|城镇|外国人)"
    r"|\b(?:incl(?:ud\w*|\.)|incluy\w*|y compris|(?<!не )включая) (?:los |las |les |the )?"
    rf"(?:attempts|tentatives|tentativas|покушени\w*|{_FEMICIDES}|foreign citizens)\b"
    r"|\b(?:attempts|attempted (?:intentional )?homicides?|tentatives|tentativas) "
    r"(?:is|are|were|sont|son) (?:not |also )?(?:included|excluded|counted|covered)\b"
    r"|\by compris les zones rurales\b|\bintentional(?: homicides?)? only\b|\bonly intentional(?: homicides?)?\b"
    r"|\b(?:since|from|until|depuis|desde) \d{4} only\b|\bper 100[ ,.]?000"
    r"(?: (?:population|people|persons|inhabitants)\b)?"
    rf"|\b(?P<all>\d+) (?:of|out of|de|sur|из) (?:the |les |las? |os |los )?(?P=all) {_DIVISIONS}\b"
    rf"|\ball (?:of )?(?:the )?(?:country['’]s )?{_DIVISIONS}(?: and {_DIVISIONS})?\b|\bmetropolitan france\b"
    r"|\b(?:murder|manslaughter)[^.;]{0,40} infanticides?\b|\bmid-?year estimates\b|\bare estimates of\b"
    r"|\b[a-z] ?[:=] ?(?:estimated?|provisional|preliminary|forecast)\b"
    r"|\bnot (?:expressed )?in (?:thousands|millions|hundreds)\b"
    # Where else to look, and what is not shown.
    rf"|\bfor (?:{_OF_A_SEX}|{_OF_AN_AGE}),? see {_CLAUSE}"
    r"|\bsee (?:also )?(?:the |our )?"
    r"(?=rates?|tables?|notes?|sheets?|annex|page|below|above|http|chapter|figures?|method|footnote|definition|metadata)"
    rf"{_CLAUSE}|\bcite as\b.*"
    rf"|\b(?:(?:rates?|figures|data) (?:for|on|of) (?:{_OF_A_SEX}|{_OF_AN_AGE}) )?(?:is|are) (?:not|no) "
    rf"(?!(?:includ|count|cover|compris)){_CLAUSE}"
    r"|\bobservatorio de la violencia contra la mujer\b"
    r"|\b(?:metropolitan|capital city) (?:police|university|area police)\b|\bpol[íi]c[íi]a metropolitana\b"
    r"|\bisle of man\b|\byouth and sports\b|\btobacco, firearms and explosives\b"
    rf"|\b(?:not|no longer) limited to {_CLAUSE}"
    # Rates are per hundred thousand.
    r"|\b(?:per|pour|por|na) (?:a |one )?(?:hundred|100|cent|cien|cem) (?:thousand|mill?e?)\b|на (?:сто|100) тыс\w*"
)
"""What a text says that is of no rows: addresses, agencies, what is missing, what the whole holds."""
_NOT_ONLY = pattern(
    r"\b(?:not|read|use|purposes?|information|reference|available|annual|completed|official|final)[ -]only\b"
    r"(?! (?:for|in|of)\b)"
    r"|\bonly (?:available|annual|completed|official|final|(?:since|from|after|before|until)(?= \d{4}))\b"
)
_LEFT_OUT = pattern(
    r"(?:\b(?:exclud\w*|excl\.|not includ\w*|do(?:es)? not include|fail(?:s|ed)? to include|omit\w*|except(?: for)?"
    r"|other than|apart from|without|hors|sans|sauf|excl(?:u[ts]?|uant)|no (?:se )?incluy\w*|excluy\w*|excepto|salvo"
    r"|sin|ohne|außer|не включа\w+|без(?: уч[её]та)?|кроме)\b|باستثناء|غير شامل\w*|不包括|不含)"
    rf"{_CLAUSE}|除[^，；。]{{0,60}}外"
)
_NO_PART = pattern(
    r"\b(?:attempt(?:s|ed)?|tentatives?|tentativas?|conatos?|versuch\w*|покушени\w*|محاولات?|الشروع|manslaughter|negligen\w*"
    r"|(?:non|un)-?intentional|culpos\w*|involontaires?|fahrlässig\w*|traffic|suicides?)\b|未遂|过失"
)
"""Acts that are no part of what is counted in the first place. Whatever else is left out leaves a part."""
_DENIED = pattern(
    r"\b(?:exclud\w*|excl\.|except\w*|other than|apart from|rather than|instead of|all but|not|no(?!\.)|none|non"
    r"|without|fail\w*|omit\w*|hors|sans|sauf|hormis|excepté\w*|exclu\w*|pas|excepto|salvo|sin|exceto|sem|ohne|außer|ausgenommen"
    r"|nicht|кроме|без|исключ\w*|не)\b|باستثناء|عدا|بدون|غير|不(?!满)|除|非|无"
)
"""Words by which a text denies something: what it names may be what its rows are not of."""
_KINDS = tuple(
    pattern(rf"\b(?:{words})\b{in_chinese}")
    for words, in_chinese in (
        (_FIREARMS, "|枪支"),
        (_HANDGUNS, ""),
        (_ATTEMPTS, "|未遂"),
        (people.FOREIGNERS, f"|{people.FOREIGNERS_IN_CHINESE}"),
        (people.NATIONALS, f"|{people.NATIONALS_IN_CHINESE}"),
        (_FEMICIDES, ""),
        (_BY_PARTNERS, ""),
        (f"{_IN_FAMILIES}|{_DOMESTIC}", ""),
        (_GANGS, ""),
        (_MIGRANTS, ""),
        (_IN_PRISONS, ""),
        (_SUSPECTS, "|嫌疑人"),
        (_CONVICTED, "|被定罪"),
        (_URBAN, "|城市|城镇"),
        (_RURAL, "|农村"),
        (rf"{_CITIES}|capitals|cities|city", "|城市"),
    )
)
"""Kinds of parts that a row may name too, each in all its words."""
_PARTS = pattern(rf"\b(?:{_SHARED}|{_OF_OFFENDERS})\b|{_CHINESE}")
_OF_NOTHING_ELSE = pattern(
    rf"(?P<before>\0[^,;:()]*?)(?:\b(?:{_ONLY})\b|{_ONLY_IN_CHINESE})(?= *(?:$|[,;:.()]))"
    rf"|(?:\b(?:{_ONLY})\b|{_ONLY_IN_CHINESE}) *(?:(?:the|for|of|in|las?|les|los|die) )?(?= *\0)"
)
"""“Only” behind what is taken out of a text, or before it."""
_SHORT = 40
"""Letters of a cell that is a category, and no sentence."""
_LETTERS = frozenset({"F", "M"})


def is_part(text: str) -> bool:
    """Whether a cell means a part, whatever its column is headed: a sex, an age, a citizenship, a kind of place."""
    word = plain(text).strip()
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
    whole = plain(text)
    rest = _without_wholes(whole)
    return rest != whole and not re.sub(r"\W|\b(?:and|or|areas?|persons?)\b", "", rest)


def qualifies(title: str) -> bool:
    """Whether a title, a sheet's name or a remark says that the rows are of a part, or are no final figures.

    The parts of a whole together do not, nor does what is left out where it is none of the whole (attempts), and
    neither do the numbers of a file's own pages, editions and days.
    """
    text = said_of_rows(title)
    if is_of_one_sex(text) or _IN_TITLES.search(text):
        return True
    numbered = said_of_rows(_not_of_the_file(title))
    return _NUMBERED.search(numbered) is not None or people.names_ages(numbered) or names_part_of_year(numbered)


def _not_of_the_file(text: str) -> str:
    """A text without the numbers of a file's pieces, and without the clauses that speak of its editions and days."""
    clauses = _BETWEEN_CLAUSES.split(_NUMBERED_PIECES.sub(" ", plain(text)))
    return ", ".join(one for one in clauses if not _OF_THE_FILE.search(one))


def tells_of_a_part(note: str) -> bool:
    """Whether a note has a word by which it may say that its row is of a part; the parts of a whole together do not."""
    text = said_of_rows(note)
    return is_of_one_sex_in_words(text) or _IN_NOTES.search(text) is not None or _numbers_a_part(note)


def restricts(note: str) -> bool:
    """Whether a note says that its own row is of a part: of people, places, acts or months.

    That a figure is provisional or an estimate is said by its status.
    """
    text = said_of_rows(note)
    return is_of_one_sex_in_words(text) or _OF_ROWS.search(text) is not None or _numbers_a_part(note)


def _numbers_a_part(note: str) -> bool:
    """Whether a note gives ages or a time within a year of what it speaks of, and not of its file."""
    numbered = said_of_rows(_not_of_the_file(note))
    return (
        _NUMBERED.search(numbered) is not None
        or people.names_ages(numbered, surely=True)
        or names_part_of_year(numbered)
    )


def names_a_subdivision(text: str) -> bool:
    """Whether a cell that should name a region names a kind of place within a State, or people of some places."""
    return _SUBDIVISIONS.search(plain(text)) is not None or is_part(text)


def is_not_final(title: str) -> bool:
    """Whether all that a title qualifies is how sure the figures are, which their statuses may say too."""
    text = said_of_rows(title)
    return qualifies(title) and not qualifies(_OF_STATUS.sub(" ", text))


def denies(text: str) -> bool:
    """Whether a text may say of what it names that its rows are not of it: “excluding women”, “not firearms”."""
    return _DENIED.search(people.without_foreigners(plain(text))) is not None


def without_kinds_of(text: str, said: str) -> str:
    """Take the words of those kinds of parts that another text names too, such as firearms, from a plain text.

    What the other denies it is not of: “not intimate partners”.
    """
    for kind in () if denies(said) else _KINDS:
        if kind.search(said):
            text = kind.sub(REMOVED, text)
    return text


def without_only(text: str) -> str:
    """A text without the words by which it says that it is of nothing else than what is taken from it already."""
    return _OF_NOTHING_ELSE.sub(lambda found: found["before"] or "", text)


@lru_cache(maxsize=4096)
def said_of_rows(text: str) -> str:
    """What a text may say of rows, as plain text: without agencies, addresses and what is missing.

    The parts of a whole together are taken out too, and what is left out where it is no part of the whole.
    """
    kept = _NOT_ONLY.sub("", _NOT_SAID_OF_ROWS.sub("", _LEFT_OUT.sub(_left_out_of_a_whole, plain(text))))
    return (kept if denies(kept) else _without_wholes(kept)).strip()


def _left_out_of_a_whole(found: re.Match[str]) -> str:
    rest = _NO_PART.sub("", found[0])
    names_one = _PARTS.search(rest) or people.names_ages(rest) or names_part_of_year(rest)
    return rest if names_one or rest == found[0] else " "


def _without_wholes(text: str) -> str:
    text = people.without_all_citizens(people.all_of_a_sex(text))
    for both in _TOGETHER:
        text = both.sub(" ", text)
    return text
