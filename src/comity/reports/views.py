"""The page of the report that was built last."""

import re
from importlib.resources import files
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from comity.evidence.errors import UnknownName
from comity.evidence.workspaces import workspace

FILES = {
    "report.html": "text/html; charset=utf-8",
    "report.docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "report.pdf": "application/pdf",
    "figures.json": "application/json",
    "inputs.json": "application/json",
    "paragraphs.json": "application/json",
}


def built() -> Path | None:
    """The folder of the report that was built last, or None where none was."""
    folder = workspace.home() / "reports" / "latest"
    return folder if (folder / "figures.json").exists() else None


def report_page(request: HttpRequest) -> HttpResponse:
    """The report, its figures linked to their pages, and its other forms to download."""
    folder = built()
    context = {
        "body": _body(folder) if folder else None,
        "files": [(name, (folder / name).stat().st_size) for name in FILES if folder and (folder / name).exists()],
    }
    return render(request, "reports/page.html", context)


def _body(folder: Path) -> SafeString:
    """The report's body with its figures; pandoc and its like are brought in only here."""
    from comity.reports.build import body_html

    body = with_cells(without_styles(body_html(folder)), reverse("home"))
    return mark_safe(body)  # noqa: S308 - written by our own build


def without_styles(body: str) -> str:
    """A body without style attributes, which the site's policy refuses: numbers aligned by class, widths left out."""
    aligned = re.sub(r' style="text-align: right;?"', ' class="digits"', body)
    return re.sub(r' style="[^"]*"', "", aligned)


def with_cells(body: str, home: str) -> str:
    """A body whose figures lead to their pages in the site's language, and the cells of tables to the cells' own."""
    return re.sub(
        r'href="/figures/([^"?#]+)(\?[^"#]*)?(?:#([^"]+))?"',
        lambda found: f'href="{home}figures/{found[1]}{"%23" + found[3] if found[3] else ""}{found[2] or ""}"',
        body,
    )


def report_style(request: HttpRequest) -> HttpResponse:
    """The report's own style, the same that its file carries inside."""
    style = files("comity.reports") / "templates" / "reports" / "report.css"
    return HttpResponse(style.read_bytes(), content_type="text/css; charset=utf-8")


def report_file(request: HttpRequest, name: str) -> HttpResponse | FileResponse:
    """One of the report's files."""
    folder = built()
    if folder is None or name not in FILES or not (folder / name).exists():
        raise UnknownName(name, _("a file of the report"), list(FILES) if folder else [])
    return FileResponse((folder / name).open("rb"), content_type=FILES[name], as_attachment=True, filename=name)
