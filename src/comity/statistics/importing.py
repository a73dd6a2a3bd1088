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
from comity.statistics import correspondence_store, extents, querying, revisions, store
from comity.statistics.dating import leave_out_later, publication
from comity.statistics.denominators import POPULATION
from comity.statistics.holdings import Holdings
from comity.statistics.layouts import layouts
from comity.statistics.magnitudes import leave_out_impossible
from comity.statistics.observation import Observation
from comity.statistics.plausible import Held, confirmed_by_held, contradicts_held
from comity.statistics.querying import Selection
from comity.statistics.reading import AreaFinder, Layout, Reading
from comity.statistics.releases import Release
from comity.statistics.returning import ExportImporter
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


EXPECTED = ("not-a-rate", "aggregate", "other-variant", "unknown-series")
"""Rules that leave whole columns or groups of rows out, which says nothing of whether the file was understood."""

MOST_CONTRADICTIONS = 0.1
"""Share of the values of a vintage of the same day beyond which a file is another table, and no correction of it."""
EXAMPLES = 5
_TELLING, _SAME = 20, 0.9
"""Of so many shared values or more, this share that is equal tells that two tables are of the same thing."""


@dataclass
class ReleasePlan(Plan):
    """What importing a statistical file would do: the release it would become, and how that revises what speaks."""

    published: date = date.min
    revises: str = ""
    whole: bool = True
    replaces: bool = False
    redates: str = ""
    """The release whose date of publication is corrected, where the file is held already."""
    difference: Revisions = field(default_factory=Revisions)

    @property
    def act(self) -> str:
        """A correction of a date is an act of its own."""
        return "redate" if self.redates else "import"

    @property
    def recorded(self) -> dict[str, Any]:
        """The date of publication, and of a correction the release as it was called before."""
        dated = {"published": self.published.isoformat()}
        return {**dated, "release": self.redates} if self.redates else {**dated, "whole": self.whole}

    @property
    def added(self) -> int:
        """Keys that do not speak before it."""
        return self.difference.added

    @property
    def changed(self) -> int:
        """Keys whose value or status is another than before it."""
        return self.difference.changed

    @property
    def gone(self) -> int:
        """Keys that speak before it and that it retires: none where it is a part."""
        return self.difference.removed

    @property
    def changes_anything(self) -> bool:
        """A file that was not read before makes a release, also where it states the same as the one before."""
        return self.steps is not None or bool(self.redates)

    @property
    def failed_check(self) -> bool:
        """Whether it is a check that keeps the file out, and not that it cannot be read."""
        return bool(self.errors) and all(finding.rule == "contradicts-vintage" for finding in self.errors)

    def as_json(self) -> dict[str, Any]:
        """The plan with what it says of the release."""
        dated = self.steps or self.redates
        return {
            **super().as_json(),
            "dataset": self.steps.description.dataset if self.steps else "",
            "published": self.published.isoformat() if dated else None,
            "revises": self.revises,
            "partial": not self.whole,
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
        """Read the file and compare it with what speaks before it."""
        subject = str(source.extra.get("subject", ""))
        reading = self.layout.read(source.file, data, AreaFinder(gazetteer()), subject)
        ships = source.kind == Origin.Kind.TABLE
        populations = store.total_populations()
        _check_populations(reading, populations, subject)
        leave_out_impossible(reading, populations)
        check_rows(reading)
        dated = publication(reading, source.published, date.max if ships else now().date())
        leave_out_later(reading, dated.day)
        described = _described(reading, source)
        plan = ReleasePlan(
            source.file,
            self.kind,
            rows=reading.rows,
            rejected=reading.rejected,
            findings=[*reading.findings, *dated.findings],
            tolerant=True,
            source=described,
            published=dated.day,
            replaces=bool(source.extra.get("replaces")),
        )
        known = store.release_of(fingerprint(data))
        if known is not None:
            _plan_redating(plan, known, source, len(reading.observations))
            return plan
        plan.steps = reading
        held = store.held()
        _check_subject(reading, held)
        _compare(plan, held.before(reading.description.dataset, dated.day, shipped=ships))
        if not ships:
            _find_contradictions(plan, held)
            _find_later_parts(plan, held)
        return plan

    def apply(self, plan: Plan, origin: Origin) -> None:
        """Write and record the release, or the correction of its date."""
        if not isinstance(plan, ReleasePlan):
            raise TypeError(f"the plan of a release was expected, not {type(plan).__name__}")
        if plan.redates:
            store.redate(plan.redates, plan.published, "import")
            return
        hold = bool(plan.source and plan.source.extra.get("held"))
        store.keep_release(
            plan.steps, plan.published, origin, whole=plan.whole, replaces=plan.replaces, hold=hold, actor="import"
        )


def _plan_redating(plan: ReleasePlan, known: Release, source: Source, observations: int) -> None:
    """A file that is held already changes nothing, but for its date of publication where a person says another."""
    plan.unchanged = observations
    plan.published, plan.whole = known.published, known.whole
    plan.findings = [finding for finding in plan.findings if not finding.rule.startswith(("dated", "undated"))]
    if source.published is None or source.published == known.published:
        return
    plan.published, plan.redates = source.published, known.id
    said = {"release": known.id, "before": known.published.isoformat(), "after": source.published.isoformat()}
    message = _("%(release)s was taken as published on %(before)s; that is corrected to %(after)s") % said
    plan.findings.append(
        Finding("redated", "note", plan.file, "", known.published.isoformat(), source.published.isoformat(), message)
    )


def _compare(plan: ReleasePlan, before: Sequence[Release]) -> None:
    found = revisions.against(plan.steps.observations, before)
    kept = found.unchanged + found.changed
    plan.whole = plan.replaces or extents.is_share_whole(kept, kept + found.removed)
    if not plan.whole:
        plan.findings.append(_part(plan, found, before))
        found = revisions.as_part(found, plan.steps.observations)
    plan.difference = found
    plan.unchanged = found.unchanged
    plan.revises = before[-1].id if before else ""
    plan.changes = [str(line) for line in found.changes]
    plan.removed = [str(line) for line in found.removals]


def _part(plan: ReleasePlan, found: Revisions, before: Sequence[Release]) -> Finding:
    """Says that a file is a part of its data set, in numbers and examples."""
    kept = found.unchanged + found.changed
    said = {
        "file": plan.file,
        "kept": kept,
        "all": kept + found.removed,
        "dataset": before[-1].dataset,
        "others": "; ".join(str(one) for one in found.removals[:EXAMPLES]),
    }
    message = _(
        "%(file)s holds %(kept)d of the %(all)d keys of “%(dataset)s”: it becomes a partial release, which adds and "
        "revises and retires nothing; --replaces would retire the others, such as %(others)s"
    )
    expected = _("at least %(share)d per cent of the keys of the data set") % {"share": round(100 * extents.WHOLE_FROM)}
    return Finding("partial", "warning", plan.file, "", f"{said['kept']} / {said['all']}", expected, message % said)


def _find_contradictions(plan: ReleasePlan, held: Holdings) -> None:
    """A file that says otherwise than a vintage of the same day in more than one value of ten is another table."""
    dataset = plan.steps.description.dataset
    same_day = tuple(one for one in held if one.dataset == dataset and one.published == plan.published)
    found = revisions.against(plan.steps.observations, same_day)
    shared = found.unchanged + found.changed
    if found.changed <= MOST_CONTRADICTIONS * shared:
        return
    said = {
        "file": plan.file,
        "changed": found.changed,
        "shared": shared,
        "release": same_day[-1].id,
        "examples": "; ".join(str(one) for one in found.changes[:EXAMPLES]),
    }
    message = _(
        "%(file)s contradicts %(release)s, published on the same day, in %(changed)d of %(shared)d values, such as "
        "%(examples)s; nothing is stored. If it was published on another day, say so by --published"
    )
    expected = _("at most one value in ten that differs from those of a vintage of the same day")
    value = f"{found.changed} / {shared}"
    plan.findings.append(Finding("contradicts-vintage", "error", plan.file, "", value, expected, message % said))


def _find_later_parts(plan: ReleasePlan, held: Holdings) -> None:
    """A vintage published later that was whole may be a part, now that an earlier one with more keys has come."""
    dataset = plan.steps.description.dataset
    later = [one for one in held if one.dataset == dataset and one.published > plan.published and one.whole]
    if not later or not plan.whole or plan.replaces:
        return
    found = revisions.against(plan.steps.observations, later[:1])
    kept = found.unchanged + found.changed
    if extents.is_share_whole(kept, kept + found.added):
        return
    said = {"release": later[0].id, "kept": kept, "all": kept + found.added}
    message = _(
        "%(release)s, published later, holds %(kept)d of the %(all)d keys of this file: from now on it is a partial "
        "release, and retires none of them"
    )
    expected = _("a later vintage with as many keys")
    plan.findings.append(
        Finding("later-part", "warning", plan.file, "", f"{kept} / {said['all']}", expected, message % said)
    )


def _check_populations(reading: Reading, held: Held, subject: str) -> None:
    """Refuse populations that are far from those held, and values of which nothing says that they are populations.

    Raises BadInput.
    """
    if faults := contradicts_held(reading.observations, held, file=reading.file):
        raise BadInput(faults)
    if reading.description.measure_stated or subject == POPULATION:
        return
    found = confirmed_by_held(reading.observations, held)
    if not found.confirms:
        said = _("%(agreeing)d of %(shared)d values that agree with the populations held") % found._asdict()
        expected = _("a heading that says what the values are, or --subject population if they are populations")
        raise BadInput(Fault(reading.file, "", said, expected))


def _check_subject(reading: Reading, held: Holdings) -> None:
    """Where a file's name alone says what it is about, its values must not be those of something else that is held.

    Raises BadInput.
    """
    if not any(finding.rule == "subject-by-name" for finding in reading.findings):
        return
    values = {_apart_from_subject(one): one.value for one in reading.observations}
    indicators = tuple({one.indicator for one in reading.observations})
    for release in held.as_at(date.max):
        if release.dataset == reading.description.dataset:
            continue
        found = (one.observation for one in querying.select([release], Selection(indicators=indicators)))
        shared = [(values[key], one.value) for one in found if (key := _apart_from_subject(one)) in values]
        equal = sum(one == other for one, other in shared)
        if len(shared) >= _TELLING and equal >= _SAME * len(shared):
            said = {"equal": equal, "shared": len(shared), "release": release.id}
            expected = _(
                "values of what the file's name says; %(equal)d of %(shared)d are those of %(release)s: "
                "say what it is by --subject"
            )
            raise BadInput(Fault(reading.file, "", reading.description.title, expected % said))


def _apart_from_subject(one: Observation) -> tuple[object, ...]:
    return one.area, one.indicator, one.age, one.unit, one.period


def check_rows(reading: Reading) -> None:
    """A file most of whose rows cannot be read is misunderstood, and not a file with mistakes. Raises BadInput."""
    if reading.rows == 0:
        raise BadInput(Fault(reading.file, "", "", _("at least one row of data below the headings")))
    faults = [finding for finding in reading.findings if finding.rejected and finding.rule not in EXPECTED]
    if len(faults) > len(reading.observations):
        raise BadInput([finding.fault() for finding in faults])
    if not reading.observations:
        raise BadInput([finding.fault() for finding in reading.findings if finding.rejected][:EXAMPLES])


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


def register() -> None:
    """Make the layouts known to `comity import`, and the tables that ship to `comity up`."""
    for layout in layouts():
        register_importer(StatisticsImporter(layout))
    register_importer(ExportImporter())
    correspondence_store.register()
    for name in SHIPPED:
        register_reference_table(TABLES / name)
