"""The indicators as they are declared, for experts to read, in `tables/indicators.yaml`."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from comity.analysis.indicators.keys import Key
from comity.evidence.errors import UnknownName
from comity.evidence.files.declarations import Declaration, read_declarations
from comity.evidence.languages import CODES
from comity.evidence.wording import gettext as _
from comity.observations.indicators_observed import is_own_unit, parted
from comity.observations.indicators_observed import title as observed_title
from comity.observations.observation import CODE, PER_100000, TOTAL, Observation
from comity.statistics.releases.query import Selection
from comity.statistics.releases.question import nearest

TABLE = Path(__file__).parents[1] / "tables" / "indicators.yaml"

EACH = "*"
"""In a term: each category of the dimension by itself, and the same one in the denominator."""

DIMENSIONS = ("iccs", "sex", "age", "citizenship", "breakdown")
KINDS = ("count", "rate", "share", "ratio", "published", "standardized")

_PARAGRAPH = re.compile(r"A/RES/\d+/\d+#op\d+")


@dataclass(frozen=True)
class Term:
    """What a formula takes: observations of an indicator, at a category of each dimension or at each by itself."""

    indicator: str
    iccs: str = ""
    sex: str = TOTAL
    age: str = TOTAL
    citizenship: str = TOTAL
    breakdown: str = TOTAL

    def takes(self, observation: Observation) -> bool:
        """Whether an observation is one that the term asks for, in the indicator's own unit."""
        return (
            observation.indicator == self.indicator
            and is_own_unit(observation.indicator, observation.unit)
            and all(
                wanted in (EACH, actual) for wanted, actual in zip(self._wanted(), dimensions(observation), strict=True)
            )
        )

    def at(self, key: Key) -> "Term":
        """The term with each open dimension fixed to that of a key."""
        fixed = {
            name: getattr(key, name) for name, wanted in zip(DIMENSIONS, self._wanted(), strict=True) if wanted == EACH
        }
        return replace(self, **fixed)

    def selection(self) -> Selection:
        """The term as a question to releases."""
        chosen = [() if wanted == EACH else (wanted,) for wanted in self._wanted()]
        iccs, sexes, of_ages, citizenships, breakdowns = chosen
        return Selection(
            indicators=(self.indicator,),
            iccs=iccs,
            sexes=sexes,
            ages=of_ages,
            citizenships=citizenships,
            breakdowns=breakdowns,
        )

    def _wanted(self) -> tuple[str, ...]:
        return (self.iccs, self.sex, self.age, self.citizenship, self.breakdown)


@dataclass(frozen=True)
class Indicator:
    """An indicator as it is declared. `titles` are by language; those in `unreviewed` were checked by no speaker.

    `denominator` is None where it is the resident population. Values above `ceiling` cannot be. `awaits` says which
    data would be needed where none are held. `datasets` are those that its headline series is looked for in, in their
    order; see `headlines.rule`.
    """

    code: str
    titles: Mapping[str, str]
    unreviewed: tuple[str, ...]
    kind: str
    unit: str
    factor: float
    ceiling: float | None
    numerator: Term
    denominator: Term | None
    sdg: str
    asked_by: tuple[str, ...]
    method: str
    source: str
    verified: bool
    awaits: str
    datasets: tuple[str, ...] = ()

    def title(self, language: str = "en") -> str:
        """The title in a language, in English where it has none."""
        return self.titles.get(language) or self.titles["en"]

    @property
    def needs_population(self) -> bool:
        """Whether the denominator is the resident population."""
        return self.kind in ("rate", "standardized")

    @property
    def published(self) -> Term | None:
        """The rate as sources publish it beside the count that it is made of; None where the indicator is no rate."""
        base, measure = parted(self.numerator.indicator)
        if self.kind != "rate" or measure != "count" or self.unit != PER_100000:
            return None
        return replace(self.numerator, indicator=f"{base}-rate")

    def takes(self, observation: Observation) -> bool:
        """Whether the indicator has a value by an observation: it is of the numerator, or the rate as published."""
        return self.numerator.takes(observation) or bool(self.published and self.published.takes(observation))

    def selections(self) -> list[Selection]:
        """What `takes` takes, as questions to releases."""
        return [term.selection() for term in (self.numerator, self.published) if term]


