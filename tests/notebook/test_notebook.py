"""`import comity` in a notebook: tables without a database, in any process, also inside an event loop."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import polars
import pytest
from examples.releases import release
from examples.statistics import observation, reading
from workspaces import PATIENCE

import comity
from comity.areas.gazetteer import Area, Gazetteer, Name
from comity.evidence.errors import BadInput, ComityError, UnknownName, WorkspaceError
from comity.evidence.workspaces import workspace
from comity.observations.observation import RECORD
from comity.statistics.releases import areas_for_notebooks, files, holdings

GAZETTEER = Gazetteer(
    [
        Area("076", "BR", "BRA", "state", None, None, True, ""),
        Area("250", "FR", "FRA", "state", None, None, True, ""),
        Area("XKX", None, None, "area", date(2008, 2, 17), None, True, ""),
    ],
    [
        Name("076", "en", "short", "Brazil", None, None, True, ""),
        Name("076", "fr", "short", "Brésil", None, None, True, ""),
    ],
    [],
    [],
)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A workspace with two vintages of a data set, and no database."""
    folder = tmp_path / "releases"
    first = release(
        folder / "homicide@2014-10-06",
        observation(value=50108.0),
        observation(period="2011", value=None, text="", status="Q"),
        observation("250", value=665.0),
    )
    later = [observation(value=53054.0), observation("250", value=665.0), observation("250", "2013", value=700.5)]
    digest = files.write_release(folder / "homicide@2019-07-08", reading(*later), date(2019, 7, 8), "1" * 64)
    second = first.__class__(
        **{
            **vars(first),
            "id": "homicide@2019-07-08",
            "published": date(2019, 7, 8),
            "digest": digest,
            "observations": 3,
            "folder": folder / "homicide@2019-07-08",
        }
    )
    held = holdings.in_order([second, first])
    workspace.write_whole(
        folder / holdings.CURRENT, holdings.current_state(held, areas_for_notebooks.snapshot(GAZETTEER), (1, "0" * 64))
    )
    yield tmp_path


def test_what_was_known_on_a_day(home: Path) -> None:
    asked = {"indicator": "homicide-count", "area": "BRA", "period": 2012, "home": home}
    assert [row["value"] for row in comity.query(as_at="2014-12-31", **asked)] == [50108]
    assert [row["value"] for row in comity.query(**asked)] == [53054]
    assert "as known on 2026-01-01" in comity.query(**asked).title
    assert [row["release"] for row in comity.query(all_vintages=True, **asked)] == [
        "homicide@2014-10-06",
        "homicide@2019-07-08",
    ]
    assert len(comity.query(as_at=date(2010, 1, 1), **asked)) == 0
    assert [row["value"] for row in comity.query("homicide@2014-10-06", **asked)] == [50108]


def test_each_form_gives_the_same(home: Path) -> None:
    table = comity.query(area=["Brésil", "FR"], as_at="2014", home=home)
    rows = table.rows()
    assert len(table) == len(rows) == 3
    assert [row["value"] for row in rows] == [None, 50108, 665]
    assert tuple(rows[0]) == table.columns
    assert table.arrow().to_pylist() == rows
    assert table.polars().to_dicts() == rows
    frame = table.pandas()
    assert list(frame.columns) == list(table.columns)
    assert frame["value"].tolist()[1:] == [50108.0, 665.0]
    assert frame["value"].isna().tolist() == [True, False, False]
    assert frame["area"].tolist() == ["076", "076", "250"]


def test_numbers_keep_their_kind_where_every_value_is_missing(home: Path) -> None:
    table = comity.query(status="Q", as_at="2014", home=home)
    assert str(table.arrow().schema.field("value").type) == "double"
    assert table.pandas()["value"].dtype == "float64"
    assert str(table.polars()["value"].dtype) == "Float64"


@pytest.mark.parametrize("asked", [{}, {"all_vintages": True}, {"status": "E"}, {"as_at": date(2010, 1, 1)}])
def test_columns_are_of_one_type_in_each_form_whatever_rows_there_are(home: Path, asked: dict[str, Any]) -> None:
    table = comity.query(home=home, **asked)
    arrow = table.arrow()
    assert arrow.to_pylist() == table.rows()
    assert [str(one) for one in arrow.schema.types] == ["double" if one == "value" else "string" for one in RECORD]
    assert [str(one) for one in table.pandas().dtypes] == ["float64" if one == "value" else "string" for one in RECORD]
    assert table.polars().dtypes == [polars.Float64 if one == "value" else polars.String for one in RECORD]


def test_counts_and_truths_keep_their_kind(home: Path) -> None:
    table = comity.releases(home=home)
    kinds = {"rows": "int64", "observations": "int64", "findings": "int64", "held": "bool", "whole": "bool"}
    assert {name: str(table.arrow().schema.field(name).type) for name in kinds} == kinds
    assert {name: str(table.pandas()[name].dtype) for name in kinds} == kinds
    assert table.polars()["whole"].dtype == polars.Boolean


def test_what_a_form_lacks_is_named_with_what_brings_it(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ComityError, match=r"pyarrow is not installed; pip install 'comity\[notebook\]'"):
        comity.query(home=home).arrow()
    assert len(comity.query(home=home).rows()) == 3


