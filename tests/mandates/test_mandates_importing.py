"""Which files the room's importers know by their content."""

from pathlib import Path

import pytest

from comity.mandates.importing.registers import RegisterImporter
from comity.mandates.importing.resolutions import ResolutionImporter
from comity.mandates.importing.treaties import TreatyImporter

RESOLUTION = "99/1.\tOn lamps\n\tThe General Assembly,\n\tRecalling lamps,\n\t1.\tRequests light.\n"
REGISTER = "symbol: A/RES/99/1\ntitle: Resolution adopted by the General Assembly\noperative:\n- number: 1\n"
TREATY = "# United Nations Convention against Corruption\n### Article 1\nText\n"
ACTIONS = (
    "instrument,participant,action,date,note\nUNTOC,004,signature,2000-12-14,Resolution adopted by the A/RES/55/25\n"
)
REPORT = "# Report\n\n1. The General Assembly, in resolution A/RES/67/189, asked for this.\n2. It is here.\n"
QUESTIONNAIRE = "code: X\nsymbol: none\nsections:\n- A\n"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (RESOLUTION, "resolution"),
        ("Resolution adopted by the General Assembly on 20 December 2012\n1. Requests light.\n", "resolution"),
        ("The General Assembly,\n\n1. Requests light.\n", "resolution"),
        (REGISTER, "resolution register"),
        (TREATY, "treaty text"),
        (ACTIONS, None),
        (QUESTIONNAIRE, None),
        (REPORT, None),
        ("", None),
        ("\x00\x01\x02", None),
        ("A shopping list\n1. Eggs\n2. Milk\n", None),
    ],
)
def test_each_kind_is_known_by_its_content_and_by_one_importer_only(text: str, kind: str | None) -> None:
    importers = (RegisterImporter(), ResolutionImporter(), TreatyImporter())
    known = [importer.kind for importer in importers if importer.recognises("file", text.encode())]
    assert known == ([kind] if kind else [])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_no_encoding_hides_a_resolution(encoding: str) -> None:
    assert ResolutionImporter().recognises("file", RESOLUTION.encode(encoding))


@pytest.mark.shared
def test_all_real_texts_are_known(shared: Path) -> None:
    for path in sorted((shared / "resolutions").glob("*.txt")):
        assert ResolutionImporter().recognises(path.name, path.read_bytes()), path.name
    for path in sorted((shared / "instruments" / "texts").glob("*.md")):
        assert TreatyImporter().recognises(path.name, path.read_bytes()), path.name
        assert not ResolutionImporter().recognises(path.name, path.read_bytes()), path.name
    for path in [*(shared / "instruments").glob("*.csv"), *(shared / "geography").glob("*.csv")]:
        assert not ResolutionImporter().recognises(path.name, path.read_bytes()), path.name
