"""What the codes of Eurostat's tables on crime mean: a cell as an observation."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from comity.areas.gazetteer import COUNTRIES
from comity.classifications import iccs
from comity.evidence.wording import gettext as _
from comity.observations import indicators_published
from comity.observations.numbers import Marks, Number, marks_of
from comity.observations.observation import (
    BREAK,
    CANNOT_EXIST,
    CONFIDENTIAL,
    CONFIDENTIALITIES,
    DIFFERS,
    ESTIMATED,
    FORECAST,
    FOREIGN,
    FREE,
    FREE_MARKS,
    IMPUTED,
    LOW_RELIABILITY,
    MISSING,
    NATIONAL,
    NOT_APPLICABLE,
    NOT_SIGNIFICANT,
    PER_100000,
    PROVISIONAL,
    SUPPRESSED,
    TOTAL,
    UNKNOWN,
    Observation,
    slug,
)
from comity.observations.publishers.eurostat_tables import CONFIDENTIALITY, FLAGS, MARKS_OF_MISSING, YEAR, Cell
from comity.observations.reading import Reading
from comity.observations.rows.areas import AreaFinder
from comity.observations.rows.row import RowFault, notice_unknown_word, stated
from comity.observations.rows.values import read_period, read_value
from comity.observations.shipped_tables import rows_of
from comity.observations.words.ages import code_of_age
from comity.observations.words.categories import code_of

_COUNTS, _RATES = "NR", "P_HTHAB"
_UNITS = {
    _COUNTS: re.compile(r"number|nombre|anzahl", re.IGNORECASE),
    _RATES: re.compile(
        r"per (?:hundred thousand|100[ ,.]?000) inhabitants|pour cent mille habitants"
        r"|je hunderttausend einwohner",
        re.IGNORECASE,
    ),
}
"""Labels of units."""
_GROUPED = re.compile(r"[1-9]\d{0,2}(?P<mark>[.,])\d{3}")
"""A number that is a thousand times as large where its mark parts thousands."""
_NO_VALUE = frozenset({"", ":"}) | MARKS_OF_MISSING

# Of several flags the gravest is the status, in this order, and all are noted: a forecast is no observation; a break
# and another definition part a series, which trends must see; then what makes a value weak, and last what may change.
_STATUSES = {
    "f": FORECAST,
    "b": BREAK,
    "d": DIFFERS,
    "u": LOW_RELIABILITY,
    "n": NOT_SIGNIFICANT,
    "e": ESTIMATED,
    "s": ESTIMATED,
    "i": IMPUTED,
    "p": PROVISIONAL,
}
_WITHOUT_VALUE = {"c": SUPPRESSED, "z": CANNOT_EXIST}
_REVISED = "r"
_CONFIDENTIALITIES = {"P": CONFIDENTIAL}
"""Primary confidentiality is not told apart from other confidentiality; the other marks are those of SDMX."""

AREAS = {"EL": "GRC", "UK": "GBR", "UKC-L": "GBR_E_W", "UKM": "GBR_S", "UKN": "GBR_NI", "XK": "XKX"}
# The European Union of a day, the euro area and the like. None is taken for the Union as we hold it.
_AGGREGATE = re.compile(r"(?:EU|EA|EEA|EFTA)(?:\d\w*|_\w+)?")
_COUNTRY = re.compile(r"[A-Z]{2}")
"""DE, and not DE1."""

_SEXES = {"T": TOTAL, "M": "M", "F": "F", "UNK": UNKNOWN, "NAP": NOT_APPLICABLE}
_AGES = {"TOTAL": TOTAL, "UNK": UNKNOWN}
_AGE = re.compile(r"Y(?:(?P<first>\d{1,3})-(?P<last>\d{1,3})|_GE\d{1,3}|_LT\d{1,3}|\d{1,3})")
"""Y15-19, Y_LT15, Y_GE65."""
_CITIZENSHIPS = {"TOTAL": TOTAL, "NAT": NATIONAL, "FOR": FOREIGN, "UNK": UNKNOWN}
_RELATIONS = {
    "TOTAL": TOTAL,
    "IPTN_FAM": "relationship-to-perpetrator:intimate-partner-or-family-member",
    "IPTN": "relationship-to-perpetrator:intimate-partner",
    "FAM": "relationship-to-perpetrator:family-member",
    "UNK": f"relationship-to-perpetrator:{UNKNOWN}",
}
# What is counted of persons of each legal status. A victim of intentional homicide is what `homicide` counts.
_LEGAL = {
    "PER_VICT": ("victims", "victims"),
    "PER_SUSP": ("persons-formal-contact", "persons"),
    "PER_PRSC": ("persons-prosecuted", "persons"),
    "PER_CNV": ("persons-convicted", "persons"),
}
_HOMICIDE = "0101"
_CAPACITY = "PRIS_OFF_CAP"
_TOTALS = frozenset({"T", "TOTAL"})
_OFFENCE = re.compile(r"ICCS(?P<code>\d{2,6})")
_OFFENCES = re.compile(r"ICCS\d{2,6}(?:[_-]\d{2,6})+")
"""ICCS0101, and several joined: ICCS0401_0402."""
_READ = frozenset({"freq", "unit", "geo", "iccs", "sex", "age", "citizen", "pers_cat", "leg_stat", "indic_cr"})


class DataSet(NamedTuple):
    """A data set of Eurostat: its code, title, and what its values count where no dimension says it.

    `told_by` are the dimensions by which a table that does not name its data set is known as this one.
    """

    code: str
    title: str
    told_by: frozenset[str]
    base: str
    unit: str
    iccs: str


@lru_cache(maxsize=1)
def known_data_sets() -> dict[str, DataSet]:
    """The data sets on crime whose values are known, by Eurostat's code."""
    return {
        row["dataset"]: DataSet(
            row["dataset"], row["title"], frozenset(row["told_by"].split()), row["base"], row["unit"], row["iccs"]
        )
        for row in rows_of("eurostat_data_sets.csv")
    }


