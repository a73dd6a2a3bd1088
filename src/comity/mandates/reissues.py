"""Whether a text is a new issue of the one that stands under its symbol, and not another text: what differs."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from comity.evidence.errors import Fault

OTHERWISE = 0.1
"""The share of the paragraphs that are compared which a new issue of a text may have otherwise; one it always may."""
_EXAMPLES = 3
_SHOWN = 60
_MARK_OF_A_NOTE = re.compile(r"(?<=[^\W\d]|[,;.)”’])\d{1,3}(?!\w)")


@dataclass(frozen=True)
class StoredText:
    """A text that stands under a symbol, or the register where no text does.

    `words` are the official ones by the paragraph's id, empty for a register, which has words of its own; `paragraphs`
    are the ids of all. `sha256` is of the file.
    """

    file: str
    sha256: str
    title: str
    adopted: date | None
    distributed: date | None
    paragraphs: tuple[str, ...]
    words: Mapping[str, str] = field(default_factory=dict)


def differences(stored: StoredText, given: StoredText, lines: Mapping[str, int]) -> list[Fault]:
    """What shows that a text is no new issue of the one that is stored; `lines` are those of its paragraphs, by id.

    None where its title (of a part alone also the part's own) and day of adoption are the held ones, it has every
    paragraph that is held, one or at most one in ten otherwise, and was not distributed before. How quotation marks,
    dashes and spaces are set makes no difference.
    """
    return [
        *_of_title(stored, given),
        *_of_days(stored, given),
        *_of_missing(stored, given),
        *_of_words(stored, given, lines),
    ]


def _of_title(stored: StoredText, given: StoredText) -> list[Fault]:
    if _letters(stored.title) == _letters(given.title) or stored.title.endswith(f": {given.title}"):
        return []
    expected = _("the title of what is held, “%(title)s”") % {"title": stored.title}
    return [Fault(given.file, "", given.title, expected)]


def _of_days(stored: StoredText, given: StoredText) -> list[Fault]:
    faults = []
    if stored.adopted and given.adopted and stored.adopted != given.adopted:
        expected = _("%(day)s, the day of adoption of what is held") % {"day": stored.adopted}
        faults.append(Fault(given.file, "", given.adopted.isoformat(), expected))
    if stored.distributed and given.distributed and given.distributed < stored.distributed:
        expected = _("no earlier issue than the held one, distributed on %(day)s") % {"day": stored.distributed}
        faults.append(Fault(given.file, "", given.distributed.isoformat(), expected))
    return faults


def _of_missing(stored: StoredText, given: StoredText) -> list[Fault]:
    missing = [identifier for identifier in stored.paragraphs if identifier not in given.paragraphs]
    if not missing:
        return []
    found = _("no %(paragraphs)s") % {"paragraphs": ", ".join(one.partition("#")[2] for one in missing[:_EXAMPLES])}
    expected = _("all %(number)d paragraphs that are held, of which it lacks %(missing)d")
    numbers = {"number": len(stored.paragraphs), "missing": len(missing)}
    return [Fault(given.file, "", found, expected % numbers)]


def _of_words(stored: StoredText, given: StoredText, lines: Mapping[str, int]) -> list[Fault]:
    compared = [one for one in stored.words if one in given.words]
    otherwise = [one for one in compared if _letters(stored.words[one]) != _letters(given.words[one])]
    if len(otherwise) <= max(1, OTHERWISE * len(compared)):
        return []
    expected = _("“%(words)s”, as what is held has it in %(paragraph)s; %(number)d of %(compared)d paragraphs differ")
    faults = []
    for one in otherwise[:_EXAMPLES]:
        found, words = _where_they_part(given.words[one], stored.words[one])
        said = {"words": words, "paragraph": one.partition("#")[2], "number": len(otherwise), "compared": len(compared)}
        faults.append(Fault(given.file, str(lines[one]), found, expected % said))
    return faults


def _letters(text: str) -> str:
    """The letters and figures of a text in small letters, without the marks of notes: what it says."""
    return re.sub(r"\W+", "", _MARK_OF_A_NOTE.sub("", unicodedata.normalize("NFKC", text))).lower()


def _where_they_part(first: str, second: str) -> Sequence[str]:
    """A piece of each of two texts from the word before the first that differs."""
    ones, others = first.split(), second.split()
    same = next((place for place, pair in enumerate(zip(ones, others, strict=False)) if pair[0] != pair[1]), 0)
    start = max(same - 2, 0)
    return [_cut(" ".join(words[start:])) for words in (ones, others)]


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rsplit(' ', 1)[0]} …"
