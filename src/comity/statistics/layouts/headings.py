"""Finding the row of headings of a sheet, wherever it stands and in whatever order its columns come."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from comity.evidence.errors import BadInput, Fault
from comity.evidence.places import column_letters
from comity.evidence.wording import gettext as _
from comity.evidence.workbook import Sheet, Value, cell_name, cell_text
from comity.statistics import parts
from comity.statistics import published_terms as terms
from comity.statistics.numbers import MARK_OF_R
from comity.statistics.observation import slug

ROWS_LOOKED_AT = 30


@dataclass(frozen=True)
class Headings:
    """The row in which the headings stand, counted from 0, and the column of each field that was found.

    `twice` are the fields that a second column is headed as, with that column; `others` the headings that are of no
    field, by column.
    """

    row: int
    columns: Mapping[str, int]
    twice: Mapping[str, int]
    others: Mapping[int, str]

    def cell(self, cells: Sequence[Value], field: str) -> Value:
        """The cell of a field in a row; blank where the row ends before it or the table has no such column."""
        column = self.columns.get(field)
        return "" if column is None or column >= len(cells) else cells[column]

    def place(self, sheet: str, row: int, field: str) -> str:
        """The place of a field's cell in a row, as `Sheet!C14`."""
        return f"{sheet}!{column_letters(self.columns.get(field, 0))}{row + 1}"


def best_headings(rows: Sequence[Sequence[Value]], names: Mapping[str, Sequence[str]]) -> Headings:
    """Of the first rows the one that holds most of the headings.

    `names` gives for each field the words by which it may be headed; case, spaces and underscores do not matter.
    """
    wanted = {slug(word): field for field, words in names.items() for word in words}
    best = Headings(0, {}, {}, {})
    for index, row in enumerate(rows[:ROWS_LOOKED_AT]):
        found = _headings(index, row, wanted)
        if len(found.columns) > len(best.columns):
            best = found
    return best


def _headings(index: int, row: Sequence[Value], wanted: Mapping[str, str]) -> Headings:
    columns: dict[str, int] = {}
    twice: dict[str, int] = {}
    others: dict[int, str] = {}
    for column, cell in enumerate(row):
        field = wanted.get(slug(cell)) if isinstance(cell, str) else None
        if field is None:
            if cell != "":
                others[column] = cell_text(cell)
        elif field in columns:
            twice[field] = column
        else:
            columns[field] = column
    return Headings(index, columns, twice, others)


def find_headings(
    file: str, sheet: Sheet, names: Mapping[str, Sequence[str]], required: Sequence[str] | None = None
) -> Headings:
    """The heading row of a sheet.

    Raises BadInput where a required heading (all, where `required` is not given) is missing, naming the row that comes
    nearest and, for each missing heading, the cells of that row which are no known heading; and where two columns are
    headed as one field.
    """
    best = best_headings(sheet.rows, names)
    others = ", ".join(best.others.values())
    faults = [
        Fault(file, f"{sheet.name}!{cell_name(best.row, 0)}", others, _("a column headed “%s”") % names[field][0])
        for field in (required if required is not None else names)
        if field not in best.columns
    ]
    faults += [
        Fault(
            file,
            f"{sheet.name}!{cell_name(best.row, column)}",
            cell_text(sheet.rows[best.row][column]),
            _("one column headed “%s”") % names[field][0],
        )
        for field, column in best.twice.items()
    ]
    if faults:
        raise BadInput(faults)
    return best


