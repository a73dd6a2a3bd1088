"""The command: what it prints, and how it ends."""

import contextlib
import csv
import io
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import workspaces
from workspaces import Workspace

from comity.cli.import_files import tell_plan
from comity.cli.terminal.printing import on_one_line, print_table, say, shown, tell, tell_text
from comity.evidence.importing import Finding, Plan


def answer(home: Workspace, *arguments: str) -> Any:
    """What the command prints as JSON, and only that."""
    return json.loads(home.ask(*arguments, "--format", "json").stdout)


@pytest.fixture(scope="module")
def home(workspace: Callable[[Path], Workspace], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A workspace that is set up, for all tests of the module."""
    copied = workspace(tmp_path_factory.mktemp("workspace"))
    yield copied
    copied.end()


@pytest.mark.parametrize(
    ("instrument", "parties", "states"),
    [
        ("UNTOC", 173, 172),
        ("TIP", 154, 153),
        ("SOM", 135, 134),
        ("FP", 98, 98),
        ("UNCAC", 165, 164),
        ("TD88", 188, 187),
    ],
)
def test_status_on_the_day_of_the_resolution(home: Workspace, instrument: str, parties: int, states: int) -> None:
    found = answer(home, "status", instrument, "--on", "2012-12-20")
    assert (found["parties"], found["states"]) == (parties, states)
    assert found["complete_through"] >= "2014-07-10"
    assert found["parties_at_most"] == parties
    assert {
        "instrument",
        "on",
        "as_at",
        "signatories",
        "in_force_for",
        "not_party",
        "not_party_other",
        "figures",
    } <= set(found)
    assert {"area", "iso3", "name"} == set(found["not_party"][0])


def test_the_date_of_knowledge_keeps_later_deposits_out(home: Workspace) -> None:
    known = answer(home, "status", "UNTOC", "--on", "2012-12-20", "--as-at", "2012-09-24")
    assert known["parties"] == 172


def test_a_figure_leads_to_the_lines_it_was_counted_from(home: Workspace) -> None:
    found = answer(home, "figure", "parties.UNTOC.2012-12-20")
    assert found["value"] == len(found["inputs"]) == 173
    assert "A/RES/67/189#op41" in found["asked_by"]
    table = (
        (Path(__file__).parents[1] / "src/comity" / found["inputs"][0]["file"]).read_text(encoding="utf-8").splitlines()
    )
    for entry in found["inputs"]:
        line, column = entry["place"].split(":")
        headings = next(text for text in table if not text.startswith("#")).split(",")
        cells = next(csv.reader(io.StringIO(table[int(line) - 1])))
        assert cells[headings.index(column)] == entry["value"]


def test_a_year_of_knowledge_means_its_last_day(home: Workspace) -> None:
    by_year = answer(home, "status", "UNTOC", "--on", "2012-12-20", "--as-at", "2011")
    by_day = answer(home, "status", "UNTOC", "--on", "2012-12-20", "--as-at", "2011-12-31")
    assert by_year == by_day
    assert by_year["as_at"] == "2011-12-31"
    assert by_year["parties"] < 172


def test_status_as_csv_lists_participants(home: Workspace) -> None:
    rows = list(csv.DictReader(io.StringIO(home.ask("status", "FP", "--on", "2012-12-20", "--format", "csv").stdout)))
    assert sum(row["state"] == "party" for row in rows) == 98


@pytest.mark.once
@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["status", "UNTC"], "UNTOC"),
        (["status", "UNTOC", "--on", "2012-13-40"], "YYYY-MM-DD"),
        (["figure", "nothing.UNTOC"], "expected"),
        (["figure", "parties.UNTOC.2012-12-20#x.y"], "expected"),
        (["import", "absent.csv"], "absent.csv"),
        (["resolution", "read", "absent.txt"], "absent.txt"),
        (["status", "UNTOC", "--on", ""], "YYYY-MM-DD"),
        (["status", "UNTOC", "--on", "1_00"], "YYYY-MM-DD"),
        (["status", "UNTOC", "--on", "2012-W51-4"], "YYYY-MM-DD"),
        (["status", "--since", "2012"], "--since"),
        (["figure", "parties.untoc.2012-12-20"], "UNTOC"),
        (["report", "build", "--source", "absent.md", "-o", "out"], "absent.md"),
        (["report", "build", "--source", ".", "-o", "out"], "a file of its own"),
        (["resolution", "confirm", "A/RES/67/189#op21", "deadline", "{2014"], "JSON"),
        (["serve", "--port", "70000"], "--port"),
        (["import", "letter.txt", "--published", "9999-01-01"], "not in the future"),
        (["import", "letter.txt", "--published", "2012"], "a date as YYYY-MM-DD"),
        (["import", "letter.txt", "--licence", "x" * 256], "--licence"),
    ],
)
def test_bad_input_ends_with_2_and_a_sentence(home: Workspace, arguments: list[str], expected: str) -> None:
    assert expected in home.ask(*arguments, expect=2).stderr


def test_a_file_of_unknown_kind_is_refused_with_the_kinds_there_are(home: Workspace) -> None:
    (home.home / "letter.txt").write_text("Dear colleague,\n", encoding="utf-8")
    said = home.ask("import", "letter.txt", expect=2).stderr
    assert "letter.txt" in said
    assert "treaty actions" in said


def test_a_dry_run_says_what_the_import_then_does(home: Workspace) -> None:
    (home.home / "new.csv").write_text(
        "# publisher: a test\n# published: 2020-01-01\ninstrument,participant,action,date\n"
        "FP,Tuvalu,accession,2019-02-28\nFP,Belgium,ratification,2004-09-24\n",
        encoding="utf-8",
    )
    planned = answer(home, "import", "new.csv", "--dry-run")
    assert (planned["rows"], planned["adds"], planned["changes"], planned["unchanged"]) == (2, 1, 0, 1)
    assert answer(home, "status", "FP", "--on", "2019-12-31")["parties"] == before_import(home)
    done = answer(home, "import", "new.csv")
    assert done == planned
    assert answer(home, "status", "FP", "--on", "2019-12-31")["parties"] == before_import(home) + 1
    again = answer(home, "import", "new.csv")
    assert (again["adds"], again["changes"], again["unchanged"]) == (0, 0, 2)


def before_import(home: Workspace) -> int:
    """Parties to the Firearms Protocol as the shipped table gives them, known before the test's own file."""
    return answer(home, "status", "FP", "--on", "2019-12-31", "--as-at", "2019-02-27")["parties"]


def test_what_is_said_of_a_file_s_source_is_kept_on_its_origin(home: Workspace) -> None:
    (home.home / "said.csv").write_text(
        "instrument,participant,action,date\nFP,Bhutan,accession,2019-03-01\n", encoding="utf-8"
    )
    said = ["--published", "2020-02-03", "--publisher", "A depositary", "--title", "Deposits of 2019"]
    said += ["--url", "https://example.org/deposits", "--licence", "CC BY 4.0", "--subject", "firearms", "--held"]
    assert answer(home, "import", "said.csv", *said)["adds"] == 1
    columns = "title, publisher, published, url, licence"
    [kept] = home.rows(f"SELECT {columns} FROM evidence_origin WHERE file = %s", "said.csv")  # noqa: S608
    assert tuple(map(str, kept)) == (
        "Deposits of 2019",
        "A depositary",
        "2020-02-03",
        "https://example.org/deposits",
        "CC BY 4.0",
    )


def test_a_terminal_is_told_of_forty_differences_and_how_many_more(home: Workspace) -> None:
    header = "instrument,participant,action,date\n"
    days = [f"2019-{month:02}-{day:02}" for month in (3, 4) for day in range(1, 26)]
    rows = "".join(f"UNTOC,Japan,objection,{day}\n" for day in days)
    (home.home / "many.csv").write_text(header + rows, encoding="utf-8")
    told = home.ask("import", "many.csv", "--dry-run").stdout.splitlines()
    assert "  adds: 50" in told
    assert sum(line.startswith("    + ") for line in told) == 40
    assert "    … and 10 more; --format json lists them all" in told


def test_rows_that_a_tolerant_plan_leaves_out_are_told_forty_of_them(capsys: pytest.CaptureFixture[str]) -> None:
    rejected = [Finding("a rule", "error", "t.csv", f"{line}:date", "", "", "no date", True) for line in range(2, 47)]
    tell_plan(Plan("t.csv", "homicides", rows=50, rejected=45, findings=rejected, tolerant=True), "stored")
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "t.csv: homicides, 50 rows, 45 of them rejected"
    assert sum(line.startswith("  error: ") for line in told) == 40
    assert told[-2:] == ["  … and 5 more; --format json lists them all", "  stored"]


def test_what_ends_a_line_in_a_name_or_value_is_spelled_out(capsys: pytest.CaptureFixture[str]) -> None:
    name = "a\n  stored\n\r\tb\x1b.csv"
    found = Finding("a rule", "warning", name, "2:date", "", "", f"{name}: no\ndate")
    tell_plan(Plan(name, "homicides", rows=1, adds=["c\n  stored"], findings=[found]), "dry run; nothing is stored")
    say(name)
    told = capsys.readouterr()
    lines = told.out.splitlines()
    assert lines[0] == r"a\n  stored\n\r\tb\x1b.csv: homicides, 1 rows, 0 of them rejected"
    assert r"    + c\n  stored" in lines
    assert r"  warning: 2:date: a\n  stored\n\r\tb\x1b.csv: no\ndate" in lines
    assert lines[-1] == "  dry run; nothing is stored"
    assert "  stored" not in lines
    assert told.err == r"a\n  stored\n\r\tb\x1b.csv" + "\n"
    print_table(["a"], [["b\nc"]])
    assert r"b\nc" in capsys.readouterr().out
    assert on_one_line("plain – text") == "plain – text"


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (5.363799214868938, "5.364"),
        (461355.8484403411, "461356"),
        (-43.01587301587302, "-43.02"),
        (0.000287766793245184, "0.0002878"),
        (0.30000000000000016, "0.3000"),
        (1234.56, "1234.56"),
        (0.0, "0.0"),
        (7543469545.428505, "7543469545"),
        (None, ""),
        (True, "True"),
    ],
)
def test_a_table_shows_computed_values_to_the_digits_that_a_person_reads(value: object, printed: str) -> None:
    assert shown(value) == printed