def marks_by_unit(cells: Sequence[Cell], usual: str) -> dict[str, Marks]:
    """What the values show of the decimal mark, by unit; a single group of three, as `1.788`, shows nothing.

    Where nothing shows it, rates have the point, in which Eurostat writes all its tables, unless the counts beside them
    have points that part thousands.
    """
    found = marks_of(((cell.place, cell.value) for cell in cells), usual)
    groups = [_GROUPED.fullmatch(cell.value) for cell in cells if cell.dimensions.get("unit") == _COUNTS]
    parted = usual == "," and any(group["mark"] == "." for group in groups if group)
    return {_COUNTS: found, _RATES: found if parted else found._replace(usual=".")}


def _number(reading: Reading, cell: Cell, indicator: str) -> Number:
    """The number of a cell. A count is whole: RowFault for `1.788` where the column shows that points are decimal."""
    marks = reading.marks
    group = _GROUPED.fullmatch(cell.value)
    if group and indicator.endswith("-count") and marks.decimal == group["mark"] and not marks.other:
        said = {"mark": marks.decimal, "place": marks.shown}
        expected = _("a whole number; “%(mark)s” is the decimal mark that the column shows at %(place)s") % said
        raise RowFault("not-a-number", cell.place, cell.text, expected)
    return read_value(reading, cell.value, cell.place, indicator)


