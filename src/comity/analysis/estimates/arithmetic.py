"""Estimates for regions and the world from what States report, by methods that are declared and have names.

The rules of each method stand in `tables/estimate_methods.yaml`, what they mean in `docs/estimates.md`. A region is a
group of M49 (world, region, subregion, intermediate region) or a regional group of the United Nations; a State or area
by itself can be asked for like a region.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from comity.analysis.estimates.basis import FILLED_FROM, PART_OF, Basis, Geography
from comity.analysis.estimates.bounds import bounds_of
from comity.analysis.estimates.filling import COUNTED, OF_ITS_OWN, Cell, filled_cells, latest_cells
from comity.analysis.estimates.methods import Bounds, Estimated, Rules, declared
from comity.analysis.intervals import poisson_interval
from comity.areas.gazetteer import Membership, Succession
from comity.evidence.rounding import rounded
from comity.evidence.wording import gettext as _
from comity.observations.denominators import Populations
from comity.observations.observation import PER_100000, Observation


@dataclass(frozen=True)
class Estimate:
    """An estimate for a region and year, or the reason why there is none.

    `value` is not rounded. `count` and `population` are the sums of the cells; `observed_share` is the share of that
    population, from 0 to 1, with an observation within so many years as the method says (`known_within`). `low` and
    `high`: see `docs/estimates.md`. `withheld` are the parts without a figure, where a total has none because of them.
    """

    area: str
    indicator: str
    on: str
    method: str
    unit: str
    value: float | None = None
    count: float | None = None
    population: float | None = None
    observed_share: float | None = None
    low: float | None = None
    high: float | None = None
    flags: tuple[str, ...] = ()
    reason_kind: str = ""
    reason: str = ""
    withheld: tuple[str, ...] = ()
    cells: tuple[Cell, ...] = ()

    @cached_property
    def inputs(self) -> tuple[Observation, ...]:
        """The observations that the cells rest on, each once."""
        return tuple(dict.fromkeys(one for cell in self.cells for one in cell.inputs))

    @property
    def printed(self) -> str:
        """The value as UN documents print it; blank where there is none."""
        return "" if self.value is None else printed(self.value, self.unit)

    @property
    def is_filled(self) -> bool:
        """Whether it has a value that rests on something filled in, so that its bounds speak of more than chance."""
        return self.value is not None and any(cell.is_filled for cell in self.cells)

    @property
    def estimated(self) -> tuple[str, ...]:
        """The States and areas for which a model's estimate stands in, as none of their own is held."""
        return tuple(cell.area for cell in self.cells if cell.provenance == "estimated")

    @property
    def provenance(self) -> dict[str, int]:
        """How many States and areas each kind of cell has."""
        return dict(Counter(cell.provenance for cell in self.cells))


def printed(value: float, unit: str) -> str:
    """Rates with one decimal; counts to the nearest 1,000, below 10,000 to the nearest 100, below 1,000 whole."""
    if unit == PER_100000:
        return f"{rounded(value, 1):,}"
    digits = 3 if value >= 10_000 else 2 if value >= 1000 else 0
    return f"{int(rounded(value, -digits)):,}"


class Reckoning:
    """The estimates of one year: of any region, State or area, each made when it is asked for."""

    def __init__(self, basis: Basis, rules: Rules, on: str, bounds: Bounds | None = None):
        self.what, self.rules, self.on = basis.what, rules, on
        self.geography = basis.geography
        self._bounds = bounds or declared().bounds
        self._peopled = bool(basis.populations) or not rules.fills
        self._speaks = rules.speaks_of(int(on))
        self._cells = {} if not self._speaks else filled_cells(basis, rules) if rules.fills else latest_cells(basis)
        self._made: dict[str, Estimate] = {}
        self._of_state: dict[str, list[Cell]] = defaultdict(list)
        for area, cell in self._cells.items():
            self._of_state[self.geography.part_of.get(area, area)].append(cell)

    def knows(self, code: str) -> bool:
        """Whether a code is that of a region in the year, or of a State or area that counts."""
        return any(code in known for known in (self.geography.regions, self.geography.areas, self.geography.part_of))

    def all(self) -> list[Estimate]:
        """The estimates for the world and every region, in order of their codes."""
        return [self.of(region) for region in sorted(self.geography.regions)]

    def of(self, code: str) -> Estimate:
        """The estimate for a region, or for a State or area by itself."""
        if code not in self._made:
            self._made[code] = self._make(code)
        return self._made[code]

    def _make(self, code: str) -> Estimate:
        areas = self.geography.regions.get(code)
        if areas is not None:
            cells = [cell for area in sorted(areas) for cell in self._of_state.get(area, ())]
        else:
            cells = self._of_state.get(code) or ([self._cells[code]] if code in self._cells else [])
        people, seen = _people(cells, self.rules)
        blank = Estimate(
            code,
            self.what.code,
            self.on,
            self.rules.name,
            self.what.unit,
            cells=tuple(cells),
            population=people or None,
            observed_share=seen / people if people else None,
        )
        withheld = self._withheld_parts(code)
        kind, reason = self._unanswerable(cells, single=areas is None)
        if not kind and areas is not None:
            kind, reason = _too_little(self.rules, cells, people, seen)
        if not kind and withheld:
            kind = "part-withheld"
            parts = ", ".join(withheld)
            reason = _("No total is given where a part has none: there is no figure for %(parts)s.") % {"parts": parts}
        if kind:
            return replace(blank, reason_kind=kind, reason=reason, withheld=withheld)
        return self._figure(blank, people, seen)

    def _withheld_parts(self, code: str) -> tuple[str, ...]:
        parts = self.geography.within.get(code, ())
        return tuple(part for part in parts if self.of(part).reason_kind and self.of(part).cells)

    def _unanswerable(self, cells: Sequence[Cell], *, single: bool) -> tuple[str, str]:
        """Why nothing can be said of some cells at all: its kind and sentence, both blank where something can."""
        if not self._speaks:
            years = {"first": self.rules.first, "last": self.rules.last}
            return "another-year", _("The method speaks of the years %(first)s to %(last)s, and of no other.") % years
        if not self._peopled:
            if not self.rules.population:
                return "no-population", _("No populations are known on the day that the method speaks from.")
            named = {"dataset": self.rules.population}
            return "no-population", _(
                "The method divides by the populations of “%(dataset)s”; none are known on the day that it speaks from."
            ) % named
        if not any(cell.provenance in COUNTED for cell in cells):
            if single:
                return "no-data", _("Nothing is held of the State or area that the method can use.")
            return "no-data", _("No State or area of the region has an observation that the method can use.")
        return "", ""

    def _figure(self, blank: Estimate, people: float, seen: float) -> Estimate:
        counted = [cell for cell in blank.cells if cell.provenance in COUNTED]
        victims = sum(cell.victims for cell in counted)
        found = bounds_of(counted, self._bounds) if self.rules.fills else poisson_interval(victims)
        if self.what.measure == "count":
            value, scale = victims, 1.0
        elif people:
            value, scale = victims * 100_000 / people, 100_000 / people
        else:
            # An area whose people are counted in another's population; or none, where the rate is nought.
            value = sum(cell.rate or 0.0 for cell in counted)
            scale = value / victims if victims else 0.0
        return replace(
            blank,
            value=value,
            count=victims,
            low=found.low * scale,
            high=found.high * scale,
            flags=_flags(self.rules, counted, people, seen),
        )


