"""Baselines: the arithmetic of the path, the act that sets one, what is refused, and the pages."""

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from examples.indicators import found, people, person
from examples.statistics import BRAZIL, FRANCE, keep, observation
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from comity.analysis.baselines import store
from comity.analysis.baselines.ask import Wanted, address, path_address
from comity.analysis.baselines.path import Baseline, Question, now, remark, steps
from comity.analysis.indicators.declared import declared
from comity.analysis.indicators.figures import IndicatorValue, compute
from comity.analysis.models import BaselineRecord
from comity.cli import app
from comity.evidence.errors import BadInput, UnknownName
from comity.evidence.figures import figure
from comity.evidence.models import AuditEvent
from comity.evidence.store import now as moment
from comity.evidence.store import stands
from comity.evidence.workspaces import workspace

OF = Question("homicide-count", BRAZIL, "0101")
WHERE = "command line"


def counts(*values: float | None, first: int = 2008, **more: object) -> list[IndicatorValue]:
    """The number of victims from a year on, a value each year, as the indicator gives it."""
    rows = [observation(period=str(first + index), value=value, **more) for index, value in enumerate(values)]
    return compute(declared()["homicide-count"], found(*rows))


def fixed(value: float, period: str = "2008") -> Baseline:
    return Baseline(OF, period, value, f"{value:g}", "homicide", date(2020, 1, 1))


def test_values_are_followed_from_the_baseline() -> None:
    path = steps(counts(4, 5, 3), fixed(4))
    assert [(step.period, step.change, step.index, step.reason) for step in path] == [
        ("2008", 0, 100.0, ""),
        ("2009", 1, 125.0, ""),
        ("2010", -1, 75.0, ""),
    ]


def test_years_before_the_baseline_are_no_part_of_its_path() -> None:
    assert [step.period for step in steps(counts(4, 5, 3), fixed(5, "2009"))] == ["2009", "2010"]


def test_a_value_beyond_a_break_is_shown_and_not_measured_against_the_baseline() -> None:
    rows = [observation(period="2008", value=4.0), observation(period="2009", value=3.0, status="B")]
    last = steps(compute(declared()["homicide-count"], found(*rows)), fixed(4))[-1]
    assert (last.value, last.change, last.index) == (3, None, None)
    assert "breaks before 2009" in last.reason


def test_a_revised_year_leaves_the_baseline_and_is_said_beside_it() -> None:
    held = counts(4, 5, 3)
    assert now(held, fixed(6)).revised
    assert remark(now(held, fixed(6)), fixed(6)) == (
        "The value of the baseline year has since been revised from 6 to 4."
    )
    first, *later = steps(held, fixed(6))
    assert (first.value, first.change) == (4, -2)
    assert [step.change for step in later] == [-1, -3]
    assert all("revised from 6 to 4" in step.reason for step in (first, *later))


def test_a_revision_that_no_printed_digit_shows_is_told_with_more_digits() -> None:
    held = compute(
        declared()["homicide-rate"],
        found(observation(period="2008", value=5.0)),
        people(person(period="2008", value=100_000.0)),
    )
    baseline = Baseline(OF, "2008", 5.0123, "5.0", "homicide", date(2020, 1, 1))
    assert "from 5.0123 to 5." in remark(now(held, baseline), baseline)


def test_nothing_is_measured_against_a_value_that_was_withdrawn() -> None:
    held = counts(5, 3, first=2009)
    path = steps(held, fixed(4))
    assert now(held, fixed(4)).withdrawn
    assert [(step.value, step.change, step.index) for step in path] == [(5, None, None), (3, None, None)]
    assert all("has since been withdrawn" in step.reason for step in path)


def test_an_index_on_zero_is_undefined() -> None:
    last = steps(counts(0, 5), fixed(0))[-1]
    assert (last.change, last.index, last.reason) == (5, None, "The baseline is zero.")


def test_a_year_without_a_value_says_so() -> None:
    step = steps(counts(4, None), fixed(4))[-1]
    assert (step.value, step.change) == (None, None)
    assert step.reason


@given(st.lists(st.integers(1, 10**6).map(float), min_size=2, max_size=10))
def test_changes_and_indices_lead_back_to_the_values(values: list[float]) -> None:
    path = steps(counts(*values), fixed(values[0]))
    for value, step in zip(values, path, strict=True):
        assert step.change == value - values[0]
        assert step.index == pytest.approx(100 * value / values[0])


