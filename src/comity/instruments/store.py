"""The register in memory: records become values here, figures get their facts here, and status is answered here."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from typing import Any

from django.utils.translation import gettext as _

from comity.areas import store as areas
from comity.areas.gazetteer import PARTICIPANTS, Gazetteer
from comity.areas.labels import tongue
from comity.evidence import store as evidence
from comity.evidence.dates import in_words
from comity.evidence.errors import UnknownName
from comity.evidence.figures import Argument, Fact, figure_id
from comity.instruments import status as rules
from comity.instruments.actions.action import Action, ActionType, Confidence, Instrument, WithdrawalRule
from comity.instruments.depositary.dates import printed_act
from comity.instruments.entry_into_force import entry_into_force
from comity.instruments.figures.counts import range_of
from comity.instruments.labels import when_in_words
from comity.instruments.models import ActionRecord, CompletenessRecord, InstrumentRecord

Facts = list[Fact[Any]]


@dataclass(frozen=True)
class Register:
    """All instruments and actions at one state of knowledge, arranged so that any day's status is read off at once."""

    as_at: date
    instruments: Mapping[str, Fact[Instrument]]
    actions: Mapping[str, Sequence[Fact[Action]]]
    complete: Mapping[str, Sequence[Fact[date]]]
    spells: Mapping[str, rules.Spells]
    timelines: Mapping[str, Mapping[str, rules.Timeline]]
    participants: tuple[str, ...]
    organizations: frozenset[str]
    other_codes: Mapping[str, str]

    def instrument(self, code: str) -> Instrument:
        """The instrument of a code, in capitals or not, also by another code; raises UnknownName with the codes there
        are."""
        plain = code.strip().upper()
        plain = self.other_codes.get(plain, plain)
        return self.fact(plain if plain in self.instruments else code).value

    def fact(self, code: str) -> Fact[Instrument]:
        """The instrument of exactly this code with its evidence; raises UnknownName with the codes there are.

        A figure's address holds the code as it is: another writing of it would be another address of one figure.
        """
        found = self.instruments.get(code)
        if found is None:
            raise UnknownName(code, _("the code of an instrument in the register"), tuple(self.instruments))
        return found

    def complete_through(self, code: str) -> date | None:
        """The day through which the actions on an instrument are complete, by the statements of their origins."""
        return max((fact.value for fact in self.complete.get(code, ())), default=None)

    def asked_day(self, codes: Iterable[str]) -> date:
        """The day that is meant where none is said: through which all the instruments are complete, else the day of
        knowledge."""
        return min(filter(None, map(self.complete_through, codes)), default=self.as_at)

    def knows_signatures(self, code: str) -> bool:
        """Whether signatures are held of an instrument; of some the register holds consents alone."""
        acts = [fact.value.type for fact in self.actions.get(code, ())]
        return any(act.signs for act in acts) or not any(act.binds for act in acts)

    def matrix(self, on: date) -> dict[str, dict[str, rules.Standing]]:
        """The standing of every possible participant to every instrument on a day: instrument → area → standing."""
        return {code: self.standings(code, on) for code in self.instruments}

    def standings(self, code: str, on: date) -> dict[str, rules.Standing]:
        """The standing of every possible participant to one instrument on a day."""
        row = dict.fromkeys(self.participants, rules.NONE)
        for area, line in self.timelines[code].items():
            row[area] = line.at(on)
        return row


def register(as_at: date) -> Register:
    """The register as known on a day; kept in memory until something is brought in."""
    return _register(evidence.head(), as_at)


