"""The pages of analysis: each answers in six languages, says what is wrong, and leads each number to its figure."""

import json
import re
import shutil
from collections.abc import Iterator
from datetime import date
from urllib.parse import quote

import pytest
from django.db import transaction
from django.test import Client
from examples.statistics import BRAZIL, FRANCE, bring_areas, keep, observation
from hypothesis import given, settings
from hypothesis import strategies as st
from matrices import examples, in_languages, some_of_each_kind
from pages import Asked, Content

from comity.analysis.comparing import beside, line
from comity.analysis.indicators.ask import indicator_values
from comity.analysis.indicators.coverage import coverage_of
from comity.analysis.indicators.declared import declared
from comity.analysis.labels import printed_label, signed_label
from comity.evidence.workspaces import workspace
from comity.observations.observation import Observation
from comity.statistics.store import known_on

COLOMBIA, MEXICO = "170", "484"
TODAY = date(2024, 1, 1)
PAGES = (
    "/indicators/",
    "/indicators/homicide-rate/",
    "/indicators/homicide-rate/?areas=BRA,FRA,COL&order=value&method=study-2013&region=019",
    "/indicators/homicide-count/?on=2010&as_at=2020-01-01",
    "/indicators/bribery-prevalence/",
    "/trends/",
    "/trends/?series=homicide.homicide-count.0101&region=019&verdict=increase",
    "/flows/",
    "/flows/?on=2019",
    "/issues/",
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def releases_of_its_own() -> None:
    """The tests of this module share their releases, which go when the last of them has run."""


def _person(area: str, year: int) -> Observation:
    return observation(area, str(year), 2e6, indicator="population", iccs="", unit="persons", place=f"{year}:value")


def _victims(origin: str, destination: str, value: float | None, **more: object) -> Observation:
    fields = {"indicator": "trafficking-victims-detected-count", "iccs": "0204", "citizenship": origin, **more}
    return observation(destination, "2020", value, **fields)


def _homicides() -> list[Observation]:
    rising = [observation(BRAZIL, str(year), 100.0 + 9 * (year - 2003)) for year in range(2003, 2013)]
    broken = [
        observation(FRANCE, str(year), 200.0, status="B" if year == 2009 else "A", source="National police")
        for year in range(2003, 2013)
        if year != 2006
    ]
    few = [observation(COLOMBIA, str(year), 3.0) for year in range(2010, 2013)]
    return [*rising, *broken, *few, observation(MEXICO, "2012", None, text="..")]


@pytest.fixture(scope="module", autouse=True)
def held(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Releases of homicide, populations and detected victims, for all tests of the module; nothing of them stays."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        bring_areas()
        keep("2019-07-08", *_homicides())
        people = [_person(area, year) for area in (BRAZIL, FRANCE, COLOMBIA) for year in range(2003, 2013)]
        keep("2019-07-09", *people, dataset="population")
        victims = [
            _victims(MEXICO, COLOMBIA, 40.0),
            _victims(BRAZIL, FRANCE, None, text="<5", status="Q"),
            _victims("NAT", FRANCE, 7.0),
            _victims("_U", FRANCE, 9.0),
        ]
        keep("2023-05-30", *victims, dataset="glotip")
        crimes = [observation(BRAZIL, "2019", 5.0, indicator="offences-count", iccs="07041", unit="offences")]
        keep("2022-01-01", *crimes, dataset="crimes")
        yield
        transaction.set_rollback(True)
    shutil.rmtree(workspace.home() / "releases", ignore_errors=True)


def _text(address: str, status: int = 200) -> str:
    answer = Client().get(address)
    assert answer.status_code == status, address
    return str(answer.content.decode())


def _words(address: str, status: int = 200) -> str:
    return re.sub(
        r"\s+", " ", re.sub(r"<[^>]+>", " ", re.sub(r"<svg.*?</svg>", "", _text(address, status), flags=re.S))
    )


ASKED = Asked()


def _page(address: str) -> Content:
    return Content(address, _text(address))


@pytest.mark.once
@pytest.mark.parametrize(("address", "code"), in_languages(PAGES))
def test_every_page_answers_in_every_language_without_script_or_unlabelled_field(address: str, code: str) -> None:
    page = ASKED.page(address if code == "en" else f"/{code}{address}")
    assert page.direction == ("rtl" if code == "ar" else "ltr")
    assert page.faults == []
    assert len(set(page.ids)) == len(page.ids)


@pytest.mark.parametrize("address", PAGES)
def test_every_figure_and_every_page_of_the_room_that_is_linked_is_there(address: str) -> None:
    page = ASKED.page(address)
    own = re.compile(r"/(figures|indicators|trends|flows|issues|data|observations)[/.?]|\?")
    links = {link.partition("#")[0] for link in page.links if own.match(link)}
    assert links
    targets = {address.partition("?")[0] + link if link.startswith("?") else link for link in links}
    for target in some_of_each_kind(targets):
        assert ASKED.status(target) == 200, target


@pytest.mark.parametrize("address", PAGES)
def test_no_page_asks_the_database_more_than_thirty_times(address: str) -> None:
    assert ASKED.queries(address) <= 30


@pytest.mark.parametrize("address", [page for page in PAGES if "bribery" not in page])
def test_a_page_is_given_as_data(address: str) -> None:
    assert isinstance(json.loads(_text(address + ("&" if "?" in address else "?") + "format=json")), dict)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/indicators/", "no data held"),
        ("/indicators/homicide-rate/", "No data are held for this indicator on this day."),
        ("/trends/", "No series of eight years or more is held on this day."),
        ("/flows/", "No observation that names an origin is held."),
        ("/issues/", "Not measured: no observation under this category is held."),
    ],
)
def test_before_the_first_release_each_page_says_that_nothing_is_held(address: str, said: str) -> None:
    assert said in _words(f"{address}?as_at=1990-01-01")
    assert "1990" in _words(f"{address}?as_at=1990-01-01")


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/indicators/nothing/", 404, "the code of an indicator"),
        ("/indicators/homicide-rate/?on=last", 400, "a year of four digits"),
        ("/indicators/homicide-rate/?areas=Atlantis", 404, "Atlantis"),
        ("/indicators/homicide-rate/?areas=BRA,FRA,COL,MEX,PER,CHL,URY", 400, "at most 6"),
        ("/indicators/homicide-rate/?method=guess", 404, "a method of estimation"),
        ("/indicators/homicide-rate/?order=rank", 404, "one of name, value"),
        ("/indicators/homicide-rate/?dataset=none", 404, "one of homicide"),
        ("/indicators/homicide-rate/?as_at=soon", 400, "as_at"),
        ("/indicators/homicide-rate/?region=nowhere", 404, "nowhere"),
        ("/trends/?series=nothing", 404, "homicide.homicide-count.0101"),
        ("/trends/?area=Atlantis", 404, "Atlantis"),
        ("/trends/?first=2012&last=2003", 400, "a year not before 2012"),
        ("/trends/?verdict=better", 404, "no verdict"),
        ("/flows/?on=20", 400, "a year of four digits"),
        ("/flows/?what=arms", 404, "victims"),
        ("/issues/?as_at=soon", 400, "as_at"),
    ],
)
def test_what_is_not_understood_is_said_in_a_sentence(address: str, status: int, said: str) -> None:
    assert said in _words(address, status)


