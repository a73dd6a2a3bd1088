"""Resolutions in parts A, B …: each part is a resolution of its own, and nothing of the file is lost."""

from datetime import date

import pytest

from comity.evidence.errors import BadInput
from comity.mandates.reading.reader import read
from comity.mandates.resolution import Resolution

HEAD = "A/RES/145/9\n\nResolution adopted by the General Assembly on 14 March 2091\n\n145/9. Lamps and bells\n\n"
CLOSING = "7th plenary meeting\n14 March 2091\n\n"
LATER = "9th plenary meeting\n2 April 2091\n\n"


def part(above: str, *operative: str, closing: str = CLOSING) -> str:
    numbered = "\n\n".join(f"{number}. {text}" for number, text in enumerate(operative, start=1))
    return f"{above}\n\nThe General Assembly,\n\nRecalling resolution 144/3,\n\n{numbered}\n\n{closing}"


def parts(text: str) -> list[Resolution]:
    return list(read(text, "x.txt").in_file)


def named(text: str) -> list[tuple[str, str, str]]:
    return [(one.symbol, one.title, one.part_title) for one in parts(text)]


LAMPS = part("A\n\nOil for lamps", "Requests oil;", "Requests wicks.")
BELLS = part("B\n\nRopes for bells", "Requests ropes.", closing=LATER)


def test_each_part_is_a_resolution_with_its_own_symbol_and_title() -> None:
    assert named(HEAD + LAMPS + BELLS + part("C\n\nCare of birds", "Decides to act.")) == [
        ("A/RES/145/9 A", "Lamps and bells", "Oil for lamps"),
        ("A/RES/145/9 B", "Lamps and bells", "Ropes for bells"),
        ("A/RES/145/9 C", "Lamps and bells", "Care of birds"),
    ]


def test_parts_have_paragraphs_closing_and_day_of_their_own() -> None:
    first, second = parts(HEAD + LAMPS + BELLS)
    assert [one.id for one in first.operative] == ["A/RES/145/9 A#op1", "A/RES/145/9 A#op2"]
    assert [one.id for one in second.operative] == ["A/RES/145/9 B#op1"]
    assert (first.meeting, first.adopted) == ("7th plenary meeting", date(2091, 3, 14))
    assert (second.meeting, second.adopted) == ("9th plenary meeting", date(2091, 4, 2))
    assert not (first.residue or second.residue or first.notices or second.notices)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("A\n\nOil", "B\n\nRopes"),
        ("PART A\n\nOil", "PART B\n\nRopes"),
        ("A. Oil", "B. Ropes"),
        ("A — Oil", "B — Ropes"),
        ("145/9 A. Oil", "145/9 B. Ropes"),
        ("A/RES/145/9 A\n\nOil", "A/RES/145/9 B\n\nRopes"),
        ("A/RES/145/9 A\n\nA\n\nOil", "A/RES/145/9 B\n\nB\n\nRopes"),
    ],
)
def test_parts_are_known_by_every_way_of_heading_them(first: str, second: str) -> None:
    assert named(HEAD + part(first, "Requests oil.") + part(second, "Requests ropes.")) == [
        ("A/RES/145/9 A", "Lamps and bells", "Oil"),
        ("A/RES/145/9 B", "Lamps and bells", "Ropes"),
    ]


def test_parts_without_a_common_title_have_their_own_for_title() -> None:
    head = HEAD.replace("145/9. Lamps and bells\n\n", "")
    text = head + part("145/9 A. Oil", "Requests oil.") + part("145/9 B. Ropes", "Requests ropes.")
    assert named(text) == [("A/RES/145/9 A", "Oil", ""), ("A/RES/145/9 B", "Ropes", "")]


def test_parts_numbered_in_roman_have_their_numeral_in_the_symbol() -> None:
    text = HEAD + part("I\n\nOil", "Requests oil.") + part("II\n\nRopes", "Requests ropes.")
    assert [one.symbol for one in parts(text)] == ["A/RES/145/9 I", "A/RES/145/9 II"]


def test_letters_may_be_left_out_of_a_file() -> None:
    text = HEAD + LAMPS + part("D\n\nCare of birds", "Decides to act.")
    assert [one.symbol for one in parts(text)] == ["A/RES/145/9 A", "A/RES/145/9 D"]


def test_numbered_drafts_within_a_part_are_no_parts() -> None:
    drafts = "Recommends to the Board of Lamps the adoption of the following draft resolutions:"
    below = "".join(
        f"{number}\n\n{title}\n\nThe Board of Lamps,\n\nNoting it,\n\n1. Requests it.\n\n"
        for number, title in (("I", "Oil"), ("II", "Wicks"))
    )
    first, second = parts(HEAD + part("A\n\nOil", drafts, closing=below + CLOSING) + BELLS)
    assert [(one.label, one.title) for one in first.drafts] == [("I", "Oil"), ("II", "Wicks")]
    assert second.symbol == "A/RES/145/9 B"


def test_a_file_of_one_part_is_that_part() -> None:
    (only,) = parts(HEAD + BELLS)
    assert (only.symbol, only.title, only.part_title) == ("A/RES/145/9 B", "Lamps and bells", "Ropes for bells")


def test_a_first_part_without_its_letter_is_read_with_those_that_have_one() -> None:
    text = HEAD + part("Oil for lamps", "Requests oil.").lstrip() + BELLS
    assert [one.symbol for one in parts(text)] == ["A/RES/145/9", "A/RES/145/9 B"]


def test_a_closing_line_at_the_end_closes_every_part() -> None:
    text = HEAD + part("A\n\nOil", "Requests oil.", closing="") + part("B\n\nRopes", "Requests ropes.")
    assert [one.meeting for one in parts(text)] == ["7th plenary meeting"] * 2


