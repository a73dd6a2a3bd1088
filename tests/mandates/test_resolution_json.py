"""JSON by its own published schema, and plain text."""

from pathlib import Path

import jsonschema
import pytest

from comity.mandates.formats.resolution_json import schema, to_json, to_text
from comity.mandates.reading.reader import read, read_bytes

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.txt"))


def validate(values: dict) -> None:
    jsonschema.Draft202012Validator(schema()).validate(values)


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples_are_valid(path: Path) -> None:
    validate(to_json(read_bytes(path.read_bytes(), path.name)))


@pytest.mark.parametrize("number", ["1 bis", "1a", "1A", "1.1"])
def test_paragraphs_put_in_later_are_valid(number: str) -> None:
    values = to_json(read(f"145/9. Oil\nThe General Assembly,\n1. Notes oil;\n{number}. Requests wicks.\n", "x"))
    validate(values)
    assert values["operative"][1]["id"].endswith(f"#op{number.replace(' ', '')}")


def test_the_schema_refuses_what_it_does_not_know() -> None:
    values = to_json(read_bytes(SAMPLES[0].read_bytes(), "x"))
    with pytest.raises(jsonschema.ValidationError):
        validate(values | {"more": 1})
    with pytest.raises(jsonschema.ValidationError):
        validate(values | {"operative": []})


def test_contract_keys_and_what_is_inferred() -> None:
    path = next(path for path in SAMPLES if path.stem == "river-lighthouses")
    values = to_json(read_bytes(path.read_bytes(), path.name))
    assert {"symbol", "title", "adopted", "session", "agenda_item", "preambular", "operative"} <= set(values)
    assert (values["adopted"], values["session"], values["agenda_item"]) == ("2091-03-14", 145, "61 (b)")
    paragraph = values["operative"][2]
    assert [verb["lemma"] for verb in paragraph["verbs"]] == ["urge", "request", "call upon"]
    assert {"verbs", "addressees", "deadline", "references"} <= set(paragraph["inferred"])
    assert set(paragraph["inferred"]) <= set(paragraph)
    assert all(set(note) == {"mark", "text", "line"} for note in values["footnotes"])


def test_plain_text_can_be_read_again() -> None:
    path = next(path for path in SAMPLES if path.stem == "lamp-oil-council")
    first = read_bytes(path.read_bytes(), path.name)
    again = read(to_text(first).replace("E/RES/2093/5  ", "2093/5. "), "again.txt")
    assert [p.text for p in again.operative] == [p.text for p in first.operative]


def test_plain_text_has_marks_and_notes_and_no_noise() -> None:
    path = next(path for path in SAMPLES if path.stem == "river-lighthouses")
    text = to_text(read_bytes(path.read_bytes(), path.name))
    assert "Keeping of River Lights[1]" in text
    assert "[3] A/145/9." in text
    assert "ODS" not in text


def sample(name: str) -> Path:
    return next(path for path in SAMPLES if path.stem == name)


def test_a_resolution_in_parts_is_a_list_and_any_other_one_object() -> None:
    values = to_json(read_bytes(sample("lamps-in-parts").read_bytes(), "x"))
    assert [(one["symbol"], one["title"], one["part"], one["part_title"]) for one in values] == [
        ("A/RES/145/90 A", "Lamps and bells", "A", "Oil for lamps"),
        ("A/RES/145/90 B", "Lamps and bells", "B", "Ropes for bells"),
    ]
    whole = to_json(read_bytes(sample("river-lighthouses").read_bytes(), "x"))
    assert (whole["part"], whole["part_title"], whole["drafts"]) == (None, None, [])


def test_drafts_stand_beside_the_resolutions_own_paragraphs() -> None:
    values = to_json(read_bytes(sample("council-drafts").read_bytes(), "x"))
    assert [paragraph["addressees"] for paragraph in values["operative"]] == [["General Assembly"]] * 2
    assert [(one["id"], one["label"], one["paragraph"], one["annex"]) for one in values["drafts"]] == [
        ("E/RES/2093/8#draft1", "Draft resolution I", "E/RES/2093/8#op1", None),
        ("E/RES/2093/8#draft2", "Draft resolution II", "E/RES/2093/8#op1", None),
        ("E/RES/2093/8#draft3", None, "E/RES/2093/8#op2", ""),
    ]
    first = values["drafts"][0]["operative"][0]
    assert (first["id"], first["deadline"], first["recurrence"]) == (
        "E/RES/2093/8#draft1.op1",
        "within 90 days",
        "biennially",
    )


@pytest.mark.parametrize("name", ["lamps-in-parts", "council-drafts"])
def test_plain_text_has_every_part_and_draft(name: str) -> None:
    first = read_bytes(sample(name).read_bytes(), name)
    again = read(
        to_text(first).replace("E/RES/2093/8  ", "2093/8. ").replace("A/RES/145/90 A  ", "145/90. "), "again.txt"
    )
    for one, other in zip(first.in_file, again.in_file, strict=True):
        assert [p.text for p in other.operative] == [p.text for p in one.operative]
        assert [[p.text for p in d.operative] for d in other.drafts] == [
            [p.text for p in d.operative] for d in one.drafts
        ]


@pytest.mark.shared
def test_all_real_texts_are_valid(shared: Path) -> None:
    for path in sorted((shared / "resolutions").glob("*.txt")):
        validate(to_json(read_bytes(path.read_bytes(), path.name)))
