"""Indicators and estimates from releases that are held, with figures that recompute."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import transaction
from django.utils import translation
from examples.indicators import person
from examples.statistics import keep, observation

from comity.analysis.estimates import arithmetic, ask
from comity.analysis.estimates.arithmetic import Estimate
from comity.analysis.indicators import ask as indicators
from comity.analysis.indicators.ask import indicator_values
from comity.areas import importing as areas_importing
from comity.areas.store import gazetteer
from comity.evidence.errors import UnknownName
from comity.evidence.figures import figure
from comity.evidence.importing import carry_out, plan_import
from comity.evidence.store import Source, now
from comity.observations.observation import PER_100000, Observation
from comity.statistics.store import known_on

pytestmark = pytest.mark.django_db
LATER = date(2020, 1, 1)


@pytest.fixture(scope="module")
def places(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """A database with the tables of areas alone; nothing of it stays."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        folder = areas_importing.__file__.rpartition("/")[0] + "/tables"
        for name in ("areas.csv", "names.csv", "memberships.csv", "succession.csv"):
            with open(f"{folder}/{name}", "rb") as table:  # noqa: PTH123
                data = table.read()
            importer, plan, source = plan_import(name, data, Source(name, name))
            carry_out(importer, plan, source, data, actor="test")
        yield
        transaction.set_rollback(True)


def rate(area: str, value: float, period: str = "2012") -> Observation:
    return observation(area, period, value, indicator="homicide-rate", unit=PER_100000)


@pytest.fixture
def held(places: None, db: None) -> None:
    """Two vintages of homicide in two States of Africa, and their populations."""
    first = [observation("566", value=200.0), rate("566", 20.0), observation("288", value=10.0), rate("288", 10.0)]
    second = [observation("566", value=300.0), rate("566", 30.0), observation("288", value=10.0), rate("288", 10.0)]
    keep("2014-10-06", *_placed(first))
    keep("2019-12-31", *_placed(second))
    keep("2019-06-01", *_placed([person("566", value=1e6), person("288", value=1e5)]), dataset="population")


def _placed(rows: list[Observation]) -> list[Observation]:
    return [one._replace(place=f"{number}:value") for number, one in enumerate(rows, start=2)]


def africa(**asked: object) -> Estimate:
    found = ask.estimates(known_on, "homicide-rate", today=now().date(), **asked)  # type: ignore[arg-type]
    return next(one for one in found if one.area == "011")


def test_a_method_speaks_from_its_own_vintage_unless_told_otherwise(held: None) -> None:
    own = africa(method="study-2013")
    assert (own.on, own.value, own.method) == ("2012", pytest.approx(210 / 1.1e6 * 1e5), "study-2013")
    told = africa(method="study-2013", as_at=LATER)
    assert (told.value, told.method) == (pytest.approx(310 / 1.1e6 * 1e5), "study-2013:2020-01-01")
    assert africa(method="study-2013", as_at=date(2014, 11, 1)).method == "study-2013"
    assert africa(method="study-2013", as_at=date(2013, 1, 1)).reason_kind == "no-data"


@pytest.mark.parametrize(
    "asked", [{"method": "study-2013"}, {"method": "study-2013", "as_at": LATER}, {"method": "comity-1", "on": "2012"}]
)
def test_an_estimates_figure_recomputes_from_its_address(held: None, asked: dict[str, object]) -> None:
    found = africa(**asked)
    address = ask.address(found)
    again = figure(address, as_at=date(2026, 11, 24))
    assert found.value is not None
    assert (again.id, again.value) == (address, found.value)
    assert {fact.file for fact in again.inputs} >= {"memberships.csv"}


def test_the_address_is_readable(held: None) -> None:
    assert ask.address(africa(method="study-2013")) == "estimate.homicide-rate.011.2012.study-2013"
    told = ask.address(africa(method="study-2013", as_at=LATER))
    assert told == "estimate.homicide-rate.011.2012.study-2013:2020-01-01"


