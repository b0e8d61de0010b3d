"""A form in place of a row of a table; it stays until it is carried out or discarded (look.md, "settings-users")."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ctidesk.cti.text import translate
from ctidesk.ui.theme import TextStyle, icon_pixmap, scaled, theme
from ctidesk.ui.widgets import Button, ButtonKind, ButtonSize, PlainLabel, announce, line_height, paint_pixmap, spoken
from ctidesk.ui.widgets.bidi import clean

LONGEST_RAW = 400
NARROW = 400
"""Px of the table, at 100 % text, below which the fields of a row stand under each other."""


class RowForm(QWidget):
    """Fields and buttons in one row, and under them what there is to say: a warning, or why it was refused.

    Signals:
        submitted(): do it; discarded(): leave it.
        resized(): another height is needed.
        entered(): a part of it has got the keyboard.

    Attributes:
        key: of the row in which it stands.
        is_orphaned: whether what it is about has gone meanwhile.
    """

    submitted = Signal()
    discarded = Signal()
    resized = Signal()
    entered = Signal()

    def __init__(self, key: str, do: str, leave: str, kind: ButtonKind = ButtonKind.PRIMARY) -> None:
        """Make an empty form.

        Args:
            key: of the row.
            do, leave: the words on the buttons; kind: of the first one.
        """
        super().__init__()
        self.key = key
        self.is_orphaned = False
        self._words = do
        self._is_busy = False
        self._why_not = ""
        self._fields: list[QWidget] = []
        self.fields = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.fields.setSpacing(8)
        self._do = Button(do, kind, size=ButtonSize.SMALL)
        self._do.clicked.connect(self.submit)
        self._leave = Button(leave, ButtonKind.QUIET, size=ButtonSize.SMALL)
        self._leave.clicked.connect(self._discard)
        for button in (self._do, self._leave):
            button.setAutoDefault(False)
            button.installEventFilter(self)
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        buttons.addWidget(self._do)
        buttons.addWidget(self._leave)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.setSpacing(8)
        self._top.addLayout(self.fields, 1)
        self._top.addLayout(buttons)
        self._top.setAlignment(buttons, Qt.AlignmentFlag.AlignTrailing)
        self._warning = PlainLabel("", TextStyle.SMALL, "away", lines=3)
        self._refusal = _Refusal()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(8, 4, 8, 5)
        self.column.setSpacing(4)
        self.column.addLayout(self._top)
        self.column.addWidget(self._warning)
        self.column.addWidget(self._refusal)
        self._warning.hide()
        self._refusal.hide()
        self._refusal.resized.connect(self.resized)

    # ---- for whoever does the work

    @property
    def is_changed(self) -> bool:
        """Whether something has been typed that is not saved."""
        return True

    @property
    def is_busy(self) -> bool:
        """Whether the PBX has been asked and has not answered."""
        return self._is_busy

    def begin(self) -> None:
        """Take the keyboard."""
        self._do.setFocus(Qt.FocusReason.TabFocusReason)

    def check(self) -> bool:
        """Whether what was typed can be given to the PBX; else say what is wrong with it."""
        return True

    def submit(self) -> None:
        """Ask for what was typed to be done, if it can be."""
        if self._is_busy or self._why_not:
            return
        self.clear_refusal()
        if self.check():
            self.submitted.emit()

    def set_busy(self, busy: bool) -> None:
        """Wait for the PBX, or go on."""
        self._is_busy = busy
        self._do.setText(translate("Users", "Wait…") if busy else self._words)
        self._show_buttons()

    def set_possible(self, why_not: str) -> None:
        """Allow it to be done, or say why it cannot be now."""
        self._why_not = why_not
        self._show_buttons()

    def refuse(self, title: str, sentence: str = "", raw: str = "") -> None:
        """Show why it cannot be done; `raw` is the PBX's own text."""
        self._refusal.show_text(title, sentence, raw)
        self._refusal.show()
        self._warning.hide()
        self.update()
        self.resized.emit()
        announce(self, spoken(title, sentence))

    def clear_refusal(self) -> None:
        """Take back what was said."""
        if not self._refusal.isHidden():
            self._refusal.hide()
            self._show_warning()
            self.update()
            self.resized.emit()

    # ---- for subclasses

    def add_field(self, widget: QWidget, stretch: int = 0) -> None:
        """Add a field; Enter in a line submits."""
        self.fields.addWidget(widget, stretch)
        self.watch_field(widget)

    def watch_field(self, widget: QWidget) -> None:
        """Take part in a field wherever it stands."""
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            self._fields.append(widget)
        widget.installEventFilter(self)
        if isinstance(widget, QLineEdit):
            widget.returnPressed.connect(self.submit)

    def warn(self, text: str) -> None:
        """Say something that does not hinder; empty to say nothing."""
        if text != self._warning.text():
            self._warning.setText(text)
            self._show_warning()
            self.resized.emit()

    def stops(self) -> list[QWidget]:
        """Return what Tab leads through, in this order."""
        return [*self._fields, self._do, self._leave, self._refusal.details]

    # ---- size, keys, painting

    def wanted_height(self, width: int) -> int:
        """Return the height that the form needs in a table of this width."""
        narrow = width < scaled(NARROW)
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self.fields.setDirection(direction)
        self._top.setDirection(direction)
        self.column.activate()
        return max(self.column.totalHeightForWidth(width), self.column.totalMinimumSize().height(), scaled(36) + 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusIn:
            self.entered.emit()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not event.isAutoRepeat():
            self._discard()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            for button in (self._do, self._leave, self._refusal.details):
                if button.hasFocus() and not event.isAutoRepeat():
                    button.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, tokens = QPainter(self), theme().tokens
        painter.fillRect(self.rect(), tokens["window" if self._refusal.isHidden() else "talkSoft"])
        painter.fillRect(0, self.height() - 1, self.width(), 1, tokens.line)

    def _show_warning(self) -> None:
        self._warning.setVisible(bool(self._warning.text()) and self._refusal.isHidden())

    def _discard(self) -> None:
        if not self._is_busy:
            self.discarded.emit()

    def _show_buttons(self) -> None:
        """Busy, they only do nothing: the keyboard would go elsewhere from a button that is disabled."""
        self._do.set_available(not self._why_not, self._why_not)


class _Refusal(QWidget):
    """Why it was refused, what that means, and the PBX's own text on demand."""

    resized = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._title = PlainLabel("", TextStyle.SMALL_STRONG, "talk", lines=3)
        self._sentence = PlainLabel("", TextStyle.SMALL, lines=3)
        self._raw = PlainLabel("", TextStyle.SMALL, "text2", lines=4)
        self.details = Button(translate("Users", "Details"), ButtonKind.QUIET, size=ButtonSize.SMALL)
        self.details.setCheckable(True)
        self.details.setAutoDefault(False)
        self.details.toggled.connect(self._show_raw)
        words = QVBoxLayout()
        words.setSpacing(0)
        for label in (self._title, self._sentence, self._raw):
            words.addWidget(label)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addLayout(words, 1)
        row.addWidget(self.details, 0, Qt.AlignmentFlag.AlignTop)
        theme().changed.connect(self._restyle)
        self._restyle()

    def show_text(self, title: str, sentence: str, raw: str) -> None:
        """Say what has gone wrong.

        Args:
            title: in a few words.
            sentence: what may be done about it, or nothing.
            raw: what the PBX has said, shown when it is asked for.
        """
        self._title.setText(clean(title, LONGEST_RAW))
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))
        self._raw.setText(clean(raw, LONGEST_RAW))
        self.details.setChecked(False)
        self.details.setVisible(bool(raw))
        self._raw.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        size = scaled(16)
        place = QRect(self.width() - size if self.isRightToLeft() else 0, 0, size, line_height(TextStyle.SMALL_STRONG))
        paint_pixmap(QPainter(self), icon_pixmap("error", "talk", size, self.devicePixelRatioF()), place)

    def _show_raw(self, shown: bool) -> None:
        self._raw.setVisible(shown)
        self.resized.emit()

    def _restyle(self) -> None:
        self.setContentsMargins(scaled(16) + 8, 0, 0, 0)
