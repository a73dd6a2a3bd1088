"""Lists within paragraphs: numbers, letters and numerals, nested, beginning again, told from numbers of paragraphs."""

from collections.abc import Iterator

import exports
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matrices import examples

from comity.evidence.errors import BadInput
from comity.mandates.reading.reader import read
from comity.mandates.resolution import Annex, Point, Resolution

HEAD = "A/RES/145/9\n\n145/9. Lamps\n\nThe General Assembly,\n\nRecalling its resolution 144/3 of 14 March 2090,\n\n"
END = "\n\n60th plenary meeting\n20 December 2090\n"
AGENDA = "1. Election of officers.\n\n2. Adoption of the agenda.\n\n3. General debate:\n\n(a) Lamps;\n\n(b) Bells.\n\n"


def reading(body: str, head: str = HEAD) -> Resolution:
    return read(head + body + END, "x.txt")


def marks(points: tuple[Point, ...]) -> list[object]:
    return [(point.mark, marks(point.points)) if point.points else point.mark for point in points]


def lists(resolution: Resolution) -> dict[str, list[object]]:
    return {paragraph.printed: marks(paragraph.points) for paragraph in resolution.operative}


def blocks(annex: Annex) -> list[tuple[str, str, int]]:
    return [(block.kind, block.mark, block.level) for block in annex.blocks]


# Numbers with a stop


def test_an_agenda_within_a_paragraph_is_a_list_and_no_paragraphs() -> None:
    found = reading(f"1. Decides on the following agenda:\n\n{AGENDA}2. Requests oil;\n\n3. Decides to end.")
    assert lists(found) == {"1": ["1.", "2.", ("3.", ["(a)", "(b)"])], "2": [], "3": []}
    assert [point.text for point in found.operative[0].points] == [
        "Election of officers.",
        "Adoption of the agenda.",
        "General debate:",
    ]


def test_a_number_that_is_due_in_both_is_the_lists_where_it_opens_with_no_verb() -> None:
    found = reading(f"1. Notes oil;\n\n2. Decides on the following agenda:\n\n{AGENDA}3. Requests oil.")
    assert lists(found) == {"1": [], "2": ["1.", "2.", ("3.", ["(a)", "(b)"])], "3": []}
    last = reading(f"1. Notes oil;\n\n2. Decides on the following agenda:\n\n{AGENDA.strip()}")
    assert lists(last) == {"1": [], "2": ["1.", "2.", ("3.", ["(a)", "(b)"])]}


def test_points_that_open_with_verbs_end_where_the_paragraphs_go_on() -> None:
    body = "1. Notes oil;\n\n2. Adopts this plan:\n\n1. Invites keepers;\n\n2. Requests lamps;\n\n3. Urges all;\n\n"
    assert lists(reading(f"{body}3. Requests bells;\n\n4. Decides to end.")) == {
        "1": [],
        "2": ["1.", "2.", "3."],
        "3": [],
        "4": [],
    }
    assert lists(reading(f"{body}4. Decides to end.")) == {"1": [], "2": ["1.", "2."], "3": [], "4": []}


def test_numbers_begin_again_in_each_list() -> None:
    found = reading(
        "1. Requests the Board to see to:\n\n(a) Lamps of:\n\n1. Whale oil;\n\n2. Gas;\n\n(b) Bells that "
        "are:\n\n1. Big;\n\n"
        "2. Small;\n\n3. Old;\n\n2. Requests these:\n\n1. Ropes;\n\n2. Towers;\n\n3. Decides to end."
    )
    assert lists(found) == {
        "1": [("(a)", ["1.", "2."]), ("(b)", ["1.", "2.", "3."])],
        "2": ["1.", "2."],
        "3": [],
    }


def test_a_paragraph_without_number_keeps_its_agenda() -> None:
    for agenda in (AGENDA, AGENDA.replace(". ", ".\n\n", 1)):
        found = reading(f"Decides that the agenda shall be as follows:\n\n{agenda.strip()}")
        assert lists(found) == {"1": ["1.", "2.", ("3.", ["(a)", "(b)"])]}


def test_a_list_in_the_preamble_comes_before_the_first_paragraph() -> None:
    found = reading("Guided by these principles:\n\n1. Lamps are lit;\n\n2. Bells are rung,\n\n1. Requests oil.")
    assert marks(found.preambular[1].points) == ["1.", "2."]
    assert lists(found) == {"1": []}


def test_a_paragraph_that_is_missing_is_not_read_into_a_list() -> None:
    with pytest.raises(BadInput, match="expected operative paragraph 2"):
        reading("1. Requests the following:\n\n1. Oil;\n\n2. Gas;\n\n3. Requests the Board to meet.")


