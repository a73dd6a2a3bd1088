"""What is held on the emerging issues: observations, States and years over all categories of an issue and all areas."""

from dataclasses import replace
from pathlib import Path

import pytest
from examples.releases import release
from examples.statistics import observation

from comity.analysis.emerging_issues import facts, figures
from comity.analysis.emerging_issues.ask import issues
from comity.analysis.emerging_issues.declared import EmergingIssue, emerging_issues
from comity.analysis.emerging_issues.figures import CategoryHeld, emerging_issues_held, issues_measured
from comity.areas.gazetteer import Area, Gazetteer, Membership

# The issue of identity lies under two categories, 0701 and 0702.
NEWER = CategoryHeld("0701", "040", True, 3, 2011, 2012)
OLDER = CategoryHeld("0702", "040", True, 2, 2008, 2009)
OF_ANOTHER_AREA = CategoryHeld("0702", "056", True, 4, 2005, 2014)

TWO_MEMBERS = Gazetteer(
    [Area(code, None, None, "state", None, None, True, "") for code in ("040", "056")],
    [],
    [Membership(code, "un-member", "member", None, None, True, "") for code in ("040", "056")],
    [],
)


def test_an_issue_begins_with_the_first_year_of_any_category_and_area_and_ends_with_the_last() -> None:
    for found in ((NEWER, OLDER, OF_ANOTHER_AREA), (OF_ANOTHER_AREA, OLDER, NEWER)):
        table = emerging_issues_held([found])
        assert (table.cell("identity", "first"), table.cell("identity", "last")) == ("2005", "2014")
    table = emerging_issues_held([(NEWER,), (OLDER,)])
    assert (table.cell("identity", "first"), table.cell("identity", "last")) == ("2008", "2012")


def test_observations_of_all_releases_are_summed_and_a_state_in_two_of_them_is_one() -> None:
    table = emerging_issues_held(
        [(NEWER, OF_ANOTHER_AREA), (OLDER, CategoryHeld("0701", "GBR_S", False, 1, 2010, 2010))]
    )
    assert (table.cell("identity", "observations"), table.cell("identity", "states")) == (10, 2)


def test_each_issue_stands_in_the_table_and_one_without_observations_has_no_years() -> None:
    table = emerging_issues_held([(NEWER,)])
    assert list(table.rows) == list(dict.fromkeys(issue.issue for issue in emerging_issues()))
    assert [table.cell("piracy", column) for column in ("observations", "states", "first", "last")] == [
        0,
        0,
        None,
        None,
    ]
    assert issues_measured([(replace(NEWER, observations=1),)]) == 1
    assert issues_measured([()]) == 0


def test_an_issue_is_a_part_of_its_categories_where_any_of_them_needs_a_tag(monkeypatch: pytest.MonkeyPatch) -> None:
    declared = (("one", "0701", ""), ("one", "0702", "Cy"), ("none", "0401", ""), ("all", "0903", "Cy"))
    made = [EmergingIssue(issue, issue.title(), iccs, tag, "", True) for issue, iccs, tag in declared]
    monkeypatch.setattr(figures, "emerging_issues", lambda: made)
    table = emerging_issues_held([])
    assert {issue: table.cell(issue, "part") for issue in table.rows} == {"one": True, "none": False, "all": True}
    assert table.cell("one", "categories") == "0701, 0702"


def test_a_release_holds_of_an_area_and_category_the_years_from_the_first_to_the_last(tmp_path: Path) -> None:
    rows = [observation("040", year, 7.0, iccs="0701") for year in ("2012", "2010", "2011")]
    rows += [
        observation("GBR_S", "2009", 3.0, iccs="07012"),
        observation("040", "2001", None, iccs="0701", text="", status="O"),  # nothing to be had
        observation("040", "2002", 9.0, iccs="0401"),  # no category of an issue
    ]
    held = facts.held_in(release(tmp_path / "made@2014-10-06", *rows), TWO_MEMBERS)
    assert held == (
        CategoryHeld("0701", "040", True, 3, 2010, 2012),
        CategoryHeld("07012", "GBR_S", False, 1, 2009, 2009),
    )


def test_a_year_stated_as_missing_counts_neither_as_an_observation_nor_as_the_first_or_last(tmp_path: Path) -> None:
    rows = [observation("040", year, 7.0, iccs="0701") for year in ("2010", "2011")]
    rows += [
        observation("040", "2001", None, iccs="0701", text="..", status="O"),
        observation("056", "2020", None, iccs="0701", text="..", status="O"),
        observation("056", "2009", None, iccs="0702", text="..", status="O"),
    ]
    held = release(tmp_path / "made@2014-10-06", *rows)
    (identity,) = [issue for issue in issues((held,)) if issue.key == "identity"]
    found = [
        (one.iccs, one.observations, one.areas, one.first, one.last) for _row, of in identity.categories for one in of
    ]
    assert found == [("0701", 2, 1, "2010", "2011")]
    assert identity.measured
    only_missing = release(tmp_path / "missing@2014-10-06", *rows[2:])
    assert not any(issue.measured for issue in issues((only_missing,)))
