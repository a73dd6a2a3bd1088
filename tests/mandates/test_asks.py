"""What is asked of whom, on what conditions and by when."""

import pytest

from comity.mandates.asking.actors import actors_of
from comity.mandates.asking.addressees import addressees_of
from comity.mandates.asking.asks import asks_of
from comity.mandates.asking.conditions import conditions_of
from comity.mandates.asking.deadlines import deadline_of
from comity.mandates.asking.full_names import FullNames
from comity.mandates.asking.recurrence import recurrence_of
from comity.mandates.resolution import Ask
from comity.mandates.vocabulary.verbs import OPERATIVE, opening_verbs


def asks(text: str) -> tuple[Ask, ...]:
    return asks_of(text, opening_verbs(text, OPERATIVE), FullNames())


@pytest.mark.parametrize(
    ("text", "addressees"),
    [
        (" Member States that have not yet done so to consider ratifying", ["Member States"]),
        (" the Secretary-General, in consultation with States, to report", ["Secretary-General"]),
        (
            " the United Nations Office on Drugs and Crime, within its existing mandate, to continue",
            ["United Nations Office on Drugs and Crime"],
        ),
        (
            " Member States and the United Nations Office on Drugs and Crime to act",
            ["Member States", "United Nations Office on Drugs and Crime"],
        ),
        (
            " States parties to the United Nations Convention against Corruption to give",
            ["States parties to the United Nations Convention against Corruption"],
        ),
        (
            " Member States, the United Nations system and other relevant stakeholders to act",
            ["Member States", "United Nations system", "other relevant stakeholders"],
        ),
        (
            " Governments and intergovernmental and non-governmental organizations to give",
            ["Governments", "intergovernmental and non-governmental organizations"],
        ),
        (" Member States in a position to do so to contribute", ["Member States"]),
        (" that Member States, as appropriate to their contexts, adopt plans", ["Member States"]),
        (" the Economic and Social Council to consider", ["Economic and Social Council"]),
        (" all States:", ["all States"]),
        (" efforts of keepers in the dark", []),
        (" States that have signed the Code and submitted reservations to it to review them", ["States"]),
        (
            " the institutes of the United Nations crime prevention and criminal justice programme network to meet",
            ["institutes of the United Nations crime prevention and criminal justice programme network"],
        ),
        (" the United Nations system, including its agencies, funds and programmes, to act", ["United Nations system"]),
        (
            " Member States, the United Nations and other donors to give",
            ["Member States", "United Nations", "other donors"],
        ),
        (" made in its resolution 9/1 of 4 May 2080, that Member States, as they can, adopt plans", ["Member States"]),
    ],
)
def test_addressees(text: str, addressees: list[str]) -> None:
    assert list(addressees_of(text)[0]) == addressees


def test_each_verb_has_its_own_addressees_and_what_it_asks() -> None:
    first, second = asks("Urges Member States to light rivers, and requests the Office to assist them;")
    assert (first.addressees, first.asked) == (("Member States",), "light rivers")
    assert (second.addressees, second.asked) == (("Office",), "assist them")


def test_a_short_name_is_the_full_name_used_before() -> None:
    text = "Recognizes the work of the United Nations Office on Drugs and Crime, and requests the Office to act;"
    assert asks(text)[1].addressees == ("United Nations Office on Drugs and Crime",)


def test_declaratory_verbs_address_nobody() -> None:
    assert asks("Welcomes the readiness of Member States to act;")[0].addressees == ()