def observation_of(reading: Reading, areas: AreaFinder, dataset: DataSet, cell: Cell) -> Observation:
    if cell.deleted:
        raise RowFault("deleted", cell.place, cell.text, _("a row that is not to be deleted"))
    if "" in cell.dimensions:
        expected = _("as many codes as the heading names dimensions, parted by commas")
        raise RowFault("dimensions", cell.at(""), cell.dimensions[""], expected)
    area = _area(areas, cell)
    if (cell.dimensions.get("freq") or "A") != "A":
        raise _fault("not-annual", cell, "freq", _("A, a value of a year"))
    period = read_period(cell.period, cell.at(YEAR))
    offence, parts = _offence(dataset, cell)
    base, counted = _counted(dataset, cell, offence)
    measure = {_COUNTS: "count", _RATES: "rate"}.get(cell.dimensions["unit"])
    if measure is None:
        raise _fault("unknown-unit", cell, "unit", _("NR (number) or P_HTHAB (per hundred thousand inhabitants)"))
    indicator = f"{base}-{measure}"
    missing = cell.value.casefold() in _NO_VALUE
    number = Number(None, MISSING) if missing else _number(reading, cell, indicator)
    status, note = _status(reading, cell, number)
    return stated(
        area=area,
        indicator=indicator,
        iccs=offence,
        sex=_term("sex", cell, _SEXES),
        age=_age(cell),
        citizenship=_term("citizen", cell, _CITIZENSHIPS),
        breakdown="+".join([*parts, *_breakdowns(cell)]) or TOTAL,
        unit=counted if measure == "count" else PER_100000,
        period=period,
        number=number,
        text=cell.text,
        place=cell.place,
        note=note,
        status=status,
    )._replace(confidentiality=_confidentiality(reading, cell))


def _fault(rule: str, cell: Cell, dimension: str, expected: str) -> RowFault:
    return RowFault(rule, cell.at(dimension), cell.dimensions[dimension], expected)


def _area(areas: AreaFinder, cell: Cell) -> str:
    """The area of a code of Eurostat; its aggregates and the parts of countries below the State have none."""
    text = cell.dimensions["geo"]
    if _AGGREGATE.fullmatch(text):
        raise _fault("aggregate", cell, "geo", _("a State or area: the membership of groups differs from year to year"))
    sought = AREAS.get(text, text)
    known = text in AREAS or _COUNTRY.fullmatch(text)
    area = areas.of_kinds(sought, COUNTRIES) if known else None
    if area is None:
        expected = _("the code of a country (DE, EL, UKC-L); no region below it is held")
        raise _fault("unknown-area", cell, "geo", expected)
    return area


def is_unit(unit: str, label: str) -> bool | None:
    """Whether a label is that of a unit; None where it is of none that is known."""
    found = next((known for known, words in _UNITS.items() if words.fullmatch(label)), None)
    return found == unit if found else None


@lru_cache(maxsize=1024)
def is_title_of(offence: str, label: str) -> bool | None:
    """Whether a label is the title of a category of offence; None where it is no title that is known."""
    code = offence.removeprefix("ICCS")
    titles = {slug(one.title_en): one.code for one in iccs.load().categories.values()}
    found = titles.get(slug(label)) or (indicators_published.offence(label) or ("",))[0]
    return found == code if found else None


def _offence(dataset: DataSet, cell: Cell) -> tuple[str, list[str]]:
    """The ICCS code, and what the dimension says that is none: joined codes, a range, the total of all offences.

    Of joined codes none stands for the others: they keep a code of their own as a breakdown.
    """
    if "iccs" not in cell.dimensions:
        return dataset.iccs, []
    text = cell.dimensions["iccs"]
    single = _OFFENCE.fullmatch(text)
    if single and single["code"] in iccs.load():
        return single["code"], []
    if _OFFENCES.fullmatch(text) and all(part in iccs.load() for part in re.findall(r"\d+", text)):
        return "", [f"type-of-offence:{text}"]
    if text == "TOTAL":
        # Persons held are counted whatever they did; of recorded offences the total is one of those that are listed.
        return "", [] if dataset.base == "persons-held" else [f"type-of-offence:{TOTAL}"]
    expected = _("a code of the International Classification of Crime such as ICCS0101, or several joined")
    raise _fault("unknown-iccs", cell, "iccs", expected)


