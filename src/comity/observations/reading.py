"""What reading a statistical file gives: observations, and a finding for each row that gave none."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, Protocol

from comity.areas.gazetteer import NAMED_NEAREST, Gazetteer, Kind, Succession
from comity.evidence.errors import BadInput, Fault, UnknownName
from comity.evidence.findings import Finding
from comity.evidence.places import row_of
from comity.evidence.wording import gettext as _
from comity.evidence.workbooks.workbook import cell_text
from comity.observations.numbers import MARK_OF_R, UNDECIDED, Marks, Number, read_number
from comity.observations.observation import FREE, NORMAL, TOTAL, UNREPEATED, Observation, is_free
from comity.observations.outside import Outside, judge
from comity.observations.words import partial
from comity.observations.words.plain import is_sign, plain

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
    marks: Marks = UNDECIDED
    """What the columns of values show of their decimal mark."""
    disagreeing: int = 0
    """Rows whose code and name are of two areas."""
    outside: Sequence[Outside] = ()
    """What stands outside the rows: titles, comments, names of sheets, remarks."""
    beside: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """Place and text of the notes that say of their row that it is of a part; see `outside.row_of`."""
    marks_of_rows: dict[str, str] = field(default_factory=dict)
    """The marks of confidentiality of rows that are not free and of which the layout reads no mark itself."""
    concealed: set[Finding] = field(default_factory=set)
    """Findings on rows that are not free and gave no observation, which would bear the mark."""
    _noticed: dict[tuple[str, str], _Notice] = field(default_factory=dict, repr=False)
    _letters: int = 0

    @property
    def rejected(self) -> int:
        """The number of rows that gave no observation."""
        return sum(finding.rejected for finding in self.findings)

    def found(
        self,
        rule: str,
        severity: Severity,
        place: str,
        value: str,
        expected: str,
        message: str,
        *,
        rejected: bool = False,
    ) -> None:
        """Add a finding of this file. Raises BadInput where there are more than can be told."""
        self._letters += len(value) + len(expected) + len(message)
        if len(self.findings) >= MOST_FINDINGS or self._letters > MOST_LETTERS:
            said = {"count": f"{MOST_FINDINGS:,}", "rule": rule}
            expected = _("a file of which at most %(count)s things are to be said; the next is of the rule %(rule)s")
            raise BadInput(Fault(self.file, place, value, expected % said))
        self.findings.append(Finding(rule, severity, self.file, place, value, expected, message, rejected))

    def reject(self, rule: str, place: str, value: str, expected: str, message: str = "") -> None:
        """Leave a row out, saying why."""
        said = message or _("%(place)s: found “%(value)s”, expected %(expected)s") % {
            "place": place,
            "value": value,
            "expected": expected,
        }
        self.found(rule, "error", place, value, expected, said, rejected=True)

    def notice(
        self, rule: str, severity: Severity, about: str, place: str, value: str, expected: str, message: str
    ) -> None:
        """Count what many rows share. `finish` makes one finding of it for each rule and `about`.

        `message` may hold `%(place)s` and `%(value)s`, those of the first row, and `%(times)d`.
        """
        known = self._noticed.get((rule, about))
        if known is None:
            self._noticed[rule, about] = _Notice(severity, place, value, expected, message)
        else:
            known.times += 1

    def finish(self) -> "Reading":
        """Judge what stands outside the rows, say what was noticed and number the repeats, once all rows are read.

        Gives the reading itself. Raises BadInput where rows that say nothing of it are said to be of a part, and for
        codes of more than LONGEST_CODE letters.
        """
        self._require_codes()
        judge(self)
        self._mark_rows()
        self.tell_notices()
        self._number_repeats()
        return self

    def _require_codes(self) -> None:
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

    def _mark_rows(self) -> None:
        """Let observations bear the marks of their rows."""
        if self.marks_of_rows:
            self.observations = [
                one._replace(confidentiality=self.marks_of_rows.get(row_of(one.place), one.confidentiality))
                for one in self.observations
            ]

    def conceals(self, found: Finding) -> bool:
        """Whether a finding is on a row that is marked as one that is not free."""
        return found in self.concealed or row_of(found.place) in self.marks_of_rows

    def number_anew(self) -> None:
        """Take the number off an observation that shared its key only with what was left out since."""
        for indices in self._sharing().values():
            if self.observations[indices[0]].repeat:
                self._number(indices)

    def tell_notices(self) -> None:
        """Make a finding of each thing that was noticed."""
        for (rule, _about), one in self._noticed.items():
            message = one.message % {"place": one.place, "value": one.value, "times": one.times}
            self.found(rule, one.severity, one.place, one.value, one.expected, message)
        self._noticed.clear()

    def _number_repeats(self) -> None:
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


_LIKE_A_YEAR = re.compile(
    r"\W*+(?:[a-z]{1,3}|fiscal(?: year)?|year|ending)?\W*+(?:19|20)\d\d\W*+"
    r"(?:[a-z]{1,3}|\d|prov\w*|prel\w*|est\w*|proj\w*|rev\w*|fore\w*|\[?yr\d{4})?\W*+",
    re.IGNORECASE,
)
"""A heading of a year with a mark beside it: 2024p, 2024*, FY2024, 2023 (e)."""
_SHORT = 40
"""Letters of a heading that may be a year's."""

