"""The rule that what computes knows nothing that stores or shows, as a contract that import-linter checks.

What carries is recognised by its name or its place, as `pyproject.toml` lists them; every other module of the house
computes. It may import no module that carries: since that holds of each, none reaches one by way of another.
"""

from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class Computing(Contract):  # type: ignore[misc]
    """Modules that compute import none that carries."""

    carriers = fields.SetField(subfield=fields.StringField())
    places = fields.SetField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Whether each module that computes keeps the rule, with the imports that break it."""
        house = {module for module in graph.modules if not graph.is_module_squashed(module)}
        carrying = {module for module in house if self._carries(module)}
        breaking = [
            (module, imported)
            for module in sorted(house - carrying)
            for imported in sorted(graph.find_modules_directly_imported_by(module) & carrying)
        ]
        return ContractCheck(kept=not breaking, metadata={"breaking": breaking})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Name each module that computes and what it imports."""
        broken: list[Any] = check.metadata["breaking"]
        for module, imported in broken:
            output.print_error(f"{module} computes, and imports {imported}, which stores or shows")

    def _carries(self, module: str) -> bool:
        _root, *inside = module.split(".")
        return not inside or inside[-1] in self.carriers or not self.places.isdisjoint(inside)
