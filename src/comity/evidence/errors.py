"""Errors as sentences, split by who can mend them: the user (bad input), or the operator (the workspace)."""

import copyreg
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from comity.evidence.wording import gettext as _

MOST_SHOWN = 2_000
"""Letters of each text that is said of a fault or finding."""
MOST_FAULTS = 1_000
"""Faults of an input that are named; of more it is said that there are."""


class ComityError(Exception):
    """An error that a person can mend; its text is a sentence for that person."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong in an input: where it stands, what stands there, what was expected.

    `place` is a locator as in `comity.evidence.places` ("203:date", "17"), empty where the whole file is meant.
    """

    file: str
    place: str
    value: str
    expected: str

    def __post_init__(self) -> None:
        """Keep no more of a text than tells which it is."""
        shorten(self, "place", "value", "expected")

    def __str__(self) -> str:
        where = self.file if not self.place else _("%(file)s, %(place)s") % {"file": self.file, "place": self.place}
        shown = self.value if len(self.value) <= 120 else self.value[:119] + "…"
        return _("%(where)s: found “%(value)s”, expected %(expected)s") % {
            "where": where,
            "value": shown,
            "expected": self.expected,
        }


def shorten(said: object, *names: str) -> None:
    """Cut the texts of something frozen that are longer than MOST_SHOWN."""
    for name in names:
        if len(text := getattr(said, name)) > MOST_SHOWN:
            object.__setattr__(said, name, text[: MOST_SHOWN - 1] + "…")


class BadInput(ComityError):
    """Input that is refused whole; exit status 2. Carries the faults found, in the order of the file, MOST_FAULTS at
    most and then one that says that there are more."""

    def __init__(self, faults: Sequence[Fault] | Fault):
        self.faults = [faults] if isinstance(faults, Fault) else list(faults[:MOST_FAULTS])
        if not isinstance(faults, Fault) and len(faults) > MOST_FAULTS:
            expected = _("no further faults: only the first %(count)s are named") % {"count": f"{MOST_FAULTS:,}"}
            self.faults.append(Fault(faults[0].file, "", "…", expected))
        super().__init__("\n".join(str(fault) for fault in self.faults))

    def __reduce__(self) -> tuple[Any, ...]:
        """By what it holds: kinds of it are made of other things than an error's text, by which it would be pickled."""
        return copyreg.__newobj__, (type(self), *self.args), vars(self)  # type: ignore[attr-defined]


class UnknownName(BadInput):
    """A name that no record bears; `candidates` are the nearest ones that do."""

    def __init__(self, value: str, what: str, candidates: Sequence[str] = (), file: str = "", place: str = ""):
        self.value, self.what, self.candidates = value, what, tuple(candidates)
        expected = what
        if candidates:
            expected = _("%(what)s; the nearest are: %(candidates)s") % {
                "what": what,
                "candidates": ", ".join(candidates),
            }
        super().__init__(Fault(file or _("command line"), place, value, expected))


class NotPublic(ComityError):
    """Something that is held and that not everyone may see; the sentence says what may be seen of it."""


class WorkspaceError(ComityError):
    """The workspace is missing, locked or damaged; its operator can mend it. Exit status 1."""
