"""The page heads of the official volumes: never part of a paragraph, title or note, and kept as residue."""

import pytest

from comity.mandates.reading.reader import read

TOP = (
    "A/RES/145/9\n\nResolution adopted by the General Assembly on 14 March 2091\n\n"
    "[on the report of the Third Committee (A/145/77)]\n\n145/9. Oil for lamps\n\n"
)
THIRD = "Resolutions adopted on the reports of the Third Committee"
HEADS = [
    f"211\n{THIRD}",
    f"{THIRD}\n211",
    f"211 {THIRD}",
    f"{THIRD}\t211",
    f"VI. {THIRD}",
    f"VI.\n{THIRD}",
    f"VI.—{THIRD}",
    f"VI. {THIRD}".upper(),
    "Resolutions adopted on the reports of\nthe Third Committee\n211",
    "Resolutions adopted without reference to a Main Committee",
    "Resolutions adopted on the report of the Special Political and Decolonization Committee (Fourth Committee)",
    *(f"Resolutions adopted on the reports of the {one} Committee" for one in ("First", "Second", "Fifth", "Sixth")),
    "Resolutions adopted on the report of the General Committee",
    "212\nGeneral Assembly—Forty-eighth Session",
]


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("blank", ["\n", "\n\n"])
def test_a_head_that_cuts_a_paragraph_is_residue(head: str, blank: str) -> None:
    text = TOP + "The General Assembly,\n\nRecalling oil,\n\n"
    text += f"1. Requests the Secretary-General to continue the{blank}{head}{blank}work on oil;\n\n2. Decides to end.\n"
    found = read(text, "x.txt")
    assert [one.text for one in found.operative] == [
        "Requests the Secretary-General to continue the work on oil;",
        "Decides to end.",
    ]
    kept = [line.text for line in found.residue]
    assert " ".join(kept).split() == head.split()


def test_a_word_that_a_head_divides_is_made_whole() -> None:
    text = TOP + "The General Assembly,\n\nRecalling oil,\n\n"
    text += f"1. Requests work on crimi-\n211\n{THIRD}\nnal lamps.\n"
    assert read(text, "x.txt").operative[0].text == "Requests work on criminal lamps."


def test_a_head_in_a_title_between_parts_and_in_an_annex_is_residue() -> None:
    head = f"\n\n211\n\n{THIRD}\n\n"
    text = TOP.replace("Oil for lamps\n\n", "Oil" + head + "for lamps\n\n")
    text += (
        "A" + head + "Wicks\n\nThe General Assembly,\n\n1. Requests wicks.\n\n7th plenary meeting\n14 March 2091\n\n"
    )
    text += "B" + head + "Bells\n\nThe General Assembly,\n\n1. Adopts the Rules, annexed to the present resolution.\n\n"
    text += f"7th plenary meeting\n14 March 2091\n\nAnnex\n\nRules\n\n1. Bells are{head}rung.\n"
    first, second = read(text, "x.txt").in_file
    assert (first.title, first.part_title, second.part_title) == ("Oil for lamps", "Wicks", "Bells")
    assert [block.text for block in second.annexes[0].blocks] == ["Bells are rung."]


def test_what_a_resolution_says_at_its_top_is_no_head() -> None:
    found = read(TOP + "The General Assembly,\n\nRecalling oil,\n\n1. Requests oil.\n", "x.txt")
    assert [line.text for line in found.masthead][1:] == [
        "Resolution adopted by the General Assembly on 14 March 2091",
        "[on the report of the Third Committee (A/145/77)]",
    ]
    assert (found.report, found.residue) == ("A/145/77", ())


def test_a_line_that_speaks_of_such_resolutions_stays_in_its_paragraph() -> None:
    text = TOP + "The General Assembly,\n\nRecalling its\nresolutions adopted on the reports of the Third Committee\n"
    text += "in the year before,\n\n1. Requests oil.\n"
    found = read(text, "x.txt")
    assert found.preambular[0].text.endswith(
        "resolutions adopted on the reports of the Third Committee in the year before,"
    )


def test_a_text_without_title_may_have_heads() -> None:
    found = read(f"The General Assembly,\n\nRecalling oil,\n\n211\n{THIRD}\n\n1. Requests oil.\n", "x.txt")
    assert [one.text for one in found.operative] == ["Requests oil."]
