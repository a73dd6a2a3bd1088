"""Correspondence tables: which ICCS category counts a national code, since when, and on what evidence.

Source of the rules: UNODC, ICCS version 1.0 (2015), on mapping national classifications. An act is placed by
definition, inclusions and exclusions and never by its name alone. A code that covers several categories is split by
attributes of the unit records, else by documented proportions (the result is estimated), else it goes to the lowest
common parent.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Literal, NamedTuple, cast, get_args

from django.utils.translation import gettext as _

from comity.areas.gazetteer import holds
from comity.classifications.iccs import load, tags
from comity.evidence.errors import BadInput, Fault, UnknownName
from comity.evidence.files.cells import RowCells, into
from comity.evidence.files.headed_tables import register_rows

# How the national code lies to the category: the same, inside it, wider than it, or overlapping it.
Relation = Literal["exact", "narrower", "broader", "partial"]
Status = Literal["draft", "proposed", "reviewed"]
RELATIONS: tuple[Relation, ...] = get_args(Relation)
STATUSES: tuple[Status, ...] = get_args(Status)
HEADINGS = (
    "system",
    "national_code",
    "title",
    "language",
    "valid_from",
    "valid_to",
    "iccs",
    "relation",
    "weight",
    "condition",
    "evidence",
    "mapper",
    "reviewer",
    "status",
)
TOLERANCE = 1e-9

_SYSTEM = re.compile(r"[A-Z][A-Z0-9_]*(?:-[A-Z0-9_]+)*-\d{4}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_WEIGHT = re.compile(r"[01]?\.?\d+")
_CONDITION = re.compile(r"(?P<tag>[A-Za-z]+)=(?P<code>\w+)")


@dataclass(frozen=True, slots=True)
class Match:
    """A row: that a national code of a system in its version (`CL-2019`) is counted in an ICCS category.

    The spell is half-open; `weight` is the share of the code's count, None where none is documented; `condition` holds
    the tags by which unit records are told apart (`{"At": "1"}`), empty where the row holds for all.
    """

    system: str
    national_code: str
    title: str
    language: str
    valid_from: date | None
    valid_to: date | None
    iccs: str
    relation: Relation
    weight: float | None
    condition: tuple[tuple[str, str], ...]
    evidence: str
    mapper: str
    reviewer: str
    status: Status
    line: int

    def holds(self, day: date) -> bool:
        """Whether the row is valid on a day."""
        return holds(self.valid_from, self.valid_to, day)

    def fits(self, attributes: Mapping[str, str]) -> bool:
        """Whether a unit record with these tags meets the condition."""
        return all(attributes.get(tag) == code for tag, code in self.condition)


class Share(NamedTuple):
    """What of a count falls to a category: `share` in the count's own unit; estimated where weights or a common parent
    stand in for records, or where the code is wider than the category."""

    iccs: str
    share: float
    estimated: bool


@dataclass(frozen=True)
class Correspondence:
    """The rows of one system, in the order of the table."""

    matches: tuple[Match, ...]

    @property
    def systems(self) -> tuple[str, ...]:
        """The systems of national codes, each with its version."""
        return tuple(dict.fromkeys(match.system for match in self.matches))

    def at(self, day: date) -> "Correspondence":
        """The rows that are valid on a day."""
        return Correspondence(tuple(match for match in self.matches if match.holds(day)))

    def of(self, code: str, day: date) -> tuple[Match, ...]:
        """The rows of a national code on a day. Raises UnknownName where there is none, with the codes alike."""
        found = tuple(match for match in self.matches if match.national_code == code and match.holds(day))
        if not found:
            held = sorted({match.national_code for match in self.matches if match.holds(day)})
            near = [other for other in held if other.startswith(code[:2])][:3]
            raise UnknownName(code, _("a national code with a correspondence on %s") % day.isoformat(), near)
        return found

    def allocate(self, code: str, count: float, day: date) -> list[Share]:
        """Divide a count of a national code among categories; the shares sum to the count.

        Several rows are divided by their weights and flagged as estimated; without weights, or with conditions that
        counts cannot tell apart, the whole goes to the lowest common parent. Raises UnknownName for a code without a
        row on that day, BadInput where the rows have no common parent and no weights.
        """
        rows = self.of(code, day)
        if len(rows) == 1 and not rows[0].condition:
            return [Share(rows[0].iccs, count, rows[0].relation in ("broader", "partial"))]
        if all(row.weight is not None for row in rows) and not any(row.condition for row in rows):
            return [Share(row.iccs, count * cast(float, row.weight), True) for row in rows]
        parent = load().common_ancestor(row.iccs for row in rows)
        if parent is None:
            expected = _("weights, since the categories %s have no common parent") % ", ".join(row.iccs for row in rows)
            raise BadInput(Fault(rows[0].system, f"{rows[0].line}:weight", code, expected))
        return [Share(parent.code, count, True)]

    def assign(self, code: str, day: date, attributes: Mapping[str, str]) -> str | None:
        """The category of one unit record with these tags; None where no row's condition, or more than one, fits it.

        Rows whose condition fits come before the row without a condition. Raises UnknownName for a code without a row.
        """
        rows = [row for row in self.of(code, day) if row.fits(attributes)]
        particular = [row for row in rows if row.condition] or rows
        return particular[0].iccs if len(particular) == 1 else None


def condition_text(condition: Sequence[tuple[str, str]]) -> str:
    """A condition as a table writes it: `At=1 & We=1`."""
    return " & ".join(f"{tag}={code}" for tag, code in condition)


def read_condition(text: str) -> tuple[tuple[str, str], ...]:
    """A condition that was read and checked before, from its text."""
    return tuple((tag, code) for tag, _equals, code in (part.partition("=") for part in text.split(" & ") if part))


def read_correspondence(data: bytes, file: str) -> Correspondence:
    """Read a correspondence table and check it whole: rows, spells, weights.

    Raises BadInput with every fault found, each with line and column, what stands there and what was expected.
    """
    rows = register_rows(file, data, HEADINGS)
    faults: list[Fault] = []
    matches = []
    for row in rows:
        before = len(faults)
        match = _match(RowCells(file, row, into(faults)))
        if len(faults) == before:
            matches.append(match)
    faults += [*_overlaps(file, matches), *_wrong_weights(file, matches)]
    if faults:
        raise BadInput(sorted(faults, key=lambda fault: int(fault.place.partition(":")[0])))
    return Correspondence(tuple(matches))


def _match(cells: RowCells) -> Match:
    """The row as a match; what is wrong with its cells is noted."""
    status = cells.one_of("status", STATUSES)
    match = Match(
        system=cells.matching("system", _SYSTEM, _("a system of codes with its version, as in CL-2019")),
        national_code=cells.required("national_code", _("a national code")),
        title=cells.text("title"),
        language=cells.matching("language", _LANGUAGE, _("a language code of two or three letters")),
        valid_from=cells.day("valid_from"),
        valid_to=cells.day("valid_to"),
        iccs=_iccs(cells),
        relation=cast(Relation, cells.one_of("relation", RELATIONS)),
        weight=cells.read("weight", _weight, None, _("a number above 0 and at most 1, or nothing")),
        condition=_condition(cells),
        evidence=cells.text("evidence"),
        mapper=cells.required("mapper", _("who mapped the code")),
        reviewer=cells.text("reviewer"),
        status=cast(Status, status),
        line=cells.row.line,
    )
    _check_together(match, cells)
    return match


def _check_together(match: Match, cells: RowCells) -> None:
    if match.valid_from and match.valid_to and match.valid_to <= match.valid_from:
        cells.refuse("valid_to", _("a day after %s") % match.valid_from.isoformat())
    if match.status != "reviewed":
        return
    if not match.evidence or match.evidence.casefold() == match.title.casefold():
        cells.refuse("evidence", _("the inclusion or exclusion that the row rests on; a name is no evidence"))
    if not match.reviewer or match.reviewer.casefold() == match.mapper.casefold():
        cells.refuse("reviewer", _("a reviewer other than the mapper, since the row is reviewed"))


def _iccs(cells: RowCells) -> str:
    try:
        return load().category(cells.text("iccs"), cells.file, cells.place("iccs")).code
    except UnknownName as error:
        for fault in error.faults:
            cells.note("iccs", fault)
        return ""


def _weight(text: str) -> float:
    weight = float(text) if text.isascii() and _WEIGHT.fullmatch(text) else 0.0
    if not 0 < weight <= 1:
        raise ValueError(text)
    return weight


def _condition(cells: RowCells) -> tuple[tuple[str, str], ...]:
    conditions = []
    for part in filter(None, (part.strip() for part in cells.text("condition").split("&"))):
        parsed = _CONDITION.fullmatch(part)
        if parsed is None or not _is_tag_code(parsed["tag"], parsed["code"]):
            cells.refuse("condition", _("conditions on tags joined by &, as in At=1 & We=1, or nothing"))
            return ()
        conditions.append((parsed["tag"], parsed["code"]))
    return tuple(conditions)


def _is_tag_code(tag: str, code: str) -> bool:
    """Whether a tag exists and, where its codes are held, has the code."""
    held = [found.codes for found in tags() if found.tag == tag]
    codes = {known for group in held for known in group}
    return bool(held) and (not codes or code in codes)


def _by_code(matches: Iterable[Match]) -> dict[tuple[str, str], list[Match]]:
    grouped: dict[tuple[str, str], list[Match]] = defaultdict(list)
    for match in matches:
        grouped[(match.system, match.national_code)].append(match)
    return grouped


def _overlaps(file: str, matches: Sequence[Match]) -> Iterator[Fault]:
    """Two rows of one national code, category and condition whose spells share a day."""
    for rows in _by_code(matches).values():
        for first, second in combinations(rows, 2):
            if (first.iccs, first.condition) != (second.iccs, second.condition):
                continue
            begins = max(first.valid_from or date.min, second.valid_from or date.min)
            if begins < min(first.valid_to or date.max, second.valid_to or date.max):
                value = second.valid_from.isoformat() if second.valid_from else ""
                expected = _("a spell apart from that of line %d, for the same code and category") % first.line
                yield Fault(file, f"{second.line}:valid_from", value, expected)


def _wrong_weights(file: str, matches: Sequence[Match]) -> Iterator[Fault]:
    """Weights that do not sum to one on some day, or stand on some rows of a code only."""
    for rows in _by_code(matches).values():
        told: set[tuple[int, ...]] = set()
        days = {day for row in rows for day in (row.valid_from or date.min, row.valid_to) if day is not None}
        for day in sorted(days):
            holding = [row for row in rows if row.holds(day) and not row.condition]
            lines = tuple(row.line for row in holding)
            weights = [row.weight for row in holding if row.weight is not None]
            if not weights or lines in told:
                continue
            told.add(lines)
            if len(weights) < len(holding):
                bare = next(row for row in holding if row.weight is None)
                yield Fault(file, f"{bare.line}:weight", "", _("a weight, since other rows of the code have one"))
            elif abs(sum(weights) - 1) > TOLERANCE:
                expected = _("weights of %(code)s that sum to 1; those of lines %(lines)s sum to %(sum)s") % {
                    "code": holding[0].national_code,
                    "lines": ", ".join(map(str, lines)),
                    "sum": f"{sum(weights):.10g}",
                }
                yield Fault(file, f"{holding[-1].line}:weight", f"{holding[-1].weight:.10g}", expected)
