"""The method of the study of 2019, as inferred: what was published, single States, and what the bounds mean."""

import math
from functools import lru_cache

import pytest
from examples.indicators import person
from examples.layouts import finder
from examples.statistics import observation
from hypothesis import given
from hypothesis import strategies as st
from test_analysis_estimates import EAST, WORLD, made, member, peopled, rate

from benchmarks.hidden_states import deviations, held, shipped
from comity.analysis.estimates.arithmetic import Estimate, Reckoning, evidence
from comity.analysis.estimates.basis import Basis, Geography, populations_of
from comity.analysis.estimates.figures import estimate_figure
from comity.analysis.estimates.methods import declared
from comity.analysis.estimates.published import _published, difference, published
from comity.observations.observation import ESTIMATED, Observation
from comity.tools import ship

RULES = declared().method("study-2019")
RATE, COUNT = declared().what("homicide-rate"), declared().what("homicide-count")


def _stand_ins() -> list[Observation]:
    """What stands in for States without data, as `ask` takes it from the releases."""
    tables = shipped()
    africa = {one.area for one in ship.gazetteer_of_tables().memberships() if one.value == "002"}
    supplement = ship.read_file(ship.TABLES / "homicide-supplement.csv", finder()).observations
    of_who = [
        one._replace(status=ESTIMATED)
        for one in ship.read_file(ship.TABLES / "homicide-2013-study.csv", finder()).observations
        if one.source == "PH: WHO" and one.value is not None and one.area in africa
    ]
    lacking = {*africa} - {*tables.observations}
    typed = {one.area for one in supplement}
    return [*supplement, *(one for one in of_who if one.area in lacking - typed)]


@lru_cache(maxsize=64)
def reckoned(year: int, measure: str = "rate") -> Reckoning:
    tables = shipped()
    rows = [*(one for rows in tables.observations.values() for one in rows), *_stand_ins()]
    geography = Geography(tables.memberships, tables.successions, str(year))
    what = RATE if measure == "rate" else COUNT
    basis = Basis(what, rows, populations_of(RULES, tables.people), geography, RULES)
    return Reckoning(basis, RULES, str(year))


def rate_of(area: str, year: int) -> float:
    value = reckoned(year).of(area).value
    assert value is not None
    return value


# What was published, and what can be worked out of it.


def test_the_figures_that_the_study_prints_come_out() -> None:
    """Within 5 per cent or a tenth of the rate: the figures of the world, of regions and of two subregions."""
    for (indicator, area, on), told in _published().items():
        if told.method != "study-2019":
            continue
        found = reckoned(int(on), indicator.removeprefix("homicide-")).of(area)
        assert found.value is not None
        assert abs(found.value - told.value) <= max(0.05 * told.value, 0.1), (indicator, area, on)
        assert found.low is not None and found.high is not None and found.low <= told.value <= found.high


def test_victims_in_the_world_come_within_one_per_cent_in_the_first_and_the_last_year_that_are_known() -> None:
    assert reckoned(2017, "count").of(WORLD).value == pytest.approx(464_000, rel=0.01)
    assert reckoned(1992, "count").of(WORLD).value == pytest.approx(395_542, rel=0.01)


@pytest.mark.parametrize(
    ("area", "year", "expected"), [("643", 2010, 14.94), ("364", 2011, 2.749), ("398", 2005, 12.94)]
)
def test_years_that_a_state_lacks_are_what_the_regional_figures_imply(area: str, year: int, expected: float) -> None:
    assert rate_of(area, year) == pytest.approx(expected, rel=0.01)


def test_a_states_own_values_outrank_its_neighbours() -> None:
    # Papua New Guinea, last observed in 2010; Argentina, first in 2002.
    assert rate_of("598", 2017) > 8
    assert 5 < rate_of("032", 2005) < 10
    assert rate_of("009", 2017) == pytest.approx(2.85, abs=0.05)


def test_every_region_and_subregion_has_a_figure_in_every_year() -> None:
    for year in (1990, 2000, 2010, 2017):
        assert all(one.value is not None for one in reckoned(year).all() if one.area.isdecimal())


def test_states_of_africa_without_data_have_an_estimate_and_others_their_subregions_rate() -> None:
    kinds = {cell.area: cell for cell in reckoned(2012).of(WORLD).cells}
    estimated = {area for area, cell in kinds.items() if cell.provenance == "estimated"}
    assert len(estimated) == 20 and {"566", "231", "180", "450", "384", "466"} <= estimated
    assert all(one.status == ESTIMATED for one in kinds["231"].inputs if one.indicator.startswith("homicide"))
    assert {kinds[area].provenance for area in ("732", "408", "418", "548", "583")} == {"imputed"}
    assert rate_of("566", 2005) == pytest.approx(34.5, abs=0.1)


