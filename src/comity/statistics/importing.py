"""Statistical files as the importer that `comity import` knows: one file becomes one release."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from comity.areas.store import gazetteer
from comity.evidence.errors import BadInput, Fault
from comity.evidence.importing import Finding, Plan, register_importer, register_reference_table
from comity.evidence.models import Origin
from comity.evidence.store import Source, fingerprint, now
from comity.statistics import correspondence_store, revisions, store
from comity.statistics.layouts import layouts
from comity.statistics.reading import AreaFinder, Layout, Reading
from comity.statistics.releases import Release
from comity.statistics.revisions import Revisions

TABLES = Path(__file__).parent / "tables"

SHIPPED: Sequence[str] = (
    "homicide-2013-study.csv",
    "homicide-2019-study.csv",
    "population.csv",
    "robbery.csv",
    "serious-assault.csv",
    "prisons.csv",
)
"""Written by `comity.statistics.ship`, in the order of loading: an earlier vintage of a data set before a later one."""


EXPECTED = ("not-a-rate", "aggregate")
"""Rules that leave whole columns or groups of rows out, which says nothing of whether the file was understood."""


@dataclass
class ReleasePlan(Plan):
    """What importing a statistical file would do: the release it would become, and how that revises the one before."""

    published: date = date.min
    revises: str = ""
    difference: Revisions = field(default_factory=Revisions)

    @property
    def added(self) -> int:
        """Keys that the release before does not have."""
        return self.difference.added

    @property
    def changed(self) -> int:
        """Keys whose value or status is another than in the release before."""
        return self.difference.changed

    @property
    def gone(self) -> int:
        """Keys of the release before that the file does not have."""
        return self.difference.removed

    @property
    def changes_anything(self) -> bool:
        """A file that was not read before makes a release, also where it states the same as the one before."""
        return self.steps is not None

    def as_json(self) -> dict[str, Any]:
        """The plan with what it says of the release."""
        return {
            **super().as_json(),
            "dataset": self.steps.description.dataset if self.steps else "",
            "published": self.published.isoformat() if self.steps else None,
            "revises": self.revises,
        }


class StatisticsImporter:
    """Reads statistical files in any of the layouts that are known."""

    def __init__(self, layout: Layout):
        self.layout = layout
        self.kind = f"statistics: {layout.name}"

    def recognises(self, name: str, data: bytes) -> bool:
        """Whether the file is of the layout."""
        return self.layout.recognises(name, data)

    def plan(self, data: bytes, source: Source) -> ReleasePlan:
        """Read the file and compare it with the release that it revises."""
        reading = self.layout.read(source.file, data, AreaFinder(gazetteer()), str(source.extra.get("subject", "")))
        _check_rows(reading)
        described = _described(reading, source)
        published = described.published or now().date()
        plan = ReleasePlan(
            source.file,
            self.kind,
            rows=reading.rows,
            rejected=reading.rejected,
            findings=[*reading.findings, *_dated_findings(reading, source, published)],
            tolerant=True,
            source=described,
            published=published,
        )
        if store.release_of(fingerprint(data)) is not None:
            plan.unchanged = len(reading.observations)
            return plan
        before = store.held().before(reading.description.dataset, published)
        plan.steps = reading
        _compare(plan, before)
        return plan

    def apply(self, plan: Plan, origin: Origin) -> None:
        """Write and record the release."""
        if not isinstance(plan, ReleasePlan):
            raise TypeError(f"the plan of a release was expected, not {type(plan).__name__}")
        hold = bool(plan.source and plan.source.extra.get("held"))
        store.keep_release(plan.steps, plan.published, origin, hold=hold, actor="import")


def _compare(plan: ReleasePlan, before: Release | None) -> None:
    plan.difference = revisions.against(plan.steps.observations, before)
    plan.unchanged = plan.difference.unchanged
    plan.revises = before.id if before else ""
    plan.changes = [str(line) for line in plan.difference.changes]
    plan.removed = [str(line) for line in plan.difference.removals]


def _check_rows(reading: Reading) -> None:
    """A file most of whose rows cannot be read is misunderstood, and not a file with mistakes."""
    if reading.rows == 0:
        raise BadInput(Fault(reading.file, "", "", _("at least one row of data below the headings")))
    faults = [finding for finding in reading.findings if finding.rejected and finding.rule not in EXPECTED]
    if len(faults) > len(reading.observations):
        raise BadInput([finding.fault() for finding in faults])


def _described(reading: Reading, source: Source) -> Source:
    """What is known of the file: what a person said of it first, then what the file says itself."""
    found = reading.description
    return replace(
        source,
        title=found.title if source.title in ("", source.file) else source.title,
        publisher=source.publisher or found.publisher,
        published=source.published or found.published,
        licence=source.licence or found.licence,
        note=source.note or found.note,
    )


def _dated_findings(reading: Reading, source: Source, published: date) -> list[Finding]:
    if source.published or reading.description.published:
        return []
    expected = _("a date of publication in the file, in its name (2019, 2019-07, 2019-07-08) or as --published")
    message = _("the file does not say when it was published; today, %s, is taken") % published.isoformat()
    return [Finding("undated", "warning", reading.file, "", reading.file, expected, message)]


def register() -> None:
    """Make the layouts known to `comity import`, and the tables that ship to `comity up`."""
    for layout in layouts():
        register_importer(StatisticsImporter(layout))
    correspondence_store.register()
    for name in SHIPPED:
        register_reference_table(TABLES / name)
