"""What a paragraph asks by verbs that bind or invite: where deadlines and recurrence are looked for."""

from collections.abc import Iterable

from comity.mandates.resolution import Ask, Strength


def binding_words(asks: tuple[Ask, ...], below: Iterable[str]) -> list[tuple[str, tuple[str, ...]]]:
    """What is asked by verbs that bind or invite, with when it is asked, and the points below; and of whom each."""
    binding = [ask for ask in asks if ask.verb.strength is not Strength.DECLARATORY]
    found = [(f"{ask.when} {ask.asked}".strip(), ask.addressees) for ask in binding]
    last = binding[-1].addressees if binding else ()
    return found + [(text, last) for text in below]
