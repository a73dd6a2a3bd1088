"""What a chart says in words and numbers, for readers who do not see it."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _


def described(title: str, parts: Iterable[str]) -> str:
    """Title and parts as one description: each a sentence."""
    return " ".join(f"{text.rstrip('.')}." for text in (title, *parts) if text)


def listed(pairs: Iterable[tuple[str, str]]) -> str:
    """Pairs of label and value as a list for a description."""
    return "; ".join(f"{label}: {value}" for label, value in pairs)


def extremes(ranked: Sequence[tuple[str, str]]) -> list[str]:
    """The three first and last of areas from the highest down, or all of them where they are few, as sentences."""
    if len(ranked) <= 6:
        return [listed(ranked)]
    return [f"{_('highest')} – {listed(ranked[:3])}", f"{_('lowest')} – {listed(ranked[-3:])}"]
