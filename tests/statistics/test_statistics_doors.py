"""What an import may do: a part never retires, a file is known surely or not at all, and a refusal leaves one event.

Each case is a small file of a kind that once came in wrongly, brought to the command in a workspace of its own with
the tables that ship; what queries and figures then say is compared with the right answer.
"""

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from examples.layouts import PORTAL_HEADINGS, portal_row
from workspaces import Workspace

OWID = 'Entity,Code,Year,"Homicide rate per 100,000 population"\n'
OWN = "# dataset: made\n# published: 2026-01-15\narea,indicator,iccs,period,value\n"
TOTALS = "Country Name,Country Code,Year,Value\n"


@pytest.fixture(scope="module")
def ready(workspace: Callable[[Path], Workspace], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A workspace in which nothing is ever stored: refusals, dry runs and questions."""
    copied = workspace(tmp_path_factory.mktemp("doors"))
    yield copied
    copied.end()


@pytest.fixture
def home(workspace: Callable[[Path], Workspace], tmp_path: Path) -> Iterator[Workspace]:
    """A workspace of the test's own."""
    copied = workspace(tmp_path / "home")
    yield copied
    copied.end()


def bring(home: Workspace, path: Path, *options: str, expect: int = 0) -> Any:
    """Import a file; gives what the command prints as JSON."""
    return json.loads(home.ask("import", str(path), *options, "--format", "json", expect=expect).stdout)


def asked(home: Workspace, *words: str) -> list[dict[str, Any]]:
    """The records that a command gives."""
    found: list[dict[str, Any]] = json.loads(home.ask(*words, "--format", "json").stdout)
    return found


def values(home: Workspace, *words: str) -> list[tuple[str, str, float | None]]:
    """Area, period and value of what a query gives."""
    return [(one["area"], one["period"], one["value"]) for one in asked(home, "query", *words)]


def rules(plan: Any) -> list[str]:
    """The rules of a plan's findings."""
    return [finding["rule"] for finding in plan["findings"]]


def written(path: Path, text: str) -> Path:
    """A text file."""
    path.write_text(text, encoding="utf-8")
    return path


def portal_book(path: Path, *rows: list[Any], day: str = "15/01/2026", sheet: str = "Sheet1") -> Path:
    """A workbook of the data portal with some rows; percentages are shown as such."""
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet(sheet)
        percent = book.add_format({"num_format": "0.0%"})
        for number, row in enumerate([["UNODC"], [day], PORTAL_HEADINGS, *rows]):
            page.write_row(number, 0, row)
            if number > 2 and row[10].startswith("Percentage"):
                page.write_number(number, 11, row[11], percent)
    return path


def held(country: str = "Brazil", code: str = "BRA", **cells: Any) -> list[Any]:
    """A row on persons held in prison."""
    said = {"Indicator": "Persons held", "Dimension": "Total", "Category": "Total", "Year": 2019, "VALUE": 755274}
    return portal_row(**{"Iso3_code": code, "Country": country, **said, **cells})


def in_workspace(home: Workspace) -> set[str]:
    """What lies in the folders of a workspace."""
    return {str(path) for folder in ("origins", "releases") for path in (home.home / folder).rglob("*")}


class TestSeveralFiles:
    def test_a_dry_run_says_of_each_what_the_import_of_all_then_does(self, home: Workspace, tmp_path: Path) -> None:
        rows = [f"BRA,homicide-count,0101,{year},{year}\n" for year in range(2000, 2020)]
        whole = written(tmp_path / "whole.csv", OWN.replace("2026-01", "2025-01") + "".join(rows))
        part = written(tmp_path / "part.csv", OWN + rows[0].replace(",2000\n", ",7\n"))
        against = written(tmp_path / "against.csv", OWN + rows[0].replace(",2000\n", ",8\n"))
        before, chain = in_workspace(home), home.ask("audit", "verify").stdout
        assert before
        call = ("import", str(whole), str(part), str(against), "--format", "json")
        planned = home.ask(*call, "--dry-run", expect=1).stdout
        assert (in_workspace(home), home.ask("audit", "verify").stdout) == (before, chain)
        assert home.ask(*call, expect=1).stdout == planned
        first, second, third = json.loads(planned)
        assert (first["adds"], second["partial"], second["changes"]) == (20, True, 1)
        assert "contradicts-vintage" in rules(third)


class TestHeldBack:
    ROWS = [f"BRA,homicide-count,0101,{year},{year}\n" for year in range(2000, 2020)]

    def test_publishing_says_in_numbers_what_it_changes(self, home: Workspace, tmp_path: Path) -> None:
        bring(home, written(tmp_path / "whole.csv", OWN.replace("2026-01", "2025-01") + "".join(self.ROWS)))
        held_back = bring(home, written(tmp_path / "part.csv", OWN + "BRA,homicide-count,0101,2000,7\n"), "--held")
        assert held_back["partial"]
        replacing = bring(home, tmp_path / "part.csv", "--held", "--replaces")
        assert (replacing["partial"], replacing["removed"]) == (False, 0)
        assert len(values(home, "made")) == 20
        said = home.ask("release", "publish", "made@2026-01-15")
        assert said.stdout.splitlines()[:3] == ["  added: 0", "  changed: 1", "  removed: 19"]
        assert values(home, "made") == [("076", "2000", 7)]

    def test_what_contradicts_a_vintage_of_the_day_is_not_published(self, home: Workspace, tmp_path: Path) -> None:
        otherwise = [row.replace("\n", "1\n") for row in self.ROWS]
        bring(home, written(tmp_path / "one.csv", OWN + "".join(self.ROWS)), "--held")
        bring(home, written(tmp_path / "other.csv", OWN + "".join(otherwise)))
        refused = home.ask("release", "publish", "made@2026-01-15", expect=1)
        assert "in 20 of 20 values" in refused.stderr
        assert values(home, "made")[0] == ("076", "2000", 20001)

    def test_a_vintage_that_blanks_the_data_set_blanks_none_of_it(self, home: Workspace, tmp_path: Path) -> None:
        blank = [row.rpartition(",")[0] + ",NA\n" for row in self.ROWS]
        bring(home, written(tmp_path / "whole.csv", OWN.replace("2026-01", "2025-01") + "".join(self.ROWS)))
        refused = bring(home, written(tmp_path / "blanks.csv", OWN + "".join(blank)), expect=2)
        assert "at least one value; all 20 " in refused["findings"][0]["expected"]
        half = bring(home, written(tmp_path / "half.csv", OWN + "".join(blank[:10] + self.ROWS[10:])), "--held")
        assert (half["partial"], half["changes"], half["rejected"]) == (True, 0, 10)
        home.ask("release", "publish", "made@2026-01-15")
        assert values(home, "made") == [("076", str(year), year) for year in range(2000, 2020)]

    def test_a_vintage_that_was_the_first_blanks_nothing_once_it_is_published(
        self, home: Workspace, tmp_path: Path
    ) -> None:
        blank = [row.rpartition(",")[0] + ",NA\n" for row in self.ROWS]
        bring(home, written(tmp_path / "blanks.csv", OWN + "".join(blank)), "--held")
        bring(home, written(tmp_path / "whole.csv", OWN.replace("2026-01", "2025-01") + "".join(self.ROWS)))
        said = home.ask("release", "publish", "made@2026-01-15").stdout.splitlines()
        assert said[:4] == ["  added: 0", "  changed: 0", "  removed: 0", "  blanked: 0"]
        assert values(home, "made") == [("076", str(year), year) for year in range(2000, 2020)]

    def test_a_whole_vintage_says_how_many_values_it_takes_back(self, home: Workspace, tmp_path: Path) -> None:
        rows = [f"BRA,homicide-count,0101,{year},{year}\n" for year in range(1990, 2020)]
        bring(home, written(tmp_path / "whole.csv", OWN.replace("2026-01", "2025-01") + "".join(rows)))
        later = [*rows[1:], "BRA,homicide-count,0101,1990,NA\n"]
        done = bring(home, written(tmp_path / "later.csv", OWN + "".join(later)))
        (found,) = (one for one in done["findings"] if one["rule"] == "blanked")
        assert (done["partial"], done["changes"], found["value"], found["severity"]) == (False, 1, "1", "warning")
        assert "076 1990" in found["message"]


@pytest.mark.once
class TestContent:
    def test_a_part_blanks_no_value(self, home: Workspace, tmp_path: Path) -> None:
        before = values(home, "homicide", "--area", "BRA", "--period", "2012", "--indicator", "homicide-count")
        text = OWN.replace("made", "homicide") + "BRA,homicide-count,0101,2012,NA\nBRA,homicide-count,0101,2030,NA\n"
        done = bring(home, written(tmp_path / "blank.csv", text.replace("2030", "2025")))
        assert (done["changes"], done["rejected"], done["observations"]) == (0, 1, 1)
        assert "missing-in-part" in rules(done)
        after = values(home, "homicide", "--area", "BRA", "--period", "2012", "--indicator", "homicide-count")
        assert before == after

    def test_a_comment_does_not_make_one_thing_another_data_set(self, ready: Workspace, tmp_path: Path) -> None:
        text = OWN.replace("made", "population") + "BRA,homicide-count,0101,2012,4450\n"
        refused = bring(ready, written(tmp_path / "other.csv", text), expect=2)
        assert refused["findings"][0]["place"].endswith(":indicator")
        assert "a data set of its own" in refused["findings"][0]["expected"]

    def test_a_fraction_of_a_victim_is_no_count(self, ready: Workspace, tmp_path: Path) -> None:
        text = OWN + "BRA,homicide-count,0101,2012,53.054\nBRA,homicide-rate,0101,2012,26.9\n"
        done = bring(ready, written(tmp_path / "fraction.csv", text), "--dry-run", expect=2)
        assert [one["place"] for one in done["findings"]] == ["4:value"]
        assert "a whole number of victims" in done["findings"][0]["expected"]
        estimated = text.replace("value", "value,status").replace("53.054", "53.5,E").replace("26.9", "26.9,A")
        assert bring(ready, written(tmp_path / "estimate.csv", estimated), "--dry-run")["observations"] == 2


class TestParts:
    @pytest.mark.once  # sixty thousand rows; what a part does on either database is tried on the small ones below
    def test_two_rows_of_prisons_revise_one_key_and_retire_none(self, home: Workspace, tmp_path: Path) -> None:
        before = len(asked(home, "query", "cts-prisons-and-prisoners"))
        path = portal_book(tmp_path / "prisons.xlsx", held(), held("Colombia", "COL", VALUE=124000))
        planned = bring(home, path, "--dry-run")
        done = bring(home, path)
        assert planned == done
        assert (done["changes"], done["unchanged"], done["removed"], done["partial"]) == (1, 1, 0, True)
        assert "partial" in rules(done)
        assert len(asked(home, "query", "cts-prisons-and-prisoners")) == before
        assert values(home, "cts-prisons-and-prisoners", "--area", "COL", "--period", "2019", "--sex", "_T")[:1] == [
            ("170", "2019", 124000)
        ]
        old = ("cts-prisons-and-prisoners", "--area", "COL", "--period", "2019", "--as-at", "2024", "--sex", "_T")
        assert values(home, *old)[:1] == [("170", "2019", 123802)]

    def test_the_reader_is_led_to_the_release_that_states_a_value(self, home: Workspace, tmp_path: Path) -> None:
        bring(home, portal_book(tmp_path / "prisons.xlsx", held("Colombia", "COL", VALUE=124000)))
        found = asked(home, "query", "cts-prisons-and-prisoners", "--area", "COL", "--period", "2019", "--sex", "_T")
        assert {one["release"] for one in found} == {
            "cts-prisons-and-prisoners@2026-01-15",
            "cts-prisons-and-prisoners@2023-05-11",
        }
        [revised] = [one for one in found if one["value"] == 124000]
        figure = json.loads(home.ask("figure", revised["figure"], "--format", "json").stdout)
        assert (figure["value"], figure["inputs"][0]["place"]) == (124000, "Sheet1!L4")

    def test_only_what_is_said_to_replace_retires(self, home: Workspace, tmp_path: Path) -> None:
        before = len(asked(home, "query", "cts-prisons-and-prisoners"))
        done = bring(home, portal_book(tmp_path / "prisons.xlsx", held()), "--replaces")
        assert (done["partial"], done["removed"]) == (False, before - 1)
        assert len(asked(home, "query", "cts-prisons-and-prisoners")) == 1

    @pytest.mark.parametrize(("kept", "partial"), [(19, False), (18, True)])
    @pytest.mark.once
    def test_nineteen_keys_of_twenty_are_the_next_vintage(
        self, home: Workspace, tmp_path: Path, kept: int, partial: bool
    ) -> None:
        rows = [f"BRA,homicide-count,0101,{year},{year}\n" for year in range(2000, 2020)]
        bring(home, written(tmp_path / "a.csv", OWN.replace("2026-01", "2025-01") + "".join(rows)))
        done = bring(home, written(tmp_path / "b.csv", OWN + "".join(rows[:kept])))
        assert (done["partial"], done["removed"]) == (partial, 0 if partial else 1)
        assert len(values(home, "made")) == (20 if partial else 19)

    @pytest.mark.once
    def test_a_part_that_came_first_becomes_one_when_the_whole_of_an_earlier_day_comes(
        self, home: Workspace, tmp_path: Path
    ) -> None:
        rows = [f"BRA,homicide-count,0101,{year},{year}\n" for year in range(2000, 2020)]
        assert bring(home, written(tmp_path / "part.csv", OWN + rows[0]))["partial"] is False
        assert (
            bring(home, written(tmp_path / "next.csv", OWN.replace("2026-01", "2026-02") + rows[0]))["partial"] is False
        )
        done = bring(home, written(tmp_path / "whole.csv", OWN.replace("2026-01", "2025-01") + "".join(rows)))
        named = [finding["message"].split(",")[0] for finding in done["findings"] if finding["rule"] == "later-part"]
        assert named == ["made@2026-01-15", "made@2026-02-15"]
        assert len(values(home, "made")) == 20
        assert [one["whole"] for one in asked(home, "release", "list", "made")] == [True, False, False]

    @pytest.mark.once
    def test_of_a_key_with_several_values_a_part_takes_all(self, home: Workspace, tmp_path: Path) -> None:
        more = OWN.replace("value\n", "value,repeat\n")
        two = "BRA,homicide-count,0101,2001,1,1\nBRA,homicide-count,0101,2001,2,2\n"
        others = "".join(f"BRA,homicide-count,0101,{year},{year},0\n" for year in range(2002, 2010))
        bring(home, written(tmp_path / "a.csv", more.replace("2026-01", "2025-01") + two + others))
        bring(home, written(tmp_path / "b.csv", OWN + "BRA,homicide-count,0101,2001,3\n"))
        assert values(home, "made", "--period", "2001") == [("076", "2001", 3)]
        assert len(values(home, "made")) == 9

    @pytest.mark.once
    def test_what_a_whole_vintage_changed_names_the_release_that_stated_it(
        self, home: Workspace, tmp_path: Path
    ) -> None:
        rows = {
            area: f"{area},homicide-count,0101,2001,{number}\n" for number, area in enumerate(["ARG", "BRA", "COL"])
        }
        rows |= {f"X{year}": f"PER,homicide-count,0101,{year},5\n" for year in range(1980, 2012)}
        bring(home, written(tmp_path / "a.csv", OWN.replace("2026", "2023") + "".join(rows.values())))
        bring(home, written(tmp_path / "p.csv", OWN.replace("2026", "2024") + rows["BRA"].replace(",1\n", ",9\n")))
        rows.pop("ARG")
        bring(home, written(tmp_path / "c.csv", OWN + "".join(rows.values())))
        found = asked(home, "release", "diff", "made@2024-01-15", "made@2026-01-15")
        assert [(one["kind"], one["area"], one["before_release"]) for one in found] == [
            ("removed", "032", "made@2023-01-15"),
            ("changed", "076", "made@2024-01-15"),
        ]

    def test_what_is_held_back_decides_nothing_until_it_is_published(self, home: Workspace, tmp_path: Path) -> None:
        rows = [f"BRA,homicide-count,0101,{year},{year}\n" for year in range(1960, 2020)]
        bring(home, written(tmp_path / "a.csv", OWN.replace("2026", "2023") + "".join(rows[:20])))
        bring(home, written(tmp_path / "b.csv", OWN.replace("2026", "2024") + "".join(rows)), "--held")
        assert bring(home, written(tmp_path / "c.csv", OWN + "".join(rows[:19])))["partial"] is False
        assert len(values(home, "made")) == 19
        home.ask("release", "publish", "made@2024-01-15")
        assert len(values(home, "made")) == 60

    def test_what_contradicts_a_vintage_of_its_day_fails_the_check_and_leaves_one_event(
        self, home: Workspace, tmp_path: Path
    ) -> None:
        rows = [f"BRA,homicide-count,0101,{year},{year}\n" for year in range(2000, 2020)]
        bring(home, written(tmp_path / "a.csv", OWN + "".join(rows)))
        before = home.rows("SELECT count(*) FROM evidence_origin"), len(asked(home, "release", "list"))
        changed = "".join(row[:-5] + "9999\n" if number < 3 else row for number, row in enumerate(rows))
        failed = bring(home, written(tmp_path / "c.csv", OWN + changed), expect=1)
        assert rules(failed) == ["contradicts-vintage"]
        assert "3 of 20" in failed["findings"][0]["message"]
        assert before == (home.rows("SELECT count(*) FROM evidence_origin"), len(asked(home, "release", "list")))
        acts = home.rows("SELECT act FROM evidence_auditevent ORDER BY number DESC LIMIT 2")
        assert [act for (act,) in acts] == ["refuse", "import"]
        assert bring(home, tmp_path / "c.csv", "--published", "2026-02-01")["changes"] == 3


@pytest.mark.once
class TestIdentity:
    def test_a_data_set_is_told_by_what_its_rows_are_about(self, home: Workspace, tmp_path: Path) -> None:
        homicide = portal_row(
            Iso3_code="BRA",
            Country="Brazil",
            Indicator="Victims of intentional homicide",
            Dimension="Total",
            Category="Total",
        )
        first = bring(home, portal_book(tmp_path / "data_cts_prisons.xlsx", homicide, sheet="data_cts_prisons"))
        second = bring(home, portal_book(tmp_path / "homicide.xlsx", held(), day="16/01/2026"))
        assert (first["dataset"], second["dataset"]) == ("cts-intentional-homicide", "cts-prisons-and-prisoners")

    def test_rows_of_two_data_sets_are_refused(self, ready: Workspace, tmp_path: Path) -> None:
        homicide = portal_row(Indicator="Victims of intentional homicide", Dimension="Total", Category="Total")
        refused = bring(ready, portal_book(tmp_path / "both.xlsx", homicide, held()), expect=2)
        assert "split the file" in refused["findings"][0]["expected"]

    def test_indicators_of_no_known_data_set_need_its_code(self, ready: Workspace, tmp_path: Path) -> None:
        path = portal_book(tmp_path / "new.xlsx", portal_row(Indicator="Persons seen dancing"))
        assert "--subject" in bring(ready, path, expect=2)["findings"][0]["expected"]
        assert bring(ready, path, "--subject", "dancing", "--dry-run")["dataset"] == "dancing"

    def test_money_is_no_population(self, ready: Workspace, tmp_path: Path) -> None:
        path = written(tmp_path / "gdp.csv", TOTALS + "Brazil,BRA,2012,2465188674415\nJamaica,JAM,2012,14807086811\n")
        before = asked(ready, "indicator", "robbery-rate", "--area", "JAM", "--on", "2012")
        bring(ready, path, "--published", "2026-06-01", expect=2)
        bring(ready, path, "--subject", "population", expect=2)
        [rate] = asked(ready, "indicator", "robbery-rate", "--area", "JAM", "--on", "2012")
        assert ([rate], 2_000_000 < rate["population"] < 4_000_000) == (before, True)

    def test_a_table_of_small_numbers_is_no_population_either(self, ready: Workspace, tmp_path: Path) -> None:
        path = written(tmp_path / "counts.csv", TOTALS + "Brazil,BRA,2012,50108\nColombia,COL,2012,14670\n")
        bring(ready, path, expect=2)

    def test_a_population_that_agrees_with_the_held_one_needs_no_word(self, home: Workspace, tmp_path: Path) -> None:
        rows = "Brazil,BRA,2012,196876112\nJamaica,JAM,2012,2772431\nPhilippines,PHL,2012,100175513\n"
        done = bring(home, written(tmp_path / "people.csv", TOTALS + rows))
        assert (done["changes"], done["partial"]) == (3, True)

    def test_another_offence_under_a_name_is_known_by_its_values(
        self, ready: Workspace, shared: Path, tmp_path: Path
    ) -> None:
        path = tmp_path / "kidnapping.2020.xlsx"
        path.write_bytes((shared / "crime" / "robbery.2019.xlsx").read_bytes())
        assert "robbery@2019-12-31" in bring(ready, path, expect=2)["findings"][0]["expected"]

    def test_more_victims_than_people_are_left_out_and_refuse_a_table_of_our_own(
        self, ready: Workspace, tmp_path: Path
    ) -> None:
        text = OWN + "BRA,homicide-count,0101,2012,50\nBRA,homicide-count,0101,2013,3000000\n"
        refused = bring(ready, written(tmp_path / "many.csv", text), expect=2)
        assert [one["place"] for one in refused["findings"]] == ["5:value"]
        rows = [held(Year=year, VALUE=year) for year in range(2000, 2010)]
        done = bring(ready, portal_book(tmp_path / "many.xlsx", *rows, held(VALUE=300_000_000)), "--dry-run")
        assert [(one["rule"], one["place"]) for one in done["findings"] if one["rejected"]] == [
            ("impossible-magnitude", "Sheet1!L14")
        ]

    def test_a_population_of_women_or_of_two_years_is_none(self, ready: Workspace, tmp_path: Path) -> None:
        heading = TOTALS.replace("Value", "Population")
        for people in (100_200_000, 374_000_000, 196_876):
            path = written(tmp_path / "people.csv", f"{heading}Brazil,BRA,2012,{people}\n")
            bring(ready, path, "--dry-run", expect=2)
        bring(ready, written(tmp_path / "new.csv", f"{heading}Brazil,BRA,2025,212812\n"), "--dry-run", expect=2)
        own = OWN.replace("made", "population") + "BRA,population,,2012,196876\n"
        bring(ready, written(tmp_path / "own.csv", own), "--dry-run", expect=2)

    def test_the_mark_of_r_is_no_code_of_namibia(self, ready: Workspace, tmp_path: Path) -> None:
        text = OWID + "Africa,NA,2016,12.5\nNamibia,NAM,2016,17.1\n"
        path = written(tmp_path / "rates.csv", text)
        assert bring(ready, path, "--dry-run")["observations"] == 2
        assert "code-and-name" not in rules(bring(ready, path, "--dry-run"))
        refused = bring(ready, written(tmp_path / "own.csv", OWN + "NA,homicide-count,0101,2012,5\n"), expect=2)
        assert "NAM is Namibia" in refused["findings"][0]["expected"]

    def test_a_column_sorted_without_the_others_is_refused(self, ready: Workspace, tmp_path: Path) -> None:
        text = OWID + "Brazil,COL,2019,20.1\nColombia,BRA,2019,25.1\nPeru,PER,2019,7\n"
        refused = bring(ready, written(tmp_path / "rates.csv", text), expect=2)
        assert "a code and a name of one area" in refused["findings"][0]["expected"]

    def test_a_column_that_divides_the_rows_is_never_left_unread(self, ready: Workspace, tmp_path: Path) -> None:
        text = OWID.replace("\n", ",Sex\n") + "Brazil,BRA,2019,3.6,Female\n"
        assert (
            "parts would be taken"
            in bring(ready, written(tmp_path / "o.csv", text), expect=2)["findings"][0]["expected"]
        )

    def test_a_name_of_a_state_and_a_region_is_refused_with_both(self, ready: Workspace, tmp_path: Path) -> None:
        refused = bring(ready, written(tmp_path / "own.csv", OWN + "Micronesia,homicide-count,0101,2012,5\n"), expect=2)
        assert "583" in refused["findings"][0]["expected"]

    def test_bytes_that_are_held_as_another_thing_say_so(self, home: Workspace, shared: Path, tmp_path: Path) -> None:
        path = tmp_path / "burglary.2020.xlsx"
        path.write_bytes((shared / "crime" / "kidnapping.2019.xlsx").read_bytes())
        bring(home, path)
        refused = bring(home, path, "--subject", "Kidnapping", expect=2)
        assert refused["findings"][0]["value"] == "burglary@2020-12-31"

    def test_rows_in_a_stray_quotation_mark_and_cut_rows_are_refused(self, ready: Workspace, tmp_path: Path) -> None:
        head = "\t".join(PORTAL_HEADINGS)
        rows = ["\t".join(map(str, held(Source=source))) for source in ('"CTS', "CTS", 'CTS"')]
        bring(ready, written(tmp_path / "q.tsv", "\n".join([head, *rows, ""])), expect=2)
        text = OWN + "BRA,homicide-count,0101,2019,41726\nCOL,homicide-count,0101,2019"
        assert "cut off" in bring(ready, written(tmp_path / "cut.csv", text), expect=2)["findings"][0]["expected"]


class TestDates:
    def test_a_wrong_date_is_corrected_and_the_old_id_still_answers(self, home: Workspace, tmp_path: Path) -> None:
        path = written(tmp_path / "rates.csv", OWID + "Brazil,BRA,2019,20.1\n")
        assert "undated" in rules(bring(home, path))
        [first] = asked(home, "release", "list", "homicide-rate-owid")
        corrected = bring(home, path, "--published", "2025-06-01")
        assert (rules(corrected), corrected["published"]) == (["redated"], "2025-06-01")
        [now] = asked(home, "release", "list", "homicide-rate-owid")
        assert (now["id"], now["aliases"]) == ("homicide-rate-owid@2025-06-01", [first["id"]])
        assert values(home, "homicide-rate-owid", "--as-at", "2025-06-30") == [("076", "2019", 20.1)]
        assert values(home, "homicide-rate-owid", "--as-at", "2025-05-30") == []
        assert values(home, first["id"]) == values(home, now["id"]) == [("076", "2019", 20.1)]
        assert home.rows("SELECT act FROM evidence_auditevent ORDER BY number DESC LIMIT 1") == [("redate",)]
        assert bring(home, path, "--published", "2025-06-01")["published"] is None
        home.ask("audit", "verify")
        home.ask("release", "check")

    def test_a_correction_puts_vintages_in_their_right_order_and_is_planned_so(
        self, home: Workspace, tmp_path: Path
    ) -> None:
        undated = OWN.replace("# published: 2026-01-15\n", "")
        late = written(tmp_path / "late.csv", undated + "BRA,homicide-count,0101,2001,2\n")
        bring(home, late, "--published", "2026-03-01")
        early = written(tmp_path / "early.csv", OWN + "BRA,homicide-count,0101,2001,1\n")
        bring(home, early)
        assert values(home, "made") == [("076", "2001", 2)]
        planned = bring(home, late, "--published", "2025-03-01", "--dry-run")
        assert (planned["changes"], planned["removed"]) == (1, 0)
        assert bring(home, late, "--published", "2025-03-01") == planned
        assert values(home, "made") == [("076", "2001", 1)]

    def test_the_date_of_what_is_held_back_is_corrected_too(self, home: Workspace, tmp_path: Path) -> None:
        path = written(tmp_path / "made.csv", OWN + "BRA,homicide-count,0101,2001,2\n")
        bring(home, path, "--held")
        assert rules(bring(home, path, "--published", "2025-03-01"))[-1] == "redated"
        assert [one["id"] for one in asked(home, "release", "list", "made", "--confidential")] == ["made@2025-03-01"]

    def test_a_correction_goes_round_no_check(self, home: Workspace, tmp_path: Path) -> None:
        rows = [f"BRA,homicide-count,0101,{year},{year}\n" for year in range(2000, 2020)]
        bring(home, written(tmp_path / "a.csv", OWN + "".join(rows)))
        other = written(tmp_path / "b.csv", OWN.replace("01-15", "02-15") + "".join(row[:-5] + "77\n" for row in rows))
        bring(home, other)
        assert rules(bring(home, other, "--published", "2026-01-15", expect=1))[-1] == "contradicts-vintage"
        bring(home, other, "--published", "2012-01-01", expect=2)
        assert [one["published"] for one in asked(home, "release", "list", "made")] == ["2026-01-15", "2026-02-15"]

    def test_a_part_can_be_said_to_replace_afterwards(self, home: Workspace, tmp_path: Path) -> None:
        before = len(asked(home, "query", "cts-prisons-and-prisoners"))
        path = portal_book(tmp_path / "prisons.xlsx", held())
        bring(home, path)
        done = bring(home, path, "--replaces")
        assert (done["removed"], done["partial"]) == (before - 1, False)
        assert len(asked(home, "query", "cts-prisons-and-prisoners")) == 1

    def test_a_span_of_years_in_a_name_is_no_date(self, ready: Workspace, tmp_path: Path) -> None:
        path = written(tmp_path / "homicide-rate-2000-2023.csv", OWID + "Brazil,BRA,1999,25\nBrazil,BRA,2023,20.1\n")
        done = bring(ready, path, "--dry-run")
        assert (done["adds"], done["rejected"], rules(done)) == (2, 0, ["undated"])

    @pytest.mark.parametrize("option", [("--published", "2999-01-01"), ()])
    def test_no_file_is_published_in_the_future(
        self, ready: Workspace, tmp_path: Path, option: tuple[str, ...]
    ) -> None:
        text = OWN.replace("2026-01-15", "2999-01-01") + "BRA,homicide-count,0101,2001,2\n"
        ready.ask("import", str(written(tmp_path / "made.csv", text)), *option, expect=2)


@pytest.mark.once
class TestNumbers:
    def test_percentages_are_what_the_cell_shows(self, home: Workspace, tmp_path: Path) -> None:
        shares = {"Unit": "Percentage of total persons held", "Indicator": "Persons held unsentenced", "VALUE": 0.125}
        bring(home, portal_book(tmp_path / "shares.xlsx", held(**shares)))
        [found] = asked(home, "query", "--indicator", "persons-held-unsentenced-percent")
        assert (found["value"], found["text"], found["unit"]) == (12.5, "12.5%", "percent")
        figure = json.loads(home.ask("figure", found["figure"], "--format", "json").stdout)
        assert figure["inputs"][0]["value"] == "12.5%"

    def test_a_percentage_is_no_count(self, ready: Workspace, tmp_path: Path) -> None:
        path = tmp_path / "counts.csv"
        heading, row = ",".join(PORTAL_HEADINGS), ",".join(map(str, held(VALUE="12.5%")))
        assert rules(bring(ready, written(path, f"{heading}\n{row}\n"), expect=2)) == ["unreadable"]

    def test_a_rate_with_a_decimal_comma_is_refused_in_our_own_layout(self, ready: Workspace, tmp_path: Path) -> None:
        text = OWN + 'BRA,homicide-rate,0101,2019,"0,673"\nBRA,homicide-rate,0101,2020,"1,234"\n'
        refused = bring(ready, written(tmp_path / "made.csv", text), expect=2)
        assert [one["place"] for one in refused["findings"]] == ["4:value", "5:value"]

    def test_nothing_below_zero_is_left_of_a_zero(self, home: Workspace, tmp_path: Path) -> None:
        bring(home, written(tmp_path / "made.csv", OWN + "BRA,homicide-count,0101,2019,-0\n"))
        [found] = asked(home, "indicator", "homicide-count", "--dataset", "made", "--area", "BRA", "--on", "2019")
        assert (str(found["value"]), found["printed"]) in (("0", "0"), ("0.0", "0"))

    def test_the_mark_of_r_is_a_missing_value(self, home: Workspace, tmp_path: Path) -> None:
        bring(home, written(tmp_path / "r.csv", OWID + "Namibia,NAM,2019,NA\nBrazil,BRA,2019,20.1\n"))
        [found] = asked(home, "query", "homicide-rate-owid", "--area", "NAM")
        assert (found["status"], found["value"]) == ("O", None)

    def test_a_rate_of_women_is_no_rate_of_all(self, home: Workspace, tmp_path: Path) -> None:
        heading = OWID.replace("population", "population - sex: Female - age: Total")
        bring(home, written(tmp_path / "women.csv", heading + "Brazil,BRA,2019,3.6\n"))
        assert [one["sex"] for one in asked(home, "query", "homicide-rate-owid")] == ["F"]


@pytest.mark.once
class TestReturning:
    @pytest.mark.parametrize("form", ["csv", "xlsx"])
    def test_an_export_goes_back_in_and_changes_nothing(self, ready: Workspace, tmp_path: Path, form: str) -> None:
        path = tmp_path / f"out.{form}"
        ready.ask("query", "--area", "BRA", "--period", "2010:2012", "-o", str(path))
        before = ready.rows("SELECT count(*) FROM evidence_auditevent")
        done = bring(ready, path)
        assert [done[name] for name in ("unchanged", "adds", "changes", "removed")] == [done["rows"], 0, 0, 0]
        assert done["rows"] == len(asked(ready, "query", "--area", "BRA", "--period", "2010:2012"))
        assert ready.rows("SELECT count(*) FROM evidence_auditevent") == before

    def test_an_export_that_a_spreadsheet_program_saved_is_known_again(self, ready: Workspace, tmp_path: Path) -> None:
        """It takes zeros from codes, and writes decimal marks of its country."""
        path = tmp_path / "out.csv"
        ready.ask("query", "homicide", "--area", "BRA", "--period", "2012", "-o", str(path))
        lines = path.read_text(encoding="utf-8").splitlines()
        rows = list(csv.reader(line for line in lines if not line.startswith("#")))
        value, text = rows[0].index("value"), rows[0].index("text")
        for row in rows[1:]:
            row[0] = row[0].lstrip("0")
            row[rows[0].index("iccs")] = row[rows[0].index("iccs")].lstrip("0")
            row[value], row[text] = row[value].replace(".", ","), row[text].replace(".", ",")
        saved = tmp_path / "saved.csv"
        with saved.open("w", encoding="utf-16", newline="") as stream:
            csv.writer(stream, delimiter=";").writerows(rows)
        done = bring(ready, saved)
        assert (done["unchanged"], done["rejected"]) == (len(rows) - 1, 0)

    def test_an_edited_export_is_refused_at_the_cell(self, ready: Workspace, tmp_path: Path) -> None:
        path = tmp_path / "out.csv"
        ready.ask("query", "homicide", "--area", "BRA", "--period", "2012", "-o", str(path))
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(",53054,victims", ",53055,victims"), encoding="utf-8")
        refused = bring(ready, path, expect=2)
        assert [(one["rule"], one["value"]) for one in refused["findings"]] == [("altered-export", "53055")]


