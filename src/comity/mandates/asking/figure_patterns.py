"""Which figures a paragraph asks for: patterns of figure ids, and the figures that they name on a day.

`parties,states.UNTOC,TIP.*` stands for every figure of the methods `parties` and `states` whose first argument names
UNTOC or TIP, alone or among others, whatever arguments follow.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from urllib.parse import unquote

from comity.evidence.figures import Argument, Method, figure_id
from comity.instruments.figures.counts import count_of

_ANY = "*"


@dataclass(frozen=True)
class FigurePattern:
    """Names of methods, then for each argument the values of which one must fit; None stands for any value.

    With `open_end` any further arguments fit, and also none.
    """

    methods: tuple[str, ...]
    arguments: tuple[frozenset[str] | None, ...]
    open_end: bool

    @classmethod
    def parse(cls, text: str) -> "FigurePattern":
        """Read `parties,states.UNTOC.*`; raises ValueError where a part is empty or `*` stands for the method."""
        methods, *arguments = text.split(".")
        if not all(text.split(".")) or _ANY in methods:
            raise ValueError(f"{text!r} is not a pattern of figures: expected methods.arguments, as parties.UNTOC.*")
        open_end = bool(arguments) and arguments[-1] == _ANY
        wanted = tuple(None if part == _ANY else _values(part) for part in (arguments[:-1] if open_end else arguments))
        return cls(tuple(methods.split(",")), wanted, open_end)

    def fits(self, figure_id: str) -> bool:
        """Whether a figure, or the figure whose cell is named, is one that the pattern asks for.

        Who asks for a count asks for the other end of its range.
        """
        method, *arguments = figure_id.partition("#")[0].split(".")
        if not {method, count_of(method)} & {*self.methods} or len(arguments) < len(self.arguments):
            return False
        if len(arguments) > len(self.arguments) and not self.open_end:
            return False
        pairs = zip(self.arguments, arguments, strict=False)
        return all(wanted is None or wanted & _values(unquote(given)) for wanted, given in pairs)


def _values(part: str) -> frozenset[str]:
    return frozenset(value.strip() for value in part.split(","))


FIRST_YEAR = 2000
"""From which year on series are shown: the year in which the Organized Crime Convention was opened for signature."""


def definite(
    patterns: Iterable[str], methods: Mapping[str, Method], codes: Sequence[str], on: date
) -> list[tuple[str, str, str]]:
    """Method, instruments and figure id of each figure that the patterns name, on a day.

    `codes` are the instruments whose actions are held, in the order of the register. A pattern that leaves the
    instrument or another text open names no definite figure.
    """
    found: dict[str, tuple[str, str, str]] = {}
    for pattern in map(FigurePattern.parse, patterns):
        for name in pattern.methods:
            if name in methods:
                for arguments in _arguments(methods[name], pattern, codes, on):
                    identifier = figure_id(name, arguments)
                    subject = str(arguments.get("instrument", arguments.get("instruments", "")))
                    found[identifier] = (name, subject, identifier)
    return list(found.values())


def _arguments(
    method: Method, pattern: FigurePattern, codes: Sequence[str], on: date
) -> Iterable[Mapping[str, Argument]]:
    """Every set of arguments of a method that a pattern names; none where an instrument is left open."""
    choices: list[list[Argument]] = []
    for index, (key, kind) in enumerate(method.parameters.items()):
        wanted = pattern.arguments[index] if index < len(pattern.arguments) else None
        named = [code for code in codes if wanted and code in wanted]
        if key == "instrument":
            choices.append(list(named))
        elif key == "instruments":
            choices.append([",".join(named)] if named else [])
        elif kind is str and wanted:
            choices.append(sorted(wanted))
        elif kind is date:
            choices.append([date(max(on.year - 1, 1), 12, 31) if key == "since" else on])
        else:
            choices.append([FIRST_YEAR] if kind is int else [])
    return [dict(zip(method.parameters, values, strict=True)) for values in product(*choices)]