_ROUNDED = re.compile(r"\d[eE]\+?0*[1-9]")
"""A power of ten above one: 2.09E+08, which was 209,469,333."""

_PARTS: tuple[Kind, ...] = ("area", "statistical")
"""What may be named as a part of a State."""
_OF_A_PART = re.compile(r"(?P<whole>[A-Za-z]{2,3})(?:[-_.].+|\d.*|(?<=[A-Z]{3})[A-Z])")
"""The code of a State with something behind it, as ISO 3166-2 and NUTS number its parts: BR-SP, DE1; also FRAF."""
_AS_A_WHOLE = re.compile(
    r"\s*[,:(–—-]\s*(?:total|all|whole(?: country)?|nation(?:al|wide)|nacional|entière)\)?$|\s+entière$", re.IGNORECASE
)
"""What says behind a name that all of the State is meant."""
_NOTE_MARK = re.compile(
    r"\s?[\[(](?:see )?(?:(?:foot)?note|nota|remarque|fn)\.?\s*(?:\d{1,2}|[a-z])[\])]$|\s?\[(?:\d{1,2}|[a-eg-l])\]$"
    r"|(?:(?<=[^\W\d_]{3})|(?<=[^\W\d_]\)))(?:1[0-2]|[1-9])$",
    re.IGNORECASE,
)
"""What points to a note behind a name: “Brazil [note 2]”, “Brazil [a]”, “Brazil1”."""
_CODE_BESIDE = re.compile(
    r"^[\[(]?(?P<before>[A-Z]{2,3}|\d{3})(?:[\])]\s*|\s*[:–—-]\s+|:)(?=\S)"
    r"|(?<=\S)(?:\s*[\[(]|\s+[–—-]\s+|,\s*)(?P<behind>[A-Z]{2,3}|\d{3})[\])]?$"
)
"""A code before a name or behind it: “BRA: Brazil”, “Brazil (076)”."""
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
"""A flag, which is written as the two letters of the State's code."""
_OF_A_SEX = re.compile(
    r"(?:[\s,:(\[/–—-][FMW]|(?<=[a-zß-ÿ])[\s,:/]\(?[жм]|[(]\s*[fmwжм]|[女男])\.?\s*[)\]]?$"
    r"|^(?:\([FMWfmwжм]\)|[女男])|\b(?:wo)?men\b"
)
"""A letter or sign of a sex behind or before a name: “France (F)”, “Brazil, M”, and what signs stand for."""
_MAY_BE_A_CODE = re.compile(r"[A-Z]{1,3}|\d{1,3}|OWID_[A-Z]{3}|M49(?:_[A-Z]+)+")
"""What may be the code of a whole State in some list; anything else beside its name may be of a part of it."""
_NO_CODE = re.compile(rf"\s*+(?:\.\.?|…|-+|–|n/a|null|none|{MARK_OF_R})?\s*+", re.IGNORECASE)
"""What stands for a code that is not there."""
_LONGEST_CODE, _LONGEST_NAME = 3, 120
"""Letters of a code, and of a name with what may stand beside it; what is longer is none."""
_REGION: tuple[Kind, ...] = ("region",)
_STATE: tuple[Kind, ...] = ("state",)


