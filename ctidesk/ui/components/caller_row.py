"""What is to be done about the caller: say who of several it is, open the card."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ctidesk.cti.text import translate
from ctidesk.ui.widgets import Button, ButtonKind, ButtonSize


class CallerRow(QWidget):
    """Two buttons; the row is hidden when neither is needed.

    Signals:
        choosing(place): it is to be said who calls; a global QPoint for a menu.
        card_wanted(): the card is to be opened.
    """

    choosing = Signal(QPoint)
    card_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._choose = Button("", ButtonKind.OUTLINE, icon="people", size=ButtonSize.SMALL)
        self._choose.set_tip(translate("Callers", "Say who it is"))
        self._choose.clicked.connect(self._ask)
        words = translate("Callers", "Open card")
        self._card = Button(words, ButtonKind.OUTLINE, icon="contact", size=ButtonSize.SMALL)
        self._card.set_tip(translate("Callers", "Show the caller in your company's own program"))
        self._card.clicked.connect(self.card_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 6, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._choose)
        row.addWidget(self._card)
        row.addStretch(1)
        self.hide()

    def show_needed(self, choices: str, can_open_card: bool) -> None:
        """Show what is needed.

        Args:
            choices: how many people have the number, in words; empty when that is no question.
            can_open_card: whether the card is opened by hand.
        """
        if choices != self._choose.text():
            self._choose.setText(choices)
        self._choose.setVisible(bool(choices))
        self._card.setVisible(can_open_card)
        self.setVisible(bool(choices) or can_open_card)

    def _ask(self) -> None:
        self.choosing.emit(self._choose.mapToGlobal(QPoint(0, self._choose.height() + 4)))
