"""References: what each resolves to, and what is none."""

import pytest

from comity.mandates.vocabulary.references import Context, find_references


def targets(text: str, context: Context | None = None) -> list[str]:
    found = find_references(text, context or Context("A/RES/67/189"))
    return [f"{item.reference.kind} {item.reference.target}" for item in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("its resolution 65/187 of 21 December 2010", ["resolution A/RES/65/187"]),
        (
            "its resolutions 46/152 of 18 December 1991, 60/1 of 16 September 2005 and 66/181",
            ["resolution A/RES/46/152", "resolution A/RES/60/1", "resolution A/RES/66/181"],
        ),
        ("resolution 56/210 B of 9 July 2002", ["resolution A/RES/56/210 B"]),
        ("Economic and Social Council resolution 2012/17 of 26 July 2012", ["resolution E/RES/2012/17"]),
        (
            "resolutions 2012/12 to 2012/14 of 26 July 2012",
            ["resolution E/RES/2012/12", "resolution E/RES/2012/13", "resolution E/RES/2012/14"],
        ),
        ("resolution 1373 (2001)", ["resolution S/RES/1373(2001)"]),
        ("resolution 1514 (XV)", ["resolution A/RES/1514(XV)"]),
        ("its decision 45/428", ["document A/DEC/45/428"]),
        ("resolution S-30/1", ["resolution A/RES/S-30/1"]),
        (
            "resolution 6/2 of 19 October 2012, adopted by the Conference of the Parties",
            ["resolution CTOC/COP/RES/6/2"],
        ),
        ("Human Rights Council resolution 53/4", ["resolution A/HRC/RES/53/4"]),
        ("A/67/156.", ["document A/67/156"]),
        ("See CTOC/COP/2012/15, sect. I.A.", ["document CTOC/COP/2012/15"]),
        ("CTOC/COP/WG.7/2012/6 and CAC/COSP/2011/14", ["document CTOC/COP/WG.7/2012/6", "document CAC/COSP/2011/14"]),
        ("A/RES/70/1", ["resolution A/RES/70/1"]),
        ("paragraph 40 above", ["paragraph A/RES/67/189#op40"]),
        ("paragraphs 3 to 5 of the present resolution", [f"paragraph A/RES/67/189#op{n}" for n in (3, 4, 5)]),
        ("paragraph 6 of its resolution 66/181", ["paragraph A/RES/66/181#op6", "resolution A/RES/66/181"]),
        ("two thirds (2/3), 24/7, and/or 1/2", []),
        ("the year 2012 and 1,373 lamps", []),
    ],
)
def test_resolutions_documents_and_paragraphs(text: str, expected: list[str]) -> None:
    assert targets(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "the United Nations Convention against Transnational Organized Crime and the Protocols thereto",
            ["treaty UNTOC", "treaty TIP", "treaty SOM", "treaty FP"],
        ),
        (
            "the United Nations Convention against Corruption, in particular chapter V",
            ["treaty UNCAC", "article UNCAC#chV"],
        ),
        (
            "the Protocol to Prevent, Suppress and Punish Trafficking in Persons, Especially "
            "Women and Children, supplementing the United Nations Convention against Transnational "
            "Organized Crime",
            ["treaty TIP"],
        ),
        ("the three international drug control conventions", ["treaty SC61-AMENDED", "treaty PS71", "treaty TD88"]),
        ("the International Convention against the Taking of Hostages", ["treaty HOSTAGES"]),
    ],
)
def test_treaties(text: str, expected: list[str]) -> None:
    assert targets(text) == expected


def test_the_convention_is_the_one_named_last() -> None:
    context = Context("A/RES/67/189")
    targets("the United Nations Convention against Transnational Organized Crime", context)
    assert targets("in accordance with article 14, paragraph 2, of the Convention", context) == [
        "article UNTOC#art14.2",
        "treaty UNTOC",
    ]
    assert targets("the Convention and the Protocols thereto", context) == [
        "treaty UNTOC",
        "treaty TIP",
        "treaty SOM",
        "treaty FP",
    ]


def test_protocols_to_a_treaty_that_is_not_held_resolve_to_nothing() -> None:
    found = targets("the Convention on the Rights of the Child and the Optional Protocols thereto")
    assert found == ["treaty "]


def test_spans_are_those_of_the_words() -> None:
    text = "Recalling its resolution 65/187 of 21 December 2010,"
    (found,) = find_references(text, Context())
    assert text[found.start : found.end] == "65/187"


def test_treaties_in_a_list_are_apart_and_keep_their_whole_names() -> None:
    text = (
        "the Convention on the Keeping of Lamps with Wicks, the Covenant on Oil and Light and the Optional Protocol "
        "thereto, and article 4 of the 1963 Harbour Convention on Consular Lamps7"
    )
    found = find_references(text, Context("A/RES/145/9"))
    assert [item.reference.text for item in found] == [
        "Convention on the Keeping of Lamps with Wicks",
        "Covenant on Oil and Light",
        "article 4",
        "Harbour Convention on Consular Lamps",
    ]
