"""Opening verbs: phrases, lemmas and strengths, and what only looks like a verb."""

import pytest

from comity.mandates.resolution import Strength
from comity.mandates.vocabulary.verbs import OPERATIVE, PREAMBULAR, opening_verb, opening_verbs


def found(text: str, form: str = OPERATIVE) -> list[tuple[str, str]]:
    return [(verb.verb.phrase, verb.verb.lemma) for verb in opening_verbs(text, form)]


@pytest.mark.parametrize(
    ("text", "phrase", "lemma", "strength"),
    [
        ("Requests the Office to act;", "Requests", "request", Strength.STRONG),
        ("Also requests the Office to act;", "Also requests", "request", Strength.STRONG),
        ("Once again calls upon States to act;", "Once again calls upon", "call upon", Strength.STRONG),
        ("Strongly encourages States to act;", "Strongly encourages", "encourage", Strength.MEDIUM),
        ("Takes note with appreciation of lamps;", "Takes note with appreciation", "take note", Strength.DECLARATORY),
        ("Notes with deep concern the dark;", "Notes with deep concern", "note", Strength.DECLARATORY),
        ("Notes also with interest the dark;", "Notes also with interest", "note", Strength.DECLARATORY),
        ("Reiterates its request to the Office to act;", "Reiterates its request", "reiterate", Strength.STRONG),
        ("Reiterates the importance of lamps;", "Reiterates", "reiterate", Strength.DECLARATORY),
        ("Draws attention to lamps;", "Draws attention", "draw attention", Strength.DECLARATORY),
        (
            "Expresses its deep appreciation to keepers;",
            "Expresses its deep appreciation",
            "express appreciation",
            Strength.DECLARATORY,
        ),
        ("In this regard, calls upon States to act;", "calls upon", "call upon", Strength.STRONG),
        ("Calls, in this context, for dialogue;", "Calls", "call for", Strength.STRONG),
        ("Invites, in this regard, States to act;", "Invites", "invite", Strength.MEDIUM),
        ("Reconfirms the role of lamps;", "Reconfirms", "reconfirm", Strength.DECLARATORY),
        ("Views with appreciation the work of keepers;", "Views with appreciation", "view", Strength.DECLARATORY),
        ("Views with grave concern the dark;", "Views with grave concern", "view", Strength.DECLARATORY),
        ("Solemnly proclaims the Code of Lamps;", "Solemnly proclaims", "proclaim", Strength.STRONG),
        ("Strongly condemns darkness;", "Strongly condemns", "condemn", Strength.DECLARATORY),
        ("Is deeply alarmed by the dark;", "Is deeply alarmed", "alarm", Strength.DECLARATORY),
        ("Remains gravely disturbed by the dark;", "Remains gravely disturbed", "disturb", Strength.DECLARATORY),
        ("Attaches great importance to lamps;", "Attaches great importance", "attach importance", Strength.DECLARATORY),
        ("Establishes a Board of Keepers;", "Establishes", "establish", Strength.STRONG),
        ("Amends the Code of Lamps;", "Amends", "amend", Strength.STRONG),
        ("Implores keepers to stay awake;", "Implores", "implore", Strength.MEDIUM),
        ("Reiterates the urgent call upon keepers:", "Reiterates the urgent call upon", "reiterate", Strength.STRONG),
        ("With this in mind, invites keepers to act;", "invites", "invite", Strength.MEDIUM),
    ],
)
def test_operative_openings(text: str, phrase: str, lemma: str, strength: Strength) -> None:
    verb = opening_verb(text, OPERATIVE)
    assert verb is not None
    assert (verb.verb.phrase, verb.verb.lemma, verb.verb.strength) == (phrase, lemma, strength)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Recalling further lamps,", "Recalling further"),
        ("Deeply concerned about lamps,", "Deeply concerned"),
        ("Mindful of lamps,", "Mindful"),
        ("Expressing its grave concern at lamps,", "Expressing its grave concern"),
        ("Having also considered the report,", "Having also considered"),
        ("Bearing in mind that lamps burn,", "Bearing in mind"),
        ("Taking into consideration all lamps,", "Taking into consideration"),
        ("Unequivocally condemning darkness,", "Unequivocally condemning"),
        ("Acting under Chapter VII,", "Acting"),
        ("Reconfirming the Code,", "Reconfirming"),
        ("Viewing with appreciation the work of keepers,", "Viewing with appreciation"),
        ("Viewing with grave concern the dark,", "Viewing with grave concern"),
        ("Cognizant of the dark,", "Cognizant"),
        ("Deeply regretting the dark,", "Deeply regretting"),
        ("Having been informed of the dark,", "Having been"),
        ("Noting with satisfaction the light,", "Noting with satisfaction"),
        ("Placing on record its thanks,", "Placing on record"),
        ("Horrified by the dark,", "Horrified"),
        ("In pursuance of its resolution,", "In pursuance of"),
        ("Keeping in view the Code,", "Keeping in view"),
        ("Affirming its trust,", "Affirming"),
    ],
)
def test_preambular_openings(text: str, phrase: str) -> None:
    verb = opening_verb(text, PREAMBULAR)
    assert verb is not None
    assert verb.verb.phrase == phrase


def test_second_and_third_verbs_come_in_order() -> None:
    text = (
        "Urges States to act, requests the Office, within its mandate, to assist, and in "
        "this regard also invites donors to give;"
    )
    assert found(text) == [("Urges", "urge"), ("requests", "request"), ("also invites", "invite")]


def test_preambular_verbs_after_the_first() -> None:
    text = "Recalling lamps, reaffirming the need for oil, expressing the view that they burn, and welcoming keepers,"
    assert [lemma for _, lemma in found(text, PREAMBULAR)] == ["recall", "reaffirm", "express view", "welcome"]


@pytest.mark.parametrize(
    "text",
    [
        "Urges States to consider the execution of requests for lamps, requests for oil, and requests of keepers;",
        "Welcomes a programme that supports keepers and encourages the young;",
        "Recalls the item entitled “Lamps, and requests the keepers had”;",
        "Stresses the need to take notes, and notes of keepers;",
        "Urges States to act, taking into account the dark;",
    ],
)
def test_nouns_and_verbs_of_others_are_passed_over(text: str) -> None:
    assert len(found(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Requests the Board to act, and creates a fund for it;",
        "Notes the work of the Board, expects and views of States;",
        "Welcomes the Board, submits and grants;",
    ],
)
def test_verbs_that_only_open_a_paragraph_begin_no_further_ask(text: str) -> None:
    assert len(found(text)) == 1


def test_a_text_without_opening_verb_has_none() -> None:
    assert opening_verbs("Lamps that burn, and requests the Office to act", OPERATIVE) == []
    assert opening_verb("Requestsed the Office", OPERATIVE) is None
