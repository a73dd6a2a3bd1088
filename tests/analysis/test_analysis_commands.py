"""`comity estimate`, `indicator`, `trends` and `flows`, and the same in a notebook."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from examples.statistics import keep
from test_analysis_flows import ARGENTINA, BOLIVIA, victims
from typer.testing import CliRunner

import comity
from comity.cli import app
from comity.evidence import importing
from comity.evidence.errors import BadInput, UnknownName
from comity.evidence.figures import figure
from comity.evidence.store import Source, now
from comity.evidence.workspaces import workspace
from comity.statistics import store

Run = Callable[..., Any]

ESTIMATE = {
    "area", "name", "indicator", "on", "value", "printed", "unit", "count", "population", "observed_share", "low",
    "high", "method", "figure",
}  # fmt: skip
PRINTED = {"001": "6.2", "002": "12.5", "019": "16.3", "142": "2.9", "150": "3.0", "009": "3.0"}


@pytest.fixture(scope="module")
def shipped(django_db_setup: None, django_db_blocker: Any, load_tables: Callable[[], None]) -> Iterator[None]:
    """A database with the tables that ship, for all tests of this module."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_tables()
        yield
        transaction.set_rollback(True)


def _bring_in(name: str, data: bytes, source: Source) -> None:
    importer, plan, described = importing.plan_import(name, data, source)
    importing.carry_out(importer, plan, described, data, actor="test")


@pytest.fixture(scope="module", autouse=True)
def releases_of_its_own(shipped: None) -> Iterator[None]:
    """The releases that ship stay until the end of the module."""
    yield
    shutil.rmtree(workspace.home() / "releases", ignore_errors=True)


