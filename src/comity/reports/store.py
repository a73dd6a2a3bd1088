"""What reports ask of the stores: origins by hash, names of codes, paragraphs of a resolution, the register's ends."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from comity.evidence.errors import UnknownName, WorkspaceError
from comity.evidence.models import AuditEvent, Origin
from comity.evidence.store import now, public_origin, record_event
from comity.evidence.workspaces import workspace
from comity.evidence.workspaces.acts import one_act
from comity.reports.composing.naming import Names

ACT = "report"
"""What building one is called in the audit chain. It changes nothing that a report speaks of."""


def record(actor: str, built: Mapping[str, Any], folder: str) -> None:
    """Record the digests of the files of a report in a folder of the workspace, or elsewhere where that is blank.

    The very same is not recorded twice in the same place, unless another was built there in between: what stands in a
    folder of the workspace is what the last event of that folder says.
    """
    with one_act():
        events = AuditEvent.objects.filter(act=ACT, subject__folder=folder)
        last = events.order_by("-number").values_list("subject", flat=True).first() if folder else None
        is_held = last["files"] == built["files"] if last else events.filter(subject__files=built["files"]).exists()
        if not is_held:
            record_event(actor, ACT, {**built, "folder": folder}, at=now())


def shown_files() -> list[Path]:
    """The files of the report that pages show; it says with its others when it was built."""
    return [workspace.home() / "reports" / "latest" / "report.json"]


def origin(sha256: str) -> Origin:
    """The description of an origin. Raises WorkspaceError where it is not held."""
    try:
        return public_origin(sha256)
    except UnknownName:
        raise WorkspaceError(f"the origin {sha256} is not held") from None


def names(language: str, on: date, as_at: date) -> Names:
    """What areas and instruments are called in a language on a day."""
    from comity.analysis.emerging_issues.declared import emerging_issues
    from comity.analysis.indicators.declared import indicator_title
    from comity.areas.names.alphabetical_order import sort_key
    from comity.areas.store import gazetteer
    from comity.instruments.labels import short_title
    from comity.instruments.store import register
    from comity.statistics import store as statistics
    from comity.statistics.labels import iccs_label

    known = gazetteer(as_at)
    areas = {code: known.label(code, language, on) for code in known.areas}
    titles = {code: short_title(fact.value) for code, fact in register(as_at).instruments.items()}
    datasets = {release.dataset: release.title for release in statistics.known_on(as_at).speaking}
    issues = {issue.issue: issue.title for issue in emerging_issues()}
    return Names(
        areas,
        titles,
        lambda name: sort_key(name, language),
        datasets,
        issues,
        lambda code: indicator_title(code, language),
        iccs_label,
    )


def paragraphs(symbol: str, as_at: date) -> list[Any]:
    """The operative paragraphs of a resolution in our own words."""
    from comity.mandates import store as mandates

    return [paragraph for paragraph in mandates.paragraphs(symbol, as_at) if paragraph.kind == "operative"]


def departures(symbol: str, as_at: date) -> list[Any]:
    """Where what is held of a resolution's paragraphs departs from their origins."""
    from comity.mandates import own_checks

    return list(own_checks.departures(symbol, as_at))


def complete_through(as_at: date) -> dict[str, date | None]:
    """The day through which the register is complete for each of its treaties; None where it does not say so."""
    from comity.instruments.store import register

    held = register(as_at)
    return {code: held.complete_through(code) for code in held.instruments}
