"""The classification: the source's own counts, its tree, its slips and its rules."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.analysis.emerging_issues.declared import emerging_issues
from comity.classifications import iccs
from comity.evidence.errors import UnknownName

CODES = sorted(iccs.load().categories)


def test_the_classification_has_320_categories_on_four_levels() -> None:
    levels = Counter(category.level for category in iccs.load().categories.values())
    assert levels == {1: 11, 2: 63, 3: 148, 4: 98}


def test_level_and_parent_follow_from_the_digits() -> None:
    for category in iccs.load().categories.values():
        assert category.level == iccs.LEVELS[len(category.code)]
        if category.level > 1:
            assert category.parent in iccs.load() and category.code.startswith(category.parent)


def test_a_childless_parent_is_not_repeated_below() -> None:
    classification = iccs.load()
    assert classification.children("0101") == ()
    assert all(len(classification.children(code)) != 1 for code in CODES)


def test_the_slip_0908_is_answered_with_0909() -> None:
    with pytest.raises(UnknownName, match="0909 Other acts against public safety"):
        iccs.load().category("0908")


def test_an_unknown_code_is_answered_with_the_nearest_ones_and_its_place() -> None:
    with pytest.raises(UnknownName) as caught:
        iccs.load().category("04017", "map.csv", "3:iccs")
    assert caught.value.faults[0].place == "3:iccs"
    assert caught.value.candidates[0].startswith("0401 Robbery")


def test_kinship() -> None:
    classification = iccs.load()
    assert [above.code for above in classification.ancestors("090121")] == ["09012", "0901", "09"]
    assert [child.code for child in classification.children("0301")] == ["03011", "03012", "03019"]
    assert classification.is_within("010321", "01") and classification.is_within("01", "01")
    assert not classification.is_within("01", "010321") and not classification.is_within("0201", "0202")
    assert len(classification.sections()) == 11


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (["0101"], "0101"),
        (["010321", "010322"], "01032"),
        (["01031", "010322"], "0103"),
        (["0103", "010322"], "0103"),
        (["0101", "0201"], None),
        ([], None),
    ],
)
def test_the_lowest_common_parent(codes: list[str], expected: str | None) -> None:
    found = iccs.load().common_ancestor(codes)
    assert (found.code if found else None) == expected


@given(st.lists(st.sampled_from(CODES), min_size=1, max_size=4))
def test_the_common_parent_contains_all_and_none_of_its_children_does(codes: list[str]) -> None:
    classification = iccs.load()
    found = classification.common_ancestor(codes)
    if found is None:
        assert len({code[:2] for code in codes}) > 1
        return
    assert all(classification.is_within(code, found.code) for code in codes)
    for child in classification.children(found.code):
        assert not all(classification.is_within(code, child.code) for code in codes)


@given(st.text(max_size=8))
def test_any_text_is_a_code_or_refused_in_a_sentence(text: str) -> None:
    try:
        assert iccs.load().category(text).code == text
    except UnknownName as error:
        assert "ICCS 1.0" in str(error)


def test_attempted_is_void_where_the_code_says_it() -> None:
    classification = iccs.load()
    assert not classification.tag_applies("At", "0101")
    assert not classification.tag_applies("At", "010321")
    assert classification.tag_applies("At", "0401") and classification.tag_applies("We", "0101")


def test_sections_four_and_five_are_property_crime() -> None:
    assert iccs.load().meta_category(["0401", "050211"]) == "property crime"
    assert iccs.load().meta_category(["0401", "0701"]) is None


def test_residuals_end_in_nine() -> None:
    assert iccs.load().category("0909").residual and iccs.load().category("020299").residual
    assert not iccs.load().category("09").residual


def test_titles_fall_back_to_english() -> None:
    assert iccs.load().category("0401").title("es") == "Robo"
    assert iccs.load().category("0909").title("es") == "Other acts against public safety and state security"


def test_the_situational_context_has_no_code_three() -> None:
    context = next(tag for tag in iccs.tags() if tag.tag == "SiC")
    assert list(context.codes) == ["1", "2", "4", "5", "6", "7", "8"] and context.verified


def test_tags_whose_codes_are_not_held_are_unverified() -> None:
    held = {(tag.group, tag.tag): tag for tag in iccs.tags()}
    assert not held["victim", "AV"].verified and held["victim", "AV"].codes == {}
    assert {group for group, _tag in held} == {"event", "victim", "perpetrator", "data description"}


def test_each_of_the_seven_emerging_issues_is_counted_by_existing_codes() -> None:
    issues = emerging_issues()
    assert len({issue.issue for issue in issues}) == 7
    assert all(issue.iccs in iccs.load() for issue in issues)
    assert {issue.iccs for issue in issues if issue.issue == "piracy"} == {"11012"}
