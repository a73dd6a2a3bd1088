"""A document in all its outputs: the bytes of every file, from the same values in the same way."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any

from django.utils import translation

from comity.evidence.figures import Fact, plain
from comity.mandates.mandate import MandateParagraph, details_as_json
from comity.reports import docx, html, pdf
from comity.reports.document import Document
from comity.reports.source.report_source import Source


def in_language(source: Source) -> AbstractContextManager[Any]:
    """The report's own language, whatever that of the person who builds it."""
    return translation.override(source.language.site)


def render(document: Document, public_url: str) -> dict[str, bytes]:
    """Every file that says what the document says; the same document gives the same bytes.

    The three outputs only read the document, and each waits for pandoc most of its time: they are made side by side.
    """

    def written(write: Callable[[Document, str], bytes]) -> bytes:
        with in_language(document.source):  # a thread has a language of its own
            return write(document, public_url)

    with ThreadPoolExecutor(3) as side_by_side:
        word, printed, page = (side_by_side.submit(written, write) for write in (docx.write, pdf.write, html.write))
        figures, inputs = evidence(document)
        return {
            "report.html": page.result(),
            "report.docx": word.result(),
            "report.pdf": printed.result(),
            "figures.json": as_text(figures),
            "inputs.json": as_text(inputs),
            "paragraphs.json": as_text(paragraphs(document)),
        }


def evidence(document: Document) -> tuple[list[dict[str, Any]], dict[str, dict[str, str]]]:
    """The document's figures, and the inputs of all of them by a key that figures name.

    A figure is in the shape of `comity figure --format json`, but that `inputs` are keys; `written` is the reference as
    the source has it, `printed` what the document prints of it, cell by cell, with the source's line.
    """
    keys: dict[tuple[str, str, str], str] = {}
    inputs: dict[str, dict[str, str]] = {}
    figures = []
    for whole in document.figures.values():
        record = replace(whole, inputs=()).as_json()
        record["inputs"] = [_key(fact, keys, inputs) for fact in whole.inputs]
        record["written"] = document.written[whole.id]
        record["printed"] = [
            {"figure": use.figure, "text": use.text, "line": use.line}
            for use in document.uses
            if use.figure.partition("#")[0] == whole.id
        ]
        figures.append(plain(record))
    return figures, inputs


def paragraphs(document: Document) -> list[dict[str, Any]]:
    """The paragraphs that the document shows: what each asks in our own words and field by field, and from where.

    `file` and `place` are where its record stands in the origin; `marks` says of which layer each field is.
    """
    return [plain(_paragraph(one)) for one in document.paragraphs.values()]


def _paragraph(one: MandateParagraph) -> dict[str, Any]:
    standing = one.register_origin or one.text_origin
    return {
        "id": one.id,
        "number": one.printed,
        "line": one.line,
        **details_as_json(one),
        "evidence": {
            name: list(value) if isinstance(value, tuple) else value for name, value in vars(one.evidence).items()
        },
        "marks": dict(one.marks),
        "confirmations": [{"field": said.field, "verdict": said.verdict, "by": said.by} for said in one.confirmations],
        "origin": standing.origin if standing else "",
        "file": standing.file if standing else "",
        "place": standing.place if standing else "",
    }


def _key(fact: Fact[Any], keys: dict[tuple[str, str, str], str], inputs: dict[str, dict[str, str]]) -> str:
    """The key of an input: its origin's first letters and its place; a second fact of one place gets a number."""
    identity = (fact.origin, fact.place, fact.label)
    if identity not in keys:
        key = f"{fact.origin[:12]}/{fact.place}"
        number = 2
        while key in inputs:
            key, number = f"{fact.origin[:12]}/{fact.place}~{number}", number + 1
        keys[identity] = key
        inputs[key] = fact.as_json()
    return keys[identity]


def as_text(value: Any) -> bytes:
    """JSON for files that people read and compare: indented, letters as they are."""
    return (json.dumps(value, indent=1, ensure_ascii=False, sort_keys=False) + "\n").encode()
