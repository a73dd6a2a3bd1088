"""The full names that a resolution has used so far, for which short forms (“the Office”) stand."""

import re
from dataclasses import dataclass, field


@dataclass
class FullNames:
    """The full names that a resolution has used so far, by the word their short form keeps ("Office")."""

    full: dict[str, str] = field(default_factory=dict)

    def learn(self, text: str) -> None:
        """Take in the proper names of a text."""
        for match in _PROPER_NAME.finditer(text):
            name = match.group()
            if len(name.split()) > 2:
                self.full[match["head"]] = name

    def expand(self, name: str) -> str:
        """A short form ("Office", "Commission") as the full name it stands for, any other name as it is."""
        return self.full.get(name, name)


# “… on Drugs and Crime”, “… for the Prevention of Crime and the Treatment of Offenders”.
_NAME_TAIL = r"(?: (?:on|of|for|against) (?:the )?[A-Z][\w-]*(?:(?:,? (?:and |of )?(?:the )?)[A-Z][\w-]*)*)*"
# “the United Nations Office on Drugs and Crime”, “the Special Rapporteur on Trafficking in Persons”.
_PROPER_NAME = re.compile(
    r"\b(?:[A-Z][\w-]+ ){0,8}(?P<head>Office|Commission|Institute|Programme|Fund"
    r"|Centre|Entity|Agency|Division|Department|Unit|Tribunal|Authority|Task Force|Working Group"
    r"|Special Rapporteur|Board|Forum)" + _NAME_TAIL
)
