"""The pages for data: each answers in six languages, says what is wrong, and leads to figure, release and place."""

import csv
import io
import itertools
import json
import re
import shutil
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.test import Client
from examples.statistics import BRAZIL, FRANCE, bring_areas, keep, observation, reading
from hypothesis import given, settings
from hypothesis import strategies as st
from matrices import LANGUAGES, examples, in_languages, some_of_each_kind
from pages import Asked, Content

from comity.analysis.headlines.panels import state_panel as headlines_panel
from comity.areas.store import gazetteer
from comity.evidence.figures import figure
from comity.evidence.findings import Finding
from comity.evidence.store import Source, keep_origin, now, record_event
from comity.evidence.workspaces import workspace
from comity.statistics import figures, labels, publishing, store
from comity.statistics.pages import explorer_address
from comity.statistics.pages.quality import spans
from comity.statistics.releases import revisions, vintages
from comity.statistics.releases.files import Release
from comity.statistics.releases.query import Released, Selection

FIRST, SECOND = "homicide@2014-10-06", "homicide@2019-07-08"
KEY = "homicide.homicide-count.076.2012.0101"
PAGES = (
    "/data/",
    "/data/homicide/",
    f"/data/homicide/{FIRST}/",
    f"/data/homicide/{SECOND}/",
    f"/data/homicide/{SECOND}/revisions/",
    f"/data/homicide/{FIRST}/revisions/",
    "/observations/",
    "/observations/?area=Brazil&vintages=all&order=period",
    f"/observations/{KEY}/history",
    "/quality/",
    "/quality/BRA/",
    "/states/BRA/",
    f"/figures/observation.{KEY}",
    "/figures/data-sets",
)
AS_DATA = tuple(page for page in PAGES if page.startswith(("/data", "/obs", "/quality")))

ELSEWHERE = r"/(states|quality|ar|zh-hans|fr|ru|es|instruments|resolutions|report)/|/origins/.*/at/"
"""Pages of other rooms and languages, each State's, and places, which files made by hand do not have."""

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def releases_of_its_own() -> None:
    """The tests of this module share their releases, which go when the last of them has run."""


def _keep_with_findings() -> None:
    """A release of trafficking with masked values, two values for one key, and sixty findings of two rules."""
    rows = [
        observation(FRANCE, "2019", None, indicator="trafficking-victims-detected-count", text="<5", status="Q"),
        observation(FRANCE, "2020", 12.0, indicator="trafficking-victims-detected-count", repeat=1, place="4:value"),
        observation(FRANCE, "2020", 13.0, indicator="trafficking-victims-detected-count", repeat=2, place="5:value"),
    ]
    made = reading(*rows, dataset="glotip", file="glotip.csv")
    made.findings += [
        Finding("unknown-area", "error", "glotip.csv", f"{n}:area", "<Atlantis>", "a State", "no such State", True)
        for n in range(2, 60)
    ]
    made.findings += [
        Finding("two-values", "warning", "glotip.csv", f"{n}:value", "12", "one value", "two") for n in (4, 5)
    ]
    made.rows += made.rejected
    origin = keep_origin(b"area,value\n" * 70, Source("glotip.csv", "GLOTIP", licence="free"), at=now())
    publishing.keep_release(made, date(2023, 5, 30), origin, whole=True, replaces=False, withhold=False, actor="test")
    record_event("test", "import", {"release": "glotip"}, at=now())


