"""The lines by which the parts of a resolution are known: formula, decision, closing, annex, vote, numbers."""

import re

# “The General Assembly,”, “THE SECURITY COUNCIL,1”, “The Conference of the Parties, Recalling …”.
FORMULA = re.compile(
    r"^(?P<formula>(?:The|THE) (?P<organ>General Assembly|Security Council|(?:Economic "
    r"and Social|Human Rights|Trusteeship) Council"
    r"|(?:Commission|Conference|Congress|Committee|Council|Assembly|Board)\b[^,;.:]{0,140}|[A-Z ]{4,60}))"
    r"(?P<comma>,?)(?P<mark>\d{1,2})?(?: (?P<rest>.+))?$"
)
# “At its 60th plenary meeting, on 20 December 2012, the General Assembly decided”.
DECISION = re.compile(
    r"^At its (?P<meeting>\d+\w{2} (?:\([a-z]+\) )?(?:plenary )?meeting), on "
    r"(?P<day>\d{1,2} \w+ \d{4}), the (?P<organ>General Assembly|Economic and Social Council"
    r"|Council|Assembly)\b"
)
# “60th plenary meeting, 20 December 2012”, “47th (closed) meeting.”.
CLOSING = re.compile(
    r"^(?P<meeting>\d{1,5}(?:st|nd|rd|th) (?:\([a-z]+\) )?(?:plenary |closed |\(closed\) "
    r")?meeting)[,.]?(?: (?P<day>\d{1,2} \w+ \d{4}))?\.?$",
    re.IGNORECASE,
)
# “Annex”, “ANNEX II”, “Appendix A”, “Annex: Plan of action”.
ANNEX = re.compile(
    r"^(?P<word>Annex|ANNEX|Appendix|APPENDIX|Enclosure)(?: (?P<number>[IVX]{1,5}"
    r"|\d{1,2}|[A-Z]))?(?:[.:]? ?\*?| ?[-–—:.] ?(?P<title>[A-Z“].*))$"
)
# What stands below the last paragraph of how it was adopted, and who voted how.
VOTE = re.compile(
    r"^\W?(?:(?:The )?(?:draft )?(?:resolution|decision|text)?,? ?(?:as a whole,? ?)?(?:was )?(?:adopted|carried)\b"
    r"(?= (?:at|by|on|with|without|unanimously)\b)|(?:(?:The|A) )?(?:recorded |roll-call )?vote\b"
    r"|(?:In favour|Against|Abstain(?:ing|ed)|Abstentions?|Absent|Not voting)\b)",
    re.IGNORECASE,
)
# “12. Requests”, “12) Requests”, “12 Requests”, or “12.” alone.
NUMBER = re.compile(r"^(?P<number>\d{1,3}) ?(?P<stop>[.)])? ?(?P<rest>.*)$")
# “1 bis”, “1 ter”, in their order.
SUFFIXES = ("bis", "ter", "quater", "quinquies", "sexies", "septies")
_WORDS = "|".join(SUFFIXES)
# "1 bis.", "1a.", "1.1": a paragraph put in later after another has the other's number and something of its own.
INSERTED = re.compile(
    rf"^(?P<number>\d{{1,3}})(?:[. ]{{0,2}}\(?(?=(?:{_WORDS})\b))?(?P<suffix>{_WORDS}|[a-z]|(?:\.\d{{1,2}}){{1,3}})"
    r"\)?[.)]{0,2} (?P<rest>.*)$",
    re.IGNORECASE,
)
# “… thereto.”, “… thereto.”12, “… thereto.[3]”, “… thereto. 3, 4*”.
FULL_STOP = re.compile(r"[.?!][”\"’')\]]*(?: ?\d{1,3}/?(?:, ?\d{1,3}/?)*| ?[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\[\d{1,3}\])?\*?$")
# “recommends the adoption of the following resolution:”, “the draft that stands below:”.
SPEAKS_OF_A_DRAFT = re.compile(r"\b(?:drafts?|following (?:resolutions?|decisions?|texts?))\b", re.IGNORECASE)
# “the following agenda:”, “the measures set out below.”, “including:5”: what announces a list.
ANNOUNCES = re.compile(
    r"[:—–][”\"’')\]]*(?: ?\d{1,3}| ?[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\[\d{1,3}\])?$|\b(?:as follows|(?:set out|listed"
    r"|given) below)[.,;]?$"
)
MOST_ANNOUNCING_LINES = 8
"""Lines over which a paragraph that announces a draft may run, as pages print it."""
MOST_LINES_OF_A_POINT = 400
"""Lines over which a point with all that is nested in it may run, before the next of its list."""
