"""Pictures of windows, for `ctidesk demo --shots`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLineEdit, QWidget

from ctidesk.ui.theme import Scheme, TrayState, theme, tray_icon
from ctidesk.ui.theme.fonts import BASE_PIXELS

Window = QWidget
"""What can be pictured."""

_GROUNDS: dict[Scheme, QColor] = {"light": QColor("#C8CED8"), "dark": QColor("#0F1115")}
_MARGIN = 24
_TRAY_SIZES = (16, 22, 32)
_TRAY_PANELS: dict[Scheme, QColor] = {"light": QColor("#EEF0F3"), "dark": QColor("#1F2126")}


def prepare_for_pictures() -> None:
    """Take the text size that the look was drawn with, whatever the system's is, and let nothing move."""
    theme().hold_still()
    QApplication.setCursorFlashTime(0)
    font = QApplication.font()
    font.setPixelSize(round(BASE_PIXELS))
    QApplication.setFont(font)
    theme().font_changed()


def save_picture(windows: Sequence[QWidget], path: Path, *, on_ground: bool = False) -> None:
    """Write a PNG of windows as they stand to each other, the later ones above the earlier.

    Args:
        windows: those to show.
        path: the file.
        on_ground: whether some of the desktop is seen around them.

    Raises:
        OSError: the file cannot be written.
    """
    pictures = [(window.pos(), window.grab()) for window in windows]
    area = QRect()
    for place, picture in pictures:
        area |= QRect(place, picture.deviceIndependentSize().toSize())
    if on_ground:
        area.adjust(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN)
    ratio = max(picture.devicePixelRatio() for _, picture in pictures)
    result = _sheet(area, ratio)
    result.fill(_GROUNDS[theme().scheme])
    painter = QPainter(result)
    for place, picture in pictures:
        painter.drawPixmap(place - area.topLeft(), picture)
    painter.end()
    _save(result, path)


def save_tray_sheet(path: Path) -> None:
    """Write a PNG of all tray icons at 16, 22 and 32 px, alone and with missed calls, on both kinds of panel.

    Raises:
        OSError: the file cannot be written.
    """
    cell, label = 48, 120
    frames = [(state, frame) for state in TrayState for frame in range(len(state.value))]
    width, height = label + cell * 2 * len(_TRAY_SIZES) + 16, cell * len(frames) + 16
    result = _sheet(QRect(0, 0, 2 * width, height), 1.0)
    painter = QPainter(result)
    for column, (scheme, ground) in enumerate(_TRAY_PANELS.items()):
        left = column * width
        painter.fillRect(left, 0, width, height, ground)
        painter.setPen(QColor("#1A1E26" if scheme == "light" else "#E8EAEE"))
        for row, (state, frame) in enumerate(frames):
            top = 8 + row * cell
            words = QRectF(left + 12, top, label, cell)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, state.value[frame % len(state.value)])
            x = left + label
            for missed in (0, 12):
                for size in _TRAY_SIZES:
                    pixmap = tray_icon(state, frame, missed).pixmap(QSize(size, size), 1.0)
                    painter.drawPixmap(QPoint(x + (cell - size) // 2, top + (cell - size) // 2), pixmap)
                    x += cell
    painter.end()
    _save(result, path)


def press(window: QWidget, name: str) -> None:
    """Press the button of `window` that a screen reader calls `name`.

    Raises:
        LookupError: there is none that can be seen.
    """
    for button in window.findChildren(QAbstractButton):
        if button.accessibleName() == name and button.isVisible():
            button.click()
            return
    raise LookupError(f"there is no button {name!r}")


class Drag:
    """A hand that takes a row of a list with the mouse."""

    def __init__(self, view: QAbstractItemView, row: int) -> None:
        """Put the finger down on the row."""
        self._viewport = view.viewport()
        self._send(QEvent.Type.MouseButtonPress, view.visualRect(view.model().index(row, 0)).center())

    def over(self, target: QWidget) -> None:
        """Bring it over the middle of `target`."""
        self._send(QEvent.Type.MouseMove, self._viewport.mapFromGlobal(target.mapToGlobal(target.rect().center())))

    def let_go_outside(self) -> None:
        """Let go where it means nothing."""
        self._send(QEvent.Type.MouseMove, QPoint(-1, -1))
        self._send(QEvent.Type.MouseButtonRelease, QPoint(-1, -1))

    def _send(self, kind: QEvent.Type, place: QPoint) -> None:
        left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        button = none if kind is QEvent.Type.MouseMove else left
        buttons = none if kind is QEvent.Type.MouseButtonRelease else left
        there = QPointF(self._viewport.mapToGlobal(place))
        event = QMouseEvent(kind, QPointF(place), there, button, buttons, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(self._viewport, event)


def write(window: QWidget, name: str, text: str) -> Callable[[], None]:
    """Type `text` into the field of `window` that a screen reader calls `name`; returns what Enter does there.

    Raises:
        LookupError: there is none that can be seen.
    """
    for line in window.findChildren(QLineEdit):
        if line.accessibleName() == name and line.isVisible():
            line.setText(text)
            return partial(line.returnPressed.emit)
    raise LookupError(f"there is no field {name!r}")


def open_menu() -> Window:
    """Return the menu that is open.

    Raises:
        LookupError: there is none.
    """
    menu = QApplication.activePopupWidget()
    if menu is None:
        raise LookupError("no menu is open")
    return menu


def _sheet(area: QRect, ratio: float) -> QPixmap:
    sheet = QPixmap(area.size() * ratio)
    sheet.setDevicePixelRatio(ratio)
    return sheet


def _save(pixmap: QPixmap, path: Path) -> None:
    if not pixmap.save(str(path), "PNG"):
        raise OSError(f"{path} cannot be written")
