"""The forms in which people save a page: as the server sends it, by a browser, as a web archive, in any Unicode.

A browser's “complete” page has small tags, other links and a comment of its address; a web archive (MHTML, RFC 2557)
is a message whose first page is the one that was saved.
"""

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import MessageError

from comity.evidence.errors import BadInput, Fault
from comity.evidence.files.texts import decode, start_of
from comity.evidence.wording import gettext as _

MOST_BYTES = 32 * 2**20
"""Of a page; the longest that is known has 3.2 MB."""
_LOOKED_AT = 4_096
_PAGE = re.compile(
    r"\s*(?:<\?xml[^<>]*\?>\s*)?(?:<!--(?>.*?-->)\s*)*+<(?:!doctype\s+html|html|head|body|table)\b", re.I | re.S
)
_OF_THE_COLLECTION = re.compile(
    rb"_(?:tblgrid|rptTreaty_ctl\d+_tc\w+|rptStatus_ctl\d+_tcText|rptEIF_ctl\d+_tc\w+|dgDec|dgObj|dgNotifications)[\"']"
    rb"|<title>\s*UNTC\s*</title>|treaties\.un\.org/pages/(?:view|show)|ViewDetails\w*\.aspx\?",
    re.IGNORECASE,
)
_XML = re.compile(
    r"\s*(?:<\?xml[^<>]*\?>\s*)?(?:<!--(?>.*?-->)\s*)*+(?:<!DOCTYPE[^<>\[]*(?:\[.*?\]\s*)?>\s*)?<(?:Document|Treaty)\b",
    re.S,
)
_OF_THE_XML = re.compile(rb"<(?:Treaty|Participants|ExternalData|Template)\b")
_ARCHIVE = re.compile(r"(?:[\w-]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)*?MIME-Version:", re.IGNORECASE)


@dataclass(frozen=True)
class Saved:
    """The text of a page or of its XML, and whether its lines are those of the file."""

    text: str
    xml: bool = False
    own_lines: bool = True


def looks_like(data: bytes) -> bool:
    """Whether bytes are a saved page of the Treaty Collection or its XML, whole or not; never raises, and is cheap."""
    start = start_of(data, _LOOKED_AT)
    plain = data[: MOST_BYTES + 1].replace(b"\0", b"") if b"\0" in data[:_LOOKED_AT] else data[: MOST_BYTES + 1]
    if _XML.match(start):
        return bool(_OF_THE_XML.search(plain[:_LOOKED_AT]))
    if _PAGE.match(start):
        return bool(_OF_THE_COLLECTION.search(plain))
    return bool(_is_archive(start) and _OF_THE_COLLECTION.search(plain.replace(b"=\r\n", b"").replace(b"=\n", b"")))


def _is_archive(start: str) -> bool:
    return "multipart/related" in start and bool(_ARCHIVE.match(start))


def saved_text(data: bytes, file: str) -> Saved:
    """The page that a file holds. Raises BadInput for a file that is too large or no text, or an archive without it."""
    if len(data) > MOST_BYTES:
        value = _("%(count)s MB") % {"count": f"{len(data) / 2**20:,.1f}"}
        raise BadInput(
            Fault(file, "", value, _("a saved page of at most %(count)s MB") % {"count": MOST_BYTES // 2**20})
        )
    start = start_of(data, _LOOKED_AT)
    if _is_archive(start):
        return Saved(_page_of_archive(data, file), own_lines=False)
    xml = bool(_XML.match(start))
    return Saved(_xml_text(data, file) if xml else decode(data, file, western=True), xml=xml)


_DECLARED = re.compile(rb"<\?xml[^<>]*encoding=[\"']([\w.-]+)[\"']")


def _xml_text(data: bytes, file: str) -> str:
    declared = _DECLARED.match(data.lstrip())
    name = declared[1].decode("ascii") if declared else ""
    if name.casefold() in ("iso-8859-1", "latin-1", "windows-1252"):
        # What publishes it writes Windows-1252 under the name of ISO-8859-1; no control character is meant.
        return data.decode("cp1252", "replace")
    return decode(data, file, western=True)


def _page_of_archive(data: bytes, file: str) -> str:
    expected = _("a web archive that holds a page; save the page as a web page (HTML)")
    try:
        message = message_from_bytes(data)
        for part in message.walk():
            if part.get_content_type() == "text/html":
                payload = part.get_payload(decode=True)
                if isinstance(payload, bytes):
                    return decode(payload, file, western=True)
    except (MessageError, LookupError, ValueError):
        pass
    raise BadInput(Fault(file, "", _("a web archive (MHTML)"), expected))