@pytest.mark.once
class TestTerminal:
    @pytest.mark.parametrize("form", ["table", "json", "csv"])
    def test_no_control_character_of_a_file_is_printed(self, ready: Workspace, tmp_path: Path, form: str) -> None:
        text = OWN + "\x1b[31mBRA\x1b]0;x\x07,homicide-count,0101,2019,5\n"
        path = written(tmp_path / "escape\x1b[2J.csv", text)
        said = ready.ask("import", str(path), "--dry-run", "--format", form, expect=2)
        assert not {character for character in said.stdout + said.stderr if ord(character) < 32} - {"\n", "\t"}

    def test_what_stands_in_a_cell_is_spelled_out_when_it_is_asked_for(self, home: Workspace, tmp_path: Path) -> None:
        text = OWN.replace("value\n", "value,note\n") + "BRA,homicide-count,0101,2019,5,\x1b[31m\u202ered\x9b\n"
        bring(home, written(tmp_path / "made.csv", text))
        for form in ("table", "csv", "json"):
            said = home.ask("query", "made", "--format", form).stdout
            assert not set(said) & {"\x1b", "\u202e", "\x9b"}, form


@pytest.mark.once
@pytest.mark.shared
class TestCasesThatBrokeUsOnce:
    """The files themselves, beside the checkout."""

    @pytest.mark.parametrize(
        "name",
        ["decimal-comma-own.csv", "gdp.csv", "old-excel.xls", "terminal-escape.csv"],
    )
    def test_it_is_refused_and_leaves_nothing(self, ready: Workspace, shared: Path, name: str) -> None:
        before = ready.rows("SELECT count(*) FROM evidence_origin"), len(asked(ready, "release", "list"))
        bring(ready, shared / "hard-cases" / name, expect=2)
        assert before == (ready.rows("SELECT count(*) FROM evidence_origin"), len(asked(ready, "release", "list")))

    @pytest.mark.parametrize(
        ("name", "observations"),
        [
            ("2026 homicide.xlsx", 3),
            ("2026 prisons.xlsx", 2),
            ("hidden-copy.xlsx", 3),
            ("homicide-rate-2000-2023.csv", 4),
            ("homicide-rate-unodc-2026.csv", 2),
            ("homicide-rate-women.csv", 2),
            ("ipfm-companion.2019-07-08.csv", 43),
            ("line-separator-in-note.csv", 5),
            ("na-from-r.csv", 2),
            ("negative-zero.csv", 2),
            ("own-saved-by-excel.csv", 2),
            ("percent-format.xlsx", 2),
            ("regional-estimates.xlsx", 10),
            ("tab-separated-blank-line.tsv", 2),
            ("two-sheets.xlsx", 4),
        ],
    )
    def test_it_is_read_whole_and_retires_nothing(
        self, ready: Workspace, shared: Path, name: str, observations: int
    ) -> None:
        done = bring(ready, shared / "hard-cases" / name, "--dry-run")
        assert (done["observations"], done["rejected"], done["removed"]) == (observations, 0, 0)
