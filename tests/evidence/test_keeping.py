"""What a database can keep is judged by one rule, whatever the database."""

import pytest

from comity.evidence.errors import BadInput
from comity.evidence.importing import plan_import
from comity.evidence.keeping import unkeepable
from comity.evidence.models import AuditEvent, Origin
from comity.evidence.registers import Entry, require_keepable
from comity.evidence.store import Source, now
from comity.instruments.models import ActionRecord


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


@pytest.mark.django_db
def test_a_file_that_says_too_long_a_title_of_itself_is_refused(load_tables: object) -> None:
    load_tables()  # type: ignore[operator]
    rows = "area,indicator,period,value\nBRA,homicide-count,2012,1\n"
    for line in ("# title: " + "T" * 301, "# publisher: " + "P" * 256):
        with pytest.raises(BadInput) as refusal:
            plan_import("l.csv", f"# dataset: lights\n{line}\n{rows}".encode(), Source("l.csv", "l.csv"))
        assert "text of at most" in str(refusal.value)
    with pytest.raises(BadInput, match="dataset"):
        plan_import("l.csv", f"# dataset: {'l' * 81}\n{rows}".encode())
