"""Estimates: the study's printed figures, and what must hold of any estimate."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest
from examples.indicators import person
from examples.layouts import read_published
from examples.statistics import observation
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from comity.analysis.estimates.arithmetic import Estimate, estimate, evidence, printed
from comity.analysis.estimates.figures import estimate_figure
from comity.analysis.estimates.methods import TABLE, declared, read_methods
from comity.analysis.intervals import poisson_interval
from comity.areas.gazetteer import Membership, Succession
from comity.evidence.errors import BadInput, UnknownName
from comity.observations.denominators import Populations
from comity.observations.observation import PER_100000, Observation
from comity.observations.rows.areas import AreaFinder
from comity.tools import ship

RATE, COUNT = declared().what("homicide-rate"), declared().what("homicide-count")
FILLED, STUDY = declared().method("comity-1"), declared().method("study-2013")
WORLD, EAST, WEST = "001", "150", "002"


def member(area: str, region: str = EAST, subregion: str = "") -> list[Membership]:
    """An area's region, and its subregion where one is given."""
    groups = [("m49-region", region), *([("m49-subregion", subregion)] if subregion else [])]
    return [Membership(area, scheme, value, None, None, True, "") for scheme, value in groups]


def part(area: str, whole: str) -> Membership:
    return Membership(area, "part-of", whole, None, None, True, "")


def rate(area: str, value: float, period: str = "2012") -> Observation:
    """A published rate."""
    return observation(area, period, value, indicator="homicide-rate", unit=PER_100000)


def made(
    observations: Sequence[Observation],
    populations: Sequence[Observation],
    memberships: Sequence[Membership],
    successions: Sequence[Succession] = (),
    *,
    on: str = "2012",
    method: str = "comity-1",
) -> dict[str, Estimate]:
    """The estimated rates by region."""
    found = estimate(
        RATE, declared().method(method), on, iter(observations), [Populations(populations)], memberships, successions
    )
    return {one.area: one for one in found}


def peopled(*areas: str, value: float = 1e6, years: range = range(1990, 2021)) -> list[Observation]:
    return [person(area, str(year), value) for area in areas for year in years]


# The study of 2013, from the table that ships.


@lru_cache(maxsize=1)
def study() -> tuple[tuple[Observation, ...], tuple[Membership, ...], tuple[Succession, ...]]:
    gazetteer = ship.gazetteer_of_tables()
    table = ship.TABLES / "homicide-2013-study.csv"
    reading = ship.read_file(table, AreaFinder(gazetteer))
    assert not reading.rejected
    return tuple(reading.observations), tuple(gazetteer.memberships()), gazetteer.successions()


@lru_cache(maxsize=2)
def of_study(method: str) -> dict[str, Estimate]:
    observations, memberships, successions = study()
    table = ship.read_file(ship.TABLES / "population.csv", AreaFinder(ship.gazetteer_of_tables()))
    return made(observations, table.observations, memberships, successions, method=method)


PRINTED = {"001": "6.2", "002": "12.5", "019": "16.3", "142": "2.9", "150": "3.0", "009": "3.0"}


def test_the_studys_rates_come_out_as_printed() -> None:
    assert {area: of_study("study-2013")[area].printed for area in PRINTED} == PRINTED


def test_the_studys_count_for_the_world_comes_out_as_printed() -> None:
    observations, memberships, successions = study()
    found = {one.area: one for one in estimate(COUNT, STUDY, "2012", observations, [], memberships, successions)}
    assert (found[WORLD].value, found[WORLD].printed) == (436_556, "437,000")
    assert sum(found[area].value or 0 for area in PRINTED if area != WORLD) == found[WORLD].value


def test_subregions_of_the_study() -> None:
    found = of_study("study-2013")
    rates = {"018": 30.3526, "013": 26.4389, "005": 22.5728, "030": 1.0389, "155": 0.9206}
    assert {area: round(found[area].value or 0, 4) for area in rates} == rates


def test_a_rate_without_a_count_is_left_out_of_the_studys_sums_and_shown() -> None:
    cells = {cell.area: cell for cell in of_study("study-2013")[WORLD].cells}
    marked = {"674", "520", "585", "184", "570", "798"}  # San Marino, Nauru, Palau, Cook Islands, Niue, Tuvalu
    assert {area for area, cell in cells.items() if cell.provenance == "rate-only"} == marked
    assert of_study("study-2013")[WORLD].provenance["observed"] == 150


