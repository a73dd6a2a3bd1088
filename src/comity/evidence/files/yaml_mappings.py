"""YAML that experts read and edit, as nodes that know their lines."""

from typing import Any

import yaml

from comity.evidence.errors import BadInput, Fault
from comity.evidence.wording import gettext as _

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


def read_mapping(text: str, file: str, expected: str) -> yaml.MappingNode:
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


def shown(node: yaml.Node) -> str:
    """A node as a fault shows it: the text that stands there, or that it is a list or mapping."""
    return str(node.value) if isinstance(node, yaml.ScalarNode) else _("a list or mapping")
