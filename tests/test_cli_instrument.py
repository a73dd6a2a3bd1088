"""`comity instrument read`: what a saved page of the depositary holds, stored or not."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from depositary_pages import Page, cell, noted
from workspaces import Workspace

NOTE = "On 6 September 2024, the Government of Lithuania notified its withdrawal, with effect from 6 March 2025."
PAGE = Page(
    mtdsg="XXVI-6",
    rows=[
        ["Andorra", cell(None), cell(date(2013, 4, 9), "a")],
        ["Ruritania", cell(date(2008, 12, 3)), cell(None)],
        [noted("Lithuania", "3"), cell(date(2008, 12, 3), bracketed=True), cell(date(2011, 3, 24), bracketed=True)],
    ],
    signatories="1",
    parties="1",
    declarations=[("Andorra", "<p align=left><i>Reservation:<br></n></i></p>Not bound by article 9.<br>")],
    notes=[("3", NOTE)],
)


@pytest.fixture(scope="module")
def home(workspace: Callable[[Path], Workspace], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A workspace that is set up, for all tests of the module."""
    copied = workspace(tmp_path_factory.mktemp("workspace"))
    yield copied
    copied.end()


@pytest.fixture
def file(tmp_path: Path) -> Callable[[Page | bytes], str]:
    """Writes a page as a file and gives its name."""

    def write(page: Page | bytes) -> str:
        path = tmp_path / "page.html"
        path.write_bytes(page if isinstance(page, bytes) else page.bytes())
        return str(path)

    return write


def test_a_page_of_a_treaty_that_the_register_lacks_is_read_whole(home, file):
    found = json.loads(home.ask("instrument", "read", file(PAGE), "--format", "json").stdout)
    assert (found["mtdsg"], found["as_at"], found["signatories"], found["parties"]) == ("XXVI-6", "2026-02-03", 1, 1)
    assert found["entry_into_force"] == "2003-09-29"
    fields = ("participant", "participant_name", "action", "date", "ended")
    assert [tuple(one[name] for name in fields) for one in found["actions"]] == [
        ("020", "Andorra", "accession", "2013-04-09", False),
        (None, "Ruritania", "signature", "2008-12-03", False),
        ("440", "Lithuania", "signature", "2008-12-03", "2025-03-06"),
        ("440", "Lithuania", "ratification", "2011-03-24", "2025-03-06"),
    ]
    [declaration] = found["declarations"]
    assert (declaration["participant"], declaration["kind"], declaration["date"]) == ("020", "Reservation", None)
    assert "Not bound by article 9." in declaration["text"]


def test_a_terminal_is_shown_totals_acts_and_what_is_declared(home, file):
    shown = home.ask("instrument", "read", file(PAGE)).stdout
    for words in ("XXVI-6: Convention of tests", "parties: 1; the rows give 1", "Lithuania", "Not bound by article 9."):
        assert words in shown


def test_totals_that_the_rows_do_not_give_end_with_status_1_and_the_page_all_the_same(home, file):
    tampered = Page(**{**vars(PAGE), "parties": "2"})
    answered = home.ask("instrument", "read", file(tampered), "--format", "json", expect=1)
    found = json.loads(answered.stdout)
    assert (found["agrees"], found["parties"], found["counted"]["parties"], len(found["actions"])) == (False, 2, 1, 4)
    assert "Parties: 2" in answered.stderr


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (Page(**{**vars(PAGE), "language": "_fr"}), "clang=_en"),
        (PAGE.bytes()[:3000], "saved whole"),
        (b"<!DOCTYPE html><html><body>Another site</body></html>", "treaties.un.org"),
    ],
)
def test_what_is_no_whole_english_page_is_answered_in_words(home, file, page, said):
    for command in (["instrument", "read"], ["import"]) if said != "treaties.un.org" else (["instrument", "read"],):
        assert said in home.ask(*command, file(page), expect=2).stderr


def test_a_page_of_a_treaty_that_the_register_lacks_is_not_imported(home, file):
    assert "comity instrument read" in home.ask("import", file(PAGE), expect=2).stderr


def test_pages_nested_too_deep_or_without_end_are_answered_in_words(home, file):
    deep = PAGE.html().replace("Not bound by article 9.", "<b><i>" * 60_000)
    done = home.ask("instrument", "read", file(deep.encode()), "--format", "json", expect=2)
    assert "Excessive depth" in done.stderr
    long = PAGE.bytes().replace(b"</form>", b"x" * (34 * 2**20) + b"</form>")
    assert "at most 32 MB" in home.ask("instrument", "read", file(long), expect=2).stderr
