"""Words of parts: of the people, of the places, of the acts or of the year, in the languages that people write.

The patterns are searched for in plain text (`plain_text`).
"""

from comity.observations.words import ages, citizenship, sexes
from comity.observations.words.plain_text import pattern

OF_A_SEX = "|".join((sexes.WOMEN, sexes.MEN, sexes.GIRLS, sexes.BOYS))
"""Words of one sex, of any age."""
OF_AN_AGE = rf"{ages.AGES}|under[ -]\d+s?"
"""Words of ages."""
URBAN = r"urban|urbaine?s?|urban[oa]s?|st[äa]dtisch\w*|городск\w*|[وبل]?(?:ال|ل)?حضري?ة?"
RURAL = r"rurale?s?|l[äa]ndlich\w*|сельск\w*|[وبل]?(?:ال|ل)?ريفي?ة?"
"""Words of towns, and of what is none."""
_CITIES = (
    r"capital cit(?:y|ies)|largest cit(?:y|ies)|hauptstadt|großstädt\w*|столиц\w*|столичн\w*|metropolit\w*|métropol\w*"
    r"|capita(?:is|les)"
)
DIVISIONS = (
    r"(?:states|provinces|regions|districts|cities|towns|municipalities|departments|counties|prefectures|estados|provincias"
    r"|regiones|départements|régions|regiões)"
)
"""Parts of a State, in the plural."""
_IN_CITIES = (
    r"(?<!all )(?<!\w)(?:selected|some|several|two|three|four|five|six|ten|\d+) (?:cities|towns|municipalities)|"
    r"in (?:the )?(?:(?:main|major|large|largest|big|biggest|selected|some|several|few|two|three|four|five|\d+) )*"
    r"(?:cities|towns|villages|municipalities)|in the capital(?= *(?:$|[,;.:)]|city|area|region))|^cities$"
    r"|dans \w+ (?:grandes )?villes|en ville|dans la capitale"
    r"|en (?:\w+ )?(?:grandes )?ciudades|en la capital|na capital|في العاصمة"
    r"|n?as (?:grandes )?cidades|в (?:\w+ )?городах|(?:in )?(?:groß)?städten|في المدن"
)
OF_A_PLACE = (
    rf"{URBAN}|{RURAL}|{_CITIES}|{_IN_CITIES}|\d+ (?:of|out of|de|sur|из) (?:the |les |las? |os |los )?\d+ {DIVISIONS}"
)
"""Words of some places of a State."""
_FIREARMS = (
    r"firearms?|guns?|gunshots?|shootings?|armas? de fuego|armes? [àa] feu|par balles?|armas? de fogo|schusswaffen?"
    r"|огнестрельн\w*|أسلحة نارية|الأسلحة النارية|بالسلاح"
)
_ATTEMPTS = (
    r"attempt(?:s|ed)|tentatives?|tentativas?|tentad[oa]s?|tentée?s|tentativi|tentati|intentos|non consommée?s?"
    r"|versuchte?n?|versuche|покушени\w*|محاولات?|الشروع"
)
_HANDGUNS = r"handguns?|pistolas?|pistolets?"
FEMICIDES = r"femicides?|feminicidios?|féminicides?"
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
    f"{_FIREARMS}|{_ATTEMPTS}|{citizenship.FOREIGNERS}|{citizenship.NATIONALS}|{FEMICIDES}|{_BY_PARTNERS}|{_IN_FAMILIES}|{_GANGS}"
    rf"|{_HANDGUNS}|{_MIGRANTS}|indigenous|indígenas?|tourists?|journalists?|lgbt\w*|terrorism-related"
)
_OF_OFFENDERS = f"{_SUSPECTS}|{_CONVICTED}|cleared cases"
_ACTS_AND_PLACES_IN_CHINESE = (
    "未遂|枪支|枪[杀击]|城市|城镇|农村|首都|千人|万人|半年|首?季度?|嫌疑人|被定罪"
    "|[1一]月?[-至到][3-9三六九]月|前[三六九]个月"
)
_CHINESE = "|".join(
    (
        *(sexes.WOMEN_IN_CHINESE, sexes.MEN_IN_CHINESE, sexes.GIRLS_IN_CHINESE, sexes.BOYS_IN_CHINESE),
        *(ages.AGES_IN_CHINESE, citizenship.FOREIGNERS_IN_CHINESE, citizenship.NATIONALS_IN_CHINESE),
        _ACTS_AND_PLACES_IN_CHINESE,
    )
)
_OF_A_SEX_BY_LETTER = r"(?:sexe?|sexo|gender|geschlecht|пол) ?[:=] ?[fmwhжм](?!\w)"
_SHARED = f"{OF_A_SEX}|{_OF_A_SEX_BY_LETTER}|{OF_AN_AGE}|{OF_A_PLACE}|{_OF_A_KIND}"
ONLY = (
    r"only|solely|exclusively|sólo|solo|solamente|[úu]nicamente|uniquement|seulement|exclusivement|exclusivamente|nur"
    r"|ausschließlich|lediglich|apenas|somente|soltanto|только|лишь|исключительно|فقط"
)
"""Words by which a text says that it is of nothing else."""
ONLY_IN_CHINESE = r"[仅僅]|只(?:有|包括|含|限)"
_OF_QUARTERS = (
    r"quarters?|q[1-4]|half[ -]years?|half of the year|ytd|year[- ]to[- ]date|halbjahr"
    r"|(?:first |last |за )?(?:\d|10|11|three|six|nine|ten|eleven|trois"
    r"|neuf|tres|seis|nueve|nove|drei|sechs|neun)[ -](?:premiers |primeros |primeiros |ersten )?"
    r"(?:months?|mths|mois|meses|monate|месяц(?:а|ев)|мес|أشهر)|half[ -]yearly|الأشهر (?:الثلاثة|الستة|التسعة)"
)
_PARTLY = (
    r"partial coverage|cover(?:s|age)?(?: of|:)? \d{1,2}(?:\.\d+)? ?%|government[ -]controlled|mainland"
    r"|under (?:the )?(?:effective )?control"
    r"|\d{1,2}(?:[.,]\d+)? ?(?:%|per ?cent) of the (?:population|territory|country)"
    r"|incomplete (?:data|coverage)|(?:data|coverage)(?: are| is)? incomplete|not (?:for|of) the (?:whole|entire)"
    rf"|all (?:of )?(?:the )?{DIVISIONS} (?:of|in|de|except|but|with)|не по всей территории"
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
_NOT_FINAL = rf"{_SCALES}|miles|sample|{_PROVISIONAL}"
"""Words of what is no final figure in the unit that it seems to be in."""
_NOT_OBSERVED = (
    r"estimates|projections?|projected|imputed|forecasts?|nowcasts?|estimaciones|proyecciones|estimations|schätzungen"
    r"|projektionen|estimativas|projeções|оценки|прогноз\w*|تقديرات|إسقاطات"
)
OF_STATUS = pattern(rf"\b(?:{_NOT_OBSERVED}|{_PROVISIONAL})\b|初步")
"""Words of how sure figures are, which their statuses may say too."""
_SCALED = pattern(
    r"['’‘]000s?\b|\(000s?\)|\bin (?:1[ ,.]?)?000s?\b|^\(?1[ ,.]?000\)?$|\(1[ ,.]?000\)|\bunits?: ?1[ ,.]?000\b"
    r"|(?:\bx|×|\*|\bmultiplied by) ?1[ ,.]?000\b|单位[:：]? ?[千万]|\bin thousands\b|بالآلاف"
)
"""A thousand in figures, as what values are to be multiplied by."""

IN_CELLS = pattern(
    rf"\b(?:{_SHARED}|{_OF_OFFENDERS}|{ONLY}|girl|boy|completed|capital|intimate)\b|{_CHINESE}|{ONLY_IN_CHINESE}"
)
"""What a cell says that is a category of its column: `is_part`."""
IN_TITLES = pattern(
    rf"\b(?:{_SHARED}|{_OF_OFFENDERS}|{ONLY}|capitals|{_NOT_FINAL}|{_NOT_OBSERVED}|{_DOMESTIC}|{_IN_PRISONS}"
    r"|cities|towns|^city$|^capital$|^ciudad(?:es)?$|^villes?$"
    r"|(?:province|city|municipality|district|canton|prefecture|county|provincia|municipio|ciudad|cidade|ville)"
    r" (?:of|de|du) |(?<!plurinational )(?<!vatican city )state of "
    r"(?!the |palestine|kuwait|qatar|israel|libya|eritrea|crime)"
    r"|selected (?:areas|cities|provinces|regions|states))"
    rf"(?:\b|(?<=[ .]))|{_CHINESE}|{ONLY_IN_CHINESE}|初步|{_SCALED.pattern}"
)
"""What a text outside the rows says of all of them: `qualifies`."""
TERMS = pattern(rf"\b(?:{_OF_TERMS})\b")
"""Words of halves and quarters without their number: of all rows, unless they are of the file."""
NUMBERED = pattern(rf"\b(?:{_OF_QUARTERS})\b")
"""Halves, quarters and months in numbers: of the rows, unless they are of the file."""
IN_NOTES_OF_ALL = pattern(
    rf"\b(?:{_SHARED}|{ONLY}|{_NOT_FINAL})(?:\b|(?<=\.))|{_CHINESE}|{ONLY_IN_CHINESE}|初步|{_SCALED.pattern}"
)
"""What the notes of a column may say of all rows, their status included: `tells_of_a_part`."""
IN_NOTES_OF_ONE = pattern(
    rf"\b(?:{_SHARED}|{ONLY}|{_SCALES}|{_PARTLY})(?:\b|(?<=[%.]))|{_CHINESE}|{ONLY_IN_CHINESE}|{_SCALED.pattern}"
)
"""What a note says of its own row, beside its status: `restricts`."""
SUBDIVISIONS = pattern(
    r"\b(?:provinc\w*|municip\w*|districts?|distritos?|department|departamento|département|count(?:y|ies)|cit(?:y|ies)"
    r"|ciudad\w*|villes?|cidades?|towns?|cantons?|prefectures?|governorates?|oblast\w*|област\w*|район\w*|город\w*"
    r"|bundesl[aä]nd\w*|محافظة|مدينة)\b|[省市县区]$"
)
"""Kinds of places within a State, which are no regions: `names_a_subdivision`."""
DOUBTFUL = pattern(
    rf"\b(?:{_OF_OFFENDERS}|{_DOMESTIC}|{_IN_PRISONS}|one prison|capitals|cities|towns|knife|knives|stabbings?"
    r"|residents"
    r"|(?:province|city|municipality|district|canton|prefecture|county|provincia|municipio|ciudad|cidade|ville)"
    r" (?:of|de|du) \w+|provinc\w*|municip\w*|districts?|distritos?|governorates?|oblast\w*|област\w*|район\w*"
    rf"|(?:\d+|two|three|four|five|six|seven|eight|nine|ten|some|several|most|many|selected) {DIVISIONS}|\w+ region"
    r"|region of|republika srpska|england|wales|scotland|northern ireland|zanzibar|kurdistan|transnistria|abkhazia"
    r"|(?:south )?ossetia|crimea|gaza|west bank|greenland|mayotte|corsica|corse|donbas\w*|half the year|\d+ hospitals"
    r"|brought to court)\b|\b\d/\d+ of the\b|[省市县区]$"
)
"""By which a note may say of its row that it is of a part, and does not surely: offenders, places, parts in number."""
KINDS = tuple(
    pattern(rf"\b(?:{words})\b{in_chinese}")
    for words, in_chinese in (
        (_FIREARMS, "|枪支"),
        (_HANDGUNS, ""),
        (_ATTEMPTS, "|未遂"),
        (citizenship.FOREIGNERS, f"|{citizenship.FOREIGNERS_IN_CHINESE}"),
        (citizenship.NATIONALS, f"|{citizenship.NATIONALS_IN_CHINESE}"),
        (FEMICIDES, ""),
        (_BY_PARTNERS, ""),
        (f"{_IN_FAMILIES}|{_DOMESTIC}", ""),
        (_GANGS, ""),
        (_MIGRANTS, ""),
        (_IN_PRISONS, ""),
        (_SUSPECTS, "|嫌疑人"),
        (_CONVICTED, "|被定罪"),
        (URBAN, "|城市|城镇"),
        (RURAL, "|农村"),
        (rf"{_CITIES}|capitals|cities|city", "|城市"),
    )
)
"""Kinds of parts that a row may name too, each in all its words."""
PARTS = pattern(rf"\b(?:{_SHARED}|{_OF_OFFENDERS})\b|{_CHINESE}")
"""What names a part of people, places or acts."""
