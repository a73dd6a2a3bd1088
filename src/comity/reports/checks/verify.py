"""Verifying a report: every figure computed again from its origins, and every file compared with what comes out.

Nothing that the folder says is believed: figures are recomputed, inputs are read again where they stand in the kept
bytes of their origins, shipped tables are compared with the bytes that were brought in, and the documents are printed
again and read back.
"""

import csv
import difflib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from comity.evidence import importing
from comity.evidence import store as evidence
from comity.evidence.chain import events as chain
from comity.evidence.chain import keys
from comity.evidence.errors import BadInput, WorkspaceError
from comity.evidence.figures import Fact
from comity.evidence.files.texts import decode
from comity.evidence.models import Origin
from comity.evidence.places import Text
from comity.evidence.workbooks.workbook import Workbook, is_workbook, read_workbook
from comity.evidence.workspaces import workspace
from comity.reports import build, store
from comity.reports.checks.paragraphs_in_words import paragraph_around, paragraph_of, standing_of
from comity.reports.checks.printed_figures import Printed, in_docx, in_html, in_pdf
from comity.reports.checks.printed_words import Passage, parted, words_in_docx, words_in_html
from comity.reports.document import Document
from comity.reports.rendering import evidence as evidence_of
from comity.reports.rendering import paragraphs as paragraphs_of
from comity.reports.rendering import render
from comity.reports.source.report_source import read_source
from comity.statistics import store as statistics
from comity.statistics.releases.files import check_release


@dataclass(frozen=True)
class Difference:
    """Something that is not as it should be: in which file and where, of which figure, what stands there and should.

    `figure` is empty where no figure is concerned, `input` where no single input is: else its file and place.
    """

    file: str
    place: str
    figure: str
    input: str
    found: str
    expected: str

    def __str__(self) -> str:
        where = ", ".join(part for part in (self.file, self.place) if part)
        about = "; ".join(
            part
            for part in (
                _("figure %s") % self.figure if self.figure else "",
                _("input %s") % self.input if self.input else "",
            )
            if part
        )
        said = _("found “%(found)s”, expected “%(expected)s”") % {"found": self.found, "expected": self.expected}
        return f"{where}: {said}" + (f" ({about})" if about else "")

    def as_json(self) -> dict[str, str]:
        """The difference as `comity report verify --format json` lists it."""
        return dict(vars(self))


def verify(directory: Path) -> list[Difference]:
    """Every difference between a built report and what its origins give; empty where all is as it was built.

    Raises BadInput where the folder holds no report.
    """
    about = build.described(directory)
    differences = [*_files(directory, about), *_head(about)]
    source = build.read_file(directory, "report.md").decode()
    try:
        document = build.composed(
            read_source(source, str(about["source"])),
            date.fromisoformat(about["on"]) if about["on"] else None,
            date.fromisoformat(about["as_at"]),
            about["head"],
        )
    except BadInput as error:
        faults = [Difference(fault.file, fault.place, "", "", fault.value, fault.expected) for fault in error.faults]
        return [*differences, *faults]
    differences += _origins(document)
    differences += _kept(document)
    differences += _releases(document)
    differences += _tables(document)
    differences += _evidence(directory, document)
    differences += _paragraphs(directory, document, about)
    differences += _departures(document)
    differences += _documents(directory, document, about)
    return list(dict.fromkeys(differences))


def _files(directory: Path, about: Mapping[str, Any]) -> Iterator[Difference]:
    """The source and the list of changes, which nothing else gives again."""
    for name in ("report.md", "changes.json"):
        digest = sha256(build.read_file(directory, name)).hexdigest()
        recorded = str(about["files"].get(name))
        if digest != recorded:
            yield Difference(name, "", "", "", digest, recorded)


