"""Columns that a layout does not have: whether its rows may be read without them.

A column that divides the rows, or that says what all of them are of, must not be passed over: a part would stand as the
total. What is not understood may be such a column, so only what is known to be harmless is left unread.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from comity.evidence.errors import BadInput, Fault
from comity.evidence.places import row_of
from comity.evidence.wording import gettext as _
from comity.evidence.workbooks.workbook import Value, cell_text
from comity.observations import indicators_published
from comity.observations.numbers import MARK_OF_R
from comity.observations.observation import CONFIDENTIAL, CONFIDENTIALITIES, FREE_MARKS, slug
from comity.observations.reading import OutsideText, Reading
from comity.observations.rows.areas import AreaFinder
from comity.observations.rows.row import notice_unknown_word
from comity.observations.titles_and_notes import expected_of_notes, say_beside
from comity.observations.words import qualifiers
from comity.observations.words.totals import is_total
from comity.observations.words.units import unit_of

_CODED = re.compile(
    r"\b(?:ages?|age-group|edad(?:es)?|idade|alter|altersgruppen?|unit-mult|multiplier|multiplicador|multiplikator|factor"
    r"|facteur|scale|escala|echelle|exponent|power(?:code)?|base|quarters?|trimestres?|trimester|quartal|semestres?|semester"
    r"|months?|mes|meses|mois|monat|maand|weeks?|semaine|semana|half|codes?|cod|codigo|kod|ids?|sexid|iccs|fips|nuts|prov\w*"
    r"|depart\w*|municip\w*|districts?|weapon|offence|crime)\b"
    r"|^(?:sexe?|sexo|sesso|gender|genero|genre|geschlecht|period|periodo|periode|q|per|x?1000)$"
)
_CODED_IN_OTHER_SCRIPTS = re.compile(
    r"^пол$|возраст|месяц|квартал|полугод|код|الجنس|العمر|الشهر|رمز|性别|年龄|月|季度|代码|월|성별"
)
"""Headings under which numbers are codes, factors or parts of a year."""
_MEASURES = re.compile(
    r"\b(?:rank|population|gdp|rates?|counts?|number|lower|upper|low|high|value|density|area|total|share|index|row|sort|order"
    r"|year|decimals|confidence|version|latitude|longitude|objectid)\b|^\d+$"
)
"""Headings under which one number may stand in every row and say nothing of what the rows are of."""
_NAMELESS = re.compile(r"unnamed[\W\d_]*|", re.IGNORECASE)
"""Headings that programs give to a column without one: only the running number of the rows is known to stand there."""
_WHOLE = re.compile(r"\d+|\d{1,3}(?:[,.  ]000)+")
"""Numbers that may be codes: 3, and 1,000, which may be a factor."""
_MARKS = re.compile(r"[^\w%‰$€£♀♂]*")
"""What stands in a cell and says nothing: an asterisk, a dash. A percent sign and a sign of a sex say something."""
_WRITTEN_AS_FRACTION = re.compile(r"(\d+)\.0+")
"""A whole number as programs write it in a column that has blank cells too: 1.0."""
_NUMBER = re.compile(r"(\d[\d.,\s]*)[a-z*]{0,3}")
"""A number with a letter or mark of a note behind it: 12.5 p, 300*."""
_ALIKE = 3
"""Within this factor of what the years of its row hold, a number may be that of a further year."""
_PLAIN = re.compile(r"[-+]?[.,\s]*\d[\d.,\s]*+%?")
"""A number whatever its marks: -1.5, 1 234, 12%."""
_NUMBERS = (
    r"\b(?:intervals?|ci|pages?|revisions?|(?:last-)?updated?|accessed|extracted|downloaded|urls?|links?|doi)\b"
    r"|^survey(?:-year)?$|\bfiscal\b(?!.*\b(?:quarters?|half|months?|periods?)\b)"
)
_NOTES = re.compile(
    r"\b(?:notes?|notas?|sources?|fuentes?|comments?|comentarios?|commentaires?|footnotes?|specialnotes|remarks?|remarques?"
    r"|observaciones|status-of|confidential|publishers?|providers?|citations?|licen[cs]e|copyright|methodology"
    rf"|annotations?)\b|{_NUMBERS}"
)
_NOTES_IN_OTHER_SCRIPTS = re.compile(r"примечани|источник|ملاحظ|المصدر|备注|来源|注释|注")
"""Headings of notes, sources, and what else says of a value how it came about."""
_OF_NUMBERS = re.compile(_NUMBERS)
_IN_NUMBERS = re.compile(r"(?:[\d\s.,;:/()\[\]–—-]|to\b|\b[QHSTM](?=[1-9]))+|[^\W\d_]+\.? (?:19|20)\d\d", re.IGNORECASE)
"""Headings of notes below which numbers are pages, bounds or days and of no ages: 15-29, 2012-Q1, May 2012."""
_OF_PEOPLE = re.compile(
    r"^(?!.*\b(?:data|source|datos|donnees|daten)\b).*(?:citizen|nationalit|\bbirth\b|\borigin\b|residence|residencia"
    r"|ciudadan|nacionalidad|staatsangeh|herkunft|naissance|nacimiento|origine|passport|cittadinan)"
)
_OF_PEOPLE_IN_OTHER_SCRIPTS = re.compile(r"гражданств|происхожд|الجنسية|国籍|出生地")
"""Headings of columns that say of whom the values are: the row's own country there means its own people."""
_ALL_OF_PEOPLE = re.compile(
    r"(?:all|any)-(?:citizenships?|nationalit(?:y|ies)|countries|origins)|any|ensemble|insgesamt"
)
"""Cells of such columns that name everyone."""
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
    (re.compile(r"\blending\b"), frozenset({"ibrd", "ida", "blend", "not-classified"})),
    (
        re.compile(r"\bincome(?:group)?\b"),
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
REGION_FIELDS = ("region", "subregion")
"""Fields of layouts in which a region stands beside the area, and nothing else."""
_MOST_CODES, _OFTEN, _LONGEST_CODE = 12, 3, 4
"""So many different whole numbers of so many digits, each in so many rows on average, are the codes of a category."""
_CONFIDENTIALITY = re.compile(r"(?:obs-)?conf(?:identiality)?(?:-status)?(?:-code)?|confidential")
"""Headings of marks of confidentiality, SDMX's CONF_STATUS and OBS_CONF among them."""


def judge_empty_row(
    reading: Reading, areas: AreaFinder, own: Sequence[str], cells: Iterable[tuple[str, str]], *, whole: bool
) -> None:
    """Take for remarks what a row without any value says that is no row of an area: it may head the rows below it.

    `own` are the texts of its fields of the area, `cells` all that hold something, each with its place; `whole` says
    that no field but the values is blank, so that only its area can say what it is.
    """
    named = any(map(areas.is_place, own))
    judged = [(place, text) for place, text in cells if not (named and whole) or text in own]
    said = [(place, text) for place, text in judged if not areas.is_place(text) and _heads(text)]
    if not said and (not named or len(judged) == 1):
        said = [(place, text) for place, text in judged if any(map(str.isalnum, text))][:1]
    reading.outside = [*reading.outside, *(OutsideText("remark", place, text) for place, text in said)]


@lru_cache(maxsize=1024)
def _heads(text: str) -> bool:
    return qualifiers.is_part(text) or qualifiers.qualifies(text)


def holds_confidentiality(heading: str) -> bool:
    """Whether a column holds marks of confidentiality by its heading; any layout may have one beside its own."""
    return _CONFIDENTIALITY.fullmatch(slug(heading)) is not None


def mark_rows(reading: Reading, cells: Iterable[tuple[str, str]]) -> None:
    """Keep the marks of a column of confidentiality, given by place and text: what is not marked as free is not."""
    for place, text in cells:
        mark = text.partition(":")[0].strip().upper()
        if mark not in (*FREE_MARKS, "FREE"):
            reading.marks_of_rows[row_of(place)] = mark if mark in CONFIDENTIALITIES else CONFIDENTIAL


def holds_notes(heading: str) -> bool:
    """Whether a column holds notes, sources and the like by its heading."""
    return bool(_NOTES.search(slug(heading)) or _NOTES_IN_OTHER_SCRIPTS.search(heading.casefold()))


def notes_of(heading: str, cells: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The notes of a column, each given by place and text, without the numbers of pages and intervals."""
    return ((place, text) for place, text in cells if _is_note(heading, text))


def _is_note(heading: str, text: str) -> bool:
    return not (_IN_NUMBERS.fullmatch(text) and _OF_NUMBERS.search(slug(heading)))


class Unheaded(NamedTuple):
    """A column without a heading, by its number from 0: the cells that make a column of it, and words beside rows.

    Where fewer than half of the rows hold something there, its words make no column. Each is given once, with the index
    of the row in which it stands first.
    """

    column: int
    cells: Sequence[str]
    words: Mapping[str, int]


def unheaded_columns(headings: Sequence[str], rows: Sequence[Sequence[Value]]) -> list[Unheaded]:
    """The columns without a heading that hold something; rows may be shorter and longer than the headings."""
    found = []
    for column in range(max(map(len, rows), default=0)):
        if column < len(headings) and headings[column]:
            continue
        texts = _texts(row[column] if column < len(row) else "" for row in rows)
        # Marks alone, such as an asterisk or the dashes of blank cells, say nothing.
        texts = ["" if text == MARK_OF_R or _MARKS.fullmatch(text) else text for text in texts]
        filled = sum(map(bool, texts))
        words: dict[str, int] = {}
        if filled == 1 or 2 * filled < len(rows):
            for index, text in enumerate(texts):
                if any(map(str.isalpha, text)):
                    words.setdefault(text, index)
        if filled:
            found.append(Unheaded(column, ["" if text in words else text for text in texts], words))
    return found


def judge_regions(reading: Reading, cells: Iterable[tuple[str, str]], areas: AreaFinder) -> None:
    """Look through a column of regions, each cell given by place and text.

    What names a part of a State makes its row no total; what names no region that is known is noticed.
    """
    known: dict[str, bool] = {}
    for place, text in cells:
        if text not in known:
            known[text] = _is_region(text, areas)
        if known[text]:
            continue
        if qualifiers.names_a_subdivision(text) or areas.is_place(text):
            say_beside(reading, [(place, text)], bool)
        else:
            notice_unknown_word(reading, "region", text, place)


def _is_region(text: str, areas: AreaFinder) -> bool:
    return slug(text.replace("&", " and ")) in _REGIONS or areas.is_region(text) or text.casefold() == "world"


def notice_unread(
    reading: Reading,
    unread: Iterable[tuple[str, str, Iterable[Value]]],
    read: Iterable[Iterable[Value]],
    areas: AreaFinder,
    known: Collection[str] = (),
    years: Iterable[Iterable[Value]] = (),
) -> None:
    """Notice every column that is not read, each given by place, heading and cells; `read` are the columns that are.

    `known` are the codes of the unit and the offence that all values are of, `years` the columns of years. Raises
    BadInput for a column that divides the rows, or is not understood: read without it, a part would stand as the total.
    """
    columns: list[list[str]] = []
    sizes: list[tuple[float, ...]] = []
    for number, (place, heading, cells) in enumerate(unread):
        if not number:
            columns, sizes = list(map(_texts, read)), _sizes(years)
        texts = _texts(cells)
        if not any(texts) and qualifiers.qualifies(heading) and not qualifiers.is_not_final(heading):
            # Nothing stands below it: it may be a title that a spreadsheet program has put in the row of headings.
            reading.outside = [*reading.outside, OutsideText("title", place, heading)]
        if expected := _expected_instead(heading, texts, columns, areas, known):
            raise BadInput(Fault(reading.file, place, heading, expected))
        notice_extra_column(reading, place, heading, like_years=texts not in columns and _are_like(texts, sizes))


def _texts(cells: Iterable[Value]) -> list[str]:
    return [match[1] if (match := _WRITTEN_AS_FRACTION.fullmatch(text)) else text for text in map(_text, cells)]


def _text(cell: Value) -> str:
    return cell_text(cell).strip()


def _sizes(years: Iterable[Iterable[Value]]) -> list[tuple[float, ...]]:
    """The numbers that the columns of years hold, row by row."""
    rows = zip(*years, strict=True)
    return [tuple(size for cell in row if (size := _size(_text(cell))) is not None) for row in rows]


def _size(text: str) -> float | None:
    """About the number that a text is, whatever its decimal mark; None for no number."""
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    digits = "".join(match[1].split())
    mark = max(".,", key=digits.rfind)
    # A mark that comes once, and last, may part a fraction; any other parts thousands.
    whole, fraction = digits.rsplit(mark, 1) if digits.count(mark) == 1 else (digits, "")
    return float(f"{whole.replace('.', '').replace(',', '')}.{fraction}")


def _are_like(texts: Sequence[str], sizes: Sequence[tuple[float, ...]]) -> bool:
    """Whether most cells that say something are numbers near those that the years of their rows hold."""
    given = [(text, row) for text, row in zip(texts, sizes, strict=False) if row and any(map(str.isalnum, text))]
    near = 0
    for text, row in given:
        size = _size(text)
        near += size is not None and min(row) / _ALIKE <= size <= max(row) * _ALIKE
    return 2 * near > len(given)


def _expected_instead(
    heading: str,
    texts: Sequence[str],
    columns: Sequence[Sequence[str]],
    areas: AreaFinder,
    known: Collection[str],
) -> str:
    """What was expected instead of a column that is not read; blank where the rows may be read without it.

    Harmless are a column that says in every row what one says that is read, or names the row's own area or a region;
    notes, unless they are a sex, or all of them name a part; numbers beside the value that are no codes, ages or parts
    of a year, and not one and the same; and words that say no more than that the rows are whole, or what is known.
    """
    said = {*texts} - {"", MARK_OF_R}
    words = slug(heading)
    of_people = _OF_PEOPLE.search(words) or _OF_PEOPLE_IN_OTHER_SCRIPTS.search(heading.casefold())
    if not said or (texts in columns and not of_people):
        return ""
    if holds_notes(heading):
        return _no_qualifying_notes([text if _is_note(heading, text) else "" for text in texts])
    if any(map(qualifiers.is_part, said)):
        return _undivided()
    if not of_people and _say_the_area(texts, columns, areas):
        return ""
    left = [text for text in said if not _is_harmless(words, text, known)]
    if not all(map(_PLAIN.fullmatch, left)):
        return _understood()
    coded = _CODED.search(words) or _CODED_IN_OTHER_SCRIPTS.search(heading.casefold())
    if left and _NAMELESS.fullmatch(heading.strip()):
        return "" if _runs(texts) else _undivided()
    measures = _MEASURES.search(words) and not qualifiers.qualifies(heading)
    return _undivided() if left and (coded or (not measures and _are_codes(texts))) else ""


def _runs(texts: Sequence[str]) -> bool:
    """Whether numbers may be those of the rows: each stands once, and in a few rows they are no short whole ones."""
    given = [text for text in texts if text and text != MARK_OF_R]
    few = len(given) > 1 and 2 * len(given) < len(texts)
    codes = few and all(text.isdecimal() and len(text) <= _LONGEST_CODE for text in given)
    return len({*given}) == len(given) and not codes


def _are_codes(texts: Sequence[str]) -> bool:
    """Whether numbers are codes by themselves: one in all rows, or a few small whole ones that return again and again.

    Numbers of something else vary from area to area and from year to year.
    """
    given = [text for text in texts if text and text != MARK_OF_R]
    said = {*given}
    few = len(said) <= _MOST_CODES and len(given) >= _OFTEN * len(said)
    codes = few and all(text.isdecimal() and len(text) <= _LONGEST_CODE for text in said)
    constant = len(said) == 1 and all(map(_WHOLE.fullmatch, said))
    return len(given) > 1 and (constant or codes)


def _say_the_area(texts: Sequence[str], columns: Iterable[Sequence[str]], areas: AreaFinder) -> bool:
    """Whether each cell names the area that its row names in a column that is read, or a region."""
    naming = [column for column in columns if areas.code(next(filter(None, column), "")) is not None]
    for index, text in enumerate(texts):
        if not text or slug(text.replace("&", " and ")) in _REGIONS:
            continue
        if any(map(str.isalpha, text)) and areas.is_region(text):
            continue
        area = areas.code(text)
        if area is None or all(areas.code(column[index]) != area for column in naming):
            return False
    return True


def _no_qualifying_notes(texts: Sequence[str]) -> str:
    said = {*texts} - {"", MARK_OF_R}
    if any(map(qualifiers.is_of_one_sex_in_words, said)) or (said and all(map(qualifiers.is_of_one_sex, said))):
        return _undivided()
    if all(map(qualifiers.tells_of_a_part, texts)):
        return expected_of_notes()
    return ""


def _is_harmless(words: str, text: str, known: Collection[str]) -> bool:
    """Whether a cell under a heading says no more than that its row is whole, or what is known of its value."""
    if is_total(text) or qualifiers.is_whole(text) or _ALL_OF_PEOPLE.fullmatch(slug(text)):
        return True
    if unit_of(text) in known or (indicators_published.offence(text) or ("", ""))[0] in known:
        return True
    return any(about.search(words) and slug(text) in said for about, said in _HARMLESS)


def _undivided() -> str:
    return _("no column that divides the rows: parts would be taken for totals; leave their rows and the column out")


def _understood() -> str:
    return _(
        "no column whose words are not understood: they may say that the rows are of a part; where they do not, leave "
        "the column out"
    )


_LIKE_A_YEAR = re.compile(
    r"\W*+(?:[a-z]{1,3}|fiscal(?: year)?|year|ending)?\W*+(?:19|20)\d\d\W*+"
    r"(?:[a-z]{1,3}|\d|prov\w*|prel\w*|est\w*|proj\w*|rev\w*|fore\w*|\[?yr\d{4})?\W*+",
    re.IGNORECASE,
)
"""A heading of a year with a mark beside it: 2024p, 2024*, FY2024, 2023 (e)."""
_SHORT = 40
"""Letters of a heading that may be a year's."""


def notice_extra_column(reading: Reading, place: str, heading: str, *, like_years: bool = False) -> None:
    """Notice a column that the layout does not have, and that is not read.

    One that is headed like a year, or holds what the columns of years hold, may be missed.
    """
    if like_years or (len(heading) <= _SHORT and _LIKE_A_YEAR.fullmatch(heading)):
        message = _(
            "%(place)s: the column “%(value)s” seems to be of a year and is not read; head it with the year alone"
        )
        expected = _("a year such as 2018, and nothing beside it")
        reading.notice("unread-year", "warning", place, place, heading, expected, message)
        return
    message = _("%(place)s: the column “%(value)s” is not of this layout and is not read")
    reading.notice("extra-column", "note", place, place, heading, _("a column of the layout"), message)
