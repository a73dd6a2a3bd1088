"""What newly read actions mean beside those held: which are known, which correct one, which are new, which contradict.

An action that can happen once at a time (a signature, a consent, a withdrawal) has a number: the first accession of a
participant is 1; one after a withdrawal is 2. A row with another date and nothing in between that would allow a second
one corrects the first. Declarations, territorial applications and the like may be many, and are known by their date,
article and text.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from comity.instruments.actions.action import AFTER_SIGNATURE, Action, ActionType, Instrument
from comity.instruments.actions.csv_file import ReadAction, ReadFile
from comity.instruments.actions.statements import DETAILS, happens_once


@dataclass(frozen=True, slots=True)
class RegisteredAction:
    """An action of the register, its number among those of its kind, and whether it goes where the file lacks it."""

    action: Action
    number: int
    vanishes: bool = False


@dataclass(frozen=True, slots=True)
class Numbered:
    """An action read, under the number by which the register knows it or will, and made whole from the one held."""

    read: ReadAction
    number: int


Pair = tuple[str, str]


def merge(
    found: ReadFile, registered: Iterable[RegisteredAction], instruments: dict[str, Instrument]
) -> list[Numbered]:
    """Give each action read its number, and write contradictions and doubts into the file's findings."""
    held_by: dict[Pair, list[RegisteredAction]] = defaultdict(list)
    for item in registered:
        held_by[item.action.instrument, item.action.participant].append(item)
    read_by: dict[Pair, list[ReadAction]] = defaultdict(list)
    for read in found.actions:
        read_by[read.action.instrument, read.action.participant].append(read)
    numbered: list[Numbered] = []
    histories: dict[Pair, list[Action]] = {}
    for pair, reads in read_by.items():
        given, history = _number(found, reads, held_by[pair])
        numbered += given
        histories[pair] = [action for action, _line in history]
        _refuse_contradictions(found, history)
    for pair, items in held_by.items():
        histories.setdefault(pair, [item.action for item in items if not item.vanishes])
    _doubt_parents(found, histories, instruments)
    return sorted(numbered, key=lambda item: item.read.line)


History = list[tuple[Action, int | None]]
"""Actions of one participant on one instrument, each with its line where the file holds it."""


def _between(kind: ActionType, one: date, other: date, all_actions: Iterable[Action]) -> bool:
    """Whether between two days stands what allows a second action of a kind: a withdrawal, or a consent between two."""
    first, last = min(one, other), max(one, other)

    def separates(action: Action) -> bool:
        if kind is ActionType.WITHDRAWAL:
            return action.type.binds and first <= action.date <= last
        return kind.binds and action.type is ActionType.WITHDRAWAL and first <= action.date <= last

    return any(separates(action) for action in all_actions)


def _number(
    found: ReadFile, reads: Sequence[ReadAction], held: Sequence[RegisteredAction]
) -> tuple[list[Numbered], History]:
    free = list(held)
    everything = [item.action for item in held] + [read.action for read in reads]
    matched: dict[int, RegisteredAction] = {}
    for same in (_word_for_word, _exactly, _in_place_of):
        for read in reads:
            if read.line not in matched:
                fits = [item for item in free if same(read.action, item.action, everything)]
                if len({item.action.text for item in fits}) > 1 and not read.action.text:
                    _refuse_any_of(found, read, fits)
                if fits:
                    matched[read.line] = fits[0]
                    free.remove(fits[0])
    _refuse_second_dates(found, reads, everything)
    last: dict[ActionType, int] = defaultdict(int)
    for item in held:
        last[item.action.type] = max(last[item.action.type], item.number)
    numbered = []
    for read in sorted(reads, key=lambda read: (read.action.date, read.line)):
        if read.line in matched:
            fit = matched[read.line]
            numbered.append(Numbered(ReadAction(read.line, _completed(read.action, fit, found)), fit.number))
        else:
            last[read.action.type] += 1
            numbered.append(Numbered(read, last[read.action.type]))
    history: History = [(read.action, read.line) for read in reads]
    history += [(item.action, None) for item in free if not item.vanishes]
    return numbered, history


def _refuse_any_of(found: ReadFile, read: ReadAction, fits: Sequence[RegisteredAction]) -> None:
    """Refuse a declaration without its text where several of its day are held: it may be any of them."""
    if not happens_once(read.action.type):
        texts = "; ".join(item.action.text for item in fits)
        expected = _("the text of one of those that are held of this day: %s")
        found.note("ambiguous", read.line, "text", "", expected % texts)


def _completed(action: Action, held: RegisteredAction, found: ReadFile) -> Action:
    """An action read with what its file has no column for, and with the name by which the register lists it.

    Sources print a participant under several names; only the table of which the action is part changes the name.
    """
    kept = {name: getattr(held.action, name) for name in DETAILS if name not in found.headings}
    if not happens_once(action.type) and not action.text:
        kept["text"] = held.action.text
    if not held.vanishes:
        kept["participant_name"] = held.action.participant_name
    return replace(action, **kept)


