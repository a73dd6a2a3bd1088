"""Where the depositary shows the status of a treaty, by the treaty's number."""

import re
from urllib.parse import urlencode

_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_NUMBER = re.compile(r"([IVXLC]+)-\d+(?:-[A-Za-z0-9.]+)*")


def status_page_address(mtdsg: str) -> str:
    """The address of a treaty's status page in English; empty for a number that is none, as `XVIII-12-a` is one."""
    found = _NUMBER.fullmatch(mtdsg)
    if found is None:
        return ""
    asked = {"src": "TREATY", "mtdsg_no": mtdsg, "chapter": chapter(found[1]), "clang": "_en"}
    return f"https://treaties.un.org/Pages/ViewDetails.aspx?{urlencode(asked)}"


def chapter(roman: str) -> int:
    """The number of a chapter that is written in Roman letters: 18 for XVIII."""
    values = [_ROMAN[letter] for letter in roman]
    return sum(-one if one < following else one for one, following in zip(values, [*values[1:], 0], strict=True))
