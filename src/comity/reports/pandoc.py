"""Pandoc, the program that its package brings along: called, never linked, and in its sandbox.

In the sandbox it opens no file and no address but what its command line names. Memory and time are bounded: some texts
of a few kilobytes, such as thousands of opening brackets, take it longer than anybody waits.
"""

import json
import os
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from comity.evidence.errors import ComityError
from comity.reports.source.elements import VERSION, Element

READER = (
    "markdown-citations-implicit_figures-raw_html-raw_tex-tex_math_dollars-example_lists-latex_macros"
    "-yaml_metadata_block-pandoc_title_block-native_divs-native_spans-markdown_in_html_blocks"
    "-implicit_header_references-table_captions-table_attributes-grid_tables-line_blocks"
)
"""Markdown without what a report does not need. What is left of code in it, `raw_attribute`, is read so that it is seen
and refused, and does not pass as words."""
PATIENCE = 60
_MEMORY, _HEAP_OVERFLOW = "1G", 251


class TooMuch(ComityError):
    """A text that takes more time or memory, or is deeper, than a report may be."""


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
    try:
        made = json.loads(_run(["--from", READER, "--to", "json"], text.encode()))
    except RecursionError:
        raise TooMuch(_("the text has elements in one another that are too deep to be read")) from None
    blocks: list[Element] = made["blocks"]
    return blocks


def write(blocks: list[Element], form: str, *arguments: str, folder: Path | None = None) -> bytes:
    """Blocks in an output's form ("html5", "typst", "docx"); files that `arguments` name lie in `folder`."""
    document: dict[str, Any] = {"pandoc-api-version": VERSION, "meta": {}, "blocks": blocks}
    return _run(["--from", "json", "--to", form, *arguments], json.dumps(document).encode(), folder)


def named(pictures: Sequence[str]) -> list[str]:
    """Arguments by which pictures in the folder can be read: the sandbox opens what the command line names, and of the
    options that name files this is the one that no output which is written here heeds."""
    return [f"--epub-embed-font={picture}" for picture in pictures]


def _run(arguments: list[str], stdin: bytes, folder: Path | None = None) -> bytes:
    """Pandoc's output. The moment that it writes into documents is fixed: the same input gives the same bytes.

    Raises TooMuch where it takes more time or memory than it is given, ComityError where it fails otherwise.
    """
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "0"}
    command = [program(), "--sandbox", *arguments, "+RTS", f"-M{_MEMORY}", "-RTS"]
    try:
        done = subprocess.run(
            command, input=stdin, capture_output=True, env=environment, cwd=folder, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        raise TooMuch(_("the text takes more than %d seconds to be read or written") % PATIENCE) from None
    if done.returncode == _HEAP_OVERFLOW:
        raise TooMuch(_("the text takes more than %s of memory to be read or written") % _MEMORY)
    if done.returncode:
        raise ComityError(f"pandoc: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout
