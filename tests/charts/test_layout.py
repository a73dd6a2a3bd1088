import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.charts.languages import language
from comity.charts.parts.axes import decimals_of, nice_step, value_axis
from comity.charts.parts.key import key_places
from comity.charts.parts.layout import stacked, text_width, wrapped


@given(st.lists(st.tuples(st.floats(-50, 500), st.floats(1, 40)), min_size=1, max_size=12))
def test_things_of_unlike_depths_keep_their_order_and_never_overlap(things: list[tuple[float, float]]) -> None:
    middles = stacked([wish for wish, _ in things], [depth for _, depth in things], 480)
    ends = [(middle - depth / 2, middle + depth / 2) for middle, (_, depth) in zip(middles, things, strict=True)]
    assert all(upper[1] <= lower[0] + 1e-6 for upper, lower in itertools.pairwise(ends))
    assert ends[0][0] >= -1e-6 and ends[-1][1] <= 480 + 1e-6


def test_things_with_room_between_them_stay_where_they_wish() -> None:
    assert stacked([10, 50, 90], [10, 30, 10], 100) == [10, 50, 90]


def test_a_long_label_is_broken_between_words_and_loses_none() -> None:
    lines = wrapped("Latin American and Caribbean States", 100)
    assert len(lines) > 1 and " ".join(lines) == "Latin American and Caribbean States"
    assert all(text_width(line) <= 100 for line in lines)


def test_a_chinese_label_is_broken_between_characters() -> None:
    lines = wrapped("打击跨国有组织犯罪公约", 60)
    assert len(lines) > 1 and "".join(lines) == "打击跨国有组织犯罪公约"


def test_a_value_stays_on_the_line_of_the_last_word() -> None:
    assert wrapped("Firearms Protocol\u00a0109", 70)[-1] == "Protocol\u00a0109"


def test_a_key_is_mirrored_where_writing_runs_from_right_to_left() -> None:
    left = key_places(["Party", "Not party"], 400, mirrored=False)
    right = key_places(["Party", "Not party"], 400, mirrored=True)
    assert left[0].x == 6 and left[0].x < left[1].x
    assert right[0].x == 394 and right[0].x > right[1].x


def test_a_key_goes_on_in_a_new_row_where_the_width_ends() -> None:
    places = key_places(["Party", "Signatory only", "Not party"], 150, mirrored=False)
    assert places[0].y < places[1].y < places[2].y


@given(st.integers(1, 100_000), st.integers(60, 500))
def test_ticks_of_counts_are_whole_begin_at_zero_and_reach_the_largest_value(largest: int, height: int) -> None:
    top, ticks = value_axis(largest, height)
    assert ticks[0] == 0 and ticks[-1] == top >= largest
    assert all(tick == int(tick) for tick in ticks)
    assert len(ticks) <= max(2, round(height / 55)) + 2


def test_the_distance_of_ticks_is_a_round_number() -> None:
    assert [nice_step(largest, 4) for largest in (3, 7, 38, 193, 437_000)] == [1, 2, 10, 50, 200_000]


@given(st.floats(0.001, 900), st.integers(60, 500))
def test_ticks_of_a_measure_begin_at_zero_and_are_printed_as_they_are(largest: float, height: int) -> None:
    top, ticks = value_axis(largest, height, whole=False)
    assert ticks[0] == 0 and ticks[-1] == top >= largest * (1 - 1e-9) and len(ticks) <= max(2, round(height / 55)) + 2
    assert all(float(f"{tick:.{decimals_of(ticks)}f}") == pytest.approx(tick) for tick in ticks)


@pytest.mark.parametrize(
    ("code", "printed"),
    [("en", "437,000"), ("fr", "437\u202f000"), ("ru", "437\u00a0000"), ("es", "437\u00a0000"), ("ar", "437,000")],
)
def test_numbers_are_printed_as_the_language_prints_them(code: str, printed: str) -> None:
    assert language(code).number(437_000) == printed


def test_decimals_take_the_mark_of_the_language() -> None:
    assert language("fr").number(6.2, 1) == "6,2"
    assert language("en").number(6.2, 1) == "6.2"
