"""Text styles, always relative to the application font (look.md, "3. Space, corners, type, icons")."""

from enum import Enum

from PySide6.QtGui import QFont, QGuiApplication

BASE_PIXELS = 13.0
"""The size the look was drawn with. Every length in look.md holds at this size of the application font."""


class TextStyle(Enum):
    """A row of the type table: size in px when the application font has 13, and weight."""

    DISPLAY = (20, QFont.Weight.DemiBold)
    PAGE = (18, QFont.Weight.DemiBold)
    TITLE = (16, QFont.Weight.DemiBold)
    CLOCK = (16, QFont.Weight.Medium)
    NUMBER = (15, QFont.Weight.Normal)
    STRONG = (14, QFont.Weight.DemiBold)
    BODY = (13, QFont.Weight.Normal)
    NAME = (13, QFont.Weight.Medium)
    ACTIVE = (13, QFont.Weight.DemiBold)
    SMALL = (12, QFont.Weight.Normal)
    SMALL_STRONG = (12, QFont.Weight.DemiBold)
    CAPTION = (11, QFont.Weight.Normal)
    TILE = (11, QFont.Weight.Medium)
    HEAD = (11, QFont.Weight.DemiBold)


def text_font(style: TextStyle, *, tabular: bool = False) -> QFont:
    """The application font in `style`; `tabular` gives digits of equal width where the font has them."""
    application_font = QGuiApplication.font()
    key = (application_font.key(), style, tabular)
    if key not in _made:
        if len(_made) >= _MOST_MADE:
            _made.clear()
        _made[key] = _styled(application_font, style, tabular=tabular)
    return QFont(_made[key])


_made: dict[tuple[str, TextStyle, bool], QFont] = {}
"""Lists ask for the same few fonts with each row that they paint."""
_MOST_MADE = 100


def _styled(application_font: QFont, style: TextStyle, *, tabular: bool) -> QFont:
    pixels, weight = style.value
    ratio = pixels / BASE_PIXELS
    font = QFont(application_font)
    if font.pointSizeF() > 0:
        font.setPointSizeF(font.pointSizeF() * ratio)
    else:
        font.setPixelSize(max(1, round(font.pixelSize() * ratio)))
    font.setWeight(weight)
    if tabular:
        font.setFeature(QFont.Tag("tnum"), 1)
    return font


def pixel_size(font: QFont) -> float:
    """Size of `font` in logical pixels, without the rounding of QFontInfo."""
    if font.pointSizeF() <= 0:
        return float(font.pixelSize())
    screen = QGuiApplication.primaryScreen()
    return font.pointSizeF() * (screen.logicalDotsPerInch() if screen else 96.0) / 72.0
