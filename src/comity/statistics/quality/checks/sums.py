"""Rules on what must add up: parts and totals, offences and wider offences, persons and stages of the process.

Only counts are added: rates of men and women have different populations.
"""

from collections.abc import Iterator

from comity.evidence.wording import gettext as _
from comity.observations.observation import KEY, WHOLE
from comity.statistics.quality.hits import Hit, apart
from comity.statistics.quality.observed_rows import Observed
from comity.statistics.quality.rule_table import Rule
from comity.statistics.quality.wording import number, places
from comity.statistics.releases.query import IN_WHOLE

# Breakdowns whose categories may overlap, so that only each for itself is compared with the total: one victim may be
# exploited in several forms, one seizure serve several offences. Of the published trafficking tables that state all
# three forms of exploitation, a third adds up, a third exceeds its total and a third falls short.
OVERLAPPING = (
    "form-of-exploitation",
    "legal-justification-of-seizure",
    "location",
    "other-suspected-offences",
    "type-of-offences",
)

# Breakdowns that are no part of what they stand under: victims sent home in a year need not be detected in it.
NO_PART = ("repatriation", "country-of-repatriation")

# Categories that lie within another of the same breakdown though their words do not begin alike, or that mean all.
WITHIN_ANOTHER = ("unsentenced-for-less-than-6-months", "surrendered", "found", "seized")

# Each dimension with the condition that a row is one of its parts. Citizens of single States lie within foreigners, so
# citizenship is added up once as nationals and foreigners, and once by State.
_DIMENSIONS = (
    ("sex", f"sex NOT {IN_WHOLE}"),
    ("age", "(age = '_U' OR age IN (SELECT age FROM ages))"),
    ("citizenship", "citizenship IN ('NAT', 'FOR', '_U')"),
    ("citizenship", "(citizenship IN ('NAT', '_U') OR regexp_matches(citizenship, '^[0-9]{3}$'))"),
    ("breakdown", "breakdown <> '_T'"),
)


def parts_exceed_total(observed: Observed, rule: Rule) -> Iterator[Hit]:
    """Parts of a dimension that do not overlap and exceed its total; see `quality_rules.csv`."""
    for dimension, condition in _DIMENSIONS:
        excess = "parts - total >= greatest(?, ? * total)"
        for row in observed.rows(_sums(dimension, condition, excess), [rule.absolute, rule.relative]):
            identifier, total, added, stated, within = row
            expected = _("at least %(sum)s, the sum of %(places)s") % {"sum": number(added), "places": places(stated)}
            message = _("the total is %(total)s and its parts by %(dimension)s add up to %(sum)s, %(more)s more")
            words = {
                "total": number(total),
                "dimension": dimension_word(within),
                "sum": number(added),
                "more": number(added - total),
            }
            yield Hit(identifier, expected, message % words, apart(total, added))


def parts_below_total(observed: Observed, rule: Rule) -> Iterator[Hit]:
    """All parts of a dimension, none masked, that fall short of its total; see `quality_rules.csv`."""
    for dimension, condition in _DIMENSIONS:
        short = f"total - parts >= greatest(?, ? * total) AND masked = 0 AND {_COMPLETE[dimension]}"
        for row in observed.rows(_sums(dimension, condition, short), [rule.absolute, rule.relative]):
            identifier, total, added, stated, within = row
            expected = _("%(sum)s, the sum of %(places)s, or a part for the rest") % {
                "sum": number(added),
                "places": places(stated),
            }
            message = _("the total is %(total)s and its parts by %(dimension)s add up to %(sum)s: %(rest)s are in none")
            words = {
                "total": number(total),
                "dimension": dimension_word(within),
                "sum": number(added),
                "rest": number(total - added),
            }
            yield Hit(identifier, expected, message % words, apart(total, added))


# When the parts of a dimension are all there: both sexes; age groups from birth to the open end without a gap;
# nationals and foreigners; every category that the release uses for the indicator.
_COMPLETE = {
    "sex": "list_has_all(codes, ['F', 'M'])",
    "age": "first = 0 AND last = 999 AND years = 1000",
    "citizenship": "list_has_all(codes, ['FOR', 'NAT'])",
    "breakdown": "len(codes) > 1 AND len(codes) = used",
}


