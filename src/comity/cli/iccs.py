"""`comity iccs`: the classification of crime, and proposals of its categories for titles of offences."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from comity.cli.terminal.inputs import OutputFormat, read_file
from comity.cli.terminal.printing import Format, print_json, print_records
from comity.cli.terminal.readiness import load_rooms

iccs = typer.Typer(no_args_is_help=True, help="The International Classification of Crime for Statistical Purposes.")


@iccs.command("show")
def iccs_show(
    code: Annotated[str, typer.Argument(metavar="CODE", help="As 0101.")], form: OutputFormat = Format.TABLE
) -> None:
    """A category of the classification with what stands above and below it.

    Example: comity iccs show 0101
    """
    load_rooms()
    from comity.classifications.iccs import load

    classification = load()
    found = classification.category(code)
    related = [
        *(("above", one) for one in reversed(classification.ancestors(code))),
        ("this", found),
        *(("below", one) for one in classification.children(code)),
    ]
    records = [
        {"where": where, "code": one.code, "level": one.level, "title": one.title("en"), "title_es": one.title_es}
        for where, one in related
    ]
    if form is not Format.JSON:
        print_records(records, form)
        return
    by_place = {where: [one["code"] for one in records if one["where"] == where] for where in ("above", "below")}
    print_json({**asdict(found), **by_place})


@iccs.command("propose")
def iccs_propose(
    titles: Annotated[list[str] | None, typer.Argument(metavar="TITLE…", help="Titles of offences.")] = None,
    file: Annotated[Path | None, typer.Option("--file", metavar="CSV", help="A table with a column of titles.")] = None,
    form: OutputFormat = Format.TABLE,
) -> None:
    """Categories that titles of national offences speak for, best first, each with its reason; a person decides.

    Example: comity iccs propose "Hurto simple" "Homicidio" --format json
    """
    load_rooms()
    from comity.classifications.proposing import propose as proposing
    from comity.evidence.files import budget

    def propose() -> tuple[list[str], list[list[proposing.Proposal]]]:
        asked = [*(titles or ()), *(proposing.read_titles(read_file(file), file.name) if file else ())]
        return asked, proposing.propose(asked)

    asked, proposed = budget.within(file.name, propose) if file else propose()
    if not asked:
        raise typer.BadParameter("give titles, or a file that holds them", param_hint="TITLE…")
    if form is Format.JSON:
        print_json(proposing.as_dicts(asked, proposed))
        return
    lines = [
        {"title": title, "code": one.code, "score": round(one.score, 3), "reason": one.reason}
        for title, found in zip(asked, proposed, strict=True)
        for one in found
    ]
    print_records(lines, form, columns=("title", "code", "score", "reason"))
