"""The layouts in which statistics are published, one module each; `layouts()` lists them in the order of asking."""

from collections.abc import Sequence

from comity.statistics.reading import Layout


def layouts() -> Sequence[Layout]:
    """Every layout that is known, the most telling first."""
    from comity.statistics.layouts.portal import Portal

    return [Portal()]
