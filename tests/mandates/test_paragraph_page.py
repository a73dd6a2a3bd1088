"""The page of a paragraph shows the articles that it refers to, once a user has imported the treaty's text."""

from collections.abc import Callable

import pytest
from django.test import Client

from comity.evidence.importing import carry_out, plan_import

TREATY = """# United Nations Convention against Transnational Organized Crime
## Article 14
### Lamps
1. Lamps shine.
2. Oil burns.
"""
PAGE = "/resolutions/A/RES/67/189/op24/"


@pytest.mark.django_db
def test_articles_are_named_at_once_and_shown_when_their_text_is_held(
    client: Client, load_tables: Callable[[], None]
) -> None:
    load_tables()
    before = client.get(PAGE).content.decode()
    assert "article 14 (2)" in before
    assert "Articles referred to" not in before
    data = TREATY.encode()
    importer, plan, source = plan_import("untoc.md", data)
    carry_out(importer, plan, source, data, actor="test")
    after = client.get(PAGE).content.decode()
    assert "Articles referred to" in after
    assert "2. Oil burns." in after
    assert "untoc.md, 2" in after
    assert "1. Lamps shine." not in after
    assert "المادة 14 (2)" in client.get("/ar" + PAGE).content.decode()


TEXT = (
    "A/RES/145/9\n\n145/9. Lamps\n\nThe General Assembly,\n\nRecalling oil,\n\n1. Requests oil;\n\n"
    "1 bis. Invites donors to give it;\n\n2. Decides to end.\n"
)


@pytest.mark.django_db
@pytest.mark.parametrize(("number", "place"), [("1 bis", "op1bis"), ("1a", "op1a"), ("1.1", "op1.1")])
def test_a_paragraph_put_in_later_has_a_page_and_stands_in_its_place(
    client: Client, load_tables: Callable[[], None], number: str, place: str
) -> None:
    load_tables()
    data = TEXT.replace("1 bis", number).encode()
    importer, plan, source = plan_import("lamps.txt", data)
    carry_out(importer, plan, source, data, actor="test")
    listed = client.get("/resolutions/A/RES/145/9/").content.decode()
    places = [listed.index(f'id="{one}"') for one in ("op1", place, "op2")]
    assert places == sorted(places)
    page = client.get(f"/resolutions/A/RES/145/9/{place}/").content.decode()
    assert f"Operative paragraph {number}" in page
