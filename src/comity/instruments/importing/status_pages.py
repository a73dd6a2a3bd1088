"""Bringing in a saved status page of the depositary: it speaks for its treaty, whole, up to its day.

What it states takes the place of what is held of signatures, consents and withdrawals up to that day, by whomever and
whenever that was published; what it shows no more, as a participation that ended before another, stays. Declarations of
an earlier page that a later one lacks are closed. See docs/refreshing-the-register.md.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from comity.areas import store as areas
from comity.areas.gazetteer import PARTICIPANTS, Gazetteer
from comity.evidence.errors import BadInput, Fault, UnknownName
from comity.evidence.findings import Finding
from comity.evidence.importing import Plan
from comity.evidence.models import Origin
from comity.evidence.registers import Difference, Entry, apply, compare, describe, require_keepable
from comity.evidence.store import Source, fingerprint, now
from comity.instruments import store
from comity.instruments.actions.action import Action, ActionType, Instrument
from comity.instruments.actions.csv_file import ReadAction
from comity.instruments.actions.merging import Numbered, RegisteredAction
from comity.instruments.actions.overtaken_statements import ACTION_KEY, Beside, is_stated_by, keep, key_of
from comity.instruments.actions.statements import said_of
from comity.instruments.depositary.addresses import status_page_address
from comity.instruments.depositary.html_page import canonical
from comity.instruments.depositary.reading import read_page
from comity.instruments.depositary.saved_forms import looks_like
from comity.instruments.depositary.stated_actions import Stated, Undated, stated_acts, stated_entries
from comity.instruments.depositary.status_page import Residue, StatusPage
from comity.instruments.depositary.superseding import numbered, of_the_table, set_beside, with_known_kinds
from comity.instruments.importing.actions import action_entry
from comity.instruments.importing.pages_held import PAGE_COLUMNS, STATEMENT, origins_of_pages
from comity.instruments.importing.participants import participant_resolver
from comity.instruments.models import ActionRecord, CompletenessRecord, InstrumentRecord

PUBLISHER = "United Nations Treaty Collection"


@dataclass(frozen=True)
class PageSteps:
    """What bringing in a page does: to the actions, to the statements of completeness, and what it confirms."""

    code: str
    actions: Difference
    completeness: Difference
    confirmed: Sequence[Entry]


class StatusPagesImporter:
    """Reads saved status pages of the United Nations Treaty Collection; see docs/refreshing-the-register.md."""

    kind = "status page of the depositary"
    heeds = frozenset({"published"})

    def recognises(self, name: str, data: bytes) -> bool:
        """Whether the content is a page of the Treaty Collection or its XML, whole or not."""
        return looks_like(data)

    def plan(self, data: bytes, source: Source) -> Plan:
        """Read the page, set it beside what is held of its treaty, and say what it would add, change and overtake."""
        page = read_page(data, source.file, now().date(), source.published)
        instrument = _instrument(page)
        _refuse_another_treaty(page, instrument)
        described = _described(source, page)
        rows = page.participants + len(page.entries) + len(page.territories)
        plan = Plan(source.file, self.kind, rows=rows, source=described)
        plan.findings = [_finding("page", fault) for fault in page.faults]
        gazetteer = areas.gazetteer()
        codes = _codes(page, gazetteer, plan.findings)
        plan.findings += _of_one_participant(page, codes)
        plan.findings += _before_adoption(page, instrument)
        if not plan.errors and is_stated_by(fingerprint(data)):
            plan.unchanged = rows
            return plan
        if not plan.errors and page.as_at is not None:
            _refuse_older(page, page.as_at, instrument)
            self._compare(plan, page, page.as_at, instrument, codes, gazetteer)
        plan.rejected = len({finding.place for finding in plan.findings if finding.rejected})
        return plan

    def _compare(
        self,
        plan: Plan,
        page: StatusPage,
        as_at: date,
        instrument: Instrument,
        codes: Mapping[str, str],
        gazetteer: Gazetteer,
    ) -> None:
        code = instrument.code
        records = list(
            ActionRecord.objects.standing().filter(instrument=code).prefetch_related("origin").order_by("pk")
        )
        of_pages = origins_of_pages(code)
        held = [RegisteredAction(store.action_of(one, gazetteer), one.number) for one in records]
        acts = stated_acts(page, instrument, codes.__getitem__, store.organizations(gazetteer))
        acts = with_known_kinds(acts, held)
        entries, undated = stated_entries(page, code, codes.__getitem__, acts)
        beside = set_beside(acts, held, instrument, as_at)
        given = [_entry(page, one, number) for one, number in numbered([*acts, *entries], held, beside)]
        require_keepable(ActionRecord, given)
        gone = {(*_key(item.action), item.number) for item in beside.contradicted}
        stated = {key_of(one.values) for one in given}

        def overtaken(record: ActionRecord) -> bool:
            key = key_of(vars(record))
            # What is not understood may hold the declarations that the page seems to lack.
            of_page = not page.residue and not of_the_table(ActionType(record.action)) and record.origin_id in of_pages
            return key not in stated and (key in gone or of_page)

        actions = compare(ActionRecord, ACTION_KEY, given, records, overtaken)  # type: ignore[arg-type]
        describe(plan, actions)
        changed = {key_of(one.values) for one in (*actions.adds, *(entry for _record, entry in actions.changes))}
        confirmed = [one for one in given if key_of(one.values) not in changed]
        plan.findings += [_not_dated(page.file, one) for one in undated]
        plan.findings += _of_former_signatories(page)
        plan.findings += [_not_understood(page, one) for one in page.residue]
        plan.steps = PageSteps(code, actions, _completeness(code, as_at), confirmed)

    def apply(self, plan: Plan, origin: Origin) -> None:
        """Carry out a plan."""
        steps: PageSteps = plan.steps
        apply(steps.actions, origin)
        apply(steps.completeness, origin)
        stated = [
            (entry, said_of(entry.values, PAGE_COLUMNS, ActionType(entry.values["action"])))
            for entry in steps.confirmed
        ]
        keep(Beside((), (), stated), origin)

    def read_back(self, plan: Plan) -> Iterator[tuple[str, str]]:
        """Read the status of the treaty as pages do."""
        return store.read_back([(1, plan.steps.code)])


def _key(action: Action) -> tuple[str, str, str]:
    return action.instrument, action.participant, action.type.value


def _instrument(page: StatusPage) -> Instrument:
    """The treaty of the register that the page is of. Raises BadInput where the register has none of its number."""
    held = [store.instrument_of(record) for record in InstrumentRecord.objects.standing().order_by("pk")]
    found = [one for one in held if one.collection_reference and canonical(one.collection_reference) == page.mtdsg]
    if len(found) == 1:
        return found[0]
    known = ", ".join(one.collection_reference for one in held if one.collection_reference)
    expected = _(
        "a page of a treaty of the register (%(known)s); `comity instrument read %(file)s` shows what it holds, and a "
        "row for it in a table of instruments brings the treaty into the register"
    )
    value = " ".join(filter(None, (page.mtdsg, page.title)))
    raise BadInput(Fault(page.file, "", value, expected % {"known": known, "file": page.file}))


def _refuse_another_treaty(page: StatusPage, instrument: Instrument) -> None:
    """Refuse a page that bears the number of a treaty and says that it entered into force on another day."""
    held = instrument.entry_into_force
    if instrument.verified and held is not None and page.entry_into_force not in (None, held):
        said = {"day": held, "code": instrument.code}
        expected = (
            _("entry into force on %(day)s, as the register holds of %(code)s; the page is of another treaty") % said
        )
        raise BadInput(Fault(page.file, "", str(page.entry_into_force), expected))


def _before_adoption(page: StatusPage, instrument: Instrument) -> list[Finding]:
    """An error for each act in the table whose day lies before the treaty was adopted."""
    expected = instrument.expected_day
    return [
        _finding(
            "date", Fault(page.file, str(act.line) if page.own_lines and act.line else "", str(act.date), expected)
        )
        for act in page.acts
        if act.date < instrument.adopted
    ]


def _refuse_older(page: StatusPage, as_at: date, instrument: Instrument) -> None:
    """Refuse a page from before the day through which the register is complete: it says nothing that is not known."""
    days = CompletenessRecord.objects.standing().filter(instrument=instrument.code).values_list("through", flat=True)
    complete = max(days, default=None)
    if complete is not None and as_at < complete:
        said = {"code": instrument.code, "day": complete}
        expected = (
            _("a page of %(day)s or later; through that day the register is complete for %(code)s already") % said
        )
        raise BadInput(Fault(page.file, "", as_at.isoformat(), expected))


def _described(source: Source, page: StatusPage) -> Source:
    return replace(
        source,
        title=_("Status of %s") % page.title if source.title == source.file and page.title else source.title,
        publisher=source.publisher or PUBLISHER,
        published=source.published or page.as_at,
        url=source.url or status_page_address(page.mtdsg),
        complete_through=source.complete_through or page.as_at,
    )


def _codes(page: StatusPage, gazetteer: Gazetteer, findings: list[Finding]) -> Mapping[str, str]:
    """The area codes of all names on the page; a finding that is an error for each that no participant bears."""
    resolve = participant_resolver(gazetteer)
    codes: dict[str, str] = {}
    spoken: Iterable[tuple[int, str, Callable[[str], str]]] = (
        *((one.line, one.participant_name, lambda name: resolve(name, page.as_at)) for one in page.acts),
        # Of those below the table some exist no more.
        *((one.line, one.participant_name, lambda name: _of_any_day(gazetteer, name)) for one in page.entries),
        *((one.line, one.participant_name, lambda name: _of_any_day(gazetteer, name)) for one in page.territories),
    )
    for line, name, code_of in spoken:
        if name not in codes:
            try:
                codes[name] = code_of(name)
            except UnknownName as error:
                codes[name] = ""
                place = str(line) if page.own_lines and line else ""
                findings.append(_finding("participant", Fault(page.file, place, name, error.faults[0].expected)))
    return codes


def _of_any_day(gazetteer: Gazetteer, name: str) -> str:
    return gazetteer.continuing(gazetteer.resolve(name, kinds=PARTICIPANTS).code)


def _entry(page: StatusPage, one: Stated, number: int) -> Entry:
    """A stated action as the record that it asks for; of a page within an archive no line is known, and no place."""
    entry = action_entry(Numbered(ReadAction(one.line, one.action), number), page.as_at or one.action.earliest)
    return replace(entry, place=str(one.line) if page.own_lines and one.line else "")


def _completeness(code: str, as_at: date) -> Difference:
    values = {"instrument": code, "through": as_at, "statement": f"{STATEMENT} {as_at.isoformat()}"}
    entry = Entry(values, "", as_at, f"{code}: complete through {as_at.isoformat()}")
    standing = CompletenessRecord.objects.standing().filter(instrument=code).prefetch_related("origin")
    return compare(CompletenessRecord, ("instrument", "through"), [entry], standing, lambda _record: False)


def _finding(rule: str, fault: Fault) -> Finding:
    return Finding(rule, "error", fault.file, fault.place, fault.value, fault.expected, str(fault), rejected=True)


def _of_former_signatories(page: StatusPage) -> list[Finding]:
    """A note where the page counts fewer signatories than the register will: those in brackets that never consented.

    Who withdrew from a consent is counted by neither.
    """
    withdrawn = {act.participant_name for act in page.acts if act.bracketed and act.type.binds}
    bracketed = [act for act in page.acts if act.bracketed and act.type.signs]
    names = [act.participant_name for act in bracketed if act.participant_name not in withdrawn]
    if not names:
        return []
    expected = _("signatories in brackets, whom the page does not count; the register counts all that have signed")
    fault = Fault(page.file, "", ", ".join(names), expected)
    return [Finding("former-signatories", "note", fault.file, "", fault.value, fault.expected, str(fault))]


def _of_one_participant(page: StatusPage, codes: Mapping[str, str]) -> list[Finding]:
    """An error for each participant that has rows under two names, as Turkey and Türkiye: it would count once."""
    seen: dict[str, str] = {}
    found: dict[str, Finding] = {}
    for act in page.acts:
        name, code = act.participant_name, codes[act.participant_name]
        if code and seen.setdefault(code, name) != name and name not in found:
            place = str(act.line) if page.own_lines and act.line else ""
            expected = _("each participant once; it stands already as “%s”") % seen[code]
            found[name] = _finding("participant", Fault(page.file, place, name, expected))
    return list(found.values())


def _not_understood(page: StatusPage, one: Residue) -> Finding:
    """A warning of what stands on the page and is not stored, so that declarations held from a page stay open."""
    expected = _("something that is understood (%s); it is not stored, and no declaration that is held is closed")
    place = str(one.line) if page.own_lines and one.line else ""
    fault = Fault(page.file, place, one.text[:200], expected % one.where)
    return Finding("residue", "warning", fault.file, fault.place, fault.value, fault.expected, str(fault))


def _not_dated(file: str, one: Undated) -> Finding:
    expected = _("a day, or an act of %s in the table from which it could be known; it is not stored")
    fault = Fault(file, str(one.line), one.text[:200], expected % one.participant_name)
    return Finding("undated", "warning", file, fault.place, fault.value, fault.expected, str(fault))
