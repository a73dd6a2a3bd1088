"""One way in for every file: recognise, plan, say what would change, then store whole or not at all.

A room that reads a kind of file registers an importer in its `AppConfig.ready`. A plan is a value: the dry run prints
it, and the import carries out that very plan, so that the two cannot differ.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

from django.db import transaction
from django.utils.translation import gettext as _

from comity.evidence.dates import read_day
from comity.evidence.errors import BadInput, Fault, WorkspaceError
from comity.evidence.files import budget
from comity.evidence.files.control_characters import is_unicode
from comity.evidence.files.declarations import Declaration, read_declarations
from comity.evidence.files.refused_formats import other_format
from comity.evidence.files.texts import lines_of, start_of
from comity.evidence.findings import Finding
from comity.evidence.models import AuditEvent, Origin
from comity.evidence.store import Source, fingerprint, head, keep_origin, now, record_event
from comity.evidence.workbooks.opened_once import open_workbook
from comity.evidence.workbooks.workbook import is_workbook
from comity.evidence.workspaces import binding, workspace
from comity.evidence.workspaces.acts import one_act
from comity.evidence.workspaces.keepable import unkeepable


@dataclass
class Plan:
    """What importing a file would do: `adds`, `changes`, `removed` are lines for a person, `steps` what applying needs.

    A plan that holds counts and not a line for each record is a subclass that gives the counts itself.
    """

    file: str
    kind: str
    rows: int = 0
    rejected: int = 0
    unchanged: int = 0
    adds: list[str] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    steps: Any = None
    tolerant: bool = False
    """Rows with errors are left out and the rest is taken: files published by others."""
    stores: bool = True
    """Whether carrying it out keeps the file; one that states nothing of its own is only looked at."""
    source: Source | None = None
    """The file's source with what the importer itself learned of it: publisher, date of publication, title."""
    given: Source | None = None
    """The file's source as a person gave it, before the importer filled it up."""
    head: tuple[int, str] | None = None
    """The head of the audit chain when the plan was made: what it was compared with."""

    def __getstate__(self) -> dict[str, Any]:
        """What goes to another process is what the plan says; what applying needs stays, and of it only if it is."""
        return {**vars(self), "steps": None if self.steps is None else True}

    @property
    def errors(self) -> list[Finding]:
        """The findings that keep the file out: errors, except in rows that a tolerant plan leaves out."""
        return [
            finding
            for finding in self.findings
            if finding.severity == "error" and not (self.tolerant and finding.rejected)
        ]

    @property
    def failed_check(self) -> bool:
        """Whether it is a check that keeps the file out, and not that it cannot be read."""
        return False

    @property
    def act(self) -> str:
        """What carrying it out is called in the audit chain."""
        return "import"

    @property
    def recorded(self) -> dict[str, Any]:
        """What the audit chain keeps of it, beside file, kind and counts."""
        return {}

    @property
    def added(self) -> int:
        """How many records the file adds."""
        return len(self.adds)

    @property
    def changed(self) -> int:
        """How many records the file replaces by others."""
        return len(self.changes)

    @property
    def gone(self) -> int:
        """How many records the file closes without others in their place."""
        return len(self.removed)

    @property
    def changes_anything(self) -> bool:
        """Whether carrying out the plan would leave any record other than it stands."""
        return bool(self.added or self.changed or self.gone)

    def as_json(self) -> dict[str, Any]:
        """The plan in the shape of `comity import --format json`; `details` names what the plan has lines for."""
        return {
            "file": self.file,
            "kind": self.kind,
            "rows": self.rows,
            "observations": self.rows - self.rejected,
            "rejected": self.rejected,
            "adds": self.added,
            "changes": self.changed,
            "unchanged": self.unchanged,
            "removed": self.gone,
            "findings": [vars(finding) for finding in self.findings],
            "details": {"adds": self.adds, "changes": self.changes, "removed": self.removed},
        }


