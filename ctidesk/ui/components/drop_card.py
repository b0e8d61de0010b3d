"""The call as a place to drop a person on (look.md, "Panel", "Drop target", picture drag-transfer)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from ctidesk.cti.directory import AbonentAction
from ctidesk.cti.text import translate
from ctidesk.ui.components.person_menu import action_icon
from ctidesk.ui.theme import TextStyle, theme
from ctidesk.ui.widgets import PlainLabel, paint_rounded
from ctidesk.ui.widgets.drop_field import DropField
from ctidesk.ui.widgets.painting import CARD_RADIUS

_MARGIN = 8
_GAP = 8


class DropCard(QWidget):
    """One field for each thing that may be done; dropped elsewhere on the card, the default one is meant."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._default: AbonentAction | None = None
        self._pointer: QPoint | None = None
        self._returns = False
        self._fields: dict[AbonentAction, DropField] = {}
        self._who = PlainLabel("", TextStyle.ACTIVE)
        self._hint = PlainLabel(f"· {translate('Panel', 'drop to choose')}", TextStyle.SMALL, "text2", elide=None)
        self._why_not = PlainLabel("", TextStyle.SMALL, "text2", lines=3)
        first = QHBoxLayout()
        first.setSpacing(4)
        first.addWidget(self._who)
        first.addWidget(self._hint)
        first.addStretch()
        words = QVBoxLayout()
        words.setContentsMargins(4, 4, 4, 0)
        words.setSpacing(2)
        words.addLayout(first)
        words.addWidget(self._why_not)
        self._places = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._places.setSpacing(_GAP)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(_GAP)
        column.addLayout(words)
        column.addLayout(self._places)
        theme().changed.connect(self._lay_out)

    def offer(
        self, who: str, actions: Sequence[AbonentAction], default: AbonentAction | None, *, why_not: str, returns: bool
    ) -> None:
        """Offer `actions`; without any say `why_not`.

        Args:
            who: the two who are meant, in symbols.
            actions: what may be done, in the order of the fields.
            default: what dropping on the card beside the fields does.
            why_not: why there is nothing to be done.
            returns: whether a transfer brings a caller on hold back.
        """
        self._who.setText(who)
        self._why_not.setText(why_not)
        self._why_not.setVisible(not actions)
        self._default = default if default in actions else next(iter(actions), None)
        if list(self._fields) != list(actions) or returns is not self._returns:
            self._returns = returns
            for field in self._fields.values():
                field.hide()
                field.deleteLater()
            self._fields = {action: _field(action, returns) for action in actions}
            for field in self._fields.values():
                self._places.addWidget(field, 1)
        self._lay_out()
        self._mark()

    def point(self, pointer: QPoint | None) -> AbonentAction | None:
        """Mark what a drop at `pointer`, a point of the screen, would do; returns it."""
        self._pointer = pointer
        return self._mark()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = theme().tokens
        paint_rounded(QPainter(self), self.rect(), CARD_RADIUS, tokens.base, tokens.accent, 2)

    def _mark(self) -> AbonentAction | None:
        meant = self._meant()
        for action, field in self._fields.items():
            field.set_chosen(action is meant)
        return meant

    def _meant(self) -> AbonentAction | None:
        if self._pointer is None or not QRect(self.mapToGlobal(QPoint(0, 0)), self.size()).contains(self._pointer):
            return None
        for action, field in self._fields.items():
            if QRect(field.mapToGlobal(QPoint(0, 0)), field.size()).contains(self._pointer):
                return action
        return self._default

    def _lay_out(self) -> None:
        """Put the fields beside each other where their words fit, else one below the other; the hint goes first."""
        room = self.width() - 2 * _MARGIN - self._who.sizeHint().width() - self._hint.sizeHint().width()
        self._hint.setVisible(bool(self._fields) and room > 2 * _MARGIN)
        fields = list(self._fields.values())
        free = self.width() - 2 * _MARGIN - _GAP * (len(fields) - 1)
        fits = all(field.needed_width() * len(fields) <= free for field in fields)
        direction = QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom
        self._places.setDirection(direction)
        for field in fields:
            field.set_beside(not fits)


def _field(action: AbonentAction, returns: bool) -> DropField:
    match action:
        case AbonentAction.CONSULT:
            title, meaning = translate("Panel", "Ask first"), translate("Panel", "The caller waits on hold")
        case AbonentAction.CONFERENCE:
            title, meaning = translate("Panel", "Talk together"), translate("Panel", "All hear each other")
        case _:
            title, meaning = translate("Panel", "Transfer now"), translate("Panel", "You leave the call")
            if returns:
                meaning = translate("Panel", "You return to the caller")
    return DropField(action_icon(action), title, meaning)