def _counted(dataset: DataSet, cell: Cell, offence: str) -> tuple[str, str]:
    """What is counted, and in which unit."""
    if "leg_stat" in cell.dimensions:
        found = _LEGAL.get(cell.dimensions["leg_stat"])
        if found is None:
            raise _fault("unknown-term", cell, "leg_stat", ", ".join(_LEGAL))
        return ("homicide", "victims") if found[0] == "victims" and offence == _HOMICIDE else found
    if "indic_cr" in cell.dimensions and cell.dimensions["indic_cr"] != _CAPACITY:
        raise _fault("unknown-term", cell, "indic_cr", _("%s, the official capacity of prisons") % _CAPACITY)
    if dataset.base == "homicide" and offence != _HOMICIDE:
        return _LEGAL["PER_VICT"]
    return dataset.base, dataset.unit


def _term(dimension: str, cell: Cell, meanings: Mapping[str, str]) -> str:
    """The code of a word of a dimension; the total where the table has no such dimension."""
    text = cell.dimensions.get(dimension)
    if text is None:
        return TOTAL
    if text not in meanings:
        raise _fault("unknown-term", cell, dimension, ", ".join(meanings))
    return meanings[text]


def _age(cell: Cell) -> str:
    text = cell.dimensions.get("age", "TOTAL")
    found = _AGES.get(text)
    match = _AGE.fullmatch(text)
    if found is None and match:
        found = code_of_age(f"{match['first']}-{match['last']}") if match["first"] else text
    if found is None:
        raise _fault("unknown-term", cell, "age", _("an age such as TOTAL, Y_LT15, Y15-19 or Y_GE65"))
    return found


def _breakdowns(cell: Cell) -> list[str]:
    """The relationship of victims to offenders, and every dimension that no rule knows, with its own code."""
    found = [_term("pers_cat", cell, _RELATIONS)]
    found += [
        f"{name.replace('_', '-')}:{code_of(text)}"
        for name, text in cell.dimensions.items()
        if name not in _READ and text not in _TOTALS
    ]
    return [one for one in found if one != TOTAL]


def _status(reading: Reading, cell: Cell, number: Number) -> tuple[str, str]:
    """The status by the flags, and a note of all flags where the status does not say it all.

    Raises RowFault where a value is flagged as one that does not apply.
    """
    flags = [letter for letter in cell.flags.lower() if letter.isalpha()]
    for letter in flags:
        if letter not in (*_STATUSES, *_WITHOUT_VALUE, _REVISED, "m"):
            notice_unknown_word(reading, FLAGS, letter, cell.place)
    told = list(flags)
    if number.value is None:
        confidential = "c" in flags or cell.confidentiality not in ("", FREE)
        reason = "c" if confidential else "z" if "z" in flags else ""
        status = _WITHOUT_VALUE.get(reason, number.status)
        told = [letter for letter in flags if letter not in (reason, "m")]
    elif "z" in flags or "m" in flags:
        raise RowFault("contradictory-status", cell.place, cell.text, _("no value, since its flag says there is none"))
    else:
        gravest = next((letter for letter in _STATUSES if letter in flags), "")
        status = _STATUSES.get(gravest, number.status)
        told = [letter for letter in flags if letter not in (gravest, "c")]
    return status, f"Eurostat flags: {', '.join(flags)}" if told else ""


def is_free_cell(cell: Cell) -> bool:
    return cell.confidentiality in FREE_MARKS and "c" not in cell.flags.lower()


def _confidentiality(reading: Reading, cell: Cell) -> str:
    mark = _CONFIDENTIALITIES.get(cell.confidentiality, cell.confidentiality)
    if mark and mark not in CONFIDENTIALITIES:
        notice_unknown_word(reading, CONFIDENTIALITY, mark, cell.place)
        mark = CONFIDENTIAL
    return CONFIDENTIAL if "c" in cell.flags.lower() and mark in ("", FREE) else mark or FREE
