"""Halves and quarters of a year as people write them in titles and notes: whether they are those of a period."""

import re

_OF_DIGIT = r"(?:st|nd|rd|th|re|er|[eè]re|nde?|e|[eè]me|[ºª°.]|-?(?:й|я|е|ое|ый|ий|ой|го|м))?"
_ORDINALS = {
    "1": r"first|i|prim(?:er|eir)?[oa]?|premi(?:er|ère)|erste[snr]?|перв\w+|(?:ال)?[أا]ول(?:ى)?|一",
    "2": r"second[eoa]?|ii|segund[oa]|deuxième|zweite[snr]?|втор\w+|(?:ال)?ثاني(?:ة)?|二",
    "3": r"third|iii|tercer[oa]?|terceir[oa]|troisième|terz[oa]|dritte[snr]?|трет\w+|(?:ال)?ثالث(?:ة)?|三",
    "4": r"fourth|iv|cuart[oa]|quart[oa]|quatrième|vierte[snr]?|четв[её]рт\w+|(?:ال)?رابع(?:ة)?|四",
}
_ORDINAL = "|".join(rf"{number}{_OF_DIGIT}|{words}" for number, words in _ORDINALS.items())
_NUMBERS = tuple((re.compile(rf"{number}.*|{words}", re.IGNORECASE), number) for number, words in _ORDINALS.items())
_KINDS = {
    "S": r"half(?:[ -]years?)?|semest(?:er|re)s?|halbjahre?s?|полугоди\w*|(?:ال)?نصف",
    "Q": r"quarters?|trimest(?:er|re)s?|quartale?s?|квартал\w*|(?:ال)?ربع",
}
_KIND = "|".join(_KINDS.values())
_SIX_OR_THREE = r"(?P<end>first|last) (?P<months>six|6|three|3) months"
_WRITTEN = re.compile(
    rf"(?<!\w)(?P<ordinal>{_ORDINAL})[ -]?(?P<kind>{_KIND})\b"
    rf"|\b(?P<kind_before>{_KIND})[ -]?(?P<ordinal_behind>{_ORDINAL})(?!\w)"
    rf"|\b{_SIX_OR_THREE}\b"
    r"|(?P<upper>上)半年|(?P<lower>下)半年|第?(?P<of_quarter>[一二三四1-4])季度?",
    re.IGNORECASE,
)
_IN_LETTERS = re.compile(
    r"(?<![^\W\d])(?:\d{4}[ -]?)(?P<letter>[HSQT])(?P<number>[1-4])(?!\w)"
    r"|(?<!\w)(?P<letter_before>[HSQT])(?P<number_behind>[1-4])[ /-]?\d{4}(?!\d)"
    r"|(?<![\w.,])(?P<number_before>[1-4])(?P<letter_behind>[HSQT])[ /-]?\d{4}(?!\d)"
    r"|(?<!\w)(?P<letter_alone>[HSQ])(?P<number_alone>[1-4])(?!\w)",
    re.IGNORECASE,
)
_LETTERS = {"S": "S", "H": "S", "Q": "Q", "T": "Q"}
_EACH = re.compile(rf"\b(?:by|per|each|every|par|chaque|por|cada|pro|je|nach|по) (?P<kind>{_KIND})\b", re.IGNORECASE)
_OF_PERIOD = re.compile(r"\d{4}-(?P<part>[SQ][1-4])")


def names_part_of_year(text: str) -> bool:
    """Whether a text names a half or a quarter of a year: “second half”, “II semestre”, “2012 Q1”, “下半年”."""
    return any(not found.groupdict().get("letter_alone") for found in _found(text))


def without_part_of_year(text: str, period: str) -> str | None:
    """A text without the words of the half or quarter that a period is, such as 2012-S1.

    It is given as it is where it names none or the period is a year, and None where it names another part than the
    period's. That rows are given by the quarter is said of rows of quarters.
    """
    if "-" not in period:
        return text
    match = _OF_PERIOD.fullmatch(period)
    own = match["part"] if match else ""
    if not {_code(found) for found in _found(text)} <= {own}:
        return None
    rest = _IN_LETTERS.sub(" ", _WRITTEN.sub(" ", text))
    return _EACH.sub(lambda found: " " if own and _kind(found["kind"]) == own[0] else found[0], rest)


def _found(text: str) -> list[re.Match[str]]:
    return [*_WRITTEN.finditer(text), *_IN_LETTERS.finditer(_WRITTEN.sub(" ", text))]


def _code(found: re.Match[str]) -> str:
    """The part that words or letters name: S1, S2, Q1 to Q4."""
    said = {name: value for name, value in found.groupdict().items() if value}
    if said.get("upper") or said.get("lower"):
        return "S1" if "upper" in said else "S2"
    if quarter := said.get("of_quarter"):
        return f"Q{_number(quarter)}"
    if end := said.get("end"):
        first = end.lower() == "first"
        if said["months"].lower() in ("six", "6"):
            return "S1" if first else "S2"
        return "Q1" if first else "Q4"
    if kind := said.get("kind") or said.get("kind_before"):
        return _kind(kind) + _number(said.get("ordinal") or said["ordinal_behind"])
    letter, number = (next(said[name] for name in said if name.startswith(of)) for of in ("letter", "number"))
    return _LETTERS[letter.upper()] + number


def _kind(word: str) -> str:
    return next(kind for kind, words in _KINDS.items() if re.fullmatch(words, word, re.IGNORECASE))


def _number(ordinal: str) -> str:
    return next(number for words, number in _NUMBERS if words.fullmatch(ordinal))