@settings(max_examples=examples(30))
@given(st.text(max_size=12), st.sampled_from(["on", "areas", "order", "method", "region", "dataset", "add", "as_at"]))
def test_no_text_in_an_address_makes_a_page_fail(text: str, field: str) -> None:
    answer = Client().get(f"/indicators/homicide-rate/?{field}={quote(text)}")
    assert answer.status_code in (200, 302, 400, 404)


class TestIndicators:
    def test_the_list_says_what_is_held_and_what_is_not(self) -> None:
        words = _words("/indicators/")
        assert "3 States and areas, 2003–2012" in words
        assert "no data held No data set of this kind is held" in words

    def test_a_State_without_a_value_is_not_counted_as_held(self) -> None:
        assert coverage_of(known_on(TODAY), declared()["homicide-count"])[0].areas == 3

    def test_the_year_shown_unasked_is_one_with_half_of_the_States(self) -> None:
        keep("2020-01-01", *_homicides(), observation(BRAZIL, "2015", 1.0), dataset="homicide")
        assert coverage_of(known_on(TODAY), declared()["homicide-count"])[0].year == "2012"
        assert coverage_of(known_on(TODAY), declared()["homicide-count"])[0].last == "2015"

    def test_States_stand_by_name_and_by_value_only_on_demand_and_never_with_a_rank(self) -> None:
        names = r'<th scope="row"><a href="/states/(BRA|FRA|COL)/"'
        address = "/indicators/homicide-count/?on=2004"
        assert re.findall(names, _text(address)) == ["BRA", "FRA"]
        assert re.findall(names, _text(f"{address}&order=value")) == ["FRA", "BRA"]
        assert "is no rank" in _words(f"{address}&order=value")

    def test_low_counts_are_flagged(self) -> None:
        words = _words("/indicators/homicide-rate/?on=2012")
        assert "rests on fewer than five cases" in words
        assert "few cases" in words

    def test_adding_a_State_by_name_gives_an_address_that_can_be_cited(self) -> None:
        answer = Client().get("/indicators/homicide-rate/?areas=BRA&add=France&on=2012")
        assert answer.status_code == 302
        assert answer.headers["Location"] == "/indicators/homicide-rate/?on=2012&areas=BRA%2CFRA#years"

    def test_regions_are_estimated_for_what_can_be_and_by_the_method_asked_for(self) -> None:
        assert "estimate.homicide-rate.019.2012.study-2019" in _text("/indicators/homicide-rate/?on=2012")
        assert "estimate.homicide-rate.019.2012.study-2013" in _text("/indicators/homicide-rate/?method=study-2013")
        assert "estimate." not in _text("/indicators/unsentenced-share/")

    def test_what_keeps_series_apart_stands_under_the_chart(self) -> None:
        words = _words("/indicators/homicide-count/?areas=BRA,FRA")
        assert "The series breaks before 2009" in words
        assert "The sources differ: CTS; National police." in words

    def test_nothing_keeps_series_of_one_source_apart_and_that_is_said(self) -> None:
        assert "Nothing that is held keeps these series apart" in _words("/indicators/homicide-count/?areas=BRA,COL")


