"""Writes the parts of `docs/` that say what is registered or declared: `python -m comity.tools.documents`.

A part stands between two marks, `<!-- NAME: … -->` and `<!-- end of NAME -->`, and is made anew from the registry of
methods or from a table of declarations, so that no text repeats by hand what stands there. A test runs it and finds
every part as it is written.
"""

import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import comity

DOCUMENTS = Path(comity.__file__).parents[2] / "docs"


def methods_of_figures() -> str:
    """Every registered method: name, version, label, what its docstring says first, and unit."""
    from comity.evidence.figures import methods

    rows = [
        (f"`{of.name}`, version {of.version}", of.label, of.docstring.split("\n\n")[0], of.unit)
        for of in methods().values()
    ]
    return _table(("method", "label", "what it gives", "unit"), rows)


def methods_of_estimation() -> str:
    """Every declared method of estimation: the numbers of its rules, its state of knowledge and its source."""
    from comity.analysis.estimates.methods import declared

    numbers = (
        *("interpolate_within", "carry_within", "halved_by", "known_within"),
        *("least_share", "flagged_below", "least_reporting"),
    )
    rows = [
        (
            f"`{rules.name}`",
            *(f"{getattr(rules, name):g}" if rules.follows(name) else "" for name in numbers),
            rules.as_at.isoformat() if rules.as_at else "",
            rules.source,
        )
        for rules in declared().methods.values()
    ]
    return _table(("method", *(f"`{name}`" for name in (*numbers, "as_at")), "source"), rows)


def indicators() -> str:
    """Every declared indicator: code, title, kind of formula, unit, method, source, and what it awaits."""
    from comity.analysis.indicators.declared import declared

    rows = [
        (f"`{code}`", of.title(), of.kind, of.unit, of.method, of.source, of.awaits)
        for code, of in declared().indicators.items()
    ]
    return _table(("indicator", "title", "kind", "unit", "method", "source", "awaits"), rows)


PARTS: Mapping[str, tuple[str, Callable[[], str]]] = {
    "methods of figures": ("methods.md", methods_of_figures),
    "methods of estimation": ("estimates.md", methods_of_estimation),
    "indicators": ("indicators.md", indicators),
}
"""The parts by their marks: in which document each stands, and what writes it."""


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join(
        "| " + " | ".join(" ".join(cell.replace("|", "\\|").split()) for cell in row) + " |" for row in lines
    )


def written(name: str, text: str) -> str:
    """A document with a part made anew; raises ValueError where the part's marks do not stand in it once."""
    marks = re.compile(rf"(<!-- {name}:[^>]*-->\n)(.*?)(<!-- end of {name} -->)", re.DOTALL)
    if len(marks.findall(text)) != 1:
        raise ValueError(f"no part “{name}”, or several")
    part = PARTS[name][1]()
    return marks.sub(lambda match: f"{match[1]}{part}\n{match[3]}", text)


def main() -> None:
    """Write every part into its document."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comity.site.settings")
    import django

    django.setup()
    for name, (document, _make) in PARTS.items():
        path = DOCUMENTS / document
        path.write_text(written(name, path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
