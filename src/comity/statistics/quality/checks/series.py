"""Rules on what follows on what: jumps, zeros, units, breaks, and sources and notes that change within a series."""

from collections.abc import Iterator
from itertools import groupby
from math import log10
from operator import itemgetter

from comity.evidence.wording import gettext as _
from comity.observations.observation import BREAK, DIFFERS, SERIES
from comity.statistics.quality.hits import Hit, apart
from comity.statistics.quality.jumps import Count, Step, steps
from comity.statistics.quality.observed_rows import OF_TOTALS, Observed
from comity.statistics.quality.rule_table import Rule, explain
from comity.statistics.quality.wording import number, percent, times

_SERIES = ", ".join(["release", *SERIES])
_IN_TURN = f"WINDOW turn AS (PARTITION BY {_SERIES} ORDER BY period)"

# Parts are checked against their totals; a jump of the total is reported once.
_TOTALS = f"{OF_TOTALS} AND measure = 'count'"

# How far from a power of ten a value may be to count as a slip of units: series change a little on their own.
NEAR_THOUSAND = 0.2
NEAR_HUNDRED = 0.1
"""In decimal logarithms: 630 to 1,585 times, and 79 to 126 times."""

NEIGHBOURS_AGREE = 3
"""The largest neighbour may be this many times the smallest."""


def jump(observed: Observed, rule: Rule) -> Iterator[Hit]:
    """A total that changes otherwise than its series usually does, and than chance; see `quality_rules.csv`.

    What is a large jump is left to that rule, and so are series too short to tell what is usual.
    """
    large = explain("large-jump").relative
    for step in _steps(observed, rule):
        if step.usual is not None and step.size <= large:
            low, high = step.usual.bounds
            words = {**_words(step), "low": percent(low), "high": percent(high)}
            message = _(
                "%(change)s in a year, from %(before)s to %(value)s, where half of the series’ own changes lie between "
                "%(low)s and %(high)s"
            )
            yield Hit(step.after.id, _expected(step) % words, message % words + _back(step), 1 + step.size)


def large_jump(observed: Observed, rule: Rule) -> Iterator[Hit]:
    """A total that changes more than threefold, otherwise than its series usually does; see `quality_rules.csv`."""
    for step in _steps(observed, rule):
        if step.size > rule.relative:
            words = _words(step)
            message = _("%(times)s times the value of the year before: %(before)s, then %(value)s")
            yield Hit(step.after.id, _expected(step) % words, message % words + _back(step), 1 + step.size)


def _words(step: Step) -> dict[str, str]:
    return {
        "before": number(step.before.value),
        "period": str(step.before.year),
        "place": step.before.place,
        "value": number(step.after.value),
        "change": percent(step.change),
        "times": times(1 + step.change),
    }


def _expected(step: Step) -> str:
    return _("about %(before)s, the value of %(period)s at %(place)s, or a stated break")


def _back(step: Step) -> str:
    if step.back is None:
        return ""
    words = {"value": number(step.back.value), "period": step.back.year, "place": step.back.place}
    return _("; back to %(value)s in %(period)s (%(place)s)") % words


def _steps(observed: Observed, rule: Rule) -> Iterator[Step]:
    """The changes of all series of totals that stand out, but those to and from a slip of units, which is told
    apart."""
    slips = {hit.id for hit in unit_slip(observed, explain("unit-slip"))}
    rows = observed.rows(
        f"""SELECT {_SERIES}, ends_with(indicator, '-seized-count'), id, year, value, place, status = '{BREAK}'
        FROM current WHERE {_TOTALS} AND value IS NOT NULL AND len(period) = 4 ORDER BY {_SERIES}, period"""  # noqa: S608
    )
    limits = {"absolute": rule.absolute, "deviations": rule.deviations, "relative": explain("jump").relative}
    for (*_series, in_bulk), counts in groupby(rows, key=itemgetter(slice(0, -5))):
        series = [Count(*row[-5:]) for row in counts if row[-5] not in slips]
        yield from steps(series, by_chance=not in_bulk, **limits)


def zero_among_counts(observed: Observed, rule: Rule) -> Iterator[Hit]:
    """A total of zero between two years with counts; see `quality_rules.csv`."""
    rows = observed.rows(
        f"""SELECT id, before, place_before, after, place_after FROM (
            SELECT *, lag(value) OVER turn AS before, lag(place) OVER turn AS place_before,
            lead(value) OVER turn AS after, lead(place) OVER turn AS place_after,
            lag(year) OVER turn AS year_before, lead(year) OVER turn AS year_after
            FROM current WHERE {_TOTALS} AND value IS NOT NULL {_IN_TURN})
        WHERE value = 0 AND before >= ? AND after >= ? AND year_before = year - 1 AND year_after = year + 1""",  # noqa: S608
        [rule.absolute, rule.absolute],
    )
    for identifier, before, place_before, after, place_after in rows:
        words = {"before": number(before), "first": place_before, "after": number(after), "second": place_after}
        expected = _("a count between %(before)s (%(first)s) and %(after)s (%(second)s), or no value") % words
        message = _("zero between %(before)s the year before and %(after)s the year after")
        yield Hit(identifier, expected, message % words, apart(0, min(before, after)))


