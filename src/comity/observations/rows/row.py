"""A row of a table as an observation, or as the fault that keeps it out."""

from collections.abc import Callable

from comity.evidence.wording import gettext as _
from comity.observations.numbers import Number
from comity.observations.observation import FREE, NORMAL, TOTAL, Observation
from comity.observations.reading import Reading


class RowFault(ValueError):
    """What is wrong with one row: the rule that it breaks, the place, what stands there and what was expected."""

    def __init__(self, rule: str, place: str, value: str, expected: str):
        self.rule, self.place, self.value, self.expected = rule, place, value, expected
        super().__init__(expected)


def notice_unknown_word(reading: Reading, heading: str, text: str, place: str) -> None:
    """Notice a word of a dimension whose meaning is not held, and which is kept as it is."""
    expected = _("a word of this column whose meaning is held")
    message = _("%(place)s: “%(value)s” is not among the words whose meaning is held; kept as it is in %(times)d rows")
    reading.notice("unknown-term", "warning", f"{heading}:{text}", place, text, expected, message)


def stated(
    *,
    area: str,
    indicator: str,
    unit: str,
    period: str,
    number: Number,
    text: str,
    place: str,
    iccs: str = "",
    sex: str = TOTAL,
    age: str = TOTAL,
    citizenship: str = TOTAL,
    breakdown: str = TOTAL,
    source: str = "",
    note: str = "",
    status: str = "",
) -> Observation:
    """An observation as it is stated at a place, of the total of each dimension that is not given.

    `status` is what the file says beside the number; it stands before what the number's own form says.
    """
    return Observation(
        area=area,
        indicator=indicator,
        iccs=iccs,
        sex=sex,
        age=age,
        citizenship=citizenship,
        breakdown=breakdown,
        unit=unit,
        period=period,
        repeat=0,
        value=number.value,
        text=text,
        status=status or number.status or NORMAL,
        confidentiality=FREE,
        source=source,
        note=note,
        place=place,
    )


def keep_row(reading: Reading, read_row: Callable[[], Observation], *, free: bool = True) -> None:
    """Count a row and keep the observation that it gives; a RowFault rejects it, naming rule, place and value.

    Of a row that is not `free` what is found is kept from the public too.
    """
    reading.rows += 1
    try:
        reading.observations.append(read_row())
    except RowFault as fault:
        reading.reject(fault.rule, fault.place, fault.value, fault.expected)
        if not free:
            reading.concealed.add(reading.findings[-1])
