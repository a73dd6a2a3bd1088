"""The words of a report's documents apart from its figures, read back from their bytes, passage by passage."""

import difflib
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree, html

from comity.reports.checks.printed_figures import figure_of

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# What holds words: the text, its notes, heads and feet.
_PARTS = re.compile(r"word/(?:document|footnotes|header\d*|footer\d*)\.xml")
# What parts the words of a page; within one of these that holds no other stands a passage.
_PASSAGES = frozenset(
    "title p li td th caption figcaption h1 h2 h3 h4 h5 h6 dt dd div header footer section main body text desc".split()  # noqa: SIM905
)
_UNSEEN = frozenset({"style", "script"})
FIGURE = "▪"
"""What stands for a printed figure, which is compared by itself."""
_AROUND = 60  # letters shown on each side of where two passages part


@dataclass(frozen=True)
class Passage:
    """Words that stand together: a paragraph, a cell of a table, a heading; and where."""

    text: str
    place: str


def words_in_html(data: bytes) -> list[Passage]:
    """The passages of the page, in order. Raises ValueError where it cannot be read."""
    try:
        root = html.document_fromstring(data.decode())
    except (etree.ParserError, etree.XMLSyntaxError, UnicodeDecodeError) as error:
        raise ValueError(str(error)) from error
    found = (Passage(_joined(_own(element)), f"line {element.sourceline}") for element in root.iter(*_PASSAGES))
    return [passage for passage in found if _tells(passage.text)]


def _own(element: Any) -> str:
    """The words of an element without those of passages within it, and with a mark for each figure."""
    parts = [element.text or ""]
    for child in element:
        if not isinstance(child.tag, str) or child.tag in _UNSEEN:
            words = ""
        elif child.get("data-figure") is not None:
            words = FIGURE
        else:
            words = " " if child.tag in _PASSAGES else _own(child)
        parts += [words, child.tail or ""]
    return "".join(parts)


def words_in_docx(data: bytes) -> list[Passage]:
    """The passages of the Word document, notes, heads and feet included. Raises ValueError where it cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = [part for part in sorted(package.namelist()) if _PARTS.fullmatch(part)]
            return [passage for part in parts for passage in _in_part(package, part)]
    except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError) as error:
        raise ValueError(str(error)) from error


def _in_part(package: zipfile.ZipFile, part: str) -> Iterator[Passage]:
    folder, name = part.rsplit("/", 1)
    relations = f"{folder}/_rels/{name}.rels"
    targets: dict[str, str] = {}
    if relations in package.namelist():
        for relation in etree.fromstring(package.read(relations)):
            targets[str(relation.get("Id"))] = str(relation.get("Target"))
    for number, paragraph in enumerate(etree.fromstring(package.read(part)).iter(f"{_WORD}p"), start=1):
        words = _joined(_of_word(paragraph, targets))
        if _tells(words):
            yield Passage(words, f"{name}, paragraph {number}")


def _of_word(element: Any, targets: dict[str, str]) -> str:
    parts = []
    for child in element:
        if child.tag == f"{_WORD}hyperlink" and figure_of(targets.get(child.get(_RELATION), "")):
            parts.append(FIGURE)
        elif child.tag == f"{_WORD}t":
            parts.append(child.text or "")
        elif child.tag in {f"{_WORD}tab", f"{_WORD}br"}:
            parts.append(" ")
        elif child.tag != f"{_WORD}p":
            parts.append(_of_word(child, targets))
    return "".join(parts)


def parted(was: Sequence[Passage], should: Sequence[Passage]) -> Iterator[tuple[str, str, str, str]]:
    """Where passages differ: the place, what is found and what is expected around the difference, and the whole of it.

    The whole is the passage that is expected, else the one that is found.
    """
    texts = [[passage.text for passage in passages] for passages in (was, should)]
    matcher = difflib.SequenceMatcher(None, texts[0], texts[1], autojunk=False)
    for kind, begins, ends, second_begins, second_ends in matcher.get_opcodes():
        if kind == "equal":
            continue
        for offset in range(max(ends - begins, second_ends - second_begins)):
            first = was[begins + offset] if begins + offset < ends else None
            second = should[second_begins + offset] if second_begins + offset < second_ends else None
            either = first or second
            if either is not None:
                found, expected = _around(first.text if first else "", second.text if second else "")
                yield either.place, found, expected, (second or either).text


def _around(first: str, second: str) -> tuple[str, str]:
    """Two texts from shortly before where they begin to differ to shortly after."""
    pairs = enumerate(zip(first, second, strict=False))
    start = next((index for index, pair in pairs if pair[0] != pair[1]), min(len(first), len(second)))
    begin = max(0, start - _AROUND)
    return first[begin : start + _AROUND], second[begin : start + _AROUND]


def _tells(text: str) -> bool:
    return any(letter.isalnum() for letter in text)


def _joined(words: str) -> str:
    return " ".join(words.split())
