"""The layout of the series that UNODC published by offence in 2019: region, country, year, count and rate. The offence
itself is not in the workbook: its file's name says it, or the user."""

import re
from collections.abc import Sequence
from itertools import chain

from comity.classifications import iccs
from comity.classifications.iccs import Category
from comity.evidence.errors import BadInput, Fault
from comity.evidence.wording import gettext as _
from comity.evidence.workbooks.workbook import Value, cell_text
from comity.observations import indicators_published
from comity.observations.finishing import finish
from comity.observations.grids.chosen_sheets import choose_sheets
from comity.observations.grids.fields import FieldsOfGrid, fields_in, fields_of, judge_blank, notice_other_columns
from comity.observations.grids.grid import Grid, grids_of, known_grids, outside_of
from comity.observations.numbers import marks_of, read_number
from comity.observations.observation import PER_100000, Observation, slug
from comity.observations.reading import Description, Reading
from comity.observations.rows.areas import AreaFinder
from comity.observations.rows.row import RowFault, keep_row, stated
from comity.observations.rows.values import read_period, read_value

HEADINGS = {
    "region": ("region",),
    "subregion": ("sub_region", "subregion"),
    "country": ("country",),
    "year": ("year",),
    "count": ("count",),
    "rate": ("rate",),
}
_OTHERS = frozenset({"indicator", "category", "entity"})
_MEASURES = {"count": ("recorded-offences-count", "offences"), "rate": ("recorded-offences-rate", PER_100000)}
# Words of a file's name that say nothing of the offence.
_GENERAL = {"unodc", "data", "cts", "series", "recorded", "offences", "crime", "crimes", "counts", "rates", "final"}


class OffenceSeries:
    """Workbooks of recorded offences by country and year."""

    name = "UNODC series of one offence"

    def recognises(self, name: str, data: bytes) -> bool:
        """Whether a table is headed country, year and count or rate, and no indicator."""
        return any(map(_is_series, known_grids(name, data, HEADINGS)))

    def read(self, name: str, data: bytes, areas: AreaFinder, subject: str) -> Reading:
        """Read the one sheet; each count and each rate is a row. `subject` is an ICCS code or an offence's title.

        Rates that are the count divided by 100,000, as all of some files are, speak of no population and are left out.
        Raises BadInput where neither `subject` nor the file's name tells the offence.
        """
        grids, findings = choose_sheets(grids_of(name, data, HEADINGS, areas), _is_series)
        if len(grids) != 1:
            shown = ", ".join(grid.sheet for grid in grids)
            raise BadInput(Fault(name, "", shown, _("one sheet headed country, year, count and rate; split the file")))
        found = _Reader(name, grids[0], areas, offence_of(name, subject)).read(told=bool(subject))
        found.findings += findings
        return found


def _is_series(grid: Grid) -> bool:
    fields = fields_in(grid.headings, HEADINGS)
    found = fields.columns
    others = {slug(other) for other in fields.others.values()}
    return {"country", "year"} <= found.keys() and bool({"count", "rate"} & found.keys()) and not others & _OTHERS


def offence_of(name: str, subject: str) -> Category:
    """The offence that a code or title means, or else the one whose title is the file's name without dates.

    Raises BadInput where there is none, saying that `--subject` tells it.
    """
    if subject:
        found = _offence(subject.strip())
        if found is None:
            raise BadInput(Fault(name, "", subject, _("an ICCS code or the title of an offence as --subject")))
        return found
    words = re.findall(r"[a-z]+", name.rsplit("/", 1)[-1].rsplit(".", 1)[0].casefold())
    found = _offence(" ".join(word for word in words if word not in _GENERAL))
    if found is None:
        expected = _("an offence's title as the file's name, or --subject with an ICCS code or title")
        raise BadInput(Fault(name, "", name, expected))
    return found