def test_our_method_on_the_same_observations() -> None:
    found = of_study("comity-1")
    world = found[WORLD]
    # The 150 with a count of the year, and four of those with a rate alone of which a population is held.
    assert world.provenance["observed"] == 154
    assert world.observed_share == pytest.approx(1, abs=0.001)
    assert all(found[area].value is not None for area in PRINTED)


@pytest.mark.parametrize("method", ["study-2013", "comity-1"])
def test_each_figure_comes_out_of_its_own_evidence_alone(method: str) -> None:
    _observations, memberships, successions = study()
    for area, found in of_study(method).items():
        groups, followed = evidence(found, memberships, successions)
        values = [*found.inputs, *groups, *followed]
        again = estimate_figure(values, indicator="homicide-rate", area=area, on="2012", method=method)
        assert again == found.value, area


@pytest.mark.shared
def test_the_studys_arithmetic_on_the_data_of_2019_as_documented(shared: Path) -> None:
    reading = read_published(shared / "crime" / "global-study-on-homicide-countries.2019.csv")
    _observations, memberships, successions = study()
    found = made(reading.observations, [], memberships, successions, on="2017", method="study-2013")
    rates = {area: found[area].printed for area in PRINTED}
    assert rates == {"001": "5.0", "002": "7.2", "019": "17.1", "142": "2.2", "150": "3.0", "009": "2.6"}
    assert found[WORLD].count == 340_297


# What must hold of the method `comity-1`.


@given(st.integers(0, 10**5), st.integers(1000, 10**9))
def test_a_region_of_one_state_is_that_state(count: int, size: int) -> None:
    found = made([observation("276", value=float(count))], [person("276", value=float(size))], member("276"))[EAST]
    assert found.value == pytest.approx(count / size * 100_000)
    assert (found.observed_share, found.provenance) == (1.0, {"observed": 1})


def test_what_is_given_in_another_unit_counts_for_nothing() -> None:
    in_thousands = observation("276", value=57.0, unit="thousand victims")
    reported = [observation(area, value=20.0) for area in ("040", "056", "250")]
    codes = ("040", "056", "250", "276")
    states = [one for code in codes for one in member(code)]
    found = made([in_thousands, *reported], [person(code, value=1e6) for code in codes], states)[EAST]
    assert (found.value, found.observed_share) == (2.0, 0.75)


@given(st.lists(st.tuples(st.integers(0, 10**4), st.integers(1000, 10**8)), min_size=3, max_size=6))
def test_rates_are_weighted_by_population(states: list[tuple[int, int]]) -> None:
    codes = [f"{number:03}" for number in range(100, 100 + len(states))]
    rows = [observation(code, value=float(count)) for code, (count, _size) in zip(codes, states, strict=True)]
    populations = [person(code, value=float(size)) for code, (_count, size) in zip(codes, states, strict=True)]
    found = made(rows, populations, [one for code in codes for one in member(code)])[EAST]
    count, size = (sum(column) for column in zip(*states, strict=True))
    assert found.value == pytest.approx(count / size * 100_000)
    assert found.low == pytest.approx((stats.chi2.ppf(0.025, 2 * found.count) / 2 if count else 0) / size * 1e5)
    assert found.high == pytest.approx(stats.chi2.ppf(0.975, 2 * found.count + 2) / 2 / size * 1e5)


@given(st.floats(0, 1000))
def test_a_state_without_people_changes_nothing(of_its_own: float) -> None:
    states = [*member("276"), *member("250")]
    rows, populations = [observation("276"), observation("250")], [*peopled("276", "250")]
    without = made(rows, populations, states)[EAST]
    empty = [person("020", value=0.0)]
    found = made([*rows, rate("020", of_its_own)], [*populations, *empty], [*states, *member("020")])[EAST]
    assert (found.value, found.low, found.high) == (without.value, without.low, without.high)
    assert found.provenance == {"observed": 2, "no-population": 1}


