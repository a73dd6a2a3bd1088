"""The headings of the table of participants: which kinds of act a column holds, and by which mark each is told.

Kinds stand in another order from treaty to treaty; each carries its mark in brackets, and signature and ratification
none. Case counts: `a` accession, `A` acceptance. `d` behind a signature is a succession to it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from comity.instruments.actions.action import SIGNATURES, ActionType

_KINDS = {
    "succession to signature": ActionType.SUCCESSION_TO_SIGNATURE,
    "definitive signature": ActionType.DEFINITIVE_SIGNATURE,
    "signature": ActionType.SIGNATURE,
    "provisional application": ActionType.PROVISIONAL_APPLICATION,
    "formal confirmation": ActionType.FORMAL_CONFIRMATION,
    "consent to be bound": ActionType.CONSENT_TO_BE_BOUND,
    "ratification": ActionType.RATIFICATION,
    "acceptance": ActionType.ACCEPTANCE,
    "approval": ActionType.APPROVAL,
    "accession": ActionType.ACCESSION,
    "succession": ActionType.SUCCESSION,
}
_IN_SIGNATURES = {ActionType.SUCCESSION: ActionType.SUCCESSION_TO_SIGNATURE}
_MARK = re.compile(r"\(([A-Za-z]{1,2})\)$")


@dataclass(frozen=True)
class Column:
    """A column of the table: its heading, and its kinds by mark; the empty mark is that of a bare date."""

    heading: str
    kinds: Mapping[str, ActionType]

    @property
    def is_signature(self) -> bool:
        """Whether it is the column of signatures."""
        return bool(self.kinds) and any(kind in SIGNATURES for kind in self.kinds.values())

    @property
    def binds(self) -> bool:
        """Whether it is the column of consents to be bound."""
        return any(kind.binds for kind in self.kinds.values()) and not self.is_signature

    def kind(self, mark: str) -> ActionType | None:
        """The kind of a date by its mark; None where the heading names no kind of that mark."""
        return self.kinds.get(mark)


def column_of(heading: str) -> Column:
    """A column by its tidied heading; one without kinds where the heading names an act that is not known.

    “Participation by virtue of ratification, accession or succession”, and kinds of one mark, leave open which it is.
    """
    if heading.casefold().startswith("participation"):
        return Column(heading, {"": ActionType.CONSENT_OF_UNKNOWN_KIND})
    kinds: dict[str, ActionType] = {}
    for item in filter(None, (part.strip() for part in heading.split(","))):
        mark = _MARK.search(item)
        words = item[: mark.start()].strip().casefold() if mark else item.casefold()
        kind = next((kind for name, kind in _KINDS.items() if words.startswith(name)), None)
        if kind is None:
            return Column(heading, {})
        own = mark[1] if mark else ""
        both = kind.binds and own in kinds and kinds[own].binds
        kinds[own] = ActionType.CONSENT_OF_UNKNOWN_KIND if both and kinds[own] is not kind else kind
    if ActionType.SIGNATURE in kinds.values():
        kinds = {mark: _IN_SIGNATURES.get(kind, kind) for mark, kind in kinds.items()}
    return Column(heading, kinds)
