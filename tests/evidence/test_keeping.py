"""What a database can keep is judged by one rule, whatever the database."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.evidence.errors import BadInput
from comity.evidence.files.control_characters import UNPRINTABLE, printable
from comity.evidence.models import AuditEvent, Origin
from comity.evidence.registers import Entry, require_keepable
from comity.evidence.store import now
from comity.evidence.workspaces.keepable import unkeepable
from comity.instruments.models import ActionRecord
from comity.observations.reading import Description
from comity.statistics.publishing import unkeepable_of


def said(model: type, **values: object) -> list[str]:
    return [str(fault) for fault in unkeepable(model, values, "l.csv", "")]


def test_a_text_is_kept_up_to_the_length_of_its_column() -> None:
    assert said(Origin, title="t" * 500, note="n" * 5_000, published=None) == []
    [fault] = said(Origin, title="t" * 501)
    assert fault.startswith("l.csv, title: found “ttt")
    assert fault.endswith("expected text of at most 500 characters")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("\ud800", "text of Unicode characters"), ("a\0b", "text without null characters")],
)
def test_what_is_no_text_is_kept_nowhere_not_even_within_lists(text: str, expected: str) -> None:
    for fault in (*said(Origin, note=text), *said(AuditEvent, subject={"a": [1, {"b": text}]})):
        assert fault.endswith(expected)
        fault.encode()


def test_a_number_is_kept_within_the_range_of_its_column() -> None:
    assert said(Origin, size=2**63 - 1) == []
    assert "a whole number from" in said(Origin, size=2**63)[0]


def test_entries_name_their_place() -> None:
    entry = Entry({"article": "a" * 81}, "7", now().date(), "an action")
    with pytest.raises(BadInput) as refusal:
        require_keepable(ActionRecord, [entry])
    assert [fault.place for fault in refusal.value.faults] == ["7:article"]


@pytest.mark.parametrize(("name", "longest"), [("dataset", 80), ("title", 300), ("publisher", 255), ("licence", 255)])
def test_what_a_table_says_of_itself_is_kept_up_to_the_length_of_its_column(name: str, longest: int) -> None:
    described = Description("lights", "Lights")
    assert list(unkeepable_of(replace(described, **{name: "t" * longest}), "l.csv")) == []
    [fault] = unkeepable_of(replace(described, **{name: "t" * (longest + 1)}), "l.csv")
    assert (fault.place, fault.expected) == (name, f"text of at most {longest} characters")


def test_a_name_holds_no_control_characters_and_a_note_may() -> None:
    assert said(Origin, note="a\x0cb") == []
    [fault] = said(Origin, title="a\x1b[31mb")
    assert fault.endswith("expected text without control characters")


@given(st.text(st.characters()))
def test_printable_text_holds_what_xml_can_hold_and_is_as_long(text: str) -> None:
    assert not UNPRINTABLE.search(printable(text))
    assert len(printable(text)) == len(text)