@pytest.fixture
def run(shipped: None, db: None, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command and read the JSON that it prints; errors as they are raised."""
    for command in ("estimate", "indicator", "trends", "flows"):
        monkeypatch.setattr(f"comity.cli.{command}.make_ready", lambda: None)

    def command(*arguments: str) -> Any:
        done = CliRunner().invoke(app, [*arguments, "--format", "json"])
        if done.exception is not None:
            raise done.exception
        return json.loads(done.stdout)

    return command


def of_study(run: Run) -> dict[str, Any]:
    rows = run("estimate", "homicide", "--method", "study-2013", "--on", "2012")
    return {row["area"]: row for row in rows if row["indicator"] == "homicide-rate"}


def test_the_studys_figures_come_out_as_printed(run: Run) -> None:
    rows = of_study(run)
    assert {area: rows[area]["printed"] for area in PRINTED} == PRINTED
    assert round(rows["001"]["count"], -3) == 437_000
    assert set(rows["001"]) >= ESTIMATE
    assert all(area.isdecimal() and len(area) == 3 for area in rows)
    both = run("estimate", "homicide", "--method", "study-2013")
    counts = [row for row in both if row["indicator"] == "homicide-count"]
    assert next(row["printed"] for row in counts if row["area"] == "001") == "437,000"
    assert counts == run("estimate", "homicide-count", "--method", "study-2013")


@pytest.mark.shared
def test_the_studys_figures_come_out_as_printed_from_the_published_workbook(run: Run, shared: Path) -> None:
    path = shared / "crime" / "global-study-on-homicide.2013.xlsx"
    before = of_study(run)
    _bring_in(path.name, path.read_bytes(), Source(path.name, "The published workbook"))
    rows = of_study(run)
    assert {area: rows[area]["printed"] for area in PRINTED} == PRINTED
    assert {area: row["value"] for area, row in rows.items()} == {area: row["value"] for area, row in before.items()}


def test_an_estimates_figure_recomputes(run: Run) -> None:
    world = of_study(run)["001"]
    assert figure(world["figure"], as_at=now().date()).value == world["value"]


def test_an_indicator_of_an_area_and_years(run: Run) -> None:
    rows = run("indicator", "homicide-rate", "--area", "Brésil", "--period", "2010:2012")
    assert [(row["iso3"], row["on"]) for row in rows] == [("BRA", "2010"), ("BRA", "2011"), ("BRA", "2012")]
    assert run("indicator", "homicide-rate", "--area", "BRA", "--on", "2012") == rows[2:]
    assert figure(rows[2]["figure"], as_at=now().date()).value == rows[2]["value"]
    (of_2014,) = run("indicator", "homicide-count", "--area", "BRA", "--on", "2012", "--as-at", "2014")
    assert of_2014["value"] == 50108


def test_trends_of_a_family(run: Run) -> None:
    asked = ("--area", "BRA", "--area", "Italy", "--period", "2003:2012")
    rows = {row["iso3"]: row for row in run("trends", *asked)}
    assert {"s", "z", "p", "p_adjusted", "slope", "low", "high", "n", "verdict", "reason"} <= set(rows["BRA"])
    assert (rows["BRA"]["first"], rows["BRA"]["last"], rows["BRA"]["n"]) == (2003, 2012, 10)
    assert rows["ITA"]["verdict"] == "decrease" and "fall" in rows["ITA"]["reason"]
    cell = figure(f"{rows['ITA']['family']}.slope", as_at=now().date())
    assert (cell.value, len(cell.inputs)) == (rows["ITA"]["slope"], rows["ITA"]["n"])
    everyone = run("trends", "--all", "--period", "2003:2012")
    assert len(everyone) > 100


def test_flows_with_bounds(run: Run) -> None:
    keep(
        "2023-05-30", victims(BOLIVIA, ARGENTINA, 5), victims("FOR", ARGENTINA, None, place="3:value"), dataset="glotip"
    )
    rows = run("flows")
    assert [(row["origin_iso3"], row["destination_name"], row["value"]) for row in rows[:1]] == [
        ("BOL", "Argentina", 5)
    ]
    assert (rows[1]["origin_name"], rows[1]["value"], rows[1]["low"], rows[1]["high"]) == ("not stated", None, 1, 4)
    assert [figure(row["figure"], as_at=now().date()).value for row in rows] == [5, 1]
    assert len(figure(rows[0]["figure"], as_at=now().date()).inputs) == 1
    assert len(run("flows", "--on", "2018", "--largest", "1")) == 1
    assert run("flows", "victims", "--period", "2001:2003") == []
    assert run("flows", "arms") == []


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("estimate", "homcide"), "homicide-rate"),
        (("estimate", "homicide", "--method", "study-2018"), "study-2019"),
        (("estimate", "homicide", "--on", "2012:2010"), "2012:2010"),
        (("estimate", "homicide", "--area", "Kazakstan"), "Kazakhstan"),
        (("estimate", "homicide", "--on", "last"), "last"),
        (("indicator", "homicide-rat"), "homicide-rate"),
        (("indicator", "homicide-rate", "--area", "Brazi"), "Brazil"),
        (("indicator", "homicide-rate", "--on", "2012", "--period", "2012"), "either one year or a period"),
        (("trends", "--indicator", "homicide-rates"), "homicide-rate"),
        (("trends", "--area", "Brazi"), "Brazil"),
        (("trends", "--all", "--area", "BRA"), "either --all or --area"),
        (("trends", "--period", "2012:2003"), "2012:2003"),
        (("trends", "--dataset", "nothing"), "homicide"),
        (("flows", "drugs"), "victims"),
        (("flows", "--on", "20"), "a year"),
    ],
)
def test_what_nothing_bears_the_name_of_is_refused_in_a_sentence(
    run: Run, arguments: tuple[str, ...], named: str
) -> None:
    with pytest.raises(BadInput, match=named):
        run(*arguments)


def test_tables_for_reading(run: Run) -> None:
    done = CliRunner().invoke(app, ["trends", "--period", "2003:2012"])
    assert done.exit_code == 0 and "more; --format json lists them all" in done.stdout
    done = CliRunner().invoke(app, ["flows", "arms"])
    assert done.exit_code == 0 and "No data on arms" in done.stderr


@pytest.mark.once
def test_a_notebook_gives_what_the_command_gives(run: Run) -> None:
    keep("2023-05-30", victims(BOLIVIA, ARGENTINA, 5), dataset="glotip")
    store.write_current()
    home = workspace.home()
    for table, arguments in (
        (
            comity.estimate("homicide", method="study-2013", home=home),
            ("estimate", "homicide", "--method", "study-2013"),
        ),
        (comity.estimate(home=home), ("estimate", "homicide")),
        (
            comity.estimate("homicide-rate", area="BRA", on="2010:2012", home=home),
            ("estimate", "homicide-rate", "--area", "BRA", "--on", "2010:2012"),
        ),
        (comity.indicator("homicide-rate", area="BRA", home=home), ("indicator", "homicide-rate", "--area", "BRA")),
        (
            comity.trends(area="BRA", period="2003:2012", home=home),
            ("trends", "--area", "BRA", "--period", "2003:2012"),
        ),
        (comity.flows(on=2018, home=home), ("flows", "--on", "2018")),
    ):
        told = run(*arguments)
        assert table.rows() == [{name: row[name] for name in table.columns} for row in told] != []
        assert len(table.polars()) == len(table.pandas()) == len(told)
    assert "arms" in comity.flows("arms", home=home).title
    with pytest.raises(UnknownName, match="homicide-rate"):
        comity.indicator("homicide-rat", home=home)
