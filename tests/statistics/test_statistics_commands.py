"""`comity release`, `comity query` and `comity revisions`, and what they say to those who ask for what is not held."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.db import transaction
from examples.statistics import keep, observation
from typer.testing import CliRunner

from comity.cli import app
from comity.evidence import importing
from comity.evidence.errors import BadInput, UnknownName
from comity.observations.observation import RECORD
from comity.statistics import store
from comity.statistics.releases import holdings

QUERIED = {
    "area", "iso3", "name", "indicator", "iccs", "sex", "age", "citizenship", "breakdown", "period", "value", "unit",
    "status", "release", "file", "place", "figure",
}  # fmt: skip

Run = Callable[..., str]


@pytest.fixture(scope="module")
def named(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A database with the areas that ship, for all tests of this module."""
    with django_db_blocker.unblock(), transaction.atomic():
        for path, file in importing.reference_tables():
            if file.startswith("areas/"):
                source = importing.read_source(path, file)
                importer, plan, described = importing.plan_import(file, path.read_bytes(), source)
                importing.carry_out(importer, plan, described, path.read_bytes(), actor="test")
        yield
        transaction.set_rollback(True)


@pytest.fixture
def run(named: None, db: None, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in the test's own workspace; what it prints on stdout, errors as they are raised."""
    for name in ("query.make_ready", "quality.make_ready", "terminal.readiness.make_ready", "iccs.load_rooms"):
        monkeypatch.setattr(f"comity.cli.{name}", lambda: None)

    def command(*arguments: str, status: int = 0) -> str:
        done = CliRunner().invoke(app, list(arguments))
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        assert done.exit_code == status, done.output
        return done.stdout if status == 0 else done.stderr

    return command


@pytest.fixture
def vintages(run: Run) -> tuple[str, str]:
    """Two vintages of homicide, and a release of another data set that is held back."""
    first = keep("2014-10-06", observation(value=50108.0), observation("250", value=665.0))
    second = keep("2019-07-08", observation(value=53054.0), observation("250", value=665.0), observation(period="2013"))
    keep("2020-01-01", observation("250", value=1.0, source="=1+1"), dataset="robbery", withhold=True)
    return first, second


def answer(run: Run, *arguments: str) -> Any:
    """What a command prints as JSON."""
    return json.loads(run(*arguments, "--format", "json"))


def test_the_list_shows_what_is_held_back_to_an_operator_alone(run: Run, vintages: tuple[str, str]) -> None:
    assert [one["id"] for one in answer(run, "release", "list")] == list(vintages)
    listed = answer(run, "release", "list", "--confidential")
    assert [(one["id"], one["held"]) for one in listed] == [
        (vintages[0], False),
        (vintages[1], False),
        ("robbery@2020-01-01", True),
    ]
    assert [one["id"] for one in answer(run, "release", "list", "homicide")] == list(vintages)
    assert "robbery@2020-01-01" in run("release", "list", "--confidential")
    assert "robbery" not in run("release", "list")


def test_publishing_twice_is_said_and_no_error(run: Run, vintages: tuple[str, str]) -> None:
    assert answer(run, "query", "--indicator", "homicide-count", "--area", "FR", "--as-at", "2021") != []
    with pytest.raises(UnknownName):
        run("query", "robbery")
    held = CliRunner().invoke(app, ["release", "publish", "robbery@2020-01-01"])
    assert (held.exit_code, held.stderr) == (0, "robbery@2020-01-01 is published\n")
    again = CliRunner().invoke(app, ["release", "publish", "robbery@2020-01-01"])
    assert (again.exit_code, "was published already" in again.stderr) == (0, True)
    assert len(answer(run, "query", "robbery")) == 1
    with pytest.raises(UnknownName, match=r"robbery@2020-01-01"):
        run("release", "publish", "robbery@2020-01-02")


def test_a_query_has_the_shape_that_is_promised(run: Run, vintages: tuple[str, str]) -> None:
    (found,) = answer(run, "query", "homicide", "--area", "BRA", "--period", "2012", "--as-at", "2014-12-31")
    assert set(found) >= QUERIED
    assert (found["area"], found["iso3"], found["name"]) == ("076", "BRA", "Brazil")
    assert (found["value"], found["release"]) == (50108, vintages[0])
    assert found["figure"] == "observation.homicide.homicide-count.076.2012.0101"
    assert (tuple(name for name in found if name != "headline"), found["headline"]) == (RECORD, True)


@pytest.mark.parametrize("area", ["076", "76", "BR", "bra", "Brasil", "Brésil", "Бразилия", "巴西", "البرازيل"])
@pytest.mark.once
def test_an_area_is_found_by_any_of_its_names(run: Run, vintages: tuple[str, str], area: str) -> None:
    assert {one["area"] for one in answer(run, "query", "homicide", "--area", area)} == {"076"}


def test_options_may_be_given_again_and_vintages_asked_for_all(run: Run, vintages: tuple[str, str]) -> None:
    found = answer(run, "query", "--area", "BR", "--area", "FR", "--period", "2012", "--all-vintages")
    assert [(one["area"], one["value"]) for one in found] == [
        ("076", 50108),
        ("076", 53054),
        ("250", 665),
        ("250", 665),
    ]
    assert [one["value"] for one in answer(run, "query", vintages[0])] == [50108, 665]


def test_nothing_known_yet_is_an_empty_list(run: Run, vintages: tuple[str, str]) -> None:
    assert answer(run, "query", "homicide", "--as-at", "2013") == []
    assert answer(run, "query", "homicide", "--iccs", "0501") == []


def test_a_table_says_how_many_more_there_are_and_json_holds_all(run: Run) -> None:
    keep("2014-10-06", *(observation(period=str(year)) for year in range(1950, 2000)))
    table = run("query", "homicide")
    assert "… and 10 more; --format json lists them all" in table
    assert len(answer(run, "query", "homicide")) == 50
    assert "… and 47 more" in run("query", "homicide", "--limit", "3")
    assert len(answer(run, "query", "homicide", "--limit", "3")) == 3


def test_csv_from_a_pipe_begins_with_its_headings(run: Run, vintages: tuple[str, str]) -> None:
    rows = list(csv.DictReader(io.StringIO(run("query", "homicide", "--format", "csv"))))
    assert [row["value"] for row in rows] == ["53054", "50108", "665"]
    assert tuple(rows[0]) == RECORD


def test_an_export_is_written_whole_or_not_at_all(run: Run, vintages: tuple[str, str], tmp_path: Path) -> None:
    run("query", "homicide", "-o", str(tmp_path / "homicide.xlsx"))
    assert openpyxl.load_workbook(tmp_path / "homicide.xlsx").sheetnames == ["Notes", "Observations"]
    with pytest.raises(BadInput, match=r"\.parquet"):
        run("query", "homicide", "-o", str(tmp_path / "homicide.ods"))
    with pytest.raises(BadInput, match="can be written"):
        run("query", "homicide", "-o", str(tmp_path / "absent" / "homicide.csv"))
    assert [path.name for path in tmp_path.iterdir()] == ["homicide.xlsx"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["query", "--indicator", "homicide"], "nearest are: homicide-count"),
        (["query", "homicid"], "homicide"),
        (["query", "--period", "12"], "2010:2012"),
        (["query", "--as-at", "soon"], "YYYY-MM-DD"),
        (["query", "--area", "Atlantis"], "State or area"),
        (["release", "show", "homicide@1999-01-01"], "homicide@2014-10-06"),
        (["release", "diff", "homicide@2014-10-06", "x@1"], "id of a release"),
        (["revisions", "--from", "homicide@1999-01-01"], "id of a release"),
    ],
)
def test_what_is_not_held_is_bad_input(run: Run, vintages: tuple[str, str], arguments: list[str], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        run(*arguments)


def test_what_a_vintage_changed(run: Run, vintages: tuple[str, str]) -> None:
    (added, changed) = sorted(answer(run, "release", "diff", *vintages), key=lambda one: one["kind"])
    assert (changed["kind"], changed["area"], changed["before"], changed["after"]) == ("changed", "076", 50108, 53054)
    assert changed["absolute"] == 2946
    assert changed["relative"] == pytest.approx(0.05879, abs=1e-5)
    assert (added["kind"], added["period"], added["before"], added["absolute"]) == ("added", "2013", None, None)
    assert answer(run, "release", "diff", *vintages, "--area", "FR") == []
    assert answer(run, "revisions", "homicide") == answer(run, "release", "diff", *vintages)
    assert "53054" in run("revisions")


def test_revisions_go_pairwise_through_the_vintages_asked_for(run: Run, vintages: tuple[str, str]) -> None:
    third = keep("2021-01-01", observation(value=1.0), observation("250", value=665.0), observation(period="2013"))
    pairs = [(one["before_release"], one["after_release"]) for one in answer(run, "revisions", "homicide")]
    assert list(dict.fromkeys(pairs)) == [vintages, (vintages[1], third)]
    for bounds in (["--from", "2019-12-31"], ["--from", vintages[1]], ["--from", vintages[1], "--to", third]):
        found = answer(run, "revisions", *bounds)
        assert {(one["before_release"], one["after_release"]) for one in found} == {(vintages[1], third)}
    assert answer(run, "revisions", "--to", "2014-12-31") == []


def test_a_damaged_release_is_named(run: Run, vintages: tuple[str, str]) -> None:
    run("release", "check")
    damaged = store.all_releases().release(vintages[0])
    damaged.data.write_bytes(b"")
    assert vintages[0] in run("release", "check", status=1)
    run("release", "check", vintages[1])


def test_the_state_for_notebooks_is_mended_by_the_next_command(run: Run, vintages: tuple[str, str]) -> None:
    folder = store.all_releases().release(vintages[0]).folder.parent
    (folder / holdings.CURRENT).unlink(missing_ok=True)
    run("release", "list")
    assert [one.id for one in holdings.read_current(folder)[0]] == list(vintages)


def test_show_holds_the_findings(run: Run, vintages: tuple[str, str]) -> None:
    shown = answer(run, "release", "show", vintages[0])
    assert (shown["id"], shown["found"], shown["rows"]) == (vintages[0], [], 2)


def test_a_category_and_proposals(run: Run) -> None:
    shown = answer(run, "iccs", "show", "0101")
    assert (shown["code"], shown["above"]) == ("0101", ["01"])
    (proposed,) = answer(run, "iccs", "propose", "Homicidio")
    assert proposed["title"] == "Homicidio"
    assert proposed["proposals"][0]["code"] == "0101"
    with pytest.raises(BadInput):
        run("iccs", "show", "9999")
