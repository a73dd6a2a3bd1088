"""Columns that a layout does not have: whether its rows may be read without them.

A column that divides the rows, or that says what all of them are of, must not be passed over: a part would stand as the
total. What is not understood may be such a column, so only what is known to be harmless is left unread.
"""

import re
from collections.abc import Callable, Collection, Iterable, Sequence

from comity.evidence.wording import gettext as _
from comity.evidence.workbook import Value, cell_text
from comity.statistics import parts
from comity.statistics import published_terms as terms
from comity.statistics.numbers import MARK_OF_R
from comity.statistics.observation import slug

_DIVIDING_BY_NUMBERS = re.compile(
    r"\b(?:ages?|age-group|edad(?:es)?|idade|alter|altersgruppen?|unit-mult|multiplier|multiplicador|multiplikator|factor"
    r"|facteur|scale|escala|echelle|quarters?|trimestres?|trimester|quartal|semestres?|semester|months?|mes|meses|mois|monat"
    r"|weeks?|semaine|semana|half)\b|^(?:sexe?|sexo|sesso|gender|genero|genre|geschlecht|period|periodo|periode)$"
)
_DIVIDING_BY_NUMBERS_IN_OTHER_SCRIPTS = re.compile(
    r"^пол$|возраст|месяц|квартал|полугод|الجنس|العمر|الشهر|性别|年龄|月份|季度"
)
"""Headings under which numbers are codes or parts of a year; under others they are measures beside the one read."""
_NOTES = re.compile(
    r"\b(?:notes?|notas?|sources?|fuentes?|comments?|comentarios?|commentaires?|footnotes?|remarks?|remarques?|observaciones"
    r"|status-of|confidential|publishers?|providers?|intervals?|ci|range|pages?|revisions?|fiscal|survey|updated?|accessed"
    r"|extracted|downloaded|urls?|links?|doi|citations?|licen[cs]e|copyright|methodology|description|definition)\b"
)
_NOTES_IN_OTHER_SCRIPTS = re.compile(r"примечани|источник|ملاحظ|المصدر|备注|来源|注释|注")
_OF_THE_AREA = re.compile(
    r"\b(?:iso\d?|iso-[a-z0-9-]+|m49|alpha-?\d?|code|codes|countr(?:y|ies)|pays|pais|land|territor(?:y|ies)|area|areas|geo"
    r"|name|label|continent|region|regions|subregion|sub-region|un-region|location|entity|state|states)\b"
)
_REGIONS = frozenset(
    {
        *("east-asia-and-pacific", "europe-and-central-asia", "latin-america-and-caribbean", "north-america"),
        *("middle-east-and-north-africa", "middle-east-north-africa-afghanistan-and-pakistan", "sub-saharan-africa"),
        *("south-asia", "southeast-asia", "middle-east", "north-africa", "south-america", "central-america"),
    }
)
"""Regions of the World Bank and of everyday, which are none of M49."""
_HARMLESS: Sequence[tuple[re.Pattern[str], frozenset[str]]] = (
    (
        re.compile(r"\b(?:status|flags?|reliability)\b"),
        frozenset({"a", "normal", "final", "official", "published", "approved", "validated", "member", "member-state"}),
    ),
    (
        re.compile(r"\btypes?\b"),
        frozenset({"country", "state", "sovereign", "official", "observed", "data", "indicator", "country-data"}),
    ),
    (re.compile(r"\b(?:multipliers?|scale)\b"), frozenset({"1", "unit", "units", "ones", "one"})),
    (re.compile(r"\bmult(?:ipliers?)?\b"), frozenset({"0"})),
    (re.compile(r"\b(?:coverage|level)\b"), frozenset({"national", "country", "whole-country", "nationwide"})),
    (re.compile(r"\bfreq(?:uency)?\b"), frozenset({"a", "annual", "yearly"})),
    (
        re.compile(r"\bincome\b"),
        frozenset(
            f"{level}-income{behind}"
            for level in ("low", "lower-middle", "upper-middle", "high")
            for behind in ("", "-countries", "-economies", "-country")
        )
        | {"not-classified"},
    ),
    (re.compile(r"\bincome-(?:group|level)\b"), frozenset({"low", "lower-middle", "upper-middle", "high"})),
)
"""What a column of such a heading may hold and say no more than that the rows are whole.

Provisional and estimated figures are not among them: they would stand as final ones.
"""


def expected_instead(
    heading: str,
    cells: Sequence[Value],
    read: Iterable[Sequence[Value]],
    is_area: Callable[[str], bool],
    known: Collection[str] = (),
) -> str:
    """What was expected instead of a column that is not read; blank where the rows may be read without it.

    `read` are the columns that are read, `is_area` tells names and codes of areas, `known` are the codes of the unit
    and the offence that all values are of. Harmless are a column that says in every row what one says that is read;
    notes, unless they are a sex, or all of them name a part; numbers beside the value, but for codes, ages and parts of
    a year; what says more of the area; and words that say no more than that the rows are whole, or what is known.
    """
    texts = [cell_text(cell).strip() for cell in cells]
    said = {*texts} - {"", MARK_OF_R}
    if not said or any(texts == [cell_text(cell).strip() for cell in column] for column in read):
        return ""
    words = slug(heading)
    if _NOTES.search(words) or _NOTES_IN_OTHER_SCRIPTS.search(heading.casefold()):
        return _no_qualifying_notes(texts)
    if any(map(parts.is_part, said)):
        return _undivided()
    numbers = {text for text in said if _is_numeric(text)}
    if not all(_is_harmless(words, text, is_area, known) for text in said - numbers):
        return _understood()
    if _counts_parts(heading) and not all(_is_harmless(words, text, is_area, known) for text in numbers):
        return _undivided()
    return ""


def _no_qualifying_notes(texts: Sequence[str]) -> str:
    if any(map(parts.is_of_one_sex_in_words, texts)):
        return _undivided()
    if all(map(parts.tells_of_a_part, texts)):
        return _("notes that do not say of every row that it is of a part; say in the columns what the rows are of")
    return ""


def _counts_parts(heading: str) -> bool:
    found = _DIVIDING_BY_NUMBERS.search(slug(heading))
    return bool(found or _DIVIDING_BY_NUMBERS_IN_OTHER_SCRIPTS.search(heading.casefold()))


def _is_numeric(text: str) -> bool:
    return any(map(str.isdecimal, text)) and not any(map(str.isalpha, text))


def _is_harmless(words: str, text: str, is_area: Callable[[str], bool], known: Collection[str]) -> bool:
    """Whether a cell under a heading says more of the area, or no more than that its row is whole, or what is known."""
    if terms.is_total(text) or parts.is_whole(text):
        return True
    if terms.unit(text) in known or (terms.offence(text) or ("", ""))[0] in known:
        return True
    if _OF_THE_AREA.search(words) and (is_area(text) or slug(text.replace("&", " and ")) in _REGIONS):
        return True
    return any(about.search(words) and slug(text) in said for about, said in _HARMLESS)


def _undivided() -> str:
    return _("no column that divides the rows: parts would be taken for totals; leave their rows and the column out")


def _understood() -> str:
    return _(
        "no column whose words are not understood: they may say that the rows are of a part; where they do not, leave "
        "the column out"
    )
