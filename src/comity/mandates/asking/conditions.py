"""The conditions that a paragraph sets, by their usual names: “within existing resources”."""

import re

# “within the overall existing”, “within its regular budget”: words between “within” and what limits.
_WHOSE = (
    r"(?:(?:the|its|their|his|her|respective|existing|available|current|overall"
    r"|approved|United Nations|regular budget|level of|programme budget|of|and|financial|human) "
    r")*"
)
# Letters without which a condition cannot stand: looking for them first spares most of the searches.
_SIGNS = {
    "within existing resources": "resources",
    "within available resources": "resources",
    "within its existing mandate": "mandate",
    "within its mandate": "mandate",
    "within their mandates": "mandate",
    "in accordance with its mandate": "mandate",
    "upon request": "request",
    "as appropriate to national contexts": "appropriate",
    "as appropriate": "appropriate",
    "where appropriate": "appropriate",
    "where applicable": "applicable",
    "where relevant": "relevant",
    "where deemed necessary": "necessary",
    "as necessary": "",
    "where possible": "sible",
    "subject to extrabudgetary resources": "subject",
    "subject to available resources": "subject",
    "from extrabudgetary resources": "ary ",
    "making the best possible use of existing resources": "existing resources",
    "in accordance with national laws": " with ",
    "in accordance with international law": "international",
    "in accordance with United Nations rules": "rules and procedures",
    "on a voluntary basis": "voluntary",
    "without prejudice": "prejudice",
    "by those in a position to do so": "position",
}
# Each condition as texts word it, and its usual name: “as and where appropriate” is “where appropriate”.
_CONDITIONS: tuple[tuple[re.Pattern[str], str, str], ...] = tuple(
    (re.compile(pattern.lower()), name, _SIGNS[name])
    for pattern, name in (
        (rf"\bwithin {_WHOSE}existing (?:[\w-]+ )*?resources\b", "within existing resources"),
        (
            rf"\bwithin {_WHOSE}(?:available|approved|allocated|regular) (?:[\w-]+ )*?resources\b",
            "within available resources",
        ),
        (
            r"\bwithin (?:its|their|his|her) (?:respective )?existing mandates?\b|\bwithin "
            r"existing mandates?\b",
            "within its existing mandate",
        ),
        (r"\bwithin (?:its|his|her|the) (?:overall |respective )?mandate\b", "within its mandate"),
        (
            r"\bwithin (?:their|the) respective mandates\b|\bwithin (?:their )?mandates\b"
            r"|\bwithin their mandate\b",
            "within their mandates",
        ),
        (r"\bin accordance with (?:its|their) (?:respective )?mandates?\b", "in accordance with its mandate"),
        (
            r"\b(?:up)?on (?:their |its |the )?requests?\b(?! (?:of|from|by|for))|\bat "
            r"(?:their|its) request\b|\bto requesting (?:Member )?States\b",
            "upon request",
        ),
        (r"\b(?:up)?on the request of\b|\bat the request of\b", "upon request"),
        (r"\bas appropriate to (?:their|its) national contexts?\b", "as appropriate to national contexts"),
        (r"\bas appropriate\b(?! to (?:their|its) national)", "as appropriate"),
        (r"\bwhere appropriate\b", "where appropriate"),
        (r"\b(?:where|as|if) relevant\b", "where relevant"),
        (r"\bwhere applicable\b|\bas applicable\b|\bif applicable\b", "where applicable"),
        (r"\bwhere they deem it necessary\b|\bwhere deemed necessary\b", "where deemed necessary"),
        (
            r"\bwhere (?:necessary|needed|required)\b|\bas (?:necessary|needed|required)\b"
            r"|\bif (?:necessary|needed|required)\b",
            "as necessary",
        ),
        (
            r"\bwhere (?:possible|feasible)\b|\bif possible\b|\bto the (?:maximum |fullest |greatest )?"
            r"extent possible\b|\bas "
            r"far as possible\b",
            "where possible",
        ),
        (
            r"\bsubject to the availability of (?:[\w-]+ )*?extra-?budgetary (?:resources"
            r"|contributions|funds|funding)\b",
            "subject to extrabudgetary resources",
        ),
        (
            r"\bsubject to the availability of (?:[\w-]+ )*?(?:resources|funds|funding"
            r"|contributions)\b(?<!budgetary resources)",
            "subject to available resources",
        ),
        (
            r"\bfrom extra-?budgetary (?:resources|contributions)\b|\bthrough (?:voluntary"
            r"|extra-?budgetary) contributions\b",
            "from extrabudgetary resources",
        ),
        (
            r"\bmak(?:e|ing) the best possible use of existing resources\b",
            "making the best possible use of existing resources",
        ),
        (
            r"\b(?:in accordance|consistent|in conformity|in line|in compliance) with (?:their "
            r"|its |the )?(?:respective )?(?:national|domestic) (?:laws?|legislation|legal)\b|\bin "
            r"accordance with national\b",
            "in accordance with national laws",
        ),
        (
            r"\b(?:in accordance|consistent|in conformity|in full conformity|in line|in full "
            r"compliance|in compliance) with (?:their obligations under )?(?:applicable )?international "
            r"(?:human rights )?law\b|\b(?:in accordance|consistent|in conformity|in line) with "
            r"(?:their |its )?(?:applicable )?international (?:law )?obligations\b",
            "in accordance with international law",
        ),
        (
            r"\bin accordance with the rules and procedures of the United Nations\b",
            "in accordance with United Nations rules",
        ),
        (r"\bon a voluntary basis\b", "on a voluntary basis"),
        (r"\bwithout prejudice to\b", "without prejudice"),
        (r"\bStates in a position to do so\b|\bin a position to do so\b", "by those in a position to do so"),
    )
)


def conditions_of(text: str) -> tuple[str, ...]:
    """The conditions that a paragraph sets, by their usual names, in the order in which they stand."""
    found = []
    text = text.lower()
    for pattern, name, sign in _CONDITIONS:
        match = pattern.search(text) if sign in text else None
        if match is not None:
            found.append((match.start(), name))
    return tuple(dict.fromkeys(name for _, name in sorted(found)))