def test_revisions_between_two_vintages(home: Path) -> None:
    table = comity.revisions("homicide@2014-10-06", "homicide@2019-07-08", home=home)
    said = [(row["kind"], row["area"], row["period"], row["before"], row["after"]) for row in table]
    assert said == [
        ("removed", "076", "2011", None, None),
        ("changed", "076", "2012", 50108, 53054),
        ("added", "250", "2013", None, 700.5),
    ]
    changed = table.rows()[1]
    assert changed["absolute"] == 2946
    assert changed["relative"] == pytest.approx(2946 / 50108)
    assert table.polars()["absolute"].to_list() == [None, 2946.0, None]


def test_releases_and_data_sets(home: Path) -> None:
    assert [row["id"] for row in comity.releases(home=home)] == ["homicide@2014-10-06", "homicide@2019-07-08"]
    (row,) = comity.datasets(home=home).rows()
    assert (row["dataset"], row["releases"], row["latest"]) == ("homicide", 2, "homicide@2019-07-08")
    assert comity.releases(home=home).arrow().num_rows == 2
    assert comity.datasets(home=home).pandas()["releases"].tolist() == [2]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"indicator": "homicid"}, "nearest are: homicide-count"),
        ({"area": "Brazl"}, "nearest are: Brazil"),
        ({"dataset": "robbery"}, "homicide"),
        ({"dataset": "homicide@2015-01-01"}, "homicide@2014-10-06"),
        ({"period": "2013:2012"}, "2010:2012"),
        ({"period": ":"}, "2010:2012"),
        ({"iccs": "murder"}, "0101"),
        ({"status": "Y"}, "observation status"),
        ({"sex": "f"}, "_T"),
        ({"as_at": "yesterday"}, "YYYY-MM-DD"),
    ],
)
def test_what_nothing_bears_the_name_of_is_refused(home: Path, asked: dict[str, str], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        comity.query(home=home, **asked)  # type: ignore[arg-type]


def test_an_iccs_code_takes_in_what_lies_below(home: Path) -> None:
    assert len(comity.query(iccs="01*", home=home)) == 3
    assert len(comity.query(iccs="0102", home=home)) == 0


def test_a_replaced_state_is_seen_at_once(home: Path) -> None:
    assert len(comity.releases(home=home)) == 2
    path = home / "releases" / holdings.CURRENT
    state = json.loads(path.read_text(encoding="utf-8"))
    workspace.write_whole(path, json.dumps({**state, "releases": state["releases"][:1]}).encode())
    assert len(comity.releases(home=home)) == 1


def test_without_a_workspace_it_says_what_makes_one(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="comity up"):
        comity.datasets(home=tmp_path)


def test_a_page_of_a_notebook_shows_text_as_text(home: Path) -> None:
    shown = comity.query(as_at="2014", home=home)._repr_html_()
    assert "<th>indicator</th>" in shown
    assert "<td>50108</td>" in shown
    assert "more rows" not in shown
    table = comity.Table(("a",), lambda: iter([("<script>",)] * 25))
    assert "&lt;script&gt;" in table._repr_html_()
    assert "… and 5 more rows" in table._repr_html_()


def test_a_table_is_exported_with_its_notes(home: Path) -> None:
    assert comity.query(home=home).export(home / "out.csv") == 3
    assert (home / "out.csv").read_text(encoding="utf-8").startswith("# Title: ")
    with pytest.raises(ComityError):
        comity.releases(home=home).export(home / "releases.csv")


def test_names_are_those_of_the_gazetteer_it_was_written_from() -> None:
    again = areas_for_notebooks.gazetteer_of(json.loads(json.dumps(areas_for_notebooks.snapshot(GAZETTEER))))
    assert again.areas == GAZETTEER.areas
    assert again.resolve("bresil").code == "076"
    with pytest.raises(UnknownName):
        again.resolve("nowhere")


ALONE = """
import asyncio, os, sys
import comity
assert "django" not in sys.modules and "duckdb" not in sys.modules
comity.query
assert "django.db" not in sys.modules

async def ask():
    table = comity.query(indicator="homicide-count", area="BRA", as_at="2014-12-31")
    try:
        comity.query(area="Brazl")
    except Exception as error:
        said = str(error)
    return [row["value"] for row in table], said

print(asyncio.run(ask()))
from django.conf import settings
assert not settings.configured
assert "DJANGO_SETTINGS_MODULE" not in os.environ
"""


def test_it_needs_neither_settings_nor_a_thread_without_an_event_loop(home: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("DJANGO")}
    done = subprocess.run(
        [sys.executable, "-c", ALONE],
        capture_output=True,
        text=True,
        env={**environment, "COMITY_HOME": str(home)},
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(
        (
            [None, 50108],
            "comity.query, area: found “Brazl”, expected the name or code of a State or area; the nearest are: Brazil",
        )
    )


def test_names_not_given_are_no_attributes() -> None:
    with pytest.raises(AttributeError, match="nothing"):
        comity.nothing  # noqa: B018
    assert {"query", "releases", "revisions", "datasets", "Table"} <= set(dir(comity))
