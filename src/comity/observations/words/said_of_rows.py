"""What a text may say of the rows that it stands beside, and what in it is of something else.

Agencies, addresses, what is missing, the pages and editions of a file, and the parts of a whole together say of no row
that it is of a part; what a text denies, it says of none of them.
"""

import re
from functools import lru_cache

from comity.observations.words import ages, citizenship, sexes
from comity.observations.words import words_of_parts as parts
from comity.observations.words.parts_of_year import names_part_of_year
from comity.observations.words.plain_text import REMOVED, pattern, plain

_HOMICIDE = "0101"
_ESTIMATE = re.compile(r"\bestimat", re.IGNORECASE)
"""“UNODC estimates”."""
_ARTICLE = r"(?:the |les |las? |los |die |os |as |des |of |de |both )?"
_JOINED = (
    r"(?:['’]s)?(?: (?:victims|offenders|persons|people|areas|zones?|zonas?))?"
    r"(?: ?[/&+|、和与及] ?|(?<! )-(?! )| (?:and|or|and/or|as well as|plus|y|o|como|e|ou|et|que|und|oder|и|или|و) "
    rf"| (?=و)|(?<=[男女])){_ARTICLE}"
)
_IN_A_LIST = ", ?(?:the |las |los |les |die )?"
_PARTED = (
    r"(?: (?:areas|zones?|zonas?|victims))?[ ,;:(]*"
    r"(?:(?:are )?(?:in|see|on|under|au|dans le|en el|en la|в|in der) (?:the )?"
    r"(?:table|sheet|annex|figure|column|page|tableau|cuadro|tabla|tabelle|таблиц\w*)(?:e?s)?\b"
    r"|the (?:former|latter|first|second)(?= *(?:$|[,;:.)]|only\b)))"
)
"""What follows the second of two parts where a text may say that it is of one of them: the other is elsewhere."""
_BOTH_IN_CITIES = r"(?:(?<=in )|(?<=in the )|(?<=both ))(?:cities|towns)"
_TOGETHER = tuple(
    pattern(
        rf"(?<!\w)(?:(?:{one}){_JOINED}(?:{other})|(?:{other}){_JOINED}(?:{one})"
        rf"|(?:(?:{one}){_IN_A_LIST}(?:{other})|(?:{other}){_IN_A_LIST}(?:{one}))"
        r"(?= *(?:$|[,;:.)]| (?:and|y|et|und|e|и) )))"
        rf"(?!\w)(?:,? (?:and|y|et|und|e|и) {_ARTICLE}(?:{ages.CHILDREN})(?!\w))?(?!{_PARTED})"
    )
    for one, other in (
        (rf"{sexes.WOMEN}|{sexes.WOMEN_IN_CHINESE}|女", rf"{sexes.MEN}|{sexes.MEN_IN_CHINESE}|男"),
        (f"{ages.ADULTS}|(?<!未)成年?人", f"{ages.CHILDREN}|未成年人?"),
        (citizenship.THOSE_OF_HERE, citizenship.FOREIGNERS),
        (f"{parts.URBAN}|{_BOTH_IN_CITIES}|城市|城镇", f"{parts.RURAL}|农村"),
    )
)
"""Parts that make a whole where they stand joined, and the text denies neither."""
_OF_THE_FILE = pattern(
    r"^\W*(?:(?:note|source) ?: ?)?"
    r"(?:(?:the |this )?(?:data|figures|statistics|response|questionnaire|report|file|table|list"
    r"|données|datos|daten|данные)s? )?"
    r"(?:was |were |is |are |last |first |next )*(?:released?|updated?|downloaded|extracted|accessed|published"
    r"|publication|revised|issued|received|submitted|transmitted|as of|date of|(?:edition|version)s? of"
    r"|publi(?:é|ée|és|ées|e)|paru(?:e|es|s)?|mis(?:e|es)? à jour|publicad[oa]s?|actualizad[oa]s?|veröffentlicht"
    r"|aktualisiert|опубликован\w*|обновл[её]н\w*|نشرت?|发布|更新)"
    r"(?:\b|(?<=[布新]))"
    r"(?! (?:figures|data|statistics|tables?|cases|offences|homicides|victims)\b)"
    r"(?!.* (?:for|pour|para|für|par (?:trimestre|semestre|sexe)|por (?:trimestre|semestre|sexo)"
    r"|by(?! (?:the |our |its |(?-i:(?=[A-Z])))(?!quarter|half|month|sex|gender|age|region))|figures|cases"
    r"|offences|homicides|victims|quarterly|monthly|half-yearly)\b)"
    r"|^.{0,20}\b(?:release|edition|version|update) *$"
    r"|^(?!.*\b(?:half|quarters?|homicides|victims|cases|offences)\b)(?:.{0,30}\bsurvey *$"
    r"|\W*(?:(?:household |victimi[sz]ation )?survey|field ?work|interviews?|data collection)\b(?! (?:of|among)\b))"
)
"""Clauses whose numbers, quarters and months are of the file, and not of what the rows are of."""
_NUMBERED_PIECES = pattern(
    r"\b(?:pages?|pp?\.|vol(?:\.|umes?)|nos?\.|ss?\.|sections?|articles?|reports?|chapters?|tables?|annex(?:es)?|rows"
    r"|versions?|editions?|sessions?|meetings?)(?: no\.?)? ?"
    r"\d+(?: ?(?:-|–|to|and|,) ?\d+)*(?!\w)(?! ?(?:years|ans|años|jahre|лет)\b| ?[-–] ?\d)"
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
    rf"(?:{parts.OF_A_SEX}|{parts.OF_AN_AGE}|{parts.OF_A_PLACE}|{citizenship.FOREIGNERS}|nationals)\b"
    r"(?: areas| zones?| residents| victims| zonas)?"
)
_AGENCY = (
    r"(?:ministry|dept\.?|minist(?:er|è)re|minist[ée]rio|ministero|(?:bundes)?ministerium|department|institut[eo]?|council|commission"
    r"|commissioner|agency|bureau|office|directorate|secretar(?:iat|[íi]a)|министерств\w*|комитет\w*"
    r"|direcci[óo]n|dire[cç][ãa]o)"
    r"(?: (?:nacional|national|federal|general|estatal))?"
)
_OF = r"(?:for|of|on|des|del|de la|de las|de los|de|das?|dos?|della|à la|für|по делам)"
_WHO = rf"(?:{parts.OF_A_SEX}|{parts.OF_AN_AGE}|gender|famil\w+|jugend)\b"
_CAPITAL = r"(?-i:[A-ZÄÖÜА-Я][\w'’]+)(?!\w)"
"""A word with a capital letter, as names are written."""
_THE = r"(?:de la |de l['’]|des |the )?"
_AND = r"(?:and|et|y|e|und|и|&)"
_TRIED = r"(?:attempts|attempted (?:intentional )?homicides?|tentatives|tentativas)"
_CLAUSE_WITH_NUMBER = (
    rf"(?=[^,;.()]*(?:\d|\b(?:are|were|was|most|many|some|several|half|majorit\w+|mayor[ií]a)\b)){_CLAUSE}"
)
"""A clause that counts what it names: the whole holds it, and the text is of the whole."""
_NO_AGENCY = r"(?!['’]s\b)(?! (?:victims?|homicides?|prisoners?|suspects?|deaths?|detainees|areas|cases|only)\b)"
_BODY = (
    r"(?-i:Affairs|Office|Board|Bureau|Department|Institute|Agency|Council|Commission|Commissioner|Authority|Ministry|Minister"
    r"|Observatory|Police|Service|Services|Trade|Development|Registry|Courts?|Division|Unit|Audit|Press)\b"
)
_NOT_SAID_OF_ROWS = pattern(
    r"https?://\S+|\bwww\.\S+|(?<![^\s@])[^\s@]++@\S+"
    r"|\bun[- ]women\b"
    # The name of an agency: “Ministry for Women, Children and Youth”, “Foreign and Commonwealth Office”.
    rf"|\b{_AGENCY} {_OF} ?(?:the |la |las |der )?"
    r"(?:(?:promotion|rights|droits|derechos|direitos) (?:de la |de las |des |das |of ))?"
    rf"{_WHO}(?:(?:, {_THE}{_WHO})*,? {_AND} {_THE}(?:{_WHO}|{_CAPITAL}))?{_NO_AGENCY}"
    rf"|\b(?:{_AGENCY} {_OF} ?)?(?:affaires étrangères|neg[óo]cios estrangeiros|иностранных дел)\b"
    rf"|\b{_AGENCY} {_OF} ?(?:the )?{_CAPITAL}(?:(?:, {_CAPITAL})*,? {_AND} {_CAPITAL})?{_NO_AGENCY}"
    r"|\b(?:foreign|youth|children['’]?s?|wom[ae]n['’]?s?|juvenile|urban|rural|firearms?|tourist|refugees?|indigenous)"
    rf"(?:,? (?:(?:and|&|in) )?{_CAPITAL}){{0,3}}? {_BODY}{_NO_AGENCY}(?! (?:of|for)\b)"
    rf"|\bobservat(?:orio|oire|ory) (?:de|del|des|of|on|for) (?:la |las |los |the )?(?:{_WHO}|{parts.FEMICIDES})"
    r"|\b(?:wom[ae]n|men|children|youth)['’]?s? (?:ministry|affairs|office|bureau|department|institute)\b"
    rf"{_NO_AGENCY}(?! (?:of|for)\b)|\bforeign (?:affairs|office)\b|وزارة (?:شؤون )?(?:{_WHO})(?: و\w+)*"
    r"|\bsave the children\b|全国妇女联合会|妇联|妇女[部署]|共青团(?:中央)?(?:青年部)?|\bcity of \w+ police\b"
    # What is not there, and what a whole is said to hold or to be made of.
    r"|\b(?:data|figures|numbers|rates|données|datos|данные|البيانات)(?: [^\s,;.:()]+){1,4}?"
    r" (?:is |are |were |est |sont |están? )?"
    r"(?:(?:not|un)[ -]?available|(?:no|non|pas) disponibles?|недоступн\w*|отсутств\w*|غير متاح\w*)(?= *(?:$|[,;.:)]))"
    r"|\b(?:(?:not|un)[ -]?available|not applicable|no data|missing|no disponibles?|non disponibles?|pas disponibles?"
    rf"|nicht verfügbar|нет данных|не доступн\w*|غير متاح\w*)\b{_CLAUSE}"
    rf"|(?:\bof wh(?:ich|om)\b|\bdont\b|\bde l[oa]s cuales\b|\bdavon\b|из них|منها|其中):?{_CLAUSE_WITH_NUMBER}"
    r"|\b(?<!not )(?<!no )(?<!to )(?<!se )(?:incl(?:ud\w*|\.)|y compris|incluy\w*|inclusive|einschließlich"
    r"|(?<!не )включая|بما في ذلك)"
    rf"(?: {_WITHIN})+"
    r"|(?<!不)包括(?:女性|男性|妇女|儿童|农村|城市|城镇|外国人)"
    r"|\b(?:incl(?:ud\w*|\.)|incluy\w*|y compris|(?<!не )включая) (?:los |las |les |the )?"
    rf"(?:{parts.FEMICIDES}|foreign citizens|tourists)\b"
    rf"|\b(?:incl(?:ud\w*|\.)|incluy\w*|y compris)"
    rf" (?:(?!\b(?:{parts.ONLY})\b)[^,;.:()]){{1,30}} (?:and|y|et) (?:{parts.FEMICIDES})\b"
    rf"|\b{_TRIED},? (?:(?:is|are|were|sont|son) )?(?:(?:not|non|no) (?:included|counted|covered|compris\w*|incluid\w*)"
    r"|excluded|exclu\w*)\b|\b(?:no|without) attempts\b"
    r"|(?<!and )\bcompleted (?:offences|homicides|crimes|acts)(?: only)?\b"
    rf"|\b(?:исключая|за исключением) покушени\w*|未遂除外"
    # What is shown otherwise, or not at all, since it is little.
    r"|\b(?:(?:values?|counts?|cells?|figures|numbers) )?(?:of )?(?:under|below|less than|fewer than) \d+"
    r"(?: (?:victims|cases|persons))?"
    r" (?:(?:are|is|were|not|have been) )*(?:suppressed|shown|withheld|masked|rounded|published|disclosed)\b"
    r"|\bages? ?:? ?0 ?(?:and (?:over|above|older)|\+|[-–] ?100 ?\+?)"
    r"|\bq1 ?(?:-|–|to) ?q4\b|\b(?:all|sum of(?: the)?) four quarters\b"
    r"|\bwith or without firearms\b|\bfirearms (?:and|or) other weapons\b"
    r"|\b(?:english|text|french|spanish|pdf|print)(?: version)? only\b|\btext only version\b|\bonly one source\b"
    r"|\bq\d+ of the questionnaire\b|\bq\d+\.\d+\b"
    r"|\by compris les zones rurales\b|\bintentional(?: homicides?)? only\b|\bonly intentional(?: homicides?)?\b"
    r"|\b(?:since|from|until|depuis|desde) \d{4} only\b|\bper 100[ ,.]?000"
    r"(?: (?:population|people|persons|inhabitants)\b)?"
    rf"|\b(?P<all>\d+) (?:of|out of|de|sur|из) (?:the |les |las? |os |los )?(?P=all) {parts.DIVISIONS}\b"
    rf"|\ball (?:of )?(?:the )?(?:country['’]s )?{parts.DIVISIONS}(?: and {parts.DIVISIONS})?\b"
    r"(?! (?:of|in|de|du|des) (?!(?:the )?(?:country|state|nation|republic|pa[iy]s))"
    r"| (?:except|but|save|with|without|other)\b)"
    r"|\b(?:murder|manslaughter)[^.;]{0,40} infanticides?\b|\bmid-?year estimates\b|\bare estimates of\b"
    r"|\b[a-z] ?[:=] ?(?:estimated?|provisional|preliminary|forecast)\b"
    r"|\bnot (?:expressed )?(?:in )?(?:thousands|millions|hundreds)\b|\bnot a sample\b|每 ?(?:10|十) ?万人?"
    # Where else to look, and what is not shown.
    rf"|\bfor (?:{parts.OF_A_SEX}|{parts.OF_AN_AGE}),? see {_CLAUSE}"
    r"|\bsee (?:also )?(?:the |our )?"
    r"(?=rates?|tables?|notes?|sheets?|annex|page|below|above|http|chapter|figures?|method|footnote|definition|metadata)"
    rf"{_CLAUSE}|\bcite as\b.*"
    rf"|\b(?:(?:rates?|figures|data) (?:for|on|of) (?:{parts.OF_A_SEX}|{parts.OF_AN_AGE}) )?(?:is|are) (?:not|no) "
    rf"(?!(?:includ|count|cover|compris)|(?:for|of) (?:the )?(?:whole|entire|all)|national|complete){_CLAUSE}"
    r"|\bobservatorio de la violencia contra la mujer\b"
    r"|\b(?:metropolitan|capital city) (?:police|press|university|area police)\b|\bpol[íi]c[íi]a metropolitana\b"
    r"|\bpolice métropolitaine\b|\bpréfecture de police\b"
    # Reporting of France is of its territory in Europe: it is what its own total is.
    r"|\bmetropolitan france\b|\bfrance métropolitaine\b"
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
"""“for information only”, “official-only”: such an “only” is of no rows."""
_LEFT_OUT = pattern(
    r"(?:\bexcl\.|\b(?:exclud\w*|not includ\w*|do(?:es)? not include|ne compren\w+ pas|fail(?:s|ed)? to include|omit\w*"
    r"|except(?: for)?"
    r"|other than|apart from|without|hors|sans|sauf|excl(?:u[ts]?|uant)|no (?:se )?incluy\w*|excluy\w*|excepto|salvo"
    r"|sin|ohne|außer|не включа\w+|без(?: уч[её]та)?|кроме)\b|باستثناء|غير شامل\w*|لا [تي]شمل|不包括|不含)"
    rf"{_CLAUSE}|除[^，；。]{{0,60}}外"
)
"""“excluding women”, “sans les tentatives”."""
_NO_PART = pattern(
    r"\b(?:attempt(?:s|ed)?|tentatives?|tentativas?|conatos?|versuch\w*|покушени\w*|محاولات?|الشروع|manslaughter|negligen\w*"
    r"|legal interventions?"
    r"|(?:non|un)-?intentional|culpos\w*|involontaires?|fahrlässig\w*|traffic|suicides?)\b|未遂|过失"
)
"""Acts that are no part of what is counted in the first place. Whatever else is left out leaves a part."""
_DENIED = pattern(
    r"\b(?:exclud\w*|excl|except\w*|other than|apart from|rather than|instead of|all but|not|no(?!\.)|none|non"
    r"|without|fail\w*|omit\w*|hors|sans|sauf|hormis|excepté\w*|exclu\w*|pas|excepto|salvo|sin|exceto|sem|ohne|außer|ausgenommen"
    r"|nicht|кроме|без|исключ\w*|не)\b|باستثناء|عدا|بدون|غير|不(?!满)|除|非|无"
)
"""Words by which a text denies something: what it names may be what its rows are not of."""
_WITH_ATTEMPTS = pattern(
    r"(?:\bincl\.|\b(?:includ\w*|incluy\w*|incluid\w*|y compris|einschließlich|inkl\.|compresi|(?<!не )включая)"
    r"|بما في ذلك) "
    r"(?:los |las |les |the |i )?"
    r"(?:attempts|attempted(?: [a-z]+s?)?|tentatives|tentativas|tentativi|versuche|покушени\w*|الشروع)(?!\w)"
    r"|(?<!不)包括未遂"
    r"|\b(?:completed and attempted|attempted and completed(?: offences)?|consommées et tentées"
    r"|attempted offences included)\b"
    rf"|\b{_TRIED},? (?:(?:is|are|were|sont|son) )?(?:also )?(?:includ|count|cover|compris|incluid)\w*"
    r"|\bwith attempts\b"
)
"""“including attempts”, “y compris les tentatives”."""
_OF_NOTHING_ELSE = pattern(
    rf"(?P<before>\0[^,;:()]*?)(?:\b(?:{parts.ONLY})\b|{parts.ONLY_IN_CHINESE})(?= *(?:$|[,;:.()]))"
    rf"|(?:\b(?:{parts.ONLY})\b|{parts.ONLY_IN_CHINESE}) *(?:(?:the|for|of|in|las?|les|los|die) )?(?= *\0)"
)
"""“Only” behind what is taken out of a text, or before it."""


@lru_cache(maxsize=4096)
def says_estimate(text: str) -> bool:
    """Whether the words beside a number, such as its source, call it an estimate in English."""
    return _ESTIMATE.search(text) is not None


def said_of_rows(text: str) -> str:
    """What a text may say of rows, as plain text: without agencies, addresses and what is missing.

    The parts of a whole together are taken out too, and what is left out where it is no part of the whole.
    """
    kept = _NOT_ONLY.sub("", _NOT_SAID_OF_ROWS.sub("", _LEFT_OUT.sub(_left_out_of_a_whole, plain(text))))
    return (kept if denies(kept) else without_wholes(kept)).strip()


def without_attempts(text: str, offence: str) -> str:
    """A plain text without “including attempts”, for a row of an offence.

    The International Classification of Crime counts an attempt with the offence itself, but for homicide, whose
    attempts have a category of their own (0102): with them there is more than the whole.
    """
    return text if offence.startswith(_HOMICIDE) else _WITH_ATTEMPTS.sub(REMOVED, text)


def not_of_the_file(text: str) -> str:
    """A text without the numbers of a file's pieces, and without the clauses that speak of its editions and days."""
    whole, pieces = _NUMBERED_PIECES.subn(" ", plain(text))
    clauses = _BETWEEN_CLAUSES.split(whole)
    kept = [one for one in clauses if not _OF_THE_FILE.search(one)]
    # Most texts are of no file: such a one stays the same, and what is known of it need not be sought again.
    return text if len(kept) == len(clauses) and not pieces else ", ".join(kept)


def denies(text: str) -> bool:
    """Whether a text may say of what it names that its rows are not of it: “excluding women”, “not firearms”."""
    return _DENIED.search(citizenship.without_foreigners(plain(text))) is not None


def leaves_out(text: str) -> bool:
    """Whether a text leaves something out that may be a part of the whole: “excluding the province of …”, “hors …”."""
    return _LEFT_OUT.search(said_of_rows(text)) is not None


def without_only(text: str) -> str:
    """A text without the words by which it says that it is of nothing else than what is taken from it already."""
    return _OF_NOTHING_ELSE.sub(lambda found: found["before"] or "", text)


def without_wholes(text: str) -> str:
    """A plain text without the parts of a whole that stand joined, such as “men and women”."""
    text = citizenship.without_all_citizens(sexes.all_of_a_sex(text))
    for both in _TOGETHER:
        text = both.sub(" ", text)
    return text


def _left_out_of_a_whole(match: re.Match[str]) -> str:
    rest = _NO_PART.sub("", match[0])
    names_one = parts.PARTS.search(rest) or ages.names_ages(rest) or names_part_of_year(rest)
    return rest if names_one or rest == match[0] else " "
