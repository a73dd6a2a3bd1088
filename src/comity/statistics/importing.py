"""Statistical files as the importer that `comity import` knows: one file becomes one release."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from comity.areas.store import gazetteer
from comity.evidence.errors import BadInput, Fault
from comity.evidence.findings import Finding
from comity.evidence.importing import Plan, register_guess, register_importer, register_reference_table
from comity.evidence.models import Origin
from comity.evidence.store import Source, fingerprint, head, now
from comity.observations.impossible_values import leave_out_impossible, notice_shares_of_one
from comity.observations.layouts import Layout, layouts
from comity.observations.layouts.own import OwnTable
from comity.observations.observation import UNREPEATED, Observation
from comity.observations.reading import Reading
from comity.observations.rows.areas import AreaFinder, notice_other_days
from comity.observations.unrecognised_tables import seems_to_be
from comity.statistics import publishing, store
from comity.statistics.catalogue_facts import contents_of
from comity.statistics.dating import leave_out_later, publication
from comity.statistics.file_checks import check_content, check_populations, check_rows, check_subject
from comity.statistics.own_exports import ExportImporter
from comity.statistics.releases import extents, files, query, revisions
from comity.statistics.releases.before_publishing import EXAMPLES, contradiction
from comity.statistics.releases.extents import Rewritten
from comity.statistics.releases.files import Release
from comity.statistics.releases.holdings import Holdings
from comity.statistics.releases.query import Selection
from comity.statistics.releases.revisions import Revision, Revisions

TABLES = Path(__file__).parent / "tables"

SHIPPED: Sequence[str] = (
    "homicide-2013-study.csv",
    "homicide-2019-study.csv",
    "population.csv",
    "robbery.csv",
    "serious-assault.csv",
    "prisons.csv",
    "population-wpp-2017.csv",
    "homicide-supplement.csv",
)
"""In the order of loading: an earlier vintage of a data set before a later one. The last two are typed by hand, the
others written by `comity.tools.ship`.
"""


@dataclass
class ReleasePlan(Plan):
    """What importing a statistical file would do: the release it would become, and how that revises what speaks."""

    published: date = date.min
    dataset: str = ""
    revises: str = ""
    whole: bool = True
    replaces: bool = False
    corrects: str = ""
    """The release of these bytes whose date of publication, or whose extent, is corrected."""
    made: str = ""
    """The release that carrying the plan out made or corrected."""
    published_before: date = date.min
    """The date of publication that is corrected."""
    difference: Revisions = field(default_factory=Revisions)
    kept: dict[str, Any] = field(default_factory=dict)
    """What was recorded of the release once it was written: id, digest, publisher, title, and whether it is held."""

    @property
    def act(self) -> str:
        """A correction of a date or an extent is an act of its own."""
        if not self.corrects:
            return "import"
        return "redate" if any(finding.rule == "redated" for finding in self.findings) else "replace"

    @property
    def recorded(self) -> dict[str, Any]:
        """The date of publication, and of a correction the release as it was called before."""
        extent = {"whole": self.whole, "replaces": self.replaces}
        made = {"dataset": self.dataset, "published": self.published.isoformat(), **extent, **self.kept}
        if not self.corrects:
            return made
        was = {"published_before": self.published_before.isoformat()} if self.act == "redate" else {}
        return {**made, **was, "release": self.corrects}

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
        return self.steps is not None or bool(self.corrects)

    @property
    def failed_check(self) -> bool:
        """Whether it is a check that keeps the file out, and not that it cannot be read."""
        return bool(self.errors) and all(finding.rule == "contradicts-vintage" for finding in self.errors)

    def as_json(self) -> dict[str, Any]:
        """The plan with what it says of the release."""
        dated = self.steps or self.corrects
        return {
            **super().as_json(),
            "dataset": self.dataset,
            "published": self.published.isoformat() if dated else None,
            "revises": self.revises,
            "partial": not self.whole,
        }


class StatisticsImporter:
    """Reads statistical files in any of the layouts that are known."""

    heeds = frozenset({"subject", "replaces", "held", "published"})

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
        check_populations(reading, populations, subject)
        leave_out_impossible(reading, populations)
        notice_other_days(reading, gazetteer())
        notice_shares_of_one(reading)
        check_rows(reading)
        known = store.release_of(fingerprint(data))
        dated = publication(reading, source.published, date.max if ships else now().date())
        leave_out_later(reading, dated.day, none=known is not None)
        reading.number_anew()
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
        plan.dataset = reading.description.dataset
        if self.layout.name == OwnTable.name and reading.rejected:
            raise BadInput([finding.fault() for finding in reading.findings if finding.rejected])
        if known is not None:
            _plan_correction(plan, known, source, reading)
            return plan
        if faults := list(publishing.unkeepable_of(reading.description, source.file)):
            raise BadInput(faults)
        plan.steps = reading
        held = store.published_in_full()
        check_subject(reading, held)
        if self.layout.name == OwnTable.name and not ships:
            check_content(reading, held, replaces=plan.replaces)
        _compare(plan, held.before(plan.dataset, dated.day, shipped=ships))
        if not ships:
            _find_contradictions(plan, reading.observations, held)
            _find_later_parts(plan, held)
        return plan

    def apply(self, plan: Plan, origin: Origin) -> None:
        """Write and record the release, or the correction of its date."""
        if not isinstance(plan, ReleasePlan):
            raise TypeError(f"the plan of a release was expected, not {type(plan).__name__}")
        if plan.corrects:
            redated = plan.act == "redate"
            plan.made = called = (
                publishing.redate(plan.corrects, plan.published, "import") if redated else plan.corrects
            )
            if plan.replaces:
                publishing.say_it_replaces(called)
            plan.kept = publishing.recorded(called)
            return
        withhold = bool(plan.source and plan.source.extra.get("held"))
        plan.made = called = publishing.keep_release(
            plan.steps,
            plan.published,
            origin,
            whole=plan.whole,
            replaces=plan.replaces,
            withhold=withhold,
            actor="import",
        )
        plan.kept = publishing.recorded(called)

    def read_back(self, plan: ReleasePlan) -> Iterator[tuple[str, str]]:
        """Read the release as pages and notebooks do."""
        yield "", plan.made
        release = store.all_releases().release(plan.made)
        files.check_release(release)
        contents_of(release, gazetteer())
        release.read_findings()
        store.state(head())


def _plan_correction(plan: ReleasePlan, known: Release, source: Source, reading: Reading) -> None:
    """What importing bytes that are held already would do: nothing, but where a person says another date or extent.

    A correction is planned as the difference of what speaks before and after it, with the checks of an import. Raises
    BadInput where the bytes are held as another data set.
    """
    if known.dataset != plan.dataset:
        expected = _("a file of %(dataset)s; its very bytes are held already as %(release)s") % {
            "dataset": plan.dataset,
            "release": known.id,
        }
        raise BadInput(Fault(plan.file, "", known.id, expected))
    plan.unchanged = len(reading.observations)
    plan.findings = [finding for finding in plan.findings if not finding.rule.startswith(("dated", "undated"))]
    day = source.published if source.published is not None else known.published
    replaces = plan.replaces and not known.replaces
    plan.published, plan.whole, plan.replaces = known.published, known.whole, replaces
    if day == known.published and not replaces:
        return
    plan.published, plan.published_before, plan.corrects = day, known.published, known.id
    held = store.published_in_full()
    corrected = held.with_correction(known.id, published=day, replaces=known.replaces or replaces)
    judged = Holdings(tuple(extents.judged([one for one in corrected if one.dataset == known.dataset])))
    plan.whole = replaces or next((one.whole for one in judged if one.folder == known.folder), known.whole)
    spoke = [one for one in held.as_at(date.max) if one.dataset == known.dataset]
    found = revisions.between(spoke, judged.as_at(date.max).releases)
    difference = Revisions(
        added=sum(one.kind == "added" for one in found),
        unchanged=max(0, plan.unchanged - sum(one.kind != "removed" for one in found)),
        changes=tuple(one for one in found if one.kind == "changed"),
        removals=tuple(one for one in found if one.kind == "removed"),
    )
    _tell(plan, difference)
    if day != known.published:
        plan.findings.append(_redated(plan, known))
        others = Holdings(tuple(one for one in held if one.folder != known.folder))
        _find_contradictions(plan, reading.observations, others)


def _redated(plan: ReleasePlan, known: Release) -> Finding:
    before, after = known.published.isoformat(), plan.published.isoformat()
    said = {"release": known.id, "before": before, "after": after}
    message = _("%(release)s was taken as published on %(before)s; that is corrected to %(after)s") % said
    return Finding("redated", "note", plan.file, "", before, after, message)


def _compare(plan: ReleasePlan, before: Sequence[Release]) -> None:
    found = revisions.against(plan.steps.observations, before)
    plan.whole = plan.replaces or found.compared.is_whole(
        lambda: plan.steps.findings, [one.read_findings for one in before]
    )
    plan.findings += [_rewritten(plan, one) for one in found.compared.rewritten]
    if plan.whole:
        if blanked := [one for one in found.changes if one.blanks]:
            plan.findings.append(_blanked(plan, blanked, before))
    else:
        if found.compared.blanked:
            _leave_out_blanks(plan, before)
            found = revisions.against(plan.steps.observations, before)
        plan.findings.append(_part(plan, found, before))
        found = revisions.as_part(found, plan.steps.observations)
    _tell(plan, found)
    plan.revises = before[-1].id if before else ""


def _rewritten(plan: ReleasePlan, found: Rewritten) -> Finding:
    """Says that a word seems to be another writing of one that is held."""
    said = {"file": plan.file, **found._asdict()}
    message = _(
        "%(file)s lacks “%(before)s” in %(times)d keys, and has “%(after)s” there, which nothing held has: it is "
        "probably the same word in another writing"
    )
    return Finding("other-writing", "warning", plan.file, "", found.after, found.before, message % said)


def _blanked(plan: ReleasePlan, blanked: Sequence[Revision], before: Sequence[Release]) -> Finding:
    """Says that a whole vintage takes values back, in numbers and examples."""
    said = {
        "file": plan.file,
        "times": len(blanked),
        "dataset": before[-1].dataset,
        "examples": "; ".join(str(one) for one in blanked[:EXAMPLES]),
    }
    message = _(
        "%(file)s marks %(times)d values of “%(dataset)s” as missing that are held, and takes them back, such as "
        "%(examples)s"
    )
    expected = _("a value where one is held")
    return Finding("blanked", "warning", plan.file, "", str(len(blanked)), expected, message % said)


def _leave_out_blanks(plan: ReleasePlan, releases: Sequence[Release]) -> None:
    """Leave out of a part the missing values in place of values that are held: a part retires none.

    Raises BadInput where nothing is left.
    """
    reading = plan.steps
    standing = extents.keys_of(found.observation for found in query.select(releases, Selection()))
    own = extents.keys_of(reading.observations)
    blanked = {key for key, valued in own.items() if not valued and standing.get(key)}
    left_out = [one for one in reading.observations if one[: len(UNREPEATED)] in blanked]
    reading.observations = [one for one in reading.observations if one[: len(UNREPEATED)] not in blanked]
    reading.number_anew()
    before = len(reading.findings)
    expected = _("a value, as one is held; a part of a data set retires none, and --replaces says that it is the whole")
    for one in left_out:
        reading.reject("missing-in-part", one.place, one.text, expected)
    plan.findings += reading.findings[before:]
    plan.rejected = reading.rejected
    if not reading.observations:
        expected = _("at least one value; all %(rows)d of the file are missing, where values are held")
        raise BadInput(Fault(plan.file, left_out[0].place, left_out[0].text, expected % {"rows": len(left_out)}))


def _tell(plan: ReleasePlan, difference: Revisions) -> None:
    """Let a plan say a difference, in numbers and lines."""
    plan.difference = difference
    plan.unchanged = difference.unchanged
    plan.changes = [str(line) for line in difference.changes]
    plan.removed = [str(line) for line in difference.removals]


def _part(plan: ReleasePlan, found: Revisions, before: Sequence[Release]) -> Finding:
    """Says that a file is a part of its data set, in numbers and examples."""
    said = {
        "file": plan.file,
        "kept": found.compared.kept,
        "all": found.compared.keys,
        "dataset": before[-1].dataset,
        "others": "; ".join(str(one) for one in found.removals[:EXAMPLES]),
    }
    message = _(
        "%(file)s holds %(kept)d of the %(all)d keys of “%(dataset)s”: it becomes a partial release, which adds and "
        "revises and retires nothing; --replaces would retire the others, such as %(others)s"
    )
    expected = _("at least %(share)d per cent of the keys of the data set") % {"share": round(100 * extents.WHOLE_FROM)}
    return Finding("partial", "warning", plan.file, "", f"{said['kept']} / {said['all']}", expected, message % said)


def _find_contradictions(plan: ReleasePlan, observations: Sequence[Observation], releases: Holdings) -> None:
    """A file that says otherwise than a vintage of the same day in more than one value of ten is another table."""
    same_day = tuple(one for one in releases if one.dataset == plan.dataset and one.published == plan.published)
    if found := contradiction(observations, same_day):
        message = f"{plan.file}: {found}"
        value = f"{found.found.changed} / {found.shared}"
        plan.findings.append(Finding("contradicts-vintage", "error", plan.file, "", value, found.expected, message))


def _find_later_parts(plan: ReleasePlan, releases: Holdings) -> None:
    """Whole vintages published later may be parts, now that an earlier one with more keys has come."""
    coming = [one for one in releases if one.dataset == plan.dataset and one.published > plan.published]
    first = next((one for one in coming if one.whole), None)
    if first is None:
        return
    between = [one for one in releases.before(plan.dataset, first.published) if one.id != first.id]
    standing = extents.keys_of(plan.steps.observations)
    earlier: list[extents.Findings] = [lambda: plan.steps.findings]
    if not plan.whole or any(one.published > plan.published for one in between):
        _add(standing, _keys(between))
        earlier += [one.read_findings for one in between]
    for release in coming[coming.index(first) :]:
        own = _keys([release])
        if release.whole:
            compared = extents.compare(standing, own)
            if release.replaces or compared.is_whole(release.read_findings, earlier):
                return
            _find_later_part(plan, release, compared.kept, compared.keys)
        _add(standing, own)
        earlier.append(release.read_findings)


def _keys(releases: Sequence[Release]) -> dict[extents.Key, bool]:
    return extents.keys_of(found.observation for found in query.select(releases, Selection()))


def _add(standing: dict[extents.Key, bool], keys: extents.Keys) -> None:
    """Let keys of a part stand beside others: a missing value takes the place of none."""
    for key, valued in keys.items():
        standing[key] = standing.get(key, False) or valued


def _find_later_part(plan: ReleasePlan, release: Release, kept: int, standing: int) -> None:
    said = {"release": release.id, "kept": kept, "all": standing}
    message = _(
        "%(release)s, published later, holds %(kept)d of the %(all)d keys that now speak before it: from now on it is "
        "a partial release, and retires none of them"
    )
    expected = _("a later vintage with as many keys")
    value = f"{kept} / {standing}"
    plan.findings.append(Finding("later-part", "warning", plan.file, "", value, expected, message % said))


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
    register_guess(seems_to_be)
    for name in SHIPPED:
        register_reference_table(TABLES / name)
