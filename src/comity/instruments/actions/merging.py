"""What newly read actions mean beside those held: which are known, which correct one, which are new, which contradict.

An action that can happen once at a time (a signature, a consent, a withdrawal) has a number: the first accession of a
participant is 1; one after a withdrawal is 2. A row with another date and nothing in between that would allow a second
one corrects the first. Declarations, territorial applications and the like may be many, and are known by their date,
article and text.

Where the day of an action is known only as a window, a row with a day in the window is the same action and gives its
day; so is, of consents to be bound, one of another kind. A row with a day outside of the window contradicts it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from comity.instruments.actions.action import AFTER_SIGNATURE, MADE_WITH_CONSENT, Action, ActionType, Instrument
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
    """An action read, under the number by which the register knows it or will, and made whole from the one held.

    `resolves` is the action held as a window of which it gives the day, where that is of another kind.
    """

    read: ReadAction
    number: int
    resolves: RegisteredAction | None = None


Pair = tuple[str, str]


@dataclass(frozen=True)
class Merged:
    """The actions read under their numbers, in order of lines, and those that say no more than the register holds: a
    window in which the day lies that is held."""

    numbered: list[Numbered]
    known: list[ReadAction]


def merge(
    found: ReadFile,
    registered: Iterable[RegisteredAction],
    instruments: dict[str, Instrument],
    *,
    overrules_windows: bool = False,
) -> Merged:
    """Give each action read its number, and write contradictions and doubts into the file's findings.

    With `overrules_windows` the file is the depositary's own: a day of it outside of a window that is held corrects
    that, with a warning, and contradicts nothing.
    """
    held_by: dict[Pair, list[RegisteredAction]] = defaultdict(list)
    for item in registered:
        held_by[item.action.instrument, item.action.participant].append(item)
    read_by: dict[Pair, list[ReadAction]] = defaultdict(list)
    for read in found.actions:
        read_by[read.action.instrument, read.action.participant].append(read)
    merged = Merged([], [])
    histories: dict[Pair, list[Action]] = {}
    for pair, reads in read_by.items():
        given, history = _number(found, reads, held_by[pair], overrules_windows)
        merged.numbered.extend(given.numbered)
        merged.known.extend(given.known)
        histories[pair] = [action for action, _line in history]
        _refuse_contradictions(found, history)
    for pair, items in held_by.items():
        histories.setdefault(pair, [item.action for item in items if not item.vanishes])
    _doubt_parents(found, histories, instruments)
    merged.numbered.sort(key=lambda item: item.read.line)
    return merged


History = list[tuple[Action, int | None]]
"""Actions of one participant on one instrument, each with its line where the file holds it."""


def _between(kind: ActionType, one: Action, other: Action, all_actions: Iterable[Action]) -> bool:
    """Whether between two acts stands what allows a second one of a kind: a withdrawal, or a consent between two."""
    first, last = sorted((one.earliest, other.earliest))

    def separates(action: Action) -> bool:
        of_kind = action.type.binds if kind is ActionType.WITHDRAWAL else action.type is ActionType.WITHDRAWAL
        if kind is not ActionType.WITHDRAWAL and not kind.binds:
            return False
        return of_kind and action not in (one, other) and first <= action.earliest <= last

    return any(separates(action) for action in all_actions)


def _number(
    found: ReadFile, reads: Sequence[ReadAction], held: Sequence[RegisteredAction], overrules_windows: bool
) -> tuple[Merged, History]:
    free = list(held)
    everything = [item.action for item in held] + [read.action for read in reads]
    matched: dict[int, RegisteredAction] = {}
    known: list[ReadAction] = []
    rules = [_word_for_word, _exactly, _gives_day, _in_place_of]
    for same in [*rules, _overrules] if overrules_windows else rules:
        for read in reads:
            if read.line not in matched and read not in known:
                fits = [item for item in free if same(read.action, item.action, everything)]
                if len({item.action.text for item in fits}) > 1 and not read.action.text:
                    _refuse_any_of(found, read, fits)
                if fits:
                    matched[read.line] = fits[0]
                    free.remove(fits[0])
                elif same is _gives_day and _is_known(read.action, held, everything):
                    known.append(read)
    _refuse_second_dates(found, reads, everything)
    _refuse_outside_windows(found, [read for read in reads if read.line not in matched], free, everything)
    if overrules_windows:
        _doubt_overruled(found, reads, matched)
    last: dict[ActionType, int] = defaultdict(int)
    for item in held:
        last[item.action.type] = max(last[item.action.type], item.number)
    numbered = []
    for read in sorted(reads, key=lambda read: (read.action.earliest, read.line)):
        if read in known:
            continue
        fit = matched.get(read.line)
        completed = ReadAction(read.line, _completed(read.action, fit, found)) if fit else read
        if fit and fit.action.type is read.action.type:
            numbered.append(Numbered(completed, fit.number))
        else:
            last[read.action.type] += 1
            numbered.append(Numbered(completed, last[read.action.type], fit))
    history: History = [(read.action, read.line) for read in reads if read not in known]
    history += [(item.action, None) for item in free if not item.vanishes]
    return Merged(numbered, known), history


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
    same = read.type is held.type and read.when == held.when
    return same and (happens_once(read.type) or (read.article == held.article and _of_same_text(read, held)))


def _of_same_text(read: Action, held: Action) -> bool:
    """Whether two actions may be of one area, or about one thing: one of no text may be of any."""
    return read.text == held.text or not (read.text and held.text)


def _in_place_of(read: Action, held: Action, everything: Sequence[Action]) -> bool:
    correctable = read.type is held.type and happens_once(read.type) and (read.date is None) == (held.date is None)
    overlapping = read.date is not None or _overlap(read, held)
    return correctable and overlapping and not _between(read.type, read, held, everything)


def _gives_day(read: Action, held: Action, everything: Sequence[Action]) -> bool:
    """Whether an action read is one that is held as a window: of one kind, or both consents, of which one period lies
    in the other."""
    if held.date is not None or not (_alike(read, held) and _overlap(read, held)):
        return False
    if not happens_once(read.type):
        return read.date is not None and bool(read.text) and read.text == held.text and read.article == held.article
    return (read.date is not None or read.type is not held.type) and not _between(read.type, read, held, everything)


def _alike(one: Action, other: Action) -> bool:
    return one.type is other.type or (one.type.binds and other.type.binds)


def _overlap(one: Action, other: Action) -> bool:
    return one.earliest <= (other.latest or date.max) and other.earliest <= (one.latest or date.max)


def _overrules(read: Action, held: Action, everything: Sequence[Action]) -> bool:
    """Whether an action read with a day is one that is held as a window which is wrong."""
    is_day = read.date is not None and held.date is None and happens_once(read.type)
    return is_day and _alike(read, held) and not _between(read.type, read, held, everything)


def _is_known(read: Action, held: Sequence[RegisteredAction], everything: Sequence[Action]) -> bool:
    """Whether an action read as a window is one of which the day is held; what the file's own table holds is not."""
    return read.date is None and any(
        item.action.date is not None
        and not item.vanishes
        and _alike(read, item.action)
        and read.may_be_on(item.action.date)
        and (happens_once(read.type) or (read.text == item.action.text and read.article == item.action.article))
        for item in held
    )


