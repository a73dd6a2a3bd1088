"""Pages of the register of treaties: the list, the status of several by State, and one instrument."""

from collections.abc import Callable, Iterable, Sequence
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
from comity.evidence.figures import MOST_YEARS, Figure, figure, listed
from comity.evidence.store import now
from comity.instruments import pictures, store
from comity.instruments.actions.action import Instrument, when
from comity.instruments.depositary.addresses import status_page_address
from comity.instruments.figures.counts import range_of
from comity.instruments.labels import short_title, when_in_words
from comity.instruments.pages.declarations import declared_counts
from comity.instruments.pictures import standings

CORE = ("UNTOC", "TIP", "SOM", "FP", "UNCAC")


@dataclass(frozen=True)
class Dates:
    """The date that a page speaks of, the date of knowledge, and the day through which the register is complete."""

    on: date
    as_at: date
    complete_through: date | None
    is_asked: bool = True

    def of(self, code: str) -> "Dates":
        """The dates for one instrument: the day that is asked for, else the one through which it is complete."""
        held = store.register(self.as_at)
        through = held.complete_through(code)
        return Dates(self.on if self.is_asked else held.asked_day([code]), self.as_at, through, self.is_asked)

    def figure(self, identifier: str) -> Figure:
        """A figure as known on the page's date of knowledge."""
        return figure(identifier, as_at=self.as_at)


def asked_dates(request: HttpRequest, codes: Sequence[str] = ()) -> Dates:
    """The dates that a page's address asks for; by default the last day on which the register is complete, and today.

    The register is complete for several instruments through the earliest of their days; with `codes` empty the page
    speaks of each instrument on a day of its own, and of all else on the day of knowledge.
    """
    as_at = asked_date(request.GET, "as_at", now().date())
    register = store.register(as_at)
    complete = min(filter(None, map(register.complete_through, codes)), default=None)
    on = asked_date(request.GET, "on", min(complete or as_at, as_at))
    return Dates(on, as_at, complete, bool(request.GET.get("on")))


def _listed_instruments(as_at: date) -> list[Instrument]:
    return [fact.value for fact in store.register(as_at).instruments.values()]


def _context(dates: Dates, **more: Any) -> dict[str, Any]:
    said = {"on": dates.on, "as_at": dates.as_at, "complete_through": dates.complete_through}
    return {**said, "is_asked": dates.is_asked, **more}


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
        "cybercrime": _("Cybercrime"),
        "drugs": _("Drugs"),
        "counter-terrorism": _("Counter-terrorism"),
    }


def _listed(instrument: Instrument, dates: Dates) -> dict[str, Any]:
    """An instrument with its counts, where the register holds actions on it, on the day asked or on its own."""
    own = dates.of(instrument.code)
    held = {
        name: _count(name, instrument, own) if instrument.status_data else None
        for name in ("parties", "states", "signatories")
    }
    days = {"on": own.on, "complete_through": own.complete_through}
    return {"instrument": instrument, "in_force": _is_in_force(instrument, own.on), **days, **held}


def _count(name: str, instrument: Instrument, dates: Dates) -> dict[str, Any]:
    """A count with the other end of its range, where windows leave one open; `is_least` where only a part is held."""
    one = dates.figure(f"{name}.{instrument.code}.{dates.on}")
    other = dates.figure(f"{range_of(name)}.{instrument.code}.{dates.on}")
    is_range = not instrument.is_partial and other.value != one.value
    return {"figure": one, "other": other if is_range else None, "is_least": instrument.is_partial, "name": name}


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
    if dates.is_asked:
        tables = dict.fromkeys(codes, dates.figure(f"status-table.{','.join(codes)}.{dates.on}"))
    else:
        tables = {code: dates.figure(f"status-table.{code}.{dates.of(code).on}") for code in codes}
    areas = dict.fromkeys(area for table in tables.values() for area in table.value.rows)
    parts = _parts(areas, dates, lambda area: [_standing(tables[code], area, code) for code in codes])
    columns = [{"instrument": held[code], "on": dates.of(code).on, "table": tables[code]} for code in codes]
    context = _context(dates, columns=columns, parts=parts, others=held, chosen=",".join(codes))
    return render(request, "instruments/status.html", context)


