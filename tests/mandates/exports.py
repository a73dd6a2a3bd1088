"""Other forms in which the same resolution is exported: what word processors, PDF and web converters make of a text."""

import html
import re
import textwrap

_CLOSING = re.compile(r"^\d+(?:st|nd|rd|th) (?:\(resumed\) )?plenary meeting")


def with_windows_lines(text: str) -> str:
    """Carriage returns and line feeds."""
    return "\r\n".join(text.splitlines()) + "\r\n"


def with_blank_lines(text: str) -> str:
    """A blank line after every line."""
    return "\n\n".join(text.splitlines()) + "\n"


def with_hard_spaces(text: str) -> str:
    """No-break spaces where editors put them: before numbers and after."""
    return re.sub(r"(?<=\w) (?=\d)|(?<=\d) (?=\w)", "\u00a0", text)


def with_spaces_for_tabs(text: str) -> str:
    """Tabs as spaces."""
    return text.expandtabs(8)


def with_numbers_on_lines_of_their_own(text: str) -> str:
    """A paragraph's number and its text on two lines, as tables are exported."""
    return re.sub(r"(?m)^(\t?)(\d{1,3}\.)\s+(?=[A-Z])", r"\1\2\n\1", text)


def with_indents(text: str) -> str:
    """Every line indented by a tab, points further."""
    return "\n".join(("\t\t" if line.lstrip().startswith("(") else "\t") + line for line in text.splitlines())


def with_direction_marks(text: str) -> str:
    """Invisible marks at the ends of lines and soft hyphens in words."""
    return "\n".join(line.replace("tion", "ti\u00adon") + "\u200e" for line in text.splitlines())


def wrapped(text: str, width: int = 92) -> str:
    """Paragraphs broken into lines of a page's width, with blank lines between."""
    paragraphs = [" ".join(line.split()) for line in text.splitlines()]
    return "\n\n".join(
        "\n".join(textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False)) for line in paragraphs
    )


def wrapped_close(text: str, width: int = 92) -> str:
    """Paragraphs broken into lines, without blank lines, as a page's text is copied."""
    return re.sub(r"\n\n+", "\n", wrapped(text, width)) + "\n"


def paged(text: str, symbol: str, title: str, lines_a_page: int = 40, width: int = 92) -> str:
    """Wrapped and cut into pages, each with a running head and a foot, also in the middle of paragraphs."""
    head, _, body = text.partition("The General Assembly,")
    lines = wrapped_close("The General Assembly," + body, width).splitlines()
    out = [head.strip()]
    for page, start in enumerate(range(0, len(lines), lines_a_page), start=1):
        if page > 1:
            out += ["", f"{symbol}", *textwrap.wrap(title, 60), ""]
        out += lines[start : start + lines_a_page]
        out += ["", f"12-34567 {page}/9" if page % 2 else f"{page}/9 12-34567"]
    return "\n".join(out) + "\n"


def with_notes_at_the_foot_of_pages(
    text: str,
    notes: list[tuple[str, str]],
    lines_a_page: int = 40,
    width: int = 92,
    rule: str = "__________________",
) -> str:
    """Wrapped and cut into pages with the footnotes whose marks the page holds at its foot, below a rule if any.

    `text` has the marks glued to its words and no notes; `notes` are (mark, text) in order.
    """
    head, _, body = text.partition("The General Assembly,")
    lines = wrapped_close("The General Assembly," + body, width).splitlines()
    out, left = [head.strip()], list(notes)
    for page, start in enumerate(range(0, len(lines), lines_a_page), start=1):
        shown = lines[start : start + lines_a_page]
        out += shown
        here = []
        while left and any(re.search(rf"(?<=[^\s\d/]){left[0][0]}(?=$|[\s,;.)])", line) for line in shown):
            here.append(left.pop(0))
        if here or (left and start + lines_a_page >= len(lines)):
            here += left if start + lines_a_page >= len(lines) else []
            out += [rule] if rule else []
            out += [line for mark, note in here for line in textwrap.wrap(f"{mark} {note}", width)]
        out += [f"{page}/9 12-34567", f"\f12-34567 {page + 1}/9"]
    return "\n".join(out) + "\n"


def until_closing(text: str) -> str:
    """The text up to the line before the closing one."""
    kept = []
    for line in text.splitlines():
        if _CLOSING.match(line.replace("\u00a0", " ").strip()):
            break
        kept.append(line)
    return "\n".join(kept) + "\n"


def with_entities(text: str) -> str:
    """Entities that a web converter left: no-break spaces, quotes, dashes."""
    named = {"’": "&rsquo;", "“": "&ldquo;", "”": "&rdquo;", "–": "&#8211;", "\t": "&nbsp;&nbsp;&nbsp;"}
    escaped = html.escape(text, quote=True)
    for character, entity in named.items():
        escaped = escaped.replace(character, entity)
    return escaped


def with_tags(text: str) -> str:
    """Every line in the tags of a web page."""
    lines = (html.escape(line, quote=False) for line in text.splitlines())
    return "\n".join(f'<p class="x"><span>{line}</span></p>' if line.strip() else "" for line in lines)


def as_markdown(text: str) -> str:
    """Numbers strong, opening verbs and formula emphasized, paragraphs parted by blank lines."""
    out = []
    for line in text.splitlines():
        plain = re.sub(r"^(The General Assembly),$", r"*\1*,", line.strip())
        plain = re.sub(r"^(\d{1,3}\.)\s+([A-Z][a-z]+)\b", r"**\1** *\2*", plain)
        plain = re.sub(r"^([A-Z][a-z]+ing)\b", r"*\1*", plain)
        out.append(plain)
    return "\n\n".join(out) + "\n"


def with_brackets_after_numbers(text: str) -> str:
    """Paragraph numbers as "1)"."""
    return re.sub(r"(?m)^(\s*\d{1,3})\.(?=\s+[A-Z])", r"\1)", text)
