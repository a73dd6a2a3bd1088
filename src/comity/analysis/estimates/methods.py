"""The methods of estimation as they are declared in `tables/estimate_methods.yaml`; see `docs/estimates.md`."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal, get_args

from comity.evidence.errors import UnknownName
from comity.evidence.files.declarations import Declaration, read_declarations
from comity.evidence.wording import gettext as _
from comity.evidence.wording import spelled

TABLE = Path(__file__).parents[1] / "tables" / "estimate_methods.yaml"

Arithmetic = Literal["own-mean", "filled", "latest-count"]
ARITHMETICS: tuple[Arithmetic, ...] = get_args(Arithmetic)


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
class StandIn:
    """Observations that stand in for States without any: of a data set or release, a source and a region of M49.

    A blank `source` or `region` is any.
    """

    dataset: str
    source: str
    region: str


@dataclass(frozen=True)
class Bounds:
    """How far fillings of each kind were from values that were hidden from them, and how often the bounds held these.

    `own` pairs the most years from a State's nearest value of its own with the standard deviation of the natural
    logarithm of true ÷ filled; `neighbours` is that of a rate taken from the subregion. `reach` is how many deviations
    bounds lie to either side, `held` the share of `trials` in which they enclosed the value made of all States.
    """

    own: tuple[tuple[int, float], ...]
    neighbours: float
    reach: float
    held: float
    trials: int
    seed: int

    def spread(self, distance: int | None) -> float:
        """The deviation for a filling from values of its own so many years away; from neighbours where None."""
        if distance is None:
            return self.neighbours
        return next((spread for most, spread in self.own if distance <= most), self.own[-1][1])


@dataclass(frozen=True)
class Rules:
    """A method as it is declared.

    `as_at` is the state of knowledge that the method speaks from where none is given, `on` the year where none is
    given, `first` and `last` the years that it speaks of. The numbers belong to the arithmetics that fill: years to the
    nearest of two observations between which a rate is interpolated, years of carrying on, the years by which the
    weight of an observation is halved, years within which an observation counts as one, shares of population, and the
    number of States or areas that must report. `population` is the data set of the denominators; those of indicators,
    where it is blank. `counted_within` pairs an area with the one whose population includes its own.
    """

    name: str
    label: str
    arithmetic: Arithmetic
    as_at: date | None
    on: str
    first: int
    last: int
    population: str
    interpolate_within: int
    carry_within: int
    halved_by: float
    known_within: int
    least_share: float
    flagged_below: float
    least_reporting: int
    stand_ins: tuple[StandIn, ...]
    counted_within: tuple[tuple[str, str], ...]
    source: str

    @property
    def fills(self) -> bool:
        """Whether the method fills what is missing, and so withholds and bounds its figures."""
        return self.arithmetic != "latest-count"

    def follows(self, number: str) -> bool:
        """Whether one of its numbers, by its name, is among the method's rules."""
        return self.fills and (
            self.arithmetic == "filled" or not number.endswith(("interpolate_within", "carry_within"))
        )

    def speaks_of(self, year: int) -> bool:
        """Whether the method gives figures for a year."""
        return (not self.first or self.first <= year) and (not self.last or year <= self.last)


@dataclass(frozen=True)
class Declared:
    """What can be estimated, and the methods, by their names; the first method is the default.

    `bounds` are those of every method that fills.
    """

    estimated: Mapping[str, Estimated]
    methods: Mapping[str, Rules]
    bounds: Bounds

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
    """What a text says of the numbers of the methods that fill gaps: “five” years of a gap, “half” of the people."""
    rules = next(rules for rules in declared().methods.values() if rules.arithmetic == "filled")
    study = next(rules for rules in declared().methods.values() if rules.arithmetic == "own-mean")
    bounds = declared().bounds
    return {
        "gap": spelled(rules.interpolate_within),
        "end": spelled(rules.carry_within),
        "near": spelled(rules.known_within),
        "share": "half" if rules.least_share == 0.5 else f"{100 * rules.least_share:g} per cent",
        "first": str(study.first),
        "last": str(study.last),
        "held": f"{100 * bounds.held:g}",
        "trials": f"{bounds.trials:,}",
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
    bounds = _bounds(table.required_below("bounds"))
    return Declared({one.code: one for one in what}, {one.name: one for one in rules}, bounds)


def _bounds(row: Declaration) -> Bounds:
    own = [(each.integer("within"), each.number("spread", 1, required=True)) for each in row.each("own", required=True)]
    return Bounds(
        own=tuple(sorted(own)) or ((0, 0.0),),
        neighbours=row.number("neighbours", 1, required=True),
        reach=row.number("reach", 1, required=True),
        held=row.number("held", 1, required=True),
        trials=row.integer("trials"),
        seed=row.integer("seed"),
    )


def _rules(row: Declaration) -> Rules:
    arithmetic = row.text("arithmetic", required=True, one_of=ARITHMETICS)
    filled, fills = arithmetic == "filled", arithmetic in ("own-mean", "filled")
    within = row.below("counted_within")
    codes = within.keys() if within else ()
    return Rules(
        name=row.text("name", required=True),
        label=row.text("label", required=True),
        arithmetic=next((one for one in ARITHMETICS if one == arithmetic), "latest-count"),
        as_at=row.read("as_at", date.fromisoformat, None, _("a day as YYYY-MM-DD")),
        on=row.text("on"),
        first=int(row.number("first", 0)),
        last=int(row.number("last", 0)),
        population=row.text("population"),
        interpolate_within=int(row.number("interpolate_within", 5, required=filled)),
        carry_within=int(row.number("carry_within", 3, required=filled)),
        halved_by=row.number("halved_by", 1, required=fills),
        known_within=int(row.number("known_within", 0, required=fills)),
        least_share=row.number("least_share", 0.5, required=fills),
        flagged_below=row.number("flagged_below", 0.66, required=fills),
        least_reporting=int(row.number("least_reporting", 3, required=fills)),
        stand_ins=tuple(
            StandIn(each.text("dataset", required=True), each.text("source"), each.text("region"))
            for each in row.each("stand_ins")
        ),
        counted_within=tuple((area, within.text(area)) for area in codes) if within else (),
        source=row.text("source", required=True),
    )
