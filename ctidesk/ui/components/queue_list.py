"""Who waits in the queue, and how long (look.md, "Panel", picture panel-queue)."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ctidesk.cti.model import CtiModel
from ctidesk.cti.queue import WaitingCaller
from ctidesk.cti.text import translate
from ctidesk.ui.components.number_text import number_text
from ctidesk.ui.components.people import People
from ctidesk.ui.theme import TextStyle, theme
from ctidesk.ui.widgets import Clock, EmptyState, PlainLabel, spoken
from ctidesk.ui.widgets.bidi import clean

MOST_ROWS = 100
"""Rows that are shown; of a longer queue the rest is counted."""


class QueueList(QWidget):
    """One row for each who waits, the first at the top; the rows stay the same widgets."""

    def __init__(self, model: CtiModel, people: People, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._people = people
        self._rows: list[_Row] = []
        self._nobody = EmptyState(
            translate("Panel", "Nobody waits"), translate("Panel", "Callers who wait for an operator stand here.")
        )
        self._more = PlainLabel("", TextStyle.SMALL, "text2")
        self._more.hide()
        self._content = QWidget()
        self._column = QVBoxLayout(self._content)
        self._column.setContentsMargins(0, 4, 0, 4)
        self._column.setSpacing(0)
        self._column.addWidget(self._more)
        self._column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.viewport().setAutoFillBackground(False)
        self._content.setAutoFillBackground(False)
        self._scroll.setWidget(self._content)
        self._scroll.setAccessibleName(translate("Panel", "Waiting callers"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._scroll)
        column.addWidget(self._nobody)
        self.refresh()

    def refresh(self) -> None:
        """Show who waits now."""
        waiting = self._model.provider.queue.waiting
        shown = waiting[:MOST_ROWS]
        while len(self._rows) < len(shown):
            row = _Row(self._model, self._people)
            self._column.insertWidget(len(self._rows), row)
            self._rows.append(row)
        for place, (row, caller) in enumerate(zip(self._rows, shown, strict=False), 1):
            row.show_caller(place, caller)
            row.show()
        for row in self._rows[len(shown) :]:
            row.hide()
        rest = len(waiting) - len(shown)
        self._more.setText(translate("Panel", "and {count} more").format(count=rest))
        self._more.setVisible(rest > 0)
        self._scroll.setVisible(bool(waiting))
        self._nobody.setVisible(not waiting)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), theme().tokens.base)


class _Row(QWidget):
    """Place, name, number, waiting time, and what the call came through."""

    def __init__(self, model: CtiModel, people: People) -> None:
        super().__init__()
        self._clock_of = model.clock
        self._people = people
        self._place = PlainLabel("", TextStyle.BODY, "text2", elide=None, tabular=True)
        self._name = PlainLabel("", TextStyle.NAME)
        self._number = PlainLabel("", TextStyle.SMALL, "text2", tabular=True, ltr=True)
        self._wait = Clock()
        self._through = PlainLabel("", TextStyle.SMALL, "text2")
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self._name, 1)
        first.addWidget(self._wait)
        second.addWidget(self._number, 1)
        second.addWidget(self._through)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addLayout(first)
        lines.addLayout(second)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 4, 12, 4)
        row.setSpacing(12)
        row.addWidget(self._place)
        row.addLayout(lines, 1)

    def show_caller(self, place: int, caller: WaitingCaller) -> None:
        """Show `caller`, who is at this place."""
        abonent = self._people.with_number(caller.number)
        number = number_text(caller.number)
        name = clean(caller.name) or ("" if abonent is None else clean(abonent.name))
        title = name or number or translate("Panel", "Hidden number")
        self._place.setText(str(place))
        self._name.setText(title)
        self._number.setText(number if name else "")
        self._through.setText(clean(caller.through))
        since = caller.since
        self._wait.count(lambda: self._clock_of.monotonic() - since)
        self.setAccessibleName(spoken(str(place), title, number if name else "", clean(caller.through)))