def _names_a_sex(name: str) -> bool:
    is_code = "_" in name and name.isupper()
    return any(map(is_sign, name)) or (not is_code and _OF_A_SEX.search(plain(name).strip()) is not None)


def _as_a_whole(name: str) -> str:
    """A name without what points to a note behind it, and without what says that all of the State is meant."""
    written = " ".join(name.split())
    return _AS_A_WHOLE.sub("", _NOTE_MARK.sub("", written)) if len(written) <= _LONGEST_NAME else name


def _flag_as_code(flag: re.Match[str]) -> str:
    letters = "".join(chr(ord(one) - ord("🇦") + ord("A")) for one in flag[0])
    return f"({letters})"


class AreaFinder:
    """Finds the area that a code or name of a file means, and remembers: files repeat each name a thousand times."""

    def __init__(self, gazetteer: Gazetteer):
        self._gazetteer = gazetteer
        self._known: dict[tuple[str, ...], tuple[str | None, str]] = {}
        self._codes: dict[str, str | None] = {}
        self._unknown: set[str] = set()
        self._of_kinds: dict[tuple[str, ...], str | None] = {}
        self._of_row: dict[tuple[str, str], tuple[str | None, str, bool]] = {}

    def __call__(self, *texts: str) -> tuple[str | None, str]:
        """The area's code by the first of the texts that names one, or None, and what was expected instead.

        Codes stand before names: a file whose code and name disagree means the code. A name that no area bears is also
        tried turned: “Hong Kong Special Administrative Region of China” as “China, Hong Kong Special …”.
        """
        found = self._known.get(texts)
        if found is None:
            found = self._known[texts] = self._find([text for text in texts if text.strip()])
        return found

    def named(self, name: str) -> tuple[str | None, str]:
        """The area that a name means, as a call gives it: where no code is written, numbers are none, but ages (15)."""
        return self(name) if any(map(str.isalpha, name)) else (None, _("the name of a territory"))

    def code(self, text: str) -> str | None:
        """The code of the area that a text names, or None: the nearest names, which take long, are not looked for."""
        if text not in self._codes:
            found = self._meant(text) if text.strip() else None
            self._codes[text] = found[0] if found else None
        return self._codes[text]

    def of_row(self, code: str, name: str) -> tuple[str | None, str, bool]:
        """The area of a row by its code, else by its name; what was expected where it has none; if the two are of two.

        A row is of no State where its code seems to be of a part (BR-SP), or where it bears the State's code beside a
        name that no area bears (Bogotá): a city or province would stand as the whole. Nor is it where code and name are
        of two areas (USA, Georgia), unless the State goes on under the code beside a name that it bore, which is taken.
        """
        key = (code, name)
        if key not in self._of_row:
            alone = self._without_code(name, code.strip())
            whole = alone if _names_a_sex(alone) else _as_a_whole(alone)
            self._of_row[key] = self._judged("" if _NO_CODE.fullmatch(code) else code.strip(), whole)
        return self._of_row[key]

    def _without_code(self, name: str, code: str) -> str:
        """A name without its area's flag or code beside it, where that is the area of the row's code too."""
        written = _FLAG.sub(_flag_as_code, " ".join(name.split()))
        return next((alone for area, alone in self._codes_beside(written) if area == self.code(code)), name)

    def _codes_beside(self, name: str) -> Iterator[tuple[str, str]]:
        """The area of each code beside a name, and the name without it."""
        for found in _CODE_BESIDE.finditer(name) if len(name) <= _LONGEST_NAME else ():
            if area := self.code(found["before"] or found["behind"]):
                yield area, name[: found.start()] + name[found.end() :]

    def _judged(self, code: str, name: str) -> tuple[str | None, str, bool]:
        area, expected = self(code, name)
        if not area or not code or not name or MARK_OF_R in (code, name):
            return area, expected, False
        by_code, by_name = self(code)[0], self(name)[0]
        of_a_part = (part := _OF_A_PART.fullmatch(code)) and self(part["whole"])[0]
        if by_code is None and (of_a_part or partial.is_part(code) or not _MAY_BE_A_CODE.fullmatch(code)):
            return None, _("the code of a State or area; this one seems to be of a part of it"), False
        if by_code and by_name is None and (_names_a_sex(name) or not self._gazetteer.may_mean(name, by_code)):
            said = {"state": self.name(by_code), "name": name}
            expected = _(
                "a name of %(state)s, whose code stands beside “%(name)s”; another name may be of a part of it. Where "
                "it is its name in another language, leave the name out"
            )
            return None, expected % said, False
        if by_code and by_name != by_code and self.of_kinds(by_code, _STATE) and self.of_kinds(name, _PARTS):
            return None, _("the code of %(name)s, which is named beside it") % {"name": name}, False
        two = bool(by_code and by_name and by_code != by_name)
        if two and not self._goes_on(by_code or "", by_name or ""):
            said = {"code": code, "one": self.name(by_code or ""), "name": name}
            return (
                None,
                _("a code and a name of one area; %(code)s is %(one)s, and beside it stands %(name)s") % said,
                True,
            )
        return area, expected, two

    def _goes_on(self, code: str, named: str) -> bool:
        """Whether a row of two areas may be of the one whose code it bears: tables keep a name, or a code, too long.

        So it is where the area that is named exists no longer and the one of the code continues it (SRB, Serbia and
        Montenegro), and where a State bears the code that it had before (SCG, Serbia). What merged with others is a
        part of what it merged into (DEU, East Germany; YEM, North Yemen), what parted from a State is none of it (PAK,
        Bangladesh), and what was dissolved into several is more than any of them (SVK, Czechoslovakia).
        """
        for one in self._gazetteer.successions():
            goes_on = one.relation == "continuation" and not self._gazetteer[one.predecessor].exists(None)
            if (one.predecessor, one.successor) == (named, code):
                return goes_on and not self._merged(one)
            if (one.predecessor, one.successor) == (code, named):
                return goes_on
        return False

    def _merged(self, one: Succession) -> bool:
        """Whether another area merged into the successor on that day, of which the predecessor is a part then."""
        others = self._gazetteer.predecessors(one.successor)
        return any(other.relation == "merger" and other.date == one.date for other in others)

    def is_name_of(self, name: str, code: str, kinds: Collection[Kind]) -> bool:
        """Whether a name is one of the area of these kinds that a code means; beside other codes any name may stand."""
        return self.of_kinds(code, kinds) is None or self.of_row(code, name)[0] is not None

    def is_doubtful(self, code: str, area: str) -> bool:
        """Whether what stands as a State's code is that of no area; many lists have codes of their own for regions.

        What says that there is no code is none, and neither is R's mark of a missing one.
        """
        unknown = self.code(code.strip()) is None and not _NO_CODE.fullmatch(code)
        return unknown and self.of_kinds(area, _STATE) is not None

    def of_citizenship(self, text: str) -> str | None:
        """The code of the State whose citizens a text names: there are none of a part, so “Bosnia” is all of it."""
        return self.code(text) or self._in_part(text)

    def _in_part(self, text: str) -> str | None:
        """The code of the State that a text names by a name of a part of it, or None."""
        found = self._gazetteer.find(text)
        return found.code if found and self._gazetteer.is_of_a_part(text, found.code) else None

    def _find(self, texts: Iterable[str]) -> tuple[str | None, str]:
        last = ""
        for text in texts:
            last = text
            if (meant := self._meant(text)) is not None:
                return meant
        return None, self._expected_instead(last)

    def _meant(self, text: str) -> tuple[str | None, str] | None:
        """The code of the area that a text names, or None and what was expected; None for a text that names none."""
        if (either := self._either(text)) is not None:
            return None, either
        if text.strip() == MARK_OF_R or _names_a_sex(text):
            return None
        if whole := self._in_part(text):
            return None, _("a name of all of %(state)s; this one is of a part of it") % {"state": self.name(whole)}
        found = self._gazetteer.find(text)
        if code := found.code if found else self._turned(text):
            return code, ""
        for area, alone in self._codes_beside(text):
            if area == self.code(alone):
                return area, ""
        whole = _as_a_whole(text)
        # A code bears no marks of notes: BRA1 is the code of a part.
        return None if whole == text.strip() or len(whole) <= _LONGEST_CODE else self._meant(whole)

    def _expected_instead(self, text: str) -> str:
        if not text:
            return _("the code or name of a State or area")
        if text.strip() == MARK_OF_R:
            return _("the code of a State or area; NA is how R marks a missing one, and NAM is Namibia")
        self._unknown.add(text)
        if len(self._unknown) > NAMED_NEAREST:
            return _("the name or code of a State or area")
        try:
            self._gazetteer.resolve(text)
        except UnknownName as error:
            return error.faults[0].expected
        return ""

    def _either(self, text: str) -> str | None:
        """What was expected instead of a name that a State and a region share, such as Micronesia; None for another."""
        region = self.of_kinds(text, _REGION) if any(map(str.isalpha, text)) else None
        state = self.of_kinds(text, _STATE) if region else None
        if state is None:
            return None
        said = {"state": self.name(state), "code": state, "region": region}
        return _("a name or code of one area; this may be %(state)s (%(code)s) or the region %(region)s") % said

    def _turned(self, text: str) -> str | None:
        part, _of, whole = text.rpartition(" of ")
        return self.of_kinds(f"{whole}, {part}", _PARTS) if part.strip() and whole.strip() else None

    def of_kinds(self, text: str, kinds: Collection[Kind]) -> str | None:
        """The code of the area of these kinds that a code or name means, or None."""
        key = (text, *kinds)
        if key not in self._of_kinds:
            found = None if _names_a_sex(text) else self._gazetteer.find(text, kinds=kinds)
            self._of_kinds[key] = found.code if found else None
        return self._of_kinds[key]

    def is_region(self, text: str) -> bool:
        """Whether a text is the name or code of a region."""
        return self.of_kinds(text, _REGION) is not None

    def is_place(self, text: str) -> bool:
        """Whether a text names an area or region."""
        return self.code(text) is not None or self.is_region(text) or self._in_part(text) is not None

    def name(self, code: str) -> str:
        """The English name of an area."""
        return self._gazetteer.label(code)