class Importer(Protocol):
    """A room's reader of one kind of file.

    One that heeds options beside those that describe a new source names them in a set `heeds`: those that a source's
    `extra` holds, and `published` where it corrects the date of bytes that are held.

    One whose records pages read has a method `read_back(plan)`: it reads what `apply` wrote by the readers that pages
    use, and gives place and name of each thing before it reads it. Whatever it raises keeps the file out.
    """

    kind: str

    def recognises(self, name: str, data: bytes) -> bool:
        """Whether the content is of this kind; must be cheap and never raise."""

    def plan(self, data: bytes, source: Source) -> Plan:
        """Read the file whole and compare it with what stands. Raises BadInput where it cannot be read at all.

        All plans of an importer are of one class. Where the file says more of its source, the plan's source is the
        given one filled up, so that what a person said of it stands.
        """

    def apply(self, plan: Plan, origin: Origin) -> None:
        """Carry out a plan without errors, inside the caller's transaction."""


_importers: list[Importer] = []


def register_importer(importer: Importer) -> None:
    """Make a kind of file known to `comity import`."""
    _importers.append(importer)


_guesses: list[Callable[[str, bytes], tuple[str, str] | None]] = []


def register_guess(guess: Callable[[str, bytes], tuple[str, str] | None]) -> None:
    """Let a room say of a file that nothing reads what it seems to be and what to do with it."""
    _guesses.append(guess)


def importer_for(name: str, data: bytes) -> Importer:
    """The importer that knows this content.

    Raises BadInput that lists the kinds there are, and for a workbook that cannot be opened, which is of no kind.
    """
    if not start_of(data, 4096).strip():
        raise BadInput(Fault(name, "", "", _("a file that is not empty")))
    knowing = [importer for importer in _importers if importer.recognises(name, data)]
    if len(knowing) > 1:
        several = ", ".join(importer.kind for importer in knowing)
        raise BadInput(Fault(name, "", several, _("content of one kind alone")))
    if knowing:
        return knowing[0]
    if is_workbook(data):
        open_workbook(name, data)
    kinds = ", ".join(importer.kind for importer in _importers)
    if (other := other_format(name, data)) is not None:
        expected = _("a file that Comity reads; %(remedy)s") % {"remedy": other.remedy}
        raise BadInput(Fault(name, "", other.what, expected))
    for guess in _guesses:
        if (seems := guess(name, data)) is not None:
            what, remedy = seems
            raise BadInput(Fault(name, "", what, remedy))
    if is_workbook(data):
        expected = _(
            "sheets of a layout of statistics; treaty actions, registers and texts are read as text: save as CSV"
        )
        raise BadInput(Fault(name, "", _("a workbook (.xlsx)"), expected))
    start = next(iter(lines_of(start_of(data, 400))), "")[:40]
    raise BadInput(Fault(name, "1", start, _("content of one of these kinds: %(kinds)s") % {"kinds": kinds}))


def plan_import(name: str, data: bytes, source: Source | None = None) -> tuple[Importer, Plan, Source]:
    """Recognise a file and say what importing it would do; nothing is stored.

    Gives the source as the importer filled it up, or else as it was given; carry the plan out with that one.
    """
    importer = importer_for(name, data)
    described = source or Source(file=name, title=name)
    before = head()
    plan = _planned(importer, data, described)
    plan.head, plan.given = before, described
    return importer, plan, plan.source or described


def _planned(importer: Importer, data: bytes, source: Source) -> Plan:
    """What the importer plans, with a warning for each option that has no effect on it."""
    try:
        plan = importer.plan(data, source)
    except BadInput as error:
        if all(fault.file for fault in error.faults):
            raise
        raise BadInput([replace(fault, file=fault.file or source.file) for fault in error.faults]) from None
    if faults := list(_unkeepable_of(plan.source or source)):
        raise BadInput(faults)
    if source.kind != Origin.Kind.TABLE:  # the source of a table that ships says more than options do
        plan.findings = [*plan.findings, *_without_effect(importer, data, source)]
    return plan


def _unkeepable_of(source: Source) -> Iterator[Fault]:
    """What is said of a file, by a person or by itself, and cannot be kept with it."""
    names = ("file", *_DESCRIBED, "symbol", "note")
    return unkeepable(Origin, {name: getattr(source, name) for name in names}, source.file, "")


