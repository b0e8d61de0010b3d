"""A field for what the operator notes about a call."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from ctidesk.cti.text import translate
from ctidesk.ui.theme import TextStyle, icon_pixmap, scaled, text_font, theme
from ctidesk.ui.widgets import make_round, paint_pixmap
from ctidesk.ui.widgets.painting import CARD_RADIUS, cut_corners

LONGEST = 20_000
MOST_LINES = 5
_ICON = 16
_SIDE = 10


class NoteField(QPlainTextEdit):
    """Grows with its lines up to five. Enter ends the note, Shift+Enter begins a line, Esc takes the changes back.

    Signals:
        written(text): the operator has ended a note that differs from the one before: Enter, or the focus has gone.
        height_changed(): it needs another height.
        left(): Enter or Esc: the keyboard may go elsewhere.
        focus_lost(): it has gone elsewhere.
    """

    written = Signal(str)
    height_changed = Signal()
    left = Signal()
    focus_lost = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before = ""
        self._lines = 1
        self._icon = _NoteIcon(self)
        self.setPlaceholderText(translate("History", "Note"))
        self.setAccessibleName(translate("History", "Note"))
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.textChanged.connect(self._limit)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        theme().changed.connect(self._restyle)
        self._restyle()

    def set_note(self, text: str) -> None:
        """Show a note; one that is being written stays."""
        if self.hasFocus() and self.toPlainText() != self._before:
            return
        self._before = text
        if text != self.toPlainText():
            self.setPlainText(text)

    def note(self) -> str:
        """What stands in the field."""
        return self.toPlainText()

    def is_changed(self) -> bool:
        """Whether that differs from what was last written."""
        return self.toPlainText() != self._before

    def write(self) -> None:
        """End the note: tell it, if it has changed."""
        if self.is_changed():
            self._before = self.toPlainText()
            self.written.emit(self._before)

    # ---- keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.insertPlainText("\n")
            else:
                self.write()
                self.left.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.setPlainText(self._before)
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        # The field's own menu takes the focus for a moment.
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.write()
            self.focus_lost.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = make_round(self.createStandardContextMenu())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())
        cut_corners(menu, CARD_RADIUS)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take text alone, and no more than there is room for."""
        if source.hasText():
            room = LONGEST - len(self.toPlainText()) + len(self.textCursor().selectedText())
            self.insertPlainText(source.text()[: max(0, room)])

    # ---- looks

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().lineSpacing()
        return QSize(scaled(160), max(scaled(32), self._lines * line + 2 * self._padding()))

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(80), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        size = scaled(_ICON)
        top = (scaled(32) - size) // 2
        left = self.width() - _SIDE - size if self.isRightToLeft() else _SIDE
        self._icon.setGeometry(left, top, size, size)
        self._fit()

    def _fit(self) -> None:
        lines = min(MOST_LINES, max(1, round(self.document().size().height())))
        is_longer = self.document().size().height() > MOST_LINES
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if is_longer else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)
        if lines != self._lines:
            self._lines = lines
            self.updateGeometry()
            self.height_changed.emit()

    def _limit(self) -> None:
        text = self.toPlainText()
        if len(text) > LONGEST:
            self.setPlainText(text[:LONGEST])
            self.moveCursor(self.textCursor().MoveOperation.End)

    def _padding(self) -> int:
        return max(2, (scaled(32) - self.fontMetrics().lineSpacing()) // 2)

    def _restyle(self) -> None:
        font = text_font(TextStyle.BODY)
        self.setFont(font)
        self.viewport().setFont(font)  # of the placeholder; with a style sheet it does not follow by itself
        padding, icon = self._padding() - 1, scaled(_ICON) + 8
        left, right = (0, icon) if self.isRightToLeft() else (icon, 0)
        self.setViewportMargins(left, padding, right, padding)
        self.updateGeometry()
        self._icon.update()


class _NoteIcon(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, _event: QPaintEvent) -> None:
        pixmap = icon_pixmap("note", "text2", self.width(), self.devicePixelRatioF())
        paint_pixmap(QPainter(self), pixmap, QRect(0, 0, self.width(), self.height()))
