"""Footnotes that stand between the lines of a text, with no rule above them."""

from comity.mandates.reading.reader import read

HEAD = "A/RES/145/9\n145/9. Lamps\nThe General Assembly,\n"
WRAPPED = (
    "Recalling the lamps of the harbour that were lit in all the years before the storm,1\n"
    "1. Requests the keepers of the harbour to light the lamps in all the years to come and\n"
    "to send oil to the ferries that have none of their own,2 so that no ferry is lost, and\n"
    "{foot}"
    "to report on the oil that they have burnt to the Assembly at its next session;\n"
    "2. Decides to end.\n"
)
NOTES = "1 See A/144/12, which tells of all the lamps that there were in the harbour and of\ntheir oil.\n2 Ibid.\n"


def test_notes_at_the_foot_of_a_page_are_notes_without_a_rule_above_them() -> None:
    found = read(HEAD + WRAPPED.format(foot=f"{NOTES}90-12345 1/2\n"), "x.txt")
    assert [(note.mark, note.text.endswith(("oil.", "Ibid."))) for note in found.footnotes] == [
        ("1", True),
        ("2", True),
    ]
    assert "so that no ferry is lost, and to report on the oil" in found.operative[0].text
    assert found.notices == ()


def test_lines_that_look_like_notes_within_a_page_are_named_and_not_said_to_be_missing() -> None:
    notices = read(HEAD + WRAPPED.format(foot=NOTES), "x.txt").notices
    assert [notice.partition(",")[0] for notice in notices] == [
        "Line 7 seems to be footnote 1",
        "Line 9 seems to be footnote 2",
    ]


def test_a_note_between_paragraphs_of_a_text_that_is_not_wrapped_is_a_note() -> None:
    text = "Recalling lamps,1\n1 See A/144/12.\n1. Requests oil;\n2. Decides to end.\n"
    found = read(HEAD + text, "x.txt")
    assert [(note.mark, note.text) for note in found.footnotes] == [("1", "See A/144/12.")]
    assert (found.preambular[0].text, found.preambular[0].notes) == ("Recalling lamps,", ((16, "1"),))


def test_a_mark_without_a_note_is_said_to_be_missing() -> None:
    notices = read(f"{HEAD}Recalling lamps,1\n1. Requests oil;\n2. Decides to end.\n", "x.txt").notices
    assert notices == ("The text may have marks of footnotes that the file does not hold: 1.",)
