"""What is noticed of a file once it is read whole, and keeps no row out: areas of another day, shares of one."""

from comity.areas.gazetteer import Gazetteer
from comity.evidence.wording import gettext as _
from comity.observations.observation import PERCENT
from comity.observations.reading import Reading, Severity

_FEWEST = 2
"""Percentages of which all lie below one; one alone may be so."""


def notice_other_days(reading: Reading, names: Gazetteer) -> None:
    """Notice observations of areas in years in which these did not exist."""
    expected = _("an area that existed in the year")
    message = _(
        "%(place)s: “%(value)s” was no State or area of its own in the year of this row; kept as it stands, in "
        "%(times)d rows"
    )
    for one in reading.observations:
        area, year = names.areas.get(one.area), int(one.period[:4])
        if area is None:
            continue
        over = area.exists_to is not None and area.exists_to.year < year
        if over or (area.exists_from is not None and area.exists_from.year > year):
            severity: Severity = "warning" if over else "note"
            reading.notice(
                "area-of-another-day", severity, one.area, one.place, names.label(one.area), expected, message
            )
    reading.tell_notices()


def notice_shares_of_one(reading: Reading) -> None:
    """Notice percentages of which none is above one: they may be shares of one."""
    found = [one for one in reading.observations if one.unit == PERCENT and one.value is not None]
    plain = [one for one in found if not one.text.rstrip().endswith("%")]
    if not any(one.value for one in plain) or not all((one.value or 0) <= 1 for one in plain):
        return
    if len(plain) >= _FEWEST or len(plain) < len(found):
        message = _("%(place)s: all %(times)d percentages are at most one; they may be shares of one, not per cent") % {
            "place": plain[0].place,
            "times": len(plain),
        }
        expected = _("percentages")
        reading.found("shares-of-one", "warning", plain[0].place, plain[0].text, expected, message)
