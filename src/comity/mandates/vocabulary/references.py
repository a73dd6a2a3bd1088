"""References in a text: resolutions, treaties, articles, documents and paragraphs, each resolved to its record.

Targets: a symbol (`A/RES/65/187`), an instrument's code (`UNTOC`), an article of one (`UNTOC#art14.2`, `UNCAC#chV`), a
paragraph (`A/RES/67/189#op40`). Resolutions of the conferences of the parties have no official symbols of their own;
they stand as `CTOC/COP/RES/6/2`. A target is empty where no record is held.
"""

import csv
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from comity.mandates.resolution import Reference

TREATY_NAMES = Path(__file__).parents[1] / "tables" / "treaty_names.csv"
PROTOCOLS = {"UNTOC": ("TIP", "SOM", "FP")}


@dataclass
class Context:
    """What is known where a text is read: the resolution's own symbol, and the treaty that was named last.

    `draft` is the number of the quoted draft that the text stands in, whose paragraphs count for themselves.
    """

    symbol: str = ""
    convention: tuple[str, ...] = ()
    named: str = ""
    protocol: tuple[str, ...] = ()
    draft: int = 0


@dataclass(frozen=True)
class Mention:
    """A reference with its span in the text it was found in."""

    reference: Reference
    start: int
    end: int


# Organs in whose name a short number is a resolution of theirs, with the stem of its symbol.
ORGANS = (
    (re.compile(r"\bHuman Rights Council\b"), "A/HRC/RES/"),
    (re.compile(r"\bCommission on Crime Prevention and Criminal Justice\b"), "E/CN.15/RES/"),
    (re.compile(r"\bCommission on Narcotic Drugs\b"), "E/CN.7/RES/"),
    (re.compile(r"\bCommission on Human Rights\b"), "E/CN.4/RES/"),
    (
        re.compile(
            r"\bConference of the States Parties\b.{0,60}\bCorruption\b|\bStates Parties to "
            r"the Convention against Corruption"
        ),
        "CAC/COSP/RES/",
    ),
    (re.compile(r"\bConference of the Parties\b"), "CTOC/COP/RES/"),
)
_NEAR = 600  # characters in which the organ of a short number is named
_FIRST_NUMBERED_SESSION = 31  # General Assembly resolutions are numbered session/number since 1976

# “217 A (III)”, “3201 (S-VI)”.
_ROMAN = r"[IVXLC]+(?:-[IVXLC]+)?"
# “2012/12”, “67/189”, “48/75 A”, “1373 (2001)”, “217 A (III)”; no part of a symbol.
_NUMBER = re.compile(
    rf"(?<![\w/.])(?:(?P<council>(?:19[7-9]\d|20\d\d)/\d{{1,3}})|(?P<short>(?:S-"
    rf"|ES-)?\d{{1,3}}/\d{{1,3}})(?: (?P<part>[A-Z])(?![\w’'-]))?"
    rf"|(?P<security>\d{{1,4}} \((?:19[4-9]\d|20\d\d)\))|(?P<roman>\d{{1,4}}(?: [A-Z])? \({_ROMAN}\)))(?![\w/]|\.\d)"
)
# “its resolutions 55/25 and 55/255”, “decision 67/532”: the word that numbers go with.
_SPEAKS_OF_RESOLUTIONS = re.compile(r"\b(?P<kind>[Rr]esolutions?|[Dd]ecisions?)\b")
# “A/67/156”, “E/CN.15/2012/24”, “CTOC/COP/2008/19”, “A/CONF.213/18”.
_SYMBOL = re.compile(
    r"(?<![\w/])(?:A|E|S|T|ST|CTOC|CAC|UNODC|HRI|TD|FCCC|CEDAW|CRC|CRPD|CCPR|CAT|CERD"
    r"|CMW|DP|LOS|ISBA|SPLOS|ICCD|CBD|UNEP|NPT|BWC|APLC|JIU|HSP|MSC)"
    r"/(?:[A-Z0-9][A-Za-z0-9.\-–]*(?: ?\([A-Za-z0-9]+\))?)(?:/(?:[A-Z0-9][A-Za-z0-9.\-–]*|\d+))*"
)
# “A/RES/67/189” among symbols of documents.
_RESOLUTION_SYMBOL = re.compile(r"^(?:A|E|S|A/HRC)/RES/")


