"""What stands outside the rows of a table, or beside their figures, and says of what they are.

Titles, comments, names of sheets and remarks are gathered by the readers of tables and judged here, once for all
layouts: what says that the rows are of a part refuses the file unless each row says so itself, and what is not
understood is named. A row whose own note says that it is of a part is left out.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache

from comity.areas.names.in_languages import names_of_cities
from comity.classifications import iccs
from comity.evidence.errors import BadInput, Fault
from comity.evidence.languages import CODES
from comity.evidence.places import row_of
from comity.evidence.wording import gettext as _
from comity.observations import indicators_observed
from comity.observations.observation import ESTIMATED, FORECAST, PROVISIONAL, TOTAL, Observation, slug
from comity.observations.reading import KindOfText, OutsideText, Reading
from comity.observations.words import qualifiers
from comity.observations.words.ages import without_ages
from comity.observations.words.citizenship import without_citizenship
from comity.observations.words.days import days_of
from comity.observations.words.parts_of_year import without_part_of_year
from comity.observations.words.said_of_rows import denies, said_of_rows, without_attempts, without_only
from comity.observations.words.sexes import without_sex

_CITY = "city:"
_PLAIN_SHEETS = re.compile(
    r"(?:(?:sheet|tabelle|feuil(?:le)?|hoja|planilha|foglio|лист|ورقة|工作表)[ _-]?\d*(?: ?\(\d+\))?"
    r"|(?:data|dataset|datos|donn[ée]es|daten|dados|данные|بيانات|数据|export|table|download|results?)[ _-]?\d*"
    r"|countr(?:y|ies)|[\d ,.–-]*)",
    re.IGNORECASE,
)
"""Names of sheets that programs give, or that say nothing; years too."""
_SEAT = re.compile(
    r"(?:minist|instit|statist|bureau|office|oficina|agen[ctz]|department|secretar|universit|press|observat|council|direc"
    r"|commis|министер|служб|комитет|وزارة|مكتب|المعهد)[^;]*,[^,;\d]{3,25}$",
    re.IGNORECASE,
)
"""An institution with a place behind it at the end of a text."""
_ADDRESS = re.compile(r"[^\s@]++@\S+|https?://\S+")
"""statistics@un.org, https://data.unodc.org."""


def judge_titles_and_notes(reading: Reading) -> None:
    """Leave out the rows whose notes say that they are of a part, and name what stands outside the rows.

    Raises BadInput where a text outside the rows says that they are of a part and some do not say so themselves, and
    where all rows are left out.
    """
    _leave_out_parts(reading)
    _doubt_notes(reading)
    faults = []
    for one in reading.outside:
        if not one.own and qualifiers.qualifies(_words(one)) and not _say_so(_rows_of(reading, one), _words(one)):
            faults.append(Fault(reading.file, one.place, one.text, _expected(one.kind)))
    if faults:
        raise BadInput(faults)
    understood = _understood(reading)
    unknown = [one for one in reading.outside if not one.is_read and not _is_understood(one, understood)]
    cities = [one for one in unknown if one.kind != "remark" and _words(one).strip().casefold() in names_of_cities()]
    if cities and not all(one.breakdown.startswith(_CITY) for one in reading.observations):
        raise BadInput([Fault(reading.file, one.place, one.text, _expected(one.kind)) for one in cities])
    for one in unknown:
        _name(reading, one)
    _doubt_file_name(reading)


def _doubt_file_name(reading: Reading) -> None:
    """Warn of a file whose name says that its rows are of a part; a name alone is no evidence, and refuses nothing.

    That they are estimates or projections is left to their statuses.
    """
    name = reading.file.rsplit("/", 1)[-1].rpartition(".")[0]
    known = slug(f"{reading.description.dataset} {reading.description.title}").split("-")
    words = " ".join(word for word in re.findall(r"[^\W_]+", name) if slug(word) not in known)
    if qualifiers.qualifies(words) and not qualifiers.is_not_final(words) and not _say_so(reading.observations, words):
        expected = _("a name of the file that says no more than its rows")
        message = _("“%(value)s” is the name of the file; its rows do not say that they are of a part")
        reading.add_finding("file-name", "warning", "", name, expected, message % {"value": name})


