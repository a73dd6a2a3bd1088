"""Which figures a pattern asks for."""

import pytest

from comity.mandates.asking.figure_patterns import FigurePattern


@pytest.mark.parametrize(
    ("pattern", "figure", "fits"),
    [
        ("parties.UNTOC.*", "parties.UNTOC.2012-12-20", True),
        ("parties.UNTOC.*", "parties.TIP.2012-12-20", False),
        ("parties.UNTOC.*", "states.UNTOC.2012-12-20", False),
        ("parties.UNTOC.*", "parties-at-most.UNTOC.2012-12-20", True),
        ("not-party.UNTOC.*", "not-party-at-least.UNTOC.2012-12-20", True),
        ("states.UNTOC.*", "parties-at-most.UNTOC.2012-12-20", False),
        ("parties,states.UNTOC,TIP.*", "states.TIP.2012-12-20", True),
        ("status-table.UNTOC,TIP.*", "status-table.UNTOC,TIP,SOM,FP.2012-12-20", True),
        ("status-table.UNTOC.*", "status-table.UNTOC,TIP.2012-12-20#004.UNTOC", True),
        ("status-table.UNTOC.*", "status-table.UNTOC%2CTIP.2012-12-20", True),
        ("counter-terrorism.*", "counter-terrorism.2012-12-20", True),
        ("members.*", "members", True),
        ("joined.*.2012-12-20", "joined.TIP.2012-12-20", True),
        ("joined.*.2012-12-20", "joined.TIP.2013-12-20", False),
        ("joined.*.2012-12-20", "joined.TIP.2012-12-20.2013-01-01", False),
        ("joined.TIP", "joined", False),
    ],
)
def test_pattern_fits_figures(pattern: str, figure: str, fits: bool) -> None:
    assert FigurePattern.parse(pattern).fits(figure) is fits


@pytest.mark.parametrize("text", ["", "*.UNTOC", "parties..x", ".x", "parties."])
def test_pattern_without_method_or_with_empty_parts_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="pattern of figures"):
        FigurePattern.parse(text)
