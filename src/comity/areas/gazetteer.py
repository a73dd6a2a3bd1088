"""The gazetteer: States and areas, found by any code or name, with their names, groups and predecessors.

Values in, values out. A spell is half-open: it holds on `valid_from` and no longer on `valid_to`; a blank end is open.
Where no day is given, what holds without an end is meant.
"""

import difflib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from comity.areas.joined import is_one_of_joined
from comity.areas.languages import names_in_languages
from comity.evidence.errors import UnknownName
from comity.evidence.files.controls import INVISIBLE
from comity.evidence.languages import CODES
from comity.evidence.wording import gettext as _

Kind = Literal["state", "area", "organization", "region", "former", "statistical"]
Form = Literal["short", "formal", "former", "statistical"]
# What can sign a treaty: no region and no part of a State.
PARTICIPANTS: tuple[Kind, ...] = ("state", "organization", "former")

# Which of two areas of one name is meant: one that exists before one that does not, then by the form of the name.
_FORMS = {"code": 0, "short": 1, "formal": 2, "former": 3, "statistical": 4}
_M49 = re.compile(r"[0-9]{1,3}")
_TRAILING_ARTICLE = re.compile(r"(?<!\s)\s*+\((?:the|l['’]|le|la|les|el|las|los)\)[\s*+#]*$", re.IGNORECASE)
_LEADING_ELISION = re.compile(r"^\s*l['’](?=.)", re.IGNORECASE)
_LEADING_ARTICLE = re.compile(r"^(?:the|le|la|les|el|las|los) (?=.)")
_TURNED = re.compile(r"^(?P<last>[^,(]+?)\s*(?:,\s*(?P<comma>.+)|\((?P<bracket>[^()]+)\))$")
_HAS_PARTS = re.compile(r"[(),]")
_LONGEST_NAME = 120
_NEAR = 0.75
"""How alike a misspelt word of a name is to the right one at least, of 1."""
_SMALL = frozenset({"the", "of", "and", "republic", "state", "kingdom", "la", "de", "du"})
"""Words that names have or lack."""
_OF_MANY = _SMALL | frozenset(
    {
        *("north", "south", "east", "west", "central", "northern", "southern", "eastern", "western", "coast", "great"),
        *("new", "st", "islands", "island", "states", "territory", "federation", "federated", "union", "region"),
        *("special", "administrative", "united", "democratic", "people", "peoples", "part", "british", "french"),
        *("dutch", "arab"),
    }
)
"""Words of names that alone name no area: many bear them, or they are of a part of it."""
_BETWEEN_WORDS = frozenset({"of", "the", "and", "de", "du", "des", "la", "le", "et", "y"})
_INITIALS_OF = re.compile(r"[^\W\d_]{1,3}")
"""Letters that words of a name begin with."""
_LETTERS = 3
"""Letters of a word that may stand for several, at most."""
_ALONE = 3
"""So many letters may stand for a name without any of its words: “C.A.R.”."""
_MISSPELT = 0.85
"""How alike a misspelt word without initials is to the right one at least, of 1: “tunis” is no “tunisia”."""

# A note's mark behind a name: asterisks and daggers, a raised figure, “(1)”, “[a]”, “1/”. A year is none, and a figure
# that merely follows the name is none either: what it says is not known.
_MARKS = re.compile(
    r"(?:(?<=[\w.)*]{2})(?:\s*+[(\[](?:\d{1,2}|[a-eg-l])[)\]])++"
    r"|(?<=[\w.)*/]{3})(?:\s++(?:\d{1,2}|[a-eg-l])/)++|[\s*+#†‡§¶^°¹²³⁰⁴-⁹])++$"
)
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
"""Cities and parts whose names are alike to their State's, or stand in it; for those that it joins see `joined`."""

_FORM_OF_STATE = re.compile(
    r"(?:bundes)?republik |republi(?:ca|que)(?: \w+)? (?:d[aeou] |del |d )?|repubblica (?:di |d )?|konigreich "
    r"|reino de |royaume d(?:e |u | )?|koninkrijk |rzeczpospolita |республика "
)
"""What stands before the name of a State in other languages than English: “Bundesrepublik Deutschland”."""

