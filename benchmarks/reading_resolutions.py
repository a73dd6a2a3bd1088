"""Measures the reader against answer keys: `python -m benchmarks.reading_resolutions FOLDER [--differences]`.

A folder holds `NAME.txt` and `NAME.key.json` in the layout of the UN mandates housekeeping project: a list of objects
with `type`, `paragraph_type`, `paragraph_level`, `prefix`, `action_verb` and `text` (its first 80 characters). A text
without a key is read and counted only. The keys are made by machine: a difference says nothing of who is right.
"""

import argparse
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

from comity.mandates.resolution import Point, Resolution
from comity.mandates.vocabulary.verbs import OPERATIVE, PREAMBULAR, opening_verb

_COMPARED_LETTERS = 45  # the keys cut texts at 80 characters, marks and prefixes included


@dataclass(frozen=True)
class Unit:
    """A paragraph or point as both sides know it: preambular or operative, level, first verb, and how it begins."""

    kind: str
    level: int | None
    verb: str
    text: str

    @property
    def beginning(self) -> str:
        """Its first letters, by which the two sides are laid against each other."""
        return re.sub(r"[\W\d_]+", "", self.text[:80]).lower()[:_COMPARED_LETTERS]


@dataclass(frozen=True)
class Difference:
    """One disagreement: its class, and how the unit stands in the key and with the reader."""

    kind: str
    key: str
    reader: str


@dataclass
class Agreement:
    """How far key and reader agree: units that both have among all units, then level and verb among those."""

    units: int = 0
    same_units: int = 0
    same_level: int = 0
    same_verb: int = 0
    differences: list[Difference] = field(default_factory=list)

    def add(self, other: "Agreement") -> None:
        """Count another file in."""
        self.units += other.units
        self.same_units += other.same_units
        self.same_level += other.same_level
        self.same_verb += other.same_verb
        self.differences.extend(other.differences)

    def rates(self) -> tuple[float, float, float]:
        """Segmentation, level and verb, each from 0 to 1."""
        matched = self.same_units or 1
        return self.same_units / (self.units or 1), self.same_level / matched, self.same_verb / matched


def units_of_key(entries: list[dict[str, object]]) -> list[Unit]:
    """The paragraphs of an answer key; the enacting formula, which keys call a paragraph, is left out."""
    units = []
    for entry in entries:
        text = str(entry["text"])
        if entry["type"] != "paragraph" or re.match(r"The [A-Z][\w ]+,$", text):
            continue
        level = entry["paragraph_level"]
        verb = str(entry["action_verb"] or "").strip(",").lower()
        units.append(Unit(str(entry["paragraph_type"]), level if isinstance(level, int) else None, verb, text))
    return units


def units_of_resolution(resolution: Resolution) -> list[Unit]:
    """The paragraphs and points of a resolution as read, in order; operative paragraphs are level 1, points deeper.

    Those of all its parts count, those of drafts do not: they are not the resolution's.
    """
    units = []
    forms = [(form, getattr(part, form)) for part in resolution.in_file for form in (PREAMBULAR, OPERATIVE)]
    for form, paragraphs in forms:
        for paragraph in paragraphs:
            level = 1 if form == OPERATIVE else None
            units.append(Unit(form, level, _first_verb(paragraph.text, form), paragraph.text))
            units.extend(_units_of_points(paragraph.points, form, 2))
            if paragraph.tail:
                units.append(Unit(form, level, "", paragraph.tail))
    return units


def _first_verb(text: str, form: str) -> str:
    found = opening_verb(text, form)
    return found.verb.phrase.lower().replace(",", "") if found is not None else ""


def _units_of_points(points: Iterable[Point], form: str, level: int) -> list[Unit]:
    units = []
    for point in points:
        verb = _verb_of_point(point, form)
        units.append(Unit(form, level if form == OPERATIVE else None, verb, point.text))
        units.extend(_units_of_points(point.points, form, level + 1))
    return units


