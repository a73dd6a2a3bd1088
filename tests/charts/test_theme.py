import itertools

from comity.charts import theme
from comity.charts.theme import Mode, tokens

MODES: tuple[Mode, ...] = ("light", "dark", "print")


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_text_has_a_contrast_of_four_and_a_half_on_its_paper_in_every_mode() -> None:
    for mode in MODES:
        paper = tokens()["paper"].value(mode)
        for name in ("ink", "ink-soft", "accent", "good", "warning", "danger", *(f"series-{n}" for n in range(1, 7))):
            assert contrast(tokens()[name].value(mode), paper) >= 4.5, (mode, name)


def test_outlines_have_a_contrast_of_three_on_their_paper_in_every_mode() -> None:
    for mode in MODES:
        assert contrast(tokens()["outline"].value(mode), tokens()["paper"].value(mode)) >= 3, mode


def test_classes_of_participation_stand_in_order_of_lightness_so_that_grey_print_keeps_them_apart() -> None:
    for mode in MODES:
        paper = luminance(tokens()["paper"].value(mode))
        distances = [
            contrast(tokens()[name].value(mode), tokens()["paper"].value(mode))
            for name in ("party", "signatory", "not-party", "no-data")
        ]
        assert distances == sorted(distances, reverse=True), (mode, paper)
        assert all(near * 1.2 < far for far, near in itertools.pairwise(distances)), mode


def test_classes_of_a_measure_stand_in_order_of_lightness_so_that_grey_print_keeps_them_apart() -> None:
    for mode in MODES:
        paper = tokens()["paper"].value(mode)
        distances = [contrast(tokens()[f"class-{number}"].value(mode), paper) for number in range(1, 6)]
        assert all(far > near * 1.3 for near, far in itertools.pairwise(distances)), mode
        assert distances[0] > 1.15, mode


def test_the_words_on_a_part_of_a_bar_can_be_read_in_every_mode() -> None:
    for mode in MODES:
        for name, ink in (("party", "paper"), ("signatory", "ink"), ("not-party", "ink")):
            assert contrast(tokens()[name].value(mode), tokens()[ink].value(mode)) >= 4.5, (mode, name)


def test_colours_that_a_drawing_is_recoloured_by_are_each_one_tokens_alone() -> None:
    values = [token.light for token in tokens().values()]
    assert len(values) == len(set(values))


def test_the_stylesheet_that_ships_is_the_one_that_the_table_of_tokens_gives() -> None:
    shipped = theme.TABLES.parent / "static" / "charts" / "tokens.css"
    assert shipped.read_text(encoding="utf-8") == theme.stylesheet()


def test_the_stylesheet_has_every_token_for_light_dark_and_print() -> None:
    css = theme.stylesheet()
    for token in tokens().values():
        assert css.count(f"--{token.name}: {token.dark};") >= 2
        assert f"--{token.name}: {token.light};" in css and f"--{token.name}: {token.print};" in css
        assert f".cf-{token.name} {{ fill: var(--{token.name}); }}" in css