def area_of_row(reading: Reading, areas: AreaFinder, code: str, name: str, place: str) -> tuple[str | None, str]:
    """The area of a row by its code, else by its name, or None, and what was expected instead; see `AreaFinder.of_row`.

    Where the two are of two areas and the code is taken, that is noticed, and so is a code that is of none.
    """
    area, expected, two = areas.of_row(code, name)
    if two:
        _notice_disagreement(reading, code, name, place, taken=area is not None)
    elif area and name.strip() and areas.is_doubtful(code, area):
        _notice_unknown_code(reading, code, name, place)
    return area, expected


def _notice_disagreement(reading: Reading, code: str, name: str, place: str, *, taken: bool) -> None:
    """Count a row whose code and name are of two areas, and notice where the code is taken."""
    reading.disagreeing += 1
    if not taken:
        return
    shown = f"{code}, {name}"
    message = _(
        "%(place)s: the code and the name of “%(value)s” are of two areas; the code is taken, in %(times)d rows"
    )
    expected = _("the code of %s") % name
    reading.notice("code-and-name", "warning", shown, place, shown, expected, message)


def _notice_unknown_code(reading: Reading, code: str, name: str, place: str) -> None:
    shown = f"{code}, {name}"
    message = _(
        "%(place)s: the code of “%(value)s” is of no State or area that is known; the name is taken, in %(times)d rows"
    )
    expected = _("the code of %s") % name
    reading.notice("unknown-code", "warning", shown, place, shown, expected, message)