def _verb_of_point(point: Point, form: str) -> str:
    """A point's verb as keys have it: none of an infinitive ("To consider"), else the first word of its act."""
    phrases = [verb.phrase.lower() for verb in point.verbs if verb.phrase.lower().endswith("ing")]
    return _first_verb(point.text, form) or (phrases[0] if phrases else "")


def compare(key: list[Unit], read: list[Unit]) -> Agreement:
    """Lays the units of key and reader against each other in order and counts where they agree."""
    agreement = Agreement()
    matcher = SequenceMatcher(None, [u.beginning for u in key], [u.beginning for u in read], autojunk=False)
    for tag, key_from, key_to, read_from, read_to in matcher.get_opcodes():
        if tag == "equal":
            for one, other in zip(key[key_from:key_to], read[read_from:read_to], strict=True):
                _compare_units(one, other, agreement)
        else:
            _count_unmatched(key[key_from:key_to], read[read_from:read_to], agreement)
    return agreement


def _compare_units(key: Unit, read: Unit, agreement: Agreement) -> None:
    agreement.units += 1
    if key.kind != read.kind:
        agreement.differences.append(Difference("type", f"{key.kind}: {key.text}", read.kind))
        return
    agreement.same_units += 1
    if key.level == read.level:
        agreement.same_level += 1
    else:
        agreement.differences.append(Difference("level", f"{key.level}: {key.text}", str(read.level)))
    if _same_verb(key.verb, read.verb):
        agreement.same_verb += 1
    else:
        kind = "verb only in reader" if not key.verb else "verb only in key" if not read.verb else "verb"
        agreement.differences.append(Difference(kind, f"{key.verb or '–'}: {key.text}", read.verb or "–"))


def _same_verb(key: str, read: str) -> bool:
    """Whether the key's word is one of the reader's phrase ("calls" in "also calls upon"), or both have none."""
    return (not key and not read) or (bool(key) and key in f" {read} " and key.split()[-1] in read.split())


def _count_unmatched(key: list[Unit], read: list[Unit], agreement: Agreement) -> None:
    agreement.units += len(key) + len(read)
    agreement.differences.extend(Difference("only in key", f"{unit.kind}: {unit.text}", "–") for unit in key)
    agreement.differences.extend(Difference("only in reader", "–", f"{unit.kind}: {unit.text[:80]}") for unit in read)


def measure(folder: Path) -> dict[str, Agreement]:
    """The agreement for each text of a folder that has a key, by the text's name."""
    from comity.mandates.reading.reader import read_bytes

    agreements = {}
    for path in sorted(folder.glob("*.txt")):
        resolution = read_bytes(path.read_bytes(), path.name)
        key = path.with_suffix("").with_suffix(".key.json")
        if key.exists():
            entries = json.loads(key.read_text(encoding="utf-8"))
            agreements[path.name] = compare(units_of_key(entries), units_of_resolution(resolution))
    return agreements


def _report(agreements: dict[str, Agreement], differences: bool) -> Iterable[str]:
    yield f"{'text':16} {'units':>6} {'segmentation':>13} {'level':>8} {'verb':>8}"
    total = Agreement()
    for name, agreement in agreements.items():
        total.add(agreement)
        yield _row(name, agreement)
        if differences:
            yield from (f"    {item.kind}: key {item.key!r}, reader {item.reader!r}" for item in agreement.differences)
    yield _row("all", total)
    for kind, count in Counter(item.kind for item in total.differences).most_common():
        yield f"{count:6} {kind}"


def _row(name: str, agreement: Agreement) -> str:
    segmentation, level, verb = agreement.rates()
    return f"{name:16} {agreement.units:6} {segmentation:13.2%} {level:8.2%} {verb:8.2%}"


def main(arguments: list[str] | None = None) -> int:
    """Print the rates for a folder; exit status 0."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comity.site.settings")
    django.setup()
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.reading_resolutions", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--differences", action="store_true", help="list every difference below its text")
    options = parser.parse_args(arguments)
    for line in _report(measure(options.folder), options.differences):
        sys.stdout.write(line + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
