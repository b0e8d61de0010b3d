"""The colours of the interface by name (look.md, "2. Colours")."""

import json
from dataclasses import dataclass, fields
from functools import cache
from typing import Literal

from PySide6.QtGui import QColor, QPalette

from ctidesk.ui.theme.resources import resource_folder

Scheme = Literal["light", "dark"]

TokenName = Literal[
    "window", "base", "raised", "hover", "pressed", "line", "border",
    "text", "text2", "text3", "disabled",
    "accent", "accentHover", "accentPressed", "accentSoft", "onAccent", "accentText",
    "ready", "readySoft", "readyFill", "readyHover",
    "away", "awaySoft", "awayMark",
    "talk", "talkSoft", "talkFill", "talkHover",
    "offline", "tip", "tipText",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tokens:
    """One colour per name. The names are the keys of `resources/style/tokens.json`."""

    window: QColor
    base: QColor
    raised: QColor
    hover: QColor
    pressed: QColor
    line: QColor
    border: QColor
    text: QColor
    text2: QColor
    text3: QColor
    disabled: QColor
    accent: QColor
    accentHover: QColor
    accentPressed: QColor
    accentSoft: QColor
    onAccent: QColor
    accentText: QColor
    ready: QColor
    readySoft: QColor
    readyFill: QColor
    readyHover: QColor
    away: QColor
    awaySoft: QColor
    awayMark: QColor
    talk: QColor
    talkSoft: QColor
    talkFill: QColor
    talkHover: QColor
    offline: QColor
    tip: QColor
    tipText: QColor

    def __getitem__(self, name: TokenName) -> QColor:
        color = getattr(self, name)
        assert isinstance(color, QColor)
        return color

    def names(self) -> dict[str, str]:
        """Every token as `#rrggbb`, for the style sheet."""
        return {field.name: getattr(self, field.name).name() for field in fields(self)}


@cache
def tokens_for(scheme: Scheme) -> Tokens:
    """The project's own colours for light or dark."""
    text = (resource_folder() / "style" / "tokens.json").read_text(encoding="utf-8")
    colors: dict[str, str] = json.loads(text)[scheme]
    return Tokens(**{name: QColor(value) for name, value in colors.items()})


def tokens_from_palette(palette: QPalette) -> Tokens:
    """The system's colours under our names, for high contrast: meaning is then left to shapes and words."""
    role = QPalette.ColorRole
    window, base, button = palette.color(role.Window), palette.color(role.Base), palette.color(role.Button)
    window_text, text = palette.color(role.WindowText), palette.color(role.Text)
    highlight, highlighted = palette.color(role.Highlight), palette.color(role.HighlightedText)
    return Tokens(
        window=window, base=base, raised=base, hover=button, pressed=button,
        line=window_text, border=window_text,
        text=text, text2=text, text3=text,
        disabled=palette.color(QPalette.ColorGroup.Disabled, role.WindowText),
        accent=highlight, accentHover=highlight, accentPressed=highlight, accentSoft=base,
        onAccent=highlighted, accentText=palette.color(role.Link),
        ready=text, readySoft=base, readyFill=highlight, readyHover=highlight,
        away=text, awaySoft=base, awayMark=text,
        talk=text, talkSoft=base, talkFill=highlight, talkHover=highlight,
        offline=text, tip=palette.color(role.ToolTipBase), tipText=palette.color(role.ToolTipText),
    )  # fmt: skip
