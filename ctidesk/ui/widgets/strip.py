"""A notice: what happened, what it means, what to do."""

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ctidesk.ui.theme import PresenceState, TextStyle, TokenName, icon_pixmap, presence_pixmap, scaled, theme
from ctidesk.ui.widgets.button import Button
from ctidesk.ui.widgets.label import PlainLabel, line_height
from ctidesk.ui.widgets.painting import BUTTON_RADIUS, paint_rounded

_SIDE = 12
_MARGIN = 10
_MOST_LINES = 8


class StripKind(Enum):
    """Warning, information, error; a note is what is known about the caller."""

    WARNING = "warning"
    INFO = "info"
    ERROR = "error"
    NOTE = "note"


_COLORS: dict[StripKind, tuple[TokenName, TokenName]] = {
    StripKind.WARNING: ("awaySoft", "away"),
    StripKind.INFO: ("accentSoft", "accentText"),
    StripKind.ERROR: ("talkSoft", "talk"),
    StripKind.NOTE: ("window", "text2"),
}


class Strip(QWidget):
    """Icon, title, one sentence, buttons.

    With a title the buttons stand below the sentence, else beside it. `rounded` is for a strip inside a card or
    popup; without it the strip goes from edge to edge. `lines` is the most the sentence may take.
    """

    def __init__(
        self, kind: StripKind, *, rounded: bool = False, lines: int = _MOST_LINES, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._kind = kind
        self._rounded = rounded
        self._icon: str | PresenceState = kind.value
        self._title = PlainLabel("", TextStyle.STRONG if rounded else TextStyle.ACTIVE, lines=2)
        self._sentence = PlainLabel("", TextStyle.SMALL, lines=lines)
        self._title.hide()
        self._sentence.hide()
        self._texts = QVBoxLayout()
        self._texts.setSpacing(2)
        self._texts.addWidget(self._title)
        self._texts.addWidget(self._sentence)
        self._below = QHBoxLayout()
        self._below.setSpacing(8)
        self._texts.addLayout(self._below)
        self._texts.setAlignment(self._below, Qt.AlignmentFlag.AlignLeading)
        self._row = QHBoxLayout(self)
        self._row.setSpacing(12)
        self._row.addLayout(self._texts, 1)
        self._buttons: list[Button] = []
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        theme().changed.connect(self._restyle)
        self._restyle()

    def set_kind(self, kind: StripKind) -> None:
        """Change colours and, with them, the icon."""
        if kind is not self._kind:
            self._kind = kind
            self._icon = kind.value
            self._restyle()

    def set_icon(self, icon: str | PresenceState) -> None:
        """Another icon than the one of the kind, or the shape of a state."""
        self._icon = icon
        self.update()

    def set_text(self, title: str, sentence: str) -> None:
        """Title and sentence; an empty one takes no place. The sentence may change every second."""
        if bool(title) != self._title.isVisibleTo(self):
            self._title.setVisible(bool(title))
            self._place_buttons()
        self._title.setText(title)
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))
        self.setAccessibleName(title or sentence)

    def set_buttons(self, buttons: Sequence[Button]) -> None:
        """Replace the buttons. Those given before are deleted."""
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons = list(buttons)
        self._place_buttons()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        ground, color = _COLORS[self._kind]
        paint_rounded(painter, self.rect(), BUTTON_RADIUS if self._rounded else 0, theme().tokens[ground])
        size, ratio = scaled(self._icon_size()), self.devicePixelRatioF()
        if isinstance(self._icon, PresenceState):
            pixmap = presence_pixmap(self._icon, size, ratio)
        else:
            pixmap = icon_pixmap(self._icon, color, size, ratio)
        titled = self._title.isVisibleTo(self)
        first_line = line_height(TextStyle.ACTIVE if titled else TextStyle.SMALL)
        top = _MARGIN + (first_line - size) // 2
        if not titled and self._kind is not StripKind.NOTE:
            top = (self.height() - size) // 2
        left = self.width() - _SIDE - size if self.isRightToLeft() else _SIDE
        painter.drawPixmap(left, top, pixmap)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_buttons()

    def _place_buttons(self) -> None:
        below = self._title.isVisibleTo(self)
        self._below.setContentsMargins(0, 6 if below and self._buttons else 0, 0, 0)
        for button in self._buttons:
            layout: QBoxLayout = self._below if below else self._row
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._fit_buttons()

    def _fit_buttons(self) -> None:
        """Have the buttons one below the other where their words do not fit beside each other."""
        margins = self._row.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        gaps = self._below.spacing() * (len(self._buttons) - 1)
        fits = sum(button.sizeHint().width() for button in self._buttons) + gaps <= room
        direction = QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom
        if self._below.direction() != direction:
            self._below.setDirection(direction)

    def _icon_size(self) -> int:
        return 16 if self._kind is StripKind.NOTE else 20

    def _restyle(self) -> None:
        self._row.setContentsMargins(_SIDE + scaled(self._icon_size()) + 10, _MARGIN, _SIDE, _MARGIN)
        self.update()
