"""What a page states, as actions of the register: acts of its table, withdrawals behind brackets, what is declared.

The table shows of each participant its signature and the consent that holds now. A bracket says that the participant
has withdrawn since; when, an end note says, or else it is known only that it took effect between the consent and the
day of the page. A reservation or declaration without a date of its own was made with the consent to be bound, as the
page says above them, or with the signature where its sub-heading says so.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from comity.instruments.actions.action import Action, ActionType, Instrument, WithdrawalRule, months_after
from comity.instruments.depositary.status_page import Act, Entry, Part, Section, StatusPage

AreaOf = Callable[[str], str]
"""Gives the area code of a name that stands on the page."""
LONGEST_ARTICLE = 80
_RESERVATION = re.compile(r"reservation|r[eé]serve", re.IGNORECASE)
_DECLARATION = re.compile(r"d[eé]clar|understanding|statement|interpretat", re.IGNORECASE)
_UPON_SIGNATURE = re.compile(r"\bupon signature\b(?!.*\bconfirmed\b)", re.IGNORECASE)


@dataclass(frozen=True)
class Stated:
    """An action that a page states, and the line on which it does."""

    line: int
    action: Action


@dataclass(frozen=True)
class Undated:
    """Something declared by a participant of which neither the page nor its own acts give the day."""

    line: int
    participant_name: str
    text: str


def stated_acts(
    page: StatusPage, instrument: Instrument, area_of: AreaOf, organizations: frozenset[str]
) -> list[Stated]:
    """The acts of the table and a withdrawal for each consent in brackets, in the order of the page."""
    found = []
    for act in page.acts:
        area, name = area_of(act.participant_name), act.participant_name
        organization = area in organizations
        own = Action(instrument.code, area, act.type, act.date, participant_name=name, organization=organization)
        found.append(Stated(act.line, own))
        if act.bracketed and act.type.binds and page.as_at is not None:
            found.append(Stated(act.line, _withdrawal(own, act, instrument.withdrawal_rule, page.as_at)))
    return found


def _withdrawal(consent: Action, act: Act, rule: WithdrawalRule | None, as_at: date) -> Action:
    """When a withdrawal was received and took effect: as a note says, else the window in which it can have been."""
    own = replace(consent, type=ActionType.WITHDRAWAL, effective=act.ended)
    if act.withdrawn is not None:
        return replace(own, date=act.withdrawn)
    first = act.date + timedelta(days=1)
    last = act.ended or latest_receipt(rule, as_at)
    return replace(own, date=None, not_before=first, not_after=max(first, last))


def latest_receipt(rule: WithdrawalRule | None, ended: date) -> date:
    """The last day on which a withdrawal can have been received that has taken effect by a day."""
    if rule is None:
        return ended
    if rule is WithdrawalRule.FIRST_JANUARY:
        return date(ended.year - 1, 7, 1)
    # The ends of months differ by three days at most.
    day = months_after(ended, -12 if rule is WithdrawalRule.ONE_YEAR else -6) + timedelta(days=3)
    while rule.effective(day) > ended:
        day -= timedelta(days=1)
    return day


def stated_entries(
    page: StatusPage, code: str, area_of: AreaOf, acts: Iterable[Stated]
) -> tuple[list[Stated], list[Undated]]:
    """What is declared, reserved, objected to, notified and applied to territories; and what of it has no day."""
    days = _Days()
    for one in acts:
        days.note(one.action)
    notes = {note.number: note.text for note in page.notes}
    found: list[Stated] = []
    undated: list[Undated] = []

    def keep(line: int, name: str, kind: ActionType, day: date | None, text: str, *, article: str, note: str) -> None:
        if day is None:
            undated.append(Undated(line, name, text))
        else:
            own = Action(code, area_of(name), kind, day, participant_name=name, article=article, text=text, note=note)
            found.append(Stated(line, own))

    for entry, part in _parts(page.entries):
        day = part.date or days.of(area_of(entry.participant_name), part.kind)
        article = part.kind[:LONGEST_ARTICLE] if entry.section is Section.UNDER_ARTICLE else ""
        kind, text = _type(entry.section, part.kind), part.text or part.kind
        note = _note(part.kind, entry.notes, notes)
        keep(entry.line, entry.participant_name, kind, day, text, article=article, note=note)
    for territory in page.territories:
        kind, note = ActionType.TERRITORIAL_APPLICATION, _note("", territory.notes, notes)
        keep(territory.line, territory.participant_name, kind, territory.date, territory.text, article="", note=note)
    return list(_once(found)), undated


class _Days:
    """The days of the signatures and consents of a page, under which stands what bears no day of its own."""

    def __init__(self) -> None:
        self._signed: dict[str, date] = {}
        self._bound: dict[str, date] = {}

    def note(self, action: Action) -> None:
        """Keep the day of a signature or a consent."""
        if action.date is not None and action.type.signs:
            self._signed[action.participant] = action.date
        if action.date is not None and action.type.binds:
            self._bound[action.participant] = action.date

    def of(self, area: str, kind: str) -> date | None:
        """The day of the consent, or of the signature where the sub-heading says so or there is no consent."""
        order = (self._signed, self._bound) if _UPON_SIGNATURE.search(kind) else (self._bound, self._signed)
        return next((days[area] for days in order if area in days), None)


def _parts(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Part]]:
    """The parts that say something; an entry whose text is gone, as of a reservation withdrawn, has only its notes."""
    for entry in entries:
        for part in entry.parts:
            if part.text or part.kind:
                yield entry, part


def _once(found: Iterable[Stated]) -> Iterator[Stated]:
    seen: set[tuple[object, ...]] = set()
    for one in found:
        action = one.action
        key = (action.participant, action.type, action.date, action.article, action.text)
        if key not in seen:
            seen.add(key)
            yield one


def _type(section: Section, kind: str) -> ActionType:
    """The kind of action by section and sub-heading; where the page leaves open which, one of the two."""
    if section is Section.OBJECTIONS:
        return ActionType.OBJECTION
    if section is Section.NOTIFICATIONS:
        return ActionType.NOTIFICATION
    reserves, declares = _RESERVATION.search(kind), _DECLARATION.search(kind)
    if reserves and not declares:
        return ActionType.RESERVATION
    if section is Section.UNDER_ARTICLE or (declares and not reserves):
        return ActionType.DECLARATION
    return ActionType.RESERVATION_OR_DECLARATION


def _note(kind: str, numbers: Iterable[str], notes: Mapping[str, str]) -> str:
    """The page's own words for the kind, and the end notes that the name bears."""
    return "\n".join(filter(None, (kind, *(notes.get(number, "") for number in numbers))))