# Words that statistics shorten, as the form that stands for all of them. Where one short form stands for several words
# (“Fed.”, “Is.”), they become one: no two names may meet by that, which the tests hold.
_SHORTENED = {
    "administrative": ("adm", "admin"),
    "african": ("afr",),
    "barbuda": ("barb",),
    "bolivarian": ("boliv", "bolivar"),
    "british": ("brit",),
    "central": ("cent", "centr"),
    "dem": ("democr", "democratic"),
    "dominican": ("dom",),
    "emirates": ("em",),
    "equatorial": ("eq", "equat"),
    "fed": ("federal", "federated", "federation"),
    "great": ("gt",),
    "grenadines": ("gren",),
    "herzegovina": ("herz", "herzeg"),
    "is": ("isl", "isls", "island", "islands"),
    "jamahiriya": ("jamah",),
    "peoples": ("people",),
    "plurinational": ("plur", "plurin", "plurinat"),
    "region": ("reg",),
    "rep": ("repub", "republic", "republica", "republique"),
    "special": ("spec",),
    "st": ("saint",),
    "sts": ("states",),
    "terr": ("ter", "territory", "territories"),
    "united": ("utd",),
    "yugoslav": ("yug", "yugosl"),
}
_SHORT_FORM = {word: short for short, words in _SHORTENED.items() for word in words}
_POINTS_OF_COMPASS = {"n": "north", "s": "south", "e": "east", "w": "west"}
# They go between two words only, as “United Kingdom of” may be cut off; “and” stays, as “China and Macao” is not
# “China, Macao”.
_CONNECTING = re.compile(r"(?<=\w) (?:of|the)(?: the)?(?= \w)")
_INITIALS = re.compile(r"\b[a-z](?: [a-z]\b)+")
# “Cote d Ivoire”, “Lao People s”: what is left of an apostrophe that became a space.
_LOST_APOSTROPHE = re.compile(r"(?<=\bd) (?=[aeiou]\w)|(?<=\bpeople) (?=s\b)")
# What may stand beside “Kosovo” and says that it is meant in the light of Security Council resolution 1244 (1999).
_RESERVATION = re.compile(
    r"(?:1244|1999|99|s|un|unsc|unscr|sc|scr|united|nations|security|council|res|resolution|under|in|by|as|per|to|with"
    r"|according|accordance|compliance|pursuant|line|light|context|interim|administered|administration"
    r"|selon|conformement|la|le|a|du|de|des|conseil|securite|unies|gemass|der|sicherheitsrates|vereinten|nationen)"
)


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


@lru_cache(maxsize=16384)
def fold(name: str) -> str:
    """A name without what does not tell names apart: case, accents, apostrophes, articles, marks, punctuation."""
    bare = _LEADING_ELISION.sub("", _TRAILING_ARTICLE.sub("", name))
    text = unicodedata.normalize("NFKD", bare).casefold()
    words = "".join(map(_letter, text)).split()
    if len(words) > 1:  # “Saint” alone is no name, and “st” alone is a code
        words = ["st" if word == "saint" else word for word in words]
    return _LEADING_ARTICLE.sub("", " ".join(words))


def loosen(folded: str) -> str:
    """A folded name in the short forms of statistics: “dem rep congo” for the Democratic Republic of the Congo.

    Connecting words go, initials become one word, shortened words their short form, and the reservation behind Kosovo
    goes.
    """
    words = _CONNECTING.sub("", _LOST_APOSTROPHE.sub("", folded))
    words = _INITIALS.sub(lambda initials: initials[0].replace(" ", ""), words)
    first, *others = words.split() or [""]
    if first == "kosovo" and "1244" in others and all(map(_RESERVATION.fullmatch, others)):
        return first
    if not others:
        return first
    return " ".join([_POINTS_OF_COMPASS.get(first) or _short(first), *map(_short, others)])


def _short(word: str) -> str:
    return _SHORT_FORM.get(word, word)


@lru_cache(maxsize=4096)
def _letter(character: str) -> str:
    if character in "'’‘ʼ`´ʹ" or unicodedata.category(character) in {"Mn", "Lm", "Cf"}:
        return ""
    if character == "&":
        return " and "
    return character if character.isalnum() else " "


def _turned(name: str) -> str | None:
    """“Korea, Republic of” and “Korea (Republic of)” as “Republic of Korea”; None where nothing is to be turned."""
    match = _TURNED.match(name.strip())
    if match is None or (match["comma"] or match["bracket"]).casefold() in ("e", "w"):
        # “Germany (E)” may be an estimate, “Germany (W)” of women.
        return None
    return f"{match['comma'] or match['bracket']} {match['last']}"


