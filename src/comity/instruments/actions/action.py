"""Treaty actions and the instruments they are done to, in the vocabulary of the depositary.

Source of words and suffixes: the column headings of "Multilateral Treaties Deposited with the Secretary-General"
(MTDSG).
"""

import difflib
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.translation import gettext

from comity.evidence.wording import gettext as _
from comity.evidence.wording import gettext_noop


class ActionType(StrEnum):
    """What a participant does with regard to an instrument."""

    SIGNATURE = gettext_noop("signature")
    SUCCESSION_TO_SIGNATURE = gettext_noop("succession to signature")
    RATIFICATION = gettext_noop("ratification")
    ACCEPTANCE = gettext_noop("acceptance")
    APPROVAL = gettext_noop("approval")
    ACCESSION = gettext_noop("accession")
    SUCCESSION = gettext_noop("succession")
    DEFINITIVE_SIGNATURE = gettext_noop("definitive signature")
    FORMAL_CONFIRMATION = gettext_noop("formal confirmation")
    CONSENT_TO_BE_BOUND = gettext_noop("consent to be bound")
    CONSENT_OF_UNKNOWN_KIND = gettext_noop("consent of unknown kind")
    PROVISIONAL_APPLICATION = gettext_noop("provisional application")
    WITHDRAWAL = gettext_noop("withdrawal")
    TERRITORIAL_APPLICATION = gettext_noop("territorial application")
    TERRITORIAL_EXCLUSION = gettext_noop("territorial exclusion")
    RESERVATION = gettext_noop("reservation")
    RESERVATION_OR_DECLARATION = gettext_noop("reservation or declaration")
    WITHDRAWAL_OF_RESERVATION = gettext_noop("withdrawal of reservation")
    DECLARATION = gettext_noop("declaration")
    OBJECTION = gettext_noop("objection")
    NOTIFICATION = gettext_noop("notification")
    COMMUNICATION = gettext_noop("communication")

    @property
    def suffix(self) -> str:
        """The mark behind a date in status tables; empty for ratification and for what has none there."""
        return _SUFFIXES.get(self, "")

    @property
    def binds(self) -> bool:
        """Whether the action expresses consent to be bound and so makes its participant a party."""
        return self in CONSENTS

    @property
    def signs(self) -> bool:
        """Whether the action makes its participant a signatory."""
        return self in SIGNATURES

    @property
    def label(self) -> str:
        """The action's name in the reader's language."""
        return gettext(self.value)

    @classmethod
    def parse(cls, text: str) -> "ActionType":
        """Read an action's name, also as "denunciation" or "interpretative declaration"; ValueError for any other."""
        plain = " ".join(text.casefold().split())
        return _SYNONYMS.get(plain) or cls(plain)

    @classmethod
    def nearest(cls, text: str) -> list[str]:
        """The names of actions that look most like a text, at most three."""
        return difflib.get_close_matches(" ".join(text.casefold().split()), [item.value for item in cls], 3, 0.5)


SIGNATURES = frozenset({ActionType.SIGNATURE, ActionType.SUCCESSION_TO_SIGNATURE})
CONSENTS = frozenset(
    {
        ActionType.RATIFICATION,
        ActionType.ACCEPTANCE,
        ActionType.APPROVAL,
        ActionType.ACCESSION,
        ActionType.SUCCESSION,
        ActionType.DEFINITIVE_SIGNATURE,
        ActionType.FORMAL_CONFIRMATION,
        ActionType.CONSENT_TO_BE_BOUND,
        ActionType.CONSENT_OF_UNKNOWN_KIND,
    }
)
DECLARED = frozenset(
    {
        ActionType.TERRITORIAL_APPLICATION,
        ActionType.TERRITORIAL_EXCLUSION,
        ActionType.RESERVATION,
        ActionType.RESERVATION_OR_DECLARATION,
        ActionType.WITHDRAWAL_OF_RESERVATION,
        ActionType.DECLARATION,
        ActionType.OBJECTION,
        ActionType.NOTIFICATION,
        ActionType.COMMUNICATION,
    }
)
"""What participants declare, reserve, object to and notify, and the territories to which they apply a treaty."""
AFTER_SIGNATURE = frozenset({ActionType.RATIFICATION, ActionType.ACCEPTANCE, ActionType.APPROVAL})
"""The consents that confirm a signature; a participant that has not signed accedes or accepts instead."""
MADE_WITH_CONSENT = frozenset({ActionType.RESERVATION, ActionType.DECLARATION, ActionType.RESERVATION_OR_DECLARATION})
"""What status lists print without a day of its own: unless they say otherwise it was made with the consent."""

