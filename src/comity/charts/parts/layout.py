"""Where things go before they are drawn: widths of text, its lines, and places of labels that must not overlap."""

import re
import unicodedata
from collections.abc import Sequence

from comity.charts.theme import TEXT_SIZE

NARROW = 560


def _em(letter: str) -> float:
    """Width of a letter in Noto Sans as a share of the size, on the safe side."""
    if unicodedata.combining(letter) or unicodedata.category(letter) == "Cf":
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    if letter.isdigit():
        return 0.572
    if letter in " .,:;'’|!()ijl-·":
        return 0.32
    if letter in "mwMWЖМШЩЮжмшщюفقكسشصض":
        return 0.9
    return 0.66 if letter.isupper() else 0.58


def text_width(text: str, size: float = TEXT_SIZE, *, bold: bool = False) -> float:
    """About how many pixels a text takes at a size; rather too many than too few."""
    return sum(map(_em, text)) * size * (1.08 if bold else 1)


def _words(text: str) -> list[str]:
    """The pieces between which a line may break: words with the space after them, and single Chinese characters."""
    return re.findall(r"[\u3000-\u9fff\uff00-\uffef][，。、；：）」”]* *|[^ \n\u3000-\u9fff\uff00-\uffef]+[ \n]*", text)


def wrapped(text: str, room: float, size: float = TEXT_SIZE, *, bold: bool = False) -> list[str]:
    """The text in lines that fit the room, broken between words or Chinese characters; one word may stand out."""
    lines: list[str] = []
    for word in _words(text):
        if lines and text_width((lines[-1] + word).rstrip(), size, bold=bold) <= room:
            lines[-1] += word
        else:
            lines.append(word)
    return [line.rstrip() for line in lines] or [""]


def _eased(values: Sequence[float]) -> list[float]:
    """The values that never fall and are nearest to those given: neighbours that do are pooled at their mean."""
    blocks: list[list[float]] = []
    for value in values:
        blocks.append([value, 1.0])
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            place, weight = blocks.pop()
            before, before_weight = blocks.pop()
            blocks.append(
                [(before * before_weight + place * weight) / (before_weight + weight), before_weight + weight]
            )
    return [place for place, weight in blocks for _ in range(round(weight))]


def stacked(wished: Sequence[float], depths: Sequence[float], height: float) -> list[float]:
    """Middles of things of unlike depths in the order given, near those wished, none over another, from 0 to `height`.

    Where they are deeper than the height together, they follow one another from 0 on.
    """
    before = [sum(depths[:number]) + depth / 2 for number, depth in enumerate(depths)]
    eased = _eased([wish - start for wish, start in zip(wished, before, strict=True)])
    slack = max(height - sum(depths), 0.0)
    return [min(max(place, 0.0), slack) + start for place, start in zip(eased, before, strict=True)]