@lru_cache(maxsize=4096)
def sort_key(name: str, language: str = "en") -> tuple[str, str]:
    """The place of a name in alphabetical order as the United Nations prints it: word by word, accents last.

    Russian й keeps its own place after и, Spanish ñ after n. Chinese stands in the order of the characters' numbers,
    since the order by strokes is not held.
    """
    text = name.casefold()
    if language == "es":
        text = text.replace("ñ", "n\uffff")
    if language == "ru":
        text = text.replace("й", "и\uffff")
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    words = "".join(letter if letter.isalnum() or letter == "\uffff" else " " for letter in plain.replace("'", ""))
    return " ".join(words.split()), name


def _is_misspelt(asked: Sequence[str], name: str, codes: Collection[str]) -> bool:
    """Whether words are those of a name, each as it stands or misspelt; the area's codes and small words may be more.

    A digit and another alphabet say more, and so does a letter in another place: “Samoa w”.
    """
    left = name.split()
    if any(len(word) == 1 and left[index : index + 1] != [word] for index, word in enumerate(asked)):
        return False
    for word in asked:
        if word in left:
            left.remove(word)
        elif near := _right(word, left):
            left.remove(near)
        elif word not in _SMALL and word not in codes:
            return False
    return {*left} <= _SMALL


def _right(word: str, words: Sequence[str]) -> str:
    """The one of some words that a word misspells; blank for none."""
    alphabets = {unicodedata.name(letter, "").partition(" ")[0] for letter in word}
    if len(word) <= _LETTERS or len(alphabets) > 1:
        return ""
    alike = [one for one in words if one.isascii() == word.isascii()]
    return next(iter(difflib.get_close_matches(word, alike, n=1, cutoff=_MISSPELT)), "")


def _go_on(asked: Iterable[str], names: Iterable[str]) -> bool:
    """Whether a word goes on where one of some names ends, or before it begins, and says more: “argentinanw”."""
    known = {word for name in names for word in name.split() if len(word) >= _LETTERS}
    longer = [
        (word, one)
        for word in asked
        if word not in known
        for one in known
        if word.startswith(one) or word.endswith(one)
    ]
    # A short word begins many: only a single letter more is one that says something.
    return any(len(one) > _LETTERS or len(word) == len(one) + 1 for word, one in longer)


def _abbreviates(asked: Sequence[str], name: str) -> bool:
    """Whether words are a name with at least two letters for those of its words that they lack: “venezuela rb”.

    One letter is enough behind “and”: “trinidad and t”. Other letters may say something: “Brazil, R” may be its rural
    areas, “United Kingdom NI” Northern Ireland.
    """
    left = [word for word in name.split() if word not in _BETWEEN_WORDS]
    if any(len(word) < _LETTERS for word in left):
        return False
    full, least, letters, before = len(left), 2, "", ""
    for word in asked:
        if near := difflib.get_close_matches(word, left, n=1, cutoff=_NEAR):
            left.remove(near[0])
        elif _INITIALS_OF.fullmatch(word) and word not in _BETWEEN_WORDS:
            letters += word
            least = 1 if before == "and" else least
        elif word not in _BETWEEN_WORDS:
            return False
        before = word
    return len(letters) >= (least if len(left) < full else _ALONE) and sorted(letters) == sorted(one[0] for one in left)


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
        return self._named(stripped) or self._named_twice(_MARKS.sub("", stripped))

    def _named(self, text: str) -> list[_Sense]:
        """The senses of a name as it stands, turned or without its marks; only then those of its short forms."""
        if senses := self._senses.get(fold(text)):
            return senses
        bare = _MARKS.sub("", text)
        keys = [fold(name) for name in (_turned(text), bare, _turned(bare)) if name]
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
        written = _MARKS.sub("", " ".join(text.split()))
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
        if any(_abbreviates(said, name) for name in names):
            return True
        if not _go_on(said, names) and any(_is_misspelt(said, name, codes) for name in names):
            return True
        return area.iso2 is not None and not {words, _FORM_OF_STATE.sub("", words)}.isdisjoint(
            map(fold, names_in_languages(area.iso2))
        )

    def is_of_a_part(self, text: str, code: str) -> bool:
        """Whether a text is of a part of an area, as it is today, though the area bears it as a name.

        So is one of two that another name of it joins (“Great Britain”), and what it was called only until another
        area merged into it (“West Germany”).
        """
        bare = _MARKS.sub("", text)
        keys = {fold(name) for name in (text, bare, _turned(text), _turned(bare)) if name}
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