def _without_effect(importer: Importer, data: bytes, source: Source) -> Iterator[Finding]:
    heeds: frozenset[str] = getattr(importer, "heeds", frozenset())
    for name in sorted(source.extra.keys() - heeds):
        expected = _("no such option for this kind of file (%(kind)s), on which it has no effect")
        yield _option(source, f"--{name}", expected % {"kind": importer.kind})
    held = Origin.objects.filter(pk=fingerprint(data)).first()
    if held and source.published not in (None, held.published) and "published" not in heeds:
        said = {"kind": importer.kind, "day": held.published or held.recorded_at.date()}
        expected = _(
            "no other day for bytes that are held as of %(day)s: the date of this kind of file (%(kind)s) stays"
        )
        yield _option(source, f"--published {source.published}", expected % said)


def _option(source: Source, said: str, expected: str) -> Finding:
    message = str(Fault(source.file, "", said, expected))
    return Finding("option-without-effect", "warning", source.file, "", said, expected, message)


_DESCRIBED = ("title", "publisher", "url", "licence")


def source_as_said(said: Mapping[str, str]) -> Source:
    """What a person says on the command line of the source of files; the name of each file is still to be added.

    `said` holds texts by the names of options: `published` (YYYY-MM-DD), `title`, `publisher`, `url`, `licence`; any
    other is for the importer and goes to `extra`. Raises BadInput for a date that is none or has not come yet, and for
    text that is too long to keep or that is not Unicode.
    """
    where = _("command line")
    published = read_day(said["published"], where, "--published") if "published" in said else None
    faults = [fault for name, text in said.items() if (fault := _unkeepable(where, name, text))]
    if published is not None and published > now().date():
        faults.append(Fault(where, "--published", said["published"], _("a day that is not in the future")))
    if faults:
        raise BadInput(faults)
    described: dict[str, Any] = {"file": "", "title": ""} | {name: said[name] for name in _DESCRIBED if name in said}
    extra = {name: text for name, text in said.items() if name not in ("published", *_DESCRIBED)}
    return Source(**described, published=published, extra=extra)


def _unkeepable(where: str, name: str, text: str) -> Fault | None:
    length = getattr(Origin._meta.get_field(name), "max_length", None) if name in _DESCRIBED else None
    if length is not None and len(text) > length:
        return Fault(where, f"--{name}", text, _("text of at most %d characters") % length)
    if not is_unicode(text):
        return Fault(where, f"--{name}", ascii(text), _("text of Unicode characters"))
    return None


def refusal(name: str, error: BadInput) -> Plan:
    """The plan of a file that cannot be read at all: nothing but its faults, as findings that are errors."""
    findings = [
        Finding("unreadable", "error", fault.file, fault.place, fault.value, fault.expected, str(fault))
        for fault in error.faults
    ]
    return Plan(name, "", findings=findings)


def carry_out(importer: Importer, plan: Plan, source: Source, data: bytes, *, actor: str) -> Origin | None:
    """Store what a plan says, in one transaction with its audit event.

    Where something else was brought in since the plan was made, it is made again under the lock, and `plan` then says
    what was done. Gives the origin, or None where the file is held and nothing is stored. Raises BadInput where it has
    errors.
    """
    if plan.errors:
        raise BadInput([finding.fault() for finding in plan.errors])
    at = now()
    with one_act():
        binding.check()
        if plan.head is not None and plan.head != head():
            vars(plan).update(vars(_planned(importer, data, plan.given or source)))
            if plan.errors:
                raise BadInput([finding.fault() for finding in plan.errors])
        known = Origin.objects.filter(pk=fingerprint(data)).exists()
        if not plan.stores or (known and not plan.changes_anything):
            return None
        described = plan.source or source
        origin = keep_origin(data, described, at=at)
        importer.apply(plan, origin)
        counts = {key: value for key, value in plan.as_json().items() if isinstance(value, int)}
        subject = {"file": described.file, "kind": plan.kind, "origin": origin.sha256, **counts, **plan.recorded}
        record_event(actor, plan.act, subject, at=at)
        _read_back(importer, plan)
        budget.it_is_done()
    return origin


