"""Which series is the headline one: the rule by its cases, and what is marked by it."""

import shutil
from collections.abc import Iterator
from datetime import date
from functools import partial

import pytest
from django.db import transaction
from examples.statistics import BRAZIL, FRANCE, bring_areas, keep, observation
from hypothesis import given
from hypothesis import strategies as st

from comity.analysis.estimates.arithmetic import Estimate
from comity.analysis.estimates.methods import declared as estimation
from comity.analysis.headlines.ask import Headlines, estimate_records, headline, others, records_of
from comity.analysis.headlines.rule import Series, data_sets_of, headline_data_set, headline_data_sets, headline_method
from comity.analysis.indicators.declared import declared
from comity.evidence.workspaces import workspace
from comity.statistics.releases.query import Selection
from comity.statistics.store import known_on

TODAY = date(2024, 1, 1)
EARLY, LATE = date(2019, 7, 8), date(2023, 5, 1)


def test_the_first_declared_that_holds_a_series_speaks_for_it() -> None:
    assert headline_data_set(("homicide", "later"), {"later": LATE, "homicide": EARLY}) == "homicide"
    assert headline_data_set(("homicide", "later"), {"other": LATE, "later": EARLY}) == "later"


def test_among_those_not_declared_the_one_published_last_speaks() -> None:
    assert headline_data_set((), {"old": EARLY, "new": LATE}) == "new"
    assert headline_data_set((), {"b": LATE, "a": LATE}) == "a"
    with pytest.raises(ValueError, match="empty"):
        headline_data_set((), {})


@given(st.dictionaries(st.sampled_from("abcdef"), st.dates(), min_size=1), st.permutations("abcdef"))
def test_one_data_set_speaks_in_whatever_order_they_come(published: dict[str, date], order: list[str]) -> None:
    backwards = dict(reversed(published.items()))
    for declared_first in ((), tuple(order[:2])):
        spoken = headline_data_set(declared_first, published)
        assert spoken in published
        assert spoken == headline_data_set(declared_first, backwards)


def test_each_series_is_asked_for_by_itself() -> None:
    total, women = Series("076", "homicide-rate", "0101"), Series("076", "homicide-rate", "0101", "F")
    held = [(total, "homicide"), (total, "other"), (women, "other")]
    assert headline_data_sets(held, {"homicide": EARLY, "other": LATE}) == {total: "homicide", women: "other"}


def test_an_observed_indicator_is_asked_for_as_the_declared_one_made_of_it() -> None:
    assert (
        data_sets_of("homicide-count", "0101")
        == data_sets_of("homicide-rate", "0101")
        == declared()["homicide-rate"].datasets
    )
    assert data_sets_of("recorded-offences-count", "0401") == ()


def test_estimates_ask_the_same_data_sets_first() -> None:
    for code, what in estimation().estimated.items():
        assert what.datasets == declared()[code].datasets


def test_the_default_method_speaks_for_regions() -> None:
    assert headline_method() == next(iter(estimation().methods))


@pytest.fixture(autouse=True)
def releases_of_its_own() -> None:
    """The tests of this module share their releases, which go when the last of them has run."""


@pytest.fixture(scope="module")
def held(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Brazil by two vintages of one data set and by another one, France by the other alone; nothing of them stays."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        bring_areas()
        keep("2014-10-06", *_both(BRAZIL, "2012", 80.0, 8.0))
        keep("2019-07-08", *_both(BRAZIL, "2012", 100.0, 10.0), _rate(BRAZIL, "2013", None))
        rival = [_rate(BRAZIL, "2012", 12.0), _rate(BRAZIL, "2020", 7.0), _rate(FRANCE, "2012", 1.0)]
        keep("2023-01-01", *rival, dataset="rival")
        people = observation(BRAZIL, "2012", 2e6, indicator="population", iccs="", unit="persons")
        keep("2019-07-09", people, dataset="population")
        yield
        transaction.set_rollback(True)
    shutil.rmtree(workspace.home() / "releases", ignore_errors=True)


def _rate(area: str, year: str, value: float | None) -> object:
    return observation(
        area, year, value, indicator="homicide-rate", unit="per 100,000 population", place=f"{area}{year}:r"
    )


def _both(area: str, year: str, count: float, rate: float) -> list[object]:
    return [observation(area, year, count, place=f"{area}{year}:c"), _rate(area, year, rate)]


@pytest.mark.django_db
def test_the_headline_of_a_State_is_what_its_data_set_publishes_and_the_others_stand_beside_it(held: None) -> None:
    found = headline(known_on, "homicide-rate", BRAZIL, today=TODAY)
    assert found is not None
    assert (found.on, found.value, found.release, found.published) == ("2012", 10.0, "homicide@2019-07-08", EARLY)
    beside = {(one.kind, one.value) for one in others(known_on, found, today=TODAY)}
    assert beside == {("data-set", 12.0), ("vintage", 8.0), ("denominator", 5.0)}


@pytest.mark.django_db
def test_the_latest_year_is_the_last_with_a_value_and_one_without_says_why(held: None) -> None:
    years = [headline(known_on, "homicide-rate", BRAZIL, on=on, today=TODAY) for on in ("", "2013")]
    assert [(one.on, one.value) for one in years if one] == [("2012", 10.0), ("2013", None)]


@pytest.mark.django_db
def test_a_year_that_the_headline_series_lacks_has_no_headline_and_says_so(held: None) -> None:
    found = headline(known_on, "homicide-rate", BRAZIL, on="2020", today=TODAY)
    assert found is not None
    assert (found.value, found.reason) == (None, "The headline series has no value for this year.")
    assert ("data-set", 7.0) in {(one.kind, one.value) for one in others(known_on, found, today=TODAY)}


@pytest.mark.django_db
def test_what_one_data_set_alone_holds_is_its_headline(held: None) -> None:
    found = headline(known_on, "homicide-rate", FRANCE, today=TODAY)
    assert found is not None
    assert (found.value, found.release) == (1.0, "rival@2023-01-01")
    assert headline(known_on, "homicide-rate", "170", today=TODAY) is None


@pytest.mark.django_db
def test_the_headline_as_known_on_an_earlier_day_is_what_spoke_then(held: None) -> None:
    found = headline(known_on, "homicide-rate", BRAZIL, as_at=date(2015, 1, 1), today=TODAY)
    assert found is not None
    assert (found.value, found.as_at) == (8.0, date(2015, 1, 1))


@pytest.mark.django_db
def test_records_and_observations_mark_the_same_series(held: None) -> None:
    records = records_of(known_on, "homicide-rate", areas=(BRAZIL,), first="2012", last="2012", today=TODAY)
    assert [(one["headline"], one["value"]) for one in records] == [(True, 10.0), (False, 12.0)]
    known = known_on(TODAY)
    selection = Selection(areas=(BRAZIL,), indicators=("homicide-rate",), first="2012", last="2012")
    judge = partial(Headlines(known).has_observation, selection=selection)
    assert {(found.observation.value, judge(found)) for found in known.find(selection)} == {(10.0, True), (12.0, False)}


@pytest.mark.django_db
def test_an_estimate_is_a_headline_of_regions_and_never_of_a_State(held: None) -> None:
    made = [Estimate(area, "homicide-rate", "2012", headline_method(), "per 100,000") for area in ("001", BRAZIL)]
    records = estimate_records(made, known_on(TODAY).names, TODAY)
    assert [one["headline"] for one in records] == [True, False]
