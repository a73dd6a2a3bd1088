"""The area of a row, by its code and its name: what each may mean, and where the two are of two areas."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from comity.areas.gazetteer import NAMED_NEAREST, Gazetteer, Kind, Succession
from comity.evidence.errors import UnknownName
from comity.evidence.wording import gettext as _
from comity.observations.numbers import MARK_OF_R
from comity.observations.observation import Observation
from comity.observations.reading import Reading
from comity.observations.words import qualifiers
from comity.observations.words.plain_text import is_sign, plain

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
        if by_code is None and (of_a_part or qualifiers.is_part(code) or not _MAY_BE_A_CODE.fullmatch(code)):
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

    def _merged(self, succession: Succession) -> bool:
        """Whether another area merged into the successor on that day, of which the predecessor is a part then."""
        others = self._gazetteer.predecessors(succession.successor)
        return any(other.relation == "merger" and other.date == succession.date for other in others)

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


def notice_other_days(reading: Reading, names: Gazetteer) -> None:
    """Notice observations of areas in years in which these did not exist.

    Each area that was over is a warning. Areas that were not yet are one note of the file: publishers carry today's
    territories back.
    """
    early: dict[str, list[Observation]] = {}
    for one in reading.observations:
        area, year = names.areas.get(one.area), int(one.period[:4])
        if area is None:
            continue
        if area.exists_to is not None and area.exists_to.year < year:
            _notice_over(reading, one, names.label(one.area))
        elif area.exists_from is not None and area.exists_from.year > year:
            early.setdefault(one.area, []).append(one)
    reading.tell_notices()
    if early:
        _tell_early(reading, {names.label(code): rows for code, rows in early.items()})


_OTHER_DAY = "area-of-another-day"


def _notice_over(reading: Reading, one: Observation, name: str) -> None:
    message = _(
        "%(place)s: “%(value)s” was no State or area of its own in the year of this row; kept as it stands, in "
        "%(times)d rows"
    )
    expected = _("an area that existed in the year")
    reading.notice(_OTHER_DAY, "warning", one.area, one.place, name, expected, message)


def _tell_early(reading: Reading, early: Mapping[str, Sequence[Observation]]) -> None:
    rows, named = sum(map(len, early.values())), ", ".join(early)
    place = next(iter(early.values()))[0].place
    message = _(
        "%(place)s: in %(rows)s rows these were no States or areas of their own in the year yet, and are kept as they "
        "stand: %(areas)s"
    ) % {"place": place, "rows": f"{rows:,}", "areas": named}
    reading.add_finding(_OTHER_DAY, "note", place, named, _("an area that existed in the year"), message, rows=rows)