def test_notes_at_the_end_go_to_the_part_that_has_their_mark() -> None:
    text = (
        HEAD
        + part("A\n\nOil", "Requests oil of the Lamps;1", "Requests wicks.2")
        + part("B\n\nRopes", "Requests ropes for the Bells.3")
        + "1 See A/144/1.\n2 See A/144/2.\n3 See A/144/3.\n"
    )
    first, second = parts(text)
    assert [note.mark for note in first.footnotes] == ["1", "2"]
    assert [note.mark for note in second.footnotes] == ["3"]
    assert second.operative[0].notes == ((29, "3"),)
    assert not (first.notices or second.notices)


def test_running_heads_with_the_letters_of_the_parts_are_no_text() -> None:
    ropes = part("B\n\nRopes", "Requests ropes;", "Requests bells.")
    text = HEAD + LAMPS + ropes.replace("2. Req", "3/4\n\nA/RES/145/9 A-B\n\n2. Req")
    second = parts(text)[1]
    assert [one.text for one in second.operative] == ["Requests ropes;", "Requests bells."]
    assert [line.text for line in second.residue] == ["3/4", "A/RES/145/9 A-B"]


def test_an_annex_belongs_to_the_part_above_it() -> None:
    lamps = part("A\n\nOil", "Adopts the Code annexed to the present resolution.")
    first, second = parts(HEAD + lamps + "ANNEX\n\nLamp Code\n\n1. Lamps are lit at dusk.\n\n" + BELLS)
    assert [annex.title for annex in first.annexes] == ["Lamp Code"]
    assert second.annexes == ()


def test_sections_under_one_formula_are_no_parts() -> None:
    text = HEAD + part("", "Requests oil;\n\nB\n\nBells", "Requests ropes.").lstrip()
    (only,) = parts(text)
    assert (only.symbol, len(only.operative)) == ("A/RES/145/9", 2)


def test_another_formula_that_nothing_explains_is_named_with_its_line() -> None:
    text = HEAD + part("Oil", "Requests oil.").lstrip() + part("Ropes", "Requests ropes.")
    (only,) = parts(text)
    line = text.split("\n").index("The General Assembly,", 10) + 1
    assert f"line {line}" in " ".join(only.notices)


def test_a_part_that_is_cut_short_refuses_the_file_with_its_line() -> None:
    text = HEAD + LAMPS + part("B\n\nRopes", "Requests ropes for the", closing="")
    with pytest.raises(BadInput, match="cut short") as refused:
        read(text, "x.txt")
    assert refused.value.faults[0].place == str(text.split("\n").index("1. Requests ropes for the") + 1)


def test_every_line_is_accounted_for_in_one_of_the_parts() -> None:
    text = HEAD + LAMPS + BELLS + "1 A stray line\n\nA/RES/145/9\n"
    ledgers = {number for one in parts(text) for number, _role in one.ledger}
    assert ledgers == {number for number, line in enumerate(text.split("\n"), start=1) if line.strip()}


# A preamble that the parts share

SHARED = HEAD + "The General Assembly,\n\nRecalling the winter,\n\n"


def test_parts_share_the_preamble_above_the_first_of_them() -> None:
    text = SHARED + part("A\n\nOil", "Requests oil.", closing="") + part("B\n\nRopes", "Requests ropes.")
    found = parts(text)
    assert named(text) == [
        ("A/RES/145/9 A", "Lamps and bells", "Oil"),
        ("A/RES/145/9 B", "Lamps and bells", "Ropes"),
    ]
    preamble = ["Recalling the winter,", "Recalling resolution 144/3,"]
    assert [[one.text for one in each.preambular] for each in found] == [preamble, preamble]
    assert [one.enacting_formula for one in found] == ["The General Assembly,"] * 2
    assert not (found[0].notices or found[1].notices or found[0].residue or found[1].residue)


def test_every_line_of_a_shared_preamble_is_accounted_for() -> None:
    text = SHARED + part("A. Oil", "Requests oil.") + part("B. Ropes", "Requests ropes.", closing=LATER)
    ledgers = {number for one in parts(text) for number, _role in one.ledger}
    assert ledgers == {number for number, line in enumerate(text.split("\n"), start=1) if line.strip()}


def test_a_formula_that_goes_on_keeps_its_first_paragraph_below_a_shared_preamble() -> None:
    bells = "B\n\nThe General Assembly, Noting bells,\n\n1. Requests ropes.\n\n"
    second = parts(SHARED + part("A", "Requests oil.") + bells + CLOSING)[1]
    assert [one.text for one in second.preambular] == ["Recalling the winter,", "Noting bells,"]


def test_a_part_that_ends_in_a_semicolon_without_a_closing_line_is_whole() -> None:
    first, second = parts(SHARED + part("A", "Requests oil;", closing="") + part("B", "Requests ropes."))
    assert [one.text for one in first.operative] == ["Requests oil;"]
    assert "full stop" in " ".join(first.notices)
    assert not second.notices


def test_lettered_drafts_below_a_recommendation_share_no_preamble() -> None:
    recommends = SHARED + "Recommends to the Board of Lamps the adoption of the following draft resolutions:\n\n"
    drafts = "".join(f"{letter}\n\nThe Board of Lamps,\n\nNoting it,\n\n1. Requests it.\n\n" for letter in ("A", "B"))
    (only,) = parts(recommends + drafts + CLOSING)
    assert [one.label for one in only.drafts] == ["A", "B"]


def test_a_first_part_of_which_only_the_preamble_is_left_is_refused() -> None:
    with pytest.raises(BadInput, match="operative paragraphs"):
        parts(SHARED + part("B", "Requests ropes."))
