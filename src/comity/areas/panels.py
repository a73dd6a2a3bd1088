"""What a room shows of a State: the shape that every room's panel for the State page has."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Panel:
    """A part of a page that a room contributes: an identifier for its address, a heading, a template and its values."""

    identifier: str
    heading: str
    template: str
    values: Mapping[str, Any]
