"""Reading a status page of the United Nations Treaty Collection, or its XML, as people save it.

Nothing of a page is dropped in silence: what no part of the reader understands stands in its residue. What it states of
itself is checked against its rows; what differs, and each cell that cannot be read, is a fault of the page.
"""

from datetime import date

from comity.evidence.errors import BadInput, Fault
from comity.evidence.wording import gettext as _
from comity.instruments.depositary.end_notes import with_withdrawals
from comity.instruments.depositary.html_page import ADDRESS, read_html
from comity.instruments.depositary.saved_forms import looks_like, saved_text
from comity.instruments.depositary.status_page import StatusPage
from comity.instruments.depositary.totals import check
from comity.instruments.depositary.xml_source import read_xml


def read_page(data: bytes, file: str, today: date, as_at: date | None = None) -> StatusPage:
    """A saved page; `as_at` is the day of a page whose form bears none, which XML does not.

    Raises BadInput where it is no such page at all: of another site, in another language, cut short, of two treaties.
    """
    if not looks_like(data):
        expected = _("a status page of the United Nations Treaty Collection, saved whole from %s") % ADDRESS
        raise BadInput(Fault(file, "", _("another kind of file"), expected))
    saved = saved_text(data, file)
    page = StatusPage(file, own_lines=saved.own_lines)
    if saved.xml:
        read_xml(page, saved)
        page.as_at = as_at
        if as_at is None:
            page.refuse(0, _("XML without a status date"), _("the day of the page, said by --published YYYY-MM-DD"))
    else:
        read_html(page, saved)
    with_withdrawals(page)
    check(page, today)
    return page
