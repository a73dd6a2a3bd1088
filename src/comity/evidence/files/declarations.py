"""Tables in YAML that experts read and edit, taken key by key: what is wrong is named with its line and key."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import yaml

from comity.evidence.errors import BadInput, Fault
from comity.evidence.files.yaml_mappings import read_mapping, shown
from comity.evidence.wording import gettext as _

T = TypeVar("T")


class Declaration:
    """A mapping of the file. Each key is asked for once; those never asked for are faults, found by `finish`.

    Faults are gathered in `faults`, which the mappings of a file share, so that a reader is told all of them at once.
    """

    def __init__(self, node: yaml.MappingNode, file: str, faults: list[Fault]):
        self.file, self.faults, self.line = file, faults, node.start_mark.line + 1
        self._nodes: dict[str, yaml.Node] = {}
        self._lines: dict[str, int] = {}
        self._asked: set[str] = set()
        self._below: list[Declaration] = []
        for key, value in node.value:
            name = str(key.value)
            if name in self._nodes:
                self.fault(name, name, _("each key once"), key.start_mark.line + 1)
            self._nodes[name] = value
            self._lines[name] = key.start_mark.line + 1

    def fault(self, key: str, value: str, expected: str, line: int | None = None) -> None:
        """Record what is wrong with a key, which need not be there."""
        where = line or self._lines.get(key, self.line)
        self.faults.append(Fault(self.file, f"{where}:{key}", value, expected))

    def text(self, key: str, *, required: bool = False, one_of: Sequence[str] = ()) -> str:
        """A text; empty where the key is absent."""
        node = self._take(key, required)
        if node is None:
            return ""
        if not isinstance(node, yaml.ScalarNode) or (required and not node.value.strip()):
            self.fault(key, shown(node), _("a text"))
            return ""
        found = str(node.value).strip()
        if one_of and found not in one_of:
            self.fault(key, found, _("one of: %(all)s") % {"all": ", ".join(one_of)})
        return found

    def read(self, key: str, convert: Callable[[str], T], default: T, expected: str, *, required: bool = False) -> T:
        """A text as `convert` gives it; the default where the key is absent, or where `convert` raises ValueError."""
        found = self.text(key, required=required)
        if not found:
            return default
        try:
            return convert(found)
        except ValueError:
            self.fault(key, found, expected)
            return default

    def number(self, key: str, default: float, *, required: bool = False) -> float:
        """A number above zero."""
        return self.read(key, _positive, default, _("a number above zero"), required=required)

    def texts(self, key: str, *, one_of: Sequence[str] = ()) -> tuple[str, ...]:
        """A list of texts, or one; empty where the key is absent."""
        node = self._take(key, required=False)
        items = node.value if isinstance(node, yaml.SequenceNode) else [] if node is None else [node]
        found = []
        for item in items:
            right = isinstance(item, yaml.ScalarNode) and (not one_of or item.value in one_of)
            if right and str(item.value).strip():
                found.append(str(item.value).strip())
            else:
                expected = _("one of: %(all)s") % {"all": ", ".join(one_of)} if one_of else _("a list of texts")
                self.fault(key, shown(item), expected, item.start_mark.line + 1)
        return tuple(found)

    def below(self, key: str) -> "Declaration | None":
        """The mapping below a key, or None where the key is absent."""
        node = self._take(key, required=False)
        if node is None:
            return None
        if not isinstance(node, yaml.MappingNode):
            self.fault(key, shown(node), _("keys and values"))
            return None
        return self._child(node)

    def each(self, key: str, *, required: bool = False) -> "list[Declaration]":
        """The mappings of a list below a key; empty where the key is absent."""
        node = self._take(key, required)
        items = node.value if isinstance(node, yaml.SequenceNode) else [] if node is None else [node]
        wrong = [item for item in items if not isinstance(item, yaml.MappingNode)]
        for item in wrong:
            self.fault(key, shown(item), _("keys and values"), item.start_mark.line + 1)
        return [self._child(item) for item in items if isinstance(item, yaml.MappingNode)]

    def keys(self) -> tuple[str, ...]:
        """The keys of a mapping whose keys are words of its own, in their order."""
        return tuple(self._nodes)

    def finish(self) -> None:
        """Record a fault for each key that was never asked for, here and below."""
        for key in self._nodes:
            if key not in self._asked:
                self.fault(key, key, _("one of the keys: %(keys)s") % {"keys": ", ".join(sorted(self._asked))})
        for child in self._below:
            child.finish()

    def _take(self, key: str, required: bool) -> yaml.Node | None:
        self._asked.add(key)
        if required and key not in self._nodes:
            self.fault(key, "", _("the key %(key)s") % {"key": key})
        return self._nodes.get(key)

    def _child(self, node: yaml.MappingNode) -> "Declaration":
        child = Declaration(node, self.file, self.faults)
        self._below.append(child)
        return child


def read_declarations(text: str, file: str, read: Callable[[Declaration], T]) -> T:
    """What `read` makes of a file. Raises BadInput with every fault, in the order of the file."""
    faults: list[Fault] = []
    whole = Declaration(read_mapping(text, file, _("keys and values")), file, faults)
    found = read(whole)
    whole.finish()
    if faults:
        raise BadInput(sorted(faults, key=lambda fault: int(fault.place.partition(":")[0])))
    return found


def _positive(text: str) -> float:
    number = float(text)
    if not 0 < number < float("inf"):
        raise ValueError(text)
    return number
