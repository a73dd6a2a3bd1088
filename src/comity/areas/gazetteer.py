"""The gazetteer: States and areas, found by any code or name, with their names, groups and predecessors.

Values in, values out. A spell is half-open: it holds on `valid_from` and no longer on `valid_to`; a blank end is open.
Where no day is given, what holds without an end is meant.
"""

import difflib
import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from comity.areas.names.alphabetical_order import sort_key
from comity.areas.names.folded import MARKS, fold, loosen, turned
from comity.areas.names.in_languages import names_in_languages
from comity.areas.names.joined import is_one_of_joined
from comity.areas.names.misspelt import SMALL, abbreviates, go_on, is_misspelt
from comity.evidence.errors import UnknownName
from comity.evidence.files.control_characters import INVISIBLE
from comity.evidence.languages import CODES
from comity.evidence.wording import gettext as _

Kind = Literal["state", "area", "organization", "region", "former", "statistical"]
Form = Literal["short", "formal", "former", "statistical"]
# What can sign a treaty: no region and no part of a State.
PARTICIPANTS: tuple[Kind, ...] = ("state", "organization", "former")
# What has a row of its own in a table of countries: no region, and no State that is gone.
COUNTRIES: tuple[Kind, ...] = ("state", "area", "statistical")
WORLD = "001"
"""The code of the world in M49."""
# Which of two areas of one name is meant: one that exists before one that does not, then by the form of the name.
_FORMS = {"code": 0, "short": 1, "formal": 2, "former": 3, "statistical": 4}
_M49 = re.compile(r"[0-9]{1,3}")
_HAS_PARTS = re.compile(r"[(),]")
_LONGEST_NAME = 120
_OF_MANY = SMALL | frozenset(
    {
        *("north", "south", "east", "west", "central", "northern", "southern", "eastern", "western", "coast", "great"),
        *("new", "st", "islands", "island", "states", "territory", "federation", "federated", "union", "region"),
        *("special", "administrative", "united", "democratic", "people", "peoples", "part", "british", "french"),
        *("dutch", "arab"),
    }
)
"""Words of names that alone name no area: many bear them, or they are of a part of it."""
NAMED_NEAREST = 100
"""Texts of a file that name no area for which the nearest names are looked up: each takes a hundredth of a second."""
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_NO_NAME = re.compile(r"^(?:[#;/!@$~¬|\\]|[–—-]{2}|[\u2200-\u2211\u2213-\u2216\u221a-\u22c4])|[%=<>{}\u2205\u2260]")
"""What no name begins with or holds: a line that was put out of use (`#PER`, `--PER`), a formula, a share."""
_TWO_NAMES = re.compile(
    r"^(?P<one>[^()/]+?)\s*(?:\((?:formerly |former |ex[- ])?(?P<bracket>.+)\)|/(?P<other>[^/]+))$", re.IGNORECASE
)
_CITIES = frozenset(
    {
        *("brasilia", "bissau", "brazzaville", "kinshasa", "papua", "new guinea", "conakry", "malabo", "basseterre"),
        *("kingstown", "san salvador", "guatemala city", "luxembourg city", "malaya"),
        *("germany former territory of the frg", "germany until 1990"),
    }
)
"""Cities and parts whose names are alike to their State's, or stand in it; those that it joins: `joined_names`."""
_FORM_OF_STATE = re.compile(
    r"(?:bundes)?republik |republi(?:ca|que)(?: \w+)? (?:d[aeou] |del |d )?|repubblica (?:di |d )?|konigreich "
    r"|reino de |royaume d(?:e |u | )?|koninkrijk |rzeczpospolita |республика "
)
"""What stands before the name of a State in other languages than English: “Bundesrepublik Deutschland”."""


def holds(begins: date | None, ends: date | None, on: date | None) -> bool:
    """Whether a spell covers a day; without a day, whether it has no end."""
    if on is None:
        return ends is None
    return (begins is None or begins <= on) and (ends is None or on < ends)


@dataclass(frozen=True, slots=True)
class Area:
    """A State, area, region or organization. `code` is M49 as three digits, else ours (`EU`, `XKX`)."""

    code: str
    iso2: str | None
    iso3: str | None
    kind: Kind
    exists_from: date | None
    exists_to: date | None
    verified: bool
    note: str

    def exists(self, on: date | None) -> bool:
        """Whether the area existed on a day, or exists without an end."""
        return holds(self.exists_from, self.exists_to, on)


