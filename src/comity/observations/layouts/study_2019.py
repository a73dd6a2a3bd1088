"""The layout of the data behind the Global Study on Homicide 2019: one line for a country and an indicator, whose name
says sex, age, mechanism, relationship and measure; years as columns."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from comity.evidence.errors import BadInput, Fault
from comity.evidence.files.text_tables import Row
from comity.evidence.wording import gettext as _
from comity.observations.finishing import finish
from comity.observations.grids.other_columns import judge_empty_row
from comity.observations.grids.text_tables import (
    TextTable,
    columns_of,
    has_headings,
    headings_of,
    notice_other_columns,
    other_headings,
    read_text_table,
    years_of,
)
from comity.observations.numbers import MARK_OF_R, marks_of
from comity.observations.observation import NATIONAL, PER_100000, TOTAL, UNKNOWN, Observation, slug
from comity.observations.reading import Description, Reading
from comity.observations.rows.areas import AreaFinder
from comity.observations.rows.row import RowFault, keep_row, notice_unknown_word, stated
from comity.observations.rows.values import read_value
from comity.observations.words.ages import code_of_age
from comity.observations.words.categories import code_of
from comity.observations.words.citizenship import CODES_OF_WORDS
from comity.observations.words.sexes import code_of_sex

HEADINGS = {
    "country": ("Country", "Country/territory"),
    "region": ("Region",),
    "subregion": ("Subregion", "Sub-region"),
    "indicator": ("Indicator",),
    "city": ("City",),
}
REQUIRED = ("country", "indicator")

# What an indicator's name may say, in the order in which it is looked for; what is found is taken out of the name.
_SUBJECTS = (
    (re.compile(r"\bbrought into formal contact\b"), "persons-formal-contact"),
    (re.compile(r"\bconvicted(?: for intentional homicide)?\b"), "persons-convicted"),
    (re.compile(r"\bhomicides?\b"), "homicide"),
)
_UNITS = {"homicide": "victims"}
_INTOXICATION = re.compile(r"\b(?:(?P<not>not) intoxicated|intoxicated (?:by|with) (?:an? )?(?P<what>.+))$")
"""“… intoxicated by alcohol”, “not intoxicated”."""
_MECHANISM = re.compile(r"\b(?P<what>firearms?|sharp objects?|other mechanisms?|unknown mechanisms?)\b")
_RELATION = re.compile(
    r"\b(?:(?P<both>intimate partner ?(?:/|or|and) ?family(?: members?)?|ipfm)|intimate partners?|ip)\b"
)
_AGE = re.compile(r"\b(?:\d{1,3}-\d{1,3}|over \d{1,3}|\d{1,3} or more)\b")
"""“15-29”, “over 60”."""
_RATE = re.compile(r"\brate\b:?(?: per 100[ ,.]?000\b(?: population| inhabitants| people)?)?")
"""“rate per 100,000 population”."""
_COUNT = re.compile(r"\bcount\b")
_SEX = re.compile(r"\b(?:fe)?males?\b")
_CITIZENSHIP = {**CODES_OF_WORDS, "citizens": NATIONAL}
_CITIZENS = re.compile(rf"\b(?:{'|'.join(_CITIZENSHIP)})\b")
# Words that say that a line counts something else than the acts, persons or population that its other words mean. What
# is merely a part of the total is kept as a part, whatever its words.
_ATTEMPTED = re.compile(r"\battempt(?:s|ed)?\b")
_OTHER_RATE = re.compile(r"\bper\b(?! 100[ ,.]?000\b)")
"""“per 1,000”."""
_SCALED = re.compile(
    r"%|(?:^|[^\d,. ]\s*)000s?\b"
    r"|\b(?:hundreds?|thousands?|millions?|per ?cent\w*|share|proportion|ratio|rank\w*|index|change|growth)\b"
)
_COUNTS_OTHERS = re.compile(
    r"\b(?:suicides?|accidents?|population|prisoners|inmates|offences?|crimes?|incidents?|cases?)\b"
)
_COUNTS_OFFENDERS = re.compile(
    r"\b(?:suspect(?:s|ed)?|offenders?|perpetrators?|accused|charged|arrest(?:s|ed)|prosecuted|sentenced|clear(?:ed|ance)|solved)\b"
)
# What stands behind a rate says of whom it is one, unless a colon parts them: “Rate: Male Convicted”.
_RATE_OF = re.compile(r"\brate\b(?!:)(?P<of>.+)")
_RATE_PER = re.compile(r"\bper 100[ ,.]?000\b(?! (?:population|inhabitants|people|persons)\b)(?P<of>.+)")
"""“per 100,000 prisoners”."""
_POPULATION = "population"
_NOT_INTENTIONAL = re.compile(r"\b(?:non|un)[- ]?intentional\b")
"""“non-intentional homicide”."""
_OF_A_CITY = re.compile(r"\b(?:cit(?:y|ies)|capitals?|municipal\w*|metropolitan|urban)\b")
"""“homicides in the capital”."""
_OF_THE_WHOLE = "national"
# Columns that divide the lines by place, whatever their cells say; those of other dimensions are known as such.
_DIVIDES = frozenset({"municipality", "capital", "locality", "level"})
_FILLING = re.compile(r"\b(?:total|persons|victims?|by|for|of|intentional|the)\b|[^\w♀♂]+")


class Study2019:
    """Text tables laid out as the data behind the study."""

    name = "Global Study on Homicide 2019"

    def recognises(self, name: str, data: bytes) -> bool:
        """Whether the headings are a country, an indicator and years."""
        headings = headings_of(data)
        needed = {field: HEADINGS[field] for field in ("country", "region", "indicator")}
        return has_headings(headings, needed) and bool(years_of(headings))

    def read(self, name: str, data: bytes, areas: AreaFinder, subject: str) -> Reading:
        """Read the table; each cell of a year that holds something is a row.

        A line whose words are not known is left out, unless it names what is counted itself: the subject of other lines
        says nothing of it. Raises BadInput where no line names what is counted (homicides, persons in formal contact or
        convicted), where lines are of cities that no column names or of the size of a part of the population, and where
        a column that is not read divides the lines.
        """
        table = read_text_table(name, data, areas)
        columns = columns_of(table, HEADINGS, REQUIRED)
        years = years_of(table.headings)
        names = [row.cells[columns["indicator"]] for row in table.rows]
        bases = [base for text in dict.fromkeys(names) if (base := parse_indicator(text).base)]
        if not bases:
            place = f"{table.heading_line}:{columns['indicator']}"
            expected = _("indicators that name homicide, persons brought into formal contact, or convicted")
            raise BadInput(Fault(name, place, ", ".join(dict.fromkeys(names)), expected))
        _check_parts(table, columns, names)
        reading = Reading(name, _description(names, bases), outside=table.outside)
        notice_other_columns(reading, table, columns, areas)
        reading.marks = marks_of(table.columns(years), table.usual)
        indicators = {
            row.cells[columns["indicator"]] for row in table.rows if any(row.cells[year].strip() for year in years)
        }
        for row in table.rows:
            filled = [year for year in years if row.cells[year].strip()]
            if not filled:
                _judge_blank(reading, areas, columns, row, row.cells[columns["indicator"]] in indicators)
            for year in filled:
                keep_row(reading, lambda: _observation(reading, areas, columns, row, year, bases[0]))  # noqa: B023
        return finish(reading)


def _judge_blank(reading: Reading, areas: AreaFinder, columns: dict[str, str], row: Row, known: bool) -> None:
    """Judge a row that gives no value; `known` says that others do for its indicator. See `judge_empty_row`."""
    of_area = [columns[field] for field in ("country", "region", "subregion") if field in columns]
    own = [text for heading in of_area if (text := row.cells[heading].strip())]
    cells = [(f"{row.line}:{heading}", text) for heading, cell in row.cells.items() if (text := cell.strip())]
    whole = known and all(row.cells[heading].strip() for heading in columns.values())
    judge_empty_row(reading, areas, own, cells, whole=whole)


def _check_parts(table: TextTable, columns: dict[str, str], names: Sequence[str]) -> None:
    """Raises BadInput where lines are of parts of a country or of its total and nothing that is read says which."""
    faults = [
        Fault(
            table.file,
            f"{table.heading_line}:{heading}",
            heading,
            _("no column that divides the lines; its words are not known, and parts would be taken for totals"),
        )
        for heading in other_headings(table, columns)
        if slug(heading) in _DIVIDES
    ]
    if "city" not in columns:
        faults += [
            Fault(
                table.file,
                f"{row.line}:{columns['indicator']}",
                row.cells[columns["indicator"]],
                _("the city in a column headed “City”, since this line seems to be of a city and not of the country"),
            )
            for row in table.rows
            if _OF_A_CITY.search(row.cells[columns["indicator"]].casefold())
        ]
    faults += [
        Fault(
            table.file,
            f"{row.line}:{columns['indicator']}",
            row.cells[columns["indicator"]],
            _("no line of a population of its own: the other lines seem to be of it too, and not of the country"),
        )
        for row in _first_lines(table, columns["indicator"])
        if _names_a_population(row.cells[columns["indicator"]])
    ]
    if faults:
        raise BadInput(faults)


def _first_lines(table: TextTable, heading: str) -> list[Row]:
    """The first row of each text of a column."""
    found: dict[str, Row] = {}
    for row in table.rows:
        found.setdefault(row.cells[heading], row)
    return list(found.values())


class Indicator(NamedTuple):
    """What an indicator's name says: `base` is blank where it does not say what is counted (“Male 0-14 Count”).

    `unread` are the words that no rule knows.
    """

    base: str
    measure: str
    sex: str
    age: str
    citizenship: str
    breakdown: str
    unread: str


@lru_cache(maxsize=1024)
def parse_indicator(text: str) -> Indicator:
    """Read an indicator's name by its words, in whatever order they stand."""
    left = " ".join(text.casefold().split())
    base = ""
    for pattern, code in _SUBJECTS:
        if not base and pattern.search(left):
            base, left = code, pattern.sub(" ", left)
    left = " ".join(left.split())
    breakdown = TOTAL
    if match := _RELATION.search(left):
        breakdown, left = _relation(match), f"{left[: match.start()]} {left[match.end() :]}"
    elif match := _INTOXICATION.search(left):
        breakdown, left = _intoxication(match), left[: match.start()]
    elif match := _MECHANISM.search(left):
        breakdown, left = _mechanism(match["what"]), left[: match.start()] + left[match.end() :]
    found, left = _taken(left, (_AGE, _RATE, _COUNT, _SEX, _CITIZENS))
    age, rate, _count, sex, citizens = found
    unread = " ".join(_FILLING.sub(" ", left).split())
    if unread:
        words = f"words:{code_of(unread)}"
        breakdown = words if breakdown == TOTAL else f"{breakdown}+{words}"
    return Indicator(
        base,
        "rate" if rate else "count",
        code_of_sex(sex) or TOTAL if sex else TOTAL,
        code_of_age(age) or TOTAL if age else TOTAL,
        _CITIZENSHIP[citizens] if citizens else TOTAL,
        breakdown,
        unread,
    )