@dataclass(frozen=True)
class Declared:
    """All indicators by code."""

    indicators: Mapping[str, Indicator]

    def __getitem__(self, code: str) -> Indicator:
        """The indicator of a code; raises UnknownName."""
        try:
            return self.indicators[code]
        except KeyError:
            raise UnknownName(code, _("the code of an indicator"), nearest(code, self.indicators)) from None


@lru_cache(maxsize=1)
def declared() -> Declared:
    """The indicators that ship."""
    return read_indicators(TABLE.read_text(encoding="utf-8"), TABLE.name)


def place_among(order: Sequence[str], dataset: str, published: date) -> tuple[int, int, str]:
    """Where a data set is asked among those that hold the same: as `order` names it, else after these, the one
    published last first, of one day by its code."""
    return order.index(dataset) if dataset in order else len(order), -published.toordinal(), dataset


def indicator_title(code: str, language: str) -> str:
    """The title of an observed indicator in a language, else of a declared one; the code of neither."""
    title = observed_title(code, language)
    known = declared().indicators
    return known[code].title(language) if title == code and code in known else title


def read_indicators(text: str, file: str) -> Declared:
    """Read declarations of indicators; raises BadInput with every fault, each with its line and key."""
    return read_declarations(text, file, _declared)


def _declared(table: Declaration) -> Declared:
    found: dict[str, Indicator] = {}
    for row in table.each("indicators", required=True):
        one = _indicator(row)
        if one.code in found:
            row.fault("code", one.code, _("each code once"))
        found[one.code] = one
    return Declared(found)


def _indicator(row: Declaration) -> Indicator:
    kind = row.text("kind", required=True, one_of=KINDS)
    titles = row.below("titles")
    whole = row.below("denominator")
    if kind in ("share", "ratio") and whole is None:
        row.fault("denominator", "", _("a denominator, as the indicator is a %(kind)s") % {"kind": kind})
    ceiling = row.number("ceiling", 0.0)
    return Indicator(
        code=row.read("code", _matching(CODE), "", _("lower-case words joined by hyphens"), required=True),
        titles=_titles(row, titles),
        unreviewed=row.texts("unreviewed", one_of=CODES),
        kind=kind,
        unit=row.text("unit", required=True),
        factor=row.number("factor", 1.0),
        ceiling=ceiling or None,
        numerator=_term(row, row.below("numerator")),
        denominator=_term(row, whole) if whole else None,
        sdg=row.text("sdg"),
        asked_by=tuple(_paragraph(row, text) for text in row.texts("asked_by")),
        method=row.text("method", required=True),
        source=row.text("source", required=True),
        verified=row.text("verified", required=True, one_of=("true", "false")) == "true",
        awaits=row.text("awaits"),
        datasets=row.texts("datasets"),
    )


def _titles(row: Declaration, titles: Declaration | None) -> Mapping[str, str]:
    if titles is None:
        row.fault("titles", "", _("titles by language, English among them"))
        return {"en": ""}
    return {language: titles.text(language, required=language == "en") for language in CODES}


def _term(row: Declaration, term: Declaration | None) -> Term:
    if term is None:
        row.fault("numerator", "", _("a numerator: indicator, and the dimensions that are not the total"))
        return Term("")
    given = {name: text for name in DIMENSIONS if (text := term.text(name))}
    return Term(term.text("indicator", required=True), **given)


def _paragraph(row: Declaration, text: str) -> str:
    if not _PARAGRAPH.fullmatch(text):
        row.fault("asked_by", text, _("a paragraph such as A/RES/67/189#op21"))
    return text


def _matching(pattern: re.Pattern[str]) -> Callable[[str], str]:
    def check(text: str) -> str:
        if not pattern.fullmatch(text):
            raise ValueError(text)
        return text

    return check


def dimensions(of: Observation | Key) -> tuple[str, ...]:
    """The categories of an observation or key, in the order of DIMENSIONS."""
    return (of.iccs, of.sex, of.age, of.citizenship, of.breakdown)