_SUFFIXES = {
    ActionType.ACCEPTANCE: "A",
    ActionType.APPROVAL: "AA",
    ActionType.ACCESSION: "a",
    ActionType.SUCCESSION: "d",
    ActionType.SUCCESSION_TO_SIGNATURE: "d",
    ActionType.DEFINITIVE_SIGNATURE: "s",
    ActionType.FORMAL_CONFIRMATION: "c",
    ActionType.CONSENT_TO_BE_BOUND: "P",
    ActionType.CONSENT_OF_UNKNOWN_KIND: "?",
    ActionType.PROVISIONAL_APPLICATION: "n",
}
_SYNONYMS = {
    "denunciation": ActionType.WITHDRAWAL,
    "interpretative declaration": ActionType.DECLARATION,
    "reservations and declarations": ActionType.RESERVATION_OR_DECLARATION,
    "extension": ActionType.TERRITORIAL_APPLICATION,
}


class Confidence(StrEnum):
    """How sure a source is of a row; blank where it does not say."""

    HIGH = gettext_noop("high")
    MEDIUM = gettext_noop("medium")
    LOW = gettext_noop("low")
    UNSAID = ""


Day = date  # the class below has a field of that name


@dataclass(frozen=True, slots=True)
class Action:
    """One act of a participant with regard to an instrument.

    `date` is the day of signature or deposit, `effective` the day from which it has effect where the source gives one.
    Where the day is not known, `date` is None and the act was done in the window from `not_before` up to and including
    `not_after`; where that is None too, it may not have been done yet. `confidence`, `basis` and `source` are what the
    origin says of how it knows. `organization` says that the participant is a regional economic integration
    organization and not a State; `dissolved` is the day from which a State that nobody continues no longer existed.

    Raises ValueError for an act with both a day and a window or with neither, and for a window that ends before it
    begins.
    """

    instrument: str
    participant: str
    type: ActionType
    date: Day | None
    effective: Day | None = None
    participant_name: str = ""
    article: str = ""
    text: str = ""
    notification: str = ""
    note: str = ""
    organization: bool = False
    dissolved: Day | None = None
    not_before: Day | None = None
    not_after: Day | None = None
    confidence: Confidence = Confidence.UNSAID
    basis: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        if (self.date is None) == (self.not_before is None) or (self.not_after and not self.not_before):
            raise ValueError("an act has a day, or a window in its place")
        if self.not_after and self.not_before and self.not_after < self.not_before:
            raise ValueError("a window ends no earlier than it begins")

    @property
    def earliest(self) -> Day:
        """The first day on which the act can have been done: its day, where that is known."""
        return self.date or self.not_before or Day.min

    @property
    def latest(self) -> Day | None:
        """The last day on which the act can have been done; None where it may not have been done yet."""
        return self.date or self.not_after

    @property
    def when(self) -> str:
        """The day as ISO text; of a window its first and last day, `2014-11-12/2015-01-31`, its end open as `..`."""
        return when(self.date, self.not_before, self.not_after)

    @property
    def doubt(self) -> str | None:
        """Why whoever shows the act must say that it is not sure: "low" confidence, or "inferred"; None where it is."""
        if self.confidence is Confidence.LOW:
            return Confidence.LOW.value
        return INFERRED if self.basis == INFERRED else None

    def is_done(self, on: Day) -> bool:
        """Whether the act was surely done by a day."""
        return self.latest is not None and self.latest <= on

    def may_be_done(self, on: Day) -> bool:
        """Whether the act was possibly done by a day."""
        return self.earliest <= on

    def may_be_on(self, day: Day) -> bool:
        """Whether the act can have been done on a day."""
        return self.earliest <= day and (self.latest is None or day <= self.latest)


