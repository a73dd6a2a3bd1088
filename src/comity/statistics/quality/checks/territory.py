"""Rules on what territory a series speaks of: States beside their own parts, and series that go over to them."""

from collections.abc import Iterator

from comity.evidence.wording import gettext as _
from comity.observations.observation import SERIES
from comity.statistics.quality.hits import Hit
from comity.statistics.quality.observed_rows import OF_TOTALS, Observed
from comity.statistics.quality.rule_table import Rule
from comity.statistics.quality.wording import number, places, so_in

_TOTALS = f"{OF_TOTALS} AND measure <> 'rate' AND measure <> 'population' AND value IS NOT NULL"


_OF_SERIES = ", ".join(["release", *SERIES])
_OWN_SERIES = ", ".join(f"own.{name}" for name in ["release", *SERIES])


def parts_beside_state(observed: Observed, _rule: Rule) -> Iterator[Hit]:
    """A State's own observations beside those of its parts, at the latest of a series; see `quality_rules.csv`."""
    rows = observed.rows(
        f"""WITH own AS (SELECT * FROM current WHERE {_TOTALS}),
        part AS (SELECT own.*, state FROM own JOIN parts ON own.area = parts.part),
        beside AS (SELECT own.id, own.value, sum(part.value) AS added, list(part.area ORDER BY part.area) AS areas,
        list(part.place ORDER BY part.area) AS places, {_OWN_SERIES}, own.period
        FROM own JOIN part ON own.area = part.state AND own.release = part.release AND own.indicator = part.indicator
        AND own.iccs = part.iccs AND own.unit = part.unit AND own.period = part.period GROUP BY ALL)
        SELECT id, value, added, areas, places, count(*) OVER (PARTITION BY {_OF_SERIES}) FROM beside
        QUALIFY row_number() OVER (PARTITION BY {_OF_SERIES} ORDER BY period DESC) = 1"""  # noqa: S608
    )
    for identifier, value, added, areas, stated, times in rows:
        words = {
            "value": number(value),
            "sum": number(added),
            "areas": ", ".join(map(observed.names.label, areas)),
            "places": places(stated),
        }
        expected = _("either the State or its parts (%(areas)s at %(places)s)") % words
        message = _("the State (%(value)s) stands beside its parts (%(areas)s, in all %(sum)s): do not add both")
        yield Hit(identifier, expected, message % words + so_in(times))


def coverage_changes(observed: Observed, _rule: Rule) -> Iterator[Hit]:
    """The first year in which only parts of a State report what it reported itself; see `quality_rules.csv`."""
    rows = observed.rows(
        f"""WITH own AS (SELECT * FROM current WHERE {_TOTALS}),
        part AS (SELECT own.*, state FROM own JOIN parts ON own.area = parts.part),
        alone AS (SELECT part.* FROM part WHERE NOT EXISTS (
            SELECT 1 FROM own WHERE own.area = part.state AND own.release = part.release AND own.period = part.period
            AND own.indicator = part.indicator AND own.iccs = part.iccs AND own.unit = part.unit))
        SELECT arg_min(alone.id, alone.period || alone.area), alone.state, arg_max(own.place, own.period),
        max(own.period)
        FROM alone JOIN own ON own.area = alone.state AND own.release = alone.release
        AND own.indicator = alone.indicator AND own.iccs = alone.iccs AND own.unit = alone.unit
        GROUP BY alone.release, alone.state, alone.indicator, alone.iccs, alone.unit"""  # noqa: S608
    )
    for identifier, state, place, period in rows:
        words = {"state": observed.names.label(state), "period": period, "place": place}
        expected = _("the whole of %(state)s, as in %(period)s at %(place)s") % words
        yield Hit(
            identifier,
            expected,
            _("only parts of %(state)s report here; the State itself reports in other years") % words,
        )