def instrument_page(request: HttpRequest, code: str) -> HttpResponse:
    """One instrument on a day: counts, map, timeline, groups, changes, those not yet party, and its status table."""
    dates = asked_dates(request, [code])
    register = store.register(dates.as_at)
    instrument = register.instrument(code)
    context = _context(
        dates,
        instrument=instrument,
        parent=None,
        declared=declared_counts(instrument.code, dates.as_at),
        depositary_page=status_page_address(instrument.collection_reference),
    )
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
        "counts": _counts(instrument, dates),
        "map": _map(instrument, table, on),
        "timeline": _timeline(instrument, dates),
        "groups": _groups(dates.figure(f"parties-by-group.{code}.{on}")),
        "force": _force(code, dates),
        "since": since,
        "changes": _changes(instrument, since, dates),
        "missing": _missing(dates.figure(f"not-party-list.{code}.{on}"), on),
        "table": table,
        "status": _parts(table.value.rows, dates, lambda area: [_standing(table, area, code)]),
        "difference": store.status(code, on, dates.as_at).difference,
    }


def _counts(instrument: Instrument, dates: Dates) -> list[tuple[str, dict[str, Any]]]:
    words = {
        "parties": _("parties by deposit"),
        "states": _("of them States"),
        "signatories": _("signatories"),
        "in-force-for": _("participants for which it is in force"),
        "not-party": _("Member States not yet party"),
        "coverage": _("per cent of Member States are party"),
    }
    known = words if not instrument.is_partial else {key: words[key] for key in ("parties", "states", "signatories")}
    return [(label, _count(name, instrument, dates)) for name, label in known.items()]


def _map(instrument: Instrument, table: Figure, on: date) -> Drawing:
    found = list(standings(table.value, instrument.code).values())
    words = _("%(parties)d parties, %(signatories)d signatories that are not party, %(others)d that are neither.")
    words %= {
        "parties": found.count("party"),
        "signatories": found.count("signatory"),
        "others": found.count("not-party"),
    }
    if possibly := found.count(pictures.POSSIBLY):
        words += " " + _("Possibly party: %(count)d.") % {"count": possibly}
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
            "name": names.label(change.participant, tongue(), on=change.date or dates.on),
            "date": change.date,
            "when": when_in_words(when(change.date, change.not_before, change.not_after)),
            "what": words[change.what],
            "by": change.by.label if change.what == "joined" else "",
            "doubt": change.act.doubt,
        }
        for change in store.changes(instrument.code, since, dates.on, dates.as_at)
    ]


def _missing(listed: Figure, on: date) -> dict[str, Any]:
    """Member States not yet party, by regional group; one in two groups stands under each."""
    names = gazetteer(now().date())
    found: dict[str, list[dict[str, Any]]] = {}
    for area, (groups, _region, signed, possibly) in listed.value.rows.items():
        state = {
            "code": address_code(names, area),
            "name": names.label(area, tongue(), on=on),
            "signed": when_in_words(signed) if signed else "",
            "possibly": when_in_words(possibly) if possibly else "",
        }
        for group in groups.split("; ") if groups else ["none"]:
            found.setdefault(group, []).append(state)
    ordered: list[dict[str, Any]] = [
        {"name": group_label(group), "states": sorted(states, key=lambda state: sort_key(state["name"], tongue()))}
        for group, states in sorted(found.items(), key=lambda pair: group_place(pair[0]))
    ]
    return {"figure": listed, "count": len(listed.value.rows), "groups": ordered}


def _standing(table: Figure, area: str, code: str) -> dict[str, Any]:
    """How an area stands to an instrument, in words, and which cells of the status table say so."""
    parts = ("signature", "consent", "by", "state", "doubt")
    held = area in table.value.rows
    signed, consented, by, state, doubt = (table.value.cell(area, f"{code}-{part}") if held else None for part in parts)
    return {
        "code": code,
        "table": table.id,
        "signed": when_in_words(signed) if signed else "",
        "consented": when_in_words(consented) if consented else "",
        "by": by or "",
        "state": (state or "none").replace(" ", "-"),
        "doubt": doubt,
        "signature_column": f"{code}-signature",
        "consent_column": f"{code}-consent",
    }


def _parts(areas: Iterable[str], dates: Dates, standing: Callable[[str], Any]) -> Sequence[dict[str, Any]]:
    """The rows of status tables, Member States and other participants apart, each in the order of the language."""
    names = gazetteer(dates.as_at)
    own = set(store.members(names, dates.on))

    def rows(codes: Iterable[str]) -> list[dict[str, Any]]:
        found = [
            {
                "key": area,
                "code": address_code(names, area),
                "name": names.label(area, tongue(), on=dates.on),
                "standings": standing(area),
            }
            for area in codes
        ]
        return sorted(found, key=lambda row: sort_key(row["name"], tongue()))

    every = list(areas)
    of_members, others = rows(a for a in every if a in own), rows(a for a in every if a not in own)
    captions = (_("Member States of the United Nations"), _("Other participants, which are not Member States"))
    return [
        {"caption": caption, "rows": part} for caption, part in zip(captions, (of_members, others), strict=True) if part
    ]
