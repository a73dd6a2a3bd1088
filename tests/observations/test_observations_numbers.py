import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.evidence.workbooks.workbook import Percent
from comity.observations.numbers import Marks, Number, marks_of, read_number, read_year, upper_bound


@pytest.mark.parametrize(
    ("cell", "value", "status"),
    [
        (0, 0, "A"), (0.0, 0, "A"), ("0", 0, "A"), (5, 5, "A"), ("12.5", 12.5, "A"), (" 7 ", 7, "A"),
        ("1,234,567", 1234567, "A"), ("1 234", 1234, "A"), ("1\u00a0234", 1234, "A"), ("1'234.5", 1234.5, "A"),
        ("٥٠١٠٨", 50108, "A"), ("١٬٢٣٤٫٥", 1234.5, "A"), ("५०", 50, "A"), ("1e3", 1000, "A"),
        ("2366*", 2366, "B"), ("<5", None, "Q"), ("≤ 5", None, "Q"), ("&lt;5", None, "Q"),
        ("na", None, "M"), ("n/a", None, "M"), ("Unknown", None, "L"), ("", None, "O"), ("..", None, "O"),
        (None, None, "O"), ("-", None, "O"), ("NA", None, "O"), ("N/A", None, "O"), (" N/A ", None, "O"),
    ],
)  # fmt: skip
def test_zero_masked_break_not_applicable_unknown_and_missing_are_told_apart(
    cell: object, value: float | None, status: str
) -> None:
    assert read_number(cell)[:2] == (value, status)


@pytest.mark.parametrize("cell", ["1,5", "12,34", "1,234,56", "5 men", "x", "1.2.3", "+", True, float("inf"), "1e999"])
def test_what_is_no_number_is_refused_and_never_guessed(cell: object) -> None:
    with pytest.raises(ValueError, match="number"):
        read_number(cell)


def test_a_number_in_another_form_says_that_it_was_adapted() -> None:
    assert [read_number(cell, whole=True).adapted for cell in (12, "12", "1,200", "١٢")] == [False, False, True, True]


def test_a_masked_number_tells_its_largest_value() -> None:
    assert [upper_bound(text) for text in ("<5", "≤5", "&lt;5", "٥", "5")] == [4, 5, 4, None, None]


@pytest.mark.parametrize(
    "text",
    ["9007199254740993", "1e-400", "123456789012345678901234567890", "99999999999999999999.5", "9,007,199,254,740,993"],
)
def test_a_number_that_would_be_kept_as_another_is_none(text: str) -> None:
    with pytest.raises(ValueError, match="kept as it stands"):
        read_number(text)


@pytest.mark.parametrize(
    "text", ["9007199254740992", "9007199254740991", "1e20", "0.1234567890123456789", "0", "0.000", "-0"]
)
def test_a_number_with_more_digits_than_any_tells_is_kept(text: str) -> None:
    assert read_number(text).value == float(text)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_finite_number_is_read_back_from_its_shortest_text(value: float) -> None:
    assert read_number(repr(value)).value == value


@given(st.integers(min_value=0, max_value=10**12), st.sampled_from(",' ’٬"))
def test_thousands_marks_in_full_groups_do_not_change_the_number(value: int, mark: str) -> None:
    assert read_number(f"{value:,}".replace(",", mark), whole=True).value == value


@given(st.text(max_size=12) | st.integers() | st.none() | st.booleans() | st.floats())
def test_any_cell_is_a_number_with_a_status_or_refused(cell: object) -> None:
    try:
        found = read_number(cell)
    except (ValueError, OverflowError) as error:
        assert isinstance(error, ValueError)
        return
    assert isinstance(found, Number)
    assert found.value is None or math.isfinite(found.value)
    assert (found.value is None) == (found.status in "QMLO")


@pytest.mark.parametrize("cell", [2012, "2012", 2012.0, "٢٠١٢"])
def test_a_year_is_read_from_number_and_text(cell: object) -> None:
    assert read_year(cell, last=2024) == "2012"


