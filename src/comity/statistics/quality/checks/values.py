"""Rules on single values: what a count, a share, an age group or a rate cannot be."""

from collections.abc import Iterator

from comity.evidence.wording import gettext as _
from comity.observations.observation import PER_100000
from comity.statistics.quality.hits import Hit
from comity.statistics.quality.observed_rows import Observed
from comity.statistics.quality.rule_table import Rule, explain
from comity.statistics.quality.wording import at, number

FEW = 20
"""Counts below this say too little of the population by which they were divided to speak for it."""


def percent_over_100(observed: Observed, rule: Rule) -> Iterator[Hit]:
    """A share above the threshold; see `quality_rules.csv`."""
    for identifier, value in _where(observed, "measure = 'percent' AND value > ?", rule.absolute):
        yield Hit(identifier, _("a share of 0 to 100 per cent"), _("the share is %s per cent") % number(value))


def negative(observed: Observed, rule: Rule) -> Iterator[Hit]:
    """A number below zero; see `quality_rules.csv`."""
    for identifier, value in _where(observed, "value < ?", rule.absolute):
        yield Hit(identifier, _("a number of zero or more"), _("the number is %s") % number(value))


def fractional_count(observed: Observed, rule: Rule) -> Iterator[Hit]:
    """A count with a fraction; see `quality_rules.csv`."""
    for identifier, value in _where(observed, "measure = 'count' AND value - floor(value) > ?", rule.absolute):
        yield Hit(identifier, _("a whole number"), _("a count of %s is not a whole number") % f"{value:,.10g}")


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
    SELECT rate.id, rate.area, rate.year, rate.value AS rate, rate.text, count.value AS count, count.place AS place,
    count.value * 100000 / rate.value AS implied
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
    """A rate that differs from count ÷ population × 100,000 beyond its rounding; see `quality_rules.csv`."""
    most = explain("impossible-population").absolute
    for identifier, rate, count, place, population, release, origin, computed in observed.rows(
        _AGAINST_POPULATION, [most, most, rule.relative]
    ):
        words = {
            "rate": number(rate),
            "computed": number(computed),
            "count": number(count),
            "place": place,
            "population": number(population),
        }
        if release is None:
            words["origin"] = _("the median that other rates of the State and year imply")
        else:
            held = observed.releases[release]
            words["origin"] = _("%(release)s, %(place)s") % {
                "release": held.id,
                "place": at(observed, release, origin, elsewhere=True),
            }
        expected = _(
            "%(computed)s: the count of %(count)s at %(place)s per 100,000 of %(population)s people (%(origin)s)"
        )
        message = _("the rate is %(rate)s where count and population give %(computed)s")
        yield Hit(identifier, expected % words, message % words)


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
    SELECT id, rate, count, place, population, origin, origin_place, computed FROM compared
    WHERE implied < ? AND abs(rate - computed) > rounding + ? * computed AND count >= {FEW}"""  # noqa: S608