@lru_cache(maxsize=8)
def _register(_head: tuple[int, str], as_at: date) -> Register:
    gazetteer = areas.gazetteer(as_at)
    instruments = {
        record.code: _instrument_fact(record)
        for record in InstrumentRecord.objects.as_at(as_at).prefetch_related("origin").order_by("pk")
    }
    actions: dict[str, list[Fact[Action]]] = defaultdict(list)
    for record in sorted(ActionRecord.objects.as_at(as_at).prefetch_related("origin"), key=_in_order):
        actions[record.instrument].append(_action_fact(record, gazetteer))
    complete: dict[str, list[Fact[date]]] = defaultdict(list)
    for statement in CompletenessRecord.objects.standing().prefetch_related("origin").order_by("through", "pk"):
        complete[statement.instrument].append(_completeness_fact(statement, as_at))
    instruments = {
        code: _with_status(fact, is_partial=code not in complete) if actions[code] else fact
        for code, fact in instruments.items()
    }
    spells, timelines = {}, {}
    for code, fact in instruments.items():
        everything = [item.value for item in [*actions[code], *actions[fact.value.parent]]]
        bearing = rules.bearing(everything, fact.value)
        spells[code] = rules.spells(bearing, fact.value)
        timelines[code] = rules.timelines(bearing, spells[code])
    possible = {area.code for area in gazetteer.areas.values() if area.kind in ("state", "organization")}
    seen = {area for lines in timelines.values() for area in lines}
    return Register(
        as_at=as_at,
        instruments=instruments,
        actions=dict(actions),
        complete=dict(complete),
        spells=spells,
        timelines=timelines,
        participants=tuple(sorted(possible | seen)),
        organizations=organizations(gazetteer),
        other_codes={other: code for code, fact in instruments.items() for other in fact.value.other_codes},
    )


def _in_order(record: ActionRecord) -> tuple[date, str, int]:
    return record.date or record.not_before or date.min, record.participant, record.pk


def participant_codes(on: date | None) -> Callable[[str], str | None]:
    """What gives the area code of a participant by its name on a day, None for a name that no participant bears.

    A State that another continues counts as that one.
    """
    gazetteer = areas.gazetteer()

    @cache
    def code(name: str) -> str | None:
        found = gazetteer.find(name, on=on, kinds=PARTICIPANTS)
        return gazetteer.continuing(found.code) if found else None

    return code


def organizations(gazetteer: Gazetteer) -> frozenset[str]:
    """The regional economic integration organizations among the areas."""
    return frozenset(area.code for area in gazetteer.areas.values() if area.kind == "organization")


def instrument_of(record: InstrumentRecord) -> Instrument:
    """A stored instrument as the value that methods compute with."""
    return Instrument(
        code=record.code,
        title=record.title,
        short_title=record.short_title,
        collection_reference=record.collection_reference,
        unts=record.unts,
        adopted=record.adopted,
        place=record.place_adopted,
        depositary=record.depositary,
        parent=record.parent,
        falls_with_parent=record.falls_with_parent,
        set=record.set,
        number=record.number,
        entry_into_force=record.entry_into_force,
        trigger_count=record.trigger_count,
        trigger_days=record.trigger_days,
        later_days=record.later_days,
        withdrawal_rule=WithdrawalRule(record.withdrawal_rule) if record.withdrawal_rule else None,
        organizations=record.organizations,
        participation=record.participation,
        recomputation=record.recomputation,
        status_data=record.status_data,
        verified=record.verified,
        note=record.note,
        other_codes=tuple(record.other_codes.split()),
    )


def action_of(record: ActionRecord, gazetteer: Gazetteer) -> Action:
    """A stored action as the value that methods compute with; an unknown area is taken for a State that stands."""
    area = gazetteer.areas.get(record.participant)
    return Action(
        instrument=record.instrument,
        participant=record.participant,
        type=ActionType(record.action),
        date=record.date,
        effective=record.effective,
        participant_name=record.participant_name,
        article=record.article,
        text=record.text,
        notification=record.notification,
        note=record.note,
        organization=area is not None and area.kind == "organization",
        dissolved=area.exists_to if area is not None and area.kind == "former" else None,
        not_before=record.not_before,
        not_after=record.not_after,
        confidence=Confidence(record.confidence),
        basis=record.basis,
        source=record.source,
    )


def _instrument_fact(record: InstrumentRecord) -> Fact[Instrument]:
    label = f"{record.code}: {record.short_title}"
    return evidence.fact_of(record, instrument_of(record), text=record.code, label=label, about=record.code)


