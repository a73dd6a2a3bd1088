"""The methods of estimation as they are declared in `tables/estimate_methods.yaml`; see `docs/estimates.md`."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

from comity.evidence.errors import UnknownName
from comity.evidence.files.declarations import Declaration, read_declarations
from comity.evidence.wording import gettext as _
from comity.evidence.wording import spelled

TABLE = Path(__file__).parents[1] / "tables" / "estimate_methods.yaml"

Arithmetic = Literal["filled", "latest-count"]


@dataclass(frozen=True)
class Estimated:
    """What can be estimated: the code, and the observations of count and rate that it rests on.

    `datasets` are asked in their order: an area's series comes whole from the first that has the area.
    """

    code: str
    measure: str
    count: str
    rate: str
    iccs: str
    unit: str
    datasets: tuple[str, ...]


@dataclass(frozen=True)
class Rules:
    """A method as it is declared.

    `as_at` is the state of knowledge that the method speaks from where none is given, `on` the year where none is
    given. The numbers belong to the arithmetic `filled`: years between two observations, years of carrying on, shares
    of population, and the number of States or areas that must report.
    """

    name: str
    label: str
    arithmetic: Arithmetic
    as_at: date | None
    on: str
    interpolate_within: int
    carry_within: int
    least_share: float
    flagged_below: float
    least_reporting: int
    source: str


@dataclass(frozen=True)
class Declared:
    """What can be estimated, and the methods, by their names; the first method is the default."""

    estimated: Mapping[str, Estimated]
    methods: Mapping[str, Rules]

    def what(self, code: str) -> Estimated:
        """What a code names; raises UnknownName."""
        if code not in self.estimated:
            raise UnknownName(code, _("what can be estimated"), tuple(self.estimated))
        return self.estimated[code]

    def measures(self, code: str) -> tuple[Estimated, ...]:
        """What a code names, and where it leaves the measure out (`homicide`) its count and its rate; UnknownName."""
        found = [self.estimated[name] for name in (f"{code}-count", f"{code}-rate") if name in self.estimated]
        return tuple(found) or (self.what(code),)

    def method(self, name: str = "") -> Rules:
        """The method of a name, the default one where it is blank; raises UnknownName.

        A name with a day after a colon (`study-2013:2020-01-01`) is the same arithmetic, speaking from what was known
        on that day: another question than the method's own.
        """
        if not name:
            return next(iter(self.methods.values()))
        bare, colon, day = name.partition(":")
        if bare not in self.methods:
            raise UnknownName(name, _("a method of estimation"), tuple(self.methods))
        if not colon:
            return self.methods[bare]
        try:
            return replace(self.methods[bare], name=name, as_at=date.fromisoformat(day))
        except ValueError:
            raise UnknownName(name, _("a method, and the day of knowledge as YYYY-MM-DD after a colon")) from None


@lru_cache(maxsize=1)
def declared() -> Declared:
    """The methods that ship."""
    return read_methods(TABLE.read_text(encoding="utf-8"), TABLE.name)


def stated() -> dict[str, str]:
    """What a text says of the numbers of the method that fills gaps: “five” years of a gap, “half” of the people."""
    rules = next(rules for rules in declared().methods.values() if rules.arithmetic == "filled")
    return {
        "gap": spelled(rules.interpolate_within),
        "end": spelled(rules.carry_within),
        "share": "half" if rules.least_share == 0.5 else f"{100 * rules.least_share:g} per cent",
    }


def read_methods(text: str, file: str) -> Declared:
    """Read declarations of methods; raises BadInput with every fault, each with its line and key."""
    return read_declarations(text, file, _declared)


def _declared(table: Declaration) -> Declared:
    what = [
        Estimated(
            code=row.text("code", required=True),
            measure=row.text("measure", required=True, one_of=("count", "rate")),
            count=row.text("count", required=True),
            rate=row.text("rate", required=True),
            iccs=row.text("iccs"),
            unit=row.text("unit", required=True),
            datasets=row.texts("datasets"),
        )
        for row in table.each("estimated", required=True)
    ]
    rules = [_rules(row) for row in table.each("methods", required=True)]
    return Declared({one.code: one for one in what}, {one.name: one for one in rules})


def _rules(row: Declaration) -> Rules:
    filled = row.text("arithmetic", required=True, one_of=("filled", "latest-count")) == "filled"
    return Rules(
        name=row.text("name", required=True),
        label=row.text("label", required=True),
        arithmetic="filled" if filled else "latest-count",
        as_at=row.read("as_at", date.fromisoformat, None, _("a day as YYYY-MM-DD")),
        on=row.text("on"),
        interpolate_within=int(row.number("interpolate_within", 5, required=filled)),
        carry_within=int(row.number("carry_within", 3, required=filled)),
        least_share=row.number("least_share", 0.5, required=filled),
        flagged_below=row.number("flagged_below", 0.66, required=filled),
        least_reporting=int(row.number("least_reporting", 3, required=filled)),
        source=row.text("source", required=True),
    )
