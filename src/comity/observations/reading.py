"""What reading a statistical file gives: observations, and a finding for each row that gave none."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

from comity.evidence.errors import BadInput, Fault
from comity.evidence.findings import Finding
from comity.evidence.places import row_of
from comity.evidence.wording import gettext as _
from comity.observations.gathered_rejections import gathered
from comity.observations.numbers import UNDECIDED, Marks
from comity.observations.observation import UNREPEATED, Observation, is_free

Severity = Literal["error", "warning", "note"]
MOST_FINDINGS = 100_000
"""Of a file; real ones of several hundred thousand rows come to some thousands."""
MOST_LETTERS = 10_000_000
"""Of all texts of the findings of a file together."""
LONGEST_CODE = 1_000
"""Letters of what tells an observation from others; addresses and lists hold them."""
_CODES = ("indicator", "iccs", "sex", "age", "citizenship", "breakdown", "period", "unit")


@dataclass(frozen=True)
class Description:
    """What a statistical file says of itself: the data set that it is a release of, and who published it when."""

    dataset: str
    title: str
    publisher: str = ""
    published: date | None = None
    licence: str = ""
    note: str = ""
    projects: bool = False
    """Whether it speaks of years to come, as projections of population do."""
    measure_stated: bool = True
    """Whether the file says what its values are; where it does not, they must agree with what is held."""


@dataclass
class _Notice:
    """Something that many rows share, with where it was met first and in how many."""

    severity: Severity
    place: str
    value: str
    expected: str
    message: str
    times: int = 1


KindOfText = Literal["title", "sheet", "remark"]
"""Where a text stands that is in no row."""


class OutsideText(NamedTuple):
    """A text that is in no row: a title or comment, the name of a sheet, a remark.

    What is `own` to the layout is not judged, and what it reads itself (`is_read`) is not named.
    """

    kind: KindOfText
    place: str
    text: str
    own: bool = False
    is_read: bool = False


@dataclass
class Reading:
    """A file read whole. `rows` is the number of its data rows, or of its non-blank value cells where it is wide.

    Each row gave an observation, or is counted by a finding that says why not: `rows == len(observations) + rejected`.
    """

    file: str
    description: Description
    rows: int = 0
    observations: list[Observation] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    marks: Marks = UNDECIDED
    """What the columns of values show of their decimal mark."""
    disagreeing: int = 0
    """Rows whose code and name are of two areas."""
    outside: Sequence[OutsideText] = ()
    """What stands outside the rows: titles, comments, names of sheets, remarks."""
    notes_of_parts: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """Place and text of the notes that say that their row is of a part, by the row as `places.row_of` gives it."""
    marks_of_rows: dict[str, str] = field(default_factory=dict)
    """The marks of confidentiality of rows that are not free and of which the layout reads no mark itself."""
    concealed: set[Finding] = field(default_factory=set)
    """Findings on rows that are not free and gave no observation, which would bear the mark."""
    _noticed: dict[tuple[str, str], _Notice] = field(default_factory=dict, repr=False)
    _letters: int = 0

    @property
    def rejected(self) -> int:
        """The number of rows that gave no observation."""
        return sum(finding.rows for finding in self.findings if finding.rejected)

    def add_finding(
        self,
        rule: str,
        severity: Severity,
        place: str,
        value: str,
        expected: str,
        message: str,
        *,
        rejected: bool = False,
        rows: int = 1,
    ) -> None:
        """Add a finding of this file. Raises BadInput where there are more than can be told."""
        self._letters += len(value) + len(expected) + len(message)
        if len(self.findings) >= MOST_FINDINGS or self._letters > MOST_LETTERS:
            said = {"count": f"{MOST_FINDINGS:,}", "rule": rule}
            expected = _("a file of which at most %(count)s things are to be said; the next is of the rule %(rule)s")
            raise BadInput(Fault(self.file, place, value, expected % said))
        self.findings.append(Finding(rule, severity, self.file, place, value, expected, message, rejected, rows))

    def reject(self, rule: str, place: str, value: str, expected: str, message: str = "") -> None:
        """Leave a row out, saying why."""
        said = message or _("%(place)s: found “%(value)s”, expected %(expected)s") % {
            "place": place,
            "value": value,
            "expected": expected,
        }
        self.add_finding(rule, "error", place, value, expected, said, rejected=True)

    def notice(
        self, rule: str, severity: Severity, about: str, place: str, value: str, expected: str, message: str
    ) -> None:
        """Count what many rows share. `tell_notices` makes one finding of it for each rule and `about`.

        `message` may hold `%(place)s` and `%(value)s`, those of the first row, and `%(times)d`.
        """
        known = self._noticed.get((rule, about))
        if known is None:
            self._noticed[rule, about] = _Notice(severity, place, value, expected, message)
        else:
            known.times += 1

    def require_codes(self) -> None:
        """Raises BadInput for codes of more than LONGEST_CODE letters, and for periods in digits of another script."""
        faults = [
            Fault(self.file, one.place, code, _("text of at most %d characters") % LONGEST_CODE)
            for one in self.observations
            for code in (getattr(one, name) for name in _CODES)
            if len(code) > LONGEST_CODE
        ]
        # Digits of other scripts are digits to Python and none to the releases.
        expected = _("a period such as 2012, 2012-Q3, 2012-05 or 2012-05-31")
        faults += [
            Fault(self.file, one.place, one.period, expected) for one in self.observations if not one.period.isascii()
        ]
        if faults:
            raise BadInput(faults)

    def mark_rows(self) -> None:
        """Let observations bear the marks of their rows."""
        if self.marks_of_rows:
            self.observations = [
                one._replace(confidentiality=self.marks_of_rows.get(row_of(one.place), one.confidentiality))
                for one in self.observations
            ]

    def conceals(self, finding: Finding) -> bool:
        """Whether a finding is on a row that is marked as one that is not free."""
        return finding in self.concealed or row_of(finding.place) in self.marks_of_rows

    def number_anew(self) -> None:
        """Take the number off an observation that shared its key only with what was left out since."""
        for indices in self._sharing().values():
            if self.observations[indices[0]].repeat:
                self._number(indices)

    def tell_notices(self) -> None:
        """Make a finding of each thing that was noticed."""
        for (rule, _about), one in self._noticed.items():
            message = one.message % {"place": one.place, "value": one.value, "times": one.times}
            self.add_finding(rule, one.severity, one.place, one.value, one.expected, message, rows=one.times)
        self._noticed.clear()

    def gather_rejections(self) -> None:
        """Let what leaves rows of one kind out be one counted finding, unless rows are of different confidentiality."""
        if (
            not self.concealed
            and not self.marks_of_rows
            and all(is_free(one.confidentiality) for one in self.observations)
        ):
            self.findings = gathered(self.findings)

    def number_repeats(self) -> None:
        """Number the observations that share a key, and say so: of two values neither is chosen in silence."""
        for indices in self._sharing().values():
            if len(indices) > 1:
                first, *others = (self.observations[index] for index in indices)
                if not any(one.repeat for one in (first, *others)):
                    for again in others:
                        self._repeated(first, again)
                self._number(indices)

    def _sharing(self) -> dict[tuple[object, ...], list[int]]:
        """Where the observations of each key stand."""
        shared: dict[tuple[object, ...], list[int]] = {}
        for index, observation in enumerate(self.observations):
            shared.setdefault(observation[: len(UNREPEATED)], []).append(index)
        return shared

    def _number(self, indices: Sequence[int]) -> None:
        """Number the observations of one key: the free ones as though there were no others, and these behind them.

        A number is a part of an address, and would tell of rows that are hidden. Those that the file itself numbered
        keep their numbers where none is hidden.
        """
        ordered = sorted(indices, key=lambda index: self.observations[index].repeat)
        free = [index for index in ordered if is_free(self.observations[index].confidentiality)]
        hidden = [index for index in ordered if not is_free(self.observations[index].confidentiality)]
        if not hidden and len(free) > 1 and any(self.observations[index].repeat for index in free):
            return
        for group, taken in ((free, 0), (hidden, len(free))):
            alone = len(group) == 1 and not taken
            for number, index in enumerate(group, start=1):
                self.observations[index] = self.observations[index]._replace(repeat=0 if alone else taken + number)

    def _repeated(self, first: Observation, again: Observation) -> None:
        same = (first.value, first.status) == (again.value, again.status)
        rule, severity = ("repeated", "note") if same else ("two-values", "warning")
        expected = _("one row for each key; it stands already at %(place)s with “%(text)s”") % {
            "place": first.place,
            "text": first.text,
        }
        message = _(
            "%(place)s: “%(text)s”; %(expected)s. Both are kept, and neither is chosen for an indicator, a trend or an "
            "estimate."
        ) % {
            "place": again.place,
            "text": again.text,
            "expected": expected,
        }
        if same:
            message = _("%(place)s repeats %(first)s with the same value") % {
                "place": again.place,
                "first": first.place,
            }
        self.add_finding(rule, severity, again.place, again.text, expected, message)  # type: ignore[arg-type]