def test_a_text_of_several_lines_stays_one(capsys: pytest.CaptureFixture[str]) -> None:
    tell_text("first\n\tsecond\x1b\n", end="")
    tell("third", end="")
    assert capsys.readouterr().out == "first\n\tsecond\\x1b\nthird"


def test_the_name_of_a_file_that_is_refused_is_told_on_one_line(home: Workspace) -> None:
    name = "a\n  stored\n.csv"
    shown = r"a\n  stored\n.csv"
    (home.home / name).write_text("Dear colleague,\n", encoding="utf-8")
    for path in (name, "no\n such.csv"):
        said = home.ask("import", path, "--dry-run", expect=2)
        assert "  stored" not in (said.stdout + said.stderr).splitlines()
    said = home.ask("import", name, "--dry-run", expect=2)
    assert said.stdout.splitlines()[0].startswith(f"{shown}: of no kind that can be read")
    assert all(line.startswith(shown) for line in said.stderr.splitlines())
    assert r"no\n such.csv" in home.ask("import", "no\n such.csv", expect=2).stderr.splitlines()[0]


def test_bad_rows_are_named_and_nothing_is_stored(home: Workspace) -> None:
    (home.home / "bad.csv").write_text(
        "instrument,participant,action,date\nUNTOC,Atlantis,ratification,2012-01-01\n"
        "UNTOC,Japan,ratificatoin,2017-07-11\nUNTOC,Japan,acceptance,2013-02-30\n",
        encoding="utf-8",
    )
    before = answer(home, "status", "UNTOC")["parties"]
    said = home.ask("import", "bad.csv", expect=2).stderr
    for part in ("2:participant", "Atlantis", "3:action", "ratificatoin", "ratification", "4:date", "2013-02-30"):
        assert part in said
    assert answer(home, "status", "UNTOC")["parties"] == before