@dataclass(frozen=True, slots=True)
class Name:
    """A name in one language: short, formal, former (the short name of its day) or as statistics use it."""

    area: str
    language: str
    form: Form
    name: str
    valid_from: date | None
    valid_to: date | None
    verified: bool
    note: str


@dataclass(frozen=True, slots=True)
class Membership:
    """That an area belongs to a group for a spell: `scheme` is the kind of group, `value` the group."""

    area: str
    scheme: str
    value: str
    valid_from: date | None
    valid_to: date | None
    verified: bool
    note: str


@dataclass(frozen=True, slots=True)
class Succession:
    """That one area followed another; `relation` is continuation, dissolution, separation or merger."""

    predecessor: str
    successor: str
    date: date
    relation: Literal["continuation", "dissolution", "separation", "merger"]
    verified: bool
    note: str


@dataclass(frozen=True, slots=True)
class _Sense:
    """One area that a folded name may mean, and when it bore that name."""

    area: Area
    form: str
    valid_from: date | None
    valid_to: date | None

    def rank(self, on: date | None) -> tuple[bool, bool, int]:
        named = self.form != "statistical" and holds(self.valid_from, self.valid_to, on)
        return (not self.area.exists(on), on is not None and not named, _FORMS[self.form])


class Gazetteer:
    """All areas at one state of knowledge."""

    def __init__(
        self,
        areas: Iterable[Area],
        names: Iterable[Name],
        memberships: Iterable[Membership],
        successions: Iterable[Succession],
    ):
        self.areas = {area.code: area for area in areas}
        self._names: dict[tuple[str, str], list[Name]] = defaultdict(list)
        self._senses: dict[str, list[_Sense]] = defaultdict(list)
        self._loose: dict[str, list[_Sense]] = defaultdict(list)
        self._joined: dict[str, list[_Sense]] = defaultdict(list)
        self._by_scheme: dict[str, list[Membership]] = defaultdict(list)
        self._of_area: dict[tuple[str, str], list[Membership]] = defaultdict(list)
        self._successions = tuple(successions)
        self._continued_by: dict[str, str] = {}
        for one in sorted(self._successions, key=lambda one: one.date):
            if one.relation == "continuation":
                self._continued_by.setdefault(one.predecessor, one.successor)
        for area in self.areas.values():
            for code in filter(None, (area.code, area.iso2, area.iso3)):
                self._senses[fold(code)].append(_Sense(area, "code", area.exists_from, area.exists_to))
        for name in names:
            if name.area in self.areas:
                self._names[name.area, name.language].append(name)
                sense = _Sense(self.areas[name.area], name.form, name.valid_from, name.valid_to)
                self._add_name(name.name, sense)
        for membership in memberships:
            if membership.area in self.areas:
                self._by_scheme[membership.scheme].append(membership)
                self._of_area[membership.area, membership.scheme].append(membership)

    def _add_name(self, name: str, sense: _Sense) -> None:
        folded = fold(name)
        self._senses[folded].append(sense)
        # Regions are left out: “Latin America & Caribbean” of the World Bank is not that of M49.
        if sense.area.kind != "region":
            short = loosen(folded)
            self._loose[short].append(sense)
            if " and " in short:
                self._joined[short.replace(" and ", " ")].append(sense)

    def __getitem__(self, code: str) -> Area:
        """The area of a code in its canonical form; raises UnknownName."""
        try:
            return self.areas[code]
        except KeyError:
            raise UnknownName(code, _("the code of a State or area")) from None

    def resolve(self, text: str, on: date | None = None, kinds: Collection[Kind] | None = None) -> Area:
        """The area that a code (M49, ISO 3166, ours) or name in any of the six languages means.

        Case, accents, apostrophes, articles and marks that hang on a name do not matter. A name that no area bears as
        it stands is read with its words shortened as statistics do (“Dem. Rep. Congo”), and as two names of one area
        (“Burma (Myanmar)”); a region and a code are never found that way. Of several areas of one name the one that
        existed and bore it on the day `on` is meant, but a name also resolves outside its day. `kinds` limits what is
        looked for (`PARTICIPANTS` for treaties: “Micronesia” is then the State and not the region).

        Raises UnknownName with the nearest candidates for a name that no area bears, or that several bear.
        """
        found = self._meant(text, on, kinds)
        if len(found) == 1:
            return found[0]
        if not found:
            raise UnknownName(text, _("the name or code of a State or area"), self.nearest(text, kinds))
        candidates = [self.label(area.code, on=on) for area in found]
        raise UnknownName(text, _("a name that only one State or area bears"), candidates)

    def find(self, text: str, on: date | None = None, kinds: Collection[Kind] | None = None) -> Area | None:
        """The area that `resolve` gives, or None where it raises: to look whether a text is a name costs less so."""
        found = self._meant(text, on, kinds)
        return found[0] if len(found) == 1 else None

    def _meant(self, text: str, on: date | None, kinds: Collection[Kind] | None) -> list[Area]:
        """The areas that a text may mean alike."""
        senses = [sense for sense in self._senses_of(text) if kinds is None or sense.area.kind in kinds]
        if len(senses) < 2:
            return [sense.area for sense in senses]
        best = min(sense.rank(on) for sense in senses)
        return list({sense.area.code: sense.area for sense in senses if sense.rank(on) == best}.values())

    def _senses_of(self, text: str) -> list[_Sense]:
        stripped = text.strip()
        if _M49.fullmatch(stripped):
            return self._senses.get(stripped.zfill(3), [])
        if len(stripped) > _LONGEST_NAME or _NO_NAME.search(_INVISIBLE.sub("", stripped)):
            return []
        return self._named(stripped) or self._named_twice(MARKS.sub("", stripped))

    def _named(self, text: str) -> list[_Sense]:
        """The senses of a name as it stands, turned or without its marks; only then those of its short forms."""
        if senses := self._senses.get(fold(text)):
            return senses
        bare = MARKS.sub("", text)
        keys = [fold(name) for name in (turned(text), bare, turned(bare)) if name]
        shorts = [loosen(key) for key in (fold(text), *keys)]
        found = [*map(self._senses.get, keys), *map(self._loose.get, shorts)]
        # “Bosnia-Herzegovina”, but not “Serbia (Montenegro)”, which may be a part of the one or the other.
        if not _HAS_PARTS.search(bare):
            found.append(self._joined.get(loosen(fold(bare))))
        return next(filter(None, found), [])

    def _named_twice(self, text: str) -> list[_Sense]:
        """The senses that two names share which stand side by side: “Burma (Myanmar)”, “Czechia / Czech Republic”."""
        names = _TWO_NAMES.match(text)
        if names is None:
            return []
        others = {sense.area.code for sense in self._named(names["bracket"] or names["other"])}
        return [sense for sense in self._named(names["one"]) if sense.area.code in others]

    def may_mean(self, text: str, code: str) -> bool:
        """Whether a text that is no area's name may be this one's: cut short, misspelt, or in another language."""
        written = MARKS.sub("", " ".join(text.split()))
        words = fold(written)
        if len(written) > _LONGEST_NAME or not words or words in _CITIES:
            return False
        ended = {fold(one.name) for one in self.names(code) if self._ends_by_merger(one)}
        names = {fold(one.name) for one in self.names(code)} - ended
        asked = set(words.split())
        cut = any(name.startswith(f"{words} and ") for name in names)
        if cut or is_one_of_joined(words, names) or any(asked == set(name.split()) for name in ended):
            return False
        whole = all(len(word) > 1 for word in asked) and not asked <= _OF_MANY
        if whole and any(asked <= set(name.split()) for name in names):
            return True
        area = self.areas[code]
        codes = {fold(short) for short in (area.iso2, area.iso3) if short}
        said = words.split()
        if any(abbreviates(said, name) for name in names):
            return True
        if not go_on(said, names) and any(is_misspelt(said, name, codes) for name in names):
            return True
        return area.iso2 is not None and not {words, _FORM_OF_STATE.sub("", words)}.isdisjoint(
            map(fold, names_in_languages(area.iso2))
        )

    def is_of_a_part(self, text: str, code: str) -> bool:
        """Whether a text is of a part of an area, as it is today, though the area bears it as a name.

        So is one of two that another name of it joins (“Great Britain”), and what it was called only until another
        area merged into it (“West Germany”).
        """
        bare = MARKS.sub("", text)
        keys = {fold(name) for name in (text, bare, turned(text), turned(bare)) if name}
        shorts = set(map(loosen, keys))
        borne = [one for one in self.names(code) if loosen(fold(one.name)) in shorts]
        if not borne:
            return False
        names = {fold(one.name) for one in self.names(code)}
        return all(map(self._ends_by_merger, borne)) or any(is_one_of_joined(fold(one.name), names) for one in borne)

    def _ends_by_merger(self, name: Name) -> bool:
        return name.valid_to is not None and any(
            one.relation == "merger" and one.date == name.valid_to for one in self.predecessors(name.area)
        )

    def nearest(self, text: str, kinds: Collection[Kind] | None = None, limit: int = 5) -> list[str]:
        """English names of the areas whose names are nearest to a text: those that hold its words, then by spelling."""
        folded = fold(text[:_LONGEST_NAME])
        if not folded:
            return []
        words = set(folded.split())
        holding = [key for key in self._senses if words <= set(key.split())] or self._holding_short(loosen(folded))
        close = difflib.get_close_matches(folded, list(self._senses), n=limit * 2, cutoff=0.6)
        labels: dict[str, None] = {}
        for key in [*sorted(holding, key=len), *close]:
            for sense in self._senses.get(key) or self._loose.get(key) or ():
                if kinds is None or sense.area.kind in kinds:
                    labels[self.label(sense.area.code)] = None
        return list(labels)[:limit]

    def _holding_short(self, loosened: str) -> list[str]:
        words = set(loosened.split())
        return [key for key in self._loose if words and words <= set(key.split())]

    def name(self, code: str, language: str = "en", form: Form = "short", on: date | None = None) -> str | None:
        """The name in a language, or None where it is not held: another language's name is never given instead.

        The short name of a day is the one that held on it (`on` 2012: “Swaziland”).
        """
        forms = ("former", "short") if form == "short" else (form,)
        held = [name for name in self._names.get((code, language), ()) if name.form in forms]
        for wanted in forms:
            for name in held:
                if name.form == wanted and holds(name.valid_from, name.valid_to, on):
                    return name.name
        existing = [name for name in held if name.form == form]
        return existing[0].name if existing else None

    def label(self, code: str, language: str = "en", on: date | None = None) -> str:
        """What to print for an area: its short name in the language, else the English one, else its code."""
        return self.name(code, language, on=on) or self.name(code, "en", on=on) or code

    def names(self, code: str) -> list[Name]:
        """All names of an area, in the order of the languages."""
        return [name for language in CODES for name in self._names.get((code, language), ())]

    def memberships(self) -> list[Membership]:
        """All memberships, by scheme."""
        return [membership for scheme in sorted(self._by_scheme) for membership in self._by_scheme[scheme]]

    def successions(self) -> tuple[Succession, ...]:
        """All successions."""
        return self._successions

    def group(self, code: str, scheme: str, on: date | None = None) -> str | None:
        """The group of a scheme that an area belongs to on a day: `group("076", "regional-group")`."""
        for membership in self._of_area.get((code, scheme), ()):
            if holds(membership.valid_from, membership.valid_to, on):
                return membership.value
        return None

    def in_group(self, scheme: str, value: str, on: date | None = None) -> tuple[Area, ...]:
        """The areas of a group on a day, in English alphabetical order; regions within a region are left out."""
        return self._ordered(
            (
                membership.area
                for membership in self._by_scheme.get(scheme, ())
                if membership.value == value and holds(membership.valid_from, membership.valid_to, on)
            ),
            on,
        )

    def groups(self, scheme: str, on: date | None = None) -> dict[str, tuple[Area, ...]]:
        """All groups of a scheme on a day with their areas, by value."""
        values = {membership.value for membership in self._by_scheme.get(scheme, ())}
        return {value: areas for value in sorted(values) if (areas := self.in_group(scheme, value, on))}

    def members(self, on: date | None = None) -> tuple[Area, ...]:
        """The Member States of the United Nations on a day, in English alphabetical order."""
        return self.in_group("un-member", "member", on)

    def is_member(self, code: str, on: date | None = None) -> bool:
        """Whether an area is a Member State of the United Nations on a day."""
        return self.group(code, "un-member", on) is not None

    def successors(self, code: str) -> tuple[Succession, ...]:
        """What followed an area, by date."""
        return tuple(sorted((s for s in self._successions if s.predecessor == code), key=lambda s: s.date))

    def predecessors(self, code: str) -> tuple[Succession, ...]:
        """What an area followed, by date."""
        return tuple(sorted((s for s in self._successions if s.successor == code), key=lambda s: s.date))

    def continuing(self, code: str) -> str:
        """The code of the State that continues an area today (`810` → `643`, `891` → `688`); the same where none does.

        Actions of a State that goes on under another code count for the one that continues it.
        """
        seen = {code}
        while (following := self._continued_by.get(code)) and following not in seen:
            seen.add(following)
            code = following
        return code

    def _ordered(self, codes: Iterable[str], on: date | None) -> tuple[Area, ...]:
        areas = (self.areas[code] for code in dict.fromkeys(codes))
        countries = (area for area in areas if area.kind != "region")
        return tuple(sorted(countries, key=lambda area: sort_key(self.label(area.code, on=on))))