def _names_a_population(published: str) -> bool:
    """Whether a line gives the size of a part of the population, such as prisoners, or a rate per so many of it."""
    said = parse_indicator(published)
    unread = said.unread.split()
    return _is_of(published, said, _RATE_PER) or (not said.base and _POPULATION in unread and len(unread) > 1)


def _is_of(published: str, indicator: Indicator, rate: re.Pattern[str]) -> bool:
    """Whether what stands behind a rate is among the words that no rule knows."""
    match = rate.search(" ".join(published.casefold().split()))
    return match is not None and not set(indicator.unread.split()).isdisjoint(re.findall(r"\w+", match["of"]))


def _taken(text: str, patterns: Sequence[re.Pattern[str]]) -> tuple[list[str], str]:
    """What each pattern finds first, and the text without it."""
    found = []
    for pattern in patterns:
        match = pattern.search(text)
        found.append(match[0] if match else "")
        text = pattern.sub(" ", text, count=1)
    return found, text


def _intoxication(match: re.Match[str]) -> str:
    if match["not"]:
        return "intoxication:none"
    what = match["what"].removeprefix("a ")
    return f"intoxication:{UNKNOWN if what.startswith('unknown') else slug(what)}"


def _relation(match: re.Match[str]) -> str:
    """The relationship of victims to who killed them. An intimate partner is one of partner and family together."""
    of_both = match["both"]
    return f"relationship-to-perpetrator:{'intimate-partner-or-family-member' if of_both else 'intimate-partner'}"