def _action_fact(record: ActionRecord, gazetteer: Gazetteer) -> Fact[Action]:
    label = f"{record.participant_name}: {record.action} of {record.instrument}"
    action = action_of(record, gazetteer)
    # A table states an act in a column of a line; a page of the depositary on a line, in its own writing.
    text = record.when if ":" in record.place else printed_act(action)
    return evidence.fact_of(record, action, text=text, label=label, about=record.participant)


def _with_status(fact: Fact[Instrument], is_partial: bool) -> Fact[Instrument]:
    """An instrument that ships without status data has some once actions on it were brought in."""
    return replace(fact, value=replace(fact.value, status_data=True, is_partial=is_partial))


def _completeness_fact(record: CompletenessRecord, as_at: date) -> Fact[date]:
    label = f"{record.instrument}: complete through"
    value = min(record.through, as_at)
    return evidence.fact_of(record, value, text=record.statement, label=label, about=record.instrument)


def status_matrix(on: date, as_at: date) -> dict[str, dict[str, rules.Standing]]:
    """The standing of every possible participant to every instrument on a day: instrument → area → standing."""
    return register(as_at).matrix(on)


@dataclass(frozen=True)
class Participant:
    """A possible participant as lists name it: area code, ISO code if any, name in the reader's language."""

    area: str
    iso3: str | None
    name: str


@dataclass(frozen=True)
class PossibleParty:
    """A participant of which a window leaves open whether it is party, and the act of its consent."""

    participant: Participant
    consent: Action

    def as_json(self) -> dict[str, Any]:
        """The participant with the window of its consent, and how sure its source is of it."""
        act = self.consent
        return vars(self.participant) | {
            "action": act.type.value,
            "not_before": act.earliest.isoformat(),
            "not_after": act.latest.isoformat() if act.latest else None,
            "confidence": act.confidence.value or None,
            "basis": act.basis or None,
            "source": act.source or None,
        }


@dataclass(frozen=True)
class Status:
    """The status of one instrument on a day, at a state of knowledge, with the addresses of the figures of its counts.

    `counts` are by name; those that end in `_at_most` count also what a window leaves open. `not_party` lists Member
    States only; what else may take part and is not party stands in `not_party_other`. Those that possibly are party are
    among both, and stand in `possibly_party` with the window of their deposit. `difference` says why the parties by
    deposit and those for which the instrument is in force are not the same; blank where they are.
    """

    instrument: Instrument
    on: date
    as_at: date
    complete_through: date | None
    counts: Mapping[str, int | None]
    members: int
    not_party: tuple[Participant, ...]
    not_party_other: tuple[Participant, ...]
    possibly_party: tuple[PossibleParty, ...]
    difference: str
    figures: Mapping[str, str]

    @property
    def signatories(self) -> int | None:
        """Participants that surely have signed."""
        return self.counts["signatories"]

    @property
    def parties(self) -> int | None:
        """Participants that surely are parties by deposit."""
        return self.counts["parties"]

    @property
    def states(self) -> int | None:
        """States that surely are parties by deposit."""
        return self.counts["states"]

    @property
    def in_force_for(self) -> int | None:
        """Participants for which the instrument surely is in force; None where that does not follow from what is
        held."""
        return self.counts["in_force_for"]

    @property
    def is_past_completeness(self) -> bool:
        """Whether the day asked lies after the one through which the actions are complete: later may be missing."""
        return self.complete_through is not None and self.on > self.complete_through

    def as_json(self) -> dict[str, Any]:
        """The status in the shape of `comity status --format json`."""
        held = self.instrument.status_data
        return {
            "instrument": self.instrument.code,
            "on": self.on.isoformat(),
            "as_at": self.as_at.isoformat(),
            "complete_through": self.complete_through.isoformat() if self.complete_through else None,
            "later_actions_may_be_missing": self.is_past_completeness or self.instrument.is_partial,
            "status_data": "part" if self.instrument.is_partial else "held" if held else "none",
            **self.counts,
            "members": self.members,
            "not_party": [vars(participant) for participant in self.not_party],
            "not_party_other": [vars(participant) for participant in self.not_party_other],
            "possibly_party": [possible.as_json() for possible in self.possibly_party],
            "difference": self.difference or None,
            "figures": dict(self.figures),
        }

    def participants_json(self) -> list[dict[str, Any]]:
        """One record for each Member State and other participant: how it stands to the instrument on the day."""
        gazetteer = areas.gazetteer(self.as_at)
        standings = register(self.as_at).standings(self.instrument.code, self.on)
        own = members(gazetteer, self.on)
        others = sorted({code for code, standing in standings.items() if standing.is_known} - {*own})
        return [
            {"instrument": self.instrument.code, "on": self.on.isoformat()}
            | vars(_participant(code, gazetteer, self.on))
            | standings.get(code, rules.NONE).as_json()
            | {"complete_through": self.complete_through.isoformat() if self.complete_through else None}
            for code in (*own, *others)
        ]


