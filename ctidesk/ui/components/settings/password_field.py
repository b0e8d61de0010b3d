"""The password: typed, never shown unless asked for, and where it is kept."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ctidesk.config.secrets import Answer, Outcome
from ctidesk.cti.text import translate
from ctidesk.ui.theme import TextStyle, icon_pixmap, scaled
from ctidesk.ui.widgets import (
    Button,
    ButtonKind,
    ButtonSize,
    IconButton,
    PlainLabel,
    Strip,
    StripKind,
    announce,
    paint_pixmap,
)

_DOTS = "•" * 10


class PasswordLine(QLineEdit):
    """A line for a password, with an eye that shows what is typed."""

    def __init__(self, label: str) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setMaxLength(256)
        self.setAccessibleName(label)
        self._eye = IconButton("eye", translate("Settings", "Show password"), parent=self)
        self._eye.setCheckable(True)
        self._eye.setShortcut("Alt+P")
        self._eye.setCursor(Qt.CursorShape.ArrowCursor)
        self._eye.toggled.connect(self._show_text)

    def forget(self) -> None:
        """Forget what was typed."""
        self.clear()
        self._eye.setChecked(False)

    def _show_text(self, shown: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        size = self._eye.sizeHint().boundedTo(self.size())
        left = 2 if self.isRightToLeft() else self.width() - size.width() - 2
        self._eye.setGeometry(left, (self.height() - size.height()) // 2, size.width(), size.height())
        before, after = (size.width(), 0) if self.isRightToLeft() else (0, size.width())
        self.setTextMargins(before, 0, after, 0)


def mark_line(line: QLineEdit, wrong: bool) -> None:
    """Mark a line as the one at fault, or take the mark away."""
    if bool(line.property("error")) != wrong:
        line.setProperty("error", wrong)
        line.style().unpolish(line)
        line.style().polish(line)


class PasswordField(QWidget):
    """A password field with an eye, and the state of the keyring under it.

    A password that is kept is not read back into the field: whoever sits down at this desk cannot look at it.

    Signals:
        typed(): another text stands in the field.
        forget(): the password is to be taken out of the keyring.
    """

    typed = Signal()
    forget = Signal()

    def __init__(self, label: str) -> None:
        super().__init__()
        self.line = PasswordLine(label)
        self.line.textEdited.connect(lambda _: self._changed())
        self._note = QWidget()
        self._words = PlainLabel("", TextStyle.SMALL, "text2", lines=3)
        self._remove = _RemoveButton()
        self._remove.confirmed.connect(self.forget)
        row = QHBoxLayout(self._note)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(_Key())
        row.addWidget(self._words, 1)
        row.addWidget(self._remove)
        self._warning = Strip(StripKind.WARNING, rounded=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self.line, self._note, self._warning):
            column.addWidget(widget)
        self._note.hide()
        self._warning.hide()
        self.setFocusProxy(self.line)

    def text(self) -> str:
        """What was typed; empty when nothing was."""
        return self.line.text()

    def clear(self) -> None:
        """Forget what was typed."""
        self.line.forget()

    def show_answer(self, answer: Answer, *, words: str | None = None, is_asked_for: bool = True) -> None:
        """Show where the password is.

        Args:
            answer: of the keyring.
            words: for the place below the field; by default those for the password of the PBX.
            is_asked_for: a password that is missing is asked for at each start; else it is just not there.
        """
        words = answer.words if words is None else words
        is_broken = answer.outcome is Outcome.NOT_AVAILABLE
        is_kept = answer.outcome is Outcome.STORED
        missing = translate("Settings", "Ask at each start") if is_asked_for else ""
        self.line.setPlaceholderText(_DOTS if is_kept else missing)
        self._words.setText(words)
        self._remove.setVisible(is_kept)
        self._note.setVisible(bool(words) and not is_broken)
        self._warning.set_text("", words if is_broken else "")
        self._warning.setVisible(is_broken)
        self.line.setAccessibleDescription(words)

    def show_error(self, wrong: bool) -> None:
        """Mark the field as the one at fault, or take the mark away."""
        mark_line(self.line, wrong)

    def _changed(self) -> None:
        self.show_error(False)
        self.typed.emit()


class _RemoveButton(Button):
    """Asks once more: the password is gone at once, and Cancel does not bring it back.

    Signals:
        confirmed(): the second press.
    """

    confirmed = Signal()

    def __init__(self) -> None:
        super().__init__(translate("Settings", "Remove"), ButtonKind.QUIET, size=ButtonSize.SMALL)
        self.set_tip(translate("Settings", "Take the password out of the system keyring"))
        self._is_asking = False
        self.clicked.connect(self._pressed)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._ask(False)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if not self.hasFocus():
            self._ask(False)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click is one press: the question has to be read."""
        event.accept()

    def _pressed(self) -> None:
        was_asking = self._is_asking
        self._ask(not was_asking)
        if was_asking:
            self.confirmed.emit()

    def _ask(self, on: bool) -> None:
        if on == self._is_asking:
            return
        self._is_asking = on
        self.setText(translate("Settings", "Remove for good?") if on else translate("Settings", "Remove"))
        self.set_kind(ButtonKind.DECLINE if on else ButtonKind.QUIET)
        if on:
            announce(self, self.accessibleName())


class _Key(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(scaled(16), scaled(16))

    def paintEvent(self, _event: QPaintEvent) -> None:
        pixmap = icon_pixmap("key", "text2", self.width(), self.devicePixelRatioF())
        paint_pixmap(QPainter(self), pixmap, self.rect())
