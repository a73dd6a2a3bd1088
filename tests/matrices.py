"""How much of what could be tried a run tries: all of a matrix in the proof, otherwise a tenth, always the same.

A case is in the tenth by its own name alone, so that a page or a language that is added moves no other.
"""

import os
import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence

LANGUAGES = ("en", "ar", "zh-hans", "fr", "ru", "es")
ALWAYS = ("en", "ar")
"""Languages in which every page is asked in every run: one for each direction of writing."""
PROOF = bool(os.environ.get("COMITY_PROOF"))


def examples(number: int) -> int:
    """How many examples a property is tried on; ten times as many in the proof."""
    return number * 10 if PROOF else number


def taken(*case: object) -> bool:
    """Whether a run takes a case of a matrix."""
    return PROOF or zlib.crc32(repr(case).encode()) % 10 == 0


def in_languages(pages: Iterable[str]) -> Sequence[tuple[str, str]]:
    """Pages with the languages that a run asks each of them in."""
    return [(page, code) for page in pages for code in LANGUAGES if code in ALWAYS or taken(page, code)]


OF_EACH_KIND = 3
"""Links of one kind that are opened in every run, fifty rows linking to fifty alike; the proof opens all."""


def some_of_each_kind(links: Iterable[str]) -> Sequence[str]:
    """Links that a run opens; a kind is what their paths begin with, as /figures/observation."""
    kinds = defaultdict(list)
    for link in sorted(links):
        kinds[" ".join(re.split(r"[./?@%]", link)[:3])].append(link)
    return [link for found in kinds.values() for link in (found if PROOF else found[:OF_EACH_KIND])]
