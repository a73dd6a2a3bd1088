"""`comity figure`: a figure with its method, arguments and sources."""

from __future__ import annotations

from typing import Annotated

import typer

from comity.cli.terminal.inputs import AsAt, Confidential, OutputFormat, day_or_today
from comity.cli.terminal.printing import Format, print_json, print_records, print_table, shown, tell, tell_text
from comity.cli.terminal.readiness import make_ready


def figure(
    identifier: Annotated[str, typer.Argument(metavar="ID")],
    as_at: AsAt = None,
    confidential: Confidential = False,
    form: OutputFormat = Format.TABLE,
) -> None:
    """A figure with its method, arguments, and each input's origin and place.

    Example: comity figure parties.UNTOC.2012-12-20
    """
    make_ready()
    from comity.evidence.figures import figure as recompute
    from comity.evidence.figures import methods

    found = recompute(identifier, as_at=day_or_today(as_at, "--as-at"))
    record = {**found.as_json(), **({"audience": found.audience} if confidential else {})}
    if form is Format.JSON:
        print_json(record)
        return
    if form is Format.CSV:
        print_records(record["inputs"], form)
        return
    value, method = record["value"], methods()[found.method]
    tell(f"{record['id']} = {value if not isinstance(value, dict) else 'a table, below'} ({method.unit_in_words})")
    if confidential:
        tell(f"audience: {record['audience']}")
    tell(f"asked for by: {', '.join(record['asked_by']) or 'no paragraph'}")
    tell(f"method {record['method']} ({method.heading}), version {record['version']}:")
    tell_text(f"{record['docstring']}\n")
    if isinstance(value, dict):
        print_table(["row", *value["columns"]], ([key, *map(shown, cells)] for key, cells in value["rows"].items()))
    tell(f"{len(record['inputs'])} inputs, digest {record['digest'][:16]}…")
    print_records(record["inputs"], form, columns=["value", "label", "file", "place", "known_from"])
