"""Sessions that had been held when a resolution was adopted: what is asked falls due at none of them.

A session of the General Assembly is known by the resolution's own; that of another body by the table of sessions, where
the text names the body. Of a body that the table does not have every session may be to come.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from comity.mandates.vocabulary.days import parse_date

SESSIONS = Path(__file__).parents[1] / "tables" / "sessions.yaml"

GENERAL_ASSEMBLY = "General Assembly"
# “the Conference of the Parties to the United Nations Convention against Transnational Organized Crime”, “the Council”.
_NAMED = re.compile(
    r"\b(?:[A-Z][\w’-]+ ){0,8}(?P<head>Assembly|Commission|Committee|Council|Conference|Forum|Board|Group"
    r"|Panel|Mechanism|Congress)"
    r"(?:(?:,? (?:on|of|for|to|against|in)(?: the)?| and) [A-Z][\w’-]*(?:,? [A-Z][\w’-]*)*)*"
)
# Sessions of its own that an organ still speaks of without naming itself.
_MOST_SESSIONS_AGO = 15
# “at its fifth session, held in Doha from 12 to 17 May”, “at its twenty-second session, in 2003”.
_HELD = re.compile(r",? (?:which |that )?(?:was )?(?:held|convened)\b")
_WHEN = re.compile(r",? (?:(?:to be )?(?:held|convened) )?(?:in|on|from)\b[^;.]{0,60}?(?P<year>(?:19|20)\d\d)\b")


@dataclass(frozen=True)
class _Series:
    """The sessions of one body: those of a year by their months of closing, or the days on which they closed."""

    words: frozenset[str]
    first: int
    year: int
    months: tuple[int, ...]
    closed: dict[int, date]

    def was_over(self, session: int, on: date) -> bool:
        """Whether a session had closed on a day; False for one that the table does not reach back or on to."""
        if not self.months:
            return session in self.closed and self.closed[session] <= on
        year, place = divmod(session - self.first, len(self.months))
        return session > 0 and (self.year + year, self.months[place]) < (on.year, on.month)


@lru_cache(maxsize=1)
def _series() -> tuple[_Series, ...]:
    rows: list[dict[str, Any]] = yaml.safe_load(SESSIONS.read_text(encoding="utf-8"))
    return tuple(_series_of(row) for row in rows)


def _series_of(row: dict[str, Any]) -> _Series:
    yearly = row.get("yearly") or {"session": 0, "year": 0, "closes": []}
    words = frozenset(row["words"].split())
    return _Series(words, yearly["session"], yearly["year"], tuple(yearly["closes"]), row.get("closed") or {})


@dataclass
class Adoption:
    """When and by whom what asks was adopted, as far as known, and the bodies that it has named so far.

    `session` is that of the General Assembly in which it was adopted.
    """

    day: date | None = None
    session: int | None = None
    organ: str = ""
    _named: dict[str, str] = field(default_factory=dict)

    def learn(self, text: str) -> None:
        """Take in the full names of bodies, for which short forms ("the Conference") stand later."""
        for match in _NAMED.finditer(text):
            if _is_full(match.group()) and not self._named.get(match["head"], "").startswith(match.group()):
                self._named[match["head"]] = match.group()

    def is_held(self, session: int, kind: str, text: str, span: tuple[int, int], asked: Iterable[str] = ()) -> bool:
        """Whether a session named at a span of a text had been held when this was adopted.

        `kind` is "special" for a special session; `asked` are those whom the text asks, whose session it is where the
        text names no body before it.
        """
        behind = text[span[1] : span[1] + 90]
        if self._is_dated_before(behind) or _HELD.match(behind):
            return True
        words = text[max(0, span[0] - 400) : span[1]].lower()
        goes_on = re.search(r"\b(?:resumed|reconvened|remainder|end of|close of|conclusion of|later)\b[^,;]*$", words)
        return not goes_on and self._was_over(session, f"{kind} {self._body(session, text[: span[0]], asked)}".strip())

    def is_before(self, due: str) -> bool:
        """Whether a day (ISO), month or year that a text names lies before the adoption."""
        if self.day is None:
            return False
        day = parse_date(due)
        year = re.search(r"(?:19|20)\d\d", due)
        return day <= self.day if day is not None else year is not None and int(year.group()) < self.day.year

    def _is_dated_before(self, behind: str) -> bool:
        match = _WHEN.match(behind)
        if match is None or self.day is None:
            return False
        day = parse_date(match.group())
        return day < self.day if day is not None else int(match["year"]) < self.day.year

    def _body(self, session: int, before: str, asked: Iterable[str]) -> str:
        """The name of the body that a text named last, in full; else of whom it asks, else the adopting organ.

        A session long before its own is of another body, which the words do not show.
        """
        mentions = [self._in_full(match) for match in _NAMED.finditer(before[-400:])]
        others = [name for one in asked if (match := _NAMED.search(one)) and _is_full(name := self._in_full(match))]
        if mentions or others:
            return (mentions[-1:] or others)[0]
        return self.organ if self.session is None or session > self.session - _MOST_SESSIONS_AGO else ""

    def _in_full(self, match: re.Match[str]) -> str:
        name, full = match.group(), self._named.get(match["head"], "")
        is_short = not _is_full(name) and name != GENERAL_ASSEMBLY
        return full if full and (is_short or full.startswith(name)) else name

    def _was_over(self, session: int, body: str) -> bool:
        if body in {GENERAL_ASSEMBLY, "Assembly"} and self.session is not None:
            return session <= self.session
        if self.day is None:
            return False
        words = set(re.findall(r"[\w’-]+", body))
        found = [one for one in _series() if one.words <= words]
        return any(one.was_over(session, self.day) for one in found[:1] if body)


def _is_full(name: str) -> bool:
    """Whether a name is more than the short form of one ("Conference", "General Assembly")."""
    return len(name.split()) > 2
