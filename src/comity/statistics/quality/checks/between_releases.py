"""Rules that compare releases: what a later vintage revised, and data sets that disagree."""

from collections.abc import Iterator
from itertools import pairwise

from comity.evidence.wording import gettext as _
from comity.observations.observation import KEY
from comity.statistics.quality.hits import Hit, apart
from comity.statistics.quality.observed_rows import Observed
from comity.statistics.quality.rule_table import Rule, explain
from comity.statistics.quality.wording import at, number, percent

FEW = 20
"""The rate of fewer changes much with a single case."""


def revised(observed: Observed, rule: Rule) -> Iterator[Hit]:
    """A value that differs from that of the release before, less than greatly; see `quality_rules.csv`."""
    greatly = {hit.id for hit in _revised(observed, explain("greatly-revised"))}
    return (hit for hit in _revised(observed, rule) if hit.id not in greatly)


def greatly_revised(observed: Observed, rule: Rule) -> Iterator[Hit]:
    """A value that differs from that of the release before by the higher thresholds; see `quality_rules.csv`."""
    return _revised(observed, rule)


def _revised(observed: Observed, rule: Rule) -> Iterator[Hit]:
    for earlier, later in _vintages(observed):
        same = " AND ".join(f"one.{name} = other.{name}" for name in KEY)
        rows = observed.rows(
            f"""SELECT other.id, one.value, other.value, one.place FROM observed AS one JOIN observed AS other ON {same}
            WHERE one.release = ? AND other.release = ? AND one.measure <> 'population' AND {_FAR}
            AND NOT ({_FOLLOWS})""",  # noqa: S608
            [earlier, later, rule.relative, rule.absolute],
        )
        for identifier, before, after, place in rows:
            words = {
                "before": number(before),
                "after": number(after),
                "release": observed.releases[earlier].id,
                "place": at(observed, earlier, place, elsewhere=True),
                "change": percent(after / before - 1) if before else "",
                "difference": f"{after - before:+,.6g}".replace("-", "−"),
            }
            expected = _("%(before)s, as in %(release)s (%(place)s)") % words
            message = _("revised from %(before)s to %(after)s since %(release)s: %(difference)s %(change)s")
            yield Hit(identifier, expected, (message % words).rstrip(), apart(before, after))


def _vintages(observed: Observed) -> list[tuple[int, int]]:
    """Each release with the one that it revises, as numbers."""
    found: list[tuple[int, int]] = []
    for dataset in dict.fromkeys(release.dataset for release in observed.releases):
        found += pairwise(index for index, release in enumerate(observed.releases) if release.dataset == dataset)
    return found


# Far enough apart: by the relative threshold of the larger, and by the absolute one, which is a tenth for rates.
_FAR = """abs(one.value - other.value) > ? * least(one.value, other.value)
    AND abs(one.value - other.value) > ? * CASE WHEN one.measure = 'count' THEN 1 ELSE 0.1 END"""


# A rate whose count was revised too: the count tells it.
_OF_COUNT = " AND ".join(
    f"count.{name} = other.{name}"
    for name in ("area", "base", "iccs", "sex", "age", "citizenship", "breakdown", "period", "repeat")
)
_FOLLOWS = f"""other.measure = 'rate' AND EXISTS (
        SELECT 1 FROM observed AS count JOIN observed AS was USING ({", ".join(KEY)})
        WHERE count.release = other.release AND was.release = one.release AND count.measure = 'count'
        AND {_OF_COUNT} AND count.value <> was.value)"""  # noqa: S608


def sources_disagree(observed: Observed, rule: Rule) -> Iterator[Hit]:
    """Two data sets with different values for the same key; see `quality_rules.csv`.

    The finding is at the observation of the release that was published later.
    """
    same = " AND ".join(f"one.{name} = other.{name}" for name in KEY if name not in ("unit", "repeat"))
    rows = observed.rows(
        f"""SELECT one.id, one.value, other.value, other.place, other.release
        FROM current AS one JOIN current AS other ON {same}
        WHERE one.release > other.release AND one.measure <> 'population' AND {_FAR}
        AND NOT (one.measure = 'rate' AND EXISTS (
            SELECT 1 FROM current AS count WHERE count.measure = 'count' AND count.value < {FEW} AND {_OF_COUNT}))""",  # noqa: S608
        [rule.relative, rule.absolute],
    )
    for identifier, value, other, place, release in rows:
        words = {
            "value": number(value),
            "other": number(other),
            "release": observed.releases[release].id,
            "place": at(observed, release, place, elsewhere=True),
            "difference": percent(value / other - 1) if other else number(value - other),
        }
        expected = _("%(other)s, as in %(release)s (%(place)s)") % words
        message = _("%(value)s here and %(other)s in %(release)s: %(difference)s")
        yield Hit(identifier, expected, message % words, apart(value, other))
