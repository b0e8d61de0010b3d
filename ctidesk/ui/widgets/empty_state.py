"""What stands where a list has nothing to show."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ctidesk.ui.theme import TextStyle
from ctidesk.ui.widgets.label import PlainLabel


class EmptyState(QWidget):
    """A word that says what is missing, and a hint what to do about it."""

    def __init__(self, word: str = "", hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._word = PlainLabel(word, TextStyle.ACTIVE, "text2", lines=2)
        self._hint = PlainLabel(hint, TextStyle.SMALL, "text3", lines=4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(4)
        layout.addStretch(2)
        for label in (self._word, self._hint):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
            layout.addWidget(label)
        layout.addStretch(3)

    def set_text(self, word: str, hint: str = "") -> None:
        """Replace word and hint."""
        self._word.setText(word)
        self._hint.setText(hint)
        self.setAccessibleName(word)