def test_who_acts_where_it_is_not_the_addressee() -> None:
    text = "Encourages Member States to support the Office for Lamps in continuing to provide oil;"
    assert actors_of(text, ("Member States",), FullNames()) == ("Office for Lamps",)
    assert actors_of("Decides that the Commission shall meet;", (), FullNames()) == ("Commission",)
    assert actors_of("Urges the Office to support Member States in designing lamps;", ("Office",), FullNames()) == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("within existing resources and within its mandate", ["within existing resources", "within its mandate"]),
        ("within the overall existing United Nations resources", ["within existing resources"]),
        ("upon their request, and as appropriate", ["upon request", "as appropriate"]),
        ("as appropriate to their national contexts", ["as appropriate to national contexts"]),
        ("subject to the availability of extrabudgetary resources", ["subject to extrabudgetary resources"]),
        ("in accordance with their national laws", ["in accordance with national laws"]),
        ("the request of keepers for oil", []),
    ],
)
def test_conditions(text: str, names: list[str]) -> None:
    assert list(conditions_of(text)) == names


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("Requests the Secretary-General to report to it at its sixty-eighth session;", "session 68"),
        ("Requests him to report at its eightieth and eighty-first sessions;", "session 80; session 81"),
        ("Requests him to report before the end of its fifty-eighth session;", "session 58"),
        ("Decides to include in the provisional agenda of its one hundredth session the item;", "session 100"),
        ("Urges States to light rivers by 2030;", "2030"),
        ("Urges States to act no later than 31 December 2024;", "2024-12-31"),
        ("Encourages States to give effect to the resolutions adopted by the Conference at its fourth session;", ""),
        ("Welcomes the outcome at its sixth session;", ""),
        ("Requests him to report before its seventieth session;", "session 70"),
        ("Requests him to report not later than its 71st session;", "session 71"),
        ("Requests the Office to write to the Conference before the ninth session of the Conference;", "session 9"),
        ("Approves the convening of the ninth session of the Commission;", ""),
        ("Requests the Office to buy oil within ninety days;", "within 90 days"),
        ("Requests the Office to buy oil within 90 days of the adoption of the Code;", "within 90 days"),
        ("Invites States to answer within six months;", "within 6 months"),
        ("Invites States to answer within one hundred and twenty days;", "within 120 days"),
        ("Requests the Office to answer within a year;", "within 1 year"),
        ("Requests the Office to act no later than three years after the Code was written;", "within 3 years"),
        ("Requests the Office to act not later than two (2) weeks after the storm;", "within 2 weeks"),
        ("Requests the Office to act thirty days after the adoption of the Code;", "within 30 days"),
        (
            "Requests it to send its report at least six weeks before its seventieth session;",
            "6 weeks before session 70",
        ),
        (
            "Requests it to send its report no later than six weeks before its seventieth session;",
            "6 weeks before session 70",
        ),
        ("Requests it to act by the end of 2095 and within two years;", "2095; within 2 years"),
        ("Urges States to light lamps that were put out within five years;", "within 5 years"),
        ("Notes that lamps went out within five years;", ""),
        # What stands before what is asked
        ("Requests the Office, within ninety days of the adoption of the Code, to report;", "within 90 days"),
        ("Invites States, by 30 June 2095 at the latest, to answer;", "2095-06-30"),
        ("Requests the Office, no later than 30 June 2095, to send oil;", "2095-06-30"),
        ("Requests the Board, at its twenty-fifth session, to read the report;", "session 25"),
        ("Requests the Board at its twenty-fifth session to read the report;", "session 25"),
        ("Requests, by 30 June 2095, the Office to send oil;", "2095-06-30"),
        ("Requests the Office, within ninety days:", "within 90 days"),
        (
            "Invites the Board, by 1 May 2095, and requests the Office, within a year, to act;",
            "2095-05-01; within 1 year",
        ),
        ("Invites States that have not signed, by 1 May 2095, to sign;", "2095-05-01"),
        ("Invites States that have not signed by 2090 to sign;", ""),
        ("Invites States which, at its fourth session, asked for oil to pay for it;", ""),
        ("Urges the Office, in accordance with its resolution adopted at its fifth session, to act;", ""),
        # Several, one of which counts from another
        (
            "Requests the Office to send, prior to 1 May 2096, oil, and within one year thereafter wicks;",
            "2096-05-01; within 1 year thereafter",
        ),
        ("Requests the Office to report by 2095 and again two years later;", "2095; within 2 years thereafter"),
        ("Requests a report not later than ninety days before the seventy-first session;", "90 days before session 71"),
        ("Requests a report thirty days before 1 May 2096;", "30 days before 2096-05-01"),
        ("Requests a report 6 weeks prior to the opening of its 70th session;", "6 weeks before session 70"),
        ("Requests a report not later than 15 days after 1 May 2096;", "15 days after 2096-05-01"),
        ("Requests a report within ninety days after its seventieth session;", "90 days after session 70"),
        ("Requests the Office, six weeks before the meeting, to send it;", "6 weeks before the meeting"),
        ("Requests a report at least sixty days before each regular session;", "60 days before each regular session"),
        ("Invites States, in consultation with the Office and by the end of 2096, to sign;", "2096"),
        # Other words for "by"
        ("Requests the Office to act on or before 1 May 2096;", "2096-05-01"),
        ("Requests the Office to act on 1 May 2096 at the latest;", "2096-05-01"),
        ("Requests the Office to act in advance of 1 May 2096;", "2096-05-01"),
        ("Requests the Office to act by mid-2096;", "2096"),
        ("Requests the Office to act by 31st of December 2096;", "2096-12-31"),
        ("Requests the Office to act by the 3rd of May 2096;", "2096-05-03"),
        ("Requests the Office to act before the 2nd May 2096;", "2096-05-02"),
        ("Requests the Office to act within the first quarter of 2096;", "first quarter of 2096"),
        ("Requests the Office to act before the end of the second half of 2096;", "second half of 2096"),
        ("Decides that the Board shall meet in the second half of 2096;", ""),
        ("Requests the Office to use the oil given on 1 May 2096;", ""),
        # Working days stay what they are
        ("Requests the Office to act within thirty working days;", "within 30 working days"),
        ("Requests the Office to act no later than one (1) working day after the storm;", "within 1 working day"),
        ("Requests the Office to act within ten business days;", "within 10 business days"),
        ("Requests the Office to act five working days before 1 May 2096;", "5 working days before 2096-05-01"),
        ("Requests the Office to act within sixty calendar days;", "within 60 days"),
        # What is past ends where another thing is asked
        (
            "Requests the Office to heed the views voiced at its sixtieth session and to send it at its 63rd session;",
            "session 63",
        ),
        (
            "Requests the Office to go on with the work requested by it at its sixtieth session and to report to it at "
            "its sixty-third session;",
            "session 63",
        ),
        ("Requests the Office to heed the views expressed and the concerns raised at its sixtieth session;", ""),
        # A special session is none of the regular ones
        ("Decides to consider it at its twenty-seventh special session;", "special session 27"),
        ("Decides to consider it at its tenth emergency special session;", "emergency special session 10"),
        ("Requests a report ninety days before its thirtieth special session;", "90 days before special session 30"),
        # Days that exist, in other forms
        ("Requests the Office to act by 31 April 2096;", ""),
        ("Requests the Office to act by March 1, 2096;", "2096-03-01"),
        ("Requests the Office to act no later than 31.12.2096;", "2096-12-31"),
        ("Requests the Office to act by May 2096;", "May 2096"),
        # "in" a time ends what is asked, or it may be a time that has passed
        ("Requests the Office to report in ninety days;", "within 90 days"),
        ("Requests the Office to report in thirty working days, and to light lamps;", "within 30 working days"),
        ("Requests the Office to report on the oil burnt in five years of storms;", ""),
        ("Requests the Office to meet twice in a year;", ""),
    ],
)
def test_deadlines(text: str, due: str) -> None:
    assert deadline_of(asks(text)) == due


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Requests the Office to continue to assist;", "continue"),
        ("Requests the Office to report every two years;", "every two years"),
        ("Requests the Office to report annually;", "annually"),
        ("Requests the Office to report biennially;", "biennially"),
        ("Requests the Office to report every 2 years;", "every 2 years"),
        ("Decides to meet twice a year;", "twice a year"),
        ("Requests the Office to report at each regular session;", "at each regular session"),
        ("Requests the Office to report once;", ""),
        ("Welcomes the continuing work;", ""),
    ],
)
def test_recurrence(text: str, words: str) -> None:
    assert recurrence_of(asks(text)) == words


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Calls upon States which have put out a lamp not to light it again;", "not to light it again"),
        ("Urges keepers and Member States giving oil to harbours in winter to give more of it;", "give more of it"),
        ("Encourages States, in order to protect the right to life, to light lamps;", "light lamps"),
        ("Urges States that have not signed the Code to do so;", "do so"),
    ],
)
def test_what_is_asked_begins_at_its_own_infinitive(text: str, asked: str) -> None:
    assert asks(text)[0].asked == asked


