"""Texts of a CSV are not run by spreadsheet programs, numbers stand, and every text comes back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.evidence.files.formula_signs import SIGNS, bare, inert, inert_line

NASTY = st.text(
    st.one_of(st.sampled_from("'\"=+-@＝＋－＠\t\r\n \u3000\ufeff\u200b\xa05.,e"), st.characters()), max_size=8
)


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("before", ["", " ", '"', "'", "\xa0", "\u3000", "\ufeff", "\u200b", "\u2066", "\x00", " \t“"])
def test_a_text_that_would_be_run_is_marked_whatever_hides_its_sign(sign: str, before: str) -> None:
    assert inert(f"{before}{sign}cmd|' /C calc'!A0") == f"'{before}{sign}cmd|' /C calc'!A0"


@pytest.mark.parametrize("text", ["\t1", "\r1", "\n1", "'\tx", "-", "-5\n", "--5", "-5+cmd", "+"])
def test_what_begins_a_cell_or_is_no_whole_number_is_marked(text: str) -> None:
    assert inert(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["", "-5", "+1,234.5", "-1e-5", " -5", "5-6", "<5", "'quoted'", "“said”", "Brazil", "a=b", "−5", "جزائر"]
)
def test_numbers_and_other_texts_stand_as_they_are(text: str) -> None:
    assert inert(text) == bare(text) == text


@given(NASTY)
def test_every_text_comes_back(text: str) -> None:
    assert bare(inert(text)) == text


def test_a_line_of_prose_is_marked_where_a_comma_begins_a_cell() -> None:
    said = '# Title: Homicide,=HYPERLINK("http://a.example"); "＝1",+1 and 5, -6'
    assert inert_line(said) == "# Title: Homicide,'=HYPERLINK(\"http://a.example\");' \"＝1\",'+1 and 5,' -6"
