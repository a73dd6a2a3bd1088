"""How findings print numbers and name places."""

from collections.abc import Sequence

from comity.evidence.wording import gettext as _
from comity.statistics.quality.observed_rows import Observed

PLACES_NAMED = 6


def number(value: float) -> str:
    """A number as findings print it: with thousands commas and, below 1,000, to four significant digits."""
    return f"{value:,.0f}" if value == int(value) or abs(value) >= 1000 else f"{value:.4g}"


def times(value: float) -> str:
    """A factor: `12`, `1.3`, `0.0014`."""
    return f"{value:,.0f}" if value >= 10 else f"{value:.2g}"


def percent(share: float) -> str:
    """A relative change with its sign: `+25 %`, `−4.2 %`."""
    return (
        f"{share * 100:+,.0f} %".replace("-", "−") if abs(share) >= 0.1 else f"{share * 100:+.1f} %".replace("-", "−")
    )


def at(observed: Observed, release: int, place: str, *, elsewhere: bool = False) -> str:
    """A place of a release; with its file where that is another one than the reader looks at."""
    file = observed.releases[release].file
    return _("%(place)s of %(file)s") % {"place": place, "file": file} if elsewhere else place


def so_in(times: int) -> str:
    """What follows a message that is true of so many values of a series, of which it tells the latest."""
    return _("; so it is in %(times)d values of the series") % {"times": times} if times > 1 else ""


def places(named: Sequence[str]) -> str:
    """Some places in a row; of many the first ones, and how many more there are."""
    shown = ", ".join(named[:PLACES_NAMED])
    more = len(named) - PLACES_NAMED
    return _("%(places)s and %(more)d more") % {"places": shown, "more": more} if more > 0 else shown
