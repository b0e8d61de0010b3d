"""The cards of all calls, the main one first; they scroll by themselves where they would take too much."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ctidesk.cti.model import CtiModel
from ctidesk.ui.components.call_actions import CallActions
from ctidesk.ui.components.call_card import CallCard
from ctidesk.ui.components.call_controls import Control
from ctidesk.ui.components.muted_rings import MutedRings
from ctidesk.ui.components.people import People

_SIDE = 12
_BETWEEN = 8


class CallArea(QScrollArea):
    """As high as its cards need, up to the limit that the panel sets.

    Signals:
        whom_wanted(control): a card asks whom to consult or to transfer to; a `Control`.
        height_changed(): the cards need another height.
    """

    whom_wanted = Signal(object)
    height_changed = Signal()

    def __init__(
        self, model: CtiModel, people: People, actions: CallActions, muted: MutedRings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._people = people
        self._actions = actions
        self._muted = muted
        self._cards: list[CallCard] = []
        self._drop: QWidget | None = None
        self._limit = 10_000
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.viewport().setAutoFillBackground(False)
        self._content = QWidget()
        self._content.setAutoFillBackground(False)
        self._column = QVBoxLayout(self._content)
        self._column.setContentsMargins(_SIDE, 0, _SIDE, _SIDE)
        self._column.setSpacing(_BETWEEN)
        self.setWidget(self._content)
        self._content.installEventFilter(self)
        self.hide()

    def refresh(self, pressed: Control | None) -> None:
        """Show the model's calls; `pressed` is the control whose question is open in the dial row."""
        calls = list(self._model.calls.values())
        main = self._model.current_call
        calls.sort(key=lambda call: call is not main)
        while len(self._cards) < len(calls):
            self._add_card()
        for card, call in zip(self._cards, calls, strict=False):
            card.show_call(call, pressed=pressed)
            card.setVisible(self._drop is None)
        for card in self._cards[len(calls) :]:
            card.hide()
        self.setVisible(bool(calls))
        self._fit()

    def prepare(self) -> None:
        """Make the first card in a quiet moment: the popup of the first ring must not wait for it."""
        if not self._cards:
            self._add_card()
            self._cards[0].hide()

    def offer_drop(self, place: QWidget | None) -> None:
        """Show a place to drop a person on instead of the cards, or with None the cards again."""
        if place is self._drop:
            return
        if self._drop is not None:
            self._column.removeWidget(self._drop)
            self._drop.hide()
        self._drop = place
        if place is not None:
            self._column.insertWidget(0, place)
            place.show()
            self.verticalScrollBar().setValue(0)
        for card in self._cards[: len(self._model.calls)]:
            card.setVisible(place is None)
        self._fit()

    def cards(self) -> list[CallCard]:
        """The cards that show a call."""
        return [card for card in self._cards if card.isVisibleTo(self._content)]

    def set_limit(self, height: int) -> None:
        """Never be higher than `height` px."""
        if height != self._limit:
            self._limit = height
            self._fit()

    def needed_height(self) -> int:
        """The height in px that shows all cards whole."""
        if self._drop is None and not self.cards():
            return 0
        width = self.viewport().width()
        return (
            self._column.heightForWidth(width) if self._column.hasHeightForWidth() else self._column.sizeHint().height()
        )

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), min(self.needed_height(), self._limit))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._content and event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _add_card(self) -> None:
        card = CallCard(self._model, self._people, self._actions, self._muted)
        card.whom_wanted.connect(self.whom_wanted)
        card.height_changed.connect(self._show_whole)
        self._column.addWidget(card)
        self._cards.append(card)

    def _show_whole(self, part: QWidget) -> None:
        """Scroll so that a part of a card can be seen, its end above all."""
        self._fit()
        self._content.resize(self._content.width(), self.needed_height())
        self._column.activate()
        self.ensureWidgetVisible(part, 0, _SIDE)

    def _fit(self) -> None:
        height = min(self.needed_height(), self._limit)
        if height != self.height() or self.maximumHeight() != height:
            self.setFixedHeight(height)
            self.height_changed.emit()
