"""The field for a number or a name."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ctidesk.ui.theme import TextStyle, icon_pixmap, scaled, text_font, theme
from ctidesk.ui.widgets.icon_button import IconButton
from ctidesk.ui.widgets.menu import make_round
from ctidesk.ui.widgets.painting import CARD_RADIUS, cut_corners, paint_pixmap

_SIDE = 10
_ICON = 18
_BUTTON_GAP = 4


class SearchField(QLineEdit):
    """Search icon, text, clear (only with text) and, if named, keypad (look.md, "Panel", "Dial row 44").

    Args:
        placeholder: also the accessible name.
        clear_name: accessible name of the button that empties the field.
        keypad_name: accessible name of the keypad button; without it there is none.
    """

    keypad_clicked = Signal()

    def __init__(self, placeholder: str, clear_name: str, keypad_name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("search", True)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self._clear = IconButton("close", clear_name, parent=self)
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clear.clicked.connect(self.clear)
        self._keypad = IconButton("keypad", keypad_name, parent=self) if keypad_name else None
        if self._keypad is not None:
            self._keypad.clicked.connect(self.keypad_clicked)
        for button in self._buttons():
            button.setCursor(Qt.CursorShape.ArrowCursor)
        self._clear.hide()
        self.textChanged.connect(self._show_clear)
        theme().changed.connect(self._restyle)
        self._restyle()

    def set_keypad_open(self, is_open: bool) -> None:
        """Show the keypad button as pressed."""
        if self._keypad is not None:
            self._keypad.setCheckable(True)
            self._keypad.setChecked(is_open)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), scaled(36))

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(140), scaled(36))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_buttons()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = make_round(self.createStandardContextMenu())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())
        cut_corners(menu, CARD_RADIUS)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        size = scaled(_ICON)
        left = self.width() - _SIDE - size if self.isRightToLeft() else _SIDE
        pixmap = icon_pixmap("search", "text2", size, self.devicePixelRatioF())
        paint_pixmap(painter, pixmap, QRect(left, 0, size, self.height()))

    def _buttons(self) -> list[IconButton]:
        """From the edge inwards."""
        return [self._clear] if self._keypad is None else [self._keypad, self._clear]

    def _show_clear(self, text: str) -> None:
        if bool(text) != self._clear.isVisibleTo(self):
            self._clear.setVisible(bool(text))
            self._restyle()

    def _place_buttons(self) -> None:
        edge = self.width() - _BUTTON_GAP
        for button in self._buttons():
            size = button.sizeHint()
            left = edge - size.width()
            if self.isRightToLeft():
                left = self.width() - edge
            button.setGeometry(left, (self.height() - size.height()) // 2, size.width(), size.height())
            edge -= size.width() + _BUTTON_GAP

    def _restyle(self) -> None:
        self.setFont(text_font(TextStyle.BODY))
        taken = sum(button.sizeHint().width() + _BUTTON_GAP for button in self._buttons() if button.isVisibleTo(self))
        # The text then starts 8 after the icon; what style sheet and QLineEdit put before the margin counts.
        padding = 0 if theme().high_contrast else scaled(10)
        icon = _SIDE + scaled(_ICON) + 8 - padding - 2
        self.setTextMargins(taken if self.isRightToLeft() else icon, 0, icon if self.isRightToLeft() else taken, 0)
        self._place_buttons()