def read_value(reading: Reading, cell: Any, place: str, indicator: str) -> Number:
    """The number in a cell, with its status; RowFault for what is none, is negative, or a percentage of something else.

    It is noticed where the number is not in the plain form, and where a count is no whole number: it may be a rate.
    """
    counts = indicator.endswith("-count")
    try:
        number = read_number(cell, reading.marks, whole=counts)
    except ValueError as error:
        raise RowFault("not-a-number", place, cell_text(cell), str(error)) from None
    value = number.value
    if value is None:
        return number
    if value < 0:
        raise RowFault("negative", place, cell_text(cell), _("a number that is not negative"))
    if number.percent and not indicator.endswith("-percent"):
        raise RowFault("percentage", place, cell_text(cell), _("a number that is not shown as a percentage"))
    if number.adapted:
        _notice_form(reading, place, str(cell))
    if isinstance(cell, str) and _ROUNDED.search(cell):
        _notice_rounding(reading, place, cell)
    if counts and not value.is_integer():
        _notice_fraction(reading, place, cell_text(cell), indicator)
    return number


def _notice_form(reading: Reading, place: str, text: str) -> None:
    message = _(
        "%(times)d numbers are not in the plain form 1234.5 (the first is “%(value)s” at %(place)s); read as such"
    )
    reading.notice("number-form", "note", "", place, text, _("a number such as 1234.5"), message)