def _rows_of(reading: Reading, outside: OutsideText) -> Sequence[Observation]:
    """The rows that a text is said of: in a workbook those of its sheet, where that has some."""
    sheet = outside.text if outside.kind == "sheet" else outside.place.rpartition("!")[0]
    of_sheet = [row for row in reading.observations if row.place.rpartition("!")[0] == sheet] if sheet else []
    return of_sheet or reading.observations


def _words(outside: OutsideText) -> str:
    return outside.text.replace("_", " ")


def _expected(kind: KindOfText) -> str:
    if kind == "sheet":
        return _("no qualifier in the name of the sheet; say in the columns what the rows are of")
    if kind == "remark":
        return _("no remark that says of the rows that they are of a part; say it in the columns")
    return _("no qualifier above the headings; say in the columns what the rows are of")


def _say_so(observations: Sequence[Observation], title: str) -> bool:
    """Whether every row says of itself what a text says of all: its sex, its age, its status, and what it is of."""
    if qualifiers.is_not_final(title):
        return all(one.status in (ESTIMATED, PROVISIONAL, FORECAST) for one in observations)
    ages = {one.age for one in observations}
    return all(_says(one, title, qualifiers.qualifies, ages) for one in observations)


def _says(observation: Observation, text: str, still: Callable[[str], bool], ages: Collection[str] = ()) -> bool:
    """Whether a row says of itself all that a text says; `still` tells of what is left whether it is a part yet.

    `ages` are those of all rows of which the text is said.
    """
    if _is_title_of(observation.iccs, text):
        return True
    whole = rest = said_of_rows(text)
    if denies(rest):
        return not still(rest)
    of_its_own: tuple[Callable[[str], str | None], ...] = (
        lambda words: without_sex(words, observation.sex),
        lambda words: without_ages(words, observation.age, ages),
        lambda words: without_citizenship(words, observation.citizenship, observation.area),
        lambda words: without_part_of_year(words, observation.period),
        lambda words: without_attempts(words, observation.iccs),
        lambda words: qualifiers.without_kinds_of(
            words, _said_by(observation.indicator, observation.iccs, observation.breakdown)
        ),
    )
    for without in of_its_own:
        left = without(rest)
        if left is None:
            return False
        rest = left
    return not still(without_only(rest) if rest != whole else rest)


@lru_cache(maxsize=4096)
def _said_by(indicator: str, offence: str, breakdown: str) -> str:
    """What a row is of, in words: its breakdown, its offence, its indicator."""
    place = "city" if breakdown.startswith(_CITY) else ""
    words = re.sub(r"[-:+]", " ", breakdown) if breakdown != TOTAL else ""
    return f"{words} {place} {_title_of(offence)} {indicator.replace('-', ' ')}"


@lru_cache(maxsize=4096)
def _is_title_of(offence: str, text: str) -> bool:
    return bool(offence) and _plain(text) == _plain(_title_of(offence))


def _title_of(offence: str) -> str:
    classification = iccs.load()
    return classification.category(offence).title_en if offence in classification else ""


def expected_of_notes() -> str:
    """What is expected where what stands beside all figures of a file says that each is of a part."""
    return _(
        "notes and labels that do not say of every row that it is of a part, or of something else than its codes; say "
        "in the columns what the rows are of"
    )


def _leave_out_parts(reading: Reading) -> None:
    left_out = [(one, said) for one in reading.observations if (said := _said_beside(reading, one))]
    if not left_out:
        return
    if len(left_out) == len(reading.observations):
        place, text = left_out[0][1]
        expected = expected_of_notes()
        raise BadInput(Fault(reading.file, place, text, expected))
    gone = {id(one) for one, _said in left_out}
    reading.observations = [one for one in reading.observations if id(one) not in gone]
    expected = _(
        "a row of the whole; this one says that it is of a part, or of something else than its codes: say in a column "
        "that is read of which"
    )
    for _one, (place, text) in left_out:
        reading.reject("of-a-part", place, text, expected)


