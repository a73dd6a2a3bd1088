"""What is not as the audit chain says, and the chain as the checks that find it are given it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from comity.evidence.chain import keys
from comity.evidence.chain.events import Event
from comity.evidence.workspaces import own_files, workspace

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True)
class Discrepancy:
    """Something that is not as the chain says: where, what is wrong, and the event that says otherwise.

    A warning is what an act that was stopped halfway leaves too, or a clock that was wrong.
    """

    kind: str
    where: str
    what: str
    event: int | None = None
    severity: str = ERROR

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"

    def as_json(self) -> dict[str, Any]:
        """The discrepancy as `comity audit verify --format json` lists it."""
        return dict(vars(self))


@dataclass(frozen=True)
class Chain:
    """The chain as the checks are given it: its events, the key that signs it, and from which event on."""

    events: tuple[Event, ...]
    key: str
    public_key: str
    since: int
    anchored: int = 0
    """The last event that was anchored before the chain was read."""

    def is_signed(self, event: Event) -> bool:
        """Whether an event bears a signature of the key."""
        return event.signature is not None and keys.is_signed(
            event.number, event.hash, event.signature, self.public_key
        )

    def of_act(self, act: str) -> list[Event]:
        """The signed events of an act, in order."""
        return [event for event in self.events if event.act == act and event.number >= self.since]


Check = Callable[[Chain], Iterable[Discrepancy]]


def file_discrepancy(kind: str, path: Path, digest: str, what: str, event: int | None = None) -> Discrepancy | None:
    """What is wrong with a file whose SHA-256 is known: missing, unreadable, or another; `what` says what it is."""
    try:
        held = own_files.digest_of(path)
    except FileNotFoundError:
        return Discrepancy(kind, shown(path), f"missing: {what}", event)
    except OSError as error:
        return Discrepancy(kind, shown(path), f"cannot be read: {error.strerror}", event)
    return None if held == digest else Discrepancy(kind, shown(path), f"changed: {what} is no longer {digest}", event)


def shown(path: Path) -> str:
    """A path as seen from the workspace."""
    return str(path.relative_to(workspace.home())) if path.is_relative_to(workspace.home()) else str(path)


def said_by(error: Exception) -> str:
    """What an error says; of a file its name, and not the error's number."""
    if isinstance(error, OSError) and error.strerror:
        return f"{shown(Path(error.filename))}: {error.strerror}" if error.filename else error.strerror
    return str(error) or type(error).__name__