def status(instrument: str, on: date | None, as_at: date) -> Status:
    """The status of an instrument on a day, as known on another; without a day on the one through which it is complete.

    Raises UnknownName for an instrument not held.
    """
    held = register(as_at)
    item = held.instrument(instrument)
    on = on or held.asked_day([item.code])
    gazetteer = areas.gazetteer(as_at)
    complete_through = held.complete_through(item.code)
    spells = held.spells[item.code]
    parties, possibly = rules.parties(spells, on), rules.parties_at_most(spells, on)
    own = members(gazetteer, on)
    known = item.status_data and not item.is_partial
    missing = [area for area in own if area not in parties] if known else []
    return Status(
        instrument=item,
        on=on,
        as_at=as_at,
        complete_through=complete_through,
        counts=_counts(held, item, on) if item.status_data else dict.fromkeys(COUNTS),
        members=len(own),
        not_party=tuple(_participant(area, gazetteer, on) for area in missing),
        not_party_other=_others(held, item, parties | set(own), gazetteer, on) if known else (),
        possibly_party=tuple(
            _possible(held.timelines[item.code][area].at(on), gazetteer, on) for area in sorted(possibly - parties)
        ),
        difference=_difference(spells, gazetteer, on),
        figures=status_figures(item, on) if item.status_data else {},
    )


def _difference(spells: rules.Spells, gazetteer: Gazetteer, on: date) -> str:
    """Why parties by deposit and those for which an instrument is in force are not the same on a day, in one line."""
    said = []
    for own in spells.values():
        for spell in own:
            name = gazetteer.label(spell.participant, tongue(), on)
            days = {"name": name, "deposit": when_in_words(spell.consent.when), "effect": None}
            if spell.start_effective:
                days["effect"] = in_words(spell.start_effective)
            if spell.is_in_force(on) and not spell.consent.may_be_done(on):
                said.append(_("in force for %(name)s since %(effect)s by succession, notified on %(deposit)s") % days)
            elif spell.is_party(on) and spell.start_effective and spell.start_effective > on:
                said.append(_("%(name)s deposited on %(deposit)s, in force for it from %(effect)s") % days)
    return "; ".join(said)


COUNTS = tuple(
    f"{name}{end}" for name in ("signatories", "parties", "states", "in_force_for") for end in ("", "_at_most")
)
"""The names of a status's counts: those that surely are, and those that possibly are."""


def _counts(held: Register, item: Instrument, on: date) -> dict[str, int | None]:
    """The counts of an instrument; what is not known is None: signatories where consents alone are held, the most that
    there can be where the actions that are held are only a part."""
    spells, acts = held.spells[item.code], [fact.value for fact in held.actions.get(item.code, ())]
    in_force = rules.count_in_force(spells, on, item)
    parties, possibly = rules.parties(spells, on), rules.parties_at_most(spells, on)
    signed = len(rules.signatories(acts, on, spells)), len(rules.signatories_at_most(acts, on, spells))
    counted = {
        "signatories": signed if held.knows_signatures(item.code) else None,
        "parties": (len(parties), len(possibly)),
        "states": (len(parties - held.organizations), len(possibly - held.organizations)),
        "in_force_for": in_force,
    }
    found: dict[str, int | None] = {}
    for name, counts in counted.items():
        found[name] = counts[0] if counts else None
        found[f"{name}_at_most"] = counts[1] if counts and not item.is_partial else None
    return found


