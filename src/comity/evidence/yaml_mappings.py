"""YAML that experts read and edit, as nodes that know their lines."""

import yaml

from comity.evidence.errors import BadInput, Fault
from comity.evidence.wording import gettext as _


def read_mapping(text: str, file: str, expected: str) -> yaml.MappingNode:
    """The mapping that a YAML text holds. Raises BadInput for other text; `expected` says what a mapping would be."""
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
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