def _said_beside(reading: Reading, observation: Observation) -> tuple[str, str] | None:
    """Place and text of what a row says beside its figure that makes it no total, unless it says so itself."""
    found = [
        (observation.place, text)
        for text in (observation.note, observation.source)
        if text and qualifiers.restricts(text)
    ]
    if reading.notes_of_parts:
        found += [said for said in reading.notes_of_parts.get(row_of(observation.place), ()) if said[1]]
    return next(
        (
            said
            for said in found
            if not (qualifiers.restricts(said[1]) and _says(observation, said[1], qualifiers.restricts))
        ),
        None,
    )


def _doubt_notes(reading: Reading) -> None:
    """Notice the notes and sources of rows that may say that their row is of a part, and do not surely."""
    for one in reading.observations:
        for text in (one.note, one.source):
            if text and _may_be_of_a_part(text):
                _doubt(reading, one.place, text)


def _doubt(reading: Reading, place: str, text: str) -> None:
    expected = _("a note that does not say of its row what part it is of")
    message = _(
        "%(place)s: “%(value)s” stands beside %(times)d rows; where it says that they are of a part, say so in a "
        "column that is read"
    )
    reading.notice("row-note", "note", text, place, text, expected, message)


@lru_cache(maxsize=65_536)
def _may_be_of_a_part(text: str) -> bool:
    return not qualifiers.restricts(text) and (_names_a_city(text) or qualifiers.may_restrict(text))


def _names_a_city(text: str) -> bool:
    """Whether one to three words of a text are the name of a city that is known, and no common word.

    A city behind the name of an institution is its seat: “Statistics Norway, Oslo”.
    """
    if _SEAT.search(text):
        text = text.rpartition(",")[0]
    said = re.findall(r"[^\W\d_][\w'’-]*", text)
    for first, word in enumerate(said):
        runs = (" ".join(said[first : first + many]).casefold() for many in (1, 2, 3))
        if not word.islower() and any(run in names_of_cities() and run != "unknown" for run in runs):
            return True
    return False


def _understood(reading: Reading) -> Collection[str]:
    """Texts that say what is known already: the data set, its title, its publisher and its indicators."""
    described = reading.description
    known = {described.dataset, described.title, described.title.partition(": ")[2], described.publisher}
    for indicator in {one.indicator for one in reading.observations}:
        base, _measure = indicators_observed.parted(indicator)
        known |= {base, indicator, *(title for title in _titles(indicator).values())}
    return frozenset(map(_plain, known)) - {""}


def _titles(indicator: str) -> Mapping[str, str]:
    return {language: indicators_observed.title(indicator, language) for language in CODES}


def _plain(text: str) -> str:
    return slug(text) or text.strip().casefold()


def _is_understood(outside: OutsideText, understood: Collection[str]) -> bool:
    text = outside.text.strip()
    if _ADDRESS.fullmatch(text) or days_of(text):
        return True
    return (outside.kind == "sheet" and bool(_PLAIN_SHEETS.fullmatch(text))) or _plain(text) in understood


def _name(reading: Reading, outside: OutsideText) -> None:
    """Add the finding of a text that is in no row and is read past."""
    said = {"place": outside.place, "value": outside.text}
    if outside.kind == "remark":
        rule, expected = "remark", _("a row of the table")
        message = _("%(place)s: “%(value)s” is a remark and no row of the table")
    elif outside.kind == "sheet":
        rule, expected = "sheet-name", _("a name of the sheet that says what is known, or nothing")
        message = _("“%(value)s” is the name of the sheet; nothing is taken from it")
    else:
        rule, expected = "title", _("nothing above the headings, or what is known")
        message = _("%(place)s: “%(value)s” stands above the headings; nothing is taken from it")
    reading.add_finding(rule, "note", outside.place, outside.text, expected, message % said)


def say_beside(
    reading: Reading, cells: Iterable[tuple[str, str]], is_of_a_part: Callable[[str], bool] = qualifiers.restricts
) -> None:
    """Keep the notes of rows that say that their row is of a part, each given by place and text.

    Those that may say so are noticed.
    """
    for place, text in cells:
        if text and is_of_a_part(text):
            reading.notes_of_parts.setdefault(row_of(place), []).append((place, text))
        elif text and _may_be_of_a_part(text):
            _doubt(reading, place, text)
