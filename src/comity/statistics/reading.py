"""What reading a statistical file gives: observations, and a finding for each row that gave none."""

import calendar
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Protocol

from comity.areas.gazetteer import Gazetteer
from comity.evidence.errors import UnknownName
from comity.evidence.findings import Finding
from comity.evidence.wording import gettext as _
from comity.statistics.observation import UNREPEATED, Observation

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True)
class Description:
    """What is known of a statistical file: the data set that it is a release of, and who published it when."""

    dataset: str
    title: str
    publisher: str = ""
    published: date | None = None
    licence: str = ""
    note: str = ""


@dataclass
class Reading:
    """A file read whole. `rows` is the number of its data rows, or of its non-blank value cells where it is wide.

    Each row gave an observation, or a finding that says why not: `rows == len(observations) + rejected`.
    """

    file: str
    description: Description
    rows: int = 0
    observations: list[Observation] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def rejected(self) -> int:
        """The number of rows that gave no observation."""
        return sum(finding.rejected for finding in self.findings)

    def found(
        self, rule: str, severity: Severity, place: str, value: str, expected: str, message: str, *, rejected: bool = False
    ) -> None:
        """Add a finding of this file."""
        self.findings.append(Finding(rule, severity, self.file, place, value, expected, message, rejected))

    def reject(self, rule: str, place: str, value: str, expected: str, message: str = "") -> None:
        """Leave a row out, saying why."""
        said = message or _("%(place)s: found “%(value)s”, expected %(expected)s") % {
            "place": place,
            "value": value,
            "expected": expected,
        }
        self.found(rule, "error", place, value, expected, said, rejected=True)

    def number_repeats(self) -> None:
        """Number the observations that share a key, and say so: of two values neither is chosen in silence."""
        shared: dict[tuple[object, ...], list[int]] = {}
        for index, observation in enumerate(self.observations):
            shared.setdefault(observation[: len(UNREPEATED)], []).append(index)
        for indices in shared.values():
            if len(indices) > 1:
                first = self.observations[indices[0]]
                for number, index in enumerate(indices, start=1):
                    again = self.observations[index]
                    if number > 1:
                        self._repeated(first, again)
                    self.observations[index] = again._replace(repeat=number)

    def _repeated(self, first: Observation, again: Observation) -> None:
        same = (first.value, first.status) == (again.value, again.status)
        rule, severity = ("repeated", "note") if same else ("two-values", "warning")
        expected = _("one row for each key; it stands already at %(place)s with “%(text)s”") % {
            "place": first.place,
            "text": first.text,
        }
        message = _("%(place)s: “%(text)s”; %(expected)s. Both are kept, and no figure is made of them.") % {
            "place": again.place,
            "text": again.text,
            "expected": expected,
        }
        if same:
            message = _("%(place)s repeats %(first)s with the same value") % {
                "place": again.place,
                "first": first.place,
            }
        self.found(rule, severity, again.place, again.text, expected, message)  # type: ignore[arg-type]


class Layout(Protocol):
    """A layout of published files: recognises a file by its content and reads it whole."""

    name: str

    def recognises(self, name: str, data: bytes) -> bool:
        """Whether the content is of this layout; cheap, and never raises."""

    def read(self, name: str, data: bytes, areas: "AreaFinder", subject: str) -> Reading:
        """Read the file. Raises BadInput where it cannot be read at all, or its headings are not those expected.

        `subject` is what the user says the file is about, where the file itself does not; blank otherwise.
        """


class AreaFinder:
    """Finds the area that a code or name of a file means, and remembers: files repeat each name a thousand times."""

    def __init__(self, gazetteer: Gazetteer):
        self._gazetteer = gazetteer
        self._known: dict[tuple[str, ...], tuple[str | None, str]] = {}

    def __call__(self, *texts: str) -> tuple[str | None, str]:
        """The area's code by the first of the texts that names one, or None, and what was expected instead.

        Codes stand before names: a file whose code and name disagree means the code.
        """
        found = self._known.get(texts)
        if found is None:
            found = self._known[texts] = self._find([text for text in texts if text.strip()])
        return found

    def _find(self, texts: Iterable[str]) -> tuple[str | None, str]:
        expected = _("the code or name of a State or area")
        for text in texts:
            try:
                return self._gazetteer.resolve(text).code, ""
            except UnknownName as error:
                expected = error.faults[0].expected
        return None, expected

    def name(self, code: str) -> str:
        """The English name of an area."""
        return self._gazetteer.label(code)


def with_row(reading: Reading, read_row: Callable[[], Observation]) -> None:
    """Count a row and keep the observation that it gives; a ValueError rejects it, naming rule, place and value."""
    reading.rows += 1
    try:
        reading.observations.append(read_row())
    except RowFault as fault:
        reading.reject(fault.rule, fault.place, fault.value, fault.expected)


class RowFault(ValueError):
    """What is wrong with one row: the rule that it breaks, the place, what stands there and what was expected."""

    def __init__(self, rule: str, place: str, value: str, expected: str):
        self.rule, self.place, self.value, self.expected = rule, place, value, expected
        super().__init__(expected)


def dated_by_name(name: str, published: date | None) -> date | None:
    """The publication date of a file: what it states itself, else the one in its name, a month or year by its end."""
    if published is not None:
        return published
    match = re.search(r"(?<!\d)(20\d\d)(?:-(\d\d))?(?:-(\d\d))?(?!\d)", name)
    if match is None:
        return None
    year, month, day = match.groups()
    try:
        if day:
            return date(int(year), int(month), int(day))
        if month:
            return date(int(year), int(month), calendar.monthrange(int(year), int(month))[1])
    except (ValueError, calendar.IllegalMonthError):
        return None
    return date(int(year), 12, 31)