def dimension_word(dimension: str) -> str:
    """A dimension as sentences name it: sex, age and citizenship in words, another by the words of its code."""
    words = {"sex": _("sex"), "age": _("age"), "citizenship": _("citizenship")}
    return words.get(dimension, dimension.replace("-", " "))


def _sums(dimension: str, condition: str, wanted: str) -> str:
    """Totals with the sum of their parts, as SQL: id, total, sum, places of the parts, dimension.

    A part that lies within another is left out; what overlaps otherwise (ages 15–29 beside under 18) is not added up.
    """
    keys = ", ".join(["release", *(name for name in KEY if name not in (dimension, "repeat"))])
    whole = ", dimension" if dimension == "breakdown" else ""
    is_total = _IS_TOTAL if whole else f"{dimension} = '_T'"
    named = "dimension" if whole else f"'{dimension}'"
    dims = f"CASE WHEN breakdown = '_T' THEN NULL ELSE dimension END AS whole, {keys}" if whole else keys
    join = f"USING ({keys})" if not whole else _breakdown_join(keys)
    return f"""
    WITH part AS ({_parts(dimension, condition, keys + whole)}),
    summed AS (
        SELECT {keys}{whole}, sum(value) AS parts, count(*) - count(value) AS masked, min(first) AS first,
        max(last) AS last, sum(last - first + 1) AS years, list_sort(list({dimension})) AS codes,
        list(place ORDER BY {dimension}) AS places, min(used) AS used
        FROM part GROUP BY ALL HAVING count(value) > 0 AND NOT bool_or(crossing)
    ),
    totals AS (
        SELECT id, value AS total, {dims} FROM current
        WHERE {is_total} AND measure = 'count' AND value IS NOT NULL)
    SELECT id, total, parts, places, {named} FROM totals JOIN summed {join} WHERE {wanted}"""  # noqa: S608


def _breakdown_join(keys: str) -> str:
    same = " AND ".join(f"totals.{name} = summed.{name}" for name in keys.split(", "))
    return f"ON {same} AND coalesce(whole, dimension) = dimension"


def _parts(dimension: str, condition: str, keys: str) -> str:
    if dimension == "age":
        return f"""
        SELECT one.*, ages.first, ages.last, 0 AS used, coalesce(ages.first <= max(ages.last) OVER (
            PARTITION BY {_prefixed(keys)} ORDER BY ages.first, ages.last
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), false) AS crossing
        FROM current AS one LEFT JOIN ages USING (age) WHERE {condition} AND measure = 'count' AND NOT EXISTS (
            SELECT 1 FROM current AS other JOIN ages AS wider ON other.age = wider.age
            WHERE {_equal(keys)} AND wider.first <= ages.first AND wider.last >= ages.last AND other.age <> one.age)"""  # noqa: S608
    if dimension == "breakdown":
        return f"""
        SELECT one.*, 0 AS first, 0 AS last, false AS crossing, used FROM current AS one
        JOIN (SELECT release, indicator, dimension, count(DISTINCT breakdown) AS used FROM current
              WHERE {condition} AND {_PARTITION} GROUP BY ALL) USING (release, indicator, dimension)
        WHERE {condition} AND measure = 'count' AND {_PARTITION} AND NOT EXISTS (
            SELECT 1 FROM current AS other WHERE {_equal(keys)} AND other.dimension = one.dimension
            AND starts_with(one.category, other.category || '-'))"""  # noqa: S608
    return (
        "SELECT *, 0 AS first, 0 AS last, 0 AS used, false AS crossing FROM current "  # noqa: S608
        f"WHERE {condition} AND measure = 'count'"
    )


def _prefixed(keys: str) -> str:
    return ", ".join(f"one.{name}" for name in keys.split(", "))


def _equal(keys: str) -> str:
    return " AND ".join(f"one.{name} = other.{name}" for name in keys.split(", "))


_PARTITION = (
    f"dimension NOT IN {OVERLAPPING + NO_PART!r} AND category NOT IN {WITHIN_ANOTHER!r} "
    f"AND category NOT IN {('', *WHOLE)!r} AND NOT ends_with(category, '-total')"
)


_IS_TOTAL = "(breakdown = '_T' OR category = '_T' OR ends_with(category, '-total'))"


