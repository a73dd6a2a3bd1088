"""A status page as `comity instrument read --format json` prints it."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from comity.instruments.depositary.status_page import Act, Entry, Section, StatusPage

AreaOf = Callable[[str], str | None]
"""Gives the area code of a participant's name; None for one that no area bears."""


def as_json(page: StatusPage, area_of: AreaOf) -> dict[str, Any]:
    """The page as one record; `agrees` says whether its rows give its own totals and each cell could be read."""
    return {
        "mtdsg": page.mtdsg or None,
        "title": page.title,
        "as_at": _day(page.as_at),
        "entry_into_force": _day(page.entry_into_force),
        "signatories": page.signatories,
        "parties": page.parties,
        "agrees": not page.faults,
        "counted": {"signatories": page.counted_signatories, "parties": page.counted_parties},
        "participants": page.participants,
        "chapter": page.chapter,
        "concluded": page.conclusion,
        "entry_into_force_text": page.entry_into_force_text,
        "registration": page.registration,
        "treaty_series": page.treaty_series,
        "history": page.history,
        "headings": list(page.headings),
        "titles": {str(section): title for section, title in page.titles.items()},
        "actions": [act_json(act, area_of) for act in page.acts],
        "declarations": _entries(page.of(Section.DECLARATIONS), page.of(Section.UNDER_ARTICLE), area_of=area_of),
        "objections": _entries(page.of(Section.OBJECTIONS), area_of=area_of),
        "notifications": _entries(page.of(Section.NOTIFICATIONS), area_of=area_of),
        "territorial": [
            {
                "participant": area_of(one.participant_name),
                "participant_name": one.participant_name,
                "date": _day(one.date),
                "text": one.text,
                "notes": list(one.notes),
            }
            for one in page.territories
        ],
        "notes": [vars(note) for note in page.notes],
        "residue": [vars(one) for one in page.residue],
        "findings": [str(fault) for fault in page.faults],
    }


def act_json(act: Act, area_of: AreaOf) -> dict[str, Any]:
    """An act; `ended` is the day on which it ended, true where it ended on a day that is not stated, else false."""
    return {
        "participant": area_of(act.participant_name),
        "participant_name": act.participant_name,
        "action": act.type.value,
        "date": act.date.isoformat(),
        "ended": (_day(act.ended) or True) if act.bracketed else False,
        "notes": list(act.notes),
    }


def _entries(*groups: Sequence[Entry], area_of: AreaOf) -> list[dict[str, Any]]:
    return [
        {
            "participant": area_of(entry.participant_name),
            "participant_name": entry.participant_name,
            "section": entry.section.value,
            "kind": entry.kind or None,
            "date": _day(entry.date),
            "text": entry.text,
            "parts": [{"kind": part.kind or None, "date": _day(part.date), "text": part.text} for part in entry.parts],
            "notes": list(entry.notes),
        }
        for entries in groups
        for entry in entries
    ]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
