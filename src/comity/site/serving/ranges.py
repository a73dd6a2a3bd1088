"""Parts of files: a download that broke off goes on where it ended, and one that is held already is not sent again."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

_RANGE = re.compile(r"bytes\s*=\s*(?P<first>[0-9]{0,18})-(?P<last>[0-9]{0,18})", re.ASCII | re.IGNORECASE)


@dataclass
class Part:
    """A part of a file, as a response holds it: `length` bytes from `start` on."""

    file: Any
    start: int
    length: int

    def read(self, size: int = -1) -> bytes:
        """What is left of the part, at most `size` bytes, for a server that does not send files itself."""
        left = self.start + self.length - self.file.tell()
        return bytes(self.file.read(left if size < 0 else min(size, left)))

    def close(self) -> None:
        """Close the file."""
        self.file.close()


def asked_range(header: str, size: int) -> tuple[int, int] | None:
    """First byte and number of bytes that a Range header asks of a file (RFC 9110, 14.2), 0 where nothing lies there.

    None where the header is to be ignored: another unit, several ranges, or no range at all.
    """
    match = _RANGE.fullmatch(header.strip())
    if match is None or not (match["first"] or match["last"]):
        return None
    if not match["first"]:
        length = min(int(match["last"]), size)
        return size - length, length
    first = int(match["first"])
    last = min(int(match["last"]), size - 1) if match["last"] else size - 1
    if match["last"] and int(match["last"]) < first:
        return None
    return first, max(0, last - first + 1)


class Ranges:
    """Answer conditions and ranges for every file: 304, 206 or 416."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response: HttpResponseBase = self.get_response(request)
        if not isinstance(response, FileResponse) or response.status_code != 200 or response.file_to_stream is None:
            return response
        size, etag = int(response.headers["Content-Length"]), response.headers.get("ETag")
        response.headers["Accept-Ranges"] = "bytes"
        if answer := get_conditional_response(request, etag=etag):
            response.file_to_stream.close()
            return answer
        header = request.headers.get("Range", "") if request.method == "GET" else ""
        if request.headers.get("If-Range", etag) != etag or (wanted := asked_range(header, size)) is None:
            return response
        return _part(response, size, *wanted)


def _part(response: FileResponse, size: int, start: int, length: int) -> HttpResponseBase:
    file: Any = response.file_to_stream
    if not length:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}", "Accept-Ranges": "bytes"})
    file.seek(start)
    response.streaming_content = Part(file, start, length)  # type: ignore[assignment]  # Django takes what has `read`
    response.status_code = 206
    response.headers["Content-Range"] = f"bytes {start}-{start + length - 1}/{size}"
    response.headers["Content-Length"] = str(length)
    return response
