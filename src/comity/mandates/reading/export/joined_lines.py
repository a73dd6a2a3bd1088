"""Lines put together to a text: words divided at the end of a line made whole, hyphens that belong to words kept."""

import re

_SOFT_HYPHEN = "\u00ad"
# “… the preven-” and “tion of crime”.
_DIVIDED_AT = re.compile(r"(?<![A-Za-z])(?P<before>[A-Za-z]++)-$")
# “A/RES/” and “67/189”, “2012-” and “2014”.
_STROKE_OR_NUMBER = re.compile(r"\w/$|\d-$")
_WORD = re.compile(r"[A-Za-z]{2,}")
# "short- and long-term": a hyphen that stands for a word to come divides none.
_SUSPENDS = re.compile(r"(?:and|or|as well as)\b")
# What ends a word and never stands after a hyphen as a word of its own.
_ENDING = re.compile(
    r"(?:ing|ings|ed|er|ers|e?ly|ness|e?s|e?st|ment|ments|ful\w*|less|ions?|ional|ity|ities|al|ally|able|ible|ive|ance"
    r"|ence|ism|ty|teen|tieth|i?eth|teenth|eenth|th)\b"
)
# Words that stand after a hyphen wherever a line ends before them: "drug-related", "results-based", "up-to-date".
_AFTER_A_HYPHEN = re.compile(
    r"(?:related|based|oriented|making|sharing|friendly|sensitive|responsive|driven|wide|prone|affected|inclusive"
    r"|producing|importing|exporting|generating|raising|sponsored|funded|centred|focused|informed|disaggregated|made"
    r"|laundering|cutting|reaching|finding|saving|setting|taking|seeking|scale|building|specific|resistant|resilient|up"
    r"|effective|efficient|mentioned|appointed|borne|term|income|level|depth|care|general)\b|(?:to|by|of|the|in)-"
)
# What is one word with them all the same, as UN editors write it.
_ONE_WORD_WITH = re.compile(
    r"(?:peace|nation) building\b|(?:nation|world|country|state) wide\b|fund raising\b|afore mentioned\b"
    r"|(?:in|un|mis|dis) (?!depth\b|kind\b)"
)
# First parts of words that editors part with a hyphen, and what makes one word with them all the same.
_FIRST_PARTS = {
    "pre": r"vent|senc|sent(?!enc)|natal|rog|cari|par|sid|vio|sum|cio|dict|judi|vail|fer|scri|serv|amb|mis|miu|gnan|ced"
    r"|cur|cau|cis|req|dom|valen|fix|text|clud|tend|limin|ss",
    "re": r"[^e]|efs?\b",
    "co": r"m[mpb]|n[cdfgjnqstv]|r[rpona]|ll|l[loud]|u[nrl]|operat|ordinat|alition|h[ae]|v[ei]|st|d[ei]|py|pi|ast|re\b"
    r"|gn|er[ci]|exist|mes?\b|ming",
    "sub": r"(?!items?\b|accounts?\b|funds?\b)",
    "non": r"ethel",
    "inter": r"(?!agency|parliament|ministerial|institution|ethnic|religio|communal|island|office|organi[sz])",
    "multi": r"lateral|disciplin|national|cultur|lingual|dimension|pl|facet|media|modal|sector|purpose|tud",
    "anti": r"cip|dot|retro|bio|microb|qu",
    "counter": r"part(?!y)|act|meas|feit|balanc|product|narcot",
    "post": r"pon|ur|grad",
    "extra": r"budget|legal|ordin|dit|territ|judic|ct|vag|pol",
    "ex": r"(?!combat|officio|post|ante|prison|offend|convict|detain|servic|presid)",
    "policy": r"mak",
    "law": r"y|suit",
    "data": r"base",
    "human": r"it|kind|e\b|iz|is",
    "child": r"ren|hood|birth|bear",
    "victim": r"i[sz]",
    "trauma": r"ti",
    "part": r"n|i|y",
    "mid": r"dle|night|st|wi[fv]|day",
    "over": r"(?!rel|rep|res)",
    "under": r"(?!rep|res|five|util|secr)",
    "age": r"nc|nd|nt",
    "sex": r"ual|is",
    "public": r"at|i[sz]|ist",
    "time": r"table|frame|line",
    "ten": r"d|s|t|u|a\b|anc|ant",
    "cross": r"road",
    "high": r"light|way",
    "long": r"ev|line",
    "low": r"er",
    "short": r"age|fall|com|en",
    "south": r"e|w",
    "north": r"e|w",
    "east": r"ern|ward",
    "west": r"ern|ward",
    "small": r"hold",
}
# “self-” and “defence”, “two-” and “thirds”: first parts that keep their hyphen.
_ALWAYS_PARTED = (
    "self well vice follow decision youth peer money capacity evidence gender full near open large medium family "
    "community country private two three four five six seven eight nine eleven twelve twenty thirty forty fifty sixty "
    "seventy eighty ninety"
)
_ONE_WORD = {first: re.compile(one) for first, one in _FIRST_PARTS.items()}
_KEPT_HYPHENS = frozenset([*_FIRST_PARTS, *_ALWAYS_PARTED.split()])


def join_lines(parts: list[str]) -> str:
    """Lines put together to a text: a word divided at the end of a line is made whole, and a symbol at its stroke."""
    text = ""
    for part in parts:
        if text.endswith(_SOFT_HYPHEN):
            text = text[:-1] + part
            continue
        divided = _DIVIDED_AT.search(text[-40:])
        if divided is not None and (part[:1].islower() or _is_in_capitals(divided["before"], part)):
            text = _joined_at_hyphen(text, divided["before"].lower(), part)
        elif (divided is not None and part[:1].isalnum()) or _is_cut(text, part):
            text += part
        else:
            text = f"{text} {part}" if text else part
    return text.removesuffix(_SOFT_HYPHEN).strip()


def _joined_at_hyphen(text: str, before: str, part: str) -> str:
    if _SUSPENDS.match(part):
        return f"{text} {part}"
    return text + part if _keeps_hyphen(before, part.lower()) else text[:-1] + part


def _is_in_capitals(before: str, part: str) -> bool:
    """Whether a divided word stands in capitals, as in titles of old: "PREVEN-" and "TION"."""
    word = _WORD.match(part)
    return len(before) > 2 and before.isupper() and word is not None and word.group().isupper()


def _keeps_hyphen(before: str, part: str) -> bool:
    """Whether a hyphen at the end of a line belongs to the word: "non-" and "custodial", not "pre-" and "vention"."""
    if before not in _KEPT_HYPHENS:
        one_word = _ONE_WORD_WITH.match(f"{before} {part}")
        return one_word is None and _AFTER_A_HYPHEN.match(part) is not None
    whole = _ONE_WORD.get(before)
    return not (_ENDING.match(part) or (whole is not None and whole.match(part)))


def _is_cut(text: str, part: str) -> bool:
    """Whether a text stops within a symbol or a span of numbers: at a stroke, or at a hyphen between figures."""
    end = _STROKE_OR_NUMBER.search(text, max(0, len(text) - 2))
    return end is not None and part[:1].isalnum()
