"""The parts of the documents that say what is registered or declared are as they are written from there."""

import pytest

from comity.analysis.estimates.methods import declared
from comity.evidence.figures import methods
from comity.tools.documents import DOCUMENTS, PARTS, written


@pytest.mark.parametrize("name", PARTS)
def test_a_part_is_as_it_is_written_now(name: str) -> None:
    text = (DOCUMENTS / PARTS[name][0]).read_text(encoding="utf-8")
    assert written(name, text) == text, "run: python -m comity.tools.documents"


def test_every_method_stands_with_version_label_and_what_it_gives() -> None:
    text = (DOCUMENTS / "methods.md").read_text(encoding="utf-8")
    for of in methods().values():
        first = " ".join(of.docstring.split("\n\n")[0].split())
        assert f"| `{of.name}`, version {of.version} | {of.label} | {first} | {of.unit} |" in text


def test_estimates_speak_of_declared_numbers_by_their_names() -> None:
    text = (DOCUMENTS / "estimates.md").read_text(encoding="utf-8")
    by_hand = text[: text.index("<!-- methods of")] + text[text.index("<!-- end of methods of") :]
    for name in ("interpolate_within", "carry_within", "least_share", "flagged_below", "least_reporting", "as_at"):
        assert hasattr(declared().method(), name)
        assert f"`{name}`" in by_hand


def test_a_document_without_the_marks_of_its_part_is_refused() -> None:
    with pytest.raises(ValueError, match="indicators"):
        written("indicators", "# Indicators\n")
