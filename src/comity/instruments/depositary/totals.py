"""What a page states of itself set beside what its rows give: totals, and days that cannot be."""

from datetime import date

from comity.evidence.wording import gettext as _
from comity.instruments.depositary.status_page import StatusPage


def check(page: StatusPage, today: date) -> None:
    """Note as faults where totals and rows differ, and each row after the day of the page, or a page of the future."""
    _compare(page, _("Signatories"), page.signatories, page.counted_signatories)
    _compare(page, _("Parties"), page.parties, page.counted_parties)
    if page.as_at is None:
        return
    if page.as_at > today:
        expected = _("a page whose day is not after today, %s") % today
        page.refuse(0, page.as_at.isoformat(), expected)
    for act in page.acts:
        if act.date > page.as_at:
            said = {"day": page.as_at, "name": act.participant_name}
            expected = _("a date that is not after the day of the page, %(day)s; the row is that of %(name)s") % said
            page.refuse(act.line, act.date.isoformat(), expected)


def _compare(page: StatusPage, label: str, stated: int | None, counted: int | None) -> None:
    if stated == counted or (not stated and not counted):
        return
    value = _("%(label)s: %(count)s") % {"label": label, "count": _("not stated") if stated is None else stated}
    expected = _("the number that the rows of the page give, which is %s") % (counted or 0)
    page.refuse(0, value, expected)
