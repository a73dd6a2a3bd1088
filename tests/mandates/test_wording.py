"""How an official paragraph is parted for reading: its verbs in italics, the marks of its notes raised."""

from comity.mandates.wording import pieces

TEXT = "Urges Member States to join the Convention, and urges States parties to urge others;"


def test_verbs_are_found_one_after_another_and_as_whole_words() -> None:
    parted = pieces(TEXT, ["Urges", "urges"], [])
    assert [words for kind, words in parted if kind == "verb"] == ["Urges", "urges"]
    assert "".join(words for _kind, words in parted) == TEXT


def test_a_verb_that_the_text_does_not_hold_is_passed_over() -> None:
    assert pieces(TEXT, ["Deplores"], []) == [("", TEXT)]


def test_a_mark_stands_where_its_note_belongs() -> None:
    at = TEXT.index(",")
    parted = pieces(TEXT, ["Urges"], [(at, "3")])
    assert parted[:4] == [
        ("verb", "Urges"),
        ("", " Member States to join the Convention"),
        ("note", "3"),
        ("", TEXT[at:]),
    ]