@pytest.mark.parametrize(
    ("first", "last", "kind", "expected"),
    [
        ("2010", "2014", "interpolated", 20.0),
        ("2008", "2013", "interpolated", 26.0),
        ("1999", "2017", "interpolated", 10 + 20 * 13 / 18),
        ("2006", "2018", "averaged", 20.0),
    ],
)
def test_a_gap_is_as_long_as_the_distance_to_the_nearer_observation(
    first: str, last: str, kind: str, expected: float
) -> None:
    rows = [rate("276", 10.0, first), rate("276", 30.0, last), *(rate(code, 5.0) for code in ("250", "528", "056"))]
    states = [one for code in ("276", "250", "528", "056") for one in member(code)]
    found = made(rows, peopled("276", "250", "528", "056"), states)[EAST]
    cell = next(cell for cell in found.cells if cell.area == "276")
    assert (cell.provenance, cell.rate) == (kind, pytest.approx(expected))


@pytest.mark.parametrize(("year", "kind"), [("2009", "carried"), ("2008", "averaged"), ("2015", "carried")])
def test_a_states_own_value_outranks_its_neighbours_however_far_away(year: str, kind: str) -> None:
    rows = [rate("276", 10.0, year), *(rate(code, 5.0) for code in ("250", "528", "056"))]
    states = [one for code in ("276", "250", "528", "056") for one in member(code)]
    found = made(rows, peopled("276", "250", "528", "056"), states)[EAST]
    cell = next(cell for cell in found.cells if cell.area == "276")
    assert (cell.provenance, cell.rate) == (kind, 10.0)


def test_nothing_is_interpolated_across_a_break() -> None:
    rows = [rate("276", 10.0, "2010"), rate("276", 30.0, "2013")._replace(status="B"), rate("250", 5.0)]
    cells = made(rows, peopled("276", "250"), [*member("276"), *member("250")])[EAST].cells
    assert [(cell.provenance, cell.rate) for cell in cells if cell.area == "276"] == [("carried", 10.0)]


def test_a_gap_is_filled_from_the_subregion_before_the_region() -> None:
    states = [*member("276", subregion="155"), *member("250", subregion="155"), *member("643", subregion="151")]
    rows = [rate("250", 1.0), rate("643", 9.0)]
    found = made(rows, [*peopled("276", "250"), *peopled("643", value=9e6)], states)
    cells = {cell.area: cell for cell in found[EAST].cells}
    assert (cells["276"].provenance, cells["276"].rate) == ("imputed", 1.0)


def shares(observed: float) -> Estimate:
    """A region of four States of which three have an observation, for a share of the population."""
    codes = ("250", "528", "056")
    states = [one for code in (*codes, "276") for one in member(code)]
    populations = [*peopled(*codes, value=observed * 1e6 / 3), *peopled("276", value=(1 - observed) * 1e6)]
    return made([rate(code, 5.0) for code in codes], populations, states)[EAST]


def test_an_estimate_is_published_from_half_of_the_population_and_flagged_below_two_thirds() -> None:
    assert (shares(0.49).value, shares(0.49).reason_kind) == (None, "low-coverage")
    assert "49 per cent" in shares(0.49).reason
    assert (shares(0.51).value, shares(0.51).flags) == (pytest.approx(5.0), ("low-coverage",))
    assert (shares(0.67).value, shares(0.67).flags) == (pytest.approx(5.0), ())


def test_a_region_in_which_too_few_report_has_no_figure() -> None:
    states = [one for code in ("250", "276", "528") for one in member(code)]
    populations = [*peopled("250", value=9e7), *peopled("276", "528")]
    found = made([rate("250", 5.0), rate("276", 5.0)], populations, states)[EAST]
    assert (found.value, found.reason_kind) == (None, "few-reporting")


def test_an_observation_within_three_years_counts_as_one() -> None:
    states = [one for code in ("250", "276", "528") for one in member(code)]
    rows = [rate("250", 5.0, "2009"), rate("276", 5.0, "2015"), rate("528", 5.0, "2012")]
    found = made(rows, peopled("250", "276", "528"), states)[EAST]
    assert (found.value, found.observed_share) == (pytest.approx(5.0), 1.0)
    older = made([rows[0]._replace(period="2008"), *rows[1:]], peopled("250", "276", "528"), states)[EAST]
    assert (older.value, older.reason_kind) == (None, "few-reporting")


