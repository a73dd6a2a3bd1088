"""YAML of a depth that can be walked, without what makes a short text endless."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.evidence.errors import BadInput
from comity.evidence.files.declarations import MOST_DEPTH, Declaration, read_declarations


def read(text: str) -> tuple[str, ...]:
    """The keys of a file."""

    def keys(whole: Declaration) -> tuple[str, ...]:
        listed = whole.keys()
        for key in listed:
            whole.read_each(key, str, "")
        return listed

    return read_declarations(text, "r.yaml", keys, "a register")


def refusal(text: str) -> str:
    with pytest.raises(BadInput) as raised:
        read(text)
    return str(raised.value)


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_deep_nesting_is_refused_with_its_line(opening: str) -> None:
    assert refusal("symbol: A\noperative:\n  " + opening * 2_500).startswith(
        "r.yaml, 3: found “lists or mappings more than 20"
    )


def test_nesting_is_read_up_to_the_bound() -> None:
    deep = "a: " + "[" * (MOST_DEPTH - 2) + "]" * (MOST_DEPTH - 2)
    assert "expected YAML" not in refusal(deep)


def test_an_alias_is_refused() -> None:
    assert refusal("a: &one [x, x]\nb: [*one, *one]").startswith("r.yaml, 2: found “*one”")


@given(st.text(alphabet="[]{}:-?&*!|>#a1 \n\"'", max_size=200))
def test_any_text_is_a_mapping_or_refused(text: str) -> None:
    try:
        read(text)
    except BadInput as error:
        assert error.faults[0].file == "r.yaml"
