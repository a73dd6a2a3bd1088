"""Pages of the register of treaties: the list, the status of several by State, and one instrument."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from comity.areas.addresses import address_code
from comity.areas.labels import group_label, group_place, tongue
from comity.areas.names.alphabetical_order import sort_key
from comity.areas.store import gazetteer
from comity.charts.page_drawing import Drawing
from comity.evidence.dates import asked_date, in_words
from comity.evidence.errors import UnknownName
from comity.evidence.figures import MOST_YEARS, Figure, Table, figure, listed
from comity.evidence.store import now
from comity.instruments import pictures, store
from comity.instruments.actions.action import Instrument
from comity.instruments.labels import short_title
from comity.instruments.pictures import standings

CORE = ("UNTOC", "TIP", "SOM", "FP", "UNCAC")


@dataclass(frozen=True)
class Dates:
    """The date that a page speaks of, the date of knowledge, and the day through which the register is complete."""

    on: date
    as_at: date
    complete_through: date | None

    def figure(self, identifier: str) -> Figure:
        """A figure as known on the page's date of knowledge."""
        return figure(identifier, as_at=self.as_at)


def asked_dates(request: HttpRequest, codes: Sequence[str] = ()) -> Dates:
    """The dates that a page's address asks for; by default the last day on which the register is complete, and today.

    The register is complete for several instruments through the earliest of their days; `codes` empty means all.
    """
    as_at = asked_date(request.GET, "as_at", now().date())
    register = store.register(as_at)
    days = (register.complete_through(code) for code in codes or register.instruments)
    complete = min((day for day in days if day), default=None)
    return Dates(asked_date(request.GET, "on", min(complete or as_at, as_at)), as_at, complete)


def _listed_instruments(as_at: date) -> list[Instrument]:
    return [fact.value for fact in store.register(as_at).instruments.values()]


def _context(dates: Dates, **more: Any) -> dict[str, Any]:
    return {"on": dates.on, "as_at": dates.as_at, "complete_through": dates.complete_through, **more}


def instruments_page(request: HttpRequest) -> HttpResponse:
    """All instruments of the register by set, those without status data among them."""
    dates = asked_dates(request)
    listed = _listed_instruments(dates.as_at)
    sets = [(label, [_listed(item, dates) for item in listed if item.set == key]) for key, label in _sets().items()]
    return render(request, "instruments/instruments.html", _context(dates, sets=[pair for pair in sets if pair[1]]))


def _sets() -> dict[str, str]:
    return {
        "organized-crime": _("Organized crime"),
        "corruption": _("Corruption"),
        "drugs": _("Drugs"),
        "counter-terrorism": _("Counter-terrorism"),
    }


def _listed(instrument: Instrument, dates: Dates) -> dict[str, Any]:
    """An instrument with its counts, where the register holds actions on it."""
    held = {
        name: dates.figure(f"{name}.{instrument.code}.{dates.on}") if instrument.status_data else None
        for name in ("parties", "states", "signatories")
    }
    return {"instrument": instrument, "in_force": _is_in_force(instrument, dates.on), **held}


def _is_in_force(instrument: Instrument, on: date) -> bool:
    return instrument.entry_into_force is not None and instrument.entry_into_force <= on


def status_page(request: HttpRequest) -> HttpResponse:
    """Signature and consent of each participant, for several instruments side by side."""
    codes = listed(request.GET.get("instruments", "")) or CORE
    dates = asked_dates(request, codes)
    held = {item.code: item for item in _listed_instruments(dates.as_at) if item.status_data}
    for code in codes:
        if code not in held:
            raise UnknownName(code, _("the code of an instrument whose actions are held"), list(held))
    table = dates.figure(f"status-table.{','.join(codes)}.{dates.on}")
    parts = _parts(table.value, dates, lambda area, cells: [_standing(table.value, area, code) for code in codes])
    context = _context(
        dates, table=table, codes=[held[code] for code in codes], parts=parts, others=held, chosen=",".join(codes)
    )
    return render(request, "instruments/status.html", context)


def instrument_page(request: HttpRequest, code: str) -> HttpResponse:
    """One instrument on a day: counts, map, timeline, groups, changes, those not yet party, and its status table."""
    dates = asked_dates(request, [code])
    register = store.register(dates.as_at)
    instrument = register.instrument(code)
    context = _context(dates, instrument=instrument, parent=None)
    if instrument.parent:
        context["parent"] = register.instrument(instrument.parent)
    if instrument.status_data:
        context |= _status(request, instrument, dates)
    return render(request, "instruments/instrument.html", context)


def _status(request: HttpRequest, instrument: Instrument, dates: Dates) -> dict[str, Any]:
    code, on = instrument.code, dates.on
    table = dates.figure(f"status-table.{code}.{on}")
    since = asked_date(request.GET, "since", date(max(on.year - 1, 1), on.month, min(on.day, 28)))
    return {
        "counts": _counts(code, dates),
        "map": _map(instrument, table, on),
        "timeline": _timeline(instrument, dates),
        "groups": _groups(dates.figure(f"parties-by-group.{code}.{on}")),
        "force": _force(code, dates),
        "since": since,
        "changes": _changes(instrument, since, dates),
        "missing": _missing(dates.figure(f"not-party-list.{code}.{on}"), on),
        "table": table,
        "status": _parts(table.value, dates, lambda area, _cells: [_standing(table.value, area, code)]),
    }


