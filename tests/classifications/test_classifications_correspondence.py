"""Correspondence tables: what is refused and where, and how counts and records are placed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.classifications.correspondence import HEADINGS, read_correspondence
from comity.evidence.errors import BadInput, UnknownName

DAY = date(2020, 1, 1)
ROW = {
    "system": "CL-2019",
    "national_code": "702",
    "title": "HOMICIDIO",
    "language": "es",
    "iccs": "0101",
    "relation": "exact",
    "mapper": "Ana",
    "status": "draft",
}


def table(*rows: dict[str, str]) -> bytes:
    lines = [",".join(HEADINGS)]
    lines += [",".join({**ROW, **row}.get(heading, "") for heading in HEADINGS) for row in rows]
    return ("\n".join(lines) + "\n").encode()


def places(*rows: dict[str, str]) -> list[str]:
    with pytest.raises(BadInput) as caught:
        read_correspondence(table(*rows), "map.csv")
    assert all(fault.expected for fault in caught.value.faults)
    return [fault.place for fault in caught.value.faults]


def test_a_sound_row_is_read_and_its_count_stands_whole() -> None:
    found = read_correspondence(table({}), "map.csv")
    assert found.systems == ("CL-2019",)
    assert found.allocate("702", 40, DAY) == [("0101", 40, False)]


@pytest.mark.parametrize(
    ("cells", "place"),
    [
        ({"system": "CL"}, "2:system"),
        ({"national_code": ""}, "2:national_code"),
        ({"language": "Spanish"}, "2:language"),
        ({"valid_from": "2019-02-30"}, "2:valid_from"),
        ({"valid_from": "2019-01-01", "valid_to": "2019-01-01"}, "2:valid_to"),
        ({"iccs": "0908"}, "2:iccs"),
        ({"relation": "same"}, "2:relation"),
        ({"weight": "1.2"}, "2:weight"),
        ({"weight": "0"}, "2:weight"),
        ({"weight": "nan"}, "2:weight"),
        ({"condition": "At"}, "2:condition"),
        ({"condition": "SiC=3"}, "2:condition"),
        ({"condition": "Xy=1"}, "2:condition"),
        ({"mapper": ""}, "2:mapper"),
        ({"status": "final"}, "2:status"),
        ({"status": "reviewed", "reviewer": "Bo"}, "2:evidence"),
        ({"status": "reviewed", "reviewer": "Bo", "evidence": "homicidio"}, "2:evidence"),
        ({"status": "reviewed", "reviewer": "ana", "evidence": "Inclusion of 0101"}, "2:reviewer"),
        ({"status": "reviewed", "evidence": "Inclusion of 0101"}, "2:reviewer"),
        ({"weight": "0.5"}, "2:weight"),
    ],
)
def test_each_fault_names_line_and_column(cells: dict[str, str], place: str) -> None:
    assert places(cells) == [place]


def test_an_unknown_category_is_answered_with_the_nearest() -> None:
    with pytest.raises(BadInput, match="0909"):
        read_correspondence(table({"iccs": "0908"}), "map.csv")


def test_weights_sum_to_one_and_the_shares_are_estimated() -> None:
    halves = ({"iccs": "0101", "weight": "0.25"}, {"iccs": "0201", "weight": "0.75"})
    found = read_correspondence(table(*halves), "map.csv")
    assert found.allocate("702", 8, DAY) == [("0101", 2, True), ("0201", 6, True)]


def test_weights_that_miss_one_are_refused_at_the_last_row() -> None:
    assert places({"weight": "0.25"}, {"iccs": "0201", "weight": "0.7"}) == ["3:weight"]


def test_weights_on_some_rows_only_are_refused() -> None:
    assert places({"weight": "0.25"}, {"iccs": "0201"}) == ["3:weight"]


def test_weights_are_summed_on_each_day_and_not_over_all() -> None:
    rows = (
        {"iccs": "0101", "weight": "1", "valid_to": "2019-01-01"},
        {"iccs": "0101", "weight": "0.5", "valid_from": "2019-01-01"},
        {"iccs": "0201", "weight": "0.5", "valid_from": "2019-01-01"},
    )
    found = read_correspondence(table(*rows), "map.csv")
    assert found.allocate("702", 4, date(2018, 12, 31)) == [("0101", 4, False)]
    assert [share.share for share in found.allocate("702", 4, date(2019, 1, 1))] == [2, 2]
    assert len(found.at(DAY).matches) == 2


def test_a_row_that_ends_leaves_weights_that_no_longer_sum_to_one() -> None:
    rows = ({"weight": "0.5", "valid_to": "2019-01-01"}, {"iccs": "0201", "weight": "0.5"})
    assert places(*rows) == ["3:weight"]


def test_overlapping_spells_of_one_code_and_category_are_refused() -> None:
    assert places({"valid_to": "2019-01-02"}, {"valid_from": "2019-01-01"}) == ["3:valid_from"]
    read_correspondence(table({"valid_to": "2019-01-01"}, {"valid_from": "2019-01-01"}), "map.csv")


def test_without_weights_a_count_goes_to_the_lowest_common_parent() -> None:
    found = read_correspondence(table({"iccs": "020111"}, {"iccs": "020112"}), "map.csv")
    assert found.allocate("702", 9, DAY) == [("02011", 9, True)]


def test_without_weights_and_common_parent_a_count_is_refused() -> None:
    found = read_correspondence(table({"iccs": "0101"}, {"iccs": "0201"}), "map.csv")
    with pytest.raises(BadInput, match="no common parent"):
        found.allocate("702", 9, DAY)


def test_a_code_wider_than_its_category_is_estimated() -> None:
    found = read_correspondence(table({"relation": "broader"}), "map.csv")
    assert found.allocate("702", 9, DAY) == [("0101", 9, True)]


def test_unit_records_are_told_apart_by_their_tags() -> None:
    rows = ({"iccs": "0102", "condition": "At=1"}, {"iccs": "0101", "condition": "At=2"})
    found = read_correspondence(table(*rows), "map.csv")
    assert found.assign("702", DAY, {"At": "1"}) == "0102"
    assert found.assign("702", DAY, {"At": "2", "We": "1"}) == "0101"
    assert found.assign("702", DAY, {}) is None
    assert found.allocate("702", 5, DAY) == [("01", 5, True)]


def test_a_code_without_a_row_is_unknown() -> None:
    found = read_correspondence(table({"valid_from": "2019-01-01"}), "map.csv")
    with pytest.raises(UnknownName):
        found.allocate("702", 1, date(2018, 12, 31))
    with pytest.raises(UnknownName, match="702"):
        found.allocate("709", 1, DAY)


@given(st.lists(st.integers(1, 1000), min_size=2, max_size=5), st.integers(0, 10**6))
def test_shares_sum_to_the_count(parts: list[int], count: int) -> None:
    codes = ["0101", "0102", "0201", "0301", "0401"]
    weights = [part / sum(parts) for part in parts]
    rows = [{"iccs": code, "weight": f"{weight:.15f}"} for code, weight in zip(codes, weights, strict=False)]
    shares = read_correspondence(table(*rows), "map.csv").allocate("702", count, DAY)
    assert sum(share.share for share in shares) == pytest.approx(count, abs=1e-3)
    assert all(share.estimated for share in shares)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        read_correspondence(",".join(HEADINGS).encode() + b"\n" + data, "map.csv")
    except BadInput as error:
        assert error.faults
