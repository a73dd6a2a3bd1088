from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.evidence.figures import Table
from comity.reports.formats import FORMATS, printed


@pytest.mark.parametrize(
    ("value", "formats", "text"),
    [
        (173, [], "173"),
        (3563, [], "3,563"),
        (9, ["words"], "nine"),
        (10, ["words"], "10"),
        (0, ["words"], "zero"),
        (6, ["words", "capital"], "Six"),
        (18, ["words", "capital"], "18"),
        (89.637, ["percent"], "89.6"),
        (99.982, ["percent"], "99.9"),
        (99.951, ["percent"], "99.9"),
        (100.0, ["percent"], "100.0"),
        (21, ["ordinal"], "21st"),
        (40, ["ordinal"], "40th"),
        (9, ["ordinal"], "ninth"),
        (10, ["ordinal"], "10th"),
        *((number, ["ordinal"], f"{number}th") for number in (11, 12, 13, 111, 112, 113, 211)),
        (101, ["ordinal"], "101st"),
        (102, ["ordinal"], "102nd"),
        (103, ["ordinal"], "103rd"),
        (121, ["ordinal"], "121st"),
        (1, ["ordinal"], "first"),
        (3, ["ordinal"], "third"),
        (date(2012, 12, 20), [], "20 December 2012"),
        ("2012-12-20", [], "20 December 2012"),
        (date(2012, 9, 1), ["short-date"], "1 Sept. 2012"),
        (date(2012, 7, 1), ["short-date"], "1 July 2012"),
        (("Angola", "Benin", "Chad"), ["list"], "Angola, Benin and Chad"),
        ((), ["list"], "none"),
        (None, [], "–"),
        (True, [], "yes"),
    ],
)
def test_values_are_printed_in_united_nations_style(value, formats, text):
    assert printed(value, formats) == text


@pytest.mark.parametrize(
    ("value", "formats"),
    [("many", ["words"]), (True, ["number"]), (5, ["date"]), (Table(("a",), {}), []), ("x", ["percent"])],
)
def test_a_format_refuses_a_value_of_another_kind(value, formats):
    with pytest.raises(ValueError, match=r"^(a|one) "):
        printed(value, formats)


@given(st.integers(min_value=10))
def test_numbers_from_ten_up_stand_in_figures(value):
    assert printed(value, ["words"]).replace(",", "") == str(value)


def test_every_format_says_what_it_does():
    assert all(function.__doc__ for function in FORMATS.values())


@pytest.mark.parametrize(
    ("value", "text"), [(436_556.0, "437,000"), (1110.0, "1,100"), (949.6, "950"), (0, "0"), (9_960.0, "10,000")]
)
def test_estimated_counts_are_rounded_as_un_documents_print_them(value, text):
    assert printed(value, ["rounded"]) == text


@pytest.mark.parametrize(("value", "text"), [(0, "none"), (3, "three"), (23, "23")])
def test_nought_can_be_told_as_none(value, text):
    assert printed(value, ["none"]) == text
