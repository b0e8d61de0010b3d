"""The panel comes, goes and comes back where it was, and can always be reached (ux.md, "Tray")."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSettings, QSize, Qt
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QApplication, QWidget

_EDGE = 24
"""Px from the edge of the screen where a window stands that has never been moved."""


class WindowKeeper(QObject):
    """Shows and hides a window, and remembers its place.

    The place is kept in logical px relative to a named screen: so it survives another scaling, and a window whose
    screen has gone comes back on one that is there.

    Attributes:
        may_hide: whether closing hides the window, because a tray icon brings it back; else closing minimises it.
    """

    def __init__(self, window: QWidget, settings: QSettings, name: str = "panel") -> None:
        super().__init__(window)
        self.may_hide = False
        self._window = window
        self._settings = settings
        self._name = name
        self._is_placed = False
        window.installEventFilter(self)

    def show(self, *, activate: bool = True) -> None:
        """Show the window where it was, and bring it to the front: the operator has asked for it.

        Args:
            activate: give it the keyboard; not while the operator is typing in another window of ours.
        """
        if not self._is_placed:
            self._is_placed = True
            self._place()
        state = self._window.windowState() & ~Qt.WindowState.WindowMinimized
        self._window.setWindowState(state)
        self._window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, not activate)
        handle = self._window.windowHandle()
        if handle is not None:
            # What the platform goes by; Qt takes it over from the attribute only when it makes the native window.
            handle.setProperty("_q_showWithoutActivating", not activate)
        self._window.show()
        if activate:
            self._window.raise_()
            self._window.activateWindow()

    def show_quietly(self) -> None:
        """Let the window be found without giving it the keyboard; one that is minimised only asks to be looked at."""
        if not self._window.isVisible():
            self.show(activate=False)
        elif self._window.isMinimized():
            QApplication.alert(self._window)

    def show_minimised(self) -> None:
        """Let the window be found in the task bar."""
        if not self._is_placed:
            self._is_placed = True
            self._place()
        self._window.showMinimized()

    def toggle(self) -> None:
        """Show the window, or hide it when it can be seen."""
        if self.is_seen():
            self.put_away()
        else:
            self.show()

    def put_away(self) -> None:
        """Hide the window, or minimise it where nothing else would bring it back."""
        self.remember()
        if self.may_hide:
            self._window.hide()
        else:
            self._window.showMinimized()

    def is_seen(self) -> bool:
        """Whether the window stands open on the screen."""
        return self._window.isVisible() and not self._window.isMinimized()

    def remember(self) -> None:
        """Keep the place for the next time."""
        window, screen = self._window, self._window.screen()
        if screen is None or not self._is_placed or window.isMinimized():
            return
        offset = window.pos() - screen.availableGeometry().topLeft()
        self._settings.setValue(f"{self._name}/screen", screen.name())
        self._settings.setValue(f"{self._name}/place", f"{offset.x()},{offset.y()},{window.width()},{window.height()}")

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Close:
            event.ignore()
            self.put_away()
            return True
        return False

    def _place(self) -> None:
        name = str(self._settings.value(f"{self._name}/screen", ""))
        screen = next((one for one in QGuiApplication.screens() if one.name() == name), None)
        place = _numbers(str(self._settings.value(f"{self._name}/place", "")))
        if screen is None or place is None:
            place = None
            screen = screen or QGuiApplication.primaryScreen()
        if screen is not None:
            found = _within(screen, place, self._window.size())
            self._window.resize(found.size())
            self._window.move(found.topLeft())


def _numbers(text: str) -> QRect | None:
    """Read four numbers back; anything else is as good as nothing."""
    try:
        x, y, width, height = (int(part) for part in text.split(","))
    except ValueError:
        return None
    return QRect(x, y, width, height) if width > 0 and height > 0 else None


def _within(screen: QScreen, place: QRect | None, size: QSize) -> QRect:
    """Return where the window stands: as remembered, but wholly on the screen.

    Without a memory it is the upper right, away from the popups.
    """
    area = screen.availableGeometry()
    size = (place.size() if place is not None else size).boundedTo(area.size() - QSize(2 * _EDGE, 2 * _EDGE))
    if place is None:
        corner = area.topRight() + QPoint(1 - size.width() - _EDGE, _EDGE)
    else:
        corner = area.topLeft() + place.topLeft()
    x = max(area.left(), min(corner.x(), area.right() + 1 - size.width()))
    y = max(area.top(), min(corner.y(), area.bottom() + 1 - size.height()))
    return QRect(QPoint(x, y), size)