def _flags(rules: Rules, counted: Sequence[Cell], people: float, seen: float) -> tuple[str, ...]:
    if not rules.fills:
        return ()
    low = people > 0 and seen / people < rules.flagged_below
    estimated = any(cell.provenance == "estimated" for cell in counted)
    return (*(("low-coverage",) if low else ()), *(("uses-estimates",) if estimated else ()))


def estimate(
    what: Estimated,
    rules: Rules,
    on: str,
    observations: Iterable[Observation],
    populations: Sequence[Populations],
    memberships: Iterable[Membership],
    successions: Iterable[Succession],
    *,
    of: Collection[str] = (),
) -> list[Estimate]:
    """The estimates for the world and every region in one year, or for those of `of` alone, in order of their codes.

    `populations` are asked in their order: an area's come from the first that has the area. The method `latest-count`
    needs none. `of` may name States and areas too.
    """
    geography = Geography(memberships, successions, on)
    made = Reckoning(Basis(what, observations, populations, geography, rules), rules, on)
    return [made.of(code) for code in sorted(of) if made.knows(code)] if of else made.all()


def evidence(
    made: Estimate, memberships: Iterable[Membership], successions: Iterable[Succession]
) -> tuple[list[Membership], list[Succession]]:
    """The memberships and successions that an estimate depends on, beside its inputs: with these it comes out alike."""
    areas = {cell.area for cell in made.cells} | {one.area for one in made.inputs}
    schemes = {PART_OF, *FILLED_FROM}
    groups = [
        one
        for one in memberships
        if (one.area in areas and (one.scheme in schemes or one.value == made.area))
        or (one.scheme == PART_OF and one.value in areas)
    ]
    followed = [one for one in successions if one.predecessor in areas or one.successor in areas]
    return groups, followed


def _people(cells: Iterable[Cell], rules: Rules) -> tuple[float, float]:
    """The population that counts, and the part of it with an observation near enough to the year."""
    people = seen = 0.0
    for cell in cells:
        if cell.provenance in COUNTED:
            people += cell.population or 0.0
            seen += (cell.population or 0.0) if _is_near(cell, rules) else 0.0
    return people, seen


def _is_near(cell: Cell, rules: Rules) -> bool:
    near = cell.distance is not None and cell.distance <= rules.known_within
    return near and cell.provenance in OF_ITS_OWN


def _too_little(rules: Rules, cells: Sequence[Cell], people: float, seen: float) -> tuple[str, str]:
    """Why no figure is published: its kind and sentence, both blank where one is.

    The method of the study of 2019 takes values of any year, and estimates too, so that it asks for these alone.
    """
    if not rules.fills:
        return "", ""
    if rules.arithmetic == "own-mean":
        enough = [cell for cell in cells if cell.provenance in (*OF_ITS_OWN, "estimated")]
        seen = sum(cell.population or 0.0 for cell in enough)
    else:
        enough = [cell for cell in cells if _is_near(cell, rules)]
    least = min(rules.least_reporting, sum(cell.population is not None for cell in cells))
    if len(enough) < least:
        numbers = {"n": len(enough), "least": least}
        return "few-reporting", _(
            "%(n)d States or areas have an observation that is near enough, and %(least)d are needed."
        ) % numbers
    if seen < rules.least_share * people:
        shares = {"share": f"{100 * seen / people:.0f}", "least": f"{100 * rules.least_share:.0f}"}
        text = _("Observations cover %(share)s per cent of the population, and %(least)s are needed.")
        return "low-coverage", text % shares
    return "", ""
