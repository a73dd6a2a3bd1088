"""How much of what could be tried a run tries: all of a matrix in the proof, otherwise a tenth, always the same.

A case is in the tenth by its own name alone, so that a page or a language that is added moves no other.
"""

import os
import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence

from comity.evidence.languages import LANGUAGES as ALL

LANGUAGES = tuple(language.site for language in ALL)
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


OF_EACH_KIND = 1
"""Links of one kind that are opened in every run, fifty rows linking to fifty alike; the proof opens all."""
_WHOLE = re.compile(r"/observations\.\w+(?:\?(?!.*area=).*)?")
"""Downloads of all that is held, or of a data set, which take long to make; a run downloads an area in each form."""


def some_of_each_kind(links: Iterable[str]) -> Sequence[str]:
    """Links that a run opens, by chance and always the same.

    Of one kind are those to one room and depth, one figure's method, and one set of questions. The same pages in
    other languages are another matrix's.
    """
    kinds = defaultdict(list)
    for link in sorted(set(links), key=lambda link: zlib.crc32(link.encode())):
        path, _mark, query = link.partition("?")
        parts = path.strip("/").split("/")
        if parts[0] not in LANGUAGES:
            method = re.split(r"[.%#]", parts[1])[0] if parts[0] == "figures" and len(parts) > 1 else ""
            asked = frozenset(re.findall(r"(\w+)=", query)) - {"as_at"}
            kinds[parts[0], method, len(parts), asked].append(link)
    if PROOF:
        return [link for found in kinds.values() for link in found]
    return [link for found in kinds.values() for link in found[:OF_EACH_KIND] if not _WHOLE.fullmatch(link)]