def test_a_population_that_is_counted_in_anothers_is_not_counted_twice() -> None:
    cell = next(cell for cell in reckoned(2012).of("039").cells if cell.area == "XKX")
    assert (cell.victims, cell.population) == (90, 0.0)
    assert rate_of("XKX", 2012) == 5.0


def test_the_smallest_areas_have_the_population_that_their_count_and_rate_imply() -> None:
    dominica = reckoned(2017).of("212")
    assert dominica.value == pytest.approx(25.7)
    assert dominica.population == pytest.approx(19 / 25.7e-5)


@pytest.mark.parametrize("area", ["001", "009", "039", "398", "732"])
def test_each_figure_comes_out_of_its_own_evidence_alone(area: str) -> None:
    tables, found = shipped(), reckoned(2012).of(area)
    groups, followed = evidence(found, tables.memberships, tables.successions)
    values = [*found.inputs, *groups, *followed]
    again = estimate_figure(values, indicator="homicide-rate", area=area, on="2012", method="study-2019")
    assert again == pytest.approx(found.value, rel=1e-12)


# The rule by itself.


def alone(values: dict[str, float], on: str) -> Estimate:
    rows = [rate("276", value, year) for year, value in values.items()]
    return made(rows, peopled("276"), member("276"), on=on, method="study-2019")[EAST]


def test_each_year_away_halves_the_weight() -> None:
    # Weights 1/2, 1/4 and 1/8 for one, two and three years away.
    found = alone({"2011": 4.0, "2014": 8.0, "2015": 16.0}, "2012")
    assert found.value == pytest.approx((4 / 2 + 8 / 4 + 16 / 8) / (1 / 2 + 1 / 4 + 1 / 8))
    assert found.provenance == {"averaged": 1}


@given(st.dictionaries(st.integers(1990, 2017).map(str), st.floats(0, 100), min_size=1), st.integers(1990, 2017))
def test_a_filled_rate_lies_among_those_observed(values: dict[str, float], year: int) -> None:
    found = alone(values, str(year))
    assert found.value is not None
    assert min(values.values()) - 1e-9 <= found.value <= max(values.values()) + 1e-9
    if str(year) in values:
        assert found.value == pytest.approx(values[str(year)])


def test_populations_grow_at_one_rate_between_points() -> None:
    rows = [observation("276", "2012", 10.0)]
    people = [person("276", "2010", 1e6), person("276", "2015", 2e6)]
    geography = Geography(member("276"), (), "2012")
    basis = Basis(RATE, rows, populations_of(RULES, people), geography, RULES)
    found = Reckoning(basis, RULES, "2012").of("276")
    assert found.population == pytest.approx(1e6 * 2 ** (2 / 5))


def test_a_year_beyond_those_of_the_method_is_answered_in_words() -> None:
    found = alone({"2015": 4.0}, "2018")
    assert (found.value, found.printed, found.reason_kind) == (None, "", "another-year")
    assert "1990" in found.reason and "2017" in found.reason


def test_without_the_populations_of_the_method_there_is_no_figure() -> None:
    geography = Geography(member("276"), (), "2012")
    found = Reckoning(Basis(RATE, [observation("276")], [], geography, RULES), RULES, "2012").of(EAST)
    assert (found.value, found.reason_kind) == (None, "no-population")
    assert "wpp2017-population" in found.reason


def test_a_region_with_two_reporters_of_many_has_no_figure() -> None:
    codes = ("250", "276", "528", "056")
    found = made(
        [rate("250", 5.0), rate("276", 6.0)],
        peopled(*codes),
        [one for code in codes for one in member(code)],
        method="study-2019",
    )[EAST]
    assert (found.value, found.reason_kind) == (None, "few-reporting")


# What the bounds mean.


def test_the_declared_deviations_are_those_of_fillings_of_the_tables_that_ship() -> None:
    own, neighbours = deviations(shipped())
    for away, spread in own.items():
        assert declared().bounds.spread(away) == pytest.approx(spread, abs=0.1)
    assert declared().bounds.neighbours == pytest.approx(neighbours, abs=0.02)


def test_the_declared_share_of_hidden_values_is_held() -> None:
    assert held(120) == pytest.approx(declared().bounds.held, abs=0.05)
    reach = math.nextafter(0, 1)
    narrower = declared().bounds.__class__(((30, reach),), reach, reach, 1.0, 1, declared().bounds.seed)
    assert held(40, narrower) < 0.8


def test_what_is_published_is_known_of_a_figure_and_why_it_differs() -> None:
    world = reckoned(2017).of(WORLD)
    told = published(world)
    assert told is not None and (told.value, told.verified) == (6.1, False)
    assert "2019" in told.source and "not verified" in told.source
    assert difference(world) == "The same as published."
    asia = reckoned(2017).of("142")
    assert "inferred" in difference(asia)
    assert difference(reckoned(2016).of(WORLD)) == ""
