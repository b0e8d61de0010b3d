"""Fields of the settings, each bound to one key of a draft."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QSlider,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from ctidesk.cti.text import translate
from ctidesk.ui.components.settings.draft import Draft, locked_words
from ctidesk.ui.theme import TextStyle, icon_pixmap, scaled, theme
from ctidesk.ui.widgets import PlainLabel, announce, paint_pixmap, plain_tooltip


class Field(QWidget):
    """An editor, and under it the words about what is wrong with its value.

    Attributes:
        key: the setting.
        editor: the widget that has the keyboard.
    """

    def __init__(self, draft: Draft, key: str, label: str, editor: QWidget) -> None:
        """Bind a field.

        Args:
            draft: what is being typed.
            key: the setting.
            label: its translated name, also for screen readers.
            editor: shows and changes the value; a subclass connects it.
        """
        super().__init__()
        self.key = key
        self.label = label
        self.draft = draft
        self.editor: QWidget = LockedField(label) if draft.is_locked(key) else editor
        if self.editor is not editor:
            editor.deleteLater()
        self.editor.setAccessibleName(label)
        self._problem = PlainLabel("", TextStyle.SMALL, "talk", lines=3)
        self._problem.hide()
        self.row = QHBoxLayout()
        self.row.setSpacing(8)
        self.row.addWidget(self.editor, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self.row)
        column.addWidget(self._problem)
        self.setFocusProxy(self.editor)
        draft.changed.connect(self._draft_changed)

    @property
    def is_locked(self) -> bool:
        """Whether the administrator has set the value for good."""
        return isinstance(self.editor, LockedField)

    def show_value(self) -> None:
        """Show what stands in the draft."""
        if isinstance(self.editor, LockedField):
            self.editor.setText(self.text_of_value())
            self.editor.setCursorPosition(0)
            self.editor.setToolTip(plain_tooltip(f"{self.text_of_value()}\n{locked_words()}"))

    def text_of_value(self) -> str:
        """Return the value as people read it."""
        return str(self.draft.value(self.key))

    def check(self) -> None:
        """Say what is wrong with the value, once somebody has typed it."""
        self.show_problem(self.draft.words(self.key))

    def show_problem(self, words: str) -> None:
        """Mark the field; without words, take the mark away."""
        if words and words != self._problem.text():
            announce(self, f"{self.label}: {words}")
        self._problem.setText(words)
        self._problem.setVisible(bool(words))
        self.editor.setAccessibleDescription(words)
        if self.editor.property("error") != bool(words):
            self.editor.setProperty("error", bool(words))
            self.editor.style().unpolish(self.editor)
            self.editor.style().polish(self.editor)

    def has_problem(self) -> bool:
        """Whether the field is marked."""
        return bool(self._problem.text())

    def _draft_changed(self, key: str) -> None:
        if key in ("", self.key):
            self.show_value()
            if self.has_problem():
                self.check()


class TextField(Field):
    """A line of text."""

    def __init__(self, draft: Draft, key: str, label: str, placeholder: str = "") -> None:
        line = QLineEdit()
        line.setPlaceholderText(placeholder)
        super().__init__(draft, key, label, line)
        if not self.is_locked:
            self._line = line
            line.textEdited.connect(lambda text: draft.set(key, text.strip()))
            line.editingFinished.connect(self.check)
        self.show_value()

    def show_value(self) -> None:
        super().show_value()
        if not self.is_locked and self._line.text().strip() != self.text_of_value():
            self._line.setText(self.text_of_value())


class Choice(Field):
    """One of a few values."""

    def __init__(self, draft: Draft, key: str, label: str, choices: Sequence[tuple[str, str]]) -> None:
        """Bind a choice.

        Args:
            choices: values with their translated words. A value that is not among them is shown as it is.
        """
        self._words = dict(choices)
        box = QuietComboBox()
        for value, words in choices:
            box.addItem(words, value)
        super().__init__(draft, key, label, box)
        if not self.is_locked:
            self._box = box
            box.activated.connect(lambda _: draft.set(key, box.currentData()))
        self.show_value()

    def set_narrow(self, narrow: bool) -> None:
        """Let the buttons beside the choice stand below it where both have no room."""
        self.row.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    def add(self, value: str, words: str) -> None:
        """Offer one value more, or give one that is there its words."""
        self._words[value] = words
        if not self.is_locked:
            index = self._box.findData(value)
            if index < 0:
                self._box.addItem(words, value)
            else:
                self._box.setItemText(index, words)
        self.show_value()

    def show_value(self) -> None:
        super().show_value()
        if not self.is_locked:
            value = self.draft.value(self.key)
            if self._box.findData(value) < 0:
                self._box.addItem(str(value), value)
            self._box.setCurrentIndex(self._box.findData(value))

    def text_of_value(self) -> str:
        value = str(self.draft.value(self.key))
        return self._words.get(value, value)


class Check(QWidget):
    """Yes or no, with the words beside the box and an explanation below."""

    def __init__(self, draft: Draft, key: str, label: str, explanation: str = "") -> None:
        super().__init__()
        self.key = key
        self.editor = QCheckBox()
        self.editor.setAccessibleName(label)
        self.editor.setAccessibleDescription(explanation)
        self._draft = draft
        words = CheckWords(label, self.editor)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.editor)
        row.addWidget(words, 1)
        if draft.is_locked(key):
            self.editor.setEnabled(False)
            self.editor.setToolTip(plain_tooltip(locked_words()))
            self.editor.setAccessibleDescription(locked_words())
            words.set_color("text2")
            row.addWidget(PlainLabel(locked_words(), TextStyle.SMALL, "text2"))
            row.addWidget(_Lock())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        if explanation:
            below = QHBoxLayout()
            below.setContentsMargins(scaled(16) + scaled(10), 0, 0, 0)
            below.addWidget(PlainLabel(explanation, TextStyle.SMALL, "text2", lines=4))
            column.addLayout(below)
        self.setFocusProxy(self.editor)
        self.editor.toggled.connect(lambda on: draft.set(key, on))
        draft.changed.connect(self._draft_changed)
        self._draft_changed("")

    def _draft_changed(self, key: str) -> None:
        if key in ("", self.key):
            self.editor.setChecked(bool(self._draft.value(self.key)))


class Percentage(Field):
    """A slider with its value in words."""

    def __init__(self, draft: Draft, key: str, label: str, lowest: int, highest: int, step: int) -> None:
        slider = QuietSlider()
        slider.setRange(lowest, highest)
        slider.setSingleStep(step)
        slider.setPageStep(2 * step)
        super().__init__(draft, key, label, slider)
        if not self.is_locked:
            self._slider = slider
            self._shown = PlainLabel("", TextStyle.BODY, "text2", elide=None, tabular=True)
            self._shown.setFixedWidth(self._shown.fontMetrics().horizontalAdvance("000 %"))
            self._shown.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.row.addWidget(self._shown)
            slider.valueChanged.connect(lambda value: draft.set(key, value))
        self.show_value()

    def show_value(self) -> None:
        super().show_value()
        if not self.is_locked:
            self._slider.setValue(int(str(self.draft.value(self.key))))
            self._shown.setText(self.text_of_value())

    def text_of_value(self) -> str:
        return translate("Settings", "{number} %").format(number=self.draft.value(self.key))


class LockedField(QLineEdit):
    """A value that the administrator has set: it can be read and copied."""

    def __init__(self, label: str) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setProperty("locked", True)
        self.setToolTip(plain_tooltip(locked_words()))
        self.setAccessibleName(label)
        self.setAccessibleDescription(locked_words())
        self._words = PlainLabel(locked_words(), TextStyle.SMALL, "text2", elide=None, parent=self)
        self._lock = _Lock(self)
        self.textChanged.connect(self._make_room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """The words give way to a long value: the lock and its tool tip say the same."""
        lock, words, gap = self._lock.sizeHint(), self._words.sizeHint(), 8
        right = self.width() - lock.width() - gap
        self._lock.setGeometry(right, (self.height() - lock.height()) // 2, lock.width(), lock.height())
        value = self.fontMetrics().horizontalAdvance(self.text()) + 4 * gap
        fits = value + words.width() <= right
        self._words.setVisible(fits)
        left = right - (words.width() + gap if fits else 0)
        self._words.setGeometry(left, (self.height() - words.height()) // 2, words.width(), words.height())
        self.setTextMargins(0, 0, self.width() - left - gap, 0)


class QuietComboBox(QComboBox):
    """A choice that the wheel scrolls past: a page is scrolled more often than a value is changed."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Let a long name end in dots: names of devices are long, and styled boxes cut them off in a letter."""
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        room = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        words = self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, room.width() - 2)
        option.currentText = words
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)


class QuietSlider(QSlider):
    """A slider that the wheel scrolls past."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class CheckWords(PlainLabel):
    """The words of a check box, which wrap where its own would not; a click on them is one on the box."""

    def __init__(self, text: str, box: QCheckBox) -> None:
        super().__init__(text, lines=3)
        self._box = box
        self.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._box.click()


class _Lock(QWidget):
    """The lock beside a value."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(scaled(16), scaled(16))

    def paintEvent(self, _event: QPaintEvent) -> None:
        pixmap = icon_pixmap("lock", "text2", self.width(), self.devicePixelRatioF())
        paint_pixmap(QPainter(self), pixmap, self.rect())