def _resolutions(text: str, found: list[Mention]) -> None:
    """Resolutions by number, decided by the word before them and the organ named."""
    words = list(_SPEAKS_OF_RESOLUTIONS.finditer(text))
    if not words:
        return
    starts = [word.start() for word in words]
    last: tuple[re.Match[str], str] | None = None
    for match in _NUMBER.finditer(text):
        before = bisect_left(starts, match.start())
        if before == 0:
            continue
        word = words[before - 1]
        kind = "decision" if word["kind"].lower().startswith("decision") else "resolution"
        target = _resolution_target(match, kind, text, word.start())
        if target is None:
            continue
        reference_kind = "resolution" if kind == "resolution" else "document"
        if last is not None:
            found.extend(_between(last[0], match, last[1], target, text))
        found.append(Mention(Reference(reference_kind, match.group(), target), match.start(), match.end()))
        last = (match, target)


def _resolution_target(match: re.Match[str], kind: str, text: str, word: int) -> str | None:
    middle = "DEC" if kind == "decision" else "RES"
    if match["council"]:
        # “Commission on Human Rights, in its resolution 2005/1”: the organ right before the word.
        commission = ORGANS[3][0].search(text, max(0, word - 60), word)
        if commission is not None:
            return f"{ORGANS[3][1]}{match['council']}".replace("RES", middle)
        return f"E/{middle}/{match['council']}"
    if match["security"]:
        return f"S/{middle}/{match['security'].replace(' ', '')}"
    if match["roman"]:
        organ = "E" if "Economic and Social Council" in text[max(0, word - 40) : word] else "A"
        return f"{organ}/{middle}/{match['roman'].replace(' ', '')}"
    number = match["short"] + (f" {match['part']}" if match["part"] else "")
    first = number.split("/")[0]
    organ_named = next((stem for organ, stem in ORGANS[:3] if organ.search(text, max(0, word - 70), word)), "")
    if organ_named:
        return f"{organ_named.replace('RES', middle)}{number}"
    if not first.isdigit() or int(first) >= _FIRST_NUMBERED_SESSION:
        return f"A/{middle}/{number}"
    near = text[max(0, match.start() - _NEAR) : match.end() + _NEAR]
    return next((f"{stem.replace('RES', middle)}{number}" for organ, stem in ORGANS if organ.search(near)), "")


# “2012/12 to 2012/19”, “55/25–55/27”, “55/25 through resolution 55/27”.
_TO = re.compile(r" (?:to|through)(?: resolution)? |[-–]")


def _between(first: re.Match[str], last: re.Match[str], start: str, end: str, text: str) -> Iterator[Mention]:
    """The resolutions between the two ends of a range ("2012/12 to 2012/19"); they have no place of their own."""
    stem, low = start.rpartition("/")[::2]
    other, high = end.rpartition("/")[::2]
    joint = text[first.end() : last.start()]
    if (
        stem != other
        or not _TO.fullmatch(joint)
        or not (low.isdigit() and high.isdigit())
        or int(high) - int(low) > 100
    ):
        return
    words = text[first.start() : last.end()]
    for number in range(int(low) + 1, int(high)):
        yield Mention(Reference("resolution", words, f"{stem}/{number}"), last.start(), last.start())


def _documents(text: str, found: list[Mention]) -> None:
    for match in _SYMBOL.finditer(text):
        symbol = match.group().rstrip(".-–")
        if _DIGIT.search(symbol) is None:
            continue
        kind = "resolution" if _RESOLUTION_SYMBOL.match(symbol) else "document"
        target = symbol.replace(" (", "(") if kind == "resolution" else symbol.replace("–", "-")
        found.append(Mention(Reference(kind, symbol, target), match.start(), match.start() + len(symbol)))


@lru_cache(maxsize=1)
def _treaty_names() -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
    with TREATY_NAMES.open(encoding="utf-8", newline="") as file:
        names = {row["name"]: tuple(row["instruments"].split(";")) for row in csv.DictReader(file)}
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile("|".join(rf"\b{re.escape(name)}" for name in longest_first)), names


