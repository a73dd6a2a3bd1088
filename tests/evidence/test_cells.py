"""Cells of a row as what their columns hold, and what is said of those that hold something else."""

import re
from datetime import date

import pytest

from comity.evidence.errors import Fault
from comity.evidence.files.cells import RowCells, into
from comity.evidence.files.text_tables import Row

WORDS = re.compile("[a-z]+")


def cells(faults: list[Fault], **said: str) -> RowCells:
    return RowCells("t.csv", Row(7, said), into(faults), {"sex": "_T"})


def test_cells_are_read_as_what_their_columns_hold() -> None:
    faults: list[Fault] = []
    row = cells(faults, day=" 2012-02-29 ", yes="1", count="012", name="a", sex="", rate="")
    assert row.day("day") == date(2012, 2, 29)
    assert row.flag("yes") is True
    assert row.whole_number("count", 0, 12, "a number") == 12
    assert row.matching("name", WORDS, "a word") == row.required("name", "a word") == row.at_most("name", 1) == "a"
    assert row.read("rate", float, None, "a rate") is None
    assert (row.text("sex"), row.text("of-no-column"), row.day("of-no-column")) == ("_T", "", None)
    assert not faults


@pytest.mark.parametrize("day", ["2012-02-30", "2012-2-3", "20120203", "2012-W01-1", "٢٠١٢-٠١-٠١", "2012"])
def test_a_day_that_is_none_is_named_with_its_place(day: str) -> None:
    faults: list[Fault] = []
    assert cells(faults, day=day).day("day") is None
    assert faults == [Fault("t.csv", "7:day", day, "a day as YYYY-MM-DD, or nothing")]


@pytest.mark.parametrize("count", ["-1", "1.0", "13", "x", "٣", "9" * 5_000])
def test_a_number_that_is_none_or_out_of_bounds_is_named(count: str) -> None:
    faults: list[Fault] = []
    assert cells(faults, count=count).whole_number("count", 0, 12, "a number up to 12") is None
    assert [fault.expected for fault in faults] == ["a number up to 12"]


def test_everything_that_is_wrong_is_noted_under_its_rule_in_the_order_of_reading() -> None:
    noted: list[tuple[str, str]] = []
    said = {"yes": "yes", "name": "", "begins": "2012-01-02", "ends": "2012-01-01"}
    row = RowCells("t.csv", Row(7, said), lambda rule, fault: noted.append((rule, str(fault))))
    row.flag("yes")
    row.required("name", "a name")
    row.spell("begins", "ends")
    assert noted == [
        ("vocabulary", "t.csv, 7:yes: found “yes”, expected one of: 0, 1"),
        ("form", "t.csv, 7:name: found “”, expected a name"),
        ("spell", "t.csv, 7:ends: found “2012-01-01”, expected a day after 2012-01-02"),
    ]