def part_exceeds_total(observed: Observed, rule: Rule) -> Iterator[Hit]:
    """A part above its total, in breakdowns whose parts may overlap; see `quality_rules.csv`."""
    same = _same("part", "whole", without="breakdown")
    rows = observed.rows(
        f"""SELECT part.id, part.value, part.breakdown, whole.value, whole.place
        FROM current AS part JOIN current AS whole ON {same}
        WHERE part.measure = 'count' AND whole.breakdown = '_T' AND part.dimension IN {OVERLAPPING!r}
        AND part.value - whole.value >= greatest(?, ? * whole.value)""",  # noqa: S608
        [rule.absolute, rule.relative],
    )
    for identifier, value, breakdown, total, place in rows:
        words = {"total": number(total), "place": place, "part": breakdown, "value": number(value)}
        expected = _("at most %(total)s, the total at %(place)s") % words
        message = _("the part “%(part)s” is %(value)s, more than its total of %(total)s")
        yield Hit(identifier, expected, message % words, apart(value, total))


def child_exceeds_parent(observed: Observed, rule: Rule) -> Iterator[Hit]:
    """A count of an ICCS category above that of the nearest wider one that is stated; see `quality_rules.csv`."""
    same = _same("child", "parent", without="iccs")
    rows = observed.rows(
        f"""SELECT child.id, child.iccs, child.value, parent.iccs, parent.value, parent.place
        FROM current AS child JOIN current AS parent ON {same}
        WHERE child.measure = 'count' AND len(parent.iccs) >= 2 AND parent.iccs <> child.iccs
        AND starts_with(child.iccs, parent.iccs) AND child.value - parent.value >= greatest(?, ? * parent.value)
        QUALIFY row_number() OVER (PARTITION BY child.id ORDER BY len(parent.iccs) DESC) = 1""",  # noqa: S608
        [rule.absolute, rule.relative],
    )
    for identifier, code, value, wider, limit, place in rows:
        words = {"limit": number(limit), "wider": wider, "place": place, "code": code, "value": number(value)}
        expected = _("at most %(limit)s, the count of ICCS %(wider)s at %(place)s") % words
        message = _("ICCS %(code)s counts %(value)s, more than ICCS %(wider)s, to which it belongs")
        yield Hit(identifier, expected, message % words, apart(value, limit))


def convicted_exceed_prosecuted(observed: Observed, rule: Rule) -> Iterator[Hit]:
    """More persons convicted than prosecuted for the same offence and year; see `quality_rules.csv`."""
    for identifier, value, limit, place in _above(observed, rule, "persons-convicted", "persons-prosecuted"):
        words = {"limit": number(limit), "place": place, "value": number(value)}
        expected = _("at most %(limit)s, the persons prosecuted at %(place)s") % words
        message = _("%(value)s persons were convicted and %(limit)s prosecuted in the year")
        yield Hit(identifier, expected, message % words, apart(value, limit))


def unsentenced_exceed_held(observed: Observed, rule: Rule) -> Iterator[Hit]:
    """More persons held unsentenced than held; see `quality_rules.csv`."""
    for identifier, value, limit, place in _above(observed, rule, "persons-held-unsentenced", "persons-held"):
        words = {"limit": number(limit), "place": place, "value": number(value)}
        expected = _("at most %(limit)s, all persons held at %(place)s") % words
        message = _("%(value)s persons are held unsentenced, of %(limit)s held in all")
        yield Hit(identifier, expected, message % words, apart(value, limit))


def _above(observed: Observed, rule: Rule, part: str, whole: str) -> list[tuple[int, float, float, str]]:
    same = _same("part", "whole", without="indicator", but=("unit", "breakdown"))
    return observed.rows(
        f"""SELECT part.id, part.value, whole.value, whole.place FROM current AS part JOIN current AS whole ON {same}
        WHERE part.base = ? AND whole.base = ? AND part.measure = 'count' AND whole.measure = 'count'
        AND (part.breakdown = whole.breakdown OR (whole.breakdown = '_T' AND ends_with(part.category, '-total')))
        AND part.value - whole.value >= greatest(?, ? * whole.value)""",  # noqa: S608
        [part, whole, rule.absolute, rule.relative],
    )


def _same(one: str, other: str, *, without: str, but: tuple[str, ...] = ()) -> str:
    shared = ["release", *(name for name in KEY if name not in (without, "repeat", *but))]
    return " AND ".join(f"{one}.{name} = {other}.{name}" for name in shared)