# “the Convention on the Rights of the Child”, “the International Covenant on Civil and Political Rights”.
_OTHER_TREATY = re.compile(
    r"\b(?:(?<![\w-])[A-Z][\w-]++ ){0,8}(?:Convention|Covenant) (?:on|against|for|of|to|relating "
    r"to|concerning) (?:the )?[A-Z][^\W\d_]*(?:[’-][^\W\d_]+)*’?"
    r"(?:(?:,)?(?: (?:the|of|on|and|to|in|against|for|from|by|or|at|with|their|All))*"
    r" [A-Z][^\W\d_]*(?:[’-][^\W\d_]+)*’?)*"
)
# Where a list of treaties goes on with another one, or with a protocol or an organization that is no part of the name.
_NEXT_TREATY = re.compile(
    r",? (?:and |or |as well as )?(?:to |of )?the "
    r"(?=(?:[A-Z][\w-]+ ){0,8}?(?:Convention|Covenant|Protocols?|Organization|Agreement|Agenda|Framework)\b)"
)
# “the Convention”, “the Convention and the Protocols thereto”, “the Protocol”: the one named last.
_SHORT_FORMS = re.compile(
    r"\b(?:[Tt]he|[Tt]hat|[Tt]hose) (?P<short>Convention(?! (?:on|against|for|relating"
    r"|to (?:Combat|Eliminate|Suppress)))(?: and the (?:Optional )?Protocols? thereto)?)(?=\W|$)"
    r"|\b(?P<protocols>(?:Optional )?[Pp]rotocols? thereto)\b|\bthe "
    r"(?P<protocol>Protocol)(?! (?:on|to|against|relating|for|of|amending|supplementing"
    r"|thereto))\b"
)
# “article 14, paragraph 2 (c)”, “articles 5, 6 and 8”, “chapter V”.
_ARTICLE = re.compile(
    r"\b(?P<kind>[Aa]rticles?|[Cc]hapters?) (?P<number>\d{1,3}|[IVX]+)(?:, "
    r"(?:paragraphs? )(?P<paragraph>\d{1,2})(?: ?\((?P<letter>[a-z])\))?,?)?"
    r"(?P<more>(?:(?:, | and | to )\d{1,3})*)"
)
# “article 63 of the Convention against Corruption”.
_OF_TREATY = re.compile(r",? of (?:the|that) (?P<treaty>.{0,160})")


def _treaties(text: str, context: Context, found: list[Mention]) -> None:
    """Treaties in order, so that "the Convention" and "the Protocols thereto" mean the one named last."""
    pattern, names = _treaty_names()
    spans: list[tuple[int, int, str, tuple[str, ...]]] = []
    for match in pattern.finditer(text):
        spans.append((match.start(), match.end(), match.group(), names[match.group()]))
    for match in _OTHER_TREATY.finditer(text) if "Convention" in text or "Covenant" in text else ():
        start = match.start()
        for joint in (*_NEXT_TREATY.finditer(match.group()), None):
            end = match.start() + joint.start() if joint else match.end()
            name = text[start:end]
            if ("Convention" in name or "Covenant" in name) and not _overlaps(start, end, spans):
                spans.append((start, end, name, ()))
            start = match.start() + joint.end() if joint else end
    for match in _SHORT_FORMS.finditer(text):
        if not _overlaps(match.start(), match.end(), spans):
            spans.append((match.start(), match.end(), "", ()))
    for start, end, name, codes in sorted(spans):
        if name:
            _name_treaty(name, codes, context)
            printed = name
        else:
            printed = text[start:end]
            codes = _meant(printed, context)
        if codes or "Convention" in name or "Covenant" in name:
            found.extend(Mention(Reference("treaty", printed, code), start, end) for code in codes or ("",))


def _overlaps(start: int, end: int, spans: list[tuple[int, int, str, tuple[str, ...]]]) -> bool:
    return any(start < other_end and other_start < end for other_start, other_end, _, _ in spans)


def _name_treaty(name: str, codes: tuple[str, ...], context: Context) -> None:
    if "Protocol" in name and "Convention against Transnational" not in name.split("Protocol")[0] and len(codes) == 1:
        context.protocol = codes
        if "supplementing" in name:
            context.convention, context.named = ("UNTOC",), name
    else:
        context.convention, context.named = codes, name


def _meant(printed: str, context: Context) -> tuple[str, ...]:
    """The instruments that a short form means: "the Convention", "the Protocols thereto", "the Protocol"."""
    if "Convention" in printed:
        protocols = PROTOCOLS.get(context.convention[0], ()) if context.convention and "thereto" in printed else ()
        return context.convention[:1] + protocols
    if "thereto" in printed:
        return PROTOCOLS.get(context.convention[0], ()) if len(context.convention) == 1 else ()
    return context.protocol


_NEAREST = 20  # characters between an article and the treaty it is of ("of the 1963 Vienna Convention")


