"""Rules on single values: what a count, a share, an age group or a rate cannot be."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from comity.evidence.wording import gettext as _
from comity.observations.observation import PER_100000, SERIES
from comity.statistics.quality.hits import Hit, apart
from comity.statistics.quality.observed_rows import Observed
from comity.statistics.quality.rule_table import Rule, explain
from comity.statistics.quality.wording import at, number, so_in

FEW = 20
"""Counts below this say too little of the population by which they were divided to speak for it."""

SAME_SHARE = 0.02
"""Rates were divided by the same population where the shares of it differ by less, one after another."""


def percent_over_100(observed: Observed, rule: Rule) -> Iterator[Hit]:
    """A share above the threshold; see `quality_rules.csv`."""
    for identifier, value in _where(observed, "measure = 'percent' AND value > ?", rule.absolute):
        yield Hit(
            identifier, _("a share of 0 to 100 per cent"), _("the share is %s per cent") % number(value), value / 100
        )


def negative(observed: Observed, rule: Rule) -> Iterator[Hit]:
    """A number below zero; see `quality_rules.csv`."""
    for identifier, value in _where(observed, "value < ?", rule.absolute):
        yield Hit(identifier, _("a number of zero or more"), _("the number is %s") % number(value))


def fractional_count(observed: Observed, rule: Rule) -> Iterator[Hit]:
    """A series of counts with a fraction, at the latest of them; see `quality_rules.csv`."""
    series = ", ".join(["release", *SERIES])
    rows = observed.rows(
        f"""SELECT arg_max(id, period), arg_max(value, period), count(*) FROM current
        WHERE measure = 'count' AND value - floor(value) > ? GROUP BY {series}""",  # noqa: S608
        [rule.absolute],
    )
    for identifier, value, times in rows:
        message = _("a count of %s is not a whole number") % f"{value:,.10g}"
        yield Hit(identifier, _("a whole number"), message + so_in(times))


def _where(observed: Observed, condition: str, threshold: float) -> list[tuple[int, float]]:
    return observed.rows(f"SELECT id, value FROM current WHERE {condition}", [threshold])  # noqa: S608


def impossible_age(observed: Observed, rule: Rule) -> Iterator[Hit]:
    """An age group that ends before it begins, or an age that nobody has reached; see `quality_rules.csv`."""
    rows = observed.rows(
        """SELECT id, current.age FROM current JOIN ages ON current.age = ages.age
        WHERE first > last OR first > ? OR (last > ? AND last < 999)""",
        [rule.absolute, rule.absolute],
    )
    for identifier, age in rows:
        expected = _("ages of 0 to %d, the lower one first") % rule.absolute
        yield Hit(identifier, expected, _("there are no persons of the age group %s") % age)


def no_capacity(observed: Observed, rule: Rule) -> Iterator[Hit]:
    """A prison capacity of zero while persons are held; see `quality_rules.csv`."""
    rows = observed.rows(
        """SELECT places.id, held.value, held.place FROM current AS places
        JOIN current AS held USING (release, area, period, sex, age, citizenship, iccs)
        WHERE places.indicator = 'prison-capacity-count' AND places.value = ? AND held.indicator = 'persons-held-count'
        AND places.age = '_T' AND places.breakdown = '_T' AND held.breakdown = '_T' AND held.value > 0""",
        [rule.absolute],
    )
    for identifier, held, place in rows:
        words = {"held": number(held), "place": place}
        expected = _("places for the %(held)s persons held at %(place)s, or no value") % words
        yield Hit(identifier, expected, _("the capacity is zero while %(held)s persons are held") % words)


# Counts of everyone with the rate that the same release states for them, and the population by which it was divided.
_IMPLIED = f"""
    SELECT rate.id, release AS of_release, rate.area, rate.year, rate.value AS rate, rate.text, count.value AS count,
    count.place AS place, count.value * 100000 / rate.value AS implied
    FROM current AS rate JOIN current AS count
    USING (release, area, base, iccs, sex, age, citizenship, breakdown, period)
    WHERE rate.unit = '{PER_100000}' AND count.measure = 'count' AND rate.value > 0 AND count.value > 0
    AND rate.sex = '_T' AND rate.age = '_T' AND rate.citizenship = '_T'"""  # noqa: S608


def impossible_population(observed: Observed, rule: Rule) -> Iterator[Hit]:
    """A rate whose count it implies to be of more people than there are; see `quality_rules.csv`."""
    rows = observed.rows(
        f"SELECT id, rate, count, place, implied FROM ({_IMPLIED}) WHERE implied >= ?",  # noqa: S608
        [rule.absolute],
    )
    for identifier, rate, count, place, implied in rows:
        words = {"rate": number(rate), "count": number(count), "place": place, "population": number(implied)}
        expected = _("the count of %(count)s at %(place)s per 100,000 of the population") % words
        message = _("a rate of %(rate)s for %(count)s would mean a population of %(population)s: it is not per 100,000")
        yield Hit(identifier, expected, message % words)


def rate_against_count(observed: Observed, rule: Rule) -> Iterator[Hit]:
    """A rate that differs from count ÷ population × 100,000 beyond its rounding; see `quality_rules.csv`.

    Rates that were all divided by the same share of the population that is held ask one question, of that population.
    """
    most = explain("impossible-population").absolute
    rows = [_Against(*row) for row in observed.rows(_AGAINST_POPULATION, [most, most, rule.relative])]
    for _key, of_state in groupby(rows, key=lambda one: (one.release, one.area)):
        for alike in _alike(list(of_state)):
            latest = max(alike, key=lambda one: (one.year, one.count, one.id))
            yield _hit_against(observed, latest, alike)


@dataclass(frozen=True)
class _Against:
    """A rate, and what the population that is held gives instead; `implied` is the one by which it was divided."""

    id: int
    release: int
    area: str
    year: int
    rate: float
    count: float
    place: str
    implied: float
    population: float
    origin: int | None
    origin_place: str
    computed: float

    @property
    def share(self) -> float:
        """The population by which the rate was divided, of the one that is held."""
        return self.implied / self.population


def _alike(rows: Sequence[_Against]) -> list[list[_Against]]:
    """Rates by the share of the population by which they were divided; those that are near one another together."""
    found: list[list[_Against]] = []
    for one in sorted(rows, key=lambda one: one.share):
        if found and one.share <= found[-1][-1].share * (1 + SAME_SHARE):
            found[-1].append(one)
        else:
            found.append([one])
    return found


def _hit_against(observed: Observed, one: _Against, alike: Sequence[_Against]) -> Hit:
    words = {
        "rate": number(one.rate),
        "computed": number(one.computed),
        "count": number(one.count),
        "place": one.place,
        "population": number(one.population),
    }
    if one.origin is None:
        words["origin"] = _("the median that other rates of the State and year imply")
    else:
        words["origin"] = _("%(release)s, %(place)s") % {
            "release": observed.releases[one.origin].id,
            "place": at(observed, one.origin, one.origin_place, elsewhere=True),
        }
    expected = _("%(computed)s: the count of %(count)s at %(place)s per 100,000 of %(population)s people (%(origin)s)")
    message = _("the rate is %(rate)s where count and population give %(computed)s") % words
    if len(alike) > 1:
        years = [other.year for other in alike]
        span = f"{min(years)}–{max(years)}" if min(years) < max(years) else str(one.year)
        said = {"times": len(alike), "years": span, "share": f"{100 * one.share:.0f}"}
        message += (
            _("; so it is in %(times)d rates of %(years)s, divided by about %(share)s per cent of the population")
            % said
        )
    return Hit(one.id, expected % words, message, apart(one.rate, one.computed))


# The rounding of a rate is half a unit of its last decimal, as its text prints it. World Bank and UN populations come
# in several data sets: the release published last speaks.
_AGAINST_POPULATION = f"""
    WITH implied AS ({_IMPLIED}),
    held AS (
        SELECT area, year, arg_max(value, release) AS population, max(release) AS origin,
        arg_max(place, release) AS origin_place FROM current
        WHERE measure = 'population' AND sex = '_T' AND age = '_T' AND value > 0 GROUP BY area, year),
    shared AS (
        SELECT area, year, median(implied) AS population FROM implied
        WHERE count >= {FEW} AND implied < ? GROUP BY area, year HAVING count(*) >= 3),
    compared AS (
        SELECT implied.*, coalesce(held.population, shared.population) AS population, origin, origin_place,
        count / coalesce(held.population, shared.population) * 100000 AS computed,
        CASE WHEN contains(text, '.') THEN 0.5 * pow(10, -len(split_part(text, '.', 2))) ELSE 0.5 END AS rounding
        FROM implied LEFT JOIN held USING (area, year) LEFT JOIN shared USING (area, year))
    SELECT id, of_release, area, year, rate, count, place, implied, population, origin, origin_place, computed
    FROM compared WHERE implied < ? AND abs(rate - computed) > rounding + ? * computed AND count >= {FEW}
    ORDER BY of_release, area, id"""  # noqa: S608
