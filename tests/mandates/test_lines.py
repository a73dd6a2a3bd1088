"""Lines as editors count them, and words that a line's end divides."""

import pytest

from comity.mandates.reading.export.lines import split_lines
from comity.mandates.reading.reader import read

HEAD = "145/9. Oil for lamps\nThe General Assembly,\n"


@pytest.mark.parametrize("sign", ["\f", "\v", "\u2028", "\u2029", "\x85", "\x1c", "\x1d", "\x1e"])
def test_signs_that_end_no_line_in_an_editor_end_none_here(sign: str) -> None:
    lines = split_lines(f"Oil{sign}for lamps\nBells\n")
    assert [(line.number, line.text) for line in lines] == [(1, "Oil for lamps"), (2, "Bells")]


def test_ligatures_are_the_letters_that_they_tie() -> None:
    assert split_lines("Oﬃce ﬁve ﬂags oﬀ ﬄ ﬅ ﬆ")[0].text == "Office five flags off ffl st st"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_count(end: str) -> None:
    lines = split_lines(f"Oil{end}{end}for lamps{end}")
    assert [(line.number, line.text, line.after_blank) for line in lines] == [
        (1, "Oil", True),
        (3, "for lamps", True),
    ]


def test_paragraphs_that_begin_right_after_a_form_feed_keep_their_line() -> None:
    text = HEAD + "Recalling lamps,\n\fNoting oil,\n\f1. Requests light;\n\f2. Urges States to act.\n"
    resolution = read(text, "x.txt")
    found = [(one.text, one.line) for one in (*resolution.preambular, *resolution.operative)]
    assert found == [
        ("Recalling lamps,", 3),
        ("Noting oil,", 4),
        ("Requests light;", 5),
        ("Urges States to act.", 6),
    ]


def test_a_page_that_begins_within_a_line_begins_a_paragraph() -> None:
    resolution = read(HEAD + "Recalling lamps,\n1. Requests light;\f2. Urges States to act.\n", "x.txt")
    assert [(one.text, one.line) for one in resolution.operative] == [
        ("Requests light;", 4),
        ("Urges States to act.", 4),
    ]


def test_a_page_that_begins_in_a_paragraph_parts_nothing() -> None:
    text = HEAD + (
        "Recalling the lamps that were lit in the harbours of Nice,\n\fGenoa and Toulon in winter, and\n"
        "in those of the islands,\n1. Requests the keepers of all of these lamps to light them again in winter, and\n"
        "\fto put them out in 2095\nor in the year after it.\n"
    )
    resolution = read(text, "x.txt")
    assert len(resolution.preambular) == 1
    assert resolution.operative[0].text.endswith("to put them out in 2095 or in the year after it.")


@pytest.mark.parametrize(
    ("divided", "due"),
    [
        ("at its sixty-\neighth session", "session 68"),
        ("at its seven-\ntieth session", "session 70"),
        ("at its seven\u00ad\ntieth session", "session 70"),
        ("at its sixty\u2011eighth session", "session 68"),
        ("at its sixty- eighth session", "session 68"),
        ("within nine-\nty days", "within 90 days"),
        ("within twenty-\nfour months", "within 24 months"),
        ("no later\nthan three\nyears after the storm", "within 3 years"),
    ],
)
def test_deadlines_are_read_across_the_ends_of_lines(divided: str, due: str) -> None:
    text = HEAD + f"Recalling lamps,\n1. Requests the Secretary-General to report on them {divided}.\n"
    assert read(text, "x.txt").operative[0].deadline == due


def test_recurrence_is_read_across_the_ends_of_lines() -> None:
    text = HEAD + "Recalling lamps,\n1. Requests the Office to report bien-\nnially.\n"
    assert read(text, "x.txt").operative[0].recurrence == "biennially"


def test_points_below_an_ask_have_its_deadline() -> None:
    text = (
        HEAD
        + "Recalling lamps,\n1. Requests the Office:\n(a) To buy oil within ninety days;\n(b) To report annually.\n"
    )
    paragraph = read(text, "x.txt").operative[0]
    assert (paragraph.deadline, paragraph.recurrence) == ("within 90 days", "annually")


class TestTheEndsOfParagraphs:
    @pytest.mark.parametrize("joint", ["; and", ", and", ";\nand", ";\n\nand\n", "; or", ",", ".", ";"])
    @pytest.mark.parametrize("numbers", [("1. ", "2. ", "3. "), ("", "", "")])
    def test_the_last_paragraph_but_one_may_end_in_a_joint(self, joint: str, numbers: tuple[str, str, str]) -> None:
        first, second, third = numbers
        text = HEAD + (
            f"Recalling lamps,\n\n{first}Requests the Office to buy oil;\n\n{second}Urges States to act{joint}\n\n"
            f"{third}Decides to return to lamps.\n"
        )
        resolution = read(text, "x.txt")
        assert [one.text for one in resolution.operative] == [
            "Requests the Office to buy oil;",
            "Urges States to act" + " ".join(joint.split("\n")).rstrip().replace("  ", " "),
            "Decides to return to lamps.",
        ]

    def test_preambular_paragraphs_may_end_in_a_joint(self) -> None:
        text = HEAD + "Recalling lamps,\nNoting oil, and\nMindful of bells,\n1. Requests light.\n"
        assert [one.text for one in read(text, "x.txt").preambular] == [
            "Recalling lamps,",
            "Noting oil, and",
            "Mindful of bells,",
        ]

    def test_a_joint_between_points_belongs_to_the_point_before(self) -> None:
        text = HEAD + "Recalling lamps,\n1. Calls upon keepers:\n(a) To fill lamps;\nand\n(b) To trim them.\n"
        paragraph = read(text, "x.txt").operative[0]
        assert [(point.mark, point.text) for point in paragraph.points] == [
            ("(a)", "To fill lamps; and"),
            ("(b)", "To trim them."),
        ]