def test_a_draft_that_begins_at_one_is_no_list() -> None:
    with pytest.raises(BadInput, match="the numbers begin again"):
        reading("1. Recommends the following draft:\n\n1. Requests oil;\n\n2. Decides to end.\n\n2. Decides to meet.")


def test_a_number_that_no_other_follows_begins_no_list() -> None:
    found = reading("1. Requests the Board to see to these:\n\n1. Lamps.")
    assert found.operative[0].points == ()


# Other marks


@pytest.mark.parametrize(
    ("first", "second", "third"),
    [
        ("1)", "2)", "3)"),
        ("(1)", "(2)", "(3)"),
        ("a.", "b.", "c."),
        ("i.", "ii.", "iii."),
        ("i)", "ii)", "iii)"),
        ("A.", "B.", "C."),
        ("I.", "II.", "III."),
        ("(I)", "(II)", "(III)"),
        ("1.1", "1.2", "1.3"),
        ("a)", "b)", "c)"),
    ],
)
def test_points_are_known_by_every_usual_mark(first: str, second: str, third: str) -> None:
    found = reading(
        f"1. Requests the Board:\n\n{first} To light lamps;\n\n{second} To ring bells;\n\n{third} To "
        "sleep;\n\n2. Decides to end."
    )
    assert lists(found) == {"1": [first, second, third], "2": []}


def test_four_levels_nest_by_their_marks() -> None:
    found = reading(
        "1. Requests the Board:\n\nA. To light:\n\n1. Lamps:\n\na. Of oil:\n\n(i) Whale;\n\n(ii) "
        "Olive;\n\nb. Of gas;\n\n"
        "2. Torches;\n\nB. To ring bells;\n\n2. Decides to end."
    )
    assert lists(found) == {"1": [("A.", [("1.", [("a.", ["(i)", "(ii)"]), "b."]), "2."]), "B."], "2": []}


def test_decimal_numbers_nest_below_each_other() -> None:
    found = reading(
        "1. Requests the Board:\n\n1.1 To light lamps;\n\n1.1.1 Of oil;\n\n1.1.2 Of gas;\n\n1.2 To "
        "ring;\n\n2. Decides to end."
    )
    assert lists(found) == {"1": [("1.1", ["1.1.1", "1.1.2"]), "1.2"], "2": []}


@pytest.mark.parametrize("end", [":", " that are"])
def test_i_after_h_is_a_letter_or_a_numeral_by_what_comes_next(end: str) -> None:
    letters = "".join(f"({letter}) Lamps;\n\n" for letter in "abcdefg")
    nested = reading(f"1. Requests:\n\n{letters}(h) Bells{end}\n\n(i) Big;\n\n(ii) Small;\n\n(i) Ropes;\n\n(j) Towers.")
    assert marks(nested.operative[0].points)[7:] == [("(h)", ["(i)", "(ii)"]), "(i)", "(j)"]
    flat = reading(f"1. Requests:\n\n{letters}(h) Bells;\n\n(i) Ropes;\n\n(j) Towers.")
    assert marks(flat.operative[0].points)[7:] == ["(h)", "(i)", "(j)"]


def test_two_marks_on_one_line_are_two_levels() -> None:
    found = reading(
        "1. Requests the Board:\n\n(a) (i) To light;\n\n(ii) To ring;\n\n(b) To rest;\n\n2. Decides to end."
    )
    assert lists(found) == {"1": [("(a)", ["(i)", "(ii)"]), "(b)"], "2": []}
    assert found.operative[0].points[0].text == ""


def test_a_paragraph_that_begins_with_a_point_has_no_words_of_its_own() -> None:
    found = reading("1. (a) Invites States to help;\n\n(b) Requests the Board to act;\n\n2. Decides to end.")
    assert lists(found) == {"1": ["(a)", "(b)"], "2": []}
    assert (found.operative[0].text, [verb.lemma for verb in found.operative[0].verbs]) == ("", ["invite", "request"])


def test_headings_with_letters_between_paragraphs_are_no_points() -> None:
    found = reading(
        "A. Lamps\n\n1. Requests oil:\n\n(a) Of whales;\n\n(b) Of olives;\n\nB. Bells\n\n2. Requests bells."
    )
    assert [one.heading for one in found.operative] == ["A. Lamps", "B. Bells"]


# Annexes


