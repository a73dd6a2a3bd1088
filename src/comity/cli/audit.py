"""`comity audit`: what is stored, checked against the audit chain."""

from __future__ import annotations

import typer

from comity.cli.terminal.inputs import OutputFormat
from comity.cli.terminal.printing import Format, print_json, print_records, say, tell
from comity.cli.terminal.readiness import load_rooms

audit = typer.Typer(no_args_is_help=True, help="The audit chain.")
FAULT_COLUMNS = ("kind", "where", "what", "event", "severity")


@audit.command("verify")
def audit_verify(form: OutputFormat = Format.TABLE) -> None:
    """Check all that is stored against the audit chain, and name everything that is not as the chain says.

    That is: events, their signatures and order, anchors and key; every row of the registers and of the releases; the
    bytes of every origin, the files of every release and report. Nothing is written, so a read-only copy will do.

    Example: comity audit verify
    """
    load_rooms()
    from comity.evidence import store
    from comity.evidence.chain import audit
    from comity.evidence.chain.discrepancies import ERROR
    from comity.evidence.workspaces import binding
    from comity.site import setup

    if not setup.has_database() or not store.has_events():
        setup.require(any_version=True)
    binding.check_own()
    found = audit.verify()
    number, value = found.head
    if form is Format.JSON:
        faults = [fault.as_json() for fault in found.discrepancies]
        print_json({"events": number, "head": value, "key": found.chain.key, "holds": found.holds, "faults": faults})
    elif form is Format.CSV:
        print_records([fault.as_json() for fault in found.discrepancies], form, columns=FAULT_COLUMNS)
    else:
        for fault in found.discrepancies:
            say(str(fault) if fault.severity == ERROR else f"{fault} (warning)")
        tell(f"{number} events, head {value}, key {found.chain.key}")
    if not found.holds and not setup.is_ready():
        say(setup.of_another_version())
    if not found.holds:
        say(f"{sum(fault.severity == ERROR for fault in found.discrepancies)} faults")
        raise typer.Exit(1)
