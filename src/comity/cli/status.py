"""`comity status`: treaties and their participants at a date."""

from typing import Annotated

import typer

from comity.cli.terminal.inputs import AsAt, On, OutputFormat, day, day_or_today
from comity.cli.terminal.printing import Format, print_json, print_records, tell
from comity.cli.terminal.readiness import make_ready


def status(
    instrument: Annotated[
        str | None, typer.Argument(help="Its code, as UNTOC. All instruments where left out.")
    ] = None,
    on: On = None,
    as_at: AsAt = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="Also list what changed since this date.")] = None,
    form: OutputFormat = Format.TABLE,
) -> None:
    """The status of a treaty at a date: signatories, parties, States, in force for, not yet party.

    Example: comity status UNTOC --on 2012-12-20 --format json
    """
    make_ready()
    from comity.instruments import store

    on_day, known = day_or_today(on, "--on"), day_or_today(as_at, "--as-at")
    from_day = None if since is None else day(since, "--since")
    if instrument is None:
        if from_day is not None:
            raise typer.BadParameter("name the instrument whose changes are asked for", param_hint="--since")
        print_records(store.summary(on_day, known), form)
        return
    found = store.status(instrument, on_day, known)
    record = found.as_json()
    if from_day is not None:
        record["changes"] = [change.as_json() for change in store.changes(instrument, from_day, on_day, known)]
    if form is Format.JSON:
        print_json(record)
        return
    counts = ["signatories", "parties", "states", "in_force_for"]
    rows = [{"instrument": record["instrument"], "on": record["on"], **{key: record[key] for key in counts}}]
    if form is Format.CSV:
        print_records(found.participants_json(), form)
        return
    print_records(rows, form)
    if record["complete_through"] is None:
        tell("No status data are held for this instrument.")
        return
    tell(f"The register is complete through {record['complete_through']}.")
    names = ", ".join(entry["name"] for entry in record["not_party"])
    tell(f"Member States not yet party ({len(record['not_party'])} of {record['members']}): {names}")
    for change in record.get("changes", ()):
        tell(f"{change['date']}  {change['name']}  {change['action']}")