def when(day: date | None, not_before: date | None, not_after: date | None) -> str:
    """A day, or the window that stands in its place, as `Action.when` writes them."""
    if day is not None:
        return day.isoformat()
    first, last = (bound.isoformat() if bound else ".." for bound in (not_before, not_after))
    return f"{first}/{last}"


INFERRED = "inferred"
"""The basis of a row that no source states: it follows from others."""


class WithdrawalRule(StrEnum):
    """When a withdrawal takes effect, counted from its receipt by the depositary."""

    ONE_YEAR = "1 year"
    SIX_MONTHS = "6 months"
    FIRST_JANUARY = "1 January"
    """On 1 January of the next year where received by 1 July, else a year later (SC61 article 46, PS71 article 29)."""

    def effective(self, received: date) -> date:
        """The day from which a withdrawal received on a day has effect."""
        if self is WithdrawalRule.FIRST_JANUARY:
            return date(received.year + (1 if received <= date(received.year, 7, 1) else 2), 1, 1)
        return months_after(received, 12 if self is WithdrawalRule.ONE_YEAR else 6)


def months_after(day: date, months: int) -> date:
    """The same day of the month some months later, or that month's last day where it has no such day."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(day.day, last))


@dataclass(frozen=True, slots=True)
class Instrument:
    """A treaty with its own rule of entry into force, participation and withdrawal.

    `trigger_count` instruments deposited by States bring it into force `trigger_days` after the last of them; for a
    later party it enters into force `later_days` after its own deposit. None where the register does not hold the rule.
    `other_codes` are codes by which other files know it. It `is_partial` where actions on it are held, and no day
    through which they are complete.
    """

    code: str
    title: str
    short_title: str
    collection_reference: str
    unts: str
    adopted: date
    place: str
    depositary: str
    parent: str
    falls_with_parent: bool
    set: str
    number: int | None
    entry_into_force: date | None
    trigger_count: int | None
    trigger_days: int | None
    later_days: int | None
    withdrawal_rule: WithdrawalRule | None
    organizations: bool
    participation: str
    recomputation: str
    status_data: bool
    verified: bool
    note: str = ""
    other_codes: tuple[str, ...] = ()
    is_partial: bool = False

    @property
    def expected_day(self) -> str:
        """What is expected of the day of an act, in a sentence for whoever gave one from before the adoption."""
        return _("a day from %(day)s on, when %(code)s was adopted") % {"day": self.adopted, "code": self.code}

    def effective(self, action: Action, deposit: date | None = None) -> date | None:
        """The day from which a consent binds its participant, by the treaty's own rule where the source gives none.

        `deposit` is the first or last day on which it can have been deposited, where its day is not known. The later of
        the treaty's own entry into force and `later_days` after the deposit; None where that is unknown.
        """
        deposit = action.date or deposit
        if action.effective is not None:
            return action.effective
        if self.entry_into_force is None or self.later_days is None or deposit is None:
            return None
        return max(deposit + timedelta(days=self.later_days), self.entry_into_force)

    def withdrawal_effective(self, action: Action, received: date | None = None) -> date | None:
        """The day from which a withdrawal has effect: as given, by the treaty's rule, or at once where it has none.

        `received` is the first or last day on which it can have been received, where its day is not known.
        """
        received = action.date or received
        if action.effective is not None or received is None:
            return action.effective
        return self.withdrawal_rule.effective(received) if self.withdrawal_rule else received
