"""Treaties' texts, article by article, as users import them. The texts themselves do not ship.

A text file has headings in Markdown: the treaty's title, then `### Article 1` with, below it, the article's own title
(`#### Statement of purpose`). One file may hold the same treaty in several languages one after another.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _

from comity.evidence.errors import BadInput, Fault
from comity.evidence.files.texts import lines_of

TITLES: tuple[tuple[str, str, str], ...] = (
    ("TIP", "en", "protocol to prevent, suppress and punish trafficking in persons"),
    ("TIP", "fr", "protocole additionnel visant à prévenir, réprimer et punir la traite des personnes"),
    ("SOM", "en", "protocol against the smuggling of migrants"),
    ("SOM", "fr", "protocole contre le trafic illicite de migrants"),
    ("FP", "en", "protocol against the illicit manufacturing of and trafficking in firearms"),
    ("FP", "fr", "protocole contre la fabrication et le trafic illicites d’armes à feu"),
    ("UNTOC", "en", "united nations convention against transnational organized crime"),
    ("UNTOC", "fr", "convention des nations unies contre la criminalité transnationale organisée"),
    ("UNCAC", "en", "united nations convention against corruption"),
    ("UNCAC", "fr", "convention des nations unies contre la corruption"),
    ("TD88", "en", "united nations convention against illicit traffic in narcotic drugs"),
    ("TD88", "fr", "convention des nations unies contre le trafic illicite de stupéfiants"),
    ("FINANCING", "en", "international convention for the suppression of the financing of terrorism"),
    ("FINANCING", "fr", "convention internationale pour la répression du financement du terrorisme"),
    ("BOMBINGS", "en", "international convention for the suppression of terrorist bombings"),
    ("BOMBINGS", "fr", "convention internationale pour la répression des attentats terroristes"),
)
"""Instrument, language and how the title begins. A protocol's title names its convention too, so it stands first."""

_TARGET = re.compile(r"^(?P<instrument>[A-Z0-9-]+)#art(?P<article>\w+)(?:\.(?P<paragraph>\d+))?")
_HEADING = re.compile(r"^(#{1,6})\s*+((?:\S++|\s++(?!$))*+)\s*$")
_ARTICLE = re.compile(r"^(article|artikel)\s+(premier|1er|\d+(?:\s*(?:bis|ter))?)$", re.IGNORECASE)
_ENDS = re.compile(r"[.。!?؟][)\]”’»\"'*_]*(?:\s*(?:[¹²³⁰⁴-⁹*†‡]+|\[?\^?\d{1,3}\]?))?\s*$")
"""How a sentence ends, a note's mark behind it."""
_ATTESTS = re.compile(r"(?:done|fait|hecho|in witness|en foi)\b", re.IGNORECASE)
_BELOW = re.compile(
    r"[\W\d_]*|https?://\S+|(?:\[\^?\w{1,3}\]|[*†‡¹²³⁰⁴-⁹]|\d{1,3}\s).*|(?!\(?\w{1,2}[.)])[A-ZÀ-Þ].{0,59}"
)
"""Lines below the last sentence: no words, a note, or a short one as of a name or an address."""
_SHOWN = 60
"""Letters of the end of a text that a fault shows."""


@dataclass(frozen=True)
class Article:
    """An article: its number as text ("14"), language, own title or empty, text, and the line of its heading."""

    number: str
    language: str
    title: str
    text: str
    line: int

    def paragraph(self, number: str) -> str:
        """A numbered paragraph of the article with the points below it; empty where it has none of that number."""
        begins = re.search(rf"^{re.escape(number)}\.\s", self.text, re.MULTILINE)
        if begins is None:
            return ""
        ends = re.search(r"^\d+\.\s", self.text[begins.end() :], re.MULTILINE)
        return self.text[begins.start() : begins.end() + ends.start() if ends else None].strip()


@dataclass(frozen=True)
class Provision:
    """What a reference to an article names: instrument, article, and its paragraph or nothing."""

    instrument: str
    article: str
    paragraph: str

    def __str__(self) -> str:
        return f"{self.article} ({self.paragraph})" if self.paragraph else self.article

    @classmethod
    def parse(cls, target: str) -> "Provision | None":
        """Read `UNTOC#art14.2`; None for any other target, a chapter among them."""
        match = _TARGET.match(target)
        return cls(match["instrument"], match["article"], match["paragraph"] or "") if match else None


@dataclass(frozen=True)
class TreatyText:
    """A treaty's text as read: the instrument's code and its articles in the order of the file."""

    instrument: str
    title: str
    articles: tuple[Article, ...]


@dataclass(frozen=True)
class _Heading:
    line: int
    text: str


