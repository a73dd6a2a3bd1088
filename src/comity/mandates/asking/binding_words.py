"""What a paragraph asks by verbs that bind or invite: where deadlines and recurrence are looked for."""

from collections.abc import Iterable

from comity.mandates.resolution import Ask, Strength


def binding_words(asks: tuple[Ask, ...], below: Iterable[str]) -> list[str]:
    """What is asked by verbs that bind or invite, with when it is asked, and the points below such a verb."""
    binding = [ask for ask in asks if ask.verb.strength is not Strength.DECLARATORY]
    return [f"{ask.when} {ask.asked}".strip() for ask in binding] + list(below)
