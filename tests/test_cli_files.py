"""What the commands do with files that no reader should be left alone with."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from workspaces import Workspace

from comity.evidence.errors import MOST_FAULTS, MOST_SHOWN, BadInput
from comity.evidence.files import budget
from comity.evidence.importing import importer_for
from comity.mandates.reading.reader import read_bytes

FINE = "# dataset: t-lights\n# published: 2020-01-01\narea,indicator,period,value\nBRA,homicide-count,2012,1\n"


MANY = "".join(f"BRA,homicide-count,2012,{number},{'x' * 5_000}\n" for number in range(3_000))


@pytest.fixture(scope="module")
def home(workspace: Callable[[Path], Workspace], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A workspace that is set up, for all tests of the module."""
    copied = workspace(tmp_path_factory.mktemp("workspace"))
    yield copied
    copied.end()


def test_a_rehearsal_goes_on_behind_what_is_no_file(home: Workspace, tmp_path: Path) -> None:
    (tmp_path / "fine.csv").write_text(FINE)
    os.mkfifo(tmp_path / "pipe")
    files = ["/dev/zero", str(tmp_path / "fine.csv"), str(tmp_path / "pipe"), str(tmp_path)]
    answered = home.ask("import", "--dry-run", "--format", "json", *files, expect=2)
    assert [len(plan["findings"]) > 0 and plan["rows"] == 0 for plan in json.loads(answered.stdout)] == [
        True,
        False,
        True,
        True,
    ]
    assert "found “a device”, expected a file of its own" in answered.stderr
    assert "found “a pipe”" in answered.stderr


@pytest.mark.parametrize(
    "command",
    [["resolution", "read"], ["resolution", "compare", "/dev/zero"], ["iccs", "propose", "--file"], ["import"]],
)
def test_no_command_reads_what_has_no_end(home: Workspace, command: list[str]) -> None:
    assert "found “a device”" in home.ask(*command, "/dev/zero", expect=2).stderr


def test_the_source_of_a_report_is_a_file_of_bounded_size(home: Workspace, tmp_path: Path) -> None:
    assert (
        "found “a device”" in home.ask("report", "build", "--source", "/dev/zero", "-o", str(tmp_path), expect=2).stderr
    )
    (tmp_path / "large.md").write_text("---\n---\n" + " " * 2**20)
    said = home.ask(
        "report", "build", "--source", str(tmp_path / "large.md"), "-o", str(tmp_path / "r"), expect=2
    ).stderr
    assert "expected a file of at most 1 MB" in said


def test_what_a_file_holds_never_steers_the_terminal(home: Workspace, tmp_path: Path) -> None:
    (tmp_path / "steers.csv").write_text(FINE.replace("BRA", "B\x1b]0;PWNED\x07\x9b31mRA"))
    for form in ("table", "csv", "json"):
        answered = home.ask("import", "--dry-run", "--format", form, str(tmp_path / "steers.csv"), expect=2)
        for said in (answered.stdout, answered.stderr):
            assert not {"\x1b", "\x07", "\x9b"} & set(said)
        assert "PWNED" in answered.stderr


def test_many_unknown_areas_are_each_named_and_the_nearest_names_of_the_first(home: Workspace, tmp_path: Path) -> None:
    rows = "".join(f"Brazik{number:04},homicide-count,2012,1\n" for number in range(900))
    (tmp_path / "unknown.csv").write_text(FINE + rows)
    answered = home.ask("import", "--dry-run", "--format", "json", str(tmp_path / "unknown.csv"), expect=2)
    findings = json.loads(answered.stdout)["findings"]
    assert len(findings) == 900
    assert "Brazil" in findings[0]["expected"]
    assert findings[-1]["expected"] == "the name or code of a State or area"


@pytest.mark.parametrize(
    "line", ["\n" * 50_000, " " * 50_000, "***\n" * 20_000, "1." + " " * 50_000, "#" + "\t" * 50_000]
)
def test_a_text_of_almost_nothing_is_refused_soon(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_FILE_SECONDS", "5")  # to go over it once takes a tenth of one
    data = f"a{line}x\n".encode()
    for read in (lambda: importer_for("n.txt", data), lambda: read_bytes(data, "n.txt")):
        with pytest.raises(BadInput) as refusal:
            budget.within("n.txt", lambda read=read: str(read()))  # type: ignore[misc]
        assert "seconds" not in str(refusal.value)


def test_of_faults_without_end_the_first_are_named_and_no_text_of_one_is_whole(home: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    path.write_text(FINE.replace("value\n", "value,sex\n").replace(",1\n", f",{'9' * 5_000},M\n") + MANY)
    found = json.loads(home.ask("import", "--dry-run", "--format", "json", str(path), expect=2).stdout)["findings"]
    assert len(found) == MOST_FAULTS + 1
    assert "only the first 1,000 are named" in found[-1]["expected"]
    assert max(len(text) for one in found for text in one.values() if isinstance(text, str)) == MOST_SHOWN


def test_a_repeat_of_endless_digits_is_a_fault_of_its_cell(home: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "endless.csv"
    path.write_text(FINE.replace("value\n", "value,repeat\n").replace(",1\n", f",1,{'1' * 5_000}\n"))
    assert "endless.csv, 4:repeat: found" in home.ask("import", str(path), expect=2).stderr
