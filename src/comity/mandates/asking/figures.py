"""Which figures a paragraph asks for: patterns of figure ids.

`parties,states.UNTOC,TIP.*` stands for every figure of the methods `parties` and `states` whose first argument names
UNTOC or TIP, alone or among others, whatever arguments follow.
"""

from dataclasses import dataclass
from urllib.parse import unquote

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
        """Whether a figure, or the figure whose cell is named, is one that the pattern asks for."""
        method, *arguments = figure_id.partition("#")[0].split(".")
        if method not in self.methods or len(arguments) < len(self.arguments):
            return False
        if len(arguments) > len(self.arguments) and not self.open_end:
            return False
        pairs = zip(self.arguments, arguments, strict=False)
        return all(wanted is None or wanted & _values(unquote(given)) for wanted, given in pairs)


def _values(part: str) -> frozenset[str]:
    return frozenset(value.strip() for value in part.split(","))
