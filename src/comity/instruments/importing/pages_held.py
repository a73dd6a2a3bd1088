"""Which pages of the depositary are held, by what they state of their completeness."""

from datetime import date

from comity.instruments.models import CompletenessRecord

STATEMENT = "STATUS AS AT"
"""With which the statement begins that a page makes of its completeness, as its own words do."""

PAGE_COLUMNS = frozenset({"instrument", "participant", "participant_name", "action", "date", "not_before", "not_after"})
"""What a page says of an act of its table, by the columns of the register."""


def origins_of_pages(code: str) -> frozenset[str]:
    """The origins that are pages of a treaty."""
    stated = CompletenessRecord.objects.filter(instrument=code, statement__startswith=STATEMENT)
    return frozenset(stated.values_list("origin_id", flat=True))


def days_of_pages() -> dict[str, date]:
    """The day of the latest page that is held of each treaty of which one is."""
    stated = CompletenessRecord.objects.standing().filter(statement__startswith=STATEMENT).order_by("through")
    return dict(stated.values_list("instrument", "through"))