def _head(about: Mapping[str, Any]) -> Iterator[Difference]:
    """The audit chain: its head as the report has it is signed, and still stands in the chain."""
    head = about["head"]
    if not evidence.head_is_signed(head):
        yield Difference("report.json", "head", "", "", str(head["signature"]), _("a signature that fits the head"))
    pin, said = keys.pinned(), keys.key_fingerprint(head["public_key"])
    if pin is not None and said != pin.key:
        yield Difference("report.json", "head", "", "", said, pin.key)
    events = list(evidence.events())
    if (broken := chain.first_break(events)) is not None:
        yield Difference(
            _("audit chain"), str(broken), "", "", _("an event that does not follow"), _("an unbroken chain")
        )
    hashes = {event.number: event.hash for event in events} | {0: chain.GENESIS}
    if hashes.get(head["number"]) != head["hash"]:
        held = hashes.get(head["number"], _("no such event"))
        yield Difference(_("audit chain"), str(head["number"]), "", "", held, str(head["hash"]))


def _origins(document: Document) -> Iterator[Difference]:
    """Each input against what stands at its place in the kept bytes of its origin, and the bytes against their hash."""
    texts: dict[str, Workbook | Text | None] = {}
    seen: set[tuple[str, str]] = set()
    for whole in document.figures.values():
        for fact in whole.inputs:
            if fact.origin not in texts:
                yield from _bytes(fact.origin, fact.file)
                texts[fact.origin] = _text_of(fact.origin)
            if (fact.origin, fact.place) in seen:
                continue
            seen.add((fact.origin, fact.place))
            text = texts[fact.origin]
            if text is None or not fact.place:
                continue
            stands = _stands(text, fact.place)
            if not _says(stands, fact):
                yield Difference(
                    f"origins/{fact.origin}",
                    fact.place,
                    whole.id,
                    f"{fact.file}, {fact.place}",
                    stands or "",
                    fact.text,
                )


def _kept(document: Document) -> Iterator[Difference]:
    """The kept bytes of the origins of the paragraphs that the document shows, against their hashes."""
    for origin, file in dict.fromkeys((one["origin"], one["file"]) for one in paragraphs_of(document) if one["origin"]):
        yield from _bytes(origin, file)


def _says(stands: str | None, fact: Fact[Any]) -> bool:
    """Whether what stands at a place is the fact's text: the cell itself, or a line that holds it."""
    if stands is None:
        return False
    if stands.strip() == fact.text.strip():
        return True
    # A page's line parts the words of a date by blanks of several kinds.
    return ":" not in fact.place and " ".join(fact.text.split()) in " ".join(stands.split())


def _bytes(origin: str, file: str) -> Iterator[Difference]:
    path = workspace.home() / "origins" / origin
    if not path.is_file():
        yield Difference(f"origins/{origin}", "", "", file, _("missing"), origin)
    elif (held := evidence.fingerprint(path.read_bytes())) != origin:
        yield Difference(f"origins/{origin}", "", "", file, held, origin)


def _text_of(sha256_: str) -> Workbook | Text | None:
    """The kept origin as it is now, changed or not, read apart; None where it is missing or no text or workbook."""
    path = workspace.home() / "origins" / sha256_
    try:
        data = path.read_bytes()
        return read_workbook(data, sha256_) if is_workbook(data) else Text(decode(data, sha256_, western=True))
    except (OSError, ValueError, BadInput):
        return None


def _stands(content: Workbook | Text, place: str) -> str | None:
    """What stands at the place of an input; of an act whose day is known as a window, both cells that say it."""
    stands = _at(content, place)
    line, _colon, column = place.rpartition(":")
    if stands is None or column != "not_before":
        return stands
    last = (_at(content, f"{line}:not_after") or "").strip()
    return f"{stands.strip()}/{last or '..'}"


def _at(content: Workbook | Text, place: str) -> str | None:
    """What stands at a place; None where nothing does."""
    try:
        return evidence.text_at(content, place)
    except (KeyError, ValueError, csv.Error):
        return None


def _releases(document: Document) -> Iterator[Difference]:
    """The files of each release that a figure rests on, against what was recorded of it when it was published."""
    origins = {fact.origin for whole in document.figures.values() for fact in whole.inputs}
    for release in statistics.all_releases():
        if release.origin in origins:
            try:
                check_release(release)
            except WorkspaceError as error:
                yield Difference(f"releases/{release.id}", "", "", release.file, str(error), release.digest)


