"""The ground of a call card."""

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ctidesk.ui.theme import theme
from ctidesk.ui.widgets.painting import BarKind, paint_card


class Card(QWidget):
    """A rounded frame with a state bar; put the contents into `body` (look.md, "Panel", "Calls").

    Margins are 12, at the left 16 because of the bar.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bar = BarKind.NONE
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 12, 12, 12)
        self.body.setSpacing(0)
        theme().changed.connect(self.update)

    def bar(self) -> BarKind:
        """The present bar."""
        return self._bar

    def set_bar(self, bar: BarKind) -> None:
        """Change the bar at the left."""
        if bar is not self._bar:
            self._bar = bar
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_card(QPainter(self), self.rect(), self._bar)
