"""What the importers of resolutions share: the entries of a document, and what a plan says of its paragraphs."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from comity.evidence import registers
from comity.evidence.importing import Plan
from comity.evidence.models import Origin, StoredFact
from comity.mandates.disagreements import document_facts
from comity.mandates.formats.register import Register
from comity.mandates.models import DocumentRecord, Layer
from comity.mandates.resolution import Resolution


def document_entry(
    document: Register | Resolution, layer: Layer, body: Mapping[str, Any], known_from: date
) -> registers.Entry:
    """The facts of a document, from its register or its text, as the record that they ask for."""
    columns = ("symbol", "title", "adopted", "session", "agenda_item", "meeting", "report", "distributed")
    values = {name: getattr(document, name) for name in columns}
    values["title"] = document_facts(document)["title"]
    return registers.Entry({**values, "layer": layer.value, "body": dict(body)}, "1", known_from, document.symbol)


def difference_of(
    model: type[StoredFact], key: Sequence[str], entries: Sequence[registers.Entry]
) -> registers.Difference:
    """The entries against what stands of the same resolution, in the same layer or language."""
    first = entries[0].values
    same = {name: first[name] for name in ("symbol", "layer", "language") if name in first}
    return registers.compare(model, key, entries, model.objects.standing().filter(**same))


def describe_paragraphs(plan: Plan, symbol: str) -> None:
    """Say for each paragraph once whether it would be added, changed or removed; the document's own facts last."""
    documents = [difference for difference in plan.steps if difference.model is DocumentRecord]
    rest = [difference for difference in plan.steps if difference.model is not DocumentRecord]
    adds = _once(entry.label for difference in rest for entry in difference.adds)
    changed = _once(entry.label for difference in rest for _record, entry in difference.changes)
    plan.adds = adds
    plan.changes = [label for label in changed if label not in adds]
    plan.removed = _once(record.paragraph for difference in rest for record in difference.removed)
    plan.unchanged = plan.rows - len(plan.adds) - len(plan.changes)
    if any(document.changes for document in documents) and not (plan.adds or plan.changes or plan.removed):
        plan.changes.append(_("%(symbol)s (the file, no paragraph)") % {"symbol": symbol})


def _once(labels: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(labels))


def apply_steps(plan: Plan, origin: Origin) -> None:
    """Carry out the steps of a plan."""
    for difference in plan.steps:
        registers.apply(difference, origin)


def subjects_of(plan: Plan, column: str) -> list[str]:
    """The symbols or instruments whose records a plan adds, changes or closes, each once."""
    values = [vars(record)[column] for difference in plan.steps for record in difference.removed]
    for difference in plan.steps:
        entries = [*difference.adds, *(entry for _record, entry in difference.changes)]
        values += [entry.values[column] for entry in entries]
    return _once(values)
