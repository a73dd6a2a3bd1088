"""How many States a data set covers, how completely and how late, on numbers that can be counted by hand."""

from dataclasses import replace

from examples.statistics import observation

from comity.statistics.catalogue import (
    Contents,
    coverages,
    data_sets,
    data_sets_held,
    observations_held,
    states_with_data,
)

WHOLE = Contents(
    dataset="robbery",
    release="robbery@2023-05-01",
    year=2023,
    observations=11,
    rejected=2,
    members=4,
    areas=coverages(
        [
            ("008", True, 5, {2018, 2019, 2020, 2021, 2022}),
            ("012", True, 2, {2010, 2020}),
            ("020", True, 1, {2015}),
            ("GBR_S", False, 3, {2009, 2021, 2022}),
        ]
    ),
)
PART = Contents(
    dataset="robbery",
    release="robbery@2025-02-01",
    year=2025,
    observations=4,
    rejected=1,
    members=5,
    areas=coverages([("012", True, 2, {2019, 2024}), ("024", True, 2, {2017, 2018})]),
)


def row(*contents: Contents) -> dict[str, object]:
    table = data_sets(contents)
    return dict(zip(table.columns, table.rows["robbery"], strict=True))


def test_a_data_set_is_told_by_its_states_areas_and_years() -> None:
    told = row(WHOLE)
    assert {name: told[name] for name in ("release", "observations", "left_out", "states", "areas")} == {
        "release": "robbery@2023-05-01",
        "observations": 11,
        "left_out": 2,
        "states": 3,
        "areas": 4,
    }
    assert (told["first"], told["last"]) == ("2009", "2022")


def test_completeness_is_a_share_of_five_years_of_every_member_whether_it_reports_or_not() -> None:
    # Five years of one State and one of another, out of five years of four members; a part of a State does not count.
    assert row(WHOLE)["completeness"] == 100 * 6 / (4 * 5)


def test_what_a_part_adds_counts_within_the_five_years_and_over_the_members_of_the_whole_release() -> None:
    # 2019 of one State and 2018 of another are added; 2017 and 2024 lie outside, and the part's fifth member too.
    assert row(WHOLE, PART)["completeness"] == 100 * 8 / (4 * 5)


def test_lateness_is_the_median_over_the_states_and_not_the_latest_of_them() -> None:
    # One year, three and eight; the part of a State, which is one year late, would make it two.
    assert row(WHOLE)["lateness"] == 3


def test_of_an_even_number_of_states_lateness_lies_between_the_two_in_the_middle() -> None:
    reported = coverages([("008", True, 1, {2022}), ("012", True, 1, {2019})])
    assert row(replace(WHOLE, areas=reported))["lateness"] == 2.5


def test_data_that_are_newer_than_their_release_are_not_late() -> None:
    # A forecast of 2027 is nought years late and not minus four, which the middle of the two would show.
    reported = coverages([("008", True, 1, {2027}), ("012", True, 1, {2021})])
    assert row(replace(WHOLE, areas=reported))["lateness"] == 1


def test_lateness_is_counted_to_the_year_of_the_whole_release() -> None:
    # One year, nought for 2024, eight, five: counted to 2025, when the part came, they would be two later each.
    assert row(WHOLE, PART)["lateness"] == 3


def test_a_part_adds_its_observations_areas_and_years() -> None:
    told = row(WHOLE, PART)
    assert (told["release"], told["observations"], told["left_out"]) == ("robbery@2025-02-01", 15, 3)
    assert (told["states"], told["areas"], told["first"], told["last"]) == (4, 5, "2009", "2024")


def test_of_several_parts_the_last_one_is_named() -> None:
    last = replace(PART, release="robbery@2026-02-01", observations=1, rejected=0)
    told = row(WHOLE, PART, last)
    assert (told["release"], told["observations"], told["left_out"]) == ("robbery@2026-02-01", 16, 3)


def test_a_data_set_without_a_state_has_neither_years_nor_lateness() -> None:
    told = row(replace(WHOLE, areas=(), members=0))
    assert (told["states"], told["first"], told["last"]) == (0, None, None)
    assert (told["completeness"], told["lateness"]) == (None, None)
    assert row(replace(WHOLE, areas=()))["completeness"] == 0


def test_the_last_five_years_are_those_up_to_the_last_one_of_any_area() -> None:
    both = coverages([("008", True, 6, {2017, 2018, 2022}), ("012", True, 2, {2016, 2017})])
    assert [(area.first, area.last, area.recent) for area in both] == [(2017, 2022, 2), (2016, 2017, 0)]
    assert [area.recent for area in coverages([("008", True, 3, {2016, 2017, 2018})], 2021)] == [2]


def test_counts_are_of_data_sets_and_a_state_in_two_is_one() -> None:
    other = replace(WHOLE, dataset="theft", areas=coverages([("008", True, 1, {2020}), ("032", True, 1, {2020})]))
    people = replace(WHOLE, dataset="population-2024", areas=coverages([("090", True, 1, {2020})]))
    held = (WHOLE, PART, other, people)
    assert list(data_sets(held).rows) == ["population-2024", "robbery", "theft"]
    assert data_sets_held(held) == 3
    assert observations_held(held) == 11 + 4 + 11 + 11


def test_a_state_with_data_is_counted_once_by_its_latest_observation() -> None:
    assert states_with_data([observation("076"), observation("250"), observation("076", period="2011")]) == 2
