"""Parts of a page by the ends of their ids, and the texts of elements: names without note numbers, blanks as one."""

import re
from collections.abc import Iterator, Sequence

from lxml import etree

Element = etree._Element
_BLANKS = re.compile(r"[\s\u00a0\u2007\u202f]+")
_BREAKS = frozenset({"br", "p", "div", "tr", "li", "center", "table"})
_BLOCKS = _BREAKS - {"br"}
_NUMBERS = frozenset({"sup", "superscript"})
_LEFT_OUT = _NUMBERS | {"script", "style", "noscript", "template", "textarea"}
_NUMBER = re.compile(r"\d+")
_REFERENCE = re.compile(r"#(\d+)$")


def tidy(text: str) -> str:
    """A text with each run of blanks, no-break spaces, tabs and line ends as one space, and none around it."""
    return _BLANKS.sub(" ", text).strip()


class Parts:
    """The elements of a page by the ends of their ids, whatever their ids begin with: templates differ in that."""

    def __init__(self, root: Element):
        self._by_end: dict[str, list[Element]] = {}
        self.root = root
        for element in root.iter(etree.Element):
            identity = element.get("id")
            if identity and "ContentPlaceHolder" in identity:
                end = identity.rpartition("ContentPlaceHolderInnerPage_")[2].rpartition("ContentPlaceHolder1_")[2]
                self._by_end.setdefault(end, []).append(element)

    @property
    def ends(self) -> Sequence[str]:
        """All ends of ids, in the order of the page."""
        return tuple(self._by_end)

    def all(self, end: str) -> Sequence[Element]:
        """The elements whose id ends so, in the order of the page."""
        return self._by_end.get(end, ())

    def one(self, end: str) -> Element | None:
        """The first element whose id ends so, if any."""
        return next(iter(self.all(end)), None)

    def text(self, end: str) -> str:
        """The text of the first element whose id ends so, without note numbers; empty where there is none."""
        element = self.one(end)
        return "" if element is None else name_of(element)


def attributes(root: Element, path: str) -> Sequence[str]:
    """The values of attributes that an XPath names."""
    found = root.xpath(path)
    return [str(value) for value in found] if isinstance(found, list) else []


def tag_of(element: Element) -> str:
    """The tag of an element in small letters; empty for comments and the like."""
    return element.tag.lower() if isinstance(element.tag, str) else ""


def name_of(element: Element) -> str:
    """The text of an element on one line, without the numbers of its notes."""
    return tidy("".join(_pieces(element, " ")))


def text_of(element: Element) -> str:
    """The text of an element, a line for each of its own, without the numbers of its notes."""
    return lines("".join(_pieces(element, "\n")))


def lines(text: str) -> str:
    """A text with each line tidied and blank ones left out."""
    return "\n".join(filter(None, map(tidy, text.replace("\r", "").split("\n"))))


def _pieces(element: Element, line_end: str) -> Iterator[str]:
    """The texts within an element in order; blanks of the source are spaces, its line breaks are `line_end`."""
    left_out = 0
    for event, inner in etree.iterwalk(element, events=("start", "end")):
        tag = tag_of(inner)
        if event == "start":
            if left_out or tag in _LEFT_OUT or inner.get("class") == "invisible":
                left_out += 1
                continue
            if tag in _BREAKS and inner is not element:
                yield line_end
            if inner.text:
                yield _BLANKS.sub(" ", inner.text)
            continue
        if left_out:
            left_out -= 1
        elif tag in _BLOCKS and inner is not element:
            yield line_end
        if inner.tail and not left_out and inner is not element:
            yield _BLANKS.sub(" ", inner.tail)


def notes_of(element: Element) -> tuple[str, ...]:
    """The numbers of the end notes that an element names, in its order."""
    found: dict[str, None] = {}
    for inner in element.iter(etree.Element):
        tag = tag_of(inner)
        if tag in _NUMBERS:
            found.update(dict.fromkeys(_NUMBER.findall("".join(map(str, inner.itertext())))))
        elif tag == "a" and "noteIndex" in (inner.get("class") or ""):
            reference = _REFERENCE.search(inner.get("href") or "")
            if reference and tidy("".join(map(str, inner.itertext()))) == reference[1]:
                found[reference[1]] = None
    return tuple(found)


def line_of(element: Element) -> int:
    """The line of the page on which an element begins; 0 where that is not known."""
    line: object = element.sourceline
    return line if isinstance(line, int) else 0
