"""Reading status pages of the depositary: ours beside plain parsers, by `python -m benchmarks.reading_status_pages`.

Three things are timed of the longest page that is at hand: its parts alone, as `read_page` gives them; what of it
`comity instrument read --format json` prints, made in this process; and that command from its start to its end.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

from benchmarks.timing import median_of

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "instruments" / "untc-pages"
TODAY = date(2026, 11, 23)
_PREFIX = "ctl00_ctl00_ContentPlaceHolder1_ContentPlaceHolderInnerPage_"
_ROWS, _ENTRIES = 180, 330


def longest_page() -> tuple[str, bytes]:
    """The longest real page where pages lie beside the checkout; else one that is made, of the same size."""
    pages = sorted(SHARED.glob("*.html"), key=lambda page: page.stat().st_size) if SHARED.is_dir() else []
    return (pages[-1].name, pages[-1].read_bytes()) if pages else ("made.html", _made())


def _made() -> bytes:
    """A page of 3.2 MB: 180 participants, and 330 entries of some fifty lines each."""
    rows = "".join(
        f"<tr><td>State {row}<br></td><td>&nbsp;</td><td> &nbsp;{1 + row % 28} Oct\t {1970 + row % 50} a<br></td></tr>"
        for row in range(_ROWS)
    )
    said = "what it says " * 12
    text = "".join(f"&nbsp;&nbsp;It declares, of article {line}: {said}<br></n></i></p>" for line in range(45))
    heading = "<p align=left><i>Reservation:<br></n></i></p>"
    entries = "".join(
        f'<tr><td><div id="{_PREFIX}dgDec_ctl{number}_divParticipant">State {number % _ROWS}</div>'
        f'<div id="{_PREFIX}dgDec_ctl{number}_divText">{heading}{text}</div></td></tr>'
        for number in range(2, _ENTRIES)
    )
    return (
        '<!DOCTYPE html>\r\n<html><head><title>UNTC</title></head><body><form id="aspnetForm" '
        'action="./ViewDetails.aspx?src=TREATY&amp;mtdsg_no=XXVI-99&amp;clang=_en">'
        f'<div id="{_PREFIX}div3">STATUS AS AT : 03-02-2026 10:16:18 EDT</div>'
        f'<div id="{_PREFIX}rptStatus_ctl00_tcText">Signatories : 0. Parties : {_ROWS}</div>'
        f'<table id="{_PREFIX}tblgrid"><tr><td>Participant</td><td>Signature</td>'
        f"<td>Accession(a), Ratification</td></tr>{rows}</table>"
        f'<table id="{_PREFIX}dgDec">{entries}</table></form></body></html>'
    ).encode()


def reading_a_page() -> float:
    """The parts of the page, and what the command prints of them."""
    from comity.instruments.depositary.as_json import as_json
    from comity.instruments.depositary.reading import read_page
    from comity.instruments.store import participant_codes

    name, data = longest_page()

    def act() -> str:
        page = read_page(data, name, TODAY)
        return json.dumps(as_json(page, participant_codes(page.as_at)), ensure_ascii=False, indent=2)

    return median_of(5, act)


BENCHMARKS: list[tuple[str, Callable[[], float], float]] = [
    ("a saved status page of 3.2 MB read, with all it declares", reading_a_page, 1.0),
]


class _Plain(HTMLParser):
    """The cells of all tables by the standard library's parser: what a plain reader of such pages would do."""

    def __init__(self) -> None:
        super().__init__()
        self.cells: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A cell begins."""
        if tag == "td":
            self.cells.append("")

    def handle_data(self, data: str) -> None:
        """Text of the last cell."""
        if self.cells:
            self.cells[-1] += data


def _by_lxml(text: str) -> int:
    from lxml import html

    return sum(len(cell.text_content()) for cell in html.fromstring(text).iter("td"))


def _by_the_standard_library(text: str) -> int:
    parser = _Plain()
    parser.feed(text)
    return sum(map(len, parser.cells))


def main() -> None:
    """Print what reading takes beside plain parsers, and what the whole command takes where a workspace is set up."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comity.site.settings")
    django.setup()
    from comity.instruments.depositary.reading import read_page

    name, data = longest_page()
    text = data.decode("utf-8")
    ours = median_of(5, lambda: read_page(data, name, TODAY))
    print(f"{name}, {len(data) / 1e6:.1f} MB: {ours * 1000:,.1f} ms for its parts")
    for said, peer in (("lxml", _by_lxml), ("html.parser", _by_the_standard_library)):
        taken = median_of(3, lambda peer=peer: peer(text))
        print(f"  the text of all cells by {said}: {taken * 1000:,.1f} ms, {taken / ours:.1f} times as long")
    if SHARED.is_dir():
        begun = time.perf_counter()
        command = [str(Path(sys.executable).with_name("comity")), "instrument", "read", str(SHARED / name)]
        done = subprocess.run([*command, "--format", "json"], stdout=subprocess.DEVNULL, check=False)
        said = "" if done.returncode == 0 else ", which failed: set up a workspace first (`comity up --no-serve`)"
        print(f"  the command from start to end: {(time.perf_counter() - begun) * 1000:,.0f} ms{said}")


if __name__ == "__main__":
    main()