def test_bounds_of_filled_values_hold_what_other_rules_give() -> None:
    states = [one for code in ("250", "276", "528", "643") for one in member(code)]
    rows = [*(rate(code, 5.0) for code in ("250", "276", "528")), rate("643", 50.0, "2010"), rate("643", 5.0, "2016")]
    found = made(rows, peopled("250", "276", "528", "643"), states)[EAST]
    nearest = (15.0 + 50.0) / 4
    assert found.value is not None and found.low is not None and found.high is not None
    assert found.low < found.value < nearest < found.high


def test_filling_a_small_gap_never_narrows_the_bounds_that_chance_alone_gives() -> None:
    states = [one for code in ("250", "276", "528", "643") for one in member(code)]
    rows = [*(rate(code, 5.0) for code in ("250", "276", "528")), rate("643", 5.0, "2011")]
    people = [*peopled("250", "276", "528"), *peopled("643", value=100.0)]
    found = made(rows, people, states)[EAST]
    assert found.is_filled and found.count is not None and found.population is not None
    chance = poisson_interval(found.count).scaled(100_000 / found.population)
    assert found.low is not None and found.high is not None
    assert found.low <= chance.low and chance.high <= found.high


@pytest.mark.parametrize("method", ["study-2019", "comity-1", "study-2013"])
def test_a_total_is_never_given_where_a_part_of_it_is_withheld(method: str) -> None:
    reporting = ("276", "250", "528")
    states = [*(one for code in reporting for one in member(code, subregion="155")), *member("643", subregion="151")]
    rows = [*(observation(code, value=50.0) for code in reporting), *(rate(code, 5.0) for code in reporting)]
    found = made(rows, peopled(*reporting, "643"), states, method=method)
    assert found["155"].value == pytest.approx(5.0)
    assert (found["151"].value, found[EAST].value, found[WORLD].value) == (None, None, None)
    assert (found[EAST].reason_kind, found[EAST].withheld) == ("part-withheld", ("151",))
    assert (found[WORLD].withheld, found[WORLD].count, found[WORLD].printed) == ((EAST,), None, "")


# Territory: parts, and States that split or joined.


@pytest.mark.parametrize("method", ["comity-1", "study-2013"])
def test_parts_stand_for_their_state_and_never_beside_it(method: str) -> None:
    places = [*member("826"), part("GBR_S", "826"), part("GBR_N", "826")]
    parts = [observation("GBR_S", value=60.0), observation("GBR_N", value=40.0), rate("GBR_S", 6.0), rate("GBR_N", 4.0)]
    populations = peopled("826", value=2e6)
    assert made(parts, populations, places, method=method)[EAST].value == pytest.approx(5.0)
    whole = [observation("826", value=200.0), rate("826", 10.0)]
    found = made([*parts, *whole], populations, places, method=method)[EAST]
    assert (found.value, found.count) == (pytest.approx(10.0), 200.0)


def test_some_of_its_parts_do_not_stand_for_a_state() -> None:
    places = [*member("826"), part("GBR_S", "826"), part("GBR_N", "826")]
    cells = made([observation("GBR_S", value=60.0)], peopled("826"), places)[EAST].cells
    assert [(cell.area, cell.provenance) for cell in cells] == [("826", "no-data")]


SPLIT = (
    Succession("891", "688", date(2006, 6, 3), "continuation", False, ""),
    Succession("891", "499", date(2006, 6, 3), "separation", False, ""),
)
BALKANS = [*member("891"), *member("688"), *member("499")]


@pytest.mark.parametrize("method", ["comity-1", "study-2013"])
def test_a_state_and_those_that_followed_it_are_counted_once(method: str) -> None:
    whole = [observation("891", "2004", 90.0), rate("891", 9.0, "2004")]
    heirs = [observation("688", "2004", 70.0), rate("688", 10.0, "2004")]
    heirs += [observation("499", "2004", 30.0), rate("499", 10.0, "2004")]
    populations = [*peopled("688", value=7e5), *peopled("499", value=3e5)]
    alone = made(whole, populations, BALKANS, SPLIT, on="2004", method=method)[EAST]
    assert (alone.count, alone.population) == (90.0, pytest.approx(1e6))
    assert [cell.area for cell in alone.cells] == ["891"]
    one_heir = made([*whole, *heirs[:2]], populations, BALKANS, SPLIT, on="2004", method=method)[EAST]
    assert (one_heir.count, [cell.area for cell in one_heir.cells]) == (90.0, ["891"])
    both = made([*whole, *heirs], populations, BALKANS, SPLIT, on="2004", method=method)[EAST]
    assert (both.count, both.population) == (100.0, pytest.approx(1e6))
    assert {cell.area for cell in both.cells} == {"688", "499"}


