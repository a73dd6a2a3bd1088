"""Who is to act where that is no addressee: “decides that the Commission shall”, “support the Office in …”."""

import re

from comity.mandates.asking.addressees import names_in
from comity.mandates.asking.full_names import FullNames

# “decides that the Commission shall hold a special session”: the Commission.
_ACTOR_AFTER_THAT = re.compile(
    r"\b(?:[Dd]ecides|[Ss]tresses|[Uu]nderlines|[Ee]mphasizes|[Rr]eaffirms"
    r"|[Rr]ecommends|ensure) that (?P<actor>[^,;:“”\"«„]{3,120}?) (?:shall|should|will|must|continues?"
    r"|provides?)\b"
)
# “urges States to support the Office in providing assistance”: the Office.
_SUPPORTED = re.compile(
    r"\b(?:support|supporting) (?P<actor>(?:the )?[^,;:“”\"«„]{3,120}?) (?:in|to) "
    r"(?:continuing|providing|[a-z]+ing|provide|discharge|carry|fulfil|implement|continue)\b"
)
# “support developing countries in fulfilling”: those who are helped are no actors.
_HELPED = re.compile(r"\b(?:States|countries|Governments|them|it)\b")


def actors_of(text: str, addressees: tuple[str, ...], names: FullNames) -> tuple[str, ...]:
    """Who is to act where that is not an addressee: "decides that the Commission shall", "support the Office in …"."""
    found: list[str] = []
    for pattern in (_ACTOR_AFTER_THAT, _SUPPORTED):
        for match in pattern.finditer(text):
            found.extend(names.expand(name) for name in names_in(match["actor"]) if not _HELPED.search(name))
    return tuple(dict.fromkeys(name for name in found if name not in addressees))
