"""Elements of Akoma Ntoso: how they are made, named, and written one after another."""

from lxml import etree

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"


class Pen:
    """Writes text and elements one after another into an element of mixed content."""

    def __init__(self, element: etree._Element):
        self._element = element
        self._last: etree._Element | None = None

    def text(self, text: str) -> None:
        """Write text after whatever stands last."""
        if self._last is None:
            self._element.text = (self._element.text or "") + text
        else:
            self._last.tail = (self._last.tail or "") + text

    def element(self, name: str, text: str, **attributes: str) -> None:
        """Write an element that holds text."""
        self.attach(made_element(name, **attributes))
        if self._last is not None:
            self._last.text = text

    def attach(self, element: etree._Element) -> None:
        """Write an element that is made already."""
        self._element.append(element)
        self._last = element


def qualified(tag: str) -> str:
    """A tag with the namespace of Akoma Ntoso."""
    return f"{{{NAMESPACE}}}{tag}"


def made_element(tag: str, **attributes: str) -> etree._Element:
    """An element that stands nowhere yet."""
    return etree.Element(qualified(tag), attributes)


def add_element(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    """An element that is put at the end of another."""
    return etree.SubElement(parent, qualified(tag), attributes)


_MIXED = frozenset(qualified(tag) for tag in ("p", "num", "heading", "subheading"))


def indent(element: etree._Element, depth: int = 1) -> None:
    """Put block elements on lines of their own; text with elements in it stays as it is."""
    if element.tag in _MIXED or len(element) == 0:
        return
    element.text = "\n" + " " * depth
    for child in element:
        indent(child, depth + 1)
        child.tail = "\n" + " " * depth
    element[-1].tail = "\n" + " " * (depth - 1)


def prefix_identifiers(document: etree._Element, prefix: str) -> None:
    """Make the identifiers of an annex's metadata its own, as they are unique in the whole document."""
    for element in document.iter():
        for attribute in ("eId", "href", "source", "as"):
            value = element.get(attribute)
            if value is None:
                continue
            if attribute == "eId":
                element.set("eId", prefix + value)
            elif value.startswith("#"):
                element.set(attribute, "#" + prefix + value[1:])
