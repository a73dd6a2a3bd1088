"""YAML that experts read and edit, taken key by key: what is wrong is named with its line and key."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, TypeVar

import yaml

from comity.evidence.dates import exact_day
from comity.evidence.errors import BadInput, Fault
from comity.evidence.wording import gettext as _

T = TypeVar("T")

MOST_DEPTH = 20
"""Lists and mappings within each other; those of ours are five deep."""


class PlainLoader(yaml.SafeLoader):
    """YAML without aliases, by which a short text stands for an endless one, and of a depth that can be walked."""

    _depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        """A node; raises a MarkedYAMLError for an alias and for one that is too deep."""
        event = self.peek_event()  # type: ignore[no-untyped-call]  # the stubs give it no type
        if self.check_event(yaml.AliasEvent):
            raise yaml.composer.ComposerError(None, None, "*" + event.anchor, event.start_mark)
        if self._depth >= MOST_DEPTH:
            found = _("lists or mappings more than %(count)d deep") % {"count": MOST_DEPTH}
            raise yaml.composer.ComposerError(None, None, found, event.start_mark)
        self._depth += 1
        node = super().compose_node(parent, index)
        self._depth -= 1
        return node


class Declaration:
    """A mapping of the file. Each key is asked for once; those never asked for are faults, found by `finish`.

    Faults are gathered in `faults`, which the mappings of a file share, so that a reader is told all of them at once.
    """

    def __init__(self, node: yaml.MappingNode, file: str, faults: list[Fault]):
        self.file, self.faults, self.line = file, faults, _line(node)
        self._node = node
        self._keys: dict[str, yaml.Node] = {}
        self._values: dict[str, yaml.Node] = {}
        self._asked: set[str] = set()
        self._below: list[Declaration] = []
        for key, value in node.value:
            name = _shown(key)
            if name in self._keys:
                self.fault(name, name, _("each key once"), _line(key))
            self._keys[name], self._values[name] = key, value

    def line_of(self, key: str) -> int:
        """The line on which a key's value begins; that of the mapping where it has no such key."""
        return _line(self._values[key]) if key in self._values else self.line

    def fault(self, key: str, value: str, expected: str, line: int | None = None) -> None:
        """Record what is wrong with a key, which need not be there."""
        self.faults.append(Fault(self.file, f"{line or self.line_of(key)}:{key}", value, expected))

    def text(self, key: str, *, required: bool = False, one_of: Sequence[str] = ()) -> str:
        """A text; empty where the key is absent."""
        node = self._take(key, required)
        if node is None:
            return ""
        if not isinstance(node, yaml.ScalarNode) or (required and not node.value.strip()):
            self.fault(key, _shown(node), _("a text"))
            return ""
        text = str(node.value).strip()
        if one_of and text not in one_of:
            self.fault(key, text, _("one of: %(all)s") % {"all": ", ".join(one_of)})
        return text

    def read(self, key: str, convert: Callable[[str], T], default: T, expected: str, *, required: bool = False) -> T:
        """A text as `convert` gives it; the default where the key is absent, or where `convert` raises ValueError."""
        text = self.text(key, required=required)
        if not text:
            return default
        try:
            return convert(text)
        except ValueError:
            self.fault(key, text, expected)
            return default

    def number(self, key: str, default: float, *, required: bool = False) -> float:
        """A number above zero."""
        return self.read(key, _positive, default, _("a number above zero"), required=required)

    def integer(self, key: str, *, least: int = 1) -> int:
        """A whole number that must be there; 0 where it is not."""
        return self.read(key, _whole_from(least), 0, _("a whole number from %d") % least, required=True)

    def day(self, key: str, *, required: bool = False) -> date | None:
        """A date as YYYY-MM-DD; None where the key is absent."""
        return self.read(key, exact_day, None, _("a date as YYYY-MM-DD"), required=required)

    def truth(self, key: str) -> bool:
        """true or false; false where the key is absent."""
        return self.read(key, _truth, False, _("true or false"))

    def texts(self, key: str, *, one_of: Sequence[str] = ()) -> tuple[str, ...]:
        """A list of texts, or one; empty where the key is absent."""
        expected = _("one of: %(all)s") % {"all": ", ".join(one_of)} if one_of else _("a list of texts")
        return self.read_each(key, among(one_of) if one_of else str, expected)

    def read_each(self, key: str, convert: Callable[[str], T], expected: str) -> tuple[T, ...]:
        """Every text of a list, or the one text, as `convert` gives it; where it raises ValueError, a fault."""
        values = []
        for item in _items(self._take(key, required=False)):
            try:
                text = str(item.value).strip() if isinstance(item, yaml.ScalarNode) else ""
                if not text:
                    raise ValueError(item)
                values.append(convert(text))
            except ValueError:
                self.fault(key, _shown(item), expected, _line(item))
        return tuple(values)

    def below(self, key: str) -> "Declaration | None":
        """The mapping below a key, or None where the key is absent."""
        node = self._take(key, required=False)
        if node is None:
            return None
        if not isinstance(node, yaml.MappingNode):
            self.fault(key, _shown(node), _("keys and values"))
            return None
        return self._child(node)

    def required_below(self, key: str) -> "Declaration":
        """The mapping below a key that must be there; an empty one, and a fault, where it is not."""
        if key not in self._values:
            self._take(key, required=True)
        return self.below(key) or self._child(yaml.MappingNode(_MAPPING, [], self._node.start_mark))

    def each(self, key: str, *, required: bool = False) -> "list[Declaration]":
        """The mappings of a list below a key; empty where the key is absent."""
        node = self._take(key, required)
        if node is not None and not isinstance(node, yaml.SequenceNode):
            self.fault(key, _shown(node), _("a list"))
            return []
        items = _items(node)
        for item in items:
            if not isinstance(item, yaml.MappingNode):
                self.fault(key, _shown(item), _("keys and values"), _line(item))
        return [self._child(item) for item in items if isinstance(item, yaml.MappingNode)]

    def keys(self) -> tuple[str, ...]:
        """The keys of a mapping whose keys are words of its own, in their order."""
        return tuple(self._values)

    def finish(self) -> None:
        """Record a fault for each key that was never asked for, here and below."""
        for key, node in self._keys.items():
            if key not in self._asked:
                known = _("one of the keys: %(keys)s") % {"keys": ", ".join(sorted(self._asked))}
                self.fault(key, key, known, _line(node))
        for child in self._below:
            child.finish()

    def _take(self, key: str, required: bool) -> yaml.Node | None:
        self._asked.add(key)
        if required and key not in self._values:
            self.fault(key, "", _("the key %(key)s") % {"key": key})
        return self._values.get(key)

    def _child(self, node: yaml.MappingNode) -> "Declaration":
        child = Declaration(node, self.file, self.faults)
        self._below.append(child)
        return child