def test_the_audit_chain_is_verified(home: Workspace) -> None:
    assert "head" in home.ask("audit", "verify").stdout


def test_verifying_lists_each_fault_and_fails(workspace: Callable[[Path], Workspace], tmp_path: Path) -> None:
    home = workspace(tmp_path)
    (tmp_path / "keys" / "audit.pem").unlink()
    shutil.rmtree(next((tmp_path / "releases").glob("homicide@2014*")))
    next((tmp_path / "origins").iterdir()).write_bytes(b"other")
    said = json.loads(home.ask("audit", "verify", "--format", "json", expect=1).stdout)
    assert said["holds"] is False
    assert [fault["kind"] for fault in said["faults"]] == ["key", "origin", "release"]
    lines = home.ask("audit", "verify", expect=1).stderr.splitlines()
    assert lines[0].startswith("keys/audit.pem: ")
    assert lines[-1] == "3 faults"
    assert not (tmp_path / "keys" / "audit.pem").exists()
    home.end()


def test_a_copy_that_may_only_be_read_is_verified_without_a_byte_written(
    workspace: Callable[[Path], Workspace], tmp_path: Path
) -> None:
    home = workspace(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    everything = [tmp_path, *tmp_path.rglob("*")]
    for path in everything:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        answered = json.loads(home.run("audit", "verify", "--format", "json").stdout)
    finally:
        for path in everything:
            path.chmod(0o755 if path.is_dir() else 0o644)
    assert (answered["holds"], answered["faults"]) == (True, [])
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


@pytest.mark.skipif(bool(workspaces.DATABASE), reason="of a database that is a file")
def test_what_was_committed_last_is_read_from_the_log_of_a_read_only_copy(
    workspace: Callable[[Path], Workspace], tmp_path: Path
) -> None:
    live, copied = tmp_path / "live", tmp_path / "copied"
    home = workspace(live)
    with contextlib.closing(sqlite3.connect(live / "comity.sqlite3")) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM evidence_auditevent").fetchone()
        (live / "bad.csv").write_text("instrument,participant,action,date\nUNTOC,Atlantis,ratification,2012-01-01\n")
        home.ask("import", "bad.csv", expect=2)
        shutil.copytree(live, copied)
    assert (copied / "comity.sqlite3-wal").stat().st_size > 0
    copied.chmod(0o555)
    (copied / "comity.sqlite3").chmod(0o444)
    try:
        answered = json.loads(workspaces.nowhere(copied).run("audit", "verify", "--format", "json").stdout)
    finally:
        copied.chmod(0o755)
    assert answered["faults"] == []
    assert answered["events"] == home.rows("SELECT max(number) FROM evidence_auditevent")[0][0]
    home.end()


def test_help_names_every_command_without_a_workspace(tmp_path: Path) -> None:
    home = workspaces.nowhere(tmp_path)
    listed = home.run("--help").stdout
    for command in ("up", "serve", "status", "figure", "import", "resolution", "report", "audit"):
        assert command in listed
        assert "Usage" in home.run(command, "--help").stdout
    assert list(tmp_path.iterdir()) == []


def test_a_refused_file_is_told_as_json_and_as_a_sentence(home: Workspace) -> None:
    done = home.ask("import", "absent.csv", "--format", "json", expect=2)
    said = json.loads(done.stdout)
    assert (said["file"], said["rows"], said["adds"]) == ("absent.csv", 0, 0)
    assert said["findings"][0]["severity"] == "error"
    assert "absent.csv" in done.stderr


def test_of_several_files_each_is_said_to_be_stored_or_not(home: Workspace) -> None:
    headings = "instrument,participant,action,date\n"
    (home.home / "first.csv").write_text(headings + "FP,Tonga,accession,2019-02-28\n", encoding="utf-8")
    (home.home / "second.csv").write_text(headings + "FP,Atlantis,accession,2019-02-28\n", encoding="utf-8")
    done = home.ask("import", "first.csv", "second.csv", "--format", "json", expect=2)
    assert [(said["file"], said["adds"]) for said in json.loads(done.stdout)] == [("first.csv", 1), ("second.csv", 0)]
    assert "first.csv: stored" in done.stderr
    assert "nothing is stored" in done.stderr


def test_a_list_of_participants_says_through_when_it_is_complete(home: Workspace) -> None:
    rows = csv.DictReader(io.StringIO(home.ask("status", "FP", "--format", "csv").stdout))
    assert {row["complete_through"] for row in rows} == {"2018-10-19"}


def test_a_damaged_database_is_a_sentence(home: Workspace, tmp_path: Path) -> None:
    (tmp_path / "workspace.json").write_bytes((home.home / "workspace.json").read_bytes())
    (tmp_path / "comity.sqlite3").write_bytes(b"no database" * 1000)
    assert "not a database" in workspaces.nowhere(tmp_path).run("status", expect=1).stderr


def test_every_command_has_an_example(tmp_path: Path) -> None:
    commands = ["up", "serve", "status", "figure", "import", "resolution read", "resolution compare"]
    commands += ["resolution confirm", "report build", "report verify", "audit verify"]
    home = workspaces.nowhere(tmp_path)
    for command in commands:
        assert f"Example: comity {command}" in home.run(*command.split(), "--help").stdout


@pytest.mark.parametrize(
    "url", ["postgresql://u@localhost:port/name", "mysql://localhost/name", "postgresql://localhost"]
)
def test_a_database_that_cannot_be_meant_is_refused_in_a_sentence(tmp_path: Path, url: str) -> None:
    nowhere = workspaces.nowhere(tmp_path)
    done = Workspace(tmp_path, {**nowhere.environment, "DATABASE_URL": url}).run("status", expect=1)
    assert done.stderr.startswith("DATABASE_URL: expected")