def _refuse_second_dates(found: ReadFile, reads: Sequence[ReadAction], everything: Sequence[Action]) -> None:
    """Refuse two dates for what happens once at a time, unless something between them allows a second one."""
    of_once = (read for read in reads if happens_once(read.action.type))
    once = sorted(of_once, key=lambda read: (read.action.earliest, read.line))
    last: dict[ActionType, ReadAction] = {}
    for read in once:
        kind = read.action.type
        earlier = last.get(kind)
        last[kind] = read
        if earlier and not _between(kind, earlier.action, read.action, everything):
            first, second = sorted((earlier, read), key=lambda item: item.line)
            expected = _("one date for the %(action)s; line %(line)d gives %(date)s") % {
                "action": kind.label,
                "line": first.line,
                "date": first.action.when,
            }
            found.note("contradiction", second.line, _day_column(second.action), second.action.when, expected)


def _day_column(action: Action) -> str:
    return "not_before" if action.date is None else "date"


def _refuse_outside_windows(
    found: ReadFile, reads: Sequence[ReadAction], free: Sequence[RegisteredAction], everything: Sequence[Action]
) -> None:
    """Refuse what would be the same action as one that is held, of which one is a window and neither lies in the
    other."""
    for read in reads:
        action = read.action
        for item in free:
            windows = action.date is None or item.action.date is None
            once = happens_once(action.type) and action.type is item.action.type and not item.vanishes
            if not (windows and once) or _overlap(action, item.action):
                continue
            if not _between(action.type, action, item.action, everything):
                expected = _("a day within %(when)s, as the register holds the %(action)s, or a withdrawal between")
                said = {"when": item.action.when, "action": item.action.type.label}
                found.note("contradiction", read.line, _day_column(action), action.when, expected % said)


