"""Pages read from a served site as a reader's machine would read them, and what tests ask of them."""

import hashlib
import http.client
import json
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pages import Content
from workspaces import PATIENCE

from comity.evidence.workspaces.workspace import write_whole

PAGES = (
    "/",
    "/resolutions/",
    "/resolutions/A/RES/67/189/",
    "/resolutions/A/RES/67/189/op3/",
    "/resolutions/A/RES/67/189/op8/",
    "/resolutions/A/RES/67/189/op21/",
    "/resolutions/A/RES/67/189/op22/",
    "/resolutions/A/RES/67/189/pp1/",
    "/instruments/",
    "/instruments/UNTOC/?on=2012-12-20",
    "/instruments/CYBERCRIME/",
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
    "/baselines/",
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
    def content(self) -> Content:
        """What stands in the page."""
        return Content(self.url, self.text if "html" in self.headers.get("content-type", "") else "")

    def __getattr__(self, name: str) -> Any:
        return getattr(self.content, name)

    @cached_property
    def local(self) -> list[str]:
        """The addresses on this site that the page links to."""
        return [link for link in self.links if link.startswith(("/", "?")) and not link.startswith("//")]


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