def unit_slip(observed: Observed, rule: Rule) -> Iterator[Hit]:
    """A value about 1,000 or 100 times its neighbours, or as small a part; see `quality_rules.csv`.

    Rates are looked at only where the release states no count for them, since they follow their counts. A slip in two
    successive years is not found: its neighbours then disagree.
    """
    rows = observed.rows(
        f"""WITH near AS (
            SELECT *, list_filter([lag(value, 2) OVER turn, lag(value) OVER turn, lead(value) OVER turn,
            lead(value, 2) OVER turn], lambda one: one IS NOT NULL) AS around,
            list_filter([lag(place, 2) OVER turn, lag(place) OVER turn, lead(place) OVER turn,
            lead(place, 2) OVER turn], lambda one: one IS NOT NULL) AS places
            FROM current WHERE value IS NOT NULL AND measure <> 'population' {_IN_TURN})
        SELECT id, value, list_median(around) AS middle, places FROM near
        WHERE value > 0 AND len(around) >= 2 AND list_min(around) > 0
        AND list_max(around) <= {NEIGHBOURS_AGREE} * list_min(around)
        AND greatest(value, middle) / least(value, middle) > 10 AND greatest(value, middle) >= ?
        AND (measure <> 'rate' OR NOT EXISTS (SELECT 1 FROM current AS other WHERE other.release = near.release
            AND other.area = near.area AND other.base = near.base AND other.measure = 'count' AND other.iccs = near.iccs
            AND other.sex = near.sex AND other.age = near.age AND other.citizenship = near.citizenship
            AND other.breakdown = near.breakdown AND other.period = near.period))""",  # noqa: S608
        [rule.absolute],
    )
    for identifier, value, middle, places in rows:
        factor = slip(value / middle)
        if factor is not None:
            words = {
                "middle": number(middle),
                "places": ", ".join(places),
                "value": number(value),
                "times": times(value / middle),
                "factor": number(factor) if factor > 1 else f"1/{number(1 / factor)}",
            }
            expected = _("about %(middle)s, the median of %(places)s") % words
            message = _(
                "%(value)s is %(times)s times the median of the years around it: a slip of %(factor)s in the unit?"
            )
            yield Hit(identifier, expected, message % words, apart(value, middle))


def slip(ratio: float) -> float | None:
    """The power of ten that a ratio is near to: 1000, 100, 1/100 or 1/1000; None where it is near none of them."""
    for power, near in ((3, NEAR_THOUSAND), (2, NEAR_HUNDRED)):
        if abs(abs(log10(ratio)) - power) <= near:
            return float(10**power) if ratio > 1 else float(10**-power)
    return None


def stated_break(observed: Observed, _rule: Rule) -> Iterator[Hit]:
    """An observation that the origin marks as a break; see `quality_rules.csv`."""
    for (identifier,) in observed.rows("SELECT id FROM current WHERE status = ?", [BREAK]):
        expected = _("years before that are not compared with it")
        yield Hit(identifier, expected, _("the origin states a break in the series here"))


def definition_differs(observed: Observed, _rule: Rule) -> Iterator[Hit]:
    """An observation that the origin marks as of another definition; see `quality_rules.csv`."""
    for (identifier,) in observed.rows("SELECT id FROM current WHERE status = ?", [DIFFERS]):
        yield Hit(identifier, _("the definition of the indicator"), _("the origin states another definition here"))


def source_changes(observed: Observed, _rule: Rule) -> Iterator[Hit]:
    """Two successive observations whose sources have no part in common; see `quality_rules.csv`."""
    changed = "NOT list_has_any(string_split(source, '/'), string_split(source_before, '/'))"
    for identifier, source, before, place in _changes(observed, "source", changed):
        words = {"before": before, "place": place, "source": source}
        expected = _("the source “%(before)s”, as at %(place)s") % words
        yield Hit(identifier, expected, _("the source is “%(source)s”; before it was “%(before)s”") % words)


def definition_changes(observed: Observed, _rule: Rule) -> Iterator[Hit]:
    """Two successive observations with different notes; see `quality_rules.csv`."""
    for identifier, note, before, place in _changes(observed, "note", "note <> note_before"):
        words = {"before": before, "place": place, "note": note}
        expected = _("the note “%(before)s”, as at %(place)s") % words
        yield Hit(identifier, expected, _("the origin's note is “%(note)s”; before it was “%(before)s”") % words)


def _changes(observed: Observed, column: str, changed: str) -> list[tuple[int, str, str, str]]:
    # Counts stand for their rates, which have the same origin.
    return observed.rows(
        f"""SELECT id, {column}, {column}_before, place_before FROM (
            SELECT *, lag({column}) OVER turn AS {column}_before, lag(place) OVER turn AS place_before
            FROM current WHERE value IS NOT NULL AND {column} <> '' AND measure <> 'rate' {_IN_TURN})
        WHERE {column}_before <> '' AND {changed}"""  # noqa: S608
    )
