"""Counting the Member States of the United Nations."""

from collections.abc import Sequence
from datetime import date

from comity.areas.gazetteer import Membership, holds
from comity.evidence.figures import method
from comity.evidence.wording import gettext_noop


@method(
    "members",
    version=1,
    label=gettext_noop("Member States"),
    phrase=gettext_noop("Member States of the United Nations"),
    unit=gettext_noop("Member States"),
)
def members(memberships: Sequence[Membership], *, on: date) -> int:
    """The number of Member States of the United Nations on a day.

    A State counts from the day of its admission up to, and without, the day on which its membership ended or was
    continued by another State. Each State counts once. The Holy See, the State of Palestine, the Cook Islands, Niue
    and the European Union take part in treaties but are not Member States and do not count.
    """
    return len(
        {
            membership.area
            for membership in memberships
            if membership.scheme == "un-member" and holds(membership.valid_from, membership.valid_to, on)
        }
    )
