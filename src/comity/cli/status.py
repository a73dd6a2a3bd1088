"""`comity status`: treaties and their participants at a date."""

from typing import Annotated, Any

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

    Without a date it answers for the day through which the register of that treaty is complete.

    Example: comity status UNTOC --on 2012-12-20 --format json
    """
    make_ready()
    from comity.instruments import store

    on_day = None if on is None else day(on, "--on")
    known = day_or_today(as_at, "--as-at")
    from_day = None if since is None else day(since, "--since")
    if instrument is None:
        if from_day is not None:
            raise typer.BadParameter("name the instrument whose changes are asked for", param_hint="--since")
        print_records(store.summary(on_day, known), form)
        return
    found = store.status(instrument, on_day, known)
    record = found.as_json()
    if from_day is not None:
        changes = store.changes(found.instrument.code, from_day, found.on, known)
        record["changes"] = [change.as_json() for change in changes]
    if form is Format.JSON:
        print_json(record)
        return
    if form is Format.CSV:
        print_records(found.participants_json(), form)
        return
    counts = {name: _range(record[name], record[f"{name}_at_most"], record["status_data"]) for name in _COUNTS}
    print_records([{"instrument": record["instrument"], "on": record["on"], **counts}], form)
    _tell(record)


_COUNTS = ("signatories", "parties", "states", "in_force_for")


def _range(surely: int | None, at_most: int | None, held: str) -> str:
    """A count, or from how many that surely are to how many there are at most; "not known" where none is."""
    if surely is None:
        return "not known"
    if held == "part":
        return f"at least {surely}"
    return str(surely) if at_most in (None, surely) else f"{surely} to {at_most}"


def _tell(record: dict[str, Any]) -> None:
    """Say in words what the counts rest on, and who is not party."""
    if record["status_data"] == "none":
        tell("No status data are held for this instrument.")
        return
    if record["status_data"] == "part":
        tell("Only a part of the actions on this instrument is held; the register does not say through when they are "
             "complete.")  # fmt: skip
        return
    tell(f"The register is complete through {record['complete_through']}.")
    if record["later_actions_may_be_missing"]:
        tell(f"On {record['on']}: held through {record['complete_through']}, later actions may be missing.")
    if record["difference"]:
        tell(record["difference"])
    possibly = {entry["area"]: entry for entry in record["possibly_party"]}
    names = ", ".join(_named(entry, possibly.get(entry["area"])) for entry in record["not_party"])
    tell(f"Member States not yet party ({len(record['not_party'])} of {record['members']}): {names}")
    for change in record.get("changes", ()):
        when = change["date"] or f"{change['not_before']} to {change['not_after'] or 'a day not known'}"
        tell(f"{when}  {change['name']}  {change['action']}{_doubt(change)}")


def _named(entry: dict[str, Any], possible: dict[str, Any] | None) -> str:
    """A State by name; one that is possibly party with the window of its deposit."""
    if possible is None:
        return str(entry["name"])
    ends = f"and {possible['not_after']}" if possible["not_after"] else "and a day not known"
    return f"{entry['name']} (possibly party: deposit between {possible['not_before']} {ends}{_doubt(possible)})"


def _doubt(entry: dict[str, Any]) -> str:
    """What to say behind an act of which the source is not sure, or that no source states."""
    if entry.get("confidence") == "low":
        return ", low confidence"
    return ", inferred" if entry.get("basis") == "inferred" else ""