def test_lists_within_paragraphs_of_an_annex_are_points() -> None:
    found = read(
        f"{HEAD}1. Adopts the plan annexed to the present resolution.{END}\nAnnex\n\nPlan of lamps\n\nI. Scope\n\n"
        "1. The plan covers:\n\n(a) Lamps of:\n\n1. Whale oil;\n\n2. Gas;\n\n(b) Bells.\n\n2. Keepers "
        "shall:\n\n1. Light;\n\n"
        "2. Clean;\n\n3. Put out.\n\n3. Lamps are lit at night.\n\nII. Agenda\n\n1. The agenda is:\n\na. "
        "Opening;\n\nb. Closing.\n",
        "x.txt",
    )
    assert blocks(found.annexes[0]) == [
        ("heading", "", 0),
        ("paragraph", "1.", 0),
        ("point", "(a)", 0),
        ("point", "1.", 1),
        ("point", "2.", 1),
        ("point", "(b)", 0),
        ("paragraph", "2.", 0),
        ("point", "1.", 0),
        ("point", "2.", 0),
        ("point", "3.", 0),
        ("paragraph", "3.", 0),
        ("heading", "", 0),
        ("paragraph", "1.", 0),
        ("point", "a.", 0),
        ("point", "b.", 0),
    ]


def test_an_annexed_agenda_has_paragraphs_whose_marks_may_stand_alone() -> None:
    head = f"{HEAD}1. Adopts the agenda annexed to the present resolution.{END}\nAnnex\n\nProvisional agenda\n\n"
    wanted = [
        ("paragraph", "1.", 0),
        ("paragraph", "2.", 0),
        ("paragraph", "3.", 0),
        ("point", "(a)", 0),
        ("point", "(b)", 0),
    ]
    for agenda in (AGENDA, exports.with_numbers_on_lines_of_their_own(AGENDA)):
        assert blocks(read(head + agenda, "x.txt").annexes[0]) == wanted


def test_a_paragraph_is_told_from_a_list_that_ended_with_a_full_stop() -> None:
    found = read(
        f"{HEAD}1. Adopts the plan annexed to the present resolution.{END}\nAnnex\n\nPlan\n\n1. Lamps are "
        "lit.\n\n2. Keepers "
        "shall:\n\n1. Light lamps;\n\n2. Put them out.\n\n3. Bells are rung.\n",
        "x.txt",
    )
    assert [block[:2] for block in blocks(found.annexes[0])][-3:] == [
        ("point", "1."),
        ("point", "2."),
        ("paragraph", "3."),
    ]


# Any list, in any form of export

_STYLES = {
    "letter": [f"({letter})" for letter in "abcdefgh"],
    "roman": [f"({numeral})" for numeral in ("i", "ii", "iii", "iv", "v", "vi")],
    "bracketed": [f"({number})" for number in range(1, 8)],
    "number": [f"{number}." for number in range(1, 8)],
}
_WORDS = st.sampled_from(
    ["Lamps of olive oil", "Bells that are rung in fog", "Ropes for towers", "The keepers and their cats"]
)


@st.composite
def trees(draw: st.DrawFn, styles: tuple[str, ...] = tuple(_STYLES)) -> list[tuple[str, str, list]]:
    style = draw(st.sampled_from(styles))
    rest = tuple(name for name in styles if name != style)
    count = draw(st.integers(2, 4))
    deeper = [bool(rest) and len(styles) > 1 and draw(st.integers(0, 3)) == 0 for _number in range(count)]
    return [
        (mark, draw(_WORDS), draw(trees(rest)) if nested else [])
        for mark, nested in zip(_STYLES[style], deeper, strict=False)
    ]


def printed(tree: list[tuple[str, str, list]]) -> Iterator[str]:
    for mark, words, below in tree:
        yield f"{mark} {words}{':' if below else ';'}"
        yield from printed(below)


def shape(tree: list[tuple[str, str, list]]) -> list[object]:
    return [(mark, shape(below)) if below else mark for mark, _words, below in tree]


@given(trees(), trees(), st.sampled_from(["plain", "blank", "indented", "wrapped", "apart"]))
@settings(max_examples=examples(60), deadline=None)
def test_any_lists_are_read_as_they_nest(first: list, second: list, form: str) -> None:
    body = "\n".join(
        [
            "1. Requests the Board of Keepers to consider the following measures for the lighting of all "
            "rivers and lakes:",
            *printed(first),
            "2. Notes with appreciation the work of the Board of Keepers for the lighting of rivers, lakes and canals;",
            "3. Urges all keepers of lamps, bells and ropes to apply these measures wherever they keep them at night:",
            *printed(second),
            "4. Requests the Board of Keepers to report to the General Assembly on what has been done to light rivers.",
        ]
    )
    forms = {
        "plain": lambda text: text,
        "blank": exports.with_blank_lines,
        "indented": exports.with_indents,
        "wrapped": exports.wrapped_close,
        "apart": exports.with_numbers_on_lines_of_their_own,
    }
    found = read(forms[form](HEAD + body + END), "x.txt")
    assert lists(found) == {"1": shape(first), "2": [], "3": shape(second), "4": []}
