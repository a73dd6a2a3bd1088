"""The files of the room import each other in one direction, within functions and for types too."""

import ast
from graphlib import TopologicalSorter
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src"
FILES = {
    ".".join(path.relative_to(SOURCE).with_suffix("").parts): path
    for path in (SOURCE / "comity" / "evidence").rglob("*.py")
    if path.name != "__init__.py" and "migrations" not in path.parts
}


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names & FILES.keys()


def test_no_file_of_the_room_is_in_an_import_circle() -> None:
    order = list(TopologicalSorter({name: imported(path) for name, path in FILES.items()}).static_order())
    assert set(order) == FILES.keys()
