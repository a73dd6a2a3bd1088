"""Citizenship as people write it in titles and notes: whether it is that of which a row is.

`without_citizenship` gives a plain text in which `REMOVED` stands for what names what a row is of, the same text where
it names nothing of the kind or the row is of the whole, and None where it names another part.
"""

from comity.observations.observation import FOREIGN, NATIONAL, NOT_APPLICABLE, TOTAL, UNKNOWN
from comity.observations.words.plain_text import REMOVED, pattern, plain

_CITIZEN = (
    r"citizens|citoyen(?:ne)?s|ciudadan[oa]s|cidadãos|staatsangehörige\w*|staatsbürger\w*|граждан\w*"
    r"|(?:ال)?مواطن(?:ين|ون)"
)
FOREIGNERS = (
    r"foreign(?:ers?)?(?: (?:citizens|nationals))?|non[ -]?(?:nationals?|citizens?|nationaux)"
    r"|third[ -]country nationals|not (?:citizens|nationals)|no nacionales"
    r"|(?:citizens|nationals) of (?:an)?other (?:countr(?:y|ies)|states?)"
    rf"|(?:(?:{_CITIZEN}) )?(?:extranjer[oa]s?|étrang[eè]re?s?|estrangeir[oa]s?)|ausländ\w*(?: staatsangehörige\w*)?"
    r"|drittstaats\w*|иностран\w*(?: граждан\w*)?|неграждан\w*|(?:ال)?أجانب|غير المواطنين"
)
FOREIGNERS_IN_CHINESE = "外国人|外国公民|外籍|非公民"
_ALONE = rf"{_CITIZEN}|nationaux|nacionales"
NATIONALS = rf"nationals|national citizens|^(?:{_ALONE})$"
NATIONALS_IN_CHINESE = "^(?:公民|国民)$|本国公民"
THOSE_OF_HERE = rf"nationals|{_ALONE}"
"""Words of those who are no foreigners. Beside other words “citizens” may be any people, and “nacionales” figures."""
_OF_HERE, _FROM_ELSEWHERE = (
    r"(?:nationals|(?:national )?citizens)",
    r"(?:foreign(?:ers| citizens| nationals)|non-?(?:nationals|citizens))",
)
_NATIONALS_AND_FOREIGNERS = pattern(
    rf"\b{_OF_HERE} ?(?:and|or|&|/|,) ?{_FROM_ELSEWHERE}\b|\b{_FROM_ELSEWHERE} ?(?:and|or|&|/|,) ?{_OF_HERE}\b",
)
"""“nationals and foreigners”, who are everyone."""
_CITIZENS = pattern(
    rf"\b(?P<foreign>{FOREIGNERS})\b|(?P<foreign_in_chinese>{FOREIGNERS_IN_CHINESE})"
    rf"|\b(?:(?:national )?(?:{_ALONE})|nationals)\b|公民|国民",
)
"""“citoyens”, “foreign nationals”."""
_FOREIGNERS = pattern(rf"\b(?:{FOREIGNERS})\b|{FOREIGNERS_IN_CHINESE}")
CODES_OF_WORDS = {"nationals": NATIONAL, "foreigners": FOREIGN}
"""What every table means by these words; others mean it in the one or the other table only."""


def without_all_citizens(text: str) -> str:
    """A plain text without “nationals and foreigners”, who are everyone."""
    return _NATIONALS_AND_FOREIGNERS.sub(" ", plain(text))


def without_foreigners(text: str) -> str:
    """A plain text without words of foreigners, some of which deny that they are citizens."""
    return _FOREIGNERS.sub(" ", text)


def without_citizenship(text: str, citizenship: str, area: str) -> str | None:
    """Take the words of citizens or of foreigners from a text, for a row of an area.

    `citizenship` is `NAT`, `FOR`, or the code of an area, whose citizens are foreigners in any other.
    """
    text = plain(text)
    if citizenship == TOTAL:
        return text
    found = list(_CITIZENS.finditer(text))
    named = {FOREIGN if one["foreign"] or one["foreign_in_chinese"] else NATIONAL for one in found}
    if not named:
        return text
    if citizenship in (UNKNOWN, NOT_APPLICABLE):
        return None
    meant = citizenship if citizenship in (NATIONAL, FOREIGN) else NATIONAL if citizenship == area else FOREIGN
    return _CITIZENS.sub(REMOVED, text) if named == {meant} else None