def _read_back(importer: Importer, plan: Plan) -> None:
    """Read what was written as pages will, while it can still be taken back; after its event, by which readers keep.

    Raises BadInput that names what cannot be read, so that nothing is stored.
    """
    read: Callable[[Plan], Iterator[tuple[str, str]]] = getattr(importer, "read_back", lambda _plan: iter(()))
    place, name = "", plan.kind
    try:
        for place, name in read(plan):  # noqa: B007 - the last ones given are those of the fault
            pass
    except (MemoryError, WorkspaceError):  # the machine's matter or the operator's, and no fault of the file
        raise
    except Exception as error:
        expected = _("what pages can show; it cannot be read back (%(reason)s)")
        raise BadInput(Fault(plan.file, place, name, expected % {"reason": error or type(error).__name__})) from error


@contextmanager
def rehearsal() -> Iterator[None]:
    """Within it files are brought in one after the other as ever, and when it ends nothing of it is left.

    A dry run of several files says by it what importing them together would do, where one depends on another.
    """
    with one_act(), workspace.rehearsed():
        yield
        transaction.set_rollback(True)


def record_refusal(plan: Plan, data: bytes, *, actor: str) -> None:
    """Record in the audit chain that a file was refused, and why: all that a refused import leaves."""
    reasons = Counter(finding.rule for finding in plan.errors)
    subject = {"file": plan.file, "kind": plan.kind, "sha256": fingerprint(data), "reasons": dict(reasons)}
    with one_act():
        record_event(actor, "refuse", subject, at=now())


def read_source(table: Path, file: str) -> Source:
    """The source of a reference table that ships, from the `.source.yaml` beside it; `file` is its name for readers.

    Raises BadInput that names line and key.
    """
    path = table.with_name(table.name.rsplit(".", 1)[0] + ".source.yaml")
    return read_declarations(path.read_text(encoding="utf-8"), path.name, lambda told: _declared_source(told, file))


def _declared_source(told: Declaration, file: str) -> Source:
    extra = {"gaps": told.text("gaps"), "replaces": told.truth("replaces")}
    return Source(
        file=file,
        kind=Origin.Kind.TABLE,
        title=told.text("title", required=True),
        publisher=told.text("publisher"),
        published=told.day("published"),
        url=told.text("url"),
        symbol=told.text("symbol"),
        licence=told.text("licence"),
        complete_through=told.day("complete_through"),
        verified=told.truth("verified"),
        note=told.text("note"),
        extra={key: said for key, said in extra.items() if said},
    )


_reference_tables: list[Path] = []


def register_reference_table(path: Path) -> None:
    """Let `comity up` bring in a table that ships, in the order of registration, by the import that users call."""
    _reference_tables.append(path)


def reference_tables() -> Sequence[tuple[Path, str]]:
    """The reference tables that ship, in the order in which they are loaded, each with its name for readers.

    The name is the path from the room on: `instruments/tables/actions.csv`.
    """
    return tuple((path, "/".join(path.parts[-3:])) for path in _reference_tables)


def held_table(file: str) -> Origin | None:
    """The state of a reference table that was brought in last under its name, by the audit chain; None if none was."""
    imports = AuditEvent.objects.filter(act="import", subject__file=file).order_by("-number")
    last = imports.values_list("subject__origin", flat=True).first()
    return Origin.objects.filter(pk=last, kind=Origin.Kind.TABLE).first()


def load_reference_tables(progress: Callable[[str, int | None], None] = lambda _file, _rows: None) -> Sequence[Plan]:
    """Bring in every reference table that ships, and say for each how many rows, or None where it is held already.

    All or none: where one is refused nothing of the others is stored, since what is computed from one rests on others.
    A table whose bytes are the last that were brought in under its name is left alone, so that what people have
    corrected since then stands.
    """
    plans = []
    with one_act():
        for path, file in reference_tables():
            data = path.read_bytes()
            held = held_table(file)
            if held is not None and held.sha256 == fingerprint(data):
                progress(file, None)
                continue
            importer, plan, source = plan_import(file, data, read_source(path, file))
            carry_out(importer, plan, source, data, actor="comity")
            progress(file, plan.rows)
            plans.append(plan)
    return plans