class TestComparing:
    def test_a_line_is_interrupted_at_a_break_and_a_missing_year(self) -> None:
        values = indicator_values(known_on(date(2019, 12, 31)), "homicide-count", areas=(FRANCE,))
        drawn = line("France", values)
        assert drawn.breaks == [2009]
        assert 2006 not in [point.year for point in drawn.points]

    def test_a_refused_comparison_is_not_drawn_and_says_why(self) -> None:
        differs = [observation(COLOMBIA, "2012", 9.0, status="D")]
        keep("2018-01-01", observation(BRAZIL, "2012", 8.0), *differs, dataset="other")
        values = indicator_values(known_on(TODAY), "homicide-count", dataset="other")
        series = {area: [one for one in values if one.outcome.key.area == area] for area in (BRAZIL, COLOMBIA)}
        found = beside(series)
        assert [trend.label for trend in found.drawn] == [BRAZIL]
        assert found.refused == (COLOMBIA,)
        assert any(one.refuses and "definition" in one.sentence for one in found.apart)


class TestTrends:
    def test_each_State_has_a_verdict_with_its_reason_and_leads_to_its_figures(self) -> None:
        text = _text("/trends/?series=homicide.homicide-count.0101")
        assert "/figures/trend.homicide.homicide-count.076." in text
        assert re.search(r"/figures/trends\.homicide\.homicide-count[^\"]*%23076\.verdict", text)

    def test_slope_and_interval_are_rounded_alike_in_table_and_sentence(self) -> None:
        text = _text("/trends/?series=homicide.homicide-count.0101")
        shown = re.findall(r'class="figure" href="[^"]*slope[^"]*"><bdi dir="ltr">([^<]+)</bdi>', text)
        told = re.findall(r"slope is (\S+) a year", text)
        assert "+9.0" in told and set(told) <= set(shown)

    def test_verdicts_are_counted_over_all_series_and_filter_the_rows(self) -> None:
        words = _words("/trends/?series=homicide.homicide-count.0101&verdict=increase")
        assert "Brazil" in words
        assert "France +" not in words
        assert json.loads(_text("/trends/?series=homicide.homicide-count.0101&format=json"))["trends"]

    def test_a_region_shows_the_same_verdicts_as_all_do(self) -> None:
        address = "/trends/?series=homicide.homicide-count.0101&format=json"
        everywhere, americas = (json.loads(_text(address + part))["trends"] for part in ("", "&region=019"))
        assert 0 < len(americas) < len(everywhere)
        assert all(one in everywhere for one in americas)

    def test_one_State_is_shown_alone_with_the_verdict_it_has_among_all(self) -> None:
        address = "/trends/?series=homicide.homicide-count.0101&format=json"
        everywhere, brazil = (json.loads(_text(address + part))["trends"] for part in ("", "&area=BRA"))
        assert [one["iso3"] for one in brazil] == ["BRA"]
        assert brazil == [one for one in everywhere if one["iso3"] == "BRA"]
        assert json.loads(_text(address + "&area=brazil"))["trends"] == brazil
        words = _words("/trends/?area=BRA&indicator=homicide-count&dataset=homicide")
        assert "France +" not in words and "Side by side" in words
        assert "No series of eight years or more" in _words("/trends/?area=BRA&indicator=offences-count")

    def test_the_headlines_of_a_State_lead_to_the_trend_of_their_series(self) -> None:
        found = re.findall(r'href="(/trends/[?]area=BRA[^"]*)"', _text("/states/BRA/"))
        assert found and all("Brazil" in _words(address.replace("&amp;", "&")) for address in found)

    def test_series_too_short_for_any_verdict_are_not_offered(self) -> None:
        assert "offences-count" not in _text("/trends/")


