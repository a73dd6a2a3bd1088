"""Pages as tests ask for them of the application in this process, and what stands in a page."""

import re
from html.parser import HTMLParser

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


class Content(HTMLParser):
    """What the tests ask of a page: its language, headings, links, and what would be wrong in it."""

    def __init__(self, url: str, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.url = url
        self.language = self.direction = ""
        self.headings: list[tuple[int, str]] = []
        self.links: list[str] = []
        self.styles: list[str] = []
        self.figures: list[str] = []
        self.ids: list[str] = []
        self.faults: list[str] = []
        self._labels: set[str] = set()
        self._tables: list[bool] = []
        self._heading: list[str] | None = None
        self._fields: list[str] = []
        self.feed(text)
        self.close()
        self.faults += [f"the field {name} has no label" for name in self._fields if name not in self._labels]

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        """Note what the tests ask of an element."""
        attributes = {key: value or "" for key, value in pairs}
        if "style" in attributes or tag in ("style", "script") or any(key.startswith("on") for key in attributes):
            self.faults.append(f"inline style or script in <{tag}>")
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if "data-figure" in attributes:
            self.figures.append(attributes["data-figure"])
        if tag == "html":
            self.language, self.direction = attributes.get("lang", ""), attributes.get("dir", "")
        elif tag == "a" and "href" in attributes:
            self.links.append(attributes["href"])
        elif tag == "link" and attributes.get("rel") == "stylesheet":
            self.styles.append(attributes["href"])
        elif tag == "img" and "alt" not in attributes:
            self.faults.append("an image without alternative text")
        elif tag == "table":
            self._tables.append(False)
        elif tag == "caption":
            self._tables[-1] = True
        elif tag == "th" and "scope" not in attributes and "report" not in self.url:
            self.faults.append("a heading cell without scope")
        elif tag == "label":
            self._labels.add(attributes.get("for", ""))
        elif tag in ("input", "select") and attributes.get("type") != "hidden":
            self._fields.append(attributes.get("id", "?"))
        elif re.fullmatch("h[1-6]", tag):
            self._heading = []
            self.headings.append((int(tag[1]), ""))

    def handle_endtag(self, tag: str) -> None:
        """Close a heading or a table."""
        if re.fullmatch("h[1-6]", tag) and self._heading is not None:
            self.headings[-1] = (int(tag[1]), "".join(self._heading).strip())
            self._heading = None
        if tag == "table" and not self._tables.pop() and "/report/" not in self.url:
            self.faults.append("a table without caption")

    def handle_data(self, data: str) -> None:
        """Collect a heading's words."""
        if self._heading is not None:
            self._heading.append(data)


class Asked:
    """Pages that are asked for once, whichever test of a module asks first, with what each asked the database.

    The module's releases must stay as they are meanwhile.
    """

    def __init__(self) -> None:
        self._answers: dict[str, tuple[int, str, int]] = {}

    def page(self, address: str) -> Content:
        """What stands in a page that answers."""
        status, text, _queries = self._answer(address)
        assert status == 200, address
        return Content(address, text)

    def status(self, address: str) -> int:
        """The status of an address."""
        return self._answer(address)[0]

    def queries(self, address: str) -> int:
        """How many statements the database was asked for a page."""
        return self._answer(address)[2]

    def _answer(self, address: str) -> tuple[int, str, int]:
        if address not in self._answers:
            with CaptureQueriesContext(connection) as queries:
                answer = Client().get(address)
            text = "" if answer.streaming else answer.content.decode("utf-8", "replace")
            self._answers[address] = answer.status_code, text, len(queries)
        return self._answers[address]
