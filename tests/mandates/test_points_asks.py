"""What the points of a paragraph ask: by their own verbs, or as acts that the words above them ask for."""

import pytest

from comity.mandates.formats.resolution_json import to_json
from comity.mandates.reading.reader import read
from comity.mandates.resolution import Point

HEAD = "145/9. Lamps\n\nThe General Assembly,\n\nRecalling its resolution 144/3 of 14 March 2090,\n\n"


def points(paragraph: str) -> tuple[Point, ...]:
    return read(f"{HEAD}1. {paragraph}\n\n2. Decides to end.\n", "x.txt").operative[0].points


def verbs(paragraph: str) -> list[list[tuple[str, str, str]]]:
    return [[(verb.phrase, verb.lemma, verb.strength.value) for verb in point.verbs] for point in points(paragraph)]


def test_points_that_open_with_verbs_of_the_organ_have_them() -> None:
    found = points(
        "In this regard:\n\n(a) Requests the Board to light lamps;\n\n(b) Welcomes oil, and invites States to give it;"
    )
    assert [[ask.verb.lemma for ask in point.asks] for point in found] == [["request"], ["welcome", "invite"]]
    assert [point.addressees for point in found] == [("Board",), ("States",)]


@pytest.mark.parametrize(
    ("chapeau", "point", "phrase", "lemma"),
    [
        ("Requests the Board:", "To consider lamps", "To consider", "consider"),
        ("Requests the Board:", "to also ring bells", "to also ring", "ring"),
        ("Requests the Board:", "Not to ring bells", "Not to ring", "ring"),
        ("Requests the Board:", "To comply with the Code", "To comply", "comply"),
        ("Requests the Board, inter alia, to:", "Fully implement the Code", "Fully implement", "implement"),
        ("Requests the Board to promote lamps by:", "Strengthening wicks", "Strengthening", "strengthen"),
        ("Requests the Board to promote lamps by:", "Actively mobilizing keepers", "Actively mobilizing", "mobilize"),
        ("Requests the Board to perform the following tasks:", "Provide oil", "Provide", "provide"),
    ],
)
def test_points_that_name_acts_have_their_verb_with_the_strength_above(
    chapeau: str, point: str, phrase: str, lemma: str
) -> None:
    text = f"{chapeau}\n\n(a) {point};\n\n(b) {point} at night;"
    assert verbs(text) == [[(phrase, lemma, "strong")]] * 2
    assert points(text)[0].addressees == ("Board",)


def test_an_invitation_above_is_as_strong_as_it_is() -> None:
    assert verbs("Invites States:\n\n(a) To give oil;\n\n(b) To give wicks;")[0] == [("To give", "give", "medium")]


@pytest.mark.parametrize(
    "paragraph",
    [
        "Requests the Board to report on:\n\n(a) The lamps of rivers;\n\n(b) Proposals for bells;",
        "Requests the Board to pay heed with respect to:\n\n(a) Lamps;\n\n(b) Cooperation;",
        "Requests the Board to submit its report to:\n\n(a) The Assembly;\n\n(b) All States;",
        "Requests the Board to promote lamps by:\n\n(a) Lighting-up times;\n\n(b) Something;",
    ],
)
def test_points_that_name_things_have_no_verb(paragraph: str) -> None:
    assert verbs(paragraph) == [[], []]


def test_points_that_name_who_is_asked_give_the_paragraph_its_addressees() -> None:
    paragraph = read(
        f"{HEAD}1. Notes oil, and in this regard requests:\n\n(a) The Board of Keepers to light lamps;\n\n"
        "(b) The President of the Economic and Social Council to ring bells;\n\n2. Decides to end.\n",
        "x.txt",
    ).operative[0]
    assert paragraph.addressees == ("Board of Keepers", "President of the Economic and Social Council")
    assert [point.verbs[0].phrase for point in paragraph.points] == ["light", "ring"]
    assert [point.addressees for point in paragraph.points] == [(name,) for name in paragraph.addressees]


def test_points_below_points_are_asked_by_what_stands_above_them() -> None:
    outer = points(
        "Requests the Board:\n\n(a) To light lamps by:\n\n(i) Buying oil;\n\n(ii) Training keepers;\n\n(b) To rest;"
    )
    assert [[verb.lemma for verb in point.verbs] for point in outer[0].points] == [["buy"], ["train"]]
    assert outer[0].points[0].addressees == ("Board",)


def test_points_below_a_point_with_a_verb_of_its_own_are_asked_by_that_one() -> None:
    text = "Requests the Board:\n\n(a) Invites States:\n\n(i) To give oil;\n\n(ii) To give wicks;\n\n(b) To rest;"
    below = points(text)[0].points
    assert [(verb.lemma, verb.strength.value) for point in below for verb in point.verbs] == [("give", "medium")] * 2
    assert [point.addressees for point in below] == [("States",)] * 2


def test_points_name_nobody_where_the_words_above_have_named_who_is_asked() -> None:
    assert verbs("Requests the Board to heed what follows:\n\n(a) The States give oil;\n\n(b) The Office to rest;") == [
        [],
        [],
    ]


def test_json_has_verbs_and_addressees_of_each_point() -> None:
    values = to_json(read(f"{HEAD}1. Urges States:\n\n(a) To give oil;\n\n(b) To rest.\n", "x.txt"))
    assert isinstance(values, dict)
    point = values["operative"][0]["points"][0]
    assert point["verbs"] == [{"phrase": "To give", "lemma": "give", "strength": "strong"}]
    assert point["addressees"] == ["States"]