def _mechanism(what: str) -> str:
    kind = what.split()[0]
    if kind in ("other", "unknown"):
        return f"mechanism:{UNKNOWN if kind == 'unknown' else 'other'}"
    return f"mechanism:{slug(what if what.endswith('s') else what + 's')}"


def _observation(
    reading: Reading, areas: AreaFinder, columns: dict[str, str], row: Row, year: str, base: str
) -> Observation:
    country = row.cells[columns["country"]]
    area, expected = areas.named(country)
    if area is None:
        raise RowFault("unknown-area", f"{row.line}:{columns['country']}", country, expected)
    published = row.cells[columns["indicator"]]
    said = parse_indicator(published)
    _check_indicator(published, said, f"{row.line}:{columns['indicator']}")
    if said.unread:
        notice_unknown_word(reading, "indicator", published, f"{row.line}:{columns['indicator']}")
    city = row.cells[columns["city"]].strip() if "city" in columns else ""
    city = "" if city == MARK_OF_R else city
    counted = said.base or base
    indicator = f"{counted}-{said.measure}"
    place = f"{row.line}:{year}"
    return stated(
        area=area,
        indicator=indicator,
        iccs="0101",
        sex=said.sex,
        age=said.age,
        citizenship=said.citizenship,
        breakdown=_within(said.breakdown, city),
        unit=PER_100000 if said.measure == "rate" else _UNITS.get(counted, "persons"),
        period=year,
        number=read_value(reading, row.cells[year], place, indicator),
        text=row.cells[year],
        place=place,
    )