class TestFlows:
    def test_masked_sums_are_given_with_their_bounds_and_never_as_a_number(self) -> None:
        words = _words("/flows/?on=2020")
        assert "Mexico Colombia 40" in words
        assert "Brazil France 1–4" in words
        assert "41–44" in words

    def test_own_citizens_and_those_of_no_stated_citizenship_stand_apart(self) -> None:
        record = json.loads(_text("/flows/?on=2020&format=json"))
        assert record["network"]["domestic"] == {"low": 7, "high": 7}
        assert record["network"]["not_stated"] == {"low": 9, "high": 9}
        assert record["network"]["corridors"] == 2

    def test_a_year_without_flows_says_so(self) -> None:
        assert "No observation that names an origin is held" in _words("/flows/?on=2019")


class TestIssues:
    def test_the_seven_issues_say_what_is_measured_and_what_is_not(self) -> None:
        text, words = _text("/issues/"), _words("/issues/")
        assert len(re.findall(r'<h2 id="(?!issues)', text)) == 7
        assert "dataset=crimes&amp;indicator=offences-count&amp;iccs=07041" in text
        assert words.count("Not measured: no observation under this category is held.") == 7

    def test_each_number_of_the_table_leads_to_its_cell(self) -> None:
        assert "/figures/emerging-issues%23illicit-flows.observations" in _text("/issues/")


def test_the_pages_are_reached_from_the_data_sets_and_from_each_other() -> None:
    ends = {"/indicators/", "/trends/", "/flows/", "/issues/"}
    for address in ("/data/", *ends):
        assert ends <= {link.rstrip("?") for link in _page(address).links}, address


def test_a_figure_of_an_observation_bears_the_unit_of_what_it_measures() -> None:
    words = _words("/figures/observation.homicide.homicide-count.076.2012.0101")
    assert "victims" in words
    assert "as published" not in words.partition("Method")[0]


def test_numbers_are_written_as_the_language_of_the_page_does() -> None:
    assert printed_label("1,234.5") == "1,234.5"
    assert printed_label("") == ""
    assert signed_label(-0.1234) == "−0.12"
    assert signed_label(None) == ""
