"""Reads the text of a resolution, as word processors and converters export it, into values.

The order of work: bytes to text, text to lines, lines told apart (noise, masthead, footnotes), paragraphs put together
from what is left, marks rejoined to their notes, and last what each paragraph asks. Every line that is not blank is
accounted for once (`Resolution.ledger`); what is not part of the resolution is kept as residue with its line number.
A text that is cut short, or is no resolution, is refused with the line and what was expected there.
"""

from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import gettext as _

from comity.mandates.asks import Names, actors_of, asks_of, conditions_of, deadline_of, recurrence_of
from comity.mandates.decoding import decode
from comity.mandates.footnotes import Rejoining
from comity.mandates.references import Context, Found, distinct, find_references
from comity.mandates.resolution import Annex, Ask, Footnote, Paragraph, Point, Resolution
from comity.mandates.segmentation import Segments, segment
from comity.mandates.verbs import OPERATIVE, PREAMBULAR, opening_verbs

# A paragraph has some hundred words; of a text longer than this only the beginning is searched for what it asks.
_MOST_READ = 20_000

INFERRED = ("asks", "actors", "conditions", "deadline", "recurrent", "recurrence", "references")


def read_bytes(data: bytes, file: str) -> Resolution:
    """The resolution that the bytes of a file hold; `file` is its name for messages. Raises BadInput."""
    text, notices = decode(data, file)
    resolution = read(text, file)
    return replace(resolution, notices=notices + resolution.notices)


def read(text: str, file: str) -> Resolution:
    """The resolution that a text holds; `file` is its name for messages.

    Raises BadInput for an empty text, one without an enacting formula or without operative paragraphs, and one that
    is cut short: a number missing among the operative paragraphs, or a last one that has no end.
    """
    segments = segment(text, file)
    marks = frozenset(int(note.mark) for note in segments.notes.notes)
    rejoining = Rejoining(marks, marks - segments.notes.glued)
    title, title_notes = rejoining.rejoin(segments.title)
    preambular = [_rejoined(paragraph, rejoining) for paragraph in segments.preambular]
    operative = [_rejoined(paragraph, rejoining) for paragraph in segments.operative]
    annexes = tuple(_rejoined_annex(annex, rejoining) for annex in segments.annexes)
    inference = _Inference(segments.symbol, segments.notes.notes)
    masthead = segments.masthead
    return Resolution(
        symbol=segments.symbol,
        title=title.rstrip(" *"),
        adopted=masthead.adopted,
        session=masthead.session,
        agenda_item=masthead.agenda_item,
        report=masthead.report,
        distributed=masthead.distributed,
        meeting=segments.meeting,
        enacting_formula=segments.formula,
        preambular=tuple(inference.infer(paragraph, PREAMBULAR) for paragraph in preambular),
        operative=tuple(inference.infer(paragraph, OPERATIVE) for paragraph in operative),
        annexes=annexes,
        footnotes=tuple(segments.notes.notes),
        masthead_notes=tuple(segments.notes.starred),
        closing=tuple(segments.closing),
        residue=tuple(segments.residue),
        notices=tuple(segments.notices) + _notices_of_marks(rejoining, segments),
        title_notes=title_notes,
        masthead=tuple(segments.masthead_lines),
        ledger=tuple(sorted(segments.ledger.items())),
    )


def _rejoined(paragraph: Paragraph, rejoining: Rejoining) -> Paragraph:
    text, notes = rejoining.rejoin(paragraph.text)
    points = _rejoined_points(paragraph.points, rejoining)
    tail, tail_notes = rejoining.rejoin(paragraph.tail)
    return replace(paragraph, text=text, notes=notes, points=points, tail=tail, tail_notes=tail_notes)


def _rejoined_points(points: Iterable[Point], rejoining: Rejoining) -> tuple[Point, ...]:
    rejoined = []
    for point in points:
        text, notes = rejoining.rejoin(point.text)
        rejoined.append(replace(point, text=text, notes=notes, points=_rejoined_points(point.points, rejoining)))
    return tuple(rejoined)


def _rejoined_annex(annex: Annex, rejoining: Rejoining) -> Annex:
    blocks = []
    for block in annex.blocks:
        text, notes = rejoining.rejoin(block.text)
        blocks.append(replace(block, text=text, notes=notes))
    return replace(annex, blocks=tuple(blocks))


def _notices_of_marks(rejoining: Rejoining, segments: Segments) -> tuple[str, ...]:
    notices = []
    without_mark = sorted(rejoining.marks - rejoining.used)
    if without_mark:
        notices.append(_("No mark was found in the text for footnote %(marks)s.") % {"marks": _listed(without_mark)})
    if rejoining.orphans and not segments.notes.notes:
        marks = sorted(set(rejoining.orphans))
        notices.append(
            _("The text may have marks of footnotes that the file does not hold: %(marks)s.")
            % {"marks": _listed(marks)}
        )
    return tuple(notices)


def _listed(numbers: list[int]) -> str:
    return ", ".join(str(number) for number in numbers)


class _Inference:
    """What rules infer of paragraphs, read in order: names and treaties named earlier give short forms a meaning."""

    def __init__(self, symbol: str, notes: list[Footnote]):
        self._context = Context(symbol)
        self._names = Names()
        self._of_notes = {note.mark: find_references(note.text, Context(symbol)) for note in notes}

    def infer(self, paragraph: Paragraph, form: str) -> Paragraph:
        """The paragraph with its asks, conditions, deadline, recurrence and references."""
        points = (point.text for point in _all_points(paragraph.points))
        texts = [text[:_MOST_READ] for text in (paragraph.text, *points, paragraph.tail)]
        whole = " ".join(text for text in texts if text)[:_MOST_READ]
        asks = self._asks_of_part(texts[0], form)
        for text in texts[1:]:
            asks += self._asks_of_part(text, form)
        addressees = tuple(name for ask in asks for name in ask.addressees)
        recurrence = recurrence_of(asks) if form == OPERATIVE else ""
        return replace(
            paragraph,
            asks=asks,
            actors=actors_of(whole, addressees, self._names) if form == OPERATIVE else (),
            conditions=conditions_of(whole) if form == OPERATIVE else (),
            deadline=deadline_of(asks) if form == OPERATIVE else "",
            recurrent=bool(recurrence),
            recurrence=recurrence,
            references=distinct(self._references(paragraph, texts)),
        )

    def _asks_of_part(self, text: str, form: str) -> tuple[Ask, ...]:
        """The asks of a text that opens with a verb of the organ's own; most points and tails have none."""
        return asks_of(text, opening_verbs(text, form), self._names)

    def _references(self, paragraph: Paragraph, texts: list[str]) -> list[Found]:
        found = [item for text in texts if text for item in find_references(text, self._context)]
        marks = [mark for _offset, mark in (*paragraph.notes, *paragraph.tail_notes)]
        marks += [mark for point in _all_points(paragraph.points) for _offset, mark in point.notes]
        return found + [item for mark in dict.fromkeys(marks) for item in self._of_notes[mark]]


def _all_points(points: Iterable[Point]) -> Iterable[Point]:
    """Points with those below them, in the order of the text."""
    for point in points:
        yield point
        yield from _all_points(point.points)