def _check_indicator(published: str, indicator: Indicator, place: str) -> None:
    """Raises RowFault for an indicator whose name says that something else is counted than its other words mean.

    So it may, where its words are not known, unless it names what is counted and they only say of which part.
    """
    words = " ".join(published.casefold().split())
    expected = ""
    if _ATTEMPTED.search(words):
        expected = _("completed acts; attempts are another offence")
    elif _OTHER_RATE.search(words):
        expected = _("a rate per 100,000 population, or a count")
    elif _NOT_INTENTIONAL.search(words):
        expected = _("intentional homicide")
    elif indicator.unread and not indicator.base:
        expected = _("the name of what is counted beside words that are not known: homicide, formal contact, convicted")
    elif _SCALED.search(words):
        expected = _("single persons: no thousands, shares or changes")
    elif _COUNTS_OTHERS.search(indicator.unread) or (
        indicator.base == "homicide" and _COUNTS_OFFENDERS.search(indicator.unread)
    ):
        expected = _("victims of homicide, persons in formal contact or persons convicted")
    elif _is_of(published, indicator, _RATE_OF):
        expected = _("a rate per 100,000 population; it is not known of whom this one is")
    if expected:
        raise RowFault("unknown-indicator", place, published, expected)


def _within(breakdown: str, city: str) -> str:
    """A breakdown within a city, where the line is of one."""
    if not city or city.casefold() == _OF_THE_WHOLE:
        return breakdown
    of_city = f"city:{code_of(city)}"
    return of_city if breakdown == TOTAL else f"{of_city}+{breakdown}"


def _description(names: Sequence[str], bases: Sequence[str]) -> Description:
    """Tables of victims by relationship are a data set of their own: beside the study's totals they are no vintage."""
    of_homicide = "homicide" in bases
    if of_homicide and all(parse_indicator(one).breakdown.startswith("relationship-to-perpetrator:") for one in names):
        return Description(
            dataset="homicide-by-relationship",
            title="Global Study on Homicide 2019: victims killed by intimate partners and family members, by country",
            publisher="United Nations Office on Drugs and Crime",
        )
    return Description(
        dataset="homicide" if of_homicide else "criminal-justice-process",
        title="Global Study on Homicide 2019: "
        + ("victims and rates by country" if of_homicide else "criminal justice process by country"),
        publisher="United Nations Office on Drugs and Crime",
    )
