"""A document: what a report says, with its figures computed, before it is printed as HTML, DOCX or PDF.

A document is made of pandoc's elements with a few marks that each output (`html`, `docx`, `pdf`) prints in its way:
a Span of class `figure` carries the id of the figure whose value it prints; a Div of class `numbered` is a paragraph
with its number; of class `drawing` a chart or map by name; of class `tabular` a table with its caption; of class
`note` the small print under either; of class `landscape` what lies across on its pages, as annexes with their wide
tables do.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from comity.evidence.errors import BadInput, Fault
from comity.evidence.figures import Figure, Table, figure, methods
from comity.reports.composing.naming import Names
from comity.reports.formats import FORMATS, day, printed
from comity.reports.pictures import Drawing
from comity.reports.source import elements
from comity.reports.source.elements import Element
from comity.reports.source.references import FigureReference, nearest, resolve
from comity.reports.source.report_source import Source

_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


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
    """A report with its figures computed: what every output is printed from."""

    source: Source
    on: date
    as_at: date
    head: str
    names: Names
    complete_through: date | None = None
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

    @property
    def knowledge(self) -> str:
        """Of which day the document speaks and as known on which, and where that is past the end of the register."""
        told = _("Status as at %(on)s, as known on %(as_at)s.") % {"on": day(self.on), "as_at": day(self.as_at)}
        if self.complete_through is None or self.on <= self.complete_through:
            return told
        ends = _("The register is complete through %(day)s only: later actions are not counted.")
        return f"{told} {ends % {'day': day(self.complete_through)}}"

    @property
    def dates(self) -> dict[str, date]:
        """The dates that references may name."""
        return self.source.dates(self.on)

    def figure(self, target: str, line: int) -> Figure:
        """The whole figure that an id of the source names, computed once; raises BadInput that names the line."""
        identifier = resolve(target, self.dates, file=self.source.file, line=line).partition("#")[0]
        if identifier not in self.figures:
            self._known_method(identifier, line)
            self.written[identifier] = target.partition("#")[0]
            try:
                self.figures[identifier] = figure(identifier, as_at=self.as_at)
            except BadInput as error:
                expected = error.faults[0].expected
                raise BadInput(Fault(self.source.file, str(line), identifier, expected)) from error
        return self.figures[identifier]

    def print(self, target: str, formats: Sequence[str], line: int) -> Element:
        """A figure or cell printed in place: a span that carries its id."""
        whole = self.figure(target, line)
        cell = resolve(target, self.dates, file=self.source.file, line=line).partition("#")[2]
        return self.print_value(whole, cell, self._value(whole, cell, line), formats, line)

    def date_words(self, piece: FigureReference) -> str:
        """One of the report's own dates as it is printed; raises BadInput for a format that does not fit a date."""
        formats = piece.formats or ("date",)
        self.known_formats(formats, piece.line)
        try:
            return printed(self.dates[piece.target[1:]], formats)
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

    def words(self, text: str, line: int) -> str:
        """An option's words with the dates they name printed in full: "as at @on" gives "as at 20 December 2012"."""
        for name, value in sorted(self.dates.items(), key=lambda pair: -len(pair[0])):
            text = text.replace(f"@{name}-year", str(value.year)).replace(f"@{name}", day(value))
        return text

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
