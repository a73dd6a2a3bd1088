"""Two resolutions compared paragraph by paragraph."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.mandates.compare import Change, Comparison, compare, to_json, to_text, word_difference
from comity.mandates.reading.reader import read_bytes
from comity.mandates.resolution import Paragraph, Point, Resolution

LAMPS = "Requests the Secretary-General to keep the lamps of every lighthouse burning through the winter months"
OIL = "Urges Member States to contribute refined oil and cotton wicks to the common store of the lighthouse keepers"
BOATS = "Encourages harbour authorities to inspect fishing boats and pilot cutters before they leave for the open sea"
MAPS = "Invites hydrographic offices to publish charts of shoals, reefs and currents at a scale that sailors can read"
FOG = "Notes with concern that fog signals have fallen silent on several islands since the last session was held"


def resolution(symbol: str, *operative: str, preambular: tuple[str, ...] = ()) -> Resolution:
    """An invented resolution with these paragraphs."""

    def numbered(texts: tuple[str, ...], kind: str) -> tuple[Paragraph, ...]:
        return tuple(
            Paragraph(f"{symbol}#{kind}{number}", number, text, number) for number, text in enumerate(texts, start=1)
        )

    return Resolution(
        symbol=symbol,
        title="On lighthouses",
        adopted=None,
        session=None,
        agenda_item="",
        report="",
        distributed=None,
        meeting="",
        enacting_formula="The General Assembly,",
        preambular=numbered(preambular, "pp"),
        operative=numbered(operative, "op"),
    )


def changes(comparison: Comparison) -> list[tuple[str, str, str]]:
    return [
        (pair.change.value, *(one.id.partition("#")[2] if one else "–" for one in (pair.before, pair.after)))
        for pair in comparison.pairs
    ]


def test_carried_changed_new_and_dropped_paragraphs_are_told_apart() -> None:
    warmer = LAMPS.replace("through the winter months", "in all seasons and on every coast")
    compared = compare(resolution("A/RES/1/1", LAMPS, OIL, FOG), resolution("A/RES/2/1", warmer, OIL, MAPS))
    assert changes(compared) == [
        ("changed", "op1", "op1"),
        ("carried over", "op2", "op2"),
        ("dropped", "op3", "–"),
        ("new", "–", "op3"),
    ]


def test_moved_paragraphs_are_found_and_only_they_are_called_moved() -> None:
    compared = compare(resolution("A", LAMPS, OIL, BOATS, MAPS), resolution("B", MAPS, LAMPS, OIL, BOATS))
    assert changes(compared) == [
        ("carried over", "op4", "op1"),
        ("carried over", "op1", "op2"),
        ("carried over", "op2", "op3"),
        ("carried over", "op3", "op4"),
    ]
    assert [pair.moved for pair in compared.pairs] == [True, False, False, False]


def test_equal_paragraphs_are_paired_in_their_order() -> None:
    compared = compare(resolution("A", OIL, LAMPS, OIL), resolution("B", OIL, LAMPS, OIL))
    assert changes(compared) == [("carried over", f"op{n}", f"op{n}") for n in (1, 2, 3)]
    assert not any(pair.moved for pair in compared.pairs)


def test_stop_at_the_end_is_no_change() -> None:
    assert compare(resolution("A", OIL + ";"), resolution("B", OIL + ".")).pairs[0].similarity == 1


def test_preambular_paragraphs_are_not_paired_with_operative_ones() -> None:
    compared = compare(resolution("A", preambular=(FOG,)), resolution("B", FOG))
    assert [pair.change for pair in compared.pairs] == [Change.DROPPED, Change.NEW]


def test_nested_points_count_as_text_of_their_paragraph() -> None:
    with_points = resolution("A", "Requests the keepers:")
    points = (Point("(a)", "To trim the wicks daily;", 2), Point("(b)", "To polish the brass and the lenses;", 3))
    changed = replace(with_points.operative[0], points=points)
    compared = compare(with_points, replace(with_points, operative=(changed,)))
    assert "polish the brass" in " ".join(piece.text for pair in compared.pairs for piece in pair.difference)


def test_word_difference_shows_what_was_removed_and_added() -> None:
    pieces, similarity = word_difference("to keep the old lamps", "to keep the new lamps (and wicks)")
    assert [(piece.kind, piece.text) for piece in pieces] == [
        ("same", "to keep the"),
        ("removed", "old"),
        ("added", "new"),
        ("same", "lamps"),
        ("added", "(and wicks)"),
    ]
    assert 0.5 < similarity < 0.9


def test_json_and_terminal_forms_say_the_same() -> None:
    compared = compare(resolution("A/RES/1/1", LAMPS, FOG), resolution("A/RES/2/1", LAMPS.replace("winter", "dark")))
    document = json.loads(json.dumps(to_json(compared)))
    assert document["counts"] == {"carried over": 0, "changed": 1, "new": 0, "dropped": 1}
    assert document["paragraphs"][0]["before"] == "A/RES/1/1#op1"
    text = to_text(compared)
    assert text.splitlines()[0] == "A/RES/1/1 → A/RES/2/1"
    assert "[-winter-] {+dark+}" in text
    assert "op2 → –  dropped" in text


@given(
    st.lists(st.sampled_from([LAMPS, OIL, BOATS, MAPS, FOG]), max_size=8), st.lists(st.text(max_size=60), max_size=5)
)
def test_every_paragraph_of_both_texts_stands_once(before: list[str], after: list[str]) -> None:
    compared = compare(resolution("A", *before), resolution("B", *after, *before[::2]))
    held = [pair.before.id for pair in compared.pairs if pair.before]
    came = [pair.after.id for pair in compared.pairs if pair.after]
    assert sorted(held) == sorted(f"A#op{number}" for number in range(1, len(before) + 1))
    assert sorted(came) == sorted(f"B#op{number}" for number in range(1, len(after) + len(before[::2]) + 1))


def test_a_resolution_compared_with_itself_is_carried_over_whole() -> None:
    whole = resolution("A", LAMPS, OIL, BOATS, preambular=(FOG, MAPS))
    compared = compare(whole, whole)
    assert compared.count(Change.CARRIED) == 5
    assert {pair.similarity for pair in compared.pairs} == {1.0}


@pytest.mark.shared
def test_successive_resolutions_of_one_title_are_paired_and_others_are_not(shared: Path) -> None:
    oceans_2008, oceans_2012, prevention, rule_of_law = (
        read_bytes((shared / "resolutions" / f"{name}.txt").read_bytes(), f"{name}.txt")
        for name in ("63-111", "67-78", "73-183", "73-185")
    )
    oceans, same_session = compare(oceans_2008, oceans_2012), compare(prevention, rule_of_law)
    paired = oceans.count(Change.CARRIED) + oceans.count(Change.CHANGED)
    assert paired > 0.7 * (len(oceans_2008.preambular) + len(oceans_2008.operative))
    assert oceans.count(Change.CARRIED) > 80
    assert same_session.count(Change.CARRIED) + same_session.count(Change.CHANGED) < 5


def in_parts(*parts: Resolution) -> Resolution:
    first, *following = parts
    return replace(first, following=tuple(following))


def test_all_parts_of_a_resolution_are_compared() -> None:
    before = in_parts(resolution("A/RES/1/1 A", LAMPS), resolution("A/RES/1/1 B", OIL, BOATS))
    after = in_parts(resolution("A/RES/2/1 A", OIL), resolution("A/RES/2/1 B", LAMPS, MAPS))
    compared = compare(before, after)
    assert [(pair.before and pair.before.id, pair.after and pair.after.id) for pair in compared.pairs] == [
        ("A/RES/1/1 B#op1", "A/RES/2/1 A#op1"),
        ("A/RES/1/1 B#op2", None),
        ("A/RES/1/1 A#op1", "A/RES/2/1 B#op1"),
        (None, "A/RES/2/1 B#op2"),
    ]
    assert to_json(compared)["after"]["symbols"] == ["A/RES/2/1 A", "A/RES/2/1 B"]
    assert "A/RES/1/1 A, A/RES/1/1 B → A/RES/2/1 A, A/RES/2/1 B" in to_text(compared)
    assert "B op1 → A op1  carried over" in to_text(compared)


def test_a_draft_is_compared_with_what_was_adopted() -> None:
    adopted = resolution("A/RES/2/1", LAMPS)
    text = (
        "1/9. Lamps\nThe Economic and Social Council,\nRecommends to the General Assembly the adoption of the "
        f"following draft resolution:\n“The General Assembly,\n“Recalling lamps,\n“1. {LAMPS}.”\n"
    )
    compared = compare(read_bytes(text.encode(), "x.txt"), adopted)
    pairs = [(pair.before.id, pair.after.id) for pair in compared.pairs if pair.before and pair.after]
    assert pairs == [("E/RES/1/9#draft1.op1", "A/RES/2/1#op1")]
