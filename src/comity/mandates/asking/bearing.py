"""The figures that a paragraph asks for, made definite: patterns with a day in the place of what they leave open."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import product

from comity.evidence.figures import Argument, Method, figure_id
from comity.mandates.asking.figures import FigurePattern

FIRST_YEAR = 2000
"""From which year on series are shown: the year in which the Organized Crime Convention was opened for signature."""


def definite(
    patterns: Iterable[str], methods: Mapping[str, Method], codes: Sequence[str], on: date
) -> list[tuple[str, str, str]]:
    """Method, instruments and figure id of each figure that the patterns name, on a day.

    `codes` are the instruments whose actions are held, in the order of the register. A pattern that leaves the
    instrument open names no definite figure.
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
        elif kind is date:
            choices.append([date(max(on.year - 1, 1), 12, 31) if key == "since" else on])
        else:
            choices.append([FIRST_YEAR] if kind is int else [])
    return [dict(zip(method.parameters, values, strict=True)) for values in product(*choices)]