def _notice_rounding(reading: Reading, place: str, text: str) -> None:
    message = _(
        "%(times)d numbers are in the form that a spreadsheet program shortens numbers to (the first is “%(value)s” at "
        "%(place)s); their last digits are lost"
    )
    reading.notice("rounded-form", "warning", "", place, text, _("a number with all its digits"), message)


def _notice_fraction(reading: Reading, place: str, text: str, indicator: str) -> None:
    message = _("%(times)d counts are no whole numbers (the first is “%(value)s” at %(place)s); they may be rates")
    reading.notice("fractional-count", "warning", indicator, place, text, _("a whole number"), message)


def notice_unknown_word(reading: Reading, heading: str, text: str, place: str) -> None:
    """Notice a word of a dimension whose meaning is not held, and which is kept as it is."""
    expected = _("a word of this column whose meaning is held")
    message = _("%(place)s: “%(value)s” is not among the words whose meaning is held; kept as it is in %(times)d rows")
    reading.notice("unknown-term", "warning", f"{heading}:{text}", place, text, expected, message)


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


def stated(
    *,
    area: str,
    indicator: str,
    unit: str,
    period: str,
    number: Number,
    text: str,
    place: str,
    iccs: str = "",
    sex: str = TOTAL,
    age: str = TOTAL,
    citizenship: str = TOTAL,
    breakdown: str = TOTAL,
    source: str = "",
    note: str = "",
    status: str = "",
) -> Observation:
    """An observation as it is stated at a place, of the total of each dimension that is not given.

    `status` is what the file says beside the number; it stands before what the number's own form says.
    """
    return Observation(
        area=area,
        indicator=indicator,
        iccs=iccs,
        sex=sex,
        age=age,
        citizenship=citizenship,
        breakdown=breakdown,
        unit=unit,
        period=period,
        repeat=0,
        value=number.value,
        text=text,
        status=status or number.status or NORMAL,
        confidentiality=FREE,
        source=source,
        note=note,
        place=place,
    )


def with_row(reading: Reading, read_row: Callable[[], Observation], *, free: bool = True) -> None:
    """Count a row and keep the observation that it gives; a RowFault rejects it, naming rule, place and value.

    Of a row that is not `free` what is found is kept from the public too.
    """
    reading.rows += 1
    try:
        reading.observations.append(read_row())
    except RowFault as fault:
        reading.reject(fault.rule, fault.place, fault.value, fault.expected)
        if not free:
            reading.concealed.add(reading.findings[-1])


class RowFault(ValueError):
    """What is wrong with one row: the rule that it breaks, the place, what stands there and what was expected."""

    def __init__(self, rule: str, place: str, value: str, expected: str):
        self.rule, self.place, self.value, self.expected = rule, place, value, expected
        super().__init__(expected)
