"""A document: what a report says, with its figures computed, before it is printed as HTML, DOCX or PDF.

A document is made of pandoc's elements with a few marks that each output (`html`, `docx`, `pdf`) prints in its way:
a Span of class `figure` carries the id of the figure whose value it prints; a Div of class `numbered` is a paragraph
with its number; of class `drawing` a chart or map by name; of class `tabular` a table with its caption; of class
`note` the small print under either; of class `landscape` what lies across on its pages, as annexes with their wide
tables do.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from comity.evidence.errors import BadInput, Fault
from comity.evidence.figures import Figure, Table, figure, methods
from comity.instruments.figures.counts import range_of
from comity.reports.composing.naming import Names
from comity.reports.days import Days, of_treaties, treaties
from comity.reports.formats import FORMATS, day, in_figures, printed
from comity.reports.pictures import Drawing
from comity.reports.source import elements
from comity.reports.source.elements import Element
from comity.reports.source.references import DATE_NAME, FigureReference, nearest, resolve
from comity.reports.source.report_source import Source

_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


# `@on` and `@on-year`, without the code of a treaty
_NOW = re.compile(r"@on(?:-year)?(?![a-z:-])")


def _own_day() -> str:
    """What stands for the day of treaties that have one each."""
    return _("the day through which each treaty’s list is complete")


def roman(number: int) -> str:
    """A number in Roman figures, empty for nought."""
    written = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        written += letters * times
    return written


def letters(number: int) -> str:
    """A number from 1 on in capital letters: A to Z, then AA."""
    before, last = divmod(number - 1, 26)
    return (letters(before) if before else "") + chr(65 + last)


@dataclass(frozen=True)
class Use:
    """A figure printed in a document: its id (a cell's where one cell is printed), the text, and the source's line."""

    figure: str
    text: str
    line: int


@dataclass(frozen=True)
class Section:
    """A heading of the first two levels, for the table of contents."""

    level: int
    number: str
    title: str
    identifier: str
    paragraphs: tuple[int, ...]


@dataclass
class Document:
    """A report with its figures computed: what every output is printed from.

    `on` is the day that was asked for; None where each treaty has its own, by `complete` as in `days.Days`.
    """

    source: Source
    on: date | None
    as_at: date
    head: str
    names: Names
    complete: Mapping[str, date | None] = field(default_factory=dict)
    signed_by: str = ""
    blocks: list[Element] = field(default_factory=list)
    figures: dict[str, Figure] = field(default_factory=dict)
    uses: list[Use] = field(default_factory=list)
    written: dict[str, str] = field(default_factory=dict)
    drawings: list[Drawing] = field(default_factory=list)
    illustrations: int = 0
    sections: list[Section] = field(default_factory=list)
    numbered: dict[str, tuple[str, str]] = field(default_factory=dict)
    paragraphs: dict[str, Any] = field(default_factory=dict)
    """The paragraphs of resolutions that it shows, by id, as `comity.mandates.mandate.MandateParagraph`."""
    _held: dict[str, Figure] = field(default_factory=dict)

    @property
    def days(self) -> Days:
        """The day of which the report speaks, or of each treaty its own."""
        return Days(self.on, self.as_at, self.complete)

    @property
    def spoken_of(self) -> list[str]:
        """The treaties of whose status the source speaks, in the order in which it names them."""
        targets = [piece.target for piece in self.source.references() if "@on" in piece.target]
        return list(dict.fromkeys(code for target in targets for code in treaties(target)))

    @property
    def knowledge(self) -> str:
        """Of which day the document speaks and as known on which, and which treaties' lists end before."""
        known = {"as_at": day(self.as_at)}
        if self.on is None:
            words = _("Status as at the day through which each treaty’s list is complete, as known on %(as_at)s.")
            return words % known
        told = [_("Status as at %(on)s, as known on %(as_at)s.") % {**known, "on": day(self.on)}]
        for end, codes in self.days.past(self.spoken_of).items():
            names = ", ".join(map(self.names.instrument, codes))
            words = _("Complete through %(day)s only, so that later actions may be missing: %(treaties)s.")
            told.append(words % {"day": day(end), "treaties": names})
        return " ".join(told)

    def day_of(self, codes: Iterable[str]) -> date | None:
        """The one day of which the report speaks for some treaties; None where they have several."""
        apart = self.days.apart(codes)
        return self.on or (next(iter(apart)) if len(apart) == 1 else None if apart else self.as_at)

    def figure(self, target: str, line: int, on: date | None = None) -> Figure:
        """The whole figure that an id of the source names, computed once; raises BadInput that names the line.

        `on` is the day for `@on` where it is not that of the figure's treaties.
        """
        identifier = self._resolved(target, line, on).partition("#")[0]
        if identifier not in self.figures:
            self._known_method(identifier, line)
            self.written[identifier] = target.partition("#")[0]
            self.figures[identifier] = self._computed(identifier, line)
        return self.figures[identifier]

    def parts(self, target: str, line: int, *, held: bool = False) -> list[Figure]:
        """The figures that answer for several treaties what a target asks, each as at the day of its treaties.

        One alone where they have one day. With `held` none speaks of a day past the end of its treaties' lists.
        """
        codes = treaties(target)
        if (len(codes) < 2 and not held) or not codes or not _NOW.search(target):
            return [self.figure(target, line)]
        apart = self.days.apart(codes, held=held)
        return [self.figure(of_treaties(target, some), line, on) for on, some in apart.items()]

    def parts_by_row(self, target: str, line: int) -> list[tuple[Figure, list[str]]]:
        """The figures that answer for the treaties that are the rows of a table, with the rows of each."""
        whole = self._computed(self._resolved(target, line, None), line)
        if self.on is not None or not isinstance(whole.value, Table) or not _NOW.search(target):
            figure = self.figure(target, line)
            return [(figure, list(figure.value.rows) if isinstance(figure.value, Table) else [])]
        return [
            (self.figure(_NOW.sub(rf"\g<0>:{rows[0]}", target), line), rows)
            for rows in self.days.apart(whole.value.rows).values()
        ]

    def print(self, target: str, formats: Sequence[str], line: int) -> Element:
        """A figure or cell printed in place: a span that carries its id; a count with both ends of its range."""
        cell = target.partition("#")[2]
        column = cell.rpartition(".")[2]
        parts = self.parts(target, line)
        fitting = [part for part in parts if isinstance(part.value, Table) and column in part.value.columns]
        whole = (fitting or parts)[0]
        if cell:
            return self.print_value(whole, cell, self._value(whole, cell, line), formats, line)
        return self.print_count(whole, formats, line)

    def print_count(self, whole: Figure, formats: Sequence[str], line: int) -> Element:
        """A figure that is one value, printed in place: both ends of a count's range, where windows leave one open."""
        other = self._other_end(whole, line)
        if other is None:
            return self.print_value(whole, "", whole.value, formats, line)
        self.figures[other.id] = other
        self.written[other.id] = f"{other.method}.{self.written[whole.id].partition('.')[2]}"
        low, high = sorted((whole, other), key=lambda one: float(one.value))
        formats = in_figures(formats) if high.value > 9 else formats
        return elements.span(
            self.print_range({"low": (low, "", low.value), "high": (high, "", high.value)}, formats, line)
        )

    def print_range(
        self, ends: Mapping[str, tuple[Figure, str, Any]], formats: Sequence[str], line: int
    ) -> list[Element]:
        """Both ends of a range in place, `low` and `high`: of each the figure, the cell and the value."""
        inlines: list[Element] = []
        for index, part in enumerate(re.split(r"%\((low|high)\)s", _("%(low)s to %(high)s"))):
            if index % 2:
                own = formats if part == "low" else [name for name in formats if name != "capital"]
                inlines.append(self.print_value(*ends[part], own, line))
            else:
                inlines += elements.text(part)
        return inlines

    def _other_end(self, whole: Figure, line: int) -> Figure | None:
        """The other end of a count's range; None where there is none, or it is the same."""
        name = range_of(whole.method)
        codes = treaties(whole.id)
        if name not in methods() or whole.value is None or not all(self.complete.get(code) for code in codes):
            return None
        other = self._computed(f"{name}.{whole.id.partition('.')[2]}", line)
        return None if other.value is None or other.value == whole.value else other

    def _computed(self, identifier: str, line: int) -> Figure:
        self._known_method(identifier, line)
        if identifier not in self._held:
            try:
                self._held[identifier] = figure(identifier, as_at=self.as_at)
            except BadInput as error:
                expected = error.faults[0].expected
                raise BadInput(Fault(self.source.file, str(line), identifier, expected)) from error
        return self._held[identifier]

    def _resolved(self, target: str, line: int, on: date | None) -> str:
        dates = {"on": on or self.days.of(treaties(target)), **self.source.dates}
        return resolve(target, dates, self.days.of_each(), file=self.source.file, line=line)

    def date_words(self, piece: FigureReference) -> str:
        """One of the report's own dates as it is printed; raises BadInput for a format that does not fit a date."""
        formats = piece.formats or ("date",)
        self.known_formats(formats, piece.line)
        if piece.target == "@on" and self.day_of(self.spoken_of) is None:
            words = _own_day()
            return printed(words, ["capital"]) if "capital" in formats else words
        written = self._resolved(piece.target, piece.line, self.day_of(self.spoken_of))
        try:
            return printed(written, formats)
        except ValueError as error:
            shown = "|".join([piece.target, *formats])
            raise BadInput(Fault(self.source.file, str(piece.line), shown, str(error))) from error

    def print_value(self, whole: Figure, cell: str, value: Any, formats: Sequence[str], line: int) -> Element:
        """A value of a figure that is known already, printed in place."""
        self.known_formats(formats, line)
        try:
            words = printed(value, formats)
        except ValueError as error:
            shown = "|".join([whole.id, *formats])
            raise BadInput(Fault(self.source.file, str(line), shown, str(error))) from error
        identifier = f"{whole.id}#{cell}" if cell else whole.id
        self.uses.append(Use(identifier, words, line))
        return elements.span(elements.text(words), classes=["figure"], figure=identifier)

    def print_name(self, whole: Figure, cell: str, name: str, line: int) -> Element:
        """A row of a figure printed by its name, in place."""
        identifier = f"{whole.id}#{cell}"
        self.uses.append(Use(identifier, name, line))
        return elements.span(elements.text(name), classes=["figure"], figure=identifier)

    def words(self, text: str, line: int, codes: Iterable[str] | None = None) -> str:
        """An option's words with the dates they name printed in full: "as at @on" gives "as at 20 December 2012".

        `codes` are the treaties of which they speak; without any, those of the whole source.
        """
        on = self.day_of(self.spoken_of if codes is None else codes)
        known = {name: value for name, value in {"on": on, **self.source.dates}.items() if value}
        own = self.days.of_each()

        def put(match: re.Match[str]) -> str:
            name, code = match[1].removesuffix("-year"), match[2]
            if code and name == "on" and code not in own:
                expected = nearest(_("the code of a treaty in the register"), code, list(own))
                raise BadInput(Fault(self.source.file, str(line), match[0], expected))
            value = own[code] if code and name == "on" else known.get(name)
            if value is None:
                return _own_day() if name == "on" else match[0]
            written = str(value.year) if match[1].endswith("-year") else day(value)
            return written if not code or name == "on" else f"{written}:{code}"

        return DATE_NAME.sub(put, text)

    def _value(self, whole: Figure, cell: str, line: int) -> Any:
        if not cell:
            return whole.value
        row, _dot, column = cell.rpartition(".")
        if not isinstance(whole.value, Table):
            expected = _("an id without a cell: this figure is a single value")
        elif row not in whole.value.rows:
            expected = nearest(_("a row of the figure"), row, list(whole.value.rows))
        elif column not in whole.value.columns:
            expected = nearest(_("a column of the figure"), column, whole.value.columns)
        else:
            return whole.value.cell(row, column)
        raise BadInput(Fault(self.source.file, str(line), f"{whole.id}#{cell}", expected))

    def _known_method(self, identifier: str, line: int) -> None:
        name = identifier.split(".")[0]
        if name not in methods():
            expected = nearest(_("the id of a figure, whose first word is a method"), name, list(methods()))
            raise BadInput(Fault(self.source.file, str(line), identifier, expected))

    def known_formats(self, formats: Sequence[str], line: int) -> None:
        """Raise BadInput for a format that there is not."""
        for name in formats:
            if name not in FORMATS:
                expected = nearest(_("a format"), name, list(FORMATS))
                raise BadInput(Fault(self.source.file, str(line), f"|{name}", expected))
