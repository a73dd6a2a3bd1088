"""The mutants by which the tests of rules are checked: each is the module with one slip."""

import ast

import pytest

from mutations.mutants import mutants


def slips(source: str) -> list[tuple[int, str]]:
    return [(mutant.line, ast.unparse(mutant.tree)) for mutant in mutants(source)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a < b", ["a <= b"]),
        ("a in b is c", ["a not in b is c", "a in b is not c"]),
        ("a + b * c", ["a - b * c", "a + b / c"]),
        ("a and b or c", ["(a and b) and c", "(a or b) or c"]),
        ("not a", ["not not a"]),
        ("-a", ["+a"]),
        ("min(a, 1)", ["max(a, 1)", "min(a, 2)"]),
        ("f(True)", ["f(False)"]),
        ("q = 'WHERE a >= 1 AND b'", ["q = 'WHERE a > 1 AND b'", "q = 'WHERE a >= 1 OR b'"]),
        ("'said and done'", []),
        ("'%s, ' + a", []),
        ("def f(a: int | None) -> int | None:\n    'A - B'", []),
        ("@method(version=1)\ndef f(): pass", []),
        ("raise KeyError(a + b)", []),
    ],
)
def test_a_mutant_differs_by_one_slip(source: str, expected: list[str]) -> None:
    assert {text for _line, text in slips(source)} == {ast.unparse(ast.parse(one)) for one in expected}


def test_a_mutant_names_the_line_of_its_slip() -> None:
    assert [line for line, _text in slips("a = 1\nb = (c +\n 2)\n")] == [1, 2, 3]
