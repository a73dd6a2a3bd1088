"""Names without what does not tell names apart, and in the short forms of statistics."""

import re
import unicodedata
from functools import lru_cache

_TRAILING_ARTICLE = re.compile(r"(?<!\s)\s*+\((?:the|l['’]|le|la|les|el|las|los)\)[\s*+#]*$", re.IGNORECASE)
_LEADING_ELISION = re.compile(r"^\s*l['’](?=.)", re.IGNORECASE)
_LEADING_ARTICLE = re.compile(r"^(?:the|le|la|les|el|las|los) (?=.)")
_TURNED = re.compile(r"^(?P<last>[^,(]+?)\s*(?:,\s*(?P<comma>.+)|\((?P<bracket>[^()]+)\))$")
# A note's mark behind a name: asterisks and daggers, a raised figure, “(1)”, “[a]”, “1/”. A year is none, and a figure
# that merely follows the name is none either: what it says is not known.
MARKS = re.compile(
    r"(?:(?<=[\w.)*]{2})(?:\s*+[(\[](?:\d{1,2}|[a-eg-l])[)\]])++"
    r"|(?<=[\w.)*/]{3})(?:\s++(?:\d{1,2}|[a-eg-l])/)++|[\s*+#†‡§¶^°¹²³⁰⁴-⁹])++$"
)
# Words that statistics shorten, as the form that stands for all of them. Where one short form stands for several words
# (“Fed.”, “Is.”), they become one: no two names may meet by that, which the tests hold.
_SHORTENED = {
    "administrative": ("adm", "admin"),
    "african": ("afr",),
    "barbuda": ("barb",),
    "bolivarian": ("boliv", "bolivar"),
    "british": ("brit",),
    "central": ("cent", "centr"),
    "dem": ("democr", "democratic"),
    "dominican": ("dom",),
    "emirates": ("em",),
    "equatorial": ("eq", "equat"),
    "fed": ("federal", "federated", "federation"),
    "great": ("gt",),
    "grenadines": ("gren",),
    "herzegovina": ("herz", "herzeg"),
    "is": ("isl", "isls", "island", "islands"),
    "jamahiriya": ("jamah",),
    "peoples": ("people",),
    "plurinational": ("plur", "plurin", "plurinat"),
    "region": ("reg",),
    "rep": ("repub", "republic", "republica", "republique"),
    "special": ("spec",),
    "st": ("saint",),
    "sts": ("states",),
    "terr": ("ter", "territory", "territories"),
    "united": ("utd",),
    "yugoslav": ("yug", "yugosl"),
}
_SHORT_FORM = {word: short for short, words in _SHORTENED.items() for word in words}
_POINTS_OF_COMPASS = {"n": "north", "s": "south", "e": "east", "w": "west"}
# They go between two words only, as “United Kingdom of” may be cut off; “and” stays, as “China and Macao” is not
# “China, Macao”.
_CONNECTING = re.compile(r"(?<=\w) (?:of|the)(?: the)?(?= \w)")
_INITIALS = re.compile(r"\b[a-z](?: [a-z]\b)+")
# “Cote d Ivoire”, “Lao People s”: what is left of an apostrophe that became a space.
_LOST_APOSTROPHE = re.compile(r"(?<=\bd) (?=[aeiou]\w)|(?<=\bpeople) (?=s\b)")
# What may stand beside “Kosovo” and says that it is meant in the light of Security Council resolution 1244 (1999).
_RESERVATION = re.compile(
    r"(?:1244|1999|99|s|un|unsc|unscr|sc|scr|united|nations|security|council|res|resolution|under|in|by|as|per|to|with"
    r"|according|accordance|compliance|pursuant|line|light|context|interim|administered|administration"
    r"|selon|conformement|la|le|a|du|de|des|conseil|securite|unies|gemass|der|sicherheitsrates|vereinten|nationen)"
)


@lru_cache(maxsize=16384)
def fold(name: str) -> str:
    """A name without what does not tell names apart: case, accents, apostrophes, articles, marks, punctuation."""
    bare = _LEADING_ELISION.sub("", _TRAILING_ARTICLE.sub("", name))
    text = unicodedata.normalize("NFKD", bare).casefold()
    words = "".join(map(_letter, text)).split()
    if len(words) > 1:  # “Saint” alone is no name, and “st” alone is a code
        words = ["st" if word == "saint" else word for word in words]
    return _LEADING_ARTICLE.sub("", " ".join(words))


def loosen(folded: str) -> str:
    """A folded name in the short forms of statistics: “dem rep congo” for the Democratic Republic of the Congo.

    Connecting words go, initials become one word, shortened words their short form, and the reservation behind Kosovo
    goes.
    """
    words = _CONNECTING.sub("", _LOST_APOSTROPHE.sub("", folded))
    words = _INITIALS.sub(lambda initials: initials[0].replace(" ", ""), words)
    first, *others = words.split() or [""]
    if first == "kosovo" and "1244" in others and all(map(_RESERVATION.fullmatch, others)):
        return first
    if not others:
        return first
    return " ".join([_POINTS_OF_COMPASS.get(first) or _short(first), *map(_short, others)])


def _short(word: str) -> str:
    return _SHORT_FORM.get(word, word)


@lru_cache(maxsize=4096)
def _letter(character: str) -> str:
    if character in "'’‘ʼ`´ʹ" or unicodedata.category(character) in {"Mn", "Lm", "Cf"}:
        return ""
    if character == "&":
        return " and "
    return character if character.isalnum() else " "


def turned(name: str) -> str | None:
    """“Korea, Republic of” and “Korea (Republic of)” as “Republic of Korea”; None where nothing is to be turned."""
    match = _TURNED.match(name.strip())
    if match is None or (match["comma"] or match["bracket"]).casefold() in ("e", "w"):
        # “Germany (E)” may be an estimate, “Germany (W)” of women.
        return None
    return f"{match['comma'] or match['bracket']} {match['last']}"