def _doubt_overruled(found: ReadFile, reads: Sequence[ReadAction], matched: dict[int, RegisteredAction]) -> None:
    """Warn of each window that is held and that the depositary's own day lies outside of."""
    for read in reads:
        fit = matched.get(read.line)
        if fit and fit.action.date is None and read.action.date and not fit.action.may_be_on(read.action.date):
            expected = _("a day within %(when)s, as was held of it; the day of the depositary stands")
            said = {"when": fit.action.when}
            found.note("overruled", read.line, "date", read.action.when, expected % said, "warning")


def _refuse_contradictions(found: ReadFile, history: History) -> None:
    """Refuse consents without a withdrawal between them, withdrawals of others than parties, and what precedes its own
    signature; each is reported on a line of the file, the later one where both are in it."""
    ordered = sorted(
        history, key=lambda item: (item[0].earliest, item[0].type is not ActionType.WITHDRAWAL, item[1] or 0)
    )
    signed = min((action.earliest for action, _line in ordered if action.type.signs), default=None)
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
            if action.type in AFTER_SIGNATURE and signed is not None and (action.latest or date.max) < signed:
                _refuse_before_signature(found, ordered, action, line, signed)


def _refuse_second_consent(
    found: ReadFile, earlier: tuple[Action, int | None], later: tuple[Action, int | None]
) -> None:
    reported, other = (later, earlier) if later[1] is not None else (earlier, later)
    if reported[1] is None:
        return
    if reported[0].type is other[0].type and other[1] is not None:
        return  # said already as a second date of one action
    if other[1] is None and reported[0].type is other[0].type and None in (reported[0].date, other[0].date):
        return  # said already as outside of a window
    expected = _("one consent to be bound until a withdrawal; a consent by %(action)s of %(date)s stands %(where)s") % {
        "action": other[0].type.label,
        "date": other[0].when,
        "where": _("in the register") if other[1] is None else _("on line %d") % other[1],
    }
    found.note("contradiction", reported[1], "action", reported[0].type.value, expected)


def _refuse_before_signature(found: ReadFile, ordered: History, action: Action, line: int | None, signed: date) -> None:
    if line is not None:
        expected = _("a day from %s on, when the participant signed") % signed
        found.note("contradiction", line, _day_column(action), action.when, expected)
        return
    for signature, place in ordered:
        if signature.type.signs and place is not None:
            expected = _("a signature no later than its %(action)s of %(date)s, which stands in the register") % {
                "action": action.type.label,
                "date": action.when,
            }
            found.note("contradiction", place, _day_column(signature), signature.when, expected)


def _doubt_parents(found: ReadFile, histories: dict[Pair, list[Action]], instruments: dict[str, Instrument]) -> None:
    """Warn of a consent to a protocol by a participant that by then has not consented to the parent instrument."""
    for read in found.actions:
        action = read.action
        parent = instruments[action.instrument].parent
        if not action.type.binds or not parent or not instruments[parent].status_data:
            continue
        consents = [item for item in histories.get((parent, action.participant), ()) if item.type.binds]
        if not any(item.earliest <= (action.latest or date.max) for item in consents):
            expected = _("a party to %(parent)s, whose parties alone may become parties to %(code)s") % {
                "parent": parent,
                "code": action.instrument,
            }
            found.note("parent", read.line, "participant", action.participant_name, expected, "warning")


def refuse_past_completeness(found: ReadFile, complete_through: date | None) -> None:
    """Refuse an action that surely lies after the day through which its source says it is complete for the instrument.

    `complete_through` is the day where the file itself says none.
    """
    for read in found.actions:
        said = found.completeness_of(read.action.instrument)
        through = (said.day if said else None) or complete_through
        if through is not None and read.action.earliest > through and read.action.type not in MADE_WITH_CONSENT:
            expected = _("a day no later than %s, through which the source is complete") % through
            found.note("after-completeness", read.line, _day_column(read.action), read.action.when, expected)
