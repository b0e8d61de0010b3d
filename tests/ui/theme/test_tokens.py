"""Colours: every name is there and every pair that carries meaning can be read (look.md, "2. Colours")."""

from dataclasses import fields
from typing import get_args

import pytest
from PySide6.QtGui import QColor, QPalette

from ctidesk.ui.theme import Scheme, TokenName, Tokens, tokens_for
from ctidesk.ui.theme.tokens import tokens_from_palette
from tests.ui.theme.contrast import SHAPE, TEXT, contrast, luminance

GROUNDS: dict[str, tuple[TokenName, ...]] = {
    "text": ("window", "base", "hover", "accentSoft", "pressed", "awaySoft", "talkSoft", "readySoft"),
    "text2": ("window", "base", "hover", "accentSoft", "awaySoft", "talkSoft"),
    "text3": ("window", "base", "hover"),
    "accentText": ("base", "window", "accentSoft"),
    "onAccent": ("accent", "accentHover", "accentPressed", "readyHover", "talkHover", "readyFill", "talkFill"),
    "ready": ("base", "window", "readySoft"),
    "away": ("base", "window", "awaySoft"),
    "talk": ("base", "window", "talkSoft"),
    "tipText": ("tip",),
}
SHAPES: dict[str, tuple[TokenName, ...]] = dict.fromkeys(
    ("awayMark", "border", "offline", "accent"), ("base", "window")
)
PAIRS = [
    (name, ground, needed)
    for table, needed in ((GROUNDS, TEXT), (SHAPES, SHAPE))
    for name, grounds in table.items()
    for ground in grounds
]


def test_contrast_itself() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21)


@pytest.mark.parametrize("scheme", get_args(Scheme))
@pytest.mark.parametrize(("name", "ground", "needed"), PAIRS)
def test_pairs_can_be_read(scheme: Scheme, name: TokenName, ground: TokenName, needed: float) -> None:
    tokens = tokens_for(scheme)
    # The table of look.md rounds to two places: border on window is 2.996.
    assert round(contrast(tokens[name], tokens[ground]), 2) >= needed


def test_names_are_those_of_the_file() -> None:
    assert [field.name for field in fields(Tokens)] == list(get_args(TokenName))
    assert set(tokens_for("light").names()) == set(get_args(TokenName))


def test_dark_is_not_light() -> None:
    assert luminance(tokens_for("dark").window) < 0.1 < luminance(tokens_for("light").window)


def test_high_contrast_takes_the_colours_of_the_system() -> None:
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Window, QColor("black"))
    palette.setColor(QPalette.ColorRole.Text, QColor("yellow"))
    palette.setColor(QPalette.ColorRole.Highlight, QColor("cyan"))
    tokens = tokens_from_palette(palette)
    assert (tokens.window, tokens.talk, tokens.accent) == (QColor("black"), QColor("yellow"), QColor("cyan"))
