"""Where the room's records become values: the gazetteer at a state of knowledge, and memberships as facts."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from comity.areas.gazetteer import Area, Gazetteer, Membership, Name, Succession
from comity.areas.models import AreaRecord, MembershipRecord, NameRecord, SuccessionRecord
from comity.evidence.figures import Fact, Figure, make_figure, supplies
from comity.evidence.languages import CODES
from comity.evidence.store import fact_of, head, now


def gazetteer(as_at: date | None = None) -> Gazetteer:
    """The gazetteer as known on a day, today where none is given.

    It is kept until something happens in the audit chain, so that a changed table is seen at once, and is one for all
    days between two on which something was learned.
    """
    chain, day = head()[1], as_at or now().date()
    return _gazetteer(chain, max((changed for changed in _days_of_change(chain) if changed <= day), default=date.min))


@lru_cache(maxsize=4)
def _days_of_change(_head: str) -> frozenset[date]:
    """The days from which something of the areas is known, or no longer."""
    return frozenset(
        day
        for model in (AreaRecord, NameRecord, MembershipRecord, SuccessionRecord)
        for days in model.objects.values_list("known_from", "closed_from").distinct()
        for day in days
        if day is not None
    )


@lru_cache(maxsize=4)
def _gazetteer(_head: str, as_at: date) -> Gazetteer:
    areas: Iterable[Any] = (
        AreaRecord.objects.as_at(as_at)
        .order_by("code")
        .values_list("code", "iso2", "iso3", "kind", "exists_from", "exists_to", "verified", "note")
    )
    spell = ("valid_from", "valid_to", "verified", "note")
    names = NameRecord.objects.as_at(as_at).order_by("pk").values_list("area", "language", "form", "name", *spell)
    memberships = MembershipRecord.objects.as_at(as_at).order_by("pk").values_list("area", "scheme", "value", *spell)
    successions: Iterable[Any] = (
        SuccessionRecord.objects.as_at(as_at)
        .order_by("pk")
        .values_list("predecessor", "successor", "date", "relation", "verified", "note")
    )
    return Gazetteer(
        (Area(code, iso2 or None, iso3 or None, *rest) for code, iso2, iso3, *rest in areas),
        (Name(*row) for row in names),
        (Membership(*row) for row in memberships),
        (Succession(*row) for row in successions),
    )


def read_back(code: str) -> None:
    """Read an area as pages do, whenever it is known: its names and groups, and what came before and after it."""
    known = gazetteer(date.max)
    for language in CODES:
        known.label(code, language)
    known.names(code)
    for scheme in ("un-member", "m49-region", "regional-group"):
        known.group(code, scheme)
    known.predecessors(code)
    known.successors(code)
    known.continuing(code)


def membership_facts(as_at: date, scheme: str) -> list[Fact[Membership]]:
    """The memberships of a scheme known on a day, with their evidence, for figures."""
    return list(_membership_facts(head()[1], as_at, scheme))


@lru_cache(maxsize=16)
def _membership_facts(_head: str, as_at: date, scheme: str) -> tuple[Fact[Membership], ...]:
    known = gazetteer(as_at)
    records = MembershipRecord.objects.as_at(as_at).filter(scheme=scheme).prefetch_related("origin")
    return tuple(_membership_fact(record, known) for record in records.order_by("area", "valid_from"))


def _membership_fact(record: MembershipRecord, known: Gazetteer) -> Fact[Membership]:
    value = Membership(
        record.area,
        record.scheme,
        record.value,
        record.valid_from,
        record.valid_to,
        record.verified,
        record.note,
    )
    text = record.valid_from.isoformat() if record.valid_from else record.value
    return fact_of(record, value, text=text, label=known.label(record.area, on=record.valid_from), about=record.area)


def succession_facts(as_at: date) -> list[Fact[Succession]]:
    """The successions known on a day, with their evidence."""
    names = gazetteer(as_at)
    records: Iterable[Any] = SuccessionRecord.objects.as_at(as_at).select_related("origin").order_by("pk")
    return [
        fact_of(
            record,
            Succession(
                record.predecessor,
                record.successor,
                record.date,
                record.relation,
                record.verified,
                record.note,
            ),
            text=record.successor,
            label=f"{names.label(record.predecessor)} → {names.label(record.successor)}, {record.date.isoformat()}",
            about=record.successor,
        )
        for record in records
    ]


@supplies("members")
def _members_inputs(*, as_at: date, on: date) -> Sequence[Fact[Membership]]:
    facts = membership_facts(as_at, "un-member")
    return [fact for fact in facts if fact.value.valid_from is None or fact.value.valid_from <= on]


def members_figure(on: date, as_at: date) -> Figure:
    """The number of Member States on a day as a figure, `members.2012-12-20`."""
    return make_figure("members", {"on": on}, _members_inputs(as_at=as_at, on=on))
