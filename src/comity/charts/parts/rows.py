"""Rows below one another, each as high as its name needs, with their values along one scale from zero.

Names stand before the rows and numbers behind them, so that all is mirrored where writing runs from right to left.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any

from comity.charts.languages import Language
from comity.charts.parts.frame import EDGE, Margins
from comity.charts.parts.layout import wrapped
from comity.charts.parts.marks import Spec, end_side, start_side, texts
from comity.charts.theme import SMALL_SIZE, colour

NAME_LINE, DETAIL_LINE = 15.0, 14.0
"""Pixels of a line of a name, and of the smaller words below it."""


@dataclass(frozen=True)
class Rows:
    """Rows of a chart `width` pixels wide, edges included, with `column` pixels for their names and `end` for numbers.

    A name is wrapped to its column; `details` are smaller words below the names, empty where there are none. A row is
    as high as its words and `padding`, and at least `least`. The scale of values ends at `largest`. Where `below` is
    given, names stand above what is drawn of their values, which takes so many pixels.
    """

    names: Sequence[str]
    largest: float
    language: Language
    width: float
    column: float
    end: float
    padding: float
    gap: float = 12.0
    least: float = 0.0
    below: float = 0.0
    details: Sequence[str] = ()

    @cached_property
    def lines(self) -> list[list[str]]:
        """The name of each row in the lines that its column holds, or the whole width above its values."""
        room = self.width - 2 * EDGE if self.below else self.column
        return [wrapped(name, room) for name in self.names]

    @cached_property
    def heights(self) -> list[float]:
        """Pixels of each row."""
        return [
            max(self.least, NAME_LINE * len(lines) + (DETAIL_LINE if detail else 0) + self.below + self.padding)
            for lines, detail in zip(self.lines, self._details, strict=True)
        ]

    @property
    def _details(self) -> Sequence[str]:
        return self.details or [""] * len(self.names)

    def middle(self, number: int) -> float:
        """Where the values of a row are drawn, on the channel of rows."""
        if not self.below:
            return number + 0.5
        return number + (NAME_LINE * len(self.lines[number]) + 1 + self.below / 2) / self.heights[number]

    @property
    def height(self) -> float:
        """Pixels of all rows."""
        return sum(self.heights)

    @property
    def room(self) -> float:
        """Pixels along which values are drawn."""
        return self.width - 2 * EDGE - self.column - self.gap - self.end

    def margins(self, top: float, bottom: float) -> Margins:
        """The margins that hold names and numbers."""
        before, after = EDGE + self.column + self.gap, EDGE + self.end
        left, right = (after, before) if self.language.mirrored else (before, after)
        return Margins(left, right, top, bottom)

    def across(self, field: str = "row") -> Spec:
        """The channel of rows: row 0 reaches from 0 to 1, its middle is 0.5."""
        ends = list(accumulate(self.heights, initial=0.0))
        # Without padding of its own: Vega-Lite else widens a scale across bars by their thickness.
        scale = {"domain": list(range(len(ends))), "range": ends, "nice": False, "zero": False, "padding": 0}
        return {"field": field, "type": "quantitative", "scale": scale, "axis": None}

    def along(self, field: str = "value") -> Spec:
        """The channel of values, from zero at the side where reading begins."""
        ends = [self.room, 0] if self.language.mirrored else [0, self.room]
        scale = {"domain": [0, self.largest], "range": ends, "nice": False}
        return {"field": field, "type": "quantitative", "scale": scale, "axis": None}

    def beyond(self, pixels: float) -> float:
        """Pixels from the left of a place so far from where reading begins, whose own place is zero."""
        return self.room - pixels if self.language.mirrored else pixels

    def forward(self, pixels: float) -> float:
        """A distance in the direction of reading, in pixels to the right."""
        return -pixels if self.language.mirrored else pixels

    def named(self) -> list[Spec]:
        """Layers of the names in their lines, and of the smaller words below them."""
        names: list[dict[str, Any]] = []
        small: list[dict[str, Any]] = []
        for number, (lines, detail, height) in enumerate(zip(self.lines, self._details, self.heights, strict=True)):
            taken = NAME_LINE * len(lines) + (DETAIL_LINE if detail else 0)
            first = NAME_LINE / 2 + (0 if self.below else (height - taken) / 2)
            downs = [first + NAME_LINE * line for line in range(len(lines))]
            names += [{"row": number + down / height, "text": text} for down, text in zip(downs, lines, strict=True)]
            if detail:
                small.append({"row": number + (downs[-1] + (NAME_LINE + DETAIL_LINE) / 2) / height, "text": detail})
        layers = [self._words(names)]
        if small:
            layers.append(self._words(small, color=colour("ink-soft"), fontSize=SMALL_SIZE))
        return layers

    def _words(self, rows: Sequence[dict[str, Any]], **mark: Any) -> Spec:
        x = {"value": self.beyond(-self.gap)}
        side = start_side(self.language) if self.below else end_side(self.language)
        return texts(rows, x=x, y=self.across(), align=side, **mark)
