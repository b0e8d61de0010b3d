"""What the popup of a call and the notice of a missed one have in common: a window that takes no focus."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QCursor, QGuiApplication, QHideEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ctidesk.ui.theme import scaled
from ctidesk.ui.widgets import BarKind, paint_card
from ctidesk.ui.widgets.painting import POPUP_RADIUS, cut_corners

WIDTH = 360
"""Px at 100 % text."""
DEAF_MILLISECONDS = 250
"""How long presses do nothing after the window has appeared: somebody was clicking there (look.md, "Popup")."""


class NoticeWindow(QWidget):
    """A small window on top of the others that leaves the keyboard where it is.

    Contents go into `body`. The window is made once and used again: showing it costs neither a new native window nor
    a first look at fonts and style.

    Signals:
        painted(): the window stands on the screen with its contents; once each time it is shown.
        left(): the pointer has gone.
        resized(): the contents have taken another size by themselves, with another size of text for instance.
    """

    painted = Signal()
    left = Signal()
    resized = Signal()

    def __init__(self, name: str, bar: BarKind = BarKind.NONE) -> None:
        flags = (
            Qt.WindowType.Tool
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowStaysOnTopHint
            | Qt.WindowType.WindowDoesNotAcceptFocus
        )
        super().__init__(None, flags)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setAttribute(Qt.WidgetAttribute.WA_AlwaysShowToolTips)
        self.setWindowTitle(name)
        self._bar = bar
        self._is_above_full_screen = False
        self._is_awaited = False
        self.body = QVBoxLayout(self)
        self.body.setSpacing(0)
        self._shield = QWidget(self)
        self._shield.hide()
        self._deaf = QTimer(self)
        self._deaf.setSingleShot(True)
        self._deaf.setInterval(DEAF_MILLISECONDS)
        self._deaf.timeout.connect(self._shield.hide)

    def set_above_full_screen(self, above: bool) -> bool:
        """Stand above full-screen windows, too; what is on the screen changes when it has gone.

        X11 alone needs this: a window manager keeps windows that stay on top below a full-screen window that has the
        keyboard. A window that it does not manage stands above all, on each virtual desktop.

        Returns:
            Whether the window must be prepared anew.
        """
        self._is_above_full_screen = above
        flag = Qt.WindowType.BypassWindowManagerHint
        if QGuiApplication.platformName() != "xcb" or self.isVisible() or bool(self.windowFlags() & flag) == above:
            return False
        self.setWindowFlag(flag, above)
        return True

    def prepare(self) -> None:
        """Do beforehand what the first showing would have to wait for: window, style, fonts, icons."""
        for child in self.findChildren(QWidget):
            child.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.winId()
        self.fit()
        self.grab()

    def fit(self) -> None:
        """Take the height that the contents need at the fixed width."""
        width = scaled(WIDTH)
        screen = self.screen()
        if screen is not None:
            width = min(width, screen.availableGeometry().width())
        self.body.activate()
        height = (
            self.body.totalHeightForWidth(width) if self.body.hasHeightForWidth() else self.body.sizeHint().height()
        )
        self.setFixedSize(width, height)

    def is_under_pointer(self) -> bool:
        """Whether the pointer is over the window, which must then stay where it is."""
        return self.isVisible() and QRect(self.pos(), self.size()).contains(QCursor.pos())

    def is_deaf(self) -> bool:
        """Whether presses still do nothing."""
        return self._shield.isVisibleTo(self)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._is_awaited = True
        self._shield.setGeometry(self.rect())
        self._shield.show()
        self._shield.raise_()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._is_awaited = False
        self._deaf.stop()
        self._shield.hide()
        if self._is_above_full_screen != bool(self.windowFlags() & Qt.WindowType.BypassWindowManagerHint):
            QTimer.singleShot(0, self._follow_flag)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._shield.setGeometry(self.rect())
        cut_corners(self, POPUP_RADIUS)

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            before = self.size()
            self.fit()
            if self.size() != before:
                self.resized.emit()
        return handled

    def _follow_flag(self) -> None:
        if self.set_above_full_screen(self._is_above_full_screen):
            self.prepare()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.left.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_card(painter, self.rect(), self._bar, fill="raised", outline="border", radius=POPUP_RADIUS)
        painter.end()
        if self._is_awaited and self.isVisible():
            self._is_awaited = False
            self._deaf.start()
            # The children are painted after their window; by the next turn all of it is on the screen.
            QTimer.singleShot(0, self.painted.emit)