def test_a_reason_is_given_in_the_language_of_the_asker(held: None, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = date(2013, 1, 1)
    assert africa(method="study-2013", as_at=asked).reason.startswith("No State")
    monkeypatch.setattr(arithmetic, "_", lambda sentence: "Aucun État")
    with translation.override("fr"):
        assert africa(method="study-2013", as_at=asked).reason == "Aucun État"


def test_an_estimate_as_json(held: None) -> None:
    record = ask.record(africa(method="study-2013"), gazetteer())
    assert record["name"] == "Western Africa" and record["printed"] == "19.1"
    assert {"area", "name", "indicator", "on", "value", "printed", "unit", "count", "population"} <= set(record)
    assert {"observed_share", "low", "high", "method", "figure", "provenance", "reason"} <= set(record)
    groups = ask.estimates(known_on, "homicide-rate", today=now().date(), on="2012")
    assert {"001", "africa"} <= {one.area for one in groups}
    assert "African States" in {ask.record(one, gazetteer())["name"] for one in groups}


def test_a_method_without_a_year_of_its_own_gives_the_latest_with_a_figure(held: None) -> None:
    found = africa(method="comity-1")
    assert (found.on, found.method, found.provenance["observed"]) == ("2012", "comity-1", 2)


def test_what_cannot_be_estimated_is_refused(held: None) -> None:
    with pytest.raises(UnknownName, match="homicide-rate"):
        ask.estimates(known_on, "robbery-rate", today=now().date())
    with pytest.raises(UnknownName, match="the code of a region"):
        figure("estimate.homicide-rate.999.2012.study-2013", as_at=LATER)
    with pytest.raises(UnknownName, match="a year"):
        figure("estimate.homicide-rate.002.latest.study-2013", as_at=LATER)


def test_an_indicator_as_json_with_a_figure_that_recomputes(held: None) -> None:
    (value,) = indicator_values(known_on(LATER), "homicide-rate", areas=["566"])
    record = indicators.record(value, gazetteer())
    assert (record["name"], record["value"], record["count"]) == ("Nigeria", 30.0, 300.0)
    # The data set publishes the rate itself, over a population that it does not state.
    assert (record["population"], record["denominator"]) == (None, "the population that the source divides by")
    assert record["figure"] == "indicator.homicide-rate.566.2012.homicide.0101"
    again = figure(record["figure"], as_at=LATER)
    assert again.value == 30.0
    assert [fact.place for fact in again.inputs] == ["3:value", "2:value"]
    assert figure(record["figure"], as_at=date(2019, 7, 1)).value == 20.0


def test_a_part_takes_nothing_from_an_indicator_that_the_whole_still_states(places: None) -> None:
    def prisoners(year: int, kind: str, value: float) -> Observation:
        place = f"{year}{len(kind)}:value"
        fields = {"indicator": f"persons-held-{kind}count", "iccs": "", "unit": "persons", "place": place}
        return observation("608", str(year), value, **fields)

    whole = [
        prisoners(year, kind, held)
        for year in range(2010, 2020)
        for kind, held in (("", 200.0), ("unsentenced-", 50.0))
    ]
    keep("2019-05-11", *whole, dataset="cts-prisons-and-prisoners")
    keep("2019-06-15", prisoners(2012, "", 250.0), dataset="cts-prisons-and-prisoners", replaces=False)
    found = indicator_values(known_on(LATER), "unsentenced-share", areas=["608"])
    shares = {one.outcome.key.period: one.outcome.value for one in found}
    assert shares == {str(year): 20.0 if year == 2012 else 25.0 for year in range(2010, 2020)}
    assert figure(indicators.address(found[2]), as_at=LATER).value == 20.0


def test_an_indicator_of_some_years(held: None) -> None:
    assert indicator_values(known_on(LATER), "homicide-rate", first="2013") == []
    assert len(indicator_values(known_on(LATER), "homicide-rate", last="2012")) == 2


def test_a_population_that_the_first_source_lacks_comes_from_the_next(held: None) -> None:
    keep("2019-12-30", *_placed([observation("710", value=50.0)]), dataset="other")
    for sex, word in (("F", "female"), ("M", "male")):
        points = [person("710", year, 5e5, sex=sex, age=age) for year in ("2010", "2015") for age in ("Y_LT5", "Y_GE5")]
        keep("2019-12-31", *_placed(points), dataset=f"population-by-age-{word}")
    (value,) = indicator_values(known_on(LATER), "homicide-rate", areas=["710"])
    assert (value.outcome.value, value.outcome.flags) == (2.5, ("interpolated-denominator",))
    assert figure(indicators.address(value), as_at=LATER).value == 2.5


def test_an_indicator_that_is_not_held_is_refused(held: None) -> None:
    with pytest.raises(UnknownName):
        indicator_values(known_on(LATER), "homicide-rates")
    with pytest.raises(UnknownName, match="with an observation"):
        figure("indicator.homicide-rate.566.1999.homicide.0101", as_at=LATER)