_DIVIDING = re.compile(
    r"\b(?:sex|gender|ages?|age-group|citizenships?|nationalit(?:y|ies)|foreign|locations?|city|cities|urban|rural|urbani[sz]ation"
    r"|degurba|municipalit(?:y|ies)|localit(?:y|ies)|capitals?|provinces?|districts?|causes?|mechanisms?|weapons?|firearms?|relationships?|perpetrators?|victims?|offences?"
    r"|crimes?|dimensions?|categor(?:y|ies)|breakdowns?|disaggregations?|status|types?|variants?|scenarios?|units?"
    r"|unit-mult|multipliers?|scale|ethnicity|disability|education|income|quarters?|months?"
    r"|sexes?|sexo|genero|genre|geschlecht|sesso|edad(?:es)?|idade|altersgruppen?|nationalites?|nacionalidade?|ciudadania|citoyennete"
    r"|ciudad|cidade|ville|municipios?|delitos?|infractions?|armas?|armes?|causas?|tipos?|unidade?|unites?|einheit)\b"
)
_DIVIDING_IN_OTHER_SCRIPTS = re.compile(r"\bпол\b|возраст|гражданств|الجنس|العمر|性别|年龄|国籍")
_NOTES = re.compile(
    r"\b(?:notes?|sources?|comments?|footnotes?|remarks?|obs-status|status-of|flags?|confidential|publishers?|providers?"
    r"|intervals?|ci|range|pages?|revisions?|fiscal|survey|updated?|accessed|extracted|downloaded)\b"
)
_DIVIDING_BY_NUMBERS = re.compile(
    r"\b(?:ages?|age-group|unit-mult|multipliers?|scale|quarters?|months?)\b"
    r"|^(?:sexe?|sexo|sesso|gender|genero|genre|geschlecht)$"
)
"""Other columns of numbers are measures beside the one that is read."""
_HARMLESS: Sequence[tuple[re.Pattern[str], frozenset[str]]] = (
    (
        re.compile(r"\bstatus\b"),
        frozenset({"a", "normal", "final", "official", "published", "approved", "validated", "member", "member-state"}),
    ),
    (
        re.compile(r"\btypes?\b"),
        frozenset({"country", "state", "sovereign", "official", "observed", "data", "indicator", "country-data"}),
    ),
    (re.compile(r"\b(?:multipliers?|scale)\b"), frozenset({"1", "unit", "units", "ones", "one"})),
    (re.compile(r"\bmult(?:ipliers?)?\b"), frozenset({"0"})),
    (
        re.compile(r"\bincome\b"),
        frozenset(
            f"{level}-income{behind}"
            for level in ("low", "lower-middle", "upper-middle", "high")
            for behind in ("", "-countries", "-economies", "-country")
        )
        | {"not-classified"},
    ),
)
"""What a column of such a heading may hold and say no more than that the rows are whole.

Provisional and estimated figures are not among them: they would stand as final ones.
"""


def divides(heading: str, cells: Sequence[Value], read: Iterable[Sequence[Value]], known: Collection[str] = ()) -> bool:
    """Whether a column divides the rows it stands in; `read` are the columns that are read.

    It does where a cell means a part, such as women, whatever stands in its heading, and where its heading names a
    dimension and not all cells are a total, unless it says in every row what a column says that is read, as a second
    column of areas does; or what is known of all values, by the codes of their unit and offence; or what says nothing
    of the people or acts, as a multiplier of 1 does. Notes may speak of parts; a note that is “Women” is none.
    """
    texts = [cell_text(cell).strip() for cell in cells]
    if not _names_parts(heading, {*texts} - {"", MARK_OF_R}, known):
        return False
    return not any(texts == [cell_text(cell).strip() for cell in column] for column in read)


def _names_parts(heading: str, texts: Collection[str], known: Collection[str]) -> bool:
    words = slug(heading)
    notes = _NOTES.search(words) is not None
    if any(terms.sex(text) in ("M", "F") if notes else parts.is_part(text) for text in texts):
        return True
    if notes or not (_DIVIDING.search(words) or _DIVIDING_IN_OTHER_SCRIPTS.search(heading.casefold())):
        return False
    left = {text for text in texts if not terms.is_total(text) and not _is_harmless(words, text, known)}
    if all(any(letter.isdecimal() for letter in text) and not any(map(str.isalpha, text)) for text in left):
        return bool(left) and _DIVIDING_BY_NUMBERS.search(words) is not None
    return True


def _is_harmless(words: str, text: str, known: Collection[str]) -> bool:
    """Whether a cell under a heading says no more than that the rows are whole, or what is known of their values."""
    if terms.unit(text) in known or (terms.offence(text) or ("", ""))[0] in known:
        return True
    return any(about.search(words) and slug(text) in said for about, said in _HARMLESS)


def undivided() -> str:
    """What was expected instead of a column that divides the rows and that the layout does not have."""
    return _("no column that divides the rows: parts would be taken for totals; leave their rows and the column out")
