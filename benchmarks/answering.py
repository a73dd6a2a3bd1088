"""What people wait for: proposals, facts checked at their origin, pages of large origins, a notebook's first line."""

import subprocess
import sys
from pathlib import Path
from statistics import median

from benchmarks.timing import median_of

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
LARGE = (
    ("population/wpp2019-female-by-age.tsv", "4000:age"),
    ("crime/cts-prisons-and-prisoners.2023-05-11.xlsx", "data_cts_prisons_and_prisoners!L60000"),
)
LINES = 17_000

_FIRST_LINE = """
import time
begun = time.perf_counter()
import comity
comity.query
print(time.perf_counter() - begun)
"""

_ALL_ESTIMATES = """
import time
begun = time.perf_counter()
import comity
years = {row["on"] for row in comity.estimate("homicide-rate", on="1990:2017").rows()}
print(time.perf_counter() - begun)
assert len(years) == 28
"""


def proposing() -> float:
    """Categories of crime proposed for three hundred titles."""
    from comity.classifications.iccs import load
    from comity.classifications.proposing.propose import propose

    titles = [category.title_en for category in load().categories.values()][:300]
    return median_of(3, lambda: propose(titles))


def checking_facts() -> float:
    """Each of 17,000 facts of one table looked up in its origin, which is read when the first of them is."""
    from comity.evidence import store
    from comity.evidence.figures import Fact

    rows = "\n".join(f"{number}\tname {number}\t{number * 7}" for number in range(2, LINES))
    origin = store.keep_origin(
        f"code\tname\tvalue\n{rows}\n".encode(), store.Source("large.tsv", "Made by rule"), at=store.now()
    )
    moment = store.now()
    facts = [
        Fact(line * 7, str(line * 7), "", "", origin.sha256, origin.file, f"{line}:value", moment, moment.date())
        for line in range(2, LINES)
    ]

    def check() -> None:
        if not all(store.stands(fact) == fact.text for fact in facts):
            raise ValueError("a fact does not stand at its place")

    return median_of(3, check)


def pages_of_large_origins() -> float | None:
    """The slower of two pages that show a place in a large table and a large workbook, once these are read."""
    if not DATA.is_dir():
        print(f"pages of large origins: skipped, since the data folder {DATA} is not on this machine")
        return None
    return max(_page(file, place) for file, place in LARGE)


def _page(file: str, place: str) -> float:
    from django.test import Client
    from django.urls import reverse

    from comity.evidence import store

    origin = store.keep_origin((DATA / file).read_bytes(), store.Source(file, file), at=store.now())
    client, address = Client(headers={"host": "localhost"}), reverse("place", args=[origin.sha256, place])
    if client.get(address).status_code != 200:
        raise ValueError(f"{address} is not answered")
    return median_of(5, lambda: client.get(address))


def first_line_of_a_notebook() -> float:
    """`import comity` and the first of its functions looked up, in a process of its own each time."""
    return median(float(subprocess.check_output([sys.executable, "-c", _FIRST_LINE])) for _process in range(5))


def all_estimates() -> float:
    """The rates of the world and all regions in 28 years, from cold: imports too, in a process of its own each time."""
    return median(float(subprocess.check_output([sys.executable, "-c", _ALL_ESTIMATES])) for _process in range(5))


BENCHMARKS = [
    ("categories proposed for three hundred titles", proposing, 1.0),
    ("17,000 facts of a table checked", checking_facts, 5.0),
    ("a page of a large origin, once it is read", pages_of_large_origins, 0.1),
    ("`import comity` and its first function", first_line_of_a_notebook, 0.5),
    ("estimates of all regions and 28 years of one indicator, from cold", all_estimates, 1.0),
]
