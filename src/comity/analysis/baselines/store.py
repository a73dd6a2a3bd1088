"""Baselines kept and brought back: setting one is an act of a person, withdrawing it another; nothing is deleted."""

import csv
import io
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from comity.analysis.baselines.ask import Wanted, meant, require_standing
from comity.analysis.baselines.path import Baseline, Held, Question, Standing
from comity.analysis.indicators.ask import detail
from comity.analysis.indicators.figures import IndicatorValue
from comity.analysis.models import BaselineRecord
from comity.areas.gazetteer import Gazetteer
from comity.evidence import registers
from comity.evidence.errors import BadInput, Fault, UnknownName
from comity.evidence.models import Origin
from comity.evidence.store import Source, keep_origin, now, record_event
from comity.evidence.workspaces.acts import one_act
from comity.statistics.figures import fact
from comity.statistics.store import known_on

KEY = ("indicator", "area", "detail")
PLACE = "2:value"
"""Where the value stands in the record of an act: one row under its headings."""


def held(as_at: date) -> list[Held]:
    """The baselines that stand at a state of knowledge, by indicator, area and category."""
    return [_held(record) for record in BaselineRecord.objects.as_at(as_at).select_related("origin")]


def held_of(as_at: date, *, indicator: str = "", area: str = "") -> list[Held]:
    """Those of an indicator and an area, where they are given."""
    return [
        one
        for one in held(as_at)
        if indicator in ("", one.baseline.of.indicator) and area in ("", one.baseline.of.area)
    ]


def _held(record: BaselineRecord) -> Held:
    of = Question(record.indicator, record.area, record.detail)
    return Held(
        baseline=Baseline(of, record.period, record.value, record.printed, record.dataset, record.as_at),
        evidence=tuple(map(_standing, record.evidence)),
        by=record.by,
        set_at=record.recorded_at,
        origin=record.origin.sha256,
        file=record.origin.file,
        place=record.place,
    )


def _standing(stood: dict[str, str]) -> Standing:
    at, known = datetime.fromisoformat(stood["recorded_at"]), date.fromisoformat(stood["known_from"])
    return Standing(**{**stood, "recorded_at": at, "known_from": known})  # type: ignore[arg-type]


def set_baseline(wanted: Wanted, as_at: date, by: str, where: str) -> Held:
    """Fix the value that is meant, as known on a day; a baseline of the same question is closed by it.

    The same value of the same year and day of knowledge again changes nothing. Raises BadInput and UnknownName as
    `meant` does, and for a year or day that is yet to come, and for a value that was withdrawn since.
    """
    at = now()
    _require_past(wanted, as_at, at.date(), where)
    with one_act():
        known = known_on(as_at)
        value = meant(known, wanted, where)
        require_standing(known_on(at.date()), value, where)
        values = _values(value, as_at, by, known.names)
        of = {key: values[key] for key in KEY}
        entry = registers.Entry(values, PLACE, at.date(), ", ".join(of.values()))
        difference = registers.compare(BaselineRecord, KEY, [entry], _standing_of(of))
        if not difference.unchanged:
            source = Source(_file(of), _("Baseline set by %s") % by, kind=Origin.Kind.ACT)
            row = {**values, "evidence": "; ".join(f"{one['file']}, {one['place']}" for one in values["evidence"])}
            registers.apply(difference, keep_origin(_act(row, at), source, at=at))
            record_event(by, "set-baseline", {**of, "on": wanted.period, "as_at": as_at.isoformat()}, at=at)
    return next(one for one in held(at.date()) if one.baseline.of == Question(**of))


def withdraw_baseline(indicator: str, area: str, category: str, by: str, where: str) -> list[Held]:
    """Close the baselines of an indicator and area, or the one of a category; gives what stood.

    Raises UnknownName where none stands.
    """
    at = now()
    with one_act():
        stood = [
            one
            for one in held_of(at.date(), indicator=indicator, area=area)
            if category in ("", one.baseline.of.detail)
        ]
        if not stood:
            known = [", ".join(one.baseline.of) for one in held(at.date())]
            asked = ", ".join(filter(None, (indicator, area, category)))
            raise UnknownName(asked, _("an indicator, area and category with a baseline"), known, where)
        for one in stood:
            of = one.baseline.of._asdict()
            source = Source(_file(of), _("Baseline withdrawn by %s") % by, kind=Origin.Kind.ACT)
            act = _act({**of, "withdrawn_by": by}, at)
            registers.apply(
                registers.compare(BaselineRecord, KEY, [], _standing_of(of)), keep_origin(act, source, at=at)
            )
            record_event(by, "withdraw-baseline", of, at=at)
    return stood


def _standing_of(of: dict[str, str]) -> Iterable[BaselineRecord]:
    standing: Iterable[BaselineRecord] = BaselineRecord.objects.standing().filter(**of)
    return standing


def _require_past(wanted: Wanted, as_at: date, today: date, where: str) -> None:
    if wanted.period > str(today.year):
        expected = _("a year not after %(year)s") % {"year": today.year}
        raise BadInput(Fault(where, "--on", wanted.period, expected))
    if as_at > today:
        expected = _("a day not after %(day)s") % {"day": today.isoformat()}
        raise BadInput(Fault(where, "--as-at", as_at.isoformat(), expected))


def _values(value: IndicatorValue, as_at: date, by: str, names: Gazetteer) -> dict[str, Any]:
    """The columns of a record, by name."""
    key = value.outcome.key
    stood = []
    for found in value.inputs:
        one = fact(found, names)
        standing = Standing(
            found.release.id, one.text, one.label, one.origin, one.file, one.place, one.recorded_at, one.known_from
        )
        in_json = {"recorded_at": one.recorded_at.isoformat(), "known_from": one.known_from.isoformat()}
        stood.append({**asdict(standing), **in_json})
    return {
        "indicator": value.indicator.code,
        "area": key.area,
        "detail": detail(key),
        "period": key.period,
        "dataset": value.dataset,
        "value": value.outcome.value,
        "printed": value.outcome.printed,
        "as_at": as_at,
        "evidence": stood,
        "by": by,
    }


def _file(of: dict[str, str]) -> str:
    return f"baseline-{of['indicator']}-{of['area']}.csv"


def _act(row: dict[str, Any], at: datetime) -> bytes:
    """What was done, as a table of one row with the moment of the act."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, [*row, "at"], lineterminator="\n")
    writer.writeheader()
    writer.writerow({**row, "at": at.isoformat()})
    return stream.getvalue().encode()
