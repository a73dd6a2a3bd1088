"""What changed between two builds of a report: figure, before, after, why."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

Told = Mapping[str, Any]
MOST = 3


@dataclass(frozen=True)
class Change:
    """A figure that a report no longer gives as before: its id or a cell's, both values in plain words, and why."""

    figure: str
    before: str
    after: str
    why: str

    def as_json(self) -> dict[str, str]:
        """The change as `changes.json` holds it."""
        return dict(vars(self))


def compare(before: Told, after: Told) -> list[Change]:
    """The changes between two builds, each given as `{on, as_at, figures, inputs}`.

    Figures are the same where the source writes them alike (`parties.UNTOC.@on`), so that a report of another day is
    compared number by number.
    """
    old = {figure["written"]: figure for figure in before["figures"]}
    new = {figure["written"]: figure for figure in after["figures"]}
    changes = []
    for written in dict.fromkeys([*new, *old]):
        if written not in old:
            changes.append(
                Change(new[written]["id"], "", _shown(new[written]["value"]), _("the report now refers to it"))
            )
        elif written not in new:
            changes.append(
                Change(old[written]["id"], _shown(old[written]["value"]), "", _("the report refers to it no more"))
            )
        elif old[written]["value"] != new[written]["value"] or old[written]["version"] != new[written]["version"]:
            why = "; ".join(_reasons(old[written], new[written], before, after))
            changes += _differences(old[written], new[written], why)
    return changes


def _differences(old: Told, new: Told, why: str) -> Iterator[Change]:
    """One change for a single value, one for each cell that differs in a table."""
    if not (_is_table(old["value"]) and _is_table(new["value"])):
        yield Change(new["id"], _shown(old["value"]), _shown(new["value"]), why)
        return
    cells_before, cells_after = _cells(old["value"]), _cells(new["value"])
    for cell in dict.fromkeys([*cells_after, *cells_before]):
        first, second = cells_before.get(cell, ""), cells_after.get(cell, "")
        if first != second:
            yield Change(f"{new['id']}#{cell}", _shown(first), _shown(second), why)


def _is_table(value: Any) -> bool:
    return isinstance(value, dict) and set(value) == {"columns", "rows"}


def _cells(table: Told) -> dict[str, Any]:
    return {
        f"{row}.{column}": cell
        for row, cells in table["rows"].items()
        for column, cell in zip(table["columns"], cells, strict=True)
    }


def _shown(value: Any) -> str:
    if _is_table(value):
        return _("table of %(rows)s rows") % {"rows": len(value["rows"])}
    return "" if value is None else str(value)


def _reasons(old: Told, new: Told, before: Told, after: Told) -> list[str]:
    reasons = []
    if old["version"] != new["version"]:
        reasons.append(_("method version %(old)s became %(new)s") % {"old": old["version"], "new": new["version"]})
    if old["arguments"] != new["arguments"]:
        reasons.append(_("it speaks of %(new)s and spoke of %(old)s") % {"new": new["id"], "old": old["id"]})
    reasons += _input_reasons(_inputs(old, before), _inputs(new, after))
    if before["as_at"] != after["as_at"]:
        reasons.append(_("known as at %(new)s and not %(old)s") % {"new": after["as_at"], "old": before["as_at"]})
    return reasons or [_("the method gives another value for the same inputs")]


def _inputs(figure: Told, build: Told) -> list[Told]:
    return [build["inputs"][key] for key in figure["inputs"]]


def _input_reasons(old: Sequence[Told], new: Sequence[Told]) -> list[str]:
    """Inputs that were added, removed or changed; where an origin stands and on which line makes none another."""
    first = Counter((fact["label"], fact["value"]) for fact in old)
    second = Counter((fact["label"], fact["value"]) for fact in new)
    removed = [fact for fact in old if (fact["label"], fact["value"]) in first - second]
    added = [fact for fact in new if (fact["label"], fact["value"]) in second - first]
    by_label = {fact["label"]: fact for fact in removed}
    changed = [(by_label[fact["label"]], fact) for fact in added if fact["label"] in by_label]
    labels = {fact["label"] for _before, fact in changed}
    said = [
        _("input changed: %(label)s, %(old)s became %(new)s (%(place)s)")
        % {"label": fact["label"], "old": was["value"], "new": fact["value"], "place": place(fact)}
        for was, fact in changed
    ]
    for told, facts in ((_("input added: %s"), added), (_("input removed: %s"), removed)):
        said += [
            told % f"{fact['label']}, {fact['value']} ({place(fact)})" for fact in facts if fact["label"] not in labels
        ]
    more = len(said) - MOST
    return [*said[:MOST], *([_("and %(count)s more inputs") % {"count": more}] if more > 0 else [])]


def place(fact: Told) -> str:
    """Where an input stands: file and place."""
    return f"{fact['file']}, {fact['place']}"
