"""`comity quality`: what the rules of quality find."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from comity.cli.terminal.inputs import AsAt, Confidential, OutputFormat, day_or_today
from comity.cli.terminal.printing import LISTED_ELSEWHERE, Format, for_audience, print_first, print_records
from comity.cli.terminal.readiness import make_ready

if TYPE_CHECKING:
    from comity.statistics.quality import SeriesFindings


def quality(
    dataset: Annotated[str | None, typer.Argument(help="Code of a data set. All where left out.")] = None,
    area: Annotated[str | None, typer.Option("--area", metavar="A", help="M49, ISO code or name of an area.")] = None,
    indicator: Annotated[str | None, typer.Option("--indicator", metavar="I", help="Code of an indicator.")] = None,
    rule: Annotated[
        list[str] | None, typer.Option("--rule", metavar="R", help="Code of a rule; several may be.")
    ] = None,
    grouped: Annotated[
        bool, typer.Option("--grouped", help="One record for each indicator of a State, with its findings.")
    ] = False,
    as_at: AsAt = None,
    confidential: Confidential = False,
    form: OutputFormat = Format.TABLE,
) -> None:
    """What the rules of quality find in the releases known at a day, and what was found when their files were read.

    What is most worth a question stands first; a table tells each indicator of a State once.

    Example: comity quality homicide --area BRA --format json
    """
    make_ready()
    from comity.areas.store import gazetteer
    from comity.statistics import quality as rules
    from comity.statistics import store
    from comity.statistics.releases import question

    known = day_or_today(as_at, "--as-at")
    names = gazetteer(known)
    # Findings compare data sets with one another and with what they revise, so all that was known is judged.
    releases = store.published().vintages(known).judged(known)
    if dataset is not None:
        store.published().of(dataset)
    wanted = question.Wanted(areas=[area] if area else (), indicators=[indicator] if indicator else ())
    asked = question.selection(releases, names, wanted)
    of_area = next(iter(asked.areas), None)
    judging = None if rule is None else [code for code in rule if code in rules.all_rules()]
    found = rules.findings(releases, names, dataset=dataset, area=of_area, indicator=indicator, rules=judging)
    speaking = store.known_on(known).speaking
    found += rules.found_at_reading(
        speaking, names, store.row_at, dataset=dataset, area=of_area, indicator=indicator, rules=rule
    )
    if rule is not None and not found:
        for code in rule:
            rules.explain(code)
    entries = rules.grouped(found, store.total_populations())
    if form is Format.TABLE:
        print_first([_line(entry) for entry in entries], LISTED_ELSEWHERE)
    elif grouped:
        print_records(for_audience([entry.as_json() for entry in entries]), form)
    else:
        print_records(for_audience([one.as_json() for one in rules.in_order_of_use(entries)]), form)


def _line(entry: SeriesFindings) -> str:
    """An entry in a line: its severity, of what it is, how many findings it has, and the first of them."""
    of = ", ".join(part for part in (entry.name, entry.indicator, entry.dataset) if part)
    first = entry.findings[0].finding
    more = f" (and {len(entry.findings) - 1:,} more)" if len(entry.findings) > 1 else ""
    return f"{entry.severity}: {of}: {first.message}{more}"
