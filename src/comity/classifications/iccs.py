"""The International Classification of Crime for Statistical Purposes (ICCS), version 1.0: categories, tree and tags.

Source: UNODC, ICCS version 1.0, March 2015. 320 categories on four levels: 11 sections (two digits), 63 divisions
(four), 148 groups (five) and 98 classes (six). Levels add up; a parent without children is not repeated below.
"""

import difflib
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from django.utils.translation import gettext as _

from comity.evidence.errors import UnknownName
from comity.evidence.files.text_tables import parse_table

VERSION = "1.0"
TABLES = Path(__file__).parent / "tables"
LEVELS = {2: 1, 4: 2, 5: 3, 6: 4}
# Categories in which only completed acts are counted, or whose being attempted is their definition.
ATTEMPT_IS_IN_THE_CODE = ("0101", "0102", "0103")
# Sums across sections that the classification allows beside its own levels.
META_CATEGORIES = {"property crime": ("04", "05")}
# “0908” is a slip of the definitions; the structure table has 0909.
SLIPS = {"0908": "0909"}


@dataclass(frozen=True, slots=True)
class Category:
    """A category: its code, level (1 section, 2 division, 3 group, 4 class), parent's code, and titles."""

    code: str
    level: int
    parent: str
    title_en: str
    title_es: str

    @property
    def residual(self) -> bool:
        """Whether this is the “other” category of its parent: a final 9."""
        return self.level > 1 and self.code.endswith("9")

    def title(self, language: str = "en") -> str:
        """The title in a language; in English where none is held in that language."""
        return self.title_es if language == "es" and self.title_es else self.title_en


@dataclass(frozen=True, slots=True)
class Tag:
    """A disaggregating variable of one group (event, victim, perpetrator, data description).

    `codes` gives the label of each code held; where it is empty the codes are not held or are the country's own, and
    `note` says which. `verified` is False where any row of the tag awaits a check against the publication.
    """

    tag: str
    group: str
    name: str
    codes: dict[str, str]
    note: str
    verified: bool


@dataclass(frozen=True)
class Iccs:
    """The classification as a tree. Every method raises UnknownName, with the nearest codes, for a code it lacks."""

    categories: dict[str, Category]
    _children: dict[str, tuple[str, ...]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        below: dict[str, list[str]] = defaultdict(list)
        for category in self.categories.values():
            if category.parent:
                below[category.parent].append(category.code)
        object.__setattr__(self, "_children", {code: tuple(codes) for code, codes in below.items()})

    def __contains__(self, code: object) -> bool:
        return code in self.categories

    def category(self, code: str, file: str = "", place: str = "") -> Category:
        """The category of a code; `file` and `place` say where the code was read, for the error."""
        found = self.categories.get(code)
        if found is None:
            raise UnknownName(code, _("a code of ICCS %s") % VERSION, self.nearest(code), file, place)
        return found

    def nearest(self, code: str, limit: int = 3) -> list[str]:
        """The codes that were probably meant by one that does not exist, with their English titles."""
        if code in SLIPS:
            codes = [SLIPS[code]]
        else:
            above = [code[:length] for length in (5, 4, 2) if len(code) > length and code[:length] in self.categories]
            similar = difflib.get_close_matches(code, self.categories, n=limit, cutoff=0.6)
            codes = list(dict.fromkeys([*above[:1], *similar]))[:limit]
        return [f"{found} {self.categories[found].title_en}" for found in codes]

    def sections(self) -> tuple[Category, ...]:
        """The eleven sections."""
        return tuple(category for category in self.categories.values() if category.level == 1)

    def children(self, code: str) -> tuple[Category, ...]:
        """The categories one step below, in order; none for a category that is not divided."""
        return tuple(self.categories[child] for child in self._children.get(self.category(code).code, ()))

    def ancestors(self, code: str) -> tuple[Category, ...]:
        """The categories above, nearest first; none for a section."""
        found: list[Category] = []
        parent = self.category(code).parent
        while parent:
            found.append(self.categories[parent])
            parent = self.categories[parent].parent
        return tuple(found)

    def is_within(self, code: str, ancestor: str) -> bool:
        """Whether a category is another one or lies below it."""
        wanted = self.category(ancestor).code
        return code == wanted or wanted in {above.code for above in self.ancestors(code)}

    def common_ancestor(self, codes: Iterable[str]) -> Category | None:
        """The lowest category that contains all of the codes; None where they lie in different sections, or without
        codes."""
        paths = [
            [category.code for category in (self.category(code), *self.ancestors(code))] for code in sorted(set(codes))
        ]
        if not paths:
            return None
        shared = set(paths[0]).intersection(*paths[1:])
        return next((self.categories[code] for code in paths[0] if code in shared), None)

    def meta_category(self, codes: Collection[str]) -> str | None:
        """The name of the meta-category that contains all of the codes (04 and 05 are property crime), or None."""
        sections = {self.category(code).code[:2] for code in codes}
        return next((name for name, held in META_CATEGORIES.items() if sections and sections <= set(held)), None)

    def tag_applies(self, tag: str, code: str) -> bool:
        """Whether a tag says anything of a category's records.

        At is void on 0101, 0102 and 0103: completed intentional homicide is 0101 and attempted is 0102.
        """
        return tag != "At" or not any(self.is_within(code, void) for void in ATTEMPT_IS_IN_THE_CODE)


def _rows(name: str) -> list[dict[str, str]]:
    return [row.cells for row in parse_table((TABLES / name).read_text(encoding="utf-8")).rows]


@lru_cache(maxsize=1)
def load() -> Iccs:
    """The classification as shipped; read once."""
    rows = {row["code"]: row for row in _rows("iccs.csv")}
    return Iccs(
        {
            code: Category(code, LEVELS[len(code)], _parent(code, rows), row["en"], row["es"])
            for code, row in rows.items()
        }
    )


def _parent(code: str, codes: Collection[str]) -> str:
    """The longest code that a code begins with: 0101 of 01019, and 05 of 0501; blank for a section."""
    return next((code[:length] for length in (5, 4, 2) if length < len(code) and code[:length] in codes), "")


@lru_cache(maxsize=1)
def tags() -> tuple[Tag, ...]:
    """The tags, in the order event, victim, perpetrator, data description; a tag may stand in two groups."""
    found: dict[tuple[str, str], Tag] = {}
    for row in _rows("iccs_tags.csv"):
        held = found.get((row["group"], row["tag"]))
        codes = {**(held.codes if held else {}), **({row["code"]: row["label"]} if row["code"] else {})}
        note = "; ".join(text for text in (held.note if held else "", row["note"]) if text)
        verified = row["verified"] == "1" and (held is None or held.verified)
        found[(row["group"], row["tag"])] = Tag(row["tag"], row["group"], row["name"], codes, note, verified)
    return tuple(found.values())
