"""Figures that are tables: the status of several instruments, by State, group, region or year."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from comity.evidence.figures import Table, listed, method
from comity.evidence.wording import gettext_noop
from comity.instruments import entry_into_force as force
from comity.instruments import status
from comity.instruments.actions.action import Instrument
from comity.instruments.figures.inputs import M49_REGIONS, NO_GROUP, REGIONAL_GROUPS, FigureInputs

COUNTER_TERRORISM = "counter-terrorism"
AT_MOST = "-at-most"
"""What the column of a code ends with that counts also those that possibly are parties."""


@method(
    "status-table",
    version=2,
    label=gettext_noop("Status by participant"),
    phrase=gettext_noop("Status by State: %(instruments)s"),
    unit=gettext_noop("dates"),
)
def status_table(values: Sequence[Any], *, instruments: str, on: date) -> Table:
    """Signature and consent to be bound of each Member State and other participant, for several instruments, on a day.

    A row is an area; for each instrument there are the day of signature, the day of deposit of the consent that stands,
    its mark as in UN status lists, and how the participant stands. Marks: none for ratification, A acceptance, AA
    approval, a accession, d succession, s definitive signature, c formal confirmation, P consent to be bound, ? consent
    of a kind that is not known. Where a day is known only as a window, the cell holds its first and last day,
    `2014-11-12/2015-01-31`, and `..` for an end that is open. `state` is party, possibly party (where a window leaves
    it open on the day), signatory, or blank; `doubt` is low where the source of the consent is not sure, inferred where
    no source states it. A blank cell says that no such action is held by that day. The consent of a participant whose
    withdrawal has had effect is not shown.
    """
    inputs, codes = FigureInputs.of(values), listed(instruments)
    columns = tuple(f"{code}-{part}" for code in codes for part in ("signature", "consent", "by", "state", "doubt"))
    timelines = {code: status.timelines(inputs.on(code), inputs.spells(code)) for code in codes}
    areas = inputs.members(on) | {
        area for own in timelines.values() for area, line in own.items() if line.at(on) is not status.NONE
    }
    blank = status.Timeline((), ())
    rows = {
        area: tuple(cell for code in codes for cell in _cells(timelines[code].get(area, blank).at(on)))
        for area in sorted(areas)
    }
    return Table(columns, rows)


def _cells(standing: status.Standing) -> tuple[str | None, ...]:
    signed = standing.signature.when if standing.signature else None
    if standing.state in (status.PARTY, status.POSSIBLY_PARTY) and (consent := standing.consent):
        return signed, consent.when, consent.type.suffix, standing.state, consent.doubt
    return signed, None, None, status.SIGNATORY if signed else None, None


@method(
    "parties-by-group",
    version=2,
    label=gettext_noop("Parties by regional group"),
    phrase=gettext_noop("Parties to the %(instrument)s by regional group"),
    unit=gettext_noop("Member States"),
)
def parties_by_group(values: Sequence[Any], *, instrument: str, on: date) -> Table:
    """Member States by regional group on a day: all, parties to an instrument by deposit, and not yet party.

    Groups are the informal ones of elections in the United Nations; a State that is in two groups counts in each, and
    one that is in no group stands in the row "none". Parties that are not Member States are left out. Where the day of
    a deposit is known only as a window, `parties` counts those that surely are, `parties_at_most` those that possibly
    are; `not_party` are all others than the first.
    """
    return _by(FigureInputs.of(values), REGIONAL_GROUPS, instrument, on)


@method(
    "parties-by-region",
    version=2,
    label=gettext_noop("Parties by region"),
    phrase=gettext_noop("Parties to the %(instrument)s by region"),
    unit=gettext_noop("Member States"),
)
def parties_by_region(values: Sequence[Any], *, instrument: str, on: date) -> Table:
    """Member States by M49 region on a day: all, parties to an instrument by deposit, and not yet party.

    Parties that are not Member States are left out. Where the day of a deposit is known only as a window, `parties`
    counts those that surely are, `parties_at_most` those that possibly are; `not_party` are all others than the first.
    """
    return _by(FigureInputs.of(values), M49_REGIONS, instrument, on)


def _by(inputs: FigureInputs, scheme: str, instrument: str, on: date) -> Table:
    groups = inputs.group_of(scheme, on)
    surely, possibly = inputs.parties(instrument, on), inputs.parties_at_most(instrument, on)
    members: Counter[str] = Counter()
    party: Counter[str] = Counter()
    at_most: Counter[str] = Counter()
    for area in inputs.members(on):
        for group in groups.get(area) or [NO_GROUP]:
            members[group] += 1
            party[group] += area in surely
            at_most[group] += area in possibly
    rows = {
        group: (members[group], party[group], members[group] - party[group], at_most[group])
        for group in sorted(members)
    }
    return Table(("members", "parties", "not_party", "parties_at_most"), rows)


@method(
    "not-party-list",
    version=2,
    label=gettext_noop("Member States not yet party, by name"),
    phrase=gettext_noop("Member States not party to the %(instrument)s, by name"),
    unit=gettext_noop("Member States"),
)
def not_party_list(values: Sequence[Any], *, instrument: str, on: date) -> Table:
    """The Member States that are not parties to an instrument by deposit on a day, with regional group and M49 region.

    `signed` is the day on which the State signed, blank where it has not. `possibly` holds the first and last day of
    the window in which it deposited, `2024-05-05/2025-03-25`, where such a window leaves open whether it is party.
    """
    inputs = FigureInputs.of(values)
    groups, regions = inputs.group_of(REGIONAL_GROUPS, on), inputs.group_of(M49_REGIONS, on)
    timelines = status.timelines(inputs.on(instrument), inputs.spells(instrument))
    blank = status.Timeline((), ())

    def row(area: str) -> tuple[str, str, str | None, str | None]:
        standing = timelines.get(area, blank).at(on)
        signed = standing.signature.when if standing.signature else None
        is_open = standing.state == status.POSSIBLY_PARTY and standing.consent is not None
        possibly = standing.consent.when if is_open and standing.consent else None
        return "; ".join(groups.get(area, ())), "; ".join(regions.get(area, ())), signed, possibly

    missing = inputs.members(on) - inputs.parties(instrument, on)
    return Table(("group", "region", "signed", "possibly"), {area: row(area) for area in sorted(missing)})


@method(
    "parties-over-time",
    version=2,
    label=gettext_noop("Parties over time"),
    phrase=gettext_noop("Parties over time: %(instruments)s"),
    unit=gettext_noop("participants"),
)
def parties_over_time(values: Sequence[Any], *, instruments: str, since: int, until: date) -> Table:
    """Parties to each instrument by deposit at the end of each year, from the year `since` to the day `until`.

    The last row speaks of the day `until` itself. Regional organizations are among the parties. Those whose day of
    deposit is known only as a window are counted from its end; `CODE-at-most` counts them from its beginning.
    """
    inputs, codes = FigureInputs.of(values), listed(instruments)
    spells = {code: inputs.spells(code) for code in codes}
    ends = {year: min(date(year, 12, 31), until) for year in range(max(since, date.min.year), until.year + 1)}
    counts = (status.parties, status.parties_at_most)
    rows = {
        str(year): tuple(len(count(spells[code], end)) for count in counts for code in codes)
        for year, end in ends.items()
    }
    return Table((*codes, *(f"{code}{AT_MOST}" for code in codes)), rows)


@method(
    "consents-by-year",
    version=2,
    label=gettext_noop("Consents by year"),
    phrase=gettext_noop("Consents by year: %(instruments)s"),
    unit=gettext_noop("consents"),
)
def consents_by_year(values: Sequence[Any], *, instruments: str, since: int, until: date) -> Table:
    """Consents to be bound deposited in each year by which a participant became party, to the day `until`.

    One whose day is known only as a window counts for a year in which the whole window lies.
    """
    inputs, codes = FigureInputs.of(values), listed(instruments)
    deposits = {
        code: Counter(
            spell.consent.earliest.year
            for own in inputs.spells(code).values()
            for spell in own
            if spell.consent.is_done(until) and spell.consent.is_done(date(spell.consent.earliest.year, 12, 31))
        )
        for code in codes
    }
    years = range(max(since, date.min.year), until.year + 1)
    return Table(tuple(codes), {str(year): tuple(deposits[code][year] for code in codes) for year in years})


@method(
    "entry-into-force",
    version=2,
    label=gettext_noop("Entry into force"),
    phrase=gettext_noop("Entry into force of the %(instrument)s"),
    unit=gettext_noop("dates"),
)
def entry_into_force(values: Sequence[Any], *, instrument: str) -> Table:
    """Entry into force computed by the treaty's own rule, beside the official date.

    The rule: so many days after the deposit of the Nth instrument of ratification, acceptance, approval or accession by
    a State; an instrument of a regional organization is not counted in addition to those of its members, nor is a
    succession. Where deposits that counted are known to be absent nothing is computed, and `reason` says why. The
    official date is never replaced by the computed one. Nor is anything computed where the day of a deposit that may
    count is known only as a window.
    """
    inputs = FigureInputs.of(values)
    found = force.entry_into_force(inputs.instruments[instrument], inputs.actions)
    columns = ("computed", "official", "trigger-deposit", "trigger-participant", "agrees", "reason")
    participants = ",".join(found.trigger_participants)
    row = (found.computed, found.official, found.trigger_deposit, participants, found.agrees, found.reason)
    return Table(columns, {instrument: row})


@method(
    "counter-terrorism",
    version=2,
    label=gettext_noop("Counter-terrorism instruments"),
    phrase=gettext_noop("The instruments against terrorism"),
    unit=gettext_noop("participants"),
)
def counter_terrorism(values: Sequence[Any], *, on: date) -> Table:
    """The 19 international counter-terrorism instruments in order of adoption, with their parties by deposit on a day.

    `status` is "held" where the register holds actions on the instrument, else "none", and then `parties` is blank: no
    count is held, which is not a count of nought. It is "part" where the register knows of no day through which the
    actions are complete: then there are at least so many `parties`, and `parties_at_most` is blank. Else that counts
    those too whose window of deposit leaves open whether they are party. `adopted` and `in_force` say whether it was so
    on that day.
    """
    inputs = FigureInputs.of(values)

    def row(item: Instrument) -> tuple[int | None, int | None, str, bool, bool, int | None]:
        counted = len(inputs.parties(item.code, on)), len(inputs.parties_at_most(item.code, on))
        is_whole = item.status_data and not item.is_partial
        parties, at_most = counted if is_whole else (counted[0] or None, None)
        held = "none" if not item.status_data else "part" if item.is_partial else "held"
        in_force = item.entry_into_force is not None and item.entry_into_force <= on
        return item.number, parties, held, item.adopted <= on, in_force, at_most

    listed = [item for item in inputs.instruments.values() if item.set == COUNTER_TERRORISM]
    rows = {item.code: row(item) for item in sorted(listed, key=lambda item: item.number or 0)}
    return Table(("number", "parties", "status", "adopted", "in_force", "parties_at_most"), rows)
