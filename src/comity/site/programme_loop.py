"""The loop of the programme as the front page shows it: eight stations, and which links between them are built."""

from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Tally:
    """A live count with the words that say what it counts, and where the things counted can be seen."""

    count: int
    words: str
    url: str


@dataclass(frozen=True)
class Station:
    """A station of the loop. `onward` and `inward` say whether the links to the next and from the last are built."""

    key: str
    name: str
    sentence: str
    url: str = ""
    tallies: tuple[Tally, ...] = ()
    built: bool = False
    onward: bool = False
    inward: bool = False


def linked(stations: Sequence[Station]) -> list[Station]:
    """The stations with their links: a link is built where the stations at both its ends are."""
    around = [*stations[-1:], *stations, *stations[:1]]
    return [
        replace(here, inward=here.built and before.built, onward=here.built and after.built)
        for before, here, after in zip(around, stations, around[2:], strict=False)
    ]