@pytest.fixture(scope="module")
def shipped(django_db_setup: None, django_db_blocker: Any, load_tables: Callable[[], None]) -> Iterator[None]:
    """A database with the tables that ship, for all tests of this module."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_tables()
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module", autouse=True)
def releases_of_its_own(request: pytest.FixtureRequest) -> Iterator[None]:
    """The releases that ship stay until the end of the module."""
    yield
    shutil.rmtree(workspace.home() / "releases", ignore_errors=True)


@pytest.fixture
def held(shipped: None, db: None) -> None:
    """The shipped tables, in a test of its own."""


def set_one(
    period: str = "2012",
    *,
    indicator: str = "homicide-count",
    area: str = BRAZIL,
    as_at: date | None = None,
    **more: Any,
) -> store.Held:
    wanted = Wanted(indicator, area, period, **more)
    return store.set_baseline(wanted, as_at or moment().date(), "A. Delegate", WHERE)


def test_a_baseline_freezes_what_was_known_with_its_release_and_place(held: None) -> None:
    one = set_one(as_at=date(2016, 1, 1))
    assert (one.baseline.value, one.baseline.printed, one.by) == (50108, "50,108", "A. Delegate")
    [stood] = one.evidence
    assert (stood.release, stood.text) == ("homicide@2014-10-06", "50108")
    made = figure(address(OF), as_at=moment().date())
    assert (made.value, made.asked_by) == (50108, ("A/RES/67/189#op8",))
    assert [fact.text for fact in made.inputs] == ["50108.0", "50108"]
    assert all(stands(fact) == fact.text for fact in made.inputs)
    path = figure(path_address(OF), as_at=moment().date())
    assert path.value.cell("2012", "value") == 53054
    assert path.value.cell("2012", "change") == 53054 - 50108
    assert "revised from 50,108 to 53,054" in path.value.cell("2017", "reason")


def test_setting_again_closes_the_earlier_one_and_deletes_nothing(held: None) -> None:
    set_one("2010")
    assert set_one("2010").baseline.period == "2010"
    assert BaselineRecord.objects.count() == 1
    set_one("2012")
    assert store.held(date(2020, 1, 1)) == []
    [standing] = BaselineRecord.objects.standing()
    assert standing.period == "2012"
    closed = BaselineRecord.objects.exclude(closed_at=None).get()
    assert (closed.period, closed.replaced_by_id) == ("2010", standing.pk)
    acts = AuditEvent.objects.filter(act="set-baseline").order_by("number")
    assert [act.subject["on"] for act in acts] == ["2010", "2012"]


def test_withdrawing_closes_and_what_was_never_set_is_said(held: None) -> None:
    set_one()
    [gone] = store.withdraw_baseline("homicide-count", BRAZIL, "", "A. Delegate", WHERE)
    assert gone.baseline.period == "2012"
    assert store.held(moment().date()) == []
    assert BaselineRecord.objects.count() == 1
    assert AuditEvent.objects.filter(act="withdraw-baseline").count() == 1
    with pytest.raises(UnknownName, match="an indicator, area and category with a baseline"):
        store.withdraw_baseline("homicide-count", BRAZIL, "", "A. Delegate", WHERE)
    with pytest.raises(UnknownName):
        figure(address(OF), as_at=moment().date())


def test_the_database_itself_keeps_a_baseline_as_it_is(held: None) -> None:
    set_one()
    table = BaselineRecord._meta.db_table
    for statement in (f"UPDATE {table} SET value = 1", f"DELETE FROM {table}"):  # noqa: S608 - our own name
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"period": "2099"}, "a year not after"),
        ({"period": str(moment().year)}, "a year of which a value is held"),
        ({"as_at": date(2099, 1, 1)}, "a day not after"),
        ({"period": "1950"}, "No value that may be shown to all is held"),
        ({"indicator": "homicide-by-star-sign"}, "the code of an indicator"),
        ({"dataset": "nothing"}, "data set"),
        ({"category": "0201"}, "a category of the indicator"),
        ({"as_at": date(2000, 1, 1)}, "No value that may be shown to all is held"),
    ],
)
def test_what_cannot_be_a_baseline_is_refused_in_words_and_stores_nothing(
    held: None, more: dict[str, Any], said: str
) -> None:
    with pytest.raises(BadInput, match=said):
        set_one(**more)
    assert not BaselineRecord.objects.exists()
    assert not AuditEvent.objects.filter(act="set-baseline").exists()


def test_a_value_of_a_withheld_release_or_a_confidential_row_is_none(held: None) -> None:
    keep("2025-01-01", observation(FRANCE, "2024", 800.0, confidentiality="C"), dataset="own-homicide")
    keep("2025-02-01", observation(FRANCE, "2023", 800.0), dataset="kept-back", withhold=True)
    for year in ("2024", "2023"):
        with pytest.raises(BadInput, match="No value that may be shown to all"):
            set_one(year, area=FRANCE)
    assert not BaselineRecord.objects.exists()


def test_a_year_of_two_values_is_no_baseline(held: None) -> None:
    twice = [observation(FRANCE, "2024", value, repeat=number) for number, value in ((1, 800.0), (2, 900.0))]
    keep("2025-01-01", *twice, dataset="own-homicide")
    with pytest.raises(BadInput, match="a year of which a value is held"):
        set_one("2024", area=FRANCE)


def test_a_value_that_a_later_release_withdrew_is_refused_and_one_withdrawn_afterwards_is_said(held: None) -> None:
    keep("2025-01-01", observation(FRANCE, "2024", 800.0), observation(FRANCE, "2023", 700.0), dataset="own-homicide")
    one = set_one("2023", area=FRANCE, dataset="own-homicide")
    keep("2025-06-01", observation(FRANCE, "2022", 650.0), dataset="own-homicide")
    with pytest.raises(BadInput, match="own-homicide@2025-01-01 stated has been withdrawn"):
        set_one("2024", area=FRANCE, dataset="own-homicide")
    with pytest.raises(BadInput, match="own-homicide@2025-01-01 stated has since been withdrawn"):
        set_one("2024", area=FRANCE, dataset="own-homicide", as_at=date(2025, 2, 1))
    path = figure(path_address(one.baseline.of), as_at=moment().date()).value
    assert all("withdrawn" in cells[-1] for cells in path.rows.values())
    assert figure(address(one.baseline.of), as_at=moment().date()).value == 700
    assert figure("baselines", as_at=moment().date()).value.cell(one.baseline.of.row, "held_now") is None


@pytest.fixture
def run(held: None, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Run a command and read the JSON that it prints; errors as they are raised."""
    monkeypatch.setattr("comity.cli.baseline.make_ready", lambda: None)

    def command(*arguments: str) -> Any:
        done = CliRunner().invoke(app, ["baseline", *arguments, "--format", "json"])
        if done.exception is not None:
            raise done.exception
        return json.loads(done.stdout)

    return command