def _offence(text: str) -> Category | None:
    classification = iccs.load()
    if text in classification:
        return classification.category(text)
    wanted = slug(text)
    for category in classification.categories.values():
        if wanted and wanted in (slug(category.title_en), slug(category.title_es)):
            return category
    published = indicators_published.offence(text)
    return classification.category(published[0]) if published and not published[1] else None


class _Reader(FieldsOfGrid):
    """Reads the sheet; whether its rates are rates is asked of all rows before one is read."""

    def __init__(self, name: str, grid: Grid, areas: AreaFinder, offence: Category):
        self.grid, self.areas, self.offence = grid, areas, offence
        self.fields = fields_of(grid, HEADINGS, ("country", "year"))
        title = offence.title_en
        description = Description(
            dataset=slug(title),
            title=f"UNODC: {title}, recorded offences by country",
            publisher="United Nations Office on Drugs and Crime",
        )
        self.reading = Reading(name, description, outside=outside_of([grid]))
        self.rates_are_none = self.has_no_rates()

    def read(self, *, told: bool) -> Reading:
        notice_other_columns(self.reading, self.grid, self.fields, self.areas)
        if not told:
            self.note_offence()
        measures = [measure for measure in _MEASURES if measure in self.fields.columns]
        columns = [self.fields.columns[measure] for measure in measures]
        self.reading.marks = marks_of(chain.from_iterable(map(self.grid.column, columns)), self.grid.usual)
        for number, cells in self.grid.rows:
            filled = [measure for measure in measures if self.fields.cell(cells, measure) != ""]
            if not filled:
                own = [self.fields.cell(cells, field) for field in ("region", "subregion", "country")]
                judge_blank(
                    self.reading,
                    self.areas,
                    self.grid,
                    number,
                    cells,
                    own,
                    [year if (year := self.fields.text(cells, "year")).isdecimal() else ""],
                )
            for measure in filled:
                keep_row(self.reading, lambda: self.observation(number, cells, measure))  # noqa: B023
        return finish(self.reading)

    def note_offence(self) -> None:
        """Nothing in these workbooks names the offence: that a name was believed is said."""
        expected = _("the offence as --subject")
        message = _("%(file)s: “%(title)s” (ICCS %(code)s) is taken from the file's name; nothing in it says so") % {
            "file": self.grid.file,
            "title": self.offence.title_en,
            "code": self.offence.code,
        }
        self.reading.add_finding("subject-by-name", "warning", "", self.grid.file, expected, message)

    def has_no_rates(self) -> bool:
        """Whether every rate beside a count is that count divided by 100,000: that would be ten milliard people."""
        pairs = []
        for _number, cells in self.grid.rows:
            try:
                count, rate = (read_number(self.fields.cell(cells, measure)).value for measure in _MEASURES)
            except ValueError:
                continue
            if count and rate is not None:
                pairs.append((count, rate))
        return bool(pairs) and all(abs(rate - count / 100_000) <= 1e-9 * count for count, rate in pairs)

    def observation(self, number: int, cells: Sequence[Value], measure: str) -> Observation:
        place = self.place(number, measure)
        cell = self.fields.cell(cells, measure)
        country = self.fields.text(cells, "country")
        area, expected = self.areas.named(country)
        if area is None:
            raise RowFault("unknown-area", self.place(number, "country"), country, expected)
        year = self.fields.cell(cells, "year")
        period = read_period(year, self.place(number, "year"))
        if measure == "rate" and self.rates_are_none:
            expected = _(
                "a rate per 100,000 population; this one is the count divided by 100,000, as all of the file are"
            )
            raise RowFault("not-a-rate", place, cell_text(cell), expected)
        indicator, unit = _MEASURES[measure]
        return stated(
            area=area,
            indicator=indicator,
            iccs=self.offence.code,
            unit=unit,
            period=period,
            number=read_value(self.reading, cell, place, indicator),
            text=cell_text(cell),
            place=place,
        )