def _word_for_word(read: Action, held: Action, everything: Sequence[Action]) -> bool:
    return _exactly(read, held, everything) and read.text == held.text


def _exactly(read: Action, held: Action, _everything: Sequence[Action]) -> bool:
    same = read.type is held.type and read.date == held.date
    return same and (happens_once(read.type) or (read.article == held.article and _of_same_text(read, held)))


def _of_same_text(read: Action, held: Action) -> bool:
    """Whether two actions may be of one area, or about one thing: one of no text may be of any."""
    return read.text == held.text or not (read.text and held.text)


def _in_place_of(read: Action, held: Action, everything: Sequence[Action]) -> bool:
    correctable = read.type is held.type and happens_once(read.type)
    return correctable and not _between(read.type, read.date, held.date, everything)


def _refuse_second_dates(found: ReadFile, reads: Sequence[ReadAction], everything: Sequence[Action]) -> None:
    """Refuse two dates for what happens once at a time, unless something between them allows a second one."""
    of_once = (read for read in reads if happens_once(read.action.type))
    once = sorted(of_once, key=lambda read: (read.action.date, read.line))
    last: dict[ActionType, ReadAction] = {}
    for read in once:
        kind = read.action.type
        earlier = last.get(kind)
        last[kind] = read
        if earlier and not _between(kind, earlier.action.date, read.action.date, everything):
            first, second = sorted((earlier, read), key=lambda item: item.line)
            expected = _("one date for the %(action)s; line %(line)d gives %(date)s") % {
                "action": kind.label,
                "line": first.line,
                "date": first.action.date,
            }
            found.note("contradiction", second.line, "date", second.action.date.isoformat(), expected)


def _refuse_contradictions(found: ReadFile, history: History) -> None:
    """Refuse consents without a withdrawal between them, withdrawals of others than parties, and what precedes its own
    signature; each is reported on a line of the file, the later one where both are in it."""
    ordered = sorted(history, key=lambda item: (item[0].date, item[0].type is not ActionType.WITHDRAWAL, item[1] or 0))
    signed = min((action.date for action, _line in ordered if action.type.signs), default=None)
    standing: tuple[Action, int | None] | None = None
    for action, line in ordered:
        if action.type is ActionType.WITHDRAWAL:
            if standing is None and line is not None:
                expected = _("a withdrawal by a party; %s is not one on that day") % action.participant_name
                found.note("contradiction", line, "action", action.type.value, expected)
            standing = None
        elif action.type.binds:
            if standing is not None:
                _refuse_second_consent(found, standing, (action, line))
            standing = (action, line)
            if action.type in AFTER_SIGNATURE and signed is not None and action.date < signed:
                _refuse_before_signature(found, ordered, action, line, signed)


def _refuse_second_consent(
    found: ReadFile, earlier: tuple[Action, int | None], later: tuple[Action, int | None]
) -> None:
    reported, other = (later, earlier) if later[1] is not None else (earlier, later)
    if reported[1] is None:
        return
    if reported[0].type is other[0].type and other[1] is not None:
        return  # said already as a second date of one action
    expected = _("one consent to be bound until a withdrawal; a consent by %(action)s of %(date)s stands %(where)s") % {
        "action": other[0].type.label,
        "date": other[0].date,
        "where": _("in the register") if other[1] is None else _("on line %d") % other[1],
    }
    found.note("contradiction", reported[1], "action", reported[0].type.value, expected)


def _refuse_before_signature(found: ReadFile, ordered: History, action: Action, line: int | None, signed: date) -> None:
    if line is not None:
        expected = _("a day from %s on, when the participant signed") % signed
        found.note("contradiction", line, "date", action.date.isoformat(), expected)
        return
    for signature, place in ordered:
        if signature.type.signs and place is not None:
            expected = _("a signature no later than its %(action)s of %(date)s, which stands in the register") % {
                "action": action.type.label,
                "date": action.date,
            }
            found.note("contradiction", place, "date", signature.date.isoformat(), expected)


def _doubt_parents(found: ReadFile, histories: dict[Pair, list[Action]], instruments: dict[str, Instrument]) -> None:
    """Warn of a consent to a protocol by a participant that by then has not consented to the parent instrument."""
    for read in found.actions:
        action = read.action
        parent = instruments[action.instrument].parent
        if not action.type.binds or not parent or not instruments[parent].status_data:
            continue
        consents = [item.date for item in histories.get((parent, action.participant), ()) if item.type.binds]
        if not any(day <= action.date for day in consents):
            expected = _("a party to %(parent)s, whose parties alone may become parties to %(code)s") % {
                "parent": parent,
                "code": action.instrument,
            }
            found.note("parent", read.line, "participant", action.participant_name, expected, "warning")


def doubt_dates_past_completeness(found: ReadFile, complete_through: date | None) -> None:
    """Warn of an action dated after the day through which its source says it is complete; the action is kept."""
    if complete_through is None:
        return
    for read in found.actions:
        if read.action.date > complete_through:
            expected = _("a day no later than %s, through which the source is complete") % complete_through
            day = read.action.date.isoformat()
            found.note("after-completeness", read.line, "date", day, expected, "warning")
