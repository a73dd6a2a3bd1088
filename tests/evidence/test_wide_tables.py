"""Text tables that are wider than they can be read with."""

import pytest

from comity.evidence.errors import BadInput
from comity.evidence.files.text_tables import MOST_COLUMNS, table_of
from comity.observations.grids.text_tables import repeated, start_of_table


def headings(count: int) -> str:
    return ",".join(f"c{number}" for number in range(count))


def test_a_table_has_as_many_columns_as_the_bound_and_no_more() -> None:
    assert len(table_of("l.csv", headings(MOST_COLUMNS) + "\n1\n").headings) == MOST_COLUMNS
    with pytest.raises(BadInput, match=r"l\.csv, 2: found “2,001 columns”, expected at most 2,000 columns"):
        table_of("l.csv", "# lights\n" + headings(MOST_COLUMNS + 1) + "\n1\n")


def test_short_rows_under_many_headings_are_not_filled_up_without_bound() -> None:
    with pytest.raises(BadInput, match="3,000 rows × 2,000 columns"):
        table_of("l.csv", headings(2_000) + "\n" + "1\n" * 3_000)


def test_a_wide_table_is_known_by_its_headings_without_its_rows() -> None:
    table = start_of_table((headings(9_000) + "\n" + "1\n" * 5_000).encode())
    assert table is not None
    assert len(table.headings) == 9_000
    assert table.records == []


def test_headings_that_stand_twice_are_named_each_time() -> None:
    assert list(repeated(["a", "b", "", "a", "", "c", "a"])) == ["a", "a"]
