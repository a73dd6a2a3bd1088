"""Of which day a report speaks: one that was asked for, or for each treaty that through which its list is complete."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from comity.evidence.figures import methods


@dataclass(frozen=True)
class Days:
    """The days of a report, as known on `as_at`.

    `on` is the day that was asked for, None where none was; `complete` has every treaty of the register with the day
    through which its list is complete, None where the register says none.
    """

    on: date | None
    as_at: date
    complete: Mapping[str, date | None] = field(default_factory=dict)

    def of(self, codes: Iterable[str]) -> date:
        """The day that `@on` is for some treaties, as status and pages have it: that asked for, else through which all
        of them are complete, else the day of knowledge."""
        return self.on or min(filter(None, map(self.complete.get, codes)), default=self.as_at)

    def of_each(self) -> dict[str, date]:
        """The day of every treaty of the register."""
        return {code: self.of([code]) for code in self.complete}

    def apart(self, codes: Iterable[str], *, held: bool = False) -> dict[date, list[str]]:
        """Treaties by their day, in the order in which they are given.

        With `held` none is later than the day through which the treaty's list is complete, whatever was asked for.
        """
        found: dict[date, list[str]] = {}
        for code in codes:
            day = self.of([code])
            found.setdefault(min(day, self.complete.get(code) or day) if held else day, []).append(code)
        return found

    def past(self, codes: Iterable[str]) -> dict[date, list[str]]:
        """The treaties whose lists end before the day that was asked for, by where they end."""
        found: dict[date, list[str]] = {}
        for code in codes:
            end = self.complete.get(code)
            if end is not None and self.on is not None and end < self.on:
                found.setdefault(end, []).append(code)
        return dict(sorted(found.items()))


def treaties(target: str) -> list[str]:
    """The treaties of which a figure's id speaks; none where its method asks for none."""
    name, *arguments = target.partition("#")[0].split(".")
    known = methods().get(name)
    position = _position(name) if known else None
    given = arguments[position] if position is not None and position < len(arguments) else ""
    return [code for code in given.split(",") if code]


def of_treaties(target: str, codes: Iterable[str]) -> str:
    """The id of the figure of the same question about some of its treaties."""
    identifier, mark, cell = target.partition("#")
    name, *arguments = identifier.split(".")
    position = _position(name)
    if position is None or position >= len(arguments):
        return target
    arguments[position] = ",".join(codes)
    return ".".join([name, *arguments]) + mark + cell


def _position(name: str) -> int | None:
    keys = list(methods()[name].parameters)
    return next((keys.index(key) for key in ("instruments", "instrument") if key in keys), None)
