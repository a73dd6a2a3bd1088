"""A resolution as JSON, in the shape that `schemas/resolution.schema.json` publishes, and as plain text."""

import json
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from comity.mandates.reading.reader import INFERRED
from comity.mandates.resolution import (
    Annex,
    Ask,
    Draft,
    Footnote,
    Paragraph,
    Point,
    Reference,
    Residue,
    Resolution,
    Verb,
)

SCHEMA = Path(__file__).parents[1] / "schemas" / "resolution.schema.json"


@lru_cache(maxsize=1)
def schema() -> dict[str, Any]:
    """The published schema (JSON Schema, draft 2020-12)."""
    loaded: dict[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return loaded


def to_json(resolution: Resolution) -> dict[str, Any] | list[dict[str, Any]]:
    """A resolution as JSON values: one object, and a list of them for a resolution in parts.

    `inferred` names what rules inferred of a paragraph and nobody has confirmed.
    """
    first, *following = [_resolution(one) for one in resolution.in_file]
    return [first, *following] if following else first


def _resolution(resolution: Resolution) -> dict[str, Any]:
    return {
        "symbol": resolution.symbol,
        "title": resolution.title,
        "title_notes": _notes(resolution.title_notes),
        "part": resolution.part or None,
        "part_title": resolution.part_title or None,
        "adopted": resolution.adopted.isoformat() if resolution.adopted else None,
        "session": resolution.session,
        "agenda_item": resolution.agenda_item or None,
        "report": resolution.report or None,
        "distributed": resolution.distributed.isoformat() if resolution.distributed else None,
        "meeting": resolution.meeting or None,
        "enacting_formula": resolution.enacting_formula,
        "preambular": [_paragraph(paragraph) for paragraph in resolution.preambular],
        "operative": [_paragraph(paragraph) for paragraph in resolution.operative],
        "drafts": [_draft(draft, resolution) for draft in resolution.drafts],
        "annexes": [_annex(annex) for annex in resolution.annexes],
        "footnotes": [_footnote(note) for note in resolution.footnotes],
        "masthead_notes": [_footnote(note) for note in resolution.masthead_notes],
        "masthead": [_residue(line) for line in resolution.masthead],
        "closing": list(resolution.closing),
        "residue": [_residue(line) for line in resolution.residue],
        "notices": [*resolution.notices, *(str(doubt) for doubt in resolution.doubts)],
    }


def _notes(notes: Iterable[tuple[int, str]]) -> list[dict[str, Any]]:
    return [{"offset": offset, "mark": mark} for offset, mark in notes]


def _paragraph(paragraph: Paragraph) -> dict[str, Any]:
    values = {
        "id": paragraph.id,
        "number": paragraph.number,
        "suffix": paragraph.suffix or None,
        "text": paragraph.text,
        "line": paragraph.line,
        "heading": paragraph.heading or None,
        "notes": _notes(paragraph.notes),
        "points": [_point(point) for point in paragraph.points],
        "tail": paragraph.tail or None,
        "tail_notes": _notes(paragraph.tail_notes),
        "verbs": _verbs(paragraph.verbs),
        "addressees": list(paragraph.addressees),
        "asks": [_ask(ask) for ask in paragraph.asks],
        "actors": list(paragraph.actors),
        "conditions": list(paragraph.conditions),
        "deadline": paragraph.deadline or None,
        "recurrent": paragraph.recurrent,
        "recurrence": paragraph.recurrence or None,
        "references": [_reference(reference) for reference in paragraph.references],
    }
    return values | {"inferred": ["verbs", "addressees", *INFERRED]}


def _verbs(verbs: Iterable[Verb]) -> list[dict[str, Any]]:
    return [{"phrase": verb.phrase, "lemma": verb.lemma, "strength": verb.strength.value} for verb in verbs]


def _ask(ask: Ask) -> dict[str, Any]:
    return {
        "verb": ask.verb.phrase,
        "lemma": ask.verb.lemma,
        "strength": ask.verb.strength.value,
        "addressees": list(ask.addressees),
        "asked": ask.asked,
    }


def _point(point: Point) -> dict[str, Any]:
    return {
        "mark": point.mark,
        "text": point.text,
        "line": point.line,
        "notes": _notes(point.notes),
        "verbs": _verbs(point.verbs),
        "addressees": list(point.addressees),
        "points": [_point(below) for below in point.points],
    }


def _reference(reference: Reference) -> dict[str, Any]:
    return {"kind": reference.kind, "text": reference.text, "target": reference.target or None}


def _draft(draft: Draft, resolution: Resolution) -> dict[str, Any]:
    return {
        "id": f"{resolution.symbol}#draft{draft.number}",
        "number": draft.number,
        "label": draft.label or None,
        "title": draft.title or None,
        "title_notes": _notes(draft.title_notes),
        "part": draft.part or None,
        "part_title": draft.part_title or None,
        "organ": draft.organ,
        "enacting_formula": draft.enacting_formula,
        "line": draft.line,
        "paragraph": draft.paragraph or None,
        "annex": draft.annex if draft.annexed else None,
        "preambular": [_paragraph(paragraph) for paragraph in draft.preambular],
        "operative": [_paragraph(paragraph) for paragraph in draft.operative],
        "annexes": [_annex(annex) for annex in draft.annexes],
    }


def _annex(annex: Annex) -> dict[str, Any]:
    blocks = [
        {
            "kind": block.kind,
            "mark": block.mark,
            "text": block.text,
            "level": block.level,
            "line": block.line,
            "notes": _notes(block.notes),
        }
        for block in annex.blocks
    ]
    return {"number": annex.number, "title": annex.title, "line": annex.line, "blocks": blocks}


def _footnote(note: Footnote) -> dict[str, Any]:
    return {"mark": note.mark, "text": note.text, "line": note.line}


def _residue(line: Residue) -> dict[str, Any]:
    return {"line": line.line, "text": line.text}


def to_text(resolution: Resolution) -> str:
    """A resolution as plain text: one paragraph a line, marks in brackets, footnotes at the end, no export noise.

    Drafts stand in quotation marks below the paragraph that recommends them or in their annex; parts follow each other.
    """
    return "\n".join("\n".join(_lines(one)).rstrip() + "\n" for one in resolution.in_file)


def _lines(resolution: Resolution) -> list[str]:
    lines = [f"{resolution.symbol}  {_marked(resolution.title, resolution.title_notes)}".strip(), ""]
    lines += [resolution.part, resolution.part_title, ""] if resolution.part else []
    if resolution.enacting_formula:
        lines += [resolution.enacting_formula, ""]
    for paragraph in resolution.preambular:
        lines += _paragraph_lines(paragraph, "")
    for paragraph in resolution.operative:
        lines += _paragraph_lines(paragraph, f"{paragraph.printed}. ")
        for draft in resolution.drafts:
            lines += _draft_lines(draft, resolution) if draft.paragraph == paragraph.id and not draft.annexed else []
    lines += [*resolution.closing, ""] if resolution.closing else []
    for annex in resolution.annexes:
        lines += _annex_lines(annex)
        for draft in resolution.drafts:
            lines += _draft_lines(draft, resolution) if draft.annexed and draft.annex == annex.number else []
    return lines + [f"[{note.mark}] {note.text}" for note in (*resolution.masthead_notes, *resolution.footnotes)]


def _paragraph_lines(paragraph: Paragraph, number: str) -> list[str]:
    text = number + _marked(paragraph.text, paragraph.notes)
    return [*_headings(paragraph), text, *_lower_lines(paragraph), ""]


def _annex_lines(annex: Annex) -> list[str]:
    lines = [f"Annex {annex.number}".strip(), annex.title, ""]
    for block in annex.blocks:
        indent = "    " * (block.level + (block.kind == "point"))
        lines.append(indent + f"{block.mark} {_marked(block.text, block.notes)}".strip())
    return [*lines, ""]


def _draft_lines(draft: Draft, resolution: Resolution) -> list[str]:
    """A draft, each line after an opening quotation mark and the last one before the closing mark."""
    lines = [draft.label, _marked(draft.title, draft.title_notes), draft.part, draft.part_title, draft.enacting_formula]
    for paragraph in draft.preambular:
        lines += _paragraph_lines(paragraph, "")
    for paragraph in draft.operative:
        lines += _paragraph_lines(paragraph, f"{paragraph.printed}. ")
        for within in resolution.drafts:
            lines += _draft_lines(within, resolution) if within.paragraph == paragraph.id else []
    for annex in draft.annexes:
        lines += _annex_lines(annex)
    quoted = [f"“{line}" for line in lines if line]
    quoted[-1] += "”"
    return [line for one in quoted for line in (one, "")]


def _headings(paragraph: Paragraph) -> list[str]:
    return [*paragraph.heading.split("\n"), ""] if paragraph.heading else []


def _lower_lines(paragraph: Paragraph) -> list[str]:
    tail = [_marked(paragraph.tail, paragraph.tail_notes)] if paragraph.tail else []
    return [*_point_lines(paragraph.points, 1), *tail]


def _point_lines(points: Iterable[Point], depth: int) -> list[str]:
    lines = []
    for point in points:
        lines.append("    " * depth + f"{point.mark} {_marked(point.text, point.notes)}")
        lines += _point_lines(point.points, depth + 1)
    return lines


def _marked(text: str, notes: Iterable[tuple[int, str]]) -> str:
    """A text with its marks put back in, in brackets."""
    pieces, position = [], 0
    for offset, mark in notes:
        pieces += [text[position:offset], f"[{mark}]"]
        position = offset
    return "".join([*pieces, text[position:]])