def test_the_command_the_page_and_the_figure_answer_alike(run: Callable[..., Any], client: Client) -> None:
    [made] = run("set", "homicide-rate", "--area", "Brésil", "--on", "2012-12-20")
    assert (made["on"], made["iso3"], made["figure"]) == ("2012", "BRA", "baseline.homicide-rate.076.0101")
    assert run("list") == [made]
    assert figure(made["figure"], as_at=moment().date()).value == made["value"]
    path = run("follow", "homicide-rate", "--area", "BRA")
    assert [row["on"] for row in path][:2] == ["2012", "2013"]
    for row in path:
        assert figure(row["figure"], as_at=moment().date()).value == row["value"]
    asked = client.get("/baselines/homicide-rate/BRA/?format=json").json()
    assert asked["path"] == path
    assert asked["baselines"] == client.get("/baselines/?format=json").json()["baselines"]
    assert {**made, "name": "Brazil"} == asked["baselines"][0]
    page = client.get("/baselines/homicide-rate/BRA/").content.decode()
    assert f"<bdi>{made['printed']}</bdi>" in page
    assert f"baseline of 2012: {made['printed']}" in page
    listed = client.get("/baselines/").content.decode()
    assert "/baselines/homicide-rate/BRA/" in listed


def test_a_baseline_is_on_the_pages_of_its_state_its_indicator_and_its_paragraph(
    run: Callable[..., Any], client: Client
) -> None:
    assert "comity baseline set homicide-rate --area BRA" in client.get("/states/BRA/").content.decode()
    run("set", "homicide-rate", "--area", "BRA", "--on", "2012")
    assert "baseline.homicide-rate.076.0101" in client.get("/states/BRA/").content.decode()
    assert "/baselines/?indicator=homicide-rate" in client.get("/indicators/homicide-rate/").content.decode()
    paragraph = client.get("/resolutions/A/RES/67/189/op8/").content.decode()
    assert "/figures/baseline.homicide-rate.076.0101" in paragraph
    assert "/figures/baseline-path.homicide-rate.076.0101" in paragraph


def test_a_page_of_no_baseline_says_how_to_set_one(held: None, client: Client) -> None:
    assert "comity baseline set" in client.get("/baselines/").content.decode()
    assert client.get("/baselines/homicide-rate/BRA/").status_code == 404
    assert client.get("/baselines/homicide-by-star-sign/BRA/").status_code == 404
    assert client.get("/baselines/?indicator=homicide-by-star-sign").status_code in (400, 404)