@pytest.fixture(scope="module", autouse=True)
def held(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Two vintages of one data set and one of another, for all tests of the module; nothing of it stays."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        bring_areas()
        many = [observation(BRAZIL, str(year), float(year)) for year in range(1950, 2012)]
        keep("2014-10-06", *many, observation(), observation(FRANCE, "2010", 665.0), observation(FRANCE, "2011", 7.5))
        changed = observation(value=53054.0, place="9:value")
        keep("2019-07-08", *many, changed, observation(FRANCE, "2010", 665.0), observation(FRANCE, "2017", 825.0))
        _keep_with_findings()
        yield
        transaction.set_rollback(True)
    shutil.rmtree(workspace.home() / "releases", ignore_errors=True)


def _text(address: str, status: int = 200) -> str:
    answer = Client().get(address)
    assert answer.status_code == status, address
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return str(body.decode())


ASKED = Asked()


def _page(address: str) -> Content:
    return Content(address, _text(address))


@pytest.mark.once
@pytest.mark.parametrize(("address", "code"), in_languages(PAGES))
def test_every_page_answers_in_every_language_without_script_or_unlabelled_field(address: str, code: str) -> None:
    page = ASKED.page(address if code == "en" else f"/{code}{address}")
    assert page.direction == ("rtl" if code == "ar" else "ltr")
    assert page.faults == []


@pytest.mark.parametrize(
    "address", [*PAGES, "/fr/quality/", "/fr/figures/trend.homicide.homicide-count.076.1990-2017.0101"]
)
def test_no_page_asks_the_database_more_than_thirty_times(address: str) -> None:
    assert ASKED.queries(address) <= 30


@pytest.mark.parametrize("address", PAGES)
def test_every_link_of_a_page_leads_somewhere(address: str) -> None:
    page = ASKED.page(address)
    links = {link.partition("#")[0] for link in page.links if link.startswith(("/", "?"))}
    targets = {address.partition("?")[0] + link if link.startswith("?") else link for link in links}
    for target in some_of_each_kind(target for target in targets if target and not re.match(ELSEWHERE, target)):
        assert ASKED.status(target) == 200, target


@pytest.mark.parametrize("address", AS_DATA)
def test_a_page_whose_content_is_a_table_is_given_as_data(address: str) -> None:
    assert isinstance(json.loads(_text(address + ("&" if "?" in address else "?") + "format=json")), dict)


def test_navigation_marks_data_on_the_explorer_and_the_quality_view() -> None:
    for address in ("/data/", "/observations/", "/quality/"):
        assert re.search(r'<a href="/data/" aria-current="true">', _text(address)), address


class TestDataSets:
    def test_each_number_leads_to_its_cell(self) -> None:
        links = _page("/data/").links
        assert "/figures/data-sets%23homicide.observations" in links
        assert "/figures/data-sets%23glotip.lateness" in links

    def test_the_release_that_speaks_and_what_it_changed_are_named(self) -> None:
        assert "1 changed, 1 removed, 1 added" in re.sub(r"<[^>]+>", "", _text("/data/"))
        assert SECOND not in _text("/data/?as_at=2015-01-01")
        assert FIRST in _text("/data/?as_at=2015-01-01")

    def test_before_the_first_release_nothing_is_held_and_that_is_said(self) -> None:
        assert "No release of any data set" in _text("/data/?as_at=1990-01-01")
        assert "6 October 2014" in _text("/data/homicide/?as_at=1990-01-01")

    def test_releases_that_are_held_back_are_shown_nowhere(self) -> None:
        hidden = keep("2020-01-01", observation(value=1.0), withhold=True)
        for address in ("/data/", "/data/homicide/", "/observations/?vintages=all", f"/observations/{KEY}/history"):
            assert hidden not in _text(address)
        assert hidden in _text(f"/data/homicide/{hidden}/", 404)

    @pytest.mark.parametrize("address", ["/data/nothing/", "/data/homicide/nothing/", "/data/glotip/" + FIRST + "/"])
    def test_unknown_names_are_answered_with_those_there_are(self, address: str) -> None:
        assert "expected" in _text(address, 404)


class TestRelease:
    def test_findings_are_paged_and_lead_to_their_cell(self) -> None:
        release = "/data/glotip/glotip@2023-05-30/"
        origin = store.published().release("glotip@2023-05-30").origin
        assert f"/origins/{origin}/at/2:area" in _page(release).links
        assert "Findings 1 to 50 of 60" in re.sub(r"<[^>]+>", "", _text(release))
        assert "Findings 51 to 60 of 60" in re.sub(r"<[^>]+>", "", _text(release + "?page=2"))

    def test_findings_are_filtered_by_rule_and_severity(self) -> None:
        release = "/data/glotip/glotip@2023-05-30/"
        found = json.loads(_text(release + "?severity=warning&format=json"))["findings"]
        assert {one["rule"] for one in found} == {"two-values"}
        assert json.loads(_text(release + "?rule=unknown-area&severity=warning&format=json"))["findings"] == []
        assert "expected" in _text(release + "?rule=nothing", 404)

    def test_values_of_others_are_escaped(self) -> None:
        assert "<Atlantis>" not in _text("/data/glotip/glotip@2023-05-30/")

    def test_revisions_show_before_after_and_both_differences(self) -> None:
        text = re.sub(r"<[^>]+>", "", _text(f"/data/homicide/{SECOND}/revisions/"))
        assert "50,108" in text
        assert "53,054" in text
        assert "+2,946" in text
        assert "+5.88 %" in text

    def test_both_values_of_a_revision_lead_to_the_figure_of_their_day(self) -> None:
        links = _page(f"/data/homicide/{SECOND}/revisions/?kind=changed").links
        values = [json.loads(_text(f"{link}&format=json"))["value"] for link in links if f"observation.{KEY}" in link]
        assert values == [50108, 53054]

    def test_revisions_are_chosen_by_kind_and_state(self) -> None:
        address = f"/data/homicide/{SECOND}/revisions/?format=json&"
        assert json.loads(_text(address + "kind=added"))["count"] == 1
        assert json.loads(_text(address + "area=France"))["count"] == 1
        assert json.loads(_text(address + "kind=added&area=Brazil"))["count"] == 0
        assert "expected" in _text(f"/data/homicide/{SECOND}/revisions/?kind=lost", 404)
        assert "Atlantis" in _text(f"/data/homicide/{SECOND}/revisions/?area=Atlantis", 404)


_NUMBERS = itertools.count()
VALUES = st.one_of(st.none(), st.sampled_from([0.0, 1.0, 2.5]))
CELLS = st.dictionaries(
    st.tuples(st.sampled_from([BRAZIL, FRANCE]), st.sampled_from(["2010", "2011"]), st.sampled_from("FM")), VALUES
)


def _release(cells: dict[tuple[str, str, str], float | None]) -> Release:
    rows = [observation(area, period, value, sex=sex) for (area, period, sex), value in cells.items()]
    name = keep("2020-01-01", *rows, dataset=f"made-{next(_NUMBERS)}")
    return store.published().release(name)


@settings(max_examples=examples(15))
@given(CELLS.filter(bool), CELLS.filter(bool))
@pytest.mark.once
def test_vintages_compared_in_their_files_differ_as_they_do_in_memory(
    before: dict[tuple[str, str, str], float | None], after: dict[tuple[str, str, str], float | None]
) -> None:
    kept = [(_release(cells),) for cells in (before, after)]
    expected = revisions.between(*kept)
    found = list(vintages.revised(*kept, vintages.KINDS, limit=100))
    assert found == expected
    counted = vintages.difference(*kept)
    assert [counted.of([kind]) for kind in vintages.KINDS] == [
        sum(one.kind == kind for one in expected) for kind in vintages.KINDS
    ]
    assert list(vintages.revised(*kept, vintages.KINDS, limit=2, offset=1)) == expected[1:3]
    of_france = list(vintages.revised(*kept, vintages.KINDS, FRANCE, limit=100))
    assert of_france == [one for one in expected if one.key.area == FRANCE]


class TestExplorer:
    def test_it_counts_pages_and_orders_what_is_asked_for(self) -> None:
        found = json.loads(_text("/observations/?area=BRA&order=value&format=json"))
        assert (found["count"], found["page"], found["pages"], len(found["observations"])) == (63, 1, 2, 50)
        assert [one["value"] for one in found["observations"][:3]] == [53054, 2011, 2010]
        second = json.loads(_text("/observations/?area=BRA&order=value&format=json&page=2"))["observations"]
        assert len(second) == 13
        assert not {one["figure"] for one in second} & {one["figure"] for one in found["observations"]}

    @pytest.mark.parametrize(
        ("query", "count"),
        [
            ("dataset=glotip", 3),
            ("area=Brazil", 63),
            ("area=Бразилия", 63),
            ("area=076&first=2000&last=2005", 6),
            ("indicator=trafficking-victims-detected-count", 3),
            ("iccs=01*", 68),
            ("iccs=02*", 0),
            ("sex=_T&age=_T&citizenship=_T&breakdown=_T&dataset=glotip", 3),
            ("status=Q", 1),
            ("area=BRA&first=2012", 1),
            ("area=BRA&first=2012&vintages=all", 2),
            ("as_at=2014-12-31&area=France", 2),
            ("as_at=1990-01-01", 0),
        ],
    )
    def test_each_filter_selects(self, query: str, count: int) -> None:
        assert json.loads(_text(f"/observations/?{query}&format=json"))["count"] == count

    def test_masked_value_is_shown_as_published_with_its_mark_explained(self) -> None:
        text = _text("/observations/?status=Q")
        assert "&lt;5" in text
        assert 'title="missing: suppressed"' in text
        assert "Marks of status" in text

    def test_value_leads_to_its_figure_place_release_and_vintages(self) -> None:
        links = _page("/observations/?area=Brazil&first=2012").links
        origin = store.published().release(SECOND).origin
        assert f"/figures/observation.{KEY}" in links
        assert f"/origins/{origin}/at/9:value" in links
        assert f"/data/homicide/{SECOND}/" in links
        assert f"/observations/{KEY}/history" in links

    def test_value_of_an_earlier_vintage_leads_to_the_figure_of_its_day(self) -> None:
        links = _page("/observations/?area=Brazil&first=2012&vintages=all").links
        assert f"/figures/observation.{KEY}?as_at=2014-10-06" in links
        assert f"/figures/observation.{KEY}?as_at=2019-07-08" in links

    def test_value_of_a_release_that_another_of_its_day_overtook_leads_to_no_figure(self) -> None:
        keep("2019-07-08", observation(value=60000.0, place="3:value"))
        links = _page("/observations/?area=Brazil&first=2012&vintages=all").links
        given = [json.loads(_text(f"{link}&format=json"))["value"] for link in links if "/figures/obs" in link]
        assert given == [50108, 60000]
        links = _page(f"/observations/{KEY}/history").links
        assert sum("/figures/obs" in link and "as_at" in link for link in links) == 3

    @pytest.mark.parametrize(
        "query",
        [
            "dataset=nothing",
            "area=Atlantis",
            "indicator=nothing",
            "iccs=murder",
            "sex=X",
            "age=old",
            "citizenship=Atlantean",
            "breakdown=nothing",
            "status=9",
            "first=20",
            "last=next",
            "first=2015&last=2010",
            "as_at=2012-13-40",
            "vintages=some",
            "order=beauty",
        ],
    )
    def test_what_is_not_understood_is_a_sentence_and_not_a_page_for_errors(self, query: str) -> None:
        text = _text(f"/observations/?{query}", 400)
        field, _equals, value = query.rpartition("&")[2].partition("=")
        assert f"{field}: found “{value}”, expected" in text
        assert '<form class="choose explore"' in text
        assert "found" in _text(f"/observations.csv?{query}", 400)

    def test_language_switcher_keeps_every_filter(self) -> None:
        query = "area=Brazil&indicator=homicide-count&iccs=01%2A&sex=_T&first=2000&last=2012&vintages=all&order=value"
        links = _page(f"/observations/?{query}").links
        assert all(f"/{code}/observations/?{query}" in links for code in LANGUAGES if code != "en")

    def test_names_are_offered_in_the_language_of_the_page(self) -> None:
        assert '<option value="البرازيل">' in _text("/ar/observations/")
        assert json.loads(_text("/ar/observations/?area=البرازيل&format=json"))["count"] == 63

    @settings(max_examples=examples(60))
    @given(
        st.dictionaries(
            st.sampled_from([*explorer_address.FIELDS, "page", "format", "nothing"]),
            st.one_of(
                st.text(max_size=30),
                st.sampled_from(["Brazil", "homicide", "2012", "02*", "_T", "all", "value", "json", "-1", "9" * 30]),
            ),
        ),
        st.sampled_from(["/observations/", "/observations.csv", "/observations.json", "/fr/observations/"]),
    )
    def test_no_query_brings_it_down(self, fields: dict[str, str], address: str) -> None:
        answer = Client().get(f"{address}?{urlencode(fields, errors='surrogatepass')}")
        assert answer.status_code in (200, 400)

    @settings(max_examples=examples(40))
    @given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz0123456789.~-_%:@ é", max_size=40))
    def test_no_address_of_a_history_brings_it_down(self, key: str) -> None:
        assert Client().get(f"/observations/{key}/history").status_code in (200, 400, 404)
        assert Client().get(f"/observations/homicide.homicide-count.076.{key}/history").status_code in (200, 400, 404)


class TestDownloads:
    def test_all_forms_hold_exactly_what_is_asked_for(self) -> None:
        query = "?area=Brazil&first=2000"
        text = "".join(line for line in _text(f"/observations.csv{query}").splitlines(True) if not line.startswith("#"))
        rows = list(csv.DictReader(io.StringIO(text)))
        given_as_json = json.loads(_text(f"/observations.json{query}"))["observations"]
        assert [row["figure"] for row in rows] == [one["figure"] for one in given_as_json]
        assert len(rows) == json.loads(_text(f"/observations/{query}&format=json"))["count"] == 13

    @pytest.mark.parametrize(("form", "begins"), [("xlsx", b"PK"), ("parquet", b"PAR1")])
    def test_workbook_and_parquet_are_sent_as_files(self, form: str, begins: bytes) -> None:
        for address in (f"/observations.{form}?area=Brazil", f"/data/homicide/{SECOND}/observations.{form}"):
            answer = Client().get(address)
            assert answer.getvalue().startswith(begins)
            assert "attachment" in answer["Content-Disposition"]

    def test_a_form_that_is_not_made_is_answered_with_those_that_are(self) -> None:
        assert "parquet" in _text("/observations.pdf", 404)

    def test_release_is_given_whole(self) -> None:
        assert len(json.loads(_text(f"/data/homicide/{FIRST}/observations.json"))["observations"]) == 65


class TestHistory:
    def test_every_release_stands_with_value_difference_and_place(self) -> None:
        text = re.sub(r"<[^>]+>", "", _text(f"/observations/{KEY}/history"))
        assert text.index("53,054") < text.index("50,108")
        assert "+2,946" in text

    def test_a_release_that_does_not_state_it_says_so(self) -> None:
        text = _text("/observations/homicide.homicide-count.250.2017.0101/history")
        assert "not stated in this release" in text

    def test_as_known_before_a_revision_the_later_value_is_not_there(self) -> None:
        text = _text(f"/observations/{KEY}/history?as_at=2015-01-01")
        assert "50,108" in text
        assert "53,054" not in text

    def test_of_several_values_for_one_key_each_has_its_own(self) -> None:
        key = "glotip.trafficking-victims-detected-count.250.2020.0101~_T"
        pages = [re.sub(r"<[^>]+>", "", _text(f"/observations/{key}~{number}/history")) for number in (1, 2)]
        assert "4:value" in pages[0] and "5:value" not in pages[0]
        assert "5:value" in pages[1] and "4:value" not in pages[1]
        _text(f"/observations/{key}/history", 404)


class TestQuality:
    def test_a_state_is_found_by_any_name_and_shown_under_its_code(self) -> None:
        assert Client().get("/quality/Brazil/")["Location"] == "/quality/BRA/"

    def test_dimensions_stand_with_the_numbers_behind_them(self) -> None:
        text = re.sub(r"<[^>]+>", "", _text("/quality/BRA/"))
        assert "63 years with a value between 1950 and 2017" in text
        assert "Without: 2013–2017" in text

    def test_states_are_in_the_order_of_their_names(self) -> None:
        links = [link for link in _page("/quality/").links if re.fullmatch(r"/quality/[A-Z]{3}/", link)]
        assert links == ["/quality/BRA/", "/quality/FRA/"]

    def test_the_jump_of_the_made_series_leads_to_its_figure(self) -> None:
        assert f"/figures/observation.{KEY}" in _page("/quality/BRA/").links

    def test_a_state_without_data_says_so(self) -> None:
        assert "No evidence held yet" in _text("/quality/TUV/")
        assert "No evidence held yet" in _text("/quality/BRA/?as_at=1990-01-01")

    @pytest.mark.parametrize("query", ["rule=nothing", "severity=9", "as_at=2012-13-40"])
    def test_what_is_not_understood_is_a_sentence(self, query: str) -> None:
        assert "expected" in _text(f"/quality/BRA/?{query}", 400 if "as_at" in query else 404)

    def test_years_that_follow_one_another_are_written_as_a_span(self) -> None:
        assert spans((1999, 2003, 2004, 2005, 2021)) == "1999, 2003–2005, 2021"
        assert spans(()) == ""


def test_panel_of_a_state_gives_its_latest_homicides_as_known_then() -> None:
    def latest(as_at: date) -> list[tuple[str, str]]:
        rows = headlines_panel(BRAZIL, date(2012, 12, 20), as_at).values["rows"]
        return [(one["printed"], one["on"]) for one in rows if one["code"] == "homicide-count"]

    assert latest(date(2026, 1, 1)) == [("53,054", "2012")]
    assert latest(date(2015, 1, 1)) == [("50,108", "2012")]
    assert latest(date(2000, 1, 1)) == []


class TestLabels:
    @pytest.mark.parametrize(
        ("value", "shown"),
        [(None, "<5"), (0.0, "0"), (53054.0, "53,054"), (3.5, "3.5"), (3.14159, "3.14"), (0.004567, "0.00457")],
    )
    def test_value_is_shown_as_stated_and_no_more_exactly_than_it_can_be_read(
        self, value: float | None, shown: str
    ) -> None:
        assert labels.value_label(value, "<5") == shown

    @given(st.floats(allow_nan=False, allow_infinity=False))
    def test_shown_value_is_the_value_but_for_rounding(self, value: float) -> None:
        shown = float(labels.value_label(value, "").replace(",", ""))
        assert shown == pytest.approx(value, rel=0.006, abs=1e-12)

    def test_dimensions_that_are_totals_are_not_named(self) -> None:
        one = observation(sex="F", age="Y15T29", citizenship="FOR", breakdown="condition:modified-arms")
        assert labels.what(observation(), gazetteer()) == ["0101 Intentional homicide"]
        assert labels.what(one, gazetteer())[1:] == [
            "female",
            "aged 15 to 29",
            "condition: modified arms",
            "citizenship: foreign citizens",
        ]

    @pytest.mark.parametrize("detail", ["", "~", "a~b~c~d~e~f", "0101~F"])
    def test_detail_of_an_address_is_words_or_stays_itself(self, detail: str) -> None:
        assert labels.detail_words(detail, gazetteer())[-1] in (detail, "female")


def test_explorer_reads_a_blank_address_as_everything_that_speaks() -> None:
    asked = explorer_address.read({}, store.published(), gazetteer(), date(2026, 1, 1))
    assert asked.selection == Selection()
    assert {release.id for release in asked.releases} >= {SECOND, "glotip@2023-05-30"}
    assert FIRST not in {release.id for release in asked.releases}
    assert asked.faults == ()


def test_figure_of_every_shown_observation_gives_the_shown_value() -> None:
    for found in store.find(Selection(), dataset=None, as_at=date(2026, 1, 1)):
        assert isinstance(found, Released)
        assert figure(figures.address(found), as_at=date(2026, 1, 1)).value == found.observation.value
