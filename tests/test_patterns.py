"""No expression of the package takes so long on a text made against it that a file could hold up its reader.

Each expression is tried on texts that repeat what it repeats: on whole files those that look at whole files, on a line
those that look at lines and cells, where none may be worse than quadratic. A try that takes a hundred times the
processor time that it can need is stopped and fails; how long it takes is asserted nowhere.
"""

import importlib
import pkgutil
import random
import re
import re._constants as constants
import re._parser as parser
import signal
from collections.abc import Iterable, Iterator
from types import FrameType, ModuleType
from typing import Any

import pytest

import comity
from comity.mandates.importing import recognising
from comity.mandates.reading.export import markup, other_languages

LINE, FILE = 1_500, 60_000
"""Letters of what is tried: a line, beyond which a quadratic expression is the budget's matter, and a whole file."""
STOPPED_AFTER = 3.0
LETTERS = " \n\t\raA1x,-.(')\"<>é/[_#=:;%*|{~年"
OF_WHOLE_FILES = (
    *(recognising._ENACTS, recognising._HEADED, recognising._NUMBERED, recognising._REGISTER_KEYS),
    *other_languages._SIGNS.values(),
    *(markup._EMPHASIZED, markup._HEADED),
)


class Stopped(Exception):
    """An expression that took more than it may."""


def modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(comity.__path__, "comity."):
        if not re.search(r"\.migrations|\.wsgi$|\.server$|__main__", found.name):
            yield importlib.import_module(found.name)


def within(value: Any) -> Iterator[re.Pattern[Any]]:
    """The expressions that a value is or holds."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        yield from within(list(value.values()))
    elif isinstance(value, list | tuple) and len(value) < 1_000:
        for one in value:
            yield from within(one)


def patterns() -> dict[str, re.Pattern[Any]]:
    """Every expression that a module of the package holds, each once, by a name."""
    found: dict[tuple[Any, int], tuple[str, re.Pattern[Any]]] = {}
    for module in modules():
        for name, value in vars(module).items():
            for one in within(value):
                found.setdefault((one.pattern, one.flags), (f"{module.__name__}.{name}", one))
    return {f"{name} {number}": one for number, (name, one) in enumerate(found.values())}


def letter_of(items: Iterable[tuple[Any, Any]], chosen: random.Random) -> str:
    """A letter that a class of characters takes in."""
    listed = parser.SubPattern(parser.State(), [(constants.IN, list(items))])
    matches = re._compiler.compile(listed).match  # type: ignore[attr-defined]
    fitting = [letter for letter in LETTERS if matches(letter)]
    literal = [chr(value) for kind, value in items if kind is constants.LITERAL]
    return chosen.choice(fitting or literal or ["0"])


def example(tree: Iterable[tuple[Any, Any]], chosen: random.Random) -> str:
    """A text that a parsed expression may match."""
    said = []
    for kind, value in tree:
        if kind is constants.LITERAL:
            said.append(chr(value))
        elif kind is constants.ANY:
            said.append(chosen.choice("a 1"))
        elif kind is constants.NOT_LITERAL:
            said.append("a" if value != ord("a") else "b")
        elif kind is constants.IN:
            said.append(letter_of(value, chosen))
        elif kind is constants.BRANCH:
            said.append(example(chosen.choice(value[1]), chosen))
        elif kind is constants.SUBPATTERN:
            said.append(example(value[3], chosen))
        elif kind is constants.ATOMIC_GROUP:
            said.append(example(value, chosen))
        elif kind in REPEATS:
            said += [example(value[2], chosen) for _time in range(min(value[0] or chosen.choice([0, 1]), 5))]
    return "".join(said)


REPEATS = (constants.MAX_REPEAT, constants.MIN_REPEAT, constants.POSSESSIVE_REPEAT)


def repeated(tree: Iterable[tuple[Any, Any]], chosen: random.Random, before: str = "") -> Iterator[tuple[str, str]]:
    """What an expression repeats without bound, each with a text that leads to it."""
    for kind, value in tree:
        if kind in REPEATS:
            if value[1] >= 100:
                yield from ((before, example(value[2], chosen)) for _time in range(2))
            yield from repeated(value[2], chosen, before)
        elif kind is constants.SUBPATTERN:
            yield from repeated(value[3], chosen, before)
        elif kind is constants.ATOMIC_GROUP:
            yield from repeated(value, chosen, before)
        elif kind is constants.BRANCH:
            for branch in value[1]:
                yield from repeated(branch, chosen, before)
        elif kind in (constants.ASSERT, constants.ASSERT_NOT):
            yield from repeated(value[1], chosen, before)
        before += example([(kind, value)], chosen)


def texts_against(pattern: re.Pattern[Any], length: int) -> list[Any]:
    chosen = random.Random(1)  # noqa: S311 - the same texts each time, and no secret
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    tree = parser.parse(source, pattern.flags & ~(0 if isinstance(pattern.pattern, str) else re.UNICODE))
    found = [(before, pump) for before, pump in repeated(tree, chosen) if pump]
    found += [("", example(tree, chosen)) for _time in range(2)] + [("", letter) for letter in (" ", "\n", "\r")]
    texts = {
        start + pump * (length // len(pump)) + end
        for before, pump in found
        if pump
        for start in ("", before)
        for end in ("", "\x01", "!\n")
    }
    kept = sorted(texts)[:40]
    return kept if isinstance(pattern.pattern, str) else [text.encode() for text in kept]


@pytest.fixture(scope="module")
def stopwatch() -> Iterator[None]:
    def stop(_number: int, _frame: FrameType | None) -> None:
        raise Stopped

    before = signal.signal(signal.SIGVTALRM, stop)
    yield
    signal.signal(signal.SIGVTALRM, before)


def try_on(name: str, pattern: re.Pattern[Any], length: int) -> None:
    for text in texts_against(pattern, length):
        signal.setitimer(signal.ITIMER_VIRTUAL, STOPPED_AFTER)
        try:
            pattern.fullmatch(text)
            pattern.search(text)
        except Stopped:
            pytest.fail(f"{name}: {pattern.pattern!r} takes too long on {text[:60]!r}… of {length} letters")
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)


@pytest.mark.usefixtures("stopwatch")
def test_no_expression_is_worse_than_quadratic_on_a_line() -> None:
    for name, pattern in patterns().items():
        try_on(name, pattern, LINE)


@pytest.mark.usefixtures("stopwatch")
@pytest.mark.parametrize("pattern", OF_WHOLE_FILES, ids=lambda pattern: pattern.pattern[:40])
def test_expressions_that_look_at_whole_files_go_over_them_once(pattern: re.Pattern[str]) -> None:
    try_on("", pattern, FILE)


@pytest.mark.usefixtures("stopwatch")
def test_an_expression_that_goes_back_too_often_is_found() -> None:
    with pytest.raises(pytest.fail.Exception, match="takes too long"):
        try_on("headers", re.compile(r"(?:[\w-]+:[^\n]*\r?\n)*?MIME-Version:"), LINE)