def recognise_treaty(text: str) -> tuple[str, str] | None:
    """The instrument and the title of a treaty's text, by the first heading that is a known title; None otherwise."""
    articled = False
    named: tuple[str, str] | None = None
    for heading in _headings(lines_of(text)):
        found = _titled(heading.text)
        if named is None and found is not None and not articled:
            named = found[0], heading.text
        articled = articled or bool(_ARTICLE.match(heading.text))
        if named is not None and articled:
            return named
    return None


def read_treaty(text: str, file: str) -> TreatyText:
    """Read a treaty's text article by article.

    Raises BadInput where no title is known, or where an article comes twice in one language or has no text.
    """
    named = recognise_treaty(text)
    if named is None:
        codes = ", ".join(sorted({code for code, _language, _title in TITLES}))
        expected = _("a heading with the title of a treaty (%(codes)s), then headings “Article 1” and so on")
        raise BadInput(Fault(file, "", text.strip()[:60], expected % {"codes": codes}))
    articles = tuple(_articles(lines_of(text)))
    faults = list(_faults(articles, file))
    if faults:
        raise BadInput(faults)
    return TreatyText(named[0], named[1], articles)


def _headings(lines: list[str]) -> Iterator[_Heading]:
    for number, line in enumerate(lines, start=1):
        match = _HEADING.match(line)
        if match and match[2]:
            yield _Heading(number, match[2])


def _titled(heading: str) -> tuple[str, str] | None:
    plain = re.sub(r"\s+", " ", heading).replace("'", "’").casefold()
    for code, language, title in TITLES:
        if plain.startswith(title):
            return code, language
    return None


def _articles(lines: list[str]) -> Iterator[Article]:
    """Articles with what stands below their headings; headings of chapters and annexes end an article."""
    headings = list(_headings(lines))
    language = "en"
    for place, heading in enumerate(headings):
        titled = _titled(heading.text)
        language = titled[1] if titled else language
        match = _ARTICLE.match(heading.text)
        if match is None:
            continue
        following = headings[place + 1 : place + 3]
        title, begins = "", heading.line
        if following and not _blocks(lines, heading.line, following[0].line) and not _section(following[0].text):
            title, begins = following[0].text, following[0].line
            following = following[1:]
        ends = following[0].line - 1 if following else len(lines)
        number = "1" if match[2].lower() in ("premier", "1er") else re.sub(r"\s+", " ", match[2])
        spoken = "nl" if match[1].lower() == "artikel" else language
        yield Article(number, spoken, title, _blocks(lines, begins, ends + 1), heading.line)


def _section(heading: str) -> bool:
    return bool(_ARTICLE.match(heading)) or _titled(heading) is not None


def _blocks(lines: list[str], after: int, before: int) -> str:
    """The text between two lines, both left out, with single spaces and no blank lines doubled."""
    kept = [re.sub(r"\s+", " ", line).strip() for line in lines[after : before - 1]]
    return re.sub(r"\n{2,}", "\n\n", "\n".join(kept)).strip()


def _faults(articles: tuple[Article, ...], file: str) -> Iterator[Fault]:
    first: dict[tuple[str, str], int] = {}
    for article in articles:
        earlier = first.setdefault((article.number, article.language), article.line)
        if earlier != article.line:
            expected = _("each article once in a language; it stands already at line %(line)d") % {"line": earlier}
            yield Fault(file, str(article.line), f"Article {article.number}", expected)
        if not article.text:
            yield Fault(file, str(article.line), f"Article {article.number}", _("the article's text below its heading"))
    yield from _gaps(articles, file)


def _gaps(articles: tuple[Article, ...], file: str) -> Iterator[Fault]:
    """What a file lacks that was not sent or copied whole: the end of its last article, articles before another."""
    for last in {article.language: article for article in articles}.values():
        if last.text and not _is_whole(last.text):
            expected = _("a last article that ends with a sentence; the file seems to be cut off")
            yield Fault(file, str(last.line), last.text[-_SHOWN:], expected)
    for before, article in pairwise(articles):
        following = _serial(before) + 1
        if article.language == before.language and _serial(article) > following:
            expected = _("article %(number)d, which follows article %(before)s")
            said = {"number": following, "before": before.number}
            yield Fault(file, str(article.line), f"Article {article.number}", expected % said)


def _is_whole(text: str) -> bool:
    """Whether a text ends with a sentence, before what stands below the last one: a note, a rule, a signature."""
    for line in reversed([line for line in text.split("\n") if line]):
        if _ENDS.search(line) or _ATTESTS.match(line):
            return True
        if not _BELOW.fullmatch(line):
            return False
    return False


def _serial(article: Article) -> int:
    return int(article.number.rstrip("bister "))