def _possible(standing: rules.Standing, gazetteer: Gazetteer, on: date) -> PossibleParty:
    consent = standing.consent
    if consent is None:
        raise ValueError("a participant that is possibly party has an act of consent")
    return PossibleParty(_participant(consent.participant, gazetteer, on), consent)


def read_back(codes: Iterable[tuple[int, str]]) -> Iterator[tuple[str, str]]:
    """Read instruments as pages do; gives the first line that names each, and its code, before it is read."""
    first: dict[str, int] = {}
    for line, code in codes:
        first.setdefault(code, line)
    for code, line in first.items():
        yield str(line), code
        _read_back(code)


def _read_back(code: str) -> None:
    """Read an instrument as pages do, whenever it is known: its status, what changed, its entry into force."""
    today = evidence.now().date()
    status(code, today, date.max)
    changes(code, date.min, today, date.max)
    held = register(date.max)
    entry_into_force(held.instrument(code), [fact.value for fact in held.actions.get(code, ())])


def _others(
    held: Register, item: Instrument, settled: Iterable[str], gazetteer: Gazetteer, on: date
) -> tuple[Participant, ...]:
    others = set(held.participants) - set(settled)
    found = []
    for code in others:
        area = gazetteer.areas.get(code)
        may = area is not None and (area.kind == "state" or (area.kind == "organization" and item.organizations))
        if area is not None and may and area.exists(on):
            found.append(_participant(code, gazetteer, on))
    return tuple(sorted(found, key=lambda participant: participant.name))


def _participant(code: str, gazetteer: Gazetteer, on: date) -> Participant:
    language = tongue()
    area = gazetteer.areas.get(code)
    return Participant(code, area.iso3 if area else None, gazetteer.label(code, language, on))


def status_figures(item: Instrument, on: date) -> dict[str, str]:
    """The addresses of the figures that count an instrument's status on a day."""
    arguments: dict[str, Argument] = {"instrument": item.code, "on": on}
    names = ("signatories", "parties", "states", "in-force-for", "not-party", "coverage")
    ranges = tuple(range_of(name) for name in names)
    return {name.replace("-", "_"): figure_id(name, arguments) for name in (*names, *ranges)}


def changes(instrument: str, since: date, until: date, as_at: date) -> list[rules.Change]:
    """What changed in an instrument's status after `since` and up to and including `until`, in order of date."""
    held = register(as_at)
    item = held.instrument(instrument)
    everything = [fact.value for code in (item.code, item.parent) for fact in held.actions.get(code, ())]
    gazetteer = areas.gazetteer(as_at)
    return [
        replace(change, name=_participant(change.participant, gazetteer, change.date or until).name)
        for change in rules.changes(rules.bearing(everything, item), item, since, until)
    ]


def summary(on: date | None, as_at: date) -> list[dict[str, Any]]:
    """One record for each instrument of the register: its counts on a day; None where no actions on it are held.

    Without a day each answers for the one through which its actions are complete.
    """
    records = []
    for code in register(as_at).instruments:
        found = status(code, on, as_at)
        record = found.as_json()
        records.append(
            {
                "instrument": code,
                "short_title": found.instrument.short_title,
                "on": record["on"],
                **found.counts,
                "not_party": len(found.not_party) if record["status_data"] == "held" else None,
                "complete_through": record["complete_through"],
                "status_data": record["status_data"],
            }
        )
    return records


def members(gazetteer: Gazetteer, on: date) -> tuple[str, ...]:
    """The Member States of a day, each under the code of the State that continues it, which its actions stand under."""
    return tuple(dict.fromkeys(gazetteer.continuing(area.code) for area in gazetteer.members(on)))
