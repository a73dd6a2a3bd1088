"""Heads that an export left at the top of each page: the symbol of the resolution, and its title or part of it."""

import re
from collections.abc import Iterator

from comity.mandates.reading.export.ends import ended
from comity.mandates.reading.export.lines import Line
from comity.mandates.reading.export.page_noise import is_noise, is_page_mark, is_running_head
from comity.mandates.reading.head.masthead import is_of_a_late_block
from comity.mandates.reading.head.symbols import LETTERS
from comity.mandates.reading.segments import Segments


def set_page_noise_apart(out: Segments, body: list[Line]) -> None:
    """Set apart what pages left in a text: numbers, rules, and heads that repeat its symbol and title."""
    title = _plain_letters(out.title)
    symbol = _head_symbol(out)
    heads: set[int] = set()
    for index, line in enumerate(body[1:], start=1):
        previous = body[index - 1]
        if is_noise(line.text) or (is_page_mark(previous) and is_running_head(line.text)):
            out.set_apart(line)
        elif symbol and _is_head_with_symbol(line.text, symbol, title):
            heads.add(index)
    for index in heads:
        for beside in (
            *_title_beside(body, index, 1, symbol, title),
            *_title_beside(body, index, -1, symbol, title),
        ):
            out.set_apart(body[beside])
        left = _plain_letters(_without_symbol(body[index].text, symbol))
        if (left and left in title) or not is_of_a_late_block(body[index].text):
            out.set_apart(body[index])
    for index, line in enumerate(body[1:], start=1):
        after_noise = out.ledger.get(body[index - 1].number) == "residue"
        is_title = _plain_letters(line.text) == title and line.text[:1].isupper() and not ended(line.text)
        if after_noise and is_title and line.number not in out.ledger:
            out.set_apart(line)


def _head_symbol(out: Segments) -> str:
    """The symbol as running heads have it: parts share theirs."""
    return LETTERS.sub("", out.symbol) if out.part else out.symbol


def _without_symbol(text: str, symbol: str) -> str:
    """What a running head has beside the symbol with the letters of its parts, page and job numbers."""
    letters = r"(?: ?[A-Z](?: ?(?:-|–|,|and|to) ?[A-Z])*(?![A-Za-z]))?"
    text = re.sub(re.escape(symbol) + letters, " ", text.replace(" (", "("))
    return re.sub(r"\b\d{1,3}/\d{1,3}\b|\b\d\d-\d{5}\b", "", text)


def _is_head_with_symbol(text: str, symbol: str, title: str) -> bool:
    """Whether a line is a running head: the resolution's symbol, and beside it nothing or part of its title."""
    # Beside symbol and title a head has a page's number and an organ: “A/RES/67/189 General Assembly 3/18 …”.
    if symbol not in text.replace(" (", "(") or len(text) > len(symbol) + len(title) + 60:
        return False
    left = _plain_letters(_without_symbol(text, symbol))
    return left in title or (len(left) < 60 and re.search(r"Distr|General Assembly|United Nations", text) is not None)


def _title_beside(body: list[Line], head: int, step: int, symbol: str, title: str) -> Iterator[int]:
    """The indexes of the lines after (or before) a running head that go on with the title in it, or give it whole."""
    read = _plain_letters(body[head].text.replace(symbol, " ")) if body[head].text != symbol else ""
    read = read if read in title else ""
    index = head + step
    while 0 < index < len(body) and read != title:
        letters = _plain_letters(body[index].text)
        longer = read + letters if step > 0 else letters + read
        begins_it = title.startswith(longer) if step > 0 else title.endswith(longer)
        ends_otherwise = step > 0 and ended(body[index].text) and title.endswith(letters)
        if not letters or ends_otherwise or not (begins_it or (read and longer in title)):
            return
        yield index
        read = longer
        index += step


def _plain_letters(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()