@pytest.mark.parametrize("cell", [1013, 2025, 2012.5, "", "<5", "soon"])
def test_a_year_that_cannot_be_is_refused(cell: object) -> None:
    with pytest.raises(ValueError, match=r"a year from 1900 to 2024|a number"):
        read_year(cell, last=2024)


ONE_READING = [
    ("1,234", Marks(usual="."), True, 1234.0),
    ("1.234", Marks(usual=","), True, 1234.0),
    ("1.234", Marks(usual="."), False, 1.234),
    ("0,673", Marks(",", "2:v"), False, 0.673),
    ("1,234", Marks(",", "2:v"), False, 1.234),
    ("1.234,5", Marks(",", "2:v"), False, 1234.5),
    ("1 234,5", Marks(",", "2:v"), False, 1234.5),
    ("1 234.5", Marks(), False, 1234.5),
    ("1,234.5", Marks(), False, 1234.5),
    ("1,234", Marks(".", "2:v"), False, 1234.0),
]
SEVERAL_OR_NONE = [
    ("1,234", Marks(usual="."), False),
    ("1.234", Marks(usual="."), True),
    ("1,234", Marks(usual=","), True),
    ("1.234", Marks(usual=","), False),
    ("1,234", Marks(usual=","), False),
    ("1,234", Marks(".", "2:v", "3:v"), True),
    ("1.234", Marks(".", "2:v", "3:v"), False),
    ("0,673", Marks(".", "2:v"), False),
    ("0.673", Marks(",", "2:v"), False),
    ("1 234,5", Marks(".", "2:v"), False),
    ("1 234.5", Marks(",", "2:v"), False),
]


@pytest.mark.parametrize(("text", "marks", "whole", "value"), ONE_READING)
def test_a_text_of_one_reading_is_read_so(text: str, marks: Marks, whole: bool, value: float) -> None:
    assert read_number(text, marks, whole=whole).value == value


@pytest.mark.parametrize(("text", "marks", "whole"), SEVERAL_OR_NONE)
def test_a_text_of_two_readings_or_against_its_column_is_refused(text: str, marks: Marks, whole: bool) -> None:
    with pytest.raises(ValueError, match="a number"):
        read_number(text, marks, whole=whole)


def test_a_column_shows_the_mark_of_most_of_its_cells_and_the_place_of_the_first() -> None:
    cells = [("2:v", "1,234"), ("3:v", "0,5"), ("4:v", 3), ("5:v", "0.5*"), ("6:v", "2,25%")]
    assert marks_of(cells) == Marks(",", "3:v", "5:v")
    assert marks_of([("2:v", "1,234"), ("3:v", "1.234")], ",") == Marks(usual=",")


@pytest.mark.parametrize(
    ("text", "bound"), [("<5", 4.0), ("≤5", 5.0), ("< 10", 9.0), ("<٥", 4.0), ("5", None), ("", None)]
)
def test_the_largest_number_that_a_mask_allows(text: str, bound: float | None) -> None:
    assert upper_bound(text) == bound


@pytest.mark.parametrize("year", [1900, 2199])
def test_the_first_and_the_last_year_that_can_be(year: int) -> None:
    assert read_year(year) == str(year)
    assert read_year("2024", last=2024) == "2024"
    for beyond in (1899, 2200):
        with pytest.raises(ValueError, match="a year from 1900 to 2199"):
            read_year(beyond)


def test_a_percentage_and_a_marked_number_keep_what_they_say() -> None:
    assert read_number(Percent(0.125)) == Number(12.5, "A", percent=True)
    assert read_number("2366*") == Number(2366.0, "B")
    assert (read_number("1 234").adapted, read_number("1234").adapted) == (True, False)


def test_a_number_that_ends_in_its_decimal_mark_is_none() -> None:
    for text in ("17.", "17,", "1,234."):
        with pytest.raises(ValueError, match="number"):
            read_number(text)
