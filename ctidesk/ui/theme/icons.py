"""Icons and presence shapes: one SVG each, painted in a colour of the theme, rendered when first needed.

Painting code takes `icon_pixmap` and `presence_pixmap`; they are cached by name, colour, size and device pixel
ratio. `icon` and `presence_icon` make a QIcon for the places where Qt paints (actions, native menus); it holds the
colours of this moment, so ask again when the theme has changed.
"""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ctidesk.ui.theme.presence import PresenceState
from ctidesk.ui.theme.resources import resource_folder
from ctidesk.ui.theme.theme import theme
from ctidesk.ui.theme.tokens import TokenName

_CACHE_LIMIT = 1000

_Key = tuple[str, str, int, float]
_pixmaps: dict[_Key, QPixmap] = {}
_watching = False


def icon_pixmap(name: str, color: TokenName, size: int, ratio: float = 1.0) -> QPixmap:
    """The line icon `name` of `resources/icons`, `size` logical px wide, for one device pixel ratio.

    KeyError when there is no such icon.
    """
    return _pixmap(f"icons/{name}.svg", theme().tokens[color], size, ratio)


def presence_pixmap(state: PresenceState, size: int, ratio: float = 1.0) -> QPixmap:
    """The shape of `state` in its colour."""
    return _pixmap(f"presence/{state.value}.svg", theme().tokens[state.shape_token], size, ratio)


def icon(name: str, color: TokenName = "text2", size: int = 18, *, checked: TokenName | None = None) -> QIcon:
    """A QIcon for every device pixel ratio of the screens: normal, disabled and, if asked for, checked.

    `size` is in px at 100 % text and grows with the text.
    """
    result = QIcon()
    pixels = theme().scaled(size)
    for ratio in _ratios():
        result.addPixmap(icon_pixmap(name, color, pixels, ratio))
        result.addPixmap(icon_pixmap(name, "disabled", pixels, ratio), QIcon.Mode.Disabled)
        if checked is not None:
            result.addPixmap(icon_pixmap(name, checked, pixels, ratio), QIcon.Mode.Normal, QIcon.State.On)
    return result


def presence_icon(state: PresenceState, size: int = 14) -> QIcon:
    """A QIcon of the shape; it keeps its colour when disabled, for a state is no action."""
    result = QIcon()
    for ratio in _ratios():
        pixmap = presence_pixmap(state, theme().scaled(size), ratio)
        result.addPixmap(pixmap)
        result.addPixmap(pixmap, QIcon.Mode.Disabled)
    return result


def render_svg(svg: bytes, size: int, ratio: float = 1.0) -> QPixmap:
    """Render a square SVG to a pixmap of `size` logical px."""
    device = max(1, round(size * ratio))
    pixmap = QPixmap(device, device)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg)).render(painter, QRectF(0, 0, device, device))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


@cache
def svg_source(path: str) -> bytes:
    """The bytes of an SVG below `resources`. KeyError when it does not exist."""
    try:
        return (resource_folder() / path).read_bytes()
    except FileNotFoundError:
        raise KeyError(path) from None


def _pixmap(path: str, color: QColor, size: int, ratio: float) -> QPixmap:
    _watch_theme()
    key = (path, color.name(), size, ratio)
    pixmap = _pixmaps.get(key)
    if pixmap is None:
        if len(_pixmaps) >= _CACHE_LIMIT:
            _pixmaps.clear()
        # QtSvg knows no currentColor of a surrounding document and would paint it black.
        svg = svg_source(path).replace(b"currentColor", color.name().encode())
        pixmap = _pixmaps[key] = render_svg(svg, size, ratio)
    return pixmap


def _watch_theme() -> None:
    global _watching
    if not _watching:
        _watching = True
        theme().changed.connect(_pixmaps.clear)


def _ratios() -> list[float]:
    return sorted({1.0, *(screen.devicePixelRatio() for screen in QGuiApplication.screens())})
