"""Reads the text of a resolution, as word processors and converters export it, into values.

The order of work: bytes to text, text to lines, lines told apart (parts, noise, masthead, footnotes, drafts),
paragraphs put together from what is left, marks rejoined to their notes, and last what each paragraph asks. Every line
that is not blank is accounted for once (`Resolution.ledger`), those that parts share in each of them; what is not part
of the resolution is kept as residue with its line number. A text that is cut short, or is no resolution, is refused
with the line and what was expected there.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from comity.evidence.errors import BadInput, Fault
from comity.mandates.asking.actors import actors_of
from comity.mandates.asking.addressees import DIRECTED
from comity.mandates.asking.asks import asks_of
from comity.mandates.asking.conditions import conditions_of
from comity.mandates.asking.deadlines import deadline_of
from comity.mandates.asking.full_names import FullNames
from comity.mandates.asking.held_sessions import GENERAL_ASSEMBLY, Adoption
from comity.mandates.asking.points import points_with_asks
from comity.mandates.asking.recurrence import recurrence_of
from comity.mandates.reading.checks.days import refuse_days_that_cannot_be
from comity.mandates.reading.export.encoding import decode
from comity.mandates.reading.segmentation import segment
from comity.mandates.reading.segments import Segments
from comity.mandates.reading.told_apart.footnotes import Rejoining
from comity.mandates.resolution import Annex, Ask, Draft, Footnote, Paragraph, Point, Resolution, StatedDay, Strength
from comity.mandates.vocabulary.references import Context, Mention, distinct, find_references
from comity.mandates.vocabulary.verbs import OPERATIVE, PREAMBULAR, opening_verb, opening_verbs

# A paragraph has some hundred words; of a text longer than this only the beginning is searched for what it asks.
_MOST_READ = 20_000

# The words above a list end in what announces it.
_MOST_ABOVE = 200

INFERRED = ("asks", "actors", "conditions", "deadline", "recurrent", "recurrence", "references")


def read_bytes(data: bytes, file: str, today: date | None = None) -> Resolution:
    """The resolution that the bytes of a file hold; `file` is its name for messages. Raises BadInput.

    Of a resolution in parts it is the first part; `in_file` gives all of them. With `today`, a text that states a day
    after it is refused, since nothing was adopted then; and so is one that was distributed before it was adopted.
    """
    text, notices = decode(data, file)
    resolution = read(text, file)
    if today is not None:
        refuse_days_that_cannot_be(resolution, file, today)
    return replace(resolution, notices=notices + resolution.notices)


def read(text: str, file: str) -> Resolution:
    """The resolution that a text holds; `file` is its name for messages.

    Raises BadInput for an empty text, one without an enacting formula or without operative paragraphs, and one that
    is cut short: a number missing among the operative paragraphs, or a last one that has no end. Also for parts that
    have one symbol.
    """
    first, *following = [_resolution(segments) for segments in segment(text, file)]
    symbols: set[str] = set()
    for part in (first, *following):
        if part.symbol and part.symbol in symbols:
            expected = _("a symbol of its own for each part; this one stands above already")
            raise BadInput(Fault(file, str(part.operative[0].line), part.symbol, expected))
        symbols.add(part.symbol)
    return replace(first, following=tuple(following))


def _resolution(segments: Segments) -> Resolution:
    """The values of a resolution whose parts are told apart: marks rejoined to notes, and what paragraphs ask."""
    marks = frozenset(int(note.mark) for note in segments.notes.notes)
    rejoining = Rejoining(marks, marks - segments.notes.glued)
    title, title_notes = rejoining.rejoin(segments.title)
    part_title, _notes = rejoining.rejoin(segments.part_title)
    preambular = [_rejoined(paragraph, rejoining) for paragraph in segments.preambular]
    operative: list[Paragraph] = []
    drafts: list[Draft] = []
    for paragraph in segments.operative:
        operative.append(_rejoined(paragraph, rejoining))
        quoted = _quoted_under(paragraph.id, segments.drafts)
        drafts += [_rejoined_draft(draft, rejoining) for draft in quoted]
    read = {draft.number for draft in drafts}
    annexes = tuple(_rejoined_annex(annex, rejoining) for annex in segments.annexes)
    drafts += [_rejoined_draft(draft, rejoining) for draft in segments.drafts if draft.number not in read]
    inference = _Inference(Context(segments.symbol), segments.notes.notes, _adoption(segments))
    masthead = segments.masthead
    return Resolution(
        symbol=segments.symbol,
        title=title.rstrip(" *"),
        adopted=_day(segments.adopted),
        session=masthead.session,
        agenda_item=masthead.agenda_item,
        report=masthead.report,
        distributed=_day(masthead.distributed),
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
        part=segments.part,
        part_title=part_title.rstrip(" *"),
        drafts=tuple(_inferred_draft(draft, segments) for draft in sorted(drafts, key=lambda one: one.number)),
        days=tuple(segments.days),
        doubts=tuple(segments.doubts),
    )


def _day(stated: StatedDay | None) -> date | None:
    return stated.day if stated is not None else None


def _adoption(segments: Segments, organ: str = "") -> Adoption:
    """When what a text asks was adopted; what a draft that it quotes asks is adopted after that, by its own organ."""
    of_the_assembly = segments.symbol.startswith(("A/RES/", "A/DEC/"))
    session = segments.masthead.session if of_the_assembly else None
    return Adoption(_day(segments.adopted), session, organ or (GENERAL_ASSEMBLY if of_the_assembly else ""))


def _quoted_under(paragraph: str, drafts: list[Draft]) -> Iterable[Draft]:
    """The drafts that a paragraph recommends and quotes, each before those that its own paragraphs quote."""
    for draft in drafts:
        if draft.paragraph == paragraph and not draft.annexed:
            yield draft
            for one in draft.operative:
                yield from _quoted_under(one.id, drafts)


def _rejoined_draft(draft: Draft, rejoining: Rejoining) -> Draft:
    title, title_notes = rejoining.rejoin(draft.title)
    part_title, _notes = rejoining.rejoin(draft.part_title)
    preambular = tuple(_rejoined(paragraph, rejoining) for paragraph in draft.preambular)
    operative = tuple(_rejoined(paragraph, rejoining) for paragraph in draft.operative)
    annexes = tuple(_rejoined_annex(annex, rejoining) for annex in draft.annexes)
    return replace(
        draft,
        title=title,
        title_notes=title_notes,
        part_title=part_title,
        preambular=preambular,
        operative=operative,
        annexes=annexes,
    )


def _inferred_draft(draft: Draft, segments: Segments) -> Draft:
    """A draft with what its paragraphs ask, which is asked in the name of the organ that is to adopt it."""
    adoption = _adoption(segments, draft.organ)
    inference = _Inference(Context(segments.symbol, draft=draft.number), segments.notes.notes, adoption)
    return replace(
        draft,
        preambular=tuple(inference.infer(paragraph, PREAMBULAR) for paragraph in draft.preambular),
        operative=tuple(inference.infer(paragraph, OPERATIVE) for paragraph in draft.operative),
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
    unread = segments.notes.unread
    for mark, line in unread.items():
        notice = _("Line %(line)s seems to be footnote %(mark)s, and was read as more of the text that it stands in.")
        notices.append(notice % {"line": line, "mark": mark})
    marks = sorted(set(rejoining.orphans) - unread.keys())
    if marks and not segments.notes.notes:
        notices.append(
            _("The text may have marks of footnotes that the file does not hold: %(marks)s.")
            % {"marks": _listed(marks)}
        )
    return tuple(notices)


def _listed(numbers: list[int]) -> str:
    return ", ".join(str(number) for number in numbers)


class _Inference:
    """What rules infer of paragraphs, read in order: names and treaties named earlier give short forms a meaning."""

    def __init__(self, context: Context, notes: list[Footnote], adoption: Adoption):
        self._context = context
        self._adoption = adoption
        self._names = FullNames()
        self._of_notes = {note.mark: find_references(note.text, Context(context.symbol)) for note in notes}

    def infer(self, paragraph: Paragraph, form: str) -> Paragraph:
        """The paragraph with its asks, conditions, deadline, recurrence and references."""
        points = (point.text for point in _all_points(paragraph.points))
        texts = [text[:_MOST_READ] for text in (paragraph.text, *points, paragraph.tail)]
        whole = " ".join(text for text in texts if text)[:_MOST_READ]
        first = self._asks_of_part(texts[0], form)
        nested = points_with_asks(paragraph.points, texts[0][-_MOST_ABOVE:], first, form, self._names)
        asks = first = _with_those_named_below(first, nested, form)
        below = []
        for text in texts[1:]:
            more = self._asks_of_part(text, form)
            asks += more
            below += [] if more else [text]
        addressees = tuple(name for ask in asks for name in ask.addressees)
        below = below if first and first[-1].verb.strength is not Strength.DECLARATORY else []
        self._adoption.learn(whole)
        recurrence = recurrence_of(asks, below) if form == OPERATIVE else ""
        return replace(
            paragraph,
            points=nested,
            asks=asks,
            actors=actors_of(whole, addressees, self._names) if form == OPERATIVE else (),
            conditions=conditions_of(whole) if form == OPERATIVE else (),
            deadline=deadline_of(asks, below, self._adoption) if form == OPERATIVE else "",
            recurrent=bool(recurrence),
            recurrence=recurrence,
            references=distinct(self._references(paragraph, texts)),
        )

    def _asks_of_part(self, text: str, form: str) -> tuple[Ask, ...]:
        """The asks of a text that opens with a verb of the organ's own; most points and tails have none."""
        return asks_of(text, opening_verbs(text, form), self._names)

    def _references(self, paragraph: Paragraph, texts: list[str]) -> list[Mention]:
        found = [item for text in texts if text for item in find_references(text, self._context)]
        marks = [mark for _offset, mark in (*paragraph.notes, *paragraph.tail_notes)]
        marks += [mark for point in _all_points(paragraph.points) for _offset, mark in point.notes]
        return found + [item for mark in dict.fromkeys(marks) for item in self._of_notes[mark]]


def _with_those_named_below(asks: tuple[Ask, ...], points: Iterable[Point], form: str) -> tuple[Ask, ...]:
    """The asks of a text, the last with those whom the points below it name where it names nobody."""
    if not asks or asks[-1].addressees or asks[-1].verb.lemma not in DIRECTED:
        return asks
    named = [name for point in points if opening_verb(point.text, form) is None for name in point.addressees]
    return (*asks[:-1], replace(asks[-1], addressees=tuple(dict.fromkeys(named))))


def _all_points(points: Iterable[Point]) -> Iterable[Point]:
    """Points with those below them, in the order of the text."""
    for point in points:
        yield point
        yield from _all_points(point.points)
