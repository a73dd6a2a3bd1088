"""Pages read from a served site as a reader's machine would read them, and what tests ask of them."""

import hashlib
import http.client
import json
import re
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from workspaces import PATIENCE

from comity.evidence.workspace import write_whole

PAGES = (
    "/",
    "/resolutions/",
    "/resolutions/A/RES/67/189/",
    "/resolutions/A/RES/67/189/op3/",
    "/resolutions/A/RES/67/189/op21/",
    "/resolutions/A/RES/67/189/pp1/",
    "/instruments/",
    "/instruments/UNTOC/?on=2012-12-20",
    "/instruments/status/?on=2012-12-20",
    "/states/",
    "/states/BOL/",
    "/figures/parties.UNTOC.2012-12-20",
    "/figures/status-table.UNTOC,TIP,SOM,FP.2012-12-20",
    "/data/",
    "/data/homicide/",
    "/data/homicide/homicide@2019-07-08/",
    "/data/homicide/homicide@2019-07-08/revisions/?kind=changed",
    "/observations/",
    "/observations/?area=BRA&vintages=all&order=value",
    "/observations/homicide.homicide-count.076.2012.0101/history",
    "/figures/observation.homicide.homicide-count.076.2012.0101",
    "/quality/",
    "/quality/BRA/",
    "/indicators/",
    "/indicators/homicide-rate/?areas=BRA,COL&on=2012",
    "/trends/?region=419",
    "/flows/",
    "/issues/",
    "/report/",
    "/methods/",
    "/sources/",
    "/about/",
)


@dataclass
class Page:
    """An answer of the site; what stands in it is read when a test first asks for it."""

    url: str
    status: int
    text: str
    headers: dict[str, str] = field(default_factory=dict)

    @cached_property
    def content(self) -> "Content":
        """What stands in the page."""
        content = Content(self.url)
        if "html" in self.headers.get("content-type", ""):
            content.feed(self.text)
            content.close()
        return content

    def __getattr__(self, name: str) -> Any:
        return getattr(self.content, name)

    @cached_property
    def local(self) -> list[str]:
        """The addresses on this site that the page links to."""
        return [link for link in self.links if link.startswith(("/", "?")) and not link.startswith("//")]


class Content(HTMLParser):
    """What the tests ask of a page: its language, headings, links, and what would be wrong in it."""

    def __init__(self, url: str) -> None:
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

    def close(self) -> None:
        """End the page: what a field's label is may stand after it."""
        super().close()
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


@dataclass
class Site:
    """The served site: pages by address, each read once in a run, whichever of its processes asks first."""

    port: int
    home: Path
    kept: Path
    read: dict[str, Page] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Where the site is served."""
        return f"http://127.0.0.1:{self.port}"

    def get(self, address: str) -> Page:
        """The page of an address, redirects followed."""
        address = address.partition("#")[0]
        if address not in self.read:
            path = self.kept / hashlib.sha256(address.encode()).hexdigest()
            if not path.exists():
                write_whole(path, json.dumps(self._fetch(address)).encode())
            self.read[address] = Page(*json.loads(path.read_bytes()))
        return self.read[address]

    def status(self, address: str) -> int:
        """The status of an address, redirects followed; of a long answer no more than the beginning is read."""
        return self._fetch(address, most=100_000)[1]

    def _fetch(self, address: str, redirects: int = 3, most: int | None = None) -> tuple[str, int, str, dict[str, str]]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", address)
        answer = connection.getresponse()
        body = answer.read(most)
        connection.close()
        headers = {key.lower(): value for key, value in answer.getheaders()}
        if answer.status in (301, 302) and redirects:
            return self._fetch(
                urlsplit(headers["location"])._replace(scheme="", netloc="").geturl(), redirects - 1, most
            )
        return address, answer.status, body.decode("utf-8", "replace"), headers


def in_language(address: str, code: str) -> str:
    """A page's address in a language; English stands at the root."""
    return address if code == "en" else f"/{code}{address}"