def read_declarations(text: str, file: str, read: Callable[[Declaration], T], mapping: str = "") -> T:
    """What `read` makes of a file. Raises BadInput with every fault, in the order of the file.

    `mapping` says what is expected of a file that holds no keys and values.
    """
    faults: list[Fault] = []
    whole = Declaration(_mapping(text, file, mapping or _("keys and values")), file, faults)
    declared = read(whole)
    whole.finish()
    if faults:
        raise BadInput(sorted(faults, key=lambda fault: int(fault.place.partition(":")[0])))
    return declared


def among(allowed: Sequence[str]) -> Callable[[str], str]:
    """What gives one of some words as it is, and raises ValueError for any other."""

    def check(text: str) -> str:
        if text not in allowed:
            raise ValueError(text)
        return text

    return check


_MAPPING = "tag:yaml.org,2002:map"


def _mapping(text: str, file: str, expected: str) -> yaml.MappingNode:
    """The mapping that a YAML text holds. Raises BadInput for other text; `expected` says what a mapping would be."""
    try:
        node = yaml.compose(text, Loader=PlainLoader)
    except yaml.MarkedYAMLError as error:
        line = str(error.problem_mark.line + 1) if error.problem_mark else ""
        raise BadInput(Fault(file, line, error.problem or "", _("YAML"))) from None
    except yaml.YAMLError as error:
        raise BadInput(Fault(file, "", str(error), _("YAML"))) from None
    if not isinstance(node, yaml.MappingNode):
        raise BadInput(Fault(file, "1", text.strip()[:40], expected))
    return node


def _items(node: yaml.Node | None) -> list[yaml.Node]:
    """The nodes of a list, or the one node that stands in its place."""
    if node is None:
        return []
    return list(node.value) if isinstance(node, yaml.SequenceNode) else [node]


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _shown(node: yaml.Node) -> str:
    """A node as a fault shows it: the text that stands there, or that it is a list or mapping."""
    return str(node.value) if isinstance(node, yaml.ScalarNode) else _("a list or mapping")


def _positive(text: str) -> float:
    number = float(text)
    if not 0 < number < float("inf"):
        raise ValueError(text)
    return number


def _whole_from(least: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.isdecimal() or int(text) < least:
            raise ValueError(text)
        return int(text)

    return read


def _truth(text: str) -> bool:
    return among(("true", "false"))(text) == "true"