def _tables(document: Document) -> Iterator[Difference]:
    """The tables that ship, as they lie on disk, against the bytes that were brought in."""
    used = {fact.file for whole in document.figures.values() for fact in whole.inputs}
    shown = {one["file"] for one in paragraphs_of(document)}  # what is held of these `_departures` compares
    origins = {fact.origin for whole in document.figures.values() for fact in whole.inputs}
    published = {release.origin for release in statistics.all_releases()}
    corrected = Origin.objects.filter(pk__in=origins - published).exclude(kind=Origin.Kind.TABLE).exists()
    for path, file in importing.reference_tables():
        origin = importing.held_table(file)
        if file not in used | shown or origin is None:
            continue
        data = path.read_bytes()
        if evidence.fingerprint(data) == origin.sha256:
            if file in used and not corrected:
                yield from _stored(path, file, data)
            continue
        kept = workspace.home() / "origins" / origin.sha256
        before = kept.read_text(encoding="utf-8-sig").splitlines() if kept.is_file() else []
        after = data.decode("utf-8-sig", "replace").splitlines()
        for line, was, now in _lines(before, after):
            yield Difference(file, str(line), "", f"{file}, {line}", now, was)


def _lines(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Lines that differ: number in the text as it is now, what stood there, what stands there."""
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for kind, first, first_end, second, second_end in matcher.get_opcodes():
        if kind == "equal":
            continue
        for offset in range(max(first_end - first, second_end - second)):
            was = before[first + offset] if first + offset < first_end else ""
            now = after[second + offset] if second + offset < second_end else ""
            yield second + offset + 1, was, now


def _stored(path: Path, file: str, data: bytes) -> Iterator[Difference]:
    """What the database holds of a table, against the table: the plan of bringing it in again must change nothing.

    Call it only where all facts come from tables: a correction that people brought in is meant to differ.
    """
    _importer, plan, _source = importing.plan_import(file, data, importing.read_source(path, file))
    for line in (*plan.changes, *plan.adds, *plan.removed):
        yield Difference(_("database"), file, "", f"{file}, {line}", line, _("what the table says"))


def _evidence(directory: Path, document: Document) -> Iterator[Difference]:
    """Figures and inputs as the folder records them, against those computed now."""
    figures, inputs = evidence_of(document)
    recorded = {str(figure.get("id")): figure for figure in build.recorded(directory, "figures")}
    recorded_inputs = build.recorded(directory, "inputs")
    for figure in figures:
        if figure["id"] not in recorded:
            yield Difference("figures.json", "", figure["id"], "", "", str(figure["value"]))
            continue
        yield from _figure(recorded.pop(figure["id"]), figure, inputs)
    for identifier in recorded:
        yield Difference("figures.json", "", identifier, "", identifier, _("no such figure in the report"))
    of = {key: figure["id"] for figure in reversed(figures) for key in figure["inputs"]}
    for key in dict.fromkeys([*inputs, *recorded_inputs]):
        yield from _input(key, recorded_inputs.get(key), inputs.get(key), of.get(key, ""))


def _figure(
    recorded: Mapping[str, Any], now: Mapping[str, Any], inputs: Mapping[str, Mapping[str, str]]
) -> Iterator[Difference]:
    for name, value in now.items():
        if recorded.get(name) == value:
            continue
        stated, expected = recorded.get(name), value
        if (
            isinstance(value, dict)
            and isinstance(stated, dict)
            and "rows" in value
            and isinstance(stated.get("rows"), dict)
        ):
            yield from _rows(now["id"], stated, value)
            continue
        if isinstance(value, list) and isinstance(stated, list):
            differing = [item for item in [*stated, *value] if (item in stated) != (item in value)]
            where = inputs.get(str(differing[0]), {}) if differing and name == "inputs" else {}
            place = f"{where['file']}, {where['place']}" if where else ""
            shown = [item for item in stated if item not in value], [item for item in value if item not in stated]
            yield Difference("figures.json", name, now["id"], place, _few(shown[0]), _few(shown[1]))
            continue
        yield Difference("figures.json", name, now["id"], "", str(stated), str(expected))


def _rows(identifier: str, recorded: Mapping[str, Any], value: Mapping[str, Any]) -> Iterator[Difference]:
    for row in dict.fromkeys([*value["rows"], *recorded["rows"]]):
        first, second = recorded["rows"].get(row), value["rows"].get(row)
        if first != second:
            yield Difference("figures.json", "value", f"{identifier}#{row}", "", str(first), str(second))


def _paragraphs(directory: Path, document: Document, about: Mapping[str, Any]) -> Iterator[Difference]:
    """The paragraphs of resolutions as the folder records them, against those that are held now.

    A report that was built before paragraphs were recorded has no such file, and its record of files says so.
    """
    if "paragraphs.json" not in about["files"] and not (directory / "paragraphs.json").exists():
        return
    now = {one["id"]: one for one in paragraphs_of(document)}
    recorded = {str(one.get("id")): one for one in build.recorded(directory, "paragraphs")}
    for identifier in dict.fromkeys([*now, *recorded]):
        stated, held = recorded.get(identifier), now.get(identifier)
        where = standing_of(held or stated or {})
        if stated is None or held is None:
            yield Difference("paragraphs.json", identifier, "", where, _line(stated), _line(held))
            continue
        for name in dict.fromkeys([*held, *stated]):
            if stated.get(name) != held.get(name):
                place = f"{identifier}, {name}"
                yield Difference("paragraphs.json", place, "", where, _told(stated.get(name)), _told(held.get(name)))


def _line(paragraph: Mapping[str, Any] | None) -> str:
    return str(paragraph.get("line")) if paragraph else _("nothing")


def _told(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _departures(document: Document) -> Iterator[Difference]:
    """What the database holds of the paragraphs shown, against the kept bytes of their origins."""
    symbols = dict.fromkeys(identifier.partition("#")[0] for identifier in document.paragraphs)
    for one in (one for symbol in symbols for one in store.departures(symbol, document.as_at)):
        place = ", ".join(part for part in (one.paragraph, one.field) if part)
        yield Difference(_("database"), place, "", f"{one.file}, {one.place}", one.held, one.stands)


def _few(items: Sequence[Any]) -> str:
    shown = ", ".join(str(item) for item in items[:3])
    return shown + (f" (+{len(items) - 3})" if len(items) > 3 else "")


def _input(
    key: str, recorded: Mapping[str, str] | None, now: Mapping[str, str] | None, figure: str
) -> Iterator[Difference]:
    about = now or recorded or {}
    where = f"{about.get('file', '')}, {about.get('place', '')}"
    if recorded is None or now is None:
        yield Difference("inputs.json", key, figure, where, _shown(recorded), _shown(now))
        return
    for name in dict.fromkeys([*now, *recorded]):
        if recorded.get(name) != now.get(name):
            yield Difference(
                "inputs.json", f"{key}, {name}", figure, where, str(recorded.get(name)), str(now.get(name))
            )


def _shown(fact: Mapping[str, str] | None) -> str:
    return f"{fact.get('label')}: {fact.get('value')}" if fact else _("nothing")


def _documents(directory: Path, document: Document, about: Mapping[str, Any]) -> Iterator[Difference]:
    """The documents as they are, against those printed now."""
    printed = render(document, str(about["public_url"]))
    same_programs = about["versions"] == build.versions()
    readers: dict[str, Callable[[str, bytes, bytes], Iterator[Difference]]] = {
        "report.html": lambda name, written, now: _sequence(name, written, now, in_html),
        "report.docx": lambda name, written, now: _sequence(name, written, now, in_docx),
        "report.pdf": lambda name, written, now: _pages(name, written, now, document),
    }
    for name, compare in readers.items():
        written = build.read_file(directory, name)
        if written == printed[name]:
            continue
        try:
            differences = [*compare(name, written, printed[name]), *_words(name, written, printed[name], document)]
        except ValueError as error:
            differences = [Difference(name, "", "", "", str(error), _("a document that can be read"))]
        yield from differences
        edited = sha256(written).hexdigest() != about["files"].get(name)
        if not differences and (same_programs or edited):
            yield _elsewhere(name, written, printed[name])


_WORDS: Mapping[str, Callable[[bytes], list[Passage]]] = {"report.html": words_in_html, "report.docx": words_in_docx}


def _words(name: str, written: bytes, now: bytes, document: Document) -> Iterator[Difference]:
    """The words of a document beside its figures, against those that it should have; a PDF's are compared by pages."""
    read = _WORDS.get(name)
    shown = paragraphs_of(document)
    for place, found, expected, whole in parted(read(written), read(now)) if read else ():
        paragraph = paragraph_of(whole, shown)
        where = f"{place}, {paragraph['id']}" if paragraph else place
        yield Difference(name, where, "", standing_of(paragraph) if paragraph else "", found, expected)


def _elsewhere(name: str, written: bytes, now: bytes) -> Difference:
    """A difference that is in no figure: the first line that differs, or the hashes of the whole."""
    if name.endswith(".html"):
        for number, (first, second) in enumerate(zip(written.splitlines(), now.splitlines(), strict=False), start=1):
            if first != second:
                start = next(
                    (index for index, pair in enumerate(zip(first, second, strict=False)) if pair[0] != pair[1]), 0
                )
                shown = [part[max(0, start - 20) : start + 60].decode(errors="replace") for part in (first, second)]
                return Difference(name, f"line {number}", "", "", *shown)
    return Difference(name, "", "", "", sha256(written).hexdigest(), sha256(now).hexdigest())


def _sequence(name: str, written: bytes, now: bytes, read: Callable[[bytes], list[Printed]]) -> Iterator[Difference]:
    """The figures that a document prints, one after the other, against those that it should."""
    first, second = read(written), read(now)
    keys = [[(item.figure, item.text) for item in items] for items in (first, second)]
    matcher = difflib.SequenceMatcher(None, keys[0], keys[1], autojunk=False)
    for kind, begins, ends, second_begins, second_ends in matcher.get_opcodes():
        if kind == "equal":
            continue
        for offset in range(max(ends - begins, second_ends - second_begins)):
            was = first[begins + offset] if begins + offset < ends else None
            should = second[second_begins + offset] if second_begins + offset < second_ends else None
            shown = (was or should, should or was)
            assert shown[0] and shown[1]  # noqa: S101 - one of the two stands at each offset
            found = was.text if was else _("nothing")
            if was and should and was.figure != should.figure:
                found = f"{was.text} ({was.figure})"
            yield Difference(name, shown[0].place, shown[1].figure, "", found, should.text if should else _("nothing"))


def _pages(name: str, written: bytes, now: bytes, document: Document) -> Iterator[Difference]:
    """The words and links of a PDF's pages, against those that it should have."""
    first, second = in_pdf(written), in_pdf(now)
    shown = paragraphs_of(document)
    for number in range(max(len(first), len(second))):
        if number >= len(first) or number >= len(second):
            yield Difference(name, _("page %s") % (number + 1), "", "", str(len(first)), str(len(second)))
            return
        was, should = first[number], second[number]
        matcher = difflib.SequenceMatcher(None, was.words, should.words, autojunk=False)
        for kind, begins, ends, second_begins, second_ends in matcher.get_opcodes():
            if kind != "equal":
                found, expected = " ".join(was.words[begins:ends]), " ".join(should.words[second_begins:second_ends])
                figure = _printed_as(expected, should.figures, document)
                paragraph = None if figure else paragraph_around(should.words, second_begins, second_ends, shown)
                place = ", ".join([_("page %s") % (number + 1), *([paragraph["id"]] if paragraph else [])])
                yield Difference(name, place, figure, standing_of(paragraph) if paragraph else "", found, expected)
        for figure in dict.fromkeys(set(was.figures) ^ set(should.figures)):
            is_linked = figure in was.figures
            found, expected = (figure, _("no link")) if is_linked else (_("no link"), figure)
            yield Difference(name, _("page %s") % (number + 1), figure, "", found, expected)


def _printed_as(words: str, figures: Sequence[str], document: Document) -> str:
    """The figure on a page that is printed in certain words, empty where none or more than words differ."""
    wanted = words.strip(".,;:()")
    return next((use.figure for use in document.uses if use.figure in figures and use.text == wanted), "")
