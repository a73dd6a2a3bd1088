"""Pandoc, the program that its package brings along: called, never linked, and without network or files of others."""

import json
import os
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

from comity.evidence.errors import ComityError
from comity.reports.elements import VERSION, Element

READER = "markdown-citations-implicit_figures-raw_html-raw_tex-tex_math_dollars-example_lists"


@cache
def program() -> str:
    """Where the program lies. The package is loaded at the first call, not at the start of every command."""
    import pypandoc

    return str(pypandoc.get_pandoc_path())


@cache
def version() -> str:
    """The program's version, which a report records because other versions may print otherwise."""
    return _run(["--version"], b"").decode().split("\n", 1)[0]


def read_markdown(text: str) -> list[Element]:
    """The blocks of a Markdown text."""
    made = json.loads(_run(["--from", READER, "--to", "json"], text.encode()))
    blocks: list[Element] = made["blocks"]
    return blocks


def write(blocks: list[Element], form: str, *arguments: str, folder: Path | None = None) -> bytes:
    """Blocks in an output's form ("html5", "typst", "docx"); pictures are looked up in `folder`."""
    document: dict[str, Any] = {"pandoc-api-version": VERSION, "meta": {}, "blocks": blocks}
    where = ["--resource-path", str(folder)] if folder else []
    return _run(["--from", "json", "--to", form, *where, *arguments], json.dumps(document).encode())


def _run(arguments: list[str], given: bytes) -> bytes:
    """Pandoc's output. The moment that it writes into documents is fixed: the same input gives the same bytes."""
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "0"}
    done = subprocess.run([program(), *arguments], input=given, capture_output=True, env=environment, check=False)
    if done.returncode:
        raise ComityError(f"pandoc: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout
