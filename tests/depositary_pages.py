"""Writes status pages of the depositary's template with facts of our own, for tests: no text of a real page."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NEW, OLD = "ctl00_ctl00_ContentPlaceHolder1_ContentPlaceHolderInnerPage_", "ctl00_ContentPlaceHolder1_"


def cell(day: date | None, mark: str = "", *, bracketed: bool = False) -> str:
    """A cell as the server prints it: a one-digit day padded by a no-break space, a tab before the year."""
    if day is None:
        return "&nbsp;"
    padded = f" &nbsp;{day.day}" if day.day < 10 else str(day.day)
    text = f"{padded} {MONTHS[day.month - 1]}\t {day.year} {mark}"
    return f"[{text}]<br>" if bracketed else f"{text}<br>"


def noted(name: str, *numbers: str) -> str:
    """A name with the numbers of its notes as the server prints them."""
    links = ", ".join(f"<A onclick='ShowNoteAll()' href='#{one}' class='noteIndex'>{one}</A>" for one in numbers)
    return f"{name} <SUP>{links} </SUP>" if numbers else name


@dataclass
class Page:
    """A page to be written; `rows` hold the name, as HTML, and a cell for each heading."""

    mtdsg: str = "XVIII-12"
    title: str = "Convention of tests"
    in_force: str = "29 September 2003"
    as_at: str = "03-02-2026"
    headings: Sequence[str] = ("Signature", "Ratification, Acceptance(A), Approval(AA), Accession(a), Succession(d)")
    rows: Sequence[Sequence[str]] = ()
    signatories: str | None = "0"
    parties: str | None = "0"
    language: str = "_en"
    prefix: str = NEW
    declarations: Sequence[tuple[str, str]] = ()
    objections: Sequence[tuple[str, str]] = ()
    notifications: Sequence[tuple[str, str]] = ()
    territories: Sequence[tuple[str, str, str]] = ()
    notes: Sequence[tuple[str, str]] = ()
    more: str = ""
    grids: int = 1
    form: dict[str, str] = field(default_factory=dict)

    def html(self) -> str:
        """The page, with the line ends of the server."""
        chapter, _dash, number = self.mtdsg.partition("-")
        p = self.prefix
        totals = [f"{label} :\n {count}." for label, count in (("Signatories", self.signatories),) if count is not None]
        totals += [f"Parties :\n {self.parties}"] if self.parties is not None else []
        heading = "".join(f"<td>{text}<br></td>" for text in ("Participant", *self.headings))
        rows = "\n".join(
            f'<tr class="{"trBGGrey" if index % 2 else "trBWhite"}">\n<td>{name}<br></td>\n'
            + "\n".join(f"<td>{text}</td>" for text in cells)
            + "\n</tr>"
            for index, (name, *cells) in enumerate(self.rows)
        )
        grid = f'<table id="{p}tblgrid">\n<tr class="thead-one">{heading}</tr>\n{rows}\n</table>'
        text = f"""<!DOCTYPE html>

<html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>UNTC</title></head><body>
<form id="aspnetForm" action="./ViewDetails.aspx?src=TREATY&amp;mtdsg_no={self.mtdsg}&amp;clang={self.language}">
<input type="hidden" id="ctl00_ctl00_hdnLanguage" value="{self.language}" />
<div id="{p}div3">STATUS AS AT : {self.as_at} 10:16:18 EDT</div>
<div id="{p}rptHead_ctl00_tcHead">CHAPTER {chapter}</div><div id="{p}rptHead_ctl00_tcText">TESTS</div>
<div id="{p}rptTreaty_ctl00_tcTreaty">{number.replace("-", ". ")}.
   {self.title}</div><div id="{p}rptTreaty_ctl00_tcText">New York, 15 November 2000 <SUP><A href='#1'>1</A></SUP></div>
<div id="{p}rptEIF_ctl00_tcText">{self.in_force}, in accordance with article 38.</div>
<div id="{p}rptStatus_ctl00_tcText">{" ".join(totals)}</div>
{grid * self.grids}
{self._section("dgDec", "divText", self.declarations)}
{self._section("dgObj", "divText", self.objections)}
{self._section("dgNotifications", "divNotificationText", self.notifications)}
<table id="{p}tblDec"><tr><td>Participant<br></td><td>Date of receipt of the notification</td><td>Territories</td></tr>
{"".join(f"<tr><td>{name}</td><td>{day}</td><td>{text}</td></tr>" for name, day, text in self.territories)}</table>
<table id="{p}dgNotesAll">{"".join(map(self._note, self.notes))}</table>
{self.more}
</form></body>
</html>
"""
        return text.replace("\n", "\r\n")

    def _section(self, table: str, texts: str, entries: Sequence[tuple[str, str]]) -> str:
        rows = "".join(
            f'<tr><td><div id="{self.prefix}{table}_ctl{number:02}_divMainText"></div>'
            f'<div id="{self.prefix}{table}_ctl{number:02}_divParticipant" class="heading-two">{name}</div>'
            f'<div id="{self.prefix}{table}_ctl{number:02}_{texts}" class="content-two">'
            f"<p class='invisible'>{name}<superscript>9</superscript></p>{text}<br></div></td></tr>"
            for number, (name, text) in enumerate(entries, start=2)
        )
        return f'<table id="{self.prefix}{table}">{rows}</table>'

    def _note(self, note: tuple[str, str]) -> str:
        number, text = note
        begins = f'<tr><td><div id="{self.prefix}dgNotesAll_ctl{int(number) + 1:02}_divNotesAll" class="divNotesAll">'
        return f"{begins}<a name='{number}'>{number}</a><index></index>{text}<br><br></div></td></tr>"

    def bytes(self) -> bytes:
        """The page as the server sends it."""
        return self.html().encode("utf-8")
