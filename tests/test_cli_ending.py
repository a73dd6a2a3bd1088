"""How errors end a command: in sentences and with a status, and what nobody foresaw is written down to be reported."""

import errno
import getpass
import io
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
import workspaces
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError
from workspaces import Workspace

from comity.cli.terminal.error_messages import ending
from comity.cli.terminal.inputs import LONGEST_ACTOR, actor
from comity.cli.terminal.printing import Format, HarmlessStream, print_records, print_table
from comity.evidence.errors import BadInput, Fault
from comity.evidence.models import AuditEvent


def raised(error: Exception) -> Exception:
    """The error with a traceback, as it comes out of a command."""
    words = "Jane Roe"
    try:
        raise error from ValueError(words)
    except Exception as caught:
        return caught


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace's folder, with nothing in it."""
    monkeypatch.setenv("COMITY_HOME", str(tmp_path))
    for name in ("COMITY_DEBUG", "COMITY_LOG"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_a_failure_nobody_foresaw_is_a_sentence_and_a_line_to_report(home: Path) -> None:
    status, said = ending(raised(KeyError("Jane Roe")))
    assert status == 1
    assert said[0] == "The program failed (KeyError)."
    line = json.loads((home / "failures.log").read_text(encoding="utf-8"))
    assert str(home / "failures.log") in said[1]
    assert line["request"] in said[1]
    assert line["failure"]["type"] == "KeyError"
    assert line["failure"]["at"][-1].endswith(" raised")
    assert "Jane" not in json.dumps(line)
    assert stat.S_IMODE((home / "failures.log").stat().st_mode) & 0o007 == 0


def test_a_failure_is_written_to_the_log_that_is_named(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_LOG", str(home / "named"))
    _status, said = ending(raised(RecursionError()))
    assert str(home / "named") in said[1]
    assert (home / "named").read_text(encoding="utf-8").count("\n") == 1


def test_a_failure_that_cannot_be_written_down_says_how_to_see_it(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_HOME", str(home / "nowhere"))
    status, said = ending(raised(MemoryError()))
    assert (status, len(said)) == (1, 2)
    assert "COMITY_DEBUG=1" in said[1]
    assert not (home / "nowhere").exists()


def test_with_debugging_the_whole_traceback_is_said(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_DEBUG", "1")
    _status, said = ending(raised(KeyError("here")))
    assert said[-1] == "KeyError: 'here'"
    assert "Traceback (most recent call last):" in said
    assert not (home / "failures.log").exists()


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (BadInput(Fault("a.csv", "2:date", "x", "a date")), 2, "a.csv, 2:date"),
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), 1, "No space left"),
        (OSError(errno.ENOENT, "No such file", "/nowhere/a.csv"), 2, "/nowhere/a.csv: No such file"),
        (OperationalError("connection failed: Connection refused\nIs the server running?"), 1, "Connection refused."),
        (OperationalError(), 1, "OperationalError"),
        (ImproperlyConfigured("The database name is too long"), 1, "too long."),
        (duckdb.IOException("IO Error: No space left on device\n\nmore"), 1, "No space left on device."),
    ],
)
def test_what_a_person_can_mend_is_said_in_a_line(home: Path, error: Exception, status: int, words: str) -> None:
    ended, said = ending(raised(error))
    assert ended == status
    assert len(said) == 1
    assert words in said[0]
    assert not (home / "failures.log").exists()


def test_a_user_without_a_name_acts_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def nameless() -> str:
        raise KeyError("getpwuid(): uid not found: 12345")

    monkeypatch.setattr(getpass, "getuser", nameless)
    assert actor() == "command line"


@pytest.mark.parametrize("name", ["a\udcff", "a\x1b[31m", "n" * (LONGEST_ACTOR + 1), "a\nb"])
def test_a_name_that_no_chain_can_hold_is_not_taken(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: name)
    assert actor() == "command line"
    assert AuditEvent._meta.get_field("actor").max_length == LONGEST_ACTOR


ESCAPES = ("\x1b[31mred", "\x9b31m", "\x1b]0;title\x07", "\u202eturned", "a\rb")


@pytest.mark.parametrize("escape", ESCAPES)
def test_what_is_said_on_the_way_steers_no_terminal(escape: str) -> None:
    written = io.BytesIO()
    with HarmlessStream(written, "utf-8", "backslashreplace", write_through=True) as stream:
        stream.write(escape)
        said = written.getvalue().decode()
    assert said == escape.encode("unicode_escape").decode()


@pytest.mark.parametrize(
    "arguments",
    [("{}",), ("status", "UNTOC", "--{}"), ("status", "UNTOC", "{}"), ("status", "UNTOC", "--format", "{}")],
)
def test_an_argument_that_is_refused_is_told_without_its_escapes(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    given = [argument.format("\x1b[31m\u202e") for argument in arguments]
    done = workspaces.nowhere(tmp_path).run(*given, expect=2)
    assert "\x1b" not in done.stderr
    assert "\u202e" not in done.stderr


def test_a_home_that_is_a_file_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    nowhere = workspaces.nowhere(tmp_path)
    home = Workspace(tmp_path, {**nowhere.environment, "COMITY_HOME": str(tmp_path / "file" / "home")})
    assert "Not a directory" in home.run("up", "--no-serve", expect=1).stderr


def test_a_server_that_does_not_answer_is_a_sentence_without_its_password(tmp_path: Path) -> None:
    nowhere = workspaces.nowhere(tmp_path)
    url = "postgresql://comity:s3cret@127.0.0.1:1/comity"
    done = Workspace(tmp_path, {**nowhere.environment, "DATABASE_URL": url}).run("up", "--no-serve", expect=1)
    assert "cannot be used" in done.stderr
    assert "s3cret" not in done.stderr


def test_a_list_as_csv_holds_no_formula(capsys: pytest.CaptureFixture[str]) -> None:
    records = [{"title": title, "rows": -5, "value": "-5"} for title in ("=1+1", "＝1", "\ufeff=1", "A title")]
    print_records(records, Format.CSV)
    assert capsys.readouterr().out.splitlines() == [
        "title,rows,value",
        "'=1+1,-5,-5",
        "'＝1,-5,-5",
        "'\\ufeff=1,-5,-5",
        "A title,-5,-5",
    ]


def test_a_table_shows_a_text_letter_for_letter(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(["title"], [[":warning: [red]a[/red]"]])
    assert ":warning: [red]a[/red]" in capsys.readouterr().out


def test_what_a_command_makes_cannot_be_written_by_everyone(tmp_path: Path) -> None:
    home = workspaces.nowhere(tmp_path)
    script = "import os, sys; os.umask(0); os.execv(sys.argv[1], sys.argv[1:])"
    arguments = [sys.executable, "-c", script, str(workspaces.COMITY), "resolution", "read"]
    (tmp_path / "text.txt").write_text(
        "The General Assembly,\n\n1. Requests the Secretary-General to report.\n", encoding="utf-8"
    )
    subprocess.run([*arguments, "text.txt", "-o", "made.txt"], env=home.environment, cwd=tmp_path, check=True)
    assert stat.S_IMODE((tmp_path / "made.txt").stat().st_mode) == 0o664


def test_what_duckdb_says_in_json_is_told_as_its_sentence() -> None:
    said = duckdb.IOException(
        '{"exception_type":"IO","exception_message":"Could not write to \\"a\\": full","errno":"28"}'
    )
    (line,) = ending(said)[1]
    assert line.endswith('cannot be used: Could not write to "a": full.')