def _counts(code: str, dates: Dates) -> list[tuple[str, Figure]]:
    words = {
        "parties": _("parties by deposit"),
        "states": _("of them States"),
        "signatories": _("signatories"),
        "in-force-for": _("participants for which it is in force"),
        "not-party": _("Member States not yet party"),
        "coverage": _("per cent of Member States are party"),
    }
    return [(label, dates.figure(f"{name}.{code}.{dates.on}")) for name, label in words.items()]


def _map(instrument: Instrument, table: Figure, on: date) -> Drawing:
    found = list(standings(table.value, instrument.code).values())
    words = _("%(parties)d parties, %(signatories)d signatories that are not party, %(others)d that are neither.") % {
        "parties": found.count("party"),
        "signatories": found.count("signatory"),
        "others": found.count("not-party"),
    }
    title = _("Standing to the instrument on %(day)s") % {"day": in_words(on)}
    return pictures.status_map(table, instrument.code, title, words)


def _timeline(instrument: Instrument, dates: Dates) -> Drawing | None:
    until = min(dates.on, dates.as_at)
    first = max(instrument.adopted.year, until.year - MOST_YEARS)
    if until.year <= first:
        return None
    lines = dates.figure(f"parties-over-time.{instrument.code}.{first}.{until}")
    title = _("Parties by deposit, %(first)d to %(last)d") % {"first": first, "last": until.year}
    words = _("Counted at the end of each year; regional organizations are among the parties.")
    names = {instrument.code: short_title(instrument)}
    return pictures.lines(lines, names, title, words, dates.complete_through)


def _groups(counted: Figure) -> dict[str, Any]:
    rows = [
        (key, group_label(key), list(zip(counted.value.columns, cells, strict=True)))
        for key, cells in sorted(counted.value.rows.items(), key=lambda row: group_place(row[0]))
    ]
    return {"figure": counted, "rows": rows}


def _force(code: str, dates: Dates) -> dict[str, Any]:
    computed = dates.figure(f"entry-into-force.{code}")
    row = dict(zip(computed.value.columns, computed.value.rows[code], strict=True))
    return {"id": computed.id, **row}


def _changes(instrument: Instrument, since: date, dates: Dates) -> list[dict[str, Any]]:
    words = {
        "signed": _("signed"),
        "joined": _("became party"),
        "left": _("is no longer party"),
        "in force": _("in force for it"),
    }
    names = gazetteer(dates.as_at)
    return [
        {
            "code": address_code(names, change.participant),
            "name": names.label(change.participant, tongue(), on=change.date),
            "date": change.date,
            "what": words[change.what],
            "by": change.by.label if change.by and change.what == "joined" else "",
        }
        for change in store.changes(instrument.code, since, dates.on, dates.as_at)
    ]


def _missing(listed: Figure, on: date) -> dict[str, Any]:
    """Member States not yet party, by regional group; one in two groups stands under each."""
    names = gazetteer(now().date())
    found: dict[str, list[dict[str, Any]]] = {}
    for area, (groups, _region, signed) in listed.value.rows.items():
        state = {
            "code": address_code(names, area),
            "name": names.label(area, tongue(), on=on),
            "signed": as_day(signed),
        }
        for group in groups.split("; ") if groups else ["none"]:
            found.setdefault(group, []).append(state)
    ordered: list[dict[str, Any]] = [
        {"name": group_label(group), "states": sorted(states, key=lambda state: sort_key(state["name"], tongue()))}
        for group, states in sorted(found.items(), key=lambda pair: group_place(pair[0]))
    ]
    return {"figure": listed, "count": len(listed.value.rows), "groups": ordered}


def as_day(text: Any) -> date | None:
    """A cell of a status table as a date; None where it is blank."""
    return date.fromisoformat(text) if isinstance(text, str) and text else text or None


def _standing(table: Table, area: str, code: str) -> dict[str, Any]:
    """How an area stands to an instrument, and which cells of the status table say so."""
    signed, consented = as_day(table.cell(area, f"{code}-signature")), as_day(table.cell(area, f"{code}-consent"))
    return {
        "code": code,
        "signed": signed,
        "consented": consented,
        "by": table.cell(area, f"{code}-by") or "",
        "state": "party" if consented else "signatory" if signed else "none",
        "signature_column": f"{code}-signature",
        "consent_column": f"{code}-consent",
    }


def _parts(table: Table, dates: Dates, standing: Any) -> Sequence[dict[str, Any]]:
    """The rows of a status table, Member States and other participants apart, each in the order of the language."""
    names = gazetteer(dates.as_at)
    own = set(store.members(names, dates.on))

    def rows(codes: Iterable[str]) -> list[dict[str, Any]]:
        found = [
            {
                "key": area,
                "code": address_code(names, area),
                "name": names.label(area, tongue(), on=dates.on),
                "standings": standing(area, table.rows[area]),
            }
            for area in codes
        ]
        return sorted(found, key=lambda row: sort_key(row["name"], tongue()))

    of_members, others = rows(a for a in table.rows if a in own), rows(a for a in table.rows if a not in own)
    captions = (_("Member States of the United Nations"), _("Other participants, which are not Member States"))
    return [
        {"caption": caption, "rows": part} for caption, part in zip(captions, (of_members, others), strict=True) if part
    ]
