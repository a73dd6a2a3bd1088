"""How the room is built: no module leads back to itself, and a published layout is one module."""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import comity
from comity.observations.layouts import layouts

ROOMS = Path(comity.__file__).parent
MODULES = {
    "comity." + ".".join(path.relative_to(ROOMS).with_suffix("").parts).removesuffix(".__init__"): path
    for room in ("observations", "classifications")
    for path in (ROOMS / room).rglob("*.py")
    if "migrations" not in path.parts
}


def imports(path: Path) -> Iterator[str]:
    """The modules of the two rooms that a module imports, also those within its functions."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (name if (name := f"{node.module}.{one.name}") in MODULES else node.module for one in node.names)


def test_no_module_leads_back_to_itself() -> None:
    graph = {name: {*imports(path)} & MODULES.keys() for name, path in MODULES.items()}
    assert len([*TopologicalSorter(graph).static_order()]) == len(MODULES)


def test_a_module_of_layouts_is_one_published_layout() -> None:
    modules = [type(one).__module__ for one in layouts()]
    assert len({*modules}) == len(modules)
    assert {*modules} == {name for name in MODULES if name.startswith("comity.observations.layouts.")}
