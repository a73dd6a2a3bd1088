"""Releases as files, what is held, what is asked of them, and what one changes in another."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction
from examples.statistics import BRAZIL, FRANCE, files, keep, observation, reading

from comity.areas.gazetteer import Area, Gazetteer, Name
from comity.evidence.errors import UnknownName, WorkspaceError
from comity.evidence.figures import figure
from comity.evidence.workspaces import workspace
from comity.statistics import publishing, store
from comity.statistics.figures import address
from comity.statistics.models import PublicationRecord, ReleaseRecord
from comity.statistics.quality import found_at_reading
from comity.statistics.releases import areas_for_notebooks, holdings, query, revisions
from comity.statistics.releases import files as releases
from comity.statistics.releases.query import Selection


@pytest.mark.parametrize("text", ["", "{", "null", "[]", '{"releases": [{}], "reference": {}}', '{"releases": 1}'])
def test_what_notebooks_read_is_named_where_it_is_damaged_or_missing(tmp_path: Path, text: str) -> None:
    with pytest.raises(WorkspaceError, match="no workspace here"):
        holdings.read_current(tmp_path)
    (tmp_path / holdings.CURRENT).write_text(text, encoding="utf-8")
    with pytest.raises(WorkspaceError, match=r"CURRENT\.json: it is damaged"):
        holdings.read_current(tmp_path)


def test_the_same_reading_gives_the_same_bytes_in_whatever_order_its_rows_come(tmp_path: Path) -> None:
    rows = [observation(area, str(year), float(year)) for area in (BRAZIL, FRANCE) for year in range(1990, 2012)]
    shuffled = rows[1::2] + rows[::2][::-1]
    digests = [
        releases.write_release(tmp_path / name, reading(*made), date(2014, 1, 1), "0" * 64)
        for name, made in (("a", rows), ("b", shuffled))
    ]
    assert digests[0] == digests[1]
    assert files(tmp_path / "a") == files(tmp_path / "b")


def test_a_release_keeps_every_field_as_it_was_read(tmp_path: Path) -> None:
    odd = observation(value=0.1 + 0.2, text='a "quoted", text\nof two lines', note="ملاحظة", place="Sheet 1!C14")
    none = observation(FRANCE, value=None, text="<5", status="Q")
    releases.write_release(tmp_path / "a", reading(odd, none), date(2014, 1, 1), "0" * 64)
    held = _release(tmp_path / "a")
    assert [found.observation for found in query.select([held], Selection())] == [odd, none]


def _release(folder: Path) -> releases.Release:
    manifest = json.loads((folder / releases.MANIFEST).read_text(encoding="utf-8"))
    record = {key: manifest[key] for key in ("dataset", "title", "publisher", "published", "licence", "note", "origin")}
    counts = {key: manifest[key] for key in ("rows", "observations", "rejected", "file")}
    more = {
        "id": folder.name,
        "findings": 0,
        "digest": "",
        "recorded_at": "2026-01-01T00:00:00+00:00",
        "held": False,
        "shipped": False,
    }
    return releases.from_record({**record, **counts, **more}, folder, 1)


@pytest.mark.django_db
class TestVintages:
    def test_each_state_of_knowledge_gives_its_own_release_back(self) -> None:
        keep("2014-10-06", observation(value=50108))
        keep("2019-07-08", observation(value=53054))
        asked = Selection(areas=(BRAZIL,), indicators=("homicide-count",))
        values = {
            day: [one.observation.value for one in store.find(asked, dataset=None, as_at=date.fromisoformat(day))]
            for day in ("2014-10-05", "2014-10-06", "2019-07-07", "2019-07-08", "2026-01-01")
        }
        assert values == {
            "2014-10-05": [],
            "2014-10-06": [50108],
            "2019-07-07": [50108],
            "2019-07-08": [53054],
            "2026-01-01": [53054],
        }
        both = store.find(asked, dataset="homicide", as_at=date(2026, 1, 1), all_vintages=True)
        assert [(one.release.id, one.observation.value) for one in both] == [
            ("homicide@2014-10-06", 50108),
            ("homicide@2019-07-08", 53054),
        ]

    def test_a_second_release_of_one_day_bears_its_number_and_speaks(self) -> None:
        first = keep("2014-10-06", observation(value=1))
        second = keep("2014-10-06", observation(value=2))
        assert (first, second) == ("homicide@2014-10-06", "homicide@2014-10-06.2")
        assert [one.observation.value for one in store.find(Selection(), dataset=None, as_at=date(2015, 1, 1))] == [2]

    def test_a_release_that_is_held_back_speaks_only_once_it_is_published(self) -> None:
        held = keep("2014-10-06", observation(), withhold=True)
        assert store.find(Selection(), dataset=None, as_at=date(2015, 1, 1)) == []
        assert [one.kind for one in publishing.publish(held, "a statistician") or ()] == ["added"]
        assert len(store.find(Selection(), dataset=None, as_at=date(2015, 1, 1))) == 1
        assert publishing.publish(held, "a statistician") is None

    def test_the_database_refuses_to_change_a_release(self) -> None:
        keep("2014-10-06", observation())
        for change in (
            lambda: ReleaseRecord.objects.update(title="another"),
            lambda: ReleaseRecord.objects.all()._raw_delete("default"),
            lambda: PublicationRecord.objects.update(actor="another"),
        ):
            with pytest.raises(DatabaseError, match="nothing"), transaction.atomic():
                change()

    def test_a_revision_of_one_cell_is_one_revision(self) -> None:
        rows = [observation(period=str(year), value=float(year)) for year in range(2000, 2013)]
        keep("2014-10-06", *rows)
        keep("2019-07-08", *rows[:-1], observation(period="2012", value=2013.5))
        before, after = store.published().releases
        [revision] = revisions.between([before], [after])
        assert (revision.kind, revision.absolute) == ("changed", 1.5)
        assert revision.relative == pytest.approx(1.5 / 2012)
        assert revisions.against([*rows[:-1], observation(period="2012", value=2013.5)], [before]).changed == 1

    def test_a_changed_status_alone_is_a_revision(self) -> None:
        keep("2014-10-06", observation())
        found = revisions.against([observation(status="B")], store.published().releases[:1])
        assert (found.added, found.unchanged, found.changed, found.removed) == (0, 0, 1, 0)

    def test_an_observation_is_a_figure_that_leads_to_its_cell(self) -> None:
        keep("2014-10-06", observation(place="country-territory!S31"))
        [found] = store.find(Selection(), dataset=None, as_at=date(2015, 1, 1))
        made = figure(address(found), as_at=date(2015, 1, 1))
        assert (made.id, made.value) == ("observation.homicide.homicide-count.076.2012.0101", 50108)
        [fact] = made.inputs
        assert (fact.place, fact.origin, fact.known_from) == (
            "country-territory!S31",
            found.release.origin,
            date(2014, 10, 6),
        )
        assert figure(made.id, as_at=date(2015, 1, 1)).digest == made.digest
        with pytest.raises(UnknownName):
            figure(made.id, as_at=date(2014, 1, 1))

    def test_of_two_values_for_one_key_each_has_an_address(self) -> None:
        rows = [observation(value=4, repeat=1), observation(value=11, repeat=2, place="3:value")]
        keep("2014-10-06", *rows)
        found = store.find(Selection(), dataset=None, as_at=date(2015, 1, 1))
        made = [figure(address(one), as_at=date(2015, 1, 1)) for one in found]
        assert [one.value for one in made] == [4, 11]
        assert made[0].id != made[1].id

    def test_what_notebooks_read_is_what_the_database_holds(self) -> None:
        keep("2014-10-06", observation())
        keep("2019-07-08", observation(value=53054), withhold=True)
        store.write_current()
        held, state = holdings.read_current(workspace.folder("releases"))
        assert held == store.published()
        names = areas_for_notebooks.gazetteer_of(state)
        assert names.areas == store.gazetteer().areas
        assert names.group(BRAZIL, "m49-region") == store.gazetteer().group(BRAZIL, "m49-region")

    def test_files_that_were_changed_after_publication_are_named(self) -> None:
        keep("2014-10-06", observation())
        [release] = store.published()
        releases.check_release(release)
        (release.folder / releases.FINDINGS).write_text("[]", encoding="utf-8")
        with pytest.raises(WorkspaceError, match=r"findings\.json"):
            releases.check_release(release)

    def test_what_a_stopped_import_left_is_swept_by_the_next(self) -> None:
        left = workspace.folder("releases") / "homicide@1999-01-01"
        left.mkdir()
        (left / "observations.parquet").write_bytes(b"half")
        kept = keep("2014-10-06", observation())
        assert not left.exists()
        assert (workspace.folder("releases") / kept).is_dir()


def test_a_selection_takes_in_what_lies_below_an_iccs_code_with_a_star(tmp_path: Path) -> None:
    rows = [observation(iccs=code, indicator="recorded-offences-count") for code in ("0301", "03011", "0401")]
    releases.write_release(tmp_path / "a", reading(*rows), date(2014, 1, 1), "0" * 64)
    held = [_release(tmp_path / "a")]
    found = [one.observation.iccs for one in query.select(held, Selection(iccs=("0301*",)))]
    assert found == ["0301", "03011"]
    assert query.count(held, Selection(iccs=("0301",))) == 1
    assert query.choices(held, Selection(), "iccs") == [("0301", 1), ("03011", 1), ("0401", 1)]


@pytest.mark.django_db
def test_a_table_that_ships_never_supersedes_the_published_file_itself() -> None:
    whole = keep("2014-10-06", observation(value=1), observation(FRANCE, value=2))
    shipped = keep("2014-10-06", observation(value=1), kind="table")
    [speaks] = store.known_on(date(2015, 1, 1)).speaking
    assert (speaks.id, shipped) == (whole, "homicide@2014-10-06.2")
    assert [one.id for one in store.published().vintages(date(2015, 1, 1))] == [whole]


def test_what_was_found_at_reading_is_told_of_the_area_that_its_row_names(tmp_path: Path) -> None:
    read = reading(observation())
    read.reject("impossible-year", "3:year", "1013", "a year")
    read.rows += 1
    releases.write_release(tmp_path / "a", read, date(2014, 1, 1), "0" * 64)
    morocco = Area("504", "MA", "MAR", "state", None, None, True, "")
    africa = Area("002", None, None, "region", None, None, True, "")
    names = [Name("002", "en", "short", "Africa", None, None, True, "")]
    rows = {"3:year": ["Africa", "MAR", "Morocco", "1013"]}

    def told(area: str) -> list[str]:
        found = found_at_reading(
            [_release(tmp_path / "a")],
            Gazetteer([morocco, africa], names, [], []),
            lambda _release, place: rows.get(place, []),
            area=area,
        )
        return [one.finding.rule for one in found]

    assert (told("504"), told("002"), told("076")) == (["impossible-year"], [], [])


def test_neither_an_open_age_nor_a_mark_of_r_is_a_state_and_a_group_is_of_none(tmp_path: Path) -> None:
    """“100+” is no Bulgaria, `NA` no Namibia, and “Micronesia”, a region of the Prospects, no State."""
    read = reading(observation())
    read.reject("not-a-number", "2:1950", "x", "a number")
    read.reject("aggregate", "3:code", "954, Micronesia", "a State")
    read.rows += 2
    releases.write_release(tmp_path / "a", read, date(2014, 1, 1), "0" * 64)
    states = [
        Area("100", "BG", "BGR", "state", None, None, True, ""),
        Area("516", "NA", "NAM", "state", None, None, True, ""),
        Area("583", "FM", "FSM", "state", None, None, True, ""),
    ]
    names = [Name("583", "en", "short", "Micronesia", None, None, True, "")]
    rows = {"2:1950": ["902", "Less developed regions", "100+", "NA"], "3:code": ["954", "Micronesia", "100+", "1"]}
    found = found_at_reading(
        [_release(tmp_path / "a")], Gazetteer(states, names, [], []), lambda _release, place: rows[place]
    )
    assert [(one.finding.rule, one.area) for one in found] == [("not-a-number", ""), ("aggregate", "")]


def test_a_finding_at_an_observation_has_its_keys_and_the_values_of_one_key_are_one_question(
    tmp_path: Path,
) -> None:
    rows = [observation(value=value)._replace(place=f"L{line}") for line, value in enumerate((32, 4, 5), 1)]
    read = reading(*rows)
    read.number_repeats()
    releases.write_release(tmp_path / "a", read, date(2014, 1, 1), "0" * 64)
    (one,) = found_at_reading([_release(tmp_path / "a")], Gazetteer([], [], [], []), lambda _release, _place: [])
    assert (one.area, one.indicator, one.period) == ("076", "homicide-count", "2012")
    assert (one.finding.rule, one.finding.rows) == ("two-values", 2)
    assert one.finding.message.endswith("and 1 more of the kind")
