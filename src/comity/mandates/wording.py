"""How what a paragraph asks is set for reading: each verb apart, since verbs are printed in italics."""

from collections.abc import Iterable

from comity.mandates.register import line_of
from comity.mandates.resolution import Ask


def sayings(asks: Iterable[Ask]) -> list[tuple[str, str]]:
    """Each ask as its opening verb and the rest of its words: ("Urges", " Member States to …")."""
    return [(ask.verb.phrase, line_of([ask]).removeprefix(ask.verb.phrase)) for ask in asks]