def test_a_state_that_ended_is_not_carried_on() -> None:
    rows = [rate("891", 9.0, "2005")]
    cells = made(rows, peopled("688", "499"), BALKANS, SPLIT, on="2007")[EAST].cells
    assert {(cell.area, cell.provenance) for cell in cells} == {("688", "no-data"), ("499", "no-data")}


def test_nothing_is_interpolated_across_a_change_of_territory() -> None:
    rows = [rate("688", 10.0, "2004"), rate("688", 20.0, "2008"), rate("250", 5.0, "2007")]
    cells = made(rows, peopled("688", "250"), [*member("688"), *member("250")], SPLIT, on="2007")[EAST].cells
    assert [(cell.provenance, cell.rate) for cell in cells if cell.area == "688"] == [("carried", 20.0)]


def test_a_group_of_states_is_that_of_the_year() -> None:
    groups = [Membership("250", "regional-group", "western", date(2000, 1, 1), None, True, "")]
    places = [*member("250"), *groups]
    assert "western" in made([rate("250", 5.0)], peopled("250"), places)
    assert "western" not in made([rate("250", 5.0, "1998")], peopled("250"), places, on="1998")


def test_two_values_for_one_key_are_not_used() -> None:
    rows = [observation("250", value=5.0, repeat=1), observation("250", value=6.0, repeat=2), rate("276", 5.0)]
    cells = made(rows, peopled("250", "276"), [*member("250"), *member("276")])[EAST].cells
    assert [cell.provenance for cell in cells if cell.area == "250"] == ["imputed"]


# Printing and declarations.


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (436_556, "victims", "437,000"),
        (436_500, "victims", "437,000"),
        (1110, "victims", "1,100"),
        (19, "victims", "19"),
        (9_999, "victims", "10,000"),
        (6.25, PER_100000, "6.3"),
        (2.95359, PER_100000, "3.0"),
    ],
)
def test_counts_are_printed_to_the_nearest_thousand(value: float, unit: str, text: str) -> None:
    assert printed(value, unit) == text


def test_a_method_with_a_vintage_of_its_own_names_it() -> None:
    assert (STUDY.as_at, STUDY.on) == (date(2014, 12, 31), "2012")
    assert FILLED.as_at is None and declared().method() == declared().method("study-2019")
    later = declared().method("study-2013:2020-01-01")
    assert (later.name, later.as_at, later.arithmetic) == ("study-2013:2020-01-01", date(2020, 1, 1), "latest-count")


@pytest.mark.parametrize("name", ["study-2014", "study-2013:", "study-2013:soon"])
def test_an_unknown_method_is_refused(name: str) -> None:
    with pytest.raises(UnknownName):
        declared().method(name)


@pytest.mark.parametrize(
    ("old", "new", "line", "key"),
    [
        ("arithmetic: filled", "arithmetic: guessed", "arithmetic: filled", "arithmetic"),
        ("    carry_within: 3\n", "", "- name: comity-1", "carry_within"),
        ("as_at: 2014-12-31", "as_at: then", "as_at: 2014-12-31", "as_at"),
        ("neighbours: 0.98", "neighbours: far", "neighbours: 0.98", "neighbours"),
    ],
)
def test_what_is_wrong_with_a_method_is_named_by_line_and_key(old: str, new: str, line: str, key: str) -> None:
    text = TABLE.read_text(encoding="utf-8")
    number = 1 + next(
        index for index, held in enumerate(text.splitlines()) if line in held and not held.startswith("#")
    )
    with pytest.raises(BadInput) as refused:
        read_methods(text.replace(old, new), "mine.yaml")
    assert [fault.place for fault in refused.value.faults] == [f"{number}:{key}"]
