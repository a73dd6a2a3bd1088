"""Mutants of a module: its source with one operator, number or word of a query changed, as a slip would change it."""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
_CALLED = {"min": "max", "max": "min", "all": "any", "any": "all", "minimum": "maximum", "maximum": "minimum"}
_ASKED = {" >= ": " > ", " <= ": " < ", " AND ": " OR ", " <> ": " = ", " - ": " + ", "sum(": "max("}
_QUERY = re.compile(r"SELECT|WHERE|HAVING|CASE WHEN| AND | IN \(|>=")

Change = tuple[str, Callable[[], object]]
"""What a mutation does, in words, and the doing."""


@dataclass(frozen=True)
class Mutant:
    """One slip in a module: the line it stands on, what it is, and the code with it."""

    line: int
    slip: str
    tree: ast.Module


def mutants(source: str) -> Iterator[Mutant]:
    """Every mutant of a module, in the order of its source."""
    for number in range(len(list(_changes(ast.parse(source))))):
        tree = ast.parse(source)
        line, (slip, change) = list(_changes(tree))[number]
        change()
        yield Mutant(line, slip, ast.fix_missing_locations(tree))


def _changes(tree: ast.Module) -> Iterator[tuple[int, Change]]:
    for node in _computing(tree):
        for change in _of_node(node):
            yield getattr(node, "lineno", 0), change


def _computing(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes that compute: not docstrings, annotations, decorators, imports or the words of messages."""
    yield node
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not isinstance(child, ast.Import | ast.ImportFrom | ast.Raise):
                yield from _computing(child)


def _of_node(node: ast.AST) -> Iterator[Change]:
    if isinstance(node, ast.Compare):
        for place, operator in enumerate(node.ops):
            if other := _COMPARED.get(type(operator)):
                yield _named(operator, other), partial(node.ops.__setitem__, place, other())
    elif isinstance(node, ast.BinOp | ast.AugAssign):
        if (changed := _COMPUTED.get(type(node.op))) and not _is_text(node):
            yield _named(node.op, changed), partial(setattr, node, "op", changed())
    elif isinstance(node, ast.BoolOp):
        swapped = ast.Or if isinstance(node.op, ast.And) else ast.And
        yield _named(node.op, swapped), partial(setattr, node, "op", swapped())
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield "minus left out", partial(setattr, node, "op", ast.UAdd())
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "not left out", partial(setattr, node, "operand", ast.UnaryOp(ast.Not(), node.operand))
    elif isinstance(node, ast.Constant):
        yield from _of_constant(node)
    elif isinstance(node, ast.Name | ast.Attribute):
        word = "id" if isinstance(node, ast.Name) else "attr"
        if called := _CALLED.get(getattr(node, word)):
            yield f"{getattr(node, word)} to {called}", partial(setattr, node, word, called)
    elif isinstance(node, ast.Break | ast.Continue):
        other_way = ast.Continue if isinstance(node, ast.Break) else ast.Break
        yield _named(node, other_way), partial(setattr, node, "__class__", other_way)


def _of_constant(node: ast.Constant) -> Iterator[Change]:
    value = node.value
    if isinstance(value, bool):
        yield f"{value} to {not value}", partial(setattr, node, "value", not value)
    elif isinstance(value, int | float):
        yield f"{value} to {value + 1}", partial(setattr, node, "value", value + 1)
    elif isinstance(value, str) and _QUERY.search(value):
        for word, other in _ASKED.items():
            if word in value:
                slip = f"first{word.rstrip()} of a query to{other.rstrip()}"
                yield slip, partial(setattr, node, "value", value.replace(word, other, 1))


def _is_text(node: ast.AST) -> bool:
    """Whether an operation is on text, as a message with its values."""
    return any(isinstance(one, ast.Constant) and isinstance(one.value, str) for one in ast.walk(node))


def _named(before: ast.AST, after: type[ast.AST]) -> str:
    return f"{type(before).__name__} to {after.__name__}"
