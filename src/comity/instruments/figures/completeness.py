"""Through which day the register is complete, as its origins say."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from comity.evidence.figures import method
from comity.evidence.wording import gettext_noop


@method(
    "register-complete-through",
    version=1,
    label=gettext_noop("Register complete through"),
    phrase=gettext_noop("Day through which the register is complete"),
    unit=gettext_noop("date"),
)
def complete_through(values: Sequence[Any], *, instrument: str) -> date | None:
    """The day through which the register holds every action on an instrument, by the statements of its origins.

    The latest day that an origin which spoke of the instrument gives for its own completeness, no later than the day of
    knowledge; blank where none gives one. The day of the latest action is never taken for it.
    """
    return max(values, default=None)