def test_those_asked_together_are_asked_the_same() -> None:
    found = asks("Calls upon Governments, and invites regional organizations, to buy oil;")
    assert [(ask.addressees, ask.asked) for ask in found] == [
        (("Governments",), "buy oil"),
        (("regional organizations",), "buy oil"),
    ]


def test_one_who_is_asked_nothing_else_shares_nothing() -> None:
    first, second = asks("Invites contributions for oil, and invites States to light lamps;")
    assert (first.addressees, second.addressees) == ((), ("States",))


def test_a_session_to_which_a_report_was_submitted_is_no_deadline() -> None:
    assert deadline_of(asks("Urges States to read the report submitted to the Assembly at its sixtieth session;")) == ""
    due = asks("Requests the Office to write a report, to be submitted to the Assembly at its sixtieth session;")
    assert deadline_of(due) == "session 60"


@pytest.mark.parametrize(
    ("text", "addressees"),
    [
        ("Recommends to the General Assembly the adoption of the following draft resolution:", ["General Assembly"]),
        ("Recommends that the General Assembly adopt the following draft resolution:", ["General Assembly"]),
        ("Recommends the following draft resolution for adoption by the General Assembly:", ["General Assembly"]),
        ("Recommends for adoption by the General Assembly the following draft decision:", ["General Assembly"]),
        ("Recommends to the Board of Lamps, for its approval, the draft code below:", ["Board of Lamps"]),
        ("Decides to recommend to the General Assembly the adoption of the draft resolution:", ["General Assembly"]),
        (
            "Recommends to the Economic and Social Council the approval of the following draft resolution for adoption "
            "by the General Assembly:",
            ["Economic and Social Council"],
        ),
        ("Recommends to Member States the use of lamps;", ["Member States"]),
        (
            "Recommends that the Economic and Social Council approve the following: “1. The Council shall meet;”",
            ["Economic and Social Council"],
        ),
        ("Recommends that the Board of Lamps endorse the Code;", ["Board of Lamps"]),
        (
            "Recommends that the Commission on Crime Prevention and Criminal Justice elect a keeper;",
            ["Commission on Crime Prevention and Criminal Justice"],
        ),
        ("Requests that States parties to the Lamp Code light lamps;", ["States parties to the Lamp Code"]),
        ("Proposes that the Secretary-General: “Light the lamps”;", ["Secretary-General"]),
    ],
)
def test_a_recommendation_addresses_the_organ_that_is_to_adopt(text: str, addressees: list[str]) -> None:
    assert list(asks(text)[0].addressees) == addressees


def test_who_acts_by_quoted_words_is_not_who_is_to_act() -> None:
    text = "Recommends that the Board of Lamps approve the following: “1. The Keeper shall meet;”"
    assert actors_of(text, ("Board of Lamps",), FullNames()) == ()