def _articles(text: str, context: Context, found: list[Mention]) -> None:
    treaties = sorted((item for item in found if item.reference.kind == "treaty"), key=lambda item: item.start)
    starts = [item.start for item in treaties]
    for match in _ARTICLE.finditer(text):
        after = _OF_TREATY.match(text, match.end())
        place = bisect_left(starts, match.end())
        following = [item for item in treaties[place : place + 1] if after and item.start <= match.end() + _NEAREST]
        preceding = [item for item in treaties[max(0, place - 1) : place] if item.end <= match.start()]
        if after and not following:
            if re.match(r"(?:Convention|Protocol)\b", after["treaty"]) is None:
                continue
            code = (context.convention or ("",))[0]
        elif following:
            code = following[0].reference.target
        elif preceding and match.start() - preceding[-1].end < 60:
            code = preceding[-1].reference.target
        else:
            continue
        numbers = [match["number"], *re.findall(r"\d+", match["more"])]
        for number in numbers:
            target = _article_target(code, match, number) if code else ""
            found.append(Mention(Reference("article", match.group().rstrip(","), target), match.start(), match.end()))


def _article_target(code: str, match: re.Match[str], number: str) -> str:
    target = f"{code}#{'ch' if match['kind'].lower().startswith('chapter') else 'art'}{number}"
    if match["paragraph"] and number == match["number"]:
        target += f".{match['paragraph']}" + (f".{match['letter']}" if match["letter"] else "")
    return target


# “paragraph 40 above”, “paragraphs 2 to 4 of its resolution 66/181”, “paras. 3 and 5 below”.
_PARAGRAPH = re.compile(
    r"\b(?:operative )?(?P<kind>paragraphs?|paras?\.) (?P<first>\d{1,3})(?: "
    r"?\([a-z]{1,2}\))?(?P<rest>(?:(?:, | and | to |–|-)\d{1,3}(?: ?\([a-z]\))?)*)"
    r"(?P<where> above| below| of the present resolution| of this resolution| of "
    r"(?:its |General Assembly |the )?(?:resolution )?(?P<other>(?:ES-|S-)?\d{1,4}/\d{1,4}(?: "
    r"[A-Z])?)\b)"
)


def _paragraphs(text: str, context: Context, found: list[Mention]) -> None:
    for match in _PARAGRAPH.finditer(text):
        symbol, within = context.symbol, f"draft{context.draft}." if context.draft else ""
        if match["other"]:
            other = [
                item.reference.target
                for item in found
                if item.start <= match.end("other") <= item.end and item.reference.kind == "resolution"
            ]
            symbol, within = other[0] if other else "", ""
        numbers = [int(match["first"])]
        for joint, number in re.findall(r"(, | and | to |–|-)(\d{1,3})", match["rest"]):
            numbers.extend(range(numbers[-1] + 1, int(number) + 1) if joint in {" to ", "–", "-"} else [int(number)])
        # “paragraphs 1 to 99”: no resolution has more.
        for number in numbers[:100]:
            target = f"{symbol}#{within}op{number}" if symbol else ""
            found.append(Mention(Reference("paragraph", match.group(), target), match.start(), match.end()))


_DIGIT = re.compile(r"\d")


def find_references(text: str, context: Context) -> list[Mention]:
    """The references of a text in order. `context` carries the treaty named last from paragraph to paragraph."""
    found: list[Mention] = []
    if _DIGIT.search(text) is not None:
        _documents(text, found)
        _resolutions(text, found)
        if "aragraph" in text:
            _paragraphs(text, context, found)
    if "Convention" in text or "rotocol" in text or "Covenant" in text or "conventions" in text:
        _treaties(text, context, found)
        if "rticle" in text or "hapter" in text:
            _articles(text, context, found)
    return sorted(_without_overlaps(found), key=lambda item: item.start)


def _without_overlaps(found: list[Mention]) -> list[Mention]:
    """Without a resolution found twice, by its symbol and by the number in it."""
    symbols = [item for item in found if item.reference.kind == "document" or "/RES/" in item.reference.text]
    return [
        item
        for item in found
        if item in symbols
        or item.reference.kind != "resolution"
        or not any(s.start <= item.start and item.end <= s.end for s in symbols)
    ]


def distinct(mentions: list[Mention]) -> tuple[Reference, ...]:
    """The references of a paragraph, each target once, in order; what resolves to nothing once by its words."""
    seen: dict[tuple[str, str], Reference] = {}
    for item in mentions:
        seen.setdefault((item.reference.kind, item.reference.target or item.reference.text), item.reference)
    return tuple(seen.values())
